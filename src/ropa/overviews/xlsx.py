"""The overview as a workbook: a sheet of registers, of rules, of missing sentences, and of who has to mend what."""

from collections.abc import Iterable

from ropa.fleet.fleet import Fleet, InCommon
from ropa.fleet.sheet import HEADINGS, cells
from ropa.record.workbook.workbook import ColumnHeading, Sheet, write
from ropa.saying import phrases

_WIDTHS = {"Register": 40, "Organisation": 36, "Why not checked": 50, "Standing": 14}
_NUMBER = 10
MOST_NAMED = 200
"""How many registers are named in one cell."""


def render(fleet: Fleet) -> bytes:
    """The bytes of the workbook, the same for the same rows."""
    heads = tuple(ColumnHeading(text, _WIDTHS.get(text, _NUMBER)) for text in HEADINGS)
    sheets = (
        Sheet("Registers", heads, [cells(waiting) for waiting in fleet.worst_first]),
        _sheet("Causes", "Cause", fleet.by_cause),
        _sheet("Rules", "Rule", fleet.by_rule),
        _sheet("Missing sentences", "Sentence", fleet.missing),
        _sheet("Who mends it", "Who answers for it", fleet.by_owner),
        *((_between(fleet),) if fleet.differences else ()),
    )
    return write(f"Registers on {phrases.day(fleet.day)}", sheets)


def _sheet(name: str, what: str, shared: Iterable[InCommon]) -> Sheet:
    headings = (
        ColumnHeading(what, 60),
        ColumnHeading("Registers", _NUMBER),
        ColumnHeading("In all", _NUMBER),
        ColumnHeading("Which", 60),
    )
    rows = [(one.what, len(one.registers), one.times, _named(one.registers)) for one in shared]
    return Sheet(name, headings, rows)


def _between(fleet: Fleet) -> Sheet:
    headings = (
        ColumnHeading("In what", _NUMBER),
        ColumnHeading("Severity", _NUMBER),
        ColumnHeading("What is otherwise", 90),
        ColumnHeading("At one end", 50),
        ColumnHeading("At the other end", 50),
    )
    rows = [
        (d.facet, str(d.severity), d.message, *(f"{at.path}:{at.line}" for _, at in d.sides))
        for d in fleet.differences
    ]
    return Sheet("Between registers", headings, rows)


def _named(registers: tuple[str, ...]) -> tuple[str, ...]:
    more = len(registers) - MOST_NAMED
    return (*registers[:MOST_NAMED], *((f"and {more} more",) if more > 0 else ()))
