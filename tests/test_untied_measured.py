"""Sentences are found again whose statements are taken out, and nothing is once the sentences are gone: measured."""

import os
import sys
from pathlib import Path

import pytest

from ropa.register.vocabulary import Facet
from statement_sets import StatementSet, example_sets, statement_sets
from untied_measured import Bench, add, counted

SMALL = frozenset({"vaccinations-in-schools", "parents-and-carers"})
"""The sets that are measured each time; with ROPA_MEASURED all are, which takes minutes."""

LEAST = {Facet.DATA: 75, Facet.RECIPIENT: 70, Facet.RETENTION: 80}
"""Of a hundred values that nobody tells any more, how many are untied by a sentence that did."""


@pytest.fixture(scope="module")
def sets(corpora: Path) -> tuple[StatementSet, ...]:
    found = (*statement_sets(corpora), *example_sets())
    whole = bool(os.environ.get("ROPA_MEASURED"))
    return tuple(one for one in found if whole or one.name in SMALL)


def test_what_is_taken_out_is_untied_by_its_sentence_and_omitted_without_it(
    sets: tuple[StatementSet, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = add(counted(Bench(one).taken()) for one in sets)
    with capsys.disabled():
        for facet, count in counts.items():
            sys.stdout.write(f"\n{facet}: {dict(count)}")
    for facet, least in LEAST.items():
        count = counts[facet]
        assert 100 * count["right"] >= least * count["all"], (facet, count)
        assert count["most shown"] <= 5


def test_few_sentences_speak_that_no_statement_has_where_all_is_written(
    sets: tuple[StatementSet, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    speaking = {one.name: Bench(one).still_speaking() for one in sets}
    with capsys.disabled():
        sys.stdout.write(f"\nstill speaking: {speaking}")
    assert sum(speaking.values()) <= 5 * len(speaking)
