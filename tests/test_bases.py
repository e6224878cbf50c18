"""An entry that rests on several lawful bases: what rests on each, what is told of it, and what the record says."""

from pathlib import Path

import pytest

from conftest import Check, write_register
from ropa.flows.flow import DATA, PURPOSE, SUBJECT, Flow
from ropa.front import check, export
from ropa.importers import record_xlsx
from ropa.judging.verdict import Verdict
from ropa.register.model import Action
from ropa.register.vocabulary import Facet
from ropa.report import Report

ENTRY = """kind: organisation
id: northwold
name: Northwold College
---
kind: party
id: trust
name: Sample Trust
type: controller
agreement: DSA-1
---
kind: activity
id: teach
name: Teaching
subjects: [pupil, parent]
data: [name, health]
purposes: [education-provision, safeguarding]
sources: data-subject
basis: {basis}
retention: {{period: P6Y, trigger: end-of-year}}
disclosures: {disclosures}
---
kind: notice
id: families
audience: [pupil, parent]
text: families.md
statements:
{statements}
"""
BY_PURPOSE = """
  - {article_6: e, law: Education Act 1996 s.13, purposes: education-provision}
  - {article_6: c, law: Children Act 2004 s.11, purposes: safeguarding}"""
EITHER = (
    "[{article_6: e, law: Education Act 1996 s.13}, {article_6: c, law: Children Act 2004 s.11}]"
)
TEACHING = """  - quote: We use it to teach you, as a public task (Article 6(1)(e)).
    uses: {purposes: education-provision, basis: {article_6: e}}"""
SAFETY = """  - quote: The law makes us keep you safe (Article 6(1)(c)).
    uses: {purposes: safeguarding, basis: {article_6: c}}"""
ON_THE_TASK = """  - quote: We use your name and your health record as a public task (Article 6(1)(e)).
    uses: {data: [name, health], basis: {article_6: e}}"""
ON_THE_LAW = """  - quote: The law makes us use your name and health record (Article 6(1)(c)).
    uses: {data: [name, health], basis: {article_6: c}}"""
NOBODY = """  - quote: We give your information to nobody unless a law makes us do so.
    never: discloses
    to: anyone
    unless: law-requires"""


def register(basis: str, *statements: str, disclosures: str = "[]") -> str:
    return ENTRY.format(basis=basis, statements="\n".join(statements), disclosures=disclosures)


def flows(report: Report, action: Action) -> list[tuple[str, Flow]]:
    drawn = (flow for flow in report.case.graph.flows if flow.action is action)
    return [(flow.basis.letter if flow.basis else "", flow) for flow in drawn]


def on_the_basis(report: Report) -> dict[str, Verdict]:
    return {
        told.flow.id: judgement.verdict
        for told in report.case.coverage.flows
        if told.flow.action is Action.USE and (judgement := told.on(Facet.BASIS))
    }


def test_each_use_rests_on_the_basis_for_its_purpose(check_text: Check) -> None:
    used = flows(check_text(register(BY_PURPOSE, TEACHING)), Action.USE)
    assert [(letter, flow.box[PURPOSE]) for letter, flow in used] == [
        ("e", ("education-provision",)),
        ("c", ("safeguarding",)),
    ]


def test_what_is_collected_for_both_is_collected_on_each_for_its_own(check_text: Check) -> None:
    collected = flows(check_text(register(BY_PURPOSE, TEACHING)), Action.COLLECT)
    assert [(letter, flow.id, flow.box[PURPOSE]) for letter, flow in collected] == [
        ("e", "teach/collect/data-subject", ("education-provision",)),
        ("c", "teach/collect/data-subject~2", ("safeguarding",)),
    ]


def test_a_basis_may_be_for_some_data_of_some_people(check_text: Check) -> None:
    health = "{article_6: a, data: health, subjects: parent}"
    basis = f"[{health}, {{article_6: e, subjects: pupil}}, {{article_6: e, data: name}}]"
    kept = flows(check_text(register(basis, TEACHING)), Action.KEEP)
    assert [(letter, flow.box[SUBJECT], flow.box[DATA]) for letter, flow in kept] == [
        ("a", ("parent",), ("health",)),
        ("e", ("pupil",), ("name", "health")),
        ("e", ("pupil", "parent"), ("name",)),
    ]


def test_each_basis_has_to_be_told_for_what_rests_on_it(check_text: Check) -> None:
    assert on_the_basis(check_text(register(BY_PURPOSE, TEACHING))) == {
        "teach/use/education-provision": Verdict.CLEAR,
        "teach/use/safeguarding": Verdict.OMITTED,
    }
    assert set(on_the_basis(check_text(register(BY_PURPOSE, TEACHING, SAFETY))).values()) == {
        Verdict.CLEAR
    }


def test_where_either_may_be_meant_both_have_to_be_told(check_text: Check) -> None:
    one = on_the_basis(check_text(register(EITHER, ON_THE_TASK)))
    assert one["teach/use/safeguarding"] is Verdict.CLEAR
    assert one["teach/use/safeguarding~2"] is not Verdict.CLEAR
    both = on_the_basis(check_text(register(EITHER, ON_THE_TASK, ON_THE_LAW)))
    assert set(both.values()) == {Verdict.CLEAR}


def test_a_wrong_letter_for_one_of_them_is_no_other_ones(check_text: Check) -> None:
    wrong = TEACHING.replace("Article 6(1)(e)", "Article 6(1)(f)").replace(
        "{article_6: e}", "{article_6: f}"
    )
    wrong = wrong.replace("a public task", "our legitimate interest")
    found = on_the_basis(check_text(register(BY_PURPOSE, wrong, SAFETY)))
    assert found == {
        "teach/use/education-provision": Verdict.CONTRADICTED,
        "teach/use/safeguarding": Verdict.CLEAR,
    }


def promise(report: Report) -> list[Verdict]:
    return [
        judgement.verdict
        for told in report.case.coverage.flows
        if told.flow.action is Action.DISCLOSE and (judgement := told.on(Facet.PROMISE))
    ]


LAWS = (
    "[{article_6: c, law: Children Act 2004 s.11}, {article_6: c, law: Education Act 1996 s.537A}]"
)
GIVEN = "[{{to: trust, purposes: safeguarding, basis: {basis}}}]"


@pytest.mark.parametrize(("basis", "kept"), [(LAWS, True), (EITHER, False)])
def test_a_guard_is_met_only_where_every_basis_that_may_be_meant_meets_it(
    check_text: Check, basis: str, kept: bool
) -> None:
    text = register(BY_PURPOSE, NOBODY, disclosures=GIVEN.format(basis=basis))
    verdicts = promise(check_text(text))
    assert len(verdicts) == 2
    assert (set(verdicts) == {Verdict.CLEAR}) is kept


def test_one_step_on_two_bases_is_one_finding(check_text: Check) -> None:
    report = check_text(register(EITHER, ON_THE_TASK, disclosures="[{to: trust}]"))
    untold = [f for f in report.findings if f.rule.id == "recipient-omitted"]
    assert [f.problem.where for f in untold] == ["teach/disclose/trust"]


def test_what_rests_on_none_of_them_is_said(check_text: Check) -> None:
    basis = "[{article_6: e, law: Education Act 1996 s.13, purposes: education-provision, subjects: pupil}]"
    report = check_text(register(basis, TEACHING))
    (found,) = (f for f in report.findings if f.rule.id == "basis-not-recorded")
    assert found.problem.message == (
        "the record names no lawful basis for data about parents and people with parental responsibility, and "
        "data about pupils for safeguarding in “Teaching”"
    )
    assert report.undecided


def test_people_have_the_rights_of_any_of_the_bases(check_text: Check) -> None:
    consent = "[{article_6: a, reason: We ask}, {article_6: e, law: Education Act 1996 s.13}]"
    report = check_text(register(consent, TEACHING))
    due = {f.problem.facet for f in report.findings if f.rule.id == "item-omitted"}
    assert {"right-to-withdraw-consent", "right-to-object"} <= due


def test_the_record_says_what_each_basis_is_for(check_text: Check) -> None:
    record = export(check_text(register(BY_PURPOSE, TEACHING)), "record-md")
    assert isinstance(record, str)
    assert (
        "a public task (Article 6(1)(e)) under Education Act 1996 s.13: for providing education"
        in record
    )
    assert (
        "a legal obligation (Article 6(1)(c)) under Children Act 2004 s.11: for safeguarding"
        in record
    )


@pytest.mark.parametrize("basis", [BY_PURPOSE, EITHER, "{article_6: e, purposes: safeguarding}"])
def test_a_workbook_takes_the_bases_out_and_back(tmp_path: Path, basis: str) -> None:
    write_register(tmp_path, register(basis, TEACHING, disclosures=GIVEN.format(basis=EITHER)))
    report = check(tmp_path)
    workbook = export(report, "record-xlsx")
    assert isinstance(workbook, bytes)
    read = record_xlsx.read(workbook, report.case.documents)
    assert not read.faults
    (activity,) = (c.data for c in read.documents if c.data["kind"] == "activity")
    letters = [entry["article_6"] for entry in activity["basis"]]
    assert letters == [
        part.basis.article_6 for part in report.case.register.activities["teach"].bases
    ]
    (given,) = activity["disclosures"]
    assert [entry["article_6"] for entry in given["basis"]] == ["e", "c"]
