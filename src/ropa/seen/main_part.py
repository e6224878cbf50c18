"""Which part of a page is the notice: what is asked for, or what is marked; else all but the site's own.

Where a page marks no main part, the blocks beside its sentences that look like the site's own menus and footers are
left out; where that cannot be told, they are read.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ropa.documents.patterns import regex
from ropa.seen.tags import RAW, names
from ropa.seen.tree import NoText

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_LINKED = 0.6
"""How much of a block may be links before it is a menu."""
FEWEST_WORDS = 6
"""How many words a text has at the least that may be a sentence."""

_MARKED = "main, [role=main]"
_AROUND = names("nav header footer aside")
_HOLDING = names("div section article body form")
_OF_THE_SITE = regex(
    r"(?<![a-z])(?:(?:site|page|global|main)[-_]?)?(?:top|bottom|nav|menu|head|foot|side|tool|util\w*)[-_]?"
    r"(?:bar|er|menu|nav|links?|igation)?s?(?![a-z])|masthead|breadcrumb|skip-?link|(?<![a-z])banner(?![a-z])",
    re.IGNORECASE,
)
"""Classes and ids by which sites call what stands around every page."""
_RIGHTS = regex(r"©|&copy;|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_SENTENCE = regex(r"[.?!:](?:\s|\Z)")


def main_part(tree: "LexborHTMLParser", asked: str) -> "LexborNode | None":
    """The part of a page that is the notice; None where nothing says which. Raises `NoText`."""
    if asked:
        return _asked(tree, asked)
    return next((m for m in tree.css(_MARKED) if m.text(strip=True)), None)


def site_parts(tree: "LexborHTMLParser") -> frozenset[int]:
    """The blocks beside the sentences of a page that look like the site's own, by their ids in memory."""
    speaking = list(_speaking(tree.body)) if tree.body is not None else []
    if not speaking:
        return frozenset()
    around, holding = _around(speaking)
    return frozenset(
        child.mem_id
        for node in around
        if node.tag in _HOLDING
        for child in node.iter()
        if child.mem_id not in holding and _is_of_the_site(child)
    )


def _around(nodes: list["LexborNode"]) -> tuple[list["LexborNode"], set[int]]:
    """The elements that hold all of these, the innermost first, and the ids of those that hold any."""
    common = list(_lineage(nodes[0]))
    places = {node.mem_id: at for at, node in enumerate(common)}
    holding, begun = set(places), 0
    for other in nodes[1:]:
        for node in _lineage(other):
            if node.mem_id in holding:  # from here on they stand in the same
                begun = max(begun, places.get(node.mem_id, 0))
                break
            holding.add(node.mem_id)
    return common[begun:], holding


def _asked(tree: "LexborHTMLParser", selector: str) -> "LexborNode":
    from selectolax.lexbor import SelectolaxError

    hint = "write a CSS selector of the part of the page that is the notice, such as #content or .article"
    try:
        found = tree.css(selector)
    except SelectolaxError:
        raise NoText(f"`main` is {selector}, which is no CSS selector", hint) from None
    holding = [node for node in found if node.text(strip=True)]
    if not holding:
        raise NoText(f"nothing in it is {selector}, which `main` names", hint)
    return holding[0]


def _speaking(body: "LexborNode") -> Iterator["LexborNode"]:
    """The elements whose own text may be a sentence, and the title; not those of the site itself."""
    stack = [body]
    while stack:
        node = stack.pop()
        tag = node.tag or ""
        if tag in RAW or tag in _AROUND or tag == "a" or _is_called_so(node):
            continue
        own = " ".join(c.text_content or "" for c in node.iter(include_text=True) if c.is_text_node)
        if tag == "h1" or (len(own.split()) >= FEWEST_WORDS and _SENTENCE.search(own)):
            yield node
        stack += node.iter()


def _lineage(node: "LexborNode") -> Iterator["LexborNode"]:
    """An element and all that it stands in, the innermost first."""
    around: LexborNode | None = node
    while around is not None:
        yield around
        around = around.parent


def _is_called_so(node: "LexborNode") -> bool:
    attributes = node.attributes
    named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}" if attributes else ""
    return node.tag != "body" and bool(_OF_THE_SITE.search(named))


def _is_of_the_site(node: "LexborNode") -> bool:
    """Whether a block in which no sentence stands is a menu, or a footer."""
    if _is_called_so(node):
        return True
    words = node.text(deep=True, strip=True)
    if node.tag not in _HOLDING or not words:
        return False
    links = sum(len(link.text(deep=True, strip=True)) for link in node.css("a"))
    return links >= MOST_LINKED * len(words) or bool(_RIGHTS.search(words))
