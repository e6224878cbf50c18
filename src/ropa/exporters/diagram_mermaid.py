"""The diagram for Mermaid, which GitHub, GitLab and many wikis draw by themselves.

Mermaid knows no store that is open on one side, so a store is a cylinder.
"""

from collections.abc import Iterable, Iterator

from ropa.diagram.view import OURS, Arrow, Box, Diagram, LaneRow, Mark, Shape
from ropa.visible import inert

_BRACKETS = {
    Shape.ENTITY: ('["', '"]'),
    Shape.PROCESS: ('("', '")'),
    Shape.STORE: ('[("', '")]'),
}
_LINES = {
    Mark.TOLD: ("-->", "stroke:#0072B2,color:#0072B2"),
    Mark.PARTLY: ("-.->", "stroke:#8A5A00,color:#8A5A00"),
    Mark.UNTOLD: ("==>", "stroke:#8B0000,color:#8B0000"),
    Mark.UNDECIDED: ("-.->", "stroke:#6A1B9A,color:#6A1B9A"),
    Mark.WAIVED: ("-.->", "stroke:#5F6368,color:#5F6368"),
    Mark.NOT_OURS: ("-->", "stroke:#5F6368,color:#5F6368"),
}
_PLAIN = frozenset(" ,")


def render(diagram: Diagram) -> str:
    """The whole diagram as text."""
    return inert("".join(f"{line}\n" for line in _lines(diagram)))


def _lines(diagram: Diagram) -> Iterator[str]:
    yield "flowchart LR"
    yield f"  accTitle: {_escaped(diagram.title)}"
    yield f"  accDescr: {_escaped(diagram.summary)}"
    if diagram.missing:
        yield f'  missing["{_escaped(diagram.missing)}"]'
    names = {box.id: f"n{number}" for number, box in enumerate(diagram.boxes, 1)}
    ours = [box for box in diagram.boxes if box.lane in OURS]
    frames = [(f"{lane.title}: {name}", boxes) for (lane, name), boxes in diagram.frames().items()]
    for number, (title, boxes) in enumerate([(diagram.ours, ours), *frames] if ours else frames, 1):
        yield f'  subgraph b{number}["{_escaped(title)}"]'
        for box in boxes:
            yield f"    {names[box.id]}{_box(box)}"
        yield "  end"
        yield f"  style b{number} fill:none,stroke:#6B6F76,stroke-dasharray:6 4"
    for arrow in diagram.arrows:
        yield f"  {names[arrow.start]} {_arrow(arrow)} {names[arrow.end]}"
    yield from _styles(diagram.arrows)


def _box(box: Box) -> str:
    opening, closing = _BRACKETS[box.shape]
    said = [box.label, *([box.note] if box.note else []), *map(_row, box.rows)]
    return f"{opening}{'<br/>'.join(map(_escaped, said))}{closing}"


def _row(row: LaneRow) -> str:
    return f"{row.mark.glyph} {row.chip} {row.text}"


def _arrow(arrow: Arrow) -> str:
    line, _ = _LINES[arrow.mark]
    return f'{line}|"{_escaped(f"{arrow.mark.glyph} {arrow.chip}")}"|'


def _styles(arrows: Iterable[Arrow]) -> Iterator[str]:
    by_mark: dict[Mark, list[str]] = {}
    for number, arrow in enumerate(arrows):
        by_mark.setdefault(arrow.mark, []).append(str(number))
    for mark, numbers in by_mark.items():
        yield f"  linkStyle {','.join(numbers)} {_LINES[mark][1]}"


def _escaped(text: str) -> str:
    """Letters and figures as they are, and every ASCII sign as its number: none of them then means anything."""
    return "".join(
        c if c.isalnum() or c in _PLAIN or not c.isascii() else f"#{ord(c)};" for c in text
    )
