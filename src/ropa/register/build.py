"""Documents of the right shape in, a register out. No judging happens here.

The words of the vocabulary become ids. What nobody defined is kept as it was written and noted, and so is
every id that stands twice (the first one counts).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace

from ropa.documents.document import Document, Origin
from ropa.documents.remains import LOST
from ropa.findings import Problem
from ropa.location import Location
from ropa.register.addresses import Leading, leads_to
from ropa.register.lexicon import Lexicon, lexicon_of, strings
from ropa.register.model import (
    EVERYTHING,
    NO_RECORD,
    NO_TRANSFER_RECORD,
    NOBODY_ABROAD,
    Accepted,
    Activity,
    Aside,
    AutomatedDecisions,
    Basis,
    BasisFor,
    Breach,
    Claim,
    Compatibility,
    Condition,
    Defaults,
    Derogation,
    Disclosure,
    Evidence,
    Exemption,
    ImpactAssessment,
    Known,
    Mandate,
    Notice,
    NotPersonal,
    OnFile,
    OnlineService,
    Organisation,
    Party,
    PolicyDocument,
    ReadAs,
    Register,
    Retention,
    SaidAgain,
    SignOff,
    Source,
    Statement,
    System,
    Task,
    TransferRecord,
    Waiver,
    Words,
    day_of,
)
from ropa.register.periods import as_period, is_exception
from ropa.register.shipped_words import NO_TERMS, Glossary
from ropa.register.vocabulary import ROOTS, Facet, Hierarchy

Data = Mapping[str, Any]
_Entry = Party | System | Activity | Notice
"""What may be taken over from another moment of a register."""
_LookUp = Callable[[Facet, Data, str, Origin, str], Words]


class Quotable(Leading, Protocol):
    """The published text of a notice, in which the words of a quote are looked up."""

    def quoted(self, quote: str, prefix: str = "", suffix: str = "") -> Location | None:
        """Where the words stand; None when they do not, or are too few to be a quote."""
        ...


Texts = Mapping[tuple[str, str], Quotable | Problem]
"""By the path of a notice's document and the `text:` written there: the text, or why it cannot be had."""

_STATED = {
    "about": Facet.SUBJECT,
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}
MOSTLY_ABOUT = {
    Claim.COLLECTS: "data",
    Claim.USES: "purposes",
    Claim.KEEPS: "data",
    Claim.DISCLOSES: "to",
    Claim.TRANSFERS: "to",
}

_BASIS = ("article_6", "article_9", "schedule_1", "interests", "in_words", "annex_1", "reason")
_NARROWING = (
    ("subjects", Facet.SUBJECT),
    ("data", Facet.DATA),
    ("purposes", Facet.PURPOSE),
)
"""In the order of the fields of `BasisFor`."""
_TRANSFER = frozenset({"transfer_risk_assessment", "adequacy_scheme", "exception"})


_UNSAID = Defaults()


class BuiltBefore(NamedTuple):
    """A register as it was at another moment, and the texts of its notices then.

    All that could not be made sense of has to stand in it.
    """

    register: Register
    texts: Texts


def build(
    documents: Iterable[Document],
    texts: Texts,
    defaults: Defaults = _UNSAID,
    terms: Glossary = NO_TERMS,
    before: BuiltBefore | None = None,
) -> Register:
    """The register that well-formed documents describe, in words of its own and in these terms.

    What comes to the very same as `before` is taken from there, object by object.
    """
    shelves: dict[str, list[Document]] = {}
    for document in documents:
        if document.data.get("proposed") and document.data["kind"] != "notice":
            continue  # it counts for nothing
        shelves.setdefault(document.data["kind"], []).append(document)
    worded = (*shelves.get("term", ()), *shelves.get("party", ()))
    lexicon = lexicon_of(worded, terms, before.register.vocabulary if before else None)
    return _Builder(shelves, texts, lexicon, defaults, before).register()


class _StillHeld:
    """What of a register still holds at a later moment: entries that are made of the very same.

    An entry of which something could not be made sense of is made anew, so that this is noted again.
    """

    def __init__(self, before: BuiltBefore, builder: "_Builder") -> None:
        self.register, self.texts = before
        self.builder = builder
        noted = (*self.register.unknown, *self.register.duplicates)
        self._noted = frozenset(
            at.path for p in noted for at in (p.at, *(place for place, _ in p.related))
        )

    def shelf(self, kind: str) -> Mapping[str, _Entry]:
        """The entries of a kind, where all that they refer to is there as it was."""
        held, here = self.register, self.builder
        match kind:
            case "party":
                return held.parties
            case "notice":
                return held.notices
            case "system":
                return held.systems if here.parties == held.parties else {}
            case "activity":
                named = (
                    (here.parties, held.parties),
                    (here.systems, held.systems),
                    (here.notices, held.notices),
                )
                same = all(now.keys() == then.keys() for now, then in named)
                return held.activities if same else {}
        return {}

    def still(self, entry: _Entry | None, document: Document) -> bool:
        """Whether an entry was made of this document, and of the text that is there now."""
        if entry is None or entry.origin.document is not document or document.path in self._noted:
            return False
        return not isinstance(entry, Notice) or self._reads_alike(entry)

    def _reads_alike(self, notice: Notice) -> bool:
        """Whether a notice has the text that it had; to which layers that leads is for others to say, too."""
        key = notice.origin.document.path, notice.text
        was, now = self.texts.get(key), self.builder.texts.get(key)
        same = was is now or (isinstance(now, Problem) and was == now)
        return same and not notice.unlinked


class _Builder:
    """Knows, while the register is made, what its parts refer to."""

    def __init__(
        self,
        documents: Mapping[str, list[Document]],
        texts: Texts,
        lexicon: Lexicon,
        defaults: Defaults,
        before: BuiltBefore | None = None,
    ) -> None:
        self.known: _StillHeld | None = None
        self.defaults = defaults
        self.documents = documents
        self.texts = texts
        self.lexicon = lexicon
        self.bases: dict[tuple[Any, ...], Basis] = {}
        self.organisations: dict[str, Organisation] = self._shelf(
            "organisation", self._named_organisation
        )
        self.home = next((o.home for o in self.organisations.values()), defaults.home)
        if before is not None and lexicon.finds_alike(before.register):
            same_home = before.register.home == self.home
            self.known = _StillHeld(before, self) if same_home else None
        self.parties: dict[str, Party] = self._shelf("party", self._party)
        self.systems: dict[str, System] = self._shelf("system", self._system)
        self.notices: dict[str, Notice] = self._shelf("notice", self._notice)

    def register(self) -> Register:
        entries = self._shelf("activity", self._entry)
        apart = {id_: e for id_, e in entries.items() if isinstance(e, NotPersonal)}
        activities = {id_: e for id_, e in entries.items() if id_ not in apart}
        waivers = self._shelf("waiver", _waiver)
        sign_offs = self._shelf("sign-off", _sign_off)
        tasks = self._shelf("task", _task)
        for notice in self.notices.values():
            at, where = notice.origin / "layers", f"notice/{notice.id}"
            self.lexicon.reference("notice", notice.layers, self.notices, at, where)
            if notice.same_as:
                of, at = (notice.same_as,), notice.origin / "same_as"
                self.lexicon.reference("notice", of, self.notices, at, where)
        self.notices = {notice.id: self._linked(notice) for notice in self.notices.values()}
        for task in tasks.values():
            at, where = task.origin / "notice", f"task/{task.id}"
            names = (task.notice,) if task.notice else ()
            self.lexicon.reference("notice", names, self.notices, at, where)
        for sign_off in sign_offs.values():
            at, where = sign_off.origin / "notice", f"sign-off/{sign_off.id}"
            self.lexicon.reference("notice", (sign_off.notice,), self.notices, at, where)
        organisation = self._organisation()
        return Register(
            organisation=organisation,
            parties=self.parties,
            systems=self.systems,
            activities=activities,
            notices=self.notices,
            waivers=waivers,
            sign_offs=sign_offs,
            terms=self.lexicon.terms,
            vocabulary=self.lexicon.vocabulary(),
            unknown=self.lexicon.unknown,
            duplicates=self.lexicon.duplicates,
            left_out=self.lexicon.left_out,
            not_personal=apart,
            home=self.home,
            regimes=organisation.regimes if organisation else self.defaults.regimes,
            tasks=tasks,
        )

    def _linked(self, notice: Notice) -> Notice:
        """A notice with those of its layers to which its text leads nobody; without its text nobody can say."""
        text = self.texts.get((notice.origin.document.path, notice.text))
        layers = (self.notices.get(layer) for layer in notice.layers)
        if text is None or isinstance(text, Problem):
            return notice
        unlinked = tuple(
            layer.id
            for layer in layers
            if layer
            and not leads_to(text, notice.url, name=layer.name, url=layer.url, file=layer.text)
        )
        return replace(notice, unlinked=unlinked) if unlinked else notice

    def _shelf(self, kind: str, make: Callable[[Data, Origin], Any]) -> dict[str, Any]:
        shelf: dict[str, Any] = {}
        known = self.known.shelf(kind) if self.known else {}
        for document in self.documents.get(kind, ()):
            made: Any = known.get(document.data.get("id"))
            if self.known is None or not self.known.still(made, document):
                made = make(document.data, Origin(document))
            if made.id in shelf:
                self.lexicon.twice(kind, made.id, made.origin, shelf[made.id].origin)
            else:
                shelf[made.id] = made
        return shelf

    def _organisation(self) -> Organisation | None:
        if not self.organisations:
            return None
        first, *others = self.organisations.values()
        for other in others:
            self.lexicon.second_organisation(other.origin, first.origin)
        return first

    def _named_organisation(self, data: Data, origin: Origin) -> Organisation:
        return Organisation(
            id=data["id"],
            name=data["name"],
            role=data.get("role", "controller"),
            contact=data.get("contact", ""),
            dpo=data.get("dpo", ""),
            regimes=strings(data.get("regimes", self.defaults.regimes)),
            home=self._country(data, "home", origin, f"organisation/{data['id']}")
            or self.defaults.home,
            public_authority=data.get("public_authority", False),
            origin=origin,
            representative=data.get("representative", ""),
            nation=data.get("nation", ""),
            employees=data.get("employees"),
            record_exemption=data.get("record_exemption", False),
            review_interval=data.get("review_interval", "P1Y"),
            security=data.get("security", ""),
            policy_document=_policy(data.get("policy_document")),
            internal=_internal(data),
            starter=data.get("starter", False),
            identifiers=_identifiers(data),
        )

    def _party(self, data: Data, origin: Origin) -> Party:
        return Party(
            id=data["id"],
            name=data["name"],
            type=data["type"],
            country=self._country(data, "country", origin, f"party/{data['id']}") or self.home,
            agreement=data.get("agreement", ""),
            safeguard=data.get("safeguard", ""),
            origin=origin,
            contact=data.get("contact", ""),
            agreement_reviewed=day_of(data.get("agreement_reviewed")),
            transfer=_transfer(data),
            internal=_internal(data),
            starter=data.get("starter", False),
            identifiers=_identifiers(data),
            kept_in=self._countries(data, "kept_in", origin),
            remote_access=self._countries(data, "remote_access", origin),
        )

    def _countries(self, data: Data, key: str, origin: Origin) -> Words:
        """The countries under a key, or the word that there are none."""
        written = strings(data.get(key, ()))
        if not written or NOBODY_ABROAD in written:
            return (NOBODY_ABROAD,) if written else ()
        where = f"party/{data['id']}"
        return self.lexicon.words(Facet.COUNTRY, data, key, origin, where)

    def _system(self, data: Data, origin: Origin) -> System:
        where = f"system/{data['id']}"
        operator = ""
        if "operator" in data:
            operator = self.lexicon.word(Facet.RECIPIENT, data, "operator", origin, where)
        runs = self.parties.get(operator)
        location = self._country(data, "location", origin, where)
        location = location or (runs.places[0] if runs else self.home)
        security = data.get("security", "")
        return System(
            data["id"], data["name"], operator, location, origin, security, _internal(data)
        )

    def _country(self, data: Data, key: str, origin: Origin, where: str) -> str:
        """The country under a key, or nothing where none is written."""
        return self.lexicon.word(Facet.COUNTRY, data, key, origin, where) if key in data else ""

    def _trigger(self, data: Data, origin: Origin, where: str) -> str:
        """When a period begins, or nothing where nobody says."""
        if "trigger" not in data:
            return ""
        return self.lexicon.word(Facet.TRIGGER, data, "trigger", origin, where)

    def _entry(self, data: Data, origin: Origin) -> Activity | NotPersonal:
        """An activity, or something that was looked at and holds no personal data."""
        return (
            _not_personal(data, origin) if "not_personal" in data else self._activity(data, origin)
        )

    def _activity(self, data: Data, origin: Origin) -> Activity:
        id_, words = data["id"], self.lexicon.words
        subjects = words(Facet.SUBJECT, data, "subjects", origin, id_)
        held = words(Facet.DATA, data, "data", origin, id_)
        purposes = words(Facet.PURPOSE, data, "purposes", origin, id_)
        bases = self._bases(data, origin, id_)
        systems, notices = strings(data.get("systems", ())), strings(data.get("notices", ()))
        if not self.systems.keys() >= set(systems):
            self.lexicon.reference("system", systems, self.systems, origin / "systems", id_)
        if not self.notices.keys() >= set(notices):
            self.lexicon.reference("notice", notices, self.notices, origin / "notices", id_)
        defaults = (subjects, held, purposes, bases)
        return Activity(
            id=id_,
            name=data["name"],
            subjects=subjects,
            data=held,
            purposes=purposes,
            sources=tuple(
                [
                    self._source(entry, at, id_, held)
                    for entry, at in _entries(data, "sources", origin)
                ]
            ),
            bases=bases,
            systems=tuple(system for system in systems if system in self.systems),
            retention=tuple(
                [
                    self._retention(entry, at, id_, held)
                    for entry, at in _entries(data, "retention", origin)
                ]
            ),
            disclosures=tuple(
                [
                    self._disclosure(entry, at, id_, defaults)
                    for entry, at in _entries(data, "disclosures", origin)
                ]
            ),
            security=data.get("security", ""),
            notices=notices,
            reviewed=day_of(data.get("reviewed")),
            origin=origin,
            record=NO_RECORD
            if _RECORD.isdisjoint(data)
            else self._record(data, origin, f"activity/{id_}"),
            internal=_internal(data),
        )

    def _record(self, data: Data, origin: Origin, where: str) -> OnFile:
        made = {key: make(data[key]) for key, make in _RECORDED.items() if key in data}
        if "joint_controllers" in data:
            joint, at = strings(data["joint_controllers"]), origin / "joint_controllers"
            self.lexicon.reference("party", joint, self.parties, at, where)
            made["joint_controllers"] = tuple(party for party in joint if party in self.parties)
        for entry, at in _entries(data, "on_behalf_of", origin):
            made["on_behalf_of"] = (
                *made.get("on_behalf_of", ()),
                self._mandate(entry, at, where),
            )
        for entry, at in _entries(data, "breach", origin):
            made["breaches"] = (*made.get("breaches", ()), _breach(entry, at))
        return OnFile(**made)

    def _mandate(self, data: Any, origin: Origin, where: str) -> Mandate:
        if isinstance(data, str):
            data, at = {"controller": data}, origin
        else:
            at = origin / "controller"
        self.lexicon.reference("party", (data["controller"],), self.parties, at, where)
        return Mandate(data["controller"], strings(data.get("processing", ())), origin)

    def _source(self, data: Any, origin: Origin, where: str, held: Words) -> Source:
        if type(data) is str:  # the place of a word alone is the entry itself
            party = self.lexicon.word(Facet.SOURCE, {"from": data}, "from", origin, where)
            return Source(party, held, (), origin)
        party = self.lexicon.word(Facet.SOURCE, data, "from", origin, where)
        some, started = self._some(data, origin, where, held), day_of(data.get("started"))
        return Source(party, some, _conditions(data), origin, started)

    def _some(self, data: Data, origin: Origin, where: str, held: Words) -> Words:
        """The data named here, or all that the activity holds."""
        return (
            self.lexicon.words(Facet.DATA, data, "data", origin, where) if "data" in data else held
        )

    def _retention(self, data: Data, origin: Origin, where: str, held: Words) -> Retention:
        period, criteria, longer = _length(data)
        return Retention(
            data=self._some(data, origin, where, held),
            period=period,
            trigger=self._trigger(data, origin, where),
            criteria=criteria,
            law=strings(data.get("law", ())),
            origin=origin,
            longer=longer,
        )

    def _disclosure(
        self,
        data: Data,
        origin: Origin,
        where: str,
        defaults: tuple[Words, Words, Words, tuple[BasisFor, ...]],
    ) -> Disclosure:
        subjects, held, purposes, bases = defaults
        words = self.lexicon.words
        if "subjects" in data:
            subjects = words(Facet.SUBJECT, data, "subjects", origin, where)
        if "data" in data:
            held = words(Facet.DATA, data, "data", origin, where)
        if "purposes" in data:
            purposes = words(Facet.PURPOSE, data, "purposes", origin, where)
        if "basis" in data:
            bases = self._bases(data, origin, where)
        onward = (subjects, held, purposes, ())  # a recipient's own basis is not ours to assume
        to = self.lexicon.word(Facet.RECIPIENT, data, "to", origin, where)
        kept = [
            self._retention(entry, at, where, held)
            for entry, at in _entries(data, "retention", origin)
        ]
        further = [
            self._disclosure(entry, at, where, onward)
            for entry, at in _entries(data, "onward", origin)
        ]
        return Disclosure(
            to,
            subjects,
            held,
            purposes,
            bases,
            data.get("safeguard", ""),
            _conditions(data),
            tuple(kept),
            tuple(further),
            origin,
            day_of(data.get("started")),
            _transfer(data),
            "basis" not in data,
        )

    def _bases(self, data: Data, origin: Origin, where: str) -> tuple[BasisFor, ...]:
        """What it rests on: one basis, or several with what each is for."""
        return tuple(
            [
                BasisFor(basis, at, *self._narrowed(entry, at, where))
                for entry, at in _entries(data, "basis", origin)
                if (basis := self._basis(entry)) is not None
            ]
        )

    def _narrowed(self, data: Data, origin: Origin, where: str) -> tuple[Words, ...]:
        """The people, the data and the purposes that a part of an entry is about, where it says so."""
        return tuple(
            [
                self.lexicon.words(facet, data, key, origin, where) if key in data else ()
                for key, facet in _NARROWING
            ]
        )

    def _basis(self, data: Data | None) -> Basis | None:
        """One value for all the places that record the same basis."""
        if data is None:
            return None
        law, written = strings(data.get("law", ())), _grounds(data)
        key = (law, *written.values())
        known = self.bases.get(key)
        if known is None:
            told = {name: str(said) for name, said in written.items()}
            known = self.bases[key] = Basis(law=law, **told)
        return known

    def _notice(self, data: Data, origin: Origin) -> Notice:
        id_ = data["id"]
        in_force = data.get("in_force", {})
        text = self.texts.get((origin.document.path, data.get("text", "")))
        found = None if isinstance(text, Problem) else text
        written = _entries(data, "statements", origin)
        counting = [(entry, at) for entry, at in written if not _is_proposed(entry)]
        return Notice(
            id=id_,
            name=data.get("name", id_),
            audience=self.lexicon.words(Facet.SUBJECT, data, "audience", origin, f"notice/{id_}"),
            url=data.get("url", ""),
            version=str(data.get("version", "")),
            start=day_of(in_force.get("from")),
            end=day_of(in_force.get("to")),
            layers=strings(data.get("layers", ())),
            statements=self._statements(id_, counting, found),
            proposals=self._proposals(id_, written, found),
            text=data.get("text", ""),
            text_hash=str(data.get("text_hash", "")),
            readable=found is not None,
            text_problem=text if isinstance(text, Problem) else None,
            origin=origin,
            issued=data.get("issued", ""),
            language=data.get("language", ""),
            same_as=data.get("same_as", ""),
            aside=tuple(_aside(entry, at, found) for entry, at in _entries(data, "aside", origin)),
        )

    def _statements(
        self, notice: str, entries: Iterable[tuple[Data, Origin]], text: Quotable | None
    ) -> tuple[Statement, ...]:
        """Those that count. A proposal has no number among them, so that none of them changes its own by it."""
        look_up = self.lexicon.words
        return tuple(
            [
                _statement(
                    entry,
                    at,
                    f"{notice}#{entry.get('id', number)}",
                    text,
                    look_up=look_up,
                    basis=self._basis,
                )
                for number, (entry, at) in enumerate(entries, 1)
            ]
        )

    def _proposals(
        self, notice: str, entries: Iterable[tuple[Data, Origin]], text: Quotable | None
    ) -> tuple[Statement, ...]:
        """Those that nobody has accepted, by their number among all that are written."""
        look_up = self.lexicon.proposed
        return tuple(
            _statement(
                entry, at, f"{notice}#proposed-{number}", text, look_up=look_up, basis=self._basis
            )
            for number, (entry, at) in enumerate(entries, 1)
            if _is_proposed(entry)
        )


def _statement(  # noqa: PLR0913 - what a statement is made of
    data: Data,
    origin: Origin,
    id_: str,
    text: Quotable | None,
    *,
    look_up: _LookUp,
    basis: Callable[[Data | None], Basis | None],
) -> Statement:
    if LOST in data:
        return _lost(data, origin, id_, text)
    claim = Claim(data.get("never") or next(claim for claim in Claim if claim in data))
    body, at = _body(data, claim, origin)
    where = f"notice/{id_}"
    quoted = (
        text.quoted(data["quote"], data.get("prefix", ""), data.get("suffix", "")) if text else None
    )
    period, criteria, longer = _length(body)
    return Statement(
        id=id_,
        notice=id_.rpartition("#")[0],
        quote=" ".join(data["quote"].split()),
        claim=claim,
        negative="never" in data,
        states={
            facet: look_up(facet, body, key, at, where)
            for key, facet in _STATED.items()
            if key in body
        },
        by=look_up(Facet.RECIPIENT, body, "by", at, where) if "by" in body else (),
        basis=basis(body.get("basis")),
        period=period,
        trigger=next(iter(look_up(Facet.TRIGGER, body, "trigger", at, where)), "")
        if "trigger" in body
        else "",
        criteria=criteria,
        safeguard=body.get("safeguard", ""),
        conditions=strings(body.get("conditions", ())),
        unless=tuple(frozenset(strings(entry)) for entry, _ in _entries(data, "unless", origin)),
        items=strings(data.get("informs", ())),
        evidence=Evidence.FOUND if quoted else Evidence.NOT_FOUND if text else Evidence.NO_TEXT,
        quoted=quoted,
        origin=origin,
        read_as=_read_as(data["read_as"], origin / "read_as") if "read_as" in data else None,
        longer=longer,
        accepted=_accepted(data["accepted"]) if "accepted" in data else None,
        proposed_by=proposer(data),
    )


def _lost(data: Data, origin: Origin, id_: str, text: Quotable | None) -> Statement:
    """A statement that cannot be read: it may tell anything that its claim is about."""
    held, quote = data[LOST], data["quote"]
    claim = next((claim for claim in Claim if claim in held), Claim.USES)
    return Statement(
        id=id_,
        notice=id_.rpartition("#")[0],
        quote=" ".join(quote.split()),
        claim=claim,
        negative="never" in held,
        states={facet: (ROOTS[facet.scheme],) for facet in _STATED.values()},
        by=(),
        basis=None,
        period="",
        trigger="",
        criteria="",
        safeguard="",
        conditions=(),
        unless=(),
        items=(),
        evidence=Evidence.NO_TEXT,
        quoted=text.quoted(quote) if text and quote else None,
        origin=origin,
        lost=True,
    )


def _length(data: Data) -> tuple[str, str, Words]:
    """The period, the criteria, and when it is kept longer. What criteria say that is a period counts as one."""
    period, criteria = data.get("period", ""), data.get("criteria", "")
    if criteria and not period and (whole := as_period(criteria)):
        return whole, criteria, strings(data.get("longer", ()))
    besides = (criteria,) if period and criteria and is_exception(criteria) else ()
    return period, criteria, (*strings(data.get("longer", ())), *besides)


def _body(data: Data, claim: Claim, origin: Origin) -> tuple[Data, Origin]:
    """Where a statement's facets stand: below its claim, beside its `never`, or as one list for short."""
    if "never" in data:
        return data, origin
    written = data[claim]
    if claim is Claim.INFORMS:
        return {}, origin
    if isinstance(written, dict):
        return written, origin / claim
    return {MOSTLY_ABOUT[claim]: written}, origin / claim


def _read_as(data: Data, origin: Origin) -> ReadAs:
    lifts = {key: said for key, said in data.items() if key not in ("because", "by", "on")}
    return ReadAs(lifts, data["because"], data["by"], day_of(data["on"]), origin)


def _is_proposed(data: Data) -> bool:
    """Whether nobody has accepted a statement yet, be it one that cannot be read."""
    held = data.get(LOST, data)
    return isinstance(held, dict) and bool(held.get("proposed"))


def _grounds(data: Data) -> dict[str, Any]:
    """What a basis says besides the law, by the names of the fields of `Basis`."""
    written = {name: data.get(name, "") for name in _BASIS}
    if type(written["in_words"]) is list:
        written["in_words"] = " ".join(written["in_words"])
    return written


def _basis_of(data: Data | None) -> Basis | None:
    if data is None:
        return None
    told = {name: str(said) for name, said in _grounds(data).items()}
    return Basis(law=strings(data.get("law", ())), **told)


def proposal(
    data: Data, notice: Notice, text: Quotable | None, vocabulary: Mapping[Facet, Hierarchy]
) -> Statement:
    """A well-formed statement as a proposal of a notice, by words that are known; others stay as they are written."""

    def look_up(facet: Facet, said: Data, key: str, _: Origin, __: str) -> Words:
        known = vocabulary[facet.scheme]
        return tuple(dict.fromkeys(known.find(word) or word for word in strings(said[key])))

    at = notice.origin
    return _statement(data, at, f"{notice.id}#brought", text, look_up=look_up, basis=_basis_of)


def _accepted(data: Data) -> Accepted:
    only = strings(data.get("only", ()))
    again = _again(data["again"]) if "again" in data else None
    return Accepted(data["by"], day_of(data["on"]), data.get("proposed_by", ""), only, again)


def _again(data: Data) -> SaidAgain:
    return SaidAgain(day_of(data["on"]), *(strings(data.get(key, ())) for key in ("same", "other")))


def proposer(data: Data) -> str:
    """Who or what proposed a statement, as it is written; nothing where that is not said.

    Beside a promise, `by` is who discloses.
    """
    proposed = data.get("proposed")
    if isinstance(proposed, dict):
        return str(proposed["by"])
    by = "" if "never" in data else data.get("by", "")
    return by if isinstance(by, str) else ""


def _aside(data: Data, origin: Origin, text: Quotable | None) -> Aside:
    quote = data.get("quote", "")
    beside = data.get("prefix", ""), data.get("suffix", "")
    return Aside(
        quote=" ".join(quote.split()),
        heading=" ".join(data.get("heading", "").split()),
        reason=data["reason"],
        by=data["by"],
        on=day_of(data.get("on")),
        quoted=text.quoted(quote, *beside) if text and quote else None,
        origin=origin,
    )


def _not_personal(data: Data, origin: Origin) -> NotPersonal:
    return NotPersonal(
        data["id"],
        data["name"],
        data["not_personal"],
        data.get("owner", ""),
        day_of(data.get("reviewed")),
        origin,
    )


def _waiver(data: Data, origin: Origin) -> Waiver:
    return Waiver(
        id=data["id"],
        finding=data["finding"],
        reason=data["reason"],
        owner=data["owner"],
        until=date.fromisoformat(data["until"]),
        ticket=str(data.get("ticket", "")),
        seen=str(data.get("seen", "")),
        origin=origin,
    )


def _task(data: Data, origin: Origin) -> Task:
    finding, notice, quote = (data.get(key, "") for key in ("finding", "notice", "quote"))
    return Task(data["id"], data["owner"], finding, notice, quote, data.get("note", ""), origin)


def _sign_off(data: Data, origin: Origin) -> SignOff:
    judged, hashes = data["judged"], data["hashes"]
    return SignOff(
        id=data["id"],
        notice=data["notice"],
        by=data["by"],
        role=data.get("role", ""),
        signed=date.fromisoformat(data["signed"]),
        as_of=date.fromisoformat(judged["as_of"]),
        judged=(judged["mode"], strings(judged.get("linked", ())), judged["max_hops"]),
        hashes=(hashes["text"], hashes["statements"], hashes["flows"], hashes["verdicts"]),
        flows=data["flows"],
        open=tuple(Known(f["finding"], f["severity"], f["says"]) for f in data.get("open", ())),
        reason=data.get("with_open_gaps", ""),
        seal=data["seal"],
        origin=origin,
        signature=data.get("signature", ""),
    )


def _conditions(data: Data) -> tuple[Condition, ...]:
    written = data.get("conditions", ())
    return tuple([_condition(c) for c in ([written] if type(written) in _ALONE else written)])


def _identifiers(data: Data) -> Mapping[str, str]:
    """What others know an organisation by, each in its scheme."""
    return {scheme: str(value) for scheme, value in data.get("identifiers", {}).items()}


def _internal(data: Data) -> Words:
    """The fields that are left out of the record for publication."""
    if "internal" not in data:
        return ()
    marked = data["internal"]
    if isinstance(marked, bool):
        return (EVERYTHING,) if marked else ()
    return strings(marked)


def _policy(data: Any) -> PolicyDocument | None:
    match data:
        case None:
            return None
        case str(name):
            return PolicyDocument(name)
    return PolicyDocument(
        data.get("name", ""),
        day_of(data.get("reviewed")),
        data.get("followed"),
        data.get("reason", ""),
    )


def _transfer(data: Data) -> TransferRecord:
    if _TRANSFER.isdisjoint(data):
        return NO_TRANSFER_RECORD
    rests_on = data.get("exception")
    derogation = Derogation(**rests_on) if rests_on else None
    schemes = strings(data.get("adequacy_scheme", ()))
    return TransferRecord(data.get("transfer_risk_assessment", ""), schemes, derogation)


def _dpia(data: Any) -> ImpactAssessment | None:
    match data:
        case None:
            return None
        case str(name):
            return ImpactAssessment(needed=True, reference=name)
    reference = data.get("reference", "")
    needed = data.get("needed", True if reference else None)
    return ImpactAssessment(needed, reference, day_of(data.get("date")), data.get("reason", ""))


def _automated(data: Any) -> AutomatedDecisions | None:
    match data:
        case bool(made):
            return AutomatedDecisions() if made else None
        case str(logic):
            return AutomatedDecisions(logic)
    return AutomatedDecisions(**data)


def _exemption(data: Any) -> Exemption | None:
    return Exemption(**data) if data else None


def _compatibility(data: Any) -> Compatibility | None:
    match data:
        case None:
            return None
        case str(reference):
            return Compatibility("assessment", reference)
    return Compatibility(**data)


def _breach(data: Any, origin: Origin) -> Breach:
    if isinstance(data, str):
        return Breach(None, data, origin)
    return Breach(day_of(data.get("date")), data.get("record", ""), origin)


def _online(data: Any) -> OnlineService | None:
    match data:
        case bool(online):
            return OnlineService() if online else None
    return OnlineService(**data)


_RECORDED: Mapping[str, Callable[[Any], Any]] = {
    "owner": str,
    "started": day_of,
    "official_authority": str,
    "policy_document": _policy,
    "secrecy": str,
    "consent_record": str,
    "legitimate_interests_assessment": str,
    "dpia": _dpia,
    "automated_decisions": _automated,
    "required_by": str,
    "rights": strings,
    "exemption": _exemption,
    "compatibility": _compatibility,
    "arrangement": str,
    "draft": str,
    "online_service": _online,
}
"""What a record is made of, besides what refers to something else, and how each part is read."""
_RECORD = frozenset({*_RECORDED, "joint_controllers", "on_behalf_of", "breach"})


def _condition(data: Any) -> Condition:
    if type(data) is str:
        return Condition(data, "", ())
    named = ((key, value) for key, value in data.items() if key not in _OF_A_CONDITION)
    kind, name = next(named, ("", ""))
    days = day_of(data.get("from")), day_of(data.get("until"))
    return Condition(kind, name, strings(data.get("covers", ())), data.get("allows", ""), *days)


_OF_A_CONDITION = frozenset({"covers", "allows", "from", "until"})
"""What a condition says beside its kind and its name."""


def _entries(data: Data, key: str, origin: Origin) -> Sequence[tuple[Any, Origin]]:
    """The entries of a list, or the one that stands for a list, each with its place."""
    if key not in data:
        return ()
    written = data[key]
    if type(written) in _ALONE:
        return ((written, origin / key),)
    document, pointer = origin.document, (*origin.pointer, key)
    return [(entry, Origin(document, (*pointer, i))) for i, entry in enumerate(written)]


_ALONE = frozenset({str, dict})
"""What an entry is that stands for a list of its own."""
