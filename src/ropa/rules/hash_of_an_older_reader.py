"""The hash of a notice's text was made by an older version of `ropa`.

A hash stands for the words of a text as they are read. This version reads texts otherwise than the one that
made the hash: it leaves out what people do not see, and finds words that were passed over. So the two cannot be
compared, and nobody can say by the hash whether the text has changed. A hash that can be compared begins with
the number of the reader, as in `2:3e32bf10260fde30`. No signature is void by this alone. The organisation must
be able to show what people are told (Article 5(2)).

To mend it: read the statements against the text once more, and write the hash it has now; sign the notice
again when it is next signed.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    text_hash: 3e32bf10260fde30           # <- found here
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
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.seen.fold import READER, reader_of


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        written = notice.text_hash
        text = case.text_of(notice) if written and not notice.over(case.settings.day) else None
        if text and reader_of(written) != READER:
            yield Problem(
                (notice.origin / "text_hash").location,
                f"the hash of the text of “{notice.name}” was made by another version of `ropa`, so it says nothing",
                f"read the statements against {notice.text}, then write `text_hash: {text.digest}`",
                where=f"notice/{notice.id}",
                facet="text_hash",
            )
    for sign_off, notice in case.signatures.counting:
        if case.text_of(notice) and reader_of(sign_off.hashes[0]) != READER:
            yield Problem(
                (sign_off.origin / "hashes").location,
                f"“{notice.name}” was signed when its text was read otherwise, "
                "so nobody can say whether its words are still the same",
                "compare the text with the one that was signed, and sign it again when it is next signed",
                where=f"sign-off/{sign_off.id}",
                facet="hashes",
            )
