"""What the page to review says, as values: whether a notice can be published, and every flow exactly once."""

from pathlib import Path

import pytest

from conftest import ROOT, TODAY, Check
from ropa import engine
from ropa.accepting.selection import Choice, Pattern
from ropa.diagram.view import Mark
from ropa.judging.coverage import Settings
from ropa.judging.reasons import how_it_rests, words_proving
from ropa.judging.verdict import Verdict
from ropa.page.details import details
from ropa.page.review import Answer, Review
from ropa.reporters.html import render

NOTICE = """
kind: organisation
id: us
name: Our School
contact: School Lane
regimes: [uk-gdpr]
---
kind: activity
id: meals
name: School meals
subjects: pupil
data: name
purposes: health-care
basis: {article_6: e, law: Education Act 1996 s.512}
sources: data-subject
retention: {period: P1Y, trigger: end-of-year}
security: locked
reviewed: 2026-11-01
"""


@pytest.fixture(scope="module")
def example() -> Review:
    return Review(engine.check(ROOT / "registry", Settings(TODAY)))


def test_a_notice_with_an_error_cannot_be_published_whatever_else_could_not_be_checked(
    example: Review,
) -> None:
    assert {page.notice.id: page.answer for page in example.pages} == {
        "children-social-care-2025": Answer.NO,
        "leaflet-2024": Answer.NO,
        "council-wide": Answer.BUT,  # nobody has signed these off
        "parents-and-carers": Answer.BUT,
    }


def test_a_notice_whose_text_is_not_on_file_cannot_be_answered_for(check_text: Check) -> None:
    report = check_text(NOTICE + "---\n{kind: notice, id: all, audience: parent, issued: by hand}")
    (page,) = Review(report).pages
    assert page.answer is Answer.UNKNOWN
    assert page.why_no_text


def test_neither_a_baseline_nor_a_rule_switched_off_makes_a_notice_fit_to_be_published(
    tmp_path: Path,
) -> None:
    listed = tmp_path / "baseline.json"
    listed.write_text(engine.check(ROOT / "registry", Settings(TODAY)).as_baseline(), "utf-8")
    known = engine.check(ROOT / "registry", Settings(TODAY), baseline=listed)
    off = engine.check(
        ROOT / "registry", Settings(TODAY), choices=[Choice(select=(Pattern("duplicate-id", str),))]
    )
    for report in (known, off):
        answers = {page.notice.id: page.answer for page in Review(report).pages}
        assert answers["children-social-care-2025"] is Answer.NO


def test_once_every_gap_is_closed_each_notice_can_be_published() -> None:
    review = Review(engine.check(ROOT / "registry", Settings(TODAY.replace(2027, 1, 1))))
    answers = {page.notice.id: (page.answer, page.signed) for page in review.pages}
    signed = "signed off by M. Sample on 20 November 2026"
    assert answers["children-social-care-2027"] == (Answer.YES, signed)
    assert {answer for answer, _ in answers.values()} == {Answer.YES, Answer.BUT}
    assert [marked.mark for marked in review.marked] == [Mark.TOLD]
    assert not review.sentences
    assert not review.needs


def test_every_flow_is_listed_once_with_its_activity_and_mark(example: Review) -> None:
    listed = [row.flow.id for m in example.marked for rows in m.activities for row in rows.rows]
    assert sorted(listed) == sorted(flow.id for flow in example.case.graph.flows)
    assert [m.total for m in example.marked] == [17, 1, 25, 35]
    assert example.everything.total == len(listed)


def test_a_notice_counts_the_gaps_of_its_own_people_only(example: Review) -> None:
    parents = next(p for p in example.pages if p.notice.id == "parents-and-carers")
    assert dict(parents.flows.counts) == {Mark.TOLD: 25}
    assert any(row.mark is not Mark.TOLD and "parent" in row.words for row in example.rows)


THREE_GROUPS = """
kind: activity
id: meals
name: School meals
subjects: [pupil, parent, employee]
data: name
purposes: billing
basis: {article_6: e, law: Education Act 1996 s.512}
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: We send bills for meals (Article 6(1)(e))
    uses: {purposes: billing, basis: {article_6: e}}
---
kind: notice
id: parents
audience: parent
text: parents.md
statements:
  - quote: We use it for various purposes, as our public task (Article 6(1)(e))
    uses: {purposes: any-purpose, basis: {article_6: e}}
"""


def test_a_group_is_counted_by_what_it_is_told_whatever_the_others_are(check_text: Check) -> None:
    review = Review(check_text(THREE_GROUPS))
    (row,) = (row for row in review.rows if str(row.flow.action) == "use")
    assert row.mark is Mark.PARTLY
    assert review.marks(row) == {
        "pupil": Mark.TOLD,
        "parent": Mark.PARTLY,
        "employee": Mark.UNTOLD,
    }
    uses = {page.notice.id: page.flows.counts for page in review.pages}
    assert uses["pupils"][Mark.TOLD] == 1
    assert uses["parents"][Mark.PARTLY] == 1


@pytest.mark.parametrize("people", ["pupil", "parent", "employee"])
def test_what_a_group_is_told_is_what_it_would_be_told_alone(
    check_text: Check, people: str
) -> None:
    together = Review(check_text(THREE_GROUPS))
    alone = Review(check_text(THREE_GROUPS.replace("[pupil, parent, employee]", people)))
    assert [together.marks(row)[people] for row in together.rows] == [r.mark for r in alone.rows]


def test_the_details_of_a_flow_are_its_judgements(example: Review) -> None:
    tables = details(example)
    told = example.case.coverage.by_id
    for flow in tables["flows"]:
        facets = [tables["facets"][number] for number in flow[7]]
        judged = told[flow[0]].judgements
        assert [facet[:2] for facet in facets] == [[str(j.facet), str(j.verdict)] for j in judged]
        for facet, judgement in zip(facets, judged, strict=True):
            assert [tables["statements"][n][0] for n in facet[3]] == [
                s.id for s in judgement.told_by
            ]
            assert [tables["statements"][n][0] for n in facet[4]] == [
                s.id for s in judgement.against
            ]
            if judgement.verdict is not Verdict.CLEAR:
                assert facet[8] or tables["texts"][facet[5]]


def test_what_tells_a_facet_is_shown_with_the_words_marked_that_prove_it(example: Review) -> None:
    tables, told = details(example), example.case.coverage.by_id
    marked = 0
    for flow in tables["flows"]:
        for facet, judgement in zip(flow[7], told[flow[0]].judgements, strict=True):
            *_, rests, proofs = tables["facets"][facet]
            assert len(proofs) == len(judgement.told_by)
            assert rests in ("", str(judgement.evidence))
            for number, statement in zip(proofs, judgement.told_by, strict=True):
                said, stretches = tables["proofs"][number] if number >= 0 else ("", [])
                proving = [text for text, proves in stretches if proves]
                proof = example.case.proved.of(statement)
                assert said == (how_it_rests(proof, judgement.facet) if number >= 0 else "")
                assert bool(proving) is bool(stretches)
                assert set(proving) <= set(words_proving(proof, judgement.facet))
                marked += len(proving)
    assert marked > 100


def test_every_gap_of_a_flow_leads_to_a_finding_its_own_or_that_it_echoes(example: Review) -> None:
    tables = details(example)
    nobody = {
        told.flow.id
        for told in example.case.coverage.flows
        if any(str(j.facet) == "subject" and j.verdict is Verdict.OMITTED for j in told.judgements)
    }
    for flow in tables["flows"]:
        for facet in (tables["facets"][number] for number in flow[7]):
            if facet[1] not in ("clear", "untied") and flow[0] not in nobody:
                assert facet[8], (flow[0], facet)


def test_what_is_new_since_the_baseline_is_counted_and_listed(tmp_path: Path) -> None:
    listed = tmp_path / "baseline.json"
    before = engine.check(ROOT / "registry", Settings(TODAY))
    first, *others = before.as_baseline().splitlines(keepends=True)[4:-2]
    listed.write_text(before.as_baseline().replace(first, ""), "utf-8")
    page = render(engine.check(ROOT / "registry", Settings(TODAY), baseline=listed))
    assert f"{len(others)} known before" in page


def test_a_register_with_nothing_in_it_still_has_its_page(tmp_path: Path) -> None:
    page = render(engine.check(tmp_path, Settings(TODAY)))
    assert "Not everything could be checked" in page
    assert "No notice is in force" in page
