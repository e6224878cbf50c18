"""The record as a Word document, opened again."""

import io
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document

import everything
from conftest import ROOT
from ropa import plugins
from ropa.exporters import record_docx
from ropa.record.tables import Record, lines
from test_record import hostile, marked, read, recorded

__all__ = ["hostile"]


def opened(record: Record) -> Document:
    return docx.Document(io.BytesIO(record_docx.render(record)))


def text(document: Document) -> str:
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    return "\n".join((*(paragraph.text for paragraph in document.paragraphs), *cells))


def test_every_field_of_a_register_is_in_the_document(tmp_path: Path) -> None:
    said = text(opened(recorded(tmp_path, everything.REGISTER)))
    assert [word for word in sorted(everything.WORDS) if word not in said] == []
    assert [words for words in everything.SAID if words not in said] == []


def test_each_activity_is_a_heading_and_a_table_of_what_it_says() -> None:
    example = read(ROOT / "registry")
    document = opened(example)
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 2"]
    names = [row["name"] for row in example.controller.rows]
    assert headings == [f"{number}. {name}" for number, name in enumerate(names, 1)]
    columns = [column for column in example.controller.columns if column.key != "name"]
    for row, table in zip(example.controller.rows, document.tables[1:], strict=False):
        shown = ["\n".join(lines(row.get(column.key))) for column in columns]
        assert [cells.cells[1].text for cells in table.rows] == [said for said in shown if said]


def test_the_head_of_a_wide_table_comes_again_on_every_page(tmp_path: Path) -> None:
    document = opened(recorded(tmp_path, everything.REGISTER))
    parties = next(t for t in document.tables if "Other names" in [c.text for c in t.rows[0].cells])
    assert "w:tblHeader" in parties.rows[0]._tr.xml
    assert document.sections[-1].page_width > document.sections[-1].page_height  # type: ignore[operator] # both are set


def test_hostile_text_is_only_ever_text(hostile: Record) -> None:
    content = record_docx.render(hostile)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    tags = {element.tag.rpartition("}")[2] for element in body.iter()}
    assert not tags & {"fldSimple", "instrText", "script", "object", "altChunk"}
    links = [e for e in body.iter() if e.tag.endswith("}hyperlink")]
    assert {name.rpartition("}")[2] for e in links for name in e.attrib} <= {"anchor", "history"}
    assert "<script>alert(1)</script>" in text(opened(hostile))
    assert "\u202e" not in text(opened(hostile))


def test_the_document_for_publication_is_without_what_is_internal(tmp_path: Path) -> None:
    published = recorded(tmp_path, marked({"northwold": "[security, breach]"}), publication=True)
    said = text(opened(published))
    assert "Edition for publication" in said
    assert "Qsecurity" not in said
    assert "Qbreach" not in said


def test_the_same_register_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = record_docx.render(read(ROOT / "registry"))
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert record_docx.render(read(ROOT / "registry")) == first


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_a_missing_extra_says_which_one_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    from ropa.errors import MissingExtra

    record = recorded(tmp_path, everything.REGISTER)
    exporter = plugins.load("exporters", f"record-{format_}")
    monkeypatch.setitem(sys.modules, {"docx": "docx", "xlsx": "xlsxwriter"}[format_], None)
    with pytest.raises(MissingExtra, match=rf"ropa-checker\[{format_}\]"):
        exporter.render(record)


def test_no_row_goes_on_over_the_page_and_the_contents_lead_to_each_activity() -> None:
    document = opened(read(ROOT / "registry"))
    rows = [row._tr for table in document.tables for row in table.rows]
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
    body = document.element.body
    led_to = body.xpath(".//w:hyperlink/@w:anchor")
    assert led_to
    assert led_to == body.xpath(".//w:bookmarkStart/@w:name")
    label, said = document.tables[0].columns
    assert label.width < said.width


def test_the_words_of_a_table_keep_from_its_lines(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(record_docx.render(read(ROOT / "registry")))
    with zipfile.ZipFile(tmp_path / "r.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
    grid = styles[styles.index('w:styleId="TableGrid"') :]
    assert '<w:top w:w="40" w:type="dxa"/>' in grid
