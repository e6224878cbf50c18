"""Where in a file the texts stand that a parser of it gives back, found text by text."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator

FURTHEST = 20_000
"""How many characters ahead a text of a page is looked for."""

Stretches = tuple[tuple[int, int], ...]
"""Of a text: from which of its characters on it comes from which place, one behind the other."""


class Finder:
    """Finds each text among the texts that were written, in their order.

    The parser may join them, cut them and leave some out. What it moved is given the place it had got to.
    """

    def __init__(self, source: str, texts: Iterable[tuple[str, int]]) -> None:
        self._source = source
        self._starts, self._homes = array("q"), array("q")
        self._texts: list[str] = []
        pieces: list[str] = []
        length = 0
        for text, home in texts:
            words = "".join(text.split())
            if words:
                self._starts.append(length)
                self._homes.append(home)
                self._texts.append(text)
                pieces.append(words)
                length += len(words)
        self._stream = "".join(pieces)
        self._cursor = 0
        self.here = 0

    def of(self, text: str) -> Stretches:
        """The places of a text. Each text is looked up, also one that is not seen, so that each finds its own."""
        words = "".join(text.split())
        at = self._stream.find(words, self._cursor, self._cursor + len(words) + FURTHEST)
        if at < 0 or not words:
            return tuple((i, self.here) for i in range(len(text))) if words else ((0, self.here),)
        self._cursor = at + len(words)
        first = bisect_right(self._starts, at) - 1
        home, lead = self._homes[first], len(text) - len(text.lstrip())
        written = self._texts[first]
        if at == self._starts[first] and self._source.startswith(written, home):
            home += len(written) - len(written.lstrip())
            if self._source.startswith(text.strip(), home):
                self.here = home + len(text.strip()) - 1
                return ((lead, home),)
        return tuple(self._one_by_one(text, first, at - self._starts[first]))

    def _one_by_one(self, text: str, first: int, skip: int) -> Iterator[tuple[int, int]]:
        homes, before = self._from(first, skip), (-1, -1)
        for at, character in enumerate(text):
            if character.isspace():
                continue
            home = next(homes)
            if home - before[1] != at - before[0] or before[1] < 0:
                yield at, home
            before, self.here = (at, home), home

    def _from(self, first: int, skip: int) -> Iterator[int]:
        """The place of each character that is no space, from one of a text on."""
        for number in range(first, len(self._texts)):
            written, home = self._texts[number], self._homes[number]
            as_it_is = self._source.startswith(written, home)
            for at, character in enumerate(written):
                if character.isspace():
                    continue
                if skip:
                    skip -= 1
                else:
                    yield home + at if as_it_is else home
