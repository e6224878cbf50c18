"""A promise is kept in the register with one exception, and its sentence asks for more to be met
together.

“Only where the law allows it and it is in line with our policies” makes an exception for what meets
both. A statement that writes down the first alone lets a law excuse what the notice promises not to
do, whatever the policies say. People are told more than the check then holds the register to
(Article 5(1)(a)).

To mend it: write what has to be met together as one choice, as in `unless: [[law-permits,
policy]]`, and record for the disclosure what meets each. What nothing can meet any more, such as
an Act that has been repealed, belongs out of the notice.

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
      - quote: We share it with the Trust only if the law allows it and it complies with our policy    # <- found here
        never: discloses
        to: trust
        unless: law-permits
      - quote: We never pass on your address unless you agree and the head has approved it    # <- found here
        never: discloses
        data: address
        unless: consent
    === pupils.md
    We share it with the Trust only if the law allows it and it complies with our policy.

    We never pass on your address unless you agree and the head has approved it.

Fails, where the sentence goes on in the next:

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
      - quote: It only gets it if the law allows it and it is in compliance with the Data Code    # <- found here
        never: discloses
        to: trust
        unless: law-permits
    === pupils.md
    Sample Trust may get your name.

    It only gets it if the law allows it and it is in compliance with the Data Code.

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
      - quote: We share it with the Trust only if the law allows it and it complies with our policy
        never: discloses
        to: trust
        unless: [[law-permits, policy]]
      - quote: We never pass on your address unless you agree or the law requires it
        never: discloses
        data: address
        unless: [consent, law-requires]
      - quote: We give nothing to anybody unless the law allows it, and we look after your data
        never: discloses
        unless: law-permits
    === pupils.md
    We share it with the Trust only if the law allows it and it complies with our policy.

    We never pass on your address unless you agree or the law requires it.

    We give nothing to anybody unless the law allows it, and we look after your data.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.judging.evidence import Proof
from ropa.judging.gaps import place
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 5(1)(a)",),
    covers=("C-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    for proof in case.proofs:
        statement = proof.statement
        if not statement.negative or any(len(choice) > 1 for choice in statement.unless):
            continue
        asked = _asked_together(proof) if statement.unless else ()
        if asked:
            kept = phrases.guards(statement.unless)
            both = phrases.several(f"“{words}”" for words in asked)
            yield Problem(
                statement.origin.location,
                f"the sentence asks for {both} together, and the statement keeps only {kept}",
                "write what has to be met together as one choice, as in `unless: [[law-permits, policy]]`",
                ((place(statement), "this is the sentence"),),
                f"notice/{statement.id}",
                "unless",
            )


def _asked_together(proof: Proof) -> tuple[str, ...]:
    """The conditions of the promise's sentence that hold together, where they are of several kinds."""
    for reading in proof.readings:
        for condition in _CONDITION.finditer(reading.sentence.text):
            parts = _AND.split(condition["what"])
            known = [(kind, part) for part in parts for kind in [_kind(part)] if kind]
            if len({kind for kind, _ in known}) > 1 and not _OR.search(condition["what"]):
                return tuple(part.strip() for _, part in known)
    return ()


def _kind(words: str) -> str:
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(words)), "")


_CONDITION = regex(
    r"(?i)\b(?:only|unless|except)\b[^.;,]{0,40}?\b(?:if|where|when|as long as|provided(?: that)?)?\b(?P<what>[^.;,]+)"
)
_AND = regex(r"(?i)\band\b")
_OR = regex(r"(?i)\bor\b")
_KINDS = {
    "compliance": regex(
        r"(?i)\b(?:in (?:full )?(?:compliance|accordance|line|keeping) with|subject to|compl(?:y|ies|ied) with)\b"
    ),
    "approval": regex(r"(?i)\bapprov(?:e|es|ed|al)\b"),
    "consent": regex(r"(?i)\b(?:agree|agreed|consent|consented|permission)\b"),
    "policy": regex(r"(?i)\bpolic(?:y|ies)\b"),
    "law": regex(r"(?i)\b(?:law|legislation|legally|lawful|statute)\b"),
}
"""What may have to be met, the most particular first."""
