"""For code scanning: the findings of all registers of a repository as one run of SARIF 2.1.0, the worst first."""

import heapq
from collections.abc import Iterator

from ropa.ci import Annotation, sentence
from ropa.fleet.fleet import Fleet
from ropa.fleet.row import Outcome
from ropa.reporters.sarif import MOST_RESULTS, SarifRun, log, plain, too_many
from ropa.saying import phrases


def render(fleet: Fleet) -> str:
    """The whole file."""
    found = heapq.nsmallest(MOST_RESULTS, fleet.annotations(), key=_order)
    total = sum(sum(waiting.row.findings.values()) for waiting in fleet.rows)
    notes = tuple(map(plain, _notes(fleet, total - len(found))))
    return log(SarifRun(found, "fleet", fleet.code <= 1 and not fleet.interrupted, notes))


def _order(annotation: Annotation) -> tuple[bool, int]:
    return not annotation.rule.undecided, -annotation.rule.severity


def _notes(fleet: Fleet, left_out: int) -> Iterator[str]:
    if left_out:
        yield too_many(left_out)
    number = phrases.count(len(fleet.rows), "register")
    yield f"{number} on {phrases.day(fleet.day)}."
    for waiting in fleet.rows:
        row = waiting.row
        if row.standing is Outcome.UNCHECKED:
            yield sentence(f"Not checked: {row.register}: {row.why}")
    yield from map(sentence, fleet.remarks)
