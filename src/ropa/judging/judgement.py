"""What a verdict says and rests on, and how it was to be reached."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from ropa.flows.regions import Region, minus
from ropa.judging.evidence import Rests
from ropa.judging.untied import UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.register.model import Defaults, Statement
from ropa.register.vocabulary import Facet

_UNSAID = Defaults()


class Mode(StrEnum):
    """What becomes of a promise that meets a statement against it.

    `specific` lets the strictly more specific of the two win; `cautious` lets only the promise win, as
    PoliCheck does (Andow et al., USENIX Security 2020); `strict` calls every clash ambiguous.
    """

    SPECIFIC = "specific"
    CAUTIOUS = "cautious"
    STRICT = "strict"


class Untied(StrEnum):
    """What becomes of what some sentence may tell that no statement ties.

    `undecided`: the run has not decided it, and exits with 2. `omitted`: it is found to be omitted, as far as anybody
    has shown, so that it can be waived or signed. The verdict is the same.
    """

    UNDECIDED = "undecided"
    OMITTED = "omitted"


class Settings(Struct, frozen=True):
    """How to judge: on which day, in which mode, which facets must be told together, how far up a word may be.

    `defaults` hold where the register does not say; `read_from` is the settings file, where there was one, and
    `beside` what else is to be known of it, such as a file that it hides. `signers` is the text of a file of allowed
    signers.
    `sign_off_required` says that every notice has to be signed off, and not only where some are. `evidence` is the
    least that a statement has to rest on to count: a `reading`, or the `words`, read by a `person` where they
    do not say it themselves. `untied` is what becomes of what some sentence may tell that nobody has tied.
    """

    day: date
    mode: Mode = Mode.SPECIFIC
    linked: frozenset[Facet] = frozenset()
    max_hops: int = 1
    defaults: Defaults = _UNSAID
    read_from: str = ""
    sign_off_required: bool = False
    evidence: Rests = Rests.READING
    untied: Untied = Untied.UNDECIDED
    beside: tuple[str, ...] = ()
    signers: str = ""

    @property
    def least(self) -> Rests:
        """The least that counts: with `words`, a person's reading does as well."""
        return Rests.READING if self.evidence is Rests.READING else Rests.PERSON


class Judgement(Struct, frozen=True):
    """The verdict on one facet of one flow, and what it rests on. Flows that are alike share one.

    `told_by` are all the statements that tell some of it: without them it would be worse. `against` are
    the promises that bite and the statements that say something else. `remainder` is what is not told, or
    not well enough; along an axis that makes no difference it is everything. `how` says what the verdict
    does not: "exact", "by category", "by exception", "guard met". `modes` is there where the modes differ.
    `evidence` is the weakest that what is told needs to rest on.

    Of the remainder of what is omitted, untied, undecidable or partial, `untied` is what some of the `sentences`
    may tell that no statement ties, and `open` what some of `may_tell` may, which cannot be looked up. The rest
    nobody tells.

    `lacking` is what is lacking part by part, in words, each with where nobody tells it.

    `language` is there where readers of that language are told worse than readers of another.
    """

    facet: Facet
    verdict: Verdict
    how: str = ""
    told_by: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    remainder: tuple[Region, ...] = ()
    lacks: str = ""
    modes: tuple[tuple[Mode, Verdict], ...] = ()
    evidence: Rests = Rests.WORDS
    untied: tuple[Region, ...] = ()
    open: tuple[Region, ...] = ()
    sentences: tuple[UntiedSentence, ...] = ()
    may_tell: tuple[Statement, ...] = ()
    language: str = ""
    lacking: tuple[tuple[str, tuple[Region, ...]], ...] = ()

    @property
    def untold(self) -> tuple[Region, ...]:
        """What of the remainder nobody tells, neither a statement nor a sentence that nobody has tied."""
        if not (self.untied or self.open):
            return self.remainder
        return tuple(minus(self.remainder, (*self.untied, *self.open)))
