"""The sentences of two versions of a text, each beside the one it was: by hash first, then the nearest."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec import Struct

from ropa.seen.text import Sentence

NEAREST = 0.5
"""How alike two sentences are at the least that are versions of one, word by word, from 0 to 1."""
QUOTED = 0.3
"""The same of two that one statement quotes: it may have been moved to a sentence that says something else."""
REACH = 25
"""How many sentences to either side are looked at, so that twice the text takes twice the time."""
MOST_WORDS = 400
"""Sentences of more words are held against each other by which words they have, and not by their order."""


class Pair(NamedTuple):
    """A sentence, and what it is now."""

    old: Sentence
    new: Sentence


class Alignment(Struct, frozen=True):
    """The sentences that are not what they were, or not where they were; the same ones are left out."""

    pairs: tuple[Pair, ...]
    gone: tuple[Sentence, ...]
    added: tuple[Sentence, ...]


class _Left:
    """What of both sides has not been paired yet, by its place."""

    def __init__(self, old: Sequence[Sentence], new: Sequence[Sentence]) -> None:
        self.texts = old, new
        self.gone = dict.fromkeys(range(len(old)))
        self.come = dict.fromkeys(range(len(new)))
        self.pairs: list[tuple[int, int]] = []

    def alike(self, key: Callable[[Sentence], Hashable]) -> list[tuple[int, int]]:
        """Those of both sides with the same key, in their order, taken out."""
        places: dict[Hashable, list[int]] = {}
        for at in reversed(self.gone):
            places.setdefault(key(self.texts[0][at]), []).append(at)
        found = []
        for at in tuple(self.come):
            if waiting := places.get(key(self.texts[1][at])):
                found.append((waiting.pop(), at))
                self.take(*found[-1])
        return found

    def take(self, old: int, new: int) -> bool:
        """Take two out, if neither has been."""
        if old not in self.gone or new not in self.come:
            return False
        del self.gone[old], self.come[new]
        return True


def align(
    old: Sequence[Sentence], new: Sequence[Sentence], known: Iterable[tuple[Sentence, Sentence]]
) -> Alignment:
    """Each sentence with what it is now. `known` are those that the same statement quotes."""
    left = _Left(old, new)
    left.alike(lambda s: (s.text, s.lead, s.heading))
    pairs = left.alike(lambda s: s.text)
    places = [{s.start: at for at, s in enumerate(side)} for side in left.texts]
    for before, after in known:
        if alike(before.text, after.text) < QUOTED:
            continue
        at = places[0][before.start], places[1][after.start]
        if left.take(*at):
            pairs.append(at)
    pairs += _nearest(left, lambda s: s.heading)
    pairs += _nearest(left, lambda _: "")
    return Alignment(
        tuple(Pair(old[a], new[b]) for a, b in sorted(pairs, key=lambda pair: pair[1])),
        tuple(old[at] for at in left.gone),
        tuple(new[at] for at in left.come),
    )


def _nearest(left: _Left, section: Callable[[Sentence], str]) -> Iterator[tuple[int, int]]:
    """The sentences of one section that are most alike, the most alike of all first."""
    sections: dict[str, tuple[list[int], list[int]]] = {}
    for side, places in enumerate((left.gone, left.come)):
        for at in places:
            key = section(left.texts[side][at])
            sections.setdefault(key, ([], []))[side].append(at)
    scored = [found for both in sections.values() for found in _scored(left, *both)]
    for _, before, after in sorted(scored):
        if left.take(before, after):
            yield before, after


def _scored(
    left: _Left, gone: Sequence[int], come: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Two of one section that may be versions of one, with how far they are from being alike."""
    old, new = (
        [words_of(side[at].text) for at in places]
        for side, places in zip(left.texts, (gone, come), strict=True)
    )
    bags = [Counter(words) for words in old]
    for at, words in enumerate(new):
        middle, bag = at * len(old) // len(new), Counter(words)
        for near in range(max(0, middle - REACH), min(len(old), middle + REACH + 1)):
            both = len(old[near]) + len(words)
            common = 2.0 * (bags[near] & bag).total() / both if both else 0.0
            if common >= NEAREST and (ratio := _ratio(old[near], words, common)) >= NEAREST:
                yield -ratio, gone[near], come[at]


def alike(old: str, new: str) -> float:
    """How alike two sentences are, word by word, from 0 to 1."""
    before, after = words_of(old), words_of(new)
    common = (Counter(before) & Counter(after)).total()
    return _ratio(before, after, 2.0 * common / max(1, len(before) + len(after)))


def _ratio(old: Sequence[str], new: Sequence[str], common: float) -> float:
    if max(len(old), len(new)) > MOST_WORDS:
        return common
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def words_of(text: str) -> list[str]:
    """The words of a sentence as they are compared, without the stops behind them."""
    return [bare for word in text.casefold().split() if (bare := word.strip(".,;:!?()\"'"))]
