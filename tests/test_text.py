"""Quotes in published texts: what may differ between the two is white space, typography and mark-up."""

import re
import unicodedata
from contextlib import suppress
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import effort
from ropa.documents.document import SourceFile
from ropa.seen.fold import plain
from ropa.seen.formats import notice_of_text
from ropa.seen.sentences import MOST_KEPT
from ropa.seen.text import NoText, NoticeText, fold_text


def notice(text: str) -> NoticeText:
    return notice_of_text(SourceFile("notice.md", text))


def stretch(text: str, quote: str, prefix: str = "", suffix: str = "") -> str | None:
    """What stands in the text at the place that is found, its lines joined."""
    at = notice(text).find(quote, prefix, suffix)
    if at is None:
        return None
    lines = SourceFile("", text).lines[at.line - 1 : at.end_line]
    if len(lines) == 1:
        return lines[0][at.column - 1 : at.end_column - 1]
    return "\n".join([lines[0][at.column - 1 :], *lines[1:-1], lines[-1][: at.end_column - 1]])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We share\nyour name\twith  us.", "We share your name with us"),
        ("We share\r\nyour name.", "We share your name"),
        ("We share\ryour name.", "We share your name"),
        ("We share your name.", "We\n  share your\n  name"),
        ("We don’t “share” it", "We don't \"share\" it"),
        ("We don't \"share\" it", "We don’t “share” it"),
        ("We keep it – always — for 6‑7 years", "We keep it - always - for 6-7 years"),
        ("We **never** _share_ *your* `name` with ***anyone***.", "We never share your name with anyone"),
        ("We never share", "We **never** share"),
        ("See [our full notice](https://x.example/a_(b)?c=1#d) for more", "See our full notice for more"),
        ("See [our\nfull notice](x.md \"Title\") for more", "See our full notice for more"),
        ("Ask the [**DfE** team](x.md) for more", "Ask the DfE team for more"),
        ("Write to <dpo@x.example> today", "Write to dpo@x.example today"),
        ("See <https://x.example/a> for more", "See https://x.example/a for more"),
        ("- your name\n- your address\n", "your name your address"),
        ("* your name\n  * your address\n", "your name your address"),
        ("1. your name\n2) your address\n", "your name your address"),
        ("• your name\n• your address\n", "your name your address"),
        ("> We share\n> your name", "We share your name"),
        ("> > We share\n> > your name", "We share your name"),
        ("> - We share\n>   your name", "We share your name"),
        ("## What we share\n\nYour name", "What we share Your name"),
        ("What we share\n=============\n\nYour name", "What we share Your name"),
        ("What we share\r\n-------------\r\nYour name", "What we share Your name"),
        ("| data | who |\n|------|:---:|\n| name | DfE |", "data who name DfE"),
        ("|**name**|**DfE**|", "name DfE"),
        ("We <b>never</b> share<br/>your name", "We never share your name"),
        ("We <a\n  href=\"x\">never</a> share", "We never share"),
        ("We share <!-- not\nreally --> your name", "We share your name"),
        ("We share names &amp; dates&nbsp;of birth &#8211; only", "We share names & dates of birth - only"),
        ("We share caf\u00e9 visits", "We share cafe\u0301 visits"),
        ("We share cafe\u0301 visits", "We share caf\u00e9 visits"),
        ("We share infor\u00admation", "We share information"),
        ("We share zero\u200bwidth words", "We share zerowidth words"),
        ("We share\u00a0your\u2009name", "We share your name"),
        ("We share oﬃce data…", "We share office data..."),
        ("We share it\\\nwith you", "We share it with you"),
        ("We share it\\* with our\\_name", "We share it* with our_name"),
        ("1\\. We share it", "1. We share it"),
        ("A & B share 1 < 2 and 3 > 2", "A & B share 1 < 2 and 3 > 2"),
        ("if age<5 we share and age>3", "if age<5 we share and age>3"),
        ("our snake_case_name is kept", "our snake_case_name is kept"),
        ("We share it&mdash;always", "We share it"),
        ("We share it—always", "We share it"),
        ("(We share it.) Always", "We share it"),
        ("\ufeffWe share it", "We share it"),
    ],
)  # fmt: skip
def test_the_same_words_are_found(text: str, quote: str) -> None:
    assert notice(text).find(quote) is not None
    assert notice(f"Before that.\n\n{text}\n\nAnd after.").find(quote) is not None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("We will not give it to anyone", "We will give it to anyone"),
        ("We will give it to anyone", "We will not give it to anyone"),
        ("We will give it to anyone", "We may give it to anyone"),
        ("We share your name", "we share your name"),
        ("We share your name", "We share your names"),
        ("We share your names", "We share your name"),
        ("We reshare your name", "share your name"),
        ("We share where we can't help", "We share where we can"),
        ("We share where we can’t help", "We share where we can"),
        ("We share non-personal information", "personal information"),
        ("We share personal-ish data", "We share personal"),
        ("We share visits to the café", "We share visits to the cafe"),
        ("We share visits to the cafe\u0301", "We share visits to the cafe"),
        ("We share your name, and more", "We share your name and more"),
        ("We share 10 things", "We share 1"),
        ("We share <!-- nothing\nat all --> names", "nothing at all"),
        ("We share\n<!-- nothing\n\nat all", "nothing at all"),
        ("We ~~never~~ share", "We never share"),
        ("See [notice](https://x.example/secret-words-here)", "secret-words-here"),
        ('<img alt="We never share">', "We never share"),
        ("We share your name", ""),
        ("We share your name", " \n"),
        ("We share your name", "***"),
        ("", "We share your name"),
        ("We share | your name", "We share / your name"),
    ],
)
def test_other_words_are_not_found(text: str, quote: str) -> None:
    assert notice(text).find(quote) is None


@pytest.mark.parametrize(
    ("prefix", "suffix", "line"),
    [
        ("", "", 1),
        ("And again:", "", 3),
        ("", "with the NHS", 3),
        ("again: ", " with the", 3),
        ("“again”:", "", None),
        ("nowhere", "", None),
        ("", "nowhere", None),
        ("First:", "with the NHS", None),
    ],
)
def test_a_prefix_or_a_suffix_picks_one_of_two(prefix: str, suffix: str, line: int | None) -> None:
    text = "First: we share your name.\n\nAnd *again*: we share your name\nwith the NHS.\n"
    found = notice(text).find("we share your name", prefix, suffix)
    assert (found.line if found else None) == line


def test_the_place_is_that_of_the_words_as_they_were_written() -> None:
    text = "# Title\r\n\r\nFirst this. **We [share](x) it**\r\nwith us.\r\n"
    found = notice(text).find("We share it with us.")
    assert str(found) == "notice.md:3:15"
    assert found
    assert (found.end_line, found.end_column) == (4, 9)
    assert stretch(text, "We share it with us.") == "We [share](x) it**\nwith us."


def test_the_place_counts_characters_and_not_what_they_fold_to() -> None:
    assert stretch("📚📚 oﬃce … caf\u00e9 we share it.", "we share it") == "we share it"
    assert stretch("cafe\u0301 \u00ad\u200b x &amp; we share it.", "we share it") == "we share it"


def test_a_statement_is_shown_the_nearest_sentence_but_does_not_get_it() -> None:
    text = notice("We share your name with the NHS. We keep it safe.")
    assert text.nearest("We share your address with the NHS") == "We share your name with the NHS."
    assert text.nearest("Completely different words stand here") == ""


@given(st.text("ab ", min_size=1), st.lists(st.text("ab ", min_size=1), max_size=8))
def test_the_nearest_sentence_is_the_first_of_the_most_alike_of_all(
    quote: str, written: list[str]
) -> None:
    text, words = notice("\n\n".join(written)), fold_text(quote)

    def alike(sentence: str) -> float:
        return SequenceMatcher(None, words, sentence, autojunk=False).ratio()

    nearest = max((s.text for s in text.sentences()), key=alike, default="")
    assert text.nearest(quote) == (nearest if alike(nearest) > 0.6 else "")


def test_a_heading_or_a_lead_in_that_is_endless_does_not_go_whole_with_each_sentence_below_it() -> (
    None
):
    text = notice(f"# {'We ' * 999}end\n\n{'and ' * 999}share:\n\n- your name\n")
    below = text.sentences()[-1]
    assert (below.text, len(below.heading), len(below.lead)) == ("your name", MOST_KEPT, MOST_KEPT)
    assert below.heading.endswith("We end")
    assert below.lead.endswith("and share:")


def test_the_digest_stays_when_the_text_is_set_differently() -> None:
    text = (
        "# Your data\n\nWe don't share it - ever. We keep it\nfor *two* years.\n\n- name\n- age\n"
    )
    again = "Your data\n=========\nWe don’t share it – ever.\r\nWe keep it for **two** years.\r\n\r\n* name\n\n* age"
    assert notice(text).digest == notice(again).digest
    assert notice(text).digest != notice(text.replace("don't", "do")).digest
    assert notice(text).digest != notice(text.replace("two", "three")).digest
    assert re.fullmatch("2:[0-9a-f]{16}", notice("").digest)


# With random texts

# No number alone: at the beginning of a line it is that of a list.
WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCéßñ", min_size=1, max_size=8)
BETWEEN = st.sampled_from(
    [
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "\u00a0",
        " \n ",
        ", ",
        ". ",
        "; ",
        " (",
        ") ",
        " – ",
        " **",
        "** ",
        "\n\n",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_stretch_of_whole_words_is_found_where_it_is(draw: st.DataObject) -> None:
    words = draw.draw(st.lists(WORDS, min_size=1, max_size=15))
    text, starts = "", []
    for word in words:
        starts.append(len(text))
        text += word + draw.draw(BETWEEN)
    first = draw.draw(st.integers(0, len(words) - 1))
    last = draw.draw(st.integers(first, len(words) - 1))
    quote = text[starts[first] : starts[last] + len(words[last])]
    found = stretch(text, quote)
    assert found is not None
    assert fold_text(found) == fold_text(quote)
    # with all that stands before it, it is this very place
    place = notice(text).find(quote, prefix=text[: starts[first]])
    assert place is not None
    lines = SourceFile("", text[: starts[first]]).lines
    assert (place.line, place.column) == (len(lines), len(lines[-1]) + 1)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=20), st.data())
def test_setting_the_lines_anew_keeps_the_digest(words: list[str], draw: st.DataObject) -> None:
    ends = st.sampled_from([" ", "\n", "\r\n", "\r", "  ", "\t", "\u00a0"])
    other = "".join(word + draw.draw(ends) for word in words)
    assert notice(other).digest == notice(" ".join(words)).digest
    assert notice(unicodedata.normalize("NFD", other)).digest == notice(other).digest


@settings(max_examples=300, deadline=None)
@given(
    st.text("ab <>!-[]()*_`|#&;\\\n\r\t\"'./:@é\u0301¨…", max_size=60),
    st.sampled_from(["md", "txt", "html"]),
)
def test_the_normal_form_is_sound_whatever_the_text(text: str, kind: str) -> None:
    try:
        read = notice_of_text(SourceFile(f"notice.{kind}", text))
    except NoText:
        return
    assert len(read.offsets) == len(read.folded)
    assert list(read.offsets) == sorted(read.offsets)
    assert "  " not in read.folded
    assert read.folded == read.folded.strip()
    assert plain(read.written) == read.folded
    if read.folded:
        at = read.find(read.folded)
        assert at is not None
        assert read.span(at)[0] == 0
    for sentence in read.sentences():
        assert sentence.text == read.folded[sentence.start : sentence.end]


@pytest.mark.parametrize(
    "text",
    [
        "<!--" * 20000,
        "[" * 100000,
        "[a](" * 30000,
        "[a]" + "(" * 50000,
        '[a](b "' * 30000,
        "<a " * 50000,
        "_" * 100000,
        "_ " * 50000,
        "*" * 100000,
        "-" * 100000 + "x",
        " " * 100000 + "x",
        "- " * 50000,
        "> " * 50000 + "x",
        "1" * 100000,
        "&a" * 50000,
        "\\" * 100000,
        "<x@" * 30000,
        "|" * 100000,
        "́" * 50000,
        "<a:" * 30000,
        "[](a" * 30000,
        "x@" * 50000 + ">",
    ],
    ids=lambda text: text[:6],
)
def test_no_text_takes_long(text: str) -> None:
    def looked_up() -> None:
        with suppress(NoText):  # what is too deep to be parsed in time is refused
            notice(text).find("a quote that is not there")

    assert effort(looked_up) < 150


def test_many_near_misses_do_not_take_long() -> None:
    text = notice("We share your name with us. " * 20_000)
    around = {"prefix": "never before", "suffix": "x" * 10_000}
    assert text.find("We share your name", **around) is None
    assert effort(lambda: text.find("We share your name", **around)) < 150


def test_a_wrapped_line_that_was_made_longer_goes_on_in_the_next() -> None:
    written = (
        "We used to use it to find out what your child needs and to support your family, every year. "
        + ("Our legal reason is our public task (UK GDPR\nArticle 6(1)(e)). We keep it.\n")
    )
    text = notice_of_text(SourceFile("notice.md", written))
    assert [s.text for s in text.sentences()][1] == (
        "Our legal reason is our public task (UK GDPR Article 6(1)(e))."
    )
