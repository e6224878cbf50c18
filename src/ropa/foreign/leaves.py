"""Documents of other programs, leaf by leaf: what is read of one is taken, and every other leaf is kept as a note."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.errors import CannotRead
from ropa.foreign.account import OF_ORGANISATION, Fate, ForeignReading, ReadCell
from ropa.foreign.drafts import EntryDraft
from ropa.foreign.organisation import organisation_of
from ropa.foreign.words import WordBook, slug, unused
from ropa.record.workbook.spreadsheet import Spot

LeafPath = tuple[str | int, ...]
"""Where a leaf stands: the keys and numbers that lead to it."""
MOST_LEAVES = 200_000


class LeafSpot(Spot, frozen=True, order=True):
    """The place of a leaf, shown as the path that leads to it."""

    def __str__(self) -> str:
        return self.sheet


def json_of(content: bytes | str) -> Any:
    """A JSON document as plain data; None where it is none, or holds half of a character."""
    try:
        written = content if isinstance(content, str) else content.decode("utf-8-sig")
        data = json.loads(written)
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        return None
    return data


def yaml_of(content: bytes, name: str) -> list[Any]:
    """The documents of a YAML file as plain data. Raises `CannotRead` where one of them is broken."""
    documents = list(parse(SourceFile(name, content.decode("utf-8", "replace"))))
    for problem in (problem for document in documents for problem in document.problems):
        raise CannotRead(f"{problem.at}: {problem.message}")
    return [document.data for document in documents]


def leaves(data: Any, at: LeafPath = ()) -> Iterator[tuple[LeafPath, str]]:
    """Every leaf with something in it, as text."""
    waiting: list[tuple[LeafPath, Any]] = [(at, data)]
    while waiting:
        here, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*here, str(key)), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*here, n), inner) for n, inner in reversed(list(enumerate(value)))]
        elif value not in (None, ""):
            yield here, str(value).strip() if not isinstance(value, bool) else str(value).lower()


def path_in_words(at: LeafPath) -> str:
    """A path as it is shown: `system/1/name`, counted from 1."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in at)


class LeafReader:
    """Knows, while a document is read, what became of each of its leaves."""

    def __init__(self, data: Any, words: WordBook, ids: Mapping[str, str]) -> None:
        self.words = words
        self.entries: list[dict[str, Any]] = []
        self.organisation: dict[str, str] = {}
        self._texts = {at: text for at, text in leaves(data) if text}
        if len(self._texts) > MOST_LEAVES:
            raise CannotRead(f"it holds more than {MOST_LEAVES:,} values; split it")
        self._done: dict[LeafPath, ReadCell] = {}
        self._known = ids
        self._ids = set[str]()

    def text(self, at: LeafPath) -> str:
        """The text of a leaf; nothing where there is none."""
        return self._texts.get(at, "")

    def below(self, at: LeafPath) -> list[LeafPath]:
        """The paths of the leaves at a path and below it."""
        return [path for path in self._texts if path[: len(at)] == at]

    def took(self, at: LeafPath, entry: str, field: str, why: str = "") -> None:
        """Say that a leaf was taken, or guessed for a reason."""
        if at in self._texts:
            fate = Fate.GUESSED if why else Fate.TAKEN
            self._done[at] = self._cell(at, fate, entry, field, why)

    def says(self, at: LeafPath, part: str) -> None:
        """Take a leaf for a part of what is said of the organisation."""
        if text := self.text(at):
            self.organisation.setdefault(part, " ".join(text.split()))
            self.took(at, "", f"{OF_ORGANISATION}{part}")

    def id_for(self, name: str, known: str = "") -> str:
        """The id of an entry, by its name or by the id that the file gives it."""
        made = slug(known) or self._known.get(name.casefold(), "") or slug(name) or "entry"
        id_ = unused(made, self._ids)
        self._ids.add(id_)
        return id_

    def note_rest(
        self, draft: EntryDraft, entry: str, at: LeafPath, *, but: LeafPath | None = None
    ) -> None:
        """Keep what was not taken of the leaves below a path as notes of an entry; not those below `but`."""
        for path in self.below(at):
            if path not in self._done and (but is None or path[: len(but)] != but):
                draft.note(_heading(path[len(at) :]), self._texts[path])
                self._done[path] = self._cell(path, Fate.NOTE, entry, "notes", "")

    def reading(self, is_a: str) -> ForeignReading:
        """All that was read; what belongs to no entry is kept with the account."""
        organisation = list(organisation_of(self.organisation))
        cells = [self._done.get(at) or self._cell(at, Fate.NOTE, "", "", "") for at in self._texts]
        documents = [*organisation, *self.words.made.values(), *self.entries]
        return ForeignReading(
            is_a, tuple(documents), tuple(cells), words=tuple(self.words.new.values())
        )

    def _cell(self, at: LeafPath, fate: Fate, entry: str, field: str, why: str) -> ReadCell:
        spot = LeafSpot(path_in_words(at), 0, 0)
        return ReadCell(spot, _heading(at), self._texts[at], fate, entry, field, why)


def _heading(at: LeafPath) -> str:
    """What a leaf is called: its path without the numbers."""
    named = [step for step in at if isinstance(step, str)]
    return re.sub(r"[_]+", " ", "/".join(named)) or "value"
