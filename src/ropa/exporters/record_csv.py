"""The record for a spreadsheet: an activity a row, several things in one cell a line each.

Below them stands a row for each party, system and notice, since some may be named by no activity.
"""

import csv
import io
from datetime import date

from ropa.record.fields import ACTIVITIES
from ropa.record.tables import Cell, Record, RecordTable, Row, lines
from ropa.visible import inert, visible

_SHELF = ("Party, system or notice", "About it")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(record: Record) -> str:
    """Both registers in one table, with a column that says which. The organisation stands in every row."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    whose = record.organisation.columns
    ours = record.organisation.rows[0] if record.organisation.rows else {}
    writer.writerow(
        [
            "Register",
            *(f"Organisation: {c.heading}" for c in whose),
            *(c.heading for c in ACTIVITIES),
            *_SHELF,
        ]
    )
    for register in (record.controller, record.processor):
        for row in register.rows:
            cells = (*(ours.get(c.key) for c in whose), *(row.get(c.key) for c in ACTIVITIES))
            writer.writerow([register.title, *map(_text, (*cells, None, None))])
    for shelf in record.shelves:
        for row in shelf.rows:
            nothing = (None,) * (len(whose) + len(ACTIVITIES))
            writer.writerow([shelf.title, *map(_text, (*nothing, row["name"], _about(shelf, row)))])
    before = [""] * (len(whose) + len(ACTIVITIES) + 1)
    writer.writerows(["Not complete", *before, _text(missing)] for missing in record.missing)
    return written.getvalue()


def _about(shelf: RecordTable, row: Row) -> tuple[str, ...]:
    """All that is on file of a party, a system or a notice, a line for each field."""
    said = ((c.heading, "; ".join(lines(row.get(c.key)))) for c in shelf.columns if c.key != "name")
    return tuple(f"{heading}: {words}" for heading, words in said if words)


def _text(cell: Cell) -> str:
    """A cell that no spreadsheet takes for a formula, and no log for a command; a day as spreadsheets read it."""
    said = (cell.isoformat(),) if isinstance(cell, date) else lines(cell)
    text = inert("\n".join(map(visible, said)))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
