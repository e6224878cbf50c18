"""What a person fills in of a statement: prefilled by its sentence, and turned into an entry of the file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from textwrap import shorten
from typing import Any

from msgspec import Struct, field

from ropa.case import Case
from ropa.documents.schema import schema_of
from ropa.judging.gainsaid import lasting
from ropa.reading.said import OTHERS, READER, US, Deed, How, Named, Part, Polarity, Reading, Role
from ropa.register.build import MOSTLY_ABOUT
from ropa.register.model import Claim, Notice, Party, Register, System, Words
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import ROOTS, Facet, fold
from ropa.seen.text import NoticeText
from ropa.workbench.door import Fields
from ropa.workbench.sentences import NoticeSentence
from ropa.workbench.weighing import flows_with

WORDED: Mapping[str, tuple[Facet, str]] = {
    "data": (Facet.DATA, "What data"),
    "from": (Facet.SOURCE, "From whom"),
    "to": (Facet.RECIPIENT, "Who gets it"),
    "by": (Facet.RECIPIENT, "Who passes it on"),
    "purposes": (Facet.PURPOSE, "What for"),
    "trigger": (Facet.TRIGGER, "Counted from"),
    "about": (Facet.SUBJECT, "About whom"),
    "countries": (Facet.COUNTRY, "Which countries"),
}
"""The fields that hold words of the vocabulary, with the facet whose words they are and what to call them."""

OF_ENTRIES: Mapping[str, Facet] = {
    "subjects": Facet.SUBJECT,
    "data": Facet.DATA,
    "purposes": Facet.PURPOSE,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "trigger": Facet.TRIGGER,
    "country": Facet.COUNTRY,
    "kept_in": Facet.COUNTRY,
    "remote_access": Facet.COUNTRY,
    "location": Facet.COUNTRY,
    "operator": Facet.RECIPIENT,
    "audience": Facet.SUBJECT,
    "about": Facet.SUBJECT,
}
"""The fields of an entry of the register whose words are those of a facet, whatever entry it is."""
OF_KIND: Mapping[str, str] = {
    "systems": "system",
    "notices": "notice",
    "layers": "notice",
    "same_as": "notice",
    "joint_controllers": "party",
    "controller": "party",
}
"""The fields of an entry that hold the ids of other entries, and of which kind these are."""
OF_ITS_FACET = frozenset({"broader", "holds", "rest_of"})
"""The fields of a word, or of a party, whose words are those of its own facet."""


def facet_of_field(key: str, own: str) -> Facet | None:
    """The facet whose words a field of an entry holds, if it does; `own` is that of the entry, where it is a word."""
    if key not in OF_ITS_FACET:
        return OF_ENTRIES.get(key)
    return next((facet for facet in ROOTS if facet == own), Facet.RECIPIENT)


DEEDS: Mapping[str, str] = {
    "collects": "we collect it",
    "uses": "we use it",
    "keeps": "we keep it",
    "discloses": "we give it to others",
    "transfers": "we send it abroad",
    "informs": "it tells people of something else",
    "never collects": "we promise not to collect it",
    "never uses": "we promise not to use it",
    "never keeps": "we promise not to keep it",
    "never discloses": "we promise not to give it to others",
    "never transfers": "we promise not to send it abroad",
}
"""What a sentence may say, by the words of a statement."""

LAWFUL = 6
"""The Article that lists the lawful bases."""
LETTERS: Mapping[str, str] = {
    "a": "consent (a)",
    "b": "a contract (b)",
    "c": "a legal obligation (c)",
    "d": "vital interests (d)",
    "e": "a public task (e)",
    "ea": "a recognised legitimate interest (ea)",
    "f": "legitimate interests (f)",
}


def _choices(deed: str, key: str) -> tuple[str, ...]:
    """What the schema allows at a key of a statement."""
    statement = schema_of("notice")["$defs"]["statement"]["properties"]
    found = statement[deed]["properties"][key] if deed else statement[key]
    return tuple(found.get("enum") or found["then"]["enum"])


def safeguards() -> tuple[str, ...]:
    """What may protect data abroad."""
    return _choices("transfers", "safeguard")


def guards() -> tuple[str, ...]:
    """What a promise may make an exception for."""
    return _choices("", "unless")


def items() -> tuple[str, ...]:
    """What else people may be told."""
    return _choices("", "informs")


def rows(deed: str) -> tuple[str, ...]:
    """The fields that a statement of a deed may have, in the order of the form, by the schema."""
    statement = schema_of("notice")["$defs"]["statement"]["properties"]
    never = deed.startswith("never ")
    if deed == "informs":
        return ("items",)
    known = set(statement) if never else set(statement[deed]["properties"])
    listed = [key for key in ("data", "from", "to", "by", "purposes") if key in known]
    listed += [key for key in ("basis", "period", "trigger", "criteria") if key in known]
    listed += [key for key in ("safeguard", "countries", "about") if key in known]
    return (*listed, "unless") if never else tuple(listed)


class FormStatement(Struct, frozen=True):
    """A statement as it stands in the form: whatever is empty is not stated.

    `instead` is the place in the file of the proposal that it is made of, and whose place it takes.
    """

    quote: str
    prefix: str = ""
    deed: str = ""
    words: Mapping[str, Words] = field(default_factory=dict)
    letter: str = ""
    in_words: bool = False
    period: str = ""
    criteria: str = ""
    safeguard: str = ""
    unless: Words = ()
    items: Words = ()
    instead: str = ""

    @property
    def never(self) -> bool:
        """Whether it is a promise."""
        return self.deed.startswith("never ")

    @property
    def claim(self) -> str:
        """What it says is done, or never done."""
        return self.deed.removeprefix("never ")

    def entry(self) -> dict[str, Any]:
        """The entry of the file, written as short as people write it."""
        said: dict[str, Any] = {"quote": self.quote}
        if self.prefix:
            said["prefix"] = self.prefix
        if self.deed == "informs":
            return {**said, "informs": _few(self.items)}
        allowed = rows(self.deed)
        body = {key: value for key, value in self.said() if key in allowed}
        if self.never:
            return {**said, "never": self.claim, **body}
        main = MOSTLY_ABOUT[Claim(self.claim)]
        return {**said, self.claim: body[main] if list(body) == [main] else body}

    def said(self) -> Iterator[tuple[str, Any]]:
        """What is filled in, by the keys of the file."""
        for key in ("about", "by", "from", "to", "data", "purposes", "countries"):
            if self.words.get(key):
                yield key, _few(self.words[key])
        if self.letter:
            yield "basis", {"in_words" if self.in_words else "article_6": self.letter}
        if self.period:
            yield "period", self.period
        if self.words.get("trigger"):
            yield "trigger", self.words["trigger"][0]
        if self.criteria:
            yield "criteria", self.criteria
        if self.safeguard:
            yield "safeguard", self.safeguard
        if self.unless:
            yield "unless", _few(self.unless)

    @property
    def says_something(self) -> bool:
        """Whether there is enough of it to be held against the sentence."""
        if not self.deed or not self.quote.strip():
            return False
        if self.deed == "informs":
            return bool(self.items)
        return any(key in rows(self.deed) for key, _ in self.said())


def of_entry(entry: Mapping[str, Any]) -> FormStatement:
    """An entry of the file, as it stands in the form: to be changed before it counts."""
    never, claims = entry.get("never", ""), tuple(map(str, Claim))
    claim = str(never) or next((word for word in claims if word in entry), "")
    said = entry if never else entry.get(claim, {})
    if claim == Claim.INFORMS:
        return FormStatement(
            entry["quote"], entry.get("prefix", ""), claim, items=tuple(_many(said))
        )
    body: dict[str, Any] = said if isinstance(said, dict) else {MOSTLY_ABOUT[Claim(claim)]: said}
    basis = body.get("basis", {})
    return FormStatement(
        entry["quote"],
        entry.get("prefix", ""),
        f"never {claim}" if never else claim,
        {key: tuple(_many(body[key])) for key in WORDED if key in body},
        letter=basis.get("article_6", basis.get("in_words", "")),
        in_words="in_words" in basis,
        period=body.get("period", ""),
        criteria=body.get("criteria", ""),
        safeguard=body.get("safeguard", ""),
        unless=tuple(_many(body.get("unless", []))),
    )


def _many(written: Any) -> Sequence[str]:
    return written if isinstance(written, list) else [str(written)]


def _few(words: Sequence[str]) -> Any:
    """One word alone, or a list of them."""
    return words[0] if len(words) == 1 else list(words)


def sent(fields: Fields, register: Register) -> FormStatement:
    """What was filled in; words are found by any of their names, and those that nobody defined stay as they are."""

    def one(name: str) -> str:
        return " ".join(fields.get(name, ("",))[0].split())

    def many(name: str) -> Words:
        return tuple(dict.fromkeys(word.strip() for word in fields.get(name, ()) if word.strip()))

    def known(name: str) -> Words:
        words = register.vocabulary[WORDED[name][0].scheme]
        return tuple(dict.fromkeys(words.find(word) or word for word in many(name)))

    deed = one("deed")
    return FormStatement(
        quote=one("quote"),
        prefix=one("prefix"),
        deed=deed if deed in DEEDS else "",
        words={name: found for name in WORDED if (found := known(name))},
        letter=one("letter") if one("letter") in LETTERS else "",
        in_words=one("in_words") == "on",
        period=as_iso(one("period")),
        criteria=one("criteria"),
        safeguard=one("safeguard") if one("safeguard") in safeguards() else "",
        unless=tuple(word for word in many("unless") if word in guards()),
        items=tuple(word for word in many("items") if word in items()),
        instead=one("instead"),
    )


def as_iso(written: str) -> str:
    """A period as people write it (“6 years”, “18 months”) in the ISO 8601 way; what is none, as it stands."""
    number, _, unit = written.partition(" ")
    letter = {"year": "Y", "month": "M", "week": "W", "day": "D"}.get(
        unit.strip().rstrip("s").lower()
    )
    if number.isdecimal() and letter:
        return f"P{int(number)}{letter}"
    return written


def in_form(period: str) -> str:
    """A period as it stands in the form."""
    return period_in_words(period) if period.startswith("P") and "/" not in period else period


def prefilled(one: NoticeSentence, text: NoticeText) -> FormStatement:
    """What the reading of a sentence says of itself: its deed, and the words it names that somebody has to be told."""
    quote, prefix = quote_of(text, one.sentence.start, one.sentence.end)
    reading = one.reading
    if reading is None:
        return FormStatement(quote, prefix)
    deed = _deed(reading)
    if deed is None:
        letter = next((one for one in reading.letters if one.framed and not one.denied), None)
        name = "uses" if letter else ""
    else:
        name = (
            f"never {deed.claims[0]}" if deed.polarity is Polarity.DENIES else str(deed.claims[0])
        )
    allowed = rows(name) if name else ()
    found = _words(reading, deed, name)
    letters = [x for x in reading.letters if x.article == LAWFUL and not x.denied and x.framed]
    periods = lasting(reading) if name == "keeps" else ()
    period = next(iter(periods), None)
    if period and period.trigger:
        found["trigger"] = (period.trigger,)
    return FormStatement(
        quote,
        prefix,
        name,
        {key: words for key, words in found.items() if key in allowed},
        letter=letters[0].letter if letters and "basis" in allowed else "",
        in_words=bool(letters) and letters[0].in_words,
        period=period.period if period else "",
        criteria=""
        if period or not reading.criteria or name != "keeps"
        else reading.words_of(reading.criteria[0]),
        safeguard=reading.safeguards[0].word
        if reading.safeguards and "safeguard" in allowed
        else "",
        unless=_unless(deed) if deed and name.startswith("never ") else (),
    )


def _deed(reading: Reading) -> Deed | None:
    """The deed that the sentence itself says, before one that only leads in to it."""
    said = [
        d for d in reading.deeds if d.claims and Claim.INFORMS not in d.claims and d.by != READER
    ]
    said = said or [d for d in reading.deeds if d.claims and Claim.COLLECTS in d.claims]
    ours = [d for d in said if d.by == US] or said
    given = [d for d in ours if d.claims[0] in (Claim.DISCLOSES, Claim.KEEPS, Claim.TRANSFERS)]
    return next(iter(given or ours), None)


def _unless(deed: Deed) -> Words:
    words = {
        "consent": "consent",
        "law": "law-permits",
        "request": "request",
        "approval": "approval",
    }
    return tuple(dict.fromkeys(words[str(one.ground)] for one in deed.conditions))


def _words(reading: Reading, deed: Deed | None, name: str) -> dict[str, Words]:
    """The words of a sentence by the fields they belong in."""
    found: dict[str, list[str]] = {}
    for word in reading.words:
        key = _key(word, name)
        if key and _tells(word):
            found.setdefault(key, []).append(word.word)
    if deed is not None and deed.by not in (US, READER) and name == "discloses":
        others = [word for word in found.get("to", ()) if word != deed.by]
        if (
            deed.by != OTHERS
        ):  # who runs what holds it gets it; who passes it on to somebody is not that somebody
            found |= {"by": [deed.by], "to": others} if others else {"to": [deed.by]}
    return {key: tuple(dict.fromkeys(words)) for key, words in found.items() if words}


def _tells(word: Named) -> bool:
    """Whether a word is one that people are told by, said by the sentence or what leads in to it."""
    weak = word.how in (How.HINT, How.UMBRELLA)
    return not weak and word.word not in ROOTS.values() and word.span.part is not Part.HEADING


def _key(word: Named, name: str) -> str:
    match word.facet:
        case Facet.DATA:
            return "data"
        case Facet.PURPOSE:
            return "purposes"
        case Facet.COUNTRY:
            return "countries"
        case Facet.SUBJECT:
            return "about" if word.how in (How.NAME, How.LABEL) and name == "keeps" else ""
        case Facet.RECIPIENT:
            comes = word.role is Role.FROM or name.endswith("collects")
            return "from" if comes else "to"
    return ""


def quote_of(text: NoticeText, start: int, end: int) -> tuple[str, str]:
    """The words of a stretch as a quote, and where they stand more than once, those before them."""
    quote = " ".join(text.seen(start, end).split())
    if text.span_of(quote) in (None, (start, end)):
        return quote, ""
    before = " ".join(text.seen(max(0, start - 60), start).split()).partition(" ")[2]
    return quote, before


def spoken(register: Register, key: str, words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Words with what to call them."""
    hierarchy = register.vocabulary[WORDED[key][0].scheme]
    return tuple((word, hierarchy.label(word)) for word in words)


class SuggestedWord(Struct, frozen=True):
    """A known word that somebody may mean, or an entry: its id, what to call it, and what else it is called.

    `flows` is how many flows have it, None where that is nothing to ask; `wider` is what it belongs to.
    """

    id: str
    label: str
    flows: int | None
    wider: str = ""
    also: str = ""


MOST_SUGGESTED = 8


def suggested(
    case: Case, notice: Notice | None, facet: Facet, typed: str
) -> Iterator[SuggestedWord]:
    """The words that may be meant, those that are called so first, then those that most flows have.

    With a notice, only flows about its people count.
    """
    words = case.register.vocabulary[facet.scheme]
    found = words.like(typed) if typed.strip() else _in_use(case, facet)
    looked_at = found[:MOST_LOOKED_AT]
    no_flow = facet is Facet.TRIGGER
    counted = dict.fromkeys(looked_at, 0) if no_flow else flows_with(case, notice, facet, looked_at)
    named = words.find(typed) if typed.strip() else None
    ordered = sorted(counted, key=lambda word: (word != named, counted[word] == 0, -counted[word]))
    for word in ordered[:MOST_SUGGESTED]:
        term = words.terms.get(word)
        wider = words.label(words.wider(word)[0]) if words.wider(word) else ""
        also = ", ".join(dict.fromkeys((*term.synonyms, *term.also)) if term else ())
        short = shorten(also, MOST_NAMES, placeholder=" …")
        flows = None if no_flow else counted[word]
        yield SuggestedWord(word, words.label(word), flows, wider, short)


def suggested_entries(register: Register, kind: str, typed: str) -> Iterator[SuggestedWord]:
    """The parties, systems or notices that may be meant: each word typed begins one of their id or name."""
    shelves: Mapping[str, Mapping[str, Party | System | Notice]] = {
        "party": register.parties,
        "system": register.systems,
        "notice": register.notices,
    }
    asked = fold(typed).split()
    found = (
        SuggestedWord(entry.id, entry.name, None, also="" if entry.id == entry.name else entry.id)
        for entry in shelves[kind].values()
        if all(
            any(word.startswith(begun) for word in fold(f"{entry.id} {entry.name}").split())
            for begun in asked
        )
    )
    yield from islice(found, MOST_SUGGESTED)


MOST_NAMES = 60
"""How many letters of a word's other names are shown."""
MOST_LOOKED_AT = 60
"""How many words are counted in the flows, of those that may be meant."""


def _in_use(case: Case, facet: Facet) -> Words:
    """The words that the flows have, where nothing is typed yet."""
    if facet is Facet.TRIGGER:
        return tuple(case.register.vocabulary[facet].terms)
    return tuple(dict.fromkeys(w for told in case.coverage.flows for w in told.flow.words(facet)))
