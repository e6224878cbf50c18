"""Headings of other people's sheets, recognised by synonyms in several languages: `headings.yaml`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from ropa.documents.shipped import shipped

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


def recognised(heading: str) -> Recognised | None:
    """What a heading stands for; None where nobody knows."""
    plain = plain_heading(heading)
    if not plain:
        return None
    known = _synonyms()
    for written in dict.fromkeys((plain, _without_brackets(heading), *_parts(heading))):
        if written in known:
            return Recognised(known[written])
    return _held_in(plain)


def _held_in(plain: str) -> Recognised | None:
    """What the longest synonym of two words or more stands for that a heading holds."""
    padded = f" {plain} "
    held = [name for name in _synonyms() if " " in name and f" {name} " in padded]
    if held:
        best = max(held, key=len)
        return Recognised(_synonyms()[best], f"its heading holds “{best}”")
    return None


def plain_heading(text: str) -> str:
    """A heading as it is compared: small letters, one space, no signs, no numbering."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = re.sub(r"^\s*(?:\(?[a-z0-9]{1,2}[.)]\s+)+", "", text)
    return " ".join(re.findall(r"[\w'°#]+", text))


_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _without_brackets(heading: str) -> str:
    return plain_heading(_ASIDE.sub(" ", heading))


def _parts(heading: str) -> Iterator[str]:
    """What stands before an explanation, and each side of a stroke."""
    first = re.split(r"\n|\s[-\u2013\u2014:]\s|:\s|\?\s", heading.strip(), maxsplit=1)[0]
    yield _without_brackets(first)
    yield from (_without_brackets(part) for part in re.split(r"\s*/\s*", first))


@cache
def _synonyms() -> Mapping[str, str]:
    """Each synonym with the field it stands for; the first field that has it keeps it."""
    found: dict[str, str] = {}
    for document in shipped(Path(__file__).parent / "headings.yaml"):
        for field, languages in document.data.items():
            for name in (name for names in languages for name in names):
                found.setdefault(plain_heading(str(name)), field)
    return found
