"""The register records what a notice promises will not be done.

A promise is something people rely on. If a notice says that address details never go to a school
without consent, and the register records that they go there and no consent, one of the two is
wrong, and if it is the notice, people are being misled. Processing must be fair and transparent
(Article 5(1)(a)). A promise gives way where what it makes an exception for is on record ("unless
the law allows it"), and where a notice also says something more specific.

To mend it: stop the flow; or, if the exception does apply, record it: the law under `basis`, a
consent or a court order under `conditions`. If the promise itself is wrong, take it back and tell
people before going on.

Fails:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    disclosures:
      - to: newspaper                     # <- found here
    ---
    kind: party
    id: newspaper
    name: The Sampleton Echo
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We never give your address to anyone unless you agree
        never: discloses
        to: anyone
        data: address
        unless: consent

Fails, where nothing is excepted:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    disclosures:
      - to: newspaper                     # <- found here
    ---
    kind: party
    id: newspaper
    name: The Sampleton Echo
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We never give your address to anyone
        never: discloses
        to: anyone
        data: address

Passes:

    kind: activity
    id: admissions
    name: School admissions
    subjects: pupil
    data: [name, address]
    purposes: school-admissions
    disclosures:
      - to: newspaper
        conditions:
          - consent: prize-day-form
    ---
    kind: party
    id: newspaper
    name: The Sampleton Echo
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We never give your address to anyone unless you agree
        never: discloses
        to: anyone
        data: address
        unless: consent
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 5(1)(a)",), covers=("C-DENY", "C-COND"))
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.PROMISE, Verdict.CONTRADICTED):
        done = phrases.goes(case.register, gap.flow, f"data about {gap.people}")
        promises = gap.against
        guards = [guard for promise in promises for guard in promise.unless]
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{done}, against the promise {phrases.quoted(promises, 60)}{case.in_other_modes(gap.judgement)}",
            f"if there is {phrases.guards(guards)}, record it for this flow; otherwise stop it, or "
            "take the promise back and tell people first"
            if guards
            else "stop it, or take the promise back and tell people first",
        )
