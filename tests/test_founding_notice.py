"""The notice that `ropa` was begun for, held against the register of an invented council.

The notice stays in the corpora; tests/founding has the register, the statements and how their quotes are made.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import TODAY
from founding.make import HERE, make, place_of
from ropa.case import Report
from ropa.cli import main
from ropa.coverage import Judgement, Mode, Settings
from ropa.engine import check
from ropa.model import Evidence, Statement
from ropa.source import read_tree
from ropa.verdict import Verdict
from ropa.vocabulary import Facet

RETURN = "yearly-returns/disclose/dfe"
ONWARD = "yearly-returns/onward/dfe/data-applicants"
CASE_WORK = ("looked-after-case-work", "child-in-need-support")
BOTH = {"child-in-need", "looked-after-child"}

# The line that records the law behind the return itself, and not behind the activity
LAW = """funding-allocation, good-practice]
    basis: {article_6: c, article_9: g, schedule_1: "6", law: Children Act 1989 s.83(3)}"""
NO_LAW = """funding-allocation, good-practice]
    basis: {article_6: c, article_9: g, schedule_1: "6"}"""
POLICY = """    conditions:
      - policy: information-sharing-policy
"""
HOLIDAYS = """\
kind: party
id: holiday-charity
name: Sampleshire Holidays
type: controller
broader: charity
---
kind: activity
id: holidays
name: Holidays for children
subjects: %s
data: name
purposes: support
sources: data-subject
basis: {article_6: e}
retention: {period: P1Y, trigger: end-of-year}
disclosures:
  - to: holiday-charity
"""

Founding = Callable[..., Report]


@pytest.fixture
def founding(tmp_path: Path, corpora: Path) -> Founding:
    """Check the register, with some of its words changed or more documents after them."""

    def run(
        changes: dict[str, str] | None = None, more: str = "", day: date = TODAY, mode: Mode = Mode.SPECIFIC
    ) -> Report:
        make(tmp_path, corpora, changes, more)
        return check(tmp_path, Settings(day, mode))

    return run


def on(report: Report, flow: str, facet: Facet) -> Judgement:
    judgement = report.case.coverage.by_id[flow].on(facet)
    assert judgement is not None, f"{flow} has no judgement on its {facet}"
    return judgement


def verdict(report: Report, flow: str, facet: Facet) -> Verdict:
    return on(report, flow, facet).verdict


def flows(report: Report, *parts: str) -> list[str]:
    """The flows whose id has all of these parts."""
    return [id_ for id_ in report.case.coverage.by_id if set(parts) <= set(id_.split("/"))]


def lines(statements: tuple[Statement, ...]) -> set[int]:
    """Where in the notice they stand."""
    return {statement.quoted.line for statement in statements if statement.quoted}


def people(report: Report, judgement: Judgement) -> set[str]:
    """Whom the remainder of a judgement concerns."""
    groups = report.case.register.vocabulary[Facet.SUBJECT]
    return {g for g in BOTH if any(region[0] & groups.mask(g) for region in judgement.remainder)}


def findings(report: Report, rule: str) -> list[str]:
    """Where a rule found something, and of which facet."""
    return [finding.id.removeprefix(f"{rule}@") for finding in report.findings if finding.rule.id == rule]


# -- the evidence ------------------------------------------------------------------------------


def test_every_quote_stands_in_the_notice_on_the_line_it_was_taken_from(founding: Founding) -> None:
    statements = founding().case.register.notices["founding-notice"].statements
    (document,) = read_tree(HERE / "no-such-folder") or read_notice_places()
    expected = [place_of(quote) for quote in document]
    assert [s.evidence for s in statements] == [Evidence.FOUND] * len(expected)
    assert [s.quoted.line for s in statements if s.quoted] == expected
