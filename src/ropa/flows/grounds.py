"""Which lawful basis each part of a flow rests on, where an entry records more than one."""

from collections.abc import Iterable, Iterator

from ropa.flows.flow import COUNTRY, DATA, PURPOSE, RECIPIENT, SOURCE, SUBJECT, Box
from ropa.flows.regions import minus
from ropa.register.model import Basis, BasisFor, Words, divided
from ropa.register.vocabulary import Facet, Vocabulary

_TIED = (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE)
"""What a basis may be tied to."""

_Part = tuple[Words, Words, Words]
"""People, data and purposes."""


class Grounds:
    """Divides what a flow is about among the bases that are recorded for it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._hierarchies = tuple(vocabulary[facet] for facet in _TIED)

    def of(self, bases: tuple[BasisFor, ...], box: Box) -> Iterable[tuple[Basis | None, Box]]:
        """Each basis with what of the box rests on it, and None with what rests on none.

        Where several are recorded for the same, each of them comes with it: any may be meant.
        """
        if not bases:
            return ((None, box),)
        if not divided(bases):
            return ((bases[0].basis, box),)
        return tuple(self._divided(bases, box))

    def unfounded(self, bases: tuple[BasisFor, ...], part: _Part) -> Iterator[_Part]:
        """The parts that no basis is recorded for; a word that is only partly among them stands there whole."""
        ties = [self._common(part, tie) for tie in bases]
        if minus([self._region(part)], [self._region(tie) for tie in ties if all(tie)]):
            left = [part]
            for tie in bases:
                left = [piece for part in left for piece in self._outside(part, tie)]
            yield from left

    def _divided(self, bases: tuple[BasisFor, ...], box: Box) -> Iterator[tuple[Basis | None, Box]]:
        part = (box[SUBJECT], box[DATA], box[PURPOSE])
        for tie in bases:
            common = self._common(part, tie)
            if all(common):
                yield tie.basis, _with(box, common)
        for left in self.unfounded(bases, part):
            yield None, _with(box, left)

    def _common(self, part: _Part, tie: BasisFor) -> _Part:
        subjects, data, purposes = (self._within(at, part, tie) for at in range(len(_TIED)))
        return subjects, data, purposes

    def _within(self, at: int, part: _Part, tie: BasisFor) -> Words:
        """The words that a basis is for; of a word that holds more than it is for, the narrower ones."""
        words, wanted = part[at], _wanted(tie)[at]
        if not wanted:
            return words
        hierarchy = self._hierarchies[at]
        atoms = hierarchy.union(wanted)
        found: dict[str, None] = {}
        for word in words:
            own = hierarchy.mask(word)
            inside = [w for w in wanted if not hierarchy.mask(w) & ~own]
            found.update(dict.fromkeys(inside if own & ~atoms else [word]))
        return tuple(found)

    def _outside(self, part: _Part, tie: BasisFor) -> Iterator[_Part]:
        """What of a part a basis is not for, in parts that do not overlap."""
        common = self._common(part, tie)
        if not all(common):
            yield part
            return
        inside = list(part)
        for at, hierarchy in enumerate(self._hierarchies):
            atoms = hierarchy.union(common[at])
            if words := tuple(word for word in inside[at] if hierarchy.mask(word) & ~atoms):
                piece = (*inside[:at], words, *inside[at + 1 :])
                yield piece[0], piece[1], piece[2]
            inside[at] = common[at]

    def _region(self, part: _Part) -> tuple[int, ...]:
        return tuple(
            hierarchy.union(words) for hierarchy, words in zip(self._hierarchies, part, strict=True)
        )


def _wanted(tie: BasisFor) -> _Part:
    return tie.subjects, tie.data, tie.purposes


def _with(box: Box, part: _Part) -> Box:
    """A box with other people, data and purposes."""
    subjects, data, purposes = part
    return subjects, data, box[SOURCE], box[RECIPIENT], purposes, box[COUNTRY]
