"""What a sentence says: its reading, in plain values, each with the words it rests on.

A reading is evidence to hold a statement against. It never makes a flow told.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from ropa.register.model import Claim
from ropa.register.vocabulary import Facet
from ropa.seen.text import Sentence

US = "us"
"""Who does it, where the organisation itself speaks: "we", "the council", its own name."""
READER = "reader"
"""Who does it, where it is the person who reads: "you do not have to"."""
OTHERS = "others"
"""Who does it, where it is somebody that the register does not know."""


class Part(StrEnum):
    """Which of the words that belong to a sentence something stands in."""

    SENTENCE = "sentence"
    LEAD = "lead-in"
    ROW = "row"
    HEADING = "heading"
    BELOW = "line below"


class Span(Struct, frozen=True, order=True):
    """Words of a sentence or of what leads in to it. `start` and `end` count in the text of that part."""

    start: int
    end: int
    part: Part = Part.SENTENCE

    def holds(self, other: "Span") -> bool:
        """Whether the other words all stand among these."""
        return self.part is other.part and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether some of the other words stand among these."""
        return self.part is other.part and self.start < other.end and other.start < self.end


class Polarity(StrEnum):
    """Whether it is said to be done or not to be done, asked, or only supposed, or thought or told by others."""

    SAYS = "says"
    DENIES = "denies"
    ASKS = "asks"
    SUPPOSES = "supposes"


class Strength(StrEnum):
    """How firmly it is said."""

    ALWAYS = "always"
    MAY = "may"
    SELDOM = "hardly ever"
    ONLY_IF = "only if"
    EXCEPT = "except"


class Time(StrEnum):
    """When it is said to be done; what is planned may never be."""

    NOW = "now"
    PAST = "past"
    FUTURE = "future"
    PLANNED = "planned"


class Ground(StrEnum):
    """What has to be there first, in "only if you agree": whose word it waits for, or what allows it."""

    CONSENT = "consent"
    LAW = "law"
    REQUEST = "request"
    APPROVAL = "approval"


class If(Struct, frozen=True):
    """A condition of a deed, or an exception from it, with its words."""

    ground: Ground
    span: Span


class Deed(Struct, frozen=True):
    """One thing that is said to be done, or not to be done.

    `claims` are what a statement may call it, the nearest first: to hold data is to keep it, and to collect
    it. There are none for a denied deed that the grammar has no word for ("we will not touch your data").
    `by` is `US`, `READER`, `OTHERS` or the id of a party. `span` is the verb, or the noun of a lead-in or
    heading, that says it; `clause` is the stretch in which it holds. `marks` are the words that make it
    denied, asked, past or hedged. `led` is true where the lead-in, the row or the heading says it and the
    sentence itself does not. `hangs` are words that it hangs on and that leave open whether it is done.
    """

    claims: tuple[Claim, ...]
    span: Span
    clause: Span
    by: str = US
    polarity: Polarity = Polarity.SAYS
    strength: Strength = Strength.ALWAYS
    time: Time = Time.NOW
    conditions: tuple[If, ...] = ()
    marks: tuple[Span, ...] = ()
    hangs: Span | None = None

    @property
    def led(self) -> bool:
        """Whether it is said only by what leads in to the sentence."""
        return self.span.part is not Part.SENTENCE

    @property
    def holds(self) -> bool:
        """Whether it is said to be done, now or later."""
        return self.polarity is Polarity.SAYS and self.time in (Time.NOW, Time.FUTURE)


class How(StrEnum):
    """How a word of the register is said, the surest first. `NARROWER` and `WIDER` are said of another word's name."""

    NAME = "own name"
    SHORT = "short form"
    LABEL = "label"
    SYNONYM = "synonym"
    STEMS = "stems"
    NARROWER = "narrower word"
    WIDER = "wider word"
    UMBRELLA = "umbrella"
    HINT = "one stem"


class Role(StrEnum):
    """What somebody who is named does in the sentence."""

    TO = "to"
    FROM = "from"
    BY = "by"
    NAMED = "named"


class Named(Struct, frozen=True):
    """A word of the register that a sentence says. `facet` is whose words it is of: a source is a recipient's word.

    `denied` is true where it stands in a clause that denies, `listed` where it is an example ("such as").
    A `HINT` is one stem of several and no evidence.
    """

    facet: Facet
    word: str
    span: Span
    how: How
    role: Role = Role.NAMED
    denied: bool = False
    listed: bool = False


class Bound(StrEnum):
    """Which way a period is meant."""

    EXACT = "for"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOUT = "about"


class Lasting(StrEnum):
    """What a period is of. Only the first is a retention period."""

    KEEPING = "keeping"
    ANSWER = "answer"
    AGE = "age"
    OTHER = "other"


class Period(Struct, frozen=True):
    """A period in the ISO 8601 way and when it begins: a word of the statements' triggers, or none."""

    period: str
    span: Span
    trigger: str = ""
    bound: Bound = Bound.EXACT
    of: Lasting = Lasting.KEEPING


class SaidTrigger(Struct, frozen=True):
    """Something that a text names and a period may begin or end with, by the word of statements."""

    word: str
    span: Span


class Letter(Struct, frozen=True):
    """A letter of Article 6(1) or 9(2): written as an Article, or told `in_words` ("legal obligation").

    `framed` is true where the sentence or what leads in to it speaks of a lawful basis; else the words may only
    be about a law or a contract.
    """

    article: int
    letter: str
    span: Span
    in_words: bool = False
    framed: bool = False
    denied: bool = False


class Law(Struct, frozen=True):
    """A law that is named, as it is written."""

    name: str
    span: Span


class SaidSafeguard(Struct, frozen=True):
    """A safeguard of a transfer, by the word that statements use for it."""

    word: str
    span: Span


class Item(Struct, frozen=True):
    """An item of Articles 13 and 14 that a sentence looks as if it told: its word in `informs`, and how well."""

    item: str
    status: str


class Reading(Struct, frozen=True):
    """What one sentence says, with what leads in to it.

    `grammar` is false where the language of the text is not read: then only names, periods, letters, laws and
    safeguards are held, and nothing may be made of what is not there. `only` are the words that say "nobody else" or
    "not otherwise": "only", "solely"; `past` those that put all of it into the past: "before 2020 we".
    """

    sentence: Sentence
    deeds: tuple[Deed, ...] = ()
    words: tuple[Named, ...] = ()
    periods: tuple[Period, ...] = ()
    letters: tuple[Letter, ...] = ()
    laws: tuple[Law, ...] = ()
    safeguards: tuple[SaidSafeguard, ...] = ()
    criteria: tuple[Span, ...] = ()
    beginnings: tuple[SaidTrigger, ...] = ()
    only: tuple[Span, ...] = ()
    past: tuple[Span, ...] = ()
    unrighted: tuple[Span, ...] = ()
    question: bool = False
    grammar: bool = True

    def of(self, claim: Claim) -> Iterator[Deed]:
        """What it says of one kind of deed, denials and questions included."""
        return (deed for deed in self.deeds if claim in deed.claims)

    def named(self, facet: Facet) -> Iterator[Named]:
        """The words of one facet that it names."""
        return (word for word in self.words if word.facet is facet.scheme)

    @property
    def kept(self) -> Iterator[Period]:
        """The periods for which something is kept: no age, no time to answer."""
        return (period for period in self.periods if period.of is Lasting.KEEPING)

    def begins_with(self, span: Span) -> bool:
        """Whether words only say when a period begins, and not which data: “25 years from your date of birth”."""
        return bool(self.periods) and any(one.span.holds(span) for one in self.beginnings)

    def text_of(self, part: Part) -> str:
        """The text that a span of that part counts in."""
        match part:
            case Part.SENTENCE:
                return self.sentence.text
            case Part.LEAD:
                return self.sentence.lead
            case Part.HEADING:
                return self.sentence.heading
            case Part.ROW:
                return self.sentence.row
            case Part.BELOW:
                return self.sentence.follows

    def words_of(self, span: Span) -> str:
        """The words that a span covers."""
        return self.text_of(span.part)[span.start : span.end]

    def place(self, span: Span) -> tuple[int, int] | None:
        """Where a span stands in the normal form of the notice; None where that cannot be told."""
        sentence = self.sentence
        match span.part:
            case Part.SENTENCE:
                return sentence.start + span.start, sentence.start + span.end
            case Part.LEAD:
                return _placed(span, sentence.lead_at, sentence.lead)
            case Part.HEADING:
                at = sentence.heading_at
                return _placed(span, (at,) if at else (), sentence.heading)
        return None


def _placed(span: Span, stretches: Sequence[tuple[int, int]], text: str) -> tuple[int, int] | None:
    """Where a span stands of a text that was joined of these stretches, a space between two of them."""
    if sum(end - start for start, end in stretches) + len(stretches) - 1 != len(text):
        return None  # a long one was cut
    begun = 0
    for start, end in stretches:
        length = end - start
        if begun <= span.start and span.end <= begun + length:
            return start + span.start - begun, start + span.end - begun
        begun += length + 1
    return None
