"""Boxes of words that differ along one axis alone, as one box: it holds what they hold, and no more."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

from ropa.register.model import Words

Key = TypeVar("Key", bound=Hashable)


class Boxed(NamedTuple, Generic[Key]):
    """Words along some axes, and what is said of the whole box. No words along an axis leave it open."""

    key: Key
    box: tuple[Words, ...]


def merged(boxes: Iterable[Boxed[Key]], order: Sequence[int]) -> tuple[Boxed[Key], ...]:
    """The boxes, merged for as long as two of one key differ along one axis; the axes of `order` first."""
    found = tuple(boxes)
    while True:
        before = len(found)
        for axis in order:
            found = _along(found, axis)
        if len(found) == before:
            return found


def _along(boxes: Iterable[Boxed[Key]], axis: int) -> tuple[Boxed[Key], ...]:
    groups: dict[Hashable, list[Boxed[Key]]] = {}
    for one in boxes:
        rest = tuple(frozenset(words) for n, words in enumerate(one.box) if n != axis)
        groups.setdefault((one.key, rest, not one.box[axis]), []).append(one)
    return tuple(_union(group, axis) for group in groups.values())


def _union(group: Sequence[Boxed[Key]], axis: int) -> Boxed[Key]:
    first = group[0]
    words = tuple(dict.fromkeys(word for one in group for word in one.box[axis]))
    return first._replace(box=(*first.box[:axis], words, *first.box[axis + 1 :]))
