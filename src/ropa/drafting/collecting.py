"""What a notice in draft says of the data: which there is, and where it comes from."""

from collections.abc import Iterable, Iterator

from ropa.drafting import words
from ropa.drafting.merging import Boxed, merged
from ropa.drafting.readers import Readers
from ropa.drafting.sayings import by_people, only, saying, told_and_open, what_for
from ropa.drafting.values import Block, DraftBullets, DraftLine, Section, line
from ropa.flows.flow import DATA, PURPOSE, SOURCE, SUBJECT
from ropa.register.model import SELF, Action, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


def what(readers: Readers) -> Section:
    """Which data there is about the readers."""
    held = [
        (flow.box[SUBJECT], flow.box[DATA])
        for flow in readers.flows
        if flow.action is not Action.ONWARD
    ]
    known = tuple(dict.fromkeys(word for _, data in held for word in data))
    blocks: list[Block] = []
    for about, data in by_people(readers, held):
        also = "also " if blocks and about else ""
        blocks += [
            line(
                f"We {also}hold this about {phrases.to_the_person(readers.register, Facet.SUBJECT, about)}:"
            )
            if about
            else line("We hold:"),
            DraftBullets(tuple(_kinds(readers, about, data))),
        ]
    if readers.vague(Facet.DATA, known):
        blocks.append(
            line("", slots=["Add: what else you hold about people, in words they understand"])
        )
    blocks += _sensitive(readers, known)
    return Section("what", "What information we have about you", tuple(blocks))


def _kinds(readers: Readers, about: Words, data: Iterable[str]) -> Iterator[DraftLine]:
    """The data, those of one kind together. To name the kind beside them says nothing of the rest of it."""
    hierarchy = readers.register.vocabulary[Facet.DATA]
    kinds: dict[str, list[str]] = {}
    for word in data:
        kinds.setdefault(_kind(readers, word), []).append(word)
    single = [below[0] for below in kinds.values() if len(below) == 1]
    several = {kind: below for kind, below in kinds.items() if len(below) > 1}
    for kind, below in (*several.items(), ("", single)):
        if below:
            lead = (
                hierarchy.label(kind)
                if kind
                else "Other information"
                if several
                else "Information about you"
            )
            rest = tuple(word for word in below if word != kind)
            joint = ":" if len(rest) == len(below) else ", including"
            named = phrases.to_the_person(readers.register, Facet.DATA, rest)
            says = saying(Claim.COLLECTS, about=about, data=tuple(below))
            yield line(f"{joint} {named}", says, strong=lead)


def _kind(readers: Readers, word: str) -> str:
    """The widest word above that still says something."""
    hierarchy = readers.register.vocabulary[Facet.DATA]
    seen = {word}
    while True:
        wider = (w for w in hierarchy.wider(word) if not hierarchy.umbrella(w))
        above = next((w for w in wider if w != _OF_LAWYERS), None)
        if above is None or above in seen:
            return word
        seen.add(above)
        word = above


_OF_LAWYERS = "special-category-data"
"""A kind of data that is none to anybody but lawyers. Which data are of it is said below the list."""


def _sensitive(readers: Readers, held: Words) -> Iterator[DraftLine]:
    special = readers.ledger.special(readers.known(Facet.DATA, held))
    criminal = readers.ledger.criminal(readers.known(Facet.DATA, held))
    if special:
        yield line(
            f"Some of this is sensitive: {words.data(readers.register, special)}. "
            "The law calls it special category data, and protects it more strictly."
        )
    if criminal:
        yield line(
            f"The law also protects information about crimes more strictly: {words.data(readers.register, criminal)}."
        )


def sources(readers: Readers) -> Section:
    """Where it comes from."""
    together = (
        Facet.PURPOSE in readers.settings.linked
        and len(readers.settings.linked & _WITH_A_SOURCE) > 1
    )
    boxes, lacking = [], False
    for flow in readers.flows:
        if flow.action is not Action.COLLECT:
            continue
        said = flow.box[SOURCE]
        if not said:
            readers.lack("where data comes from", flow.activity)
        lacking |= not said or readers.vague(Facet.SOURCE, said)
        readers.strange(Facet.SOURCE, said, flow.activity)
        known, about = readers.known(Facet.SOURCE, said), readers.about(flow.box[SUBJECT])
        purposes = told_and_open(readers, Facet.PURPOSE, flow.box[PURPOSE], flow.activity)
        for data in told_and_open(readers, Facet.DATA, flow.box[DATA], flow.activity):
            for told in purposes if together else [()]:
                boxes += [Boxed(None, (about, data, known, told))] if known else []
    found = merged(boxes, (1, 2, 0, 3))
    order = [SELF, *(word for one in found for word in one.box[2])]
    found = tuple(sorted(found, key=lambda one: min(order.index(word) for word in one.box[2])))
    entries = tuple(_from(readers, *one.box) for one in found)
    blocks: list[Block] = []
    if entries:
        blocks += [line("We get information about you:"), DraftBullets(entries)]
    if lacking:
        blocks.append(line("", slots=["Add: where else you get the information from"]))
    return Section("sources", "Where we get it from", tuple(blocks))


def _from(readers: Readers, about: Words, data: Words, source: Words, purposes: Words) -> DraftLine:
    listed = phrases.to_the_person(readers.register, Facet.DATA, data) or "information about you"
    said = f"{only(readers, about)}: {listed}{what_for(readers, purposes)}"
    body = {"about": about, "data": data, "from_": source, "purposes": purposes}
    named = phrases.to_the_person(readers.register, Facet.SOURCE, source)
    return line(said, saying(Claim.COLLECTS, **body), strong=f"From {named}")


_WITH_A_SOURCE = frozenset({Facet.PURPOSE, Facet.SOURCE, Facet.DATA})
"""The facets of what is collected that are told in one sentence where the settings link two of them."""
