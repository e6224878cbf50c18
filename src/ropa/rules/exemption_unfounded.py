"""An activity claims an exception from telling people that the law does not give it.

Of data that comes from the person themselves, people need not be told only what they know already
(Article 13(4)). Of data from elsewhere there are four exceptions (Article 14(5)): they know already
(a); it is impossible or out of proportion, and they are protected otherwise, as by a published
notice (b); a law lays the obtaining or the disclosure down and protects them (c); professional
secrecy (d). Schedules 2 to 4 to the Data Protection Act 2018 excuse case by case. A claim needs its
reason on file. It does not close a gap in a notice; a waiver can accept one.

To mend it: name the right provision with its `reason`, and what protects people under `safeguards`;
or tell them.

Fails:

    kind: activity
    id: visits
    name: Home visits
    subjects: tenant
    data: name
    purposes: housing-services
    sources: data-subject
    exemption:
      provision: 14(5)(b)                 # <- found here
      reason: there are many tenants
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
      provision: 14(5)(b)
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
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import SELF, Activity, Exemption
from ropa.rule import rule

_PROTECTED = ("14(5)(b)", "14(5)(c)")
"""The exceptions that hold only with measures that protect people."""


@rule(
    Severity.ERROR,
    law=("UK GDPR Article 13(4)", "UK GDPR Article 14(5)", "DPA 2018 Schedules 2 to 4"),
    covers=("N-EXEMPT",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        exemption = activity.record.exemption
        if exemption is not None:
            for key, fault, hint in _faults(case, activity, exemption):
                yield Problem(
                    (activity.origin / "exemption" / key).location,
                    f"“{activity.name}” claims {exemption.provision} as an exception from telling "
                    f"people, and {fault}",
                    hint,
                    where=f"activity/{activity.id}",
                    facet=f"exemption/{key}",
                )


def _faults(case: Case, activity: Activity, exemption: Exemption) -> Iterator[tuple[str, str, str]]:
    provision = re.sub(r"(?i)^\s*(uk |eu )?(gdpr )?(article|art\.?)?\s*", "", exemption.provision)
    schedule = re.search(r"(?i)\bsch(edule|\.)?\s*([2-4])\b", provision)
    known = re.match(r"13\(4\)|14\(5\)\([a-d]\)|13\(5\)", provision)
    direct = bool(activity.sources) and all(s.party == SELF for s in activity.sources)
    if schedule and "uk-gdpr" not in case.regimes:
        yield "provision", "that Act is not law here", "name a provision of the law that applies"
    elif not schedule and not known:
        yield (
            "provision",
            "there is no such exception",
            "name 13(4), 14(5)(a) to (d), or the Schedule",
        )
    elif known and known[0].startswith("14") and direct:
        yield (
            "provision",
            "all of its data comes from the people themselves",
            "tell them, or show that they know already (Article 13(4))",
        )
    if not exemption.reason:
        yield "reason", "the record does not say why it applies", "write `reason`"
    if known and known[0] in _PROTECTED and not exemption.safeguards:
        yield "safeguards", "the record does not say what protects people", "write `safeguards`"
