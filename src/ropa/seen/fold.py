"""The normal form in which quotes are looked up: white space and typography folded, every other sign kept."""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from ropa.documents.patterns import regex

READER = 2
"""The number of this reader. Whatever changes the normal form of a text must raise it: hashes carry it."""

_NUMBERED = regex(r"(\d{1,4}):")
_FIRST = 1
"""The reader whose hashes carry no number."""


def reader_of(hash_: str) -> int:
    """The number of the reader that a text's hash was made with. Two hashes compare only where it is the same."""
    numbered = _NUMBERED.match(hash_)
    return int(numbered[1]) if numbered else _FIRST


_OTHER = regex(r"[^!-{}~ ]|[ ](?=\s)|[|]")
_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "|": " ",  # what parts the cells of a row
}


class Places(Struct, frozen=True, eq=False):
    """Where each character of a text comes from, kept by stretches: `homes[i]` is that of `starts[i]`.

    From one start to the next each character comes from the place behind the one before it.
    """

    starts: "array[int]"
    homes: "array[int]"

    def of(self, at: int) -> int:
        """The place that a character comes from; of what lies behind the end, that of the end."""
        found = bisect_right(self.starts, at) - 1
        return self.homes[found] + at - self.starts[found] if found >= 0 else 0

    def every(self, length: int) -> "array[int]":
        """The place of each of so many characters."""
        whole = array("q")
        for start, end, home in zip(
            self.starts, [*self.starts[1:], length], self.homes, strict=False
        ):
            whole.extend(range(home, home + end - start))
        return whole[:length]


class Folded(Struct, frozen=True, eq=False):
    """A text in its normal form, and where in the text each character comes from."""

    text: str
    places: Places


def fold(text: str) -> Folded:
    """The normal form: one space for many, plain quotes and dashes, no accents joined, nothing invisible."""
    pieces: list[str] = []
    starts, homes, length, spaced = array("q"), array("q"), 0, True
    for piece, home in _pieces(text):
        cut = int(spaced and piece[0] == " ")
        if len(piece) > cut:
            starts.append(length)
            homes.append(home + cut)
            pieces.append(piece[cut:])
            length += len(piece) - cut
            spaced = piece[-1] == " "
    return Folded("".join(pieces).rstrip(), Places(starts, homes))


def plain(text: str) -> str:
    """The normal form alone."""
    return fold(text).text


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """The stretches that stand for themselves, and between them what each other sign folds to."""
    at = 0
    for found in _OTHER.finditer(text):
        start = found.start()
        if start > at:
            yield text[at:start], at
        at = found.end()
        for part in _sign(found[0]):
            yield part, start
    if at < len(text):
        yield text[at:], at


def _sign(sign: str) -> Iterator[str]:
    if sign.isspace():
        yield " "
        return
    folded = _FOLDED.get(sign)
    for part in unicodedata.normalize("NFKD", sign) if folded is None else folded:
        yield " " if part.isspace() else part
