"""The text of a notice has changed since its statements were written.

The quotes are still looked for in the new text, but nobody has read what else changed: a sentence
may have been added that says the opposite, or a heading may have gone that gave a quote its
meaning. A change that only re-flows lines or mark-up does not count, and a hash that an older version
of `ropa` wrote cannot be compared (`hash-of-an-older-reader`). The organisation must be able
to show what people are told (Article 5(2)).

To mend it: read the statements against the new text, and then write the hash it has now.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    text_hash: 2:0c5a1f60e2b94d77         # <- found here
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    text_hash: 2:3e32bf10260fde30
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax

Passes, where the notice is over:

    kind: notice
    id: residents
    audience: resident
    in_force: {to: 2026-01-31}
    text: residents.md
    text_hash: 0c5a1f60e2b94d77
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.seen.fold import READER, reader_of

SHORTEST = 8
"""How much of a hash must be written for it to mean anything."""


@rule(Severity.WARNING, since="0.1.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        written = notice.text_hash.lower()
        text = case.text_of(notice) if written and not notice.over(case.settings.day) else None
        if text and reader_of(written) == READER and not _same(written, now := text.digest):
            yield Problem(
                (notice.origin / "text_hash").location,
                f"the text of “{notice.name}” has changed since its statements were written",
                f"read the statements against {notice.text}, then write `text_hash: {now}`",
                where=f"notice/{notice.id}",
                facet="text_hash",
            )


def _same(written: str, now: str) -> bool:
    """Whether one is the other, or the beginning of it: tools cut a hash at different lengths."""
    length = min(len(written), len(now))
    return length >= SHORTEST and written[:length] == now[:length]
