"""What a notice's sentences look like: which items of Articles 13 and 14 they seem to say.

The patterns are data, in detectors.yaml. They raise questions and never count anything as told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents.patterns import regex, ways
from ropa.documents.pieces import Ways
from ropa.documents.shipped import shipped
from ropa.seen.text import NoticeText, Sentence
from ropa.seen.tree import Kind
from ropa.wording.hints import MOST_KEPT, Hints, Likely, Written
from ropa.wording.layout import Placed, laid_out

TABLE = Path(__file__).with_name("detectors.yaml")
NEAR = 6
"""How many sentences further on `near` looks."""
BEFORE = 2
"""How many sentences back `before` looks."""
FAR = 160
"""How far from the beginning of a sentence its subject may stand."""
MOST_RIGHTS_OF_A_POINTER = 2
"""Where a notice names more rights itself, a pointer to more about rights says nothing of those left out."""


class Status(StrEnum):
    """How well a notice seems to say an item, best first."""

    PRESENT = "present"
    PARTIAL = "partial"
    ELSEWHERE = "elsewhere"
    ABSENT = "absent"


class Sign(Struct, frozen=True):
    """A sentence that looks as if it said an item, and how well."""

    sentence: Sentence
    status: Status
    note: str = ""
    """Why it is no more than partial, where there is more to say than that."""


class Detected(Struct, frozen=True):
    """What a notice's text looks like for one item: the best of its signs, and the signs."""

    item: str
    status: Status
    signs: tuple[Sign, ...]


def detect(text: NoticeText) -> Mapping[str, Detected]:
    """For each item, the sentences that look as if they said it."""
    return {item: detect_item(text, item) for item in detectors()}


def detect_item(text: NoticeText, item: str) -> Detected:
    """The sentences that look as if they said an item."""
    return detectors()[item].look(_read(text))


@cache
def detectors() -> Mapping[str, "Detector"]:
    """The table, by item."""
    return _table()[1]


@cache
def _table() -> "tuple[_DetectorTable, Mapping[str, Detector]]":
    first, *rest = (document.data for document in shipped(TABLE))
    table = _DetectorTable(first)
    return table, {data["item"]: Detector(data, table) for data in rest}


@lru_cache(maxsize=16)
def _read(text: NoticeText) -> "_Read":
    return _Read(tuple(laid_out(text)), _table()[0])


class _Read:
    """The sentences of a notice in small letters, each behind the one that leads in to its list."""

    def __init__(self, sentences: Sequence[Placed], table: "_DetectorTable") -> None:
        self.placed = sentences
        self.sentences = [p.sentence for p in sentences]
        self.plain = [p.text.lower() for p in sentences]
        # The line end lets a pattern begin with ^ at either; the colon would part what reads as one.
        self.listed = [f"{p.lead}\n{p.text}".lstrip("\n").lower() for p in sentences]
        self.joined = [f"{p.lead.rstrip(':')}\n{p.text}".lstrip("\n").lower() for p in sentences]
        self.under = [
            "\n".join((p.sentence.heading, p.asked, p.lead, p.label)).lower() for p in sentences
        ]
        headings = (at for at, s in enumerate(self.sentences) if s.kind is Kind.HEADING)
        self.title = next(headings, -1)
        self._headings = {_bare(s.text.lower()) for s in self.sentences if s.kind is Kind.HEADING}
        self.first = self._first_of_each()
        self._leads: dict[tuple[Likely, str], bool] = {}
        self.aside: dict[tuple[_ByTheWay, int], bool] = {}
        self._rights: dict[str, tuple[Sign, ...]] = {}
        self._table = table
        self._outside: dict[int, bool] = {}
        self.hints = [table.hints(*w) for w in zip(self.listed, self.under, strict=True)]

    def _first_of_each(self) -> list[int]:
        """For each sentence, the first that is the same and stands under the same: what it does not say, none does.

        The title is like no other.
        """
        known: dict[tuple[object, ...], int] = {}
        whole = zip(self.listed, self.joined, self.under, self.placed, strict=True)
        keys = ((a, b, c, p.sentence.kind, bool(p.answers)) for a, b, c, p in whole)
        return [at if at == self.title else known.setdefault(k, at) for at, k in enumerate(keys)]

    def lead_says(self, says: Likely, at: int, lead: str) -> bool:
        """Whether the lead-in of a sentence says it; asked for each bullet of its list, and looked up once."""
        key = says, lead
        if key not in self._leads:
            self._leads[key] = says.search(lead, self.hints[at])
        return self._leads[key]

    def is_outside(self, at: int) -> bool:
        """Whether it stands where nothing is said: in a section of that kind, or in a list of contents."""
        if at not in self._outside:
            self._outside[at] = self._is_of_contents(at) or self._table.is_outside(self.under[at])
        return self._outside[at]

    def _is_of_contents(self, at: int) -> bool:
        """Whether it is an entry of a list of contents: the words of a heading, in a list."""
        return self.sentences[at].kind is Kind.BULLET and _bare(self.plain[at]) in self._headings

    def beyond(self, at: int, most: int = NEAR) -> str:
        """A sentence and those that follow it, as far as they may belong to it."""
        return " ".join(self.plain[at : at + most + 1])

    def before(self, at: int) -> str:
        """The sentences before it that it may go back to."""
        return " ".join(self.plain[max(0, at - BEFORE) : at])

    def is_named_again(self, at: int) -> bool:
        """Whether what a title begins with, before it says that it is a notice, stands again in the text below."""
        name = _OF_THE_NOTICE.split(self.placed[at].text, maxsplit=1)[0]
        return len(name) > 1 and any(name in s.text for s in self.sentences[at + 1 :])

    @cached_property
    def pointers(self) -> Mapping[int, Sentence]:
        """The sentences that send people elsewhere for what their rights are, by where they begin."""
        return self._table.pointers(self)

    def told(self, detector: "Detector") -> tuple[Sign, ...]:
        """The signs of a right in the notice's own words; pointers left out."""
        if detector.item not in self._rights:
            self._rights[detector.item] = tuple(detector.signs(self))
        return self._rights[detector.item]


_OF_THE_NOTICE = regex(
    r"(?:'s)?\W+(?:(?:general|full|data|app|website)\W+)*(?:privacy|data protection)\b",
    re.IGNORECASE,
)


def _bare(words: str) -> str:
    """Words without the number before them and the stops behind."""
    return re.sub(r"^[\d.)\s]+|[.:?\s]+$", "", words)


class Detector:
    """The patterns of one item."""

    def __init__(self, data: Mapping[str, Any], table: "_DetectorTable") -> None:
        self.item: str = data["item"]
        self.about: str = data["about"]
        self.law: tuple[str, ...] = tuple(data["law"])
        self.headings = bool(data.get("headings"))
        self.lists = bool(data.get("lists"))
        self.right = self.item in table.rights
        self._table = table
        self._data = data
        self._introductions = bool(data.get("introductions"))
        self._unless = table.likely(data["unless"]) if "unless" in data else None
        patterns = {s: data.get(s, ()) for s in Status if s is not Status.ABSENT}
        self._all_tests = tuple(
            test for status, written in patterns.items() for test in self._compiled(status, written)
        )
        self._bits = sum(test.says.bits for test in self._all_tests)

    def look(self, read: _Read) -> Detected:
        """The signs of the item in a text."""
        signs = self._with_pointers(read) if self.right else tuple(self.signs(read))
        signs = _best_of_each(signs)
        signs = _joined(signs) if self._data.get("named") else signs
        best = min((sign.status for sign in signs), key=_ORDER.index, default=Status.ABSENT)
        return Detected(self.item, best, signs)

    def signs(self, read: _Read) -> Iterator[Sign]:
        """The sentences that say it in their own words."""
        silent: set[int] = set()
        for at, found in enumerate(read.placed):
            if read.first[at] in silent or not read.hints[at] & self._bits:
                continue
            tests = self._titles if at == read.title else self._tests
            spoken, test = self._spoken(read, at, tests)
            if not spoken:
                silent.add(read.first[at])
            if test and not self._is_refused(read, at):
                sign = self._weighed(read, at, test, found.sentence)
                if sign:
                    yield sign

    def _spoken(
        self, read: _Read, at: int, tests: "Iterable[_Test]"
    ) -> "tuple[bool, _Test | None]":
        """Whether a sentence has the words of some test, and the first whose conditions it meets, too."""
        spoken = False
        if self._may_say(read, at):
            likely = read.hints[at]
            for test in tests:
                if test.says.bits & likely and test.speaks(read, at, lists=self.lists):
                    spoken = True
                    if test.holds(read, at):
                        return True, test
        return spoken, None

    def _may_say(self, read: _Read, at: int) -> bool:
        """Whether a sentence is one that says things: no title, no question, nothing that is told of the law."""
        found = read.placed[at]
        if found.sentence.kind is Kind.HEADING:
            if not (self.headings or found.lead or found.answers or self._is_title(read, at)):
                return False
        elif found.sentence.text.endswith("?"):
            return False  # A question says nothing; the heading of a section may be one.
        if read.is_outside(at):
            return False
        if any(self._table.asides[name].holds(read, at) for name in self._data.get("not_in", ())):
            return False
        return not self.right or not self._table.grants_another(self.item, read, at)

    def _is_title(self, read: _Read, at: int) -> bool:
        return at == read.title and bool(self._titles)

    def _weighed(self, read: _Read, at: int, test: "_Test", sentence: Sentence) -> Sign | None:
        """The sign, no more than partial where the sentence gives nothing that the item stands for."""
        if test.status is not Status.PRESENT:
            nameless = self._data.get("named") and not self._table.names_somebody(read, at)
            return None if nameless else Sign(sentence, test.status, test.note)
        if self._sends_on and self._sends_on.search(read.listed[at]):
            return Sign(sentence, Status.ELSEWHERE, test.note)
        if self._has_worth(read, at, test):
            return Sign(sentence, test.status, test.note)
        return Sign(sentence, Status.PARTIAL, str(self._data.get("without", "")))

    def _has_worth(self, read: _Read, at: int, test: "_Test") -> bool:
        if test.by_heading and self._data.get("headed") == "weak" and _is_of_its_own(read, at):
            return False
        if _leads_nowhere(read, at):
            return False
        if self._thin and self._thin.search(read.listed[at]):
            return False
        if self._data.get("named") and not self._table.names_somebody(read, at):
            return False
        return self._worth is None or bool(
            self._worth.search(read.listed[at])
            or self._worth.search(read.under[at])
            or self._worth.search(read.beyond(at, int(self._data.get("worth_within", 0))))
        )

    def _with_pointers(self, read: _Read) -> tuple[Sign, ...]:
        """The signs of a right, with the sentences that send people elsewhere for what their rights are."""
        told, pointers = read.told(self), read.pointers
        if not pointers:
            return told
        named = {sign.sentence.start for sign in told} & pointers.keys()
        few = _told_here(read, pointers) <= MOST_RIGHTS_OF_A_POINTER
        sent = {
            start: Sign(sentence, Status.ELSEWHERE)
            for start, sentence in pointers.items()
            if few or start in named
        }
        kept = {s.sentence.start: s for s in told if s.sentence.start not in pointers}
        return tuple(sign for _, sign in sorted({**kept, **sent}.items()))

    def _is_refused(self, read: _Read, at: int) -> bool:
        """Whether a sentence is no evidence, whatever else it says."""
        whole, likely = read.listed[at], read.hints[at]
        if not self._introductions and self._table.never.search(whole, likely):
            return True
        return self._unless is not None and self._unless.search(whole, likely)

    @cached_property
    def _worth(self) -> re.Pattern[str] | None:
        return self._optional("worth")

    @cached_property
    def _thin(self) -> re.Pattern[str] | None:
        return self._optional("thin")

    @cached_property
    def _sends_on(self) -> re.Pattern[str] | None:
        return self._optional("sends_on")

    def _optional(self, key: str) -> re.Pattern[str] | None:
        written = self._data.get(key)
        return self._table.words.pattern(written) if written else None

    @cached_property
    def _titles(self) -> Sequence["_Test"]:
        """The tests that the title of a text may meet: all of them where headings count, too."""
        return [test for test in self._all_tests if test.title or self.headings]

    @cached_property
    def _tests(self) -> Sequence["_Test"]:
        return [test for test in self._all_tests if not test.title]

    def _compiled(self, status: Status, written: Sequence[Any]) -> Iterator["_Test"]:
        table, words = self._table, self._table.words
        plain = [pattern for pattern in written if isinstance(pattern, str)]
        if plain:
            yield _Test(status, table.likely(plain))
        for pattern in written:
            if not isinstance(pattern, str):
                conditions = {
                    key: words.pattern([value], _FLAGS[key])
                    for key, value in pattern.items()
                    if key in _FLAGS
                }
                says = table.likely([pattern["says"]], conditions.get("under"))
                wild = pattern["says"] == r"\w"
                note, title = pattern.get("note", ""), bool(pattern.get("title"))
                yield _Test(status, says, **conditions, note=note, by_heading=wild, title=title)


def _best_of_each(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """One sign of each sentence, the best: a row is read as a whole and cell by cell."""
    best: dict[int, Sign] = {}
    for sign in signs:
        other = best.setdefault(sign.sentence.start, sign)
        if _ORDER.index(sign.status) < _ORDER.index(other.status):
            best[sign.sentence.start] = sign
    return tuple(best.values())


def _told_here(read: _Read, pointers: Mapping[int, Sentence]) -> int:
    """How many rights a notice tells itself, other than by pointing to where they are told."""
    return sum(
        any(s.status is Status.PRESENT and s.sentence.start not in pointers for s in read.told(d))
        for d in detectors().values()
        if d.right
    )


def _joined(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """The signs of the controller: who it is may be said in one sentence, and its name in another.

    A sentence that is partial without a note gives a name; one that is partial for want of a name says so in
    its note.
    """
    nameless = {sign.note for sign in signs if sign.status is Status.PARTIAL}
    if len(nameless) > 1 and "" in nameless:
        return tuple(
            Sign(s.sentence, Status.PRESENT) if s.status is Status.PARTIAL and s.note else s
            for s in signs
        )
    return tuple(signs)


def _leads_nowhere(read: _Read, at: int) -> bool:
    """Whether a sentence ends with a colon, and nothing follows that it leads in to."""
    text = read.sentences[at].text
    follows = read.placed[at + 1].lead if at + 1 < len(read.placed) else ""
    return text.endswith(":") and not follows.endswith(text[-FAR:])


_CLAUSE = regex(r"\b(?:we|you|our|your|this|these|it|they)\b")


def _is_of_its_own(read: _Read, at: int) -> bool:
    """Whether a sentence is a whole one: under a heading it may be about anything, as a bullet or a word is not."""
    kind = read.sentences[at].kind
    return kind is Kind.PROSE and _CLAUSE.search(read.plain[at]) is not None


class _Test(Struct, frozen=True):
    """A pattern, its conditions, and how well a sentence that meets them says the item.

    `by_heading` is true where any words will do, since the heading above says what they are, `title` where only
    the title of a text may say it.
    """

    status: Status
    says: Likely
    under: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    not_under: re.Pattern[str] | None = None
    note: str = ""
    by_heading: bool = False
    title: bool = False

    def speaks(self, read: _Read, at: int, *, lists: bool) -> bool:
        """Whether a sentence has its words: of its own, or by the lead-in of its list."""
        whole = (read.listed if lists else read.joined)[at]
        begins = len(whole) - len(read.plain[at])
        if lists or not begins:
            said = self.says.search(whole, read.hints[at], begins)
            said = said or (begins > 0 and read.lead_says(self.says, at, whole[:begins]))
        else:
            said = self.says.search(whole, read.hints[at]) and any(
                found.end() > begins for found in self.says.whole.finditer(whole)
            )
        return said and (self.unless is None or not self.unless.search(whole))

    def holds(self, read: _Read, at: int) -> bool:
        """Whether a sentence that has its words meets its conditions as well."""
        return (
            (self.under is None or bool(self.under.search(read.under[at])))
            and (self.not_under is None or not self.not_under.search(read.under[at]))
            and (self.near is None or bool(self.near.search(read.beyond(at))))
            and (not self.title or read.is_named_again(at))
            and (self.before is None or bool(self.before.search(read.before(at))))
        )


class _ByTheWay:
    """What a section or a sentence looks like that is about something else, and says an item only by the way."""

    def __init__(self, rule: Mapping[str, Sequence[str]], table: "_DetectorTable") -> None:
        self._under = table.words.pattern(rule["under"], re.MULTILINE)
        self._says = table.likely(rule["says"])
        self._stands = table.likely([r"\w"], self._under).bits

    def holds(self, read: _Read, at: int) -> bool:
        """Whether a sentence is one, or stands in such a section; looked up once for each sentence."""
        key = self, at
        if key not in read.aside:
            likely = read.hints[at]
            read.aside[key] = bool(
                (likely & self._stands and self._under.search(read.under[at]))
                or self._says.search(read.plain[at], likely)
            )
        return read.aside[key]


class _DetectorTable:
    """What holds for every item: the words, what says nothing, the names of rights, and the pointers to them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.words = _Words(data["words"])
        self._aside = self.words.pattern(data["never_under"])
        self._outside: dict[str, bool] = {}
        self.rights = {
            item: self.words.pattern([written]) for item, written in data["rights"].items()
        }
        self._naming = self.words.pattern(data["names_a_right"])
        self._no_names = frozenset(data["no_names"].split())
        self._pointed = self.words.pattern(data["pointer"]["under"])
        self._said, self._under = Hints(), Hints()
        self.asides = {name: _ByTheWay(rule, self) for name, rule in data["asides"].items()}
        self.never, self._denied = self.likely(data["never"]), self.likely(data["denied_rights"])
        self._named = self.likely(data["names_a_right"]).bits
        self._points_on, self._points_none = (
            self.likely(data["pointer"][key]) for key in ("says", "unless")
        )
        self._sends = self.likely(data["pointer"]["sends"], self._pointed)

    def is_outside(self, under: str) -> bool:
        """Whether nothing counts that stands under these words; the sentences of a section share them."""
        if under not in self._outside:
            if len(self._outside) >= MOST_KEPT:
                self._outside.clear()
            self._outside[under] = self._aside.search(under) is not None
        return self._outside[under]

    def likely(self, says: Sequence[str], under: re.Pattern[str] | None = None) -> Likely:
        """What a sentence may say, under what is above it."""
        found = Likely(self._said, [self.words.written([one]) for one in says])
        above = ways(under.pattern, under.flags & ~re.UNICODE) if under else _ANYHOW
        self._under.put_below(found.bits, above)
        return found

    def hints(self, sentence: str, under: str) -> int:
        """The bits of what a sentence may say, as far as its words and those above it give a hint."""
        return self._said.of(sentence) & self._under.of(under)

    def grants_another(self, item: str, read: _Read, at: int) -> bool:
        """Whether a sentence names another right than this one, or says that people have none."""
        likely, sentence = read.hints[at], read.plain[at]
        if likely & self._named and self._names_another(item, sentence):
            return True
        return self._denied.search(sentence, likely)

    def _names_another(self, item: str, sentence: str) -> bool:
        """Whether a sentence gives the name of a right, as in "(the right to object)", and not of this one."""
        named = [
            right
            for found in self._naming.finditer(sentence)
            for right, name in self.rights.items()
            if name.search(found[0])
        ]
        return bool(named) and item not in named

    def names_somebody(self, read: _Read, at: int) -> bool:
        """Whether a sentence, its lead-in or the block that it leads in to has a proper name."""
        found = read.placed[at]
        texts = [found.sentence.text[:FAR].rpartition(" ")[0], found.lead[-FAR:]]
        texts += [found.sentence.text] if len(found.sentence.text) <= FAR else []
        if found.sentence.text.endswith(":") and at + 1 < len(read.placed):
            texts.append(read.sentences[at + 1].text[:FAR])
        return any(self._is_name(word) for text in texts for word in _WORD.findall(text))

    def _is_name(self, word: str) -> bool:
        return (
            word[0].isupper() and word.lower().removesuffix("'s").rstrip(".'") not in self._no_names
        )

    def pointers(self, read: _Read) -> Mapping[int, Sentence]:
        """The sentences that send people elsewhere for what their rights are, by where they begin."""
        return {
            found.sentence.start: found.sentence
            for at, found in enumerate(read.placed)
            if found.sentence.kind is not Kind.HEADING and self._points(read, at)
        }

    def _points(self, read: _Read, at: int) -> bool:
        """Whether a sentence says where else rights are told; what a notice is about is told in the notice."""
        whole, likely = read.joined[at], read.hints[at]
        if whole.endswith(":"):
            whole = read.beyond(at, 1)
            likely = self.hints(whole, read.under[at])
        if self._points_none.search(whole, likely) or self.never.search(whole, likely):
            return False
        sent = self._sends.search(read.plain[at], likely) and self._pointed.search(read.under[at])
        return bool(sent) or self._points_on.search(whole, likely)


_ANYHOW: Ways = ((),)
_FLAGS = {
    **dict.fromkeys(("unless", "near", "before"), re.MULTILINE | re.DOTALL),
    **dict.fromkeys(("under", "not_under"), re.MULTILINE),
}


class _Words:
    """The words that patterns are written with."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def pattern(
        self, alternatives: Sequence[str], flags: int = re.MULTILINE | re.DOTALL
    ) -> re.Pattern[str]:
        """One regular expression of several patterns, from the beginning of a word.

        Unless the flags say otherwise it reads on from a lead-in to its bullet.
        """
        return regex(*self.written(alternatives, flags))

    def written(
        self, alternatives: Sequence[str], flags: int = re.MULTILINE | re.DOTALL
    ) -> Written:
        """The same as it is written, before it is made."""
        joined = "|".join(map(self._expanded, alternatives))
        across = r"\s" if flags & re.DOTALL else " "
        return rf"(?<!\w)(?:{joined})".replace(" ", across), int(flags)

    def _expanded(self, pattern: str) -> str:
        while found := _NAMED.search(pattern):
            pattern = f"{pattern[: found.start()]}{self.words[found[1]]}{pattern[found.end() :]}"
        return pattern.replace("…", ".{0,80}?")


_WORD = regex(r"[A-Za-z][\w&'.-]*")
_NAMED = regex(r"<(\w+)>")
_ORDER = tuple(Status)
