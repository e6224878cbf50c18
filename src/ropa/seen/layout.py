"""Lines to blocks, where only the look of a line tells what it is; and where the sentences of a block end.

What it finds is where to look and what to point at; no verdict rests on it.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.seen.tree import Block, Kind, Line, Seen

MOST_WORDS_OF_A_HEADING = 12
MOST_WORDS_OF_A_QUESTION = 20
LONGEST_HEADING = 300
"""No line of so few words is longer."""
WIDEST_WRAPPED = 120
"""A longer line was not wrapped: it is a paragraph of its own, though no blank line parts it."""
NARROWEST_WRAPPED = 60
"""A shorter line ended where its writer wanted it to end."""

BULLET = regex(r"(?:[-*+•‣·●▪◦–][ \t]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+)(?=\S)")
_NUMBERED = regex(r"\d{1,2}(?:\.\d{1,2})*[.)]?[ \t]+(?=[A-Z])")
_SECTION = regex(
    r"(?P<number>\d{1,2})(?P<part>\.\d{1,2})?\.?[ \t]+[A-Z][^\r\n]*+(?:\s+(?P<next>\d{1,2})\.1\b)?"
)
_ENDS = regex(r"[.?!:;,…][\"')\]]*$")
_ANSWER = regex(r"(?:none|no|yes|n/?a|not applicable)\b", re.IGNORECASE)
_BEGINS = regex(  # how the first sentence below a heading likes to begin
    r"(?:We|You|Your|Our|The|This|These|They|It|If|When|Where|Under|In|To|For|Some|All|As)\b"
)
FOLLOWING = regex(r"[A-Z][\w /'()-]{2,48}: ?\S")
"""A line that says one thing of the list above it: what, a colon, and that."""
_NO_TITLE = regex(r"@|https?:|www\.|\d{4,}|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")


def blocks(sheet: Seen) -> tuple[Block, ...]:
    """The blocks in their order. A short line alone, with no stop at its end, is taken for a heading."""
    text = sheet.written
    found: list[Block] = []
    alone = True  # a blank line, a heading or the beginning stands above
    above = ""
    for line in sheet.lines:
        words = text[line.start : line.end].rstrip()
        wide = max(len(words), len(above)) > WIDEST_WRAPPED
        alone = alone or line.apart or (wide and not _goes_on(above, words))
        kind = line.kind or _kind(line, words)
        if kind is not None:
            found.append(_block(line, kind))
            alone = kind is not Kind.BULLET
        elif (
            alone
            or not found
            or _ends_bullet(found[-1], above, words)
            or _is_section(text, line.start)
        ):
            inside = bool(found) and line.indent > 1 and found[-1].kind is Kind.BULLET
            inside = inside or (line.apart and line.indent > 1)
            found.append(_block(line, Kind.PROSE, line.indent if inside else 0))
            alone = words[-1:] == "?" and _is_title(words)
        elif _stands_over(text, found[-1], words):
            found.append(_block(line, Kind.PROSE))
        else:  # the paragraph or the bullet goes on
            found[-1] = replace(found[-1], end=line.end)
        above = words
    return tuple(_headed(text, found))


_HANGS = regex(
    r"(?:\b(?:the|an?|our|your|their|of|to|for|and|or|with|from|by|in|on|at|under|UK|Article|Section|Art\.)"
    r"|\([^()]*)\Z"
)
"""How a line ends that was broken in the middle: behind a small word, or inside a bracket."""


def _goes_on(above: str, line: str) -> bool:
    """Whether a line goes on with the sentence above, whose line somebody has made longer since it was wrapped."""
    return (
        bool(above)
        and not _ENDS.search(above)
        and (line[:1].islower() or bool(_HANGS.search(above)))
    )


def _block(line: Line, kind: Kind, indent: int | None = None) -> Block:
    how_far = line.indent if indent is None else indent
    return Block(
        *(line.start, line.end, kind, how_far, line.level, line.mark),
        *(line.apart, line.footnote, line.table, line.cells),
    )


def _kind(line: Line, words: str) -> Kind | None:
    """What a line is by its look: one in bold letters alone is a heading, one with a letter before it a bullet."""
    if line.strong and line.apart and len(words.rstrip(":")) <= WIDEST_WRAPPED:
        return Kind.HEADING
    return Kind.BULLET if BULLET.match(words) else None


def _ends_bullet(bullet: Block, above: str, line: str) -> bool:
    """Whether a line below a short bullet is no part of it: it stands at the margin and begins anew."""
    if bullet.kind is not Kind.BULLET or len(above) >= NARROWEST_WRAPPED:
        return False
    return line[:1].isupper()


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
        if (
            block.indent
            or block.level
            or block.footnote
            or block.kind not in (Kind.PROSE, Kind.BULLET)
        ):
            title = False
        elif block.kind is Kind.PROSE:
            title = _is_title(_line(text, block)) and after is not None and _is_text(text, after)
            if _is_question(text, block):
                title = after is not None
            elif title and at and _is_question(text, found[at - 1]):
                title = after is not None and not _is_question(text, after)
            elif title and at and found[at - 1].kind is Kind.BULLET:
                title = not FOLLOWING.match(_line(text, block))
        else:
            title = _is_numbered_title(text, found, at)
        yield replace(block, kind=Kind.HEADING) if title else block


def _is_numbered_title(text: str, found: Sequence[Block], at: int) -> bool:
    block, after = found[at], found[at + 1] if at + 1 < len(found) else None
    line = _line(text, block)
    if not (_NUMBERED.match(line) and _is_title(line)) or after is None:
        return False
    second = line[0] != "1" and at > 0 and _is_numbered(text, found[at - 1])
    below = after.kind is not Kind.BULLET or (after.apart and not _is_numbered(text, after))
    return below and not second


def _is_numbered(text: str, block: Block) -> bool:
    """Whether it is a bullet of the kind whose next one would have the next number."""
    return block.kind is Kind.BULLET and _line(text, block)[:1].isdigit()


def _line(text: str, block: Block) -> str:
    """The line as it was written, with its number."""
    words = text[block.start : min(block.end, block.start + LONGEST_HEADING)].strip()
    return f"{block.mark} {words}" if block.mark[:1].isdigit() else words


def _is_title(line: str) -> bool:
    if len(line) >= LONGEST_HEADING or not line or line[0].islower():
        return False
    words = line.split()
    most = MOST_WORDS_OF_A_QUESTION if line.endswith("?") else MOST_WORDS_OF_A_HEADING
    short = len(words) <= most and "\n" not in line
    plain = line.endswith("?") or not (_ENDS.search(line) or _ANSWER.match(line))
    return short and plain and not _NO_TITLE.search(line)


def _is_question(text: str, block: Block | None) -> bool:
    """Whether it is a question that stands alone: what follows answers it."""
    line = _line(text, block) if block else ""
    return line.endswith("?") and _is_title(line)


def _is_text(text: str, block: Block) -> bool:
    """Whether it is what a heading may stand above: a sentence, a list of things, or an answer in a word."""
    line = _line(text, block)
    said = bool(_ENDS.search(line) or _ANSWER.match(line))
    return block.kind is not Kind.PROSE or said or not _is_title(line)


# Stops and quotes are taken in one go from the first on, so that a long run of them is looked at once. What stands
# before a stop is looked at behind it: then only stops are looked at, and not each letter.
_STOP = regex(
    r"[.?!](?:(?<![.?!].)[.?!]*+[\"')\]]*+(?=\s++[\"'(\[]?[A-Z0-9])|(?<=[a-z]{3}.)(?=[A-Z][a-z']))"
)
_SHORTENED = regex(
    r"\b(?:e\.g|i\.e|etc|cf|vs|viz|approx|incl|inc|ltd|co|plc|mr|mrs|ms|miss|dr|prof|rev|st|no|nos|art|arts|"
    r"para|paras|s|ss|sch|reg|regs|ref|tel|ext|fig|p|pp|vol|dept|[a-z])\.$",
    re.IGNORECASE,
)
_ADDRESS = regex(r"(?:@|/|www\.)\S*$")
_WRITTEN = regex(r"\S")
_MEANT_TO_END = regex(r"\b(?:etc|ltd|inc|co|plc)\.$", re.IGNORECASE)


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
