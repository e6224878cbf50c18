"""The forms in which a word of a register is compared: inflected or introduced otherwise, it is the same thing.

“Child's NHS number” is the NHS number, and “to process donations” is “processing of donations”. Nothing wider or
narrower is ever the same.
"""

import re
from collections.abc import Mapping
from itertools import dropwhile
from types import MappingProxyType

from ropa.documents.patterns import regex
from ropa.remembering import remembered

Form = tuple[str, ...]
SMALL = frozenset(
    (
        "a",
        "an",
        "any",
        "appropriate",
        "her",
        "his",
        "my",
        "our",
        "own",
        "relevant",
        "some",
        "such",
        "the",
        "their",
        "your",
    )
)
"""Words that say nothing of what is meant, where an entry begins with them."""
POSSESSORS = frozenset((
    "applicant", "carer", "child", "client", "customer", "employee", "member",
    "parent", "patient", "person", "pupil", "resident", "student", "tenant",
))  # fmt: skip
"""Whose data it is, which the people of the activity say already."""
TAILS = frozenset(("data", "detail", "information", "record"))
"""What stands behind the word for what data is about."""
HEADS = regex(
    r"(?:(?:details?|records?|cop(?:y|ies)) of|(?:data|details|information) (?:about|on|regarding|relating to)) "
)
SHORT_FORM = regex(r"\s*\([A-Z][A-Za-z]{1,7}s?\)")
"""An abbreviation in brackets behind what it stands for."""
DEEDS: Mapping[str, str] = MappingProxyType({
    "administration": "administer", "allocation": "allocate", "assessment": "assess",
    "authentication": "authenticate", "collection": "collect", "communication": "communicate",
    "compliance": "comply", "delivery": "deliver", "detection": "detect", "development": "develop",
    "enforcement": "enforce", "evaluation": "evaluate", "improvement": "improve",
    "investigation": "investigate", "maintenance": "maintain", "management": "manage",
    "organisation": "organise", "payment": "pay", "preparation": "prepare", "prevention": "prevent",
    "promotion": "promote", "prosecution": "prosecute", "protection": "protect",
    "provision": "provide", "recovery": "recover", "recruitment": "recruit", "reduction": "reduce",
    "registration": "register", "resolution": "resolve", "verification": "verify",
})  # fmt: skip
"""Nouns of what is done, and their verbs."""
LIGHT = frozenset((
    "activity", "administ", "all", "arrang", "carry", "conduct", "coordinat", "deal", "deliv", "enabl", "ensur",
    "facilitat", "function", "gather", "handl", "kind", "mak", "manag", "out", "perform", "process", "programm",
    "provid", "purpos", "run", "schem", "servic", "typ", "undertak",
))  # fmt: skip
"""What is said of every purpose, as `_deed` leaves it: “undertaking research” is research."""
THEIR_OWN = frozenset((
    "address", "age", "bank", "complaint", "contact", "correspondence", "email", "ethnicity", "feedback",
    "financial", "gender", "health", "image", "medical", "name", "nationality", "phone", "photo", "photograph",
    "preference", "signature", "telephone",
))  # fmt: skip
"""What is the same whoever has it: “pupil images” are images, and “child benefit” is not any benefit."""
NOT_OTHERS: Mapping[str, frozenset[str]] = MappingProxyType({
    "subject": frozenset(("current", "existing", "individual", "other")),
    "recipient": frozenset(("approved", "external", "local", "other")),
})  # fmt: skip
"""First words that make nobody else of a group: “current tenants” are the tenants."""
FIRMS = frozenset(("company", "firm", "supplier", "vendor"))
"""What a provider of something is called, too."""
JOINING = frozenset(("for", "of", "to", "with"))
BOTH = frozenset(("and", "or"))
"""What joins two things: “accounts and records” is more than the records of accounts."""
_SINGULAR = {
    "people": "person",
    "children": "child",
    "data": "data",
    "staff": "staff",
    "analyses": "analysis",
}
SHORTEST = 3
"""How many letters a word keeps at the least when its ending goes."""
_ENDS = ("ss", "us", "is", "ews")


@remembered
def forms(facet: str, written: str) -> tuple[Form, Form]:
    """The words of an entry as they are compared within their facet, as they are and without their last common word.

    Each is empty where nothing is left of it: of “details” as of “your data”.
    """
    plain = SHORT_FORM.sub("", written).casefold().replace("’", "'")
    plain = plain.replace("and/or", "or").replace("&", " and ").replace("/", " or ")
    if facet == "data":
        plain = HEADS.sub("", " ".join(plain.split()), count=1)
    words = list(dropwhile(SMALL.__contains__, re.findall(r"[\w']+", plain.replace("_", " "))))
    if words and _is_left_out(facet, words[0]):
        words = words[1:]
    made = _deeds(words) if facet == "purpose" else _things(words)
    return made, _shortened(facet, made)


def _shortened(facet: str, made: Form) -> Form:
    """A form without what adds nothing to it in its facet."""
    if facet == "purpose":
        return tuple([word for word in made if word not in LIGHT])
    if facet == "recipient" and len(made) > 1 and made[-1] in FIRMS:
        return (*made[:-1], "provider")
    if facet != "data" or len(made) <= 1:
        return made
    short = made[:-1] if made[-1] in TAILS else made
    theirs = short[1:]
    return theirs if theirs and short[0] in POSSESSORS and THEIR_OWN.issuperset(theirs) else short


def _is_left_out(facet: str, first: str) -> bool:
    """Whether the first word only says whose data it is, or that these are some of the people it names."""
    if facet in NOT_OTHERS:
        return first in NOT_OTHERS[facet]
    return facet == "data" and first.endswith("'s") and first[:-2] in POSSESSORS


def _things(words: list[str]) -> Form:
    return tuple(["or" if word in BOTH else _singular(word) for word in words])


def _deeds(words: list[str]) -> Form:
    """What is done and to what, in whatever order: a purpose of one word is taken as it is."""
    if len(words) == 1:
        return (_singular(words[0]),)
    told = ["or" if word in BOTH else _deed(word) for word in words if word not in JOINING | SMALL]
    return tuple(sorted(told))


def _deed(word: str) -> str:
    plain = _singular(word)
    plain = DEEDS.get(plain, plain)
    if plain.endswith("ing") and len(plain) > len("being"):
        plain = plain[:-3]
        if plain[-1] == plain[-2] and plain[-1] not in "lsz":
            plain = plain[:-1]
    return plain.rstrip("e")


def _singular(word: str) -> str:
    odd = _SINGULAR.get(word)
    if odd is not None:
        return odd
    return without_plural(word, _ENDS)


def without_plural(word: str, ends: tuple[str, ...]) -> str:
    """A noun without the ending of its plural; short words, and those with one of these ends, stay as they are."""
    if len(word) <= SHORTEST or not word.endswith("s") or word.endswith(ends):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zzes")) else word[:-1]
