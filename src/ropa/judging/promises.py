"""Promises: what comes of one that meets a statement against it, and the approvals they promise of others."""

from collections.abc import Iterator, Sequence

from ropa.flows.flow import DATA, RECIPIENT, SUBJECT, Gate, Node, NodeKind
from ropa.flows.graph import FlowGraph
from ropa.flows.regions import Region, meet, minus
from ropa.judging.exceptions import excepted
from ropa.judging.judgement import Mode
from ropa.judging.statements import Heard, Voices
from ropa.judging.verdict import Verdict
from ropa.register.model import Statement
from ropa.register.vocabulary import Facet


def clash(
    whole: Region, promises: Sequence[Heard], disclosing: Sequence[Heard], mode: Mode
) -> tuple[Verdict, list[Region]]:
    """The worst that comes of the promises that bite, and the part of the flow it concerns.

    A promise that bites with nothing against it, or that wins, is contradicted by the flow. Where neither
    side is more specific, or the mode lets neither win, it is ambiguous. A narrower statement wins over a promise
    without exception only where one of the two says that there is an exception.
    """
    broken: list[Region] = []
    unclear: list[Region] = []
    for promise, promised in promises:
        bites = meet(whole, promised)
        if bites is None:
            continue
        winning, equal = [], []
        for spoken, masks in disclosing:
            region = meet(bites, masks)
            if region is None:
                continue
            narrower, wider = spoken.at_most(promise), promise.at_most(spoken)
            wins = narrower and not wider and mode is Mode.SPECIFIC
            if wins and excepted(promise.statement, promise.marks, spoken.statement, spoken.marks):
                winning.append(region)
            elif not (wider and not narrower) or mode is Mode.STRICT:
                equal.append(region)
        left = minus([bites], winning)
        broken += minus(left, equal)
        unclear += [found for region in left for e in equal if (found := meet(region, e))]
    if broken:
        return Verdict.CONTRADICTED, broken
    return (Verdict.AMBIGUOUS, unclear) if unclear else (Verdict.CLEAR, [])


def promised_gates(graph: FlowGraph, voices: Voices) -> Iterator[tuple[Gate, Statement]]:
    """The approvals that notices promise of others, with the statements that promise them.

    Behind such a gate is everybody in the register whom the statement's words include.
    """
    words = graph.register.vocabulary[Facet.RECIPIENT]
    parties = {party: words.mask(party) for party in graph.parties}
    for spoken in voices.spoken:
        if not (spoken.tells and spoken.by and "approval" in spoken.statement.conditions):
            continue
        behind = {p for p, atoms in parties.items() if not atoms & ~spoken.masks[RECIPIENT]}
        region = spoken.masks[SUBJECT : DATA + 1]
        for holder in (p for p, atoms in parties.items() if not atoms & ~spoken.by):
            gate = Gate(Node(NodeKind.PARTY, holder), frozenset(behind - {holder}), region)
            yield gate, spoken.statement
