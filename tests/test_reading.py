"""What a sentence says is read from its words: the deed, who does it, and whether it is denied."""

from typing import Any

import pytest

from reading_examples import examples, faults

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
    assert len(right) / len(KEPT_ASIDE) >= 0.85
