"""The law as data: dated tables with their sources, each read from its file when it is first asked.

A rule asks a table for the rows in force on the day of `--as-of` under the regimes that apply:
`law.ADEQUACY_UK.on(day, regimes)`. A row that was not read in its source says so, and so does every rule
that rests on it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from ropa.documents.shipped import shipped
from ropa.register.model import day_of
from ropa.remembering import remembered

FOLDER = Path(__file__).parent
REGIMES = ("uk-gdpr", "eu-gdpr")


class Standing(Struct, frozen=True):
    """When and under which regimes a row is law, and how we know.

    `start` and `end` are the first and the last day, None where it has always been or still is.
    `sources` are words a reader can look up, and `read` is the day they were last looked up. `status` is
    `read` where the law itself or its authority was read, `secondary` where only others who write about it
    were, and `from-memory` where something in the row was read nowhere; `note` says what, or what else to know.
    """

    start: date | None
    end: date | None
    regimes: tuple[str, ...]
    sources: tuple[str, ...]
    status: str
    read: date
    note: str = ""

    @property
    def from_memory(self) -> bool:
        """Whether something in the row was not read in any source."""
        return self.status == "from-memory"

    @property
    def first_day_without(self) -> date:
        """The day after its last; the last day there is where it has no end."""
        return self.end + timedelta(days=1) if self.end else date.max

    def applies(self, day: date, regimes: Iterable[str] = REGIMES) -> bool:
        """Whether it is law on that day under one of these regimes."""
        begun = self.start is None or self.start <= day
        ended = self.end is not None and self.end < day
        return begun and not ended and any(regime in self.regimes for regime in regimes)


class Rights(Struct, frozen=True):
    """What a lawful basis, by its letter in Article 6(1), means for each right: yes, no or qualified."""

    id: str
    standing: Standing
    rights: Mapping[str, str]


class Schedule1(Struct, frozen=True):
    """A condition of the Data Protection Act 2018, Schedule 1.

    `supports` is the letter of Article 9(2), or "10". `policy` says whether it takes an appropriate
    policy document: required, not-required, or as-underlying where the extended condition decides;
    `unless` is the case in which a required one may be missing. `purposes` and `words` are what it is for, as
    words of the vocabulary and as a pattern over names; `data` is the special category data it is for, where it
    is not for all, and `bodies` those who may rely on it, `not_for_authorities` where no public authority is one.
    """

    id: str
    standing: Standing
    paragraph: int
    part: int
    title: str
    supports: str
    policy: str
    unless: str = ""
    purposes: tuple[str, ...] = ()
    words: str = ""
    data: tuple[str, ...] = ()
    bodies: str = ""
    not_for_authorities: bool = False


class Adequacy(Struct, frozen=True):
    """A country, by its code, or an organisation that data may go to; a partial decision has a `condition`.

    `schemes` are the words by which a register says that a recipient meets it.
    """

    id: str
    standing: Standing
    name: str
    condition: str = ""
    schemes: tuple[str, ...] = ()


class Superseded(Struct, frozen=True):
    """Something a notice may still name that has ended: a law, a clause, a body or a term.

    It stands from the day the old one ended. `written` are patterns over the normal form of a text, in
    any letter case, and `signs` plain words of which one stands in every text that they fit. `shorthand`
    counts too, unless `unless` stands in the text and makes it something else. A sentence in which `plain`
    stands uses the words in their everyday sense. `kind` is instrument, transfer, article, body or term.
    """

    id: str
    standing: Standing
    kind: str
    name: str
    signs: tuple[str, ...]
    written: tuple[str, ...]
    how: str
    replacement: str
    shorthand: str = ""
    unless: str = ""
    plain: str = ""


class StatutoryRetention(Struct, frozen=True):
    """How long the law has a record kept in one nation: an ISO 8601 period from a trigger.

    `about` is the record in words; `data` and `subjects` are words of the vocabulary that it falls
    under. `minimum` says that longer is allowed. Where the person dies before 18, the period from their
    death is `after_death`.
    """

    id: str
    standing: Standing
    about: str
    nation: str
    period: str
    trigger: str
    law: str
    data: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    minimum: bool = False
    after_death: str = ""


class VaguePhrase(Struct, frozen=True):
    """Words that tell nobody anything, as a pattern, about one facet; `better` is what to say instead.

    `signs` are plain words of which one stands in every text that it fits. `specific` is a pattern that
    makes the sentence good enough after all.
    """

    id: str
    standing: Standing
    facet: str
    signs: tuple[str, ...]
    written: str
    better: str
    specific: str = ""


class Safeguard(Struct, frozen=True):
    """A safeguard for transfers under Chapter V, by its word in the register, and what it needs besides."""

    id: str
    standing: Standing
    safeguard: str
    name: str
    needs: str = ""
    assessment: bool = False


class TellingException(Struct, frozen=True):
    """A provision of Article 13 or 14 that excuses from telling people.

    `lifts` is what need not be told: everything, or `new-purpose` for the news of a purpose that data was not
    collected for (Article 13(3)). `safeguards` says that it holds only with measures that protect people, which
    `safeguards_law` asks for; `only_for` are the purposes it is for, where it is not for all. `moved_to` is where
    to look since it ended.
    """

    id: str
    standing: Standing
    provision: str
    about: str
    lifts: str = "everything"
    safeguards: bool = False
    safeguards_law: str = ""
    only_for: tuple[str, ...] = ()
    moved_to: str = ""


class Duty(Struct, frozen=True):
    """Something that has to be told or recorded since a day; `article` is where it is written."""

    id: str
    standing: Standing
    article: str
    about: str


class Regulator(Struct, frozen=True):
    """An authority that people can complain to, by the country, and every name it is known by."""

    id: str
    standing: Standing
    country: str
    name: str
    known_as: tuple[str, ...] = ()


class WithdrawnLink(Struct, frozen=True):
    """An address that shows something else or nothing since a day; `written` is a pattern over addresses,
    and `signs` plain words of which one stands in every address that it fits.
    """

    id: str
    standing: Standing
    signs: tuple[str, ...]
    written: str
    became: str
    instead: str


class Provisions(Struct, frozen=True):
    """An instrument and the number of its `last` provision; `written` is a pattern over how a register names it.

    `unit` is what its provisions are called: an article, or the section of an Act.
    """

    id: str
    standing: Standing
    name: str
    written: str
    unit: str
    last: int


class _Row(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def standing(self) -> Standing: ...


R = TypeVar("R", bound=_Row)


class Table(Struct, Generic[R], frozen=True):
    """One table of the law: its file's name, and the kind of its rows."""

    name: str
    row: type[R]

    @property
    def rows(self) -> tuple[R, ...]:
        """Every row, whenever it was law."""
        made: tuple[R, ...] = _rows(self)
        return made

    def on(self, day: date, regimes: Iterable[str] = REGIMES) -> tuple[R, ...]:
        """The rows that are law on that day under one of these regimes."""
        regimes = tuple(regimes)
        return tuple(row for row in self.rows if row.standing.applies(day, regimes))

    def find(self, id_: str, day: date, regimes: Iterable[str] = REGIMES) -> R | None:
        """The row of that id, where it is law on that day."""
        return next((row for row in self.on(day, regimes) if row.id == id_), None)


RIGHTS = Table("rights-by-basis", Rights)
SCHEDULE_1 = Table("schedule-1", Schedule1)
EEA = frozenset((
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
    "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO",
))  # fmt: skip
"""The countries of the European Economic Area."""

ADEQUACY_UK = Table("adequacy-uk", Adequacy)
ADEQUACY_EU = Table("adequacy-eu", Adequacy)
SUPERSEDED = Table("superseded", Superseded)
RETENTION = Table("statutory-retention", StatutoryRetention)
VAGUE = Table("vague-phrases", VaguePhrase)
SAFEGUARDS = Table("safeguards", Safeguard)
EXCEPTIONS = Table("exceptions", TellingException)
DUTIES = Table("duties", Duty)
PROVISIONS = Table("provisions", Provisions)
REGULATORS = Table("regulators", Regulator)
WITHDRAWN_LINKS = Table("withdrawn-links", WithdrawnLink)

TABLES: Mapping[str, Table[Any]] = {
    table.name: table
    for table in (
        RIGHTS,
        SCHEDULE_1,
        ADEQUACY_UK,
        ADEQUACY_EU,
        SUPERSEDED,
        RETENTION,
        VAGUE,
        SAFEGUARDS,
        EXCEPTIONS,
        DUTIES,
        PROVISIONS,
        REGULATORS,
        WITHDRAWN_LINKS,
    )
}


@remembered
def schedule_1(written: str, day: date) -> Schedule1 | None:
    """The condition of Schedule 1 that is meant by `18`, or by `18(1)(a)`, where it is law on that day."""
    number = written.split("(", maxsplit=1)[0].strip()
    row = _conditions().get(number)
    return row if row and row.standing.applies(day, ("uk-gdpr",)) else None


@cache
def _conditions() -> Mapping[str, Schedule1]:
    return {str(row.paragraph): row for row in SCHEDULE_1.rows}


WHOSE: Mapping[str, str] = {"uk-gdpr": "United Kingdom", "eu-gdpr": "European Union"}
"""Whose law a regime is."""


def crossed(regimes: Iterable[str], *countries: str) -> tuple[str, ...]:
    """The regimes for which data leaves their territory when it goes to one of these countries."""
    home = {"uk-gdpr": {"GB"}, "eu-gdpr": EEA}
    return tuple(r for r in REGIMES if r in regimes and not home[r] >= set(countries))


def adequacy(regime: str, country: str, day: date) -> Adequacy | None:
    """The decision that covers a country on a day, whole or in part."""
    table = ADEQUACY_UK if regime == "uk-gdpr" else ADEQUACY_EU
    return table.find(country, day, (regime,))


@remembered
def safeguard(word: str, regime: str, day: date) -> Safeguard | None:
    """What a register's word for a safeguard means under a regime on a day."""
    rows = SAFEGUARDS.on(day, (regime,))
    return next((row for row in rows if row.safeguard == word), None)


def rows_behind(rests_on: Iterable[str]) -> Iterator[_Row]:
    """The rows a rule names: a whole table's by its name, one as `table/row`, a kind's as `table/kind`."""
    for name in rests_on:
        table, _, part = name.partition("/")
        rows = TABLES[table].rows
        yield from (r for r in rows if part in ("", r.id, getattr(r, "kind", "")))


def row_names(rests_on: Iterable[str]) -> Iterator[str]:
    """The same rows by their names, each as `table/row`."""
    for name in rests_on:
        table = name.partition("/")[0]
        yield from (f"{table}/{row.id}" for row in rows_behind((name,)))


def entries(name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows of a table as they are written."""
    (document,) = shipped(FOLDER / f"{name}.yaml")
    return tuple(document.data["rows"])


@cache
def _rows(table: Table[Any]) -> tuple[Any, ...]:
    return tuple(_made(table.row, entry) for entry in entries(table.name))


def _made(kind: type[Any], entry: Mapping[str, Any]) -> Any:
    """A row as a value; a field that its kind does not have raises `TypeError`."""
    standing = Standing(
        start=day_of(entry.get("from")),
        end=day_of(entry.get("until")),
        regimes=_words(entry.get("regimes", REGIMES)),
        sources=_words(entry["source"]),
        status=entry["status"],
        read=date.fromisoformat(entry["read"]),
        note=entry.get("note", ""),
    )
    own = {key: _frozen(value) for key, value in entry.items() if key not in _STANDING}
    return kind(standing=standing, **own)


_STANDING = frozenset({"from", "until", "regimes", "source", "status", "read", "note"})


def _frozen(value: Any) -> Any:
    match value:
        case list():
            return tuple(value)
        case dict():
            return dict(value)
    return value


def _words(written: Any) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)
