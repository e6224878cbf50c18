"""A notice is in force that nobody has signed off.

The register holds sign-offs: somebody puts their name to each notice before people get it, and the record
says what they knew then. For this notice there is none, so nobody can show who decided that it could be
published as it is. No law asks for a signature. The organisation answers for telling people what it does with
their data, and must be able to show it (Articles 5(2) and 24(1)); a signature that says what was
known is a way to show it.

A register without any sign-off is left in peace, unless the settings say `sign_off = "required"`.

To mend it: have it read by whoever answers for it, run `ropa sign-off NOTICE --by NAME`, and check in what
that writes.

Fails:

    # as of 2026-11-23
    kind: notice
    id: residents
    audience: resident
    in_force: {from: 2026-01-01}
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: notice                          # <- found here
    id: pupils
    audience: pupil
    statements:
      - quote: We use your name to teach you
        uses: education-provision
    ---
    kind: sign-off
    id: residents-2026-01-01
    notice: residents
    by: A. Example
    signed: 2026-01-01
    judged: {as_of: 2026-01-01, mode: specific, max_hops: 1}
    verdicts: {}
    hashes:
      text: "2:9c3f1b7a00d2e845"
      statements: "51b2c09e7f3a6d18"
      flows: "4f53cda18c2baa0c"
      verdicts: "4f53cda18c2baa0c"
    flows: {}
    seal: "0c5a1f60e2b94d77"

Passes:

    kind: notice
    id: residents
    audience: resident
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: notice
    id: pupils
    audience: pupil
    statements:
      - quote: We use your name to teach you
        uses: education-provision
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.signatures.missing():
        yield Problem(
            notice.origin.location,
            f"“{notice.name}” is in force, and nobody has signed it off",
            f"have it read, then run `ropa sign-off {notice.id} --by NAME`",
            where=f"notice/{notice.id}",
            facet="sign-off",
        )
