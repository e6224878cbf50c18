"""Everything the review page shows, as values: what each notice tells, what each flow lacks, what to do next.

Nothing is judged here, and nothing is marked up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from enum import Enum
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from ropa.case import Case
from ropa.causes import Causes, causes
from ropa.diagram.view import Drawn, Mark, marked_flows
from ropa.drafting.mending import DraftSentence, Repair, repair
from ropa.findings import Finding, RuleInfo, Severity
from ropa.flows.flow import AXES, SUBJECT, Flow
from ropa.flows.regions import EVERYTHING
from ropa.judging.judgement import Judgement
from ropa.judging.overclaims import Unmatched
from ropa.judging.verdict import Verdict
from ropa.page.marked import MarkedPart, MarkedStretch, marked
from ropa.reach import HolderShown, shown
from ropa.record.gather import gather
from ropa.record.tables import Record
from ropa.register.model import Evidence, Notice, SignOff, Statement
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.rule import grounds
from ropa.saying import phrases
from ropa.since import NewSinceSigned, new_since_signed

MARKS = (Mark.UNTOLD, Mark.UNDECIDED, Mark.PARTLY, Mark.WAIVED, Mark.TOLD, Mark.NOT_OURS)
"""The worst first, as they are read."""
MOST_WALKED = 5_000
"""So many flows times groups of people are walked through for a page, so that a large register's opens at once."""


class Answer(Enum):
    """Whether a notice can be published: a word for the page's style, a glyph, and what to say."""

    YES = ("told", "✓", "Yes")
    BUT = ("partly", "~", "Yes, with warnings")
    NO = ("untold", "✗", "Not yet")
    UNKNOWN = ("undecided", "?", "Cannot be said")

    def __init__(self, word: str, glyph: str, said: str) -> None:
        self.word = word
        self.glyph = glyph
        self.said = said


class FlowRow(Struct, frozen=True):
    """A flow in the list. `number` is its place among all of them, `lacks` what is not told of it."""

    number: int
    flow: Flow
    chip: str
    mark: Mark
    words: str
    lacks: str


class FlowRows(Struct, frozen=True):
    """The flows of one activity that have the same mark."""

    activity: str
    name: str
    rows: tuple[FlowRow, ...]


class Marked(Struct, frozen=True):
    """All flows with one mark."""

    mark: Mark
    total: int
    activities: tuple[FlowRows, ...]


class ShownStatement(Struct, frozen=True):
    """A stretch of a notice with what it is for: `kind` is told, promise, spare, idle, item, or nothing.

    `numbers` are the statements that quote it; `note` is what stands behind it where a quote ends.
    """

    stretch: MarkedStretch
    kind: str
    numbers: tuple[int, ...]
    note: str


class ShownParagraph(Struct, frozen=True):
    """A part of a notice with its stretches."""

    part: MarkedPart
    said: tuple[ShownStatement, ...]


class AudienceGroup(Struct, frozen=True):
    """The flows about a group of people, or for a notice, counted by their marks."""

    id: str
    name: str
    counts: Counter[Mark]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


class NoticePage(Struct, frozen=True):
    """A notice as it is reviewed. `idle` are statements that no flow matches, with what of them it is;
    `lost` those whose words are not in the text. `why_no_text` is there where the text cannot be read.
    `sent_from` are the names of the notices that send their readers to it; `signed` says who signed it off.
    """

    notice: Notice
    audience: str
    when: str
    answer: Answer
    findings: tuple[Finding, ...]
    flows: AudienceGroup
    paragraphs: tuple[ShownParagraph, ...]
    idle: tuple[tuple[Statement, str], ...]
    lost: tuple[Statement, ...]
    why_no_text: str
    sent_from: tuple[str, ...]
    signed: str

    @property
    def severities(self) -> tuple[tuple[str, int], ...]:
        """How many findings of each severity stand in its way, the severest first."""
        found = Counter(finding.rule.severity for finding in self.findings)
        return tuple((str(severity), found[severity]) for severity in sorted(found, reverse=True))

    @property
    def in_the_way(self) -> tuple[tuple[RuleInfo, tuple[Finding, ...]], ...]:
        """The same findings by rule, the severest first, then those with the most."""
        return _by_rule(self.findings)


class Ruled(Struct, frozen=True):
    """What one rule found, with its page cut into paragraphs: text, or an example as it is written."""

    info: RuleInfo
    grounds: tuple[str, ...]
    page: tuple[tuple[bool, str], ...]
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> int:
        """How many of them nothing accepts."""
        return sum(not finding.accepted for finding in self.findings)


class ShownWord(Struct, frozen=True):
    """A word the register or a notice uses, and where it stands in the vocabulary, the widest word first."""

    facet: Facet
    id: str
    label: str
    above: tuple[str, ...]
    synonyms: tuple[str, ...]
    dpv: str
    notes: tuple[str, ...]
    flows: int
    statements: int


class Review(Struct, frozen=True, eq=False, dict=True):
    """The whole page. Each of its parts is worked out when it is asked for."""

    report: Report

    @property
    def case(self) -> Case:
        """What was judged."""
        return self.report.case

    @cached_property
    def drawn(self) -> Drawn:
        """Every flow with its name and mark."""
        return marked_flows(self.report)

    @cached_property
    def causes(self) -> Causes:
        """What the findings come of, what to do first before the rest."""
        return causes(self.report)

    @cached_property
    def since(self) -> tuple[NewSinceSigned, ...]:
        """What is new since each sign-off that counts."""
        return new_since_signed(self.report)

    @cached_property
    def new_flows(self) -> Mapping[str, str]:
        """The flows that are new or otherwise since a sign-off, each with which of the two."""
        return {id_: how for since in self.since for id_, how in since.flows.items()}

    @cached_property
    def new_findings(self) -> Set[str]:
        """The ids of the findings that are new since a sign-off."""
        return {id_ for since in self.since for id_ in since.findings}

    @property
    def to_do(self) -> str:
        """`Do these five things`."""
        return phrases.to_do(len(self.causes.first))

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Who answers for something that was found."""
        return tuple(sorted({owner for f in self.report.findings if (owner := self.owner(f))}))

    def owner(self, finding: Finding) -> str:
        """Who sees to a finding; nobody where the register names none."""
        return self.report.owner_of(finding)

    @cached_property
    def mended(self) -> Repair:
        """The fewest sentences that close the gaps."""
        return repair(self.case.coverage)

    @cached_property
    def rows(self) -> tuple[FlowRow, ...]:
        """Every flow, in the order of the register."""
        drawn = self.drawn
        return tuple(self._row(n, flow, drawn) for n, flow in enumerate(drawn.flows))

    def _row(self, number: int, flow: Flow, drawn: Drawn) -> FlowRow:
        mark = drawn.mark(flow)
        lacks = "" if mark in (Mark.TOLD, Mark.NOT_OURS) else drawn.verdict(flow)
        words = phrases.capital(phrases.step(self.case.register, flow))
        return FlowRow(number, flow, drawn.numbers[flow.id], mark, words, lacks)

    @cached_property
    def marked(self) -> tuple[Marked, ...]:
        """The flows by their marks, the worst first, and activity by activity."""
        by_mark: dict[Mark, list[FlowRow]] = {}
        for row in self.rows:
            by_mark.setdefault(row.mark, []).append(row)
        return tuple(
            Marked(mark, len(by_mark[mark]), tuple(self._by_activity(by_mark[mark])))
            for mark in MARKS
            if mark in by_mark
        )

    def _by_activity(self, rows: Iterable[FlowRow]) -> Iterator[FlowRows]:
        activities = self.case.register.activities
        for activity, found in groupby(rows, key=lambda row: row.flow.activity):
            yield FlowRows(activity, activities[activity].name, tuple(found))

    @cached_property
    def everything(self) -> AudienceGroup:
        """All flows, counted by their marks."""
        return AudienceGroup("", "All flows", Counter(row.mark for row in self.rows))

    @cached_property
    def groups(self) -> tuple[AudienceGroup, ...]:
        """The flows about each group of people, those with the most gaps first."""
        by_group: dict[str, Counter[Mark]] = {}
        for row in self.rows:
            for word, mark in self.marks(row).items():
                by_group.setdefault(word, Counter())[mark] += 1
        label = self.case.register.vocabulary[Facet.SUBJECT].label
        groups = (AudienceGroup(id_, label(id_), counts) for id_, counts in by_group.items())
        return tuple(sorted(groups, key=lambda g: [-g.counts[mark] for mark in MARKS]))

    @cached_property
    def reach(self) -> tuple[tuple[str, tuple[HolderShown, ...]], ...]:
        """Who can end up holding the data of each group; of none where that would take long to work out."""
        if len(self.rows) * len(self.groups) > MOST_WALKED:
            return ()
        known = self.case.register.vocabulary[Facet.SUBJECT].terms  # a finding says which are not
        groups = (group for group in self.groups if group.id in known)
        found = ((group.name, shown(self.case, group.id)) for group in groups)
        return tuple((name, holders) for name, holders in found if holders)

    @cached_property
    def in_use(self) -> tuple[Mark, ...]:
        """The marks that some flow has, or has for some group."""
        counts = [self.everything.counts, *(group.counts for group in self.groups)]
        return tuple(mark for mark in MARKS if any(count[mark] for count in counts))

    def marks(self, row: FlowRow) -> Mapping[str, Mark]:
        """How each group that a flow is about is told of it, whatever the others are told."""
        groups = row.flow.box[SUBJECT]
        if row.mark in (Mark.TOLD, Mark.NOT_OURS) or len(groups) == 1:
            return dict.fromkeys(groups, row.mark)
        return {word: self.drawn.mark(row.flow, (word,)) for word in groups}

    # What each notice tells

    @cached_property
    def statements(self) -> Mapping[Statement, int]:
        """A number for every statement of the notices in force."""
        notices = self.case.coverage.voices.notices
        said = (statement for notice in notices for statement in notice.statements)
        return {statement: number for number, statement in enumerate(said)}

    @cached_property
    def tells(self) -> Mapping[Statement, Mapping[str, None]]:
        """The flows each statement tells something of, or which a promise goes against."""
        tells: dict[Statement, dict[str, None]] = {}
        for told in self.case.coverage.flows:
            for judgement in told.judgements:
                clear = (
                    judgement.verdict is Verdict.CLEAR
                )  # against it stands what it is an exception to
                for statement in (*judgement.told_by, *(() if clear else judgement.against)):
                    tells.setdefault(statement, {})[told.flow.id] = None
        return tells

    @cached_property
    def pages(self) -> tuple[NoticePage, ...]:
        """The notices in force, those that cannot be published yet first."""
        notices = self.case.coverage.voices.notices
        order = (Answer.NO, Answer.UNKNOWN, Answer.BUT, Answer.YES)
        return tuple(sorted(map(self._page, notices), key=lambda page: order.index(page.answer)))

    @cached_property
    def others(self) -> tuple[tuple[Notice, str], ...]:
        """The notices that are not in force on the day, and when they are."""
        shown = {notice.id for notice in self.case.coverage.voices.notices}
        notices = self.case.register.notices.values()
        return tuple((notice, when(notice)) for notice in notices if notice.id not in shown)

    def _page(self, notice: Notice) -> NoticePage:
        case = self.case
        text, people = case.text_of(notice), case.register.vocabulary[Facet.SUBJECT]
        audience = people.union(notice.audience)
        findings = tuple(self._about(notice, audience))
        own = [row for row in self.rows if people.union(row.flow.box[SUBJECT]) & audience]
        marks = Counter(self._mark(row.flow, audience) for row in own)
        idle = [u for u in case.coverage.unmatched if u.statement.notice == notice.id]
        return NoticePage(
            notice,
            phrases.names(case.register, Facet.SUBJECT, notice.audience),
            when(notice),
            self._answer(notice, findings, marks),
            findings,
            AudienceGroup(notice.id, notice.name, marks),
            tuple(map(self._paragraph, marked(text, notice.statements))) if text else (),
            tuple((u.statement, self._unmatched(u)) for u in idle),
            tuple(s for s in notice.statements if s.evidence is Evidence.NOT_FOUND),
            "" if text else _no_text(notice),
            tuple(n.name for n in case.coverage.voices.notices if notice.id in n.leads_to),
            self._signed(notice),
        )

    def _signed(self, notice: Notice) -> str:
        sign_off = self.case.signatures.newest.get(notice.id)
        if sign_off is None:
            return ""
        lapsed = ", and not what it was then" if sign_off in self._lapsed else ""
        return f"signed off by {sign_off.by} on {phrases.day(sign_off.signed)}{lapsed}"

    @cached_property
    def _lapsed(self) -> Sequence[SignOff]:
        """The sign-offs that no longer hold."""
        return [lapse.sign_off for lapse in self.case.signatures.lapsed()]

    def _about(self, notice: Notice, audience: int) -> Iterator[Finding]:
        """What stands in the way of a notice: findings about itself, or about what its people are not told.

        What was known before stands in it all the same; what a waiver accepts does not.
        """
        for finding in (f for f in self.report.findings if not (f.waived_by or f.exempted_by)):
            where = finding.problem.where
            told = self.case.coverage.by_id.get(where)
            if where == f"notice/{notice.id}":
                yield finding
            elif told is not None:
                judgement = next(
                    (j for j in told.judgements if str(j.facet) == finding.problem.facet), None
                )
                if judgement and self._people(told.flow, judgement) & audience:
                    yield finding

    def _mark(self, flow: Flow, audience: int) -> Mark:
        """How these of its people are told of a flow: only what they lack counts."""
        coverage, mask = self.case.coverage, self.case.register.vocabulary[Facet.SUBJECT].mask
        groups = tuple(word for word in flow.box[SUBJECT] if mask(word) & audience)
        whole = coverage.by_id.get(flow.id)
        told = whole and coverage.told_to(whole, groups)
        lacking = told is None or any(
            judgement.verdict is not Verdict.CLEAR and self._people(told.flow, judgement) & audience
            for judgement in told.judgements
        )
        return self.drawn.mark(flow, groups) if lacking else Mark.TOLD

    def _people(self, flow: Flow, judgement: Judgement) -> int:
        """Those who are not told."""
        people = self.case.register.vocabulary[Facet.SUBJECT].union(flow.box[SUBJECT])
        lacking = 0
        for region in judgement.remainder or ((EVERYTHING,) * len(AXES),):
            lacking |= region[SUBJECT]
        return people & lacking

    def _answer(self, notice: Notice, findings: Iterable[Finding], marks: Counter[Mark]) -> Answer:
        """What is surely wrong says no, whatever could not be checked besides.

        The marks of its flows count, too: a rule that was switched off finds nothing, and mends nothing.
        """
        decided = {finding.rule.severity for finding in findings if not finding.rule.undecided}
        if Severity.ERROR in decided or marks[Mark.UNTOLD]:
            return Answer.NO
        looked = notice.readable and self.case.whole and bool(self.rows)
        if not looked or marks[Mark.UNDECIDED] or any(f.rule.undecided for f in findings):
            return Answer.UNKNOWN
        warned = Severity.WARNING in decided or marks[Mark.PARTLY] or marks[Mark.WAIVED]
        return Answer.BUT if warned else Answer.YES

    def _unmatched(self, one: Unmatched) -> str:
        if one.facet is None:
            return "no flow of the register matches it"
        if one.scalar:
            said = phrases.several(phrases.scalar(self.case.register, word) for word in one.words)
            return f"no flow records {said} ({one.facet})"
        return f"no flow matches {phrases.names(self.case.register, one.facet, one.words)} ({one.facet})"

    def _paragraph(self, part: MarkedPart) -> ShownParagraph:
        return ShownParagraph(part, tuple(map(self._said, part.stretches)))

    def _said(self, stretch: MarkedStretch) -> ShownStatement:
        numbers = tuple(self.statements[s] for s in stretch.quoted_by)
        return ShownStatement(
            stretch, self.kind(stretch.quoted_by), numbers, self._note(stretch.ends)
        )

    def kind(self, statements: Sequence[Statement]) -> str:
        """What a stretch is for, by the statements that quote it: what is most to be looked at wins."""
        if not statements:
            return ""
        if any(statement.negative for statement in statements):
            return "promise"
        if any(self.tells.get(statement) for statement in statements):
            return "told"
        if any(statement in self._idle for statement in statements):
            return "idle"
        return "spare" if any(statement.actions for statement in statements) else "item"

    @cached_property
    def _idle(self) -> Set[Statement]:
        """The statements that no flow matches, or some of whose words none does."""
        return {unmatched.statement for unmatched in self.case.coverage.unmatched}

    def _note(self, ending: Sequence[Statement]) -> str:
        """How many flows the quotes that end here tell."""
        if not ending:
            return ""
        flows = {flow for statement in ending for flow in self.tells.get(statement, ())}
        match self.kind(ending):
            case "promise":
                return f"✗ {len(flows)}" if flows else "✓"
            case "told":
                return str(len(flows))
            case "idle":
                return "no flow"
        return ""

    # What is to be done

    @cached_property
    def sentences(self) -> tuple[DraftSentence, ...]:
        """The sentences that would close gaps, the most helpful first."""
        return self.mended.sentences

    @cached_property
    def needs(self) -> tuple[tuple[str, tuple[Flow, ...]], ...]:
        """What the gaps that no sentence closes need, what most of them need first, with the flows."""
        flows: dict[str, dict[str, Flow]] = {}
        for gap in self.mended.beyond:
            flows.setdefault(gap.needs, {})[gap.flow.id] = gap.flow
        ordered = sorted(flows.items(), key=lambda need: -len(need[1]))
        return tuple((needs, tuple(found.values())) for needs, found in ordered)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """What could not be checked."""
        return tuple(f for f in self.report.standing if f.rule.undecided)

    # The rest of the page

    @cached_property
    def ruled(self) -> tuple[Ruled, ...]:
        """The findings by rule, the severest first, then those with the most."""
        return tuple(
            Ruled(info, tuple(grounds(info)), tuple(_paragraphs(info.explanation)), found)
            for info, found in _by_rule(self.report.findings)
        )

    @cached_property
    def record(self) -> Record:
        """The record of processing."""
        return gather(
            self.case.register,
            self.case.settings.day,
            publication=False,
            unjudged=self.case.unjudged,
        )

    @cached_property
    def words(self) -> tuple[tuple[Facet, tuple[ShownWord, ...]], ...]:
        """The words in use, facet by facet, in the order of the alphabet."""
        flows: Counter[tuple[Facet, str]] = Counter()
        for row in self.rows:
            for axis, words in zip(AXES, row.flow.box, strict=True):
                flows.update((axis.scheme, word) for word in words)
        said = Counter(
            (facet.scheme, word)
            for statement in self.statements
            for facet, words in statement.states.items()
            for word in words
        )
        used = {*flows, *said}
        return tuple(
            (
                facet,
                tuple(
                    sorted(
                        (self._word(f, w, flows[f, w], said[f, w]) for f, w in used if f is facet),
                        key=lambda word: word.label.casefold(),
                    )
                ),
            )
            for facet in (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT, Facet.COUNTRY)
            if any(f is facet for f, _ in used)
        )

    def _word(self, facet: Facet, id_: str, flows: int, statements: int) -> ShownWord:
        hierarchy = self.case.register.vocabulary[facet]
        above: list[str] = []
        here = id_
        while wider := hierarchy.wider(here):
            here = wider[0]
            above.insert(0, hierarchy.label(here))
        term = hierarchy.terms.get(id_)
        notes = {
            "too wide a word to tell anybody anything": term is not None and term.umbrella,
            "special category data (Article 9)": term is not None and term.special == "article_9",
            "criminal offence data (Article 10)": term is not None and term.special == "article_10",
            "nobody has defined it": term is None,
        }
        return ShownWord(
            facet,
            id_,
            hierarchy.label(id_),
            tuple(above[1:]),
            term.synonyms if term else (),
            term.same_as.get("dpv", "") if term else "",
            tuple(note for note, true in notes.items() if true),
            flows,
            statements,
        )


def _by_rule(findings: Iterable[Finding]) -> tuple[tuple[RuleInfo, tuple[Finding, ...]], ...]:
    by_rule: dict[RuleInfo, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    ordered = sorted(by_rule.items(), key=lambda r: (-r[0].severity, -len(r[1]), r[0].id))
    return tuple((info, tuple(found)) for info, found in ordered)


def when(notice: Notice) -> str:
    """The days on which a notice is in force, in words."""
    start, end = notice.start, notice.end
    if start and end:
        return f"from {phrases.day(start)} to {phrases.day(end)}"
    if start:
        return f"from {phrases.day(start)}"
    return f"until {phrases.day(end)}" if end else "with no date on file"


def _no_text(notice: Notice) -> str:
    return notice.text_problem.message if notice.text_problem else "its text is not on file"


def _paragraphs(page: str) -> Iterator[tuple[bool, str]]:
    """The page of a rule: text, or an example, which is what stands four spaces in."""
    for code, lines in groupby(
        page.split("\n\n"), key=lambda paragraph: paragraph.startswith("    ")
    ):
        if code:
            yield True, "\n\n".join(line.replace("\n    ", "\n")[4:] for line in lines)
        else:
            yield from ((False, " ".join(paragraph.split())) for paragraph in lines)
