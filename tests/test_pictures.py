"""The pictures in the documentation: made of the example register, and known to be of the page as it is now.

`make golden`, or `ROPA_GOLDEN=1 pytest tests/test_pictures.py`, takes them anew. What a browser draws differs a little
from machine to machine, so it is not the pictures that are compared but what they were taken of.
"""

import os
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from browser import Visit
from conftest import ROOT, TODAY
from generate import generate
from messy_sheets import ICO
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.reporters.html import render
from test_first_report import walked

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = ROOT / "docs" / "pictures"
TAKEN_OF = FOLDER / "taken-of.txt"
LARGE = 24
"""Activities of a made register, which have some 200 flows; its notice tells neither the firms nor two purposes."""


class Picture(NamedTuple):
    """Where in which page it is taken, how wide and high the window is, and how."""

    page: str
    at: str
    size: tuple[int, int]
    scheme: str = "light"
    media: str = "screen"


PICTURES = {
    "summary.png": Picture("example", "summary", (1280, 900)),
    "reading.png": Picture("example", "flow:health-assessments/disclose/caseworks", (1280, 900)),
    "overview.png": Picture("example", "diagram", (1480, 1300)),
    "activity.png": Picture("example", "diagram:looked-after-case-work", (1280, 900)),
    "dark.png": Picture("example", "diagram:protection-and-court", (1280, 900), scheme="dark"),
    "phone.png": Picture("example", "summary", (320, 720)),
    "paper.png": Picture("example", "flows", (794, 1123), media="print"),
    "large.png": Picture("large", "diagram", (1480, 1300)),
    "first-report.png": Picture("first", "summary", (1280, 900)),
    "matrix.png": Picture("large", "diagram?as=matrix", (1280, 900)),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages that pictures are taken of."""
    large = tmp_path_factory.mktemp("large")
    generate(LARGE, large)
    notice = large / "everybody.yaml"
    head, *statements = notice.read_text("utf-8").split("  - ")
    told = [
        s for s in statements if not s.startswith(("quote: Firms run", "quote: We use it for re"))
    ]
    notice.write_text("  - ".join([head, *told]), "utf-8")
    registers = {"example": ROOT / "registry", "large": large}
    made = {name: render(check(folder, Settings(TODAY))) for name, folder in registers.items()}
    first = walked(ICO, tmp_path_factory.mktemp("desk")).folder / "reports" / "review.html"
    return {**made, "first": first.read_text("utf-8")}


def taken_of(pages: dict[str, str]) -> str:
    return "".join(f"{name} {sha256(page.encode()).hexdigest()}\n" for name, page in pages.items())


def test_the_pictures_in_the_docs_are_of_the_page_as_it_is(
    pages: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if os.environ.get("ROPA_GOLDEN"):
        take(pages, request.getfixturevalue("visit"))
    assert TAKEN_OF.read_text("utf-8") == taken_of(pages), "`python3 dev.py golden` takes them anew"
    own = {p.name for p in FOLDER.glob("*.png") if not p.name.startswith("workbench-")}
    assert own == PICTURES.keys()


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_as_large_as_it_should_be_and_is_shown_somewhere(name: str) -> None:
    head = (FOLDER / name).read_bytes()[:24]
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == PICTURES[name].size
    shown = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    assert any(f"pictures/{name}" in page.read_text("utf-8") for page in shown)


def take(pages: dict[str, str], visit: Visit) -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        width, height = picture.size
        window: dict[str, Any] = {"viewport": {"width": width, "height": height}}
        page = visit(pages[picture.page], f"#{picture.at}", color_scheme=picture.scheme, **window)
        if picture.media == "print":
            on_paper(page)
        page.screenshot(path=FOLDER / name)
    TAKEN_OF.write_text(taken_of(pages), "utf-8")


def on_paper(page: "Page") -> None:
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.evaluate("document.querySelector('.list').scrollIntoView()")
