"""Everything the page of many registers shows, as values: how each stands, what most lack, and what is new."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from ropa.fleet.fleet import Fleet, InCommon
from ropa.fleet.row import Outcome, RegisterRow, WaitingRow
from ropa.judging.verdict import Verdict
from ropa.saying import phrases

PER_PAGE = 50
MOST_SENTENCES = 200
MOST_OWNERS = 200
"""How many are listed and can be chosen; the other formats have all."""
_MOST, _ALMOST_ALL = 0.5, 0.8
_GROUPS = (
    (Verdict.CLEAR,),
    (Verdict.PARTIAL, Verdict.VAGUE),
    (Verdict.UNTIED, Verdict.UNDECIDABLE),
    (Verdict.OMITTED, Verdict.CONTRADICTED, Verdict.AMBIGUOUS),
)
"""The verdicts as the bar of a register shows them: told, in part, not decided, not told."""

STANDINGS = {
    Outcome.UNCHECKED: ("undecided", "!", "could not be checked"),
    Outcome.UNDECIDED: ("undecided", "?", "not decided"),
    Outcome.FAILING: ("untold", "✗", "fails"),
    Outcome.CLEAN: ("told", "✓", "clean"),
}
"""How each outcome looks and what it is called, the worst first."""


class ShownRegister(Struct, frozen=True):
    """A register in the table. `groups` counts its flows as its bar shows them, `link` leads to its own page."""

    row: RegisterRow
    look: str
    glyph: str
    says: str
    groups: tuple[int, ...]
    link: str
    new: int | None
    gone: int | None
    turned: int | None

    @property
    def about(self) -> str:
        """What stands below its name."""
        where = f"{self.row.register}, " if self.row.name else ""
        return f"{where}{phrases.count(self.row.activities, 'activity', 'activities')}"


class ManyPage(Struct, frozen=True, eq=False, dict=True):
    """The page as values."""

    fleet: Fleet

    @cached_property
    def registers(self) -> tuple[ShownRegister, ...]:
        """All of them, the worst first."""
        return tuple(self._shown(waiting) for waiting in self.fleet.worst_first)

    @property
    def first(self) -> tuple[ShownRegister, ...]:
        """Those that are there without a script, too."""
        return self.registers[:PER_PAGE]

    @property
    def since(self) -> bool:
        """Whether an earlier run is known."""
        return any(register.new is not None for register in self.registers)

    @cached_property
    def changed(self) -> tuple[ShownRegister, ...]:
        """The registers that are otherwise than in the last run, those with most that is new first."""
        found = [r for r in self.registers if r.new or r.gone or r.turned]
        return tuple(sorted(found, key=lambda r: (-(r.new or 0), r.row.register)))

    @property
    def headline(self) -> str:
        """What is most worth knowing, as a sentence."""
        checked, missing = self.fleet.checked, self.fleet.missing
        share = len(missing[0].registers) / checked if missing and checked else 0.0
        if checked > 1 and share >= _MOST:
            almost = "almost everywhere" if share >= _ALMOST_ALL else "in most registers"
            return f"One sentence is missing {almost}"
        clean = self.fleet.standings[Outcome.CLEAN]
        return f"{clean} of {phrases.count(len(self.fleet.rows), 'register')} {'is' if clean == 1 else 'are'} clean"

    @property
    def rules(self) -> Sequence[tuple[InCommon, str]]:
        """The rules that found something, each with its fault in a sentence."""
        catalogue = self.fleet.catalogue
        return [(rule, catalogue[rule.what].summary) for rule in self.fleet.by_rule]

    @property
    def causes(self) -> Sequence[InCommon]:
        """What findings of most registers come of."""
        return self.fleet.by_cause[:MOST_SENTENCES]

    @property
    def sentences(self) -> Sequence[InCommon]:
        """The sentences that most lack."""
        return self.fleet.missing[:MOST_SENTENCES]

    @property
    def owners(self) -> Sequence[InCommon]:
        """Who has most to mend."""
        return self.fleet.by_owner[:MOST_OWNERS]

    @cached_property
    def details(self) -> dict[str, Any]:
        """What the script of the page is given: the registers in short, with numbers for the names of others."""
        rules = {rule.what: n for n, rule in enumerate(self.fleet.by_rule)}
        return {
            "rules": [[one.what, summary] for one, summary in self.rules],
            "sentences": [one.what for one in self.sentences],
            "owners": [one.what for one in self.owners],
            "standings": [[look, glyph, says] for look, glyph, says in STANDINGS.values()],
            "since": self.since,
            "registers": [self._short(r, rules) for r in self.registers],
            "caused": [[self._numbers[r] for r in one.registers] for one in self.causes],
            "lacking": [[self._numbers[r] for r in one.registers] for one in self.sentences],
            "owned": [[self._numbers[r] for r in one.registers] for one in self.owners],
        }

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {register.row.register: n for n, register in enumerate(self.registers)}

    def _short(self, register: ShownRegister, rules: dict[str, int]) -> list[Any]:
        row = register.row
        return [
            row.title,
            register.about,
            list(STANDINGS).index(row.standing),
            row.why,
            list(register.groups),
            row.percent,
            row.findings.get("error", 0),
            phrases.day(row.signed) if row.signed else "",
            [register.new, register.turned],
            [number for rule, times in row.rules.items() for number in (rules[rule], times)],
            register.link,
        ]

    def _shown(self, waiting: WaitingRow) -> ShownRegister:
        row = waiting.row
        counts = Counter(row.verdicts)
        groups = tuple(sum(counts[str(verdict)] for verdict in group) for group in _GROUPS)
        link = f"{self.fleet.pages}/{row.page}" if self.fleet.pages and not row.why else ""
        before = waiting.told_before
        return ShownRegister(
            row,
            *STANDINGS[row.standing],
            groups,
            link,
            len(waiting.new) if waiting.new is not None else None,
            waiting.gone,
            row.told - before if before is not None else None,
        )

    def standings(self) -> Iterator[tuple[str, int]]:
        """How many registers stand how, in words, the worst first."""
        for outcome, (_, _, says) in STANDINGS.items():
            if number := self.fleet.standings[outcome]:
                yield says, number
