"""Small registers whose notices are made of a few plain sentences, and what their words bear out, read off by hand.

Each sentence says one thing in words that anybody would take in the same way. What a statement makes of it is then a
matter of looking whether a word stands there: `Hand` does that, with nothing of the grammar and nothing of
`ropa.judging.evidence`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.flows.graph import FlowGraph
from ropa.flows.steps import flow_graph
from ropa.judging.evidence import Proofs
from ropa.register.build import build
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText

DATA = {"shoe-size": "Shoe size", "bus-route": "Bus route", "hat-colour": "Hat colour"}
PURPOSES = {"choir-practice": "Choir practice", "lost-property": "Lost property"}
PARTIES = {"trust": "Sample Trust", "mailer": "Sample Mailer Ltd"}
VERBS = {"collects": "collect", "uses": "use", "keeps": "keep", "discloses": "give"}
PERIODS = {"P3Y": "three years", "P6Y": "six years"}
HOW = ("said", "said", "denied", "never", "asked", "past", "agreed", "hidden", "heading", "rights")

Data = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """A sentence of a notice with the statement that quotes it. `how` says what is done to the sentence."""

    statement: Data
    how: str
    data: tuple[str, ...]
    purposes: tuple[str, ...] = ()
    party: str = ""
    period: str = ""
    letter: str = ""
    number: int = 0

    @property
    def claim(self) -> str:
        return next(c for c in VERBS if c in self.statement or self.statement.get("never") == c)

    @property
    def sentence(self) -> str:
        """The sentence as it stands in the notice; its number keeps it apart from all others."""
        if self.how == "rights":
            return f"You may object, page {self.number}."
        if self.how == "heading":
            return f"What page {self.number} is about"
        verb, no = VERBS[self.claim], {"denied": "do not ", "never": "never "}.get(self.how, "")
        start = {"past": f"Before 2020 we {PAST[verb]}", "asked": f"Do we {verb}"}
        said = f"{start.get(self.how, f'We {no}{verb}')} your {_listed(self.data, DATA)}"
        said += f" to {PARTIES[self.party]}" if self.party else ""
        said += f" for {_listed(self.purposes, PURPOSES)}" if self.purposes else ""
        said += f" for {PERIODS[self.period]}" if self.period else ""
        said += " if you agree" if self.how == "agreed" else ""
        said += f" (UK GDPR Article 6(1)({self.letter}))" if self.letter else ""
        return f"{said}, says page {self.number}{'?' if self.how == 'asked' else '.'}"

    @property
    def block(self) -> str:
        if self.how == "heading":
            return f"## {self.sentence}"
        if self.how == "asked":  # alone, it would be the heading of what follows
            return f"{self.sentence} Some of you want to know this."
        if self.how == "hidden":
            return f'<p style="color: #fff">{self.sentence}</p>'
        return self.sentence


PAST = {"collect": "collected", "use": "used", "keep": "kept", "give": "gave"}


def _listed(words: tuple[str, ...], names: Mapping[str, str]) -> str:
    return " and ".join(names[word].lower() for word in words)


@dataclass(frozen=True)
class ToldRegister:
    """A register of one activity, and of a notice that is made of these sentences."""

    told: tuple[Told, ...]
    documents: tuple[Data, ...] = field(default=())

    @property
    def text(self) -> NoticeText:
        blocks = "\n\n".join(one.block for one in self.told)
        return notice_of_text(
            SourceFile("notice.md", f"# Notice\n\n{OPENING}\n\n{blocks}\n\nThe end.\n")
        )

    def read(self) -> tuple[FlowGraph, Proofs]:
        """The register built, and the proofs of its statements."""
        notice = {
            "kind": "notice",
            "id": "notice",
            "name": "Notice",
            "audience": "pupil",
            "text": "notice.md",
            "statements": [one.statement for one in self.told],
        }
        written = "\n---\n".join(json.dumps(one) for one in (*WORDS, *self.documents, notice))
        texts = {("r.yaml", "notice.md"): self.text}
        built = build(tuple(parse(SourceFile("r.yaml", written))), texts)
        return flow_graph(built), Proofs(built, texts)


OPENING = "This is how we look after what we know about you, and what you can do if you want to ask us about it."
WORDS: tuple[Data, ...] = (
    {"kind": "organisation", "id": "school", "name": "Sample School"},
    {"kind": "term", "facet": "subject", "id": "pupil", "label": "Pupil"},
    *({"kind": "term", "facet": "data", "id": i, "label": name} for i, name in DATA.items()),
    *({"kind": "term", "facet": "purpose", "id": i, "label": name} for i, name in PURPOSES.items()),
    {"kind": "party", "id": "trust", "name": "Sample Trust", "type": "controller"},
    {"kind": "party", "id": "mailer", "name": "Sample Mailer Ltd", "type": "processor"},
    {"kind": "system", "id": "own", "name": "Own server"},
)


class Hand:
    """What a statement's words bear out, by looking for a few words: section by section, as a person would."""

    def __init__(self, told: Told) -> None:
        self.told, self.statement = told, told.statement
        self.promise = "never" in told.statement
        self.stated = told.statement if self.promise else told.statement[told.claim]
        self.words = told.sentence.lower()

    def has(self, *said: str) -> bool:
        return any(one in self.words for one in said)

    @property
    def faulty(self) -> bool:
        """Whether the words do not bear it out; of a promise, that it is to be mended."""
        return self.nowhere or self.turned or self.says_otherwise

    @property
    def void(self) -> bool:
        """ "Void, promise: it bites as it is written until a person mends or deletes it." """
        return self.faulty and not self.promise

    @property
    def nowhere(self) -> bool:
        """ "Any statement whose quote is only a heading", what nobody sees, and neither deed nor facet said."""
        return self.told.how in ("heading", "hidden", "rights")

    @property
    def turned(self) -> bool:
        """ "The sentence denies it, asks it, or speaks of the past; a promise without a denial." """
        denied, asked = self.has(" not ", " never "), self.words.endswith("?")
        if self.promise:
            return asked or not (denied or self.has("if you agree"))  # which denies it for the rest
        return denied or asked or self.has("before 2020")

    @property
    def says_otherwise(self) -> bool:
        """ "Another period, Article letter, or another registered party in that role"; a consent that is left out."""
        period, basis = self.stated.get("period"), self.stated.get("basis", {}).get("article_6")
        other_period = period and self.has(*PERIODS.values()) and not self.has(PERIODS[period])
        other_letter = basis and self.has("6(1)(") and not self.has(f"6(1)({basis})")
        return bool(other_period or other_letter or self._somebody_else or self._only_agreed)

    @property
    def _somebody_else(self) -> bool:
        party = self.stated.get("to")
        named = [i for i, name in PARTIES.items() if self.has(name.lower())]
        return not self.promise and bool(party) and bool(named) and party not in named

    @property
    def _only_agreed(self) -> bool:
        agreed = self.told.claim == "discloses" and self.has("if you agree")
        return agreed and not self.promise and "consent" not in self.stated.get("conditions", ())

    @property
    def rests(self) -> str:
        """words where all that is stated is said; person where somebody reads the rest so; else reading."""
        lifted = self.statement.get("read_as", {})
        weakest = "words"
        for key, said in self._said():
            if not said and key not in lifted:
                return "reading"
            weakest = weakest if said else "person"
        return weakest

    def _said(self) -> list[tuple[str, bool]]:
        stated, found = self.stated, []
        names = {"data": DATA, "purposes": PURPOSES, "to": PARTIES}
        for key, known in names.items():
            words = stated.get(key, [])
            words = [words] if isinstance(words, str) else words
            if words:
                found.append((key, all(self.has(known[word].lower()) for word in words)))
        if "period" in stated:
            found.append(("period", self.has(PERIODS[stated["period"]])))
        if "basis" in stated:
            found.append(("basis", self.has(f"6(1)({stated['basis']['article_6']})")))
        return found


def _some(names: Mapping[str, str], least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(names)), min_size=least, max_size=2, unique=True).map(
        tuple
    )


@st.composite
def told_registers(draw: st.DrawFn) -> ToldRegister:
    count = draw(st.integers(1, 4))
    return ToldRegister(tuple(draw(_told(number)) for number in range(count)), (draw(_activity()),))


@st.composite
def _told(draw: st.DrawFn, number: int) -> Told:
    claim = draw(st.sampled_from(sorted(VERBS)))
    how, data = draw(st.sampled_from(HOW)), draw(_some(DATA))
    party = draw(st.sampled_from(sorted(PARTIES))) if claim == "discloses" else ""
    period = draw(st.sampled_from(sorted(PERIODS))) if claim == "keeps" else ""
    purposes = draw(_some(PURPOSES, 0)) if claim in ("uses", "discloses") else ()
    letter = draw(st.sampled_from(["", "c", "e"])) if claim == "uses" else ""
    stated: Data = {"data": list(draw(st.sampled_from([data, data, ("hat-colour",)])))}
    if purposes:
        stated["purposes"] = list(draw(st.sampled_from([purposes, purposes, ("lost-property",)])))
    if party:
        stated["to"] = draw(st.sampled_from([party, party, "trust"]))
    if period:
        stated["period"] = draw(st.sampled_from([period, period, "P6Y"]))
    promise = claim != "keeps" and draw(st.integers(0, 3)) == 0
    if not promise:
        if letter:
            stated["basis"] = {"article_6": draw(st.sampled_from([letter, letter, "e"]))}
        if how == "agreed" and claim == "discloses" and draw(st.booleans()):
            stated["conditions"] = ["consent"]
    else:
        stated.pop("purposes", None)
    said: Data = {"never": claim, **stated} if promise else {claim: stated}
    told = Told({}, how, data, purposes, party, period, letter, number)
    if draw(st.integers(0, 2)) == 0 and not promise:
        keys = draw(st.lists(st.sampled_from(sorted(stated)), min_size=1, unique=True))
        said["read_as"] = {
            **{key: "it says so" for key in keys if key != "conditions"},
            **{"because": "it is clear", "by": "J. Smith", "on": "2026-11-01"},
        }
    told = Told(said, how, data, purposes, party, period, letter, number)
    quote = told.sentence.rstrip(".?")
    return Told({"quote": quote, **said}, how, data, purposes, party, period, letter, number)


@st.composite
def _activity(draw: st.DrawFn) -> Data:
    activity: Data = {
        "kind": "activity",
        "id": "choir",
        "name": "Choir",
        "subjects": "pupil",
        "data": list(draw(_some(DATA))),
        "purposes": list(draw(_some(PURPOSES))),
        "sources": "data-subject",
        "basis": {"article_6": "e", "law": "Education Act 1996 s.13"},
        "systems": "own",
        "retention": {"period": "P6Y"},
    }
    if draw(st.booleans()):
        activity["disclosures"] = [{"to": "trust", "data": activity["data"][:1]}]
    return activity
