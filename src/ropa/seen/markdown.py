"""Markdown as what it renders to, by pyromark, a parser of CommonMark and its extensions.

A page that it renders to is read as any page is, so that one pass decides what is seen, and the parser's events say
where in the file each text stands. Where nothing can be hidden, the events are all that is needed.
"""

from collections.abc import Iterable, Iterator

import pyromark

from ropa.documents.patterns import regex
from ropa.seen.page import Manner, sheet_of_page
from ropa.seen.places import Finder
from ropa.seen.straight import NeedsPage, seen_of_events
from ropa.seen.tags import refuse_depth, texts_of
from ropa.seen.tree import LeftOut, Seen

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_GFM
)
_FRONT_MATTER = regex(
    r"\ufeff?(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?=[\"'\w#][^\r\n]*[:=#]|---|\+\+\+)"
    r"(?:[^\r\n]*(?:\r\n|\r|\n))*?(?:(?P=fence)|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"
)
"""Data about a page at the top of its file, as site generators keep it; the page does not show it."""


def sheet_of_markdown(text: str) -> Seen:
    """What is seen of a file in Markdown. Raises `NoText` where it cannot be parsed in time."""
    front = _FRONT_MATTER.match(text)
    begun = front.end() if front else 0
    body = text[begun:]
    try:
        events = pyromark.events_with_range(body, options=_OPTIONS)
        sheet = seen_of_events(text, events, _Characters(body, begun))
    except NeedsPage:
        sheet = seen_of_rendered(text, begun)
    if front is None:
        return sheet
    aside = LeftOut("front matter", 0, len(front[0].rstrip()) - 1)
    return Seen(
        sheet.written,
        *(sheet.lines, sheet.origins, sheet.faint, (aside, *sheet.left_out), sheet.closed),
        links=sheet.links,
    )


def seen_of_rendered(text: str, begun: int = 0) -> Seen:
    """What is seen of the page that a file renders to, from a character on. Raises `NoText`."""
    body = text[begun:]
    cited: set[str] = set()
    finder = Finder(text, _texts(body, begun, cited))
    html = pyromark.html(body, options=_OPTIONS)
    return sheet_of_page(html, finder, Manner(whole=False, soft=True, cited=cited))


def _texts(body: str, begun: int, cited: set[str]) -> Iterator[tuple[str, int]]:
    """The texts of a file, each with its place; what is written as HTML is taken apart as HTML is."""
    at = _Characters(body, begun)
    html, html_at, images, depth = "", 0, 0, 0
    for event, where in pyromark.events_with_range(body, options=_OPTIONS):
        if not isinstance(event, dict):
            continue
        ((name, value),) = event.items()
        if name == "Html":
            html_at = html_at if html else at(where["start"])
            html += str(value)
            continue
        if html:
            yield from _moved(texts_of(html), html_at)
            html = ""
        if name in ("Text", "Code"):
            if not images:
                yield str(value), at(where["start"], int(name == "Code"))
        elif name in ("Start", "End"):
            depth += 1 if name == "Start" else -1
            refuse_depth(depth)
            images += _image(name, value)
        elif name == "FootnoteReference":
            cited.add(str(value))
    yield from _moved(texts_of(html), html_at)


def _image(name: str, value: object) -> int:
    """Whether an image, whose words are not seen, begins or ends."""
    if name == "End":
        return -int(value == "Image")
    return int(isinstance(value, dict) and "Image" in value)


def _moved(texts: Iterable[tuple[str, int]], by: int) -> Iterator[tuple[str, int]]:
    return ((text, by + at) for text, at in texts)


class _Characters:
    """Where in the file the character stands that begins at a byte; asked from the first on, it is quick."""

    def __init__(self, text: str, begun: int) -> None:
        self._plain, self._begun = text.isascii(), begun
        self._raw = b"" if self._plain else text.encode("utf-8", "surrogatepass")
        self._byte = self._character = 0

    def __call__(self, byte: int, more: int = 0) -> int:
        if self._plain:
            return self._begun + byte + more
        if byte < self._byte:
            self._byte = self._character = 0
        self._character += _characters(self._raw[self._byte : byte])
        self._byte = byte
        return self._begun + self._character + more


def _characters(raw: bytes) -> int:
    return len(raw.decode("utf-8", "surrogatepass"))
