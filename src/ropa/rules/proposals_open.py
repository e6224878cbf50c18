"""Statements of a notice are proposed, and nobody has accepted them yet.

A proposal counts for nothing: it tells nobody anything, breaks no promise, ties no sentence, and nothing is said of
what is wrong with it. It comes from a program, or from somebody who has not decided. A person has to read the sentence
and accept what it says; the organisation must be able to show what it tells people (Article 5(2)).

To mend it: `ropa notice accept NOTICE` shows them, and accepts those that are named by their numbers; or delete
`proposed` beside what is right, and the whole entry where it is wrong.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        proposed: true                    # <- found here
        uses: {data: name, purposes: education-provision}
    === pupils.md
    We use your name to teach you.

Fails, for a party that somebody proposes:

    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    proposed: {by: a program}             # <- found here

Passes, where somebody has accepted it:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
        accepted: {by: J. Smith, on: 2026-11-30, proposed_by: ropa notice suggest}
"""

from collections import Counter
from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.document import Document
from ropa.findings import Problem, Severity
from ropa.register.model import Notice
from ropa.rule import rule
from ropa.saying import phrases

MOST_NAMED = 3
"""How many proposers are named."""


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        if notice.proposals and not notice.over(case.settings.day):
            yield _problem(notice)
    for document in case.documents:
        if not document.problems and isinstance(document.data, dict):
            yield from _proposed(document)


def _proposed(document: Document) -> Iterator[Problem]:
    """A party, a word, a system or an entry that nobody has accepted yet."""
    data = document.data
    if data.get("proposed") and data.get("kind") != "notice":
        kind, id_ = str(data.get("kind")), str(data.get("id"))
        held = data["proposed"]
        by = f" by {held['by']}" if isinstance(held, dict) and "by" in held else ""
        yield Problem(
            (document.origin / "proposed").location,
            f"the {kind} {id_} is proposed{by}, and counts for nothing",
            "delete `proposed` where it is right, or the whole of it",
            where=f"{kind}/{id_}",
            facet="proposed",
        )


def _problem(notice: Notice) -> Problem:
    one = len(notice.proposals) == 1
    number = phrases.count(len(notice.proposals), "proposed statement")
    waits = "waits for a person, and counts" if one else "wait for a person, and count"
    them = "it" if one else "them"
    return Problem(
        (notice.proposals[0].origin / "proposed").location,
        f"{number} of “{notice.name}” {waits} for nothing{_proposers(notice)}",
        f"`ropa notice accept {notice.id}` shows {them}, and accepts those that you name by number",
        where=f"notice/{notice.id}",
        facet="proposals",
    )


def _proposers(notice: Notice) -> str:
    """Who proposed how many, in brackets; nothing where nobody is named."""
    by = Counter(proposal.proposed_by for proposal in notice.proposals if proposal.proposed_by)
    named = [f"{count} by {name}" for name, count in by.most_common(MOST_NAMED)]
    more = [f"{len(by) - MOST_NAMED} others"] if len(by) > MOST_NAMED else []
    return f" ({phrases.several([*named, *more])})" if named else ""
