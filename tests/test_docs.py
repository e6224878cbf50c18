"""The pages of the rules: what is made, what is removed, and what is left alone."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from ropa.findings import RuleInfo, Severity
from ropa.plugins import all_rules, names


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """The pages, made in a folder of their own."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/make.py").write_bytes((ROOT / "docs/make.py").read_bytes())
    assert make(tmp_path / "docs/rules").returncode == 0
    return tmp_path / "docs/rules"


def make(rules: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(rules.parent / "make.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_there_is_a_page_for_each_rule_and_an_index_of_them(rules: Path) -> None:
    pages = {path.name for path in rules.iterdir()}
    assert pages == {"README.md", *(f"{name}.md" for name in names("rules"))}
    index = (rules / "README.md").read_text("utf-8")
    rows = [line for line in index.splitlines() if line.startswith("| [`")]
    assert [row.split("`")[1] for row in rows] == list(names("rules"))
    for row, rule in zip(rows, all_rules(), strict=True):
        assert f"]({rule.info.id}.md)" in row
        assert f"| {rule.info.severity} |" in row
        assert rule.info.summary in row
        assert ("†" in row) == rule.info.undecided


def test_examples_are_code_and_the_rest_is_text(rules: Path) -> None:
    page = (rules / "recipient-omitted.md").read_text("utf-8")
    assert "\n## Fails\n\n```yaml\nkind: activity\nid: meals\n" in page
    assert page.count("```yaml\n") == page.count("\n```\n") == page.count("\n## ") > 1
    assert "\n- Law: UK GDPR Article 13(1)(e); UK GDPR Article 14(1)(e)\n" in page
    assert "\nTo mend it: name the recipient" in page
    assert not [line for line in page.split("\n## Fails")[0].split("\n") if line.startswith("  ")]


def test_each_example_has_a_heading_that_says_what_is_particular_about_it(rules: Path) -> None:
    for rule in all_rules():
        page = (rules / f"{rule.info.id}.md").read_text("utf-8")
        headings = re.findall(r"^## ((?:Fails|Passes).*)$", page, re.MULTILINE)
        assert headings == [example.heading for example in rule.info.examples]
        assert page.count("\n```\n") == len(headings)


def test_the_pages_that_are_checked_in_are_current() -> None:
    assert make(ROOT / "docs/rules", "--check").stderr == ""


def test_check_names_what_is_not_current_and_changes_nothing(rules: Path) -> None:
    (rules / "over-claim.md").write_text("old", "utf-8")
    (rules / "not-yaml.md").unlink()
    checked = make(rules, "--check")
    assert checked.stderr == (
        "not current: docs/rules/not-yaml.md, docs/rules/over-claim.md; run `python3 dev.py docs`\n"
    )
    assert checked.returncode == 1
    assert (rules / "over-claim.md").read_text("utf-8") == "old"


def test_a_rule_that_is_no_more_loses_its_page(rules: Path) -> None:
    old = (rules / "over-claim.md").read_text("utf-8")
    (rules / "long-gone.md").write_text(old, "utf-8")
    assert "docs/rules/long-gone.md" in make(rules, "--check").stderr
    make(rules)
    assert not (rules / "long-gone.md").exists()


def test_what_was_written_by_hand_is_left_alone_and_linked(rules: Path) -> None:
    (rules / "not-covered.md").write_text("# Not covered\n", "utf-8")
    make(rules)
    assert (rules / "not-covered.md").read_text("utf-8") == "# Not covered\n"
    assert "(not-covered.md)" in (rules / "README.md").read_text("utf-8")
    assert make(rules, "--check").returncode == 0


def test_what_a_rule_says_more_of_itself_is_on_its_page_and_in_the_index() -> None:
    plain = RuleInfo(
        "plain",
        Severity.NOTE,
        ("Article 5",),
        undecided=False,
        page="A fault.\n\nWhy.",
        since="0.1.0",
    )
    rich = RuleInfo(
        "rich",
        Severity.NOTE,
        ("Article 6",),
        undecided=False,
        page="A fault.\n\nWhy.",
        since="0.2.0",
        regimes=("eu-gdpr",),
        rests_on=("adequacy-eu",),
        covers=("T-04",),
    )
    pages = runpy.run_path(str(ROOT / "docs/make.py"))["made"]([plain, rich])
    assert (
        "- Law: Article 6\n- Since: 0.2.0\n- Regime: eu-gdpr only\n- Sources: " in pages["rich.md"]
    )
    assert "\n- Requirements: T-04\n" in pages["rich.md"]
    assert "Regime" not in pages["plain.md"]
    assert "| [`plain`](plain.md) | note | both | A fault. | Article 5 |\n" in pages["README.md"]
    assert "| note | eu-gdpr | A fault. | Article 6; `adequacy-eu` |\n" in pages["README.md"]


@pytest.mark.parametrize("script", ["house.py", "reference.py", "catalogue.py"])
def test_what_is_made_of_the_code_is_current(script: str) -> None:
    command = [sys.executable, str(ROOT / "docs" / script), "--check"]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stderr == ""


def test_every_room_of_the_package_stands_on_a_floor_of_the_picture() -> None:
    house = runpy.run_path(str(ROOT / "docs/house.py"))
    drawn = {name for floor in house["floors"]("ropa") for name in floor}
    rooms = {
        path.stem
        for path in (ROOT / "src/ropa").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert rooms - drawn == {"__init__", "__main__"}
    (picture,) = (text for path, text in house["made"]().items() if path.suffix == ".svg")
    assert all(f">{name}" in picture for name in drawn)


def test_what_the_readme_shows_of_a_check_is_what_the_example_gives() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = readme.split("$ ropa check\n")[1].split("```")[0].splitlines()
    given = (ROOT / "tests/golden/example/check.txt").read_text("utf-8").splitlines()
    assert [line for line in shown if line != "  ..." and line not in given] == []
    assert len(shown) > 12


def test_each_page_is_in_the_contents_of_the_site() -> None:
    listed = (ROOT / "docs/index.md").read_text("utf-8").splitlines()
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")} - {"index"}
    assert pages - set(listed) == set()
