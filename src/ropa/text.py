"""The published text of a notice, in one normal form in which quotes are looked up.

White space, typographic quotes and dashes, and mark-up are folded; every other difference counts,
because "we will not give" and "we will give" are one word apart. After the W3C Web Annotation
TextQuoteSelector: the exact words, and a prefix or suffix where they stand more than once.
"""

import hashlib
import html
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ropa.document import SourceFile
from ropa.location import Location

_MARKUP = re.compile(
    r"""
      <!--.*?-->                                  # a comment is not seen by the reader
    | (?P<link>!?\[(?P<words>[^\[\]\n]*)\]\([^()\s]*(?:\s"[^"\n]*")?\))
    | (?P<break></?[A-Za-z][^<>\n]*>)
    | (?P<line>^[ \t]*(?:(?:\#{1,6}|>+|[-*+•‣·]|\d{1,2}[.)])[ \t]+|[-=*_|: \t]{3,}$))
    | (?P<entity>&\#?\w{1,12};)
    | [*`|]+ | (?<![^\W_])_+(?=\S) | (?<=\S)_+(?![^\W_])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}


@dataclass(frozen=True, slots=True, eq=False)
class NoticeText:
    """The text of a notice in its normal form, with the way back to where each character was written."""

    file: SourceFile
    folded: str
    offsets: "array[int]"

    @property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of the normal form: re-flowing the text keeps it."""
        return hashlib.sha256(self.folded.encode()).hexdigest()[:16]

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Location | None:
        """Where the words stand, whole words only; None when they do not."""
        words = fold_text(quote)
        if not words:
            return None
        for found in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.folded):
            before = self.folded[: found.start()].rstrip()
            after = self.folded[found.end() :].lstrip()
            if before.endswith(fold_text(prefix)) and after.startswith(fold_text(suffix)):
                return self._location(found.start(), found.end())
        return None

    def nearest(self, quote: str) -> str:
        """The sentence that looks most like the quote, to say where the words may have gone; never evidence."""
        from difflib import SequenceMatcher

        words = fold_text(quote)
        best, score = "", 0.6
        for sentence in self.sentences():
            matcher = SequenceMatcher(None, words, sentence, autojunk=False)
            if matcher.quick_ratio() > score and matcher.ratio() > score:
                best, score = sentence, matcher.ratio()
        return best

    def sentences(self) -> Iterator[str]:
        """The text cut at sentence ends; good enough to point at, not to judge by."""
        yield from (s.strip() for s in re.split(r"(?<=[.!?])\s+", self.folded) if s.strip())

    def _location(self, start: int, end: int) -> Location:
        line, column = self._place(self.offsets[start])
        end_line, end_column = self._place(self.offsets[end - 1])
        return Location(self.file.path, line, column, end_line, end_column + 1)

    def _place(self, offset: int) -> tuple[int, int]:
        starts = _line_starts(self.file.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


def read_notice(file: SourceFile) -> NoticeText:
    """The normal form of a notice's text."""
    characters: list[str] = []
    offsets = array("q")
    for offset, piece in _folded(file.text):
        if piece == " " and (not characters or characters[-1] == " "):
            continue
        characters.append(piece)
        offsets.extend([offset] * len(piece))
    return NoticeText(file, "".join(characters).rstrip(), offsets)


def fold_text(text: str) -> str:
    """A quote in the normal form of the text it is looked up in."""
    return re.sub(" +", " ", "".join(piece for _, piece in _folded(text))).strip()


def _folded(text: str) -> Iterator[tuple[int, str]]:
    """Each visible character in its normal form, with its place in the text."""
    at = 0
    for found in _MARKUP.finditer(text):
        yield from _characters(text, at, found.start())
        if found["link"] is not None:
            yield from _characters(text, *found.span("words"))
        elif found["break"] is not None or found["line"] is not None or found[0].startswith("|"):
            yield found.start(), " "
        elif found["entity"] is not None:
            for character in html.unescape(found[0]):
                yield found.start(), _fold(character)
        at = found.end()
    yield from _characters(text, at, len(text))


def _characters(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for offset in range(start, end):
        if piece := _fold(text[offset]):
            yield offset, piece


def _fold(character: str) -> str:
    if character < "\x7f" and character > " ":
        return character
    if character.isspace():
        return " "
    folded = _FOLDED.get(character)
    return unicodedata.normalize("NFKD", character) if folded is None else folded


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
