"""The register in the words of Article 30: what is done, with whose data, and what people are told.

Words of the vocabulary stand here by their ids; how they were written is a matter of `build`. A value with
named fields is a `Struct` of msgspec: it is defined, made, compared and read several times faster than a
dataclass or a named tuple, and a named tuple stands only where it is taken apart.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import Origin
from ropa.findings import Problem
from ropa.location import Location
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet, Term, Vocabulary
from ropa.remembering import remembered

Words = tuple[str, ...]

SELF = "data-subject"
"""The word for the person themselves, as a source: what comes from there falls under Article 13."""

OURSELVES = "own-organisation"
"""The word for the organisation itself, with its staff and governors: no source and no recipient to itself."""


class Action(StrEnum):
    """What happens to personal data in one step of a flow."""

    COLLECT = "collect"
    USE = "use"
    KEEP = "keep"
    DISCLOSE = "disclose"
    ONWARD = "onward"


class Claim(StrEnum):
    """What a statement of a notice says is done."""

    COLLECTS = "collects"
    USES = "uses"
    KEEPS = "keeps"
    DISCLOSES = "discloses"
    TRANSFERS = "transfers"
    INFORMS = "informs"


OWN = frozenset({Action.COLLECT, Action.USE, Action.KEEP, Action.DISCLOSE})
COVERS: Mapping[Claim, frozenset[Action]] = {
    Claim.COLLECTS: OWN,
    Claim.USES: OWN,
    Claim.KEEPS: frozenset({Action.KEEP}),
    Claim.DISCLOSES: frozenset({Action.DISCLOSE}),
    Claim.TRANSFERS: frozenset({Action.COLLECT, Action.KEEP, Action.DISCLOSE}),
    Claim.INFORMS: frozenset(),
}
"""The steps each claim speaks about, while it names no other discloser: what is said of collecting or
using data is said of processing it (Article 4(2)), so a list of purposes or of data counts for
disclosures, too. A claim with `by` speaks about onward steps instead."""


EVERYTHING = "everything"
"""The word in `internal` for an entry that is left out of the record for publication, and not just fields of it."""


class PolicyDocument(Struct, frozen=True):
    """The appropriate policy document of the Data Protection Act 2018, Schedule 1, Part 4.

    `followed` says whether data is kept and erased as it lays down, None where nobody says; `reason` why
    not, or why no document is needed.
    """

    name: str = ""
    reviewed: date | None = None
    followed: bool | None = None
    reason: str = ""


class Organisation(Struct, frozen=True):
    """Whose register it is. `home` is the country that data leaves when it is transferred.

    `nation` is the part of the United Kingdom whose law sets how long records are kept. `employees` is
    None where nobody says, `record_exemption` the claim that Article 30(5) excuses from keeping a record.
    `review_interval`, `security` and `policy_document` hold for every activity that says nothing else. `starter` says
    that a starter pack wrote some of it, and nobody has confirmed that.
    """

    id: str
    name: str
    role: str
    contact: str
    dpo: str
    regimes: Words
    home: str
    public_authority: bool
    origin: Origin
    representative: str = ""
    nation: str = ""
    employees: int | None = None
    record_exemption: bool = False
    review_interval: str = "P1Y"
    security: str = ""
    policy_document: PolicyDocument | None = None
    internal: Words = ()
    identifiers: Mapping[str, str] = {}
    starter: bool = False


class Derogation(Struct, frozen=True):
    """The exception of Article 49(1) that a transfer rests on; its second subparagraph is `compelling`.

    `repeated` is None where nobody says.
    """

    letter: str
    reason: str = ""
    safeguards: str = ""
    repeated: bool | None = None


class TransferRecord(Struct, frozen=True):
    """What is on file of a transfer, besides the word for its safeguard.

    `schemes` are those by which the recipient falls under an adequacy decision that covers only some.
    """

    risk_assessment: str = ""
    schemes: Words = ()
    derogation: Derogation | None = None


NO_TRANSFER_RECORD = TransferRecord()
"""What stands for nothing on file, shared by all the places that record nothing."""


class Defaults(Struct, frozen=True):
    """What holds where the register's organisation does not say."""

    home: str = "GB"
    regimes: Words = ("uk-gdpr",)


NOBODY_ABROAD = "none"
"""The word in `remote_access` for a party of which nobody looks at data from another country than where it is kept."""


class Party(Struct, frozen=True):
    """Anybody data comes from or goes to. `agreement` names the contract or sharing agreement on file.

    `country` is where it sits, `kept_in` where it keeps data, where somebody says, and `remote_access` from where its
    people look at data that is kept elsewhere.
    `starter` says that it comes from a starter pack, and nobody has confirmed it.
    """

    id: str
    name: str
    type: str
    country: str
    agreement: str
    safeguard: str
    origin: Origin
    contact: str = ""
    agreement_reviewed: date | None = None
    transfer: TransferRecord = NO_TRANSFER_RECORD
    internal: Words = ()
    identifiers: Mapping[str, str] = {}
    starter: bool = False
    kept_in: Words = ()
    remote_access: Words = ()

    @property
    def places(self) -> Words:
        """The countries that data goes to with it: where it is kept, and from where it is looked at.

        To make data accessible is to transfer it, so that the country where a party sits counts unless it is said
        from where its people have access.
        """
        seen_from = self.remote_access or (self.country,)
        if not self.kept_in and not self.remote_access:
            return seen_from
        kept = self.kept_in or (self.country,)
        return tuple(dict.fromkeys(c for c in (*kept, *seen_from) if c != NOBODY_ABROAD))


class System(Struct, frozen=True):
    """Where data is kept. With an `operator`, that party receives the data."""

    id: str
    name: str
    operator: str
    location: str
    origin: Origin
    security: str = ""
    internal: Words = ()


def same_entry(
    one: Organisation | Party | System | None, other: Organisation | Party | System | None
) -> bool:
    """Whether the same is recorded of two entries, wherever that is written."""
    if one is None or other is None:
        return one is other
    return one is other or replace(other, origin=one.origin) == one


class Basis(Struct, frozen=True):
    """A lawful basis: the letter of Article 6(1), and what it rests on.

    `in_words` is the letter where a notice tells the basis in words without naming the article, or several with
    spaces between: one of them may be meant. `annex_1`
    is the paragraph of Annex 1 to the UK GDPR, `reason` why this basis fits.
    """

    article_6: str = ""
    article_9: str = ""
    schedule_1: str = ""
    law: Words = ()
    interests: str = ""
    in_words: str = ""
    annex_1: str = ""
    reason: str = ""

    @property
    def letter(self) -> str:
        """The basis, however it is told; the first where a notice tells several in words."""
        return self.article_6 or self.in_words.partition(" ")[0]

    @property
    def letters(self) -> Words:
        """The bases that are told, where a notice tells several in words."""
        return (self.article_6,) if self.article_6 else tuple(self.in_words.split())

    def __str__(self) -> str:
        article = f"Article 6(1)({self.article_6})" if self.article_6 else "no lawful basis"
        return f"{article}, {', '.join(self.law)}" if self.law else article


class BasisFor(Struct, frozen=True):
    """A lawful basis, and what of its activity or disclosure rests on it: whatever is not narrowed down here."""

    basis: Basis
    origin: Origin
    subjects: Words = ()
    data: Words = ()
    purposes: Words = ()

    @property
    def tied(self) -> bool:
        """Whether it is said what rests on it."""
        return bool(self.subjects or self.data or self.purposes)


def divided(bases: tuple[BasisFor, ...]) -> bool:
    """Whether something rests on more than one basis, or not all of it on the one there is."""
    return len(bases) > 1 or any(part.tied for part in bases)


class Retention(Struct, frozen=True):
    """How long some of the data is kept: a `period` from a `trigger`, or `criteria` in words.

    `longer` says when it is kept longer than the period, each in words.
    """

    data: Words
    period: str
    trigger: str
    criteria: str
    law: Words
    origin: Origin
    longer: Words = ()


class Condition(Struct, frozen=True):
    """Something recorded as having to be met first: an approval, terms, consent.

    `covers` is what it looks at, and `allows` where it says that this may be done. It holds from the day `start` to
    the day `end`, both included, where somebody says.
    """

    kind: str
    name: str
    covers: Words
    allows: str = ""
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Source(Struct, frozen=True):
    """Where some of an activity's data comes from, and since when, where that is said."""

    party: str
    data: Words
    conditions: tuple[Condition, ...]
    origin: Origin
    started: date | None = None


class Disclosure(Struct, frozen=True):
    """Data that goes to somebody, and whom they may pass it on to.

    `inherits` says that no basis is recorded for it, so that `bases` are the activity's.
    """

    to: str
    subjects: Words
    data: Words
    purposes: Words
    bases: tuple[BasisFor, ...]
    safeguard: str
    conditions: tuple[Condition, ...]
    retention: tuple[Retention, ...]
    onward: tuple["Disclosure", ...]
    origin: Origin
    started: date | None = None
    transfer: TransferRecord = NO_TRANSFER_RECORD
    inherits: bool = False


class ImpactAssessment(Struct, frozen=True):
    """What the screening for a data protection impact assessment found, and the assessment, where there is one.

    `needed` is None where nobody says; a `reference` alone means that it was.
    """

    needed: bool | None = None
    reference: str = ""
    signed: date | None = None
    reason: str = ""


class AutomatedDecisions(Struct, frozen=True):
    """How decisions are made by automated means, and what they mean for people, in words.

    `solely` says whether nobody takes a meaningful part in the decision (UK GDPR Article 22A), None where it
    is not said; `human` is who does.
    """

    logic: str = ""
    consequences: str = ""
    solely: bool | None = None
    human: str = ""

    @property
    def alone(self) -> bool:
        """Whether machines decide alone, as they do unless the register says otherwise."""
        return not is_answer(self.human) if self.solely is None else self.solely


class Exemption(Struct, frozen=True):
    """The provision that is claimed to excuse from telling people, and what protects them instead."""

    provision: str
    reason: str = ""
    safeguards: str = ""


class Compatibility(Struct, frozen=True):
    """What lets data be used again for a purpose it was not collected for.

    `reason` is why people cannot be expected to be asked, where they consented to the first (UK GDPR Article
    8A(4)(b)).
    """

    ground: str
    reference: str = ""
    reason: str = ""

    @property
    def says_something(self) -> bool:
        """Whether a ground is named that is more than the word for an assessment nobody can find."""
        return self.ground != "assessment" or is_answer(self.reference)


class Breach(Struct, frozen=True):
    """A personal data breach, and the record that was made of it."""

    found: date | None
    record: str
    origin: Origin


class Mandate(Struct, frozen=True):
    """A controller the organisation acts for as its processor, and the categories of processing."""

    controller: str
    processing: Words
    origin: Origin


class OnlineService(Struct, frozen=True):
    """An online service: from which age people agree for themselves, and how parents agree for others.

    `age_of_consent` is what the law of a member state sets where it departs from 16.
    """

    minimum_age: int | None = None
    age_of_consent: int | None = None
    parental_consent: str = ""
    childrens_code: str = ""


class OnFile(Struct, frozen=True):
    """What a register records of an activity beyond its flows: who answers for it, and what is on file.

    `required_by` is the law or contract that makes people give the data, `nothing` where they are free
    not to. `rights` are those listed; an empty list is no list.
    """

    owner: str = ""
    started: date | None = None
    official_authority: str = ""
    policy_document: PolicyDocument | None = None
    secrecy: str = ""
    consent_record: str = ""
    legitimate_interests_assessment: str = ""
    dpia: ImpactAssessment | None = None
    automated_decisions: AutomatedDecisions | None = None
    required_by: str = ""
    rights: Words = ()
    exemption: Exemption | None = None
    compatibility: Compatibility | None = None
    breaches: tuple[Breach, ...] = ()
    joint_controllers: Words = ()
    arrangement: str = ""
    draft: str = ""
    on_behalf_of: tuple[Mandate, ...] = ()
    online_service: OnlineService | None = None


NO_RECORD = OnFile()
"""What stands for a record of nothing, shared by all activities that write nothing of it."""

NOTHING = "nothing"
"""The word in `required_by` for data that people are free not to give."""


SEVERAL_PURPOSES, SEVERAL_DATA, SEVERAL_RECIPIENTS = 3, 3, 2


class Activity(Struct, frozen=True):
    """One processing activity: one row of the Article 30 record."""

    id: str
    name: str
    subjects: Words
    data: Words
    purposes: Words
    sources: tuple[Source, ...]
    bases: tuple[BasisFor, ...]
    systems: Words
    retention: tuple[Retention, ...]
    disclosures: tuple[Disclosure, ...]
    security: str
    notices: Words
    reviewed: date | None
    origin: Origin
    record: OnFile = NO_RECORD
    internal: Words = ()

    def rests_on(self, letter: str) -> bool:
        """Whether all of it rests on the basis with this letter of Article 6(1)."""
        return bool(self.bases) and all(part.basis.letter == letter for part in self.bases)

    @property
    def everything_for_everything(self) -> bool:
        """Whether it only lists what there is: each of several recipients gets all of much data for all purposes.

        The regulator wants a record with meaningful links (ICO, documentation: checklists).
        """
        several = (
            len(self.purposes) >= SEVERAL_PURPOSES
            and len(self.data) >= SEVERAL_DATA
            and len(self.disclosures) >= SEVERAL_RECIPIENTS
        )
        return several and all(
            d.data is self.data and d.purposes is self.purposes for d in self.disclosures
        )


class NotPersonal(Struct, frozen=True):
    """Something that was looked at and holds no personal data, and why: an entry that proves that somebody looked."""

    id: str
    name: str
    reason: str
    owner: str
    reviewed: date | None
    origin: Origin


def operated(activity: Activity, operator: str, origin: Origin) -> Disclosure:
    """What the operator of a system gets: all that is kept there."""
    return Disclosure(
        to=operator,
        subjects=activity.subjects,
        data=activity.data,
        purposes=activity.purposes,
        bases=activity.bases,
        safeguard="",
        conditions=(),
        retention=(),
        onward=(),
        origin=origin,
        inherits=True,
    )


class Evidence(StrEnum):
    """Whether the words a statement quotes stand in the published text."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NO_TEXT = "no text on file"


class ReadAs(Struct, frozen=True):
    """How a person reads a sentence whose words alone do not say what a statement states.

    `lifts` holds the keys of the statement that it speaks for, each with which words say it, and how.
    """

    lifts: Mapping[str, str]
    because: str
    by: str
    on: date | None
    origin: Origin


class SaidAgain(Struct, frozen=True):
    """Of which keys whoever accepted a proposal said the `same` later, without seeing it, and of which not."""

    on: date | None
    same: Words = ()
    other: Words = ()


class Accepted(Struct, frozen=True):
    """Who made a proposed statement count, and when; `only` holds its keys that were accepted, empty for all."""

    by: str
    on: date | None
    proposed_by: str = ""
    only: Words = ()
    again: SaidAgain | None = None


class Statement(Struct, frozen=True, eq=False):
    """One claim of a notice, tied to its words.

    `states` holds the facets it states, by their words; a facet that is not there is unstated. `unless`
    is a choice of guards, each a set that must be met together. `evidence` is where the quote stands.
    `proposed_by` is who or what proposed it, if that is known; whether it still is a proposal, its notice says.
    One that is `lost` cannot be read: it may tell anything.
    """

    id: str
    notice: str
    quote: str
    claim: Claim
    negative: bool
    states: Mapping[Facet, Words]
    by: Words
    basis: Basis | None
    period: str
    trigger: str
    criteria: str
    safeguard: str
    conditions: Words
    unless: tuple[frozenset[str], ...]
    items: Words
    evidence: Evidence
    quoted: Location | None
    origin: Origin
    read_as: ReadAs | None = None
    longer: Words = ()
    accepted: Accepted | None = None
    proposed_by: str = ""
    lost: bool = False

    @property
    def actions(self) -> frozenset[Action]:
        """The steps of a flow it speaks about."""
        return frozenset({Action.ONWARD}) if self.by else COVERS[self.claim]

    def speaks_to(self, facet: Facet) -> bool:
        """Whether it states a facet that is not a matter of words alone."""
        if self.lost:
            return True
        match facet:
            case Facet.BASIS:
                return self.basis is not None and bool(self.basis.letter)
            case Facet.RETENTION:
                says = self.period or self.trigger or self.criteria
                return self.claim is Claim.KEEPS and bool(says)
            case Facet.TRANSFER:
                return bool(self.safeguard) or Facet.COUNTRY in self.states
        return facet in self.states


class Aside(Struct, frozen=True, eq=False):
    """A sentence of a notice that is set aside, or all below a heading: who read it, and why no statement quotes it.

    `quoted` is where the quote stands in the text, None where it does not.
    """

    quote: str
    heading: str
    reason: str
    by: str
    on: date | None
    quoted: Location | None
    origin: Origin


class Notice(Struct, frozen=True):
    """A published privacy notice. `start` and `end` are the days it is in force, both included.

    `readable` says whether its text is on file, and `text_problem` why that cannot be read; `text_hash` is
    the hash of the text that the quotes were taken from. `issued` is how people get it, where it is not on
    the web, and `language` the tag of its text (BCP 47), empty where nobody says. `aside` are the sentences that
    no statement has to quote. `unlinked` are those of its `layers` to which its text leads nobody.
    `same_as` is the notice that it is a version of in another language. `proposals` are statements that nobody has
    accepted yet: they are no `statements`, so that nothing is judged by them.
    """

    id: str
    name: str
    audience: Words
    url: str
    version: str
    start: date | None
    end: date | None
    layers: Words
    statements: tuple[Statement, ...]
    text: str
    text_hash: str
    readable: bool
    text_problem: Problem | None
    origin: Origin
    issued: str = ""
    language: str = ""
    aside: tuple[Aside, ...] = ()
    unlinked: Words = ()
    same_as: str = ""
    proposals: tuple[Statement, ...] = ()

    @property
    def leads_to(self) -> Words:
        """The notices it sends its reader to, as far as its text leads there by a link or a name."""
        return tuple(layer for layer in self.layers if layer not in self.unlinked)

    def in_force(self, day: date) -> bool:
        """Whether people get this notice on that day."""
        return (self.start is None or self.start <= day) and not self.over(day)

    def over(self, day: date) -> bool:
        """Whether it has been withdrawn by that day."""
        return self.end is not None and self.end < day


class Task(Struct, frozen=True):
    """Who sees to a finding, or to a sentence of a notice: a post, and in words what is to be done.

    `finding` is a finding's id, where `*` stands for any characters; else `notice` and `quote` name a sentence.
    """

    id: str
    owner: str
    finding: str
    notice: str
    quote: str
    note: str
    origin: Origin

    def is_for(self, finding: str) -> bool:
        """Whether it is about the finding with that id."""
        return bool(self.finding) and _pattern(self.finding).fullmatch(finding) is not None


class Waiver(Struct, frozen=True):
    """A gap that is accepted until a day. `finding` is a finding's id, where `*` stands for any characters.

    `seen` is the fingerprint of what was accepted, where it is to be accepted only as it was then. A
    waiver written as a comment stands for one line alone, which is `line`; 0 means any.
    """

    id: str
    finding: str
    reason: str
    owner: str
    until: date
    ticket: str
    seen: str
    origin: Origin
    line: int = 0

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f"the waiver of {self.rule}" if self.line else f"the waiver {self.id}"

    @property
    def about(self) -> str:
        """What it is, in words that stay the same when lines move."""
        return f"{self.origin.document.path}/{self.rule}" if self.line else f"waiver/{self.id}"

    @property
    def rule(self) -> str:
        """The rule whose findings it accepts; it may have a `*` in it."""
        return self.finding.partition("@")[0]

    def over(self, day: date) -> bool:
        """Whether it has run out by that day."""
        return self.until < day

    def too_long(self, day: date) -> bool:
        """Whether it runs for more than twelve months from that day."""
        leap_day = (day.month, day.day) == (2, 29)
        until = self.until
        return (until.year - 1, until.month, until.day) > (
            day.year,
            day.month,
            28 if leap_day else day.day,
        )

    def accepts(self, finding: str) -> bool:
        """Whether it is about the finding of that id."""
        return _pattern(self.finding).fullmatch(finding) is not None


class Known(Struct, frozen=True):
    """A finding that stood open when a notice was signed, as it read then."""

    finding: str
    severity: str
    says: str


class SignOff(Struct, frozen=True):
    """What somebody put their name to: a notice, and what the register said of those it is for.

    It was `signed` on one day, and judged as of another (`as_of`): a notice is signed before it is published. The
    four hashes are of what was signed, and `flows` holds a mark of each flow and how it was told. `judged` is
    the mode, the facets that had to be told together, and how far up a word might be. `open` is what stood open
    then, and `reason` why it was signed all the same. `seal` is the hash of the record itself, and `signature` that of
    a key, where it was signed with one.
    """

    id: str
    notice: str
    by: str
    role: str
    signed: date
    as_of: date
    judged: tuple[str, Words, int]
    hashes: tuple[str, str, str, str]
    flows: Mapping[str, str]
    open: tuple[Known, ...]
    reason: str
    seal: str
    origin: Origin
    signature: str = ""


@remembered
def _pattern(finding: str) -> re.Pattern[str]:
    first, *others = (re.escape(piece) for piece in finding.split("*"))
    middle = "".join(f"(?>.*?{piece})" for piece in others[:-1])  # never tried twice
    return re.compile(f"{first}{middle}.*{others[-1]}" if others else first)


class Register(Struct, frozen=True):
    """Everything one organisation has recorded, and what could not be made sense of in it.

    `home` is the country that data leaves when it is transferred, `regimes` the laws that apply.
    """

    organisation: Organisation | None
    parties: Mapping[str, Party]
    systems: Mapping[str, System]
    activities: Mapping[str, Activity]
    notices: Mapping[str, Notice]
    waivers: Mapping[str, Waiver]
    sign_offs: Mapping[str, SignOff]
    terms: tuple[Term, ...]
    vocabulary: Vocabulary
    unknown: tuple[Problem, ...] = ()
    duplicates: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = ()
    not_personal: Mapping[str, NotPersonal] = {}
    home: str = "GB"
    regimes: Words = ("uk-gdpr",)
    tasks: Mapping[str, Task] = {}

    def is_ours(self, recipient: str) -> bool:
        """Whether who gets data there is nobody else: the person, or the organisation itself (Article 4(9), (10))."""
        words = self.vocabulary[Facet.RECIPIENT]
        known = (word for word in (SELF, OURSELVES) if word in words.terms)
        return not words.mask(recipient) & ~words.union(known)

    @property
    def processor_alone(self) -> bool:
        """Whether the organisation is only ever the processor of others."""
        return self.organisation is not None and self.organisation.role == "processor"

    def mandated(self, activity: Activity) -> bool:
        """Whether the organisation does it for others, as their processor."""
        return self.processor_alone or bool(activity.record.on_behalf_of)

    @property
    def name(self) -> str:
        """Whose register it is."""
        return self.organisation.name if self.organisation else "the organisation"


def day_of(written: str | None) -> date | None:
    """The day that is written, or None where none is."""
    return date.fromisoformat(written) if written else None
