"""What a sentence says is read from its words: the deed, who does it, and whether it is denied."""

from collections.abc import Iterator
from time import process_time
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from reading_examples import examples, faults, names, reading
from ropa.documents.document import SourceFile
from ropa.documents.shipped import shipped
from ropa.reading import memo
from ropa.reading.grammar import TABLE, _listed, _phrases, grammar
from ropa.reading.memo import Readings
from ropa.reading.names import Names, _by_stem, _nominal, _shipped_names, _written
from ropa.reading.said import How, Part, Reading, Span
from ropa.reading.tokens import stem
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet, Term
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText

EVERY = [(trap, example) for trap, listed in examples().items() for example in listed]
MADE_WITH = [(trap, example) for trap, example in EVERY if not example.get("held")]
KEPT_ASIDE = [example for _, example in EVERY if example.get("held")]


@pytest.mark.parametrize(
    ("trap", "example"), MADE_WITH, ids=lambda v: v if isinstance(v, str) else v["text"]
)
def test_a_sentence_is_read_as_it_is_meant(trap: str, example: dict[str, Any]) -> None:
    assert list(faults(example)) == [], trap


def test_of_the_sentences_kept_aside_nearly_all_are_read_as_they_are_meant() -> None:
    right = [example for example in KEPT_ASIDE if not list(faults(example))]
    assert len(right) / len(KEPT_ASIDE) >= 0.9


ODD = (
    "not " * 3000,
    "we do not " * 2000,
    "share it with the police and " * 1500,
    "(" * 5000,
    "a of the " * 3000,
    "6(1)(" * 3000,
    "used to " * 3000,
    "Act 1998 of " * 2000,
    "name, address, " * 3000,
    "é\u0301" * 3000,
    "",
    " ",
    "-" * 4000,
    "within the the the the " * 1000,
)


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:20]))
def test_odd_words_are_read_without_a_fault(text: str) -> None:
    assert reading({"text": text}).sentence.text == text


def test_twice_the_text_takes_about_twice_as_long() -> None:
    lines = [example["text"] for _, example in EVERY]
    few, many = (notice([f"{line} {i}" for i in range(n) for line in lines]) for n in (4, 8))
    assert time_of(many) <= 2.6 * time_of(few)


def test_what_a_sentence_says_does_not_depend_on_the_sentences_around_it() -> None:
    lines = [example["text"] for _, example in EVERY if example["text"].endswith(".")]
    forwards = {r.sentence.text: said(r) for r in Readings(notice(lines), names())}
    backwards = {r.sentence.text: said(r) for r in Readings(notice(lines[::-1]), names())}
    assert forwards == backwards


def test_readings_do_not_depend_on_the_order_of_the_registers_words() -> None:
    lines = [example["text"] for _, example in EVERY]
    turned = Names(names().terms[::-1], names().parties, names().organisation)
    one, other = (Readings(notice(lines), n) for n in (names(), turned))
    assert [said(r) for r in one] == [said(r) for r in other]


def test_a_short_form_that_a_notice_defines_is_known_in_all_of_it() -> None:
    text = notice(["We tell the SPA.", "The Sample Planning Agency (SPA) gets your name."])
    agency = Term(Facet.RECIPIENT, "agency", "Sample Planning Agency")
    known = Names((*names().terms, agency), frozenset({"agency"}))
    first = next(iter(Readings(text, known)))
    assert [(w.word, w.how) for w in first.named(Facet.RECIPIENT)] == [("agency", How.SHORT)]


def test_a_text_in_another_language_has_names_and_articles_and_no_deeds() -> None:
    text = notice(["Rydym yn rhannu eich data gyda Sample Trust: Erthygl 6(1)(e)."])
    known = Names((Term(Facet.RECIPIENT, "trust", "Sample Trust"),), frozenset({"trust"}))
    (only,) = Readings(text, known, "cy")
    assert not only.grammar
    assert only.deeds == ()
    assert [w.word for w in only.words] == ["trust"]
    assert [letter.letter for letter in only.letters] == ["e"]


def test_every_part_of_the_grammar_is_well_written() -> None:
    assert [d.problems for d in shipped(TABLE) if d.problems or not d.data] == []


def test_every_stretch_lies_in_the_text_it_counts_in() -> None:
    for _, example in EVERY:
        made = reading(example)
        for span in spans(made):
            assert 0 <= span.start < span.end <= len(made.text_of(span.part))


def test_a_cell_is_read_with_the_rest_of_its_row() -> None:
    table = (
        "| Data | Why | Kept |\n|---|---|---|\n"
        "| Your name. Your address. | Research | Six years |\n"
    )
    first = next(r for r in Readings(notice([table]), names()) if r.sentence.text == "Your name.")
    assert {(w.word, w.span.part) for w in first.named(Facet.PURPOSE)} == {("research", Part.ROW)}


def test_what_stands_in_a_lead_in_is_found_in_the_notice() -> None:
    text = notice(["We share your name with:", "- the police"])
    last = next(r for r in Readings(text, names()) if r.sentence.text == "the police")
    (name,) = last.named(Facet.DATA)
    place = last.place(name.span)
    assert place is not None
    assert text.folded[slice(*place)] == "name"


def notice(lines: list[str]) -> NoticeText:
    return notice_of_text(SourceFile("notice.md", "\n\n".join(lines)))


def said(made: Reading) -> object:
    """All that a reading says, apart from where its sentence stands."""
    return replace(made, sentence=replace(made.sentence, start=0, end=0, heading=""))


def spans(made: Reading) -> Iterator[Span]:
    for deed in made.deeds:
        yield from (deed.span, deed.clause, *deed.marks, *(held.span for held in deed.conditions))
    for group in (made.words, made.periods, made.letters, made.laws, made.safeguards):
        yield from (one.span for one in group)
    yield from (*made.criteria, *made.only, *made.past)


def time_of(text: NoticeText) -> float:
    text.sentences()
    best = float("inf")
    for _ in range(3):
        memo.forget()
        begun = process_time()
        list(Readings(text, names()))
        best = min(best, process_time() - begun)
    return best


def test_what_is_kept_of_the_names_of_the_package_is_what_is_made_of_them() -> None:
    for purposes in (False, True):
        form = stem if purposes else _nominal
        made = _by_stem(_written(shipped_terms().terms, frozenset(), purposes=purposes), form)
        kept = _shipped_names(purposes=purposes)
        for stems, again in ((made.first, kept._first), (made.loose, kept._loose)):
            assert isinstance(stems, dict)
            assert len(stems) > 400
            assert all(list(again.get(word, ())) == written for word, written in stems.items())
            assert not list(again.get("no such stem", ()))


def test_what_is_kept_of_the_phrases_is_what_they_spell_out() -> None:
    nouns, small, idle, periods, letters = (d.data for d in shipped(TABLE) if "verbs" not in d.data)
    made = _phrases(_listed(nouns, small, idle, periods, letters))
    assert msgspec.msgpack.encode(made) == msgspec.msgpack.encode(grammar().phrases)
