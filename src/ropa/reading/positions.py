"""A word that may be data and may be a purpose is the one where data stands, and the other where a purpose does.

"Recruitment" in a list of what is held is data; in "we use it for recruitment" it is what it is used for.
"""

from collections.abc import Sequence

from ropa.documents.patterns import regex
from ropa.reading.said import US, Deed, Named, Part
from ropa.register.model import Claim
from ropa.register.vocabulary import Facet

_AIM = regex(r"\b(?:for|to|so|because|purposes?|reasons?|why|as part of|in order)\b")
"""Behind one of these stands what it is done for, and no longer what is held."""
_DATA = regex(
    r"\b(?:data|information|details|records?|files?|notes|results)"
    r" (?:about|on|of|relating to|regarding|concerning|from)\b"
)
"""Behind one of these stands what is held, whatever it is needed for."""
_FAR = regex(r"\b(?:wh\w+|that|about|of|if|during|in|at|by|through|with|how|\w+ing)\b")
"""What may lead from the object of a verb to something else."""
_STOP = regex(r"[.;:?!]")
_OF_DATA = frozenset({Claim.COLLECTS, Claim.KEEPS, Claim.DISCLOSES, Claim.TRANSFERS})
_HELD = frozenset({Claim.COLLECTS, Claim.KEEPS})
MOST = 0.6
"""How much of an entry of a list of data a word has to be for the entry to be no purpose."""


class _PlaceOfWords:
    """One sentence, its words, and the deeds that say what stands where."""

    def __init__(self, text: str, words: Sequence[Named], own: Sequence[Deed]) -> None:
        self.text, self.own = text, own
        self.words: dict[Facet, list[Named]] = {
            facet: [w for w in words if w.facet is facet] for facet in _OTHER
        }

    def fits(self, word: Named, listed: Facet | None) -> bool:
        """Whether a word may be what it is read as, in an entry of a list of that, or in a sentence."""
        other = _OTHER.get(word.facet)
        if other is None:
            return True
        if listed is Facet.DATA and word.facet is Facet.PURPOSE and self._is_all(word):
            return False
        if word.facet is Facet.PURPOSE and self._is_held(word):
            return False
        twice = any(_overlap(word, one) for one in self.words[other])
        return not twice or (self._place(word) or listed or word.facet) is word.facet

    def _is_all(self, word: Named) -> bool:
        most = word.span.end - word.span.start >= MOST * len(self.text.rstrip(" .;,"))
        return most and not _AIM.search(self.text[: word.span.start].lower())

    def _is_held(self, word: Named) -> bool:
        """Whether it is what is collected or kept, by the object of the verb: "we hold payroll"."""
        verb, before = self._before(word)
        held = verb is not None and verb.by == US and verb.claims[0] in _HELD
        between = self._without_names(before, word.span.start)
        return held and not (_AIM.search(between) or _FAR.search(between))

    def _without_names(self, before: str, end: int) -> str:
        """The words before a place without those that name something: "date of birth" leads to nothing else."""
        start = end - len(before)
        left = list(before)
        for one in self.words[Facet.DATA]:
            if start <= one.span.start and one.span.end <= end:
                left[one.span.start - start : one.span.end - start] = " " * (
                    one.span.end - one.span.start
                )
        return "".join(left)

    def _place(self, word: Named) -> Facet | None:
        """Whether data stands there, or a purpose, or nothing tells."""
        verb, before = self._before(word)
        if _DATA.search(before):
            return Facet.DATA
        if _AIM.search(before):
            return Facet.PURPOSE
        return Facet.DATA if verb and verb.claims[0] in _OF_DATA else None

    def _before(self, word: Named) -> tuple[Deed | None, str]:
        """The last verb before a word in its stretch of the sentence, and the words between."""
        stops = _STOP.finditer(self.text, 0, word.span.start)
        begins = max((stop.end() for stop in stops), default=0)
        before = (d for d in self.own if d.claims and d.span.part is Part.SENTENCE)
        found = [d for d in before if begins <= d.span.start and d.span.end <= word.span.start]
        verb = found[-1] if found else None
        return verb, self.text[verb.span.end if verb else begins : word.span.start].lower()


_OTHER = {Facet.DATA: Facet.PURPOSE, Facet.PURPOSE: Facet.DATA}


def placed(
    text: str, words: Sequence[Named], own: Sequence[Deed], led: Sequence[Deed], *, item: bool
) -> tuple[Named, ...]:
    """The words of a sentence without what they cannot be where they stand.

    `own` are the deeds of its verbs, `led` those of what leads in to it; `item` says that it is an entry of a list and
    no sentence.
    """
    placing = _PlaceOfWords(text, words, own)
    listed = _list_of(led) if item else None
    return tuple(word for word in words if placing.fits(word, listed))


def _list_of(led: Sequence[Deed]) -> Facet | None:
    """What a list is of, by the first deed that leads in to it."""
    claims = led[0].claims if led else ()
    if claims[:1] == (Claim.USES,):
        return Facet.PURPOSE
    return Facet.DATA if claims and claims[0] in _OF_DATA else None


def _overlap(one: Named, other: Named) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end
