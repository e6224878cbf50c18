"""HTML: the blocks of a page's main part as a reader sees them, each word with its place in the file.

What is hidden, struck out or stands around the notice is left out and said; what people have to open is seen,
and said to be closed.
"""

import re
from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.seen.main_part import main_part, site_parts
from ropa.seen.places import Finder, Stretches
from ropa.seen.styles import Appearance, Styles
from ropa.seen.tags import RAW, names, texts_of
from ropa.seen.tree import FOLDED, FURNITURE, Cell, Kind, LeftOut, Line, NoText, Scribe, Seen

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST_NODES = 1_000_000
MOST_COLUMNS = 50
DEEPEST_LIST = 8


_NEVER_SEEN = names(
    "head script style template noscript iframe object svg math select datalist textarea input audio video canvas"
)
_AROUND = names("header footer aside")
_PARTS = names("article section")
_UNSEEN_ROLES = names(
    "navigation dialog alertdialog search menu menubar banner contentinfo complementary"
)
_STRUCK = names("del s strike")
_INLINE = names("span b i em strong small a sup sub font abbr mark u")
_STRONG = names("b strong")
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LOW_HEADINGS = names("summary caption legend")
_CELLS = names("td th")
_LISTS = names("ul ol menu dl")
_BLOCKS = names(
    "address article aside blockquote body details div dl dt fieldset figcaption figure footer form header hr main "
    "nav ol p pre section table tbody thead tfoot ul menu dialog button"
)
_HIDDEN_CLASSES = regex(
    r"(?<![\w-])(?:govuk-|nhsuk-)?(?:visually-?hidden|sr-only|screen-reader-text|d-none|hidden|is-hidden|invisible"
    r"|print-only)(?![\w-])",
    re.IGNORECASE,
)
_BESIDE_THE_TEXT = regex(
    r"cookie[-_]?(?:banner|consent|notice|bar|popup|message|law|control|settings|overlay)"
    r"|consent[-_]?(?:banner|manager|popup)|onetrust|cookiebot|breadcrumb|skip-?link",
    re.IGNORECASE,
)
_FOOTNOTE = regex(r"footnote", re.IGNORECASE)
_NOTE_MARK = regex(r"[\[(]?(?:\d{1,3}|[*†‡§])[\])]?|↑|↩\ufe0e?")
_UNIT = regex(r"\b(?:[kcm]?m|ft|in|CO)$")
_BLOCK_ENDS = _BLOCKS | _HEADINGS.keys() | _LOW_HEADINGS | _CELLS | names("li dd tr")

UNSAID = "unsaid"
LOW_RANK = 6
MOST_NUMBERED = 100
MOST_LEVELS = 200
Attributes = Mapping[str, str | None]


class Manner(Struct, frozen=True):
    """How a page is read: whether it is a whole page with things around the notice, and which part is asked for.

    `main` is the CSS selector of that part, empty where nobody names it. `soft` is true where the line ends of the
    file are kept, as they are in Markdown. `cited` are the footnotes that something refers to; None where every one is
    shown.
    """

    whole: bool = True
    main: str = ""
    soft: bool = False
    cited: Set[str] | None = None


def sheet_of_html(html: str, main: str = "") -> Seen:
    """What is seen of a file in HTML, of the part that `main` names. Raises `NoText`."""
    return sheet_of_page(html, Finder(html, texts_of(html)), Manner(main=main))


def sheet_of_page(html: str, finder: Finder, manner: Manner) -> Seen:
    """What is seen of a page. Raises `NoText` where it is too large to be read."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    return _PageWalk(tree, finder, manner).sheet()


# The walk


_PLAIN = Appearance()


class _Inside(Struct, frozen=True, gc=False):
    """What the words of an element stand in."""

    look: Appearance = _PLAIN
    out: str = ""  # why they are left out
    part: int = 0  # the number of the part that is left out or closed
    closed: bool = False
    within: bool = True  # the part of the page that is the notice
    lists: int = 0
    strong: bool = False
    heading: int = 0  # the number of the heading, so that it ends where it ends
    footnote: bool = False
    table: int = 0
    row: bool = False
    pre: bool = False


class _PageWalk:
    """Goes through a page in its order and has what is seen written down."""

    def __init__(self, tree: "LexborHTMLParser", finder: Finder, manner: Manner) -> None:
        self._tree, self._finder, self._manner = tree, finder, manner
        self._scribe = Scribe()
        self._styles = Styles(tree)
        self._opened = _opened(tree)
        self._hosts = {n.parent.mem_id for n in tree.css("template[shadowrootmode]") if n.parent}
        self._main = main_part(tree, manner.main) if manner.whole else None
        self._site = site_parts(tree) if manner.whole and self._main is None else frozenset()
        self._around = set(_ancestors(self._main)) if self._main else set()
        self._parts: dict[int, LeftOut] = {}
        self._numbers: dict[int, int] = {}
        self._counted = 0
        self._column = 0
        self._reach: dict[int, int] = {}  # the columns whose cells reach into the next rows

    def sheet(self) -> Seen:
        """Writes the page down."""
        stack: list[tuple[LexborNode, _Inside, bool]] = []
        if self._tree.root is not None:
            stack.append((self._tree.root, _Inside(within=self._main is None), True))
        for _ in range(2 * MOST_NODES):
            if not stack:
                return self._scribe.sheet(*self._asides())
            node, inside, entering = stack.pop()
            if not entering:
                self._leave(node, inside)
            elif node.is_text_node:
                self._text(node.text_content or "", inside)
            elif node.is_element_node:
                entered = self._enter(node, inside)
                if entered is not None:
                    stack.append((node, entered, False))
                    children = [(child, entered, True) for child in _children(node)]
                    stack += reversed(children)
        raise NoText("it is too large a page", "save only the notice")

    def _asides(self) -> tuple[tuple[LeftOut, ...], tuple[LeftOut, ...]]:
        parts = sorted(self._parts.values(), key=lambda part: (part.first, part.last))
        closed = tuple(part for part in parts if part.kind == FOLDED)
        return tuple(part for part in parts if part.kind != FOLDED), closed

    def _text(self, text: str, inside: _Inside) -> None:
        if text.isspace():
            if not inside.out and inside.within:
                self._space(text, inside)
            return
        stretches = self._finder.of(text)
        out = inside.out or ("" if inside.within else FURNITURE)
        out = out or ("hidden" if inside.look.invisible else "")
        if out or inside.closed:
            self._note(inside.part, out or FOLDED, stretches[0][1])
        if out:
            return
        if (inside.pre or self._manner.soft) and "\n" in text:
            self._lines(text, stretches, inside)
        else:
            self._write(text.replace("\n", " ").replace("\r", " "), stretches, inside)

    def _space(self, text: str, inside: _Inside) -> None:
        if (inside.pre or self._manner.soft) and "\n" in text:
            self._scribe.turn()
        else:
            self._scribe.space()

    def _note(self, part: int, kind: str, first: int) -> None:
        """Remembers a part that is left out or closed, from its first word to its last."""
        if kind == UNSAID:
            return
        before = self._parts.get(part)
        first = before.first if before else first
        self._parts[part] = LeftOut(
            before.kind if before else kind, first, max(first, self._finder.here)
        )

    def _lines(self, text: str, stretches: Stretches, inside: _Inside) -> None:
        """Writes text whose line ends are kept."""
        at = begun = 0
        while True:
            end = text.find("\n", begun)
            piece = text[begun : end if end >= 0 else len(text)]
            while at + 1 < len(stretches) and stretches[at + 1][0] <= begun:
                at += 1
            upto = at + 1
            while upto < len(stretches) and stretches[upto][0] < begun + len(piece):
                upto += 1
            own = tuple((max(0, s - begun), h + max(0, begun - s)) for s, h in stretches[at:upto])
            self._write(piece, own, inside)
            if end < 0:
                return
            self._scribe.turn()
            begun = end + 1

    def _write(self, text: str, stretches: Stretches, inside: _Inside) -> None:
        why = "" if inside.look is _PLAIN else inside.look.why_faint
        self._scribe.words(text, stretches, strong=inside.strong, why=why)

    # Elements

    def _enter(self, node: "LexborNode", inside: _Inside) -> _Inside | None:
        """What stands inside an element stands in; None where nothing does."""
        tag = node.tag or ""
        if tag == "br":
            if not inside.out:
                self._scribe.turn()
            return None
        if tag in RAW or inside.out:
            return None if tag in RAW else inside
        attributes = node.attributes
        inside = self._placed(node, inside)
        inside = self._shown(node, tag, attributes, inside)
        if not inside.out and inside.within:
            inside = self._begin(node, tag, attributes, inside)
        return inside

    def _placed(self, node: "LexborNode", inside: _Inside) -> _Inside:
        """Whether an element is in the part of the page that is the notice."""
        if inside.within or self._main is None or node.mem_id in self._around:
            return inside
        if node.mem_id == self._main.mem_id:
            return replace(inside, within=True)
        return replace(inside, out=FURNITURE, part=self._next())

    def _next(self) -> int:
        self._counted += 1
        return self._counted

    def _shown(
        self, node: "LexborNode", tag: str, attributes: Attributes, inside: _Inside
    ) -> _Inside:
        """The same with why its words are left out, and how they look."""
        look = self._styles.look(node, attributes, inside.look)
        opened = attributes.get("id") in self._opened if "id" in attributes else False
        opened = opened or attributes.get("hidden") == "until-found" or _is_tab_panel(attributes)
        out = self._out(node, tag, attributes, inside) or ("struck out" if look.struck else "")
        if not out and (look.hidden or _is_hidden(tag, attributes) or node.mem_id in self._hosts):
            out = "" if opened else "hidden"
            inside = inside if out else replace(inside, closed=True, part=self._next())
        elif not out and tag == "details" and "open" not in attributes:
            inside = replace(inside, closed=True, part=self._next())
        if out:
            return replace(inside, out=out, part=self._next())
        if attributes.get("aria-hidden") == "true" and not look.faded:
            look = replace(look, faded="kept from those to whom the page is read out")
        if look.invisible and not inside.look.invisible:
            inside = replace(inside, part=self._next())
        look = replace(look, hidden=False) if look.hidden else look
        return inside if look is inside.look else replace(inside, look=look)

    def _out(self, node: "LexborNode", tag: str, attributes: Attributes, inside: _Inside) -> str:
        """Why the words of an element are no part of the notice, however they look; empty where they are."""
        if tag in _NEVER_SEEN:
            return UNSAID
        if tag in _STRUCK:
            return "struck out"
        if tag == "button" and not (inside.heading or _opens(node, attributes)):
            return UNSAID
        if tag in ("sup", "a") and self._is_note_mark(node, tag, attributes):
            return UNSAID
        if (
            tag == "div"
            and self._manner.cited is not None
            and _is_uncited(attributes, self._manner.cited)
        ):
            return "footnote"
        return FURNITURE if self._manner.whole and self._is_around(node, tag, attributes) else ""

    def _is_around(self, node: "LexborNode", tag: str, attributes: Attributes) -> bool:
        """Whether it is a menu or a banner."""
        if tag == "nav" or node.mem_id in self._site:
            return True
        if tag in _AROUND and self._main is None:
            parent = node.parent
            if parent is None or parent.tag not in _PARTS:
                return True
        if not attributes:
            return False
        named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        return attributes.get("role") in _UNSEEN_ROLES or bool(_BESIDE_THE_TEXT.search(named))

    def _is_note_mark(self, node: "LexborNode", tag: str, attributes: Attributes) -> bool:
        """Whether it is the number of a footnote, or the way back from one: no part of the words before it."""
        words = node.text(deep=True, strip=True)
        if not _NOTE_MARK.fullmatch(words):
            return False
        if tag == "a":
            return words[0] in "↑↩" and (attributes.get("href") or "").startswith("#")
        return not _UNIT.search(self._scribe.tail) or node.css_first("a") is not None

    def _begin(
        self, node: "LexborNode", tag: str, attributes: Attributes, inside: _Inside
    ) -> _Inside:
        """Begins the block, the list, the row or the cell that an element is."""
        if tag == "a" and (target := attributes.get("href")):
            self._scribe.links[target] = None
        if tag in _STRONG:
            return replace(inside, strong=True)
        footnote = inside.footnote or _is_footnote(attributes)
        if footnote and not inside.footnote:
            inside = replace(inside, footnote=True)
        if inside.row:
            self._in_row(tag, attributes)
        elif rank := _rank(tag, attributes):
            self._scribe.block(Line(0, 0, Kind.HEADING, 0, rank, footnote=footnote))
            inside = replace(inside, heading=node.mem_id)
        elif tag in ("li", "dd"):
            self._item(node, tag, inside)
        elif tag == "table":
            self._scribe.end()
            self._reach = {}
            inside = replace(inside, table=0 if _is_layout(node, attributes) else self._next())
        elif tag == "tr" and inside.table:
            self._scribe.row(Line(0, 0, Kind.ROW, table=inside.table, footnote=footnote))
            self._column = 0
            self._reach = {at: rows - 1 for at, rows in self._reach.items() if rows > 1}
            inside = replace(inside, row=True)
        elif tag in _BLOCK_ENDS:
            inside = self._block(tag, inside)
        return inside

    def _item(self, node: "LexborNode", tag: str, inside: _Inside) -> None:
        indent = 2 * min(max(inside.lists - 1, 0), DEEPEST_LIST)
        marked_up = 0 if self._manner.soft else 1
        number = self._number(node) if tag == "li" else ""
        self._scribe.block(
            Line(0, 0, Kind.BULLET, indent, marked_up, number, footnote=inside.footnote)
        )

    def _block(self, tag: str, inside: _Inside) -> _Inside:
        indent = 2 * min(inside.lists, DEEPEST_LIST)
        self._scribe.block(Line(0, 0, None, indent, footnote=inside.footnote))
        if tag in _LISTS:
            return replace(inside, lists=inside.lists + 1)
        return replace(inside, pre=True) if tag == "pre" else inside

    def _in_row(self, tag: str, attributes: Attributes) -> None:
        if tag in _CELLS:
            columns = _whole(attributes.get("colspan"), 1)
            rows = _whole(attributes.get("rowspan"), 1)
            while self._column in self._reach:
                self._column += 1
            self._scribe.cell(Cell(-1, 0, self._column, columns, rows, tag == "th"))
            if rows > 1 and len(self._reach) < MOST_COLUMNS:
                self._reach[self._column] = rows
            self._column += min(max(columns, 1), MOST_COLUMNS)
        elif tag in _BLOCK_ENDS:
            self._scribe.turn()

    def _leave(self, node: "LexborNode", inside: _Inside) -> None:
        tag = node.tag or ""
        if inside.out or not inside.within:
            return
        if not inside.row:
            if tag in _BLOCK_ENDS or inside.heading == node.mem_id:
                self._scribe.end()
        elif tag == "tr":
            self._scribe.end_row()
        elif tag in _CELLS:
            self._scribe.end_cell()
        elif tag in _BLOCK_ENDS:
            self._scribe.turn()

    def _number(self, item: "LexborNode") -> str:
        """The number that a browser puts before an entry of a list, while it has no more than two digits."""
        listed = item.parent
        if listed is None or listed.tag != "ol" or listed.attributes.get("type") not in (None, "1"):
            return ""
        before = self._numbers.get(listed.mem_id, _whole(listed.attributes.get("start"), 1) - 1)
        number = self._numbers[listed.mem_id] = _whole(item.attributes.get("value"), before + 1)
        return f"{number}." if 0 <= number < MOST_NUMBERED else ""


# What an element is


def _children(node: "LexborNode") -> Iterator["LexborNode"]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _ancestors(node: "LexborNode") -> Iterator[int]:
    parent = node.parent
    while parent is not None:
        yield parent.mem_id
        parent = parent.parent


def _opened(tree: "LexborHTMLParser") -> Set[str]:
    """The ids of what a button, a tab or a link opens that people can see."""
    asked: set[str] = set()
    for node in tree.css(_OPENERS):
        if node.text(deep=True, strip=True) and not _is_inside_hidden(node):
            attributes = node.attributes
            for name in ("aria-controls", "data-target", "data-bs-target", "popovertarget", "href"):
                asked |= {word.lstrip("#") for word in (attributes.get(name) or "").split()}
    return asked


_OPENERS = (
    "button[aria-controls], a[aria-controls], [role=tab][aria-controls], [role=button][aria-controls], "
    "[data-toggle][data-target], [data-bs-toggle][data-bs-target], a[data-toggle], a[data-bs-toggle], "
    "button[popovertarget]"
)


def _is_inside_hidden(node: "LexborNode") -> bool:
    around: LexborNode | None = node
    for _ in range(MOST_LEVELS):
        if around is None:
            return False
        if "hidden" in around.attributes:
            return True
        around = around.parent
    return True


def _is_tab_panel(attributes: Attributes) -> bool:
    return attributes.get("role") == "tabpanel" and bool(attributes.get("aria-labelledby"))


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    """Whether its attributes say that an element is not shown, or the classes by which it is usually hidden."""
    if not attributes:
        return tag == "dialog"
    if "hidden" in attributes or "popover" in attributes:
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    if attributes.get("aria-hidden") == "true" and tag not in _INLINE:
        return True
    return bool(_HIDDEN_CLASSES.search(attributes.get("class") or ""))


def _opens(node: "LexborNode", attributes: Attributes) -> bool:
    """Whether a button opens a part of the text, or holds its heading."""
    if {"aria-controls", "aria-expanded", "data-target", "data-bs-target"} & attributes.keys():
        return True
    return attributes.get("role") == "tab" or node.css_first("h1,h2,h3,h4,h5,h6") is not None


def _is_uncited(attributes: Attributes, cited: Set[str]) -> bool:
    """Whether it is a footnote that nothing refers to."""
    return attributes.get("class") == "footnote-definition" and attributes.get("id") not in cited


def _is_footnote(attributes: Attributes) -> bool:
    if not attributes:
        return False
    role, named = attributes.get("role"), f"{attributes.get('id')} {attributes.get('class')}"
    return role in ("doc-endnotes", "doc-footnote") or bool(_FOOTNOTE.search(named))


def _rank(tag: str, attributes: Attributes) -> int:
    """The rank of a heading; 0 for what is none. What opens a part of the text is its heading."""
    if tag in _HEADINGS:
        return _HEADINGS[tag]
    if tag in _LOW_HEADINGS or tag == "button" or attributes.get("role") == "tab":
        return LOW_RANK
    if attributes.get("role") == "heading":
        return min(max(_whole(attributes.get("aria-level"), 2), 1), LOW_RANK)
    return 0


def _is_layout(node: "LexborNode", attributes: Attributes) -> bool:
    """Whether a table only sets out the page: it holds headings or tables, or has one column."""
    if attributes.get("role") in ("presentation", "none"):
        return True
    if node.css_first("h1, h2, h3, h4, h5, h6, td table, th table") is not None:
        return True
    return node.css_first("td + td, td + th, th + td, th + th") is None


def _whole(written: str | None, otherwise: int) -> int:
    """A whole number as it is written; another where none is, or one that is no number of an entry."""
    return int(written) if written and re.fullmatch(r"\d{1,3}", written, re.ASCII) else otherwise
