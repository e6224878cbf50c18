"""The frame that every page of the workbench stands in: where one is, what was saved last, and the keys."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from gettext import NullTranslations
from textwrap import shorten
from typing import Any

from msgspec import Struct

from ropa.page.templates import Pages
from ropa.saying.catalogue import catalogue
from ropa.workbench import home
from ropa.workbench.desk import AsItStands, Desk
from ropa.workbench.door import Fields

PAGES = "workbench/pages"
KEYS = (
    ("1 to 5", "on the first page, open that thing to do; on a choice, take that way"),
    ("j", "the next sentence that is not tied, or flow that is not told"),
    ("k", "the one before"),
    ("n", "a new statement of the words that are selected"),
    ("y", "take the proposal, or what is chosen for a word"),
    (
        "m o b",
        "of a word without a place: the same as the one that is chosen, a kind of it, or one that belongs to none",
    ),
    ("p", "give the words of the register their places"),
    ("e", "change it first"),
    ("a", "set the sentence aside, with a reason"),
    ("Ctrl Enter", "save, and go on to the next"),
    ("Enter", "in a list, take the word"),
    ("Esc", "close the list, then leave the field; what was typed stays"),
    ("u", "undo what was saved last, also after a restart"),
    ("s", "see what you would sign"),
    ("/", "find"),
    ("?", "these keys"),
)
"""What each key does, where it does anything."""
PLACES = (
    ("/", "Home"),
    ("/notices", "Notices"),
    ("/flows", "Flows"),
    ("/register", "Register"),
    ("/sign-off", "Sign-off"),
)
"""The rooms of the workbench, by their addresses."""
MOST_DIGITS = 8
"""How long the number of a sentence may be."""


class AskedPage(Struct, frozen=True):
    """What is asked: the parts of the address, what stands behind its `?`, the fields of a form, and its secret."""

    parts: Mapping[str, Any]
    query: Mapping[str, str]
    fields: Fields
    secret: str
    path: str = "/"

    def field(self, name: str) -> str:
        """The first value of a field, on one line; nothing where it was not sent."""
        return " ".join(self.fields.get(name, ("",))[0].split())


class Shown(Struct, frozen=True):
    """The answer: a page and its status, or where `to` go on."""

    page: str = ""
    status: int = 200
    to: str = ""
    kind: str = "text/html"


class PageFrame:
    """Makes the pages of one desk."""

    def __init__(self, desk: Desk, words: NullTranslations | None = None) -> None:
        self.desk = desk
        self.pages = Pages(PAGES, words or catalogue())

    @cached_property
    def began(self) -> Mapping[str, int]:
        """How many sentences of each notice were settled when the server began."""
        return {one.notice.id: one.settled for one in home.standings(self.desk.now())}

    def page(
        self, asking: AskedPage, now: AsItStands, template: str, here: str, **values: Any
    ) -> Shown:
        """A page of a template, with what every page has."""
        began, waiting = self.began, sum(one.open for one in home.standings(now))
        last = self.desk.diary.last
        page = self.pages.fill(
            template,
            now=now,
            here=here,
            secret=asking.secret,
            keys=KEYS,
            address=home.address,
            flow_address=home.flow_address,
            again_address=home.again_address,
            places=PLACES,
            waiting=waiting,
            began=began,
            last=f"Saved {last.when.rpartition(' ')[2]}" if last else "",
            undoable=last.said if last else "",
            again=not asking.fields,
            **values,
        )
        return Shown(page)


def today() -> date:
    """The day that is written beside a name: the one place of the workbench that looks at the clock is beside it."""
    return datetime.now().astimezone().date()


def now_in_words() -> str:
    """The day and the minute."""
    return f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"


def number_in(written: str) -> int:
    """A number of an address or a form; 0 where there is none."""
    fits = written.isascii() and written.isdecimal() and len(written) < MOST_DIGITS
    return int(written) if fits else 0


def short(text: str) -> str:
    """Words that fit into a line of what was done."""
    return shorten(text, 60, placeholder=" …")


def lost(said: str) -> Shown:
    """That there is nothing there."""
    return Shown(f"{said}\n", 404, kind="text/plain")


def safe_way(back: str) -> str:
    """Where to go on, which is a page of the workbench."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"
