"""The settings of a project: `ropa.toml`, or `[tool.ropa]` in `pyproject.toml`. The only module that knows TOML.

What the file does not say is None, so that the command line can tell what was said from what was not.
"""

import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.accepting.selection import Choice, Pattern
from ropa.documents.patterns import regex
from ropa.documents.source import bounded
from ropa.errors import BadSettings, did_you_mean
from ropa.findings import Severity
from ropa.judging.evidence import Rests
from ropa.judging.judgement import Mode, Untied
from ropa.register.model import Defaults
from ropa.register.vocabulary import Facet

NAME, SHARED = "ropa.toml", "pyproject.toml"
FAIL_ON = ("error", "warning", "never")
SIGN_OFF = ("required", "when-used")
REGIMES = ("uk-gdpr", "eu-gdpr")
_UNSAID = Defaults()
LINKABLE = ("subject", "data", "source", "recipient", "purpose", "country")


LONGEST = 1024 * 1024
"""How many bytes of settings are read."""


class Configuration(Struct, frozen=True):
    """What a settings file says. `path` is the file, and the paths in it are taken from its folder."""

    path: Path | None = None
    choice: Choice = Choice()
    mode: Mode | None = None
    linked: frozenset[Facet] | None = None
    max_hops: int | None = None
    fail_on: str | None = None
    defaults: Defaults = _UNSAID
    registry: Path | None = None
    baseline: Path | None = None
    sign_off: str | None = None
    evidence: Rests | None = None
    untied: Untied | None = None
    allowed_signers: Path | None = None


EVIDENCE = (Rests.WORDS, Rests.READING)
"""What a statement may be asked to rest on, to count: a person's reading counts with the words."""


def find(register: Path) -> Path | None:
    """The nearest settings file, from the register's folder upwards: it alone counts."""
    return next(found(register), None)


def found(register: Path) -> Iterator[Path]:
    """The settings files from the register's folder upwards, the nearest first: it hides the others.

    The search ends at the root of the repository; outside of one, at the working directory, or where
    it began if that is elsewhere: a file that a stranger left in `/tmp` must not count.
    """
    # not resolved: a register behind a link is looked for where the link is
    here, working = Path(os.path.abspath(register)), Path.cwd()  # noqa: PTH100
    folders = (here, *here.parents)
    root = next((f for f in folders if (f / ".git").exists()), None)
    last = root or (working if working in folders else here)
    for folder in folders[: folders.index(last) + 1]:
        for path in (folder / NAME, folder / SHARED):
            if path.is_file() and (path.name == NAME or _table(path, text_of(path)) is not None):
                yield _as_seen_from(working, path)


def read(path: Path, shown: Path | None = None) -> Configuration:
    """What a settings file says; `shown` is what to call it. Raises `BadSettings` with the line of a fault."""
    text, shown = text_of(path), shown or path
    table = _table(shown, text)
    if table is None:
        raise BadSettings(f"{shown} has no [tool.ropa]; add it, or name another file")
    return _SettingsReader(shown, path.parent, text, table).configuration()


class _SettingsReader:
    """Reads one table of settings, and knows where each of them was written."""

    def __init__(self, path: Path, folder: Path, text: str, table: dict[str, Any]) -> None:
        self.path = path
        self.folder = folder
        self.text = text
        self.table = table

    def configuration(self) -> Configuration:
        known: dict[str, Callable[[str], Any]] = {
            "select": self._patterns,
            "ignore": self._patterns,
            "severity": self._severity,
            "linked": lambda key: frozenset(map(Facet, self._several(key, LINKABLE))),
            "max_hops": self._number,
            "mode": lambda key: Mode(self._one(key, tuple(Mode))),
            "fail_on": lambda key: self._one(key, FAIL_ON),
            "regime": lambda key: self._several(key, REGIMES),
            "home": self._country,
            "registry": self._path,
            "baseline": self._path,
            "evidence": lambda key: Rests(self._one(key, EVIDENCE)),
            "untied": lambda key: Untied(self._one(key, tuple(Untied))),
            "allowed_signers": self._path,
            "sign_off": lambda key: self._one(key, SIGN_OFF),
        }
        for key in (key for key in self.table if key not in known):
            near = did_you_mean(key.replace("-", "_"), known)
            there_are = f"there are {', '.join(known)}"
            raise self._bad((key,), f"`{key}` is not a setting{near}; {there_are}")
        said: dict[str, Any] = {key: known[key](key) for key in self.table}
        choice = Choice(*(said.pop(key, ()) for key in ("select", "ignore", "severity")))
        defaults = Defaults(said.pop("home", _UNSAID.home), said.pop("regime", _UNSAID.regimes))
        return Configuration(self.path, choice, defaults=defaults, **said)

    def _patterns(self, key: str) -> tuple[Pattern, ...]:
        return tuple(Pattern(w, partial(self._at, (key,), w)) for w in self._words(key))

    def _severity(self, key: str) -> tuple[tuple[Pattern, Severity], ...]:
        grades, said = self.table[key], {str(severity): severity for severity in Severity}
        if not isinstance(grades, dict):
            raise self._bad((key,), 'severity is a table, such as { over-claim = "note" }')
        for rule, grade in grades.items():
            if grade not in tuple(said):
                raise self._bad((key, rule), _one_of(f"severity of {rule}", grade, tuple(said)))
        return tuple((Pattern(r, partial(self._at, (key, r))), said[g]) for r, g in grades.items())

    def _words(self, key: str) -> tuple[str, ...]:
        written = self.table[key]
        words = [written] if isinstance(written, str) else written
        if not isinstance(words, list) or not all(isinstance(w, str) and w for w in words):
            raise self._bad((key,), f'{key} is a list of words, such as ["…", "…"]')
        return tuple(words)

    def _several(self, key: str, choices: tuple[str, ...]) -> tuple[str, ...]:
        for word in self._words(key):
            if word not in choices:
                raise self._bad((key,), _one_of(key, word, choices), word)
        return self._words(key)

    def _one(self, key: str, choices: tuple[str, ...]) -> str:
        if self.table[key] not in choices:
            raise self._bad((key,), _one_of(key, self.table[key], choices))
        return str(self.table[key])

    def _number(self, key: str) -> int:
        written = self.table[key]
        if isinstance(written, bool) or not isinstance(written, int) or written < 0:
            raise self._bad((key,), f"{key} is a whole number, 0 or more")
        return written

    def _country(self, key: str) -> str:
        written = self.table[key]
        if not isinstance(written, str) or not re.fullmatch("[A-Z]{2}", written):
            raise self._bad((key,), f'{key} is the code of a country, such as "GB"')
        return written

    def _path(self, key: str) -> Path:
        written = self.table[key]
        if not isinstance(written, str) or not written or "\0" in written:
            raise self._bad((key,), f"{key} is a path, taken from the folder of this file")
        return self.folder / written

    def _bad(self, keys: tuple[str, ...], message: str, word: str = "") -> BadSettings:
        return BadSettings(f"{self._at(keys, word)}: {message}")

    def _at(self, keys: tuple[str, ...], word: str = "") -> str:
        """`ropa.toml:3`: where a setting was written, or a word in its list."""
        prefix = ("tool", "ropa") if self.path.name.endswith(SHARED) else ()
        lines = self.text.split("\n")
        first, last = _lines_of(lines, (*prefix, *keys))
        quoted = (f'"{word}"', f"'{word}'")
        has_word = (n for n in range(first, last + 1) if any(q in lines[n - 1] for q in quoted))
        return f"{self.path}:{next(has_word, first) if word else first}"


_HEADER = regex(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_SET = regex(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def _lines_of(lines: list[str], keys: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last line of a setting, counted from 1; all of the file where it is written otherwise.

    `tomllib` knows no places: a setting begins on the line that names it, or what it stands in, and ends where the
    next one begins.
    """
    begins: list[tuple[int, tuple[str, ...]]] = []
    table: tuple[str, ...] = ()
    for number, line in enumerate(lines, 1):
        if header := _HEADER.match(line):
            table = _names(header[1])
            begins.append((number, ()))
        elif said := _SET.match(line):
            begins.append((number, (*table, *_names(said[1]))))
    after = [number for number, _ in begins[1:]] + [len(lines) + 1]
    for (number, name), behind in zip(begins, after, strict=True):
        if name and keys[: len(name)] == name:
            return number, behind - 1
    return 1, len(lines)


def _names(written: str) -> tuple[str, ...]:
    found = re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", written)
    return tuple(name.strip("\"'") for name in found)


def _one_of(what: str, written: object, choices: tuple[str, ...]) -> str:
    near = did_you_mean(str(written), choices)
    return f"{what} is “{written}”{near} and must be one of {', '.join(choices)}"


def _table(path: Path, text: str) -> dict[str, Any] | None:
    """The settings in a file, or None in a `pyproject.toml` without any."""
    import tomllib

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{path}{_said(error, text)}") from None
    except RecursionError:
        raise BadSettings(f"{path}: this is not TOML: nested too deep") from None
    except ValueError:  # Python reads no number of more digits than some thousands
        raise BadSettings(f"{path}: a number in it has too many digits to be read") from None
    if not path.name.endswith(SHARED):
        return whole
    tool = whole.get("tool")
    ours = tool.get("ropa") if isinstance(tool, dict) else None
    return ours if isinstance(ours, dict) else None


def _said(error: ValueError, text: str) -> str:
    """The fault with its line and column, which the message ends with."""
    what, _, where = str(error).rpartition(" (at ")
    numbers = re.findall(r"\d+", where) or [str(text.rstrip().count("\n") + 1)]
    return f":{':'.join(numbers)}: this is not TOML: {what[:1].lower()}{what[1:]}"


def text_of(path: Path) -> str:
    """The text of a file that settings are in, or that they name. Raises `BadSettings`."""
    try:
        return bounded(path, LONGEST).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadSettings(f"{path} is not UTF-8; save it as UTF-8") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise BadSettings(f"cannot read {path}: {reason.lower()}") from None


def _as_seen_from(working: Path, path: Path) -> Path:
    """The path as a person in that folder would write it."""
    try:
        return Path(os.path.relpath(path, working))
    except ValueError:  # on another drive
        return path
