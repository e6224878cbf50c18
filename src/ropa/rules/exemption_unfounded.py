"""An activity claims an exception from telling people that the law does not give it.

Of data that comes from the person themselves, people need not be told only what they know already
(Article 13(4)). Of data from elsewhere there are more exceptions (Article 14(5)): they know already
(a); a law lays the obtaining or the disclosure down and protects them (c); professional secrecy (d).
Telling them is impossible, out of proportion or would seriously impair the aims: that is 14(5)(b) in
the European Union, and since 5 February 2026 14(5)(e) and (f) in the United Kingdom, where people
have to be protected otherwise, as by publishing the information (Article 14(7)). Since that day
Article 13(5) of the UK GDPR excuses from telling people that data taken for something else is used
for research, archives or statistics; the first telling it leaves as it is. Schedules 2 to 4 to the
Data Protection Act 2018 excuse case by case. A claim needs its reason on file. One that holds
answers for what need not be told, and is listed with its reason in every report and in every
sign-off; of a Schedule, where its paragraph is named. One that does not hold answers for nothing.

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

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.exemptions import faults
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
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
            for fault in faults(case.ledger, activity, exemption):
                yield Problem(
                    (activity.origin / "exemption" / fault.key).location,
                    f"“{activity.name}” claims {exemption.provision} as an exception from telling "
                    f"people, and {fault.says}",
                    fault.hint,
                    where=f"activity/{activity.id}",
                    facet=f"exemption/{fault.about}",
                )
