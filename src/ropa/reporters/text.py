"""For people at a terminal: what to do first, then what the findings come of; or each finding with its lines.

Colours are ANSI codes; the command line takes them out where they are not wanted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from posixpath import normpath
from textwrap import shorten, wrap
from unicodedata import combining, east_asian_width

from msgspec.structs import replace

from ropa.case import Case
from ropa.causes import Cause, Causes, causes
from ropa.findings import Finding, Severity
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.report import Report, remarks
from ropa.saying import phrases
from ropa.since import new_since_signed
from ropa.visible import inert, visible

WIDEST = 110
MOST_LINES = 4
WIDEST_TEXT = 100
SAID_IN = 72
"""How many columns the words of a cause have."""
LONGEST_DRAFT = 240
FEW = 5
"""So many findings are no wall: they are printed in full below what they come of."""
MOST_SHOWN = 10
MOST_CAUSES = 10
_RED, _YELLOW, _BLUE, _GREEN, _BOLD, _DIM = "31;1", "33;1", "34;1", "32;1", "1", "2"
_COLOUR = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}
_MARK = {Severity.ERROR: "✗", Severity.WARNING: "~", Severity.NOTE: "·", None: "?"}
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
    alone = len(report.standing) == 1
    shown = _in_full(report) if report.in_full or alone else _by_cause(report)
    accepted = [*_waived(report), *_exempted(report), *_known(report)]
    counted = _counted(report) if report.in_full else _counted_plainly(report)
    return inert("\n".join([*shown, *accepted, *counted, *_summary(report)]) + "\n")


def _in_full(report: Report) -> Iterator[str]:
    """Every finding, what could not be checked before the others."""
    for finding in sorted(report.standing, key=lambda f: not f.rule.undecided):
        yield from (*_finding(report.case, finding), "")


# -- by cause ------------------------------------------------------------------------------------------


def _by_cause(report: Report) -> Iterator[str]:
    """What could not be checked, the things to do first, and one line for each further cause."""
    found = causes(report)
    yield from _unchecked(report, found)
    yield from _first(report, found)
    yield from _then(found.then)
    if len(report.standing) <= FEW:
        yield from _in_full(report)
    elif report.standing:
        yield _in(_DIM, "Every finding with its lines: ropa check --all. One flow: ropa why FLOW.")
        yield ""


def _unchecked(report: Report, found: Causes) -> Iterator[str]:
    """Never cut short by what else was found."""
    if not found.unchecked:
        return
    number = sum(len(cause.findings) for cause in found.unchecked)
    yield _in(
        _RED, f"This proves nothing yet: {phrases.count(number, 'thing')} could not be checked"
    )
    yield ""
    for cause in found.unchecked:
        yield from _waiting(report, cause) if cause.flows else _unread(report, cause)
        yield ""


def _waiting(report: Report, cause: Cause) -> Iterator[str]:
    """Flows that wait for one thing."""
    yield from _beside(f"  {_MARK[None]}  ", cause.says, _how_far(cause), _RED, "")
    yield from _folded("     ", phrases.capital(cause.remedy.do))
    yield f"     {_in(_DIM, _where(report.case, cause))}"


def _unread(report: Report, cause: Cause) -> Iterator[str]:
    """Each thing that was not read, or not looked at."""
    for finding in cause.findings[:MOST_SHOWN]:
        yield from _folded(f"  {_MARK[None]}  ", phrases.capital(finding.problem.message), _RED)
        yield from _folded("     ", phrases.capital(finding.problem.hint))
        at = _shown(report.case, finding.problem.at)
        yield f"     {_in(_DIM, f'{at}  {_signed(finding)}')}"
    if (more := len(cause.findings) - MOST_SHOWN) > 0:
        yield f"     and {more} more of {cause.rules[0]}"


def _first(report: Report, found: Causes) -> Iterator[str]:
    if not found.first:
        return
    yield _in(_BOLD, phrases.to_do(len(found.first))) + _behind(found)
    yield ""
    for number, cause in enumerate(found.first, 1):
        head = f"  {number}  "
        yield from _beside(head, cause.says, _how_far(cause), _COLOUR[cause.severity])
        yield from (line for said in _remedy(cause) for line in _folded(" " * len(head), said))
        yield f"{' ' * len(head)}{_in(_DIM, _where(report.case, cause))}"
        yield ""


def _behind(found: Causes) -> str:
    if not found.behind:
        return ""
    return f" (behind {found.behind} of the {found.what_short})"


def _remedy(cause: Cause) -> Iterator[str]:
    remedy = cause.remedy
    if remedy.sentence:
        said = shorten(remedy.sentence.wording, LONGEST_DRAFT, placeholder=" …")
        yield f"{phrases.capital(remedy.do)}: “{said}”"
        if remedy.sentence.caution:
            yield f"Take care: {remedy.sentence.caution}"
    elif remedy.do:
        yield phrases.capital(remedy.do)
    if remedy.command:
        yield remedy.command


def _where(case: Case, cause: Cause) -> str:
    """The first place, and the rules that found it."""
    more = len(cause.findings) - 1
    also = f" and {phrases.count(more, 'more place')}" if more else ""
    rules = dict.fromkeys(_signed(finding) for finding in cause.findings)
    return f"{_shown(case, cause.findings[0].problem.at)}{also}  {', '.join(rules)}"


def _signed(finding: Finding) -> str:
    return f"{finding.rule.severity}[{finding.rule.id}]"


def _how_far(cause: Cause) -> str:
    groups = (
        f", {phrases.count(len(cause.groups), 'group')}" if cause.flows and cause.groups else ""
    )
    return f"{cause.extent}{groups}"


def _then(rest: Sequence[Cause]) -> Iterator[str]:
    """The other causes, a line each, the first of them."""
    if not rest:
        return
    yield _in(_BOLD, "Then, by cause")
    shown = rest if len(rest) <= MOST_CAUSES + 1 else rest[:MOST_CAUSES]
    for cause in shown:
        head = f"  {_MARK[cause.severity]}  "
        yield from _beside(head, cause.says, _how_far(cause), _COLOUR[cause.severity], "")
    more = rest[len(shown) :]
    if more:
        counted = Counter(cause.severity for cause in more)
        listed = (phrases.count(counted[s], str(s)) for s in reversed(Severity) if counted[s])
        yield f"     and {phrases.count(len(more), 'more cause')}: {', '.join(listed)}"
    yield ""


def _beside(head: str, said: str, beside: str, colour: str, weight: str = _BOLD) -> Iterator[str]:
    """A line with something in a column of its own beside it; what is long goes on below."""
    first, *others = wrap(visible(said), SAID_IN, break_on_hyphens=False) or [""]
    mark = _in(colour, head)
    gap = " " * (SAID_IN - _width(list(first)))
    yield f"{mark}{_in(weight, first)}{gap}  {beside}".rstrip()
    yield from (f"{' ' * len(head)}{_in(weight, line)}" for line in others)


def _folded(head: str, said: str, colour: str = "") -> Iterator[str]:
    """Words below each other, the first line behind a head."""
    lines = wrap(visible(said), WIDEST_TEXT - len(head), break_on_hyphens=False)
    for number, line in enumerate(lines):
        before = " " * len(head) if number else (_in(colour, head) if colour else head)
        yield f"{before}{line}"


# -- finding by finding --------------------------------------------------------------------------------


def _finding(case: Case, finding: Finding) -> Iterator[str]:
    problem, rule = finding.problem, finding.rule
    colour = _COLOUR[rule.severity]
    yield f"{_in(colour, _signed(finding))}: {_in(_BOLD, visible(problem.message))}"
    places = [problem.at, *(at for at, _ in problem.related)]
    margin = len(str(max(_last_line(at) for at in places)))
    yield from _snippet(case, problem.at, ("-->", colour, "^"), margin)
    note = f"{' ' * margin} {_in(_BLUE, '=')}"
    for caption, group in groupby(problem.related, key=lambda related: related[1]):
        yield f"{note} {visible(caption)}:"
        for at, _ in group:
            yield from _snippet(case, at, (":::", _BLUE, "~"), margin)
    if rule.undecided:
        yield f"{note} {_in(_RED, 'not checked')}: nothing is proved until this is mended"
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


def _counted(report: Report) -> Iterator[str]:
    yield _held(report)
    verdicts = Counter(told.verdict for told in report.case.coverage.flows)
    for verdict in reversed(Verdict):
        if verdicts[verdict]:
            yield f"  {_in(_VERDICT[verdict], f'{verdicts[verdict]:>6} {verdict}')}"


def _counted_plainly(report: Report) -> Iterator[str]:
    yield _held(report)
    verdicts = Counter(told.verdict for told in report.case.coverage.flows)
    said = (
        _in(_VERDICT[verdict], f"{verdicts[verdict]} {verdict.plainly}")
        for verdict in reversed(Verdict)
        if verdicts[verdict]
    )
    if verdicts:
        yield f"  {', '.join(said)}"


def _held(report: Report) -> str:
    case = report.case
    flows = phrases.count(len(case.coverage.flows), "flow")
    activities = phrases.count(len(case.register.activities), "activity", "activities")
    notices = phrases.count(len(case.coverage.voices.notices), "notice")
    day = phrases.day(case.settings.day)
    return _in(_BOLD, f"{flows} of {activities}, held against {notices} in force on {day}:")


def _summary(report: Report) -> Iterator[str]:
    said = ", ".join(
        _in(_COLOUR[s], phrases.count(report.count(s), str(s)))
        for s in reversed(Severity)
        if report.count(s)
    )
    yield f"{said or 'no findings'} from {phrases.count(len(report.rules), 'rule')}"
    yield from (visible(str(since)) for since in new_since_signed(report))
    yield from (visible(line) for line in remarks(report))
    if report.undecided:
        yield _in(_RED, "Not everything could be checked, so this run proves nothing yet.")


def _in(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text
