"""Every page we write, held against a strict parser, the rules of reading aloud, and the W3C's checker."""

from pathlib import Path

import pytest

import everything
from conftest import ROOT
from html_checks import faults, nu_says
from ropa.exporters import record_html
from ropa.record import Record
from test_record import hostile, read, recorded

__all__ = ["hostile"]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>T</title></head>
<body><main><h1>One</h1>{}</main></body></html>
"""


@pytest.fixture
def pages(tmp_path: Path, hostile: Record) -> dict[str, str]:
    (tmp_path / "full").mkdir()
    return {
        "example": record_html.render(read(ROOT / "registry")),
        "published": record_html.render(read(ROOT / "registry", publication=True)),
        "everything": record_html.render(recorded(tmp_path / "full", everything.REGISTER)),
        "hostile": record_html.render(hostile),
    }


def test_no_page_has_a_fault(pages: dict[str, str]) -> None:
    assert {name: faults(page) for name, page in pages.items()} == {name: [] for name in pages}


def test_the_checker_of_the_w3c_finds_nothing_but_what_is_wrong(
    tmp_path: Path, pages: dict[str, str]
) -> None:
    (tmp_path / "pages").mkdir()
    wrong = PAGE.format("<ul><p>not a point</p></ul>")
    (found,) = nu_says(tmp_path / "pages", {**pages, "wrong": wrong})
    assert "wrong.html" in found
    assert "not allowed as child of" in found


def test_a_page_without_faults_has_none() -> None:
    assert faults(PAGE.format("<h2 id='a'>Two</h2><p><a href='#a'>to a</a></p>")) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("<p><div></p>", "unexpected-end-tag"),
        ("<p>a < b</p>", "expected-tag-name"),
        ("<p id='a'></p><p id='a'></p>", "the id “a” stands twice"),
        ("<section aria-labelledby='x'></section>", "names “x”, which is not there"),
        ("<section></section>", "a <section> without a name"),
        ("<p><a href='#x'>x</a></p>", "the link to “#x” leads nowhere"),
        ("<p><a href='javascript:x()'>x</a></p>", "<a> leads to javascript:x()"),
        ("<p><a href='https://a.example'></a></p>", "a <a> that says nothing"),
        ("<h3>Three</h3>", "h3 follows h1: Three"),
        ("<h1>One more</h1>", "the page needs one h1"),
        ("<h2></h2>", "an empty h2"),
        ("<p onclick='x()'>x</p>", "has the attribute onclick"),
        ("<p style='color: red'>x</p>", "has the attribute style"),
        ("<table><tr><td>x</td></tr></table>", "a table without heads"),
        ("<table><tr><th>x</th></tr></table>", "a head of no scope: x"),
        ("<p><img src='https://a.example/b.png'></p>", "an <img> without alt"),
        ("<p><input></p>", "a <input> that no label can name"),
    ],
)
def test_a_fault_is_found(content: str, fault: str) -> None:
    found = faults(PAGE.format(content))
    assert any(fault in said for said in found), found


def test_a_page_that_says_nothing_of_itself_has_faults() -> None:
    assert set(faults("<!DOCTYPE html><p>x</p>")) >= {
        "the page does not say its language",
        "the page has no title",
        "the page needs one main part",
    }
