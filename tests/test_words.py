"""How many words of public registers the shipped vocabulary knows: words it was extended by, and words held back."""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet

WORDS = Path(__file__).parent / "words"
FACETS = (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT)


class Collected(NamedTuple):
    """A word of a public register, the term it should lead to (or `own`, or `new`), and where it stands."""

    facet: Facet
    word: str
    term: str
    source: str

    @property
    def found(self) -> str | None:
        return shipped_terms().hierarchies[self.facet].find(self.word)

    @property
    def is_wrong(self) -> bool:
        """Whether it leads to another thing than it means; `new` was judged to have no place when it was collected."""
        return self.found is not None and self.term not in ("new", self.found)


def collected(name: str) -> tuple[Collected, ...]:
    """The words of a list."""
    with (WORDS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Collected(Facet(r["facet"]), r["word"], r["term"], r["source"]) for r in rows)


def known(name: str) -> dict[Facet, int]:
    """How many of a hundred words of each facet are known, rounded down."""
    rows = collected(name)
    total, found = Counter(r.facet for r in rows), Counter(r.facet for r in rows if r.found)
    return {facet: 100 * found[facet] // total[facet] for facet in FACETS}


FLOORS = {
    "open": {Facet.SUBJECT: 19, Facet.DATA: 16, Facet.PURPOSE: 6, Facet.RECIPIENT: 18},
    "held": {Facet.SUBJECT: 14, Facet.DATA: 12, Facet.PURPOSE: 9, Facet.RECIPIENT: 25},
}
"""Words of a hundred that have to be known, by list and facet."""


@pytest.mark.parametrize("name", FLOORS)
def test_no_fewer_words_of_public_registers_are_known(name: str) -> None:
    found = known(name)
    assert {f: n for f, n in found.items() if n < FLOORS[name][f]} == {}


@pytest.mark.parametrize("name", FLOORS)
def test_no_word_of_a_public_register_leads_to_another_thing(name: str) -> None:
    assert [(r.facet.value, r.word, r.found) for r in collected(name) if r.is_wrong] == []


def test_no_source_stands_in_both_lists_and_no_word_twice_in_one() -> None:
    first, second = collected("open"), collected("held")
    assert not {r.source for r in first} & {r.source for r in second}
    assert len(first) + len(second) >= 600
    for rows in (first, second):
        assert max(Counter((r.facet, r.word, r.source) for r in rows).values()) == 1


def test_every_term_a_word_should_lead_to_is_shipped() -> None:
    hierarchies = shipped_terms().hierarchies
    for row in (*collected("open"), *collected("held")):
        assert row.term in ("own", "new") or row.term in hierarchies[row.facet].terms, row
