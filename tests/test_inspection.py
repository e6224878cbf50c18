"""`ropa notice inspect`: what a published notice by itself seems to say."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from conftest import ROOT, TODAY
from ropa.cli import main
from ropa.engine import check
from ropa.errors import CannotRead
from ropa.judging.coverage import Settings
from ropa.wording.detectors import Status

NOTICE = """# Sample Library

## How long we keep it

We keep your name for one year after you leave. Our retention schedule says more.

## Your rights

You have the right to:

- see your data
- have it erased
"""


def inspected(folder: Path, *arguments: str, name: str = "notice.md", text: str = NOTICE) -> Result:
    (folder / name).write_text(text, "utf-8")
    return CliRunner().invoke(
        main, ["notice", "inspect", str(folder / name), *arguments], catch_exceptions=False
    )


def test_each_item_has_its_status_and_its_sentences_with_their_lines(tmp_path: Path) -> None:
    said = inspected(tmp_path).output
    assert (
        "how long the data is kept, or how that is decided: present\n"
        "  line 5: We keep your name for one year after you leave.\n"
        "  line 5 [elsewhere]: Our retention schedule says more.\n"
    ) in said
    assert "that people may ask for data to be erased: present\n  line 12: have it" in said
    assert "\nhow to reach the data protection officer: absent\n\n" in said
    assert "This is a first look, not a verdict." in said


@pytest.mark.parametrize("name", ["notice.md", "notice.txt", "notice.html"])
def test_the_json_keeps_to_its_schema(name: str, tmp_path: Path) -> None:
    schema = json.loads((ROOT / "schemas" / "inspection.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    result = inspected(tmp_path, "--format", "json", name=name)
    assert result.exit_code == 0
    document = json.loads(result.output)
    Draft202012Validator(schema).validate(document)
    assert document["notice"]["format"] == name.rpartition(".")[2]


def test_the_json_says_where_and_in_what_list_a_sentence_stands(tmp_path: Path) -> None:
    document = json.loads(inspected(tmp_path, "--format", "json").output)
    items = {item["id"]: item for item in document["items"]}
    (erasure,) = items["right_to_erasure"]["sentences"]
    assert (erasure["text"], erasure["line"], erasure["column"]) == ("have it erased", 12, 3)
    assert (erasure["lead"], erasure["heading"]) == ("You have the right to:", "Your rights")
    assert items["recipients"] == {**items["recipients"], "status": "absent", "sentences": []}


def test_the_schema_knows_every_status() -> None:
    schema = json.loads((ROOT / "schemas" / "inspection.schema.json").read_text("utf-8"))
    item = schema["properties"]["items"]["items"]["properties"]
    assert item["status"]["enum"] == [str(status) for status in Status]


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="there is no such file; check the name"):
        CliRunner().invoke(
            main, ["notice", "inspect", str(tmp_path / "no.pdf")], catch_exceptions=False
        )
    with pytest.raises(CannotRead, match="it is broken"):
        inspected(tmp_path, name="notice.docx")


ASKED = """kind: activity
id: loans
name: Loans
subjects: library-user
data: name
purposes: billing
basis: {article_6: b}
---
kind: notice
id: library
name: Library
audience: library-user
text: notice.md
statements:
  - quote: see your data
    informs: right-of-access
"""


def test_an_item_that_is_left_out_is_shown_the_line_that_looks_like_it(tmp_path: Path) -> None:
    (tmp_path / "notice.md").write_text(NOTICE, "utf-8")
    (tmp_path / "register.yaml").write_text(ASKED, "utf-8")
    report = check(tmp_path, Settings(TODAY))
    found = {f.problem.facet: f for f in report.findings if f.rule.id.startswith("item-")}
    hints = {item: finding.problem.hint for item, finding in found.items()}
    assert "right-of-access" not in hints
    assert found["right-to-erasure"].rule.id == "item-untied"
    assert found["right-to-erasure"].problem.message.endswith("; nobody has tied it")
    assert hints["right-to-erasure"].startswith(
        "if “have it erased” says so, quote it with `informs: right-to-erasure`"
    )
    assert hints["right-to-complain"].startswith(
        "nothing in notice.md looks like it; say it in “Library”"
    )


def test_what_looks_like_a_statement_is_asked_about_once_and_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / "notice.md").write_text(NOTICE, "utf-8")
    (tmp_path / "register.yaml").write_text(ASKED, "utf-8")
    report = check(tmp_path, Settings(TODAY))
    asked = [f.problem for f in report.findings if f.rule.id == "statement-not-quoted"]
    assert [(p.facet, [at.line for at, _ in p.related]) for p in asked] == [("retention", [5])]
    told = (tmp_path / "notice.md").read_text("utf-8")
    (tmp_path / "notice.md").write_text(
        told.replace("We keep your name for one year after you leave.", "Hello."), "utf-8"
    )
    without = check(tmp_path, Settings(TODAY))
    assert "statement-not-quoted" not in {f.rule.id for f in without.findings}
    assert [t.verdict for t in without.case.coverage.flows] == [
        t.verdict for t in report.case.coverage.flows
    ]
