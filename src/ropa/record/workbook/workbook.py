"""Tables as an Excel workbook. The only module that knows XlsxWriter.

Text is always written as text: nothing in a cell is a formula, a number or a link because of what it looks like.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from msgspec import Struct

from ropa.errors import MissingExtra
from ropa.record.tables import Cell, lines
from ropa.visible import is_web_address, spelt, visible

MOST_CHARACTERS = 32_767
"""What Excel holds in a cell."""
_CUT = " … (cut: a cell holds no more)"
LONGEST_LINK = 2079
MOST_LINKS = 65_530
"""What Excel holds on a sheet; the rest is text."""
MORE_ROWS = 200
"""How many empty rows below the last one already have their lists to choose from."""
CREATED = datetime(2000, 1, 1)
"""The day every workbook says it was made, so that the same tables give the same bytes."""
_ONE_PAGE_WIDE = 12
_SCALE = 60
"""In which size a sheet of more columns is printed, in hundredths: some 6.5 points on A3, as small as one reads."""
WIDEST, MOST_LINES = 84, 8
"""How wide a column becomes at the most, and of how many lines a cell may be before its column becomes wider."""
LINE = 15
"""The height of a line in points. No row grows by itself in LibreOffice, where its file says nothing of it."""
TALLEST = 409
"""What Excel gives a row at the most, in points."""


class SheetPlace(Struct, frozen=True):
    """Text that leads to a row of a sheet of the same workbook; rows are counted from 0."""

    text: str
    sheet: str
    row: int


class ColumnHeading(Struct, frozen=True):
    """The head of a column; `required` is set off, `choices` are all that may stand below it.

    `drawn` names the sheet that what stands below it is drawn from.
    """

    text: str
    width: int = 24
    choices: tuple[str, ...] = ()
    required: bool = False
    drawn: str = ""


class Sheet(Struct, frozen=True):
    """One sheet: lines of a few cells above, then a head, then rows. `frozen` columns stay in sight.

    A `hidden` sheet is for programs alone.
    """

    name: str
    headings: tuple[ColumnHeading, ...]
    rows: Sequence[Sequence[Cell | SheetPlace]]
    above: Sequence[Sequence[str]] = ()
    frozen: int = 1
    hidden: bool = False


def write(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook, the same for the same tables."""
    try:
        import xlsxwriter
    except ModuleNotFoundError as error:
        raise MissingExtra("xlsx") from error
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": visible(title)[:250], "created": CREATED})
        _SheetWriter(book).write(sheets)
    return written.getvalue()


def read_back(sheet: Sheet) -> Iterator[Sequence[str | float | date]]:
    """The rows of a sheet as they will be read from its workbook; an empty cell is the empty text."""
    yield from ([visible(text) for text in texts] for texts in sheet.above)
    if sheet.hidden:
        yield from ([str(cell) for cell in cells] for cells in sheet.rows)
    else:
        yield [heading.text for heading in sheet.headings]
        yield from ([_value(cell) for cell in cells] for cells in sheet.rows)


def _value(cell: Cell | SheetPlace) -> str | float | date:
    """A cell as it is read back."""
    match cell:
        case SheetPlace():
            return _fitting(visible(cell.text))
        case date():
            return cell
        case int() if not isinstance(cell, bool):
            return float(cell)
        case str() if len(cell) <= LONGEST_LINK and is_web_address(cell):
            return _fitting(visible(cell))
        case str():
            return _fitting(spelt(cell, lines=True))
    return _fitting("\n".join(map(spelt, lines(cell))))


class _SheetWriter:
    def __init__(self, book: Any) -> None:
        self.book = book
        base = {"valign": "top", "text_wrap": True}
        head = {**base, "bold": True, "border": 1, "locked": True}
        self.text = book.add_format({**base, "num_format": "@"})
        self.number = book.add_format({**base, "num_format": "0"})
        self.day = book.add_format({**base, "num_format": "d mmmm yyyy", "align": "left"})
        self.link = book.add_format({**base, "font_color": "#0B5394", "underline": 1})
        self.required = book.add_format({**head, "bg_color": "#D9EAD3"})
        self.optional = book.add_format({**head, "bg_color": "#DCE6F1"})
        self.drawn = book.add_format({**head, "bg_color": "#EDEDED", "italic": True})
        self.above = book.add_format({"bold": True})
        self.lists: dict[tuple[str, ...], str] = {}
        self.links = 0

    def write(self, sheets: Sequence[Sheet]) -> None:
        shown = [sheet for sheet in sheets if not sheet.hidden]
        made = [(sheet, self.book.add_worksheet(sheet.name)) for sheet in shown]
        self._lists(sheets)
        for sheet, page in made:
            self._sheet(sheet, page)
        for sheet in (sheet for sheet in sheets if sheet.hidden):
            page = self.book.add_worksheet(sheet.name)
            page.hide()
            for row, cells in enumerate(sheet.rows):
                page.write_row(row, 0, map(str, cells), self.text)

    def _lists(self, sheets: Sequence[Sheet]) -> None:
        """The words of every closed set, on a sheet of their own: a list inside a cell is too short for them."""
        choices = dict.fromkeys(h.choices for sheet in sheets for h in sheet.headings if h.choices)
        if not choices:
            return
        page = self.book.add_worksheet("Lists")
        page.hide()
        for column, words in enumerate(choices):
            page.write_column(0, column, words, self.text)
            letter = _letters(column)
            self.lists[words] = f"=Lists!${letter}$1:${letter}${len(words)}"

    def _sheet(self, sheet: Sheet, page: Any) -> None:
        for row, texts in enumerate(sheet.above):
            page.set_row(row, _height(zip(texts, _widths(sheet), strict=False)))
            for column, text in enumerate(texts):
                page.write_string(
                    row, column, visible(text), self.text if column % 3 else self.above
                )
        self.links = 0
        top = len(sheet.above)
        last, right = top + len(sheet.rows), len(sheet.headings) - 1
        widths = _widths(sheet)
        for column, heading in enumerate(sheet.headings):
            page.set_column(column, column, widths[column], self.text)
            look = self.required if heading.required else self.optional
            page.write_string(top, column, heading.text, self.drawn if heading.drawn else look)
            if how := self._guided(heading):
                page.data_validation(top + 1, column, last + MORE_ROWS, column, how)
        page.set_row(
            top,
            _height(((h.text, w) for h, w in zip(sheet.headings, widths, strict=True)), bold=True),
        )
        for row, cells in enumerate(sheet.rows, top + 1):
            page.set_row(row, _height(zip(map(_said, cells), widths, strict=False)))
            for column, cell in enumerate(cells):
                self._cell(page, row, column, cell)
        page.freeze_panes(top + 1, sheet.frozen)
        page.autofilter(top, 0, max(last, top + 1), right)
        page.set_landscape()
        page.set_paper(8)  # A3
        page.repeat_rows(top)
        page.print_area(0, 0, last, right)
        page.hide_gridlines(0)  # hidden neither on the screen nor on paper
        if right < _ONE_PAGE_WIDE:
            page.fit_to_pages(1, 0)
        else:
            page.set_print_scale(_SCALE)
            page.print_across()  # the pages of the same rows follow each other
            if sheet.frozen:  # a page to the right says whose row it is, too
                page.repeat_columns(0, sheet.frozen - 1)
        page.set_footer("&L&A&RPage &P of &N")

    def _guided(self, heading: ColumnHeading) -> dict[str, str]:
        """What Excel offers, or says, in the cells of a column."""
        how = {"validate": "any"} if heading.drawn else {}
        if heading.choices:
            how = {
                "validate": "list",
                "source": self.lists[heading.choices],
                "error_type": "warning",
            }
        if heading.drawn:
            how["input_message"] = f"Drawn from {heading.drawn}: make changes there."
        return how

    def _cell(self, page: Any, row: int, column: int, cell: Cell | SheetPlace) -> None:
        match cell:
            case SheetPlace(text, sheet, at):
                self._link(page, row, column, f"internal:'{sheet}'!A{at + 1}", text)
            case date():
                page.write_datetime(
                    row, column, datetime(cell.year, cell.month, cell.day), self.day
                )
            case int() if not isinstance(cell, bool):
                page.write_number(row, column, cell, self.number)
            case str() if len(cell) <= LONGEST_LINK and is_web_address(cell):
                self._link(page, row, column, cell, cell)
            case str():
                self._text(page, row, column, spelt(cell, lines=True))
            case _:
                self._text(page, row, column, "\n".join(map(spelt, lines(cell))))

    def _link(self, page: Any, row: int, column: int, target: str, text: str) -> None:
        self.links += 1
        if self.links > MOST_LINKS:
            self._text(page, row, column, visible(text))
        else:
            page.write_url(row, column, target, self.link, _fitting(visible(text)))

    def _text(self, page: Any, row: int, column: int, text: str) -> None:
        if text:
            page.write_string(row, column, _fitting(text), self.text)


def _said(cell: Cell | SheetPlace) -> str:
    """The text of a cell as it is measured."""
    match cell:
        case SheetPlace():
            return cell.text
        case date() | int():
            return str(cell)
        case str():
            return cell
    return "\n".join(lines(cell))


def _widths(sheet: Sheet) -> list[int]:
    """How wide each column is: wider than its heading asks for where a cell would wrap into more than a few lines."""
    widths = [heading.width for heading in sheet.headings]
    for cells in sheet.rows:
        for column, cell in enumerate(cells):
            text = _said(cell)
            few = max(MOST_LINES, text.count("\n") + 1)
            while widths[column] < WIDEST and _lines(text, widths[column]) > few:
                widths[column] = min(WIDEST, widths[column] + 12)
    return widths


def _height(cells: Iterable[tuple[str, float]], *, bold: bool = False) -> int:
    """The height of a row in points: that of its cell with the most lines, each as wide as its column."""
    most = max((_lines(text, width * (0.85 if bold else 0.95)) for text, width in cells), default=1)
    return min(most * LINE, TALLEST)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes, where so many characters stand in one."""
    fits = max(1, int(width))
    return sum(
        1 if len(line) <= fits else len(wrap(line, fits, break_on_hyphens=False)) or 1
        for line in text.split("\n")
    )


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(_CUT)] + _CUT


def _letters(column: int) -> str:
    """The name of a column, counted from 0: A, Z, AA."""
    before, letter = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + letter)
