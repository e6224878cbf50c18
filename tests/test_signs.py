"""The plain words that stand for a pattern stand wherever it does: else a fault would be passed over."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ropa.law import naming
from ropa.law import tables as law
from ropa.rules import (
    controller_misnamed,
    hedged_wording,
    notice_contradicts_itself,
    objection_buried,
)
from ropa.wording import dates
from ropa.wording.sentences import compiled

SIGNED: list[tuple[str, str, Sequence[str]]] = [
    *((row.id, "|".join(row.written), row.signs) for row in law.SUPERSEDED.rows),
    *((row.id, row.written, row.signs) for row in law.WITHDRAWN_LINKS.rows),
    *((row.id, row.written, row.signs) for row in law.VAGUE.rows),
    *((c.about, c.denial, c.signs) for c in notice_contradicts_itself.CLASHES if c.signs),
    ("updated", dates._UPDATED, dates._SIGNS_OF_UPDATED),
    ("reviewed", dates._TO_BE_REVIEWED, ("review",)),
    ("hedged", hedged_wording.HEDGED, hedged_wording.SIGNS),
    ("objection", objection_buried.OBJECT, ("object",)),
    ("ours", controller_misnamed.OURS, ("controller",)),
    ("controller", controller_misnamed.SAYS, ("controller",)),
    ("policy", naming.POLICY, naming.SIGNS_OF_POLICY),
]


LONG = 300
"""A longer pattern, such as of a section of an Act in all the ways it is cited, takes seconds to make an example of."""


@pytest.mark.parametrize(("pattern", "signs"), [s[1:] for s in SIGNED], ids=[s[0] for s in SIGNED])
def test_one_of_its_signs_stands_in_whatever_a_pattern_fits(
    pattern: str, signs: Sequence[str]
) -> None:
    @settings(
        max_examples=1 if len(pattern) > LONG else 20, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.from_regex(compiled(pattern), alphabet=st.characters(max_codepoint=0x24F)))
    def bears(words: str) -> None:
        folded = words.replace("ı", "i").casefold()  # as a letter that re takes for another
        assert any(sign in folded for sign in signs)

    bears()
