"""What a flow is not told of, and which gaps are echoes of one: mended together by one sentence."""

from collections.abc import Iterator

from msgspec import Struct, field

from ropa.flows.flow import Flow
from ropa.flows.regions import Region, minus
from ropa.judging.coverage import Coverage, Judgement
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.register.model import (
    Action,
    Evidence,
    Statement,
)
from ropa.register.vocabulary import Facet


class Gap(Struct, frozen=True):
    """A facet of a flow that is not told as it should be, with words for what is missing.

    `people` are those who are not told, as part of a sentence; `missing` are the words for what is not
    told, along the facet where it has words; `only` narrows it down where it does not concern the whole
    flow, and `besides` says what of it is told where a part is. `told_by` and `against` are the statements
    that speak of just what is missing, too vaguely or otherwise than recorded. `echoes` are further flows
    of the same activity with the same gap: one sentence mends them all, so they are not told apart.
    """

    flow: Flow
    judgement: Judgement
    people: str
    missing: str
    only: str
    besides: str = ""
    told_by: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    echoes: tuple[str, ...] = ()


class Lead(Struct):
    """The first flow of an activity with a gap, while its echoes are gathered."""

    flow: Flow
    judgement: Judgement
    untold: list[Region]
    echoes: list[str] = field(default_factory=list)


def leads(coverage: Coverage, facet: Facet, verdicts: tuple[Verdict, ...]) -> Iterator[Lead]:
    """The flows whose gaps, once mended, leave no gap in the others."""
    found = list(coverage.gaps(facet, *verdicts))
    if facet is Facet.PURPOSE:  # the purpose's own line in the register comes first
        found.sort(key=lambda gap: gap[0].action is not Action.USE)
    leading: dict[tuple[object, ...], list[Lead]] = {}
    for flow, judgement in found:
        untold = coverage.untold(facet, judgement, flow)
        known = leading.setdefault(_alike(facet, flow), [])
        if not known or minus(untold, (region for lead in known for region in lead.untold)):
            known.append(Lead(flow, judgement, untold))
        else:
            near = (lead for lead in known if minus(untold, lead.untold) != untold)
            next(near, known[0]).echoes.append(flow.id)
    return (lead for alike in leading.values() for lead in alike)


def _alike(facet: Facet, flow: Flow) -> tuple[object, ...]:
    """What two flows must share for one gap to be the other's echo."""
    whom = (flow.action, flow.end) if facet in _PER_RECIPIENT else ()
    return (flow.activity, whom, flow.basis if facet is Facet.BASIS else None)


_PER_RECIPIENT = frozenset({Facet.RECIPIENT, Facet.TRANSFER, Facet.PROMISE})


def place(statement: Statement) -> Location:
    """The sentence of the published text, or the statement where the text has no such sentence."""
    if statement.evidence is Evidence.FOUND and statement.quoted:
        return statement.quoted
    return statement.origin.location
