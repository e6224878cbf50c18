"""How well something is told, from worst to best."""

from enum import IntEnum


class Verdict(IntEnum):
    """How well a facet of a flow, or an item, is told. Comparing compares: the lower, the worse.

    `UNTIED` is what no statement tells, and some sentence of the notices may, which no statement quotes for it yet;
    of notices that nobody has begun to tie, it is whatever they have to tell.
    """

    CONTRADICTED = 0
    AMBIGUOUS = 1
    OMITTED = 2
    UNTIED = 3
    UNDECIDABLE = 4
    PARTIAL = 5
    VAGUE = 6
    CLEAR = 7

    def __str__(self) -> str:
        return self.name.lower()

    @property
    def plainly(self) -> str:
        """The same for whoever has not learnt these words."""
        return _PLAINLY[self]


UNDECIDED = frozenset({Verdict.UNTIED, Verdict.UNDECIDABLE})
"""The verdicts that say neither that people are told nor that they are not."""

_PLAINLY = {
    Verdict.CONTRADICTED: "told otherwise",
    Verdict.AMBIGUOUS: "told both ways",
    Verdict.OMITTED: "not told",
    Verdict.UNTIED: "not tied yet",
    Verdict.UNDECIDABLE: "not decided",
    Verdict.PARTIAL: "told in part",
    Verdict.VAGUE: "told too loosely",
    Verdict.CLEAR: "told",
}
