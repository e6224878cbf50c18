"""What a notice's sentences look like: which items of Articles 13 and 14 they seem to say.

The patterns are data, in detectors.yaml. They raise questions and never count anything as told.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.documents.shipped import shipped
from ropa.notice.blocks import Kind
from ropa.notice.text import NoticeText, Sentence

TABLE = Path(__file__).with_name("detectors.yaml")
NEAR = 6
"""How many sentences further on `near` looks."""


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
    first, *rest = (document.data for document in shipped(TABLE))
    words, never = _Words(first["words"]), tuple(first["never"])
    aside = words.pattern(first["never_under"])
    return {data["item"]: Detector(data, words, never, aside) for data in rest}


@lru_cache(maxsize=16)
def _read(text: NoticeText) -> "_Read":
    return _Read(tuple(text.sentences()))


class _Read:
    """The sentences of a notice in small letters, each behind the one that leads in to its list."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self.plain = [s.text.lower() for s in sentences]
        # The line end lets a pattern begin with ^ at either; the colon would part what reads as one.
        self.listed = [f"{s.lead}\n{s.text}".lstrip("\n").lower() for s in sentences]
        self.joined = [f"{s.lead.rstrip(':')}\n{s.text}".lstrip("\n").lower() for s in sentences]
        self.under = [f"{s.heading}\n{s.lead}".lower() for s in sentences]
        self._leads: dict[tuple[str, str], bool] = {}

    def lead_says(self, pattern: re.Pattern[str], lead: str) -> bool:
        """Whether a lead-in says it; asked for each bullet of its list, and looked up once."""
        key = pattern.pattern, lead
        if key not in self._leads:
            self._leads[key] = pattern.search(lead) is not None
        return self._leads[key]

    def beyond(self, at: int) -> str:
        """A sentence and those that follow it, as far as they may belong to it."""
        return " ".join(self.plain[at : at + NEAR + 1])


class Detector:
    """The patterns of one item."""

    def __init__(
        self,
        data: Mapping[str, Any],
        words: "_Words",
        never: tuple[str, ...],
        aside: re.Pattern[str],
    ) -> None:
        self.item: str = data["item"]
        self.about: str = data["about"]
        self.law: tuple[str, ...] = tuple(data["law"])
        self.headings = bool(data.get("headings"))
        self.lists = bool(data.get("lists"))
        self._words = words
        self._aside = aside
        self._never = (*(() if data.get("introductions") else never), *data.get("unless", ()))
        self._patterns = {s: data.get(s, ()) for s in Status if s is not Status.ABSENT}

    def look(self, read: _Read) -> Detected:
        """The signs of the item in a text."""
        signs = tuple(self._signs(read))
        best = min((sign.status for sign in signs), key=_ORDER.index, default=Status.ABSENT)
        return Detected(self.item, best, signs)

    def _signs(self, read: _Read) -> Iterator[Sign]:
        for at, sentence in enumerate(read.sentences):
            if sentence.kind is Kind.HEADING and not self.headings:
                continue
            if sentence.kind is not Kind.HEADING and sentence.text.endswith("?"):
                continue  # A question says nothing; the heading of a section may be one.
            if self._aside.search(read.under[at]):
                continue
            status = next(
                (s for s, tests in self._tests.items() if self._says(tests, read, at)), None
            )
            if status and not self._refused.search(read.listed[at]):
                yield Sign(sentence, status)

    def _says(self, tests: Sequence["_Test"], read: _Read, at: int) -> bool:
        return any(test.holds(read, at, lists=self.lists) for test in tests)

    @cached_property
    def _refused(self) -> re.Pattern[str]:
        return self._words.pattern(self._never)

    @cached_property
    def _tests(self) -> Mapping[Status, Sequence["_Test"]]:
        return {
            s: tuple(self._compiled(written)) for s, written in self._patterns.items() if written
        }

    def _compiled(self, written: Sequence[Any]) -> Iterator["_Test"]:
        plain = [pattern for pattern in written if isinstance(pattern, str)]
        if plain:
            yield _Test(self._words.pattern(plain))
        for pattern in written:
            if not isinstance(pattern, str):
                under = [pattern["under"]] if "under" in pattern else ()
                rest = {k: self._words.pattern([v]) for k, v in pattern.items() if k != "under"}
                yield _Test(
                    **rest, under=self._words.pattern(under, re.MULTILINE) if under else None
                )


class _Test(Struct, frozen=True):
    """A pattern and its conditions."""

    says: re.Pattern[str]
    under: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None

    def holds(self, read: _Read, at: int, *, lists: bool) -> bool:
        """Whether a sentence says it: with words of its own, or by the lead-in of its list."""
        whole = (read.listed if lists else read.joined)[at]
        begins = len(whole) - len(read.plain[at])
        if lists or not begins:
            said = bool(self.says.search(whole, begins))
            said = said or (begins > 0 and read.lead_says(self.says, whole[:begins]))
        else:
            said = any(found.end() > begins for found in self.says.finditer(whole))
        return (
            said
            and (self.under is None or bool(self.under.search(read.under[at])))
            and (self.unless is None or not self.unless.search(whole))
            and (self.near is None or bool(self.near.search(read.beyond(at))))
        )


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
        joined = "|".join(map(self._expanded, alternatives))
        across = r"\s" if flags & re.DOTALL else " "
        return re.compile(rf"(?<!\w)(?:{joined})".replace(" ", across), flags)

    def _expanded(self, pattern: str) -> str:
        while found := _NAMED.search(pattern):
            pattern = f"{pattern[: found.start()]}{self.words[found[1]]}{pattern[found.end() :]}"
        return pattern.replace("…", ".{0,80}?")


_NAMED = re.compile(r"<(\w+)>")
_ORDER = tuple(Status)
