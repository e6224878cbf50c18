"""A notice seems to say something of its flows, and no statement quotes it.

What a notice says counts only where a statement quotes it, so that somebody has read the words and
said what they mean. Here the published text has sentences that look like it, such as how long data is
kept, and none of the notice's statements says anything of the kind. Either the statement was
forgotten, and the gaps it would close are shown for nothing, or the sentences mean something else.
The organisation must be able to show what people are told (Article 5(2)). This is a question, and
no verdict rests on it.

To mend it: quote the sentence in a statement that says what it tells. `ropa notice inspect` shows
all sentences that look like it.

Fails:

    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:                           # <- found here
      - quote: We use your name to manage your tenancy, and keep it for six years after it ends
        uses: {data: name, purposes: tenancy-management}

Passes:

    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We use your name to manage your tenancy
        uses: {data: name, purposes: tenancy-management}
      - quote: We keep it for six years after your tenancy ends
        keeps: {period: P6Y, trigger: end-of-contract}

Passes, where a statement says it goes abroad, in whatever words:

    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We transfer your name to the United States
        transfers: {countries: US}
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    statements:
      - quote: We transfer your name to our cloud in the United States
        discloses: {to: it-supplier, countries: US, safeguard: idta}
"""

from collections.abc import Callable, Iterator, Mapping

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.register.model import Claim, Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

MOST = 3
_SAYS: Mapping[str, tuple[str, str, Callable[[Statement], bool]]] = {
    "retention": (
        "how long data is kept",
        "`keeps`",
        lambda s: s.speaks_to(Facet.RETENTION),
    ),
    "recipients": ("who gets data", "`discloses`", lambda s: s.claim is Claim.DISCLOSES),
    "third_country_transfer": (
        "whether data leaves the country",
        "`transfers`",
        lambda s: s.claim is Claim.TRANSFERS or s.speaks_to(Facet.TRANSFER),
    ),
    "lawful_basis": ("the lawful basis", "`basis`", lambda s: s.speaks_to(Facet.BASIS)),
}
"""For each item: what it says, what a statement says it with, and whether a statement does."""


@rule(Severity.NOTE, since="0.1.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        if notice.over(case.settings.day):
            continue
        for item, (about, key, says) in _SAYS.items():
            signs = () if any(map(says, notice.statements)) else case.signs(notice, item)
            if signs:
                where = phrases.several([*dict.fromkeys(map(case.whereabouts, signs))][:MOST])
                yield Problem(
                    (notice.origin / "statements").location,
                    f"“{notice.name}” seems to say {about}, and no statement quotes it",
                    f"if it does, quote it with {key}; see {where} of {notice.text}",
                    tuple((at, "looks like it") for at in signs[:MOST]),
                    f"notice/{notice.id}",
                    item.replace("_", "-"),
                )
