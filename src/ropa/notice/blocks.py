"""The blocks of a published text, and where its sentences end: headings, paragraphs, bullets, table rows.

It reads the light mark-up that every format is brought to. What it finds is where to look and what to
point at; no verdict rests on it.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

MOST_WORDS_OF_A_HEADING = 12
MOST_WORDS_OF_A_QUESTION = 20
WIDEST_WRAPPED = 120
"""A longer line was not wrapped: it is a paragraph of its own, though no blank line parts it."""
NARROWEST_WRAPPED = 60
"""A shorter line ended where its writer wanted it to end."""


class Kind(StrEnum):
    """What a block is to the reader."""

    HEADING = "heading"
    PROSE = "prose"
    BULLET = "bullet"
    ROW = "row"


class Block(Struct, frozen=True):
    """A stretch of the written text that is read as one. `indent` tells a bullet from one below it."""

    start: int
    end: int
    kind: Kind
    indent: int = 0


_LINE = re.compile(r"(?P<quoted>(?:[ \t]*+>)*+)(?P<line>[^\r\n]*+)(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"#{1,6}[ \t]")
_STRONG = re.compile(r"(\*\*|__)(?=\S)[^*_]{1,120}(?<=\S)\1:?[ \t]*$")
_UNDERLINE = re.compile(r"(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"(?=[^\w]*$)(?:[-*_=|:][ \t]*){3,}$")
_BULLET = re.compile(r"(?:[-*+•‣·●▪◦–][ \t]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+)(?=\S)")
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+(?=[A-Z])")
_SECTION = re.compile(
    r"[ \t]*(?P<number>\d{1,2})(?P<part>\.\d{1,2})?\.?[ \t]+[A-Z][^\r\n]*+(?:\s+(?P<next>\d{1,2})\.1\b)?"
)
_ENDS = re.compile(r"[.?!:;,…][\"')\]]*$")
_ANSWER = re.compile(r"(?:none|no|yes|n/?a|not applicable)\b", re.IGNORECASE)
_BEGINS = re.compile(  # how the first sentence below a heading likes to begin
    r"(?:We|You|Your|Our|The|This|These|They|It|If|When|Where|Under|In|To|For|Some|All|As)\b"
)
_NO_TITLE = re.compile(r"@|https?:|www\.|\d{4,}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks in their order. A short line alone, with no stop at its end, is taken for a heading."""
    found: list[Block] = []
    alone = True  # a blank line, a heading or the beginning stands above
    above = ""
    for start, end in _lines(text):
        written = text[start:end]
        line = written.strip()
        indent = len(written) - len(written.lstrip())
        alone = alone or max(len(line), len(above)) > WIDEST_WRAPPED
        if not line:
            alone = True
        elif found and not alone and found[-1].kind is Kind.PROSE and _UNDERLINE.match(line):
            found[-1] = replace(found[-1], kind=Kind.HEADING)
            alone = True
        elif _RULE.match(line):
            alone = True
        elif _HEADING.match(line) or _STRONG.match(line):
            found.append(Block(start, end, Kind.HEADING))
            alone = True
        elif line[0] == "|" or " | " in line:
            found.append(Block(start, end, Kind.ROW))
            alone = True
        elif _BULLET.match(line):
            found.append(Block(start, end, Kind.BULLET, indent))
            alone = False
        elif (
            alone
            or not found
            or _ends_bullet(found[-1], above, written)
            or _is_section(text, start)
        ):
            inside = bool(found) and indent > 1 and found[-1].kind is Kind.BULLET
            found.append(Block(start, end, Kind.PROSE, indent if inside else 0))
            alone = line[-1] == "?" and _is_title(line)
        elif _stands_over(text, found[-1], line):
            found.append(Block(start, end, Kind.PROSE))
        else:  # the paragraph or the bullet goes on
            found[-1] = replace(found[-1], end=end)
        above = line
    return tuple(_headed(text, found))


def _ends_bullet(bullet: Block, above: str, line: str) -> bool:
    """Whether a line below a short bullet is no part of it: it stands at the margin and begins anew."""
    if bullet.kind is not Kind.BULLET or len(above) >= NARROWEST_WRAPPED:
        return False
    return line[0].isupper()


def _is_section(text: str, start: int) -> bool:
    """Whether a line begins with the number of a paragraph, as 2.1 does, or of the section of which 2.1 follows."""
    number = _SECTION.match(text, start)
    return bool(number and (number["part"] or number["next"] == number["number"]))


def _stands_over(text: str, above: Block, line: str) -> bool:
    """Whether a line is the first below a heading that no blank line parts from it."""
    if above.kind is not Kind.PROSE or above.end - above.start >= NARROWEST_WRAPPED:
        return False
    return bool(_BEGINS.match(line)) and _is_title(text[above.start : above.end].strip())


def _headed(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with the lines that only look like text or like a numbered bullet made headings."""
    for at, block in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        line = text[block.start : block.end].strip()
        if block.kind is Kind.PROSE and not block.indent:
            title = _is_title(line) and after is not None and _is_text(text, after)
            if _is_question(text, block):
                title = after is not None
            elif title and at and _is_question(text, found[at - 1]):
                title = not _is_question(text, after)
        elif block.kind is Kind.BULLET and not block.indent and _NUMBERED.match(line):
            title = _is_title(line) and after is not None and _stands_above(text, block, after)
            title = title and not (line[0] != "1" and at and _is_numbered(text, found[at - 1]))
        else:
            title = False
        yield replace(block, kind=Kind.HEADING) if title else block


def _stands_above(text: str, block: Block, after: Block) -> bool:
    """Whether what follows a numbered line is more than the bullets below a bullet."""
    apart = text.count("\n", block.end, after.start) > 1
    return after.kind is not Kind.BULLET or (apart and not _is_numbered(text, after))


def _is_numbered(text: str, block: Block) -> bool:
    """Whether it is a bullet of the kind whose next one would have the next number."""
    return block.kind is Kind.BULLET and text[block.start : block.end].lstrip()[:1].isdigit()


def _is_title(line: str) -> bool:
    words = line.split()
    most = MOST_WORDS_OF_A_QUESTION if line.endswith("?") else MOST_WORDS_OF_A_HEADING
    short = len(words) <= most and "\n" not in line
    plain = line.endswith("?") or not (_ENDS.search(line) or _ANSWER.match(line))
    return short and plain and not line[0].islower() and not _NO_TITLE.search(line)


def _is_question(text: str, block: Block | None) -> bool:
    """Whether it is a question that stands alone: what follows answers it."""
    line = text[block.start : block.end].strip() if block else ""
    return line.endswith("?") and _is_title(line)


def _is_text(text: str, block: Block) -> bool:
    """Whether it is what a heading may stand above: a sentence, a list of things, or an answer in a word."""
    line = text[block.start : block.end].strip()
    said = bool(_ENDS.search(line) or _ANSWER.match(line))
    return block.kind is not Kind.PROSE or said or not _is_title(line)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends, without its line end and the marks of a quotation."""
    for found in _LINE.finditer(text):
        yield found.end("quoted"), found.end("line")


# Stops and quotes are taken in one go from the first on, so that a long run of them is looked at once.
_STOP = re.compile(
    r"(?<![.?!])[.?!]++[\"')\]]*+(?=\s++[\"'(\[]?[A-Z0-9])|(?<=[a-z]{3})[.?!](?=[A-Z][a-z'])"
)
_SHORTENED = re.compile(
    r"\b(?:e\.g|i\.e|etc|cf|vs|viz|approx|incl|inc|ltd|co|plc|mr|mrs|ms|miss|dr|prof|rev|st|no|nos|art|arts|"
    r"para|paras|s|ss|sch|reg|regs|ref|tel|ext|fig|p|pp|vol|dept|[a-z])\.$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:@|/|www\.)\S*$")
_WRITTEN = re.compile(r"\S")
_MEANT_TO_END = re.compile(r"\b(?:etc|ltd|inc|co|plc)\.$", re.IGNORECASE)


def sentence_ends(text: str) -> Iterator[int]:
    """Where the sentences of a paragraph end, the end of the paragraph included."""
    begun = 0
    for stop in _STOP.finditer(text):
        before = text[max(begun, stop.start() - 12) : stop.start() + 1]
        if stop[0][0] == "." and _SHORTENED.search(before):
            following = _WRITTEN.search(text, stop.end())
            if not (following and following[0].isupper() and _MEANT_TO_END.search(before)):
                continue
        if not text[stop.end() : stop.end() + 1].isspace() and _ADDRESS.search(
            text, max(begun, stop.start() - 80), stop.start()
        ):
            continue
        yield stop.end()
        begun = stop.end()
    if text[begun:].strip():
        yield len(text)
