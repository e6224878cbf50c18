"""For the test pages of CI servers: JUnit's XML. What stands fails, what is accepted is skipped, and a rule that found
nothing passes.

A note passes, too, and says what it noted. What could not be checked is an error.
"""

from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ropa.ci import Annotation, annotations
from ropa.findings import Finding, Severity
from ropa.report import Report, remarks
from ropa.saying import phrases
from ropa.visible import inert_in_markup, visible


def render(report: Report) -> str:
    cases = [*map(failed, annotations(report)), *_accepted(report), *_passed(report)]
    return document([suite(_register(report), (*_settings(report), *cases))])


def document(suites: Iterable[Element]) -> str:
    """The whole file."""
    top = Element("testsuites", {"name": "ropa"})
    top.extend(suites)
    indent(top)
    written = inert_in_markup(tostring(top, encoding="unicode"))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def suite(name: str, inside: Iterable[Element]) -> Element:
    """A suite of tests with how many of them came out how."""
    inside = tuple(inside)
    cases = [element for element in inside if element.tag == "testcase"]
    counts = Counter(outcome.tag for case in cases for outcome in case)
    numbers = {
        "tests": str(len(cases)),
        "failures": str(counts["failure"]),
        "errors": str(counts["error"]),
        "skipped": str(counts["skipped"]),
    }
    made = Element("testsuite", {"name": visible(name), **numbers})
    made.extend(inside)
    return made


def _register(report: Report) -> str:
    day = report.case.settings.day.isoformat()
    return f"ropa check {report.case.in_repository} as of {day}"


def _settings(report: Report) -> Iterable[Element]:
    """What the settings changed, since a rule that is off is no test that passed."""
    lines = tuple(remarks(report))
    if lines:
        properties = Element("properties")
        for line in lines:
            SubElement(properties, "property", {"name": "ropa", "value": visible(line)})
        yield properties


def failed(annotation: Annotation) -> Element:
    """A finding as a test that failed, or as one that passed with a note."""
    rule, at = annotation.rule, annotation.at
    again = f" ({annotation.number})" if annotation.number > 1 else ""
    case = _case(annotation.finding, again)
    case.attrib |= {"file": visible(at.path), "line": str(at.line)}
    body = "\n".join(_body(annotation))
    if rule.severity is Severity.NOTE and not rule.undecided:
        SubElement(case, "system-out").text = body
    else:
        outcome = "error" if rule.undecided else "failure"
        said = {"type": str(rule.severity), "message": visible(annotation.finding.problem.message)}
        SubElement(case, outcome, said).text = body
    return case


def _body(annotation: Annotation) -> Iterable[str]:
    """Every line is one line, with nothing in it that XML cannot hold."""
    yield annotation.message
    yield f"At {annotation.at}"
    yield from (visible(f"{caption}: {at}") for at, caption in annotation.related)
    if annotation.rule.law:
        yield f"Law: {'; '.join(annotation.rule.law)}"
    yield visible(annotation.finding.id)


def _accepted(report: Report) -> Iterable[Element]:
    for finding in report.waived:
        waiver = report.case.acceptance.waiver_of(finding)
        until = phrases.day(waiver.until)
        yield _skipped(finding, f"waived until {until} by {waiver.owner}: {waiver.reason}")
    for finding in report.exempted:
        why = f"answered by an exception from telling people: {report.exemption_of(finding)}"
        yield _skipped(finding, why)
    for finding in report.known:
        yield _skipped(finding, "known from the baseline")


def _skipped(finding: Finding, why: str) -> Element:
    case = _case(finding)
    SubElement(case, "skipped", {"message": visible(why)})
    return case


def _passed(report: Report) -> Iterable[Element]:
    fired = {finding.rule.id for finding in report.findings}
    for info in report.rules:
        if info.id not in fired:
            yield Element("testcase", {"classname": "ropa", "name": info.id})


def _case(finding: Finding, again: str = "") -> Element:
    about = finding.id.removeprefix(f"{finding.rule.id}@")
    name = visible(f"{about}{again}")
    return Element("testcase", {"classname": f"ropa.{finding.rule.id}", "name": name})
