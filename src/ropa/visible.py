"""What others wrote, made safe to show: nothing in it is hidden, and nothing in it is a command."""

import json
from typing import Any


def visible(text: str) -> str:
    """One line. Tabs, line ends and odd spaces are spaces; what cannot be seen shows its number.

    A register or a notice may hold what moves a terminal's cursor, or turns the direction of reading.
    """
    return text if text.isprintable() else "".join(map(_seen, text))


def to_json(document: Any) -> str:
    """JSON to be read by programs and people: the same data, the same bytes, every character seen."""
    lines = json.dumps(document, indent=2, ensure_ascii=False).split("\n")
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in lines)


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else f"<U+{ord(character):04X}>"


def _escaped(line: str) -> str:
    """Outside its strings, JSON has nothing to escape."""
    return "".join(c if c.isprintable() else _code_units(c) for c in line)


def _code_units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
