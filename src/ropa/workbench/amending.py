"""YAML changed where it stands: bytes in, bytes out, and every comment and line that is not concerned as it was.

A change is written the way a person would write it there. Then the file is read again: what it says has to be what it
said, with the change and nothing else, or nothing is changed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from textwrap import wrap
from typing import Any

from msgspec import Struct

from ropa.documents import handwriting
from ropa.documents.document import COLUMN_BITS, Document
from ropa.documents.source import Unreadable, decoded, parse
from ropa.errors import RopaError
from ropa.location import Pointer

WIDEST = 118
"""How wide a line may be before its words go on in the next."""


class CannotAmend(RopaError):
    """A file is laid out so that it cannot be changed in place."""


class Entry(Struct, frozen=True):
    """Which document of a file: by its kind and id, and where a file has several of them, the first."""

    kind: str
    id: str


def added(raw: bytes, entry: Entry, key: str, value: Any, at: int | None = None) -> bytes:
    """A file with one more item in the list under a key: before the item `at`, or behind them all."""

    def change(data: Any) -> None:
        listed = data.setdefault(key, [])
        listed.insert(len(listed) if at is None else at, value)

    return _amended(raw, entry, change, lambda sheet: sheet.add(key, value, at))


def removed(raw: bytes, entry: Entry, key: str, at: int) -> bytes:
    """A file without one item of the list under a key; without the key where it was the last."""

    def change(data: Any) -> None:
        del data[key][at]
        if not data[key]:
            del data[key]

    return _amended(raw, entry, change, lambda sheet: sheet.remove(key, at))


def put(raw: bytes, entry: Entry, pointer: Pointer, value: Any) -> bytes:
    """A file with another value at a place of a document, or with none there where that is None."""

    def change(data: Any) -> None:
        _put(data, pointer, value)

    return _amended(raw, entry, change, lambda sheet: sheet.put(pointer, value))


def with_document(raw: bytes, data: Any) -> bytes:
    """A file with one more document at its end; with it alone where it held nothing."""
    text = raw.decode()
    more = handwriting.document(data)
    if not text.strip():
        return more.encode()
    end = "" if text.endswith("\n") else "\n"
    return f"{text}{end}---\n{more}".encode()


def _put(data: Any, pointer: Pointer, value: Any) -> None:
    *above, last = pointer
    for step in above:
        data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
    if value is None:
        del data[last]
    elif isinstance(data, list) and last == len(data):
        data.append(value)
    else:
        data[last] = value


def _amended(
    raw: bytes,
    entry: Entry,
    change: Callable[[Any], None],
    write: Callable[["_AmendedSheet"], None],
) -> bytes:
    file = decoded("amended.yaml", raw)
    if isinstance(file, Unreadable):
        raise CannotAmend(file.problem.message)
    before = list(parse(file))
    number = _which(before, entry)
    wanted = [document.data for document in before]
    wanted[number] = deepcopy(wanted[number])
    change(wanted[number])
    sheet = _AmendedSheet(file.text, before, number)
    write(sheet)
    text = sheet.text()
    made = list(parse(type(file)("amended.yaml", text)))
    if any(document.problems for document in made) or [d.data for d in made] != wanted:
        raise CannotAmend(
            f"{entry.kind} {entry.id} is laid out so that it cannot be changed here; change it in an editor"
        )
    bom = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    return bom + text.encode()


def _which(documents: Sequence[Document], entry: Entry) -> int:
    for number, document in enumerate(documents):
        data = document.data
        if isinstance(data, dict) and (data.get("kind"), data.get("id")) == (entry.kind, entry.id):
            return number
    raise CannotAmend(f"there is no {entry.kind} {entry.id} in this file any more")


class _AmendedSheet:
    """The lines of a file while one document of it is changed."""

    def __init__(self, text: str, documents: Sequence[Document], number: int) -> None:
        self.end = "\r\n" if "\r\n" in text else "\n"
        self.lines = text.replace("\r\n", "\n").split("\n")
        self.document = documents[number]
        self.data = self.document.data
        self.first = self.document.start >> COLUMN_BITS
        later = (n for n in range(self.first + 1, len(self.lines)) if self._parts(n))
        self.last = self._without_blanks(self.first, next(later, len(self.lines)))

    def text(self) -> str:
        """The file as it is now."""
        return self.end.join(self.lines)

    def _parts(self, number: int) -> bool:
        return bool(re.match(r"(?:---|\.\.\.)(?:\s|$)", self.lines[number]))

    def _without_blanks(self, first: int, end: int) -> int:
        """Where a stretch of lines ends without the blank lines and comments behind it."""
        while end > first + 1 and _says_nothing(self.lines[end - 1]):
            end -= 1
        return end

    def add(self, key: str, value: Any, at: int | None) -> None:
        """One more item of a list."""
        listed = self.data.get(key)
        if not listed:
            self.put((key,), [value])
            return
        if not self._is_block((key,)):
            self.put((key,), [*listed[:at], value, *([] if at is None else listed[at:])])
            return
        where = len(listed) if at is None else at
        margin = self._dash(key, 0)
        written = _lines(handwriting.item(value, " " * margin), margin + 2)
        number = self._line_of((key, where)) if where < len(listed) else self._end_of(key, margin)
        if where < len(listed):
            number = self._end_of_item(key, where - 1, margin) if where else number
        self.lines[number:number] = written

    def remove(self, key: str, at: int) -> None:
        """One item of a list less."""
        listed = self.data[key]
        if len(listed) == 1:
            self.put((key,), None)
        elif not self._is_block((key,)):
            self.put((key,), [*listed[:at], *listed[at + 1 :]])
        else:
            margin = self._dash(key, at)
            del self.lines[self._line_of((key, at)) : self._end_of_item(key, at, margin)]

    def put(self, pointer: Pointer, value: Any) -> None:
        """Another value at a place, written in the nearest mapping around it that has a line for each key."""
        data = deepcopy(self.data)
        _put(data, pointer, value)
        while len(pointer) > 1 and not self._has_lines(pointer[:-1]):
            pointer = pointer[:-1]
        held = self.data
        for step in pointer[:-1]:
            held, data = held[step], data[step]
        name = pointer[-1]
        if isinstance(name, int):
            self.put(pointer[:-1], data)
            return
        margin = self._margin(pointer[:-1])
        written = (
            []
            if name not in data
            else _lines(handwriting.entry(name, data[name], " " * margin), margin)
        )
        if name not in held:
            where = self._end_of_mapping(pointer[:-1])
            self.lines[where:where] = written
            return
        first = self._line_of(pointer)
        end = self._end_below(first, margin)
        head, tail, comments = self._kept(first, end, margin, len(written) == 1)
        if head and written:
            written[0] = head + written[0].lstrip(" ")
        elif head and data:
            self._promote(first, end, head)
            return
        if tail:
            written[-1] += tail
        self.lines[first:end] = [*comments, *written]

    def _promote(self, first: int, end: int, head: str) -> None:
        """The first key of an item goes: the next one takes its place behind the dash."""
        below = self.lines[end] if end < len(self.lines) else ""
        self.lines[first : end + 1] = [head + below.lstrip(" ")]

    def _kept(self, first: int, end: int, margin: int, flat: bool) -> tuple[str, str, list[str]]:
        """What stands before a key on its line (`- `), a comment behind it, and the comments inside what goes."""
        line = self.lines[first]
        head = line[:margin] if line[:margin].strip() else ""
        inside = [one for one in self.lines[first + 1 : end] if one.lstrip().startswith("#")]
        found = re.search(r"\s+#.*$", line) if flat and end == first + 1 else None
        tail = found[0] if found and not re.search(r"[\"']", found[0]) else ""
        return head, tail, inside

    def _is_block(self, pointer: Pointer) -> bool:
        """Whether a list stands item below item."""
        line = self.lines[self._line_of(pointer)]
        return bool(re.search(r":\s*(?:#.*)?$", line))

    def _has_lines(self, pointer: Pointer) -> bool:
        """Whether a mapping has a line for each of its keys."""
        held = self.data
        for step in pointer:
            if isinstance(held, dict) and step not in held:
                return False
            held = held[step]
        if not isinstance(held, dict):
            return False
        lines = [self._line_of((*pointer, key)) for key in held]
        within = all(self._has_lines_above(pointer[:n]) for n in range(1, len(pointer)))
        open_ = not pointer or not re.search(r"[{\[]", self._between(pointer))
        return open_ and within and len(set(lines)) == len(lines) > 0

    def _has_lines_above(self, pointer: Pointer) -> bool:
        return not re.search(r"[{\[]", self._between(pointer))

    def _between(self, pointer: Pointer) -> str:
        """What stands between the place of a value and the first thing in it."""
        held = self.data
        for step in pointer:
            held = held[step]
        if not held or not isinstance(held, (dict, list)):
            return ""
        key = next(iter(held)) if isinstance(held, dict) else 0
        return self._text(self._place(pointer), self._place((*pointer, key)))

    def _text(self, start: tuple[int, int], end: tuple[int, int]) -> str:
        if start[0] == end[0]:
            found = self.lines[start[0]][start[1] : end[1]]
        else:
            between = self.lines[start[0] + 1 : end[0]]
            found = "\n".join(
                (self.lines[start[0]][start[1] :], *between, self.lines[end[0]][: end[1]])
            )
        return re.sub(r"\s#[^\n]*", "", re.sub(r"^[\w.-]+|^\"[^\"]*\"|^'[^']*'", "", found))

    def _place(self, pointer: Pointer) -> tuple[int, int]:
        at = self.document.locate(pointer)
        return at.line - 1, at.column - 1

    def _line_of(self, pointer: Pointer) -> int:
        """The line of a key, or of the dash of an item."""
        return self._place(pointer)[0]

    def _dash(self, key: str, at: int) -> int:
        """How far in the dashes of a list stand."""
        line, column = self._place((key, at))
        before = self.lines[line][: column + 1]
        return before.rindex("-") if "-" in before else max(column - 2, 0)

    def _margin(self, pointer: Pointer) -> int:
        """How far in the keys of a mapping stand."""
        held = self.data
        for step in pointer:
            held = held[step]
        return self._place((*pointer, next(iter(held))))[1] if held else 0

    def _end_of(self, key: str, margin: int) -> int:
        return self._end_of_item(key, len(self.data[key]) - 1, margin)

    def _end_of_item(self, key: str, at: int, margin: int) -> int:
        first = self._line_of((key, at))
        return self._end_below(first, margin + 1)

    def _end_of_mapping(self, pointer: Pointer) -> int:
        if not pointer:
            return self.last
        margin = self._margin(pointer)
        held = self.data
        for step in pointer:
            held = held[step]
        return self._end_below(self._line_of((*pointer, list(held)[-1])), margin)

    def _end_below(self, first: int, margin: int) -> int:
        """Where what begins on a line ends: before the next line that stands no further in than its margin."""
        end = first + 1
        while end < self.last and self._goes_on(end, margin):
            end += 1
        return self._without_blanks(first, end)

    def _goes_on(self, number: int, margin: int) -> bool:
        line = self.lines[number]
        if not line.strip():
            return True
        inside = len(line) - len(line.lstrip(" "))
        dashed = inside == margin and line.lstrip().startswith("- ")
        return (
            inside > margin
            or (dashed and not line[:margin].strip())
            or (line.lstrip().startswith("#") and inside >= margin)
        )


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _lines(written: str, margin: int) -> list[str]:
    """What is written, line by line; words that are too long for a line go on in the next, further in."""
    return [piece for line in written.rstrip("\n").split("\n") for piece in _wrapped(line, margin)]


_PLAIN_WORDS = re.compile(
    r"(?P<key> *(?:- )?[\w-]+: )(?P<words>[A-Za-z(][^\"'{\[#]*|[A-Za-z(][^{\[#\"]*)"
)


def _wrapped(line: str, margin: int) -> Iterator[str]:
    found = _PLAIN_WORDS.fullmatch(line) if len(line) > WIDEST else None
    if found is None:
        yield line
        return
    key = found["key"]
    first, *others = wrap(
        found["words"], WIDEST, initial_indent=key, subsequent_indent=" " * (margin + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    yield first
    yield from others
