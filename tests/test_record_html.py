"""The record as a page: complete, valid, inert, and alone."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import everything
from conftest import ROOT
from ropa.exporters import record_html
from ropa.record.tables import Record
from test_record import hostile, marked, read, recorded

__all__ = ["hostile"]
VOID = frozenset({"meta", "br"})


class Page(HTMLParser):
    """Refuses a page whose elements do not close in order; collects its text, tags, links and ids."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_field_of_a_register_is_on_the_page(tmp_path: Path) -> None:
    text = Page(record_html.render(recorded(tmp_path, everything.REGISTER))).text
    assert [word for word in sorted(everything.WORDS) if word not in text] == []
    assert [said for said in everything.SAID if said not in text] == []


def test_the_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    page = Page(record_html.render(read(ROOT / "registry")))
    assert len(set(page.ids)) == len(page.ids)
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside <= set(page.ids)
    assert all(link.startswith(("#", "https://")) for link in page.links)


def test_the_policy_allows_the_style_of_the_page_and_nothing_else(tmp_path: Path) -> None:
    html = record_html.render(recorded(tmp_path, everything.REGISTER))
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "style" not in Page(html).attributes


def test_hostile_text_marks_nothing_up(hostile: Record) -> None:
    html = record_html.render(hostile)
    page = Page(html)
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "h3", "p", "nav", "ol", "ul", "li", "a",
        "main", "section", "dl", "dt", "dd", "small", "div", "table", "thead", "tbody", "tr", "th", "td", "br",
    }  # fmt: skip
    assert "<script>alert(1)</script>" in page.text
    assert not any(link.startswith("javascript") for link in page.links)
    assert "\u202e" not in html


def test_only_addresses_of_the_web_become_links(tmp_path: Path) -> None:
    text = everything.REGISTER.replace(
        "https://northwold.example/Qurl", "https://x.example/?a=1&b=2"
    )
    page = Page(record_html.render(recorded(tmp_path, text)))
    assert [link for link in page.links if "x.example" in link] == ["https://x.example/?a=1&b=2"]


def test_the_page_for_publication_says_so_and_is_without_what_is_internal(tmp_path: Path) -> None:
    published = recorded(tmp_path, marked({"northwold": "[security, breach]"}), publication=True)
    text = Page(record_html.render(published)).text
    assert "Edition for publication" in text
    assert "Qsecurity" not in text
    assert "Qbreach" not in text


def test_the_same_register_gives_the_same_bytes() -> None:
    first, second = (record_html.render(read(ROOT / "registry")) for _ in range(2))
    assert first == second
