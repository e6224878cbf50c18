"""What is done at the workbench beside reading: news, flows, waivers, sign-off, the register, a whole notice."""

import re
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from bench import Running, desk_files, listen, press, ready, running
from browser import leaves_sideways, violations
from conftest import TODAY, write_register
from founding.make import make
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.workbench.diary import mark

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTICE = "notices/children-social-care-2025.yaml"
READING = "/notice/children-social-care-2025?sentence=45"
FLOW = "letters/disclose/print-firm"


def held(bench: Running, path: str) -> str:
    return (bench.root / path).read_text("utf-8")


def base(bench: Running, path: str) -> str:
    file = bench.root / path
    return mark(file.read_bytes() if file.exists() else None)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


# -- live ----------------------------------------------------------------------------------------


def test_what_one_signs_is_shown_and_the_record_is_written(bench: Running) -> None:
    shown = bench.ask("/sign-off?notice=children-social-care-2025")
    said = " ".join(text_of(shown.text).split())
    assert "told : 28 flows" in said
    assert "Why in spite of" in said
    moment = re.search(r'name="moment" value="(\d+)"', shown.text)
    assert moment is not None
    fields = {
        "notice": "children-social-care-2025",
        "by": "J. Smith",
        "role": "DPO",
        "moment": moment[1],
    }
    without = bench.ask("/sign", fields)
    assert without.status == 422
    assert "stand" in without.text
    old = bench.ask("/sign", {**fields, "reason": "They are being mended", "moment": "0"})
    assert old.status == 409  # of what the page showed, and of nothing that came since
    signed = bench.ask("/sign", {**fields, "reason": "They are being mended"})
    assert signed.status == 303, " ".join(text_of(signed.text).split())[:1500]
    (record,) = [f for f in (bench.root / "sign-offs").iterdir() if "2025" in f.name]
    assert "by: J. Smith" in record.read_text("utf-8")
    assert bench.ask("/undo", {"back": "/"}).status == 303
    assert not record.exists()


def test_a_file_changed_in_an_editor_shows_at_once_and_what_is_typed_stays(
    page: "Page", bench: Running
) -> None:
    before = held(bench, NOTICE)
    page.goto(bench.base + READING)
    ready(page)
    page.locator("#f-quote").fill("We tell the NHS what they need")
    settled = page.locator(".prog b").inner_text()
    more = "  - quote: If you are a child in need, we keep your file until you are 21.\n"
    more += "    keeps: {about: child-in-need, data: case-records, period: P21Y, trigger: birth}\n"
    (bench.root / NOTICE).write_text(before + more, "utf-8")
    expect(page.locator("#news")).to_be_visible(timeout=10_000)
    expect(page.locator(".prog b")).not_to_have_text(settled)
    assert page.locator("#f-quote").input_value() == "We tell the NHS what they need"
    assert violations(page, "#news") == []


def test_a_page_on_which_nothing_is_typed_shows_what_another_browser_saved(
    page: "Page", bench: Running
) -> None:
    before = held(bench, NOTICE)
    page.goto(f"{bench.base}/notices")
    ready(page)
    note = page.locator(".note", has_text="Children's social care privacy notice, 2025")
    expect(note).to_contain_text("43")
    raw = bench.ask("/aside", {
        "notice": "children-social-care-2025", "sentence": "4", "reason": "leads on", "by": "J. Smith",
        "base": base(bench, NOTICE),
    })  # fmt: skip
    assert raw.status == 303
    expect(note).to_contain_text("44", timeout=10_000)
    assert bench.ask("/undo", {"back": "/"}).status == 303
    assert held(bench, NOTICE) == before


# -- flows ---------------------------------------------------------------------------------------


def test_flows_are_looked_for_by_words_group_and_mark(bench: Running) -> None:
    everything = text_of(bench.ask("/flows").text)
    assert "78 flows of 78" in " ".join(everything.split())
    found = text_of(bench.ask("/flows?q=quill%20print&subject=care-leaver").text)
    assert "Quill and Example Print Ltd" in found
    assert "1 flow of 78" in " ".join(found.split())
    assert "No flow is like this" in bench.ask("/flows?q=nothing%20like%20it").text


def test_a_flow_shows_what_proves_it_and_what_another_sentence_would_change(
    page: "Page", bench: Running
) -> None:
    page.goto(f"{bench.base}/flow?id={quote(FLOW, safe='')}")
    ready(page)
    assert page.locator("blockquote mark").first.inner_text() == "name"
    assert "passed over" in page.locator("details summary").inner_text()
    before = held(bench, NOTICE)
    press(page, "w")
    expect(page.locator("#change")).to_contain_text("Tells")
    assert held(bench, NOTICE) == before
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert leaves_sideways(page) == []


def test_a_finding_is_accepted_for_now_with_a_reason_an_owner_and_an_end(bench: Running) -> None:
    shown = bench.ask(f"/flow?id={quote(FLOW, safe='')}").text
    found = re.search(r'<option value="([^"]+)">', shown)
    assert found is not None
    before = held(bench, "waivers.yaml")
    fields = {
        "flow": FLOW, "finding": unescape(found[1]), "owner": "Head of Letters",
        "reason": "The new letter is printed in May",
        "base": base(bench, "waivers.yaml"),
    }  # fmt: skip
    refused = bench.ask("/waive", {**fields, "until": "2999-01-01"})
    assert refused.status == 422
    assert "twelve months" in refused.text
    from ropa.workbench.framing import today

    written = bench.ask("/waive", {**fields, "until": str(today())})
    assert written.status == 303
    assert held(bench, "waivers.yaml").startswith(before)
    assert "reason: The new letter is printed in May" in held(bench, "waivers.yaml")
    assert bench.ask("/undo", {"back": "//evil.example/"}).headers["location"] == "/"
    assert held(bench, "waivers.yaml") == before


# -- sign-off ------------------------------------------------------------------------------------


# -- what others wrote ---------------------------------------------------------------------------

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}\\u202e'\"&"


def test_what_others_wrote_is_inert_on_every_page(tmp_path: Path, browser: "Browser") -> None:
    name = HOSTILE.replace("'", "''")
    write_register(
        tmp_path,
        f"""\
kind: organisation
id: o
name: 'O {name}'
---
kind: party
id: p
name: 'P {name}'
type: controller
---
kind: activity
id: act
name: 'A {name}'
subjects: pupil
data: name
purposes: 'purpose {name}'
sources: data-subject
basis: {{article_6: e}}
disclosures: [{{to: p}}]
---
kind: notice
id: n
name: 'N {name}'
audience: pupil
text: n.md
statements: []
=== n.md
# About {HOSTILE}

We share your name with the {HOSTILE} school. We tell the police your name.
""".replace("statements: []\n", ""),
    )
    troubles: list[str] = []
    with running(tmp_path) as bench, bench.opened(browser) as context:
        page = context.new_page()
        listen(page, bench.base, troubles)
        for path in (
            "/",
            "/notices",
            "/notice/n",
            "/flows",
            "/register",
            "/entry?kind=party&id=p",
            "/unplaced",
            "/sign-off",
        ):
            page.goto(bench.base + path)
            assert page.locator("img, main script").count() == 0
        page.goto(f"{bench.base}/flows")
        page.locator(".flowlist a").first.click()
        ready(page)
        assert page.locator("img, main script").count() == 0
        assert "49" not in page.locator("h1").inner_text()
    assert troubles == []


def test_a_page_of_another_origin_reads_and_writes_nothing(
    bench: Running, browser: "Browser", tmp_path: Path
) -> None:
    before = {file: file.read_bytes() for file in desk_files(bench.root)}
    (tmp_path / "evil.html").write_text(
        f"""<!DOCTYPE html><title>other</title><body>
<form id=f method=post action="{bench.base}/undo"><input name=back value=/></form>
<iframe src="{bench.base}/"></iframe></body>""",
        "utf-8",
    )
    with bench.opened(browser) as context:
        page = context.new_page()
        page.goto((tmp_path / "evil.html").as_uri())
        got = page.evaluate(
            "address => fetch(address, {credentials: 'include'}).then(a => a.text(), e => 'refused')",
            f"{bench.base}/",
        )
        assert got == "refused"
        page.evaluate("document.getElementById('f').submit()")
        page.wait_for_url(f"{bench.base}/undo")
        assert "flows" not in page.content()
    assert {file: file.read_bytes() for file in desk_files(bench.root)} == before


# -- a whole notice ------------------------------------------------------------------------------


class Pressing:
    """Presses keys, and counts them."""

    def __init__(self, page: "Page") -> None:
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        press(self.page, key)
        self.keys += key.count("+") + 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)


def test_the_founding_notice_is_covered_from_nothing_by_keyboard(
    tmp_path: Path, browser: "Browser", corpora: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(tmp_path, corpora)
    path = next(file for file in desk_files(tmp_path) if b"kind: notice" in file.read_bytes())
    written = path.read_text("utf-8")
    path.write_text(written[: written.index("statements:")], "utf-8")
    troubles: list[str] = []
    with running(tmp_path) as bench, bench.opened(browser) as context:
        page = context.new_page()
        listen(page, bench.base, troubles)
        page.goto(f"{bench.base}/notice/founding-notice")
        hands, done, seen = Pressing(page), 0, set()
        ready(page)
        while "not tied" in page.locator("#hand").inner_text():
            sentence = page.locator("#statement [name=sentence]").input_value()
            can_save = page.locator("#save").get_attribute("aria-disabled") is None
            if can_save and sentence not in seen:
                last = "Control+Enter"
            else:
                hands.press("a")
                hands.type("said elsewhere")
                if not page.locator("#aside-by").input_value():
                    hands.press("Tab")
                    hands.type("J. Smith")
                last = "Enter"
            hands.press(last)
            ready(page)
            seen.add(sentence)
            done += 1
            assert done < 60
    report = check(tmp_path, Settings(TODAY))
    notice = report.case.register.notices["founding-notice"]
    assert report.case.untied(notice) == ()
    assert len(notice.statements) >= 4
    with capsys.disabled():
        said = f"{hands.keys} keys, {done} sentences, {len(notice.statements)} statements"
        sys.stdout.write(f"\nthe founding notice: {said}\n")
    assert hands.keys / done < 40
    assert troubles == []
