"""Prose as the forms that stand in it: “Label: value” lines below a heading are an activity a block."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ropa.foreign.headings import NOTE, plain_heading, recognised

FEWEST_LINES = 4
"""How many labels a block has at the least; what has fewer stays a text."""
LONGEST_LABEL, MOST_WORDS = 90, 12
"""How many letters and words a label has at the most."""
FEWEST_FIELDS = 3
"""How many headings beside each other have to name fields for all of them to be labels."""


class ProseLine(Struct, frozen=True):
    """A paragraph or line outside of tables: its text, the level of heading it is, and how it is set.

    `level` is 0 where it is no heading. `bold` is what it begins with in bold, `item` whether it is one of a list,
    `indent` how far it is set in, and `joined` whether nothing parts it from the line above.
    """

    text: str
    level: int = 0
    bold: str = ""
    item: bool = False
    indent: int = 0
    joined: bool = False


class ProseBlock(Struct, frozen=True):
    """Rows of text: `title` is the heading of a form, and nothing where they are no form."""

    title: str
    rows: Sequence[Sequence[str]]


def blocks(lines: Sequence[ProseLine]) -> Iterator[ProseBlock]:
    """The forms that stand in a prose, and behind them all its other lines as one block."""
    rest: list[Sequence[str]] = []
    for section in _sections(lines):
        labels = [line for line in section if line.label]
        known = {field for line in labels if (field := _field(line.label))}
        if len(labels) < FEWEST_LINES or len(known) < FEWEST_FIELDS:
            rest += [[line.whole] for line in section if line.whole]
            continue
        start = _first_of_a_block(section)
        rest += [[line.whole] for line in section[:start] if not line.level]
        title = next((_title(line.value) for line in section if line.level), "")
        rows = [[line.value] for line in section[:start] if line.level]
        yield ProseBlock(title, [*rows, *_rows(section[start:])])
    yield ProseBlock("", rest)


def _rows(section: Sequence["_LabelledLine"]) -> Iterator[Sequence[str]]:
    """A row for each line; what stands below a label that holds nothing yet stands beside it."""
    label = ""
    for line in section:
        if label and line.more and not line.label:
            yield [label, line.value]
            label = ""
            continue
        if label:
            yield [label]
        label = "" if line.value else line.label
        if not label:
            yield [line.label, line.value] if line.label or line.more else [line.value]
    if label:
        yield [label]


class _LabelledLine(Struct, frozen=True):
    """A line with its label, if it has one; `more` goes on with the label above, and a heading has its level."""

    whole: str
    value: str
    label: str = ""
    level: int = 0
    more: bool = False


def _sections(lines: Sequence[ProseLine]) -> Iterator[Sequence[_LabelledLine]]:
    """The lines below each heading that is no label, with that heading."""
    found: list[_LabelledLine] = []
    for line in _read(lines, _labelling(lines)):
        if line.level and found:
            yield found
            found = []
        found.append(line)
    if found:
        yield found


def _read(lines: Sequence[ProseLine], labelling: frozenset[int]) -> Iterator[_LabelledLine]:
    """Each line as a heading, a label with what stands behind it, or more of what the last label holds."""
    below, waits = (
        False,
        -1,
    )  # below a heading that is a label; how far a label is set in that has no value yet
    for number, line in enumerate(lines):
        if line.level:
            below, waits = number in labelling, -1
            yield (
                _LabelledLine(line.text, "", line.text)
                if below
                else _LabelledLine(line.text, line.text, "", line.level)
            )
            continue
        label, value = _cut(line)
        if below or (waits >= 0 and line.item and (line.indent > waits or not line.bold)):
            label, value = "", line.text
        if label and not value and _is_a_title(label, lines[number + 1 : number + 2]):
            yield _LabelledLine(line.text, label, "", _LOWEST)
            waits = -1
            continue
        more = below or waits >= 0 or line.item or line.joined
        yield _LabelledLine(line.text, value, label, 0, more)
        if label:
            waits = -1 if value else line.indent
        elif not line.item:
            waits = -1


_LOWEST = 9
"""The level of a heading that is only set in bold."""


def _is_a_title(label: str, below: Sequence[ProseLine]) -> bool:
    """Whether a line in bold with nothing behind it stands above labels, and is none itself."""
    return not _field(label) and any(not line.item and _cut(line)[0] for line in below)


_LABELLED = re.compile(r"(?P<label>[^:\t]{2,90}?)(?:\s*:(?!//)\s*|\t+)(?P<value>.*)", re.DOTALL)


_BEFORE = re.compile(r"^[\s:]*(?:[\u2013\u2014-]\s+(?=\S))?")
"""What parts a label in bold from what it holds: “**Purpose** - payroll”; a dash alone says that there is none."""


def _cut(line: ProseLine) -> tuple[str, str]:
    """The label a line begins with, and what it says of that; no label where it has none."""
    text = line.text
    if line.bold and text.startswith(line.bold) and len(line.bold) <= LONGEST_LABEL:
        return line.bold.strip(" :\t\u2013-"), _BEFORE.sub("", text[len(line.bold) :]).strip()
    found = _LABELLED.fullmatch(text)
    if found is None or len(found["label"].split()) > MOST_WORDS:
        return "", text
    return found["label"].strip(), found["value"].strip()


def _first_of_a_block(section: Sequence[_LabelledLine]) -> int:
    """Where the first block begins: at the label that stands most often, or at the first of all."""
    labels = [plain_heading(line.label) for line in section]
    times = Counter(label for label in labels if label)
    most = max(times.values())
    return next(n for n, label in enumerate(labels) if label and (times[label] == most))


def _labelling(lines: Sequence[ProseLine]) -> frozenset[int]:
    """The headings that are labels: those beside each other that name fields, below one that names the activity."""
    found: set[int] = set()
    for group in _siblings(lines):
        fields = {field for number in group if (field := _field(lines[number].text))}
        named = sum(bool(_field(lines[number].text)) for number in group)
        if len(fields) >= FEWEST_FIELDS and 2 * named >= len(group):
            found |= set(group)
    return frozenset(found)


def _siblings(lines: Sequence[ProseLine]) -> Iterator[Sequence[int]]:
    """The headings of one level below the same heading."""
    groups: dict[tuple[int, ...], list[int]] = {}
    above: list[int] = []
    for number, line in enumerate(lines):
        if line.level:
            above = [n for n in above if lines[n].level < line.level]
            groups.setdefault((line.level, *above), []).append(number)
            above.append(number)
    yield from groups.values()


def _field(label: str) -> str:
    found = recognised(label)
    return found.field if found and found.field != NOTE else ""


def _title(text: str) -> str:
    """What a heading calls an activity: itself without its number, or what stands behind “Processing activity:”."""
    head, _, tail = text.partition(":")
    return tail.strip() if tail.strip() and _field(head) == "name" else _NUMBER.sub("", text)


_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*[.)]?|[A-Za-z][.)])\s+")
