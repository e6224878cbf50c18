"""The words of a register that a few words may mean: the nearest, by the stems that they share with its names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log

from msgspec import Struct

from ropa.reading.grammar import grammar
from ropa.reading.tokens import stem, tokens
from ropa.register.vocabulary import Facet, Hierarchy

MOST = 5
"""How many words a person is given to choose from."""


class Nearest(Struct, frozen=True, dict=True, eq=False):
    """The words of one facet, to be asked for those that are nearest to what a text says."""

    hierarchy: Hierarchy

    def to(self, text: str, most: int = MOST) -> tuple[str, ...]:
        """The ids of the nearest words, the nearest first; none that shares nothing with the text.

        A name counts by the weight of the stems it shares with the text, against the weight of all it has: a stem that
        many words have weighs little.
        """
        said = frozenset(_stems(text))
        scores: dict[str, float] = {}
        for stem_ in said & self._by_stem.keys():
            for word in self._by_stem[stem_]:
                if word not in scores:
                    scores[word] = max(self._alike(said, name) for name in self._names[word])
        ordered = sorted(scores, key=lambda word: (-scores[word], word))
        return tuple(word for word in ordered if scores[word] > 0)[:most]

    def _alike(self, said: frozenset[str], name: frozenset[str]) -> float:
        shared = sum(self._weight[one] for one in said & name)
        return shared * shared / (sum(self._weight[one] for one in name) or 1)

    @cached_property
    def _names(self) -> Mapping[str, tuple[frozenset[str], ...]]:
        root = self.hierarchy.root
        return {
            term.id: tuple({frozenset(_stems(name)) for name in term.names} - {frozenset()})
            for term in self.hierarchy.terms.values()
            if term.id != root and not term.umbrella
        }

    @cached_property
    def _by_stem(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for word, names in self._names.items():
            for one in {one for name in names for one in name}:
                found[one][word] = None
        return {one: tuple(words) for one, words in found.items()}

    @cached_property
    def _weight(self) -> Mapping[str, float]:
        number = len(self._names) + 1
        return {one: log(number / len(words)) for one, words in self._by_stem.items()}


def _stems(text: str) -> Iterable[str]:
    """The stems of the words of a text that tell something."""
    small = grammar().small
    for word in tokens(text.replace("-", " ")).low:
        if word.isalpha() and word not in small["function"] and word not in small["general"]:
            yield stem(word)


class Choices(Struct, frozen=True, dict=True, eq=False):
    """What may be chosen for each facet, by the vocabulary of a register."""

    vocabulary: Mapping[Facet, Hierarchy]

    def nearest(self, facet: Facet, text: str, without: Iterable[str] = ()) -> tuple[str, ...]:
        """The nearest words of a facet, without those that are known not to be meant."""
        left_out = frozenset(without)
        known = self._known.setdefault(facet.scheme, Nearest(self.vocabulary[facet.scheme]))
        found = known.to(text, MOST + len(left_out))
        return tuple(word for word in found if word not in left_out)[:MOST]

    @cached_property
    def _known(self) -> dict[Facet, Nearest]:
        return {}
