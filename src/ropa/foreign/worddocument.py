"""The tables of a Word document as rows of text, each under the heading that stands above it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ropa.errors import CannotRead, MissingExtra

if TYPE_CHECKING:  # loaded only when a document is read
    from docx.table import Table as WordTable
    from docx.table import _Cell

LONGEST_UNPACKED, MOST_PARTS = 64 * 2**20, 2_000
"""How many bytes a document may unpack to, and how many parts it may have."""


def tables(content: bytes) -> Iterator[tuple[str, Sequence[Sequence[str]]]]:
    """Each table with the heading above it, and the paragraphs outside of tables as one named `text`.

    Raises `CannotRead`, which says what is wrong with the document.
    """
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
    prose: list[list[str]] = []
    heading = ""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield heading or "table", _rows(part)
        elif text := part.text.strip():
            prose.append([text])
            style = part.style.name if part.style else ""
            heading = text if (style or "").startswith(("Heading", "Title")) else heading
    yield "text", prose


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
