"""Promises: whether their guards are met, and what comes of one that meets a statement against it."""

from collections.abc import Iterator, Sequence

from ropa.flows.flow import DATA, RECIPIENT, SUBJECT, Flow, Gate, Node, NodeKind
from ropa.flows.graph import FlowGraph
from ropa.flows.regions import Region, meet, minus
from ropa.judging.exceptions import excepted
from ropa.judging.judgement import Mode
from ropa.judging.statements import Heard, Voices
from ropa.judging.verdict import Verdict
from ropa.register.model import Basis, Statement, Words
from ropa.register.vocabulary import Facet


def guard_met(promise: Statement, flow: Flow) -> bool:
    """Whether the register records for the flow what the promise makes an exception for."""
    return any(all(_records(guard, flow) for guard in choice) for choice in promise.unless)


def exceptions(promise: Statement, flow: Flow) -> tuple[frozenset[str], ...]:
    """The exceptions of a promise that the register records for the flow."""
    return tuple(c for c in promise.unless if all(_records(guard, flow) for guard in c))


def unrecorded(statement: Statement, flow: Flow) -> Words:
    """The conditions a statement promises that are not recorded for the flow it tells."""
    return tuple(kind for kind in statement.conditions if not _records(kind, flow))


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


def _records(guard: str, flow: Flow) -> bool:
    basis = flow.basis or _NO_BASIS
    match guard:
        case "consent":
            return basis.article_6 == "a" or basis.article_9 == "a" or _has(flow, guard)
        case "law-permits":
            return bool(basis.law)
        case "law-requires":
            return basis.article_6 == "c" and bool(basis.law)
        case "vital-interests":
            return basis.article_6 == "d" or basis.article_9 == "c"
    return _has(flow, guard)


_NO_BASIS = Basis()


def _has(flow: Flow, kind: str) -> bool:
    return any(condition.kind == kind for condition in flow.conditions)
