"""What others wrote, made safe to show: nothing in it is hidden, and nothing in it is a command."""

import json
import re
from typing import Any

from ropa.location import Location

WIDEST = 100
BRACKET = re.compile(r"##(?=\w*\[)")
"""How a command for the runner of a CI server begins that may stand anywhere in a line of its log."""
_flat = json.JSONEncoder(ensure_ascii=False).encode


def visible(text: str) -> str:
    """One line. Tabs, line ends and odd spaces are spaces; what cannot be seen shows its number.

    A register or a notice may hold what moves a terminal's cursor, or turns the direction of reading.
    """
    return text if text.isprintable() else "".join(map(_seen, text))


def inert(text: str) -> str:
    """Lines for a terminal, which the log of a CI server may show: none of them is a command of its runner.

    GitHub takes `::` for one where a line begins, and `##[` wherever it stands, as Azure does `##vso[`.
    """
    return _COMMAND.sub(r"\g<0> ", text)


def inert_in_markup(text: str) -> str:
    """The same for a page or for XML, which go on saying what they say: the sign stands there as its number."""
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)


def is_web_address(text: str) -> bool:
    """Whether it is an address of the web and nothing else, so that it may become a link."""
    return text.isprintable() and _WEB.fullmatch(text) is not None


def spelt(text: str, *, lines: bool = False) -> str:
    """Text of a cell that is read back as it was: what cannot be seen, and space at its ends, by its number.

    `lines` says that line ends stay; those of a list part its entries, so that none may stand in an entry.
    """
    kept = "\n\t\u00a0" if lines else "\t\u00a0"
    ends = len(text) - len(text.rstrip()), len(text) - len(text.lstrip())
    first, last = ends[1], len(text) - ends[0]
    return "".join(
        c if (c.isprintable() or c in kept) and first <= n < last and not text.startswith("<U+", n)
        else f"<U+{ord(c):04X}>"
        for n, c in enumerate(text)
    ) if not text.isprintable() or "<U+" in text or text != text.strip() else text  # fmt: skip


def unspelt(text: str) -> str:
    """What `spelt` was given."""
    return _NUMBER.sub(lambda found: chr(int(found[1], 16)), text) if "<U+" in text else text


_NUMBER = re.compile(r"<U\+((?!D[89A-F])[0-9A-F]{4}|[1-9A-F][0-9A-F]{4}|10[0-9A-F]{4})>")


def in_markdown(text: str, *, begins: bool = True, code: bool = True) -> str:
    """Plain text in Markdown: it can neither mark up, nor link, nor break a row or a line.

    With `code`, words in backquotes stay code, as in our hint to write an `audience`. What begins nothing can
    begin no list either.
    """
    pieces = with_code(text) if code else [_one_line(text)]
    escaped = "".join(
        piece if n % 2 else _ACTIVE.sub(r"\\\g<0>", _NUMBERED.sub("\u2011", piece))
        for n, piece in enumerate(pieces)
    )
    return _LIST.sub(_not_a_list, escaped.strip()) if begins else escaped


def with_code(text: str) -> list[str]:
    """One line of text, cut so that every second piece is a word in backquotes, which is code."""
    return _CODE.split(_one_line(text))


def to_json(document: Any) -> str:
    """JSON for programs and people: the same data, the same bytes, every character seen.

    What fits stands on one line.
    """
    text = BRACKET.sub(r"#\\u0023", _laid_out(document, "\n"))  # no command in a log either
    lines = text.split("\n")
    return "".join(f"{line if line.isprintable() else _escaped(line)}\n" for line in lines)


def place_in_json(at: Location) -> dict[str, Any]:
    """A place in our json, the same in all of it."""
    return {
        "path": at.path,
        "line": at.line,
        "column": at.column,
        "end_line": at.end_line,
        "end_column": at.end_column,
    }


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", visible(text))


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else f"<U+{ord(character):04X}>"


def _laid_out(value: Any, start: str) -> str:
    """`start` is a line end and the margin."""
    match value:
        case dict():
            opening, closing = "{", "}"
            entries = [f"{_flat(key)}: {_laid_out(v, f'{start}  ')}" for key, v in value.items()]
        case list():
            opening, closing = "[", "]"
            entries = [_laid_out(v, f"{start}  ") for v in value]
        case _:
            return _flat(value)
    flat = ", ".join(entries)
    if len(flat) + len(start) <= WIDEST:
        return f"{opening}{flat}{closing}"
    return f"{opening}{start}  {f',{start}  '.join(entries)}{start}{closing}"


def _escaped(line: str) -> str:
    """Outside its strings, JSON has nothing to escape."""
    return "".join(c if c.isprintable() else _code_units(c) for c in line)


def _code_units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


_COMMAND = re.compile(rf"^[ \t]*:(?=:)|{BRACKET.pattern}", re.MULTILINE)
_WEB = re.compile(r"https?://[^\s<>\"]+")
_CODE = re.compile(r"(?<![\\`])(`[a-z_]+`)(?!`)")
_LIST = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")
_NUMBERED = re.compile(r"(?<=\bGH)-(?=\d)", re.IGNORECASE)
"""GitHub links `GH-12` wherever it stands in a text, escaped or not; with a hyphen that does not break it is words."""
_ACTIVE = re.compile(r"[\\`*_\[\]<>|#~&!@$]|:(?=/)|(?<=[Ww]{3})\.|(?<=:):")


def _not_a_list(found: re.Match[str]) -> str:
    return rf"\{found[0]}" if found[0] in "-+=" else f"{found[0]}\\"
