"""A sentence to its reading: its own words first, then what leads in to it.

The lead-in says the deed of a bullet by the noun of its last clause, and the heading where no lead-in does. A
bullet with a verb of its own is read by that verb as well. What a lead-in denies, its bullets deny.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ropa.reading.clauses import NOBODY, ClauseText, Phrase, phrases
from ropa.reading.deeds import BARE, deeds, nouns, past
from ropa.reading.doings import Doing, doings
from ropa.reading.grammar import grammar
from ropa.reading.left_out import left_out
from ropa.reading.names import Match, Names
from ropa.reading.positions import placed
from ropa.reading.said import (
    OTHERS,
    READER,
    US,
    Deed,
    How,
    If,
    Law,
    Letter,
    Named,
    Part,
    Period,
    Polarity,
    Reading,
    Role,
    SaidSafeguard,
    Span,
)
from ropa.reading.scalars import (
    beginnings,
    criteria,
    figures,
    frames,
    laws,
    letters,
    periods,
    safeguards,
)
from ropa.reading.tokens import singular, tokens
from ropa.register.model import SELF, Claim
from ropa.register.vocabulary import Facet
from ropa.seen.text import Sentence
from ropa.seen.tree import Kind

DANGLING = 6
"""How many words from its end a lead-in's "not" may stand that is meant for its bullets."""
LONGEST = 3_000
"""How many characters are read as one sentence; of a longer one, which nobody reads, no more is read."""


class Said(Struct, frozen=True, dict=True):
    """What one text says by itself, be it a sentence, a lead-in or a heading. Spans count in it."""

    text: ClauseText
    done: tuple[Doing, ...]
    matches: tuple[Match, ...]

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """What its verbs say is done."""
        return deeds(self.text, self.done)

    @cached_property
    def leading(self) -> tuple[Deed, ...]:
        """What its verbs say is done, in the questions that it answers as well: "how we use it"."""
        return deeds(self.text, self.done, leading=True)

    @cached_property
    def nouns(self) -> tuple[Deed, ...]:
        """What its nouns say is done, for what it leads in to."""
        return nouns(self.text)

    @cached_property
    def words(self) -> tuple[Named, ...]:
        """The words of the register that it names."""
        return (*_givers(self), *(_named(self) if self.matches else ()))

    @cached_property
    def laws(self) -> tuple[Law, ...]:
        """The laws it names."""
        return tuple(laws(self.text))

    @cached_property
    def safeguards(self) -> tuple[SaidSafeguard, ...]:
        """The safeguards it names."""
        return tuple(safeguards(self.text))

    @cached_property
    def frames(self) -> bool:
        """Whether it speaks of a lawful basis."""
        return frames(self.text)

    @cached_property
    def keeps(self) -> bool:
        """Whether it speaks of keeping."""
        by_verb = any(Claim.KEEPS in doing.claims for doing in self.done)
        return by_verb or any(p.value == Claim.KEEPS for p in self.text.all("noun"))

    @cached_property
    def speaks(self) -> bool:
        """Whether it is a sentence with a subject and a verb, and no mere item of a list."""
        return any(doing.clause.at >= 0 and doing.clause.kind == "main" for doing in self.done)

    @cached_property
    def is_fragment(self) -> bool:
        """Whether it is no sentence: an entry, a cell, an answer in a few words."""
        return not self.speaks and not any(
            self.text.is_a(at, "finite") for at in range(len(self.text.read))
        )

    @cached_property
    def dangling(self) -> Span | None:
        """The "not" that is meant for what follows: "we will never:"."""
        text = self.text
        if not text.negatives:
            return None
        spent = {doing.denial[0] for doing in self.done if doing.denial}
        last = max(text.negatives, default=-1)
        if last < 0 or last in spent or any(doing.at > last for doing in self.done):
            return None
        near = len(text.read) - last <= DANGLING and text.word(len(text.read) - 1) == ":"
        return text.span(last, last + 1) if near else None

    @cached_property
    def only(self) -> tuple[Span, ...]:
        """The words that say "not otherwise"."""
        text = self.text
        return tuple(
            text.span(at, at + 1) for at in range(len(text.read)) if text.is_a(at, "solely")
        )

    @cached_property
    def unrighted(self) -> tuple[Span, ...]:
        """The words that say what people have no right to."""
        return tuple(self.text.span(p.start, p.end) for p in self.text.all("unrighted"))

    def standing(self, part: Part) -> "NamedBeside":
        """What it names, marked as standing in a lead-in, a row or below; made once for all the entries of a list."""
        if part not in self._standing:
            self._standing[part] = NamedBeside(
                words=_in(self.words, part),
                periods=_in(self.periods(keeping=self.keeps), part),
                letters=_in(self.letters(framed=self.frames), part),
                laws=_in(self.laws, part),
                safeguards=_in(self.safeguards, part),
                only=tuple(_moved(place, part) for place in self.only),
            )
        return self._standing[part]

    @cached_property
    def _standing(self) -> "dict[Part, NamedBeside]":
        return {}

    @cached_property
    def headed(self) -> tuple[Named, ...]:
        """The words that it names, marked as standing in a heading."""
        return _in(self.words, Part.HEADING)

    def periods(self, *, keeping: bool) -> Iterator[Period]:
        """Its periods, which are of keeping where what leads in to it speaks of that."""
        return periods(self.text, keeping=keeping)

    def letters(self, *, framed: bool) -> tuple[Letter, ...]:
        """The lawful bases it names."""
        return letters(self.text, framed=framed)


class NamedBeside(Struct, frozen=True):
    """What a lead-in, a row or a line below names, for the sentence that is read with it."""

    words: tuple[Named, ...]
    periods: tuple[Period, ...]
    letters: tuple[Letter, ...]
    laws: tuple[Law, ...]
    safeguards: tuple[SaidSafeguard, ...]
    only: tuple[Span, ...]


class NamedHere(NamedTuple):
    """What a text names of a register: all of the register that its reading depends on.

    `parties` are by the token their name begins at, with the one behind it, `beginnings` are its own words for when a
    period begins, and `own` the nouns that mean the organisation itself.
    """

    matches: tuple[Match, ...]
    parties: tuple[tuple[int, tuple[int, str]], ...]
    beginnings: tuple[Phrase, ...]
    own: frozenset[str]


def read(sentence: Sentence, names: Names) -> Reading:
    """What a sentence says, with its lead-in and its heading."""
    return combine(sentence, lambda text: say(text, named_in(text, names)))


def named_in(text: str, names: Names) -> NamedHere:
    """What a text names of a register."""
    read = tokens(text[:LONGEST])
    matches = names.find(read)
    parties = {
        m.start: (m.end, m.name.word if m.name.word in names.parties else OTHERS)
        for m in matches
        if m.name.facet is Facet.RECIPIENT and m.name.how is not How.STEMS
    }
    parties |= {start: (end, US) for start, end in names.ourselves(read)}
    return NamedHere(matches, tuple(parties.items()), names.beginnings(read), names.own)


def say(text: str, named: NamedHere) -> Said:
    """What one text says by itself, by what it names."""
    read = tokens(text[:LONGEST])
    language = grammar()
    found = phrases(read, language.phrases)
    if named.beginnings:
        found = tuple(sorted((*found, *named.beginnings), key=lambda p: p.start))
    made = ClauseText(read, found, dict(named.parties), named.own, language)
    return Said(made, doings(made), named.matches)


def combine(sentence: Sentence, said: Callable[[str], Said]) -> Reading:
    """The reading of a sentence, from what each of its parts says by itself."""
    own, lead, heading = (said(part) for part in (sentence.text, sentence.lead, sentence.heading))
    row, below = said(sentence.row), said(sentence.follows)
    beside = (lead.standing(Part.LEAD), row.standing(Part.ROW), below.standing(Part.BELOW))
    parts = (own, lead, heading, row)
    led = tuple(_led(own, lead, heading if sentence.kind is not Kind.HEADING else lead))
    keeping = any(part.keeps for part in parts)
    framed = any(part.frames for part in parts)
    return Reading(
        sentence=sentence,
        deeds=(*_own(own, lead, item=bool(sentence.lead) or sentence.kind is Kind.BULLET), *led),
        words=placed(sentence.text, _words(own, led), own.deeds, led, item=own.is_fragment)
        + tuple(w for h in beside for w in h.words)
        + heading.headed,
        periods=(*own.periods(keeping=keeping), *(p for h in beside for p in h.periods)),
        letters=own.letters(framed=framed) + tuple(one for h in beside for one in h.letters),
        laws=own.laws + tuple(law for h in beside for law in h.laws),
        safeguards=own.safeguards + tuple(one for h in beside for one in h.safeguards),
        criteria=tuple(criteria(own.text)),
        beginnings=tuple(beginnings(own.text)),
        only=own.only + lead.standing(Part.LEAD).only,
        past=past(own.text),
        unrighted=own.unrighted + tuple(_moved(span, Part.LEAD) for span in lead.unrighted),
        question=sentence.text.endswith("?"),
    )


def held(sentence: Sentence, said: Callable[[str], Said]) -> Reading:
    """What can be held of a sentence in a language that the grammar does not read; nothing is said to be denied."""
    own = said(sentence.text)
    return Reading(
        sentence=sentence,
        words=tuple(
            replace(word, role=Role.NAMED, denied=False, listed=False) for word in own.words
        ),
        periods=tuple(figures(own.text)),
        letters=tuple(letter for letter in own.letters(framed=False) if not letter.in_words),
        laws=own.laws,
        safeguards=own.safeguards,
        grammar=False,
    )


def _own(own: Said, lead: Said, *, item: bool) -> Iterator[Deed]:
    """The deeds of its own verbs; a bullet's bare verb is denied where its lead-in ends in "we will not".

    A verb without a subject is ours in an item of a list; elsewhere it tells the reader what to do.
    """
    mark = _denying(lead) if not own.speaks else None
    mark = mark or _unsaying(lead)
    rights = any(Claim.INFORMS in deed.claims for deed in lead.nouns)
    for made in own.deeds:
        deed = made if made.by != BARE else replace(made, by=US if item else READER)
        if rights:  # "you have the right to:" / "have your data erased"
            deed = replace(deed, by=READER, claims=(Claim.INFORMS,))
        if mark and deed.by != READER and deed.polarity is Polarity.SAYS:
            yield replace(deed, polarity=Polarity.DENIES, marks=(*deed.marks, mark))
        else:
            yield deed


def _denying(lead: Said) -> Span | None:
    """The words of a lead-in that deny what its entries say."""
    if lead.dangling:
        return _moved(lead.dangling, Part.LEAD)
    denied = (d for d in lead.deeds if d.polarity is Polarity.DENIES and d.by != READER)
    deed = next(denied, None)
    return _moved(deed.marks[0], Part.LEAD) if deed and deed.marks else None


def _unsaying(lead: Said) -> Span | None:
    """The words of a lead-in that let nothing below it be so, sentences too: "the following are myths:"."""
    found = next(lead.text.all("untrue"), None)
    both = any(lead.text.is_a(at, "and") for at in range(len(lead.text.read)))
    return _moved(lead.text.span(found.start, found.end), Part.LEAD) if found and not both else None


def _led(own: Said, lead: Said, heading: Said) -> Iterator[Deed]:
    """The deeds that the lead-in says, or the heading where neither the sentence nor the lead-in says any."""
    found = list(_leading(lead, Part.LEAD))
    if not found and own.is_fragment:
        found = list(_leading(heading, Part.HEADING))
    yield from found


def _leading(said: Said, part: Part) -> Iterator[Deed]:
    """The deeds of what leads in: the noun of its last clause first, denied and hedged as its verb is."""
    verbs = [deed for deed in said.leading if deed.by != READER]
    if not verbs:
        verbs = [deed for deed in said.leading if Claim.COLLECTS in deed.claims]
    asked = _asks(said.text)
    for deed in (*said.nouns, *verbs):
        like = verbs[-1] if verbs and deed in said.nouns else deed
        polarity = like.polarity
        if asked is not None:
            polarity = Polarity.ASKS if asked else Polarity.SAYS
        yield Deed(
            claims=deed.claims,
            span=_moved(deed.span, part),
            clause=_moved(deed.clause, part),
            by=US if deed.by == BARE else deed.by,
            polarity=polarity,
            strength=like.strength,
            time=like.time,
            conditions=tuple(If(held.ground, _moved(held.span, part)) for held in like.conditions),
            marks=tuple(_moved(mark, part) for mark in like.marks),
            hangs=_moved(like.hangs, part) if like.hangs else None,
        )


def _asks(text: ClauseText) -> bool | None:
    """Whether a question asks for yes or no; "who" tells that there is somebody. None for no question."""
    if not text.read.text.endswith("?"):
        return None
    return not any(text.is_a(at, "whose") for at in range(min(3, len(text.read))))


def _moved(place: Span, part: Part) -> Span:
    return Span(place.start, place.end, part)


_Spanned = TypeVar("_Spanned", Named, Period, Letter, Law, SaidSafeguard)


def _in(found: Iterable[_Spanned], part: Part) -> tuple[_Spanned, ...]:
    """What stands in the lead-in or the heading, marked as standing there."""
    return tuple(replace(one, span=_moved(one.span, part)) for one in found)


def _words(own: Said, led: tuple[Deed, ...]) -> tuple[Named, ...]:
    """The words of the sentence itself; an item of a list that is denied is denied."""
    if own.speaks or not any(deed.polarity is Polarity.DENIES for deed in led):
        return own.words
    return tuple(replace(word, denied=True) for word in own.words)


def _named(said: Said) -> Iterator[Named]:
    text = said.text
    denied = _denied(text, said.done)
    within = {at for law in said.laws for at in _inside(text, law.span)}
    for match in said.matches:
        name = match.name
        if match.start in within or _is_other(text, match):
            continue
        role = _role(text, match.start) if name.facet is Facet.RECIPIENT else Role.NAMED
        if name.word == SELF and not (text.is_a(match.start - 1, "to") or role is Role.FROM):
            continue
        yield Named(
            facet=name.facet,
            word=name.word,
            span=text.span(match.start, match.end),
            how=name.how,
            role=role,
            denied=match.start in denied,
            listed=text.has(match.start - NEAR, match.start, "listed"),
        )


def _givers(said: Said) -> Iterator[Named]:
    """The reader, where they give us their data, or are asked for it: that is where it comes from."""
    for doing in said.done:
        if Claim.COLLECTS not in doing.claims or doing.denial:
            continue
        asked = said.text.word(doing.at) in _ASK and said.text.word(doing.at + 1) == "you"
        if doing.by == READER or (doing.by == US and asked):
            at = doing.clause.at if doing.clause.at >= 0 else doing.at
            at = doing.at + 1 if asked else at
            place = said.text.span(at, at + 1)
            yield Named(Facet.RECIPIENT, SELF, place, How.SYNONYM, Role.FROM)


_ASK = frozenset({"ask", "asks", "asked", "asking"})


def _is_other(text: ClauseText, match: Match) -> bool:
    """Whether it is no word of the register after all: we ourselves, or part of somebody's name."""
    end, who = text.parties.get(match.start, (0, ""))
    single = match.end - match.start == 1
    own = (who == US and end >= match.end) or (single and text.is_own(match.start))
    if match.name.facet is Facet.RECIPIENT and own:
        return True
    return _modifies(text, match) or _in_a_name(text, match)


def _in_a_name(text: ClauseText, match: Match) -> bool:
    """Whether a longer name in capitals goes on behind it: "Charity Commission", "Data Protection Officer"."""
    last, behind = match.end - 1, match.end
    if match.name.how in (How.NAME, How.SHORT) or text.in_title_case or behind >= len(text.read):
        return False
    return (
        text.read.written(last)[0].isupper() and text.read.written(behind)[0].isupper() and last > 0
    )


def _modifies(text: ClauseText, match: Match) -> bool:
    """Whether the word for somebody only says of which kind the next word is: "bank details", "court order"."""
    if match.name.facet is not Facet.RECIPIENT or match.end - match.start > 1 or match.name.exact:
        return False
    word, behind = text.word(match.start), text.word(match.end)
    if singular(word) != word or not behind.isalpha() or text.read.written(match.end)[0].isupper():
        return False
    return not (
        text.is_a(match.end, "function")
        or text.is_a(match.end, "bodies")
        or text.is_a(match.end, "others")
        or text.is_a(match.end, "reader")
        or text.is_a(match.end, "us")
        or behind in text.grammar.verbs
        or behind in text.grammar.clauses
    )


def _inside(text: ClauseText, place: Span) -> range:
    """The tokens that a span covers."""
    starts = text.read.starts
    return range(bisect_left(starts, place.start), bisect_left(starts, place.end))


NEAR = 12
"""How many words back a "such as", or the "to" of a list of recipients, may stand."""


def _role(text: ClauseText, start: int) -> Role:
    """What somebody who is named does: the nearest "to", "from" or "by" before, in the same clause, says it."""
    for at in range(start - 1, max(-1, start - NEAR), -1):
        word = text.word(at)
        if text.is_a(at, "to"):
            return Role.TO
        if word in ("from", "by"):
            return Role.FROM if word == "from" else Role.BY
        if word in (".", ";", ":", "?") or word in text.grammar.verbs:
            return Role.NAMED
    return Role.NAMED


def _denied(text: ClauseText, done: tuple[Doing, ...]) -> frozenset[int]:
    """The tokens that stand where something is denied, and in no exception from it; or in one from all there are."""
    found = set(left_out(text))
    if not text.negatives:
        return frozenset(found)
    spent = {d.denial[0] for d in done if d.denial and d.by == READER} & text.refusals
    for doing in done:
        if doing.denial and not doing.limited and doing.by in (US, NOBODY):
            spent.add(doing.denial[0])
            found.update(range(_from(doing), _until(text, doing.at, doing.clause.end)))
    for at in text.negatives:
        if at not in spent and at not in found:
            most = len(text.read) if _of_being(text, at) else at + NEAR
            found.update(range(at, _until(text, at, _clause_end(text, at, most))))
    return frozenset(found)


def _clause_end(text: ClauseText, at: int, most: int) -> int:
    """Where the clause of a denial ends; what is refused ends at a comma: "rather than ask you, we"."""
    refused = at in text.refusals
    ends = (
        k for k in range(at, most) if text.word(k) in _OPENING or (refused and text.word(k) == ",")
    )
    return next(ends, most)


_OPENING = frozenset({"when", "whenever", "because"})


def _of_being(text: ClauseText, at: int) -> bool:
    """Whether a "not" is of all that something is: "this can never be your name, your address or"."""
    behind = at + 1 + (text.word(at + 1) == "longer")
    return text.word(behind) == "be"


def _from(doing: Doing) -> int:
    """Where a denial begins: with the subject of a passive, else with its "not"."""
    assert doing.denial is not None
    return doing.clause.start if doing.by == NOBODY else min(doing.denial[0], doing.at)


def _until(text: ClauseText, start: int, end: int) -> int:
    """Where a denial ends: with its clause, or where an exception begins."""
    stops = (
        at for at in range(start, min(end, len(text.read))) if text.word(at) in (".", ";", "but")
    )
    behind = next(text.between(start, end, "except"), None)
    return min(next(stops, end), behind.start if behind else end, len(text.read))
