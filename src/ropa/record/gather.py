"""The record of processing (Article 30) as tables of plain cells, for every format to write down.

The edition for publication leaves out here what the register marks as internal, so that no format can forget to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from msgspec.structs import replace

from ropa.documents.document import Origin
from ropa.documents.shipped import is_own_word
from ropa.findings import Problem
from ropa.law import tables as law
from ropa.record import fields
from ropa.record.edition import Edition
from ropa.record.fields import Column, Holds
from ropa.record.in_words import InWords, Receipt, condition_in_words
from ropa.record.tables import Cell, CodedWord, Record, RecordTable, Row, lines
from ropa.register.lexicon import strings
from ropa.register.model import (
    EVERYTHING,
    NOTHING,
    Activity,
    BasisFor,
    Disclosure,
    Notice,
    Organisation,
    Party,
    Register,
    Retention,
    System,
    Words,
    divided,
)
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


def gather(
    register: Register, day: date, *, publication: bool, unjudged: Iterable[Problem] = ()
) -> Record:
    """The record as the register has it, by the law of that day; for publication without what is internal.

    `unjudged` are the reasons why documents of the register are not in it, which it says itself.
    """
    reasons = (f"{p.at}: {p.message}" for p in unjudged)
    record = _Gatherer(register, day, publication=publication).record()
    return replace(record, missing=tuple(dict.fromkeys(reasons)))


class _RecordLine(NamedTuple):
    """A row, and its cells as the register writes them."""

    said: Row
    written: Row


_NOTHING: Row = {}


class _Gatherer:
    def __init__(self, register: Register, day: date, *, publication: bool) -> None:
        self.edition = Edition(register, day, publication=publication)
        self.said = InWords(self.edition)
        data = register.vocabulary[Facet.DATA]
        self.protected = data.union(term.id for term in data.terms.values() if term.special)
        self.sayings: Mapping[Holds, Callable[[Any, Any], Cell]] = {
            Holds.PERIOD: lambda period, _: period_in_words(period),
            Holds.SCHEDULE_1: self._condition_of_schedule_1,
            Holds.CONDITIONS: lambda conditions, _: tuple(map(condition_in_words, conditions)),
            Holds.CODE: _coded,
            Holds.CODES: _coded_all,
            Holds.WORD: lambda word, facet: self.edition.coded(facet, (word,))[0],
            Holds.WORDS: lambda words, facet: self.edition.coded(facet, words),
        }
        self.writings: Mapping[Holds, Callable[[Any, Any], Cell]] = {
            Holds.PERIOD: lambda _, period: fields.exact_period(period),
            Holds.CONDITIONS: lambda _, said: tuple(map(fields.exact_condition, said)),
            Holds.SYSTEMS: self._called(register.systems),
            Holds.NOTICES: self._called(register.notices),
            Holds.MARKS: lambda raw, marks: (EVERYTHING,) if raw is True else marks,
        }

    def record(self) -> Record:
        register, activities = self.edition.register, self.edition.activities
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
            publication=self.edition.publication,
            organisation=self._table("organisation", "Whose record this is", fields.ORGANISATION,
                                     map(self._whose, ours), marks=True),
            controller=self._table("controller", controller, firsts, map(self._activity, own), marks=True),
            processor=self._table("processor", processor, asked, map(self._activity, mandated), marks=True),
            details=(
                self._table("controllers", "Controllers we act for", fields.CONTROLLERS,
                            self._all(self._mandates)),
                self._table("sources", "Sources", fields.SOURCES, self._all(self._sources)),
                self._table("recipients", "Recipients", fields.RECIPIENTS, self._all(self._recipients)),
                self._table("bases", "Lawful bases", fields.RESTS_ON, self._all(self._resting)),
                self._table("retention", "Retention", fields.RETENTION, self._all(self._kept)),
                self._table("breaches", "Personal data breaches", fields.BREACHES, self._all(self._breaches)),
            ),
            shelves=(
                self._table("parties", "Parties", fields.PARTIES,
                            map(self._party, filter(self.edition.lists, self.edition.parties.values())), marks=True),
                self._table("systems", "Systems", fields.SYSTEMS,
                            map(self._system, self.edition.systems.values()), marks=True),
                self._table("notices", "Privacy notices", fields.NOTICES,
                            map(self._notice, register.notices.values())),
            ),
            words=self._table("words", "Words of our own", fields.WORDS, self._own_words()),
            day=self.edition.day,
            apart=tuple((one.name, one.reason) for one in register.not_personal.values()),
            taken_over=() if self.edition.publication else tuple(self._taken_over()),
        )  # fmt: skip

    def _taken_over(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The files of registers that this one extends, each with what of it is in the record."""
        register, named = self.edition.register, dict[str, list[str]]()
        for kind, shelf in (
            ("entry", register.activities),
            ("party", register.parties),
            ("system", register.systems),
            ("notice", register.notices),
        ):
            for one in shelf.values():
                path = one.origin.document.path
                if path.startswith("../"):
                    named.setdefault(path, []).append(f"{kind} “{one.name}”")
        yield from ((path, tuple(names)) for path, names in sorted(named.items()))

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
        return (row for activity in self.edition.activities for row in rows(activity))

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
        if self.edition.publication:
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
        if isinstance(value, _Several):
            return _together([say(one, column.words) if say else one for one in value.values])
        cell: Cell = say(value, column.words) if say else value
        return cell

    def _condition_of_schedule_1(self, number: str, _: object) -> CodedWord:
        condition = law.schedule_1(number, self.edition.day)
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

    def _whose(self, ours: Organisation) -> _RecordLine:
        said, written = self._line(fields.ORGANISATION, ours)
        hidden = self.edition.everywhere if self.edition.publication else frozenset()
        shown = {k: v for k, v in said.items() if not any(_part_of(k, field) for field in hidden)}
        return _RecordLine(shown, written)

    def _activity(self, activity: Activity) -> _RecordLine:
        record, receipts = activity.record, tuple(self.said.receipts(activity))
        abroad = [r for r in receipts if not r.giver and self.said.crossing(r)]
        within = [r for r in receipts if self.edition.register.is_ours(r.disclosure.to)]
        others = [r for r in receipts if r not in within]
        free = record.required_by == NOTHING
        said: Row = {
            "controllers": tuple(self.said.reached(m.controller) for m in record.on_behalf_of),
            "processing": tuple(
                f"{self.edition.named(m.controller).label}: {'; '.join(m.processing)}"
                for m in record.on_behalf_of
                if m.processing
            ),
            "joint_controllers": tuple(map(self.said.reached, record.joint_controllers)),
            "special": self._special(activity.data),
            "recipients": tuple(dict.fromkeys(map(self.said.recipient, others))),
            "internal_recipients": tuple(dict.fromkeys(map(self.said.recipient, within))),
            "disclosures": tuple(self.said.disclosure(activity, r) for r in receipts),
            "transfers": tuple(
                dict.fromkeys(
                    (*(s for r in abroad for s in self.said.sent(r)), *self.said.stored(activity))
                )
            ),
            "safeguards": tuple(dict.fromkeys(s for r in abroad if (s := self.said.safeguard(r)))),
            "retention": tuple(self.said.kept(k, activity.data) for k in activity.retention),
            "systems": tuple(self.said.system(self.edition.systems[s]) for s in activity.systems),
            "sources": tuple(self.said.source(activity, s) for s in activity.sources),
            "bases": tuple(map(self.said.rests, activity.bases)) if divided(activity.bases) else (),
            "agreements": tuple(
                dict.fromkeys(a for r in receipts if (a := self.said.agreement(r)))
            ),
            "rights_by_basis": self._rights(activity),
            "automated_decisions": self._automated(activity),
            "required_by": "nothing: people are free not to give it"
            if free
            else record.required_by,
            "breaches": tuple(
                ": ".join(filter(None, (phrases.day(b.found) if b.found else "", b.record)))
                for b in record.breaches
            ),
            "online_service": record.online_service is not None or None,
            "notices": tuple(self.said.notice(notice) for notice in activity.notices),
        }
        written: Row = {
            "joint_controllers": self.edition.coded(
                Facet.RECIPIENT, strings(activity.origin.document.data.get("joint_controllers", ()))
            ),
            "online_service": _told(activity, "online_service", record.online_service),
            "required_by": record.required_by,
            **_elsewhere(activity),
        }
        return self._line(fields.ACTIVITIES, activity, said=said, written=written)

    def _special(self, words: Words) -> tuple[CodedWord, ...]:
        """The data that Articles 9 and 10 protect; a word that holds other data, too, is not among it."""
        data, atoms = self.edition.register.vocabulary[Facet.DATA], self.protected
        return self.edition.coded(
            Facet.DATA, (word for word in words if not data.mask(word) & ~atoms)
        )

    def _rights(self, activity: Activity) -> tuple[str, ...]:
        """The rights that go with any of its bases."""
        day, regimes = self.edition.day, self.edition.register.regimes
        rows = (law.RIGHTS.find(p.basis.article_6, day, regimes) for p in activity.bases)
        given: dict[str, set[str]] = {}
        for row in filter(None, rows):
            for right, has in row.rights.items():
                given.setdefault(right, set()).add(has)
        return tuple(
            right if "yes" in has else f"{right} (qualified)"
            for right, has in given.items()
            if has != {"no"}
        )

    def _automated(self, activity: Activity) -> bool | None:
        """What the register says of automated decisions, unless it is to be left out."""
        hidden = (
            self.edition.publication
            and "automated_decisions" in self.edition.everywhere.union(activity.internal)
        )
        made = activity.record.automated_decisions
        return None if hidden else _told(activity, "automated_decisions", made)

    def _mandates(self, activity: Activity) -> Iterator[_RecordLine]:
        for mandate in activity.record.on_behalf_of:
            known = self.edition.parties.get(mandate.controller)
            contact = known.contact if known and self.edition.shows(known) else ""
            said: Row = {"activity": activity.id, "contact": contact}
            yield self._line(fields.CONTROLLERS, mandate, said=said)

    def _sources(self, activity: Activity) -> Iterator[_RecordLine]:
        for source in activity.sources:
            yield self._line(fields.SOURCES, source, said={"activity": activity.id})

    def _recipients(self, activity: Activity) -> Iterator[_RecordLine]:
        for receipt in self.said.receipts(activity):
            given, party = receipt.disclosure, self.edition.parties.get(receipt.disclosure.to)
            shown = party if party is not None and self.edition.shows(party) else None
            protected = self.said.protected(receipt)
            said: Row = {
                "activity": activity.id,
                "passed_on_by": self.edition.named(receipt.giver) if receipt.giver else None,
                "category": self.edition.category(shown.id) if shown else (),
                "type": _coded(shown.type, fields.TYPES) if shown else None,
                "system": self.said.runs(activity, receipt),
                "agreement": self.edition.agreement(party),
                "country": _one_or_more(map(self.edition.country, self.said.countries(receipt))),
                "transfer": _coded_all(self.said.crossing(receipt), fields.REGIMES),
                **{c.key: self._say(c, protected) for c in fields.TRANSFER},
                "retention": tuple(self.said.kept(k, given.data) for k in given.retention),
            }
            own = {c.key: self._say(c, given) for c in fields.TRANSFER}
            ours = {"number": receipt.number, **own, **_elsewhere(given)}
            written = {} if receipt.system else ours
            drawn = receipt.system is not None
            yield self._line(fields.RECIPIENTS, given, said=said, written=written, drawn=drawn)

    def _kept(self, activity: Activity) -> Iterator[_RecordLine]:
        for entry in activity.retention:
            yield self._schedule(activity, entry, None)
        for receipt in self.said.receipts(activity):
            for entry in receipt.disclosure.retention:
                yield self._schedule(activity, entry, receipt)

    def _schedule(
        self, activity: Activity, entry: Retention, receipt: Receipt | None
    ) -> _RecordLine:
        said: Row = {
            "activity": activity.id,
            "recipient": self.edition.named(receipt.disclosure.to) if receipt else None,
            "period": entry.period,
            "period_in_words": period_in_words(entry.period) if entry.period else "",
            "longer": tuple(when for when in entry.longer if when != entry.criteria),
        }
        number = {"number": receipt.number if receipt else ""}
        return self._line(fields.RETENTION, entry, said=said, written=number)

    def _resting(self, activity: Activity) -> Iterator[_RecordLine]:
        """What rests on which basis, where that is more than one, or not all of it does."""
        if divided(activity.bases):
            yield from (self._rests(activity, part, None) for part in activity.bases)
        for receipt in self.said.receipts(activity):
            given = receipt.disclosure
            if divided(given.bases) and not given.inherits:
                yield from (self._rests(activity, part, receipt) for part in given.bases)

    def _rests(self, activity: Activity, part: BasisFor, receipt: Receipt | None) -> _RecordLine:
        said: Row = {
            "activity": activity.id,
            "recipient": self.edition.named(receipt.disclosure.to) if receipt else None,
        }
        number = {"number": receipt.number if receipt else ""}
        return self._line(fields.RESTS_ON, part, said=said, written=number)

    def _breaches(self, activity: Activity) -> Iterator[_RecordLine]:
        for breach in activity.record.breaches:
            yield self._line(fields.BREACHES, breach, said={"activity": activity.id})

    def _party(self, party: Party) -> _RecordLine:
        term = self.edition.register.vocabulary[Facet.RECIPIENT].terms.get(party.id)
        said: Row = {
            "synonyms": term.synonyms if term else (),
            "category": self.edition.category(party.id),
        }
        return self._line(fields.PARTIES, party, said=said)

    def _system(self, system: System) -> _RecordLine:
        return self._line(fields.SYSTEMS, system)

    def _notice(self, notice: Notice) -> _RecordLine:
        return self._line(fields.NOTICES, notice)

    def _own_words(self) -> Iterator[_RecordLine]:
        """The terms that the register adds to those of the package."""
        for term in () if self.edition.publication else self.edition.register.terms:
            if term.origin is not None and is_own_word(term.origin):
                same, below = term.same_as, term.origin.document.data.get("narrower", {})
                said: Row = {
                    "dpv": same.get("dpv", ""),
                    "fideslang": same.get("fideslang", ""),
                    "narrower": tuple(f"{id_}: {label}" for id_, label in below.items()),
                }
                yield self._line(fields.WORDS, term, said=said)


_IN_WORKBOOKS = {
    "bases": (fields.ACTIVITY, fields.NUMBER, *fields.RESTS_ON[1:]),
    "recipients": (fields.ACTIVITY, fields.NUMBER, *fields.RECIPIENTS[1:]),
    "retention": (
        fields.ACTIVITY,
        fields.NUMBER,
        *(c for c in fields.RETENTION[1:] if c.key != "period_in_words"),
    ),
}
"""The sheets that need other columns to be taken back than to be read."""


def _of_processor(column: Column) -> Column:
    """Article 30(2) asks processors for less than Article 30(1) asks controllers for."""
    asked = {"transfers": "30(2)(c)", "safeguards": "30(2)(c)", "security": "30(2)(d)"}
    return replace(column, law=asked.get(column.key, ""))


def _part_of(key: str, field: str) -> bool:
    return key == field or key.startswith(f"{field}_")


def _one_or_more(words: Iterable[CodedWord]) -> Cell:
    """A single word as it is, and several as a list."""
    found = tuple(words)
    return found[0] if len(found) == 1 else found


def _coded(code: str, words: Mapping[str, str]) -> CodedWord | None:
    return CodedWord(code, words.get(code, code)) if code else None


def _coded_all(codes: Iterable[str], words: Mapping[str, str]) -> tuple[CodedWord, ...]:
    return tuple(CodedWord(code, words.get(code, code)) for code in codes)


def _kept_at(entry: Any, column: Column) -> Any:
    """What the model has for a field; None where what would hold it is not there."""
    for number, step in enumerate(column.path, 1):
        entry = getattr(entry, step, None)
        if number == 1 and step == "bases":  # one a part of it
            found = [_within(one, column.path[1:]) for one in entry or ()]
            values = [value for value in found if value]
            return _Several(values) if values[1:] else values[0] if values else None
    return entry


def _within(entry: Any, path: Iterable[str]) -> Any:
    for step in path:
        entry = getattr(entry, step, None)
    return entry


class _Several(NamedTuple):
    """The values of a field that an entry has several times."""

    values: list[Any]


def _together(cells: list[Cell]) -> Cell:
    """The cells of several values as one."""
    if codes := tuple(dict.fromkeys(cell for cell in cells if isinstance(cell, CodedWord))):
        return codes
    return tuple(dict.fromkeys(line for cell in cells for line in lines(cell)))


def _elsewhere(given: Activity | Disclosure) -> Row:
    """No basis beside an entry whose bases have rows of their own."""
    return {column.key: None for column in fields.BASIS} if divided(given.bases) else {}


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
            case list() if step == column.pointer[-1] and column.pointer[0] == "basis":
                return None  # each has a row of its own
            case _:  # written for short
                return None if column.unsaid else value
    return value


def _told(activity: Activity, field: str, made: object) -> bool | None:
    """Yes, no, or nothing: the model does not tell no from nobody says, and the document does."""
    denied = activity.origin.document.data.get(field) is False
    return True if made is not None else False if denied else None
