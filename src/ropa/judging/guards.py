"""Whether the register records for a flow what a promise makes an exception for.

A guard is met by what is recorded for that disclosure. What is recorded only for its activity meets it by
inheritance: it is not said that the law or the consent was looked at for this disclosure.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import IntEnum
from functools import cached_property

from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.flows.flow import DATA, PURPOSE, RECIPIENT, Flow
from ropa.law.naming import permits
from ropa.register.model import Basis, Condition, Register, Statement, Words
from ropa.register.non_answers import is_answer
from ropa.register.vocabulary import ROOTS, Facet, fold


class Met(IntEnum):
    """How a guard is met, if it is: higher is better."""

    NOT = 0
    INHERITED = 1
    RECORDED = 2


class Guards(Struct, frozen=True, eq=False, dict=True):
    """What the flows of a register record that promises make exceptions for."""

    register: Register
    day: date

    def met(self, promise: Statement, flow: Flow) -> Met:
        """How well the best of the exceptions of a promise is recorded for a flow."""
        return max((self._all(choice, flow) for choice in promise.unless), default=Met.NOT)

    def exceptions(self, promise: Statement, flow: Flow) -> tuple[frozenset[str], ...]:
        """The exceptions of a promise that the register records for the flow."""
        return tuple(choice for choice in promise.unless if self._all(choice, flow))

    def unrecorded(self, statement: Statement, flow: Flow) -> Words:
        """The conditions a statement promises that are not recorded for the flow it tells."""
        return tuple(
            kind
            for kind in statement.conditions
            if not self._one(kind, flow) and not (kind in _BY_WORD and _has(flow, kind, self.day))
        )

    def _all(self, choice: Iterable[str], flow: Flow) -> Met:
        """As well as the worst of some guards that must be met together."""
        return min((self._one(guard, flow) for guard in choice), default=Met.NOT)

    def _one(self, guard: str, flow: Flow) -> Met:
        if self._by_conditions(guard, flow):
            return Met.RECORDED
        if not self._by_basis(guard, flow.basis or _NO_BASIS):
            return Met.NOT
        if not flow.inherits:
            return Met.RECORDED
        if guard == "consent" and not self._of_the_activity(flow):
            return Met.NOT  # they agreed to what the activity is for, and to nothing else
        return Met.INHERITED

    @staticmethod
    def _by_basis(guard: str, basis: Basis) -> bool:
        match guard:
            case "consent":
                return basis.article_6 == "a" or basis.article_9 == "a"
            case "law-permits":
                return any(map(permits, basis.law))
            case "law-requires" | "required-by-law":
                return basis.article_6 == "c" and any(map(permits, basis.law))
            case "vital-interests":
                return basis.article_6 == "d" or basis.article_9 == "c"
        return False

    def _by_conditions(self, guard: str, flow: Flow) -> bool:
        for condition in flow.conditions:
            if not condition.holds(self.day) or not _stands(condition):
                continue
            if condition.kind == "required-by-law" and guard in _BY_LAW:
                return permits(condition.name)
            if condition.kind != guard:
                continue
            if guard == "policy":
                if _allows(condition):
                    return True
            elif guard != "consent" or self._given_for(condition.name, flow):
                return True
        return False

    def _of_the_activity(self, flow: Flow) -> bool:
        """Whether a disclosure is for what its activity is for, of the data that it holds."""
        activity = self.register.activities.get(flow.activity)
        if activity is None:
            return False
        words = self.register.vocabulary
        return not any(
            words[facet].union(flow.box[axis]) & ~words[facet].union(own)
            for axis, facet, own in (
                (PURPOSE, Facet.PURPOSE, activity.purposes),
                (DATA, Facet.DATA, activity.data),
            )
        )

    def _given_for(self, name: str, flow: Flow) -> bool:
        """Whether a consent on file is for the flow, as far as its name says what or whom it is for."""
        for axis, names in ((PURPOSE, self._purposes), (RECIPIENT, self._parties)):
            named = tuple(_named(name, names))
            atoms = self.register.vocabulary[_FACETS[axis]].union(flow.box[axis])
            if named and flow.box[axis] and not any(mask & atoms for mask in named):
                return False
        return True

    @cached_property
    def _purposes(self) -> Mapping[str, int]:
        """The purposes by their names."""
        words = self.register.vocabulary[Facet.PURPOSE]
        found: dict[str, int] = {}
        for id_, term in words.terms.items():
            if id_ != ROOTS[Facet.PURPOSE] and not words.umbrella(id_):
                for name in (fold(id_), *term.firm):
                    found[name] = found.get(name, 0) | words.mask(id_)
        return found

    @cached_property
    def _parties(self) -> Mapping[str, int]:
        """The parties of the register by their names."""
        words = self.register.vocabulary[Facet.RECIPIENT]
        return {
            fold(name): words.mask(party.id)
            for party in self.register.parties.values()
            for name in (party.id, party.name)
        }


_NO_BASIS = Basis()
_BY_LAW = frozenset({"law-requires", "law-permits"})
_BY_WORD = frozenset({"policy", "required-by-law"})
"""The conditions that are recorded by their word alone, whatever they would have to name to meet a guard."""
_FACETS = {PURPOSE: Facet.PURPOSE, RECIPIENT: Facet.RECIPIENT}
_LONGEST = 6

_LAPSED = regex(
    r"\b(?:refused|withdrawn|revoked|expired|lapsed|declined|rejected|superseded|(?:not|never) (?:yet )?"
    r"(?:given|obtained|asked|sought|granted|signed|received)"
    r"|no (?:consent|approval|order|policy|agreement|request))\b",
    re.IGNORECASE,
)
_ALLOWING = regex(
    r"shar(?:e|ing)|disclos|releas|exchang|provi(?:de|sion)|supply|giv(?:e|ing)|pass(?:ing)?\b|publi(?:sh|cation)"
    r"|third part|transfer|onward|access (?:by|for|to)|allow|permit",
    re.IGNORECASE,
)


def _has(flow: Flow, kind: str, day: date) -> bool:
    return any(c.kind == kind and c.holds(day) and _stands(c) for c in flow.conditions)


def _stands(condition: Condition) -> bool:
    """Whether a condition says that something is on file: a word alone does, "TBC" or "refused" does not."""
    name = condition.name
    return not name or (is_answer(name) and _LAPSED.search(name.replace("-", " ")) is None)


def _allows(policy: Condition) -> bool:
    """Whether a policy is about giving data to somebody, by its name or where it is said what allows it."""
    return is_answer(policy.allows) or _ALLOWING.search(policy.name) is not None


def _named(text: str, names: Mapping[str, int]) -> Iterator[int]:
    """The masks of the names that stand in a text."""
    words = re.findall(r"\w+", fold(text))
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            mask = names.get(" ".join(words[start:end]))
            if mask:
                yield mask
