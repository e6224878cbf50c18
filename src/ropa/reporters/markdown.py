"""For a meeting, a pull request or the page of a run: the gap report in Markdown."""

from collections.abc import Iterable, Iterator

from ropa.paper.gap_report import gap_report
from ropa.paper.manuscript import (
    Block,
    Bullets,
    Code,
    DraftWording,
    Line,
    Link,
    PaperHeading,
    PaperItem,
    PaperTable,
    Paragraph,
    Strong,
)
from ropa.report import Report
from ropa.visible import BRACKET, in_markdown


def render(report: Report) -> str:
    manuscript = gap_report(report)
    blocks = [f"# {_line((manuscript.title,))}", *map(_block, manuscript.blocks)]
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case PaperHeading():
            return f"{'#' * block.level} {_line(block.line)}"
        case Paragraph():
            return "\n".join(map(_first, block.lines))
        case Bullets():
            return "\n".join(_items(block.items, ""))
        case DraftWording():
            return "\n".join(_draft(block))
        case PaperTable():
            return "\n".join(_table(block))
    raise ValueError(f"no {type(block).__name__} stands in a gap report")


def _items(items: Iterable[PaperItem], margin: str) -> Iterator[str]:
    for item in items:
        first, *others = map(_first, item.lines)
        yield f"{margin}- {first}"
        yield from (f"{margin}  {line}" for line in others)
        yield from _items(item.below, f"{margin}  ")


def _draft(draft: DraftWording) -> Iterator[str]:
    within = " " * len(f"{draft.number}. ")
    yield f"{draft.number}. {_first(draft.lead)}"
    yield ""
    yield f"{within}> {_first((draft.wording,))}"
    yield ""
    yield f"{within}```yaml"
    yield from (f"{within}{_yaml(line)}" for line in draft.statement.split("\n"))
    yield f"{within}```"


def _table(table: PaperTable) -> Iterator[str]:
    yield f"|{'|'.join(f' {c.heading} ' if c.heading else ' ' for c in table.columns)}|"
    yield f"|{'|'.join('---:' if column.numbers else '---' for column in table.columns)}|"
    for row in table.rows:
        yield f"| {' | '.join('<br>'.join(map(_line, cell)) for cell in row)} |"


def _first(line: Line) -> str:
    """A line that begins something, so that it must not begin a list as well."""
    start, *others = line
    return f"{_piece(start, begins=True)}{_line(tuple(others))}"


def _line(line: Line) -> str:
    return "".join(_piece(piece, begins=False) for piece in line)


def _piece(piece: str | Strong | Code | Link, *, begins: bool) -> str:
    match piece:
        case Strong():
            return f"**{in_markdown(piece.text)}**"
        case Code():
            return f"`{piece.text}`"
        case Link():
            return in_markdown(piece.address, begins=begins)
    return in_markdown(piece, begins=begins)


def _yaml(line: str) -> str:
    """A line of YAML as it is; what cannot be seen, or may be a command, is written as YAML does inside quotes."""
    line = BRACKET.sub(r"#\\x23", line)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in line)
