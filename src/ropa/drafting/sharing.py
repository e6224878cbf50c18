"""What a notice in draft says of the recipients: who gets which data, what for, and whom they can pass it on to.

Where a sentence speaks of data and purposes together, each of the data goes for each of the purposes. Where
that is not so, there are two lists, and neither says that all goes with all.
"""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ropa.drafting import words
from ropa.drafting.merging import Boxed, merged
from ropa.drafting.readers import Readers, masks
from ropa.drafting.sayings import (
    basis_key,
    by_people,
    of_note,
    only,
    saying,
    told_and_open,
    what_for,
    where,
)
from ropa.drafting.using import ABOUT, DATA, PURPOSES, Use, reason
from ropa.drafting.values import DraftBullets, DraftLine, DraftPart, Section, line
from ropa.flows.flow import AXES, COUNTRY, PURPOSE, RECIPIENT, SUBJECT, Flow
from ropa.flows.flow import DATA as DATA_OF_FLOW
from ropa.flows.regions import Region, minus
from ropa.register.model import Action, Basis, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

_TOGETHER = frozenset({Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT, Facet.COUNTRY})
"""The facets of a disclosure that are told in one sentence where the settings link two of them."""

Met = tuple[tuple[str, Words], ...]
"""What has to be met first, each with what it looks at."""

Key = tuple[Basis | None, Words, Met]
"""What is the same for a whole box: the basis, where that is linked the country, and what has to be met first."""


class _Given(Struct, frozen=True):
    """What some recipients get, each of them all of it. `words` are those of them that can be told."""

    words: Words
    for_us: bool
    vague: bool
    boxes: tuple[Boxed[Key], ...]


def sharing(readers: Readers, used: Sequence[Use]) -> Iterator[Section]:
    """Who gets the data."""
    given = tuple(_recipients(readers))
    others = [said for one in given if not one.for_us for said in _entries(readers, used, one)]
    firms = [said for one in given if one.for_us for said in _entries(readers, used, one)]
    passed = tuple(_onward(readers))
    parts = []
    if others:
        parts.append(DraftPart("People and organisations that we give it to", (_bullets(others),)))
    if firms:
        lead = line("They use your information only for us, and only as we tell them.")
        parts.append(DraftPart("Firms and bodies that work for us", (lead, _bullets(firms))))
    if passed:
        parts.append(DraftPart("Who they can pass it on to", (_bullets(passed),)))
    if parts:
        yield Section("sharing", "Who we share it with, and why", (), tuple(parts))


def _bullets(entries: Iterable[DraftLine]) -> DraftBullets:
    return DraftBullets(tuple(entries))


def _recipients(readers: Readers) -> Iterator[_Given]:
    """The recipients, those together that get just the same."""
    flows: dict[str, list[Flow]] = {}
    for flow in readers.flows:
        if flow.action is Action.DISCLOSE:
            flows.setdefault(flow.end.id, []).append(flow)
    alike: dict[tuple[bool, bool, tuple[Boxed[Key], ...]], list[str]] = {}
    for to, given in flows.items():
        party = readers.register.parties.get(to)
        for_us = party is not None and party.type == "processor"
        vague = readers.vague(Facet.RECIPIENT, (to,))
        alike.setdefault((for_us, vague, _boxes(readers, given)), []).append(to)
    for (for_us, vague, boxes), ends in alike.items():
        yield _Given(readers.known(Facet.RECIPIENT, tuple(ends)), for_us, vague, boxes)


def _boxes(readers: Readers, flows: Iterable[Flow]) -> tuple[Boxed[Key], ...]:
    """What a recipient gets, what for and on which basis."""
    boxes: list[Boxed[Key]] = []
    for flow in flows:
        readers.strange(Facet.RECIPIENT, (flow.end.id,), flow.activity)
        basis = of_note(flow.basis)
        if basis is None and flow.action is Action.DISCLOSE:
            readers.lack("on which lawful basis data is shared", flow.activity)
        own = flow.action is Action.DISCLOSE  # on which basis others pass it on, is theirs to tell
        met = tuple((one.kind, one.covers) for one in flow.conditions)
        key = (basis if own else None, _countries(readers, flow), met)
        about = readers.about(flow.box[SUBJECT])
        said = (
            told_and_open(readers, facet, flow.box[axis], flow.activity)
            for facet, axis in ((Facet.DATA, DATA_OF_FLOW), (Facet.PURPOSE, PURPOSE))
        )
        data, purposes = said
        boxes += [Boxed(key, (about, some, reasons)) for some in data for reasons in purposes]
    return merged(boxes, (DATA, PURPOSES, ABOUT))


def _countries(readers: Readers, flow: Flow) -> Words:
    """Where the data goes, if the settings want that told in the same sentence."""
    linked = Facet.COUNTRY in readers.settings.linked
    return readers.known(Facet.COUNTRY, flow.box[COUNTRY]) if linked else ()


# -- who gets what, and why --------------------------------------------------------------------------


def _entries(readers: Readers, used: Sequence[Use], given: _Given) -> Iterator[DraftLine]:
    if len(given.boxes) == 1 or len(readers.settings.linked & _TOGETHER) > 1:
        yield from (_in_one(readers, used, given, one) for one in given.boxes)
    else:
        yield _in_two(readers, used, given)


def _in_one(readers: Readers, used: Sequence[Use], given: _Given, one: Boxed[Key]) -> DraftLine:
    """One box as one sentence."""
    basis, countries, _ = one.key
    about, data, purposes = one.box
    use = Use(about, data, purposes, basis)
    shares = f"we share {words.data(readers.register, use.data)}{where(readers, countries)}"
    ground, met = _ground(readers, used, given, use), _met(readers, given, one)
    said = f"{only(readers, use.about)}: {shares}{what_for(readers, use.purposes)}."
    said += f"{words.conditions(met)}{ground.said}"
    says = saying(
        Claim.DISCLOSES,
        about=use.about,
        to=given.words,
        data=use.data,
        purposes=use.purposes,
        countries=countries,
        conditions=_kinds(met),
        basis=ground.key,
    )
    return line(said, says, strong=_name(readers, given), slots=_slots(readers, given, use))


def _in_two(readers: Readers, used: Sequence[Use], given: _Given) -> DraftLine:
    """Boxes that are no product: which data, then what for. Neither list says that all goes with all."""
    gets, says, slots = [], [], []
    held = [(one.box[ABOUT] or readers.audience, one.box[DATA]) for one in given.boxes]
    open_ = [(one.box[ABOUT], ()) for one in given.boxes if not one.box[DATA]]
    for about, data in (*by_people(readers, held), *dict.fromkeys(open_)):
        gets.append(f"{words.data(readers.register, data)}{only(readers, about)}")
        says.append(saying(Claim.DISCLOSES, about=about, to=given.words, data=data))
    grounds: list[Boxed[_SharingGround]] = []
    for one in given.boxes:
        about, data, purposes = one.box
        use = Use(about, data, purposes, one.key[0])
        slots += _slots(readers, given, use)
        ground = _ground(readers, used, given, use, examples=False)
        grounds.append(Boxed(ground, (use.about, use.purposes)))
    said = f": we share {'; '.join(gets)}."
    for ground, (about, purposes) in merged(grounds, (1, 0)):
        if purposes:
            said += f" This is{what_for(readers, purposes)}{only(readers, about)}."
        said += ground.said
        body = {"about": about, "to": given.words, "purposes": purposes, "basis": ground.key}
        says.append(saying(Claim.DISCLOSES, **body))
    for one in given.boxes:
        about, data, purposes = one.box
        met = _met(readers, given, one)
        if met:
            such = f"{words.data(readers.register, data)}{what_for(readers, purposes)}{only(readers, about)}"
            said += words.conditions(met, before=f"we share {such}")
            body = {"about": about, "to": given.words, "data": data, "purposes": purposes}
            says.append(saying(Claim.DISCLOSES, **body, conditions=_kinds(met)))
    return line(said, *says, strong=_name(readers, given), slots=slots)


def _met(readers: Readers, given: _Given, one: Boxed[Key]) -> Met:
    """What has to be met before this is shared, as far as that is so of all that the sentence would tell.

    Where some of it goes to them, or to others whom the words include, without, nothing is promised.
    """
    about, data, purposes = one.box
    wanted = {
        SUBJECT: masks(readers, about, Facet.SUBJECT) & readers.atoms,
        DATA_OF_FLOW: masks(readers, data, Facet.DATA),
        RECIPIENT: masks(readers, given.words, Facet.RECIPIENT),
        PURPOSE: masks(readers, purposes, Facet.PURPOSE),
    }
    told = (
        {condition.kind for condition in flow.conditions}
        for flow in readers.flows
        if flow.action is Action.DISCLOSE
        and all(
            masks(readers, flow.box[axis], AXES[axis]) & atoms for axis, atoms in wanted.items()
        )
    )
    met = one.key[2]
    kinds = {kind for kind, _ in met}.intersection(*told) if met else set()
    return tuple(condition for condition in met if condition[0] in kinds)


def _kinds(met: Met) -> Words:
    return tuple(dict.fromkeys(kind for kind, _ in met))


class _SharingGround(Struct, frozen=True):
    """What is said of the basis of a disclosure, and how the statement states that."""

    said: str
    told: tuple[tuple[str, str | Words], ...]

    @property
    def key(self) -> dict[str, str | Words]:
        """The basis as the statement states it."""
        return dict(self.told)


def _ground(
    readers: Readers, used: Sequence[Use], given: _Given, use: Use, *, examples: bool = True
) -> _SharingGround:
    """The basis: nothing for firms that do our work on our basis, and in short where we use it on the same.

    `examples` says whether it names some of the data that is sensitive.
    """
    if use.basis is None:
        return _SharingGround("", ())
    if not _told_above(readers, used, use):
        shown = use if examples else replace(use, data=())
        return _SharingGround(reason(readers, shown).said, tuple(basis_key(use.basis).items()))
    if given.for_us:
        return _SharingGround("", ())
    said = f" Our lawful basis is {words.basis(readers.register, use.basis)}."
    return _SharingGround(said, tuple(basis_key(use.basis, special=False).items()))


def _told_above(readers: Readers, used: Sequence[Use], use: Use) -> bool:
    """Whether the basis is the one told for our own use of the same data."""
    ours = [_region(readers, one) for one in used if one.basis == use.basis]
    return not minus([_region(readers, use)], ours)


def _region(readers: Readers, use: Use) -> Region:
    people = masks(readers, use.about or readers.audience, Facet.SUBJECT) & readers.atoms
    data = masks(readers, use.data, Facet.DATA)
    return people, data, masks(readers, use.purposes, Facet.PURPOSE)


def _name(readers: Readers, given: _Given) -> str:
    named = phrases.to_the_person(readers.register, Facet.RECIPIENT, given.words)
    return phrases.capital(named) or "Others"


def _slots(readers: Readers, given: _Given, use: Use) -> list[str]:
    slots = ["Add: who they are"] if given.vague else []
    slots += [] if use.basis else ["Add: your lawful basis for this"]
    vague = not use.purposes or readers.vague(Facet.PURPOSE, use.purposes)
    return [*slots, "Add: what exactly this is for"] if vague else slots


# -- and then ----------------------------------------------------------------------------------------


def _onward(readers: Readers) -> Iterator[DraftLine]:
    """Whom the recipients can pass it on to."""
    groups: dict[tuple[str, str], list[Flow]] = {}
    for flow in readers.flows:
        if flow.action is Action.ONWARD:
            readers.strange(Facet.RECIPIENT, (flow.start.id,), flow.activity)
            groups.setdefault((flow.start.id, flow.end.id), []).append(flow)
    for (by, to), flows in groups.items():
        yield from (_passed(readers, by, to, one) for one in _boxes(readers, flows))


def _passed(readers: Readers, by: str, to: str, one: Boxed[Key]) -> DraftLine:
    (about, data, purposes), (_, countries, met) = one.box, one.key
    holder, end = (readers.known(Facet.RECIPIENT, (word,)) for word in (by, to))
    named = [
        phrases.to_the_person(readers.register, Facet.RECIPIENT, said) or "others"
        for said in (holder, end)
    ]
    said = f" can pass {words.data(readers.register, data)} on to {named[1]}"
    said += f"{where(readers, countries)}{what_for(readers, purposes)}{only(readers, about)}"
    body = {"about": about, "to": end, "by_": holder, "data": data, "purposes": purposes}
    says = [saying(Claim.DISCLOSES, **body, countries=countries)] if holder and end else []
    slots = ["Add: who they are"] if readers.vague(Facet.RECIPIENT, (by, to)) else []
    said = f"{phrases.sentence(said)}{words.conditions(met)}"
    return line(said, *says, strong=phrases.capital(named[0]), slots=slots)
