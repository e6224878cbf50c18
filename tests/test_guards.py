"""A guard is met by what is recorded for that disclosure, and by nothing that only stands near."""

from pathlib import Path

import pytest

from ropa.findings import Severity
from ropa.judging.verdict import Verdict
from ropa.law.naming import permits
from ropa.register.vocabulary import Facet
from ropa.why import derive
from said_and_done import School

ADTECH = "{kind: party, id: adtech, name: AdTech Ltd, type: controller, agreement: ISA-2}"
TO_ADTECH = "teach/disclose/adtech"


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path)


def promised(school: School, unless: str, disclosure: str, words: str) -> School:
    """A disclosure for marketing, and a promise to give data to nobody unless something."""
    return (
        school.record(ADTECH)
        .disclose(disclosure)
        .say(
            f"We give your data to nobody unless {words}.",
            f"never: discloses\n    to: anyone\n    unless: {unless}",
        )
    )


def by_law(school: School, more: str = "") -> School:
    return promised(
        school,
        "law-permits",
        f"{{to: adtech, data: name, purposes: marketing{more}}}",
        "the law allows it",
    )


def by_consent(school: School, more: str = "") -> School:
    return promised(
        school,
        "consent",
        f"{{to: adtech, data: name, purposes: marketing{more}}}",
        "you agree",
    )


def met(school: School) -> bool:
    """Whether the promise gives way for the disclosure."""
    judgement = school.on(TO_ADTECH, Facet.PROMISE)
    assert (judgement.verdict is Verdict.CLEAR) is (judgement.how == "guard met")
    return judgement.how == "guard met"


# -- by inheritance --------------------------------------------------------------------------------


def test_the_law_of_the_activity_meets_a_guard_only_by_inheritance(school: School) -> None:
    by_law(school)
    assert met(school)
    assert school.found()["guard-met-by-inheritance"] is Severity.WARNING


def test_the_finding_names_the_disclosure_the_promise_and_the_law_that_is_only_near(
    school: School,
) -> None:
    findings = by_law(school).checked().findings
    found = [f for f in findings if f.rule.id == "guard-met-by-inheritance"]
    assert {f.problem.where for f in found} == {TO_ADTECH, "teach/disclose/trust"}
    (about,) = (f.problem for f in found if f.problem.where == TO_ADTECH)
    for said in ("AdTech Ltd", "“We give your data to nobody unless the …”"):
        assert said in about.message
    assert "Teaching" in about.hint
    assert "`basis`" in about.hint
    assert "Education Act 1996 s.13" in about.hint


def test_why_says_that_the_guard_is_met_for_the_activity_alone(school: School) -> None:
    derived = derive(by_law(school).checked().case, TO_ADTECH)
    assert "recorded for the activity alone" in " ".join(derived.split())


def test_a_law_recorded_for_the_disclosure_meets_it(school: School) -> None:
    by_law(school, ", basis: {article_6: c, law: Sample Act 2020 s.4}")
    school.instead("{to: trust}", "{to: trust, basis: {article_6: e, law: Sample Act 2020 s.5}}")
    assert met(school)
    assert "guard-met-by-inheritance" not in school.found()


def test_a_basis_without_a_law_takes_no_law_over(school: School) -> None:
    by_law(school, ", basis: {article_6: f}")
    assert not met(school)


def test_the_operator_of_a_system_gets_data_by_inheritance(school: School) -> None:
    school.record("{kind: party, id: host, name: Sample Host, type: processor, agreement: C-1}")
    school.instead("name: Own server}", "name: Own server, operator: host}")
    school.say(
        "Your data never leaves the school unless the law allows it.",
        "never: discloses\n    to: anyone\n    unless: law-permits",
    )
    findings = school.checked().findings
    where = {f.problem.where for f in findings if f.rule.id == "guard-met-by-inheritance"}
    assert where == {"teach/disclose/host", "teach/disclose/trust"}


# -- answers that are none, and the regulation itself ----------------------------------------------

NOTHING = [
    "none", "TBC", "n/a", "see above", "to be confirmed", "unknown", "-",
    "UK GDPR", "GDPR", "the UK GDPR", "General Data Protection Regulation", "UK GDPR Article 6(1)(f)",
    "Article 6(1)(e)", "Article 6(1)(e) UK GDPR", "Art. 6(1)(c) of the GDPR", "UK GDPR Article 6(1)(e) and 9(2)(g)",
    "UK GDPR, Articles 6 and 9", "Regulation (EU) 2016/679", "Data Protection Act 1998", "Data Protection Act 2018",
    "Data Protection Act 1998 Schedule 2", "data protection law", "the DPA 2018",
    "our information security policy", "Data protection policy", "staff guidance",
]  # fmt: skip
LAWS = [
    "Education Act 1996 s.13", "Children Act 2004 s.10", "Sample Regulations 2020 reg.3", "common law",
    "Data Protection Act 2018 Schedule 2 paragraph 2", "SI 2010/959 reg 7", "Crime and Disorder Act 1998 s.115",
    "UK GDPR Article 6(1)(c) and the Education Act 1996 s.13", "Localism Act 2011",
]  # fmt: skip


@pytest.mark.parametrize("law", NOTHING)
def test_what_is_no_answer_or_the_regulation_itself_permits_nothing(law: str) -> None:
    assert not permits(law)


@pytest.mark.parametrize("law", LAWS)
def test_a_law_by_its_name_may_permit_something(law: str) -> None:
    assert permits(law)


@pytest.mark.parametrize(
    "law", ["none", "TBC", "Data Protection Act 1998", "UK GDPR Article 6(1)(f)", "GDPR"]
)
@pytest.mark.parametrize("letter", ["c", "e"])
def test_a_guard_is_not_met_by_what_is_no_law_that_permits(
    school: School, law: str, letter: str
) -> None:
    by_law(school, f", basis: {{article_6: {letter}, law: {law}}}")
    assert not met(school)
    assert school.found()["promise-broken"] is Severity.ERROR


def test_one_law_among_other_answers_is_enough(school: School) -> None:
    by_law(school, ", basis: {article_6: c, law: [UK GDPR Article 6(1)(c), Sample Act 2020 s.4]}")
    assert met(school)


# -- consent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "recorded",
    [
        "conditions: [{consent: marketing-consent-2026}]",
        "conditions: [{consent: consent-form-7}]",
        "conditions: consent",
        "basis: {article_6: a}",
        "conditions: [{consent: consent to AdTech Ltd}]",
    ],
)
def test_a_consent_for_the_disclosure_meets_its_guard(school: School, recorded: str) -> None:
    by_consent(school, f", {recorded}")
    assert met(school)


@pytest.mark.parametrize(
    "recorded",
    [
        "conditions: [{consent: research consent 2019}]",
        "conditions: [{consent: newsletter-consent}]",
        "conditions: [{consent: consent to Sample Trust}]",
        "conditions: [{consent: TBC}]",
        "conditions: [{consent: refused}]",
        "conditions: [{consent: withdrawn 2024}]",
        "conditions: [{consent: not yet asked}]",
        "conditions: [{approval: panel-7}]",
        "basis: {article_6: f}",
    ],
)
def test_a_consent_for_something_else_or_none_does_not(school: School, recorded: str) -> None:
    by_consent(school, f", {recorded}")
    assert not met(school)


def test_a_consent_to_marketing_is_none_to_being_taught_by_somebody_else(school: School) -> None:
    school.instead(
        "{to: trust}", "{to: trust, conditions: [{consent: marketing consent form 2019}]}"
    )
    school.say(
        "We give your data to nobody unless you agree.",
        "never: discloses\n    to: anyone\n    unless: consent",
    )
    assert school.on("teach/disclose/trust", Facet.PROMISE).how != "guard met"


@pytest.mark.parametrize("basis", ["{article_6: a}", "{article_6: e, article_9: a}"])
def test_a_consent_to_the_activity_is_none_to_another_purpose(school: School, basis: str) -> None:
    school.instead("basis: {article_6: e, law: Education Act 1996 s.13}", f"basis: {basis}")
    by_consent(school)
    assert not met(school)


def test_a_consent_to_the_activity_meets_the_guard_of_its_own_purposes_by_inheritance(
    school: School,
) -> None:
    school.instead("basis: {article_6: e, law: Education Act 1996 s.13}", "basis: {article_6: a}")
    school.say(
        "We give your data to nobody unless you agree.",
        "never: discloses\n    to: anyone\n    unless: consent",
    )
    assert school.on("teach/disclose/trust", Facet.PROMISE).how == "guard met"
    assert "guard-met-by-inheritance" in school.found()


# -- policies and what else stands on file ---------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "allows"),
    [
        ("{policy: information-security-policy}", False),
        ("{policy: records retention policy}", False),
        ("{policy: TBC}", False),
        ("policy", False),
        ("{policy: information-sharing-policy}", True),
        ("{policy: disclosure policy 2026}", True),
        ("{policy: information-security-policy, allows: section 4}", True),
        ("{policy: information-security-policy, allows: n/a}", False),
    ],
)
def test_a_policy_has_to_allow_it(school: School, policy: str, allows: bool) -> None:
    promised(
        school,
        "policy",
        f"{{to: adtech, data: name, purposes: marketing, conditions: [{policy}]}}",
        "our policies allow us",
    )
    assert met(school) is allows


@pytest.mark.parametrize(
    ("name", "stands"), [("panel-2026", True), ("n/a", False), ("expired 2024", False)]
)
def test_an_approval_has_to_be_one(school: School, name: str, stands: bool) -> None:
    promised(
        school,
        "approval",
        f"{{to: adtech, data: name, purposes: marketing, conditions: [{{approval: {name}}}]}}",
        "somebody has approved it",
    )
    assert met(school) is stands


def test_guards_that_stand_together_are_met_only_as_well_as_the_worst(school: School) -> None:
    promised(
        school,
        "[[law-permits, approval]]",
        "{to: adtech, data: name, purposes: marketing, conditions: [{approval: panel-7}]}",
        "the law allows it and somebody has approved it",
    )
    assert met(school)
    where = {f.problem.where for f in school.checked().findings if "inheritance" in f.rule.id}
    assert where == {TO_ADTECH}
