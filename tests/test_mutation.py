"""The self-test of the check: what it takes out, what it calls missed, and that it tells the truth."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from command import Project
from conftest import ROOT, Check
from library import CLEAN, UNDECIDED
from random_registers import Sample, cases, registers, ways_to_judge
from ropa.judging.coverage import Settings
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement
from ropa.judging.self_test import as_text, self_test
from ropa.judging.verdict import Verdict
from ropa.register.model import Claim

TWICE = CLEAN.replace(
    "  - quote: We pass them to Fairly Collected Ltd\n",
    "  - quote: Fairly Collected Ltd gets them from us\n    discloses: {to: collector}\n"
    "  - quote: We pass them to Fairly Collected Ltd\n",
)
IDLE = CLEAN + "  - quote: We also give them to the police\n    discloses: {to: police-force}\n"
PROMISE = CLEAN + "  - quote: We never sell them\n    never: discloses\n    to: [police-force]\n"


@pytest.fixture
def project(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)  # type: ignore[arg-type] # a Path, as pytest gives it
    made.register(CLEAN)
    return made


def test_every_statement_of_a_lean_notice_is_missed(check_text: Check) -> None:
    tested = self_test(check_text(CLEAN).case.coverage)
    assert (tested.noticed, len(tested.trials), tested.blind) == (4, 4, ())
    assert tested.rate == 1


def test_what_two_statements_tell_neither_is_missed_for(check_text: Check) -> None:
    tested = self_test(check_text(TWICE).case.coverage)
    assert [t.statement.quote for t in tested.redundant] == [
        "Fairly Collected Ltd gets them from us",
        "We pass them to Fairly Collected Ltd",
    ]
    first, second = tested.redundant
    assert first.others == (second.statement,)
    assert not tested.blind, "both together are missed"


def test_a_statement_that_no_flow_rests_on_is_unused(check_text: Check) -> None:
    tested = self_test(check_text(IDLE).case.coverage)
    assert [t.statement.quote for t in tested.unused] == ["We also give them to the police"]


def test_a_promise_does_not_count_for_the_rate(check_text: Check) -> None:
    tested = self_test(check_text(PROMISE).case.coverage)
    assert len(tested.trials) == 4
    assert [(p.falls, p.rises) for p in tested.promises] == [(0, 0)]


def test_a_broken_promise_is_noticed_when_it_is_gone(check_text: Check) -> None:
    broken = PROMISE.replace("police-force", "collector")
    (promise,) = self_test(check_text(broken).case.coverage).promises
    assert promise.rises == 1


def test_a_gap_that_grows_is_noticed(check_text: Check) -> None:
    """Half told is partial with either half, so that the verdict alone would not tell."""
    text = CLEAN.replace(
        "purposes: billing\nsources", "purposes: [billing, research, archiving]\nsources"
    )
    text = text.replace(
        "  - quote: We keep them",
        "  - quote: We do research\n    uses: research\n  - quote: We keep them",
    )
    told = check_text(text).case.coverage
    research = next(t for t in self_test(told).trials if t.statement.quote == "We do research")
    flow = told.by_id["loans/collect/data-subject"]
    assert flow.verdict is Verdict.PARTIAL
    assert research.falls == 3, "the whole purpose goes in one flow, and two gaps grow"


def test_a_judge_that_ignores_what_is_gone_is_found_out(
    check_text: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The self-test can fail, too: here every verdict is given without looking."""
    coverage = check_text(CLEAN).case.coverage
    known = {t.flow.id: (t.judgements, t.verdict) for t in coverage.flows}
    monkeypatch.setattr(Judge, "judgements", lambda _, flow: known[flow.id])
    tested = self_test(coverage)
    assert {blind.where for blind in tested.blind} == {t.flow.id for t in coverage.flows}
    assert "fault in ropa itself" in as_text(coverage, tested)


@cases()
@given(registers(), ways_to_judge())
def test_nothing_is_blind_in_any_register(sample: Sample, settings: Settings) -> None:
    assert self_test(sample.judged(settings)).blind == ()


@cases()
@given(st.data(), registers(), ways_to_judge())
def test_what_is_missed_is_what_a_check_from_scratch_would_miss(
    data: st.DataObject, sample: Sample, settings: Settings
) -> None:
    """The self-test judges only what cites a statement; here everything is read and judged again."""
    before = sample.judged(settings)
    tested = self_test(before)
    assume(tested.trials)
    trial = data.draw(st.sampled_from(tested.trials))
    kept = {
        n["id"]: [s for s in n["statements"] if s["quote"] != trial.statement.quote]
        for n in sample.of("notice")
    }
    after = sample.with_statements(kept).judged(settings)
    was, is_ = (
        {(t.flow.id, j.facet): j for t in c.flows for j in t.judgements} for c in (before, after)
    )
    assert was.keys() >= is_.keys()
    lower = {key for key, judgement in is_.items() if judgement.verdict < was[key].verdict}
    items = [
        (old, new)
        for old, new in zip(before.items, after.items, strict=True)
        if new.verdict < old.verdict
    ]
    assert len(lower) + len(items) <= trial.falls
    if trial.statement.claim is not Claim.INFORMS:
        same = {key for key, judgement in is_.items() if _alike(judgement, was[key])}
        assert trial.falls <= len(is_) - len(same)


def _alike(one: Judgement, other: Judgement) -> bool:
    return (one.verdict, one.how, one.remainder) == (other.verdict, other.how, other.remainder)


def test_the_command_ends_with_0_where_the_check_can_fail(project: Project) -> None:
    ended = project.ropa("self-test")
    assert ended.code == 0
    assert "4 of 4 statements were missed when taken out alone (100 %)." in ended.out


def test_a_rate_below_what_is_asked_for_fails(project: Project) -> None:
    project.register(TWICE)
    assert project.ropa("self-test", "--at-least", "60").code == 0
    assert project.ropa("self-test", "--at-least", "61").code == 1


def test_a_notice_without_statements_proves_nothing(project: Project) -> None:
    project.register(CLEAN.partition("statements:")[0])
    ended = project.ropa("self-test")
    assert ended.code == 2
    assert "this proves nothing" in ended.out


def test_what_could_not_be_checked_cannot_be_tested(project: Project) -> None:
    project.register(UNDECIDED)
    assert project.ropa("self-test").code == 2


def test_the_json_is_as_it_is_described(project: Project) -> None:
    project.register(TWICE + PROMISE.removeprefix(CLEAN))
    schema = json.loads((ROOT / "schemas/self-test.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    shown = json.loads(project.ropa("self-test", "--format", "json").out)
    Draft202012Validator(schema).validate(shown)
    assert shown["alone"]["rate"] == 0.6
    assert len(shown["promises"]) == 1


def test_a_statement_is_missed_where_the_register_leaves_the_rest_of_a_facet_open(
    check_text: Check,
) -> None:
    """How long most of the data is kept is not recorded, so that the verdict cites nobody for the rest."""
    case = check_text(
        """
kind: activity
id: teaching
name: Teaching
subjects: pupil
data: education-record
purposes: education-provision
basis: {article_6: a}
systems: box
sources: [{from: data-subject, data: education-record}]
retention: [{data: attendance, criteria: while it is needed}]
---
kind: system
id: box
name: A box
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: We keep it for five years
    keeps: {period: P5Y}
"""
    ).case
    (trial,) = self_test(case.coverage).trials
    assert trial.falls
