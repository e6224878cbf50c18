"""The fewest sentences that would close every gap, in draft, with the statement to tie each to.

A sentence says one thing, and no more than the register bears out: a list of recipients, of data, of sources,
of purposes with their basis, of data with how long it is kept, of countries with their safeguard. Gaps that
one list can close share a sentence, and it says only what is missing, in a notice of those who miss it.
Recipients of different kinds, or for different purposes, do not stand on one list, and neither do purposes that no
entry has together. So the number of sentences is the least there can be under that rule: for each list, the fewest
notices that reach everyone who must read it. What no sentence can close stands beside them, with what it needs.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from msgspec import Struct, field
from msgspec.structs import replace

from ropa.drafting.words import goes_on
from ropa.flows.flow import AXES, COUNTRY, DATA, PURPOSE, RECIPIENT, SOURCE, SUBJECT, Flow
from ropa.flows.regions import EVERYTHING, Region, minus, narrowed
from ropa.judging.coverage import Coverage, Judgement
from ropa.judging.grading import (
    Events,
    Grade,
    Grader,
    grade_basis,
    grade_beginning,
    grade_exception,
    grade_length,
)
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.register.model import (
    OURSELVES,
    Action,
    Basis,
    Claim,
    Notice,
    Register,
    Retention,
    Statement,
    Words,
)
from ropa.register.periods import NEVER, how_long
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

_MOST_TRIED = 12
"""With more notices than this, the fewest are sought greedily instead of by trying every choice."""


class DraftSentence(Struct, frozen=True):
    """One sentence to add to one notice.

    `closes` are the flows and facets that are told once it stands there, `helps` those of which it tells
    what can be told, though they need something else first. `groups` are the people who lack it. `caution` says
    what the sentence claims beyond what anybody recorded one by one; it is empty where it claims nothing of the kind.
    """

    notice: Notice
    wording: str
    statement: str
    closes: tuple[tuple[str, Facet], ...]
    helps: tuple[tuple[str, Facet], ...]
    groups: Words
    caution: str = ""

    @property
    def flows(self) -> tuple[str, ...]:
        """The flows it closes a gap of, or helps to, once each."""
        return tuple(dict.fromkeys(flow for flow, _ in (*self.closes, *self.helps)))


class Beyond(Struct, frozen=True):
    """A gap that no sentence can close by itself, and what it needs."""

    flow: Flow
    judgement: Judgement
    needs: str


class Repair(Struct, frozen=True):
    """The sentences to add, most helpful first, and the gaps that no sentence can close."""

    sentences: tuple[DraftSentence, ...]
    beyond: tuple[Beyond, ...]

    def of(self, flow: str, facet: Facet) -> tuple[DraftSentence, ...]:
        """The sentences that close one gap, or help to."""
        return tuple(
            s for s in self.sentences if (flow, facet) in s.closes or (flow, facet) in s.helps
        )


class _List(Struct, frozen=True):
    """What a sentence is a list of, and what it says of the whole list: equal ones are one sentence.

    `kind` is the kind of recipient, and `together` are the purposes that stand with these: neither is said of the list,
    and both keep it apart from others.
    """

    facet: Facet
    claim: Claim
    beside: tuple[tuple[Facet, Words], ...] = ()
    by: Words = ()
    letter: str = ""
    law: Words = ()
    period: str = ""
    trigger: str = ""
    criteria: str = ""
    longer: Words = ()
    safeguard: str = ""
    kind: str = ""
    together: Words = ()


class _Need(Struct, frozen=True):
    """What one gap needs on a list: words, and the people who have to read it."""

    flow: Flow
    facet: Facet
    words: Words
    people: int
    closes: bool


class _OpenGap(Struct):
    """One gap while it is looked at: what goes on which lists, and what it needs besides."""

    flow: Flow
    judgement: Judgement
    said: list[tuple[_List, Words, int]] = field(default_factory=list)
    needs: dict[str, None] = field(default_factory=dict)

    def say(self, on: _List, words: Words, untold: Iterable[Region]) -> None:
        """Put words on a list, for the people who are not told."""
        people = 0
        for region in untold:
            people |= region[SUBJECT]
        if words and people:
            self.said.append((on, words, people))

    def need(self, what: str) -> None:
        """Note what no sentence can give."""
        self.needs[what] = None


def repair(coverage: Coverage) -> Repair:
    """Draft sentences for every gap that a sentence can close."""
    drafting = _Drafting(coverage)
    lists: dict[_List, list[_Need]] = {}
    beyond = []
    undecided = coverage.settings.untied is Untied.UNDECIDED
    for told in coverage.flows:
        for judgement in told.judgements:
            if judgement.verdict is Verdict.CLEAR:
                continue
            if judgement.verdict is Verdict.UNTIED and undecided:
                beyond.append(Beyond(told.flow, judgement, _tie(judgement)))
                continue
            gap = drafting.gap(told.flow, judgement)
            for on, words, people in gap.said:
                need = _Need(told.flow, judgement.facet, words, people, not gap.needs)
                lists.setdefault(on, []).append(need)
            if gap.needs:
                beyond.append(Beyond(told.flow, judgement, phrases.several(gap.needs)))
    joined = _within_others(lists)
    sentences = [s for on, needs in joined.items() for s in drafting.sentences(on, needs)]
    sentences.sort(key=lambda s: (-len(s.closes), -len(s.helps)))
    return Repair(tuple(sentences), tuple(beyond))


def _within_others(lists: Mapping[_List, list[_Need]]) -> Mapping[_List, list[_Need]]:
    """The lists of purposes without those of which another list has every word."""
    words = {
        on: frozenset(word for need in needs for word in need.words) for on, needs in lists.items()
    }
    joined: dict[_List, list[_Need]] = {}
    having: dict[tuple[_List, str], list[_List]] = {}
    for on in sorted(lists, key=lambda on: -len(words[on])):
        alike = replace(on, together=()) if on.facet is Facet.PURPOSE else on
        wider = having.get((alike, min(words[on])), ())
        into = next((other for other in wider if words[on] <= words[other]), on)
        joined.setdefault(into, []).extend(lists[on])
        if into is on:
            for word in words[on]:
                having.setdefault((alike, word), []).append(on)
    return {on: joined[on] for on in lists if on in joined}


def _tie(judgement: Judgement) -> str:
    """What is needed where a sentence may tell it, or any of a notice that nobody has begun to tie."""
    if not judgement.sentences:
        return "statements that tie what the notices say, since nobody has written any yet"
    said = phrases.several(f"“{s.sentence.text}”" for s in judgement.sentences[:2])
    return f"a statement that ties {said}, if the notice says it there"


class _Drafting:
    """Looks at one gap after the other, and remembers which notices reach whom."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.register = coverage.register
        self.linked = coverage.settings.linked
        self.words = [coverage.register.vocabulary[axis.scheme] for axis in AXES]
        self.grader = Grader(self.words, coverage.settings.max_hops)
        events = coverage.register.vocabulary[Facet.TRIGGER]
        self.events = Events(events, coverage.settings.max_hops)
        self.reach = coverage.voices.reach
        self.readable = [n for n in coverage.voices.notices if n.readable]
        self.readers = _union(self.reach[n.id] for n in self.readable)
        self.spoken = {spoken.statement: spoken for spoken in coverage.voices.spoken}
        self.chosen: dict[int, tuple[Notice, ...]] = {}

    # -- what a gap needs ----------------------------------------------------------------------

    def gap(self, flow: Flow, judgement: Judgement) -> _OpenGap:
        """What one gap needs said, and what no sentence can give it."""
        gap, facet = _OpenGap(flow, judgement), judgement.facet
        if facet is Facet.PROMISE:
            self._promise(gap)
        elif facet is Facet.SUBJECT or not self._people(flow):
            self._notice(gap)
        elif flow.start.id in self.words[RECIPIENT].unknown and flow.action is Action.ONWARD:
            self._undefined(
                gap, RECIPIENT, (flow.start.id,)
            )  # whoever passes it on has to be named
        elif facet is Facet.BASIS:
            self._basis(gap)
        elif facet is Facet.RETENTION:
            self._retention(gap)
        elif facet is Facet.TRANSFER:
            self._transfer(gap)
        else:
            self._worded(gap, AXES.index(facet))
        self._only_where_it_can_be_read(gap)
        return gap

    def _promise(self, gap: _OpenGap) -> None:
        promises = phrases.quoted(
            [s for s in gap.judgement.against if s.negative] or gap.judgement.against
        )
        if gap.judgement.verdict is Verdict.UNDECIDABLE:
            gap.need(
                f"the text or the words of the promise {promises}, so that it can be looked up"
            )
        else:
            gap.need(
                f"the promise {promises} kept, or worded so that it makes an exception of this"
            )

    def _notice(self, gap: _OpenGap) -> None:
        """What people who get no notice need; for them, no other gap has to be looked at."""
        without = self._mask(SUBJECT, gap.flow.box[SUBJECT]) & ~self.coverage.voices.noticed
        known = [word for word in gap.flow.box[SUBJECT] if word not in self.words[SUBJECT].unknown]
        self._undefined(gap, SUBJECT, gap.flow.box[SUBJECT])
        names = self.words[SUBJECT].names(without & self._mask(SUBJECT, known), known)
        if names:
            gap.need(f"a notice for {phrases.several(map(phrases.inside, names))}")

    def _undefined(self, gap: _OpenGap, axis: int, words: Words) -> None:
        for word in words:
            if word in self.words[axis].unknown:
                gap.need(f"a definition of “{word}”")

    def _worded(self, gap: _OpenGap, axis: int) -> None:
        flow = gap.flow
        if axis == SOURCE and not flow.box[SOURCE]:
            gap.need("a record of where the data comes from")
            return
        words = flow.indirect if axis == DATA and flow.indirect else flow.box[axis]
        on = self._list(flow, AXES[axis])
        for facet, said in on.beside:  # a word that is left out there is not told here
            if facet is not Facet.SUBJECT and said != flow.words(facet):
                self._undefined(gap, AXES.index(facet), flow.words(facet))
        for word in words:
            untold = self._untold_of(gap, axis, word)
            if word in self.words[axis].unknown:
                self._undefined(gap, axis, (word,))
            elif untold and self.words[axis].umbrella(word):
                gap.need(f"a more exact word than “{self.words[axis].label(word)}” in the register")
            else:
                gap.say(on, (word,), (r for r in untold if self._within(r, on)))

    def _within(self, region: Region, on: _List) -> bool:
        """Whether some of a region is what a list speaks of, by the words beside it."""
        return all(region[AXES.index(f)] & self._mask(AXES.index(f), said) for f, said in on.beside)

    def _list(self, flow: Flow, facet: Facet) -> _List:
        """The list on which the words of a facet go, beside what the settings want told together with it."""
        together = self.linked if facet in self.linked else frozenset()
        beside = tuple(
            (other, self._known(axis, flow.box[axis]))
            for axis, other in enumerate(AXES)
            if other in together and other is not facet and flow.box[axis]
        )
        if facet is Facet.PURPOSE and not beside:
            beside = self._whose(flow)
        if facet is Facet.RECIPIENT and Facet.PURPOSE not in together:
            beside += self._what_for(flow)
        kind = self._kind(flow) if facet is Facet.RECIPIENT else ""
        with_it = self._together(flow) if facet in (Facet.RECIPIENT, Facet.PURPOSE) else ()
        stated = {facet, *(other for other, _ in beside)}
        by = (flow.start.id,) if flow.action is Action.ONWARD else ()
        claim = Claim.USES
        if by or not stated.isdisjoint({Facet.RECIPIENT, Facet.COUNTRY}):
            claim = Claim.DISCLOSES
        elif Facet.SOURCE in stated:
            claim = Claim.COLLECTS
        on = _List(facet, claim, beside, by, kind=kind, together=with_it)
        if flow.basis is None or facet is not Facet.PURPOSE:
            return on
        return replace(on, letter=flow.basis.letter, law=flow.basis.law)

    def _what_for(self, flow: Flow) -> tuple[tuple[Facet, Words], ...]:
        """The purposes for which somebody gets data, where each of them can be said."""
        words, purposes = self.words[PURPOSE], flow.box[PURPOSE]
        plain = not any(word in words.unknown or words.umbrella(word) for word in purposes)
        return ((Facet.PURPOSE, purposes),) if purposes and plain else ()

    def _together(self, flow: Flow) -> Words:
        """The purposes that the register gives together with those of a flow: its entry's, or the recipient's own."""
        entry, own = self.register.activities[flow.activity].purposes, flow.box[PURPOSE]
        return entry if flow.action is Action.USE or set(own) <= set(entry) else own

    def _kind(self, flow: Flow) -> str:
        """The kind of a recipient: a list of these is read as if each got data on the same terms."""
        party = self.register.parties.get(flow.end.id)
        words, mask = self.words[RECIPIENT], self._mask(RECIPIENT, (flow.end.id,))
        for kind in (OURSELVES, "processor"):
            below = kind in words.terms and mask and not mask & ~words.mask(kind)
            if below or (party and party.type == kind):
                return kind
        by_law = any(condition.kind == "required-by-law" for condition in flow.conditions)
        if by_law or (flow.basis is not None and flow.basis.letter == "c"):
            return "by law"
        return party.type if party else ""

    def _whose(self, flow: Flow) -> tuple[tuple[Facet, Words], ...]:
        """The recipient, where the purposes of a disclosure are theirs: to say that they are ours is not true."""
        activity = self.coverage.register.activities[flow.activity]
        ours = flow.action is not Action.DISCLOSE or set(flow.box[PURPOSE]) <= set(
            activity.purposes
        )
        return () if ours else ((Facet.RECIPIENT, flow.box[RECIPIENT]),)

    def _basis(self, gap: _OpenGap) -> None:
        flow = gap.flow
        if flow.basis is None or not flow.basis.letter:
            gap.need("a record of the lawful basis")
            return
        on, telling = self._basis_list(flow), self._telling(gap)
        firm = any(s.basis and not s.basis.article_6 for s in telling) and any(
            self._gainsays(self._basis_list(other), other, flow) for other in self._unsaid
        )
        untold = self._without_basis(flow, telling, firm=firm)
        self._say_of_each(gap, on, PURPOSE, flow.box[PURPOSE], untold)
        if untold:
            self._keep_told(gap, on)

    def _keep_told(self, gap: _OpenGap, on: _List) -> None:
        """Say the bases that are told in words alone, where what is said of this one would gainsay them."""
        flow = gap.flow
        for other, telling in self._in_words:
            if self._gainsays(on, flow, other):
                left = self._without_basis(other, telling, firm=True)
                purposes = self.words[PURPOSE].mask
                here = self._mask(PURPOSE, flow.box[PURPOSE])
                shared = tuple(word for word in other.box[PURPOSE] if purposes(word) & here)
                self._say_of_each(gap, self._basis_list(other), PURPOSE, shared, left)

    def _basis_list(self, flow: Flow) -> _List:
        """The list of purposes of which the basis of a flow is said."""
        basis, whose = flow.basis or Basis(), self._whose(flow)
        claim = Claim.DISCLOSES if whose else Claim.USES
        together = self._together(flow)
        return _List(
            Facet.PURPOSE, claim, whose, letter=basis.letter, law=basis.law, together=together
        )

    def _without_basis(
        self, flow: Flow, telling: Iterable[Statement], *, firm: bool
    ) -> list[Region]:
        """Where nobody tells the basis of a flow; `firm`, where nobody tells its very letter."""
        letter = flow.basis.letter if flow.basis else ""
        grades = ((s, grade_basis(s.basis, letter)) for s in telling if s.basis)
        well = [s for s, g in grades if (g is Grade.EXACT if firm else g.well)]
        return minus([self._region(flow)], [self._heard(flow, s) for s in well])

    def _gainsays(self, on: _List, flow: Flow, other: Flow) -> bool:
        """Whether the sentence on the basis of one flow names another basis than that of another flow.

        A basis that is told in words does not stand beside it: its letter has to be told, too.
        """
        if on.letter == (other.basis.letter if other.basis else ""):
            return False
        axes = [SUBJECT, PURPOSE, *(AXES.index(facet) for facet, _ in on.beside)]
        return all(self._mask(a, flow.box[a]) & self._mask(a, other.box[a]) for a in axes)

    @cached_property
    def _bases(self) -> list[tuple[Flow, Judgement]]:
        judged = ((told.flow, told.on(Facet.BASIS)) for told in self.coverage.flows)
        return [(flow, j) for flow, j in judged if j and flow.basis and flow.basis.letter]

    @cached_property
    def _unsaid(self) -> list[Flow]:
        """The flows whose basis a sentence will say, of those alike one."""
        found = (flow for flow, j in self._bases if j.verdict is not Verdict.CLEAR)
        return list({(f.basis, *f.box): f for f in found}.values())

    @cached_property
    def _in_words(self) -> list[tuple[Flow, tuple[Statement, ...]]]:
        """The flows whose basis is told, but somewhere in words alone; of those alike one."""
        found = ((f, j) for f, j in self._bases if j.verdict is Verdict.CLEAR and j.how != "exact")
        return list({(f.basis, *f.box): (f, j.told_by) for f, j in found}.values())

    def _retention(self, gap: _OpenGap) -> None:
        flow, recorded = gap.flow, 0
        whole = self._mask(DATA, flow.box[DATA])
        for entry in flow.retention:
            atoms = self._mask(DATA, entry.data) & whole
            if atoms and (entry.period or entry.criteria):
                recorded |= atoms
                if entry.period != NEVER:
                    self._entry(gap, entry, atoms)
        if whole & ~recorded:
            names = self.words[DATA].names(whole & ~recorded, flow.box[DATA])
            gap.need(f"a record of how long {phrases.several(map(phrases.inside, names))} is kept")

    def _entry(self, gap: _OpenGap, entry: Retention, atoms: int) -> None:
        """What one line of the retention schedule needs said."""
        flow, told_by = gap.flow, self._telling(gap)
        trigger = self._beginning(gap, entry)
        region = self._region(flow, DATA, atoms)
        untold = minus(
            [region],
            [self._heard(flow, s) for s in told_by if _tells_how_long(s, entry, self.events)],
        )
        if trigger:
            begins = [self._heard(flow, s) for s in told_by if self._tells_when(s, entry)]
            untold += minus([region], begins)
        if entry.longer:
            exceptions = [
                self._heard(flow, s) for s in told_by if grade_exception(s, entry) is Grade.EXACT
            ]
            untold += minus([region], exceptions)
        timed = bool(entry.period)
        on = _List(
            Facet.DATA,
            Claim.KEEPS,
            period=entry.period,
            trigger=trigger,
            criteria="" if timed else entry.criteria,
            longer=entry.longer,
        )
        data = self.words[DATA].narrowed(entry.data, flow.box[DATA])
        self._say_of_each(gap, on, DATA, data, untold)

    def _beginning(self, gap: _OpenGap, entry: Retention) -> str:
        """The word for when a period begins that a sentence can say; one that says too little is asked about."""
        if entry.trigger in self.events.words.unknown:
            gap.need(f"a definition of “{entry.trigger}”")
            return ""
        if not entry.period:
            return ""
        if self.events.words.umbrella(entry.trigger):
            label = self.events.words.label(entry.trigger)
            gap.need(f"a more exact word than “{label}” in the register")
        return entry.trigger

    def _tells_when(self, statement: Statement, entry: Retention) -> bool:
        """Whether a statement tells from when as well as the register does: by its very word, if that is vague."""
        grades = grade_beginning(statement, entry, self.events)
        return any(grade.well for grade in grades) or self.events.same(
            statement.trigger, entry.trigger
        )

    def _transfer(self, gap: _OpenGap) -> None:
        flow, words = gap.flow, gap.flow.box[COUNTRY]
        known, untold = self._known(COUNTRY, words), list[Region]()
        self._undefined(gap, COUNTRY, words)
        for word in known:
            regions = self._untold_of(gap, COUNTRY, word)
            if not regions:
                continue
            if self.words[COUNTRY].umbrella(word):
                gap.need(
                    f"a more exact word than “{self.words[COUNTRY].label(word)}” in the register"
                )
            else:
                untold += regions
        if flow.safeguard:
            named = [s for s in self._telling(gap) if s.safeguard == flow.safeguard]
            untold += minus([self._region(flow)], [self._heard(flow, s) for s in named])
        by = (flow.start.id,) if flow.action is Action.ONWARD else ()
        gap.say(
            _List(Facet.COUNTRY, Claim.TRANSFERS, by=by, safeguard=flow.safeguard), known, untold
        )

    def _only_where_it_can_be_read(self, gap: _OpenGap) -> None:
        """Leave out the people whose notices have no text on file: what is added there is not evidence."""
        away = _union(people for _, _, people in gap.said) & ~self.readers
        if away:
            notices = [n.name for n in self.coverage.voices.notices if self.reach[n.id] & away]
            said = phrases.several((f"“{name}”" for name in notices), "or")
            gap.need(f"the text of {said} on file, and the sentence in it")
        gap.said = [(on, words, p & self.readers) for on, words, p in gap.said if p & self.readers]

    def _say_of_each(
        self, gap: _OpenGap, on: _List, axis: int, words: Words, untold: Sequence[Region]
    ) -> None:
        """Put each word on a list, for those who are not told of just that."""
        for word in words:
            regions = [region for region in untold if region[axis] & self.words[axis].mask(word)]
            if regions and word in self.words[axis].unknown:
                self._undefined(gap, axis, (word,))
            else:
                gap.say(on, (word,), regions)

    # -- what is told already ------------------------------------------------------------------

    def _telling(self, gap: _OpenGap) -> tuple[Statement, ...]:
        """The statements that may tell some of it. What cannot be decided does not say which they are."""
        if gap.judgement.verdict is not Verdict.UNDECIDABLE:
            return gap.judgement.told_by
        flow = gap.flow
        start = self._mask(RECIPIENT, (flow.start.id,)) if flow.action is Action.ONWARD else 0
        together = self.linked if gap.judgement.facet in self.linked else frozenset()
        together &= {facet for facet, words in zip(AXES, flow.box, strict=True) if words}
        return tuple(
            statement
            for statement, spoken in self.spoken.items()
            if spoken.tells
            and together <= spoken.stated
            and spoken.speaks_of(flow.action, start, across=flow.crosses_border)
        )

    def _untold_of(self, gap: _OpenGap, axis: int, word: str) -> list[Region]:
        """Where in a flow one of its words is told by nobody, or not well enough."""
        flow, told = gap.flow, []
        for statement in self._telling(gap):
            said = statement.states.get(AXES[axis], ())
            exact, category, _ = self.grader.grade(axis, (word,), said)
            atoms = exact | category
            told.append(narrowed(self._heard(flow, statement), axis, atoms))
        return minus([self._region(flow, axis, self.words[axis].mask(word))], told)

    def _region(self, flow: Flow, axis: int = -1, atoms: int = EVERYTHING) -> Region:
        """The flow's box among the people who get a notice, or a part of it."""
        region = tuple(
            self._mask(other, words) if words else EVERYTHING
            for other, words in enumerate(flow.box)
        )
        region = narrowed(region, SUBJECT, self._people(flow))
        return region if axis < 0 else narrowed(region, axis, atoms)

    def _heard(self, flow: Flow, statement: Statement) -> Region:
        """A statement's box, along the axes that the flow has."""
        masks = zip(self.spoken[statement].masks, flow.box, strict=True)
        return tuple(mask if words else EVERYTHING for mask, words in masks)

    def _people(self, flow: Flow) -> int:
        return self._mask(SUBJECT, flow.box[SUBJECT]) & self.coverage.voices.noticed

    def _known(self, axis: int, words: Words) -> Words:
        return tuple(word for word in words if word not in self.words[axis].unknown)

    def _mask(self, axis: int, words: Iterable[str]) -> int:
        return self.words[axis].union(words)

    # -- the sentences -------------------------------------------------------------------------

    def sentences(self, on: _List, needs: Sequence[_Need]) -> Iterator[DraftSentence]:
        """One list as a sentence in each of the fewest notices that reach all who must read it."""
        people = self.words[SUBJECT]
        for notice in self._fewest(_union(need.people for need in needs)):
            reach = self.reach[notice.id]
            here = [need for need in needs if need.people & reach]
            words = tuple(dict.fromkeys(word for need in here for word in need.words))
            groups = (
                w for n in here for w in n.flow.box[SUBJECT] if people.mask(w) & n.people & reach
            )
            beside = {
                f: self._reached(reach, said) if f is Facet.SUBJECT else said
                for f, said in on.beside
            }
            stated = {on.facet: words, **beside}
            yield DraftSentence(
                notice,
                _wording(self.register, on, stated),
                _statement(on, stated),
                tuple(dict.fromkeys((n.flow.id, n.facet) for n in here if n.closes)),
                tuple(dict.fromkeys((n.flow.id, n.facet) for n in here if not n.closes)),
                tuple(dict.fromkeys(groups)),
                self._caution(stated, here),
            )

    def _caution(self, stated: Mapping[Facet, Words], needs: Iterable[_Need]) -> str:
        """What a sentence claims of entries that only list who gets data, and what for."""
        if Facet.RECIPIENT not in stated and not stated.get(Facet.PURPOSE, ())[1:]:
            return ""
        ids = dict.fromkeys(need.flow.activity for need in needs)
        entries = (self.register.activities[id_] for id_ in ids)
        wide = [f"“{entry.name}”" for entry in entries if entry.everything_for_everything]
        if not wide:
            return ""
        gives = "gives" if len(wide) == 1 else "give"
        return (
            f"{phrases.few(wide, 2)} {gives} everybody everything for everything in the register, so this sentence "
            "claims every combination of it: divide it by who gets which data for what"
        )

    def _reached(self, reach: int, words: Words) -> Words:
        return tuple(word for word in words if self.words[SUBJECT].mask(word) & reach)

    def _fewest(self, people: int) -> tuple[Notice, ...]:
        """The fewest notices that together reach these people; of those, the ones that reach the fewest others."""
        if people not in self.chosen:
            useful = [n for n in self.readable if self.reach[n.id] & people]
            if len(useful) > _MOST_TRIED:
                self.chosen[people] = tuple(_greedily(useful, self.reach, people))
            else:
                self.chosen[people] = _by_trying(useful, self.reach, people)
        return self.chosen[people]


def _by_trying(useful: list[Notice], reach: Mapping[str, int], people: int) -> tuple[Notice, ...]:
    for count in range(len(useful) + 1):
        choices = combinations(useful, count)
        enough = [c for c in choices if not people & ~_union(reach[n.id] for n in c)]
        if enough:
            return min(enough, key=lambda c: sum((reach[n.id] & ~people).bit_count() for n in c))
    return ()


def _greedily(useful: list[Notice], reach: Mapping[str, int], people: int) -> Iterator[Notice]:
    while people:
        best = max(useful, key=lambda n: (reach[n.id] & people).bit_count())
        people &= ~reach[best.id]
        yield best


def _tells_how_long(statement: Statement, entry: Retention, events: Events) -> bool:
    """Whether a statement tells how long this is kept, well enough for what is recorded."""
    grade = grade_length(statement, entry, events)
    return grade is not None and grade.well


def _union(masks: Iterable[int]) -> int:
    atoms = 0
    for mask in masks:
        atoms |= mask
    return atoms


# -- wording ---------------------------------------------------------------------------------------

_KEYS = {
    Facet.SUBJECT: "about",
    Facet.DATA: "data",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "purposes",
    Facet.COUNTRY: "countries",
}


def _wording(register: Register, on: _List, stated: Mapping[Facet, Words]) -> str:
    """The sentence in draft, as it would be said to the person."""
    said = {
        facet: phrases.to_the_person(register, facet, words)
        for facet, words in stated.items()
        if words
    }
    body = phrases.sentence(_body(register, on, said))
    if Facet.SUBJECT in said:
        body = f"For {said[Facet.SUBJECT]}: {body if on.by else phrases.inside(body)}"
    if on.letter:
        body += f" Our lawful basis is {phrases.basis(Basis(on.letter, law=on.law))}."
    return " ".join(f"{body[:1].upper()}{body[1:]}".split())


def _body(register: Register, on: _List, said: Mapping[Facet, str]) -> str:
    data = f"your {said[Facet.DATA]}" if Facet.DATA in said else "your information"
    reasons = f" for {said[Facet.PURPOSE]}" if Facet.PURPOSE in said else ""
    abroad = f" in {said[Facet.COUNTRY]}" if Facet.COUNTRY in said else ""
    holder = phrases.to_the_person(register, Facet.RECIPIENT, on.by) if on.by else ""
    match on.claim:
        case Claim.DISCLOSES:
            to = said.get(Facet.RECIPIENT) or "others"
            shares = f"{holder} may pass {data} on to" if holder else f"We share {data} with"
            return f"{shares} {to}{abroad}{reasons}"
        case Claim.COLLECTS:
            what = data if Facet.DATA in said else "information about you"
            return f"We get {what} from {said[Facet.SOURCE]}{reasons}"
        case Claim.KEEPS:
            return _keeps(register, data, on)
        case Claim.TRANSFERS:
            guard = phrases.SAFEGUARDS.get(on.safeguard, "")
            goes = (
                f"{holder} may send some of your information"
                if holder
                else "Some of your information goes"
            )
            return f"{goes} to {said[Facet.COUNTRY]}" + (f" under {guard}" if guard else "")
    if reasons:
        return f"We use {data}{reasons}"
    return f"The information we use about you includes {said[Facet.DATA]}"


def _keeps(register: Register, data: str, on: _List) -> str:
    if on.period:
        return f"We keep {data} {_kept(register, on)}"
    criteria = on.criteria.strip().removesuffix(".")
    if goes_on(criteria):
        return f"We keep {data} {phrases.inside(criteria)}"
    return f"How long we keep {data} depends on this: {criteria}"


def _kept(register: Register, on: _List) -> str:
    begins = phrases.begins(register, on.trigger).replace("the person's", "your")
    said = how_long(on.period) + (f" from {begins}" if begins else "")
    return ", or ".join((said, *map(phrases.longer, on.longer)))


def _statement(on: _List, stated: Mapping[Facet, Words]) -> str:
    """The statement to tie the sentence to, as YAML to paste below `statements:`."""
    lines = [f"{_KEYS[facet]}: {_flow_list(words)}" for facet, words in stated.items() if words]
    if on.by:
        lines.append(f"by: {_flow_list(on.by)}")
    if on.letter:
        law = f", law: [{', '.join(map(_quoted, on.law))}]" if on.law else ""
        lines.append(f"basis: {{article_6: {on.letter}{law}}}")
    scalars = {"period": on.period, "trigger": on.trigger, "safeguard": on.safeguard}
    lines += [f"{key}: {written}" for key, written in scalars.items() if written]
    if on.criteria:
        lines.append(f"criteria: {_quoted(on.criteria)}")
    if on.longer:
        lines.append(f"longer: [{', '.join(map(_quoted, on.longer))}]")
    return "\n".join([f"{on.claim}:", *(f"  {line}" for line in lines)])


def _flow_list(words: Words) -> str:
    plain = (
        word if word[:1].isalpha() and word not in _NOT_TEXT else _quoted(word) for word in words
    )
    return f"[{', '.join(plain)}]"


_NOT_TEXT = frozenset({"true", "false", "null"})


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    visible = (c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped)
    return f'"{"".join(visible)}"'
