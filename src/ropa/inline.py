"""Waivers written as comments, beside what they accept: what they say, and what they fail to say.

    - to: print-firm    # ropa: accept recipient-omitted until 2027-03-31 (owner: J. Smith) because it is at the printer

One stands on the line of the finding, or alone on the lines above it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from ropa.document import COLUMN_BITS, Document, Origin, SourceFile
from ropa.errors import did_you_mean
from ropa.findings import Problem
from ropa.model import Waiver
from ropa.source import comments

MARKER = "ropa:"
EXAMPLE = "# ropa: accept RULE until 2027-03-31 (owner: NAME) because REASON"
DETAILS = ("owner", "ticket", "seen")


@dataclass(slots=True)
class Inline:
    """What the comments of a register accept, and those among them that accept nothing as they stand."""

    waivers: list[Waiver] = field(default_factory=list)
    malformed: list[Problem] = field(default_factory=list)


def inline_waivers(documents: Iterable[Document], rules: Collection[str]) -> Inline:
    """The waivers in the comments of the register's files; `rules` are the names there are."""
    found = Inline()
    for file in {document.path: document.file for document in documents}.values():
        for number, column, comment in comments(file, MARKER):
            for start, words in _marked(comment):
                at = Origin(Document(file, None, number << COLUMN_BITS | column + start))
                _read(at, words, _line_meant(file, number, column), rules, found)
    return found


def _marked(comment: str) -> Iterator[tuple[int, str]]:
    """Where each marker of a comment stands, and the words behind it."""
    markers = list(re.finditer(r"#+[ \t]*ropa:", comment))
    for marker, following in zip_longest(markers, markers[1:]):
        end = following.start() if following else len(comment)
        yield marker.end() - len(MARKER), comment[marker.end() : end].strip()


def _line_meant(file: SourceFile, number: int, column: int) -> int:
    """The line, counted from 1, that a comment on a line (counted from 0) is about."""
    if file.lines[number][:column].strip():
        return number + 1
    below = range(number + 1, len(file.lines))
    return next((n for n in below if not file.lines[n].lstrip().startswith("#")), number) + 1


def _read(at: Origin, words: str, line: int, rules: Collection[str], found: Inline) -> None:
    """Read one waiver: one for each rule it names, or what is wrong with it."""
    head, *reasons = re.split(r"\s+because\b\s*", words, maxsplit=1)
    reason = "".join(reasons)
    within = re.search(r"\(([^()]*)\)", head)
    details = dict(_details(within[1])) if within else {}
    said = re.fullmatch(r"accept\s+(.*?)\s+until\s+(\S+)", re.sub(r"\([^()]*\)", "", head).strip())
    named = re.split(r"[\s,]+", said[1]) if said else []
    until = _day(said[2]) if said else None
    faults = [
        *_faults(words, said, reason, details),
        *(f"there is no rule {n}{did_you_mean(n, rules)}" for n in named if n not in rules),
        *(["`seen` goes with one rule alone"] if "seen" in details and len(named) > 1 else []),
    ]
    if faults or until is None:
        number = sum(p.where == at.document.path for p in found.malformed) + 1
        message = f"this waiver accepts nothing: {'; '.join(faults)}"
        facet = "waiver" if number == 1 else f"waiver~{number}"
        where = at.document.path
        found.malformed.append(
            Problem(at.location, message, f"write `{EXAMPLE}`", (), where, facet)
        )
        return
    found.waivers += (
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
    )


def _faults(
    words: str, said: re.Match[str] | None, reason: str, details: dict[str, str]
) -> Iterator[str]:
    """What is missing, or cannot be meant."""
    if not words.startswith("accept"):
        yield f"it begins with “{words.partition(' ')[0]}”, not with `accept`"
    elif said is None:
        yield "it does not say which rule it accepts, and `until` when"
    elif _day(said[2]) is None:
        yield f"“{said[2]}” is not a day; write year-month-day"
    if not details.get("owner"):
        yield "it does not say its owner"
    if not reason:
        yield "it does not say its reason, behind `because`"
    for unknown in (key for key in details if key not in DETAILS):
        yield f"`{unknown}` is not known here{did_you_mean(unknown, DETAILS)}"


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
