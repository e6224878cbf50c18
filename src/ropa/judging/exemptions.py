"""Exceptions from telling people: whether what is claimed holds, and what it then answers for.

An exception that holds closes no gap in a notice: people are still not told. It says why they need not be, so what
is found of it is listed with that reason, and counts for nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.findings import Finding
from ropa.flows.flow import DATA, Flow
from ropa.judging.coverage import Coverage, Told
from ropa.judging.ledger import Ledger
from ropa.judging.verdict import Verdict
from ropa.law import tables as law
from ropa.law.tables import TellingException
from ropa.register.model import OURSELVES, SELF, Activity, Exemption
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Unfounded(Struct, frozen=True):
    """What is wrong with a claim: the field it is in, what it is about, the fault, and how to mend it."""

    key: str
    about: str
    says: str
    hint: str


def faults(ledger: Ledger, activity: Activity, exemption: Exemption) -> Iterator[Unfounded]:
    """Why the claim does not hold; nothing where it does."""
    if not is_answer(exemption.reason):
        yield Unfounded(
            "reason", "reason", "the record does not say why it applies", "write `reason`"
        )
    if _SCHEDULE.search(exemption.provision):
        if "uk-gdpr" not in ledger.register.regimes:
            hint = "name a provision of the law that applies"
            yield Unfounded("provision", "provision", "that Act is not law here", hint)
        return
    named = frozenset(_NAMED.findall(exemption.provision))
    standing = {
        regime: _standing(ledger, named, regime) for regime in sorted(ledger.register.regimes)
    }
    lacking = tuple(regime for regime, rows in standing.items() if not rows)
    if lacking:
        fault, instead = _why_none(ledger, named, lacking)
        besides = f" besides, for the {law.WHOSE[lacking[0]]}" if any(standing.values()) else ""
        yield Unfounded("provision", "provision", fault, f"name {instead}{besides}")
    for row in dict.fromkeys(row for rows in standing.values() for row in rows):
        yield from _held_against(ledger, activity, exemption, row)


_SCHEDULE = regex(r"(?i)\bsch(?:edule|\.)?\s*([2-4])\b(?:.*?\bpara(?:graph|s|\.)?\s*(\d+))?")
_NAMED = regex(r"1[34]\(\d\)(?:\([a-z]\))?")


def _standing(ledger: Ledger, named: frozenset[str], regime: str) -> tuple[TellingException, ...]:
    """The exceptions of those named that one of the laws that apply has on the day."""
    rows = law.EXCEPTIONS.on(ledger.day, (regime,))
    return tuple(row for row in rows if row.provision in named)


def _why_none(ledger: Ledger, named: frozenset[str], regimes: tuple[str, ...]) -> tuple[str, str]:
    """Why what is named does not excuse: it has gone, is still to come, or never was, and what does instead."""
    day = ledger.day
    ours = [r for r in law.EXCEPTIONS.rows if r.provision in named and _is_of(r, regimes)]
    for row in ours:
        if row.moved_to and row.standing.first_day_without <= day:
            went = phrases.day(row.standing.first_day_without)
            return f"that went out on {went}: it is {row.moved_to} now", row.moved_to
    known = (row.provision for row in law.EXCEPTIONS.on(day, regimes))
    instead = phrases.several(known, "or")
    if "uk-gdpr" in regimes:
        instead += ", or the Schedule"
    if ours and ours[0].standing.start:
        return f"that is no exception before {phrases.day(ours[0].standing.start)}", instead
    return "there is no such exception", instead


def _is_of(row: TellingException, regimes: tuple[str, ...]) -> bool:
    return any(regime in row.standing.regimes for regime in regimes)


def _held_against(
    ledger: Ledger, activity: Activity, exemption: Exemption, row: TellingException
) -> Iterator[Unfounded]:
    """What an exception that there is asks for, and this activity does not give."""
    direct = bool(activity.sources) and all(s.party == SELF for s in activity.sources)
    if row.provision.startswith("14") and direct:
        yield Unfounded(
            "provision",
            "source",
            "all of its data comes from the people themselves",
            "tell them, or show that they know already (Article 13(4))",
        )
    if row.only_for and not _is_only_for(ledger, activity, row):
        purposes = phrases.several(row.only_for, "or")
        yield Unfounded(
            "provision",
            "purpose",
            f"that holds for {purposes} alone",
            "tell them, or name the exception that holds for what it does",
        )
    if row.lifts == "new-purpose" and direct:
        yield Unfounded(
            "provision",
            "lifts",
            "that lifts only the news of a new purpose (Article 13(3)), while this data is taken "
            "from the people for just this",
            "tell them when the data is taken",
        )
    if row.safeguards and not is_answer(exemption.safeguards):
        yield Unfounded(
            "safeguards",
            "safeguards",
            f"the record does not say what protects people ({row.safeguards_law})",
            "write `safeguards`",
        )


def _is_only_for(ledger: Ledger, activity: Activity, row: TellingException) -> bool:
    fit = ledger.about(Facet.PURPOSE, activity.purposes, row.only_for)
    return bool(fit) and fit == activity.purposes


Answered = Mapping[Finding, Activity]
"""Findings that an exception answers for, each with the activity that claims it."""


def answered(found: Iterable[Finding], coverage: Coverage) -> Answered:
    """What is found of flows that people need not be told of, since an exception holds.

    It answers for what is left unsaid, in whole or in part, and never for what is said and not so.
    """
    ledger = Ledger(coverage.register, coverage.settings.day)
    claims = {
        activity.id: activity
        for activity in ledger.activities
        if activity.record.exemption
        and not any(faults(ledger, activity, activity.record.exemption))
    }
    answers = {}
    for finding in found if claims else ():
        told = coverage.by_id.get(finding.problem.where)
        activity = claims.get(told.flow.activity) if told else None
        if told and activity and _answers_for(activity, told, finding):
            answers[finding] = activity
    return answers


def _answers_for(activity: Activity, told: Told, finding: Finding) -> bool:
    judgement = next((j for j in told.judgements if str(j.facet) == finding.problem.facet), None)
    exemption = activity.record.exemption
    if judgement is None or exemption is None or judgement.verdict not in _UNSAID:
        return False
    if finding.rule.undecided or not finding.rule.id.endswith(f"-{judgement.verdict}"):
        return False
    return _lifts(exemption.provision, told.flow, judgement.facet)


_UNSAID = (Verdict.OMITTED, Verdict.PARTIAL, Verdict.VAGUE)


def _lifts(provision: str, flow: Flow, facet: Facet) -> bool:
    """Whether what is claimed lets this be left unsaid of such a step.

    Article 14(5) is about data that did not come from the person, Article 13(4) about the rest, Article 13(5) about the
    news of a new purpose. The Schedules lift Articles 13 and 14 as far as they list them.
    """
    schedule = _SCHEDULE.search(provision)
    if schedule:
        listed = _LISTED.get(schedule[1], range(0))
        return facet is not Facet.SUBJECT and bool(schedule[2]) and int(schedule[2]) in listed
    direct = not flow.indirect
    whole = bool(flow.box[DATA]) and set(flow.indirect) >= set(flow.box[DATA])
    return (
        any(
            (named.startswith("14") and (whole or (facet in _INDIRECT and not direct)))
            or (named == "13(4)" and direct)
            or (named == "13(5)" and facet is Facet.PURPOSE and flow.start.id == OURSELVES)
            for named in _NAMED.findall(provision)
        )
        and facet in _TOLD
    )


_INDIRECT = frozenset({Facet.DATA, Facet.SOURCE})
"""What is due only of data that did not come from the person."""

_TOLD = frozenset(
    {*_INDIRECT, Facet.RECIPIENT, Facet.PURPOSE, Facet.BASIS, Facet.RETENTION, Facet.TRANSFER}
)

_LISTED = {"2": (*range(2, 16), *range(18, 27)), "3": range(2, 22)}
"""The paragraphs of Schedules 2 and 3 that lift Articles 13(1) to (3) and 14(1) to (4), as the first paragraph of each
lists them (Schedule 3: read; Schedule 2: from memory). Part 3 of Schedule 2 and Schedule 4 are about Article 15 alone
(from memory), so they answer for nothing here."""
