"""What was judged already: flows that agree where statements are limited share a judgement."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ropa.flows.flow import AXES, COUNTRY, DATA, PURPOSE, RECIPIENT, SOURCE, SUBJECT, Flow
from ropa.flows.regions import EVERYTHING, replaced
from ropa.judging.grading import Grader
from ropa.judging.judgement import Judgement, Settings
from ropa.judging.parts import CANNOT_LOOK_UP, Judged
from ropa.judging.statements import Heard, Spoken, heard
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Statement, Words
from ropa.register.vocabulary import Facet, Hierarchy

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

_OF_OTHERS = frozenset({Facet.SOURCE, Facet.RECIPIENT, Facet.TRANSFER})
"""What is due only of a step from or to somebody else: of who is no source and no recipient nobody need be told."""


def due(flow: Flow) -> frozenset[Facet]:
    """What the law asks people to be told of a step."""
    return _DUE[flow.action] - _OF_OTHERS if flow.ours else _DUE[flow.action]


_WORDED = (DATA, SOURCE, RECIPIENT, PURPOSE)

_ONLY_INDIRECT = (DATA, SOURCE)

Whole = tuple[tuple[Judgement, ...], Verdict]


class Masks(dict[Words, int]):
    """The atoms of some words along an axis, each worked out when it is first asked for."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        super().__init__()
        self.hierarchy = hierarchy

    def __missing__(self, words: Words) -> int:
        atoms = self[words] = self.hierarchy.union(words)
        return atoms


class Atoms(Struct, frozen=True):
    """The atoms of words along each axis, and those of the people who get any notice at all."""

    masks: tuple[Masks, ...]
    noticed: int


class Alike(dict[Words, object]):
    """The same for words along an axis that the same statements cover, where each covers all of them or none.

    What is told in full of the one is then told in full of the other.
    """

    def __init__(self, atoms: Atoms, axis: int, heard: Iterable[Heard]) -> None:
        super().__init__()
        self.atoms = atoms.masks[axis]
        self.among = atoms.noticed if axis == SUBJECT else EVERYTHING
        self.covered = tuple(one.masks[axis] for one in heard)

    def __missing__(self, words: Words) -> object:
        atoms = self.atoms[words]
        atoms = atoms & self.among or atoms
        common = [mask & atoms for mask in self.covered]
        clean = all(part in (0, atoms) for part in common)
        alike = self[words] = tuple([part != 0 for part in common]) if clean else words
        return alike


class Plan:
    """The statements that may tell one facet of one kind of step, and what was judged of it already.

    `axes` are those that the statements state besides the facet's own, the people always among them, and those
    `besides` that a sentence has to name: two flows that agree along them have the same verdict.
    """

    def __init__(
        self, atoms: Atoms, heard: Iterable[Heard], own: int | None, besides: Iterable[int] = ()
    ) -> None:
        self.heard = tuple(heard)
        self.axes = tuple(sorted({*limiting_axes(self.heard, own), *besides}))
        self.known: dict[tuple[object, ...], Judgement] = {}
        self.alike = tuple((axis, Alike(atoms, axis, self.heard)) for axis in self.axes)
        self.told: dict[tuple[Words, Words], Judgement] = {}
        self.books: dict[Words, Book | None] = {}
        self.shared: dict[tuple[tuple[Heard, ...], int], Book] = {}
        self.entries: dict[tuple[object, ...], tuple[Judged, ...]] = {}
        self.wholes: dict[tuple[Judged, ...], Judgement] = {}
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


class Step:
    """Everything that is said of one kind of step: an action, by whom, across a border or not."""

    def __init__(
        self, settings: Settings, atoms: Atoms, speaking: Iterable[Spoken], flow: Flow
    ) -> None:
        said = [heard(spoken, flow) for spoken in speaking]
        positive = [one for one in said if not one.spoken.statement.negative]
        asked = due(flow)
        present = {AXES[axis] for axis, words in enumerate(flow.box) if words}

        def worded(axis: int) -> Plan:
            facet = AXES[axis]
            together = settings.linked & present if facet in settings.linked else frozenset()
            return Plan(
                atoms,
                (
                    one
                    for one in positive
                    if facet in one.spoken.telling.states
                    and together <= one.spoken.telling.states.keys()
                ),
                axis,
                [AXES.index(f) for f in together if f in AXES and f is not facet],
            )

        def scalar(facet: Facet) -> Plan | None:
            telling = [one for one in positive if one.spoken.statement.speaks_to(facet)]
            besides = [DATA] if facet is Facet.RETENTION else []  # each entry is about some of it
            return Plan(atoms, telling, None, besides) if facet in asked else None

        self.worded = tuple((axis, worded(axis)) for axis in _WORDED if AXES[axis] in asked)
        self.always_worded = tuple(pair for pair in self.worded if pair[0] not in _ONLY_INDIRECT)
        self.basis, self.retention = scalar(Facet.BASIS), scalar(Facet.RETENTION)
        self.transfer = scalar(Facet.TRANSFER) if flow.crosses_border else None
        within = flow.ours and flow.action is Action.DISCLOSE
        # What a promise names must be there for it to bite; a statement is not limited by it.
        self.promises = tuple(
            one
            for one in said
            if one.spoken.statement.negative
            and one.spoken.stated <= present
            and not (within and one.spoken.of_others)
        )
        self.asserting = tuple(
            o for o in positive if o.spoken.tells and o.spoken.asserts(flow.action)
        )
        self.clash_axes = limiting_axes((*self.promises, *self.asserting), None)
        self.clashes: dict[tuple[object, ...], Judgement | None] = {}
        self.promised: dict[Words, tuple[Heard, ...]] = {}
        self.deciding = self._deciding(self.always_worded)
        self.deciding_indirect = self._deciding(self.worded)
        self.known: dict[tuple[object, ...], Whole] = {}

    @property
    def shape(self) -> tuple[tuple[int, ...] | None, ...]:
        """The axes along which a remainder of each facet is told apart."""
        plans = (*(plan for _, plan in self.worded), self.basis, self.retention, self.transfer)
        return (*(plan.axes if plan else None for plan in plans), self.clash_axes)

    def _deciding(self, worded: tuple[tuple[int, Plan], ...]) -> tuple[int, ...] | None:
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


class Book(dict[str, tuple[int, int]]):
    """What one group of people is told of each word along one axis, where only the words make a difference.

    A word's entry is one integer that holds six sets side by side (its atoms, those told exactly, by
    category, vaguely, perhaps; and the statements that tell them), and the number of its atoms. So what is
    told of many words is their entries or-ed, in one step a word, and looked up as one number.
    """

    def __init__(self, grader: Grader, axis: int, heard: Sequence[Heard], people: int) -> None:
        super().__init__()
        self.grader, self.axis, self.heard, self.people = grader, axis, heard, people
        hierarchy = grader.hierarchies[axis]
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
            said = one.spoken.telling.states[AXES[self.axis]]
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
            verdict, lacks, cited = Verdict.UNDECIDABLE, CANNOT_LOOK_UP, may_tell
        elif left:
            verdict = Verdict.OMITTED
        elif atoms & ~well:
            verdict, left = Verdict.VAGUE, atoms & ~well
        else:
            verdict, how = Verdict.CLEAR, "by category" if atoms & ~exact else "exact"
        everything = (self.people, *(EVERYTHING,) * (len(AXES) - 1))
        remainder = (replaced(everything, self.axis, left),) if left else ()
        said = self._cited(cited)
        return Judgement(AXES[self.axis], verdict, how, said, remainder=remainder, lacks=lacks)


_NEVER = -(1 << 40)


def limiting_axes(heard: Iterable[Heard], own: int | None) -> tuple[int, ...]:
    """The axes along which some statement is limited."""
    limited = {
        axis
        for one in heard
        for axis, mask in enumerate(one.masks)
        if mask != EVERYTHING and axis != own
    }
    return tuple(sorted(limited | {SUBJECT}))
