"""The workbench in colours that are forced upon it: what colour sets apart, a line does, too; and nothing moves."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from bench import Running, press, ready

if TYPE_CHECKING:
    from playwright.sync_api import Page

READING = "/notice/children-social-care-2025?sentence="

APART = """() => {
const clear = 'rgba(0, 0, 0, 0)', paint = (element) => getComputedStyle(element).backgroundColor;
const behind = (element) => {
  while ((element = element.parentElement) && paint(element) === clear);
  return element ? paint(element) : '';
};
return [...document.body.querySelectorAll('*')].flatMap((element, at) =>
  element.checkVisibility() && paint(element) !== clear && paint(element) !== behind(element) ? [at] : []);
}"""
"""Which elements of a page have another background than what they stand on."""

UNLINED = """(wanted) => {
const everything = [...document.body.querySelectorAll('*')];
const sides = ['borderTop', 'borderRight', 'borderBottom', 'borderLeft', 'outline'];
const drawn = (style, side) => style[`${side}Style`] !== 'none' && parseFloat(style[`${side}Width`]) > 0;
const lined = (element) => sides.some((side) => drawn(getComputedStyle(element), side));
const bare = wanted.map((at) => everything[at]).filter((element) => !lined(element));
return bare.map((element) => `${element.tagName}.${element.className}`);
}"""
"""Which of them have neither a border nor an outline."""

MOVES = """() => [...document.querySelectorAll('*')].filter((element) => {
const style = getComputedStyle(element);
return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0 || style.scrollBehavior !== 'auto';
}).map((element) => element.tagName)"""

BY_SIGN = {"SPAN.add"}
"""A line that is written anew has a plus before it."""


def states(page: "Page", bench: Running) -> Iterator[str]:
    """The main states of the workbench, one after the other."""
    for path in (
        "/",
        "/flow?id=letters/disclose/print-firm",
        "/sign-off?notice=children-social-care-2025",
    ):
        page.goto(bench.base + path)
        ready(page)
        yield path
    page.goto(f"{bench.base}{READING}45")
    ready(page)
    page.locator("#f-to").click()
    page.keyboard.type("fam")
    page.wait_for_selector("#list-to [aria-selected=true]")
    yield "a list of words"
    page.goto(f"{bench.base}{READING}48")
    ready(page)
    page.locator("#f-period").fill("7 years")
    page.wait_for_selector("#save[aria-disabled=true]")
    yield "a statement that is refused"
    page.goto(f"{bench.base}{READING}48")
    press(page, "a")
    yield "a question"
    page.goto(f"{bench.base}/entry?kind=activity&id=letters")
    ready(page)
    page.locator("#f-reviewed").fill("yesterday")
    expect(page.locator(".f-row.error")).to_have_count(1)
    yield "an error at its field"


def style(page: "Page", selector: str, name: str) -> str:
    found: str = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    return found


def test_what_a_background_sets_apart_a_line_does_where_colours_are_forced(
    page: "Page", bench: Running
) -> None:
    seen = []
    for state in states(page, bench):
        page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        apart = page.evaluate(APART)
        assert page.evaluate(MOVES) == [], state
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        assert set(page.evaluate(UNLINED, apart)) <= BY_SIGN, state
        here = style(page, ".top nav [aria-current]", "borderBottomColor")
        assert here != style(page, ".top nav a:not([aria-current])", "borderBottomColor"), state
        if state == "a statement that is refused":
            dashed = (
                style(page, "#save", "borderTopStyle"),
                style(page, "[data-does=aside]", "borderTopStyle"),
            )
            assert dashed == ("dashed", "solid")
            assert style(page, "#save", "color") != style(page, "[data-does=aside]", "color")
        seen.append(len(apart))
    assert len(seen) == 7
    assert min(seen) > 2
