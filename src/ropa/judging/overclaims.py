"""What the notices say is done and the register does not bear out: the notice is stale, or the register short."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from ropa.flows.flow import AXES, COUNTRY, DATA, RECIPIENT, SUBJECT, Box, Flow
from ropa.judging.evidence import Proofs
from ropa.judging.gainsaid import lasting
from ropa.judging.statements import Spoken, Voices
from ropa.reading.said import Bound
from ropa.reading.scalars import lengths
from ropa.register.model import Action, Claim, Register, Statement, Words
from ropa.register.periods import days, longer_than, same_length
from ropa.register.vocabulary import Facet

Step = tuple[Action, str, bool]
"""What decides whether a statement speaks of a flow: its action, the party that an onward step starts from,
and whether it crosses a border."""

_FEW = 200


class Unmatched(Struct, frozen=True):
    """A statement that no flow matches, or words of it, along one facet, that no flow matches.

    The words may be a period or a trigger (retention), a letter of Article 6(1), or of Article 9(2) as `9(2)(h)`
    (basis), or a safeguard (transfer): `scalar` is true then.
    """

    statement: Statement
    facet: Facet | None
    words: Words
    scalar: bool = False


def unmatched(
    register: Register, voices: Voices, flows: Iterable[Flow], proofs: Proofs | None = None
) -> Iterator[Unmatched]:
    """Every positive statement in force, or words, a number or a letter of one, that no flow bears out.

    With `proofs`, a period that is told as the most ("up to six years") is borne out by a shorter one.
    """
    recorded = _Recorded(register, flows)
    for spoken in voices.spoken:
        if not (spoken.tells and spoken.statement.actions):
            continue
        limits = _limits(spoken)
        found = tuple(_unmatched(spoken, recorded, limits))
        yield from found
        if not any(one.facet is None for one in found):
            yield from _idle_scalars(spoken, recorded, limits, proofs)


_Limits = list[tuple[int, int]]


def _limits(spoken: Spoken) -> _Limits:
    """The axes along which it says whom or what it is about, and what it says there."""
    return [(a, m) for a, m in enumerate(spoken.masks) if a == SUBJECT or AXES[a] in spoken.stated]


def _unmatched(spoken: Spoken, recorded: "_Recorded", limits: _Limits) -> Iterator[Unmatched]:
    """Looks through the flows until every word is borne out, which is nearly always soon."""
    statement = spoken.statement
    idle = {axis: set(statement.states.get(AXES[axis], ())) for axis, _ in limits}
    matched = False
    for box in recorded.boxes(spoken, frozenset(idle)):
        if all(not box[axis] or said & recorded.mask(axis, box[axis]) for axis, said in limits):
            matched = True
            for axis, words in idle.items():
                atoms = recorded.mask(axis, box[axis])
                words -= {word for word in words if recorded.mask(axis, (word,)) & atoms}
            if not any(idle.values()):
                return
    if not matched:
        yield Unmatched(statement, None, ())
        return
    for axis, words in idle.items():
        if words:
            said = statement.states[AXES[axis]]
            yield Unmatched(statement, AXES[axis], tuple(word for word in said if word in words))


# -- numbers and letters -----------------------------------------------------------------------

_PERIOD, _TRIGGER, _LETTER, _NINTH, _SAFEGUARD = (
    "period", "trigger", "article_6", "article_9", "safeguard",
)  # fmt: skip
_ABOUT = {
    _PERIOD: Facet.RETENTION,
    _TRIGGER: Facet.RETENTION,
    _LETTER: Facet.BASIS,
    _NINTH: Facet.BASIS,
    _SAFEGUARD: Facet.TRANSFER,
}
_IN_WORDS = "in words"
"""What stands for the period of an entry that records only how its end is decided."""


class _Facts(NamedTuple):
    """What a flow records besides words; of how long data is kept: which data, the period, and the trigger."""

    letter: str
    ninth: str
    safeguard: str
    kept: tuple[tuple[Words, str, str], ...]


def _idle_scalars(
    spoken: Spoken, recorded: "_Recorded", limits: _Limits, proofs: Proofs | None
) -> Iterator[Unmatched]:
    """The numbers and letters that are recorded otherwise wherever the statement speaks of a flow.

    Where no such flow records one at all, it is for other findings to ask for it.
    """
    statement, said = spoken.statement, _said(spoken.statement)
    found: dict[str, set[str]] = {key: set() for key, _ in said}
    left, about = set(said), dict(limits).get(DATA)
    for box, facts in recorded.facts(spoken, frozenset(a for a, _ in limits)) if said else ():
        if all(not box[a] or mask & recorded.mask(a, box[a]) for a, mask in limits):
            for key, value in _recorded(facts, about, recorded):
                if key in found:
                    found[key].add(value)
                    left.discard((key, value))
            if not left:
                return
    idle: dict[Facet, list[str]] = {}
    for key, value in said:
        borne_out = key == _TRIGGER and recorded.begins(value, found[key])
        if found[key] and not (borne_out or _borne_out(key, value, found[key], statement, proofs)):
            word = f"9(2)({value})" if key == _NINTH else value
            idle.setdefault(_ABOUT[key], []).append(word)
    for facet, words in idle.items():
        yield Unmatched(statement, facet, tuple(words), scalar=True)


def _said(statement: Statement) -> tuple[tuple[str, str], ...]:
    """The numbers and letters that a statement states."""
    basis, keeps = statement.basis, statement.claim is Claim.KEEPS
    said = (
        (_PERIOD, statement.period if keeps else ""),
        (_TRIGGER, statement.trigger if keeps else ""),
        *((_LETTER, letter) for letter in (basis.letters if basis else ())),
        (_NINTH, basis.article_9 if basis else ""),
        (_SAFEGUARD, statement.safeguard),
    )
    return tuple((key, value) for key, value in said if value)


def _recorded(facts: _Facts, about: int | None, recorded: "_Recorded") -> Iterator[tuple[str, str]]:
    """What a flow records of each, of the data that the statement is about."""
    once = {_LETTER: facts.letter, _NINTH: facts.ninth, _SAFEGUARD: facts.safeguard}
    yield from ((key, value) for key, value in once.items() if value)
    for data, period, trigger in facts.kept:
        if about is None or recorded.mask(DATA, data) & about:
            yield _PERIOD, period or _IN_WORDS
            if trigger:
                yield _TRIGGER, trigger


def _borne_out(
    key: str, value: str, found: set[str], statement: Statement, proofs: Proofs | None
) -> bool:
    if key != _PERIOD:
        return value in found
    periods = found - {_IN_WORDS}
    if any(as_long(value, one) for one in periods):
        return True
    return (
        proofs is not None
        and any(longer_than(value, one) for one in periods)
        and (_at_most(statement, proofs))
    )


def _at_most(statement: Statement, proofs: Proofs) -> bool:
    """Whether its sentence says the period as the most: “up to six years”."""
    said = (p for reading in proofs.of(statement).readings for p in lasting(reading))
    return any(p.bound is Bound.AT_MOST and same_length(p.period, statement.period) for p in said)


_ODD_DAYS = 3


def as_long(one: str, other: str) -> bool:
    """Whether two periods are as long as each other: three months may be 89 days or 92."""
    if one == other:
        return True
    gap = abs(days(one) - days(other))
    mixed = _by_the_calendar(one) is not _by_the_calendar(other)
    return not gap or (mixed and gap < _ODD_DAYS)


def _by_the_calendar(period: str) -> bool:
    """Whether it counts in years or months, which have no length of their own."""
    return any(unit in period.partition("T")[0] for unit in "YM")


class _Recorded:
    """The boxes of all flows, by the kind of step: that decides which statements speak of them."""

    def __init__(self, register: Register, flows: Iterable[Flow]) -> None:
        self._hierarchies = [register.vocabulary[axis.scheme] for axis in AXES]
        self._events = register.vocabulary[Facet.TRIGGER]
        self._masks: dict[tuple[int, Words], int] = {}
        self._boxes: dict[Step, list[Box]] = {}
        self._flows: dict[Step, list[Flow]] = {}
        self._facts: dict[tuple[Step, frozenset[int]], dict[tuple[Box, _Facts], None]] = {}
        self._distinct: dict[tuple[Step, frozenset[int]], dict[Box, None]] = {}
        onward, boxes, drawn = Action.ONWARD, self._boxes, self._flows
        for flow in flows:
            action, box = flow.action, flow.box
            step = (action, flow.start.id if action is onward else "", bool(box[COUNTRY]))
            if step in boxes:
                boxes[step].append(box)
                drawn[step].append(flow)
            else:
                boxes[step], drawn[step] = [box], [flow]

    def boxes(self, spoken: Spoken, axes: frozenset[int]) -> Iterator[Box]:
        """Those of the flows a statement speaks of, along these axes.

        A few are given as they are, since they nearly always bear everything out; then all of them, the
        same ones once, since along a few axes thousands are the same.
        """
        steps = [step for step in self._boxes if self._speaks_of(spoken, step)]
        for step in steps:
            yield from self._boxes[step][:_FEW]
        for step in steps:
            yield from self._along(step, axes)

    def facts(self, spoken: Spoken, axes: frozenset[int]) -> Iterator[tuple[Box, _Facts]]:
        """Those of the flows a statement speaks of, along these axes, each with what it records.

        As with the boxes, a few are given as they are, and then all of them, the same ones once.
        """
        steps = [step for step in self._boxes if self._speaks_of(spoken, step)]
        for step in steps:
            yield from ((flow.box, _facts(flow)) for flow in self._flows[step][:_FEW])
        for step in steps:
            key = (step, axes)
            if key not in self._facts:
                keep = [axis in axes for axis in range(len(AXES))]
                found = ((self._cut(f.box, keep), _facts(f)) for f in self._flows[step])
                self._facts[key] = dict.fromkeys(found)
            yield from self._facts[key]

    def _speaks_of(self, spoken: Spoken, step: Step) -> bool:
        action, start, across = step
        atoms = self.mask(RECIPIENT, (start,)) if start else 0
        return spoken.speaks_of(action, atoms, across=across)

    def _along(self, step: Step, axes: frozenset[int]) -> dict[Box, None]:
        key = (step, axes)
        if key not in self._distinct:
            keep = [axis in axes for axis in range(len(AXES))]
            self._distinct[key] = dict.fromkeys(self._cut(b, keep) for b in self._boxes[step])
        return self._distinct[key]

    @staticmethod
    def _cut(box: Box, keep: list[bool]) -> Box:
        return tuple([words if kept else () for words, kept in zip(box, keep, strict=True)])  # type: ignore[return-value] # it stays a box

    def begins(self, told: str, recorded: Iterable[str]) -> bool:
        """Whether some period begins with what is told, or with something of which it is a wider or narrower word."""
        return bool(self._events.mask(told) & self._events.union(recorded))

    def mask(self, axis: int, words: Words) -> int:
        """The atoms of some words along an axis."""
        known = self._masks.get((axis, words))
        if known is None:
            known = self._masks[axis, words] = self._hierarchies[axis].union(words)
        return known


def _facts(flow: Flow) -> _Facts:
    basis = flow.basis
    kept = [(e.data, e.period, e.trigger) for e in flow.retention if e.period or e.criteria]
    kept += [
        (e.data, period, "")
        for e in flow.retention
        if e.criteria and not e.period
        for period in lengths(e.criteria)
    ]
    letter, ninth = (basis.letter, basis.article_9) if basis else ("", "")
    return _Facts(letter, ninth, flow.safeguard, tuple(kept))
