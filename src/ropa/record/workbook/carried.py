"""What an importer hands over: the documents a foreign file amounts to, and where each of their values came from."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from ropa.findings import Problem
from ropa.location import Location, Pointer
from ropa.record.workbook.spreadsheet import Spot

Identity = tuple[str, str]
"""The kind and id of a document; the id of a term has its facet before it."""


class Carried(Struct, frozen=True):
    """One document: what it says, and the cell that each of its values came from."""

    data: Mapping[str, Any]
    at: Spot
    cells: Mapping[Pointer, Spot]

    @property
    def identity(self) -> Identity:
        """What makes it that document and no other."""
        return identity(self.data)

    def cell(self, pointer: Pointer) -> Spot:
        """Where the value at a pointer came from, or the nearest that encloses it."""
        while pointer and pointer not in self.cells:
            pointer = pointer[:-1]
        return self.cells.get(pointer, self.at)


class Prints(NamedTuple):
    """Fingerprints of what stands in the cells of an entry, and in those that are drawn from other cells."""

    own: str
    drawn: str


class WorkbookReading(Struct, frozen=True):
    """All that was read. `faults` keep it from being taken in, `notes` are what was not carried over.

    `exported` says which documents the file was written from, by the fingerprints of their cells, which are
    `prints` now; None where it does not say. `lacking` are the columns that are not there, `filled` those with
    something in them, each by its sheet and heading. `drawn` is what stands in cells that are drawn from others,
    by what they belong to.
    """

    documents: tuple[Carried, ...]
    faults: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    exported: Mapping[Identity, Prints] | None = None
    prints: Mapping[Identity, Prints] = {}
    day: str = ""
    lacking: frozenset[tuple[str, str]] = frozenset()
    filled: frozenset[tuple[str, str]] = frozenset()
    drawn: Mapping[tuple[str, ...], tuple[Spot, str]] = {}


def identity(data: Mapping[str, Any]) -> Identity:
    """What makes a document that document and no other."""
    kind, id_ = str(data.get("kind", "")), str(data.get("id", ""))
    return kind, f"{data.get('facet', '')}/{id_}" if kind == "term" else id_


class Cells(Struct, frozen=True):
    """The texts of a row of an entry, by their columns: its own cells, and the rest, which are drawn from others."""

    sheet: str
    own: Mapping[str, str]
    rest: Mapping[str, str]


def prints(rows: Sequence[Cells]) -> Prints:
    """What tells the rows of an entry from others, whatever their order."""
    return Prints(
        _fingerprint((row.sheet, row.own) for row in rows),
        _fingerprint((row.sheet, row.rest) for row in rows),
    )


def _fingerprint(rows: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    said = [
        (sheet, {k: v[:_LONGEST] for k, v in sorted(cells.items()) if v}) for sheet, cells in rows
    ]
    written = sorted(json.dumps(row, ensure_ascii=True) for row in said if row[1])
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:16]


_LONGEST = 30_000
"""A cell that is cut is cut beyond this."""


def said(at: Spot, message: str, hint: str = "") -> Problem:
    """A problem of a cell."""
    return Problem(Location(str(at), at.row + 1, at.column + 1), message, hint)
