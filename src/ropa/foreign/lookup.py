"""What people write into cells, looked up: `values.yaml`, and the vocabulary of the register."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ropa.documents.shipped import shipped


def plain(text: str) -> str:
    """A text as it is compared: small letters, one space, no signs."""
    return " ".join(re.findall(r"[\w'✓✔✗✘]+", text.casefold().replace("’", "'")))


@cache
def values() -> Mapping[str, Any]:
    """All of `values.yaml`."""
    found: Mapping[str, Any] = next(iter(shipped(Path(__file__).parent / "values.yaml"))).data
    return found


@cache
def names(key: str) -> frozenset[str]:
    """A list of it, as it is compared."""
    return frozenset(plain(str(name)) for name in values()[key])


@cache
def meanings(*path: str) -> Mapping[str, str]:
    """Each name below a key with what it means: `article_6` gives {"consent": "a", ...}."""
    below: Any = values()
    for key in path:
        below = below[key]
    found: dict[str, str] = {}
    for meaning, written in below.items():
        for name in written:
            found.setdefault(plain(str(name)), str(meaning))
    return found


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is none: “N/A”, “None”, a dash."""
    return not text.strip(_DASHES) or plain(text) in names("nothing")


_DASHES = " \t\n-\u2010\u2011\u2012\u2013\u2014\u2015\u2212_./\\*()[]'\"\u00a0"
"""What a cell holds that was only filled so that it is not empty."""


def comes_later(text: str) -> bool:
    """Whether a cell says that nobody knows yet: “TBC”, a question mark."""
    words = plain(text)
    return ("?" in text and len(words) <= 1) or words in names("later")


_BOX = re.compile(
    r"(☐|☑|☒|✅|⬜|\[[ xX]\])[ \t]*([^\n☐☑☒✅⬜]*?)[ \t]*(?=☐|☑|☒|✅|⬜|\[[ xX]\]|\n|$)"
)
_EMPTY_BOXES = ("☐", "⬜", "[ ]")


def ticked_of(text: str) -> str:
    """What a cell with boxes to tick says: what stands behind those that are ticked, and all that has no box."""
    if _BOX.search(text) is None:
        return text
    said = _BOX.sub(lambda box: "" if box[1] in _EMPTY_BOXES else f"{box[2]}\n", text)
    return "\n".join(line.strip(" -•") for line in said.splitlines() if line.strip(" -•"))


def yes_or_no(text: str) -> bool | None:
    """What a cell that is answered with yes or no says; None where it says something else."""
    words = plain(text)
    if words in names("yes"):
        return True
    return False if words in names("no") or words in names("nothing") else None


@cache
def phrases(names_: Iterable[str]) -> re.Pattern[str]:
    """A pattern of several names, the longest first, as whole words of a text that is compared."""
    ordered = sorted(names_, key=len, reverse=True)
    if not ordered:
        return re.compile(r"(?!)")
    return re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, ordered))})(?![\w'])")
