"""One thing that has to be told of a region: who tells it how well, who says otherwise, and what comes of it."""

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ropa.flows.regions import EVERYTHING, Region, meet, minus, replaced
from ropa.judging.grading import Grade
from ropa.judging.judgement import Judgement
from ropa.judging.statements import Heard
from ropa.judging.untied import MOST_SHOWN, UntiedSentence, best
from ropa.judging.verdict import Verdict
from ropa.register.model import Statement
from ropa.register.vocabulary import Facet


class Judged(Struct, frozen=True):
    """The verdict on one part of a facet."""

    verdict: Verdict
    how: str
    left: tuple[Region, ...]
    lacks: str
    told_by: tuple[Statement, ...]
    against: tuple[Statement, ...]
    untied: tuple[Region, ...] = ()
    open: tuple[Region, ...] = ()
    sentences: tuple[UntiedSentence, ...] = ()
    may_tell: tuple[Statement, ...] = ()

    @property
    def lacking(self) -> bool:
        """Whether something of it is not told at all, neither well nor vaguely."""
        return self.verdict in NOT_TOLD

    @property
    def untold(self) -> list[Region]:
        """What of it is told by nothing, and by no sentence that nobody has tied."""
        return minus(self.left, [*self.untied, *self.open])

    def over(self, axis: int, atoms: int) -> "Judged":
        """The same, where it concerns only these atoms along an axis."""

        def over(regions: tuple[Region, ...]) -> tuple[Region, ...]:
            return tuple(replaced(region, axis, atoms) for region in regions)

        return replace(self, left=over(self.left), untied=over(self.untied), open=over(self.open))


NOT_TOLD = (Verdict.OMITTED, Verdict.UNTIED, Verdict.UNDECIDABLE, Verdict.PARTIAL)
"""The verdicts under which something is not told at all, neither well nor vaguely."""


class ToldPart(Struct):
    """One thing that has to be told of a region: who tells it how well, and who says otherwise.

    What is said wrongly is cured by what agrees with the register, and by nothing vaguer; the very word recorded
    agrees (`named`) even if it tells too little. Where only the exact
    thing agrees (`to_the_letter`: the article, not words for it), a category does not cure it either.
    """

    region: Region
    what: str = ""
    to_the_letter: bool = False
    exact: list[Region] = field(default_factory=list)
    category: list[Region] = field(default_factory=list)
    vague: list[Region] = field(default_factory=list)
    other: list[Region] = field(default_factory=list)
    named: list[Region] = field(default_factory=list)
    open: list[Region] = field(default_factory=list)
    told_by: dict[Statement, None] = field(default_factory=dict)
    against: dict[Statement, None] = field(default_factory=dict)
    may_tell: dict[Statement, None] = field(default_factory=dict)
    untied: list[Region] = field(default_factory=list)
    sentences: dict[UntiedSentence, int] = field(default_factory=dict)

    def tell(self, grade: Grade, one: Heard, region: Region) -> None:
        """Note how well a statement tells it on a region, or that it says something else there."""
        regions: list[Region] = getattr(self, grade.value)
        regions.append(region)
        (self.against if grade is Grade.OTHER else self.told_by)[one.spoken.statement] = None

    def leave_open(self, one: Heard) -> None:
        """Note a statement that may tell it, if only its words or its text could be looked up."""
        region = meet(self.region, one.masks)
        if region is not None:
            self.open.append(region)
            self.may_tell[one.spoken.statement] = None

    @property
    def untold(self) -> list[Region]:
        """What of its region no statement tells at all, nor can tell, so that an untied sentence may."""
        anyhow = [*self.exact, *self.category, *self.vague]
        if minus(self.other, anyhow):
            return []  # what is told otherwise is not for an untied sentence to tell
        return minus([self.region], [*anyhow, *self.open])

    def untie(self, sentence: UntiedSentence, region: Region, rank: int) -> None:
        """Note a sentence that may tell it on a region, if only somebody tied it; the lower its rank, the sooner."""
        common = meet(self.region, region)
        if common is not None:
            self.untied.append(common)
            self.sentences[sentence] = min(rank, self.sentences.get(sentence, rank))

    def wait_for(self, people: int) -> None:
        """Note the people whose notices nobody has begun to tie, so that any sentence of them may tell it."""
        everything = (people, *[EVERYTHING] * (len(self.region) - 1))
        common = meet(self.region, everything) if people else None
        if common is not None:
            self.untied.append(common)

    def judge(self, axes: Iterable[int]) -> Judged:
        """The verdict on its worst combination of atoms."""
        verdict, how, left = self._verdict()
        lacks, told_by = self.what if left else "", self.told_by
        if verdict is Verdict.UNDECIDABLE:
            lacks, told_by = CANNOT_LOOK_UP, self.may_tell
        axes = tuple(axes)

        def wide(regions: Iterable[Region]) -> tuple[Region, ...]:
            return tuple(widened(region, axes) for region in regions)

        found = Judged(verdict, how, wide(left), lacks, tuple(told_by), tuple(self.against))
        if not found.lacking or not (self.open or self.untied):
            return found
        sure = minus(left, self.open)
        open_, untied = minus(left, sure), minus(sure, minus(sure, self.untied))
        return replace(
            found,
            untied=wide(untied),
            open=wide(open_),
            sentences=best(self.sentences) if untied else (),
            may_tell=tuple(self.may_tell) if open_ else (),
        )

    def _verdict(self) -> tuple[Verdict, str, list[Region]]:
        well = [*self.exact, *self.category]
        anyhow = [*well, *self.vague]
        agreeing = self.exact if self.to_the_letter else [*well, *self.named]
        denied = minus(self.other, agreeing)
        if denied:
            return Verdict.CONTRADICTED, "", denied
        left = minus([self.region], anyhow)
        if left and not anyhow:
            return self._untold(left), "", left
        if left:
            return Verdict.PARTIAL, "", left
        left = minus([self.region], well)
        if left:
            return Verdict.VAGUE, "", left
        return Verdict.CLEAR, "by category" if minus([self.region], self.exact) else "exact", []

    def _untold(self, left: list[Region]) -> Verdict:
        """The worst of what nobody tells: with no sentence that may, with one that is untied, or undecidable."""
        sure = minus(left, self.open)
        if minus(sure, self.untied):
            return Verdict.OMITTED
        return Verdict.UNTIED if sure else Verdict.UNDECIDABLE


CANNOT_LOOK_UP = "a statement that may tell it cannot be looked up"
"""What a judgement lacks where a word or a text cannot be made sense of."""


def judgement_of(facet: Facet, parts: Iterable[ToldPart], axes: Iterable[int]) -> Judgement:
    """The judgement on a facet, from its parts as they stand along the axes that made a difference."""
    axes = tuple(axes)
    return whole_of(facet, [part.judge(axes) for part in parts])


def whole_of(facet: Facet, judged: Sequence[Judged]) -> Judgement:
    """A whole from its parts: the worst of them, except that told and untold parts make it partial."""
    worst = min(judged, key=lambda j: (j.verdict, j.how != "by category"))
    verdict = worst.verdict
    untold = verdict in (Verdict.OMITTED, Verdict.UNTIED, Verdict.UNDECIDABLE)
    if untold and any(j.verdict > Verdict.UNDECIDABLE for j in judged):
        verdict = Verdict.PARTIAL
    lacking = [j for j in judged if j.left and (j.verdict <= verdict or (untold and j.lacking))]
    undecidable = verdict is Verdict.UNDECIDABLE
    untied, open_ = _left_open(lacking)
    short = [j for j in lacking if j.lacks and j.verdict <= verdict]
    cited = [j for j in judged if (j.verdict is Verdict.UNDECIDABLE) is undecidable]
    return Judgement(
        facet,
        verdict,
        worst.how,
        once(j.told_by for j in cited),
        once(j.against for j in judged),
        tuple(region for j in lacking for region in j.left),
        " and ".join(dict.fromkeys(j.lacks for j in short)),
        untied=untied,
        open=open_,
        sentences=tuple(dict.fromkeys(s for j in lacking for s in j.sentences))[:MOST_SHOWN],
        may_tell=once(j.may_tell for j in lacking),
        lacking=_apart(short),
    )


def _apart(short: Sequence[Judged]) -> tuple[tuple[str, tuple[Region, ...]], ...]:
    """What is lacking of what, where it is several things and nobody tells them."""
    found: dict[str, list[Region]] = {}
    for one in short:
        if one.untold:
            found.setdefault(one.lacks, []).extend(one.untold)
    return tuple((lacks, tuple(regions)) for lacks, regions in found.items())


def _left_open(lacking: Sequence[Judged]) -> tuple[tuple[Region, ...], tuple[Region, ...]]:
    """Where the worst of all parts is that a sentence is untied, and where it is that something cannot be looked up."""
    if not any(j.untied or j.open for j in lacking):
        return (), ()
    untold = [region for j in lacking for region in j.untold]
    untied = minus([region for j in lacking for region in j.untied], untold)
    open_ = minus([region for j in lacking for region in j.open], [*untold, *untied])
    return tuple(untied), tuple(open_)


def worse(found: Judgement, undecidable: Judgement) -> Judgement:
    """What is found wrong with the rest is not hidden by what the register itself leaves open."""
    return found if found.verdict < Verdict.UNDECIDABLE else undecidable


def once(groups: Iterable[tuple[Statement, ...]]) -> tuple[Statement, ...]:
    """The statements of several groups, once each."""
    return tuple(dict.fromkeys(statement for group in groups for statement in group))


def widened(region: Region, axes: Iterable[int]) -> Region:
    """A region that is everything along the axes that made no difference."""
    kept = frozenset(axes)
    return tuple(atoms if axis in kept else EVERYTHING for axis, atoms in enumerate(region))
