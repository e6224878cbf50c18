"""The flows that each activity of a register yields, in the order of the register."""

from collections.abc import Iterator, Mapping

from ropa.documents.document import Origin
from ropa.flows.flow import Box, Flow, Node, NodeKind
from ropa.flows.graph import FlowGraph
from ropa.flows.grounds import Grounds
from ropa.flows.origins import Origins
from ropa.flows.regions import Region, minus
from ropa.register.model import (
    NO_TRANSFER_RECORD,
    SELF,
    Action,
    Activity,
    BasisFor,
    Condition,
    Disclosure,
    Party,
    Register,
    Retention,
    Words,
    operated,
    same_entry,
)
from ropa.register.vocabulary import NONE_MOVED, Facet, moved


def flow_graph(register: Register, before: FlowGraph | None = None) -> FlowGraph:
    """The flows of every activity, in the order of the register.

    Those of an activity that is the very same as `before` are taken from there, where all that flows are drawn by is.
    Where a party or a system is otherwise, the activities that name it are drawn anew.
    """
    drawing = _Drawing(register)
    if before is not None and _drawn_alike(register, before.register):
        others = moved(register.vocabulary, before.register.vocabulary)
        if others is not None:
            drawing.known = _by_activity(before)
            drawing.before = before.register.activities
            drawing.otherwise = _otherwise(register, before.register)
            drawing.moved = others
    return FlowGraph(register, drawing.all())


def _drawn_alike(register: Register, before: Register) -> bool:
    """Whether all that the flows of an activity are drawn by, besides itself and its words, is as it was."""
    return (
        register.home == before.home
        and register.regimes == before.regimes
        and register.parties.keys() == before.parties.keys()
        and register.systems.keys() == before.systems.keys()
    )


def _otherwise(register: Register, before: Register) -> frozenset[tuple[NodeKind, str]]:
    """The parties and systems of which something else is recorded than was; a system says no more than its party."""
    parties = {id_ for id_, p in register.parties.items() if not same_entry(p, before.parties[id_])}
    systems = {
        id_
        for id_, system in register.systems.items()
        if system.operator in parties or not same_entry(system, before.systems[id_])
    }
    return frozenset({*((_PARTY, id_) for id_ in parties), *((_SYSTEM, id_) for id_ in systems)})


def _names(activity: Activity) -> Iterator[tuple[NodeKind, str]]:
    """The parties that an activity gives data to, and the systems that it is kept in."""
    yield from ((_SYSTEM, id_) for id_ in activity.systems)
    waiting = list(activity.disclosures)
    while waiting:
        disclosure = waiting.pop()
        yield _PARTY, disclosure.to
        waiting += disclosure.onward


def _words(activity: Activity) -> Iterator[tuple[Facet, Words]]:
    """All words by which the flows of an activity are drawn, facet by facet."""
    for source in activity.sources:
        yield from ((Facet.RECIPIENT, (source.party,)), (Facet.DATA, source.data))
    parts: list[Activity | Disclosure | BasisFor] = [activity]
    while parts:
        part = parts.pop()
        yield Facet.SUBJECT, part.subjects
        yield Facet.DATA, part.data
        yield Facet.PURPOSE, part.purposes
        if not isinstance(part, BasisFor):
            parts += part.bases
            yield from ((Facet.DATA, entry.data) for entry in part.retention)
        if isinstance(part, Disclosure):
            yield Facet.RECIPIENT, (part.to,)
            parts += part.onward
        elif isinstance(part, Activity):
            parts += part.disclosures


def _by_activity(graph: FlowGraph) -> Mapping[str, list[Flow]]:
    found: dict[str, list[Flow]] = {}
    for flow in graph.flows:
        found.setdefault(flow.activity, []).append(flow)
    return found


class _Drawing:
    """Draws the flows of one activity after the other.

    The fields of a flow are given in their order: to name them takes Python as long as all the rest.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self.data = register.vocabulary[Facet.DATA]
        self.subjects = register.vocabulary[Facet.SUBJECT]
        self.grounds = Grounds(register.vocabulary)
        self.home = register.home
        self.within = _within(register)
        self.origins = Origins(register)
        self.indirect: dict[tuple[Words, Words], Words] = {}
        self.elsewhere: Words = ()
        self.drawn: list[Flow] = []
        self.taken: dict[str, int] = {}
        self.ends = {id_: Node(_PARTY, id_) for id_ in register.parties}
        self.known: Mapping[str, list[Flow]] = {}
        self.before: Mapping[str, Activity] = {}
        self.otherwise: frozenset[tuple[NodeKind, str]] = frozenset()
        self.moved = NONE_MOVED

    def all(self) -> tuple[Flow, ...]:
        """The flows of every activity, in the order of the register."""
        for activity in self.register.activities.values():
            same = self.before.get(activity.id) is activity
            if same and not self._looks_at_others(activity) and self._stands(activity):
                self.drawn += self.known.get(activity.id, ())
                continue
            begun = len(self.drawn)
            here = Node(_ACTIVITY, activity.id)
            self.elsewhere = self._from_elsewhere(activity)
            self.taken = {}
            self._collected(activity, here)
            indirect = self._indirect(activity.data)
            self._used(activity, here, indirect)
            self._kept(activity, here, indirect)
            self._disclosed(activity, here)
            self._as_before(activity, begun)
        return tuple(self.drawn)

    def _stands(self, activity: Activity) -> bool:
        """Whether what an activity names is as it was, and its words stand for the same."""
        stays = not self.otherwise or self.otherwise.isdisjoint(_names(activity))
        return stays and not (self.moved and any(self._are_moved(activity)))

    def _are_moved(self, activity: Activity) -> Iterator[bool]:
        """Of the words of an activity, field by field, whether some stand for something else than before."""
        none: frozenset[str] = frozenset()
        for facet, words in _words(activity):
            yield not self.moved.get(facet, none).isdisjoint(words)

    def _as_before(self, activity: Activity, begun: int) -> None:
        """Have the flows of an activity that came out as they did before be the very same."""
        known = {flow.id: flow for flow in self.known.get(activity.id, ())}
        for at in range(begun, len(self.drawn)) if known else ():
            was = known.get(self.drawn[at].id)
            if was == self.drawn[at]:
                self.drawn[at] = was

    def _looks_at_others(self, activity: Activity) -> bool:
        """Whether some of its data was collected before, so that its flows depend on what else there is."""
        return any(self.origins.is_own(source.party) for source in activity.sources)

    def _named(self, wanted: str) -> str:
        """The id that is wanted, or with a number where another flow of the activity has it."""
        if wanted not in self.taken:
            self.taken[wanted] = 1
            return wanted
        count, name = self.taken[wanted] + 1, wanted
        while name in self.taken:
            name, count = f"{wanted}~{count}", count + 1
        self.taken[wanted] = count - 1
        self.taken[name] = 1
        return name

    def _party(self, id_: str) -> Node:
        known = self.ends.get(id_)
        if known is None:
            known = self.ends[id_] = Node(_PARTY, id_)
        return known

    def _collected(self, activity: Activity, here: Node) -> None:
        id_ = activity.id
        people, data, purposes = activity.subjects, activity.data, activity.purposes
        for source in activity.sources:
            given = source.data
            for group, party, parties, indirect in self.origins.of(activity, source):
                ours = self.origins.is_own(party)
                start = _THEMSELVES if party == SELF else self._party(party)
                whole: Box = (group, given, parties, (), purposes, ())
                for basis, box in self.grounds.of(activity.bases, whole):
                    elsewhere = indirect if box[1] is given else self._among(indirect, box[1])
                    name = self._named(f"{id_}/collect/{party}")
                    self.drawn.append(
                        Flow(name, id_, _COLLECT, start, here, box, elsewhere, basis, _NOT_KEPT, "",
                             source.conditions, source.origin, False, None, NO_TRANSFER_RECORD, ours)
                    )  # fmt: skip
        if not activity.sources:
            whole = (people, data, (), (), purposes, ())
            for basis, box in self.grounds.of(activity.bases, whole):
                self.drawn.append(
                    Flow(self._named(f"{id_}/collect"), id_, _COLLECT, _THEMSELVES, here, box, box[1], basis,
                         _NOT_KEPT, "", _FREELY, activity.origin)
                )  # fmt: skip

    def _used(self, activity: Activity, here: Node, indirect: Words) -> None:
        id_ = activity.id
        people, data = activity.subjects, activity.data
        document, pointer = activity.origin.document, activity.origin.pointer
        for i, purpose in enumerate(activity.purposes):
            whole: Box = (people, data, (), (), (purpose,), ())
            at = (*pointer, "purposes", i)
            for basis, box in self.grounds.of(activity.bases, whole):
                self.drawn.append(
                    Flow(
                        self._named(f"{id_}/use/{purpose}"), id_, _USE, here, here, box,
                        self._part(indirect, activity, box), basis, _NOT_KEPT, "", _FREELY,
                        Origin(document, at),
                    )
                )  # fmt: skip

    def _kept(self, activity: Activity, here: Node, indirect: Words) -> None:
        document, pointer = activity.origin.document, activity.origin.pointer
        for i, id_ in enumerate(activity.systems or ("",)):
            system = self.register.systems.get(id_)
            country, safeguard, on_file = "", "", NO_TRANSFER_RECORD
            if system and system.location not in self.within:
                runs = self.register.parties.get(system.operator)
                country = "" if runs and system.location in runs.places else system.location
                if runs:
                    safeguard, on_file = runs.safeguard, runs.transfer
            where = (country,) if country else ()
            whole: Box = (activity.subjects, activity.data, (), (), activity.purposes, where)
            for basis, box in self.grounds.of(activity.bases, whole):
                self.drawn.append(
                    Flow(
                        self._named(f"{activity.id}/keep/{id_}" if id_ else f"{activity.id}/keep"),
                        activity.id,
                        _KEEP,
                        here,
                        Node(_SYSTEM, id_) if id_ else here,
                        box,
                        self._part(indirect, activity, box),
                        basis,
                        activity.retention,
                        safeguard,
                        _FREELY,
                        Origin(document, (*pointer, "systems", i)) if id_ else activity.origin,
                        False,
                        None,
                        on_file,
                        bool(where and system and not system.operator),
                    )
                )

    def _disclosed(self, activity: Activity, here: Node) -> None:
        for disclosure in activity.disclosures:
            self._disclosure(activity, disclosure, here)
        hosts: set[str] = set()
        document, pointer = activity.origin.document, activity.origin.pointer
        for i, id_ in enumerate(activity.systems):
            operator = self.register.systems[id_].operator
            if operator and operator not in hosts and not self._gets_all(activity, operator):
                at = Origin(document, (*pointer, "systems", i))
                derived = operated(activity, operator, at)
                self._disclosure(activity, derived, here, derived=True)
            hosts.add(operator)

    def _gets_all(self, activity: Activity, party: str) -> bool:
        """Whether it is recorded that a party is given all that the activity holds about everybody."""
        regions = [self._region(d.subjects, d.data) for d in activity.disclosures if d.to == party]
        return bool(regions) and not minus(
            [self._region(activity.subjects, activity.data)], regions
        )

    def _region(self, subjects: Words, data: Words) -> Region:
        return self.subjects.union(subjects), self.data.union(data)

    def _disclosure(
        self,
        activity: Activity,
        disclosure: Disclosure,
        start: Node,
        *,
        before: Flow | None = None,
        derived: bool = False,
    ) -> None:
        to = disclosure.to
        party = self.register.parties.get(to)
        where = self._abroad(party, start if before else None)
        step = f"onward/{start.id}" if before else "disclose"
        on_file = disclosure.transfer
        if party is not None and on_file is NO_TRANSFER_RECORD:
            on_file = party.transfer
        whole: Box = (disclosure.subjects, disclosure.data, (), (to,), disclosure.purposes, where)
        drawn = [
            Flow(
                self._named(f"{activity.id}/{step}/{to}"),
                activity.id,
                _ONWARD if before else _DISCLOSE,
                start,
                self._party(to),
                box,
                self._indirect(box[1]),
                basis,
                disclosure.retention,
                disclosure.safeguard or (party.safeguard if party else ""),
                disclosure.conditions,
                disclosure.origin,
                derived,
                before,
                on_file,
                self.register.is_ours(to),
                disclosure.inherits,
            )
            for basis, box in self.grounds.of(disclosure.bases, whole)
        ]
        self.drawn += drawn
        for further in disclosure.onward:  # once, whatever it was given on
            self._disclosure(activity, further, drawn[0].end, before=drawn[0])

    def _part(self, indirect: Words, activity: Activity, box: Box) -> Words:
        """What of the data of a part did not come from the person alone."""
        return indirect if box[1] is activity.data else self._indirect(box[1])

    def _from_elsewhere(self, activity: Activity) -> Words:
        """The data that does not come from the person, or that nobody says comes from them."""
        if not activity.sources:
            return activity.data
        others = [self.origins.indirect(activity, s) for s in activity.sources if s.party != SELF]
        if len(others) == 1:
            return others[0]
        return tuple(word for words in others for word in words)

    def _abroad(self, party: Party | None, giver: Node | None) -> Words:
        """The countries that data goes to with a party; a category of recipients is taken to be where we are."""
        if party is None:
            return ()
        before = self.register.parties.get(giver.id) if giver else None
        there = self.within if before is None else {*self.within, *before.places}
        return tuple([country for country in party.places if country not in there])

    def _indirect(self, data: Words) -> Words:
        """The words for data that did not come from the person alone."""
        if not self.elsewhere:
            return ()
        key = (data, self.elsewhere)
        found = self.indirect.get(key)
        if found is None:
            found = self.indirect[key] = self._among(self.elsewhere, data)
        return found

    def _among(self, some: Words, data: Words) -> Words:
        """The words for data that hold some of certain others."""
        atoms = self.data.union(some)
        return tuple(word for word in data if self.data.mask(word) & atoms)


_COLLECT, _USE, _KEEP, _DISCLOSE, _ONWARD = Action

_PARTY, _ACTIVITY, _SYSTEM = NodeKind.PARTY, NodeKind.ACTIVITY, NodeKind.SYSTEM

_THEMSELVES = Node(NodeKind.SUBJECT, SELF)

_NOT_KEPT: tuple[Retention, ...] = ()

_FREELY: tuple[Condition, ...] = ()


def _within(register: Register) -> frozenset[str]:
    """The countries between which data may go as at home: under EU law alone, those of the EEA."""
    countries = register.vocabulary[Facet.COUNTRY]
    if register.regimes == ("eu-gdpr",) and "eea" in countries.terms:
        members = countries.mask("eea")
        inside = {id_ for id_ in countries.terms if not countries.mask(id_) & ~members}
        if register.home in inside:
            return frozenset(inside)
    return frozenset({register.home})
