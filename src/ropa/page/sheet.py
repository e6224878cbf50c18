"""A diagram as a sheet of its own: one SVG file that needs nothing else, neither style sheet nor script nor font.

Above the picture stand its title and what it counts, below it what the marks mean and every flow by its name.
"""

from collections.abc import Iterator, Sequence
from html import escape

from ropa.diagram.drawing import LOOKS, PAPER, Plain, chip, lettering, picture, short
from ropa.diagram.layout import CHIP_HEIGHT, LINE, MARGIN, Chip, Rect, Text, chip_width, layout
from ropa.diagram.lettering import width, wrapped
from ropa.diagram.view import Diagram, Mark

_HAND = Plain()
_FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
_KEY_COLUMN = 430
_NARROWEST, _HEADING = 860, 26


def sheet(diagram: Diagram) -> str:
    """The whole file."""
    placed = layout(diagram)
    wide = max(placed.width, _NARROWEST)
    legend = _Legend(diagram, wide)
    key = _Key(diagram, wide, placed.height + legend.height)
    high = placed.height + legend.height + key.height
    parts = [
        *_headings(diagram, wide),
        *picture(placed, _HAND),
        *legend.lines(placed.height),
        *key.lines(),
    ]
    heading = escape(diagram.title)
    return "".join(
        f"{line}\n"
        for line in (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{short(wide)}" height="{short(high)}" '
            f'viewBox="0 0 {short(wide)} {short(high)}" font-family="{_FONT}" role="graphics-document" '
            f'aria-label="{heading}">',
            f"<title>{heading}</title>",
            f"<desc>{escape(diagram.summary)}</desc>",
            f'<rect width="{short(wide)}" height="{short(high)}" fill="{PAPER}"/>',
            *parts,
            "</svg>",
        )
    )


def _headings(diagram: Diagram, across: float) -> Iterator[str]:
    room = across - 2 * MARGIN
    for said in wrapped(diagram.title, 18, room / 1.1, 1):
        yield lettering(Text(MARGIN, MARGIN + 14, said, 18), "heading", _HAND)
    for n, said in enumerate(wrapped(diagram.summary, 12, room, 2)):
        yield lettering(Text(MARGIN, MARGIN + 33 + 15 * n, said, 12), "quiet", _HAND)


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
                yield f'<path d="M{short(x)} {short(y)}h40" fill="none" {_HAND.stroke(mark)}/>'
                at = f'transform="translate({short(x + 46)} {short(y - 5)})" fill="none"'
                look = f'stroke="{LOOKS[mark].colour}" stroke-width="1.8" stroke-linecap="round"'
                yield f'<path d="{LOOKS[mark].glyph}" {at} {look}/>'
                yield lettering(Text(x + 62, y + 4, said, 12), "text", _HAND)
        y = top + 8 + len(self.rows) * 22
        for n, said in enumerate(self.shapes):
            yield lettering(Text(MARGIN, y + 4 + 16 * n, said, 12), "quiet", _HAND)

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
        yield lettering(Text(MARGIN, self.top - 8, "The flows", 15), "heading", _HAND)
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
                yield lettering(Text(x, y + 20, heading, 12), "heading", _HAND)
            y += _HEADING
        wide = chip_width(entry.chip)
        placed = Chip(Rect(x, y + 2, wide, CHIP_HEIGHT), entry.chip, entry.mark)
        texts = [
            Text(x + wide + 8, y + 14 + (LINE - 2) * n, line, 12) for n, line in enumerate(said)
        ]
        drawn = (*chip(placed, _HAND), *(lettering(text, "text", _HAND) for text in texts))
        yield from _HAND.named(f"{entry.chip}: {entry.words}", (entry.flow,), drawn)
