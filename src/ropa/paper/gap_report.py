"""The gap report as a manuscript: what to do first, the sentences that would mend most, and then gap by gap."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, groupby

from msgspec.structs import replace

from ropa.case import Case
from ropa.causes import Cause, causes
from ropa.drafting.mending import DraftSentence, Repair, repair
from ropa.findings import Finding, Severity
from ropa.judging.coverage import Judgement, Told
from ropa.judging.gaps import place
from ropa.judging.untied import UntiedSentence
from ropa.judging.verdict import UNDECIDED, Verdict
from ropa.paper.manuscript import (
    Block,
    Bullets,
    Code,
    DraftWording,
    Line,
    Manuscript,
    PaperColumn,
    PaperHeading,
    PaperItem,
    PaperTable,
    Paragraph,
    Strong,
    paragraph,
)
from ropa.register.model import Statement
from ropa.register.vocabulary import Facet
from ropa.report import Report, remarks
from ropa.saying import phrases

MOST_QUOTED = 4
_MEANING = {
    Verdict.CONTRADICTED: "the notices say something else, or promise the opposite",
    Verdict.AMBIGUOUS: "the notices say both that it happens and that it does not",
    Verdict.OMITTED: "no statement says it",
    Verdict.UNTIED: "a sentence of a notice may say it, and nobody has tied it to the register",
    Verdict.UNDECIDABLE: "it cannot be judged: a text, a word or an entry in the register is missing",
    Verdict.PARTIAL: "the notices say some of it, or tell some of the people",
    Verdict.VAGUE: "the notices say it in words too wide to tell anybody anything",
    Verdict.CLEAR: "people are told",
}
_DRAFTS = (
    "counted by itself. These are drafts: put them into the notice's own voice, check that they are true, and",
    "tie each to its statement.",
)
_MORE: Line = (
    Code("ropa why FLOW"),
    " prints how each verdict came about; ",
    Code("ropa explain RULE"),
    " prints the law behind a finding.",
)


def gap_report(report: Report) -> Manuscript:
    """The report for a meeting."""
    case, mended = report.case, repair(report.case.coverage)
    blocks = (
        *_head(report),
        *_to_do(report),
        *_sentences(case, mended),
        *_needed(case, mended),
        *_at_a_glance(case),
        *_gaps(report, mended),
        *_not_tied(case),
        *_beyond_flows(report),
        *_waived(report),
        *_exempted(report),
        *_known(report),
        *_footer(report),
    )
    return Manuscript(f"Gap report: {case.register.name}", blocks)


def _head(report: Report) -> Iterator[Block]:
    case = report.case
    flows = case.coverage.flows
    clear = sum(told.verdict is Verdict.CLEAR for told in flows)
    day = phrases.day(case.settings.day)
    yield paragraph(
        f"Every flow of personal data in the register, held against the notices in force on {day}:"
    )
    notices = [notice.name for notice in case.coverage.voices.notices]
    yield Bullets(tuple(PaperItem(((name,),)) for name in notices or ["none"]))
    if report.undecided:
        unproven = "Not everything could be checked, so this report proves nothing yet."
        where = "What could not be checked comes first below; among the findings it is marked “not decided”."
        yield Paragraph(((Strong(unproven),), (where,)))
    if clear < len(flows):
        yield Paragraph(((Strong(_short(case)),),))
    elif flows and not report.undecided and not report.count(Severity.ERROR):
        yield Paragraph(((Strong(f"{_all(len(flows))} told."),),))
    elif flows:
        yield paragraph(f"{_all(len(flows))} told.")
    else:
        yield Paragraph(((Strong("The register has no flows."),),))


def _short(case: Case) -> str:
    """How many flows are not told as they should be; those of which nobody can say it are counted apart."""
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    flows = phrases.count(verdicts.total(), "flow")
    undecided = sum(verdicts[one] for one in UNDECIDED)
    untold = verdicts.total() - verdicts[Verdict.CLEAR] - undecided
    counts = {"not told as they should be": untold, "not decided": undecided}
    said = [f"{what}: {number} of {flows}" for what, number in counts.items() if number]
    return phrases.sentence(phrases.capital("; ".join(said)))


def _to_do(report: Report) -> Iterator[Block]:
    """What could not be checked, the things to do first, and what else the findings come of."""
    found = causes(report)
    if found.unchecked:
        yield PaperHeading(2, ("What could not be checked",))
        yield Bullets(tuple(_unchecked(f) for cause in found.unchecked for f in cause.findings))
    if found.first:
        yield PaperHeading(2, (phrases.to_do(len(found.first)),))
        if found.behind:
            yield paragraph(f"Behind {found.behind} of the {found.what_short}.")
        yield Bullets(tuple(_thing(n, cause) for n, cause in enumerate(found.first, 1)))
    if found.then:
        yield PaperHeading(2, ("Then, by cause",))
        yield Bullets(tuple(map(_further, found.then)))


def _unchecked(finding: Finding) -> PaperItem:
    problem = finding.problem
    said = phrases.sentence(phrases.capital(problem.message))
    below = [_point(phrases.sentence(f"To mend it: {problem.hint}"))] if problem.hint else []
    return PaperItem(
        ((Strong(said), " (", *_signed(finding), ")"),),
        (*below, _point(f"In the register: {problem.at}")),
    )


def _thing(number: int, cause: Cause) -> PaperItem:
    remedy, below = cause.remedy, []
    if remedy.sentence:
        below.append(_point(f"{phrases.capital(remedy.do)}: “{remedy.sentence.wording}”"))
        below += _caution(remedy.sentence)
    elif remedy.do:
        below.append(_point(phrases.sentence(phrases.capital(remedy.do))))
    if remedy.command:
        below.append(PaperItem(((Code(remedy.command),),)))
    said = phrases.sentence(f"{number}. {cause.says}")
    return PaperItem(((Strong(said), f" {phrases.capital(_how_far(cause))}."),), tuple(below))


def _further(cause: Cause) -> PaperItem:
    said = phrases.sentence(cause.says)
    return _point(f"{said} {phrases.capital(_how_far(cause))} ({cause.severity}).")


def _how_far(cause: Cause) -> str:
    """`17 flows, about care leavers`."""
    groups = [phrases.inside(label) for label in cause.groups]
    shown = (
        groups if len(groups) <= MOST_QUOTED else [*groups[:3], f"{len(groups) - 3} more groups"]
    )
    return (
        f"{cause.extent}, about {phrases.several(shown)}" if cause.flows and shown else cause.extent
    )


def _all(flows: int) -> str:
    return "The one flow is" if flows == 1 else f"All {flows} flows are"


def _at_a_glance(case: Case) -> Iterator[Block]:
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    if not verdicts:
        return
    yield PaperHeading(2, ("At a glance",))
    yield PaperTable(
        (
            PaperColumn("How it is told"),
            PaperColumn("Flows", numbers=True),
            PaperColumn("What it means"),
        ),
        tuple(
            _row(phrases.capital(v.plainly), verdicts[v], _MEANING[v])
            for v in Verdict
            if verdicts[v]
        ),
    )
    yield paragraph(
        "A flow has the worst verdict of its parts: the people, the data, the recipient, the purpose and so on."
    )
    undecided = any(told.verdict in UNDECIDED for told in case.coverage.flows)
    short = "Not told as they should be" + (", or not decided" if undecided else "")
    numbers = ("Flows about them", "Told", short)
    yield PaperTable(
        (
            PaperColumn("Group of people"),
            *(PaperColumn(heading, numbers=True) for heading in numbers),
        ),
        tuple(_row(*counted) for counted in _by_group(case)),
    )


def _row(*cells: object) -> tuple[tuple[Line, ...], ...]:
    return tuple(((str(cell),),) for cell in cells)


def _by_group(case: Case) -> Iterator[tuple[str, int, int, int]]:
    groups: dict[str, list[Told]] = {}
    for told in case.coverage.flows:
        for word in told.flow.words(Facet.SUBJECT):
            groups.setdefault(word, []).append(told)
    for word, flows in sorted(groups.items(), key=lambda g: -len(g[1])):
        told_to = case.coverage.told_to
        clear = sum(told_to(told, (word,)).verdict is Verdict.CLEAR for told in flows)
        label = case.register.vocabulary[Facet.SUBJECT].label(word)
        yield label, len(flows), clear, len(flows) - clear


def _gaps(report: Report, mended: Repair) -> Iterator[Block]:
    """The flows with findings, the worst first; each with what is said now and what would mend it."""
    case = report.case
    by_flow: dict[str, list[Finding]] = {}
    for finding in report.standing:
        if finding.problem.where in case.coverage.by_id:
            by_flow.setdefault(finding.problem.where, []).append(finding)
    found = sorted((case.coverage.by_id[flow] for flow in by_flow), key=lambda told: told.verdict)
    if not found:
        return
    yield PaperHeading(2, ("Gap by gap, the worst first",))
    yield paragraph(
        "The same gap in several flows of one activity is told once, with the first of them."
    )
    numbers = count(1)
    for verdict, flows in groupby(found, key=lambda told: told.verdict):
        yield PaperHeading(3, (f"{phrases.capital(verdict.plainly)}: {_MEANING[verdict]}",))
        for told in flows:
            findings = sorted(by_flow[told.flow.id], key=lambda f: _worst_first(told, f))
            yield from _flow(case, next(numbers), told, findings, mended)


def _worst_first(told: Told, finding: Finding) -> tuple[int, int]:
    judgement = _judged(told, finding)
    return judgement.verdict if judgement else Verdict.CLEAR, -finding.rule.severity


def _flow(
    case: Case, number: int, told: Told, findings: list[Finding], mended: Repair
) -> Iterator[Block]:
    activity = case.register.activities[told.flow.activity]
    yield PaperHeading(4, (f"{number}. {activity.name}",))
    yield paragraph(phrases.sentence(phrases.step(case.register, told.flow)))
    for finding in findings:
        yield Bullets((_gap(case, told, finding, mended),))


def _gap(case: Case, told: Told, finding: Finding, mended: Repair) -> PaperItem:
    problem, judgement = finding.problem, _judged(told, finding)
    said = (
        Strong(phrases.sentence(phrases.capital(problem.message))),
        " (",
        *_signed(finding),
        ")",
    )
    below = [*_said_now(case, judgement)] if judgement else []
    below += [*_may_be_said(judgement)] if judgement else []
    drafts = tuple(_drafted(case, told, judgement, mended)) if judgement else ()
    wrong = judgement is not None and judgement.verdict is Verdict.CONTRADICTED
    if problem.hint and (wrong or not drafts):
        below.append(_point(phrases.sentence(f"To mend it: {problem.hint}")))
    return PaperItem((said,), (*below, *drafts, _point(f"In the register: {problem.at}")))


def _point(text: str) -> PaperItem:
    return PaperItem(((text,),))


def _judged(told: Told, finding: Finding) -> Judgement | None:
    return next((j for j in told.judgements if str(j.facet) == finding.problem.facet), None)


def _said_now(case: Case, judgement: Judgement) -> Iterator[PaperItem]:
    cited = tuple(dict.fromkeys((*judgement.against, *judgement.told_by)))
    if judgement.facet is Facet.SUBJECT:
        return
    if not cited:
        yield _point("No statement tells it now.")
    elif len(cited) == 1:
        yield _point(f"The notice says now: {_quoted(case, cited[0])}")
    else:
        quoted = [_point(_quoted(case, statement)) for statement in cited[:MOST_QUOTED]]
        if len(cited) > MOST_QUOTED:
            quoted.append(
                _point(f"and {phrases.count(len(cited) - MOST_QUOTED, 'more statement')}")
            )
        yield PaperItem((("The notices say now:",),), tuple(quoted))


def _may_be_said(judgement: Judgement) -> Iterator[PaperItem]:
    """The sentences that may say some of it, and that nobody has tied."""
    for sentence in judgement.sentences if judgement.untied else ():
        yield _point(f"Not tied yet: “{sentence.sentence.text}” ({sentence.notice.name})")


def _quoted(case: Case, statement: Statement) -> str:
    notice = case.register.notices[statement.notice]
    return f"“{statement.quote}” ({notice.name}, {_in_notice(case, statement)})"


def _drafted(case: Case, told: Told, judgement: Judgement, mended: Repair) -> Iterator[PaperItem]:
    """The sentence that would close this gap alone, and the longer one that closes others with it."""
    alone = replace(case.coverage, flows=(Told(told.flow, (judgement,), judgement.verdict),))
    numbers = [mended.sentences.index(s) + 1 for s in mended.of(told.flow.id, judgement.facet)]
    below = f"sentence {phrases.several(map(str, numbers))} below"
    right = ", if the register is right" if judgement.verdict is Verdict.CONTRADICTED else ""
    for draft in repair(alone).sentences:
        where = f"“{draft.notice.name}”{right}"
        yield _point(f"Draft for {where}: “{draft.wording}” ({below})")
        yield from _caution(draft)


def _caution(draft: DraftSentence) -> Iterator[PaperItem]:
    """What the sentence claims beyond what is recorded, where it does."""
    if draft.caution:
        yield PaperItem(((Strong("Take care:"), f" {phrases.sentence(draft.caution)}"),))


def _not_tied(case: Case) -> Iterator[Block]:
    """The sentences for which some verdict waits, each with the flows that do."""
    waiting: dict[UntiedSentence, dict[str, None]] = {}
    for told in case.coverage.flows:
        for judgement in told.judgements:
            for sentence in judgement.sentences if judgement.untied else ():
                waiting.setdefault(sentence, {})[f"{told.flow.id} ({judgement.facet})"] = None
    if not waiting:
        return
    yield PaperHeading(2, ("Not tied yet",))
    yield paragraph(
        "These sentences may tell what no statement does. Until somebody has read them, nobody can say it is left out."
    )
    yield Bullets(
        tuple(
            PaperItem(
                ((f"“{sentence.sentence.text}” ({sentence.notice.name})",),),
                (_point(f"may tell {phrases.several(_cut_off(list(flows)))}"),),
            )
            for sentence, flows in waiting.items()
        )
    )


def _cut_off(said: list[str]) -> list[str]:
    more = len(said) - MOST_QUOTED
    return [*said[:MOST_QUOTED], f"{more} more"] if more > 0 else said


def _sentences(case: Case, mended: Repair) -> Iterator[Block]:
    if not mended.sentences:
        return
    notices = {sentence.notice.id for sentence in mended.sentences}
    closed = {pair for sentence in mended.sentences for pair in sentence.closes}
    yield PaperHeading(2, ("The fewest sentences that close the gaps",))
    sentences = phrases.count(len(mended.sentences), "sentence")
    where = phrases.count(len(notices), "notice")
    would = (
        f"would close {phrases.count(len(closed), 'gap')}, each flow"
        if closed
        else "would tell what can be told, each flow"
    )
    lines = (f"{sentences} in {where} {would}", *_DRAFTS)
    yield Paragraph(tuple((line,) for line in lines))
    for number, sentence in enumerate(mended.sentences, 1):
        yield _sentence(case, number, sentence)


def _sentence(case: Case, number: int, sentence: DraftSentence) -> DraftWording:
    groups = phrases.names(case.register, Facet.SUBJECT, sentence.groups)
    flows = phrases.count(len(sentence.flows), "flow")
    lead: Line = (f"In “{sentence.notice.name}”, for {flows} about {groups}:",)
    if sentence.caution:
        lead = (*lead, " ", Strong("Take care:"), f" {phrases.sentence(sentence.caution)}")
    first, *rest = sentence.statement.split("\n")
    statement = "\n".join(("- quote: …", *(f"  {line}" for line in (first, *rest))))
    return DraftWording(number, lead, sentence.wording, statement)


def _needed(case: Case, mended: Repair) -> Iterator[Block]:
    """What the gaps that no sentence closes need, what most of them need first, and of which activities they are."""
    flows: dict[str, dict[str, str]] = {}
    for gap in mended.beyond:
        flows.setdefault(gap.needs, {})[gap.flow.id] = gap.flow.activity
    if not flows:
        return
    yield PaperHeading(2, ("What no sentence can mend",))
    yield Bullets(
        tuple(
            _point(
                f"{phrases.capital(needs)}: {phrases.count(len(ids), 'flow')} of {_of_activities(case, ids.values())}"
            )
            for needs, ids in sorted(flows.items(), key=lambda need: -len(need[1]))
        )
    )


def _of_activities(case: Case, activities: Iterable[str]) -> str:
    """The activities of some flows by their names, the first of a long list."""
    known = case.register.activities
    return phrases.few(f"“{known[id_].name}”" for id_ in dict.fromkeys(activities))


def _beyond_flows(report: Report) -> Iterator[Block]:
    others = [f for f in report.standing if f.problem.where not in report.case.coverage.by_id]
    if not others:
        return
    yield PaperHeading(2, ("Other findings",))
    columns = tuple(map(PaperColumn, ("", "Finding", "To mend it", "Place")))
    rows = tuple(map(_other, sorted(others, key=lambda f: -f.rule.severity)))
    yield PaperTable(columns, rows)


def _other(finding: Finding) -> tuple[tuple[Line, ...], ...]:
    problem = finding.problem
    said: Line = (f"{phrases.capital(problem.message)} (", *_signed(finding), ")")
    severity, hint, at = str(finding.rule.severity), phrases.capital(problem.hint), str(problem.at)
    return ((severity,),), (said,), ((hint,),), ((at,),)


def _waived(report: Report) -> Iterator[Block]:
    if not report.waived:
        return
    yield PaperHeading(2, ("Accepted for now",))
    yield Bullets(tuple(_accepted(report, finding) for finding in report.waived))


def _accepted(report: Report, finding: Finding) -> PaperItem:
    waiver = report.case.acceptance.waiver_of(finding)
    ticket = f", {waiver.ticket}" if waiver.ticket else ""
    until = f"Until {phrases.day(waiver.until)}: {waiver.reason} ({waiver.owner}{ticket})"
    return PaperItem(_named(finding).lines, (_point(until),))


def _exempted(report: Report) -> Iterator[Block]:
    if not report.exempted:
        return
    yield PaperHeading(2, ("Not told, and excused from telling",))
    yield Bullets(
        tuple(
            PaperItem(_named(finding).lines, (_point(report.exemption_of(finding)),))
            for finding in report.exempted
        )
    )


def _named(finding: Finding) -> PaperItem:
    return _point(f"{phrases.capital(finding.problem.message)} ({finding.id})")


def _known(report: Report) -> Iterator[Block]:
    if not report.known:
        return
    yield PaperHeading(2, ("Known before",))
    yield paragraph(
        "The baseline lists these, so that only what is new counts. They are still to be mended."
    )
    yield Bullets(tuple(map(_named, report.known)))


def _footer(report: Report) -> Iterator[Block]:
    settings = report.case.settings
    linked = phrases.several(sorted(settings.linked)) or "none"
    steps = phrases.count(settings.max_hops, "step")
    clashes = (
        f"Clashes with promises: mode {settings.mode}. Facets to be told together: {linked}. A notice's word may",
    )
    chosen = remarks(report)
    yield PaperHeading(2, ("How this was judged",))
    yield Bullets(
        (
            PaperItem((clashes, (f"be {steps} above the register's.",))),
            *(_point(f"{phrases.capital(line)}.") for line in chosen),
            _point(
                "A sentence counts only if a statement quotes it and the quote stands in the published text."
            ),
            PaperItem((_MORE,)),
        )
    )


def _signed(finding: Finding) -> Line:
    named = Code(finding.rule.id)
    return (named, ", not decided") if finding.rule.undecided else (named,)


def _in_notice(case: Case, statement: Statement) -> str:
    at = place(statement)
    part = case.part(at)
    return f"{at}, {part}" if part else str(at)
