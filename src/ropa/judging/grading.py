"""How well words tell words: exactly, by category, only vaguely, or something else.

Nothing else asks how far a word lies above another, whether it is an umbrella, or what a basis told in words
amounts to: the judge, the drafts that mend a gap, and the reasons all ask here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.flows.flow import COUNTRY, RECIPIENT
from ropa.reading.tokens import stem
from ropa.register.model import Basis, Retention, Statement, Words
from ropa.register.periods import longer_than
from ropa.register.vocabulary import Hierarchy
from ropa.remembering import remembered


class Grade(Enum):
    """How well something is told, best first; `OTHER` says that something else is told in its place."""

    EXACT = "exact"
    CATEGORY = "category"
    VAGUE = "vague"
    OTHER = "other"

    @property
    def well(self) -> bool:
        """Whether people know it from that."""
        return self is Grade.EXACT or self is Grade.CATEGORY


class Grader:
    """Grades words along the axes of a flow, and remembers what it has graded.

    A word more than `max_hops` steps above the register's says too little.
    """

    def __init__(self, hierarchies: Sequence[Hierarchy], max_hops: int) -> None:
        self.hierarchies = hierarchies
        self.max_hops = max_hops
        self._grades: dict[tuple[int, Words, Words], tuple[int, int, int]] = {}

    def grade(self, axis: int, words: Words, said: Words) -> tuple[int, int, int]:
        """The atoms of `words` that `said` tells exactly, by category, and only vaguely."""
        key = (axis, words, said)
        known = self._grades.get(key)
        if known is not None:
            return known
        hierarchy = self.hierarchies[axis]
        exact = category = vague = 0
        for told in said:
            for word in words:
                common = hierarchy.mask(word) & hierarchy.mask(told)
                if not common:
                    continue
                up = steps_up(hierarchy, axis, word, told)
                if hierarchy.umbrella(told) or up > self.max_hops:
                    vague |= common
                elif up:
                    category |= common
                else:
                    exact |= common
        self._grades[key] = exact, category, vague
        return exact, category, vague


def steps_up(hierarchy: Hierarchy, axis: int, word: str, told: str) -> int:
    """How far what is told lies above a word, as far as it makes it say less.

    The European Union and the European Economic Area count as one step, since a transfer to the one is under the
    same decision as to the other; and whoever acts on our behalf may be told of as such (Article 13(1)(e)).
    """
    up = hierarchy.hops(word, told) or 0
    if axis == COUNTRY and told == "eea" and "eu" in hierarchy.terms:
        return up - 1 if up > 1 and hierarchy.hops(word, "eu") is not None else up
    return 1 if axis == RECIPIENT and told == "processor" and up > 1 else up


def grade_basis(told: Basis, letter: str) -> Grade:
    """How well a basis as it is told tells a letter of Article 6(1).

    In words, "the law requires us" says which law, or it says too little; of several in words, any may be meant.
    """
    if letter not in told.letters:
        return Grade.OTHER
    if told.article_6:
        return Grade.EXACT
    return Grade.CATEGORY if told.law else Grade.VAGUE


class Events(Struct, frozen=True):
    """The words for when a period begins, as they are graded: one more than `max_hops` steps up says too little."""

    words: Hierarchy
    max_hops: int

    def grade(self, told: str, recorded: str) -> Grade:
        """How well one word tells another. A narrower one tells a part of it, which says nothing else in its place."""
        told, recorded = (self.words.find(word) or word for word in (told, recorded))
        said, meant = self.words.mask(told), self.words.mask(recorded)
        if not said & meant:
            return Grade.OTHER
        up = self.words.hops(recorded, told) or 0
        if meant & ~said or self.words.umbrella(told) or up > self.max_hops:
            return Grade.VAGUE
        return Grade.CATEGORY if up else Grade.EXACT

    def same(self, told: str, recorded: str) -> bool:
        """Whether it is the very word recorded, however little that says."""
        told, recorded = (self.words.find(word) or word for word in (told, recorded))
        return bool(told) and told == recorded

    def named(self, trigger: str, criteria: str) -> str:
        """What something ends with: its trigger, or criteria that only name one ("until the account is closed")."""
        if trigger:
            return trigger
        after = _UNTIL.match(criteria)
        return (self.words.find(criteria[after.end() :].strip(" .")) or "") if after else ""


_UNTIL = regex(
    r"(?i)(?:(?:we )?(?:keep|kept|held|stored|retained|deleted|erased) )?(?:it )?"
    r"(?:until|till|up to|when|after|upon|on|once)(?: the day)? "
)


def grade_length(statement: Statement, entry: Retention, events: Events) -> Grade | None:
    """How well a statement tells how long an entry is kept; None where it does not say."""
    if not entry.period:
        if statement.criteria:
            return Grade.EXACT if _same_end(statement, entry, events) else Grade.VAGUE
        return Grade.VAGUE if statement.period else None
    if statement.period:
        if longer_than(entry.period, statement.period):
            return Grade.OTHER
        same = not longer_than(statement.period, entry.period)
        return Grade.EXACT if same else Grade.CATEGORY
    return Grade.VAGUE if statement.criteria else None


def _same_end(statement: Statement, entry: Retention, events: Events) -> bool:
    """Whether criteria come to the same: by what it ends with, or by their words."""
    told = events.named(statement.trigger, statement.criteria)
    recorded = events.named(entry.trigger, entry.criteria)
    same = bool(told and recorded) and events.grade(told, recorded).well
    return same or agree(statement.criteria, entry.criteria)


def grade_exception(statement: Statement, entry: Retention) -> Grade | None:
    """How well a statement tells when data is kept longer than its period; None where it does not say."""
    if statement.longer and all(
        any(agree(said, one) for said in statement.longer) for one in entry.longer
    ):
        return Grade.EXACT
    return (
        Grade.VAGUE if statement.longer or (statement.criteria and not statement.period) else None
    )


@remembered
def agree(said: str, recorded: str) -> bool:
    """Whether two texts are the same, or have half of the words in common that say something, of the one with fewer."""
    if said.casefold().split() == recorded.casefold().split():
        return True
    one, other = _saying(said), _saying(recorded)
    fewer = min(len(one), len(other))
    return bool(fewer) and 2 * len(one & other) >= fewer


def _saying(words: str) -> frozenset[str]:
    found = (stem(word) for word in re.findall(r"[^\W_]+", words.casefold()))
    return frozenset(word for word in found if word not in _empty())


@cache
def _empty() -> frozenset[str]:
    """The stems that say nothing of when something ends."""
    return frozenset(map(stem, _EMPTY.split()))


_EMPTY = """
a an and any are as at be been but by can do does for from further has have if in information is it its keep kept data
record records retain retained store stored hold held long longer may more must need needed no of on only or our ours
so still than that the their them there these they this those time to under until till unless us we when where which
while will with you your period
"""


def grade_beginning(statement: Statement, entry: Retention, events: Events) -> Iterator[Grade]:
    """How well a statement tells when an entry's period begins, by its criteria and by its trigger."""
    if statement.criteria and not statement.period:
        yield Grade.VAGUE
    if statement.trigger:
        yield events.grade(statement.trigger, entry.trigger)


class RetentionPart(Enum):
    """What has to be told of how long data is kept."""

    LENGTH = "how long"
    BEGINNING = "from when"
    LONGER = "when it is kept longer"


def speaks_to_retention(statement: Statement) -> Mapping[RetentionPart, bool]:
    """Of which of the parts it says something."""
    criteria = bool(statement.criteria and not statement.period)
    return {
        RetentionPart.LENGTH: bool(statement.period) or criteria,
        RetentionPart.BEGINNING: bool(statement.trigger) or criteria,
        RetentionPart.LONGER: bool(statement.longer) or criteria,
    }
