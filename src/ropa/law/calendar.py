"""The law as a calendar: on which day a row begins to hold or ends, in words, and what that means for a register."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct

from ropa.findings import Finding
from ropa.law.tables import (
    REGIMES,
    TABLES,
    Adequacy,
    Duty,
    Provisions,
    Regulator,
    Rights,
    Safeguard,
    Schedule1,
    Standing,
    StatutoryRetention,
    Superseded,
    TellingException,
    VaguePhrase,
    WithdrawnLink,
)
from ropa.register.periods import period_in_words


class LawChange(Struct, frozen=True):
    """A row of a table that holds from a `day` on, or no longer holds since it."""

    day: date
    table: str
    row: Any
    begins: bool

    @property
    def standing(self) -> Standing:
        """The row's days, its sources and when they were read."""
        standing: Standing = self.row.standing
        return standing

    @property
    def name(self) -> str:
        """The table and the row, as a rule names what it rests on."""
        return f"{self.table}/{self.row.id}"

    @property
    def words(self) -> str:
        """What changes, as a sentence without its full stop."""
        said = in_words(self.row)
        if isinstance(self.row, Superseded | WithdrawnLink):
            return said  # such a row says itself that something has ended
        return f"{said}: {'holds from now on' if self.begins else 'holds no longer'}"


class LawDay(Struct, frozen=True):
    """A day on which the law changes, and what the rules that rest on what changes find from then on.

    `comes` are the findings about a register that were none the day before, `goes` those that are none any
    more.
    """

    day: date
    changes: tuple[LawChange, ...]
    comes: tuple[Finding, ...] = ()
    goes: tuple[Finding, ...] = ()


def changing(start: date, end: date, regimes: Iterable[str] = REGIMES) -> Iterator[LawDay]:
    """The days from `start` to `end`, both included, on which something changes under these regimes."""
    wanted = frozenset(regimes)
    found = [
        change
        for table in TABLES.values()
        for row in table.rows
        if wanted.intersection(row.standing.regimes)
        for change in _of(table.name, row)
        if start <= change.day <= end
    ]
    found.sort(key=lambda change: (change.day, change.table, not change.begins, change.row.id))
    for day, changes in groupby(found, key=lambda change: change.day):
        yield LawDay(day, tuple(changes))


def _of(table: str, row: Any) -> Iterator[LawChange]:
    standing: Standing = row.standing
    if standing.start:
        yield LawChange(standing.start, table, row, begins=True)
    if standing.end:
        yield LawChange(standing.first_day_without, table, row, begins=False)


def in_words(row: Any) -> str:
    """What a row is about: the provision, the country, the body."""
    said = _IN_WORDS[type(row)](row)
    return f"{said[:1].upper()}{said[1:]}"


def _place(row: Adequacy) -> str:
    only = f", where {row.condition}" if row.condition else ""
    return f"{row.name} as a place that data may go to without a further safeguard{only}"


_IN_WORDS: Mapping[type, Callable[[Any], str]] = {
    Duty: lambda row: f"{row.article}, {row.about}",
    TellingException: lambda row: (
        f"Article {row.provision} as an exception from telling people ({row.about})"
    ),
    Superseded: lambda row: f"{row.name}, {row.how}: {row.replacement} instead",
    WithdrawnLink: lambda row: f"an address ({row.id}), {row.became}: {row.instead} instead",
    Adequacy: _place,
    Schedule1: lambda row: f"Schedule 1 paragraph {row.paragraph} ({row.title})",
    Safeguard: lambda row: row.name,
    Regulator: lambda row: f"{row.name} as the regulator",
    StatutoryRetention: lambda row: f"{period_in_words(row.period)} for {row.about} ({row.law})",
    Rights: lambda row: f"the rights that go with Article 6(1)({row.id})",
    Provisions: lambda row: f"{row.name}, whose last article is {row.last}",
    VaguePhrase: lambda row: f"vague words about the {row.facet} ({row.id})",
}
