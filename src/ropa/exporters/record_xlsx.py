"""The record as a workbook: a sheet for each register, for their details, and for what they refer to.

The full edition is made to be edited and read back (`ropa import`): its cells hold what the register writes, and
a hidden sheet says what was written, so that later changes on both sides are not mistaken for each other.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from ropa.record.fields import ACTIVITY, ALL, Column
from ropa.record.tables import Cell, CodedWord, Record, RecordTable, lines
from ropa.record.workbook import workbook
from ropa.record.workbook.carried import Cells, prints
from ropa.record.workbook.rows import NOT_COMPLETE
from ropa.record.workbook.spreadsheet import SheetPage
from ropa.record.workbook.workbook import ColumnHeading, Sheet, SheetPlace
from ropa.visible import spelt

EXPORTED = "Exported"
FOR_PUBLICATION = "for publication, without what is for internal use"
_NAMES = {
    "controller": "Controller",
    "processor": "Processor",
    "controllers": "Controllers",
    "sources": "Sources",
    "recipients": "Recipients",
    "bases": "Bases",
    "retention": "Retention",
    "breaches": "Breaches",
    "parties": "Parties",
    "systems": "Systems",
    "notices": "Notices",
    "words": "Words",
}
_KINDS = {
    "organisation": "organisation",
    "parties": "party",
    "systems": "system",
    "notices": "notice",
    "words": "term",
}
_WIDTHS = {
    "number": 6,
    "disclosures": 60,
    "recipients": 40,
    "data": 36,
    "retention": 44,
    "security": 40,
    "url": 48,
}


def render(record: Record) -> bytes:
    return workbook.write(record.title, _sheets(record))


def pages(record: Record) -> dict[str, SheetPage]:
    """The sheets of the workbook by their names, as they would be read from it: to write and read it takes long."""
    return {s.name: SheetPage(s.name, list(workbook.read_back(s))) for s in _sheets(record)}


def _sheets(record: Record) -> list[Sheet]:
    registers = (record.controller, record.processor)
    places = {
        row["id"]: SheetPlace(str(row["id"]), _NAMES[register.key], number)
        for register in registers
        for number, row in enumerate(register.rows, 1)
    }
    shelves = record.shelves if record.publication else (*record.shelves, record.words)
    rows_of = {t.key: _rows(record, t) for t in (*registers, *record.details, *shelves)}
    tables = [(t, _columns(record, t), rows_of[t.key]) for t in (*record.details, *shelves)]
    sheets = [
        _organisation(record),
        *(
            _sheet(t, _columns(record, t), [list(r.values()) for r in rows_of[t.key]], frozen=2)
            for t in registers
        ),
        *(
            _sheet(t, columns, [_linked(row, places) for row in rows])
            for t, columns, rows in tables
        ),
    ]
    if not record.publication:
        sheets.append(Sheet(EXPORTED, (), list(_exported(record, rows_of)), hidden=True))
    return sheets


def _columns(record: Record, table: RecordTable) -> tuple[Column, ...]:
    return table.columns if record.publication else table.sheet


def _rows(record: Record, table: RecordTable) -> list[dict[str, Cell]]:
    """The cells of each row, by their columns."""
    if record.publication:
        return [{c.key: row.get(c.key) for c in table.columns} for row in table.rows]
    return [
        {c.key: _exact(c, {**row, **written}.get(c.key)) for c in table.sheet}
        for row, written in zip(table.rows, table.written, strict=True)
    ]


def _exact(column: Column, cell: Cell) -> Cell:
    """A cell without the labels that mean something else to the register."""
    match cell:
        case CodedWord():
            return cell.exact or cell.label
        case (CodedWord(), *_) | (str(), *_) if isinstance(cell, tuple):
            named = tuple(w.exact or w.label if isinstance(w, CodedWord) else w for w in cell)
            is_all = column.unsaid == ALL and len(named) == 1 and named[0].casefold() == ALL
            return named * 2 if is_all else named  # a word that is called “all”
    return cell


def _organisation(record: Record) -> Sheet:
    """One thing a row, since there is only one organisation."""
    edition = FOR_PUBLICATION if record.publication else "full"
    ours = next(iter(_rows(record, record.organisation)), {})
    columns = _columns(record, record.organisation)
    rows = [(_headed(column), ours.get(column.key)) for column in columns]
    headings = (
        ColumnHeading(record.organisation.title, 44, required=True),
        ColumnHeading("", 72, required=True),
    )
    missing = [(NOT_COMPLETE, reason) for reason in record.missing]
    origins = [(heading.rstrip(":"), said) for heading, said in record.origins]
    return Sheet("Organisation", headings, [*rows, ("Edition", edition), *missing, *origins])


def _sheet(
    table: RecordTable,
    columns: tuple[Column, ...],
    rows: list[list[Cell | SheetPlace]],
    frozen: int = 1,
) -> Sheet:
    headings = tuple(
        ColumnHeading(_headed(c), _WIDTHS.get(c.key, 24), c.choices, bool(c.law), c.drawn)
        for c in columns
    )
    return Sheet(_NAMES[table.key], headings, rows, frozen=frozen)


def _linked(row: Mapping[str, Cell], places: Mapping[Cell, SheetPlace]) -> list[Cell | SheetPlace]:
    return [places[cell] if key == "activity" else cell for key, cell in row.items()]


def _headed(column: Column) -> str:
    return f"{column.heading} (Article {column.law})" if column.law else column.heading


def _exported(
    record: Record, rows_of: Mapping[str, list[dict[str, Cell]]]
) -> Iterator[tuple[str, str, str, str]]:
    """What the workbook was written from: each entry with the fingerprints of its cells."""
    yield "workbook", "1", record.day.isoformat(), ""
    tables = (
        record.organisation,
        record.controller,
        record.processor,
        *record.shelves,
        record.words,
    )
    found: dict[tuple[str, str], list[Cells]] = {}
    for table in (*tables, *record.details):
        kind = _KINDS.get(table.key, "activity")
        rows = rows_of.get(table.key) or _rows(record, table)
        for row, cells in zip(table.rows, rows, strict=True):
            facet, id_ = row.get("facet"), row.get("activity") or row["id"]
            name = f"{facet.id}/{id_}" if isinstance(facet, CodedWord) else str(id_)
            found.setdefault((kind, name), []).append(_cells(table, cells))
    for (kind, name), said in found.items():
        yield kind, name, *prints(said)


def _cells(table: RecordTable, cells: Mapping[str, Cell]) -> Cells:
    """A row as it is compared; that of whoever runs a system is drawn as a whole."""
    drawn = table.key == "recipients" and not cells["number"]
    texts = [(c, _text(cells[c.key])) for c in table.sheet if c != ACTIVITY]
    own = {c.key: text for c, text in texts if not (drawn or c.drawn)}
    rest = {c.key: text for c, text in texts if drawn or c.drawn}
    return Cells("activity" if table.key in ("controller", "processor") else table.key, own, rest)


def _text(cell: Cell) -> str:
    """A cell as it is read back, to be compared."""
    match cell:
        case date():
            return cell.isoformat()
        case str():
            return spelt(cell, lines=True)
    return "\n".join(map(spelt, lines(cell)))
