"""Tables of any file as cells of text, with the place of each: csv, xlsx, ods, Word and Markdown.

A file is untrusted: what it may ask for is bounded before it is opened, and nothing in it is ever run or fetched.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from ropa.errors import CannotRead
from ropa.foreign import opendocument, worddocument
from ropa.foreign.prose import ProseLine, blocks
from ropa.record.workbook import spreadsheet
from ropa.record.workbook.cells import text_of
from ropa.record.workbook.spreadsheet import Spot

MOST_FILLED = 200_000
"""How many cells of a file may hold something."""
LONGEST_CELL = 30_000
"""How many letters of a cell are read."""


Place = tuple[int, int]
"""A cell of a sheet: its row and its column, counted from 0."""


class SheetGrid(Struct, frozen=True):
    """A sheet or table: rows of text.

    `merged` are the areas that are one cell, each as its first and last row and column, counted from 0. `hidden` are
    the rows that nobody sees. `formulas` are the cells that were worked out, `remarks` what a reader should know.
    `places` are, where the table was made of a form, the cells of the sheet that each of its cells was made of, with
    what stands there, and `title` what its only entry is called by the sheet itself.
    """

    name: str
    rows: Sequence[Sequence[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: frozenset[int] = frozenset()
    formulas: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    places: Mapping[Place, tuple[tuple[Place, str], ...]] = {}
    title: str = ""

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; nothing beside or below the table."""
        if not 0 <= row < len(self.rows):
            return ""
        cells = self.rows[row]
        return cells[column] if 0 <= column < len(cells) else ""

    def filled(self) -> Iterator[tuple[int, int, str]]:
        """Every cell with something in it, by its row and column."""
        for number, row in enumerate(self.rows):
            for column, text in enumerate(row):
                if text:
                    yield number, column, text

    def spot(self, row: int, column: int) -> Spot:
        """The place of a cell, to be shown."""
        made_of = self.places.get((row, column))
        return Spot(self.name, *(made_of[0][0] if made_of else (row, column)))

    def further(self, row: int, column: int) -> Iterator[tuple[Spot, str]]:
        """The other cells of the sheet that a cell was made of, with what stands there."""
        for at, text in self.places.get((row, column), ())[1:]:
            yield Spot(self.name, *at), text


def grids(content: bytes, name: str) -> tuple[SheetGrid, ...]:
    """The tables of a file, by the ending of its name. Raises `CannotRead`, which says what is wrong with it."""
    ending = name.rpartition(".")[2].lower()
    if ending == "ods" or content[30:38] == b"mimetype":
        found = tuple(_of_an_open_document(content))
    elif ending == "docx":
        found = tuple(_of_word(content))
    elif content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or ending in ("xlsx", "xlsm"):
        found = tuple(_of_a_workbook(content))
    elif ending in ("md", "markdown"):
        found = tuple(_of_markdown(_decoded(content)))
    else:
        found = (_of_csv(_decoded(content), name),)
    if sum(1 for grid in found for _ in grid.filled()) > MOST_FILLED:
        raise CannotRead(f"it holds more than {MOST_FILLED:,} cells; split it")
    return found


def _of_a_workbook(content: bytes) -> Iterator[SheetGrid]:
    for page in spreadsheet.read(content):
        rows = [
            [text_of(cell)[:LONGEST_CELL] for cell in row] if any(row) else [] for row in page.rows
        ]
        while rows and not any(rows[-1]):
            rows.pop()
        remarks = ["its links to other files were not followed"] if page.linked else []
        yield SheetGrid(page.name, rows, page.merged, page.hidden, page.formulas, tuple(remarks))


def _of_an_open_document(content: bytes) -> Iterator[SheetGrid]:
    for sheet in opendocument.read(content):
        rows: list[list[str]] = []
        for row, column in sorted(sheet.cells):
            rows += ([] for _ in range(row + 1 - len(rows)))
            rows[row] += [""] * (column - len(rows[row]))
            rows[row].append(sheet.cells[row, column][:LONGEST_CELL])
        formulas = frozenset(
            f"{spreadsheet.letters(column)}{row + 1}" for row, column in sheet.formulas
        )
        yield SheetGrid(sheet.name, rows, tuple(sheet.merged), frozenset(sheet.hidden), formulas)


def _of_word(content: bytes) -> Iterator[SheetGrid]:
    names: Counter[str] = Counter()
    lines: list[ProseLine] = []
    for part in worddocument.parts(content):
        if isinstance(part, ProseLine):
            lines.append(part)
            continue
        name, rows = part
        cut = [[cell[:LONGEST_CELL] for cell in row] for row in rows]
        yield SheetGrid(numbered(name, names), cut)
    yield from _of_prose(lines, names)


def _of_prose(lines: Sequence[ProseLine], names: Counter[str]) -> Iterator[SheetGrid]:
    for block in blocks(lines):
        rows = [[cell[:LONGEST_CELL] for cell in row] for row in block.rows]
        yield SheetGrid(numbered(block.title or "text", names), rows)


_LATIN = "cp1252"


def _decoded(content: bytes) -> str:
    """The text of a file as it was saved by a spreadsheet: in UTF-8, UTF-16 or the letters of Windows."""
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotRead("it is no text, and none of the files that can be read")
    for encoding in (
        "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig",
        _LATIN,
    ):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _of_csv(text: str, name: str) -> SheetGrid:
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    lines = io.StringIO(text, newline="")
    try:
        rows = [
            [cell.strip()[:LONGEST_CELL] for cell in row]
            for row in csv.reader(lines, delimiter=_delimiter(text), strict=False)
        ]
    except csv.Error as error:
        raise CannotRead(f"it is no csv that can be read ({error})") from error
    return SheetGrid(name, rows)


_DELIMITERS = ";\t,|"


def _delimiter(text: str) -> str:
    """What parts the cells: what gives the most columns to the row that has most, among the first."""
    beginning = text[:20_000]
    widths = {}
    for sign in _DELIMITERS:
        rows = list(csv.reader(io.StringIO(beginning, newline=""), delimiter=sign, strict=False))[
            :20
        ]
        counts = [len(row) for row in rows if any(row)]
        widths[sign] = (
            sum(count > 1 and count == max(counts) for count in counts),
            max(counts, default=0),
        )
    return max(_DELIMITERS, key=lambda sign: (widths[sign][1] > 1, *widths[sign])) if text else ","


_ROW = re.compile(r"\s*\|(.*)\|\s*$")
_RULE = re.compile(r"\s*:?-+:?\s*")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_CUT = re.compile(r"(?<!\\)\|")


def _of_markdown(text: str) -> Iterator[SheetGrid]:
    """Each table a grid, named by the heading above it; what stands between them a grid of lines."""
    rows: list[list[str]] = []
    prose: list[ProseLine] = []
    heading, joined = "", False
    names: Counter[str] = Counter()
    for line in [*text.splitlines(), ""]:
        found = _ROW.match(line)
        if found:
            cells = [_plain(cell) for cell in _CUT.split(found[1])]
            if not all(map(_RULE.fullmatch, map(str.strip, _CUT.split(found[1])))):
                rows.append(cells)
            joined = False
            continue
        if rows:
            yield SheetGrid(numbered(heading or "table", names), rows)
            rows = []
        if line.startswith("#"):
            heading = line.strip("# ").strip()
        if line.strip():
            prose.append(_prose_line(line, joined=joined))
        joined = bool(line.strip()) and not line.startswith("#")
    yield from _of_prose(prose, names)


_HEADING, _ITEM = re.compile(r"(#{1,6})\s*"), re.compile(r"\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_BOLD = re.compile(r"(?:\*\*|__)(.+?)(?:\*\*|__)")


def _prose_line(line: str, *, joined: bool) -> ProseLine:
    heading = _HEADING.match(line)
    if heading:
        return ProseLine(_plain(line.strip("# ")), len(heading[1]))
    item = _ITEM.match(line)
    bullet = item is not None and not item[0].strip()[0].isdigit()
    text = line[item.end() :] if item and bullet else line.strip()
    bold = _BOLD.match(text)
    indent = len(line) - len(line.lstrip())
    set_off = _plain(bold[0]) if bold else ""
    return ProseLine(_plain(text), 0, set_off, item is not None, indent, joined)


def numbered(name: str, names: Counter[str]) -> str:
    """A name for a table that no other has, by how often each was given."""
    names[name] += 1
    return f"{name} ({names[name]})" if names[name] > 1 else name


def _plain(cell: str) -> str:
    text = _BREAK.sub("\n", cell.replace("\\|", "|").strip())
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)[:LONGEST_CELL]
