"""Which flows are drawn, and what the graph answers when it is asked."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Check
from random_registers import Data, Sample, cases, registers
from ropa.flows.flow import Flow, Gate, Node, NodeKind, Path, approved
from ropa.flows.graph import FlowGraph, Walks
from ropa.flows.regions import Region, meet
from ropa.flows.steps import flow_graph
from ropa.register.model import Action
from ropa.register.vocabulary import Facet

ACTIVITY = """
kind: activity
id: a
name: Activity
subjects: pupil
data: [name, health]
purposes: [support, research]
"""
OTHERS = {
    "firm": "processor",
    "ministry": "public-authority",
    "team": "controller",
    "lab": "controller",
    "press": "controller",
}
PARTIES = "".join(
    f"---\nkind: party\nid: {id_}\nname: The {id_}\ntype: {type_}\n"
    for id_, type_ in OTHERS.items()
)
Draw = Callable[[str], FlowGraph]


@pytest.fixture
def draw(check_text: Check) -> Draw:
    """The graph of one activity and what else is written below it."""

    def run(more: str) -> FlowGraph:
        here, _, below = more.partition("---\n")
        case = check_text(f"{ACTIVITY}{here.strip()}\n{PARTIES}{'---' * bool(below)}\n{below}").case
        assert not case.malformed, case.malformed
        return case.graph

    return run


def ids(graph: FlowGraph, action: Action) -> list[str]:
    return [flow.id for flow in graph.flows if flow.action is action]


def across(graph: FlowGraph) -> dict[str, tuple[str, ...]]:
    return {f.id: f.words(Facet.COUNTRY) for f in graph.flows if f.crosses_border}


# -- which flows are drawn -------------------------------------------------------------------------


def test_data_is_collected_from_each_source(draw: Draw) -> None:
    graph = draw("sources: [data-subject, {from: school, data: health, conditions: agreement}]")
    own, school = (graph.by_id[id_] for id_ in ("a/collect/data-subject", "a/collect/school"))
    assert own.start == Node(NodeKind.SUBJECT, "data-subject")
    assert own.words(Facet.DATA) == ("name", "health")
    assert own.words(Facet.SOURCE) == ("data-subject",)
    assert own.indirect == ()
    assert school.start == Node(NodeKind.PARTY, "school")
    assert school.words(Facet.DATA) == school.indirect == ("health",)
    assert [condition.kind for condition in school.conditions] == ["agreement"]
    assert own.end == school.end == Node(NodeKind.ACTIVITY, "a")


def test_data_without_a_source_is_collected_from_nobody_knows_where(draw: Draw) -> None:
    (flow,) = (f for f in draw("").flows if f.action is Action.COLLECT)
    assert flow.id == "a/collect"
    assert flow.words(Facet.SOURCE) == ()
    assert flow.indirect == ("name", "health")


def test_data_is_used_for_each_purpose(draw: Draw) -> None:
    graph = draw("")
    assert ids(graph, Action.USE) == ["a/use/support", "a/use/research"]
    flow = graph.by_id["a/use/support"]
    assert flow.words(Facet.PURPOSE) == ("support",)
    assert flow.start == flow.end == Node(NodeKind.ACTIVITY, "a")


def test_data_is_kept_in_each_system_for_as_long_as_the_schedule_says(draw: Draw) -> None:
    graph = draw("systems: [s, t]\nretention: {period: P1Y}\n" + system("s") + system("t"))
    assert ids(graph, Action.KEEP) == ["a/keep/s", "a/keep/t"]
    assert graph.by_id["a/keep/s"].end == Node(NodeKind.SYSTEM, "s")
    assert [entry.period for entry in graph.by_id["a/keep/t"].retention] == ["P1Y"]


def test_data_is_kept_somewhere_when_no_system_is_named(draw: Draw) -> None:
    assert ids(draw(""), Action.KEEP) == ["a/keep"]


def test_a_disclosure_takes_what_it_does_not_say_from_its_activity(draw: Draw) -> None:
    graph = draw("basis: {article_6: e}\ndisclosures: [{to: ministry}]")
    flow = graph.by_id["a/disclose/ministry"]
    assert flow.box == (
        ("pupil",),
        ("name", "health"),
        (),
        ("ministry",),
        ("support", "research"),
        (),
    )
    assert flow.basis
    assert flow.basis.letter == "e"
    assert (flow.start, flow.end) == (
        Node(NodeKind.ACTIVITY, "a"),
        Node(NodeKind.PARTY, "ministry"),
    )
    assert not flow.derived


def test_a_disclosure_says_for_itself_what_differs(draw: Draw) -> None:
    said = "{to: team, subjects: parent, data: name, purposes: research, basis: {article_6: a}}"
    flow = draw(f"basis: {{article_6: e}}\ndisclosures: [{said}]").by_id["a/disclose/team"]
    assert flow.box == (("parent",), ("name",), (), ("team",), ("research",), ())
    assert flow.basis
    assert flow.basis.letter == "a"


def test_what_is_passed_on_takes_what_it_does_not_say_from_the_step_before(draw: Draw) -> None:
    graph = draw(
        "basis: {article_6: e}\ndisclosures:\n"
        "  - {to: ministry, data: name, onward: [{to: team, purposes: research, onward: [{to: lab}]}]}"
    )
    assert ids(graph, Action.ONWARD) == ["a/onward/ministry/team", "a/onward/team/lab"]
    team, lab = (graph.by_id[id_] for id_ in ids(graph, Action.ONWARD))
    assert team.words(Facet.DATA) == lab.words(Facet.DATA) == ("name",)
    assert lab.words(Facet.PURPOSE) == ("research",)
    assert lab.basis is None  # a recipient's own basis is not ours to assume
    assert lab.before is team
    assert team.before is graph.by_id["a/disclose/ministry"]


def system(id_: str, more: str = "") -> str:
    return f"---\nkind: system\nid: {id_}\nname: System {id_}\n{more}"


def test_whoever_runs_a_system_receives_the_data(draw: Draw) -> None:
    graph = draw(
        "systems: [s, t]\n" + system("s", "operator: firm\n") + system("t", "operator: firm\n")
    )
    (flow,) = (f for f in graph.flows if f.action is Action.DISCLOSE)
    assert (flow.id, flow.derived) == ("a/disclose/firm", True)
    assert flow.words(Facet.DATA) == ("name", "health")


def test_a_disclosure_of_everything_to_the_operator_is_not_drawn_twice(draw: Draw) -> None:
    graph = draw("systems: s\ndisclosures: [{to: firm}]\n" + system("s", "operator: firm\n"))
    assert ids(graph, Action.DISCLOSE) == ["a/disclose/firm"]
    assert not graph.by_id["a/disclose/firm"].derived


def test_an_operator_receives_all_even_where_a_part_is_recorded(draw: Draw) -> None:
    graph = draw(
        "systems: s\ndisclosures: [{to: firm, data: name}]\n" + system("s", "operator: firm\n")
    )
    assert ids(graph, Action.DISCLOSE) == ["a/disclose/firm", "a/disclose/firm~2"]
    assert graph.by_id["a/disclose/firm~2"].derived
    assert graph.by_id["a/disclose/firm~2"].words(Facet.DATA) == ("name", "health")


def test_flows_that_would_share_an_id_are_numbered(draw: Draw) -> None:
    graph = draw(
        "sources: [school, {from: school, data: name}]\n"
        "disclosures: [{to: team}, {to: team}, {to: team, onward: [{to: lab}, {to: lab}]}]"
    )
    assert ids(graph, Action.COLLECT) == ["a/collect/school", "a/collect/school~2"]
    team = "a/disclose/team"
    assert ids(graph, Action.DISCLOSE) == [team, f"{team}~2", f"{team}~3"]
    assert ids(graph, Action.ONWARD) == ["a/onward/team/lab", "a/onward/team/lab~2"]


def test_a_name_that_looks_numbered_takes_nobodys_number(draw: Draw) -> None:
    graph = draw('disclosures: [{to: "team~2"}, {to: team}, {to: team}]')
    assert ids(graph, Action.DISCLOSE) == [
        "a/disclose/team~2",
        "a/disclose/team",
        "a/disclose/team~3",
    ]


def test_data_from_elsewhere_stays_indirect_wherever_it_goes(draw: Draw) -> None:
    graph = draw("sources: [data-subject, {from: school, data: health}]\ndisclosures: [{to: team}]")
    indirect = {flow.id: flow.indirect for flow in graph.flows}
    assert indirect["a/collect/data-subject"] == ()
    assert indirect["a/use/support"] == indirect["a/disclose/team"] == ("health",)


def test_what_only_people_themselves_give_is_never_indirect(draw: Draw) -> None:
    graph = draw("sources: data-subject\ndisclosures: [{to: team}]")
    assert all(flow.indirect == () for flow in graph.flows)


# -- borders ---------------------------------------------------------------------------------------


def abroad(party: str, country: str, more: str = "") -> str:
    return f"---\nkind: party\nid: {party}\nname: {party}\ntype: controller\ncountry: {country}\n{more}"


def home(country: str) -> str:
    return (
        f"---\nkind: organisation\nid: o\nname: O\nrole: controller\ncontact: C\nhome: {country}\n"
    )


def test_what_stays_at_home_crosses_no_border(draw: Draw) -> None:
    assert (
        across(draw("systems: s\ndisclosures: [{to: team}]\n" + system("s", "operator: firm\n")))
        == {}
    )


def test_a_disclosure_abroad_crosses_a_border(draw: Draw) -> None:
    graph = draw("disclosures: [{to: us-firm}]\n" + abroad("us-firm", "US", "safeguard: idta\n"))
    assert across(graph) == {"a/disclose/us-firm": ("US",)}
    assert graph.by_id["a/disclose/us-firm"].safeguard == "idta"


def test_the_safeguard_of_a_disclosure_comes_before_that_of_the_party(draw: Draw) -> None:
    said = "disclosures: [{to: us-firm, safeguard: bcr}]\n"
    graph = draw(said + abroad("us-firm", "US", "safeguard: idta\n"))
    assert graph.by_id["a/disclose/us-firm"].safeguard == "bcr"


def test_another_home_country_makes_another_border(draw: Draw) -> None:
    said = "disclosures: [{to: paris}, {to: london}, {to: team}]\n"
    graph = draw(said + abroad("paris", "FR") + abroad("london", "GB") + home("FR"))
    assert across(graph) == {"a/disclose/london": ("GB",)}


def test_a_system_of_our_own_abroad_crosses_a_border(draw: Draw) -> None:
    assert across(draw("systems: s\n" + system("s", "location: US\n"))) == {"a/keep/s": ("US",)}


def test_a_system_that_is_run_abroad_crosses_the_border_with_its_operator(draw: Draw) -> None:
    graph = draw("systems: s\n" + system("s", "operator: us-firm\n") + abroad("us-firm", "US"))
    assert across(graph) == {"a/disclose/us-firm": ("US",)}


def test_a_system_in_a_third_country_crosses_two_borders(draw: Draw) -> None:
    where = system("s", "operator: us-firm\nlocation: IN\n") + abroad(
        "us-firm", "US", "safeguard: bcr\n"
    )
    graph = draw("systems: s\n" + where)
    assert across(graph) == {"a/keep/s": ("IN",), "a/disclose/us-firm": ("US",)}
    assert graph.by_id["a/keep/s"].safeguard == "bcr"


@pytest.mark.parametrize(
    ("first", "then", "crossed"),
    [
        ("GB", "US", {"a/onward/x/y": ("US",)}),
        ("US", "US", {"a/disclose/x": ("US",)}),
        ("US", "IN", {"a/disclose/x": ("US",), "a/onward/x/y": ("IN",)}),
        ("US", "GB", {"a/disclose/x": ("US",)}),  # back home
    ],
)
def test_what_is_passed_on_crosses_the_border_of_whoever_has_it(
    draw: Draw, first: str, then: str, crossed: dict[str, tuple[str, ...]]
) -> None:
    said = "disclosures: [{to: x, onward: [{to: y}]}]\n"
    assert across(draw(said + abroad("x", first) + abroad("y", then))) == crossed


def test_transfers_without_a_safeguard_are_named(draw: Draw) -> None:
    said = "systems: s\ndisclosures: [{to: x}, {to: y}]\n" + system(
        "s", "location: US\noperator: z\n"
    )
    said += abroad("z", "GB")
    graph = draw(said + abroad("x", "US", "safeguard: idta\n") + abroad("y", "IN"))
    assert [flow.id for flow in graph.without_safeguard()] == ["a/keep/s", "a/disclose/y"]


def test_a_system_of_our_own_abroad_is_no_restricted_transfer(draw: Draw) -> None:
    graph = draw("systems: s\n" + system("s", "location: US\n"))
    assert not list(graph.without_safeguard())
    assert not graph.restricted


# -- nodes and edges -------------------------------------------------------------------------------


def test_an_edge_carries_every_flow_between_its_two_nodes(draw: Draw) -> None:
    graph = draw(
        "systems: s\nsources: data-subject\ndisclosures: [{to: team}, {to: team}]\n" + system("s")
    )
    here = Node(NodeKind.ACTIVITY, "a")
    edges = {pair: [flow.id for flow in flows] for pair, flows in graph.edges.items()}
    assert edges == {
        (Node(NodeKind.SUBJECT, "pupil"), here): ["a/collect/data-subject"],
        (here, here): ["a/use/support", "a/use/research"],
        (here, Node(NodeKind.SYSTEM, "s")): ["a/keep/s"],
        (here, Node(NodeKind.PARTY, "team")): ["a/disclose/team", "a/disclose/team~2"],
    }


def test_what_people_give_leaves_every_group_it_is_about(draw: Draw) -> None:
    graph = draw(
        "---\nkind: activity\nid: b\nname: B\nsubjects: [pupil, parent]\ndata: name\npurposes: support\n"
    )
    into = {start.id for start, end in graph.edges if end.id == "b" and start != end}
    assert into == {"pupil", "parent"}


def test_every_party_is_named_once(draw: Draw) -> None:
    graph = draw("sources: school\ndisclosures: [{to: team}, {to: school, onward: [{to: team}]}]")
    assert list(graph.parties) == ["school", "team"]


# -- who can end up holding it ---------------------------------------------------------------------


def holders(graph: FlowGraph, subject: str) -> dict[str, str]:
    return {party: str(path) for party, path in graph.holders(subject).items()}


def test_holders_are_found_however_many_steps_away_with_the_way(draw: Draw) -> None:
    graph = draw(
        "sources: data-subject\ndisclosures: [{to: ministry, onward: [{to: team, onward: [{to: lab}]}]}]"
    )
    assert holders(graph, "pupil") == {
        "ministry": "data-subject → a → ministry",
        "team": "data-subject → a → ministry → team",
        "lab": "data-subject → a → ministry → team → lab",
    }


def test_holders_of_another_groups_data_are_others(draw: Draw) -> None:
    graph = draw("disclosures: [{to: ministry}, {to: team, subjects: parent}]")
    assert set(holders(graph, "pupil")) == {"ministry"}
    assert set(holders(graph, "parent")) == {"team"}
    assert set(holders(graph, "person")) == {"ministry", "team"}


def test_the_shortest_way_is_given(draw: Draw) -> None:
    graph = draw("disclosures: [{to: ministry, onward: [{to: team}]}, {to: team}]")
    assert holders(graph, "pupil")["team"] == "data-subject → a → team"


def test_a_source_holds_what_it_gets_back(draw: Draw) -> None:
    graph = draw("sources: school\ndisclosures: [{to: school}, {to: team}]")
    assert holders(graph, "pupil") == {"school": "school → a → school", "team": "school → a → team"}


def test_a_source_that_gets_nothing_back_is_no_holder(draw: Draw) -> None:
    assert holders(draw("sources: school"), "pupil") == {}


def test_one_activitys_recipient_can_be_anothers_source(draw: Draw) -> None:
    graph = draw(
        "sources: data-subject\ndisclosures: [{to: ministry}]\n"
        "---\nkind: activity\nid: b\nname: B\nsubjects: pupil\ndata: name\npurposes: support\n"
        "sources: ministry\ndisclosures: [{to: team}]\n"
    )
    assert holders(graph, "pupil")["team"] == "ministry → b → team"


def test_a_way_begins_with_the_people_themselves_and_not_with_others(draw: Draw) -> None:
    graph = draw(
        "---\nkind: activity\nid: b\nname: B\nsubjects: [parent, pupil]\ndata: name\npurposes: support\n"
        "sources: data-subject\ndisclosures: [{to: team, subjects: pupil}]\n"
    )
    (path,) = graph.holders("pupil").values()
    assert [flow.id for flow in path.flows] == ["b/collect/data-subject", "b/disclose/team"]


@cases(0.5)
@given(registers(), st.sampled_from(("s0", "s1", "s2", "person")))
def test_holders_are_those_of_a_search_by_brute_force(sample: Sample, subject: str) -> None:
    """Person by person: everybody whom a flow about that person ends with, by a way for that person."""
    register = sample.register()
    graph = flow_graph(register)
    group = register.vocabulary[Facet.SUBJECT].mask(subject)
    lengths: dict[str, int] = {}
    for person in bits(group):
        about = [flow for flow in graph.flows if masks(graph, flow)[0] & person]
        for party, length in reached(about).items():
            lengths[party] = min(length, lengths.get(party, length))
    found = graph.holders(subject)
    assert {party: len(path.flows) for party, path in found.items()} == lengths
    for party, path in found.items():
        assert path.flows[-1].end == Node(NodeKind.PARTY, party)
        assert contiguous(path)
        common = group
        for flow in path.flows:
            common &= masks(graph, flow)[0]
        assert common


def reached(flows: list[Flow]) -> dict[str, int]:
    """How many flows it takes to each party, from where data enters or from where nothing leads to."""
    steps = {flow.start: 0 for flow in flows if flow.action is Action.COLLECT}
    for _ in flows:
        for flow in flows:
            if flow.start in steps:
                steps[flow.end] = min(steps[flow.start] + 1, steps.get(flow.end, len(flows) + 1))
    parties: dict[str, int] = {}
    for flow in flows:
        if flow.end.kind is NodeKind.PARTY:
            length = steps.get(flow.start, 0) + 1
            parties[flow.end.id] = min(length, parties.get(flow.end.id, length))
    return parties


def test_a_groups_data_is_followed_through_every_step_it_can_take(draw: Draw) -> None:
    graph = draw(
        "sources: data-subject\ndisclosures: [{to: ministry, data: name, onward: [{to: team, onward: [{to: lab}]}]}]\n"
        "---\nkind: activity\nid: b\nname: B\nsubjects: pupil\ndata: name\npurposes: support\n"
        "sources: team\ndisclosures: [{to: press}]\n"
    )
    steps = graph.reach("pupil")
    assert steps == {
        "a/collect/data-subject": 1, "b/collect/team": 1,
        "a/use/support": 2, "a/use/research": 2, "a/keep": 2, "a/disclose/ministry": 2,
        "b/use/support": 2, "b/keep": 2, "b/disclose/press": 2,
        "a/onward/ministry/team": 3, "a/onward/team/lab": 4,
    }  # fmt: skip
    assert graph.reach("employee") == {}


def test_what_was_never_collected_is_followed_nowhere(draw: Draw) -> None:
    graph = draw(
        "sources: [{from: data-subject, data: name}]\n"
        "disclosures: [{to: ministry, data: health, onward: [{to: team}]}, {to: lab, data: name}]"
    )
    assert {id_ for id_ in graph.reach("pupil") if "/disclose/" in id_ or "/onward/" in id_} == {
        "a/disclose/lab"
    }


def test_only_data_about_the_people_is_followed(draw: Draw) -> None:
    graph = draw(
        "sources: data-subject\ndisclosures: [{to: ministry}]\n"
        "---\nkind: activity\nid: b\nname: B\nsubjects: parent\ndata: name\npurposes: support\n"
        "disclosures: [{to: ministry, onward: [{to: press}]}]\n"
    )
    assert not any("press" in id_ for id_ in graph.reach("pupil"))
    assert "b/onward/ministry/press" in graph.reach("parent")


@cases(0.5)
@given(registers(), st.sampled_from(("s0", "s1", "s2", "person")))
def test_reach_is_that_of_a_search_by_brute_force(sample: Sample, subject: str) -> None:
    """Person by person and one kind of data at a time: every flow that can be taken from where it is collected."""
    graph = flow_graph(sample.register())
    group = graph.register.vocabulary[Facet.SUBJECT].mask(subject)
    region = {flow.id: masks(graph, flow) for flow in graph.flows}
    expected: dict[str, int] = {}
    everything = 0
    for _, data in region.values():
        everything |= data
    for person, kind in product(bits(group), bits(everything)):
        about = [f for f in graph.flows if region[f.id][0] & person and region[f.id][1] & kind]
        taken = {f.id: 1 for f in about if f.action is Action.COLLECT}
        ends = {f.end for f in about if f.id in taken}
        for step in range(2, len(about) + 2):
            new = [f for f in about if f.start in ends and f.id not in taken]
            taken |= {flow.id: step for flow in new}
            ends |= {flow.end for flow in new}
        for id_, step in taken.items():
            expected[id_] = min(step, expected.get(id_, step))
    assert graph.reach(subject) == expected


def contiguous(path: Path) -> bool:
    return all(before.end == after.start for before, after in pairwise(path.flows))


def bits(mask: int) -> Iterator[int]:
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def masks(graph: FlowGraph, flow: Flow) -> Region:
    """Whose data it is, and which."""
    words = graph.register.vocabulary
    return tuple(words[facet].union(flow.words(facet)) for facet in (Facet.SUBJECT, Facet.DATA))


# -- data that never entered, purposes that change, retention that lengthens ------------------------


def never_entered(graph: FlowGraph) -> list[tuple[str, tuple[str, ...]]]:
    return [(flow.id, labels) for flow, labels in graph.never_collected()]


def test_data_that_is_disclosed_and_never_entered_is_named(draw: Draw) -> None:
    graph = draw(
        "sources: {from: school, data: name}\ndisclosures: [{to: team}, {to: lab, data: name}]"
    )
    assert never_entered(graph) == [("a/disclose/team", ("Health information",))]


def test_data_that_entered_under_a_wider_word_entered(draw: Draw) -> None:
    graph = draw("sources: {from: school, data: personal-data}\ndisclosures: [{to: team}]")
    assert never_entered(graph) == []


def test_without_sources_what_the_activity_holds_has_entered(draw: Draw) -> None:
    graph = draw("disclosures: [{to: team, data: [name, ethnicity]}, {to: lab}]")
    (found,) = never_entered(graph)
    assert found[0] == "a/disclose/team"


def test_a_word_that_nobody_defined_is_not_said_to_have_never_entered(draw: Draw) -> None:
    assert never_entered(draw("disclosures: [{to: team, data: [name, foobar]}]")) == []


def changed(graph: FlowGraph) -> list[tuple[str, str]]:
    return [(before.id, after.id) for before, after, _ in graph.changed_purposes()]


def test_a_purpose_that_the_step_before_did_not_have_is_a_change(draw: Draw) -> None:
    graph = draw(
        "disclosures:\n  - {to: ministry, purposes: support, onward: [{to: team, purposes: research}, {to: lab}]}"
    )
    assert changed(graph) == [("a/disclose/ministry", "a/onward/ministry/team")]


def test_each_step_is_compared_with_the_one_it_follows(draw: Draw) -> None:
    """Also where data has come back to the ministry before the ministry passes it on again."""
    graph = draw(
        """
disclosures:
  - to: ministry
    purposes: support
    onward:
      - to: team
        onward:
          - to: ministry
            purposes: research
      - to: lab
        purposes: research
"""
    )
    assert changed(graph) == [
        ("a/onward/ministry/team", "a/onward/team/ministry"),
        ("a/disclose/ministry", "a/onward/ministry/lab"),
    ]


def test_a_part_of_the_purpose_before_is_no_change(draw: Draw) -> None:
    said = "{to: ministry, purposes: any-purpose, onward: [{to: team, purposes: research}]}"
    assert changed(draw(f"disclosures: [{said}]")) == []


def longer(graph: FlowGraph) -> list[tuple[str, str, str]]:
    return [
        (flow.id, before.period, after.period)
        for flow, before, after in graph.lengthened_retention()
    ]


def test_a_recipient_that_keeps_data_longer_is_named(draw: Draw) -> None:
    graph = draw(
        "retention: {period: P1Y}\ndisclosures:\n"
        "  - {to: ministry, retention: {period: P12M}}\n"
        "  - {to: team, retention: {period: P2Y}, onward: [{to: lab, retention: {period: P3Y}}]}"
    )
    assert longer(graph) == [
        ("a/disclose/team", "P1Y", "P2Y"),
        ("a/onward/team/lab", "P2Y", "P3Y"),
    ]


def test_retention_is_compared_for_the_same_data(draw: Draw) -> None:
    kept = "retention: [{data: name, period: P75Y}, {data: health, period: P5Y}]\n"
    graph = draw(
        f"{kept}disclosures:\n"
        "  - {to: ministry, retention: {data: name, period: P10Y}}\n"
        "  - {to: team, retention: {data: health, period: P10Y}}\n"
        "  - {to: lab, retention: {period: P10Y}}"
    )
    assert longer(graph) == [("a/disclose/team", "P5Y", "P10Y"), ("a/disclose/lab", "P5Y", "P10Y")]


def test_where_one_step_records_no_period_the_one_before_it_counts(draw: Draw) -> None:
    graph = draw(
        "retention: {period: P1Y}\ndisclosures:\n"
        "  - {to: ministry, onward: [{to: team, retention: {period: P2Y}}]}"
    )
    assert longer(graph) == [("a/onward/ministry/team", "P1Y", "P2Y")]


def test_a_step_that_keeps_no_longer_than_the_one_before_lengthens_nothing(draw: Draw) -> None:
    graph = draw(
        "retention: {period: P1Y}\ndisclosures:\n"
        "  - {to: ministry, retention: {period: P5Y}, onward: [{to: team, retention: {period: P5Y}}]}"
    )
    assert longer(graph) == [("a/disclose/ministry", "P1Y", "P5Y")]


def test_a_step_is_told_about_the_longest_of_its_periods(draw: Draw) -> None:
    graph = draw(
        "retention: {period: P1Y}\ndisclosures:\n"
        "  - {to: team, retention: [{data: name, period: P2Y}, {data: health, period: P9Y}]}"
    )
    assert longer(graph) == [("a/disclose/team", "P1Y", "P9Y")]


def test_criteria_are_not_compared_with_a_period(draw: Draw) -> None:
    said = "disclosures: [{to: team, retention: {period: P9Y}}]"
    assert longer(draw(f"retention: {{criteria: while it is needed}}\n{said}")) == []
    assert longer(draw(said)) == []


# -- what nothing uses -----------------------------------------------------------------------------


def test_parties_that_nothing_touches_are_unused(draw: Draw) -> None:
    graph = draw(
        "sources: lab\nsystems: s\ndisclosures: [{to: team, onward: [{to: press}]}]\n" + system("s")
    )
    assert list(graph.unused_parties()) == ["firm", "ministry"]


def test_a_party_is_used_by_a_system_and_by_what_is_below_it(draw: Draw) -> None:
    below = "---\nkind: party\nid: office\nname: Office\ntype: controller\nbroader: The ministry\n"
    graph = draw("disclosures: [{to: office}]\n" + system("s", "operator: firm\n") + below)
    assert list(graph.unused_parties()) == ["team", "lab", "press"]


@pytest.mark.parametrize(
    "as_what",
    ["joint_controllers: press\n", "on_behalf_of: {controller: press, processing: hosting}\n"],
)
def test_a_party_is_used_where_it_decides_with_us_or_we_act_for_it(
    draw: Draw, as_what: str
) -> None:
    assert "press" not in draw(as_what).unused_parties()


def test_a_party_is_not_used_by_something_else_of_the_same_name(draw: Draw) -> None:
    names = "---\nkind: party\nid: a\nname: A\ntype: controller\n"
    names += "---\nkind: term\nfacet: data\nid: lab-report\nlabel: Report\nbroader: lab\n"
    assert set(draw(names).unused_parties()) == {*OTHERS, "a"}


def test_systems_that_no_activity_names_are_unused(draw: Draw) -> None:
    assert list(draw("systems: s\n" + system("s") + system("t")).unused_systems()) == ["t"]


# -- cycles ----------------------------------------------------------------------------------------


def cycles(graph: FlowGraph, subject: str = "") -> list[tuple[str, ...]]:
    return [tuple(node.id for node in circle) for circle in graph.cycles(subject)]


def test_data_that_can_come_back_goes_in_a_cycle(draw: Draw) -> None:
    graph = draw("sources: school\ndisclosures: [{to: school}, {to: team}]")
    assert cycles(graph) == [("a", "school")]


def test_data_passed_round_among_recipients_goes_in_a_cycle(draw: Draw) -> None:
    said = "{to: ministry, onward: [{to: team, onward: [{to: lab, onward: [{to: ministry}]}]}]}"
    assert cycles(draw(f"disclosures: [{said}]")) == [("lab", "ministry", "team")]


def test_what_only_goes_forward_makes_no_cycle(draw: Draw) -> None:
    graph = draw("sources: school\ndisclosures: [{to: ministry, onward: [{to: team}]}, {to: team}]")
    assert cycles(graph) == []


def test_data_about_others_does_not_come_back(draw: Draw) -> None:
    graph = draw("sources: school\ndisclosures: [{to: school, subjects: parent}]")
    assert cycles(graph) == []


def test_a_cycle_is_about_those_people_whose_data_goes_round(draw: Draw) -> None:
    below = (
        "\n---\nkind: activity\nid: b\nname: B\nsubjects: parent\ndata: name\npurposes: support\n"
    )
    graph = draw(
        f"sources: school\ndisclosures: [{{to: school}}]{below}disclosures: [{{to: team}}]\n"
    )
    assert cycles(graph, "pupil") == [("a", "school")]
    assert cycles(graph, "parent") == []


# -- approval gates --------------------------------------------------------------------------------


def ways_round(graph: FlowGraph, gate: Gate | None = None) -> list[str]:
    gates = [gate] if gate else list(graph.gates())
    return [str(path) for each in gates for path in graph.around_the_gate(each)]


def promised(holder: str, *parties: str, people: int = -1, data: int = -1) -> Gate:
    return Gate(Node(NodeKind.PARTY, holder), frozenset(parties), (people, data))


def test_an_approval_that_every_way_passes_holds(draw: Draw) -> None:
    graph = draw("disclosures: [{to: ministry, onward: [{to: team, conditions: approval}]}]")
    (gate,) = graph.gates()
    assert (gate.holder.id, gate.parties) == ("ministry", frozenset({"team"}))
    assert ways_round(graph) == []


def test_a_second_way_without_the_approval_goes_round_it(draw: Draw) -> None:
    graph = draw(
        "disclosures: [{to: ministry, onward: [{to: team, conditions: approval}, {to: team}]}]"
    )
    assert ways_round(graph) == ["ministry → team"]


def test_a_way_through_another_party_goes_round_it(draw: Draw) -> None:
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: team, conditions: approval}\n"
        "      - {to: lab, onward: [{to: press, onward: [{to: team}]}]}"
    )
    assert ways_round(graph) == ["ministry → lab → press → team"]


def test_several_approvals_can_dominate_only_together(draw: Draw) -> None:
    """Neither the lab's approval nor the press's is on every way; one of them always is."""
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: lab, conditions: approval, onward: [{to: team}]}\n"
        "      - {to: press, onward: [{to: team, conditions: approval}]}"
    )
    assert ways_round(graph, promised("ministry", "team")) == []


def test_an_approval_that_is_missing_on_one_branch_dominates_nothing(draw: Draw) -> None:
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: lab, conditions: approval, onward: [{to: team}]}\n"
        "      - {to: press, onward: [{to: team}]}"
    )
    assert ways_round(graph, promised("ministry", "team")) == ["ministry → press → team"]


def test_data_that_goes_round_and_round_is_followed_to_its_end(draw: Draw) -> None:
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: lab, onward: [{to: press, onward: [{to: lab, onward: [{to: ministry}]}]}]}\n"
        "      - {to: team, conditions: approval}"
    )
    assert ways_round(graph) == []
    assert ways_round(graph, promised("ministry", "press")) == ["ministry → lab → press"]


def test_another_condition_is_no_approval(draw: Draw) -> None:
    graph = draw(
        "disclosures: [{to: ministry, onward: [{to: team, conditions: [terms, agreement]}]}]"
    )
    assert list(graph.gates()) == []
    assert ways_round(graph, promised("ministry", "team")) == ["ministry → team"]


def test_an_approval_of_our_own_can_be_gone_round_too(draw: Draw) -> None:
    graph = draw("disclosures: [{to: team, conditions: approval}, {to: lab, onward: [{to: team}]}]")
    assert ways_round(graph) == ["a → lab → team"]


def test_what_goes_round_is_the_same_data_about_the_same_people(draw: Draw) -> None:
    """Names go to the lab, and health data from the lab to the team: neither has gone the whole way."""
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: team, conditions: approval}\n"
        "      - {to: lab, data: name, onward: [{to: team, data: health}]}\n"
        "      - {to: press, subjects: parent, onward: [{to: team, subjects: pupil}]}"
    )
    assert ways_round(graph) == []


def test_what_comes_back_to_us_is_ours_to_disclose(draw: Draw) -> None:
    graph = draw(
        "sources: lab\ndisclosures:\n  - {to: ministry, onward: [{to: lab}, {to: team, conditions: approval}]}\n"
        "  - {to: team}"
    )
    assert ways_round(graph, promised("ministry", "team")) == []


def test_the_shortest_way_round_is_given_to_each_party_behind_the_gate(draw: Draw) -> None:
    graph = draw(
        "disclosures:\n  - to: ministry\n    onward:\n"
        "      - {to: lab, onward: [{to: press, onward: [{to: team}]}, {to: team}]}"
    )
    assert ways_round(graph, promised("ministry", "team", "press")) == [
        "ministry → lab → press",
        "ministry → lab → team",
    ]


_HOPS = st.tuples(
    st.sampled_from(("p0", "p1", "p2", "p3")),
    st.sampled_from((None, None, ["s0"], ["s1"], ["s0", "s1"])),
    st.sampled_from((None, None, ["d0"], ["d1"], ["d0", "d1"])),
    st.booleans(),
)
_CHAINS = st.lists(st.lists(_HOPS, min_size=1, max_size=4), min_size=1, max_size=4)


def chained(
    chains: Iterable[Iterable[tuple[str, list[str] | None, list[str] | None, bool]]],
) -> Sample:
    """A register of chains of disclosures, through the same few parties again and again."""
    documents: list[Data] = [
        {"kind": "term", "facet": facet, "id": f"{letter}{i}", "label": f"{letter}{i}"}
        for facet, letter in (("subject", "s"), ("data", "d"), ("purpose", "u"))
        for i in range(2)
    ]
    documents += [
        {"kind": "term", "facet": "recipient", "id": id_, "label": id_}
        for id_ in ("third-party", "processor", "data-subject")
    ]
    documents.append({"kind": "term", "facet": "country", "id": "GB", "label": "GB"})
    documents += [
        {"kind": "party", "id": f"p{i}", "name": f"P{i}", "type": "controller"} for i in range(4)
    ]
    disclosures = []
    for chain in chains:
        below: Data = {}
        for to, subjects, data, gated in reversed(list(chain)):
            step: Data = {"to": to, "purposes": "u0"}
            step |= {"subjects": subjects} if subjects else {}
            step |= {"data": data} if data else {}
            step |= {"conditions": "approval"} if gated else {}
            step |= {"onward": [below]} if below else {}
            below = step
        disclosures.append(below)
    activity: Data = {"kind": "activity", "id": "a", "name": "A", "purposes": "u0"}
    activity |= {"subjects": ["s0", "s1"], "data": ["d0", "d1"], "disclosures": disclosures}
    return Sample((*documents, activity))


@cases()
@given(_CHAINS)
def test_ways_round_a_gate_are_those_of_a_search_without_the_gates(
    chains: list[list[tuple[str, list[str] | None, list[str] | None, bool]]],
) -> None:
    """One person and one kind of data at a time, by networkx, in the graph without what is approved."""
    graph = flow_graph(chained(chains).register())
    words = graph.register.vocabulary
    people, data = (words[f].mask(words[f].root) for f in (Facet.SUBJECT, Facet.DATA))
    everything: Region = (people, data)
    walks: Walks = {}
    promises = (
        promised("p0", *parties, people=people, data=data) for parties in (["p2", "p3"], ["p3"])
    )
    for gate in (*graph.gates(), *promises):
        assert list(graph.around_the_gate(gate, walks)) == list(graph.around_the_gate(gate))
        found = {path.flows[-1].end.id: path for path in graph.around_the_gate(gate)}
        assert {party: len(path.flows) for party, path in found.items()} == open_ways(graph, gate)
        for path in found.values():
            assert path.flows[0].start == gate.holder
            assert contiguous(path)
            assert not any(approved(flow) for flow in path.flows)
            carried: Region | None = meet(gate.region, everything)
            for flow in path.flows:
                carried = carried and meet(carried, masks(graph, flow))
            assert carried


def open_ways(graph: FlowGraph, gate: Gate) -> dict[str, int]:
    import networkx as nx

    lengths: dict[str, int] = {}
    for person in bits(gate.region[0]):
        for datum in bits(gate.region[1]):
            left = nx.DiGraph()
            left.add_node(gate.holder)
            for flow in graph.flows:
                region = masks(graph, flow)
                leads_on = flow.end.kind is NodeKind.PARTY and flow.start.id not in gate.parties
                if leads_on and not approved(flow) and region[0] & person and region[1] & datum:
                    left.add_edge(flow.start, flow.end)
            for node, length in nx.single_source_shortest_path_length(left, gate.holder).items():
                if length and node.id in gate.parties:
                    lengths[node.id] = min(length, lengths.get(node.id, length))
    return lengths
