"""The question the tool exists to answer: is every flow told to the people it is about?

Every flow is a box, and so is every statement; `judge` holds the one against the other. Here is what came
of it, and the questions that rules, reports and repair ask. docs/coverage.md gives the meaning of each verdict.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import AXES, SUBJECT, Flow
from ropa.flows.graph import FlowGraph
from ropa.flows.regions import EVERYTHING, Region
from ropa.judging.evidence import Proofs, Rests, weakest
from ropa.judging.guards import Guards, Met
from ropa.judging.holding import Hearing, Holding
from ropa.judging.items import ItemTold, items
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement, Mode, Settings, Untied
from ropa.judging.overclaims import Unmatched, unmatched
from ropa.judging.resting import Resting
from ropa.judging.statements import Voices, voices
from ropa.judging.untied import Sentences, UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice, Register, Statement, Words
from ropa.register.vocabulary import Facet

__all__ = [
    "Coverage",
    "Judgement",
    "Mode",
    "Settings",
    "Told",
    "Unmatched",
    "coverage",
]


class Told(Struct, frozen=True):
    """A flow, the verdict on each of its facets that the law asks for, and the worst of them: never an average."""

    flow: Flow
    judgements: tuple[Judgement, ...]
    verdict: Verdict

    @property
    def evidence(self) -> Rests:
        """The weakest that some of its facets rests on, of those that are told."""
        return weakest(judgement.evidence for judgement in self.judgements)

    def on(self, facet: Facet) -> Judgement | None:
        """The verdict on one facet, or None where the flow does not have it."""
        for judgement in self.judgements:
            if judgement.facet is facet:
                return judgement
        return None


class Coverage(Struct, frozen=True, eq=False, dict=True):
    """Every flow with its verdicts, and what the notices say beyond the flows.

    `sentences` are those that nobody has tied, and `resting` says of judgements what they rest on; None where the texts
    were not read. `judged` is how many of the flows were judged for it: the verdicts on the others still hold from the
    moment before.
    """

    settings: Settings
    register: Register
    voices: Voices
    flows: tuple[Told, ...]
    proofs: Proofs | None = None
    sentences: Sentences | None = None
    resting: Resting | None = None
    judged: int = 0

    @cached_property
    def hearing(self) -> Hearing:
        """What the flows were held against."""
        return Hearing(self.register, self.settings, self.voices, self.proofs, self.sentences)

    def voices_on(self, day: date) -> Voices:
        """What people were told on another day by the notices on file."""
        if day == self.settings.day:
            return self.voices
        return voices(self.register, day, self.proofs, self.settings.least)

    def about(self, people: int) -> Iterator[Told]:
        """The flows about some of these people, by their atoms."""
        words = self.register.vocabulary[Facet.SUBJECT]
        return (told for told in self.flows if people & words.union(told.flow.box[SUBJECT]))

    @cached_property
    def clear_by(self) -> Counter[Rests]:
        """How many flows are clear by words, by a person's reading, and by reading alone."""
        return Counter(told.evidence for told in self.flows if told.verdict is Verdict.CLEAR)

    @cached_property
    def void(self) -> tuple[Statement, ...]:
        """The statements in force that their words do not bear out, so that they tell nothing."""
        return tuple(spoken.statement for spoken in self.voices.spoken if spoken.void)

    @cached_property
    def unread(self) -> tuple[Notice, ...]:
        """The notices in force whose texts are in a language that is not read."""
        proofs = self.proofs
        return tuple(n for n in self.voices.notices if proofs and proofs.unread(n))

    @cached_property
    def unmatched(self) -> tuple[Unmatched, ...]:
        """What the notices say beyond the flows."""
        flows = (told.flow for told in self.flows)
        return tuple(unmatched(self.register, self.voices, flows, self.proofs))

    def meets_no_flow(self, statement: Statement) -> bool:
        """Whether a statement in force speaks of something that the organisation does not do at all."""
        spoken = tuple(one for one in self.voices.spoken if one.statement is statement)
        flows = (t.flow for t in self.flows if t.flow.action in statement.actions)
        alone = replace(self.voices, spoken=spoken)
        return any(u.facet is None for u in unmatched(self.register, alone, flows, self.proofs))

    def told_to(self, told: Told, groups: Words) -> Told:
        """A flow as it is told to these of its groups, whatever the others are told of it."""
        flow = told.flow
        if told.verdict is Verdict.CLEAR or groups == flow.box[SUBJECT]:
            return told
        box = tuple(groups if axis == SUBJECT else words for axis, words in enumerate(flow.box))
        narrowed = replace(flow, box=box)
        judged, resting = self._judge.judgements(narrowed), self.resting
        return Told(flow, *(resting.judged(narrowed, judged) if resting else judged))

    @property
    def _judge(self) -> Judge:
        return self.hearing.judge

    @cached_property
    def guards(self) -> Guards:
        """What the flows record that promises make exceptions for."""
        return Guards(self.register, self.settings.day)

    def inherited(self) -> Iterator[tuple[Flow, tuple[Statement, ...]]]:
        """The flows that would break a promise, but for what is recorded of their activity: with those promises."""
        promises = [s for s in self.voices.spoken if s.statement.negative and s.statement.unless]
        for told in self.flows if promises else ():
            flow = told.flow
            if not flow.inherits or told.on(Facet.PROMISE) is None:
                continue
            found = tuple(
                promise.statement
                for promise in promises
                if self.guards.met(promise.statement, flow) is Met.INHERITED
                and self._judge.may_count(flow, promise)
            )
            if found:
                yield flow, found

    def under_conditions(self) -> Iterator[Told]:
        """The flows of which some statement says that a condition has to be met first."""
        statements = (spoken.statement for spoken in self.voices.spoken)
        speaking = {action for s in statements if s.conditions for action in s.actions}
        said: dict[int, bool] = {}  # flows share their judgements
        for told in self.flows if speaking else ():
            if told.flow.action not in speaking:
                continue
            for judgement in told.judgements:
                key = id(judgement)
                if key not in said:
                    said[key] = any(statement.conditions for statement in judgement.told_by)
                if said[key]:
                    yield told
                    break

    @cached_property
    def items(self) -> tuple[ItemTold, ...]:
        """Whether each group is told the items of Articles 13 and 14 that are not about a flow."""
        found = tuple(items(self.register, self.voices, self.settings.day, self.sentences))
        if self.resting is None or not self.resting.weak:
            return found
        again = {rests: self._items_at(voices) for rests, voices in self.resting.levels.items()}
        return tuple(self._rested(told, again) for told in found)

    def _items_at(self, voices: Voices) -> Mapping[tuple[str, str], Verdict]:
        """How each group would be told each item, if nothing counted that rests on less."""
        found = items(self.register, voices, self.settings.day, self.sentences)
        return {(told.subject, told.item): told.verdict for told in found}

    @staticmethod
    def _rested(
        told: ItemTold, again: Mapping[Rests, Mapping[tuple[str, str], Verdict]]
    ) -> ItemTold:
        key = told.subject, told.item
        reached = (rests for rests, found in again.items() if found[key] >= told.verdict)
        return replace(told, evidence=next(reached, Rests.READING))

    @cached_property
    def by_id(self) -> Mapping[str, Told]:
        """The flows by their ids."""
        return {told.flow.id: told for told in self.flows}

    @cached_property
    def _gaps(self) -> Mapping[Facet, list[tuple[Told, Judgement]]]:
        gaps: dict[Facet, list[tuple[Told, Judgement]]] = {}
        clear = Verdict.CLEAR
        for told in self.flows:
            if told.verdict is clear:
                continue
            for judgement in told.judgements:
                if judgement.verdict is not clear:
                    gaps.setdefault(judgement.facet, []).append((told, judgement))
        return gaps

    def gaps(self, facet: Facet, *verdicts: Verdict) -> Iterator[tuple[Flow, Judgement]]:
        """The flows that have one of these verdicts on a facet the law asks for.

        A flow none of whose people get a notice is passed over: that is its own finding. So is one whose people get
        only notices of which nobody has written a statement yet, where it is not told.
        """
        for told, judgement in self._gaps.get(facet, ()):
            if judgement.verdict in verdicts and (
                facet is Facet.SUBJECT
                or not (self._nobody_told(told) or self._unwritten(told.flow, judgement))
            ):
                yield told.flow, judgement

    def _unwritten(self, flow: Flow, judgement: Judgement) -> bool:
        """Whether all who are not told something get only notices without any statement."""
        if judgement.verdict not in _NOT_TOLD or not self.unwritten:
            return False
        people = self._atoms(judgement, flow, SUBJECT)
        return all(
            n.id in self.unwritten for n in self.voices.notices if self.voices.reach[n.id] & people
        )

    @cached_property
    def unwritten(self) -> frozenset[str]:
        """The notices in force that speak and have no statement yet, by their ids, where that is a finding."""
        if self.sentences is None or self.settings.untied is Untied.OMITTED:
            return frozenset()
        return frozenset(n.id for n in self.voices.notices if self.sentences.unwritten(n))

    @cached_property
    def waiting(self) -> Mapping[str, Counter[UntiedSentence]]:
        """The sentences for which some verdict waits, by the ids of their notices, and how many wait for each."""
        waiting: dict[str, Counter[UntiedSentence]] = {}
        for told in self.flows:
            for judgement in told.judgements:
                for sentence in judgement.sentences if judgement.untied else ():
                    waiting.setdefault(sentence.notice.id, Counter())[sentence] += 1
        return waiting

    def items_lacking(self) -> Iterator[tuple[str, tuple[ItemTold, ...]]]:
        """The items that a notice does not tell everybody, each with the groups that lack it there."""
        lacking: dict[tuple[str, str], list[ItemTold]] = {}
        for told in self.items:
            if told.verdict is not Verdict.CLEAR and told.notice.id not in self.unwritten:
                lacking.setdefault((told.notice.id, told.item), []).append(told)
        return ((item, tuple(told)) for (_, item), told in lacking.items())

    @staticmethod
    def _nobody_told(told: Told) -> bool:
        subject = told.on(Facet.SUBJECT)
        return subject is not None and subject.verdict is Verdict.OMITTED

    def lacking(self, facet: Facet, judgement: Judgement, flow: Flow) -> Region:
        """The atoms that are not told: along the facet and the people, and along no other axis."""
        return tuple(
            self._atoms(judgement, flow, axis) if other in (facet, Facet.SUBJECT) else 0
            for axis, other in enumerate(AXES)
        )

    def untold(self, facet: Facet, judgement: Judgement, flow: Flow) -> list[Region]:
        """What `lacking` gives as one, region by region: who is not told what."""
        lacking = self.lacking(facet, judgement, flow)
        regions = (
            tuple(
                [
                    r & atoms if atoms else EVERYTHING
                    for r, atoms in zip(region, lacking, strict=True)
                ]
            )
            for region in judgement.remainder
        )
        return [region for region in regions if all(region)]

    def names(self, facet: Facet, judgement: Judgement, flow: Flow) -> tuple[str, ...]:
        """The words for what is not told along one axis."""
        axis = AXES.index(facet)
        atoms = self._atoms(judgement, flow, axis)
        return self.register.vocabulary[facet.scheme].names(atoms, flow.box[axis])

    def speaking(
        self, flow: Flow, judgement: Judgement, statements: Iterable[Statement]
    ) -> tuple[Statement, ...]:
        """Those of some statements that speak of just what is not told, or not well enough."""
        axes = [axis for axis, words in enumerate(flow.box) if words]
        mine = {
            axis: self.register.vocabulary[AXES[axis].scheme].union(flow.box[axis]) for axis in axes
        }
        return tuple(
            statement
            for statement in statements
            for said in [self._masks[statement]]
            if any(all(r[a] & said[a] & mine[a] for a in axes) for r in judgement.remainder)
        )

    @cached_property
    def _masks(self) -> Mapping[Statement, Region]:
        return {spoken.statement: spoken.masks for spoken in self.voices.spoken}

    def limits(
        self, judgement: Judgement, flow: Flow, facet: Facet
    ) -> tuple[tuple[Facet, Words], ...]:
        """Where the gap does not concern the whole flow: the other facets and the words it concerns."""
        found = []
        for axis, other in enumerate(AXES):
            if other is facet or not flow.box[axis] or not judgement.remainder:
                continue
            hierarchy, atoms = (
                self.register.vocabulary[other.scheme],
                self._atoms(judgement, flow, axis),
            )
            if atoms and hierarchy.union(flow.box[axis]) & ~atoms:
                found.append((other, hierarchy.names(atoms, flow.box[axis])))
        return tuple(found)

    def people(self, judgement: Judgement, flow: Flow) -> int:
        """Those of a flow's people who are not told, or not well enough."""
        return self._atoms(judgement, flow, SUBJECT)

    def _atoms(self, judgement: Judgement, flow: Flow, axis: int) -> int:
        """The atoms of the flow along an axis that the remainder concerns."""
        atoms = 0
        for region in judgement.remainder:
            atoms |= region[axis]
        if (
            axis == SUBJECT and judgement.facet is not Facet.SUBJECT
        ):  # the others get no notice at all
            atoms &= self.voices.noticed
        return atoms & self.register.vocabulary[AXES[axis].scheme].union(flow.box[axis])


_NOT_TOLD = frozenset({Verdict.OMITTED, Verdict.UNTIED})


def coverage(
    graph: FlowGraph,
    settings: Settings,
    proofs: Proofs | None = None,
    before: Coverage | None = None,
) -> Coverage:
    """Every flow held against the notices in force on the day, and each statement against its words by `proofs`.

    Where the organisation acts for others, it is for them to tell people (Articles 13 and 14). Verdicts of
    `before`, the same register at another moment, are taken over where they hold.
    """
    register = graph.register
    mandated = {id_ for id_, a in register.activities.items() if register.mandated(a)}
    owed = [f for f in graph.flows if f.activity not in mandated] if mandated else graph.flows
    if proofs and before and before.proofs:
        proofs.keep(before.proofs)
    said = voices(register, settings.day, proofs, settings.least)
    sentences = Sentences(register, proofs, said) if proofs else None
    if sentences and before and before.sentences:
        sentences.keep(before.sentences)
    hearing = Hearing(register, settings, said, proofs, sentences)
    resting = Resting(register, settings, proofs, said) if proofs else None
    known = _held(before, hearing, owed) if before else {}
    flows = tuple(_told(hearing.judge, resting, owed, known))
    anew = len(flows) - len(known)
    return Coverage(settings, register, said, flows, proofs, sentences, resting, anew)


def _told(
    judge: Judge, resting: Resting | None, owed: Iterable[Flow], known: Mapping[str, Told]
) -> Iterator[Told]:
    weak = resting if resting and resting.weak else None
    for flow in owed:
        if flow.id in known:
            yield known[flow.id]
        else:
            whole = judge.judgements(flow)
            yield Told(flow, *(weak.judged(flow, whole) if weak else whole))


def _held(before: Coverage, now: Hearing, owed: Iterable[Flow]) -> Mapping[str, Told]:
    """The flows that are the very same, and what is told of them still."""
    holding, was = Holding(before.hearing, now), before.by_id
    found: dict[str, Told] = {}
    for flow in owed if holding.comparable else ():
        told = was.get(flow.id)
        if told is None or told.flow is not flow:
            continue
        whole = holding.told(flow, (told.judgements, told.verdict))
        if whole is not None:
            found[flow.id] = told if whole[0] is told.judgements else Told(flow, *whole)
    return found
