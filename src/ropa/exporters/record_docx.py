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
    from docx.text.paragraph import Paragraph

CREATED = datetime(2000, 1, 1)
"""The day every document says it was made, so that the same register gives the same bytes."""
_WIDTHS = (4.5, 12.5)
_OLDEST = (1980, 1, 1, 0, 0, 0)


def render(record: Record) -> bytes:
    try:
        import docx
    except ModuleNotFoundError as error:
        raise MissingExtra("docx") from error
    document = docx.Document()
    _begin(document, record)
    _contents(document, record)
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
    _with_room_in_cells(document)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    document.add_heading(visible(record.title), 0)
    for remark in record.remarks:
        document.add_paragraph(visible(remark))


_ROOM = "40"
"""How far words keep from the lines above and below them, in twentieths of a point."""


def _with_room_in_cells(document: "Document") -> None:
    """Let the words of tables not touch their lines: the style of them all says how much room a cell has."""
    from docx.oxml.ns import qn

    margins = document.styles["Table Grid"].element.find(f".//{qn('w:tblCellMar')}")
    for side in ("w:top", "w:bottom"):
        margins.find(qn(side)).set(qn("w:w"), _ROOM)


def _contents(document: "Document", record: Record) -> None:
    """The activities, each leading to its heading: no field, which every reader would have to bring up to date."""
    if not any(register.rows for register in record.registers):
        return
    document.add_heading("Contents", 1)
    for register in record.registers:
        for number, row in enumerate(register.rows, 1):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            _leading_to(paragraph, _place(register, number), _numbered(number, row))


def _numbered(number: int, row: Row) -> str:
    return f"{number}. {visible(' '.join(lines(row['name'])))}"


def _place(register: RecordTable, number: int) -> str:
    return f"{register.key}_{number}"


def _leading_to(paragraph: "Paragraph", place: str, text: str) -> None:
    """Text that leads to a place of the same document."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), place)
    run = paragraph.add_run(text)
    link.append(run._r)
    paragraph._p.append(link)


def _marked(paragraph: "Paragraph", place: str, number: int) -> None:
    """Make a place of a paragraph, for others to lead to."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), place)
        paragraph._p.append(mark)


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
        heading = document.add_heading(_numbered(number, row), 2)
        _marked(heading, _place(register, number), number)
        _entries(document, columns, row)
    if not register.rows:
        document.add_paragraph("The register has no activity.")


def _entries(document: "Document", columns: Iterable[Column], row: Row) -> None:
    from docx.shared import Cm

    said = [(column, lines(row.get(column.key))) for column in columns]
    shown = [(column, entry) for column, entry in said if entry]
    table = document.add_table(rows=len(shown), cols=2, style="Table Grid")
    table.autofit = False
    for wide, width in zip(table.columns, _WIDTHS, strict=True):
        wide.width = Cm(width)
    _whole_rows(table)
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
    _whole_rows(table)
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


def _whole_rows(table: "WordTable") -> None:
    """No row goes on over the page, unless it is longer than one."""
    from docx.oxml import OxmlElement

    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


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
