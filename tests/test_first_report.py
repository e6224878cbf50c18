"""From nothing to a first report by the commands of the tutorial: how many they are, and that the report is true.

Five sheets of five layouts and notices in four formats go the way of docs/tutorial.md; nobody writes a line of YAML.
"""

import contextlib
import io
import json
import os
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import click
import pytest

from conftest import ROOT, TODAY
from first_notices import MEMBERS, NOTICES, SCHOOL, FirstNotice
from messy_sheets import FIVE, ICO, MessySheet
from ropa.cli import outcome

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
COMMANDS = [
    shlex.split(line)
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    for line in block.splitlines()
]
MOST_COMMANDS = 10
SHEET, NOTICE = "../record.xlsx", "../privacy-notice.docx"
"""What the tutorial calls the files of its reader."""
OTHERS: Mapping[str, tuple[str, ...]] = {
    "ropa-download.csv": ("--kind", "council"),
    "IAR_ROPA_combined.xlsx": ("--kind", "council"),
    "registre-traitements.csv": ("--kind", "charity", "--country", "FR"),
    "ropa.md": ("--kind", "school"),
}
"""What those say of themselves who are no school in England."""


class Step(NamedTuple):
    """A command of the journey, and how it ended."""

    command: str
    code: int
    said: str


class Journey(NamedTuple):
    """What somebody began with, each step, what the reports hold, in their order, and where all of it lies."""

    sheet: MessySheet
    notice: FirstNotice
    steps: tuple[Step, ...]
    reports: tuple[Any, ...]
    folder: Path


def own(command: list[str], sheet: MessySheet, notice: FirstNotice) -> list[str]:
    """A command of the tutorial with one's own values in it."""
    if sheet is ICO:
        return command
    if command[:2] == ["ropa", "init"]:
        return [*command[:3], "--name", "Sample Body", *command[5:5], *OTHERS[sheet.name], *CONTACT]
    if command[:3] == ["ropa", "notice", "add"]:
        groups = [word for group in notice.audience for word in ("--audience", group)]
        return [*command[:3], f"../{notice.name}", *groups, *notice.options, "--id", "pupils"]
    return [f"../{sheet.name}" if word == SHEET else word for word in command]


CONTACT = ("--contact", "office@sample.example", "--dpo", "dpo@sample.example")


def ran(command: list[str]) -> Step:
    """Run a command as it is typed, as of the day of these tests."""
    out = io.StringIO()
    day = "--on" if "accept" in command else "--as-of"
    before, sys.argv = sys.argv, [*command, f"{day}={TODAY}"]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = outcome()
    finally:
        sys.argv = before
    words = command[1 : 3 if command[1] == "notice" else 2]
    return Step(" ".join(words), code, out.getvalue())


def walked(sheet: MessySheet, desk: Path) -> Journey:
    """The way of the tutorial, from a folder with nothing in it to the first report."""
    notice, before = NOTICES[sheet.name], Path.cwd()
    steps: list[Step] = []
    reports: list[Any] = []
    (desk / (Path(SHEET).name if sheet is ICO else sheet.name)).write_bytes(sheet.content())
    (desk / notice.name).write_bytes(notice.content)
    os.chdir(desk)
    try:
        for command in COMMANDS:
            if command[0] == "cd":
                os.chdir(command[1])
                continue
            steps.append(ran(own(command, sheet, notice)))
            if command[1] == "report":
                reports.append(json.loads(Path("reports/gap-report.json").read_text("utf-8")))
        return Journey(sheet, notice, tuple(steps), tuple(reports), Path.cwd())
    finally:
        os.chdir(before)


@pytest.fixture(scope="module", params=FIVE, ids=lambda sheet: sheet.name)
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Journey:
    """One of the five, from nothing to its first report."""
    return walked(request.param, tmp_path_factory.mktemp("desk"))


# -- the page --------------------------------------------------------------------------------------


def test_the_tutorial_takes_ten_commands_at_the_most_and_no_yaml() -> None:
    assert {command[0] for command in COMMANDS} == {"ropa", "cd"}
    assert 5 <= len([c for c in COMMANDS if c[0] == "ropa"]) <= MOST_COMMANDS
    assert "```yaml" not in PAGE


def test_the_files_of_the_tutorial_are_those_of_the_school() -> None:
    words = {word for command in COMMANDS for word in command}
    assert {SHEET, NOTICE} <= words
    assert SCHOOL.name == Path(NOTICE).name


def test_the_commands_it_names_on_the_way_are_there() -> None:
    from ropa.cli import main

    context = click.Context(main)
    for words in map(str.split, set(re.findall(r"`ropa ((?:notice )?[a-z-]+)", PAGE))):
        command = main.get_command(context, words[0])
        for word in words[1:]:
            assert isinstance(command, click.Group)
            command = command.get_command(context, word)
        assert command is not None, words


# -- the stopwatch ---------------------------------------------------------------------------------


def test_every_step_ends_as_the_tutorial_says(journey: Journey) -> None:
    unread = journey.notice is MEMBERS  # in a language of which nothing can be proposed
    for step in journey.steps:
        assert "fault in ropa" not in step.said
        most = {"import": 1, "check": 2}.get(
            step.command, 2 if unread and "notice" in step.command else 0
        )
        assert step.code <= most, step.said
    checked = next(step for step in journey.steps if step.command == "check")
    assert checked.code == 2  # nobody has tied the notice yet


def test_what_is_in_the_sheet_is_in_the_register(journey: Journey) -> None:
    files = (journey.folder / "registry" / "activities").rglob("*.yaml")
    named = "\n".join(file.read_text("utf-8") for file in files)
    names = set(re.findall(r"^name: \W?(.*?)\W?$", named, re.MULTILINE))
    assert journey.sheet.entries.keys() - names == set()


def test_a_page_and_a_gap_report_are_there_to_read(journey: Journey) -> None:
    for name in ("review.html", "gap-report.md"):
        assert len((journey.folder / "reports" / name).read_text("utf-8")) > 2000


def test_the_messages_of_a_first_report_are_short_enough_to_be_read(journey: Journey) -> None:
    said = [
        len(found["message"].split()) for report in journey.reports for found in report["findings"]
    ]
    assert max(said) <= 45
    assert median(said) <= 20


# -- that it is true -------------------------------------------------------------------------------


def findings(report: Any, rule: str) -> list[Any]:
    return [found for found in report["findings"] if re.fullmatch(rule, found["rule"])]


def test_it_is_said_once_that_nobody_has_tied_the_notice_yet(journey: Journey) -> None:
    (found,) = findings(journey.reports[0], "notice-not-tied")
    assert "has no statements yet" in found["message"]
    assert found["undecided"]


def test_nothing_is_said_to_be_left_out_of_a_notice_that_nobody_has_tied(journey: Journey) -> None:
    assert findings(journey.reports[0], r".*-(omitted|partial|vague|contradicted)|over-claim") == []


def test_what_somebody_accepted_is_told_and_the_rest_is_no_longer_one_finding(
    journey: Journey,
) -> None:
    if journey.notice is MEMBERS:
        pytest.skip("nothing can be proposed of its sentences")
    first, second = journey.reports
    assert second["summary"] != first["summary"]
    accepted = (journey.folder / "registry" / "notices" / "pupils.yaml").read_text("utf-8")
    assert accepted.count("by: A. Example") == 3
    assert findings(second, "item-omitted|item-untied|.*-omitted|notice-not-tied") != []


def untold(journey: Journey) -> Mapping[str, set[str]]:
    """What is said to be in no sentence, of the flows about those whom the notice is for, by facet."""
    registry = str(journey.folder / "registry")
    said = ran(["ropa", "flows", registry, "--format", "json"]).said
    flows = json.loads(said[said.index("{") :])["flows"]
    theirs = (flow for flow in flows if set(flow["subjects"]) <= set(journey.notice.audience))
    found: dict[str, set[str]] = {}
    for facet in (facet for flow in theirs for facet in flow["facets"].values()):
        for kind, words in facet["not_told"].get("untold", {}).items():
            found.setdefault(kind, set()).update(words)
    return found


def test_what_a_sentence_of_the_notice_names_waits_for_it_and_is_not_called_left_out(
    journey: Journey,
) -> None:
    if journey.notice is MEMBERS:
        pytest.skip("its language is not read, so nothing is said of its sentences")
    said = untold(journey)
    wrong = {f: words & said.get(f, set()) for f, words in journey.notice.told.items()}
    assert {facet: words for facet, words in wrong.items() if words} == {}
    for facet, words in journey.notice.left_out.items():
        found = "; ".join(
            said[facet]
        ).casefold()  # “other special educational needs” is one of them
        assert [word for word in words if word.casefold() not in found] == []


def test_no_finding_says_that_no_notice_names_what_the_notice_names(journey: Journey) -> None:
    for report in journey.reports:
        for facet, words in journey.notice.told.items():
            said = [found["message"] for found in findings(report, f"{facet}-omitted")]
            for word in words:
                named = re.compile(
                    rf"\b(?:to|from|includes)\b.*\b{re.escape(word)}\b", re.IGNORECASE
                )
                assert [message for message in said if named.search(message)] == []
