"""YAML that is laid out plainly, read line by line: what most registers are made of.

Plain layout is the part of YAML in which a line says all there is to know about it: `key:`, `key: value`,
`- value` or `- key: value`, with a value in simple brackets or quotes if need be, and prose that goes on below.
Lines repeat from one activity to the next, so each is looked at once. Whatever else a document holds (escapes,
anchors, brackets over several lines, a key written twice, a fault) makes `read` give up, and `source` asks
libyaml. The tests hold the one against the other: where this gives data and places, libyaml gives the same.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from ropa.documents import wrapped
from ropa.documents.patterns import regex
from ropa.documents.wrapped import NOT_PLAIN, NoValue
from ropa.location import Pointer

MOST_DOCUMENTS = 100_000
"""In one file."""
DEEPEST = 32
"""Deeper documents are left to libyaml, which knows where to stop."""
MOST_BRACKETS = 16
NOTHING: Any = NoValue.NOTHING
"""What `read` gives where a document holds nothing but comments."""


Line = tuple[int, bool, str | None, Any, int]
"""What one line says: its column; whether it begins an entry of a list; its key, where it has one; the value,
`OPEN` where that stands on the lines below, `BEGUN` where it only begins here; and the column of a value in
brackets, or of one that begins, or -1.

A tuple without names: a million of them are taken apart, and Python does that faster.
"""

Entry = tuple[int, int, "dict[str, Entry] | list[Entry] | None"]
"""Where something was written, line and column from 0, and the entries of what is laid out below it."""

OPEN: Any = NoValue.OPEN
BEGUN: Any = NoValue.BEGUN
_NO_COLUMN, _WHOLE, _NOWHERE = -1, -2, -3
_INTEGER = regex(r"-?(?:0|[1-9][0-9]{0,14})")
_BEGINS_A_NUMBER = frozenset("-0123456789")
_BLANK: Line = (_NO_COLUMN, False, None, None, -1)
_KEY = r"[A-Za-z_][A-Za-z0-9_-]{0,99}+"
_LINE = regex(
    rf"(?P<indent>\ *)(?P<dash>-\ (?=\S))?(?:(?P<key>{_KEY}):(?:\ ++|$))?"
    # a part of what is possessed looks ahead before it takes anything: Python 3.11.2 does not give back what it took
    r"(?:(?P<word>[\w(](?:[^:\ ]++|:(?=[^\ ])|(?=\ ++[^\ #])\ ++)*+)"
    rf"|(?P<other>[\"'\[{{].*)|(?P<below>{wrapped.HEADER}))?"
    r"\ *(?:(?<![^\ ])#.*)?"
)
_END = regex(r"\ *(?:(?<=\ )#.*)?")
_FLOW_KEY = regex(rf"({_KEY}):\ ++")
_FLOW_WORD = regex(r"[\w(](?:[^,:#\[\]{}\ ]++|(?=\ ++[^,:#\[\]{}\ ])\ ++)*+")
_FLAT = regex(rf"{_FLOW_WORD.pattern}(?:(?=,\ [\w(]),\ {_FLOW_WORD.pattern})*+")
_OPENED = regex(wrapped.OPENED)
_QUOTED = regex(r"""'[^']*+(?:''[^']*+)*+'|"[^"\\]*+\"""")


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

    def read(self, lines: Sequence[str]) -> Any:  # noqa: C901, PLR0912, PLR0915 - one loop on purpose
        """The data of one document; `NOT_PLAIN` where its layout is not, `NOTHING` where it is empty."""
        data: Any = NOTHING
        # The mapping or list that the line belongs to, and the column of its entries.
        here: Any = None
        column, in_list = _NOWHERE, False
        above: list[tuple[Any, int, bool]] = []
        key: str | None = None  # a key whose value stands below
        behind = 0  # the line behind a value over several lines
        for number, written in enumerate(lines):
            if number < behind:
                continue
            line = self[written]
            if line is None:
                value, behind = self._goes_on(lines, number, column, behind)
                if value is NOT_PLAIN or not here:
                    return NOT_PLAIN
                here[-1 if in_list else next(reversed(here))] = value
                key = None
                continue
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
            if value is BEGUN:
                value, behind = self._begun(lines, number, line)
                if value is NOT_PLAIN:
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

    def outline(self, lines: Sequence[str]) -> Entry:
        """Where everything in lines that `read` has read was written."""
        inside: dict[str, Entry] = {}
        above: list[tuple[int, bool, Any]] = [(0, False, inside)]
        start, behind = -1, 0
        key: str | None = None  # a key whose value stands below
        for number, written in enumerate(lines):
            line = _BLANK if number < behind else self[written]
            column, _, here = above[-1]
            if line is None:
                _, behind = self._goes_on(lines, number, column, behind)
                key = None
                continue
            at, dash, name, value, _ = line
            if at == _NO_COLUMN:
                continue
            if at == _WHOLE:
                return number, 0, None
            start = number if start < 0 else start
            if key is not None and (at > column or (dash and at == column)):
                below: Any = [] if dash else {}
                here[key] = (*here[key][:2], below)
                above.append((at, dash, below))
            _leave(above, at, dash)
            if value is BEGUN:
                _, behind = self._begun(lines, number, line)
            _add(above, number, line)
            key = name if value is OPEN else None
        return start, 0, inside

    def place(
        self, lines: Callable[[int], str], outline: Entry, pointer: Pointer
    ) -> tuple[int, int]:
        """The line and column of what stands at a pointer, or of its nearest written parent.

        `lines` gives a line of the document by its number.
        """
        line, column, inside = outline
        for depth, step in enumerate(pointer):
            if inside is None:
                found = self._in_flow(lines(line), pointer[depth:])
                return line, column if found is None else found
            below = _entry(inside, step)
            if below is None:
                break
            line, column, inside = below
        return line, column

    def _begun(self, lines: Sequence[str], number: int, line: Line) -> tuple[Any, int]:
        """The value that begins on a line and takes several, and the line behind it."""
        at, dash, name, _, begins = line
        begun = lines[number][begins:]
        column = at + 2 if dash and name is not None else at
        if begun[0] in "\"'":
            return wrapped.quoted(lines, number + 1, column, begun)
        return wrapped.block(lines, number + 1, column, begun.partition(" ")[0])

    def _goes_on(
        self, lines: Sequence[str], number: int, column: int, behind: int
    ) -> tuple[Any, int]:
        """The words that an entry has above a line and on it, and the line behind them."""
        above = number - 1
        while above >= behind and not lines[above].strip(" "):
            above -= 1
        found = _LINE.fullmatch(lines[above]) if above >= behind else None
        if found is None or not (found["key"] or found["dash"]):
            return NOT_PLAIN, number
        begun = found["word"] or ""
        ends_on_it = found.end("word") if begun else found.end("key") + 1
        if lines[above][ends_on_it:].strip(" "):
            return NOT_PLAIN, number
        value, end = wrapped.words(lines, above + 1, column, begun)
        return value if value is NOT_PLAIN else self._scalars[value], end

    def _in_flow(self, written: str, steps: Pointer) -> int | None:
        """The column of what stands at a pointer inside the value in brackets that ends a line."""
        *_, value, begins = self[written] or _BLANK
        if begins < 0 or value is BEGUN:
            return None
        flow = _FlowText(written, self._scalars)
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
        if found is None or not written.isprintable() or len(written) > WIDEST:
            return None
        indent, dash, key, word, other, below = found.groups()
        at, begins = len(indent), max(found.start("other"), found.start("below"))
        if not (key or dash):
            if word is None and begins < 0:
                return _BLANK
            if begins != 0 or written[0] != "{":
                return None
            at = _WHOLE
        if word is not None:
            value = self._scalars[word]
        elif other is not None:
            value = self._flow(written, begins)
        elif below is not None:
            value = BEGUN
        else:
            value = OPEN if key else NOT_PLAIN
        return None if value is NOT_PLAIN else (at, dash is not None, key, value, begins)

    def _flow(self, written: str, at: int) -> Any:
        """The value in brackets or quotes that ends a line, or the quote that does not end there."""
        if _OPENED.fullmatch(written, at):
            return BEGUN
        inside = written[at + 1 : -1]
        if written[at] == "[" and written[-1] == "]" and _FLAT.fullmatch(inside):
            return [self._scalars[word] for word in inside.split(", ")]
        try:
            value, end = _FlowText(written, self._scalars).value(at)
        except _NotPlain:
            return NOT_PLAIN
        return value if _END.fullmatch(written, end) else NOT_PLAIN


def _entry(inside: dict[str, Entry] | list[Entry], step: str | int) -> Entry | None:
    if isinstance(inside, dict):
        return inside.get(step) if isinstance(step, str) else None
    return inside[step] if isinstance(step, int) and step < len(inside) else None


def _leave(above: list[tuple[int, bool, Any]], at: int, dash: bool) -> None:
    """Leave the mappings and lists that end where a line begins; a list may stand as far left as its key."""
    while above[-1][0] > at or (above[-1][0] == at and above[-1][1] and not dash):
        above.pop()


def _add(above: list[tuple[int, bool, Any]], number: int, line: Line) -> None:
    """Note the entries that a line begins, in what holds them."""
    at, dash, name, _, _ = line
    if dash:
        at += 2
        inside: dict[str, Entry] | None = None if name is None else {}
        above[-1][2].append((number, at, inside))
        if name is not None:
            above.append((at, False, inside))
    if name is not None:
        above[-1][2][name] = (number, at, None)


WIDEST = 4_096
"""How many signs a plain line has at the most: each place on it is looked for from its beginning on."""


class _NotPlain(Exception):
    """A value in brackets or quotes that needs looking at twice."""


class _FlowText:
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
