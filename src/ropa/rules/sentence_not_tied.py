"""Sentences of a notice say what is done with data, in words that no statement of it has yet.

No verdict waits for them. But they may tell of data, of somebody or of a purpose that the register does not know, or
better than the sentence that is quoted. A notice for whose sentences some verdict waits has `notice-not-tied` instead.
The organisation must be able to show what it tells people (Article 5(2)).

To mend it: tie each of them to a statement; or set it aside with `aside`, with the reason.

Fails:

    kind: notice                          # <- found here
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    === pupils.md
    We use your name to teach you. We give your photograph to the police.

Passes:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
      - quote: We give your photograph to the police
        discloses: {to: police-force, data: photographs}
    === pupils.md
    We use your name to teach you. We give your photograph to the police.

Passes, where it is set aside:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    aside:
      - quote: We give your photograph to the police
        reason: it is told to pupils of another school
        by: J. Smith
    === pupils.md
    We use your name to teach you. We give your photograph to the police.

Passes, where other sentences tell it in other words:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    === pupils.md
    We use your name to teach you. We keep your name in our books.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.untied import MOST_SHOWN, UntiedSentence
from ropa.register.model import Notice
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    coverage = case.coverage
    for notice in coverage.voices.notices:
        if notice.statements and notice.id not in coverage.waiting:
            untied = [sentence for sentence in case.untied(notice) if sentence.news]
            if untied:
                yield _problem(case, notice, untied)


def _problem(case: Case, notice: Notice, untied: list[UntiedSentence]) -> Problem:
    number = phrases.count(len(untied), "sentence")
    say, them = ("says", "it") if len(untied) == 1 else ("say", "them")
    return Problem(
        notice.origin.location,
        f"{number} of “{notice.name}” {say} what is done with data in words that no statement of it has",
        f"tie {them} to a statement, or set {them} aside with `aside`",
        tuple((case.place_of(sentence), "not tied") for sentence in untied[:MOST_SHOWN]),
        f"notice/{notice.id}",
        "sentences",
    )
