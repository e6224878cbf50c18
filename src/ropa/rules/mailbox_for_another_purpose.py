"""A notice sends people who want to use their rights to a mailbox that is there for something else.

A request for one's own data is not a freedom of information request: it has another law, another time limit,
and its answer must not be published. In the wrong mailbox it is answered late or wrongly (Articles 12(2), 15).

To mend it: give the mailbox of those who answer such requests.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    If you want to see a copy of your information, please contact:

    Email freedomofinformation@sampleton.example        # <- found here

Fails, whatever the mailbox is for:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    text: applicants.md
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    === residents.md
    To exercise your rights, write to press.office@sampleton.example. # <- found here
    === tenants.md
    To exercise your rights, write to marketing@sampleton.example. # <- found here
    === visitors.md
    To exercise your rights, write to tenders@sampleton.example. # <- found here
    === applicants.md
    To exercise your rights, write to careers@sampleton.example. # <- found here
    === parents.md
    To exercise your rights, write to foi-team@sampleton.example. # <- found here

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    === residents.md
    If you want to see a copy of your information, please contact:

    Email dataprotection@sampleton.example

    For freedom of information requests, write to foi@sampleton.example.

Passes, where it is for people's data, too, or the sentence is about something else:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    ---
    kind: notice
    id: parents
    audience: parent
    text: parents.md
    === residents.md
    To exercise your rights, write to foi-data@sampleton.example.
    === tenants.md
    To exercise your rights, write to us.

    For freedom of information requests, write to foi@sampleton.example.
    === visitors.md
    You can exercise your rights. Write to press@sampleton.example for questions of the press.
    === parents.md
    We are glad to hear from you. Write to newsletter@sampleton.example.
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.sentences import EMAIL, NEAR, Hit, Wording, compiled

PURPOSES = {
    "freedom of information requests": r"foi|foia|foirequests?|eir|freedomofinformation\w*",
    "the press": r"press|pressoffice|media|communications|comms",
    "marketing": r"marketing|sales|newsletters?",
    "job applications": r"recruitment|jobs|careers|vacancies",
    "purchasing": r"procurement|tenders|purchasing",
}
FITTING = {
    "freedom of information requests": r"\bfreedom of information\b(?! (?:team|officer))|\bFOI\b",
    "the press": r"\bpress\b|\bmedia\b|\bjournalist",
    "marketing": r"\bmarketing\b|\bsubscri|\bnewsletter",
    "job applications": r"\brecruit|\bjobs?\b|\bapplied\b|\bapplicants?\b|\bcandidate",
    "purchasing": r"\btender|\bsuppliers?\b|\bpurchas|\bprocur",
}
"""What a sentence says where the mailbox is the right one after all."""
RIGHTS = (
    r"\b(?:subject access|(?:copy|copies) of (?:the |any |your |all )?(?:personal )?(?:information|data|records?)|"
    r"access to (?:the |any |your )?(?:personal )?(?:information|data|records?)|see (?:the |your |what )\w*(?: \w+)? ?"
    r"(?:information|data|records?)|(?:exercis\w+|us(?:e|ing)) (?:any of )?(?:your|these) rights)\b"
)
LEAD = 3
"""How many passages up the purpose of an address may stand: a postal address often comes between."""


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 12(2)", "UK GDPR Article 15"),
    covers=("X-CONTACT",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        hits = tuple(wording.find(EMAIL))
        purposes = {address: _purpose(address) for address in {hit.words for hit in hits}}
        for hit in hits:
            purpose = purposes[hit.words]
            if purpose and _for_rights(wording, hit, purpose):
                yield case.wording_problem(
                    wording,
                    [hit],
                    f"sends people who want their own data to {hit.words}, a mailbox for {purpose}",
                    "give the mailbox of those who answer such requests",
                    hit.words.partition("@")[0].casefold(),
                )


def _purpose(address: str) -> str:
    """What a mailbox is for, by its name; nothing where it is for people's data, too."""
    local = address.partition("@")[0].casefold()
    words = (*re.split(r"[._+-]+", local), re.sub(r"[._+-]+", "", local))
    if compiled(r"sar|dsar|dpo?|data|privacy|gdpr|access").search(local.replace("freedom", "")):
        return ""
    return next(
        (p for p, names in PURPOSES.items() if any(re.fullmatch(names, w) for w in words)), ""
    )


def _for_rights(wording: Wording, hit: Hit, purpose: str) -> bool:
    """Whether the nearest thing said before the address is about people's own data."""
    if compiled(FITTING[purpose]).search(hit.after):
        return False
    for words in (hit.before, *(p.words[-NEAR:] for p in wording.lead(hit.passage, LEAD))):
        if compiled(FITTING[purpose]).search(words):
            return False
        if compiled(RIGHTS).search(words):
            return True
    return False
