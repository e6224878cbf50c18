"""The ends of flows between organisations, as one register records them: what it gives to whom, and gets from whom.

Words stand with all that is wider than them, so that two registers can be compared that know nothing of each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct

from ropa.case import Case
from ropa.ci import AnnotationPlace, place
from ropa.documents.document import Origin
from ropa.judging.statements import Voices
from ropa.register.model import BasisFor, Claim, Condition, Disclosure, Register, Words
from ropa.register.vocabulary import Facet, fold
from ropa.saying import phrases


class EndKind(StrEnum):
    """Which end of a flow it is: what is given, what is got, or what is said that the recipient gives further."""

    GIVES = "gives"
    GETS = "gets"
    ONWARD = "passes on"


class EndWord(Struct, frozen=True):
    """A word of a register with what it is called, and the ids of everything wider."""

    id: str
    label: str
    wider: tuple[str, ...] = ()

    def meets(self, other: "EndWord") -> bool:
        """Whether the two are the same, or one is part of the other."""
        same = self.id == other.id or fold(self.label) == fold(other.label)
        return same or self.id in other.wider or other.id in self.wider


EndWords = tuple[EndWord, ...]


class EndParty(Struct, frozen=True):
    """Who is at the other end: by its id, its name, and what others know it by."""

    id: str
    name: str
    identifiers: Mapping[str, str] = {}


class FlowEnd(Struct, frozen=True):
    """One end of a flow between two organisations, and the place where it is recorded.

    `holder` is who gives it, where that is neither end but the recipient of an earlier step. `letters` are those of
    Article 6(1) it rests on, `started` since when.
    """

    kind: EndKind
    party: EndParty
    subjects: EndWords
    data: EndWords
    purposes: EndWords
    letters: Words
    conditions: Words
    started: date | None
    path: str
    line: int
    column: int
    holder: EndParty | None = None


class ToldByNotices(Struct, frozen=True):
    """What the notices in force of an organisation say that it uses data for, and whom it gives data to."""

    purposes: EndWords = ()
    recipients: EndWords = ()


def ends_of(case: Case) -> tuple[FlowEnd, ...]:
    """The ends that a register records, as far as it says by what somebody is known to others."""
    return tuple(_EndsOf(case).ends())


def top_of(case: Case) -> str:
    """What goes before a path: outside of a repository the register itself, since nothing else tells many apart."""
    root = Path(case.root)
    outside = case.in_repository == "." and not (root / ".git").exists()
    return "" if not outside or root == Path() else f"{case.root}/"


def told_of(case: Case) -> ToldByNotices | None:
    """What its notices say; None where none is in force that says anything."""
    voices: Voices = case.coverage.voices
    said = [s for notice in voices.notices for s in notice.statements if not s.negative]
    void = {s.id for s in case.coverage.void}
    said = [s for s in said if s.id not in void]
    if not said:
        return None
    words = _EndWordsOf(case.register)
    uses = [s.states.get(Facet.PURPOSE, ()) for s in said]
    gives = [s.states.get(Facet.RECIPIENT, ()) for s in said if s.claim is Claim.DISCLOSES]
    return ToldByNotices(
        words.of(Facet.PURPOSE, _together(uses)), words.of(Facet.RECIPIENT, _together(gives))
    )


def _together(words: Iterable[Words]) -> Words:
    return tuple(dict.fromkeys(word for some in words for word in some))


class _EndWordsOf(Struct, frozen=True, dict=True):
    """The words of a register as others can compare them, each made once."""

    register: Register

    def of(self, facet: Facet, words: Words) -> EndWords:
        """Each with everything that is wider."""
        return tuple(self._made(facet, word) for word in words)

    @cached_property
    def _made(self) -> Callable[[Facet, str], EndWord]:
        return cache(self._word)

    def _word(self, facet: Facet, word: str) -> EndWord:
        hierarchy = self.register.vocabulary[facet]
        above, left = dict[str, None](), [word]
        while left:
            for wider in hierarchy.wider(left.pop()):
                if wider not in above and wider != hierarchy.root:
                    above[wider] = None
                    left.append(wider)
        return EndWord(word, phrases.name(self.register, facet, word), tuple(sorted(above)))


class _EndsOf:
    def __init__(self, case: Case) -> None:
        self.case = case
        self.register = case.register
        self.words = _EndWordsOf(case.register)
        self.top = top_of(case)

    def ends(self) -> Iterator[FlowEnd]:
        """Those of each activity, in the order of the register."""
        for activity in self.register.activities.values():
            for source in activity.sources:
                if party := self._party(source.party):
                    what = (activity.subjects, source.data, activity.purposes)
                    yield self._end(
                        EndKind.GETS,
                        party,
                        what,
                        bases=activity.bases,
                        conditions=source.conditions,
                        started=source.started,
                        origin=source.origin,
                    )
            for disclosure in activity.disclosures:
                started = disclosure.started or activity.record.started
                yield from self._given(disclosure, started)

    def _given(
        self, given: Disclosure, started: date | None, holder: EndParty | None = None
    ) -> Iterator[FlowEnd]:
        party = self._party(given.to)
        if party is not None:
            kind = EndKind.ONWARD if holder else EndKind.GIVES
            what = (given.subjects, given.data, given.purposes)
            yield self._end(
                kind,
                party,
                what,
                bases=given.bases,
                conditions=given.conditions,
                started=started,
                origin=given.origin,
                holder=holder,
            )
            for onward in given.onward:
                yield from self._given(onward, onward.started, party)

    def _end(  # noqa: PLR0913 - an end is all of this
        self,
        kind: EndKind,
        party: EndParty,
        what: tuple[Words, Words, Words],
        *,
        bases: tuple[BasisFor, ...],
        conditions: tuple[Condition, ...],
        started: date | None,
        origin: Origin,
        holder: EndParty | None = None,
    ) -> FlowEnd:
        subjects, data, purposes = what
        at = self._place(origin)
        return FlowEnd(
            kind,
            party,
            self.words.of(Facet.SUBJECT, subjects),
            self.words.of(Facet.DATA, data),
            self.words.of(Facet.PURPOSE, purposes),
            tuple(dict.fromkeys(part.basis.letter for part in bases if part.basis.letter)),
            tuple(sorted({condition.kind for condition in conditions})),
            started,
            f"{self.top}{at.path}",
            at.line,
            at.column,
            holder,
        )

    def _place(self, origin: Origin) -> AnnotationPlace:
        return place(self.case, origin.location)

    def _party(self, id_: str) -> EndParty | None:
        """Who that is, where the register has a document for it."""
        party = self.register.parties.get(id_)
        return EndParty(id_, party.name, dict(party.identifiers)) if party else None
