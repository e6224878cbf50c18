"""A notice tells children that the law requires a return, and not which law or which return.

"We are required by law to pass on some of this information" leaves a child, or a parent, nothing to
look up. The basis is told where the law is named: section 83 of the Children Act 1989, or the
return itself, the children in need census or the looked-after children return (Article 13(1)(c)).
The Department's own model wording does so.

To mend it: name the return or section 83 in the notice.

Fails:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: children
    audience: child-in-need
    text: children.md
    statements:
      - discloses: dfe                    # <- found here
        quote: We have to give some of it to the Department for Education

Passes:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: children
    audience: child-in-need
    text: children.md
    statements:
      - quote: Under section 83 of the Children Act 1989 we give it to the Department for Education
        discloses: dfe

Passes, where the text cannot be read (`text-missing` tells that):

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: children
    audience: child-in-need
    statements:
      - discloses: dfe
        quote: We have to give some of it to the Department for Education

Passes, where nobody is told of the return, which `recipient-omitted` tells:

    kind: activity
    id: census
    name: Census of children in need
    subjects: child-in-need
    data: upn
    purposes: statutory-return
    basis: {article_6: c, law: Children Act 1989 s.83}
    disclosures:
      - to: dfe
    ---
    kind: party
    id: dfe
    name: Department for Education
    type: public-authority
    ---
    kind: notice
    id: children
    audience: child-in-need
    text: children.md
    statements:
      - uses: statutory-return
        quote: We use it for returns that the law asks for
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(c)", "Children Act 1989 s.83"),
    regimes=("uk-gdpr",),
    covers=("D-S83-NOTICE",),
)
def check(case: Case) -> Iterator[Problem]:
    told = {
        statement.notice: statement
        for activity, disclosure in case.ledger.returns
        for flow in [case.coverage.by_id.get(f"{activity.id}/disclose/{disclosure.to}")]
        for judgement in [flow.on(Facet.RECIPIENT) if flow else None]
        for statement in (judgement.told_by if judgement else ())
    }
    for id_, statement in told.items():
        notice = case.register.notices[id_]
        text = case.text_of(notice)
        if text and not re.search(_NAMES, text.file.text, re.IGNORECASE):
            yield Problem(
                statement.origin.location,
                f"“{notice.name}” tells of the return to the Department for Education, and names "
                "neither the law nor the return",
                "name section 83 of the Children Act 1989, or the census or return",
                where=f"notice/{id_}",
                facet="statutory-return",
            )


_NAMES = (
    r"\b(s|sec|section|sections)\.?\s*83\b"
    r"|children in need census|census of children in need|SSDA\s?903"
    r"|look(ed)?[ -]after children('s)? (return|census|data)"
)
"""How a notice may name the section or one of the two returns."""
