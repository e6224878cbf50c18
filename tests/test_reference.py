"""The engine and the slow, obvious re-implementation of its meaning come to the same verdicts."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from random_registers import Sample, cases, in_languages, registers, ways_to_judge
from reference import Cell, Reference, flow_verdict
from ropa.flows.flow import AXES, Flow
from ropa.flows.regions import Region, meet, minus
from ropa.judging.coverage import Coverage, Judgement, Settings
from ropa.judging.verdict import Verdict
from ropa.register.model import Register
from ropa.register.vocabulary import Facet


@cases(4)
@given(registers(), ways_to_judge())
def test_every_verdict_is_that_of_the_reference(sample: Sample, settings: Settings) -> None:
    found = sample.judged(settings)
    reference = Reference(found.register, settings)
    for told in found.flows:
        answers = reference.answers(told.flow)
        assert {j.facet for j in told.judgements} == set(answers), told.flow.id
        for judgement in told.judgements:
            answer = answers[judgement.facet]
            where = (told.flow.id, judgement.facet, judgement, answer)
            assert judgement.verdict is answer.verdict, where
            assert judgement.how == answer.how, where
            assert dict(judgement.modes) == dict(answer.modes), where
        assert told.verdict is flow_verdict(answers)


@cases(1)
@given(in_languages(), ways_to_judge())
def test_readers_of_each_language_are_told_what_the_reference_finds(
    sample: Sample, settings: Settings
) -> None:
    found = sample.judged(settings)
    reference = Reference(found.register, settings)
    for told in found.flows:
        answers = reference.answers(told.flow)
        assert {j.facet: j.verdict for j in told.judgements} == {
            facet: answer.verdict for facet, answer in answers.items()
        }, told.flow.id


@cases(1)
@given(registers(), ways_to_judge())
def test_the_remainder_is_what_the_reference_finds_lacking(
    sample: Sample, settings: Settings
) -> None:
    found = sample.judged(settings)
    reference = Reference(found.register, settings)
    atoms = bits_by_atom(found.register, reference)
    for told in found.flows:
        answers = reference.answers(told.flow)
        for judgement in told.judgements:
            if judgement.verdict is not Verdict.UNDECIDABLE:
                answer = answers[judgement.facet]
                cells = remainder(judgement, told.flow, atoms, set(reference.cells(told.flow)))
                where = (told.flow.id, judgement.facet, cells, answer)
                assert answer.surely <= cells <= answer.lacking, where


@cases(1)
@given(registers(), ways_to_judge())
def test_over_claims_are_those_of_the_reference(sample: Sample, settings: Settings) -> None:
    found: Coverage = sample.judged(settings)
    reference = Reference(found.register, settings)
    over_claims = {(u.statement.id, u.facet, u.words) for u in found.unmatched}
    assert over_claims == reference.over_claims(told.flow for told in found.flows)


REGIONS = st.lists(st.tuples(*(st.integers(1, 7) for _ in range(3))), min_size=1, max_size=3)


@cases(1)
@given(REGIONS, REGIONS)
def test_regions_are_subtracted_as_the_sets_they_stand_for(
    regions: list[Region], taken: list[Region]
) -> None:
    left = minus(regions[:1], taken)
    assert combinations(left) == combinations(regions[:1]) - combinations(taken)
    assert sum(len(combinations([region])) for region in left) == len(combinations(left))
    common = meet(regions[0], taken[0])
    both = combinations(regions[:1]) & combinations(taken[:1])
    assert combinations([common] if common else []) == both


def combinations(regions: list[Region]) -> set[tuple[int, ...]]:
    """The single combinations of bits that some regions of three axes hold."""
    points = product((1, 2, 4), repeat=3)
    return {
        p for p in points if any(all(a & b for a, b in zip(p, r, strict=True)) for r in regions)
    }


def remainder(
    judgement: Judgement, flow: Flow, atoms: Mapping[Facet, Mapping[int, str]], whole: set[Cell]
) -> set[Cell]:
    """The cells of a flow that the engine's regions hold."""

    def along(facet: Facet, mask: int) -> set[str]:
        if not flow.words(facet):
            return {""}
        return {atom for bit, atom in atoms[facet.scheme].items() if bit & mask}

    found = set()
    for region in judgement.remainder:
        allowed = [along(facet, mask) for facet, mask in zip(AXES, region, strict=True)]
        found |= {
            cell for cell in whole if all(a in axis for a, axis in zip(cell, allowed, strict=True))
        }
    return found


def bits_by_atom(register: Register, reference: Reference) -> Mapping[Facet, Mapping[int, str]]:
    """Which bit of the engine is which atom of the reference: the one that the same terms contain."""
    found: dict[Facet, dict[int, str]] = {}
    for facet, hierarchy in register.vocabulary.items():
        words = reference.words[facet]
        terms = [*words.terms, *hierarchy.unknown]
        everything = hierarchy.union(terms)
        bits = [1 << i for i in range(everything.bit_length())]
        of_bit = {b: frozenset(t for t in terms if hierarchy.mask(t) & b) for b in bits}
        of_atom = {
            a: frozenset(t for t in terms if a in words.atoms(t)) for a in words.union(terms)
        }
        by_terms = {containing: atom for atom, containing in of_atom.items()}
        assert len(by_terms) == len(of_atom) == len(bits)
        found[facet] = {bit: by_terms[containing] for bit, containing in of_bit.items()}
    return found
