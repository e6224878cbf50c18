"""The statements in force on either side, paired by what they say to whom, by their words, or by their ids."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from ropa.case import Case
from ropa.register.model import Evidence, Notice, Statement
from ropa.saying.edits import meaning
from ropa.seen.text import fold_text


class SaidThen(Struct, frozen=True, eq=False):
    """A statement in force, its notice, and what it says to whom."""

    statement: Statement
    notice: Notice
    key: tuple[Any, ...]


Pairs = list[tuple[SaidThen, SaidThen]]
Alike = Callable[[SaidThen], Any]

SAID = (
    *("claim", "negative", "by", "basis", "period", "trigger", "criteria", "safeguard"),
    *("conditions", "unless", "items"),
)
"""The fields of a statement that say something, besides the words of its facets."""


def speaking(case: Case) -> Iterator[SaidThen]:
    """The statements of the notices in force whose words are not known to be missing from the text."""
    for notice in case.coverage.voices.notices:
        for statement in notice.statements:
            if statement.evidence is not Evidence.NOT_FOUND:
                states = sorted((str(f), sorted(words)) for f, words in statement.states.items())
                key = (
                    *(meaning(getattr(statement, field)) for field in SAID),
                    repr(states),
                    statement.evidence is Evidence.FOUND,
                    meaning(notice.audience),
                )
                yield SaidThen(statement, notice, key)


def paired(
    old: Iterable[SaidThen], new: Iterable[SaidThen], ways: Sequence[Alike]
) -> tuple[Pairs, list[SaidThen], list[SaidThen]]:
    """What of both sides belongs together, each once, by the first way that fits; then what is left of either."""
    gone, come, pairs = list(old), list(new), Pairs()
    for alike in ways:
        places: dict[Any, list[SaidThen]] = {}
        for said in reversed(gone):
            places.setdefault(alike(said), []).append(said)
        found = [(places[key].pop(), s) for s in come if places.get(key := alike(s))]
        pairs += found
        taken = {id(said) for pair in found for said in pair}
        gone = [said for said in gone if id(said) not in taken]
        come = [said for said in come if id(said) not in taken]
    return pairs, gone, come


def same_meaning(said: SaidThen) -> Any:
    """The same said to the same people."""
    return said.key


def same_claim(said: SaidThen) -> Any:
    """The same said to other people, as in the next version of a notice for more of them."""
    return said.key[:-1]


def same_words(said: SaidThen) -> Any:
    """The same words, whatever is made of them."""
    return said.statement.quote.casefold()


def same_in_the_same_words(said: SaidThen) -> Any:
    """The same said by the same words."""
    return said.key[:-1], fold_text(said.statement.quote)


def same_at_the_same_id(said: SaidThen) -> Any:
    """The same said by the statement of the same id."""
    return said.key, said.statement.id


def same_id(said: SaidThen) -> Any:
    """The same id, whatever it says; where statements are counted, it may be another one."""
    return said.statement.id
