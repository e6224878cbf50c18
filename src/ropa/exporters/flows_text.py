"""The flows as a list to read: what happens, from where to where, and how well each facet is told."""

from collections.abc import Iterator
from textwrap import TextWrapper

from ropa.case import Case
from ropa.judging.coverage import Judgement, Told
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.saying import phrases
from ropa.visible import inert, visible

_MARGIN = " " * 13
_WRAP = TextWrapper(100, initial_indent=_MARGIN, subsequent_indent=f"{_MARGIN}  ",
                    break_long_words=False, break_on_hyphens=False)  # fmt: skip


def render(report: Report) -> str:
    """The flows in the order of the register."""
    case = report.case
    lines = [line for told in case.coverage.flows for line in _flow(case, told)]
    if report.undecided:
        lines.append(
            "Not everything could be checked, so this list proves nothing yet: `ropa check` says what."
        )
    return inert("".join(f"{line}\n" for line in lines))


def _flow(case: Case, told: Told) -> Iterator[str]:
    yield f"{told.verdict!s:<13}{told.flow.id}"
    yield from _WRAP.wrap(visible(phrases.step(case.register, told.flow)))
    clear = [str(j.facet) for j in told.judgements if j.verdict is Verdict.CLEAR]
    if clear:
        yield f"{_MARGIN}clear: {', '.join(clear)}"
    for judgement in told.judgements:
        if judgement.verdict is not Verdict.CLEAR:
            missing = visible(_missing(case, told, judgement))
            yield from _WRAP.wrap(f"{judgement.facet} {judgement.verdict}{missing}")


def _missing(case: Case, told: Told, judgement: Judgement) -> str:
    facet = judgement.facet
    if judgement.lacks:
        return f": {judgement.lacks}"
    if facet.scheme not in case.register.vocabulary or facet is Facet.TRANSFER:
        return ""
    names = case.coverage.names(facet, judgement, told.flow)
    return f": {phrases.several(names)}" if names else ""
