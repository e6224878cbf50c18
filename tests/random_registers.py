"""Small registers that nobody would write, for the laws that hold for all of them.

A sample is plain data, as a user would have written it. It goes the whole way of a user's files: it is
written as YAML, read, held against the schemas and built, with the texts its quotes are looked up in.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import prod
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ropa.documents.document import Document, SourceFile
from ropa.documents.schema import well_formed
from ropa.documents.source import parse
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Coverage, Mode, Settings, coverage
from ropa.register.build import build
from ropa.register.model import Register
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text

TODAY = date(2026, 11, 23)
THOROUGH = os.environ.get("ROPA_THOROUGH") == "1"
FEW = os.environ.get("ROPA_FEW") == "1"
ASKED = int(os.environ.get("ROPA_CASES", "0"))
"""How many cases of each law are asked for, where somebody says: 10 000 take hours and are run outside the suite."""
PROFILE = "asked" if ASKED else "thorough" if THOROUGH else "few" if FEW else "usual"

_COMMON: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
settings.register_profile("few", max_examples=25, derandomize=True, **_COMMON)
settings.register_profile("usual", max_examples=50, derandomize=True, **_COMMON)
settings.register_profile("thorough", max_examples=3000, **_COMMON)
settings.register_profile("asked", max_examples=ASKED or 1, **_COMMON)


def cases(share: float = 1) -> settings:
    """The profile that was asked for, with more or fewer examples than it takes by itself."""
    profile = settings.get_profile(PROFILE)
    return settings(profile, max_examples=int(profile.max_examples * (1 if ASKED else share)))


Data = dict[str, Any]
Draw = st.DrawFn


def linked(notice: Data, layer: str) -> bool:
    """Whether the text of a notice names a notice that it sends its readers to."""
    return notice.get("version") != "1" or layer == "n0"


@dataclass(frozen=True)
class Sample:
    """The documents of a register, and the quotes that do not stand in the text of their notice."""

    documents: tuple[Data, ...]
    lost: frozenset[str] = frozenset()

    def of(self, kind: str) -> list[Data]:
        return [document for document in self.documents if document["kind"] == kind]

    @property
    def statements(self) -> list[Data]:
        return [statement for notice in self.of("notice") for statement in notice["statements"]]

    def parsed(self) -> tuple[Document, ...]:
        """The documents as they are read; each is well formed."""
        written = "\n---\n".join(json.dumps(document) for document in self.documents)
        documents = tuple(parse(SourceFile("register.yaml", written)))
        assert len(documents) == len(self.documents)
        assert all(well_formed(d) and not d.problems for d in documents), written
        return documents

    def register(self) -> Register:
        documents = self.parsed()
        texts = {}
        for notice in self.of("notice"):
            if "text" in notice:
                quotes = [s["quote"] for s in notice["statements"] if s["quote"] not in self.lost]
                quotes += [f"Go on in {i}" for i in notice.get("layers", ()) if linked(notice, i)]
                text = SourceFile(notice["text"], ".\n\n".join(dict.fromkeys(quotes)))
                texts["register.yaml", notice["text"]] = notice_of_text(text)
        return build(documents, texts)

    def judged(self, how: Settings) -> Coverage:
        return coverage(flow_graph(self.register()), how)

    def with_statements(self, change: Mapping[str, Sequence[Data]]) -> "Sample":
        """The same, with other statements in the notices of these ids."""
        documents = [
            d | {"statements": list(change[d["id"]])}
            if d["kind"] == "notice" and d["id"] in change
            else d
            for d in self.documents
        ]
        return Sample(tuple(documents), self.lost)


WORDS: Mapping[Facet, tuple[str, ...]] = {
    Facet.SUBJECT: ("s0", "s1", "s2"),
    Facet.DATA: ("d0", "d1", "d2", "d3"),
    Facet.PURPOSE: ("u0", "u1", "u2"),
    Facet.RECIPIENT: ("r0", "r1", "p0", "p1", "p2"),
    Facet.COUNTRY: ("abroad", "eea", "FR", "US"),
    Facet.TRIGGER: ("birth", "end-of-case", "last-change"),
}
ROOT = {
    Facet.SUBJECT: "person",
    Facet.DATA: "personal-data",
    Facet.PURPOSE: "any-purpose",
    Facet.RECIPIENT: "anyone",
    Facet.COUNTRY: "anywhere",
    Facet.TRIGGER: "any-event",
}
PARTIES = ("p0", "p1", "p2")
NOTICES = ("n0", "n1", "n2")


def some(words: Iterable[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(tuple(words)), min_size=1, max_size=most, unique=True)


_SOME = {facet: some(words, 3) for facet, words in WORDS.items()}
_ABOVE = [some(range(count), 2) for count in range(1, 5)]
_LETTER = st.sampled_from("aacce")
_PERIOD = st.sampled_from(("P5Y", "P60M", "P10Y"))
_TRIGGER = st.sampled_from(
    ("birth", "birth", "end-of-case", "end-of-case", "last-change", "any-event")
)
_SAFEGUARD = st.sampled_from(("idta", "adequacy"))
_CONDITION = st.sampled_from(("consent", "approval"))
_GUARD = st.sampled_from(("consent", "law-permits", "law-requires", "approval", "vital-interests"))
_GUARDS = st.lists(_GUARD | st.lists(_GUARD, min_size=2, max_size=2), min_size=1, max_size=2)
_PARTY = st.sampled_from(PARTIES)
_RECIPIENT = st.sampled_from((*PARTIES, "r0"))
_CATEGORIES = some(("r0", "r1"))
_TYPE = st.sampled_from(("processor", "controller"))
_COUNTRY = st.sampled_from(("GB", "GB", "FR", "US"))
_LAYERS = some(NOTICES)
_DAYS = st.sampled_from(
    (
        *({} for _ in range(8)),
        *({"from": "2026-11-23"}, {"to": "2026-11-23"}),  # today
        *({"from": "2026-11-24"}, {"to": "2026-11-22"}),  # from tomorrow, and until yesterday
    )
)


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


class Drawing:
    """Draws the documents of one register.

    `strange` lets words stand that nobody defined, and notices without a text. `scalars` lets
    statements carry what can disagree with the register: a basis, a period, a trigger, a safeguard.
    """

    def __init__(self, draw: Draw, *, strange: bool, scalars: bool) -> None:
        self.draw = draw
        self.strange = strange
        self.scalars = scalars
        self.count = 0

    def odds(self, *one_in: int) -> Iterator[bool]:
        """Whether each of several things that happen one time in so many happens, at one draw."""
        drawn = self.draw(_below(prod(one_in)))
        for odds in one_in:
            drawn, left = divmod(drawn, odds)
            yield left == odds - 1

    def once_in(self, one_in: int) -> bool:
        return next(self.odds(one_in))

    def sample(self) -> Sample:
        second, *more = self.odds(2, 2, 2)
        documents = [*self.terms(), *self.parties(), self.system(), self.activity("a0")]
        documents += [self.activity("a1")] if second else []
        documents += [self.notice(id_) for id_ in NOTICES[: 1 + sum(more)]]
        quotes = [s["quote"] for d in documents for s in d.get("statements", ())]
        lost = [
            quote
            for quote, gone in zip(quotes, self.odds(*(8 for _ in quotes)), strict=True)
            if gone
        ]
        return Sample(tuple(documents), frozenset(lost if self.strange else ()))

    # -- the words -------------------------------------------------------------------------------

    def terms(self) -> Iterator[Data]:
        for facet, words in WORDS.items():
            named = [word for word in words if word not in PARTIES]
            if self.once_in(8):
                yield self.term(facet, ROOT[facet], [])
            for i, word in enumerate(named):
                yield self.term(facet, word, named[:i])
        for word in ("third-party", "processor", "data-subject"):
            yield self.term(Facet.RECIPIENT, word, [])
        yield self.term(Facet.COUNTRY, "GB", [])

    def term(self, facet: Facet, id_: str, above: list[str]) -> Data:
        below, closed, umbrella = self.odds(2, 4, 8)
        term: Data = {"kind": "term", "facet": str(facet), "id": id_, "label": f"The word {id_}"}
        term["synonyms"] = [f"also {id_}", f"{id_.upper()}/x"]
        if above and below:
            term["broader"] = [above[i] for i in self.draw(_ABOVE[len(above) - 1])]
        if closed:
            term["open"] = False
        if umbrella:
            term["umbrella"] = True
        return term

    def words(self, facet: Facet) -> list[str]:
        root, third_party, nobody_knows = self.odds(6, 6, 30)
        if root:
            return [ROOT[facet]]
        if facet is Facet.RECIPIENT and third_party:
            return ["third-party"]
        found = self.draw(_SOME[facet])
        return [*found, "nobody-knows"] if self.strange and nobody_knows else found

    # -- the register ----------------------------------------------------------------------------

    def parties(self) -> Iterator[Data]:
        for id_ in PARTIES:
            party: Data = {"kind": "party", "id": id_, "name": f"Party {id_}"}
            party |= {"type": self.draw(_TYPE), "country": self.draw(_COUNTRY)}
            safe, below = self.odds(4, 2)
            if safe:
                party["safeguard"] = self.draw(_SAFEGUARD)
            if below:
                party["broader"] = self.draw(_CATEGORIES)
            yield party

    def system(self) -> Data:
        system: Data = {"kind": "system", "id": "case-system", "name": "System"}
        operated, located = self.odds(2, 2)
        if operated:
            system["operator"] = self.draw(_PARTY)
        if located:
            system["location"] = self.draw(_COUNTRY)
        return system

    def activity(self, id_: str) -> Data:
        activity: Data = {"kind": "activity", "id": id_, "name": f"Activity {id_}"}
        activity["subjects"] = self.words(Facet.SUBJECT)
        activity["data"] = self.words(Facet.DATA)
        activity["purposes"] = self.words(Facet.PURPOSE)
        without_basis, without_system, *twice = self.odds(8, 3, 2, 2, 2, 2, 2, 2)
        if not without_basis:
            activity["basis"] = self.bases()
        if not without_system:
            activity["systems"] = "case-system"
        if sources := [self.source() for more in twice[:2] if more]:
            activity["sources"] = sources
        if retention := [self.retention() for more in twice[2:4] if more]:
            activity["retention"] = retention
        activity["disclosures"] = [self.disclosure(deeper=True) for more in twice[4:] if more]
        return activity

    def source(self) -> Data | str:
        own, everything = self.odds(2, 2)
        party: str = "data-subject" if own else self.draw(_RECIPIENT)
        return party if everything else {"from": party, "data": self.words(Facet.DATA)}

    def bases(self) -> Data | list[Data]:
        """One basis, or two with what each is for, or with nothing to tell them apart."""
        several, by_purpose, by_data = self.odds(5, 2, 3)
        if not several:
            return self.basis()
        first, second = self.basis(), self.basis()
        if by_purpose:
            first["purposes"] = self.words(Facet.PURPOSE)
        if by_data:
            second["data"] = self.words(Facet.DATA)
        return [first, second]

    def basis(self) -> Data:
        basis: Data = {"article_6": self.draw(_LETTER)}
        law, special = self.odds(4, 8)
        if law:
            basis["law"] = "Act 1989 s.1"
        if special:
            basis["article_9"] = self.draw(_LETTER)
        return basis

    def retention(self) -> Data:
        data, criteria, nothing, trigger = self.odds(3, 4, 4, 2)
        entry: Data = {"data": self.words(Facet.DATA)} if data else {}
        if not criteria:
            entry["period"] = self.draw(_PERIOD)
        elif not nothing:
            entry["criteria"] = "while it is needed"
        if trigger:
            entry["trigger"] = self.draw(_TRIGGER)
        if trigger and self.strange and self.once_in(30):
            entry["trigger"] = "nobody-knows"
        return entry

    def disclosure(self, *, deeper: bool) -> Data:
        named, whose, which, why, own, safe, if_met, on = self.odds(4, 4, 2, 4, 8, 8, 4, 2)
        to: Data = {"to": self.words(Facet.RECIPIENT)[-1] if named else self.draw(_RECIPIENT)}
        if whose:
            to["subjects"] = self.words(Facet.SUBJECT)
        if which:
            to["data"] = self.words(Facet.DATA)
        if why:
            to["purposes"] = self.words(Facet.PURPOSE)
        if own:
            to["basis"] = self.basis()
        if safe:
            to["safeguard"] = self.draw(_SAFEGUARD)
        if if_met:
            to["conditions"] = self.draw(_CONDITION)
        if deeper and on:
            to["onward"] = [self.disclosure(deeper=False)]
        return to

    # -- the notices -----------------------------------------------------------------------------

    def notice(self, id_: str) -> Data:
        layered, no_text, unlinked, *missing = self.odds(4, 12, 3, 3, 3, 3, 3, 3, 3)
        notice: Data = {"kind": "notice", "id": id_, "audience": self.words(Facet.SUBJECT)}
        if days := self.draw(_DAYS):
            notice["in_force"] = days
        if layered:
            notice["layers"] = self.draw(_LAYERS)
        if unlinked:
            notice["version"] = "1"
        if not (self.strange and no_text):
            notice["text"] = f"{id_}.md"
        notice["statements"] = [self.statement() for gone in missing if not gone]
        return notice

    def statement(self) -> Data:
        return self.promise() if self.once_in(5) else self.positive()

    def start(self, kind: str) -> tuple[Data, str, Data]:
        """A quote that stands nowhere else, a claim, and the facets that are stated."""
        self.count += 1
        marked, inside = self.odds(3, 3)
        marks = (", except for this" if marked else "") + (
            ", which stays with us" if inside else ""
        )
        quote = {"quote": f"We say this as {kind} number {self.count} of all our sentences{marks}"}
        claim = self.draw(_CLAIM)
        facets = _FACETS[claim]
        stated = zip(
            facets.items(), self.odds(*(often for _, often in facets.values())), strict=True
        )
        return quote, claim, {key: self.words(facet) for (key, (facet, _)), said in stated if said}

    def positive(self) -> Data:
        quote, claim, body = self.start("claim")
        based, in_words, *said = self.odds(3, 3, 2, 2, 2, 4, 4)
        possible = _SCALARS[claim] if self.scalars else _HARMLESS[claim]
        if "basis" in possible and based:
            body["basis"] = self.basis()
            if in_words:
                body["basis"]["in_words"] = body["basis"].pop("article_6")
        for (name, strategy), also in zip(_SAID.items(), said, strict=True):
            if name in possible and also:
                body[name] = (
                    self.words(Facet.RECIPIENT) if strategy is None else self.draw(strategy)
                )
        return quote | {claim: body or {"about": self.words(Facet.SUBJECT)}}

    def promise(self) -> Data:
        quote, claim, stated = self.start("promise")
        by, guarded = self.odds(8, 4)
        promise = quote | {"never": claim} | stated
        if by and "by" in _SCALARS[claim]:
            promise["by"] = self.words(Facet.RECIPIENT)
        if guarded:
            promise["unless"] = self.draw(_GUARDS)
        return promise


_CLAIM = st.sampled_from(("collects", "uses", "keeps", "discloses", "discloses", "transfers"))
_SAID = {
    "period": _PERIOD,
    "trigger": _TRIGGER,
    "safeguard": _SAFEGUARD,
    "criteria": st.just("for as long as the law says"),
    "by": None,
}
_DATA = {"data": (Facet.DATA, 3)}
_REST = {"purposes": (Facet.PURPOSE, 4), "about": (Facet.SUBJECT, 8)}
# The facets each claim may state, and how often it does: one time in so many.
_FACETS: Mapping[str, Mapping[str, tuple[Facet, int]]] = {
    "collects": {"data": (Facet.DATA, 2), "from": (Facet.RECIPIENT, 2), **_REST},
    "uses": {**_DATA, **_REST, "purposes": (Facet.PURPOSE, 2)},
    "keeps": {"data": (Facet.DATA, 4), "countries": (Facet.COUNTRY, 3), **_REST},
    "discloses": {**_DATA, "to": (Facet.RECIPIENT, 2), "countries": (Facet.COUNTRY, 6), **_REST},
    "transfers": {"to": (Facet.RECIPIENT, 4), "countries": (Facet.COUNTRY, 2), **_DATA, **_REST},
}
_SCALARS: dict[str, tuple[str, ...]] = {
    "collects": ("basis",),
    "uses": ("basis",),
    "keeps": ("period", "trigger", "criteria", "safeguard"),
    "discloses": ("basis", "safeguard", "by"),
    "transfers": ("safeguard", "by"),
}
_HARMLESS: dict[str, tuple[str, ...]] = _SCALARS | {
    "collects": (),
    "uses": (),
    "keeps": ("criteria",),
    "discloses": ("by",),
    "transfers": ("by",),
}


@st.composite
def registers(draw: Draw, *, strange: bool = True, scalars: bool = True) -> Sample:
    return Drawing(draw, strange=strange, scalars=scalars).sample()


@st.composite
def in_languages(draw: Draw) -> Sample:
    """A register some of whose notices are versions of the first in other languages.

    What is told of a part and what of the rest may be told in different languages, so that a whole does not
    follow from its parts, as it does within each language.
    """
    sample = draw(registers())
    documents = []
    for document in sample.documents:
        version = document["kind"] == "notice" and document["id"] != "n0" and draw(st.booleans())
        language = {"same_as": "n0", "language": "cy" if document["id"] == "n1" else "fr"}
        documents.append({**document, **(language if version else {})})
    return Sample(tuple(documents), sample.lost)


_LINKABLE = (Facet.SUBJECT, Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE)


def ways_to_judge() -> st.SearchStrategy[Settings]:
    linked = st.frozensets(st.sampled_from(_LINKABLE), max_size=3)
    nothing: st.SearchStrategy[frozenset[Facet]] = st.just(frozenset())
    return st.builds(
        Settings,
        st.just(TODAY),
        st.sampled_from(Mode),
        nothing | nothing | linked,
        st.integers(0, 2),
    )
