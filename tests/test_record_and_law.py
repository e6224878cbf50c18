"""What a record says held against the law: a school's register, one thing changed at a time."""

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Check
from ropa.findings import Finding, Severity
from ropa.register.non_answers import NON_ANSWERS, is_answer

DAY = date(2026, 11, 30)
SCHOOL = """{kind: organisation, id: sample, name: Sample School, contact: "School Lane, SA1 1AA",
 dpo: dpo@sample.example, public_authority: true, nation: England}
---
{kind: party, id: trust, name: Sample Trust, type: controller, agreement: ISA-1, agreement_reviewed: 2026-06-01}
---
{kind: system, id: own, name: Own server}
---
{kind: activity, id: teach, name: Teaching, subjects: pupil, data: [name, attendance],
 purposes: education-provision, sources: data-subject, systems: own, owner: Head, reviewed: 2026-09-01,
 basis: {article_6: e, law: Education Act 1996 s.13}, security: Locked, disclosures: [{to: trust}],
 retention: {period: P6Y, trigger: end-of-year, law: School schedule line 1},
 dpia: {needed: false, reason: small}, required_by: Education Act 1996 s.13}
"""
BASIS = "basis: {article_6: e, law: Education Act 1996 s.13}"
POLICY = ", policy_document: {name: APD-1, reviewed: 2026-03-01, followed: true}}\n"
Change = Callable[[str], str]


def to(old: str, new: str) -> Change:
    def change(register: str) -> str:
        assert old in register
        return register.replace(old, new)

    return change


def basis(new: str, *, data: str = "", policy: str = POLICY) -> Change:
    """Another basis; with further data a policy document too, as the example needs one."""

    def change(register: str) -> str:
        register = register.replace(BASIS, f"basis: {{{new}}}")
        if data:
            register = register.replace(
                "data: [name, attendance]", f"data: [name, attendance, {data}]"
            )
            register = register.replace("s.13}\n", f"s.13{policy}") if policy else register
        return register

    return change


def more(fields: str) -> Change:
    required = "required_by: Education Act 1996 s.13"
    return to(required, f"{required}, {fields}")


def both(*changes: Change) -> Change:
    def change(register: str) -> str:
        for one in changes:
            register = one(register)
        return register

    return change


E = "law: Education Act 1996 s.13"
AUTOMATED = "automated_decisions: {logic: exam marks}"
FAULTY: dict[str, tuple[str, Change]] = {
    "circular law": ("basis-without-law", basis("article_6: c, law: UK GDPR Article 6(1)(c)")),
    "circular task": ("basis-without-law", basis("article_6: e, law: UK GDPR")),
    "no such article": (
        "provision-not-there",
        basis("article_6: e, law: Human Rights Act 1998 Article 99"),
    ),
    "no such section": (
        "provision-not-there",
        basis("article_6: e, law: Equality Act 2010 s.219"),
    ),
    "no such section, written before the Act": (
        "provision-not-there",
        basis("article_6: e, law: section 300 of the Data Protection Act 2018"),
    ),
    "one of several sections": (
        "provision-not-there",
        basis("article_6: e, law: 'Care Act 2014 ss.9, 42 and 270'"),
    ),
    "law TBC": ("basis-without-law", basis("article_6: e, law: TBC")),
    "law none": ("basis-without-law", basis("article_6: e, law: none")),
    "9(2)(d) of an authority": (
        "membership-condition-unfit",
        basis(f"article_6: e, article_9: d, {E}", data="health"),
    ),
    "9(2)(c) for lessons": (
        "vital-interests-for-routine",
        basis(f"article_6: e, article_9: c, {E}", data="health"),
    ),
    "6(1)(d) for lessons": (
        "vital-interests-for-routine",
        basis("article_6: d, reason: children are precious"),
    ),
    "made public, no how": (
        "publication-not-shown",
        basis(f"article_6: e, article_9: e, {E}", data="health"),
    ),
    "political parties": (
        "schedule-1-condition-elsewhere",
        basis(f"article_6: e, article_9: g, schedule_1: '22', {E}", data="health"),
    ),
    "safeguarding for lessons": (
        "schedule-1-condition-elsewhere",
        basis(f"article_6: e, article_9: g, schedule_1: '18', {E}", data="health"),
    ),
    "contract with pupils": (
        "contract-with-children",
        basis("article_6: b, reason: they are enrolled"),
    ),
    "consent under a law": (
        "consent-under-compulsion",
        both(
            basis("article_6: a, reason: a form is signed"),
            to("required_by: Education Act 1996 s.13", "required_by: Education Act 1996 s.7"),
        ),
    ),
    "biometrics": (
        "pupils-biometrics-without-consent",
        basis(f"article_6: e, article_9: g, schedule_1: '6', {E}", data="biometric"),
    ),
    "no consequences": ("automated-decision-not-described", more(AUTOMATED)),
    "no assessment of a machine": ("impact-wrongly-screened", more(AUTOMATED)),
    "machine on health": (
        "automated-decision-barred",
        both(
            basis(f"article_6: e, article_9: h, schedule_1: '2', {E}", data="health"),
            more(AUTOMATED),
        ),
    ),
    "authority yes": (
        "offence-data-without-authority",
        both(basis(f"article_6: e, {E}", data="offending"), more("official_authority: 'yes'")),
    ),
    "old policy": (
        "policy-document-out-of-date",
        basis(
            f"article_6: e, article_9: g, schedule_1: '6', {E}",
            data="health",
            policy=POLICY.replace("2026-03-01", "2010-01-01"),
        ),
    ),
    "policy of the future": (
        "date-in-the-future",
        basis(
            f"article_6: e, article_9: g, schedule_1: '6', {E}",
            data="health",
            policy=POLICY.replace("2026-03-01", "2099-01-01"),
        ),
    ),
    "review of the future": (
        "date-in-the-future",
        to("reviewed: 2026-09-01", "reviewed: 2099-01-01"),
    ),
    "breach of the future": (
        "date-in-the-future",
        more("breach: {date: 2099-02-11, record: BR-1}"),
    ),
    "agreement of the future": (
        "date-in-the-future",
        to("agreement_reviewed: 2026-06-01", "agreement_reviewed: 2099-01-01"),
    ),
    "kept for 500 years": ("period-beyond-a-lifetime", to("P6Y", "P500Y")),
    "compatibility x": (
        "reuse-without-ground",
        lambda register: register + REUSED.replace("GROUND", "compatibility: x"),
    ),
    "breach without a record": ("breach-without-record", more("breach: {date: 2026-02-11}")),
    "49(3)": (
        "exception-barred",
        both(
            to("type: controller", "type: controller, country: AU"),
            to(
                "{to: trust}",
                "{to: trust, safeguard: exception, exception: {letter: a, reason: asked}}",
            ),
        ),
    ),
}
REUSED = """---
{kind: activity, id: cards, name: Leisure cards, subjects: pupil, data: [name], purposes: marketing,
 sources: own-organisation, basis: {article_6: e, law: Local Government Act 1972 s.111}, systems: own,
 retention: {period: P6Y, trigger: end-of-year, law: School schedule line 2}, owner: Head,
 reviewed: 2026-09-01, security: Locked, dpia: {needed: false, reason: small}, required_by: nothing, GROUND}
"""

ALUMNI = """---
{kind: term, facet: purpose, id: fundraising, label: Fundraising}
---
{kind: term, facet: subject, id: alumnus, label: Former pupils}
---
{kind: activity, id: appeal, name: Yearly appeal, subjects: alumnus, data: [name], purposes: fundraising,
 sources: data-subject, basis: {article_6: f, interests: scholarships that gifts pay for}, systems: own,
 retention: {period: P6Y, trigger: end-of-year, law: School schedule line 3}, owner: Head,
 reviewed: 2026-09-01, security: Locked, dpia: {needed: false, reason: small}, required_by: nothing,
 legitimate_interests_assessment: LIA-1}
"""

LAWFUL: dict[str, Change] = {
    "as it is": lambda register: register,
    "fundraising on (f)": lambda register: register + ALUMNI,
    "subject access under the regulation": basis("article_6: c, law: UK GDPR Article 15"),
    "safeguarding on 18": both(
        basis(f"article_6: e, article_9: g, schedule_1: '18', {E}", data="health"),
        to("purposes: education-provision", "purposes: [safeguarding, education-provision]"),
    ),
    "statutory purposes": basis(f"article_6: e, article_9: g, schedule_1: '6', {E}", data="health"),
    "an emergency": basis(
        "article_6: d, reason: a child who is unconscious cannot agree that we call an ambulance"
    ),
    "biometrics with consent": both(
        basis(f"article_6: e, article_9: a, {E}", data="biometric"),
        more("consent_record: forms of parents in the admissions file"),
    ),
    "an old entry that is reviewed": to("reviewed: 2026-09-01", "reviewed: 2026-01-15"),
    "an assessed machine": both(
        more(
            "automated_decisions: {logic: the sum of the marks, consequences: the set for a year}"
        ),
        to("dpia: {needed: false, reason: small}", "dpia: DPIA-2026-1"),
    ),
    "a person decides": more(
        "automated_decisions: {logic: marks, consequences: the set, human: the teacher decides}"
    ),
    "re-use on an assessment": lambda register: (
        register + REUSED.replace("GROUND", "compatibility: CA-2026-1")
    ),
    "authority named": both(
        basis(f"article_6: e, {E}", data="offending"),
        more("official_authority: Youth offending team under the Crime and Disorder Act 1998 s.39"),
    ),
    "kept for 75 years": to("P6Y", "P75Y"),
    "a high section of another Act beside it": basis(
        "article_6: e, law: 'Education Act 1996 s.537A, Data Protection Act 2018 s.8'"
    ),
    "the last sections, and one that was put in": basis(
        "article_6: e, law: [Care Act 2014 s.129, Equality Act 2010 ss.149 and 218, Children Act 2004 s.16LA]"
    ),
    "an Act with the name of another in its own": basis(
        "article_6: e, law: Health and Social Care Act 2012 s.250"
    ),
}


def new(check_text: Check, change: Change) -> list[Finding]:
    """What is found since the change, besides what is for the notice, which there is none of."""
    before = {f.id for f in check_text(SCHOOL, day=DAY).findings}
    report = check_text(change(SCHOOL), day=DAY)
    assert not report.case.malformed, report.case.malformed
    assert not report.case.register.unknown, report.case.register.unknown
    return [f for f in report.findings if f.id not in before]


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_record_is_found_by_the_rule_about_it(check_text: Check, name: str) -> None:
    rule, change = FAULTY[name]
    found = {f.rule.id: f for f in new(check_text, change)}
    assert rule in found
    assert found[rule].rule.severity >= Severity.WARNING
    assert found[rule].rule.law


@pytest.mark.parametrize("name", LAWFUL)
def test_a_lawful_record_alarms_no_rule_about_the_record(check_text: Check, name: str) -> None:
    told = {"subject-without-notice", "nothing-to-check"}  # there is no notice in this register
    found = {f.rule.id for f in new(check_text, LAWFUL[name]) if f.rule.severity > Severity.NOTE}
    assert found - told == set()


@pytest.mark.parametrize(
    "nothing",
    [
        *sorted(NON_ANSWERS),
        "TBC",
        "N/A",
        "-",
        "?",
        "x",
        "...",
        "To be confirmed",
        "TBC (June)",
        "See above.",
    ],
)
def test_a_non_answer_answers_nothing(nothing: str) -> None:
    assert not is_answer(nothing)


@pytest.mark.parametrize(
    "something",
    [
        "LIA-1",
        "Head",
        "DPIA-2026",
        "no address of 400 tenants",
        "small",
        "A4",
        "None but the head sees it",
    ],
)
def test_an_answer_is_one(something: str) -> None:
    assert is_answer(something)


UNANSWERED = """
kind: organisation
id: o
name: Sampleton Council
contact: ANSWER
dpo: ANSWER
public_authority: true
security: ANSWER
---
kind: activity
id: a
name: Visits
owner: ANSWER
security: ANSWER
subjects: tenant
data: name
purposes: support
disclosures: [{to: p}]
---
{kind: party, id: p, name: Sample Mailer Ltd, type: processor, agreement: ANSWER}
"""


@pytest.mark.parametrize("answer", ["TBC", "n/a", "vacant", "see above", '"?"', '"none"'])
def test_a_non_answer_is_found_in_every_field_that_asks_for_one(
    check_text: Check, answer: str
) -> None:
    asked = {
        "controller-not-identified", "dpo-not-named", "security-not-described",
        "entry-without-owner", "processor-without-contract",
    }  # fmt: skip
    found = {f.rule.id for f in check_text(UNANSWERED.replace("ANSWER", answer)).findings}
    assert asked <= found
    answered = check_text(UNANSWERED.replace("ANSWER", "C-12")).findings
    assert not asked & {f.rule.id for f in answered}
