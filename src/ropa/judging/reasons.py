"""Why a statement is not borne out by its words, as parts of sentences for findings, reasons and reports."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ropa.judging.evidence import Proof, Rests, weakest
from ropa.judging.gainsaid import Gainsaid, GainsaidBy, ProvingWords
from ropa.reading.said import Part, Span
from ropa.register.model import Register, Statement
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

MOST_SHOWN = 300
"""How many characters of a sentence are shown."""


def sentence_of(proof: Proof) -> str:
    """The sentences that a statement quotes from, with their lead-in, shortened where they are long."""
    lead = proof.readings[0].sentence.lead if proof.readings else ""
    said = " ".join((lead, *(reading.sentence.text for reading in proof.readings))).strip()
    said = said or proof.statement.quote
    return said if len(said) <= MOST_SHOWN else f"{said[: MOST_SHOWN - 1].rstrip()}…"


def why_gainsaid(register: Register, statement: Statement, found: Gainsaid) -> str:
    """What in the words goes against a statement: `its words deny it (“never”)`."""
    if found.reason is GainsaidBy.PARTY:
        return _another_party(register, statement, found.marks)
    if found.reason is GainsaidBy.SOMEBODY_ELSE:
        return f"its words name {_said(found)}, and not {register.name}"
    says = _SAYS.get(found.reason)
    if says is not None:
        return says.replace("{}", _shown(found))
    stated = _stated(register, statement, found.reason)
    return f"its words say {_said(found)}, and the statement says {stated}"


_SAYS = {
    GainsaidBy.DENIED: "its words deny it{}",
    GainsaidBy.ASKED: "its words only ask it",
    GainsaidBy.PAST: "its words tell of the past{}",
    GainsaidBy.PLANNED: "its words tell of what is planned or wished for{}, and not of what is done",
    GainsaidBy.SUPPOSED: "its words tell of what is only supposed, or thought or told by others{}",
    GainsaidBy.SELDOM: "its words say that it is hardly ever done{}, and the statement does not",
    GainsaidBy.TAKEN_BACK: "the next sentence takes it back{}",
    GainsaidBy.NOT_DENIED: "it is a promise, and its words deny nothing{}",
    GainsaidBy.PART: "its words say so of some data only{}, and the statement of all",
    GainsaidBy.TURNED: "its words let the data go the other way{}",
    GainsaidBy.DOER: "its words say that somebody else does it{}",
    GainsaidBy.READER: "its words say that the reader gives it{}, and nobody else",
    GainsaidBy.CONSENT: "its words say that it is done only with consent{}, and the statement does not",
}


def _shown(found: Gainsaid) -> str:
    words = list(dict.fromkeys(mark.words for mark in found.marks))
    return f" ({phrases.several(f'“{word}”' for word in words)})" if words else ""


def _said(found: Gainsaid) -> str:
    return phrases.several(dict.fromkeys(f"“{mark.words}”" for mark in found.marks))


def _stated(register: Register, statement: Statement, reason: GainsaidBy) -> str:
    if reason is GainsaidBy.BEGINNING:
        return register.vocabulary[Facet.TRIGGER].label(statement.trigger)
    if reason is GainsaidBy.PERIOD:
        return period_in_words(statement.period)
    if reason is GainsaidBy.SAFEGUARD:
        return phrases.SAFEGUARDS.get(statement.safeguard, statement.safeguard)
    basis = statement.basis
    return f"({basis.letter})" if basis and basis.letter else "another"


def _another_party(
    register: Register, statement: Statement, marks: tuple[ProvingWords, ...]
) -> str:
    words = register.vocabulary[Facet.RECIPIENT]
    facet = Facet.RECIPIENT if Facet.RECIPIENT in statement.states else Facet.SOURCE
    stated = phrases.several(words.label(word) for word in statement.states[facet])
    said = phrases.several(dict.fromkeys(f"“{mark.words}”" for mark in marks))
    return f"its words name {said}, and the statement says {stated}"


_PROVING = {
    Facet.RECIPIENT: ("to",),
    Facet.SOURCE: ("from",),
    Facet.DATA: ("data",),
    Facet.PURPOSE: ("purposes",),
    Facet.BASIS: ("basis",),
    Facet.RETENTION: ("period", "trigger", "criteria"),
    Facet.TRANSFER: ("countries", "safeguard"),
    Facet.ITEM: ("informs",),
}


def marks_proving(proof: Proof, facet: Facet) -> tuple[ProvingWords, ...]:
    """The words in the sentences of a statement that prove what it tells along a facet."""
    found = (proof.on(key) for key in _PROVING.get(facet, ()))
    return tuple(dict.fromkeys(mark for stated in found if stated for mark in stated.marks))


def words_proving(proof: Proof, facet: Facet) -> list[str]:
    """The same as they are read, once each."""
    return list(dict.fromkeys(mark.words for mark in marks_proving(proof, facet)))


class ProofStretch(Struct, frozen=True):
    """A stretch of a sentence, and whether it proves what is told."""

    text: str
    proves: bool = False


def marked(proof: Proof, facet: Facet) -> tuple[ProofStretch, ...]:
    """The sentences of a statement with their lead-in, cut where the words begin and end that prove a facet."""
    marks = marks_proving(proof, facet)
    parts: list[ProofStretch] = []
    for reading in proof.readings:
        for part in (Part.HEADING, Part.LEAD, Part.SENTENCE):
            text = reading.text_of(part)
            spans = [m.span for m in marks if m.reading is reading and m.span.part is part]
            shown = part is Part.SENTENCE or spans or (part is Part.LEAD and proof.deed)
            if text and shown:
                parts += [*([ProofStretch(" ")] if parts else []), *_cut(text, spans)]
    return tuple(parts)


def _cut(text: str, spans: list[Span]) -> Iterator[ProofStretch]:
    at = 0
    for span in sorted(spans):
        start = max(span.start, at)
        if span.end > start:
            if start > at:
                yield ProofStretch(text[at:start])
            yield ProofStretch(text[start : span.end], proves=True)
            at = span.end
    if at < len(text):
        yield ProofStretch(text[at:])


def in_brackets(stretches: Iterable[ProofStretch]) -> str:
    """A sentence with the words that prove something in square brackets."""
    return "".join(f"[{s.text}]" if s.proves else s.text for s in stretches)


def how_it_rests(proof: Proof, facet: Facet) -> str:
    """What a statement's telling of a facet rests on: its words, how a person read them, or a reading alone."""
    if not proof.readings:
        return "its text is not read"
    found = [stated for key in _PROVING.get(facet, ()) if (stated := proof.on(key))]
    rests = weakest(stated.rests for stated in found) if proof.deed else Rests.READING
    read_as = proof.statement.read_as
    if rests is Rests.PERSON and read_as is not None:
        said = "; ".join(
            read_as.lifts[stated.key] for stated in found if stated.key in read_as.lifts
        )
        day = phrases.day(read_as.on) if read_as.on else ""
        return f"as {read_as.by} read it on {day}: {said}, because {read_as.because}"
    return {Rests.WORDS: "by its words", Rests.READING: "by reading: its words do not say it"}[
        Rests.READING if rests is Rests.PERSON else rests
    ]


def why_void(register: Register, proof: Proof) -> str:
    """Why a statement is not borne out by its words; nothing where it is."""
    if proof.unseen:
        return f"its words stand where people may not see them: they are {proof.unseen}"
    if proof.heading:
        return "only a heading is quoted"
    if proof.gainsaid:
        return why_gainsaid(register, proof.statement, proof.gainsaid)
    return "its words say none of it" if proof.silent else ""
