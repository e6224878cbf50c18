"""Waivers written as comments, beside what they accept: what they say, and what they fail to say.

    - to: print-firm    # ropa: accept recipient-omitted until 2027-03-31 (owner: J. Smith) because it is at the printer

One stands on the line of the finding, or alone on the lines above it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import zip_longest

from msgspec import Struct

from ropa.documents.document import COLUMN_BITS, Document, Origin, SourceFile
from ropa.documents.source import comments
from ropa.errors import did_you_mean
from ropa.findings import Problem
from ropa.register.model import Waiver

MARKER = "ropa:"
EXAMPLE = "# ropa: accept RULE until 2027-03-31 (owner: NAME) because REASON"
WIDEST, MOST_NAMED = 60, 3
DETAILS = ("owner", "ticket", "seen")


class Inline(Struct, frozen=True):
    """What the comments of a register accept, and those among them that accept nothing as they stand."""

    waivers: list[Waiver]
    malformed: list[Problem]


def inline_waivers(documents: Iterable[Document], rules: Collection[str]) -> Inline:
    """The waivers in the comments of the register's files; `rules` are the names there are."""
    found = Inline([], [])
    for file in {document.path: document.file for document in documents}.values():
        below, faults = -1, 0
        for number, column, comment in comments(file, MARKER):
            alone = not file.lines[number][:column].strip()
            if alone and number >= below:  # else it stands right below another such comment
                below = _line_below(file, number)
            for start, words in _marked(comment):
                at = Origin(Document(file, None, number << COLUMN_BITS | column + start))
                read = _read(at, words, 1 + (below if alone else number), rules)
                if isinstance(read, str):
                    faults += 1
                    found.malformed.append(_malformed(at, read, faults))
                else:
                    found.waivers.extend(read)
    return found


def _line_below(file: SourceFile, number: int) -> int:
    """The first line below, counted from 0, that is more than a comment."""
    below = range(number + 1, len(file.lines))
    return next((n for n in below if not file.lines[n].lstrip().startswith("#")), number)


def _malformed(at: Origin, faults: str, number: int) -> Problem:
    facet = "waiver" if number == 1 else f"waiver~{number}"
    message = f"this waiver accepts nothing: {faults}"
    return Problem(at.location, message, f"write `{EXAMPLE}`", (), at.document.path, facet)


def _marked(comment: str) -> Iterator[tuple[int, str]]:
    """Where each marker of a comment stands, and the words behind it."""
    markers = list(re.finditer(r"#[ \t]*ropa:", comment))
    for marker, following in zip_longest(markers, markers[1:]):
        end = following.start() if following else len(comment)
        yield marker.end() - len(MARKER), " ".join(comment[marker.end() : end].split())


def _read(at: Origin, words: str, line: int, rules: Collection[str]) -> list[Waiver] | str:
    """One waiver for each rule that a comment names, or what is wrong with it."""
    head, *reasons = re.split(r" because\b ?", words, maxsplit=1)
    reason = "".join(reasons)
    within = re.search(r"\(([^()]*)\)", head)
    details = dict(_details(within[1])) if within else {}
    without = " ".join(re.sub(r"\([^()]*\)", "", head).split())
    said = re.fullmatch(r"accept (.*?) until (\S+)", without)
    named = said[1].replace(",", " ").split() if said else []
    until = _day(said[2]) if said else None
    unknown = [name for name in dict.fromkeys(named) if name not in rules][:MOST_NAMED]
    faults = [
        *_faults(words, said, reason, details),
        *(f"there is no rule {_cut(name)}{did_you_mean(name, rules)}" for name in unknown),
        *(["`seen` goes with one rule alone"] if "seen" in details and len(named) > 1 else []),
    ]
    if faults or until is None:
        return "; ".join(faults)
    return [
        Waiver(
            id=str(at.location),
            finding=f"{rule}@*@*",
            reason=reason,
            owner=details["owner"],
            until=until,
            ticket=details.get("ticket", ""),
            seen=details.get("seen", ""),
            origin=at,
            line=line,
        )
        for rule in dict.fromkeys(named)
    ]


def _faults(
    words: str, said: re.Match[str] | None, reason: str, details: dict[str, str]
) -> Iterator[str]:
    """What is missing, or cannot be meant."""
    if not words.startswith("accept"):
        yield f"it begins with “{_cut(words.partition(' ')[0])}”, not with `accept`"
    elif said is None:
        yield "it does not say which rule it accepts, and `until` when"
    elif _day(said[2]) is None:
        yield f"“{_cut(said[2])}” is not a day; write year-month-day"
    if not details.get("owner"):
        yield "it does not say its owner"
    if not reason:
        yield "it does not say its reason, behind `because`"
    for unknown in (key for key in details if key not in DETAILS):
        yield f"`{_cut(unknown)}` is not known here{did_you_mean(unknown, DETAILS)}"


def _details(written: str) -> Iterator[tuple[str, str]]:
    for part in written.split(";"):
        key, _, value = part.partition(":")
        yield key.strip(), value.strip()


def _day(written: str) -> date | None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _cut(word: str) -> str:
    return f"{word[:WIDEST]}…" if len(word) > WIDEST else word
