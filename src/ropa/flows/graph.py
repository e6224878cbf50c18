"""The register as a graph of data flows, and the questions that rules ask of it. The only module that
knows networkx, and it imports it only when a question needs it.

Nodes are subject groups, parties, activities and systems. Between two nodes there is at most one directed
edge, and it carries every flow that goes that way.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from ropa.flows.flow import (
    AXES,
    COUNTRY,
    DATA,
    PURPOSE,
    SUBJECT,
    Flow,
    Gate,
    Node,
    NodeKind,
    Path,
    approved,
)
from ropa.flows.regions import Region, meet, minus
from ropa.register.model import (
    NO_RECORD,
    OURSELVES,
    Action,
    Register,
    Retention,
)
from ropa.register.periods import days
from ropa.register.vocabulary import Facet


class Walk:
    """Ways that are walked only as far as somebody asks."""

    def __init__(self, arrivals: Iterator[Path]) -> None:
        self._arrivals = arrivals
        self._ways: dict[str, Path] = {}

    def to(self, parties: Collection[str]) -> Iterator[Path]:
        """The first way to each of these parties, in the order in which they are reached."""
        wanted = set(parties)
        known = [id_ for id_ in self._ways if id_ in wanted]
        yield from (self._ways[id_] for id_ in known)
        wanted.difference_update(known)
        while wanted:
            path = next(self._arrivals, None)
            if path is None:
                return
            id_ = path.flows[-1].end.id
            if self._ways.setdefault(id_, path) is path and id_ in wanted:
                wanted.remove(id_)
                yield path


Walks = dict[tuple[Node, Region], Walk]


class FlowGraph(Struct, frozen=True, eq=False, dict=True):
    """All flows, with the questions rules may ask of them. Rules never walk it themselves."""

    register: Register
    flows: tuple[Flow, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Flow]:
        """The flows by their ids."""
        return {flow.id: flow for flow in self.flows}

    @cached_property
    def by_action(self) -> Mapping[Action, tuple[Flow, ...]]:
        """The flows of each kind of step, in their order."""
        steps: dict[Action, list[Flow]] = {action: [] for action in Action}
        for flow in self.flows:
            steps[flow.action].append(flow)
        return {action: tuple(flows) for action, flows in steps.items()}

    @cached_property
    def edges(self) -> Mapping[tuple[Node, Node], tuple[Flow, ...]]:
        """The flows between each pair of nodes. What the person gives leaves every group it is about."""
        edges: dict[tuple[Node, Node], list[Flow]] = {}
        for flow in self.flows:
            for start in _starts(flow):
                edges.setdefault((start, flow.end), []).append(flow)
        return {pair: tuple(flows) for pair, flows in edges.items()}

    def holders(self, subject: str) -> Mapping[str, Path]:
        """Every party that can end up holding this group's data, however many steps away, and how.

        The way is the shortest that one person's data can take, from where it enters the register.
        """
        found: dict[str, Path] = {}
        for people in self._told_apart(self._mask(Facet.SUBJECT, (subject,)), self.flows):
            for party, path in self._reached(people):
                if party not in found or len(path.flows) < len(found[party].flows):
                    found[party] = path
        return found

    def _reached(self, people: int) -> Iterator[tuple[str, Path]]:
        """Every party at the end of a flow about these people, with a way there for each flow."""
        import networkx as nx

        steps = self._steps_about(people)
        # in the order of the register, so that of two shortest ways the same is found each time
        entering = dict.fromkeys(
            start for start, end in steps if end.kind is NodeKind.ACTIVITY and start != end
        )
        graph = nx.DiGraph(list(steps))
        ways = nx.multi_source_dijkstra_path(graph, entering) if entering else {}
        for start, end in steps:
            if (
                end.kind is NodeKind.PARTY
            ):  # a way that nothing leads to begins where the register does
                nodes = (*ways.get(start, (start,)), end)
                yield end.id, Path(tuple(steps[pair] for pair in pairwise(nodes)))

    def _steps_about(self, people: int) -> dict[tuple[Node, Node], Flow]:
        """The pairs of nodes with a flow about some of these people, and the first such flow."""
        steps = {}
        for (start, end), flows in self.edges.items():
            if (
                start.kind is NodeKind.SUBJECT
                and not self._mask(Facet.SUBJECT, (start.id,)) & people
            ):
                continue
            for flow in flows:
                if self._mask(Facet.SUBJECT, flow.box[SUBJECT]) & people:
                    steps[start, end] = flow
                    break
        return steps

    def _told_apart(self, people: int, flows: Iterable[Flow]) -> list[int]:
        """The people in groups, so that each flow is about all of a group or about none of it."""
        groups = [people]
        for words in dict.fromkeys(flow.box[SUBJECT] for flow in flows):
            mask = self._mask(Facet.SUBJECT, words)
            groups = [part for group in groups for part in (group & mask, group & ~mask) if part]
        return groups

    def reach(self, subject: str) -> Mapping[str, int]:
        """Every flow that some of this group's data can take, and at which step from where it is collected.

        A flow is taken only by data about the people, and of the kind, that came as far as its start.
        """
        people = self._mask(Facet.SUBJECT, (subject,))
        steps: dict[str, int] = {}
        held: dict[Node, list[Region]] = {}
        waiting: deque[tuple[Node, Region, int]] = deque()

        def take(end: Node, carried: Region, flows: Iterable[str], step: int) -> None:
            for id_ in flows:
                steps.setdefault(id_, step)
            for new in minus([carried], held.get(end, ())):
                held.setdefault(end, []).append(new)
                waiting.append((end, new, step))

        for end, region, flows in self._collections:
            if region[0] & people:
                take(end, (region[0] & people, *region[1:]), flows, 1)
        while waiting:
            here, having, step = waiting.popleft()
            for end, region, flows in self._leaving.get(here, ()):
                carried = meet(having, region)
                if carried is not None:
                    take(end, carried, flows, step + 1)
        return steps

    @cached_property
    def _collections(self) -> list[tuple[Node, Region, list[str]]]:
        """Where data enters: the activity, whose and which data it is, and by which flows."""
        return [(end, region, ids) for (_, end, region), ids in self._alike((_COLLECT,)).items()]

    @cached_property
    def _leaving(self) -> Mapping[Node, list[tuple[Node, Region, list[str]]]]:
        """Where data goes from each node that can hold it, and by which flows."""
        leaving: dict[Node, list[tuple[Node, Region, list[str]]]] = {}
        for (start, end, region), ids in self._alike(Action).items():
            leaving.setdefault(start, []).append((end, region, ids))
        return leaving

    def _alike(self, actions: Iterable[Action]) -> Mapping[tuple[Node, Node, Region], list[str]]:
        """The flows that go the same way with the same data about the same people."""
        alike: dict[tuple[Node, Node, Region], list[str]] = {}
        for action in actions:
            for flow in self.by_action[action]:
                alike.setdefault((flow.start, flow.end, self._region(flow)), []).append(flow.id)
        return alike

    def never_collected(self) -> Iterator[tuple[Flow, tuple[str, ...]]]:
        """Disclosures of data that never entered their activity, and the words for that data."""
        hierarchy = self.register.vocabulary[Facet.DATA]
        activity, entered = None, set[str]()
        for flow in self.by_action[_DISCLOSE]:
            if flow.derived:
                continue
            if activity is None or flow.activity != activity.id:
                activity = self.register.activities[flow.activity]
                entered = {w for s in activity.sources for w in s.data} or set(activity.data)
            if not entered.issuperset(flow.box[DATA]):
                known = {*entered, *hierarchy.unknown}
                rest = hierarchy.union(flow.box[DATA]) & ~hierarchy.union(known)
                if rest:
                    yield flow, hierarchy.names(rest, flow.box[DATA])

    def comes_back(self) -> Iterator[tuple[Flow, tuple[str, ...]]]:
        """Onward steps back to the organisation of data that no activity takes from whoever passes it on, and which."""
        hierarchy = self.register.vocabulary[Facet.DATA]
        for flow in self.by_action[_ONWARD]:
            if flow.end.id == OURSELVES:
                left = minus([self._region(flow)], self._taken_from(flow.start))
                atoms = 0
                for _, data in left:
                    atoms |= data
                if atoms:
                    yield flow, hierarchy.names(atoms, flow.box[DATA])

    def _taken_from(self, giver: Node) -> Iterator[Region]:
        """What activities take from the people themselves, or from a party by its name or as a kind of body it is."""
        who = self._mask(Facet.RECIPIENT, (giver.id,))
        for flow in self.by_action[_COLLECT]:
            if self._mask(Facet.RECIPIENT, (flow.start.id,)) & who:
                yield self._region(flow)

    def changed_purposes(self) -> Iterator[tuple[Flow, Flow, tuple[str, ...]]]:
        """Onward steps for purposes that the step before did not have (Article 5(1)(b)): before, after, which."""
        hierarchy = self.register.vocabulary[Facet.PURPOSE]
        for before, after in self._onward_pairs():
            known = {*before.box[PURPOSE], *hierarchy.unknown}
            rest = hierarchy.union(after.box[PURPOSE]) & ~hierarchy.union(known)
            if rest:
                yield before, after, hierarchy.names(rest, after.box[PURPOSE])

    def lengthened_retention(self) -> Iterator[tuple[Flow, Retention, Retention]]:
        """Steps whose recipient keeps some data longer than the one it came from: flow, before, after.

        Where nothing is recorded of the one it came from, those before it count. A step has one answer,
        about the period that is longest.
        """
        for flow in (*self.by_action[_DISCLOSE], *self.by_action[_ONWARD]):
            found = [
                (before, after)
                for after in flow.retention
                if after.period
                for before in self._shorter(flow, after)
            ]
            if found:
                yield flow, *max(found, key=lambda pair: days(pair[1].period))

    def _shorter(self, flow: Flow, after: Retention) -> Iterator[Retention]:
        """The entry before a step that is longest for data of which the recipient keeps some longer."""
        left = self._mask(Facet.DATA, after.data) & self._mask(Facet.DATA, flow.box[DATA])
        shorter: list[Retention] = []
        for upstream in self._kept_before(flow):
            touching = [r for r in upstream if r.period and self._mask(Facet.DATA, r.data) & left]
            for entry in touching:
                if days(entry.period) >= days(after.period):
                    left &= ~self._mask(Facet.DATA, entry.data)
            shorter += [r for r in touching if self._mask(Facet.DATA, r.data) & left]
            for entry in shorter:  # whoever had it earlier still is not the one it came from
                left &= ~self._mask(Facet.DATA, entry.data)
        if shorter:
            yield max(shorter, key=lambda entry: days(entry.period))

    def _kept_before(self, flow: Flow) -> Iterator[tuple[Retention, ...]]:
        """How long those before a step keep the data, the nearest first."""
        step = flow.before
        while step is not None:
            yield step.retention
            step = step.before
        yield self.register.activities[flow.activity].retention

    @cached_property
    def restricted(self) -> tuple[Flow, ...]:
        """Our own transfers to another country; what recipients do later is theirs to justify."""
        crossing = (f for f in self.flows if f.box[COUNTRY] and not f.ours)
        return tuple([f for f in crossing if f.action is not _ONWARD])

    @cached_property
    def crossings(self) -> tuple[tuple[Flow, str, str], ...]:
        """Each country of such a transfer by itself, since the law knows each: that where data is kept, and that from
        where it is looked at. With it goes what tells its finding from that of the first country: nothing for that.
        """
        return tuple(
            [
                (flow, country, f"/{country}" if i else "")
                for flow in self.restricted
                for i, country in enumerate(flow.box[COUNTRY])
            ]
        )

    def without_safeguard(self) -> Iterator[Flow]:
        """Flows that cross a border while no safeguard is recorded (Articles 44 to 49)."""
        crossing = (f for f in self.flows if f.box[COUNTRY] and not f.ours)
        return (flow for flow in crossing if not flow.safeguard)

    def unused_parties(self) -> Iterator[str]:
        """Parties no flow touches, no system names, and no other party or category is below."""
        recipients = self.register.vocabulary[Facet.RECIPIENT]
        used = {*self.parties, *(system.operator for system in self.register.systems.values())}
        for record in (a.record for a in self.register.activities.values()):
            if record is not NO_RECORD:
                used |= {*record.joint_controllers, *(m.controller for m in record.on_behalf_of)}
        for word in recipients.terms:  # a party may stand for a category of others
            used.update(recipients.wider(word))
        return (party for party in self.register.parties if party not in used)

    def unused_systems(self) -> Iterator[str]:
        """Systems no activity keeps anything in."""
        used = {s for activity in self.register.activities.values() for s in activity.systems}
        return (system for system in self.register.systems if system not in used)

    def cycles(self, subject: str = "") -> Iterator[tuple[Node, ...]]:
        """Groups of parties and activities among which data about somebody can come back to where it was.

        Where a group of people is named, those in which some of its data can.
        """
        import networkx as nx

        found: dict[tuple[Node, ...], None] = {}
        for component in nx.strongly_connected_components(nx.DiGraph(list(self.edges))):
            if len(component) > 1:
                inside = {p: f for p, f in self.edges.items() if component.issuperset(p)}
                flows = [flow for between in inside.values() for flow in between]
                everyone = self._mask(
                    Facet.SUBJECT, (w for flow in flows for w in flow.box[SUBJECT])
                )
                if subject:
                    everyone &= self._mask(Facet.SUBJECT, (subject,))
                for people in self._told_apart(everyone, flows):
                    about = self._steps_about(people)
                    graph = nx.DiGraph([pair for pair in inside if pair in about])
                    for part in nx.strongly_connected_components(graph):
                        if len(part) > 1:
                            found[tuple(sorted(part))] = None
        yield from found

    def gates(self) -> Iterator[Gate]:
        """Where the register records an approval, each gate once however many flows pass it."""
        gates = {
            Gate(flow.start, frozenset({flow.end.id}), self._region(flow))
            for flow in self.flows
            if flow.conditions and approved(flow)
        }
        yield from sorted(gates, key=lambda gate: (gate.holder, *gate.parties, gate.region))

    def around_the_gate(self, gate: Gate, walks: Walks | None = None) -> Iterator[Path]:
        """The shortest way to each party behind a gate that some of the data may take unapproved.

        Approvals dominate a party when none is left: when it cannot be reached once every step that takes
        one is gone. A way is followed only as far as the same data about the same people can go along it.
        It ends behind the gate, and where data comes back to us: what we make of it, we disclose, and not
        the holder.

        networkx is not asked, although it knows dominators and reachability. Its dominators are single
        nodes, and several approvals may dominate only together. And both look at a graph whose edges are
        there or are not, while these are there for some people and some data: it would have to be asked
        again for every combination that the flows tell apart, where this carries all of them at once.
        tests/test_flows.py holds the one against the other.

        Gates that leave the same holder with the same data share a walk: `walks` are those begun for others.
        """
        if len(gate.parties) > 1:
            walk = Walk(self._arrivals(gate.holder, gate.region, gate.parties))
        else:  # nothing behind the only party comes before it, so the walk is the same for any
            key = (gate.holder, gate.region)
            walks = {} if walks is None else walks
            if key not in walks:
                walks[key] = Walk(self._arrivals(*key, frozenset()))
            walk = walks[key]
        yield from walk.to(gate.parties)

    def _arrivals(self, holder: Node, region: Region, last: Collection[str]) -> Iterator[Path]:
        """The ways that need nobody's approval, the shortest first; none goes on behind one of the last."""
        first: tuple[Node, Region, tuple[Flow, ...]] = (holder, region, ())
        waiting, been = deque([first]), {holder: [region]}
        while waiting:
            here, held, way = waiting.popleft()
            for (there, taken), flow in self._unapproved(here).items():
                carried = meet(held, taken)
                if carried is None or not minus([carried], been.get(there, ())):
                    continue
                been.setdefault(there, []).append(carried)
                path = (*way, flow)
                if there.id not in last:
                    waiting.append((there, carried, path))
                yield Path(path)

    def _unapproved(self, start: Node) -> Mapping[tuple[Node, Region], Flow]:
        """The steps from a node to a party that need nobody's approval, one for each region."""
        if start not in self._walked:
            steps = self._walked[start] = {}
            for flow in self._to_parties.get(start, ()):
                if not approved(flow):
                    steps.setdefault((flow.end, self._region(flow)), flow)
        return self._walked[start]

    @cached_property
    def _walked(self) -> dict[Node, dict[tuple[Node, Region], Flow]]:
        return {}

    @cached_property
    def _to_parties(self) -> Mapping[Node, list[Flow]]:
        steps: dict[Node, list[Flow]] = {}
        for flow in (*self.by_action[_DISCLOSE], *self.by_action[_ONWARD]):
            steps.setdefault(flow.start, []).append(flow)
        return steps

    def _region(self, flow: Flow) -> Region:
        """Whose data it is, and which."""
        return tuple(self._mask(AXES[axis], flow.box[axis]) for axis in (SUBJECT, DATA))

    @cached_property
    def parties(self) -> Collection[str]:
        """Everybody that a flow begins or ends with, once each."""
        steps = self.by_action
        givers = {id(flow.start): flow.start for flow in steps[_COLLECT]}.values()
        found = dict.fromkeys(node.id for node in givers if node.kind is _PARTY)
        found |= dict.fromkeys([f.end.id for f in (*steps[_DISCLOSE], *steps[_ONWARD])])
        return found

    def _onward_pairs(self) -> Iterator[tuple[Flow, Flow]]:
        return ((flow.before, flow) for flow in self.by_action[_ONWARD] if flow.before is not None)

    def _mask(self, facet: Facet, words: Iterable[str]) -> int:
        return self.register.vocabulary[facet.scheme].union(words)


_COLLECT, _DISCLOSE, _ONWARD = Action.COLLECT, Action.DISCLOSE, Action.ONWARD

_PARTY = NodeKind.PARTY


def _starts(flow: Flow) -> tuple[Node, ...]:
    if flow.start.kind is NodeKind.SUBJECT:
        return tuple(Node(NodeKind.SUBJECT, subject) for subject in flow.box[SUBJECT])
    return (flow.start,)
