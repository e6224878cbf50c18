"""What became of each cell of a foreign file: taken, guessed, kept as a note, or asked about."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.record.workbook.spreadsheet import Spot

OF_HEADING, OF_ORGANISATION = "heading: ", "organisation: "
"""What begins the field of a cell that is a heading, and of one that says something of the organisation."""


class Fate(StrEnum):
    """How a cell ended. Each ends in one way."""

    TAKEN = "taken"
    GUESSED = "guessed"
    NOTE = "kept as a note"
    ASKED = "asked about"


class ReadCell(Struct, frozen=True):
    """A cell with something in it: where it stands, what it says, and what became of it.

    `entry` is the id of the activity it belongs to and `field` where its value stands there; both are empty where it
    belongs to none. `why` says what was guessed or asked, and why.
    """

    at: Spot
    heading: str
    text: str
    fate: Fate
    entry: str = ""
    field: str = ""
    why: str = ""


class Question(Struct, frozen=True):
    """Something that only a person knows: what a column is, or what a text in one says.

    `column` is the heading, `text` what stands there, empty where the whole column is asked about. `cells` is how many
    cells wait for the answer.
    """

    column: str
    text: str
    asks: str
    cells: int


class NewWord(Struct, frozen=True):
    """A word that the vocabulary has not: it becomes a term of the register's own.

    `nearest` are ids of known words; `broader` is the wider one that the file itself names, if it names one.
    """

    facet: str
    id: str
    label: str
    nearest: tuple[str, ...]
    broader: str = ""


class ForeignReading(Struct, frozen=True):
    """What a foreign file says: documents of ours, and what became of each of its cells.

    `is_a` says what the file was taken for. `columns` are the headings of each sheet with the field each stands for.
    `asides` are texts that belong to no entry, `remarks` what else a reader has to know.
    """

    is_a: str
    documents: tuple[Mapping[str, Any], ...]
    cells: tuple[ReadCell, ...]
    questions: tuple[Question, ...] = ()
    words: tuple[NewWord, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = {}
    headings: Mapping[str, tuple[int, ...]] = {}
    remarks: tuple[str, ...] = ()

    @property
    def counts(self) -> Counter[Fate]:
        """How many cells ended in each way; together they are all cells of the file."""
        return Counter(cell.fate for cell in self.cells)

    def named(self, is_a: str) -> "ForeignReading":
        """The same, with what the file was taken for."""
        return replace(self, is_a=is_a)

    def of_fate(self, fate: Fate) -> Iterable[ReadCell]:
        """The cells that ended so, in the order of the file."""
        return (cell for cell in self.cells if cell.fate is fate)
