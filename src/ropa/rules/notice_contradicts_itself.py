"""Two sentences of one notice cannot both be true.

One says that something is not done at all, and another says that it is. Whichever is wrong, people are
misled (Article 5(1)(a)). This looks at the words alone, whatever the register says: at firms that work
for the organisation, at sharing, at other countries, at decisions by machines, and at data that is said to be
anonymous.

To mend it: find out which of the two is true, and take the other out.

Fails:

    kind: notice
    id: members
    audience: resident
    text: members.md
    === members.md
    We do not use any data processors.    # <- found here

    A printing firm processes your address on our behalf.

Fails, about sharing, other countries, decisions by machines or whether the data is anonymous:

    kind: notice
    id: members
    audience: resident
    text: members.md
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
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    === members.md
    We never share your data with third parties. # <- found here

    We share your data with our printers.
    === tenants.md
    We do not transfer your data outside the UK. # <- found here

    Our backups are stored in the United States.
    === visitors.md
    We do not use automated decision-making. # <- found here

    Decisions are made automatically.
    === parents.md
    Your data is completely anonymous.    # <- found here

    We share your personal data with the school.
    === pupils.md
    We never share your data with others. # <- found here

    We share your data with our printers.
    === staff.md
    We never pass your data to anybody.   # <- found here

    We share your data with our printers.

Passes:

    kind: notice
    id: members
    audience: resident
    text: members.md
    === members.md
    A data processor is a firm that processes data on our behalf. We do not use any data processors.

Passes, where one of the two is hedged, or comes before what is denied of others:

    kind: notice
    id: members
    audience: resident
    text: members.md
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
    === members.md
    We share your data with our printers.

    We do not share your data with any other organisation.
    === tenants.md
    We do not normally transfer your data outside the UK.

    Our backups are stored in the United States.
    === visitors.md
    We do not use automated decision-making.

    If you agree, decisions are made automatically.
    === parents.md
    This is our survey:

    Your data is completely anonymous.

    We share your personal data with the school.
"""

from collections.abc import Iterator

from msgspec import Struct

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.wording.sentences import NEAR, Hit, Passage, Wording, compiled


class Clash(Struct, frozen=True):
    """What denies something, what says it all the same, and what makes either of them mean something else.

    `signs` are plain words of which one stands in every denial, where there are such.
    """

    about: str
    denial: str
    deed: str
    denial_unless: str
    deed_unless: str
    only_later: str = ""
    signs: tuple[str, ...] = ()


_NOT = r"(?:\b(?:not|never|no|nor|neither|without|none|unless|cannot)|n't)\b"
_IF = r"\b(?:if|where|when|whenever|should we|in case|unless|might|would|could)\b"
_GUARD = (
    r"\b(?:generally|normally|usually|routinely|unless|except|without|only|other than|apart from|save|if|where|"
    r"when|until|for (?:any )?(?:marketing|commercial|other))\b"
)
_DATA = r"(?:personal |any |of |this |your |their |the )*(?:data|information|details|it|them)"
# From the first of such words on, so that a long run of them is looked at once.
_ALL_DATA = (
    "".join(rf"(?<!\b{w} )" for w in ("personal", "any", "of", "this", "your", "their", "the"))
    + rf"\b{_DATA}"
)
_ABROAD = (
    r"(?:outside (?:of )?(?:the )?(?:UK|United Kingdom|EEA|EU|European (?:Economic Area|Union))|abroad|overseas|"
    r"(?:to|in) (?:the )?(?-i:US|USA|U\.S\.|United States|India|China|Australia|Canada|Israel|Singapore|Japan|Brazil|"
    r"South Africa|Philippines|Ireland|Germany|Netherlands|France)\b)"
)
CLASHES = (
    Clash(
        "firms that work for it",
        r"\b(?:do not|don't|does not|never) (?:use|employ|engage|have|appoint|"
        r"rely on) (?:any )?(?:third[- ]party |external |data |sub-?)*processors?\b"
        r"|\bno (?:third[- ]party |external |data |sub-?)*processors? (?:is|are|will be) (?:used|involved|engaged)\b",
        r"\bprocess(?:es|ing)? (?:\w+ ){1,6}on (?:our|its|the \w+'s|\w+'s) behalf\b"
        r"|\bas (?:a |our |data )*processors?\b|\bour (?:data )?processors? (?:is|are|include)\b"
        r"|\bwe (?:also )?(?:use|employ|engage) (?:the following )?(?:data |third[- ]party )*processors?\b",
        r"\bexcept\b|\bother than\b|\bapart from\b|\boutside\b",
        r"\b(?:is|are|means?|an) (?:a |an |any )?(?:data )?(?:processors?|organi[sz]ations?|compan(?:y|ies)|"
        r"person|firm)s?"
        r" (?:that|who|which)\b|\bmeans\b|"
        + _NOT
        + "|"
        + _IF
        + r"\b(?! there is an investigation)",
        signs=("processor",),
    ),
    Clash(
        "sharing",
        rf"\b(?:do not|don't|will not|won't|never) (?:ever )?(?:share|disclose|pass|"
        rf"give) (?:on )?{_DATA} (?:on )?(?:with|to) "
        r"(?:any(?: other| third|one)?(?: (?:part(?:y|ies)|organi[sz]ations?|else|compan(?:y|ies)))?|anybody|"
        r"third parties|others)\b",
        rf"{_ALL_DATA} (?:is|are|will be) (?:also |then |routinely )?(?:shared with|passed (?:on )?to|"
        rf"disclosed to|sent to)\b"
        rf"|\bwe (?:also |will |routinely |regularly )*(?:share|disclose|pass) (?:on )?{_DATA} (?:on )?(?:with|to)\b",
        _GUARD,
        f"{_NOT}|{_IF}",
        r"\bother\b",
        ("any", "third parties", "others"),
    ),
    Clash(
        "other countries",
        rf"\b(?:do not|don't|will not|won't|never) (?:\w+ (?:or )?)?(?:transfer|send|store|process|share|"
        rf"hold) {_DATA} (?:\w+ )?{_ABROAD}"
        rf"|{_ALL_DATA} (?:is|are|will) (?:not|never) (?:be )?(?:transferred|sent|stored|processed|shared|"
        rf"held) (?:\w+ )?{_ABROAD}",
        rf"\b(?:transfer(?:s|red)?|sen[dt]s?|stor(?:es?|ed)|hosted|process(?:es|ed)?|held|based|located|"
        rf"servers?)\b[^.;]{{0,60}}\b{_ABROAD}",
        _GUARD,
        f"{_NOT}|{_IF}",
    ),
    Clash(
        "decisions by machines",
        r"\b(?:do not|don't|does not|will not|never) (?:use|make|carry out|undertake|engage in|take) (?:any )?(?:\w+ )?"
        r"(?:automated|automatic|solely automated)[- ]?(?:individual )?(?:decisions?(?:[- ]making)?|profiling|"
        r"processing)\b"
        r"|\bno (?:automated|automatic) (?:decisions?|decision[- ]making|profiling)\b",
        r"\b(?:decisions? (?:is|are|will be)|we (?:use|make|carry out)|(?:is|are) decided) (?:\w+ ){0,3}"
        r"(?:automated (?:decisions?|decision[- ]making|profiling|scoring)|automatically|by (?:a computer|"
        r"an algorithm|automated means))\b",
        r"\b(?:significant|solely|without human)\b|" + _GUARD,
        f"{_NOT}|{_IF}|\\bright\\b",
        signs=("automat",),
    ),
    Clash(
        "whether the data is anonymous",
        r"\b(?:it|(?:the|this|your|all) (?:personal )?(?:data|information))(?:'s| is| are) (?:all |"
        r"completely |fully |entirely )?anonymous\b",
        r"\bshar(?:es?|ed|ing) your personal (?:data|information)\b|\byour personal (?:data|"
        r"information) (?:is|are|will be) (?:also )?shared\b",
        _IF
        + r"|\b(?:survey|questionnaire|feedback|statistic|report|analytics|cookies?|once|after|before|becomes?|made)\b",
        f"{_NOT}|{_IF} we\\b",
        signs=("anonymous",),
    ),
)


@rule(Severity.ERROR, since="0.1.0", law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        for clash in CLASHES:
            for denial, deeds in _found(wording, clash):
                yield Problem(
                    wording.place(denial),
                    f"“{wording.notice.name}” contradicts itself about {clash.about}: "
                    f"“{_short(denial)}” and “{_short(deeds[0])}”",
                    "find out which of the two is true, and take the other out",
                    tuple((wording.place(deed), "says the opposite") for deed in deeds),
                    f"notice/{wording.notice.id}",
                    "-".join(clash.about.split()),
                )


def _found(wording: Wording, clash: Clash) -> Iterator[tuple[Passage, tuple[Passage, ...]]]:
    """The first denial that other sentences go against, and those sentences."""
    denials = [
        hit
        for hit in wording.find(clash.denial, clash.signs)
        if not _means_something_else(wording, hit, clash.denial_unless)
    ]
    said = wording.find(clash.deed) if denials else ()
    deeds = dict.fromkeys(
        hit.passage for hit in said if not compiled(clash.deed_unless).search(hit.around)
    )
    for denial in denials if deeds else ():
        later = clash.only_later and compiled(clash.only_later).search(denial.words)
        against = tuple(
            p for p in deeds if p != denial.passage and (p.start > denial.end or not later)
        )
        if against:
            yield denial.passage, against
            return


def _means_something_else(wording: Wording, hit: Hit, unless: str) -> bool:
    lead = (
        " ".join(p.words[-NEAR:] for p in wording.lead(hit.passage))
        if " anonymous" in hit.words
        else ""
    )
    return compiled(unless).search(f"{wording.stem(hit.passage)} {lead} {hit.around}") is not None


def _short(passage: Passage) -> str:
    from textwrap import shorten

    return shorten(passage.words, 160, placeholder=" …").removesuffix(".")
