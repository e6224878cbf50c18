"""Whether what a sentence names is done at all, or only planned, supposed, over and done with, or hardly ever done.

"We plan to share it" tells nobody that it is shared, nor does "some believe that we share it", nor "we shared it".
"""

from collections.abc import Iterator

from ropa.reading.clauses import NOBODY, ClauseText, Phrase, somebody
from ropa.reading.doings import Doing
from ropa.reading.said import READER, US, Span
from ropa.register.model import Claim

REACH = 3
"""How many words behind "plan to" the verb may stand that is planned."""
WIDE = 6
"""How many words behind "suppose" the verb may stand that is supposed."""
_MOMENTARY = frozenset({Claim.DISCLOSES, Claim.TRANSFERS, Claim.USES, Claim.KEEPS})
"""What is over once it is told in the past; what was collected is there."""


def planned(text: ClauseText, doing: Doing) -> Span | None:
    """The words that make it a plan: "we plan to", "we are considering", "it is proposed that we"."""
    near = (p for p in _before(text, doing, "planned") if _governs(text, p, doing))
    p = next((p for p in near if not text.is_a(p.start - 1, "reader")), None)
    return text.span(p.start, p.end) if p else None


def supposed(text: ClauseText, doing: Doing) -> Span | None:
    """The words that let it be what others think or say, or what nobody says is so: "imagine that we"."""
    found = (p for p in _before(text, doing, "supposed") if _introduces(text, p, doing))
    p = next(found, None) or _unreal(text, doing)
    return text.span(p.start, p.end) if p else None


def thinks(text: ClauseText, doing: Doing) -> bool:
    """Whether a verb only says that others think or tell something, and no deed: "they told you that"."""
    return any(p.start <= doing.at < p.end for p in text.all("supposed"))


def _unreal(text: ClauseText, doing: Doing) -> Phrase | None:
    """ "We would have passed it": what would have been done was not."""
    near = (p for p in _before(text, doing, "unreal") if doing.at - p.end <= REACH)
    return next(near, None)


def seldom(text: ClauseText, doing: Doing) -> Span | None:
    """The words that say that it is hardly ever done, where nothing behind them says when it is."""
    if text.read.low and not text.grammar.small["seldom"].isdisjoint(text.read.low):
        for at in range(doing.clause.start, doing.clause.end):
            behind = range(at + 1, len(text.read))
            if text.is_a(at, "seldom") and not any(text.is_a(k, "yet") for k in behind):
                return text.span(at, at + 1)
    return None


def plainly_past(text: ClauseText, doing: Doing) -> Span | None:
    """The words of a past tense of what is over then: "we passed", "was passed", "we were passing", "did pass"."""
    if doing.by not in (US, NOBODY) or _MOMENTARY.isdisjoint(doing.claims[:1]):
        return None
    if not _is_told(text, doing):
        return None
    if doing.under or doing.reduced or any(text.is_a(k, "still") for k in range(len(text.read))):
        return None
    before = _auxiliary(text, doing)
    word = text.word(before)
    if word in ("was", "were") and not text.is_a(before - 1, "have"):
        return text.span(before, doing.at + 1)
    if word == "did" or (doing.past and _acts(text, before)):
        return text.span(before if word == "did" else doing.at, doing.at + 1)
    return None


def _is_told(text: ClauseText, doing: Doing) -> bool:
    """Whether its clause tells something, as "until last year we" does."""
    until = doing.clause.start == 0 and text.word(0) == "until"
    return until or doing.clause.kind in ("main", "and")


def _auxiliary(text: ClauseText, doing: Doing) -> int:
    """Where the word stands that a verb hangs on, adverbs and names of who does it passed over."""
    before = doing.at - 1
    while before > doing.clause.start and _is_passed_over(text, before):
        before -= 1
    return before


def _is_passed_over(text: ClauseText, at: int) -> bool:
    return text.is_a(at, "adverbs") and not (text.is_a(at, "be") or text.is_a(at, "have"))


def _acts(text: ClauseText, at: int) -> bool:
    """Whether a word stands there that may be who does it, and no "have"."""
    named = text.word(at) in text.grammar.pronouns or text.is_own(at) or at + 1 in text.party_ends
    return named and not text.is_a(at - 1, "prepositions")


def _before(text: ClauseText, doing: Doing, kind: str) -> Iterator[Phrase]:
    return (p for p in text.all(kind) if p.end <= doing.at)


def _governs(text: ClauseText, p: Phrase, doing: Doing) -> bool:
    """Whether what is planned is this: the verb right behind, one beside it, or what a "that" leads to."""
    if p.start >= doing.clause.start:
        return doing.at - p.end <= REACH or doing.under
    return -1 <= doing.clause.start - p.end <= 1 and bool(
        text.word(doing.clause.start) in ("that", "whether") or somebody(text, doing.clause.start)
    )


def _introduces(text: ClauseText, p: Phrase, doing: Doing) -> bool:
    """Whether what others think is this: a "that" leads to it, or who does it stands right behind: "believe we"."""
    if text.word(p.end - 1) != "that" and not somebody(text, p.end):
        return False
    if p.start >= doing.clause.start:
        return doing.at - p.end <= WIDE and doing.by != READER
    return -1 <= doing.clause.start - p.end <= 1
