"""Where in a grid a record of processing stands: its rows of headings, its entries, and what is around them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ropa.errors import CannotRead
from ropa.foreign.grids import MOST_FILLED, SheetGrid
from ropa.foreign.heading_words import is_silent
from ropa.foreign.headings import ASK, NOTE, Recognised, is_total, plain_heading, recognised
from ropa.foreign.lookup import yes_or_no
from ropa.record.workbook.spreadsheet import letters

FIRST_ROWS = 60
"""How far down the headings are looked for."""
FEWEST = 3
"""How many headings have to be known for a grid to be a record of processing."""
_ESSENTIAL = frozenset(
    {"purposes", "subjects", "data", "basis", "retention", "recipients", "name", "processing"}
)


class SheetColumn(Struct, frozen=True):
    """A column: its heading as it is written, the field it holds, and why that is a guess, where it is one.

    A column that nobody has `headed` is called by its letter. `ticks` is what a yes in it says, where its cells are
    boxes for what its heading names.
    """

    index: int
    heading: str
    field: str
    why: str = ""
    headed: bool = True
    ticks: str = ""


class EntryRow(Struct, frozen=True):
    """A row of the record. `continues` says that it goes on with the entry above."""

    index: int
    hidden: bool
    continues: bool


class RecordLayout(Struct, frozen=True):
    """How a grid is laid out: which rows are headings, what each column is, which rows are entries, and the rest.

    `asides` are the filled cells that belong to no entry, by their row and column. `spread` has, for a cell of a merged
    area that is not its first, where the text of the area stands.
    """

    grid: SheetGrid
    heading_rows: tuple[int, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[EntryRow, ...]
    asides: tuple[tuple[int, int], ...]
    spread: Mapping[tuple[int, int], tuple[int, int]]

    @property
    def last_heading(self) -> int:
        """The row below which entries begin."""
        return self.heading_rows[-1]

    def column(self, field: str) -> SheetColumn | None:
        """The first column that holds a field."""
        return next((column for column in self.columns if column.field == field), None)


def laid_out(grid: SheetGrid, answers: Mapping[str, str]) -> RecordLayout | None:
    """The layout of a grid; None where it holds no record. `answers` say what a plain heading stands for."""
    spread = _spread(grid)
    found = _headings(grid, answers)
    if found is None:
        return None
    rows, headings = found
    bands = _bands(grid, rows[0], spread)
    there = tuple(_columns(headings, answers, bands))
    columns = _named_by_the_first(grid, rows[-1], there, answers)
    entries = tuple(_entries(grid, rows[-1], columns, spread))
    columns += tuple(_unheaded(grid, entries, columns, answers))
    inside = {entry.index for entry in entries}
    here = {column.index for column in columns}
    asides = tuple(
        (row, column)
        for row, column, _ in grid.filled()
        if row not in rows and (row not in inside or column not in here)
    )
    return RecordLayout(grid, rows, columns, entries, asides, spread)


def laid_out_form(grid: SheetGrid, answers: Mapping[str, str]) -> RecordLayout:
    """The layout of a form that was turned into a table: its labels in the first row, an activity in each other."""
    columns = tuple(_columns(_row(grid, 0), answers, {}))
    rows = tuple(EntryRow(row, hidden=False, continues=False) for row in range(1, len(grid.rows)))
    return RecordLayout(grid, (0,), columns, rows, (), {})


def _spread(grid: SheetGrid) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells of merged areas, and the first cell of each: an area over rows says the same of each of them."""
    widest = max(map(len, grid.rows), default=0)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for top, bottom, left, right in grid.merged:
        for row in range(top, min(bottom + 1, len(grid.rows))):
            for column in range(left, min(right + 1, widest)):
                if (row, column) != (top, left):
                    found[row, column] = top, left
        if len(found) > MOST_FILLED:
            raise CannotRead("its merged cells span too many others; undo the merging")
    return found


_Headings = Mapping[int, str]


def _bands(
    grid: SheetGrid, first: int, spread: Mapping[tuple[int, int], tuple[int, int]]
) -> _Headings:
    """What stands over several headings at once, in their first row or the one above, for each column below it."""
    wide = {(top, left) for top, _, left, right in grid.merged if right > left}
    found = {}
    for row in (first - 1, first):
        for column in range(max(map(len, grid.rows), default=0)):
            origin = spread.get((row, column), (row, column))
            if origin in wide and (text := grid.text(*origin)):
                found[column] = text
    return found


def _headings(
    grid: SheetGrid, answers: Mapping[str, str]
) -> tuple[tuple[int, ...], _Headings] | None:
    """The rows of headings, one or two of them, and the heading of each column."""
    best: tuple[float, tuple[int, ...], _Headings] = (0, (), {})
    for row in range(min(FIRST_ROWS, len(grid.rows))):
        single = _row(grid, row)
        below = _row(grid, row + 1)
        if _is_of_bands(grid, row) and len(_known_of(below, answers)) >= FEWEST:
            single = {}
        for rows, headings in (((row,), single), ((row, row + 1), {**single, **below})):
            score = _score(headings, answers) - 0.5 * (len(rows) - 1)
            if score > best[0]:
                best = (score, rows, headings)
    found = _known_of(best[2], answers)
    if len(found) < FEWEST or _ESSENTIAL.isdisjoint(one.field for one in found):
        return None
    return best[1], best[2]


def _is_of_bands(grid: SheetGrid, row: int) -> bool:
    """Whether something in a row is merged over several columns: it heads headings, and no cells."""
    return any(top == bottom == row and right > left for top, bottom, left, right in grid.merged)


def _known_of(headings: _Headings, answers: Mapping[str, str]) -> Sequence[Recognised]:
    return [one for text in headings.values() if (one := known(text, answers))]


def _row(grid: SheetGrid, row: int) -> dict[int, str]:
    cells = grid.rows[row] if row < len(grid.rows) else ()
    return {column: text for column, text in enumerate(cells) if text}


def _score(headings: _Headings, answers: Mapping[str, str]) -> float:
    """How much a row looks like headings: many known ones, of different fields, and few others."""
    found = [known(text, answers) for text in headings.values()]
    fields = {one.field for one in found if one}
    sure = sum(1 for one in found if one and not one.why)
    return len(fields) + 0.5 * sure - 0.05 * found.count(None)


def known(heading: str, answers: Mapping[str, str]) -> Recognised | None:
    """What a heading stands for: as somebody has answered, or else by itself."""
    answer = answers.get(plain_heading(heading))
    return Recognised(answer) if answer and answer != ASK else recognised(heading)


_SEVERAL = frozenset(
    {
        NOTE,
        "subjects",
        "data",
        "recipients",
        "processors",
        "purposes",
        "security",
        "systems",
        "basis",
        "law",
        "special",
    }
)
"""Fields that two columns may hold."""


def _columns(
    headings: _Headings, answers: Mapping[str, str], bands: _Headings
) -> Iterator[SheetColumn]:
    taken: set[str] = set()
    surely = {
        one.field for text in headings.values() if (one := known(text, answers)) and not one.why
    }
    for index, heading in sorted(headings.items()):
        one = known(heading, answers) or _by_its_band(bands.get(index, ""), heading, answers)
        if one is None:
            yield SheetColumn(index, heading, ASK)
        elif (one.field in taken and one.field not in _SEVERAL) or (
            one.why and one.field in surely and one.field not in _SEVERAL
        ):
            yield SheetColumn(index, heading, ASK, f"another column is {one.field} already")
        else:
            taken.add(one.field)
            yield SheetColumn(index, heading, one.field, one.why)


def _by_its_band(band: str, heading: str, answers: Mapping[str, str]) -> Recognised | None:
    """What a heading that says nothing alone stands for, with the words above it: “Supplier” above “Company”."""
    if not band or band == heading or plain_heading(heading) in answers:
        return None
    one = recognised(f"{band} {heading}") if is_silent(plain_heading(heading)) else None
    return replace(one, why=one.why or f"“{band}” stands above it") if one else None


_BEFORE_A_NAME = frozenset(
    {ASK, NOTE, "ref", "number", "department", "owner", "personal", "reviewed"}
)
"""What may stand before the column that says what an entry is called."""
_LONGEST_NAMING = 80
"""How many letters a cell has at most that is what an entry is called."""


def _named_by_the_first(
    grid: SheetGrid, above: int, columns: tuple[SheetColumn, ...], answers: Mapping[str, str]
) -> tuple[SheetColumn, ...]:
    """The columns, with the first that is another in each row as the name, where no heading says which is.

    What is known by its heading stays what it is, unless another column holds the same, or it is where data is kept:
    a register of systems calls its entries by them.
    """
    columns = tuple(
        replace(column, field=ASK)
        if column.field == "name" and _is_of_boxes(grid, above, column)
        else column
        for column in columns
    )
    if any(column.field == "name" for column in columns):
        return columns
    fields = [column.field for column in columns]
    for place, column in enumerate(columns):
        if plain_heading(column.heading) in answers:
            continue
        may = column.field in (ASK, "systems") or fields.count(column.field) > 1
        if may and column.field != NOTE and _is_another_in_each(grid, above, column, columns):
            why = "it stands first, and is another in each row"
            return (*columns[:place], replace(column, field="name", why=why), *columns[place + 1 :])
        if column.field not in _BEFORE_A_NAME:
            return columns
    return columns


def _is_of_boxes(grid: SheetGrid, above: int, column: SheetColumn) -> bool:
    texts = [
        text for row in range(above + 1, len(grid.rows)) if (text := grid.text(row, column.index))
    ]
    return bool(texts) and all(yes_or_no(text) is not None for text in texts)


def _is_another_in_each(
    grid: SheetGrid, above: int, column: SheetColumn, columns: Sequence[SheetColumn]
) -> bool:
    """Whether a column names a single thing in each row that holds more than a line between others."""
    filled = (
        row
        for row in range(above + 1, len(grid.rows))
        if sum(bool(grid.text(row, other.index)) for other in columns) > FEWEST
    )
    texts = [plain_heading(grid.text(row, column.index)) for row in filled]
    return (
        bool(texts)
        and all(texts)
        and len(set(texts)) == len(texts)
        and all(len(text) <= _LONGEST_NAMING and re.search(r"[^\W\d_]{2}", text) for text in texts)
        and not any(
            re.search(r"[,;\n]", grid.text(row, column.index))
            for row in range(above + 1, len(grid.rows))
        )
    )


def _unheaded(
    grid: SheetGrid,
    entries: Sequence[EntryRow],
    columns: Sequence[SheetColumn],
    answers: Mapping[str, str],
) -> Iterator[SheetColumn]:
    """The columns that no heading stands above, and that hold something of entries: what is done, or remarks."""
    headed = {column.index for column in columns}
    first = [entry for entry in entries if not entry.continues]
    for index in range(max((len(grid.rows[entry.index]) for entry in entries), default=0)):
        texts = [text for entry in entries if (text := grid.text(entry.index, index))]
        if index in headed or not texts:
            continue
        heading = f"column {letters(index)}"
        said = answers.get(plain_heading(heading), ASK)
        names = index < min(headed) and not any(column.field == "name" for column in columns)
        if said != ASK:
            yield SheetColumn(index, heading, said, headed=False)
        elif names and len(set(texts)) == len(first) == len(entries):
            why = "it has no heading, stands before the others, and is another in each row"
            yield SheetColumn(index, heading, "name", why, headed=False)
        else:
            yield SheetColumn(index, heading, NOTE, headed=False)


def _entries(
    grid: SheetGrid,
    above: int,
    columns: Sequence[SheetColumn],
    spread: Mapping[tuple[int, int], tuple[int, int]],
) -> Iterator[EntryRow]:
    naming = _naming(columns)
    headings = {column.index: column.heading for column in columns}
    begun = False
    for row in range(above + 1, len(grid.rows)):
        cells = {index: grid.text(row, index) for index in headings}
        filled = {index: text for index, text in cells.items() if text}
        if not filled or is_total(filled.values()) or _is_heading_again(filled, headings):
            continue
        if len(filled) == 1 and len(columns) > FEWEST and _is_divider(grid, row, filled, naming):
            continue
        named = naming is None or bool(cells.get(naming))
        merged = naming is not None and spread.get((row, naming), (row, 0))[0] < row
        yield EntryRow(row, row in grid.hidden, begun and (merged or not named))
        begun = True


def _naming(columns: Sequence[SheetColumn]) -> int | None:
    """The column that says which entry a row is: its name, or else its purpose."""
    for field in ("name", "purposes", "processing"):
        for column in columns:
            if column.field == field:
                return column.index
    return None


def _is_heading_again(filled: Mapping[int, str], headings: _Headings) -> bool:
    return all(
        plain_heading(text) == plain_heading(headings[index]) for index, text in filled.items()
    )


def _is_divider(grid: SheetGrid, row: int, filled: Mapping[int, str], naming: int | None) -> bool:
    """Whether a row with one cell is a line between entries: it is merged, or not in the column of names."""
    (index,) = filled
    wide = any(top == row and right > left for top, _, left, right in grid.merged)
    return wide or index != naming
