"""What each sentence of a notice says, for a person who may dispute it, and for programs."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from ropa.reading.memo import Readings
from ropa.reading.said import (
    US,
    Bound,
    Deed,
    Lasting,
    Letter,
    Named,
    Part,
    Period,
    Polarity,
    Reading,
    Role,
    Span,
    Strength,
    Time,
)
from ropa.register.periods import period_in_words
from ropa.seen.text import NoticeText
from ropa.visible import inert, to_json, visible

VERSION = 1


def as_text(readings: Readings) -> str:
    """Every sentence with the words in brackets that its reading rests on, and below it what they say."""
    text = readings.text
    lines = [visible(f"{text.file.path}: what each sentence says")]
    if text.extracted:
        lines.append("(the text was extracted from the file; check it against what people see)")
    for reading in readings:
        lines += ["", *_sentence(text, reading)]
    lines += ["", "A reading tells nobody anything: only a statement of the register does.", ""]
    return inert("\n".join(lines))


def as_json(readings: Readings) -> str:
    """The same for programs; docs/reading.md and schemas/reading.schema.json describe it."""
    text = readings.text
    return to_json(
        {
            "version": VERSION,
            "notice": {
                "path": text.file.path,
                "format": PurePosixPath(text.file.path).suffix.lower().lstrip("."),
                "extracted": text.extracted,
                "text_hash": text.digest,
            },
            "sentences": [_for_programs(readings, reading) for reading in readings],
        }
    )


def _sentence(text: NoticeText, reading: Reading) -> Iterator[str]:
    at = text.location(reading.sentence)
    where = text.part(at) or f"line {at.line}"
    yield visible(f"{where}: {marked(reading)}")
    yield from (visible(f"    {line}") for line in in_words(reading))


def marked(reading: Reading) -> str:
    """A sentence with the words in brackets that its reading rests on."""
    said, pieces, reached = reading.sentence.text, [], 0
    for start, end in _joined(span for span in _spans(reading) if span.part is Part.SENTENCE):
        pieces.append(f"{said[reached:start]}[{said[start:end]}]")
        reached = end
    return "".join([*pieces, said[reached:]])


def _spans(reading: Reading) -> Iterator[Span]:
    """Every stretch that something was read from."""
    for deed in reading.deeds:
        yield deed.span
        yield from deed.marks
        yield from (held.span for held in deed.conditions)
    for group in (
        reading.words,
        reading.periods,
        reading.letters,
        reading.laws,
        reading.safeguards,
    ):
        yield from (one.span for one in group)
    yield from reading.criteria


def _joined(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    """Where stretches begin and end; those that overlap are one."""
    start = end = -1
    for span in sorted(spans):
        if span.start > end:
            if end > 0:
                yield start, end
            start, end = span.start, span.end
        end = max(end, span.end)
    if end > 0:
        yield start, end


def in_words(reading: Reading) -> Iterator[str]:
    """What a reading holds, a line for each thing."""
    yield from dict.fromkeys(_deed(reading, deed) for deed in reading.deeds)
    named = [word for word in reading.words if word.span.part is Part.SENTENCE]
    yield from dict.fromkeys(_named(reading, word) for word in named)
    yield from (_period(reading, period) for period in reading.periods)
    yield from dict.fromkeys(_letter(reading, letter) for letter in reading.letters)
    yield from (f"law: {law.name}" for law in reading.laws)
    yield from (f"safeguard: {s.word}{_quoted(reading, s.span)}" for s in reading.safeguards)
    yield from (f"kept by criteria{_quoted(reading, span)}" for span in reading.criteria)


def _deed(reading: Reading, deed: Deed) -> str:
    claims = " or ".join(deed.claims) or "does something"
    who = "" if deed.by == US else f" (by {deed.by})"
    how = [
        *([str(deed.polarity)] if deed.polarity is not Polarity.SAYS else ()),
        *([str(deed.strength)] if deed.strength is not Strength.ALWAYS else ()),
        *([str(deed.time)] if deed.time in (Time.PAST, Time.PLANNED) else ()),
        *(f"{held.ground}{_quoted(reading, held.span)}" for held in deed.conditions),
        *([f"left open{_quoted(reading, deed.hangs)}"] if deed.hangs else ()),
    ]
    return f"{claims}{who}{_quoted(reading, deed.span)}{': ' if how else ''}{', '.join(how)}"


def _named(reading: Reading, word: Named) -> str:
    role = "" if word.role is Role.NAMED else f" ({word.role})"
    denied = ", denied" if word.denied else ""
    return f"{word.facet}: {word.word}{role}{_quoted(reading, word.span)}, {word.how}{denied}"


def _period(reading: Reading, period: Period) -> str:
    trigger = f" from {period.trigger}" if period.trigger else ""
    bound = "" if period.bound is Bound.EXACT else f"{period.bound} "
    of = "kept" if period.of is Lasting.KEEPING else f"period ({period.of})"
    return f"{of}: {bound}{period_in_words(period.period)}{trigger}{_quoted(reading, period.span)}"


def _letter(reading: Reading, letter: Letter) -> str:
    article = f"Article {letter.article}({_PARAGRAPH[letter.article]})({letter.letter})"
    words = " in words" if letter.in_words else ""
    return f"basis: {article}{words}{_quoted(reading, letter.span)}"


_PARAGRAPH = {6: 1, 9: 2}


def _quoted(reading: Reading, span: Span) -> str:
    where = "" if span.part is Part.SENTENCE else f" in the {span.part}"
    return f" “{reading.words_of(span)}”{where}"


def _for_programs(readings: Readings, reading: Reading) -> dict[str, Any]:
    sentence, at = reading.sentence, readings.text.location(reading.sentence)
    return {
        "text": sentence.text,
        "kind": str(sentence.kind),
        "lead": sentence.lead or None,
        "heading": sentence.heading or None,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
        "part": readings.text.part(at) or None,
        "read": reading.grammar,
        "question": reading.question,
        "deeds": [_deed_for_programs(reading, deed) for deed in reading.deeds],
        "words": [_word_for_programs(reading, word) for word in reading.words],
        "periods": [_period_for_programs(reading, period) for period in reading.periods],
        "letters": [_letter_for_programs(reading, letter) for letter in reading.letters],
        "laws": [{"name": law.name, "at": _at(reading, law.span)} for law in reading.laws],
        "safeguards": [
            {"safeguard": s.word, "at": _at(reading, s.span)} for s in reading.safeguards
        ],
        "criteria": [_at(reading, span) for span in reading.criteria],
        "items": [{"item": i.item, "status": i.status} for i in readings.items(reading)],
    }


def _deed_for_programs(reading: Reading, deed: Deed) -> dict[str, Any]:
    return {
        "claims": [str(claim) for claim in deed.claims],
        "by": deed.by,
        "polarity": str(deed.polarity),
        "strength": str(deed.strength),
        "time": str(deed.time),
        "at": _at(reading, deed.span),
        "because_of": [_at(reading, mark) for mark in deed.marks],
        "conditions": [
            {"ground": str(held.ground), "at": _at(reading, held.span)} for held in deed.conditions
        ],
        **({"left_open": _at(reading, deed.hangs)} if deed.hangs else {}),
    }


def _word_for_programs(reading: Reading, word: Named) -> dict[str, Any]:
    return {
        "facet": str(word.facet),
        "word": word.word,
        "how": str(word.how),
        "role": str(word.role),
        "denied": word.denied,
        "example": word.listed,
        "at": _at(reading, word.span),
    }


def _period_for_programs(reading: Reading, period: Period) -> dict[str, Any]:
    return {
        "period": period.period,
        "trigger": period.trigger or None,
        "bound": str(period.bound),
        "of": str(period.of),
        "at": _at(reading, period.span),
    }


def _letter_for_programs(reading: Reading, letter: Letter) -> dict[str, Any]:
    return {
        "article": letter.article,
        "letter": letter.letter,
        "in_words": letter.in_words,
        "framed": letter.framed,
        "at": _at(reading, letter.span),
    }


def _at(reading: Reading, span: Span) -> dict[str, Any]:
    """A stretch: its words, the part of the sentence they stand in, and where in the text of that part."""
    words = reading.words_of(span)
    return {"in": str(span.part), "start": span.start, "end": span.end, "words": words}
