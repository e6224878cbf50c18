"""What is done in each clause of a sentence, by whom, and whether it is denied or only sounds so.

A denial counts for the verb it stands before, in its own clause: "anyone who does not need it" denies nothing.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ropa.reading.clauses import (
    NOBODY,
    PAGE,
    Clause,
    ClauseText,
    Phrase,
    clauses,
    is_third_person,
    somebody,
)
from ropa.reading.grammar import Verb
from ropa.reading.said import OTHERS, READER, US
from ropa.register.model import Claim

NEAR = 6
"""How many words behind a verb the word may stand without which it says no deed."""


class Doing(Struct, frozen=True):
    """A verb as it is used in a clause, by its token, and the words that deny it.

    `claims` are none for a verb the grammar has no word for; it is told of only where it is denied. `limited`
    is true where it is denied only beyond a measure: "no longer than we need"; `past` where the verb may be a
    past tense, and `bare` where it is one that might tell the reader what to do. `under` is true where it
    hangs on the verb before it, "to collect", "by sharing"; `reduced` where it only says which: "the data collected".
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
    under: bool = False
    reduced: bool = False


def doings(text: ClauseText) -> tuple[Doing, ...]:
    """What is done in a text, clause by clause, in the order of its words."""
    if text.grammar.verbs.keys().isdisjoint(text.read.low) and not text.negatives:
        return ()
    return tuple(
        doing for clause in clauses(text) for doing in _ClauseReader(text, clause).doings()
    )


class _ClauseReader:
    """Reads the verbs of one clause from left to right, with the denial that is on its way to one of them."""

    def __init__(self, text: ClauseText, clause: Clause) -> None:
        self.text = text
        self.clause = clause
        self.pending = -1
        self.only = -1
        self.before: Doing | None = None

    def doings(self) -> Iterator[Doing]:
        """The verbs of the clause."""
        low, verbs, negative = self.text.read.low, self.text.grammar.verbs, self.text.negatives
        for at in range(self.clause.start, self.clause.end):
            if at in negative:
                self.pending = at
                continue
            if low[at] == "only":
                self.only = at
            waiting = self.pending >= 0 or self.only >= 0
            made = self._doing(at) if waiting or low[at] in verbs else None
            if made:
                self.before = made
                self.pending = self.only = -1
                yield made

    def _doing(self, at: int) -> Doing | None:
        verb = self.text.grammar.verbs.get(self.text.word(at))
        if verb and verb.both and _has_participle(self.text, at):
            verb = replace(verb, form="ed")
        if verb and self._is_verb(at, verb):
            return self._known(at, verb)
        return self._unknown(at) if self.pending >= 0 or self.only >= 0 else None

    def _known(self, at: int, verb: Verb) -> Doing:
        by = self._by(at, verb)
        denial = self._denial(at)
        limited = bool(denial) and self.text.has(at, self.clause.end + 3, "limits")
        claims = _claims(self.text, at, verb, by, denied=denial is not None)
        if by in (OTHERS, NOBODY) and denial and verb.takes:
            by = US
        bare = verb.form == "base" and self.text.word(at - 1) != "to"
        passive = verb.form == "ed" and _is_passive(self.text, at, self.clause.start)
        return Doing(
            at=at,
            base=verb.base,
            claims=claims,
            by=by,
            clause=self.clause,
            denial=denial,
            limited=limited,
            past=verb.form in ("ed", "past"),
            bare=bare,
            reduced=passive and not _has_participle(self.text, at),
            under=self._is_under(at, verb),
        )

    def _is_under(self, at: int, verb: Verb) -> bool:
        """Whether a verb hangs on the one before it: "to use", and what is beside that, "to use or share"."""
        if self.text.word(at - 1) == "to":
            return True
        if self.before is None:
            return False
        beside = verb.form == "base" and self.text.is_a(at - 1, "and") and self.before.under
        return verb.form == "ing" or beside

    def _unknown(self, at: int) -> Doing | None:
        """A verb that the grammar has no word for, right behind "do not" or "will only"."""
        text, no = self.text, max(self.pending, self.only)
        first = no + 1
        while text.is_a(first, "adverbs") and text.word(first) != "to":
            first += 1
        if at != first or not _has_auxiliary(text, no) or not text.word(at).isalpha():
            return None
        if any(
            text.is_a(at, kind) for kind in ("idle_verbs", "meaning", "prepositions", "skipped")
        ):
            return None
        if _behind_be(text, no) and not _is_participle(text, at):
            return None
        denial = (no, at) if no == self.pending else None
        done_to = _behind_be(text, no) and self.clause.by not in (READER, PAGE)
        by = NOBODY if done_to else self.clause.by
        return Doing(at, text.word(at), (), by, self.clause, denial)

    def _is_verb(self, at: int, verb: Verb) -> bool:
        text = self.text
        if verb.needs and not self._completed(at, verb):
            return False
        if self._serves(at, verb) or self._obliges(at, verb) or self._spoilt(at, verb):
            return False
        if text.word(at) == "used" and used_to(text, at):
            return False
        if verb.form in ("ed", "past"):
            return not text.is_a(at - 1, "skipped") or text.is_a(at - 1, "others")
        return self._is_gerund(at) if verb.form == "ing" else self._is_finite(at, verb)

    def _completed(self, at: int, verb: Verb) -> bool:
        """Whether the word follows without which the verb says no deed; what somebody else gets, they get of us."""
        if verb.takes and self.clause.by not in (US, NOBODY, READER, PAGE):
            return True
        if any(k in self.text.parties for k in (at + 1, at + 2)):
            return True
        end, parted = self.clause.end, self.text.word(self.clause.end - 1) == ","
        last = min(at + 1 + NEAR, end) if parted else at + 1 + NEAR
        return bool(verb.needs.intersection(self.text.read.low[at + 1 : last]))

    def _serves(self, at: int, verb: Verb) -> bool:
        """ "We run a library": what only others do with data of ours."""
        return verb.serves and self._by(at, verb) in (US, NOBODY, READER)

    def _obliges(self, at: int, verb: Verb) -> bool:
        """ "We are required by law to", "we need to": what is done is the verb behind."""
        text = self.text
        if not verb.obliges:
            return False
        if text.word(at - 1) == "legally" or text.word(at + 1) in ("by", "under"):
            return text.word(at) == "required"
        if text.word(at + 1) == "to":
            return text.word(at) != "required" or self.clause.by in (US, READER)
        return self.clause.by in (US, READER) and text.is_a(at - 1, "be")

    def _spoilt(self, at: int, verb: Verb) -> bool:
        """ "We provide services": what is given is no data."""
        if not verb.spoilt:
            return False
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
            or text.is_a(at + 1, "objects")
        )

    def _is_finite(self, at: int, verb: Verb) -> bool:
        text, before = self.text, at - 1
        if text.word(at + 1) in ("of", "is", "are", "will"):
            return False
        if before < self.clause.start:
            return verb.form == "base"
        if self._has_subject(before) or text.negative(before) or is_third_person(text, at, verb):
            return True
        if verb.form == "base" and _takes_base(text, before):
            return True
        return text.is_a(before, "and") and (self.before is not None or self._made_to(at))

    def _has_subject(self, before: int) -> bool:
        """Whether a word that does something stands there: a pronoun, a party, or "makes us"."""
        text = self.text
        pronoun = any(text.is_a(before, kind) for kind in ("us", "reader", "others"))
        if text.is_a(before, "reflexive"):
            return not text.is_a(before - 1, "prepositions")
        return (pronoun and not text.is_a(before, "possessive")) or self._by_name(before)

    def _made_to(self, at: int) -> bool:
        """ "The law makes us write a return and send it": whether it is us who are made to."""
        return "us" in self.text.read.low[max(self.clause.start, at - 2 * NEAR) : at]

    def _by_name(self, before: int) -> bool:
        """Whether a party's name, or "the council", ends there."""
        text = self.text
        if text.word(before) in text.own and text.word(before - 1) not in ("a", "other"):
            return self.clause.by == US
        return before + 1 in text.party_ends

    def _by(self, at: int, verb: Verb) -> str:
        """Who does it: the agent of a passive, the one who is to do it, or the subject of the clause."""
        text = self.text
        if verb.holds and self.clause.by == OTHERS:
            return US  # "the records include": what our records hold we hold
        if verb.form == "ed" and _is_passive(text, at, self.clause.start):
            return _agent(text, at, self.clause.end) or NOBODY
        return self._nearest(at) or self._told(at, verb) or self.clause.by

    def _told(self, at: int, verb: Verb) -> str:
        """Who is to do it, where the subject only says so: "the law makes us", "ask you to"; nobody where none is."""
        text = self.text
        if verb.form == "base" and self.clause.by in (PAGE, OTHERS) and self._made_to(at):
            return US
        if verb.form == "ing" and text.is_a(at - 1, "prepositions") and self.clause.by == OTHERS:
            return US
        if text.word(at - 1) == "to":
            told = at - 2 - (text.word(at - 2) == "not")
            return US if text.word(told) == "us" else somebody(text, told)
        return ""

    def _nearest(self, at: int) -> str:
        """Who stands right before the verb, as in "the data we hold", or nobody."""
        text, before = self.text, at - 1
        while before >= self.clause.start and (
            text.is_a(before, "modal") or text.is_a(before, "have") or text.negative(before)
        ):
            if before in text.refusals:  # "we teach you without passing it on": not you pass it on
                begun = text.read.low[self.clause.start : before]
                return US if "we" in begun else ""
            before -= 1
        if before < self.clause.start:
            return ""
        if text.is_a(before, "reflexive"):
            return _who_by_themselves(text, before - 1)
        if text.is_own(before):
            return US
        return text.grammar.pronouns.get(text.word(before), "") or text.party_ends.get(
            before + 1, ""
        )

    def _denial(self, at: int) -> tuple[int, int] | None:
        text, no = self.text, self.pending
        if no >= 0:
            return (no, at) if self._reaches(no, at) and not self._forbidden(at) else None
        joined = text.is_a(at - 1, "and") or text.word(at - 1) == ","
        if joined and self.before is not None and self.before.denial:
            return self.before.denial
        return self._denied_behind(at)

    def _reaches(self, no: int, at: int) -> bool:
        """Whether a "not" is meant for this verb, and not for one between, nor for what somebody is told to do."""
        text = self.text
        if text.word(at - 1) != "to" or no in text.refusals:
            return True
        kinds = ("adverbs", "meaning", "bound") if self.clause.by == US else ("adverbs", "meaning")
        middle = range(no + 1, at - 1)
        if not middle and self.clause.by == US and not text.is_a(no - 1, "be"):
            return True  # "we plan never to", "we chose not to"
        return bool(middle) and all(any(text.is_a(k, kind) for kind in kinds) for k in middle)

    def _forbidden(self, at: int) -> Phrase | None:
        """The words behind a verb in -ing that forbid what it says; of "not sharing it is unlawful", what it is not."""
        if not self.text.word(at).endswith("ing"):
            return None
        return next(self.text.between(at, self.clause.end, "forbidden"), None)

    def _denied_behind(self, at: int) -> tuple[int, int] | None:
        """ "We share it with no one", "sharing it is forbidden": the object denies, or what is said of doing it."""
        text = self.text
        forbidden = self._forbidden(at)
        if forbidden is not None:
            return forbidden.end - 1, forbidden.end - 1
        for k in range(at + 1, min(at + 2 + NEAR, self.clause.end)):
            if text.word(k) in text.grammar.verbs and text.word(k) != text.word(at):
                return None
            if text.word(k) in _DENYING_OBJECTS and text.negative(k):
                return k, k
        return None


def _who_by_themselves(text: ClauseText, at: int) -> str:
    """Who does it "themselves": a party, we, or others."""
    if text.is_own(at):
        return US
    unknown = "" if text.is_a(at + 1, "us") or text.is_a(at + 1, "reader") else OTHERS
    return text.grammar.pronouns.get(text.word(at)) or text.party_ends.get(at + 1, unknown)


_GRANTED = frozenset({"consent", "permission"})
_DENYING_OBJECTS = frozenset({"no", "none", "nobody", "nothing"})


def _has_auxiliary(text: ClauseText, no: int) -> bool:
    """Whether a "not" is one that a verb follows: do not, will never, cannot."""
    word = text.word(no)
    if word in ("never", "cannot") or word.endswith("n't"):
        return True
    before = no - 1
    if (word, text.word(no + 1)) == ("no", "longer"):
        return True
    return word == "not" and any(text.is_a(before, kind) for kind in ("modal", "do", "be", "have"))


def _behind_be(text: ClauseText, no: int) -> bool:
    return text.is_a(no - 1, "be") or text.word(no) in ("isn't", "aren't", "wasn't", "weren't")


def _is_participle(text: ClauseText, at: int) -> bool:
    return text.word(at).endswith(("ed", "en", "ing")) or text.is_a(at, "participles")


def used_to(text: ClauseText, at: int) -> bool:
    """Whether "used to" is of the past, as in "we used to" and "used to be kept", and no passive: "is used to"."""
    if text.word(at + 1) != "to":
        return False
    before = at - 1
    while text.is_a(before, "adverbs") and not text.is_a(before, "be"):  # "we also used to"
        before -= 1
    somebody_does = text.word(before) in text.grammar.pronouns or text.is_a(before, "own")
    somebody_does = somebody_does or (
        before > 0 and not text.in_title_case and text.read.written(before)[0].isupper()
    )
    return text.word(at + 2) == "be" or somebody_does or before + 1 in text.party_ends


def _has_participle(text: ClauseText, at: int) -> bool:
    before = at - 1
    while (
        text.is_a(before, "adverbs")
        and not text.is_a(before, "be")
        and not text.is_a(before, "have")
    ):
        before -= 1
    while text.negative(before):
        before -= 1
    return text.is_a(before, "be") or text.is_a(before, "have")


def _takes_base(text: ClauseText, before: int) -> bool:
    """Whether a verb may follow: a modal, "to", "do", or an adverb behind one of them."""
    between = next((p for p in text.all("adverbial") if p.end == before + 1), None)
    if between is not None:
        return text.is_a(between.start - 1, "modal")
    return (
        text.is_a(before, "modal")
        or text.is_a(before, "do")
        or text.is_a(before, "adverbs")
        or text.word(before) in (",", ":", "please")
    )


def _is_passive(text: ClauseText, at: int, start: int) -> bool:
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
    subject = text.word(before) in text.grammar.pronouns or text.is_a(before, "anybody")
    subject = subject or text.is_own(before) or before + 1 in text.party_ends
    return not (have or subject or before < start)


def _agent(text: ClauseText, at: int, end: int) -> str:
    """Who does what is done "by" somebody."""
    for k in range(at + 1, min(end, at + NEAR)):
        if text.word(k) == "by":
            word = text.word(k + 1)
            if word == "us":
                return US
            return somebody(text, k + 1) or (OTHERS if text.is_a(k + 1, "others") else "")
    return ""


def _claims(text: ClauseText, at: int, verb: Verb, by: str, *, denied: bool) -> tuple[Claim, ...]:
    """What it amounts to: what the reader gives us, or others do, we collect; what they have of us, we disclose."""
    if verb.giving and (by == READER or _to_us(text, at)):
        return (Claim.COLLECTS,)
    if by == READER:
        return (Claim.INFORMS,)
    if by not in (US, NOBODY):
        return (
            (Claim.DISCLOSES,)
            if verb.takes
            else tuple(dict.fromkeys((*verb.claims, Claim.DISCLOSES)))
        )
    if verb.giving and text.word(at + 1) == "you":
        return (Claim.USES, *verb.claims)
    if denied and by == NOBODY and verb.takes:
        return (Claim.DISCLOSES, *verb.claims)
    return _of_ours(verb, by)


def _of_ours(verb: Verb, by: str) -> tuple[Claim, ...]:
    """What we do ourselves: what we hear of somebody is collected."""
    taken = by == US and verb.takes and verb.claims == (Claim.DISCLOSES,)
    return (Claim.COLLECTS,) if taken else verb.claims


def _to_us(text: ClauseText, at: int) -> bool:
    """Whether it is given to us: "gives us", "send it to us", "shared with us"."""
    behind = text.read.low[at + 1 : at + 4]
    if "us" in behind and (behind[0] in ("us", "to", "with") or "to" in behind[:2]):
        return True
    for k in range(at + 1, at + 2 + FAR):  # "passes your name and attendance to us"
        if text.word(k) in ("to", "with"):
            return text.word(k + 1) == "us"
        if text.word(k) in text.grammar.verbs or text.word(k) in ("", ".", ",", ";"):
            return False
    return False


FAR = 8
"""How many words what is given may take before "to us"."""
