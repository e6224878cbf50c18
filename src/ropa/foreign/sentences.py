"""Sentences in cells where words are asked for: what a person would take from them, as guesses."""

import re
from collections.abc import Iterator, Sequence

from ropa.foreign.listing import ListedWord, WordFinder
from ropa.register.vocabulary import Facet, fold

LONGEST_WORD = 60
"""How many letters a value of a list has at most that is no sentence, where it has a verb."""
_FEWEST_WORDS, _MOST_TOGETHER = 6, 6
_OPENS = re.compile(
    r"(?i)\s*(?:we|this|these|it|they|nobody|no[ -]?one|so that|in order|you"
    r"|the (?:form|data|information|school|council|charity|team)"
    r"|information is|data is|data are|details (?:are|of (?:the|people) )?)\b"
)
_VERB = re.compile(
    r"(?i)\b(?:we|they|you|is|are|was|were|be|been|has|have|had|will|can|could|may|might|must|should|would|needs?|who"
    r"|which|that|runs?|uses?|used|keeps?|kept|passed|pass|shares?|sends?|sent|asks?|provid\w+|keeping|making|ensur\w+"
    r"|comply|sees?|gets?|gives?|given)\b"
)
_DENIES = re.compile(
    r"(?i)\b(?:not|never|no|nobody|none|nor|without|except|unless|rather than|n't)\b|n't\b"
)
_NOBODY = re.compile(
    r"(?i)\s*(?:no[ -]?one|nobody|no other (?:person|organisation|body|party)|no third part(?:y|ies))"
    r"(?: else)?(?: outside [\w' ]+)? (?:sees?|gets?|receives?|has|have|is given|can see|is told)\b"
    r"(?!.*\b(?:but|except|unless|other than|apart)\b)"
)
_LIGHT = frozenset(re.findall(r"\w+", """
    a an the of to for in on at by with from into out up our your their his her its any all some and or other each
"""))  # fmt: skip
_SAY_TOO_LITTLE = frozenset({"processor", "third-party", "data-subject", "recipient", "controller"})


def is_sentence(text: str) -> bool:
    """Whether a cell, or a value of its list, is told in a sentence: it opens like one, or is long, and has a verb."""
    words = text.split()
    opens = len(words) >= _FEWEST_WORDS and _OPENS.match(text) is not None
    return (opens or len(text) > LONGEST_WORD) and _VERB.search(text) is not None


def says_nobody(text: str) -> bool:
    """Whether a sentence says that nobody else gets to see it, and makes no exception."""
    return _NOBODY.match(text) is not None


def words_told(text: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """The known words that stand in a sentence, each as a guess; none where it denies something."""
    if _DENIES.search(text):
        return ()
    found: dict[str, ListedWord] = {}
    for written, id_ in _known(re.findall(r"[\w'’&-]+", text), words):
        found.setdefault(id_, ListedWord(id_, written, beside=True))
    return tuple(found.values())


def _known(tokens: Sequence[str], words: WordFinder) -> Iterator[tuple[str, str]]:
    """The longest known words, from the beginning; each takes its words with it."""
    at = 0
    while at < len(tokens):
        length = 1
        for many in range(min(_MOST_TOGETHER, len(tokens) - at), 0, -1):
            written = " ".join(tokens[at : at + many])
            if (id_ := words.find(written)) and _says_it(tokens[at : at + many], id_, words):
                yield written, id_
                length = many
                break
        at += length


def _says_it(tokens: Sequence[str], id_: str, words: WordFinder) -> bool:
    """Whether words in a sentence mean a word of the vocabulary: one alone only where it is what that is called."""
    if tokens[0].casefold() in _LIGHT or tokens[-1].casefold() in _LIGHT or id_ in _SAY_TOO_LITTLE:
        return False
    heavy = [token for token in tokens if token.casefold() not in _LIGHT]
    if len(heavy) > 1:
        return True
    if words.facet.scheme is Facet.RECIPIENT:
        return heavy[0].isupper() or len(heavy[0]) >= _FEWEST_LETTERS
    return fold(heavy[0]) in (fold(id_), fold(words.label(id_)))


_FEWEST_LETTERS = 6
"""How many letters a single word has that names a recipient in a sentence, if it is no abbreviation."""
