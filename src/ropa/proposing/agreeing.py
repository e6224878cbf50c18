"""How often a person who is asked again, without the answers, says the same of what they had accepted."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from msgspec import Struct

from ropa.register.model import Notice, Statement
from ropa.register.periods import days
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

DEED = "deed"
"""What stands for what is done, beside the keys of what is said of it."""
_WORDED = {
    "about": Facet.SUBJECT,
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}


def stated(statement: Statement) -> dict[str, Any]:
    """What a statement states, by the keys of its entry, in values that are equal where they mean the same.

    Criteria are text of their own, of which only whether there are any is compared.
    """
    found: dict[str, Any] = {DEED: deed(statement)}
    found |= {
        k: frozenset(statement.states[f]) for k, f in _WORDED.items() if f in statement.states
    }
    basis = statement.basis
    letter = (basis.article_6 or basis.in_words) if basis else ""
    rest = {
        "by": frozenset(statement.by),
        "basis": letter,
        "period": how_long(statement.period),
        "trigger": frozenset(filter(None, [statement.trigger])),
        "criteria": bool(statement.criteria),
        "safeguard": statement.safeguard,
        "unless": frozenset(word for guards in statement.unless for word in guards),
        "informs": frozenset(statement.items),
    }
    return found | {key: value for key, value in rest.items() if value}


def deed(statement: Statement) -> str:
    """What a statement says is done, or is never done."""
    return f"never {statement.claim}" if statement.negative else str(statement.claim)


def how_long(period: str) -> object:
    """A period as it is compared: twelve months are a year."""
    with suppress(ValueError):
        return days(period) if period else ""
    return period


def asked_again(statement: Statement, now: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The entry that says of which keys somebody said the same again, and of which something else or nothing."""
    then = stated(statement)
    same = [key for key in then if now.get(key) == then[key]]
    other = [key for key in then if key not in same]
    said = {"same": same, "other": other}
    return {"on": str(today), **{name: keys for name, keys in said.items() if keys}}


def accepted_by(notices: Iterable[Notice], by: str = "") -> tuple[Statement, ...]:
    """The statements that somebody accepted, or anybody, of those that had been proposed."""
    return tuple(
        statement
        for notice in notices
        for statement in notice.statements
        if statement.accepted and by in ("", statement.accepted.by)
    )


def round_of(statements: Sequence[Statement], most: int, today: date) -> tuple[Statement, ...]:
    """Those to be asked of today: first those of whom it was done today, then those of whom it is longest ago.

    Among those, any may come, the same all day.
    """
    any_order = list(statements)
    random.Random(str(today)).shuffle(any_order)
    any_order.sort(key=lambda one: _last(one, today))
    return tuple(any_order[:most])


def _last(statement: Statement, today: date) -> date:
    day = _day(statement)
    return date.min if day in (None, today) else day or date.min


def _day(statement: Statement) -> date | None:
    again = statement.accepted.again if statement.accepted else None
    return again.on if again else None


def is_asked(statement: Statement, today: date) -> bool:
    """Whether it was asked about today."""
    return _day(statement) == today


class Agreement(Struct, frozen=True):
    """How often somebody said the same again: of how many statements all, and of each key of how many.

    `facets` has for each key how often it was the same, and how often it was asked.
    """

    by: str
    statements: int
    whole: int
    facets: Mapping[str, tuple[int, int]]

    @property
    def same(self) -> int:
        """Of how many keys it was the same, over all statements."""
        return sum(same for same, _ in self.facets.values())

    @property
    def asked(self) -> int:
        """How many keys were asked, over all statements."""
        return sum(asked for _, asked in self.facets.values())

    @property
    def in_words(self) -> str:
        """It as a sentence."""
        each = ", ".join(f"{key} {same} of {asked}" for key, (same, asked) in self.facets.items())
        of = phrases.count(self.statements, "accepted proposal")
        return (
            f"Asked again about {of} without the answers, {self.by} said the same of {self.same} of "
            f"{phrases.count(self.asked, 'facet')} ({each}), and of everything in {self.whole}."
        )


def agreements(statements: Iterable[Statement]) -> Iterator[Agreement]:
    """How often each person said the same again, by name; nothing of those who were not asked."""
    asked: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.accepted and statement.accepted.again:
            asked[statement.accepted.by].append(statement)
    for by, theirs in sorted(asked.items()):
        yield _agreement(by, theirs)


def _agreement(by: str, statements: Sequence[Statement]) -> Agreement:
    again = [s.accepted.again for s in statements if s.accepted and s.accepted.again]
    same = Counter(key for one in again for key in one.same)
    every = Counter(key for one in again for key in (*one.same, *one.other))
    keys = sorted(every, key=lambda key: (key != DEED, -every[key], key))
    whole = sum(not one.other for one in again)
    return Agreement(by, len(again), whole, {key: (same[key], every[key]) for key in keys})


class Took(Struct, frozen=True):
    """What one person accepted of one proposer: how many statements, how many of them in part, and of which keys."""

    by: str
    proposed_by: str
    statements: int
    in_part: int
    keys: Mapping[str, int]

    @property
    def in_words(self) -> str:
        """It as a sentence."""
        of = f" proposed by {self.proposed_by}" if self.proposed_by else " that had been proposed"
        part = f", {self.in_part} of them in part" if self.in_part else ""
        each = ", ".join(f"{key} {number}" for key, number in self.keys.items())
        return (
            f"{self.by} accepted {phrases.count(self.statements, 'statement')}{of}{part}: {each}."
        )


def took(statements: Iterable[Statement]) -> Iterator[Took]:
    """Who accepted what of whose proposals, by their names."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        if one.accepted:
            found[one.accepted.by, one.accepted.proposed_by].append(one)
    for (by, proposer), theirs in sorted(found.items()):
        keys = Counter(key for one in theirs for key in stated(one) if key != DEED)
        part = sum(bool(one.accepted and one.accepted.only) for one in theirs)
        counted = dict(sorted(keys.items(), key=lambda held: (-held[1], held[0])))
        yield Took(by, proposer, len(theirs), part, counted)
