"""A register of 0.1 on this version: it reads as before, and what is new of it stands on the page about upgrading."""

import re
import shutil
from datetime import date

import pytest

from conftest import ROOT
from ropa.engine import check
from ropa.findings import Severity
from ropa.judging.coverage import Settings
from ropa.plugins import all_rules
from ropa.report import Report

HERE = ROOT / "tests" / "upgrading"
PAGE = (ROOT / "docs/upgrading.md").read_text("utf-8")
NAMED = set(re.findall(r"`([a-z-]+)`", PAGE))
FOUND_BY_0_1 = {
    line.partition(" ")[2] for line in (HERE / "found-by-0.1.txt").read_text("utf-8").splitlines()
}
"""The ids of what 0.1 found on that register on 30 November 2026, each line with its severity."""


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("old") / "registry"
    shutil.copytree(HERE / "registry-0.1", folder)
    return check(folder, Settings(date(2026, 11, 30)))


def test_every_document_of_it_is_read(now: Report) -> None:
    unread = {"not-yaml", "wrong-shape", "unknown-name", "duplicate-id", "not-looked-at"}
    assert not [f.id for f in now.findings if f.rule.id in unread]
    assert len(now.case.register.activities) == 13


def test_what_it_found_is_found_under_the_same_id_or_the_page_says_why_not(now: Report) -> None:
    found = {finding.id for finding in now.findings}
    gone = FOUND_BY_0_1 - found
    assert gone == {"retention-omitted@quality-and-inspection/keep/council-drive@retention"}
    assert "verdict `untied`" in PAGE


def test_whatever_is_found_for_the_first_time_is_of_a_rule_that_the_page_names(
    now: Report,
) -> None:
    new = {finding.rule.id for finding in now.findings if finding.id not in FOUND_BY_0_1}
    assert new - {"over-claim", "sign-off-out-of-date"} <= NAMED


def test_each_new_error_and_each_new_way_to_end_with_2_has_its_remedy() -> None:
    rows = dict(
        re.findall(
            r"^\| \[`([a-z-]+)`\]\(rules/[a-z-]+\.md\) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE
        )
    )
    for rule in all_rules():
        if rule.info.since != "0.1.0" and (
            rule.info.undecided or rule.info.severity is Severity.ERROR
        ):
            assert len(rows[rule.info.id].split()) > 2, rule.info.id
