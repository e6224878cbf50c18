"""The clauses of a sentence: who does what in each, whether it is denied, and what only sounds like a denial.

A denial counts for the verb it stands before, in its own clause: "anyone who does not need it" denies nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from ropa.reading.grammar import Grammar, Node, Verb
from ropa.reading.said import OTHERS, READER, US, Span
from ropa.reading.tokens import Tokens
from ropa.register.model import Claim

PAGE = "page"
"""The subject of what a notice says of itself: "this notice does not"."""
NOBODY = ""
"""The subject where nobody is named: a passive, a bullet, an imperative."""
PADDING = ("",) * 40
NEAR = 6
"""How many words behind a verb the word may stand without which it says no deed."""


class Phrase(Struct, frozen=True):
    """A phrase of the grammar that was found, by its tokens."""

    start: int
    end: int
    kind: str
    value: str


class Clause(Struct, frozen=True):
    """A stretch of tokens with one subject. `kind` is how it hangs on the sentence: main, if, relative, ...

    `at` is the token of the subject, -1 where it is taken over from the clause before.
    """

    start: int
    end: int
    kind: str
    by: str
    at: int


class Doing(Struct, frozen=True):
    """A verb as it is used in a clause, by its token, and the words that deny it.

    `claims` are none for a verb the grammar has no word for; it is told of only where it is denied. `limited`
    is true where it is denied only beyond a measure: "no longer than we need"; `past` where the verb may be a
    past tense, and `bare` where it is one that might tell the reader what to do.
    """

    at: int
    base: str
    claims: tuple[Claim, ...]
    by: str
    clause: Clause
    denial: tuple[int, int] | None = None
    limited: bool = False
    past: bool = False
    bare: bool = False


class Text(Struct, frozen=True, dict=True):
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
        starts, found = self._at.get(kind, ((), ()))
        for at in range(bisect_left(starts, start), len(starts)):
            if found[at].start >= end:
                return
            if found[at].end <= end:
                yield found[at]

    def has(self, start: int, end: int, kind: str) -> bool:
        """Whether a phrase of a kind lies between two tokens."""
        return next(self.between(start, end, kind), None) is not None

    def all(self, kind: str) -> Iterator[Phrase]:
        """The phrases of a kind."""
        return self.between(0, len(self.read), kind)

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
        return frozenset(found - self._idle) if found else frozenset()


def phrases(read: Tokens, root: Node) -> tuple[Phrase, ...]:
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


def doings(text: Text) -> tuple[Doing, ...]:
    """What is done in a text, clause by clause, in the order of its words."""
    if text.grammar.verbs.keys().isdisjoint(text.read.low) and not text.negatives:
        return ()
    return tuple(doing for clause in clauses(text) for doing in _Reader(text, clause).doings())


def clauses(text: Text) -> tuple[Clause, ...]:
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


def _begun(text: Text) -> Iterator[tuple[int, str]]:
    """Where each clause begins, and its kind."""
    openings = {p.start: p.value for p in text.phrases if p.kind == "clause"}
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


def _opening(text: Text, at: int, openings: Mapping[int, str]) -> str:
    """The kind of clause that a word opens, or nothing."""
    word = text.word(at)
    kind = openings.get(at) or text.grammar.clauses.get(word, "")
    if word in ("as", "so", "until", "provided", "that", "than"):
        return kind if _opens(text, at) else ""
    if word in ("where", "when", "if", "unless", "how", "what", "why"):
        return kind
    return kind


def _opens(text: Text, at: int) -> bool:
    """Whether a word that may be something else opens a clause: somebody does something behind it."""
    if text.word(at) == "provided":
        return text.word(at + 1) in ("that", "you", "we", "they") or text.word(at - 1) == ","
    following = at + 1 + (text.word(at + 1) == "that")
    if text.word(at) == "that" and text.word(at + 1) in (
        "is",
        "are",
        "was",
        "will",
        "may",
        "can",
        "has",
        "have",
    ):
        return True
    return bool(_somebody(text, following)) or text.word(at) == "until"


def _after_stop(text: Text, at: int, kind: str) -> str:
    """The kind of clause that begins behind a stop or an "and", or nothing."""
    before = text.word(at - 1)
    if before in (".", ";", "?", "!", "-"):
        return "main"
    if before in (",", ":"):
        behind = at + (text.word(at) in ("and", "but", "or", "then"))
        if _somebody(text, behind) or kind not in ("main", "whether", "relative"):
            return "main"
    if text.is_a(at, "and") and (
        _somebody(text, at + 1)
        or text.is_a(at + 1, "modal")
        or text.is_a(at + 1, "do")
        or text.negative(at + 1)
        or text.word(at) == "nor"
    ):
        return "and"
    return ""


def _somebody(text: Text, at: int) -> str:
    """Who is named there as one who may do something, or nothing."""
    word = text.word(at)
    who = text.grammar.pronouns.get(word)
    if who:
        return who
    if word in ("the", "our", "this", "your"):
        return _owner(text, at)
    return text.parties[at][1] if at in text.parties else ""


def _owner(text: Text, at: int) -> str:
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


def _subject(text: Text, start: int, end: int) -> tuple[str, int]:
    """Who a clause is about, and where that stands: the last named before its verb, and not behind a preposition."""
    found = NOBODY, -1
    marked, parties = text.marked, text.parties
    for at in range(start, min(end, start + LONGEST_SUBJECT)):
        if not marked[at] and at not in parties:
            continue
        if _is_predicate(text, at, start) or (found[1] >= 0 and _is_verbal(text, at)):
            turned = _somebody(text, at + 1) if found[1] < 0 else ""
            if turned and (text.is_a(at, "modal") or text.is_a(at, "do")):  # "will we", "do we"
                return turned, at + 1
            return found if found[1] >= 0 else _unknown_subject(text, start, at)
        who = _somebody(text, at) or (OTHERS if text.is_a(at, "others") else "")
        if who and not _behind_preposition(text, at, start):
            found = who, at
    return found


LONGEST_SUBJECT = 40
"""Among how many words of a clause its subject is looked for."""


def _unknown_subject(text: Text, start: int, end: int) -> tuple[str, int]:
    """Somebody the register has no word for: "staff will", "our website may"; a passive's subject is done to."""
    nouns = [
        at for at in range(start, end) if text.word(at).isalnum() and not text.is_a(at, "function")
    ]
    if not nouns:
        return NOBODY, -1
    ours = any(text.word(at) == "our" or text.is_a(at, "things") for at in range(start, end))
    return (US if ours else OTHERS), nouns[-1]


def _is_verbal(text: Text, at: int) -> bool:
    """Whether what stands there ends the subject that stands before it."""
    return text.is_a(at, "have") or text.word(at) in text.grammar.verbs


def _is_predicate(text: Text, at: int, start: int) -> bool:
    if text.is_a(at, "modal") or text.is_a(at, "do") or text.is_a(at, "be"):
        return True
    verb = text.grammar.verbs.get(text.word(at))
    if verb is None:
        return False
    begins = at == start or text.word(at - 1) == "to"
    said = _somebody(text, at - 1) != "" or text.negative(at - 1) or text.is_a(at - 1, "and")
    return begins or said or _is_third_person(text, at, verb)


def _is_third_person(text: Text, at: int, verb: Verb) -> bool:
    """Whether a form in -s is what somebody does, and no plural: "the trust uses your"."""
    if verb.form != "s" or text.is_a(at - 1, "skipped") or text.is_a(at - 1, "prepositions"):
        return False
    if text.is_a(at - 1, "and") or text.word(at - 1) in ("", ",", "."):
        return False
    return (
        verb.base not in text.grammar.small["nounish"]
        or text.is_a(at + 1, "skipped")
        or text.word(at + 1) in ("it", "data", "information")
    )


def _behind_preposition(text: Text, at: int, start: int) -> bool:
    before = at - 1
    while before > start and text.is_a(before, "skipped"):
        before -= 1
    return before >= start and text.is_a(before, "prepositions")


class _Reader:
    """Reads the verbs of one clause from left to right, with the denial that is on its way to one of them."""

    def __init__(self, text: Text, clause: Clause) -> None:
        self.text = text
        self.clause = clause
        self.pending = -1
        self.before: Doing | None = None

    def doings(self) -> Iterator[Doing]:
        """The verbs of the clause."""
        low, verbs, negative = self.text.read.low, self.text.grammar.verbs, self.text.negatives
        for at in range(self.clause.start, self.clause.end):
            if at in negative:
                self.pending = at
                continue
            made = self._doing(at) if self.pending >= 0 or low[at] in verbs else None
            if made:
                self.before = made
                self.pending = -1
                yield made

    def _doing(self, at: int) -> Doing | None:
        verb = self.text.grammar.verbs.get(self.text.word(at))
        if verb and self._is_verb(at, verb):
            return self._known(at, verb)
        return self._unknown(at) if self.pending >= 0 else None

    def _known(self, at: int, verb: Verb) -> Doing:
        by = self._by(at, verb)
        denial = self._denial(at)
        limited = bool(denial) and self.text.has(at, self.clause.end + 3, "limits")
        claims = _claims(self.text, at, verb, by, denied=denial is not None)
        if by in (OTHERS, NOBODY) and denial and verb.takes:
            by = US
        bare = verb.form == "base" and self.text.word(at - 1) != "to"
        return Doing(
            at, verb.base, claims, by, self.clause, denial, limited, verb.form == "ed", bare
        )

    def _unknown(self, at: int) -> Doing | None:
        """A denied verb that the grammar has no word for: whatever stands right behind "do not"."""
        text, no = self.text, self.pending
        first = no + 1
        while text.is_a(first, "adverbs") and text.word(first) != "to":
            first += 1
        if at != first or not _has_auxiliary(text, no) or not text.word(at).isalpha():
            return None
        if (
            text.is_a(at, "idle_verbs")
            or text.is_a(at, "meaning")
            or text.is_a(at, "prepositions")
            or text.is_a(at, "skipped")
        ):
            return None
        if _behind_be(text, no) and not text.word(at).endswith(("ed", "en", "ing")):
            return None
        return Doing(at, text.word(at), (), self.clause.by, self.clause, (no, at))

    def _is_verb(self, at: int, verb: Verb) -> bool:
        text = self.text
        if verb.needs and not verb.needs.intersection(text.read.low[at + 1 : at + 1 + NEAR]):
            return False
        if verb.base in text.grammar.small["obliging"] and self._obliges(at):
            return False
        if verb.spoilt and self._spoilt(at, verb):
            return False
        if verb.form == "ed":
            return not text.is_a(at - 1, "skipped") or text.is_a(at - 1, "others")
        if verb.form == "ing":
            return self._is_gerund(at)
        return self._is_finite(at, verb)

    def _obliges(self, at: int) -> bool:
        """ "We are required by law to", "we need to": what is done is the verb behind."""
        text = self.text
        if text.word(at - 1) == "legally" or text.word(at + 1) in ("by", "under"):
            return text.word(at) == "required"
        if text.word(at + 1) == "to":
            return text.word(at) != "required" or self.clause.by in (US, READER)
        return self.clause.by in (US, READER) and text.is_a(at - 1, "be")

    def _spoilt(self, at: int, verb: Verb) -> bool:
        """ "We provide services": what is given is no data."""
        behind = [
            w
            for w in self.text.read.low[at + 1 : at + 6]
            if w not in self.text.grammar.small["skipped"]
        ]
        return not verb.spoilt.isdisjoint(behind[:2])

    def _is_gerund(self, at: int) -> bool:
        text, before = self.text, at - 1
        return (
            before < self.clause.start
            or text.is_a(before, "be")
            or text.is_a(before, "prepositions")
            or text.is_a(before, "and")
            or text.is_a(before, "adverbs")
            or text.negative(before)
            or text.word(before) in (",", "without", "when", "while", "before", "after")
        )

    def _is_finite(self, at: int, verb: Verb) -> bool:
        text, before = self.text, at - 1
        if text.word(at + 1) == "of" or text.word(at + 1) in ("is", "are", "will"):
            return False
        if before < self.clause.start:
            return verb.form == "base"
        subject = (
            text.is_a(before, "us") or text.is_a(before, "reader") or text.is_a(before, "others")
        )
        if subject and text.word(before) not in ("our", "us", "my", "ours"):
            return True
        if self._by_name(before) or text.negative(before) or _is_third_person(text, at, verb):
            return True
        if verb.form == "base" and _takes_base(text, before):
            return True
        return text.is_a(before, "and") and self.before is not None

    def _by_name(self, before: int) -> bool:
        """Whether a party's name, or "the council", ends there."""
        text = self.text
        if text.word(before) in text.own and text.word(before - 1) not in ("a", "other"):
            return self.clause.by == US
        return before + 1 in text.party_ends

    def _by(self, at: int, verb: Verb) -> str:
        """Who does it: the agent of a passive, the one who is to do it, or the subject of the clause."""
        text = self.text
        if verb.form == "ed" and _is_passive(text, at, self.clause.start):
            return _agent(text, at, self.clause.end) or NOBODY
        near = self._nearest(at)
        if near:
            return near
        if verb.form == "ing" and text.is_a(at - 1, "prepositions") and self.clause.by == OTHERS:
            return US
        if text.word(at - 1) == "to":
            told = at - 2 - (text.word(at - 2) == "not")
            who = US if text.word(told) == "us" else _somebody(text, told)
            return who or self.clause.by
        return self.clause.by

    def _nearest(self, at: int) -> str:
        """Who stands right before the verb, as in "the data we hold", or nobody."""
        text, before = self.text, at - 1
        while before >= self.clause.start and (
            text.is_a(before, "modal") or text.is_a(before, "have") or text.negative(before)
        ):
            before -= 1
        if before < self.clause.start:
            return ""
        if text.is_own(before):
            return US
        return text.grammar.pronouns.get(text.word(before), "") or text.party_ends.get(
            before + 1, ""
        )

    def _denial(self, at: int) -> tuple[int, int] | None:
        text, no = self.text, self.pending
        if no >= 0:
            return (no, at) if self._reaches(no, at) else None
        joined = text.is_a(at - 1, "and") or text.word(at - 1) == ","
        if joined and self.before is not None and self.before.denial:
            return self.before.denial
        return self._denied_behind(at)

    def _reaches(self, no: int, at: int) -> bool:
        """Whether a "not" is meant for this verb, and not for one between, nor for what somebody is told to do."""
        text = self.text
        if text.word(at - 1) != "to":
            return True
        middle = range(no + 1, at - 1)
        return bool(middle) and all(
            text.is_a(k, "adverbs") or text.is_a(k, "meaning") for k in middle
        )

    def _denied_behind(self, at: int) -> tuple[int, int] | None:
        """ "We share it with no one": the object denies."""
        text = self.text
        for k in range(at + 1, min(at + 2 + NEAR, self.clause.end)):
            if text.word(k) in text.grammar.verbs and text.word(k) != text.word(at):
                return None
            if text.word(k) in _DENYING_OBJECTS and text.negative(k):
                return k, k
        return None


_GRANTED = frozenset({"consent", "permission"})
_DENYING_OBJECTS = frozenset({"no", "none", "nobody", "nothing"})


def _has_auxiliary(text: Text, no: int) -> bool:
    """Whether a "not" is one that a verb follows: do not, will never, cannot."""
    word = text.word(no)
    if word in ("never", "cannot") or word.endswith("n't"):
        return True
    before = no - 1
    return word in ("not", "longer") and any(
        text.is_a(before, kind) for kind in ("modal", "do", "be", "have")
    )


def _behind_be(text: Text, no: int) -> bool:
    return text.is_a(no - 1, "be") or text.word(no) in ("isn't", "aren't", "wasn't", "weren't")


def _takes_base(text: Text, before: int) -> bool:
    """Whether a verb may follow: a modal, "to", "do", or an adverb behind one of them."""
    return (
        text.is_a(before, "modal")
        or text.is_a(before, "do")
        or text.is_a(before, "adverbs")
        or text.word(before) in (",", ":", "please")
    )


def _is_passive(text: Text, at: int, start: int) -> bool:
    before = at - 1
    while before >= start and (text.is_a(before, "adverbs") or text.negative(before)):
        if text.is_a(before, "be"):
            return True
        before -= 1
    if before >= start and text.is_a(before, "be"):
        return True
    if text.word(before) in ("it", "they") and text.is_a(before - 1, "be"):  # "how is it used"
        return True
    have = text.is_a(before, "have")
    subject = text.word(before) in ("we", "i", "you", "they", "it", "he", "she", "who", "which")
    return not (have or subject or before < start)


def _agent(text: Text, at: int, end: int) -> str:
    """Who does what is done "by" somebody."""
    for k in range(at + 1, min(end, at + NEAR)):
        if text.word(k) == "by":
            word = text.word(k + 1)
            if word == "us":
                return US
            return _somebody(text, k + 1) or (OTHERS if text.is_a(k + 1, "others") else "")
    return ""


def _claims(text: Text, at: int, verb: Verb, by: str, *, denied: bool) -> tuple[Claim, ...]:
    """What it amounts to: what the reader gives us, or others do, we collect; what they get from us, we disclose."""
    to_us = text.word(at + 1) == "us" or (
        (text.word(at + 1), text.word(at + 2))
        in (
            ("to", "us"),
            ("with", "us"),
            ("it", "to"),
        )
        and "us" in text.read.low[at + 1 : at + 4]
    )
    if verb.giving and (to_us or by == READER):
        return (Claim.COLLECTS,)
    if by == READER:
        return (Claim.INFORMS,)
    if verb.takes and by not in (US, NOBODY, READER):
        return (Claim.DISCLOSES,)
    if verb.giving and text.word(at + 1) == "you":
        return (Claim.USES, *verb.claims)
    if denied and by == NOBODY and verb.takes:
        return (Claim.DISCLOSES, *verb.claims)
    return verb.claims
