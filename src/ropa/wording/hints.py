"""Which of many expressions a text may match, by the pieces of words that they cannot do without.

Each word is taken apart once, however often it stands in a text and however many expressions there are.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from ropa.documents.patterns import regex, ways
from ropa.documents.pieces import FIGURE, MOST_NEEDED, SIGNS, WHOLE, Ways

MOST_KEPT = 50_000
"""How many words are remembered."""


class Hints(dict[str, int]):
    """The ways to match that each word gives a hint of, as bits. Expressions are put in first, then words are asked.

    A way has as many bits as it may have groups of pieces, side by side: a text may match so where all are set.
    """

    def __init__(self) -> None:
        super().__init__()
        self._always = self._first = self._ways = 0
        self._of_piece: dict[str, int] = {}
        self._lengths: set[int] = set()

    def put_in(self, ways: Ways) -> int:
        """The bits of an expression, one for each of its ways to match; one without pieces may match anything."""
        bits = 0
        for needed in ways:
            first = 1 << self._ways * MOST_NEEDED
            self._ways += 1
            bits |= first
            for number in range(MOST_NEEDED):
                self._put(first << number, needed[number] if number < len(needed) else ())
        self._first |= bits
        return bits

    def put_below(self, bits: int, ways: Ways) -> None:
        """An expression of what stands above a sentence, for bits that another has put in for the sentence itself."""
        self._first |= bits
        for number in range(1, MOST_NEEDED):
            self._always |= bits << number
        for needed in ways:
            self._put(bits, needed[0] if needed else ())

    def _put(self, bit: int, pieces: Iterable[str]) -> None:
        pieces = tuple(pieces)
        if not pieces:
            self._always |= bit
        for piece in pieces:
            self._of_piece[piece] = self._of_piece.get(piece, 0) | bit
        self._lengths.update(len(piece) for piece in pieces if piece[0] not in _NO_PARTS)

    def __missing__(self, word: str) -> int:
        known = self._of_piece
        bits = known.get(WHOLE + word, 0)
        if _FIGURE(word):
            bits |= known.get(FIGURE, 0)
        for length in self._lengths:
            for start in range(len(word) - length + 1):
                bits |= known.get(word[start : start + length], 0)
        if len(self) < MOST_KEPT:
            self[word] = bits
        return bits

    def of(self, text: str) -> int:
        """The ways in which a text may match, as bits: all in which it does, and some others."""
        bits = self._always
        for word in set(_WORDS(text)):
            bits |= self[word]
        for sign in SIGNS:
            if sign in text:
                bits |= self._of_piece.get(sign, 0)
        whole = bits & self._first
        for number in range(1, MOST_NEEDED):
            whole &= bits >> number
        return whole


_NO_PARTS = frozenset((WHOLE, FIGURE, *SIGNS))
"""How pieces begin that are no part of a word."""
_WORDS = regex(r"\w+").findall
_FIGURE = regex(r"\d").search

Written = tuple[str, int]
"""A regular expression as it is written, and its flags."""


class Likely:
    """Expressions of which a text has to match one: each is looked for only where its words are, and made only then."""

    def __init__(self, hints: Hints, each: Sequence[Written]) -> None:
        bits = [hints.put_in(ways(*written)) for written in each]
        self.bits = sum(bits)
        self._first = (self.bits & -self.bits).bit_length() - 1
        self._each = [(bit >> self._first, w) for bit, w in zip(bits, each, strict=True)]

    def search(self, text: str, hints: int, start: int = 0) -> bool:
        """Whether a text that gives these hints matches one of them, from some character on."""
        near = (hints & self.bits) >> self._first
        return near > 0 and any(
            bits & near and _made(*written).search(text, start) for bits, written in self._each
        )

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """All of them as one expression."""
        return regex("|".join(words for _, (words, _) in self._each), self._each[0][1][1])


@cache
def _made(words: str, flags: int) -> re.Pattern[str]:
    return regex(words, flags)
