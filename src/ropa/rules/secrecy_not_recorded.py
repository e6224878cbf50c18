"""Health or social care is the condition, and nobody is recorded as owing a duty of secrecy.

The condition of Article 9(2)(h) holds only where the data is used by a professional, or under the
responsibility of one, or by somebody else who owes a duty of secrecy (Article 9(3)). In the United
Kingdom that is a health professional, a social work professional, or whoever owes confidentiality
under any law (Data Protection Act 2018 s.11(1)).

To mend it: write `secrecy`: who owes it.

Fails:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis:                                # <- found here
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1

Fails, once where no activity says it:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis:                                # <- found here
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: screening
    name: Eye screening
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1

Fails, where another activity says it:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis:                                # <- found here
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    ---
    kind: activity
    id: screening
    name: Eye screening
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    secrecy: doctors

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: health
    purposes: health-care
    basis:
      article_6: e
      article_9: h
      schedule_1: "2"
      law: National Health Service Act 2006 s.1
    secrecy: registered doctors and nurses
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 9(3)", "DPA 2018 s.11(1)", "DPA 2018 Schedule 1 paragraph 2(3)"),
    covers=("A9-H-SECRECY",),
)
def check(case: Case) -> Iterator[Problem]:
    relying = {g.activity.id: g.activity for g in case.ledger.grounds if g.basis.article_9 == "h"}
    lacking = [activity for activity in relying.values() if not activity.record.secrecy]
    recorded = len(lacking) < len(relying)
    for activities in case.ledger.one_or_each(lacking, somebody_has_it=recorded):
        first, *others = activities
        more = f" and {len(others)} more" if others else ""
        yield Problem(
            (first.origin / "basis").location,
            f"“{first.name}”{more} rest{'' if others else 's'} on health or social care, and the "
            "record does not say who owes a duty of secrecy",
            "write `secrecy`: the profession, or the law that binds them",
            where="activities" if others else f"activity/{first.id}",
            facet="secrecy",
        )
