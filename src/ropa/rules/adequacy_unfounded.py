"""A transfer is said to rest on adequacy, and no decision covers the country.

Data may go abroad without a further safeguard only where the law of the day finds the country
adequate: regulations in the United Kingdom (Article 45A), decisions of the Commission in the
European Union (Article 45(3)). The two lists differ, they change, and they end. Brazil, say, is on
the European list alone.

To mend it: agree on another safeguard and record it, or stop the transfer.

Fails:

    kind: activity
    id: translations
    name: Translating letters
    subjects: enquirer
    data: correspondence
    purposes: communications
    disclosures:
      - to: translator
        safeguard: adequacy               # <- found here
    ---
    kind: party
    id: translator
    name: Exemplo Tradutores Ltda
    type: processor
    country: BR

Passes:

    kind: activity
    id: translations
    name: Translating letters
    subjects: enquirer
    data: correspondence
    purposes: communications
    disclosures:
      - to: translator
        safeguard: adequacy
    ---
    kind: party
    id: translator
    name: Beispiel Übersetzungen AG
    type: processor
    country: CH
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 45A", "EU GDPR Article 45(3)"),
    rests_on=("adequacy-uk", "adequacy-eu"),
    covers=("T-ADEQ-UK", "T-ADEQ-EU"),
)
def check(case: Case) -> Iterator[Problem]:
    for flow, country, mark in case.graph.crossings:
        if flow.safeguard == "adequacy":
            day = case.settings.day
            for regime in law.crossed(case.regimes, country):
                if law.adequacy(regime, country, day) is None:
                    yield Problem(
                        (flow.origin / "safeguard").location,
                        f"{phrases.abroad(case.register, flow, country=country)}, and on {phrases.day(day)} no such "
                        f"decision of the {law.WHOSE[regime]} covers it",
                        "agree on another safeguard and record it, or stop the transfer",
                        where=flow.id,
                        facet=f"safeguard/{regime}{mark}",
                    )
