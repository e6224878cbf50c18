"""The record of processing (Article 30) as tables of plain cells, for every format to write down.

The edition for publication leaves out here what the register marks as internal, so that no format can forget to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import Origin
from ropa.documents.shipped import is_own_word
from ropa.law import tables as law
from ropa.record import fields
from ropa.record.fields import Column, Holds
from ropa.record.tables import Cell, CodedWord, Record, RecordTable, Row
from ropa.register.lexicon import strings
from ropa.register.model import (
    EVERYTHING,
    NO_TRANSFER_RECORD,
    NOTHING,
    Activity,
    Basis,
    Condition,
    Disclosure,
    Notice,
    Organisation,
    Party,
    Register,
    Retention,
    System,
    Words,
    operated,
    period_in_words,
)
from ropa.register.vocabulary import Facet, Hierarchy
from ropa.saying import phrases


def gather(register: Register, day: date, *, publication: bool) -> Record:
    """The record as the register has it, by the law of that day; for publication without what is internal."""
    return _Gatherer(register, day, publication=publication).record()


class _Receipt(Struct, frozen=True):
    """One recipient of an activity's data, whoever gives it: we, an operator's system, or a recipient."""

    disclosure: Disclosure
    giver: str = ""
    system: System | None = None
    number: str = ""


class _RecordLine(NamedTuple):
    """A row, and its cells as the register writes them."""

    said: Row
    written: Row


_NOTHING: Row = {}


class _Gatherer:
    def __init__(self, register: Register, day: date, *, publication: bool) -> None:
        self.register = register
        self.day = day
        self.publication = publication
        organisation = register.organisation
        self.everywhere = frozenset(organisation.internal if organisation else ())
        data = register.vocabulary[Facet.DATA]
        self.protected = data.union(term.id for term in data.terms.values() if term.special)
        self.parties = {p.id: self._edited(p) for p in register.parties.values()}
        self.systems = {s.id: self._edited(s) for s in register.systems.values() if self._open(s)}
        self.words: dict[tuple[Facet, str], CodedWord] = {}
        self.sayings: Mapping[Holds, Callable[[Any, Any], Cell]] = {
            Holds.PERIOD: lambda period, _: period_in_words(period),
            Holds.SCHEDULE_1: self._condition_of_schedule_1,
            Holds.CONDITIONS: lambda conditions, _: tuple(map(_condition, conditions)),
            Holds.CODE: _coded,
            Holds.CODES: _coded_all,
            Holds.WORD: lambda word, facet: self._words(facet, (word,))[0],
            Holds.WORDS: lambda words, facet: self._words(facet, words),
        }
        self.writings: Mapping[Holds, Callable[[Any, Any], Cell]] = {
            Holds.PERIOD: lambda _, period: fields.exact_period(period),
            Holds.CONDITIONS: lambda _, said: tuple(map(fields.exact_condition, said)),
            Holds.SYSTEMS: self._called(register.systems),
            Holds.NOTICES: self._called(register.notices),
            Holds.MARKS: lambda raw, marks: (EVERYTHING,) if raw is True else marks,
        }
        self.activities = [self._of(a) for a in register.activities.values() if self._open(a)]

    def record(self) -> Record:
        register, activities = self.register, self.activities
        mandated = [a for a in activities if register.mandated(a)]
        own = [a for a in activities if not register.mandated(a)]
        firsts = tuple(c for c in fields.ACTIVITIES if c not in fields.MANDATED)
        asked = (*firsts[:2], *fields.MANDATED, *map(_of_processor, firsts[2:]))
        ours = (register.organisation,) if register.organisation else ()
        controller, processor = (
            "Record of a controller (Article 30(1))",
            "Record of a processor (Article 30(2))",
        )
        return Record(
            name=register.name,
            publication=self.publication,
            organisation=self._table("organisation", "Whose record this is", fields.ORGANISATION,
                                     map(self._whose, ours), marks=True),
            controller=self._table("controller", controller, firsts, map(self._activity, own), marks=True),
            processor=self._table("processor", processor, asked, map(self._activity, mandated), marks=True),
            details=(
                self._table("controllers", "Controllers we act for", fields.CONTROLLERS,
                            self._all(self._mandates)),
                self._table("sources", "Sources", fields.SOURCES, self._all(self._sources)),
                self._table("recipients", "Recipients", fields.RECIPIENTS, self._all(self._recipients)),
                self._table("retention", "Retention", fields.RETENTION, self._all(self._kept)),
                self._table("breaches", "Personal data breaches", fields.BREACHES, self._all(self._breaches)),
            ),
            shelves=(
                self._table("parties", "Parties", fields.PARTIES,
                            map(self._party, filter(self._open, self.parties.values())), marks=True),
                self._table("systems", "Systems", fields.SYSTEMS,
                            map(self._system, self.systems.values()), marks=True),
                self._table("notices", "Privacy notices", fields.NOTICES,
                            map(self._notice, register.notices.values())),
            ),
            words=self._table("words", "Words of our own", fields.WORDS, self._own_words()),
            day=self.day,
        )  # fmt: skip

    def _table(
        self,
        key: str,
        title: str,
        columns: tuple[Column, ...],
        rows: Iterable[_RecordLine],
        *,
        marks: bool = False,
    ) -> RecordTable:
        """`marks` says that its entries may be marked as internal."""
        made = tuple(rows)
        sheet = (*columns, fields.INTERNAL) if marks else columns
        return RecordTable(
            key, title, columns, tuple(line.said for line in made),
            _IN_WORKBOOKS.get(key, sheet), tuple(line.written for line in made),
        )  # fmt: skip

    def _all(self, rows: Callable[[Activity], Iterator[_RecordLine]]) -> Iterator[_RecordLine]:
        return (row for activity in self.activities for row in rows(activity))

    # -- from the table of fields to cells -------------------------------------------------------

    def _line(
        self,
        columns: Iterable[Column],
        entry: Any,
        *,
        said: Row = _NOTHING,
        written: Row = _NOTHING,
        drawn: bool = False,
    ) -> _RecordLine:
        """The row of an entry: each field as the table says, or as `said`; `drawn` rows are nobody's to write."""
        columns = tuple(columns)
        cells = {c.key: said[c.key] if c.key in said else self._say(c, entry) for c in columns}
        if self.publication:
            return _RecordLine(cells, {})
        ours = () if drawn else (c for c in (*columns, fields.INTERNAL) if c.at)
        own = {c.key: self._as_written(c, entry, cells) for c in ours}
        return _RecordLine(cells, {**own, **written})

    def _say(self, column: Column, entry: Any) -> Cell:
        """What a field comes to, with the words of the vocabulary and of the law."""
        value = _kept_at(entry, column) if column.at else None
        if value is None or value == "":
            return None
        say = self.sayings.get(column.holds)
        cell: Cell = say(value, column.words) if say else value
        return cell

    def _condition_of_schedule_1(self, number: str, _: object) -> CodedWord:
        condition = law.schedule_1(number, self.day)
        return CodedWord(number, f"{number} {condition.title}" if condition else number)

    def _as_written(self, column: Column, entry: Any, cells: Row) -> Cell:
        """A field as the register writes it, in the way a workbook takes it back."""
        raw = _raw(entry.origin, column)
        if raw is None:
            return column.unsaid
        write = self.writings.get(column.holds)
        return write(raw, _kept_at(entry, column)) if write else cells[column.key]

    def _called(self, shelf: Mapping[str, System | Notice]) -> Callable[[Any, Any], Cell]:
        """How to call what is on a shelf: by its name, or by its id where the name is not its alone."""
        names = Counter(entry.name.casefold() for entry in shelf.values())
        alone = {
            id_: entry.name
            for id_, entry in shelf.items()
            if names[entry.name.casefold()] == 1 and entry.name not in shelf
        }
        return lambda raw, _: tuple(alone.get(id_, id_) for id_ in strings(raw))

    # -- what is internal ------------------------------------------------------------------------

    def _open(self, entry: Activity | System | Party) -> bool:
        return not self.publication or EVERYTHING not in entry.internal

    def _edited(self, entry: "_Entry") -> "_Entry":
        return _without(entry, {*self.everywhere, *entry.internal}) if self.publication else entry

    def _of(self, activity: Activity) -> Activity:
        """An activity of this edition, in the systems of this edition."""
        edited = self._edited(activity)
        kept = tuple(system for system in edited.systems if system in self.systems)
        return edited if kept == edited.systems else replace(edited, systems=kept)

    def _named(self, party: str) -> CodedWord:
        """A party, or the category it stands for where the party itself is internal."""
        while (known := self.parties.get(party)) is not None and not self._open(known):
            party = self._categories(party)[0]
        return self._word(Facet.RECIPIENT, party)

    def _categories(self, party: str) -> Words:
        return self.register.vocabulary[Facet.RECIPIENT].wider(party)

    def _category(self, party: str) -> tuple[CodedWord, ...]:
        return tuple(map(self._named, self._categories(party)))

    def _agreement(self, party: Party | None) -> str:
        return party.agreement if party is not None and self._open(party) else ""

    # -- the organisation ------------------------------------------------------------------------

    def _whose(self, ours: Organisation) -> _RecordLine:
        said, written = self._line(fields.ORGANISATION, ours)
        hidden = self.everywhere if self.publication else frozenset()
        shown = {k: v for k, v in said.items() if not any(_part_of(k, field) for field in hidden)}
        return _RecordLine(shown, written)

    # -- activities ------------------------------------------------------------------------------

    def _activity(self, activity: Activity) -> _RecordLine:
        record, receipts = activity.record, tuple(self._receipts(activity))
        abroad = [r for r in receipts if not r.giver and self._crossing(r)]
        free = record.required_by == NOTHING
        said: Row = {
            "controllers": tuple(self._reached(m.controller) for m in record.on_behalf_of),
            "processing": tuple(
                f"{self._named(m.controller).label}: {'; '.join(m.processing)}"
                for m in record.on_behalf_of
                if m.processing
            ),
            "joint_controllers": tuple(map(self._reached, record.joint_controllers)),
            "special": self._special(activity.data),
            "recipients": tuple(dict.fromkeys(self._recipient_in_short(r) for r in receipts)),
            "disclosures": tuple(self._disclosed(activity, r) for r in receipts),
            "transfers": tuple(dict.fromkeys((*map(self._sent, abroad), *self._stored(activity)))),
            "safeguards": tuple(dict.fromkeys(s for r in abroad if (s := self._safe(r)))),
            "retention": tuple(self._kept_in_words(k, activity.data) for k in activity.retention),
            "systems": tuple(self._system_in_words(self.systems[s]) for s in activity.systems),
            "sources": tuple(self._source_in_words(activity, s) for s in activity.sources),
            "agreements": tuple(dict.fromkeys(a for r in receipts if (a := self._agreed(r)))),
            "rights_by_basis": self._rights(activity.basis),
            "automated_decisions": self._automated(activity),
            "required_by": "nothing: people are free not to give it"
            if free
            else record.required_by,
            "breaches": tuple(
                ": ".join(filter(None, (phrases.day(b.found) if b.found else "", b.record)))
                for b in record.breaches
            ),
            "online_service": record.online_service is not None or None,
            "notices": tuple(self._notice_in_words(notice) for notice in activity.notices),
        }
        written: Row = {
            "joint_controllers": self._words(
                Facet.RECIPIENT, strings(activity.origin.document.data.get("joint_controllers", ()))
            ),
            "online_service": _told(activity, "online_service", record.online_service),
            "required_by": record.required_by,
        }
        return self._line(fields.ACTIVITIES, activity, said=said, written=written)

    def _receipts(self, activity: Activity) -> Iterator[_Receipt]:
        """Everybody who gets the data, in the order of the register, each before those it passes data on to."""
        yield from self._received(activity.disclosures, "", "")
        for id_ in self.register.activities[activity.id].systems:
            system = self.register.systems[id_]
            if system.operator:
                yield _Receipt(
                    operated(activity, system.operator, system.origin),
                    system=self.systems.get(id_, system),
                )

    def _received(
        self, disclosures: Iterable[Disclosure], giver: str, above: str
    ) -> Iterator[_Receipt]:
        for n, disclosure in enumerate(disclosures, 1):
            number = f"{above}{n}"
            yield _Receipt(disclosure, giver, number=number)
            yield from self._received(disclosure.onward, disclosure.to, f"{number}.")

    def _recipient_in_short(self, receipt: _Receipt) -> str:
        word, party = self._named(receipt.disclosure.to), self.parties.get(receipt.disclosure.to)
        kind = fields.TYPES.get(party.type, "") if party and self._open(party) else ""
        by = f"from {self._named(receipt.giver).label}" if receipt.giver else ""
        about = ", ".join(filter(None, (kind, by)))
        return f"{word.label} ({about})" if about else word.label

    def _disclosed(self, activity: Activity, receipt: _Receipt) -> str:
        """One recipient in full: what it gets and on which terms, as far as that is not as for the activity."""
        given, basis = receipt.disclosure, ""
        if given.basis is not None and given.basis != activity.basis:
            basis = "; ".join(_basis_in_words(given.basis))
        party = self.parties.get(given.to)
        system = self._runs(activity, receipt)
        said = (
            *self._introduced(given.to),
            f"gets {self._data(given.data, activity.data)}",
            f"about {self._list(Facet.SUBJECT, given.subjects)}"
            if given.subjects != activity.subjects
            else "",
            f"for {self._list(Facet.PURPOSE, given.purposes)}"
            if given.purposes != activity.purposes
            else "",
            f"by running {system}" if system else "",
            f"on the basis of {basis}" if basis else "",
            f"in {phrases.country(self._country(self._whereabouts(receipt)).label)}"
            if self._crossing(receipt)
            else "",
            self._safe(receipt, named=False),
            f"agreement: {self._agreement(party)}" if self._agreement(party) else "",
            f"only with {'; '.join(map(_condition, given.conditions))}" if given.conditions else "",
            "; ".join(f"keeps {self._kept_in_words(kept, given.data)}" for kept in given.retention),
            f"since {phrases.day(given.started)}" if given.started else "",
        )
        return f"{self._recipient_in_short(receipt)}: {'; '.join(filter(None, said))}"

    def _introduced(self, recipient: str) -> Iterator[str]:
        """What there is to know of a party itself."""
        party = self.parties.get(recipient)
        if party is None or not self._open(party):
            return
        terms = self.register.vocabulary[Facet.RECIPIENT].terms
        names = terms[recipient].synonyms if recipient in terms else ()
        kinds = tuple(word.id for word in self._category(recipient))
        yield f"category: {self._list(Facet.RECIPIENT, kinds)}"
        yield f"also called {', '.join(names)}" if names else ""
        yield f"contact: {party.contact}" if party.contact else ""

    @staticmethod
    def _runs(activity: Activity, receipt: _Receipt) -> str:
        """The system by which the recipient gets the data; internal ones are none of the activity's here."""
        system = receipt.system
        return system.name if system and system.id in activity.systems else ""

    def _agreed(self, receipt: _Receipt) -> str:
        party = self.parties.get(receipt.disclosure.to)
        agreement = self._agreement(party)
        if receipt.giver or party is None or not agreement:
            return ""
        reviewed = party.agreement_reviewed
        when = f" (reviewed {phrases.day(reviewed)})" if reviewed else ""
        return f"{party.name}: {agreement}{when}"

    def _whereabouts(self, receipt: _Receipt) -> str:
        """The country the data goes to."""
        if receipt.system is not None:
            return receipt.system.location or self.register.home
        party = self.parties.get(receipt.disclosure.to)
        return party.country if party else self.register.home

    def _crossing(self, receipt: _Receipt) -> tuple[str, ...]:
        """The laws under which it is a transfer."""
        return law.crossed(self.register.regimes, self._whereabouts(receipt))

    def _sent(self, receipt: _Receipt) -> str:
        country = self._country(self._whereabouts(receipt)).label
        return f"{country}: {self._named(receipt.disclosure.to).label}"

    def _stored(self, activity: Activity) -> Iterator[str]:
        """What is kept abroad in a system of our own."""
        for id_ in self.register.activities[activity.id].systems:
            system = self.systems.get(id_, self.register.systems[id_])
            place = system.location or self.register.home
            if not system.operator and law.crossed(self.register.regimes, place):
                name = system.name if id_ in activity.systems else "a system of our own"
                yield f"{self._country(place).label}: {name}"

    def _safe(self, receipt: _Receipt, *, named: bool = True) -> str:
        """What protects a transfer, and what is on file of it."""
        protected = self._protected(receipt)
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
        return f"{self._named(receipt.disclosure.to).label}: {words}" if named and words else words

    def _protected(self, receipt: _Receipt) -> Disclosure:
        """A disclosure with what protects it where the party's own record does."""
        given, party = receipt.disclosure, self.parties.get(receipt.disclosure.to)
        if party is None:
            return given
        on_file = party.transfer if self._open(party) else NO_TRANSFER_RECORD
        own = given.transfer is not NO_TRANSFER_RECORD
        return replace(
            given,
            safeguard=given.safeguard or party.safeguard,
            transfer=given.transfer if own else on_file,
        )

    def _kept_in_words(self, entry: Retention, held: Words) -> str:
        kept = "; ".join(
            filter(None, (phrases.kept(entry), entry.criteria if entry.period else ""))
        )
        said = f"{self._data(entry.data, held)}: {kept}"
        return f"{said} ({'; '.join(entry.law)})" if entry.law else said

    def _system_in_words(self, system: System) -> str:
        said = (
            f"run by {self._named(system.operator).label}" if system.operator else "",
            self._country(system.location).label if system.location else "",
            system.security,
        )
        about = "; ".join(filter(None, said))
        return f"{system.name} ({about})" if about else system.name

    def _source_in_words(self, activity: Activity, source: Any) -> str:
        name = self._named(source.party).label
        data = "" if source.data == activity.data else self._list(Facet.DATA, source.data)
        first = (
            f"only with {'; '.join(map(_condition, source.conditions))}"
            if source.conditions
            else ""
        )
        about = "; ".join(filter(None, (data, first)))
        return f"{name}: {about}" if about else name

    def _reached(self, party: str) -> str:
        known = self.parties.get(party)
        contact = known.contact if known and self._open(known) else ""
        return ", ".join(filter(None, (self._named(party).label, contact)))

    def _notice_in_words(self, notice: str) -> str:
        known = self.register.notices.get(notice)
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

    def _special(self, words: Words) -> tuple[CodedWord, ...]:
        """The data that Articles 9 and 10 protect; a word that holds other data, too, is not among it."""
        data, atoms = self.register.vocabulary[Facet.DATA], self.protected
        return self._words(Facet.DATA, (word for word in words if not data.mask(word) & ~atoms))

    def _rights(self, basis: Basis | None) -> tuple[str, ...]:
        row = basis and law.RIGHTS.find(basis.article_6, self.day, self.register.regimes)
        return tuple(
            f"{right} (qualified)" if has == "qualified" else right
            for right, has in (row.rights if row else {}).items()
            if has != "no"
        )

    def _automated(self, activity: Activity) -> bool | None:
        """What the register says of automated decisions, unless it is to be left out."""
        hidden = self.publication and "automated_decisions" in self.everywhere.union(
            activity.internal
        )
        made = activity.record.automated_decisions
        return None if hidden else _told(activity, "automated_decisions", made)

    # -- the details -----------------------------------------------------------------------------

    def _mandates(self, activity: Activity) -> Iterator[_RecordLine]:
        for mandate in activity.record.on_behalf_of:
            known = self.parties.get(mandate.controller)
            contact = known.contact if known and self._open(known) else ""
            said: Row = {"activity": activity.id, "contact": contact}
            yield self._line(fields.CONTROLLERS, mandate, said=said)

    def _sources(self, activity: Activity) -> Iterator[_RecordLine]:
        for source in activity.sources:
            yield self._line(fields.SOURCES, source, said={"activity": activity.id})

    def _recipients(self, activity: Activity) -> Iterator[_RecordLine]:
        for receipt in self._receipts(activity):
            given, party = receipt.disclosure, self.parties.get(receipt.disclosure.to)
            shown = party if party is not None and self._open(party) else None
            protected = self._protected(receipt)
            said: Row = {
                "activity": activity.id,
                "passed_on_by": self._named(receipt.giver) if receipt.giver else None,
                "category": self._category(shown.id) if shown else (),
                "type": _coded(shown.type, fields.TYPES) if shown else None,
                "system": self._runs(activity, receipt),
                "agreement": self._agreement(party),
                "country": self._country(self._whereabouts(receipt)),
                "transfer": _coded_all(self._crossing(receipt), fields.REGIMES),
                **{c.key: self._say(c, protected) for c in fields.TRANSFER},
                "retention": tuple(self._kept_in_words(k, given.data) for k in given.retention),
            }
            own = {c.key: self._say(c, given) for c in fields.TRANSFER}
            written = {} if receipt.system else {"number": receipt.number, **own}
            drawn = receipt.system is not None
            yield self._line(fields.RECIPIENTS, given, said=said, written=written, drawn=drawn)

    def _kept(self, activity: Activity) -> Iterator[_RecordLine]:
        for entry in activity.retention:
            yield self._schedule(activity, entry, None)
        for receipt in self._receipts(activity):
            for entry in receipt.disclosure.retention:
                yield self._schedule(activity, entry, receipt)

    def _schedule(
        self, activity: Activity, entry: Retention, receipt: _Receipt | None
    ) -> _RecordLine:
        said: Row = {
            "activity": activity.id,
            "recipient": self._named(receipt.disclosure.to) if receipt else None,
            "period": entry.period,
            "period_in_words": period_in_words(entry.period) if entry.period else "",
        }
        number = {"number": receipt.number if receipt else ""}
        return self._line(fields.RETENTION, entry, said=said, written=number)

    def _breaches(self, activity: Activity) -> Iterator[_RecordLine]:
        for breach in activity.record.breaches:
            yield self._line(fields.BREACHES, breach, said={"activity": activity.id})

    # -- what activities refer to ----------------------------------------------------------------

    def _party(self, party: Party) -> _RecordLine:
        term = self.register.vocabulary[Facet.RECIPIENT].terms.get(party.id)
        said: Row = {
            "synonyms": term.synonyms if term else (),
            "category": self._category(party.id),
        }
        return self._line(fields.PARTIES, party, said=said)

    def _system(self, system: System) -> _RecordLine:
        return self._line(fields.SYSTEMS, system)

    def _notice(self, notice: Notice) -> _RecordLine:
        return self._line(fields.NOTICES, notice)

    def _own_words(self) -> Iterator[_RecordLine]:
        """The terms that the register adds to those of the package."""
        for term in () if self.publication else self.register.terms:
            if term.origin is not None and is_own_word(term.origin):
                same, below = term.same_as, term.origin.document.data.get("narrower", {})
                said: Row = {
                    "dpv": same.get("dpv", ""),
                    "fideslang": same.get("fideslang", ""),
                    "narrower": tuple(f"{id_}: {label}" for id_, label in below.items()),
                }
                yield self._line(fields.WORDS, term, said=said)

    # -- words -----------------------------------------------------------------------------------

    def _word(self, facet: Facet, word: str) -> CodedWord:
        hierarchy: Hierarchy = self.register.vocabulary[facet.scheme]
        known = self.words.get((facet.scheme, word))
        if known is None:
            term, label = hierarchy.terms.get(word), hierarchy.label(word)
            iri = term.same_as.get("dpv", "") if term else ""
            exact = "" if hierarchy.find(label) in (word, None) else word
            known = self.words[facet.scheme, word] = CodedWord(word, label, iri, exact)
        return known

    def _words(self, facet: Facet, words: Iterable[str]) -> tuple[CodedWord, ...]:
        say = self._named if facet.scheme is Facet.RECIPIENT else partial(self._word, facet)
        return tuple(map(say, words))

    def _list(self, facet: Facet, words: Words) -> str:
        return ", ".join(phrases.name(self.register, facet, word) for word in words)

    def _data(self, words: Words, held: Words) -> str:
        """Some of the data that is held, by its words."""
        return "all the data" if words == held else self._list(Facet.DATA, words)

    def _country(self, code: str) -> CodedWord:
        return self._word(Facet.COUNTRY, code)


_IN_WORKBOOKS = {
    "recipients": (fields.ACTIVITY, fields.NUMBER, *fields.RECIPIENTS[1:]),
    "retention": (
        fields.ACTIVITY,
        fields.NUMBER,
        *(c for c in fields.RETENTION[1:] if c.key != "period_in_words"),
    ),
}
"""The sheets that need other columns to be taken back than to be read."""

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


def _of_processor(column: Column) -> Column:
    """Article 30(2) asks processors for less than Article 30(1) asks controllers for."""
    asked = {"transfers": "30(2)(c)", "safeguards": "30(2)(c)", "security": "30(2)(d)"}
    return replace(column, law=asked.get(column.key, ""))


def _part_of(key: str, field: str) -> bool:
    return key == field or key.startswith(f"{field}_")


def _coded(code: str, words: Mapping[str, str]) -> CodedWord | None:
    return CodedWord(code, words.get(code, code)) if code else None


def _coded_all(codes: Iterable[str], words: Mapping[str, str]) -> tuple[CodedWord, ...]:
    return tuple(CodedWord(code, words.get(code, code)) for code in codes)


def _condition(condition: Condition) -> str:
    said = phrases.CONDITIONS.get(condition.kind, condition.kind)
    named = f"{said} ({condition.name})" if condition.name else said
    return (
        f"{named}, which looks at {phrases.several(condition.covers)}"
        if condition.covers
        else named
    )


def _basis_in_words(basis: Basis) -> Iterator[str]:
    yield phrases.basis(basis)
    if basis.article_9:
        yield f"Article {fields.CONDITIONS[basis.article_9]}"
    if basis.schedule_1:
        yield f"Schedule 1 paragraph {basis.schedule_1}"
    if basis.annex_1:
        yield f"Annex 1 paragraph {basis.annex_1}"
    yield from filter(None, (basis.interests, basis.reason))


def _kept_at(entry: Any, column: Column) -> Any:
    """What the model has for a field; None where what would hold it is not there."""
    for step in column.path:
        entry = getattr(entry, step, None)
    return entry


def _raw(origin: Origin, column: Column) -> Any:
    """What a document writes in a field; None where it leaves it to what holds elsewhere."""
    value = origin.document.data
    for step in (*origin.pointer, *column.pointer):
        match value:
            case dict() if step in value:
                value = value[step]
            case list() if isinstance(step, int):
                value = value[step]
            case dict():
                return None
            case _:  # written for short
                return None if column.unsaid else value
    return value


def _told(activity: Activity, field: str, made: object) -> bool | None:
    """Yes, no, or nothing: the model does not tell no from nobody says, and the document does."""
    denied = activity.origin.document.data.get(field) is False
    return True if made is not None else False if denied else None
