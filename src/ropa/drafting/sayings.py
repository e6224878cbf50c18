"""How a sentence of a notice in draft begins and ends, and how its statement is put together."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from ropa.drafting.readers import Readers
from ropa.drafting.values import Saying
from ropa.register.model import Basis, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


def told_and_open(readers: Readers, facet: Facet, said: Words, activity: str) -> list[Words]:
    """The words that can be told; besides, none where one of them cannot, to leave the axis open."""
    known = readers.known(facet, said)
    is_open = readers.strange(facet, said, activity) or not known
    return [*([known] if known else []), *([()] if is_open else [])]


def by_people(readers: Readers, held: Iterable[tuple[Words, Words]]) -> list[tuple[Words, Words]]:
    """Data by the readers it is about, from pairs of people and their data; first what is about all who read."""
    whose: dict[str, dict[str, None]] = {}
    for subjects, data in held:
        for word in readers.known(Facet.DATA, data):
            whose.setdefault(word, {}).update(dict.fromkeys(subjects))
    groups: dict[frozenset[str], tuple[Words, list[str]]] = {}
    for word, subjects_of in whose.items():
        about = readers.about(tuple(subjects_of))
        groups.setdefault(frozenset(about), (about, []))[1].append(word)
    found = [(about, tuple(data)) for about, data in groups.values()]
    return sorted(found, key=lambda group: bool(group[0]))


def only(readers: Readers, about: Words) -> str:
    """` (children in need only)`, where not all who read it are meant."""
    if not about:
        return ""
    return f" ({phrases.to_the_person(readers.register, Facet.SUBJECT, about)} only)"


def what_for(readers: Readers, purposes: Words) -> str:
    """` for research and statistics`."""
    return (
        f" for {phrases.to_the_person(readers.register, Facet.PURPOSE, purposes)}"
        if purposes
        else ""
    )


def where(readers: Readers, countries: Words) -> str:
    """` in the United States`."""
    return (
        f" in {phrases.to_the_person(readers.register, Facet.COUNTRY, countries)}"
        if countries
        else ""
    )


def saying(claim: Claim, **body: Any) -> Saying:
    """A claim with what it states. Whatever is empty is unstated; `by` and `from` are written `by_` and `from_`."""
    return Saying(claim, {key.rstrip("_"): value for key, value in body.items() if value})


def basis_key(basis: Basis | None, *, special: bool = True) -> Mapping[str, "str | Words"]:
    """A basis as a statement states it, with the condition for special category data or without."""
    if basis is None:
        return {}
    condition = basis.article_9 if special else ""
    told: dict[str, str | Words] = {
        "article_6": basis.letter,
        "article_9": condition,
        "law": basis.law,
    }
    return {key: value for key, value in told.items() if value}


def of_note(basis: Basis | None) -> Basis | None:
    """What people are told of a basis; None where there is none. Why it fits is for the record."""
    return replace(basis, reason="", in_words="") if basis and basis.letter else None
