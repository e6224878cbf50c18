"""A notice says that something is done, and nothing in the register bears it out.

Either the notice is out of date and tells people of sharing or uses that have ended, or the
register is incomplete and leaves out something that happens. Both matter: what people are told
must be true (Article 5(1)(a)), and the record must hold all processing (Article 30(1)).

To mend it: add what is missing to the register, or take the sentence, or the words in question, out
of the notice.

Fails:

    kind: activity
    id: repairs
    name: Repairs to council homes
    subjects: tenant
    data: [name, phone-number]
    purposes: housing-services
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - uses: [housing-services, research]      # <- found here
        quote: We use your details to look after your home and for research
      - discloses: charity                      # <- found here
        quote: We pass your details to local charities

Fails, where no flow bears out a period, its beginning, a letter or a safeguard, also where another sentence agrees:

    kind: activity
    id: housing
    name: Looking after homes
    subjects: tenant
    data: [name, address]
    purposes: housing-services
    basis: {article_6: b}
    retention: {period: P6Y, trigger: end-of-contract}
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - uses: {purposes: housing-services, basis: {article_6: b}}
        quote: We use your details to look after your home because of your contract
      - uses: {purposes: housing-services, basis: {article_6: f}} # <- found here
        quote: We use your details to look after your home because of our legitimate interests
      - keeps: {period: P6Y, trigger: end-of-contract}
        quote: We keep your details for six years after your tenancy ends
      - keeps: {period: P1Y}                 # <- found here
        quote: We keep your details for one year

Passes:

    kind: activity
    id: repairs
    name: Repairs to council homes
    subjects: tenant
    data: [name, phone-number]
    purposes: housing-services
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - uses: housing-services
        quote: We use your details to look after your home
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.coverage import Unmatched
from ropa.judging.gaps import place
from ropa.judging.verdict import Verdict
from ropa.register.model import Register, Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_JOINTS = {
    Facet.SUBJECT: "about",
    Facet.DATA: "with",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "for",
    Facet.COUNTRY: "in",
}


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 30(1)"),
    covers=("A30-COMPLETE", "C-STALE"),
)
def check(case: Case) -> Iterator[Problem]:
    if case.short:
        return  # what cannot be read may be what bears it out
    for unmatched in case.coverage.unmatched:
        statement = unmatched.statement
        if unmatched.scalar and statement in _against(case, unmatched.facet):
            continue  # where it misleads people, that is the finding
        yield Problem(
            statement.origin.location,
            f"{case.notices_saying((statement,))} says {phrases.quoted((statement,), most=50)}; "
            f"the register records nothing of the kind{_words(case.register, unmatched)}",
            "add it to the register if it is done, or take it out of the notice",
            ((place(statement), "the notice says it here"),),
            f"notice/{statement.id}",
            str(unmatched.facet or "claim"),
        )


def _against(case: Case, facet: Facet | None) -> frozenset[Statement]:
    """The statements that some flow contradicts along a facet."""
    found = case.coverage.gaps(facet, Verdict.CONTRADICTED) if facet else ()
    return frozenset(s for _, judgement in found for s in judgement.against)


def _words(register: Register, unmatched: Unmatched) -> str:
    if unmatched.facet is None:
        about = unmatched.statement.states.get(Facet.SUBJECT, ())
        return f" about {phrases.names(register, Facet.SUBJECT, about)}" if about else ""
    if unmatched.scalar:
        return f": {phrases.several(phrases.scalar(register, word) for word in unmatched.words)}"
    words = phrases.names(register, unmatched.facet, unmatched.words)
    return f" {_JOINTS[unmatched.facet]} {words}"
