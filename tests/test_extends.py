"""A register that takes over entries from another: its own come first, and every value says where it is written."""

import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from command import Project
from conftest import ROOT, TODAY, write_register
from library import CLEAN
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.plugins import load
from ropa.record.gather import gather
from ropa.report import Report

ORGANISATION, ENTRIES = CLEAN.split("---\n", 1)
TRUST = "kind: organisation\nid: trust\nname: The Trust\n---\n" + ENTRIES
SCHOOL = ORGANISATION + "extends: ../trust\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trust's template, beside a school that has nothing of its own."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("trust", TRUST), ("school", SCHOOL)):
        (tmp_path / name).mkdir()
        write_register(tmp_path / name, text)
    return tmp_path


def checked(folder: Path, school: str = SCHOOL) -> Report:
    (folder / "school" / "register.yaml").write_text(school, "utf-8")
    return check(folder / "school", Settings(TODAY))


def refused(report: Report) -> list[str]:
    found = [f for f in report.findings if f.rule.id == "extends-nothing"]
    assert all(f.problem.at.line > 1 for f in found)
    return [f.problem.message for f in found]


def test_what_a_register_extends_is_part_of_it_and_keeps_its_place(folder: Path) -> None:
    report = checked(folder)
    assert report.standing == ()
    assert report.case.register.name == "Northwold Library"
    assert {a.origin.location.path for a in report.case.register.activities.values()} == {
        "../trust/register.yaml"
    }
    assert len(report.case.coverage.flows) == 4


def test_the_record_says_in_every_format_what_is_written_in_another_register(folder: Path) -> None:
    register = checked(folder).case.register
    record = gather(register, TODAY, publication=False)
    said = "entry “Lending books”"
    for name in ("md", "html", "docx", "xlsx", "pdf", "json"):
        text = _read(load("exporters", f"record-{name}").render(record), name)
        assert said in text, name
        assert "../trust/register.yaml" in text, name
    schema = json.loads((ROOT / "schemas" / "record.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(text))
    published = gather(register, TODAY, publication=True)
    assert "../trust" not in load("exporters", "record-html").render(published)


def _read(made: str | bytes, name: str) -> str:
    """The words of a file."""
    if isinstance(made, str):
        return made.replace("\\", "")
    if name == "pdf":
        pages = (page.extract_text() for page in PdfReader(BytesIO(made)).pages)
        return " ".join(" ".join(pages).split())
    with ZipFile(BytesIO(made)) as packed:
        parts = [n for n in packed.namelist() if n.endswith(".xml")]
        return " ".join(packed.read(part).decode() for part in parts)


def test_a_finding_in_what_is_taken_over_stands_where_that_is_written(folder: Path) -> None:
    told = "  - quote: We pass them to Fairly Collected Ltd\n    discloses: {to: collector}\n"
    write_register(folder / "trust", TRUST.replace(told, ""))
    finding = next(f for f in checked(folder).standing if f.rule.id == "recipient-omitted")
    assert finding.problem.at.path == "../trust/register.yaml"


def test_an_entry_of_its_own_takes_the_place_of_the_same_one(folder: Path) -> None:
    own = ENTRIES[ENTRIES.index("kind: activity") : ENTRIES.index("---\nkind: notice")]
    report = checked(folder, SCHOOL + "---\n" + own.replace("name: Lending books", "name: Lending"))
    (activity,) = report.case.register.activities.values()
    assert (activity.name, activity.origin.location.path) == ("Lending", "register.yaml")
    assert not report.undecided


def test_an_entry_that_is_left_out_is_not_there(folder: Path) -> None:
    report = checked(folder, SCHOOL + "leaves_out: [activity/loans]\n")
    assert report.case.register.activities == {}
    assert refused(report) == []


def test_what_is_left_out_and_is_not_there_is_named(folder: Path) -> None:
    assert refused(checked(folder, SCHOOL + "leaves_out: activity/loan\n")) == [
        "activity/loan is left out, and is not in what this register extends (did you mean activity/loans?)"
    ]


def test_a_register_may_extend_one_that_extends_another(folder: Path) -> None:
    write_register(
        folder / "trust", TRUST.replace("name: The Trust", "name: The Trust\nextends: ../county", 1)
    )
    (folder / "county").mkdir()
    county = "kind: organisation\nid: county\nname: County\n---\n"
    write_register(
        folder / "county",
        county + "{kind: party, id: police, name: Police, type: public-authority}\n",
    )
    report = checked(folder)
    assert report.case.register.parties["police"].origin.location.path == "../county/register.yaml"


def test_a_circle_is_named(folder: Path) -> None:
    write_register(
        folder / "trust", TRUST.replace("name: The Trust", "name: The Trust\nextends: ../school", 1)
    )
    report = checked(folder)
    assert refused(report) == [
        "cannot extend ../school: it comes round in a circle: school → trust → school"
    ]
    assert report.undecided


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ("../nowhere", "there is no such folder"),
        (".", "it comes round in a circle: school → school"),
        ("..", "one of the two lies in the other"),
        ("../../..", "it leads out of"),
        ("../linked", "it leads out of"),
    ],
)
def test_what_cannot_be_taken_over_is_a_finding_at_its_line(
    folder: Path, other: str, why: str
) -> None:
    (folder / "linked").symlink_to("/usr")
    (message,) = refused(checked(folder, SCHOOL.replace("../trust", other)))
    assert message.startswith(f"cannot extend {other}: {why}")


def test_a_file_of_the_other_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    (folder / "trust" / "broken.yaml").write_text("kind: [\n", "utf-8")
    found = {f.problem.at.path for f in checked(folder).standing if f.rule.id == "not-yaml"}
    assert found == {"../trust/broken.yaml"}


def test_a_change_of_what_many_extend_says_which_of_them_it_breaks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "caches"))
    project = Project(folder, monkeypatch, capsys)
    project.ropa("fleet", "trust", "school")
    assert "New since" not in project.ropa("fleet", "trust", "school").out
    text = project.read("trust/notice.md")
    project.write("trust/notice.md", text.replace("We pass them to Fairly Collected Ltd.", ""))
    said = project.ropa("fleet", "trust", "school").out
    assert "New since the last run in 1 register that extends trust:\n  school\n" in said
