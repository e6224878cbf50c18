"""The record of processing in every format: complete, inert, the same each time, and without what is internal."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

import everything
from command import Project
from conftest import ROOT, TODAY, write_register
from random_registers import Sample, cases, registers
from ropa import plugins
from ropa.documents.document import Document
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.judging.coverage import Settings
from ropa.record.fields import ACTIVITIES
from ropa.record.gather import gather
from ropa.record.tables import Record, lines

TEXT = ("csv", "json", "md")


def recorded(folder: Path, text: str, *, publication: bool = False) -> Record:
    write_register(folder, text)
    return read(folder, publication=publication)


def read(folder: Path, *, publication: bool = False) -> Record:
    documents: tuple[Document, ...] = tuple(read_tree(folder))
    case = make_case(documents, Settings(TODAY), folder)
    assert case.whole, case.malformed
    return gather(case.register, TODAY, publication=publication)


def rendered(record: Record, format_: str) -> str:
    text: str = plugins.load("exporters", f"record-{format_}").render(record)
    return text


def plain(text: str) -> str:
    return text.replace("\\", "")


# Complete


@pytest.mark.parametrize("format_", TEXT)
def test_every_field_of_a_register_is_in_its_record(tmp_path: Path, format_: str) -> None:
    text = plain(rendered(recorded(tmp_path, everything.REGISTER), format_))
    assert [word for word in sorted(everything.WORDS) if word not in text] == []


@pytest.mark.parametrize("format_", ["csv", "md"])
def test_codes_are_written_in_words(tmp_path: Path, format_: str) -> None:
    text = rendered(recorded(tmp_path, everything.REGISTER), format_)
    assert [said for said in everything.SAID if said not in plain(text)] == []


def test_rows_have_no_cell_without_a_column(tmp_path: Path) -> None:
    record = recorded(tmp_path, everything.REGISTER)
    tables = (record.organisation, record.controller, *record.details, *record.shelves)
    for table in tables:
        columns = [column.key for column in table.columns]
        assert len(set(columns)) == len(columns)
        assert {key for row in table.rows for key in row} - {"controllers", "processing"} == set(
            columns
        ) - {"controllers", "processing"}, table.key


def test_cells_stay_within_the_choices_of_their_column(tmp_path: Path) -> None:
    record = recorded(tmp_path, everything.REGISTER)
    for table in (*record.registers, *record.details, *record.shelves, record.organisation):
        for column in (c for c in table.columns if c.choices):
            said = {line for row in table.rows for line in lines(row.get(column.key))}
            assert said <= set(column.choices), column.key


def test_the_registers_of_a_controller_and_a_processor_are_apart(tmp_path: Path) -> None:
    record = recorded(tmp_path, everything.REGISTER)
    assert [row["name"] for row in record.controller.rows] == ["Qloans"]
    (row,) = record.processor.rows
    assert row["controllers"] == ("Qpartner Trust, Qpartner-contact",)
    assert row["processing"] == ("Qpartner Trust: Qprocessing",)
    assert row["automated_decisions"] is False


def test_the_operator_of_a_system_is_a_recipient_abroad(tmp_path: Path) -> None:
    (row,) = recorded(tmp_path, everything.REGISTER).controller.rows
    assert row["transfers"] == ("United States: Qcollector Ltd", "India: Qhost Inc")
    assert "Qonward Ltd (controller, from Qcollector Ltd)" in lines(row["recipients"])


def test_the_csv_is_a_table(tmp_path: Path) -> None:
    written = rendered(recorded(tmp_path, everything.REGISTER), "csv")
    head, *rows = csv.reader(io.StringIO(written, newline=""))
    assert {len(row) for row in rows} == {len(head)}
    loans = dict(zip(head, rows[0], strict=True))
    assert loans["Reviewed"] == "2026-09-01"
    assert loans["Categories of personal data"] == "Name\nPostal address\nHealth information"


def test_the_json_keeps_what_belongs_to_an_activity_with_it(tmp_path: Path) -> None:
    written = json.loads(rendered(recorded(tmp_path, everything.REGISTER), "json"))
    (loans,) = written["controller"]
    assert loans["retention"][0]["period"] == "P7Y"
    assert loans["purposes"][0]["id"] == "billing"
    assert [r["recipient"]["id"] for r in loans["recipients"]] == ["collector", "onward", "host"]
    assert [p["id"] for p in written["parties"]] == ["collector", "host", "onward", "partner"]


@pytest.mark.parametrize("publication", [False, True])
def test_the_json_is_of_the_shape_it_is_said_to_be(tmp_path: Path, *, publication: bool) -> None:
    schema = json.loads((ROOT / "schemas" / "record.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    records = (
        recorded(tmp_path, marked({"collector": "true"}), publication=publication),
        read(ROOT / "registry", publication=publication),
    )
    for record in records:
        jsonschema.validate(json.loads(rendered(record, "json")), schema)


def test_the_schema_of_the_json_knows_every_column(tmp_path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "record.schema.json").read_text("utf-8"))
    record = recorded(tmp_path, everything.REGISTER)
    said = schema["$defs"]["activity"]["properties"].keys() | {"disclosures"}
    assert {column.key for column in ACTIVITIES} <= said
    for table in (*record.details, *record.shelves, record.organisation):
        known = schema["$defs"][table.key]["properties"].keys() | {"activity"}
        assert {column.key for column in table.columns} <= known, table.key


# For publication


def marked(change: dict[str, str]) -> str:
    text = everything.REGISTER
    for entry, mark in change.items():
        assert f"\nid: {entry}\n" in text
        text = text.replace(f"\nid: {entry}\n", f"\nid: {entry}\ninternal: {mark}\n")
    return text


@pytest.mark.parametrize("format_", TEXT)
@pytest.mark.parametrize(
    ("change", "gone"),
    [
        ({"loans": "true"}, {"Qloans", "Qowner", "Qbreach", "Qretention-law"}),
        ({"loans": "[security, breach]"}, {"Qsecurity", "Qbreach"}),
        ({"northwold": "[security, breach, agreement]"},
         {"Qsecurity", "Qsecurity-of-all", "Qshelf-security", "Qbreach", "Qagreement", "Qhost-agreement"}),
        ({"collector": "true"}, {"Qcollector", "Qagreement", "Qrisk", "Qexception-reason", "Qcollectors"}),
        ({"collector": "[transfer_risk_assessment, exception]"}, {"Qrisk", "Qexception-reason"}),
        ({"shelf": "true"}, {"Qshelf", "Qshelf-security"}),
        ({"loans": "systems"}, set()),
    ],
)  # fmt: skip
def test_what_is_internal_is_in_no_publication(
    tmp_path: Path, change: dict[str, str], gone: set[str], format_: str
) -> None:
    published = plain(rendered(recorded(tmp_path, marked(change), publication=True), format_))
    assert [word for word in gone if f"{word} " in f"{published} " and word in published] == []
    full = plain(rendered(read(tmp_path), format_))
    assert all(word in full for word in gone)


def test_an_internal_party_is_published_as_its_category(tmp_path: Path) -> None:
    record = recorded(tmp_path, marked({"collector": "true", "shelf": "true"}), publication=True)
    (row,) = record.controller.rows
    assert lines(row["recipients"])[0] == "Researchers"
    assert "Qhost Inc (processor)" in lines(row["recipients"])
    assert "United States: Researchers" in lines(row["transfers"])
    assert not row["systems"]


def test_an_internal_party_is_not_named_as_the_category_of_another(tmp_path: Path) -> None:
    text = marked({"partner": "true"}).replace(
        "name: Qonward Ltd\ntype: controller\n",
        "name: Qonward Ltd\ntype: controller\nbroader: partner\n",
    )
    record = recorded(tmp_path, text, publication=True)
    assert "Qonward" in rendered(record, "json")
    assert [f for f in (*TEXT, "html", "jsonld") if "Qpartner" in rendered(record, f)] == []


def test_a_register_says_what_it_cannot_mark(tmp_path: Path) -> None:
    write_register(tmp_path, marked({"loans": "[colour]"}))
    case = make_case(read_tree(tmp_path), Settings(TODAY), tmp_path)
    (problem,) = case.malformed
    assert "colour" in problem.message
    assert problem.at.line > 1


# Inert

HOSTILE = (
    "<script>alert(1)</script>", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "| a | b |",
    "[x](javascript:alert(1))",
    "\u202etxt.exe", "a\\\\b", "](x) `y`", "{{ 7*7 }}", "--> x", "# heading",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path) -> Record:
    text = everything.REGISTER
    words = sorted(everything.WORDS - {"Qurl", "Q14-5-c"})
    alone = [word for word in words if f": {word}\n" in text]
    for word, evil in zip(alone, HOSTILE * 20, strict=False):
        text = text.replace(f": {word}\n", f": {json.dumps(evil)}\n")
    return recorded(tmp_path, text)


def test_no_cell_of_the_csv_is_a_formula(hostile: Record) -> None:
    cells = [
        c for row in csv.reader(io.StringIO(rendered(hostile, "csv"), newline="")) for c in row
    ]
    assert any(cell.startswith("'=cmd") for cell in cells)
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)


def test_hostile_text_marks_nothing_up_in_markdown(hostile: Record) -> None:
    from markdown_it import MarkdownIt

    written = rendered(hostile, "md")
    html = (
        MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(written)
    )
    assert "<script" not in html
    assert "<a " not in html
    assert "<code" not in html
    assert "\u202e" not in written
    assert html.count("<h1") == 1


# The same each time, and the command


@pytest.mark.parametrize("format_", TEXT)
def test_the_same_register_gives_the_same_bytes(format_: str) -> None:
    assert rendered(read(ROOT / "registry"), format_) == rendered(read(ROOT / "registry"), format_)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("format_", ["md", "markdown"])
def test_the_command_writes_the_record(project: Project, format_: str) -> None:
    ended = project.ropa("record", "--format", format_, "-o", "out/record.md")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert project.read("out/record.md").startswith("# Record of processing: Northwold Library\n")


def test_a_record_of_half_a_register_says_so(project: Project) -> None:
    project.write("registry/broken.yaml", "kind: activity\nid: [\n")
    ended = project.ropa("record")
    assert ended.code == 2
    assert "the record is not complete" in ended.err
    assert "Lending books" in ended.out


def test_a_record_of_nothing_is_no_success(project: Project) -> None:
    project.register("kind: party\nid: p\nname: P\ntype: processor\n")
    ended = project.ropa("record", "--format", "json")
    assert ended.code == 2
    assert "the record is empty" in ended.err


def test_the_layout_of_the_ico_is_a_workbook(project: Project) -> None:
    ended = project.ropa("record", "--layout", "ico")
    assert ended.code == 2
    assert "--layout ico is for --format xlsx" in ended.err


# Whatever the register


@cases(0.2)
@given(registers())
def test_every_register_has_a_record_in_every_format(sample: Sample) -> None:
    for publication in (False, True):
        record = gather(sample.register(), TODAY, publication=publication)
        for format_ in ("csv", "json", "md", "html", "jsonld"):
            assert rendered(record, format_)
