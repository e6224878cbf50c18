"""The laws at the end of section 2 of the design, for registers that nobody would write."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from random_registers import Data, Drawing, Sample, cases, registers, ways_to_judge
from ropa.flows.flow import AXES, DATA, PURPOSE, SUBJECT, Flow
from ropa.flows.graph import FlowGraph
from ropa.judging.coverage import Coverage, Settings, Told, coverage
from ropa.judging.verdict import Verdict
from ropa.register.model import Retention, Statement
from ropa.register.periods import days
from ropa.register.vocabulary import Facet

Verdicts = Mapping[tuple[str, Facet], Verdict]


def verdicts(found: Coverage) -> Verdicts:
    return {(t.flow.id, j.facet): j.verdict for t in found.flows for j in t.judgements}


def in_full(found: Coverage) -> object:
    """Everything about the judgements but where their statements stand."""

    def quotes(statements: Iterable[Statement]) -> frozenset[str]:
        return frozenset(statement.quote for statement in statements)

    return {
        (t.flow.id, j.facet): (
            j.verdict,
            j.how,
            j.modes,
            quotes(j.told_by),
            quotes(j.against),
        )
        for t in found.flows
        for j in t.judgements
    }


def assert_none_is_lower(after: Verdicts, before: Verdicts) -> None:
    """A promise that nobody made is kept."""
    for key in after.keys() | before.keys():
        then, now = before.get(key, Verdict.CLEAR), after.get(key, Verdict.CLEAR)
        assert now >= then, (key, then, now)


def with_another(sample: Sample, statement: Data, where: int) -> Sample:
    notices = sample.of("notice")
    notice = notices[where % len(notices)]
    return sample.with_statements({notice["id"]: [*notice["statements"], statement]})


def without(sample: Sample, quotes: Iterable[str]) -> Sample:
    gone = set(quotes)
    kept = {
        n["id"]: [s for s in n["statements"] if s["quote"] not in gone] for n in sample.of("notice")
    }
    return sample.with_statements(kept)


@st.composite
def another(draw: st.DrawFn, kind: str, *, scalars: bool = True) -> Data:
    drawing = Drawing(draw, strange=True, scalars=scalars)
    drawing.count = 1000
    return drawing.promise() if kind == "promise" else drawing.positive()


WHERE = st.integers(0, 2)


# -- order and repetition --------------------------------------------------------------------------


@cases()
@given(st.data(), registers(), ways_to_judge())
def test_order_and_repetition_of_statements_change_nothing(
    data: st.DataObject, sample: Sample, settings: Settings
) -> None:
    changed = {}
    for notice in sample.of("notice"):
        if statements := notice["statements"]:
            again = data.draw(st.lists(st.sampled_from(statements), max_size=2))
            changed[notice["id"]] = data.draw(st.permutations([*statements, *again]))
    assume(changed)
    after = sample.with_statements(changed).judged(settings)
    assert in_full(after) == in_full(sample.judged(settings))


@cases(0.5)
@given(st.data(), registers(), ways_to_judge())
def test_the_order_of_documents_changes_nothing(
    data: st.DataObject, sample: Sample, settings: Settings
) -> None:
    shuffled = Sample(tuple(data.draw(st.permutations(sample.documents))), sample.lost)
    assert in_full(shuffled.judged(settings)) == in_full(sample.judged(settings))


# -- one statement more ----------------------------------------------------------------------------


@cases()
@given(registers(), another("claim", scalars=False), WHERE, ways_to_judge())
def test_a_statement_that_only_tells_never_lowers_a_verdict(
    sample: Sample, statement: Data, where: int, settings: Settings
) -> None:
    after = with_another(sample, statement, where).judged(settings)
    assert_none_is_lower(verdicts(after), verdicts(sample.judged(settings)))


@cases()
@given(registers(), another("claim"), WHERE, ways_to_judge())
def test_a_statement_that_agrees_with_the_register_never_lowers_a_verdict(
    sample: Sample, statement: Data, where: int, settings: Settings
) -> None:
    """One that does not agree says two things, and the other counts as against."""
    after = with_another(sample, statement, where).judged(settings)
    told = next(s for s in after.voices.void + _spoken(after) if s.quote == statement["quote"])
    agreeing = {flow.flow.id for flow in after.flows if agrees(told, flow.flow)}
    before, now = verdicts(sample.judged(settings)), verdicts(after)
    assert_none_is_lower(
        {key: verdict for key, verdict in now.items() if key[0] in agreeing},
        {key: verdict for key, verdict in before.items() if key[0] in agreeing},
    )


def _spoken(found: Coverage) -> tuple[Statement, ...]:
    return tuple(s for notice in found.register.notices.values() for s in notice.statements)


def agrees(told: Statement, flow: Flow) -> bool:
    """Whether nothing that a statement says besides words disagrees with what is recorded for a flow."""
    basis, mine = told.basis and told.basis.letter, flow.basis and flow.basis.letter
    return (
        (not basis or not mine or basis == mine)
        and (not told.safeguard or not flow.safeguard or told.safeguard == flow.safeguard)
        and all(_agrees_on(told, entry) for entry in flow.retention)
    )


def _agrees_on(told: Statement, entry: Retention) -> bool:
    if entry.period and told.period and days(entry.period) > days(told.period):
        return False
    return not entry.trigger or not told.trigger or entry.trigger == told.trigger


@cases()
@given(registers(), another("promise"), WHERE, ways_to_judge())
def test_a_promise_never_raises_a_verdict(
    sample: Sample, promise: Data, where: int, settings: Settings
) -> None:
    after = with_another(sample, promise, where).judged(settings)
    assert_none_is_lower(verdicts(sample.judged(settings)), verdicts(after))


# -- evidence --------------------------------------------------------------------------------------

NOT_TOLD = {Verdict.OMITTED, Verdict.UNDECIDABLE}
ABOUT_PEOPLE = {Facet.SUBJECT, Facet.PROMISE}


@cases(0.5)
@given(registers(), ways_to_judge())
def test_nothing_is_told_without_a_quote_that_is_found(sample: Sample, settings: Settings) -> None:
    quotes = frozenset(statement["quote"] for statement in sample.statements)
    found = Sample(sample.documents, quotes).judged(settings)
    for (flow, facet), verdict in verdicts(found).items():
        assert facet in ABOUT_PEOPLE or verdict in NOT_TOLD, (flow, facet, verdict)


@cases(0.5)
@given(registers(strange=False), ways_to_judge())
def test_what_was_told_by_quotes_that_are_lost_is_omitted(
    sample: Sample, settings: Settings
) -> None:
    """And what was undecidable stays so, since the register left it open."""
    before = verdicts(sample.judged(settings))
    quotes = frozenset(statement["quote"] for statement in sample.statements)
    for key, verdict in verdicts(Sample(sample.documents, quotes).judged(settings)).items():
        assert (
            key[1] in ABOUT_PEOPLE or verdict is not Verdict.UNDECIDABLE or before[key] <= verdict
        )


@cases(0.5)
@given(registers(), ways_to_judge())
def test_nothing_is_told_by_a_notice_without_its_text(sample: Sample, settings: Settings) -> None:
    documents = [{k: v for k, v in d.items() if k != "text"} for d in sample.documents]
    for (flow, facet), verdict in verdicts(Sample(tuple(documents)).judged(settings)).items():
        assert facet in ABOUT_PEOPLE or verdict in NOT_TOLD, (flow, facet, verdict)


@cases(1.5)
@given(st.data(), registers(), ways_to_judge())
def test_without_the_statements_that_tell_a_facet_it_is_told_worse(
    data: st.DataObject, sample: Sample, settings: Settings
) -> None:
    before = sample.judged(settings)
    cited = [
        (told.flow.id, j)
        for told in before.flows
        for j in told.judgements
        if j.told_by and j.verdict is not Verdict.CONTRADICTED
    ]
    assume(cited)
    flow, judgement = data.draw(st.sampled_from(cited))
    after = without(sample, (statement.quote for statement in judgement.told_by)).judged(settings)
    assert verdicts(after)[flow, judgement.facet] < judgement.verdict, (flow, judgement)


# -- words -----------------------------------------------------------------------------------------

_WORDED = {
    *(
        "subjects",
        "data",
        "purposes",
        "from",
        "to",
        "by",
        "about",
        "audience",
        "countries",
        "broader",
    ),
    *("sources", "operator"),
}


def reworded(value: Any, key: str, names: st.SearchStrategy[int], data: st.DataObject) -> Any:
    """The same, with each word of the vocabulary called by another of its names."""
    if isinstance(value, dict):
        return {k: reworded(v, k, names, data) for k, v in value.items()}
    if isinstance(value, list):
        return [reworded(entry, key, names, data) for entry in value]
    if key not in _WORDED or not isinstance(value, str) or len(value) > 2:
        return value
    party = value.startswith("p")
    called = (
        value,
        f"Party {value}" if party else f"The word {value}",
        f"ALSO  {value}",
        f"{value.upper()}/x",
    )
    return called[data.draw(names) % (2 if party else 4)]


@cases()
@given(st.data(), registers(), ways_to_judge())
def test_another_name_for_a_word_changes_nothing(
    data: st.DataObject, sample: Sample, settings: Settings
) -> None:
    names = st.integers(0, 3)
    documents = [reworded(document, "", names, data) for document in sample.documents]
    after = Sample(tuple(documents), sample.lost).judged(settings)
    assert in_full(after) == in_full(sample.judged(settings))


# -- a whole and its parts -------------------------------------------------------------------------


@pytest.mark.parametrize("axis", [SUBJECT, DATA, PURPOSE])
@cases(0.3)
@given(sample=registers(strange=False), settings=ways_to_judge())
def test_a_whole_follows_from_its_parts(axis: int, sample: Sample, settings: Settings) -> None:
    found = sample.judged(settings)
    for told in found.flows:
        if len(told.flow.box[axis]) > 1:
            split = tuple(_part(told.flow, axis, word) for word in told.flow.box[axis])
            parts = coverage(FlowGraph(found.register, split), settings).flows
            for judgement in told.judgements:
                facet = judgement.facet
                about = [p for p in parts if _counts(found, told.flow, p, axis, facet)]
                judged = [on(p, facet) for p in about or parts]
                assert judgement.verdict is together(judged), (told.flow.id, facet, judged)


def together(parts: list[Verdict]) -> Verdict:
    """The worst of them, except that told and omitted parts make it partial."""
    told = any(verdict > Verdict.UNDECIDABLE for verdict in parts)
    return min(Verdict.PARTIAL if told and v is Verdict.OMITTED else v for v in parts)


def on(told: Told, facet: Facet) -> Verdict:
    judgement = told.on(facet)
    return judgement.verdict if judgement else Verdict.CLEAR


def _part(flow: Flow, axis: int, word: str) -> Flow:
    box: Any = tuple((word,) if i == axis else words for i, words in enumerate(flow.box))
    indirect = tuple(w for w in flow.indirect if w == word) if axis == DATA else flow.indirect
    return replace(flow, id=f"{flow.id}/{word}", box=box, indirect=indirect)


def _counts(found: Coverage, whole: Flow, part: Told, axis: int, facet: Facet) -> bool:
    """Data is judged where it comes from elsewhere; a group without a notice is a finding of its own."""
    if facet is Facet.DATA and axis == DATA and whole.indirect:
        return bool(part.flow.indirect)
    if axis == SUBJECT and facet not in ABOUT_PEOPLE:
        people = found.register.vocabulary[Facet.SUBJECT]
        return bool(people.union(part.flow.box[SUBJECT]) & found.voices.noticed)
    return True


@cases(0.5)
@given(sample=registers(), settings=ways_to_judge())
def test_a_whole_is_never_worse_than_its_worst_part_nor_better_than_its_best(
    sample: Sample, settings: Settings
) -> None:
    """Also where words cannot be looked up."""
    found = sample.judged(settings)
    for told in found.flows:
        split = tuple(_part(told.flow, PURPOSE, word) for word in told.flow.box[PURPOSE])
        parts = coverage(FlowGraph(found.register, split), settings).flows
        for judgement in told.judgements:
            judged = [on(part, judgement.facet) for part in parts]
            assert min(judged) <= judgement.verdict <= max(judged), (told.flow.id, judgement)


# -- settings --------------------------------------------------------------------------------------


@cases(0.5)
@given(registers(), ways_to_judge())
def test_to_allow_one_step_more_never_lowers_a_verdict(sample: Sample, settings: Settings) -> None:
    after = sample.judged(replace(settings, max_hops=settings.max_hops + 1))
    assert_none_is_lower(verdicts(after), verdicts(sample.judged(settings)))


@cases(0.5)
@given(registers(), ways_to_judge(), st.sampled_from(AXES[:5]))
def test_to_link_one_facet_more_never_raises_a_verdict(
    sample: Sample, settings: Settings, facet: Facet
) -> None:
    after = sample.judged(replace(settings, linked=settings.linked | {facet}))
    assert_none_is_lower(verdicts(sample.judged(settings)), verdicts(after))
