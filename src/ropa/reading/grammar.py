"""The grammar as it is looked up: grammar.yaml, with its verbs inflected and its phrases spelt out."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.documents.shipped import derived, shipped
from ropa.register.model import Claim

TABLE = Path(__file__).with_name("grammar.yaml")


class GrammarNode(Struct, gc=False):
    """The words that may follow in a phrase, and what kinds of phrase, of which value, end here."""

    following: dict[str, "GrammarNode"]
    ends: tuple[tuple[str, str], ...] = ()


class Verb(Struct, frozen=True):
    """A form of a verb: what it says is done, the words of which one has to follow, and those that may not.

    `form` is base, s, ed (past or participle), past (only that: "gave") or ing. `both` is true of a plain form that is
    a participle, too: "run".
    """

    base: str
    claims: tuple[Claim, ...]
    needs: frozenset[str]
    form: str
    spoilt: frozenset[str]
    both: bool
    giving: bool
    takes: bool
    serves: bool
    obliges: bool
    holds: bool


class Grammar(Struct, frozen=True):
    """The words of the language that notices are read in."""

    verbs: Mapping[str, Verb]
    small: Mapping[str, frozenset[str]]
    clauses: Mapping[str, str]
    phrases: GrammarNode
    units: Mapping[str, str]
    units_elsewhere: Mapping[str, str]
    numbers: Mapping[str, int]
    pronouns: Mapping[str, str]
    giving: frozenset[str]
    odd: Mapping[str, str]
    clause_words: frozenset[str]


@cache
def grammar() -> Grammar:
    """The grammar of English, made when the first sentence is read."""
    verbs, nouns, small, idle, periods, letters = (d.data for d in shipped(TABLE))
    lists = {kind: words for kind, words in small.items() if isinstance(words, list)}
    inflected = dict(_verbs(verbs))
    lists |= {kind: periods[kind] for kind in ("between", "ages", "answers")}
    lists |= {"frame": letters["frame"], "function": _together(lists, _FUNCTION)}
    lists |= {"finite": _together(lists, ("modal", "do", "be"))}
    return Grammar(
        verbs=inflected,
        small={kind: frozenset(words) for kind, words in lists.items()},
        clauses={word: kind for kind, words in small["clauses"].items() for word in words},
        phrases=_kept_phrases(nouns, small, idle, periods, letters),
        units=periods["units"],
        units_elsewhere=periods["units_elsewhere"],
        numbers=periods["numbers"],
        pronouns=small["pronouns"],
        giving=_all_forms(verbs, verbs["giving"]),
        odd=small["odd"],
        clause_words=frozenset(_together(lists, _OF_CLAUSES))
        | inflected.keys()
        | small["pronouns"].keys(),
    )


def _together(lists: Mapping[str, list[str]], kinds: Iterable[str]) -> list[str]:
    return [word for kind in kinds for word in lists[kind]]


_OF_CLAUSES = ("modal", "do", "be", "have", "others", "pointing")
_FUNCTION = ("skipped", "modal", "be", "do", "have", "not", "adverbs", "and", "prepositions")


def _listed(*parts: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Every phrase of the table with its kind and its value."""
    nouns, small, idle, periods, letters = parts
    yield from (("noun", claim, p) for claim, written in nouns["nouns"].items() for p in written)
    yield from (("topic", claim, p) for claim, ps in nouns["topics"].items() for p in ps)
    yield from (
        ("clause", kind, p) for kind, ps in small["clauses"].items() for p in ps if " " in p
    )
    yield from (("listed", "", phrase) for phrase in small["listed"])
    for kind, written in idle.items():
        groups = written if isinstance(written, dict) else {"": written}
        yield from ((kind, value, phrase) for value, ps in groups.items() for phrase in ps)
    for kind in ("most", "least", "about", "criteria"):
        yield from ((kind, "", phrase) for phrase in periods[kind])
    yield from (("trigger", t, phrase) for t, ps in periods["triggers"].items() for phrase in ps)
    for kind in ("sure", "framed"):
        yield from (
            (kind, letter, p) for letter, ps in letters["letters"][kind].items() for p in ps
        )
    yield from (
        ("safeguard", w, phrase) for w, ps in letters["safeguards"].items() for phrase in ps
    )
    yield from (("framing", "", phrase) for phrase in letters["framing"])
    yield from (("abroad", "", phrase) for phrase in letters["abroad"])


def _kept_phrases(*parts: Mapping[str, Any]) -> GrammarNode:
    """All phrases as they are looked up: spelt out once, and kept."""

    def packed() -> bytes:
        return msgspec.msgpack.encode(_phrases(_listed(*parts)))

    return _NODES.decode(derived("phrases", (TABLE, Path(__file__)), TABLE.parent, packed))


_NODES = msgspec.msgpack.Decoder(GrammarNode)


def _phrases(written: Iterable[tuple[str, str, str]]) -> GrammarNode:
    return listed((k, v, words) for k, v, phrase in written for words in spelt_out(phrase))


def listed(phrases: Iterable[tuple[str, str, tuple[str, ...]]]) -> GrammarNode:
    """Phrases as they are looked up, each given by its kind, its value and its words."""
    root = GrammarNode({})
    for kind, value, words in phrases:
        node = root
        for word in words:
            node = node.following.get(word) or node.following.setdefault(word, GrammarNode({}))
        if (kind, value) not in node.ends:
            node.ends += ((kind, value),)
    return root


_CHOICE = regex(r"\(([^()]*)\)")


def spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The phrases that one with choices stands for, each as its words."""
    pieces = _CHOICE.split(phrase)
    choices = [p.split("|") if i % 2 else [p] for i, p in enumerate(pieces)]
    for chosen in product(*choices):
        words = tuple("".join(chosen).split())
        if words:
            yield words


def _verbs(part: Mapping[str, Any]) -> Iterator[tuple[str, Verb]]:
    for base, claims in part["verbs"].items():
        needs = frozenset(part["with"].get(base, ()))
        told = tuple(map(Claim, claims.split()))
        kinds = [
            base in part[kind] for kind in ("giving", "taking", "serving", "obliging", "holding")
        ]
        spoilt = frozenset(part["spoilt"].get(base, ()))
        inflected = _inflected(part, base)
        for form, word in zip(_FORMS, (*inflected, base), strict=True):
            both = word == base and base in inflected
            past = form == "ed" and inflected[1] != inflected[2] and word == inflected[1]
            yield word, Verb(base, told, needs, "past" if past else form, spoilt, both, *kinds)


_FORMS = ("s", "ed", "ed", "ing", "base")


def _all_forms(part: Mapping[str, Any], bases: Iterable[str]) -> frozenset[str]:
    return frozenset(form for base in bases for form in (base, *_inflected(part, base)))


def _inflected(part: Mapping[str, Any], base: str) -> tuple[str, ...]:
    """The forms of a verb after its base: third person, past, participle, gerund."""
    odd = part["forms"].get(base)
    if odd:
        third, past, *participle, gerund = odd
        return third, past, (participle or [past])[0], gerund
    short = base.removesuffix("e")
    third = f"{base}es" if base.endswith(("s", "sh", "ch", "x")) else f"{base}s"
    return third, f"{short}ed", f"{short}ed", f"{short}ing"
