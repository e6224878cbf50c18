"""Markdown without anything but Markdown in it, written down straight from the parser's events.

It is what the rendered page gives, several times as fast. What needs the page, such as HTML or footnotes, is left to
the page.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from sys import maxsize
from typing import Any

from ropa.seen.page import DEEPEST_LIST, MOST_NUMBERED
from ropa.seen.tree import Cell, Kind, Line, Scribe, Seen

_Piece = tuple[str, int, bool]
"""Words, the place of their first letter, and whether they stand there letter for letter."""
_WORDS = ("Emphasis", "Link")
_RANKS = {f"H{rank}": rank for rank in range(1, 7)}
DEEPEST = 200


class NeedsPage(Exception):
    """There is something in it that only the rendered page shows as it is."""


def seen_of_events(
    source: str, events: Iterable[tuple[Any, Any]], at: Callable[[int, int], int]
) -> Seen:
    """What is seen of a text in Markdown, of its events with their bytes. Raises `NeedsPage`."""
    writer = _Writer(source, at)
    for event, where in events:
        if isinstance(event, dict):
            ((name, value),) = event.items()
            if name == "Text":
                writer.text(value, where["start"])
                continue
        writer.flush()
        if not isinstance(event, dict):
            writer.sign(event)
        elif name == "Code":
            writer.text(value, where["start"], 1)
            writer.flush()
        elif name == "Start":
            writer.start(value)
        elif name == "End":
            writer.end(value)
        elif name != "TaskListMarker":
            raise NeedsPage
    writer.flush()
    return writer.scribe.sheet((), ())


class _Writer:
    """Has each event written down as the element that it renders to would be."""

    def __init__(self, source: str, at: Callable[[int, int], int]) -> None:
        self.scribe = Scribe()
        self._source, self._at = source, at
        self._pieces: list[_Piece] = []
        self._lists: list[int | None] = []  # the number of the next item of each
        self._head = False
        self._strong = self._images = self._depth = self._tables = self._column = 0

    def text(self, words: str, byte: int, more: int = 0) -> None:
        """Takes up words. The parser gives a text in pieces where a sign in it might have begun something."""
        if not self._images:
            home = self._at(byte, more)
            self._pieces.append((words, home, self._source.startswith(words, home)))

    def flush(self) -> None:
        """Writes down what was taken up, as the one text that it is on the page."""
        if not self._pieces:
            return
        whole = "".join([words for words, _, _ in self._pieces])
        stretches = _stretches(self._pieces)
        self._pieces.clear()
        begun = 0
        for number, line in enumerate(whole.split("\n")):  # more than one in a block of code
            if number:
                self.scribe.turn()
            if line.isspace():
                self.scribe.space()
            elif line:
                of_line = _within(stretches, begun, begun + len(line))
                self.scribe.words(line, of_line, strong=self._strong > 0, why="")
            begun += len(line) + 1

    def sign(self, event: str) -> None:
        """A line end or a rule."""
        if event in ("SoftBreak", "HardBreak"):
            self.scribe.turn()
        elif event == "Rule":
            self._block()

    def start(self, value: Any) -> None:
        """Begins an element."""
        self._depth += 1
        name: str
        held: Any
        name, held = next(iter(value.items())) if isinstance(value, dict) else (value, None)
        if self._depth > DEEPEST:
            raise NeedsPage
        if name == "Strong":
            self._strong += 1
        elif name == "Image":
            self._images += 1
        elif name == "Link" and not self._images:
            self.scribe.links[held["dest_url"]] = None
        elif name in ("Paragraph", "BlockQuote", "CodeBlock"):
            self._block()
        elif name == "Heading":
            self.scribe.block(Line(0, 0, Kind.HEADING, 0, _RANKS[held["level"]]))
        elif name not in _WORDS:
            self._starts(name, held)

    def _starts(self, name: str, held: Any) -> None:
        """Begins a list or a table, or what is in one."""
        if name == "List":
            self._block()
            self._lists.append(held)
        elif name == "Item":
            indent = 2 * min(len(self._lists) - 1, DEEPEST_LIST)
            self.scribe.block(Line(0, 0, Kind.BULLET, indent, 0, self._number()))
        elif name == "Table" and len(held) > 1:
            self.scribe.end()
            self._tables += 1
        elif name in ("TableHead", "TableRow"):
            self.scribe.row(Line(0, 0, Kind.ROW, table=self._tables))
            self._column, self._head = 0, name == "TableHead"
        elif name == "TableCell":
            self.scribe.cell(Cell(-1, 0, self._column, head=self._head))
            self._column += 1
        else:
            raise NeedsPage

    def end(self, value: Any) -> None:
        """Ends an element."""
        self._depth -= 1
        name = next(iter(value)) if isinstance(value, dict) else value
        if name == "Strong":
            self._strong -= 1
        elif name == "Image":
            self._images -= 1
        elif name == "TableCell":
            self.scribe.end_cell()
        elif name in ("TableHead", "TableRow"):
            self.scribe.end_row()
        elif name not in _WORDS:
            if name == "List":
                self._lists.pop()
            self.scribe.end()

    def _block(self) -> None:
        self.scribe.block(Line(0, 0, None, 2 * min(len(self._lists), DEEPEST_LIST)))

    def _number(self) -> str:
        number = self._lists[-1]
        if number is None:
            return ""
        self._lists[-1] = number + 1
        return f"{number}." if 0 <= number < MOST_NUMBERED else ""


def _stretches(pieces: list[_Piece]) -> list[tuple[int, int]]:
    """Where in the words of all pieces each stretch begins, and where it comes from."""
    found: list[tuple[int, int]] = []
    begun = 0
    for words, home, as_it_is in pieces:
        found += [(begun, home)] if as_it_is else [(begun + at, home) for at in range(len(words))]
        begun += len(words)
    return found


def _within(stretches: list[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches of a part of the words, as seen from its beginning."""
    if not start and (len(stretches) == 1 or stretches[-1][0] < end):
        return tuple(stretches)
    first = bisect_right(stretches, (start, maxsize)) - 1
    at, home = stretches[first]
    rest = [(at - start, home) for at, home in stretches[first + 1 :] if at < end]
    return ((0, home + start - at), *rest)
