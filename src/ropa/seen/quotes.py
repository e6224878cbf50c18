"""The words of a quote that was copied with mark-up: every one of them, also those a page would not show."""

from collections.abc import Iterator

import pyromark

from ropa.documents.patterns import regex
from ropa.seen.tags import texts_of

_STRAY = regex(r"[*`]+")
"""Marks of emphasis whose other half was not copied."""
_WITHIN_WORDS = ("Emphasis", "Strong", "Link", "Image")


def words_of(text: str) -> str:
    """The words of a short text in Markdown or HTML. What would hide or strike words is no mark-up here."""
    return _STRAY.sub("", "".join(_words(text)))


def _words(text: str) -> Iterator[str]:
    for event in pyromark.events(text, options=pyromark.Options.ENABLE_TABLES):
        name, value = next(iter(event.items())) if isinstance(event, dict) else (event, None)
        if name in ("Text", "Code"):
            yield str(value)
        elif name in ("Html", "InlineHtml"):
            yield "".join(words for words, _ in texts_of(str(value))) or " "
        elif name in ("SoftBreak", "HardBreak") or (name == "End" and value not in _WITHIN_WORDS):
            yield " "
