"""What is printed into the log of a CI server holds no command for its runner, whatever others wrote."""

import json
import re
from pathlib import Path

import pytest
from click import unstyle

from command import Project
from ropa import inspection, mutation
from ropa.case import Report
from ropa.comparison import Comparison
from ropa.derivation import derive
from ropa.plugins import load
from ropa.text import NoticeText
from ropa.visible import inert, to_json
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


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
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
    assert commands(mutation.as_text(coverage, mutation.self_test(coverage))) == []
    texts = [text for text in attacked.case.texts.values() if isinstance(text, NoticeText)]
    assert texts
    assert [c for text in texts for c in commands(inspection.as_text(text))] == []


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
