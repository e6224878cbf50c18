"""The record of processing (Article 30) as tables of plain cells, for every format to write down.

The edition for publication leaves out here what the register marks as internal, so that no format can forget to.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ropa import law, phrases
from ropa.model import (
    EVERYTHING,
    NO_TRANSFER_RECORD,
    NOTHING,
    Activity,
    Basis,
    Condition,
    Disclosure,
    Organisation,
    Party,
    PolicyDocument,
    Register,
    Retention,
    System,
    TransferRecord,
    Words,
    operated,
    period_in_words,
)
from ropa.vocabulary import Facet, Hierarchy


class Word(NamedTuple):
    """A word of the vocabulary, a party or a code of the law, with what to call it.

    `iri` is the equal concept of the Data Privacy Vocabulary, where there is one.
    """

    id: str
    label: str
    iri: str = ""


Cell = str | bool | int | date | Word | tuple[str, ...] | tuple[Word, ...] | None
Row = Mapping[str, Cell]


class Column(NamedTuple):
    """What the cells of a column hold. `law` is the part of Article 30 that asks for it, if any does.

    `choices` are all the words that may stand there, where the set is closed.
    """

    key: str
    heading: str
    law: str = ""
    choices: tuple[str, ...] = ()


class Table(NamedTuple):
    """Rows that have the same columns."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Record(NamedTuple):
    """The record of one organisation.

    `organisation` has one row. A row of `controller` (Article 30(1)) or `processor` (Article 30(2)) is an
    activity, and says all there is to say of it in lines of text. `details` say the same in cells of their own,
    each row with its `activity`; `shelves` are what activities refer to.
    """

    name: str
    publication: bool
    organisation: Table
    controller: Table
    processor: Table
    details: tuple[Table, ...]
    shelves: tuple[Table, ...]

    @property
    def title(self) -> str:
        """What to call it."""
        return f"Record of processing: {self.name}"

    @property
    def registers(self) -> tuple[Table, ...]:
        """The two registers of Article 30, without one that would be empty beside the other."""
        both = (self.controller, self.processor)
        return tuple(table for table in both if table.rows) or (self.controller,)


def lines(cell: Cell) -> tuple[str, ...]:
    """A cell in words, a line for each of several."""
    match cell:
        case None | "":
            return ()
        case bool():
            return ("yes" if cell else "no",)
        case date():
            return (phrases.day(cell),)
        case Word():
            return (cell.label,)
        case tuple():
            return tuple(entry.label if isinstance(entry, Word) else entry for entry in cell)
    return (str(cell),)


BASES = {letter: f"6(1)({letter}) {said}" for letter, said in phrases.BASES.items()}
CONDITIONS = {
    "a": "9(2)(a) explicit consent",
    "b": "9(2)(b) employment, social security and social protection",
    "c": "9(2)(c) vital interests",
    "d": "9(2)(d) a not-for-profit body",
    "e": "9(2)(e) made public by the person",
    "f": "9(2)(f) legal claims and courts",
    "g": "9(2)(g) substantial public interest",
    "h": "9(2)(h) health or social care",
    "i": "9(2)(i) public health",
    "j": "9(2)(j) archiving, research and statistics",
}
EXCEPTIONS = {
    "a": "49(1)(a) explicit consent",
    "b": "49(1)(b) a contract with the person",
    "c": "49(1)(c) a contract in the person's interest",
    "d": "49(1)(d) important reasons of public interest",
    "e": "49(1)(e) legal claims",
    "f": "49(1)(f) vital interests",
    "g": "49(1)(g) a public register",
    "compelling": "49(1), second subparagraph: compelling legitimate interests",
}
TYPES = {
    "processor": "processor",
    "controller": "controller",
    "joint-controller": "joint controller",
    "public-authority": "public authority",
    "category": "category of recipients",
}
ROLES = {
    "controller": "controller",
    "processor": "processor",
    "joint-controller": "joint controller",
}
GROUNDS = {
    "consent": "fresh consent",
    "research": "research, archiving or statistics",
    "compliance": "showing or ensuring compliance",
    "annex-2": "a condition of Annex 2 to the UK GDPR",
    "law": "a law that allows it",
    "assessment": "an assessment of compatibility",
}
REGIMES = {"uk-gdpr": "UK GDPR", "eu-gdpr": "EU GDPR"}
SCHEMES = {
    "pipeda": "PIPEDA",
    "appi": "APPI",
    "dpf": "Data Privacy Framework",
    "uk-extension": "UK Extension to the Data Privacy Framework",
}
YES_NO = ("yes", "no")


def _said(words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(words.values())


_BASIS = (
    Column("basis", "Lawful basis (Article 6)", choices=_said(BASES)),
    Column("basis_law", "Law the basis rests on"),
    Column(
        "article_9", "Condition for special category data (Article 9)", choices=_said(CONDITIONS)
    ),
    Column("schedule_1", "Condition in Schedule 1, Data Protection Act 2018"),
    Column("annex_1", "Condition in Annex 1, UK GDPR"),
    Column("interests", "Legitimate interests"),
    Column("basis_reason", "Why the basis fits"),
)
_TRANSFER = (
    Column("safeguard", "Safeguard", "30(1)(e)", _said(phrases.SAFEGUARDS)),
    Column("adequacy_scheme", "Adequacy scheme"),
    Column("transfer_risk_assessment", "Transfer risk assessment"),
    Column("exception", "Exception (Article 49)", "30(1)(e)", _said(EXCEPTIONS)),
    Column("exception_reason", "Why the exception applies"),
    Column("exception_safeguards", "Safeguards of the exception", "30(1)(e)"),
    Column("exception_repeated", "Happens again and again", choices=YES_NO),
)
_POLICY = (
    Column("policy_document", "Appropriate policy document"),
    Column("policy_document_reviewed", "Policy document reviewed"),
    Column(
        "policy_document_followed", "Kept and erased as the policy document says", choices=YES_NO
    ),
    Column("policy_document_reason", "Why not, or why none is needed"),
)
_ACTIVITY = Column("activity", "Activity")
ORGANISATION = (
    Column("id", "Short name"),
    Column("name", "Name", "30(1)(a)"),
    Column("role", "Role", choices=_said(ROLES)),
    Column("contact", "Contact", "30(1)(a)"),
    Column("dpo", "Data protection officer", "30(1)(a)"),
    Column("representative", "Representative", "30(1)(a)"),
    Column("regimes", "Law that applies"),
    Column("home", "Country"),
    Column("nation", "Nation"),
    Column("public_authority", "Public authority", choices=YES_NO),
    Column("employees", "People employed"),
    Column("record_exemption", "Claims the exemption of Article 30(5)", choices=YES_NO),
    Column("review_interval", "Entries are reviewed every"),
    Column("security", "Security measures for everything", "30(1)(g)"),
    *_POLICY,
)
MANDATED = (
    Column("controllers", "Controllers", "30(2)(a)"),
    Column("processing", "Categories of processing", "30(2)(b)"),
)
"""What only the register of a processor has."""
ACTIVITIES = (
    Column("id", "Short name"),
    Column("name", "Activity"),
    Column("owner", "Who answers for it"),
    *MANDATED,
    Column("purposes", "Purposes", "30(1)(b)"),
    Column("joint_controllers", "Joint controllers", "30(1)(a)"),
    Column("arrangement", "Arrangement between joint controllers"),
    Column("subjects", "Categories of people", "30(1)(c)"),
    Column("data", "Categories of personal data", "30(1)(c)"),
    Column("special", "Of these, special category or criminal offence data"),
    Column("recipients", "Recipients", "30(1)(d)"),
    Column("disclosures", "What each recipient gets"),
    Column("transfers", "Transfers abroad", "30(1)(e)"),
    Column("safeguards", "Safeguards for transfers", "30(1)(e)"),
    Column("retention", "How long it is kept", "30(1)(f)"),
    Column("security", "Security measures", "30(1)(g)"),
    Column("systems", "Where it is kept"),
    Column("sources", "Where it comes from"),
    *_BASIS,
    Column("official_authority", "Official authority"),
    Column("secrecy", "Who owes secrecy (Article 9(3))"),
    Column("legitimate_interests_assessment", "Legitimate interests assessment"),
    Column("consent_record", "Record of consent"),
    Column("agreements", "Contracts and agreements with recipients"),
    Column("rights", "Rights, as recorded"),
    Column("rights_by_basis", "Rights that go with the basis"),
    Column("automated_decisions", "Automated decisions", choices=YES_NO),
    Column("automated_decisions_logic", "How it is decided"),
    Column("automated_decisions_consequences", "What it means for the person"),
    Column("required_by", "What requires people to give it"),
    Column("dpia_needed", "Impact assessment needed", choices=YES_NO),
    Column("dpia", "Impact assessment"),
    Column("dpia_date", "Impact assessment signed"),
    Column("dpia_reason", "Why none is needed"),
    Column("breaches", "Personal data breaches"),
    *_POLICY,
    Column("exemption", "Exception from telling people"),
    Column("exemption_reason", "Why the exception applies"),
    Column("exemption_safeguards", "What protects people instead"),
    Column("compatibility", "Why data may be used again", choices=_said(GROUNDS)),
    Column("compatibility_reference", "Assessment, law or paragraph for it"),
    Column("online_service", "Online service", choices=YES_NO),
    Column("online_service_minimum_age", "People agree for themselves from"),
    Column("online_service_age_of_consent", "Age the member state sets"),
    Column("online_service_parental_consent", "How parents agree"),
    Column("online_service_childrens_code", "Children's code"),
    Column("notices", "Privacy notices"),
    Column("started", "Began"),
    Column("reviewed", "Reviewed"),
)
CONTROLLERS = (
    _ACTIVITY,
    Column("controller", "Controller", "30(2)(a)"),
    Column("contact", "Contact", "30(2)(a)"),
    Column("processing", "Categories of processing", "30(2)(b)"),
)
SOURCES = (
    _ACTIVITY,
    Column("source", "Source"),
    Column("data", "Data"),
    Column("conditions", "Has to be met first"),
)
RECIPIENTS = (
    _ACTIVITY,
    Column("passed_on_by", "Passed on by"),
    Column("recipient", "Recipient", "30(1)(d)"),
    Column("category", "Category", "30(1)(d)"),
    Column("type", "Type", choices=_said(TYPES)),
    Column("system", "Runs the system"),
    Column("subjects", "People"),
    Column("data", "Data"),
    Column("purposes", "Purposes"),
    *_BASIS,
    Column("agreement", "Contract or agreement"),
    Column("country", "Country", "30(1)(e)"),
    Column("transfer", "Transfer under", "30(1)(e)"),
    *_TRANSFER,
    Column("conditions", "Has to be met first"),
    Column("retention", "How long the recipient keeps it"),
    Column("started", "Began"),
)
RETENTION = (
    _ACTIVITY,
    Column("recipient", "Kept by the recipient"),
    Column("data", "Data", "30(1)(f)"),
    Column("period", "Period"),
    Column("period_in_words", "Period in words", "30(1)(f)"),
    Column("trigger", "From", "30(1)(f)", _said(phrases.TRIGGERS)),
    Column("criteria", "Criteria", "30(1)(f)"),
    Column("law", "Law or schedule"),
)
BREACHES = (_ACTIVITY, Column("found", "Found"), Column("breach", "Record of the breach"))
PARTIES = (
    Column("id", "Short name"),
    Column("name", "Name"),
    Column("synonyms", "Other names"),
    Column("type", "Type", choices=_said(TYPES)),
    Column("category", "Category"),
    Column("country", "Country"),
    Column("contact", "Contact"),
    Column("agreement", "Contract or agreement"),
    Column("agreement_reviewed", "Agreement reviewed"),
    *_TRANSFER,
)
SYSTEMS = (
    Column("id", "Short name"),
    Column("name", "System"),
    Column("operator", "Run by"),
    Column("location", "Country"),
    Column("security", "Security measures"),
)
NOTICES = (
    Column("id", "Short name"),
    Column("name", "Notice"),
    Column("audience", "For"),
    Column("url", "Published at"),
    Column("issued", "How people get it"),
    Column("version", "Version"),
    Column("start", "In force from"),
    Column("end", "In force to"),
    Column("layers", "Sends its reader to"),
)


def gather(register: Register, day: date, *, publication: bool) -> Record:
    """The record as the register has it, by the law of that day; for publication without what is internal."""
    return _Gatherer(register, day, publication=publication).record()


class _Receipt(NamedTuple):
    """One recipient of an activity's data, whoever gives it: we, an operator's system, or a recipient."""

    disclosure: Disclosure
    giver: str = ""
    system: System | None = None


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
        self.activities = [self._of(a) for a in register.activities.values() if self._open(a)]

    def record(self) -> Record:
        register, activities = self.register, self.activities
        mandated = [a for a in activities if register.mandated(a)]
        own = [a for a in activities if not register.mandated(a)]
        firsts = [c for c in ACTIVITIES if c not in MANDATED]
        name, *others = firsts[1:]
        return Record(
            name=register.name,
            publication=self.publication,
            organisation=Table("organisation", "Whose record this is", ORGANISATION, self._whose()),
            controller=Table(
                "controller",
                "Record of a controller (Article 30(1))",
                tuple(firsts),
                tuple(map(self._activity, own)),
            ),
            processor=Table(
                "processor",
                "Record of a processor (Article 30(2))",
                (firsts[0], name, *MANDATED, *map(_of_processor, others)),
                tuple(map(self._activity, mandated)),
            ),
            details=(
                Table(
                    "controllers", "Controllers we act for", CONTROLLERS, self._all(self._mandates)
                ),
                Table("sources", "Sources", SOURCES, self._all(self._sources)),
                Table("recipients", "Recipients", RECIPIENTS, self._all(self._recipients)),
                Table("retention", "Retention", RETENTION, self._all(self._kept)),
                Table("breaches", "Personal data breaches", BREACHES, self._all(self._breaches)),
            ),
            shelves=(
                Table("parties", "Parties", PARTIES, tuple(self._shown_parties())),
                Table(
                    "systems", "Systems", SYSTEMS, tuple(map(self._system, self.systems.values()))
                ),
                Table("notices", "Privacy notices", NOTICES, tuple(self._notices())),
            ),
        )

    def _all(self, rows: Any) -> tuple[Row, ...]:
        return tuple(row for activity in self.activities for row in rows(activity))

    # -- what is internal ------------------------------------------------------------------------

    def _open(self, entry: Activity | System | Party) -> bool:
        return not self.publication or EVERYTHING not in entry.internal

    def _edited(self, entry: "_Entry") -> "_Entry":
        return _without(entry, {*self.everywhere, *entry.internal}) if self.publication else entry

    def _of(self, activity: Activity) -> Activity:
        """An activity of this edition, in the systems of this edition."""
        edited = self._edited(activity)
        kept = tuple(system for system in edited.systems if system in self.systems)
        return edited if kept == edited.systems else edited._replace(systems=kept)

    def _named(self, party: str) -> Word:
        """A party, or the category it stands for where the party itself is internal."""
        while (known := self.parties.get(party)) is not None and not self._open(known):
            party = self._categories(party)[0]
        return self._word(Facet.RECIPIENT, party)

    def _categories(self, party: str) -> Words:
        return self.register.vocabulary[Facet.RECIPIENT].wider(party)

    def _category(self, party: str) -> tuple[Word, ...]:
        return tuple(map(self._named, self._categories(party)))

    def _agreement(self, party: Party | None) -> str:
        return party.agreement if party is not None and self._open(party) else ""

    # -- the organisation ------------------------------------------------------------------------

    def _whose(self) -> tuple[Row, ...]:
        ours = self.register.organisation
        if ours is None:
            return ()
        row = self._organisation(ours)
        hidden = self.everywhere if self.publication else frozenset()
        shown = {k: v for k, v in row.items() if not any(_part_of(k, field) for field in hidden)}
        return (shown,)

    def _organisation(self, ours: Organisation) -> dict[str, Cell]:
        return {
            "id": ours.id,
            "name": ours.name,
            "role": Word(ours.role, ROLES[ours.role]),
            "contact": ours.contact,
            "dpo": ours.dpo,
            "representative": ours.representative,
            "regimes": _coded_all(ours.regimes, REGIMES),
            "home": self._country(ours.home),
            "nation": ours.nation,
            "public_authority": ours.public_authority,
            "employees": ours.employees,
            "record_exemption": ours.record_exemption,
            "review_interval": period_in_words(ours.review_interval),
            "security": ours.security,
            **_policy(ours.policy_document),
        }

    # -- activities ------------------------------------------------------------------------------

    def _activity(self, activity: Activity) -> Row:
        record, receipts = activity.record, tuple(self._receipts(activity))
        abroad = [r for r in receipts if not r.giver and self._crossing(r)]
        return {
            "id": activity.id,
            "name": activity.name,
            "owner": record.owner,
            "controllers": tuple(self._reached(m.controller) for m in record.on_behalf_of),
            "processing": tuple(
                f"{self._named(m.controller).label}: {'; '.join(m.processing)}"
                for m in record.on_behalf_of
                if m.processing
            ),
            "purposes": self._words(Facet.PURPOSE, activity.purposes),
            "joint_controllers": tuple(map(self._reached, record.joint_controllers)),
            "arrangement": record.arrangement,
            "subjects": self._words(Facet.SUBJECT, activity.subjects),
            "data": self._words(Facet.DATA, activity.data),
            "special": self._special(activity.data),
            "recipients": tuple(dict.fromkeys(self._recipient_in_short(r) for r in receipts)),
            "disclosures": tuple(self._disclosed(activity, r) for r in receipts),
            "transfers": tuple(dict.fromkeys((*map(self._sent, abroad), *self._stored(activity)))),
            "safeguards": tuple(dict.fromkeys(s for r in abroad if (s := self._safe(r)))),
            "retention": tuple(
                self._kept_in_words(kept, activity.data) for kept in activity.retention
            ),
            "security": activity.security,
            "systems": tuple(
                self._system_in_words(self.systems[system]) for system in activity.systems
            ),
            "sources": tuple(self._source_in_words(activity, s) for s in activity.sources),
            **self._basis(activity.basis),
            "official_authority": record.official_authority,
            "secrecy": record.secrecy,
            "legitimate_interests_assessment": record.legitimate_interests_assessment,
            "consent_record": record.consent_record,
            "agreements": tuple(dict.fromkeys(a for r in receipts if (a := self._agreed(r)))),
            "rights": record.rights,
            "rights_by_basis": self._rights(activity.basis),
            **self._automated(activity),
            "required_by": "nothing: people are free not to give it"
            if record.required_by == NOTHING
            else record.required_by,
            **_dpia(activity),
            "breaches": tuple(
                ": ".join(filter(None, (phrases.day(b.found) if b.found else "", b.record)))
                for b in record.breaches
            ),
            **_policy(record.policy_document),
            **_claims(activity),
            **_online(activity),
            "notices": tuple(self._notice_in_words(notice) for notice in activity.notices),
            "started": record.started,
            "reviewed": activity.reviewed,
        }

    def _receipts(self, activity: Activity) -> Iterator[_Receipt]:
        """Everybody who gets the data, in the order of the register, each before those it passes data on to."""
        for disclosure in activity.disclosures:
            yield from self._received(disclosure, "")
        for id_ in self.register.activities[activity.id].systems:
            system = self.register.systems[id_]
            if system.operator:
                yield _Receipt(
                    operated(activity, system.operator, system.origin),
                    system=self.systems.get(id_, system),
                )

    def _received(self, disclosure: Disclosure, giver: str) -> Iterator[_Receipt]:
        yield _Receipt(disclosure, giver)
        for onward in disclosure.onward:
            yield from self._received(onward, disclosure.to)

    def _recipient_in_short(self, receipt: _Receipt) -> str:
        word, party = self._named(receipt.disclosure.to), self.parties.get(receipt.disclosure.to)
        kind = TYPES.get(party.type, "") if party and self._open(party) else ""
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
            f"in {self._country(self._whereabouts(receipt)).label}"
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
        safeguard, transfer = self._protection(receipt)
        exception = transfer.derogation
        said = (
            phrases.SAFEGUARDS.get(safeguard, safeguard),
            ", ".join(SCHEMES[scheme] for scheme in transfer.schemes),
            f"risk assessment {transfer.risk_assessment}" if transfer.risk_assessment else "",
            EXCEPTIONS[exception.letter] if exception else "",
            exception.reason if exception else "",
            exception.safeguards if exception else "",
            "happens again and again" if exception and exception.repeated else "",
        )
        words = "; ".join(filter(None, said))
        return f"{self._named(receipt.disclosure.to).label}: {words}" if named and words else words

    def _protection(self, receipt: _Receipt) -> tuple[str, TransferRecord]:
        given, party = receipt.disclosure, self.parties.get(receipt.disclosure.to)
        if party is None:
            return given.safeguard, given.transfer
        on_file = party.transfer if self._open(party) else NO_TRANSFER_RECORD
        own = given.transfer is not NO_TRANSFER_RECORD
        return given.safeguard or party.safeguard, given.transfer if own else on_file

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

    def _special(self, words: Words) -> tuple[Word, ...]:
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

    def _basis(self, basis: Basis | None) -> dict[str, Cell]:
        if basis is None:
            return {}
        condition = law.schedule_1(basis.schedule_1, self.day) if basis.schedule_1 else None
        title = f"{basis.schedule_1} {condition.title}" if condition else basis.schedule_1
        return {
            "basis": _coded(basis.article_6, BASES),
            "basis_law": basis.law,
            "article_9": _coded(basis.article_9, CONDITIONS),
            "schedule_1": Word(basis.schedule_1, title) if basis.schedule_1 else None,
            "annex_1": basis.annex_1,
            "interests": basis.interests,
            "basis_reason": basis.reason,
        }

    def _automated(self, activity: Activity) -> dict[str, Cell]:
        made = activity.record.automated_decisions
        if made is None:
            # the model does not tell "none are made" from "nobody says"; the document does
            written = activity.origin.document.data.get("automated_decisions")
            hidden = self.publication and "automated_decisions" in self.everywhere.union(
                activity.internal
            )
            return {"automated_decisions": False if written is False and not hidden else None}
        return {
            "automated_decisions": True,
            "automated_decisions_logic": made.logic,
            "automated_decisions_consequences": made.consequences,
        }

    # -- the details -----------------------------------------------------------------------------

    def _mandates(self, activity: Activity) -> Iterator[Row]:
        for mandate in activity.record.on_behalf_of:
            known = self.parties.get(mandate.controller)
            yield {
                "activity": activity.id,
                "controller": self._named(mandate.controller),
                "contact": known.contact if known and self._open(known) else "",
                "processing": mandate.processing,
            }

    def _sources(self, activity: Activity) -> Iterator[Row]:
        for source in activity.sources:
            yield {
                "activity": activity.id,
                "source": self._named(source.party),
                "data": self._words(Facet.DATA, source.data),
                "conditions": tuple(map(_condition, source.conditions)),
            }

    def _recipients(self, activity: Activity) -> Iterator[Row]:
        for receipt in self._receipts(activity):
            given, party = receipt.disclosure, self.parties.get(receipt.disclosure.to)
            shown = party if party is not None and self._open(party) else None
            yield {
                "activity": activity.id,
                "passed_on_by": self._named(receipt.giver) if receipt.giver else None,
                "recipient": self._named(given.to),
                "category": self._category(shown.id) if shown else (),
                "type": _coded(shown.type, TYPES) if shown else None,
                "system": self._runs(activity, receipt),
                "subjects": self._words(Facet.SUBJECT, given.subjects),
                "data": self._words(Facet.DATA, given.data),
                "purposes": self._words(Facet.PURPOSE, given.purposes),
                **self._basis(given.basis),
                "agreement": self._agreement(party),
                "country": self._country(self._whereabouts(receipt)),
                "transfer": _coded_all(self._crossing(receipt), REGIMES),
                **_transfer(*self._protection(receipt)),
                "conditions": tuple(map(_condition, given.conditions)),
                "retention": tuple(self._kept_in_words(k, given.data) for k in given.retention),
                "started": given.started,
            }

    def _kept(self, activity: Activity) -> Iterator[Row]:
        for entry in activity.retention:
            yield self._schedule(activity, entry, None)
        for receipt in self._receipts(activity):
            for entry in receipt.disclosure.retention:
                yield self._schedule(activity, entry, self._named(receipt.disclosure.to))

    def _schedule(self, activity: Activity, entry: Retention, recipient: Word | None) -> Row:
        return {
            "activity": activity.id,
            "recipient": recipient,
            "data": self._words(Facet.DATA, entry.data),
            "period": entry.period,
            "period_in_words": period_in_words(entry.period) if entry.period else "",
            "trigger": _coded(entry.trigger, phrases.TRIGGERS),
            "criteria": entry.criteria,
            "law": entry.law,
        }

    def _breaches(self, activity: Activity) -> Iterator[Row]:
        for breach in activity.record.breaches:
            yield {"activity": activity.id, "found": breach.found, "breach": breach.record}

    # -- what activities refer to ----------------------------------------------------------------

    def _shown_parties(self) -> Iterator[Row]:
        terms = self.register.vocabulary[Facet.RECIPIENT].terms
        for party in filter(self._open, self.parties.values()):
            yield {
                "id": party.id,
                "name": party.name,
                "synonyms": terms[party.id].synonyms if party.id in terms else (),
                "type": _coded(party.type, TYPES),
                "category": self._category(party.id),
                "country": self._country(party.country),
                "contact": party.contact,
                "agreement": party.agreement,
                "agreement_reviewed": party.agreement_reviewed,
                **_transfer(party.safeguard, party.transfer),
            }

    def _system(self, system: System) -> Row:
        return {
            "id": system.id,
            "name": system.name,
            "operator": self._named(system.operator) if system.operator else None,
            "location": self._country(system.location) if system.location else None,
            "security": system.security,
        }

    def _notices(self) -> Iterator[Row]:
        for notice in self.register.notices.values():
            yield {
                "id": notice.id,
                "name": notice.name,
                "audience": self._words(Facet.SUBJECT, notice.audience),
                "url": notice.url,
                "issued": notice.issued,
                "version": notice.version,
                "start": notice.start,
                "end": notice.end,
                "layers": notice.layers,
            }

    # -- words -----------------------------------------------------------------------------------

    def _word(self, facet: Facet, word: str) -> Word:
        hierarchy: Hierarchy = self.register.vocabulary[facet.scheme]
        term = hierarchy.terms.get(word)
        return Word(word, hierarchy.label(word), term.same_as.get("dpv", "") if term else "")

    def _words(self, facet: Facet, words: Iterable[str]) -> tuple[Word, ...]:
        return tuple(self._word(facet, word) for word in words)

    def _list(self, facet: Facet, words: Words) -> str:
        return ", ".join(phrases.name(self.register, facet, word) for word in words)

    def _data(self, words: Words, held: Words) -> str:
        """Some of the data that is held, by its words."""
        return "all the data" if words == held else self._list(Facet.DATA, words)

    def _country(self, code: str) -> Word:
        return self._word(Facet.COUNTRY, code)


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
            entry = entry._replace(**{part: _blanked(getattr(entry, part), names)})
    edited: _Entry = _blanked(entry, names)
    return edited


def _blanked(value: Any, names: Iterable[str]) -> Any:
    there = [name for name in names if name in value._fields]
    return value._replace(**{name: _blank(getattr(value, name)) for name in there})


def _blank(value: Any) -> Any:
    return type(value)() if type(value) in (str, tuple) else None


def _of_processor(column: Column) -> Column:
    """Article 30(2) asks processors for less than Article 30(1) asks controllers for."""
    asked = {"transfers": "30(2)(c)", "safeguards": "30(2)(c)", "security": "30(2)(d)"}
    return column._replace(law=asked.get(column.key, ""))


def _part_of(key: str, field: str) -> bool:
    return key == field or key.startswith(f"{field}_")


def _coded(code: str, words: Mapping[str, str]) -> Word | None:
    return Word(code, words.get(code, code)) if code else None


def _coded_all(codes: Iterable[str], words: Mapping[str, str]) -> tuple[Word, ...]:
    return tuple(Word(code, words.get(code, code)) for code in codes)


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
        yield f"Article {CONDITIONS[basis.article_9]}"
    if basis.schedule_1:
        yield f"Schedule 1 paragraph {basis.schedule_1}"
    if basis.annex_1:
        yield f"Annex 1 paragraph {basis.annex_1}"
    yield from filter(None, (basis.interests, basis.reason))


def _transfer(safeguard: str, transfer: TransferRecord) -> dict[str, Cell]:
    exception = transfer.derogation
    return {
        "safeguard": _coded(safeguard, phrases.SAFEGUARDS),
        "adequacy_scheme": _coded_all(transfer.schemes, SCHEMES),
        "transfer_risk_assessment": transfer.risk_assessment,
        "exception": _coded(exception.letter, EXCEPTIONS) if exception else None,
        "exception_reason": exception.reason if exception else "",
        "exception_safeguards": exception.safeguards if exception else "",
        "exception_repeated": exception.repeated if exception else None,
    }


def _policy(policy: PolicyDocument | None) -> dict[str, Cell]:
    if policy is None:
        return {}
    return {
        "policy_document": policy.name,
        "policy_document_reviewed": policy.reviewed,
        "policy_document_followed": policy.followed,
        "policy_document_reason": policy.reason,
    }


def _dpia(activity: Activity) -> dict[str, Cell]:
    found = activity.record.dpia
    if found is None:
        return {}
    return {
        "dpia_needed": found.needed,
        "dpia": found.reference,
        "dpia_date": found.signed,
        "dpia_reason": found.reason,
    }


def _claims(activity: Activity) -> dict[str, Cell]:
    exempt, again = activity.record.exemption, activity.record.compatibility
    return {
        "exemption": exempt.provision if exempt else "",
        "exemption_reason": exempt.reason if exempt else "",
        "exemption_safeguards": exempt.safeguards if exempt else "",
        "compatibility": _coded(again.ground, GROUNDS) if again else None,
        "compatibility_reference": again.reference if again else "",
    }


def _online(activity: Activity) -> dict[str, Cell]:
    service = activity.record.online_service
    if service is None:
        return {}
    return {
        "online_service": True,
        "online_service_minimum_age": service.minimum_age,
        "online_service_age_of_consent": service.age_of_consent,
        "online_service_parental_consent": service.parental_consent,
        "online_service_childrens_code": service.childrens_code,
    }
