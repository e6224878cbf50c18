"""A sentence that nobody has tied moves atoms from omitted to untied, and nothing else; judged again by hand."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from msgspec.structs import replace as with_other

from random_registers import TODAY, cases
from ropa.flows.graph import FlowGraph
from ropa.judging.coverage import Coverage, Settings, coverage
from ropa.judging.evidence import Proofs
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement, Untied
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from untied_by_hand import UntiedRegister, asked, untied_registers

OMITTED, UNTIED = Verdict.OMITTED, Verdict.UNTIED
HELD = (Facet.DATA, Facet.RECIPIENT, Facet.PURPOSE, Facet.RETENTION, Facet.BASIS)
Judged = Mapping[tuple[str, Facet], Judgement]


def judged(graph: FlowGraph, proofs: Proofs) -> Judged:
    return _by_place(coverage(graph, Settings(TODAY), proofs))


def _by_place(found: Coverage) -> Judged:
    return {(told.flow.id, j.facet): j for told in found.flows for j in told.judgements}


def without_sentences(graph: FlowGraph, proofs: Proofs) -> Judged:
    """The same, where only statements are looked at."""
    found = coverage(graph, Settings(TODAY), proofs)
    judge = Judge(graph.register, found.voices, found.settings)
    return {(f.id, j.facet): j for f in graph.flows for j in judge.judgements(f)[0]}


@cases(0.5)
@given(untied_registers())
def test_what_is_untied_is_so_by_hand(sample: UntiedRegister) -> None:
    graph, proofs = sample.read()
    statements = without_sentences(graph, proofs)
    for (flow, facet), judgement in judged(graph, proofs).items():
        if facet not in HELD or statements[flow, facet].verdict is not OMITTED:
            continue
        words = asked(graph.by_id[flow], facet)
        may = [sample.may_tell(graph.by_id[flow], facet, word) for word in words]
        where = (flow, facet, [one.told.sentence for one in sample.sentences], judgement)
        assert judgement.verdict is (UNTIED if all(may) else OMITTED), where
        assert bool(judgement.untied) is any(may), where


@cases(0.5)
@given(untied_registers())
def test_a_sentence_moves_atoms_from_omitted_to_untied_and_nothing_else(
    sample: UntiedRegister,
) -> None:
    graph, proofs = sample.read()
    statements = without_sentences(graph, proofs)
    for place, judgement in judged(graph, proofs).items():
        before = statements[place]
        same = judgement.verdict is before.verdict
        assert same or (before.verdict, judgement.verdict) == (OMITTED, UNTIED), place
        assert judgement.told_by == before.told_by, place
        assert judgement.against == before.against, place
        assert len(judgement.sentences) <= 5, place


@cases(0.2)
@given(untied_registers())
def test_where_every_sentence_is_set_aside_nothing_is_untied(sample: UntiedRegister) -> None:
    for place, judgement in judged(*sample.all_aside().read()).items():
        assert judgement.verdict is not UNTIED, place
        assert not judgement.untied, place


@cases(0.2)
@given(untied_registers())
def test_where_every_sentence_is_tied_by_all_it_says_nothing_is_untied(
    sample: UntiedRegister,
) -> None:
    for place, judgement in judged(*_told_in_full(sample).read()).items():
        assert not judgement.untied, place


def _told_in_full(sample: UntiedRegister) -> UntiedRegister:
    """Every sentence with a statement that states all its words."""
    found = []
    for one in sample.sentences:
        told = one.told
        said: dict[str, Any] = {"data": list(told.data)}
        for key, value in (("to", told.party), ("period", told.period)):
            said |= {key: value} if value else {}
        said |= {"purposes": list(told.purposes)} if told.purposes else {}
        said |= {"basis": {"article_6": told.letter}} if told.letter else {}
        agreed = told.how == "agreed" and told.claim == "discloses"
        said |= {"conditions": ["consent"]} if agreed else {}
        statement = {"quote": told.statement["quote"], told.claim: said}
        full = type(told)(
            statement,
            told.how,
            told.data,
            told.purposes,
            told.party,
            told.period,
            told.letter,
            told.number,
        )
        found.append(type(one)(full, tied=True, aside=False))
    return UntiedRegister(tuple(found), sample.documents)


@cases(0.2)
@given(untied_registers())
def test_to_take_a_sentence_away_that_only_tells_makes_no_verdict_better(
    sample: UntiedRegister,
) -> None:
    before = _by_place(_coverage(sample))
    for number, one in enumerate(sample.sentences):
        harmless = one.told.how == "said" and not one.told.letter and not one.told.period
        if not harmless or "never" in one.told.statement:
            continue
        left = UntiedRegister(
            sample.sentences[:number] + sample.sentences[number + 1 :], sample.documents
        )
        if sample.begun and not left.begun:
            continue  # without any statement, nobody has said yet what it tells
        after = _by_place(_coverage(left))
        for place, judgement in after.items():
            assert judgement.verdict <= before[place].verdict, (place, one.told.sentence)


@cases(0.2)
@given(untied_registers())
def test_the_setting_changes_no_verdict(sample: UntiedRegister) -> None:
    graph, proofs = sample.read()
    settings = with_other(Settings(TODAY), untied=Untied.OMITTED)
    counted = _by_place(coverage(graph, settings, proofs))
    assert {p: j.verdict for p, j in counted.items()} == {
        p: j.verdict for p, j in judged(graph, proofs).items()
    }


def _coverage(sample: UntiedRegister) -> Coverage:
    graph, proofs = sample.read()
    return coverage(graph, Settings(TODAY), proofs)
