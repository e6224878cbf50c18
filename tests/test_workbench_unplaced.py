"""Words of an import that nobody has defined, or that belong to none: joined, or made our own, in the browser."""

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench import Answered, Running, filled_in, press, ready
from browser import leaves_sideways, violations
from ropa.register.vocabulary import Facet

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ropa.case import Case

IMPORTED = """\
---
# `broader:` is for you to say: court-papers, care-orders
kind: term
facet: data
id: pages-of-court-bundles
label: Pages of court bundles
"""


@pytest.fixture
def strange(bench: Running) -> Running:
    """The example register with two words that nobody knows, and a term as an import leaves it."""
    letters, terms = (bench.root / path for path in ("activities/letters.yaml", "terms.yaml"))
    data = "data: [name, address, Quality audit notes, Doorstep photos]"
    letters.write_text(letters.read_text("utf-8").replace("data: [name, address]", data), "utf-8")
    terms.write_text(terms.read_text("utf-8").rstrip("\n") + "\n" + IMPORTED, "utf-8")
    return bench


def terms_of(bench: Running) -> str:
    return (bench.root / "terms.yaml").read_text("utf-8")


def form_of(bench: Running, word: str) -> dict[str, list[str]]:
    shown = bench.ask(f"/unplaced?word=data/{word.replace(' ', '%20')}").text
    return filled_in(shown.split('id="placing"')[1].split("</form>")[0])


def place(bench: Running, word: str, how: str, other: str = "") -> Answered:
    fields = {**form_of(bench, word), "how": [how], "other": [other], "does": ["save"]}
    return bench.ask("/unplaced", fields)


def judged(bench: Running) -> "Case":
    return bench.bench.screens.desk.now().case


def strange_words(bench: Running) -> set[str]:
    return {problem.facet for problem in judged(bench).register.unknown}


def test_a_word_is_joined_to_one_of_the_registers_own_as_a_synonym(strange: Running) -> None:
    before = terms_of(strange)
    assert place(strange, "Quality audit notes", "same", "Notes of quality checks").status == 303
    line = "  synonyms: [case audits, notes of our own checks, notes of our quality checks]"
    assert terms_of(strange) == before.replace(
        line.strip(), line.strip()[:-1] + ", Quality audit notes]"
    )
    assert strange_words(strange) == {"data/Doorstep photos"}
    assert strange.ask("/undo", {"back": "/unplaced"}).status == 303
    assert terms_of(strange) == before


def test_a_word_is_joined_to_one_of_the_package_by_a_term_that_holds_it(strange: Running) -> None:
    before = terms_of(strange)
    assert place(strange, "Doorstep photos", "same", "photographs").status == 303
    added = terms_of(strange)[len(before) :]
    assert added == (
        "---\nkind: term\nfacet: data\nid: doorstep-photos\nlabel: Doorstep photos\nholds: photos\n"
    )
    words = judged(strange).register.vocabulary[Facet.DATA]
    assert words.mask("doorstep-photos") == words.mask("photos")


def test_a_term_that_an_import_left_open_gets_its_wider_word_and_is_asked_about_no_more(
    strange: Running,
) -> None:
    before = terms_of(strange)
    assert place(strange, "pages-of-court-bundles", "below", "court papers").status == 303
    asked = "# `broader:` is for you to say: court-papers, care-orders\n"
    assert terms_of(strange) == before.replace(asked, "") + "broader: court-papers\n"
    assert "data/pages-of-court-bundles" not in strange.ask("/unplaced").text


def test_what_is_no_word_and_a_file_that_changed_underneath_are_refused(strange: Running) -> None:
    before = terms_of(strange)
    unheard = place(strange, "Doorstep photos", "below", "no such thing")
    assert unheard.status == 422
    assert "nobody has defined “no such thing”" in unheard.text.casefold()
    fields = {**form_of(strange, "Doorstep photos"), "how": ["alone"], "does": ["save"]}
    (strange.root / "terms.yaml").write_text(before + "# looked at\n", "utf-8")
    late = strange.ask("/unplaced", fields)
    assert late.status == 409
    assert terms_of(strange) == before + "# looked at\n"


def test_words_get_their_places_by_one_key_each_and_what_that_does_is_seen_first(
    page: "Page", strange: Running
) -> None:
    before = terms_of(strange)
    page.goto(f"{strange.base}/register")
    ready(page)
    press(page, "p")
    page.wait_for_url("**/unplaced")
    ready(page)
    expect(page.locator("#placing h2").first).to_have_text("Quality audit notes")
    expect(page.locator("#placing")).to_contain_text("activities/letters.yaml")
    near = page.locator("[name=target]")
    assert 1 <= near.count() <= 5
    assert near.first.get_attribute("value") == "quality-check-notes"
    expect(page.locator("#change .add")).to_contain_text(["Quality audit notes"])
    press(page, "2")
    press(page, "o")
    expect(page.locator("#change .add").last).to_contain_text("broader: ")
    expect(page.locator("#change .say")).to_contain_text("flow")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert leaves_sideways(page) == []
    assert terms_of(strange) == before  # nothing is written yet
    press(page, "y")
    expect(page.locator("#placing h2").first).to_have_text("Doorstep photos")
    ready(page)
    wider = re.findall("label: Quality audit notes\nbroader: (.+)\n", terms_of(strange))
    assert len(wider) == 1
    press(page, "u")
    expect(page.locator("#placing h2").first).to_have_text("Quality audit notes")
    assert terms_of(strange) == before
    page.locator("[name=how][value=alone]").click()  # by mouse
    expect(page.locator("#change .add").last).to_contain_text("broader: personal-data")
    page.locator("[data-save]").click()
    expect(page.locator("#placing h2").first).to_have_text("Doorstep photos")
