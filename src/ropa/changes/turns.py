"""What two readings of one sentence make of it, where the second turns what the first said."""

from collections.abc import Iterable, Iterator, Sequence

from ropa.reading.said import (
    OTHERS,
    READER,
    US,
    Deed,
    How,
    Lasting,
    Letter,
    Named,
    Period,
    Reading,
    Strength,
    Time,
)
from ropa.register.model import SELF, Register
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.saying.edits import Edit, Registers

_POLARITY = {"says": "said", "denies": "denied", "asks": "asked", "supposes": "supposed"}
_BY = {US: "us", READER: "the reader", OTHERS: "others"}
_LASTING = {Lasting.AGE: "the age", Lasting.ANSWER: "the time to answer"}
_PARAGRAPH = {6: 1, 9: 2}
_SURE = frozenset({How.NAME, How.SHORT, How.LABEL, How.SYNONYM})
"""How somebody has to be named to be told apart from somebody else."""


def turned(registers: Registers, old: Reading, new: Reading) -> tuple[Edit, ...]:
    """What turned: denied, asked, past, by whom, on a condition, a period, a lawful basis, or somebody else named.

    What is only said as well, or no longer, does not turn a sentence.
    """
    deeds = tuple(_deeds(old, new))
    safe = ([phrases.SAFEGUARDS.get(s.word, s.word) for s in r.safeguards] for r in (old, new))
    return (
        *deeds,
        *(() if deeds else _denied(registers, old, new)),
        *_periods(registers, old, new),
        *_bases(old, new),
        *_parties(registers, old, new),
        *_exchanged("the safeguard", *safe),
    )


def _deeds(old: Reading, new: Reading) -> Iterator[Edit]:
    """What turned of what is done; the same of several verbs is said of the first."""
    said = set()
    for pair in _paired(old.deeds, new.deeds) if old.grammar and new.grammar else ():
        for kind, edit in _deed(old, new, *pair):
            if (kind, edit.gone, edit.new) not in said:
                said.add((kind, edit.gone, edit.new))
                yield edit


def _paired(old: Sequence[Deed], new: Sequence[Deed]) -> Iterator[tuple[Deed, Deed]]:
    """The deeds that are the same deed: by what they may be called, then the only one that is left on each side."""
    gone, come = list(old), list(new)
    for alike in (_same_deed, _like_deed):
        for before in tuple(gone):
            after = next((deed for deed in come if alike(before, deed)), None)
            if after is not None:
                gone.remove(before)
                come.remove(after)
                yield before, after
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]


def _same_deed(old: Deed, new: Deed) -> bool:
    return bool(old.claims) and old.claims == new.claims and old.led is new.led


def _like_deed(old: Deed, new: Deed) -> bool:
    return not set(old.claims).isdisjoint(new.claims)


def _deed(before: Reading, after: Reading, old: Deed, new: Deed) -> Iterator[tuple[str, Edit]]:
    """Each thing that turned, by its kind."""
    verb = f"“{after.words_of(new.span) or before.words_of(old.span)}”"
    if old.polarity is not new.polarity:
        yield "polarity", Edit(verb, _POLARITY[old.polarity], _POLARITY[new.polarity])
    if _time(old) != _time(new):
        yield "time", Edit(f"the time of {verb}", *map(_time, (old, new)))
    if old.by != new.by and not (old.led or new.led):
        yield "by", Edit(f"who does it in {verb}", *(_BY.get(d.by, d.by) for d in (old, new)))
    was, now = _condition(before, old), _condition(after, new)
    if was[:2] != now[:2]:
        yield "condition", Edit(f"the condition of {verb}", was[2], now[2])


def _time(deed: Deed) -> str:
    return deed.time if deed.time in (Time.PAST, Time.PLANNED) else "now"


def _condition(reading: Reading, deed: Deed) -> tuple[Strength, tuple[str, ...], str]:
    """What limits a deed, by its kind and grounds, and in words. What may be done is no condition."""
    if deed.strength not in (Strength.ONLY_IF, Strength.EXCEPT):
        return Strength.ALWAYS, (), "none"
    grounds = tuple(sorted(held.ground for held in deed.conditions))
    said = [f"“{reading.words_of(held.span)}”" for held in deed.conditions]
    marks = [f"“{reading.words_of(mark)}”" for mark in deed.marks]
    words = phrases.several(dict.fromkeys(word for word in said or marks if word != "“”"))
    return deed.strength, grounds, f"{deed.strength} {words}".rstrip()


def _denied(registers: Registers, old: Reading, new: Reading) -> Iterator[Edit]:
    """The words that both name, the one in a clause that denies."""
    before = {(word.facet, word.word): word.denied for word in old.words if word.how in _SURE}
    for word in new.words:
        was = before.get((word.facet, word.word))
        if word.how in _SURE and was is not None and was is not word.denied:
            said = ("denied", "said") if was else ("said", "denied")
            yield Edit(_called(registers[1], word), *said)


def _periods(registers: Registers, old: Reading, new: Reading) -> Iterator[Edit]:
    """Periods of the same kind: how long something is kept, when somebody is answered, how old people are."""
    for kind in Lasting:
        sides = (
            [_period(register, p) for p in reading.periods if p.of is kind]
            for register, reading in zip(registers, (old, new), strict=True)
        )
        yield from _exchanged(_LASTING.get(kind, "the period"), *sides)


def _period(register: Register, period: Period) -> str:
    bound = f"{period.bound} " if period.bound != "for" else ""
    begins = f" from {phrases.begins(register, period.trigger)}" if period.trigger else ""
    return f"{bound}{period_in_words(period.period)}{begins}"


def _bases(old: Reading, new: Reading) -> Iterator[Edit]:
    """The Articles that are written, and else those that are told in words."""
    for in_words in (False, True):
        sides = ([_article(x) for x in r.letters if x.in_words is in_words] for r in (old, new))
        found = tuple(_exchanged("the lawful basis", *sides))
        yield from found
        if found:
            return


def _article(letter: Letter) -> str:
    return f"Article {letter.article}({_PARAGRAPH[letter.article]})({letter.letter})"


def _parties(registers: Registers, old: Reading, new: Reading) -> Iterator[Edit]:
    there = [
        {
            word.word: _called(register, word)
            for word in reading.named(Facet.RECIPIENT)
            if word.how in _SURE and word.word != SELF
        }
        for register, reading in zip(registers, (old, new), strict=True)
    ]
    gone = [name for word, name in there[0].items() if word not in there[1]]
    come = [name for word, name in there[1].items() if word not in there[0]]
    yield from _exchanged("who is named", gone, come)


def _called(register: Register, word: Named) -> str:
    return phrases.name(register, word.facet, word.word)


def _exchanged(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[Edit]:
    """What one has and the other does not, where each has something of its own."""
    before, after = dict.fromkeys(old), dict.fromkeys(new)
    gone, come = ([x for x in a if x not in b] for a, b in ((before, after), (after, before)))
    if gone and come:
        yield Edit(what, phrases.several(gone), phrases.several(come))
