"""What the diagram view shows, as values: nothing is lost in it, nothing counted twice, and nothing is too heavy."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from conftest import ROOT, TODAY, Check
from generate import generate
from library import GAP
from ropa.diagram.drawing import runs
from ropa.diagram.view import Mark
from ropa.engine import check
from ropa.flows.flow import SUBJECT
from ropa.judging.coverage import Settings
from ropa.page.pictures import MOST_BYTES, MOST_PICTURES, MOST_RECIPIENTS, Picture, Pictures, listed
from ropa.register.model import Action
from ropa.report import Report
from test_reporters import HOSTILE, everywhere

GIVING = (Action.DISCLOSE, Action.ONWARD)
TAGS = {"svg", "rect", "g", "a", "path", "use", "text"}
ATTRIBUTES = re.compile(
    "x|y|width|height|viewBox|rx|d|class|role|tabindex|aria-label|href|data-(flows|boxes|arrows|group)"
)


@pytest.fixture(scope="module")
def example() -> Pictures:
    return Pictures(check(ROOT / "registry", Settings(TODAY)))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """A register with more activities than the page has room for, and more recipients than columns."""
    folder = tmp_path_factory.mktemp("many")
    generate(60, folder)
    parties = "---\n".join(
        f"kind: party\nid: firm-{n}\nname: Firm {n}\ntype: controller\n" for n in range(20)
    )
    (folder / "firms.yaml").write_text(parties, "utf-8")
    given = "".join(f"  - to: firm-{n}\n" for n in range(20))
    (folder / "last.yaml").write_text(
        "kind: activity\nid: last\nname: The last\nsubjects: pupil\ndata: name\npurposes: support\n"
        f"disclosures:\n{given}",
        "utf-8",
    )
    return Pictures(check(folder, Settings(TODAY)))


def numbers(said: str) -> set[int]:
    """What `runs` wrote."""
    found: set[int] = set()
    for run in said.split():
        first, _, last = run.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found


def carried(picture: Picture) -> set[int]:
    return {n for said in re.findall(r' data-flows="([^"]*)"', picture.svg) for n in numbers(said)}


def test_numbers_that_follow_each_other_are_written_as_one() -> None:
    assert runs([3, 7, 8, 9, 12, 13]) == "3 7-9 12-13"
    assert numbers("3 7-9 12-13") == {3, 7, 8, 9, 12, 13}
    assert runs([]) == ""


def test_every_flow_is_in_the_whole_picture_and_in_that_of_its_activity(example: Pictures) -> None:
    flows = example.drawn.flows
    assert example.whole is not None
    assert carried(example.whole) == set(range(len(flows)))
    assert len(example.singles) == len(example.register.activities)
    for picture in example.singles:
        own = {n for n, flow in enumerate(flows) if flow.activity == picture.activity}
        assert carried(picture) == own
        assert picture.tally.total == len(own)


def test_a_picture_of_an_activity_is_light(example: Pictures, many: Pictures) -> None:
    for picture in (*example.singles, *many.singles):
        assert len(picture.svg) < max(15_000, 1_000 * picture.tally.total)


def test_those_with_the_most_gaps_have_pictures_and_the_others_are_named(many: Pictures) -> None:
    assert 0 < len(many.singles) <= MOST_PICTURES
    assert sum(len(picture.svg) for picture in many.singles) <= MOST_BYTES
    untold = [choice.tally.untold for choice in many.activities]
    assert untold == sorted(untold, reverse=True)
    assert many.activities[0].id == "last"
    shown = {picture.activity for picture in many.singles}
    left = {choice.id for choice in many.without_picture}
    assert shown | left == set(many.register.activities)
    assert not shown & left


@pytest.mark.parametrize("register", ["example", "many"])
def test_the_table_counts_every_flow_that_is_given_to_somebody_once(
    register: str, request: pytest.FixtureRequest
) -> None:
    pictures: Pictures = request.getfixturevalue(register)
    given = [
        (flow, mark)
        for flow, mark in zip(pictures.drawn.flows, pictures.marks, strict=True)
        if flow.action in GIVING
    ]
    matrix = pictures.matrix
    lines = (*matrix.first, *matrix.more)
    assert sum(line.everybody.total for line in lines) == len(given)
    assert sum(line.everybody.untold for line in lines) == sum(m is Mark.UNTOLD for _, m in given)
    for line in lines:
        parts = (*line.cells, line.others)
        assert sum(cell.total for cell in parts) == line.everybody.total
        assert sum(cell.untold for cell in parts) == line.everybody.untold
    by_pair = Counter((flow.activity, flow.end.id) for flow, _ in given)
    for line in lines:
        for column, cell in zip(matrix.columns, line.cells, strict=True):
            assert cell.total == by_pair[line.activity, column.id]
    untold = [line.everybody.untold for line in lines]
    assert untold == sorted(untold, reverse=True)
    assert sum(width for _, width in matrix.kinds) == len(matrix.columns)
    giving = {flow.activity for flow, _ in given}
    assert matrix.without == len({f.activity for f in pictures.drawn.flows} - giving)


def test_recipients_without_a_column_are_counted_as_others(many: Pictures) -> None:
    assert len(many.matrix.columns) == MOST_RECIPIENTS
    assert many.matrix.others == len(many.recipients) - MOST_RECIPIENTS > 0
    least = min(column.tally.untold for column in many.matrix.columns)
    shown = {column.id for column in many.matrix.columns}
    assert all(choice.tally.untold <= least for choice in many.recipients if choice.id not in shown)


def test_a_group_is_followed_as_the_graph_says(example: Pictures) -> None:
    graph = example.report.case.graph
    ids = [flow.id for flow in graph.flows]
    assert {group.id for group in example.groups} == {
        w for f in graph.flows for w in f.box[SUBJECT]
    }
    for group in example.groups:
        assert {ids[n] for n in group.flows} == set(graph.reach(group.id))
        assert group.said.startswith(f"Their data takes {len(group.flows)} flow")
    assert numbers(example.data["groups"][0][1]) == set(example.groups[0].flows)


def test_what_is_about_a_group_and_led_to_by_nothing_is_said(check_text: Check) -> None:
    report = check_text(
        "kind: activity\nid: a\nname: A\nsubjects: pupil\ndata: [name, health]\npurposes: support\n"
        "sources: [{from: data-subject, data: name}]\ndisclosures: [{to: firm, data: health}]\n"
        "---\nkind: party\nid: firm\nname: Firm\ntype: controller\n"
    )
    (group,) = Pictures(report).groups
    assert group.said == (
        "Their data takes 3 flows, reaches 0 recipients, and is at most 2 steps from where it is "
        "collected. 1 more flow is about them, but nothing on record leads there."
    )


def test_the_script_is_told_of_every_flow(example: Pictures) -> None:
    data, flows = example.data, example.drawn.flows
    assert sum(count for _, count in data["activities"]) == len(data["marks"]) == len(data["to"])
    words = [data["words"][n] for n in data["marks"]]
    assert words == [mark.word for mark in example.marks]
    for flow, to in zip(flows, data["to"], strict=True):
        assert (data["recipients"][to] if to >= 0 else None) == (
            flow.end.id if flow.action in GIVING else None
        )


def test_a_register_without_flows_has_no_picture(check_text: Check) -> None:
    pictures = Pictures(check_text("kind: party\nid: firm\nname: Firm\ntype: controller\n"))
    assert pictures.whole is None
    assert pictures.singles == ()
    assert pictures.matrix.first == ()


def test_a_link_to_the_list_holds_only_what_is_asked_for() -> None:
    assert listed(activity="a", recipient="") == "#flows?activity=a"
    assert listed(activity="a b", mark="told") == "#flows?activity=a%20b&mark=told"
    assert listed() == "#flows"


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_words_in_a_picture(tmp_path: Path, hostile: str) -> None:
    pictures = Pictures(everywhere(tmp_path, hostile))
    assert pictures.whole is not None
    for picture in (pictures.whole, *pictures.singles):
        svg = ET.fromstring(picture.svg)
        assert {element.tag for element in svg.iter()} <= TAGS
        for element in svg.iter():
            assert all(ATTRIBUTES.fullmatch(name) for name in element.attrib)
            assert element.get("href", "#")[0] == "#"
        said = "".join((*svg.itertext(), *(e.get("aria-label", "") for e in svg.iter())))
        assert all(character.isprintable() for character in said)


def test_the_same_register_gives_the_same_pictures(check_text: Check) -> None:
    def made(report: Report) -> tuple[str, ...]:
        pictures = Pictures(report)
        assert pictures.whole is not None
        return (pictures.whole.svg, *(picture.svg for picture in pictures.singles))

    assert made(check_text(GAP)) == made(check_text(GAP))
