"""The wording of a notice, sentence by sentence: what a rule may ask of the text itself.

A pattern is looked for in the normal form of the text and in any letter case. What stands around it decides
whether it counts: an old law in a sentence about history is no fault.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.location import Location
from ropa.register.model import Notice
from ropa.remembering import remembered
from ropa.seen.text import NoticeText
from ropa.seen.tree import Kind


class Passage(Struct, frozen=True):
    """A sentence, a heading or an entry of a list, by where it stands in the normal form of the text."""

    start: int
    end: int
    words: str
    heading: bool
    entry: bool


class Hit(Struct, frozen=True):
    """Words that were looked for, with the passage they stand in and what stands around them there."""

    start: int
    end: int
    words: str
    passage: Passage

    @property
    def before(self) -> str:
        """What stands before them in their passage, the last of it where it is long."""
        start = self.start - self.passage.start
        return self.passage.words[max(0, start - NEAR) : start]

    @property
    def after(self) -> str:
        """What stands behind them in their passage, the first of it where it is long."""
        end = self.end - self.passage.start
        return self.passage.words[end : end + NEAR]

    @property
    def around(self) -> str:
        """They themselves with what stands around them."""
        return f"{self.before}{self.words}{self.after}"


NEAR = 600
"""How many characters to either side of some words are looked at: no sentence that anybody reads is longer."""


class Wording(Struct, frozen=True, dict=True):
    """The text of one notice, cut into passages."""

    notice: Notice
    text: NoticeText

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages in their order."""
        return tuple(_passages(self.text))

    @cached_property
    def _cut(self) -> str:
        """The normal form with a line for each passage, so that a space in a pattern stays inside one."""
        folded, pieces, at = self.text.folded, [], 0
        for start in self._starts[1:]:
            pieces.append(folded[at : start - 1])
            at = start
        return "\n".join([*pieces, folded[at:]])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(passage.start for passage in self.passages)

    def find(self, pattern: str, signs: Collection[str] = ()) -> Iterator[Hit]:
        """Where a pattern stands, in the order of the text; it never reaches over the end of a passage.

        `signs` are plain words, in small letters, of which one stands wherever the pattern does: where the
        text bears none, the pattern is not even made ready, which takes longer than to look for it.
        """
        if signs and not self.bears(signs):
            return
        for found in compiled(pattern).finditer(self._cut):
            passage = self.passage_at(found.start())
            if found.end() <= passage.end:
                yield Hit(found.start(), found.end(), found[0], passage)

    def find_across(self, pattern: str, signs: Collection[str]) -> Iterator[Hit]:
        """Where a pattern stands, over the ends of passages, too, as under a heading of its own."""
        if not self.bears(signs):
            return
        for found in compiled(pattern).finditer(self.text.folded):
            yield Hit(found.start(), found.end(), found[0], self.passage_at(found.start()))

    def says(self, pattern: str) -> bool:
        """Whether it stands anywhere in the text."""
        return compiled(pattern).search(self._cut) is not None

    def says_in(self, passage: Passage, pattern: str) -> bool:
        """Whether it stands in a passage, or in the words that introduce its list."""
        return compiled(pattern).search(f"{self.stem(passage)} {passage.words}") is not None

    def bears(self, signs: Iterable[str]) -> bool:
        """Whether one of some plain words, in small letters, stands in the text as written or in its normal form."""
        return any(sign in self._plain for sign in signs)

    @cached_property
    def _plain(self) -> str:
        return f"{self.text.folded}\n{self.text.file.text}".casefold()

    def passage_at(self, at: int) -> Passage:
        """The passage that a character belongs to."""
        return self.passages[max(0, bisect_right(self._starts, at) - 1)]

    def place(self, of: Hit | Passage) -> Location:
        """Where it was written."""
        return self.text.at(of.start, of.end)

    def section(self, of: Passage) -> int:
        """The number of the heading it stands under; 0 before the first."""
        return bisect_right(self._headings, of.start)

    def under(self, section: int) -> tuple[Passage, ...]:
        """The passages of a section, its heading first."""
        edges = (0, *self._headings, len(self.text.folded) + 1)
        first, last = (bisect_left(self._starts, edge) for edge in edges[section : section + 2])
        return self.passages[first:last]

    @cached_property
    def _headings(self) -> tuple[int, ...]:
        return tuple(passage.start for passage in self.passages if passage.heading)

    def heading(self, of: Passage) -> str:
        """The words of the heading it stands under, the first of them where they are many."""
        number = self.section(of)
        return self.passage_at(self._headings[number - 1]).words[:NEAR] if number else ""

    def lead(self, of: Passage, most: int = 1) -> tuple[Passage, ...]:
        """Up to so many passages before it, the nearest first, no further than its heading."""
        number = bisect_right(self._starts, of.start) - 1
        near: list[Passage] = []
        for passage in reversed(self.passages[max(0, number - most) : number]):
            near.append(passage)
            if passage.heading:
                break
        return tuple(near)

    def stem(self, of: Passage) -> str:
        """The words that introduce the list an entry belongs to, the last of them where they are many."""
        return self._stems[bisect_right(self._starts, of.start) - 1] if of.entry else ""

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        stems, stem = [], ""
        for passage in self.passages:
            stem = stem if passage.entry else passage.words[-NEAR:]
            stems.append(stem)
        return tuple(stems)

    def listed(self, of: Passage) -> bool:
        """Whether a list follows that says more."""
        number = bisect_right(self._starts, of.start)
        follows = number < len(self.passages) and self.passages[number].entry
        return (follows and not of.entry) or of.words.endswith(":")

    def next(self, of: Passage) -> str:
        """The words of the passage behind it, or nothing at the end."""
        number = bisect_right(self._starts, of.start)
        return self.passages[number].words if number < len(self.passages) else ""

    def written(self, pattern: str) -> Iterator[Location]:
        """Where a pattern stands in what was written, addresses and mark-up too, but not in a comment."""
        source = self.text.file.text
        comments = [found.span() for found in _COMMENT.finditer(source)] if "<!--" in source else []
        for found in compiled(pattern).finditer(source):
            if not any(start <= found.start() < end for start, end in comments):
                yield self.text.stretch(found.start(), found.end())


_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@remembered
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return regex(pattern, re.MULTILINE | re.IGNORECASE)


def _passages(text: NoticeText) -> Iterator[Passage]:
    for s in text.sentences():
        heading, entry = s.kind is Kind.HEADING, s.kind is Kind.BULLET
        yield Passage(s.start, s.end, s.text, heading, entry)


EMAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b"
