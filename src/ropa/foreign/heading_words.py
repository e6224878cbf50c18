"""What the words of a heading speak for, where no synonym is the whole of it: `heading_words.yaml`.

Every cue votes for its field. A field is only taken where it has enough votes and clearly more than any other; a
heading that speaks for two, or faintly for one, is a question.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from ropa.documents.shipped import shipped

UNSURE, LIGHT = "unsure", "light"
"""What words of columns speak for that no heading makes known, and what is no field but a list of words."""
WEIGHTS: Mapping[str, int] = {"weak": 1, "fair": 2, "last": 2, "beside": 2, "strong": 3, "loud": 5}
"""How much a cue counts. `last` counts where no other word stands behind it, `beside` beside another of its field."""
ENOUGH, AHEAD = 2, 1
"""How many votes a field needs, and how many more than the next."""
MOST_WORDS = 30
"""A text of more words is no heading."""
MOST_UNKNOWN = 3
"""How many words that nobody knows a heading may have beside a field of few votes, if they are more than half of it."""


class CueWord(Struct, frozen=True):
    """A word of a cue: the letters it has, and whether more may stand before or behind them."""

    letters: str
    begins: bool = False
    ends: bool = False

    def fits(self, token: str) -> bool:
        """Whether a word of a heading is it."""
        if self.begins and self.ends:
            return self.letters in token
        if self.begins:
            return token.startswith(self.letters)
        return token.endswith(self.letters) if self.ends else token == self.letters


class Cue(Struct, frozen=True):
    """Words that speak for a field."""

    words: tuple[CueWord, ...]
    field: str
    manner: str

    def stands_at(self, tokens: Sequence[str], at: int) -> bool:
        """Whether the words stand there, one behind the other."""
        here = tokens[at : at + len(self.words)]
        return len(here) == len(self.words) and all(
            word.fits(token) for word, token in zip(self.words, here, strict=True)
        )


class Vote(Struct, frozen=True):
    """The field that most words of a heading speak for, and those words."""

    field: str
    words: tuple[str, ...]


def voted(plain: str) -> Vote | None:
    """What a plain heading speaks for; None where its words are few, faint or at odds."""
    tokens = tuple(map(_folded, plain.split()))
    if not tokens or len(tokens) > MOST_WORDS:
        return None
    heard = tuple(_heard(tokens))
    counts = _counts(heard)
    ranked = sorted(counts, key=lambda field: (-counts[field], field))
    if not ranked or ranked[0] == UNSURE or counts[ranked[0]] < ENOUGH:
        return None
    if len(ranked) > 1 and counts[ranked[0]] - counts[ranked[1]] < AHEAD:
        return None
    if counts[ranked[0]] <= WEIGHTS["strong"] and _is_mostly_unknown(tokens, heard):
        return None
    words = (said for said, cues in heard if any(cue.field == ranked[0] for cue in cues))
    return Vote(ranked[0], tuple(dict.fromkeys(words)))


def is_silent(plain: str) -> bool:
    """Whether no word of a plain heading speaks for any field, or makes unsure."""
    return not any(_heard(tuple(map(_folded, plain.split()[:MOST_WORDS]))))


_Heard = tuple[str, tuple[Cue, ...]]
"""Words of a heading with the cues that stand there."""


def _heard(tokens: Sequence[str]) -> Iterator[_Heard]:
    """The longest cues of a heading, from its beginning; each takes its words with it."""
    at = 0
    while at < len(tokens):
        found = tuple(_at(tokens, at))
        length = len(found[0].words) if found else 1
        if found:
            yield " ".join(tokens[at : at + length]), found
        at += length


def _at(tokens: Sequence[str], at: int) -> Iterator[Cue]:
    """The cues of the greatest length that begin at a word."""
    found = [cue for cue in _beginning_with(tokens[at]) if cue.stands_at(tokens, at)]
    counting = [c for c in found if c.manner != "last" or _is_last(tokens, at + len(c.words))]
    length = max((len(cue.words) for cue in counting), default=0)
    yield from (cue for cue in counting if len(cue.words) == length)


def _is_last(tokens: Sequence[str], behind: int) -> bool:
    return behind >= len(tokens) or tokens[behind] in _light()


def _counts(heard: Sequence[_Heard]) -> dict[str, int]:
    """The votes of each field: each cue once, and one that counts beside another only there."""
    counts: dict[str, int] = {}
    beside: dict[str, int] = {}
    for field, manner, _ in {(c.field, c.manner, said) for said, cues in heard for c in cues}:
        into = beside if manner == "beside" else counts
        into[field] = into.get(field, 0) + WEIGHTS[manner]
    return {field: count + beside.get(field, 0) for field, count in counts.items()}


def _is_mostly_unknown(tokens: Sequence[str], heard: Sequence[_Heard]) -> bool:
    spoken = {token for said, _ in heard for token in said.split()}
    unknown = sum(token not in spoken and token not in _light() for token in tokens)
    return unknown > MOST_UNKNOWN and 2 * unknown > len(tokens)


@cache
def _light() -> frozenset[str]:
    return frozenset(_folded(part) for word in _written()[LIGHT] for part in str(word).split())


@lru_cache(4096)
def _beginning_with(token: str) -> tuple[Cue, ...]:
    """The cues that may begin with a word: by the whole of it, what it begins with, and what it ends with."""
    whole, beginnings, rest = _by_first_word()
    starts = (token[:length] for length in range(1, len(token) + 1))
    found = [*whole.get(token, ()), *(cue for start in starts for cue in beginnings.get(start, ()))]
    return (*found, *(cue for cue in rest if cue.words[0].fits(token)))


_ByWord = Mapping[str, list[Cue]]


@cache
def _by_first_word() -> tuple[_ByWord, _ByWord, tuple[Cue, ...]]:
    """The cues by their first word: those that have it whole, those that have its beginning, and the others."""
    whole: dict[str, list[Cue]] = {}
    beginnings: dict[str, list[Cue]] = {}
    rest = []
    for cue in _all():
        first = cue.words[0]
        if first.ends:
            rest.append(cue)
        else:
            (beginnings if first.begins else whole).setdefault(first.letters, []).append(cue)
    return whole, beginnings, tuple(rest)


def _all() -> Iterator[Cue]:
    for field, manners in _written().items():
        if field != LIGHT:
            for manner, cues in manners.items():
                for words in cues:
                    yield Cue(tuple(map(_word, str(words).split())), field, manner)


def _word(written: str) -> CueWord:
    letters = _folded(written.strip("*"))
    return CueWord(letters, begins=written.endswith("*"), ends=written.startswith("*"))


def _folded(word: str) -> str:
    """A word as it is written where a keyboard has no marks above its letters: “Maßnahmen” is “massnahmen”."""
    for sign, plain in _UMLAUTS.items():
        word = word.replace(sign, plain)
    marks = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in marks if not unicodedata.combining(sign))


_UMLAUTS: Mapping[str, str] = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe"}


@cache
def _written() -> Mapping[str, dict[str, list[str]]]:
    (document,) = shipped(Path(__file__).parent / "heading_words.yaml")
    return dict(document.data)
