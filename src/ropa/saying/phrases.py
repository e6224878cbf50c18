"""Flows and their parts in plain words, for messages, reports and draft wording alike."""

import re
from collections.abc import Iterable
from datetime import date

from ropa.flows.flow import COUNTRY, DATA, PURPOSE, SOURCE, SUBJECT, Flow
from ropa.register.model import (
    SELF,
    Action,
    Basis,
    Register,
    Retention,
    Statement,
    Words,
)
from ropa.register.periods import NEVER, PERMANENTLY, period_in_words
from ropa.register.vocabulary import Facet

BASES = {
    "a": "consent",
    "b": "a contract",
    "c": "a legal obligation",
    "d": "vital interests",
    "e": "a public task",
    "ea": "a recognised legitimate interest",
    "f": "legitimate interests",
}
SAFEGUARDS = {
    "adequacy": "an adequacy decision",
    "idta": "the International Data Transfer Agreement",
    "addendum": "the UK Addendum to the standard contractual clauses",
    "sccs": "standard contractual clauses",
    "old-sccs": "the standard contractual clauses of before 2021",
    "bcr": "binding corporate rules",
    "public-body-instrument": "a binding instrument between public bodies",
    "exception": "an exception under Article 49",
}
CONDITIONS = {
    "consent": "consent",
    "approval": "an approval",
    "terms": "terms of use",
    "policy": "a policy",
    "agreement": "an agreement",
    "court-order": "a court order",
    "request": "a request",
    "required-by-law": "a law that requires it",
}

GUARDS = {
    **CONDITIONS,
    "law-permits": "a law that permits it",
    "law-requires": "a legal obligation and its law",
    "vital-interests": "somebody's vital interests",
}


def guards(choices: Iterable[frozenset[str]]) -> str:
    """What promises make an exception for: any one of these, some of them only together."""
    together = (several(GUARDS[guard] for guard in sorted(choice)) for choice in choices)
    return several(dict.fromkeys(together), "or")


def day(when: date) -> str:
    """`1 January 2027`."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def capital(text: str) -> str:
    """A text that begins a sentence or a line."""
    return text[:1].upper() + text[1:]


def count(number: int, one: str, many: str = "") -> str:
    """`1 flow`, `2 flows`."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


FACETS = {
    Facet.SUBJECT: "that they are meant",
    Facet.DATA: "what data",
    Facet.SOURCE: "where it comes from",
    Facet.RECIPIENT: "who gets it",
    Facet.PURPOSE: "what it is for",
    Facet.COUNTRY: "which country",
    Facet.BASIS: "on what basis",
    Facet.RETENTION: "how long it is kept",
    Facet.TRANSFER: "which country it goes to",
    Facet.PROMISE: "what is promised",
}
"""What each facet tells people, for whoever has not learnt these words."""


def to_do(number: int) -> str:
    """`Do these five things`."""
    if number == 1:
        return "Do this first"
    numbers = ("two", "three", "four", "five")
    return f"Do these {numbers[number - 2] if number - 2 < len(numbers) else number} things"


def several(said: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(said)
    joint = f", {last} " if any(f" {last} " in word for word in words) else f" {last} "
    return joint.join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def sentence(words: str) -> str:
    """Words with a full stop, unless they end in one, as a name such as “Sample Inc.” does."""
    return words if words.endswith(".") else f"{words}."


def name(register: Register, facet: Facet, word: str) -> str:
    """A word inside a sentence: parties and countries keep their capital, and so do abbreviations."""
    label = register.vocabulary[facet.scheme].label(word)
    if facet is Facet.COUNTRY:
        return country(label)
    party = register.parties.get(word)
    return body(label) if party and party.type != "category" else inside(label)


def are_many(register: Register, word: str) -> bool:
    """Whether a recipient is called by a plural: insurers get data, and so do providers of trips; a party gets it."""
    party = register.parties.get(word)
    if party and party.type != "category":
        return False
    head = _BEHIND_A_HEAD.split(register.vocabulary[Facet.RECIPIENT].label(word))[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


_BEHIND_A_HEAD = re.compile(r" (?:of|for|to|who|that|which|in|at|with|from|on)\b|,| \(")


def body(label: str) -> str:
    """The name of a body inside a sentence: `the Department for Education`, `Ofsted`."""
    return f"the {label}" if label.startswith(_OFFICES) else label


_OFFICES = (
    "Cabinet Office", "Children's Commissioner", "Crown Prosecution", "Department ", "Family Court", "Foreign,",
    "High Court", "Home Office", "Information Commissioner", "Ministry ", "Office ", "Secretary of State",
    "Youth Court",
)  # fmt: skip


def country(label: str) -> str:
    """The name of a country inside a sentence: `the United States`, `India`."""
    return f"the {label}" if label.startswith(_WITH_THE) or label.endswith(_WITH_THE) else label


_WITH_THE = ("United ", "European ", "Netherlands", "Philippines", " Islands", " Republic")


def inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    first = label.partition(" ")[0]
    kept = first[1:] != first[1:].lower() or first in _PROPER or _is_proper(label)
    return label if kept else label[:1].lower() + label[1:]


def _is_proper(label: str) -> bool:
    """Whether a label is somebody's name, as its capitals have it: `Sample Mailer Inc`, but no `Bank details`."""
    words = [word for word in label.split() if len(word) > 1 and word not in _SMALL]
    return len(words) > 1 and all(word[:1].isupper() for word in words)


_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "at", "to", "a", "an", "&"})
_PROPER = frozenset({"National"})


def names(register: Register, facet: Facet, words: Words, most: int = 6) -> str:
    """Several words inside a sentence; a long list is cut, and says so."""
    said = [name(register, facet, word) for word in words]
    return several(
        said if len(said) <= most else [*said[: most - 1], f"{len(said) - most + 1} more"]
    )


def to_the_person(register: Register, facet: Facet, words: Words) -> str:
    """Several words inside a sentence that speaks to the person: none left out, each as plainly as it can be said."""
    you = ["you"] if SELF in words and facet.scheme is Facet.RECIPIENT else []
    others = (word for word in words if not you or word != SELF)
    return several([*you, *(_plain(register, facet, word) for word in others)])


def _plain(register: Register, facet: Facet, word: str) -> str:
    return register.vocabulary[facet.scheme].plain(word) or name(register, facet, word)


def few(said: Iterable[str], most: int = 3) -> str:
    """The first of a list as part of a sentence, and how many more there are: a list is data, and no sentence."""
    words = list(said)
    more = len(words) - most
    return several([*words[:most], f"{more} more"] if more > 1 else words)


def people(register: Register, flow: Flow) -> str:
    """Whose data it is."""
    return names(register, Facet.SUBJECT, flow.box[SUBJECT])


def about(register: Register, flow: Flow) -> str:
    """`data about pupils`, as a message has it: of many groups the first are named."""
    whose = (name(register, Facet.SUBJECT, word) for word in flow.box[SUBJECT])
    return f"data about {few(whose, 2)}"


def step(register: Register, flow: Flow) -> str:
    """The flow as a sentence without its end: who does what with whose data, and what for."""
    data = names(register, Facet.DATA, flow.box[DATA], most=4)
    what = f"{data} about {people(register, flow)}"
    purposes = names(register, Facet.PURPOSE, flow.box[PURPOSE], most=4)
    why = f" for {purposes}" if flow.action in _FOR_A_PURPOSE else ""
    return deed(register, flow, what) + why


_FOR_A_PURPOSE = frozenset({Action.USE, Action.DISCLOSE, Action.ONWARD})


def deed(register: Register, flow: Flow, what: str = "their data") -> str:
    """Who does what with `what`, and nothing of what for: `the council gives their data to Ofsted`."""
    if flow.action is Action.ONWARD:
        passes = f"{name(register, Facet.RECIPIENT, flow.start.id)} may pass {what} on to"
        return f"{passes} {name(register, Facet.RECIPIENT, flow.end.id)}"
    return f"{register.name} {_DOES[flow.action]} {what}{_with_whom(register, flow)}"


def goes(register: Register, flow: Flow, what: str = "their data") -> str:
    """What happens to `what`, without us who do it: `their data goes to Ofsted`."""
    match flow.action:
        case Action.ONWARD:
            return deed(register, flow, what)
        case Action.COLLECT if not flow.box[SOURCE] or flow.start.id == SELF:
            return f"{what} is collected"
    return f"{what} {_HAPPENS[flow.action]}{_with_whom(register, flow)}"


_DOES = {
    Action.COLLECT: "collects",
    Action.USE: "uses",
    Action.KEEP: "keeps",
    Action.DISCLOSE: "gives",
}
"""What we do with data in each step of ours."""
_HAPPENS = {
    Action.COLLECT: "comes",
    Action.USE: "is used",
    Action.KEEP: "is kept",
    Action.DISCLOSE: "goes",
}
"""What then happens to it, as far as it has to do with somebody else."""


def _with_whom(register: Register, flow: Flow) -> str:
    """From whom, in which system or to whom, where that is recorded."""
    start, end = flow.start.id, flow.end.id
    match flow.action:
        case Action.COLLECT if flow.box[SOURCE]:
            whom = "the person themselves" if start == SELF else name(register, Facet.SOURCE, start)
            return f" from {whom}"
        case Action.KEEP if end in register.systems:
            return f" in {register.systems[end].name}"
        case Action.DISCLOSE:
            return f" to {name(register, Facet.RECIPIENT, end)}"
    return ""


def goes_abroad(
    register: Register, flow: Flow, what: str = "their data", *, country: str = ""
) -> str:
    """What happens to it in which country, or in one country of several."""
    where = _where(register, flow, country) if country else countries(register, flow)
    return f"{goes(register, flow, what)} in {where}"


def abroad(register: Register, flow: Flow, what: str = "", *, country: str = "") -> str:
    """What happens to `what`, or else to data about whom, in which country, and under which safeguard."""
    safeguard = f", under {SAFEGUARDS[flow.safeguard]}" if flow.safeguard else ""
    return goes_abroad(register, flow, what or about(register, flow), country=country) + safeguard


def _where(register: Register, flow: Flow, country: str) -> str:
    """A country, and whether data is only looked at from there."""
    party = register.parties.get(flow.end.id)
    kept = (party.kept_in or (party.country,)) if party else ()
    looked_at = party and country in party.remote_access and country not in kept
    named = names(register, Facet.COUNTRY, (country,))
    return f"{named}, from where it is looked at" if looked_at else named


def resting(register: Register, flow: Flow, what: str = "their data") -> str:
    """Who does what with it on which lawful basis. What is collected is collected to be used."""
    uses = f"{register.name} uses {what}"
    does = uses if flow.action is Action.COLLECT else deed(register, flow, what)
    return f"{does} on the basis of {basis(flow.basis)}"


def lawful(register: Register, flow: Flow) -> str:
    """The lawful basis in few words, for a step to others with the step: `the lawful basis: a public task`."""
    recorded = flow.basis
    kind = BASES[recorded.letter] if recorded and recorded.letter else basis(recorded)
    if flow.action in _OURS:
        return f"the lawful basis: {kind}"
    return f"the lawful basis, {kind}, on which {goes(register, flow)}"


_OURS = frozenset({Action.COLLECT, Action.USE, Action.KEEP})


def basis(recorded: Basis | None) -> str:
    """A lawful basis in words, with its article and law."""
    if recorded is None or not (recorded.letter or recorded.law):
        return "no lawful basis"
    if not recorded.letter:
        return f"{several(recorded.law)}, with no letter of Article 6(1)"
    article = f" (Article 6(1)({recorded.article_6}))" if recorded.article_6 else ""
    told = BASES[recorded.letter] + article
    return f"{told} under {several(recorded.law)}" if recorded.law else told


def begins(register: Register, trigger: str) -> str:
    """When a period begins, in the middle of a sentence: "the end of the case"; nothing where nobody says."""
    return _plain(register, Facet.TRIGGER, trigger) if trigger else ""


def kept(register: Register, entry: Retention) -> str:
    """How long, and from when."""
    if not entry.period:
        return entry.criteria
    trigger = begins(register, entry.trigger)
    said = period_in_words(entry.period) + (f" from {trigger}" if trigger else "")
    return "; ".join((said, *map(longer, entry.longer)))


def longer(when: str) -> str:
    """When something is kept longer, so that it says so: "longer while a complaint is open"."""
    return when if re.search(r"(?i)\blonger\b|^unless\b|^except\b", when) else f"longer {when}"


def schedule(register: Register, entries: Iterable[Retention]) -> str:
    """How long, entry by entry; which data each is about where there are several."""
    entries = tuple(entries)
    said = [kept(register, entry) if entry.period else f"“{entry.criteria}”" for entry in entries]
    data = [names(register, Facet.DATA, entry.data) for entry in entries]
    return several(said) if len(said) == 1 else several(map("{} for {}".format, said, data))


def kept_for(register: Register, entries: Iterable[Retention]) -> str:
    """The same to go behind a verb: "for 6 years", "permanently"."""
    said = schedule(register, entries)
    alone = (PERMANENTLY, period_in_words(NEVER), "“")
    return said if said.startswith(alone) else f"for {said}"


def quoted(statements: Iterable[Statement], most: int = 80) -> str:
    """The words of the first of some statements, cut where they are many."""
    return clipped(next((statement.quote for statement in statements), ""), most)


def clipped(said: str, most: int = 80) -> str:
    """A sentence in quotation marks, cut where it is long; `most` counts characters."""
    from textwrap import shorten

    return f"“{shorten(said, most, placeholder=' …').removesuffix('.')}”"


def scalar(register: Register, told: str) -> str:
    """A period, a trigger, a letter of Article 6(1) or 9(2), or a safeguard, as statements state them."""
    if told in BASES:
        return f"{BASES[told]} (Article 6(1)({told}))"
    if told.startswith("9("):
        return f"Article {told}"
    if told in register.vocabulary[Facet.TRIGGER].terms:
        return begins(register, told)
    return SAFEGUARDS.get(told) or period_in_words(told)


def told_kept(register: Register, statement: Statement) -> str:
    """How long a statement says, and from when."""
    period = period_in_words(statement.period) if statement.period else statement.criteria
    trigger = begins(register, statement.trigger)
    return f"{period or 'some time'} from {trigger}" if trigger else period


def countries(register: Register, flow: Flow) -> str:
    """Where the data goes."""
    return names(register, Facet.COUNTRY, flow.box[COUNTRY])
