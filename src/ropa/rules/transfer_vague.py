"""Personal data leaves the country, and the notices do not say to where.

Where personal data leaves the country, people must be told to where it goes and what protects it
there (Articles 13(1)(f) and 14(1)(f)). “Outside the UK” is every country but one; nobody can judge
from it what becomes of their data. The regulators' guidance is to name the countries.

To mend it: name the country, or the group of countries it belongs to (“the European Union”), in the
sentence that is there already.

Fails:

    kind: activity
    id: backups
    name: Backups
    subjects: tenant
    data: [name, payment-record]
    purposes: information-security
    disclosures:
      - to: vault                         # <- found here
    ---
    kind: party
    id: vault
    name: Sample Vaults Ltd
    type: processor
    country: IN
    safeguard: idta
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: Backups are kept outside the UK, under the International Data Transfer Agreement
        transfers: {to: vault, countries: abroad, safeguard: idta}

Fails, where another sentence names the safeguard:

    kind: activity
    id: backups
    name: Backups
    subjects: tenant
    data: [name, payment-record]
    purposes: information-security
    disclosures:
      - to: vault                         # <- found here
    ---
    kind: party
    id: vault
    name: Sample Vaults Ltd
    type: processor
    country: IN
    safeguard: idta
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: Backups are kept outside the UK, under the International Data Transfer Agreement
        transfers: {to: vault, countries: abroad}
      - quote: The International Data Transfer Agreement protects them
        transfers: {to: vault, safeguard: idta}

Passes:

    kind: activity
    id: backups
    name: Backups
    subjects: tenant
    data: [name, payment-record]
    purposes: information-security
    disclosures:
      - to: vault
    ---
    kind: party
    id: vault
    name: Sample Vaults Ltd
    type: processor
    country: IN
    safeguard: idta
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: Backups are kept in India, under the International Data Transfer Agreement
        transfers: {to: vault, countries: IN, safeguard: idta}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(f)", "UK GDPR Article 14(1)(f)"),
    covers=("N-1F", "C-TRANSFER"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.TRANSFER, Verdict.VAGUE):
        deed = phrases.goes_abroad(case.register, gap.flow, f"data about {gap.people}")
        vague = [statement for statement in gap.told_by if Facet.COUNTRY in statement.states]
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{deed}; the notices say only {phrases.quoted(vague, 40)}",
            f"name {gap.judgement.lacks} in {case.notices_saying(vague)}",
        )
