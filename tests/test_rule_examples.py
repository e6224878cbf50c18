"""Every rule's page is its test: Fails is found on the marked lines and nowhere else, Passes is clean.

What else is found on a page, and how a rule words what it finds, is kept in tests/golden and compared, so
that a rule that speaks where it did not, or in other words, is seen. `python3 dev.py golden` writes both anew.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import MARK, ROOT, TODAY, WRITING, write_register
from library import CLEAN
from ropa.documents.source import read_tree
from ropa.engine import ask, check, make_case
from ropa.findings import Example, Finding
from ropa.judging.coverage import Settings
from ropa.plugins import all_rules
from ropa.report import Report
from ropa.rule import Rule

GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = [(rule, example) for rule in all_rules() for example in rule.info.examples]
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.info.id)

Golden = dict[str, dict[str, Any]]


# Of the module, so that every test of an example sees the one check of it.
@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda p: f"{p[0].info.id}: {p[1].heading}")
def on_page(request: pytest.FixtureRequest) -> tuple[Rule, Example]:
    given: tuple[Rule, Example] = request.param
    return given


@pytest.fixture(scope="module")
def found(
    on_page: tuple[Rule, Example], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Finding, ...]:
    """What all rules find: the last ones look at what the others find."""
    return checked(on_page[1].text, tmp_path_factory.mktemp("page")).findings


def checked(text: str, folder: Path) -> Report:
    if text.startswith("{"):
        return checked_baseline(text, folder)
    write_register(folder, text)
    day = re.search(r"^# as of (\S+)$", text, re.MULTILINE)
    settings = Settings(date.fromisoformat(day[1]) if day else TODAY)
    return ask(make_case(read_tree(folder), settings, folder), all_rules())


def checked_baseline(text: str, folder: Path) -> Report:
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


def test_what_fails_is_found_on_the_marked_lines_and_what_passes_is_not(
    on_page: tuple[Rule, Example], found: tuple[Finding, ...]
) -> None:
    rule, example = on_page
    marked = set(marks(example.text))
    assert bool(marked) == example.fails
    places = [finding.problem.at for finding in found if finding.rule.id == rule.info.id]
    # A baseline stands beside the register's folder.
    assert {(place.path.removeprefix("../"), place.line) for place in places} == marked


def test_an_example_is_a_register_that_can_be_read_unless_its_rule_is_about_that(
    on_page: tuple[Rule, Example], found: tuple[Finding, ...]
) -> None:
    broken = {"not-yaml", "wrong-shape", "duplicate-id"} - {on_page[0].info.id}
    assert [f.problem.message for f in found if f.rule.id in broken] == []


@RULES
def test_a_page_names_its_fault_and_how_to_mend_it(rule: Rule) -> None:
    assert rule.info.summary.endswith(".")
    assert "\nTo mend it: " in f"\n{rule.info.explanation}"


@RULES
def test_a_page_shows_what_fails_and_what_passes_each_below_a_heading_of_its_own(
    rule: Rule,
) -> None:
    examples = rule.info.examples
    assert {example.fails for example in examples} == {True, False}
    assert len({example.heading for example in examples}) == len(examples)


@RULES
def test_whatever_is_indented_on_a_page_is_an_example_and_so_a_test(rule: Rule) -> None:
    shown = re.findall(r"^    (.*\S)", rule.info.explanation, re.MULTILINE)
    tested = "".join(example.text for example in rule.info.examples)
    assert shown == [line.rstrip() for line in tested.splitlines() if line.strip()]


# What is kept


def read(name: str) -> Golden:
    path = GOLDEN / name
    kept: Golden = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.exists() else {}
    return kept


def written(name: str, about: str) -> Iterator[Golden]:
    """What is kept, and kept anew when asked to: in the order of the pages, without examples that are no more."""
    kept = read(name)
    yield kept
    if WRITING:
        ordered: Golden = {}
        for rule, example in EXAMPLES:
            if (of := kept.get(rule.info.id, {}).get(example.heading)) is not None:
                ordered.setdefault(rule.info.id, {})[example.heading] = of
        text = yaml.safe_dump(ordered, sort_keys=False, allow_unicode=True, width=110)
        made = f"# {about}\n# `python3 dev.py golden` writes this.\n{text}"
        (GOLDEN / name).write_text(made, "utf-8")


@pytest.fixture(scope="module")
def also_fires() -> Iterator[Golden]:
    about = "What rules other than its own find in each example on a page, and how often."
    yield from written("also_fires.yaml", about)


@pytest.fixture(scope="module")
def said() -> Iterator[Golden]:
    yield from written("said_on_pages.yaml", "How each rule words what it finds on its own page.")


def compared(kept: Golden, on_page: tuple[Rule, Example], now: object) -> None:
    rule, example = on_page
    of_rule = kept.setdefault(rule.info.id, {})
    if WRITING:
        of_rule[example.heading] = now
    assert of_rule.get(example.heading) == now


def test_no_other_rule_finds_anything_new_on_a_page(
    on_page: tuple[Rule, Example], found: tuple[Finding, ...], also_fires: Golden
) -> None:
    others = Counter(f.rule.id for f in found if f.rule.id != on_page[0].info.id)
    compared(also_fires, on_page, dict(sorted(others.items())))


def test_a_rule_says_what_it_finds_in_the_words_that_are_kept(
    on_page: tuple[Rule, Example], found: tuple[Finding, ...], said: Golden
) -> None:
    rule, example = on_page
    if example.fails:
        compared(said, on_page, [in_full(f) for f in found if f.rule.id == rule.info.id])


def in_full(finding: Finding) -> Mapping[str, Any]:
    problem = finding.problem
    related = [f"{at}: {caption}" for at, caption in problem.related]
    said = {"at": str(problem.at), "id": finding.id, "says": problem.message, "hint": problem.hint}
    return {key: value for key, value in {**said, "related": related}.items() if value}


@pytest.mark.skipif(WRITING, reason="they are written when all tests of this file have run")
@pytest.mark.parametrize("name", ["also_fires.yaml", "said_on_pages.yaml"])
def test_nothing_is_kept_of_examples_that_are_no_more(name: str) -> None:
    kept = {(rule, heading) for rule, of in read(name).items() for heading in of}
    assert kept <= {(rule.info.id, example.heading) for rule, example in EXAMPLES}
