"""OpenDocument spreadsheets as cells of text: what is repeated a million times is never spelt out.

The library that reads our workbooks spells it out, and knows neither merged cells nor hidden rows of this format.
"""

import io
import zipfile
from collections.abc import Mapping
from xml.parsers import expat

from msgspec import Struct

from ropa.errors import CannotRead
from ropa.record.workbook.spreadsheet import damaged

LARGEST = 64 * 1024 * 1024
"""How many bytes the sheets may come to once they are unpacked."""
MOST_REPEATS = 2_000
"""How often a row or cell with something in it may be repeated."""
MOST_ROWS = 2_000_000
MOST_COLUMNS = 20_000


class OpenSheet(Struct):
    """A sheet while it is read: its filled cells by row and column, its merged areas, and its hidden rows."""

    name: str
    cells: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int, int]]
    hidden: set[int]
    formulas: set[tuple[int, int]]


def read(content: bytes) -> list[OpenSheet]:
    """The sheets of an ods file. Raises `CannotRead`."""
    reader = _OpenReader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _no_doctype
    try:
        parser.Parse(_sheets(content), True)
    except expat.ExpatError as error:
        raise CannotRead(f"its sheets cannot be read ({error}); save it anew") from error
    return reader.sheets


def _sheets(content: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("content.xml")
            if part.file_size > LARGEST:
                raise CannotRead(
                    f"it would be larger than {LARGEST >> 20} MiB once unpacked; split it"
                )
            return archive.read(part)
    except damaged() as error:
        raise CannotRead(
            "it is no OpenDocument spreadsheet (.ods), or it is damaged or locked"
        ) from error


def _no_doctype(*_: object) -> None:
    raise CannotRead("it declares a document type, which no spreadsheet does; save it anew")


_CELLS = ("table:table-cell", "table:covered-table-cell")


class _OpenReader:
    """Knows, while a file is read, where it is."""

    def __init__(self) -> None:
        self.sheets: list[OpenSheet] = []
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._said: list[str] = []
        self._line: list[str] | None = None
        self._cell: Mapping[str, str] = {}
        self._filled: list[tuple[int, str]] = []
        self._aside = 0

    def start(self, name: str, said: Mapping[str, str]) -> None:
        if name == "table:table":
            self.sheets.append(OpenSheet(said.get("table:name", ""), {}, [], set(), set()))
            self._row = 0
        elif name == "table:table-row":
            self._column, self._rows, self._filled = (
                0,
                _count(said, "table:number-rows-repeated"),
                [],
            )
            if (
                said.get("table:visibility") in ("collapse", "filter")
                and self._rows <= MOST_REPEATS
            ):
                self.sheets[-1].hidden.update(range(self._row, self._row + self._rows))
        elif name in _CELLS:
            self._columns, self._said, self._cell = (
                _count(said, "table:number-columns-repeated"),
                [],
                said,
            )
        elif name == "office:annotation":
            self._aside += 1
        elif name == "text:p" and not self._aside:
            self._line = []
        elif name in ("text:line-break", "text:tab", "text:s") and self._line is not None:
            self._line.append("\n" if name == "text:line-break" else " ")

    def text(self, text: str) -> None:
        if self._line is not None and not self._aside:
            self._line.append(text)

    def end(self, name: str) -> None:
        if name == "text:p" and self._line is not None:
            self._said.append("".join(self._line))
            self._line = None
        elif name == "office:annotation":
            self._aside -= 1
        elif name in _CELLS:
            self._end_of_cell()
        elif name == "table:table-row":
            self._end_of_row()

    def _end_of_cell(self) -> None:
        text = "\n".join(self._said).strip() or self._cell.get("office:boolean-value", "")
        if self._cell.get("office:value-type") == "date":
            text = self._cell.get("office:date-value", text)[:10] or text
        if text and self.sheets:
            self._filled += [(self._column + n, text) for n in range(_few(self._columns))]
            self._note_cell()
        self._column += self._columns
        if self._column > MOST_COLUMNS and text:
            raise CannotRead("a sheet of it has too many columns; delete the empty ones")

    def _note_cell(self) -> None:
        down, right = (
            _count(self._cell, "table:number-rows-spanned"),
            _count(self._cell, "table:number-columns-spanned"),
        )
        here = self._row, self._column
        if down * right > 1:
            self.sheets[-1].merged.append(
                (here[0], here[0] + down - 1, here[1], here[1] + right - 1)
            )
        if "table:formula" in self._cell:
            self.sheets[-1].formulas.add(here)

    def _end_of_row(self) -> None:
        if self._filled:
            for n in range(_few(self._rows)):
                self.sheets[-1].cells.update(
                    {(self._row + n, column): text for column, text in self._filled}
                )
        self._row += self._rows
        if self._row > MOST_ROWS and self._filled:
            raise CannotRead("a sheet of it has too many rows; delete the empty ones")


def _count(said: Mapping[str, str], key: str) -> int:
    written = said.get(key, "1")
    return int(written) if written.isdecimal() and len(written) < 10 and written != "0" else 1  # noqa: PLR2004 - digits


def _few(repeats: int) -> int:
    if repeats > MOST_REPEATS:
        raise CannotRead(
            f"a cell with something in it is repeated {repeats:,} times; delete the copies"
        )
    return repeats
