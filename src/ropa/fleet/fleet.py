"""Many registers as a whole: how they stand, what most of them lack, who has to mend it, and what is new."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct

from ropa.findings import RuleInfo
from ropa.fleet.row import Outcome, RegisterRow, WaitingRow


class InCommon(Struct, frozen=True):
    """Something that several registers have in common: in how many, how often in all, and in which."""

    what: str
    times: int
    registers: tuple[str, ...]


class Fleet(Struct, frozen=True, eq=False, dict=True):
    """The rows of many registers, in the order of their paths.

    `where` are the places that were named, and `catalogue` the rules by their ids. `remarks` says what is to be known
    of the run, and `interrupted` that it was ended before all registers were reached.
    """

    rows: tuple[WaitingRow, ...]
    day: date
    where: tuple[str, ...] = ()
    catalogue: Mapping[str, RuleInfo] = {}
    remarks: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def code(self) -> int:
        """The exit code: the worst that a check of one of the registers ends with."""
        return max((waiting.row.standing.code for waiting in self.rows), default=0)

    @cached_property
    def standings(self) -> Mapping[Outcome, int]:
        """How many registers stand how."""
        counted = Counter(waiting.row.standing for waiting in self.rows)
        return {standing: counted[standing] for standing in Outcome}

    @property
    def checked(self) -> int:
        """How many registers were checked."""
        return len(self.rows) - self.standings[Outcome.UNCHECKED]

    @property
    def kept(self) -> int:
        """How many rows were kept from an earlier run."""
        return sum(waiting.kept for waiting in self.rows)

    @cached_property
    def worst_first(self) -> tuple[WaitingRow, ...]:
        """The rows, the worst first."""
        return tuple(sorted(self.rows, key=lambda waiting: waiting.row.order))

    @cached_property
    def by_rule(self) -> tuple[InCommon, ...]:
        """The rules that found something, those first that found it in most registers."""
        return _shared(
            (row.register, rule, n) for row in self._rows for rule, n in row.rules.items()
        )

    @cached_property
    def by_owner(self) -> tuple[InCommon, ...]:
        """Who answers for what fails, those first who have most to mend."""
        found = (
            (row.register, owner or row.dpo, n)
            for row in self._rows
            for owner, n in row.owners.items()
        )
        return tuple(sorted(_shared(found), key=lambda shared: (-shared.times, shared.what)))

    @cached_property
    def missing(self) -> tuple[InCommon, ...]:
        """The sentences that notices lack, those first that are missing in most registers.

        A sentence that names the organisation itself is the same one in all of them.
        """
        return _shared(
            (row.register, _anonymous(sentence.wording, row.name), sentence.closes)
            for row in self._rows
            for sentence in row.missing
        )

    @property
    def _rows(self) -> Iterator[RegisterRow]:
        return (waiting.row for waiting in self.rows)


def _shared(found: Iterator[tuple[str, str, int]]) -> tuple[InCommon, ...]:
    times, where = Counter[str](), defaultdict[str, dict[str, None]](dict)
    for register, what, number in found:
        times[what] += number
        where[what][register] = None
    made = (InCommon(what, times[what], tuple(where[what])) for what in times)
    return tuple(sorted(made, key=lambda one: (-len(one.registers), -one.times, one.what)))


OURSELVES = "[name]"
"""What stands for the name of each organisation in a sentence that many lack."""


def _anonymous(wording: str, name: str) -> str:
    return wording.replace(name, OURSELVES) if name else wording
