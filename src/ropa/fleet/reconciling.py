"""Two registers held against each other: what one says it gives must be what the other says it gets.

Organisations are joined by what others know them by (a URN, an ODS code, a company number ...). Each difference stands
at both ends. Wider words are no difference: who records “contact details” records the address, too.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from ropa.ci import AnnotationPlace
from ropa.findings import Severity
from ropa.fleet.ends import EndKind, EndParty, EndWords, FlowEnd
from ropa.fleet.row import RegisterRow
from ropa.saying import phrases

Identity = tuple[str, str]
"""A scheme and a value in it, as in `("urn", "123456")`."""


class FleetDifference(Struct, frozen=True):
    """A difference between two registers: `facet` says in what, `sides` are the two ends, each a register and a place.

    The first side is the one whose entry the message begins with.
    """

    facet: str
    severity: Severity
    message: str
    sides: tuple[tuple[str, AnnotationPlace], tuple[str, AnnotationPlace]]

    @property
    def id(self) -> str:
        """What it is called in outputs."""
        return f"ends-differ/{self.facet}"


def differences(rows: Iterable[RegisterRow]) -> tuple[FleetDifference, ...]:
    """Every difference between registers that know each other, in the order of their places."""
    found = _Reconciling(tuple(rows)).found()
    return tuple(sorted(dict.fromkeys(found), key=lambda d: (d.sides, d.facet, d.message)))


class _Reconciling:
    def __init__(self, rows: tuple[RegisterRow, ...]) -> None:
        self.rows = rows
        self.owners: dict[Identity, RegisterRow] = {}
        self.twice: list[tuple[Identity, RegisterRow, RegisterRow]] = []
        for row in rows:
            for identity in _identities(row.identifiers):
                first = self.owners.setdefault(identity, row)
                if first is not row:
                    self.twice.append((identity, first, row))
        self.gives: dict[tuple[str, str], list[FlowEnd]] = defaultdict(list)
        self.gets: dict[tuple[str, str], list[FlowEnd]] = defaultdict(list)
        for row in rows:
            for end in row.ends:
                other = self._register_of(end.party)
                if other is None or other.register == row.register:
                    continue
                if end.kind is EndKind.GIVES:
                    self.gives[row.register, other.register].append(end)
                elif end.kind is EndKind.GETS:
                    self.gets[other.register, row.register].append(end)

    def found(self) -> Iterator[FleetDifference]:
        """All of them."""
        yield from self._same_identity()
        by_path = {row.register: row for row in self.rows}
        for pair in dict.fromkeys((*self.gives, *self.gets)):
            giver, getter = by_path[pair[0]], by_path[pair[1]]
            yield from _RegisterPair(giver, getter, self.gives[pair], self.gets[pair]).differences()
        yield from self._passed_on()
        yield from self._around_the_gates()

    def _register_of(self, party: EndParty) -> RegisterRow | None:
        return next(
            (self.owners[i] for i in _identities(party.identifiers) if i in self.owners), None
        )

    def _same_identity(self) -> Iterator[FleetDifference]:
        for (scheme, value), first, second in self.twice:
            message = f"{first.title} and {second.title} are both known by the {scheme} {value}"
            yield FleetDifference(
                "identifiers", Severity.ERROR, message, (_whole(first), _whole(second))
            )

    def _passed_on(self) -> Iterator[FleetDifference]:
        """What one says another passes on, against what that one records, and under which conditions."""
        for row in self.rows:
            for end in (e for e in row.ends if e.kind is EndKind.ONWARD and e.holder):
                holder = self._register_of(end.holder) if end.holder else None
                if holder is None or holder.register == row.register:
                    continue
                own = [one for one in holder.ends if self._is_given_on(one, end)]
                if not own and end.party.identifiers:
                    yield _not_passed_on(row, end, holder)
                for one in own if "approval" in end.conditions else ():
                    if "approval" not in one.conditions:
                        said = f"{holder.title} gives {_what(one)} to {one.party.name} without an approval"
                        message = f"{said}, and {row.title} records that it does so only with one"
                        sides = (_at(holder, one), _at(row, end))
                        yield FleetDifference("approval", Severity.ERROR, message, sides)

    def _is_given_on(self, own: FlowEnd, end: FlowEnd) -> bool:
        """Whether an end of who holds the data is what another says that it gives on."""
        given = own.kind is EndKind.GIVES and self._same(own.party, end.party)
        return given and _alike(own, end)

    def _same(self, one: EndParty, other: EndParty) -> bool:
        """Whether two registers mean the same party."""
        shared = set(_identities(one.identifiers)) & set(_identities(other.identifiers))
        known = self._register_of(one), self._register_of(other)
        return bool(shared) or (known[0] is not None and known[0] is known[1])

    def _around_the_gates(self) -> Iterator[FleetDifference]:
        """Ways by which data that a party gets only with an approval reaches it without one, over several registers."""
        steps: dict[str, list[tuple[str, RegisterRow, FlowEnd]]] = defaultdict(list)
        gates = []
        for row in self.rows:
            for end in (e for e in row.ends if e.kind is EndKind.GIVES):
                to = self._node(end.party)
                if to is not None and "approval" in end.conditions:
                    gates.append((row, to, end))
                elif to is not None:
                    steps[row.register].append((to, row, end))
        for row, to, gate in gates:
            way = _way(steps, row.register, to, gate)
            if len(way) > 1:
                said = ", then ".join(f"{r.title} to {end.party.name}" for r, end in way)
                message = (
                    f"{row.title} gives {_what(gate)} to {gate.party.name} only with an approval, "
                    f"and there is a way round it without one: {said}"
                )
                last = way[-1]
                yield FleetDifference(
                    "approval", Severity.ERROR, message, (_at(row, gate), _at(*last))
                )

    def _node(self, party: EndParty) -> str | None:
        """A party as a node of all registers together: its register, or the first thing it is known by."""
        known = self._register_of(party)
        if known is not None:
            return known.register
        return next((f"{scheme} {value}" for scheme, value in _identities(party.identifiers)), None)


def _not_passed_on(row: RegisterRow, end: FlowEnd, holder: RegisterRow) -> FleetDifference:
    message = (
        f"{row.title} says that {holder.title} passes {_what(end)} on to {end.party.name}, "
        f"and {holder.title} does not record that it does"
    )
    return FleetDifference("onward", Severity.WARNING, message, (_at(row, end), _whole(holder)))


def _way(
    steps: Mapping[str, Sequence[tuple[str, RegisterRow, FlowEnd]]],
    start: str,
    goal: str,
    gate: FlowEnd,
) -> tuple[tuple[RegisterRow, FlowEnd], ...]:
    """The shortest way from one node to another on which something of the same data about the same people goes."""
    seen = {start}
    left: deque[tuple[str, FlowEnd, tuple[tuple[RegisterRow, FlowEnd], ...]]]
    left = deque([(start, gate, ())])
    while left:
        node, before, way = left.popleft()
        for to, row, end in steps.get(node, ()):
            if to in seen or not (_alike(end, gate) and _alike(end, before)):
                continue
            longer = (*way, (row, end))
            if to == goal:
                return longer
            seen.add(to)
            left.append((to, end, longer))
    return ()


class _RegisterPair(Struct, frozen=True):
    """Two registers, and the ends that each records of what goes from one to the other."""

    giver: RegisterRow
    getter: RegisterRow
    gives: list[FlowEnd]
    gets: list[FlowEnd]

    def differences(self) -> Iterator[FleetDifference]:
        """All that is otherwise at the two ends, and in the getter's own notices."""
        for end in self.gives:
            yield from self._given(end)
            yield from self._told(end)
        for end in self.gets:
            yield from self._got(end)

    def _given(self, end: FlowEnd) -> Iterator[FleetDifference]:
        others = [other for other in self.gets if _alike(end, other)]
        what = f"{self.giver.title} gives {_what(end)} to {self.getter.title}"
        if not others:
            message = f"{what}, and {self.getter.title} does not record that it gets it"
            yield self._difference("not-recorded", Severity.ERROR, message, end, None)
            return
        first = others[0]
        for facet, own, theirs in (
            ("data", end.data, [o.data for o in others]),
            ("people", end.subjects, [o.subjects for o in others]),
        ):
            if left := _unmet(own, theirs):
                gets = "data about " if facet == "people" else ""
                message = f"{what}, and {self.getter.title} does not record that it gets {gets}{_named(left)}"
                yield self._difference(facet, Severity.ERROR, message, end, first)
        if left := _unmet(end.purposes, [o.purposes for o in others]):
            message = (
                f"{what} for {_named(left)}, and {self.getter.title} records no such use of it"
            )
            yield self._difference("purpose", Severity.WARNING, message, end, first)
        yield from self._terms(end, others, what)

    def _terms(
        self, end: FlowEnd, others: Sequence[FlowEnd], what: str
    ) -> Iterator[FleetDifference]:
        """Basis, conditions and beginning, each only where both ends record it, or one of them a condition."""
        first = others[0]
        letters = {letter for other in others for letter in other.letters}
        if end.letters and letters and not letters.intersection(end.letters):
            message = f"{what} on {_bases(end.letters)}, and {self.getter.title} rests on {_bases(sorted(letters))}"
            yield self._difference("basis", Severity.NOTE, message, end, first)
        conditions = {kind for other in others for kind in other.conditions}
        if conditions != set(end.conditions):
            theirs = f"{self.getter.title} gets it {_conditions(sorted(conditions))}"
            message = f"{what} {_conditions(end.conditions)}, and {theirs}"
            yield self._difference("conditions", Severity.WARNING, message, end, first)
        since = {other.started for other in others if other.started}
        if end.started and since and end.started not in since:
            message = f"{what} since {phrases.day(end.started)}, and {self.getter.title} gets it since {_days(since)}"
            yield self._difference("since", Severity.WARNING, message, end, first)

    def _got(self, end: FlowEnd) -> Iterator[FleetDifference]:
        others = [other for other in self.gives if _alike(other, end)]
        what = f"{self.getter.title} gets {_what(end)} from {self.giver.title}"
        if not others:
            message = f"{what}, and {self.giver.title} does not record that it gives it"
            yield self._difference("not-recorded", Severity.ERROR, message, None, end)
            return
        first = others[0]
        for facet, own, theirs in (
            ("data", end.data, [o.data for o in others]),
            ("people", end.subjects, [o.subjects for o in others]),
        ):
            if left := _unmet(own, theirs):
                gives = "data about " if facet == "people" else ""
                message = f"{what}, and {self.giver.title} does not record that it gives {gives}{_named(left)}"
                yield self._difference(facet, Severity.ERROR, message, first, end, turned=True)
        if left := _unmet(end.purposes, [o.purposes for o in others]):
            message = f"{what} and uses it for {_named(left)}, and {self.giver.title} does not give it for that"
            yield self._difference("purpose", Severity.WARNING, message, first, end, turned=True)

    def _told(self, end: FlowEnd) -> Iterator[FleetDifference]:
        """What the giver says the getter does, against what the getter's own notices say."""
        told = self.getter.told_by_notices
        if told is None:
            return
        if left := _unmet(end.purposes, [told.purposes]):
            message = (
                f"{self.giver.title} says that {self.getter.title} uses {_what(end)} for {_named(left)}, "
                f"and no notice of {self.getter.title} says so"
            )
            yield self._difference("notice", Severity.WARNING, message, end, None)

    def _difference(  # noqa: PLR0913 - what is different, and where
        self,
        facet: str,
        severity: Severity,
        message: str,
        given: FlowEnd | None,
        got: FlowEnd | None,
        *,
        turned: bool = False,
    ) -> FleetDifference:
        one = _at(self.giver, given) if given else _whole(self.giver)
        other = _at(self.getter, got) if got else _whole(self.getter)
        turned = turned or given is None
        return FleetDifference(facet, severity, message, (other, one) if turned else (one, other))


def _alike(one: FlowEnd, other: FlowEnd) -> bool:
    """Whether something of the same data about some of the same people goes over both."""
    return _meet(one.data, other.data) and _meet(one.subjects, other.subjects)


def _meet(one: EndWords, other: EndWords) -> bool:
    return any(a.meets(b) for a in one for b in other)


def _unmet(words: EndWords, theirs: Iterable[EndWords]) -> EndWords:
    """The words that none of the others is the same as, part of, or wider than."""
    all_theirs = [word for some in theirs for word in some]
    return tuple(word for word in words if not any(word.meets(other) for other in all_theirs))


def _identities(identifiers: Mapping[str, str]) -> Iterator[Identity]:
    for scheme, value in sorted(identifiers.items()):
        yield scheme, value.replace(" ", "").upper()


def _at(row: RegisterRow, end: FlowEnd) -> tuple[str, AnnotationPlace]:
    return row.register, AnnotationPlace(end.path, end.line, end.column, end.line, end.column)


def _whole(row: RegisterRow) -> tuple[str, AnnotationPlace]:
    """A register as a whole, where it has no entry to point at."""
    return row.register, row.place or AnnotationPlace(row.register)


def _what(end: FlowEnd) -> str:
    return f"{_named(end.data)} about {_named(end.subjects)}"


def _named(words: EndWords) -> str:
    return phrases.several(word.label for word in words)


def _bases(letters: Iterable[str]) -> str:
    return phrases.several((phrases.BASES.get(letter, letter) for letter in letters), "or")


def _conditions(kinds: Sequence[str]) -> str:
    if not kinds:
        return "without conditions"
    return f"with {phrases.several(phrases.CONDITIONS.get(kind, kind) for kind in kinds)}"


def _days(days: Iterable[date]) -> str:
    return phrases.several((phrases.day(day) for day in sorted(days)), "or")
