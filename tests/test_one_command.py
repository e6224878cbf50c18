"""One command says one thing: its numbers, its exit code, and what it could not read, the same in every artefact."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import Check
from library import CLEAN
from ropa.cli import main
from ropa.diagram.view import Mark
from ropa.errors import RopaError
from ropa.page.review import Review
from ropa.paper.gap_report import gap_report
from ropa.report import Report

TWO_GROUPS = CLEAN.replace("subjects: resident", "subjects: [resident, parent]")
"""Residents are told everything, and parents get no notice."""

TEXT = """# How the library uses your information

We use your name and address to send bills, because of your contract (Article 6(1)(b)).

We keep them for one year after your contract ends.

We pass them to Fairly Collected Ltd.

Write to the data protection officer of Northwold Library, 1 Shelf Lane, about all your rights.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "registry"
    root.mkdir()
    (root / "register.yaml").write_text(CLEAN, "utf-8")
    (root / "notice.md").write_text(TEXT, "utf-8")
    return root


def ropa(*said: str) -> tuple[int, str]:
    ran = CliRunner().invoke(main, said)
    if isinstance(ran.exception, RopaError):  # the program says it in one sentence, and ends with 2
        return 2, str(ran.exception)
    return ran.exit_code, ran.output


# -- one count -------------------------------------------------------------------------------------


def of_groups(report: Report) -> dict[str, tuple[int, int]]:
    """For each group, how many flows the gap report counts, and how many as told."""
    from ropa.reporters.markdown import render

    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", render(report), re.MULTILINE)
    return {name: (int(flows), int(told)) for name, flows, told, _ in rows}


def test_page_and_gap_report_count_the_flows_of_a_group_alike(check_text: Check) -> None:
    report = check_text(TWO_GROUPS)
    page = {group.name: (group.total, group.counts[Mark.TOLD]) for group in Review(report).groups}
    assert of_groups(report) == page
    assert page["Local residents"] == (4, 4)
    assert page["Parents and people with parental responsibility"] == (4, 0)


def test_page_report_text_and_json_count_the_flows_alike(check_text: Check) -> None:
    import ropa as api

    report = check_text(TWO_GROUPS)
    flows, clear = len(report.case.coverage.flows), 0
    assert f"Not told as they should be: {flows - clear} of {flows} flows" in str(
        gap_report(report)
    )
    text = api.render(report, "text")
    assert isinstance(text, str)
    assert re.search(rf"{flows} told in part", text)
    verdicts = json.loads(api.render(report, "json"))["summary"]["verdicts"]
    assert verdicts["partial"] == flows - clear
    assert Review(report).everything.counts[Mark.TOLD] == clear


# -- one exit code ---------------------------------------------------------------------------------

SHOWING = ("report", "flows", "record", "diagram")


def asked(command: str, root: Path) -> tuple[int, str]:
    more = ("-o", str(root.parent / "reports")) if command == "report" else ()
    return ropa(command, str(root), *more)


@pytest.mark.parametrize("command", SHOWING)
def test_what_could_all_be_read_ends_with_nothing(folder: Path, command: str) -> None:
    assert asked(command, folder)[0] == 0


@pytest.mark.parametrize("command", SHOWING)
@pytest.mark.parametrize("kind", ["kind: actvity", "kind: [activity]"])
def test_where_nothing_could_be_checked_every_command_ends_with_two(
    folder: Path, command: str, kind: str
) -> None:
    file = folder / "register.yaml"
    file.write_text(file.read_text("utf-8").replace("kind: activity", kind), "utf-8")
    assert asked(command, folder)[0] == 2


@pytest.mark.parametrize("command", SHOWING)
def test_an_empty_folder_is_nothing_to_check(tmp_path: Path, command: str) -> None:
    (tmp_path / "registry").mkdir()
    code, said = asked(command, tmp_path / "registry")
    assert code == 2
    assert "is like that" not in said


# -- what could not be read, in what is mailed -----------------------------------------------------

BROKEN = """---
kind: activity
id: newsletter
name: Newsletter
subjects: resident
data: name
purposes: newsletter
basis: {article_6: [a, f]}
"""


@pytest.fixture
def broken(folder: Path) -> Path:
    file = folder / "register.yaml"
    file.write_text(file.read_text("utf-8") + BROKEN, "utf-8")
    return folder


@pytest.mark.parametrize("format_", ["svg", "mermaid", "dot", "d2"])
def test_a_picture_says_itself_what_is_not_in_it(broken: Path, format_: str) -> None:
    file = broken.parent / f"picture.{format_}"
    code, _ = ropa("diagram", str(broken), "--format", format_, "-o", str(file))
    drawn = file.read_text("utf-8")
    assert code == 2
    assert "Not complete" in drawn
    assert re.search(r"register(\.|#46;)yaml", drawn)


@pytest.mark.parametrize("format_", ["svg", "mermaid", "dot", "d2"])
def test_a_picture_of_all_of_it_does_not(folder: Path, format_: str) -> None:
    file = folder.parent / f"picture.{format_}"
    assert ropa("diagram", str(folder), "--format", format_, "-o", str(file))[0] == 0
    assert "omplete" not in file.read_text("utf-8")


@pytest.mark.parametrize("format_", ["md", "html", "csv", "json", "jsonld"])
def test_a_record_says_itself_what_is_not_in_it(broken: Path, format_: str) -> None:
    file = broken.parent / f"record.{format_}"
    assert ropa("record", str(broken), "--format", format_, "-o", str(file))[0] == 2
    assert re.search(r"article\W?_6", file.read_text("utf-8"))


def test_a_list_of_flows_says_itself_that_it_proves_nothing(broken: Path) -> None:
    file = broken.parent / "flows.txt"
    assert ropa("flows", str(broken), "-o", str(file))[0] == 2
    assert "proves nothing yet" in file.read_text("utf-8")


# -- a first notice, tried -------------------------------------------------------------------------


@pytest.fixture
def planned(folder: Path) -> Path:
    """A register without a notice, and the notice in a folder of its own."""
    register, _, notice = CLEAN.partition("---\nkind: notice")
    (folder / "register.yaml").write_text(register, "utf-8")
    plan = folder.parent / "plan"
    plan.mkdir()
    (plan / "notice.yaml").write_text(f"kind: notice{notice}", "utf-8")
    shutil.move(folder / "notice.md", plan / "notice.md")
    return plan / "notice.yaml"


def test_a_first_notice_can_be_tried(folder: Path, planned: Path) -> None:
    code, said = ropa("check", str(folder), "--with", str(planned))
    assert code == 0, said
    assert "omitted → clear" in said
    assert "Not everything could be checked" not in said


def test_a_first_notice_that_an_activity_names_can_be_tried(folder: Path, planned: Path) -> None:
    file = folder / "register.yaml"
    named = file.read_text("utf-8").replace("owner: Head", "notices: library-users\nowner: Head")
    file.write_text(named, "utf-8")
    assert ropa("check", str(folder), "--with", str(planned))[0] == 0


def test_a_first_notice_that_cannot_be_judged_is_not_passed(folder: Path, planned: Path) -> None:
    (planned.parent / "notice.md").unlink()
    assert ropa("check", str(folder), "--with", str(planned))[0] == 2


def test_a_first_notice_that_tells_less_than_is_done_fails(folder: Path, planned: Path) -> None:
    said = planned.read_text("utf-8")
    less = said.replace(
        "  - quote: We pass them to Fairly Collected Ltd\n    discloses: {to: collector}\n", ""
    )
    assert less != said
    planned.write_text(less, "utf-8")
    text = planned.parent / "notice.md"
    text.write_text(TEXT.replace("We pass them to Fairly Collected Ltd.\n\n", ""), "utf-8")
    assert ropa("check", str(folder), "--with", str(planned))[0] == 1
