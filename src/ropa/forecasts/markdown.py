"""For a meeting: a section for each day on which the law changes, with its sources and what comes of it."""

from collections.abc import Iterator

from ropa.changes.forecast import Forecast, sources
from ropa.law.calendar import LawDay
from ropa.saying import phrases
from ropa.visible import in_markdown


def render(forecast: Forecast) -> str:
    """The whole forecast; a stretch in which nothing changes says so."""
    return "".join(f"{line}\n" for line in _lines(forecast))


def _lines(forecast: Forecast) -> Iterator[str]:
    yield f"# The law {forecast.stretch}"
    yield ""
    if forecast.report is not None:
        name = in_markdown(forecast.report.case.register.name)
        yield f"What changes, and what it breaks in the register of {name} and its notices as they stand."
    else:
        yield "What changes."
    if not forecast.days:
        yield from ("", "Nothing changes in the tables of the law.")
    for day in forecast.days:
        yield from ("", f"## {phrases.day(day.day)}", "")
        for change in day.changes:
            yield f"- {in_markdown(change.words)}. Source: {in_markdown(sources(change))}."
            if change.standing.note:
                yield f"  Note: {in_markdown(change.standing.note)}."
        if forecast.report is not None:
            yield from _of_register(day)
    if forecast.undecided:
        yield from ("", "**Not everything in the register could be read, so more may come of it.**")


def _of_register(day: LawDay) -> Iterator[str]:
    if not day.comes and not day.goes:
        yield from ("", "Nothing comes of it in this register.")
    for heading, findings in (
        ("What it breaks", day.comes),
        ("What is right from then on", day.goes),
    ):
        if findings:
            yield from ("", f"### {heading}", "")
            for finding in findings:
                problem = finding.problem
                said = in_markdown(problem.message[:1].upper() + problem.message[1:])
                mend = f" To mend it: {in_markdown(problem.hint)}." if problem.hint else ""
                place = in_markdown(str(problem.at))
                yield f"- **{finding.rule.severity}** {said} ({finding.rule.id}, {place}).{mend}"
