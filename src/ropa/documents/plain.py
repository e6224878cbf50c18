"""YAML that is laid out plainly, read line by line: what most registers are made of.

Plain layout is the part of YAML in which a line says all there is to know about it: `key:`, `key: value`,
`- value` or `- key: value`, with a value that ends on its line, in simple brackets or quotes if need be.
Lines repeat from one activity to the next, so each is looked at once. Whatever else a document holds (text
over several lines, escapes, anchors, a key written twice, a fault) makes `read` give up, and `source` asks
libyaml. The tests hold the one against the other: where this gives data and places, libyaml gives the same.
"""

import re
from collections.abc import Sequence
from typing import Any

from ropa.location import Pointer

MOST_DOCUMENTS = 100_000
"""In one file."""
DEEPEST = 32
"""Deeper documents are left to libyaml, which knows where to stop."""
MOST_BRACKETS = 16
NOT_PLAIN: Any = object()
NOTHING: Any = object()
"""What `read` gives where a document holds nothing but comments."""


Line = tuple[int, bool, str | None, Any, int]
"""What one line says: its column; whether it begins an entry of a list; its key, where it has one; the value,
`OPEN` where that stands on the lines below; and the column of a value in brackets, or -1.

A tuple without names: a million of them are taken apart, and Python does that faster.
"""

OPEN: Any = object()
_NO_COLUMN, _WHOLE, _NOWHERE = -1, -2, -3
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_BEGINS_A_NUMBER = frozenset("-0123456789")
_BLANK: Line = (_NO_COLUMN, False, None, None, -1)
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}+"
_LINE = re.compile(
    rf"(?P<indent>\ *)(?P<dash>-\ (?=\S))?(?:(?P<key>{_KEY}):(?:\ ++|$))?"
    r"(?:(?P<word>[\w(](?:[^:\ ]++|:(?=[^\ ])|\ ++(?=[^\ #]))*+)|(?P<other>[\"'\[{].*))?"
    r"\ *(?:(?<![^\ ])#.*)?"
)
_END = re.compile(r"\ *(?:(?<=\ )#.*)?")
_FLOW_KEY = re.compile(rf"({_KEY}):\ ++")
_FLOW_WORD = re.compile(r"[\w(](?:[^,:#\[\]{}\ ]++|\ ++(?=[^,:#\[\]{}\ ]))*+")
_FLAT = re.compile(rf"{_FLOW_WORD.pattern}(?:,\ {_FLOW_WORD.pattern})*+")
_QUOTED = re.compile(r"""'[^']*+(?:''[^']*+)*+'|"[^"\\]*+\"""")


class Scalars(dict[str, Any]):
    """What each word without quotes means, one copy of it for all that share this."""

    def __init__(self) -> None:
        super().__init__({"": None, "~": None, "null": None, "true": True, "false": False})

    def __missing__(self, text: str) -> Any:
        number = text[0] in _BEGINS_A_NUMBER and _INTEGER.fullmatch(text)
        value = self[text] = int(text) if number else text
        return value


class Lines(dict[str, Line | None]):
    """The lines that were met, each with what it says, or None where it is not plain."""

    def __init__(self, scalars: Scalars) -> None:
        super().__init__()
        self._scalars = scalars

    def __missing__(self, written: str) -> Line | None:
        line = self[written] = self._look_at(written)
        return line

    def read(self, lines: Sequence[str]) -> Any:  # noqa: C901, PLR0912 - one loop on purpose
        """The data of one document; `NOT_PLAIN` where its layout is not, `NOTHING` where it is empty."""
        data: Any = NOTHING
        # The mapping or list that the line belongs to, and the column of its entries.
        here: Any = None
        column, in_list = _NOWHERE, False
        above: list[tuple[Any, int, bool]] = []
        key: str | None = None  # a key whose value stands below
        for written in lines:
            line = self[written]
            if line is None:
                return NOT_PLAIN
            at, dash, name, value, _ = line
            if key is not None or at != column or dash is not in_list:  # not just the next entry
                if at == _NO_COLUMN:
                    continue
                if key is not None and (at > column or (dash and at == column)):
                    above.append((here, column, in_list))
                    here[key] = here = [] if dash else {}
                    column, in_list = at, dash
                elif data is NOTHING:
                    if at == _WHOLE:
                        data = value
                        continue
                    data = here = {}
                    column = 0
                key = None
                while at < column:
                    here, column, in_list = above.pop() if above else (None, _NOWHERE, False)
                if at == column and in_list and not dash:
                    here, column, in_list = above.pop()
                if at != column or dash is not in_list:
                    return NOT_PLAIN
            if dash:
                if name is None:
                    here.append(value)
                    continue
                above.append((here, column, True))
                inside: dict[str, Any] = {}
                here.append(inside)
                here, column, in_list = inside, at + 2, False
            if here is None or name in here or len(above) > DEEPEST:
                return NOT_PLAIN
            if value is OPEN:
                key = name
                here[name] = None  # so that it keeps its place in the order
            else:
                here[name] = value
        return data

    def place(self, lines: Sequence[str], pointer: Pointer) -> tuple[int, int]:
        """The line and column, from 0, of what stands at a pointer in lines that `read` has read.

        Of its nearest written parent, where nothing does.
        """
        # Of every entry above: its column, whether it is of a list, its step.
        path: list[tuple[int, bool, Any]] = []
        found, depth, ending = (0, 0), -1, _BLANK
        for number, written in enumerate(lines):
            line = self[written] or _BLANK
            at, dash, name, *_ = line
            if at == _NO_COLUMN:
                continue
            index = _close(path, at, dash)
            kept = len(path)
            path += [(at, True, index)] if dash else []
            path += [(at + 2 * dash, False, name)] if name is not None else []
            common = _common([step for _, _, step in path], pointer)
            if common > max(depth, kept - 1) and (common > kept or depth < 0):
                found, depth = (number, max(at, 0) + 2 * dash), common
                ending = line if common == len(path) else _BLANK
            if depth == len(pointer):
                break
        column = self._in_flow(lines[found[0]], ending, pointer[max(depth, 0) :])
        return found if column is None else (found[0], column)

    def _in_flow(self, written: str, line: Line, steps: Pointer) -> int | None:
        """The column of what stands at a pointer inside a value in brackets."""
        *_, begins = line
        if begins < 0 or not steps:
            return None
        flow = _Flow(written, self._scalars)
        value, _ = flow.value(begins)
        column = None
        for step in steps:
            columns = flow.columns.get(id(value), {})
            if step not in columns:
                break
            column, value = columns[step], value[step]
        return column

    def _look_at(self, written: str) -> Line | None:
        found = _LINE.fullmatch(written)
        if found is None or not written.isprintable():
            return None
        indent, dash, key, word, other = found.groups()
        at, flow = len(indent), found.start("other")
        if not (key or dash):
            if word is None and other is None:
                return _BLANK
            if flow != 0 or other[0] != "{":
                return None
            at = _WHOLE
        if word is not None:
            value = self._scalars[word]
        elif other is not None:
            value = self._flow(written, flow)
        else:
            value = OPEN if key else NOT_PLAIN
        return None if value is NOT_PLAIN else (at, dash is not None, key, value, flow)

    def _flow(self, written: str, at: int) -> Any:
        """The value in brackets or quotes that ends a line."""
        inside = written[at + 1 : -1]
        if written[at] == "[" and written[-1] == "]" and _FLAT.fullmatch(inside):
            return [self._scalars[word] for word in inside.split(", ")]
        try:
            value, end = _Flow(written, self._scalars).value(at)
        except _NotPlain:
            return NOT_PLAIN
        return value if _END.fullmatch(written, end) else NOT_PLAIN


def _close(path: list[tuple[int, bool, Any]], at: int, dash: bool) -> int:
    """Leave the entries that end where a line begins; the number of the entry that begins, in a list."""
    index = 0
    while path and path[-1][0] >= at:
        column, in_list, step = path[-1]
        if dash and column == at and not in_list:  # a list may stand as far left as its key
            break
        index = step + 1 if dash and column == at else 0
        path.pop()
    return index


def _common(steps: Sequence[Any], pointer: Pointer) -> int:
    """How far two pointers agree."""
    for n, (one, other) in enumerate(zip(steps, pointer, strict=False)):
        if one != other:
            return n
    return min(len(steps), len(pointer))


class _NotPlain(Exception):
    """A value in brackets or quotes that needs looking at twice."""


class _Flow:
    """Reads a value in brackets or quotes; `columns` are those of the entries, by the `id` of what holds them."""

    def __init__(self, text: str, scalars: Scalars) -> None:
        self.text = text
        self.scalars = scalars
        self.columns: dict[int, dict[str | int, int]] = {}

    def value(self, at: int) -> tuple[Any, int]:
        """The value that begins at a column, and the column behind it."""
        match self.text[at : at + 1]:
            case "[":
                return self._entries(at, "]", [])
            case "{":
                return self._entries(at, "}", {})
            case "'" | '"':
                quoted = self._take(_QUOTED, at)
                text = quoted[0][1:-1]
                return text.replace("''", "'") if quoted[0][0] == "'" else text, quoted.end()
        word = self._take(_FLOW_WORD, at)
        return self.scalars[word[0]], word.end()

    def _entries(self, at: int, closing: str, entries: Any) -> tuple[Any, int]:
        if len(self.columns) >= MOST_BRACKETS:
            raise _NotPlain
        columns = self.columns[id(entries)] = {}
        at = self._skip(at + 1)
        while True:
            if closing == "]":
                columns[len(entries)] = at
                value, at = self.value(at)
                entries.append(value)
            else:
                key = self._take(_FLOW_KEY, at)
                if key[1] in entries:
                    raise _NotPlain
                columns[key[1]] = at
                entries[key[1]], at = self.value(key.end())
            at = self._skip(at)
            if self.text.startswith(closing, at):
                return entries, at + 1
            if not self.text.startswith(",", at):
                raise _NotPlain
            at = self._skip(at + 1)

    def _take(self, pattern: re.Pattern[str], at: int) -> re.Match[str]:
        found = pattern.match(self.text, at)
        if found is None:
            raise _NotPlain
        return found

    def _skip(self, at: int) -> int:
        while self.text.startswith(" ", at):
            at += 1
        return at
