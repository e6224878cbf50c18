"""The record of processing as tables of cells: what every exporter is given."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from ropa.record.fields import Column
from ropa.saying import phrases

TAKEN_OVER = "Taken over from another register"
"""What stands before what is written in a register that is extended."""
MOST_MISSING = 20
"""How many documents that are not in a record are named there; the number says how many there are."""


class CodedWord(Struct, frozen=True):
    """A word of the vocabulary, a party or a code of the law, with what to call it.

    `iri` is the equal concept of the Data Privacy Vocabulary, where there is one. `exact` is what to write
    for it where the label means something else, or nothing.
    """

    id: str
    label: str
    iri: str = ""
    exact: str = ""


Cell = str | bool | int | date | CodedWord | tuple[str, ...] | tuple[CodedWord, ...] | None

Row = Mapping[str, Cell]


class RecordTable(Struct, frozen=True):
    """Rows that have the same columns.

    A workbook that is to be edited has the columns of `sheet` instead, and in each row the cells of `written`
    where they are there: what the register itself writes, where `rows` say in full what it comes to.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sheet: tuple[Column, ...] = ()
    written: tuple[Row, ...] = ()


class Record(Struct, frozen=True):
    """The record of one organisation.

    `organisation` has one row. A row of `controller` (Article 30(1)) or `processor` (Article 30(2)) is an
    activity, and says all there is to say of it in lines of text. `details` say the same in cells of their own,
    each row with its `activity`; `shelves` are what activities refer to. `words` are the register's own, which
    only workbooks carry. `missing` are the documents of the register that are not in it, each with the reason, and
    `apart` what was looked at and holds no personal data, with the reason. `taken_over` are the files of other
    registers, by their paths from this one, each with what of it is in the record: all that is said of that is
    written there.
    """

    name: str
    publication: bool
    organisation: RecordTable
    controller: RecordTable
    processor: RecordTable
    details: tuple[RecordTable, ...]
    shelves: tuple[RecordTable, ...]
    words: RecordTable
    day: date
    missing: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    taken_over: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def remarks(self) -> Iterator[str]:
        """What is to be said at its top: that some of the register is not in it, and what was left out on purpose."""
        if self.missing:
            number = phrases.count(len(self.missing), "document")
            yield f"This record is not complete: {number} of the register could not be read, or does not count."
            yield from (f"Not in this record: {reason}." for reason in self.missing[:MOST_MISSING])
        for name, reason in self.apart:
            yield f"Looked at, and no personal data: {name} ({reason})."
        yield from map(" ".join, self.origins)
        if self.publication:
            yield "Edition for publication: what is for internal use is left out."

    @property
    def origins(self) -> Iterator[tuple[str, str]]:
        """Where what is taken over is written: what to call that, and a sentence for each file."""
        for path, names in self.taken_over:
            yield f"{TAKEN_OVER}:", f"{phrases.several(names)} (written in {path})."

    @property
    def title(self) -> str:
        """What to call it."""
        return f"Record of processing: {self.name}"

    @property
    def registers(self) -> tuple[RecordTable, ...]:
        """The two registers of Article 30, without one that would be empty beside the other."""
        both = (self.controller, self.processor)
        return tuple(table for table in both if table.rows) or (self.controller,)


def lines(cell: Cell) -> tuple[str, ...]:
    """A cell in words, a line for each of several."""
    match cell:
        case None | "":
            return ()
        case bool():
            return ("yes" if cell else "no",)
        case date():
            return (phrases.day(cell),)
        case CodedWord():
            return (cell.label,)
        case tuple():
            return tuple(entry.label if isinstance(entry, CodedWord) else entry for entry in cell)
    return (str(cell),)
