"""The page of many registers: which are worst, what most lack, who mends it and what is new, in one file."""

from pathlib import PurePosixPath

from ropa.fleet.fleet import OURSELVES, Fleet
from ropa.page.many import ManyPage
from ropa.page.templates import fill
from ropa.saying import phrases


def render(fleet: Fleet) -> str:
    """The page; it needs no other file but those it links to."""
    return fill(
        "fleet.html",
        styles=("fleet.css",),
        scripts=("fleet.js",),
        page=ManyPage(fleet),
        whose=_whose(fleet),
        day=phrases.day(fleet.day),
        day_of=phrases.day,
        ourselves=OURSELVES,
    )


def _whose(fleet: Fleet) -> str:
    """The one place that was named, by its last name."""
    named = [PurePosixPath(place).name for place in fleet.where]
    return named[0] if len(named) == 1 and named[0] else "Registers"
