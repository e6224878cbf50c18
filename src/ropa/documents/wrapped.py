"""Values over several lines, as prose is written: words and quotes that go on below, texts under `>` and `|`.

Each function is given the lines of a document, the first one behind that on which the value begins, and the column
of the entry it belongs to: what begins no further right is none of it. It gives the value and the number of the
line behind it, or `NOT_PLAIN` in place of the value where only a parser can tell.
"""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from ropa.documents.patterns import regex


class NoValue(Enum):
    """What stands where there is no value. A member is the same one in every process, also in what was pickled."""

    NOT_PLAIN = "only a parser can tell"
    NOTHING = "an empty document"
    OPEN = "on the lines below"
    BEGUN = "begun here"


NOT_PLAIN: Any = NoValue.NOT_PLAIN
HEADER = r"[|>]-?"
"""What stands above a text."""
OPENED = r"\"[^\"\\]*+|'[^']*+(?:''[^']*+)*+"
"""A quote that is not closed on its line."""

_WORDS = regex(r"\ +([^\ #:](?:[^:\ ]++|:(?=[^\ ])|(?=\ ++[^\ #])\ ++)*+)\ *((?<=\ )#.*)?")
_BEGINS_WORDS = regex(r"\n*[\w(]")
_CLOSING = {
    '"': regex(r"\ *([^\ \"\\][^\"\\]*+)\"\ *(?:(?<=\ )#.*)?"),
    "'": regex(r"\ *((?:[^\ ']|'')(?:[^']++|'')*+)'\ *(?:(?<=\ )#.*)?"),
}
_STILL_OPEN = {'"': regex(r"[^\"\\]*+"), "'": regex(r"(?:[^']++|'')*+")}
_LINE_END = regex(r"(?<=[^\n])\n(\n*)(?=[^\n])")


def words(lines: Sequence[str], first: int, column: int, begun: str) -> tuple[Any, int]:
    """Words without quotes; `begun` are those on the line above, if any."""
    pieces, end = [begun], first
    for number in range(first, _end(lines, first, column)):
        written = lines[number]
        found = _WORDS.fullmatch(written)
        if found:
            pieces.append(found[1])
            end = number + 1
            if found[2]:  # nothing goes on behind a comment
                break
        elif written.lstrip(" ")[:1] == "#":
            break
        elif written.strip(" "):
            return NOT_PLAIN, first
        else:
            pieces.append("")
    text = "\n".join(pieces).strip("\n")
    plain = end > first and _BEGINS_WORDS.match(text) and "".join(lines[first:end]).isprintable()
    return _folded(text) if plain else NOT_PLAIN, end


def quoted(lines: Sequence[str], first: int, column: int, begun: str) -> tuple[Any, int]:
    """A text in quotes; `begun` is what stands on the line above, from the quote on."""
    quote, pieces = begun[0], [begun[1:].rstrip(" ")]
    for number in range(first, _end(lines, first, column)):
        written = lines[number]
        if closing := _CLOSING[quote].fullmatch(written):
            text = "\n".join([*pieces, closing[1]])
            plain = pieces[0] and "".join(lines[first - 1 : number + 1]).isprintable()
            folded = _folded(text.replace("''", "'") if quote == "'" else text)
            return folded if plain else NOT_PLAIN, number + 1
        if not _STILL_OPEN[quote].fullmatch(written):
            break
        pieces.append(written.strip(" "))
    return NOT_PLAIN, first


def block(lines: Sequence[str], first: int, column: int, header: str) -> tuple[Any, int]:
    """A text below its header: as it stands there under `|`, with its lines made one under `>`."""
    end = _end(lines, first, column)
    text = _without_margin(lines[first:end])
    if text is None or (header[0] == ">" and "\n " in text):  # lines further in are not made one
        return NOT_PLAIN, end
    if not text.replace("\n", "").isprintable():
        return NOT_PLAIN, end
    last = "\n" if text and header[-1] != "-" and end < len(lines) else ""
    return (_folded(text) if header[0] == ">" else text) + last, end


def _end(lines: Sequence[str], first: int, column: int) -> int:
    """The line behind those that begin further right; blank ones among them count, but not at their end."""
    margin, end = " " * (column + 1), first
    for number in range(first, len(lines)):
        written = lines[number]
        if not written.strip(" "):
            continue
        if not written.startswith(margin):
            break
        end = number + 1
    return end


def _without_margin(lines: Sequence[str]) -> str | None:
    """The lines of a text from its margin on, which its first words set; None where a line disregards it."""
    first = next((line for line in lines if line.strip(" ")), "")
    width = len(first) - len(first.lstrip(" "))
    margin = " " * width
    text = "\n".join(["", *lines]).replace(f"\n{margin}", "\n")[1:]
    if "\n " not in text and text[:1] != " ":  # quick, and nearly always so
        return text
    if any(
        len(line) > width if line.isspace() else line and line[:width] != margin for line in lines
    ):
        return None
    return "\n".join([line[width:] for line in lines])


def _folded(text: str) -> str:
    """Lines made one: where one line ends stands a space, and each blank line is a line end."""
    if "\n\n" not in text and text[:1] != "\n":
        return text.replace("\n", " ")
    return _LINE_END.sub(lambda found: found[1] or " ", text)
