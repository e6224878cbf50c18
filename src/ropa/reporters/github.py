"""For pull requests on GitHub: workflow commands that put each finding beside its line.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so of each kind what
stands on a line that the change brings comes first, where that was asked for, then what could not be checked; the tenth
says how many more there are, and the log lists them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ropa.ci import Annotation, annotations, sentence
from ropa.findings import Severity
from ropa.report import Report, remarks
from ropa.saying import phrases
from ropa.visible import inert, visible

MOST = 10
"""Of each kind in one step."""

_KIND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: Report) -> str:
    found = annotations(report)
    more: list[Annotation] = []
    lines: list[str] = []
    for severity in reversed(Severity):
        of_it = [annotation for annotation in found if annotation.rule.severity is severity]
        of_it.sort(key=lambda annotation: not annotation.touched)
        shown = of_it if len(of_it) <= MOST else of_it[: MOST - 1]
        lines += (_command(annotation) for annotation in shown)
        if len(of_it) > len(shown):
            more += of_it[len(shown) :]
            lines.append(_left_out(severity, of_it[len(shown) :]))
    lines += (*_group("What is not shown beside its line", map(_line, more)), *_accepted(report))
    return "".join(f"{line}\n" for line in (*lines, *_summary(report)))


def _command(annotation: Annotation) -> str:
    at = annotation.at
    properties = {"file": visible(at.path), "line": str(at.line)}
    if not at.part:
        properties["endLine"] = str(at.end_line)
        if at.line == at.end_line:  # over several lines GitHub takes no columns
            properties |= {"col": str(at.column), "endColumn": str(at.end_column)}
    part = f"{visible(at.part)}: " if at.part else ""
    return _written(annotation.rule.severity, properties, annotation, f"{part}{_said(annotation)}")


def _said(annotation: Annotation) -> str:
    related = (f"{sentence(caption)[:-1]}: {at}" for at, caption in annotation.related)
    return "\n".join((annotation.message, *related))


def _written(
    severity: Severity, properties: dict[str, str], annotation: Annotation, message: str
) -> str:
    given = {**properties, "title": f"ropa {annotation.rule.id}"}
    listed = ",".join(f"{name}={_property(value)}" for name, value in given.items())
    return f"::{_KIND[severity]} {listed}::{_data(message)}"


def _left_out(severity: Severity, more: Sequence[Annotation]) -> str:
    rules = Counter(annotation.rule.id for annotation in more)
    listed = ", ".join(f"{number} × {id_}" for id_, number in rules.most_common())
    said = f"{len(more)} more of these are not shown beside their lines; the log of this step lists them: {listed}"
    if unchecked := sum(annotation.rule.undecided for annotation in more):
        said += (
            f". {unchecked} of them could not be checked, so nothing is proved until that is mended"
        )
    return f"::{_KIND[severity]} title=ropa::{_data(said)}"


def _line(annotation: Annotation) -> str:
    rule = annotation.rule
    return f"{rule.severity}[{rule.id}] {annotation.at}: {annotation.message}"


def _accepted(report: Report) -> Iterator[str]:
    waiver_of = report.case.acceptance.waiver_of
    waived = (f"{f.id} until {phrases.day(waiver_of(f).until)}" for f in report.waived)
    yield from _group("What is waived", waived)
    exempted = (f"{f.id} ({report.exemption_of(f)})" for f in report.exempted)
    yield from _group("What an exception from telling people answers for", exempted)
    yield from _group("What the baseline lists", (finding.id for finding in report.known))


def _group(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines of the log that are folded away."""
    shown = [_inert(line) for line in lines]
    if shown:
        yield from (f"::group::{title}", *shown, "::endgroup::")


def _summary(report: Report) -> Iterator[str]:
    counts = (
        f"{report.count(severity)} {severity}{'' if report.count(severity) == 1 else 's'}"
        for severity in reversed(Severity)
    )
    exempted = f"{len(report.exempted)} exempt, " if report.exempted else ""
    accepted = f"{len(report.waived)} waived, {exempted}{len(report.known)} in the baseline"
    yield f"ropa: {', '.join(counts)}; {accepted}"
    for line in remarks(report):
        yield _inert(f"ropa: {line}")
    if report.undecided:
        yield "ropa: not everything could be checked, so this run proves nothing yet"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _inert(line: str) -> str:
    """A line for the log."""
    return inert(visible(line).lstrip(" :"))
