"""The page to review, driven in a real browser: what a reader can do with it, and that it is fit for every reader."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from browser import Visit, leaves_sideways, violations
from conftest import ROOT, TODAY, write_register
from library import GAP as UNTOLD_FIRM
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.reporters.html import render
from ropa.sign_off import Signature, sign_off

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
    return page.locator(".flow:visible .chip").all_text_contents()


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_has_a_fault_that_axe_knows_nor_has_what_is_folded_away(
    visit: Visit, example: Path, view: str
) -> None:
    page = visit(example, f"#{view}")
    assert page.locator(f"#{view}").is_visible()
    page.evaluate("document.querySelectorAll('main details').forEach(folded => folded.open = true)")
    assert violations(page, dark=view == "summary", few=True) == []


@pytest.mark.parametrize(
    "at",
    [
        "#statement:children-social-care-2025%2313",
        "#flows?subject=care-leaver&mark=untold",
        "#rule:recipient-omitted",
        "#flow:long/gone",
    ],
)
def test_no_state_of_it_has_one(visit: Visit, example: Path, at: str) -> None:
    assert violations(visit(example, at), few=True) == []


def test_a_flow_in_full_has_none_either(visit: Visit, example: Path) -> None:
    page = visit(example, f"#{GAP}")
    assert page.locator(".flow.open .detail").is_visible()
    assert violations(page, dark=True, few=True) == []


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


def test_each_number_of_the_table_of_groups_leads_to_as_many_flows(
    visit: Visit, example: Path
) -> None:
    page = visit(example)
    links = page.locator("#summary tbody td a")
    cells = [
        (str(link.get_attribute("href")), int(str(link.locator(".mark").inner_text()).split()[-1]))
        for link in links.all()
    ]
    assert len(cells) > 10
    for at, number in cells:
        page.evaluate("at => { location.hash = at }", at)
        page.locator("#flows").wait_for()
        assert len(shown(page)) == number, at
        wanted = at.partition("mark=")[2]
        others = page.locator(f".marked:not(.{wanted}) .flow:visible").count()
        said = page.locator("#shown").inner_text()
        assert said == f"{number} of 78 flows" + (
            f"; {others} of them under another heading, as others are told otherwise" * bool(others)
        )


def test_a_flow_shows_what_proves_each_facet_what_is_missing_and_what_would_mend_it(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    page.get_by_role("button", name="F22").click()
    page.locator(".detail").wait_for()
    row = page.locator(".flow.open")
    facets = row.locator(".facet h5").all_inner_texts()
    assert facets[0].startswith("Who gets it")
    assert "not told" in facets[0]
    assert all("✓ told" in facet for facet in facets[1:])
    said = row.locator(".detail").inner_text()
    assert "activities/health-assessments.yaml:17:1" in said
    assert "Missing: Caseworks Example Ltd" in said
    row.get_by_text("How the verdict came about").click()
    derived = row.locator("details.why pre").inner_text()
    assert re.match(r"health-assessments/disclose/caseworks: omitted\s", derived)
    assert row.locator("blockquote").count() == 1
    row.get_by_text("To accept it for now").click()
    waiver = row.locator("details:not(.why) pre").inner_text()
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
        ("Of the people of", "Privacy notice for parents and foster carers", 25),
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


def test_what_the_flows_are_narrowed_down_to_has_an_address(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.locator("#filters").get_by_label("About", exact=True).select_option(label="Care leavers")
    page.locator("#filters").get_by_label("With the words").fill("gives & takes")
    at = page.evaluate("location.hash")
    assert at == "#flows?words=gives+%26+takes&subject=care-leaver"
    page.locator("#filters").get_by_label("With the words").fill("gives")
    again = visit(example, page.evaluate("location.hash"))
    assert shown(again) == shown(page) != []
    page.get_by_role("button", name="Show all flows").click()
    page.wait_for_url(lambda url: url.endswith("#flows"))


def test_on_a_phone_choosing_a_sentence_leads_to_its_flows_and_back(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows", **PHONE)
    sentence = page.get_by_role("link", name="find you a place to live").first
    sentence.click()
    inside = (
        "e => e.getBoundingClientRect().top >= 0 && e.getBoundingClientRect().top < innerHeight"
    )
    line = page.locator("#by-statement")
    assert line.evaluate(inside)
    line.get_by_role("link", name="find you a place to live").click()
    assert page.locator("a.said.chosen").evaluate(inside)
    assert violations(page, few=True) == []


def test_the_basis_of_what_others_pass_on_is_theirs(visit: Visit, example: Path) -> None:
    page = visit(example, "#flow:looked-after-return/onward/dfe/research-teams")
    page.locator(
        ".flow.open .detail", has_text="those who pass it on need one of their own"
    ).wait_for()


def test_back_from_a_flow_leads_to_the_list_as_it_was(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.locator("#filters").get_by_label("About", exact=True).select_option(label="Care leavers")
    before = shown(page)
    row = page.locator(".flow:visible > button").last
    row.click()
    page.locator(".flow.open").wait_for()
    page.go_back()
    page.locator(".flow.open").wait_for(state="detached")
    assert shown(page) == before
    assert row.evaluate(
        "e => e === document.activeElement && e.getBoundingClientRect().top < innerHeight"
    )
    page.go_forward()
    page.locator(".flow.open").wait_for()
    assert shown(page) == before


def test_back_and_forward_lead_between_views_flows_and_sentences(
    visit: Visit, example: Path
) -> None:
    page = visit(example)
    page.get_by_role("link", name="Notices and flows").click()
    page.get_by_role("link", name="find you a place to live").click()
    page.locator(".flow:visible > button").first.click()
    page.locator(".flow.open").wait_for()
    page.get_by_role("link", name="Glossary").click()
    stops = ["#summary", "#flows", "#by-statement", ".flow.open .detail", "#glossary"]
    for stop in reversed(stops[:-1]):
        page.go_back()
        page.locator(stop).wait_for()
    for stop in stops[1:]:
        page.go_forward()
        page.locator(stop).wait_for()


def test_words_narrow_the_flows_down_too(visit: Visit, example: Path) -> None:
    page = visit(example, "#flows")
    page.locator("#filters").get_by_label("With the words").fill("ofsted gives")
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


def test_every_link_of_the_page_leads_somewhere(visit: Visit, example: Path) -> None:
    page = visit(example)
    lost = page.evaluate(
        """async () => {
          const data = JSON.parse(document.getElementById('details').textContent);
          const made = ['flow', 'finding', 'statement'].flatMap(kind =>
            data[`${kind}s`].map(([id]) => `#${kind}:${encodeURIComponent(id)}`));
          const links = new Set([...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href')));
          const lost = [];
          for (const at of new Set([...links, ...made])) {
            if (at === '#main') continue;
            history.replaceState(null, '', at);
            dispatchEvent(new HashChangeEvent('hashchange'));
            if (!document.getElementById('lost').hidden) lost.push(at);
          }
          return lost;
        }"""
    )
    assert lost == []


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
    assert page.locator("select:visible").count() == 0
    page.locator("noscript").wait_for(state="visible")


def test_on_paper_a_flow_is_a_line_unless_more_is_asked_for_and_the_buttons_are_gone(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".flow .detail").count() == 0
    page.get_by_label("Print what is not told in full").check()
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("#filters").is_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".flow .detail").count() == 43
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".flow .detail").count() == 0


def test_the_first_flow_is_ten_presses_of_a_key_away_and_a_thumb_away(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#flows")
    presses = ["Tab", "Enter", "Tab", "Enter"]  # past the views, and to the first flow
    for key in presses:
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.closest('.flow') !== null")
    phone = visit(example, "#flows", **PHONE)
    down = phone.locator(".flow").first.evaluate("flow => flow.getBoundingClientRect().top")
    assert down < 4 * 640


def test_findings_are_sifted_by_owner_severity_and_words(visit: Visit, example: Path) -> None:
    from playwright.sync_api import expect

    page = visit(example, "#findings")
    form, shown = page.locator("#finding-filters"), page.locator("#findings .finding:visible")
    everything = shown.count()
    form.get_by_label("Owner").select_option("Head of Commissioning")
    expect(shown).not_to_have_count(everything)
    owned = shown.count()
    assert 0 < owned < everything
    assert page.locator("#g-shown").inner_text() == f"{owned} found"
    form.get_by_label("How severe").select_option("error")
    form.get_by_label("With the words").fill("caseworks")
    expect(shown).to_have_count(1)
    form.get_by_role("button").click()
    expect(shown).to_have_count(everything)


def test_what_is_new_since_the_sign_off_can_be_asked_for_alone(
    visit: Visit, tmp_path: Path
) -> None:
    write_register(tmp_path, UNTOLD_FIRM)
    by = Signature("A. Example", "", TODAY, "It goes out on Friday")
    record = sign_off(check(tmp_path, Settings(TODAY)), "library-users", by)
    (tmp_path / "sign-off.yaml").write_text(record.text, "utf-8")
    write_register(
        tmp_path, UNTOLD_FIRM.replace("- to: collector", "- to: collector\n  - to: police-force")
    )
    page = visit(render(check(tmp_path, Settings(TODAY))), "#flows")
    everything = len(shown(page))
    page.locator("#filters").get_by_label("Since the sign-off").select_option("new or otherwise")
    assert len(shown(page)) == 1
    said = page.locator(".flow:visible").inner_text()
    assert "police forces" in said
    assert "new since the sign-off" in said
    page.locator("#all").click()
    assert len(shown(page)) == everything > 1
    page.evaluate("location.hash = 'findings'")
    found = page.locator("#findings .finding:visible")
    assert found.count() > 1
    page.locator("#finding-filters").get_by_label("Since the sign-off").select_option("new")
    assert found.count() == 1
    page.evaluate("location.hash = 'summary'")
    page.get_by_role("link", name="The flows").click()
    page.locator(".flow:visible").first.wait_for()
    assert len(shown(page)) == 1
    assert violations(page, few=True) == []


def test_what_to_do_first_opens_to_its_findings(visit: Visit, example: Path) -> None:
    page = visit(example)
    first = page.locator(".thing").first
    assert first.locator("h3").inner_text() == "Care leavers get no notice that is in force"
    assert first.locator(".far").inner_text().split() == ["17", "flows"]
    first.locator("summary").click()
    first.get_by_role("link").first.click()
    assert page.locator("#findings .finding.target").is_visible()


def test_on_paper_the_record_is_told_in_full(visit: Visit, example: Path) -> None:
    page = visit(example, "#register")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    entries = page.locator("#register .entry")
    assert page.locator("#register .entry[open]").count() == entries.count() > 20
    assert page.get_by_label("Search the record").is_hidden()
    footer = page.locator("footer").inner_text()
    assert footer.endswith("the quote stands in the published text.")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#register .entry[open]").count() == 0


def test_only_the_view_that_is_shown_is_marked_where_colours_are_the_readers_own(
    visit: Visit, example: Path
) -> None:
    page = visit(example, "#findings", forced_colors="active")
    borders = page.evaluate(
        "[...document.querySelectorAll('nav a')].map(a => getComputedStyle(a).borderBottomColor)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [colour != ground for colour in borders] == [view == "findings" for view in VIEWS]


def test_what_is_in_the_way_of_a_notice_leads_to_the_rule_and_the_findings(
    visit: Visit, example: Path
) -> None:
    page = visit(example)
    card = page.locator(".card").first
    card.get_by_text("In the way: 22 errors").click()
    card.get_by_role("link", name="Personal data goes to somebody, and no notice says so").click()
    assert page.locator("#rule\\:recipient-omitted.target").is_visible()


def test_what_is_accepted_is_shown_and_not_counted(visit: Visit, example: Path) -> None:
    page = visit(example, "#rule:recipient-omitted")
    ruled = page.locator("#rule\\:recipient-omitted")
    assert ruled.locator("h3").inner_text().endswith("3 and 1 accepted")
    assert (
        ruled.locator(".finding.accepted").inner_text().count("accepted by waiver print-firm-2026")
        == 1
    )
    page.evaluate("location.hash = 'flow:letters/disclose/print-firm'")
    detail = page.locator(".flow.open .detail")
    detail.wait_for()
    assert "Accepted by waiver print-firm-2026" in detail.inner_text()


def test_a_promise_to_which_there_is_an_exception_is_explained(visit: Visit, example: Path) -> None:
    page = visit(example, "#flow:child-in-need-support/disclose/caseworks")
    promise = page.locator(".facet", has=page.locator("h5", has_text="promise"))
    assert "✓ told, guard met" in promise.inner_text()
    assert "its exception is on record (a law that permits it)" in promise.inner_text()
    assert "unless the law allows it or you agree" in promise.inner_text()
    page.evaluate("location.hash = 'flow:protection-and-court/disclose/exampleshire-constabulary'")
    page.locator(".flow.open", has_text="Constabulary").wait_for()
    assert (
        "a promise, to which there is an exception: “We will not give information"
        in promise.inner_text()
    )
    page.get_by_role(
        "link", name="We will not give information about you to the police"
    ).first.click()
    assert len(shown(page)) == 1, "only what really goes against it"


REGISTER = """
kind: organisation
id: us
name: Our School
contact: School Lane
regimes: [uk-gdpr]
---
kind: activity
id: meals
name: School meals
subjects: pupil
data: [name, allergies-and-diet]
purposes: health-care
basis: {article_6: e, law: Education Act 1996 s.512}
sources: data-subject
disclosures: [{to: kitchen, data: name}]
---
{kind: party, id: kitchen, name: Kitchen staff, type: processor}
"""
NOTICE = """
---
kind: notice
id: pupils
audience: pupil
text: told.md
statements:
  - quote: We use your name
    uses: {data: name}
  - quote: We use your name and what you tell us about allergies
    uses: {purposes: health-care, data: [name, allergies-and-diet]}
  - quote: use your name and
    uses: {purposes: health-care, data: name}
  - quote: We do not give your name to anybody
    never: discloses
    data: name
  - quote: the kitchen staff
    discloses: {to: kitchen}
  - quote: We give your name to a charity
    discloses: {to: charity}
"""
TOLD = """# Your meals

We use your name and what you tell us about allergies. We give your name to a charity.

| What | Why | Who |
|---|---|---|
| Your name | meals | the kitchen staff |

We do not give your name to anybody.
"""


def reviewed(folder: Path, **files: str) -> str:
    """The page of a register of these files."""
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return render(check(folder, Settings(TODAY)))


@pytest.fixture
def small(tmp_path: Path) -> str:
    return reviewed(tmp_path, **{"register.yaml": REGISTER + NOTICE, "told.md": TOLD})


def test_words_that_several_statements_quote_lead_to_the_flows_of_all(
    visit: Visit, small: str
) -> None:
    page = visit(small, "#flows")
    page.locator("a.said", has_text="use your name").first.click()
    line = page.locator("#by-statement").inner_text()
    assert line.startswith("The flows that these tell: “We use your name”; “We use your name and")
    assert page.evaluate("location.hash") == "#statement:pupils%231,pupils%232,pupils%233"
    marked = page.locator("a.said.chosen").all_inner_texts()
    page.evaluate("location.hash = 'summary'")
    page.locator("#summary").wait_for()
    page.go_back()
    page.locator("#by-statement").wait_for()
    assert page.locator("#by-statement").inner_text() == line
    assert page.locator("a.said.chosen").all_inner_texts() == marked


def test_what_a_flow_matches_and_others_say_better_is_no_overclaim(
    visit: Visit, small: str
) -> None:
    page = visit(small, "#statement:pupils%231")
    line = page.locator("#by-statement")
    assert line.inner_text() == "No verdict rests on this: “We use your name”"
    page.evaluate("location.hash = 'statement:pupils%236'")
    page.locator("#by-statement", has_text="charity").wait_for()
    assert line.inner_text().startswith("No flow of the register matches this")
    assert page.locator("a.said.idle:visible").all_text_contents() == [
        "We give your name to a charity (tells no flow)"
    ]


def test_the_cells_of_a_table_are_kept_apart(visit: Visit, small: str) -> None:
    page = visit(small, "#flows")
    rows = page.locator(".text .row").all_text_contents()
    assert rows == ["What | Why | Who", "Your name | meals | the kitchen staff (flows it tells: 1)"]


VOID = "Not everything could be checked, so this page proves nothing yet."


def test_a_register_that_cannot_all_be_read_says_so_in_every_view(
    visit: Visit, tmp_path: Path
) -> None:
    odd = 'K\u00e4se\'s 100%? #1 "x" &amp; <b>.yaml'
    broken = {
        "register.yaml": REGISTER + NOTICE,
        "told.md": TOLD,
        odd: "kind: activity\nid: {a: b\n",
    }
    page = visit(reviewed(tmp_path, **broken))
    for view in VIEWS:
        page.evaluate(f"location.hash = '{view}'")
        page.locator(f"#{view}").wait_for()
        assert page.get_by_text(VOID).filter(visible=True).count() == 1
    page.evaluate("location.hash = 'summary'")
    page.locator("#summary div.warning").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.locator(".warning li a").first.click()
    assert odd in page.locator(".finding.target").inner_text()
    assert page.locator("#lost").is_hidden()


def test_a_register_without_notices_says_that_nobody_is_told(visit: Visit, tmp_path: Path) -> None:
    page = visit(reviewed(tmp_path, **{"register.yaml": REGISTER}), "#flows")
    assert "No notice is in force on 23 November 2026" in page.locator(".notices").inner_text()
    assert page.locator(".key").count() == 0
    assert violations(page, few=True) == []


def test_a_register_without_flows_says_yes_to_nothing(visit: Visit, tmp_path: Path) -> None:
    only = (
        REGISTER.partition("---")[0]
        + "---\n{kind: notice, id: all, audience: pupil, text: told.md}"
    )
    page = visit(reviewed(tmp_path, **{"register.yaml": only, "told.md": TOLD}))
    assert page.locator(".answer").inner_text() == "? Cannot be said"
    assert "has no flows" in page.locator("#summary").inner_text()
    assert violations(page, few=True) == []


def test_what_is_done_for_others_is_shown_and_owed_by_them(visit: Visit, tmp_path: Path) -> None:
    ours = REGISTER.replace("id: us\n", "id: us\nrole: processor\n")
    page = visit(reviewed(tmp_path, **{"register.yaml": ours}), "#flow:meals/use/health-care")
    row = page.locator(".flow.open")
    assert "It is done on behalf of others, who have to tell people" in row.inner_text()
    assert page.locator(".marked.not-ours .flow").count() == page.locator(".flow").count() > 0


def test_the_waiver_beside_a_finding_is_one_that_the_checker_takes(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit(reviewed(tmp_path, **{"register.yaml": REGISTER}), "#flow:meals/disclose/kitchen")
    detail = page.locator(".flow.open .detail")
    detail.locator("summary").first.click()
    waiver = detail.locator("pre").first.inner_text()
    filled = {
        "id": "soon",
        "reason": "A notice is at the printer",
        "owner": "J. Smith",
        "until": "2027-01-31",
    }
    for field, value in filled.items():
        waiver = waiver.replace(f"{field}: …", f"{field}: {value}")
    assert "…" not in waiver
    (tmp_path / "waiver.yaml").write_text(waiver, "utf-8")
    (finding,) = (f for f in check(tmp_path, Settings(TODAY)).findings if f.waived_by == "soon")
    assert finding.id in waiver
    page = visit(reviewed(tmp_path), f"#finding:{finding.id}")
    assert "accepted by waiver soon" in page.locator(".finding.target").inner_text()


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


EVIL = "</script><img src=x onerror=alert(1)>{{7*7}}\u202e'\"`${alert(2)}"
FREE = {
    "agreement", "contact", "criteria", "dpo", "issued", "label", "law", "name", "owner", "reason", "security",
    "synonyms", "url", "version",
}  # fmt: skip


def spoilt(value: Any, key: str = "") -> Any:
    """The same with something nasty at the end of whatever may be written freely."""
    match value:
        case dict():
            return {name: spoilt(inner, name) for name, inner in value.items()}
        case list():
            return [spoilt(inner, key) for inner in value]
        case str() if key in FREE:
            return value + EVIL
    return value


def test_nothing_in_any_field_of_a_whole_register_comes_alive(visit: Visit, tmp_path: Path) -> None:
    for path in (ROOT / "registry").rglob("*.*"):
        copy = tmp_path / path.relative_to(ROOT / "registry")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        if path.suffix == ".yaml":
            text = yaml.safe_dump_all(map(spoilt, yaml.safe_load_all(text)))
        copy.write_text(text + (EVIL if path.suffix == ".md" else ""), "utf-8")
    page = visit(render(check(tmp_path, Settings(TODAY))))
    for at in (*VIEWS, "flow:letters/disclose/print-firm", "diagram:letters", "diagram?as=matrix"):
        page.evaluate(f"location.hash = '{at}'")
        view = "flows" if at.startswith("flow") else re.split("[:?]", at)[0]
        page.locator(f"#{view}").wait_for()
    assert page.locator("img").count() == 0
    assert page.locator("script:not([type])").count() == 1
    assert page.content().count("onerror=alert(1)") > 50, "it is there, as text"
    assert "\u202e" not in page.content()
    assert "49" not in page.locator("#register h2").inner_text()
