"""What the words of a promise and of a sentence against it say of each other: which is marked as the exception.

And whom a promise about giving data away binds: firms that work for us are not "anyone", unless its words keep
the data inside.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.judging.evidence import Proof
from ropa.reading.said import Part
from ropa.register.model import Claim, Register, Statement
from ropa.register.vocabulary import ROOTS, Facet


class Marks(Struct, frozen=True):
    """What the words of one statement mark. Where no sentence was read, it is looked for in the quote.

    `exception` is true where they say that something is an exception, `beyond` where they are about everybody
    else ("anybody else"), which excepts what was said before, and `inside` where they keep data within the
    organisation ("never leave").
    """

    exception: bool = False
    beyond: bool = False
    inside: bool = False


NO_MARKS = Marks()

_US = r"(?!\s+(?:us|ourselves|you|yourself|our(?: own)? (?:staff|employees|teams?|teachers|people|office))\b)"
_NO_EXCEPTION = regex(
    r"\b(?:without|no|not any|nor any)(?: any| further)? exceptions?\b", re.IGNORECASE
)
_EXCEPTION = regex(
    rf"\b(?:except|excepting|excluding|apart from|aside from|other than){_US}\b"
    r"|\bexception(?:s|al|ally)?\b|\bsave (?:for|that|where|when|as|to)\b"
    rf"|\b(?:anyone|anybody|any one|no[ -]?one|nobody|none|nothing|anything) but{_US}\b"
    r"|(?<!not )\b(?:only|solely)\b(?! (?:we|us|our|within|inside|for us|by us)\b)[^.;:]{0,80}?"
    r"\b(?:to|with|if|when|where|after|once|under)\b",
    re.IGNORECASE,
)
_UNLESS = regex(
    r"\bunless\b|\b(?:generally|normally|usually|ordinarily|routinely|typically|in general|as a rule)\b"
    r"|\bwithout\b[^.;]{0,40}\b(?:consent|permission|agreement|agreeing|approval|asking|telling|order|warrant)\b",
    re.IGNORECASE,
)
"""How a promise says that it does not hold always; of a disclosure these words say only when it takes place."""
_HOWEVER = regex(r"^\W*(?:however|but|nevertheless|that said)\b|\bhowever, we\b", re.IGNORECASE)
"""How a sentence begins that is meant against the one before it."""
_GIVING = (
    r"shar|disclos|pass|giv|get|send|sent|tell|transfer|provid|report|releas|sell|sold|receiv|see|know|go|publish|"
    r"may|might|must|ha(?:ve|s) to|required|ask"
)
_DOING = rf"{_GIVING}|us(?:e|es|ed|ing)\b|collect|keep|kept|hold|process|stor"
_BUT_GIVE = regex(rf"\bbut\b[^.;]{{0,60}}?\b(?:{_GIVING})", re.IGNORECASE)
_BUT_DO = regex(rf"\bbut\b[^.;]{{0,60}}?\b(?:{_DOING})", re.IGNORECASE)
_BEYOND = regex(
    r"\b(?:anyone|anybody|any one|no[ -]?one|nobody|nowhere|anywhere|none) else\b|\b(?:any|no) other\b",
    re.IGNORECASE,
)
_INSIDE = regex(
    r"(?<!you )(?<!they )(?<!who )(?<!pupils )(?<!children )(?<!people )(?<!staff )(?<!to )\b(?:leaves?|leaving)\b"
    r"(?! (?:school|work|us a|a message|care|university|your|their|home)\b)"
    r"|\bto leave (?:us|here|our|the (?:school|council|building|office|organi[sz]ation|charity|practice|trust))\b"
    r"|\boutside\b|\bin[- ]house\b|\bonly we\b|\bonly us\b|\bonly our(?: own)? (?:staff|employees|teams?)\b"
    r"|\b(?:stays?|remains?|kept|keep it|keep them) (?:\w+ )?"
    r"(?:with us|here|inside|within|internal(?:ly)?|between us)\b"
    r"|\b(?:nobody|no[ -]?one|anyone|anybody) (?:but|except|other than|apart from|else but) (?:us|ourselves|our)\b"
    r"|\bto ourselves\b|\bnot even\b[^.;]{0,40}\b(?:suppl|process|contract|work for us)",
    re.IGNORECASE,
)


def marks(statement: Statement, proof: Proof | None) -> Marks:
    """What the sentences of a statement mark, with what leads in to them."""
    giving = statement.claim in (Claim.DISCLOSES, Claim.TRANSFERS)
    return _marks(tuple(_texts(statement, proof)), giving=giving, negative=statement.negative)


@lru_cache(maxsize=1 << 12)
def _marks(texts: tuple[str, ...], *, giving: bool, negative: bool) -> Marks:
    said = [_NO_EXCEPTION.sub("", text) for text in texts]
    but, own = _BUT_GIVE if giving else _BUT_DO, _UNLESS if negative else _HOWEVER
    return Marks(
        any(pattern.search(text) for text in said for pattern in (_EXCEPTION, but, own)),
        any(map(_BEYOND.search, said)),
        negative and any(map(_INSIDE.search, said)),
    )


def _texts(statement: Statement, proof: Proof | None) -> Iterator[str]:
    readings = proof.readings if proof else ()
    if not readings:
        yield statement.quote
    for reading in readings:
        yield reading.sentence.text
        yield from (reading.text_of(part) for part in (Part.LEAD, Part.ROW))


def processors_spared(register: Register, statement: Statement, marked: Marks) -> int:
    """The recipients that a promise about giving data to anybody does not mean: those who work for us.

    A processor is no third party (UK GDPR Article 4(10)), and what it is given stays in the hands of the controller.
    A promise that names processors, or whose words keep data inside, binds them as well.
    """
    if not statement.negative or statement.claim is not Claim.DISCLOSES or marked.inside:
        return 0
    recipients = register.vocabulary[Facet.RECIPIENT]
    working = (party.id for party in register.parties.values() if party.type == "processor")
    spared = recipients.union((*working, *_PROCESSOR & recipients.terms.keys()))
    named = set(statement.states.get(Facet.RECIPIENT, ())) - {ROOTS[Facet.RECIPIENT]}
    return spared & ~recipients.union(named) if named else spared


_PROCESSOR = frozenset({"processor"})


def excepted(promise: Statement, its: Marks, other: Statement, others: Marks) -> bool:
    """Whether a narrower statement may be the exception from a promise: one of the two says that there is one.

    A promise that states what it makes an exception for (`unless`) is none without exception. "Anybody else"
    excepts whom the notice named before.
    """
    if promise.unless or its.exception or others.exception:
        return True
    return its.beyond and _before(other, promise)


def _before(one: Statement, other: Statement) -> bool:
    """Whether the words of one stand before those of the other in the same notice."""
    if one.notice != other.notice or one.quoted is None or other.quoted is None:
        return False
    return (one.quoted.line, one.quoted.column) < (other.quoted.line, other.quoted.column)
