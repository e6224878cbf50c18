"""Headings of other people's sheets, recognised by synonyms in several languages: `headings.yaml`."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from ropa.documents.shipped import shipped
from ropa.foreign.heading_words import voted

NOTE, ASK = "note", "?"
"""What a column is for whose cells are only kept, and one of which nobody has said what it is."""
FIELDS: Mapping[str, str] = {
    "ref": "the sheet's own reference for a row",
    "number": "a running number",
    "name": "what is done",
    "owner": "who answers for it",
    "department": "the part of the organisation that does it",
    "purposes": "what for",
    "subjects": "whose data",
    "data": "which data",
    "special": "special category data",
    "recipients": "who receives it",
    "processors": "who processes it for us",
    "joint": "joint controllers",
    "on_behalf_of": "the controllers we act for",
    "processing": "categories of processing done for a controller",
    "sources": "where it comes from",
    "basis": "the lawful basis",
    "article_9": "the condition of Article 9",
    "law": "the law it rests on",
    "schedule_1": "the condition of Schedule 1",
    "interests": "the legitimate interest",
    "legitimate_interests_assessment": "the legitimate interests assessment",
    "consent_record": "where consents are on file",
    "rights": "the rights people have",
    "automated_decisions": "whether machines decide alone",
    "systems": "where it is kept",
    "retention": "how long it is kept",
    "retention_unit": "whether that is years, months or days",
    "retention_trigger": "from when that counts",
    "retention_law": "the law or schedule that sets the period",
    "security": "how it is protected",
    "transfers": "transfers abroad",
    "safeguards": "safeguards of transfers",
    "dpia_needed": "whether an impact assessment is needed",
    "dpia": "the impact assessment",
    "dpia_progress": "how far the impact assessment is",
    "breach": "whether there was a breach",
    "breach_record": "the record of a breach",
    "policy_document": "the policy document",
    "policy_followed": "whether the policy document is followed",
    "policy_reason": "why it is not followed",
    "contract": "the contract with a processor",
    "personal": "whether it is personal data at all",
    "reviewed": "the day it was last reviewed",
    "started": "the day it began",
    NOTE: "kept as a note on the entry",
    "organisation_name": "the controller's name",
    "organisation_email": "the controller's e-mail",
    "organisation_address": "the controller's address",
    "organisation_telephone": "the controller's telephone",
    "dpo_name": "the data protection officer",
    "dpo_email": "the officer's e-mail",
    "dpo_address": "the officer's address",
    "dpo_telephone": "the officer's telephone",
}
"""What a column may hold, in words for whoever answers."""


class Recognised(Struct, frozen=True):
    """What a heading stands for, and why that is a guess; nothing where it is sure."""

    field: str
    why: str = ""


@lru_cache(4096)
def recognised(heading: str) -> Recognised | None:
    """What a heading stands for; None where nobody knows."""
    plain, bare = plain_heading(heading), _without_brackets(heading)
    known = _synonyms()
    for written in (plain, bare):
        if written in known:
            return Recognised(known[written])
    *before, last = _ASIDE.sub(" ", heading).split(" - ")
    if before and known.get(plain_heading(last)) == NOTE:
        return Recognised(NOTE)
    parts = _together({known[part] for part in _parts(heading) if part in known})
    if len(parts) > 1:
        return None
    for field in parts:
        return Recognised(field)
    if " / " in heading:
        return _by_either_side(heading)
    aside = " ".join(_ASIDE.findall(heading))
    first, then = (plain, bare) if _CITES.search(aside) else (bare, "" if "/" in aside else plain)
    return _by_its_words(first) or _by_its_words(then)


def _by_either_side(heading: str) -> Recognised | None:
    """What a heading that says it twice stands for, in two languages perhaps: each side speaks for itself."""
    sides = (_by_its_words(_without_brackets(side)) for side in heading.split(" / "))
    found = {one.field: one for one in sides if one}
    both = _together(found)
    return found[next(iter(both))] if len(both) == 1 else None


_WIDER: Mapping[frozenset[str], str] = {
    frozenset({"recipients", "processors"}): "recipients",
    frozenset({"basis", "article_9"}): "basis",
    frozenset({"basis", "law"}): "basis",
    frozenset({"owner", "department"}): "owner",
    frozenset({"name", "ref"}): "name",
}
"""Two fields that one column may name, each pair with the one whose cells may say both."""


def _together(fields: Collection[str]) -> Collection[str]:
    """The fields, or the one that holds what two of them do: “Third parties / processors” are recipients."""
    wider = _WIDER.get(frozenset(fields))
    return {wider} if wider else fields


def _by_its_words(plain: str) -> Recognised | None:
    vote = voted(plain)
    if vote is None:
        return None
    said = " and ".join(f"“{word}”" for word in vote.words)
    return Recognised(vote.field, f"its heading says {said}")


_TOTALS = frozenset((
    "total", "totals", "grand total", "count", "sum", "total processes", "total records", "number of processes",
    "summe", "gesamt", "somme", "totaal", "average", "averages", "mean", "moyenne", "durchschnitt", "gemiddelde",
    "subtotal",
))  # fmt: skip


def is_total(texts: Iterable[str]) -> bool:
    """Whether the filled cells of a row say how many the others are."""
    first, *rest = texts
    begins = plain_heading(first)
    return begins in _TOTALS or (begins.startswith("total") and all(t.isdigit() for t in rest))


def plain_heading(text: str) -> str:
    """A heading as it is compared: small letters, one space, no signs, no numbering."""
    text = _RUN_TOGETHER.sub(" ", unicodedata.normalize("NFKC", text))
    text = text.casefold().replace("’", "'")
    text = re.sub(r"^\s*(?:\(?[a-z0-9]{1,2}[.)]\s+)+", "", text)
    return " ".join(re.findall(r"[\w'°#]+", text))


_RUN_TOGETHER = re.compile(r"_+|(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2,}\b)")
"""Where the headings of a program run two words together: `legal_basis`, `RetentionID`."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


_CITES = re.compile(r"\b(?:art|article)\.? ?(?:6|9)\b", re.IGNORECASE)
"""An Article in brackets, which tells two headings apart: “Grounds (Art. 6)”, “Grounds (Art. 9)”."""

_ENDINGS = re.compile(r"(?<=\w)\((s|es|e|n|en|er|a)\)")
"""An ending in brackets: “purpose(s)” are purposes."""


def _without_brackets(heading: str) -> str:
    return plain_heading(_ASIDE.sub(" ", _ENDINGS.sub(r"\1", heading)))


def _parts(heading: str) -> Iterator[str]:
    """What stands before an explanation, the explanation, and each side of a stroke."""
    bare = _ASIDE.sub(" ", _ENDINGS.sub(r"\1", heading)).strip()
    first, *rest = re.split(r"\n|\s[-\u2013\u2014:]\s|:\s|\?\s", bare, maxsplit=1)
    yield from (plain_heading(part) for part in (first, *rest))
    yield from (plain_heading(part) for part in re.split(r"\s*/\s*", first))


@cache
def _synonyms() -> Mapping[str, str]:
    """Each synonym with the field it stands for; the first field that has it keeps it."""
    found: dict[str, str] = {}
    for document in shipped(Path(__file__).parent / "headings.yaml"):
        for field, languages in document.data.items():
            for name in (name for names in languages for name in names):
                found.setdefault(plain_heading(str(name)), field)
    return found
