"""Which of many expressions a text may match, by the pieces of words that they cannot do without.

Each word is taken apart once, however often it stands in a text and however many expressions there are.
"""

from collections.abc import Iterable

from ropa.documents.patterns import regex
from ropa.documents.pieces import WHOLE

MOST_KEPT = 50_000
"""How many words are remembered."""


class Hints(dict[str, int]):
    """The expressions that each word gives a hint of, as bits. Expressions are put in first, then words are asked."""

    def __init__(self) -> None:
        super().__init__()
        self._always = 0
        self._of_piece: dict[str, int] = {}
        self._lengths: tuple[int, ...] = ()

    def put_in(self, bit: int, pieces: Iterable[str]) -> None:
        """An expression and its pieces; one that has none may match anything."""
        pieces = tuple(pieces)
        if not pieces:
            self._always |= bit
        for piece in pieces:
            self._of_piece[piece] = self._of_piece.get(piece, 0) | bit
        parts = (len(piece) for piece in pieces if not piece.startswith(WHOLE))
        self._lengths = tuple({*self._lengths, *parts})

    def __missing__(self, word: str) -> int:
        known = self._of_piece
        bits = known.get(WHOLE + word, 0)
        for length in self._lengths:
            for start in range(len(word) - length + 1):
                bits |= known.get(word[start : start + length], 0)
        if len(self) < MOST_KEPT:
            self[word] = bits
        return bits

    def of(self, text: str) -> int:
        """The expressions that a text may match, as bits: all that it does match, and some others."""
        bits = self._always
        for word in set(_WORDS(text)):
            bits |= self[word]
        return bits


_WORDS = regex(r"\w+").findall
