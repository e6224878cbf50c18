"""Markdown without anything but Markdown in it, written down straight from the parser's events.

It is what the rendered page gives, several times as fast. What needs the page, such as HTML or footnotes, is left to
the page.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ropa.seen.page import DEEPEST_LIST, MOST_NUMBERED
from ropa.seen.tree import Cell, Kind, Line, Scribe, Seen

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
        if not isinstance(event, dict):
            writer.sign(event)
            continue
        ((name, value),) = event.items()
        if name == "Text":
            writer.text(value, where["start"], 0)
        elif name == "Code":
            writer.text(value, where["start"], 1)
        elif name == "Start":
            writer.start(value)
        elif name == "End":
            writer.end(value)
        elif name != "TaskListMarker":
            raise NeedsPage
    return writer.scribe.sheet((), ())


class _Writer:
    """Has each event written down as the element that it renders to would be."""

    def __init__(self, source: str, at: Callable[[int, int], int]) -> None:
        self.scribe = Scribe()
        self._source, self._at = source, at
        self._lists: list[int | None] = []  # the number of the next item of each
        self._head = False
        self._strong = self._images = self._depth = self._tables = self._column = 0

    def text(self, words: str, byte: int, more: int) -> None:
        """Writes words down."""
        if self._images:
            return
        home = self._at(byte, more)
        as_it_is = self._source.startswith(words, home)
        begun = 0
        for number, line in enumerate(words.split("\n")):  # more than one in a block of code
            if number:
                self.scribe.turn()
            if line.isspace():
                self.scribe.space()
            elif line:
                self._line(line, home + begun if as_it_is else home, as_it_is=as_it_is)
            begun += len(line) + 1

    def _line(self, line: str, home: int, *, as_it_is: bool) -> None:
        stretches = ((0, home),) if as_it_is else tuple((at, home) for at in range(len(line)))
        self.scribe.words(line, stretches, strong=self._strong > 0, why="")

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
