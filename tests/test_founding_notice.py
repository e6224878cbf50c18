"""The notice that `ropa` was begun for, held against the register of an invented council.

The notice stays in the corpora; tests/founding has the register, the statements and how their quotes are made.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import TODAY
from founding.make import HERE, NOTICE, make, places, words
from ropa.cli import main
from ropa.engine import check
from ropa.judging.coverage import Judgement, Mode, Settings
from ropa.judging.verdict import Verdict
from ropa.register.model import Evidence, Statement
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.why import derive

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
        changes: dict[str, str] | None = None,
        more: str = "",
        day: date = TODAY,
        mode: Mode = Mode.SPECIFIC,
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
    return [
        finding.id.removeprefix(f"{rule}@")
        for finding in report.findings
        if finding.rule.id == rule
    ]


# -- the evidence ------------------------------------------------------------------------------


def test_every_quote_stands_in_the_notice_on_the_line_it_was_taken_from(founding: Founding) -> None:
    statements = founding().case.register.notices["founding-notice"].statements
    assert {s.evidence for s in statements} == {Evidence.FOUND}
    assert [s.quoted.line for s in statements if s.quoted] == places()


def test_the_two_clauses_about_the_return_are_told_apart_on_their_line(founding: Founding) -> None:
    told = on(founding(), RETURN, Facet.RECIPIENT).told_by
    first, second = (s.quoted for s in told)
    assert first
    assert second
    assert (first.line, first.column, second.line) == (15, 1, 15)
    assert first.end_column < second.column


def test_nothing_of_the_notice_stands_beside_the_tests(corpora: Path) -> None:
    notice = (corpora / NOTICE).read_text("utf-8")
    clauses = [c.strip("- ") for c in re.split(r"[.:;]\s|\n", notice) if len(c) > 30]
    ours = "".join(file.read_text("utf-8") for file in [*HERE.glob("*.*"), Path(__file__)])
    assert len(clauses) > 15
    assert [clause for clause in clauses if clause in ours] == []


# -- what people are told of the council's own work --------------------------------------------


def test_what_the_council_uses_the_data_for_is_clear(founding: Founding) -> None:
    report = founding()
    expected = {
        "support": 9,
        "progress-monitoring": 9,
        "pastoral-care": 10,
        "quality-assurance": 11,
    }
    for activity in CASE_WORK:
        for purpose, line in expected.items():
            judgement = on(report, f"{activity}/use/{purpose}", Facet.PURPOSE)
            assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "exact")
            assert line in lines(judgement.told_by)


def test_that_it_is_a_public_task_is_told_nowhere(founding: Founding) -> None:
    report = founding()
    for flow in [id_ for activity in CASE_WORK for id_ in flows(report, activity, "use")]:
        assert verdict(report, flow, Facet.BASIS) is Verdict.OMITTED


@pytest.mark.parametrize("activity", CASE_WORK)
@pytest.mark.parametrize("source", ["school", "police-force", "health-body", "parent"])
def test_neither_source_nor_data_is_told_of_what_partners_pass_on(
    founding: Founding, activity: str, source: str
) -> None:
    report, flow = founding(), f"{activity}/collect/{source}"
    assert verdict(report, flow, Facet.SOURCE) is Verdict.OMITTED
    assert verdict(report, flow, Facet.DATA) is Verdict.OMITTED


def test_data_that_is_told_nowhere_is_named_in_the_words_of_the_register(
    founding: Founding,
) -> None:
    report, flow = founding(), "looked-after-case-work/collect/school"
    named = report.case.coverage.names(
        Facet.DATA, on(report, flow, Facet.DATA), report.case.graph.by_id[flow]
    )
    assert named == (
        "Name",
        "Date of birth",
        "Health information",
        "Education information",  # in one word, though an education, health and care plan is both
        "Placement",
    )


def test_children_need_not_be_told_which_data_they_gave_themselves(founding: Founding) -> None:
    for activity in CASE_WORK:
        told = founding().case.coverage.by_id[f"{activity}/collect/data-subject"]
        due = {j.facet for j in told.judgements}
        assert due.isdisjoint({Facet.DATA, Facet.SOURCE})


def test_how_long_it_is_kept_is_told_nowhere_though_the_word_retention_is_there(
    founding: Founding,
) -> None:
    report = founding()
    keeping = flows(report, "keep")
    assert len(keeping) == 4
    assert {verdict(report, flow, Facet.RETENTION) for flow in keeping} == {Verdict.OMITTED}


def test_asking_for_a_copy_is_told_as_a_right_and_not_as_a_use_of_data(founding: Founding) -> None:
    report = founding()
    flow = "access-requests/use/subject-access"
    assert verdict(report, flow, Facet.PURPOSE) is Verdict.OMITTED
    items = [told for told in report.case.coverage.items if told.item == "right-of-access"]
    assert {told.verdict for told in items} == {Verdict.CLEAR}
    assert {told.subject for told in items} == BOTH
    assert lines(items[0].told_by) == {34}


# -- what people are told of the organisation and of their rights ------------------------------


def lacking_items(report: Report) -> set[str]:
    return {
        found.removeprefix("notice/founding-notice@") for found in findings(report, "item-omitted")
    }


def test_of_all_rights_only_access_is_told(founding: Founding) -> None:
    assert lacking_items(founding()) == {
        "controller-identity",
        "controller-contact",
        "dpo-contact",
        "right-to-rectification",
        "right-to-erasure",
        "right-to-restriction",
        "right-to-object",
        "right-to-portability",
        "right-to-withdraw-consent",
        "right-to-complain",
        "complaint-to-controller",
        "statutory-requirement",
    }


def test_only_children_in_care_must_be_told_that_they_may_withdraw_consent(
    founding: Founding,
) -> None:
    items = founding().case.coverage.items
    assert {t.subject for t in items if t.item == "right-to-withdraw-consent"} == {
        "looked-after-child"
    }


def test_the_complaint_to_the_council_is_due_since_june_2026(founding: Founding) -> None:
    before = lacking_items(founding(day=date(2026, 6, 18)))
    since = lacking_items(founding(day=date(2026, 6, 19)))
    assert since - before == {"complaint-to-controller"}
    assert "right-to-complain" in before


# -- the return to the Department for Education ------------------------------------------------


def test_the_return_names_the_department_and_its_four_purposes(founding: Founding) -> None:
    report = founding()
    for facet in (Facet.RECIPIENT, Facet.PURPOSE):
        judgement = on(report, RETURN, facet)
        assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "exact")
        assert lines(judgement.told_by) == {15}


def test_some_of_the_information_is_too_vague_for_the_data_of_the_return(
    founding: Founding,
) -> None:
    judgement = on(founding(), RETURN, Facet.DATA)
    assert judgement.verdict is Verdict.VAGUE
    assert lines(judgement.told_by) == {15}


def test_a_legal_duty_without_a_law_is_too_vague_a_basis(founding: Founding) -> None:
    judgement = on(founding(), RETURN, Facet.BASIS)
    assert judgement.verdict is Verdict.VAGUE
    assert lines(judgement.told_by) == {15}


def test_the_promise_to_children_in_care_does_not_stand_against_the_return(
    founding: Founding,
) -> None:
    report = founding()
    judgement = on(report, RETURN, Facet.PROMISE)
    assert (judgement.verdict, judgement.how) == (Verdict.CLEAR, "guard met")
    assert report.case.coverage.by_id[RETURN].verdict is Verdict.VAGUE


@pytest.mark.parametrize("mode", Mode)
def test_without_a_law_behind_it_the_return_meets_the_promise_in_every_mode(
    founding: Founding, mode: Mode
) -> None:
    report = founding({LAW: NO_LAW}, mode=mode)
    judgement = on(report, RETURN, Facet.PROMISE)
    assert judgement.verdict is Verdict.AMBIGUOUS
    assert judgement.modes == ()  # no mode differs
    assert (lines(judgement.against), lines(judgement.told_by)) == ({13}, {15})
    assert report.case.coverage.by_id[RETURN].verdict is Verdict.AMBIGUOUS
    assert findings(report, "promise-ambiguous") == [f"{RETURN}@promise"]


def test_the_promise_meets_the_return_for_children_in_care_alone(founding: Founding) -> None:
    report = founding({LAW: NO_LAW})
    assert people(report, on(report, RETURN, Facet.PROMISE)) == {"looked-after-child"}


def test_the_law_alone_is_not_enough_since_the_policies_must_allow_it_too(
    founding: Founding,
) -> None:
    report = founding({POLICY: ""})
    assert verdict(report, RETURN, Facet.PROMISE) is Verdict.AMBIGUOUS


# -- what a lawyer signs ------------------------------------------------------------------------


def test_the_council_is_no_source_to_itself(founding: Founding) -> None:
    report, flow = founding(), "yearly-returns/collect/own-organisation"
    assert report.case.coverage.by_id[flow].on(Facet.SOURCE) is None
    assert f"{flow}@source" not in findings(report, "source-omitted")
    assert findings(report, "origin-not-recorded") == ["activity/yearly-returns@sources"]


@pytest.mark.parametrize("activity", CASE_WORK)
def test_who_runs_the_case_system_is_not_anyone_in_the_promise(
    founding: Founding, activity: str
) -> None:
    told = founding().case.coverage.by_id[f"{activity}/disclose/caseworks"]
    assert told.on(Facet.PROMISE) is None
    recipient = told.on(Facet.RECIPIENT)
    assert recipient is not None
    assert recipient.verdict is Verdict.OMITTED


def test_a_promise_that_asks_for_two_things_is_not_kept_by_one(founding: Founding) -> None:
    report = founding()
    (finding,) = (f for f in report.findings if f.rule.id == "guard-shorter-than-its-words")
    assert finding.problem.related[0][0].line == 17
    assert "the statement keeps only a law that permits it" in finding.problem.message


def test_a_law_without_a_letter_is_said_to_be_recorded(founding: Founding) -> None:
    said = derive(founding().case, ONWARD)
    assert "basis: Children Act 1989 s.83(1), with no letter of Article 6(1)" in said
    assert "no lawful basis" not in said


def test_the_address_of_another_council_tells_nobody_who_is_responsible(
    founding: Founding,
) -> None:
    report = founding()
    said = {t.item: t.verdict for t in report.case.coverage.items if t.item.startswith("contr")}
    assert said == dict.fromkeys(("controller-identity", "controller-contact"), Verdict.OMITTED)
    assert len(findings(report, "gainsaid-by-its-words")) == 1


def test_its_own_address_tells_it(founding: Founding, corpora: Path) -> None:
    name = " ".join(words((corpora / NOTICE).read_text("utf-8"), 30).split()[8:11])
    report = founding({"name: Sampleshire County Council": f"name: {name}"})
    said = {t.item: t.verdict for t in report.case.coverage.items if t.item.startswith("contr")}
    assert set(said.values()) == {Verdict.CLEAR}
    assert not findings(report, "gainsaid-by-its-words")


def test_the_list_of_requests_is_asked_about(founding: Founding) -> None:
    (finding,) = (f for f in founding().findings if f.rule.id == "published-list-not-tied")
    assert finding.problem.at.line == 23


# -- the department and third parties ----------------------------------------------------------


def test_third_parties_are_too_vague_for_those_the_department_passes_data_to(
    founding: Founding,
) -> None:
    report = founding()
    judgement = on(report, ONWARD, Facet.RECIPIENT)
    assert judgement.verdict is Verdict.VAGUE
    assert lines(judgement.told_by) == {17, 19}
    assert findings(report, "onward-vague") == [f"{ONWARD}@recipient"]


def test_that_the_department_keeps_to_legislation_is_a_promise_of_its_own(
    founding: Founding,
) -> None:
    law = "        basis: {law: Children Act 1989 s.83(1)}\n"
    assert verdict(founding(), ONWARD, Facet.PROMISE) is Verdict.CLEAR
    judgement = on(founding({law: ""}), ONWARD, Facet.PROMISE)
    assert judgement.verdict is Verdict.AMBIGUOUS
    assert lines(judgement.against) == {17}


def test_an_approval_that_is_not_recorded_is_missed(founding: Founding) -> None:
    approval = """          - approval: data-sharing-approval
            covers: [requester, purpose, sensitivity, storage]
"""
    assert findings(founding(), "approval-bypassed") == []
    assert findings(founding({approval: ""}), "approval-bypassed") == [f"{ONWARD}@approval/dfe"]


def test_the_strict_terms_are_promised_for_the_data_of_pupils_alone(founding: Founding) -> None:
    report = founding()
    (unmatched,) = report.case.coverage.unmatched
    assert lines((unmatched.statement,)) == {19}
    assert unmatched.statement.states[Facet.SUBJECT] == ("pupil",)
    assert unmatched.statement not in on(report, ONWARD, Facet.RECIPIENT).told_by


def test_every_other_sentence_is_borne_out_by_the_register(founding: Founding) -> None:
    assert findings(founding(), "over-claim") == ["notice/founding-notice#12@claim"]


# -- everybody else ----------------------------------------------------------------------------


@pytest.mark.parametrize("activity", CASE_WORK)
def test_that_a_firm_hosts_the_case_system_is_told_nowhere(
    founding: Founding, activity: str
) -> None:
    report = founding()
    assert verdict(report, f"{activity}/disclose/caseworks", Facet.RECIPIENT) is Verdict.OMITTED


def test_with_consent_the_promise_does_not_bite_and_the_charity_is_still_told_nowhere(
    founding: Founding,
) -> None:
    report, flow = founding(), "looked-after-case-work/disclose/mentoring-charity"
    assert on(report, flow, Facet.PROMISE).how == "guard met"
    assert verdict(report, flow, Facet.RECIPIENT) is Verdict.OMITTED


def test_the_promise_does_not_protect_children_in_need(founding: Founding) -> None:
    report, flow = founding(more=HOLIDAYS % "child-in-need"), "holidays/disclose/holiday-charity"
    assert report.case.coverage.by_id[flow].on(Facet.PROMISE) is None
    assert report.case.coverage.by_id[flow].verdict is Verdict.OMITTED
    assert findings(report, "promise-broken") == []


@pytest.mark.parametrize("mode", Mode)
def test_the_same_disclosure_about_children_in_care_breaks_the_promise(
    founding: Founding, mode: Mode
) -> None:
    report = founding(more=HOLIDAYS % "looked-after-child", mode=mode)
    flow = "holidays/disclose/holiday-charity"
    judgement = on(report, flow, Facet.PROMISE)
    assert judgement.verdict is Verdict.CONTRADICTED
    assert lines(judgement.against) == {13}
    assert report.case.coverage.by_id[flow].verdict is Verdict.CONTRADICTED
    assert findings(report, "promise-broken") == [f"{flow}@promise"]


def test_of_both_groups_only_children_in_care_have_the_promise_broken(founding: Founding) -> None:
    report = founding(more=HOLIDAYS % "[child-in-need, looked-after-child]")
    judgement = on(report, "holidays/disclose/holiday-charity", Facet.PROMISE)
    assert judgement.verdict is Verdict.CONTRADICTED
    assert people(report, judgement) == {"looked-after-child"}


# -- the days it is in force -------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(2016, 4, 1), date(2026, 12, 31)])
def test_the_notice_counts_on_its_first_day_and_on_its_last(founding: Founding, day: date) -> None:
    report = founding(day=day)
    assert verdict(report, RETURN, Facet.RECIPIENT) is Verdict.CLEAR
    assert findings(report, "subject-without-notice") == []


@pytest.mark.parametrize("day", [date(2016, 3, 31), date(2027, 1, 1)])
def test_the_day_before_and_the_day_after_nobody_is_told_anything(
    founding: Founding, day: date
) -> None:
    report = founding(day=day)
    told = report.case.coverage.flows
    assert {t.verdict for t in told} == {Verdict.OMITTED}
    assert {verdict(report, t.flow.id, Facet.SUBJECT) for t in told} == {Verdict.OMITTED}
    assert findings(report, "subject-without-notice")
    assert findings(report, "recipient-omitted") == []  # that nobody is told at all says it


# -- the whole, as a user runs it --------------------------------------------------------------

EXPECTED = {
    "basis-not-reasoned": 1,
    "basis-omitted": 4,
    "basis-vague": 1,
    "consent-not-recorded": 1,
    "controller-not-named": 1,
    "data-omitted": 3,
    "data-vague": 1,
    "entry-without-owner": 1,
    "gainsaid-by-its-words": 1,
    "guard-shorter-than-its-words": 1,
    "hedged-wording": 1,
    "impact-not-screened": 1,
    "item-omitted": 12,
    "link-withdrawn": 3,
    "local-period-without-reason": 1,
    "mailbox-for-another-purpose": 1,
    "notice-not-to-be-found": 1,
    "onward-vague": 1,
    "notice-too-hard-for-children": 1,
    "over-claim": 1,
    "origin-not-recorded": 1,
    "policy-document-missing": 1,
    "published-list-not-tied": 1,
    "purpose-omitted": 1,
    "recipient-omitted": 3,
    "retention-omitted": 4,
    "retention-without-law": 3,
    "review-overdue": 1,
    "security-not-described": 1,
    "source-omitted": 8,
    "special-category-condition-untold": 1,
    "superseded-instrument": 1,
    "vague-words-for-data": 1,
    "vague-words-for-recipients": 1,
}


def test_the_flows_by_verdict_and_the_findings_by_rule(founding: Founding) -> None:
    report = founding()
    verdicts = Counter(told.verdict for told in report.case.coverage.flows)
    assert verdicts == {Verdict.OMITTED: 28, Verdict.VAGUE: 3}
    assert Counter(finding.rule.id for finding in report.findings) == EXPECTED
    assert not report.undecided


def run(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*map(str, words), "--as-of", TODAY.isoformat()])
    return result.exit_code, result.output


@pytest.fixture
def folder(tmp_path: Path, corpora: Path) -> Path:
    make(tmp_path / "registry", corpora)
    return tmp_path / "registry"


def test_check_fails_and_points_at_the_register_and_at_the_notice(folder: Path) -> None:
    code, said = run("check", folder, "--all")
    assert code == 1
    assert f"recipient-omitted@{CASE_WORK[0]}/disclose/caseworks@recipient" in said
    assert f"{folder}/register.yaml:" in said
    assert f"{folder}/founding-notice.md:17:" in said


def test_check_as_json_counts_what_the_engine_counts(folder: Path) -> None:
    code, said = run("check", folder, "--format", "json")
    report: dict[str, Any] = json.loads(said)
    assert code == 1
    assert Counter(finding["rule"] for finding in report["findings"]) == EXPECTED


def test_report_writes_the_gap_report_for_a_meeting_and_for_programs(
    folder: Path, tmp_path: Path
) -> None:
    code, _ = run("report", folder, "-o", tmp_path / "reports")
    assert code == 0
    assert "Sampleshire County Council" in (tmp_path / "reports" / "gap-report.md").read_text(
        "utf-8"
    )
    report = json.loads((tmp_path / "reports" / "gap-report.json").read_text("utf-8"))
    assert report["settings"]["as_of"] == TODAY.isoformat()


def test_flows_as_json_has_the_verdict_on_the_return(folder: Path) -> None:
    code, said = run("flows", folder, "--format", "json")
    by_id = {flow["id"]: flow for flow in json.loads(said)["flows"]}
    assert code == 0
    assert by_id[RETURN]["verdict"] == "vague"
    assert by_id[RETURN]["facets"]["recipient"]["verdict"] == "clear"


def test_why_gives_the_sentence_that_tells_the_return(folder: Path) -> None:
    code, said = run("why", RETURN, folder)
    assert code == 0
    assert said.startswith(f"{RETURN}: vague\n")
    assert "founding-notice.md:15:1" in said
    assert "promise: clear, guard met" in said
