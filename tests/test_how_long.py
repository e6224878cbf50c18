"""Retention as people record it: in words, as a range, for ever, not at all, and longer in some cases."""

import pytest

from conftest import Check
from ropa.front import draft, export
from ropa.importers import record_xlsx
from ropa.judging.grading import agree
from ropa.judging.verdict import Verdict
from ropa.register.periods import (
    NEVER,
    PERMANENTLY,
    as_period,
    days,
    how_long,
    is_exception,
    longer_than,
    period_in_words,
    same_length,
)
from ropa.register.vocabulary import Facet
from ropa.report import Report

ENTRY = """kind: organisation
id: northwold
name: Northwold Library
---
kind: activity
id: loans
name: Loans
subjects: resident
data: name
purposes: support
sources: data-subject
basis: {{article_6: e, law: Public Libraries and Museums Act 1964 s.7}}
retention: {recorded}
---
kind: notice
id: readers
audience: resident
text: readers.md
statements:
  - quote: {quote}
    keeps: {told}
"""
COMPLAINT = "longer: while a complaint is open"


def held(check_text: Check, recorded: str, quote: str, told: str) -> Report:
    return check_text(ENTRY.format(recorded=recorded, quote=quote, told=told))


def verdict(report: Report) -> tuple[Verdict, str]:
    found = [
        judgement for told in report.case.coverage.flows if (judgement := told.on(Facet.RETENTION))
    ]
    (judgement,) = found
    return judgement.verdict, judgement.lacks


@pytest.mark.parametrize(
    ("recorded", "quote", "told", "expected"),
    [
        # for ever
        ("{criteria: permanently}", "We keep your name for one year", "{period: P1Y}", Verdict.CONTRADICTED),
        ("{criteria: Kept indefinitely.}", "We keep your name for 99 years", "{period: P99Y}", Verdict.CONTRADICTED),
        ("{period: permanently}", "We keep your name for ever", "{period: permanently}", Verdict.CLEAR),
        ("{period: permanently}", "We keep your name indefinitely", "{criteria: indefinitely}", Verdict.CLEAR),
        ("{period: P1Y}", "We keep your name permanently", "{period: permanently}", Verdict.CLEAR),
        # a range: at most its longer end
        ("{period: P30D/P90D}", "We keep your name for 30 to 90 days", "{period: P30D/P90D}", Verdict.CLEAR),
        ("{period: P30D/P90D}", "We keep your name for up to 90 days", "{period: P90D}", Verdict.CLEAR),
        ("{period: P30D/P90D}", "We keep your name for 30 days", "{period: P30D}", Verdict.CONTRADICTED),
        ("{period: P60D}", "We keep your name for 30 to 90 days", "{period: P30D/P90D}", Verdict.CLEAR),
        # hours
        ("{period: PT48H}", "We keep your name for two days", "{period: P2D}", Verdict.CLEAR),
        ("{period: PT72H}", "We keep your name for two days", "{period: P2D}", Verdict.CONTRADICTED),
        # criteria are held against each other by their words
        (
            "{criteria: until your case is closed}",
            "We keep your name for as long as your case is not closed",
            "{criteria: as long as your case is not closed}",
            Verdict.CLEAR,
        ),
        (
            "{criteria: until your case is closed}",
            "We keep your name while you are a member",
            "{criteria: while you are a member}",
            Verdict.VAGUE,
        ),
        (
            "{criteria: until your case is closed}",
            "We keep your name for as long as we need it",
            "{criteria: as long as we need it}",
            Verdict.VAGUE,
        ),
        ("{criteria: until your case is closed}", "We keep your name for a year", "{period: P1Y}", Verdict.VAGUE),
        (
            "{criteria: at the end of your time with us, trigger: end-of-contract}",
            "We keep your name until your contract ends",
            "{criteria: until your contract ends, trigger: end-of-contract}",
            Verdict.CLEAR,
        ),
        # what is not stored has no period to be told of
        ("{period: never}", "We do not keep your name", "{period: never}", Verdict.CLEAR),
        ("{criteria: not stored}", "We do not keep your name", "{criteria: not kept}", Verdict.CLEAR),
        ("{period: P1Y}", "We do not keep your name", "{period: never}", Verdict.CONTRADICTED),
    ],
)  # fmt: skip
def test_how_long_is_held_against_how_long(
    check_text: Check, recorded: str, quote: str, told: str, expected: Verdict
) -> None:
    report = held(check_text, recorded, quote, told)
    assert not report.case.malformed
    assert verdict(report)[0] is expected


def test_words_for_ever_and_for_not_at_all_bear_their_statements_out(check_text: Check) -> None:
    for quote, told in (
        ("We keep your name for ever", "{period: permanently}"),
        ("We do not keep your name", "{period: never}"),
    ):
        report = held(check_text, f"{{period: {told[9:-1]}}}", quote, told)
        void = {"gainsaid-by-its-words", "words-say-none-of-it", "over-claim"}
        assert not [f.problem.message for f in report.findings if f.rule.id in void]


ONE_YEAR = "{{period: P1Y, trigger: collection, {more}}}"


@pytest.mark.parametrize(
    ("more", "told", "expected"),
    [
        (COMPLAINT, "", Verdict.PARTIAL),
        (COMPLAINT, COMPLAINT, Verdict.CLEAR),
        (COMPLAINT, "criteria: or longer while a complaint is still open", Verdict.CLEAR),
        (COMPLAINT, "criteria: or longer where the law asks", Verdict.VAGUE),
        ("criteria: longer while a complaint is open", "", Verdict.PARTIAL),
        ("criteria: line 4 of our schedule", "", Verdict.CLEAR),
        ("longer: [while a complaint is open, where a court asks]", COMPLAINT, Verdict.VAGUE),
    ],
)
def test_when_it_is_kept_longer_has_to_be_told_as_well(
    check_text: Check, more: str, told: str, expected: Verdict
) -> None:
    quote = "We keep your name for one year from when you join, or longer while a complaint is open or a court asks"
    recorded = ONE_YEAR.format(more=more)
    stated = ONE_YEAR.format(more=told) if told else "{period: P1Y, trigger: collection}"
    found, lacks = verdict(held(check_text, recorded, quote, stated))
    assert found is expected
    assert ("kept longer" in lacks) is (expected is not Verdict.CLEAR)


def test_the_draft_says_when_it_is_kept_longer(check_text: Check) -> None:
    report = held(check_text, ONE_YEAR.format(more=COMPLAINT), "We keep your name", "{data: name}")
    assert "longer while a complaint is open" in draft(report, "readers").text


@pytest.mark.parametrize(
    "entry",
    [
        ONE_YEAR.format(more=COMPLAINT),
        "{criteria: permanently}",
        "{period: P30D/P90D}",
        "{period: permanently}",
        "{period: never}",
        "{period: P1Y, criteria: longer while a complaint is open}",
    ],
)
def test_a_workbook_takes_it_out_and_back(check_text: Check, entry: str) -> None:
    report = held(check_text, entry, "We keep your name", "{data: name}")
    workbook = export(report, "record-xlsx")
    assert isinstance(workbook, bytes)
    read = record_xlsx.read(workbook, report.case.documents)
    assert not read.faults
    written = next(d.data for d in report.case.documents if d.data.get("id") == "loans")
    (activity,) = (c.data for c in read.documents if c.data["kind"] == "activity")
    assert activity["retention"] in ([written["retention"]], [_listed(written["retention"])])


def _listed(entry: dict[str, object]) -> dict[str, object]:
    return {key: [value] if key == "longer" else value for key, value in entry.items()}


def test_the_record_says_when_it_is_kept_longer(check_text: Check) -> None:
    record = export(
        held(check_text, ONE_YEAR.format(more=COMPLAINT), "We keep it", "{data: name}"), "record-md"
    )
    assert "1 year from the day it was collected; longer while a complaint is open" in str(record)


def test_periods_are_compared_by_their_longer_ends() -> None:
    assert days("P30D/P90D") == 90
    assert longer_than(PERMANENTLY, "P100Y")
    assert not longer_than(PERMANENTLY, PERMANENTLY)
    assert not longer_than("P100Y", PERMANENTLY)
    assert longer_than("P1D", NEVER)
    assert same_length("P30D/P90D", "P30D")
    assert not same_length("P30D/P90D", "P60D")


def test_periods_are_said_in_words() -> None:
    assert period_in_words("P30D/P90D") == "30 days to 90 days"
    assert how_long("P6Y") == "for 6 years"
    assert how_long(PERMANENTLY) == "permanently"
    assert how_long(NEVER) == "for no time at all"


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("permanently", PERMANENTLY),
        ("Kept indefinitely.", PERMANENTLY),
        ("for an unlimited period", PERMANENTLY),
        ("Not stored", NEVER),
        ("never kept", NEVER),
        ("permanently closed files are kept for a year", ""),
        ("not kept longer than we need it", ""),
        ("until the case is closed", ""),
    ],
)
def test_criteria_that_are_a_period_count_as_one(words: str, period: str) -> None:
    assert as_period(words) == period


@pytest.mark.parametrize(
    ("criteria", "exception"),
    [
        ("longer while a complaint is open", True),
        ("unless a court asks for it", True),
        ("or until the case is closed, if that is later", True),
        ("line 4 of our schedule", False),
        ("because claims may be made for six years", False),
    ],
)
def test_an_exception_is_told_from_a_reason(criteria: str, *, exception: bool) -> None:
    assert is_exception(criteria) is exception


def test_criteria_agree_where_they_share_what_they_say() -> None:
    assert agree("as long as your case is not closed", "until the case is closed")
    assert not agree("as long as we need it", "until the case is closed")
    assert not agree("while you are a member", "until the account is deleted")
