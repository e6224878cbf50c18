"""A register adds its words to those that ship, and leaves those as they are for the next register."""

import marshal
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.documents.document import Document, SourceFile
from ropa.documents.shipped import shipped
from ropa.documents.source import parse
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.shipped_words import packed, unpacked
from ropa.register.vocabulary import TERMS, Facet, Hierarchy

SHIPPED = tuple(shipped(TERMS))
PLAIN = """\
kind: organisation
id: a
name: A
---
{kind: activity, id: b, name: B, subjects: [pupil, teenager], data: [health, name], purposes: [support]}
"""
MEDDLING = """\
---
{kind: term, facet: data, id: health, label: Not health, broader: name}
---
{kind: term, facet: data, id: own, label: Health, synonyms: [name], broader: [health, other]}
---
{kind: term, facet: data, id: other, label: Other, broader: own}
---
{kind: term, facet: subject, id: teenager, label: Teenager, broader: pupil}
---
{kind: party, id: dfe, name: Department for Education, type: public-authority, broader: nowhere}
"""


def read(text: str) -> tuple[Document, ...]:
    return tuple(parse(SourceFile("register.yaml", text)))


def as_sets(hierarchy: Hierarchy) -> object:
    """All that a hierarchy says, and nothing of how it was made."""
    words = [*hierarchy.terms, *sorted(hierarchy.unknown)]
    return (
        list(hierarchy.tree()),
        [(word, hierarchy.wider(word), hierarchy.mask(word)) for word in words],
        [(term.id, term.label, term.broader) for term in hierarchy.terms.values()],
        [hierarchy.find(name) for term in hierarchy.terms.values() for name in term.names],
        hierarchy.loops,
    )


def all_said(lexicon: Lexicon, words: Mapping[Facet, Hierarchy]) -> object:
    return (
        [term.id for term in lexicon.terms],
        lexicon.unknown,
        lexicon.duplicates,
        {facet: as_sets(hierarchy) for facet, hierarchy in words.items()},
    )


names = st.sampled_from(
    ["health", "Health", "name", "date_of_birth", "dob", "own", "other", "Own", "nowhere", "pupil"]
)
some_names = st.lists(names, max_size=2)
terms = st.fixed_dictionaries(
    {"kind": st.just("term"), "facet": st.sampled_from(["data", "subject"])}
    | {"id": names, "label": names, "synonyms": some_names, "broader": some_names},
    optional={
        "open": st.booleans(),
        "narrower": st.dictionaries(names, names, max_size=2),
    },
)
parties = st.fixed_dictionaries(
    {"kind": st.just("party"), "type": st.sampled_from(["processor", "controller"])}
    | {"id": names, "name": names, "broader": some_names}
)


@settings(deadline=None, max_examples=25)
@given(st.lists(terms, max_size=6), st.lists(parties, max_size=3))
def test_words_added_to_those_that_ship_mean_what_they_would_if_all_were_read_at_once(
    own: list[dict[str, Any]], others: list[dict[str, Any]]
) -> None:
    added = read(yaml.safe_dump_all([*own, *others])) if own or others else ()
    at_once, after = Lexicon([*SHIPPED, *added]), Lexicon(added, shipped_terms())
    for lexicon in (at_once, after):
        for document in added:
            lexicon.words(Facet.DATA, {"data": ["strange", "name"]}, "data", document.origin, "x")
    assert all_said(after, after.vocabulary()) == all_said(at_once, at_once.vocabulary())


def test_the_words_that_ship_name_each_other_and_nothing_twice() -> None:
    lexicon = Lexicon(SHIPPED)
    assert not lexicon.unknown
    assert not lexicon.duplicates


@pytest.fixture
def registers(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("plain", PLAIN), ("meddling", PLAIN + MEDDLING)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.yaml").write_text(text, "utf-8")
    return tmp_path / "plain", tmp_path / "meddling"


def findings(register: Path) -> list[str]:
    return [
        str(finding.problem)
        for finding in check(register, Settings(day=date(2026, 11, 23))).findings
    ]


def untouched() -> Iterator[object]:
    for hierarchy in shipped_terms().hierarchies.values():
        yield as_sets(hierarchy)
        yield hierarchy.unknown


def test_what_one_register_adds_is_not_there_for_the_next(registers: tuple[Path, Path]) -> None:
    plain, meddling = registers
    before, first, other = list(untouched()), findings(plain), findings(meddling)
    assert first != other
    assert [findings(plain), findings(meddling)] == [first, other]
    assert list(untouched()) == before


def test_registers_may_be_checked_side_by_side(registers: tuple[Path, Path]) -> None:
    alone = [findings(register) for register in registers]
    shipped_terms.cache_clear()  # so that all come at once to make it
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(findings, registers * 16))
    assert found == alone * 16


def test_the_words_of_the_package_as_they_are_kept_are_what_a_lexicon_makes_of_them() -> None:
    documents = tuple(shipped(TERMS))
    made, kept = Lexicon(documents).glossary(), shipped_terms()
    again = unpacked(marshal.loads(marshal.dumps(packed(made, documents))), documents)
    for other in (kept, again):
        assert [term.means for term in other.terms] == [term.means for term in made.terms]
        for defined, wanted in ((other.by_id, made.by_id), (other.by_name, made.by_name)):
            assert [(key, term.id, at.location) for key, (term, at) in defined.items()] == [
                (key, term.id, at.location) for key, (term, at) in wanted.items()
            ]
        assert all(other.by_id[key][0] is term for key, (term, _) in other.by_id.items())
        assert all(one.same_as(made.hierarchies[f]) for f, one in other.hierarchies.items())
        assert all(
            one.laid_down() == made.hierarchies[f].laid_down()
            for f, one in other.hierarchies.items()
        )
