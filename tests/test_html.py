"""Every page we write, held against a strict parser, the rules of reading aloud, and the W3C's checker."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given

import everything
from conftest import ROOT, TODAY
from html_checks import faults, nu_says
from random_registers import Sample, cases, registers
from ropa.drafting import draft
from ropa.engine import check
from ropa.exporters import notice_html, record_html
from ropa.judging.coverage import Settings
from ropa.record.gather import gather
from ropa.record.tables import Record
from ropa.reporters import html as review
from test_record import hostile, read, recorded
from test_reporters import HOSTILE, everywhere

__all__ = ["hostile"]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>T</title></head>
<body><main><h1>One</h1>{}</main></body></html>
"""


@pytest.fixture
def pages(tmp_path: Path, hostile: Record) -> dict[str, str]:
    (tmp_path / "full").mkdir()
    full = recorded(tmp_path / "full", everything.REGISTER)
    report = check(ROOT / "registry", Settings(TODAY))
    attacked = everywhere(tmp_path / "attacked", HOSTILE["html"])
    return {
        "review": review.render(report),
        "review-of-everything": review.render(check(tmp_path / "full", Settings(TODAY))),
        "review-hostile": review.render(attacked),
        "draft": notice_html.render(draft(report.case.graph, Settings(TODAY), "parent")),
        "draft-hostile": notice_html.render(draft(attacked.case.graph, Settings(TODAY), "reader")),
        "example": record_html.render(read(ROOT / "registry")),
        "published": record_html.render(read(ROOT / "registry", publication=True)),
        "everything": record_html.render(full),
        "hostile": record_html.render(hostile),
    }


def test_no_page_has_a_fault(pages: dict[str, str]) -> None:
    assert {name: faults(page) for name, page in pages.items()} == {name: [] for name in pages}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_page_of_a_hostile_register_has_a_fault(tmp_path: Path, text: str) -> None:
    report = everywhere(tmp_path, text)
    made = draft(report.case.graph, Settings(TODAY), "reader")
    written = {
        "review": review.render(report),
        "draft": notice_html.render(made),
        "record": record_html.render(gather(report.case.register, TODAY, publication=False)),
    }
    assert {name: faults(page) for name, page in written.items()} == {n: [] for n in written}
    seen = "".join(written.values())
    assert [c for c in seen if not (c.isprintable() or c == "\n")] == []
    assert not re.search(r"<(script|img)[^>]*(alert|onerror|src)", seen)


@cases(0.1)
@given(registers())
def test_no_page_of_any_register_has_a_fault(
    tmp_path_factory: pytest.TempPathFactory, sample: Sample
) -> None:
    folder = tmp_path_factory.mktemp("register")
    (folder / "all.yaml").write_text("\n---\n".join(map(json.dumps, sample.documents)), "utf-8")
    report = check(folder, Settings(TODAY))
    assert faults(review.render(report)) == []
    assert faults(record_html.render(gather(report.case.register, TODAY, publication=False))) == []


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
