"""What is seen of Markdown and of HTML, what is not, what is said of it, and what each sentence is read under."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ropa.documents.document import SourceFile
from ropa.seen.fold import plain
from ropa.seen.formats import notice_of_text
from ropa.seen.markdown import seen_of_rendered, sheet_of_markdown
from ropa.seen.sentences import Sentence
from ropa.seen.text import NoText, NoticeText
from ropa.seen.tree import Kind, Line

Q = "We sell your name to a broker."


def md(text: str) -> NoticeText:
    return notice_of_text(SourceFile("notice.md", text))


def html(text: str) -> NoticeText:
    return notice_of_text(SourceFile("notice.html", text))


def kinds(text: NoticeText) -> list[tuple[str, int]]:
    return [(part.kind, part.first) for part in text.left_out]


@pytest.mark.parametrize(
    "hidden",
    [
        f"~~{Q}~~",
        f"~{Q}~",
        f"<del>{Q}</del>",
        f"<s>{Q}</s>",
        f'<span style="text-decoration: line-through">{Q}</span>',
        f"<p hidden>{Q}</p>",
        f'<div style="display:none">{Q}</div>',
        f"<div hidden>\n\n{Q}\n\n- {Q}\n\n</div>",
        f"<script>{Q}</script>",
        f"<style>{Q}</style>",
        f"<title>{Q}</title>",
        f"<template>{Q}</template>",
        f"<noscript>{Q}</noscript>",
        f"<?php {Q} ?>",
        f"<![CDATA[ {Q} ]]>",
        f"<!X {Q}>",
        f"<!-- {Q} -->",
        f"``` {Q}\ncode\n```",
        f'[Q]: https://e.example "{Q}"',
        f"[{Q}]: https://e.example",
        f'[here](<https://e.example/{Q.replace(" ", "%20")}> "{Q}")',
        f"![{Q}](x.png)",
        f"<select><option>{Q}</option></select>",
        f"[^1]: {Q}",
        f'<img alt="{Q}">',
    ],
)  # fmt: skip
def test_what_a_rendered_page_does_not_show_is_not_seen_in_markdown(hidden: str) -> None:
    text = md(f"# Notice\n\nWe keep it.\n\n{hidden}\n\nThank you.\n")
    assert text.find("We keep it")
    assert text.find("Thank you")
    assert not text.find(Q)


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_the_data_at_the_top_of_a_file_is_not_seen_and_is_said(fence: str) -> None:
    text = md(f"{fence}\ntitle: {Q}\n{fence}\n\n# Notice\n")
    assert text.folded == "Notice"
    assert kinds(text) == [("front matter", 1)]


def test_words_between_two_rules_are_seen() -> None:
    text = md(f"---\n\n{Q}\n\n---\n\nBye.\n")
    assert text.folded == f"{Q} Bye."
    assert md(f"Hello.\n\n---\n{Q}\n---\n").find(Q)


def test_a_footnote_that_is_referred_to_is_seen_and_its_mark_is_no_part_of_the_words() -> None:
    text = md("We tell the council[^1] your name.\n\n[^1]: That is Sampleton.\n")
    assert text.folded == "We tell the council your name. That is Sampleton."
    assert text.sentences()[-1].footnote


def test_what_is_hidden_in_markdown_is_counted_with_its_lines() -> None:
    text = md(f"Hello.\n\n<p hidden>{Q}</p>\n\n~~{Q}~~\n\n<div hidden>\n\n{Q}\n\n{Q}\n\n</div>\n")
    assert kinds(text) == [("hidden", 3), ("struck out", 5), ("hidden", 9)]
    assert text.left_out[-1].last == 11


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:/**/none">Q</p>',
        '<p style="display:n\\6fne">Q</p>',
        '<p style="DISPLAY : NONE !important">Q</p>',
        '<p style="visibility:collapse">Q</p>',
        "<p hidden>Q</p>",
        '<div aria-hidden="true"><p>Q</p></div>',
        "<datalist><option>Q</option></datalist>",
        "<div popover>Q</div>",
        "<dialog>Q</dialog>",
        "<div><template shadowrootmode=open><p>Other</p></template><p>Q</p></div>",
        "<style>.x{display:none}</style><p class=x>Q</p>",
        "<style>#x{visibility:hidden}</style><p id=x>Q</p>",
        "<style>article p.x, b{display:none}</style><article><p class=x>Q</p></article>",
        "<style>@media screen{.x{display:none}}</style><p class=x>Q</p>",
        "<style>.x{text-decoration:line-through}</style><p class=x>Q</p>",
        "<style>p.x:not(:hover){display:none}</style><p class=x>Q</p>",
        "<style>.x:not( :focus-within ){display:none}</style><p class=x>Q</p>",
        "<style>.x:read-only{display:none}</style><p class=x>Q</p>",
        "<style>p:lang(en){display:none}</style><div lang=en-GB><p>Q</p></div>",
        "<style>@container (min-width:1px){.x{display:none}}</style><p class=x>Q</p>",
        "<style>div{&{&{&{&{&{& .x{display:none}}}}}}}</style><div><p class=x>Q</p></div>",
        f"<style>{'.y{color:red}' * 3_000}.x{{display:none}}</style><p class=x>Q</p>",
        "<style>p{color:red}.x{content-visibility:hidden}</style><p class=x>Q</p>",
        "<p class=d-none>Q</p>",
        "<p class='a visuallyhidden'>Q</p>",
        "<p class=print-only>Q</p>",
        "<span class=sr-only>Q</span>",
        "<del>Q</del>",
        "<strike>Q</strike>",
        f"<style>:root{{--gone:none}}.x{{display:var(--gone)}}</style><p class=x>{Q}</p>",
        f"<style>.o{{color:red; p{{display:none}}}}</style><div class=o><p>{Q}</p></div>",
        f"<style>.o{{&.x{{display:none}}}}</style><p class='o x'>{Q}</p>",
    ],
)
def test_what_a_page_itself_hides_is_not_seen_and_is_counted(hidden: str) -> None:
    text = html(f"<p>We keep it.</p>\n{hidden.replace('Q', Q)}\n<p>Bye.</p>")
    assert text.folded == "We keep it. Bye."
    assert len(text.left_out) == (0 if "datalist" in hidden else 1)


@pytest.mark.parametrize(
    "seen",
    [
        "<style>@media print{.x{display:none}}</style><p class=x>Q</p>",
        "<style>.x{display:none} .x.y{display:block}</style><p class='x y'>Q</p>",
        "<style>.x{display:none}</style><p class=y>Q</p>",
        "<style>.x:hover{display:none}</style><p class=x>Q</p>",
        "<style>.x:not(:first-child){display:none}</style><p class=x>Q</p>",
        "<style>:lang(cy){display:none}</style><p lang=en>Q</p>",
        '<style>.x{display:none}</style><p class=x style="display:block">Q</p>',
        '<div style="visibility:hidden"><p style="visibility:visible">Q</p></div>',
        "<ins>Q</ins>",
        '<p style="color:#333;font-size:12px;left:0">Q</p>',
        '<div style="background:#003;color:#fff"><p>Q</p></div>',
        '<div style="height:400px;overflow:hidden"><p>Q</p></div>',
        '<div style="font-size:0"><p style="font-size:16px">Q</p></div>',
    ],
)
def test_what_a_page_shows_is_seen_and_not_doubted(seen: str) -> None:
    text = html(seen.replace("Q", Q))
    assert text.folded == Q
    assert text.doubts == ()


@pytest.mark.parametrize(
    ("sheet", "size", "why"),
    [
        (f"{'/**/' * 250_001}.x{{display:none}}", 1, "longer than 1 MB"),
        (f"{':has(' * 500}p{')' * 500}{{display:none}}", 1, "nested too deep"),
        ("&&&{" * 20 + "display:none" + "}" * 20, 1, "nested too deep"),
        (".x," * 20_001 + "y{display:none}", 1, "more than 20000 rules"),
        (f"{'*{color:red}' * 4_000}", 1_000, "too long for so large a page"),
    ],
)
def test_a_style_sheet_that_cannot_be_looked_through_whole_hides_nothing_unseen(
    sheet: str, size: int, why: str
) -> None:
    with pytest.raises(NoText, match=why):
        html(f"<style>{sheet}</style>" + "<p>We keep it.</p>" * size)


@pytest.mark.parametrize(
    ("style", "why"),
    [
        ("opacity:0", "faded"),
        ("opacity:.05", "faded"),
        ("filter:opacity(0)", "faded"),
        ("font-size:0", "too small to read"),
        ("font-size:1px", "too small to read"),
        ("color:transparent", "in the colour of what is behind it"),
        ("color:#fff", "in the colour of what is behind it"),
        ("color:white", "in the colour of what is behind it"),
        ("color:rgba(0,0,0,0)", "in the colour of what is behind it"),
        ("background:#eee;color:#efefef", "in the colour of what is behind it"),
        ("position:absolute;left:-9999px", "off the page"),
        ("text-indent:-9999px", "off the page"),
        ("position:fixed;inset:-999px auto auto -999px", "off the page"),
        ("color:hsl(0 0% 100%)", "in the colour of what is behind it"),
        ("clip-path:inset(50%)", "cut off"),
        ("position:absolute;clip:rect(0,0,0,0)", "cut off"),
        ("height:0;overflow:hidden", "cut off"),
        ("max-width:0;overflow:hidden", "cut off"),
        ("transform:scale(0)", "cut off"),
    ],
)
def test_words_that_people_may_not_see_are_doubted_with_the_reason(style: str, why: str) -> None:
    inline = html(f'<p>We keep it.</p><p style="{style}">{Q}</p>')
    sheet = html(f"<style>.x{{{style}}}</style><p>We keep it.</p><div class=x><p>{Q}</p></div>")
    marked = md(f'We keep it.\n\n<p style="{style}">{Q}</p>\n')
    for text in (inline, sheet, marked):
        (doubt,) = text.doubts
        assert (text.folded[doubt.start : doubt.end], doubt.why) == (Q, why)


def test_white_letters_of_an_old_page_are_doubted() -> None:
    assert html(f"<p>Hello.</p><font color=white>{Q}</font>").doubts
    assert not html(
        f"<table bgcolor=black><tr><td><font color=white>{Q}</font></td></tr></table>"
    ).doubts


PIECES = st.sampled_from(
    [
        *(
            "We share",
            "your name",
            "a_b",
            "x",
            "<y",
            "caf\u00e9",
            "&amp;",
            "\\*",
            "**",
            "*",
            "`",
            "[a](b)",
            "![a](b)",
        ),
        *(
            "\n",
            "\n\n",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n# ",
            "\n    ",
            "\n> ",
            "\n---\n",
            "\n```\n",
            "  \n",
            " ",
            "\r\n",
        ),
        *(
            "\n\n| a | b |\n|---|---|\n| c | ",
            " | d |\n",
            "\n- [ ] ",
            "|",
            "\n• ",
            "<https://a.example>",
            "_",
            "\n7) ",
        ),
    ]
)


def untold(line: Line) -> Line:
    """A line without the number of its table, which only tells one from another."""
    return replace(line, table=min(line.table, 1))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_markdown_is_read_from_its_events_as_from_the_page_that_it_renders_to(text: str) -> None:
    rendered = seen_of_rendered(text)
    straight = sheet_of_markdown(text)
    assert straight.written == rendered.written
    assert list(map(untold, straight.lines)) == list(map(untold, rendered.lines))
    assert straight.origins is not None
    assert rendered.origins is not None
    assert plain(straight.written) == plain(rendered.written)


def test_a_heading_with_letters_in_bold_is_one_heading() -> None:
    (heading, *_) = html(
        "<h2>Who <b>we</b> share <a href=x>with</a></h2><p>The council.</p>"
    ).sentences()
    assert (heading.text, heading.kind) == ("Who we share with", Kind.HEADING)


# What is opened


@pytest.mark.parametrize(
    "page",
    [
        "<details><summary>Who we tell</summary><p>The council.</p></details>",
        "<h2><button aria-controls=a>Who we tell</button></h2><div id=a hidden><p>The council.</p></div>",
        "<button aria-controls=a>Who we tell</button><div id=a style='display:none'><p>The council.</p></div>",
        "<button aria-controls=a><h2>Who we tell</h2></button><div id=a class=hidden><p>The council.</p></div>",
        "<a role=tab aria-controls=a href='#a'>Who we tell</a><div role=tabpanel id=a hidden><p>The council.</p></div>",
        "<a data-toggle=collapse href='#a'>Who we tell</a><div id=a aria-hidden=true><p>The council.</p></div>",
        "<h2>Who we tell</h2><p hidden=until-found>The council.</p>",
    ],
)  # fmt: skip
def test_what_people_can_open_is_seen_and_said_to_be_folded(page: str) -> None:
    text = html(page)
    assert text.folded == "Who we tell The council."
    assert [part.kind for part in text.closed] == ["folded"]
    assert text.left_out == ()
    if "<a data" not in page:
        assert text.sentences()[-1].heading == "Who we tell"


def test_a_heading_in_a_button_is_a_heading_and_a_button_that_opens_nothing_is_not_seen() -> None:
    text = html(
        "<h2><button type=button>Who we tell</button></h2><p>The council.</p><button>Print</button>"
    )
    assert [(s.text, s.kind) for s in text.sentences()] == [
        ("Who we tell", Kind.HEADING),
        ("The council.", Kind.PROSE),
    ]


def test_what_nothing_opens_stays_hidden() -> None:
    assert not html(f"<p>Hello.</p><div id=a hidden>{Q}</div>").find(Q)
    assert not html(
        f"<p>Hello.</p><button hidden aria-controls=a>More</button><div id=a hidden>{Q}</div>"
    ).find(Q)
    assert not html(
        f"<p>Hello.</p><button aria-controls=a></button><div id=a hidden>{Q}</div>"
    ).find(Q)


# What a sentence is read under


def last(text: NoticeText) -> Sentence:
    return text.sentences()[-1]


def words(text: NoticeText, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text.folded[start:end] for start, end in spans]


def test_a_bullet_knows_its_lead_ins_its_heading_and_those_above() -> None:
    text = md("# Us\n\n## Sharing\n\nWe share with:\n\n- schools:\n  - your name\n")
    below = last(text)
    assert (below.text, below.heading, below.parent_headings) == ("your name", "Sharing", ("Us",))
    assert words(text, below.lead_at) == ["We share with:", "schools:"]
    assert below.lead == "We share with: schools:"
    assert below.heading_at is not None
    assert words(text, (below.heading_at,)) == ["Sharing"]


def test_a_row_is_read_as_one_with_the_heads_of_its_columns() -> None:
    text = md("| Data | Why | How long |\n|---|---|---|\n| your name | to teach you | 6 years |\n")
    below = last(text)
    assert below.text == "your name to teach you 6 years"
    assert below.row == "Data: your name. Why: to teach you. How long: 6 years"
    assert below.row_at == (below.start, below.end)
    assert below.lead == "Data Why How long"


def test_a_cell_of_several_sentences_is_cut_and_each_knows_its_row() -> None:
    page = (
        "<table><tr><th>Data</th><th>Why</th></tr>"
        "<tr><td>name</td><td>To teach you. To write to you.</td></tr></table>"
    )
    *_, first, second, third = html(page).sentences()
    assert [s.text for s in (first, second, third)] == ["name", "To teach you.", "To write to you."]
    assert {s.row for s in (first, second, third)} == {
        "Data: name. Why: To teach you. To write to you."
    }


def test_a_cell_that_reaches_down_is_read_with_each_row() -> None:
    page = (
        "<table><tr><th>Data</th><th>How long</th></tr><tr><td rowspan=2>name</td><td>6 years</td></tr>"
        "<tr><td>1 year abroad</td></tr></table>"
    )
    assert last(html(page)).row.startswith("Data: name")


def test_a_table_that_only_sets_out_the_page_is_no_table() -> None:
    text = html("<table><tr><td><h2>Sharing</h2><p>We share it. We keep it.</p></td></tr></table>")
    assert [s.kind for s in text.sentences()] == [Kind.HEADING, Kind.PROSE, Kind.PROSE]


def test_an_answer_knows_its_question() -> None:
    below = last(md("## Who do you tell?\n\nThe council.\n"))
    assert below.answers == "Who do you tell?"


def test_a_line_that_follows_a_list_belongs_to_it() -> None:
    text = md(
        "We use it to:\n\n- teach you\n- write to you\n\nLegal basis: contract\n\nWe keep it.\n"
    )
    bullets = [s for s in text.sentences() if s.kind is Kind.BULLET]
    assert {s.follows for s in bullets} == {"Legal basis: contract"}
    assert last(text).follows == ""


# One word


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We collect:\n\n- name\n- email address\n", "name"),
        ("We collect:\n\n- name;\n- email address.\n", "email address"),
        ("| Data | Why |\n|---|---|\n| name | teaching |\n", "teaching"),
        ("## Recipients\n\n- HMRC\n", "Recipients HMRC"),
    ],
)
def test_one_word_is_a_quote_where_it_is_a_whole_bullet_or_cell(text: str, quote: str) -> None:
    assert md(text).quoted(quote)


@pytest.mark.parametrize("quote", ["name", "your name", "keep", "Recipients", "HMRC and"])
def test_fewer_than_three_words_are_no_quote_elsewhere(quote: str) -> None:
    text = md("## Recipients\n\nWe keep your name.\n\n- HMRC and others\n")
    assert text.find(quote)
    assert not text.quoted(quote)


def test_a_whole_bullet_is_the_quote_where_the_words_stand_before_it_too() -> None:
    at = md("We keep your name and more:\n\n- name\n").quoted("name")
    assert at is not None
    assert at.line == 3


# Time


def spent(text: str, name: str) -> float:
    began = time.process_time()
    with suppress(NoText):
        notice_of_text(SourceFile(name, text)).sentences()
    return time.process_time() - began


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<div>" * 100_000 + "x"),
        ("a.html", "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x"),
        ("a.html", "<p>We share it.</p>" * 25_000),
        ("a.html", "<b>" * 100_000 + "<p>x" * 1_000),
        (
            "a.html",
            "<style>" + ".x{display:none}" * 20_000 + "</style>" + "<p class=x>x</p>" * 1_000,
        ),
        ("a.html", "<style>" + ".x," * 10_000 + ".y{display:none}</style><p>x"),
        ("a.html", "<table><tr>" + "<td colspan=999 rowspan=999>x" * 10_000),
        ("a.md", "> " * 50_000 + "x"),
        ("a.md", "- " * 20_000 + "x"),
        ("a.md", "| a | b |\n|---|---|\n" + "| name | 6 years |\n" * 15_000),
        ("a.md", "[^a] " * 20_000 + "\n\n[^a]: x\n"),
        ("a.md", "We share it with you. " * 50_000),
        ("a.txt", "We share it with you. " * 50_000),
        ("a.txt", "- name\n" * 50_000),
    ],
    ids=range(14),
)
def test_no_page_takes_long(name: str, text: str) -> None:
    assert spent(text, name) < 10


SITE = """\
<html><body><div class="wrap">
<div class="topbar"><ul><li><a href="x">Contact the data protection officer</a></li>
<li><a href="y">Make a subject access request</a></li></ul></div>
<div><h1>Privacy notice</h1><p>We care about privacy, and we say so on this page.</p>
<ul><li>your name</li></ul></div>
<div><h2>Contact</h2><ul><li>Write to School Lane</li></ul></div>
<div class="footer"><p>Sample Council, County Hall, Sampletown SA1 1AA, is open on every day of the week.</p>
<a href="z">Complain to the Information Commissioner</a></div>
</div></body></html>
"""


def _seen(html: str, main: str = "") -> NoticeText:
    return notice_of_text(SourceFile("notice.html", html), main)


def test_what_a_site_has_around_every_page_is_not_the_notice_though_nothing_marks_it() -> None:
    text = _seen(SITE)
    assert text.folded == (
        "Privacy notice We care about privacy, and we say so on this page. your name Contact Write to School Lane"
    )
    assert {part.kind for part in text.left_out} == {"furniture"}


def test_a_page_whose_parts_cannot_be_told_apart_is_read_whole() -> None:
    plain = SITE.replace(' class="topbar"', "").replace(' class="footer"', "")
    assert "Sample Council" in _seen(plain).folded


@pytest.mark.parametrize("selector", ["#notice", "div.notice", "body > div > div:nth-child(2)"])
def test_the_notice_may_be_named_by_a_selector(selector: str) -> None:
    html = SITE.replace("<div><h1>", '<div id="notice" class="notice"><h1>')
    assert "Contact" not in _seen(html, selector).folded
    assert _seen(html, selector).folded.startswith("Privacy notice")


@pytest.mark.parametrize("selector", ["#nothing", "div[", ">>"])
def test_a_selector_that_finds_nothing_is_no_text(selector: str) -> None:
    with pytest.raises(NoText, match="`main`"):
        _seen(SITE, selector)
