"""Invented sentences and what a reading has to make of them, from `reading_examples.yaml`."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ropa.documents.shipped import shipped
from ropa.reading.names import Names
from ropa.reading.said import US, Deed, Part, Polarity, Reading, Role, Time
from ropa.reading.sentence import read
from ropa.register.build import build
from ropa.register.model import Claim
from ropa.register.vocabulary import TERMS, Facet, Term
from ropa.seen.text import Sentence
from ropa.seen.tree import Kind

TABLE = Path(__file__).with_name("reading_examples.yaml")


@cache
def names(*, parties: bool = False) -> Names:
    """The shipped words, with a party called the trust where it is wanted."""
    plain = Names.of(build(shipped(TERMS), {}))
    if not parties:
        return plain
    trust = Term(Facet.RECIPIENT, "trust", "Sample Trust", synonyms=("the trust",))
    return Names((*plain.terms, trust), frozenset({"trust"}), "Sample Council")


@cache
def examples() -> Mapping[str, list[dict[str, Any]]]:
    """The examples by trap."""
    (table,) = shipped(TABLE)
    traps: Mapping[str, list[dict[str, Any]]] = table.data
    return traps


def sentence(example: Mapping[str, Any]) -> Sentence:
    """An example as a sentence of a notice."""
    kind = Kind(example.get("kind", "prose"))
    text = example["text"]
    return Sentence(text, example.get("lead", ""), example.get("heading", ""), kind, 0, len(text))


def reading(example: Mapping[str, Any]) -> Reading:
    """What an example is read as."""
    return read(sentence(example), names(parties=bool(example.get("parties"))))


def faults(example: Mapping[str, Any]) -> Iterator[str]:
    """What the reading of an example does not make of it."""
    made = reading(example)
    for what, ask in _ASKED.items():
        if what in example:
            got, wanted = ask(made), example[what]
            if got != (sorted(set(wanted)) if isinstance(wanted, list) else wanted):
                yield f"{example['text']} -> {what}: {got}, not {wanted}"
    named = {f"{word.facet}/{word.word}" for word in made.words}
    denied = {f"{word.facet}/{word.word}" for word in made.words if word.denied}
    yield from (
        f"{example['text']} -> {w} not denied" for w in example.get("denied", ()) if w not in denied
    )
    yield from (
        f"{example['text']} -> {w} unnamed" for w in example.get("names", ()) if w not in named
    )
    yield from (f"{example['text']} -> {w} named" for w in example.get("never", ()) if w in named)


def _claims(deeds: Iterator[Deed]) -> list[str]:
    return sorted({str(deed.claims[0]) if deed.claims else "any" for deed in deeds})


def _ours(made: Reading) -> list[Deed]:
    return [deed for deed in made.deeds if deed.by == US]


def _says(made: Reading) -> list[str]:
    return _claims(deed for deed in _ours(made) if deed.holds)


def _denies(made: Reading) -> list[str]:
    """The denials of the sentence's own verbs, or else those of its lead-in."""
    denied = [deed for deed in _ours(made) if deed.polarity is Polarity.DENIES]
    own = [deed for deed in denied if deed.span.part is Part.SENTENCE]
    return _claims(iter(own)) if own else sorted(set(_claims(iter(denied))))


def _strength(made: Reading) -> str:
    return str(_ours(made)[0].strength) if _ours(made) else ""


def _periods(made: Reading) -> list[str]:
    return sorted(
        " ".join(
            filter(
                None,
                (
                    p.period,
                    p.trigger,
                    str(p.bound).replace("for", ""),
                    str(p.of).replace("keeping", ""),
                ),
            )
        )
        for p in made.periods
    )


def _letters(made: Reading) -> list[str]:
    return sorted(
        f"{letter.article}{letter.letter}{' in words' if letter.in_words else ''}"
        for letter in made.letters
        if letter.span.part is Part.SENTENCE
    )


def _role(role: Role) -> Callable[[Reading], list[str]]:
    return lambda made: sorted({f"{w.facet}/{w.word}" for w in made.words if w.role is role})


def _collected(made: Reading) -> str:
    collected = (deed.by for deed in made.deeds if deed.claims[:1] == (Claim.COLLECTS,))
    return next((by for by in collected if by != US), "")


_ASKED: Mapping[str, Callable[[Reading], Any]] = {
    "says": _says,
    "denies": _denies,
    "asks": lambda made: any(d.polarity is Polarity.ASKS for d in made.deeds),
    "past": lambda made: any(d.time is Time.PAST for d in _ours(made)),
    "if": lambda made: sorted({str(c.ground) for d in _ours(made) for c in d.conditions}),
    "strength": _strength,
    "periods": _periods,
    "letters": _letters,
    "to": _role(Role.TO),
    "from": _role(Role.FROM),
    "collected": _collected,
    "by": lambda made: sorted({deed.by for deed in made.deeds}),
}
