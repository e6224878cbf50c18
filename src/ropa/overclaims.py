"""What the notices say is done and the register does not bear out: the notice is stale, or the register short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.boxes import Region
from ropa.flows import AXES, RECIPIENT, SUBJECT, Flow
from ropa.model import Action, Register, Statement, Words
from ropa.statements import Spoken, Voices
from ropa.vocabulary import Facet

Step = tuple[Action, int, bool]
"""What decides whether a statement speaks of a flow: its action, the party an onward step starts from, and
whether it crosses a border."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A statement that no flow matches, or words of it, along one facet, that no flow matches."""

    statement: Statement
    facet: Facet | None
    words: Words


def unmatched(register: Register, voices: Voices, flows: Iterable[Flow]) -> Iterator[Unmatched]:
    """Every positive statement in force, or words of one, that no flow bears out."""
    recorded = _Recorded(register, flows)
    for spoken in voices.spoken:
        if spoken.tells and spoken.statement.actions:
            yield from _unmatched(register, spoken, recorded)


def _unmatched(register: Register, spoken: Spoken, recorded: "_Recorded") -> Iterator[Unmatched]:
    statement = spoken.statement
    axes = tuple(a for a, facet in enumerate(AXES) if a == SUBJECT or facet in spoken.stated)
    borne_out = recorded.matching(spoken, axes)
    if borne_out is None:
        yield Unmatched(statement, None, ())
        return
    for axis, atoms in zip(axes, borne_out, strict=True):
        hierarchy, facet = register.vocabulary[AXES[axis].scheme], AXES[axis]
        idle = tuple(w for w in statement.states.get(facet, ()) if not hierarchy.mask(w) & atoms)
        if idle:
            yield Unmatched(statement, facet, idle)


class _Recorded:
    """The boxes of all flows. Along the few axes that a statement states, thousands of them are the same."""

    def __init__(self, register: Register, flows: Iterable[Flow]) -> None:
        self._hierarchies = [register.vocabulary[axis.scheme] for axis in AXES]
        self._masks: dict[tuple[int, Words], int] = {}
        self._boxes: dict[Step, set[Region]] = {}
        self._cut: dict[tuple[Step, tuple[int, ...]], set[Region]] = {}
        for flow in flows:
            onward = flow.action is Action.ONWARD
            start = self._mask(RECIPIENT, (flow.start.id,)) if onward else 0
            step = (flow.action, start, flow.crosses_border)
            box = tuple([self._mask(axis, words) for axis, words in enumerate(flow.box)])
            self._boxes.setdefault(step, set()).add(box)

    def matching(self, spoken: Spoken, axes: tuple[int, ...]) -> Region | None:
        """The atoms along some axes of the flows that match a statement; None where none does."""
        found = [
            box
            for step in self._boxes
            if spoken.speaks_of(step[0], step[1], across=step[2])
            for box in self._along(step, axes)
        ]
        for i, axis in enumerate(axes):  # axis by axis: it is three times as fast as box by box
            said = spoken.masks[axis]
            found = [box for box in found if not box[i] or box[i] & said]
        if not found:
            return None
        atoms = [0] * len(axes)
        for box in found:
            atoms = [known | mine for known, mine in zip(atoms, box, strict=True)]
        return tuple(atoms)

    def _along(self, step: Step, axes: tuple[int, ...]) -> set[Region]:
        """The boxes of one kind of step, cut down to some axes."""
        key = (step, axes)
        if key not in self._cut:
            self._cut[key] = {tuple([box[axis] for axis in axes]) for box in self._boxes[step]}
        return self._cut[key]

    def _mask(self, axis: int, words: Words) -> int:
        known = self._masks.get((axis, words))
        if known is None:
            known = self._masks[axis, words] = self._hierarchies[axis].union(words)
        return known
