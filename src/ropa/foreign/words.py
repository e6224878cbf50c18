"""The words that foreign cells use: those that are known, those that become the register's own, and ids for them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ropa.foreign.account import NewWord
from ropa.foreign.listing import ListedWord, WordFinder
from ropa.register.vocabulary import Facet, Vocabulary, fold

_FACETS = (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT, Facet.COUNTRY, Facet.TRIGGER)


def slug(name: str) -> str:
    """A short name for what has only a name: small Latin letters, digits and hyphens."""
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", latin.casefold()))[:60].rstrip("-")


def finders(vocabulary: Vocabulary) -> Mapping[Facet, WordFinder]:
    """What finds the words of each facet."""
    return {facet: WordFinder(facet, vocabulary[facet]) for facet in _FACETS}


class WordBook:
    """Knows the words of a register, and gathers the terms, parties and systems that a file brings."""

    def __init__(
        self, finders: Mapping[Facet, WordFinder], documents: Iterable[Mapping[str, Any]]
    ) -> None:
        self.finders = finders
        self.new: dict[tuple[Facet, str], NewWord] = {}
        self.made: dict[tuple[str, str], dict[str, Any]] = {}
        self._systems = {
            fold(str(d["name"])): str(d["id"]) for d in documents if d["kind"] == "system"
        }
        self._ids = {str(d["id"]) for d in documents if d["kind"] == "system"}
        self._parties: dict[str, str] = {}

    def id_of(self, facet: Facet, word: ListedWord) -> str:
        """The id of a word, which becomes the register's own where it is not known."""
        if word.id:
            return word.id
        facet = facet.scheme
        label = " ".join(word.label.split())
        if facet is Facet.RECIPIENT and fold(label) in self._parties:
            return self._parties[fold(label)]
        known = self.new.get((facet, fold(label)))
        if known is None:
            id_ = self._free(facet, slug(label) or "word")
            near = self.finders[facet].nearest(label)
            known = self.new[facet, fold(label)] = NewWord(
                facet.value, id_, label, near, word.broader
            )
            term = {"kind": "term", "facet": facet.value, "id": id_, "label": label}
            self.made["term", f"{facet.value}/{id_}"] = term | (
                {"broader": word.broader} if word.broader else {}
            )
        return known.id

    def party(self, name: str, type_: str, **more: str) -> str:
        """The id of a party, which becomes one of the register's own where nobody is called so."""
        name = " ".join(name.split())
        if known := self.finders[Facet.RECIPIENT].find(name):
            return known
        if fold(name) in self._parties:
            self.made["party", self._parties[fold(name)]] |= more
            return self._parties[fold(name)]
        if new := self.new.pop(
            (Facet.RECIPIENT, fold(name)), None
        ):  # a recipient, by another column a party
            del self.made["term", f"recipient/{new.id}"]
            id_ = new.id
        else:
            id_ = self._free(Facet.RECIPIENT, slug(name) or "party")
        self._parties[fold(name)] = id_
        self.made["party", id_] = {"kind": "party", "id": id_, "name": name, "type": type_, **more}
        return id_

    def system(self, name: str) -> str:
        """The id of a system by its name."""
        name = " ".join(name.split())
        if known := self._systems.get(fold(name)):
            return known
        id_ = unused(slug(name) or "system", self._ids)
        self._systems[fold(name)] = id_
        self._ids.add(id_)
        self.made["system", id_] = {"kind": "system", "id": id_, "name": name}
        return id_

    def is_about(self, subjects: Iterable[str], group: str) -> bool:
        """Whether all of some people belong to a group."""
        subjects = tuple(subjects)
        return bool(subjects) and all(
            self.finders[Facet.SUBJECT].is_one(s, group) for s in subjects
        )

    def _free(self, facet: Facet, id_: str) -> str:
        """An id that no word of the facet has, and no name of one is."""
        ours = {word.id for (f, _), word in self.new.items() if f is facet} | set(
            self._parties.values()
        )
        number, made = 1, id_
        while made in ours or self.finders[facet].find(made):
            number += 1
            made = f"{id_}-{number}"
        return made


def unused(id_: str, ids: Iterable[str]) -> str:
    """The id, with a number behind it where somebody has it already."""
    number, made = 1, id_
    while made in ids:
        number += 1
        made = f"{id_}-{number}"
    return made
