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
    p = p or _urged(text, doing) or _awaited(text, doing)
    return text.span(p.start, p.end) if p else None


def _urged(text: ClauseText, doing: Doing) -> Phrase | None:
    """ "We have been urged to pass it": what others want of us, where nothing behind it says that we do so."""
    if doing.by != US or text.has(doing.at, len(text.read), "done_so"):
        return None
    near = (p for p in _before(text, doing, "urged") if doing.at - p.end <= 1)
    return next((p for p in near if not _by_reader(text, doing.clause.start, p.start)), None)


def _by_reader(text: ClauseText, start: int, end: int) -> bool:
    return any(text.is_a(at, "reader") for at in range(start, end))


def _awaited(text: ClauseText, doing: Doing) -> Phrase | None:
    """ "Once the new system is in place, we will": what waits for something that is not there."""
    if not any(text.is_a(at, "future") for at in range(doing.clause.start, doing.at)):
        return None
    pending = next(text.between(0, doing.clause.end, "pending"), None)
    found = text.between(0, doing.clause.start, "awaited")
    return pending or next((p for p in found if _waits(text, max(0, p.start - FAR), p.start)), None)


def _waits(text: ClauseText, start: int, end: int) -> bool:
    waiting = not _WAITING.isdisjoint(text.read.low[start:end])
    return waiting and text.has(start, end, "upcoming")


_WAITING = frozenset({"once", "when", "after", "until", "as"})
FAR = 10
"""How many words before "is in place" the "once" may stand."""


def left_undone(text: ClauseText, doing: Doing) -> Span | None:
    """The words behind what could be done that say that it is not: "but choose otherwise", "but we do not"."""
    if doing.by not in (US, NOBODY) or doing.clause.kind not in ("main", "and"):
        return None
    for p in text.between(doing.clause.end, len(text.read), "left_undone"):
        begun = p.start - 1 - (text.word(p.start - 1) == "we")
        alone = text.word(begun) == "but" and text.word(p.end) in ("", ".", ";")
        if alone and begun - doing.clause.end <= 1:
            return text.span(p.start, p.end)
    return None


def supposed(text: ClauseText, doing: Doing) -> Span | None:
    """The words that let it be what others think or say, or what nobody says is so: "imagine that we"."""
    found = (p for p in _before(text, doing, "supposed") if _introduces(text, p, doing))
    p = next(found, None) or _unreal(text, doing) or _unmet(text, doing)
    p = p or next(text.between(doing.clause.start, doing.clause.end, "in_name"), None)
    return text.span(p.start, p.end) if p else None


def thinks(text: ClauseText, doing: Doing) -> bool:
    """Whether a verb only says that others think or tell something, and no deed: "they told you that"."""
    return any(p.start <= doing.at < p.end for p in text.all("supposed"))


def _unreal(text: ClauseText, doing: Doing) -> Phrase | None:
    """ "We would have passed it": what would have been done was not."""
    near = (p for p in _before(text, doing, "unreal") if doing.at - p.end <= REACH)
    return next(near, None)


def _unmet(text: ClauseText, doing: Doing) -> Phrase | None:
    """ "If the law changed, we would pass it": what would be done in a world that is not this one."""
    if doing.by not in (US, NOBODY) or not _WOULD.intersection(
        text.read.low[doing.clause.start : doing.at]
    ):
        return None
    found = [*text.all("unmet"), *_ifs_of_the_past(text)]
    return next((p for p in found if not _presses(text, p)), None)


_WOULD = frozenset({"would", "could", "might"})


def _ifs_of_the_past(text: ClauseText) -> Iterator[Phrase]:
    """The "if" of what is put as a thought by its tense: "if you moved"."""
    for at, word in enumerate(text.read.low):
        if word == "if" and any(map(_is_of_the_past, text.read.low[at : _stop(text, at)])):
            yield Phrase(at, at + 1, "unmet", "")


def _is_of_the_past(word: str) -> bool:
    return word.endswith("ed") or word in _WENT


_WENT = frozenset(
    {
        "were",
        "was",
        "had",
        "chose",
        "left",
        "went",
        "came",
        "became",
        "gave",
        "took",
        "made",
        "fell",
        "got",
    }
)


def _presses(text: ClauseText, p: Phrase) -> bool:
    """Whether it is what does happen all the same: "if a court ordered it, we would"."""
    put = text.word(p.start) in ("if", "were", "was", "should")
    return put and any(text.is_a(at, "pressing") for at in range(p.start, _stop(text, p.start)))


def _stop(text: ClauseText, at: int) -> int:
    while text.word(at) not in ("", ".", ",", ";", ":"):
        at += 1
    return at


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
    if p.end <= doing.clause.start and text.word(p.end - 1) == "to":
        return False  # "no wish to hide that we share it": it is the hiding that is wished
    if text.word(p.end - 1) == "of":
        return doing.at == p.end  # "the idea of sharing it", not "the idea of this is to share it"
    if p.end > doing.clause.start:
        return doing.at - p.end <= REACH or doing.under
    return -1 <= doing.clause.start - p.end <= 1 and bool(
        text.word(doing.clause.start) in ("that", "whether") or somebody(text, doing.clause.start)
    )


def _introduces(text: ClauseText, p: Phrase, doing: Doing) -> bool:
    """Whether what others think is this: a "that" leads to it, or who does it stands right behind: "believe we"."""
    if text.word(p.end - 1) != "that" and not somebody(text, p.end):
        return False
    if text.is_a(p.start - 1, "not") and text.word(p.start) in ("doubt", "deny"):
        return False  # "we do not doubt that", "we cannot deny that"
    if p.start >= doing.clause.start:
        return doing.at - p.end <= WIDE and doing.by != READER
    return -1 <= doing.clause.start - p.end <= 1
