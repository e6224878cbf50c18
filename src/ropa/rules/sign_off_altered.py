"""The record of a sign-off is not as it was written.

A record says what somebody signed, and is worth something only as long as it says that. Its `seal` is the hash
of all the rest, and no longer fits: a name, a day, a count or a hash was changed by hand. Such a record shows
nothing (Article 5(2)). Comments and layout do not count. The seal guards against slips and thoughtless
edits; who put the record there, and when, is shown by the history of the repository.

To mend it: take back the change, or sign the notice again with `ropa sign-off NOTICE --by NAME` and delete this
record.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: sign-off
    id: residents-2026-01-01
    notice: residents
    by: B. Sample
    signed: 2026-01-01
    judged: {as_of: 2026-01-01, mode: specific, max_hops: 1}
    verdicts: {}
    hashes:
      text: "2:3e32bf10260fde30"
      statements: "36e3e39d84828063"
      flows: "4f53cda18c2baa0c"
      verdicts: "4f53cda18c2baa0c"
    flows: {}
    seal: "0d141de383296902"                # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    ---
    kind: sign-off
    id: residents-2026-01-01
    notice: residents
    by: A. Example                        # who wrote this word here changes nothing
    signed: 2026-01-01
    judged: {as_of: 2026-01-01, mode: specific, max_hops: 1}
    verdicts: {}
    hashes:
      text: "2:3e32bf10260fde30"
      statements: "36e3e39d84828063"
      flows: "4f53cda18c2baa0c"
      verdicts: "4f53cda18c2baa0c"
    flows: {}
    seal: "0d141de383296902"
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for sign_off in case.signatures.altered:
        yield Problem(
            (sign_off.origin / "seal").location,
            f"the sign-off {sign_off.id} was changed after it was written, so it shows nothing",
            f"take back the change, or run `ropa sign-off {sign_off.notice} --by NAME` and delete it",
            where=f"sign-off/{sign_off.id}",
            facet="seal",
        )
