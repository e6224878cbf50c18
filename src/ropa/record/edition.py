"""One edition of a register for its record: the whole of it, or what may be published.

What the register marks as internal is left out here, so that no format can forget to.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, partial
from typing import Any, TypeVar

from msgspec.structs import replace

from ropa.record.tables import CodedWord
from ropa.register.model import (
    EVERYTHING,
    Activity,
    Disclosure,
    Party,
    Register,
    System,
    Words,
)
from ropa.register.vocabulary import Facet, Hierarchy
from ropa.saying import phrases


class Edition:
    """A register as of a day, without what is internal where it is for publication, and its words for the record."""

    def __init__(self, register: Register, day: date, *, publication: bool) -> None:
        self.register = register
        self.day = day
        self.publication = publication
        organisation = register.organisation
        self.everywhere = frozenset(organisation.internal if organisation else ())
        self.parties = {p.id: self.edited(p) for p in register.parties.values()}
        self.systems = {s.id: self.edited(s) for s in register.systems.values() if self.shows(s)}
        self._known: dict[tuple[Facet, str], CodedWord] = {}
        self.activities = [self.activity(a) for a in register.activities.values() if self.shows(a)]

    def shows(self, entry: Activity | System | Party) -> bool:
        """Whether an entry is in this edition at all."""
        return not self.publication or EVERYTHING not in entry.internal

    def lists(self, party: Party) -> bool:
        """Whether a party is one of the record's: one of a starter pack is, once data goes to it or comes from it."""
        return self.shows(party) and (not party.starter or party.id in self._met)

    @cached_property
    def _met(self) -> frozenset[str]:
        """Whom the activities and the systems name."""
        met = {system.operator for system in self.register.systems.values()}
        for activity in self.register.activities.values():
            met |= {source.party for source in activity.sources}
            met |= {disclosure.to for disclosure in _with_onward(activity.disclosures)}
            met |= {*activity.record.joint_controllers}
            met |= {mandate.controller for mandate in activity.record.on_behalf_of}
        return frozenset(met)

    def edited(self, entry: "_Entry") -> "_Entry":
        """An entry without the fields that this edition leaves out."""
        return _without(entry, {*self.everywhere, *entry.internal}) if self.publication else entry

    def activity(self, activity: Activity) -> Activity:
        """An activity of this edition, in the systems of this edition."""
        edited = self.edited(activity)
        kept = tuple(system for system in edited.systems if system in self.systems)
        return edited if kept == edited.systems else replace(edited, systems=kept)

    def named(self, party: str) -> CodedWord:
        """A party, or the category it stands for where the party itself is internal."""
        while (known := self.parties.get(party)) is not None and not self.shows(known):
            party = self.categories(party)[0]
        return self.word(Facet.RECIPIENT, party)

    def categories(self, party: str) -> Words:
        """The words above a party's: the categories of recipients it is of."""
        return self.register.vocabulary[Facet.RECIPIENT].wider(party)

    def category(self, party: str) -> tuple[CodedWord, ...]:
        """The categories of a party, as far as this edition names them."""
        return tuple(map(self.named, self.categories(party)))

    def agreement(self, party: Party | None) -> str:
        """The agreement with a party, where this edition shows the party."""
        return party.agreement if party is not None and self.shows(party) else ""

    def word(self, facet: Facet, word: str) -> CodedWord:
        """A word of the vocabulary with its label, its IRI, and its id where the label is not its alone."""
        hierarchy: Hierarchy = self.register.vocabulary[facet.scheme]
        known = self._known.get((facet.scheme, word))
        if known is None:
            term, label = hierarchy.terms.get(word), hierarchy.label(word)
            iri = term.same_as.get("dpv", "") if term else ""
            exact = "" if hierarchy.find(label) in (word, None) else word
            known = self._known[facet.scheme, word] = CodedWord(word, label, iri, exact)
        return known

    def coded(self, facet: Facet, words: Iterable[str]) -> tuple[CodedWord, ...]:
        """Some words of a facet."""
        say = self.named if facet.scheme is Facet.RECIPIENT else partial(self.word, facet)
        return tuple(map(say, words))

    def listed(self, facet: Facet, words: Words) -> str:
        """Some words in a list, by their names."""
        return ", ".join(phrases.name(self.register, facet, word) for word in words)

    def data_of(self, words: Words, held: Words) -> str:
        """Some of the data that is held, by its words."""
        return "all the data" if words == held else self.listed(Facet.DATA, words)

    def country(self, code: str) -> CodedWord:
        """The country of a code."""
        return self.word(Facet.COUNTRY, code)


def _with_onward(disclosures: Iterable[Disclosure]) -> Iterator[Disclosure]:
    for disclosure in disclosures:
        yield disclosure
        yield from _with_onward(disclosure.onward)


_Entry = TypeVar("_Entry", Activity, Party, System)


_ATTRIBUTES = {
    "breach": "breaches",
    "transfer_risk_assessment": "risk_assessment",
    "adequacy_scheme": "schemes",
    "exception": "derogation",
}
"""Where the model calls a field something else than the schema."""


def _without(entry: _Entry, fields: Iterable[str]) -> _Entry:
    """An entry as if these of its fields were not written."""
    names = {_ATTRIBUTES.get(field, field) for field in fields}
    for part in ("record", "transfer"):
        if hasattr(entry, part):
            entry = replace(entry, **{part: _blanked(getattr(entry, part), names)})
    edited: _Entry = _blanked(entry, names)
    return edited


def _blanked(value: Any, names: Iterable[str]) -> Any:
    there = [name for name in names if name in value.__struct_fields__]
    return replace(value, **{name: _blank(getattr(value, name)) for name in there})


def _blank(value: Any) -> Any:
    return type(value)() if type(value) in (str, tuple) else None
