"""The words of a stretch of text, as they are compared: small letters, no hyphens, inflection taken off."""

import re
from functools import lru_cache

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.reading.grammar import grammar
from ropa.register.wordforms import SHORTEST, without_plural

_TOKEN = regex(
    r"(?:https?://|www\.)\S+|[\w.+-]++@[\w-]++(?:\.[\w-]++)*|e-mail|e\.g\b|i\.e\b"
    r"|\d+(?=(?:years?|months?|weeks?|days?|yrs?)\b)|\w+(?:'\w+)*|[^\w\s]",
    re.IGNORECASE,
)
_ALIKE = {"e-mail": "email", "e-mails": "emails"}
MOST_KEPT = 1 << 15
"""How many different words are remembered with their stems."""


class Tokens(Struct, frozen=True):
    """The words and stops of a text: each as it is compared, and where it begins and ends.

    A hyphen inside a word parts two words and is no token of its own; a dash between spaces is one.
    """

    text: str
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.low)

    def written(self, at: int) -> str:
        """A word as it is written."""
        return self.text[self.starts[at] : self.ends[at]]


def tokens(text: str) -> Tokens:
    """The tokens of a text in the normal form."""
    low: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    small = text.lower()
    small = small if len(small) == len(text) else text
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        word = small[start:end]
        if word == "-" and text[end : end + 1] not in ("", " ") and text[start - 1 : start] != " ":
            continue
        if word[-2:] == "'s":  # a word without the sign of possession
            word = word[:-2]
        low.append(_ALIKE.get(word, word))
        starts.append(start)
        ends.append(end)
    return Tokens(text, tuple(low), tuple(starts), tuple(ends))


@lru_cache(maxsize=MOST_KEPT)
def singular(word: str) -> str:
    """A noun without its plural, and nothing else taken off: for data, people and recipients."""
    odd = grammar().odd.get(word)
    if odd is not None:
        return odd
    return without_plural(word, ("ss", "us", "is"))


@lru_cache(maxsize=MOST_KEPT)
def stem(word: str) -> str:
    """A word without the endings of noun and verb: for purposes, which are told as deeds."""
    if word.startswith("us") and word in ("use", "uses", "used", "using"):
        return "use"
    plain = singular(word)
    for ending in ("ing", "ed"):
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST:
            plain = plain[: -len(ending)]
            break
    if len(plain) > SHORTEST and plain[-1] == "e":
        return plain[:-1]
    doubled = len(plain) > SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiou"
    return plain[:-1] if doubled else plain
