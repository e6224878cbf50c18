"""The statements of the notices in force, as boxes that can be held against a flow's.

A statement reaches the people who get its notice: its audience, and the audiences of the notices that send
their readers to it. That makes "told to every group, by a notice that group gets" a matter of one axis.
"""

from collections.abc import Container, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import AXES, RECIPIENT, Flow
from ropa.flows.regions import EVERYTHING, Region
from ropa.judging.editions import given, in_each_language, sent_to
from ropa.judging.evidence import Proof, Proofs, Rests
from ropa.judging.exceptions import NO_MARKS, Marks, marks, processors_spared
from ropa.register.model import Action, Claim, Evidence, Notice, Register, Statement, Words
from ropa.register.vocabulary import Facet, Hierarchy

ASSERTS: Mapping[Claim, frozenset[Action]] = {
    Claim.COLLECTS: frozenset({Action.COLLECT, Action.USE, Action.KEEP}),
    Claim.USES: frozenset({Action.COLLECT, Action.USE, Action.KEEP}),
    Claim.KEEPS: frozenset({Action.KEEP}),
    Claim.DISCLOSES: frozenset({Action.DISCLOSE}),
    Claim.TRANSFERS: frozenset({Action.COLLECT, Action.KEEP, Action.DISCLOSE}),
    Claim.INFORMS: frozenset(),
}
"""The steps a claim says take place, so that it can clash with a promise that they do not. A list of
purposes counts for disclosures, too, but does not say that anything is disclosed."""


class Spoken(Struct, frozen=True, eq=False):
    """One statement as the people who get it hear it.

    `masks` is its box along the axes of a flow, everything where it is unstated; along the subject axis,
    no more than the people it reaches. `stated` holds the axes it states. `unresolved` says that a word,
    or the text it quotes, cannot be made sense of, so that it may mean anything. `telling` is the statement as
    far as its words bear it out: what is not left in it tells nobody anything, but still limits and gainsays.
    `of_others` says that no recipient it names is one of ourselves or the person: "anyone" means somebody else.
    `spared` are recipients that a promise does not mean although it names everybody, and `marks` what its words
    say of exceptions.
    """

    statement: Statement
    masks: Region
    stated: frozenset[Facet]
    by: int
    unresolved: bool
    telling: Statement
    void: bool = False
    of_others: bool = True
    spared: int = 0
    marks: Marks = NO_MARKS

    @property
    def tells(self) -> bool:
        """Whether it can tell anybody anything: positive, borne out, and its words stand in the text."""
        return not self.statement.negative and not self.unresolved and not self.void

    def speaks_of(self, action: Action, start: int, *, across: bool) -> bool:
        """Whether it speaks of such a step: of its action, by the party it starts from, over a border or not."""
        if action not in self.statement.actions:
            return False
        if self.by:
            return not start & ~self.by
        return across or self.statement.claim is not Claim.TRANSFERS

    def asserts(self, action: Action) -> bool:
        """Whether it says that such a step takes place."""
        if self.by:
            return action is Action.ONWARD
        return action in ASSERTS[self.statement.claim]

    def at_most(self, other: "Spoken") -> bool:
        """Whether it is narrower than the other or equal, in every facet and in action.

        To say that data goes to somebody is not to say that it goes abroad.
        """
        if other.only_across and not self.only_across:
            return False
        return self.statement.actions <= other.statement.actions and not any(
            mine & ~theirs for mine, theirs in zip(self._scope(), other._scope(), strict=True)
        )

    @property
    def only_across(self) -> bool:
        """Whether it speaks only of our own steps that cross a border."""
        return not self.by and (
            self.statement.claim is Claim.TRANSFERS or Facet.COUNTRY in self.stated
        )

    def _scope(self) -> Region:
        """Its box as it is written: whom a promise spares does not make it the narrower one."""
        masks = list(self.masks)
        masks[RECIPIENT] |= self.spared
        return (*masks, self.by or EVERYTHING)


class Heard(NamedTuple):
    """A statement that speaks of a step, and its box along the axes the step has."""

    spoken: Spoken
    masks: Region


def heard(spoken: Spoken, flow: Flow) -> Heard:
    """A statement as it is held against a flow: no limit counts along an axis that the step does not have."""
    masks = [m if words else EVERYTHING for m, words in zip(spoken.masks, flow.box, strict=True)]
    return Heard(spoken, tuple(masks))


class Voices(Struct, frozen=True):
    """What people are told on one day: the statements, and who gets any notice at all.

    `void` are the statements whose quotes are lost. `views` are what the readers of each language are told, where there
    are versions in several: each has to be told; `language` is that of a view.
    """

    notices: tuple[Notice, ...]
    spoken: tuple[Spoken, ...]
    void: tuple[Statement, ...]
    noticed: int
    reach: Mapping[str, int]
    language: str = ""
    views: tuple["Voices", ...] = ()

    def without(self, gone: Container[Statement]) -> "Voices":
        """The same with some statements taken out, in every language."""
        kept = tuple(spoken for spoken in self.spoken if spoken.statement not in gone)
        return replace(self, spoken=kept, views=tuple(view.without(gone) for view in self.views))


def voices(
    register: Register, day: date, proofs: Proofs | None = None, least: Rests = Rests.READING
) -> Voices:
    """The statements in force on a day. One whose quote is not in its text is void, and tells nothing.

    With `proofs`, one whose words do not bear it out is void as well, and nothing counts that rests on less than
    `least`; without them, statements are believed.
    """
    notices = given(register, day)
    said = _said_in(register, notices, proofs, least)
    views = tuple(
        replace(_said_in(register, some, proofs, least), language=language)
        for language, some in sorted(in_each_language(register, notices).items())
    )
    return replace(said, views=views) if views else said


def _said_in(
    register: Register, notices: tuple[Notice, ...], proofs: Proofs | None, least: Rests
) -> Voices:
    """What some notices say, and to whom."""
    reach = _reach(register, notices)
    noticed = 0
    for atoms in reach.values():
        noticed |= atoms
    statements = [s for n in notices for s in n.statements]
    spoken = (
        _spoken(
            register,
            s,
            reach[s.notice],
            proofs.of(s) if proofs else None,
            proofs.least(s, least) if proofs else least,
        )
        for s in statements
        if s.evidence is not Evidence.NOT_FOUND
    )
    promised = any(statement.negative for statement in statements)
    return Voices(
        notices=notices,
        spoken=tuple(_marked(register, s, proofs) for s in spoken) if promised else tuple(spoken),
        void=tuple(s for s in statements if s.evidence is Evidence.NOT_FOUND),
        noticed=noticed,
        reach=reach,
    )


def _marked(register: Register, spoken: Spoken, proofs: Proofs | None) -> Spoken:
    """A statement with what its words mark, which matters where something is promised."""
    statement = spoken.statement
    found = marks(statement, proofs.of(statement) if proofs else None)
    spared = processors_spared(register, statement, found) & spoken.masks[RECIPIENT]
    if not spared and found == NO_MARKS:
        return spoken
    masks = list(spoken.masks)
    masks[RECIPIENT] &= ~spared
    return replace(spoken, masks=tuple(masks), spared=spared, marks=found)


def _reach(register: Register, notices: tuple[Notice, ...]) -> dict[str, int]:
    """The people who get each notice, those whom another notice sends to it among them."""
    people = register.vocabulary[Facet.SUBJECT]
    by_id = {notice.id: notice for notice in notices}
    reach = {notice.id: 0 for notice in notices}
    for notice in notices:
        audience = people.union(notice.audience)
        for layer in sent_to(notice, by_id):
            reach[layer] |= audience
    return reach


def _spoken(
    register: Register, statement: Statement, reach: int, proof: Proof | None, least: Rests
) -> Spoken:
    words, states = register.vocabulary, (proof.held if proof else statement).states
    stated = frozenset(states)
    strange = {f for f in stated if not words[f.scheme].unknown.isdisjoint(states[f])}
    masks = [
        _mask(words[axis.scheme], states[axis]) if axis in stated - strange else EVERYTHING
        for axis in AXES
    ]
    by, void = words[Facet.RECIPIENT], proof is not None and proof.void
    strange_by = not by.unknown.isdisjoint(statement.by)
    return Spoken(
        statement=statement,
        masks=(masks[0] & reach, *masks[1:]),
        stated=stated,
        by=EVERYTHING if strange_by else by.union(statement.by),
        unresolved=not void
        and (
            bool(strange)
            or strange_by
            or statement.trigger in words[Facet.TRIGGER].unknown
            or statement.evidence is Evidence.NO_TEXT
        ),
        telling=proof.telling(least) if proof else statement,
        void=void,
        of_others=not any(map(register.is_ours, statement.states.get(Facet.RECIPIENT, ()))),
    )


def _mask(hierarchy: Hierarchy, words: Words) -> int:
    """The atoms of a statement's words. To state the root of a facet is to limit nothing."""
    atoms = hierarchy.union(words)
    return atoms if hierarchy.mask(hierarchy.root) & ~atoms else EVERYTHING
