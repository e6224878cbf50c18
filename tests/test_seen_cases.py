"""Registers whose notices hide words, or keep them where they are easily missed; each says what must happen."""

import pytest

from conftest import TODAY, case_of
from ropa.engine import check
from ropa.judging.coverage import Settings

UNTOLD = {"quote-not-found", "recipient-omitted"}
CASE = {
    "html-deleted-words": UNTOLD,
    "markdown-front-matter-and-link-definition": UNTOLD,
    "markdown-struck-out": UNTOLD,
    "word-not-in-content-control": UNTOLD,
    "word-footnote-and-text-box": set(),
    "word-table-in-table": set(),
    "pdf-word-divided-at-line-end": set(),
}


@pytest.mark.parametrize("name", CASE)
def test_what_people_see_decides_what_they_are_told(name: str) -> None:
    found = {finding.rule.id for finding in check(case_of(name), Settings(TODAY)).findings}
    assert found & UNTOLD == CASE[name]
