"""Files in, plain data and the place of every value out. The only module that knows YAML.

It reads the JSON-like part of the language on purpose: `country: NO` is Norway, `2026-01-31` and `010`
are text, and aliases and tags are refused. It builds the data straight from the events of libyaml's
parser, which takes less time than PyYAML needs to compose its nodes, and bounds what a file may ask for.
"""

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ropa.document import COLUMN_BITS, Document, SourceFile
from ropa.findings import Problem
from ropa.location import Location

DEEPEST = 64
LONGEST = 64 * 1024 * 1024
MOST_RESTARTS = 100
MOST_DOCUMENTS = 100_000
SUFFIXES = (".yaml", ".yml")

Watch = Callable[[int, int], None]
"""Told how many files are read, of how many."""

_WIDEST = (1 << COLUMN_BITS) - 1
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_WORDS: Mapping[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
# Control characters, and the line separators and the byte order mark that editors do not show.
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_STRING_TAGS = (None, "!", "tag:yaml.org,2002:str")
_DROPPED = object()
"""Stands for a key that cannot be kept, so that its value is read and thrown away."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose text cannot be had, and the place and reason."""

    path: str
    problem: Problem


def read_tree(root: Path, watch: Watch = lambda done, total: None) -> Iterator[Document]:
    """Every document of every YAML file under `root`, in the order of their paths.

    Names that begin with a dot are passed over. What cannot be read becomes a document without data
    whose problem says why.
    """
    paths = sorted(_yaml_files(root, ""))
    words = dict(_WORDS)
    for done, path in enumerate(paths, 1):
        match read_text(root, path):
            case SourceFile() as file:
                yield from parse(file, words)
            case Unreadable(problem=problem):
                yield Document(SourceFile(path, ""), None, problems=(problem,))
        watch(done, len(paths))


def read_text(root: Path, path: str) -> SourceFile | Unreadable:
    """The text of one file inside `root`; it never follows a path or a link out of there."""
    whole = root / path
    try:
        inside = whole.resolve(strict=True).is_relative_to(root.resolve())
        status = whole.stat()
        if not inside:
            return _unreadable(path, "it leads outside the register", "keep it inside the folder")
        if not stat.S_ISREG(status.st_mode):
            return _unreadable(path, "it is not an ordinary file", "replace it by a file")
        if status.st_size > LONGEST:
            return _unreadable(path, f"it is larger than {LONGEST >> 20} MiB", "split it")
        return _decoded(path, whole.read_bytes())
    except FileNotFoundError:
        return _unreadable(path, "there is no such file", "check the name")
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name, ...
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        return _unreadable(path, str(reason).lower(), "check its name and permissions")


def parse(file: SourceFile, words: dict[str, Any] | None = None) -> Iterator[Document]:
    """The documents of one YAML stream.

    After a fault that stops the parser it goes on at the next line that begins a document, so that one
    broken document does not hide those behind it. `words` remembers what each plain word means, and
    keeps one copy of it for all the files that share it.
    """
    words = dict(_WORDS) if words is None else words
    first: int | None = 0
    for _ in range(MOST_RESTARTS):
        if first is None:
            return
        reader = _Reader(file, first, words)
        yield from reader.documents()
        first = reader.resume
    if first is not None:
        at = file.stretch(first, 0)
        problem = Problem(at, "too many broken documents in one file", "mend those above first")
        yield Document(file, None, problems=(problem,))


def _yaml_files(root: Path, prefix: str) -> Iterator[str]:
    with os.scandir(root / prefix) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                yield from _yaml_files(root, f"{path}/")
            elif entry.name.endswith(SUFFIXES):
                yield path


def _decoded(path: str, raw: bytes) -> SourceFile | Unreadable:
    try:
        return SourceFile(path, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        at = Location(path, line, column, line, column + 1)
        byte = raw[error.start]
        message = f"the text is not UTF-8: byte 0x{byte:02x} does not belong here"
        return Unreadable(path, Problem(at, message, "save the file as UTF-8", where=path))


def _unreadable(path: str, reason: str, hint: str) -> Unreadable:
    return Unreadable(path, Problem(Location(path), f"cannot read it: {reason}", hint, where=path))


class _Stopped(Exception):
    """The parser cannot go on, and why."""

    def __init__(self, line: int, column: int, message: str, hint: str) -> None:
        self.line, self.column, self.message, self.hint = line, column, message, hint


class _Reader:
    """Reads one stretch of a file, from the line `first` to the end or to a fault that stops it."""

    def __init__(self, file: SourceFile, first: int, words: dict[str, Any]) -> None:
        self.file = file
        self.first = first
        self.words = words
        self.resume: int | None = None
        self.problems: list[Problem] = []

    def documents(self) -> Iterator[Document]:
        try:
            yield from self._documents()
        except _Stopped as stop:
            self._problem(stop.line, stop.column, stop.message, stop.hint)
            yield Document(self.file, None, problems=tuple(self.problems))
            self.resume = _next_document(self.file, max(stop.line, self.first + 1))

    def _documents(self) -> Iterator[Document]:
        text = "\n".join(self.file.lines[self.first :]) if self.first else self.file.text
        if refused := _REFUSED.search(text):
            raise _stopped_by_character(text, refused, self.first)
        parser = yaml.cyaml.CParser(text)
        try:
            yield from self._events(parser.get_event)
        except yaml.MarkedYAMLError as error:
            raise _stopped_by_yaml(error, self.first) from None
        finally:
            parser.dispose()

    def _events(self, get_event: Callable[[], Any]) -> Iterator[Document]:
        count = 0
        while not isinstance(event := get_event(), StreamEndEvent):
            if not isinstance(event, DocumentStartEvent):
                continue
            count += 1
            if count > MOST_DOCUMENTS:
                line = event.start_mark.line + self.first
                raise _Stopped(line, 0, f"more than {MOST_DOCUMENTS} documents in one file", "split it")
            self.problems = []
            places: dict[int, list[int]] = {}
            start, data = self._value(get_event, places)
            if data is not None or self.problems:  # else there was nothing, or only a comment
                yield Document(self.file, data, start, places, tuple(self.problems))

    def _value(self, get_event: Callable[[], Any], places: dict[int, list[int]]) -> tuple[int, Any]:
        """The place and the data of one document.

        One flat loop over the events, because the whole tool spends most of its time here. `key` is None
        while a mapping waits for its next key; a mapping or list that stands where a key should is read
        under that None, and its value dropped.
        """
        words, first = self.words, self.first
        stack: list[tuple[Any, list[int], bool, Any]] = []
        start, current, written, in_mapping, key = -1, None, [], False, None
        while True:
            event = get_event()
            kind = type(event)
            if kind is MappingEndEvent or kind is SequenceEndEvent:
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
                continue
            mark = event.start_mark
            place = mark.line + first << COLUMN_BITS | min(mark.column, _WIDEST)
            if kind is ScalarEvent:
                text = event.value
                if event.implicit[0]:
                    value = words.get(text, words)
                    if value is words:
                        value = int(text) if _INTEGER.fullmatch(text) else text
                        words[text] = value
                else:
                    value = text
                    self._refuse_tag(event, event.tag not in _STRING_TAGS)
                if event.anchor:
                    self._refuse(event, f"the anchor &{event.anchor} is not allowed", "leave it out")
                if in_mapping and key is None:
                    key = value if type(value) is str else text
                    if key in current:
                        self._twice(key, current, written, place)
                        key = _DROPPED
                    else:
                        written.append(place)
                    continue
                if current is None:
                    start = place
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor:
                    self._refuse(event, f"the anchor &{event.anchor} is not allowed", "leave it out")
                self._refuse_tag(event, event.tag not in (None, "!"))
                if len(stack) >= DEEPEST:
                    line, column = mark.line + first, mark.column
                    raise _Stopped(line, column, f"nested more than {DEEPEST} deep", "write it flatter")
                if in_mapping and key is None:
                    self._refuse(event, "a key must be a plain word", "write `name: value`")
                if current is None:
                    start = place
                elif not in_mapping:
                    written.append(place)
                stack.append((current, written, in_mapping, key))
                in_mapping, key, written = kind is MappingStartEvent, None, []
                current = {} if in_mapping else []
                places[id(current)] = written
                continue
            elif kind is AliasEvent:
                self._refuse(event, f"the alias *{event.anchor} is not allowed", "write the value out")
                value = None
                if in_mapping and key is None:
                    key = _DROPPED
                    continue
            else:  # the end of a document that held one plain value
                return max(start, 0), value
            if in_mapping:
                if key is not _DROPPED:
                    current[key] = value
                key = None
            elif current is not None:
                written.append(place)
                current.append(value)

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

    def _refuse_tag(self, event: Any, refused: bool) -> None:
        if refused:
            self._refuse(event, f"the tag {event.tag} is not allowed", "leave the tag out")

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
        at = self.file.stretch(line, column)
        self.problems.append(Problem(at, message, hint, related, self.file.path))


def _next_document(file: SourceFile, line: int) -> int | None:
    return next((n for n in range(line, len(file.lines)) if file.lines[n].startswith("---")), None)


def _stopped_by_character(text: str, refused: re.Match[str], first: int) -> _Stopped:
    line = text.count("\n", 0, refused.start())
    column = refused.start() - text.rfind("\n", 0, refused.start()) - 1
    code = ord(refused[0])
    message = f"the character U+{code:04X} is invisible and not allowed in YAML"
    return _Stopped(line + first, column, message, "delete it")


_PLAIN_WORDS = (
    ("found character '\\t' that cannot start any token", "a tab cannot indent YAML", "use spaces"),
    ("found a tab character", "a tab cannot indent YAML", "use spaces"),
    ("mapping values are not allowed", "a second `:` on one line", "put quotes around the whole value"),
    ("did not find expected key", "this line does not fit the lines above it",
     "indent it like its neighbours, and close every quote and bracket"),
    ("did not find expected '-' indicator", "this line does not fit the list above it",
     "begin it with `- `, or indent it further"),
    ("could not find expected ':'", "a `:` is missing", "write `name: value`"),
    ("did not find expected ',' or", "a bracket or a comma is missing", "close every [ and {"),
    ("found unexpected end of stream", "a quote is opened and never closed", "close it"),
    ("found unexpected document indicator", "a quote is opened and never closed", "close it"),
    ("did not find expected <document start>", "something follows the end of the document",
     "begin a new document with `---`"),
    ("found character that cannot start any token", "this character cannot begin a value",
     "put quotes around the value"),
    ("found unknown escape character", "this \\ escape is not known", "use single quotes"),
    ("block sequence entries are not allowed", "a list cannot begin here", "put it on its own line"),
    ("found undefined tag handle", "tags (!…) are not allowed", "put quotes around the value"),
    ("maximum nesting", f"nested more than {DEEPEST} deep", "write it flatter"),
)


def _stopped_by_yaml(error: yaml.MarkedYAMLError, first: int) -> _Stopped:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + first, mark.column) if mark else (first, 0)
    said = str(error.problem or error.context or "it cannot be read")
    for known, message, hint in _PLAIN_WORDS:
        if known in said:
            return _Stopped(line, column, message, hint)
    return _Stopped(line, column, f"this is not YAML: {said}", "see the line above, too")
