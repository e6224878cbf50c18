"""Cells as a data protection officer writes them in Excel, into values as our documents write them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any

from msgspec import Struct

from ropa.law import tables as law
from ropa.record.fields import ALL, Column, Holds, condition_of, period_of
from ropa.record.workbook.spreadsheet import Value
from ropa.register.model import EVERYTHING
from ropa.register.periods import NEVER, PERMANENTLY, ends, period_in_words
from ropa.register.vocabulary import Facet, Vocabulary
from ropa.visible import unspelt

CUT = "(cut: a cell holds no more)"
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SPACE = " \t\r\n\u00a0"


class NotThis(Exception):
    """A cell does not say what its column wants: what is wrong, and what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class KnownWords(Struct, frozen=True):
    """What the words of cells are looked up in; `day` is that of the law that the cells were written by."""

    vocabulary: Vocabulary
    systems: Mapping[str, str]
    notices: Mapping[str, str]
    day: date


def text_of(cell: Value) -> str:
    """What stands in a cell, as text; a number or a day where text is meant is that text."""
    match cell:
        case bool():
            return "yes" if cell else "no"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
    return str(cell).replace("\r\n", "\n").replace("_x000D_\n", "\n").strip(_SPACE)


def value_of(column: Column, cell: Value, known: KnownWords) -> Any:
    """What a document writes for a cell; None for an empty one. Raises `NotThis`."""
    text = text_of(cell)
    if not text:
        return None
    if text.endswith(CUT):
        hint = "write the whole text into the register itself, where there is room"
        raise NotThis(
            "the text was cut when the workbook was written, since a cell holds no more", hint
        )
    if text == ALL and column.unsaid == ALL:
        return None
    return _READERS.get(column.holds, _text)(column, cell, known)


def _text(_: Column, cell: Value, __: KnownWords) -> str:
    return unspelt(text_of(cell))


def _lines(_: Column, cell: Value, __: KnownWords) -> list[str]:
    return _split(cell)


def _split(cell: Value) -> list[str]:
    found = (unspelt(line.strip(_SPACE)) for line in text_of(cell).split("\n"))
    return list(dict.fromkeys(line for line in found if line))


def _day(_: Column, cell: Value, __: KnownWords) -> str:
    text = text_of(cell)
    try:
        return (
            date.fromisoformat(text).isoformat() if isinstance(cell, (str, date)) else _no_day(text)
        )
    except ValueError:
        pass
    match text.casefold().replace(",", " ").split():
        case [day, month, year] if month in _MONTHS or any(m[:3] == month for m in _MONTHS):
            number = next(n for n, m in enumerate(_MONTHS, 1) if month in (m, m[:3]))
            try:
                return date(int(year), number, int(day)).isoformat()
            except ValueError:
                pass
    return _no_day(text)


def _no_day(text: str) -> str:
    raise NotThis(f"“{text}” is no day", "write it like 2027-01-31 or 31 January 2027")


def _number(_: Column, cell: Value, __: KnownWords) -> int:
    text = text_of(cell).replace(",", "").replace(" ", "")
    if not text.isdecimal() or not text.isascii():
        raise NotThis(f"“{text_of(cell)}” is no whole number", "write digits alone, like 250")
    return int(text)


_YES = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


def _yes_no(_: Column, cell: Value, __: KnownWords) -> bool:
    found = _YES.get(text_of(cell).casefold())
    if found is None:
        raise NotThis(
            f"“{text_of(cell)}” is neither yes nor no", "write yes or no, or leave it empty"
        )
    return found


def _period(_: Column, cell: Value, __: KnownWords) -> str:
    text = text_of(cell)
    found = period_of(text)
    if found is not None:
        return found
    if text.casefold() in (PERMANENTLY, NEVER):
        return text.casefold()
    if all(period_in_words(end) != end for end in ends(text.upper())):
        return text.upper()
    raise NotThis(f"“{text}” is no period", f"write {_nearest_period(text)}")


def _nearest_period(text: str) -> str:
    units = ("years", "year", "months", "month", "weeks", "week", "days", "day", "and")
    words = [
        word if word.isdecimal() else next(iter(get_close_matches(word, units, 1, 0.5)), "")
        for word in text.casefold().split()
    ]
    nearest = " ".join(filter(None, words))
    return nearest if period_of(nearest) else "it like 12 months or 7 years"


def _code(column: Column, cell: Value, _: KnownWords) -> str:
    return _coded(column, text_of(cell))


def _codes(column: Column, cell: Value, _: KnownWords) -> list[str]:
    return [_coded(column, line) for line in _split(cell)]


def _coded(column: Column, text: str) -> str:
    """The code of some words: they themselves, the code, or the number of the law that begins them."""
    words = column.words if isinstance(column.words, Mapping) else {}
    said = text.casefold()
    for code, meaning in words.items():
        number = meaning.partition(" ")[0] if meaning[0].isdecimal() else code
        if said in (code.casefold(), meaning.casefold(), number.casefold()):
            return code
    near = get_close_matches(text, words.values(), 1, 0.4)
    hint = f"write “{near[0]}”" if near else f"write one of {'; '.join(words.values())}"
    raise NotThis(f"“{text}” is none of the words that can stand here", hint)


def _schedule_1(_: Column, cell: Value, known: KnownWords) -> str:
    """The number of the condition, without the title that stands behind it."""
    text = unspelt(text_of(cell))
    number, _space, title = text.partition(" ")
    condition = law.schedule_1(number, known.day) if title else None
    return number if condition is not None and condition.title == title else text


def _word(column: Column, cell: Value, known: KnownWords) -> str:
    text = unspelt(text_of(cell))
    return _found(column, text, known) or text


def _words(column: Column, cell: Value, known: KnownWords) -> list[str]:
    return list(
        dict.fromkeys(w for line in _split(cell) for w in _some(line, _find(column, known)))
    )


def _find(column: Column, known: KnownWords) -> Callable[[str], str | None]:
    return lambda text: _found(column, text, known)


def _some(line: str, find: Callable[[str], str | None]) -> list[str]:
    """The words of a line: one, or several with commas or semicolons between."""
    for mark in ("", ";", ","):
        parts = [part.strip() for part in line.split(mark)] if mark else [line]
        found = [find(part) for part in parts if part]
        if all(found):
            return [word for word in found if word]
    return [line]


def _found(column: Column, text: str, known: KnownWords) -> str | None:
    facet = column.words
    return known.vocabulary[facet.scheme].find(text) if isinstance(facet, Facet) else None


def _systems(_: Column, cell: Value, known: KnownWords) -> list[str]:
    return _listed(cell, known.systems)


def _notices(_: Column, cell: Value, known: KnownWords) -> list[str]:
    return _listed(cell, known.notices)


def _listed(cell: Value, ids: Mapping[str, str]) -> list[str]:
    find = ids.get
    return [
        w for line in _split(cell) for w in _some(line, lambda t: find(t) or find(t.casefold()))
    ]


def _conditions(_: Column, cell: Value, __: KnownWords) -> list[Any]:
    return [condition_of(line) or line for line in _split(cell)]


def _marks(_: Column, cell: Value, __: KnownWords) -> bool | list[str]:
    marks = _split(cell)
    return True if marks == [EVERYTHING] else marks


def _narrower(_: Column, cell: Value, __: KnownWords) -> dict[str, str]:
    found = {}
    for line in _split(cell):
        id_, colon, label = line.partition(":")
        if not colon:
            raise NotThis(
                f"“{line}” has no label", "write it like minutes: Panel minutes, one on each line"
            )
        found[id_.strip()] = label.strip()
    return found


_READERS: Mapping[Holds, Callable[[Column, Value, KnownWords], Any]] = {
    Holds.LINES: _lines,
    Holds.DAY: _day,
    Holds.NUMBER: _number,
    Holds.YES_NO: _yes_no,
    Holds.PERIOD: _period,
    Holds.CODE: _code,
    Holds.CODES: _codes,
    Holds.SCHEDULE_1: _schedule_1,
    Holds.WORD: _word,
    Holds.WORDS: _words,
    Holds.SYSTEMS: _systems,
    Holds.NOTICES: _notices,
    Holds.CONDITIONS: _conditions,
    Holds.MARKS: _marks,
    Holds.NARROWER: _narrower,
}
