"""A recognised legitimate interest is recorded without the condition of Annex 1 that is met.

Since 5 February 2026 the UK GDPR knows recognised legitimate interests (Article 6(1)(ea)). Each is
a condition of Annex 1: (1) a disclosure somebody requests for a public task, (2) national security,
public security and defence, (3) emergencies, (5) crime, (6) safeguarding a vulnerable person.
Without one of them there is no such basis; and before that day there was none at all.

To mend it: write `annex_1` below `basis`: the number of the paragraph. If none is met, name another
basis.

Fails:

    kind: activity
    id: fraud-checks
    name: Checking applications for fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    basis: {article_6: ea}                # <- found here

Fails, where there is no such condition:

    kind: activity
    id: fraud-checks
    name: Checking applications for fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    basis: {article_6: ea, annex_1: "4"}  # <- found here

Fails, before there was such a basis:

    # as of 2025-01-01
    kind: activity
    id: fraud-checks
    name: Checking applications for fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    basis: {article_6: ea, annex_1: "5"}  # <- found here

Passes:

    kind: activity
    id: fraud-checks
    name: Checking applications for fraud
    subjects: tenant
    data: name
    purposes: fraud-prevention
    basis: {article_6: ea, annex_1: "5"}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.law import tables as law
from ropa.rule import rule
from ropa.saying import phrases

ANNEX_1 = ("1", "2", "3", "5", "6")
"""The paragraphs of Annex 1 that are conditions; 4 and 7 say what words mean."""


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 6(1)(ea)", "UK GDPR Annex 1"),
    regimes=("uk-gdpr",),
    rests_on=("duties/recognised-legitimate-interests",),
    covers=("A6-EA",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        if ground.basis.article_6 == "ea":
            lacks, hint = _lacking(case, ground.basis.annex_1)
            if lacks:
                yield Problem(
                    (ground.origin / "annex_1").location,
                    f"{case.ledger.said(ground)} rests on a recognised legitimate interest, and "
                    f"{lacks}",
                    hint,
                    where=ground.where,
                    facet="basis/annex_1",
                )


def _lacking(case: Case, paragraph: str) -> tuple[str, str]:
    day = case.settings.day
    numbers = phrases.several(ANNEX_1, "or")
    if not law.DUTIES.find("recognised-legitimate-interests", day, case.regimes):
        return f"there was no such basis on {phrases.day(day)}", "name another basis"
    if not paragraph:
        return "no condition of Annex 1 is named", f"write `annex_1`: paragraph {numbers}"
    if paragraph not in ANNEX_1:
        return f"Annex 1 has no condition {paragraph}", f"write paragraph {numbers}"
    return "", ""
