"""A notice names somebody else as the controller.

Often the text was taken over from another organisation, and its name with it. Then nobody knows whom to
turn to (Articles 13(1)(a), 14(1)(a)). That somebody else is a controller for what they receive is no fault.

To mend it: name your own organisation, and read the rest of what was taken over.

Fails:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Southmere Borough Council is the data controller for the purposes of this notice.       # <- found here

Fails, where the notice names both, or says it the other way round:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    === staff.md
    Northwold Library lends books.

    The data controller is Southmere Borough Council. # <- found here
    === visitors.md
    Our team keeps a list of visitors.

    The controller for this notice is Southmere Borough Council. # <- found here

Passes:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    === users.md
    Northwold Library is the data controller. Once we pass them on, Southmere Borough Council is a controller, too.

Passes, where it is a word for the reader or for us, another in the register, or whoever holds other
data:

    kind: organisation
    id: northwold
    name: Northwold Library
    ---
    kind: party
    id: southmere
    name: Southmere Borough Council
    type: controller
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    ---
    kind: notice
    id: staff
    audience: employee
    text: staff.md
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
    === users.md
    We are the data controller. Quill Example Press is the controller for cookies.
    === staff.md
    Southmere Borough Council is the data controller of this payroll.
    === visitors.md
    This is the controller for the purposes of this notice.

    Where is the controller?
    === applicants.md
    Quill Example Press is the data controller for any personal data collected by its own forms.

Passes, where its name holds small words or a comma:

    kind: organisation
    id: northwold
    name: Libraries, Museums and Archives of Northwold
    ---
    kind: notice
    id: users
    audience: library-user
    text: users.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    text: visitors.md
    === users.md
    Libraries, Museums and Archives of Northwold is the data controller.
    === visitors.md
    If you book through a firm that sells tickets with Example Tickets is the data controller, ask them.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.seen.text import fold_text
from ropa.wording.names import named, same_name
from ropa.wording.sentences import Hit, Wording, compiled

_NAME = r"(?-i:[A-Z][\w'&.-]*(?: (?:of|and|for|the|in|[A-Z&\d][\w'&.-]*)){0,8})"
_ROLE = r"(?:the |a |sole )*(?:registered )?(?:data )?controller"
SAYS = (
    rf"(?P<first>{_NAME})(?: \([^()]{{1,40}}\))? (?:is|are|acts? as) (?:both )?{_ROLE}\b(?! (?:of|"
    rf"for) (?:the )?(?:\w+ )?"
    rf"(?:website|cookies?|their|its)\b)|\b(?:data )?controller(?: for [^.;:]{{1,60}})? ?(?:is|"
    rf":) ?(?:the )?(?P<last>{_NAME})"
)
OURS = (
    r"\b(?:we|us|our \w+|the (?:\w+ )?(?:school|council|trust|college|academy|company|charity|organisation|library|"
    r"department|university|authority|practice|service|board|governing body|association|society|club|church|museum|"
    r"hospice|surgery|agency|foundation|partnership|federation|firm|centre)) (?:is|are|acts? as) "
    r"(?:also |both |each )?" + _ROLE + r"\b"
)


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(a)", "UK GDPR Article 14(1)(a)"),
    covers=("N-1A",),
)
def check(case: Case) -> Iterator[Problem]:
    name = case.register.name
    for wording in case.wordings if case.register.organisation else ():
        if not wording.bears(("controller",)) or wording.says(OURS):
            continue
        said = {hit.start: (hit, _who(hit.words)) for hit in wording.find(SAYS)}
        others = [(hit, who) for hit, who in said.values() if who]
        known = {who for who in {who for _, who in others} if _known(case, wording, who)}
        ours = any(same_name(who, name, wording) for who in {who for _, who in others})
        strangers = tuple(
            (hit, who)
            for hit, who in others[:MANY]
            if who not in known and not _means_something_else(wording, name, hit, who)
        )
        if strangers and not ours:
            who = strangers[0][1]
            named_too = "" if named(wording, name) else f", and does not name {name}"
            yield case.wording_problem(
                wording,
                [stranger for stranger, _ in strangers],
                f"names {who} as the controller{named_too}",
                f"name {name}, or add {who} to the register's parties if it is a controller, too",
                "controller",
            )


def _who(words: str) -> str:
    """The name in a sentence that says who the controller is, or nothing where it is a word for us or for them."""
    found = compiled(SAYS).fullmatch(words)
    who = (found["first"] or found["last"] or "") if found else ""
    nobody = who.split(" ")[0].casefold() in _NOBODY or _TERMS.fullmatch(who.casefold().rstrip("."))
    return "" if nobody else who.rstrip(".")


def _known(case: Case, wording: Wording, who: str) -> bool:
    return any(same_name(who, party.name, wording) for party in case.register.parties.values())


def _means_something_else(wording: Wording, name: str, hit: Hit, who: str) -> bool:
    """Whether it is the end of our name with its small words, or of a clause, or about the data of somebody else."""
    longer = f"{hit.before[-FURTHER:]}{who}"
    begun = hit.words.startswith(who)
    return (
        (begun and fold_text(name).rstrip(".").casefold().endswith(f" {who.casefold()}"))
        or (begun and hit.before.endswith((", ", "& ")) and same_name(longer, name, wording))
        or (begun and compiled(_AN_OBJECT).search(hit.before) is not None)
        or compiled(_OF_OTHERS).match(hit.after) is not None
    )


MANY = 50
"""How many sentences that name a controller are looked at; no notice that anybody reads has more."""
FURTHER = 80
"""How far before a name the rest of it is looked for, where a comma stands between."""
_OF_OTHERS = (
    r" (?:for|of) (?:the |any |all |your )*(?:personal )?(?:data|information)[^.;:]{0,40}? by "
    r"(?!us\b|the (?:council|school)\b)"
)
_AN_OBJECT = r"\b(?:that|who|which|whoever)\b.{0,80}\b(?:using|with|by|from|to|through|via|on|at) $"


_TERMS = regex(
    r"(?:(?:the|an?|and|or|of|our|your|apps?|applications?|services?|websites?|sites?|platform|products?|software|system|"
    r"company|organisation|group|firm|business|providers?|suppliers?|clients?|customers?|users?|members?|part(?:y|ies)|"
    r"data|processor|controller|owner|operator|agreement|terms|policy|notice|content|accounts?)\b ?)+"
)
"""Words that a text writes with a capital once it has said what they mean: none of them is a name."""
_NOBODY = frozenset(
    (
        "we",
        "this",
        "it",
        "they",
        "he",
        "she",
        "each",
        "you",
        "who",
        "which",
        "that",
        "our",
        "your",
        "if",
        "where",
        "as",
    )
)
