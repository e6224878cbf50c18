"""One step of personal data, and the values that make it up: nodes, boxes, ways and gates."""

from enum import StrEnum

from msgspec import Struct

from ropa.documents.document import Origin
from ropa.flows.regions import Region
from ropa.register.model import (
    NO_TRANSFER_RECORD,
    Action,
    Basis,
    Condition,
    Retention,
    TransferRecord,
    Words,
)
from ropa.register.vocabulary import Facet

AXES = (Facet.SUBJECT, Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE, Facet.COUNTRY)
"""The facets that have words, in the order of a flow's box."""

SUBJECT, DATA, SOURCE, RECIPIENT, PURPOSE, COUNTRY = range(len(AXES))

Box = tuple[Words, Words, Words, Words, Words, Words]
"""What a flow is about: words along each axis, and none along an axis the flow does not have."""


class NodeKind(StrEnum):
    """What a node of the graph stands for."""

    SUBJECT = "subject"
    PARTY = "party"
    ACTIVITY = "activity"
    SYSTEM = "system"


class Node(Struct, frozen=True, order=True):
    """One end of a flow."""

    kind: NodeKind
    id: str


class Flow(Struct, frozen=True):
    """One step of personal data: a box of words, never enumerated, and what is recorded of the step.

    `indirect` holds the words for data that did not come from the person alone, so that Article 14 asks
    for more. `country` stands in the box only where the step crosses a border. `before` is the step by
    which the recipient got what it passes on here. `transfer` is what is on file of a step over a border.
    `ours` says that it leads to nobody else: the person, the organisation itself, or a system that it runs, so
    that there is no recipient (Article 4(9)) and no restricted transfer (Article 44) to tell of. `inherits` is true
    of a disclosure whose basis is its activity's, since none is recorded for itself.
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
    origin: Origin
    derived: bool = False
    before: "Flow | None" = None
    transfer: TransferRecord = NO_TRANSFER_RECORD
    ours: bool = False
    inherits: bool = False

    def words(self, facet: Facet) -> Words:
        """Its words for one facet."""
        return self.box[AXES.index(facet)]

    @property
    def crosses_border(self) -> bool:
        """Whether the data goes to a country other than the one it was in."""
        return bool(self.box[COUNTRY])


class Path(Struct, frozen=True):
    """A way through the graph: the flows, one behind the other."""

    flows: tuple[Flow, ...]

    def __str__(self) -> str:
        first = [self.flows[0].start] if self.flows else []
        return " → ".join(node.id for node in (*first, *(flow.end for flow in self.flows)))


class Gate(Struct, frozen=True):
    """Parties that a holder passes data to only with an approval, and whose data that is, and which."""

    holder: Node
    parties: frozenset[str]
    region: Region


def approved(flow: Flow) -> bool:
    """Whether the step is recorded as needing somebody's approval first."""
    return any(condition.kind == "approval" for condition in flow.conditions)
