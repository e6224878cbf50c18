"""Two sides of a file that changed underneath: the lines that each has and the other has not."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from msgspec import Struct

from ropa.register.model import Statement

AROUND = 1
"""How many lines are shown before those that are new."""


class FileLine(Struct, frozen=True):
    """A line of a file with its number, and whether only this side has it."""

    number: int
    text: str
    new: bool


def lines_added(here: bytes, mine: bytes) -> tuple[FileLine, ...]:
    """The lines that are written anew, with the one before them."""
    old, new = (raw.decode("utf-8", "replace").splitlines() for raw in (here, mine))
    found: dict[int, FileLine] = {}
    for tag, _, _, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag in ("insert", "replace"):
            for number in range(max(0, start - AROUND), end):
                found[number] = FileLine(number + 1, new[number], number >= start)
    return tuple(found[number] for number in sorted(found))


def lines_of(here: bytes, statements: Iterable[Statement]) -> tuple[FileLine, ...]:
    """The lines of the statements that quote the sentence now."""
    text = here.decode("utf-8", "replace").splitlines()
    found: list[FileLine] = []
    for statement in statements:
        first = statement.origin.location.line
        indent = (
            len(text[first - 1]) - len(text[first - 1].lstrip(" ")) if first <= len(text) else 0
        )
        found.append(FileLine(first, text[first - 1], True))
        for number in range(first, len(text)):
            line = text[number]
            inside = len(line) - len(line.lstrip(" "))
            if inside <= indent or not line.strip():
                break
            found.append(FileLine(number + 1, line, True))
    return tuple(found)
