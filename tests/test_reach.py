"""Who can end up holding a group's data, and whether people are told of each step on the way."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from conftest import ROOT, Check, write_register
from ropa.cli import main
from ropa.errors import UnknownName
from ropa.front import render
from ropa.judging.verdict import Verdict
from ropa.reach import as_json, as_text, reached

REGISTER = """kind: organisation
id: northwold
name: Northwold Council
---
kind: party
id: dfe
name: Department for Education
type: public-authority
---
kind: party
id: applicants
name: Sample University
type: controller
---
kind: party
id: clinic
name: Sample Clinic
type: controller
---
kind: activity
id: care
name: Looking after children
subjects: [looked-after-child, foster-carer]
data: [name, placement]
purposes: [support, statutory-return]
sources: data-subject
basis: {article_6: c, law: Children Act 1989 s.22}
disclosures:
  - to: dfe
    subjects: looked-after-child
    purposes: statutory-return
    onward:
      - {to: applicants, purposes: research, conditions: {approval: panel}}
---
kind: activity
id: carers
name: Health checks of carers
subjects: foster-carer
data: name
purposes: support
basis: {article_6: e, law: SI 2011/581 reg 26}
disclosures: [{to: clinic}]
---
kind: notice
id: children
audience: looked-after-child
text: children.md
statements:
  - quote: We send your name and your placement to the Department for Education each year.
    discloses: {to: dfe, data: [name, placement], purposes: statutory-return}
"""
FREELY = REGISTER.replace(", conditions: {approval: panel}", "")


def test_everybody_is_found_with_the_way_and_what_is_told_of_it(check_text: Check) -> None:
    near, far = reached(check_text(REGISTER).case, "looked-after-child")
    assert [(one.party, one.gated, one.told) for one in (near, far)] == [
        ("dfe", False, True),
        ("applicants", True, False),
    ]
    assert [step.flow.id for step in far.steps] == [
        "care/collect/data-subject",
        "care/disclose/dfe",
        "care/onward/dfe/applicants",
    ]
    assert [(step.verdict, step.approval) for step in far.steps] == [
        (None, False),
        (Verdict.CLEAR, False),
        (Verdict.OMITTED, True),
    ]


def test_what_is_done_for_others_has_no_verdict_on_the_way(check_text: Check) -> None:
    ours = REGISTER.replace("id: northwold\n", "id: northwold\nrole: processor\n")
    case = check_text(ours).case
    near, far = reached(case, "looked-after-child")
    assert [near.party, far.party] == ["dfe", "applicants"]
    assert {step.verdict for step in (*near.steps, *far.steps)} == {None}
    assert "people are" not in as_text(case, "looked-after-child")


def test_a_way_without_the_approval_is_no_gate(check_text: Check) -> None:
    _, far = reached(check_text(FREELY).case, "looked-after-child")
    assert (far.party, far.gated) == ("applicants", False)


def test_a_group_is_asked_for_by_any_of_its_names_and_another_group_has_other_holders(
    check_text: Check,
) -> None:
    case = check_text(REGISTER).case
    assert [one.party for one in reached(case, "Foster carers")] == ["clinic"]
    assert reached(case, "pupil") == ()
    assert as_text(case, "pupil") == "Nobody outside Northwold Council gets data about pupils.\n"
    with pytest.raises(UnknownName, match="there are no people called “foster carrer”"):
        reached(case, "foster carrer")


def test_it_reads_as_sentences(check_text: Check) -> None:
    text = " ".join(as_text(check_text(REGISTER).case, "looked-after-child").split())
    assert text.startswith(
        "2 parties can end up holding data about looked-after children; of the way to 1 of them people are not told "
        "in full. The Department for Education: 2 steps"
    )
    assert "Sample University: 3 steps, only through an approval" in text
    assert (
        "3. The Department for Education may pass their data on to Sample University, with an approval: people are not "
        "told who gets it (care/onward/dfe/applicants)"
    ) in text


def test_the_founding_notices_applicants_are_reached_through_the_approval_alone() -> None:
    from ropa.front import check

    founding = check(ROOT / "tests" / "founding")
    found = {one.party: one for one in reached(founding.case, "looked-after-child")}
    onward = [
        one for one in found.values() if any(step.flow.id.count("onward") for step in one.steps)
    ]
    assert onward
    assert all(one.gated for one in onward)


def test_the_command_writes_text_and_json_that_keeps_to_its_schema(tmp_path: Path) -> None:
    write_register(tmp_path, REGISTER)
    asked = ["flows", str(tmp_path), "--reach", "looked-after-child"]
    text = CliRunner().invoke(main, asked)
    assert text.stdout.startswith("2 parties can end up")
    written = json.loads(CliRunner().invoke(main, [*asked, "--format", "json"]).stdout)
    schema = json.loads((ROOT / "schemas" / "reach.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(written)
    assert [holder["id"] for holder in written["holders"]] == ["dfe", "applicants"]
    unknown = CliRunner().invoke(main, ["flows", str(tmp_path), "--reach", "nobody at all"])
    assert unknown.exit_code != 0


def test_json_is_what_text_says(check_text: Check) -> None:
    case = check_text(FREELY).case
    told = as_json(case, "looked-after-child")["holders"]
    assert [(holder["id"], holder["approval_only"]) for holder in told] == [
        ("dfe", False),
        ("applicants", False),
    ]


def test_it_says_to_whom_data_can_come_back_that_came_from_them(check_text: Check) -> None:
    back = REGISTER.replace("sources: data-subject", "sources: [data-subject, clinic]")
    again = "onward:\n      - {to: clinic}\n      - {to: own-organisation}\n"
    case = check_text(back.replace("onward:\n", again)).case
    told = as_json(case, "looked-after-child")
    assert told["rounds"] == (("clinic", "dfe"),)
    assert as_text(case, "looked-after-child").endswith(
        "\nWhat came from Sample Clinic and the Department for Education can come back there.\n"
    )
    assert "own-organisation" not in {holder["id"] for holder in told["holders"]}
    assert as_json(check_text(REGISTER).case, "looked-after-child")["rounds"] == ()


def test_the_page_says_it_for_each_group_step_by_step(check_text: Check) -> None:
    html = str(render(check_text(REGISTER), "html"))
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("Who can end up holding it")[1]))
    assert "Looked-after children 2" in told
    assert "Sample University : 3 steps, only through an approval" in told
    assert (
        "may pass their data on to Sample University, with an approval: people are not told who gets it F"
        in told
    )


def test_the_page_of_a_register_with_a_group_that_nobody_knows_has_the_others(
    check_text: Check,
) -> None:
    misspelt = REGISTER.replace("subjects: foster-carer\n", "subjects: [foster-carer, nobody]\n")
    page = str(render(check_text(misspelt), "html"))
    assert "“nobody”" in page
    assert "Sample Clinic" in page.split("Who can end up holding it")[1]
