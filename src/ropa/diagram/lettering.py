"""How wide text is when it is set in Arial, Helvetica or Liberation Sans, and how it fits into a box."""

import unicodedata
from collections.abc import Iterator

_WIDTHS = {
    191: "'",
    222: "ijl",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    355: '"',
    389: "*",
    500: "Jcksvxyz",
    556: "#$?0123456789L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_ADVANCE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER, _WIDE = 722, 1000
_BOLD, _SPARE = 1.08, 1.04  # a reader's font may be a little wider than the one that was asked for


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How many pixels a line takes, a little more rather than less."""
    advance = sum(_ADVANCE.get(letter) or _of_another_script(letter) for letter in text)
    return advance * size / 1000 * _SPARE * (_BOLD if bold else 1)


def wrapped(text: str, size: float, widest: float, most: int) -> tuple[str, ...]:
    """The text in lines that fit, at most so many; the last ends in an ellipsis where it does not all fit."""
    lines = list(_lines(text, size, widest))
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(f"{last}…", size) > widest:
            last = last[:-1]
        lines[most - 1 :] = [f"{last.rstrip()}…"]
    return tuple(lines)


def _lines(text: str, size: float, widest: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if width(longer, size) <= widest:
            line = longer
            continue
        if line:
            yield line
        *full, line = _broken(word, size, widest)
        yield from full
    if line:
        yield line


def _broken(word: str, size: float, widest: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size) > widest:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _of_another_script(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER
