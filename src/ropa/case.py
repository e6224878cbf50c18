"""What rules look at: everything about a register and its notices on one day."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import Struct, field

from ropa.accepting.acceptance import Acceptance
from ropa.accepting.signatures import Signatures
from ropa.documents.document import Document, Origin, SourceFile
from ropa.findings import Problem
from ropa.flows.flow import AXES, DATA, RECIPIENT, SUBJECT, Flow, Gate, Node, NodeKind
from ropa.flows.graph import FlowGraph
from ropa.judging.coverage import Coverage, Judgement, Settings
from ropa.judging.gaps import Gap, Lead, leads, place
from ropa.judging.ledger import Ledger
from ropa.judging.statements import Voices, voices
from ropa.judging.verdict import Verdict
from ropa.law import tables as law
from ropa.location import Location
from ropa.notice.text import NoticeText, Texts
from ropa.register.model import (
    Action,
    Activity,
    Notice,
    Register,
    Retention,
    Statement,
    Words,
)
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.wording.sentences import Hit, Passage, Wording

MOST_PLACES = 5
"""How many further places of the same words are shown with the first."""


class KeptByLaw(NamedTuple):
    """An entry of an activity's retention schedule, counted from 1, and the law that sets its period."""

    activity: Activity
    number: int
    entry: Retention
    row: law.StatutoryRetention


class Case(Struct, frozen=True, eq=False, dict=True):
    """Everything a rule may look at. Nothing else exists to it, not even the clock.

    `documents` are all that were read, `malformed` what the schemas refused in them, `files` the texts of
    every file by its path, the notices' among them, `texts` the published wording of the notices, and `root`
    the register's folder as it was named; `in_repository` is that folder from the top of its repository on.
    `acceptance` is empty until every rule but the last has been asked.
    """

    documents: tuple[Document, ...]
    malformed: tuple[Problem, ...]
    files: Mapping[str, SourceFile]
    texts: Texts
    register: Register
    graph: FlowGraph
    coverage: Coverage
    settings: Settings
    root: str = "."
    acceptance: Acceptance = field(default_factory=Acceptance)
    in_repository: str = "."

    @property
    def whole(self) -> bool:
        """Whether every document of the register could be read."""
        return not self.malformed and not any(document.problems for document in self.documents)

    @property
    def regimes(self) -> frozenset[str]:
        """The laws that apply."""
        return frozenset(self.register.regimes)

    @cached_property
    def ledger(self) -> Ledger:
        """The register row by row."""
        return Ledger(self.register)

    @cached_property
    def signatures(self) -> Signatures:
        """The sign-offs of the notices, held against what the register says now."""
        return Signatures(self.graph, self.coverage, self.text_of)

    def voices_on(self, day: date) -> Voices:
        """What people were told on another day by the notices on file."""
        if day not in self._voices:
            self._voices[day] = voices(self.register, day)
        return self._voices[day]

    @cached_property
    def _voices(self) -> dict[date, Voices]:
        return {}

    def told_in(self, said: Voices, people: Words, facet: Facet, word: str) -> bool:
        """Whether some of these people are told a word along a facet, whatever else they are told."""
        axis, atoms = AXES.index(facet), self.register.vocabulary[facet.scheme].mask(word)
        about = self.register.vocabulary[Facet.SUBJECT].union(people)
        return any(
            spoken.tells and not spoken.by and facet in spoken.stated
            for spoken in said.spoken
            if spoken.masks[SUBJECT] & about and not atoms & ~spoken.masks[axis]
        )

    @cached_property
    def cited_periods(self) -> tuple["KeptByLaw", ...]:
        """The entries of the retention schedule that name a law which sets a period, whichever it is."""
        rows = law.RETENTION.on(self.settings.day)
        known: dict[Words, law.StatutoryRetention | None] = {(): None}
        found = []
        for activity in self.ledger.activities:
            for number, entry in enumerate(activity.retention, 1):
                written = entry.law
                if written not in known:
                    known[written] = next((r for r in rows if _cites(written, r.law)), None)
                row = known[written]
                if row is not None:
                    found.append(KeptByLaw(activity, number, entry, row))
        return tuple(found)

    @cached_property
    def statutory_periods(self) -> tuple["KeptByLaw", ...]:
        """The entries of the retention schedule with a period that the law has set, with what it says.

        An entry is meant where it names that law, or where it is about such a record and names no law of
        its own, of the nation the organisation is in.
        """
        found = [kept for kept in self.cited_periods if kept.entry.period]
        organisation = self.register.organisation
        nation = organisation.nation if organisation else ""
        rows = [row for row in law.RETENTION.on(self.settings.day) if row.nation == nation]
        for activity in self.ledger.activities if rows else ():
            for number, entry in enumerate(activity.retention, 1):
                if entry.period and not entry.law:
                    found += [
                        KeptByLaw(activity, number, entry, row)
                        for row in rows
                        if row.data and self._about_record(activity, entry, row)
                    ]
        return tuple(found)

    def _about_record(
        self, activity: Activity, entry: Retention, row: law.StatutoryRetention
    ) -> bool:
        """Whether an entry is about the record a law is about, and about nobody and nothing else."""
        about, people = self.ledger.about, activity.subjects
        right = not row.subjects or about(Facet.SUBJECT, people, row.subjects) == people
        return right and bool(about(Facet.DATA, entry.data, row.data))

    def line(self, at: Location) -> str:
        """The line a place is on, as it was written."""
        file = self.files.get(at.path, self.acceptance.baseline.file)
        return file.line(at.line) if file and file.path == at.path else ""

    def gaps(self, facet: Facet, verdict: Verdict) -> Iterator[Gap]:
        """The flows with this verdict on a facet the law asks for, in words, without their echoes.

        What one flow is not told of at all and another only in part can be the same gap.
        """
        if (facet, verdict) not in self._gaps:
            verdicts = _UNTOLD if verdict in _UNTOLD else (verdict,)
            found = [
                self._gap(facet, lead)
                for lead in leads(self.coverage, facet, verdicts)
                if lead.judgement.verdict is verdict
            ]
            self._gaps[facet, verdict] = found
        return iter(self._gaps[facet, verdict])

    @cached_property
    def _gaps(self) -> dict[tuple[Facet, Verdict], list[Gap]]:
        return {}

    def _gap(self, facet: Facet, lead: Lead) -> Gap:
        flow, judgement = lead.flow, lead.judgement
        missing: tuple[str, ...] = ()
        if facet.scheme in self.register.vocabulary:
            missing = self.coverage.names(facet, judgement, flow)
        people = self.coverage.names(Facet.SUBJECT, judgement, flow)
        return Gap(
            flow,
            judgement,
            phrases.several(map(phrases.inside, people)) or phrases.people(self.register, flow),
            self.inside(facet, missing),
            self._only(flow, judgement),
            self._besides(flow, judgement),
            self.coverage.speaking(flow, judgement, judgement.told_by) or judgement.told_by,
            self.coverage.speaking(flow, judgement, judgement.against) or judgement.against,
            tuple(lead.echoes),
        )

    def written(self, flow: Flow, key: str) -> Origin:
        """Where the register says something of a flow: with a disclosure, else with its activity."""
        own = flow.action in {Action.DISCLOSE, Action.ONWARD}
        return (flow.origin if own else self.register.activities[flow.activity].origin) / key

    def entries(self, gap: Gap) -> tuple[Retention, ...]:
        """The entries of the retention schedule that a gap concerns."""
        data = self.register.vocabulary[Facet.DATA]
        lacking = self.coverage.lacking(Facet.DATA, gap.judgement, gap.flow)[DATA]
        return tuple(entry for entry in gap.flow.retention if data.union(entry.data) & lacking)

    def problem(self, gap: Gap, at: Origin, message: str, hint: str = "") -> Problem:
        """A gap as something to mend: at the register's line, with what the notices do say beside it."""
        more = len(gap.echoes)
        also = (
            f"; the same in {more} more {'flow' if more == 1 else 'flows'} of this activity"
            if more
            else ""
        )
        return Problem(
            at.location,
            message + gap.only + gap.besides + also,
            hint,
            tuple(self._beside(gap)),
            gap.flow.id,
            str(gap.judgement.facet),
        )

    def notices_of(self, of: Flow | Gap) -> str:
        """The notices to write it in: those meant for the people of a flow, or else those that reach them.

        Of a gap: those of the people who are not told.
        """
        people, voices = self.register.vocabulary[Facet.SUBJECT], self.coverage.voices
        flow = of.flow if isinstance(of, Gap) else of
        group = people.union(flow.box[SUBJECT])
        if isinstance(of, Gap):
            group = self.coverage.lacking(Facet.SUBJECT, of.judgement, flow)[SUBJECT] or group
        reaching = [n for n in voices.notices if voices.reach[n.id] & group]
        reaching = [n for n in reaching if n.readable] or reaching
        meant = [n for n in reaching if people.union(n.audience) & group] or reaching
        return (
            phrases.several((f"“{notice.name}”" for notice in meant), "or") or "a notice for them"
        )

    def notices_saying(self, statements: Iterable[Statement]) -> str:
        """The notices that some statements stand in, by name."""
        saying = dict.fromkeys(self.register.notices[s.notice].name for s in statements)
        return phrases.several(f"“{name}”" for name in saying)

    def text_of(self, notice: Notice) -> NoticeText | None:
        """The published text of a notice, or None where there is none to be read."""
        text = self.texts.get((notice.origin.document.path, notice.text))
        return text if isinstance(text, NoticeText) else None

    def whereabouts(self, at: Location) -> str:
        """A place in a notice inside a sentence: its page or paragraph, or else its line."""
        return self.part(at) or f"line {at.line}"

    def signs(self, notice: Notice, item: str) -> tuple[Location, ...] | None:
        """The sentences of a notice that look as if they said an item (its id in `ropa notice inspect`).

        None where the notice has no text to look at, or nobody knows what the item looks like. It is for
        asking: nothing is told by looking like it.
        """
        from ropa.wording.detectors import Status, detect_item, detectors

        text = self.text_of(notice)
        if text is None or item not in detectors():
            return None
        signs = detect_item(text, item).signs
        return tuple(text.location(s.sentence) for s in signs if s.status is Status.PRESENT)

    def reading_age(self, notice: Notice) -> int | None:
        """The age at which most people can read a notice; None where it has no text, or too short a one."""
        from ropa.wording.reading_age import reading_age

        text = self.text_of(notice)
        return reading_age(text) if text else None

    def part(self, at: Location) -> str:
        """The page or paragraph a place is in, such as "page 3", where its file has no lines of its own."""
        file = self.files.get(at.path)
        return file.part(at.line) if file else ""

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The texts of the notices that are in force on the day, to be looked at sentence by sentence."""
        day = self.settings.day
        found = ((n, self.text_of(n)) for n in self.register.notices.values() if n.in_force(day))
        return tuple(Wording(notice, text) for notice, text in found if text and text.folded)

    def version_before(self, wording: Wording) -> Wording | None:
        """The last notice at the same address that was over before this one began, where its text is on file."""
        new = wording.notice
        old = [
            notice
            for notice in self.register.notices.values()
            if new.url and notice.url == new.url and new.start and notice.over(new.start)
        ]
        last = max(old, key=lambda notice: notice.end or date.min, default=None)
        text = self.text_of(last) if last else None
        return Wording(last, text) if last and text and text.folded else None

    def wording_problem(
        self, wording: Wording, hits: Sequence[Hit | Passage], message: str, hint: str, facet: str
    ) -> Problem:
        """Something about the wording of a notice, at the first place it stands, with the others beside it."""
        first, *others = map(wording.place, hits)
        also = tuple((place, "here, too") for place in others[:MOST_PLACES])
        return Problem(
            first,
            f"“{wording.notice.name}” {message}",
            hint,
            also,
            f"notice/{wording.notice.id}",
            facet,
        )

    def promised_gates(self) -> Iterator[tuple[Gate, Statement]]:
        """The approvals that notices promise of others, with the statements that promise them.

        Behind such a gate is everybody in the register whom the statement's words include.
        """
        words = self.register.vocabulary[Facet.RECIPIENT]
        parties = {party: words.mask(party) for party in self.graph.parties}
        for spoken in self.coverage.voices.spoken:
            if not (spoken.tells and spoken.by and "approval" in spoken.statement.conditions):
                continue
            behind = {p for p, atoms in parties.items() if not atoms & ~spoken.masks[RECIPIENT]}
            region = spoken.masks[SUBJECT : DATA + 1]
            for holder in (p for p, atoms in parties.items() if not atoms & ~spoken.by):
                gate = Gate(Node(NodeKind.PARTY, holder), frozenset(behind - {holder}), region)
                yield gate, spoken.statement

    def words_untold(self, gap: Gap) -> str:
        """The register's own words of which something is not told, as part of a sentence that would tell it."""
        facet, flow = gap.judgement.facet, gap.flow
        axis, words = AXES.index(facet), self.register.vocabulary[facet.scheme]
        lacking = self.coverage.lacking(facet, gap.judgement, flow)[axis]
        said = tuple(word for word in flow.box[axis] if words.mask(word) & lacking)
        return phrases.names(self.register, facet, said) if said else gap.missing

    def inside(self, facet: Facet, labels: Iterable[str]) -> str:
        """Labels inside a sentence: the names of somebody and of countries stay as they are."""
        if facet is Facet.COUNTRY:
            return phrases.several(map(phrases.country, labels))
        named = self._proper if facet.scheme is Facet.RECIPIENT else frozenset[str]()
        return phrases.several(w if w in named else phrases.inside(w) for w in labels)

    def limits(self, flow: Flow, judgement: Judgement) -> Mapping[Facet, str]:
        """The part of a flow that a gap concerns, where it is not the whole: its words along other facets."""
        limits = self.coverage.limits(judgement, flow, judgement.facet)
        return {facet: self.inside(facet, words) for facet, words in limits}

    @cached_property
    def _proper(self) -> frozenset[str]:
        return frozenset(p.name for p in self.register.parties.values() if p.type != "category")

    def _only(self, flow: Flow, judgement: Judgement) -> str:
        """` (this concerns health information used for research)`: it is not so of the rest of the flow."""
        limits = {f: said for f, said in self.limits(flow, judgement).items() if f in _JOINTS}
        if not limits:
            return ""
        data = limits.pop(Facet.DATA, "data")
        further = "".join(f"{joint} {limits[f]}" for f, joint in _JOINTS.items() if f in limits)
        return f" (this concerns {data}{further})"

    def _besides(self, flow: Flow, judgement: Judgement) -> str:
        """What is told where something is not: `, though parents are told`."""
        if judgement.verdict is not Verdict.PARTIAL or judgement.facet is Facet.SUBJECT:
            return ""
        people = self.register.vocabulary[Facet.SUBJECT]
        lacking = self.coverage.lacking(Facet.SUBJECT, judgement, flow)[SUBJECT]
        told = people.union(flow.box[SUBJECT]) & self.coverage.voices.noticed & ~lacking
        others = map(phrases.inside, people.names(told, flow.box[SUBJECT]))
        return (
            f", though {phrases.several(others)} are told"
            if told
            else ", though the rest is mentioned"
        )

    @staticmethod
    def _beside(gap: Gap) -> Iterator[tuple[Location, str]]:
        """Where the notices speak of it: what goes against it first, then what tells some of it."""
        verdict, against = gap.judgement.verdict, gap.against
        telling = gap.told_by if verdict in _NARROWED else gap.judgement.told_by
        for statement in against:
            yield place(statement), "goes against it"
        if gap.judgement.facet is Facet.PROMISE and verdict is Verdict.CONTRADICTED:
            telling = ()  # nothing that is said mends a broken promise
        for statement in [s for s in telling if s not in against][:3]:
            yield place(statement), _HOW.get(verdict, "tells it")


def _cites(written: Words, instrument: str) -> bool:
    """Whether one of the laws written is that instrument: by its number, as in `SI 2010/959 reg 50`."""
    series, number, *_ = instrument.split()
    near = [one for one in written if number in one]
    return any(_instrument(series, number).search(one) for one in near)


@cache
def _instrument(series: str, number: str) -> re.Pattern[str]:
    series = f"(?<![A-Za-z]){series}" if series != "SI" else "(?<![A-Za-z])W?SI"
    return re.compile(rf"{series}\s*{re.escape(number)}\b", re.IGNORECASE)


_NARROWED = frozenset({Verdict.CONTRADICTED, Verdict.AMBIGUOUS, Verdict.VAGUE})

_UNTOLD = (Verdict.OMITTED, Verdict.PARTIAL)

_JOINTS = {
    Facet.DATA: "",
    Facet.PURPOSE: " used for",
    Facet.SOURCE: " from",
    Facet.RECIPIENT: " going to",
    Facet.COUNTRY: " in",
}

_HOW = {
    Verdict.PARTIAL: "tells it in part",
    Verdict.VAGUE: "tells it only vaguely",
    Verdict.UNDECIDABLE: "may tell it",
    Verdict.AMBIGUOUS: "says that it is done",
}
