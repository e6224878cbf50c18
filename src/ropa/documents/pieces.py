"""What a regular expression cannot match without: words and pieces of words, of which one stands in every match.

Most expressions are looked for in texts that have nothing of the kind, and to see that no piece is there is far
cheaper than to search. The pieces come from the expression as Python reads it, so nobody has to keep a list.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

WHOLE = "="
"""What a piece begins with that is a whole word."""
SHORTEST, LONGEST = 3, 6
"""How many letters a piece of a word has: fewer say nothing, but for figures, and of more the first are enough."""
MOST = 48
"""How many spellings of one stretch are told apart: `us(?:es?|ed|ing)` has four."""
_EVERYWHERE = frozenset((
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "data", "do", "for", "have", "i", "if", "in",
    "inform", "is", "it", "may", "no", "not", "of", "on", "or", "our", "person", "so", "that", "the", "this", "to",
    "us", "we", "will", "with", "you", "your",
))  # fmt: skip
"""Pieces that stand in most sentences of a notice: nearly any other is worth more."""
_END = "\0"
"""Where a word begins or ends."""

Spellings = frozenset[str]
_NOTHING: Spellings = frozenset([""])


def pieces_of(read: Any) -> tuple[str, ...]:
    """The pieces of a parsed expression, in order; none where it may match without any."""
    if read.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(_best(_stretches(read, _NOTHING)) or ()))


def _stretches(read: Iterable[Any], now: Spellings) -> list[Spellings]:
    """What has to stand there, behind what was spelt so far: stretches without a gap, and what choices need."""
    found: list[Spellings] = []
    for step in read:
        spelt = _spelt([step])
        longer = spelt and frozenset([a + b for a in now for b in spelt])
        if longer and len(longer) <= MOST:
            now = longer
        else:
            found += [now, *_inside(step, now)]
            now = spelt or _NOTHING
    return [*found, now]


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
    """One of some signs; a space of whatever kind parts words, as a space does."""
    spelt = [chr(c) if str(k) == "LITERAL" else _SPACES.get(str(c)) for k, c in of]
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


_SPACES = {"CATEGORY_SPACE": " "}
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
    told = [frozenset(map(_piece, spelt)) for spelt in stretches]
    good = [pieces for pieces in told if "" not in pieces]
    return max(good, key=lambda pieces: (min(map(_worth, pieces)), -len(pieces)), default=None)


_RUNS = re.compile(r"\w+")


def _piece(spelling: str) -> str:
    """The piece of one word that tells most of how a stretch is spelt, or nothing where all its words are short."""
    pieces = []
    for run in _RUNS.finditer(spelling):
        word = run[0]
        if run.start() and run.end() < len(spelling):
            pieces.append(WHOLE + word)
        elif len(word) >= SHORTEST or word.isdigit():
            pieces.append(word[:LONGEST])
    return max(pieces, key=_worth, default="")


def _worth(piece: str) -> float:
    """How much a piece tells: a longer one more, a whole word more, and a word that stands everywhere little."""
    word = piece.removeprefix(WHOLE)
    if word in _EVERYWHERE:
        return len(word) / LONGEST
    return min(max(len(word), SHORTEST), LONGEST) + (0.5 if piece != word else 0)
