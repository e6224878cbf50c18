"""A transfer rests on an adequacy decision that ends within a year.

Some decisions have an end. That of the European Union for the United Kingdom runs to 27 December
2031. If it is not renewed in time, each transfer needs another safeguard from the next day on.

To mend it: watch whether the decision is renewed, and prepare another safeguard.

Fails:

    # as of 2031-06-01
    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: adequacy               # <- found here
    ---
    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB

Fails, on the day a year before the decision ends:

    # as of 2030-12-27
    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: adequacy               # <- found here
    ---
    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB

Fails, once for each country:

    # as of 2031-06-01
    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: adequacy               # <- found here
      - to: printer
        safeguard: adequacy
    ---
    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB
    ---
    kind: party
    id: printer
    name: Sample Print Ltd
    type: processor
    country: GB

Passes:

    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: adequacy
    ---
    kind: party
    id: payroll-firm
    name: Beispiel Lohn AG
    type: processor
    country: CH

Passes, where the transfer rests on something else:

    # as of 2031-06-01
    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: sccs
    ---
    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB

Passes, where the decision runs for more than a year:

    kind: organisation
    id: beispiel
    name: Beispiel GmbH
    contact: datenschutz@beispiel.example
    regimes: eu-gdpr
    home: DE
    ---
    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: name
    purposes: payroll
    disclosures:
      - to: payroll-firm
        safeguard: adequacy
    ---
    kind: party
    id: payroll-firm
    name: Sample Payroll Ltd
    type: processor
    country: GB
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.periods import after
from ropa.rule import rule
from ropa.saying import phrases

WARNING_TIME = "P1Y"


@rule(
    Severity.NOTE,
    since="0.1.0",
    law=("EU GDPR Article 45(3)",),
    rests_on=("adequacy-uk", "adequacy-eu"),
    covers=("T-ADEQ-EXPIRY",),
)
def check(case: Case) -> Iterator[Problem]:
    seen, day = set(), case.settings.day
    for flow, country, _ in case.graph.crossings:
        if flow.safeguard == "adequacy" and country not in seen:
            seen.add(country)
            for regime in law.crossed(case.regimes, country):
                row = law.adequacy(regime, country, day)
                end = row.standing.end if row else None
                if row and end and end <= after(day, WARNING_TIME):
                    yield Problem(
                        (flow.origin / "safeguard").location,
                        f"{phrases.abroad(case.register, flow, country=country)}, which ends on {phrases.day(end)}",
                        "watch whether it is renewed, and prepare another safeguard",
                        where=f"country/{country}",
                        facet=f"adequacy/{regime}",
                    )
