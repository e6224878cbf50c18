"""The clauses of a sentence: where each begins, how it hangs on the others, and who it is about."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from ropa.reading.grammar import Grammar, GrammarNode, Verb
from ropa.reading.said import OTHERS, US, Span
from ropa.reading.tokens import Tokens

PAGE = "page"
"""The subject of what a notice says of itself: "this notice does not"."""
NOBODY = ""
"""The subject where nobody is named: a passive, a bullet, an imperative."""
PADDING = ("",) * 40


class Phrase(Struct, frozen=True):
    """A phrase of the grammar that was found, by its tokens."""

    start: int
    end: int
    kind: str
    value: str


_NONE: Iterator[Phrase] = iter(())
"""No phrase, which most kinds have in most texts."""
_COMPARING = frozenset({"than", "too"})


class Clause(Struct, frozen=True):
    """A stretch of tokens with one subject. `kind` is how it hangs on the sentence: main, if, relative, ...

    `at` is the token of the subject, -1 where it is taken over from the clause before.
    """

    start: int
    end: int
    kind: str
    by: str
    at: int


class ClauseText(Struct, frozen=True, dict=True):
    """A text with the phrases and the parties in it. `parties` are by the token their name begins at."""

    read: Tokens
    phrases: tuple[Phrase, ...]
    parties: Mapping[int, tuple[int, str]]
    own: frozenset[str]
    grammar: Grammar

    @cached_property
    def _at(self) -> Mapping[str, tuple[list[int], list[Phrase]]]:
        """The phrases of each kind in their order, and where they begin."""
        kinds: dict[str, tuple[list[int], list[Phrase]]] = {}
        for p in self.phrases:
            starts, found = kinds.setdefault(p.kind, ([], []))
            starts.append(p.start)
            found.append(p)
        return kinds

    def word(self, at: int) -> str:
        """The token at that place, or nothing shortly before the first and behind the last."""
        return self.padded[at]

    @cached_property
    def padded(self) -> tuple[str, ...]:
        """The tokens with nothing behind them, and so, counted backwards, before them."""
        return self.read.low + PADDING

    def is_a(self, at: int, kind: str) -> bool:
        """Whether the token at that place is a small word of that kind."""
        return self.padded[at] in self.grammar.small[kind]

    def span(self, start: int, end: int) -> Span:
        """Some tokens as a span of the text."""
        return Span(self.read.starts[start], self.read.ends[end - 1])

    def between(self, start: int, end: int, kind: str) -> Iterator[Phrase]:
        """The phrases of a kind that lie between two tokens."""
        return self._between(start, end, kind) if kind in self._at else _NONE

    def _between(self, start: int, end: int, kind: str) -> Iterator[Phrase]:
        starts, found = self._at[kind]
        for at in range(bisect_left(starts, start), len(starts)):
            if found[at].start >= end:
                return
            if found[at].end <= end:
                yield found[at]

    def has(self, start: int, end: int, kind: str) -> bool:
        """Whether a phrase of a kind lies between two tokens."""
        return kind in self._at and next(self._between(start, end, kind), None) is not None

    def all(self, kind: str) -> Iterator[Phrase]:
        """The phrases of a kind."""
        return iter(self._at[kind][1]) if kind in self._at else _NONE

    @cached_property
    def _idle(self) -> frozenset[int]:
        """The tokens that only sound like a denial."""
        idle = {at for p in self.all("idle") for at in range(p.start, p.end)}
        return frozenset(idle.difference(*(range(p.start, p.end) for p in self.all("stopped"))))

    @cached_property
    def marked(self) -> tuple[bool, ...]:
        """Of each token, whether it may be the subject of a clause or end it: nearly all are neither."""
        words = self.grammar.clause_words
        return tuple([word in words for word in self.read.low])

    @cached_property
    def party_ends(self) -> Mapping[int, str]:
        """The parties by the token behind their name."""
        return dict(self.parties.values())

    def is_own(self, at: int) -> bool:
        """Whether a noun there is the organisation itself: "the council", "Sample Parish Council"."""
        if self.word(at) not in self.own:
            return False
        before = self.word(at - 1), self.word(at - 2)
        if not {"other", "another", "local", "any", "each", "your", "a"}.isdisjoint(before):
            return False
        return not {"the", "our", "this"}.isdisjoint(before) or self._capital(at)

    def _capital(self, at: int) -> bool:
        return at > 0 and all(self.read.written(k)[0].isupper() for k in (at - 1, at))

    @cached_property
    def in_title_case(self) -> bool:
        """Whether most words begin with a capital, as in a heading, so that capitals mean nothing."""
        words = [self.read.text[start] for start in self.read.starts]
        letters = [first for first in words if first.isalpha()]
        return 2 * sum(map(str.isupper, letters)) > len(letters)

    def negative(self, at: int) -> bool:
        """Whether the token denies something, and is not one of the words that only sound so."""
        return at in self.negatives

    @cached_property
    def negatives(self) -> frozenset[int]:
        """The tokens that deny something, and are none of the words that only sound so."""
        no = self.grammar.small["not"]
        found = {at for at, w in enumerate(self.read.low) if w in no or w.endswith("n't")}
        found -= self._idle
        found = {at for at in found if not self._contrasts(at)}
        for p in self._refused:
            before = self._helped(p.start - 1)
            if before in found:
                found.remove(before)  # "nothing stops us from sharing": it is shared
            elif p.end - 1 not in self._idle:
                found.add(p.end - 1)
        return frozenset(found)

    def _preferred(self) -> Iterator[Phrase]:
        """The "than" of "we would rather delete it than keep it"."""
        for at, word in enumerate(self.read.low):
            verb = self.grammar.verbs.get(self.word(at + 1)) if word == "than" else None
            begun = {"rather", "sooner", "prefer"}.intersection(self.read.low[max(0, at - 8) : at])
            if verb and verb.form == "base" and begun:
                yield Phrase(at, at + 1, "refusing", "")

    def _contrasts(self, at: int) -> bool:
        """Whether a "not" only sets somebody apart from who does it: "we, not your parents, pass it"."""
        if self.word(at) != "not" or self.word(at - 1) != ",":
            return False
        end = next((k for k in range(at + 1, at + 5) if self.word(k) == ","), at)
        named = range(at + 1, end)
        return bool(named) and not any(
            self.word(k) in self.grammar.verbs or (self.is_a(k, "us") and k + 1 == end)
            for k in named
        )

    def _beyond(self) -> Iterator[Phrase]:
        """The "too small to" of what is not done for that."""
        for at, word in enumerate(self.read.low):
            verb = self.grammar.verbs.get(self.word(at + 3)) if word == "too" else None
            if verb and verb.form == "base" and self.word(at + 2) == "to":
                yield Phrase(at, at + 3, "refusing", "")

    def _helped(self, at: int) -> int:
        """The token before those that only help a verb: "do", "will", "have"."""
        while any(self.is_a(at, kind) for kind in ("modal", "do", "be", "have")):
            at -= 1
        return at

    @cached_property
    def refusals(self) -> frozenset[int]:
        """The tokens right before a verb that is refused, avoided or not done: "refuse to", "instead of"."""
        return self.negatives & {p.end - 1 for p in self._refused}

    def denying(self, at: int) -> Span:
        """The words that deny, of which a token is one: "not", or all of "refuse to" and "is out of the question"."""
        whole = (*self._refused, *self.all("forbidden"))
        found = next((p for p in whole if p.end - 1 == at), None)
        return self.span(found.start, found.end) if found else self.span(at, at + 1)

    @cached_property
    def _refused(self) -> tuple[Phrase, ...]:
        """The words of refusing that stand right before a verb; the longest of those that end there."""
        verbs = self.grammar.verbs
        made = (*self._preferred(), *self._beyond()) if _COMPARING & set(self.read.low) else ()
        ends = {p.end: p for p in made}
        for p in self.all("refusing"):
            be = self.word(p.end) == "be"  # "lacks any right to be told"
            verb = verbs.get(self.word(p.end + be))
            if verb and verb.form in (("ed",) if be else ("ing", "base")):
                ends.setdefault(p.end, p)
        return tuple(ends.values())


def phrases(read: Tokens, root: GrammarNode) -> tuple[Phrase, ...]:
    """Every phrase of the grammar in a text; of one kind, none inside a longer one that begins with it."""
    found: list[Phrase] = []
    low = read.low
    for at, word in enumerate(low):
        node = root.following.get(word)
        if node is None:
            continue
        longest: dict[tuple[str, str], int] = {}
        end = at + 1
        while node is not None:
            for kind in node.ends:
                longest[kind] = end
            node = node.following.get(low[end]) if end < len(low) else None
            end += 1
        found += [Phrase(at, end, kind, value) for (kind, value), end in longest.items()]
    return tuple(found)


def clauses(text: ClauseText) -> tuple[Clause, ...]:
    """The clauses in their order. One without a subject of its own takes that of the clause before."""
    made: list[Clause] = []
    begun = [*_begun(text), (len(text.read), "")]
    for (start, kind), (end, _) in pairwise(begun):
        by, at = _subject(text, start, end)
        if at < 0 and made and kind in ("main", "and"):
            by = made[-1].by
        made.append(Clause(start, end, _kind(kind, made), by, at))
    return tuple(made)


def _kind(kind: str, before: list[Clause]) -> str:
    """What hangs on with "and" is of the kind it hangs on."""
    if kind != "and":
        return kind
    return before[-1].kind if before else "main"


def _begun(text: ClauseText) -> Iterator[tuple[int, str]]:
    """Where each clause begins, and its kind."""
    openings = {p.start: p.value for p in text.all("clause")}
    kind = (_opening(text, 0, openings) if len(text.read) else "") or "main"
    yield 0, kind
    words, ands, before = text.grammar.clauses, text.grammar.small["and"], ""
    for at, word in enumerate(text.read.low):
        if at and (word in words or at in openings or word in ands or before in _STOPS):
            begins = _opening(text, at, openings) or _after_stop(text, at, kind)
            if begins:
                kind = "main" if begins == "and" else begins
                yield at, begins
        before = word


_STOPS = frozenset(".;?!-,:")


def _opening(text: ClauseText, at: int, openings: Mapping[int, str]) -> str:
    """The kind of clause that a word opens, or nothing."""
    word = text.word(at)
    kind = openings.get(at) or text.grammar.clauses.get(word, "")
    if word == "once" and text.word(at - 1) in text.grammar.pronouns:
        return ""  # "we once kept it"
    if word in ("as", "so", "until", "provided", "that", "than"):
        return kind if _opens(text, at) else ""
    if word in ("where", "when", "if", "unless", "how", "what", "why"):
        return kind
    return kind


def _opens(text: ClauseText, at: int) -> bool:
    """Whether a word that may be something else opens a clause: somebody does something behind it."""
    if text.word(at) == "provided":
        return text.word(at + 1) in ("that", "you", "we", "they") or text.word(at - 1) == ","
    following = at + 1 + (text.word(at + 1) == "that")
    if text.word(at) == "that" and (
        any(text.is_a(at + 1, kind) for kind in ("be", "modal", "have")) or _ends_in_s(text, at + 1)
    ):
        return True
    return bool(somebody(text, following)) or text.word(at) == "until"


def _ends_in_s(text: ClauseText, at: int) -> bool:
    verb = text.grammar.verbs.get(text.word(at))
    return verb is not None and verb.form == "s"


def _after_stop(text: ClauseText, at: int, kind: str) -> str:
    """The kind of clause that begins behind a stop or an "and", or nothing."""
    before = text.word(at - 1)
    if before in (".", ";", "?", "!", "-"):
        return "main"
    if before in (",", ":"):
        behind = at + (text.word(at) in ("and", "but", "or", "then"))
        if (
            somebody(text, behind)
            or _points_back(text, behind)
            or kind not in ("main", "whether", "relative")
        ):
            return "main"
    if text.is_a(at, "and") and (
        somebody(text, at + 1)
        or text.is_a(at + 1, "modal")
        or text.is_a(at + 1, "do")
        or text.negative(at + 1)
        or text.word(at) == "nor"
    ):
        return "and"
    return ""


def _points_back(text: ClauseText, at: int) -> bool:
    """ "..., this will involve": what was said goes on as the subject."""
    if text.word(at) not in ("this", "these", "that", "there"):
        return False
    return (
        text.is_a(at + 1, "modal")
        or text.is_a(at + 1, "be")
        or text.word(at + 1) in text.grammar.verbs
    )


def somebody(text: ClauseText, at: int) -> str:
    """Who is named there as one who may do something, or nothing."""
    word = text.word(at)
    who = text.grammar.pronouns.get(word)
    if who:
        return who
    if word in ("the", "our", "this", "your"):
        return _owner(text, at)
    return text.parties[at][1] if at in text.parties else ""


def _owner(text: ClauseText, at: int) -> str:
    """Who "the council", "our website" or "this notice" is; a kind of body that we are ourselves is ourselves."""
    pointing = text.word(at)
    for behind in (at + 1, at + 2, at + 3):
        party = text.parties.get(behind, (0, ""))[1]
        if party not in ("", OTHERS):
            return party
        if pointing != "your" and text.is_a(behind, "page"):
            return PAGE
        if pointing in ("this", "our") and text.is_a(behind, "things"):
            return US
        if pointing != "your" and text.word(behind) in text.own:
            return US
        if party or text.is_a(behind, "prepositions") or text.is_a(behind, "modal"):
            return party
    return ""


def _subject(text: ClauseText, start: int, end: int) -> tuple[str, int]:
    """Who a clause is about, and where that stands: the last named before its verb, and not behind a preposition."""
    found = NOBODY, -1
    marked, parties = text.marked, text.parties
    for at in range(start, min(end, start + LONGEST_SUBJECT)):
        if not marked[at] and at not in parties:
            continue
        if at in parties and _read_with(text, at, found[1]):
            continue
        if _is_predicate(text, at, start) or (found[1] >= 0 and _is_verbal(text, at)):
            turned = somebody(text, at + 1) if found[1] < 0 else ""
            if turned and (text.is_a(at, "modal") or text.is_a(at, "do")):  # "will we", "do we"
                return turned, at + 1
            return found if found[1] >= 0 else _unknown_subject(text, start, at)
        who = somebody(text, at) or (OTHERS if text.is_a(at, "others") else "")
        if who and not _behind_preposition(text, at, start):
            found = who, at
    return found


def _read_with(text: ClauseText, at: int, found: int) -> bool:
    """Whether a noun was read already with the "the" before it: "the council"."""
    return found >= 0 and at - found <= LONGEST_TITLE and text.is_a(found, "pointing")


LONGEST_TITLE = 3
"""How many words behind a "the" the noun may stand that says who it is."""
LONGEST_SUBJECT = 40
"""Among how many words of a clause its subject is looked for."""


def _unknown_subject(text: ClauseText, start: int, end: int) -> tuple[str, int]:
    """Somebody the register has no word for: "staff will", "our website may"; a passive's subject is done to."""
    nouns = [
        at for at in range(start, end) if text.word(at).isalnum() and not text.is_a(at, "function")
    ]
    if not nouns:
        return NOBODY, -1
    ours = any(text.word(at) == "our" or text.is_a(at, "things") for at in range(start, end))
    return (US if ours else OTHERS), nouns[-1]


def _is_verbal(text: ClauseText, at: int) -> bool:
    """Whether what stands there ends the subject that stands before it."""
    return text.is_a(at, "have") or text.word(at) in text.grammar.verbs


def _is_predicate(text: ClauseText, at: int, start: int) -> bool:
    if text.is_a(at, "modal") or text.is_a(at, "do") or text.is_a(at, "be"):
        return True
    verb = text.grammar.verbs.get(text.word(at))
    if verb is None:
        return False
    begins = at == start or text.word(at - 1) == "to"
    said = somebody(text, at - 1) != "" or text.negative(at - 1) or text.is_a(at - 1, "and")
    return begins or said or is_third_person(text, at, verb)


def is_third_person(text: ClauseText, at: int, verb: Verb | None) -> bool:
    """Whether a form in -s is what somebody does, and no plural: "the trust uses your"."""
    if (
        verb is None
        or verb.form != "s"
        or text.is_a(at - 1, "skipped")
        or text.is_a(at - 1, "prepositions")
    ):
        return False
    if text.is_a(at - 1, "and") or text.word(at - 1) in ("", ",", "."):
        return False
    return (
        verb.base not in text.grammar.small["nounish"]
        or (text.is_a(at + 1, "skipped") and text.word(at + 1) != "that")
        or text.word(at + 1) in ("it", "data", "information")
    )


def _behind_preposition(text: ClauseText, at: int, start: int) -> bool:
    before = at - 1
    while before > start and text.is_a(before, "skipped"):
        before -= 1
    return before >= start and text.is_a(before, "prepositions")
