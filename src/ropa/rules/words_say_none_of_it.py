"""Nothing of what a statement says stands in the sentence that it quotes.

A statement about what is done with data needs a sentence that says it: at least that something of the kind is
done, or one of the things stated. A heading or a title says nothing, whatever it announces: people read the text
below it. Such a statement is void: it tells nobody anything. A promise counts as it is written, until somebody mends or
deletes it. The finding may be accepted; the statement stays void. The organisation must be able to show what it
tells people (Article 5(2)).

To mend it: quote the sentence that says it, or delete the statement.

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
      - quote: You can object to what we do    # <- found here
        discloses: {to: trust, data: name}
    === pupils.md
    We pass your name to Sample Trust.

    You can object to what we do.

Fails, where only a heading or the title is quoted:

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
      - quote: How we use your information    # <- found here
        uses: {data: name, purposes: education-provision}
      - quote: Who we share your name with    # <- found here
        discloses: {to: trust}
      - quote: Your right of access    # <- found here
        informs: right-of-access
    === pupils.md
    # How we use your information

    ## Who we share your name with

    You will find that on another page.

    ## Your right of access

    Please write to us.

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
      - quote: the local health team
        discloses: health-body
    === pupils.md
    We pass your name to Sample Trust.

    We also share your data with:

    - the local health team

Passes, where the text is in a language that is not read:

    kind: notice
    id: pupils
    audience: pupil
    language: cy
    text: pupils.md
    statements:
      - quote: Rydym yn rhannu eich enw
        discloses: health-body
    === pupils.md
    Rydym yn rhannu eich enw gyda'r bwrdd iechyd lleol er mwyn cynllunio gwasanaethau. Mae gennych hawl i ofyn am gopi
    o'ch data, ac i gwyno wrth y comisiynydd os nad ydych yn fodlon ar ein hateb.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.evidence import Proof
from ropa.judging.reasons import sentence_of
from ropa.rule import rule


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for proof in case.proofs:
        if proof.heading or (proof.silent and not proof.gainsaid):
            yield _problem(proof)


def _problem(proof: Proof) -> Problem:
    statement = proof.statement
    says = "is only a heading" if proof.heading else "says nothing of what is stated"
    after = (
        "the promise counts as it is written until it is mended"
        if statement.negative
        else "this statement tells nobody anything"
    )
    place = statement.quoted or statement.origin.location
    return Problem(
        (statement.origin / "quote").location,
        f"“{sentence_of(proof)}” {says}, so {after}",
        "quote the sentence that says it, or delete the statement",
        ((place, "the heading" if proof.heading else "the sentence"),),
        f"notice/{statement.id}",
        "quote",
    )
