"""A page opened in a real browser, as a reader would have it. Whatever it complains about fails the test.

Needs Chromium, as Debian has it. Where there is none, these tests are skipped and say so; where CI is set
in the environment they fail, since there a skipped test is one that nobody misses.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import pytest

if (
    TYPE_CHECKING
):  # importing it takes a third of a second, which a run without a browser need not spend
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

    from bench import Running

NAMES = ("chromium", "chromium-browser", "google-chrome")
WHAT_IS_WRONG = {"resultTypes": ["violations"]}
"""Of the many things that are right axe need not say where they stand: it takes as long as looking at them."""
OF_COLOURS = {
    **WHAT_IS_WRONG,
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
THIN_OUT = """() => {
    document.querySelectorAll('main > [hidden]').forEach(other => other.replaceChildren());
    for (const parent of document.querySelectorAll('body *')) {
        const alike = {};
        for (const child of [...parent.children]) {
            const kind = child.tagName + '.' + (child.getAttribute('class') || '') + '.' + child.childElementCount;
            alike[kind] = (alike[kind] || 0) + 1;
            if (alike[kind] > 6 && !child.contains(document.activeElement)) child.remove();
        }
    }
}"""
"""Takes out of a page what is not shown, and of siblings of one kind and size all but the first six."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Visit(Protocol):
    """Opens a page: a file, or a text that is written into one. `settings` are those of a browser context."""

    def __call__(self, page: str | Path, at: str = "", **settings: Any) -> "Page": ...


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The browser, started once."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        missing = "no Chromium is installed (on Debian: apt-get install chromium)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a machine may be busy with something else
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            # Chromium refuses to sandbox what root starts; in a container /dev/shm is small
            args=["--disable-dev-shm-usage", *(["--no-sandbox"] if root else [])],
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def one_bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Running"]:
    """The workbench of the example register, started once."""
    from bench import copied, running

    with running(copied(tmp_path_factory.mktemp("bench"))) as started:
        yield started


@pytest.fixture
def bench(one_bench: "Running") -> "Running":
    """The workbench of the example register, which is as it came whatever the last test did to it."""
    one_bench.as_it_came()
    return one_bench


@pytest.fixture(scope="session")
def let_in(one_bench: "Running", browser: "Browser") -> Iterator["BrowserContext"]:
    """A browser that the workbench let in, once for all tests."""
    with one_bench.opened(browser) as context:
        yield context


@pytest.fixture
def page(bench: "Running", let_in: "BrowserContext") -> Iterator["Page"]:
    """A page of the workbench that remembers nothing; what goes wrong in it fails the test."""
    from bench import listen

    troubles: list[str] = []
    opened = let_in.new_page()
    opened.goto(f"{bench.base}/assets/workbench.css")  # nothing of it runs, listens or reloads
    opened.evaluate("localStorage.clear(), sessionStorage.clear()")
    opened.set_viewport_size({"width": 1440, "height": 960})
    listen(opened, bench.base, troubles)
    yield opened
    opened.close()
    assert troubles == []


@pytest.fixture
def visit(browser: "Browser", tmp_path: Path) -> Iterator[Visit]:
    """Opens pages, and fails the test when one logs an error, throws one, or asks for anything but itself."""
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def run(page: str | Path, at: str = "", **settings: Any) -> "Page":
        if isinstance(page, str):
            written = tmp_path / f"page-{len(contexts)}.html"
            written.write_text(page, "utf-8")
            page = written
        address = page.resolve().as_uri()
        context = browser.new_context(**{"offline": True, "reduced_motion": "reduce", **settings})
        contexts.append(context)
        opened = context.new_page()
        _listen(opened, address, troubles)
        opened.goto(address + at)
        return opened

    yield run
    for context in contexts:
        context.close()
    assert troubles == []


def _listen(page: "Page", address: str, troubles: list[str]) -> None:
    def said(message: "ConsoleMessage") -> None:
        if message.type in ("error", "warning"):
            troubles.append(f"{message.type} on the console: {message.text}")

    def asked(request: "Request") -> None:
        inside = request.url.startswith(("data:", "blob:")) or request.url.split("#")[0] == address
        if not inside:
            troubles.append(f"asked for {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: troubles.append(f"threw {error}"))
    page.on("request", asked)
    page.on("popup", lambda other: troubles.append(f"opened a window for {other.url}"))
    page.on("dialog", lambda dialog: _refuse(dialog, troubles))


def _refuse(dialog: Any, troubles: list[str]) -> None:
    troubles.append(f"asked the reader: {dialog.message}")
    with suppress(Exception):  # the page may be gone by now; what counts is noted
        dialog.dismiss()


def violations(
    page: "Page", within: str | None = None, dark: bool = False, few: bool = False
) -> list[str]:
    """What axe-core finds wrong in the page as it is now shown: nothing, if all is well.

    By light; by dark, too, where that is asked for or the run is the thorough one: the colours are the same
    few everywhere, and each look takes seconds. What is otherwise in the dark are the colours alone. Where `few`
    are enough, of many siblings that are alike some are looked at, but in a thorough run, and the page is not whole
    afterwards.
    """
    from axe_playwright_python.sync_playwright import Axe

    found = []
    if few and os.environ.get("ROPA_THOROUGH") != "1":
        page.evaluate(THIN_OUT)
    for scheme in SCHEMES if dark or os.environ.get("ROPA_THOROUGH") == "1" else SCHEMES[:1]:
        page.emulate_media(color_scheme=scheme)
        asked = OF_COLOURS if scheme == "dark" else WHAT_IS_WRONG
        results = Axe().run(page, context=within, options=asked)
        found += [
            f"{scheme}: {violation['id']}: {violation['help']}: {node['target']} {node.get('failureSummary', '')}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
    page.emulate_media(color_scheme="null")
    return found


def leaves_sideways(page: "Page") -> list[str]:
    """What makes the page wider than its window, which nobody on a phone should have to push to and fro."""
    said: list[str] = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('*')]
        .filter(e => e.getBoundingClientRect().left + e.scrollWidth > innerWidth + 1)
        .map(e => e.tagName + '.' + (e.getAttribute('class') || '')).slice(0, 9)"""
    )
    return said
