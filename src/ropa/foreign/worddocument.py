"""A Word document from its top: its tables, each under the heading that stands above it, and the lines between them."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from ropa.errors import CannotRead, MissingExtra
from ropa.foreign.prose import ProseLine

if TYPE_CHECKING:  # loaded only when a document is read
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

LONGEST_UNPACKED, MOST_PARTS = 64 * 2**20, 2_000
"""How many bytes a document may unpack to, and how many parts it may have."""


WordPart = ProseLine | tuple[str, Sequence[Sequence[str]]]
"""A line outside of tables, or the rows of a table with the heading above it."""


def parts(content: bytes) -> Iterator[WordPart]:
    """What stands in a document, from its top. Raises `CannotRead`, which says what is wrong with the document."""
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
        from docx.table import Table
    except ModuleNotFoundError as error:
        raise MissingExtra("docx") from error
    _refuse_bombs(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, SyntaxError, KeyError, ValueError) as error:
        raise CannotRead("it is no Word document that can be read") from error
    _unwrap(document.element.body)
    heading = ""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield heading or "table", _rows(part)
            continue
        for line in _lines(part):
            heading = line.text if line.level else heading
            yield line


def _unwrap(body: "BaseOxmlElement") -> None:
    """Put what stands in content controls where they stand: that is where a form is filled in, and its boxes ticked."""
    from docx.oxml.ns import qn

    for control in reversed(list(body.iter(qn("w:sdt")))):
        content, parent = control.find(qn("w:sdtContent")), control.getparent()
        for child in () if content is None else tuple(content):
            control.addprevious(child)
        if parent is not None:
            parent.remove(control)


_HEADING = re.compile(r"(?:Heading|Title|Subtitle)\s*(\d?)")


def _lines(paragraph: "Paragraph") -> Iterator[ProseLine]:
    """The lines of a paragraph, each begun anew in it, with what the first begins with in bold."""
    style = (paragraph.style.name if paragraph.style else "") or ""
    heading = _HEADING.match(style)
    bold = "" if heading else _begins_in_bold(paragraph)
    lines = [line.strip() for line in paragraph.text.splitlines() if line.strip()]
    for number, text in enumerate(lines):
        yield ProseLine(
            text,
            int(heading[1] or 1) if heading else 0,
            bold if text.startswith(bold) else "",
            style.startswith("List"),
            joined=number > 0,
        )


def _begins_in_bold(paragraph: "Paragraph") -> str:
    runs = takewhile(lambda run: run.bold or not run.text.strip(), paragraph.runs)
    return "".join(run.text for run in runs).strip()


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise CannotRead("it is no Word document that can be read") from error
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LONGEST_UNPACKED:
        raise CannotRead(f"it unpacks to more than {LONGEST_UNPACKED // 2**20} MiB")


def _rows(table: "WordTable") -> list[list[str]]:
    """The rows of a table; a cell that spans several is written where it begins."""
    seen: set[object] = set()
    return [[_once(cell, seen) for cell in row.cells] for row in table.rows]


def _once(cell: "_Cell", seen: set[object]) -> str:
    if cell._tc in seen:
        return ""
    seen.add(cell._tc)
    return _text(cell)


def _text(cell: "_Cell") -> str:
    """What a cell says, with the tables inside it."""
    inner = (_text(c) for table in cell.tables for row in table.rows for c in row.cells)
    return "\n".join(text for text in (cell.text.strip(), *inner) if text)
