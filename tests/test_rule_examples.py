"""Every rule's page is its test: Fails is found on the marked lines and nowhere else, Passes is clean."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from msgspec.structs import replace

from conftest import MARK, TODAY, write_register
from library import CLEAN
from ropa.documents.source import read_tree
from ropa.engine import ask, check, make_case
from ropa.judging.coverage import Settings
from ropa.plugins import all_rules
from ropa.report import Report
from ropa.rule import Rule

RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.info.id)


def example(rule: Rule, heading: str) -> str:
    found = re.search(rf"^{heading}:\n\n((?:    .*\n?|\n)+)", rule.info.explanation, re.MULTILINE)
    assert found, f"the page of {rule.info.id} has no '{heading}:' example"
    return dedent(found[1])


def found(rule: Rule, text: str, folder: Path) -> Report:
    """What the rule finds, when all rules are asked: the last ones look at what the others find."""
    if text.startswith("{"):
        return found_in_baseline(text, folder)
    write_register(folder, text)
    day = re.search(r"^# as of (\S+)$", text, re.MULTILINE)
    settings = Settings(date.fromisoformat(day[1]) if day else TODAY)
    case = make_case(read_tree(folder), settings, folder)
    report = ask(case, all_rules())
    return replace(report, findings=tuple(f for f in report.findings if f.rule.id == rule.info.id))


def found_in_baseline(text: str, folder: Path) -> Report:
    """An example in braces is a baseline, that of a register in which nothing is wrong."""
    (folder / "register").mkdir()
    write_register(folder / "register", CLEAN.replace("northwold", "exampleton"))
    (folder / "register.yaml").write_text(re.sub(rf" *{MARK}", "", text), "utf-8")
    return check(folder / "register", Settings(TODAY), baseline=folder / "register.yaml")


def marks(text: str) -> Iterator[tuple[str, int]]:
    """The marked lines, by the file they are written to."""
    file, number = "register.yaml", 0
    for line in text.splitlines():
        number += 1
        if line.startswith("=== "):
            file, number = line.removeprefix("=== "), 0
        elif line.endswith(MARK):
            yield file, number


@RULES
def test_the_failing_example_is_found_on_the_marked_lines(rule: Rule, tmp_path: Path) -> None:
    text = example(rule, "Fails")
    marked = set(marks(text))
    assert marked
    places = [finding.problem.at for finding in found(rule, text, tmp_path).findings]
    # A baseline stands beside the register's folder.
    assert {(place.path.removeprefix("../"), place.line) for place in places} == marked


@RULES
def test_the_passing_example_is_clean(rule: Rule, tmp_path: Path) -> None:
    text = example(rule, "Passes")
    assert [f.problem.message for f in found(rule, text, tmp_path).findings] == []


@RULES
def test_a_page_names_its_fault_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.info.summary.endswith(".")
    assert "\nTo mend it: " in f"\n{rule.info.explanation}"
