"""What a statement's words bear out is what a person would read off them, and to be void makes nothing better."""

from collections.abc import Mapping

from hypothesis import given

from random_registers import TODAY, cases
from ropa.flows.flow import Flow
from ropa.judging.coverage import Coverage, Settings, coverage
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from told_registers import Hand, ToldRegister, told_registers

NOT_TOLD = {Verdict.OMITTED, Verdict.UNTIED}


@cases(1)
@given(told_registers())
def test_what_the_words_bear_out_is_what_a_person_reads_off_them(sample: ToldRegister) -> None:
    graph, proofs = sample.read()
    statements = graph.register.notices["notice"].statements
    for told, statement in zip(sample.told, statements, strict=True):
        proof, hand = proofs.of(statement), Hand(told)
        where = (told.sentence, told.statement, proof.gainsaid, proof.stated)
        assert proof.faulty is hand.faulty, where
        assert proof.void is hand.void, where
        if not hand.faulty:
            assert str(proof.rests) == hand.rests, where


@cases(0.6)
@given(told_registers())
def test_no_verdict_is_better_for_a_statement_that_is_void(sample: ToldRegister) -> None:
    graph, proofs = sample.read()
    believed = _verdicts(coverage(graph, Settings(TODAY)))
    judged = _verdicts(coverage(graph, Settings(TODAY), proofs))
    for place, verdict in judged.items():
        assert verdict <= believed[place] or {verdict, believed[place]} <= NOT_TOLD, place


@cases(0.6)
@given(told_registers())
def test_no_over_claim_and_no_item_is_cured_by_a_statement_that_is_void(
    sample: ToldRegister,
) -> None:
    graph, proofs = sample.read()
    kept = coverage(graph, Settings(TODAY), proofs)
    void = {s.id for s in kept.void}
    assert void == {s.id for s in graph.register.notices["notice"].statements if proofs.of(s).void}
    assert not any(u.statement.id in void for u in kept.unmatched)


def _verdicts(judged: Coverage) -> Mapping[tuple[Flow, Facet], Verdict]:
    return {(told.flow, j.facet): j.verdict for told in judged.flows for j in told.judgements}
