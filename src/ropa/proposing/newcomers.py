"""Who is named in a notice and in nothing of the register: names by their capitals, where data goes to somebody."""

import re
import unicodedata
from collections.abc import Iterator

from ropa.documents.patterns import regex
from ropa.reading.said import Part, Reading
from ropa.register.model import Register
from ropa.register.vocabulary import Facet

_NAME = regex(
    r"""\b[A-Z][\w&'.-]*(?:\ (?:of\ the|of|and|for|the|&)(?=\ [A-Z]))?
    (?:\ [A-Z][\w&'.-]*(?:\ (?:of\ the|of|for|&)(?=\ [A-Z]))?)*""",
    re.VERBOSE,
)
_NO_NAME = regex(
    r"""we|you|your|our|the|this|these|those|it|they|he|she|if|when|where|in|on|at|by|for|from|to|with|as|any|all|some|other
    |articles?|uk|eu|eea|gdpr|data|privacy|notice|personal|information|\w+day|january|february|march|april|may|june|july
    |august|september|october|november|december|act|regulation|please|however|because|such|also|england|wales|scotland
    |ireland|i|and|or|but|not|no|only|after|before|under""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words in capitals that are nobody's name by themselves, and with which none begins."""


def newcomers(reading: Reading, register: Register) -> tuple[str, ...]:
    """The names of a sentence's own words that the register has not, in their order."""
    taken = [
        word.span
        for word in reading.words
        if word.span.part is Part.SENTENCE and word.facet is Facet.RECIPIENT
    ]
    taken += [law.span for law in reading.laws if law.span.part is Part.SENTENCE]
    found = []
    for name, start, end in _names(reading.sentence.text):
        free = not any(span.start < end and start < span.end for span in taken)
        if free and _is_given(reading, start) and not _ours(name, register):
            found.append(name)
    return tuple(dict.fromkeys(found))


def id_of(name: str) -> str:
    """A short name for somebody who has only a name: small Latin letters, digits and hyphens."""
    latin = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", latin.casefold()))[:60].rstrip("-") or "party"


def type_of(reading: Reading) -> str:
    """What somebody new is for us, as a sentence lets one guess: who holds or runs something is a processor."""
    return "processor" if RUNS.search(reading.sentence.text) else "controller"


RUNS = regex(
    r"\b(?:us(?:e|es|ed|ing)|host\w*|held|stor\w+|deployed|runs?|operat(?:e|es|ed)|maintain\w*|provid\w+|suppl\w+|kept)\b",
    re.IGNORECASE,
)
"""Words of a sentence that says who runs a system or keeps what is in it."""


def _names(text: str) -> Iterator[tuple[str, int, int]]:
    for found in _NAME.finditer(text):
        name = found[0].rstrip(".,'")
        words = name.split()
        while words and _NO_NAME.fullmatch(words[0]):
            words.pop(0)
        short = " ".join(words)
        start = found.start() + found[0].find(short) if short else 0
        first = start == 0 or text[max(0, start - 2) : start] in (". ", ": ")
        telling = len(words) > 1 or (len(short) > 1 and short.isupper()) or not first
        if (
            short
            and telling
            and not (first and len(words) == 1)
            and not _NO_NAME.fullmatch(words[-1])
        ):
            yield short, start, start + len(short)


_GIVEN = regex(
    r"""(?:\b(?:to|with|by|via|using|through|on|including|include|includes|and|or|called|as|use)|[,:(])
    \ (?:(?:the|our|your|a|an|its)\ )?\Z""",
    re.VERBOSE,
)


def _is_given(reading: Reading, start: int) -> bool:
    """Whether a name stands where somebody is named whom data goes to: behind "to", or as an entry of a list."""
    before = reading.sentence.text[:start]
    return not before or bool(_GIVEN.search(before))


def _ours(name: str, register: Register) -> bool:
    ours = register.organisation
    return ours is not None and (
        name.lower() in ours.name.lower() or ours.name.lower() in name.lower()
    )
