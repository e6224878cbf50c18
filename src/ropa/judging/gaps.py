"""What a flow is not told of, and which gaps are echoes of one: mended together by one sentence."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import or_

from msgspec import Struct, field
from msgspec.structs import replace

from ropa.flows.flow import AXES, DATA, SUBJECT, Flow
from ropa.flows.regions import Region, minus
from ropa.judging.coverage import Coverage, Judgement
from ropa.judging.judgement import Untied
from ropa.judging.mentions import Mention, Mentions
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.reading.language import name_of
from ropa.register.model import (
    Action,
    Evidence,
    Register,
    Retention,
    Statement,
    Words,
)
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

MOST_NAMED = 3
"""How many words of a list stand in a message, before it says how many more there are."""


class Gap(Struct, frozen=True):
    """A facet of a flow that is not told as it should be, with words for what is missing.

    `people` are those who are not told, as part of a sentence; `missing` are the words for what is not
    told, along the facet where it has words, and `first` the first few of these; `only` narrows it down where it does
    not concern the whole flow, and `besides` says what of it is told where a part is. `told_by` and `against` are the
    statements that speak of just what is missing, too vaguely or otherwise than recorded. `echoes` are further flows
    of the same activity with the same gap: one sentence mends them all, so they are not told apart. `mention`
    is what the notices say of it all the same.
    """

    flow: Flow
    judgement: Judgement
    people: str
    missing: str
    only: str
    first: str = ""
    besides: str = ""
    told_by: tuple[Statement, ...] = ()
    against: tuple[Statement, ...] = ()
    echoes: tuple[str, ...] = ()
    mention: Mention = Mention()

    @property
    def nobody(self) -> str:
        """What does not tell it: `no notice` where every sentence was read and none of them has it.

        Purposes are told by paraphrase as often as not, so of them no more is known than that no statement does.
        """
        known = self.mention.nowhere and self.judgement.facet is not Facet.PURPOSE
        what = "no notice" if known else "no statement"
        language = self.judgement.language
        return f"{what} in {name_of(language)}" if language else what


class Lead(Struct):
    """The first flow of an activity with a gap, while its echoes are gathered."""

    flow: Flow
    judgement: Judgement
    untold: list[Region]
    echoes: list[str] = field(default_factory=list)


class Gaps(Struct, frozen=True, eq=False, dict=True):
    """What the flows of a register are not told of as they should be, in words."""

    coverage: Coverage

    @property
    def register(self) -> Register:
        """The register that was judged."""
        return self.coverage.register

    def of(self, facet: Facet, verdict: Verdict) -> Iterator[Gap]:
        """The flows with this verdict on a facet the law asks for, in words, without their echoes.

        What one flow is not told of at all and another only in part can be the same gap.
        """
        if (facet, verdict) not in self._known:
            verdicts = self._untold if verdict in self._untold else (verdict,)
            wanted = {verdict}
            if verdict is Verdict.OMITTED and Verdict.UNTIED in verdicts:
                wanted.add(Verdict.UNTIED)
            self._known[facet, verdict] = [
                self._gap(facet, lead)
                for lead in leads(self.coverage, facet, verdicts)
                if lead.judgement.verdict in wanted
            ]
        return iter(self._known[facet, verdict])

    @property
    def _untold(self) -> tuple[Verdict, ...]:
        """The verdicts under which somebody is not told something, as the settings have it."""
        counts = self.coverage.settings.untied is Untied.OMITTED
        return (*_UNTOLD, Verdict.UNTIED) if counts else _UNTOLD

    def left_open(self, facet: Facet) -> Iterator[Gap]:
        """What the notices may tell, if only it could be looked up: all of a facet, or what else is not told of it."""
        verdicts = (Verdict.OMITTED, Verdict.UNTIED, Verdict.UNDECIDABLE, Verdict.PARTIAL)
        for lead in leads(self.coverage, facet, verdicts, of="open"):
            yield self._gap(facet, lead)

    @cached_property
    def _known(self) -> dict[tuple[Facet, Verdict], list[Gap]]:
        return {}

    def _gap(self, facet: Facet, lead: Lead) -> Gap:
        flow, judgement = lead.flow, lead.judgement
        missing: tuple[str, ...] = ()
        if facet.scheme in self.register.vocabulary:
            missing = self.coverage.names(facet, judgement, flow)
        people = self.coverage.names(Facet.SUBJECT, judgement, flow)
        return Gap(
            flow,
            judgement,
            (phrases.few(map(phrases.inside, people), 2) or phrases.people(self.register, flow))
            + (f" who read {name_of(judgement.language)}" if judgement.language else ""),
            self.inside(facet, missing),
            self._only(flow, judgement),
            self.inside(facet, missing, most=MOST_NAMED),
            self._besides(flow, judgement),
            self.coverage.speaking(flow, judgement, judgement.told_by) or judgement.told_by,
            self.coverage.speaking(flow, judgement, judgement.against) or judgement.against,
            tuple(lead.echoes),
            self._mention(flow, judgement),
        )

    def _mention(self, flow: Flow, judgement: Judgement) -> Mention:
        """What the notices say of it all the same, where somebody is not told it."""
        facet = judgement.facet
        if judgement.verdict not in _MENTIONED or facet in (Facet.SUBJECT, Facet.PROMISE):
            return Mention()
        axis = (
            AXES.index(_WORDS_OF.get(facet, facet)) if _WORDS_OF.get(facet, facet) in AXES else -1
        )
        words: Words = ()
        if axis >= 0:
            lacking = self.coverage.lacking(AXES[axis], judgement, flow)[axis]
            known = self.register.vocabulary[AXES[axis].scheme]
            words = tuple(w for w in flow.box[axis] if known.mask(w) & lacking)
        people = self.coverage.lacking(Facet.SUBJECT, judgement, flow)[SUBJECT]
        return self.mentions.of(flow, judgement, words, people)

    @cached_property
    def mentions(self) -> Mentions:
        """What looks for it in the notices."""
        return Mentions(self.coverage)

    def entries(self, gap: Gap) -> tuple[Retention, ...]:
        """The entries of the retention schedule that a gap concerns."""
        data = self.register.vocabulary[Facet.DATA]
        lacking = self.coverage.lacking(Facet.DATA, gap.judgement, gap.flow)[DATA]
        return tuple(entry for entry in gap.flow.retention if data.union(entry.data) & lacking)

    def lacks(self, gap: Gap) -> list[str]:
        """What is not told, part by part: of which data, where another part is told of no more or of no less."""
        known, mine = self.register.vocabulary[Facet.DATA], gap.flow.box[DATA]
        whole = known.union(mine)
        lacking = [
            (what, union & whole)
            for what, regions in gap.judgement.lacking
            if (union := reduce(or_, (region[DATA] for region in regions)))
        ]
        if all(atoms == lacking[0][1] for _, atoms in lacking):
            return [gap.judgement.lacks]
        lacking.sort(key=lambda one: one[1] != whole)
        return [
            what
            if atoms == whole
            else f"{what} of {self.inside(Facet.DATA, known.names(atoms, mine), MOST_NAMED)}"
            for what, atoms in lacking
        ]

    def notices_of(self, of: Flow | Gap) -> str:
        """The notices to write it in: those meant for the people of a flow, or else those that reach them.

        Of a gap: those of the people who are not told.
        """
        people, voices = self.register.vocabulary[Facet.SUBJECT], self.coverage.voices
        flow = of.flow if isinstance(of, Gap) else of
        group = people.union(flow.box[SUBJECT])
        if isinstance(of, Gap):
            group = self.coverage.lacking(Facet.SUBJECT, of.judgement, flow)[SUBJECT] or group
        reaching = [n for n in voices.notices if voices.reach[n.id] & group]
        reaching = [n for n in reaching if n.readable] or reaching
        meant = [n for n in reaching if people.union(n.audience) & group] or reaching
        return (
            phrases.several((f"“{notice.name}”" for notice in meant), "or") or "a notice for them"
        )

    def words_untold(self, gap: Gap) -> str:
        """The register's own words of which something is not told, as part of a sentence that would tell it."""
        facet, flow = gap.judgement.facet, gap.flow
        axis, words = AXES.index(facet), self.register.vocabulary[facet.scheme]
        lacking = self.coverage.lacking(facet, gap.judgement, flow)[axis]
        said = tuple(word for word in flow.box[axis] if words.mask(word) & lacking)
        return phrases.names(self.register, facet, said) if said else gap.missing

    def inside(self, facet: Facet, labels: Sequence[str], most: int = 0) -> str:
        """Labels inside a sentence: the names of somebody and of countries stay as they are.

        Of more than `most` the first are named, and how many more there are; 0 names them all.
        """
        named = self._proper if facet.scheme is Facet.RECIPIENT else frozenset[str]()
        word = phrases.country if facet is Facet.COUNTRY else phrases.inside
        said = (label if label in named else word(label) for label in labels)
        return phrases.few(said, most or len(labels))

    def limits(self, flow: Flow, judgement: Judgement) -> Mapping[Facet, str]:
        """The part of a flow that a gap concerns, where it is not the whole: its words along other facets."""
        limits = self.coverage.limits(judgement, flow, judgement.facet)
        return {facet: self.inside(facet, words) for facet, words in limits}

    @cached_property
    def _proper(self) -> frozenset[str]:
        return frozenset(p.name for p in self.register.parties.values() if p.type != "category")

    def _only(self, flow: Flow, judgement: Judgement) -> str:
        """` (this concerns health information used for research)`: it is not so of the rest of the flow."""
        limited = self.coverage.limits(judgement, flow, judgement.facet)
        limits = {f: self.inside(f, words, MOST_NAMED) for f, words in limited if f in _JOINTS}
        if not limits:
            return ""
        data = limits.pop(Facet.DATA, "data")
        further = "".join(f"{joint} {limits[f]}" for f, joint in _JOINTS.items() if f in limits)
        return f" (this concerns {data}{further})"

    def _besides(self, flow: Flow, judgement: Judgement) -> str:
        """What is told where something is not: `, though parents are told`."""
        if judgement.verdict is not Verdict.PARTIAL or judgement.facet is Facet.SUBJECT:
            return ""
        people = self.register.vocabulary[Facet.SUBJECT]
        lacking = self.coverage.lacking(Facet.SUBJECT, judgement, flow)[SUBJECT]
        told = people.union(flow.box[SUBJECT]) & self.coverage.voices.noticed & ~lacking
        others = map(phrases.inside, people.names(told, flow.box[SUBJECT]))
        return f", though {phrases.few(others, 2)} are told" if told else "; the rest is told"


def leads(
    coverage: Coverage, facet: Facet, verdicts: tuple[Verdict, ...], of: str = "untold"
) -> Iterator[Lead]:
    """The flows whose gaps, once mended, leave no gap in the others.

    Of what is not told, only what nothing may tell counts, or only what something may that is `open`.
    """
    found = [
        (flow, left)
        for flow, judgement in coverage.gaps(facet, *verdicts)
        if (left := _left(coverage, judgement, of)) is not None
    ]
    if facet is Facet.PURPOSE:  # the purpose's own line in the register comes first
        found.sort(key=lambda gap: gap[0].action is not Action.USE)
    leading: dict[tuple[object, ...], list[Lead]] = {}
    for flow, judgement in found:
        untold = coverage.untold(facet, judgement, flow)
        known = leading.setdefault(_alike(facet, flow), [])
        if step := next(
            (lead for lead in known if _of_one_step(facet, lead, flow, judgement)), None
        ):
            step.echoes.append(flow.id)
        elif not known or minus(untold, (region for lead in known for region in lead.untold)):
            known.append(Lead(flow, judgement, untold))
        else:
            near = (lead for lead in known if minus(untold, lead.untold) != untold)
            next(near, known[0]).echoes.append(flow.id)
    return (lead for alike in leading.values() for lead in alike)


def _left(coverage: Coverage, judgement: Judgement, of: str) -> Judgement | None:
    """A judgement about no more than the part of its remainder that is asked for; None where there is none."""
    if of == "open":
        if judgement.open:
            return replace(judgement, remainder=judgement.open)
        return judgement if judgement.verdict is Verdict.UNDECIDABLE else None
    if judgement.verdict not in _MENTIONED or not (judgement.untied or judgement.open):
        return judgement
    untold = judgement.untold
    if coverage.settings.untied is Untied.OMITTED:
        untold = (*untold, *judgement.untied)
    return replace(judgement, remainder=untold) if untold else None


def _alike(facet: Facet, flow: Flow) -> tuple[object, ...]:
    """What two flows must share for one gap to be the other's echo."""
    whom = (flow.action, flow.end) if facet in _PER_RECIPIENT else ()
    return (flow.activity, whom, flow.basis if facet is Facet.BASIS else None)


def _of_one_step(facet: Facet, lead: Lead, flow: Flow, judgement: Judgement) -> bool:
    """Whether it is the same step on another of its bases, so that one sentence mends both."""
    return (
        facet in _PER_STEP
        and lead.flow.action is flow.action
        and lead.flow.origin == flow.origin
        and lead.judgement.verdict is judgement.verdict
        and (facet is not Facet.RETENTION or lead.flow.box[DATA] == flow.box[DATA])
    )


_PER_STEP = frozenset(
    {Facet.SOURCE, Facet.RECIPIENT, Facet.TRANSFER, Facet.PROMISE, Facet.RETENTION}
)
_PER_RECIPIENT = frozenset({Facet.RECIPIENT, Facet.TRANSFER, Facet.PROMISE})


def place(statement: Statement) -> Location:
    """The sentence of the published text, or the statement where the text has no such sentence."""
    if statement.evidence is Evidence.FOUND and statement.quoted:
        return statement.quoted
    return statement.origin.location


_UNTOLD = (Verdict.OMITTED, Verdict.PARTIAL)
_MENTIONED = frozenset({Verdict.OMITTED, Verdict.UNTIED, Verdict.PARTIAL})
_WORDS_OF = {Facet.TRANSFER: Facet.COUNTRY}
"""Which words are looked for where a facet has none of its own."""
_JOINTS = {
    Facet.DATA: "",
    Facet.PURPOSE: " used for",
    Facet.SOURCE: " from",
    Facet.RECIPIENT: " going to",
    Facet.COUNTRY: " in",
}
