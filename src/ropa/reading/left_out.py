"""Who and what is left out where all are told of: "everybody except the trust", "the trust excepted"."""

from collections.abc import Iterator

from ropa.reading.clauses import ClauseText, Phrase, somebody
from ropa.reading.said import US

NEAR = 12
"""How many words before an exception a "not" may stand that turns it round: "nobody in the school except"."""
CLOSE = 3
"""How many words may stand between "all schools" and the "except" behind it."""
FAR = 8
"""How many may stand there where a comma parts the exception off, and nothing is done between."""
_ENDS = ("", ".", ";", ",", ":", "but")


def left_out(text: ClauseText) -> Iterator[int]:
    """The tokens of what is left out, where nothing is denied that they could be the exception from."""
    for named in (*_from_all(text), *_before(text), *_behind(text), *_omitted(text)):
        if text.negatives.isdisjoint(range(max(0, named.start - NEAR), named.start)):
            yield from named


def _from_all(text: ClauseText) -> Iterator[range]:
    """ "Everybody except the trust", "all schools but the trust", "all data in the file, save your name"."""
    if "only" in text.read.low:
        return
    for p in text.all("left_out"):
        close = text.word(p.start) != "save" or text.word(p.start - 1) == ","
        if close and any(_is_behind(text, whole, p) for whole in text.all("all_of_them")):
            yield _named(text, p.end)
    for whole in text.all("each_of_them"):
        if text.word(whole.end) == "but" and only_names(text, whole.end + 1):
            yield _named(text, whole.end + 1)


def _is_behind(text: ClauseText, whole: Phrase, p: Phrase) -> bool:
    """Whether an exception is one from "all": close behind, or at the end of its sentence behind a comma."""
    gap = range(whole.end, p.start)
    if p.start >= whole.end and len(gap) <= CLOSE:
        return True
    apart = 0 < len(gap) <= FAR and text.word(p.start - 1) == ","
    last = text.word(_named(text, p.end).stop) in ("", ".", ";")
    return apart and last and not any(_acts(text, at) for at in gap)


def _before(text: ClauseText) -> Iterator[range]:
    """ "With the exception of the trust, everybody is told"."""
    wholes = [p.start for p in text.all("all_of_them")]
    for p in text.all("left_out"):
        named = _named(text, p.end)
        opening = p.start == 0 or text.word(p.start - 1) in (".", ";")
        if opening and text.word(named.stop) == "," and any(at > named.stop for at in wholes):
            yield named


def _behind(text: ClauseText) -> Iterator[range]:
    """ "The trust excepted": who stands between the last stop and the word."""
    for p in text.all("excepted"):
        start = p.start
        while start > 0 and text.word(start - 1) not in _ENDS:
            start -= 1
        named = range(start, p.start)
        parted = text.word(p.end) in ("", ".", ";", ",") and not text.is_a(p.start - 1, "not")
        if named and parted and not any(_acts(text, at) for at in named):
            yield named


def _omitted(text: ClauseText) -> Iterator[range]:
    """ "We leave the trust out when we share it", "we omit your name when"."""
    for p in text.all("omitting"):
        if _is_ours(text, p.start):
            yield _named(text, p.end)
    for at, word in enumerate(text.read.low):
        if word in ("leave", "left", "leaving") and _is_ours(text, at):
            named = range(at + 1, min((at + 2 + CLOSE * 2, len(text.read))))
            out = next((k for k in named if text.word(k) == "out"), at)
            yield range(at + 1, out)


def _is_ours(text: ClauseText, at: int) -> bool:
    return somebody(text, at - 1) == US


def _named(text: ClauseText, start: int) -> range:
    """The tokens of who is named there: to the next stop, or to where something is done."""
    end = start
    while text.word(end) not in _ENDS and not _does(text, end):
        end += 1
    return range(start, end)


def only_names(text: ClauseText, start: int) -> bool:
    """Whether what stands behind a "but" is whom it excepts, and nothing is done there: "but the trust"."""
    named = _named(text, start)
    return bool(named) and not any(_acts(text, at) for at in (*named, named.stop))


def _does(text: ClauseText, at: int) -> bool:
    finite = any(text.is_a(at, kind) for kind in ("modal", "do", "be", "have"))
    return finite or text.word(at) in ("when", "if", "where", "whenever")


def _acts(text: ClauseText, at: int) -> bool:
    """Whether something may be done there, or somebody does it."""
    word = text.word(at)
    return _does(text, at) or word in text.grammar.verbs or word in text.grammar.pronouns
