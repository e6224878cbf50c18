"""Whom data really comes from: the person, whoever else gave it, and never the organisation itself."""

from collections.abc import Iterator
from functools import cached_property

from ropa.flows.regions import Region, meet, minus
from ropa.register.model import OURSELVES, SELF, Activity, Register, Source, Words
from ropa.register.vocabulary import Facet

Given = tuple[Words, str, Words, Words]
"""The people, where their data comes from as it is written, from whom that is in the end, and which of the data did
not come from the person (Article 14)."""


class Origins:
    """What the sources that are written down come to.

    Data that the organisation took from one of its other activities comes from whoever gave it there, and from the
    person where they did: a controller is no source to itself (Articles 13(3) and 14(2)(f)). Somebody who is
    named as the source of data about themselves is the person, for that group.
    """

    def __init__(self, register: Register) -> None:
        self.register = register
        self.recipients = register.vocabulary[Facet.RECIPIENT]
        self.subjects = register.vocabulary[Facet.SUBJECT]
        self.data = register.vocabulary[Facet.DATA]
        known = OURSELVES in self.recipients.terms
        self.own = self.recipients.mask(OURSELVES) if known else 0

    def of(self, activity: Activity, source: Source) -> Iterator[Given]:
        """Where some data comes from, once for the people who gave it themselves, and once for the others."""
        party, given = source.party, source.data
        if party == SELF:
            yield activity.subjects, party, (party,), ()
            return
        themselves = self._themselves(activity.subjects, party)
        others = tuple(word for word in activity.subjects if word not in themselves)
        if others:
            yield others, party, *self._in_the_end(others, party, given)
        if themselves and not (others and self._given_by_them(activity, given)):
            yield themselves, SELF, (SELF,), ()

    def indirect(self, activity: Activity, source: Source) -> Words:
        """The data of a source that did not come from the people themselves, for some of them."""
        return tuple(
            dict.fromkeys(word for *_, indirect in self.of(activity, source) for word in indirect)
        )

    def _themselves(self, subjects: Words, party: str) -> Words:
        """The groups who are themselves the source: a parent is asked for the parent's own number."""
        return (party,) if party in subjects and party not in self.register.parties else ()

    def _given_by_them(self, activity: Activity, data: Words) -> bool:
        """Whether it is written anyway that the people give this data themselves."""
        given = (word for s in activity.sources if s.party == SELF for word in s.data)
        return not self.data.union(data) & ~self.data.union(given)

    def is_own(self, party: str) -> bool:
        """Whether a word for a source means the organisation itself."""
        return not self.recipients.mask(party) & ~self.own

    def untaken(self, activity: Activity, source: Source) -> Words:
        """The data that is said to be held already, and that no entry takes from anybody: its labels.

        A source that names its data says that just this is made here.
        """
        if not self.is_own(source.party) or source.data != activity.data:
            return ()
        atoms = 0
        for region in self._left(activity.subjects, source.data):
            atoms |= region[1]
        return self.data.names(atoms, source.data)

    def _left(self, people: Words, given: Words) -> list[Region]:
        return minus([self._region(people, given)], (held for _, held in self._collected))

    def _in_the_end(self, people: Words, party: str, given: Words) -> tuple[Words, Words]:
        """From whom some data is in the end, and which of it is not from the person, as far as anybody knows."""
        if not self.is_own(party):
            return (party,), given
        wanted = self._region(people, given)
        taken = [(who, met) for who, held in self._collected if (met := meet(wanted, held))]
        elsewhere = [met for who, met in taken if who != SELF]
        atoms = 0
        for region in (*elsewhere, *self._left(people, given)):
            atoms |= region[1]
        indirect = tuple(word for word in given if self.data.mask(word) & atoms)
        parties = dict.fromkeys((party, *(who for who, _ in taken)))  # told by either word
        return tuple(parties), indirect

    def _region(self, people: Words, data: Words) -> Region:
        return self.subjects.union(people), self.data.union(data)

    @cached_property
    def _collected(self) -> tuple[tuple[str, Region], ...]:
        """Who gave which data about whom, to any activity: everybody but ourselves."""
        found = []
        for activity in self.register.activities.values():
            for source in activity.sources:
                if self.is_own(source.party):
                    continue
                for word in activity.subjects:
                    direct = word in self._themselves(activity.subjects, source.party)
                    who = SELF if direct else source.party
                    found.append((who, self._region((word,), source.data)))
        return tuple(found)
