"""A drafted notice tells every flow and every item due to its readers, and claims no more than the register."""

from collections.abc import Mapping
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from random_registers import TODAY, Sample, cases, registers, ways_to_judge
from ropa.build import build
from ropa.coverage import Coverage, Settings, coverage
from ropa.document import SourceFile
from ropa.draft import Draft, draft
from ropa.errors import NothingToTell
from ropa.exporters import notice_html, notice_md, notice_yaml
from ropa.flows import SUBJECT, flow_graph
from ropa.formats import notice_of_text
from ropa.model import Evidence, Register
from ropa.schema import violations, well_formed
from ropa.source import parse
from ropa.verdict import Verdict
from ropa.vocabulary import Facet

WRITERS: Mapping[str, ModuleType] = {"md": notice_md, "html": notice_html}


def drafted(sample: Sample, settings: Settings, audience: str) -> Draft | None:
    """The draft for an audience, or nothing where the register says nothing about it."""
    try:
        return draft(flow_graph(sample.register()), settings, audience)
    except NothingToTell:
        return None


def with_draft(sample: Sample, made: Draft, format_: str) -> Register:
    """The register with the draft as its only notice, written out and read back."""
    writer, name = WRITERS[format_], f"draft.{format_}"
    written = notice_yaml.render(made, name, writer.quote)
    notice = tuple(parse(SourceFile("draft.yaml", written)))
    assert not any(d.problems for d in notice), [d.problems for d in notice]
    assert all(map(well_formed, notice)), [p for d in notice for p in violations(d)]
    text = notice_of_text(SourceFile(name, writer.render(made)))
    others = Sample(tuple(d for d in sample.documents if d["kind"] != "notice"))
    documents = [*others.parsed(), *notice]
    return build(documents, {("draft.yaml", name): text})


def judged(sample: Sample, settings: Settings, made: Draft, format_: str) -> Coverage:
    return coverage(flow_graph(with_draft(sample, made, format_)), settings)


def assert_told(found: Coverage, made: Draft) -> None:
    """Every flow to the readers, in every facet, unless the register itself leaves it open."""
    words = found.register.vocabulary
    people = words[Facet.SUBJECT].union(made.audience)
    for told in found.flows:
        if not words[Facet.SUBJECT].union(told.flow.box[SUBJECT]) & people:
            continue
        for judgement in told.judgements:
            if judgement.facet is Facet.SUBJECT or judgement.verdict is Verdict.CLEAR:
                continue
            where = (told.flow.id, str(judgement.facet), judgement.verdict, judgement.lacks)
            assert judgement.verdict in (Verdict.UNDECIDABLE, Verdict.VAGUE), where
            assert made.lacks, where  # and it is said what is missing
            assert made.slots, where


def assert_said(found: Coverage) -> None:
    """Every quote stands in the text, and nothing is said that the register does not bear out."""
    for notice in found.voices.notices:
        for statement in notice.statements:
            assert statement.evidence is Evidence.FOUND, statement.quote
    assert not found.unmatched, [(u.statement.quote, u.facet, u.words) for u in found.unmatched]


AUDIENCES = st.lists(st.sampled_from(("s0", "s1", "s2")), min_size=1, max_size=2, unique=True)


@pytest.mark.parametrize("format_", ["md", "html"])
@cases(1)
@given(registers(strange=False), ways_to_judge(), AUDIENCES)
def test_every_flow_to_the_readers_is_told_and_nothing_else(
    format_: str, sample: Sample, settings: Settings, audience: list[str]
) -> None:
    made = drafted(sample, settings, ",".join(audience))
    if made is not None:
        found = judged(sample, settings, made, format_)
        assert_told(found, made)
        assert_said(found)


@cases(1)
@given(registers(), st.sampled_from(("s0", "s1", "s2")))
def test_words_that_nobody_defined_are_left_open_and_asked_for(
    sample: Sample, audience: str
) -> None:
    settings = Settings(TODAY)
    made = drafted(sample, settings, audience)
    if made is not None:
        found = judged(sample, settings, made, "md")
        assert_said(found)
        assert_told(found, made)
