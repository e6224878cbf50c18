"""How well something is told, from worst to best."""

from enum import IntEnum


class Verdict(IntEnum):
    """How well a facet of a flow, or an item, is told. Comparing compares: the lower, the worse."""

    CONTRADICTED = 0
    AMBIGUOUS = 1
    OMITTED = 2
    UNDECIDABLE = 3
    PARTIAL = 4
    VAGUE = 5
    CLEAR = 6

    def __str__(self) -> str:
        return self.name.lower()
