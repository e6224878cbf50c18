"""Flows and their parts in plain words, for messages, reports and draft wording alike."""

from collections.abc import Iterable

from ropa.flows import COUNTRY, DATA, PURPOSE, SUBJECT, Flow
from ropa.model import SELF, Action, Basis, Register, Retention, Statement, Words, period_in_words
from ropa.vocabulary import Facet

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
    "bcr": "binding corporate rules",
    "exception": "an exception under Article 49",
}
TRIGGERS = {
    "birth": "the person's birth",
    "death": "the person's death",
    "age-18": "the person's 18th birthday",
    "end-of-case": "the end of the case",
    "last-contact": "the last contact",
    "collection": "the day it was collected",
    "end-of-employment": "the end of employment",
    "end-of-year": "the end of the year",
    "end-of-contract": "the end of the contract",
    "adoption-order": "the adoption order",
    "end-of-approval": "the end of the approval",
    "decision": "the decision",
    "consent-withdrawn": "the day consent is withdrawn",
}
CONDITIONS = {
    "consent": "consent",
    "approval": "an approval",
    "terms": "terms of use",
    "policy": "a policy",
    "agreement": "an agreement",
    "court-order": "a court order",
    "request": "a request",
}


def several(said: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    words = list(said)
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def name(register: Register, facet: Facet, word: str) -> str:
    """A word inside a sentence: parties and countries keep their capital, and so do abbreviations."""
    label = register.vocabulary[facet.scheme].label(word)
    proper = word in register.parties or facet is Facet.COUNTRY
    return label if proper else inside(label)


def inside(label: str) -> str:
    """A label as it stands inside a sentence."""
    first = label.partition(" ")[0]
    return label if first[1:] != first[1:].lower() or first in _PROPER else label[:1].lower() + label[1:]


_PROPER = frozenset({"National"})


def names(register: Register, facet: Facet, words: Words, most: int = 6) -> str:
    """Several words inside a sentence; a long list is cut, and says so."""
    said = [name(register, facet, word) for word in words]
    return several(said if len(said) <= most else [*said[: most - 1], f"{len(said) - most + 1} more"])


def people(register: Register, flow: Flow) -> str:
    """Whose data it is."""
    return names(register, Facet.SUBJECT, flow.box[SUBJECT])


def step(register: Register, flow: Flow) -> str:
    """The flow as a sentence without its end: who does what with whose data, and what for."""
    data = names(register, Facet.DATA, flow.box[DATA], most=4)
    what = f"{data} about {people(register, flow)}"
    purposes = names(register, Facet.PURPOSE, flow.box[PURPOSE], most=4)
    us, end = register.name, flow.end.id
    match flow.action:
        case Action.COLLECT:
            source = flow.start.id
            whom = "the person themselves" if source == SELF else name(register, Facet.SOURCE, source)
            return f"{us} collects {what} from {whom}"
        case Action.USE:
            return f"{us} uses {what} for {purposes}"
        case Action.KEEP:
            system = register.systems.get(end)
            return f"{us} keeps {what}" + (f" in {system.name}" if system else "")
        case Action.DISCLOSE:
            return f"{us} gives {what} to {name(register, Facet.RECIPIENT, end)} for {purposes}"
    start = name(register, Facet.RECIPIENT, flow.start.id)
    return f"{start} may pass {what} on to {name(register, Facet.RECIPIENT, end)} for {purposes}"


def basis(recorded: Basis | None) -> str:
    """A lawful basis in words, with its article and law."""
    if recorded is None or not recorded.letter:
        return "no lawful basis"
    article = f" (Article 6(1)({recorded.article_6}))" if recorded.article_6 else ""
    told = BASES[recorded.letter] + article
    return f"{told} under {several(recorded.law)}" if recorded.law else told


def kept(entry: Retention) -> str:
    """How long, and from when."""
    if not entry.period:
        return entry.criteria
    trigger = TRIGGERS.get(entry.trigger, entry.trigger)
    return period_in_words(entry.period) + (f" from {trigger}" if trigger else "")


def told_kept(statement: Statement) -> str:
    """How long a statement says, and from when."""
    period = period_in_words(statement.period) if statement.period else statement.criteria
    trigger = TRIGGERS.get(statement.trigger, statement.trigger)
    return f"{period or 'some time'} from {trigger}" if trigger else period


def countries(register: Register, flow: Flow) -> str:
    """Where the data goes."""
    return names(register, Facet.COUNTRY, flow.box[COUNTRY])
