"""The register at the workbench: forms made from the schemas, with rows, and what a change does before it is saved."""

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from bench import Answered, Running, desk_files, filled_in, press, ready
from browser import leaves_sideways, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

LETTERS = "activities/letters.yaml"
RETURNS = "activities/statutory-returns.yaml"


def held(bench: Running, path: str) -> str:
    return (bench.root / path).read_text("utf-8")


def form_of(bench: Running, kind: str, id_: str) -> dict[str, list[str]]:
    return filled_in(bench.ask(f"/entry?kind={kind}&id={id_}").text)


def sent(bench: Running, fields: dict[str, list[str]], does: str) -> Answered:
    return bench.ask("/entry", {**fields, "does": does})


def weighed(bench: Running, fields: dict[str, list[str]]) -> tuple[str, dict[str, str]]:
    """What a form would do, as words, and what is wrong with it."""
    answered = json.loads(bench.ask("/entry/weigh", fields).text)
    return " ".join(re.sub(r"<[^>]+>", " ", answered["change"]).split()), answered["problems"]


def test_every_document_of_the_example_comes_back_from_its_form_as_it_was(bench: Running) -> None:
    links = re.findall(r'href="(/entry\?kind=[^"]+&amp;id=[^"]+)"', bench.ask("/register").text)
    assert len(links) > 30
    for link in links:
        said, problems = weighed(bench, filled_in(bench.ask(unescape(link)).text))
        assert problems == {}, link
        assert said.startswith("What it changes Nothing is changed yet"), link


def test_a_second_basis_is_a_second_row_and_goes_again(bench: Running) -> None:
    before = held(bench, LETTERS)
    more = filled_in(sent(bench, form_of(bench, "activity", "letters"), "add:f/basis").text)
    more |= {
        "f/basis/1/article_6": ["c"],
        "f/basis/1/law": ["Children Act 1989 s.22"],
        "f/basis/1/purposes": ["support"],
    }
    assert sent(bench, more, "save").status == 303
    written = held(bench, LETTERS)
    assert "  - article_6: c\n    law: Children Act 1989 s.22\n    purposes: support\n" in written
    kept = [line for line in before.splitlines() if "article_6" not in line and "basis" not in line]
    assert all(line in written.splitlines() for line in kept if line.strip().startswith("#"))
    one_less = filled_in(sent(bench, form_of(bench, "activity", "letters"), "drop:f/basis/1").text)
    assert one_less["f/basis/rows"] == ["", "0"]
    assert sent(bench, one_less, "save").status == 303
    assert "article_6: c" not in held(bench, LETTERS)


def test_a_step_onward_is_changed_deep_inside_and_nothing_around_it(bench: Running) -> None:
    before = held(bench, RETURNS)
    fields = form_of(bench, "activity", "looked-after-return")
    terms = fields["f/disclosures/0/onward/0/conditions/1/terms"]
    assert (
        sent(
            bench,
            {**fields, "f/disclosures/0/onward/0/conditions/1/terms": ["dfe-terms-2027"]},
            "save",
        ).status
        == 303
    )
    assert held(bench, RETURNS) == before.replace(terms[0], "dfe-terms-2027", 1)


def test_a_fault_stands_at_its_field_however_deep(bench: Running) -> None:
    before, fields = held(bench, RETURNS), form_of(bench, "activity", "looked-after-return")
    wrong = {
        **fields, "f/disclosures/0/onward/0/to": [""], "f/retention/0/period": ["6 yrs"], "f/reviewed": ["yesterday"],
        "f/dpia/needed": ["true"], "f/name": [""],
    }  # fmt: skip
    _, problems = weighed(bench, wrong)
    assert set(problems) == {
        "f/disclosures/0/onward/0/to",
        "f/retention/0/period",
        "f/reviewed",
        "f/name",
    }
    assert problems["f/retention/0/period"].endswith("such as 6 years")  # nobody asks for P6Y here
    refused = sent(bench, wrong, "save")
    assert refused.status == 422
    assert "6 yrs" in refused.text
    assert held(bench, RETURNS) == before


def test_the_words_that_are_looked_for_are_those_of_the_field(bench: Running) -> None:
    def offered(about: str) -> str:
        return bench.ask(f"/words?{about}").text

    assert "Health care" in offered("key=broader&facet=purpose&q=health")
    assert "Health care" not in offered("key=broader&facet=data&q=health")
    assert "Police" in offered("key=from&q=police")
    assert "United States" in offered("key=location&q=united")
    assert bench.ask("/words?key=owner&q=head").status == 404  # a post is no word
    for key, typed in (("systems", "case"), ("notices", "notice"), ("controller", "dep+edu")):
        assert 'role="option"' in offered(f"key={key}&q={typed}")
        assert "nothing in the register is called so" not in offered(f"key={key}&q={typed}")
    form = bench.ask("/entry?kind=term").text
    for key in ("broader", "holds", "rest_of"):
        assert f'data-words="{key}"' in form


def test_a_period_is_filled_in_as_people_say_it_and_a_new_row_as_short_as_they_write_it(
    bench: Running,
) -> None:
    fields = form_of(bench, "activity", "looked-after-return")
    assert fields["f/retention/0/period"] == ["7 years"]
    more = filled_in(
        sent(bench, {**fields, "f/retention/0/period": ["18 months"]}, "add:f/sources").text
    )
    assert sent(bench, {**more, "f/sources/1/from": ["parent"]}, "save").status == 303
    written = held(bench, RETURNS)
    assert "period: P18M" in written
    assert "sources: [own-organisation, parent]" in written


def test_what_somebody_else_changed_in_another_field_stays(bench: Running) -> None:
    fields = form_of(bench, "activity", "letters")
    theirs = held(bench, LETTERS).replace(
        "data: [name, address]", "data: [name, address, contact-details]"
    )
    (bench.root / LETTERS).write_text(theirs, "utf-8")
    mine = {**fields, "f/owner": ["Head of Post"]}
    asked = sent(bench, mine, "save")
    assert asked.status == 409
    assert "contact-details" in asked.text
    assert "owner: Head of Post" in asked.text
    assert held(bench, LETTERS) == theirs
    again = filled_in(asked.text.split('class="ver told"')[1])
    assert bench.ask("/entry", again).status == 303
    written = held(bench, LETTERS)
    assert "contact-details]" in written
    assert "owner: Head of Post\n" in written


def test_a_new_entry_is_added_and_one_of_the_same_id_is_not(bench: Running) -> None:
    before = held(bench, "parties.yaml")
    fields = {
        **filled_in(bench.ask("/entry?kind=party").text),
        "id": ["new-printer"],
        "f/name": ["New Printer Ltd"],
    }
    assert set(weighed(bench, fields)[1]) == {"f/type"}
    fields["f/type"] = ["processor"]
    assert sent(bench, fields, "save").status == 303
    assert held(bench, "parties.yaml") == (
        f"{before.rstrip()}\n---\nkind: party\nid: new-printer\nname: New Printer Ltd\ntype: processor\n"
    )
    again = sent(bench, fields, "save")
    assert again.status == 422
    assert "of this id already" in again.text


def test_what_a_form_cannot_hold_is_yaml_and_nothing_of_it_is_lost(bench: Running) -> None:
    odd = held(bench, LETTERS).replace(
        "data: [name, address]", "data: [name, address]\ndpia: {needed: false, by: us}"
    )
    (bench.root / LETTERS).write_text(odd, "utf-8")
    fields = form_of(bench, "activity", "letters")
    assert fields["f/dpia"] == ["needed: false\nby: us"]
    assert "`by` is not known here" in weighed(bench, {**fields, "f/owner": ["Head"]})[1]["f/dpia"]


def test_a_row_is_added_by_keyboard_and_what_it_breaks_is_seen_before_it_is_saved(
    page: "Page", bench: Running
) -> None:
    before = {file: file.read_bytes() for file in desk_files(bench.root)}
    page.goto(f"{bench.base}/entry?kind=activity&id=letters")
    ready(page)
    look_for = page.get_by_role("combobox", name="Look for a word: data").first
    look_for.fill("passport")
    expect(page.locator(".list li[aria-selected=true]")).to_contain_text("Passport details")
    assert violations(page) == []
    look_for.press("Enter")
    expect(page.locator("#f-data")).to_have_value("name\naddress\npassport-details")
    expect(look_for).to_have_value("")
    expect(page.locator("#change")).to_contain_text("told less")
    page.locator("button[value='add:f/disclosures']").press("Enter")
    expect(page.locator("#f-disclosures-1-to")).to_be_focused()
    expect(page.locator("#change")).to_contain_text("told less")  # it is still filled in
    page.get_by_role("combobox", name="Look for a word: to").last.press_sequentially("department")
    page.locator(".list li", has_text="Department for Education").first.click()
    expect(page.locator("#f-disclosures-1-to")).to_have_value("dfe")
    expect(page.locator("#change .say")).to_contain_text("Tells 1 flow")
    page.locator("#f-reviewed").fill("yesterday")
    expect(page.locator(".f-row.error")).to_have_count(1)
    expect(page.locator("#h-f-reviewed")).to_contain_text("yesterday")
    page.locator("#f-reviewed").press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 field cannot be written")
    assert page.locator("#f-disclosures-1-to").input_value() == "dfe"
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert leaves_sideways(page) == []
    assert {file: file.read_bytes() for file in desk_files(bench.root)} == before
    page.locator("#f-reviewed").fill("2026-11-20")
    expect(page.locator(".f-row.error")).to_have_count(0)
    page.locator("#f-reviewed").press("Control+Enter")
    expect(page.locator("[role=status]", has_text="Saved")).to_have_count(1)
    assert "data: [name, address, passport-details]\n" in held(bench, LETTERS)
    assert "  - to: dfe\n" in held(bench, LETTERS)
    press(page, "u")
    page.wait_for_url(f"{bench.base}/register")
    assert {file: file.read_bytes() for file in desk_files(bench.root)} == before
