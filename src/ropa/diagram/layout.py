"""Where everything in a diagram stands: boxes in lanes, chips beside them, and arrows that go round them.

Lines bend only in the gutters between the lanes. What goes past a lane has a slot of its own there, as if it
were a box, so no line runs behind one. Arrows of one mark to one end run together, and meet before they get
there. Nothing is drawn here, and nothing is known of colours or file formats.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct, field

from ropa.diagram.lettering import width, wrapped
from ropa.diagram.view import OURS, Arrow, Box, Diagram, Lane, LaneRow, Mark, Shape

SIZE, SMALL, LINE = 13, 11, 16
CHIP_HEIGHT, PITCH = 16, 20
MARGIN, TITLES = 24, 92
_WIDTHS = {Lane.FROM: 176, Lane.DO: 250, Lane.KEEP: 176, Lane.SHARE: 186, Lane.ONWARD: 176}
_PAD, _FRAME_TITLE, _BETWEEN, _BETWEEN_FRAMES = 12, 24, 14, 16
_LOWEST, _PASSAGE = 34, 14
_MOST_LINES, _MOST_NOTES, _MOST_ROW_LINES = 4, 6, 2
_NARROW, _WIDEST = 70, 260
_LANES = 66
_STUB, _CLEAR = 12, 18
"""From an arrow's head back to where arrows meet that run together, and from a box to its chips."""

Point = tuple[float, float]


class Rect(Struct, frozen=True):
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


class Text(Struct, frozen=True):
    """A line of text by the left end, or the middle, of its baseline."""

    x: float
    y: float
    said: str
    size: float


class Chip(Struct, frozen=True):
    """The name of a flow, or a number of flows, with its mark."""

    at: Rect
    said: str
    mark: Mark


class PlacedRow(Struct, frozen=True):
    """A row inside a process."""

    row: LaneRow
    chip: Chip
    lines: tuple[Text, ...]


class PlacedBox(Struct, frozen=True):
    """A box, and the lines of its name, of its note and of its rows."""

    box: Box
    at: Rect
    name: tuple[Text, ...]
    note: tuple[Text, ...]
    rows: tuple[PlacedRow, ...]


class Frame(Struct, frozen=True):
    """A trust boundary."""

    at: Rect
    title: tuple[Text, ...]


class Curve(Struct, frozen=True):
    """One stretch of a line: straight on to `end` where there are no `bends`, else bent by those two points."""

    end: Point
    bends: tuple[Point, ...] = ()


class Stroke(Struct, frozen=True):
    """A line from its start on. Arrows run together on it; `head` says whether they end at its end."""

    arrows: tuple[int, ...]
    mark: Mark
    start: Point
    curves: tuple[Curve, ...]
    head: bool


class Layout(Struct, frozen=True, eq=False):
    """A diagram with a place for everything. `chips` are in the order of the arrows."""

    diagram: Diagram
    width: float
    height: float
    lanes: tuple[Text, ...]
    frames: tuple[Frame, ...]
    boxes: tuple[PlacedBox, ...]
    chips: tuple[Chip, ...]
    lines: tuple[Stroke, ...]

    @property
    def crossings(self) -> int:
        """How often two lines change sides in a gutter."""
        bent: dict[float, list[tuple[float, float]]] = {}
        for line in self.lines:
            start = line.start
            for curve in line.curves:
                ends = sorted((start, curve.end))
                if curve.bends and ends[0][0] != ends[1][0]:
                    bent.setdefault(ends[0][0], []).append((ends[0][1], ends[1][1]))
                start = curve.end
        return sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for lines in bent.values()
            for one, other in combinations(lines, 2)
        )


def layout(diagram: Diagram, *, as_listed: bool = False) -> Layout:
    """The diagram with as few crossings as were found, or with everything in the order it is listed in."""
    listed = _Placing(diagram, _Order(diagram)).layout()
    if as_listed:
        return listed
    swept = _Placing(diagram, _Order(diagram).swept()).layout()
    return min((swept, listed), key=lambda placed: placed.crossings)


class _Corridor(Struct, frozen=True):
    """The slot in the lane of the stores by which arrows of one mark go past it to one end."""

    end: str
    mark: Mark


_Item = str | _Corridor
"""What has a place in a lane: a box, by its id, or a passage."""


class _Order:
    """What stands in each lane from top to bottom, and which of it is joined to what in the lane beside it."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        boxes = diagram.by_id
        self.lanes: dict[Lane, list[_Item]] = {lane: [] for lane in Lane}
        for box in diagram.boxes:
            self.lanes[box.lane].append(box.id)
        self.links: dict[tuple[_Item, _Item], None] = {}
        for arrow in diagram.arrows:
            left, right = sorted((boxes[arrow.start], boxes[arrow.end]), key=lambda b: b.lane)
            if (left.lane, right.lane) == (Lane.DO, Lane.SHARE):
                passage = _Corridor(arrow.end, arrow.mark)
                self.links[left.id, passage] = self.links[passage, right.id] = None
            elif left.lane is not right.lane:
                self.links[left.id, right.id] = None
        passages = (item for pair in self.links for item in pair if isinstance(item, _Corridor))
        self.lanes[Lane.KEEP] += dict.fromkeys(passages)
        self._near: dict[_Item, dict[bool, list[_Item]]] = {}
        for left_item, right_item in self.links:
            self._near.setdefault(left_item, {}).setdefault(True, []).append(right_item)
            self._near.setdefault(right_item, {}).setdefault(False, []).append(left_item)

    def near(self, item: _Item, *, right: bool) -> Sequence[_Item]:
        """What it is joined to in the lane on one side."""
        return self._near.get(item, {}).get(right, ())

    def swept(self) -> "_Order":
        """Itself, with what is joined as near to each other as a few sweeps to and fro bring it."""
        best, fewest = self._copy(), self._crossings()
        for sweep in range(_SWEEPS):
            right = bool(sweep % 2)
            for lane in reversed(Lane) if right else Lane:
                self._sort(lane, right=right)
            if (count := self._crossings()) < fewest:
                best, fewest = self._copy(), count
        self.lanes = best
        return self

    def _copy(self) -> dict[Lane, list[_Item]]:
        return {lane: list(items) for lane, items in self.lanes.items()}

    def _sort(self, lane: Lane, *, right: bool) -> None:
        """Sort a lane by the middle of what its items are joined to on one side; frames stay together."""
        place = self._places()
        items = self.lanes[lane]
        middle = {}
        for at, item in enumerate(items):
            joined = [place[other] for other in self.near(item, right=right)]
            middle[item] = sum(joined) / len(joined) if joined else (at + 0.5) / len(items)
        frames: dict[str, list[float]] = {}
        for item in items:
            frames.setdefault(self.frame(item), []).append(middle[item])
        of_frame = {frame: (sum(m) / len(m), n) for n, (frame, m) in enumerate(frames.items())}
        items.sort(key=lambda item: (of_frame[self.frame(item)], middle[item]))

    def frame(self, item: _Item) -> str:
        """The boundary it is in; passages are in none of their own."""
        return "" if isinstance(item, _Corridor) else self.diagram.by_id[item].frame

    def _places(self) -> Mapping[_Item, float]:
        """How far down each item is, from 0 to 1."""
        return {
            item: (at + 0.5) / len(items)
            for items in self.lanes.values()
            for at, item in enumerate(items)
        }

    def _crossings(self) -> int:
        place = self._places()
        by_lane: dict[Lane, list[tuple[float, float]]] = {}
        for left, right in self.links:
            lane = Lane.KEEP if isinstance(left, _Corridor) else self.diagram.by_id[left].lane
            by_lane.setdefault(lane, []).append((place[left], place[right]))
        return sum(
            (one[0] - other[0]) * (one[1] - other[1]) < 0
            for joined in by_lane.values()
            for one, other in combinations(joined, 2)
        )


_SWEEPS = 12


class _Body(Struct):
    """What is inside a box before it has a place, and the slots on its two sides."""

    box: Box
    name: tuple[str, ...]
    note: tuple[str, ...]
    rows: tuple[tuple[LaneRow, tuple[str, ...]], ...]
    sides: dict[bool, list["_Slot"]]

    @property
    def text_height(self) -> float:
        """Its name and its note."""
        return len(self.name) * LINE + len(self.note) * (LINE - 3)

    @property
    def rows_height(self) -> float:
        """Its rows."""
        return sum(_row_height(lines) for _, lines in self.rows) + (8 if self.rows else 0)

    @property
    def height(self) -> float:
        """All of it, and room for the slots."""
        inside = self.text_height + self.rows_height + 16
        return max(_LOWEST, inside, *(len(slots) * PITCH + 10 for slots in self.sides.values()))


class _Slot(Struct, frozen=True):
    """Where a line leaves a box or comes to it: an arrow that starts, or those of one mark that end there."""

    starts: int | None
    mark: Mark
    ends: tuple[int, ...] = ()


class _Placing(Struct, eq=False):
    """Places one diagram in one order."""

    diagram: Diagram
    order: _Order
    bodies: dict[str, _Body] = field(default_factory=dict)
    top: dict[_Item, float] = field(default_factory=dict)
    left: dict[Lane, float] = field(default_factory=dict)

    def layout(self) -> Layout:
        """All of it."""
        boxes = self.diagram.by_id
        self.bodies = {id_: _body(box) for id_, box in boxes.items()}
        for body, right, slot in self._slots():
            body.sides[right].append(slot)
        self._stack()
        self._columns()
        placed = tuple(self._box(body) for body in self.bodies.values())
        at = {box.box.id: box.at for box in placed}
        self._sort_slots(at)
        frames = tuple(self._frames(at))
        across = self._right_end()
        bottom = max((*(f.at.bottom for f in frames), *(b.at.bottom for b in placed)))
        chips = {n: self._chip(n, arrow, at) for n, arrow in enumerate(self.diagram.arrows)}
        return Layout(
            self.diagram,
            across + MARGIN,
            bottom + MARGIN,
            tuple(self._titles()),
            frames,
            placed,
            tuple(chips.values()),
            tuple(self._lines(at, chips)),
        )

    def _titles(self) -> Iterator[Text]:
        for lane in self.used:
            yield Text(self.left[lane], MARGIN + _LANES, lane.title, 15)
            if lane is Lane.SHARE and self.diagram.both_ways:
                also = "and those on the left who get data"
                yield Text(self.left[lane], MARGIN + _LANES + 16, also, SMALL)

    @property
    def used(self) -> tuple[Lane, ...]:
        """The lanes that something stands in."""
        standing = {box.lane for box in self.diagram.boxes}
        return tuple(lane for lane in Lane if lane in standing)

    # -- slots -----------------------------------------------------------------------------------

    def _slots(self) -> Iterator[tuple[_Body, bool, _Slot]]:
        """Every slot, with its box and whether it is on the right side."""
        ends: dict[tuple[str, bool, Mark], list[int]] = {}
        for number, arrow in enumerate(self.diagram.arrows):
            yield self.bodies[arrow.start], self._leaves_right(arrow), _Slot(number, arrow.mark)
            ends.setdefault((arrow.end, self._comes_right(arrow), arrow.mark), []).append(number)
        for (end, right, mark), numbers in ends.items():
            yield self.bodies[end], right, _Slot(None, mark, tuple(numbers))

    def _lanes_of(self, arrow: Arrow) -> tuple[Lane, Lane]:
        boxes = self.diagram.by_id
        return boxes[arrow.start].lane, boxes[arrow.end].lane

    def _leaves_right(self, arrow: Arrow) -> bool:
        start, end = self._lanes_of(arrow)
        return start <= end

    def _comes_right(self, arrow: Arrow) -> bool:
        start, end = self._lanes_of(arrow)
        return start >= end

    def _sort_slots(self, at: Mapping[str, Rect]) -> None:
        """Put the slots of a side in the order of what they lead to."""

        def middle(item: _Item) -> float:
            if isinstance(item, _Corridor):
                return self.top[item] + _PASSAGE / 2
            return at[item].y + at[item].height / 2

        def height(slot: _Slot) -> tuple[float, int]:
            if slot.starts is not None:
                arrow = self.diagram.arrows[slot.starts]
                passes = self._lanes_of(arrow) == (Lane.DO, Lane.SHARE)
                return middle(_Corridor(arrow.end, arrow.mark) if passes else arrow.end), 0
            arrows = [self.diagram.arrows[number] for number in slot.ends]
            from_: list[_Item] = [
                _Corridor(a.end, a.mark) if self._lanes_of(a) == (Lane.DO, Lane.SHARE) else a.start
                for a in arrows
            ]
            return sum(map(middle, from_)) / len(from_), 1

        for body in self.bodies.values():
            for slots in body.sides.values():
                slots.sort(key=height)

    # -- from top to bottom ----------------------------------------------------------------------

    def _stack(self) -> None:
        """Give every item its height: the processes one below the other, the rest beside what it is joined to."""
        for lane, right in ((Lane.DO, None), (Lane.KEEP, False), (Lane.FROM, True),
                            (Lane.SHARE, False), (Lane.ONWARD, False), (Lane.DO, True)):  # fmt: skip
            self._stack_lane(lane, right)
        for lane, right in (
            (Lane.KEEP, False),
            (Lane.FROM, True),
            (Lane.SHARE, False),
            (Lane.ONWARD, False),
        ):
            self._stack_lane(lane, right)
        highest = min(
            self.top[item] - _FRAME_TITLE for items in self.order.lanes.values() for item in items
        )
        down = MARGIN + TITLES - highest
        self.top = {item: round(top + down, 1) for item, top in self.top.items()}

    def _stack_lane(self, lane: Lane, right: bool | None) -> None:
        items = self.order.lanes[lane]
        blocks = self._blocks(items) if lane not in OURS else [[item] for item in items]
        heights, wished = [], []
        for block in blocks:
            tall = self._tall(block)
            heights.append(tall)
            middles = [] if right is None else [
                self._middle(other)
                for item in block
                for other in self.order.near(item, right=right)
                if other in self.top
            ]  # fmt: skip
            wished.append(sum(middles) / len(middles) - tall / 2 if middles else None)
        gap = _BETWEEN if lane in OURS else _BETWEEN_FRAMES
        tops = _apart(heights, wished, gap)
        for block, top in zip(blocks, tops, strict=True):
            at = top + (0 if lane in OURS else self._title_height(block[0]))
            for item in block:
                self.top[item] = at
                at += self._height(item) + _BETWEEN

    def _blocks(self, items: Iterable[_Item]) -> list[list[_Item]]:
        blocks: dict[str, list[_Item]] = {}
        for item in items:
            blocks.setdefault(self.order.frame(item), []).append(item)
        return list(blocks.values())

    def _tall(self, block: Sequence[_Item]) -> float:
        inside = sum(self._height(item) for item in block) + _BETWEEN * (len(block) - 1)
        if isinstance(block[0], _Corridor) or self.diagram.by_id[block[0]].lane in OURS:
            return inside
        return inside + self._title_height(block[0]) + _PAD

    def _title_height(self, item: _Item) -> float:
        box = self.diagram.by_id[str(item)]
        return 10 + (LINE - 2) * len(_frame_title(box.frame, box.lane))

    def _height(self, item: _Item) -> float:
        return _PASSAGE if isinstance(item, _Corridor) else self.bodies[item].height

    def _middle(self, item: _Item) -> float:
        return self.top[item] + self._height(item) / 2

    # -- from left to right ----------------------------------------------------------------------

    def _columns(self) -> None:
        """Give every lane its left edge: gutters have room for their chips, and for lines that are not too steep."""
        at: float = MARGIN + _PAD
        previous: Lane | None = None
        for lane in (lane for lane in Lane if self.order.lanes[lane]):
            if previous is not None:
                at += self._gutter(previous, lane)
            self.left[lane] = at
            at += self._wide(lane)
            previous = lane

    def _wide(self, lane: Lane) -> float:
        """A lane in which nothing stands, and that lines only go past, is narrow."""
        return _WIDTHS[lane] if lane in self.used else _STUB

    def _gutter(self, left: Lane, right: Lane) -> float:
        spans = [
            abs(self._middle(one) - self._middle(other))
            for one, other in self.order.links
            if self._lane_of(one) is left and self._lane_of(other) is right
        ]
        bend = min(_WIDEST, max(_NARROW, max(spans, default=0) / 4))
        return bend + self._room(left, right=True) + self._room(right, right=False)

    def _lane_of(self, item: _Item) -> Lane:
        return Lane.KEEP if isinstance(item, _Corridor) else self.diagram.by_id[item].lane

    def _chips_beside(self, lane: Lane, *, right: bool) -> float:
        """The room that the widest chip takes on one side of a lane."""
        widths = [
            chip_width(arrow.chip)
            for arrow in self.diagram.arrows
            if self._lanes_of(arrow)[0] is lane and self._leaves_right(arrow) is right
        ]
        return max(widths, default=0)

    def _room(self, lane: Lane, *, right: bool) -> float:
        """How far from its boxes lines may bend without running behind a chip."""
        chips = self._chips_beside(lane, right=right)
        return _CLEAR + chips + 6 if chips else _PAD + _STUB

    def _right_end(self) -> float:
        last = self.used[-1]
        loops = any(self._lanes_of(arrow) == (last, last) for arrow in self.diagram.arrows)
        room = self._room(last, right=True) + _NARROW if loops else 0
        return self.left[last] + _WIDTHS[last] + _PAD + room

    # -- what is drawn ---------------------------------------------------------------------------

    def _box(self, body: _Body) -> PlacedBox:
        box = body.box
        at = Rect(self.left[box.lane], self.top[box.id], _WIDTHS[box.lane], body.height)
        y = at.y + (at.height - body.text_height - body.rows_height) / 2
        middle = at.x + at.width / 2 + (3 if box.shape is Shape.STORE else 0)
        name = [
            Text(middle, y + LINE * (n + 1) - 4, said, SIZE) for n, said in enumerate(body.name)
        ]
        y += len(name) * LINE
        note = [
            Text(middle, y + (LINE - 3) * (n + 1) - 3, said, SMALL)
            for n, said in enumerate(body.note)
        ]
        y += len(note) * (LINE - 3) + 8
        rows = []
        for row, lines in body.rows:
            rows.append(_placed_row(row, lines, at.x + 10, y))
            y += _row_height(lines)
        return PlacedBox(box, at, tuple(name), tuple(note), tuple(rows))

    def _frames(self, at: Mapping[str, Rect]) -> Iterator[Frame]:
        ours = [at[box.id] for box in self.diagram.boxes if box.lane in OURS]
        if ours:
            tops = [r.y for r in ours] + [self.top[p] for p in self.order.lanes[Lane.KEEP]]
            ends = [r.bottom for r in ours]
            ends += [self.top[p] + self._height(p) for p in self.order.lanes[Lane.KEEP]]
            x = min(r.x for r in ours) - _PAD
            right = max(r.right for r in ours) + _PAD
            title = wrapped(self.diagram.ours, 12, (right - x - 2 * _PAD) / 1.1, 1)
            y = min(tops) - _FRAME_TITLE
            yield _frame(Rect(x, y, right - x, max(ends) + _PAD - y), title)
        for (lane, name), boxes in self.diagram.frames().items():
            title = _frame_title(name, lane)
            inside = [at[box.id] for box in boxes]
            y = min(r.y for r in inside) - self._title_height(boxes[0].id)
            x = self.left[lane] - _PAD
            bottom = max(r.bottom for r in inside) + _PAD
            yield _frame(Rect(x, y, _WIDTHS[lane] + 2 * _PAD, bottom - y), title)

    def _port(self, box: str, *, right: bool, slot: int, at: Mapping[str, Rect]) -> Point:
        """Where the line of a slot touches its box."""
        rect, slots = at[box], self.bodies[box].sides[right]
        y = rect.y + rect.height / 2 + (slot - (len(slots) - 1) / 2) * PITCH
        return (rect.right if right else rect.x), round(y, 1)

    def _start(self, number: int, arrow: Arrow, at: Mapping[str, Rect]) -> Point:
        right = self._leaves_right(arrow)
        slots = self.bodies[arrow.start].sides[right]
        slot = next(n for n, slot in enumerate(slots) if slot.starts == number)
        return self._port(arrow.start, right=right, slot=slot, at=at)

    def _chip(self, number: int, arrow: Arrow, at: Mapping[str, Rect]) -> Chip:
        x, y = self._start(number, arrow, at)
        wide = chip_width(arrow.chip)
        left = x + _CLEAR if self._leaves_right(arrow) else x - _CLEAR - wide
        return Chip(Rect(left, y - CHIP_HEIGHT / 2, wide, CHIP_HEIGHT), arrow.chip, arrow.mark)

    def _lines(self, at: Mapping[str, Rect], chips: Mapping[int, Chip]) -> Iterator[Stroke]:
        arrows = self.diagram.arrows
        for box, body in self.bodies.items():
            for right, slots in body.sides.items():
                for n, slot in enumerate(slots):
                    if slot.ends:
                        end = self._port(box, right=right, slot=n, at=at)
                        yield from self._meeting(slot, end, arrows, at, chips)

    def _meeting(
        self,
        slot: _Slot,
        end: Point,
        arrows: Sequence[Arrow],
        at: Mapping[str, Rect],
        chips: Mapping[int, Chip],
    ) -> Iterator[Stroke]:
        """The lines of arrows that end in one slot: each on its own until they meet, then all as one."""
        past = [n for n in slot.ends if self._lanes_of(arrows[n]) == (Lane.DO, Lane.SHARE)]
        for n in past:
            passage = _Corridor(arrows[n].end, slot.mark)
            y = self.top[passage] + _PASSAGE / 2
            yield self._branch(n, arrows[n], (self.left[Lane.KEEP] - _PAD, y), at, chips)
        if past:
            out = self.left[Lane.KEEP] + self._wide(Lane.KEEP) + _PAD
            start = (self.left[Lane.KEEP] - _PAD, y)
            before = (end[0] - self._room(Lane.SHARE, right=False), end[1])
            curves = (Curve((out, y)), _bend((out, y), before), Curve(end))
            yield Stroke(tuple(past), slot.mark, start, curves, head=True)
        others = [n for n in slot.ends if n not in past]
        if not others:
            return
        right = self._comes_right(arrows[others[0]])
        reach = self._room(self.diagram.by_id[arrows[others[0]].end].lane, right=right)
        before = (end[0] + reach if right else end[0] - reach, end[1])
        for n in others:
            yield self._branch(n, arrows[n], before, at, chips)
        yield Stroke(tuple(others), slot.mark, before, (Curve(end),), head=True)

    def _branch(
        self,
        number: int,
        arrow: Arrow,
        to: Point,
        at: Mapping[str, Rect],
        chips: Mapping[int, Chip],
    ) -> Stroke:
        """From a box past its chip to where others join in."""
        start = self._start(number, arrow, at)
        chip, lanes = chips[number].at, self._lanes_of(arrow)
        room = self._room(lanes[0], right=self._leaves_right(arrow))
        if lanes[0] is lanes[1]:
            out = (start[0] + room, start[1])
            far = max(out[0], to[0]) + min(_NARROW - 10, 24 + abs(start[1] - to[1]) / 4)
            curve = Curve(to, ((far, out[1]), (far, to[1])))
            return Stroke((number,), arrow.mark, start, (Curve(out), curve), head=False)
        x = start[0] + room if chip.x > start[0] else start[0] - room
        out = (x, start[1])
        return Stroke((number,), arrow.mark, start, (Curve(out), _bend(out, to)), head=False)


def chip_width(said: str) -> float:
    """A glyph, a space, and the name of the flow."""
    return round(width(said, SMALL, bold=True) + 26)


def _bend(start: Point, end: Point) -> Curve:
    middle = (start[0] + end[0]) / 2
    return Curve(end, ((middle, start[1]), (middle, end[1])))


def _body(box: Box) -> _Body:
    wide = _WIDTHS[box.lane] - (26 if box.shape is Shape.STORE else 20)
    rows = tuple(
        (row, wrapped(row.text, SMALL, wide - chip_width(row.chip) - 8, _MOST_ROW_LINES))
        for row in box.rows
    )
    name = wrapped(box.label, SIZE, wide / (1.08 if box.shape is Shape.PROCESS else 1), _MOST_LINES)
    note = wrapped(box.note, SMALL, wide, _MOST_NOTES)
    return _Body(box, name, note, rows, {True: [], False: []})


def _row_height(lines: Sequence[str]) -> float:
    return max(PITCH, len(lines) * (LINE - 3) + 5)


def _placed_row(row: LaneRow, lines: Sequence[str], x: float, y: float) -> PlacedRow:
    wide = chip_width(row.chip)
    chip = Chip(Rect(x, y, wide, CHIP_HEIGHT), row.chip, row.mark)
    said = [
        Text(x + wide + 7, y + 12 + (LINE - 3) * n, line, SMALL) for n, line in enumerate(lines)
    ]
    return PlacedRow(row, chip, tuple(said))


def _frame_title(name: str, lane: Lane) -> tuple[str, ...]:
    return wrapped(name, 12, (_WIDTHS[lane] + _PAD) / 1.1, 2)


def _frame(at: Rect, title: Sequence[str]) -> Frame:
    return Frame(
        at,
        tuple(Text(at.x + 8, at.y + 16 + (LINE - 2) * n, said, 12) for n, said in enumerate(title)),
    )


def _apart(heights: Sequence[float], wished: Sequence[float | None], gap: float) -> list[float]:
    """Tops as near as can be to those wished for (least squares), in this order and not on each other."""
    offsets, down = [], 0.0
    for tall in heights:
        offsets.append(down)
        down += tall + gap
    pools: list[tuple[float, float, int]] = []  # the sum of shifts, their weight, and how many
    shift = next((w - o for w, o in zip(wished, offsets, strict=True) if w is not None), 0.0)
    for wish, offset in zip(wished, offsets, strict=True):
        shift = wish - offset if wish is not None else shift
        weight = 1.0 if wish is not None else 0.01
        pools.append((shift * weight, weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last, before = pools.pop(), pools.pop()
            pools.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    shifts = [total / weight for total, weight, count in pools for _ in range(count)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]
