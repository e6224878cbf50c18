"""A word that may be data and may be a purpose is read as the one that stands at its place."""

from collections.abc import Iterator

import pytest

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.reading.memo import Readings
from ropa.reading.names import Names
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text

WORDS = """
kind: organisation
id: sample
name: Sample School
---
{kind: term, facet: data, id: payroll-data, label: Payroll}
---
{kind: term, facet: data, id: exam-entry-data, label: Exam entries}
---
{kind: term, facet: purpose, id: exam-entry, label: Exam entries}
"""
BOTH = ("Recruitment", "Safeguarding", "Exam entries", "Payroll")


def facets(text: str) -> Iterator[tuple[str, frozenset[Facet]]]:
    """Each sentence of a notice, with the facets of the words that it names itself."""
    register = build(tuple(parse(SourceFile("r.yaml", WORDS))), {}, terms=shipped_terms())
    seen = notice_of_text(SourceFile("n.md", text))
    for reading in Readings(seen, Names.of(register), "en", None):
        own = (w.facet for w in reading.words if w.span.part == "sentence")
        yield (
            reading.sentence.text,
            frozenset(own) & {Facet.DATA, Facet.PURPOSE},
        )


@pytest.mark.parametrize(
    ("above", "place"),
    [
        ("## The information we hold", Facet.DATA),
        ("We collect these kinds of information about you:", Facet.DATA),
        ("We share the following data with the council:", Facet.DATA),
        ("## Why we use your information", Facet.PURPOSE),
        ("We use your information for these purposes:", Facet.PURPOSE),
    ],
)
def test_an_entry_of_a_list_is_what_the_list_is_of(above: str, place: Facet) -> None:
    entries = "\n".join(f"- {word}" for word in BOTH)
    found = dict(facets(f"{above}\n\n- your name\n{entries}"))
    assert {word: found[word] for word in BOTH} == dict.fromkeys(BOTH, frozenset({place}))


def test_the_object_of_what_is_held_is_data_and_what_it_is_for_is_a_purpose() -> None:
    held = "We collect recruitment, date of birth, payroll and exam entries."
    used = "We use your form for recruitment, payroll and exam entries."
    found = dict(facets(f"{held}\n\n{used}"))
    assert found == {held: {Facet.DATA}, used: {Facet.PURPOSE}}


def test_an_entry_of_a_list_of_data_may_say_what_it_is_for() -> None:
    found = dict(facets("## The information we hold\n\n- your name, for safeguarding"))
    assert found["your name, for safeguarding"] == {Facet.DATA, Facet.PURPOSE}


def test_free_school_meals_that_somebody_has_are_data_and_meals_are_cooked_for_a_purpose() -> None:
    told = "We get from your parents whether you have free school meals."
    assert dict(facets(told))[told] == {Facet.DATA}


def test_a_name_that_begins_with_a_small_word_is_a_name_and_a_trip_is_what_data_is_used_for() -> (
    None
):
    asked = "We record the reasons for any absence."
    used = "We use your form for school trips."
    assert dict(facets(f"{asked}\n\n{used}")) == {
        asked: {Facet.DATA},
        used: {Facet.PURPOSE},
    }
