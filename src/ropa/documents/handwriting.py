"""Plain data as YAML, laid out as a person would write it, for `source` to read back as it was."""

import json
from collections.abc import Mapping
from typing import Any

from ropa.documents.patterns import regex

WIDEST = 110
LONGEST_SHORT_NAME = 60
_PLAIN = regex(r"[A-Za-z(](?:[\w.,;()/'’“”&@+*%£€§=<>~^|!?$-]|:(?=[^\s])|\s(?=[^\s#]))*")
_IN_BRACKETS = regex(r"[A-Za-z(](?:[\w.()/'’“”&@+*%£€§-]|\s(?=[^\s#]))*")
_DAY = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OF_AN_ID = regex(r"[a-z0-9]+")
_MEANS_SOMETHING = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def short_name(name: str) -> str:
    """A short name without spaces, as ids are, made of a name; nothing where it has no letters that ids have."""
    from unicodedata import normalize

    plain = normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode().replace("'", "")
    return "-".join(_OF_AN_ID.findall(plain))[:LONGEST_SHORT_NAME].strip("-")


def document(data: Mapping[str, Any]) -> str:
    """A whole document."""
    return "".join(entry(key, value, "") for key, value in data.items())


def entry(key: str, value: Any, margin: str) -> str:
    """A key and its value, on one line where that is short enough."""
    name = scalar(key)
    flat = f"{margin}{name}: {inline(value)}"
    if (
        not value
        or not isinstance(value, (dict, list))
        or (len(flat) <= WIDEST and not _entries(value))
    ):
        return f"{flat}\n"
    if isinstance(value, dict):
        return f"{margin}{name}:\n" + "".join(entry(k, v, f"{margin}  ") for k, v in value.items())
    return f"{margin}{name}:\n" + "".join(item(v, f"{margin}  ") for v in value)


def _entries(value: Any) -> bool:
    """Whether it is a list of mappings, which stand below each other however short they are."""
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def item(value: Any, margin: str) -> str:
    """An entry of a list."""
    if not isinstance(value, dict) or not value:
        return f"{margin}- {inline(value)}\n"
    inside = "".join(entry(key, said, f"{margin}  ") for key, said in value.items())
    return f"{margin}- {inside[len(margin) + 2 :]}"


def inline(value: Any) -> str:
    """A value on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{scalar(k)}: {_bracketed(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_bracketed, value)) + "]"
    return scalar(value)


def _bracketed(value: Any) -> str:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        return scalar(value) if _IN_BRACKETS.fullmatch(value) else scalar(value, quoted=True)
    return inline(value)


def scalar(value: Any, *, quoted: bool = False) -> str:
    """Text, a number, or true or false."""
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _DAY.fullmatch(value) or (_PLAIN.fullmatch(value) and value.isprintable())
    if plain and not quoted and value.casefold() not in _MEANS_SOMETHING:
        return value
    return "".join(
        c if c.isprintable() else _numbered(c) for c in json.dumps(value, ensure_ascii=False)
    )


def _numbered(character: str) -> str:
    """What YAML cannot hold as it is, by its number."""
    number = ord(character)
    return f"\\u{number:04x}" if number <= ord("\uffff") else f"\\U{number:08x}"
