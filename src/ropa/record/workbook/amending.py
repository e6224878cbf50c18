"""Changing a few values of a YAML document and nothing else of its text: comments and layout stay.

What a document is to say is given as it was understood before and as it is to be understood now. Where the two are
the same the text is left alone, so that it may say the same in a way of its own.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from ropa.documents import handwriting
from ropa.documents.libyaml import Stretch, stretches

Data = Mapping[str, Any]
LISTS_OF_ENTRIES = frozenset(
    {"sources", "basis", "retention", "disclosures", "onward", "breach", "on_behalf_of"}
)
"""Lists whose order means nothing."""
_ALWAYS_LISTS = frozenset({"disclosures", "onward"})
_IDENTITY = ("to", "from", "controller", "record")
_Change = tuple[int, int, str]


def normal(value: Any, key: str = "") -> Any:
    """A value as it is compared: entries in an order of their own, words in that of the register."""
    match value:
        case dict():
            return {k: normal(v, k) for k, v in sorted(value.items())}
        case list():
            made = [normal(v) for v in value]
            return sorted(made, key=json.dumps) if key in LISTS_OF_ENTRIES else made
    return value


def short(value: Any, key: str = "") -> Any:
    """A value as a person writes it: one entry needs no list, and what is only a name no mapping."""
    match value:
        case dict():
            return {k: short(v, k) for k, v in value.items()}
        case list():
            made = [short(v) for v in value]
            if key == "sources":
                made = [
                    v["from"] if isinstance(v, dict) and set(v) == {"from"} else v for v in made
                ]
            return made[0] if len(made) == 1 and key not in _ALWAYS_LISTS else made
    return value


def amended(text: str, stretch: Stretch, before: Data, now: Data, *, exact: bool = False) -> str:
    """The text with the document at a stretch changed from what it said before to what it is to say now.

    What is written anew is written short, and lists of entries in any order are the same; unless it has to say
    `exact`ly what it is to say.
    """
    changes = _Amending(text, exact).mapping(stretch, before, now)
    for start, end, new in sorted(changes, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def rewritten(text: str, stretch: Stretch, keys: Sequence[str], now: Data) -> str:
    """The text with some fields of a document written anew as a whole, whatever they said and how."""
    for key in keys:
        there, here = stretch.keys or {}, _margin(text, stretch.start)
        written = handwriting.entry(key, short(now[key], key), here) if key in now else ""
        if key in there and key in now:
            at, place = there[key]
            text = f"{text[:at]}{written.strip(' ').rstrip(chr(10))}{text[place.end :]}"
        elif key in there or key in now:
            start, end, new = (
                _removed(text, stretch, key) if key in there else _added(text, stretch.end, written)
            )
            text = f"{text[:start]}{new}{text[end:]}"
        at_line = text.count("\n", 0, stretch.start)
        stretch = next(s for s in stretches(text) if text.count("\n", 0, s.start) == at_line)
    return text


def without(text: str, first_line: int, last_line: int) -> str:
    """The text without the document that stands from one line to another, the dashes around it included."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:first_line], *lines[last_line:]])


class _Amending:
    """A text in which a document is changed, and how what is changed is compared and written."""

    def __init__(self, text: str, exact: bool) -> None:
        self.text, self.exact = text, exact

    def mapping(self, here: Stretch, before: Data, now: Data) -> Iterator[_Change]:
        """What changes in a mapping, key by key."""
        keys, text = here.keys or {}, self.text
        order = [key for key in now if key in keys]
        for key in dict.fromkeys((*before, *now)):
            if self._same(before.get(key), now.get(key), key):
                continue
            if key in keys and key in now:
                yield from self._value(key, keys[key], before.get(key), now[key])
            elif key in keys:
                yield _removed(text, here, key)
            elif key in now:
                above = [k for k in order if list(now).index(k) < list(now).index(key)]
                after = keys[above[-1]][1].end if above else here.end
                yield _added(text, after, self._entry(key, now[key], _margin(text, here.start)))

    def _value(
        self, key: str, place: tuple[int, Stretch], before: Any, now: Any
    ) -> Iterator[_Change]:
        at, here = place
        one_each = (
            isinstance(before, list) and isinstance(now, list) and len(before) == len(now) == 1
        )
        if here.block and here.keys and one_each and isinstance(now[0], dict):
            before, now = before[0], now[0]  # an entry that stands for a list
        if here.block and here.keys and isinstance(before, dict) and isinstance(now, dict):
            yield from self.mapping(here, before, now)
        elif (
            here.block
            and here.items
            and isinstance(before, list)
            and isinstance(now, list)
            and len(before) == len(here.items)
            and now
        ):
            yield from self._entries(here, before, now)
        else:
            written = self._entry(key, now, _margin(self.text, at))
            yield at, here.end, written.strip(" ").rstrip("\n")

    def _entries(
        self, here: Stretch, before: Sequence[Any], now: Sequence[Any]
    ) -> Iterator[_Change]:
        items, text = here.items or (), self.text
        pairs = dict(_aligned(before, now))
        margin = _margin(text, text.rindex("-", 0, items[0].start))
        for n, item in enumerate(items):
            dash = text.rindex("-", 0, item.start)
            if n not in pairs:
                yield (*_lines_of(text, dash, item.end), "")
            elif not self._same(before[n], now[pairs[n]]):
                old, new = before[n], now[pairs[n]]
                if item.block and item.keys and isinstance(old, dict) and isinstance(new, dict):
                    yield from self.mapping(item, old, new)
                else:
                    written = self._item(new, _margin(text, dash))
                    yield dash, item.end, written.strip(" ").rstrip("\n")
        for after, entries in _inserted(pairs, len(items), now):
            written = "".join(self._item(entry, margin) for entry in entries)
            if after is None:
                start = text.rfind("\n", 0, items[0].start) + 1
                yield start, start, written
            else:
                yield _added(text, items[after].end, written)

    def _same(self, before: Any, now: Any, key: str = "") -> bool:
        if not self.exact:
            before, now = normal(before, key), normal(now, key)
        return bool(before == now)

    def _entry(self, key: str, value: Any, margin: str) -> str:
        if self.exact:
            return wrapped(handwriting.entry(key, value, margin), len(margin))
        return handwriting.entry(key, short(value, key), margin)

    def _item(self, value: Any, margin: str) -> str:
        if self.exact:
            return wrapped(handwriting.item(value, margin), len(margin) + 2)
        made = short(value)  # a source that is only a name stands alone
        alone = isinstance(made, dict) and set(made) == {"from"}
        return handwriting.item(made["from"] if alone else made, margin)


def _inserted(
    pairs: Mapping[int, int], there: int, now: Sequence[Any]
) -> Iterator[tuple[int | None, list[Any]]]:
    """The new entries of a list, each lot with the entry that it stands behind; None before all, else at the end."""
    known = {m: n for n, m in pairs.items()}
    lots: dict[int | None, list[Any]] = {}
    after: int | None = None
    for m, entry in enumerate(now):
        if m in known:
            after = known[m]
        else:
            behind = there - 1 if not known or m > max(known) else after
            lots.setdefault(behind, []).append(entry)
    yield from lots.items()


WIDEST = 118
"""How wide a line may be before its words go on in the next, where a text is written exactly."""
_PLAIN_WORDS = re.compile(
    r"(?P<key> *(?:- )?[\w-]+: )(?P<words>[A-Za-z(][^\"'{\[#]*|[A-Za-z(][^{\[#\"]*)"
)


def wrapped(written: str, margin: int) -> str:
    """Lines of YAML; words that are too long for a line go on in the next, further in."""
    return "\n".join(piece for line in written.split("\n") for piece in _in_lines(line, margin))


def _in_lines(line: str, margin: int) -> Sequence[str]:
    found = _PLAIN_WORDS.fullmatch(line) if len(line) > WIDEST else None
    if found is None:
        return [line]
    return wrap(
        found["words"], WIDEST, initial_indent=found["key"], subsequent_indent=" " * (margin + 2),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _aligned(before: Sequence[Any], now: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Which of the entries now is which of those before: the same one, or one about the same."""
    left, free = list(range(len(before))), list(range(len(now)))
    for alike in (normal, _about):
        for n in tuple(left):
            m = next((m for m in free if alike(before[n]) == alike(now[m])), None)
            if m is not None:
                left.remove(n)
                free.remove(m)
                yield n, m


def _about(entry: Any) -> Any:
    """What an entry of a list is about: a recipient, a source, some data."""
    if not isinstance(entry, dict):
        return entry
    named = [entry.get(key) for key in _IDENTITY]
    return named if any(named) else normal(entry.get("data", ""))


def _removed(text: str, here: Stretch, key: str) -> _Change:
    keys = here.keys or {}
    at, stretch = keys[key]
    names = list(keys)
    following = names[names.index(key) + 1 :]
    if text[text.rfind("\n", 0, at) + 1 : at].strip() and following:  # the first behind a dash
        return at, keys[following[0]][0], ""
    return (*_lines_of(text, at, stretch.end), "")


def _added(text: str, after: int, written: str) -> _Change:
    end = text.find("\n", after)
    if end < 0:
        return len(text), len(text), "\n" + written.rstrip("\n")
    return end + 1, end + 1, written


def _lines_of(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the line of one place to the end of that of another."""
    behind = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if behind < 0 else behind + 1


def _margin(text: str, at: int) -> str:
    return " " * (at - text.rfind("\n", 0, at) - 1)
