"""What an expression cannot match without: in every text that it matches, one of its pieces stands."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.documents.patterns import pieces
from ropa.wording.detectors import detectors
from ropa.wording.hints import Hints

EXPRESSIONS: dict[str, tuple[str, ...]] = {
    r"(?<!\w)(?:us(?:es?|ed|ing)|process(?:es|ed)?|how\slong)": (
        "long",
        "proces",
        "use",
        "used",
        "uses",
        "using",
    ),
    r"(?<!\w)(?:data\sprotection\sofficers?\b|dpos?\b)": ("=dpo", "=dpos", "=protection"),
    r"\bto\sthe\s(?:us|u\.s\.)(?!\w)": ("=the", "=u"),
    r"[a-z]{2}\d (?:within|after) \d+ (?:months?|years?)": ("=after", "=within"),
    r"(?P<kind>(?>colou?r)s*+) of (?:\w+ ){1,3}ink": ("color", "colour"),
    r"article\s?6": ("articl",),
    r"(?:red|green|\w+) paper": ("paper",),
    r"(?:very )*good": ("good",),
    r"(?:on|off)": (),
    r"[^a]bc.*?": (),
    r"(?i)privacy": (),
    r"(?i:privacy) notice": ("notice",),
    r"(?:a|b|c|d){9}": (),
}


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_one_of_the_pieces_stands_in_whatever_matches(words: str) -> None:
    expression = re.compile(words, re.DOTALL)
    hints = Hints()
    hints.put_in(1, pieces(expression))

    @settings(max_examples=25, deadline=None)
    @given(st.from_regex(expression), st.sampled_from(["", " ", "x", "\n", "’"]))
    def matches(text: str, before: str) -> None:
        written = before + text
        assert not expression.search(written) or hints.of(written)

    matches()
    assert hints.of("nothing") == (0 if pieces(expression) else 1)


def test_the_pieces_of_expressions_are_those() -> None:
    assert {words: pieces(re.compile(words)) for words in EXPRESSIONS} == EXPRESSIONS


def test_most_of_what_a_sentence_may_say_is_seen_by_its_words() -> None:
    """Of the hundred and more patterns of all items, few are looked for in a sentence of something else."""
    tests = [test for detector in detectors().values() for test in detector._all_tests]
    likely = detectors()["retention"]._table.hints(
        "the hall was painted in spring by volunteers.", ""
    )
    assert sum(bool(test.bit & likely) for test in tests) * 8 < len(tests)
