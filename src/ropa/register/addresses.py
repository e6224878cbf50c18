"""Addresses of notices: whether two are the same, and whether a text leads to one."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from ropa.documents.patterns import regex
from ropa.register.vocabulary import fold
from ropa.remembering import remembered


class Leading(Protocol):
    """A published text, as far as it leads to others: its words, and the targets of the links in it."""

    @property
    def folded(self) -> str:
        """Its words in their normal form."""
        ...

    @property
    def links(self) -> Sequence[str]:
        """Where its links lead, as they are written."""
        ...


SHORTEST = 2
"""How many characters a name or an address has at the least that is looked for among words."""
_MARKS = regex(r"[^\w#/?=&.:-]+")
_IN_BRACKETS = regex(r"\s*\([^()]*\)\s*\Z")


@remembered
def address(url: str) -> str:
    """An address as it is compared: without its scheme, `www.` and a last slash, but with its fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = parts.netloc.casefold().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path.rstrip("/") if host else parts.path.strip("/")
    return f"{host}{path}{query}{fragment}"


def leads_to(text: Leading, base: str, *, name: str, url: str, file: str) -> bool:
    """Whether the words or the links of a text, published at `base`, lead to a notice by its name or address.

    A link may name the file that holds its text, too, as texts under version control do.
    """
    if url and any(address(_joined(base, target)) == address(url) for target in text.links):
        return True
    if file and any(_file(target) == PurePosixPath(file).name for target in text.links):
        return True
    words = f" {_plain(text.folded)} "
    wanted = (_plain(name), _plain(_IN_BRACKETS.sub("", name)), _plain(address(url)))
    return any(len(one) >= SHORTEST and _stands_in(one, words) for one in wanted)


def _stands_in(wanted: str, words: str) -> bool:
    return re.search(rf"(?<![\w/#-]){re.escape(wanted)}/?(?![\w/#-])", words) is not None


def _plain(words: str) -> str:
    return _MARKS.sub(" ", fold(words)).strip() if "/" not in words else words.casefold()


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _file(target: str) -> str:
    try:
        return PurePosixPath(urlsplit(target).path).name
    except ValueError:
        return ""
