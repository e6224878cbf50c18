"""Whether a text names somebody: by the full name, or by the short form that the text itself gives."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ropa.documents.patterns import regex
from ropa.seen.fold import plain
from ropa.wording.sentences import Wording, compiled


def named(wording: Wording, name: str) -> bool:
    """Whether a text names an organisation: in full, by its initials as the text explains them, or nearly in full."""
    return same_name(wording.text.folded, name, wording)


def same_name(said: str, name: str, wording: Wording) -> bool:
    """Whether some words name the organisation: its whole name, a short form of it, or all that sets it apart."""
    full, whole = _plain(plain(name)), f" {_plain(said)} "
    if not full or f" {full} " in whole or (apart(name) and apart(name) <= set(whole.split())):
        return True
    return any(f" {short} " in whole for short in _short_forms(name, wording.text.folded))


def apart(name: str) -> frozenset[str]:
    """The words of an organisation's name that set it apart from others of its kind, in small letters."""
    return frozenset(_plain(plain(name)).split()) - _ORDINARY


def bodies(text: str) -> Iterator[re.Match[str]]:
    """The names in a text that end as those of councils, schools, trusts and firms do, and are of one of them."""
    return (found for found in _BODY.finditer(text) if apart(found[0]) - _TEAMS)


_BODY = regex(
    r"\b(?:[A-Z][\w'’&-]*(?: (?:of|and|for|the|&))? ){1,7}"
    r"(?:Council|School|Academy|College|University|Trust|Federation|Authority|Ltd|Limited|LLP|plc|Hospital|"
    r"Surgery|Partnership|Association)\b"
)
_TEAMS = frozenset(
    ("information", "governance", "team", "data", "protection", "our", "your", "this", "dear", "contact", "write",
     "privacy", "head", "teacher", "headteacher", "you", "can", "please", "if")
)  # fmt: skip
"""Words that begin a sentence or an address, and name nobody."""


@lru_cache(maxsize=256)
def _short_forms(name: str, folded: str) -> tuple[str, ...]:
    """What the text puts in brackets behind a name, which then goes by it: in small letters, without signs."""
    return tuple(dict.fromkeys(_bracketed(name, folded)))


def _bracketed(name: str, folded: str) -> Iterator[str]:
    full = plain(name)
    at = folded.find(full) if full else -1
    while at >= 0:
        if found := compiled(_SHORT_FORM).match(folded, at + len(full)):
            yield _plain(found[1])
        at = folded.find(full, at + 1)


_SHORT_FORM = r" ?\([\"']?((?:the )?(?-i:[A-Z])[\w&' -]{1,40})[\"']?\)"


@lru_cache(maxsize=64)
def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold().replace("'s ", " ")))


_ORDINARY = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "at",
        "a",
        "an",
        "council",
        "county",
        "borough",
        "city",
        "district",
        "metropolitan",
        "london",
        "royal",
        "unitary",
        "parish",
        "town",
        "school",
        "schools",
        "primary",
        "secondary",
        "junior",
        "infant",
        "infants",
        "high",
        "grammar",
        "academy",
        "academies",
        "college",
        "university",
        "trust",
        "multi",
        "nhs",
        "foundation",
        "hospital",
        "hospitals",
        "department",
        "ministry",
        "office",
        "agency",
        "authority",
        "service",
        "services",
        "group",
        "limited",
        "ltd",
        "plc",
        "llp",
        "inc",
        "company",
        "co",
        "charity",
        "community",
        "ce",
        "rc",
        "st",
        "board",
    ]
)
