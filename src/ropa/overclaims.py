"""What the notices say is done and the register does not bear out: the notice is stale, or the register short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropa.flows import AXES, RECIPIENT, Flow
from ropa.model import Action, Register, Statement, Words
from ropa.statements import Spoken, Voices
from ropa.vocabulary import Facet


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A statement that no flow matches, or words of it, along one facet, that no flow matches."""

    statement: Statement
    facet: Facet | None
    words: Words


def unmatched(register: Register, voices: Voices, flows: Iterable[Flow]) -> Iterator[Unmatched]:
    """Every positive statement in force, or words of one, that no flow bears out."""
    flows = tuple({_signature(flow): flow for flow in flows}.values())
    hierarchies = [register.vocabulary[axis.scheme] for axis in AXES]
    parties = hierarchies[RECIPIENT]
    masks: dict[tuple[int, Words], int] = {}

    def mask(axis: int, words: Words) -> int:
        if (axis, words) not in masks:
            masks[axis, words] = hierarchies[axis].union(words)
        return masks[axis, words]

    def matches(spoken: Spoken, flow: Flow) -> bool:
        start = parties.mask(flow.start.id) if flow.action is Action.ONWARD else 0
        return spoken.speaks_of(flow.action, start, across=flow.crosses_border) and all(
            not words or spoken.masks[axis] & mask(axis, words) for axis, words in enumerate(flow.box)
        )

    for spoken in voices.spoken:
        statement = spoken.statement
        if not spoken.tells or not statement.actions:
            continue
        wanted = {(axis, w) for axis, f in enumerate(AXES) for w in statement.states.get(f, ())}
        matched = False
        for flow in flows:
            if matches(spoken, flow):
                matched = True
                wanted = {
                    (axis, w)
                    for axis, w in wanted
                    if not flow.box[axis] or not hierarchies[axis].mask(w) & mask(axis, flow.box[axis])
                }
                if not wanted:
                    break
        if not matched:
            yield Unmatched(statement, None, ())
            continue
        for axis, facet in enumerate(AXES):
            idle = tuple(w for w in statement.states.get(facet, ()) if (axis, w) in wanted)
            if idle:
                yield Unmatched(statement, facet, idle)


def _signature(flow: Flow) -> tuple[object, ...]:
    return (flow.action, flow.start.id if flow.action is Action.ONWARD else "", flow.box)
