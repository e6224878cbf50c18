"""YAML that is laid out plainly, read line by line: what most registers are made of.

Plain layout is the part of block style in which a line says all there is to know about it: `key:`,
`key: value`, `- value` or `- key: value`, with a value that ends on its line. Lines repeat from one
activity to the next, so each is looked at once. Whatever else a document holds (text over several lines,
anchors, a key written twice, a fault) makes `read` give up, and `source` asks libyaml, which also knows the
places. The tests hold the one against the other: where this gives data, libyaml gives the same.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

DEEPEST = 32
"""Deeper documents are left to libyaml, which knows where to stop."""


class Line(NamedTuple):
    """What one line says: an entry of a list (`dash`), of a mapping (`key`), or the first of a mapping in a list.

    `value` is `OPEN` where it stands on the lines below.
    """

    column: int
    dash: bool
    key: str | None
    value: Any


NOT_PLAIN: Any = object()
NOTHING: Any = object()
"""What `read` gives where a document holds nothing but comments."""
OPEN: Any = object()
_BLANK = Line(-1, False, None, None)
_LINE = re.compile(
    r"""(?P<indent>\ *)
    (?P<dash>-\ (?=\S))?
    (?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{0,99}):(?:\ +|$))?
    (?:
        (?P<word>[\w(](?:[^:\ ]|:(?=[^\ ])|\ +(?=[^\ \#]))*)
      | (?P<other>["'\[{].*)
    )?
    \ *(?:(?<![^\ ])\#.*)?""",
    re.VERBOSE,
)


class Lines:
    """The lines that were met, each with what it says, or None where it is not plain.

    `word` gives the data for a word without quotes, `other` for a value in quotes or brackets, or
    `NOT_PLAIN` where that is not a whole value by itself.
    """

    def __init__(self, word: Callable[[str], Any], other: Callable[[str], Any]) -> None:
        self._word = word
        self._other = other
        self._met: dict[str, Line | None] = {}

    def read(self, lines: Sequence[str]) -> Any:  # noqa: C901, PLR0912 - one loop on purpose
        """The data of one document; `NOT_PLAIN` where its layout is not, `NOTHING` where it is empty."""
        met = self._met
        data: Any = NOTHING
        here: Any = (
            None  # the mapping or list that the line belongs to, and the column of its entries
        )
        column = -1
        above: list[tuple[Any, int]] = []
        key: str | None = None  # a key whose value stands below
        for written in lines:
            try:
                line = met[written]
            except KeyError:
                line = met[written] = self._look_at(written)
            if line is None:
                return NOT_PLAIN
            at, dash, name, value = line
            if at < 0:  # nothing, or only a comment
                continue
            if key is not None:
                if at > column or (dash and at == column):
                    above.append((here, column))
                    here[key] = here = [] if dash else {}
                    column = at
                else:
                    here[key] = None
                key = None
            elif data is NOTHING:
                if at or dash:
                    return NOT_PLAIN
                data, here, column = {}, {}, 0
                here = data
            while at < column:
                here, column = above.pop()
            if at == column and not dash and type(here) is list:
                here, column = above.pop()
            if at != column or dash is (type(here) is dict):
                return NOT_PLAIN
            if dash:
                if name is None:
                    here.append(value)
                    continue
                above.append((here, column))
                inside: dict[str, Any] = {}
                here.append(inside)
                here, column = inside, at + 2
            if name in here or len(above) > DEEPEST:
                return NOT_PLAIN
            if value is OPEN:
                key = name
                here[name] = None  # it keeps its place in the order, and is refused twice
            else:
                here[name] = value
        return data

    def _look_at(self, written: str) -> Line | None:
        found = _LINE.fullmatch(written)
        if found is None:
            return None
        indent, dash, key, word, other = found.groups()
        if key is None and not dash:  # a comment, or text that belongs to the line above
            return _BLANK if word is None and other is None else None
        if word is not None:
            value = self._word(word)
        elif other is not None:
            value = self._other(other)
        else:
            value = NOT_PLAIN if key is None else OPEN
        return None if value is NOT_PLAIN else Line(len(indent), bool(dash), key, value)
