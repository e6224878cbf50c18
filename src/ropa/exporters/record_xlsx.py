"""The record as a workbook: a sheet for each register, for their details, and for what they refer to."""

from ropa import workbook
from ropa.record import Cell, Column, Record, Table
from ropa.workbook import Heading, Place, Sheet

_NAMES = {
    "controller": "Controller",
    "processor": "Processor",
    "controllers": "Controllers",
    "sources": "Sources",
    "recipients": "Recipients",
    "retention": "Retention",
    "breaches": "Breaches",
    "parties": "Parties",
    "systems": "Systems",
    "notices": "Notices",
}
_WIDTHS = {
    "disclosures": 60,
    "recipients": 40,
    "data": 36,
    "retention": 44,
    "security": 40,
    "url": 48,
}


def render(record: Record) -> bytes:
    registers = (record.controller, record.processor)
    places = {
        row["id"]: Place(str(row["id"]), _NAMES[register.key], number)
        for register in registers
        for number, row in enumerate(register.rows, 1)
    }
    sheets = [
        _organisation(record),
        *(_sheet(register, frozen=2) for register in registers),
        *(_sheet(table, places) for table in record.details),
        *(_sheet(table) for table in record.shelves),
    ]
    return workbook.write(record.title, sheets)


def _organisation(record: Record) -> Sheet:
    """One thing a row, since there is only one organisation."""
    edition = "for publication, without what is for internal use" if record.publication else "full"
    ours = record.organisation.rows[0] if record.organisation.rows else {}
    rows = [(_headed(column), ours.get(column.key)) for column in record.organisation.columns]
    headings = (
        Heading(record.organisation.title, 44, required=True),
        Heading("", 72, required=True),
    )
    return Sheet("Organisation", headings, [*rows, ("Edition", edition)])


def _sheet(table: Table, places: dict[Cell, Place] | None = None, frozen: int = 1) -> Sheet:
    def cells(row: dict[str, Cell]) -> list[Cell | Place]:
        found: list[Cell | Place] = [row.get(column.key) for column in table.columns]
        if places is not None:
            found[0] = places[row["activity"]]
        return found

    headings = tuple(
        Heading(_headed(c), _WIDTHS.get(c.key, 24), c.choices, bool(c.law)) for c in table.columns
    )
    return Sheet(
        _NAMES[table.key], headings, [cells(dict(row)) for row in table.rows], frozen=frozen
    )


def _headed(column: Column) -> str:
    return f"{column.heading} (Article {column.law})" if column.law else column.heading
