"""The published text of a notice, in one normal form in which quotes are looked up.

White space, typographic quotes and dashes are folded, and mark-up is gone; every other difference counts,
because "we will not give" and "we will give" are one word apart. After the W3C Web Annotation
TextQuoteSelector: the exact words, and a prefix or suffix where they stand more than once.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from ropa.documents.document import SourceFile
from ropa.documents.patterns import regex
from ropa.findings import Problem
from ropa.location import Location
from ropa.seen.fold import READER, Folded, Places, fold, plain
from ropa.seen.layout import blocks
from ropa.seen.sentences import Sentence, Stretch, sentences
from ropa.seen.tree import Block, Faint, Kind, LeftOut, NoText, Seen

FEWEST_WORDS = 3
"""How many words a quote has at the least that is no whole bullet or cell."""
MOST_NAMED = 5
"""How many places are named of what is left out."""
_STOPS = regex(r"[.;,]?(?: (?:and|or)(?=$| ))?")

__all__ = ["NoText", "NoticeText", "Sentence", "Texts", "fold_text", "notice_of_sheet"]


class Doubt(Struct, frozen=True):
    """Words that people may not see: where they stand in the normal form, and why."""

    start: int
    end: int
    why: str


class NoticeText(Struct, frozen=True, eq=False, dict=True):
    """The text of a notice in its normal form, with the way back to where each character was written.

    `extracted` is true where the text was drawn out of a format made for printing, so that it may not be word
    for word what people see; its places are then those of the text that was drawn out. `left_out` are the parts
    that people do not see, `closed` those that they have to open; `unsettled` counts the tracked changes that
    nobody has accepted or refused: it is read as if all were accepted.
    """

    file: SourceFile
    sheet: Seen
    normal: Folded
    lines: tuple[int, ...]
    left_out: tuple[LeftOut, ...] = ()
    closed: tuple[LeftOut, ...] = ()
    extracted: bool = False
    unsettled: int = 0
    divided: tuple[int, ...] = ()

    @property
    def folded(self) -> str:
        """The normal form."""
        return self.normal.text

    @property
    def links(self) -> Sequence[str]:
        """The targets of the links among its words, as they are written."""
        return self.sheet.links

    @property
    def written(self) -> str:
        """What is seen, line by line, with the quotes, dashes and accents it was written with."""
        return self.sheet.written

    @cached_property
    def offsets(self) -> "array[int]":
        """Where in what is written each character of the normal form comes from."""
        return self.normal.places.every(len(self.folded))

    @cached_property
    def origins(self) -> "array[int]":
        """Where in the file each character of what is written stands."""
        origins = self.sheet.origins
        return origins.every(len(self.written)) if origins else array("q", range(len(self.written)))

    @cached_property
    def digest(self) -> str:
        """The reader's number, and the first 16 hex digits of the SHA-256 of the normal form.

        Re-flowing the text keeps it. What another reader made of a text cannot be compared with it.
        """
        import hashlib

        return f"{READER}:{hashlib.sha256(self.folded.encode()).hexdigest()[:16]}"

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The words that people may not see, in their order."""
        found = (self._doubt(faint) for faint in self.sheet.faint)
        return tuple(doubt for doubt in found if doubt.end > doubt.start)

    def find(self, quote: str, prefix: str = "", suffix: str = "") -> Location | None:
        """Where the words stand, whole words only; None when they do not."""
        found = self.span_of(quote, prefix, suffix)
        return self._location(*found) if found else None

    def quoted(self, quote: str, prefix: str = "", suffix: str = "") -> Location | None:
        """Where the words stand as a quote: fewer than `FEWEST_WORDS` only where they are a whole bullet or cell."""
        found = self.span_of(quote, prefix, suffix, FEWEST_WORDS)
        return self._location(*found) if found else None

    def span_of(
        self, quote: str, prefix: str = "", suffix: str = "", fewest: int = 0
    ) -> Stretch | None:
        """Where in the normal form the words stand, as they are or as they read without their mark-up."""
        found = self._find(plain(quote), plain(prefix), plain(suffix), fewest)
        if found is None and any(map(_MARKED.search, (quote, prefix, suffix))):
            found = self._find(fold_text(quote), fold_text(prefix), fold_text(suffix), fewest)
            found = found or self._find_unsigned(quote, prefix, suffix, fewest)
        if found is None and self.divided and "-" in quote:
            found = self._find_divided(plain(quote))
        return found

    def _find(self, words: str, before: str, after: str, fewest: int) -> Stretch | None:
        enough = sum(any(map(_of_word, word)) for word in words.split()) >= fewest
        start = self.folded.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            cut = self._inside_word(start) or self._inside_word(end)
            found = not cut and _stands_between(self.folded, before, start, end, after)
            if found and (enough or self._is_whole(start, end)):
                return start, end
            start = self.folded.find(words, start + 1)
        return None

    def _find_unsigned(self, quote: str, prefix: str, suffix: str, fewest: int) -> Stretch | None:
        """The words where a quote cuts through emphasis, so that one of the two has signs that the other has not."""
        (bare, signs), words = self._unsigned, _SIGNS.sub("", plain(quote)).strip()
        before, after = (_SIGNS.sub("", plain(edge)).strip() for edge in (prefix, suffix))
        start = bare.find(words) if words and len(words.split()) >= fewest else -1
        while start >= 0:
            end = start + len(words)
            first, last = signs.of(start), signs.of(end - 1) + 1
            cut = self._inside_word(first) or self._inside_word(last)
            if not cut and _stands_between(bare, before, start, end, after):
                return first, last
            start = bare.find(words, start + 1)
        return None

    @cached_property
    def _unsigned(self) -> tuple[str, Places]:
        """The normal form without signs of emphasis, and where in the normal form each of its stretches stands."""
        starts, homes, pieces, length, at = array("q"), array("q"), [], 0, 0
        for begun, ended in (*(sign.span() for sign in _SIGNS.finditer(self.folded)), (None, None)):
            starts.append(length)
            homes.append(at)
            pieces.append(self.folded[at:begun])
            length, at = length + len(pieces[-1]), ended or 0
        return "".join(pieces), Places(starts, homes)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch begins where a block or a cell begins and ends with a bullet or a cell."""
        stops = _STOPS.match(self.folded, end)
        end = stops.end() if stops and stops.end() in self._ends else end
        return start in self._begins and end in self._ends

    @cached_property
    def _begins(self) -> Set[int]:
        """Where the blocks and the cells begin."""
        return {start for _, start, _ in self.blocks()} | {cell[0] for cell in self._cells}

    @cached_property
    def _ends(self) -> Set[int]:
        """Where the bullets and the cells end."""
        bullets = {end for block, _, end in self.blocks() if block.kind is Kind.BULLET}
        return bullets | {cell[1] for cell in self._cells}

    @cached_property
    def _cells(self) -> Sequence[Stretch]:
        """Where the cells of all tables stand."""
        found = []
        for block, _, _ in self.blocks():
            for cell in block.cells:
                start, end = self.folded_at(cell.start), self.folded_at(cell.end)
                found.append((start, start + len(self.folded[start:end].rstrip())))
        return found

    def _find_divided(self, words: str) -> Stretch | None:
        """The words where hyphens that stood at the end of a line belong to them."""
        cuts = [self.folded_at(offset) for offset in self.divided]
        edges = [0, *cuts, len(self.folded)]
        hyphened = "-".join(self.folded[a:b] for a, b in pairwise(edges))
        start = hyphened.find(words) if words else -1
        if start < 0:
            return None
        at = [cut + number for number, cut in enumerate(cuts)]
        first, last = start, start + len(words)
        first, last = first - bisect_left(at, first), last - bisect_left(at, last)
        return None if self._inside_word(first) or self._inside_word(last) else (first, last)

    def at(self, start: int, end: int) -> Location:
        """Where a stretch of the normal form was written."""
        return self._location(start, end)

    def stretch(self, start: int, end: int) -> Location:
        """A stretch of the file as it was written, as a place."""
        (line, column), (end_line, end_column) = self.place(start), self.place(end - 1)
        return Location(self.file.path, line, column, end_line, end_column + 1)

    def span(self, at: Location) -> Stretch:
        """Where in the normal form a place of the file begins and ends."""
        begun, ended = (
            self.lines[line - 1] + column - 1
            for line, column in ((at.line, at.column), (at.end_line, at.end_column))
        )
        start = bisect_left(self._homes, begun)
        return start, max(start, bisect_left(self._homes, ended))

    @cached_property
    def _homes(self) -> Sequence[int]:
        """Where in the file each character of the normal form stands; what the parser moved, where it got to."""
        origins, homes, last = self.origins, array("q"), 0
        for offset in self.offsets:
            last = max(last, origins[offset])
            homes.append(last)
        return homes

    def seen(self, start: int, end: int) -> str:
        """A stretch as a reader sees it: with the quotes, dashes and accents it was written with."""
        pieces, before, offsets = [], -1, self.offsets
        for at in range(start, end):
            offset = offsets[at]
            if offset != before:
                pieces.append(" " if self.folded[at] == " " else self.written[offset])
            before = offset
        return "".join(pieces)

    def blocks(self) -> Sequence[tuple[Block, int, int]]:
        """The blocks of the text that say something, each with where it stands in the normal form."""
        return self._blocks

    @cached_property
    def _blocks(self) -> tuple[tuple[Block, int, int], ...]:
        return tuple(self._placed())

    def _placed(self) -> Iterator[tuple[Block, int, int]]:
        end = 0
        for block in blocks(self.sheet):
            start, end = self.folded_at(block.start, end), self.folded_at(block.end, end)
            stretch = self.folded[start:end]
            if stretch.strip():
                yield (
                    block,
                    start + len(stretch) - len(stretch.lstrip()),
                    start + len(stretch.rstrip()),
                )

    def folded_at(self, offset: int, least: int = 0) -> int:
        """Where in the normal form the first character stands that comes from an offset of what is written."""
        places, length = self.normal.places, len(self.folded)
        found = bisect_right(places.homes, offset) - 1
        # Of several signs that one character folds to, the first.
        while found > 0 and places.homes[found - 1] == offset:
            found -= 1
        if found < 0:
            return min(least, length)
        at = places.starts[found] + offset - places.homes[found]
        ends = places.starts[found + 1] if found + 1 < len(places.starts) else length
        return max(least, min(at, ends, length))

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
        return tuple(sentences(self.folded, self.blocks(), self.folded_at))

    def location(self, sentence: Sentence) -> Location:
        """Where a sentence stands in the file."""
        return self._location(sentence.start, sentence.end)

    def named(self, parts: Sequence[LeftOut]) -> str:
        """Parts of the file by their kinds, with the first of the lines, pages or paragraphs where they stand."""
        by_kind: dict[str, list[str]] = {}
        for part in parts:
            where = self.file.part(part.first) or f"line {part.first}"
            by_kind.setdefault(part.kind, []).append(where)
        return "; ".join(f"{kind} ({_first(places)})" for kind, places in by_kind.items())

    def part(self, at: Location) -> str:
        """The page or paragraph that a place is in, for a file that has no lines of its own."""
        return self.file.part(at.line)

    def _doubt(self, faint: Faint) -> Doubt:
        start, end = self.folded_at(faint.start), self.folded_at(faint.end)
        stretch = self.folded[start:end]
        return Doubt(
            start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip()), faint.why
        )

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
        return sign == "'" or (
            sign == "-" and self.written[self.normal.places.of(at)] in "-\u2010\u2011"
        )

    def _location(self, start: int, end: int) -> Location:
        line, column = self.place(self._home(start))
        # Of words that the parser moved, the last may stand before the first.
        end_line, end_column = max(self.place(self._home(end - 1)), (line, column))
        return Location(self.file.path, line, column, end_line, end_column + 1)

    def _home(self, at: int) -> int:
        """Where in the file a character of the normal form stands."""
        offset = self.normal.places.of(at)
        return self.sheet.origins.of(offset) if self.sheet.origins else offset

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset of the file."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1


Texts = Mapping[tuple[str, str], NoticeText | Problem]
"""By the path of a notice's document and the `text:` written there: the text, or why it cannot be had."""


def notice_of_sheet(
    file: SourceFile,
    sheet: Seen,
    *,
    extracted: bool = False,
    unsettled: int = 0,
    divided: tuple[int, ...] = (),
) -> NoticeText:
    """The normal form of what is seen of a file."""
    lines = _line_starts(file.text)
    aside, closed = _lined(lines, sheet.left_out), _lined(lines, sheet.closed)
    normal = fold(sheet.written)
    return NoticeText(file, sheet, normal, lines, aside, closed, extracted, unsettled, divided)


def fold_text(text: str) -> str:
    """A quote in the normal form of the text it is looked up in, without the mark-up it may be copied with."""
    if not _MARKED.search(text):
        return plain(text)
    from ropa.seen.quotes import words_of

    return plain(words_of(text))


_SIGNS = regex(r"(?<= )(?:[*`~]+|_+) |[*`~]+|(?<![^\W_])_+|_+(?![^\W_])")
"""Signs of emphasis, with the space behind those that stand alone."""
_MARKED = regex(r"[*_`\[\]<>&\\#~]|^\s*(?:[-+•‣·●▪◦–]|\d{1,2}[.)])\s|={3}|-{3}", re.MULTILINE)
"""What a quote has that may be mark-up."""


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


def _first(places: Sequence[str]) -> str:
    """The first of some places, and how many more there are."""
    shown = list(dict.fromkeys(places))
    more = len(shown) - MOST_NAMED
    listed = ", ".join(shown[:MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def _stands_between(text: str, before: str, start: int, end: int, after: str) -> bool:
    start -= text[start - 1 : start] == " "
    end += text[end : end + 1] == " "
    return text.endswith(before, 0, start) and text.startswith(after, end)


def _of_word(character: str) -> bool:
    return character.isalnum() or character == "_" or "\u0300" <= character <= "\u036f"


def _line_starts(text: str) -> tuple[int, ...]:
    return (0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text)))


def _lined(lines: Sequence[int], asides: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """The same with lines of the file in place of its characters."""
    return tuple(
        LeftOut(aside.kind, bisect_right(lines, aside.first), bisect_right(lines, aside.last))
        for aside in asides
    )
