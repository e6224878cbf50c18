"""The regular expressions of the package: compiled once, and kept beside it as Python keeps byte code.

A check of a small register asks for more than 300 of them, and to compile those takes longer than the rest of it.
What is kept of one is what Python's compiler made of its very words and flags, so it never has to be held
against the file that they stand in. Where Python works otherwise, or nothing can be written, it is compiled each time.
"""

import marshal
import re
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from ropa.documents.pieces import Ways, ways_of
from ropa.documents.whole import write_whole

MOST = 4_000
"""How many are kept at the most, so that those of former releases go at some time: the package has some 700."""

_FORM = 6
_MADE_BY = (_FORM, sys.version, sys.byteorder)
_UNLIKE = (
    ArithmeticError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What is raised where Python keeps its expressions otherwise, or where what is kept is not what it was."""

_Key = tuple[str, int, str]
"""An expression as it is written, its flags, and what is kept of it, each by itself: a command asks for some."""
_Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All flags of an expression, its code as machine words, how many groups it has, their names both ways."""
_new: dict[_Key, bytes] = {}


def regex(words: str, flags: int = 0) -> re.Pattern[str]:
    """The expression as `re.compile` makes it. Only for those of the package: a register's would be kept for ever."""
    with suppress(*_UNLIKE):
        return _put_together(words, _made(words, int(flags), _code_of))
    return re.compile(words, flags)


def ways(words: str, flags: int = 0) -> Ways:
    """The ways in which an expression may match, each with the pieces that have to stand there; see `pieces`.

    The expression itself is not made for it.
    """
    with suppress(*_UNLIKE):
        found: Ways = _made(words, int(flags), _ways_of)
        return found
    return ((),)


def _made(words: str, flags: int, make: Callable[[str, int], Any]) -> Any:
    key = words, flags, make.__name__
    kept = _kept().get(key) or _new.get(key)
    if kept is None:
        kept = _new[key] = marshal.dumps(make(words, flags))
    return marshal.loads(kept)


def keep() -> None:
    """Write down what was compiled since the process began, for those that come after it. Never raises."""
    if _new and not sys.dont_write_bytecode:
        _kept.cache_clear()  # others may have written meanwhile
        known = _kept()
        kept = {**known, **_new} if len(known) + len(_new) <= MOST else _new
        with suppress(OSError):
            write_whole(_beside(), marshal.dumps((_MADE_BY, kept)))


@cache
def _kept() -> dict[_Key, bytes]:
    with suppress(OSError, EOFError, ValueError, TypeError):
        made_by, kept = marshal.loads(_beside().read_bytes())
        if made_by == _MADE_BY:
            return dict(kept)
    return {}


def _beside() -> Path:
    return Path(__file__).parent / "__pycache__" / f"patterns.{sys.implementation.cache_tag}"


def _code_of(words: str, flags: int) -> _Code:
    """What `re.compile` would hand to its engine."""
    compiler: Any = import_module("re._compiler")
    read = compiler._parser.parse(words, flags)
    groups: dict[str, int] = read.state.groupdict
    names: list[str | None] = [None] * read.state.groups
    for name, number in groups.items():
        names[number] = name
    code = array("I", compiler._code(read, flags)).tobytes()
    return flags | read.state.flags, code, read.state.groups - 1, groups, tuple(names)


def _ways_of(words: str, flags: int) -> Ways:
    parser: Any = import_module("re._parser")
    return ways_of(parser.parse(words, flags))


def _put_together(words: str, made_of: _Code) -> re.Pattern[str]:
    """The expression, looked over by the engine before it takes it."""
    engine: Any = import_module("_sre")
    flags, code, count, groups, names = made_of
    made: re.Pattern[str] = engine.compile(
        words, flags, array("I", code).tolist(), count, groups, names
    )
    return made
