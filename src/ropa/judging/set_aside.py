"""The sentences of a notice that somebody set aside, since no statement has to quote them, or why an entry sets none.

An entry is about one quote or all below one heading. There are no patterns, and no entry for a whole notice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from ropa.register.model import Aside, Notice
from ropa.seen.fold import plain
from ropa.seen.text import NoticeText, Sentence
from ropa.seen.tree import Kind


class SetAside(Struct, frozen=True, eq=False, dict=True):
    """The entries of a notice held against its text."""

    notice: Notice
    text: NoticeText | None

    @cached_property
    def by_start(self) -> Mapping[int, Aside]:
        """The entry that sets a sentence aside, by where the sentence begins."""
        found: dict[int, Aside] = {}
        for aside in self.notice.aside:
            if not self.fault(aside):
                for sentence in self.covered(aside):
                    found.setdefault(sentence.start, aside)
        return found

    def fault(self, aside: Aside) -> str:
        """Why an entry sets nothing aside; nothing where it does."""
        if self.text is None:
            return "the text of the notice is not on file"
        covered = self.covered(aside)
        if not covered:
            what = "heading stands" if aside.heading else "words stand"
            return f"no such {what} in the text of the notice"
        return "it is the whole notice" if self._is_whole(aside, covered) else ""

    def covered(self, aside: Aside) -> Sequence[Sentence]:
        """The sentences that an entry names, or that stand below its heading."""
        if self.text is None:
            return ()
        if aside.heading:
            return tuple(_below(self.text.sentences(), plain(aside.heading)))
        if aside.quoted is None:
            return ()
        start, end = self.text.span(aside.quoted)
        return tuple(s for s in self.text.sentences() if s.start < end and start < s.end)

    def _is_whole(self, aside: Aside, covered: Sequence[Sentence]) -> bool:
        """Whether an entry leaves nothing but headings, and what no statement quotes before the first of them."""
        assert self.text is not None
        if not aside.heading and len(covered) == 1:
            return False
        named = {sentence.start for sentence in covered}
        everything = self.text.sentences()
        title = next((s.start for s in everything if s.kind is Kind.HEADING), 0)
        quoted = [self.text.span(s.quoted) for s in self.notice.statements if s.quoted]

        def above(sentence: Sentence) -> bool:
            told = any(start < sentence.end and sentence.start < end for start, end in quoted)
            return bool(aside.heading) and sentence.start < title and not told

        prose = (s for s in everything if s.kind is not Kind.HEADING)
        return all(s.start in named or above(s) for s in prose)


def _below(sentences: Iterable[Sentence], heading: str) -> Iterator[Sentence]:
    """The sentences under a heading, and under those below it."""
    wanted = heading.casefold().strip(" .:")
    for sentence in sentences:
        above = (sentence.heading, *sentence.parent_headings)
        if any(plain(one).casefold().strip(" .:") == wanted for one in above if one):
            yield sentence
