"""The wording of a notice, sentence by sentence: what a rule may ask of the text itself.

A pattern is looked for in the normal form of the text and in any letter case. What stands around it decides
whether it counts: an old law in a sentence about history is no fault.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from ropa.law import Superseded
from ropa.location import Location
from ropa.model import Notice
from ropa.notice.blocks import Kind
from ropa.notice.text import NoticeText, fold_text


class Passage(Struct, frozen=True):
    """A sentence, a heading or an entry of a list, by where it stands in the normal form of the text."""

    start: int
    end: int
    words: str
    heading: bool
    entry: bool


class Hit(Struct, frozen=True):
    """Words that were looked for, with the passage they stand in and what stands around them there."""

    start: int
    end: int
    words: str
    passage: Passage

    @property
    def before(self) -> str:
        """What stands before them in their passage, the last of it where it is long."""
        start = self.start - self.passage.start
        return self.passage.words[max(0, start - NEAR) : start]

    @property
    def after(self) -> str:
        """What stands behind them in their passage, the first of it where it is long."""
        end = self.end - self.passage.start
        return self.passage.words[end : end + NEAR]

    @property
    def around(self) -> str:
        """They themselves with what stands around them."""
        return f"{self.before}{self.words}{self.after}"


NEAR = 600
"""How many characters to either side of some words are looked at: no sentence that anybody reads is longer."""


class Wording(Struct, frozen=True, dict=True):
    """The text of one notice, cut into passages."""

    notice: Notice
    text: NoticeText

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The passages in their order."""
        return tuple(_passages(self.text))

    @cached_property
    def _cut(self) -> str:
        """The normal form with a line for each passage, so that a space in a pattern stays inside one."""
        folded, pieces, at = self.text.folded, [], 0
        for start in self._starts[1:]:
            pieces.append(folded[at : start - 1])
            at = start
        return "\n".join([*pieces, folded[at:]])

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(passage.start for passage in self.passages)

    def find(self, pattern: str, signs: Collection[str] = ()) -> Iterator[Hit]:
        """Where a pattern stands, in the order of the text; it never reaches over the end of a passage.

        `signs` are plain words, in small letters, of which one stands wherever the pattern does: where the
        text bears none, the pattern is not even made ready, which takes longer than to look for it.
        """
        if signs and not self.bears(signs):
            return
        for found in compiled(pattern).finditer(self._cut):
            passage = self.passage_at(found.start())
            if found.end() <= passage.end:
                yield Hit(found.start(), found.end(), found[0], passage)

    def find_across(self, pattern: str, signs: Collection[str]) -> Iterator[Hit]:
        """Where a pattern stands, over the ends of passages, too, as under a heading of its own."""
        if not self.bears(signs):
            return
        for found in compiled(pattern).finditer(self.text.folded):
            yield Hit(found.start(), found.end(), found[0], self.passage_at(found.start()))

    def says(self, pattern: str) -> bool:
        """Whether it stands anywhere in the text."""
        return compiled(pattern).search(self._cut) is not None

    def says_in(self, passage: Passage, pattern: str) -> bool:
        """Whether it stands in a passage, or in the words that introduce its list."""
        return compiled(pattern).search(f"{self.stem(passage)} {passage.words}") is not None

    def bears(self, signs: Iterable[str]) -> bool:
        """Whether one of some plain words, in small letters, stands in the text as written or in its normal form."""
        return any(sign in self._plain for sign in signs)

    @cached_property
    def _plain(self) -> str:
        return f"{self.text.folded}\n{self.text.file.text}".casefold()

    def passage_at(self, at: int) -> Passage:
        """The passage that a character belongs to."""
        return self.passages[max(0, bisect_right(self._starts, at) - 1)]

    def place(self, of: Hit | Passage) -> Location:
        """Where it was written."""
        return self.text.at(of.start, of.end)

    def section(self, of: Passage) -> int:
        """The number of the heading it stands under; 0 before the first."""
        return bisect_right(self._headings, of.start)

    def under(self, section: int) -> tuple[Passage, ...]:
        """The passages of a section, its heading first."""
        edges = (0, *self._headings, len(self.text.folded) + 1)
        first, last = (bisect_left(self._starts, edge) for edge in edges[section : section + 2])
        return self.passages[first:last]

    @cached_property
    def _headings(self) -> tuple[int, ...]:
        return tuple(passage.start for passage in self.passages if passage.heading)

    def heading(self, of: Passage) -> str:
        """The words of the heading it stands under, the first of them where they are many."""
        number = self.section(of)
        return self.passage_at(self._headings[number - 1]).words[:NEAR] if number else ""

    def lead(self, of: Passage, most: int = 1) -> tuple[Passage, ...]:
        """Up to so many passages before it, the nearest first, no further than its heading."""
        number = bisect_right(self._starts, of.start) - 1
        near: list[Passage] = []
        for passage in reversed(self.passages[max(0, number - most) : number]):
            near.append(passage)
            if passage.heading:
                break
        return tuple(near)

    def stem(self, of: Passage) -> str:
        """The words that introduce the list an entry belongs to, the last of them where they are many."""
        return self._stems[bisect_right(self._starts, of.start) - 1] if of.entry else ""

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        stems, stem = [], ""
        for passage in self.passages:
            stem = stem if passage.entry else passage.words[-NEAR:]
            stems.append(stem)
        return tuple(stems)

    def listed(self, of: Passage) -> bool:
        """Whether a list follows that says more."""
        number = bisect_right(self._starts, of.start)
        follows = number < len(self.passages) and self.passages[number].entry
        return (follows and not of.entry) or of.words.endswith(":")

    def next(self, of: Passage) -> str:
        """The words of the passage behind it, or nothing at the end."""
        number = bisect_right(self._starts, of.start)
        return self.passages[number].words if number < len(self.passages) else ""

    def short_forms(self, name: str) -> Collection[str]:
        """What the text puts in brackets behind a name, which then goes by it: in small letters, without signs."""
        if name not in self._short_forms:
            self._short_forms[name] = dict.fromkeys(_short_forms(name, self.text.folded))
        return self._short_forms[name]

    @cached_property
    def _short_forms(self) -> dict[str, Collection[str]]:
        return {}

    def written(self, pattern: str) -> Iterator[Location]:
        """Where a pattern stands in what was written, addresses and mark-up too, but not in a comment."""
        source = self.text.file.text
        comments = [found.span() for found in _COMMENT.finditer(source)] if "<!--" in source else []
        for found in compiled(pattern).finditer(source):
            if not any(start <= found.start() < end for start, end in comments):
                yield self.text.stretch(found.start(), found.end())


def superseded(wording: Wording, row: Superseded) -> tuple[Hit, ...]:
    """Where a notice relies on something that has ended; to tell its history is no fault."""
    if not wording.bears(row.signs):
        return ()
    patterns = [*row.written]
    if row.shorthand and not (row.unless and wording.says(row.unless)):
        patterns.append(row.shorthand)
    hits = wording.find("|".join(patterns))
    return tuple(hit for hit in hits if not _is_history(wording, hit, row))


def names_superseded(words: str, rows: Iterable[Superseded]) -> Superseded | None:
    """What has ended of all that some words name."""
    plain = words.casefold()
    near = (row for row in rows if any(sign in plain for sign in row.signs))
    return next((row for row in near if compiled("|".join(row.written)).search(words)), None)


def _is_history(wording: Wording, hit: Hit, row: Superseded) -> bool:
    """Whether the sentence, or the heading above it, speaks of the past or says that it has ended."""
    year = row.standing.start.year if row.standing.start else 9999
    before, after = hit.before, hit.after
    ended = (int(found[1]) for found in compiled(_TIME).finditer(hit.around))
    return (
        any(compiled(past).search(before) for past in (_OBJECT, _ADJECTIVE, _DENIED))
        or compiled(_SUBJECT).match(after) is not None
        or any(at <= year for at in ended)
        or compiled(_ENTRY_OF_HISTORY).match(hit.passage.words) is not None
        or compiled(_HISTORY).search(wording.heading(hit.passage)) is not None
    )


_ENDS = (
    "replac(?:e[sd]?|ing)|repeal(?:s|ed|ing)?|supersed(?:e[sd]?|ing)|revok(?:e[sd]?|ing)|"
    "abolish(?:e[sd])?|invalidated|withdrawn|withdrew|closed|renamed|merged|dissolved|disbanded|"
    "struck down|overturned|ceased|succeeded|ended|expired"
)
_OBJECT = (
    rf"\b(?:{_ENDS}|took over from|takes? over from|in (?:the )?place of|instead of|rather than|"
    r"(?:took|takes?) the place of|successor (?:body |organisation )?(?:to|of)|follow(?:s|ed|ing) on from|"
    r"pre-?dates?)\b(?! by\b)[^.;:]{0,60}$"
)
_SUBJECT = (
    rf"[^.;:]{{0,70}}?\b(?:is|was|were|are|be|been|being)(?:,? \w+){{0,2}}? (?:{_ENDS})\b"
    r"|[^.;:]{0,70}?\b(?:(?:has|have|had) (?:now |since )?(?:ended|expired|ceased|closed)|no longer)\b"
    rf"|[\])]?,? ?[(\[-]{{0,2}} ?(?:now |since |as )?(?:(?:{_ENDS})(?= by\b| in\b| on\b| ?[,.;)\]]|$)|"
    r"no longer|now part of|now known|now called|now the)\b"
    r"|(?: ?[(\[][^()\[\]]{1,30}[)\]]|[\])])? (?:was|were|used to|applied|governed|had|came into force|no longer)\b"
)
_ADJECTIVE = (
    r"\b(?:formerly|previous(?:ly)?|former|old|prior|predecessors?|historic(?:al)?|historically|repealed|"
    r"superseded|outdated|now[- ]defunct|defunct|invalid(?:ated)?|"
    r"(?:sometimes|often) (?:called|known as|referred to as))"
    r"(?:[ ,(\"']+(?:\w|-)+){0,4}[ (\"']*$"
)
_DENIED = (
    r"\b(?:(?:do(?:es)?|did|will|can|must|should|shall) ?n[o']t|don't|cannot|no longer|never|not)"
    r" (?:\w+ ){0,2}(?:rel(?:y|ies|ied)|depend|appl(?:y|ies)|refer|based|participate|member|certified|accept|charge)"
    r"\w*\b[^.;:]{0,40}$"
)
_TIME = (
    r"\b(?:until|up to|before|prior to|to|ended (?:on|in)|ceased (?:on|in))"
    r" (?:\d{1,2}(?:st|nd|rd|th)? )?(?:\w+ )?((?:19|20)\d\d)\b"
)
_HISTORY = (
    r"\b(?:histor\w+|(?:previous|earlier|old|past|superseded) versions?|change ?-?log|record of changes|"
    r"document control|version (?:control|history)|revisions?|what has changed|what's changed)\b"
)
_ENTRY_OF_HISTORY = (
    r"(?:v(?:ersion)?\.? ?\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|(?:19|20)\d\d\b|\d{4}-\d\d-\d\d|"
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" (?:19|20)\d\d ?[:|-])"
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled once."""
    return re.compile(pattern, re.MULTILINE | re.IGNORECASE)


def _passages(text: NoticeText) -> Iterator[Passage]:
    for s in text.sentences():
        heading, entry = s.kind is Kind.HEADING, s.kind is Kind.BULLET
        yield Passage(s.start, s.end, s.text, heading, entry)


def named(wording: Wording, name: str) -> bool:
    """Whether a text names an organisation: in full, by its initials as the text explains them, or nearly in full."""
    return same_name(wording.text.folded, name, wording)


def same_name(said: str, name: str, wording: Wording) -> bool:
    """Whether some words name the organisation: its whole name, a short form of it, or all that sets it apart."""
    whole, full = f" {_plain(said)} ", _plain(fold_text(name))
    apart = {word for word in full.split() if word not in _ORDINARY}
    if not full or f" {full} " in whole or (apart and apart <= set(whole.split())):
        return True
    return any(f" {short} " in whole for short in wording.short_forms(name))


def _short_forms(name: str, folded: str) -> Iterator[str]:
    full = fold_text(name)
    at = folded.find(full) if full else -1
    while at >= 0:
        if found := compiled(_SHORT_FORM).match(folded, at + len(full)):
            yield _plain(found[1])
        at = folded.find(full, at + 1)


_SHORT_FORM = r" ?\([\"']?((?:the )?(?-i:[A-Z])[\w&' -]{1,40})[\"']?\)"


@lru_cache(maxsize=64)
def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold().replace("'s ", " ")))


_ORDINARY = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "in",
        "at",
        "a",
        "an",
        "council",
        "county",
        "borough",
        "city",
        "district",
        "metropolitan",
        "london",
        "royal",
        "unitary",
        "parish",
        "town",
        "school",
        "schools",
        "primary",
        "secondary",
        "junior",
        "infant",
        "infants",
        "high",
        "grammar",
        "academy",
        "academies",
        "college",
        "university",
        "trust",
        "multi",
        "nhs",
        "foundation",
        "hospital",
        "hospitals",
        "department",
        "ministry",
        "office",
        "agency",
        "authority",
        "service",
        "services",
        "group",
        "limited",
        "ltd",
        "plc",
        "llp",
        "inc",
        "company",
        "co",
        "charity",
        "community",
        "ce",
        "rc",
        "st",
        "board",
    ]
)


def last_updated(wording: Wording) -> tuple[Hit, date] | None:
    """When a notice says it was last changed: the latest such date in its text, with the words."""
    found = ((hit, _stated(hit.words)) for hit in wording.find_across(_UPDATED, _SIGNS_OF_UPDATED))
    dated = [(hit, stated) for hit, stated in found if stated]
    return max(dated, key=lambda pair: pair[1], default=None)


def next_review(wording: Wording) -> tuple[Hit, date] | None:
    """When a notice says it will be looked at again: the latest such date in its text, with the words."""
    found = ((hit, _stated(hit.words)) for hit in wording.find_across(_TO_BE_REVIEWED, ("review",)))
    planned = [(hit, stated) for hit, stated in found if stated]
    return max(planned, key=lambda pair: pair[1], default=None)


def dated(wording: Wording) -> bool:
    """Whether a text says when it is from: its version, its last change, or a date at its beginning or end."""
    ends = (*wording.passages[:AT_AN_END], *wording.passages[-AT_AN_END:])
    return (
        last_updated(wording) is not None
        or wording.says(r"\bv(?:ersion)?\.? ?\d")
        or any(compiled(_DATE).search(passage.words) for passage in ends)
    )


AT_AN_END = 3
"""In how many passages at either end of a text a date is taken for its own."""


def _stated(words: str) -> date | None:
    """The date at the end of some words; a month means its last day. In numbers the day comes first."""
    found = compiled(rf"{_DATE}$").search(words)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        year = int(found["year"] or found["short_year"])
        year += 2000 if year < 100 else 0  # noqa: PLR2004 - two digits
        month = (
            int(found["number"])
            if found["number"]
            else _MONTHS.index(found["month"][:3].title()) + 1
        )
        day = found["day"] or found["late_day"] or found["number_day"]
        if day:
            return date(year, month, int(day))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    except ValueError:  # the 31st of a month that has 30 days
        return None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = (
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)"
    r"|(?P<number_day>\d{1,2})[/.-](?P<number>\d{1,2})[/.-](?P<short_year>(?:20)?\d\d)"
    r"|(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
    r"(?P<month>(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?))\.?(?: (?P<late_day>\d{1,2})(?:st|nd|rd|th)?)?,? "
    r"(?P<year>20\d\d))(?!\d)"
)
_UPDATED = (
    r"\b(?:(?:last|most recently|date|latest) (?:(?:was|been|is|of) )?(?:the )?(?:last )?"
    r"(?:updated?|revi(?:ewed|sed|ew|sion)|amended|modified|changed|edited|version)|version date|"
    r"date of issue|^updated)\b"
    rf"(?: (?:on|in|at|was|is|date|by)\b| ?[:|-])* ?(?:the )?{_DATE}"
)
_SIGNS_OF_UPDATED = (
    "updat", "revi", "amended", "modified", "changed", "edited", "version", "date of issue",
)  # fmt: skip

_TO_BE_REVIEWED = (
    r"\b(?:next (?:\w+ )?review(?:ed)?|due for (?:its |a )?(?:next )?review|review (?:is )?(?:next )?due|"
    r"(?:to|will) be (?:next )?reviewed(?: again| next)?)"
    rf"(?: (?:date|due|by|on|in|before|is)\b| ?[:|-])* ?(?:the )?{_DATE}"
)


EMAIL = r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b"
