"""Cells with several values: where they are split, and which words of the vocabulary they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.foreign.lookup import meanings, plain
from ropa.register.vocabulary import Facet, Hierarchy, fold

_BULLET = re.compile(r"^\s*(?:[•·▪◦‣*\u2013\u2014-]|\(?\d{1,2}[.)])\s+")
_ASIDE = re.compile(r"^(?P<outer>[^()]+?)\s*\((?P<inner>[^()]+)\)\.?$")
_BOTH = re.compile(r"\s+(?:and|&|or|und|et|en|y|e)\s+|\s*/\s*|\s*&\s*|\s*\+\s*", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:and|or|including|e\.g\.|eg|i\.e\.|such as|also|plus|their|the)\s+", re.IGNORECASE
)


class ListedWord(Struct, frozen=True):
    """One value of a cell: the id of the word it is, or else the label of a new one.

    `broader` is the wider word that the cell itself names, `why` says what was guessed, and `beside` is true where
    words of the cell stand nowhere else.
    """

    id: str
    label: str
    broader: str = ""
    why: str = ""
    beside: bool = False


class WordFinder:
    """Finds the words of one facet: in the vocabulary, and by their names in other languages."""

    def __init__(self, facet: Facet, hierarchy: Hierarchy) -> None:
        self.facet = facet
        self._hierarchy = hierarchy
        known = meanings("words", facet.scheme.value) if facet.scheme.value in _WITH_WORDS else {}
        self._elsewhere = {
            name: found for name, ours in known.items() if (found := hierarchy.find(ours))
        }

    def find(self, text: str) -> str:
        """The id of the word that a text names; nothing where there is none."""
        return self._hierarchy.find(text) or ""

    def label(self, id_: str) -> str:
        """What a word is called."""
        return self._hierarchy.terms[id_].label

    def elsewhere(self, text: str) -> str:
        """The id of the word that a text of another language names; nothing where there is none."""
        return self._elsewhere.get(plain(text), "")

    def same_as(self, vocabulary: str, key: str) -> str:
        """The id of the word that is the same as a concept of another vocabulary; nothing where there is none."""
        return self._same.get((vocabulary, key), "")

    @cached_property
    def _same(self) -> Mapping[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for term in self._hierarchy.terms.values():
            for vocabulary, key in term.same_as.items():
                found.setdefault((vocabulary, key), term.id)
        return found

    def is_one(self, id_: str, category: str) -> bool:
        """Whether a word is one of a wider word, or that word itself."""
        terms = self._hierarchy.terms
        return (
            id_ in terms and category in terms and self._hierarchy.hops(id_, category) is not None
        )

    def nearest(self, text: str, most: int = 5) -> tuple[str, ...]:
        """The ids of the words that may be meant: those that share words with a text, then those spelt like it."""
        from difflib import get_close_matches

        asked = set(_tokens(text))
        scores: dict[str, float] = {}
        for token in asked:
            for id_, length in self._by_token.get(token, ()):
                scores[id_] = scores.get(id_, 0) + 1 / (length + len(asked))
        shared = sorted(scores, key=lambda id_: (-scores[id_], id_))
        if len(shared) < most:
            begun = [id_ for id_ in self._hierarchy.terms if id_[:1] == fold(text)[:1]]
            close = get_close_matches(fold(text[:100]), begun, n=most, cutoff=0.75)
            shared += [id_ for id_ in close if id_ not in scores]
        return tuple(shared[:most])

    @cached_property
    def _by_token(self) -> Mapping[str, list[tuple[str, int]]]:
        """The words of the vocabulary by each word of their names, with how many that name has."""
        found: dict[str, list[tuple[str, int]]] = {}
        for term in self._hierarchy.terms.values():
            for name in term.names:
                tokens = tuple(_tokens(name))
                for token in tokens:
                    found.setdefault(token, []).append((term.id, len(tokens)))
        return found

    def is_general(self, text: str) -> bool:
        """Whether a text names everybody, or nobody in particular."""
        term = self._hierarchy.terms.get(self.find(text))
        return term is None or term.umbrella

    def any(self, text: str) -> str:
        """The id by either."""
        return self.find(text) or self.elsewhere(text)


_WITH_WORDS = frozenset({"subject", "data", "purpose", "recipient"})


def listed(text: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """The values of a cell, in their order and once each."""
    found: dict[str, ListedWord] = {}
    for piece in pieces(text, words):
        for word in _read(piece, words):
            found.setdefault(word.id or fold(word.label), word)
    return tuple(found.values())


def pieces(text: str, words: WordFinder) -> Iterator[str]:
    """A cell at its lines, bullets and semicolons, and at the commas that stand in no brackets."""
    for line in re.split(r"[\n;]", text):
        plain_line = _BULLET.sub("", line).strip(" \t,.")
        if not plain_line:
            continue
        if words.find(plain_line) and not _all_known(at_commas(plain_line), words):
            yield plain_line
        else:
            yield from (
                part for part in map(str.strip, at_commas(plain_line)) if part.strip(" .,-")
            )


def _all_known(parts: Iterable[str], words: WordFinder) -> bool:
    """Whether each of several parts is a word by itself: “volunteers, drivers” are no volunteer drivers."""
    several = [part.strip() for part in parts]
    return len(several) > 1 and all(map(words.find, several))


def at_commas(text: str) -> Iterator[str]:
    """A text at its commas, but for those in brackets and in numbers."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth <= 0 and not _in_a_number(text, place):
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _in_a_number(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _read(piece: str, words: WordFinder) -> Iterator[ListedWord]:
    whole = piece.strip(" \t.,")
    piece = _without_leading(whole)
    proviso = _PROVISO.search(piece)
    if known := words.find(whole) or words.find(piece):
        yield ListedWord(known, piece)
    elif proviso and (bare := piece[: proviso.start()].strip(" ,(")):
        why = f"“{proviso[0].strip(' ,()')}” is kept as a note"
        yield from (replace(word, why=why, beside=True) for word in _read(bare, words))
    elif known := words.elsewhere(piece):
        yield ListedWord(known, piece, why=f"“{piece}” is read as {known}")
    elif parts := next(filter(None, (joined(piece, words) for joined in _JOINING)), ()):
        yield from parts
    elif (
        (told := _TELLING_MORE.match(piece))
        and words.facet in _SOMEBODY
        and _is_telling(told[1], words)
    ):
        why = f"“{piece[told.end(1) :].strip()}” is kept as a note"
        yield ListedWord(words.find(told[1]), told[1], why=why, beside=True)
    else:
        yield from _with_an_aside(piece, words)


def _both_by_a_stroke(piece: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """What strokes with room around them part, where one of them at least is a known word: the others are named so."""
    parts = [part.strip() for part in piece.split(" / ")]
    known = [words.any(part) for part in parts]
    return (
        tuple(ListedWord(id_, part) for id_, part in zip(known, parts, strict=True))
        if len(parts) > 1 and all(parts) and any(known)
        else ()
    )


_SOMEBODY = frozenset({Facet.SUBJECT, Facet.RECIPIENT})
_ALL_OF = re.compile(r"^(?:all|any) (?:the |our |of our )?", re.IGNORECASE)
_INCLUDING = re.compile(r"\s*[,(]?\s*\b(?:incl\.?|including)\s+", re.IGNORECASE)
_TELLING_MORE = re.compile(
    r"^((?:[\w'’-]+ ){0,2}?[\w'’-]+) (?:who|that|which|whose|can|may|will|has|have|is|are|could|might)\b",
    re.IGNORECASE,
)
"""Somebody, and behind them what they do: “residents who write to us”."""


def _is_telling(text: str, words: WordFinder) -> bool:
    """Whether a text names somebody in particular."""
    return bool(words.find(text)) and not words.is_general(text)


def _some_of_them(piece: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """What stands before and behind “incl.”, where one of the two at least is known: both are meant."""
    parts = [part.strip(" ()") for part in _INCLUDING.split(piece)]
    known = [words.any(part) or words.find(_ALL_OF.sub("", part)) for part in parts]
    if len(parts) < _TWO or not all(parts) or not any(known):
        return ()
    why = f"“{piece}” is read as {' and '.join(parts)}"
    return tuple(ListedWord(id_, part, why=why) for id_, part in zip(known, parts, strict=True))


_TWO = 2
_JOINED = re.compile(r"\s+(?:and|&)\s+", re.IGNORECASE)
_WHEN_THEY_ARE = re.compile(
    r"(current|former|past|present|prospective|new|existing|potential|future|successful|unsuccessful)"
    r"\s+(?:and|or|&)\s+(\w+) (.+)",
    re.IGNORECASE,
)
_MOST_WORDS = 3
"""How many words people are called by at the most that nobody knows, and that "and" joins to others."""


def _people_together(piece: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """Groups of people that "and" joins, where one is known: “partners and staff”, “current and former tenants”."""
    if words.facet is not Facet.SUBJECT:
        return ()
    if apart := _WHEN_THEY_ARE.fullmatch(piece):
        parts = [f"{apart[1]} {apart[3]}", f"{apart[2]} {apart[3]}"]
    else:
        parts = [_without_leading(part.strip()) for part in _JOINED.split(piece)]
    known = [words.any(part) for part in parts]
    short = all(len(part.split()) <= _MOST_WORDS for part in parts)
    if len(parts) < _TWO or not all(parts) or not any(known) or not short:
        return ()
    why = f"“{piece}” is read as {' and '.join(parts)}"
    return tuple(ListedWord(id_, part, why=why) for id_, part in zip(known, parts, strict=True))


def _without_leading(piece: str) -> str:
    while (shorter := _LEADING.sub("", piece)) != piece:
        piece = shorter
    return piece


def _both(piece: str, words: WordFinder) -> tuple[ListedWord, ...]:
    """The two or more words that "and" or a stroke joins, where every one of them is known."""
    parts = [part.strip() for part in _BOTH.split(piece)]
    if len(parts) < 2 or not all(parts):  # noqa: PLR2004 - what joins joins two
        return ()
    known = [words.any(part) for part in parts]
    return (
        tuple(ListedWord(id_, part) for id_, part in zip(known, parts, strict=True))
        if all(known)
        else ()
    )


_JOINING = (_both, _both_by_a_stroke, _some_of_them, _people_together)
"""In which ways one piece of a cell may be several words; the first that finds some is taken."""


def _with_an_aside(piece: str, words: WordFinder) -> Iterator[ListedWord]:
    """A word with something in brackets: what it is, by whom it is done, or when; else a word of its own."""
    aside = _ASIDE.match(piece)
    if aside is None:
        yield ListedWord("", piece)
        return
    outer, inner = aside["outer"].strip(), aside["inner"].strip()
    if known := words.any(outer):
        inside = [words.any(part.strip()) for part in re.split(r"[,;/]| and ", inner)]
        if inside and all(inside) and words.facet is Facet.DATA:
            yield ListedWord(known, outer)
            yield from (ListedWord(id_, id_) for id_ in inside)
            return
        if inside and all(words.is_one(known, category) for category in inside):
            yield ListedWord(known, outer)
            return
        yield ListedWord(known, outer, why=f"“({inner})” is kept as a note", beside=True)
    elif words.facet.scheme is Facet.RECIPIENT and (category := words.any(inner)):
        yield ListedWord(
            "", outer, broader=category, why=f"the cell says that “{outer}” is {category}"
        )
    else:
        yield ListedWord("", piece)


_PROVISO = re.compile(
    r"(?:^|[\s,(])(?:(?:up)?on request|by request|"
    r"(?:where|if|when) (?:(?:they|you|people) (?:agree|ask|consent)|asked|(?:with )?consent(?: is)?(?: given)?)|"
    r"with (?:their |your |the )?(?:explicit )?consent|"
    r"(?:where|if|when|as) "
    r"(?:necessary|required|applicable|relevant|appropriate|needed|requested|permitted)(?: by law)?)\)?$",
    re.IGNORECASE,
)
"""When something is so, behind what it is: “police on request”."""


def is_proviso(text: str) -> bool:
    """Whether a text says only when something is so."""
    found = _PROVISO.search(text.strip(" .,"))
    return found is not None and not text[: found.start()].strip(" .,(")


_LEFT_OPEN = re.compile(
    r"(?:any(?:thing)?|whatever|whoever|all|other|further)\b.*\b"
    r"(?:requires?|relevant|necessary|needed|required|applicable|supplied|appropriate)(?: by law| to the case)?",
    re.IGNORECASE,
)


def is_left_open_to(text: str) -> bool:
    """Whether a text leaves open which: “whatever the matter requires”, “other relevant information”."""
    return _LEFT_OPEN.fullmatch(text.strip(" .,")) is not None


SHORTEST = 3
"""How many letters a word has that says something by itself."""


def _tokens(text: str) -> Iterable[str]:
    return (
        word.rstrip("s")
        for word in fold(text).split()
        if len(word) >= SHORTEST and word not in _COMMON
    )


_COMMON = frozenset(
    {
        "and",
        "the",
        "for",
        "from",
        "with",
        "data",
        "information",
        "details",
        "record",
        "records",
        "other",
        "any",
        "our",
        "their",
        "who",
    }
)
