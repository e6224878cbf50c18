"""What a page's own style sheets and style attributes do to its words: hide them, strike them, or make them faint.

Only what stands in the page itself is read; docs/what-is-seen.md lists what is not seen. Parsed by tinycss2,
matched by the HTML parser.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.seen.tree import NoText

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

LONGEST_SHEET = 1_000_000
MOST_RULES = 20_000
LONGEST_SELECTOR = 10_000
MOST_LOOKED_AT = 20_000_000
"""How many elements may be held against selectors, each as often as it is."""
SMALLEST = 4.0
"""Letters of fewer pixels than this are not read."""
FAINTEST = 0.15
"""What is less opaque than this is not read."""
NEAREST = 0.15
"""Two colours whose parts differ by less than this in all, of 3, look alike."""
FURTHEST = 999.0
"""How many pixels off its place text is off the page."""

HALF = 50
"""The share of a box, in hundredths, that nothing is left of when it is taken from each side."""

Declared = dict[str, tuple[Any, ...]]
Colour = tuple[float, float, float]
WHITE: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)

_INTERESTING = regex(
    r"display|visibility|position|overflow|text-decoration|opacity|filter|font|color|background|left|right|top|bottom|margin|indent"
    r"|clip|inset|height|width|transform|content-visibility|\\|/\*",
    re.IGNORECASE,
)
_OF_STATE = r":{1,2}(?!(?:not|is|where|root|first-|last-|nth-|only-|empty)\b)[\w-]+"
_STATE = regex(_OF_STATE, re.IGNORECASE)
_ALWAYS = regex(
    r":(?:dir\(ltr\)|defined|read-only|scope"
    rf"|not\(\s*{_OF_STATE}(?:\([^()]*\))?\s*\))(?![\w-])",
    re.IGNORECASE,
)
"""What is so of every element of a page that nobody does anything with, and is no class: that it is not pointed at."""
_AS_IF = ":not(.ropa-none)"
_LANGUAGE = regex(r""":lang\(\s*["']?([A-Za-z-]+)["']?\s*\)""", re.IGNORECASE)
_OF_LANGUAGE = r':is([lang|="\1"], [lang|="\1"] *)'
_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 3.78, "cm": 37.8, "in": 96.0, "rem": 16.0}
_NAMED_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0}


class Appearance(Struct, frozen=True, gc=False):
    """How words look where they stand: inherited, but where an element says otherwise."""

    hidden: bool = False
    invisible: bool = False
    struck: bool = False
    faded: str = ""
    size: float = 16.0
    colour: Colour | None = BLACK
    ground: Colour = WHITE

    @property
    def why_faint(self) -> str:
        """Why people may not see the words; empty where they may."""
        if self.faded:
            return self.faded
        if self.size < SMALLEST:
            return "too small to read"
        if self.colour is None or _alike(self.colour, self.ground):
            return "in the colour of what is behind it"
        return ""


class Styles:
    """What the style sheets of a page declare for its elements."""

    def __init__(self, tree: "LexborHTMLParser") -> None:
        self._of: dict[int, list[_Weighed]] = {}
        sheets = [node.text(deep=True) for node in tree.css("style")]
        if any(map(_INTERESTING.search, sheets)):
            self._take(tree, "\n".join(sheets))

    def _take(self, tree: "LexborHTMLParser", css: str) -> None:
        """Look through a style sheet. Raises `NoText` where it is more than can be: what was left out might hide."""
        if len(css) > LONGEST_SHEET:
            _too_much(f"longer than {LONGEST_SHEET // 1_000_000} MB")
        elements, looked_at = len(tree.css("*")), 0
        try:
            for selector, weighed in _rules(css):
                matched = _matched(tree, selector)
                looked_at += elements + _KEPT * len(matched)
                if looked_at > MOST_LOOKED_AT:
                    _too_much("too long for so large a page")
                for node in matched:
                    self._of.setdefault(node.mem_id, []).append(weighed)
        except RecursionError:
            _too_much("nested too deep")

    def look(
        self, node: "LexborNode", attributes: Mapping[str, str | None], look: Appearance
    ) -> Appearance:
        """How the words of an element look, inside of what looks as given."""
        weighed = self._of.get(node.mem_id, ())
        inline = attributes.get("style") or ""
        by_attribute = "bgcolor" in attributes or "color" in attributes
        if not (weighed or by_attribute or (inline and _INTERESTING.search(inline))):
            return look
        every = [*_by_attribute(attributes), *weighed, *_weighed(inline, (1,))]
        declared: Declared = {}
        for one in sorted(every, key=lambda one: (one.important, one.weight)):
            declared |= one.declared
        return _applied(declared, look)


_KEPT = 10
"""How much more it takes to keep what a rule says of an element than to see that it says nothing."""


def _too_much(what: str) -> NoReturn:
    hint = "save the page as people see it, as text or PDF"
    raise NoText(f"its style sheets are {what}", hint)


def _matched(tree: "LexborHTMLParser", selector: str) -> Sequence["LexborNode"]:
    from selectolax.lexbor import SelectolaxError

    try:
        return tree.css(selector)
    except (SelectolaxError, ValueError, RuntimeError):  # a selector of a newer kind
        return ()


# Declarations


class _Weighed(Struct, frozen=True):
    """What one rule declares, and how much it weighs against others."""

    important: bool
    weight: tuple[int, ...]
    declared: Declared


def _rules(css: str) -> Iterator[tuple[str, _Weighed]]:
    """The rules of a style sheet for a screen, each selector apart."""
    import tinycss2

    sheet = tinycss2.parse_stylesheet(_resolved(css), skip_comments=True, skip_whitespace=True)
    stack, order = [("", iter(sheet))], 0
    while stack:
        around, rules = stack[-1]
        rule = next(rules, None)
        if rule is None:
            stack.pop()
        elif rule.type == "at-rule" and rule.content and _on_screen(rule):
            stack.append((around, iter(tinycss2.parse_blocks_contents(rule.content))))
        elif rule.type == "qualified-rule":
            nests = bool(_NESTS.search(tinycss2.serialize(rule.content)))
            declared = tuple(_declarations(rule.content, ()))
            for selector in _selectors(rule.prelude) if nests or declared else ():
                order += 1
                if order > MOST_RULES:
                    _too_much(f"of more than {MOST_RULES} rules")
                whole = _nested(around, selector)
                if len(whole) > LONGEST_SELECTOR:
                    _too_much("nested too deep")
                for one in declared:
                    yield whole, replace(one, weight=(0, *_weight(whole), order))
                if nests:
                    stack.append((whole, iter(tinycss2.parse_blocks_contents(rule.content))))


_NESTS = regex(r"\{")
"""That a rule may hold others."""


def _nested(around: str, selector: str) -> str:
    """A selector of a rule that stands within another."""
    if not around:
        return selector
    return selector.replace("&", around) if "&" in selector else f"{around} {selector}"


_NAMED_VALUE = regex(r"(--[\w-]+)\s*:\s*([^;{}]{1,60})[;}]")
_VALUE_OF = regex(r"var\(\s*(--[\w-]+)\s*(?:,[^()]*)?\)")


def _resolved(css: str) -> str:
    """A style sheet with the values that are named once in it put in place of their names."""
    if "var(" not in css:
        return css
    named: dict[str, set[str]] = {}
    for name, value in _NAMED_VALUE.findall(css):
        named.setdefault(name, set()).add(value.strip())
    once = {name: next(iter(values)) for name, values in named.items() if len(values) == 1}
    return _VALUE_OF.sub(lambda found: once.get(found[1], found[0]), css)


def _on_screen(rule: Any) -> bool:
    import tinycss2

    name, asked = rule.lower_at_keyword, tinycss2.serialize(rule.prelude).lower()
    if name == "media":
        return not re.search(r"\bprint\b|\bspeech\b|max-width|prefers|not\s", asked)
    return bool(name in ("supports", "layer", "container", "scope"))


def _selectors(prelude: Iterable[Any]) -> Iterator[str]:
    """The selectors of a rule, from its parsed beginning, but for those of what is pointed at."""
    import tinycss2

    for comma, parts in groupby(prelude, lambda part: part == ","):
        written = "" if comma else tinycss2.serialize(parts)
        selector = _ALWAYS.sub(_AS_IF, _LANGUAGE.sub(_OF_LANGUAGE, written))
        if selector.strip() and not _STATE.search(selector):
            yield selector.strip()


def _weight(selector: str) -> tuple[int, int, int]:
    """How much a selector weighs: its ids, its classes and attributes, its elements."""
    ids = len(re.findall(r"#[\w-]", selector))
    classes = len(re.findall(r"\.[\w-]|\[|:(?!not|is|where)[a-z]", selector))
    return ids, classes, len(re.findall(r"(?:^|[\s>+~(])[a-z]", selector, re.IGNORECASE))


def _weighed(style: str, weight: tuple[int, ...]) -> Iterator[_Weighed]:
    return _declarations(style, weight) if _INTERESTING.search(style) else iter(())


def _declarations(written: Any, weight: tuple[int, ...]) -> Iterator[_Weighed]:
    """What is declared and matters here, by its name; what is marked as important apart."""
    import tinycss2

    parsed = tinycss2.parse_blocks_contents(written)
    found = [d for d in parsed if d.type == "declaration" and _INTERESTING.search(d.lower_name)]
    for important in (False, True):
        declared = {
            d.lower_name: tuple(t for t in d.value if t.type not in ("whitespace", "comment"))
            for d in found
            if bool(d.important) is important
        }
        if declared:
            yield _Weighed(important, weight, declared)


def _by_attribute(attributes: Mapping[str, str | None]) -> Iterator[_Weighed]:
    """What the attributes of old pages declare: the colour of letters and of what is behind them."""
    for name, key in (("background-color", "bgcolor"), ("color", "color")):
        if value := attributes.get(key):
            yield from _declarations(f"{name}:{value}", (-1,))


# What they do


def _applied(declared: Declared, look: Appearance) -> Appearance:
    words = {name: [_word(token) for token in value] for name, value in declared.items()}
    if "none" in words.get("display", ()) or "hidden" in words.get("content-visibility", ()):
        look = replace(look, hidden=True)
    if visibility := words.get("visibility"):
        look = replace(look, invisible=bool({"hidden", "collapse"} & set(visibility)))
    if "line-through" in [
        *words.get("text-decoration", ()),
        *words.get("text-decoration-line", ()),
    ]:
        look = replace(look, struck=True)
    look = _coloured(declared, _sized(declared, look))
    return replace(look, faded=look.faded or _faded(declared, words))


def _word(token: Any) -> str:
    return str(getattr(token, "lower_value", "") or getattr(token, "lower_name", ""))


def _sized(declared: Declared, look: Appearance) -> Appearance:
    tokens = declared.get("font-size") or declared.get("font") or ()
    for token in tokens:
        size = _NAMED_SIZES.get(_word(token)) or _size(token, look.size)
        if size is not None:
            return replace(look, size=size)
    return look


def _size(token: Any, around: float) -> float | None:
    """A length in pixels; what is said in parts of the letters around it is taken from theirs."""
    if token.type == "percentage":
        return float(token.value) / 100 * around
    if token.type == "dimension":
        unit = token.lower_unit
        return float(token.value) * (around if unit in ("em", "ex") else _PIXELS.get(unit, 1.0))
    return 0.0 if token.type == "number" and token.value == 0 else None


def _coloured(declared: Declared, look: Appearance) -> Appearance:
    for name in ("background", "background-color"):
        for token in declared.get(name, ()):
            ground = _colour(token, look)
            if isinstance(ground, tuple):
                look = replace(look, ground=ground)
    for name in ("color", "-webkit-text-fill-color"):
        for token in declared.get(name, ()):
            colour = _colour(token, look)
            if colour != "":
                look = replace(look, colour=colour if isinstance(colour, tuple) else None)
    return look


def _colour(token: Any, look: Appearance) -> Colour | str | None:
    """A colour as it looks on its ground; None where nothing is seen of it, and "" where it is none."""
    from tinycss2.color4 import parse_color

    parsed = parse_color(token)
    if parsed is None or isinstance(parsed, str):  # "currentcolor"
        return ""
    try:
        plain = parsed.to("srgb")
    except NotImplementedError:
        return ""
    if parsed.alpha < FAINTEST:
        return None
    mixed = (
        parsed.alpha * part + (1 - parsed.alpha) * ground
        for part, ground in zip(plain.coordinates, look.ground, strict=True)
    )
    red, green, blue = mixed
    return red, green, blue


def _alike(one: Colour, other: Colour) -> bool:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) < NEAREST


def _faded(declared: Declared, words: Mapping[str, Sequence[str]]) -> str:
    """Why an element cannot be seen although it is there; empty where it can."""
    if any(_number(token) < FAINTEST for token in declared.get("opacity", ())):
        return "faded"
    if any(_function(token, "opacity", FAINTEST) for token in declared.get("filter", ())):
        return "faded"
    if _off_the_page(declared, words):
        return "off the page"
    if _cut_off(declared, words):
        return "cut off"
    return ""


def _number(token: Any) -> float:
    if token.type == "percentage":
        return float(token.value) / 100
    return float(token.value) if token.type == "number" else 1.0


def _off_the_page(declared: Declared, words: Mapping[str, Sequence[str]]) -> bool:
    placed = {"absolute", "fixed", "relative"} & set(words.get("position", ()))
    sides = ("left", "right", "top", "bottom", "inset") if placed else ()
    moved = [
        t for n in (*sides, "text-indent", "margin-left", "margin-top") for t in declared.get(n, ())
    ]
    far = (_size(token, 16.0) for token in moved)
    return any(size is not None and (size <= -FURTHEST or size > 9 * FURTHEST) for size in far)


def _cut_off(declared: Declared, words: Mapping[str, Sequence[str]]) -> bool:
    """Whether nothing is left of a box by its clip, by its size, or by its scale."""
    if any(_function(token, "scale", 0.01) for token in declared.get("transform", ())):
        return True
    if any(_function(token, "rect", 2.0) for token in declared.get("clip", ())):
        return True
    clips = declared.get("clip-path", ())
    if any(_function(t, "circle", 0.01) or _inset(t) for t in clips):
        return True
    shut = {"hidden", "clip"} & {*words.get("overflow", ()), *words.get("overflow-y", ())}
    sizes = [t for n in ("height", "max-height", "width", "max-width") for t in declared.get(n, ())]
    small = ((_size(token, 16.0) if token.type != "percentage" else None) for token in sizes)
    return bool(shut) and any(size is not None and size <= 1 for size in small)


def _function(token: Any, name: str, below: float) -> bool:
    """Whether it is a function of this name, all of whose numbers lie below."""
    if token.type != "function" or not token.lower_name.startswith(name):
        return False
    numbers = [
        t.value / 100 if t.type == "percentage" else t.value
        for t in token.arguments
        if t.type in ("number", "percentage", "dimension")
    ]
    return bool(numbers) and all(abs(number) < below for number in numbers)


def _inset(token: Any) -> bool:
    """Whether it leaves nothing of a box: half or more from each side."""
    if token.type != "function" or token.lower_name != "inset":
        return False
    parts = [t.value for t in token.arguments if t.type == "percentage"]
    return bool(parts) and all(part >= HALF for part in parts)
