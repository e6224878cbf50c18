"""What a regular expression cannot match without: words and pieces of words, of which one stands in every match.

Most expressions are looked for in texts that have nothing of the kind, and to see that no piece is there is far
cheaper than to search. The pieces come from the expression as Python reads it, so nobody has to keep a list.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

WHOLE = "="
"""What a piece begins with that is a whole word."""
FIGURE = "\1"
"""A piece, and how it is spelt: some figure, whichever."""
SIGNS = "@©\"'():"
"""Pieces: signs that stand in few sentences, each by itself."""
MOST_NEEDED = 3
"""How many groups of pieces are kept of a way to match: of more the least tell little."""
SHORTEST, LONGEST = 3, 6
"""How many letters a piece of a word has: fewer say nothing, but for figures, and of more the first are enough."""
MOST = 48
"""How many spellings of one stretch are told apart: `us(?:es?|ed|ing)` has four."""
_EVERYWHERE = frozenset((
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "by", "can", "collect", "data", "details", "do", "for",
    "have", "how", "i", "if", "in", "inform", "information", "is", "it", "may", "need", "no", "not", "of", "on", "or",
    "other", "our", "person", "personal", "process", "record", "records", "share", "so", "that", "the", "these",
    "they", "this", "to", "us", "use", "used", "we", "will", "with", "would", "you", "your",
))  # fmt: skip
"""Pieces that stand in most sentences of a notice: nearly any other is worth more."""
_END = "\0"
"""Where a word begins or ends."""

Ways = tuple[tuple[tuple[str, ...], ...], ...]
"""The ways in which an expression may match, in each the groups of pieces of which one each has to stand there."""
Spellings = frozenset[str]
_NOTHING: Spellings = frozenset([""])


def ways_of(read: Any) -> Ways:
    """The ways in which a parsed expression may match, and what has to stand there in each, what tells most first."""
    if read.state.flags & re.IGNORECASE:
        return ((),)
    found = (_needed(stretches) for stretches in _ways(read, _NOTHING))
    return tuple(dict.fromkeys(tuple(tuple(sorted(p)) for p in way) for way in found))


def _ways(read: Iterable[Any], now: Spellings) -> list[list[Spellings]]:
    """The choices of the first step that has no few spellings, each with all that stands before and behind it."""
    found: list[Spellings] = []
    steps = iter(read)
    for step in steps:
        spelt = _spelt([step])
        longer = _longer(now, spelt)
        if longer:
            now = longer
            continue
        choices = _choices(step, now)
        if choices:
            behind = _stretches(steps, spelt or _NOTHING)
            return [[*found, now, *choice, *behind] for choice in choices]
        found += [now, *_inside(step, now)]
        now = spelt or _NOTHING
    return [[*found, now]]


def _choices(step: Any, now: Spellings) -> list[list[Spellings]]:
    """The choices that a step leaves, if it is one that has to stand there once."""
    kind, of = str(step[0]), step[1]
    if kind == "BRANCH":
        return [way for one in of[1] for way in _ways(one, now)]
    if kind == "SUBPATTERN" and not of[1] & re.IGNORECASE:
        return _ways(of[3], now)
    return _ways(of, now) if kind == "ATOMIC_GROUP" else []


def _stretches(read: Iterable[Any], now: Spellings) -> list[Spellings]:
    """What has to stand there, behind what was spelt so far: stretches without a gap, and what choices need."""
    found: list[Spellings] = []
    for step in read:
        spelt = _spelt([step])
        longer = _longer(now, spelt)
        if longer:
            now = longer
        else:
            found += [now, *_inside(step, now)]
            now = spelt or _NOTHING
    return [*found, now]


def _longer(now: Spellings, spelt: Spellings | None) -> Spellings | None:
    """What is spelt so far with what follows, as long as that can be said in few spellings."""
    longer = spelt and frozenset([a + b for a in now for b in spelt])
    return longer if longer and len(longer) <= MOST else None


def _inside(step: Any, now: Spellings) -> list[Spellings]:
    """What has to stand in one step that has no few spellings; Python takes out what choices have in common."""
    kind, of = str(step[0]), step[1]
    if kind == "SUBPATTERN":
        return [] if of[1] & re.IGNORECASE else _stretches(of[3], now)
    if kind == "ATOMIC_GROUP":
        return _stretches(of, now)
    if kind == "BRANCH":
        each = [_best(_stretches(one, now)) for one in of[1]]
        return [_all_of(each)] if all(each) else []
    return _stretches(of[2], _NOTHING) if kind in _REPEATS and of[0] else []


def _all_of(each: Iterable[Spellings | None]) -> Spellings:
    """The pieces of several choices; a whole word stands alone, as it is spelt."""
    pieces = (piece for one in each for piece in one or ())
    return frozenset(f"{_END}{p[1:]}{_END}" if p[0] == WHOLE else p for p in pieces)


def _spelt(read: Iterable[Any]) -> Spellings | None:
    """Every way to spell what is matched, if there are few; what takes no room is spelt as nothing."""
    now = _NOTHING
    for kind, of in read:
        step = _SPELT.get(str(kind), _endless)(of)
        if step is None or len(now) * len(step) > MOST:
            return None
        now = frozenset([a + b for a in now for b in step])
    return now


def _endless(_: Any) -> Spellings | None:
    return None


def _character(of: int) -> Spellings | None:
    return frozenset([chr(of)])


def _one_of(of: Sequence[Any]) -> Spellings | None:
    """One of some signs; a space of whatever kind parts words, as a space does, and a figure may be any."""
    spelt = [chr(c) if str(k) == "LITERAL" else _CLASSES.get(str(c)) for k, c in of]
    return frozenset(filter(None, spelt)) if all(spelt) else None


def _group(of: Any) -> Spellings | None:
    return None if of[1] & re.IGNORECASE else _spelt(of[3])


def _choice(of: Any) -> Spellings | None:
    each = [_spelt(one) for one in of[1]]
    return frozenset(s for one in each for s in one or ()) if None not in each else None


def _repeated(of: Any) -> Spellings | None:
    least, most, what = of
    spelt = _spelt(what) if int(most) == 1 else None
    return spelt if spelt is None or least else spelt | _NOTHING


def _edge(of: Any) -> Spellings | None:
    return _NOTHING if str(of) == "AT_NON_BOUNDARY" else frozenset([_END])


def _not_beside(of: Any) -> Spellings | None:
    """A word ends where no letter may stand; what else may not stand there says nothing."""
    ends = str(list(of[1])) == "[(IN, [(CATEGORY, CATEGORY_WORD)])]"
    return frozenset([_END]) if ends else _NOTHING


def _beside(_: Any) -> Spellings | None:
    return _NOTHING


_CLASSES = {"CATEGORY_SPACE": " ", "CATEGORY_DIGIT": FIGURE}
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_SPELT: dict[str, Callable[[Any], Spellings | None]] = {
    "LITERAL": _character,
    "IN": _one_of,
    "SUBPATTERN": _group,
    "ATOMIC_GROUP": _spelt,
    "BRANCH": _choice,
    "AT": _edge,
    "ASSERT_NOT": _not_beside,
    "ASSERT": _beside,
    **dict.fromkeys(_REPEATS, _repeated),
}


def _best(stretches: Iterable[Spellings]) -> Spellings | None:
    """The stretch that tells most: the one whose least piece is worth most, and of those the one with fewest."""
    return next(iter(_needed(stretches)), None)


def _needed(stretches: Iterable[Spellings]) -> list[Spellings]:
    """The stretches that tell anything, by their pieces, what tells most first; no more than are kept."""
    told: dict[Spellings, None] = {}
    for spelt in stretches:
        best = [_best_pieces(spelling) for spelling in spelt]
        told[frozenset(first for first, _ in best)] = None
        told[frozenset(second for _, second in best)] = None
    good = [pieces for pieces in told if "" not in pieces]
    good.sort(key=lambda pieces: (min(map(_worth, pieces)), -len(pieces)), reverse=True)
    return good[:MOST_NEEDED]


_RUNS = re.compile(rf"[\w{FIGURE}]+")
_PLAIN = re.compile(r"\w+")


@lru_cache(maxsize=1 << 14)
def _best_pieces(spelling: str) -> tuple[str, str]:
    """The two pieces that tell most of how a stretch is spelt; nothing where all its words are short."""
    first, second = "", ""
    for piece in _all_pieces(spelling):
        if not first or _worth(piece) > _worth(first):
            first, second = piece, first
        elif piece != first and (not second or _worth(piece) > _worth(second)):
            second = piece
    return first, second


def _all_pieces(spelling: str) -> Iterator[str]:
    yield from (sign for sign in SIGNS if sign in spelling)
    for run in _RUNS.finditer(spelling):
        word = run[0]
        if FIGURE in word:
            yield FIGURE
            yield from (p[:LONGEST] for p in _PLAIN.findall(word) if len(p) >= SHORTEST)
        elif run.start() and run.end() < len(spelling):
            yield WHOLE + word
        elif len(word) >= SHORTEST or word.isdigit():
            yield word[:LONGEST]


@lru_cache(maxsize=1 << 12)
def _worth(piece: str) -> float:
    """How much a piece tells: a longer one more, a whole word more, and a word that stands everywhere little."""
    if piece in (FIGURE, *SIGNS):
        return SHORTEST - 0.5
    word = piece.removeprefix(WHOLE)
    if word in _EVERYWHERE:
        return len(word) / LONGEST
    return min(max(len(word), SHORTEST), LONGEST) + (0.5 if piece != word else 0)
