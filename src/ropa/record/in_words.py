"""The parts of an entry in words: who gets what on which terms, how long it is kept, where it comes from."""

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.law import tables as law
from ropa.record import fields
from ropa.record.edition import Edition
from ropa.register.model import (
    NO_TRANSFER_RECORD,
    NOBODY_ABROAD,
    Activity,
    Basis,
    BasisFor,
    Condition,
    Disclosure,
    Retention,
    System,
    Words,
    operated,
)
from ropa.register.periods import as_period
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Receipt(Struct, frozen=True):
    """One recipient of an activity's data, whoever gives it: we, an operator's system, or a recipient."""

    disclosure: Disclosure
    giver: str = ""
    system: System | None = None
    number: str = ""


class InWords:
    """Says the parts of an edition's entries in words."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def recipient(self, receipt: Receipt) -> str:
        """Who gets it, of what kind they are, and from whom they have it."""
        word, party = (
            self.edition.named(receipt.disclosure.to),
            self.edition.parties.get(receipt.disclosure.to),
        )
        kind = fields.TYPES.get(party.type, "") if party and self.edition.shows(party) else ""
        by = f"from {self.edition.named(receipt.giver).label}" if receipt.giver else ""
        about = ", ".join(filter(None, (kind, by)))
        return f"{word.label} ({about})" if about else word.label

    def rests(self, part: BasisFor) -> str:
        """A basis, and what rests on it."""
        about = (
            f"for {self.edition.listed(Facet.PURPOSE, part.purposes)}" if part.purposes else "",
            f"for {self.edition.listed(Facet.DATA, part.data)}" if part.data else "",
            f"about {self.edition.listed(Facet.SUBJECT, part.subjects)}" if part.subjects else "",
        )
        what = ", ".join(filter(None, about)) or "for all of it"
        return f"{'; '.join(_basis_in_words(part.basis))}: {what}"

    def disclosure(self, activity: Activity, receipt: Receipt) -> str:
        """One recipient in full: what it gets and on which terms, as far as that is not as for the activity."""
        given, basis = receipt.disclosure, ""
        own = [part.basis for part in given.bases]
        if own != [part.basis for part in activity.bases]:
            basis = " or ".join("; ".join(_basis_in_words(one)) for one in own)
        party = self.edition.parties.get(given.to)
        system = self.runs(activity, receipt)
        said = (
            *self._introduced(given.to),
            f"gets {self.edition.data_of(given.data, activity.data)}",
            f"about {self.edition.listed(Facet.SUBJECT, given.subjects)}"
            if given.subjects != activity.subjects
            else "",
            f"for {self.edition.listed(Facet.PURPOSE, given.purposes)}"
            if given.purposes != activity.purposes
            else "",
            f"by running {system}" if system else "",
            f"on the basis of {basis}" if basis else "",
            f"in {phrases.several(self._countries_in_words(receipt))}"
            if self.crossing(receipt)
            else "",
            self.safeguard(receipt, named=False),
            f"agreement: {self.edition.agreement(party)}" if self.edition.agreement(party) else "",
            f"only with {'; '.join(map(condition_in_words, given.conditions))}"
            if given.conditions
            else "",
            "; ".join(f"keeps {self.kept(kept, given.data)}" for kept in given.retention),
            f"since {phrases.day(given.started)}" if given.started else "",
        )
        return f"{self.recipient(receipt)}: {'; '.join(filter(None, said))}"

    def _introduced(self, recipient: str) -> Iterator[str]:
        """What there is to know of a party itself."""
        party = self.edition.parties.get(recipient)
        if party is None or not self.edition.shows(party):
            return
        terms = self.edition.register.vocabulary[Facet.RECIPIENT].terms
        names = terms[recipient].synonyms if recipient in terms else ()
        kinds = tuple(word.id for word in self.edition.category(recipient))
        yield f"category: {self.edition.listed(Facet.RECIPIENT, kinds)}"
        yield f"also called {', '.join(names)}" if names else ""
        yield f"contact: {party.contact}" if party.contact else ""

    @staticmethod
    def runs(activity: Activity, receipt: Receipt) -> str:
        """The system by which the recipient gets the data; internal ones are none of the activity's here."""
        system = receipt.system
        return system.name if system and system.id in activity.systems else ""

    def agreement(self, receipt: Receipt) -> str:
        """The agreement a recipient gets it under, with their name."""
        party = self.edition.parties.get(receipt.disclosure.to)
        agreement = self.edition.agreement(party)
        if receipt.giver or party is None or not agreement:
            return ""
        reviewed = party.agreement_reviewed
        when = f" (reviewed {phrases.day(reviewed)})" if reviewed else ""
        return f"{party.name}: {agreement}{when}"

    def countries(self, receipt: Receipt) -> Words:
        """The countries the data goes to: where it is kept, and from where it is looked at."""
        party = self.edition.parties.get(receipt.disclosure.to)
        if receipt.system is not None:
            kept = receipt.system.location or self.edition.register.home
            seen_from = party.remote_access if party else ()
            return (kept, *(c for c in seen_from if c not in (kept, NOBODY_ABROAD)))
        return party.places if party else (self.edition.register.home,)

    def _countries_in_words(self, receipt: Receipt) -> Iterator[str]:
        return (phrases.country(self.edition.country(c).label) for c in self.countries(receipt))

    def crossing(self, receipt: Receipt) -> tuple[str, ...]:
        """The laws under which it is a transfer."""
        regimes = self.edition.register.regimes
        found = (law.crossed(regimes, country) for country in self.countries(receipt))
        return tuple(dict.fromkeys(regime for crossed in found for regime in crossed))

    def sent(self, receipt: Receipt) -> Iterator[str]:
        """Where it goes, and to whom."""
        for country in self.countries(receipt):
            if law.crossed(self.edition.register.regimes, country):
                label = self.edition.country(country).label
                yield f"{label}: {self.edition.named(receipt.disclosure.to).label}"

    def stored(self, activity: Activity) -> Iterator[str]:
        """What is kept abroad in a system of our own."""
        for id_ in self.edition.register.activities[activity.id].systems:
            system = self.edition.systems.get(id_, self.edition.register.systems[id_])
            place = system.location or self.edition.register.home
            if not system.operator and law.crossed(self.edition.register.regimes, place):
                name = system.name if id_ in activity.systems else "a system of our own"
                yield f"{self.edition.country(place).label}: {name}"

    def safeguard(self, receipt: Receipt, *, named: bool = True) -> str:
        """What protects a transfer, and what is on file of it."""
        protected = self.protected(receipt)
        safeguard, transfer = protected.safeguard, protected.transfer
        exception = transfer.derogation
        said = (
            phrases.SAFEGUARDS.get(safeguard, safeguard),
            ", ".join(fields.SCHEMES[scheme] for scheme in transfer.schemes),
            f"risk assessment {transfer.risk_assessment}" if transfer.risk_assessment else "",
            fields.EXCEPTIONS[exception.letter] if exception else "",
            exception.reason if exception else "",
            exception.safeguards if exception else "",
            "happens again and again" if exception and exception.repeated else "",
        )
        words = "; ".join(filter(None, said))
        return (
            f"{self.edition.named(receipt.disclosure.to).label}: {words}"
            if named and words
            else words
        )

    def protected(self, receipt: Receipt) -> Disclosure:
        """A disclosure with what protects it where the party's own record does."""
        given, party = receipt.disclosure, self.edition.parties.get(receipt.disclosure.to)
        if party is None:
            return given
        on_file = party.transfer if self.edition.shows(party) else NO_TRANSFER_RECORD
        own = given.transfer is not NO_TRANSFER_RECORD
        return replace(
            given,
            safeguard=given.safeguard or party.safeguard,
            transfer=given.transfer if own else on_file,
        )

    def kept(self, entry: Retention, held: Words) -> str:
        """How long some data is kept, and by which law."""
        kept = "; ".join(filter(None, (phrases.kept(self.edition.register, entry), _reason(entry))))
        said = f"{self.edition.data_of(entry.data, held)}: {kept}"
        return f"{said} ({'; '.join(entry.law)})" if entry.law else said

    def system(self, system: System) -> str:
        """A system, who runs it, where, and how it is protected."""
        said = (
            f"run by {self.edition.named(system.operator).label}" if system.operator else "",
            self.edition.country(system.location).label if system.location else "",
            system.security,
        )
        about = "; ".join(filter(None, said))
        return f"{system.name} ({about})" if about else system.name

    def source(self, activity: Activity, source: Any) -> str:
        """Where data comes from, and which, where it is not all of it."""
        name = self.edition.named(source.party).label
        data = "" if source.data == activity.data else self.edition.listed(Facet.DATA, source.data)
        first = (
            f"only with {'; '.join(map(condition_in_words, source.conditions))}"
            if source.conditions
            else ""
        )
        about = "; ".join(filter(None, (data, first)))
        return f"{name}: {about}" if about else name

    def reached(self, party: str) -> str:
        """A party and how to reach it."""
        known = self.edition.parties.get(party)
        contact = known.contact if known and self.edition.shows(known) else ""
        return ", ".join(filter(None, (self.edition.named(party).label, contact)))

    def notice(self, notice: str) -> str:
        """A notice by its name, version, days and address."""
        known = self.edition.register.notices.get(notice)
        if known is None:
            return notice
        said = (
            f"version {known.version}" if known.version else "",
            f"from {phrases.day(known.start)}" if known.start else "",
            f"to {phrases.day(known.end)}" if known.end else "",
            known.issued,
            known.url,
        )
        about = ", ".join(filter(None, said))
        return f"{known.name} ({about})" if about else known.name

    def receipts(self, activity: Activity) -> Iterator[Receipt]:
        """Everybody who gets the data, in the order of the register, each before those it passes data on to."""
        yield from self._received(activity.disclosures, "", "")
        for id_ in self.edition.register.activities[activity.id].systems:
            system = self.edition.register.systems[id_]
            if system.operator:
                yield Receipt(
                    operated(activity, system.operator, system.origin),
                    system=self.edition.systems.get(id_, system),
                )

    def _received(
        self, disclosures: Iterable[Disclosure], giver: str, above: str
    ) -> Iterator[Receipt]:
        for n, disclosure in enumerate(disclosures, 1):
            number = f"{above}{n}"
            yield Receipt(disclosure, giver, number=number)
            yield from self._received(disclosure.onward, disclosure.to, f"{number}.")


def condition_in_words(condition: Condition) -> str:
    """What has to be met first, by whom it is asked for, and what it looks at."""
    said = phrases.CONDITIONS.get(condition.kind, condition.kind)
    named = f"{said} ({condition.name})" if condition.name else said
    looks = f", which looks at {phrases.several(condition.covers)}" if condition.covers else ""
    allows = f", and allows it: {condition.allows}" if condition.allows else ""
    since = f", from {phrases.day(condition.start)}" if condition.start else ""
    until = f", until {phrases.day(condition.end)}" if condition.end else ""
    return f"{named}{looks}{allows}{since}{until}"


def _basis_in_words(basis: Basis) -> Iterator[str]:
    yield phrases.basis(basis)
    if basis.article_9:
        yield f"Article {fields.CONDITIONS[basis.article_9]}"
    if basis.schedule_1:
        yield f"Schedule 1 paragraph {basis.schedule_1}"
    if basis.annex_1:
        yield f"Annex 1 paragraph {basis.annex_1}"
    yield from filter(None, (basis.interests, basis.reason))


def _reason(entry: Retention) -> str:
    """What stands beside a period and says why it is that long."""
    said = not entry.period or entry.criteria in entry.longer or as_period(entry.criteria)
    return "" if said else entry.criteria
