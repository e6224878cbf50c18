"""Whether what is done hangs on words that the grammar does not know, so that nobody can say by them that it is done.

In "we fall short of sharing it" and "it is far from certain that we share it" the verb stands, and whether it is done
is a matter of the words that it hangs on. Those that leave it done ("we have to share it") are known, and listed.
"""

from ropa.reading.clauses import ClauseText, somebody
from ropa.reading.doings import Doing
from ropa.reading.said import READER, US, Span


def hangs(text: ClauseText, doing: Doing) -> Span | None:
    """The words that a verb hangs on, up to it, where the grammar knows none of them; nothing where it stands."""
    if doing.by == READER or doing.denial or doing.clause.kind == "if":
        return None
    for begun in (_of_infinitive(text, doing), _of_gerund(text, doing), _of_clause(text, doing)):
        if begun >= 0:
            return text.span(begun, doing.at + 1)
    behind = _of_subject(text, doing)
    return text.span(doing.at, behind) if behind >= 0 else None


def _of_infinitive(text: ClauseText, doing: Doing) -> int:
    """ "We were minded to keep it", "we hesitate to": where what an infinitive hangs on begins, or -1."""
    at = doing.at - (text.word(doing.at - 1) == "be")  # "begs to be given it"
    if text.word(at - 1) != "to":
        return -1
    on = _before_whom(text, at - 2)
    if text.is_a(on - 1, "skipped") and text.is_a(on, "standing"):
        on -= 2  # "we lost the power to share it"
    return _unknown(text, on, doing.clause.start)


def _before_whom(text: ClauseText, at: int) -> int:
    """The word before who is to do it: "persuade the trust to", "for us to"."""
    if at + 1 in text.party_ends:
        at = next((start for start, (end, _) in text.parties.items() if end == at + 1), at) - 1
    elif text.is_a(at, "us") or text.word(at) in ("it", "them", "him", "her"):
        at -= 1
    return at - (text.word(at) == "for")


def _of_gerund(text: ClauseText, doing: Doing) -> int:
    """ "We fall short of sharing it", "there is talk of sending it"."""
    at, start = doing.at, doing.clause.start
    if not text.word(at).endswith("ing") or at <= start:
        return -1
    if not text.is_a(at - 1, "hanging_by"):
        beside = any(text.is_a(at - 1, kind) for kind in ("prepositions", "and", "adverbs", "be"))
        return -1 if beside else _unknown(text, at - 1, start)
    first = next((k for k in range(start, at) if _is_subject(text, k)), -1)
    behind = range(first + 1, at - 1)
    if first < 0 or any(_stands(text, k) and not _helps(text, k) for k in behind):
        return -1
    return first + 1 if behind else -1


def _is_subject(text: ClauseText, at: int) -> bool:
    return text.word(at) == "there" or somebody(text, at) == US


def _helps(text: ClauseText, at: int) -> bool:
    return text.is_a(at, "be") or text.is_a(at, "have")


def _of_subject(text: ClauseText, doing: Doing) -> int:
    """ "Sharing it is a bad idea": where what is said of doing it ends, if nothing in it leaves it done, or -1."""
    clause = doing.clause
    if not text.word(doing.at).endswith("ing") or doing.at != clause.start or clause.kind != "main":
        return -1
    finite = (k for k in range(doing.at + 1, clause.end) if _is_finite(text, k))
    at = next(finite, -1)
    said = range(at + 1, min(at + SAID, clause.end))
    if at < 0 or any(_stands(text, k) for k in said):
        return -1
    return said.stop


SAID = 6
"""Among how many words of what is said of a deed one may stand that leaves it done."""


def _is_finite(text: ClauseText, at: int) -> bool:
    return any(text.is_a(at, kind) for kind in ("be", "modal", "do")) or text.word(at) in _MAKES


_MAKES = frozenset({"makes", "takes", "seems", "looks", "feels", "remains", "sounds", "appears"})


def _of_clause(text: ClauseText, doing: Doing) -> int:
    """ "It is far from certain that we share it", "we doubt that we"."""
    clause = doing.clause
    that = clause.start - (text.word(clause.start) != "that")
    if text.word(that) != "that" or clause.kind not in ("relative", "main", "and"):
        return -1
    return _unknown(text, that - 1, 0)


def _unknown(text: ClauseText, at: int, start: int) -> int:
    """Where a predicate begins that ends at a word the grammar does not know, behind "we" or a form of "be"; or -1."""
    if at < start or _stands(text, at) or _helps(text, at) or not text.word(at).isalpha():
        return -1
    before = at - 1
    while before >= start and text.is_a(before, "degree"):
        before -= 1
    if before < start:
        return -1
    acts = text.grammar.pronouns.get(text.word(before)) == US or before + 1 in text.party_ends
    if acts or text.is_a(before, "be") or text.is_own(before) or text.is_a(before, "modal"):
        return before + 1
    return -1


def _stands(text: ClauseText, at: int) -> bool:
    """Whether what hangs on a word is done all the same."""
    return text.is_a(at, "standing") or text.word(at) in text.grammar.verbs
