"""What the findings come of, each with what mends it: the things to do, the most useful first.

A finding is what can be accepted; a cause is what can be mended. Every finding that stands has one cause, and findings
that repeat one share it. No finding is changed by that: its id, its severity and what accepts it stay as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.drafting.mending import DraftSentence, repair
from ropa.findings import Finding, Severity
from ropa.flows.flow import SUBJECT
from ropa.judging.coverage import Told
from ropa.judging.gaps import Gap, place
from ropa.judging.ledger import entry_of
from ropa.judging.verdict import UNDECIDED, Verdict
from ropa.location import Location
from ropa.register.model import Action, Notice, Statement, Words
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.saying import phrases

MOST_THINGS = 5
"""How many things one is told to do first."""
MOST_NAMED = 3
LONGEST_QUOTE = 60


class Remedy(Struct, frozen=True):
    """What mends a cause: `do` says it, `command` can be typed as it stands, `sentence` can be put into a notice."""

    do: str
    command: str = ""
    sentence: DraftSentence | None = None


class Cause(Struct, frozen=True, eq=False, dict=True):
    """What some findings come of. What mends it is worked out when it is asked for: a draft takes a while.

    `id` stays the same while the cause does: `no-notice:pupil`, `sentence:leaflet#3`, `retention-without-law`. `says`
    is one line, without a full stop, and `extent` how far it goes, as `12 flows` or `8 of 12 activities`. `flows` are
    those that are not told as they should be because of it, and `groups` the people they are about, by label.
    """

    id: str
    says: str
    extent: str
    flows: tuple[str, ...]
    groups: tuple[str, ...]
    findings: tuple[Finding, ...]
    mending: Callable[[], Remedy]

    @cached_property
    def remedy(self) -> Remedy:
        """What mends it."""
        return self.mending()

    @property
    def severity(self) -> Severity:
        """The severity of its worst finding."""
        return max(finding.rule.severity for finding in self.findings)

    @property
    def undecided(self) -> bool:
        """Whether it kept something from being checked."""
        return any(finding.rule.undecided for finding in self.findings)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that found it."""
        return tuple(dict.fromkeys(finding.rule.id for finding in self.findings))


class Causes(Struct, frozen=True):
    """The causes of all that stands: what could not be checked, and then the rest, the worst and widest first."""

    unchecked: tuple[Cause, ...]
    rest: tuple[Cause, ...]
    short: int
    """How many flows are not told as they should be, or not decided."""
    undecided: int = 0
    """How many of these nobody can say anything of: not tied yet, or not decidable."""

    @property
    def what_short(self) -> str:
        """These flows in words: what is not decided is not said to be untold."""
        return f"{phrases.count(self.short, 'flow')} not told as they should be" + (
            ", or not decided" if self.undecided else ""
        )

    @property
    def all(self) -> tuple[Cause, ...]:
        """Every cause, in their order."""
        return (*self.unchecked, *self.rest)

    @property
    def first(self) -> tuple[Cause, ...]:
        """The things to do first."""
        return self.rest[:MOST_THINGS]

    @property
    def then(self) -> tuple[Cause, ...]:
        """What is left when they are done."""
        return self.rest[MOST_THINGS:]

    @property
    def behind(self) -> int:
        """How many flows are not told as they should be because of the things to do first."""
        return len({flow for cause in self.first for flow in cause.flows})


def causes(report: Report) -> Causes:
    """What the findings of a report come of that stand; what is accepted has no cause to be mended now."""
    case, told = report.case, report.case.coverage.flows
    found = sorted(_Gathering(case).causes(report.standing), key=_order)
    short = sum(one.verdict is not Verdict.CLEAR for one in told)
    open_ = sum(one.verdict in UNDECIDED for one in told)
    unchecked = sorted((cause for cause in found if cause.undecided), key=_unread_first)
    return Causes(
        tuple(unchecked), tuple(cause for cause in found if not cause.undecided), short, open_
    )


def _unread_first(cause: Cause) -> bool:
    """What was not read at all may have any number of flows."""
    return bool(cause.flows)


def _order(cause: Cause) -> tuple[int, int, int, int]:
    """The worst first; then what mends most flows, for most people, in most places."""
    return -cause.severity, -len(cause.flows), -len(cause.groups), -len(cause.findings)


class _Because(Struct, frozen=True):
    """Why a finding is there: the key it shares with others of the same cause, and its gap, where it is about one."""

    key: tuple[str, ...]
    finding: Finding
    gap: Gap | None = None


class _Gathering(Struct, frozen=True, eq=False, dict=True):
    """Brings together the findings of a case that have one cause."""

    case: Case

    def causes(self, findings: Sequence[Finding]) -> Iterator[Cause]:
        """The causes of some findings, in the order of their first."""
        lacking = _together(self._without_notice(finding) for finding in findings)
        grouped: dict[tuple[str, ...], list[_Because]] = {}
        for finding in findings:
            because = self._because(finding, lacking)
            grouped.setdefault(because.key, []).append(because)
        return (self._cause(key, same) for key, same in grouped.items())

    # -- which findings have one cause -----------------------------------------------------------

    def _because(self, finding: Finding, lacking: Mapping[str, Words]) -> _Because:
        gap = self._gap(finding)
        if gap is None:
            return _Because((finding.rule.id, *self._beside(finding)), finding)
        groups = self._without_notice(finding)
        key = ("no-notice", *lacking[groups[0]]) if groups else self._key(gap)
        return _Because(key, finding, gap)

    def _key(self, gap: Gap) -> tuple[str, ...]:
        """One sentence that makes it so; or else what the same sentence would mend."""
        facet, flow = gap.judgement.facet, gap.flow
        if sentence := _the_sentence(gap):
            return ("sentence", sentence.id, str(facet), str(gap.judgement.verdict))
        if facet is Facet.TRANSFER:
            return ("abroad", *sorted(flow.words(Facet.COUNTRY)))
        if flow.action is Action.ONWARD:
            return ("passed-on", flow.start.id)
        shared = self._of_disclosure(gap) if flow.action is Action.DISCLOSE else ()
        return shared or _of_facet(gap)

    def _of_disclosure(self, gap: Gap) -> tuple[str, ...]:
        """The recipient, where people do not hear of it, or not of what it uses data for."""
        party = gap.flow.end.id
        if self._recipient_is_not_told(gap):
            return ("suppliers",) if self._is_supplier(party) else ("recipient", party)
        return ("used-by", party) if gap.judgement.facet is Facet.PURPOSE else ()

    def _recipient_is_not_told(self, gap: Gap) -> bool:
        """Whether people are not told of a disclosure at all, so that what they lack besides comes of that."""
        if gap.judgement.facet is Facet.RECIPIENT:
            return True
        judgement = self.case.coverage.by_id[gap.flow.id].on(Facet.RECIPIENT)
        return judgement is not None and judgement.verdict in (Verdict.OMITTED, Verdict.PARTIAL)

    def _is_supplier(self, party: str) -> bool:
        known = self.case.register.parties.get(party)
        return known is not None and known.type == "processor"

    def _gap(self, finding: Finding) -> Gap | None:
        """What a flow is not told of, where a finding is about that."""
        problem = finding.problem
        told = self.case.coverage.by_id.get(problem.where)
        if told is None or finding.rule.undecided or not _is_of_coverage(finding):
            return None
        judgement = next((j for j in told.judgements if j.facet == problem.facet), None)
        if judgement is None or judgement.verdict is Verdict.CLEAR:
            return None
        return self._gaps(judgement.facet, judgement.verdict).get(problem.where)

    def _gaps(self, facet: Facet, verdict: Verdict) -> Mapping[str, Gap]:
        """The gaps of a kind by their flows; only of the kinds that some finding is about."""
        if (facet, verdict) not in self._known:
            gaps = self.case.gaps(facet, verdict)
            self._known[facet, verdict] = {gap.flow.id: gap for gap in gaps}
        return self._known[facet, verdict]

    @cached_property
    def _known(self) -> dict[tuple[Facet, Verdict], Mapping[str, Gap]]:
        return {}

    def _without_notice(self, finding: Finding) -> Words:
        """The groups of a flow that get no notice, where a finding says so."""
        gap = self._gap(finding)
        if gap is None or gap.judgement.facet is not Facet.SUBJECT:
            return ()
        words = self.case.register.vocabulary[Facet.SUBJECT]
        noticed = self.case.coverage.voices.noticed
        return tuple(w for w in gap.flow.box[SUBJECT] if words.mask(w) & ~noticed)

    def _beside(self, finding: Finding) -> Words:
        """What findings of one rule about flows share: what they wait for, or the sentence that they show."""
        problem = finding.problem
        if finding.rule.undecided:
            return (problem.hint,) if problem.where in self.case.coverage.by_id else ()
        if problem.where not in self.case.coverage.by_id or not problem.related:
            return ()
        beside = problem.related[0][0]
        return (self._statements.get(beside, beside.path),)

    @cached_property
    def _statements(self) -> Mapping[Location, str]:
        """The statements by the place of the sentence they quote, which moves when lines do."""
        notices = self.case.register.notices.values()
        return {place(s): s.id for notice in notices for s in notice.statements}

    # -- what a cause says ------------------------------------------------------------------------

    def _cause(self, key: tuple[str, ...], same: Sequence[_Because]) -> Cause:
        findings = tuple(because.finding for because in same)
        flows = self._flows(same)
        gaps = [because.gap for because in same if because.gap is not None]
        says = self._says(key, gaps, flows) if gaps else self._says_of_rule(findings)
        extent = self._extent(findings, flows)
        mending = partial(self._remedy, key, gaps, findings)
        return Cause(
            ":".join(key), says, extent, flows, self._groups(same, flows), findings, mending
        )

    def _flows(self, same: Sequence[_Because]) -> tuple[str, ...]:
        """The flows that findings are about, with those that have the same gap, once each."""
        found: dict[str, None] = {}
        for because in same:
            where = because.finding.problem.where
            found |= dict.fromkeys([where] if where in self.case.coverage.by_id else [])
            found |= dict.fromkeys(because.gap.echoes if because.gap else ())
            found |= dict.fromkeys(self._waiting(where) if because.finding.rule.undecided else ())
        return tuple(found)

    def _waiting(self, where: str) -> Iterator[str]:
        """The flows that wait for a sentence of a notice that nobody has tied."""
        notice = where.removeprefix("notice/")
        for told in self.case.coverage.flows if notice != where else ():
            sentences = (s for j in told.judgements if j.untied for s in j.sentences)
            if any(sentence.notice.id == notice for sentence in sentences):
                yield told.flow.id

    def _groups(self, same: Sequence[_Because], flows: Iterable[str]) -> tuple[str, ...]:
        """Whom it is about, by label: those who are not told, or else everybody in its flows or a notice's readers."""
        words, case = self.case.register.vocabulary[Facet.SUBJECT], self.case
        found: dict[str, None] = {}
        for because in same:
            if because.gap is not None:
                gap = because.gap
                found |= dict.fromkeys(case.coverage.names(Facet.SUBJECT, gap.judgement, gap.flow))
        if not found:
            subjects = (w for id_ in flows for w in case.coverage.by_id[id_].flow.box[SUBJECT])
            found = dict.fromkeys(words.label(word) for word in subjects)
        if not found:
            readers = (w for b in same for w in self._readers(b.finding.problem.where))
            found = dict.fromkeys(words.label(word) for word in readers)
        return tuple(found)

    def _readers(self, where: str) -> Words:
        notice = self._notice(where)
        return notice.audience if notice else ()

    def _notice(self, where: str) -> Notice | None:
        kind, _, id_ = where.partition("/")
        return self.case.register.notices.get(id_.partition("#")[0]) if kind == "notice" else None

    def _extent(self, findings: Sequence[Finding], flows: Sequence[str]) -> str:
        if flows:
            return phrases.count(len(flows), "flow")
        places = dict.fromkeys(entry_of(finding.problem.where) for finding in findings)
        kind = _kind(next(iter(places)))
        if any(_kind(where) != kind for where in places):
            return phrases.count(len(findings), "place")
        return self._of_all(kind, places)

    def _of_all(self, kind: str, places: Iterable[str]) -> str:
        """`8 of 12 activities`, where there are more than it is about."""
        register, found = self.case.register, set(places)
        match kind:
            case "activities":
                total, one, many = len(register.activities), "activity", "activities"
                return f"all {phrases.count(total, one, many)}" if total > 1 else "1 activity"
            case "activity":
                total, one, many = len(register.activities), "activity", "activities"
            case "party":
                total, one, many = len(register.parties), "party", "parties"
            case "notice":
                found = {where.partition("#")[0].partition("/item")[0] for where in found}
                total, one, many = len(register.notices), "notice", "notices"
            case "system":
                total, one, many = len(register.systems), "system", "systems"
            case _:
                return phrases.count(len(found), "place")
        number = len(found)
        return phrases.count(number, one, many) if number == 1 else f"{number} of {total} {many}"

    def _says_of_rule(self, findings: Sequence[Finding]) -> str:
        """What one finding says; of several, what their rule is about."""
        first, *others = findings
        said = first.rule.summary.removesuffix(".") if others else first.problem.message
        return phrases.capital(said)

    def _says(self, key: tuple[str, ...], gaps: Sequence[Gap], flows: Sequence[str]) -> str:
        people, kind = self._people(gaps), key[0]
        if kind in _OF_SOMEBODY:
            name = phrases.name(self.case.register, Facet.RECIPIENT, key[1])
            in_part = all(gap.judgement.verdict is Verdict.PARTIAL for gap in gaps)
            one, many = _IN_PART.get(kind, _OF_SOMEBODY[kind]) if in_part else _OF_SOMEBODY[kind]
            verb = many if phrases.are_many(self.case.register, key[1]) else one
            return f"{phrases.capital(name)} {verb.format(people=people)}"
        match kind:
            case "no-notice":
                return f"{phrases.capital(people)} get no notice that is in force"
            case "sentence":
                return self._of_a_sentence(gaps, flows)
            case "suppliers":
                return self._suppliers(gaps, people)
        return self._of_words(key, gaps, people)

    def _of_words(self, key: tuple[str, ...], gaps: Sequence[Gap], people: str) -> str:
        match key[0]:
            case "abroad":
                register = self.case.register
                countries = (phrases.countries(register, gap.flow) for gap in gaps)
                where = phrases.several(dict.fromkeys(countries))
                return f"Data goes to {where}, and {people} are not told"
            case "basis":
                basis = phrases.basis(gaps[0].flow.basis).partition(" under ")[0]
                return f"The lawful basis is not told: {basis}"
        return f"{_NOT_TOLD[gaps[0].judgement.facet]}{self._missing(gaps)}"

    def _of_a_sentence(self, gaps: Sequence[Gap], flows: Sequence[str]) -> str:
        """What is wrong with one sentence: it goes against what is done, or is too loose to tell it."""
        gap = gaps[0]
        sentence, verdict, facet = _the_sentence(gap), gap.judgement.verdict, gap.judgement.facet
        said = phrases.quoted([sentence] if sentence else (), most=LONGEST_QUOTE)
        if facet is Facet.PROMISE:
            shared = all(g.flow.action is Action.DISCLOSE for g in gaps)
            number = phrases.count(len(flows), "disclosure" if shared else "flow")
            return f"One sentence, {said}, goes against {number}"
        if verdict is Verdict.VAGUE:
            return f"{said} is too loose to tell {_WHAT[facet]}"
        return f"{said} tells {_WHAT[facet]} otherwise than the register"

    def _suppliers(self, gaps: Sequence[Gap], people: str) -> str:
        parties = dict.fromkeys(gap.flow.end.id for gap in gaps)
        names = phrases.names(self.case.register, Facet.RECIPIENT, tuple(parties), MOST_NAMED + 1)
        if len(parties) == 1:
            return f"{phrases.capital(names)} works with data, and {people} are not told"
        nowhere = all(gap.mention.nowhere for gap in gaps if _omits_recipient(gap))
        if nowhere and all(map(_omits_recipient, gaps)):
            return f"Suppliers are named nowhere: {names}"
        return f"Suppliers work with data, and {people} are not told: {names}"

    def _people(self, gaps: Sequence[Gap]) -> str:
        """Those who are not told, as part of a sentence."""
        found: dict[str, None] = {}
        for gap in gaps:
            names = self.case.coverage.names(Facet.SUBJECT, gap.judgement, gap.flow)
            found |= dict.fromkeys(map(phrases.inside, names))
        labels = list(found)
        more = len(labels) - MOST_NAMED
        return (
            phrases.several([*labels[:MOST_NAMED], f"{more} more groups"] if more > 1 else labels)
            or "people"
        )

    def _missing(self, gaps: Sequence[Gap]) -> str:
        """The words that are not told, the first few of them."""
        found: dict[str, None] = {}
        for gap in gaps:
            facet = gap.judgement.facet
            if facet.scheme in self.case.register.vocabulary:
                words = self.case.coverage.names(facet, gap.judgement, gap.flow)
                found |= {self.case.untold.inside(facet, (word,)): None for word in words}
        labels = list(found)
        more = len(labels) - MOST_NAMED
        said = phrases.several([*labels[:MOST_NAMED], f"{more} more"] if more > 1 else labels)
        return f": {said}" if said else ""

    # -- what mends it ------------------------------------------------------------------------------

    def _remedy(
        self, key: tuple[str, ...], gaps: Sequence[Gap], findings: Sequence[Finding]
    ) -> Remedy:
        if not gaps:
            return _as_found(findings)
        if key[0] == "no-notice":
            return self._a_notice(key[1:], findings)
        wrong = any(g.judgement.verdict in (Verdict.CONTRADICTED, Verdict.AMBIGUOUS) for g in gaps)
        drafted = () if wrong else self._sentences(gaps)
        if not drafted:
            return _as_found(findings)
        return Remedy(_put(drafted), sentence=drafted[0])

    def _sentences(self, gaps: Sequence[Gap]) -> Sequence[DraftSentence]:
        """The sentences that close some gaps, the one that closes most of them first."""
        told: dict[str, Told] = {}
        for gap in gaps:
            for id_ in (gap.flow.id, *gap.echoes):
                whole = self.case.coverage.by_id[id_]
                judgement = whole.on(gap.judgement.facet)
                before = told[id_].judgements if id_ in told else ()
                if judgement is not None:
                    told[id_] = Told(whole.flow, (*before, judgement), judgement.verdict)
        alone = replace(self.case.coverage, flows=tuple(told.values()))
        return repair(alone).sentences

    def _a_notice(self, groups: Words, findings: Sequence[Finding]) -> Remedy:
        written = phrases.several(groups[:MOST_NAMED])
        waiting = [caption for f in findings for _, caption in f.problem.related]
        do = f"write {written} under `audience` of a notice that they get, or draft one"
        return Remedy(
            f"{waiting[0]}: bring it forward, or {do}" if waiting else do,
            command=f"ropa notice draft {','.join(groups)}",
        )


def _put(drafted: Sequence[DraftSentence]) -> str:
    """What to do with drafted sentences, of which the first is shown."""
    notices = dict.fromkeys(sentence.notice.name for sentence in drafted)
    first = f"“{next(iter(notices))}”"
    if len(drafted) == 1:
        return f"put a sentence into {first}"
    if len(notices) == 1:
        return f"put {len(drafted)} sentences into {first}, the first of them"
    return f"put {len(drafted)} sentences into {len(notices)} notices, the first into {first}"


def _is_of_coverage(finding: Finding) -> bool:
    """Whether a rule is about a verdict as such, and not about something else of a flow."""
    return finding.rule.id in _OF_COVERAGE


def _of_facet(gap: Gap) -> tuple[str, ...]:
    facet, basis = gap.judgement.facet, gap.flow.basis
    return ("basis", basis.letter if basis else "") if facet is Facet.BASIS else (str(facet),)


def _omits_recipient(gap: Gap) -> bool:
    return gap.judgement.facet is Facet.RECIPIENT and gap.judgement.verdict is Verdict.OMITTED


def _the_sentence(gap: Gap) -> Statement | None:
    """The one sentence that makes it so: a promise, what says otherwise, or what is too loose."""
    match gap.judgement.verdict:
        case Verdict.CONTRADICTED | Verdict.AMBIGUOUS:
            promises = [s for s in gap.against if s.negative] or list(gap.against)
            return promises[0] if promises else None
        case Verdict.VAGUE:
            return gap.told_by[0] if gap.told_by else None
    return None


def _together(found: Iterable[Words]) -> Mapping[str, Words]:
    """Each group with all that some flow has it together with, however far along: one notice can serve them."""
    joined: dict[str, list[str]] = {}
    for groups in found:
        whole = [word for group in groups for word in joined.get(group, [group])]
        whole = list(dict.fromkeys(whole))
        joined |= dict.fromkeys(whole, whole)
    return {group: tuple(whole) for group, whole in joined.items()}


def _as_found(findings: Sequence[Finding]) -> Remedy:
    """What the findings say to do."""
    hint = next((f.problem.hint for f in findings if f.problem.hint), "")
    return Remedy(hint or f"`ropa explain {findings[0].rule.id}` says how")


def _kind(where: str) -> str:
    return where.partition("/")[0]


_OF_COVERAGE = frozenset(
    (
        "subject-without-notice", "promise-broken", "promise-ambiguous",
        *(
            f"{about}-{how}"
            for about in ("data", "source", "recipient", "onward", "purpose", "basis", "retention", "transfer")
            for how in ("omitted", "partial", "vague", "contradicted")
        ),
    )
)  # fmt: skip
_IN_PART: Mapping[str, tuple[str, str]] = {
    "recipient": (
        "gets data, and {people} are told only in part",
        "get data, and {people} are told only in part",
    ),
}
"""The same, where something is told of each of the flows."""
_OF_SOMEBODY: Mapping[str, tuple[str, str]] = {
    "passed-on": ("may pass data on, and {people} are not told",) * 2,
    "recipient": ("gets data, and {people} are not told", "get data, and {people} are not told"),
    "used-by": (
        "uses data for more than {people} are told",
        "use data for more than {people} are told",
    ),
}
_NOT_TOLD = {
    Facet.SUBJECT: "People get no notice",
    Facet.DATA: "Data that people are not told of",
    Facet.SOURCE: "Sources that people are not told of",
    Facet.RECIPIENT: "Recipients that people are not told of",
    Facet.PURPOSE: "Purposes that people are not told of",
    Facet.RETENTION: "How long data is kept is not told",
}
_WHAT = {
    Facet.SUBJECT: "whose data it is",
    Facet.DATA: "what data is held",
    Facet.SOURCE: "where data comes from",
    Facet.RECIPIENT: "who gets it",
    Facet.PURPOSE: "what it is used for",
    Facet.BASIS: "the lawful basis",
    Facet.RETENTION: "how long it is kept",
    Facet.TRANSFER: "where it goes",
    Facet.PROMISE: "what is promised",
}
