"""The flows as a list to read: what happens, from where to where, and how well each facet is told."""

from collections.abc import Iterator

from ropa import phrases
from ropa.case import Case, Report
from ropa.coverage import Judgement, Told
from ropa.verdict import Verdict
from ropa.vocabulary import Facet


def render(report: Report) -> str:
    return "".join(f"{line}\n" for told in report.case.coverage.flows for line in _flow(report.case, told))


def _flow(case: Case, told: Told) -> Iterator[str]:
    yield f"{told.verdict!s:<13}{told.flow.id}"
    yield f"{'':13}{phrases.step(case.register, told.flow)}"
    due = [j for j in told.judgements if j.due]
    clear = [str(j.facet) for j in due if j.verdict is Verdict.CLEAR]
    if clear:
        yield f"{'':13}clear: {', '.join(clear)}"
    for judgement in due:
        if judgement.verdict is not Verdict.CLEAR:
            yield f"{'':13}{judgement.facet} {judgement.verdict}{_missing(case, told, judgement)}"


def _missing(case: Case, told: Told, judgement: Judgement) -> str:
    facet = judgement.facet
    if judgement.lacks:
        return f": {judgement.lacks}"
    if facet.scheme not in case.register.vocabulary or facet is Facet.TRANSFER:
        return ""
    names = case.coverage.names(facet, judgement, told.flow)
    return f": {phrases.several(names)}" if names else ""
