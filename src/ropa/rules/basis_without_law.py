"""A legal obligation or a public task is recorded without the law that lays it down.

Both bases rest on law: the obligation or the task must be laid down in law that applies to the
controller (Article 6(3)). "The law allows us" is not a basis, and neither is a policy of the
organisation's own. Article 6 of the regulation itself is no such law either: it asks for one, and to
name it is to go round in a circle.

To mend it: write `law` below `basis`: the Act or regulation and the section.

Fails:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e}                 # <- found here
    ---
    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: Council policy on clubs        # <- found here

Fails, where the law of a legal obligation is not named:

    kind: activity
    id: payroll
    name: Paying our staff
    subjects: employee
    data: bank-details
    purposes: payroll
    basis: {article_6: c}                 # <- found here

Fails, where only papers of one's own are named:

    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: [Guidance on clubs, Procedures for clubs] # <- found here
    ---
    kind: activity
    id: trips
    name: School trips
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: Strategy for trips             # <- found here
    ---
    kind: activity
    id: choirs
    name: School choirs
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: Procedures for choirs          # <- found here
    ---
    kind: activity
    id: sports
    name: School sports
    subjects: pupil
    data: name
    purposes: education-provision
    basis:
      article_6: e
      law: Guidance on sports             # <- found here

Fails, where the law is no answer:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: c, law: UK GDPR Article 6(1)(c)}       # <- found here
    ---
    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: TBC}                           # <- found here

Passes:

    kind: activity
    id: school-meals
    name: School meals
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Education Act 1996 s.512}

Passes, where a law stands beside the policy, or lays the policy down:

    kind: activity
    id: clubs
    name: After-school clubs
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: [Council policy on clubs, Education Act 2002 s.27]}
    ---
    kind: activity
    id: trips
    name: School trips
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Statutory guidance under section 175 of the Education Act 2002}
    ---
    kind: activity
    id: policing
    name: Reports to the police
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: e, law: Policing and Crime 2017 c.3}
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.law.naming import ARTICLE_6, REGULATION, is_policy
from ropa.register.model import Words
from ropa.register.non_answers import is_answer
from ropa.remembering import remembered
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 6(1)(c)", "UK GDPR Article 6(1)(e)", "UK GDPR Article 6(3)"),
    covers=("A6-LAW",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        basis = ground.basis
        if basis.article_6 in ("c", "e") and not _is_law(basis.law, basis.article_6):
            rests = f"{case.ledger.said(ground)} rests on {phrases.BASES[basis.article_6]}"
            lacks = (
                f"“{basis.law[0]}” {_what_it_is(basis.law[0])}"
                if basis.law
                else "no law that lays it down is named"
            )
            yield Problem(
                (ground.origin / "law").location,
                f"{rests}, and {lacks}",
                "write `law` below `basis`: the Act or regulation, and the section",
                where=ground.where,
                facet="basis/law",
            )


@remembered
def _is_law(written: Words, letter: str) -> bool:
    """Whether any of it may be law; only what is plainly a policy, a circle or no answer is not."""
    return any(
        is_answer(one) and not is_policy(one) and not _is_circle(one, letter) for one in written
    )


def _is_circle(written: str, letter: str) -> bool:
    """Whether it is the regulation that asks for a law; it lays duties down itself, but no tasks."""
    itself = letter == "e" and _ITSELF.fullmatch(written) is not None
    return itself or _CIRCLE.fullmatch(written) is not None


def _what_it_is(written: str) -> str:
    """What it is instead of a law."""
    if _is_circle(written, "e"):
        return "asks for a law, and is none that lays it down"
    return "is not a law"


_CIRCLE = regex(
    rf"\W*(?:{REGULATION}[\s,:]*)?{ARTICLE_6}(?:[\s,]*(?:of )?{REGULATION})?\W*", re.IGNORECASE
)
"""Words that name Article 6, and nothing else."""
_ITSELF = regex(rf"\W*{REGULATION}\W*", re.IGNORECASE)
"""Words that name the regulation, and no provision of it."""
