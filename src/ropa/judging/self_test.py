"""Whether the check can fail: statements are taken out, and the verdicts that rest on them have to fall.

Nothing is read or drawn again; only the flows that cite a statement are judged without it. What tells a
facet is all cited (tests/test_laws.py holds the judge to that), so no other flow can change, except where
the register itself says too little: then nobody is cited, and the flow is judged again whichever it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from msgspec import Struct

from ropa.flows.flow import AXES, Flow
from ropa.flows.regions import EVERYTHING, Region, meet, minus
from ropa.judging import items
from ropa.judging.altered_texts import AlteredText, AlteredTexts, altered_texts
from ropa.judging.coverage import Coverage, Told
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement
from ropa.judging.statements import Spoken
from ropa.judging.verdict import Verdict
from ropa.register.model import Statement
from ropa.saying import phrases
from ropa.visible import inert, to_json, visible

VERSION = 2
WIDEST = 90
MOST_SHOWN = 3


class Trial(Struct, frozen=True):
    """What became of the verdicts when one statement was taken out alone.

    `falls` and `rises` count the verdicts of flows and items that got worse and better; a gap that grows is
    worse. `cited` says whether any verdict rests on it, `others` are those that the same verdicts rest on and
    that speak of some of the same.
    """

    statement: Statement
    falls: int
    rises: int
    cited: bool
    others: tuple[Statement, ...] = ()

    @property
    def noticed(self) -> bool:
        """Whether it made any difference."""
        return bool(self.falls or self.rises)


class Blind(Struct, frozen=True):
    """A verdict that did not fall when all it rests on was taken out: the check is blind there."""

    where: str
    facet: str
    verdict: Verdict
    statements: tuple[Statement, ...]


class SelfTest(Struct, frozen=True):
    """What came of taking out each statement alone, and all that tell a facet together, and of altering the texts.

    `promises` tell nobody anything, so no verdict can fall without them, and they do not count for the
    rate. `together` is the number of verdicts that lost all they rest on.
    """

    trials: tuple[Trial, ...]
    promises: tuple[Trial, ...]
    together: int
    blind: tuple[Blind, ...]
    texts: AlteredTexts = AlteredTexts()

    @property
    def noticed(self) -> int:
        """How many statements were missed when they were taken out alone."""
        return sum(trial.noticed for trial in self.trials)

    @property
    def rate(self) -> float:
        """The share of the statements that were missed, from 0 to 1; 0 where there is none."""
        return self.noticed / len(self.trials) if self.trials else 0.0

    @property
    def proves_nothing(self) -> bool:
        """Whether there was nothing to take out."""
        return not (self.trials and self.together)

    @property
    def redundant(self) -> tuple[Trial, ...]:
        """The statements whose part others tell as well."""
        return tuple(t for t in self.trials if not t.noticed and t.cited)

    @property
    def unused(self) -> tuple[Trial, ...]:
        """The statements that no verdict rests on."""
        return tuple(t for t in self.trials if not t.noticed and not t.cited)


def self_test(coverage: Coverage) -> SelfTest:
    """Take statements out of the notices in force, and alter their texts, and see whether anything notices."""
    bench = _Bench(coverage)
    trials = [bench.alone(one.statement) for one in coverage.voices.spoken if not one.void]
    together = tuple(bench.together())
    return SelfTest(
        tuple(t for t in trials if not t.statement.negative),
        tuple(t for t in trials if t.statement.negative),
        sum(count for count, _ in together),
        tuple(blind for _, found in together for blind in found),
        altered_texts(coverage),
    )


class _Shared(NamedTuple):
    """One of some flows that share their verdicts, and how many they are."""

    told: Told
    number: int


class _Bench:
    """The verdicts as they are, and by which statements."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.flows = tuple(_alike(coverage.flows))

    def alone(self, statement: Statement) -> Trial:
        """What happens without one statement."""
        falls = rises = 0
        citing = self._citing.get(statement, ())
        silent = [alike for alike in self._silent if self._may_matter(statement, alike.told)]
        judge = self._judge({statement}) if citing or silent else self._whole
        for told, number in (*citing, *silent):
            after = {j.facet: j for j in judge.judgements(told.flow)[0]}
            for before in told.judgements:
                change = self._change(told.flow, before, after.get(before.facet))
                falls += number * (change < 0)
                rises += number * (change > 0)
        about = self._informed.get(statement, ())
        for item in about:
            falls += self._item_without(item, {statement}) < item.verdict
        shared = [
            j.told_by for told, _ in citing for j in told.judgements if statement in j.told_by
        ]
        beside = dict.fromkeys(s for group in (*shared, *(t.told_by for t in about)) for s in group)
        others = tuple(s for s in beside if s is not statement and self._overlap(s, statement))
        return Trial(statement, falls, rises, bool(citing or about), others)

    def _may_matter(self, statement: Statement, told: Told) -> bool:
        """Whether a flow that does not cite a statement could be judged otherwise without it."""
        spoken = self._spoken[statement]
        return self._whole.may_count(told.flow, spoken) and not _cites(told, statement)

    def together(self) -> Iterator[tuple[int, list[Blind]]]:
        """For each verdict that rests on statements: how many flows share it, and where it did not fall."""
        resting: dict[frozenset[Statement], list[tuple[_Shared, Judgement]]] = {}
        for alike in self.flows:
            for judgement in alike.told.judgements:
                if judgement.told_by and judgement.verdict is not Verdict.CONTRADICTED:
                    resting.setdefault(frozenset(judgement.told_by), []).append((alike, judgement))
        for gone, judged in resting.items():
            judge = self._judge(gone)
            yield (
                sum(alike.number for alike, _ in judged),
                [
                    Blind(alike.told.flow.id, str(j.facet), j.verdict, j.told_by)
                    for alike, j in judged
                    if not _falls(j, judge.judgements(alike.told.flow)[0])
                ],
            )
        told = [item for item in self.coverage.items if item.told_by]
        yield (
            len(told),
            [
                Blind(item.subject, item.item, item.verdict, item.told_by)
                for item in told
                if self._item_without(item, item.told_by) >= item.verdict
            ],
        )

    def _judge(self, gone: Collection[Statement]) -> Judge:
        voices = self.coverage.voices.without(gone)
        return Judge(
            self.coverage.register, voices, self.coverage.settings, self.coverage.sentences
        )

    def _change(self, flow: Flow, before: Judgement, after: Judgement | None) -> int:
        """Below 0 where it is told worse, above 0 where it is told better."""
        if after is None:  # nothing is promised of it any more
            return 0 if before.verdict is Verdict.CLEAR else 1
        if after.verdict is not before.verdict:
            return after.verdict - before.verdict
        if before.how == "exact" != after.how:
            return -1
        return -bool(minus(self._inside(flow, after), self._inside(flow, before)))

    def _inside(self, flow: Flow, judgement: Judgement) -> list[Region]:
        """What is not told of a flow, within the flow."""
        words = self.coverage.register.vocabulary
        box = tuple(
            words[axis.scheme].union(said) if said else EVERYTHING
            for axis, said in zip(AXES, flow.box, strict=True)
        )
        return [found for region in judgement.remainder if (found := meet(region, box))]

    def _overlap(self, one: Statement, other: Statement) -> bool:
        return meet(self._spoken[one].masks, self._spoken[other].masks) is not None

    @cached_property
    def _spoken(self) -> Mapping[Statement, Spoken]:
        return {spoken.statement: spoken for spoken in self.coverage.voices.spoken}

    @cached_property
    def _whole(self) -> Judge:
        """Nothing taken out."""
        return self._judge(())

    @cached_property
    def _citing(self) -> Mapping[Statement, list[_Shared]]:
        """The flows whose verdicts rest on each statement, or have it against them."""
        citing: dict[Statement, list[_Shared]] = {}
        for alike in self.flows:
            judgements = alike.told.judgements
            for statement in dict.fromkeys(s for j in judgements for s in (*j.told_by, *j.against)):
                citing.setdefault(statement, []).append(alike)
        return citing

    @cached_property
    def _silent(self) -> tuple[_Shared, ...]:
        """The flows with a facet of which the register says too little, so that it cites nobody for the rest."""
        undecidable = Verdict.UNDECIDABLE
        return tuple(
            alike
            for alike in self.flows
            if any(j.verdict is undecidable and not j.told_by for j in alike.told.judgements)
        )

    @cached_property
    def _informed(self) -> Mapping[Statement, list[items.ItemTold]]:
        """The items each statement tells somebody."""
        informed: dict[Statement, list[items.ItemTold]] = {}
        for told in self.coverage.items:
            for statement in told.told_by:
                informed.setdefault(statement, []).append(told)
        return informed

    def _item_without(self, told: items.ItemTold, gone: Collection[Statement]) -> Verdict:
        voices = self.coverage.voices
        people = self.coverage.register.vocabulary[AXES[0]]
        informing = (s for s in voices.spoken if s.statement.items and s.statement not in gone)
        return items.told(told.item, people.mask(told.subject) & voices.noticed, informing)[0]


def _alike(flows: Iterable[Told]) -> Iterator[_Shared]:
    """The judge gives flows that are alike one and the same judgements, and they are alike without a statement, too."""
    shared: dict[int, list[Told]] = {}
    for told in flows:
        shared.setdefault(id(told.judgements), []).append(told)
    return (_Shared(told[0], len(told)) for told in shared.values())


def _cites(told: Told, statement: Statement) -> bool:
    return any(statement in (*j.told_by, *j.against) for j in told.judgements)


def _falls(before: Judgement, after: Iterable[Judgement]) -> bool:
    return any(j.facet is before.facet and j.verdict < before.verdict for j in after)


# -- in words ----------------------------------------------------------------------------------------


def as_text(coverage: Coverage, test: SelfTest) -> str:
    """The rates, and every statement that was not missed."""
    return inert("".join(f"{line}\n" for line in _lines(coverage, test)))


def as_json(coverage: Coverage, test: SelfTest) -> str:
    """The same for programs; docs/json.md and schemas/self-test.schema.json describe it."""
    return to_json(
        {
            "version": VERSION,
            "settings": {"as_of": coverage.settings.day.isoformat()},
            "notices": [notice.id for notice in coverage.voices.notices],
            "void": [statement.id for statement in coverage.void],
            "together": {
                "verdicts": test.together,
                "fell": test.together - len(test.blind),
                "blind": [_blind(blind) for blind in test.blind],
            },
            "alone": {
                "statements": len(test.trials),
                "noticed": test.noticed,
                "rate": round(test.rate, 4),
                "redundant": [_trial(trial) for trial in test.redundant],
                "unused": [_trial(trial) for trial in test.unused],
            },
            "promises": [_trial(trial) for trial in test.promises],
            "texts": _texts(test.texts),
        }
    )


def _lines(coverage: Coverage, test: SelfTest) -> Iterator[str]:
    notices, day = len(coverage.voices.notices), phrases.day(coverage.settings.day)
    yield f"Self-test on {notices} notice{'' if notices == 1 else 's'} in force on {day}"
    yield ""
    if test.proves_nothing:
        yield "There is nothing to take out: no statement in force tells anything, so this proves nothing."
        return
    yield (
        f"{test.together - len(test.blind)} of {test.together} verdicts fell when all they rest on was taken out."
    )
    yield f"{test.noticed} of {len(test.trials)} statements were missed when taken out alone ({_percent(test)})."
    blind = [
        f"  {b.where}, {b.facet}: still {b.verdict} without {_ids(b.statements)}"
        for b in test.blind
    ]
    yield from _part("The check is blind here, which is a fault in ropa itself:", blind)
    yield from _part(
        "Redundant: what they tell, others tell as well",
        (f"  {_quoted(t.statement)}{_besides(t)}" for t in test.redundant),
    )
    yield from _part(
        "Unused: no verdict rests on them", (f"  {_quoted(t.statement)}" for t in test.unused)
    )
    kept = sum(not (promise.noticed or promise.cited) for promise in test.promises)
    won = sum(promise.cited and not promise.noticed for promise in test.promises)
    if test.promises:
        yield ""
        said = f"{kept} kept" + (f", {won} with an exception that a flow rests on" if won else "")
        issue = len(test.promises) - kept - won
        yield f"Promises, which tell nobody anything: {said}, {issue} at issue."
    yield from _altered(test.texts)


def _altered(texts: AlteredTexts) -> Iterator[str]:
    yield ""
    if not texts.trials:
        yield "No quoted sentence could be altered: none in force is read."
        return
    kinds = (f"{how} {n} of {made}" for how, (n, made) in texts.kinds.items() if made)
    yield (
        f"{texts.noticed} of {len(texts.trials)} alterations of quoted sentences were noticed"
        f" ({int(100 * texts.rate)} %): {', '.join(kinds)}."
    )
    yield from _part(
        "Not noticed: no statement is void, and no finding says anything, where the text says this instead",
        (f"  {_ids(t.statements)}, {t.how}: “{t.marked}”" for t in texts.unnoticed),
    )


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    found = [visible(line) for line in lines]
    if found:
        yield from ("", heading, *found)


def _percent(test: SelfTest) -> str:
    return f"{int(100 * test.rate)} %"


def _quoted(statement: Statement) -> str:
    return f"{statement.id} {phrases.quoted((statement,), WIDEST)}"


def _besides(trial: Trial) -> str:
    return f", besides {_ids(trial.others)}" if trial.others else ""


def _ids(statements: tuple[Statement, ...]) -> str:
    shown = [statement.id for statement in statements[:MOST_SHOWN]]
    more = len(statements) - len(shown)
    return phrases.several([*shown, f"{more} more"] if more else shown)


def _blind(blind: Blind) -> dict[str, Any]:
    return {
        "where": blind.where,
        "facet": blind.facet,
        "verdict": str(blind.verdict),
        "statements": [statement.id for statement in blind.statements],
    }


def _texts(texts: AlteredTexts) -> dict[str, Any]:
    return {
        "alterations": len(texts.trials),
        "noticed": texts.noticed,
        "rate": round(texts.rate, 4),
        "kinds": {
            str(how): {"alterations": made, "noticed": noticed}
            for how, (noticed, made) in texts.kinds.items()
        },
        "unnoticed": [_altered_text(text) for text in texts.unnoticed],
    }


def _altered_text(text: AlteredText) -> dict[str, Any]:
    return {
        "kind": str(text.how),
        "notice": text.notice,
        "old": text.before,
        "new": text.after,
        "statements": [statement.id for statement in text.statements],
    }


def _trial(trial: Trial) -> dict[str, Any]:
    statement = trial.statement
    return {
        "id": statement.id,
        "notice": statement.notice,
        "quote": statement.quote,
        "falls": trial.falls,
        "rises": trial.rises,
        "others": [other.id for other in trial.others],
    }
