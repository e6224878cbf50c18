"""HTML taken apart at its tags: each text between them with its place, and what cannot be parsed in time refused."""

import re
from collections.abc import Iterator
from html import unescape

from ropa.documents.patterns import regex
from ropa.seen.tree import NoText

DEEPEST = 6_000
"""How many parts a page may have inside each other: a parser's time grows with the square of it."""
MOST_ATTRIBUTES = 1_000
LONGEST_TAG = 4_000
"""A shorter tag cannot have too many attributes."""


def names(listed: str) -> frozenset[str]:
    """The names of a list."""
    return frozenset(listed.split())


def texts_of(html: str) -> Iterator[tuple[str, int]]:
    """The texts of a page between its tags, each with its place. Raises `NoText` where it cannot be parsed in time."""
    depth = 0
    for token in _TOKEN.finditer(html):
        match token.lastgroup:
            case "reference":
                yield unescape(token[0]), token.start()
            case "text":
                yield token[0], token.start()
            case "open":
                depth += token["open"].lower() not in _UNNESTED
                _refuse(depth, token)
            case "close":
                depth -= depth > 0 and token["close"].lower() not in _UNNESTED


def refuse_depth(depth: int) -> None:
    """Raises `NoText` where so many parts are inside each other that a page cannot be parsed in time."""
    if depth > DEEPEST:
        parts = f"more than {DEEPEST:,} of its parts are inside each other"
        raise NoText(parts, "write it without them")


def _refuse(depth: int, tag: re.Match[str]) -> None:
    refuse_depth(depth)
    if tag.end() - tag.start() > LONGEST_TAG:
        names = re.sub(r"""=\s*("[^"]*"|'[^']*'|[^\s>]*)""", "", tag[0]).split()
        if len(names) > MOST_ATTRIBUTES:
            raise NoText(
                f"a tag of it has more than {MOST_ATTRIBUTES:,} attributes", "save the page anew"
            )


# What is never closed runs to the end of the page, so that each character is looked at once.
_TAG = r"""(?:[^>="']++|=\s*+"[^"]*+"|=\s*+'[^']*+'|[="'])*+(?:>|\Z)"""
RAW = names("script style iframe noembed noframes xmp textarea title template")
"""What holds no words of the page, whatever stands in it."""
_UNNESTED = names(
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead "
    "tbody tfoot html head body"
)
"""What is not inside the one before it when that is not closed."""
_TOKEN = regex(
    rf"""
      (?P<text>[^<&]++|[&<](?![\w!/?\#]))
    | <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<raw>{"|".join(sorted(RAW))})\b{_TAG}.*?(?:(?=</(?P=raw)\b)|\Z)
    | <[!?][^>]*+(?:>|\Z)
    | </(?P<close>[a-z][^\s/>]*+)[^>]*+(?:>|\Z)
    | </[^>]*+(?:>|\Z)
    | <(?P<open>[a-z][^\s/>]*+){_TAG}
    | (?P<reference>&(?:\#\w{{1,10}}|\w{{1,32}});?)
    | (?P<rest>[<&])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
