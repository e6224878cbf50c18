"""How long a browser takes to open the page of a large register: python benchmarks/opening.py [ACTIVITIES]

It opens the page at each of its views, several times, and prints the median until the page can be used.
"""

import argparse
import shutil
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from generate import generate
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.reporters.html import render

VIEWS = ("summary", "flows", "diagram", "diagram?as=matrix", "register", "findings", "glossary")
TURNS = 5


def main() -> None:
    """Make the register and its page, and open it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("activities", type=int, nargs="?", default=1000)
    chosen = arguments.parse_args()
    program = shutil.which("chromium")
    if program is None:
        raise SystemExit("no Chromium is installed")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        generate(chosen.activities, Path(folder) / "register")
        page = Path(folder) / "review.html"
        report = check(Path(folder) / "register", Settings(date(2026, 11, 23)))
        page.write_text(render(report), "utf-8")
        flows = len(report.case.graph.flows)
        print(f"{chosen.activities} activities, {flows} flows, {page.stat().st_size / 1e6:.1f} MB")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for view in VIEWS:
            taken = [opened(browser, f"{page.as_uri()}#{view}") for _ in range(TURNS)]
            print(
                f"{view:20} {statistics.median(taken):.2f} s ({min(taken):.2f} to {max(taken):.2f})"
            )
        browser.close()


def opened(browser: Browser, address: str) -> float:
    """Seconds until the page is loaded, its script has run, and it has been drawn."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    begun = time.perf_counter()
    page.goto(address, wait_until="load")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    taken = time.perf_counter() - begun
    context.close()
    return taken


if __name__ == "__main__":
    main()
