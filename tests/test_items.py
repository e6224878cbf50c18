"""Which items of Articles 13 and 14 are due to whom, and who is told them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import TODAY, Check
from ropa.judging.items import ITEMS, ItemTold
from ropa.judging.verdict import Verdict
from said_and_done import School

REGISTER = """
kind: organisation
id: council
name: Council
role: controller
contact: County Hall
{organisation}
---
kind: activity
id: visits
name: Home visits
subjects: pupil
data: name
purposes: support
sources: data-subject
{activity}
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
{notice}statements:
  - quote: We are the council
    informs: [{told}]
{more}
"""
DEFAULTS = {
    "organisation": "",
    "activity": "",
    "notice": "",
    "told": "controller-identity",
    "more": "",
}
ALWAYS = {
    "controller-identity",
    "controller-contact",
    "right-of-access",
    "right-to-rectification",
    "right-to-erasure",
    "right-to-restriction",
    "right-to-complain",
    "complaint-to-controller",
    "statutory-requirement",
}
Ask = Callable[..., dict[tuple[str, str], ItemTold]]


@pytest.fixture
def ask(check_text: Check) -> Ask:
    def run(*, day: date = TODAY, **parts: str) -> dict[tuple[str, str], ItemTold]:
        report = check_text(REGISTER.format(**{**DEFAULTS, **parts}), day=day)
        assert not report.case.malformed, report.case.malformed
        return {(told.subject, told.item): told for told in report.case.coverage.items}

    return run


def due(found: dict[tuple[str, str], ItemTold], subject: str = "pupil") -> set[str]:
    return {item for who, item in found if who == subject}


# -- what is due -----------------------------------------------------------------------------------


def test_some_items_are_due_to_everybody(ask: Ask) -> None:
    assert due(ask()) == ALWAYS
    assert set(ITEMS) > ALWAYS


@pytest.mark.parametrize(
    ("basis", "more"),
    [
        ("{article_6: b}", {"right-to-portability"}),
        ("{article_6: c}", set()),
        ("{article_6: d}", set()),
        ("{article_6: e}", {"right-to-object"}),
        ("{article_6: ea}", {"right-to-object", "recognised-legitimate-interest"}),
        ("{article_6: f}", {"right-to-object", "legitimate-interests"}),
        ("{article_6: c, article_9: a}", {"right-to-withdraw-consent", "right-to-portability"}),
    ],
)
def test_the_lawful_basis_decides_what_else_is_due(ask: Ask, basis: str, more: set[str]) -> None:
    assert due(ask(activity=f"basis: {basis}")) == ALWAYS | more


def test_who_consents_need_not_be_told_that_nothing_forces_them(ask: Ask) -> None:
    more = {"right-to-withdraw-consent", "right-to-portability"}
    assert due(ask(activity="basis: {article_6: a}")) == ALWAYS - {"statutory-requirement"} | more


@pytest.mark.parametrize(
    ("activity", "is_due"),
    [
        ("required_by: Education Act 1996 s.537A", True),
        ("required_by: nothing", False),
        ("basis: {article_6: a}\nrequired_by: the club's rules", True),
    ],
)
def test_whether_data_is_required_is_due_unless_nothing_requires_it(
    ask: Ask, activity: str, *, is_due: bool
) -> None:
    assert ("statutory-requirement" in due(ask(activity=activity))) is is_due


@pytest.mark.parametrize(
    ("activity", "is_due"),
    [
        ("", False),
        ("automated_decisions: false", False),
        ("automated_decisions: true", True),
        ("automated_decisions: points for each criterion", True),
        ("automated_decisions: {logic: points, consequences: a place or none}", True),
    ],
)
def test_decisions_made_by_machines_are_due_where_they_are_recorded(
    ask: Ask, activity: str, *, is_due: bool
) -> None:
    assert ("automated-decisions" in due(ask(activity=activity))) is is_due


def test_a_representative_is_due_where_there_is_one(ask: Ask) -> None:
    assert "representative" in due(ask(organisation="representative: Sample BV, Amsterdam"))


def test_what_joint_controllers_agreed_is_due(ask: Ask) -> None:
    more = "---\nkind: party\nid: trust\nname: Trust\ntype: joint-controller"
    assert "joint-arrangement" in due(ask(activity="joint_controllers: trust", more=more))


def test_a_processor_owes_nobody_anything(ask: Ask) -> None:
    more = "---\nkind: party\nid: trust\nname: Trust\ntype: controller"
    assert ask(activity="on_behalf_of: trust", more=more) == {}


def test_the_basis_of_a_disclosure_counts_too(ask: Ask) -> None:
    found = ask(activity="disclosures: [{to: school, basis: {article_6: a}}]")
    assert "right-to-withdraw-consent" in due(found)


def test_the_basis_of_a_disclosure_about_others_does_not_count(ask: Ask) -> None:
    found = ask(activity="disclosures: [{to: school, subjects: parent, basis: {article_6: a}}]")
    assert "right-to-withdraw-consent" not in due(found)


def test_what_is_done_with_one_groups_data_makes_nothing_due_to_another(ask: Ask) -> None:
    more = """---
kind: activity
id: newsletter
name: Newsletter
subjects: parent
data: name
purposes: support
basis: {article_6: a}
---
kind: notice
id: parents
audience: parent"""
    found = ask(more=more)
    assert "right-to-withdraw-consent" in due(found, "parent")
    assert "right-to-withdraw-consent" not in due(found, "pupil")


@pytest.mark.parametrize(
    ("day", "is_due"), [(date(2026, 6, 18), False), (date(2026, 6, 19), True), (TODAY, True)]
)
def test_the_complaint_to_the_controller_is_due_since_19_june_2026(
    ask: Ask, day: date, *, is_due: bool
) -> None:
    assert ("complaint-to-controller" in due(ask(day=day))) is is_due


@pytest.mark.parametrize(
    ("regimes", "is_due"), [("uk-gdpr", True), ("eu-gdpr", False), ("[eu-gdpr, uk-gdpr]", True)]
)
def test_the_complaint_to_the_controller_is_a_duty_of_the_united_kingdom(
    ask: Ask, regimes: str, *, is_due: bool
) -> None:
    found = ask(organisation=f"regimes: {regimes}")
    assert ("complaint-to-controller" in due(found)) is is_due


@pytest.mark.parametrize(
    ("organisation", "is_due"),
    [("", False), ("dpo: dpo@council.example", True), ("public_authority: true", True)],
)
def test_the_data_protection_officer_is_due_where_there_is_one_or_has_to_be(
    ask: Ask, organisation: str, *, is_due: bool
) -> None:
    assert ("dpo-contact" in due(ask(organisation=organisation))) is is_due


def test_nothing_is_due_in_a_notice_to_those_who_get_none(ask: Ask) -> None:
    assert ask(notice="in_force: {to: 2026-01-01}\n") == {}


# -- who is told -----------------------------------------------------------------------------------


def test_what_is_said_is_told_and_the_rest_is_omitted(ask: Ask) -> None:
    found = ask()
    assert found["pupil", "controller-identity"].verdict is Verdict.CLEAR
    assert [s.id for s in found["pupil", "controller-identity"].told_by] == ["pupils#1"]
    assert found["pupil", "right-of-access"].verdict is Verdict.OMITTED
    assert found["pupil", "right-of-access"].told_by == ()


LAYER = """---
kind: notice
id: everybody
audience: resident
text: everybody.md
statements:
  - quote: You may see your data
    informs: right-of-access"""


def test_a_notice_tells_what_the_notices_it_sends_its_readers_to_tell(ask: Ask) -> None:
    assert ask(more=LAYER)["pupil", "right-of-access"].verdict is Verdict.OMITTED
    layered = ask(more=LAYER, notice="layers: everybody\n")
    assert layered["pupil", "right-of-access"].verdict is Verdict.CLEAR


def test_a_gap_is_for_the_notice_that_is_meant_for_the_group(ask: Ask) -> None:
    first = LAYER.replace("everybody", "another").replace("resident", "parent")
    sent = f"layers: another\n{first.removeprefix('---')}\n---\n"
    notice = "layers: another\n"
    assert sent.startswith(notice)
    found = ask(more=first, notice=notice)
    assert {told.notice.id for told in found.values() if told.subject == "pupil"} == {"pupils"}


PARTS = """---
kind: term
facet: subject
id: boarder
label: Boarders
broader: pupil
---
kind: notice
id: boarders
audience: boarder
text: boarders.md
statements:
  - quote: You may see your data
    informs: right-of-access"""


def test_an_item_that_only_some_of_a_group_are_told_is_partial(ask: Ask) -> None:
    told = ask(more=PARTS)["pupil", "right-of-access"]
    assert told.verdict is Verdict.PARTIAL
    assert [s.id for s in told.told_by] == ["boarders#1"]
    assert told.notice.id == "pupils"


def test_an_item_in_a_notice_without_a_text_is_undecidable(ask: Ask) -> None:
    text = LAYER.replace("text: everybody.md\n", "")
    told = ask(more=text, notice="layers: everybody\n")["pupil", "right-of-access"]
    assert told.verdict is Verdict.UNDECIDABLE
    assert [s.id for s in told.told_by] == ["everybody#1"]


def test_an_item_that_nobody_can_tell_to_some_of_a_group_is_omitted(ask: Ask) -> None:
    told = ask(more=PARTS.replace("text: boarders.md\n", ""))["pupil", "right-of-access"]
    assert told.verdict is Verdict.OMITTED


def test_what_one_notice_tells_is_told_whatever_another_may_say(ask: Ask) -> None:
    text = LAYER.replace("text: everybody.md\n", "")
    found = ask(more=text, notice="layers: everybody\n", told="right-of-access")
    assert found["pupil", "right-of-access"].verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("You can object to what we do.\n    informs: joint-arrangement", False),
        ("We and Sample Trust decide together.\n    informs: joint-arrangement", True),
        ("We and Sample Trusted Friends decide together.\n    informs: joint-arrangement", False),
        ("We decide together with a trust.\n    informs: joint-arrangement", False),
    ],
)
def test_a_joint_controller_is_somebody_people_are_told_of(
    tmp_path: Path, statement: str, named: bool
) -> None:
    school = School(tmp_path)
    school.instead("disclosures:\n  - {to: trust}\n", "joint_controllers: trust\n")
    school.instead("type: controller, agreement: ISA-1", "type: joint-controller, agreement: ISA-1")
    school.notice = school.notice.replace(
        "  - quote: We pass your name and attendance to Sample Trust so that it can teach you.\n"
        "    discloses: {to: trust, purposes: education-provision, data: [name, attendance]}\n",
        f"  - quote: {statement}\n",
    )
    school.text = school.text.replace(
        "We pass your name and attendance to Sample Trust so that it can teach you.",
        statement.partition("\n")[0],
    )
    report = school.checked()
    told = {item.item: item.verdict for item in report.case.coverage.items}
    assert told["joint-arrangement"] is (Verdict.CLEAR if named else Verdict.OMITTED)
    omitted = [f.problem for f in report.findings if f.rule.id == "item-omitted"]
    assert [p.facet for p in omitted] == ([] if named else ["joint-arrangement"])
    assert named or "who else is responsible" in omitted[0].message


def test_a_joint_controller_whom_a_disclosure_names_is_named(tmp_path: Path) -> None:
    school = School(tmp_path).instead("owner: Head", "owner: Head\njoint_controllers: trust")
    school.instead("type: controller, agreement: ISA-1", "type: joint-controller, agreement: ISA-1")
    school.say("We have agreed who answers your questions.", "informs: joint-arrangement")
    told = {item.item: item.verdict for item in school.checked().case.coverage.items}
    assert told["joint-arrangement"] is Verdict.CLEAR
