"""Accepting what is proposed: who took what from which proposer is written beside the statement."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ropa.errors import UnknownName, nearest
from ropa.register.build import proposer
from ropa.register.lexicon import strings
from ropa.register.model import Claim

FACETS: Mapping[str, str] = {
    "recipient": "to",
    "source": "from",
    "purpose": "purposes",
    "country": "countries",
    "subject": "about",
}
"""What the facets are called elsewhere, by the keys of a statement."""

CHOOSE = "choose: "
"""How a value begins that stands for a word that a person has to choose."""
NEW = "new: "
"""How a value begins that stands for somebody whom the register does not know yet."""

ALWAYS = frozenset({"by", "about", "unless", "conditions"})
"""Keys that limit what a statement says: left out, it would say more than was proposed."""

_CLAIMS = frozenset(map(str, Claim))
_BESIDE_A_PROMISE = frozenset(
    {"id", "quote", "prefix", "suffix", "never", "proposed", "accepted", "read_as"}
)
_MOSTLY = {"collects": "data", "uses": "purposes", "keeps": "data"}


class Taken(Struct, frozen=True):
    """Who accepts, on which day, and which keys of each proposal; all where none is named.

    `chosen` are the words for keys that a proposal left to be chosen.
    """

    by: str
    on: date
    only: tuple[str, ...] = ()
    chosen: Mapping[str, str] = {}


def accepted(entry: Mapping[str, Any], taken: Taken) -> dict[str, Any]:
    """A proposed statement as it counts from now on. Raises `UnknownName` where it lacks what is to be accepted."""
    by = proposer(entry)
    kept = {key: value for key, value in entry.items() if key not in _gone(entry)}
    record: dict[str, Any] = {"by": taken.by, "on": str(taken.on)}
    record |= {"proposed_by": by} if by else {}
    kept = _chosen(kept, taken.chosen)
    if taken.only:
        kept = _narrowed(kept, taken.only)
        record["only"] = taken.only[0] if len(taken.only) == 1 else list(taken.only)
    _all_chosen(kept)
    return {**kept, "accepted": record}


def keys_named(facets: Sequence[str]) -> tuple[str, ...]:
    """The keys of a statement that are meant by facets, named by either name."""
    return tuple(dict.fromkeys(FACETS.get(facet, facet) for facet in facets))


def _chosen(entry: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """A statement with the words that were chosen."""
    claim = next((key for key in entry if key in _CLAIMS), "")
    if not chosen:
        return dict(entry)
    if not claim:
        return {**entry, **chosen}
    return {**entry, claim: {**dict(_body(entry, claim)), **chosen}}


def _all_chosen(entry: Mapping[str, Any]) -> None:
    """Raise where a word has to be chosen still."""
    claim = next((key for key in entry if key in _CLAIMS), "")
    for key, value in _body(entry, claim):
        for word in strings(value) if isinstance(value, (str, list)) else ():
            if word.startswith(CHOOSE):
                raise UnknownName(
                    f"“{entry['quote']}” leaves `{key}` to be chosen; say --choose {key}=WORD, with one of"
                    f" {word.removeprefix(CHOOSE)}, or another that `ropa terms` lists"
                )
            if word.startswith(NEW):
                name = word.removeprefix(NEW)
                lacks = "is nobody whom the register knows; add a `kind: party` for them"
                if key not in ("to", "from"):
                    lacks = "is no word that the register knows; add a `kind: term` for it"
                raise UnknownName(f"{name} {lacks} and say --choose {key}=ID")


def _gone(entry: Mapping[str, Any]) -> frozenset[str]:
    """The keys that say that it is a proposal."""
    return frozenset({"proposed", "accepted", *(() if "never" in entry else ("by",))})


def _narrowed(entry: Mapping[str, Any], only: Sequence[str]) -> dict[str, Any]:
    """A statement of some of what it stated, and of all that limits it."""
    claim = next((key for key in entry if key in _CLAIMS), "")
    body = dict(_body(entry, claim))
    missing = [key for key in only if key not in body]
    if missing:
        near = nearest(missing[0], body)
        states = ", ".join(near or body)
        raise UnknownName(f"“{entry['quote']}” states no `{missing[0]}`; it states {states}")
    kept = {k: v for k, v in body.items() if k in only or k in ALWAYS}
    if claim == Claim.INFORMS:
        return dict(entry)
    if claim:
        return {**entry, claim: kept}
    return {k: v for k, v in entry.items() if k in _BESIDE_A_PROMISE or k in kept}


def _body(entry: Mapping[str, Any], claim: str) -> Iterator[tuple[str, Any]]:
    """What a statement states, by its keys."""
    if not claim:
        yield from ((k, v) for k, v in entry.items() if k not in _BESIDE_A_PROMISE)
        return
    written = entry[claim]
    if isinstance(written, Mapping):
        yield from written.items()
    else:
        yield "informs" if claim == Claim.INFORMS else _MOSTLY.get(claim, "to"), written


def in_words(entry: Mapping[str, Any]) -> str:
    """What a statement says, on one line, as it is written."""
    claim = next((key for key in entry if key in _CLAIMS), "")
    said = "; ".join(
        _value(value) if key == claim else f"{key}: {_value(value)}"
        for key, value in _body(entry, claim)
    )
    return f"{claim} {said}" if claim else f"never {entry['never']}{f', {said}' if said else ''}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {_value(v)}" for k, v in value.items())
    return ", ".join(strings(value)) if not isinstance(value, bool) else str(value)
