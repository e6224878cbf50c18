"""A notice as its reader sees it, cut where statements quote it."""

from hypothesis import given
from hypothesis import strategies as st

from conftest import Check
from ropa.documents.document import SourceFile
from ropa.page.marked import MarkedPart, marked
from ropa.seen.formats import notice_of_text

REGISTER = """
kind: activity
id: meals
name: School meals
subjects: pupil
data: [name, allergies-and-diet]
purposes: health-care
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: We use your name
    uses: {data: name}
  - quote: We use your name and what you tell us about allergies
    uses: {purposes: health-care, data: allergies-and-diet}
  - quote: you may object
    informs: right-to-object
  - quote: words that are not there
    uses: {data: name}
=== pupils.md
# Your *meals*

We use your name and what you tell us
about “allergies”.

- the cook’s list
  - caf\u00e9 &amp; canteen

If you don’t agree, you may object – or\u00adder something else.
"""


def parts(check_text: Check) -> list[MarkedPart]:
    case = check_text(REGISTER.replace("about allergies", 'about \\"allergies\\"')).case
    (notice,) = case.coverage.voices.notices
    text = case.text_of(notice)
    assert text is not None
    return list(marked(text, notice.statements))


def words(part: MarkedPart) -> str:
    return "".join(stretch.text for stretch in part.stretches)


def test_the_text_is_shown_as_it_was_written_without_its_mark_up(check_text: Check) -> None:
    assert [(str(p.kind), p.level, words(p)) for p in parts(check_text)] == [
        ("heading", 1, "Your meals"),
        ("prose", 0, "We use your name and what you tell us about “allergies”."),
        ("bullet", 0, "the cook’s list"),
        ("bullet", 1, "café & canteen"),
        ("prose", 0, "If you don’t agree, you may object – order something else."),
    ]


def test_quotes_that_overlap_are_cut_where_each_begins_and_ends(check_text: Check) -> None:
    cut = parts(check_text)[1].stretches
    assert [(s.text, [q.id for q in s.quoted_by]) for s in cut] == [
        ("We use your name", ["pupils#1", "pupils#2"]),
        (" and what you tell us about “allergies”", ["pupils#2"]),
        (".", []),
    ]
    assert [q.id for q in cut[0].begins] == ["pupils#1", "pupils#2"]
    assert [q.id for q in cut[0].ends] == ["pupils#1"]
    assert [q.id for q in cut[1].ends] == ["pupils#2"]


def test_a_statement_whose_words_are_not_there_marks_nothing(check_text: Check) -> None:
    marking = {q.id for part in parts(check_text) for s in part.stretches for q in s.quoted_by}
    assert marking == {"pupils#1", "pupils#2", "pupils#3"}


def marks(name: str, written: str) -> list[str]:
    text = notice_of_text(SourceFile(name, written))
    return [f"{part.mark} {words(part)}".strip() for part in marked(text, ())]


def test_numbers_are_those_that_a_reader_sees() -> None:
    written = "What you can do:\n\n1. Ask us.\n   1) For a copy.\n9. Complain.\n10. Go to court.\n\n- a thing\n"
    assert marks("told.md", written) == [
        "What you can do:",
        "1. Ask us.",
        "1. For a copy.",
        "2. Complain.",
        "3. Go to court.",
        "• a thing",
    ]
    assert marks("told.md", "# 2. Your rights\n\n2024 was good.") == [
        "2. Your rights",
        "2024 was good.",
    ]


def test_a_page_has_the_numbers_that_a_browser_counts() -> None:
    page = (
        "<main><h1>Steps</h1><ol start=3><li>Your rights<ol type=a><li>access</li></ol></li><li value=9>"
        "<p>Complain</p></li><li>Ask us</li></ol><ul><li>a thing</li></ul><ol><li>Anew</li></ol><p>Bye.</p></main>"
    )
    expected = ["Steps", "3. Your rights", "• access", "9. Complain", "10. Ask us", "• a thing"]
    assert marks("told.html", page) == [*expected, "1. Anew", "Bye."]
    text = notice_of_text(SourceFile("told.html", page))
    bullets = text.folded, [str(block.kind) for block, _, _ in text.blocks()]
    plain = notice_of_text(
        SourceFile("told.html", page.replace("<ol", "<ul").replace("</ol", "</ul"))
    )
    assert bullets == (plain.folded, [str(block.kind) for block, _, _ in plain.blocks()])


def test_a_letter_that_is_part_of_the_words_needs_no_bullet_before_it() -> None:
    assert marks("told.md", "To:\n\n(a) the school.\nb. the nurse.\niv) courts.\n(2) you.\n") == [
        "To:",
        "(a) the school.",
        "b. the nurse.",
        "iv) courts.",
        "(2) you.",
    ]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_word_is_lost_and_none_is_shown_twice(written: str) -> None:
    text = notice_of_text(SourceFile("told.md", written))
    shown = [words(part) for part in marked(text, ())]
    whole = text.seen(0, len(text.folded))
    assert list(filter(str.isalnum, "".join(shown))) == list(filter(str.isalnum, whole))


def test_a_place_of_the_file_is_found_again_in_the_normal_form() -> None:
    text = notice_of_text(
        SourceFile("told.md", "A **bold** word.\n\nWe give it\nto “Ofsted” only.")
    )
    at = text.find('We give it to "Ofsted"')
    assert at is not None
    start, end = text.span(at)
    assert text.folded[start:end] == 'We give it to "Ofsted"'
    assert text.seen(start, end) == "We give it to “Ofsted”"


def test_a_quote_at_the_end_of_a_cell_of_a_page_ends_there(check_text: Check) -> None:
    case = check_text(
        """
kind: notice
id: pupils
audience: pupil
text: pupils.html
statements:
  - quote: the kitchen staff
    discloses: {to: catering-firm}
=== pupils.html
<table><tr><th>What</th><th>Who</th></tr><tr><td>Your name</td><td>the kitchen staff</td></tr></table>
"""
    ).case
    (notice,) = case.coverage.voices.notices
    text = case.text_of(notice)
    assert text is not None
    row = list(marked(text, notice.statements))[-1]
    assert [s.text for s in row.stretches] == ["Your name", " | ", "the kitchen staff"]
    assert [q.id for q in row.stretches[-1].ends] == ["pupils#1"]
