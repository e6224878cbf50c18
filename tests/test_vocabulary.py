"""Words as sets of atoms, and the words that ship."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Check
from ropa.documents.document import Document
from ropa.documents.source import read_tree
from ropa.register.vocabulary import ROOTS, TERMS, Facet, Hierarchy, Term, fold


def words(*lines: str, unknown: tuple[str, ...] = ()) -> Hierarchy:
    """A hierarchy of data, a term a line: `id < broader, broader`, with `=` where it is not open."""
    terms = []
    for line in lines:
        id_, _, broader = line.partition("<")
        above = tuple(word.strip() for word in broader.split(",") if word.strip())
        terms.append(
            Term(
                Facet.DATA,
                id_.strip(" ="),
                id_.strip(" =").capitalize(),
                broader=above,
                open="=" not in id_,
            )
        )
    return Hierarchy(Facet.DATA, terms, unknown)


def test_a_word_without_narrower_ones_is_one_atom() -> None:
    made = words("health", "name")
    assert made.mask("health").bit_count() == 1
    assert not made.mask("health") & made.mask("name")


def test_an_open_word_is_its_narrower_ones_and_a_rest() -> None:
    made = words("health", "illness < health", "vaccination < health")
    both = made.union(["illness", "vaccination"])
    assert made.mask("health") & both == both
    assert (made.mask("health") & ~both).bit_count() == 1


def test_a_closed_word_is_its_narrower_ones() -> None:
    made = words("health =", "illness < health", "vaccination < health")
    assert made.mask("health") == made.union(["illness", "vaccination"])


def test_a_closed_word_without_narrower_ones_still_means_something() -> None:
    assert words("health =").mask("health")


def test_everything_is_below_the_root() -> None:
    made = words("health", "illness < health", "name")
    root = made.mask("personal-data")
    assert all(made.mask(word) | root == root for word in made.terms)
    assert (root & ~made.union(["health", "name"])).bit_count() == 1


def test_a_word_below_two_is_what_they_have_in_common() -> None:
    made = words("health", "education", "school-nurse < health, education", "illness < health")
    assert made.mask("health") & made.mask("education") == made.mask("school-nurse")
    assert made.wider("school-nurse") == ("health", "education")


def test_an_unknown_word_is_below_nothing() -> None:
    made = words("health", unknown=("helth", "health"))
    assert made.unknown == {"helth"}
    assert made.mask("helth")
    assert not made.mask("helth") & made.mask("personal-data")
    assert made.label("helth") == "helth"
    assert not made.umbrella("helth")


def test_words_are_found_by_id_label_and_synonym_in_any_spelling() -> None:
    term = Term(Facet.DATA, "date-of-birth", "Date of Birth", ("DOB", "birth date"))
    made = Hierarchy(Facet.DATA, [term])
    for word in (
        "date-of-birth",
        "Date of birth",
        "DATE  OF_BIRTH",
        "date–of‑birth",
        "dob",
        " Birth-Date ",
    ):
        assert made.find(word) == "date-of-birth"
    assert made.find("birth") is None
    assert list(term.names) == ["date of birth", "dob", "birth date"]
    assert fold("  A__b\n–c ") == "a b c"


def test_the_first_of_two_terms_keeps_the_name_and_an_id_beats_a_synonym() -> None:
    terms = [
        Term(Facet.DATA, "a", "Shared"),
        Term(Facet.DATA, "b", "Shared", ("c",)),
        Term(Facet.DATA, "c", "C"),
        Term(Facet.DATA, "a", "Second a"),
    ]
    made = Hierarchy(Facet.DATA, terms)
    assert (made.find("shared"), made.find("c"), made.label("a")) == ("a", "c", "Shared")


def test_hops_are_the_fewest_steps_up() -> None:
    made = words("a", "b < a", "c < b", "d < c, a", "e")
    steps = {w: made.hops("d", w) for w in ("d", "c", "b", "a", "personal-data", "e")}
    assert steps == {"d": 0, "c": 1, "a": 1, "b": 2, "personal-data": 2, "e": None}
    assert made.hops("a", "d") is None
    assert made.hops("c", "a") == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("a < a",),
        ("a < b", "b < a"),
        ("a < b", "b < c", "c < a"),
        ("a < b, c", "b < a, d", "c < d", "d < a"),
        ("personal-data < a", "a"),
        ("a < personal-data", "personal-data < a"),
    ],
)
def test_a_circle_is_broken_and_everything_stays_below_the_root(lines: tuple[str, ...]) -> None:
    made = words(*lines, "x < a")
    root = made.mask("personal-data")
    assert all(made.mask(word) and made.mask(word) | root == root for word in made.terms)
    assert made.names(root) == (made.label("personal-data"),)
    assert all(made.hops(word, "personal-data") is not None for word in made.terms)


def test_the_words_of_a_circle_are_named() -> None:
    assert words("a < b", "b < a", "c").loops <= {"a", "b"}
    assert words("a < b", "b < a", "c").loops
    assert not words("a < b, c", "b < c", "c").loops


def test_what_is_left_of_a_word_for_something_done_is_done_in_other_ways() -> None:
    made = words("supporting people", "care < supporting people")
    left = made.mask("supporting people") & ~made.mask("care")
    assert made.names(left) == ("supporting people in other ways",)


def test_atoms_are_named_by_the_widest_words_that_fit() -> None:
    made = words("health", "illness < health", "vaccination < health", "name")
    assert made.names(made.mask("health")) == ("Health",)
    assert made.names(made.mask("illness")) == ("Illness",)
    assert made.names(made.mask("health") & ~made.mask("illness")) == (
        "Vaccination",
        "other health",
    )
    assert made.names(made.mask("health") & ~made.union(["illness", "vaccination"])) == (
        "other health",
    )
    assert made.names(made.union(["illness", "name"])) == ("Illness", "Name")
    assert made.names(made.union(["illness", "name"]), ["name", "health"]) == ("Name", "Illness")
    assert made.names(0) == ()


def test_unknown_words_are_named_as_they_were_written() -> None:
    made = words("health", unknown=("helth",))
    assert made.names(made.union(["health", "helth"])) == ("Health", "helth")


def test_words_that_overlap_are_each_named_as_a_whole() -> None:
    made = words("a =", "b =", "x < a, b", "y < a", "z < b")
    assert made.names(made.union(["a", "b"]), ["a", "b"]) == ("A", "B")


def test_words_may_be_stacked_as_high_as_one_likes() -> None:
    made = words(*(f"w{i} < w{i + 1}" for i in range(3000)))
    assert made.hops("w0", "w2000") == 2000
    assert made.names(made.mask("w2999") & ~made.mask("w1"))[0] == "other w2"
    assert "W0" in made.names(made.mask("w0"))


WORDS = [f"w{i}" for i in range(7)]


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(WORDS),
        st.tuples(st.lists(st.sampled_from(WORDS), max_size=3, unique=True), st.booleans()),
        min_size=1,
    ),
    st.data(),
)
def test_the_laws_of_sets_hold_for_any_words(
    shape: Mapping[str, tuple[list[str], bool]], draw: st.DataObject
) -> None:
    made = Hierarchy(
        Facet.DATA,
        [
            Term(Facet.DATA, id_, id_, broader=tuple(up), open=open_)
            for id_, (up, open_) in shape.items()
        ],
    )
    root = made.mask(made.root)
    for word in made.terms:
        mask = made.mask(word)
        assert mask
        assert mask | root == root
        for wide in made.wider(word):
            assert mask | made.mask(wide) == made.mask(wide)
            assert made.hops(word, wide) == 1
        for other in made.terms:
            if made.hops(word, other) is not None:
                assert mask | made.mask(other) == made.mask(other)
    atoms = draw.draw(st.integers(0, root)) & root
    named = made.names(atoms)
    assert bool(named) is bool(atoms)
    assert len(named) <= atoms.bit_count()
    assert not made.union(name for name in named if name in made.terms) & ~atoms


# What ships


@pytest.fixture(scope="module")
def shipped() -> dict[Facet, Hierarchy]:
    terms: dict[Facet, list[Term]] = {}
    for document in read_tree(TERMS):
        data = document.data
        broader = data.get("broader", ())
        synonyms = data.get("synonyms", ())
        term = Term(
            Facet(data["facet"]),
            data["id"],
            data["label"],
            (synonyms,) if isinstance(synonyms, str) else tuple(synonyms),
            (broader,) if isinstance(broader, str) else tuple(broader),
            data.get("open", True),
            data.get("umbrella", False),
            data.get("special", ""),
            data.get("same-as", {}),
            document.origin,
        )
        terms.setdefault(term.facet, []).append(term)
    return {facet: Hierarchy(facet, found) for facet, found in terms.items()}


@pytest.mark.parametrize(
    ("facet", "id_"),
    [
        (Facet.SUBJECT, "child-in-need"),
        (Facet.SUBJECT, "looked-after-child"),
        (Facet.SUBJECT, "care-leaver"),
        (Facet.SUBJECT, "foster-carer"),
        (Facet.SUBJECT, "parent"),
        (Facet.SUBJECT, "pupil"),
        (Facet.DATA, "upn"),
        (Facet.DATA, "placement"),
        (Facet.DATA, "sen"),
        (Facet.PURPOSE, "safeguarding"),
        (Facet.PURPOSE, "statutory-return"),
    ],
)
def test_the_words_of_the_founding_notice_ship(
    shipped: Mapping[Facet, Hierarchy], facet: Facet, id_: str
) -> None:
    assert id_ in shipped[facet].terms
    assert shipped[facet].label(id_) != id_


def test_the_shipped_words_fit_together(shipped: Mapping[Facet, Hierarchy]) -> None:
    assert set(shipped) == set(ROOTS)
    for facet, made in shipped.items():
        assert not made.loops
        assert made.umbrella(made.root)
        assert made.terms[made.root].origin is not None, f"the root of {facet} is not written down"
        for term in made.terms.values():
            assert all(made.find(word) for word in term.broader), term.id
            assert made.find(term.label) == term.id
            assert [n for n in term.names if made.find(n) != term.id] == [], term.id


def test_special_category_data_is_marked_all_the_way_down(
    shipped: Mapping[Facet, Hierarchy],
) -> None:
    data = shipped[Facet.DATA]
    for term in data.terms.values():
        for wide in data.wider(term.id):
            above = data.terms[wide].special
            assert not above or term.special == above, (
                f"{term.id} is below {wide}, which is {above}"
            )
    assert data.terms["health"].special == "article_9"
    assert {term.special for term in data.terms.values()} == {"", "article_9", "article_10"}


def test_no_special_category_data_ships_under_other_facets(
    shipped: Mapping[Facet, Hierarchy],
) -> None:
    special = [
        t.id
        for f, made in shipped.items()
        for t in made.terms.values()
        if t.special and f is not Facet.DATA
    ]
    assert not special


def same_as(scheme: str) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in read_tree(TERMS):
        equal = document.data.get("same-as", {}).get(scheme)
        if equal is not None:
            found[f"{document.data['id']} {equal}"] = document
    return found


def test_every_equal_concept_exists_in_the_data_privacy_vocabulary(corpora: Path) -> None:
    path = corpora / "vocab" / "dpv-2.3-hierarchy.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {cell for row in csv.reader(file) for cell in row}
    assert len(known) > 100
    pairs = same_as("dpv")
    assert len(pairs) > 20
    assert [pair for pair in pairs if pair.split(" ")[1] not in known] == []


def test_every_equal_concept_exists_in_fideslang(corpora: Path) -> None:
    known: set[str] = set()
    for path in sorted((corpora / "vocab" / "fideslang").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            known |= {cell for row in csv.reader(file) for cell in row}
    pairs = same_as("fideslang")
    assert len(pairs) > 10
    assert [pair for pair in pairs if pair.split(" ")[1] not in known] == []


# Words that stand for others

OUTSIDE = """kind: term
facet: country
id: outside-benelux
label: Outside the Low Countries
rest_of: [BE, NL, LU]
broader: anywhere
---
kind: term
facet: data
id: papers
label: Papers
holds: [name, health]
---
kind: term
facet: country
id: nowhere-else
label: Nowhere else
rest_of: Atlantis
"""


@pytest.mark.parametrize(
    ("word", "inside", "outside"),
    [
        ("outside the EEA", ("US", "GB", "CH", "IN"), ("FR", "NO", "eea", "eu")),
        ("outside the European Union", ("NO", "US"), ("FR", "eu")),
        ("outside the UK and the EEA", ("US", "CH"), ("GB", "FR", "IS")),
        ("outside the EEA or the UK", ("US",), ("GB", "IS")),
        ("Europe", ("FR", "GB", "CH", "NO", "eea"), ("US", "IN")),
        ("outside Europe", ("US",), ("GB", "CH")),
        ("Outside the Low Countries", ("DE", "US", "GB"), ("BE", "NL")),
    ],
)
def test_a_word_may_be_the_rest_of_others_or_stand_for_several(
    check_text: Check, word: str, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    countries = check_text(OUTSIDE).case.register.vocabulary[Facet.COUNTRY]
    known = countries.find(word)
    assert known is not None
    mask = countries.mask(known)
    for country in inside:
        assert not countries.mask(country) & ~mask
        assert (countries.hops(country, known) or 0) >= 1
    for country in outside:
        assert not countries.mask(country) & mask
        assert countries.hops(country, known) is None


def test_a_word_for_several_is_told_by_what_is_above_each(check_text: Check) -> None:
    data = check_text(OUTSIDE).case.register.vocabulary[Facet.DATA]
    assert data.mask("papers") == data.union(["name", "health"])
    assert data.hops("name", "papers") == 1


def test_a_word_of_which_something_is_the_rest_has_to_be_known(check_text: Check) -> None:
    found = [f.problem for f in check_text(OUTSIDE).findings if f.rule.id == "unknown-name"]
    assert [(problem.facet, "Atlantis" in problem.message) for problem in found] == [
        ("country/Atlantis", True)
    ]
