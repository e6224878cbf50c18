"""The published text of a notice, in one normal form in which quotes are looked up.

White space, typographic quotes and dashes, and mark-up are folded; every other difference counts,
because "we will not give" and "we will give" are one word apart. After the W3C Web Annotation
TextQuoteSelector: the exact words, and a prefix or suffix where they stand more than once.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from ropa.documents.document import SourceFile
from ropa.findings import Problem
from ropa.location import Location
from ropa.notice.blocks import Block, Kind, blocks, sentence_ends

# Every part takes what it can and never gives it back, so that no text, however odd, takes long.
_TARGET = r"""\]\((?:[^()\s]|\([^()\s]*+\))*+(?:\s++"[^"]*+")?+\)"""
_MARKUP = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)                           # a comment is not seen by the reader
    | (?P<link>!?\[(?=[^\[\]]*+{_TARGET})|{_TARGET})
    | (?P<break></?[A-Za-z][A-Za-z0-9-]*+(?:\s[^<>]*+)?+/?>)
    | <(?P<address>[A-Za-z][A-Za-z0-9+.-]*+:[^\s<>]++|[^\s<>@]++@[^\s<>@]++)>
    | (?P<line>(?:^|(?<=\r))(?:
          [-=*_|:\ \t]{{3,}}+(?=[\r\n]|\Z)
        | [ \t]*+(?:(?:\#{{1,6}}|>+|[-*+•‣·]|\d{{1,2}}[.)])[ \t]++)+))
    | (?P<entity>&\#?\w{{1,12}};)
    | \\(?P<escaped>[!-/:-@\[-`{{-~])
    | \\(?=[\r\n])                               # a line break that the writer insists on
    | [*`]++ | (?P<bar>\|) | (?<![^\W_])_+(?=\S) | (?<=\S)_+(?![^\W_])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_RUNS = re.compile(r"[!-~]+(?:\ [!-~]+)*|\s+|.", re.DOTALL)
_FOLDED = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}


class NoText(Exception):
    """No text can be had of a file: why, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Shown(Struct, frozen=True):
    """What a reader sees of a file, in light mark-up, and where in the file each character of it stands."""

    text: str
    origins: "array[int]"


class Sentence(Struct, frozen=True):
    """A sentence of a notice, or a bullet or heading that is none, in the normal form.

    `lead` is the sentence that leads in to the list it belongs to, or the first row of its table, `heading` the
    heading it stands under, the last `MOST_KEPT` characters of either where it is longer.
    `start` and `end` are where it stands in the normal form.
    """

    text: str
    lead: str
    heading: str
    kind: Kind
    start: int
    end: int


MOST_KEPT = 600
"""How much of a heading or a lead-in goes with each sentence below it; nobody writes one that is longer."""


class NoticeText(Struct, frozen=True, eq=False, dict=True):
    """The text of a notice in its normal form, with the way back to where each character was written.

    `written` is the light mark-up that the normal form was made of: the file's own text, unless
    `origins` says where in the file each of its characters stands. `extracted` is true where the text was
    drawn out of a format made for printing, so that it may not be word for word what people see.
    """

    file: SourceFile
    folded: str
    offsets: "array[int]"
    lines: tuple[int, ...]
    written: str
    origins: "array[int] | None" = None
    extracted: bool = False

    @property
    def digest(self) -> str:
        """The first 16 hex digits of the SHA-256 of the normal form: re-flowing the text keeps it."""
        import hashlib

        return hashlib.sha256(self.folded.encode()).hexdigest()[:16]

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Location | None:
        """Where the words stand, whole words only; None when they do not."""
        words, before, after = fold_text(quote), fold_text(prefix), fold_text(suffix)
        start = self.folded.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            whole = not (self._inside_word(start) or self._inside_word(end))
            if whole and self._stands_between(before, start, end, after):
                return self._location(start, end)
            start = self.folded.find(words, start + 1)
        return None

    def at(self, start: int, end: int) -> Location:
        """Where a stretch of the normal form was written."""
        return self._location(start, end)

    def stretch(self, start: int, end: int) -> Location:
        """A stretch of the file as it was written, as a place."""
        (line, column), (end_line, end_column) = self._place(start), self._place(end - 1)
        return Location(self.file.path, line, column, end_line, end_column + 1)

    def span(self, at: Location) -> tuple[int, int]:
        """Where in the normal form a place of the file begins and ends."""
        begun, ended = (
            self.lines[line - 1] + column - 1
            for line, column in ((at.line, at.column), (at.end_line, at.end_column))
        )
        return bisect_left(self._written_at, begun), bisect_left(self._written_at, ended)

    @cached_property
    def _written_at(self) -> Sequence[int]:
        """Where in the file each character of the normal form stands."""
        origins = self.origins
        return array("q", (origins[o] for o in self.offsets)) if origins else self.offsets

    def seen(self, start: int, end: int) -> str:
        """A stretch as a reader sees it: with the quotes, dashes and accents it was written with."""
        pieces, before = [], -1
        for at in range(start, end):
            offset = self.offsets[at]
            if offset != before:
                folded, written = self.folded[at], self.written[offset]
                pieces.append(folded if folded == " " or written == "&" else written)
            elif self.written[offset] == "&":
                pieces.append(self.folded[at])
            before = offset
        return "".join(pieces)

    def blocks(self) -> Iterator[tuple[Block, int, int]]:
        """The blocks of the text that say something, each with where it stands in the normal form."""
        for block in blocks(self.written):
            start = bisect_left(self.offsets, block.start, hi=len(self.folded))
            end = bisect_left(self.offsets, block.end, start, len(self.folded))
            stretch = self.folded[start:end]
            if stretch.strip():
                yield (
                    block,
                    start + len(stretch) - len(stretch.lstrip()),
                    start + len(stretch.rstrip()),
                )

    def nearest(self, quote: str) -> str:
        """The sentence that looks most like the quote, to say where the words may have gone; never evidence."""
        from difflib import SequenceMatcher

        words = fold_text(quote)
        best, score, in_common = "", 0.6, _in_common_with(words)
        for sentence in self.sentences():
            text = sentence.text
            both = len(words) + len(text)
            shorter = min(len(words), len(text))
            if 2.0 * shorter / both > score and 2.0 * in_common(text) / both > score:
                ratio = SequenceMatcher(None, words, text, autojunk=False).ratio()
                if ratio > score:
                    best, score = text, ratio
        return best

    def sentences(self) -> Sequence[Sentence]:
        """The text cut into sentences; good enough to point at and to ask about, not to judge by."""
        return self._sentences

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return tuple(self._cut_into_sentences())

    def _cut_into_sentences(self) -> Iterator[Sentence]:
        heading, head = "", ""  # of the section, and of the table
        leads = [(-1, "")]  # the lead-in of each list that is open, by its indent
        for block, start, end in self.blocks():
            cut = tuple(self._cut(start, end))
            if block.kind is Kind.BULLET:
                while len(leads) > 1 and leads[-1][0] >= block.indent:
                    leads.pop()
            elif block.kind is not Kind.ROW and not block.indent:
                leads = [(-1, "")]
            head = head if block.kind is Kind.ROW else ""
            lead = f"{leads[-1][1]} {head}".strip()
            for first, last in cut:
                text = self.folded[first:last]
                yield Sentence(text, lead, heading, block.kind, first, last)
            match block.kind:
                case Kind.HEADING:
                    heading = self.folded[cut[0][0] : cut[-1][1]][-MOST_KEPT:]
                case Kind.ROW if not head:
                    head = self.folded[cut[0][0] : cut[-1][1]][-MOST_KEPT:]
                case Kind.BULLET if text.endswith(":"):
                    leads.append((block.indent, f"{lead} {text}".strip()[-MOST_KEPT:]))
                case Kind.PROSE if _leads_in(text):
                    leads.append((-1, text[-MOST_KEPT:]))

    def location(self, sentence: Sentence) -> Location:
        """Where a sentence stands in the file."""
        return self._location(sentence.start, sentence.end)

    def part(self, at: Location) -> str:
        """The page or paragraph that a place is in, for a file that has no lines of its own."""
        return self.file.part(at.line)

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where each sentence of a stretch begins and ends, without the spaces around it."""
        stretch, begun = self.folded[start:end], 0
        for stop in sentence_ends(stretch):
            first = begun + len(stretch[begun:stop]) - len(stretch[begun:stop].lstrip())
            last = first + len(stretch[first:stop].rstrip())
            if last > first:
                yield start + first, start + last
            begun = stop

    def _inside_word(self, at: int) -> bool:
        """Whether a cut here would leave part of a word, as in can|'t or non-|personal."""
        if not 0 < at < len(self.folded):
            return False
        left, right = self.folded[at - 1], self.folded[at]
        if _of_word(left) and _of_word(right):
            return True
        if self._joins(at) and _of_word(left):
            return _of_word(self.folded[at + 1 : at + 2])
        return self._joins(at - 1) and _of_word(right) and at > 1 and _of_word(self.folded[at - 2])

    def _joins(self, at: int) -> bool:
        """An apostrophe or a hyphen; a dash parts words, though it is folded to a hyphen."""
        sign = self.folded[at]
        return sign == "'" or (sign == "-" and self.written[self.offsets[at]] in "-\u2010\u2011")

    def _stands_between(self, before: str, start: int, end: int, after: str) -> bool:
        start -= self.folded[start - 1 : start] == " "
        end += self.folded[end : end + 1] == " "
        return self.folded.endswith(before, 0, start) and self.folded.startswith(after, end)

    def _location(self, start: int, end: int) -> Location:
        line, column = self._place(self.offsets[start])
        end_line, end_column = self._place(self.offsets[end - 1])
        return Location(self.file.path, line, column, end_line, end_column + 1)

    def _place(self, offset: int) -> tuple[int, int]:
        offset = self.origins[offset] if self.origins else offset
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1


Texts = Mapping[tuple[str, str], NoticeText | Problem]
"""By the path of a notice's document and the `text:` written there: the text, or why it cannot be had."""


def read_notice(
    file: SourceFile, shown: Shown | None = None, *, extracted: bool = False
) -> NoticeText:
    """The normal form of a notice's text: of the file as it is, unless its wording is given."""
    written = shown.text if shown else file.text
    pieces: list[str] = []
    offsets = array("q")
    for piece, places in _normal(written):
        pieces.append(piece)
        offsets.extend(places)
    origins = shown.origins if shown else None
    folded = "".join(pieces).rstrip()
    return NoticeText(file, folded, offsets, _line_starts(file.text), written, origins, extracted)


def fold_text(text: str) -> str:
    """A quote in the normal form of the text it is looked up in."""
    return "".join(piece for piece, _ in _normal(text)).rstrip()


def _normal(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """What is visible, in its normal form, with the place of each character; one space for many."""
    spaced = True
    for piece, places in _visible(text):
        if not (spaced and piece == " "):
            yield piece, places
        spaced = piece == " "


def _visible(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    at = 0
    for found in _MARKUP.finditer(text):
        yield from _folded(text, at, found.start())
        at = found.end()
        match found.lastgroup:
            case "break" | "line" | "bar":
                yield " ", (found.start(),)
            case "entity":
                from html import unescape

                for character in unescape(found[0]):
                    yield from _fold(character, found.start())
            case "escaped" if found["escaped"] in "*`":  # as they are where they are not escaped
                pass
            case "address" | "escaped" as name:
                yield from _folded(text, *found.span(name))
    yield from _folded(text, at, len(text))


def _folded(text: str, start: int, end: int) -> Iterator[tuple[str, Sequence[int]]]:
    for run in _RUNS.finditer(text, start, end):
        first = run[0][0]
        if "!" <= first <= "~":
            yield run[0], range(run.start(), run.end())
        else:
            yield from _fold(first, run.start())


def _fold(character: str, at: int) -> Iterator[tuple[str, Sequence[int]]]:
    if character.isspace():
        yield " ", (at,)
        return
    folded = _FOLDED.get(character)
    for part in unicodedata.normalize("NFKD", character) if folded is None else folded:
        yield " " if part.isspace() else part, (at,)


def _in_common_with(words: str) -> Callable[[str], int]:
    """How many characters of a text stand in some words in the same order: as many as can be matched, or more.

    Bit by bit, as many at once as there are words: Hyyrö, 2004, "Bit-parallel LCS-length computation revisited".
    """
    every = (1 << len(words)) - 1
    places: dict[str, int] = {}
    for at, character in enumerate(words):
        places[character] = places.get(character, 0) | 1 << at

    def in_common(text: str) -> int:
        left = every
        for character in text:
            met = left & places.get(character, 0)
            left = (left + met | left - met) & every
        return len(words) - left.bit_count()

    return in_common


def _leads_in(text: str) -> bool:
    """Whether a list that follows belongs to it: it ends with a colon, or in the middle."""
    return text[-1] not in ".?!" or bool(re.search(r"\b(?:following|below|these)\b", text))


def _of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text)))
