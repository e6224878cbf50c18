"""For the terminal: each day on which the law changes, with its sources, and what comes of it in the register."""

from collections.abc import Iterator

from ropa.changes.forecast import Forecast, sources
from ropa.findings import Finding
from ropa.law.calendar import LawDay
from ropa.saying import phrases
from ropa.visible import inert, visible


def render(forecast: Forecast) -> str:
    """The whole forecast; a stretch in which nothing changes says so."""
    return inert("".join(f"{visible(line)}\n" for line in _lines(forecast)))


def _lines(forecast: Forecast) -> Iterator[str]:
    whose = f", held against {forecast.report.case.root}" if forecast.report else ""
    yield f"The law {forecast.stretch} ({', '.join(forecast.regimes)}){whose}"
    if not forecast.days:
        yield "Nothing changes in the tables of the law."
    for day in forecast.days:
        yield from ("", phrases.day(day.day))
        for change in day.changes:
            yield f"  {change.words}"
            yield f"    {sources(change)}"
            if change.standing.note:
                yield f"    {change.standing.note}"
        if forecast.report is not None:
            yield from _of_register(day)
    if forecast.undecided:
        yield from ("", "Not everything in the register could be read, so more may come of it.")


def _of_register(day: LawDay) -> Iterator[str]:
    if not day.comes and not day.goes:
        yield "  Nothing comes of it in this register."
    for heading, findings in (
        ("What it breaks", day.comes),
        ("What is right from then on", day.goes),
    ):
        if findings:
            yield f"  {heading}: {len(findings)}"
            yield from (f"    {_said(finding)}" for finding in findings)


def _said(finding: Finding) -> str:
    rule, problem = finding.rule, finding.problem
    return f"{rule.severity}[{rule.id}]: {problem.message} ({problem.at})"
