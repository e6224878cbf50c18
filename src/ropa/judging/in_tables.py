"""What a row of a table takes from a statement: a cell that says no, and a column or a row of another body.

A row is read with each cell behind the head of its column, as "Shared with Sample Trust: no".
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.reading.said import Part, Reading, Span

_NO = regex(
    r"(?:no|never|none|nobody|not shared|not kept|not passed on|not used)[.]?", re.IGNORECASE
)
_YES = regex(r"(?:yes|always)\b", re.IGNORECASE)
_WHOSE = regex(
    r"\b(?:controller|organisation|body|who|whom|responsible|kept by|held by|owner)\b",
    re.IGNORECASE,
)
"""What the head of a column says below which stands whose the row is."""


class RowCell(Struct, frozen=True):
    """A cell of a row as it is read: the head of its column, its own words, and where both stand in the row."""

    head: str
    text: str
    start: int
    middle: int
    end: int


def cells(reading: Reading) -> Iterator[RowCell]:
    """The cells of the row that a sentence is of, those without a head of their column left out."""
    at = 0
    for part in reading.sentence.row.split(". "):
        head, colon, text = part.partition(": ")
        if colon:
            yield RowCell(head, text, at, at + len(head), at + len(part))
        at += len(part) + 2


def denying(reading: Reading) -> Iterator[Span]:
    """The cells that say no to what the row tells, where none says yes."""
    found = tuple(cells(reading))
    if any(_YES.match(cell.text) for cell in found):
        return
    for cell in found:
        if _NO.fullmatch(cell.text.strip()):
            yield Span(cell.start, cell.end, Part.ROW)


def of_others(reading: Reading, quote: str, others: frozenset[str]) -> Iterator[Span]:
    """The names of bodies that act for themselves, at the head of the column quoted, or as whose the row is."""
    found = tuple(cells(reading))
    for word in reading.words:
        if word.span.part is Part.ROW and word.word in others:
            cell = next((c for c in found if c.start <= word.span.start < c.end), None)
            if cell is None:
                continue
            heads = word.span.start < cell.middle and _is_quoted(cell, quote)
            whose = word.span.start > cell.middle and bool(_WHOSE.search(cell.head))
            if heads or whose:
                yield word.span


def _is_quoted(cell: RowCell, quote: str) -> bool:
    words = cell.text.strip(" .").casefold()
    return bool(words) and (words in quote.casefold() or quote.casefold().strip(" .") in words)
