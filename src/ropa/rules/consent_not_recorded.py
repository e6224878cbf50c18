"""Something rests on consent, and the record does not say where the consents are.

Whoever relies on consent must be able to show that each person gave it, and it must be as easy to
withdraw as to give (Article 7(1) and (3)). That holds for explicit consent to special category
data, too (Article 9(2)(a)).

To mend it: write `consent_record`: where the consents are on file. With a disclosure, a condition
does as well: `consent:` and the name of what is on file.

Fails:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}                 # <- found here

Fails, where it is the consent to special category data, or the one behind a disclosure:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis: {article_6: e, article_9: a, law: National Health Service Act 2006 s.1} # <- found here
    ---
    kind: activity
    id: letters
    name: Letters to members
    subjects: library-user
    data: address
    purposes: newsletter
    basis: {article_6: e, law: Public Libraries and Museums Act 1964 s.7}
    disclosures:
      - to: court
        basis: {article_6: a, reason: they like to read it} # <- found here
      - to: charity
        conditions: {consent: forms in the library}

Fails, where another condition has a name, or the consent has none:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}                 # <- found here
    disclosures:
      - to: court
        conditions: {agreement: ISA-2026-2}
      - to: charity
        conditions: consent

Passes:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}
    consent_record: sign-up log of the newsletter

Passes, where a disclosure or a source says where the consents are:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}
    disclosures:
      - to: charity
        conditions: {consent: forms in the library}
    ---
    kind: activity
    id: advice
    name: Advice on reading
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: a}
    sources:
      - from: gp-practice
        conditions: {consent: forms of the practice}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.rule import rule

LAW = ("UK GDPR Article 7(1)", "UK GDPR Article 7(3)", "UK GDPR Article 9(2)(a)")


@rule(Severity.ERROR, since="0.1.0", law=LAW, covers=("A6-A-RECORD",))
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if "a" in (ground.basis.article_6, ground.basis.article_9) and not _on_file(ground):
            consent = "consent" if ground.basis.article_6 == "a" else "explicit consent"
            yield Problem(
                ground.origin.location,
                f"{case.ledger.said(ground)} rests on {consent}, and the record does not say where "
                "the consents are on file",
                "write `consent_record`",
                where=ground.where,
                facet="consent_record",
            )


def _on_file(ground: LedgerGround) -> bool:
    activity, disclosure = ground.activity, ground.disclosure
    disclosures = (disclosure,) if disclosure else activity.disclosures
    conditions = [c for d in disclosures for c in d.conditions]
    if disclosure is None:
        conditions += [c for source in activity.sources for c in source.conditions]
    asked = any(condition.kind == "consent" and condition.name for condition in conditions)
    return asked or bool(activity.record.consent_record)
