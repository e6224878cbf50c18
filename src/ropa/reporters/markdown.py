"""For a meeting: what people are not told, gap by gap, and the sentences that would mend it."""

import re
from collections import Counter
from collections.abc import Iterator

from ropa import phrases
from ropa.case import Case, Report, place
from ropa.coverage import Told
from ropa.findings import Finding, Severity
from ropa.model import Statement
from ropa.repair import Repair, Sentence, repair
from ropa.verdict import Verdict
from ropa.vocabulary import Facet

_MEANING = {
    Verdict.CONTRADICTED: "the notice says something else, or promises the opposite",
    Verdict.AMBIGUOUS: "the notice says both that it happens and that it does not",
    Verdict.OMITTED: "the notice does not say it at all",
    Verdict.UNDECIDABLE: "it cannot be judged: a text, a word or an entry in the register is missing",
    Verdict.PARTIAL: "the notice says some of it",
    Verdict.VAGUE: "the notice says it in words too wide to tell anybody anything",
    Verdict.CLEAR: "people are told",
}


def render(report: Report) -> str:
    case, mended = report.case, repair(report.case.coverage)
    lines = [
        *_head(report),
        *_at_a_glance(case),
        *_sentences(case, mended),
        *_gaps(report, mended),
        *_beyond_flows(report),
        *_waived(report),
        *_footer(case),
    ]
    return "\n".join(lines) + "\n"


def _head(report: Report) -> Iterator[str]:
    case = report.case
    flows = case.coverage.flows
    clear = sum(told.verdict is Verdict.CLEAR for told in flows)
    day = case.settings.day
    yield f"# Gap report: {_safe(case.register.name)}"
    yield ""
    notices = phrases.several(f"“{_safe(n.name)}”" for n in case.coverage.voices.notices) or "no notice"
    yield f"Every flow of personal data in the register, held against {notices}, as in force on"
    yield f"{day.day} {day:%B %Y}."
    yield ""
    if report.undecided:
        yield "**Not everything could be checked, so this report proves nothing yet.** See “Other findings”."
    elif clear == len(flows) and not report.count(Severity.ERROR):
        yield f"**All {len(flows)} flows are told.** Nothing here stands in the way of publishing."
    else:
        yield f"**{len(flows) - clear} of {len(flows)} flows are not told as they should be.**"
    yield ""


def _at_a_glance(case: Case) -> Iterator[str]:
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    yield "## At a glance"
    yield ""
    yield "| Verdict | Flows | What it means |"
    yield "|---|---:|---|"
    for verdict in Verdict:
        if verdicts[verdict]:
            yield f"| {verdict} | {verdicts[verdict]} | {_MEANING[verdict]} |"
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


def _sentences(case: Case, mended: Repair) -> Iterator[str]:
    if not mended.sentences:
        return
    notices = {sentence.notice.id for sentence in mended.sentences}
    closed = {pair for sentence in mended.sentences for pair in sentence.closes}
    yield "## The fewest sentences that close the gaps"
    yield ""
    count = _count(len(mended.sentences), "sentence")
    yield f"{count} in {_count(len(notices), 'notice')} would close {_count(len(closed), 'gap')}. They are drafts: put"
    yield "them into the notice's own voice, check that they are true, and tie each to its statement."
    yield ""
    for number, sentence in enumerate(mended.sentences, 1):
        yield from _sentence(case, number, sentence)


def _sentence(case: Case, number: int, sentence: Sentence) -> Iterator[str]:
    groups = phrases.names(case.register, Facet.SUBJECT, sentence.groups)
    flows = _count(len(sentence.flows), "flow")
    yield f"{number}. In “{_safe(sentence.notice.name)}”, for {flows} about {_safe(groups)}:"
    yield ""
    yield f"   > {_safe(sentence.wording)}"
    yield ""
    yield "   ```yaml"
    first, *rest = sentence.statement.split("\n")
    yield "   - quote: …"
    yield f"     {first}"
    yield from (f"     {line}" for line in rest)
    yield "   ```"
    yield ""


def _gaps(report: Report, mended: Repair) -> Iterator[str]:
    """The findings about flows, by activity; each flow with what is said now and what would mend it."""
    case = report.case
    by_flow: dict[str, list[Finding]] = {}
    for finding in report.standing:
        if finding.problem.where in case.coverage.by_id:
            by_flow.setdefault(finding.problem.where, []).append(finding)
    if not by_flow:
        return
    yield "## Gap by gap"
    yield ""
    last = ""
    for told in case.coverage.flows:
        findings = by_flow.get(told.flow.id)
        if not findings:
            continue
        if told.flow.activity != last:
            last = told.flow.activity
            yield f"### {_safe(case.register.activities[last].name)}"
            yield ""
        yield f"**{_safe(phrases.step(case.register, told.flow))}** ({told.verdict})"
        yield ""
        for finding in findings:
            yield from _gap(case, told, finding, mended)


def _gap(case: Case, told: Told, finding: Finding, mended: Repair) -> Iterator[str]:
    problem = finding.problem
    yield f"- **{_safe(_sentence_case(problem.message))}.** `{finding.rule.id}`"
    judgement = next((j for j in told.judgements if str(j.facet) == problem.facet), None)
    if judgement:
        cited = tuple(dict.fromkeys((*judgement.against, *judgement.told_by)))
        if cited:
            yield "  - The notice says now: " + "; ".join(_quoted(case, s) for s in cited[:4])
        else:
            yield "  - The notice says nothing of it now."
        drafts = mended.of(told.flow.id, judgement.facet)
        if drafts:
            numbers = (str(mended.sentences.index(draft) + 1) for draft in drafts)
            yield f"  - Draft: sentence {phrases.several(numbers)} above: {_safe(drafts[0].wording)}"
        elif problem.hint:
            yield f"  - To mend it: {_safe(problem.hint)}."
    elif problem.hint:
        yield f"  - To mend it: {_safe(problem.hint)}."
    yield f"  - In the register: {problem.at}"
    yield ""


def _quoted(case: Case, statement: Statement) -> str:
    notice = case.register.notices[statement.notice]
    return f"“{_safe(statement.quote)}” ({_safe(notice.name)}, {place(statement)})"


def _beyond_flows(report: Report) -> Iterator[str]:
    others = [f for f in report.standing if f.problem.where not in report.case.coverage.by_id]
    if not others:
        return
    yield "## Other findings"
    yield ""
    yield "| | Finding | To mend it | Place |"
    yield "|---|---|---|---|"
    for finding in others:
        problem = finding.problem
        said = f"{_safe(_sentence_case(problem.message))} (`{finding.rule.id}`)"
        yield f"| {finding.rule.severity} | {said} | {_safe(problem.hint)} | {problem.at} |"
    yield ""


def _waived(report: Report) -> Iterator[str]:
    waived = [finding for finding in report.findings if finding.waived_by]
    if not waived:
        return
    yield "## Accepted for now"
    yield ""
    for finding in waived:
        waiver = report.case.register.waivers[finding.waived_by]
        ticket = f", {_safe(waiver.ticket)}" if waiver.ticket else ""
        yield f"- {_safe(_sentence_case(finding.problem.message))} (`{finding.id}`)"
        yield f"  - {_safe(waiver.reason)}; {_safe(waiver.owner)}, until {waiver.until.isoformat()}{ticket}"
    yield ""


def _footer(case: Case) -> Iterator[str]:
    settings = case.settings
    yield "## How this was judged"
    yield ""
    linked = phrases.several(sorted(settings.linked)) or "none"
    yield f"- Clashes with promises: mode {settings.mode}. Facets to be told together: {linked}. A notice's word may"
    yield f"  be {_count(settings.max_hops, 'step')} above the register's."
    yield "- A sentence counts only if a statement quotes it and the quote stands in the published text."
    yield "- `ropa why FLOW` prints how each verdict came about; `ropa explain RULE` prints the law behind a finding."


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _safe(text: str) -> str:
    """Text of the register or a notice as plain text in Markdown: it can neither mark up nor break a row."""
    flat = " ".join(part for part in re.split(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", text) if part)
    return re.sub(r"([\\`*_\[\]<>|#~&!])", r"\\\1", flat)


