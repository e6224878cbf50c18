"""The sheets of a workbook of ours as rows, by the headings of their columns.

Rows and columns may stand in any order and have empty ones between them. What is none of ours is noted, and a
heading that stands twice is a fault at its cell.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ropa.errors import did_you_mean
from ropa.findings import Problem
from ropa.record import fields
from ropa.record.fields import Column
from ropa.record.tables import TAKEN_OVER
from ropa.record.workbook import spreadsheet
from ropa.record.workbook.carried import said
from ropa.record.workbook.cells import text_of
from ropa.record.workbook.spreadsheet import SheetPage, Spot, Value
from ropa.remembering import remembered
from ropa.visible import unspelt

_MARKED = (*fields.ACTIVITIES, fields.INTERNAL)
SHEETS: Mapping[str, tuple[Column, ...]] = {
    "Organisation": (*fields.ORGANISATION, fields.INTERNAL),
    "Controller": _MARKED,
    "Processor": _MARKED,
    "Controllers": fields.CONTROLLERS,
    "Sources": fields.SOURCES,
    "Recipients": (*fields.RECIPIENTS, fields.NUMBER),
    "Bases": (*fields.RESTS_ON, fields.NUMBER),
    "Retention": (*fields.RETENTION, fields.NUMBER),
    "Breaches": fields.BREACHES,
    "Parties": (*fields.PARTIES, fields.INTERNAL),
    "Systems": (*fields.SYSTEMS, fields.INTERNAL),
    "Notices": fields.NOTICES,
    "Words": fields.WORDS,
}
PROGRAMS = ("Lists", "Exported")
"""The sheets that nobody edits."""
NOT_COMPLETE = "Not complete"
_SAID_OF_IT = frozenset({"edition", TAKEN_OVER.casefold()})
"""What stands beside the organisation's own fields, and says something of the workbook."""
"""What stands before each document of the register that is not in the workbook."""
_HIGHEST_HEAD = 20


class WorkbookRow(Struct, frozen=True):
    """A row that is not empty: the cells of our columns that have something in them."""

    sheet: str
    number: int
    cells: Mapping[str, tuple[Spot, Value]]

    @property
    def at(self) -> Spot:
        """Where it begins."""
        return min(
            (spot for spot, _ in self.cells.values()), default=Spot(self.sheet, self.number, 0)
        )

    def text(self, key: str) -> str:
        """What stands in one of its cells."""
        return unspelt(text_of(self.cells[key][1])) if key in self.cells else ""


class WorkbookRows:
    """All rows of a workbook by their sheets, what is wrong with the sheets, and which columns they lack."""

    def __init__(self, pages: Mapping[str, SheetPage]) -> None:
        self.faults: list[Problem] = []
        self.notes: list[Problem] = []
        self.lacking: set[tuple[str, str]] = set()
        for name in pages.keys() - SHEETS.keys() - set(PROGRAMS):
            self._strange_sheet(pages[name])
        self.by_sheet = {name: self._rows(name, pages.get(name)) for name in SHEETS}

    @property
    def filled(self) -> Iterator[tuple[str, str]]:
        """The columns with something in them, by their sheets and headings."""
        headings = {(name, c.key): c.heading for name, columns in SHEETS.items() for c in columns}
        for name, rows in self.by_sheet.items():
            yield from ((name, headings[name, key]) for row in rows for key in row.cells)

    def _rows(self, name: str, page: SheetPage | None) -> list[WorkbookRow]:
        columns, headings = SHEETS[name], _by_heading(name)
        if page is None:
            self.lacking |= {(name, column.heading) for column in columns if column.at}
            return []
        if name == "Organisation":
            return self._organisation(page)
        head = max(range(min(len(page.rows), _HIGHEST_HEAD)), default=None,
                   key=lambda n: sum(_column(headings, cell) is not None for cell in page.rows[n]))  # fmt: skip
        if head is None:
            self.lacking |= {(name, column.heading) for column in columns if column.at}
            return []
        places: dict[int, Column] = {}
        for at, cell in enumerate(page.rows[head]):
            column = _column(headings, cell)
            if column is not None and column in places.values():
                hint = "delete one of the two columns, or give it another heading"
                self._fault(Spot(page.name, head, at), f"“{text_of(cell)}” stands twice", hint)
            elif column is not None:
                places[at] = column
        found = {column.key for column in places.values()}
        self.lacking |= {(name, c.heading) for c in columns if c.at and c.key not in found}
        self._strange_cells(page, head, places, columns)
        rows = [self._row(page, number, places) for number in range(head + 1, len(page.rows))]
        return [row for row in rows if row.cells]

    def _row(self, page: SheetPage, number: int, places: Mapping[int, Column]) -> WorkbookRow:
        cells = {}
        for at, column in places.items():
            cell = page.rows[number][at] if at < len(page.rows[number]) else ""
            spot = Spot(page.name, number, at)
            self._formula(page, spot, cell)
            if text_of(cell):
                cells[column.key] = spot, cell
        return WorkbookRow(sheet_of(page.name), number, cells)

    def _formula(self, page: SheetPage, spot: Spot, cell: Value) -> None:
        if page.formulas and f"{spreadsheet.letters(spot.column)}{spot.row + 1}" in page.formulas:
            came = f"“{text_of(cell)}”" if text_of(cell) else "nothing"
            self._note(spot, f"this is a formula; what it last came to was read: {came}", "")

    def _organisation(self, page: SheetPage) -> list[WorkbookRow]:
        """The one entry whose fields stand below each other."""
        cells, lines = {}, [row for row in page.rows if row]
        headings = _by_heading("Organisation")
        for number, row in enumerate(page.rows):
            column = _column(headings, row[0]) if row else None
            beside = next((at for at, cell in enumerate(row) if at and text_of(cell)), None)
            if column is not None and beside is not None:
                spot = Spot(page.name, number, beside)
                self._formula(page, spot, row[beside])
                cells[column.key] = spot, row[beside]
            elif beside is not None and text_of(row[0]) == NOT_COMPLETE:
                hint = "mend the register, and write the workbook anew"
                message = (
                    "this workbook does not hold all of the register, so it cannot be taken back"
                )
                self._fault(Spot(page.name, number, 0), message, hint)
            elif beside is not None and text_of(row[0]).casefold() not in _SAID_OF_IT:
                self._stray(Spot(page.name, number, beside), row[beside])
        keys = {c.key for c in (_column(headings, row[0]) for row in lines) if c}
        self.lacking |= {
            ("Organisation", c.heading) for c in SHEETS["Organisation"] if c.key not in keys
        }
        return [WorkbookRow("Organisation", 0, cells)] if cells else []

    def _strange_sheet(self, page: SheetPage) -> None:
        filled = sum(bool(text_of(cell)) for row in page.rows for cell in row)
        if filled:
            near = did_you_mean(page.name, SHEETS)
            message = f"the sheet “{page.name}” is none of ours{near}, so its {_cells(filled)} not carried over"
            self._note(Spot(page.name, 0, 0), message, "")

    def _strange_cells(
        self, page: SheetPage, head: int, places: Mapping[int, Column], columns: tuple[Column, ...]
    ) -> None:
        """What stands beside our columns, or above them."""
        strange: dict[int, int] = {}
        for row in page.rows[head + 1 :]:
            for at, cell in enumerate(row):
                if at not in places and text_of(cell):
                    strange[at] = strange.get(at, 0) + 1
        for at, filled in strange.items():
            heading = text_of(page.rows[head][at]) if at < len(page.rows[head]) else ""
            near = did_you_mean(heading, (c.heading for c in columns))
            named = (
                f"the column “{heading}” is none of ours{near}"
                if heading
                else "this column has no heading"
            )
            self._note(
                Spot(page.name, head, at), f"{named}, so its {_cells(filled)} not carried over", ""
            )
        for number, row in enumerate(page.rows[:head]):
            for at, cell in enumerate(row):
                if text_of(cell):
                    self._stray(Spot(page.name, number, at), cell)

    def _stray(self, spot: Spot, cell: Value) -> None:
        self._note(
            spot,
            f"“{text_of(cell)}” stands where nothing of ours does, and was not carried over",
            "",
        )

    def _fault(self, at: Spot, message: str, hint: str) -> None:
        self.faults.append(said(at, message, hint))

    def _note(self, at: Spot, message: str, hint: str) -> None:
        self.notes.append(said(at, message, hint))


def sheet_of(name: str) -> str:
    """Our name of a sheet, whatever its case."""
    known = {ours.casefold(): ours for ours in (*SHEETS, *PROGRAMS)}
    return known.get(name.strip().casefold(), name)


def _column(columns: Mapping[str, Column], cell: Value) -> Column | None:
    return columns.get(_heading(text_of(cell))) if cell != "" else None


def _by_heading(sheet: str) -> Mapping[str, Column]:
    return {_heading(column.heading): column for column in SHEETS[sheet]}


@remembered
def _heading(text: str) -> str:
    """A heading as it is compared, without the law that asks for its column."""
    return " ".join(re.sub(r"\(article 30\(.*\)$", "", text.casefold()).split())


def _cells(count: int) -> str:
    return "one cell was" if count == 1 else f"{count} cells were"
