"""A notice, or what the register says of the people it is for, is not what was signed off.

Somebody signed this notice when its text said what it said then, when the register held the flows it held then,
and when those were told as the record says. Something of this has changed, so nobody has decided whether
people may be told this way now, and what is done must be shown to be in order (Articles 5(2) and
24(1)). What counts is what is meant: lines, comments, the order of lists and new line ends do not count, and
neither does a day that passes. The message names what changed, and the places show where.

To mend it: read what changed, and have the notice signed again: `ropa sign-off NOTICE --by NAME` writes a new
record beside the old one, which stays as it is.

Fails:

    kind: activity
    id: council-tax
    name: Council tax
    subjects: resident
    data: address
    purposes: council-tax
    ---
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
    notice: residents                     # <- found here
    by: A. Example
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
    by: A. Example
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

from ropa.case import MOST_PLACES, Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 24(1)"))
def check(case: Case) -> Iterator[Problem]:
    for lapse in (
        case.signatures.lapsed() if case.whole else ()
    ):  # what was not read may be as it was
        sign_off, register = lapse.sign_off, case.register
        signed = f"{sign_off.by} signed on {phrases.day(sign_off.signed)}"
        yield Problem(
            (sign_off.origin / "notice").location,
            f"“{lapse.notice.name}” is not what {signed}: {phrases.several(lapse.in_words(register))}",
            f"read what changed, then run `ropa sign-off {lapse.notice.id} --by NAME`",
            tuple(lapse.places(register))[:MOST_PLACES],
            f"sign-off/{sign_off.id}",
            "hashes",
        )
