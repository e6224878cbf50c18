"""An activity claims an exception from telling people that the law does not give it.

Of data that comes from the person themselves, people need not be told only what they know already
(Article 13(4)). Of data from elsewhere there are more exceptions (Article 14(5)): they know already
(a); a law lays the obtaining or the disclosure down and protects them (c); professional secrecy (d).
Telling them is impossible, out of proportion or would seriously impair the aims: that is 14(5)(b) in
the European Union, and since 5 February 2026 14(5)(e) and (f) in the United Kingdom, where people
have to be protected otherwise, as by publishing the information (Article 14(7)). Since that day
Article 13(5) of the UK GDPR excuses from telling people that data taken for something else is used
for research, archives or statistics; the first telling it leaves as it is. Schedules 2 to 4 to the
Data Protection Act 2018 excuse case by case. A claim needs its reason on file. It does not close a
gap in a notice; a waiver can accept one.

To mend it: name the right provision with its `reason`, and what protects people under `safeguards`;
or tell them.

Fails:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:
      provision: 14(5)(b)                 # <- found here
      reason: we hold no address of 40 000 former tenants
      safeguards: the notice is on our website
    ---
    kind: activity
    id: repairs
    name: Repairs
    subjects: tenant
    data: name
    purposes: housing-services
    sources: data-subject
    exemption:
      provision: 14(5)(e)                 # <- found here
      reason: there are many tenants
      safeguards: the notice is on our website

Fails, where the reason, or what protects people, is missing:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:                            # <- found here
      provision: 14(5)(e)
    ---
    kind: activity
    id: checks
    name: Checks of addresses
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:                            # <- found here
      provision: Article 14(5)(c)
      reason: the Housing Act 1996 lays it down

Fails, where there is no such exception, or not here:

    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:
      provision: 14(6)                    # <- found here
      reason: we tell them at the door
    ---
    kind: activity
    id: fraud
    name: Tracing fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    sources: local-authority
    exemption:
      provision: Schedule 2, paragraph 2  # <- found here
      reason: it would warn them

Fails, where it holds for other purposes alone, or lifts only the news of a new purpose:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: data-subject
    exemption:
      provision: 13(5)                    # <- found here
      reason: it would take too long
      safeguards: the notice is on our website
    ---
    kind: activity
    id: study
    name: A study of housing
    subjects: tenant
    data: name
    purposes: research
    sources: data-subject
    exemption:
      provision: 13(5)                    # <- found here
      reason: it would take too long
      safeguards: the notice is on our website

Fails, before the exception was law:

    # as of 2025-06-01
    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:
      provision: 14(5)(e)                 # <- found here
      reason: we hold no address of 40 000 former tenants
      safeguards: the notice is on our website

Passes:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: local-authority
    exemption:
      provision: 14(5)(e)
      reason: we hold no address of 40 000 former tenants
      safeguards: the notice is on our website

Passes, where people know already what they gave themselves:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: data-subject
    exemption:
      provision: 13(4)
      reason: the tenancy agreement tells them

Passes, where it is one of the Act, secrecy, or only some data is from the people themselves:

    kind: activity
    id: fraud
    name: Tracing fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    sources: data-subject
    exemption:
      provision: DPA 2018 Schedule 2, paragraph 2
      reason: it would warn them
    ---
    kind: activity
    id: confessions
    name: Pastoral care
    subjects: tenant
    data: name
    purposes: support
    exemption:
      provision: UK GDPR Article 14(5)(d)
      reason: a duty of professional secrecy
    ---
    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: [data-subject, local-authority]
    exemption:
      provision: 14(5)(a)
      reason: the tenancy agreement tells them

Passes, where data given before is used for research:

    kind: activity
    id: study
    name: A study of housing
    subjects: tenant
    data: name
    purposes: [research, statistics]
    sources: own-organisation
    exemption:
      provision: 13(5)
      reason: it would take too long
      safeguards: the notice is on our website
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.law.tables import TellingException
from ropa.register.model import SELF, Activity, Exemption
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

Fault = tuple[str, str, str, str]
"""The field it is in, what it is about, the fault, and how to mend it."""


@rule(
    Severity.ERROR,
    law=(
        "UK GDPR Article 13(4) to (7)",
        "UK GDPR Article 14(5) to (7)",
        "EU GDPR Article 14(5)",
        "DPA 2018 Schedules 2 to 4",
    ),
    rests_on=("exceptions",),
    covers=("N-EXEMPT",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        exemption = activity.record.exemption
        if exemption is not None:
            for key, about, fault, hint in _faults(case, activity, exemption):
                yield Problem(
                    (activity.origin / "exemption" / key).location,
                    f"“{activity.name}” claims {exemption.provision} as an exception from telling "
                    f"people, and {fault}",
                    hint,
                    where=f"activity/{activity.id}",
                    facet=f"exemption/{about}",
                )


def _faults(case: Case, activity: Activity, exemption: Exemption) -> Iterator[Fault]:
    if not is_answer(exemption.reason):
        yield "reason", "reason", "the record does not say why it applies", "write `reason`"
    if re.search(r"(?i)\bsch(edule|\.)?\s*([2-4])\b", exemption.provision):
        if "uk-gdpr" not in case.regimes:
            hint = "name a provision of the law that applies"
            yield "provision", "provision", "that Act is not law here", hint
        return
    named = frozenset(_NAMED.findall(exemption.provision))
    standing = {regime: _standing(case, named, regime) for regime in sorted(case.regimes)}
    lacking = tuple(regime for regime, rows in standing.items() if not rows)
    if lacking:
        fault, instead = _why_none(case, named, lacking)
        besides = f" besides, for the {law.WHOSE[lacking[0]]}" if any(standing.values()) else ""
        yield "provision", "provision", fault, f"name {instead}{besides}"
    for row in dict.fromkeys(row for rows in standing.values() for row in rows):
        yield from _held_against(case, activity, exemption, row)


_NAMED = re.compile(r"1[34]\(\d\)(?:\([a-z]\))?")


def _standing(case: Case, named: frozenset[str], regime: str) -> tuple[TellingException, ...]:
    """The exceptions of those named that one of the laws that apply has on the day."""
    rows = law.EXCEPTIONS.on(case.settings.day, (regime,))
    return tuple(row for row in rows if row.provision in named)


def _why_none(case: Case, named: frozenset[str], regimes: tuple[str, ...]) -> tuple[str, str]:
    """Why what is named does not excuse: it has gone, is still to come, or never was, and what does instead."""
    day = case.settings.day
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
    case: Case, activity: Activity, exemption: Exemption, row: TellingException
) -> Iterator[Fault]:
    """What an exception that there is asks for, and this activity does not give."""
    direct = bool(activity.sources) and all(s.party == SELF for s in activity.sources)
    if row.provision.startswith("14") and direct:
        yield (
            "provision",
            "source",
            "all of its data comes from the people themselves",
            "tell them, or show that they know already (Article 13(4))",
        )
    if row.only_for and not _is_only_for(case, activity, row):
        purposes = phrases.several(row.only_for, "or")
        yield (
            "provision",
            "purpose",
            f"that holds for {purposes} alone",
            "tell them, or name the exception that holds for what it does",
        )
    if row.lifts == "new-purpose" and direct:
        yield (
            "provision",
            "lifts",
            "that lifts only the news of a new purpose (Article 13(3)), while this data is taken "
            "from the people for just this",
            "tell them when the data is taken",
        )
    if row.safeguards and not is_answer(exemption.safeguards):
        yield (
            "safeguards",
            "safeguards",
            f"the record does not say what protects people ({row.safeguards_law})",
            "write `safeguards`",
        )


def _is_only_for(case: Case, activity: Activity, row: TellingException) -> bool:
    fit = case.ledger.about(Facet.PURPOSE, activity.purposes, row.only_for)
    return bool(fit) and fit == activity.purposes
