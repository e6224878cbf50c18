"""What an expression cannot match without: in every text that it matches, all stand that one of its ways needs."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ropa.documents.patterns import ways
from ropa.documents.pieces import FIGURE
from ropa.wording.detectors import detectors
from ropa.wording.hints import Hints

EXPRESSIONS = (
    r"(?<!\w)(?:us(?:es?|ed|ing)|process(?:es|ed)?|how\slong)",
    r"(?<!\w)(?:data\sprotection\sofficers?\b|dpos?\b)",
    r"\bto\sthe\s(?:us|u\.s\.)(?!\w)",
    r"[a-z]{2}\d (?:within|after) \d+ (?:months?|years?)",
    r"(?P<kind>(?>colou?r)s*+) of (?:\w+ ){1,3}ink",
    r"article\s?6",
    r"(?:red|green|\w+) paper",
    r"(?:very )*good",
    r"(?:on|off)",
    r"[^a]bc.*?",
    r"(?i)privacy",
    r"(?i:privacy) notice",
    r"(?:a|b|c|d){9}",
    r"(?:[\w.]++@\w+|\(mail\)|©\s?\d{4}) \w+",
    r"share.{0,9}?(?:kept for \d+ .{0,9}years|sold to (?:\w+ )*\w+)|no(?:t|ne)\d",
)


@pytest.mark.parametrize("words", EXPRESSIONS)
def test_one_of_the_pieces_stands_in_whatever_matches(words: str) -> None:
    expression = re.compile(words, re.DOTALL)
    hints = Hints()
    bits = hints.put_in(ways(words, re.DOTALL))

    @settings(max_examples=25, deadline=None)
    @given(st.from_regex(expression), st.sampled_from(["", " ", "x", "\n", "’"]))
    def matches(text: str, before: str) -> None:
        written = before + text
        assert not expression.search(written) or hints.of(written) & bits

    matches()
    assert bool(hints.of("nothing")) is (() in ways(words))


def test_each_way_to_match_has_its_own_pieces() -> None:
    words = r"article\s?6|rights?\b.{0,9}\bmove|[\w.]++@\w|\d{4} of the (?:us|u\.s\.)\b|\w+"
    assert ways(words) == (
        (("articl",),),
        (("right", "rights"), ("move",)),
        (("@",),),
        ((FIGURE,), ("=the", "=u"), ("=of", "=s")),
        (),
    )


def test_no_two_ways_share_what_they_need() -> None:
    """A text that has one half of each of two ways gives no hint of either."""
    hints = Hints()
    bits = hints.put_in(ways(r"share .{0,9} abroad|keep .{0,9} years"))
    assert [bool(hints.of(text) & bits) for text in ("share years", "keep it 6 years")] == [
        False,
        True,
    ]


def test_most_of_what_a_sentence_may_say_is_seen_by_its_words() -> None:
    """Of the hundred and more patterns of all items, few are looked for in a sentence of something else."""
    tests = [test for detector in detectors().values() for test in detector._all_tests]
    likely = detectors()["retention"]._table.hints(
        "the hall was painted in spring by volunteers.", ""
    )
    assert sum(bool(test.says.bits & likely) for test in tests) * 8 < len(tests)
