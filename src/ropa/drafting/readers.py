"""Who a notice in draft is for, and which of the register's words concern them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from msgspec import Struct, field

from ropa.errors import NothingToTell, did_you_mean
from ropa.flows.flow import SUBJECT, Flow
from ropa.flows.graph import FlowGraph
from ropa.flows.regions import EVERYTHING
from ropa.judging.judgement import Settings
from ropa.judging.ledger import Ledger
from ropa.register.model import EVERYTHING as EVERYTHING_OF_IT
from ropa.register.model import Register, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Readers(Struct, eq=False, dict=True):
    """The people of one notice, with the flows that concern them, and what is found lacking on the way.

    `settings` say as of which day, and which facets are to be told together.
    """

    register: Register
    audience: Words
    flows: tuple[Flow, ...]
    settings: Settings
    lacking: dict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))

    @cached_property
    def atoms(self) -> int:
        """The people, as a set."""
        return self.register.vocabulary[Facet.SUBJECT].union(self.audience)

    @cached_property
    def ledger(self) -> Ledger:
        """The register row by row."""
        return Ledger(self.register, self.settings.day)

    @cached_property
    def name(self) -> str:
        """`children in need and care leavers`."""
        return phrases.names(self.register, Facet.SUBJECT, self.audience, most=len(self.audience))

    @cached_property
    def children(self) -> bool:
        """Whether all of them are children or were."""
        young = (*self.ledger.children(self.audience), "care-leaver")
        return all(word in young for word in self.audience)

    def about(self, subjects: Words) -> Words:
        """Those of a flow's people who read this; nothing where it is all who do."""
        people = self.register.vocabulary[Facet.SUBJECT]
        concerned = tuple(word for word in subjects if people.mask(word) & self.atoms)
        everybody = not self.atoms & ~people.union(concerned)
        return () if everybody and Facet.SUBJECT not in self.settings.linked else concerned

    def known(self, facet: Facet, words: Words) -> Words:
        """The words that somebody defined. A party that is marked internal is told as what it is a kind of."""
        unknown = self.register.vocabulary[facet.scheme].unknown
        said = (self._published(facet, word) for word in words if word not in unknown)
        return tuple(dict.fromkeys(said))

    def _published(self, facet: Facet, word: str) -> str:
        party = self.register.parties.get(word) if facet.scheme is Facet.RECIPIENT else None
        if party is None or EVERYTHING_OF_IT not in party.internal:
            return word
        return self.register.vocabulary[Facet.RECIPIENT].wider(word)[0]

    def strange(self, facet: Facet, words: Words, activity: str) -> bool:
        """Whether a word is among these that nobody defined; notes that, and what is too vague to tell."""
        hierarchy = self.register.vocabulary[facet.scheme]
        for word in words:
            if word in hierarchy.unknown:
                self.lack(f"what “{word}” is: no term or party defines it", activity)
        for word in filter(hierarchy.umbrella, self.known(facet, words)):
            self.lack(f"anything more exact than “{hierarchy.label(word)}”", activity)
        return not hierarchy.unknown.isdisjoint(words)

    def vague(self, facet: Facet, words: Words) -> bool:
        """Whether a word among these is too vague to tell anybody anything."""
        hierarchy = self.register.vocabulary[facet.scheme]
        told = self.known(facet, words)
        return not hierarchy.unknown.isdisjoint(words) or any(map(hierarchy.umbrella, told))

    def lack(self, what: str, activity: str = "") -> None:
        """Note something that people are due and that the register does not say, of an activity or at all."""
        self.lacking[what].update({activity: None} if activity else {})

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the register does not say, and in which activities it would."""
        return tuple(f"{what}{_of(tuple(where))}" for what, where in self.lacking.items())


def _of(activities: Words) -> str:
    """` (activities letters and surveys)`."""
    kind = "activity" if len(activities) == 1 else "activities"
    return f" ({kind} {phrases.several(activities)})" if activities else ""


def readers(graph: FlowGraph, written: str, settings: Settings) -> Readers:
    """The people meant by some words with commas between them, or by a notice's id. Raises `NothingToTell`."""
    register = graph.register
    audience = _audience(register, written)
    people = register.vocabulary[Facet.SUBJECT]
    atoms = people.union(audience)
    ours = {id_ for id_, a in register.activities.items() if not register.mandated(a)}
    told = tuple(
        flow
        for flow in graph.flows
        if flow.activity in ours and people.union(flow.box[SUBJECT]) & atoms
    )
    if not told:
        name = phrases.names(register, Facet.SUBJECT, audience)
        if any(people.union(flow.box[SUBJECT]) & atoms for flow in graph.flows):
            raise NothingToTell(
                f"what is done with data about {name} is done for others, who owe them the notice"
            )
        raise NothingToTell(f"the register holds nothing about {name}{_groups(register)}")
    return Readers(register, audience, told, settings)


def _audience(register: Register, written: str) -> Words:
    people = register.vocabulary[Facet.SUBJECT]
    if people.find(written) is None and written in register.notices:
        return tuple(w for w in register.notices[written].audience if w not in people.unknown)
    found: dict[str, None] = {}
    for word in filter(None, (piece.strip() for piece in written.split(","))):
        id_ = people.find(word)
        if id_ is None:
            near = did_you_mean(word, (*people.terms, *register.notices))
            raise NothingToTell(f"“{word}” is no group of people{near}{_groups(register)}")
        found[id_] = None
    if not found:
        raise NothingToTell(f"name the group of people the notice is for{_groups(register)}")
    return tuple(found)


def _groups(register: Register) -> str:
    unknown = register.vocabulary[Facet.SUBJECT].unknown
    known = sorted(
        {word for a in register.activities.values() for word in a.subjects if word not in unknown}
    )
    return f"; it speaks of {phrases.several(known)}" if known else ""


def masks(reader: Readers, words: Iterable[str], facet: Facet) -> int:
    """The atoms of some words; everything where there are none, since an open axis leaves nothing out."""
    words = tuple(words)
    return reader.register.vocabulary[facet.scheme].union(words) if words else EVERYTHING
