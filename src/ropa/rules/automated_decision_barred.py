"""A machine decides alone about people where the law does not let it.

In the United Kingdom, since 5 February 2026, no significant decision may be made by automated means
alone on the basis of recognised legitimate interests (UK GDPR Article 22B(4)). On special category
data it may be made only with explicit consent, or where a contract with the person needs it or a law
requires or allows it and substantial public interest is the condition (Article 22B(1) to (3)). In the
European Union, and in the United Kingdom before that day, such decisions are for contracts, laws and
explicit consent alone (Article 22(2)), and on special category data for explicit consent or
substantial public interest (Article 22(4)). A decision in which a person takes a meaningful part is
not made by a machine alone (UK GDPR Article 22A).

To mend it: have a person decide, and write who under `human`; or rest the decision on a basis and a
condition that carry it.

Fails:

    kind: activity
    id: triage
    name: Triage
    subjects: tenant
    data: [name, health]
    purposes: safeguarding
    basis: {article_6: ea, annex_1: "6", article_9: g, schedule_1: "18"}
    automated_decisions:                  # <- found here
      logic: a score
      consequences: refused
    ---
    kind: activity
    id: care-levels
    name: Setting levels of care
    subjects: patient
    data: [name, health]
    purposes: health-care
    basis: {article_6: e, article_9: h, schedule_1: "2", law: Care Act 2014 s.9}
    automated_decisions:                  # <- found here
      logic: points for each answer
      consequences: the hours of care

Passes:

    kind: activity
    id: triage
    name: Triage
    subjects: tenant
    data: [name, health]
    purposes: safeguarding
    basis: {article_6: ea, annex_1: "6", article_9: g, schedule_1: "18"}
    automated_decisions:
      logic: a score
      consequences: help is offered first to those who need it most
      human: a social worker reads the case and decides
    ---
    kind: activity
    id: benefits
    name: Deciding on benefits
    subjects: benefit-claimant
    data: [name, health]
    purposes: benefits-administration
    basis: {article_6: e, article_9: g, schedule_1: "6", law: Social Security Act 1998 s.2}
    automated_decisions: {logic: the rules of the scheme, consequences: the sum that is paid}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.register.model import Activity, Basis, BasisFor
from ropa.register.non_answers import answers
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Articles 22A and 22B", "EU GDPR Article 22(2)", "EU GDPR Article 22(4)"),
    rests_on=(
        "duties/significant-automated-decisions",
        "duties/automated-decisions-before",
        "duties/automated-decisions-eu",
    ),
    covers=("N-2F",),
)
def check(case: Case) -> Iterator[Problem]:
    for activity in case.ledger.activities:
        decisions = activity.record.automated_decisions
        if decisions is None or not decisions.alone:
            continue
        bars = (bar for part in activity.bases for bar in _bars(case, activity, part))
        for about, fault in dict.fromkeys(bars):
            yield Problem(
                (activity.origin / "automated_decisions").location,
                f"in “{activity.name}” machines decide alone about people, and {fault}",
                "have a person take a meaningful part and write who under `human`, or rest it on "
                "what carries it",
                where=f"activity/{activity.id}",
                facet=f"automated_decisions/{about}",
            )


def _bars(case: Case, activity: Activity, part: BasisFor) -> Iterator[tuple[str, str]]:
    """What forbids it, by what it is about: the basis, or the special category data."""
    basis, special = part.basis, case.ledger.special(part.data or activity.data)
    said = phrases.names(case.register, Facet.DATA, special) if special else ""
    day = case.settings.day
    now = law.DUTIES.find("significant-automated-decisions", day, case.regimes) is not None
    strict = any(law.DUTIES.find(row, day, case.regimes) for row in _ARTICLE_22)
    if now and basis.article_6 == "ea":
        yield "basis", f"no such decision may rest on {phrases.BASES['ea']} (Article 22B(4))"
    if now and special and not _carried_by_22b(basis):
        yield "special", f"{said} carries one only with {_GATEWAYS} (Article 22B)"
    elif strict and special and basis.article_9 not in ("a", "g"):
        yield (
            "special",
            f"{said} carries one only with explicit consent or for reasons of substantial public "
            "interest (Article 22(4))",
        )
    if strict and not _carried_by_22(basis):
        yield "basis", "it takes a contract, a law or explicit consent (Article 22(2))"


_ARTICLE_22 = ("automated-decisions-before", "automated-decisions-eu")
_GATEWAYS = (
    "explicit consent, or for reasons of substantial public interest where a contract or a law "
    "asks for it"
)


def _carried_by_22b(basis: Basis) -> bool:
    """Whether a decision on special category data may be made by machines alone in the United Kingdom."""
    asked_for = basis.article_6 == "b" or bool(answers(basis.law))
    return basis.article_9 == "a" or (basis.article_9 == "g" and asked_for)


def _carried_by_22(basis: Basis) -> bool:
    """Whether a decision may be made by machines alone in the European Union, whatever the data."""
    return basis.article_6 in ("", "a", "b") or basis.article_9 == "a" or bool(answers(basis.law))
