"""Sheets of one activity a page: labels in a column, what they hold beside them, one entry or several.

A form is turned into the table it might have been: a row of its labels, and a row for each activity. The places of its
cells stay those of the sheet.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from ropa.foreign.grids import Place, SheetGrid
from ropa.foreign.headings import Recognised, is_total, plain_heading
from ropa.foreign.lookup import names, plain

Known = Callable[[str], Recognised | None]
"""What a label stands for; None where nobody knows."""
FEWEST_LABELS, FEWEST_FURTHER = 4, 3
"""How many fields a column of labels names at the least, and a further one beside it."""
LONGEST_LABEL = 200
MOST_ROWS, MOST_COLUMNS = 5_000, 100
"""How much of a sheet is looked at for labels."""
LOOKED_AT = 60
"""How many cells of a column say whether it is one of labels."""
_TELLING = frozenset({"purposes", "data", "subjects", "basis", "retention", "recipients"})
_FEWEST_TELLING = 2
_NO_NAME = re.compile(
    r"(?i)(?:sheet|tabelle|feuil|blad|hoja|foglio|table|tableau|form|ropa|template|text)?\W*\d*|.*\.\w{2,4}"
)


class SheetForm(Struct, frozen=True):
    """A form as a table: `grid` has its labels and its entries, `again` the labels that stand a second time.

    `rest` are the cells of the sheet that are neither; each of all three by its row and column in the sheet. `fields`
    are those its labels name.
    """

    grid: SheetGrid
    again: tuple[Place, ...]
    rest: tuple[Place, ...]
    fields: frozenset[str]


def as_form(grid: SheetGrid, known: Known) -> SheetForm | None:
    """A sheet as a form; None where it has no column of labels."""
    columns = tuple(_label_columns(grid, known))
    if not columns:
        return None
    reader = _FormReader(grid, columns, known)
    reader.read()
    return reader.form()


def turned_over(grid: SheetGrid, known: Known) -> SheetGrid | None:
    """A sheet of labels down its first column and activities side by side, each named at its top, as the table it is.

    None where a sheet is none: its corner holds nothing, and each column beside the labels has a name of its own.
    """
    if grid.merged or not grid.rows or next(_label_columns(grid, known), None) != 0:
        return None
    top = next(row for row, cells in enumerate(grid.rows) if any(cells[1:]))
    names_ = [text for text in grid.rows[top][1:] if text]
    if grid.text(top, 0) or len(names_) < _FEWEST_NAMED or len(set(names_)) < len(names_):
        return None
    places: dict[Place, tuple[tuple[Place, str], ...]] = {
        (column, row - top): (((row, column), text),)
        for row, column, text in grid.filled()
        if row >= top
    }
    widest = max(map(len, grid.rows))
    rows = [
        [grid.text(row, column) for row in range(top, len(grid.rows))] for column in range(widest)
    ]
    return SheetGrid(grid.name, rows, remarks=grid.remarks, formulas=grid.formulas, places=places)


_FEWEST_NAMED = 2
"""How many columns beside the labels have a name at their top before each is an activity."""


def _label_columns(grid: SheetGrid, known: Known) -> Iterator[int]:
    """The columns whose cells are mostly labels with something beside them."""
    widest = min(max(map(len, grid.rows), default=0), MOST_COLUMNS)
    first = True
    for column in range(widest - 1):
        first_rows = islice(_labelled(grid, column), LOOKED_AT)
        labels = [grid.text(row, column) for row in first_rows]
        found = [one for text in labels if (one := _stands_for(text, known))]
        fields = {one.field for one in found}
        if first and len(fields) >= FEWEST_LABELS and 2 * len(found) >= len(labels):
            if len(fields & _TELLING) >= _FEWEST_TELLING:
                first = False
                yield column
        elif not first and len(fields) >= FEWEST_FURTHER and 3 * len(found) >= 2 * len(labels):
            yield column


def _labelled(grid: SheetGrid, column: int) -> Iterator[int]:
    """The rows in which a cell of a column has something beside it."""
    for row in range(min(len(grid.rows), MOST_ROWS)):
        if grid.text(row, column) and any(grid.rows[row][column + 1 :]):
            yield row


def _stands_for(text: str, known: Known) -> Recognised | None:
    return known(text) if len(text) <= LONGEST_LABEL else None


def _is_none(label: str, beside: Iterable[str]) -> bool:
    """Whether a row has no label but heads the columns (“Field” and “Value”) or counts the others."""
    texts = tuple(beside)
    heads = plain(label) in names("form_asks") and any(
        plain(t) in names("form_tells") for t in texts
    )
    return heads or is_total((label, *texts))


class _FormReader:
    """Knows, while a form is read, its labels, the entries begun, and which cells are accounted for."""

    def __init__(self, grid: SheetGrid, columns: Sequence[int], known: Known) -> None:
        self.grid, self.columns, self.known = grid, columns, known
        self.labels: dict[str, Place] = {}
        self.again: list[Place] = []
        self.blocks: list[tuple[int, list[dict[str, list[Place]]]]] = []
        self.fields: set[str] = set()

    def read(self) -> None:
        """Every block of labels, from the top."""
        for number, column in enumerate(self.columns):
            further = self.columns[number + 1 :]
            last = further[0] if further else max(map(len, self.grid.rows))
            values = self._value_columns(column, range(column + 1, last))
            self._read_column(column, values, begins=number == 0)

    def _value_columns(self, column: int, beside: Iterable[int]) -> tuple[int, ...]:
        """The columns that hold an activity each, or the one that holds the only one."""
        rows = list(_labelled(self.grid, column))
        first = rows[0] if rows else 0
        counts = {
            c: sum(bool(self.grid.text(row, c)) for row in rows)
            for c in beside
            if not self._explains(c, first)
        }
        named = [row for row in rows if self._field(self.grid.text(row, column)) == "name"]
        most = max(counts.values(), default=0)
        several = [
            c for c in counts if named and self.grid.text(named[0], c) and 2 * counts[c] >= most
        ]
        if len(several) > 1:
            return tuple(several)
        return (max(counts, key=lambda c: (counts[c], -c)),) if counts else ()

    def _explains(self, column: int, first: int) -> bool:
        above = [self.grid.text(row, column) for row in (first, first - 1) if row >= 0]
        return any(plain(text) in names("form_beside") for text in above)

    def _read_column(self, column: int, values: Sequence[int], *, begins: bool) -> None:
        """The labels of a column with what stands beside them, or below; the first of them begins an activity anew."""
        label = first = ""
        at, fresh = (0, column), False
        for row in range(min(len(self.grid.rows), MOST_ROWS)):
            written = self.grid.text(row, column)
            beside = {c: text for c in values if (text := self.grid.text(row, c))}
            if written and beside and _is_none(written, beside.values()):
                continue
            if (
                written
            ):  # with nothing beside it, it is a title, or a label whose field begins below
                label = plain_heading(written) if beside or self._field(written) else ""
                at, fresh = (row, column), True
            if not (label and beside):
                continue
            first = first or label
            if begins and fresh and label == first:
                self.blocks.append((at[0], [{} for _ in values]))
            fresh = False
            self._name(label, at)
            for entry, c in zip(self._entries_at(row), values, strict=False):
                if c in beside:
                    entry.setdefault(label, []).append((row, c))

    def _entries_at(self, row: int) -> list[dict[str, list[Place]]]:
        """The activities whose block a row is in."""
        begun = [entries for first, entries in self.blocks if first <= row]
        return begun[-1] if begun else next((entries for _, entries in self.blocks), [])

    def _name(self, label: str, place: Place) -> None:
        if label in self.labels:
            self.again += [] if place in (self.labels[label], *self.again) else [place]
            return
        self.labels[label] = place
        field = self._field(self.grid.text(*place))
        self.fields |= {field} if field else set()

    def _field(self, text: str) -> str | None:
        found = _stands_for(text, self.known)
        return found.field if found else None

    def form(self) -> SheetForm:
        """What was read."""
        order = list(self.labels)
        entries = [entry for _, block in self.blocks for entry in block if entry]
        rows = [[self.grid.text(*self.labels[label]) for label in order]]
        rows += [
            ["\n".join(self.grid.text(*at) for at in entry.get(label, ())) for label in order]
            for entry in entries
        ]
        made_of: dict[Place, tuple[Place, ...]] = {
            (0, n): (self.labels[label],) for n, label in enumerate(order)
        }
        for number, entry in enumerate(entries, 1):
            made_of |= {(number, order.index(label)): tuple(at) for label, at in entry.items()}
        places = {
            at: tuple((cell, self.grid.text(*cell)) for cell in cells)
            for at, cells in made_of.items()
        }
        title = "" if _NO_NAME.fullmatch(self.grid.name) else self.grid.name
        turned = SheetGrid(
            self.grid.name, rows, remarks=self.grid.remarks, formulas=self.grid.formulas,
            places=places, title=title if len(entries) == 1 else "",
        )  # fmt: skip
        taken = {at for found in made_of.values() for at in found} | set(self.again)
        rest = tuple((row, c) for row, c, _ in self.grid.filled() if (row, c) not in taken)
        return SheetForm(turned, tuple(self.again), rest, frozenset(self.fields))
