"""The question the tool exists to answer: is every flow told to the people it is about?

Every flow is a box, and so is every statement. A statement tells a facet where it states it and covers the
rest of the flow; what no statement tells is what is left of the flow's box when theirs are taken away.
The meaning of every verdict is in docs/coverage.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from ropa.boxes import EVERYTHING, Region, meet, minus
from ropa.flows import AXES, Flow, FlowGraph
from ropa.items import ItemTold, items
from ropa.model import Action, Basis, Claim, Condition, Register, Retention, Statement, Words, days
from ropa.statements import Spoken, Voices, voices
from ropa.verdict import Verdict
from ropa.vocabulary import Facet


class Mode(StrEnum):
    """What becomes of a promise that meets a statement against it.

    `specific` lets the strictly more specific of the two win; `cautious` lets only the promise win, as
    PoliCheck does (Andow et al., USENIX Security 2020); `strict` calls every clash ambiguous.
    """

    SPECIFIC = "specific"
    CAUTIOUS = "cautious"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to judge: on which day, in which mode, which facets must be told together, how far up a word may be."""

    day: date
    mode: Mode = Mode.SPECIFIC
    linked: frozenset[Facet] = frozenset()
    max_hops: int = 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one facet of one flow, and what it rests on.

    `told_by` are all the statements that tell some of it: without them it would be worse. `against` are
    the promises that bite and the statements that say something else. `remainder` is what is not told, or
    not well enough. `how` says what the verdict does not: "exact", "by category", "by exception". `modes`
    is there where the modes differ. `due` is False where the law does not ask for the facet here.
    """

    facet: Facet
    verdict: Verdict
    how: str = ""
    told_by: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    remainder: tuple[Region, ...] = ()
    lacks: str = ""
    modes: tuple[tuple[Mode, Verdict], ...] = ()
    due: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A flow and the verdict on each of its facets."""

    flow: Flow
    judgements: tuple[Judgement, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict on a facet that the law asks for; never an average."""
        return min((j.verdict for j in self.judgements if j.due), default=Verdict.CLEAR)

    def on(self, facet: Facet) -> Judgement | None:
        """The verdict on one facet, or None where the flow does not have it."""
        return next((j for j in self.judgements if j.facet is facet), None)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A statement, or some of its words, that no flow in the register bears out."""

    statement: Statement
    facet: Facet | None
    words: Words


@dataclass(frozen=True)
class Coverage:
    """Every flow with its verdicts, and what the notices say beyond the flows."""

    settings: Settings
    register: Register
    voices: Voices
    flows: tuple[Told, ...]
    unmatched: tuple[Unmatched, ...]
    items: tuple[ItemTold, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Told]:
        """The flows by their ids."""
        return {told.flow.id: told for told in self.flows}

    @cached_property
    def _gaps(self) -> Mapping[Facet, list[tuple[Told, Judgement]]]:
        gaps: dict[Facet, list[tuple[Told, Judgement]]] = {}
        for told in self.flows:
            for judgement in told.judgements:
                if judgement.due and judgement.verdict is not Verdict.CLEAR:
                    gaps.setdefault(judgement.facet, []).append((told, judgement))
        return gaps

    def gaps(self, facet: Facet, *verdicts: Verdict) -> Iterator[tuple[Flow, Judgement]]:
        """The flows that have one of these verdicts on a facet the law asks for.

        A flow none of whose people get a notice is passed over: that is its own finding.
        """
        for told, judgement in self._gaps.get(facet, ()):
            if judgement.verdict in verdicts and (facet is Facet.SUBJECT or not self._nobody_told(told)):
                yield told.flow, judgement

    @staticmethod
    def _nobody_told(told: Told) -> bool:
        subject = told.on(Facet.SUBJECT)
        return subject is not None and subject.verdict is Verdict.OMITTED

    def lacking(self, facet: Facet, judgement: Judgement) -> Region:
        """The atoms that are not told: along the facet and the people, and along no other axis."""
        kept = {AXES.index(f) for f in (Facet.SUBJECT, facet) if f in AXES}
        atoms = [0] * len(AXES)
        for region in judgement.remainder:
            for axis in kept:
                atoms[axis] |= region[axis]
        return tuple(atoms)

    def names(self, facet: Facet, judgement: Judgement, flow: Flow) -> tuple[str, ...]:
        """The words for what is not told along one axis."""
        axis = AXES.index(facet)
        atoms = 0
        for region in judgement.remainder:
            atoms |= region[axis]
        return self.register.vocabulary[facet.scheme].names(atoms, flow.box[axis])

    def speaking(
        self, flow: Flow, judgement: Judgement, statements: Iterable[Statement]
    ) -> tuple[Statement, ...]:
        """Those of some statements that speak of just what is not told, or not well enough."""
        axes = [axis for axis, words in enumerate(flow.box) if words]
        return tuple(
            statement
            for statement in statements
            if any(all(r[a] & self._masks[statement][a] for a in axes) for r in judgement.remainder)
        )

    @cached_property
    def _masks(self) -> Mapping[Statement, Region]:
        return {spoken.statement: spoken.masks for spoken in self.voices.spoken}

    def limits(self, judgement: Judgement, flow: Flow, facet: Facet) -> tuple[tuple[Facet, Words], ...]:
        """Where the gap does not concern the whole flow: the other facets and the words it concerns."""
        found = []
        for axis, other in enumerate(AXES):
            if other is facet or not flow.box[axis] or not judgement.remainder:
                continue
            hierarchy = self.register.vocabulary[other.scheme]
            atoms = 0
            for region in judgement.remainder:
                atoms |= region[axis]
            if hierarchy.union(flow.box[axis]) & ~atoms:
                found.append((other, hierarchy.names(atoms, flow.box[axis])))
        return tuple(found)


def coverage(graph: FlowGraph, settings: Settings) -> Coverage:
    """Every flow held against the notices in force on the day."""
    spoken = voices(graph.register, settings.day)
    judge = _Judge(graph.register, spoken, settings)
    flows = tuple(judge.flow(flow) for flow in graph.flows)
    return Coverage(
        settings=settings,
        register=graph.register,
        voices=spoken,
        flows=flows,
        unmatched=tuple(judge.unmatched()),
        items=tuple(items(graph.register, spoken, settings.day)),
    )


# What the law asks people to be told of each step. Data and source are due only where data did not come from
# the person (Article 14(1)(d) and 14(2)(f)); the basis of a recipient's own sharing is not ours to tell.
_DUE: Mapping[Action, frozenset[Facet]] = {
    Action.COLLECT: frozenset({Facet.DATA, Facet.SOURCE, Facet.PURPOSE, Facet.BASIS}),
    Action.USE: frozenset({Facet.PURPOSE, Facet.BASIS}),
    Action.KEEP: frozenset({Facet.RETENTION, Facet.TRANSFER}),
    Action.DISCLOSE: frozenset(
        {Facet.DATA, Facet.RECIPIENT, Facet.PURPOSE, Facet.BASIS, Facet.TRANSFER}
    ),
    Action.ONWARD: frozenset({Facet.RECIPIENT, Facet.TRANSFER}),
}
_ALWAYS_DUE = frozenset({Facet.SUBJECT, Facet.PROMISE})
_ONLY_INDIRECT = frozenset({Facet.DATA, Facet.SOURCE})
NOTHING_ELSE = 1
"""The mask of an axis the flow does not have: one combination, which every statement covers."""

_WORDED = ((1, Facet.DATA), (2, Facet.SOURCE), (3, Facet.RECIPIENT), (4, Facet.PURPOSE))


class Heard(NamedTuple):
    """A statement that speaks to a flow, and its box along the axes the flow has."""

    spoken: Spoken
    masks: Region


@dataclass(slots=True)
class _Part:
    """One thing that has to be told of a region: who tells it how well, and who says otherwise."""

    region: Region
    what: str = ""
    exact: list[Region] = field(default_factory=list)
    category: list[Region] = field(default_factory=list)
    vague: list[Region] = field(default_factory=list)
    other: list[Region] = field(default_factory=list)
    open: list[Region] = field(default_factory=list)
    told_by: list[Statement] = field(default_factory=list)
    against: list[Statement] = field(default_factory=list)
    may_tell: list[Statement] = field(default_factory=list)

    def leave_open(self, spoken: Spoken, region: Region | None) -> None:
        """Note a statement that may tell it, if only its words or its text could be looked up."""
        if region is not None:
            self.open.append(region)
            self.may_tell.append(spoken.statement)

    def tell(self, regions: list[Region], spoken: Spoken, region: Region) -> None:
        """Note that a statement tells it, on a region, so well."""
        regions.append(region)
        if spoken.statement not in self.told_by:
            self.told_by.append(spoken.statement)

    def deny(self, spoken: Spoken, region: Region) -> None:
        """Note that a statement says something else."""
        self.other.append(region)
        self.against.append(spoken.statement)

    def judge(self) -> tuple[Verdict, str, list[Region], str]:
        """The verdict on its worst part, how it is told, what is left, and what it lacks."""
        well = [*self.exact, *self.category]
        anyhow = [*well, *self.vague]
        if self.other:
            denied = minus((r for o in self.other if (r := meet(self.region, o))), anyhow)
            if denied:
                return Verdict.CONTRADICTED, "", denied, self.what
        left = minus([self.region], anyhow)
        if left:
            if not anyhow and self.open and not minus(left, self.open):
                return Verdict.UNDECIDABLE, "", left, "a statement that may tell it cannot be looked up"
            return Verdict.PARTIAL if anyhow else Verdict.OMITTED, "", left, self.what
        left = minus([self.region], well)
        if left:
            return Verdict.VAGUE, "", left, self.what
        return Verdict.CLEAR, "by category" if minus([self.region], self.exact) else "exact", [], ""


class _Judge:
    """Judges one flow after the other against the same statements."""

    def __init__(self, register: Register, voices: Voices, settings: Settings) -> None:
        self.register = register
        self.settings = settings
        self.spoken = voices.spoken
        self.noticed = voices.noticed
        self.hierarchies = tuple(register.vocabulary[axis.scheme] for axis in AXES)
        self._speaking: dict[Action, list[Spoken]] = {
            action: [s for s in self.spoken if action in s.statement.actions] for action in Action
        }
        self._masks: dict[tuple[int, Words], int] = {}
        self._touching: dict[tuple[Action, int, Words], int] = {}
        self._graded: dict[tuple[int, Words, Words], Region] = {}
        self._seen: dict[Spoken, list[int]] = {}
        self._known: dict[Judgement, Judgement] = {}

    def flow(self, flow: Flow) -> Told:
        """The verdict on every facet of one flow."""
        whole = tuple([self._mask(axis, words) for axis, words in enumerate(flow.box)])
        heard = self._heard(flow)
        told_of = (whole[0] & self.noticed or whole[0], *whole[1:])
        found = [self._subject(flow, whole)]
        found += [
            self._worded(flow, told_of, heard, axis, facet) for axis, facet in _WORDED if flow.box[axis]
        ]
        if not flow.box[2] and flow.action is Action.COLLECT:
            found.append(_open(Facet.SOURCE, "the register does not say where the data comes from"))
        if flow.basis or flow.action is not Action.ONWARD:
            found.append(self._basis(flow, told_of, heard))
        if flow.action is Action.KEEP:
            found.append(self._retention(flow, told_of, heard))
        if flow.crosses_border:
            found.append(self._transfer(flow, told_of, heard))
        promise = self._promise(flow, whole, heard)
        if promise is not None:
            found.append(promise)
        return Told(flow, tuple([self._known.setdefault(j, j) for j in self._due(flow, found)]))

    def unmatched(self) -> Iterator[Unmatched]:
        """What the notices say is done and no flow bears out: whole statements, or some of their words."""
        for spoken in self.spoken:
            statement = spoken.statement
            if not spoken.tells or not statement.actions:
                continue
            seen = self._seen.get(spoken)
            if seen is None:
                yield Unmatched(statement, None, ())
                continue
            for axis, facet in enumerate(AXES):
                words = statement.states.get(facet, ())
                hierarchy = self.hierarchies[axis]
                idle = tuple(word for word in words if not hierarchy.mask(word) & seen[axis])
                if idle:
                    yield Unmatched(statement, facet, idle)

    # -- which statements speak to a flow ------------------------------------------------------

    def _heard(self, flow: Flow) -> list[Heard]:
        """The statements whose box meets the flow's. Bits first: most statements speak of something else."""
        action = flow.action
        speaking = self._speaking[action]
        bits = self._touch(action, 0, flow.box[0])
        for axis in range(1, len(AXES)):
            bits &= self._touch(action, axis, flow.box[axis])
        heard: list[Heard] = []
        while bits:
            lowest = bits & -bits
            bits ^= lowest
            spoken = speaking[lowest.bit_length() - 1]
            if self._speaks_of(spoken, flow):
                masks = [m if w else EVERYTHING for m, w in zip(spoken.masks, flow.box, strict=True)]
                heard.append(Heard(spoken, tuple(masks)))
                self._see(spoken, flow)
        return heard

    def _touch(self, action: Action, axis: int, words: Words) -> int:
        """The statements that say something of these words along an axis, or leave the axis open."""
        key = (action, axis, words)
        known = self._touching.get(key)
        if known is not None:
            return known
        bits, atoms, facet = 0, self._mask(axis, words), AXES[axis]
        for index, spoken in enumerate(self._speaking[action]):
            if words:
                touches = bool(spoken.masks[axis] & atoms)
            else:  # what a promise names must be there for it to bite; a statement is not limited by it
                touches = not (spoken.statement.negative and facet in spoken.stated)
            bits |= touches << index
        self._touching[key] = bits
        return bits

    def _speaks_of(self, spoken: Spoken, flow: Flow) -> bool:
        if spoken.by:
            start = self.hierarchies[3].mask(flow.start.id)
            return not start & ~spoken.by
        return flow.crosses_border or spoken.statement.claim is not Claim.TRANSFERS

    def _see(self, spoken: Spoken, flow: Flow) -> None:
        seen = self._seen.setdefault(spoken, [0] * len(AXES))
        for axis, words in enumerate(flow.box):
            if words:
                seen[axis] |= self._mask(axis, words)

    def _mask(self, axis: int, words: Words) -> int:
        key = (axis, words)
        known = self._masks.get(key)
        if known is None:
            known = self._masks[key] = self.hierarchies[axis].union(words) if words else NOTHING_ELSE
        return known

    def _telling(self, flow: Flow, heard: Iterable[Heard], facet: Facet) -> Iterator[Heard]:
        """Those that may tell a facet: with linked facets, only those that state all of them at once."""
        linked = self.settings.linked
        together = (
            [f for axis, f in enumerate(AXES) if f in linked and flow.box[axis]] if facet in linked else ()
        )
        for one in heard:
            spoken = one.spoken
            if not spoken.statement.negative and all(f in spoken.stated for f in together):
                yield one

    # -- the facets ----------------------------------------------------------------------------

    def _subject(self, flow: Flow, whole: Region) -> Judgement:
        unknown = self._unknown(flow, 0)
        if unknown:
            return unknown
        left = whole[0] & ~self.noticed
        if not left:
            return Judgement(Facet.SUBJECT, Verdict.CLEAR, "exact")
        verdict = Verdict.PARTIAL if whole[0] & self.noticed else Verdict.OMITTED
        return Judgement(Facet.SUBJECT, verdict, remainder=((left, *whole[1:]),))

    def _worded(
        self, flow: Flow, whole: Region, heard: list[Heard], axis: int, facet: Facet
    ) -> Judgement:
        unknown = self._unknown(flow, axis)
        if unknown:
            return unknown
        words = flow.indirect if facet is Facet.DATA and flow.indirect else flow.box[axis]
        part = _Part(_with(whole, axis, self._mask(axis, words)))
        for spoken, masks in self._telling(flow, heard, facet):
            if facet not in spoken.stated:
                continue
            if spoken.unresolved:
                part.leave_open(spoken, meet(part.region, masks))
            else:
                self._tell(part, spoken, masks, axis, words)
        return _judgement(facet, [part])

    def _tell(self, part: _Part, spoken: Spoken, masks: Region, axis: int, words: Words) -> None:
        """What a statement's words tell of the flow's, exactly, by category, or only vaguely."""
        grades = self._grade(axis, words, spoken.statement.states[AXES[axis]])
        for regions, atoms in zip((part.exact, part.category, part.vague), grades, strict=True):
            region = meet(part.region, _with(masks, axis, atoms)) if atoms else None
            if region is not None:
                part.tell(regions, spoken, region)

    def _grade(self, axis: int, words: Words, said: Words) -> Region:
        key = (axis, words, said)
        known = self._graded.get(key)
        if known is not None:
            return known
        hierarchy = self.hierarchies[axis]
        exact = category = vague = 0
        for told in said:
            for word in words:
                common = hierarchy.mask(word) & hierarchy.mask(told)
                if not common:
                    continue
                up = hierarchy.hops(word, told) or 0
                if hierarchy.umbrella(told) or up > self.settings.max_hops:
                    vague |= common
                elif up:
                    category |= common
                else:
                    exact |= common
        self._graded[key] = grades = (exact, category, vague)
        return grades

    def _basis(self, flow: Flow, whole: Region, heard: list[Heard]) -> Judgement:
        if flow.basis is None or not flow.basis.letter:
            return _open(Facet.BASIS, "the register does not record a lawful basis")
        part = _Part(whole)
        for spoken, masks in self._telling(flow, heard, Facet.BASIS):
            told = spoken.statement.basis
            region = meet(whole, masks)
            if told is None or not told.letter or region is None:
                continue
            if spoken.unresolved:
                part.leave_open(spoken, region)
            elif told.letter != flow.basis.letter:
                part.deny(spoken, region)
            elif told.article_6:
                part.tell(part.exact, spoken, region)
            else:  # in words: "the law requires us" says which law, or it says too little
                part.tell(part.category if told.law else part.vague, spoken, region)
        return _judgement(Facet.BASIS, [part])

    def _retention(self, flow: Flow, whole: Region, heard: list[Heard]) -> Judgement:
        parts: list[_Part] = []
        recorded = 0
        for entry in flow.retention:
            atoms = self._mask(1, entry.data) & whole[1]
            if not atoms or not (entry.period or entry.criteria):
                continue
            recorded |= atoms
            mine = self._retention_parts(entry, _with(whole, 1, atoms))
            for spoken, masks in self._telling(flow, heard, Facet.RETENTION):
                region = meet(mine[0].region, masks)
                if spoken.statement.claim is not Claim.KEEPS or region is None:
                    continue
                if spoken.unresolved:
                    for part in mine:
                        part.leave_open(spoken, region)
                else:
                    _tell_retention(mine, entry, spoken, region)
            parts += mine
        if whole[1] & ~recorded:
            left = (_with(whole, 1, whole[1] & ~recorded),)
            return _open(Facet.RETENTION, "the register does not say how long it is kept", left)
        return _judgement(Facet.RETENTION, parts)

    @staticmethod
    def _retention_parts(entry: Retention, region: Region) -> list[_Part]:
        parts = [_Part(region, "the period" if entry.period else "how the end is decided")]
        if entry.period and entry.trigger:
            parts.append(_Part(region, "when the period begins"))
        return parts

    def _transfer(self, flow: Flow, whole: Region, heard: list[Heard]) -> Judgement:
        unknown = self._unknown(flow, 5)
        if unknown:
            return unknown
        country, safeguard = _Part(whole, "the country"), _Part(whole, "the safeguard")
        for spoken, masks in self._telling(flow, heard, Facet.TRANSFER):
            region = meet(whole, masks)
            told = spoken.statement.safeguard
            if region is None or not (told or Facet.COUNTRY in spoken.stated):
                continue
            if spoken.unresolved:
                country.leave_open(spoken, region)
                safeguard.leave_open(spoken, region)
                continue
            if Facet.COUNTRY in spoken.stated:
                self._tell(country, spoken, masks, 5, flow.box[5])
            if told and told == flow.safeguard:
                safeguard.tell(safeguard.exact, spoken, region)
            elif told and flow.safeguard:
                safeguard.deny(spoken, region)
        return _judgement(Facet.TRANSFER, [country, *([safeguard] if flow.safeguard else [])])

    def _unknown(self, flow: Flow, axis: int) -> Judgement | None:
        strange = self.hierarchies[axis].unknown
        if not strange or strange.isdisjoint(flow.box[axis]):
            return None
        words = ", ".join(word for word in flow.box[axis] if word in strange)
        return _open(AXES[axis] if axis != 5 else Facet.TRANSFER, f"nobody defined {words}")

    # -- promises ------------------------------------------------------------------------------

    def _promise(self, flow: Flow, whole: Region, heard: list[Heard]) -> Judgement | None:
        promises = [h for h in heard if h.spoken.statement.negative]
        if not promises:
            return None
        biting = [h for h in promises if not guard_met(h.spoken.statement, flow)]
        resolved = [h for h in biting if not h.spoken.unresolved]
        if not resolved:
            if biting:
                words = "a promise that cannot be looked up might forbid it"
                against = tuple(h.spoken.statement for h in biting)
                return Judgement(Facet.PROMISE, Verdict.UNDECIDABLE, against=against, lacks=words)
            return Judgement(Facet.PROMISE, Verdict.CLEAR, "guard met")
        disclosing = [h for h in heard if h.spoken.tells and h.spoken.asserts(flow.action)]
        verdicts = {mode: _clash(whole, resolved, disclosing, mode) for mode in Mode}
        verdict, left = verdicts[self.settings.mode]
        modes = tuple((mode, v) for mode, (v, _) in verdicts.items())
        clear = verdict is Verdict.CLEAR
        return Judgement(
            Facet.PROMISE,
            verdict,
            "by exception" if clear else "",
            tuple(h.spoken.statement for h in disclosing if clear or _touches(h, left)),
            tuple(h.spoken.statement for h in resolved if clear or _touches(h, left)),
            tuple(left),
            modes=modes if len({v for _, v in modes}) > 1 else (),
        )

    def _due(self, flow: Flow, found: Iterable[Judgement]) -> Iterator[Judgement]:
        due = _DUE[flow.action] | _ALWAYS_DUE
        if not flow.indirect:
            due -= _ONLY_INDIRECT
        for judgement in found:
            yield judgement if judgement.facet in due else _not_due(judgement)


def guard_met(promise: Statement, flow: Flow) -> bool:
    """Whether the register records for the flow what the promise makes an exception for."""
    return any(all(_records(guard, flow) for guard in choice) for choice in promise.unless)


def _records(guard: str, flow: Flow) -> bool:
    basis = flow.basis or Basis()
    met: Mapping[str, Callable[[], bool]] = {
        "consent": lambda: basis.article_6 == "a" or basis.article_9 == "a" or _has(flow, "consent"),
        "law-permits": lambda: bool(basis.law),
        "law-requires": lambda: basis.article_6 == "c" and bool(basis.law),
        "vital-interests": lambda: basis.article_6 == "d" or basis.article_9 == "c",
    }
    return met[guard]() if guard in met else _has(flow, guard)


def _has(flow: Flow, kind: str) -> bool:
    return any(condition.kind == kind for condition in flow.conditions)


def unrecorded(statement: Statement, conditions: Iterable[Condition]) -> Words:
    """The conditions a statement promises that are not recorded for the flow it tells."""
    recorded = {condition.kind for condition in conditions}
    return tuple(kind for kind in statement.conditions if kind not in recorded)


def _touches(heard: Heard, regions: Iterable[Region]) -> bool:
    return any(meet(heard.masks, region) for region in regions)


def _clash(
    whole: Region, promises: list[Heard], disclosing: list[Heard], mode: Mode
) -> tuple[Verdict, list[Region]]:
    """The worst that comes of the promises that bite, and the part of the flow it concerns."""
    broken: list[Region] = []
    unclear: list[Region] = []
    for promise, promised in promises:
        bites = meet(whole, promised)
        if bites is None:
            continue
        winning, equal = [], []
        for spoken, masks in disclosing:
            region = meet(bites, masks)
            if region is None:
                continue
            narrower, wider = spoken.at_most(promise), promise.at_most(spoken)
            if narrower and not wider and mode is Mode.SPECIFIC:
                winning.append(region)
            elif not (wider and not narrower) or mode is Mode.STRICT:
                equal.append(region)
        left = minus([bites], winning)
        broken += minus(left, equal)
        unclear += [r for region in left for e in equal if (r := meet(region, e))]
    if broken:
        return Verdict.CONTRADICTED, broken
    return (Verdict.AMBIGUOUS, unclear) if unclear else (Verdict.CLEAR, [])


def _tell_retention(parts: list[_Part], entry: Retention, spoken: Spoken, region: Region) -> None:
    """What a `keeps` statement says of one entry: its period, when that begins, or only criteria."""
    statement, length = spoken.statement, parts[0]
    if not entry.period:
        if statement.criteria or statement.period:
            length.tell(length.exact if statement.criteria else length.category, spoken, region)
        return
    if statement.period:
        longer = days(entry.period) - days(statement.period)
        if longer > 0:
            length.deny(spoken, region)
        else:
            length.tell(length.category if longer else length.exact, spoken, region)
    elif statement.criteria:
        for part in parts:
            part.tell(part.vague, spoken, region)
    if statement.trigger and entry.trigger:
        begins = parts[1]
        if statement.trigger == entry.trigger:
            begins.tell(begins.exact, spoken, region)
        else:
            begins.deny(spoken, region)


def _judgement(facet: Facet, parts: list[_Part]) -> Judgement:
    """A whole from its parts: the worst of them, except that told and untold parts make it partial."""
    judged = [part.judge() for part in parts]
    verdict, how, _, _ = min(judged, key=lambda j: (j[0], j[1] != "by category"))
    if verdict is Verdict.OMITTED and any(j[0] > Verdict.UNDECIDABLE for j in judged):
        verdict = Verdict.PARTIAL
    lacking = [j for j in judged if j[0] is not Verdict.CLEAR and j[0] <= verdict]
    told_by = [s for part in parts for s in part.told_by]
    if verdict is Verdict.UNDECIDABLE:
        told_by = [s for part in parts for s in part.may_tell]
    return Judgement(
        facet,
        verdict,
        how,
        tuple(dict.fromkeys(told_by)),
        tuple(dict.fromkeys(s for part in parts for s in part.against)),
        tuple(region for j in lacking for region in j[2]),
        " and ".join(dict.fromkeys(j[3] for j in lacking if j[3])),
    )


def _open(facet: Facet, lacks: str, remainder: tuple[Region, ...] = ()) -> Judgement:
    return Judgement(facet, Verdict.UNDECIDABLE, lacks=lacks, remainder=remainder)


def _not_due(judgement: Judgement) -> Judgement:
    from dataclasses import replace

    return replace(judgement, due=False)


def _with(region: Region, axis: int, atoms: int) -> Region:
    return (*region[:axis], atoms, *region[axis + 1 :])
