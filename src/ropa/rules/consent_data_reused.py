"""Data that people gave on consent is used for something they did not consent to.

In the United Kingdom, since 5 February 2026, data collected on the basis of consent may be used for a
new purpose only with fresh consent, or to ensure or show that the principles are kept to; or where a
condition of Annex 2 or a law carries it and people cannot reasonably be expected to be asked (UK GDPR
Article 8A(4)). An assessment of compatibility does not carry it, and research does not. Data collected
before that day is no exception. A legal obligation with its law is taken as a case in which nobody can
be expected to ask.

To mend it: ask for consent to the new purpose; or write `compatibility` with the ground `annex-2` or
`law`, its `reference`, and the `reason` why people cannot be asked.

Fails:

    kind: activity
    id: news
    name: Newsletter
    subjects: tenant
    data: name
    purposes: marketing
    sources: data-subject
    basis: {article_6: a, reason: nobody has to take it}
    ---
    kind: activity
    id: fraud
    name: Fraud checks
    subjects: tenant
    data: name
    purposes: fraud-prevention
    sources: own-organisation             # <- found here
    basis: {article_6: e, law: Housing Act 1996 s.1}
    compatibility: CA-2026-1
    ---
    kind: activity
    id: study
    name: Study
    subjects: tenant
    data: name
    purposes: research
    sources: own-organisation             # <- found here
    basis: {article_6: e, law: Housing Act 1996 s.1}

Passes:

    kind: activity
    id: news
    name: Newsletter
    subjects: tenant
    data: name
    purposes: marketing
    sources: data-subject
    basis: {article_6: a, reason: nobody has to take it}
    ---
    kind: activity
    id: fraud
    name: Fraud checks
    subjects: tenant
    data: name
    purposes: fraud-prevention
    sources: own-organisation
    basis: {article_6: e, law: Housing Act 1996 s.1}
    compatibility:
      ground: annex-2
      reference: paragraph 5
      reason: asking would warn whoever committed the fraud
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import OWN
from ropa.law import tables as law
from ropa.register.model import Activity, BasisFor
from ropa.register.non_answers import answers, is_answer
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 5(1)(b)", "UK GDPR Article 8A(4)"),
    regimes=("uk-gdpr",),
    rests_on=("duties/consent-carries-no-more",),
    covers=("A5-COMPAT",),
)
def check(case: Case) -> Iterator[Problem]:
    if not law.DUTIES.find("consent-carries-no-more", case.settings.day):
        return
    for activity, given, new in case.ledger.consent_stretched:
        if not _carried(activity):
            at = next(s.origin.location for s in activity.sources if s.party in OWN)
            said = phrases.names(case.register, Facet.PURPOSE, new)
            from_ = phrases.several(f"“{a.name}”" for a in given)
            yield Problem(
                at,
                f"“{activity.name}” uses for {said} what people gave on consent for something else "
                f"({from_}), and nothing recorded carries that",
                "ask for consent to it, or write `compatibility` with the ground `annex-2` or "
                "`law` and the `reason` why people cannot be asked",
                tuple(
                    ((a.origin / "basis").location, "this is what they consented to") for a in given
                ),
                f"activity/{activity.id}",
                "compatibility",
            )


def _carried(activity: Activity) -> bool:
    """Whether fresh consent, the keeping of the principles, a duty, or a law that asks nobody carries it."""
    ground = activity.record.compatibility
    if activity.bases and all(map(_carries, activity.bases)):
        return True
    if ground is None:
        return False
    by_law = ground.ground in ("annex-2", "law") and is_answer(ground.reason)
    return ground.ground in ("consent", "compliance") or by_law


def _carries(part: BasisFor) -> bool:
    """Whether a basis is fresh consent, or a duty with its law."""
    letter, laws = part.basis.article_6, part.basis.law
    return letter == "a" or (letter == "c" and bool(answers(laws)))
