"""The purposes that a clause of a register tells: “in order to pay staff and administer pensions” is two.

Only what adds nothing is left out, and what is joined is looked up whole: where one part is unknown, so is the clause.
"""

from collections.abc import Callable, Iterator
from itertools import chain

from ropa.documents.patterns import regex
from ropa.register.wordforms import forms

Lookup = Callable[[str], str | None]
MOST_WORDS = 40
"""A clause of more words than this is no answer, and is left to a person."""
LEADS = regex(
    r"(?i)^(?:in order (?:to|for us to)|for the purposes? of|so that we (?:can|may)|to (?:help|enable|allow) us to"
    r"|we (?:need|use) (?:it|this|your (?:data|information)) (?:to|for)|to be able to|for|to)\s+"
)
"""How a clause begins before it says what for."""
NARROWED = regex(
    r"(?i)\s+(?:(?:that|which) )?(?:we|you) (?:have )?"
    r"(?:provided?|offer|deliver|make|made|send|sent|manage|own|run|receive)"
    r"(?: (?:to|for|with) (?:you|us|them))?$"
)
"""“... that we provide to you”: whose it is, and nothing else."""
WHOSE = regex(
    r"(?i)\s+(?:of|to|for|with|from|by) (?:(?:our|your|their|all|the) )?"
    r"(?:applicants|children|clients|customers|employees|members|parents|patients|people|pupils|residents|staff"
    r"|students|tenants|us|users|volunteers|you|young people)$|\s+about (?:our|your) services?$"
)
"""The people it is about, whom the activity names itself."""
WHERE = regex(
    r"(?i)\s+(?:at|in|to|across|within|for) (?:the|our|your) "
    r"(?:business|club|college|company|council|hospital|organisation|practice|school|society|trust|university)$"
)
"""Whose it is, which the register says by whose it is."""
FURTHERED = regex(
    r"(?i)^(?:(?:assist(?:ing)? (?:in|with)|contribut(?:e|ing) to|ensur(?:e|ing)|help(?:ing)? with|improv(?:e|ing)"
    r"|offer(?:ing)?|overse(?:e|eing)|promot(?:e|ing|ion of)|shar(?:e|ing)|support(?:ing)?|tak(?:e|ing) part in) )"
    r"(?:the |our |your )?(?=\S+ \S)"
)
"""What is done for a purpose of two words or more that has a name: to promote fire safety is fire safety."""
THE_SAME_FOR_ALL = frozenset((
    "communications", "counselling", "insurance", "payroll", "pensions", "recruitment", "safeguarding", "training",
))  # fmt: skip
"""Purposes of one word that are the same whoever it is about: an assessment of staff is another than one of needs."""
HANDLED = regex(
    r"(?i)^(?:the )?(?:(?:administ\w+|assess\w*|calculat\w+|process\w*|decid\w+|enforc\w+|pay|paying|payments?)"
    r"(?: of)?(?: (?:your |any |the )?(?:amount|applications?|claims?|eligibility)(?: (?:for|of))?)?) "
    r"(?:(?:any|the|your) )?"
)
"""What is done about a scheme, whose name says what for."""
SCHEMES = frozenset((
    "blue-badges", "business-rates", "council-tax", "council-tax-support", "discretionary-housing-payments",
    "free-school-meals", "gift-aid", "hardship-grants", "home-adaptations", "housing-benefit", "parking-permits",
    "pensions", "payroll", "school-admissions", "single-person-discount", "student-finance",
))  # fmt: skip
"""Purposes that are named for a scheme: to pay it, to assess a claim for it and to administer it are all of it."""
OF_TWO_KINDS = frozenset(("security",))
"""A part of this word alone is left to a person: of premises, or of data."""
EXAMPLES = regex(r"(?i)\s*[(,]?\s*\b(?:including|e\.g\.|for example|such as)[:,]?\s+")
JOINED = regex(r"(?i)\s*(?:[,;]\s*(?:and|or)\s|[,;]|\s(?:and/or|and|or|as well as)\s|\s&\s)\s*")


def purposes_told(clause: str, find: Lookup) -> tuple[str, ...]:
    """The ids of the purposes of a clause, in its order: none, unless all that it tells is known to `find`."""
    plain = EXAMPLES.sub(", ", clause.strip().rstrip(".")).replace(")", "")
    if not plain or len(plain.split()) > MOST_WORDS or "(" in plain:
        return ()
    whole = _known(plain, find)
    if whole:
        return (whole,)
    parts = [part for part in JOINED.split(plain) if part]
    return (
        _each(parts, find) if len(parts) > 1 and OF_TWO_KINDS.isdisjoint(map(bare, parts)) else ()
    )


def _each(parts: list[str], find: Lookup) -> tuple[str, ...]:
    """What the parts of a joined clause are, the widest stretch that is known as a whole first."""
    found: list[str] = []
    at = 0
    while at < len(parts):
        stretch = next(_stretches(parts, at, find), None)
        if stretch is None:
            return ()
        at, id_ = stretch
        found.append(id_)
    return tuple(dict.fromkeys(found))


def _stretches(parts: list[str], at: int, find: Lookup) -> Iterator[tuple[int, str]]:
    """Where each stretch from here that is known ends, and what it is, the best first."""
    whole = [(" and ".join(parts[at:end]), end) for end in range(len(parts), at, -1)]
    shared = [(written, at + 1) for written in _shared(parts, at)]
    for written, end in (
        (*whole[:-1], *shared, whole[-1]) if _is_open(parts[at]) else (*whole, *shared)
    ):
        id_ = _known(written, find)
        if id_:
            yield end, id_


def _is_open(part: str) -> bool:
    """Whether a part asks for what stands behind the next: “providing welfare” does in “... and debt advice”."""
    return len(forms("purpose", bare(part))[1]) <= 1


def _shared(parts: list[str], at: int) -> Iterator[str]:
    """A part with what it may share with another: what is done to the next, or what is done by the one before."""
    if at + 1 < len(parts) and _is_open(parts[at]):
        behind = parts[at + 1].split()
        yield from (f"{bare(parts[at])} {' '.join(behind[n:])}" for n in range(1, len(behind)))
    if at:
        first = bare(parts[at - 1]).split()
        yield from (f"{' '.join(first[:n])} {parts[at]}" for n in range(len(first) - 1, 0, -1))


def _known(written: str, find: Lookup) -> str | None:
    """What a stretch is, as it is or without what adds nothing to it."""
    for plain in dict.fromkeys((written, bare(written))):
        id_ = find(plain)
        if id_:
            return id_
    return next(chain(_without_people(bare(written), find)), None)


def _without_people(plain: str, find: Lookup) -> Iterator[str]:
    short = NARROWED.sub("", plain)
    less = WHOSE.sub("", WHERE.sub("", short))
    for one in dict.fromkeys((short, less, FURTHERED.sub("", less))):
        id_ = find(one) if one and one != plain else None
        if id_ and (len(one.split()) > 1 or id_ in THE_SAME_FOR_ALL):
            yield id_
    id_ = find(HANDLED.sub("", less, count=1)) if HANDLED.match(less) else None
    if id_ in SCHEMES:
        yield id_


def bare(written: str) -> str:
    """What is written of a purpose, without the words that lead to what it is for."""
    before, plain = "", written
    while before != plain:
        before, plain = plain, LEADS.sub("", plain, count=1)
    return plain.strip()
