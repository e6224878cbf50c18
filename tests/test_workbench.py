"""The workbench in a browser: what it shows, by mouse and by keyboard."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from bench import Running, ready
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


def test_the_first_page_says_what_to_do_and_how_far_each_notice_is(
    page: "Page", bench: Running
) -> None:
    page.goto(bench.base)
    ready(page)
    assert page.locator("h1").inner_text() == "Five things to do"
    assert page.locator(".cause").count() == 5
    assert page.locator(".b.main").count() == 1  # one way on is the first
    notice = page.locator(".bb .note", has_text="Children's social care privacy notice, 2025")
    assert "42\nof 50 sentences settled" in notice.inner_text()
    assert "28 of 66 flows told" in notice.inner_text()
    everybody_can_use_it(page)


def test_the_first_thing_is_opened_by_one_key(page: "Page", bench: Running) -> None:
    page.goto(bench.base)
    ready(page)
    page.keyboard.press("2")
    page.wait_for_url(f"{bench.base}/flow?**")


def test_the_keys_are_listed_and_can_be_turned_off(page: "Page", bench: Running) -> None:
    page.goto(bench.base)
    ready(page)
    page.keyboard.press("?")
    assert "undo what was saved last" in page.locator("#keys").inner_text()
    assert violations(page) == []
    page.locator("#single").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.wait_for_timeout(100)
    assert page.locator("h1").inner_text() == "Five things to do"
    page.keyboard.press("?")
    page.locator("#single").check()


NOTICE = "/notice/children-social-care-2025"


def at_sentence(page: "Page", bench: Running, words: str) -> None:
    """The sentence of those words in hand."""
    page.goto(f"{bench.base}{NOTICE}")
    page.locator("a.m", has_text=words).click()
    page.wait_for_selector("a.m[aria-current]")
    ready(page)


def file_of(bench: Running) -> str:
    return (bench.root / "notices" / "children-social-care-2025.yaml").read_text("utf-8")


def test_a_sentence_is_read_before_anybody_ties_it(page: "Page", bench: Running) -> None:
    at_sentence(page, bench, "We tell the NHS")
    assert (
        page.locator(".hand .chip").inner_text() == "○\nnot tied yet"
        or "not tied yet" in page.locator(".hand").inner_text()
    )
    assert page.locator("#f-deed").input_value() == "discloses"
    assert page.locator("[data-words=data] .token").all_inner_texts() == ["Health assessments\n×"]
    assert "“check your health”" in page.locator("[data-ev=data]").inner_text()
    assert "settled" in page.locator("#change").inner_text()
    everybody_can_use_it(page)


def test_a_statement_is_weighed_saved_and_undone_by_keyboard(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We keep the notes of our quality checks")
    settled = page.locator(".prog b").inner_text()
    page.keyboard.press("Control+Enter")
    ready(page)
    expect(page.locator(".prog b")).not_to_have_text(settled)
    ready(page)
    assert int(page.locator(".prog b").inner_text()) == int(settled) + 1
    added = file_of(bench).replace("\n", " ")
    assert "keeps: {data: quality-check-notes, period: P6Y, trigger: end-of-year}" in added
    page.keyboard.press("u")
    expect(page.locator(".prog b")).to_have_text(settled)
    assert file_of(bench) == before


def test_words_are_found_by_any_of_their_names_and_the_verdicts_change_before_it_is_saved(
    page: "Page", bench: Running
) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We tell the NHS")
    page.locator("#f-to").click()
    page.keyboard.type("quill", delay=10)
    page.wait_for_selector("#list-to [role=option]")
    assert "Quill" in page.locator("#list-to [aria-selected=true]").inner_text()
    assert violations(page) == []
    page.keyboard.press("Enter")
    assert "Quill" in page.locator("[data-words=to]").inner_text()
    expect(page.locator("[data-ev=to]")).to_contain_text("1 of 2")
    page.keyboard.press("Backspace")
    expect(page.locator("[data-ev=to]")).to_contain_text("“NHS”")
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
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(100)
    assert file_of(bench) == before


def test_a_sentence_is_set_aside_with_a_reason_and_a_name(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "The leaflet Your file and you")
    page.keyboard.press("a")
    assert violations(page) == []
    page.keyboard.type("only says where more is told")
    page.locator("#aside-by").fill("J. Smith")
    page.keyboard.press("Enter")
    ready(page)
    expect(page.locator(".text .m.aside")).to_have_count(1)
    assert "reason: only says where more is told\n    by: J. Smith\n" in file_of(bench)
    page.keyboard.press("u")
    expect(page.locator(".text .m.aside")).to_have_count(0)
    assert file_of(bench) == before


def test_words_that_are_selected_become_the_quote(page: "Page", bench: Running) -> None:
    at_sentence(page, bench, "We tell the NHS")
    page.evaluate(
        """() => { const words = document.querySelector('a.m[aria-current]').firstChild;
        const range = document.createRange(); range.setStart(words, 0); range.setEnd(words, 15);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.keyboard.press("n")
    assert page.locator("#f-quote").input_value() == "We tell the NHS"


def test_a_statement_is_taken_out_and_comes_back(page: "Page", bench: Running) -> None:
    before = file_of(bench)
    at_sentence(page, bench, "We tell the NHS")
    page.locator("text=Take this statement out").click()
    expect(page.locator(".states")).to_have_count(0)
    ready(page)
    assert "discloses: {to: nhs-body" not in file_of(bench)
    page.keyboard.press("u")
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
    page.keyboard.press("2")
    ready(page)
    page.wait_for_selector("#hand")
    assert 'version: "2.2"' in file_of(bench)
    assert "quality-check-notes" in file_of(bench)
    path.write_text(before, "utf-8")


PICTURES = ROOT / "docs" / "pictures"


def picture(page: "Page", name: str) -> None:
    """Take a picture for the documentation, wide and on a phone, where pictures are taken; else it has to be there."""
    for width, ending in ((1440, ""), (390, "-phone")):
        file = PICTURES / f"workbench-{name}{ending}.png"
        if WRITING:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=str(file))
        assert file.exists()
    page.set_viewport_size({"width": 1440, "height": 960})


def test_pictures_of_the_documentation_are_of_the_page(page: "Page", bench: Running) -> None:
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
    before, path = file_of(bench), bench.root / "notices" / "children-social-care-2025.yaml"
    at_sentence(page, bench, "We keep the notes of our quality checks")
    page.locator("#f-quote").press("End")
    page.keyboard.type(" ")
    path.write_text(before.replace('version: "2.1"', 'version: "2.2"'), "utf-8")
    page.locator("#save").click()
    page.wait_for_selector(".ver")
    picture(page, "conflict")
    path.write_text(before, "utf-8")
