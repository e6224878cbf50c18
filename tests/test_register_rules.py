"""The rules over the record: each row of the law on both sides of its days, and what must not be found."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import ask, make_case
from ropa.judging.coverage import Settings
from ropa.law import tables as law
from ropa.plugins import all_rules, rule
from ropa.register.periods import after

A_DAY = timedelta(days=1)
Find = Callable[..., list[str]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """The messages of one rule on a register given as text."""

    def run(name: str, text: str, day: date = TODAY) -> list[str]:
        write_register(tmp_path, text)
        case = make_case(read_tree(tmp_path), Settings(day), tmp_path)
        assert not case.malformed, case.malformed
        assert not case.register.unknown, case.register.unknown
        return [finding.problem.message for finding in ask(case, [rule(name)]).findings]

    return run


def organisation(regime: str, **more: str) -> str:
    home = {"uk-gdpr": "GB", "eu-gdpr": "DE"}[regime]
    return "\n".join(
        [
            "kind: organisation\nid: us\nname: Us\ncontact: Here",
            f"regimes: {regime}\nhome: {home}",
            *[f"{key}: {value}" for key, value in more.items()],
            "---\n",
        ]
    )


ACTIVITY = """kind: activity
id: work
name: Work
subjects: {subjects}
data: {data}
purposes: {purposes}
{more}
"""


def activity(
    more: str = "", subjects: str = "resident", data: str = "name", purposes: str = "support"
) -> str:
    return ACTIVITY.format(more=more, subjects=subjects, data=data, purposes=purposes)


def transfer(country: str, safeguard: str, more: str = "") -> str:
    to = f"disclosures: [{{to: them, safeguard: {safeguard}}}]"
    party = f"---\nkind: party\nid: them\nname: Them\ntype: controller\ncountry: '{country}'\n"
    return activity(to) + party + more


def stretch(row: law.Adequacy | law.Safeguard | law.StatutoryRetention) -> list[tuple[date, bool]]:
    """The days at the edges of a row, and whether it is law on them."""
    start, end = row.standing.start, row.standing.end
    days = [(start, True), (start - A_DAY, False)] if start else []
    return days + ([(end, True), (end + A_DAY, False)] if end else [])


# -- adequacy and safeguards ---------------------------------------------------------------------

DECISIONS = [
    (regime, row, day, stands)
    for regime, table in (("uk-gdpr", law.ADEQUACY_UK), ("eu-gdpr", law.ADEQUACY_EU))
    for row in table.rows
    if len(row.id) == 2 and row.id not in ("GB" if regime == "uk-gdpr" else law.EEA)
    for day, stands in stretch(row)
]


@pytest.mark.parametrize(
    ("regime", "row", "day", "stands"),
    DECISIONS,
    ids=[f"{r}-{w.id}-{d}" for r, w, d, _ in DECISIONS],
)
def test_adequacy_holds_from_the_first_day_of_a_decision_to_its_last(
    find: Find, regime: str, row: law.Adequacy, day: date, *, stands: bool
) -> None:
    text = organisation(regime) + transfer(row.id, "adequacy")
    assert bool(find("adequacy-unfounded", text, day)) is not stands


@pytest.mark.parametrize(
    ("regime", "row"),
    [
        (regime, row)
        for regime, table in (("uk-gdpr", law.ADEQUACY_UK), ("eu-gdpr", law.ADEQUACY_EU))
        for row in table.rows
        if row.condition
    ],
    ids=lambda value: getattr(value, "id", value),
)
def test_a_partial_decision_holds_for_those_it_covers(
    find: Find, regime: str, row: law.Adequacy
) -> None:
    assert row.schemes, "a register has to be able to say that the condition is met"
    text = organisation(regime) + transfer(row.id, "adequacy")
    assert find("adequacy-condition-not-met", text)
    listed = f"adequacy_scheme: [{', '.join(row.schemes)}]\n"
    assert not find("adequacy-condition-not-met", text + listed)


@pytest.mark.parametrize("country", ["BR", "IN"])
def test_the_lists_differ(find: Find, country: str) -> None:
    for regime, covered in (("uk-gdpr", False), ("eu-gdpr", country == "BR")):
        text = organisation(regime) + transfer(country, "adequacy")
        assert bool(find("adequacy-unfounded", text)) is not covered


def test_under_both_laws_a_transfer_needs_both(find: Find) -> None:
    both = organisation("uk-gdpr").replace("regimes: uk-gdpr", "regimes: [uk-gdpr, eu-gdpr]")
    (message,) = find("adequacy-unfounded", both + transfer("BR", "adequacy"))
    assert "United Kingdom" in message
    (message,) = find("safeguard-of-another-law", both + transfer("IN", "idta"))
    assert "European Union" in message
    assert not find("safeguard-of-another-law", both + transfer("FR", "adequacy"))


def test_within_the_eea_nothing_is_transferred(find: Find) -> None:
    text = organisation("eu-gdpr") + activity("disclosures: [{to: them}]")
    party = "---\nkind: party\nid: them\nname: Them\ntype: controller\ncountry: {}\n"
    assert not find("transfer-without-safeguard", text + party.format("FR"))
    assert find("transfer-without-safeguard", text + party.format("GB"))


SAFEGUARDS = [
    (regime, row, day, stands)
    for row in law.SAFEGUARDS.rows
    for regime in row.standing.regimes
    for day, stands in stretch(row)
]


@pytest.mark.parametrize(
    ("regime", "row", "day", "stands"),
    SAFEGUARDS,
    ids=[f"{r}-{w.id}-{d}" for r, w, d, _ in SAFEGUARDS],
)
def test_a_safeguard_serves_from_its_first_day_to_its_last(
    find: Find, regime: str, row: law.Safeguard, day: date, *, stands: bool
) -> None:
    name = "old-clauses" if row.safeguard == "old-sccs" else "safeguard-of-another-law"
    text = organisation(regime) + transfer("IN", row.safeguard)
    assert bool(find(name, text, day)) is not stands


@pytest.mark.parametrize("row", law.SAFEGUARDS.rows, ids=lambda row: row.id)
def test_the_risk_is_assessed_where_the_table_says_so(find: Find, row: law.Safeguard) -> None:
    day = row.standing.end or TODAY
    text = organisation(row.standing.regimes[0]) + transfer("IN", row.safeguard)
    assert bool(find("transfer-risk-not-assessed", text, day)) is row.assessment


def test_what_a_recipient_passes_on_abroad_is_not_ours_to_assess(find: Find) -> None:
    text = activity("disclosures: [{to: school, onward: [{to: them, safeguard: idta}]}]")
    party = "---\nkind: party\nid: them\nname: Them\ntype: controller\ncountry: IN\n"
    assert not find("transfer-risk-not-assessed", text + party)


@pytest.mark.parametrize(
    ("day", "warned"), [(date(2030, 12, 26), False), (date(2030, 12, 27), True)]
)
def test_an_ending_decision_is_told_a_year_before(find: Find, day: date, *, warned: bool) -> None:
    text = organisation("eu-gdpr") + transfer("GB", "adequacy")
    assert bool(find("adequacy-ending", text, day)) is warned


# -- Schedule 1 and the bases --------------------------------------------------------------------


@pytest.mark.parametrize("row", law.SCHEDULE_1.rows, ids=lambda row: row.id)
def test_a_condition_of_schedule_1_supports_its_letter_and_no_other(
    find: Find, row: law.Schedule1
) -> None:
    basis = "basis: {{article_6: e, article_9: {}, schedule_1: {}, law: An Act s.1}}"
    for letter in "bghij":
        text = activity(basis.format(letter, row.paragraph), data="health")
        assert bool(find("schedule-1-condition-unfit", text)) is (row.supports != letter)


@pytest.mark.parametrize("row", law.SCHEDULE_1.rows, ids=lambda row: row.id)
def test_a_condition_counts_from_the_day_of_the_act(find: Find, row: law.Schedule1) -> None:
    letter = "g" if row.supports == "10" else row.supports
    basis = (
        f"basis: {{article_6: e, article_9: {letter}, schedule_1: {row.paragraph}, law: An Act}}"
    )
    text, start = activity(basis, data="health"), row.standing.start
    assert start is not None
    assert find("schedule-1-condition-unfit", text, start - A_DAY)
    if row.supports == letter:
        assert not find("schedule-1-condition-unfit", text, start)


@pytest.mark.parametrize("row", law.SCHEDULE_1.rows, ids=lambda row: row.id)
def test_a_policy_document_is_asked_for_where_the_condition_takes_one(
    find: Find, row: law.Schedule1
) -> None:
    basis = f"basis: {{article_6: e, article_9: g, schedule_1: {row.paragraph}, law: An Act s.1}}"
    assert bool(find("policy-document-missing", activity(basis))) is (row.policy == "required")
    with_one = f"{basis}\npolicy_document: {{name: APD, followed: true}}"
    assert not find("policy-document-missing", activity(with_one))
    excused = f"{basis}\npolicy_document: {{reason: it goes to the police}}"
    still = row.policy == "required" and not row.unless
    assert bool(find("policy-document-missing", activity(excused))) is still


def test_the_policy_document_of_the_organisation_holds_for_all(find: Find) -> None:
    text = activity("basis: {article_6: e, article_9: g, schedule_1: 18, law: Act s.1}")
    ours = organisation("uk-gdpr", policy_document="{name: APD, followed: true}")
    assert not find("policy-document-missing", ours + text)
    assert not find("policy-document-not-followed", ours + text)
    assert find("policy-document-not-followed", ours.replace(", followed: true", "") + text)


def test_schedule_1_is_no_law_of_the_european_union(find: Find) -> None:
    text = activity("basis: {article_6: e, article_9: g, law: Gesetz § 1}", data="health")
    assert find("schedule-1-condition-missing", organisation("uk-gdpr") + text)
    assert not find("schedule-1-condition-missing", organisation("eu-gdpr") + text)


@pytest.mark.parametrize(
    ("name", "more", "since"),
    [
        ("public-task-of-somebody-else", "{article_6: e, law: An Act s.1}", date(2026, 2, 5)),
        ("legitimate-interests-of-a-public-authority", "{article_6: ea}", date(2026, 2, 5)),
    ],
)
def test_what_the_act_of_2025_asks_is_asked_since_its_day(
    find: Find, name: str, more: str, since: date
) -> None:
    authority = "true" if "authority" in name else "false"
    text = organisation("uk-gdpr", public_authority=authority) + activity(f"basis: {more}")
    assert find(name, text, since)
    assert not find(name, text, since - A_DAY)


def test_there_is_no_recognised_interest_before_its_day(find: Find) -> None:
    text = activity("basis: {article_6: ea, annex_1: 5}")
    assert not find("recognised-interest-without-condition", text, date(2026, 2, 5))
    (message,) = find("recognised-interest-without-condition", text, date(2026, 2, 4))
    assert "4 February 2026" in message


@pytest.mark.parametrize(
    ("paragraph", "known"), [("1", True), ("4", False), ("6", True), ("9", False)]
)
def test_the_conditions_of_annex_1(find: Find, paragraph: str, *, known: bool) -> None:
    text = activity(f"basis: {{article_6: ea, annex_1: {paragraph}}}")
    assert bool(find("recognised-interest-without-condition", text)) is not known


@pytest.mark.parametrize("day", [date(2026, 2, 4), date(2026, 2, 5)])
def test_the_childrens_code_is_asked_for_since_its_day(find: Find, day: date) -> None:
    text = activity("online_service: true", subjects="pupil")
    found = find("childrens-code-not-considered", text, day)
    assert bool(found) is (day == date(2026, 2, 5))


@pytest.mark.parametrize(
    ("regime", "age", "enough"),
    [
        ("uk-gdpr", "minimum_age: 12", False),
        ("uk-gdpr", "minimum_age: 13", True),
        ("eu-gdpr", "minimum_age: 15", False),
        ("eu-gdpr", "minimum_age: 16", True),
        ("eu-gdpr", "minimum_age: 14, age_of_consent: 14", True),
        ("eu-gdpr", "minimum_age: 13, age_of_consent: 14", False),
        ("eu-gdpr", "parental_consent: by e-mail", True),
    ],
)
def test_the_age_of_consent_is_that_of_the_law(
    find: Find, regime: str, age: str, *, enough: bool
) -> None:
    more = f"basis: {{article_6: a, reason: Free}}\nonline_service: {{{age}}}"
    text = organisation(regime) + activity(more, subjects="pupil")
    assert bool(find("child-too-young-to-consent", text)) is not enough


@pytest.mark.parametrize(
    ("law_named", "is_law"),
    [
        ("Children Act 1989 s.22", True),
        ("SI 2010/959 reg 50", True),
        ("UK GDPR Article 15", True),
        ("Public Health (Control of Disease) Act 1984 policy", True),
        ("Lov om social service § 50", True),
        ("Corporate policy", False),
        ("Our safeguarding procedures", False),
    ],
)
def test_a_policy_is_no_law(find: Find, law_named: str, *, is_law: bool) -> None:
    text = activity(f"basis: {{article_6: e, law: '{law_named}'}}")
    assert bool(find("basis-without-law", text)) is not is_law


def test_a_public_authority_may_guard_its_buildings(find: Find) -> None:
    ours = organisation("uk-gdpr", public_authority="true")
    basis = "basis: {article_6: f, interests: no thieves}"
    name = "legitimate-interests-of-a-public-authority"
    assert find(name, ours + activity(basis, purposes="social-care"))
    assert not find(name, ours + activity(basis, purposes="security-of-premises"))
    assert find(name, ours + activity(basis, purposes="[security-of-premises, social-care]"))


def test_a_wide_word_is_not_special_because_something_below_it_is(find: Find) -> None:
    basis = "basis: {article_6: e, law: An Act s.1}"
    name = "special-category-without-condition"
    assert not find(name, activity(basis, data="characteristics"))
    assert find(name, activity(basis, data="[characteristics, ethnicity]"))
    assert not find(name, activity(basis, data="dbs-check"))
    assert find("offence-data-without-authority", activity(basis, data="dbs-check"))


@pytest.mark.parametrize("row", law.RIGHTS.rows, ids=lambda row: row.id)
def test_the_rights_of_a_basis_are_its_own(find: Find, row: law.Rights) -> None:
    fit = [right for right, given in row.rights.items() if given != "no"]
    more = f"basis: {{article_6: {row.id}, law: An Act s.1}}\nrights: [{', '.join(fit)}]"
    assert not find("rights-unfit-for-basis", activity(more))
    others = [right for right, given in row.rights.items() if given == "no"]
    assert others
    for right in others:
        (message,) = find("rights-unfit-for-basis", activity(more.replace("]", f", {right}]")))
        assert right in message


# -- how long ------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", law.RETENTION.rows, ids=lambda row: row.id)
def test_a_statutory_period_is_held_against_what_cites_it(
    find: Find, row: law.StatutoryRetention
) -> None:
    kept = "retention: {{period: {}, trigger: {}, law: {}}}"
    start = row.standing.start
    assert start is not None
    right = activity(kept.format(row.period, row.trigger, row.law))
    short = activity(kept.format("P1Y", row.trigger, row.law))
    late = activity(kept.format(row.period, "last-contact", row.law))
    assert not find("statutory-period-differs", right)
    assert not find("statutory-trigger-differs", right)
    assert find("statutory-period-differs", short, start)
    assert not find("statutory-period-differs", short, start - A_DAY)
    assert not find("statutory-period-differs", late)
    assert find("statutory-trigger-differs", late, start)
    assert not find("statutory-trigger-differs", late, start - A_DAY)


def test_what_the_law_sets_as_the_least_may_be_longer(find: Find) -> None:
    kept = "retention: {period: P15Y, trigger: end-of-approval, law: SI 2011/581 reg 32}"
    assert not find("statutory-period-differs", activity(kept))
    kept = (
        kept.replace("P15Y", "P80Y")
        .replace("end-of-approval", "birth")
        .replace("2011/581", "2010/959")
    )
    assert find("statutory-period-differs", activity(kept))


def test_the_period_after_a_death_is_right_too(find: Find) -> None:
    kept = "retention: {period: P15Y, trigger: death, law: SI 2010/959 reg 50}"
    assert not find("statutory-period-differs", activity(kept))


@pytest.mark.parametrize(
    ("nation", "wrong"), [("England", True), ("Wales", True), ("Scotland", False)]
)
def test_the_nation_decides(find: Find, nation: str, *, wrong: bool) -> None:
    kept = "retention: {period: P100Y, trigger: birth}"
    text = activity(kept, subjects="looked-after-child", data="care-plan")
    ours = organisation("uk-gdpr", nation=nation)
    assert bool(find("statutory-period-differs", ours + text)) is wrong
    cites = text.replace("birth}", "birth, law: SSI 2009/210 reg 43}")
    assert bool(find("retention-law-of-another-nation", ours + cites)) is wrong


def test_without_a_nation_only_what_is_cited_is_judged(find: Find) -> None:
    kept = "retention: {period: P6Y, trigger: birth}"
    text = activity(kept, subjects="looked-after-child", data="care-plan")
    assert not find("statutory-period-differs", text)


def test_an_si_is_not_found_in_an_ssi(find: Find) -> None:
    kept = "retention: {period: P6Y, trigger: birth, law: SSI 2010/959 reg 50}"
    assert not find("statutory-period-differs", activity(kept))


# -- reviews -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "late"), [(date(2026, 5, 1), False), (date(2026, 5, 2), True)])
def test_a_review_is_due_a_year_later(find: Find, day: date, *, late: bool) -> None:
    assert bool(find("review-overdue", activity("reviewed: 2025-05-01"), day)) is late
    ours = organisation("uk-gdpr", review_interval="P2Y")
    assert not find("review-overdue", ours + activity("reviewed: 2025-05-01"), day)


def test_a_period_later_is_a_day_of_the_calendar() -> None:
    assert after(date(2024, 2, 29), "P1Y") == date(2025, 2, 28)
    assert after(date(2026, 1, 31), "P1M") == date(2026, 2, 28)
    assert after(date(2026, 12, 31), "P1Y2W3D") == date(2028, 1, 17)
    assert after(date(2026, 1, 1), "P999999999Y") == date.max


def test_what_nobody_records_is_one_finding(find: Find) -> None:
    second = activity().replace("id: work", "id: more")
    for name in ("review-overdue", "entry-without-owner", "security-not-described"):
        assert len(find(name, f"{activity()}---\n{second}")) == 1
    owned = f"{activity('owner: Somebody')}---\n{second}"
    assert len(find("entry-without-owner", owned)) == 1


# -- others' work, and small registers -----------------------------------------------------------

PROCESSOR = """kind: organisation
id: quill
name: Quill and Example Print Ltd
contact: privacy@quill.example
role: processor
security: Locked rooms
---
kind: party
id: council
name: Exampleshire County Council
type: controller
contact: privacy@exampleshire.example
---
kind: activity
id: letters
name: Printing letters
subjects: resident
data: address
purposes: printing-and-mailing
on_behalf_of: {controller: council, processing: [printing, posting]}
"""


def test_a_processors_register_needs_no_notice_and_no_basis(tmp_path: Path) -> None:
    write_register(tmp_path, PROCESSOR)
    case = make_case(read_tree(tmp_path), Settings(TODAY), tmp_path)
    assert [f.problem.message for f in ask(case, all_rules()).findings] == []


SMALL = """kind: organisation
id: school
name: Sample Street School
contact: 1 Sample Street, Sampleton
dpo: dpo@sample-street.example
public_authority: true
security: Locked office, passwords, training each year
---
kind: activity
id: school-meals
name: School meals
subjects: pupil
data: name
purposes: education-provision
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.512}
retention: {period: P1Y, trigger: end-of-year, law: School retention schedule}
reviewed: 2026-09-01
owner: School business manager
required_by: nothing
"""


def test_a_small_honest_register_is_told_little_about_itself(tmp_path: Path) -> None:
    write_register(tmp_path, SMALL)
    case = make_case(read_tree(tmp_path), Settings(TODAY), tmp_path)
    found = {finding.rule.id for finding in ask(case, all_rules()).findings}
    assert found == {"nothing-to-check", "subject-without-notice", "location-not-recorded"}
