"""The diagram for D2, by its own layout: `ropa diagram --format d2 | d2 - flows.svg`."""

from collections.abc import Iterator

from ropa.diagram.view import OURS, Arrow, Box, Diagram, Mark, Shape
from ropa.visible import inert

_SHAPES = {
    Shape.ENTITY: "shape: rectangle",
    Shape.PROCESS: "shape: rectangle; style.border-radius: 16; style.fill: '#EAF2F8'",
    Shape.STORE: "shape: stored_data; style.fill: '#F4F1E8'",
}
_LINES = {
    Mark.TOLD: ("#0072B2", "stroke-width: 2"),
    Mark.PARTLY: ("#8A5A00", "stroke-width: 2; style.stroke-dash: 5"),
    Mark.UNTOLD: ("#8B0000", "stroke-width: 4"),
    Mark.UNDECIDED: ("#6A1B9A", "stroke-width: 3; style.stroke-dash: 8"),
    Mark.WAIVED: ("#5F6368", "stroke-width: 2; style.stroke-dash: 2"),
    Mark.NOT_OURS: ("#5F6368", "stroke-width: 1"),
}


def render(diagram: Diagram) -> str:
    """The whole diagram as text."""
    return inert("".join(f"{line}\n" for line in _lines(diagram)))


def _lines(diagram: Diagram) -> Iterator[str]:
    yield "direction: right"
    title = f"{diagram.title}. {diagram.missing}" if diagram.missing else diagram.title
    yield f"title: {_quoted(title)} {{near: top-center; shape: text; style.font-size: 24}}"
    ours = [box for box in diagram.boxes if box.lane in OURS]
    frames = [(f"{lane.title}: {name}", boxes) for (lane, name), boxes in diagram.frames().items()]
    names: dict[str, str] = {}
    for number, (title, boxes) in enumerate([(diagram.ours, ours), *frames] if ours else frames, 1):
        yield f"b{number}: {_quoted(title)} {{"
        yield "  style.stroke-dash: 4"
        yield "  style.fill: transparent"
        for box in boxes:
            name = f"n{len(names) + 1}"
            names[box.id] = f"b{number}.{name}"
            yield f"  {name}: {_quoted(_said(box))} {{{_SHAPES[box.shape]}}}"
        yield "}"
    for arrow in diagram.arrows:
        yield f"{names[arrow.start]} -> {names[arrow.end]}: {_arrow(arrow)}"


def _said(box: Box) -> str:
    rows = [f"{row.mark.glyph} {row.chip} {row.text}" for row in box.rows]
    return "; ".join(filter(None, (box.label, box.note, *rows)))


def _arrow(arrow: Arrow) -> str:
    colour, line = _LINES[arrow.mark]
    style = f"style.stroke: '{colour}'; style.font-color: '{colour}'; style.{line}"
    return f"{_quoted(f'{arrow.mark.glyph} {arrow.chip}')} {{{style}}}"


def _quoted(text: str) -> str:
    """In single quotes D2 takes everything as it is, but for the quote itself, which is doubled."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
