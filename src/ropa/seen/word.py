"""Word: a document read whole, by way of the HTML that mammoth makes of it.

Before that, what wraps words that people see is taken off, and what they do not see is marked: hidden and
struck-out runs, also those that are so by their style, and letters too small or too pale to read.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn
from xml.etree import ElementTree as ET

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.seen.page import Manner, sheet_of_page
from ropa.seen.places import Finder
from ropa.seen.tags import texts_of
from ropa.seen.tree import DrawnOut, NoText, Seen, drawn_out

LONGEST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_ELEMENTS = 2_000_000
"""How many elements its parts have at the most: each takes some 100 bytes."""
MOST_RUNS = 50_000
"""How many stretches of words that look alike: each takes some 0.1 ms."""
DEEPEST_FIELD = 50
"""How many fields stand in one another: what is in them is looked for in each."""
MOST_STYLES_ABOVE = 40
SMALLEST_SIZE = 6
"""The least size of letters that can be read, in half points."""

_SPACES = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PARTS = regex(r"\.xml\Z", re.IGNORECASE)
_OF_WORDS = frozenset({"document", "footnotes", "endnotes"})
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_GONE = frozenset({"del", "moveFrom", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "delText"})
_WRAPPERS = frozenset(
    {"fldSimple", "dir", "bdo", "customXml", "smartTag", "subDoc", "ruby", "rubyBase"}
)
_OFF = ("0", "false", "off", "none")
_WHITE = regex(r"f[a-f][\da-f]?f[a-f][\da-f]?f[a-f][\da-f]?|fefefe|fdfdfd", re.IGNORECASE)

_STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name^='Heading 1'] => h1:fresh
p[style-name^='heading 1'] => h1:fresh
p[style-name^='Heading 2'] => h2:fresh
p[style-name^='heading 2'] => h2:fresh
p[style-name^='Heading 3'] => h3:fresh
p[style-name^='heading 3'] => h3:fresh
p[style-name^='Heading 4'] => h4:fresh
p[style-name^='heading 4'] => h4:fresh
p[style-name^='Heading'] => h5:fresh
p[style-name^='heading'] => h5:fresh
r.RopaHidden => span[hidden='hidden']
r.RopaTiny => span[style='font-size:0']
r.RopaPale => span[style='color:white']
r[style-name='footnote reference'] =>
r[style-name='endnote reference'] =>
r[style-name='Footnote anchor'] =>
r[style-name='Endnote anchor'] =>
p:unordered-list(1) => ul > li:fresh
p:unordered-list(2) => ul|ol > li > ul > li:fresh
p:unordered-list(3) => ul|ol > li > ul|ol > li > ul > li:fresh
p:unordered-list(4) => ul|ol > li > ul|ol > li > ul|ol > li > ul > li:fresh
p:ordered-list(1) => ol > li:fresh
p:ordered-list(2) => ul|ol > li > ol > li:fresh
p:ordered-list(3) => ul|ol > li > ul|ol > li > ol > li:fresh
p:ordered-list(4) => ul|ol > li > ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name^='List Bullet'] => ul > li:fresh
p[style-name^='List Number'] => ol > li:fresh
"""


def drawn_of_docx(raw: bytes) -> DrawnOut:
    """What is seen of a document in Word. Raises `NoText`, and `ValueError` where it is none."""
    from xml.parsers.expat import ExpatError

    import mammoth

    document, unsettled = _prepared(raw)
    image = mammoth.images.img_element(lambda _: {})
    try:
        html = mammoth.convert_to_html(
            document, style_map=_STYLE_MAP, include_default_style_map=False, convert_image=image
        ).value
    except ExpatError as error:  # a part that is XML to one parser, and none to the other
        raise ValueError(str(error)) from error
    manner = Manner(whole=False)
    seen = drawn_out(sheet_of_page(html, Finder(html, texts_of(html)), manner))
    return DrawnOut(seen, tuple(_paragraphs(seen)), unsettled)


def _prepared(raw: bytes) -> tuple[io.BytesIO, int]:
    """The document with what is seen unwrapped and what is not seen marked, and its unsettled changes."""
    prepared, unsettled = io.BytesIO(), 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed, zipfile.ZipFile(prepared, "w") as copy:
            entries = packed.infolist()
            if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > LONGEST_UNPACKED:
                _too_large()
            parts = {e.filename: packed.read(e) for e in entries if "/media/" not in e.filename}
            if sum(part.count(b"<") for part in parts.values()) > 2 * MOST_ELEMENTS:
                _too_many(f"{MOST_ELEMENTS} elements")
            read = {name: _parsed(part) for name, part in parts.items() if _PARTS.search(name)}
            styles = _WordStyles(*(root for root in read.values() if _name(root) == "styles"))
            for name, part in parts.items():
                root = read.get(name)
                kind = "" if root is None else _name(root)
                if root is not None and kind in _OF_WORDS:
                    unsettled += sum(_name(each) in _CHANGES for each in root.iter())
                    _bounded(root)
                    _prepare(root, styles)
                    copy.writestr(name, ET.tostring(root, "utf-8", xml_declaration=True))
                elif root is not None and kind in _ASKED_FOR:
                    asked = _no_more_than(root, _ASKED_FOR[kind])
                    copy.writestr(name, ET.tostring(asked, "utf-8", xml_declaration=True))
                else:
                    copy.writestr(name, part)
    except (zipfile.BadZipFile, ET.ParseError) as error:
        raise ValueError(str(error)) from error
    return prepared, unsettled


def _no_more_than(element: ET.Element, asked: Mapping[str, Any]) -> ET.Element:
    """An element with what mammoth asks of it: it reads each part whole, and that of the styles takes it longest."""
    kept = ET.Element(element.tag, element.attrib)
    for each in element:
        name = _name(each)
        if name in asked:
            kept.append(_no_more_than(each, asked[name]))
        elif each.tag.startswith(_COMPATIBLE):
            kept.append(each)
    return kept


_ASKED_FOR: Mapping[str, Mapping[str, Any]] = {
    "styles": {"style": {"name": {}, "pPr": {"numPr": {"numId": {}, "ilvl": {}}}}},
    "numbering": {
        "abstractNum": {"lvl": {"numFmt": {}, "pStyle": {}}, "numStyleLink": {}},
        "num": {"abstractNumId": {}},
    },
}
"""By the name of a part, the elements that are asked for, each with those in it."""


def _bounded(root: ET.Element) -> None:
    """Raises `NoText` where there is more in it than can be read in time."""
    runs = depth = 0
    for each in root.iter():
        name = _name(each)
        runs += name == "r"
        if name == "fldChar":
            depth += {"begin": 1, "end": -1}.get(_value(each, "fldCharType"), 0)
        if runs > MOST_RUNS:
            _too_many(f"{MOST_RUNS} stretches of words")
        if depth > DEEPEST_FIELD:
            _too_many(f"{DEEPEST_FIELD} fields that stand in one another")


def _too_many(what: str) -> NoReturn:
    raise NoText(f"it has more than {what}", "save only the notice")


def _too_large() -> NoReturn:
    raise NoText(f"it unpacks to more than {LONGEST_UNPACKED >> 20} MiB", "save only the notice")


def _parsed(part: bytes) -> ET.Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise ValueError("a part of it defines entities")
    return ET.fromstring(part)


def _name(element: ET.Element) -> str:
    """Its name, where it is one of Word's own."""
    space, _, name = element.tag.rpartition("}")
    return name if space[1:] in _SPACES else ""


def _space(element: ET.Element) -> str:
    return element.tag.rpartition("}")[0] + "}"


# What is seen


class _Run(Struct, frozen=True):
    """How the words of a run look: of what its style and its own properties say."""

    hidden: bool = False
    struck: bool = False
    size: int = 20
    colour: str = ""
    ground: str = ""

    @property
    def mark(self) -> str:
        """The style by which mammoth is told that they may not be seen."""
        if self.hidden:
            return "RopaHidden"
        if self.size < SMALLEST_SIZE:
            return "RopaTiny"
        return "RopaPale" if _WHITE.fullmatch(self.colour) and not self.ground else ""


class _WordStyles:
    """What the styles of a document say of its runs, each with those that it is based on."""

    def __init__(self, *roots: ET.Element) -> None:
        self._styles: dict[str, ET.Element] = {}
        self.usual = _Run()
        for root in roots:
            for element in root.iter():
                if _name(element) == "style":
                    self._styles[_value(element, "styleId")] = element
                elif _name(element) == "rPrDefault":
                    self.usual = _looked(_child(element, "rPr"), self.usual)
            break

    def of(self, id_: str, look: _Run) -> _Run:
        """How a run looks that is set in a style, where it looked as given before."""
        chain: list[ET.Element] = []
        while id_ in self._styles and len(chain) < MOST_STYLES_ABOVE:
            chain.append(self._styles[id_])
            id_ = _value(_child(chain[-1], "basedOn"), "val")
        for style in reversed(chain):
            look = _looked(_child(style, "pPr"), look)
            look = _looked(_child(style, "rPr"), look)
        return look


def _child(element: ET.Element | None, name: str) -> ET.Element | None:
    found = (each for each in element if _name(each) == name) if element is not None else iter(())
    return next(found, None)


def _value(element: ET.Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _looked(properties: ET.Element | None, look: _Run) -> _Run:
    """The same as the properties of a run, a paragraph or a cell have it."""
    for each in properties if properties is not None else ():
        name, value = _name(each), _value(each, "val")
        if name in ("vanish", "specVanish"):
            look = replace(look, hidden=value not in _OFF)
        elif name in ("strike", "dstrike"):
            look = replace(look, struck=value not in _OFF)
        elif name == "sz" and value.isdecimal():
            look = replace(look, size=int(value[:6]))
        elif name == "color":
            look = replace(look, colour=value)
        elif name in ("shd", "highlight"):
            fill = _value(each, "fill") or value
            look = replace(
                look, ground="" if _WHITE.fullmatch(fill) or fill in ("auto", "white") else fill
            )
        elif name == "tblStyle":  # which cells it colours cannot be told
            look = replace(look, ground="its table's style")
    return look


def _prepare(root: ET.Element, styles: _WordStyles) -> None:
    """Takes off what wraps words, and marks the runs that are not seen."""
    stack: list[tuple[ET.Element, _Run]] = [(root, styles.usual)]
    while stack:
        element, look = stack.pop()
        name = _name(element)
        if name == "r":
            _mark(element, _of_run(element, styles, look))
            look = styles.usual  # of what a text box in it holds
        elif name == "p":
            properties = _child(element, "pPr")
            look = styles.of(_value(_child(properties, "pStyle"), "val"), look)
            look = _looked(properties, look)
        elif name in ("tbl", "tc"):
            look = _looked(_child(element, f"{name}Pr"), look)
        element[:] = list(_unwrapped(element))
        stack += [(each, look) for each in element if _name(each) not in _GONE]


def _of_run(run: ET.Element, styles: _WordStyles, look: _Run) -> _Run:
    properties = _child(run, "rPr")
    style = _value(_child(properties, "rStyle"), "val")
    return _looked(properties, styles.of(style, look) if style else look)


def _unwrapped(element: ET.Element) -> Iterator[ET.Element]:
    """What stands in an element, also inside of what mammoth does not look into."""
    for each in element:
        if _name(each) in _WRAPPERS:
            yield from _unwrapped(each)
        elif each.tag == f"{_COMPATIBLE}AlternateContent":
            yield from _alternative(each)
        elif _name(each) == "drawing" and _holds_words(each):
            yield from _boxes(each)
        else:
            yield each


def _alternative(element: ET.Element) -> Iterator[ET.Element]:
    """One of the ways in which a text box is written, each of which holds the same words."""
    fallback = (e for e in element if e.tag == f"{_COMPATIBLE}Fallback" and _holds_words(e))
    if next(fallback, None) is not None or not _holds_words(element):
        yield element
    else:
        yield from _boxes(element)


def _boxes(element: ET.Element) -> Iterator[ET.Element]:
    """The text boxes of a drawing that stand in no other."""
    for each in element:
        if _name(each) == "txbxContent":
            yield each
        else:
            yield from _boxes(each)


def _holds_words(element: ET.Element) -> bool:
    return any(_name(each) == "t" for each in element.iter())


def _mark(run: ET.Element, look: _Run) -> None:
    """Sets a run in the style that says why it is not seen."""
    if not (look.mark or look.struck):
        return
    space, properties = _space(run), _child(run, "rPr")
    if properties is None:
        properties = ET.Element(f"{space}rPr")
        run.insert(0, properties)
    for each in [e for e in properties if _name(e) in ("rStyle", "strike")]:
        properties.remove(each)
    if look.struck:
        properties.append(ET.Element(f"{space}strike"))
    if look.mark:
        properties.insert(0, ET.Element(f"{space}rStyle", {f"{space}val": look.mark}))


def _paragraphs(seen: Seen) -> Iterator[tuple[int, str]]:
    """The paragraphs and rows, each with the line where it begins."""
    begun = [number for number, line in enumerate(seen.lines, 1) if line.apart]
    return ((line, f"paragraph {number}") for number, line in enumerate(begun, 1))
