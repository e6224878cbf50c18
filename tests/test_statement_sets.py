"""The statements that real notices were found to make by hand are whole, and none of the notices' words is kept."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from conftest import TODAY
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.seen.published import read_notice_file
from statement_sets import HERE, TEXT, OtherWords, StatementSet, example_sets, statement_sets

NAMES = [file.stem for file in sorted(HERE.glob("*.yaml"))]
FAULTS = {
    *("duplicate-id", "not-yaml", "quote-not-found", "text-missing", "unknown-name"),
    *("wrong-shape",),
}
"""The rules that fire where a word is not known, a quote is not there, or a set is not written as a register is."""
FEWEST = 300
"""How many true statements false alarms are measured on, the example register's among them."""


@pytest.fixture(scope="module")
def sets(corpora: Path) -> dict[str, StatementSet]:
    try:
        return {one.name: one for one in statement_sets(corpora)}
    except OtherWords as other:
        pytest.skip(str(other))


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_at_its_place(
    name: str, sets: dict[str, StatementSet], tmp_path: Path
) -> None:
    one = sets[name]
    one.write(tmp_path)
    text = read_notice_file(tmp_path / TEXT)
    places = {}
    for said, place in zip(one.statements, one.places, strict=True):
        found = text.find(said["quote"], said.get("prefix", ""))
        places[place] = found and (found.line, found.column, found.end_line, found.end_column - 1)
    assert places == {(line, a, b): (line, a, line, b) for line, a, b in one.places}


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_set_is_known_and_it_is_written_as_a_register_is(
    name: str, sets: dict[str, StatementSet], tmp_path: Path
) -> None:
    sets[name].write(tmp_path)
    report = check(tmp_path, Settings(TODAY))
    assert [f for f in report.findings if f.rule.id in FAULTS] == []
    (notice,) = report.case.register.notices.values()
    assert len(notice.statements) == len(sets[name].statements)


@pytest.mark.parametrize("name", NAMES)
def test_no_statement_is_written_twice(name: str, sets: dict[str, StatementSet]) -> None:
    written = Counter(str(statement) for statement in sets[name].statements)
    assert [said for said, times in written.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_set_holds_no_five_words_in_a_row_of_its_notice(
    name: str, sets: dict[str, StatementSet]
) -> None:
    kept = (HERE / f"{name}.yaml").read_text("utf-8")
    assert set(_fives(kept)) & set(_fives(sets[name].text)) == set()


def test_four_sets_are_for_tuning_and_three_for_judging(sets: dict[str, StatementSet]) -> None:
    assert Counter(one.use for one in sets.values()) == {"tuning": 4, "judging": 3}


def test_each_half_has_data_recipients_periods_letters_rights_and_promises(
    sets: dict[str, StatementSet],
) -> None:
    for use in ("tuning", "judging"):
        said = [s for one in sets.values() if one.use == use for s in one.statements]
        text = str(said)
        for kind in ("collects", "uses", "keeps", "discloses", "informs", "never"):
            assert any(kind in statement for statement in said), (use, kind)
        assert "'period'" in text
        assert "'article_6'" in text


def test_there_are_enough_true_statements_to_measure_false_alarms_by(
    sets: dict[str, StatementSet],
) -> None:
    every = (*sets.values(), *example_sets())
    assert sum(len(one.statements) for one in every) >= FEWEST


def test_a_notice_that_was_changed_since_it_was_read_is_refused(
    sets: dict[str, StatementSet], corpora: Path, tmp_path: Path
) -> None:
    name = next(iter(sets))
    kept, changed = tmp_path / "kept", tmp_path / "corpora"
    kept.mkdir()
    file = kept / f"{name}.yaml"
    shutil.copy(HERE / file.name, file)
    notice = yaml.safe_load(file.read_text("utf-8"))["corpus"]
    (changed / notice).parent.mkdir(parents=True)
    (changed / notice).write_bytes((corpora / notice).read_bytes() + b" ")
    with pytest.raises(OtherWords, match="not the text that was read by hand"):
        statement_sets(changed, kept)


def _fives(text: str) -> Iterator[tuple[str, ...]]:
    """Every five words in a row."""
    words = re.findall(r"\w+", text.lower())
    return zip(*(words[after:] for after in range(5)), strict=False)
