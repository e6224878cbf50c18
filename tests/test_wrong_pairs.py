"""The wrong pairs are wrong, are written as a register is, and are enough to measure by."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

import wrong_words as words
from conftest import TODAY
from ropa.documents.document import SourceFile
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.seen.formats import notice_of_text
from statement_sets import TEXT, OtherWords, StatementSet, example_sets, statement_sets
from wrong_pairs import KINDS, WrongPair, wrong_pairs

MANY = 100
"""How many pairs of a kind a share in a hundred is told from."""
FEWER = {
    "negation taken out of a promise": 10,
    "promise read as positive": 10,
    "given only with your consent": 50,
    "had only with your consent": 45,
}
"""What the promises, and the sentences without a consent, of the texts there are yield; there are not more of them."""
FAULTS = {
    "duplicate-id",
    "not-yaml",
    "quote-not-found",
    "text-missing",
    "unknown-name",
    "wrong-shape",
}


@pytest.fixture(scope="module")
def every(corpora: Path) -> Sequence[StatementSet]:
    try:
        return (*statement_sets(corpora), *example_sets())
    except OtherWords as other:
        pytest.skip(str(other))


@pytest.fixture(scope="module")
def pairs(every: Sequence[StatementSet]) -> Sequence[WrongPair]:
    return [pair for one in every for pair in wrong_pairs(one)]


def test_there_are_enough_wrong_pairs_of_each_kind(pairs: Sequence[WrongPair]) -> None:
    found = Counter(pair.kind for pair in pairs)
    assert {kind: found[kind] for kind in KINDS if found[kind] < FEWER.get(kind, MANY)} == {}


def test_every_wrong_pair_differs_from_the_true_one_and_from_every_other_of_its_kind(
    pairs: Sequence[WrongPair],
) -> None:
    for pair in pairs:
        assert (pair.statement, pair.text) != (pair.of.statements[pair.number], pair.of.text), pair
    made = Counter((p.kind, p.of.name, p.number, str(p.statement), p.text) for p in pairs)
    assert [key[:4] for key, times in made.items() if times > 1] == []


def test_no_wrong_pair_is_a_true_statement_of_its_set(pairs: Sequence[WrongPair]) -> None:
    same = [p for p in pairs if not p.altered_text and p.statement in p.of.statements]
    assert [(p.kind, p.of.name, p.statement) for p in same] == []


def test_the_quote_of_every_wrong_pair_stands_in_its_text(pairs: Sequence[WrongPair]) -> None:
    texts: dict[str, list[WrongPair]] = defaultdict(list)
    for pair in pairs:
        texts[pair.text].append(pair)
    lost = []
    for text, quoting in texts.items():
        seen = notice_of_text(SourceFile(TEXT, text))
        quotes = [(pair, pair.statement) for pair in quoting]
        lost += [(p.kind, s) for p, s in quotes if not seen.find(s["quote"], s.get("prefix", ""))]
    assert lost == []


def test_every_kind_is_written_as_a_register_is(pairs: Sequence[WrongPair], tmp_path: Path) -> None:
    first = {pair.kind: pair for pair in reversed(pairs)}
    for number, pair in enumerate(first.values()):
        pair.write(tmp_path / str(number))
        report = check(tmp_path / str(number), Settings(TODAY))
        assert [f for f in report.findings if f.rule.id in FAULTS] == [], pair.kind


def test_the_same_set_gives_the_same_pairs(every: Sequence[StatementSet]) -> None:
    for one in every[-2:]:
        first, again = (
            [(p.kind, p.number, str(p.statement), p.text) for p in wrong_pairs(one)]
            for _ in range(2)
        )
        assert first == again


SENTENCES = {
    "We pass your name to Sample Trust.": [
        "We do not pass your name to Sample Trust.",
        "We never pass your name to Sample Trust.",
        "We no longer pass your name to Sample Trust.",
        "We used to pass your name to Sample Trust.",
        "Before 2020 we passed your name to Sample Trust.",
        "Do we pass your name to Sample Trust?",
        "We pass your name to Sample Trust, but only with your consent.",
    ],
    "If you move, Sample Trust keeps and shares your file.": [
        "If you move, Sample Trust does not keep and share your file.",
        "If you move, Sample Trust never keeps and shares your file.",
        "If you move, Sample Trust no longer keeps and shares your file.",
        "If you move, Sample Trust used to keep and share your file.",
        "If you move, does Sample Trust keep and share your file?",
        "If you move, Sample Trust keeps and shares your file, but only with your consent.",
    ],
    "Your file is also sent to schools.": [
        "Your file is not sent to schools.",
        "Your file is never sent to schools.",
        "Your file is no longer sent to schools.",
        "Your file used to be sent to schools.",
        "Before 2020 your file was sent to schools.",
        "Is your file sent to schools?",
        "Your file is also sent to schools, but only with your consent.",
    ],
    "We may need to tell the police.": [
        "We do not tell the police.",
        "We never tell the police.",
        "We no longer tell the police.",
        "We used to tell the police.",
        "Before 2020 we told the police.",
        "Do we need to tell the police?",
        "We may need to tell the police, but only with your consent.",
    ],
    "send you letters": [],
    "Firms we work with will not see it.": [],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_altered_as_its_grammar_asks_or_not_at_all(sentence: str) -> None:
    end = len(sentence)
    spot = words.deed(sentence, 0, end)
    said = [
        *(words.negated(sentence, spot) if spot else ()),
        *(words.past(sentence, spot) if spot else ()),
        *(words.asked(sentence, spot, end) if spot else ()),
        *words.with_consent(sentence, 0, end),
    ]
    assert [words.edited(sentence, edits) for edits in said] == SENTENCES[sentence]


@pytest.mark.parametrize(
    ("promise", "without"),
    [
        ("We will not sell or give it away.", None),
        ("We do not share it with any school.", "We share it with some school."),
        ("Cookies aren’t used to know you.", "Cookies are used to know you."),
        ("The trust never passes it on.", "The trust passes it on."),
        ("We give it to nobody else.", "We give it to others."),
        ("We will not share it.", "We will share it."),
    ],
)
def test_the_negation_is_taken_out_of_a_promise(promise: str, without: str | None) -> None:
    made = [words.edited(promise, edits) for edits in words.affirmed(promise, 0, len(promise))]
    assert made == ([without] if without else [])


def test_a_quote_follows_its_words_through_an_edit() -> None:
    text = "First. We pass your name on. Last."
    start, end = words.sentence_around(text, 10, 12)
    spot = words.deed(text, start, end)
    assert spot
    for edits in words.asked(text, spot, end):
        a, b = words.moved((start, end), edits)
        assert words.edited(text, edits)[a:b] == "Do we pass your name on?"


def test_the_lead_in_of_a_bullet_is_the_sentence_above_its_list() -> None:
    text = "About us. We use it to:\n\n- help you\n- send letters\n\nThe end.\n\n- alone"
    lead = words.lead_in(text, text.index("send"))
    assert lead
    assert text[slice(*lead)] == "We use it to:"
    assert words.lead_in(text, text.index("alone")) is None
    assert words.lead_in(text, text.index("The end")) is None
