"""Registers as people keep them: drafts, what is no personal data, conditions with dates, several bases in words."""

from datetime import date

import pytest

from conftest import Check
from ropa.front import export
from ropa.importers import record_xlsx
from ropa.judging.verdict import Verdict
from ropa.record.fields import condition_of, exact_condition
from ropa.register.model import Condition
from ropa.register.vocabulary import Facet
from ropa.report import Report

REGISTER = """kind: organisation
id: northwold
name: Northwold Library
---
kind: party
id: mailer
name: Sample Mailer Ltd
type: controller
agreement: DSA-2
---
kind: activity
id: letters
name: Letters
subjects: resident
data: name
purposes: communication
sources: data-subject
basis: {basis}
disclosures: [{given}]
{more}
---
kind: notice
id: readers
audience: resident
text: readers.md
statements:
{statements}
"""
TASK = "{article_6: e, law: Public Libraries and Museums Act 1964 s.7}"
NEVER = """  - quote: We never pass your name to anyone unless the law requires it or you have agreed
    never: discloses
    to: anyone
    unless: [law-requires, consent]
"""


def held(
    check_text: Check,
    *,
    basis: str = TASK,
    given: str = "{to: mailer}",
    more: str = "",
    says: str = NEVER,
) -> Report:
    text = REGISTER.format(basis=basis, given=given, more=more, statements=says)
    report = check_text(text)
    assert not report.case.malformed, report.case.malformed
    return report


def rules(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.findings}


def broken(report: Report) -> bool:
    return "promise-broken" in rules(report)


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        ("{required-by-law: Children Act 2004 s.11}", True),
        ("{required-by-law: tbc}", False),
        (
            "{required-by-law: UK GDPR Article 6}",
            False,
        ),  # the regulation makes nobody share anything
        ("required-by-law", False),  # no law is named
        ("{consent: form 12}", True),
        ("{consent: form 12, until: 2024-08-31}", False),
        ("{consent: form 12, from: 2027-01-01}", False),
        ("{consent: form 12, from: 2024-09-01, until: 2027-08-31}", True),
    ],
)
def test_a_condition_meets_a_guard_while_it_holds_and_names_what_it_has_to(
    check_text: Check, condition: str, *, kept: bool
) -> None:
    report = held(check_text, given=f"{{to: mailer, conditions: {condition}}}")
    assert broken(report) is not kept
    over = "2024-08-31" in condition or "2027-01-01" in condition
    assert ("condition-run-out" in rules(report)) is over


def test_a_statement_may_promise_that_the_law_requires_it(check_text: Check) -> None:
    says = """  - quote: We give your name to Sample Mailer Ltd only where a law requires us to
    discloses: {to: mailer, conditions: required-by-law}
"""
    by_law = "{to: mailer, basis: {article_6: c, law: Children Act 2004 s.11}}"
    assert "condition-not-recorded" in rules(held(check_text, says=says))
    assert "condition-not-recorded" not in rules(held(check_text, says=says, given=by_law))
    worded = "{to: mailer, conditions: required-by-law}"
    assert "condition-not-recorded" not in rules(held(check_text, says=says, given=worded))


def test_a_condition_with_days_goes_out_in_a_cell_and_comes_back() -> None:
    for condition, written in (
        (Condition("consent", "form 12", (), "", date(2024, 9, 1), date(2027, 8, 31)),
         {"consent": "form 12", "from": "2024-09-01", "until": "2027-08-31"}),
        (Condition("required-by-law", "", (), "", None, date(2027, 8, 31)), {"until": "2027-08-31"}),
        (Condition("approval", "panel (2026)", ("purpose",), "section 4"),
         {"approval": "panel (2026)", "covers": ["purpose"], "allows": "section 4"}),
    ):  # fmt: skip
        back = condition_of(exact_condition(condition))
        assert isinstance(back, dict)
        assert {k: v for k, v in back.items() if k != "required-by-law"} == written


@pytest.mark.parametrize(
    ("basis", "in_words", "expected"),
    [
        (TASK, "[c, e]", Verdict.VAGUE),  # in words, and no law is named
        ("{article_6: c, law: Children Act 2004 s.11}", "[c, e]", Verdict.VAGUE),
        ("{article_6: f, interests: letters}", "[c, e]", Verdict.CONTRADICTED),
        (TASK, "e", Verdict.VAGUE),
    ],
)
def test_a_notice_may_tell_several_bases_in_words(
    check_text: Check, basis: str, in_words: str, expected: Verdict
) -> None:
    says = f"""  - quote: We use your name because of our legal obligations and our public task
    uses: {{data: name, purposes: communication, basis: {{in_words: {in_words}}}}}
"""
    report = held(check_text, basis=basis, says=says)
    (told,) = (t for t in report.case.coverage.flows if "/use/" in t.flow.id)
    judgement = told.on(Facet.BASIS)
    assert judgement is not None
    assert judgement.verdict is expected
    idle = [
        w for one in report.case.coverage.unmatched for w in one.words if one.facet is Facet.BASIS
    ]
    assert ("e" in idle) is ("article_6: e" not in basis)


def test_a_basis_in_words_that_the_sentence_does_not_say_is_not_borne_out(
    check_text: Check,
) -> None:
    says = """  - quote: We use your name because of our legal obligations
    uses: {data: name, purposes: communication, basis: {in_words: [c, e]}}
"""
    report = held(check_text, says=says)
    (proof,) = report.case.proofs
    stated = proof.on("basis")
    assert stated is not None
    assert (stated.words, stated.said) == (("c", "e"), ("c",))


def test_a_draft_is_judged_as_any_entry_and_the_record_says_that_it_is_one(
    check_text: Check,
) -> None:
    report = held(check_text, more="draft: the contract is not signed yet")
    assert {"entry-in-draft", "promise-broken"} <= rules(report)
    assert "**Draft**: the contract is not signed yet" in str(export(report, "record-md"))


LOOKED_AT = """---
kind: activity
id: branches
name: Opening hours
not_personal: {reason}
{more}
"""


def test_what_holds_no_personal_data_is_in_the_record_with_the_reason_and_yields_no_flow(
    check_text: Check,
) -> None:
    apart = LOOKED_AT.format(reason="opening hours of branches alone", more="")
    report = held(check_text, more=apart.rstrip())
    assert not any(flow.activity == "branches" for flow in report.case.graph.flows)
    assert "denied-to-be-personal" not in rules(report)
    for format_ in ("record-md", "record-json", "record-html"):
        assert "opening hours of branches alone" in str(export(report, format_))
    workbook = export(report, "record-xlsx")
    assert isinstance(workbook, bytes)
    assert not record_xlsx.read(workbook, report.case.documents).faults


@pytest.mark.parametrize(
    ("reason", "more"),
    [("n/a", ""), ("no names", "data: name"), ("no names", "subjects: employee")],
)
def test_an_entry_leaves_the_check_by_no_word_alone(
    check_text: Check, reason: str, more: str
) -> None:
    report = held(check_text, more=LOOKED_AT.format(reason=reason, more=more).rstrip())
    assert "denied-to-be-personal" in rules(report)


def test_our_own_people_have_a_column_of_their_own_and_are_no_recipients(check_text: Check) -> None:
    given = "{to: own-organisation}, {to: data-subject}, {to: mailer}"
    report = held(check_text, given=given)
    record = str(export(report, "record-md"))
    (recipients,) = (line for line in record.splitlines() if line.startswith("- **Recipients**"))
    assert "Sample Mailer Ltd" in recipients
    within = record.split("**Within the organisation**")[1].split("- **", maxsplit=1)[0]
    assert "Sample Mailer Ltd" not in within
    assert "organisation" in within


@pytest.mark.parametrize(
    "text", ["TBC", "n/a", "?", "see above", "vacant", "-", "none", "to be confirmed by HR"]
)
@pytest.mark.parametrize(
    "field",
    ["consent_record: {}", "secrecy: {}", "dpia: {{reference: {}}}", "retention: {{criteria: {}}}"],
)
def test_what_is_no_answer_is_found_in_every_field_that_asks_for_one(
    check_text: Check, text: str, field: str
) -> None:
    found = rules(held(check_text, more=field.format(f'"{text}"')))
    assert "no-answer-given" in found


@pytest.mark.parametrize(
    "text",
    ["see schedule", "See Schedule 3 of the DSA", "as per the asset register", "Appendix A", "refer to policy",
     "Please see attached", "as listed in the data inventory", "siehe Anlage 2", "voir annexe", "see https://x.org/list"],
)  # fmt: skip
def test_a_word_that_only_says_where_to_look_is_no_recipient(check_text: Check, text: str) -> None:
    said = [f.problem.message for f in held(check_text, given=f'{{to: "{text}"}}').findings]
    assert f"the record does not say who: “{text}” says only where to look" in said


@pytest.mark.parametrize(
    "text",
    [
        "work schedule",
        "verification records",
        "conformity record",
        "listed buildings",
        "see-through samples",
    ],
)
def test_a_word_of_ones_own_that_is_no_place_to_look_is_only_unknown(
    check_text: Check, text: str
) -> None:
    said = [f.problem.message for f in held(check_text, given=f'{{to: "{text}"}}').findings]
    assert not any("where to look" in message for message in said)


def test_an_answer_is_no_non_answer(check_text: Check) -> None:
    more = (
        "consent_record: forms in the case system\nsecrecy: registered nurses\nrequired_by: nothing"
    )
    assert "no-answer-given" not in rules(held(check_text, more=more))


def test_days_to_come_and_days_long_past_are_held_against_the_day(check_text: Check) -> None:
    for more, found in (
        ("reviewed: 2099-01-01", True),
        ("reviewed: 1026-09-01", True),
        ("started: 0204-09-01", True),
        ("started: 2099-01-01", False),
        ("started: 1964-01-01", False),
        ("reviewed: 2026-09-01", False),
    ):
        assert ("date-in-the-future" in rules(held(check_text, more=more))) is found, more
