"""A fides manifest (YAML): each privacy declaration of a system is an entry, and the system is where its data is kept.

Words of fideslang are ours where the vocabulary says that they are the same; else they become words of the register's
own, below the nearest wider one that is ours. Source: the fides documentation, and the manifests of its own repository.
"""

import re
from typing import Any

from ropa.errors import CannotRead
from ropa.foreign.account import ForeignReading
from ropa.foreign.drafts import EntryDraft
from ropa.foreign.grounds import grounds
from ropa.foreign.leaves import LeafPath, LeafReader, yaml_of
from ropa.foreign.listing import ListedWord, listed
from ropa.foreign.lookup import comes_later, says_nothing
from ropa.foreign.surroundings import Surroundings
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet

_KNOWN = re.compile(
    rb"^(?:system|organization|dataset|policy|data_category|data_use|data_subject):", re.MULTILINE
)
_FACETS = {
    "data_categories": ("data", Facet.DATA),
    "data_use": ("purposes", Facet.PURPOSE),
    "data_subjects": ("subjects", Facet.SUBJECT),
}


def recognises(content: bytes, name: str) -> bool:
    """Whether a file is YAML with one of the resources of fides at its top."""
    return name.lower().endswith((".yml", ".yaml")) and _KNOWN.search(content) is not None


def read_foreign(content: bytes, name: str, around: Surroundings) -> ForeignReading:
    """What a manifest says. Raises `CannotRead` where it has no system."""
    data = {str(n): document for n, document in enumerate(yaml_of(content, name), 1)}
    whole = data["1"] if len(data) == 1 else data
    reader = LeafReader(whole, around.words, around.ids)
    systems = _resources(whole, "system")
    if not systems:
        raise CannotRead("it has no `system`, and only systems say what is done with data")
    for at in _resources(whole, "organization"):
        _organisation(reader, at)
    for at in systems:
        _system(reader, whole, at)
    return reader.reading("a fides manifest")


def _resources(whole: Any, key: str) -> list[LeafPath]:
    """The paths of the resources of a kind, in each document of the file."""
    places: list[tuple[LeafPath, Any]] = [((), whole)]
    if isinstance(whole, dict) and key not in whole:
        places = [((name,), inner) for name, inner in whole.items()]
    found = [(at, inner.get(key)) for at, inner in places if isinstance(inner, dict)]
    lists = [(at, inner) for at, inner in found if isinstance(inner, list)]
    return [(*at, key, n) for at, inner in lists for n in range(len(inner))]


def _at(whole: Any, path: LeafPath) -> Any:
    for step in path:
        whole = whole[step]
    return whole


def _organisation(reader: LeafReader, at: LeafPath) -> None:
    if not reader.text((*at, "controller", "name")):
        reader.says((*at, "name"), "organisation_name")
    for block, who in _WHO.items():
        for key, part in _CONTACT.items():
            reader.says((*at, block, key), f"{who}_{part}")


_WHO = {
    "controller": "organisation",
    "data_protection_officer": "dpo",
    "representative": "representative",
}
_CONTACT = {"name": "name", "address": "address", "email": "email", "phone": "telephone"}


def _system(reader: LeafReader, whole: Any, at: LeafPath) -> None:
    name = reader.text((*at, "name")) or reader.text((*at, "fides_key"))
    declared = _at(whole, at)
    declarations = declared.get("privacy_declarations") if isinstance(declared, dict) else None
    count = len(declarations) if isinstance(declarations, list) else 0
    for number in range(count):
        _declaration(reader, at, number, name)


def _declaration(reader: LeafReader, system: LeafPath, number: int, name: str) -> None:
    at, draft = (*system, "privacy_declarations", number), EntryDraft()
    said = reader.text((*at, "name"))
    draft.data["name"] = f"{name}: {said}" if said else name
    id_ = reader.id_for(draft.data["name"])
    reader.took((*at, "name"), id_, "name")
    for key, (field, facet) in _FACETS.items():
        for path in reader.below((*at, key)):
            word = _word(reader.text(path), facet, reader)
            draft.add(field, reader.words.id_of(facet, word))
            reader.took(path, id_, field, word.why)
    _more(reader, draft, at, id_)
    draft.add("systems", reader.words.system(name))
    owner = (*system, "administrating_department")
    if is_answer(reader.text(owner)) and reader.text(owner).casefold() != "not defined":
        draft.data["owner"] = reader.text(owner)
        reader.took(owner, id_, "owner")
    reader.took((*system, "name"), id_, "systems")
    reader.note_rest(draft, id_, at)
    if number == 0:
        reader.note_rest(draft, id_, system, but=(*system, "privacy_declarations"))
    reader.entries.append(draft.document(id_))


def _more(reader: LeafReader, draft: EntryDraft, at: LeafPath, id_: str) -> None:
    """What newer manifests say of a declaration: its basis, its retention in days, and with whom it is shared."""
    for key, article in (("legal_basis_for_processing", 6), ("special_category_legal_basis", 9)):
        text = reader.text((*at, key))
        found = grounds(text, article=article) if text else None
        if found and (found.article_6 or found.article_9):
            draft.article_6 += found.article_6
            draft.article_9 += found.article_9
            reader.took((*at, key), id_, "basis")
    days = reader.text((*at, "retention_period"))
    if re.fullmatch("[0-9]{1,6}", days):
        draft.retention.append({"period": f"P{int(days)}D"})
        reader.took((*at, "retention_period"), id_, "retention")
    shared = reader.text((*at, "third_parties"))
    if shared and not says_nothing(shared) and not comes_later(shared):
        for word in listed(shared, reader.words.finders[Facet.RECIPIENT]):
            draft.add("disclosures", {"to": reader.words.id_of(Facet.RECIPIENT, word)})
        reader.took((*at, "third_parties"), id_, "disclosures")


def _word(key: str, facet: Facet, reader: LeafReader) -> ListedWord:
    """A word of fideslang as one of ours: the same, or below the nearest wider one that is."""
    finder = reader.words.finders[facet]
    same = finder.same_as("fideslang", key)
    if same:
        return ListedWord(same, key)
    plain = key.rpartition(".")[2].replace("_", " ")
    if "." not in key and (known := finder.find(plain)):
        return ListedWord(known, key, why=f"“{key}” is read as {known}")
    above = key
    while "." in above:
        above = above.rpartition(".")[0]
        if wider := finder.same_as("fideslang", above):
            why = f"“{key}” is below {above} in fideslang, which is {wider}"
            return ListedWord("", key, broader=wider, why=why)
    return ListedWord("", key)
