"""Judges flows against statements, one facet at a time.

A facet is told where some statement states it and covers the rest of the flow; what is not told is what is
left of the flow's box when the statements' boxes are taken away. Only the axes that the statements in
question state make a difference, so flows that agree along those share one judgement, and a register of
thousands of activities holds few questions that differ.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from ropa.flows.flow import AXES, COUNTRY, DATA, PURPOSE, RECIPIENT, SOURCE, SUBJECT, Box, Flow
from ropa.flows.regions import EVERYTHING, Region, meet, replaced
from ropa.judging.grading import (
    Events,
    Grade,
    Grader,
    RetentionPart,
    grade_basis,
    grade_beginning,
    grade_exception,
    grade_length,
    speaks_to_retention,
)
from ropa.judging.guards import Guards
from ropa.judging.judgement import Judgement, Mode, Settings
from ropa.judging.memory import Atoms, Book, Masks, Plan, Step, Whole
from ropa.judging.parts import Judged, ToldPart, judgement_of, once, whole_of, widened, worse
from ropa.judging.promises import clash
from ropa.judging.statements import Heard, Spoken, Voices
from ropa.judging.untied import Sentences, UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Register, Retention, Words
from ropa.register.periods import NEVER
from ropa.register.vocabulary import Facet

NOTHING_ELSE = 1
"""The mask of an axis that makes no difference: one combination, which every statement covers."""

_ONLY_PEOPLE = (SUBJECT,)

_ONWARD = Action.ONWARD


class Judge:
    """Judges one flow after the other, and remembers what it has judged.

    Without `sentences`, the texts are not looked at, and what no statement tells is omitted.
    """

    def __init__(
        self,
        register: Register,
        voices: Voices,
        settings: Settings,
        sentences: Sentences | None = None,
    ) -> None:
        self.settings = settings
        self.sentences = sentences
        self.noticed = voices.noticed
        self.spoken = voices.spoken
        self.guards = Guards(register, settings.day)
        self.hierarchies = tuple(register.vocabulary[axis.scheme] for axis in AXES)
        self.strange = tuple(hierarchy.unknown for hierarchy in self.hierarchies)
        self._steps: dict[tuple[object, ...], Step] = {}
        self.masks = tuple(Masks(hierarchy) for hierarchy in self.hierarchies)
        self.atoms = Atoms(self.masks, voices.noticed)
        self.grader = Grader(self.hierarchies, settings.max_hops)
        self.events = Events(register.vocabulary[Facet.TRIGGER], settings.max_hops)
        self._subjects: dict[Words, Judgement] = {}
        self.views = tuple(
            Judge(register, view, settings, replace(sentences, voices=view) if sentences else None)
            for view in voices.views
        )
        self.language = voices.language
        self._together: dict[tuple[int, ...], tuple[list[Whole], Whole]] = {}

    def judgements(self, flow: Flow) -> Whole:
        """The verdict on every facet of one flow that the law asks for and on the promises about it; and the worst."""
        if self.views:
            return self._in_every_language(flow)
        step = self._step(flow)
        axes = step.deciding_indirect if flow.indirect else step.deciding
        if axes is None:
            return self._judged(step, flow)
        box, basis = flow.box, flow.basis
        key = (basis and basis.letter, flow.safeguard, *[box[axis] for axis in axes])
        known = step.known.get(key)
        if known is None:
            known = step.known[key] = self._judged(step, flow)
        return known

    def judgement(self, flow: Flow, facet: Facet) -> Judgement | None:
        """The verdict on one facet of a flow alone; None where there is nothing of it to judge."""
        if self.views or facet is Facet.SUBJECT or facet is Facet.PROMISE:
            return next((j for j in self.judgements(flow)[0] if j.facet is facet), None)
        step = self._step(flow)
        for axis, plan in step.worded if flow.indirect else step.always_worded:
            if AXES[axis] is facet:
                return self._worded(plan, flow, axis)
        scalars = (
            (Facet.BASIS, step.basis, self._basis),
            (Facet.RETENTION, step.retention, self._retention),
            (Facet.TRANSFER, step.transfer, self._transfer),
        )
        return next(
            (judge(plan, flow) for of, plan, judge in scalars if of is facet and plan), None
        )

    def _in_every_language(self, flow: Flow) -> Whole:
        """As it is told to the readers of each language: the worst of them, facet by facet."""
        wholes = [view.judgements(flow) for view in self.views]
        key = tuple(map(id, wholes))
        if key not in self._together:
            found: dict[Facet, dict[str, Judgement]] = {}
            for view, (judgements, _) in zip(self.views, wholes, strict=True):
                for judgement in judgements:
                    found.setdefault(judgement.facet, {})[view.language] = judgement
            worst = tuple(self._worst(of) for of in found.values())
            # kept with what it was made of, whose place in memory is its key
            self._together[key] = wholes, (worst, min(judgement.verdict for judgement in worst))
        return self._together[key][1]

    def _worst(self, judged: Mapping[str, Judgement]) -> Judgement:
        """The worst that readers of some language are told of one facet, with all that tells it as badly."""
        language = min(judged, key=lambda one: (judged[one].verdict, judged[one].how == "exact"))
        worst = judged[language]
        alike = [one for one in judged.values() if one.verdict is worst.verdict]
        everybody = len(alike) == len(self.views)
        return replace(
            worst,
            told_by=once(one.told_by for one in alike),
            against=once(one.against for one in alike),
            language="" if everybody or worst.verdict is Verdict.CLEAR else language,
        )

    def _judged(self, step: Step, flow: Flow) -> Whole:
        people = flow.box[SUBJECT]
        found = [self._subjects.get(people) or self._subject(people)]
        for axis, plan in step.worded if flow.indirect else step.always_worded:
            found.append(self._worded(plan, flow, axis))
        if step.basis:
            found.append(self._basis(step.basis, flow))
        if step.retention:
            found.append(self._retention(step.retention, flow))
        if step.transfer:
            found.append(self._transfer(step.transfer, flow))
        if step.promises:
            promise = self._promise(step, flow)
            if promise is not None:
                found.append(promise)
        return tuple(found), min([judgement.verdict for judgement in found])

    def _step(self, flow: Flow) -> Step:
        """What is said of this kind of step."""
        box, action = flow.box, flow.action
        onward = flow.start.id if action is _ONWARD else ""
        key = (action, onward, not box[SOURCE], not box[COUNTRY], flow.ours)
        step = self._steps.get(key)
        if step is None:
            speaking = (spoken for spoken in self.spoken if self._speaks(spoken, flow))
            step = self._steps[key] = Step(self.settings, self.atoms, speaking, flow)
        return step

    def _speaks(self, spoken: Spoken, flow: Flow) -> bool:
        """Whether a statement speaks of such a step as a flow is."""
        start = self.masks[RECIPIENT][(flow.start.id,)] if flow.action is _ONWARD else 0
        return spoken.speaks_of(flow.action, start, across=flow.crosses_border)

    def may_count(self, flow: Flow, spoken: Spoken) -> bool:
        """Whether a statement can have a part in the verdicts on a flow: no other makes a difference to them.

        What it says is held against a flow only where the two meet; what it cannot be understood to say, always.
        """
        return self._speaks(spoken, flow) and (spoken.unresolved or self._meets(spoken, flow.box))

    def _meets(self, spoken: Spoken, box: Box) -> bool:
        """Whether a statement's box meets the flow's, along the axes that the step has."""
        return all(
            not words or mask == EVERYTHING or mask & masks[words]
            for mask, words, masks in zip(spoken.masks, box, self.masks, strict=True)
        )

    def shape(self, flow: Flow) -> tuple[tuple[int, ...] | None, ...]:
        """The axes along which what is not told of such a flow is told apart, facet by facet."""
        return self._step(flow).shape

    def _region(self, flow: Flow, axes: Iterable[int]) -> list[int]:
        """The flow's box along the axes that make a difference, among the people who get a notice at all."""
        region = [NOTHING_ELSE] * len(AXES)
        for axis in axes:
            region[axis] = self.masks[axis][flow.box[axis]]
        region[SUBJECT] = region[SUBJECT] & self.noticed or region[SUBJECT]
        return region

    # -- facets that have words ----------------------------------------------------------------

    def _subject(self, words: Words) -> Judgement:
        defined = self._defined(SUBJECT, words)
        atoms = self.masks[SUBJECT][defined]
        left = atoms & ~self.noticed
        rest = (EVERYTHING,) * (len(AXES) - 1)
        if left:
            verdict = Verdict.PARTIAL if atoms & self.noticed else Verdict.OMITTED
            judgement = Judgement(Facet.SUBJECT, verdict, remainder=((left, *rest),))
        else:
            judgement = Judgement(Facet.SUBJECT, Verdict.CLEAR, "exact")
        if defined != words:
            judgement = worse(judgement, self._undefined(Facet.SUBJECT, SUBJECT, words))
        self._subjects[words] = judgement
        return judgement

    def _worded(self, plan: Plan, flow: Flow, axis: int) -> Judgement:
        box = flow.box
        words = flow.indirect if axis == DATA else box[axis]
        if not words:
            return _SOURCE_NOT_RECORDED
        people = box[SUBJECT]
        told = plan.told.get((people, words))
        if told is not None:
            return told
        if people not in plan.books:
            plan.books[people] = self._book(plan, axis, people)
        book = plan.books[people]
        if book is not None:  # the quick way: nothing but the words makes a difference
            sets = count = 0
            for word in words:
                of_word, atoms = book[word]
                sets |= of_word
                count += atoms
            found, whole = book.judged.get(sets) or book.judge(sets)
            if count == whole and not (self.sentences and found.verdict in UNTOLD):
                if axis != DATA:  # of data there are too many words to meet the same ones again
                    plan.told[people, words] = found
                return found
        key = (words, *[alike[box[other]] for other, alike in plan.alike])
        known = plan.known.get(key)
        if known is None:
            exact = (words, None, *[box[other] for other in plan.axes])
            known = plan.known.get(exact) or self._of_words(plan, flow, axis, words)
            plan.known[exact if known.remainder else key] = known
        return known

    def _book(self, plan: Plan, axis: int, people: Words) -> Book | None:
        """What is told of each word to these people; None where a statement is limited by more than words."""
        group = self.masks[SUBJECT][people]
        told = group & self.noticed or group
        heard = tuple([one for one in plan.heard if one.masks[SUBJECT] & told])
        if plan.axes != _ONLY_PEOPLE or any(told & ~one.masks[SUBJECT] for one in heard):
            return None
        key = (heard, EVERYTHING if told == group else told)  # groups that hear the same share one
        if key not in plan.shared:
            plan.shared[key] = Book(self.grader, axis, *key)
        return plan.shared[key]

    def _of_words(self, plan: Plan, flow: Flow, axis: int, words: Words) -> Judgement:
        facet, defined = AXES[axis], self._defined(axis, words)
        if defined != words:
            undefined = self._undefined(facet, axis, words)
            return (
                worse(self._of_words(plan, flow, axis, defined), undefined)
                if defined
                else undefined
            )
        region = self._region(flow, plan.axes)
        groups = self._apart(axis, words)
        parts = [
            ToldPart(replaced(tuple(region), axis, self.masks[axis][group])) for group in groups
        ]
        for part, group in zip(parts, groups, strict=True):
            for one in plan.heard:
                if one.spoken.unresolved:
                    part.leave_open(one)
                else:
                    self._tell(part, one, axis, group)
            self._untie(part, flow, axis, group)
        return judgement_of(facet, parts, (*plan.axes, axis))

    def _untie(self, part: ToldPart, flow: Flow, axis: int, words: Words) -> None:
        """Note the sentences that nobody has tied and that name a word which nothing tells."""
        if self.sentences is None or not part.untold:
            return
        part.wait_for(self.sentences.unbegun)
        if axis == PURPOSE:
            return  # a word in a sentence shows too little of what for
        facet, linked = AXES[axis], self.settings.linked
        together = (
            [f for f in linked if flow.words(f) and f is not facet] if facet in linked else []
        )
        for word in words:
            for sentence, rank in self.sentences.naming(
                facet, word, part.region[SUBJECT], flow, together
            ):
                part.untie(sentence, _heard_in(sentence, axis, self.masks[axis][(word,)]), rank)

    def _untie_scalar(self, part: ToldPart, found: Iterable[tuple[UntiedSentence, int]]) -> None:
        """Note the sentences that may say a number or a fixed word which nothing tells."""
        for sentence, rank in found:
            part.untie(sentence, _heard_in(sentence), rank)

    def _apart(self, axis: int, words: Words) -> tuple[Words, ...]:
        """The words, each by itself where they overlap: what tells one exactly may tell the other vaguely."""
        atoms = sum(self.hierarchies[axis].mask(word).bit_count() for word in words)
        return (
            (words,) if atoms == self.masks[axis][words].bit_count() else tuple((w,) for w in words)
        )

    def _tell(self, part: ToldPart, one: Heard, axis: int, words: Words) -> None:
        """What a statement's words tell of the flow's, exactly, by category, or only vaguely."""
        grades = self.grader.grade(axis, words, one.spoken.telling.states.get(AXES[axis], ()))
        for grade, atoms in zip(Grade, grades, strict=False):  # the last is for what is no word
            region = meet(part.region, replaced(one.masks, axis, atoms)) if atoms else None
            if region is not None:
                part.tell(grade, one, region)

    def _defined(self, axis: int, words: Words) -> Words:
        """The words that somebody defined."""
        strange = self.strange[axis]
        return words if strange.isdisjoint(words) else tuple(w for w in words if w not in strange)

    def _undefined(self, facet: Facet, axis: int, words: Words) -> Judgement:
        strange = ", ".join(word for word in words if word in self.strange[axis])
        return Judgement(facet, Verdict.UNDECIDABLE, lacks=f"it is not known what {strange} means")

    # -- facets that are scalars ---------------------------------------------------------------

    def _basis(self, plan: Plan, flow: Flow) -> Judgement:
        letter, box = flow.basis.letter if flow.basis else "", flow.box
        if not letter:
            return _BASIS_NOT_RECORDED
        key = (letter, *[alike[box[axis]] for axis, alike in plan.alike])
        known = plan.known.get(key)
        if known is None:
            exact = (letter, None, *[box[axis] for axis in plan.axes])
            known = plan.known.get(exact) or self._of_basis(plan, flow, letter)
            plan.known[exact if known.remainder else key] = known
        return known

    def _of_basis(self, plan: Plan, flow: Flow, letter: str) -> Judgement:
        part = ToldPart(tuple(self._region(flow, plan.axes)), to_the_letter=True)
        for one in plan.heard:
            told, region = one.spoken.statement.basis, meet(part.region, one.masks)
            if told is None or region is None:
                continue
            if one.spoken.unresolved:
                part.leave_open(one)
            else:
                grade = grade_basis(told, letter)
                if grade is Grade.OTHER or one.spoken.telling.speaks_to(Facet.BASIS):
                    part.tell(grade, one, region)
        if self.sentences and part.untold:
            people = part.region[SUBJECT]
            part.wait_for(self.sentences.unbegun)
            self._untie_scalar(part, self.sentences.telling_basis(letter, people, flow))
        return judgement_of(Facet.BASIS, [part], plan.axes)

    def _retention(self, plan: Plan, flow: Flow) -> Judgement:
        judged: list[Judged] = []
        box, recorded = flow.box, 0
        others = [box[axis] for axis in plan.axes if axis != DATA]
        whole = self.masks[DATA][box[DATA]]
        for entry in flow.retention:
            atoms = self.masks[DATA][entry.data] & whole
            if not atoms or not (entry.period or entry.criteria):
                continue
            recorded |= atoms
            if entry.period == NEVER:
                continue  # for what is not stored, no period has to be told
            for covering, part in plan.apart(atoms):
                key = (covering, entry.period, entry.trigger, entry.criteria, entry.longer, *others)
                known = plan.entries.get(key)
                if known is None:
                    known = plan.entries[key] = self._of_entry(plan, flow, entry, part)
                if self.sentences and any(one.lacking for one in known):
                    judged += self._untied_entry(plan, flow, entry, part)
                else:
                    judged += [one.over(DATA, part) if one.left else one for one in known]
        found = self._length_unknown(flow, whole, recorded)
        if found is not None:
            return worse(whole_of(Facet.RETENTION, judged), found) if judged else found
        if not judged:
            return _NOT_STORED
        parts = tuple(judged)
        known_whole = plan.wholes.get(parts)
        if known_whole is None:
            known_whole = plan.wholes[parts] = whole_of(Facet.RETENTION, judged)
        return known_whole

    def _length_unknown(self, flow: Flow, whole: int, recorded: int) -> Judgement | None:
        """What nobody can say of how long data is kept: it is not recorded, or a beginning is not defined."""
        left = whole & ~recorded
        if left:
            remainder = (replaced((EVERYTHING,) * len(AXES), DATA, left),)
            lacks = "the register does not say how long it is kept"
            return Judgement(Facet.RETENTION, Verdict.UNDECIDABLE, lacks=lacks, remainder=remainder)
        strange = self.events.words.unknown
        timed = [e for e in flow.retention if _is_timed(e)] if strange else []
        kept = (e for e in timed if self.masks[DATA][e.data] & whole)
        found = {entry.trigger: None for entry in kept if entry.trigger in strange}
        lacks = f"it is not known what {', '.join(found)} means"
        return Judgement(Facet.RETENTION, Verdict.UNDECIDABLE, lacks=lacks) if found else None

    def _untied_entry(
        self, plan: Plan, flow: Flow, entry: Retention, atoms: int
    ) -> tuple[Judged, ...]:
        """An entry that is not told of some data: which sentences may tell it depends on the data, too."""
        others = [flow.box[axis] for axis in plan.axes if axis != DATA]
        key = (atoms, entry.period, entry.trigger, entry.criteria, entry.longer, *others, "untied")
        known = plan.entries.get(key)
        if known is None:
            known = self._of_entry(plan, flow, entry, atoms, self.sentences)
            plan.entries[key] = known
        return known

    def _of_entry(
        self,
        plan: Plan,
        flow: Flow,
        entry: Retention,
        atoms: int,
        sentences: Sentences | None = None,
    ) -> tuple[Judged, ...]:
        region = self._region(flow, plan.axes)
        if DATA in plan.axes:
            region[DATA] = atoms
        whole = tuple(region)
        parts = {part: ToldPart(whole, what) for part, what in _to_tell(entry)}
        if entry.trigger in self.events.words.unknown:
            parts.pop(RetentionPart.BEGINNING, None)
        for one in plan.heard:
            common = meet(whole, one.masks)
            if common is None:
                continue
            if one.spoken.unresolved:
                says = speaks_to_retention(one.spoken.statement)
                for part in (told for key, told in parts.items() if says[key]):
                    part.leave_open(one)
            else:
                _tell_entry(parts, entry, one, common, self.events)
        if sentences and any(part.untold for part in parts.values()):
            for key, part in parts.items():
                part.wait_for(sentences.unbegun)
                begins = key is RetentionPart.BEGINNING
                tell = sentences.telling_beginning if begins else sentences.telling_length
                for sentence, rank, data in tell(entry, atoms, whole[SUBJECT]):
                    far = begins and not _begins_so(sentence, entry, self.events)
                    part.untie(sentence, _heard_in(sentence, DATA, data), rank + far)
        return tuple(part.judge(plan.axes) for part in parts.values())

    def _transfer(self, plan: Plan, flow: Flow) -> Judgement:
        box, axes = flow.box, (*plan.axes, COUNTRY)
        key = (flow.safeguard, *[box[axis] for axis in axes])
        known = plan.known.get(key)
        if known is None:
            if self.strange[COUNTRY].isdisjoint(box[COUNTRY]):
                known = self._of_transfer(plan, flow, tuple(self._region(flow, axes)))
            else:
                known = self._undefined(Facet.TRANSFER, COUNTRY, box[COUNTRY])
            plan.known[key] = known
        return known

    def _of_transfer(self, plan: Plan, flow: Flow, whole: Region) -> Judgement:
        country, safeguard = ToldPart(whole, "the country"), ToldPart(whole, "the safeguard")
        for one in plan.heard:
            statement, region = one.spoken.statement, meet(whole, one.masks)
            if region is None:
                continue
            if one.spoken.unresolved:
                if Facet.COUNTRY in one.spoken.stated:
                    country.leave_open(one)
                if statement.safeguard:
                    safeguard.leave_open(one)
                continue
            if Facet.COUNTRY in one.spoken.stated:
                self._tell(country, one, COUNTRY, flow.box[COUNTRY])
            if statement.safeguard and statement.safeguard == flow.safeguard:
                if one.spoken.telling.safeguard:
                    safeguard.tell(Grade.EXACT, one, region)
            elif statement.safeguard and flow.safeguard:
                safeguard.tell(Grade.OTHER, one, region)
        self._untie(country, flow, COUNTRY, flow.box[COUNTRY])
        self._untie_safeguard(safeguard, flow)
        parts = [country, safeguard] if flow.safeguard else [country]
        return judgement_of(Facet.TRANSFER, parts, (*plan.axes, COUNTRY))

    def _untie_safeguard(self, part: ToldPart, flow: Flow) -> None:
        if self.sentences and flow.safeguard and part.untold:
            people = part.region[SUBJECT]
            part.wait_for(self.sentences.unbegun)
            self._untie_scalar(part, self.sentences.saying_safeguard(flow.safeguard, people))

    # -- promises ------------------------------------------------------------------------------

    def _promise(self, step: Step, flow: Flow) -> Judgement | None:
        box = flow.box
        to = box[RECIPIENT]
        promises = step.promised.get(to)
        if promises is None:
            promises = step.promised[to] = self._promised(step, to)
        if not any(self._touches(one, box) for one in promises):
            return None
        met = tuple([bool(self.guards.met(one.spoken.statement, flow)) for one in step.promises])
        key = (met, *[box[axis] for axis in step.clash_axes])
        if key in step.clashes:
            return step.clashes[key]
        judgement = step.clashes[key] = self._of_promises(step, flow, met)
        return judgement

    def _promised(self, step: Step, to: Words) -> tuple[Heard, ...]:
        """The promises about a recipient; most are about few."""
        atoms = self.masks[RECIPIENT][to] if to else EVERYTHING
        return tuple(one for one in step.promises if one.masks[RECIPIENT] & atoms)

    def _touches(self, one: Heard, box: Box) -> bool:
        """Whether a statement's box meets the flow's."""
        return all(
            mask == EVERYTHING or mask & self.masks[axis][box[axis]]
            for axis, mask in enumerate(one.masks)
        )

    def _of_promises(self, step: Step, flow: Flow, met: tuple[bool, ...]) -> Judgement | None:
        region = [NOTHING_ELSE] * len(AXES)
        for axis in step.clash_axes:
            region[axis] = self.masks[axis][flow.box[axis]]
        whole = tuple(region)
        about = [
            (one, inert)
            for one, inert in zip(step.promises, met, strict=True)
            if meet(whole, one.masks)
        ]
        if not about:
            return None
        biting = [one for one, inert in about if not inert]
        if not biting:
            return Judgement(Facet.PROMISE, Verdict.CLEAR, "guard met")
        resolved = [one for one in biting if not one.spoken.unresolved]
        doubtful = tuple(one.spoken.statement for one in biting if one.spoken.unresolved)
        disclosing = [one for one in step.asserting if meet(whole, one.masks)]
        verdicts = {mode: clash(whole, resolved, disclosing, mode) for mode in Mode}
        if doubtful:
            verdicts = {
                mode: min(v, _DOUBTFUL, key=lambda found: found[0]) for mode, v in verdicts.items()
            }
        verdict, left = verdicts[self.settings.mode]
        modes = tuple((mode, found) for mode, (found, _) in verdicts.items())
        differ = modes if len({found for _, found in modes}) > 1 else ()
        if verdict is Verdict.UNDECIDABLE:
            lacks = "a promise that cannot be looked up may forbid it"
            return Judgement(Facet.PROMISE, verdict, against=doubtful, lacks=lacks, modes=differ)
        return Judgement(
            Facet.PROMISE,
            verdict,
            "by exception" if verdict is Verdict.CLEAR else "",
            tuple(one.spoken.statement for one in disclosing),
            tuple(one.spoken.statement for one in resolved),
            tuple(widened(region, step.clash_axes) for region in left),
            modes=differ,
        )


BEGINNING = "when the period begins"
"""What a judgement on retention lacks where it is only that."""

UNTOLD = frozenset({Verdict.OMITTED, Verdict.PARTIAL})
"""The verdicts under which a sentence may tell what no statement does."""


def _heard_in(sentence: UntiedSentence, axis: int = SUBJECT, atoms: int = EVERYTHING) -> Region:
    """Where a sentence may tell something: of these atoms, to those who get its notice."""
    everything = (sentence.reach, *(EVERYTHING,) * (len(AXES) - 1))
    return everything if axis == SUBJECT else replaced(everything, axis, atoms)


def _begins_so(sentence: UntiedSentence, entry: Retention, events: Events) -> bool:
    """Whether a sentence names the beginning that is recorded, or nearly that."""
    return any(events.grade(said, entry.trigger).well for said in sentence.triggers)


_DOUBTFUL: tuple[Verdict, list[Region]] = (Verdict.UNDECIDABLE, [])

_NOT_STORED = Judgement(Facet.RETENTION, Verdict.CLEAR, "exact")
_BASIS_NOT_RECORDED = Judgement(
    Facet.BASIS, Verdict.UNDECIDABLE, lacks="the register does not record a lawful basis"
)

_SOURCE_NOT_RECORDED = Judgement(
    Facet.SOURCE, Verdict.UNDECIDABLE, lacks="the register does not say where the data comes from"
)


def _is_timed(entry: Retention) -> bool:
    """Whether an entry says how long something is stored: what says only from when is told nobody."""
    return bool(entry.period or entry.criteria) and entry.period != NEVER


def _to_tell(entry: Retention) -> Iterator[tuple[RetentionPart, str]]:
    """What has to be told of an entry, in words."""
    yield RetentionPart.LENGTH, "the period" if entry.period else "how the end is decided"
    if entry.period and entry.trigger:
        yield RetentionPart.BEGINNING, BEGINNING
    if entry.longer:
        yield RetentionPart.LONGER, f"when it is kept longer (“{'”, “'.join(entry.longer)}”)"


def _tell_entry(
    parts: Mapping[RetentionPart, ToldPart],
    entry: Retention,
    one: Heard,
    region: Region,
    events: Events,
) -> None:
    """What a `keeps` statement says of one entry: how long, from when, and when it is longer.

    What goes against the entry counts as it is stated, what tells it only as far as the words bear it out.
    """
    full, telling = one.spoken.statement, one.spoken.telling
    grade = grade_length(full, entry, events)
    if grade is not Grade.OTHER:
        grade = grade_length(telling, entry, events)
    if grade:
        parts[RetentionPart.LENGTH].tell(grade, one, region)
    if begins := parts.get(RetentionPart.BEGINNING):
        against = [g for g in grade_beginning(full, entry, events) if g is Grade.OTHER]
        told = [g for g in grade_beginning(telling, entry, events) if g is not Grade.OTHER]
        for from_when in (*told, *against):
            begins.tell(from_when, one, region)
        if events.same(telling.trigger, entry.trigger):
            begins.named.append(region)
    longer = parts.get(RetentionPart.LONGER)
    if longer and (exception := grade_exception(telling, entry)):
        longer.tell(exception, one, region)
