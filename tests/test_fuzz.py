"""A short round of each kind of altered input, the same in every run, and every input that failed once."""

from pathlib import Path

import pytest

from fuzz import FOUND, TARGETS, round_of, tried

ONCE = sorted(FOUND.glob("*-*")) if FOUND.is_dir() else []


@pytest.mark.parametrize("target", TARGETS)
def test_a_short_round_finds_no_fault(target: str) -> None:
    assert round_of(target, 15, examples=3) is None


@pytest.mark.parametrize("path", ONCE, ids=lambda path: path.name)
def test_what_failed_once_does_not_fail_again(path: Path) -> None:
    tried(path.name.partition("-")[0], path.read_bytes())
