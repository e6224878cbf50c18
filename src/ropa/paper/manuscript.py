"""What stands on the pages of a report: headings, paragraphs, lists and tables, before a format sets them.

It holds plain text, so that whatever writes it down has to make it safe there.
"""

from msgspec import Struct


class Strong(Struct, frozen=True):
    """Words that stand out."""

    text: str


class Code(Struct, frozen=True):
    """A word for the computer: the name of a rule, a command. Always our own, never what others wrote."""

    text: str


class Link(Struct, frozen=True):
    """An address of the web that leads where it says."""

    address: str


Line = tuple[str | Strong | Code | Link, ...]


class PaperHeading(Struct, frozen=True):
    """The title of a section. The title of the whole is level 1, so that these begin with 2."""

    level: int
    line: Line


class Paragraph(Struct, frozen=True):
    """One paragraph. Its lines follow each other, and where it is wrapped anew they may be joined."""

    lines: tuple[Line, ...]


class PaperItem(Struct, frozen=True):
    """A point of a list, and the points below it."""

    lines: tuple[Line, ...]
    below: tuple["PaperItem", ...] = ()


class Bullets(Struct, frozen=True):
    """A list of points."""

    items: tuple[PaperItem, ...]


class DraftWording(Struct, frozen=True):
    """A sentence to be put into a notice: where to, its wording, and the statement to tie to it."""

    number: int
    lead: Line
    wording: str
    statement: str


class PaperColumn(Struct, frozen=True):
    """The head of a column, and whether it holds numbers."""

    heading: str
    numbers: bool = False


class PaperTable(Struct, frozen=True):
    """Rows of cells, each of one or several lines."""

    columns: tuple[PaperColumn, ...]
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


class PaperEntry(Struct, frozen=True):
    """What is recorded under one heading. `note` is the law that asks for it, or empty."""

    heading: str
    note: str
    lines: tuple[Line, ...]


class Entries(Struct, frozen=True):
    """What is recorded of one thing, heading by heading."""

    entries: tuple[PaperEntry, ...]


class Wide(Struct, frozen=True):
    """What stands on pages turned on their side."""

    blocks: tuple["Block", ...]


Block = PaperHeading | Paragraph | Bullets | DraftWording | PaperTable | Entries | Wide


class Manuscript(Struct, frozen=True):
    """A whole report."""

    title: str
    blocks: tuple[Block, ...]


def paragraph(text: str) -> Paragraph:
    """A paragraph of one line of plain text."""
    return Paragraph(((text,),))
