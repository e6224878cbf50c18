"""The catalogue of requirements and the rules keep in step: each is covered, or listed with the reason why not."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from ropa.plugins import all_rules

NOT_COVERED = ROOT / "docs" / "rules" / "not-covered.md"


@pytest.fixture(scope="module")
def requirements(corpora: Path) -> frozenset[str]:
    folder = corpora.parent / "legal"
    if not (folder / "requirements.yaml").is_file():
        pytest.skip(f"there is no requirements.yaml in {folder}; it stands beside ROPA_CORPORA")
    written = (folder / "requirements.yaml").read_text("utf-8")
    return frozenset(re.findall(r"^- id: (\S+)$", written, re.MULTILINE))


def covered() -> set[str]:
    return {requirement for rule in all_rules() for requirement in rule.info.covers}


def listed() -> dict[str, str]:
    rows = re.findall(r"^\| `([^`]+)` \| (.+) \|$", NOT_COVERED.read_text("utf-8"), re.MULTILINE)
    return dict(rows)


def test_every_requirement_is_covered_or_listed_with_a_reason(
    requirements: frozenset[str],
) -> None:
    assert len(requirements) > 100
    assert requirements - covered() - listed().keys() == set()


def test_no_rule_covers_a_requirement_that_there_is_not(requirements: frozenset[str]) -> None:
    assert covered() - requirements == set()
    assert listed().keys() - requirements == set()


def test_what_is_listed_as_not_covered_is_not_covered_and_has_a_reason() -> None:
    assert listed()
    assert covered() & listed().keys() == set()
    assert all(len(reason) > 40 for reason in listed().values())
