"""For people at a terminal: each finding with the line of the register and the sentence of the notice.

Colours are ANSI codes; the command line takes them out where they are not wanted.
"""

from collections import Counter
from collections.abc import Iterator

from ropa.case import Case, Report
from ropa.findings import Finding, Severity
from ropa.location import Location
from ropa.verdict import Verdict

WIDEST = 110
_RED, _YELLOW, _BLUE, _GREEN, _BOLD, _DIM = "31;1", "33;1", "34;1", "32;1", "1", "2"
_COLOUR = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}
_VERDICT = {
    Verdict.CONTRADICTED: _RED,
    Verdict.AMBIGUOUS: _RED,
    Verdict.OMITTED: _RED,
    Verdict.UNDECIDABLE: _RED,
    Verdict.PARTIAL: _YELLOW,
    Verdict.VAGUE: _YELLOW,
    Verdict.CLEAR: _GREEN,
}


def render(report: Report) -> str:
    lines = [line for finding in report.standing for line in (*_finding(report.case, finding), "")]
    return "\n".join([*lines, *_waived(report), *_summary(report)]) + "\n"


def _finding(case: Case, finding: Finding) -> Iterator[str]:
    problem, rule = finding.problem, finding.rule
    colour = _COLOUR[rule.severity]
    yield f"{_in(colour, f'{rule.severity}[{rule.id}]')}: {_in(_BOLD, problem.message)}"
    margin = len(str(max(at.line for at in (problem.at, *(at for at, _ in problem.related)))))
    yield from _snippet(case, problem.at, "-->", colour, "^", margin)
    for at, caption in problem.related:
        yield f"{' ' * margin} {_in(_BLUE, '=')} {caption}:"
        yield from _snippet(case, at, ":::", _BLUE, "~", margin)
    if problem.hint:
        yield f"{' ' * margin} {_in(_BLUE, '=')} {_in(_GREEN, 'help')}: {problem.hint}"
    yield f"{' ' * margin} {_in(_BLUE, '=')} {_in(_DIM, finding.id)}"


def _snippet(
    case: Case, at: Location, arrow: str, colour: str, mark: str, margin: int
) -> Iterator[str]:
    """The place, its line, and the stretch in question marked below it."""
    yield f"{' ' * margin}{_in(_BLUE, arrow)} {_shown(case, at)}"
    line = case.line(at)
    if not line.strip():
        return
    end = at.end_column - 1 if at.end_line == at.line else len(line.rstrip())
    line, start, end = _cut(line, at.column - 1, end)
    bar = _in(_BLUE, "|")
    yield f"{_in(_BLUE, str(at.line).rjust(margin))} {bar} {line}"
    yield f"{' ' * margin} {bar} {' ' * start}{_in(colour, mark * max(1, end - start))}"


def _cut(line: str, start: int, end: int) -> tuple[str, int, int]:
    """A long line is cut around the stretch in question. Tabs and invisible characters become spaces."""
    line = "".join(c if c.isprintable() else " " for c in line)
    end = min(end, len(line))
    if len(line) <= WIDEST:
        return line, start, end
    first = max(0, min(start - 10, len(line) - WIDEST))
    before, after = "…" if first else "", "…" if first + WIDEST < len(line) else ""
    shown = f"{before}{line[first : first + WIDEST]}{after}"
    start = start - first + len(before)
    return shown, start, max(start + 1, min(end - first + len(before), len(shown)))


def _shown(case: Case, at: Location) -> str:
    return str(at) if case.root == "." or at.path == "." else f"{case.root}/{at}"


def _waived(report: Report) -> Iterator[str]:
    waived = [finding for finding in report.findings if finding.waived_by]
    if waived:
        yield _in(_BOLD, f"{_count(len(waived), 'finding')} waived:")
        yield from (f"  {finding.id} (waiver {finding.waived_by})" for finding in waived)
        yield ""


def _summary(report: Report) -> Iterator[str]:
    case = report.case
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    flows, day = len(case.coverage.flows), case.settings.day
    notices = len(case.coverage.voices.notices)
    activities = _count(len(case.register.activities), "activity", "activities")
    on = f"{day.day} {day:%B %Y}"
    held = f"held against {_count(notices, 'notice')} in force on {on}"
    yield _in(_BOLD, f"{_count(flows, 'flow')} of {activities}, {held}:")
    for verdict in reversed(Verdict):
        if verdicts[verdict]:
            yield f"  {_in(_VERDICT[verdict], f'{verdicts[verdict]:>6} {verdict}')}"
    said = ", ".join(
        _in(_COLOUR[s], _count(report.count(s), str(s))) for s in reversed(Severity) if report.count(s)
    )
    yield f"{said} from {len(report.rules)} rules" if said else f"no findings from {len(report.rules)} rules"
    if report.undecided:
        yield _in(_RED, "Not everything could be checked, so this run proves nothing yet.")


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _in(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
