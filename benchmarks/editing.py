"""What an edit at the workbench costs the server, of what a check costs: python benchmarks/editing.py [ACTIVITIES ...] [--browser]

Both are CPU seconds in one process, turn about, so that their ratio means the same on any machine: a cold check of the register, and
what the server does from what was sent to what it answers, for a statement that is tied and for a purpose that is changed. Each turn
tries something that was not tried before. With `--browser`, 100 words are chosen in a statement in Chromium, and the time until the
new verdicts stand on the screen is printed: the 50th and the 99th of the 100, which are of this machine alone. Turn about with them a probe
takes the way there and back with nothing to weigh: a file of the page is asked for and something is drawn. The ratio to it, and to what a cold check
takes by the clock, say what is the workbench's and what is the machine's.
"""

import argparse
import gc
import os
import shutil
import tempfile
import time
import timeit
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from generate import generate
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.workbench.desk import Checking, Desk
from ropa.workbench.framing import AskedPage, PageFrame
from ropa.workbench.notice_screens import NoticeScreens
from ropa.workbench.register_screens import RegisterScreens
from ropa.workbench.server import Workbench

DAY = Settings(date(2026, 11, 23))
NOTICE, SENTENCE, QUOTE = "everybody", "14", "We share information with schools and academies"
ACTIVITY, PARTY = "activity-000003", "printer"
"""Fields of an entry that are not sent stay as they are."""
TRIED = ("marketing", "newsletter", "website-analytics", "procurement", "it-operation", "billing")


class EditingCost(NamedTuple):
    """The CPU of an edit, of that of a cold check: of each the least of some turns, in which least else was done."""

    statement: float
    purpose: float
    party: float
    word: float


def main() -> None:
    """Print the ratios for some sizes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("activities", type=int, nargs="*", default=[100, 1000])
    arguments.add_argument("--browser", action="store_true")
    chosen = arguments.parse_args()
    gc.disable()  # as the command does
    for activities in chosen.activities:
        with tempfile.TemporaryDirectory() as folder:
            cost = measured(activities, Path(folder), turns=len(TRIED))
            print(
                f"{activities} activities: a statement {cost.statement:.2f}, a purpose {cost.purpose:.2f},"
                f" a party's name {cost.party:.2f}, a new word {cost.word:.2f} of a check"
            )
            if chosen.browser:
                print(in_words(*in_browser(Path(folder)), by_clock(Path(folder))))


def measured(activities: int, folder: Path, turns: int) -> EditingCost:
    """Make a register, and edit and check it turn about."""
    collects = gc.isenabled()
    gc.disable()  # as the command does
    try:
        return _measured(activities, folder, turns)
    finally:
        if collects:
            gc.enable()


def _measured(activities: int, folder: Path, turns: int) -> EditingCost:
    generate(activities, folder)
    check(folder, DAY)  # what a process does once is in neither
    desk = Desk(folder, Checking(DAY))
    frame = PageFrame(desk)
    desk.now()
    for form in (_entry, _party, _word):  # what changes nothing would cost nothing
        said = RegisterScreens(frame).weigh(asked(form("support"))).page
        assert '"problems": {}' in said, said
        assert "Nothing is changed yet" not in said, said
    weigh, change = NoticeScreens(frame).weigh, RegisterScreens(frame).weigh
    taken: list[list[float]] = [[], [], [], [], []]
    for word in ("support", *TRIED[:turns]):
        edits: list[Callable[[], object]] = [partial(weigh, asked(_statement(word)))]
        edits += [partial(change, asked(form(word))) for form in (_entry, _party, _word)]
        edits.insert(0, partial(check, folder, DAY))
        for costs, edit in zip(taken, edits, strict=True):
            costs.append(cpu(edit))
    # in the first turn, templates are compiled
    cold, *others = (min(costs[1:]) for costs in taken)
    return EditingCost(*(cost / cold for cost in others))


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds that something takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def asked(fields: Mapping[str, str]) -> AskedPage:
    """A form as it is sent."""
    return AskedPage({}, {}, {name: (value,) for name, value in fields.items()}, "")


def _statement(purpose: str) -> dict[str, str]:
    said = {"deed": "discloses", "quote": QUOTE, "to": "school", "purposes": purpose}
    return {"notice": NOTICE, "sentence": SENTENCE, **said}


def _entry(purpose: str) -> dict[str, str]:
    return {"kind": "activity", "id": ACTIVITY, "does": "weigh", "f/purposes": purpose}


def _word(label: str) -> dict[str, str]:
    """A word of the register's own, which no flow has yet."""
    named = f"boats for {label}"
    of_word = {"f/facet": "purpose", "f/label": named, "f/synonyms": f"all {named}"}
    return {"kind": "term", "new": "yes", "id": f"own-{label}", "does": "weigh", **of_word}


def _party(name: str) -> dict[str, str]:
    return {"kind": "party", "id": PARTY, "does": "weigh", "f/name": f"{name} Ltd"}


# -- in the browser ------------------------------------------------------------------------------------

PRESSES = 100
_WATCH = """() => {
  window.probed = async () => {
    const begun = performance.now();
    await (await fetch("/assets/workbench.css", { cache: "no-store" })).text();
    document.querySelector("#saved").textContent = begun;
    return new Promise((done) => drawn(() => done(performance.now() - begun)));
  };
  const drawn = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
  document.addEventListener("keydown", () => {
    const begun = performance.now();
    window.taken = new Promise((done) => {
      const seen = new MutationObserver(() => {
        seen.disconnect();
        drawn(() => done(performance.now() - begun));
      });
      seen.observe(document.querySelector("#change"), { attributes: true });
    });
  }, { capture: true });
}"""


def in_words(taken: list[float], probed: list[float], check: float) -> str:
    """What 100 presses took in the browser, and of what else."""

    def one(place: int) -> str:
        press, probe = (sorted(all_)[place - 1] for all_ in (taken, probed))
        ratios = f"{press / probe:.1f} of the probe, {press / check:.2f} of a check"
        return f"{press * 1000:.0f} ms ({ratios})"

    load, cores = os.getloadavg()[0], os.cpu_count()
    return f"  in the browser {one(50)}, 99th of 100 {one(99)}; load {load:.1f} on {cores} cores"


def by_clock(root: Path) -> float:
    """The seconds that a cold check takes: the least of three."""
    return min(timeit.repeat(lambda: check(root, DAY), number=1, repeat=3))


def in_browser(root: Path) -> tuple[list[float], list[float]]:
    """The seconds from each of 100 key presses until the new verdicts are drawn, and those of as many probes."""
    from playwright.sync_api import sync_playwright

    bench, ready = Workbench(Desk(root, Checking(DAY))), Event()
    server = Thread(target=bench.serve, args=[ready.set], daemon=True)
    server.start()
    ready.wait()
    with sync_playwright() as playwright:
        program = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(300_000)  # a machine may be busy with something else
        page.goto(bench.first_address)
        page.goto(f"http://{bench.address}/notice/{NOTICE}?sentence={SENTENCE}")
        page.evaluate(_WATCH)
        page.locator("#f-deed").focus()
        taken, probed = [], []
        for number in range(PRESSES):  # one deed down, and up again
            page.keyboard.press("ArrowUp" if number % 2 else "ArrowDown")
            taken.append(float(page.evaluate("window.taken")) / 1000)
            probed.append(float(page.evaluate("window.probed()")) / 1000)
        browser.close()
    bench.end()
    server.join(20)
    return taken, probed


if __name__ == "__main__":
    main()
