"""What the law changes in a stretch of time, and in whose register: what `ropa law` says."""

from datetime import date

from msgspec import Struct

from ropa.law.calendar import LawChange, LawDay
from ropa.report import Report
from ropa.saying import phrases

HOW_READ = {
    "read": "read",
    "secondary": "known from secondary sources alone",
    "from-memory": "in part from memory",
}
"""How the sources of a row were read, in words."""


class Forecast(Struct, frozen=True):
    """The days from `start` to `end` on which the law changes, and the register they are held against, if any."""

    start: date
    end: date
    regimes: tuple[str, ...]
    days: tuple[LawDay, ...]
    report: Report | None = None

    @property
    def undecided(self) -> bool:
        """Whether something in the register could not be read, so that more may come of it."""
        return self.report is not None and self.report.undecided

    @property
    def stretch(self) -> str:
        """From when to when, in words."""
        return f"from {phrases.day(self.start)} to {phrases.day(self.end)}"


def sources(change: LawChange) -> str:
    """Where a change is written, and how and when that was read."""
    standing = change.standing
    how = f"{HOW_READ[standing.status]}, {phrases.day(standing.read)}"
    return f"{'; '.join(standing.sources)} ({how})"
