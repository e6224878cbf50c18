"""Workbooks in, plain cells out, with the place of each. The only module that knows python-calamine.

A workbook is untrusted: what it may ask for is bounded before it is opened, and nothing in it is ever run. A
formula counts for the value that was last worked out for it, and its place is noted.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from msgspec import Struct

from ropa.errors import CannotRead, MissingExtra

Value = str | float | bool | date | datetime | time | timedelta
"""What calamine gives for a cell; an empty one is the empty text."""

LARGEST = 256 * 1024 * 1024
"""How many bytes all the parts of a workbook may come to once they are unpacked."""
MOST_PARTS = 2_000
MOST_CELLS = 8_000_000
"""How many cells a sheet may span: an area is held as a whole, however little of it is filled."""
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r=["\']([A-Za-z]*)(\d+)["\']')
_MOST_LETTERS, _MOST_DIGITS = 3, 7
"""How long the name of a column and the number of a row may be: XFD1048576 is the last cell of a sheet."""
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3}\d{1,7})"[^>]*(?<!/)>\s*<(?:\w+:)?f[\s/>]'
)


class Spot(Struct, frozen=True, order=True):
    """A cell, counted from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{letters(self.column)}{self.row + 1}"


class SheetPage(Struct, frozen=True):
    """A sheet: its rows of cells, and the cells that hold a formula, as in `B7`.

    `merged` are the areas that are one cell, each as its first and last row and column, counted from 0; `hidden` are
    the rows that nobody sees; `linked` says whether the workbook refers to other files.
    """

    name: str
    rows: Sequence[Sequence[Value]]
    formulas: frozenset[str] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    linked: bool = False


def letters(column: int) -> str:
    """The name of a column, counted from 0: A, Z, AA."""
    before, letter = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + letter)


def read(content: bytes) -> tuple[SheetPage, ...]:
    """The sheets of a workbook, xlsx or ods. Raises `CannotRead`, which says what is wrong with it."""
    try:
        import python_calamine as calamine
    except ModuleNotFoundError as error:
        raise MissingExtra("xlsx") from error
    parts = _unpacked(content)
    _within_bounds(parts)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        files = _files(parts, book.sheet_names)
        linked = any(name.startswith("xl/externalLinks/") for name in parts)
        return tuple(
            _page(book.get_sheet_by_name(name), parts.get(files.get(name, ""), b""), linked=linked)
            for name in book.sheet_names
        )
    except (calamine.CalamineError, ValueError, OverflowError) as error:
        raise _unreadable(error) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise _unreadable(error) from error  # calamine gave up: its panic is no Exception


def _unreadable(error: BaseException) -> CannotRead:
    reason = " ".join(str(error).split())
    return CannotRead(f"its sheets cannot be read ({reason}); save it anew in Excel")


def names(content: bytes) -> frozenset[str]:
    """The names of the sheets of an xlsx workbook; none where it is no workbook that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("xl/workbook.xml")
            written = archive.read(part) if part.file_size < LARGEST else b""
    except damaged():
        return frozenset()
    return frozenset(found.decode("utf-8", "replace") for found in _NAMED.findall(written))


_NAMED = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"')


def _page(sheet: Any, written: bytes, *, linked: bool) -> SheetPage:
    areas = ((a[0], b[0], a[1], b[1]) for a, b in sheet.merged_cell_ranges or ())
    return SheetPage(
        sheet.name,
        sheet.to_python(skip_empty_area=False),
        frozenset(formula.decode() for formula in _FORMULA.findall(written)),
        tuple(areas),
        frozenset(int(number) - 1 for number in _HIDDEN.findall(written)),
        linked,
    )


_HIDDEN = re.compile(
    rb'<(?:\w+:)?row\s(?=[^>]*?\bhidden="(?:1|true)")(?:[^>]*?\s)?r="(\d{1,7})"[^>]*>'
)


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook by their names, read no further than they are said to be long."""
    if content.startswith(_OLD_OR_LOCKED):
        message = "it is an old Excel file (.xls), or it is locked with a password"
        raise CannotRead(f"{message}; save it as .xlsx, without one")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST:
                raise CannotRead(
                    f"it would be larger than {LARGEST >> 20} MiB once unpacked; split it"
                )
            return {part.filename: archive.read(part) for part in listed}
    except _zlib_error() as error:
        raise CannotRead("it is damaged; save it anew in Excel") from error
    except damaged() as error:
        raise CannotRead("it is no Excel workbook (.xlsx), or it is damaged") from error


def damaged() -> tuple[type[Exception], ...]:
    """What opening or reading a part of a zip file raises that is none, is cut off, locked, or lacks the part."""
    return (
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        _zlib_error(),
    )


def _zlib_error() -> type[Exception]:
    import zlib

    return zlib.error


def _within_bounds(parts: Mapping[str, bytes]) -> None:
    for name, part in parts.items():
        if name.lower().startswith("xl/") and name.lower().endswith(
            ".xml"
        ):  # a sheet may lie anywhere
            bottom = right = 0
            for found in _CELL.finditer(part):
                if len(found[1]) > _MOST_LETTERS or len(found[2]) > _MOST_DIGITS:
                    cell = found[0].decode("ascii", "replace")[-40:]
                    raise CannotRead(
                        f"it names a cell that no sheet has ({cell}); save it anew in Excel"
                    )
                bottom = max(bottom, int(found[2]))
                right = max(right, _number(found[1].upper()))
            if bottom * max(right, 1) > MOST_CELLS:
                raise CannotRead(
                    "a sheet of it spans too many cells; delete the empty rows below the last one"
                )


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - ord("A") + 1
    return number


_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?\br?:?id="([^"]+)"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")


def _files(parts: Mapping[str, bytes], names: Sequence[str]) -> Mapping[str, str]:
    """Which part of the workbook each sheet is; empty where that cannot be told."""
    related = dict(_targets(parts.get("xl/_rels/workbook.xml.rels", b"")))
    ids = [
        found.decode("utf-8", "replace")
        for found in _SHEET.findall(parts.get("xl/workbook.xml", b""))
    ]
    if len(ids) != len(names):
        return {}
    return {name: related.get(id_, "") for name, id_ in zip(names, ids, strict=True)}


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    for found in _RELATION.findall(relations):
        said: dict[str, Any] = dict(
            re.findall(r'(\w+)="([^"]*)"', found.decode("utf-8", "replace"))
        )
        target = str(said.get("Target", ""))
        yield (
            said.get("Id", ""),
            target.removeprefix("/") if target.startswith("/") else f"xl/{target}",
        )
