"""YAML read by libyaml, from the events of its parser. The only module that knows PyYAML.

It builds the data straight from the events, which takes less time than PyYAML needs to compose its nodes,
knows the place of every value, and says what is wrong in words that help. It is imported only when a
document is not laid out plainly: loading PyYAML takes as long as reading a hundred activities.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from sys import intern
from typing import Any

import yaml
from msgspec import Struct
from yaml._yaml import CParser  # there is no reading without libyaml, so its absence must be loud
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ropa.documents.document import COLUMN_BITS, Document, SourceFile
from ropa.documents.patterns import regex
from ropa.documents.plain import MOST_DOCUMENTS, Scalars
from ropa.findings import Problem
from ropa.location import Location

DEEPEST = 64
MOST_RESTARTS = 100
MOST_FAULTS = 100
_WIDEST = (1 << COLUMN_BITS) - 1
_STRING_TAGS = (None, "!", "tag:yaml.org,2002:str")
_DROPPED = object()
"""Stands for a key that cannot be kept, so that its value is read and thrown away."""


def parse(file: SourceFile, scalars: Scalars | None = None) -> Iterator[Document]:
    """The documents of one YAML stream as libyaml reads them.

    After a fault that stops the parser it goes on at the next line that begins a document, so that one
    broken document does not hide those behind it.
    """
    scalars = Scalars() if scalars is None else scalars
    faults: Counter[str] = Counter()
    first: int | None = 0
    for _ in range(MOST_RESTARTS):
        if first is None:
            return
        reader = _Reader(file, first, scalars, faults)
        yield from reader.documents()
        first = reader.resume
    if first is not None:
        at = file.stretch(first, 0)
        message, hint = "too many broken documents in one file", "mend those above first"
        problem = Problem(at, message, hint, where=file.path, facet="documents")
        yield Document(file, None, problems=(problem,))


def parse_stretch(
    file: SourceFile, first: int, lines: Sequence[str], scalars: Scalars
) -> tuple[Document, ...]:
    """The documents in some lines of a file, which begin with line `first`, counted from 0."""
    return tuple(_Reader(file, first, scalars, Counter(), "\n".join(lines)).documents())


class Stretch(Struct, frozen=True):
    """Where a value stands in a text, with those inside it: a mapping's by their keys, with the place of each.

    `block` says that it is laid out over lines, and not in brackets or on one line.
    """

    start: int
    end: int
    block: bool = False
    keys: Mapping[str, "tuple[int, Stretch]"] | None = None
    items: Sequence["Stretch"] | None = None


def stretches(text: str) -> tuple[Stretch, ...]:
    """Where the values of each document stand in a text that was read without fault."""
    return tuple(_stretch(text, node) for node in yaml.compose_all(text, yaml.CSafeLoader))


def _stretch(text: str, node: Any) -> Stretch:
    start, block = node.start_mark.index, not getattr(node, "flow_style", True)
    if isinstance(node, yaml.MappingNode):
        keys = {
            key.value: (key.start_mark.index, _stretch(text, value)) for key, value in node.value
        }
        last = max((stretch.end for _, stretch in keys.values()), default=start)
        return Stretch(start, last if block else node.end_mark.index, block, keys=keys)
    if isinstance(node, yaml.SequenceNode):
        items = tuple(_stretch(text, item) for item in node.value)
        last = max((item.end for item in items), default=start)
        return Stretch(start, last if block else node.end_mark.index, block, items=items)
    end = node.end_mark.index
    return Stretch(start, start + len(text[start:end].rstrip()))


def comments(file: SourceFile, marker: str) -> Iterator[tuple[int, int, str]]:
    """The comments with a marker in them: the line and column of their `#`, counted from 0, and their text.

    Comments are no events of the parser. What it takes for a value is none, be it quoted, a block of
    text or a plain word; behind a fault that stops the parser nobody can tell, so nothing there counts.
    """
    values: dict[int, list[tuple[int, int]]] = {}
    last = 0
    parser: Any = CParser(file.text)
    try:
        while not isinstance(event := parser.get_event(), StreamEndEvent):
            last = event.end_mark.line
            if isinstance(event, ScalarEvent):
                _note_value(event, values)
        last = len(file.lines)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError):
        pass
    finally:
        parser.dispose()
    for number, line in enumerate(file.lines[:last]):
        if marker in line:
            column = _comment_in(line, values.get(number, []))
            if marker in line[column:]:
                yield number, column, line[column:]


def _note_value(event: Any, values: dict[int, list[tuple[int, int]]]) -> None:
    """Note the columns that a value takes on each of its lines."""
    start, end = event.start_mark, event.end_mark
    block = event.style in ("|", ">")  # a comment may follow the sign that begins it
    for number in range(start.line + block, end.line + 1):
        first = start.column if number == start.line else 0
        values.setdefault(number, []).append((first, end.column if number == end.line else _WIDEST))


def _comment_in(line: str, values: list[tuple[int, int]]) -> int:
    """Where the comment of a line begins: at its end, where there is none."""
    for column, character in enumerate(line):
        begins = character == "#" and (column == 0 or line[column - 1] in " \t")
        if begins:
            before = bisect_right(values, (column, _WIDEST)) - 1
            if before < 0 or values[before][1] <= column:
                return column
    return len(line)


@cache
def _refused() -> re.Pattern[str]:
    """Control characters, and the line separators and the byte order mark that editors do not show.

    Compiled when it is wanted: so large a class of characters takes longer than reading a small register.
    """
    return regex(
        "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    )


class _Stopped(Exception):
    """The parser cannot go on, where it noticed (`line`, `column`), what to point at, and why."""

    def __init__(
        self, line: int, column: int, message: str, hint: str, at: tuple[int, int] | None = None
    ) -> None:
        self.line, self.message, self.hint = line, message, hint
        self.at = at or (line, column)


class _Reader:
    """Reads one stretch of a file, from the line `first` to the end or to a fault that stops it.

    `faults` counts what was found in the file before, to tell two faults of one kind apart. `text` is the
    stretch where it ends before the file does.
    """

    def __init__(
        self,
        file: SourceFile,
        first: int,
        scalars: Scalars,
        faults: Counter[str],
        text: str | None = None,
    ) -> None:
        self.file = file
        self.first = first
        self.text = text
        self.scalars = scalars
        self.faults = faults
        self.careful = False
        self.resume: int | None = None
        self.problems: list[Problem] = []

    def documents(self) -> Iterator[Document]:
        try:
            yield from self._documents()
        except _Stopped as stop:
            self._note(*stop.at, stop.message, stop.hint)
            yield Document(self.file, None, problems=tuple(self.problems))
            self.resume = _next_document(self.file, max(stop.line, self.first + 1))

    def _documents(self) -> Iterator[Document]:
        text = self.text
        if text is None:
            text = "\n".join(self.file.lines[self.first :]) if self.first else self.file.text
        # Only with one of these can there be an anchor, a tag, or an escape for an invisible character.
        self.careful = "&" in text or "!" in text or "\\" in text
        printable = text.replace("\n", "").isprintable()  # quick, and nearly always so
        if not printable and (refused := _refused().search(text)):
            stop = _stopped_by_character(text, refused, self.first)
            yield from self._parsed(
                "\n".join(self.file.lines[self.first : self._begin_of(stop.line)])
            )
            self.problems = []
            raise stop
        yield from self._parsed(text)

    def _begin_of(self, line: int) -> int:
        """The line that begins the document that a line is in."""
        before = bisect_right(self.file.beginnings, line)
        return max(self.first, self.file.beginnings[before - 1]) if before else self.first

    def _parsed(self, text: str) -> Iterator[Document]:
        parser = CParser(text)
        try:
            yield from self._events(parser.get_event)
        except yaml.MarkedYAMLError as error:
            raise _stopped_by_yaml(error, self.file, self.first) from None
        finally:
            parser.dispose()

    def _events(self, get_event: Callable[[], Any]) -> Iterator[Document]:
        count = 0
        while not isinstance(event := get_event(), StreamEndEvent):
            if not isinstance(event, DocumentStartEvent):
                continue
            count += 1
            if count > MOST_DOCUMENTS:
                mark: Any = event.start_mark
                at = mark.line + self.first, 0
                end = len(self.file.lines)
                raise _Stopped(
                    end, 0, f"more than {MOST_DOCUMENTS} documents in one file", "split it", at
                )
            places: dict[int, list[int]] = {}
            start, data = self._value(get_event, places)
            if data is not None or self.problems:  # else there was nothing, or only a comment
                yield Document(self.file, data, start, places, tuple(self.problems))
            self.problems = []

    def _value(  # noqa: C901, PLR0912, PLR0915 - one loop on purpose
        self, get_event: Callable[[], Any], places: dict[int, list[int]]
    ) -> tuple[int, Any]:
        """The place and the data of one document.

        One flat loop over the events, because the whole tool spends most of its time here. `key` is None
        while a mapping waits for its next key; a mapping or list that stands where a key should is read
        under that None, and its value dropped.
        """
        scalars, first, careful = self.scalars, self.first, self.careful
        stack: list[tuple[Any, list[int], bool, Any]] = []
        start, in_mapping = -1, False
        current: Any = None
        written: list[int] = []
        key: Any = None
        value: Any = None
        while True:
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                text = event.value
                if careful:
                    self._look_at(event, event.implicit[0])
                if in_mapping and key is None:
                    key = intern(text)
                    mark = event.start_mark
                    place = mark.line + first << COLUMN_BITS | mark.column
                    if key in current:
                        self._twice(key, current, written, place)
                        key = _DROPPED
                    else:
                        written.append(place)
                    continue
                value = scalars[text] if event.implicit[0] else text
                if in_mapping:
                    if key is not _DROPPED:
                        current[key] = value
                    key = None
                    continue
                mark = event.start_mark
                place = mark.line + first << COLUMN_BITS | mark.column
                if current is None:
                    start = place
                else:
                    written.append(place)
                    current.append(value)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                value = current
                current, written, in_mapping, key = stack.pop()
                if current is None:
                    return start, value
                if not in_mapping:
                    current.append(value)
                elif key is None:
                    key = _DROPPED
                else:
                    if key is not _DROPPED:
                        current[key] = value
                    key = None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                mark = event.start_mark
                if careful:
                    self._look_at(event, event.tag is None)
                if len(stack) >= DEEPEST:
                    line, column = mark.line + first, mark.column
                    raise _Stopped(
                        line, column, f"nested more than {DEEPEST} deep", "write it flatter"
                    )
                if in_mapping and key is None:
                    self._refuse(event, "a key must be a plain word", "write `name: value`")
                if current is None:
                    start = mark.line + first << COLUMN_BITS | mark.column
                elif not in_mapping:
                    written.append(mark.line + first << COLUMN_BITS | mark.column)
                stack.append((current, written, in_mapping, key))
                in_mapping, key, written = kind is MappingStartEvent, None, []
                current = {} if in_mapping else []
                places[id(current)] = written
            elif kind is AliasEvent:
                self._refuse(
                    event, f"the alias *{event.anchor} is not allowed", "write the value out"
                )
                if in_mapping and key is None:
                    key = _DROPPED
                elif in_mapping:
                    if key is not _DROPPED:
                        current[key] = None
                    key = None
                elif current is not None:
                    written.append(-1)
                    current.append(None)
            else:  # the end of a document that held one plain value
                return max(start, 0), value

    def _look_at(self, event: Any, untagged: bool) -> None:
        """Refuse an anchor, a tag that is not that of text, and what only an escape could bring in."""
        if event.anchor:
            self._refuse(event, f"the anchor &{event.anchor} is not allowed", "leave it out")
        if not untagged and event.tag not in _STRING_TAGS:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(
                event, f"the tag {tag} is not allowed", "leave it out, or quote the whole value"
            )
        if refused := _refused().search(getattr(event, "value", "")):
            message = f"the character U+{ord(refused[0]):04X} is invisible and not allowed"
            self._refuse(event, message, "leave the escape out")

    def _twice(self, key: str, current: dict[str, Any], written: list[int], place: int) -> None:
        before = written[list(current).index(key)]
        at = self.file.stretch(before >> COLUMN_BITS, before & _WIDEST)
        self._problem(
            place >> COLUMN_BITS,
            place & _WIDEST,
            f"`{key}` is written twice in the same place",
            "keep one of the two",
            ((at, f"`{key}` was first written here"),),
        )

    def _refuse(self, event: Any, message: str, hint: str) -> None:
        self._problem(event.start_mark.line + self.first, event.start_mark.column, message, hint)

    def _problem(
        self,
        line: int,
        column: int,
        message: str,
        hint: str,
        related: tuple[tuple[Location, str], ...] = (),
    ) -> None:
        if len(self.problems) == MOST_FAULTS:
            message, hint = (
                f"more than {MOST_FAULTS} faults in one document",
                "mend those above first",
            )
            raise _Stopped(line, column, message, hint)
        self._note(line, column, message, hint, related)

    def _note(
        self,
        line: int,
        column: int,
        message: str,
        hint: str,
        related: tuple[tuple[Location, str], ...] = (),
    ) -> None:
        at = self.file.stretch(line, column)
        fault = "-".join(re.findall(r"\w+", message.lower()))
        self.faults[fault] += 1
        facet = fault if self.faults[fault] == 1 else f"{fault}~{self.faults[fault]}"
        self.problems.append(Problem(at, message, hint, related, self.file.path, facet))


def _next_document(file: SourceFile, line: int) -> int | None:
    behind = bisect_left(file.beginnings, line)
    return file.beginnings[behind] if behind < len(file.beginnings) else None


def _stopped_by_character(text: str, refused: re.Match[str], first: int) -> _Stopped:
    before = SourceFile("", text[: refused.start()]).lines
    code = ord(refused[0])
    message = f"the character U+{code:04X} is invisible and not allowed in YAML"
    return _Stopped(len(before) - 1 + first, len(before[-1]), message, "delete it")


_FITS = (
    "this line does not fit the lines above it",
    "indent it like its neighbours, and close every quote and bracket",
)
_TAB = ("a tab cannot indent YAML", "use spaces")
_ESCAPE = ("this \\ escape is not known", "use single quotes")
_QUOTED = "put quotes around the value"
_PLAIN_WORDS = (
    ("found a tab character", *_TAB),
    (
        "mapping values are not allowed",
        "a second `:` on one line",
        "put quotes around the whole value",
    ),
    ("did not find expected key", *_FITS),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list above it",
        "begin it with `- `, or indent it further",
    ),
    ("could not find expected ':'", "a `:` is missing", "write `name: value`"),
    ("did not find expected ',' or", "a bracket or a comma is missing", "close every [ and {"),
    (
        "did not find expected node content",
        "a value is missing here",
        "close every [ and {, and take out spare commas",
    ),
    ("found unexpected", "a quote is opened here and never closed", "close it"),
    (
        "did not find expected <document start>",
        "something follows the end of the document",
        "begin a new document with `---`",
    ),
    ("found character that cannot start any token", "this character cannot begin a value", _QUOTED),
    ("did not find expected alphabetic", "a value cannot begin with * or &", _QUOTED),
    ("found unknown escape character", *_ESCAPE),
    ("found invalid Unicode character escape", *_ESCAPE),
    ("did not find expected hexdecimal number", *_ESCAPE),
    ("while scanning a block scalar", "nothing may follow a | or > that begins a text", _QUOTED),
    (
        "block sequence entries are not allowed",
        "a list cannot begin here",
        "put it on its own line",
    ),
    ("directive", "a line that begins with % is not allowed", "delete it"),
    ("incompatible YAML document", "a line that begins with % is not allowed", "delete it"),
    ("a tag", "tags (!…) are not allowed", _QUOTED),
    ("tag handle", "tags (!…) are not allowed", _QUOTED),
    ("maximum nesting", f"nested more than {DEEPEST} deep", "write it flatter"),
)


def _stopped_by_yaml(error: yaml.MarkedYAMLError, file: SourceFile, first: int) -> _Stopped:
    line, column = _place(error.problem_mark or error.context_mark, first)
    said = f"{error.problem or 'it cannot be read'} {error.context or ''}"
    unknown = (f"this is not YAML: {error.problem}", "see the line above, too")
    message, hint = next((words for known, *words in _PLAIN_WORDS if known in said), unknown)
    written = file.line(line + 1)
    at = None
    if written[column : column + 1] == "\t":
        message, hint = _TAB
    elif "mapping values" in said and not re.search(r":\s", written[:column]):
        message, hint = _FITS
    elif "found unexpected" in said:
        at = _place(error.context_mark, first)
    elif "expected ',' or" in said and (not written or line in file.beginnings):
        message, at = "a bracket is opened here and never closed", _place(error.context_mark, first)
    elif line >= len(file.lines) or (
        "node content" in said and (not written or line in file.beginnings)
    ):
        at = _end_above(file, line)
    return _Stopped(line, column, message, hint, at)


def _end_above(file: SourceFile, line: int) -> tuple[int, int]:
    """The last character above a line, where the parser has run on to the end."""
    above = next((n for n in range(line - 1, 0, -1) if file.lines[n].strip()), 0)
    return above, max(0, len(file.lines[above].rstrip()) - 1)


def _place(mark: Any, first: int) -> tuple[int, int]:
    return (mark.line + first, mark.column) if mark else (first, 0)
