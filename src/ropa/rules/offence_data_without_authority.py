"""Data about offences is used, and neither official authority nor a law that allows it is recorded.

Data about convictions and offences, suspicions and proceedings among them, may be used only under
the control of official authority, or where a law allows it (Article 10). In the United Kingdom that
law is a condition of Schedule 1 to the Data Protection Act 2018 (sections 10(5) and 11(2)). Which
data that is, the words of the register say (`special: article_10`).

To mend it: write `official_authority` with the activity, or `schedule_1` below `basis`.

Fails:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    basis:                                # <- found here
      article_6: c
      law: Safeguarding Vulnerable Groups Act 2006 s.11

Fails, where Schedule 1 is not law:

    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    basis:                                # <- found here
      article_6: c
      law: Safeguarding Vulnerable Groups Act 2006 s.11
      schedule_1: "18"

Fails, where only a disclosure has a basis:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    disclosures:
      - to: police
        basis: {article_6: c, law: Police Act 1996 s.6} # <- found here

Fails, where the authority is not named:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    official_authority: "yes"
    basis:                                # <- found here
      article_6: c
      law: Safeguarding Vulnerable Groups Act 2006 s.11

Passes:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    basis:
      article_6: c
      schedule_1: "1"
      law: Safeguarding Vulnerable Groups Act 2006 s.11

Passes, where official authority is recorded:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    official_authority: Safeguarding Vulnerable Groups Act 2006 s.11
    basis:
      article_6: c
      law: Safeguarding Vulnerable Groups Act 2006 s.11

Passes, where Schedule 1 is named, for the activity or for the disclosure:

    kind: activity
    id: vetting
    name: Checking new staff
    subjects: job-applicant
    data: [name, dbs-check]
    purposes: recruitment
    basis:
      article_6: c
      law: Safeguarding Vulnerable Groups Act 2006 s.11
      schedule_1: "18"
    disclosures:
      - to: police
        basis: {article_6: c, law: Police Act 1996 s.6}
    ---
    kind: activity
    id: references
    name: References
    subjects: job-applicant
    data: name
    purposes: recruitment
    basis: {article_6: f, interests: choosing staff}
    disclosures:
      - to: police
        data: dbs-check
        basis: {article_6: c, law: Police Act 1996 s.6, schedule_1: "18"}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 10", "DPA 2018 s.10(5)", "DPA 2018 s.11(2)"),
    covers=("A10-AUTH",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        criminal = case.ledger.criminal(ground.data)
        if criminal and not _allowed(case, ground):
            data = phrases.names(case.register, Facet.DATA, criminal)
            yield Problem(
                ground.origin.location,
                f"{case.ledger.said(ground)} uses {data}, which is data about offences, and "
                "neither official authority nor a law that allows it is recorded",
                "write `official_authority`, or `schedule_1` below `basis`",
                where=ground.where,
                facet="basis/article_10",
            )


def _allowed(case: Case, ground: LedgerGround) -> bool:
    """What holds for the activity holds for what it discloses; Schedule 1 is law of the United Kingdom."""
    if is_answer(ground.activity.record.official_authority):
        return True
    own = ground.activity.bases if ground.disclosure else ()
    conditions = (ground.basis.schedule_1, *(part.basis.schedule_1 for part in own))
    return "uk-gdpr" in case.regimes and any(conditions)
