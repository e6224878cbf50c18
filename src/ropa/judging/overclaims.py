"""What the notices say is done and the register does not bear out: the notice is stale, or the register short."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ropa.flows.flow import AXES, COUNTRY, RECIPIENT, SUBJECT, Box, Flow
from ropa.judging.statements import Spoken, Voices
from ropa.register.model import Action, Register, Statement, Words
from ropa.register.vocabulary import Facet

Step = tuple[Action, str, bool]
"""What decides whether a statement speaks of a flow: its action, the party that an onward step starts from,
and whether it crosses a border."""

_FEW = 200


class Unmatched(Struct, frozen=True):
    """A statement that no flow matches, or words of it, along one facet, that no flow matches."""

    statement: Statement
    facet: Facet | None
    words: Words


def unmatched(register: Register, voices: Voices, flows: Iterable[Flow]) -> Iterator[Unmatched]:
    """Every positive statement in force, or words of one, that no flow bears out."""
    recorded = _Recorded(register, flows)
    for spoken in voices.spoken:
        if spoken.tells and spoken.statement.actions:
            yield from _unmatched(spoken, recorded)


def _unmatched(spoken: Spoken, recorded: "_Recorded") -> Iterator[Unmatched]:
    """Looks through the flows until every word is borne out, which is nearly always soon."""
    statement = spoken.statement
    limits = [
        (a, m) for a, m in enumerate(spoken.masks) if a == SUBJECT or AXES[a] in spoken.stated
    ]
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


class _Recorded:
    """The boxes of all flows, by the kind of step: that decides which statements speak of them."""

    def __init__(self, register: Register, flows: Iterable[Flow]) -> None:
        self._hierarchies = [register.vocabulary[axis.scheme] for axis in AXES]
        self._masks: dict[tuple[int, Words], int] = {}
        self._boxes: dict[Step, list[Box]] = {}
        self._distinct: dict[tuple[Step, frozenset[int]], dict[Box, None]] = {}
        onward, boxes = Action.ONWARD, self._boxes
        for flow in flows:
            action, box = flow.action, flow.box
            step = (action, flow.start.id if action is onward else "", bool(box[COUNTRY]))
            if step in boxes:
                boxes[step].append(box)
            else:
                boxes[step] = [box]

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

    def _speaks_of(self, spoken: Spoken, step: Step) -> bool:
        action, start, across = step
        atoms = self.mask(RECIPIENT, (start,)) if start else 0
        return spoken.speaks_of(action, atoms, across=across)

    def _along(self, step: Step, axes: frozenset[int]) -> dict[Box, None]:
        key = (step, axes)
        if key not in self._distinct:
            keep = [axis in axes for axis in range(len(AXES))]
            cut = (
                tuple([w if k else () for w, k in zip(b, keep, strict=True)])
                for b in self._boxes[step]
            )
            self._distinct[key] = dict.fromkeys(cut)  # type: ignore[arg-type] # it stays a box
        return self._distinct[key]

    def mask(self, axis: int, words: Words) -> int:
        """The atoms of some words along an axis."""
        known = self._masks.get((axis, words))
        if known is None:
            known = self._masks[axis, words] = self._hierarchies[axis].union(words)
        return known
