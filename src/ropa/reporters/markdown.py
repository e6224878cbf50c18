"""For a meeting: what people are not told, the worst first, and the sentences that would mend it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby

from ropa import phrases
from ropa.case import Case, Report, place
from ropa.coverage import Judgement, Told
from ropa.findings import Finding, Severity
from ropa.location import Location
from ropa.model import Statement
from ropa.repair import Repair, Sentence, repair
from ropa.verdict import Verdict
from ropa.visible import in_markdown as _safe
from ropa.vocabulary import Facet

MOST_QUOTED = 4
_MEANING = {
    Verdict.CONTRADICTED: "the notices say something else, or promise the opposite",
    Verdict.AMBIGUOUS: "the notices say both that it happens and that it does not",
    Verdict.OMITTED: "no notice says it",
    Verdict.UNDECIDABLE: "it cannot be judged: a text, a word or an entry in the register is missing",
    Verdict.PARTIAL: "the notices say some of it, or tell some of the people",
    Verdict.VAGUE: "the notices say it in words too wide to tell anybody anything",
    Verdict.CLEAR: "people are told",
}


def render(report: Report) -> str:
    case, mended = report.case, repair(report.case.coverage)
    lines = [
        *_head(report),
        *_at_a_glance(case),
        *_gaps(report, mended),
        *_sentences(case, mended),
        *_needed(mended),
        *_beyond_flows(report),
        *_waived(report),
        *_known(report),
        *_footer(report),
    ]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    case = report.case
    flows = case.coverage.flows
    clear = sum(told.verdict is Verdict.CLEAR for told in flows)
    yield f"# Gap report: {_safe(case.register.name)}"
    yield ""
    day = phrases.day(case.settings.day)
    yield f"Every flow of personal data in the register, held against the notices in force on {day}:"
    yield ""
    notices = case.coverage.voices.notices
    yield from (f"- {_safe(notice.name)}" for notice in notices)
    yield from () if notices else ("- none",)
    yield ""
    if report.undecided:
        yield "**Not everything could be checked, so this report proves nothing yet.**"
        yield "What could not be checked is among the findings marked “not decided”."
        yield ""
    if clear < len(flows):
        yield f"**Not told as they should be: {len(flows) - clear} of {_count(len(flows), 'flow')}.**"
    elif flows and not report.undecided and not report.count(Severity.ERROR):
        yield f"**{_all(len(flows))} told.**"
    else:
        yield f"{_all(len(flows))} told." if flows else "**The register has no flows.**"
    yield ""


def _all(flows: int) -> str:
    return "The one flow is" if flows == 1 else f"All {flows} flows are"


def _at_a_glance(case: Case) -> Iterator[str]:
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    if not verdicts:
        return
    yield "## At a glance"
    yield ""
    yield "| Verdict | Flows | What it means |"
    yield "|---|---:|---|"
    for verdict in Verdict:
        if verdicts[verdict]:
            yield f"| {verdict} | {verdicts[verdict]} | {_MEANING[verdict]} |"
    yield ""
    yield "A flow has the worst verdict of its parts: the people, the data, the recipient, the purpose and so on."
    yield ""
    yield "| Group of people | Flows about them | Told | Not told as they should be |"
    yield "|---|---:|---:|---:|"
    for group, told in _by_group(case):
        clear = sum(t.verdict is Verdict.CLEAR for t in told)
        yield f"| {_safe(group)} | {len(told)} | {clear} | {len(told) - clear} |"
    yield ""


def _by_group(case: Case) -> Iterator[tuple[str, list[Told]]]:
    groups: dict[str, list[Told]] = {}
    for told in case.coverage.flows:
        for word in told.flow.words(Facet.SUBJECT):
            groups.setdefault(word, []).append(told)
    for word, flows in sorted(groups.items(), key=lambda g: -len(g[1])):
        yield case.register.vocabulary[Facet.SUBJECT].label(word), flows


def _gaps(report: Report, mended: Repair) -> Iterator[str]:
    """The flows with findings, the worst first; each with what is said now and what would mend it."""
    case = report.case
    by_flow: dict[str, list[Finding]] = {}
    for finding in report.standing:
        if finding.problem.where in case.coverage.by_id:
            by_flow.setdefault(finding.problem.where, []).append(finding)
    found = sorted((case.coverage.by_id[flow] for flow in by_flow), key=lambda told: told.verdict)
    if not found:
        return
    yield "## Gap by gap, the worst first"
    yield ""
    yield "The same gap in several flows of one activity is told once, with the first of them."
    yield ""
    numbers = count(1)
    for verdict, flows in groupby(found, key=lambda told: told.verdict):
        yield f"### {_capital(str(verdict))}: {_MEANING[verdict]}"
        yield ""
        for told in flows:
            findings = sorted(by_flow[told.flow.id], key=lambda f: _worst_first(told, f))
            yield from _flow(case, next(numbers), told, findings, mended)


def _worst_first(told: Told, finding: Finding) -> tuple[int, int]:
    judgement = _judged(told, finding)
    return judgement.verdict if judgement else Verdict.CLEAR, -finding.rule.severity


def _flow(
    case: Case, number: int, told: Told, findings: list[Finding], mended: Repair
) -> Iterator[str]:
    activity = case.register.activities[told.flow.activity]
    yield f"#### {number}. {_safe(activity.name)}"
    yield ""
    yield f"{_safe(phrases.step(case.register, told.flow))}."
    yield ""
    for finding in findings:
        yield from _gap(case, told, finding, mended)


def _gap(case: Case, told: Told, finding: Finding, mended: Repair) -> Iterator[str]:
    problem, judgement = finding.problem, _judged(told, finding)
    yield f"- **{_safe(_capital(problem.message))}.** ({_signed(finding)})"
    if judgement:
        yield from _said_now(case, judgement)
    drafts = tuple(_drafted(case, told, judgement, mended)) if judgement else ()
    wrong = judgement is not None and judgement.verdict is Verdict.CONTRADICTED
    if problem.hint and (wrong or not drafts):
        yield f"  - To mend it: {_safe(problem.hint)}."
    yield from drafts
    yield f"  - In the register: {_at(problem.at)}"
    yield ""


def _judged(told: Told, finding: Finding) -> Judgement | None:
    return next((j for j in told.judgements if str(j.facet) == finding.problem.facet), None)


def _said_now(case: Case, judgement: Judgement) -> Iterator[str]:
    cited = tuple(dict.fromkeys((*judgement.against, *judgement.told_by)))
    if judgement.facet is Facet.SUBJECT:
        return
    if not cited:
        yield "  - The notices say nothing of it now."
    elif len(cited) == 1:
        yield f"  - The notice says now: {_quoted(case, cited[0])}"
    else:
        yield "  - The notices say now:"
        yield from (f"    - {_quoted(case, statement)}" for statement in cited[:MOST_QUOTED])
    if len(cited) > MOST_QUOTED:
        yield f"    - and {_count(len(cited) - MOST_QUOTED, 'more statement')}"


def _quoted(case: Case, statement: Statement) -> str:
    notice = case.register.notices[statement.notice]
    return f"“{_safe(statement.quote)}” ({_safe(notice.name)}, {_in_notice(case, statement)})"


def _drafted(case: Case, told: Told, judgement: Judgement, mended: Repair) -> Iterator[str]:
    """The sentence that would close this gap alone, and the longer one that closes others with it."""
    alone = replace(case.coverage, flows=(Told(told.flow, (judgement,), judgement.verdict),))
    numbers = [mended.sentences.index(s) + 1 for s in mended.of(told.flow.id, judgement.facet)]
    below = f"sentence {phrases.several(map(str, numbers))} below"
    right = ", if the register is right" if judgement.verdict is Verdict.CONTRADICTED else ""
    for draft in repair(alone).sentences:
        where = f"“{_safe(draft.notice.name)}”{right}"
        yield f"  - Draft for {where}: “{_safe(draft.wording)}” ({below})"


def _sentences(case: Case, mended: Repair) -> Iterator[str]:
    if not mended.sentences:
        return
    notices = {sentence.notice.id for sentence in mended.sentences}
    closed = {pair for sentence in mended.sentences for pair in sentence.closes}
    yield "## The fewest sentences that close the gaps"
    yield ""
    sentences = _count(len(mended.sentences), "sentence")
    yield f"{sentences} in {_count(len(notices), 'notice')} would close {_count(len(closed), 'gap')}, each flow"
    yield "counted by itself. These are drafts: put them into the notice's own voice, check that they are true, and"
    yield "tie each to its statement."
    yield ""
    for number, sentence in enumerate(mended.sentences, 1):
        yield from _sentence(case, number, sentence)


def _sentence(case: Case, number: int, sentence: Sentence) -> Iterator[str]:
    groups = phrases.names(case.register, Facet.SUBJECT, sentence.groups)
    flows = _count(len(sentence.flows), "flow")
    within = " " * len(f"{number}. ")
    yield f"{number}. In “{_safe(sentence.notice.name)}”, for {flows} about {_safe(groups)}:"
    yield ""
    yield f"{within}> {_safe(sentence.wording)}"
    yield ""
    yield f"{within}```yaml"
    first, *rest = sentence.statement.split("\n")
    yield f"{within}- quote: …"
    yield from (f"{within}  {_yaml(line)}" for line in (first, *rest))
    yield f"{within}```"
    yield ""


def _needed(mended: Repair) -> Iterator[str]:
    """What the gaps that no sentence closes need, what most of them need first."""
    flows: dict[str, dict[str, None]] = {}
    for gap in mended.beyond:
        flows.setdefault(gap.needs, {})[gap.flow.id] = None
    if not flows:
        return
    yield "## What no sentence can mend"
    yield ""
    for needs, ids in sorted(flows.items(), key=lambda need: -len(need[1])):
        listed = ", ".join(_safe(id_) for id_ in ids)
        yield f"- {_safe(_capital(needs))}: {_count(len(ids), 'flow')} ({listed})"
    yield ""


def _beyond_flows(report: Report) -> Iterator[str]:
    others = [f for f in report.standing if f.problem.where not in report.case.coverage.by_id]
    if not others:
        return
    yield "## Other findings"
    yield ""
    yield "| | Finding | To mend it | Place |"
    yield "|---|---|---|---|"
    for finding in sorted(others, key=lambda f: -f.rule.severity):
        problem = finding.problem
        said = f"{_safe(_capital(problem.message))} ({_signed(finding)})"
        hint = _safe(_capital(problem.hint))
        yield f"| {finding.rule.severity} | {said} | {hint} | {_at(problem.at)} |"
    yield ""


def _waived(report: Report) -> Iterator[str]:
    if not report.waived:
        return
    yield "## Accepted for now"
    yield ""
    for finding in report.waived:
        waiver = report.case.acceptance.waiver_of(finding)
        ticket = f", {_safe(waiver.ticket)}" if waiver.ticket else ""
        yield f"- {_safe(_capital(finding.problem.message))} ({_safe(finding.id)})"
        yield f"  - Until {phrases.day(waiver.until)}: {_safe(waiver.reason)} ({_safe(waiver.owner)}{ticket})"
    yield ""


def _known(report: Report) -> Iterator[str]:
    if not report.known:
        return
    yield "## Known before"
    yield ""
    yield "The baseline lists these, so that only what is new counts. They are still to be mended."
    yield ""
    for finding in report.known:
        yield f"- {_safe(_capital(finding.problem.message))} ({_safe(finding.id)})"
    yield ""


def _footer(report: Report) -> Iterator[str]:
    settings = report.case.settings
    yield "## How this was judged"
    yield ""
    linked = phrases.several(sorted(settings.linked)) or "none"
    yield f"- Clashes with promises: mode {settings.mode}. Facets to be told together: {linked}. A notice's word may"
    yield f"  be {_count(settings.max_hops, 'step')} above the register's."
    for line in phrases.chosen(report.chosen, settings.read_from):
        yield f"- {_safe(_capital(line))}."
    yield "- A sentence counts only if a statement quotes it and the quote stands in the published text."
    yield "- `ropa why FLOW` prints how each verdict came about; `ropa explain RULE` prints the law behind a finding."


def _signed(finding: Finding) -> str:
    return f"`{finding.rule.id}`, not decided" if finding.rule.undecided else f"`{finding.rule.id}`"


def _in_notice(case: Case, statement: Statement) -> str:
    at = place(statement)
    part = case.part(at)
    return f"{_at(at)}, {part}" if part else _at(at)


def _at(location: Location) -> str:
    return _safe(str(location))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _yaml(line: str) -> str:
    """A line of YAML as it is; what cannot be seen is written as YAML writes it inside quotes."""
    return "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in line)
