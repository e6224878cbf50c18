"""What is printed into the log of a CI server holds no command for its runner, whatever others wrote."""

import json
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest
import yaml
from click import unstyle

from command import Project
from conftest import TODAY
from library import CLEAN
from ropa.accepting import baseline
from ropa.changes.comparison import Comparison
from ropa.diagram.view import Wanted, diagram
from ropa.drafting import draft
from ropa.judging import self_test as trials
from ropa.plugins import load
from ropa.record.gather import gather
from ropa.report import Report
from ropa.seen.text import NoticeText
from ropa.visible import in_markdown, inert, inert_in_markup, to_json, visible
from ropa.why import derive
from ropa.wording import inspection
from test_reporters import HOSTILE, everywhere

COMMANDS = (
    "::error file=a::b",
    "  ::set-output name=a::b",
    "##[error]x",
    "a ##[set-env name=A]b",
    "##vso[task.complete result=Failed]",
)


def commands(text: str) -> list[str]:
    """The lines that a runner would take for commands. A place of ours begins with three colons and a space."""
    lines = unstyle(text).splitlines()
    return [line for line in lines if re.match(r"\s*::(?!: )", line) or re.search(r"##\w*\[", line)]


@pytest.fixture(scope="module", params=[*COMMANDS, *HOSTILE.values()])
def attacked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return everywhere(tmp_path_factory.mktemp("attacked"), str(request.param))


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return everywhere(tmp_path_factory.mktemp("calm"), "calm")


@pytest.mark.parametrize(
    "format_", ["text", "markdown", "json", "html", "sarif", "junit", "gitlab"]
)
def test_a_check_prints_no_command(attacked: Report, format_: str) -> None:
    assert commands(load("reporters", format_).render(attacked)) == []


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_difference_prints_no_command(calm: Report, attacked: Report, format_: str) -> None:
    render = load("differences", format_).render
    for pair in ((calm, attacked), (attacked, calm)):
        assert commands(render(Comparison(*pair, ("old", "new"), ("::error::x",)))) == []


def test_the_flows_and_their_derivations_print_no_command(attacked: Report) -> None:
    case = attacked.case
    assert commands(load("exporters", "flows-text").render(attacked)) == []
    assert [c for told in case.coverage.flows for c in commands(derive(case, told.flow.id))] == []


def test_the_self_test_and_a_notice_print_no_command(attacked: Report) -> None:
    coverage = attacked.case.coverage
    assert commands(trials.as_text(coverage, trials.self_test(coverage))) == []
    texts = [text for text in attacked.case.texts.values() if isinstance(text, NoticeText)]
    assert texts
    assert [c for text in texts for c in commands(inspection.as_text(text))] == []


def test_a_baseline_prints_no_command_and_reads_back_as_it_was(
    attacked: Report, tmp_path: Path
) -> None:
    written = attacked.as_baseline()
    assert commands(written) == []
    (tmp_path / "base.json").write_text(written, "utf-8")
    told = {f.id for f in attacked.standing if not (f.rule.undecided or f.rule.last)}
    assert set(baseline.read(tmp_path / "base.json", tmp_path).findings) == told


@pytest.mark.parametrize("format_", ["md", "html", "csv", "json", "jsonld"])
def test_a_record_prints_no_command(attacked: Report, format_: str) -> None:
    record = gather(attacked.case.register, TODAY, publication=False)
    assert commands(load("exporters", f"record-{format_}").render(record)) == []


@pytest.mark.parametrize("format_", ["svg", "mermaid", "dot", "d2"])
def test_a_diagram_prints_no_command(attacked: Report, format_: str) -> None:
    drawn = diagram(attacked, Wanted())
    assert commands(load("exporters", f"diagram-{format_}").render(drawn)) == []


@pytest.mark.parametrize("format_", ["md", "html"])
def test_a_draft_and_its_statements_hold_no_command(attacked: Report, format_: str) -> None:
    made = draft(attacked.case.graph, attacked.case.settings, "reader")
    writer = load("exporters", f"notice-{format_}")
    statements = load("exporters", "notice-yaml").render(made, "draft.md", writer.quote)
    assert commands(writer.render(made)) == []
    assert commands(statements) == []
    assert yaml.safe_load(statements)["name"] == visible(made.name)


@pytest.mark.parametrize("command", COMMANDS)
def test_markup_says_the_same_and_holds_no_command(command: str) -> None:
    written = inert_in_markup(f"<p>\n{command}</p>")
    assert commands(written) == []
    assert unescape(written) == f"<p>\n{command}</p>"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_sign_off_prints_no_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(CLEAN)
    ended = project.ropa("sign-off", "library-users", "--by", command, "--role", command)
    assert ended.code == 0
    assert command.strip()[-3:] in ended.out
    assert commands(ended.out + ended.err) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_an_import_prints_no_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(CLEAN)
    project.ropa("record", "--format", "xlsx", "-o", "record.xlsx")
    book = openpyxl.load_workbook("record.xlsx")
    head, first, *_ = book["Controller"].iter_rows()
    (at,) = (n for n, cell in enumerate(head) if str(cell.value).startswith("Purposes"))
    first[at].value = f"one\n{command}"
    book.save("record.xlsx")
    ended = project.ropa("import", "record.xlsx")
    assert ended.code == 2
    assert command.strip()[-4:] in ended.err
    assert commands(ended.out + ended.err) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_found_and_made_inert_once(command: str) -> None:
    assert commands(f"before\n{command}\nafter") == [command]
    assert commands(inert(command)) == []
    assert inert(inert(command)) == inert(command)


def test_words_that_are_no_command_stay_as_they_are() -> None:
    text = "a::b\n## heading\n# [x]\nC:: \n##\n"
    assert inert(text) == text


@pytest.mark.parametrize("command", COMMANDS)
def test_json_says_the_same_and_holds_no_command(command: str) -> None:
    written = to_json({command: [command]})
    assert commands(written) == []
    assert json.loads(written) == {command: [command]}


def test_what_is_said_beside_the_output_is_no_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = Project(tmp_path, monkeypatch, capsys).ropa("check", "##[error]x")
    assert ended.code == 2
    assert "## [error]x" in ended.err
    assert commands(ended.err) == []


@pytest.mark.parametrize("text", ["GH-12", "see gh-7, GH-8", "(GH-1)"])
def test_markdown_names_no_issue_of_a_repository(text: str) -> None:
    assert not re.search(r"(?i)\bgh-\d", in_markdown(text))
    assert "AGH-1" in in_markdown("AGH-1")
