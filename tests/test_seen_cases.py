"""Registers whose notices hide words, or keep them where they are easily missed; each says what must happen."""

import os
from pathlib import Path

import pytest

from conftest import TODAY
from ropa.engine import check
from ropa.judging.coverage import Settings

CASES = Path(os.environ.get("ROPA_CORPORA", "nowhere")).parent / "cases"
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
    register = CASES / name / "register"
    if not register.is_dir():
        pytest.skip(f"the case {name} is not here: set ROPA_CORPORA to the folder beside `cases`")
    found = {finding.rule.id for finding in check(register, Settings(TODAY)).findings}
    assert found & UNTOLD == CASE[name]
