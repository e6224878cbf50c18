"""The workbook that `ropa record --format xlsx` writes, read back after somebody has edited it.

Rows and columns may stand in any order and have empty ones between them. What cannot be understood is a fault at its
cell; what is none of ours, or drawn from other cells, is noted and never dropped in silence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import well_formed
from ropa.errors import CannotRead, did_you_mean
from ropa.location import Pointer
from ropa.record import fields
from ropa.record.fields import Column
from ropa.record.workbook import spreadsheet
from ropa.record.workbook.carried import (
    Carried,
    Cells,
    Identity,
    Prints,
    WorkbookReading,
    prints,
    said,
)
from ropa.record.workbook.cells import KnownWords, NotThis, text_of, value_of
from ropa.record.workbook.rows import SHEETS, WorkbookRow, WorkbookRows, sheet_of
from ropa.record.workbook.spreadsheet import SheetPage, Spot, Value
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import Vocabulary
from ropa.visible import unspelt

_KINDS = {
    "Organisation": "organisation",
    "Controller": "activity",
    "Processor": "activity",
    "Parties": "party",
    "Systems": "system",
    "Notices": "notice",
    "Words": "term",
}
_PARTS = {
    "Sources": "sources",
    "Controllers": "on_behalf_of",
    "Breaches": "breach",
    "Bases": "basis",
    "Retention": "retention",
    "Recipients": "disclosures",
}
_Placed = dict[str, dict[tuple[int, ...], tuple[dict[str, Any], Pointer]]]
"""The recipients of each activity by their numbers: what is said of each, and where in its activity."""
_ORDER = (
    "kind", "facet", "id", "name", "label", "type", "role", "contact", "dpo", "subjects", "purposes", "data",
    "sources", "basis", "systems", "retention", "disclosures", "on_behalf_of",
)  # fmt: skip


def recognises(content: bytes, name: str) -> bool:
    """Whether a file is a workbook of `ropa record` in our own layout: its sheets are called so."""
    if not name.lower().endswith(".xlsx"):
        return False
    return "Organisation" in (names := spreadsheet.names(content)) and not {
        "Controller",
        "Processor",
    }.isdisjoint(names)


def read(content: bytes, documents: Sequence[Document]) -> WorkbookReading:
    """What a workbook says. `documents` are those of the register it belongs to, whose words it may use."""
    pages = {sheet_of(page.name): page for page in spreadsheet.read(content)}
    _refuse_other_layouts(pages)
    return read_pages(pages, documents)


def read_pages(pages: Mapping[str, SheetPage], documents: Sequence[Document]) -> WorkbookReading:
    """What the sheets of a workbook of ours say, by their names."""
    return _WorkbookReader(pages, documents).reading()


def _refuse_other_layouts(pages: Mapping[str, SheetPage]) -> None:
    if not {"Controller", "Processor"} & pages.keys():
        message = "it has neither a sheet “Controller” nor “Processor”, so it is not the workbook of `ropa record`"
        raise CannotRead(f"{message} in our own layout; other layouts cannot be read yet")
    for row in pages["Organisation"].rows if "Organisation" in pages else ():
        texts = [text_of(cell).casefold() for cell in row]
        if texts[:1] == ["edition"] and any("publication" in text for text in texts):
            message = "it is the edition for publication, which leaves out what is internal"
            raise CannotRead(f"{message}; edit a workbook written without --publication")


class _WorkbookReader:
    """Knows, while a workbook is read, what its rows refer to."""

    def __init__(self, pages: Mapping[str, SheetPage], documents: Sequence[Document]) -> None:
        found = WorkbookRows(pages)
        self.rows, self.lacking, self.filled = (
            found.by_sheet,
            found.lacking,
            frozenset(found.filled),
        )
        self.faults, self.notes = found.faults, found.notes
        self.drawn: dict[tuple[str, ...], tuple[Spot, str]] = {}
        self.found: dict[Identity, list[Cells]] = {}
        self.by_name: dict[str, list[Carried]] = {}
        self.exported, self.day = _exported(pages.get("Exported"))
        whole = [d for d in documents if not d.problems and well_formed(d)]
        self.known = KnownWords(
            self._vocabulary(whole),
            self._names("Systems", "system", whole),
            self._names("Notices", "notice", whole),
            self.day or date.max,
        )

    def reading(self) -> WorkbookReading:
        made = [self._document(name, row) for name in _KINDS for row in self.rows[name]]
        activities = {c.data["id"]: c for c in made if c.data["kind"] == "activity"}
        for carried in activities.values():
            name = str(carried.data.get("name", "")).casefold()
            self.by_name.setdefault(name, []).append(carried)
        for name, key in _PARTS.items():
            if name not in ("Retention", "Bases", "Recipients"):
                self._parts(name, key, activities)
        self._disclosures(activities)
        for carried in made:
            _in_order(carried.data)
        self._twice(made)
        return WorkbookReading(
            tuple(made), tuple(self.faults), tuple(self.notes), self.exported,
            {key: prints(rows) for key, rows in self.found.items()},
            self.day.isoformat() if self.day else "", frozenset(self.lacking), self.filled, self.drawn,
        )  # fmt: skip

    # -- what rows refer to ----------------------------------------------------------------------

    def _vocabulary(self, documents: Sequence[Document]) -> Vocabulary:
        """The words of the package, of the workbook and of the register, in that order."""
        here = [
            *(
                _named(row, {"kind": "term", "facet": _facet(row)}, "label")
                for row in self.rows["Words"]
            ),
            *(
                _named(row, {"kind": "party", "type": "controller"}, "name")
                for row in self.rows["Parties"]
            ),
        ]
        terms = [d for d in documents if d.data["kind"] in ("term", "party")]
        own = [d for d in here if well_formed(d)]
        first = [d for d in own if d.data["kind"] == "term"]
        rest = [d for d in own if d not in first]
        return Lexicon([*first, *rest, *terms], shipped_terms()).vocabulary()

    def _names(self, sheet: str, kind: str, documents: Sequence[Document]) -> Mapping[str, str]:
        """Ids by themselves and by the names that only one has."""
        pairs = [
            (row.text("name"), row.text("id") or _slug(row.text("name")))
            for row in self.rows[sheet]
        ]
        pairs += [
            (str(d.data.get("name", "")), d.data["id"]) for d in documents if d.data["kind"] == kind
        ]
        named: dict[str, set[str]] = {}
        for name, id_ in pairs:
            named.setdefault(name.casefold(), set()).add(id_)
        unique = {name: next(iter(ids)) for name, ids in named.items() if name and len(ids) == 1}
        return unique | {id_: id_ for _, id_ in pairs if id_}

    def _note_cells(self, row: WorkbookRow, key: Identity, *, drawn: bool = False) -> None:
        """Keep what the row of an entry says, to tell whether anybody touched it."""
        texts = [(c, text_of(row.cells[c.key][1])) for c in SHEETS[row.sheet] if c.key in row.cells]
        own = {c.key: text for c, text in texts if not (drawn or c.drawn or c == fields.ACTIVITY)}
        rest = {c.key: text for c, text in texts if (drawn or c.drawn) and c != fields.ACTIVITY}
        sheet = "activity" if _KINDS.get(row.sheet) == "activity" else row.sheet.lower()
        self.found.setdefault(key, []).append(Cells(sheet, own, rest))

    def _activity(self, row: WorkbookRow, activities: Mapping[str, Carried]) -> Carried | None:
        """The activity a row belongs to, by its short name or its name."""
        written = row.text("activity")
        named = self.by_name.get(written.casefold(), [])
        found = activities.get(written) or (named[0] if len(named) == 1 else None)
        if found is None and not written:
            self._fault(
                row.at,
                "this row does not say whose it is",
                "write the activity's short name in “Activity”",
            )
        elif found is None:
            near = did_you_mean(written, activities)
            hint = (
                "write the short name of a row of “Controller” or “Processor”, or delete this row"
            )
            self._fault(row.cells["activity"][0], f"there is no activity “{written}”{near}", hint)
        if found is not None:
            drawn = (
                row.sheet == "Recipients" and "system" in row.cells and "number" not in row.cells
            )
            self._note_cells(row, found.identity, drawn=drawn)
        return found

    # -- from rows to documents ------------------------------------------------------------------

    def _document(self, sheet: str, row: WorkbookRow) -> Carried:
        data: dict[str, Any] = {"kind": _KINDS[sheet]}
        cells: dict[Pointer, Spot] = {}
        self._fill(row, data, cells, ())
        if "id" not in data:
            name = str(data.get("name", data.get("label", "")))
            data["id"] = _slug(name)
            if not data["id"]:
                self._fault(row.at, "this row has no short name", "write one, like school-meals")
        for column in (c for c in SHEETS[sheet] if c.drawn and c.key in row.cells):
            spot, _ = row.cells[column.key]
            self.drawn["activity", data["id"], column.key] = spot, row.text(column.key)
        carried = Carried(data, row.at, cells)
        self._note_cells(row, carried.identity)
        return carried

    def _fill(
        self, row: WorkbookRow, data: dict[str, Any], cells: dict[Pointer, Spot], at: Pointer
    ) -> None:
        """Put what the cells of a row say where documents write it."""
        denied: list[tuple[Column, Spot]] = []
        for column in (c for c in SHEETS[row.sheet] if c.at and c.key in row.cells):
            spot, cell = row.cells[column.key]
            value = self._value(column, spot, cell)
            if value is None:
                continue
            *outer, last = column.pointer
            inside = data
            for step in outer:
                if inside.get(step) is False:
                    denied.append((column, spot))
                if not isinstance(inside.get(step), dict):
                    inside[step] = {}
                inside = inside[step]
            inside[last] = value
            cells[(*at, *column.pointer)] = spot
            cells.setdefault((*at, column.pointer[0]), spot)
        for column, spot in denied:
            message = f"“{column.heading}” is filled in, and the cell that says whether there is any says no"
            self._fault(spot, message, "write yes there, or leave this empty")

    def _value(self, column: Column, spot: Spot, cell: Value) -> Any:
        try:
            return value_of(column, cell, self.known)
        except NotThis as fault:
            self._fault(spot, fault.message, fault.hint)
            return None

    def _parts(self, sheet: str, key: str, activities: Mapping[str, Carried]) -> None:
        """Rows that are entries of a list of their activity."""
        for row in self.rows[sheet]:
            carried = self._activity(row, activities)
            if carried is not None:
                entries: list[Any] = _writable(carried.data).setdefault(key, [])
                self._add(row, carried, entries, (key, len(entries)))

    def _add(
        self, row: WorkbookRow, carried: Carried, entries: list[Any], at: Pointer
    ) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        cells = _cells_of(carried)
        cells[at] = row.at
        self._fill(row, entry, cells, at)
        entries.append(entry)
        return entry

    def _disclosures(self, activities: Mapping[str, Carried]) -> None:
        """The recipients of each activity, below whoever passes the data on, and how long they keep it."""
        found: _Placed = {id_: {} for id_ in activities}
        waiting: list[tuple[WorkbookRow, Carried]] = []
        numbered: list[tuple[tuple[int, ...], WorkbookRow, Carried]] = []
        for row in self.rows["Recipients"]:
            carried = self._activity(row, activities)
            if carried is None or self._is_drawn(row, carried):
                continue
            number = self._number(row)
            if number:
                numbered.append((number, row, carried))
            elif number is not None:
                waiting.append((row, carried))
        for number, row, carried in sorted(numbered, key=lambda it: it[0]):
            self._disclosure(number, row, carried, found)
        for row, carried in waiting:
            above = self._giver(row, carried, found)
            if above is not None:
                known = [n for n in found[carried.data["id"]] if n[:-1] == above]
                number = (*above, max((n[-1] for n in known), default=0) + 1)
                self._disclosure(number, row, carried, found)
        self._belonging("Retention", activities, found)
        self._belonging("Bases", activities, found)

    def _disclosure(
        self, number: tuple[int, ...], row: WorkbookRow, carried: Carried, found: _Placed
    ) -> None:
        id_, nobody = carried.data["id"], (_writable(carried.data), ())
        here, written = found[id_], ".".join(map(str, number))
        if number in here:
            self._fault(
                row.at,
                f"{id_} has two recipients with the No. {written}",
                "leave one of the two empty",
            )
            return
        above, at = here.get(number[:-1], nobody)
        if number[1:] and number[:-1] not in here:
            giver = ".".join(map(str, number[:-1]))
            hint = "write the No. of whoever passes the data on, a point and a number, or leave it empty"
            self._fault(
                row.at,
                f"No. {written} gets the data from No. {giver}, and {id_} has no such row",
                hint,
            )
            return
        key = "onward" if number[1:] else "disclosures"
        entries = above.setdefault(key, [])
        pointer = (*at, key, len(entries))
        here[number] = self._add(row, carried, entries, pointer), pointer
        for column in (c for c in fields.RECIPIENTS if c.drawn and c.key in row.cells):
            spot, _ = row.cells[column.key]
            self.drawn["recipient", id_, written, column.key] = spot, row.text(column.key)

    def _is_drawn(self, row: WorkbookRow, carried: Carried) -> bool:
        """Whether a row is drawn from the system that the recipient runs."""
        if "system" not in row.cells or "number" in row.cells:
            return False
        for key, (spot, _) in row.cells.items():
            self.drawn["system", carried.data["id"], row.text("system"), key] = spot, row.text(key)
        return True

    def _number(self, row: WorkbookRow) -> tuple[int, ...] | None:
        """Which recipient a row is; nothing where it does not say, None where what it says is no number."""
        written = row.text("number")
        if re.fullmatch(r"[1-9][0-9]{0,5}(\.[1-9][0-9]{0,5}){0,30}", written, re.ASCII):
            return tuple(map(int, written.split(".")))
        if written:
            spot = row.cells["number"][0]
            self._fault(
                spot,
                f"“{written}” is no number of a recipient",
                "write 2, or 2.1, or leave it empty",
            )
        return None if written else ()

    def _giver(self, row: WorkbookRow, carried: Carried, found: _Placed) -> tuple[int, ...] | None:
        """The number of whoever passes the data on to a new recipient; nothing where it is we."""
        if "passed_on_by" not in row.cells:
            return ()
        spot, cell = row.cells["passed_on_by"]
        to = next(c for c in fields.RECIPIENTS if c.key == "recipient")
        giver = self._value(to, spot, cell)
        mine = [n for n, (d, _) in found[carried.data["id"]].items() if d.get("to") == giver]
        if len(mine) == 1:
            return mine[0]
        hint = "write the No. of this row: that of whoever passes the data on, a point and a number"
        many = "is no recipient" if not mine else "is more than one recipient"
        self._fault(spot, f"“{text_of(cell)}” {many} of {carried.data['id']}", hint)
        return None

    def _belonging(self, sheet: str, activities: Mapping[str, Carried], found: _Placed) -> None:
        """Rows that are entries of a list of their activity, or of the recipient with their number."""
        key = _PARTS[sheet]
        for row in self.rows[sheet]:
            carried = self._activity(row, activities)
            if carried is None:
                continue
            holder: dict[str, Any] = _writable(carried.data)
            at: Pointer = ()
            if "number" in row.cells or "recipient" in row.cells:
                number = (
                    self._number(row)
                    if "number" in row.cells
                    else self._giver_of(row, carried, found)
                )
                if number is None:
                    continue
                if number not in found[carried.data["id"]]:
                    hint = "write the No. of a row of “Recipients”, or delete this row"
                    message = (
                        f"{carried.data['id']} has no recipient with the No. {row.text('number')}"
                    )
                    self._fault(row.at, message, hint)
                    continue
                holder, at = found[carried.data["id"]][number]
            entries = holder.setdefault(key, [])
            if isinstance(entries, list):
                self._add(row, carried, entries, (*at, key, len(entries)))
                continue
            message = "“Lawful basis” is filled in for it as well, in its own row"
            self._fault(
                row.at, message, "leave it empty there, and write a row here for each basis"
            )

    def _giver_of(
        self, row: WorkbookRow, carried: Carried, found: _Placed
    ) -> tuple[int, ...] | None:
        """The recipient that a row is about, by its name."""
        cells = {"passed_on_by": row.cells["recipient"]}
        return self._giver(replace(row, cells=cells), carried, found)

    # -- what is said ----------------------------------------------------------------------------

    def _twice(self, made: Iterable[Carried]) -> None:
        first: dict[Identity, Carried] = {}
        for carried in made:
            known = first.setdefault(carried.identity, carried)
            if known is not carried:
                message = f"the short name {carried.data['id']} stands twice; first in {known.at}"
                self._fault(carried.at, message, "give one of the two another one, or delete it")

    def _fault(self, at: Spot, message: str, hint: str) -> None:
        self.faults.append(said(at, message, hint))

    def _note(self, at: Spot, message: str, hint: str) -> None:
        self.notes.append(said(at, message, hint))


def _exported(page: SheetPage | None) -> tuple[Mapping[Identity, Prints] | None, date | None]:
    """What the workbook was written from, and by the law of which day."""
    if page is None:
        return None, None
    rows = [[*map(text_of, row), "", "", "", ""][:4] for row in page.rows]
    days = [row[2] for row in rows if row[0] == "workbook"]
    try:
        day = date.fromisoformat(days[0]) if days else None
    except ValueError:
        day = None
    return {
        (kind, id_): Prints(own, drawn) for kind, id_, own, drawn in rows if kind != "workbook"
    }, day


def _named(row: WorkbookRow, data: dict[str, Any], key: str) -> Document:
    """A word or party of the workbook, as far as it can be looked up."""
    names = [unspelt(line.strip()) for line in text_of(row.cells["synonyms"][1]).split("\n")] if (
        "synonyms" in row.cells) else []  # fmt: skip
    label = row.text(key)
    return Document(
        SourceFile("", ""),
        {**data, "id": row.text("id") or _slug(label), key: label}
        | ({"synonyms": names} if names else {}),
    )


def _facet(row: WorkbookRow) -> str:
    said_as = {meaning: facet for facet, meaning in fields.FACETS.items()}
    return said_as.get(row.text("facet").casefold(), row.text("facet").casefold())


def _slug(name: str) -> str:
    """A short name for what has only a name."""
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold()))[:60].rstrip("-")


def _writable(data: Mapping[str, Any]) -> dict[str, Any]:
    return data if isinstance(data, dict) else dict(data)


def _cells_of(carried: Carried) -> dict[Pointer, Spot]:
    return carried.cells if isinstance(carried.cells, dict) else dict(carried.cells)


def _in_order(data: Mapping[str, Any]) -> None:
    """Let a new document begin with what names it."""
    written = _writable(data)
    rest = dict(written)
    written.clear()
    known: Iterator[str] = (key for key in _ORDER if key in rest)
    written |= {key: rest[key] for key in known}
    written |= {key: value for key, value in rest.items() if key not in written}
