"""A TILT document (JSON): each kind of data disclosed is an entry: what it is for, who gets it, how long it is kept.

TILT says what a notice tells: whose data it is stands nowhere in it. Source: the schema of the Transparency Information
Language, read on 2026-11-30.
"""

import re

from ropa.errors import CannotRead
from ropa.foreign.account import ForeignReading
from ropa.foreign.drafts import EntryDraft
from ropa.foreign.leaves import LeafPath, LeafReader, json_of
from ropa.foreign.listing import ListedWord
from ropa.foreign.surroundings import Surroundings
from ropa.register.vocabulary import Facet

_GDPR = re.compile(
    r"(?i)(?:gdpr|dsgvo)[-_ ]?(?:art(?:ikel|icle)?[-_ ]?)?([69])[-_ ][12][-_ ]([a-j])"
)
_PERIOD = re.compile(
    r"P(?=\d|T\d)(?:\d{1,9}Y)?(?:\d{1,9}M)?(?:\d{1,9}W)?(?:\d{1,9}D)?"
    r"(?:T(?=\d)(?:\d{1,9}H)?(?:\d{1,9}M)?(?:\d{1,9}S)?)?",
    re.ASCII,
)


def recognises(content: bytes, name: str) -> bool:
    """Whether a file is JSON with the two parts that TILT alone has."""
    return (
        name.lower().endswith(".json")
        and b'"dataDisclosed"' in content
        and b'"controller"' in content
    )


def read_foreign(content: bytes, _: str, around: Surroundings) -> ForeignReading:
    """What a document says. Raises `CannotRead` where it is no TILT."""
    data = json_of(content)
    if not isinstance(data, dict) or not isinstance(data.get("dataDisclosed"), list):
        raise CannotRead("it is no TILT: it has no list `dataDisclosed`")
    reader = LeafReader(data, around.words, around.ids)
    _organisation(reader)
    for number in range(len(data["dataDisclosed"])):
        _disclosed(reader, ("dataDisclosed", number))
    return reader.reading(
        "a TILT document, which says what a notice tells and not whose data it is"
    )


def _organisation(reader: LeafReader) -> None:
    reader.says(("controller", "name"), "organisation_name")
    reader.says(("controller", "address"), "organisation_address")
    for key, part in (
        ("name", "name"),
        ("email", "email"),
        ("phone", "telephone"),
        ("address", "address"),
    ):
        reader.says(("dataProtectionOfficer", key), f"dpo_{part}")


def _disclosed(reader: LeafReader, at: LeafPath) -> None:
    draft, name = EntryDraft(), reader.text((*at, "category"))
    if not name:
        return
    draft.data["name"] = " ".join(name.split())[:200]
    id_ = reader.id_for(draft.data["name"])
    draft.add("data", _id(reader, Facet.DATA, name))
    reader.took((*at, "category"), id_, "data")
    for path in reader.below((*at, "purposes")):
        if path[-1] == "purpose":
            draft.add("purposes", _id(reader, Facet.PURPOSE, reader.text(path)))
            reader.took(path, id_, "purposes")
    _bases(reader, draft, at, id_)
    _recipients(reader, draft, at, id_)
    _storage(reader, draft, at, id_)
    reader.note_rest(draft, id_, at)
    reader.entries.append(draft.document(id_))


def _id(reader: LeafReader, facet: Facet, text: str, broader: str = "") -> str:
    known = reader.words.finders[facet].any(text)
    return reader.words.id_of(facet, ListedWord(known, text, broader=broader))


def _bases(reader: LeafReader, draft: EntryDraft, at: LeafPath, id_: str) -> None:
    for path in reader.below((*at, "legalBases")):
        found = _GDPR.fullmatch(reader.text(path).strip()) if path[-1] == "reference" else None
        if found:
            article, letter = found[1], found[2].lower()
            letters = draft.article_6 if article == "6" else draft.article_9
            if (article == "6" and letter > "f") or letter in letters:
                continue
            letters.append(letter)
            reader.took(path, id_, "basis")


def _recipients(reader: LeafReader, draft: EntryDraft, at: LeafPath, id_: str) -> None:
    below = [path[len(at) + 1 :] for path in reader.below((*at, "recipients"))]
    for number in dict.fromkeys(path[0] for path in below if path):
        here = (*at, "recipients", number)
        name, category = reader.text((*here, "name")), reader.text((*here, "category"))
        wider = reader.words.finders[Facet.RECIPIENT].any(category) if category else ""
        if name or category:
            to = _id(reader, Facet.RECIPIENT, name or category, wider if name else "")
            draft.add("disclosures", {"to": to})
            reader.took((*here, "name" if name else "category"), id_, "disclosures")
        if name and wider:
            reader.took((*here, "category"), id_, "disclosures", f"“{name}” is {wider}")


def _storage(reader: LeafReader, draft: EntryDraft, at: LeafPath, id_: str) -> None:
    for path in reader.below((*at, "storage")):
        text = reader.text(path)
        if path[-1] == "ttl" and _PERIOD.fullmatch(text):
            draft.retention.append({"period": text})
            reader.took(path, id_, "retention")
        elif "purposeConditional" in path:
            draft.retention.append({"criteria": text})
            reader.took(path, id_, "retention")
        elif "legalBasisConditional" in path:
            draft.retention.append({"law": text})
            reader.took(path, id_, "retention")
