"""The record to read and to print: an activity a section, then the parties, systems and notices in tables."""

from collections.abc import Iterator

from ropa.record.fields import Column
from ropa.record.tables import Cell, Record, RecordTable, Row, lines
from ropa.visible import in_markdown


def render(record: Record) -> str:
    written = [
        f"# {_said(record.title)}",
        "",
        *_edition(record),
        *_organisation(record.organisation),
        *(line for register in record.registers for line in _register(register)),
        *(line for shelf in record.shelves for line in _table(shelf)),
    ]
    return "\n".join(written).rstrip("\n") + "\n"


def _edition(record: Record) -> Iterator[str]:
    for remark in record.remarks:
        yield _said(remark)
        yield ""


def _organisation(table: RecordTable) -> Iterator[str]:
    yield f"## {table.title}"
    yield ""
    for row in table.rows:
        yield from _entries(table.columns, row)
    yield from () if table.rows else ("Nobody has written down whose record this is.",)
    yield ""


def _register(register: RecordTable) -> Iterator[str]:
    yield f"## {register.title}"
    yield ""
    for number, row in enumerate(register.rows, 1):
        yield f"### {number}. {_inline(row['name'])}"
        yield ""
        yield from _entries([c for c in register.columns if c.key != "name"], row)
        yield ""
    yield from () if register.rows else ("The register has no activity.", "")


def _entries(columns: tuple[Column, ...] | list[Column], row: Row) -> Iterator[str]:
    for column in columns:
        said = lines(row.get(column.key))
        law = f" (Article {column.law})" if column.law else ""
        if len(said) == 1:
            yield f"- **{column.heading}**{law}: {_said(said[0])}"
        elif said:
            yield f"- **{column.heading}**{law}:"
            yield from (f"  - {_said(line)}" for line in said)


def _table(table: RecordTable) -> Iterator[str]:
    """The columns that have something in them."""
    shown = [c for c in table.columns if any(lines(row.get(c.key)) for row in table.rows)]
    if not shown:
        return
    yield f"## {table.title}"
    yield ""
    yield f"| {' | '.join(column.heading for column in shown)} |"
    yield f"|{'---|' * len(shown)}"
    for row in table.rows:
        yield f"| {' | '.join(_inline(row.get(column.key)) for column in shown)} |"
    yield ""


def _inline(cell: Cell) -> str:
    return "; ".join(map(_said, lines(cell)))


def _said(text: str) -> str:
    """What others wrote; none of it is code."""
    return in_markdown(text, code=False)
