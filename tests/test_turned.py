"""What `ropa diff` shows of the words: readings that turned, quotes that changed, other words of texts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from command import Project
from conftest import effort
from library import CLEAN
from ropa.changes.alignment import align
from ropa.documents.document import SourceFile
from ropa.saying.edits import marked
from ropa.seen.formats import notice_of_text
from ropa.seen.text import Sentence
from test_diff import ids, read

TEXT = """# Library users

## What we do

We use your name and address to send bills, because of your contract (Article 6(1)(b)).
We keep them for one year after your contract ends.
We pass them to Fairly Collected Ltd. The reading room opens at nine.

## Who to ask

Write to the data protection officer of Northwold Library, 1 Shelf Lane, about all your rights.
"""
PASS = "We pass them to Fairly Collected Ltd."
SECOND = "---\nkind: party\nid: binder\nname: Bound Books Ltd\ntype: controller\nagreement: C-2\n"


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


def write(project: Project, side: str, register: str, text: str) -> None:
    project.register(register, side)
    project.write(f"{side}/notice.md", text)


def compare(
    project: Project, old: str, new: str, *, register: str = CLEAN, now: str = ""
) -> dict[str, Any]:
    """The difference between two texts of the library's notice."""
    write(project, "old", register, old)
    write(project, "new", now or register, new)
    return read(project.ropa("diff", "old", "new", "--format", "json"))


def edited(project: Project, was: str, becomes: str, **more: str) -> dict[str, Any]:
    """The difference made by other words in the library's notice."""
    assert was in TEXT
    return compare(project, TEXT, TEXT.replace(was, becomes), **more)


def what(shown: dict[str, Any]) -> list[tuple[str, str | None, str | None]]:
    return [(e["what"], e["gone"], e["new"]) for turn in shown["turned"] for e in turn["edits"]]


# -- readings that turned ------------------------------------------------------------------------


def test_a_notice_that_now_denies_what_it_said_is_the_first_line(project: Project) -> None:
    shown = edited(project, "We pass them", "We do not pass them")
    assert what(shown) == [("“pass”", "said", "denied")]
    said = project.ropa("diff", "old", "new").out.splitlines()
    assert said[0] == f"turned: “{PASS}” → “We do not pass them to Fairly Collected Ltd.”"
    assert "Nothing changed." not in said
    markdown = project.ropa("diff", "old", "new", "--format", "markdown").out.splitlines()
    assert markdown[2].startswith("**Turned:** “We pass them to")


def test_a_sentence_that_turned_names_the_statement_that_quotes_it_and_the_flows_that_rest_on_it(
    project: Project,
) -> None:
    (turn,) = edited(project, "We pass them", "We do not pass them")["turned"]
    assert turn["statements"] == ["library-users#3"]
    assert turn["flows"] == ["loans/disclose/collector"]
    assert turn["place"]["path"] == "notice.md"


def test_a_sentence_turns_although_its_quote_still_stands_in_it(project: Project) -> None:
    register = CLEAN.replace("quote: We pass them to Fairly", "quote: pass them to Fairly")
    shown = edited(project, "We pass them", "We will never pass them", register=register)
    assert what(shown) == [("“pass”", "said", "denied")]
    assert shown["turned"][0]["statements"] == ["library-users#3"]


@pytest.mark.parametrize(
    ("was", "now", "turned"),
    [
        ("We pass them", "We used to pass them", ("the time of “pass”", "now", "past")),
        (PASS, "Do we pass them to Fairly Collected Ltd?", ("“pass”", "said", "asked")),
        (
            PASS,
            "We pass them to Fairly Collected Ltd only if you agree.",
            ("the condition of “pass”", "none", "only if “you agree”"),
        ),
        ("We pass", "You pass", ("who does it in “pass”", "us", "the reader")),
    ],
)
def test_each_way_to_turn_a_sentence_is_named(
    project: Project, was: str, now: str, turned: tuple[str, str, str]
) -> None:
    shown = edited(project, was, now)
    assert what(shown) == [turned]
    assert shown["texts"] == []


def test_a_period_and_an_article_are_told_as_they_were_and_are(project: Project) -> None:
    shown = edited(project, "for one year", "for six years")
    end = "from the end of the contract"
    assert what(shown) == [("the period", f"1 year {end}", f"6 years {end}")]
    shown = edited(project, "Article 6(1)(b)", "Article 6(1)(e)")
    assert what(shown) == [("the lawful basis", "Article 6(1)(b)", "Article 6(1)(e)")]


def test_another_registered_party_in_the_place_of_one_turns_a_sentence(project: Project) -> None:
    other = CLEAN.replace("---\nkind: system", SECOND + "---\nkind: system", 1)
    shown = edited(project, "Fairly Collected Ltd", "Bound Books Ltd", register=other)
    assert what(shown) == [("who is named", "Fairly Collected Ltd", "Bound Books Ltd")]


def test_somebody_who_is_named_besides_turns_nothing(project: Project) -> None:
    other = CLEAN.replace("---\nkind: system", SECOND + "---\nkind: system", 1)
    now = "Fairly Collected Ltd and Bound Books Ltd."
    shown = edited(project, "Fairly Collected Ltd.", now, register=other)
    assert shown["turned"] == []
    assert [len(text["changed"]) for text in shown["texts"]] == [1]


def test_a_lead_in_that_turns_turns_each_entry_of_its_list(project: Project) -> None:
    listed = TEXT + "\nWe will:\n\n- sell your address\n- pass your name to the press\n"
    shown = compare(project, listed, listed.replace("We will:", "We will never:"))
    assert [(turn["old"], turn["new"]) for turn in shown["turned"]] == [
        (f"We will: {entry}", f"We will never: {entry}")
        for entry in ("sell your address", "pass your name to the press")
    ]


def test_sentences_that_flows_rest_on_are_named_before_others(project: Project) -> None:
    text = TEXT.replace("## What we do\n", "## What we do\n\nWe sell your photograph.\n")
    now = text.replace("We sell", "We never sell").replace("We pass", "We no longer pass")
    shown = compare(project, text, now)
    assert [bool(turn["flows"]) for turn in shown["turned"]] == [True, False]


def test_a_notice_that_takes_the_place_of_another_is_held_against_it(project: Project) -> None:
    now = CLEAN.replace("id: library-users\n", "id: library-users-2\n")
    shown = edited(project, "We pass them", "We do not pass them", now=now)
    assert ids(shown["notices"])["added"] == ["library-users-2"]
    assert [turn["notice"] for turn in shown["turned"]] == ["library-users-2"]


def test_what_turned_fails_nothing_by_itself(project: Project) -> None:
    text = TEXT + "\nWe sell your photograph.\n"
    compare(project, text, text.replace("We sell", "We never sell"))
    ended = project.ropa("diff", "old", "new", "--fail-on", "newly-untold")
    assert (ended.code, ended.out.startswith("turned: ")) == (0, True)


# -- quotes and texts ----------------------------------------------------------------------------


def test_a_quote_of_other_words_is_shown_with_the_words_that_changed(project: Project) -> None:
    now = CLEAN.replace("We pass them to Fairly", "We hand them to Fairly")
    shown = edited(project, "We pass them", "We hand them", now=now)
    assert [(q["id"], q["old"], q["new"]) for q in shown["quotes"]] == [
        (
            "library-users#3",
            "We pass them to Fairly Collected Ltd",
            "We hand them to Fairly Collected Ltd",
        )
    ]
    assert (shown["turned"], shown["texts"], ids(shown["statements"])["changed"]) == ([], [], [])
    said = project.ropa("diff", "old", "new").out
    assert "was “We [pass] them to Fairly Collected Ltd”" in said
    assert "is  “We [hand] them to Fairly Collected Ltd”" in said


def test_a_statement_put_in_before_others_changes_no_quote(project: Project) -> None:
    first = "statements:\n  - quote: The reading room opens at nine\n    informs: [dpo-contact]\n"
    shown = compare(project, TEXT, TEXT, now=CLEAN.replace("statements:\n", first))
    assert (shown["quotes"], shown["turned"], shown["texts"]) == ([], [], [])


def test_other_words_that_no_statement_quotes_are_counted_and_shown(project: Project) -> None:
    shown = edited(project, "opens at nine.", "opens at ten. Dogs may not come in.")
    (text,) = shown["texts"]
    assert text["changed"] == [
        {"old": "The reading room opens at nine.", "new": "The reading room opens at ten."}
    ]
    assert (text["added"], text["gone"], text["moved"]) == (["Dogs may not come in."], [], 0)
    said = project.ropa("diff", "old", "new").out
    assert "1 changed and 1 added (2 sentences)" in said
    assert "~ “The reading room opens at [nine.]” → “The reading room opens at [ten.]”" in said
    assert "Nothing changed." not in said


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\nOne more word.\n",
        lambda text: text.replace("The reading room opens at nine.", ""),
        lambda text: text.replace("The reading room", "the reading room"),
        lambda text: text.replace("opens at nine.", "opens at nine!"),
        lambda text: text.replace("## Who to ask", "## Whom to ask"),
        lambda text: text.replace(f"{PASS} The reading room opens at nine.", f"The reading room opens at nine. {PASS}"),
        lambda text: text.replace(" The reading room opens at nine.", "") + "\nThe reading room opens at nine.\n",
    ],
)  # fmt: skip
def test_no_other_word_of_a_text_in_force_is_called_nothing(
    project: Project, change: Callable[[str], str]
) -> None:
    shown = compare(project, TEXT, change(TEXT))
    assert len(shown["texts"]) == 1
    assert "Nothing changed." not in project.ropa("diff", "old", "new").out


def test_layout_quotes_and_mark_up_are_no_other_words(project: Project) -> None:
    text = TEXT.replace("We pass them", "We don't pass them")
    other = text.replace("don't", "don’t").replace("Fairly Collected", "*Fairly  Collected*")
    other = other.replace(" The reading room", "\nThe reading room")
    compare(project, text, other)
    assert project.ropa("diff", "old", "new").out.endswith("\nNothing changed.\n")


def test_the_first_five_sentences_are_shown_and_the_rest_counted(project: Project) -> None:
    more = "".join(f"\nRoom {number} is closed.\n" for number in range(1, 10))
    compare(project, TEXT, TEXT + more)
    said = project.ropa("diff", "old", "new").out
    assert "9 added (9 sentences)" in said
    assert said.count("+ “Room") == 5


# -- sentence beside sentence --------------------------------------------------------------------


def sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(notice_of_text(SourceFile("notice.md", text)).sentences())


def test_a_sentence_is_beside_the_nearest_of_its_own_section() -> None:
    old = sentences("# A\n\nWe keep your old card.\n\n# B\n\nWe keep your red card.\n")
    new = sentences("# A\n\nWe keep your new card.\n\n# B\n\nWe keep your new card today.\n")
    found = align(old, new, ())
    assert [(pair.old.heading, pair.new.heading) for pair in found.pairs] == [
        ("A", "A"),
        ("B", "B"),
    ]
    assert (found.gone, found.added) == ((), ())


def test_a_sentence_with_nothing_in_common_is_no_version_of_another() -> None:
    found = align(sentences("We keep your card.\n"), sentences("Dogs stay outside.\n"), ())
    assert (found.pairs, len(found.gone), len(found.added)) == ((), 1, 1)


def test_the_words_that_changed_stand_in_brackets() -> None:
    assert marked("We pass it on.", "We do not pass it.") == (
        "We pass [it on.]",
        "We [do not] pass [it.]",
    )
    assert marked("Kept.", "Kept.") == ("Kept.", "Kept.")


@pytest.mark.parametrize("kept", ["", "We write down what we write down. "])
def test_a_long_text_is_held_against_another_in_little_time(kept: str) -> None:
    line = "# Part {}\n\n{}We keep card {} of the shelf {} for you.\n\n"
    old = "".join(line.format(n // 20, kept, n, n % 7) for n in range(500))
    new = old.replace("We keep card", "We never keep card")
    before, after = sentences(old), sentences(new)
    assert len(align(before, after, ()).pairs) == 500
    assert effort(lambda: align(before, after, ())) < 60
