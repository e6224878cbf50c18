"""The diagram of the page, driven in a real browser: looking, following, narrowing down, keyboard, paper, phone."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from pypdf import PdfReader

from browser import SCHEMES, Visit, leaves_sideways, violations
from conftest import ROOT, TODAY
from generate import generate
from ropa.engine import check
from ropa.flows.flow import RECIPIENT
from ropa.judging.coverage import Settings
from ropa.report import Report
from ropa.reporters.html import render
from test_diagram import luminance

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CASE_WORK = "#diagram:looked-after-case-work"
PHONE: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
GROUP = "[data-group]:has-text('Children in need')"


@pytest.fixture(scope="module")
def report() -> Report:
    return check(ROOT / "registry", Settings(TODAY))


@pytest.fixture(scope="module")
def example(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("page") / "review.html"
    page.write_text(render(report), "utf-8")
    return page


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of sixty activities."""
    folder = tmp_path_factory.mktemp("large")
    generate(60, folder)
    page = tmp_path_factory.mktemp("page") / "review.html"
    page.write_text(render(check(folder, Settings(TODAY))), "utf-8")
    return page


def picture(page: "Page") -> "Locator":
    return page.locator("#diagram .picture:visible")


def said(page: "Page") -> str:
    return page.locator("#diagram-status").inner_text()


def bright(page: "Page", what: str) -> list[str]:
    """The names of the boxes, or of the arrows and rows, that are not faint."""
    found: list[str] = picture(page).evaluate(
        """(figure, what) => [...figure.querySelectorAll(what)]
        .filter(e => getComputedStyle(e).opacity === '1').map(e => e.getAttribute('aria-label'))""",
        what,
    )
    return found


def at(page: "Page") -> str:
    """The name of what has the focus."""
    name: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.id"
    )
    return name


def test_the_view_begins_with_all_activities(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    assert picture(page).locator("h3").inner_text() == "All activities"
    assert said(page) == "All 78 flows are shown."
    assert picture(page).locator(".dim").count() == 0


def test_each_activity_can_be_chosen_and_has_an_address(
    visit: Visit, example: Path, report: Report
) -> None:
    page = visit(example, "#diagram")
    for activity in report.case.register.activities.values():
        page.get_by_label("Show", exact=True).select_option(f":{activity.id}")
        picture(page).get_by_role("heading", name=activity.name, exact=True).wait_for()
        assert page.evaluate("location.hash") == f"#diagram:{activity.id}"
        count = sum(flow.activity == activity.id for flow in report.case.graph.flows)
        assert said(page) == f"All {count} flows are shown."
    page.go_back()
    page.go_back()
    assert page.locator("#diagram-shows").input_value().startswith(":")


def test_a_link_that_led_nowhere_is_forgotten(visit: Visit, example: Path) -> None:
    page = visit(example, "#flow:long/gone")
    assert page.locator("#lost").is_visible()
    page.evaluate("location.hash = 'diagram'")
    page.locator("#diagram").wait_for()
    assert page.locator("#lost").is_hidden()


def test_a_process_of_the_overview_leads_to_its_own_picture(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    page.get_by_role("link", name="process: Letters to children and young people").click()
    page.get_by_role("heading", name="Letters to children and young people").first.wait_for()
    assert page.evaluate("location.hash") == "#diagram:letters"


@pytest.mark.parametrize(
    ("field", "value"), [("In the activity", "letters"), ("To", "dfe"), ("To", "caseworks")]
)
def test_flows_are_narrowed_down_and_counted(
    visit: Visit, example: Path, report: Report, field: str, value: str
) -> None:
    page = visit(example, "#diagram")
    count = sum(value in (flow.activity, *flow.box[RECIPIENT]) for flow in report.case.graph.flows)
    page.locator("#diagram").get_by_label(field, exact=True).select_option(value)
    assert said(page) == f"{count} of 78 flows are shown; the rest is faint."
    assert 0 < len(bright(page, ".arrow")) < picture(page).locator(".arrow").count()
    page.get_by_role("button", name="Show every flow").click()
    page.get_by_text("All 78 flows are shown.").wait_for()


def test_marks_are_narrowed_down_too(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    marks = page.get_by_role("group", name="Flows that are")
    for name in ("told in part, or vaguely (25)", "cannot be decided (1)", "told (35)"):
        marks.get_by_label(name, exact=True).uncheck()
    assert said(page) == "17 of 78 flows are shown; the rest is faint."
    faint = picture(page).locator(".arrow.dim, .row.dim")
    assert faint.count() > 0
    assert faint.and_(page.locator(".is-untold")).count() == 0
    assert page.evaluate("location.hash") == "#diagram?mark=untold"
    again = visit(example, "#diagram?mark=untold")
    assert said(again) == said(page)


def test_a_groups_data_is_followed_everywhere_the_graph_says(
    visit: Visit, example: Path, report: Report
) -> None:
    page = visit(example, "#diagram")
    page.get_by_label("Follow the data of").select_option("care-leaver")
    steps = report.case.graph.reach("care-leaver")
    assert said(page) == f"{len(steps)} of 78 flows are shown; the rest is faint."
    assert page.locator("#diagram-followed").inner_text().startswith(
        f"Care leavers: Their data takes {len(steps)} flows, reaches 4 recipients"
    )  # fmt: skip
    names = bright(page, ".box")
    assert any("Research teams" in name for name in names), "onward, three steps away"
    assert not any("Foster carers" in name for name in names)
    assert page.evaluate("location.hash") == "#diagram?subject=care-leaver"
    assert said(visit(example, "#diagram?subject=care-leaver")) == said(page)


def test_pointing_at_a_group_follows_its_data_too(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    everything = len(bright(page, ".box"))
    picture(page).locator(GROUP).hover()
    names = bright(page, ".box")
    assert any("Research teams" in name for name in names)
    assert not any("Looked-after children" in name for name in names)
    assert len(names) < everything
    assert "Their data takes 34 flows" in page.locator("#diagram-pointed").inner_text()
    page.locator("#diagram-title").hover()
    assert len(bright(page, ".box")) == everything


def test_pointing_at_anything_else_shows_what_it_is_connected_to(
    visit: Visit, example: Path
) -> None:
    page = visit(example, CASE_WORK)
    picture(page).locator(".arrow", has_text="F35").hover()
    assert len(bright(page, ".arrow")) == 1
    assert bright(page, ".box") == [
        "external entity: Looked-after children", "process: Supporting children we look after",
    ]  # fmt: skip
    assert page.locator("#diagram-pointed").inner_text().startswith("F35: Exampleshire")
    picture(page).locator(".store").hover()
    assert len(bright(page, ".box")) == 2


def test_a_flow_that_several_groups_give_is_shown_whole(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram:protection-and-court")
    given = picture(page).locator(".arrow", has_text="F52")
    assert given.count() == 3
    given.first.hover()
    assert len(bright(page, ".arrow")) == 3
    assert len(bright(page, ".box")) == 4


# by keyboard


def test_the_whole_picture_is_one_stop_for_the_tab_key(visit: Visit, example: Path) -> None:
    page = visit(example, CASE_WORK)
    page.get_by_role("button", name="Show every flow").focus()
    page.keyboard.press("Tab")
    assert at(page) == "Picture of the data flows of Supporting children we look after"
    page.keyboard.press("ArrowRight")
    assert at(page) == "external entity: Looked-after children"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.type") == "reset"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.sheet')") is None


def test_the_arrow_keys_go_along_the_flows_and_enter_opens_one(visit: Visit, example: Path) -> None:
    page = visit(example, CASE_WORK)
    picture(page).locator(".sheet").focus()
    been = []
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
        been.append(at(page).partition(" about")[0])
    assert been == [
        "external entity: Looked-after children",
        "external entity: Schools and colleges of our children",
        "external entity: Looked-after children",
        "Exampleshire County Council collects name, date of birth, contact details and 6 more",
        "process: Supporting children we look after",
        "Exampleshire County Council uses name, date of birth, contact details and 6 more",
    ]
    assert len(bright(page, ".row")) == 1, "what has the focus is shown as what is pointed at"
    page.keyboard.press("Enter")
    page.locator(".flow.open").wait_for()
    assert page.evaluate("location.hash").startswith("#flow:looked-after-case-work/use/")


def test_escape_leaves(visit: Visit, example: Path) -> None:
    page = visit(example, CASE_WORK)
    picture(page).locator(".sheet").focus()
    page.keyboard.press("ArrowRight")
    assert picture(page).locator(".pointing").count() == 1
    page.keyboard.press("Escape")
    assert at(page).startswith("Picture of")
    assert picture(page).locator(".pointing").count() == 0


def test_enter_on_a_group_follows_it(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    picture(page).locator(GROUP).focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("Follow the data of").input_value() == "child-in-need"
    page.keyboard.press("Enter")
    assert page.get_by_label("Follow the data of").input_value() == ""


@pytest.mark.parametrize("where", ["#diagram", CASE_WORK, "#diagram:child-protection"])
def test_everything_drawn_can_be_gone_to_by_arrow_keys(
    visit: Visit, example: Path, where: str
) -> None:
    page = visit(example, where)
    missed = picture(page).evaluate(
        """figure => {
          const all = [...figure.querySelectorAll('.box, .row, .arrow')];
          const press = (on, key) => {
            on.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            return document.activeElement;
          };
          const sheet = figure.querySelector('.sheet');
          sheet.focus();
          const been = new Set([press(sheet, 'ArrowRight')]);
          for (const here of been)
            for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) {
              here.focus();
              let there = press(here, key);
              for (let n = 0; n < 99 && there !== here && !been.has(there); n++) {
                been.add(there);
                there = press(there, key.replace('Right', 'Down').replace('Left', 'Down'));
              }
            }
          return all.filter(e => !been.has(e)).map(e => e.getAttribute('aria-label'));
        }"""
    )
    assert missed == []


# for every reader


@pytest.mark.parametrize(
    "where", [CASE_WORK, "#diagram?subject=care-leaver", "#diagram?as=matrix", "#diagram:gone"]
)
def test_no_state_of_it_has_a_fault_that_axe_knows(visit: Visit, example: Path, where: str) -> None:
    assert violations(visit(example, where), dark=where == CASE_WORK, few=True) == []


@pytest.mark.parametrize("where", ["#diagram", CASE_WORK, "#diagram?as=matrix"])
def test_on_a_phone_the_picture_scrolls_and_the_page_does_not(
    visit: Visit, example: Path, where: str
) -> None:
    page = visit(example, where, **PHONE)
    assert leaves_sideways(page) == []
    sheet = picture(page).locator(".sheet")
    assert sheet.evaluate("e => e.scrollWidth > e.clientWidth && e.clientWidth > 200")
    assert sheet.get_attribute("aria-label")


def test_everything_drawn_has_a_name_and_what_leads_on_is_a_link(
    visit: Visit, example: Path
) -> None:
    page = visit(example, CASE_WORK)
    for thing in picture(page).locator(".box, .row, .arrow").all():
        assert thing.get_attribute("aria-label")
        assert (thing.get_attribute("href") is None) == (thing.get_attribute("role") == "img")
    assert picture(page).locator(".sheet").get_attribute("role") == "application"
    assert picture(page).locator("title").count() == 0, "what is pointed at is said below it"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_can_be_read_by_light_and_by_dark(
    visit: Visit, example: Path, scheme: Literal["light", "dark"]
) -> None:
    page = visit(example, "#diagram", color_scheme=scheme)
    colours = page.evaluate(
        """() => {
          const at = (what, name) => getComputedStyle(document.querySelector(what))[name];
          const texts = ['.arrow text', '.box text', '.below', '.boundary', '.lane-title', '.is-untold text',
            '.is-partly text', '.is-undecided text', '.is-told text'].map(x => at(`figure .flows ${x}`, 'fill'));
          const grounds = ['.entity rect', '.process rect', '.store rect', '.ours'].map(x => at(`figure ${x}`, 'fill'));
          return [texts, grounds];
        }"""
    )
    texts, grounds = (
        ["#" + "".join(f"{int(n):02x}" for n in re.findall(r"\d+", c)[:3]) for c in found]
        for found in colours
    )
    assert len(set(texts)) >= 6
    for text in texts:
        for ground in grounds:
            dark, light = sorted((luminance(text), luminance(ground)))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_marks_differ_by_glyph_and_by_line_where_colours_are_the_readers_own(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#diagram", forced_colors="active")
    looks = page.evaluate(
        """() => [...document.querySelectorAll('#diagram .sample')].map(svg => {
          const line = getComputedStyle(svg.querySelector('.line'));
          const glyph = svg.querySelector('use').getAttribute('href');
          return [line.stroke, `${line.strokeWidth} ${line.strokeDasharray}`, glyph];
        })"""
    )
    assert len({colour for colour, _, _ in looks}) == 1
    assert len({line for _, line, _ in looks}) == len({glyph for _, _, glyph in looks}) == 4


def test_nothing_moves_for_those_who_want_no_motion(visit: Visit, example: Path) -> None:
    for motion, moves in (("reduce", "0s"), ("no-preference", "0.12s")):
        page = visit(example, "#diagram", reduced_motion=motion)
        assert (
            page.evaluate(
                "getComputedStyle(document.querySelector('.sheet .arrow')).transitionDuration"
            )
            == moves
        )


def test_the_picture_can_be_made_larger_and_smaller(visit: Visit, example: Path) -> None:
    page = visit(example, CASE_WORK)

    def wide() -> float:
        return float(picture(page).locator("svg").get_attribute("width") or 0)

    before = wide()
    page.get_by_role("button", name="Larger").click()
    assert wide() > before
    page.get_by_role("button", name="Smaller").click()
    page.get_by_role("button", name="Smaller").click()
    assert wide() < before
    page.get_by_role("button", name="Fit").click()
    room = picture(page).locator(".sheet").evaluate("e => e.clientWidth")
    assert wide() <= room


@pytest.mark.parametrize("where", ["#diagram", CASE_WORK, "#diagram?as=matrix"])
def test_it_prints_on_one_page_across(
    visit: Visit, example: Path, where: str, tmp_path: Path
) -> None:
    page = visit(example, where, color_scheme="dark")
    title = picture(page).locator("h3").inner_text()
    written = tmp_path / "printed.pdf"
    page.pdf(path=written, prefer_css_page_size=True)
    (sheet,) = PdfReader(written).pages
    assert sheet.mediabox.width > sheet.mediabox.height
    text = sheet.extract_text()
    assert title in text
    assert "Exampleshire County Council" in text
    assert "Smaller" not in text
    page.emulate_media(media="print", color_scheme="dark")
    ours = page.evaluate(
        "getComputedStyle(document.querySelector('figure .process rect') || document.body).fill"
    )
    assert (
        luminance("#" + "".join(f"{int(n):02x}" for n in re.findall(r"\d+", ours)[:3])) > 0.7
        or "matrix" in where
    )


# the table


def test_the_table_leads_to_the_flows_of_a_cell(visit: Visit, example: Path) -> None:
    page = visit(example, "#diagram")
    page.get_by_label("Show", exact=True).select_option(
        label="A table of activities and recipients"
    )
    table = page.get_by_role("table")
    assert page.evaluate("location.hash") == "#diagram?as=matrix"
    row = table.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="Letters to children")
    )
    cell = row.get_by_role("link", name="1 / 1").last
    assert cell.get_attribute("href") == "#flows?activity=letters&recipient=print-firm"
    cell.click()
    page.locator("#flows").wait_for()
    assert page.locator(".flow:visible").count() == 1


def test_a_long_table_shows_the_worst_first_and_all_when_asked(visit: Visit, large: Path) -> None:
    page = visit(large, "#diagram?as=matrix")
    rows = page.locator(".matrix tbody tr:visible")
    assert rows.count() == 40
    page.get_by_role("button", name="Show 20 more activities").click()
    assert rows.count() == 60
    page.get_by_role("button", name="Show only those with the most gaps").click()
    assert rows.count() == 40


# what is not in the page


def test_an_activity_without_a_picture_is_shown_in_the_overview_with_the_command(
    visit: Visit, large: Path
) -> None:
    page = visit(large, "#diagram")
    shown = set(page.locator("#diagram-shows option").evaluate_all("all => all.map(o => o.value)"))
    every = page.locator("#diagram-activity option").evaluate_all("all => all.map(o => o.value)")
    missing = next(id_ for id_ in every if id_ and f":{id_}" not in shown)
    page.evaluate(f"location.hash = 'diagram:{missing}'")
    page.locator("#diagram-missing").wait_for()
    assert f"ropa diagram --activity {missing}" in page.locator("#diagram-missing").inner_text()
    assert page.get_by_label("In the activity").input_value() == missing
    assert len(bright(page, ".arrow")) > 0
    assert (
        "20 more activities, with fewer gaps, have no picture"
        in page.locator("#diagram").inner_text()
    )


def test_without_its_script_all_pictures_are_there(visit: Visit, example: Path) -> None:
    page = visit(example, java_script_enabled=False)
    assert page.locator("#diagram .picture:visible").count() == 15
    assert page.locator("#diagram select:visible, #diagram button:visible").count() == 0
