"""The register row by row, as an auditor reads it: what rests on which basis, and what a row leaves out.

Flows and notices are not looked at here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from ropa.documents.document import Origin
from ropa.law import tables as law
from ropa.register.model import (
    Activity,
    Basis,
    BasisFor,
    Disclosure,
    Party,
    PolicyDocument,
    Register,
    Retention,
    Words,
)
from ropa.register.vocabulary import Facet
from ropa.remembering import remembered

IN_CARE = ("child-in-need", "looked-after-child", "care-leaver")
"""The children whom the yearly returns of children's social care are about."""

NO_TASK = (
    "employment-administration",
    "safety-and-security",
    "it-operation",
    "procurement",
    "marketing",
    "newsletter",
    "website-analytics",
)
"""Purposes that any employer or owner of a building has, whatever its tasks."""

_TRADING = re.compile(
    r"\b(?:fund-? ?rais\w*|donors?|donations?|alumn\w*|legac(?:y|ies)|sponsor\w*|philanthrop\w*|"
    r"appeals? for (?:money|funds)|commercial|trading|merchandise|(?:gift|online|museum) shops?|"
    r"ticket sales|venue hire|hiring out|catering)\b",
    re.IGNORECASE,
)
"""Names of purposes by which money is raised or something is sold."""

OWN = frozenset({"own-organisation", "member-of-staff", "governing-body"})
"""The words for ourselves as a source: what comes from there was collected before."""


class LedgerGround(Struct, frozen=True):
    """Something done on one recorded basis: an activity, or a disclosure that has a basis of its own."""

    activity: Activity
    part: BasisFor
    disclosure: Disclosure | None = None
    number: int = 1

    @property
    def basis(self) -> Basis:
        """The basis."""
        return self.part.basis

    @property
    def subjects(self) -> Words:
        """Whose data rests on it."""
        return self.part.subjects or (self.disclosure or self.activity).subjects

    @property
    def data(self) -> Words:
        """Which data rests on it."""
        return self.part.data or (self.disclosure or self.activity).data

    @property
    def purposes(self) -> Words:
        """What is done on it."""
        return self.part.purposes or (self.disclosure or self.activity).purposes

    @property
    def origin(self) -> Origin:
        """Where the basis is written."""
        return self.part.origin

    @property
    def where(self) -> str:
        """What a finding about it is about."""
        which = f"~{self.number}" if self.number > 1 else ""
        if self.disclosure:
            return f"{self.activity.id}/disclose/{self.disclosure.to}{which}"
        return f"activity/{self.activity.id}{which}"


def entry_of(where: str) -> str:
    """The entry that a finding is about: `activity/pay~2`, an activity's second basis, is about the activity."""
    return where.partition("~")[0]


class KeptByLaw(NamedTuple):
    """An entry of an activity's retention schedule, counted from 1, and the law that sets its period."""

    activity: Activity
    number: int
    entry: Retention
    row: law.StatutoryRetention


class Ledger(Struct, frozen=True, eq=False, dict=True):
    """The rows of the register on a day. Answers that many rules ask for are worked out once."""

    register: Register
    day: date

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """What the organisation decides on itself: the rows of Article 30(1)."""
        return tuple(a for a in self.register.activities.values() if not self.register.mandated(a))

    @cached_property
    def mandated(self) -> tuple[Activity, ...]:
        """What it does for others as their processor: the rows of Article 30(2)."""
        return tuple(a for a in self.register.activities.values() if self.register.mandated(a))

    @cached_property
    def grounds(self) -> tuple[LedgerGround, ...]:
        """Every recorded basis of ours, with what rests on it. What recipients rest on is theirs."""
        return tuple(ground for activity in self.activities for ground in _grounds(activity))

    @cached_property
    def cited_periods(self) -> tuple[KeptByLaw, ...]:
        """The entries of the retention schedule that name a law which sets a period, whichever it is."""
        rows = law.RETENTION.on(self.day)
        known: dict[Words, law.StatutoryRetention | None] = {(): None}
        found = []
        for activity in self.activities:
            for number, entry in enumerate(activity.retention, 1):
                written = entry.law
                if written not in known:
                    known[written] = next((r for r in rows if _cites(written, r.law)), None)
                row = known[written]
                if row is not None:
                    found.append(KeptByLaw(activity, number, entry, row))
        return tuple(found)

    @cached_property
    def statutory_periods(self) -> tuple[KeptByLaw, ...]:
        """The entries of the retention schedule with a period that the law has set, with what it says.

        An entry is meant where it names that law, or where it is about such a record and names no law of
        its own, of the nation the organisation is in.
        """
        found = [kept for kept in self.cited_periods if kept.entry.period]
        organisation = self.register.organisation
        nation = organisation.nation if organisation else ""
        rows = [row for row in law.RETENTION.on(self.day) if row.nation == nation]
        for activity in self.activities if rows else ():
            for number, entry in enumerate(activity.retention, 1):
                if entry.period and not entry.law:
                    found += [
                        KeptByLaw(activity, number, entry, row)
                        for row in rows
                        if row.data and self._about_record(activity, entry, row)
                    ]
        return tuple(found)

    def _about_record(
        self, activity: Activity, entry: Retention, row: law.StatutoryRetention
    ) -> bool:
        """Whether an entry is about the record a law is about, and about nobody and nothing else."""
        about, people = self.about, activity.subjects
        right = not row.subjects or about(Facet.SUBJECT, people, row.subjects) == people
        return right and bool(about(Facet.DATA, entry.data, row.data))

    def said(self, ground: LedgerGround) -> str:
        """What rests on a basis, to begin a sentence with."""
        if ground.disclosure is None:
            return f"“{ground.activity.name}”"
        party = self.register.parties.get(ground.disclosure.to)
        label = self.register.vocabulary[Facet.RECIPIENT].label(ground.disclosure.to)
        to = party.name if party else label[:1].lower() + label[1:]
        return f"giving data to {to} in “{ground.activity.name}”"

    def special(self, words: Words) -> Words:
        """The words among these for special category data (Article 9), and nothing but that."""
        return _among(words, self._special["article_9"])

    def criminal(self, words: Words) -> Words:
        """The words among these for data about criminal offences (Article 10), and nothing but that."""
        return _among(words, self._special["article_10"])

    def children(self, words: Words) -> Words:
        """The words among these for children."""
        return self.about(Facet.SUBJECT, words, ("child",))

    def about(self, facet: Facet, words: Words, kinds: tuple[str, ...]) -> Words:
        """The words among these that are one of these kinds, or narrower."""
        below = self._below.get((facet, kinds))
        if below is None:
            hierarchy = self.register.vocabulary[facet.scheme]
            atoms = hierarchy.union(kind for kind in kinds if kind in hierarchy.terms)
            below = self._below[facet, kinds] = hierarchy.inside(atoms)
        return _among(words, below)

    def new_purposes(self, activity: Activity) -> Words:
        """The purposes of an activity that nothing which collects such data about such people has."""
        people, data = self.register.vocabulary[Facet.SUBJECT], self.register.vocabulary[Facet.DATA]
        purposes = self.register.vocabulary[Facet.PURPOSE]
        about, held = people.union(activity.subjects), data.union(activity.data)
        known = 0
        for other in self._collecting:
            if people.union(other.subjects) & about and data.union(other.data) & held:
                known |= purposes.union(other.purposes)
        return tuple(p for p in activity.purposes if purposes.mask(p) & ~known)

    @cached_property
    def consent_stretched(self) -> tuple[tuple[Activity, tuple[Activity, ...], Words], ...]:
        """What uses data for a new purpose that people gave on consent: what collected it, and the purposes."""
        return tuple(
            (activity, given, new)
            for activity in self.activities
            if any(source.party in OWN for source in activity.sources)
            and (new := self.new_purposes(activity))
            and (given := self.given_on_consent(activity))
        )

    def given_on_consent(self, activity: Activity) -> tuple[Activity, ...]:
        """What collected the data that an activity uses again, where all of it was collected on consent."""
        people, data = self.register.vocabulary[Facet.SUBJECT], self.register.vocabulary[Facet.DATA]
        about = people.union(activity.subjects)
        held = data.union(
            w for s in activity.sources if s.party in OWN for w in s.data or activity.data
        )
        found = tuple(
            other
            for other in self._taking_in
            if people.union(other.subjects) & about and data.union(other.data) & held
        )
        asked = all(o.rests_on("a") for o in found)
        return found if asked else ()

    @cached_property
    def _collecting(self) -> tuple[Activity, ...]:
        """The activities that take in something from outside, each different reach once."""
        found: dict[tuple[Words, Words, Words], Activity] = {}
        for activity in self._taking_in:
            found.setdefault((activity.subjects, activity.data, activity.purposes), activity)
        return tuple(found.values())

    @cached_property
    def _taking_in(self) -> tuple[Activity, ...]:
        return tuple(
            activity
            for activity in self.activities
            if not activity.sources or any(s.party not in OWN for s in activity.sources)
        )

    def is_no_task(self, purposes: Words) -> bool:
        """Whether some purposes are none of a public authority's tasks, but what anybody does who has a building.

        That is so of the words of the vocabulary in `NO_TASK`, and of a word of the register's own whose name
        says that it is about raising money or about trading.
        """
        known = self.about(Facet.PURPOSE, purposes, NO_TASK)
        terms = self.register.vocabulary[Facet.PURPOSE].terms
        return bool(purposes) and all(
            word in known or bool(_TRADING.search(terms[word].label)) for word in purposes
        )

    @cached_property
    def returns(self) -> tuple[tuple[Activity, Disclosure], ...]:
        """The yearly returns about children in need or in care to the Department for Education."""
        parties = self.register.parties.values()
        dfe = {p.id for p in parties if p.name.casefold() == "department for education"}
        return tuple(
            (activity, disclosure)
            for activity in (self.activities if dfe else ())
            for disclosure in activity.disclosures
            if disclosure.to in dfe
            and self.about(Facet.SUBJECT, disclosure.subjects, IN_CARE)
            and self.about(Facet.PURPOSE, disclosure.purposes, ("statutory-return",))
        )

    @cached_property
    def laws(self) -> frozenset[str]:
        """Every law that a basis or a retention period is said to rest on, as it is written."""
        written: set[Words] = set()
        for activity in self.register.activities.values():
            for part in _parts(activity):
                written.update([ground.basis.law for ground in part.bases])
                written.update([entry.law for entry in part.retention])
        return frozenset(law for laws in written for law in laws)

    def resting_on(self, law: str) -> Iterator[tuple[Activity, Origin]]:
        """The activities that name a law in these words, and where."""
        for activity in self.register.activities.values():
            for part in _parts(activity):
                for ground in part.bases:
                    if law in ground.basis.law:
                        yield activity, ground.origin / "law"
                for entry in part.retention:
                    if law in entry.law:
                        yield activity, entry.origin / "law"

    def policy(self, activity: Activity) -> PolicyDocument | None:
        """The appropriate policy document that holds for an activity."""
        organisation = self.register.organisation
        return activity.record.policy_document or (
            organisation.policy_document if organisation else None
        )

    @staticmethod
    def one_or_each(
        lacking: Sequence[Activity], *, somebody_has_it: bool
    ) -> Iterator[tuple[Activity, ...]]:
        """The activities that lack something, each by itself; all at once where nobody records it."""
        if lacking and not somebody_has_it:
            yield tuple(lacking)
        else:
            yield from ((activity,) for activity in lacking)

    @cached_property
    def receiving(self) -> tuple[tuple[Party, Origin], ...]:
        """The parties that are given data or run a system in use, once each, and where that is written."""
        found: dict[str, Origin] = {}
        parties, systems = self.register.parties, self.register.systems
        for activity in self.register.activities.values():
            for disclosure in activity.disclosures:
                if disclosure.to in parties and disclosure.to not in found:
                    found[disclosure.to] = disclosure.origin / "to"
            for system in activity.systems:
                operator = systems[system].operator
                if operator in parties and operator not in found:
                    found[operator] = systems[system].origin / "operator"
        return tuple((parties[id_], at) for id_, at in found.items())

    @cached_property
    def _special(self) -> Mapping[str, frozenset[str]]:
        data = self.register.vocabulary[Facet.DATA]
        atoms = {"article_9": 0, "article_10": 0}
        for term in data.terms.values():
            if term.special:
                atoms[term.special] |= data.mask(term.id)
        return {special: data.inside(held) for special, held in atoms.items()}

    @cached_property
    def _below(self) -> dict[tuple[Facet, tuple[str, ...]], frozenset[str]]:
        return {}


def _among(words: Words, kinds: frozenset[str]) -> Words:
    return () if kinds.isdisjoint(words) else tuple([word for word in words if word in kinds])


def _parts(activity: Activity) -> Iterator[Activity | Disclosure]:
    """An activity, its disclosures, and what is passed on from there."""
    yield activity
    disclosures = list(activity.disclosures)
    for disclosure in disclosures:
        yield disclosure
        disclosures += disclosure.onward


def _grounds(activity: Activity) -> Iterator[LedgerGround]:
    for number, part in enumerate(activity.bases, 1):
        yield LedgerGround(activity, part, None, number)
    for disclosure in activity.disclosures:
        if not disclosure.inherits:
            for number, part in enumerate(disclosure.bases, 1):
                yield LedgerGround(activity, part, disclosure, number)


def _cites(written: Words, instrument: str) -> bool:
    """Whether one of the laws written is that instrument: by its number, as in `SI 2010/959 reg 50`."""
    series, number, *_ = instrument.split()
    near = [one for one in written if number in one]
    return any(_instrument(series, number).search(one) for one in near)


@remembered
def _instrument(series: str, number: str) -> re.Pattern[str]:
    series = f"(?<![A-Za-z]){series}" if series != "SI" else "(?<![A-Za-z])W?SI"
    return re.compile(rf"{series}\s*{re.escape(number)}\b", re.IGNORECASE)
