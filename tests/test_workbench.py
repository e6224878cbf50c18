"""The workbench in a browser: what it shows, by mouse and by keyboard."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench import Running, filled_in, press, ready
from browser import leaves_sideways, violations
from conftest import ROOT, WRITING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def everybody_can_use_it(page: "Page") -> None:
    """By light and dark, with a screen reader, and on a phone."""
    assert violations(page) == []
    size = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    assert leaves_sideways(page) == []
    assert size is not None
    page.set_viewport_size(size)


def test_the_first_page_says_what_to_do_how_far_each_notice_is_and_obeys_keys(
    page: "Page", bench: Running
) -> None:
    page.goto(bench.base)
    ready(page)
    assert page.locator("h1").inner_text() == "Five things to do"
    assert page.locator(".cause").count() == 5
    assert page.locator(".b.main").count() == 1  # one way on is the first
    notice = page.locator(".bb .note", has_text="Children's social care privacy notice, 2025")
    assert "43\nof 50 sentences settled" in notice.inner_text()
    assert "28 of 66 flows told" in notice.inner_text()
    everybody_can_use_it(page)
    press(page, "?")
    assert "undo what was saved last" in page.locator("#keys").inner_text()
    assert violations(page, "#keys") == []
    page.locator("#single").uncheck()
    press(page, "Escape")
    press(page, "2")  # single keys rest
    press(page, "?")
    press(page, "Escape")
    assert page.locator("h1").inner_text() == "Five things to do"
    page.evaluate("document.getElementById('single').click()")
    press(page, "2")
    page.wait_for_url(f"{bench.base}/flow?**")


NOTICE = "/notice/children-social-care-2025"


def at_sentence(page: "Page", bench: Running, words: str) -> None:
    """The sentence of those words in hand."""
    page.goto(f"{bench.base}{NOTICE}")
    page.locator("a.m", has_text=words).click()
    page.wait_for_selector("a.m[aria-current]")
    ready(page)


def file_of(bench: Running) -> str:
    return (bench.root / "notices" / "children-social-care-2025.yaml").read_text("utf-8")


def test_a_sentence_is_read_before_anybody_ties_it_and_words_are_found_by_any_of_their_names(
    page: "Page", bench: Running
) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We tell the NHS")
    assert page.locator("#f-deed").input_value() == "discloses"
    assert page.locator("[data-words=purposes] .token").all_inner_texts() == ["Health care\n×"]
    assert "“check your health”" in page.locator("[data-ev=purposes]").inner_text()
    assert "settled" in page.locator("#change").inner_text()
    page.locator("#f-to").click()
    page.keyboard.type("quill", delay=10)
    page.wait_for_selector("#list-to [role=option]")
    assert "Quill" in page.locator("#list-to [aria-selected=true]").inner_text()
    expect(page.locator("#list-to [aria-selected=true]")).to_be_in_viewport(ratio=0.9)
    everybody_can_use_it(page)
    press(page, "Enter")
    assert "Quill" in page.locator("[data-words=to]").inner_text()
    expect(page.locator("[data-ev=to]")).to_contain_text("1 of 2")
    press(page, "Backspace")
    expect(page.locator("[data-ev=to]")).to_contain_text("“NHS”")
    assert file_of(bench) == before


def test_a_statement_is_weighed_saved_and_undone_by_keyboard(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We keep the notes of our quality checks")
    settled = page.locator(".prog b").inner_text()
    press(page, "Control+Enter")
    ready(page)
    expect(page.locator(".prog b")).not_to_have_text(settled)
    ready(page)
    assert int(page.locator(".prog b").inner_text()) == int(settled) + 1
    added = file_of(bench).replace("\n", " ")
    assert "keeps: {data: quality-check-notes, period: P6Y, trigger: end-of-year}" in added
    press(page, "u")
    expect(page.locator(".prog b")).to_have_text(settled)
    assert file_of(bench) == before


def test_a_statement_that_its_sentence_gainsays_is_refused_with_the_reason(
    page: "Page", bench: Running
) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "If we look after you")
    page.locator("#f-period").fill("7 years")
    page.wait_for_selector("#change .gainsaid")
    assert "75 years" in page.locator("#change").inner_text()
    assert page.locator("#save").get_attribute("aria-disabled") == "true"
    everybody_can_use_it(page)
    press(page, "Control+Enter")
    page.wait_for_timeout(100)
    assert file_of(bench) == before


def test_a_sentence_is_set_aside_with_a_reason_and_a_name(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "The leaflet Your file and you")
    press(page, "a")
    assert violations(page) == []
    page.keyboard.type("only says where more is told")
    page.locator("#aside-by").fill("J. Smith")
    press(page, "Enter")
    ready(page)
    expect(page.locator(".text .m.aside")).to_have_count(1)
    assert "reason: only says where more is told\n    by: J. Smith\n" in file_of(bench)
    press(page, "u")
    expect(page.locator(".text .m.aside")).to_have_count(0)
    assert file_of(bench) == before


def test_words_that_are_selected_with_a_finger_become_the_quote(
    page: "Page", bench: Running
) -> None:
    at_sentence(page, bench, "We tell the NHS")
    page.evaluate(  # as a long press with a finger does
        """() => { const words = document.querySelector('a.m[aria-current]').firstChild;
        const range = document.createRange(); range.setStart(words, 0); range.setEnd(words, 15);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.locator("#taking button").click()
    assert page.locator("#f-quote").input_value() == "We tell the NHS"


def dragged(page: "Page", words: str, within: str) -> None:
    """Press the mouse before some words of a sentence, and let it go behind them."""
    sentence = page.locator("a.m", has_text=within).first
    sentence.scroll_into_view_if_needed()
    left, right, level = sentence.evaluate(
        """(link, words) => { const text = link.firstChild, at = text.data.indexOf(words);
        const range = document.createRange(); range.setStart(text, at); range.setEnd(text, at + words.length);
        const lines = [...range.getClientRects()], first = lines[0];
        return [first.left + 1, lines.length > 1 ? NaN : first.right, first.top + first.height / 2]; }""",
        words,
    )
    page.mouse.move(left, level)
    page.mouse.down()
    page.mouse.move((left + right) / 2, level)
    page.mouse.move(right, level)
    page.mouse.up()


def test_words_that_are_dragged_over_become_a_statement_and_a_click_opens_the_sentence(
    page: "Page", bench: Running
) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We tell the NHS")
    here = page.url
    dragged(page, "tell the NHS", "We tell the NHS")
    press(page, "n")
    expect(page.locator("#f-quote")).to_have_value("tell the NHS")
    dragged(page, "keep the notes", "We keep the notes of our quality checks")
    assert page.evaluate("getSelection().toString()") == "keep the notes"
    assert page.url == here  # the link of the sentence is not followed
    page.locator("#taking button").click()
    expect(page.locator("#f-quote")).to_have_value("keep the notes")
    expect(page.locator("#f-deed")).to_have_value("keeps")  # as its own sentence reads
    expect(page.locator("#change")).to_have_attribute("data-number", re.compile(r"\d"))
    ready(page)
    dragged(page, "tell the NHS", "We tell the NHS")
    page.locator("a.m", has_text="We tell the NHS").first.click()  # though words of it are selected
    expect(page.locator("#f-quote")).to_have_value(re.compile("^We tell the NHS what"))
    assert file_of(bench) == before


PROPOSED = """\
  - quote: We tell the NHS
    proposed: {by: a helper}
    discloses: {to: [nhs-body, police-force], data: health-assessment, purposes: health-care}
"""


def with_proposal(bench: Running) -> str:
    """The notice with a proposal of which one facet is wrong."""
    path = bench.root / "notices" / "children-social-care-2025.yaml"
    text = path.read_text("utf-8").rstrip("\n") + "\n" + PROPOSED
    path.write_text(text, "utf-8")
    return text


def test_a_proposal_is_taken_facet_by_facet_in_the_browser(page: "Page", bench: Running) -> None:
    with_proposal(bench)
    at_sentence(page, bench, "We tell the NHS")
    proposal = page.locator(".proposal")
    expect(proposal).to_contain_text("Proposed by a helper, not decided: it counts for nothing yet")
    proposal.get_by_label("purposes: health-care").uncheck()
    proposal.get_by_label("Your name").fill("J. Smith")
    page.locator("h2.t3").click()
    assert violations(page) == []
    press(page, "y")
    expect(page.locator(".proposal")).to_have_count(0)
    taken = file_of(bench).split("  - quote: We tell the NHS\n")[-1]
    assert "purposes" not in taken
    assert "by: J. Smith" in taken


def test_a_proposal_is_changed_first_and_stands_there_no_more(page: "Page", bench: Running) -> None:
    before = with_proposal(bench)
    at_sentence(page, bench, "We tell the NHS")
    press(page, "e")
    page.wait_for_url("**change=**")
    ready(page)
    tokens = page.locator("[data-words=to] .token")
    expect(tokens).to_have_count(2)
    assert file_of(bench) == before
    tokens.nth(1).get_by_role("button").click()
    expect(tokens).to_have_count(1)
    expect(page.locator("#save:not([aria-disabled])")).to_have_count(1)
    page.locator("#save").click()
    expect(page.locator(".proposal")).to_have_count(0)
    after = file_of(bench)
    assert "a helper" not in after
    assert "police-force], data: health-assessment" not in after
    assert after.count("We tell the NHS") == before.count("We tell the NHS")


def test_a_proposal_is_refused(bench: Running) -> None:
    before = file_of(bench)
    with_proposal(bench)
    reading = bench.ask(f"{NOTICE}?sentence={number_of(bench, 'We tell the NHS')}").text
    fields = filled_in(reading.split('class="states proposal"')[1].split("</section>")[0])
    assert bench.ask("/refuse", {**fields, "by": "J. Smith"}).status == 303
    assert file_of(bench).rstrip() == before.rstrip()


def number_of(bench: Running, words: str) -> str:
    """The number of the first sentence with those words."""
    found = re.search(rf'data-sentence="(\d+)"[^>]*>{words}', bench.ask(NOTICE).text)
    assert found is not None
    return found[1]


def test_two_browsers_that_tie_different_sentences_lose_nothing(bench: Running) -> None:
    pages = {
        words: filled_in(statement_form(bench, words))
        for words in ("We keep the notes", "We tell the NHS")
    }
    for fields in pages.values():  # both were open before either saved
        assert bench.ask("/save", fields).status == 303
    assert "period: P6Y, trigger: end-of-year" in file_of(bench).replace("\n", " ")
    assert file_of(bench).count("We tell the NHS") == 2
    again = bench.ask("/save", {**pages["We tell the NHS"], "base": "0123456789abcdef"})
    assert again.status == 409


def statement_form(bench: Running, words: str) -> str:
    page = bench.ask(f"{NOTICE}?sentence={number_of(bench, words)}").text
    return page.split('<form id="statement"')[1].split("</form>")[0]


def test_a_statement_is_taken_out_and_comes_back(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We tell the NHS")
    page.locator("text=Take this statement out").click()
    expect(page.locator(".states")).to_have_count(0)
    ready(page)
    assert "discloses: {to: nhs-body" not in file_of(bench)
    press(page, "u")
    page.wait_for_selector(".states")
    assert file_of(bench) == before


def test_a_file_that_changed_underneath_is_shown_beside_what_was_about_to_be_written(
    page: "Page", bench: Running
) -> None:
    before = file_of(bench)
    path = bench.root / "notices" / "children-social-care-2025.yaml"
    at_sentence(page, bench, "We keep the notes of our quality checks")
    page.locator("#f-quote").press("End")
    page.keyboard.type(" ")  # something is typed, so that the page is not simply shown anew
    path.write_text(before.replace('version: "2.1"', 'version: "2.2"'), "utf-8")
    page.locator("#save").click()
    page.wait_for_selector(".ver")
    assert 'version: "2.2"' in file_of(bench)
    assert "quality-check-notes" not in file_of(bench)  # nothing is written yet
    everybody_can_use_it(page)
    press(page, "2")
    ready(page)
    page.wait_for_selector("#hand")
    assert 'version: "2.2"' in file_of(bench)
    assert "quality-check-notes" in file_of(bench)
    path.write_text(before, "utf-8")


PICTURES = ROOT / "docs" / "pictures"


def picture(page: "Page", name: str) -> None:
    """Take a picture for the documentation, wide and on a phone, where pictures are taken; else it has to be there."""
    for width, scheme, ending in (
        (1440, "light", ""),
        (390, "light", "-phone"),
        (1440, "dark", "-dark"),
    ):
        file = PICTURES / f"workbench-{name}{ending}.png"
        if WRITING:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(file))
        assert file.exists()
    if WRITING:
        page.emulate_media(color_scheme="null")
    page.set_viewport_size({"width": 1440, "height": 960})


NAMES = ("home", "reading", "refused", "conflict", "entry", "unplaced")


def test_pictures_of_the_documentation_are_there() -> None:
    shown = (ROOT / "docs" / "workbench.md").read_text("utf-8")
    for name in NAMES:
        assert f"pictures/workbench-{name}.png" in shown
        for ending in ("", "-phone", "-dark"):
            assert (PICTURES / f"workbench-{name}{ending}.png").exists()


@pytest.mark.skipif(not WRITING, reason="pictures are taken where what is kept is written anew")
def test_pictures_are_taken_of_each_state(page: "Page", bench: Running) -> None:
    page.goto(bench.base)
    ready(page)
    picture(page, "home")
    at_sentence(page, bench, "We tell the NHS")
    page.locator("#f-to").click()
    page.keyboard.type("fam", delay=10)
    page.wait_for_selector("#list-to [role=option]")
    picture(page, "reading")
    at_sentence(page, bench, "If we look after you")
    page.locator("#f-period").fill("7 years")
    page.wait_for_selector("#change .gainsaid")
    picture(page, "refused")
    path = bench.root / "notices" / "children-social-care-2025.yaml"
    at_sentence(page, bench, "We keep the notes of our quality checks")
    page.locator("#f-quote").press("End")
    page.keyboard.type(" ")
    path.write_text(file_of(bench).replace('version: "2.1"', 'version: "2.2"'), "utf-8")
    page.locator("#save").click()
    page.wait_for_selector(".ver")
    picture(page, "conflict")
    page.goto(f"{bench.base}/entry?kind=activity&id=letters")
    ready(page)
    page.locator("button[value='add:f/retention']").click()
    page.wait_for_selector("#f-retention-1-period")
    page.locator("#f-retention-1-period").fill("6 yrs")
    page.wait_for_selector(".f-row.error")
    page.locator("#f-retention").evaluate("place => scrollTo(0, place.offsetTop - 60)")
    picture(page, "entry")
    letters = bench.root / "activities" / "letters.yaml"
    data = "data: [name, address, Quality audit notes, Photos of the front door]"
    text = letters.read_text("utf-8").replace("data: [name, address]", data)
    letters.write_text(text, "utf-8")
    page.goto(f"{bench.base}/unplaced")
    ready(page)
    picture(page, "unplaced")
