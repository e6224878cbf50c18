"""Regular expressions that are kept: what comes back is what Python compiles."""

import marshal
import re
import sys
from pathlib import Path

import pytest

from ropa.documents import patterns

EXPRESSIONS = [
    (r"(?<!\w)we (?:may|will) share", int(re.IGNORECASE)),
    (r"(?P<day>\d{1,2}) (?P<month>[A-Za-zé]+)(?:, (\d{4}))?", 0),
    (r"(?xi) ^ [\u2010-\u2015’–-]+ \s* $ | (?>a++b)*+", re.MULTILINE),
    ("[^\t\n\r\x20-\x7e\xa0-\ud7ff\U00010000-\U0010ffff]", re.DOTALL),
]


@pytest.fixture(autouse=True)
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where they are kept, for this test alone."""
    path = tmp_path / "kept"
    monkeypatch.setattr(patterns, "_beside", lambda: path)
    monkeypatch.setattr(patterns, "_new", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    patterns._kept.cache_clear()
    return path


def again() -> None:
    """As a new process begins."""
    patterns._new.clear()
    patterns._kept.cache_clear()


def test_what_is_kept_is_what_python_compiles() -> None:
    made = [patterns.regex(words, flags) for words, flags in EXPRESSIONS]
    patterns.keep()
    again()
    kept = [patterns.regex(words, flags) for words, flags in EXPRESSIONS]
    assert not patterns._new, "nothing was compiled anew"
    assert made == kept == [re.compile(words, flags) for words, flags in EXPRESSIONS]
    assert kept[1].groupindex == {"day": 1, "month": 2}
    assert kept[1].fullmatch("3 mai, 2026").group("month", 3) == ("mai", "2026")  # type: ignore[union-attr]


def test_two_commands_keep_what_either_compiled() -> None:
    for words, flags in EXPRESSIONS[:2]:
        again()
        patterns.regex(words, flags)
        patterns.keep()
    again()
    for words, flags in EXPRESSIONS[:2]:
        patterns.regex(words, flags)
    assert not patterns._new


@pytest.mark.parametrize(
    "fault", ["nothing", "other Python", "other code", "other shape", "cut off", "one cut off"]
)
def test_what_is_not_as_it_was_is_compiled(beside: Path, fault: str) -> None:
    words, flags = EXPRESSIONS[0]
    patterns.regex(words, flags)
    patterns.keep()
    made_by, kept = marshal.loads(beside.read_bytes())
    (key,) = kept
    all_flags, code, *rest = marshal.loads(kept[key])
    wrong = {
        "nothing": b"",
        "other Python": marshal.dumps((("3.9", "big"), {key: marshal.dumps((0, b"", 0, {}, ()))})),
        "other code": marshal.dumps((made_by, {key: marshal.dumps((all_flags, code[:-4], *rest))})),
        "other shape": marshal.dumps((made_by, {key: marshal.dumps(())})),
        "cut off": beside.read_bytes()[:-9],
        "one cut off": marshal.dumps((made_by, {key: kept[key][:-9]})),
    }
    beside.write_bytes(wrong[fault])
    again()
    assert patterns.regex(words, flags) == re.compile(words, flags)


def test_nothing_is_kept_where_no_byte_code_is(
    beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    patterns.regex(*EXPRESSIONS[0])
    patterns.keep()
    assert not beside.exists()


def test_a_bad_expression_is_told_as_python_tells_it() -> None:
    with pytest.raises(re.error, match="unterminated"):
        patterns.regex("(a")
