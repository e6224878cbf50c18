"""For a spreadsheet: a register a row, the worst first."""

import csv
import io

from ropa.fleet.fleet import Fleet
from ropa.fleet.sheet import HEADINGS, cells
from ropa.visible import inert, visible

_FORMULA = ("=", "+", "-", "@")


def render(fleet: Fleet) -> str:
    """The table; no cell is a formula, and no line a command for a log."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_text(cell) for cell in cells(waiting)] for waiting in fleet.worst_first)
    return written.getvalue()


def _text(cell: str | int) -> str:
    """A cell that no spreadsheet takes for a formula, and no log for a command."""
    text = inert(visible(str(cell)))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
