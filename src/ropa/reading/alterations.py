"""Sentences made to say something else: denied, past, with another number, or with somebody else's name.

Each stays a sentence that somebody might have published. Where its grammar is not seen through, none is made.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.reading.grammar import Verb, grammar
from ropa.reading.said import READER, Deed, How, Lasting, Letter, Part, Period, Reading, Span
from ropa.register.model import Claim
from ropa.register.vocabulary import Facet
from ropa.seen.text import Sentence
from ropa.seen.tree import Kind


class Altering(StrEnum):
    """What is done to a sentence."""

    DENIED = "denied"
    PAST = "past"
    NUMBER = "another number"
    PARTY = "another party"


class AlteredSentence(Struct, frozen=True):
    """A sentence that was altered, and how."""

    how: Altering
    sentence: Sentence


_ADVERB = r"(?:\s+(?:also|always|sometimes|usually|normally|then|\w+ly))*"
_HELPED = regex(
    rf"\b(?P<helper>will|may|might|can|could|should|must|is|are|was|were|has|have)(?P<also>{_ADVERB})"
    rf"(?P<be>\s+(?:be|been|being))?(?P<more>{_ADVERB})\s+\Z",
    re.IGNORECASE,
)
_BY_US = regex(
    r"\b(?:we|they|you)(?:\s+(?:also|sometimes|usually|normally|then))*\s+\Z", re.IGNORECASE
)
_BY_SOMEBODY = regex(
    r"\b(?!(?:a|an|the|our|your|their|its|of|to|and|or|for|in|by|with|from)\s)\w+\s+\Z",
    re.IGNORECASE,
)
_MODAL = frozenset({"will", "may", "might", "can", "could"})
_NOT_FIRST = regex(
    r"\b(?:if|when|where|once|unless|who|which|that|whether|how|why|what|until|because)\b[^,;:]*\Z",
    re.IGNORECASE,
)
"""What makes a verb the verb of a clause within the sentence, which alone is no use to deny."""


def alterations(
    reading: Reading, claims: Collection[Claim], names: Mapping[str, str]
) -> Iterator[AlteredSentence]:
    """What can be made of a sentence: one alteration of each kind at the most.

    `claims` are the deeds that are denied and put into the past before others. `names` are those of the parties
    that may stand in each other's place, by their ids.
    """
    if not reading.grammar or reading.question or reading.sentence.kind is Kind.HEADING:
        return
    deeds = sorted(
        filter(_alterable, reading.deeds), key=lambda d: set(d.claims).isdisjoint(claims)
    )
    made = {
        Altering.DENIED: (_denied(reading, deed) for deed in deeds),
        Altering.PAST: (_past(reading, deed) for deed in deeds),
        Altering.NUMBER: _numbers(reading),
        Altering.PARTY: _parties(reading, names),
    }
    for how, found in made.items():
        sentence = next((s for s in found if s is not None), None)
        if sentence is not None:
            yield AlteredSentence(how, sentence)


def _alterable(deed: Deed) -> bool:
    return deed.holds and deed.by != READER and deed.span.part in (Part.SENTENCE, Part.LEAD)


def _put(reading: Reading, span: Span, words: str) -> Sentence:
    """The sentence with other words in the place of some."""
    text = reading.text_of(span.part)
    altered = text[: span.start] + words + text[span.end :]
    sentence = reading.sentence
    if span.part is Part.LEAD:
        return replace(sentence, lead=altered)
    return replace(sentence, text=altered, end=sentence.start + len(altered))


# -- what is done ------------------------------------------------------------------------------


def _denied(reading: Reading, deed: Deed) -> Sentence | None:
    span, verb, before = _verb(reading, deed)
    helped = _HELPED.search(before) if verb else None
    if helped:
        at = helped.end("helper")
        said = "not" if helped["helper"].lower() == "can" else " not"
        return _put(reading, replace(span, start=at, end=at), said)
    return _with_do(reading, span, verb, before, ("do not", "does not"))


def _past(reading: Reading, deed: Deed) -> Sentence | None:
    span, verb, before = _verb(reading, deed)
    helped = _HELPED.search(before) if verb else None
    if helped:
        helper = helped["helper"].lower()
        place = replace(span, start=helped.start("helper"), end=helped.end("helper"))
        is_now = helper in ("is", "are") and not helped["be"]
        said = "used to" if helper in _MODAL else "used to be" if is_now else ""
        return _put(reading, place, said) if said else None
    return _with_do(reading, span, verb, before, ("used to", "used to"))


def _with_do(
    reading: Reading, span: Span, verb: Verb | None, before: str, said: tuple[str, str]
) -> Sentence | None:
    """The verb itself with other words before it: those of "we pass", and those of "the council passes"."""
    if verb and verb.form == "base" and _BY_US.search(before):
        return _put(reading, replace(span, end=span.start), f"{said[0]} ")
    if verb and verb.form == "s" and _BY_SOMEBODY.search(before):
        return _put(reading, span, f"{said[1]} {verb.base}")
    return None


def _verb(reading: Reading, deed: Deed) -> tuple[Span, Verb | None, str]:
    """The verb of a deed with the words before it; none where it is no verb of the main clause."""
    text = reading.text_of(deed.span.part)
    before = text[: deed.span.start]
    verb = grammar().verbs.get(reading.words_of(deed.span).lower())
    within = _NOT_FIRST.search(before) is not None
    return deed.span, None if within else verb, before


# -- numbers -----------------------------------------------------------------------------------


def _numbers(reading: Reading) -> Iterator[Sentence | None]:
    for period in reading.periods:
        if period.of in (Lasting.KEEPING, Lasting.OTHER) and _readable(period.span):
            yield _another_period(reading, period)
    for letter in reading.letters:
        if not letter.in_words and _readable(letter.span):
            yield _another_letter(reading, letter)


def _readable(span: Span) -> bool:
    return span.part in (Part.SENTENCE, Part.LEAD)


_DIGITS = regex(r"(\d{1,3})(?!\d)")
_IN_WORDS = regex(
    r"(?P<number>[A-Za-z][A-Za-z -]*?)(?P<gap>[ -])(?P<unit>year|month|week|day|hour)(?P<s>s?)\Z"
)


def _another_period(reading: Reading, period: Period) -> Sentence | None:
    """The period with a larger number, in digits or words as it was."""
    said = reading.words_of(period.span)
    if digits := _DIGITS.match(said):
        return _put(
            reading, period.span, _plural(f"{_larger(int(digits[1]))}{said[digits.end() :]}")
        )
    found = _IN_WORDS.match(said)
    number = grammar().numbers.get(found["number"].lower()) if found else None
    if found is None or number is None or found["number"].lower() in _ARTICLES:
        return None
    larger = _larger(number)
    word = next((w for w, n in grammar().numbers.items() if n == larger), str(larger))
    return _put(reading, period.span, _plural(f"{word}{found['gap']}{found['unit']}{found['s']}"))


_ARTICLES = frozenset({"a", "an"})
"""“Once a year” has no number that could be another."""


def _larger(number: int) -> int:
    """Another number whose ordinal has the same ending, and that a word of its own is likely to have."""
    return number + (4 if number < 14 else 10)  # noqa: PLR2004


def _plural(said: str) -> str:
    return re.sub(r" (year|month|week|day|hour)\Z", r" \1s", said)


_LETTER = regex(r"\(?\b([a-f])\b\)?\W*\Z")


def _another_letter(reading: Reading, letter: Letter) -> Sentence | None:
    found = _LETTER.search(reading.words_of(letter.span))
    there = {one.letter for one in reading.letters if one.article == letter.article}
    other = next((x for x in "ebcfda" if x not in there), None)
    if found is None or other is None or found[1] != letter.letter:
        return None
    start = letter.span.start + found.start(1)
    return _put(reading, replace(letter.span, start=start, end=start + 1), other)


# -- names -------------------------------------------------------------------------------------

_NAMES = frozenset({How.NAME, How.SHORT, How.SYNONYM, How.LABEL})


def _parties(reading: Reading, names: Mapping[str, str]) -> Iterator[Sentence]:
    """Somebody else's name in the place of somebody's."""
    there = {word.word for word in reading.named(Facet.RECIPIENT)}
    others = [name for id_, name in names.items() if id_ not in there]
    for word in reading.named(Facet.RECIPIENT):
        known = word.word in names and word.how in _NAMES and _readable(word.span)
        if known and others:
            name = _following(names, word.word, others)
            span, article = _with_article(reading, word.span), "the " if _TAKES.search(name) else ""
            yield _put(reading, span, name if span.start == 0 else f"{article}{name}")


_TAKES = regex(
    r"\b(?:of|for|at)\b|\b(?:Trust|Court|Council|Department|Authority|Service|Police|Agency|Office)\Z"
)
"""How names are made that have "the" before them."""
_ARTICLE = regex(r"\bthe\s+\Z", re.IGNORECASE)


def _with_article(reading: Reading, span: Span) -> Span:
    found = _ARTICLE.search(reading.text_of(span.part)[: span.start])
    return replace(span, start=found.start()) if found else span


def _following(names: Mapping[str, str], word: str, others: Iterable[str]) -> str:
    """The next name in the order of the register, so that not all become the same."""
    ids = list(names)
    behind = {names[id_] for id_ in ids[ids.index(word) :]}
    waiting = list(others)
    return next((name for name in waiting if name in behind), waiting[0])
