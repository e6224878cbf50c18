"""The diagram as one SVG file that needs nothing else: no style sheet, no script, no font, no other file.

Colour is never alone: each mark has a glyph and a kind of line, too. Dark on white, so that it prints.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from ropa.diagram import Diagram, Mark, Shape
from ropa.layout import (
    CHIP_HEIGHT,
    LINE,
    MARGIN,
    SMALL,
    Chip,
    Frame,
    Layout,
    Line,
    PlacedBox,
    Rect,
    Text,
    chip_width,
    layout,
)
from ropa.lettering import width, wrapped


class _Look(NamedTuple):
    """How a mark is drawn. The glyph is a path in a square of ten."""

    colour: str
    stroke: float
    dashes: str
    glyph: str


_LOOKS = {
    Mark.TOLD: _Look("#0072B2", 1.5, "", "M1.5 5.5 4 8 8.5 2"),
    Mark.PARTLY: _Look("#8A5A00", 1.6, "7 4", "M1 6.2C2.6 2.6 4.4 3.6 5.2 5.2S7.6 7.4 9 4"),
    Mark.UNTOLD: _Look("#8B0000", 2.4, "", "M2 2 8 8M8 2 2 8"),
    Mark.UNDECIDED: _Look(
        "#6A1B9A", 1.8, "9 3 2 3", "M2.8 3.6C2.8.8 7.2.8 7.2 3.4 7.2 5 5 4.9 5 6.6M5 8.7V9"
    ),
    Mark.WAIVED: _Look("#5F6368", 1.6, "2 4", "M1 2.5 3.2 8 5 3.5 6.8 8 9 2.5"),
    Mark.NOT_OURS: _Look("#5F6368", 1.2, "12 4", "M2 5H8"),
}
_INK, _QUIET, _PAPER = "#1B1B1F", "#55585E", "#FFFFFF"
_PROCESS, _STORE, _OURS = "#EAF2F8", "#F4F1E8", "#FAFBFC"
_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_KEY_COLUMN = 430
_NARROWEST, _HEADING = 860, 26


def render(diagram: Diagram) -> str:
    """The whole file."""
    placed = layout(diagram)
    wide = max(placed.width, _NARROWEST)
    legend = _Legend(diagram, wide)
    key = _Key(diagram, wide, placed.height + legend.height)
    high = placed.height + legend.height + key.height
    parts = [
        *_headings(diagram, wide),
        *_inside(placed),
        *legend.lines(placed.height),
        *key.lines(),
    ]
    heading = escape(diagram.title)
    return "".join(
        f"{line}\n"
        for line in (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(wide)}" height="{_n(high)}" '
            f'viewBox="0 0 {_n(wide)} {_n(high)}" font-family="{_FONT}" role="graphics-document" '
            f'aria-label="{heading}">',
            f"<title>{heading}</title>",
            f"<desc>{escape(diagram.summary)}</desc>",
            f'<rect width="{_n(wide)}" height="{_n(high)}" fill="{_PAPER}"/>',
            *parts,
            "</svg>",
        )
    )


def _headings(diagram: Diagram, across: float) -> Iterator[str]:
    room = across - 2 * MARGIN
    for said in wrapped(diagram.title, 18, room / 1.1, 1):
        yield _text(Text(MARGIN, MARGIN + 14, said, 18), anchor="start", weight="bold")
    for n, said in enumerate(wrapped(diagram.summary, 12, room, 2)):
        yield _text(Text(MARGIN, MARGIN + 33 + 15 * n, said, 12), anchor="start", fill=_QUIET)


def _inside(placed: Layout) -> Iterator[str]:
    for n, frame in enumerate(placed.frames):
        yield from _frame(frame, _OURS if n == 0 and frame.title else "none")
    for text in placed.lanes:
        yield _text(text, anchor="start", weight="normal" if text.size == SMALL else "bold")
    heads: list[str] = []
    for line in placed.lines:
        yield _line(placed, line)
        if line.head:
            heads.append(_head(line))
    yield from heads
    for box in placed.boxes:
        yield from _box(box)
    for arrow, chip in zip(placed.diagram.arrows, placed.chips, strict=True):
        yield from _named(arrow.words, arrow.flows, _chip(chip))


def _frame(frame: Frame, fill: str) -> Iterator[str]:
    at = frame.at
    yield (
        f'<rect {_where(at)} rx="4" fill="{fill}" stroke="#6B6F76" stroke-width="1.1" '
        'stroke-dasharray="6 4"/>'
    )
    for text in frame.title:
        yield _text(text, anchor="start", weight="bold", fill=_QUIET)


def _line(placed: Layout, line: Line) -> str:
    look = _LOOKS[line.mark]
    flows = [flow for number in line.arrows for flow in placed.diagram.arrows[number].flows]
    path = f"M{_n(line.start[0])} {_n(line.start[1])}"
    ends = [curve.end for curve in line.curves]
    if line.head:  # the line stops inside the head, so that its end is not blunt
        ends[-1] = (ends[-1][0] + (-6 if _goes_right(line) else 6), ends[-1][1])
    for curve, end in zip(line.curves, ends, strict=True):
        points = " ".join(f"{_n(x)} {_n(y)}" for x, y in (*curve.bends, end))
        path += f"{'C' if curve.bends else 'L'}{points}"
    dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
    return (
        f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="{look.stroke}"{dashes} '
        f'data-flows="{escape(" ".join(flows))}"/>'
    )


def _goes_right(line: Line) -> bool:
    before = line.curves[-2].end if len(line.curves) > 1 else line.start
    return line.curves[-1].end[0] > before[0]


def _head(line: Line) -> str:
    x, y = line.curves[-1].end
    back = x - 9 if _goes_right(line) else x + 9
    points = f"{_n(x)},{_n(y)} {_n(back)},{_n(y - 4.5)} {_n(back)},{_n(y + 4.5)}"
    return f'<polygon points="{points}" fill="{_LOOKS[line.mark].colour}"/>'


def _box(placed: PlacedBox) -> Iterator[str]:
    box, at = placed.box, placed.at
    yield from _named(
        f"{_KINDS[box.shape]}: {box.label}{f', {box.note}' if box.note else ''}",
        (),
        (
            *_OUTLINES[box.shape](at),
            *(
                _text(text, weight="bold" if box.shape is Shape.PROCESS else "normal")
                for text in placed.name
            ),
            *(_text(text, fill=_QUIET) for text in placed.note),
        ),
        f' data-box="{escape(box.id)}"',
    )
    for row in placed.rows:
        drawn = (*_chip(row.chip), *(_text(text, anchor="start") for text in row.lines))
        yield from _named(row.row.words, row.row.flows, drawn)


_KINDS = {
    Shape.ENTITY: "external entity",
    Shape.PROCESS: "process",
    Shape.STORE: "store",
}


def _entity(at: Rect) -> Iterator[str]:
    yield f'<rect {_where(at)} fill="{_PAPER}" stroke="{_INK}" stroke-width="1.4"/>'


def _process(at: Rect) -> Iterator[str]:
    yield f'<rect {_where(at)} rx="16" fill="{_PROCESS}" stroke="{_INK}" stroke-width="1.4"/>'


def _store(at: Rect) -> Iterator[str]:
    """Two parallel lines, closed on the left only."""
    yield f'<rect {_where(at)} fill="{_STORE}"/>'
    path = f"M{_n(at.right)} {_n(at.y)}H{_n(at.x)}V{_n(at.bottom)}H{_n(at.right)}"
    inner = f"M{_n(at.x + 7)} {_n(at.y)}V{_n(at.bottom)}"
    yield f'<path d="{path}{inner}" fill="none" stroke="{_INK}" stroke-width="1.4"/>'


_OUTLINES = {Shape.ENTITY: _entity, Shape.PROCESS: _process, Shape.STORE: _store}


def _chip(chip: Chip) -> Iterator[str]:
    look, at = _LOOKS[chip.mark], chip.at
    yield f'<rect {_where(at)} rx="3" fill="{_PAPER}" stroke="{look.colour}" stroke-width="1.1"/>'
    yield (
        f'<path d="{look.glyph}" transform="translate({_n(at.x + 5)} {_n(at.y + 3)})" fill="none" '
        f'stroke="{look.colour}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>'
    )
    said = Text(at.x + 19, at.y + 12, chip.said, SMALL)
    yield _text(said, anchor="start", weight="bold", fill=look.colour)


def _named(words: str, flows: Iterable[str], drawn: Iterable[str], more: str = "") -> Iterator[str]:
    """Some shapes as one thing with a name, for those who hear it and for those who point at it."""
    carried = escape(" ".join(flows))
    said = escape(words)
    about = f' data-flows="{carried}"' if carried else ""
    yield f'<g role="graphics-symbol" aria-label="{said}"{about}{more}><title>{said}</title>'
    yield from drawn
    yield "</g>"


def _text(text: Text, anchor: str = "middle", weight: str = "normal", fill: str = _INK) -> str:
    heavy = f' font-weight="{weight}"' if weight != "normal" else ""
    middle = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}" fill="{fill}"'
        f"{heavy}{middle}>{escape(text.said)}</text>"
    )


class _Legend:
    """What the marks and shapes mean, and how many flows have each mark."""

    def __init__(self, diagram: Diagram, across: float) -> None:
        self.diagram = diagram
        self.shapes = wrapped(self._shapes(), 12, across - 2 * MARGIN, 4)
        self.rows: list[list[tuple[float, Mark, str]]] = [[]]
        x: float = MARGIN
        for mark, count in diagram.counts.items():
            said = f"{mark.meaning} ({count})"
            wide = 44 + 24 + width(said, 12) + 24
            if x + wide > across and self.rows[-1]:
                self.rows.append([])
                x = MARGIN
            self.rows[-1].append((x, mark, said))
            x += wide

    @property
    def height(self) -> float:
        """How much room it takes below the picture."""
        return len(self.rows) * 22 + 34 + (len(self.shapes) - 1) * 16

    def lines(self, top: float) -> Iterator[str]:
        """Each mark with its line and its glyph; then how to read the shapes."""
        for n, row in enumerate(self.rows):
            y = top + 8 + n * 22
            for x, mark, said in row:
                look = _LOOKS[mark]
                dashes = f' stroke-dasharray="{look.dashes}"' if look.dashes else ""
                yield (
                    f'<path d="M{_n(x)} {_n(y)}h40" fill="none" stroke="{look.colour}" '
                    f'stroke-width="{look.stroke}"{dashes}/>'
                )
                yield (
                    f'<path d="{look.glyph}" transform="translate({_n(x + 46)} {_n(y - 5)})" '
                    f'fill="none" stroke="{look.colour}" stroke-width="1.8" stroke-linecap="round"/>'
                )
                yield _text(Text(x + 62, y + 4, said, 12), anchor="start")
        y = top + 8 + len(self.rows) * 22
        for n, said in enumerate(self.shapes):
            yield _text(Text(MARGIN, y + 4 + 16 * n, said, 12), anchor="start", fill=_QUIET)

    def _shapes(self) -> str:
        chips = (
            "a number on it says how many flows"
            if self.diagram.overview
            else "its name is at its start"
        )
        return (
            "Square box: somebody outside. Rounded box: what we do. Box open on the right: where we keep "
            f"it. Arrow: a flow, {chips}. Dashed frame: a trust boundary."
        )


class _Key:
    """Every flow by its name, with what it is and what is not told of it, in columns."""

    def __init__(self, diagram: Diagram, across: float, top: float) -> None:
        self.columns = max(1, int((across - 2 * MARGIN) // _KEY_COLUMN))
        self.wide = (across - 2 * MARGIN) / self.columns
        self.top = top + 22
        self.entries = [
            (entry, wrapped(entry.words, 12, self.wide - chip_width(entry.chip) - 24, 3))
            for entry in diagram.key
        ]
        self.headed = self._headed([entry.activity for entry in diagram.key])
        self.tall = [
            max(CHIP_HEIGHT + 4, len(lines) * (LINE - 2)) + 6 + (_HEADING if headed else 0)
            for (_, lines), headed in zip(self.entries, self.headed, strict=True)
        ]
        self.ends = list(self._split(self.tall))

    @staticmethod
    def _headed(activities: Sequence[str]) -> list[bool]:
        """Whether the name of its activity stands above an entry: above the first, where there are several."""
        several = len(set(activities)) > 1
        return [several and activities[n - 1 : n] != [a] for n, a in enumerate(activities)]

    def _split(self, tall: Sequence[float]) -> Iterator[int]:
        """Where each column ends."""
        share, column = sum(tall) / self.columns if tall else 0, 0.0
        for n, high in enumerate(tall, 1):
            column += high
            if column >= share or n == len(tall):
                yield n
                column = 0.0

    @property
    def height(self) -> float:
        """How much room it takes."""
        starts = [0, *self.ends[:-1]]
        columns = [sum(self.tall[a:b]) for a, b in zip(starts, self.ends, strict=False)]
        return max(columns) + 22 + MARGIN if columns else 0

    def lines(self) -> Iterator[str]:
        """Each entry; the flow's id is its name for programs."""
        if not self.entries:
            return
        yield _text(Text(MARGIN, self.top - 8, "The flows", 15), anchor="start", weight="bold")
        start = 0
        for column, end in enumerate(self.ends):
            x, y = MARGIN + column * self.wide, self.top
            for n in range(start, end):
                yield from self._entry(n, x, y)
                y += self.tall[n]
            start = end

    def _entry(self, number: int, x: float, y: float) -> Iterator[str]:
        entry, said = self.entries[number]
        if self.headed[number]:
            for heading in wrapped(entry.activity, 12, (self.wide - 24) / 1.1, 1):
                yield _text(Text(x, y + 20, heading, 12), anchor="start", weight="bold")
            y += _HEADING
        wide = chip_width(entry.chip)
        chip = Chip(Rect(x, y + 2, wide, CHIP_HEIGHT), entry.chip, entry.mark)
        texts = [
            Text(x + wide + 8, y + 14 + (LINE - 2) * n, line, 12) for n, line in enumerate(said)
        ]
        drawn = (*_chip(chip), *(_text(text, anchor="start") for text in texts))
        yield from _named(f"{entry.chip}: {entry.words}", (entry.flow,), drawn)


def _where(at: Rect) -> str:
    return f'x="{_n(at.x)}" y="{_n(at.y)}" width="{_n(at.width)}" height="{_n(at.height)}"'


def _n(number: float) -> str:
    """A number as short as it can be written, to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
