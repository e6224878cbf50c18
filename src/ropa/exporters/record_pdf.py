"""The record as PDF, to print and to hand on: laid out as the page is, with bookmarks and page numbers."""

from collections.abc import Iterable, Iterator

from ropa.paper.manuscript import (
    Block,
    Entries,
    Line,
    Link,
    Manuscript,
    PaperColumn,
    PaperEntry,
    PaperHeading,
    PaperTable,
    Wide,
    paragraph,
)
from ropa.paper.typesetter import typeset
from ropa.record.fields import Column
from ropa.record.tables import Cell, Record, RecordTable, Row, lines
from ropa.visible import is_web_address


def render(record: Record) -> bytes:
    return typeset(manuscript(record))


def manuscript(record: Record) -> Manuscript:
    """The record as what stands on its pages."""
    shelves = tuple(block for shelf in record.shelves for block in _shelf(shelf))
    blocks = (
        *_edition(record),
        *_organisation(record.organisation),
        *(block for register in record.registers for block in _register(register)),
        *((Wide(shelves),) if shelves else ()),
    )
    return Manuscript(record.title, blocks)


def _edition(record: Record) -> Iterator[Block]:
    yield from map(paragraph, record.remarks)


def _organisation(table: RecordTable) -> Iterator[Block]:
    yield PaperHeading(2, (table.title,))
    for row in table.rows:
        yield _entries(table.columns, row)
    if not table.rows:
        yield paragraph("Nobody has written down whose record this is.")


def _register(register: RecordTable) -> Iterator[Block]:
    yield PaperHeading(2, (register.title,))
    columns = [column for column in register.columns if column.key != "name"]
    for number, row in enumerate(register.rows, 1):
        yield PaperHeading(3, (f"{number}. {' '.join(lines(row['name']))}",))
        yield _entries(columns, row)
    if not register.rows:
        yield paragraph("The register has no activity.")


def _entries(columns: Iterable[Column], row: Row) -> Entries:
    said = ((column, _cell(row.get(column.key))) for column in columns)
    return Entries(
        tuple(
            PaperEntry(column.heading, f"Article {column.law}" if column.law else "", cell)
            for column, cell in said
            if cell
        ),
    )


def _shelf(shelf: RecordTable) -> Iterator[Block]:
    """The columns that have something in them."""
    shown = [c for c in shelf.columns if any(lines(row.get(c.key)) for row in shelf.rows)]
    if shown:
        yield PaperHeading(2, (shelf.title,))
        rows = tuple(tuple(_cell(row.get(c.key)) for c in shown) for row in shelf.rows)
        yield PaperTable(tuple(PaperColumn(c.heading) for c in shown), rows)


def _cell(cell: Cell) -> tuple[Line, ...]:
    return tuple((Link(line) if is_web_address(line) else line,) for line in lines(cell))
