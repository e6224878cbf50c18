"""What the diagram view of a page shows, as values: pictures, a table of who is told least, and ways to follow data.

A page has to open at once, however large the register is. So only the activities with the most gaps have
their pictures in it, and the table has as many columns as can be read; both say what they leave out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct
from msgspec.structs import replace

from ropa.diagram.drawing import Classed, inline, runs
from ropa.diagram.view import (
    FRAMES,
    MOST_FLOWS,
    WORST_FIRST,
    Arrow,
    Box,
    Drawn,
    LaneRow,
    Mark,
    draw,
    marked_flows,
)
from ropa.flows.flow import RECIPIENT, SUBJECT, Flow
from ropa.page.templates import anchor
from ropa.register.model import Action, Register, Words
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.saying import phrases
from ropa.visible import visible

MOST_PICTURES, MOST_BYTES = 40, 400_000
"""How many activities have a picture, and how long their pictures may be together."""
MOST_RECIPIENTS = 12
"""How many columns the table has beside the one for all others."""
FIRST_ROWS, MOST_ROWS = 40, 1_000
"""How many activities the table shows at first, and how many it has at all."""


class Tally(Struct, frozen=True):
    """How many flows there are, how many nobody is told of, and the worst mark that one of them has."""

    untold: int = 0
    total: int = 0
    worst: Mark | None = None

    @property
    def tenths(self) -> int:
        """How much of them is untold, in tenths; something is never nothing."""
        return -(-10 * self.untold // self.total) if self.total else 0


class Picture(Struct, frozen=True):
    """A diagram as it stands in the page. The activity is "" where it is of the whole register."""

    activity: str
    name: str
    tally: Tally
    summary: str
    overview: bool
    counts: Mapping[Mark, int]
    svg: str


class PictureChoice(Struct, frozen=True):
    """Something to choose by its name."""

    id: str
    name: str
    tally: Tally = Tally()


class PictureGroup(Struct, frozen=True):
    """A group of people, and how far their data goes: `flows` are the numbers of those it takes.

    `people` are the people themselves, of whom some may be in other groups, too.
    """

    id: str
    name: str
    flows: tuple[int, ...]
    said: str
    people: int


class PictureLine(Struct, frozen=True):
    """An activity in the table: a tally for each recipient that has a column, and for all others."""

    activity: str
    name: str
    cells: tuple[Tally, ...]
    others: Tally
    everybody: Tally


class Matrix(Struct, frozen=True):
    """Activities by recipients, the worst first. `kinds` are the boundaries above the columns, with their widths."""

    kinds: tuple[tuple[str, int], ...]
    columns: tuple[PictureChoice, ...]
    others: int
    first: tuple[PictureLine, ...]
    more: tuple[PictureLine, ...]
    left_out: int
    without: int
    """How many activities give data to nobody."""

    @property
    def width(self) -> int:
        """How many columns have numbers."""
        return len(self.columns) + bool(self.others) + 1


class Pictures(Struct, frozen=True, eq=False, dict=True):
    """All of the view. Each of its parts is worked out when it is asked for."""

    report: Report

    @property
    def register(self) -> Register:
        """What is drawn."""
        return self.report.case.register

    @cached_property
    def drawn(self) -> Drawn:
        """Every flow with its name and mark."""
        return marked_flows(self.report)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The mark of each flow."""
        return tuple(map(self.drawn.mark, self.drawn.flows))

    @cached_property
    def counts(self) -> Mapping[Mark, int]:
        """How many flows have each mark, the worst first."""
        found = Counter(self.marks)
        return {mark: found[mark] for mark in WORST_FIRST if found[mark]}

    @property
    def many(self) -> bool:
        """Whether a picture of all single flows could not be read."""
        return len(self.marks) > MOST_FLOWS

    # the pictures

    @cached_property
    def whole(self) -> Picture | None:
        """The register in one picture, unless it has no flow."""
        if not self.drawn.flows:
            return None
        return self._picture(self.drawn.flows, "", self.register.name)

    @cached_property
    def activities(self) -> tuple[PictureChoice, ...]:
        """Every activity that has flows, those with the most gaps first."""
        found = [
            PictureChoice(id_, self._name(id_), self._tally(flow.id for flow in flows))
            for id_, flows in self._by_activity.items()
        ]
        return tuple(sorted(found, key=lambda choice: _badness(choice.tally)))

    @cached_property
    def singles(self) -> tuple[Picture, ...]:
        """The pictures of single activities that the page has room for."""
        found: list[Picture] = []
        size = 0
        for choice in self.activities[:MOST_PICTURES]:
            picture = self._picture(self._by_activity[choice.id], choice.id, choice.name)
            size += len(picture.svg)
            if found and size > MOST_BYTES:
                break
            found.append(picture)
        return tuple(found)

    @property
    def without_picture(self) -> tuple[PictureChoice, ...]:
        """The other activities."""
        return self.activities[len(self.singles) :]

    def _picture(self, flows: Sequence[Flow], activity: str, name: str) -> Picture:
        diagram = draw(replace(self.drawn, flows=tuple(flows)), f"The data flows of {name}")
        hand = Classed(diagram, self._numbers, self._boxes_of_groups, self._leads)
        tally = self._tally(flow.id for flow in flows)
        svg = inline(diagram, hand)
        return Picture(
            activity, name, tally, diagram.summary, diagram.overview, diagram.counts, svg
        )

    def _leads(self, about: Arrow | Box | LaneRow) -> str:
        """Where in the page somebody gets who chooses something in a picture."""
        if isinstance(about, Box):
            kind, _, rest = about.id.partition(" ")
            if kind == "activity":
                return f"#{anchor('diagram', rest)}"
            return listed(recipient=rest.rpartition(" ")[0]) if kind == "party" else ""
        if len(about.flows) == 1:
            return f"#{anchor('flow', about.flows[0])}"
        by_id = self.report.case.graph.by_id
        flows = [by_id[id_] for id_ in about.flows]
        activities = {flow.activity for flow in flows}
        recipients = {flow.box[RECIPIENT] for flow in flows}
        return listed(
            activity=activities.pop() if len(activities) == 1 else "",
            recipient=next(iter(recipients.pop()), "") if len(recipients) == 1 else "",
            mark=about.mark.word,
        )

    # what can be chosen

    @cached_property
    def groups(self) -> tuple[PictureGroup, ...]:
        """Every group whose data flows, and everywhere it can go: the graph is asked, not the words of the flows."""
        label = self.register.vocabulary[Facet.SUBJECT].label
        words = {word for flow in self.drawn.flows for word in flow.box[SUBJECT]}
        return tuple(self._group(word, label(word)) for word in sorted(words, key=label))

    def _group(self, word: str, name: str) -> PictureGroup:
        graph, numbers = self.report.case.graph, self._numbers
        steps = graph.reach(word)
        parties = {graph.by_id[id_].box[RECIPIENT] for id_ in steps} - {()}
        about = self.register.vocabulary[Facet.SUBJECT].mask(word)
        unled = sum(
            bool(self._people[flow.box[SUBJECT]] & about) and flow.id not in steps
            for flow in graph.flows
        )
        said = (
            f"Their data takes {phrases.count(len(steps), 'flow')}, reaches "
            f"{phrases.count(len(parties), 'recipient')}, and is at most "
            f"{phrases.count(max(steps.values(), default=0), 'step')} from where it is collected."
        )
        if unled:
            verb = "is" if unled == 1 else "are"
            said += f" {phrases.count(unled, 'more flow')} {verb} about them, but nothing on record leads there."
        return PictureGroup(word, name, tuple(sorted(numbers[id_] for id_ in steps)), said, about)

    @cached_property
    def recipients(self) -> tuple[PictureChoice, ...]:
        """Everybody who gets data, by name."""
        found = [
            PictureChoice(id_, self._called(id_), tally)
            for id_, tally in self._by_recipient.items()
        ]
        return tuple(sorted(found, key=lambda choice: choice.name.casefold()))

    # the table

    @cached_property
    def matrix(self) -> Matrix:
        """Which activity gives data to whom, and how much of it nobody is told."""
        ranked = sorted(self._by_recipient.items(), key=lambda item: _badness(item[1]))
        kept = ranked[:MOST_RECIPIENTS]
        order = list(FRAMES.values())
        kept.sort(key=lambda item: order.index(self._kind(item[0])))
        columns = tuple(PictureChoice(id_, self._called(id_), tally) for id_, tally in kept)
        kinds = tuple(
            (kind.partition(":")[0], len(list(group)))
            for kind, group in groupby(columns, key=lambda column: self._kind(column.id))
        )
        lines = sorted(self._lines([column.id for column in columns]), key=_line_badness)
        return Matrix(
            kinds,
            columns,
            others=len(ranked) - len(kept),
            first=tuple(lines[:FIRST_ROWS]),
            more=tuple(lines[FIRST_ROWS:MOST_ROWS]),
            left_out=len(lines[MOST_ROWS:]),
            without=len(self._by_activity) - len(lines),
        )

    def _lines(self, columns: Sequence[str]) -> Iterator[PictureLine]:
        for activity, flows in self._by_activity.items():
            given: dict[str, list[str]] = {}
            for flow in flows:
                if flow.action in _GIVING:
                    given.setdefault(flow.end.id, []).append(flow.id)
            if given:
                cells = tuple(self._tally(given.pop(column, ())) for column in columns)
                others = self._tally(id_ for ids in given.values() for id_ in ids)
                everybody = self._tally(flow.id for flow in flows if flow.action in _GIVING)
                yield PictureLine(activity, self._name(activity), cells, others, everybody)

    def _kind(self, recipient: str) -> str:
        party = self.register.parties.get(recipient)
        return FRAMES[party.type if party else "category"]

    # what the script is given

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """What tells the flows apart: the activities with how many flows each has, one after the other, and of
        each flow its mark, and its recipient (-1 for none). And of each group the flows that its data takes, and
        the numbers of the groups that have people in common with it.
        """
        flows = self.drawn.flows
        recipients = {choice.id: number for number, choice in enumerate(self.recipients)}
        return {
            "activities": [
                [id_, len(list(group))] for id_, group in groupby(flows, attrgetter("activity"))
            ],
            "recipients": list(recipients),
            "marks": [WORST_FIRST.index(mark) for mark in self.marks],
            "to": [
                recipients[flow.end.id] if flow.action in _GIVING else -1 for flow in flows
            ],
            "words": [mark.word for mark in WORST_FIRST],
            "groups": [
                [group.id, runs(group.flows), group.said, self._alike(group)] for group in self.groups
            ],
        }  # fmt: skip

    def _alike(self, group: PictureGroup) -> list[int]:
        return [number for number, other in enumerate(self.groups) if other.people & group.people]

    # what is asked more than once

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {flow.id: number for number, flow in enumerate(self.drawn.flows)}

    @cached_property
    def _people(self) -> Mapping[Words, int]:
        """Whom each flow is about, by its words for them."""
        union = self.register.vocabulary[Facet.SUBJECT].union
        return {words: union(words) for words in {f.box[SUBJECT] for f in self.drawn.flows}}

    @cached_property
    def _boxes_of_groups(self) -> Mapping[str, int]:
        return {f"subject {group.id}": number for number, group in enumerate(self.groups)}

    @cached_property
    def _by_activity(self) -> Mapping[str, tuple[Flow, ...]]:
        flows = groupby(self.drawn.flows, attrgetter("activity"))
        return {activity: tuple(found) for activity, found in flows}

    @cached_property
    def _by_recipient(self) -> Mapping[str, Tally]:
        given: dict[str, list[str]] = {}
        for flow in self.drawn.flows:
            if flow.action in _GIVING:
                given.setdefault(flow.end.id, []).append(flow.id)
        return {recipient: self._tally(ids) for recipient, ids in given.items()}

    def _tally(self, flows: Iterable[str]) -> Tally:
        found = Counter([self.marks[self._numbers[id_]] for id_ in flows])
        if not found:
            return Tally()
        worst = next((mark for mark in WORST_FIRST if found[mark]), None)
        return Tally(found[Mark.UNTOLD], found.total(), worst)

    def _name(self, activity: str) -> str:
        return visible(self.register.activities[activity].name)

    def _called(self, recipient: str) -> str:
        return visible(self.register.vocabulary[Facet.RECIPIENT].label(recipient))


_GIVING = (Action.DISCLOSE, Action.ONWARD)


def listed(**only: str) -> str:
    """The link to the list of flows, cut down to those that are like this."""
    asked = {key: value for key, value in only.items() if value}
    return f"#flows?{urlencode(asked, quote_via=quote)}" if asked else "#flows"


def _badness(tally: Tally) -> tuple[int, int, int]:
    """What sorts the worst first: most untold, then the worst mark, then most flows."""
    rank = WORST_FIRST.index(tally.worst) if tally.worst else len(WORST_FIRST)
    return -tally.untold, rank, -tally.total


def _line_badness(line: PictureLine) -> tuple[int, int, int]:
    return _badness(line.everybody)
