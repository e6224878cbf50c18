"""Who has to be told of something before it starts, or is no longer told (Articles 13(3) and 14(4)).

The gaps of one register are held against those of another, word by word of the register.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.changes.renaming import NOTHING_RENAMED, Renamed
from ropa.flows.flow import AXES, COUNTRY, DATA, PURPOSE, SUBJECT, Flow
from ropa.judging.coverage import Told
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement
from ropa.judging.statements import Voices
from ropa.judging.untied import Sentences
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Disclosure, Register, Retention, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.saying.edits import meaning


class Onset(StrEnum):
    """Why people are not told of something of which they were not untold before."""

    STARTS = "starts"
    WITHDRAWN = "no longer told"


class Untold(Struct, frozen=True):
    """Something that people have to be told and that was no gap before (Articles 13(3) and 14(4)).

    `words` is what they have to be told, as part of a sentence: “that the council …”. `starts` is the day it
    begins where that is still to come; the notices of that day count. `notices` are those to change, none
    where no notice reaches the people.
    """

    activities: Words
    facet: Facet
    people: Words
    words: str
    verdict: Verdict
    cause: Onset
    starts: date | None
    notices: tuple[str, ...]
    flows: tuple[str, ...]

    @property
    def why(self) -> str:
        """What makes it new, and by when people have to know."""
        if self.cause is Onset.WITHDRAWN:
            return "it goes on, and the notices no longer tell it"
        if self.starts:
            return f"it starts on {phrases.day(self.starts)}, and the notices of that day do not tell it"
        return "it starts: tell them before (Articles 13(3) and 14(4))"


LACKING = frozenset(
    {
        Verdict.CONTRADICTED,
        Verdict.AMBIGUOUS,
        Verdict.OMITTED,
        Verdict.UNTIED,
        Verdict.UNDECIDABLE,
        Verdict.PARTIAL,
    }
)
"""The verdicts with which somebody is not told of something. Vague words tell it badly, and so are no part of this."""

Gap = tuple[Facet, str, Any]
"""What is not told to whom: the facet, a word for the people, and a word or what is recorded."""


def exposure(old: Case, new: Case, renamed: Renamed = NOTHING_RENAMED) -> list[Untold]:
    """The gaps that were none before, those together that one sentence could mend."""
    return _Exposure(old, new, renamed).found()


class _Exposure:
    """The gaps of the new side, held against those of the old."""

    def __init__(self, old: Case, new: Case, renamed: Renamed) -> None:
        self.old = old
        known = old.coverage.by_id
        self.before = {renamed.flow(id_): told for id_, told in known.items()}
        self.new = new
        self.voices: dict[date, Voices] = {new.settings.day: new.coverage.voices}

    def found(self) -> list[Untold]:
        """See `exposure`."""
        groups: dict[tuple[Any, ...], list[tuple[Gap, Flow, Judgement]]] = {}
        for told in self.new.coverage.flows:
            if told.verdict not in LACKING:
                continue
            for gap, judgement, cause, starts, notices in self._of(told):
                facet, _, about = gap
                words = _clause(self.new.register, told.flow, facet, about)
                key = (facet, words, cause, starts, notices)
                groups.setdefault(key, []).append((gap, told.flow, judgement))
        register = self.new.register
        found = [_together(register, key, members) for key, members in groups.items()]
        return sorted(found, key=lambda untold: (untold.cause is Onset.WITHDRAWN, untold.verdict))

    def _of(
        self, told: Told
    ) -> Iterator[tuple[Gap, Judgement, Onset, date | None, tuple[str, ...]]]:
        flow = told.flow
        before = self.before.get(flow.id)
        known = dict(_gaps(self.old, before)) if before else {}
        new = {gap: j for gap, j in _gaps(self.new, told) if gap not in known}
        day, starts = self.new.settings.day, None
        began = _began(self.new.register, flow) if new else None
        if began and began > day:  # it begins later, so the notices of that day count
            day = starts = began
            then = dict(_gaps(self.new, self._told_on(began, flow)))
            new = {gap: then[gap] for gap in new if gap in then}
        for gap, judgement in new.items():
            notices = self._notices(gap, judgement, self._voices_on(day))
            yield gap, judgement, _cause(gap, before), starts, notices

    def _told_on(self, day: date, flow: Flow) -> Told:
        voices, proofs = self._voices_on(day), self.new.coverage.proofs
        sentences = Sentences(self.new.register, proofs, voices) if proofs else None
        settings = replace(self.new.settings, day=day)
        judge = Judge(self.new.register, voices, settings, sentences)
        return Told(flow, *judge.judgements(flow))

    def _voices_on(self, day: date) -> Voices:
        if day not in self.voices:
            self.voices[day] = self.new.voices_on(day)
        return self.voices[day]

    def _notices(self, gap: Gap, judgement: Judgement, voices: Voices) -> tuple[str, ...]:
        """The notices to change: those that say otherwise, or those that are meant for the people, or reach them."""
        people = self.new.register.vocabulary[Facet.SUBJECT]
        atoms = people.mask(gap[1])
        reaching = [n for n in voices.notices if voices.reach[n.id] & atoms]
        wrong = {statement.notice for statement in judgement.against}
        found = [n for n in reaching if n.id in wrong]
        found = found or [n for n in reaching if people.union(n.audience) & atoms and n.readable]
        return tuple(notice.id for notice in found or reaching)


def _together(
    register: Register, key: tuple[Any, ...], members: list[tuple[Gap, Flow, Judgement]]
) -> Untold:
    facet, words, cause, starts, notices = key
    if facet is Facet.BASIS:
        purposes = tuple(dict.fromkeys(about[1] for (_, _, about), _, _ in members))
        if {word for _, flow, _ in members for word in flow.box[PURPOSE]} - {*purposes}:
            words += f" for {phrases.names(register, Facet.PURPOSE, purposes)}"
    return Untold(
        activities=tuple(dict.fromkeys(flow.activity for _, flow, _ in members)),
        facet=facet,
        people=tuple(dict.fromkeys(subject for (_, subject, _), _, _ in members)),
        words=words,
        verdict=min(judgement.verdict for _, _, judgement in members),
        cause=cause,
        starts=starts,
        notices=notices,
        flows=tuple(dict.fromkeys(flow.id for _, flow, _ in members)),
    )


def _schedule(entry: Retention) -> tuple[Any, ...]:
    return entry.data, entry.period, entry.trigger, entry.criteria, entry.longer


_WORDED = frozenset({Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE})
_RECORDED: Mapping[Facet, Callable[[Flow], tuple[Any, ...]]] = {
    Facet.BASIS: lambda flow: (meaning(flow.basis and (flow.basis.letter, flow.basis.law)),),
    Facet.RETENTION: lambda flow: (
        tuple(meaning(_schedule(entry)) for entry in flow.retention) or ((),)
    ),
    Facet.TRANSFER: lambda flow: (meaning((flow.box[COUNTRY], flow.safeguard)),),
}
"""What is recorded of the facets that have no words of their own to be told; of retention, each entry."""


def _cause(gap: Gap, before: Told | None) -> Onset:
    """Whether it is something that was not done before."""
    facet, subject, about = gap
    if before is None or subject not in before.flow.box[SUBJECT]:
        return Onset.STARTS
    if facet in _WORDED:
        done = about in _words(before.flow, facet)
    else:
        recorded, purpose = about if facet is Facet.BASIS else (about, "")
        done = facet not in _RECORDED or recorded in _RECORDED[facet](before.flow)
        done = done and purpose in ("", *before.flow.box[PURPOSE])
    return Onset.WITHDRAWN if done else Onset.STARTS


def _words(flow: Flow, facet: Facet) -> Words:
    """The words of a flow that have to be told: of its data, those that do not come from the person alone."""
    return flow.indirect if facet is Facet.DATA else flow.box[AXES.index(facet)]


def _gaps(case: Case, told: Told) -> Iterator[tuple[Gap, Judgement]]:
    """What a flow's people are not told, by the words of the register. Who gets no notice lacks just that."""
    flow, people = told.flow, case.register.vocabulary[Facet.SUBJECT]
    noticed = case.coverage.voices.noticed
    for judgement in told.judgements:
        facet = judgement.facet
        if judgement.verdict not in LACKING:
            continue
        for subject in flow.box[SUBJECT]:
            atoms = people.mask(subject)
            if facet is Facet.SUBJECT:
                if atoms & ~noticed:
                    yield (facet, subject, ""), judgement
            elif atoms & noticed:
                for about in _lacking(case, flow, judgement, atoms & noticed):
                    yield (facet, subject, about), judgement


def _lacking(case: Case, flow: Flow, judgement: Judgement, atoms: int) -> Iterator[Any]:
    """What these people are not told: of a basis, for each purpose it is lacking for; of retention, each entry."""
    facet, regions = judgement.facet, judgement.remainder
    mine = [region for region in regions if region[SUBJECT] & atoms]
    if regions and not mine:
        return

    def lacks(axis: int, words: Words) -> bool:
        said = case.register.vocabulary[AXES[axis].scheme].union(words)
        return not regions or any(region[axis] & said for region in mine)

    match facet:
        case Facet.BASIS:
            recorded = _RECORDED[facet](flow)[0]
            yield from (
                (recorded, p) for p in flow.box[PURPOSE] or ("",) if not p or lacks(PURPOSE, (p,))
            )
        case Facet.RETENTION:
            entries = [meaning(_schedule(e)) for e in flow.retention if lacks(DATA, e.data)]
            yield from entries if flow.retention else ((),)
        case Facet.TRANSFER:
            yield from _RECORDED[facet](flow)
        case _ if facet in _WORDED:
            axis = AXES.index(facet)
            yield from (word for word in _words(flow, facet) if lacks(axis, (word,)))
        case _:
            yield tuple(sorted(statement.quote for statement in judgement.against))


def _began(register: Register, flow: Flow) -> date | None:
    """The day the register gives for the beginning of a flow."""
    activity = register.activities[flow.activity]
    pointer = flow.origin.pointer
    own = next((d.started for d in _all(activity.disclosures) if d.origin.pointer == pointer), None)
    return own or activity.record.started


def _all(disclosures: Iterable[Disclosure]) -> Iterator[Disclosure]:
    for disclosure in disclosures:
        yield disclosure
        yield from _all(disclosure.onward)


def _clause(register: Register, flow: Flow, facet: Facet, about: Any) -> str:
    """What people have to be told, behind “that”; the same for all flows that one sentence would tell."""
    us, deed = register.name, phrases.deed(register, flow)
    match facet:
        case Facet.SUBJECT:
            deed = f"{us} uses their data"
        case Facet.DATA:
            deed = phrases.deed(register, flow, phrases.name(register, facet, about))
        case Facet.PURPOSE:
            does = f"{us} uses their data" if flow.action in _OURS else deed
            deed = f"{does} for {phrases.name(register, facet, about)}"
        case Facet.BASIS:
            deed = phrases.resting(register, flow)
        case Facet.RETENTION:
            entries = [entry for entry in flow.retention if meaning(_schedule(entry)) == about]
            how_long = f" {phrases.kept_for(register, entries)}" if entries else ", and how long"
            deed = f"{us} keeps their data{how_long}"
        case Facet.TRANSFER:
            deed = phrases.abroad(register, flow, "their data")
        case Facet.PROMISE:
            promised = phrases.several(f"“{quote}”" for quote in about)
            deed = f"{deed}, against {promised}"
    return deed


_OURS = frozenset({Action.COLLECT, Action.USE, Action.KEEP})
