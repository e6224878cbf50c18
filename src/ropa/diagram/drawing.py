"""A diagram that has been laid out, as SVG: shapes, lines and lettering.

It is drawn in one of two hands. `Plain` says how everything looks on the thing itself, for a file that needs
nothing else. `Classed` only names what things are, for a page that holds many pictures and has one style
sheet for them all, by light and by dark. Colour is never alone: each mark has a glyph and a kind of line, too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Protocol

from msgspec import Struct

from ropa.diagram.layout import (
    MARGIN,
    SMALL,
    TITLES,
    Chip,
    Frame,
    Layout,
    PlacedBox,
    Rect,
    Stroke,
    Text,
    layout,
)
from ropa.diagram.view import Arrow, Box, Diagram, LaneRow, Mark, Shape


class Look(Struct, frozen=True):
    """How a mark is drawn. The glyph is a path in a square of ten."""

    colour: str
    stroke: float
    dashes: str
    glyph: str


LOOKS = {
    Mark.TOLD: Look("#0072B2", 1.5, "", "M1.5 5.5 4 8 8.5 2"),
    Mark.PARTLY: Look("#8A5A00", 1.6, "7 4", "M1 6.2C2.6 2.6 4.4 3.6 5.2 5.2S7.6 7.4 9 4"),
    Mark.UNTOLD: Look("#8B0000", 2.4, "", "M2 2 8 8M8 2 2 8"),
    Mark.UNDECIDED: Look(
        "#6A1B9A", 1.8, "9 3 2 3", "M2.8 3.6C2.8.8 7.2.8 7.2 3.4 7.2 5 5 4.9 5 6.6M5 8.7V9"
    ),
    Mark.WAIVED: Look("#5F6368", 1.6, "2 4", "M1 2.5 3.2 8 5 3.5 6.8 8 9 2.5"),
    Mark.NOT_OURS: Look("#5F6368", 1.2, "12 4", "M2 5H8"),
}
_INK, _QUIET, PAPER = "#1B1B1F", "#55585E", "#FFFFFF"
_KINDS = {
    Shape.ENTITY: "external entity",
    Shape.PROCESS: "process",
    Shape.STORE: "store",
}


class Hand(Protocol):
    """Says how the things of a picture look. What a thing is called is the key of `_PLAIN`."""

    def look(self, thing: str, mark: Mark | None = None) -> str:
        """The attributes for what a thing looks like."""

    def glyph(self, mark: Mark, x: float, y: float) -> str:
        """The glyph of a mark."""

    def head(self, line: Stroke) -> str:
        """The head of an arrow."""

    def line(self, path: str, line: Stroke, placed: Layout) -> str:
        """The line of some arrows."""

    def group(
        self, about: Arrow | Box | LaneRow, ends: tuple[str, ...], drawn: Iterable[str]
    ) -> Iterator[str]:
        """Some shapes as one thing with a name. `ends` are the boxes it is or belongs to."""


def picture(placed: Layout, hand: Hand) -> Iterator[str]:
    """Everything that has been laid out."""
    diagram = placed.diagram
    for n, frame in enumerate(placed.frames):
        yield from _frame(frame, "ours" if n == 0 and frame.title else "frame", hand)
    for text in placed.lanes:
        yield lettering(text, "lane" if text.size == SMALL else "lane-title", hand)
    heads: list[str] = []
    for line in placed.lines:
        yield hand.line(_path(line), line, placed)
        if line.head:
            heads.append(hand.head(line))
    yield from heads
    for box in placed.boxes:
        ends = (box.box.id,)
        yield from hand.group(box.box, ends, _box(box, hand))
        for row in box.rows:
            drawn = (*chip(row.chip, hand), *(lettering(text, "row", hand) for text in row.lines))
            yield from hand.group(row.row, ends, drawn)
    for arrow, placed_chip in zip(diagram.arrows, placed.chips, strict=True):
        yield from hand.group(arrow, (arrow.start, arrow.end), chip(placed_chip, hand))


def chip(placed: Chip, hand: Hand) -> Iterator[str]:
    """The name of a flow with its mark."""
    at = placed.at
    yield f"<rect {where(at)} {hand.look('chip', placed.mark)}/>"
    yield hand.glyph(placed.mark, at.x + 5, at.y + 3)
    yield lettering(Text(at.x + 19, at.y + 12, placed.said, SMALL), "chip-name", hand, placed.mark)


def lettering(text: Text, thing: str, hand: Hand, mark: Mark | None = None) -> str:
    """A line of text."""
    look = hand.look(thing, mark).replace("{size}", short(text.size))
    return f'<text x="{short(text.x)}" y="{short(text.y)}" {look}>{escape(text.said)}</text>'


def where(at: Rect) -> str:
    """The attributes of a rectangle."""
    size = f'width="{short(at.width)}" height="{short(at.height)}"'
    return f'x="{short(at.x)}" y="{short(at.y)}" {size}'


def short(number: float) -> str:
    """A number as short as it can be written, to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")


def _frame(frame: Frame, thing: str, hand: Hand) -> Iterator[str]:
    yield f"<rect {where(frame.at)} {hand.look(thing)}/>"
    for text in frame.title:
        yield lettering(text, "boundary", hand)


def _path(line: Stroke) -> str:
    path = f"M{short(line.start[0])} {short(line.start[1])}"
    ends = [curve.end for curve in line.curves]
    if line.head:  # the line stops inside the head, so that its end is not blunt
        ends[-1] = (ends[-1][0] + (-6 if _goes_right(line) else 6), ends[-1][1])
    for curve, end in zip(line.curves, ends, strict=True):
        points = " ".join(f"{short(x)} {short(y)}" for x, y in (*curve.bends, end))
        path += f"{'C' if curve.bends else 'L'}{points}"
    return path


def _goes_right(line: Stroke) -> bool:
    before = line.curves[-2].end if len(line.curves) > 1 else line.start
    return line.curves[-1].end[0] > before[0]


def _box(placed: PlacedBox, hand: Hand) -> Iterator[str]:
    shape = placed.box.shape
    yield from _OUTLINES[shape](placed.at, hand)
    thing = "process-name" if shape is Shape.PROCESS else "name"
    yield from (lettering(text, thing, hand) for text in placed.name)
    yield from (lettering(text, "note", hand) for text in placed.note)


def _filled(thing: str, at: Rect, hand: Hand) -> Iterator[str]:
    yield f"<rect {where(at)} {hand.look(thing)}/>"


def _entity(at: Rect, hand: Hand) -> Iterator[str]:
    yield from _filled("entity", at, hand)


def _process(at: Rect, hand: Hand) -> Iterator[str]:
    yield from _filled("process", at, hand)


def _store(at: Rect, hand: Hand) -> Iterator[str]:
    """Two parallel lines, closed on the left only."""
    yield from _filled("store", at, hand)
    path = f"M{short(at.right)} {short(at.y)}H{short(at.x)}V{short(at.bottom)}H{short(at.right)}"
    inner = f"M{short(at.x + 7)} {short(at.y)}V{short(at.bottom)}"
    yield f'<path d="{path}{inner}" {hand.look("store-edge")}/>'


_OUTLINES = {Shape.ENTITY: _entity, Shape.PROCESS: _process, Shape.STORE: _store}


def named(about: Arrow | Box | LaneRow) -> str:
    """The whole name of a thing that is drawn, its mark in words."""
    if isinstance(about, Box):
        return f"{_KINDS[about.shape]}: {about.label}{f', {about.note}' if about.note else ''}"
    return about.words


_PLAIN: Mapping[str, str] = {
    "ours": 'rx="4" fill="#FAFBFC" stroke="#6B6F76" stroke-width="1.1" stroke-dasharray="6 4"',
    "frame": 'rx="4" fill="none" stroke="#6B6F76" stroke-width="1.1" stroke-dasharray="6 4"',
    "entity": f'fill="{PAPER}" stroke="{_INK}" stroke-width="1.4"',
    "process": f'rx="16" fill="#EAF2F8" stroke="{_INK}" stroke-width="1.4"',
    "store": 'fill="#F4F1E8"',
    "store-edge": f'fill="none" stroke="{_INK}" stroke-width="1.4"',
    "chip": f'rx="3" fill="{PAPER}" stroke="{{colour}}" stroke-width="1.1"',
    "chip-name": 'font-size="{size}" fill="{colour}" font-weight="bold"',
    "lane": f'font-size="{{size}}" fill="{_INK}"',
    "lane-title": f'font-size="{{size}}" fill="{_INK}" font-weight="bold"',
    "boundary": f'font-size="{{size}}" fill="{_QUIET}" font-weight="bold"',
    "row": f'font-size="{{size}}" fill="{_INK}"',
    "name": f'font-size="{{size}}" fill="{_INK}" text-anchor="middle"',
    "process-name": f'font-size="{{size}}" fill="{_INK}" font-weight="bold" text-anchor="middle"',
    "note": f'font-size="{{size}}" fill="{_QUIET}" text-anchor="middle"',
    "text": f'font-size="{{size}}" fill="{_INK}"',
    "quiet": f'font-size="{{size}}" fill="{_QUIET}"',
    "heading": f'font-size="{{size}}" fill="{_INK}" font-weight="bold"',
}


class Plain:
    """Says how things look on the things themselves. Dark on white, so that it prints."""

    def look(self, thing: str, mark: Mark | None = None) -> str:
        """Presentation attributes."""
        look = _PLAIN[thing]
        return look.replace("{colour}", LOOKS[mark].colour) if mark else look

    def glyph(self, mark: Mark, x: float, y: float) -> str:
        """The glyph as a path."""
        return (
            f'<path d="{LOOKS[mark].glyph}" transform="translate({short(x)} {short(y)})" fill="none" '
            f'stroke="{LOOKS[mark].colour}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def head(self, line: Stroke) -> str:
        """A triangle."""
        x, y = line.curves[-1].end
        back = x - 9 if _goes_right(line) else x + 9
        points = (
            f"{short(x)},{short(y)} {short(back)},{short(y - 4.5)} {short(back)},{short(y + 4.5)}"
        )
        return f'<polygon points="{points}" fill="{LOOKS[line.mark].colour}"/>'

    def line(self, path: str, line: Stroke, placed: Layout) -> str:
        """The line, with the ids of its flows."""
        flows = [flow for number in line.arrows for flow in placed.diagram.arrows[number].flows]
        about = f'data-flows="{escape(" ".join(flows))}"'
        return f'<path d="{path}" fill="none" {self.stroke(line.mark)} {about}/>'

    def stroke(self, mark: Mark) -> str:
        """How the line of a mark is drawn."""
        look = LOOKS[mark]
        dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
        return f'stroke="{look.colour}" stroke-width="{look.stroke}"{dashes}'

    def group(
        self,
        about: Arrow | Box | LaneRow,
        ends: tuple[str, ...],  # noqa: ARG002 - programs find them by the flows
        drawn: Iterable[str],
    ) -> Iterator[str]:
        """A name that is heard and shown, and ids for programs."""
        if isinstance(about, Box):
            return self.named(named(about), (), drawn, f' data-box="{escape(about.id)}"')
        return self.named(named(about), about.flows, drawn)

    def named(
        self, words: str, flows: Iterable[str], drawn: Iterable[str], more: str = ""
    ) -> Iterator[str]:
        """Some shapes as one thing."""
        carried, said = escape(" ".join(flows)), escape(words)
        about = f' data-flows="{carried}"' if carried else ""
        yield f'<g role="graphics-symbol" aria-label="{said}"{about}{more}><title>{said}</title>'
        yield from drawn
        yield "</g>"


_CLASSES = {
    "ours": "ours",
    "frame": "frame",
    "lane": "lane",
    "lane-title": "lane-title",
    "boundary": "boundary",
    "note": "below",
}
_RADII = {"ours": 4, "frame": 4, "process": 16, "chip": 3}
_GLYPHS = "".join(
    f'<path id="glyph-{mark.word}" d="{look.glyph}"/>' for mark, look in LOOKS.items()
)
GLYPHS = (
    '<svg class="glyphs" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    f'{_GLYPHS}<path id="head-right" d="M0 0-9-4.5v9z"/><path id="head-left" d="M0 0 9-4.5v9z"/>'
    "</defs></svg>"
)
"""What every picture of a page refers to. It stands in the page once."""


class Classed:
    """Names what things are, and leaves to the style sheet of the page how they look.

    A flow is told by its number among all of the register, as a box is by its number in the picture; what
    belongs to an arrow has its number. `people` are the numbers of the groups, by their boxes, and `leads`
    says where in the page somebody gets who chooses a thing.
    """

    def __init__(
        self,
        diagram: Diagram,
        flows: Mapping[str, int],
        people: Mapping[str, int],
        leads: Callable[[Arrow | Box | LaneRow], str],
    ) -> None:
        self.boxes = {box.id: number for number, box in enumerate(diagram.boxes)}
        self.flows = flows
        self.people = people
        self.leads = leads

    def look(self, thing: str, mark: Mark | None = None) -> str:  # noqa: ARG002 - the group has the mark
        """A class, unless the thing is known by where it stands."""
        radius = f'rx="{_RADII[thing]}"' if thing in _RADII else ""
        name = f'class="{_CLASSES[thing]}"' if thing in _CLASSES else ""
        return f"{radius} {name}".strip()

    def glyph(self, mark: Mark, x: float, y: float) -> str:
        """One of `GLYPHS`."""
        return f'<use href="#glyph-{mark.word}" x="{short(x)}" y="{short(y)}"/>'

    def head(self, line: Stroke) -> str:
        """A triangle, one of `GLYPHS`, too."""
        x, y = line.curves[-1].end
        side = "right" if _goes_right(line) else "left"
        at = f'x="{short(x)}" y="{short(y)}"'
        return f'<use class="head {_mark(line.mark)}" href="#head-{side}" {at} {_arrows(line)}/>'

    def line(self, path: str, line: Stroke, placed: Layout) -> str:  # noqa: ARG002 - arrows know their flows
        """The line, with the numbers of its arrows."""
        return f'<path class="line {_mark(line.mark)}" d="{path}" {_arrows(line)}/>'

    def group(
        self, about: Arrow | Box | LaneRow, ends: tuple[str, ...], drawn: Iterable[str]
    ) -> Iterator[str]:
        """Something to point at, to go to and to hear of."""
        said, link = escape(named(about)), self.leads(about)
        tag = "a" if link else "g"
        there = f'href="{escape(link)}" tabindex="-1"' if link else 'role="img"'
        if isinstance(about, Box):
            group = self.people.get(about.id)
            kind, more = f"box {about.shape}", "" if group is None else f' data-group="{group}"'
        else:
            flows = runs(sorted(self.flows[flow] for flow in about.flows))
            boxes = " ".join(str(self.boxes[end]) for end in ends)
            kind = f"{'arrow' if isinstance(about, Arrow) else 'row'} {_mark(about.mark)}"
            more = f' data-flows="{flows}" data-boxes="{boxes}"'
        yield f'<{tag} class="{kind}" {there} aria-label="{said}"{more}>'
        yield from drawn
        yield f"</{tag}>"


def inline(diagram: Diagram, hand: Classed) -> str:
    """The picture alone, for a page that says elsewhere what it shows and lists its flows."""
    placed = layout(diagram)
    drawn = "".join(picture(placed, hand)).replace(" />", "/>")
    top = MARGIN + TITLES - _ABOVE
    high = placed.height - top
    size = f'width="{short(placed.width)}" height="{short(high)}"'
    return (
        f'<svg class="flows" {size} viewBox="0 {short(top)} {short(placed.width)} {short(high)}" '
        f'role="group" aria-label="{escape(diagram.title)}">{drawn}</svg>'
    )


_ABOVE = 46
"""The room that the titles of the lanes take above the boxes."""


def runs(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow each other as the first and the last: `3 7-9`."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return " ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in found)


def _mark(mark: Mark) -> str:
    return f"is-{mark.word}"


def _arrows(line: Stroke) -> str:
    return f'data-arrows="{" ".join(map(str, line.arrows))}"'
