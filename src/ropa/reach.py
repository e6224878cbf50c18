"""Who can end up holding the data of a group, however many steps away, and whether people are told of each step."""

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from msgspec import Struct

from ropa.case import Case
from ropa.errors import UnknownName, did_you_mean
from ropa.flows.flow import SUBJECT, Flow, Node, NodeKind, approved
from ropa.flows.graph import FlowGraph
from ropa.judging.verdict import Verdict
from ropa.register.model import OURSELVES, Action
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.visible import inert, visible

_WIDEST = 100
_Step = tuple[Node, Node, Action]
_TOLD = {
    Verdict.CONTRADICTED: "people are told otherwise",
    Verdict.AMBIGUOUS: "what people are told can be read in two ways",
    Verdict.OMITTED: "people are not told who gets it",
    Verdict.UNTIED: "a sentence that nobody has tied may tell it",
    Verdict.UNDECIDABLE: "nobody can decide whether people are told",
    Verdict.PARTIAL: "people are told of a part of it",
    Verdict.VAGUE: "people are told only vaguely",
    Verdict.CLEAR: "people are told",
}


class ReachedStep(Struct, frozen=True):
    """One step of a way to a holder: a flow, and the worst verdict on who gets it of all flows of that step.

    `verdict` is None where the step has no recipient that people would have to be told of, or others have to tell them.
    """

    flow: Flow
    verdict: Verdict | None
    approval: bool


class HolderReached(Struct, frozen=True):
    """A party that can end up with a group's data, and the shortest way there.

    `gated` says that there is no way to it but through an approval that is recorded.
    """

    party: str
    steps: tuple[ReachedStep, ...]
    gated: bool

    @property
    def told(self) -> bool:
        """Whether people are told of every step of which we have to tell them."""
        return all(step.verdict in (None, Verdict.CLEAR) for step in self.steps)


class HolderShown(Struct, frozen=True):
    """The same in words: who it is, how far away, and each step with its flow."""

    name: str
    away: str
    steps: tuple[tuple[str, Flow], ...]


def shown(case: Case, group: str) -> tuple[HolderShown, ...]:
    """Everybody who can end up with data about a group, in words. Raises `UnknownName`."""
    return tuple(_shown(case, one) for one in reached(case, group))


def reached(case: Case, group: str) -> tuple[HolderReached, ...]:
    """Everybody who can end up with data about a group, the nearest first. Raises `UnknownName`."""
    word = _group(case, group)
    freely = FlowGraph(
        case.register, tuple(flow for flow in case.graph.flows if not approved(flow))
    ).holders(word)
    steps = _steps_about(case, word)
    found = [
        HolderReached(
            party, tuple(_step(case, steps, flow) for flow in path.flows), party not in freely
        )
        for party, path in case.graph.holders(word).items()
        if party != OURSELVES
    ]
    return tuple(sorted(found, key=lambda one: (len(one.steps), one.party)))


def rounds(case: Case, group: str) -> tuple[tuple[str, ...], ...]:
    """The parties to whom data about a group can come back that came from them, those of a circle together."""
    circles = (
        tuple(node.id for node in circle if node.kind is NodeKind.PARTY)
        for circle in case.graph.cycles(_group(case, group))
    )
    return tuple(sorted(filter(None, circles)))


def as_text(case: Case, group: str) -> str:
    """The same as a list to read, step by step."""
    found, people = reached(case, group), _people(case, group)
    if not found:
        return inert(f"Nobody outside {case.register.name} gets data about {people}.\n")
    untold = sum(not one.told for one in found)
    parties = "1 party" if len(found) == 1 else f"{len(found)} parties"
    of_all = f"; of the way to {untold} of them people are not told in full" if untold else ""
    lines = [f"{parties} can end up holding data about {people}{of_all}."]
    for one in found:
        lines += ["", *_holder(_shown(case, one))]
    for circle in rounds(case, group):
        among = phrases.names(case.register, Facet.RECIPIENT, circle)
        lines += ["", *_wrapped(f"What came from {visible(among)} can come back there.")]
    return inert("".join(f"{line}\n" for line in lines))


def as_json(case: Case, group: str) -> Mapping[str, Any]:
    """The same for programs; schemas/reach.schema.json describes it."""
    return {
        "version": 1,
        "group": _group(case, group),
        "holders": [_as_json(case, one) for one in reached(case, group)],
        "rounds": rounds(case, group),
    }


def _as_json(case: Case, one: HolderReached) -> Mapping[str, Any]:
    return {
        "id": one.party,
        "name": phrases.name(case.register, Facet.RECIPIENT, one.party),
        "told": one.told,
        "approval_only": one.gated,
        "steps": [
            {
                "flow": step.flow.id,
                "from": step.flow.start.id,
                "to": step.flow.end.id,
                "verdict": None if step.verdict is None else str(step.verdict),
                "approval": step.approval,
            }
            for step in one.steps
        ],
    }


def _group(case: Case, group: str) -> str:
    people = case.register.vocabulary[Facet.SUBJECT]
    word = people.find(group)
    if word is None:
        raise UnknownName(
            f"there are no people called “{group}”{did_you_mean(group, people.terms)}"
        )
    return word


def _people(case: Case, group: str) -> str:
    return phrases.names(case.register, Facet.SUBJECT, (_group(case, group),))


def _steps_about(case: Case, group: str) -> Mapping[_Step, list[Flow]]:
    """The flows about a group, by what is one step to the people: from where to where, and what is done."""
    people = case.register.vocabulary[Facet.SUBJECT]
    mask, steps = people.mask(group), dict[_Step, list[Flow]]()
    for flow in case.graph.flows:
        if people.union(flow.box[SUBJECT]) & mask:
            steps.setdefault((flow.start, flow.end, flow.action), []).append(flow)
    return steps


def _step(case: Case, steps: Mapping[_Step, list[Flow]], flow: Flow) -> ReachedStep:
    about = steps.get((flow.start, flow.end, flow.action), [])
    judged = (case.coverage.by_id.get(one.id) for one in about)  # not what others have to tell
    found = (told.on(Facet.RECIPIENT) for told in judged if told)
    verdicts = [judgement.verdict for judgement in found if judgement]
    return ReachedStep(flow, min(verdicts, default=None), all(map(approved, about)))


def _shown(case: Case, one: HolderReached) -> HolderShown:
    name = phrases.capital(phrases.name(case.register, Facet.RECIPIENT, one.party))
    gate = ", only through an approval" if one.gated else ""
    steps = ((_step_in_words(case, step), step.flow) for step in one.steps)
    return HolderShown(name, f"{phrases.count(len(one.steps), 'step')}{gate}", tuple(steps))


def _step_in_words(case: Case, step: ReachedStep) -> str:
    approval = ", with an approval" if step.approval else ""
    told = "" if step.verdict is None else f": {_TOLD[step.verdict]}"
    return f"{phrases.capital(phrases.deed(case.register, step.flow))}{approval}{told}"


def _holder(one: HolderShown) -> Iterator[str]:
    yield f"{visible(one.name)}: {one.away}"
    for number, (said, flow) in enumerate(one.steps, 1):
        yield from _wrapped(f"{number}. {visible(said)} ({visible(flow.id)})", "   ")


def _wrapped(line: str, indent: str = "") -> list[str]:
    return wrap(
        line, _WIDEST, initial_indent=indent, subsequent_indent=indent and f"{indent}   ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
