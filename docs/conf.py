"""How the pages below docs/ become a site: Sphinx reads them as they are, by MyST, and Furo dresses them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

project = "ropa"
author = "the ropa authors"
copyright = "2026, the ropa authors"  # noqa: A001 # Sphinx asks for this name
language = "en_GB"

extensions = ["myst_parser"]
myst_heading_anchors = 4
source_suffix = {".md": "markdown"}
exclude_patterns = ["pictures"]

html_theme = "furo"
html_title = "ropa"
html_copy_source = False
html_show_sphinx = False
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
highlight_language = "none"

_OUT = re.compile(r"\[([^\]]*)\]\((?:\.\./)+(?!decisions|rules)[^)]*\)")
"""A link to a file of the project that is no page: its words stay."""

_LISTED = re.compile(r"(?:rules|decisions)/(?!README)")
"""Pages of which an index lists so many that they would hide the rest in the site's contents."""


_REACHED = {
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    'class="caption" role="heading">': 'class="caption" role="heading" aria-level="2">',
    '<div id="search-results">': '<h1>Search</h1><div tabindex="-1" id="search-results">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    "<pre>": '<pre tabindex="0">',
}
"""What the theme leaves out for those who read by ear or move by keyboard, and what stands there instead."""


class Sphinx(Protocol):
    """What is asked of Sphinx here."""

    outdir: Path

    def connect(self, event: str, handler: Callable[..., None]) -> int:
        """Calls the handler whenever the event comes."""


def setup(app: Sphinx) -> None:
    """Pages are read with what only the site needs, and written so that everybody reaches everything."""
    app.connect("source-read", _read)
    app.connect("build-finished", _finished)


def _read(_: object, page: str, source: list[str]) -> None:
    if "/" not in page:
        source[0] = _OUT.sub(r"\1", source[0])
    if _LISTED.match(page):
        source[0] = f"---\norphan: true\n---\n\n{source[0]}"


def _finished(app: Sphinx, trouble: Any) -> None:
    for path in () if trouble else Path(app.outdir).rglob("*.html"):
        text = path.read_text("utf-8")
        for left_out, instead in _REACHED.items():
            text = text.replace(left_out, instead)
        path.write_text(text, "utf-8")
