"""The page to review, driven in a real browser: what a reader can do with it, and that it is fit for every reader."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import Visit, leaves_sideways, violations
from conftest import ROOT, TODAY
from ropa.coverage import Settings
from ropa.engine import check
from ropa.reporters.html import render

if TYPE_CHECKING:
    from playwright.sync_api import Page

VIEWS = ("summary", "flows", "diagram", "register", "findings", "glossary")
GAP = "flow:child-in-need-support/disclose/exampleshire-schools"
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the example register."""
    page = tmp_path_factory.mktemp("page") / "review.html"
    page.write_text(render(check(ROOT / "registry", Settings(TODAY))), "utf-8")
    return page


def shown(page: "Page") -> list[str]:
    """The names of the flows in the list, as far as the reader sees them."""
    return page.locator(".flow:visible .chip").all_inner_texts()


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_has_a_fault_that_axe_knows(visit: Visit, example: Path, view: str) -> None:
    page = visit(example, f"#{view}")
    assert page.locator(f"#{view}").is_visible()
    assert violations(page) == []


def test_a_flow_in_full_has_none_either(visit: Visit, example: Path) -> None:
    page = visit(example, f"#{GAP}")
    assert page.locator(".flow.open .detail").is_visible()
    assert violations(page) == []


@pytest.mark.parametrize("view", [*VIEWS, GAP])
def test_nobody_on_a_phone_has_to_push_the_page_to_and_fro(
    visit: Visit, example: Path, view: str
) -> None:
    assert leaves_sideways(visit(example, f"#{view}", **PHONE)) == []


def test_a_sentence_shows_the_flows_it_tells_and_in_which_facets(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    page.get_by_role("link", name="find you a place to live").click()
    assert "find you a place to live" in page.locator("#by-statement").inner_text()
    assert page.locator(".flow:visible .here").all_inner_texts() == ["purpose"] * len(shown(page))
    assert 0 < len(shown(page)) < 78
    assert page.evaluate("location.hash").startswith("#statement:children-social-care-2025")


def test_a_promise_shows_the_flows_that_go_against_it(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.get_by_role("link", name="We do not give your home address").click()
    assert "go against this promise" in page.locator("#by-statement").inner_text()
    assert set(page.locator(".flow:visible .here").all_inner_texts()) == {"promise"}


def test_a_promise_that_no_flow_goes_against_says_so(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.get_by_role("link", name="It does so only after an approval").click()
    assert page.locator("#by-statement").inner_text().startswith("No flow goes against")
    assert shown(page) == []


def test_what_no_flow_bears_out_is_marked_and_listed(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    marked = page.locator("a.said.idle:visible")
    assert "Example Lantern Trust" in marked.first.inner_text()
    listed = page.locator(".notice.current h4:has-text('no flow bears it out') ~ ul").first
    assert "Example Lantern Trust" in listed.inner_text()


def test_a_flow_shows_what_proves_each_facet_what_is_missing_and_what_would_mend_it(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    page.get_by_role("button", name="F22").click()
    page.locator(".detail").wait_for()
    row = page.locator(".flow.open")
    facets = row.locator(".facet h5").all_inner_texts()
    assert facets[0].startswith("recipient")
    assert "omitted" in facets[0]
    assert all("clear" in facet for facet in facets[1:])
    said = row.locator(".detail").inner_text()
    assert "activities/health-assessments.yaml:17:1" in said
    assert "Missing: Caseworks Example Ltd" in said
    assert "ropa why health-assessments/disclose/caseworks" in said
    assert row.locator("blockquote").count() == 1
    row.get_by_text("To accept it for now").click()
    waiver = row.locator("pre").inner_text()
    assert 'finding: "recipient-omitted@health-assessments/disclose/caseworks@recipient"' in waiver
    assert page.locator("a.said.chosen:visible").count() > 0
    page.get_by_role("button", name="F22").click()
    assert page.locator(".flow.open").count() == 0


def test_the_quote_beside_a_facet_leads_to_its_sentence(visit: Visit, example: Path) -> None:
    page = visit(example, f"#{GAP}")
    page.locator(".detail").get_by_role("link", name="how you are doing at school").click()
    page.locator("#by-statement").wait_for()
    assert page.locator("a.said.chosen").all_text_contents() == [
        "how you are doing at school (flows it tells: 17)"
    ]


@pytest.mark.parametrize(
    ("field", "choice", "left"),
    [
        ("About", "Care leavers", 17),
        ("In", "Letters to children and young people", 4),
        ("To", "Ofsted", 1),
        ("Told", "cannot be decided", 1),
        ("Of the people of", "Privacy notice for parents and foster carers", 27),
    ],
)
def test_the_flows_can_be_narrowed_down(
    visit: Visit, example: Path, field: str, choice: str, left: int
) -> None:
    page = visit(example, "#flows")
    page.locator("#filters").get_by_label(field, exact=True).select_option(label=choice)
    assert len(shown(page)) == left
    assert page.locator("#shown").inner_text() == f"{left} of 78 flows"
    page.get_by_role("button", name="Show all flows").click()
    page.locator("#shown", has_text="78 flows").wait_for()
    assert page.locator("#shown").inner_text() == "78 flows"


def test_words_narrow_the_flows_down_too(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.get_by_label("With the words").fill("ofsted gives")
    assert len(shown(page)) == 1


def test_a_number_of_the_summary_leads_to_its_flows(visit: Visit, example: Path) -> None:
    page = visit(example)
    page.get_by_role("link", name="cannot be decided, Children in need").click()
    assert len(shown(page)) == 1
    page.go_back()
    assert page.locator("#summary").is_visible()


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (f"#{GAP}", ".flow.open .detail"),
        ("#statement:children-social-care-2025%2313", "a.said.chosen"),
        ("#notice:parents-and-carers", "[data-notice=parents-and-carers]"),
        ("#activity:letters", "#activity\\:letters[open] dl"),
        ("#rule:recipient-omitted", "#rule\\:recipient-omitted"),
        (
            "#finding:recipient-omitted@letters/disclose/print-firm@recipient",
            ".finding.target",
        ),
        ("#term:data/upn", "#glossary tr.target"),
        ("#draft:7", ".draft.target"),
    ],
)
def test_everything_has_an_address(visit: Visit, example: Path, at: str, found: str) -> None:
    assert visit(example, at).locator(found).first.is_visible()


def test_an_address_that_leads_nowhere_says_so(visit: Visit, example: Path) -> None:
    page = visit(example, "#flow:long/gone")
    assert "flow:long/gone" in page.locator("#lost").inner_text()


def test_the_record_can_be_searched(visit: Visit, example: Path) -> None:
    page = visit(example, "#register")
    page.get_by_label("Search the record").fill("ofsted")
    names = page.locator(".entry:visible summary").all_inner_texts()
    assert "Checking the quality of our services, and inspection" in names
    assert "Letters to children and young people" not in names


def test_the_keyboard_reaches_and_opens_everything(visit: Visit, example: Path) -> None:
    page = visit(example)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.get_by_role("link", name="Notices and flows").press("Enter")
    page.get_by_label("Told", exact=True).focus()
    while page.evaluate("document.activeElement.closest('.flow') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".flow.open").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"


def test_without_its_script_the_page_shows_all_there_is(visit: Visit, example: Path) -> None:
    page = visit(example, java_script_enabled=False)
    for view in VIEWS:
        assert page.locator(f"#{view}").is_visible()
    assert page.locator("#filters").is_hidden()
    assert page.locator("noscript").is_visible()


def test_on_paper_the_gaps_are_told_in_full_and_the_buttons_are_gone(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("#filters").is_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".flow .detail").count() == 43
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".flow .detail").count() == 0


HOSTILE = """
kind: organisation
id: us
name: "<script>alert(1)</script>"
regimes: [uk-gdpr]
---
kind: party
id: them
name: "\\"><img src=x onerror=alert(2)> {{{{ 7*7 }}}} ]]> </script><script>alert(3)</script> \\u202Egpj"
type: processor
---
kind: activity
id: work
name: "</title></script><svg onload=alert(4)>"
subjects: pupil
data: name
purposes: support
disclosures: [{to: them}]
---
kind: notice
id: told
name: "javascript:alert(5)"
url: "javascript:alert(6)"
audience: pupil
text: told.md
statements:
  - quote: We use <b onclick=alert(7)>your name</b> to help you
    uses: {purposes: support, data: name}
""".replace("{{{{", "{{").replace("}}}}", "}}")


def test_nothing_that_somebody_wrote_comes_alive(visit: Visit, tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(HOSTILE, "utf-8")
    (tmp_path / "told.md").write_text(
        "We use &lt;b onclick=alert(7)&gt;your name&lt;/b&gt; to help you.\n\n[x](javascript:alert(8))",
        "utf-8",
    )
    page = visit(render(check(tmp_path, Settings(TODAY))))
    for view in VIEWS:
        page.evaluate(f"location.hash = '{view}'")
    page.evaluate("location.hash = 'flow:work/disclose/them'")
    page.locator(".detail").wait_for()
    assert page.locator("img, svg:not(.bar, .flows, .glyphs)").count() == 0
    assert page.locator("script:not([type])").count() == 1  # the page's own
    assert page.locator("a[href^='javascript']").count() == 0
    assert "<img src=x onerror=alert(2)> {{ 7*7 }}" in page.locator(".flow.open").inner_text()
    assert "\u202e" not in page.content()
