"""The record as a Word document: an activity a heading and a table, then the parties, systems and notices."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from ropa.errors import MissingExtra
from ropa.record.fields import Column
from ropa.record.tables import Record, RecordTable, Row, lines
from ropa.visible import visible

if TYPE_CHECKING:  # loaded only when a document is made
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell

CREATED = datetime(2000, 1, 1)
"""The day every document says it was made, so that the same register gives the same bytes."""
_WIDTHS = (5.0, 12.0)
_OLDEST = (1980, 1, 1, 0, 0, 0)


def render(record: Record) -> bytes:
    try:
        import docx
    except ModuleNotFoundError as error:
        raise MissingExtra("docx") from error
    document = docx.Document()
    _begin(document, record)
    _organisation(document, record.organisation)
    for register in record.registers:
        _register(document, register)
    if any(shelf.rows for shelf in record.shelves):
        _turn(document)
    for shelf in record.shelves:
        _shelf(document, shelf)
    written = io.BytesIO()
    document.save(written)
    return _without_clock(written)


def _begin(document: "Document", record: Record) -> None:
    from docx.shared import Cm, Pt

    about = document.core_properties
    about.title, about.author, about.comments = visible(record.title)[:255], "", ""
    about.created = about.modified = CREATED
    about.last_modified_by, about.revision, about.language = "", 1, "en-GB"
    document.styles["Normal"].font.size = Pt(10)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    document.add_heading(visible(record.title), 0)
    for remark in record.remarks:
        document.add_paragraph(visible(remark))


def _organisation(document: "Document", table: RecordTable) -> None:
    document.add_heading(table.title, 1)
    for row in table.rows:
        _entries(document, table.columns, row)
    if not table.rows:
        document.add_paragraph("Nobody has written down whose record this is.")


def _register(document: "Document", register: RecordTable) -> None:
    document.add_heading(register.title, 1)
    columns = [column for column in register.columns if column.key != "name"]
    for number, row in enumerate(register.rows, 1):
        document.add_heading(f"{number}. {visible(' '.join(lines(row['name'])))}", 2)
        _entries(document, columns, row)
    if not register.rows:
        document.add_paragraph("The register has no activity.")


def _entries(document: "Document", columns: Iterable[Column], row: Row) -> None:
    from docx.shared import Cm

    said = [(column, lines(row.get(column.key))) for column in columns]
    shown = [(column, entry) for column, entry in said if entry]
    table = document.add_table(rows=len(shown), cols=2, style="Table Grid")
    table.autofit = False
    for cells, (column, entry) in zip(_cells(table), shown, strict=True):
        law = f" (Article {column.law})" if column.law else ""
        cells[0].paragraphs[0].add_run(f"{column.heading}{law}").bold = True
        _fill(cells[1], entry)
        for cell, width in zip(cells, _WIDTHS, strict=True):
            cell.width = Cm(width)
    document.add_paragraph()


def _shelf(document: "Document", shelf: RecordTable) -> None:
    """The columns that have something in them; the head comes again on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    shown = [c for c in shelf.columns if any(lines(row.get(c.key)) for row in shelf.rows)]
    if not shown:
        return
    document.add_heading(shelf.title, 1)
    table = document.add_table(rows=1 + len(shelf.rows), cols=len(shown), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    head, *rows = _cells(table)
    for cell, column in zip(head, shown, strict=True):
        cell.paragraphs[0].add_run(column.heading).bold = True
    for cells, row in zip(rows, shelf.rows, strict=True):
        for cell, column in zip(cells, shown, strict=True):
            _fill(cell, lines(row.get(column.key)))
    for cell in (cell for cells in (head, *rows) for cell in cells):
        for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
            run.font.size = Pt(8)
    document.add_paragraph()


def _turn(document: "Document") -> None:
    """The wide tables stand on pages turned on their side."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    before = document.sections[-1]
    height, width = before.page_height, before.page_width
    page = document.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = height, width


def _cells(table: "WordTable") -> "list[list[_Cell]]":
    """Row by row, all at once: to ask a table for one cell after another takes the square of their number."""
    cells, width = table._cells, len(table.columns)
    return [cells[at : at + width] for at in range(0, len(cells), width)]


def _fill(cell: "_Cell", said: tuple[str, ...]) -> None:
    for number, line in enumerate(said):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.add_run(visible(line))


def _without_clock(written: io.BytesIO) -> bytes:
    """The same archive, with the same parts in the same order, and no word of when it was made."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as archive, zipfile.ZipFile(again, "w") as copy:
        for entry in archive.infolist():
            part = zipfile.ZipInfo(entry.filename, _OLDEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(part, archive.read(entry))
    return again.getvalue()
