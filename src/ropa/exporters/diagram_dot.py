"""The diagram for Graphviz: `ropa diagram --format dot | dot -Tpdf -o flows.pdf`."""

from collections.abc import Iterator, Sequence
from html import escape

from ropa.diagram.lettering import wrapped
from ropa.diagram.view import OURS, Arrow, Box, Diagram, Lane, Mark, Shape
from ropa.visible import inert

_LINES = {
    Mark.TOLD: 'color="#0072B2", fontcolor="#0072B2"',
    Mark.PARTLY: 'color="#8A5A00", fontcolor="#8A5A00", style=dashed',
    Mark.UNTOLD: 'color="#8B0000", fontcolor="#8B0000", penwidth=2.4',
    Mark.UNDECIDED: 'color="#6A1B9A", fontcolor="#6A1B9A", style="dashed,bold"',
    Mark.WAIVED: 'color="#5F6368", fontcolor="#5F6368", style=dotted',
    Mark.NOT_OURS: 'color="#5F6368", fontcolor="#5F6368"',
}
_WIDE, _SIZE, _LINES_AT_MOST = 210, 13, 6


def render(diagram: Diagram) -> str:
    """The whole diagram as text."""
    return inert("".join(f"{line}\n" for line in _lines(diagram)))


def _lines(diagram: Diagram) -> Iterator[str]:
    yield "digraph flows {"
    title = _quoted([diagram.title, diagram.summary])
    yield f"  graph [label={title}, labelloc=t, rankdir=LR, newrank=true, nodesep=0.25, ranksep=1.2];"
    yield '  graph [fontname="Arial"];'
    yield '  node [fontname="Arial", fontsize=12, shape=box];'
    yield '  edge [fontname="Arial", fontsize=10, arrowsize=0.8];'
    names = {box.id: f"n{number}" for number, box in enumerate(diagram.boxes, 1)}
    ours = [box for box in diagram.boxes if box.lane in OURS]
    frames = [(name, boxes) for (_, name), boxes in diagram.frames().items()]
    for number, (title, boxes) in enumerate([(diagram.ours, ours), *frames] if ours else frames, 1):
        yield f"  subgraph cluster_{number} {{"
        yield f'    graph [label={_quoted([title])}, style=dashed, color="#6B6F76", fontcolor="#55585E"];'
        for box in boxes:
            yield f"    {names[box.id]} [{_box(box)}];"
        yield "  }"
    for lane in Lane:
        standing = [names[box.id] for box in diagram.boxes if box.lane is lane]
        if standing:
            yield f"  {{ rank=same; {'; '.join(standing)} }}"
    for arrow in diagram.arrows:
        yield f"  {names[arrow.start]} -> {names[arrow.end]} [{_arrow(diagram, arrow)}];"
    yield "}"


def _box(box: Box) -> str:
    rows = [f"{row.mark.glyph} {row.chip} {row.text}" for row in box.rows]
    said = [line for text in (box.label, box.note, *rows) for line in _wrapped(text)]
    match box.shape:
        case Shape.STORE:
            lines = "<BR/>".join(map(escape, said))
            cell = f'<TD SIDES="LTB" BORDER="1" BGCOLOR="#F4F1E8" CELLPADDING="8">{lines}</TD>'
            return f'shape=plain, label=<<TABLE BORDER="0" CELLSPACING="0"><TR>{cell}</TR></TABLE>>'
        case Shape.PROCESS:
            return f'style="rounded,filled", fillcolor="#EAF2F8", label={_quoted(said)}'
        case Shape.ENTITY:
            return f"label={_quoted(said)}"


def _arrow(diagram: Diagram, arrow: Arrow) -> str:
    boxes = diagram.by_id
    back = ", constraint=false" if boxes[arrow.start].lane >= boxes[arrow.end].lane else ""
    chip = _quoted([f"{arrow.mark.glyph} {arrow.chip}"])
    return f"label={chip}, tooltip={_quoted([arrow.words])}, {_LINES[arrow.mark]}{back}"


def _wrapped(text: str) -> Sequence[str]:
    return wrapped(text, _SIZE, _WIDE, _LINES_AT_MOST)


def _quoted(lines: Sequence[str]) -> str:
    """Several lines as one string in which nothing means anything: neither escapes nor entities."""
    said = (line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    joined = "\\n".join(said)
    return f'"{joined}"'
