"""Periods, Article letters, laws and safeguards: what a text says in numbers and fixed words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ropa.documents.patterns import regex
from ropa.reading.clauses import ClauseText, phrases
from ropa.reading.deeds import conditions
from ropa.reading.grammar import grammar
from ropa.reading.said import (
    Bound,
    Lasting,
    Law,
    Letter,
    Period,
    SaidSafeguard,
    SaidTrigger,
    Span,
)
from ropa.reading.tokens import tokens
from ropa.register.model import Claim

AROUND = 6
"""How many words around a period say what it is of."""
MOST_DIGITS = 9
"""How many digits the number of a period may have, as in a statement."""
TENS, ONES = range(20, 100, 10), range(1, 10)
OLDEST = 3
"""How many digits an age has at the most."""
BEHIND = 14
"""How many words behind a period may say when it begins."""


def periods(text: ClauseText, *, keeping: bool) -> Iterator[Period]:
    """The periods of a text. `keeping` is true where it, or what leads in to it, speaks of keeping."""
    reached = 0
    numbers = text.grammar.numbers
    for at, word in enumerate(text.read.low):
        if at >= reached and (word in numbers or word[0].isdecimal()):
            made = _period(text, at, keeping=keeping) or _birthday(text, at, keeping=keeping)
            if made:
                found, reached = made
                yield found


MOST_KEPT = 1 << 10
"""Of how many words of a register about keeping it is remembered which periods they give."""


@lru_cache(maxsize=MOST_KEPT)
def lengths(words: str) -> tuple[str, ...]:
    """The periods in a few words of the register about keeping: “1 year (unsuccessful); 25 years (admitted)”."""
    read, language = tokens(words), grammar()
    text = ClauseText(read, phrases(read, language.phrases), {}, frozenset(), language)
    return tuple(one.period for one in periods(text, keeping=True))


def figures(text: ClauseText) -> Iterator[Period]:
    """The periods that a text in a language that is not read gives in figures: “6 blynedd”."""
    units = {**text.grammar.units_elsewhere, **text.grammar.units}
    for at, word in enumerate(text.read.low):
        unit = units.get(text.word(at + 1))
        if unit and word.isdecimal() and len(word) <= MOST_DIGITS:
            written = f"PT{int(word)}H" if unit == "H" else f"P{int(word)}{unit}"
            yield Period(written, text.span(at, at + 2))


def _period(text: ClauseText, at: int, *, keeping: bool) -> tuple[Period, int] | None:
    number, behind = _number(text, at)
    if number is None:
        return None
    while text.is_a(behind, "between"):
        behind += 1
    unit = text.grammar.units.get(text.word(behind))
    if unit is None:
        return None
    end = behind + 1
    written = f"PT{number}H" if unit == "H" else f"P{number}{unit}"
    of = _lasting(text, at, end, keeping=keeping)
    begins = _trigger(text, at, end)
    if of is Lasting.AGE and keeping and _until_somebody_is(text, at):
        of, begins = Lasting.KEEPING, "birth"
    period = Period(written, text.span(at, end), begins, _bound(text, at), of)
    return period, end


def _number(text: ClauseText, at: int) -> tuple[int | None, int]:
    """A number in digits or words, and the token behind it: “twenty five”, “75 (seventy-five)”."""
    word = text.word(at)
    if word.isdecimal() and len(word) <= MOST_DIGITS:
        return int(word), _behind_bracket(text, at + 1)
    number = text.grammar.numbers.get(word)
    if number is None:
        return None, at
    following = text.grammar.numbers.get(text.word(at + 1), 0)
    if number in TENS and following in ONES:
        return number + following, _behind_bracket(text, at + 2)
    if text.word(at + 1) == "hundred":
        return number * following, at + 2
    return number, _behind_bracket(text, at + 1)


def _behind_bracket(text: ClauseText, at: int) -> int:
    if text.word(at) != "(":
        return at
    for end in range(at + 1, at + 5):
        if text.word(end) == ")":
            return end + 1
    return at


_BIRTHDAY = regex(r"(\d{1,3})(?:st|nd|rd|th)")


def _birthday(text: ClauseText, at: int, *, keeping: bool) -> tuple[Period, int] | None:
    """ "until your 25th birthday", "until you are aged 25": a period from birth where something is kept."""
    word = text.word(at)
    day = _BIRTHDAY.fullmatch(word)
    if day and text.word(at + 1) in ("birthday", "year"):
        years, end = day[1], at + 2
    elif word.isdecimal() and len(word) <= OLDEST and _is_age(text, at):
        years, end = word, at + 1
    else:
        return None
    until = _until(text, at) is not None
    of = Lasting.KEEPING if keeping and until else Lasting.AGE
    trigger = "birth" if of is Lasting.KEEPING else ""
    return Period(f"P{int(years)}Y", text.span(at, end), trigger, Bound.EXACT, of), end


def _until(text: ClauseText, at: int) -> int | None:
    """Where the word stands that says until when, shortly before a number; None where there is none."""
    before = range(max(0, at - 8), at)
    return next((k for k in reversed(before) if text.word(k) in ("until", "till", "to")), None)


def _until_somebody_is(text: ClauseText, at: int) -> bool:
    """ "until you are 25 years old": an age of people, where “until the files are 6 years old” is one of files."""
    until = _until(text, at)
    return until is not None and any(text.word(k) in _PEOPLE for k in range(until + 1, at))


_PEOPLE = frozenset(
    {
        "you",
        "he",
        "she",
        "child",
        "children",
        "person",
        "people",
        "pupil",
        "pupils",
        "student",
        "individual",
    }
)


def _is_age(text: ClauseText, at: int) -> bool:
    if text.word(at + 1) in ("years", "months", "weeks", "days", "hours", "year", "month"):
        return False
    before = [text.word(k) for k in range(max(0, at - 3), at)]
    return bool({"aged", "age", "turn", "turns", "reach", "reaches"}.intersection(before)) or (
        before[-2:] in (["you", "are"], ["they", "are"], ["child", "is"])
        and text.word(at + 1) in ("", ".", ",", ";", ")", "or", "and")
    )


def _lasting(text: ClauseText, at: int, end: int, *, keeping: bool) -> Lasting:
    around = {text.word(k) for k in (*range(at - AROUND, at), *range(end, end + AROUND))}
    if text.word(end) in ("old", "of") and (text.word(end) == "old" or text.word(end + 1) == "age"):
        return Lasting.AGE
    if text.word(at - 1) in ("aged", "age", "every", "each"):
        return Lasting.AGE if text.word(at - 1) != "every" else Lasting.OTHER
    if around & text.grammar.small["answers"] and not _near_keeping(text, at):
        return Lasting.ANSWER
    return Lasting.KEEPING if keeping else Lasting.OTHER


def _near_keeping(text: ClauseText, at: int) -> bool:
    verbs = (text.grammar.verbs.get(text.word(k)) for k in range(max(0, at - BEHIND), at))
    return any(verb is not None and Claim.KEEPS in verb.claims for verb in verbs)


def _bound(text: ClauseText, at: int) -> Bound:
    """Which way a period is meant, by what stands right before it."""
    start = max(0, at - 5)
    least = any(p.end >= at - 1 for p in text.between(start, at, "least"))
    if any(p.end >= at - 1 for p in text.between(start, at, "most")):
        denied = any(text.word(k) in ("not", "no", "never") for k in range(start, at))
        more = text.word(at - 1) == "than" and text.word(at - 2) in ("longer", "more")
        return Bound.AT_LEAST if more and not denied else Bound.AT_MOST
    if least:
        return Bound.AT_LEAST
    near = any(p.end >= at - 1 for p in text.between(start, at, "about"))
    return Bound.ABOUT if near else Bound.EXACT


def _trigger(text: ClauseText, at: int, end: int) -> str:
    """When it begins, by the words behind it, or else by those before it."""
    stop = next(
        (k for k in range(end, len(text.read)) if text.word(k) in (".", ";")), len(text.read)
    )
    behind = next(text.between(end, min(stop, end + BEHIND), "trigger"), None)
    if behind:
        return behind.value
    before = list(text.between(max(0, at - BEHIND), at, "trigger"))
    return before[-1].value if before else ""


_ARTICLE = regex(
    r"(?:\barticles?|\bart\.?)?\s?\b(?P<number>6|9)\s?[.(]?(?:,?\s?para(?:graph|\.)?)?\s?\(?(?P<part>1|2)?\)?"
    r"(?:,?\s?(?:point|letter|limb|(?:sub-?)?para(?:graph|\.)?)(?=\s?\(?\w\b))?"
    r"\s?\(?(?P<first>ea|[a-j])\)?(?![\w])(?P<more>(?:\s?(?:,|and|or|&)\s?\((?:ea|[a-j])\))*)",
    re.IGNORECASE,
)
_LETTER = regex(r"\((ea|[a-j])\)", re.IGNORECASE)


def letters(text: ClauseText, *, framed: bool) -> tuple[Letter, ...]:
    """The letters of Articles 6(1) and 9(2), written as an Article, or told in words.

    `framed` is true where something speaks of a lawful basis, so that "consent" alone is one.
    """
    return (*_written(text), *_in_words(text, framed=framed))


def frames(text: ClauseText) -> bool:
    """Whether a text speaks of a lawful basis."""
    words = not text.grammar.small["frame"].isdisjoint(text.read.low)
    return words or next(text.all("framing"), None) is not None


def _written(text: ClauseText) -> Iterator[Letter]:
    said = text.read.text
    if "6" not in said and "9" not in said:
        return
    for found in _ARTICLE.finditer(said):
        if not (found["part"] or "rt" in found[0].lower()):
            continue
        number = int(found["number"])
        place = Span(*found.span())
        yield Letter(number, found["first"].lower(), place)
        for letter in _LETTER.findall(found["more"]):
            yield Letter(number, letter.lower(), place)


def _in_words(text: ClauseText, *, framed: bool) -> Iterator[Letter]:
    found = [*text.all("sure"), *(text.all("framed") if framed else ())]
    held_to = conditions(text) if found else ()
    reached = 0
    for p in sorted(found, key=lambda p: (p.start, -p.end)):
        if p.end <= reached:
            continue
        reached = p.end
        place = text.span(p.start, p.end)
        if p.value != "none" and not any(_overlap(place, held.span) for held, _ in held_to):
            denied = any(_no(text, k) for k in _since_a_stop(text, p.start, p.end))
            yield Letter(6, p.value, place, in_words=True, framed=framed, denied=denied)


NO = 4
"""How many words before a lawful basis a "not" may stand."""


def _since_a_stop(text: ClauseText, start: int, end: int) -> range:
    """The tokens of a lawful basis and the few before it, as far back as one speaks of it."""
    first = start
    while first > max(0, start - NO) and text.word(first - 1) not in _PARTS:
        first -= 1
    return range(first, end)


_PARTS = frozenset({".", ",", ";", ":", "(", "but", "and", "so", "because"})


def _no(text: ClauseText, at: int) -> bool:
    return text.is_a(at, "not") or text.word(at).endswith("n't")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def laws(text: ClauseText) -> Iterator[Law]:
    """The Acts and Regulations that a text names, as they are written."""
    if not _LAW.search(text.read.text):
        return
    for at in range(len(text.read)):
        written = text.read.written(at)
        if written == "GDPR":
            start = at - (text.word(at - 1) in ("uk", "eu"))
            yield Law(_plain(text, start, at + 1), text.span(start, at + 1))
        elif written in _ACTS:
            year = _year(text, at)
            start = _beginning(text, at)
            if year and start < at:
                yield Law(_plain(text, start, year), text.span(start, year))


_LAW = regex("Act|Regulation|Order|Rules|Measure|GDPR")
_ACTS = frozenset({"Act", "Regulations", "Regulation", "Order", "Rules", "Measure"})
_JOINING = frozenset({"of", "and", "for", "in", "to", "(", ")", ",", "etc"})


def _plain(text: ClauseText, start: int, end: int) -> str:
    return text.read.text[text.read.starts[start] : text.read.ends[end - 1]]


def _year(text: ClauseText, at: int) -> int:
    """The token behind the year of an Act, 0 where there is none."""
    behind = at + 1
    if text.word(behind) == "(":
        behind = next((k + 1 for k in range(behind, behind + 6) if text.word(k) == ")"), behind)
    return behind + 1 if re.fullmatch(r"(?:19|20)\d\d", text.word(behind)) else 0


def _beginning(text: ClauseText, at: int) -> int:
    """Where the name of an Act begins: as far back as its words have capitals, and no other law ends."""
    start = at
    for k in range(at - 1, max(-1, at - LONGEST_NAME), -1):
        word, written = text.word(k), text.read.written(k)
        if written in _ACTS or written == "GDPR" or word == "the" or _opens_aside(text, k, at):
            break
        if written[0].isupper():
            start = k
        elif word not in _JOINING:
            break
    return start


LONGEST_NAME = 15
"""How many words the name of an Act may have."""


def _opens_aside(text: ClauseText, at: int, end: int) -> bool:
    """Whether a bracket opens there that is not closed before the "Act"."""
    return text.word(at) == "(" and ")" not in text.read.low[at:end]


def safeguards(text: ClauseText) -> Iterator[SaidSafeguard]:
    """The safeguards of a transfer that a text names."""
    for p in text.all("safeguard"):
        yield SaidSafeguard(p.value, text.span(p.start, p.end))


def beginnings(text: ClauseText) -> Iterator[SaidTrigger]:
    """What a text names that a period may begin or end with, whether or not it gives a period."""
    return (SaidTrigger(p.value, text.span(p.start, p.end)) for p in text.all("trigger"))


def criteria(text: ClauseText) -> Iterator[Span]:
    """How a text says that the end of keeping is decided, where it gives no period."""
    return (text.span(p.start, p.end) for p in text.all("criteria"))
