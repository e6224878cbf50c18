"""Law that moved in 2026, on both sides of its days, in the United Kingdom and in the European Union."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import ask, make_case
from ropa.judging.coverage import Settings
from ropa.law import tables as law
from ropa.plugins import rule

A_DAY = timedelta(days=1)
MOVED = date(2026, 2, 5)
"""The day on which most of Part 5 of the Data (Use and Access) Act 2025 came into force."""

Find = Callable[..., list[str]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """The messages of some rules on a register given as text."""

    def run(names: str, text: str, day: date = TODAY) -> list[str]:
        write_register(tmp_path, text)
        case = make_case(read_tree(tmp_path), Settings(day), tmp_path)
        assert not case.malformed, case.malformed
        assert not case.register.unknown, case.register.unknown
        report = ask(case, [rule(name) for name in names.split()])
        return [finding.problem.message for finding in report.findings]

    return run


COUNCIL = """{kind: organisation, id: c, name: Exampleshire Council, contact: County Hall, dpo: dpo@example.org,
 public_authority: true, nation: England}
---
"""
ABROAD = """{kind: organisation, id: c, name: Exampleshire Council, contact: County Hall, dpo: dpo@example.org,
 public_authority: true, regimes: REGIMES, home: IE}
---
"""


def organisation(regimes: str = "uk-gdpr") -> str:
    return COUNCIL if regimes == "uk-gdpr" else ABROAD.replace("REGIMES", regimes)


# -- exceptions from telling people ----------------------------------------------------------------


def visits(
    provision: str, more: str = "", *, sources: str = "local-authority", use: str = ""
) -> str:
    return (
        "{kind: activity, id: visits, name: Home visits, subjects: tenant, data: name, "
        f"purposes: {use or 'housing-services'}, sources: {sources}, "
        "basis: {article_6: e, law: Housing Act 1996 s.1}, "
        f"exemption: {{provision: {provision}, reason: no address of 40 000 former tenants{more}}}}}\n"
    )


PROTECTED = ", safeguards: the notice is on our website"


@pytest.mark.parametrize(
    ("row", "regime"),
    [(row, regime) for row in law.EXCEPTIONS.rows for regime in row.standing.regimes],
    ids=lambda value: getattr(value, "id", value),
)
def test_an_exception_excuses_from_its_first_day_to_its_last(
    find: Find, row: law.TellingException, regime: str
) -> None:
    safe = PROTECTED if row.safeguards else ""
    text = organisation(regime) + visits(
        row.provision,
        safe,
        sources="data-subject" if row.provision == "13(4)" else "own-organisation",
        use="research" if row.only_for else "",
    )
    stands, ends = row.standing.start or date(2020, 12, 31), row.standing.end
    assert find("exemption-unfounded", text, stands) == []
    if row.standing.start:
        (message,) = find("exemption-unfounded", text, stands - A_DAY)
        assert "no exception before 5 February 2026" in message
    if ends:
        assert find("exemption-unfounded", text, ends) == []
        (message,) = find("exemption-unfounded", text, ends + A_DAY)
        assert "went out on 5 February 2026: it is 14(5)(e) or 14(5)(f) now" in message
    else:
        assert find("exemption-unfounded", text, TODAY) == []
    if row.safeguards:
        (message,) = find("exemption-unfounded", text.replace(safe, ""), stands)
        assert row.safeguards_law in message


def test_13_5_is_for_research_with_data_taken_for_something_else(find: Find) -> None:
    rule_, text = "exemption-unfounded", COUNCIL + visits("13(5)", sources="data-subject")
    found = find(rule_, text)
    assert len(found) == 3
    assert any("research, statistics or archiving alone" in m for m in found)
    assert any("only the news of a new purpose" in m for m in found)
    assert any("Article 13(7)" in m for m in found)
    again = visits("13(5)", PROTECTED, sources="own-organisation", use="research")
    assert find(rule_, COUNCIL + again) == []
    mixed = visits("13(5)", PROTECTED, sources="own-organisation", use="[research, marketing]")
    assert len(find(rule_, COUNCIL + mixed)) == 1


@pytest.mark.parametrize("provision", ["13(5)", "14(5)(e)", "14(5)(f)", "13(2)", "14(5)(z)"])
def test_what_is_no_exception_in_the_union_is_found_there(find: Find, provision: str) -> None:
    text = organisation("eu-gdpr") + visits(provision, PROTECTED)
    (message,) = find("exemption-unfounded", text)
    assert "there is no such exception" in message


def test_the_schedules_are_law_of_the_united_kingdom_alone(find: Find) -> None:
    claim = visits("DPA 2018 Schedule 2 paragraph 2")
    assert find("exemption-unfounded", COUNCIL + claim) == []
    assert find("exemption-unfounded", organisation("eu-gdpr") + claim)


def test_under_both_laws_an_exception_is_named_for_each(find: Find) -> None:
    both = ABROAD.replace("REGIMES", "[uk-gdpr, eu-gdpr]")
    (message,) = find("exemption-unfounded", both + visits("14(5)(b)", PROTECTED))
    assert "went out on 5 February 2026" in message
    named = "'EU GDPR 14(5)(b), UK GDPR 14(5)(e)'"
    assert find("exemption-unfounded", both + visits(named, PROTECTED)) == []


@pytest.mark.parametrize("nothing", ["TBC", "none", "see above", "n/a", "'?'", "x"])
def test_a_claim_without_an_answer_is_no_claim(find: Find, nothing: str) -> None:
    text = COUNCIL + visits("14(5)(e)", f", safeguards: {nothing}")
    assert len(find("exemption-unfounded", text)) == 1
    text = text.replace("no address of 40 000 former tenants", nothing)
    assert len(find("exemption-unfounded", text)) == 2


# -- data that people gave on consent --------------------------------------------------------------

CONSENT = """{kind: activity, id: news, name: Newsletter, subjects: tenant, data: name, purposes: marketing,
 sources: data-subject, basis: {article_6: a}}
---
{kind: activity, id: fraud, name: Fraud checks, subjects: tenant, data: name, purposes: fraud-prevention,
 sources: own-organisation, basis: {article_6: e, law: Housing Act 1996 s.1}, compatibility: CA-2026-1}
---
{kind: activity, id: study, name: Study, subjects: tenant, data: name, purposes: research,
 sources: own-organisation, basis: {article_6: e, law: Housing Act 1996 s.1}}
"""


def test_what_people_gave_on_consent_is_not_used_for_more_since_its_day(find: Find) -> None:
    found = find("consent-data-reused", COUNCIL + CONSENT, MOVED)
    assert [m.split("”")[0] for m in found] == ["“Fraud checks", "“Study"]
    assert find("consent-data-reused", COUNCIL + CONSENT, MOVED - A_DAY) == []
    assert find("consent-data-reused", organisation("eu-gdpr") + CONSENT) == []
    both = ABROAD.replace("REGIMES", "[uk-gdpr, eu-gdpr]")
    assert len(find("consent-data-reused", both + CONSENT)) == 2


def test_one_rule_speaks_of_a_use_again(find: Find) -> None:
    text = COUNCIL + CONSENT.replace(", compatibility: CA-2026-1", "")
    assert len(find("consent-data-reused", text)) == 2
    assert find("reuse-without-ground", text) == []
    assert len(find("reuse-without-ground", text, MOVED - A_DAY)) == 1
    assert len(find("reuse-without-ground", text.replace(COUNCIL, organisation("eu-gdpr")))) == 1


@pytest.mark.parametrize(
    ("carries", "what"),
    [
        (True, "compatibility: {ground: consent}"),
        (True, "compatibility: {ground: compliance}"),
        (
            True,
            "compatibility: {ground: annex-2, reference: paragraph 5, reason: it would warn them}",
        ),
        (True, "compatibility: {ground: law, reference: X s.1, reason: nobody can be reached}"),
        (False, "compatibility: {ground: annex-2, reference: paragraph 5}"),
        (False, "compatibility: {ground: law, reference: X s.1, reason: TBC}"),
        (False, "compatibility: {ground: research}"),
        (False, "compatibility: {ground: assessment, reference: CA-1}"),
    ],
)
def test_only_what_8a_4_names_carries_a_new_use(find: Find, what: str, *, carries: bool) -> None:
    text = COUNCIL + CONSENT.replace("compatibility: CA-2026-1", what)
    found = [m for m in find("consent-data-reused", text) if m.startswith("“Fraud")]
    assert bool(found) is not carries


def test_fresh_consent_a_duty_and_data_from_elsewhere_carry_a_new_use(find: Find) -> None:
    text = COUNCIL + CONSENT
    task, rule_ = "{article_6: e, law: Housing Act 1996 s.1}", "consent-data-reused"
    assert find(rule_, text.replace(task, "{article_6: a}")) == []
    assert find(rule_, text.replace(task, "{article_6: c, law: Fraud Act 2006 s.1}")) == []
    rents = (
        CONSENT.replace("id: news", "id: rents")
        .split("---")[0]
        .replace("article_6: a", "article_6: b")
    )
    assert find(rule_, f"{text}---\n{rents}") == []


# -- decisions that machines make alone ------------------------------------------------------------

TRIAGE = """{kind: activity, id: triage, name: Triage, owner: x, reviewed: 2026-10-01, subjects: tenant,
 data: [name, health], purposes: safeguarding, sources: data-subject, systems: [s], basis: {BASIS},
 automated_decisions: {logic: a score, consequences: refusedMORE},
 retention: {period: P6Y, trigger: last-contact, law: x}}
---
{kind: system, id: s, name: S, location: GB}
"""
RECOGNISED = 'article_6: ea, annex_1: "6", article_9: g, schedule_1: 18'
CHARITY = (
    "{kind: organisation, id: c, name: Example Charity, contact: 1 High Street, dpo: d@example.org,"
)
CHARITY += " nation: England, security: locks}\n---\n"


def triage(basis: str, more: str = "") -> str:
    return TRIAGE.replace("BASIS", basis).replace("MORE", more)


@pytest.mark.parametrize(
    ("barred", "basis"),
    [
        (2, RECOGNISED),
        (1, "article_6: e, article_9: h, schedule_1: 2, law: Care Act 2014 s.9"),
        (1, "article_6: e, article_9: g, schedule_1: 6"),
        (1, "article_6: f, article_9: g, schedule_1: 18"),
        (0, "article_6: e, article_9: g, schedule_1: 6, law: Care Act 2014 s.9"),
        (0, "article_6: b, article_9: g, schedule_1: 20"),
        (0, "article_6: a, article_9: a"),
    ],
)
def test_a_machine_decides_alone_only_where_22b_lets_it(
    find: Find, basis: str, barred: int
) -> None:
    rule_ = "automated-decision-barred"
    assert len(find(rule_, CHARITY + triage(basis))) == barred
    assert find(rule_, CHARITY + triage(basis, ", solely: false")) == []
    assert find(rule_, CHARITY + triage(basis, ", human: a social worker decides")) == []
    assert len(find(rule_, CHARITY + triage(basis, ", human: none"))) == barred
    assert (
        len(find(rule_, CHARITY + triage(basis, ", solely: true, human: can be asked"))) == barred
    )
    without = triage(basis).replace("[name, health]", "name")
    assert len(find(rule_, CHARITY + without)) == (1 if basis == RECOGNISED else 0)


def test_22b_holds_since_its_day_and_article_22_before_it_and_in_the_union(find: Find) -> None:
    rule_, health = (
        "automated-decision-barred",
        triage("article_6: e, article_9: h, law: X Act 2000 s.1"),
    )
    (now,) = find(rule_, CHARITY + health, MOVED)
    (before,) = find(rule_, CHARITY + health, MOVED - A_DAY)
    (abroad,) = find(rule_, organisation("eu-gdpr") + health)
    assert "22B" in now
    assert "Article 22(4)" in before
    assert "Article 22(4)" in abroad
    interests = triage("article_6: f").replace("[name, health]", "name")
    assert find(rule_, CHARITY + interests, MOVED) == []
    assert "Article 22(2)" in find(rule_, CHARITY + interests, MOVED - A_DAY)[0]
    assert "Article 22(2)" in find(rule_, organisation("eu-gdpr") + interests)[0]


def test_people_are_told_only_of_what_machines_decide_alone(find: Find) -> None:
    notice = (
        "---\nkind: notice\nid: n\naudience: tenant\ntext: n.md\nstatements:\n"
        "  - quote: We use your name to support you\n    uses: {purposes: support}\n"
    )

    def told(more: str) -> bool:
        found = find("item-omitted", CHARITY + triage("article_6: f", more) + notice)
        return any("machines decide" in message for message in found)

    assert told("")
    assert not told(", human: a social worker decides")


# -- the rest --------------------------------------------------------------------------------------


def test_the_duty_to_share_is_a_note_since_its_day_and_in_england_alone(find: Find) -> None:
    text = (
        "{kind: activity, id: a, name: Protecting children, subjects: child, data: name, "
        "purposes: child-protection, basis: {article_6: e, law: Children Act 1989 s.47}, "
        "disclosures: [{to: police}]}\n"
    )
    day, rule_ = date(2026, 9, 30), "sharing-duty-not-named"
    (message,) = find(rule_, COUNCIL + text, day)
    assert "by secondary sources alone" in message
    assert find(rule_, COUNCIL + text, day - A_DAY) == []
    assert find(rule_, COUNCIL.replace("England", "Wales") + text, day) == []
    assert find(rule_, COUNCIL + text.replace("1989 s.47", "2004 s.16LA"), day) == []


def test_the_consent_of_parents_is_asked_for_in_england_and_wales(find: Find) -> None:
    text = "{kind: activity, id: a, name: Lunch, subjects: pupil, data: biometric, purposes: support}\n"
    rule_ = "pupils-biometrics-without-consent"
    assert find(rule_, COUNCIL + text)
    assert find(rule_, COUNCIL.replace("England", "Wales") + text)
    assert find(rule_, COUNCIL.replace("England", "Scotland") + text) == []
    assert find(rule_, COUNCIL + text.replace("pupil", "employee")) == []
    assert find(rule_, organisation("eu-gdpr") + text) == []
    consent = text.replace("purposes", "consent_record: signed forms, purposes")
    assert find(rule_, COUNCIL + consent) == []


def test_a_condition_of_schedule_1_is_held_against_the_words_of_the_purpose(find: Find) -> None:
    rule_ = "schedule-1-condition-elsewhere"

    def found(number: str, purposes: str, more: str = "", data: str = "health") -> bool:
        basis = f"{{article_6: e, article_9: g, schedule_1: '{number}', law: X Act 2000 s.1}}"
        text = (
            f"{{kind: activity, id: a, name: Work, subjects: child, data: {data}, "
            f"purposes: {purposes}, basis: {basis}}}\n{more}"
        )
        return bool(find(rule_, COUNCIL + text))

    own = "---\n{kind: term, facet: purpose, id: own, label: LABEL}\n"
    assert found("18", "marketing")
    assert found("20", "marketing")
    assert found("14", "library-services")
    assert not found("18", "child-protection")
    assert not found("14", "fraud-prevention")
    assert not found("6", "marketing")
    assert not found("18", "own", own.replace("LABEL", "Something of ours"))
    assert found("18", "own", own.replace("LABEL", "Adverts, broader: marketing"))
    assert not found("27", "own", own.replace("LABEL", "Anti-doping"))
    assert found("22", "elections", data="political-opinion")
    assert found("21", "pensions", data="religion")
    assert not found("21", "pensions")
