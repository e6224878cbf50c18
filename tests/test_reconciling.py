"""Two ends of one flow: what one register says it gives must be what the other says it gets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import check, make_case
from ropa.fleet.ends import ends_of, told_of
from ropa.fleet.reconciling import FleetDifference, differences
from ropa.fleet.row import Outcome, RegisterRow
from ropa.judging.coverage import Settings

PEOPLE = ("pupil", "employee", "tenant", "patient")
DATA = ("attendance", "health", "bank-details", "photos")
PURPOSES = ("research", "billing", "safeguarding", "statutory-return")
CONDITIONS = ("terms", "agreement", "consent")


class TrueFlow(Struct, frozen=True):
    """Something that really goes from one organisation to another; `others` are people that one end has besides."""

    giver: int
    getter: int
    people: str
    data: tuple[str, ...]
    purpose: str
    condition: str
    letter: str
    started: str
    others: tuple[str, ...] = ()


class WrittenEnds(Struct, frozen=True):
    """A flow as each of the two ends writes it down; None where one does not."""

    given: TrueFlow | None
    got: TrueFlow | None


def registers(ends: list[WrittenEnds], organisations: int) -> tuple[RegisterRow, ...]:
    """The rows of the registers of a world, each written from what goes in and out there."""
    with TemporaryDirectory() as folder:
        return tuple(
            _row(Path(folder) / f"org-{n}", _register(ends, n, organisations))
            for n in range(organisations)
        )


def _row(folder: Path, text: str) -> RegisterRow:
    """What a row says of ends, without all the rules that have nothing to do with them."""
    folder.mkdir()
    write_register(folder, text)
    case = make_case(tuple(read_tree(folder)), Settings(TODAY), folder)
    assert case.whole
    ours = case.register.organisation
    assert ours is not None
    return RegisterRow(
        folder.name,
        Outcome.CLEAN,
        name=ours.name,
        identifiers=dict(ours.identifiers),
        ends=ends_of(case),
        told_by_notices=told_of(case),
    )


def _register(ends: list[WrittenEnds], own: int, organisations: int) -> str:
    documents = [
        f"kind: organisation\nid: org-{own}\nname: Organisation {own}\nidentifiers: {{urn: {100000 + own}}}\n"
    ]
    documents += [
        f"kind: party\nid: partner-{n}\nname: Organisation {n}\ntype: controller\nagreement: A\n"
        f"identifiers: {{urn: {100000 + n}}}\n"
        for n in range(organisations)
        if n != own
    ]
    for n, end in enumerate(ends):
        if end.given and end.given.giver == own:
            documents.append(_activity(f"gives-{n}", end.given, _gives(end.given)))
        if end.got and end.got.getter == own:
            documents.append(_activity(f"gets-{n}", end.got, _gets(end.got)))
    return "---\n".join(documents)


def _activity(id_: str, flow: TrueFlow, rest: str) -> str:
    data, people = ", ".join(flow.data), ", ".join((flow.people, *flow.others))
    return (
        f"kind: activity\nid: {id_}\nname: {id_}\nsubjects: [{people}]\ndata: [{data}]\npurposes: {flow.purpose}\n"
        f"basis: {{article_6: {flow.letter}}}\n{rest}"
    )


def _gives(flow: TrueFlow) -> str:
    condition = f"    conditions: {flow.condition}\n" if flow.condition else ""
    return f"disclosures:\n  - to: partner-{flow.getter}\n    started: {flow.started}\n{condition}"


def _gets(flow: TrueFlow) -> str:
    condition = f"    conditions: {flow.condition}\n" if flow.condition else ""
    return f"sources:\n  - from: partner-{flow.giver}\n    started: {flow.started}\n{condition}"


BREAKS: dict[str, Callable[[TrueFlow], TrueFlow | None]] = {
    "not-recorded": lambda _: None,
    "data": lambda flow: replace(flow, data=flow.data[:1]),
    "people": lambda flow: replace(flow, others=("parent",)),
    "purpose": lambda flow: replace(flow, purpose="fundraising"),
    "conditions": lambda flow: replace(flow, condition="" if flow.condition else "terms"),
    "basis": lambda flow: replace(flow, letter="a"),
    "since": lambda flow: replace(flow, started="2019-01-01"),
}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[int, list[TrueFlow], dict[int, tuple[str, bool]]]:
    """Some organisations, what goes between them, and which end of which flow is broken, and in what.

    Between two organisations goes at most one flow about each group of people, since the ends of flows of the same data
    about the same people cannot be told apart, so that one makes up for the other.
    """
    organisations = draw(st.integers(2, 3))
    pairs = [(a, b) for a in range(organisations) for b in range(organisations) if a != b]
    places = draw(
        st.lists(
            st.tuples(st.sampled_from(pairs), st.sampled_from(PEOPLE)),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    flows = [
        TrueFlow(
            giver, getter, people,
            tuple(sorted(draw(st.sets(st.sampled_from(DATA), min_size=2)))),
            draw(st.sampled_from(PURPOSES)),
            draw(st.sampled_from(("", *CONDITIONS))),
            draw(st.sampled_from("ce")),
            draw(st.sampled_from(("2021-09-01", "2024-01-01"))),
        )
        for (giver, getter), people in places
    ]  # fmt: skip
    broken = draw(
        st.dictionaries(
            st.integers(0, len(flows) - 1), st.tuples(st.sampled_from([*BREAKS]), st.booleans())
        )
    )
    return organisations, flows, broken


@settings(max_examples=12)
@given(worlds())
def test_every_broken_end_is_found_and_no_sound_one(
    world: tuple[int, list[TrueFlow], dict[int, tuple[str, bool]]],
) -> None:
    organisations, flows, broken = world
    written = []
    for n, flow in enumerate(flows):
        ends: list[TrueFlow | None] = [flow, flow]
        if n in broken:
            how, at_giver = broken[n]
            ends[not at_giver] = BREAKS[how](flow)
        written.append(WrittenEnds(*ends))
    found = differences(registers(written, organisations))
    expected = {
        (facet, frozenset((f"org-{flows[n].giver}", f"org-{flows[n].getter}")), flows[n].people)
        for n, (facet, _) in broken.items()
    }
    assert {_seen(one) for one in found} == expected


def _seen(one: FleetDifference) -> tuple[str, frozenset[str], str]:
    labels = {
        "pupils": "pupil",
        "employees": "employee",
        "tenants": "tenant",
        "patients": "patient",
    }
    people = next(id_ for label, id_ in labels.items() if f"about {label}" in one.message)
    return one.facet, frozenset(register for register, _ in one.sides), people


def flow(**otherwise: Any) -> TrueFlow:
    """What a school gives to a council."""
    made = TrueFlow(0, 1, "pupil", ("attendance", "health"), "safeguarding", "", "c", "2024-01-01")
    return replace(made, **otherwise)


def between(given: TrueFlow | None, got: TrueFlow | None) -> list[str]:
    return [one.message for one in differences(registers([WrittenEnds(given, got)], 2))]


def test_each_difference_stands_at_both_ends() -> None:
    (one,) = differences(registers([WrittenEnds(flow(), flow(data=("attendance",)))], 2))
    assert [register for register, _ in one.sides] == ["org-0", "org-1"]
    assert all(at.path.endswith(f"{register}/register.yaml") for register, at in one.sides)
    assert all(place.line > 1 for _, place in one.sides)


def test_a_wider_word_at_one_end_is_no_difference() -> None:
    assert between(flow(data=("address", "health")), flow(data=("contact-details", "health"))) == []


def test_who_gets_nothing_and_says_so_is_named_with_who_gives() -> None:
    assert between(flow(), None) == [
        "Organisation 0 gives attendance and health information about pupils to Organisation 1, "
        "and Organisation 1 does not record that it gets it"
    ]


def two(school: str, council: str) -> tuple[FleetDifference, ...]:
    return of_all(school=school, council=council)


def of_all(**registers: str) -> tuple[FleetDifference, ...]:
    with TemporaryDirectory() as folder:
        rows = [_row(Path(folder) / name, text) for name, text in registers.items()]
    return differences(rows)


SCHOOL = """kind: organisation
id: school
name: Sample School
identifiers: {urn: 123456}
---
{kind: party, id: council, name: Exampleshire Council, type: public-authority, identifiers: {ico: ZA123456}}
---
{kind: party, id: newspaper, name: The Sampleton Echo, type: controller, identifiers: {companies-house: "01234567"}}
---
kind: activity
id: returns
name: Returns
subjects: pupil
data: attendance
purposes: statutory-return
disclosures:
  - to: council
    onward:
      - to: newspaper
        conditions: approval
"""
COUNCIL = """kind: organisation
id: council
name: Exampleshire Council
identifiers: {ico: ZA123456}
---
{kind: party, id: sample, name: Sample School, type: controller, agreement: A, identifiers: {urn: "123456"}}
---
{kind: party, id: echo, name: Echo, type: controller, agreement: A, identifiers: {companies-house: "01234567"}}
---
kind: activity
id: returns
name: Returns
subjects: pupil
data: attendance
purposes: statutory-return
sources: sample
disclosures:
  - to: echo
    conditions: approval
---
kind: notice
id: everybody
name: Everybody
audience: pupil
text: everybody.md
statements:
  - quote: We use your attendance for our statutory return
    uses: {data: attendance, purposes: statutory-return}
"""


def test_who_passes_on_only_with_an_approval_may_not_do_so_without_one() -> None:
    assert two(SCHOOL, COUNCIL) == ()
    freely = COUNCIL.replace("    conditions: approval\n", "")
    (one,) = two(SCHOOL, freely)
    assert one.facet == "approval"
    assert one.message == (
        "Exampleshire Council gives attendance about pupils to Echo without an approval, "
        "and Sample School records that it does so only with one"
    )


def test_a_way_round_an_approval_over_several_registers_is_found() -> None:
    gated = SCHOOL.replace("    onward:\n      - to: newspaper\n        conditions: approval\n", "")
    gated += "  - to: newspaper\n    conditions: approval\n"
    freely = COUNCIL.replace("    conditions: approval\n", "")
    (one,) = two(gated, freely)
    assert one.message == (
        "Sample School gives attendance about pupils to The Sampleton Echo only with an approval, and there is a way "
        "round it without one: Sample School to Exampleshire Council, then Exampleshire Council to Echo"
    )
    assert two(gated, COUNCIL) == ()


def test_people_that_only_who_gets_it_records_are_found() -> None:
    assert between(flow(), flow(others=("patient",))) == [
        "Organisation 1 gets attendance and health information about pupils and patients from Organisation 0, "
        "and Organisation 0 does not record that it gives data about patients"
    ]


def test_what_another_is_said_to_pass_on_must_be_recorded_by_that_other() -> None:
    kept = COUNCIL.replace("disclosures:\n  - to: echo\n    conditions: approval\n", "")
    (one,) = two(SCHOOL, kept)
    assert (one.facet, one.message) == (
        "onward",
        "Sample School says that Exampleshire Council passes attendance about pupils on to The Sampleton Echo, "
        "and Exampleshire Council does not record that it does",
    )


def test_a_way_round_an_approval_is_found_through_any_number_of_registers() -> None:
    gated = SCHOOL.replace("    onward:\n      - to: newspaper\n        conditions: approval\n", "")
    gated += "  - to: newspaper\n    conditions: approval\n"
    agency = COUNCIL.replace("id: council\n", "id: agency\n").replace(
        "{ico: ZA123456}", "{ico: ZB1}"
    )
    agency = agency.replace("name: Exampleshire Council", "name: Sample Agency")
    agency = agency.replace(
        "id: sample, name: Sample School", "id: sample, name: Exampleshire Council"
    )
    agency = agency.replace('identifiers: {urn: "123456"}', "identifiers: {ico: ZA123456}")
    agency = agency.replace("    conditions: approval\n", "")
    council = COUNCIL.replace(
        "name: Echo, type: controller", "name: Sample Agency, type: controller"
    )
    council = council.replace(
        'identifiers: {companies-house: "01234567"}', "identifiers: {ico: ZB123456}"
    )
    council = council.replace("    conditions: approval\n", "")
    found = of_all(school=gated, council=council, agency=agency.replace("ZB1}", "ZB123456}"))
    assert [one.message for one in found] == [
        "Sample School gives attendance about pupils to The Sampleton Echo only with an approval, and there is a way "
        "round it without one: Sample School to Exampleshire Council, then Exampleshire Council to Sample Agency, "
        "then Sample Agency to Echo"
    ]


def test_what_is_said_of_a_recipient_is_held_against_its_own_notices() -> None:
    research = SCHOOL.replace("  - to: council\n", "  - to: council\n    purposes: research\n")
    found = {one.facet: one.message for one in two(research, COUNCIL)}
    assert found["notice"] == (
        "Sample School says that Exampleshire Council uses attendance about pupils for research, "
        "and no notice of Exampleshire Council says so"
    )


def test_two_registers_known_by_one_identifier_are_named() -> None:
    (one,) = two(SCHOOL, SCHOOL.replace("Sample School", "Other School"))
    assert one.message == "Sample School and Other School are both known by the urn 123456"


@pytest.mark.parametrize("wrong", ["{urn: 12}", "{ico: 123}", "{phone: 1}", "{}"])
def test_an_identifier_of_no_scheme_is_refused(wrong: str, tmp_path: Path) -> None:
    write_register(tmp_path, SCHOOL.replace("{urn: 123456}", wrong))
    report = check(tmp_path, Settings(date(2026, 11, 23)))
    assert any("identifiers" in str(f.problem.facet) or f.rule.undecided for f in report.findings)
