"""Plain data that remembers where each of its values was written."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.findings import Problem
from ropa.location import Location, Pointer

COLUMN_BITS = 26
"""A place is packed into one integer, `line << COLUMN_BITS | column`, both counted from 0: a register
of 10 000 activities has a million places, and tuples would cost the collector and the memory dear."""


_LINE_END = re.compile(r"\r\n|\r|\n")


class SourceFile(Struct, frozen=True, dict=True):
    """The text of one file of the register, YAML or notice, as it was read.

    Of a file that has no lines of its own, such as a PDF, `text` is what was drawn out of it, and `parts`
    are its pages or paragraphs: the line of the text that each begins at, and its name.
    """

    path: str
    text: str
    parts: tuple[tuple[int, str], ...] = ()

    def part(self, line: int) -> str:
        """The page or paragraph a line was drawn from, such as "page 3"; nothing where lines are its own."""
        before = bisect_right(self.parts, line, key=lambda part: part[0])
        return self.parts[before - 1][1] if before else ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends; only what YAML calls a line end splits them."""
        return tuple(self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    @cached_property
    def beginnings(self) -> tuple[int, ...]:
        """The lines, counted from 0, that begin a YAML document."""
        return tuple(n for n, line in enumerate(self.lines) if line[:4].rstrip() == "---")

    def document_at(self, line: int) -> int:
        """Which document of the file, counted from 1, a line (counted from 0) belongs to."""
        first = bool(self.beginnings) and self.beginnings[0] == 0
        return max(1, bisect_right(self.beginnings, line) + (not first))

    def line(self, number: int) -> str:
        """Line `number`, counted from 1, or nothing when the file is shorter."""
        starts = self._starts
        if not 0 < number < len(starts):
            return ""
        return self.text[starts[number - 1] : starts[number]].rstrip("\r\n")

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each line begins, and where the last one ends: four bytes a line, where its text takes eighty."""
        if "\r" in self.text:
            ends = (found.end() for found in _LINE_END.finditer(self.text))
            return array("I", [0, *ends, len(self.text) + 1])
        lengths = (len(line) + 1 for line in self.text.split("\n"))
        return array("I", accumulate(lengths, initial=0))

    def offset(self, line: int) -> int:
        """Where a line (counted from 0) begins."""
        return self._starts[line]

    def _piece(self, line: int, column: int) -> str:
        """What is written on a line (both counted from 0) from a column on, as far as a place may reach."""
        starts = self._starts
        if not 0 <= line < len(starts) - 1:
            return ""
        begin = starts[line] + column
        return self.text[begin : min(starts[line + 1], begin + _LONGEST)].rstrip("\r\n")

    def stretch(self, line: int, column: int) -> Location:
        """From a place (counted from 0) to the end of what is written on that line."""
        before = max(column - 1, 0)
        end = before + len(_without_comment(self._piece(line, before), column - before))
        return Location(self.path, line + 1, column + 1, line + 1, max(end, column + 1) + 1)


_LONGEST = 2_000
"""How far a place reaches at the most, in signs of its line."""


Places = Mapping[int, Sequence[int]]
"""By the `id` of every dict and list in some data, the packed places of its entries, in their order: of the
key in a mapping, of the item in a list."""

Find = Callable[[SourceFile, int, Pointer], int]
"""The packed place of what stands at a pointer, in the document that begins on a line (counted from 0) of a
file; that of its nearest written parent, where nothing does."""


class LostField(Struct, frozen=True):
    """A field of which something cannot be read: what it was written as, and the entries of a list that are kept."""

    key: str
    kept: tuple[int, ...] = ()


class Document(Struct, frozen=True, eq=False):
    """One YAML document: its data, and where each value in it was written.

    `start` is the packed place of the whole. Few places are ever asked for, so where `find` is given they
    are found when they are. Data is never changed: documents may share parts of it. Where it is short of what was
    `written`, `lost` says of which fields.
    """

    file: SourceFile
    data: Any
    start: int = 0
    places: Places | None = None
    problems: tuple[Problem, ...] = ()
    find: Find | None = None
    written: "Document | None" = None
    lost: Mapping[str, LostField] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process has other ids: the places are handed over in the order of what they are in."""
        if self.places is None:
            held = (self.file, self.data, self.start, None, self.problems, self.find)
            return Document, (*held, self.written, self.lost)
        places = [self.places.get(id(held)) for held in _held(self.data)]
        return _placed, (replace(self, places=None), places)

    @property
    def path(self) -> str:
        """The file it came from, relative to the register."""
        return self.file.path

    @property
    def origin(self) -> "Origin":
        """The document as a place, to be walked from."""
        return Origin(self)

    def locate(self, pointer: Pointer) -> Location:
        """Where `pointer` was written, or its nearest written parent."""
        if self.written is not None:
            return self.written.locate(self._as_written(pointer))
        place, value = self.start, self.data
        if self.find is not None and pointer:
            place = self.find(self.file, self.start >> COLUMN_BITS, pointer)
        elif self.places is not None:
            for step in pointer:
                index = _index(value, step)
                if index is None:
                    break
                place, value = self.places[id(value)][index], value[step]
        return self.file.stretch(place >> COLUMN_BITS, place & (1 << COLUMN_BITS) - 1)

    def _as_written(self, pointer: Pointer) -> Pointer:
        """Where something stood before what cannot be read was lost."""
        field = (self.lost or {}).get(str(pointer[0])) if pointer else None
        if field is None:
            return pointer
        entry = pointer[1:2]
        known = [field.kept[i] for i in entry if isinstance(i, int) and i < len(field.kept)]
        return (field.key, *(known or entry), *pointer[2:])


def rebuilt(document: Document, data: Any) -> Document:
    """A document that says something else in places: what is not written there has the place of what holds it."""
    if document.written is not None:
        return replace(document, data=data)
    if document.places is None:
        return replace(document, data=data)
    places: dict[int, Sequence[int]] = {}
    waiting = [(data, document.data, document.start)]
    while waiting:
        new, old, at = waiting.pop()
        if not isinstance(new, (dict, list)):
            continue
        known = document.places.get(id(old), ()) if type(old) is type(new) else ()
        were = dict(zip(_keys(old) if known else (), known, strict=False))
        places[id(new)] = [were.get(key, at) for key in _keys(new)]
        waiting += [
            (new[key], old[key] if key in were else None, were.get(key, at)) for key in _keys(new)
        ]
    return replace(document, data=data, places=places)


def _keys(held: Any) -> Sequence[Any]:
    return list(held) if isinstance(held, dict) else range(len(held))


def _placed(document: Document, places: Sequence[Sequence[int] | None]) -> Document:
    """A document that came from another process, with its places."""
    pairs = zip(_held(document.data), places, strict=True)
    return replace(document, places={id(held): at for held, at in pairs if at is not None})


def _held(data: Any) -> Iterator[Any]:
    """Every dict and list in some data, each before what it holds."""
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, (dict, list)):
            yield value
            waiting += value.values() if isinstance(value, dict) else value


class Origin(Struct, frozen=True):
    """A place inside a document, walked like a path: `origin / "disclosures" / 0 / "to"`."""

    document: Document
    pointer: Pointer = ()

    def __truediv__(self, key: str | int) -> "Origin":
        return Origin(self.document, (*self.pointer, key))

    def lost(self, key: str) -> bool:
        """Whether the document has this field, and it cannot be read."""
        return key in (self.document.lost or ())

    @property
    def location(self) -> Location:
        """The written place, or that of the nearest enclosing value that was written."""
        return self.document.locate(self.pointer)


def _index(value: Any, step: str | int) -> int | None:
    if isinstance(value, dict) and step in value:
        return list(value).index(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return step
    return None


def _without_comment(line: str, column: int) -> str:
    """The line up to a comment. A `#` after a space begins one unless a quote is open."""
    if "#" not in line:
        return line.rstrip()
    quote = ""
    for i in range(column, len(line)):
        character = line[i]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and (i == column or line[i - 1] in " [{,:"):
            quote = character
        elif character == "#" and i and line[i - 1] in " \t":
            return line[:i].rstrip()
    return line.rstrip()
