"""The verdicts again, by enumeration: slow, obvious, and independent of how the engine gets at them.

Every flow is taken apart into its single cells, one atom along each axis it has, and each cell is looked at
by itself with plain sets and loops. What is quoted from section 2 of the design stands above the step that
does it. Nothing of `ropa.boxes`, of the masks of `ropa.judging.statements` or of the judging of `ropa.coverage` is
used, nor is `ropa.vocabulary.Hierarchy`: only the register as it was built, and its flows.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from ropa.flows.flow import AXES, Flow
from ropa.judging.coverage import Mode, Settings
from ropa.judging.grading import agree
from ropa.judging.verdict import Verdict
from ropa.register.model import (
    Action,
    Basis,
    Claim,
    Evidence,
    Notice,
    Register,
    Retention,
    Statement,
)
from ropa.register.periods import longer_than
from ropa.register.vocabulary import ROOTS, Facet, Term

Atoms = frozenset[str]
Cell = tuple[str, ...]
"""One atom along each axis, and "" along an axis the flow does not have."""

OWN_STEPS = {Action.COLLECT, Action.USE, Action.KEEP, Action.DISCLOSE}
WORDED = (Facet.DATA, Facet.SOURCE, Facet.RECIPIENT, Facet.PURPOSE)

EXACT, CATEGORY, VAGUE = "exact", "by category", "vague"
DENIED, OPEN, OMITTED = "denied", "open", "omitted"
TOLD = (EXACT, CATEGORY, VAGUE)
"""How one thing is told in one cell, or is not."""


class Words:
    """The words of one facet, each as the set of its atoms."""

    def __init__(self, facet: Facet, terms: Iterable[Term]) -> None:
        self.root = ROOTS[facet]
        self.terms = {term.id: term for term in terms if term.facet is facet}
        self.terms.setdefault(self.root, Term(facet, self.root, self.root, umbrella=True))

    def broader(self, word: str) -> set[str]:
        """The terms one step up. A term that names none is below the word that means everything."""
        if word == self.root or word not in self.terms:
            return set()
        found = {self._find(name) for name in self.terms[word].broader} - {"", word}
        return found or {self.root}

    def _find(self, name: str) -> str:
        def folded(text: str) -> str:
            return text.casefold().replace("-", " ").replace("_", " ")

        for term in self.terms.values():
            if folded(name) in map(folded, (term.id, term.label, *term.synonyms)):
                return term.id
        return ""

    def narrower(self, word: str) -> set[str]:
        return {term for term in self.terms if word in self.broader(term)}

    def atoms(self, word: str) -> Atoms:
        """ "A term denotes its leaves plus, if it is `open`, one residual atom." """
        if word not in self.terms:  # a word nobody defined: nothing but itself is known to be in it
            return frozenset({f"?{word}"})
        below = self.narrower(word)
        found = {atom for term in below for atom in self.atoms(term)}
        if not below or self.terms[word].open:
            found.add(word)
        return frozenset(found)

    def union(self, words: Iterable[str]) -> Atoms:
        return frozenset(atom for word in words for atom in self.atoms(word))

    def knows(self, words: Iterable[str]) -> bool:
        return all(word in self.terms for word in words)

    def steps(self, narrow: str, broad: str) -> int:
        """How many steps it is up from one to the other; 0 when the other is not above it."""
        reached, count = {narrow}, 0
        while reached and broad not in reached:
            reached = {above for word in reached for above in self.broader(word)}
            count += 1
        return count if broad in reached else 0

    def umbrella(self, word: str) -> bool:
        return word in self.terms and self.terms[word].umbrella


class Remembered(Words):
    """The same, worked out once for each question."""

    def __init__(self, facet: Facet, terms: Iterable[Term]) -> None:
        super().__init__(facet, terms)
        self._above: dict[str, set[str]] = {}
        self._atoms: dict[str, Atoms] = {}
        self._steps: dict[tuple[str, str], int] = {}

    def broader(self, word: str) -> set[str]:
        if word not in self._above:
            self._above[word] = super().broader(word)
        return self._above[word]

    def atoms(self, word: str) -> Atoms:
        if word not in self._atoms:
            self._atoms[word] = super().atoms(word)
        return self._atoms[word]

    def steps(self, narrow: str, broad: str) -> int:
        if (narrow, broad) not in self._steps:
            self._steps[narrow, broad] = super().steps(narrow, broad)
        return self._steps[narrow, broad]


@dataclass(frozen=True)
class Voice:
    """A statement of a notice in force, with the people who get to read it.

    `covers` holds the atoms it limits itself to, along the axes where it limits itself to any.
    """

    statement: Statement
    readers: Atoms
    covers: Mapping[Facet, Atoms]
    by: Atoms | None
    resolved: bool
    spares: Atoms = frozenset()


@dataclass(frozen=True)
class Answer:
    """What the engine has to come to as well, for one facet of one flow.

    `lacking` are the cells that make the verdict what it is; `surely` those of them that no statement
    could tell, however its words are meant.
    """

    verdict: Verdict
    due: bool
    how: str = ""
    lacking: frozenset[Cell] = frozenset()
    surely: frozenset[Cell] = frozenset()
    modes: Mapping[Mode, Verdict] = field(default_factory=dict)


class Reference:
    """Answers for every flow of one register, under the same settings."""

    def __init__(
        self, register: Register, settings: Settings, notices: list[Notice] | None = None
    ) -> None:
        self.register = register
        self.settings = settings
        self.words = {facet: Remembered(facet, register.terms) for facet in ROOTS}
        every = [n for n in register.notices.values() if in_force(n, settings.day)]
        self.notices = every if notices is None else notices
        versions = [n for n in every if n.id == "n0" or n.same_as] if notices is None else []
        languages = {n.language or "en" for n in versions}
        # Language versions do not add up, since the readers of each language have to be told.
        self.of_language = [
            Reference(register, settings, [n for n in every if n not in versions or n in own])
            for language in sorted(languages if len(languages) > 1 else ())
            for own in [[n for n in versions if (n.language or "en") == language]]
        ]
        self.noticed = frozenset(p for n in self.notices for p in self.readers(n))
        self.voices = [
            self.voice(s, self.readers(n))
            for n in self.notices
            for s in n.statements
            if not void(s)
        ]

    # "Those in force on the day asked whose audience includes the flow's subjects, with the notices they
    # layer. Several notices of one audience add up."

    def readers(self, notice: Notice) -> Atoms:
        people = self.words[Facet.SUBJECT]
        return frozenset(
            atom
            for given in self.notices
            if notice.id in self.sent_to(given)
            for atom in people.union(given.audience)
        )

    def sent_to(self, notice: Notice) -> set[str]:
        """The notice and those it sends its reader to, and those they send them to, as far as in force."""
        found = {notice.id}
        for _ in self.notices:
            found |= {
                layer
                for n in self.notices
                if n.id in found
                for layer in n.layers
                if not n.readable or n.version != "1" or layer in (n.id, "n0")
            }
        return found

    def voice(self, statement: Statement, readers: Atoms) -> Voice:
        covers: dict[Facet, Atoms] = {}
        resolved = statement.evidence is Evidence.FOUND
        for facet, stated in statement.states.items():
            words = self.words[facet.scheme]
            if not words.knows(stated):  # it may mean anything
                resolved = False
            elif not words.atoms(words.root) <= words.union(
                stated
            ):  # to say "anyone" limits nothing
                covers[facet] = words.union(stated)
        by = None
        if statement.by:
            recipients = self.words[Facet.RECIPIENT]
            known = recipients.knows(statement.by)
            by = recipients.union(statement.by) if known else None
            resolved = resolved and known
        if statement.trigger:
            resolved = resolved and self.words[Facet.TRIGGER].knows([statement.trigger])
        return Voice(statement, readers, covers, by, resolved, self.spares(statement))

    def spares(self, statement: Statement) -> Atoms:
        """ "Processors are not “anyone” in a promise about giving data away" that does not keep it inside."""
        if not statement.negative or statement.claim is not Claim.DISCLOSES:
            return frozenset()
        if "stays with us" in statement.quote:
            return frozenset()
        words = self.words[Facet.RECIPIENT]
        working = {p.id for p in self.register.parties.values() if p.type == "processor"}
        named = set(statement.states.get(Facet.RECIPIENT, ())) - {words.root}
        return words.union(working | {"processor"}) - words.union(named)

    # -- which statements speak to a cell ------------------------------------------------------------

    def speaks_of(self, voice: Voice, flow: Flow) -> bool:
        """Whether "its action includes the flow's"."""
        claim, action = voice.statement.claim, flow.action
        if voice.statement.by:  # any claim with `by`: onward steps whose start is within `by`
            start = self.words[Facet.RECIPIENT].atoms(flow.start.id)
            return action is Action.ONWARD and (voice.by is None or start <= voice.by)
        return {
            Claim.COLLECTS: action in OWN_STEPS,
            Claim.USES: action in OWN_STEPS,
            Claim.KEEPS: action is Action.KEEP,
            Claim.DISCLOSES: action is Action.DISCLOSE,
            Claim.TRANSFERS: action in OWN_STEPS and flow.crosses_border,
            Claim.INFORMS: False,
        }[claim]

    def covers(self, voice: Voice, cell: Cell, besides: Facet | None = None) -> bool:
        """Whether it covers the cell "in every other facet it states", `besides` being the one it tells."""
        if cell[0] not in voice.readers:
            return False
        if besides is not Facet.RECIPIENT and cell[AXES.index(Facet.RECIPIENT)] in voice.spares:
            return False
        for facet, atom in zip(AXES, cell, strict=True):
            if (
                atom
                and facet is not besides
                and facet in voice.covers
                and atom not in voice.covers[facet]
            ):
                return False
        return True

    def telling(self, flow: Flow, facet: Facet) -> list[Voice]:
        """ "`linked` demands that chosen facets are told *together*." """
        together = set()
        if facet in self.settings.linked:
            together = {f for f in self.settings.linked if f in AXES and flow.words(f)}
        return [
            voice
            for voice in self.voices
            if not voice.statement.negative
            and self.speaks_of(voice, flow)
            and together <= set(voice.statement.states)
        ]

    def cells(self, flow: Flow, *, noticed_only: bool = False) -> Iterator[Cell]:
        axes = [sorted(self.words[f.scheme].union(flow.words(f))) or [""] for f in AXES]
        if noticed_only and self.noticed & set(axes[0]):
            # "A group with no notice at all is its own, worst, finding": it is not told of twice
            axes[0] = sorted(self.noticed & set(axes[0]))
        yield from product(*axes)

    # -- the facets ----------------------------------------------------------------------------------

    def answers(self, flow: Flow) -> dict[Facet, Answer]:
        """What every group is told, whichever language it reads: the worst of them."""
        if not self.of_language:
            return self.answers_in_one(flow)
        found: dict[Facet, Answer] = {}
        for one in self.of_language:
            for facet, answer in one.answers_in_one(flow).items():
                if facet not in found or answer.verdict < found[facet].verdict:
                    found[facet] = answer
        return found

    def answers_in_one(self, flow: Flow) -> dict[Facet, Answer]:
        found: dict[Facet, Answer | None] = {Facet.SUBJECT: self.subject(flow)}
        for facet in WORDED:
            found[facet] = self.worded(flow, facet) if flow.words(facet) else None
        if flow.action is Action.COLLECT and not flow.words(Facet.SOURCE):
            found[Facet.SOURCE] = Answer(Verdict.UNDECIDABLE, due(flow, Facet.SOURCE))
        if flow.basis or flow.action is not Action.ONWARD:
            found[Facet.BASIS] = self.basis(flow)
        if flow.action is Action.KEEP:
            found[Facet.RETENTION] = self.retention(flow)
        if flow.crosses_border:
            found[Facet.TRANSFER] = self.transfer(flow)
        found[Facet.PROMISE] = self.promise(flow)
        # what the law does not ask for is not judged
        return {
            facet: answer for facet, answer in found.items() if answer is not None and answer.due
        }

    def subject(self, flow: Flow) -> Answer:
        """ "Told to *every* subject group it concerns, each by a notice that group gets." """
        people = self.words[Facet.SUBJECT]
        group = people.union(w for w in flow.words(Facet.SUBJECT) if people.knows([w]))
        without = group - self.noticed
        if group and without == group:
            verdict = Verdict.OMITTED
        elif not people.knows(flow.words(Facet.SUBJECT)):
            verdict = Verdict.UNDECIDABLE
        else:
            verdict = Verdict.PARTIAL if without else Verdict.CLEAR
        lacking = frozenset(c for c in self.cells(flow) if c[0] in without)
        how = EXACT if verdict is Verdict.CLEAR else ""
        return Answer(verdict, due(flow, Facet.SUBJECT), how, lacking, lacking)

    def worded(self, flow: Flow, facet: Facet) -> Answer:
        axis, words = AXES.index(facet), self.words[facet.scheme]
        asked = flow.words(facet)
        if facet is Facet.DATA and flow.indirect:  # due only where it did not come from the person
            asked = flow.indirect
        known = [word for word in asked if words.knows([word])]
        cells = list(self.cells(flow, noticed_only=True))
        voices = self.telling(flow, facet)
        outcome: list[tuple[Cell, str]] = []
        for word in known:
            for cell in cells:
                if cell[axis] in words.atoms(word):
                    outcome += [(cell, self.told(cell, facet, word, voices))]
        return self.verdict(flow, facet, outcome, undefined=len(known) < len(asked))

    def told(self, cell: Cell, facet: Facet, word: str, voices: list[Voice]) -> str:
        """How well one of the flow's words is told in one cell: as well as the best statement does.

        "Statement `s` tells facet `d` of flow `f` at an atom if it is positive, its action includes the
        flow's, it states `d`, and it covers the atom in `d` *and in every other facet it states*."
        """
        best, words, atom = OMITTED, self.words[facet.scheme], cell[AXES.index(facet)]
        for voice in voices:
            stated = voice.statement.states.get(facet, ())
            if not stated or not self.covers(voice, cell, besides=facet):
                continue
            if not voice.resolved:
                if facet not in voice.covers or atom in voice.covers[facet]:
                    best = better(best, OPEN)
                continue
            for said in stated:
                if atom in words.atoms(said):
                    steps = words.steps(word, said)
                    if facet is Facet.COUNTRY and said == "eea" and words.steps(word, "eu"):
                        steps = max(1, steps - 1)  # the Union and the Area count as one step
                    if facet is Facet.RECIPIENT and said == "processor":
                        steps = min(1, steps)  # "or categories of recipients"
                    # "Told only through an umbrella term, or more than `max_hops` above"
                    if words.umbrella(said) or steps > self.settings.max_hops:
                        best = better(best, VAGUE)
                    else:
                        best = better(best, CATEGORY if steps else EXACT)
        return best

    def basis(self, flow: Flow) -> Answer:
        if flow.basis is None or not flow.basis.letter:
            return Answer(Verdict.UNDECIDABLE, due(flow, Facet.BASIS))
        voices = self.telling(flow, Facet.BASIS)
        outcome = []
        for cell in self.cells(flow, noticed_only=True):
            said = [OMITTED]
            for voice in voices:
                told = voice.statement.basis
                if told is None or not told.letter or not self.covers(voice, cell):
                    continue
                if not voice.resolved:
                    said.append(OPEN)
                elif told.letter != flow.basis.letter:  # "another basis"
                    said.append(DENIED)
                elif told.article_6:
                    said.append(EXACT)
                else:  # in words with the law clear by category, in words alone vague
                    said.append(CATEGORY if told.law else VAGUE)
            outcome.append((cell, best_of(said, agreeing=(EXACT,))))
        return self.verdict(flow, Facet.BASIS, outcome)

    def retention(self, flow: Flow) -> Answer:
        data = self.words[Facet.DATA]
        cells = list(self.cells(flow, noticed_only=True))
        voices = [
            v for v in self.telling(flow, Facet.RETENTION) if v.statement.claim is Claim.KEEPS
        ]
        outcome: list[tuple[Cell, str]] = []
        recorded, nobody_knows = set(), False
        for entry in flow.retention:
            for cell in cells if entry.period or entry.criteria else []:
                if cell[1] in data.union(entry.data):
                    recorded.add(cell)
                    if entry.period == "never":
                        continue
                    heard = [v for v in voices if self.covers(v, cell)]
                    outcome.append((cell, best_of(self.length(entry, v) for v in heard)))
                    strange = entry.trigger and not self.words[Facet.TRIGGER].knows([entry.trigger])
                    nobody_knows = nobody_knows or bool(strange)
                    if (
                        entry.period and entry.trigger and not strange
                    ):  # the period has a beginning, to be told as well
                        begins = {self.beginning(entry, v) for v in heard}
                        if VAGUE in begins and any(
                            v.resolved and v.statement.trigger == entry.trigger for v in heard
                        ):  # the very word, which tells too little and agrees nevertheless
                            begins.discard(DENIED)
                        outcome.append((cell, best_of(begins)))
                    if entry.longer:  # "exceptions, as parts of their own that must be told"
                        outcome.append((cell, best_of(exceptions(entry, v) for v in heard)))
        return self.verdict(
            flow, Facet.RETENTION, outcome, undefined=nobody_knows or len(recorded) < len(cells)
        )

    def length(self, entry: Retention, voice: Voice) -> str:
        """What a statement says of how long data is kept."""
        told = voice.statement
        if not told.period and not told.criteria:
            return OMITTED
        if not voice.resolved:
            return OPEN
        if (
            not entry.period
        ):  # the register itself has only criteria: "compared by their words and triggers"
            both = entry.trigger and told.trigger
            same = both and self.event(told.trigger, entry.trigger) in {EXACT, CATEGORY}
            return (
                EXACT if told.criteria and (same or agree(told.criteria, entry.criteria)) else VAGUE
            )
        if not told.period:  # "by criteria where a period is due"
            return VAGUE
        if longer_than(entry.period, told.period):  # "retention longer than told"
            return DENIED
        return CATEGORY if longer_than(told.period, entry.period) else EXACT

    def beginning(self, entry: Retention, voice: Voice) -> str:
        """What a statement says of when the period begins."""
        told = voice.statement
        criteria = bool(told.criteria and not told.period)
        if not told.trigger and not criteria:
            return OMITTED
        if not voice.resolved:
            return OPEN
        if not told.trigger:
            return VAGUE
        return self.event(told.trigger, entry.trigger)  # which criteria beside it do not cure

    def event(self, told: str, recorded: str) -> str:
        """How well one word for when a period begins tells another: a narrower one tells only a part of it."""
        words = self.words[Facet.TRIGGER]
        said, meant = words.atoms(told), words.atoms(recorded)
        if not said & meant:  # "other trigger"
            return DENIED
        steps = words.steps(recorded, told)
        if not meant <= said or words.umbrella(told) or steps > self.settings.max_hops:
            return VAGUE
        return CATEGORY if steps else EXACT

    def transfer(self, flow: Flow) -> Answer:
        words = self.words[Facet.COUNTRY]
        known = words.knows(flow.words(Facet.COUNTRY))
        voices = self.telling(flow, Facet.TRANSFER)
        outcome: list[tuple[Cell, str]] = []
        for cell in self.cells(flow, noticed_only=True) if known else ():
            for word in flow.words(Facet.COUNTRY):
                outcome += [(cell, self.told(cell, Facet.COUNTRY, word, voices))]
            if flow.safeguard:
                heard = [v for v in voices if v.statement.safeguard and self.covers(v, cell)]
                outcome.append((cell, best_of(guards(flow.safeguard, v) for v in heard)))
        return self.verdict(flow, Facet.TRANSFER, outcome, undefined=not known)

    def verdict(
        self, flow: Flow, facet: Facet, outcome: list[tuple[Cell, str]], *, undefined: bool = False
    ) -> Answer:
        """The verdict of a facet from everything that has to be told in every cell: "worst atom first"."""
        said = {how for _, how in outcome}
        told, untold = said & set(TOLD), said & {OPEN, OMITTED}
        surely: set[str] = set()
        if DENIED in said:  # "a scalar disagrees"
            verdict, lacking = Verdict.CONTRADICTED, {DENIED}
        elif told and untold:  # "some atoms told, some not"
            verdict, lacking = Verdict.PARTIAL, untold
        elif untold:  # "nothing tells it", or only what cannot be looked up
            verdict = Verdict.OMITTED if OMITTED in untold else Verdict.UNDECIDABLE
            lacking, surely = untold, untold & {OMITTED}
        elif VAGUE in said:
            verdict, lacking = Verdict.VAGUE, {VAGUE}
        else:
            verdict, lacking = Verdict.CLEAR, set()
        how = (CATEGORY if CATEGORY in said else EXACT) if verdict is Verdict.CLEAR else ""
        if (
            undefined and verdict > Verdict.UNDECIDABLE
        ):  # the register itself leaves some of it open
            return Answer(Verdict.UNDECIDABLE, due(flow, facet))
        return Answer(
            verdict,
            due(flow, facet),
            how,
            frozenset(cell for cell, how in outcome if how in lacking),
            frozenset(cell for cell, how in outcome if how in (surely or lacking)),
        )

    # -- promises ------------------------------------------------------------------------------------

    def promise(self, flow: Flow) -> Answer | None:
        """ "A promise gives the flow a facet of its own." """
        cells = list(self.cells(flow))
        promises = [
            voice
            for voice in self.voices
            if voice.statement.negative
            and self.speaks_of(voice, flow)
            and all(flow.words(facet) for facet in voice.statement.states)
            and not (flow.ours and flow.action is Action.DISCLOSE and self.of_others(voice))
            and any(self.covers(voice, cell) for cell in cells)
        ]
        if not promises:
            return None
        # "It bites where it covers the flow and its guard (`unless`) is not met by what the register
        # records for that flow. A guard that is met makes it inert, not a disclosure."
        biting = [voice for voice in promises if not self.guard_met(voice.statement, flow)]
        if not biting:
            return Answer(Verdict.CLEAR, due(flow, Facet.PROMISE), "guard met")
        disclosing = [
            voice
            for voice in self.voices
            if voice.resolved
            and not voice.statement.negative
            and self.speaks_of(voice, flow)
            and takes_place(voice.statement, flow.action)
        ]
        modes, lacking = {}, {}
        for mode in Mode:
            outcome = {cell: self.kept(cell, biting, disclosing, mode) for cell in cells}
            modes[mode] = min(outcome.values())
            lacking[mode] = {
                cell for cell, v in outcome.items() if v is modes[mode] is not Verdict.CLEAR
            }
        verdict = modes[self.settings.mode]
        found = frozenset(lacking[self.settings.mode])
        how = "by exception" if verdict is Verdict.CLEAR else ""
        differ = modes if len(set(modes.values())) > 1 else {}
        return Answer(verdict, due(flow, Facet.PROMISE), how, found, found, differ)

    def of_others(self, voice: Voice) -> bool:
        """Whether a promise names none of ourselves: "anyone" is somebody else (Article 4(9), (10))."""
        words = self.words[Facet.RECIPIENT]
        known = [word for word in ("data-subject", "own-organisation") if words.knows([word])]
        ours = words.union(known)
        named = voice.statement.states.get(Facet.RECIPIENT, ())
        return not any(words.atoms(word) <= ours for word in named)

    def guard_met(self, promise: Statement, flow: Flow) -> bool:
        """ "Consent recorded, the law that permits it recorded, an approval recorded", for what it was given for."""
        basis = flow.basis or Basis()
        recorded = {condition.kind for condition in flow.conditions}
        if (basis.article_6 == "a" or basis.article_9 == "a") and self.agreed_to(flow):
            recorded.add("consent")
        if basis.law:
            recorded.add("law-permits")
        if basis.law and basis.article_6 == "c":
            recorded.add("law-requires")
        if basis.article_6 == "d" or basis.article_9 == "c":
            recorded.add("vital-interests")
        return any(choice <= recorded for choice in promise.unless)

    def agreed_to(self, flow: Flow) -> bool:
        """Whether the consent is the step's own, or the activity's for its own purposes and data."""
        if not flow.inherits:
            return True
        activity = self.register.activities[flow.activity]
        data, purposes = self.words[Facet.DATA], self.words[Facet.PURPOSE]
        return data.union(flow.words(Facet.DATA)) <= data.union(activity.data) and purposes.union(
            flow.words(Facet.PURPOSE)
        ) <= purposes.union(activity.purposes)

    def kept(
        self, cell: Cell, promises: list[Voice], disclosing: list[Voice], mode: Mode
    ) -> Verdict:
        """What becomes of the promises that bite at one cell."""
        worst = Verdict.CLEAR
        against = [voice for voice in disclosing if self.covers(voice, cell)]
        for promise in promises:
            if not self.covers(promise, cell):
                continue
            if not promise.resolved:  # it might forbid it
                worst = min(worst, Verdict.UNDECIDABLE)
                continue
            won, equal = False, False
            for voice in against:
                narrower, wider = (
                    self.more_specific(voice, promise),
                    self.more_specific(promise, voice),
                )
                if mode is Mode.STRICT:  # "every clash ambiguous"
                    equal = True
                elif (
                    narrower and mode is Mode.SPECIFIC and excepted(promise, voice)
                ):  # "the strictly more specific of the two wins"
                    won = True
                elif (
                    not wider
                ):  # "incomparable is ambiguous in all"; cautious: an exception is, too
                    equal = True
            if not won:
                worst = min(worst, Verdict.AMBIGUOUS if equal else Verdict.CONTRADICTED)
        return worst

    def more_specific(self, one: Voice, other: Voice) -> bool:
        """ "Narrower or equal in every facet and in action, narrower in one." """
        return self.within(one, other) and not self.within(other, one)

    def within(self, one: Voice, other: Voice) -> bool:
        """ "Unstated = everything, unstated subject = the notice's audience." """
        for facet in AXES[1:]:
            if facet in other.covers and not (
                facet in one.covers and one.covers[facet] <= other.covers[facet]
            ):
                return False
        people, theirs = (v.readers & v.covers.get(Facet.SUBJECT, v.readers) for v in (one, other))
        if not people <= theirs:
            return False
        if other.by is not None and not (one.by is not None and one.by <= other.by):
            return False
        return steps_meant(one.statement) <= steps_meant(other.statement)

    # -- the other direction -------------------------------------------------------------------------

    def over_claims(self, flows: Iterable[Flow]) -> set[tuple[str, Facet | None, tuple[str, ...]]]:
        """ "A statement that no flow matches is an over-claim", and so is a word of one that some match."""
        flows = tuple(flows)
        found: set[tuple[str, Facet | None, tuple[str, ...]]] = set()
        for voice in self.voices:
            statement = voice.statement
            if not voice.resolved or statement.negative or statement.claim is Claim.INFORMS:
                continue
            matching = [
                flow
                for flow in flows
                if self.speaks_of(voice, flow)
                and any(self.covers(voice, cell) for cell in self.cells(flow))
            ]
            if not matching:
                found.add((statement.id, None, ()))
                continue
            for facet, stated in statement.states.items():
                words = self.words[facet.scheme]
                borne_out = words.union(word for flow in matching for word in flow.words(facet))
                idle = tuple(word for word in stated if not words.atoms(word) & borne_out)
                if idle:
                    found.add((statement.id, facet, idle))
            for facet, idle in self.idle_scalars(statement, matching):
                found.add((statement.id, facet, idle))
        return found

    def idle_scalars(
        self, statement: Statement, matching: list[Flow]
    ) -> Iterator[tuple[Facet, tuple[str, ...]]]:
        """ "A period, letter, trigger or safeguard that no flow bears out", where one is recorded at all."""
        about = self.words[Facet.DATA].union(statement.states.get(Facet.DATA, ()))
        entries = [
            entry
            for flow in matching
            for entry in flow.retention
            if entry.period or entry.criteria
            if not about or self.words[Facet.DATA].union(entry.data) & about
        ]
        keeps = statement.claim is Claim.KEEPS
        idle_in_time: list[str] = []
        period = statement.period if keeps and entries else ""
        kept = [entry.period for entry in entries if entry.period]
        if period and not any(
            not longer_than(p, period) and not longer_than(period, p) for p in kept
        ):
            idle_in_time.append(period)
        triggers = {entry.trigger for entry in entries} - {""}
        events = self.words[Facet.TRIGGER]
        said = events.union([statement.trigger] if statement.trigger else [])
        if keeps and said and triggers and not said & events.union(triggers):
            idle_in_time.append(statement.trigger)
        if idle_in_time:
            yield Facet.RETENTION, tuple(idle_in_time)
        told, bases = statement.basis or Basis(), [f.basis for f in matching if f.basis]
        letters = {basis.letter for basis in bases} - {""}
        ninths = {basis.article_9 for basis in bases} - {""}
        idle = [told.letter] if told.letter and letters and told.letter not in letters else []
        if told.article_9 and ninths and told.article_9 not in ninths:
            idle.append(f"9(2)({told.article_9})")
        if idle:
            yield Facet.BASIS, tuple(idle)
        safeguards = {flow.safeguard for flow in matching} - {""}
        if statement.safeguard and safeguards and statement.safeguard not in safeguards:
            yield Facet.TRANSFER, (statement.safeguard,)


def flow_verdict(answers: Mapping[Facet, Answer]) -> Verdict:
    """ "Flow verdict = worst facet that the law requires for that flow." """
    return min((a.verdict for a in answers.values() if a.due), default=Verdict.CLEAR)


def in_force(notice: Notice, day: date) -> bool:
    """Both days of `in_force` are included."""
    return (notice.start or date.min) <= day <= (notice.end or date.max)


def void(statement: Statement) -> bool:
    """ "The quote must be found in the text, or the statement is void." """
    return statement.evidence is Evidence.NOT_FOUND


def better(one: str, other: str) -> str:
    return min(one, other, key=(EXACT, CATEGORY, VAGUE, OPEN, OMITTED).index)


def best_of(said: Iterable[str], agreeing: tuple[str, ...] = (EXACT, CATEGORY)) -> str:
    """What a cell is told in all: one statement that agrees is enough, even where another disagrees.

    Criteria agree with no period, and words for a basis with no letter, so that they cure nothing that is wrong.
    """
    heard = set(said)
    if DENIED in heard and not heard & set(agreeing):
        return DENIED
    best = OMITTED
    for how in heard - {DENIED}:
        best = better(best, how)
    return best


def exceptions(entry: Retention, voice: Voice) -> str:
    """What a statement says of when data is kept longer than the period."""
    told = voice.statement
    criteria = bool(told.criteria and not told.period)
    if not told.longer and not criteria:
        return OMITTED
    if not voice.resolved:
        return OPEN
    said = [any(agree(words, one) for words in told.longer) for one in entry.longer]
    return EXACT if told.longer and all(said) else VAGUE


def guards(safeguard: str, voice: Voice) -> str:
    if not voice.resolved:
        return OPEN
    return EXACT if voice.statement.safeguard == safeguard else DENIED


def excepted(promise: Voice, other: Voice) -> bool:
    """ "Won only if one of the two sentences marks the exception", or the promise states one."""
    both = promise.statement.quote + other.statement.quote
    return bool(promise.statement.unless) or "except for this" in both


def takes_place(statement: Statement, action: Action) -> bool:
    """Whether it says that such a step takes place, and does not only list purposes or data."""
    if statement.by:
        return action is Action.ONWARD
    if statement.claim in (Claim.COLLECTS, Claim.USES):
        return action in OWN_STEPS - {Action.DISCLOSE}
    return True  # the other claims speak of no step that they do not assert


def steps_meant(statement: Statement) -> set[tuple[Action, bool]]:
    """The steps it speaks about, those that cross a border apart from those that do not."""
    if statement.by:
        return {(Action.ONWARD, True), (Action.ONWARD, False)}
    actions, crossing = {
        Claim.COLLECTS: (OWN_STEPS, {True, False}),
        Claim.USES: (OWN_STEPS, {True, False}),
        Claim.KEEPS: ({Action.KEEP}, {True, False}),
        Claim.DISCLOSES: ({Action.DISCLOSE}, {True, False}),
        Claim.TRANSFERS: (OWN_STEPS - {Action.USE}, {True}),
        Claim.INFORMS: (set(), set()),
    }[statement.claim]
    if (
        Facet.COUNTRY in statement.states
    ):  # to name the country is to speak of a step across the border
        crossing = crossing & {True}
    return set(product(actions, crossing))


def due(flow: Flow, facet: Facet) -> bool:
    """ "Article 13 or 14 decides: `data` and `source` only where data did not come from the person." """
    collected, disclosed = flow.action is Action.COLLECT, flow.action is Action.DISCLOSE
    used, onward = flow.action is Action.USE, flow.action is Action.ONWARD
    return {
        Facet.SUBJECT: True,
        Facet.PROMISE: True,
        Facet.DATA: (collected or disclosed) and bool(flow.indirect),
        Facet.SOURCE: collected and bool(flow.indirect) and not flow.ours,
        Facet.RECIPIENT: (disclosed or onward) and not flow.ours,
        Facet.PURPOSE: collected or used or disclosed,
        Facet.BASIS: collected or used or disclosed,
        Facet.RETENTION: flow.action is Action.KEEP,
        Facet.TRANSFER: (flow.action is Action.KEEP or disclosed or onward) and not flow.ours,
    }[facet]
