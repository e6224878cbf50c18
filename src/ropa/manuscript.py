"""What stands on the pages of a report: headings, paragraphs, lists and tables, before a format sets them.

It holds plain text, so that whatever writes it down has to make it safe there.
"""

from typing import NamedTuple


class Strong(NamedTuple):
    """Words that stand out."""

    text: str


class Code(NamedTuple):
    """A word for the computer: the name of a rule, a command. Always our own, never what others wrote."""

    text: str


class Link(NamedTuple):
    """An address of the web that leads where it says."""

    address: str


Line = tuple[str | Strong | Code | Link, ...]


class Heading(NamedTuple):
    """The title of a section. The title of the whole is level 1, so that these begin with 2."""

    level: int
    line: Line


class Paragraph(NamedTuple):
    """One paragraph. Its lines follow each other, and where it is wrapped anew they may be joined."""

    lines: tuple[Line, ...]


class Item(NamedTuple):
    """A point of a list, and the points below it."""

    lines: tuple[Line, ...]
    below: tuple["Item", ...] = ()


class Bullets(NamedTuple):
    """A list of points."""

    items: tuple[Item, ...]


class Draft(NamedTuple):
    """A sentence to be put into a notice: where to, its wording, and the statement to tie to it."""

    number: int
    lead: Line
    wording: str
    statement: str


class Column(NamedTuple):
    """The head of a column, and whether it holds numbers."""

    heading: str
    numbers: bool = False


class Table(NamedTuple):
    """Rows of cells, each of one or several lines."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


class Entry(NamedTuple):
    """What is recorded under one heading. `note` is the law that asks for it, or empty."""

    heading: str
    note: str
    lines: tuple[Line, ...]


class Entries(NamedTuple):
    """What is recorded of one thing, heading by heading."""

    entries: tuple[Entry, ...]


class Wide(NamedTuple):
    """What stands on pages turned on their side."""

    blocks: tuple["Block", ...]


Block = Heading | Paragraph | Bullets | Draft | Table | Entries | Wide


class Manuscript(NamedTuple):
    """A whole report."""

    title: str
    blocks: tuple[Block, ...]


def paragraph(text: str) -> Paragraph:
    """A paragraph of one line of plain text."""
    return Paragraph(((text,),))
