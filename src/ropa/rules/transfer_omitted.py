"""Personal data leaves the country, and no notice says so.

Where personal data leaves the country, people must be told to where it goes and what protects it
there: an adequacy decision, or the safeguards and how to get a copy of them (Articles 13(1)(f) and
14(1)(f)). A supplier that keeps the data on its own computers abroad counts.

To mend it: name the country and the safeguard in a notice that these people are given, and tie the
sentence to a statement.

Fails:

    kind: activity
    id: newsletters
    name: Newsletters
    subjects: parent
    data: email-address
    purposes: newsletter
    disclosures:
      - to: mailer                        # <- found here
    ---
    kind: party
    id: mailer
    name: Sample Mailings Inc.
    type: processor
    country: US
    safeguard: idta
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: A mailing firm sends you our newsletter
        discloses: {to: mailer, purposes: newsletter}

Passes:

    kind: activity
    id: newsletters
    name: Newsletters
    subjects: parent
    data: email-address
    purposes: newsletter
    disclosures:
      - to: mailer
    ---
    kind: party
    id: mailer
    name: Sample Mailings Inc.
    type: processor
    country: US
    safeguard: idta
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    statements:
      - quote: Our mailing firm is in the United States, under a transfer agreement
        transfers: {to: mailer, countries: US, safeguard: idta}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(f)", "UK GDPR Article 14(1)(f)"),
    covers=("N-1F", "C-TRANSFER"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.TRANSFER, Verdict.OMITTED):
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{gap.nobody} tells {gap.people} that {phrases.goes_abroad(case.register, gap.flow)}",
            f"name {gap.judgement.lacks} in {case.notices_of(gap)}",
        )
