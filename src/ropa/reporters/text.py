"""For people at a terminal: each finding with the line of the register and the sentence of the notice.

Colours are ANSI codes; the command line takes them out where they are not wanted.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from posixpath import normpath
from unicodedata import combining, east_asian_width

from msgspec.structs import replace

from ropa.case import Case
from ropa.findings import Finding, Severity
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.report import Report, remarks
from ropa.saying import phrases
from ropa.visible import inert, visible

WIDEST = 110
MOST_LINES = 4
_RED, _YELLOW, _BLUE, _GREEN, _BOLD, _DIM = "31;1", "33;1", "34;1", "32;1", "1", "2"
_COLOUR = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}
_VERDICT = {
    Verdict.CONTRADICTED: _RED,
    Verdict.AMBIGUOUS: _RED,
    Verdict.OMITTED: _RED,
    Verdict.UNTIED: _RED,
    Verdict.UNDECIDABLE: _RED,
    Verdict.PARTIAL: _YELLOW,
    Verdict.VAGUE: _YELLOW,
    Verdict.CLEAR: _GREEN,
}


def render(report: Report) -> str:
    lines = [line for finding in report.standing for line in (*_finding(report.case, finding), "")]
    accepted = [*_waived(report), *_exempted(report), *_known(report)]
    return inert("\n".join([*lines, *accepted, *_summary(report)]) + "\n")


def _finding(case: Case, finding: Finding) -> Iterator[str]:
    problem, rule = finding.problem, finding.rule
    colour = _COLOUR[rule.severity]
    yield f"{_in(colour, f'{rule.severity}[{rule.id}]')}: {_in(_BOLD, visible(problem.message))}"
    places = [problem.at, *(at for at, _ in problem.related)]
    margin = len(str(max(_last_line(at) for at in places)))
    yield from _snippet(case, problem.at, ("-->", colour, "^"), margin)
    note = f"{' ' * margin} {_in(_BLUE, '=')}"
    for caption, group in groupby(problem.related, key=lambda related: related[1]):
        yield f"{note} {visible(caption)}:"
        for at, _ in group:
            yield from _snippet(case, at, (":::", _BLUE, "~"), margin)
    if problem.hint:
        yield f"{note} {_in(_GREEN, 'help')}: {visible(problem.hint)}"
    yield f"{note} {_in(_DIM, visible(finding.id))}"


def _snippet(case: Case, at: Location, pen: tuple[str, str, str], margin: int) -> Iterator[str]:
    """The place, its lines, and the stretch in question marked below each."""
    arrow, colour, mark = pen
    yield f"{' ' * margin}{_in(_BLUE, arrow)} {_shown(case, at)}"
    bar = _in(_BLUE, "|")
    for number in range(at.line, _last_line(at) + 1):
        line = case.line(replace(at, line=number))
        if not line.strip():
            continue
        start = at.column - 1 if number == at.line else len(line) - len(line.lstrip())
        end = at.end_column - 1 if number == at.end_line else len(line.rstrip())
        shown, before, width = _cut(line, start, end)
        yield f"{_in(_BLUE, str(number).rjust(margin))} {bar} {shown}"
        yield f"{' ' * margin} {bar} {' ' * before}{_in(colour, mark * width)}"


def _last_line(at: Location) -> int:
    """A long stretch is shown by its beginning."""
    return min(at.end_line, at.line + MOST_LINES - 1)


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The line as it is shown, how far in the stretch begins, and how wide it is, in columns.

    A long line is cut around the stretch.
    """
    first = 0 if end <= WIDEST else max(0, start - 10)
    shown = [visible(character) for character in line[first : first + WIDEST]]
    start, end, cut = start - first, end - first, first + WIDEST < len(line)
    while _width(shown) > WIDEST and len(shown) > 1:
        if start > 0:  # what is before the stretch goes first
            first, start, end = first + 1, start - 1, end - 1
            del shown[0]
        else:
            cut = True
            shown.pop()
    front, back = "…" if first else "", "…" if cut else ""
    before = len(front) + _width(shown[:start])
    width = _width(shown[start:end]) + (1 if cut and end > len(shown) else 0)
    return f"{front}{''.join(shown)}{back}", before, max(1, width)


def _width(shown: list[str]) -> int:
    """How many columns a terminal gives it: two to wide characters, none to accents on others."""
    return sum(len(s) if s.isascii() else sum(map(_columns, s)) for s in shown)


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _shown(case: Case, at: Location) -> str:
    here = case.root == "." or at.path == "."
    shown = str(at) if here else normpath(f"{case.root}/{at}")
    part = case.part(at)
    return visible(f"{shown} ({part})" if part else shown)


def _waived(report: Report) -> Iterator[str]:
    if report.waived:
        yield _in(_BOLD, f"{phrases.count(len(report.waived), 'finding')} waived:")
        for finding in report.waived:
            waiver = report.case.acceptance.waiver_of(finding)
            until, seen = phrases.day(waiver.until), report.case.acceptance.prints[waiver]
            by = f"(waiver {visible(waiver.id)}, until {until}, seen {seen})"
            yield f"  {visible(finding.id)} {by}"
        yield ""


def _exempted(report: Report) -> Iterator[str]:
    if report.exempted:
        number = phrases.count(len(report.exempted), "finding")
        yield _in(_BOLD, f"{number} answered by an exception from telling people:")
        for finding in report.exempted:
            yield f"  {visible(finding.id)} ({visible(report.exemption_of(finding))})"
        yield ""


def _known(report: Report) -> Iterator[str]:
    if report.known:
        yield _in(_BOLD, f"{phrases.count(len(report.known), 'finding')} known from the baseline:")
        yield from (f"  {visible(finding.id)}" for finding in report.known)
        yield ""


def _summary(report: Report) -> Iterator[str]:
    case = report.case
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    flows = phrases.count(len(case.coverage.flows), "flow")
    activities = phrases.count(len(case.register.activities), "activity", "activities")
    notices = phrases.count(len(case.coverage.voices.notices), "notice")
    day = phrases.day(case.settings.day)
    yield _in(_BOLD, f"{flows} of {activities}, held against {notices} in force on {day}:")
    for verdict in reversed(Verdict):
        if verdicts[verdict]:
            yield f"  {_in(_VERDICT[verdict], f'{verdicts[verdict]:>6} {verdict}')}"
    said = ", ".join(
        _in(_COLOUR[s], phrases.count(report.count(s), str(s)))
        for s in reversed(Severity)
        if report.count(s)
    )
    yield f"{said or 'no findings'} from {phrases.count(len(report.rules), 'rule')}"
    yield from (visible(line) for line in remarks(report))
    if report.undecided:
        yield _in(_RED, "Not everything could be checked, so this run proves nothing yet.")


def _in(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
