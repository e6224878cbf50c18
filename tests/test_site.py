"""The documentation as a site: built without a warning, and looked at in a browser as its readers have it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import leaves_sideways, violations
from conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = (
    "index.html",
    "register.html",
    "commands.html",
    "fields.html",
    "rules/README.html",
    "rules/recipient-omitted.html",
    "architecture.html",
)
"""Of each kind one, and those with the widest tables."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `python3 dev.py site` builds it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    given = ("-d", folder / "trees", ROOT / "docs", folder / "html")
    done = subprocess.run([*command, *given], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == 0
    return folder / "html"


@pytest.fixture
def opened(browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context(reduced_motion="reduce", offline=True)
    yield context.new_page()
    context.close()


def test_every_page_below_docs_is_in_the_site(site: Path) -> None:
    written = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    assert {path.with_suffix(".html") for path in written} <= {
        path.relative_to(site) for path in site.rglob("*.html")
    }


def test_every_column_of_every_table_has_a_heading(site: Path) -> None:
    without = re.compile(r"<th [^>]*>(<p></p>)?</th>")
    assert [
        page.name for page in site.rglob("*.html") if without.search(page.read_text("utf-8"))
    ] == []


def test_axe_finds_nothing_on_a_page_of_any_kind(opened: "Page", site: Path) -> None:
    for page in ("index.html", "register.html", "rules/README.html", "search.html"):
        opened.goto((site / page).as_uri())
        assert violations(opened, dark=page == "index.html") == [], page


def test_a_phone_shows_each_page_without_scrolling_sideways(opened: "Page", site: Path) -> None:
    opened.set_viewport_size({"width": 390, "height": 844})
    for page in PAGES:
        opened.goto((site / page).as_uri())
        assert leaves_sideways(opened) == [], page


def test_the_search_finds_a_rule_by_a_word_of_its_page(opened: "Page", site: Path) -> None:
    opened.goto((site / "search.html").as_uri() + "?q=fundraising")
    opened.wait_for_selector("#search-results li")
    found = opened.locator("#search-results li").all_inner_texts()
    assert found
