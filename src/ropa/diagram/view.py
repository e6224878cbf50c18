"""The flows as a diagram: who stands in which lane, and which arrows go between them. Nothing is placed here.

The notation is that of data-flow diagrams: an external entity, a process, a store, a flow, a trust boundary.
What an activity does with the data by itself is a row of its process, since it goes nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum, IntEnum, StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.errors import NothingToDraw, UnknownName, did_you_mean
from ropa.flows.flow import PURPOSE, RECIPIENT, SOURCE, SUBJECT, Flow, NodeKind
from ropa.flows.flow import Node as End
from ropa.judging.coverage import Told
from ropa.judging.judgement import Judgement
from ropa.judging.verdict import Verdict
from ropa.register.model import SELF, Action, Register, Words
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.saying import phrases
from ropa.visible import visible

MOST_FLOWS = 60
"""Beyond these no picture of single flows can be read, and an overview is drawn."""
MOST_PROCESSES = 12
"""In an overview; those with the fewest gaps are drawn as one."""
MOST_GROUPS = 6
"""In an overview; more groups of people are drawn as one."""


class Mark(Enum):
    """What becomes of the people whose data flows: a word, a glyph, and what they mean."""

    TOLD = ("told", "✓", "told")
    PARTLY = ("partly", "~", "told in part, or vaguely")
    UNTOLD = ("untold", "✗", "not told, or told otherwise")
    UNDECIDED = ("undecided", "?", "cannot be decided")
    WAIVED = ("waived", "w", "not told, and accepted by a waiver or an exception")
    NOT_OURS = ("not-ours", "–", "for others to tell: done on their behalf")

    def __init__(self, word: str, glyph: str, meaning: str) -> None:
        self.word = word
        self.glyph = glyph
        self.meaning = meaning


_MARKS = {
    Verdict.CLEAR: Mark.TOLD,
    Verdict.PARTIAL: Mark.PARTLY,
    Verdict.VAGUE: Mark.PARTLY,
    Verdict.UNTIED: Mark.UNDECIDED,
    Verdict.UNDECIDABLE: Mark.UNDECIDED,
}
WORST_FIRST = (
    Mark.UNTOLD,
    Mark.UNDECIDED,
    Mark.PARTLY,
    Mark.WAIVED,
    Mark.TOLD,
    Mark.NOT_OURS,
)
"""In the order in which people should look at them."""


class Lane(IntEnum):
    """The columns, from left to right."""

    FROM = 0
    DO = 1
    KEEP = 2
    SHARE = 3
    ONWARD = 4

    @property
    def title(self) -> str:
        """What stands above it."""
        return _TITLES[self]


_TITLES = (
    "Where data comes from",
    "What we do",
    "Where we keep it",
    "Who we share with",
    "Onward sharing",
)


class Shape(StrEnum):
    """What something is in a data-flow diagram."""

    ENTITY = "entity"
    PROCESS = "process"
    STORE = "store"


class LaneRow(Struct, frozen=True):
    """What a process does by itself: the flows it stands for, and how they are told."""

    chip: str
    mark: Mark
    text: str
    flows: tuple[str, ...]
    words: str


class Box(Struct, frozen=True):
    """Something that flows begin or end at. `note` is said below its name; `frame` is its trust boundary."""

    id: str
    shape: Shape
    lane: Lane
    label: str
    note: str
    frame: str
    rows: tuple[LaneRow, ...] = ()


class Arrow(Struct, frozen=True):
    """The flows between two boxes that are drawn as one, which is one flow unless it is an overview.

    `chip` stands at its start, `words` say it whole.
    """

    start: str
    end: str
    mark: Mark
    chip: str
    flows: tuple[str, ...]
    words: str


class KeyEntry(Struct, frozen=True):
    """A flow in the key below the picture. `activity` is the name of its activity."""

    chip: str
    mark: Mark
    flow: str
    words: str
    activity: str


class Diagram(Struct, frozen=True, eq=False, dict=True):
    """What there is to draw. `ours` is the boundary around the processes and the stores.

    `missing` says which documents of the register are not in it, where some are not; the summary begins with that.
    """

    title: str
    summary: str
    ours: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    key: tuple[KeyEntry, ...]
    counts: Mapping[Mark, int]
    overview: bool
    missing: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Box]:
        """The boxes by their ids."""
        return {box.id: box for box in self.boxes}

    @property
    def both_ways(self) -> bool:
        """Whether somebody who gives data gets some, too, and stands with those that it comes from."""
        return any(box.frame == _BOTH_WAYS for box in self.boxes)

    def frames(self) -> Mapping[tuple[Lane, str], tuple[Box, ...]]:
        """The boxes inside each boundary other than our own, in their order."""
        found: dict[tuple[Lane, str], list[Box]] = {}
        for box in self.boxes:
            if box.lane not in OURS:
                found.setdefault((box.lane, box.frame), []).append(box)
        return {frame: tuple(boxes) for frame, boxes in found.items()}


OURS = (Lane.DO, Lane.KEEP)
"""The lanes inside our own boundary."""


class Wanted(Struct, frozen=True):
    """Which flows to draw: those that have one of each kind that is named. Nothing named is everything."""

    activities: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


EVERYTHING = Wanted()


def diagram(report: Report, wanted: Wanted = EVERYTHING) -> Diagram:
    """The flows that are wanted. Raises where a name is not known, or nothing is left to draw."""
    case = report.case
    choice = _Picked(case, wanted)
    shown = choice.flows()
    if not case.graph.flows:
        raise NothingToDraw("the register has no flow that could be drawn; `ropa check` says why")
    if not shown:
        raise NothingToDraw("no flow is like that; `ropa flows` lists those there are")
    drawn = replace(marked_flows(report), flows=shown, people=choice.people)
    alone = wanted.activities[0] if len(wanted.activities) == 1 else ""
    of = f": {case.register.activities[alone].name}" if alone else ""
    drawn_whole = draw(drawn, f"The data flows of {case.register.name}{of}")
    missing = _missing(case)
    if not missing:
        return drawn_whole
    summary = f"{missing} {drawn_whole.summary}"
    return replace(drawn_whole, summary=summary, missing=missing)


def _missing(case: Case) -> str:
    """Which documents are not in a picture of the register, in a sentence; nothing where all are."""
    unread = tuple(case.unjudged)
    if not unread:
        return ""
    files = tuple(dict.fromkeys(problem.at.path for problem in unread))
    named = [*files[:_MOST_FILES], *(["others"] if files[_MOST_FILES:] else [])]
    number = phrases.count(len(unread), "document")
    return f"Not complete: {number} could not be read, or does not count ({visible(phrases.several(named))})."


_MOST_FILES = 3
"""How many files are named as not read."""


def draw(drawn: "Drawn", title: str) -> Diagram:
    """A diagram of some flows: one by one, or as an overview where they are too many for that."""
    shape = _Single if len(drawn.flows) <= MOST_FLOWS else _Overview
    return shape(drawn, visible(title)).diagram()


def marked_flows(report: Report) -> "Drawn":
    """Every flow, with its short name and its mark."""
    case = report.case
    return Drawn(case, case.graph.flows, flow_numbers(case), _accepted(report))


class _Picked:
    """The flows that are wanted, by the words of the register."""

    def __init__(self, case: Case, wanted: Wanted) -> None:
        self.case = case
        self.register = case.register
        self.wanted = wanted

    def flows(self) -> tuple[Flow, ...]:
        """In the order of the register."""
        wanted, vocabulary = self.wanted, self.register.vocabulary
        activities = self.register.activities
        for name in wanted.activities:
            if name not in activities:
                near = did_you_mean(name, activities)
                raise UnknownName(f"“{name}” is no activity of the register{near}")
        people = self.people
        parties = vocabulary[Facet.RECIPIENT].union(self._ids(Facet.RECIPIENT, wanted.recipients))
        return tuple(
            flow
            for flow in self.case.graph.flows
            if (not wanted.activities or flow.activity in wanted.activities)
            and (not people or vocabulary[Facet.SUBJECT].union(flow.box[SUBJECT]) & people)
            and (not parties or vocabulary[Facet.RECIPIENT].union(flow.box[RECIPIENT]) & parties)
            and (not wanted.verdicts or self._verdict(flow) in wanted.verdicts)
        )

    @property
    def people(self) -> int:
        """Those whose flows are wanted; 0 is everybody."""
        wanted = self._ids(Facet.SUBJECT, self.wanted.subjects)
        return self.register.vocabulary[Facet.SUBJECT].union(wanted)

    def _verdict(self, flow: Flow) -> Verdict | None:
        told = self.case.coverage.by_id.get(flow.id)
        return told.verdict if told else None

    def _ids(self, facet: Facet, words: Iterable[str]) -> Iterator[str]:
        hierarchy = self.register.vocabulary[facet]
        for word in words:
            found = hierarchy.find(word)
            if found is None:
                near = did_you_mean(word, hierarchy.terms)
                raise UnknownName(f"“{word}” is no {facet} that the register knows{near}")
            yield found


def flow_numbers(case: Case) -> Mapping[str, str]:
    """A short name for each flow, the same in every diagram of the register: `F07`."""
    flows = case.graph.flows
    digits = max(2, len(str(len(flows))))
    return {flow.id: f"F{number:0{digits}}" for number, flow in enumerate(flows, 1)}


def _lacking(told: Told) -> set[str]:
    """The facets that a finding has to be about before the flow counts as accepted."""
    lacking = {str(j.facet) for j in told.judgements if j.verdict is not Verdict.CLEAR}
    subject = told.on(Facet.SUBJECT)
    alone = subject is not None and subject.verdict is Verdict.OMITTED
    return {str(Facet.SUBJECT)} if alone else lacking


def _accepted(report: Report) -> Mapping[str, set[str]]:
    """The facets of each flow whose gap a waiver accepts, that of its own or that which it echoes."""
    settled = (*report.waived, *report.exempted)
    left = set(report.findings) - set(settled)
    standing = {(f.problem.where, f.problem.facet) for f in left}
    waived = {(f.problem.where, f.problem.facet) for f in settled} - standing
    accepted: dict[str, set[str]] = {}
    for facet in Facet if waived else ():
        for verdict in Verdict:
            for gap in report.case.gaps(facet, verdict):
                if (gap.flow.id, str(facet)) in waived:
                    for id_ in (gap.flow.id, *gap.echoes):
                        accepted.setdefault(id_, set()).add(str(facet))
    return accepted


class Drawn(Struct, frozen=True, eq=False):
    """The flows to draw, and what is asked of each. `people` are the only ones wanted, 0 where all are."""

    case: Case
    flows: tuple[Flow, ...]
    numbers: Mapping[str, str]
    accepted: Mapping[str, set[str]]
    people: int = 0

    def groups(self, flow: Flow) -> Words:
        """The groups it is about, as far as they are wanted."""
        mask = self.register.vocabulary[Facet.SUBJECT].mask
        return tuple(w for w in flow.box[SUBJECT] if not self.people or mask(w) & self.people)

    def mark(self, flow: Flow, groups: Words = ()) -> Mark:
        """How it is told, or how these of its groups are told of it. What a waiver accepts in part stays as it is."""
        told = self.case.coverage.by_id.get(flow.id)
        if told is None:
            return Mark.NOT_OURS
        if groups:
            told = self.case.coverage.told_to(told, groups)
        lacking = _lacking(told)
        if lacking and lacking <= self.accepted.get(flow.id, set()):
            return Mark.WAIVED
        return _MARKS.get(told.verdict, Mark.UNTOLD)

    @property
    def register(self) -> Register:
        """The register they are from."""
        return self.case.register

    def words(self, flow: Flow) -> str:
        """The flow in a sentence, and how far it is told."""
        said = phrases.step(self.register, flow)
        return visible(f"{phrases.capital(said)}: {self.verdict(flow)}")

    def brief(self, flow: Flow) -> str:
        """As much as has to be said of a flow whose activity, data and people stand elsewhere."""
        if flow.action is Action.USE:
            used = phrases.names(self.register, Facet.PURPOSE, flow.box[PURPOSE])
            said = f"used for {used}"
        else:
            said = phrases.deed(self.register, flow, "data").removeprefix(f"{self.register.name} ")
        return visible(f"{phrases.capital(said)}: {self.verdict(flow)}")

    def verdict(self, flow: Flow) -> str:
        """What is not told of it, or that all is."""
        told, mark = self.case.coverage.by_id.get(flow.id), self.mark(flow)
        if told is None or mark is Mark.TOLD:
            return mark.meaning
        accepted = self.accepted.get(flow.id, set())
        alike: dict[tuple[Verdict, bool], list[str]] = {}
        for judgement in told.judgements:
            if judgement.verdict is not Verdict.CLEAR:
                kind = judgement.verdict, str(judgement.facet) in accepted
                alike.setdefault(kind, []).append(_plainly(judgement))
        return "; ".join(
            f"{verdict.plainly}: {phrases.several(facets)}{', accepted by a waiver or an exception' if waived else ''}"
            for (verdict, waived), facets in sorted(alike.items())
        )


def _plainly(judgement: Judgement) -> str:
    unnoticed = judgement.facet is Facet.SUBJECT and judgement.verdict is Verdict.OMITTED
    return "they get no notice" if unnoticed else phrases.FACETS[judgement.facet]


class _Sides:
    """On which side each party stands. It is drawn twice only where it gets data and passes on what it got.

    A party that gives data and gets data stands on the left, with arrows both ways: there lines cross nothing.
    """

    def __init__(self, flows: Iterable[Flow]) -> None:
        flows = tuple(flows)
        self.gives = {f.start for f in flows if f.action is Action.COLLECT}
        self.gets = {f.end for f in flows if f.action is Action.DISCLOSE}
        steps = [f for f in flows if f.action is Action.ONWARD]
        self.passing = {end for f in steps for end in (f.start, f.end)}
        self.first = {f.start for f in steps} - {f.end for f in steps}

    def both_ways(self, party: End) -> bool:
        """Whether it is drawn once, on the left, for all that it gives and gets."""
        return party in self.gives and party in self.gets and party not in self.passing

    def lane(self, party: End) -> Lane:
        """Where it stands when it gets data."""
        if self.both_ways(party):
            return Lane.FROM
        return Lane.SHARE if party in self.gets or party in self.first else Lane.ONWARD

    def twice(self, party: End) -> bool:
        """Whether it stands on the left and on the right."""
        return party in self.gives and party in self.passing


FRAMES = {
    "processor": "Processors: they work for us",
    "controller": "Other organisations",
    "joint-controller": "Joint controllers",
    "public-authority": "Public authorities",
    "category": "Kinds of people and bodies",
}
"""The boundary that a party of each type stands in."""
_PEOPLE = "The people themselves"
_BOTH_WAYS = "They give data and get data"
_NOBODY = "Not in the register"


class _Single:
    """A diagram in which every flow has an arrow or a row."""

    def __init__(self, drawn: Drawn, title: str) -> None:
        self.drawn = drawn
        self.title = title
        self.boxes: dict[str, Box] = {}
        self.arrows: list[Arrow] = []
        self.rows: dict[str, list[LaneRow]] = {}
        self.sides = _Sides(drawn.flows)

    def diagram(self) -> Diagram:
        """All of it."""
        for flow in self.drawn.flows:
            self._draw(flow)
        boxes = [replace(box, rows=tuple(self.rows.get(box.id, ()))) for box in self.boxes.values()]
        flows = self.drawn.flows
        counts = Counter(map(self.drawn.mark, flows))
        return Diagram(
            self.title,
            _summary(len(flows), counts, self.drawn.case.settings.day),
            visible(phrases.capital(self.drawn.register.name)),
            tuple(sorted(boxes, key=_place)),
            tuple(self.arrows),
            tuple(self._key()),
            {mark: counts[mark] for mark in WORST_FIRST if counts[mark]},
            overview=False,
        )

    def _key(self) -> Iterator[KeyEntry]:
        drawn = self.drawn
        for flow in drawn.flows:
            activity = visible(drawn.register.activities[flow.activity].name)
            words = drawn.brief(flow)
            yield KeyEntry(drawn.numbers[flow.id], drawn.mark(flow), flow.id, words, activity)

    def _words(self, flow: Flow) -> str:
        return self.drawn.words(flow)

    def _draw(self, flow: Flow) -> None:
        mark, chip = self.drawn.mark(flow), self.drawn.numbers[flow.id]
        words = self._words(flow)
        if flow.start == flow.end and flow.action is not Action.ONWARD:
            row = LaneRow(chip, mark, self._row(flow), (flow.id,), words)
            self.rows.setdefault(self._process(flow), []).append(row)
            return
        end = self._end(flow)
        for start in self._starts(flow):
            self.arrows.append(Arrow(start, end, mark, chip, (flow.id,), words))

    def _row(self, flow: Flow) -> str:
        if flow.action is Action.KEEP:
            return "Kept; where is not recorded"
        purposes = self.drawn.register.vocabulary[Facet.PURPOSE]
        return visible(phrases.several(map(purposes.label, flow.box[PURPOSE])))

    def _starts(self, flow: Flow) -> tuple[str, ...]:
        register = self.drawn.register
        if flow.action is Action.ONWARD:
            return (self._party(flow.start, self.sides.lane(flow.start)),)
        if flow.action is not Action.COLLECT:
            return (self._process(flow),)
        if flow.start.id != SELF or flow.start.kind is not NodeKind.SUBJECT:
            return (self._party(flow.start, Lane.FROM),)
        if not flow.box[SOURCE]:
            return (self._entity("nobody", "Source not recorded", _NOBODY),)
        label = register.vocabulary[Facet.SUBJECT].label
        return tuple(
            self._entity(f"subject {word}", label(word), _PEOPLE)
            for word in self.drawn.groups(flow)
        )

    def _entity(self, id_: str, label: str, frame: str) -> str:
        return self._add(Box(id_, Shape.ENTITY, Lane.FROM, label, "", frame))

    def _end(self, flow: Flow) -> str:
        if flow.end.kind is NodeKind.ACTIVITY:
            return self._process(flow)
        if flow.end.kind is NodeKind.SYSTEM:
            return self._store(flow.end.id)
        return self._party(flow.end, self.sides.lane(flow.end))

    def _process(self, flow: Flow) -> str:
        name = self.drawn.register.activities[flow.activity].name
        return self._add(Box(f"activity {flow.activity}", Shape.PROCESS, Lane.DO, name, "", ""))

    def _store(self, id_: str) -> str:
        system = self.drawn.register.systems[id_]
        note = self._abroad(system.location)
        return self._add(Box(f"system {id_}", Shape.STORE, Lane.KEEP, system.name, note, ""))

    def _party(self, end: End, lane: Lane) -> str:
        register = self.drawn.register
        party = register.parties.get(end.id)
        label = party.name if party else register.vocabulary[Facet.RECIPIENT].label(end.id)
        frame = FRAMES[party.type] if party else FRAMES["category"]
        notes = list(map(self._abroad, party.places)) if party else []
        if lane is Lane.FROM and self.sides.both_ways(end):
            frame = _BOTH_WAYS
        elif self.sides.twice(end):
            notes.append(
                "stands on the right, too" if lane is Lane.FROM else "stands on the left, too"
            )
        note = ", ".join(filter(None, notes))
        return self._add(
            Box(f"party {end.id} {lane.value}", Shape.ENTITY, lane, label, note, frame)
        )

    def _abroad(self, country: str) -> str:
        register = self.drawn.register
        if not country or country == register.home:
            return ""
        return f"in {phrases.name(register, Facet.COUNTRY, country)}"

    def _add(self, box: Box) -> str:
        if box.id not in self.boxes:
            self.boxes[box.id] = replace(box, label=visible(box.label), note=visible(box.note))
        return box.id


class _Overview(_Single):
    """A diagram with a box for each boundary, and numbers of flows instead of single ones."""

    def diagram(self) -> Diagram:
        """The single flows, drawn together."""
        whole = super().diagram()
        self._folds = self._processes(whole)
        boxes: dict[str, list[Box]] = {}
        for box in whole.boxes:
            boxes.setdefault(self._fold(box), []).append(box)
        to = {box.id: id_ for id_, together in boxes.items() for box in together}
        return Diagram(
            whole.title,
            f"{whole.summary} This is an overview: each arrow stands for as many flows as its chip says.",
            whole.ours,
            tuple(self._together(id_, together) for id_, together in boxes.items()),
            tuple(_bundled(whole.arrows, to, whole.by_id)),
            whole.key,
            whole.counts,
            overview=True,
        )

    def _key(self) -> Iterator[KeyEntry]:
        yield from ()

    def _words(self, flow: Flow) -> str:  # noqa: ARG002 - of the single flows nothing is said
        return ""

    def _processes(self, whole: Diagram) -> Mapping[str, str]:
        """The processes that are drawn as one: those with the fewest gaps, where there are too many."""
        gaps: Counter[str] = Counter()
        for flow in self.drawn.flows:
            gaps[f"activity {flow.activity}"] += self.drawn.mark(flow) is Mark.UNTOLD
        processes = [box.id for box in whole.boxes if box.shape is Shape.PROCESS]
        if len(processes) <= MOST_PROCESSES:
            return {}
        worst_first = sorted(processes, key=lambda id_: -gaps[id_])
        return dict.fromkeys(worst_first[MOST_PROCESSES - 1 :], "other activities")

    def _fold(self, box: Box) -> str:
        if box.shape is Shape.ENTITY:
            alone = box.frame == _PEOPLE and self._few_groups
            return box.id if alone else f"{box.lane.value} {box.frame}"
        if box.shape is Shape.PROCESS:
            return self._folds.get(box.id, box.id)
        return box.id if self._few_stores else "stores"

    @cached_property
    def _few_groups(self) -> bool:
        return sum(box.frame == _PEOPLE for box in self.boxes.values()) <= MOST_GROUPS

    @cached_property
    def _few_stores(self) -> bool:
        return sum(box.shape is Shape.STORE for box in self.boxes.values()) <= MOST_PROCESSES

    def _together(self, id_: str, boxes: list[Box]) -> Box:
        first = boxes[0]
        rows = tuple(_rows([row for box in boxes for row in box.rows]))
        if len(boxes) == 1:
            return replace(first, id=id_, rows=rows)
        if first.shape is Shape.PROCESS:
            label, note = f"{len(boxes)} more activities", "those with the fewest gaps"
        elif first.shape is Shape.STORE:
            label, note = f"{len(boxes)} systems", ""
        else:
            label = f"{len(boxes)} {'groups' if first.frame == _PEOPLE else 'parties'}"
            note = phrases.several([*(b.label for b in boxes[:_NAMED]), *_more(len(boxes))])
        return replace(first, id=id_, label=label, note=note, rows=rows)


_NAMED = 3


def _more(count: int) -> list[str]:
    return [f"{count - _NAMED} more"] if count > _NAMED else []


def _rows(rows: list[LaneRow]) -> Iterator[LaneRow]:
    for mark in WORST_FIRST:
        found = tuple({flow: None for row in rows if row.mark is mark for flow in row.flows})
        if found:
            text = f"{'use' if len(found) == 1 else 'uses'} inside"
            words = f"{_number(len(found))} inside: {mark.meaning}"
            yield LaneRow(str(len(found)), mark, text, found, words)


def _bundled(
    arrows: Iterable[Arrow], to: Mapping[str, str], boxes: Mapping[str, Box]
) -> Iterator[Arrow]:
    bundles: dict[tuple[str, str, Mark], dict[str, None]] = {}
    for arrow in arrows:
        bundle = bundles.setdefault((to[arrow.start], to[arrow.end], arrow.mark), {})
        bundle.update(dict.fromkeys(arrow.flows))
    names = {to[id_]: box.frame or box.label for id_, box in boxes.items()}
    for (start, end, mark), flows in bundles.items():
        words = f"{_number(len(flows))} from “{names[start]}” to “{names[end]}”: {mark.meaning}"
        yield Arrow(start, end, mark, str(len(flows)), tuple(flows), words)


def _number(count: int) -> str:
    return f"{count} flow{'' if count == 1 else 's'}"


def _place(box: Box) -> tuple[int, int]:
    """The order of the frames in a lane; inside one, boxes keep the order of the register."""
    order = (_PEOPLE, _BOTH_WAYS, *FRAMES.values(), _NOBODY, "")
    return box.lane.value, order.index(box.frame)


def _summary(count: int, counts: Mapping[Mark, int], day: date) -> str:
    said = [f"{counts[mark]} {mark.meaning}" for mark in WORST_FIRST if counts.get(mark)]
    return f"{_number(count)}, as people are told of them on {phrases.day(day)}: {'; '.join(said)}."
