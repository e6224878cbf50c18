"""What kind of thing a cell says, whatever its column is called, and the columns in which such a thing is no answer."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from ropa.foreign.days import says_when
from ropa.foreign.grounds import cites_an_article
from ropa.foreign.keeping import kept_for
from ropa.foreign.lookup import meanings, names, plain


class CellKind(StrEnum):
    """Things that can be known by their shape alone, each as what a cell says."""

    YES_OR_NO = "yes or no"
    DAY = "when"
    NUMBER = "a number"
    PERIOD = "how long"
    GROUND = "a lawful basis"
    LINK = "a link or an e-mail address"


@lru_cache(4096)
def kind_of(text: str) -> CellKind | None:
    """What a cell says by its shape; None where it may be anything."""
    words = plain(text)
    if words in names("yes") or is_plain_no(text):
        return CellKind.YES_OR_NO
    if says_when(text):
        return CellKind.DAY
    if _NUMBER.fullmatch(text.strip()):
        return CellKind.NUMBER
    if _LINK.fullmatch(text.strip()):
        return CellKind.LINK
    if words in _sure_grounds() or cites_an_article(text):
        return CellKind.GROUND
    return CellKind.PERIOD if _is_a_period(text) else None


def is_plain_no(text: str) -> bool:
    """Whether a cell says no: “None” says that there is none, and answers no question with yes or no."""
    words = plain(text)
    return words in names("no") and words != "none"


_NUMBER = re.compile(r"[£$€]?\s*\d[\d.,\s]*%?")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
LONGEST_PERIOD = 200
"""How many letters a cell has at most that is held to be a period."""


def _is_a_period(text: str) -> bool:
    if len(text) > LONGEST_PERIOD or not re.search(r"\d", text):
        return False
    found = kept_for(text)
    return "period" in found.entry and not found.partly


@cache
def _sure_grounds() -> frozenset[str]:
    """The names of a basis that nothing else is called by: “Contract” may be a kind of data."""
    known = meanings("article_6")
    return frozenset(name for name, letter in known.items() if " " in name and letter in "cdef")


_ALL = frozenset(CellKind)
_NO_LISTS = ("purposes", "subjects", "data", "recipients", "processors", "joint", "on_behalf_of", "processing",
             "sources", "name")  # fmt: skip
_NO_TEXTS = ("owner", "department", "systems", "security", "law", "interests")
OUT_OF_PLACE: Mapping[str, frozenset[CellKind]] = (
    dict.fromkeys(_NO_LISTS, _ALL)
    | dict.fromkeys(_NO_TEXTS, _ALL - {CellKind.LINK})
    | {"retention": frozenset({CellKind.YES_OR_NO, CellKind.DAY, CellKind.GROUND})}
)
"""The kinds that answer nothing in a column, by its field: “Yes” names no recipient."""
ONLY_WHETHER = frozenset((
    "legitimate_interests_assessment", "consent_record", "dpia", "policy_document", "policy_reason", "contract",
    "breach_record", "retention_law",
))  # fmt: skip
"""Fields whose cells name a thing: yes or no says whether there is one, and not which."""


def out_of_place(field: str, text: str) -> CellKind | None:
    """The kind of a cell that answers nothing in a column of the field; None where it may be an answer."""
    if field not in OUT_OF_PLACE:
        return None
    kind = kind_of(text)
    return kind if kind in OUT_OF_PLACE[field] else None
