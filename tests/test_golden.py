"""Whole outputs on the example register, against what is stored.

`make golden`, or `ROPA_GOLDEN=1 pytest tests/test_golden.py`, writes them anew; review the difference like code.
"""

import io
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdf
import pytest
from click.testing import CliRunner
from docx.text.paragraph import Paragraph
from python_calamine import CalamineWorkbook
from tinyhtml5.parser import HTMLParser

from conftest import ROOT, TODAY
from ropa.cli import main
from ropa.record.workbook.spreadsheet import letters

GOLDEN = ROOT / "tests" / "golden" / "example"
NEXT_YEAR = ("diff", "registry", "registry", f"--old-as-of={TODAY}", "--as-of=2027-01-01")
OUTPUTS = {
    "check.txt": ("check",),
    "check-all.txt": ("check", "--all"),
    "check.json": ("check", "--format", "json"),
    "check.sarif": ("check", "--format", "sarif"),
    "check.junit.xml": ("check", "--format", "junit"),
    "check.github.txt": ("check", "--format", "github"),
    "check.gitlab.json": ("check", "--format", "gitlab"),
    "gap-report.md": ("check", "--format", "markdown"),
    "flows.json": ("flows", "--format", "json"),
    "diagram.svg": ("diagram",),
    "diagram.mmd": ("diagram", "--format", "mermaid"),
    "diagram.dot": ("diagram", "--format", "dot"),
    "diagram.d2": ("diagram", "--format", "d2"),
    "looked-after-case-work.svg": ("diagram", "--activity", "looked-after-case-work"),
    "looked-after-case-work.mmd": (
        *("diagram", "--activity", "looked-after-case-work", "--format", "mermaid"),
    ),
    **{
        f"record.{name}": ("record", "--format", name)
        for name in ("md", "html", "csv", "json", "jsonld")
    },
    "self-test.txt": ("self-test",),
    "diff.txt": NEXT_YEAR,
    "diff.md": (*NEXT_YEAR, "--format", "markdown"),
    "diff.json": (*NEXT_YEAR, "--format", "json"),
    "diff-back.md": (
        "diff",
        "registry",
        "registry",
        "--old-as-of",
        "2027-01-01",
        "--format",
        "markdown",
    ),
    "why.txt": ("why", "looked-after-return/disclose/dfe"),
}


def of_workbook(content: bytes) -> Iterator[str]:
    """Each cell with its type, as another library reads it."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in book.sheets_metadata:
        yield f"== {sheet.name} {str(sheet.visible).rpartition('.')[2]}"
        for number, row in enumerate(book.get_sheet_by_name(sheet.name).to_python(), 1):
            for at, cell in enumerate(row):
                if cell != "":
                    yield f"{letters(at)}{number} {type(cell).__name__} {str(cell)!r}"


def of_document(content: bytes) -> Iterator[str]:
    """Each paragraph with its style, and each cell, in their order."""
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Paragraph):
            yield f"{block.style.name if block.style else ''}: {block.text}"
        else:
            yield from (" | ".join(map(repr, (c.text for c in row.cells))) for row in block.rows)


def of_pages(content: bytes) -> Iterator[str]:
    """The words of each page; where a line of it ends is for the typesetter to say."""
    for number, page in enumerate(pypdf.PdfReader(io.BytesIO(content)).pages, 1):
        yield f"== {number}"
        yield from page.extract_text().split()


def of_page(content: bytes) -> Iterator[str]:
    """The elements that have an id, and the text, as a reader of HTML finds them."""
    yield from _read_aloud(HTMLParser(namespace_html_elements=False).parse(content.decode()))


def _read_aloud(element: ElementTree.Element) -> Iterator[str]:
    if element.tag in ("style", "script"):
        return
    if element.get("id"):
        yield f"== {element.tag} {element.get('id')}"
    yield from _line(element.text)
    for inside in element:
        yield from _read_aloud(inside)
        yield from _line(inside.tail)


def _line(text: str | None) -> Iterator[str]:
    if said := " ".join((text or "").split()):
        yield said


READ_BACK: Mapping[str, tuple[Callable[[bytes], Iterator[str]], tuple[str, ...]]] = {
    "record.xlsx.txt": (of_workbook, ("record", "--format", "xlsx")),
    "record-ico.xlsx.txt": (of_workbook, ("record", "--format", "xlsx", "--layout", "ico")),
    "record.docx.txt": (of_document, ("record", "--format", "docx")),
    "record.pdf.txt": (of_pages, ("record", "--format", "pdf")),
    "gap-report.pdf.txt": (of_pages, ("check", "--format", "pdf")),
    "review.html.txt": (of_page, ("check", "--format", "html")),
}
"""What is no text, or too much of it, by what another library reads in it."""

DRAFTS = {
    "child-in-need": ("children-in-need-draft", "md"),
    "foster-carer": ("foster-carers-draft", "html"),
    "parent": ("parents", "md"),
    "looked-after-child, child-in-need, care-leaver": ("children", "html"),
}
"""An audience, with the names of the files of its draft and their format."""


def produced(*command: str) -> str:
    result = CliRunner().invoke(main, [command[0], f"--as-of={TODAY}", *command[1:]])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_example_register_gives_what_is_stored(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output, stored = produced(*OUTPUTS[name]), GOLDEN / name
    if os.environ.get("ROPA_GOLDEN"):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(output, "utf-8")
    assert output == stored.read_text("utf-8")


@pytest.mark.parametrize("name", READ_BACK)
def test_what_is_read_back_is_what_is_stored(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    read, command = READ_BACK[name]
    produced(*command, "-o", str(tmp_path / "written"))
    found = "".join(f"{line}\n" for line in read((tmp_path / "written").read_bytes()))
    stored = GOLDEN / name
    if os.environ.get("ROPA_GOLDEN"):
        stored.write_text(found, "utf-8")
    assert found == stored.read_text("utf-8")


def test_the_written_gap_report_is_the_stored_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    CliRunner().invoke(main, ["report", "--as-of", TODAY.isoformat(), "-o", str(tmp_path)])
    for written, stored in (("gap-report.md", "gap-report.md"), ("gap-report.json", "check.json")):
        assert (tmp_path / written).read_text("utf-8") == (GOLDEN / stored).read_text("utf-8")


@pytest.mark.parametrize("audience", DRAFTS)
def test_a_notice_drafted_from_the_example_register_is_the_stored_one(
    audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    name, format_ = DRAFTS[audience]
    where = f"{tmp_path / name}.{format_}"
    command = ["notice", "draft", audience, f"--as-of={TODAY}", "-o", where]
    result = CliRunner().invoke(main, [*command, "--in-force-from=2027-01-01"])
    assert result.exit_code == 0, result.output
    for written in (tmp_path / f"{name}.{format_}", tmp_path / f"{name}.yaml"):
        stored, text = GOLDEN / "drafts" / written.name, written.read_text("utf-8")
        if os.environ.get("ROPA_GOLDEN"):
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(text, "utf-8")
        assert text == stored.read_text("utf-8")
