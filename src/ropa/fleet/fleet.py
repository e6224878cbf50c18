"""Many registers as a whole: how they stand, what most of them lack, who has to mend it, and what is new."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.ci import Annotation, AnnotationPlace
from ropa.findings import Finding, Problem, RuleInfo, Severity
from ropa.fleet.reconciling import FleetDifference
from ropa.fleet.row import Outcome, RegisterRow, WaitingRow
from ropa.location import Location


class InCommon(Struct, frozen=True):
    """Something that several registers have in common: in how many, how often in all, and in which."""

    what: str
    times: int
    registers: tuple[str, ...]


class Fleet(Struct, frozen=True, eq=False, dict=True):
    """The rows of many registers, in the order of their paths.

    `where` are the places that were named, and `catalogue` the rules by their ids. `remarks` says what is to be known
    of the run, `differences` are those between registers that were held against each other, and `interrupted` says that
    it was ended before all registers were reached. `pages` is the folder of their own pages, as it is linked to.
    """

    rows: tuple[WaitingRow, ...]
    day: date
    where: tuple[str, ...] = ()
    catalogue: Mapping[str, RuleInfo] = {}
    remarks: tuple[str, ...] = ()
    interrupted: bool = False
    pages: str = ""
    differences: tuple[FleetDifference, ...] = ()

    @property
    def code(self) -> int:
        """The exit code: the worst that a check of one of the registers ends with; 1 where two do not agree."""
        between = any(one.severity is Severity.ERROR for one in self.differences)
        return max((waiting.row.standing.code for waiting in self.rows), default=0) or int(between)

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
        """The rules that found something: the severest first, of them those that found it in most registers."""
        found = _shared(
            (row.register, rule, n) for row in self._rows for rule, n in row.rules.items()
        )
        return tuple(sorted(found, key=lambda one: self._weight(one.what)))

    def _weight(self, rule: str) -> tuple[bool, int]:
        info = self.catalogue[rule]
        return not info.undecided, -info.severity

    @cached_property
    def by_cause(self) -> tuple[InCommon, ...]:
        """What findings come of, each with the flows it leaves untold: first what leaves some, in most registers."""
        found = _shared(
            (row.register, _anonymous(cause.says, row.name), cause.flows)
            for row in self._rows
            for cause in row.causes
        )
        return tuple(sorted(found, key=lambda one: not one.times))

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

        A sentence that names the organisation itself is the same one in all of them, and so is one that lists the same
        things in another order.
        """
        said = [
            (row.register, _anonymous(sentence.wording, row.name), sentence.closes)
            for row in self._rows
            for sentence in row.missing
        ]
        alike = Counter(wording for _, wording, _ in said)
        called: dict[tuple[str, ...], str] = {}
        for wording in sorted(alike, key=lambda wording: (-alike[wording], wording)):
            called.setdefault(_in_any_order(wording), wording)
        return _shared((r, called[_in_any_order(wording)], n) for r, wording, n in said)

    @cached_property
    def broken_by(self) -> tuple[InCommon, ...]:
        """The registers that others extend, each with those of them that have findings that are new."""
        return _shared(
            (waiting.row.register, other, len(waiting.new))
            for waiting in self.rows
            for other in waiting.row.extends
            if waiting.new
        )

    def annotations(self) -> Iterator[Annotation]:
        """The findings of all registers as CI shows them, in the order of the registers, then what is between them."""
        for waiting in self.rows:
            yield from annotated(waiting.whole, self.catalogue)
        yield from self.between()

    def between(self, register: str | None = None) -> Iterator[Annotation]:
        """The differences between registers as CI shows them: once at each end, or at the ends in one register."""
        for one in self.differences:
            for (whose, at), (_, other) in (one.sides, one.sides[::-1]):
                if register in (None, whose):
                    yield _at_end(one, whose, at, other)

    @property
    def _rows(self) -> Iterator[RegisterRow]:
        return (waiting.row for waiting in self.rows)


def annotated(row: RegisterRow, catalogue: Mapping[str, RuleInfo]) -> Iterator[Annotation]:
    """The findings of a register as CI shows them, the worst first."""
    for one in row.found:
        info = replace(catalogue[one.rule], severity=Severity[one.severity.upper()])
        _, _, about = one.id.partition("@")
        where, _, facet = about.rpartition("@")
        at = Location(one.place.path, one.place.line, one.place.column)
        problem = Problem(at, one.message, one.hint, where=where, facet=facet)
        yield Annotation(Finding(info, problem), one.place, one.related, one.number, row.register)


def _at_end(
    one: FleetDifference, register: str, at: AnnotationPlace, other: AnnotationPlace
) -> Annotation:
    info = RuleInfo(
        "ends-differ", one.severity, (), undecided=False, page=_ENDS_DIFFER, since="0.2.0"
    )
    where = f"{register}:{at.line}/{other.path}:{other.line}"
    problem = Problem(Location(at.path, at.line), one.message, where=where, facet=one.facet)
    related = ((other, "the other end"),)
    return Annotation(Finding(info, problem), at, related, 1, register)


_ENDS_DIFFER = """Two registers do not say the same of what goes from one to the other.

What one organisation says it gives must be what the other says it gets (Articles 13(1)(e), 14(2)(f) and 30(1)(d)). Find
out together which is right, and correct the other."""


def _shared(found: Iterable[tuple[str, str, int]]) -> tuple[InCommon, ...]:
    times, where = Counter[str](), defaultdict[str, dict[str, None]](dict)
    for register, what, number in found:
        times[what] += number
        where[what][register] = None
    made = (InCommon(what, times[what], tuple(where[what])) for what in times)
    return tuple(sorted(made, key=lambda one: (-len(one.registers), -one.times, one.what)))


OURSELVES = "[name]"
"""What stands for the name of each organisation in a sentence that many lack."""


def _in_any_order(wording: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"\w+", wording)))


def _anonymous(wording: str, name: str) -> str:
    return wording.replace(name, OURSELVES) if name else wording
