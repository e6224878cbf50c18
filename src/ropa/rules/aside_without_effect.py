"""Something is set aside in a notice, and it is not there, or it is the whole notice.

`aside` says of a sentence, or of all below one heading, that no statement has to quote it, and who read it. It needs
the words as they stand in the text; there are no patterns. A whole notice cannot be set aside: then nobody would look
at what it says. The organisation must be able to show what it tells people (Article 5(2)).

To mend it: quote the sentence as it stands now, or take the entry out.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    aside:
      - quote: We keep all of it in one room    # <- found here
        reason: it says how data is kept safe
        by: J. Smith
    === pupils.md
    We use your name to teach you. We keep paper files in a locked room.

Fails, where the whole notice is set aside:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    aside:
      - heading: How we use your data    # <- found here
        reason: we looked at it
        by: J. Smith
    === pupils.md
    # How we use your data

    We use your name to teach you. We pass it to the police.

Passes:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    aside:
      - quote: We keep paper files in a locked room
        reason: it says how data is kept safe
        by: J. Smith
      - heading: Cookies
        reason: they are told of on a page of their own
        by: J. Smith
    === pupils.md
    # Your data

    We use your name to teach you. We keep paper files in a locked room.

    ## Cookies

    We use two cookies.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    sentences = case.coverage.sentences
    for entry in case.aside if sentences else ():
        fault = sentences.aside(entry.notice).fault(entry.aside) if sentences else ""
        if fault:
            key = "heading" if entry.aside.heading else "quote"
            words = entry.aside.heading or entry.aside.quote
            yield Problem(
                (entry.aside.origin / key).location,
                f"“{words}” is set aside in “{entry.notice.name}”, and {fault}",
                "write the words as they stand in the text, one sentence or one heading, or take the entry out",
                (),
                f"notice/{entry.notice.id}",
                f"aside/{words}",
            )
