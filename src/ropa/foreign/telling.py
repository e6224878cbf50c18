"""The account of a foreign file in words: what it is, what became of its cells, and what has to be answered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ropa.documents.source import IMPORTED
from ropa.foreign.account import OF_HEADING, Fate, ForeignReading, NewWord, ReadCell
from ropa.foreign.headings import ASK, FIELDS
from ropa.saying import phrases

_SHOWN = 12
_WIDEST = 60


def account(reading: ForeignReading, name: str, folder: str) -> Iterator[str]:
    """The account, line by line: its counts add up to every cell of the file with something in it."""
    entries = sum(data["kind"] == "activity" for data in reading.documents)
    yield f"{name} is {reading.is_a}: {entries} {'entry' if entries == 1 else 'entries'}"
    counts = reading.counts
    said = ", ".join(f"{counts[fate]} {fate}" for fate in Fate)
    yield f"{counts.total()} cells: {said}"
    yield from (f"- {remark}" for remark in _together(reading.remarks))
    yield from _columns(reading)
    yield from _guesses(reading)
    yield from _notes(reading)
    yield from _words(reading.words)
    yield from _questions(reading, folder)


def _together(remarks: Iterable[str]) -> Iterator[str]:
    """Remarks, those that say the same of several sheets as one."""
    sheets: dict[str, list[str]] = {}
    for remark in remarks:
        sheet, _, said = remark.partition(": ")
        sheets.setdefault(said, []).append(sheet)
    for said, names in sheets.items():
        each = " each" if len(names) > 1 and said.endswith(("entry", "entries")) else ""
        yield f"{_some(names)}: {said}{each}" if said else names[0]


def _columns(reading: ForeignReading) -> Iterator[str]:
    told: list[Mapping[str, str]] = []
    same: list[str] = []
    for sheet, columns in reading.columns.items():
        if columns in told:
            same.append(sheet)
            continue
        told.append(columns)
        rows = reading.headings.get(sheet, ())
        where = f" (headings in row {' and '.join(map(str, rows))})" if rows else ""
        yield f"Columns of {sheet}{where}:"
        for heading, field in columns.items():
            yield f"  {_cut(heading)}: {'asked about' if field == ASK else FIELDS.get(field, field)}"
    if same:
        yield f"Columns of {_some(same)}: the same as of a sheet above"


def _guesses(reading: ForeignReading) -> Iterator[str]:
    """Each guess once: of a column whose heading was guessed, and of cells that were guessed for themselves."""
    found = list(reading.of_fate(Fate.GUESSED))
    if found:
        yield "Guessed:"
    columns = {(cell.text, cell.why) for cell in found if cell.field.startswith(OF_HEADING)}
    below = Counter((cell.heading, cell.why) for cell in found if cell.heading)
    groups: dict[tuple[str, str], list[ReadCell]] = {}
    for cell in found:
        if (cell.heading, cell.why) not in columns:
            groups.setdefault((cell.heading, cell.why), []).append(cell)
    for (heading, why), cells in groups.items():
        first = cells[0]
        if first.field.startswith(OF_HEADING):
            for cell in cells:
                held = phrases.count(below[cell.text, why], "cell")
                field = _field(cell.field)
                yield f"  {_cut(cell.text)}: read as {field}, because {why} ({cell.at}, with {held})"
            continue
        texts = dict.fromkeys(_cut(cell.text) for cell in cells)
        said = _some(f"“{text}”" for text in texts)
        field = f"read as {_field(first.field)}" if first.field else "nothing to take"
        above = f"{_cut(heading)}: " if heading else ""
        yield f"  {above}{said}; {field}, because {why} ({_places(cells)})"


def _field(field: str) -> str:
    """A field of an entry in the words of somebody who keeps a record."""
    plain = field.removeprefix(OF_HEADING)
    return FIELDS.get(_CALLED.get(plain, plain), plain)


_CALLED = {"disclosures": "recipients", "id": "ref", "breach": "breach_record"}
"""Fields of an entry that no column is called by."""


def _notes(reading: ForeignReading) -> Iterator[str]:
    found = [cell for cell in reading.of_fate(Fate.NOTE) if cell.entry]
    beside = [cell for cell in reading.of_fate(Fate.NOTE) if not cell.entry]
    if found:
        headings = dict.fromkeys(_cut(cell.heading) for cell in found)
        yield f"Kept as notes on the entries: {_some(headings)}"
    if beside:
        yield f"In no entry, and kept in {IMPORTED}: {_places(beside)}"


def _words(words: tuple[NewWord, ...]) -> Iterator[str]:
    if not words:
        return
    one = len(words) == 1
    said = "word is not known and becomes" if one else "words are not known and become"
    belongs = "it" if one else "each"
    yield f"{len(words)} {said} the register's own; say in terms.yaml what {belongs} belongs to:"
    for word in words[:_SHOWN]:
        near = f" (near: {', '.join(word.nearest)})" if word.nearest else ""
        yield f"  {word.facet}: {_cut(word.label)}{near}"
    if len(words) > _SHOWN:
        yield f"  and {len(words) - _SHOWN} more, in terms.yaml"


def _questions(reading: ForeignReading, folder: str) -> Iterator[str]:
    if not reading.questions:
        return
    yield f"Questions ({len(reading.questions)}); answer them in {folder}/{IMPORTED}, and import the file again:"
    for number, question in enumerate(reading.questions, 1):
        text = f" “{_cut(question.text)}”:" if question.text else ""
        count = f"{question.cells} cell{'' if question.cells == 1 else 's'}"
        yield f"  {number}. {_cut(question.column)}:{text} {question.asks} ({count})"
    yield "Or say --so-far: what waits for an answer is kept as a note on its entry meanwhile."


def _places(cells: Iterable[ReadCell]) -> str:
    return _some(str(cell.at) for cell in cells)


def _some(texts: Iterable[str], most: int = 6) -> str:
    found = list(texts)
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return f"{', '.join(found[:most])}{more}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_WIDEST]}…" if len(line) > _WIDEST else line
