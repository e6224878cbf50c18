"""What rules look at, and what reporters are given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ropa import phrases
from ropa.coverage import Coverage, Judgement, Settings
from ropa.document import Document, Origin, SourceFile
from ropa.findings import Finding, Problem, RuleInfo, Severity
from ropa.flows import Flow, FlowGraph
from ropa.location import Location
from ropa.model import Evidence, Register, Statement
from ropa.verdict import Verdict
from ropa.vocabulary import Facet


@dataclass(frozen=True, slots=True)
class Gap:
    """A facet of a flow that is not told as it should be, with words for what is missing.

    `people` are those it is about, as part of a sentence; `missing` are the words for what is not told,
    along the facet where it has words; `only` narrows it down where it does not concern the whole flow.
    `echoes` are further flows of the same activity with the same gap: one sentence mends them all, so
    they are not told apart.
    """

    flow: Flow
    judgement: Judgement
    people: str
    missing: str
    only: str
    echoes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """Everything a rule may look at. Nothing else exists to it, not even the clock.

    `documents` are all that were read, `malformed` what the schemas refused in them, `files` the texts of
    every file by its path, the notices' among them, and `root` the register's folder as it was named.
    """

    documents: tuple[Document, ...]
    malformed: tuple[Problem, ...]
    files: Mapping[str, SourceFile]
    register: Register
    graph: FlowGraph
    coverage: Coverage
    settings: Settings
    root: str = "."

    def line(self, at: Location) -> str:
        """The line a place is on, as it was written."""
        file = self.files.get(at.path)
        return file.line(at.line) if file else ""

    def gaps(self, facet: Facet, verdict: Verdict) -> Iterator[Gap]:
        """The flows with this verdict on a facet the law asks for, in words, without their echoes."""
        leading: dict[tuple[object, ...], list[_Lead]] = {}
        leads: list[_Lead] = []
        for flow, judgement in self.coverage.gaps(facet, verdict):
            lead = _Lead(flow, judgement, self.coverage.lacking(facet, judgement))
            others = leading.setdefault(_alike(facet, flow), [])
            first = next((other for other in others if other.includes(lead)), None)
            if first is None:
                others.append(lead)
                leads.append(lead)
            else:
                first.echoes.append(flow.id)
        return (self._gap(facet, lead) for lead in leads)

    def _gap(self, facet: Facet, lead: "_Lead") -> Gap:
        flow, judgement = lead.flow, lead.judgement
        missing: tuple[str, ...] = ()
        if facet.scheme in self.register.vocabulary:
            missing = self.coverage.names(facet, judgement, flow)
        return Gap(
            flow,
            judgement,
            phrases.people(self.register, flow),
            phrases.several(self._inside(facet, word) for word in missing),
            self._only(facet, flow, judgement),
            tuple(lead.echoes),
        )

    def problem(self, gap: Gap, at: Origin, message: str, hint: str = "") -> Problem:
        """A gap as something to mend: at the register's line, with what the notices do say beside it."""
        more = len(gap.echoes)
        also = f"; the same in {more} more {'flow' if more == 1 else 'flows'} of this activity" if more else ""
        return Problem(
            at.location,
            message + gap.only + also,
            hint,
            tuple(self._beside(gap.judgement)),
            gap.flow.id,
            str(gap.judgement.facet),
        )

    def notices_of(self, flow: Flow) -> str:
        """The notices to write it in: those meant for a flow's people, or else those that reach them."""
        people, voices = self.register.vocabulary[Facet.SUBJECT], self.coverage.voices
        group = people.union(flow.box[0])
        reaching = [n for n in voices.notices if voices.reach[n.id] & group]
        meant = [n for n in reaching if people.union(n.audience) & group] or reaching
        return phrases.several((f"“{notice.name}”" for notice in meant), "or") or "a notice for them"

    def _inside(self, facet: Facet, label: str) -> str:
        """A label inside a sentence, unless it is the name of somebody."""
        return label if facet.scheme in _NAMED and label in self._proper else phrases.inside(label)

    @cached_property
    def _proper(self) -> frozenset[str]:
        return frozenset(party.name for party in self.register.parties.values())

    def _only(self, facet: Facet, flow: Flow, judgement: Judgement) -> str:
        """`", for care leavers, health information"`: the rest of the flow is told."""
        parts = [
            phrases.several(self._inside(other, word) for word in words)
            for other, words in self.coverage.limits(judgement, flow, facet)
        ]
        return f" (this concerns {'; '.join(parts)})" if parts else ""

    def _beside(self, judgement: Judgement) -> Iterator[tuple[Location, str]]:
        """Where the notices speak of it: what goes against it first, then what tells some of it."""
        for statement in judgement.against:
            yield place(statement), "goes against it"
        for statement in judgement.told_by[:3]:
            open_ = judgement.verdict is Verdict.UNDECIDABLE
            yield place(statement), "may tell it" if open_ else f"tells it {_HOW[judgement.verdict]}"


@dataclass(slots=True)
class _Lead:
    """The first flow of an activity with a gap, while its echoes are gathered."""

    flow: Flow
    judgement: Judgement
    lacking: tuple[int, ...]
    echoes: list[str] = field(default_factory=list)

    def includes(self, other: "_Lead") -> bool:
        """Whether what mends this gap mends the other."""
        return all(not theirs & ~mine for mine, theirs in zip(self.lacking, other.lacking, strict=True))


def _alike(facet: Facet, flow: Flow) -> tuple[object, ...]:
    """What two flows must share for one gap to be the other's echo."""
    whom = (flow.action, flow.end) if facet in _PER_RECIPIENT else ()
    return (flow.activity, whom, flow.basis if facet is Facet.BASIS else None)


_PER_RECIPIENT = frozenset({Facet.RECIPIENT, Facet.TRANSFER, Facet.PROMISE})
_NAMED = frozenset({Facet.RECIPIENT, Facet.COUNTRY})
_HOW = {Verdict.PARTIAL: "in part", Verdict.VAGUE: "only vaguely"}
_HOW |= {verdict: "" for verdict in Verdict if verdict not in _HOW}


def place(statement: Statement) -> Location:
    """The sentence of the published text, or the statement where the text has no such sentence."""
    if statement.evidence is Evidence.FOUND and statement.quoted:
        return statement.quoted
    return statement.origin.location


@dataclass(frozen=True)
class Report:
    """The outcome of one run: the case, the rules that looked, and what they found."""

    case: Case
    rules: tuple[RuleInfo, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def standing(self) -> tuple[Finding, ...]:
        """The findings nobody has waived."""
        return tuple(f for f in self.findings if not f.waived_by)

    @property
    def undecided(self) -> bool:
        """Whether something could not be checked, so that even a run without findings proves nothing."""
        return any(f.rule.undecided for f in self.standing)

    def count(self, severity: Severity) -> int:
        """How many findings of that severity stand."""
        return sum(f.rule.severity is severity for f in self.standing)

    def worst(self) -> Severity | None:
        """The severest finding that stands, or None."""
        return max((f.rule.severity for f in self.standing), default=None)
