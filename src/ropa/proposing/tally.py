"""How much of what each proposer brought was refused, and why: kept beside the settings, and counted in no verdict.

Only numbers are kept, and whose they are: nothing of what was refused.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ropa.documents.source import bounded
from ropa.documents.whole import write_whole
from ropa.errors import CannotWrite
from ropa.proposing.brought import LONGEST_NAME, Refusal, Verified
from ropa.saying import phrases
from ropa.visible import visible

NAME = "ropa-proposals.jsonl"
"""The file that the numbers are kept in, by the schema `schemas/brought.schema.json`: a line an answer."""
LARGEST = 1 << 20
"""How many bytes of it are read at the most."""
FULL = 1 << 16
"""From how many bytes on the lines of one proposer are added up to one."""
MOST_NAMED = 100
"""How many proposers have a line of their own then; the others share one."""
OTHERS = "others"

_Number = Annotated[int, Meta(ge=0, le=10**9)]


class BroughtTally(Struct, frozen=True):
    """How many proposals somebody brought from one day to another, and how many were refused for which reason."""

    by: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    since: date
    until: date
    brought: _Number
    refused: Mapping[Refusal, _Number] = {}

    @property
    def of_them_refused(self) -> int:
        """How many were refused."""
        return min(sum(self.refused.values()), self.brought)

    @property
    def in_words(self) -> str:
        """It as a sentence."""
        begun = f"{phrases.count(self.brought, 'proposal')} since {phrases.day(self.since)}"
        if not self.of_them_refused:
            return f"{self.by} brought {begun}, and none was refused."
        share = round(100 * self.of_them_refused / self.brought)
        why = phrases.several(f"{n} {SAID[r]}" for r, n in _most_first(self.refused))
        were = "was" if self.of_them_refused == 1 else "were"
        return (
            f"{self.by} brought {begun}; {self.of_them_refused} ({share}%) {were} refused: {why}."
        )


SAID: Mapping[Refusal, str] = {
    Refusal.MALFORMED: "not written as a proposal",
    Refusal.FOR_A_PERSON: "with what only a person may say",
    Refusal.NO_NOTICE: "of no notice of the register",
    Refusal.NO_TEXT: "of a notice without a text",
    Refusal.NOT_QUOTED: "with a quote that is not in the notice",
    Refusal.TOO_SHORT: "with too short a quote",
    Refusal.LEFT_OPEN: "with a word left open",
    Refusal.NO_WORD: "with a word that nobody defined",
    Refusal.GAINSAID: "that their sentence goes against",
    Refusal.UNSAID: "of which the sentence says nothing",
    Refusal.THERE_ALREADY: "that were there already",
}
"""What is said of those that were refused, by why."""


def _most_first(refused: Mapping[Refusal, int]) -> list[tuple[Refusal, int]]:
    return sorted(refused.items(), key=lambda one: -one[1])


def kept_beside(settings: str, root: Path) -> Path:
    """The file of a register whose settings were read from a file, or from none."""
    return (Path(settings).parent if settings else root) / NAME


def note(path: Path, by: str, found: Sequence[Verified], today: date) -> None:
    """Add what came of some proposals. Raises `CannotWrite`."""
    refused = Counter(one.why for one in found if one.why)
    line = _line(BroughtTally(by, today, today, len(found), refused))
    try:
        _append(path, line)
        if path.stat().st_size > FULL:  # of two who write at once, one line may be lost
            write_whole(path, b"".join(map(_line, _few(_together(_read(path.read_bytes()))))))
    except OSError as error:
        raise CannotWrite(f"cannot write {path}: {error.strerror or error}") from error


def _append(path: Path, line: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        os.write(descriptor, line)
    finally:
        os.close(descriptor)


def _line(tally: BroughtTally) -> bytes:
    return msgspec.json.encode(tally) + b"\n"


def _few(tallies: Sequence[BroughtTally]) -> Iterator[BroughtTally]:
    """Those who brought something last, and all others together."""
    latest = sorted(tallies, key=attrgetter("until"))[::-1]
    yield from latest[:MOST_NAMED]
    others = [msgspec.structs.replace(one, by=OTHERS) for one in latest[MOST_NAMED:]]
    yield from _together(others)


def read(path: Path) -> tuple[BroughtTally, ...]:
    """What each proposer brought, by name; nothing of lines that are none, or of a file that is too large."""
    try:
        lines = b"" if path.is_symlink() else bounded(path, LARGEST)
    except OSError:
        return ()
    return tuple(sorted(_together(_read(lines)), key=attrgetter("by")))


def _read(lines: bytes) -> Iterator[BroughtTally]:
    for line in lines.splitlines():
        try:
            one = msgspec.json.decode(line, type=BroughtTally)
        except (msgspec.DecodeError, msgspec.ValidationError):
            continue
        yield msgspec.structs.replace(one, by=" ".join(visible(one.by).split()) or OTHERS)


def _together(tallies: Iterable[BroughtTally]) -> tuple[BroughtTally, ...]:
    """One for each proposer, whoever brought something last behind the others."""
    found: dict[str, BroughtTally] = {}
    for one in tallies:
        known = found.pop(one.by, None)
        found[one.by] = _both(known, one) if known else one
    return tuple(found.values())


def _both(one: BroughtTally, other: BroughtTally) -> BroughtTally:
    refused = Counter(one.refused) + Counter(other.refused)
    since, until = min(one.since, other.since), max(one.until, other.until)
    return BroughtTally(one.by, since, until, one.brought + other.brought, refused)
