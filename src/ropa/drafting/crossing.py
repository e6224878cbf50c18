"""What a notice in draft says of data that goes to another country: where, and what protects it there."""

from collections.abc import Iterator

from msgspec import Struct

from ropa.drafting import words
from ropa.drafting.merging import Boxed, merged
from ropa.drafting.readers import Readers
from ropa.drafting.sayings import saying
from ropa.drafting.values import DraftBullets, DraftLine, Section, line
from ropa.flows.flow import COUNTRY, RECIPIENT
from ropa.register.model import Action, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class _Crossing(Struct, frozen=True):
    """A step over a border: what it is, under which safeguard, by whom and to whom."""

    action: Action
    safeguard: str
    by: Words
    to: Words


def abroad(readers: Readers) -> Iterator[Section]:
    """Where data goes that leaves the country, and what protects it there."""
    boxes = []
    for flow in readers.flows:
        country = flow.box[COUNTRY]
        if not country:
            continue
        readers.strange(Facet.COUNTRY, country, flow.activity)
        if not flow.safeguard:
            readers.lack("what protects data that goes abroad (`safeguard`)", flow.activity)
        by = (flow.start.id,) if flow.action is Action.ONWARD else ()
        to = readers.known(Facet.RECIPIENT, flow.box[RECIPIENT])
        step = _Crossing(flow.action, flow.safeguard, readers.known(Facet.RECIPIENT, by), to)
        boxes.append(Boxed(step, (country,)))
    if boxes:
        entries = (_crossing(readers, one.key, one.box[0]) for one in merged(boxes, (0,)))
        label = readers.register.vocabulary[Facet.COUNTRY].label(readers.register.home)
        heading = f"When it leaves {phrases.country(label)}"
        yield Section("abroad", heading, (DraftBullets(tuple(entries)),))


def _crossing(readers: Readers, step: _Crossing, country: Words) -> DraftLine:
    known = readers.known(Facet.COUNTRY, country)
    place = phrases.to_the_person(readers.register, Facet.COUNTRY, known) or "another country"
    slots = [] if known == country else ["Add: which country that is"]
    said = f"{_goes(readers, step)} {place}."
    if step.safeguard:
        said += f" {words.guarded(readers.register, step.safeguard)}"
    else:
        slots.append("Add: what protects it there")
    body = {"to": step.to, "by_": step.by, "countries": known, "safeguard": step.safeguard}
    tellable = known and (step.by or step.action is not Action.ONWARD)
    says = [saying(Claim.TRANSFERS, **body)] if tellable else []
    return line(said, *says, slots=slots)


def _goes(readers: Readers, step: _Crossing) -> str:
    by, to = (
        phrases.to_the_person(readers.register, Facet.RECIPIENT, said) or "others"
        for said in (step.by, step.to)
    )
    match step.action:
        case Action.ONWARD:
            return f"What {by} can pass on to {to} goes to"
        case Action.DISCLOSE:
            return f"What we share with {to} goes to"
    return "We keep some of your information in"
