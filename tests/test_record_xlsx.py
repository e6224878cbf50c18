"""The record as a workbook, opened again by another library and compared cell by cell."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

import everything
from conftest import ROOT
from ropa.exporters import record_xlsx, record_xlsx_ico
from ropa.record.tables import Cell, Record, RecordTable, lines
from ropa.record.workbook import spreadsheet, workbook
from ropa.record.workbook.cells import text_of
from ropa.record.workbook.spreadsheet import SheetPage
from ropa.record.workbook.workbook import ColumnHeading, Sheet, SheetPlace
from test_record import HOSTILE, marked, read, recorded

TEMPLATE = (
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    "Names of third countries or international organisations that personal data are transferred to (if applicable)",
    "Safeguards for exceptional transfers of personal data to third countries or international organisations"
    " (if applicable)",
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)",
    "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals",
    "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)",
    "Link to record of consent",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Data Protection Impact Assessment progress",
    "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?",
    "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
)
"""The headings of the ICO's template for controllers, in their order."""


def opened(content: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def shown(cell: Cell) -> Any:
    if (
        cell is None
        or isinstance(cell, date)
        or (isinstance(cell, int) and not isinstance(cell, bool))
    ):
        return "" if cell is None else cell
    return "\n".join(lines(cell))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return recorded(tmp_path_factory.mktemp("register"), everything.REGISTER)


def tables(record: Record) -> list[tuple[str, RecordTable]]:
    names = {"controller": "Controller", "processor": "Processor"}
    found = (record.controller, record.processor, *record.details, *record.shelves)
    return [(names.get(table.key, table.key.capitalize()), table) for table in found]


def headings(head: list[Any]) -> list[str]:
    return [h.partition(" (Article 30")[0] for h in head]


def test_every_cell_comes_back_with_its_type(tmp_path: Path) -> None:
    public = recorded(tmp_path, everything.REGISTER, publication=True)
    content = record_xlsx.render(public)
    for name, table in tables(public):
        head, *rows = opened(content, name)
        keys = [column.key for column in table.columns]
        assert headings(head) == [c.heading for c in table.columns]
        assert rows == [[shown(row.get(key)) for key in keys] for row in table.rows], table.key


def test_the_full_edition_says_what_the_register_writes(record: Record) -> None:
    content = record_xlsx.render(record)
    for name, table in tables(record):
        head, *rows = opened(content, name)
        assert headings(head) == [c.heading for c in table.sheet]
        both = [{**row, **own} for row, own in zip(table.rows, table.written, strict=True)]
        keys = [column.key for column in table.sheet]
        assert rows == [[shown(row.get(key)) for key in keys] for row in both], table.key
    loans = dict(zip(*opened(content, "Recipients")[:2], strict=True))
    assert (loans["No."], loans["Country (Article 30(1)(e))"]) == ("1", "United States")


def test_every_free_text_of_the_register_is_in_the_workbook(record: Record) -> None:
    text = parts(record_xlsx.render(record))["xl/sharedStrings.xml"]
    text += parts(record_xlsx.render(record))["xl/worksheets/_rels/sheet12.xml.rels"]
    assert [word for word in everything.WORDS if word not in text] == []


def test_the_example_register_has_a_sheet_for_all_there_is() -> None:
    example = read(ROOT / "registry")
    content = record_xlsx.render(example)
    assert len(opened(content, "Controller")) == 1 + len(example.controller.rows)
    assert len(opened(content, "Recipients")) == 1 + len(example.details[2].rows)


def test_the_sheets_are_fit_to_work_in(record: Record) -> None:
    made = parts(record_xlsx.render(record))
    controller = made["xl/worksheets/sheet2.xml"]
    assert (
        '<pane xSplit="2" ySplit="1" topLeftCell="C2" activePane="bottomRight" state="frozen"/>'
        in controller
    )
    assert "<autoFilter " in controller
    assert '<dataValidation type="list" errorStyle="warning"' in controller
    assert "<formula1>Lists!$A$1:" in controller
    assert "_xlnm.Print_Area" in made["xl/workbook.xml"]
    assert "_xlnm.Print_Titles" in made["xl/workbook.xml"]
    assert 'wrapText="1"' in made["xl/styles.xml"]


def test_the_lists_hold_the_words_of_their_columns(record: Record) -> None:
    lists = [
        [cell for cell in column if cell]
        for column in zip(*opened(record_xlsx.render(record), "Lists"), strict=True)
    ]
    offered = {tuple(column) for column in lists}
    assert {c.choices for c in record.controller.columns if c.choices} <= offered


def test_links_lead_to_the_row_of_their_activity_and_to_the_notice(record: Record) -> None:
    made = parts(record_xlsx.render(record))
    assert "location=\"'Controller'!A2\"" in made["xl/worksheets/sheet6.xml"]
    assert "location=\"'Processor'!A2\"" in made["xl/worksheets/sheet4.xml"]
    assert "https://northwold.example/Qurl" in made["xl/worksheets/_rels/sheet12.xml.rels"]


def test_the_ico_layout_has_its_thirty_columns_in_the_ninth_row(record: Record) -> None:
    rows = opened(record_xlsx_ico.render(record), "Template")
    assert [row[0] for row in rows[:5]] == ["Controller", "Name", "Address", "Email", "Telephone"]
    assert (rows[0][3], rows[0][6]) == ("Data Protection Officer", "Representative")
    assert rows[1][1] == "Qnorthwold Library"
    assert not any(cell for row in rows[5:8] for cell in row)
    head = rows[8]
    assert head == list(TEMPLATE)
    (loans,) = rows[9:]
    said = dict(zip(head, loans, strict=True))
    assert said["Business function"] == "Qowner"
    assert said["Purpose of processing"].split("\n")[0] == "Qloans"
    assert said["Retention schedule (if possible)"].startswith(
        "name: 7 years from the end of the contract"
    )
    assert said["Data Protection Impact Assessment required?"] == "yes"
    assert said["Has a personal data breach occurred?"] == "yes"
    assert (
        said["Is personal data retained and erased in accordance with the policy document?"] == "no"
    )
    assert said["Reasons for not adhering to policy document (if applicable)"] == "Qpolicy-reason"


@pytest.mark.parametrize(
    ("layout", "name", "top"),
    [(record_xlsx, "Controller", 1), (record_xlsx_ico, "Template", 9)],
)
def test_another_library_finds_the_sheet_fit_to_work_in(
    record: Record, layout: Any, name: str, top: int
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(layout.render(record)))
    sheet = book[name]
    last = sheet.cell(top, sheet.max_column).coordinate
    assert sheet.freeze_panes == f"C{top + 1}"
    assert sheet.auto_filter.ref.startswith(f"A{top}:")
    assert last.rstrip("0123456789") in sheet.auto_filter.ref
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.print_area.startswith(f"'{name}'!$A$1:")
    assert sheet.cell(top + 1, 1).alignment.wrap_text
    assert sheet.cell(top + 1, 1).data_type == "s"
    lists = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    ranges = [book.defined_names.get(v.formula1, v.formula1) for v in lists]
    assert lists
    for written in map(str, ranges):
        where, _, cells = written.lstrip("=").partition("!")
        assert all(row[0].value for row in book[where.strip("'")][cells.replace("$", "")])


def test_a_contact_in_one_line_is_taken_apart(tmp_path: Path) -> None:
    contact = '"1 Shelf Lane, Northwold NW1 1AA, +44 1234 567890, post@northwold.example"'
    text = everything.REGISTER.replace("contact: Qcontact\n", f"contact: {contact}\n")
    rows = opened(record_xlsx_ico.render(recorded(tmp_path, text)), "Template")
    assert [row[1] for row in rows[1:5]] == [
        "Qnorthwold Library",
        "1 Shelf Lane, Northwold NW1 1AA",
        "post@northwold.example",
        "+44 1234 567890",
    ]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    text = everything.REGISTER
    for word, evil in zip(
        sorted(everything.WORDS - {"Qurl", "Q14-5-c"}), HOSTILE * 20, strict=False
    ):
        text = (
            text.replace(f": {word}\n", ": '" + evil.replace("'", "''") + "'\n")
            if evil.isprintable()
            else text
        )
    hostile = recorded(tmp_path, text)
    for content in (record_xlsx.render(hostile), record_xlsx_ico.render(hostile)):
        sheets = {
            n: xml for n, xml in parts(content).items() if n.startswith("xl/worksheets/sheet")
        }
        assert all("<f>" not in xml for xml in sheets.values())
        assert "javascript:" not in "".join(
            xml for n, xml in parts(content).items() if n.endswith(".rels")
        )
        assert "=cmd|" in parts(content)["xl/sharedStrings.xml"]


def test_a_cell_that_is_too_long_says_so() -> None:
    content = workbook.write("t", [Sheet("S", (ColumnHeading("H"),), [["x" * 40_000]])])
    cell = opened(content, "S")[1][0]
    assert len(cell) == workbook.MOST_CHARACTERS
    assert cell.endswith("(cut: a cell holds no more)")


def test_links_beyond_those_a_sheet_holds_are_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    rows = [[f"https://x.example/{number}"] for number in range(4)]
    content = workbook.write("t", [Sheet("S", (ColumnHeading("H"),), rows)])
    assert opened(content, "S")[1:] == rows
    assert parts(content)["xl/worksheets/_rels/sheet1.xml.rels"].count("https://x.example/") == 2


def test_what_cannot_be_seen_shows_its_number() -> None:
    rows: list[list[Cell | SheetPlace]] = [
        ["a\u202eb\x07"],
        [SheetPlace("c\u202e", "S", 1)],
        ["https://x.example/\u202e"],
    ]
    content = workbook.write("t\u202e", [Sheet("S", (ColumnHeading("H"),), rows)])
    assert [row[0] for row in opened(content, "S")[1:]] == [
        "a<U+202E>b<U+0007>", "c<U+202E>", "https://x.example/<U+202E>",
    ]  # fmt: skip
    assert not any("\u202e" in xml for xml in parts(content).values())


def test_the_workbook_for_publication_is_without_what_is_internal(tmp_path: Path) -> None:
    text = marked({"northwold": "[security, breach, agreement]", "collector": "true"})
    published = recorded(tmp_path, text, publication=True)
    for content in (record_xlsx.render(published), record_xlsx_ico.render(published)):
        found = parts(content)["xl/sharedStrings.xml"]
        gone = ("Qsecurity", "Qbreach", "Qagreement", "Qcollector", "Qhost-agreement", "Qrisk")
        assert [word for word in gone if word in found] == []


@pytest.mark.parametrize("layout", [record_xlsx, record_xlsx_ico])
def test_the_same_register_gives_the_same_bytes(layout: Any) -> None:
    assert layout.render(read(ROOT / "registry")) == layout.render(read(ROOT / "registry"))


def widths_of(sheet: Any) -> dict[str, float]:
    """How wide each column of a sheet is; those side by side that are the same width stand in the file as one."""
    return {
        get_column_letter(number): found.width
        for found in sheet.column_dimensions.values()
        for number in range(found.min, found.max + 1)
    }


@pytest.mark.parametrize("exporter", [record_xlsx, record_xlsx_ico])
def test_each_row_is_as_tall_as_its_longest_cell(exporter: Any) -> None:
    """LibreOffice shows no more of a row than its height, where the file gives one, and two lines where it does not."""
    book = openpyxl.load_workbook(io.BytesIO(exporter.render(read(ROOT / "registry"))))
    for sheet in (sheet for sheet in book.worksheets if sheet.sheet_state == "visible"):
        widths = widths_of(sheet)
        for row in sheet.iter_rows():
            height = sheet.row_dimensions[row[0].row].height or workbook.LINE
            for cell in (cell for cell in row if cell.value):
                lines_ = str(cell.value).split("\n")
                least = sum(
                    -(-len(line) // int(widths.get(cell.column_letter, 24))) for line in lines_
                )
                assert height >= min(least * workbook.LINE, workbook.TALLEST), cell


ODD = 'a_x0041_b _x000D_ \\ =1+1 @x "q" <b>&amp;</b> \u202e\u200b\t tab\u00a0 ' + "w" * 40_000
"""Words that a file of Excel has ways of its own to write, and more of them than a cell holds."""


def test_sheets_are_read_as_from_the_workbook_that_they_would_be(tmp_path: Path) -> None:
    """An import asks what a register says as a workbook, and does not write one to read it again."""
    of_fields = recorded(tmp_path, everything.REGISTER)
    (row,) = of_fields.organisation.written
    odd = replace(
        of_fields, organisation=replace(of_fields.organisation, written=({**row, "name": ODD},))
    )
    for record in (odd, of_fields):
        straight = record_xlsx.pages(record)
        written = {page.name: page for page in spreadsheet.read(record_xlsx.render(record))}
        assert straight.keys() | {"Lists"} == written.keys()
        for name, page in straight.items():
            assert list(texts(page)) == list(texts(written[name])), name


def texts(page: SheetPage) -> Iterator[tuple[int, int, str]]:
    """The cells of a sheet that say something, with their places."""
    for row, cells in enumerate(page.rows):
        yield from ((row, column, text_of(c)) for column, c in enumerate(cells) if text_of(c))


def test_a_workbook_is_printed_with_lines_and_the_pages_of_the_same_rows_behind_each_other() -> (
    None
):
    book = openpyxl.load_workbook(io.BytesIO(record_xlsx.render(read(ROOT / "registry"))))
    page = book["Controller"]
    assert (page.page_setup.scale, page.page_setup.pageOrder) == (60, "overThenDown")
    assert page.page_setup.orientation == "landscape"
    assert page.print_options.gridLines


def test_a_column_is_wider_where_a_cell_would_wrap_into_many_lines_and_not_for_a_long_list() -> (
    None
):
    told = "one two three four five six seven eight nine ten " * 12
    listed = "\n".join(f"item {number}" for number in range(20))
    headings = (ColumnHeading("Told"), ColumnHeading("Listed"), ColumnHeading("Short"))
    content = workbook.write("A sheet", [Sheet("Sheet", headings, [(told, listed, "word")])])
    page = openpyxl.load_workbook(io.BytesIO(content))["Sheet"]
    widths = widths_of(page)
    assert widths["A"] > widths["B"] == widths["C"]
    assert page.row_dimensions[2].height == 20 * 15
