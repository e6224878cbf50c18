"""Which field of the register stands in which column of the record: the one table that is written and read by.

A row of these tables is the whole of a field: its heading, the law that asks for it, where documents write it,
where the model keeps it, and what its cells hold. A column without a place (`at`) is drawn from other cells.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.register.model import Condition
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Holds(StrEnum):
    """What a cell holds: words of the vocabulary, codes of a closed set, or plain text, days and numbers."""

    TEXT = "text"
    LINES = "lines of text"
    DAY = "a day"
    NUMBER = "a number"
    YES_NO = "yes or no"
    PERIOD = "a period"
    CODE = "a code"
    CODES = "codes"
    WORD = "a word"
    WORDS = "words"
    SYSTEMS = "systems"
    NOTICES = "notices"
    CONDITIONS = "conditions"
    MARKS = "what is internal"
    NARROWER = "narrower words"
    SCHEDULE_1 = "a condition of Schedule 1"


SEVERAL = frozenset(
    {Holds.LINES, Holds.CODES, Holds.WORDS, Holds.SYSTEMS, Holds.NOTICES, Holds.CONDITIONS}
    | {Holds.MARKS, Holds.NARROWER}
)
"""What stands in one cell on several lines."""
ALL = "all"
"""What stands in a workbook where a part of an activity narrows nothing: all its data, all its people."""


class Column(Struct, frozen=True):
    """What the cells of a column hold. `law` is the part of Article 30 that asks for it, if any does.

    `choices` are all the words that may stand there, where the set is closed. `at` is where a document
    writes it, `of` where the model keeps it, `words` the meaning of codes or the facet of words, and `unsaid`
    what a workbook shows where the register leaves it to what holds elsewhere. `drawn` names the sheet that
    cells without a place are drawn from.
    """

    key: str
    heading: str
    law: str = ""
    choices: tuple[str, ...] = ()
    at: str = ""
    of: str = ""
    holds: Holds = Holds.TEXT
    words: Mapping[str, str] | Facet | None = None
    unsaid: str = ""
    drawn: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Where the model keeps it, a step an attribute."""
        return tuple((self.of or self.at.replace("/", ".")).split("."))

    @property
    def pointer(self) -> tuple[str, ...]:
        """Where a document writes it, a step a key."""
        return tuple(self.at.split("/"))


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
SPECIAL = {
    "article_9": "special category data (Article 9)",
    "article_10": "criminal offence data (Article 10)",
}
FACETS = {
    "subject": "people",
    "data": "data",
    "purpose": "purpose",
    "recipient": "recipient",
    "country": "country",
    "trigger": "when a period begins",
}
YES_NO = ("yes", "no")


def _text(key: str, heading: str, law: str = "", at: str = "", of: str = "") -> Column:
    return Column(key, heading, law, at=at or key, of=of)


def _recorded(column: Column) -> Column:
    """A field that the model keeps in the record of an activity."""
    return replace(column, of=f"record.{'.'.join(column.path)}")


def _lines(key: str, heading: str, law: str = "", at: str = "", of: str = "") -> Column:
    return Column(key, heading, law, at=at or key, of=of, holds=Holds.LINES)


def _day(key: str, heading: str, at: str = "", of: str = "") -> Column:
    return Column(key, heading, at=at or key, of=of, holds=Holds.DAY)


def _yes_no(key: str, heading: str, at: str = "", of: str = "") -> Column:
    return Column(key, heading, "", YES_NO, at or key, of, Holds.YES_NO)


def _number(key: str, heading: str, at: str = "") -> Column:
    return Column(key, heading, at=at or key, holds=Holds.NUMBER)


def _code(  # noqa: PLR0913, PLR0917 - a row of the table
    key: str, heading: str, words: Mapping[str, str], law: str = "", at: str = "", of: str = ""
) -> Column:
    return Column(key, heading, law, tuple(words.values()), at or key, of, Holds.CODE, words)


def _codes(key: str, heading: str, words: Mapping[str, str], at: str = "", of: str = "") -> Column:
    return Column(key, heading, "", (), at or key, of, Holds.CODES, words)


def _word(  # noqa: PLR0913, PLR0917 - a row of the table
    key: str, heading: str, facet: Facet, law: str = "", at: str = "", of: str = ""
) -> Column:
    return Column(key, heading, law, (), at or key, of, Holds.WORD, facet)


def _words(key: str, heading: str, facet: Facet, law: str = "", at: str = "") -> Column:
    return Column(key, heading, law, (), at or key, "", Holds.WORDS, facet)


def _some(key: str, heading: str, facet: Facet, law: str = "") -> Column:
    """Words of a part of an activity, which has all that the activity has where it names none."""
    return replace(_words(key, heading, facet, law), unsaid=ALL)


def _drawn(key: str, heading: str, sheet: str, law: str = "") -> Column:
    return Column(key, heading, law, drawn=sheet)


BASIS = (
    _code("basis", "Lawful basis (Article 6)", BASES, at="article_6"),
    _lines("basis_law", "Law the basis rests on", at="law"),
    _code("article_9", "Condition for special category data (Article 9)", CONDITIONS),
    Column("schedule_1", "Condition in Schedule 1, Data Protection Act 2018", at="schedule_1",
           holds=Holds.SCHEDULE_1),
    _text("annex_1", "Condition in Annex 1, UK GDPR"),
    _text("interests", "Legitimate interests"),
    _text("basis_reason", "Why the basis fits", at="reason"),
)  # fmt: skip
"""What is recorded of one lawful basis."""
_BASIS = tuple(replace(c, at=f"basis/{c.at}", of=f"bases.basis.{c.at}") for c in BASIS)
TRANSFER = (
    _code("safeguard", "Safeguard", phrases.SAFEGUARDS, "30(1)(e)"),
    _codes("adequacy_scheme", "Adequacy scheme", SCHEMES, of="transfer.schemes"),
    _text("transfer_risk_assessment", "Transfer risk assessment", of="transfer.risk_assessment"),
    _code("exception", "Exception (Article 49)", EXCEPTIONS, "30(1)(e)", "exception/letter",
          "transfer.derogation.letter"),
    _text("exception_reason", "Why the exception applies", "", "exception/reason",
          "transfer.derogation.reason"),
    _text("exception_safeguards", "Safeguards of the exception", "30(1)(e)", "exception/safeguards",
          "transfer.derogation.safeguards"),
    _yes_no("exception_repeated", "Happens again and again", "exception/repeated",
            "transfer.derogation.repeated"),
)  # fmt: skip
_POLICY = (
    _text("policy_document", "Appropriate policy document", at="policy_document/name"),
    _day("policy_document_reviewed", "Policy document reviewed", "policy_document/reviewed"),
    _yes_no("policy_document_followed", "Kept and erased as the policy document says",
            "policy_document/followed"),
    _text("policy_document_reason", "Why not, or why none is needed", at="policy_document/reason"),
)  # fmt: skip
INTERNAL = Column(
    "internal", "Left out for publication", at="internal", holds=Holds.MARKS
)  # only in workbooks, and never in one for publication
ACTIVITY = Column("activity", "Activity")
ORGANISATION = (
    _text("id", "Short name"),
    _text("name", "Name", "30(1)(a)"),
    _code("role", "Role", ROLES),
    _text("contact", "Contact", "30(1)(a)"),
    _text("dpo", "Data protection officer", "30(1)(a)"),
    _text("representative", "Representative", "30(1)(a)"),
    _codes("regimes", "Law that applies", REGIMES),
    _word("home", "Country", Facet.COUNTRY),
    _text("nation", "Nation"),
    _yes_no("public_authority", "Public authority"),
    _number("employees", "People employed"),
    _yes_no("record_exemption", "Claims the exemption of Article 30(5)"),
    Column("review_interval", "Entries are reviewed every", at="review_interval", holds=Holds.PERIOD),
    _text("security", "Security measures for everything", "30(1)(g)"),
    *_POLICY,
)  # fmt: skip
MANDATED = (
    _drawn("controllers", "Controllers", "Controllers", "30(2)(a)"),
    _drawn("processing", "Categories of processing", "Controllers", "30(2)(b)"),
)
"""What only the register of a processor has."""
_ONLINE = "Online service"
ACTIVITIES = (
    _text("id", "Short name"),
    _text("name", "Activity"),
    _recorded(_text("owner", "Who answers for it")),
    _recorded(_text("draft", "Draft")),
    *MANDATED,
    _words("purposes", "Purposes", Facet.PURPOSE, "30(1)(b)"),
    _recorded(_words("joint_controllers", "Joint controllers", Facet.RECIPIENT, "30(1)(a)")),
    _recorded(_text("arrangement", "Arrangement between joint controllers")),
    _words("subjects", "Categories of people", Facet.SUBJECT, "30(1)(c)"),
    _words("data", "Categories of personal data", Facet.DATA, "30(1)(c)"),
    _drawn("special", "Of these, special category or criminal offence data", "Words"),
    _drawn("recipients", "Recipients", "Recipients", "30(1)(d)"),
    _drawn("internal_recipients", "Within the organisation", "Recipients"),
    _drawn("disclosures", "What each recipient gets", "Recipients"),
    _drawn("transfers", "Transfers abroad", "Recipients", "30(1)(e)"),
    _drawn("safeguards", "Safeguards for transfers", "Recipients", "30(1)(e)"),
    _drawn("retention", "How long it is kept", "Retention", "30(1)(f)"),
    _text("security", "Security measures", "30(1)(g)"),
    Column("systems", "Where it is kept", at="systems", holds=Holds.SYSTEMS),
    _drawn("sources", "Where it comes from", "Sources"),
    _drawn("bases", "What each lawful basis is for", "Bases"),
    *_BASIS,
    _recorded(_text("official_authority", "Official authority")),
    _recorded(_text("secrecy", "Who owes secrecy (Article 9(3))")),
    _recorded(_text("legitimate_interests_assessment", "Legitimate interests assessment")),
    _recorded(_text("consent_record", "Record of consent")),
    _drawn("agreements", "Contracts and agreements with recipients", "Parties"),
    _recorded(_lines("rights", "Rights, as recorded")),
    _drawn("rights_by_basis", "Rights that go with the basis", "law"),
    _recorded(_yes_no("automated_decisions", "Automated decisions")),
    _recorded(_text("automated_decisions_logic", "How it is decided", at="automated_decisions/logic")),
    _recorded(_text("automated_decisions_consequences", "What it means for the person",
                    at="automated_decisions/consequences")),
    _recorded(_yes_no("automated_decisions_solely", "Decided by machines alone", "automated_decisions/solely")),
    _recorded(_text("automated_decisions_human", "Who takes part in the decision", at="automated_decisions/human")),
    _recorded(_text("required_by", "What requires people to give it")),
    _recorded(_yes_no("dpia_needed", "Impact assessment needed", "dpia/needed")),
    _recorded(_text("dpia", "Impact assessment", at="dpia/reference")),
    _recorded(_day("dpia_date", "Impact assessment signed", "dpia/date", "dpia.signed")),
    _recorded(_text("dpia_reason", "Why none is needed", at="dpia/reason")),
    _drawn("breaches", "Personal data breaches", "Breaches"),
    *map(_recorded, _POLICY),
    _recorded(_text("exemption", "Exception from telling people", at="exemption/provision")),
    _recorded(_text("exemption_reason", "Why the exception applies", at="exemption/reason")),
    _recorded(_text("exemption_safeguards", "What protects people instead", at="exemption/safeguards")),
    _recorded(_code("compatibility", "Why data may be used again", GROUNDS, at="compatibility/ground")),
    _recorded(_text("compatibility_reference", "Assessment, law or paragraph for it",
                    at="compatibility/reference")),
    _recorded(_text("compatibility_reason", "Why people cannot be asked again", at="compatibility/reason")),
    _recorded(_yes_no("online_service", _ONLINE)),
    _recorded(_number("online_service_minimum_age", "People agree for themselves from",
                      "online_service/minimum_age")),
    _recorded(_number("online_service_age_of_consent", "Age the member state sets",
                      "online_service/age_of_consent")),
    _recorded(_text("online_service_parental_consent", "How parents agree",
                    at="online_service/parental_consent")),
    _recorded(_text("online_service_childrens_code", "Children's code", at="online_service/childrens_code")),
    Column("notices", "Privacy notices", at="notices", holds=Holds.NOTICES),
    _recorded(_day("started", "Began")),
    _day("reviewed", "Reviewed"),
)  # fmt: skip
CONTROLLERS = (
    ACTIVITY,
    _word("controller", "Controller", Facet.RECIPIENT, "30(2)(a)"),
    _drawn("contact", "Contact", "Parties", "30(2)(a)"),
    _lines("processing", "Categories of processing", "30(2)(b)"),
)
_FIRST_MET = Column("conditions", "Has to be met first", at="conditions", holds=Holds.CONDITIONS)
SOURCES = (
    ACTIVITY,
    _word("source", "Source", Facet.SOURCE, at="from", of="party"),
    _some("data", "Data", Facet.DATA),
    _FIRST_MET,
)
RECIPIENTS = (
    ACTIVITY,
    _drawn("passed_on_by", "Passed on by", "Recipients"),
    _word("recipient", "Recipient", Facet.RECIPIENT, "30(1)(d)", "to"),
    _drawn("category", "Category", "Parties", "30(1)(d)"),
    Column("type", "Type", choices=tuple(TYPES.values()), drawn="Parties"),
    _drawn("system", "Runs the system", "Systems"),
    _some("subjects", "People", Facet.SUBJECT),
    _some("data", "Data", Facet.DATA),
    _some("purposes", "Purposes", Facet.PURPOSE),
    *_BASIS,
    _drawn("agreement", "Contract or agreement", "Parties"),
    _drawn("country", "Country", "Parties", "30(1)(e)"),
    _drawn("transfer", "Transfer under", "Parties", "30(1)(e)"),
    *TRANSFER,
    _FIRST_MET,
    _drawn("retention", "How long the recipient keeps it", "Retention"),
    _day("started", "Began"),
)
RETENTION = (
    ACTIVITY,
    Column("recipient", "Kept by the recipient"),
    _some("data", "Data", Facet.DATA, "30(1)(f)"),
    Column("period", "Period", at="period", holds=Holds.PERIOD),
    _drawn("period_in_words", "Period in words", "Retention", "30(1)(f)"),
    _word("trigger", "From", Facet.TRIGGER, "30(1)(f)"),
    _text("criteria", "Criteria", "30(1)(f)"),
    _lines("longer", "Kept longer", "30(1)(f)"),
    _lines("law", "Law or schedule"),
)
_PARTS_OF_IT = (
    _some("purposes", "Purposes", Facet.PURPOSE),
    _some("data", "Data", Facet.DATA),
    _some("subjects", "People", Facet.SUBJECT),
)
RESTS_ON = (
    ACTIVITY,
    Column("recipient", "For giving it to"),
    *_PARTS_OF_IT,
    *(replace(c, of=f"basis.{c.at}") for c in BASIS),
)
"""The bases of what rests on more than one, or that hold for a part of it."""
BREACHES = (
    ACTIVITY,
    _day("found", "Found", "date", "found"),
    _text("breach", "Record of the breach", at="record"),
)
PARTIES = (
    _text("id", "Short name"),
    _text("name", "Name"),
    _lines("synonyms", "Other names"),
    _code("type", "Type", TYPES),
    _words("category", "Category", Facet.RECIPIENT, at="broader"),
    _word("country", "Country", Facet.COUNTRY),
    _words("kept_in", "Keeps data in", Facet.COUNTRY),
    _words("remote_access", "Looked at from", Facet.COUNTRY),
    _text("contact", "Contact"),
    _text("agreement", "Contract or agreement"),
    _day("agreement_reviewed", "Agreement reviewed"),
    *TRANSFER,
)
SYSTEMS = (
    _text("id", "Short name"),
    _text("name", "System"),
    _word("operator", "Run by", Facet.RECIPIENT),
    _word("location", "Country", Facet.COUNTRY),
    _text("security", "Security measures"),
)
NOTICES = (
    _text("id", "Short name"),
    _text("name", "Notice"),
    _words("audience", "For", Facet.SUBJECT),
    _text("url", "Published at"),
    _text("issued", "How people get it"),
    _text("version", "Version"),
    _day("start", "In force from", "in_force/from", "start"),
    _day("end", "In force to", "in_force/to", "end"),
    Column("layers", "Sends its reader to", at="layers", holds=Holds.NOTICES),
)
WORDS = (
    _code("facet", "Word for", FACETS),
    _text("id", "Short name"),
    _text("label", "Word"),
    _lines("synonyms", "Other words for it"),
    _text("plain", "In a drafted notice"),
    _lines("broader", "Belongs to"),
    _lines("holds", "Stands for together"),
    _lines("rest_of", "Is the rest without"),
    Column("narrower", "Narrower words", at="narrower", holds=Holds.NARROWER),
    _yes_no("open", "Holds more than its narrower words"),
    _yes_no("umbrella", "Too vague to tell anything"),
    _code("special", "Protected as", SPECIAL),
    _text("dpv", "In the Data Privacy Vocabulary", at="same-as/dpv"),
    _text("fideslang", "In fideslang", at="same-as/fideslang"),
)
"""The register's own words, which only workbooks carry."""
NUMBER = Column("number", "No.")
"""Which recipient of its activity a row is: 2, or 2.1 for the first whom the second passes data on to."""


def exact_period(period: str) -> str:
    """A period in words that mean just this, or as it stands where words would lose something."""
    words = period_in_words(period)
    return words if period_of(words) == period else period


def period_of(words: str) -> str | None:
    """The ISO 8601 period of "7 years" or "1 year and 6 months"; None where the words are none."""
    counts = [_COUNT.fullmatch(part.strip()) for part in re.split(r",|\band\b", words.casefold())]
    units = [count[2] for count in counts if count]
    if len(units) < len(counts) or sorted(set(units), key=_UNITS.index) != units:
        return None
    said = [(count[1], count[2]) for count in counts if count]
    days = "".join(f"{int(n)}{unit[0].upper()}" for n, unit in said if unit in _UNITS[:4])
    hours = "".join(f"{int(n)}{unit[0].upper()}" for n, unit in said if unit in _UNITS[4:])
    return f"P{days}T{hours}" if hours else f"P{days}"


_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_COUNT = regex(rf"([0-9]{{1,9}})\s*({'|'.join(_UNITS)})s?")


def exact_condition(condition: Condition) -> str:
    """A condition as a workbook takes it back: `approval: panel-2026 (looks at requester, purpose)`."""
    said = f"{condition.kind}: {condition.name}" if condition.name else condition.kind
    if condition.covers or _COVERS.search(said):
        said += f" (looks at {', '.join(condition.covers)})"
    if condition.allows:
        said += f" (allows {condition.allows.translate(_BRACKETS)})"
    if condition.start or condition.end:
        days = (("from", condition.start), ("until", condition.end))
        said += f" ({' '.join(f'{word} {day.isoformat()}' for word, day in days if day)})"
    return said.strip()


_COVERS = regex(r"\(looks at [^()]*\)\Z")
_CONDITION = regex(
    r"([a-z-]*)(?:: (.*?))? ?(?:\(looks at ([^()]*)\))?(?: ?\(allows ([^()]*)\))?"
    r"(?: ?\((?:from ([0-9-]{10}))? ?(?:until ([0-9-]{10}))?\))?",
    re.DOTALL,
)
_BRACKETS = str.maketrans("()", "[]")


def condition_of(words: str) -> dict[str, str | list[str]] | str | None:
    """The condition that words of that kind stand for, as documents write it; None where they are none."""
    found = _CONDITION.fullmatch(words)
    if found is None:
        return None
    kind, name, covers, allows, start, end = found.groups()
    days = {key: day for key, day in (("from", start), ("until", end)) if day}
    looks = [part.strip() for part in (covers or "").split(",") if part.strip()]
    if not (name or looks or allows or days):
        return kind or None
    said: dict[str, str | list[str]] = {kind: name} if name else {}
    if looks:
        said["covers"] = looks
    return said | ({"allows": allows} if allows else {}) | days
