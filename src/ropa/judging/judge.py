"""Judges flows against statements, one facet at a time.

A facet is told where some statement states it and covers the rest of the flow; what is not told is what is
left of the flow's box when the statements' boxes are taken away. Only the axes that the statements in
question state make a difference, so flows that agree along those share one judgement, and a register of
thousands of activities holds few questions that differ.
"""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ropa.flows.flow import AXES, COUNTRY, DATA, PURPOSE, RECIPIENT, SOURCE, SUBJECT, Box, Flow
from ropa.flows.regions import EVERYTHING, Region, meet, minus
from ropa.judging.judgement import Judgement, Mode, Settings
from ropa.judging.promises import clash, guard_met
from ropa.judging.statements import Heard, Voices
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Register, Retention, Statement, Words, days
from ropa.register.vocabulary import Facet, Hierarchy

NOTHING_ELSE = 1
"""The mask of an axis that makes no difference: one combination, which every statement covers."""

# What the law asks people to be told of each step. Data and source are due only where data did not come from
# the person (Article 14(1)(d) and 14(2)(f)); the basis of a recipient's own sharing is not ours to tell.
_DUE: Mapping[Action, frozenset[Facet]] = {
    Action.COLLECT: frozenset({Facet.DATA, Facet.SOURCE, Facet.PURPOSE, Facet.BASIS}),
    Action.USE: frozenset({Facet.PURPOSE, Facet.BASIS}),
    Action.KEEP: frozenset({Facet.RETENTION, Facet.TRANSFER}),
    Action.DISCLOSE: frozenset(
        {Facet.DATA, Facet.RECIPIENT, Facet.PURPOSE, Facet.BASIS, Facet.TRANSFER}
    ),
    Action.ONWARD: frozenset({Facet.RECIPIENT, Facet.TRANSFER}),
}
_WORDED = (DATA, SOURCE, RECIPIENT, PURPOSE)
_ONLY_INDIRECT = (DATA, SOURCE)
_ONLY_PEOPLE = (SUBJECT,)
_ONWARD = Action.ONWARD


class Judge:
    """Judges one flow after the other, and remembers what it has judged."""

    def __init__(self, register: Register, voices: Voices, settings: Settings) -> None:
        self.settings = settings
        self.noticed = voices.noticed
        self.spoken = voices.spoken
        self.hierarchies = tuple(register.vocabulary[axis.scheme] for axis in AXES)
        self.strange = tuple(hierarchy.unknown for hierarchy in self.hierarchies)
        self._steps: dict[tuple[object, ...], _Step] = {}
        self.masks = tuple(_Masks(hierarchy) for hierarchy in self.hierarchies)
        self._grades: dict[tuple[int, Words, Words], tuple[int, int, int]] = {}
        self._subjects: dict[Words, Judgement] = {}

    def judgements(self, flow: Flow) -> "_Whole":
        """The verdict on every facet of one flow that the law asks for and on the promises about it; and the worst."""
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

    def _judged(self, step: "_Step", flow: Flow) -> "_Whole":
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

    def _step(self, flow: Flow) -> "_Step":
        """What is said of this kind of step."""
        box, action = flow.box, flow.action
        onward = flow.start.id if action is _ONWARD else ""
        key = (action, onward, not box[SOURCE], not box[COUNTRY])
        step = self._steps.get(key)
        if step is None:
            start = self.hierarchies[RECIPIENT].mask(onward) if onward else 0
            step = self._steps[key] = _Step(self, flow, start)
        return step

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
            judgement = _worse(judgement, self._undefined(Facet.SUBJECT, SUBJECT, words))
        self._subjects[words] = judgement
        return judgement

    def _worded(self, plan: "_Plan", flow: Flow, axis: int) -> Judgement:
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
            if count == whole:
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

    def _book(self, plan: "_Plan", axis: int, people: Words) -> "_Book | None":
        """What is told of each word to these people; None where a statement is limited by more than words."""
        group = self.masks[SUBJECT][people]
        told = group & self.noticed or group
        heard = tuple([one for one in plan.heard if one.masks[SUBJECT] & told])
        if plan.axes != _ONLY_PEOPLE or any(told & ~one.masks[SUBJECT] for one in heard):
            return None
        key = (heard, EVERYTHING if told == group else told)  # groups that hear the same share one
        if key not in plan.shared:
            plan.shared[key] = _Book(self, axis, *key)
        return plan.shared[key]

    def _of_words(self, plan: "_Plan", flow: Flow, axis: int, words: Words) -> Judgement:
        facet, defined = AXES[axis], self._defined(axis, words)
        if defined != words:
            undefined = self._undefined(facet, axis, words)
            return (
                _worse(self._of_words(plan, flow, axis, defined), undefined)
                if defined
                else undefined
            )
        region = self._region(flow, plan.axes)
        groups = self._apart(axis, words)
        parts = [_Part(_with(tuple(region), axis, self.masks[axis][group])) for group in groups]
        for part, group in zip(parts, groups, strict=True):
            for one in plan.heard:
                if one.spoken.unresolved:
                    part.leave_open(one)
                else:
                    self._tell(part, one, axis, group)
        return _judgement(facet, parts, (*plan.axes, axis))

    def _apart(self, axis: int, words: Words) -> tuple[Words, ...]:
        """The words, each by itself where they overlap: what tells one exactly may tell the other vaguely."""
        atoms = sum(self.hierarchies[axis].mask(word).bit_count() for word in words)
        return (
            (words,) if atoms == self.masks[axis][words].bit_count() else tuple((w,) for w in words)
        )

    def _tell(self, part: "_Part", one: Heard, axis: int, words: Words) -> None:
        """What a statement's words tell of the flow's, exactly, by category, or only vaguely."""
        grades = self.grade(axis, words, one.spoken.statement.states[AXES[axis]])
        for regions, atoms in zip((part.exact, part.category, part.vague), grades, strict=True):
            region = meet(part.region, _with(one.masks, axis, atoms)) if atoms else None
            if region is not None:
                part.tell(regions, one, region)

    def grade(self, axis: int, words: Words, said: Words) -> tuple[int, int, int]:
        """The atoms of `words` that `said` tells exactly, by category, and only vaguely."""
        key = (axis, words, said)
        known = self._grades.get(key)
        if known is not None:
            return known
        hierarchy = self.hierarchies[axis]
        exact = category = vague = 0
        for told in said:
            for word in words:
                common = hierarchy.mask(word) & hierarchy.mask(told)
                if not common:
                    continue
                up = hierarchy.hops(word, told) or 0
                if hierarchy.umbrella(told) or up > self.settings.max_hops:
                    vague |= common
                elif up:
                    category |= common
                else:
                    exact |= common
        self._grades[key] = exact, category, vague
        return exact, category, vague

    def _defined(self, axis: int, words: Words) -> Words:
        """The words that somebody defined."""
        strange = self.strange[axis]
        return words if strange.isdisjoint(words) else tuple(w for w in words if w not in strange)

    def _undefined(self, facet: Facet, axis: int, words: Words) -> Judgement:
        strange = ", ".join(word for word in words if word in self.strange[axis])
        return Judgement(facet, Verdict.UNDECIDABLE, lacks=f"nobody defined {strange}")

    # -- facets that are scalars ---------------------------------------------------------------

    def _basis(self, plan: "_Plan", flow: Flow) -> Judgement:
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

    def _of_basis(self, plan: "_Plan", flow: Flow, letter: str) -> Judgement:
        part = _Part(tuple(self._region(flow, plan.axes)))
        for one in plan.heard:
            told, region = one.spoken.statement.basis, meet(part.region, one.masks)
            if told is None or region is None:
                continue
            if one.spoken.unresolved:
                part.leave_open(one)
            elif told.letter != letter:
                part.deny(one, region)
            elif told.article_6:
                part.tell(part.exact, one, region)
            else:  # in words: "the law requires us" says which law, or it says too little
                part.tell(part.category if told.law else part.vague, one, region)
        return _judgement(Facet.BASIS, [part], plan.axes)

    def _retention(self, plan: "_Plan", flow: Flow) -> Judgement:
        box, judged, recorded = flow.box, [], 0
        others = [box[axis] for axis in plan.axes if axis != DATA]
        whole = self.masks[DATA][box[DATA]]
        for entry in flow.retention:
            atoms = self.masks[DATA][entry.data] & whole
            if not atoms or not (entry.period or entry.criteria):
                continue
            recorded |= atoms
            for covering, part in plan.apart(atoms):
                key = (covering, entry.period, entry.trigger, not entry.criteria, *others)
                known = plan.entries.get(key)
                if known is None:
                    known = plan.entries[key] = self._of_entry(plan, flow, entry, part)
                judged += [one.over(DATA, part) if one.left else one for one in known]
        left = whole & ~recorded
        if left:
            remainder = (_with((EVERYTHING,) * len(AXES), DATA, left),)
            lacks = "the register does not say how long it is kept"
            found = Judgement(
                Facet.RETENTION, Verdict.UNDECIDABLE, lacks=lacks, remainder=remainder
            )
            return _worse(_whole(Facet.RETENTION, judged), found) if judged else found
        parts = tuple(judged)
        known_whole = plan.wholes.get(parts)
        if known_whole is None:
            known_whole = plan.wholes[parts] = _whole(Facet.RETENTION, judged)
        return known_whole

    def _of_entry(
        self, plan: "_Plan", flow: Flow, entry: Retention, atoms: int
    ) -> tuple["_Judged", ...]:
        region = self._region(flow, plan.axes)
        if DATA in plan.axes:
            region[DATA] = atoms
        whole = tuple(region)
        parts = [_Part(whole, "the period" if entry.period else "how the end is decided")]
        if entry.period and entry.trigger:
            parts.append(_Part(whole, "when the period begins"))
        for one in plan.heard:
            common = meet(whole, one.masks)
            if common is None:
                continue
            if one.spoken.unresolved:
                for part, says in zip(parts, _speaks_to(one.spoken.statement), strict=False):
                    if says:
                        part.leave_open(one)
            else:
                _tell_retention(parts, entry, one, common)
        return tuple(part.judge(plan.axes) for part in parts)

    def _transfer(self, plan: "_Plan", flow: Flow) -> Judgement:
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

    def _of_transfer(self, plan: "_Plan", flow: Flow, whole: Region) -> Judgement:
        country, safeguard = _Part(whole, "the country"), _Part(whole, "the safeguard")
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
                safeguard.tell(safeguard.exact, one, region)
            elif statement.safeguard and flow.safeguard:
                safeguard.deny(one, region)
        parts = [country, safeguard] if flow.safeguard else [country]
        return _judgement(Facet.TRANSFER, parts, (*plan.axes, COUNTRY))

    # -- promises ------------------------------------------------------------------------------

    def _promise(self, step: "_Step", flow: Flow) -> Judgement | None:
        box = flow.box
        to = box[RECIPIENT]
        promises = step.promised.get(to)
        if promises is None:
            promises = step.promised[to] = self._promised(step, to)
        if not any(self._touches(one, box) for one in promises):
            return None
        met = tuple([guard_met(one.spoken.statement, flow) for one in step.promises])
        key = (met, *[box[axis] for axis in step.clash_axes])
        if key in step.clashes:
            return step.clashes[key]
        judgement = step.clashes[key] = self._of_promises(step, flow, met)
        return judgement

    def _promised(self, step: "_Step", to: Words) -> tuple[Heard, ...]:
        """The promises about a recipient; most are about few."""
        atoms = self.masks[RECIPIENT][to] if to else EVERYTHING
        return tuple(one for one in step.promises if one.masks[RECIPIENT] & atoms)

    def _touches(self, one: Heard, box: Box) -> bool:
        """Whether a statement's box meets the flow's."""
        return all(
            mask == EVERYTHING or mask & self.masks[axis][box[axis]]
            for axis, mask in enumerate(one.masks)
        )

    def _of_promises(self, step: "_Step", flow: Flow, met: tuple[bool, ...]) -> Judgement | None:
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
            tuple(_widened(region, step.clash_axes) for region in left),
            modes=differ,
        )


class _Masks(dict[Words, int]):
    """The atoms of some words along an axis, each worked out when it is first asked for."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        super().__init__()
        self.hierarchy = hierarchy

    def __missing__(self, words: Words) -> int:
        atoms = self[words] = self.hierarchy.union(words)
        return atoms


class _Alike(dict[Words, object]):
    """The same for words along an axis that the same statements cover, where each covers all of them or none.

    What is told in full of the one is then told in full of the other.
    """

    def __init__(self, judge: Judge, axis: int, heard: Iterable[Heard]) -> None:
        super().__init__()
        self.atoms = judge.masks[axis]
        self.among = judge.noticed if axis == SUBJECT else EVERYTHING
        self.covered = tuple(one.masks[axis] for one in heard)

    def __missing__(self, words: Words) -> object:
        atoms = self.atoms[words]
        atoms = atoms & self.among or atoms
        common = [mask & atoms for mask in self.covered]
        clean = all(part in (0, atoms) for part in common)
        alike = self[words] = tuple([part != 0 for part in common]) if clean else words
        return alike


class _Plan:
    """The statements that may tell one facet of one kind of step, and what was judged of it already.

    `axes` are those that the statements state besides the facet's own, the people always among them: two
    flows that agree along them have the same verdict.
    """

    def __init__(self, judge: Judge, heard: Iterable[Heard], own: int | None) -> None:
        self.heard = tuple(heard)
        self.axes = _axes(self.heard, own)
        self.known: dict[tuple[object, ...], Judgement] = {}
        self.alike = tuple((axis, _Alike(judge, axis, self.heard)) for axis in self.axes)
        self.told: dict[tuple[Words, Words], Judgement] = {}
        self.books: dict[Words, _Book | None] = {}
        self.shared: dict[tuple[tuple[Heard, ...], int], _Book] = {}
        self.entries: dict[tuple[object, ...], tuple[_Judged, ...]] = {}
        self.wholes: dict[tuple[_Judged, ...], Judgement] = {}
        self._apart: dict[int, tuple[tuple[int, int], ...]] = {}

    def apart(self, data: int) -> tuple[tuple[int, int], ...]:
        """Some data in parts, each with the statements (as bits) that cover all of it; the others cover none.

        What is told of a part does not depend on the data itself, so flows of other data may share it.
        """
        known = self._apart.get(data)
        if known is None:
            parts = {0: data}
            for bit, one in enumerate(self.heard):
                mask = one.masks[DATA]
                split = [(c | 1 << bit, d & mask) for c, d in parts.items()]
                split += [(c, d & ~mask) for c, d in parts.items()]
                parts = {covering: some for covering, some in split if some}
            known = self._apart[data] = tuple(parts.items())
        return known


class _Step:
    """Everything that is said of one kind of step: an action, by whom, across a border or not."""

    def __init__(self, judge: Judge, flow: Flow, start: int) -> None:
        settings = judge.settings
        speaking = [
            s for s in judge.spoken if s.speaks_of(flow.action, start, across=flow.crosses_border)
        ]
        heard = [
            Heard(
                s,
                tuple(
                    [m if words else EVERYTHING for m, words in zip(s.masks, flow.box, strict=True)]
                ),
            )
            for s in speaking
        ]
        positive = [one for one in heard if not one.spoken.statement.negative]
        due = _DUE[flow.action]
        present = {AXES[axis] for axis, words in enumerate(flow.box) if words}

        def worded(axis: int) -> _Plan:
            facet = AXES[axis]
            together = settings.linked & present if facet in settings.linked else frozenset()
            return _Plan(
                judge,
                (
                    one
                    for one in positive
                    if facet in one.spoken.stated and together <= one.spoken.stated
                ),
                axis,
            )

        def scalar(facet: Facet) -> _Plan | None:
            telling = [one for one in positive if one.spoken.statement.speaks_to(facet)]
            return _Plan(judge, telling, None) if facet in due else None

        self.worded = tuple((axis, worded(axis)) for axis in _WORDED if AXES[axis] in due)
        self.always_worded = tuple(pair for pair in self.worded if pair[0] not in _ONLY_INDIRECT)
        self.basis, self.retention = scalar(Facet.BASIS), scalar(Facet.RETENTION)
        self.transfer = scalar(Facet.TRANSFER) if flow.crosses_border else None
        # What a promise names must be there for it to bite; a statement is not limited by it.
        self.promises = tuple(
            one for one in heard if one.spoken.statement.negative and one.spoken.stated <= present
        )
        self.asserting = tuple(
            o for o in positive if o.spoken.tells and o.spoken.asserts(flow.action)
        )
        self.clash_axes = _axes((*self.promises, *self.asserting), None)
        self.clashes: dict[tuple[object, ...], Judgement | None] = {}
        self.promised: dict[Words, tuple[Heard, ...]] = {}
        self.deciding = self._deciding(self.always_worded)
        self.deciding_indirect = self._deciding(self.worded)
        self.known: dict[tuple[object, ...], _Whole] = {}

    def _deciding(self, worded: tuple[tuple[int, _Plan], ...]) -> tuple[int, ...] | None:
        """The axes that decide every verdict, so that flows that agree along them share theirs.

        None where sharing is rare: where the data counts, how long it is kept, or who asked whether.
        """
        plans = [plan for _, plan in worded]
        plans += [plan for plan in (self.basis, self.transfer) if plan]
        axes = {SUBJECT, *(axis for axis, _ in worded), *(a for plan in plans for a in plan.axes)}
        if self.transfer:
            axes.add(COUNTRY)
        if DATA in axes or self.retention or self.promises:
            return None
        return tuple(sorted(axes))


_Whole = tuple[tuple[Judgement, ...], Verdict]


class _Judged(Struct, frozen=True):
    """The verdict on one part of a facet."""

    verdict: Verdict
    how: str
    left: tuple[Region, ...]
    lacks: str
    told_by: tuple[Statement, ...]
    against: tuple[Statement, ...]

    def over(self, axis: int, atoms: int) -> "_Judged":
        """The same, where it concerns only these atoms along an axis."""
        return replace(self, left=tuple(_with(region, axis, atoms) for region in self.left))


class _Part(Struct):
    """One thing that has to be told of a region: who tells it how well, and who says otherwise."""

    region: Region
    what: str = ""
    exact: list[Region] = field(default_factory=list)
    category: list[Region] = field(default_factory=list)
    vague: list[Region] = field(default_factory=list)
    other: list[Region] = field(default_factory=list)
    open: list[Region] = field(default_factory=list)
    told_by: dict[Statement, None] = field(default_factory=dict)
    against: dict[Statement, None] = field(default_factory=dict)
    may_tell: dict[Statement, None] = field(default_factory=dict)

    def tell(self, regions: list[Region], one: Heard, region: Region) -> None:
        """Note that a statement tells it, on a region, so well."""
        regions.append(region)
        self.told_by[one.spoken.statement] = None

    def deny(self, one: Heard, region: Region) -> None:
        """Note that a statement says something else."""
        self.other.append(region)
        self.against[one.spoken.statement] = None

    def leave_open(self, one: Heard) -> None:
        """Note a statement that may tell it, if only its words or its text could be looked up."""
        region = meet(self.region, one.masks)
        if region is not None:
            self.open.append(region)
            self.may_tell[one.spoken.statement] = None

    def judge(self, axes: Iterable[int]) -> _Judged:
        """The verdict on its worst combination of atoms."""
        verdict, how, left = self._verdict()
        lacks, told_by = self.what if left else "", self.told_by
        if verdict is Verdict.UNDECIDABLE:
            lacks, told_by = _CANNOT_LOOK_UP, self.may_tell
        axes = tuple(axes)
        widened = tuple(_widened(region, axes) for region in left)
        return _Judged(verdict, how, widened, lacks, tuple(told_by), tuple(self.against))

    def _verdict(self) -> tuple[Verdict, str, list[Region]]:
        well = [*self.exact, *self.category]
        anyhow = [*well, *self.vague]
        denied = minus(self.other, anyhow)
        if denied:
            return Verdict.CONTRADICTED, "", denied
        left = minus([self.region], anyhow)
        if left and not anyhow:
            open_ = self.open and not minus(left, self.open)
            return (Verdict.UNDECIDABLE if open_ else Verdict.OMITTED), "", left
        if left:
            return Verdict.PARTIAL, "", left
        left = minus([self.region], well)
        if left:
            return Verdict.VAGUE, "", left
        return Verdict.CLEAR, "by category" if minus([self.region], self.exact) else "exact", []


class _Book(dict[str, tuple[int, int]]):
    """What one group of people is told of each word along one axis, where only the words make a difference.

    A word's entry is one integer that holds six sets side by side (its atoms, those told exactly, by
    category, vaguely, perhaps; and the statements that tell them), and the number of its atoms. So what is
    told of many words is their entries or-ed, in one step a word, and looked up as one number.
    """

    def __init__(self, judge: Judge, axis: int, heard: Sequence[Heard], people: int) -> None:
        super().__init__()
        self.grader, self.axis, self.heard, self.people = judge, axis, heard, people
        hierarchy = judge.hierarchies[axis]
        self.hierarchy = hierarchy
        self.width = max(hierarchy.size, len(heard))
        self.judged: dict[int, tuple[Judgement, int]] = {}
        self.exactly: dict[int, Judgement] = {}
        self.one = (1 << self.width) - 1

    def __missing__(self, word: str) -> tuple[int, int]:
        """The entry of a word that is met for the first time."""
        atoms = self.hierarchy.mask(word)
        exact = category = vague = perhaps = told_by = may_tell = 0
        for bit, one in enumerate(self.heard):
            if one.spoken.unresolved:
                perhaps |= atoms & one.masks[self.axis]
                may_tell |= bool(atoms & one.masks[self.axis]) << bit
                continue
            said = one.spoken.statement.states[AXES[self.axis]]
            grades = self.grader.grade(self.axis, (word,), said)
            exact |= grades[0]
            category |= grades[1]
            vague |= grades[2]
            told_by |= any(grades) << bit
        packed = 0
        for held in (atoms, exact, category, vague, perhaps, told_by, may_tell):
            packed = packed << self.width | held
        # A word nobody defined has no place here: its count never fits, and it is judged the long way.
        entry = self[word] = packed, _NEVER if word in self.hierarchy.unknown else atoms.bit_count()
        return entry

    def judge(self, sets: int) -> tuple[Judgement, int]:
        """The judgement on some words, from their entries or-ed: the same as a part's, on one axis.

        With it, the number of their atoms: words that overlap count more than that together, and what
        tells one of them may not tell the other.
        """
        width, one = self.width, self.one
        atoms = sets >> 6 * width
        if sets >> 5 * width & one == atoms:  # each atom is told exactly, which is nearly always so
            found = self.told_exactly(sets >> width & one)
        else:
            found = self._with_gaps(atoms, [sets >> place * width & one for place in range(6)])
        known = self.judged[sets] = found, atoms.bit_count()
        return known

    def told_exactly(self, told_by: int) -> Judgement:
        """What is told in full, by these statements."""
        if told_by not in self.exactly:
            cited = self._cited(told_by)
            self.exactly[told_by] = Judgement(AXES[self.axis], Verdict.CLEAR, "exact", cited)
        return self.exactly[told_by]

    def _cited(self, bits: int) -> tuple[Statement, ...]:
        return tuple(one.spoken.statement for bit, one in enumerate(self.heard) if bits >> bit & 1)

    def _with_gaps(self, atoms: int, held: Sequence[int]) -> Judgement:
        may_tell, told_by, perhaps, vague, category, exact = held
        well = exact | category
        left, how, lacks, cited = atoms & ~(well | vague), "", "", told_by
        if left and well | vague:
            verdict = Verdict.PARTIAL
        elif left and perhaps and not left & ~perhaps:
            verdict, lacks, cited = Verdict.UNDECIDABLE, _CANNOT_LOOK_UP, may_tell
        elif left:
            verdict = Verdict.OMITTED
        elif atoms & ~well:
            verdict, left = Verdict.VAGUE, atoms & ~well
        else:
            verdict, how = Verdict.CLEAR, "by category" if atoms & ~exact else "exact"
        everything = (self.people, *(EVERYTHING,) * (len(AXES) - 1))
        remainder = (_with(everything, self.axis, left),) if left else ()
        said = self._cited(cited)
        return Judgement(AXES[self.axis], verdict, how, said, remainder=remainder, lacks=lacks)


_NEVER = -(1 << 40)
_CANNOT_LOOK_UP = "a statement that may tell it cannot be looked up"
_DOUBTFUL: tuple[Verdict, list[Region]] = (Verdict.UNDECIDABLE, [])
_BASIS_NOT_RECORDED = Judgement(
    Facet.BASIS, Verdict.UNDECIDABLE, lacks="the register does not record a lawful basis"
)
_SOURCE_NOT_RECORDED = Judgement(
    Facet.SOURCE, Verdict.UNDECIDABLE, lacks="the register does not say where the data comes from"
)


def _judgement(facet: Facet, parts: Iterable[_Part], axes: Iterable[int]) -> Judgement:
    axes = tuple(axes)
    return _whole(facet, [part.judge(axes) for part in parts])


def _whole(facet: Facet, judged: Sequence[_Judged]) -> Judgement:
    """A whole from its parts: the worst of them, except that told and untold parts make it partial."""
    worst = min(judged, key=lambda j: (j.verdict, j.how != "by category"))
    verdict = worst.verdict
    untold = verdict in (Verdict.OMITTED, Verdict.UNDECIDABLE)
    if untold and any(j.verdict > Verdict.UNDECIDABLE for j in judged):
        verdict = Verdict.PARTIAL
    lacking = [j for j in judged if j.left and j.verdict <= verdict]
    undecidable = verdict is Verdict.UNDECIDABLE
    cited = [j for j in judged if (j.verdict is Verdict.UNDECIDABLE) is undecidable]
    return Judgement(
        facet,
        verdict,
        worst.how,
        _once(j.told_by for j in cited),
        _once(j.against for j in judged),
        tuple(region for j in lacking for region in j.left),
        " and ".join(dict.fromkeys(j.lacks for j in lacking if j.lacks)),
    )


def _worse(found: Judgement, undecidable: Judgement) -> Judgement:
    """What is found wrong with the rest is not hidden by what the register itself leaves open."""
    return found if found.verdict < Verdict.UNDECIDABLE else undecidable


def _once(groups: Iterable[tuple[Statement, ...]]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(statement for group in groups for statement in group))


def _speaks_to(statement: Statement) -> tuple[bool, bool]:
    """Whether it says how long data is kept, and whether it says when that begins."""
    criteria = bool(statement.criteria and not statement.period)
    return bool(statement.period) or criteria, bool(statement.trigger) or criteria


def _tell_retention(parts: list[_Part], entry: Retention, one: Heard, region: Region) -> None:
    """What a `keeps` statement says of one entry: its period, when that begins, or only criteria."""
    statement, length = one.spoken.statement, parts[0]
    if not entry.period:
        if statement.criteria or statement.period:
            length.tell(length.exact if statement.criteria else length.category, one, region)
        return
    if statement.period:
        longer = days(entry.period) - days(statement.period)
        if longer > 0:
            length.deny(one, region)
        else:
            length.tell(length.category if longer else length.exact, one, region)
    elif statement.criteria:
        for part in parts:
            part.tell(part.vague, one, region)
    if statement.trigger and entry.trigger:
        begins = parts[1]
        if statement.trigger == entry.trigger:
            begins.tell(begins.exact, one, region)
        else:
            begins.deny(one, region)


def _axes(heard: Iterable[Heard], own: int | None) -> tuple[int, ...]:
    """The axes along which some statement is limited."""
    limited = {
        axis
        for one in heard
        for axis, mask in enumerate(one.masks)
        if mask != EVERYTHING and axis != own
    }
    return tuple(sorted(limited | {SUBJECT}))


def _widened(region: Region, axes: Iterable[int]) -> Region:
    """A region that is everything along the axes that made no difference."""
    kept = frozenset(axes)
    return tuple(atoms if axis in kept else EVERYTHING for axis, atoms in enumerate(region))


def _with(region: Region, axis: int, atoms: int) -> Region:
    return (*region[:axis], atoms, *region[axis + 1 :])
