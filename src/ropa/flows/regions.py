"""Products of sets, subtracted without ever being enumerated.

A region is one set of atoms along each axis, as bit masks: it stands for every combination of them. Two
regions minus each other fall apart into at most as many regions as there are axes.
"""

from collections.abc import Iterable

Region = tuple[int, ...]

EVERYTHING = -1
"""A mask with every bit set: what an unstated facet leaves open."""


def meet(one: Region, other: Region) -> Region | None:
    """What two regions have in common, or None when that is nothing."""
    common = tuple([a & b for a, b in zip(one, other, strict=True)])
    return common if all(common) else None


def minus(regions: Iterable[Region], taken: Iterable[Region]) -> list[Region]:
    """What is left of some regions when others are taken away, in regions that do not overlap."""
    left = list(regions)
    for hole in taken:
        if not left:
            break
        left = [piece for region in left for piece in _cut(region, hole)]
    return left


def _cut(region: Region, hole: Region) -> list[Region]:
    common = meet(region, hole)
    if common is None:
        return [region]
    pieces, rest = [], list(region)
    for axis, inside in enumerate(common):
        outside = rest[axis] & ~inside
        if outside:
            pieces.append((*rest[:axis], outside, *rest[axis + 1 :]))
            rest[axis] = inside
    return pieces


def replaced(region: Region, axis: int, atoms: int) -> Region:
    """A region with other atoms along one axis."""
    return (*region[:axis], atoms, *region[axis + 1 :])


def narrowed(region: Region, axis: int, atoms: int) -> Region:
    """A region with no more than these atoms along one axis."""
    return replaced(region, axis, region[axis] & atoms)
