"""The register as a graph of data flows, and the questions that rules ask of it. The only module that
knows networkx, and it imports it only when a question needs it.

Nodes are subject groups, parties, activities and systems. Between two nodes there is at most one directed
edge, and it carries every flow that goes that way.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ropa.boxes import Region, meet, minus
from ropa.document import Origin
from ropa.model import (
    SELF,
    Action,
    Activity,
    Basis,
    Condition,
    Disclosure,
    Register,
    Retention,
    Words,
    days,
)
from ropa.vocabulary import Facet

if TYPE_CHECKING:  # networkx is never imported for its types alone
    import networkx as nx

AXES = (Facet.SUBJECT, Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE, Facet.COUNTRY)
"""The facets that have words, in the order of a flow's box."""

SUBJECT, DATA, SOURCE, RECIPIENT, PURPOSE, COUNTRY = range(len(AXES))

Box = tuple[Words, Words, Words, Words, Words, Words]
"""What a flow is about: words along each axis, and none along an axis the flow does not have."""


class Kind(StrEnum):
    """What a node of the graph stands for."""

    SUBJECT = "subject"
    PARTY = "party"
    ACTIVITY = "activity"
    SYSTEM = "system"


class Node(NamedTuple):
    """One end of a flow."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Flow:
    """One step of personal data: a box of words, never enumerated, and what is recorded of the step.

    `indirect` holds the words for data that did not come from the person alone, so that Article 14 asks
    for more. `country` stands in the box only where the step crosses a border.
    """

    id: str
    activity: str
    action: Action
    start: Node
    end: Node
    box: Box
    indirect: Words
    basis: Basis | None
    retention: tuple[Retention, ...]
    safeguard: str
    conditions: tuple[Condition, ...]
    origin: Origin = field(compare=False, repr=False)
    derived: bool = False

    def words(self, facet: Facet) -> Words:
        """Its words for one facet."""
        return self.box[AXES.index(facet)]

    @property
    def crosses_border(self) -> bool:
        """Whether the data goes to a country other than the one it was in."""
        return bool(self.box[COUNTRY])


@dataclass(frozen=True, slots=True)
class Path:
    """A way through the graph: the flows, one behind the other."""

    flows: tuple[Flow, ...]

    def __str__(self) -> str:
        first = [self.flows[0].start] if self.flows else []
        return " → ".join(node.id for node in (*first, *(flow.end for flow in self.flows)))


@dataclass(frozen=True, slots=True)
class Gate:
    """Parties that a holder passes data to only with an approval, and whose data that is, and which."""

    holder: Node
    parties: frozenset[str]
    region: Region


@dataclass(frozen=True)
class FlowGraph:
    """All flows, with the questions rules may ask of them. Rules never walk it themselves."""

    register: Register
    flows: tuple[Flow, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Flow]:
        """The flows by their ids."""
        return {flow.id: flow for flow in self.flows}

    @cached_property
    def edges(self) -> Mapping[tuple[Node, Node], tuple[Flow, ...]]:
        """The flows between each pair of nodes. What the person gives leaves every group it is about."""
        edges: dict[tuple[Node, Node], list[Flow]] = {}
        for flow in self.flows:
            for start in _starts(flow):
                edges.setdefault((start, flow.end), []).append(flow)
        return {pair: tuple(flows) for pair, flows in edges.items()}

    def holders(self, subject: str) -> Mapping[str, Path]:
        """Every party that can end up holding this group's data, however many steps away, and how."""
        import networkx as nx

        group = self._mask(Facet.SUBJECT, (subject,))
        graph, origin = nx.DiGraph(), Node(Kind.SUBJECT, "")
        for (start, end), flows in self.edges.items():
            about = [f for f in flows if self._mask(Facet.SUBJECT, f.box[SUBJECT]) & group]
            if about:
                graph.add_edge(start, end, flow=about[0])
                if end.kind is Kind.ACTIVITY:
                    graph.add_edge(origin, start)
        if origin not in graph:
            return {}
        paths = nx.single_source_shortest_path(graph, origin)
        return {
            node.id: _path(graph, nodes[1:])
            for node, nodes in paths.items()
            if node.kind is Kind.PARTY and len(nodes) > 2
        }

    def never_collected(self) -> Iterator[tuple[Flow, tuple[str, ...]]]:
        """Disclosures of data that never entered their activity, and the words for that data."""
        hierarchy = self.register.vocabulary[Facet.DATA]
        for flow in self.flows:
            if flow.action is not Action.DISCLOSE or flow.derived:
                continue
            activity = self.register.activities[flow.activity]
            entered = {w for s in activity.sources for w in s.data} or set(activity.data)
            if not set(flow.box[DATA]) <= entered:
                known = {*entered, *hierarchy.unknown}
                rest = hierarchy.union(flow.box[DATA]) & ~hierarchy.union(known)
                if rest:
                    yield flow, hierarchy.names(rest, flow.box[DATA])

    def changed_purposes(self) -> Iterator[tuple[Flow, Flow, tuple[str, ...]]]:
        """Onward steps for purposes that the step before did not have (Article 5(1)(b)): before, after, which."""
        hierarchy = self.register.vocabulary[Facet.PURPOSE]
        for before, after in self._onward_pairs():
            known = {*before.box[PURPOSE], *hierarchy.unknown}
            rest = hierarchy.union(after.box[PURPOSE]) & ~hierarchy.union(known)
            if rest:
                yield before, after, hierarchy.names(rest, after.box[PURPOSE])

    def lengthened_retention(self) -> Iterator[tuple[Flow, Retention, Retention]]:
        """Steps whose recipient keeps data longer than the one it came from: flow, before, after."""
        activities = self.register.activities
        pairs = [
            (activities[flow.activity].retention, flow)
            for flow in self.flows
            if flow.action is Action.DISCLOSE
        ]
        pairs += [(before.retention, after) for before, after in self._onward_pairs()]
        for upstream, flow in pairs:
            before, after = _longest(upstream), _longest(flow.retention)
            if before and after and days(after.period) > days(before.period):
                yield flow, before, after

    def without_safeguard(self) -> Iterator[Flow]:
        """Flows that cross a border while no safeguard is recorded (Articles 44 to 49)."""
        return (flow for flow in self.flows if flow.crosses_border and not flow.safeguard)

    def unused_parties(self) -> Iterator[str]:
        """Parties no flow touches and no system names."""
        used = {node.id for flow in self.flows for node in (flow.start, flow.end)}
        used |= {system.operator for system in self.register.systems.values()}
        for term in self.register.terms:  # a party may stand for a category of others
            used |= set(term.broader)
        return (party for party in self.register.parties if party not in used)

    def unused_systems(self) -> Iterator[str]:
        """Systems no activity keeps anything in."""
        used = {s for activity in self.register.activities.values() for s in activity.systems}
        return (system for system in self.register.systems if system not in used)

    def cycles(self) -> Iterator[tuple[str, ...]]:
        """Groups of parties and activities among which data can come back to where it was."""
        import networkx as nx

        graph = nx.DiGraph(list(self.edges))
        for component in nx.strongly_connected_components(graph):
            if len(component) > 1:
                yield tuple(sorted(node.id for node in component))

    def gates(self) -> Iterator[Gate]:
        """Where the register records an approval, each gate once however many flows pass it."""
        gates = {
            Gate(flow.start, frozenset({flow.end.id}), self._region(flow))
            for flow in self.flows
            if approved(flow)
        }
        yield from sorted(gates, key=lambda gate: (gate.holder, *gate.parties, gate.region))

    def around_the_gate(self, gate: Gate) -> Iterator[Path]:
        """The shortest way to each party behind a gate that some of the data may take unapproved.

        A way is followed only as far as the same people's data can go along it. It ends behind the
        gate, and where data comes back to us: what we make of it, we disclose, and not the holder.
        """
        first: tuple[Node, Region, tuple[Flow, ...]] = (gate.holder, gate.region, ())
        waiting = deque([first])
        wanted, been = set(gate.parties), {gate.holder: [gate.region]}
        while waiting and wanted:
            here, held, way = waiting.popleft()
            for (there, region), flow in self._unapproved.get(here, {}).items():
                carried = meet(held, region)
                if carried is None or not minus([carried], been.get(there, ())):
                    continue
                been.setdefault(there, []).append(carried)
                if there.id not in gate.parties:
                    waiting.append((there, carried, (*way, flow)))
                elif there.id in wanted:
                    wanted.remove(there.id)
                    yield Path((*way, flow))

    @cached_property
    def _unapproved(self) -> Mapping[Node, Mapping[tuple[Node, Region], Flow]]:
        """The steps from each node to a party that need nobody's approval, one for each region."""
        steps: dict[Node, dict[tuple[Node, Region], Flow]] = {}
        for flow in self.flows:
            if flow.end.kind is Kind.PARTY and not approved(flow):
                steps.setdefault(flow.start, {}).setdefault((flow.end, self._region(flow)), flow)
        return steps

    def _region(self, flow: Flow) -> Region:
        """Whose data it is, and which."""
        return tuple(self._mask(AXES[axis], flow.box[axis]) for axis in (SUBJECT, DATA))

    def parties(self) -> Collection[str]:
        """Everybody that a flow begins or ends with, once each, in their order."""
        ends = (node for flow in self.flows for node in (flow.start, flow.end))
        return dict.fromkeys(node.id for node in ends if node.kind is Kind.PARTY)

    def _onward_pairs(self) -> Iterator[tuple[Flow, Flow]]:
        into: dict[tuple[str, str], Flow] = {}
        for flow in self.flows:
            if flow.action is Action.ONWARD:
                before = into.get((flow.activity, flow.start.id))
                if before is not None:
                    yield before, flow
            if flow.end.kind is Kind.PARTY:
                into[flow.activity, flow.end.id] = flow

    def _mask(self, facet: Facet, words: Words) -> int:
        return self.register.vocabulary[facet.scheme].union(words)


def flow_graph(register: Register) -> FlowGraph:
    """The flows of every activity, in the order of the register."""
    draw = _Drawing(register)
    return FlowGraph(
        register, tuple(f for a in register.activities.values() for f in draw.activity(a))
    )


def _longest(entries: tuple[Retention, ...]) -> Retention | None:
    """The entry with the longest period, if any has one."""
    return max((r for r in entries if r.period), key=lambda r: days(r.period), default=None)


def approved(flow: Flow) -> bool:
    """Whether the step is recorded as needing somebody's approval first."""
    return any(condition.kind == "approval" for condition in flow.conditions)


class _Drawing:
    """Draws the flows of one activity after the other."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.data = register.vocabulary[Facet.DATA]
        self.home = register.home
        self.indirect: dict[tuple[Words, Words], Words] = {}

    def activity(self, activity: Activity) -> Iterator[Flow]:
        here = Node(Kind.ACTIVITY, activity.id)
        elsewhere = self._from_elsewhere(activity)
        taken: dict[str, int] = {}
        for flow in (
            *self._collected(activity, here),
            *self._used(activity, here, elsewhere),
            *self._kept(activity, here, elsewhere),
            *self._disclosed(activity, here, elsewhere),
        ):
            taken[flow.id] = count = taken.get(flow.id, 0) + 1
            yield flow if count == 1 else _renamed(flow, f"{flow.id}~{count}")

    def _collected(self, activity: Activity, here: Node) -> Iterator[Flow]:
        for source in activity.sources:
            own = source.party == SELF
            yield Flow(
                id=f"{activity.id}/collect/{source.party}",
                activity=activity.id,
                action=Action.COLLECT,
                start=Node(Kind.SUBJECT if own else Kind.PARTY, source.party),
                end=here,
                box=(activity.subjects, source.data, (source.party,), (), activity.purposes, ()),
                indirect=() if own else source.data,
                basis=activity.basis,
                retention=(),
                safeguard="",
                conditions=source.conditions,
                origin=source.origin,
            )
        if not activity.sources:
            yield Flow(
                id=f"{activity.id}/collect",
                activity=activity.id,
                action=Action.COLLECT,
                start=Node(Kind.SUBJECT, SELF),
                end=here,
                box=(activity.subjects, activity.data, (), (), activity.purposes, ()),
                indirect=activity.data,
                basis=activity.basis,
                retention=(),
                safeguard="",
                conditions=(),
                origin=activity.origin,
            )

    def _used(self, activity: Activity, here: Node, elsewhere: Words) -> Iterator[Flow]:
        indirect = self._indirect(activity.data, elsewhere)
        for i, purpose in enumerate(activity.purposes):
            yield Flow(
                id=f"{activity.id}/use/{purpose}",
                activity=activity.id,
                action=Action.USE,
                start=here,
                end=here,
                box=(activity.subjects, activity.data, (), (), (purpose,), ()),
                indirect=indirect,
                basis=activity.basis,
                retention=(),
                safeguard="",
                conditions=(),
                origin=activity.origin / "purposes" / i,
            )

    def _kept(self, activity: Activity, here: Node, elsewhere: Words) -> Iterator[Flow]:
        indirect = self._indirect(activity.data, elsewhere)
        for i, id_ in enumerate(activity.systems or ("",)):
            system = self.register.systems.get(id_)
            country, safeguard = "", ""
            if system and system.location != self.home:
                runs = self.register.parties.get(system.operator)
                country = "" if runs and runs.country == system.location else system.location
                safeguard = runs.safeguard if runs else ""
            yield Flow(
                id=f"{activity.id}/keep/{id_}" if id_ else f"{activity.id}/keep",
                activity=activity.id,
                action=Action.KEEP,
                start=here,
                end=Node(Kind.SYSTEM, id_) if id_ else here,
                box=(activity.subjects, activity.data, (), (), activity.purposes, _one(country)),
                indirect=indirect,
                basis=activity.basis,
                retention=activity.retention,
                safeguard=safeguard,
                conditions=(),
                origin=activity.origin / "systems" / i if id_ else activity.origin,
            )

    def _disclosed(self, activity: Activity, here: Node, elsewhere: Words) -> Iterator[Flow]:
        named = set()
        for disclosure in activity.disclosures:
            named.add(disclosure.to)
            yield from self._disclosure(activity, disclosure, here, self.home, elsewhere)
        for i, id_ in enumerate(activity.systems):
            operator = self.register.systems[id_].operator
            if operator and operator not in named:
                named.add(operator)
                derived = Disclosure(
                    to=operator,
                    subjects=activity.subjects,
                    data=activity.data,
                    purposes=activity.purposes,
                    basis=activity.basis,
                    safeguard="",
                    conditions=(),
                    retention=(),
                    onward=(),
                    origin=activity.origin / "systems" / i,
                )
                yield from self._disclosure(activity, derived, here, self.home, elsewhere, derived=True)

    def _disclosure(
        self,
        activity: Activity,
        disclosure: Disclosure,
        start: Node,
        holder_country: str,
        elsewhere: Words,
        *,
        derived: bool = False,
    ) -> Iterator[Flow]:
        onward = start.kind is Kind.PARTY
        party = self.register.parties.get(disclosure.to)
        country = party.country if party else self.home
        step = f"onward/{start.id}" if onward else "disclose"
        crosses = country not in (self.home, holder_country)
        end = Node(Kind.PARTY, disclosure.to)
        yield Flow(
            id=f"{activity.id}/{step}/{disclosure.to}",
            activity=activity.id,
            action=Action.ONWARD if onward else Action.DISCLOSE,
            start=start,
            end=end,
            box=(
                disclosure.subjects,
                disclosure.data,
                (),
                (disclosure.to,),
                disclosure.purposes,
                (country,) if crosses else (),
            ),
            indirect=self._indirect(disclosure.data, elsewhere),
            basis=disclosure.basis,
            retention=disclosure.retention,
            safeguard=disclosure.safeguard or (party.safeguard if party else ""),
            conditions=disclosure.conditions,
            origin=disclosure.origin,
            derived=derived,
        )
        for further in disclosure.onward:
            yield from self._disclosure(activity, further, end, country, elsewhere)

    def _from_elsewhere(self, activity: Activity) -> Words:
        """The data that does not come from the person, or that nobody says comes from them."""
        if not activity.sources:
            return activity.data
        return tuple(w for s in activity.sources if s.party != SELF for w in s.data)

    def _indirect(self, data: Words, elsewhere: Words) -> Words:
        if not elsewhere:
            return ()
        found = self.indirect.get((data, elsewhere))
        if found is None:
            atoms = self.data.union(elsewhere)
            found = tuple(word for word in data if self.data.mask(word) & atoms)
            self.indirect[data, elsewhere] = found
        return found


def _one(word: str) -> Words:
    return (word,) if word else ()


def _renamed(flow: Flow, id_: str) -> Flow:
    from dataclasses import replace

    return replace(flow, id=id_)


def _starts(flow: Flow) -> tuple[Node, ...]:
    if flow.start.kind is Kind.SUBJECT:
        return tuple(Node(Kind.SUBJECT, subject) for subject in flow.box[SUBJECT])
    return (flow.start,)


def _path(graph: "nx.DiGraph[Node]", nodes: list[Node]) -> Path:
    pairs = zip(nodes, nodes[1:], strict=False)
    return Path(tuple(graph.edges[pair]["flow"] for pair in pairs))
