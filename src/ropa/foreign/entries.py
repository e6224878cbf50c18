"""The rows of a record of processing as entries of ours, with what became of each cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from ropa.foreign.account import (
    OF_HEADING,
    OF_ORGANISATION,
    Fate,
    ForeignReading,
    Question,
    ReadCell,
)
from ropa.foreign.answers import Answers
from ropa.foreign.content import held_to_cells
from ropa.foreign.drafts import EntryDraft
from ropa.foreign.fields import (
    KEEPS,
    RANK,
    READERS,
    REF,
    YES_NO,
    CellOutcome,
    ForeignCell,
    SheetContext,
    is_left_open,
    noted,
    ticked,
)
from ropa.foreign.forms import SheetForm, as_form, turned_over
from ropa.foreign.grids import SheetGrid
from ropa.foreign.headings import ASK, FIELDS, NOTE, Recognised
from ropa.foreign.kinds import ONLY_WHETHER, CellKind, kind_of, out_of_place
from ropa.foreign.layout import EntryRow, RecordLayout, SheetColumn, known, laid_out, laid_out_form
from ropa.foreign.lookup import comes_later, plain, says_nothing, ticked_of, yes_or_no
from ropa.foreign.organisation import ContactBlock, block_above, organisation_of
from ropa.foreign.words import WordBook, slug, unused


def read_tables(
    grids: Sequence[SheetGrid], words: WordBook, answers: Answers, ids: Mapping[str, str]
) -> ForeignReading | None:
    """What tables say, if one of them is a record of processing. `ids` are those of entries by their plain names."""
    found = [(grid, *_read_as(grid, answers)) for grid in grids]
    layouts = {grid.name: layout for grid, layout, _ in found if layout}
    if not layouts:
        return None
    reader = EntryReader(words, answers, ids)
    answered = {heading for heading, field in answers.columns.items() if field != ASK}
    for grid, layout, form in found:
        if layout:
            reader.read(held_to_cells(layout, words, answered))
        if form or not layout:
            reader.around(grid, form)
    return reader.reading(layouts)


def _read_as(grid: SheetGrid, answers: Answers) -> tuple[RecordLayout | None, SheetForm | None]:
    """A sheet as a table of entries, or as a form where its labels name more than any row of headings."""

    def stands_for(text: str) -> Recognised | None:
        return known(text, answers.columns)

    if (turned := turned_over(grid, stands_for)) and (layout := laid_out(turned, answers.columns)):
        return layout, None
    layout = laid_out(grid, answers.columns)
    form = as_form(grid, stands_for)
    there = {column.field for column in layout.columns} - {ASK} if layout else set()
    if form and len(form.fields) > len(there):
        return laid_out_form(form.grid, answers.columns), form
    return layout, None


class EntryReader:
    """Knows, while tables are read, the entries made and what became of each cell."""

    def __init__(self, words: WordBook, answers: Answers, ids: Mapping[str, str]) -> None:
        self.words = words
        self.answers = answers
        self.cells: list[ReadCell] = []
        self.entries: list[dict[str, Any]] = []
        self.organisation: dict[str, str] = {}
        self.remarks: list[str] = []
        self.layouts: list[RecordLayout] = []
        self._ids = set[str]()
        self._known = ids

    # -- a sheet -----------------------------------------------------------------------------------

    def read(self, layout: RecordLayout) -> None:
        """Every entry of a sheet, and what is around them."""
        self.layouts.append(layout)
        self.remarks += _remarks(layout)
        fields = frozenset(column.field for column in layout.columns)
        here = SheetContext(self.words, fields, self.organisation)
        block = block_above(layout)
        self._organisation_of(block, layout.grid)
        self.asides(layout.grid, (at for at in layout.asides if at not in block.places))
        self.cells += _of_headings(layout)
        for rows in _groups(layout.rows):
            self._entry(layout, rows, here)

    def asides(self, grid: SheetGrid, places: Iterable[tuple[int, int]]) -> None:
        """Cells that belong to no entry: they are kept with the account."""
        for at in places:
            self.cells.append(ReadCell(grid.spot(*at), "", grid.text(*at), Fate.NOTE))

    def around(self, grid: SheetGrid, form: SheetForm | None) -> None:
        """The cells of a sheet that are in no entry: all of them, or those of a form that are beside it."""
        if form is None:
            self.asides(grid, ((row, column) for row, column, _ in grid.filled()))
            return
        named = [at for at in form.rest if self._names_the_last(grid.text(*at), form.grid.title)]
        self.asides(grid, (at for at in form.rest if at not in named))
        for at in named:
            cell = ReadCell(grid.spot(*at), "", grid.text(*at), Fate.GUESSED)
            entry = str(self.entries[-1]["id"])
            why = "no label names it, and it stands above"
            self.cells.append(replace(cell, entry=entry, field="name", why=why))
        for at in form.again:
            label = grid.text(*at)
            self.cells.append(
                ReadCell(grid.spot(*at), "", label, Fate.TAKEN, "", OF_HEADING, "a label again")
            )

    def _names_the_last(self, text: str, title: str) -> bool:
        """Whether a heading above a form is what its only entry is called by."""
        name = str(self.entries[-1]["name"]) if self.entries else ""
        return bool(title) and name == title and text.endswith(title)

    def _organisation_of(self, block: ContactBlock, grid: SheetGrid) -> None:
        for key, text in block.says.items():
            self.organisation.setdefault(key, text)
        for at, part in block.places.items():
            field = f"{OF_ORGANISATION}{part}"
            self.cells.append(ReadCell(grid.spot(*at), "", grid.text(*at), Fate.TAKEN, "", field))

    # -- an entry ----------------------------------------------------------------------------------

    def _entry(self, layout: RecordLayout, rows: Sequence[EntryRow], here: SheetContext) -> None:
        cells = list(self._cells_of(layout, rows))
        if any(c.column.field == "personal" and yes_or_no(c.text) is False for c in cells):
            self._note(layout, cells, dict.fromkeys(range(len(cells)), _NOT_PERSONAL), "")
            return
        draft = EntryDraft()
        order = sorted(range(len(cells)), key=lambda n: RANK.get(cells[n].column.field, 1))
        outcomes = {n: self._outcome(draft, cells[n], here) for n in order}
        outcomes |= {
            n: replace(_SAYS_NOBODY, field=noted(here, draft, cell).field, why=f"{FIELDS[field]}?")
            for n, cell in enumerate(cells)
            if (field := cell.column.field) in _ALWAYS
            and field not in draft.data
            and says_nothing(cell.text)
        }
        self._name(draft, cells, layout.grid.title)
        id_ = self._id(draft, cells)
        self.entries.append(draft.document(id_))
        self._note(layout, cells, outcomes, id_)

    def _note(
        self,
        layout: RecordLayout,
        cells: Sequence[ForeignCell],
        outcomes: Mapping[int, CellOutcome],
        id_: str,
    ) -> None:
        """Note what became of the cells, each where its text really stands."""
        for number, cell in enumerate(cells):
            fate, field, why = msgspec.structs.astuple(outcomes[number])
            if (cell.row, cell.column.index) not in layout.spread:
                spot = layout.grid.spot(cell.row, cell.column.index)
                entry = "" if field.startswith(OF_ORGANISATION) else id_
                heading = cell.column.heading
                self.cells.append(ReadCell(spot, heading, cell.written, fate, entry, field, why))
                for more, text in layout.grid.further(cell.row, cell.column.index):
                    self.cells.append(ReadCell(more, heading, text, fate, entry, field, why))

    def _cells_of(self, layout: RecordLayout, rows: Sequence[EntryRow]) -> Iterator[ForeignCell]:
        for row in rows:
            for column in layout.columns:
                written = _written(layout, row, column)
                if written:
                    meant = self.answers.meant(column.heading, written)
                    text = meant or ticked_of(written)
                    yield ForeignCell(row.index, column, written, text, bool(meant))

    def _outcome(self, draft: EntryDraft, cell: ForeignCell, here: SheetContext) -> CellOutcome:
        """What becomes of a cell: what it says goes into the entry, and what it does not is asked."""
        field = cell.column.field
        if cell.text == NOTE:
            return noted(here, draft, cell)
        if none := _says_none(cell):
            return CellOutcome(Fate.TAKEN, "", none)
        if field not in KEEPS and comes_later(cell.text):
            return replace(noted(here, draft, cell), why="it says that nobody knows yet")
        if not cell.answered and (amiss := _amiss(cell)):
            return replace(amiss, field=noted(here, draft, cell).field)
        outcome = READERS[field](here, draft, cell)
        if outcome.fate is Fate.ASKED:
            return replace(outcome, field=noted(here, draft, cell).field)
        return _as_known(outcome, cell)

    def _name(self, draft: EntryDraft, cells: Sequence[ForeignCell], title: str) -> None:
        """What to call an entry that nothing names: as its sheet is, by its purpose, or by what it says first."""
        if "name" not in draft.data and title:
            draft.data["name"] = title[:LONGEST_NAME]
        if "name" not in draft.data:
            fields = [cell.column.field for cell in cells]
            naming = next((field for field in _NAMING if field in fields), fields[0])
            text = cells[fields.index(naming)].text
            draft.data["name"] = " ".join(text.splitlines()[0].split())[:LONGEST_NAME]

    def _id(self, draft: EntryDraft, cells: Sequence[ForeignCell]) -> str:
        refs = [c.text for c in cells if c.column.field == "ref" and REF.fullmatch(c.text)]
        name = str(draft.data["name"])
        made = (refs or [self._known.get(plain(name)) or slug(name) or "entry"])[0]
        id_ = unused(made, self._ids)
        self._ids.add(id_)
        return id_

    # -- what all of it comes to ---------------------------------------------------------------------

    def reading(self, layouts: Mapping[str, RecordLayout]) -> ForeignReading:
        """All that was read."""
        organisation = organisation_of(self.organisation)
        if not organisation:
            self.cells = [
                replace(cell, fate=Fate.NOTE, why="nothing says what the organisation is called")
                if cell.field.startswith(OF_ORGANISATION)
                else cell
                for cell in self.cells
            ]
        documents = [*organisation, *self.words.made.values(), *self.entries]
        return ForeignReading(
            "", tuple(documents), tuple(self.cells), tuple(_questions(self.cells, self.layouts)),
            tuple(self.words.new.values()),
            {layout.grid.name: {column.heading: column.field for column in layout.columns} for layout in self.layouts},
            {
                name: tuple(row + 1 for row in layout.heading_rows)
                for name, layout in layouts.items()
                if not layout.grid.places
            },
            tuple(self.remarks),
        )  # fmt: skip


_ALWAYS = frozenset({"subjects", "data", "purposes"})
"""What every entry is about: “N/A” is no answer to it."""
_WITH_BOXES = frozenset({"data", "subjects", "recipients", "sources", "purposes"})
_SAYS_NOBODY = CellOutcome(Fate.ASKED)
_NAMING = ("purposes", "processing", "department", "on_behalf_of", "data")
LONGEST_NAME = 200
_NOT_PERSONAL = CellOutcome(
    Fate.NOTE, "", "the row says that it holds no personal data, so it is no entry"
)


def _says_none(cell: ForeignCell) -> str:
    """Why a cell has nothing to take: it says that there is none, or no to what heads it; else nothing."""
    field = cell.column.field
    if field not in KEEPS | YES_NO and says_nothing(cell.text):
        return "it says that there is none"
    ticked_off = field in _WITH_BOXES and is_left_open(cell.column, cell.text)
    return "it is not ticked" if ticked_off else ""


def _amiss(cell: ForeignCell) -> CellOutcome | None:
    """What becomes of a cell that can be no answer in its column: it is asked about, or says only whether."""
    field, text = cell.column.field, ticked(cell)
    if field in ONLY_WHETHER and kind_of(text) is CellKind.YES_OR_NO:
        return CellOutcome(Fate.NOTE, "", "it says whether there is one, and not which")
    kind = out_of_place(field, text)
    return CellOutcome(Fate.ASKED, "", f"{FIELDS[field]}? it says {kind}") if kind else None


def _as_known(outcome: CellOutcome, cell: ForeignCell) -> CellOutcome:
    """What became of a cell, with whether a person or a guess said how to read it."""
    if outcome.fate is Fate.TAKEN and cell.answered:
        return replace(outcome, why=f"as you answered: {cell.text}")
    if outcome.fate is Fate.TAKEN and cell.text != cell.written:
        return replace(outcome, fate=Fate.GUESSED, why="only what is ticked is read")
    if outcome.fate is Fate.TAKEN and cell.column.why:
        return replace(outcome, fate=Fate.GUESSED, why=cell.column.why)
    return outcome


def _groups(rows: Iterable[EntryRow]) -> Iterator[Sequence[EntryRow]]:
    """The rows of each entry."""
    group: list[EntryRow] = []
    for row in rows:
        if group and not row.continues:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _written(layout: RecordLayout, row: EntryRow, column: SheetColumn) -> str:
    """What stands in a cell, or in the merged area it is of: an area over rows says the same of each of them."""
    place = row.index, column.index
    above = layout.spread.get(place)
    if above is None:
        return layout.grid.text(*place)
    text = layout.grid.text(*above)
    is_over_rows = above[1] == column.index and above[0] > layout.last_heading
    return text if (is_over_rows and not row.continues) or says_nothing(text) else ""


def _of_headings(layout: RecordLayout) -> Iterator[ReadCell]:
    """What became of the cells of the rows of headings: a heading, or a line above several."""
    columns = {(column.index, column.heading): column for column in layout.columns}
    for row in layout.heading_rows:
        for index, text in enumerate(layout.grid.rows[row]):
            column = columns.get((index, text))
            spot = layout.grid.spot(row, index)
            if text and column is None:
                yield ReadCell(spot, "", text, Fate.NOTE)
            elif column is not None:
                fate = (
                    Fate.ASKED
                    if column.field == ASK
                    else Fate.GUESSED
                    if column.why
                    else Fate.TAKEN
                )
                yield ReadCell(spot, "", text, fate, "", f"{OF_HEADING}{column.field}", column.why)


def _remarks(layout: RecordLayout) -> Iterator[str]:
    grid = layout.grid
    if grid.places:
        entries = f"{len(layout.rows)} {'entry' if len(layout.rows) == 1 else 'entries'}"
        yield f"{grid.name}: read as a form, its labels beside what they hold: {entries}"
    hidden = [str(row.index + 1) for row in layout.rows if row.hidden]
    if hidden:
        rows = f"row {hidden[0]} is" if len(hidden) == 1 else f"rows {', '.join(hidden)} are"
        yield f"{grid.name}: {rows} hidden in the sheet, and read like the others"
    on = [str(row.index + 1) for row in layout.rows if row.continues]
    if on:
        one = f"row {on[0]} has no name of its own, and goes on"
        many = f"rows {', '.join(on)} have no name of their own, and go on"
        yield f"{grid.name}: {one if len(on) == 1 else many} with the entry above"
    yield from (f"{grid.name}: {remark}" for remark in grid.remarks)
    if grid.formulas:
        yield f"{grid.name}: formulas ({', '.join(sorted(grid.formulas)[:6])}) count as they were last worked out"


def _questions(cells: Sequence[ReadCell], layouts: Sequence[RecordLayout]) -> Iterator[Question]:
    unknown = {
        column.heading: column.why
        for layout in layouts
        for column in layout.columns
        if column.field == ASK
    }
    waiting: dict[tuple[str, str], list[ReadCell]] = {}
    for cell in cells:
        if cell.fate is Fate.ASKED and cell.heading:
            key = (cell.heading, "" if cell.heading in unknown else cell.text)
            waiting.setdefault(key, []).append(cell)
    for heading in unknown:
        waiting.setdefault((heading, ""), [])
    for (heading, text), found in waiting.items():
        if text:
            yield Question(heading, text, found[0].why, len(found))
        else:
            why = unknown[heading]
            yield Question(
                heading, "", f"what does this column hold?{f' ({why})' if why else ''}", len(found)
            )
