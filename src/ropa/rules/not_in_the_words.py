"""A statement quotes a sentence that does not say what is stated, and another sentence of the notice does.

No word for any of the things stated stands in the sentence that is quoted, nor in what leads in to it. The notice
may still say it in other words; but another sentence names what is stated, so the quote may be the wrong one. The
same is asked where the quoted sentence names other data, people or purposes in their place; of an item, where another
sentence looks as if it told it, or the quoted one tells another item instead; and of a right wherever the quoted
sentence does not look as if it told it. The statement counts. The organisation must be able to show what it tells
people (Article 5(2)).

To mend it: quote the other sentence. Where the quote is right, say with `read_as` which of its words say it.

Fails:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We share some of it with our neighbours    # <- found here
        discloses: {to: trust, data: name}
    === pupils.md
    We pass your name to Sample Trust.

    We share some of it with our neighbours.

Fails, where the copy that people can have is none of their data:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: You can ask for a copy of our yearly report    # <- found here
        informs: right-of-access
    === pupils.md
    You can ask for a copy of our yearly report.

Fails, where another right is quoted:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: You can ask for a copy of your data    # <- found here
        informs: right-to-erasure
    === pupils.md
    You can ask for a copy of your data.

Fails, where the sentence names something else:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We collect your date of birth    # <- found here
        collects: {data: attendance}
    === pupils.md
    We collect your date of birth.

Passes:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We pass your name to Sample Trust
        discloses: {to: trust, data: name}
      - quote: You can ask us to erase your data
        informs: right-to-erasure
    === pupils.md
    We pass your name to Sample Trust. You can ask us to erase your data.

Passes, where somebody says how it is to be read:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We share some of it with our neighbours
        read_as:
          to: the neighbours are Sample Trust, next door
          because: the notice names it above
          by: J. Smith
          on: 2026-11-01
        discloses: {to: trust, data: name}
    === pupils.md
    We pass your name to Sample Trust. It is our neighbour.

    We share some of it with our neighbours.

Passes, where no other sentence says it either:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We share some of it with our neighbours
        discloses: {to: trust, data: name}
    === pupils.md
    We share some of it with our neighbours.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.evidence import Proof
from ropa.judging.reasons import sentence_of
from ropa.location import Location
from ropa.rule import rule
from ropa.saying import phrases
from ropa.seen.text import NoticeText


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for proof in case.proofs:
        notice = case.register.notices[proof.statement.notice]
        text = case.text_of(notice)
        if text is not None:
            yield from _found(case, text, proof)


def _found(case: Case, text: NoticeText, proof: Proof) -> Iterator[Problem]:
    place = proof.statement.quoted or proof.statement.origin.location
    other = case.proved.elsewhere(proof)
    if other is not None:
        at = text.location(other.sentence)
        says = f"another sentence names it ({case.whereabouts(at)})"
        yield _problem(proof, says, ((at, "names it"),), f"“{other.sentence.text}”")
        return
    items = case.proved.other_items(proof)
    if items:
        named = phrases.several(f"`{item}`" for item in items)
        yield _problem(proof, f"it looks as if it told {named} instead", ((place, "the sentence"),))
        return
    others = case.proved.other_words(proof)
    if others:
        named = phrases.several(dict.fromkeys(f"“{mark.words}”" for mark in others))
        yield _problem(proof, f"it names {named} instead", ((place, "the sentence"),))
    elif case.proved.unsaid_rights(proof):
        yield _problem(proof, "no sentence of the notice looks like it", ((place, "the sentence"),))


def _problem(
    proof: Proof,
    says: str,
    related: tuple[tuple[Location, str], ...],
    better: str = "the sentence that says it",
) -> Problem:
    return Problem(
        (proof.statement.origin / "quote").location,
        f"{phrases.clipped(sentence_of(proof), 50)} has no word for what this statement says, and {says}",
        f"quote {better}, or say with `read_as` which words say it",
        related,
        f"notice/{proof.statement.id}",
        "quote",
    )
