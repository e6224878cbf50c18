"""A privacy notice for some people, drafted from the register: it tells every flow and every item due to them.

What the register does not say is left as a slot that says what to write, and is listed in `lacks`.
"""

import re
from datetime import date

from ropa.drafting.collecting import sources, what
from ropa.drafting.crossing import abroad
from ropa.drafting.items import Items, changes, compact
from ropa.drafting.keeping import keeping
from ropa.drafting.readers import Readers, readers
from ropa.drafting.sharing import sharing
from ropa.drafting.using import uses, why
from ropa.drafting.values import Draft, DraftLine, line
from ropa.flows.graph import FlowGraph
from ropa.judging.judgement import Settings
from ropa.register.vocabulary import Facet

__all__ = ["Draft", "draft"]


def draft(
    graph: FlowGraph, settings: Settings, audience: str, id_: str = "", start: date | None = None
) -> Draft:
    """The notice for an audience as of the day it begins. Raises `NothingToTell`."""
    reading = readers(graph, audience, settings)
    items = Items(reading, start or settings.day)
    used = uses(reading)
    sections = compact(
        (
            items.who(),
            what(reading),
            sources(reading),
            why(reading, used),
            *sharing(reading, used),
            *abroad(reading),
            keeping(reading),
            *items.machines(),
            *items.giving(),
            items.rights(),
            items.complaints(),
            changes(start),
        )
    )
    return Draft(
        id=id_ or _id(reading),
        name=line(f"Privacy notice for {reading.name}").text,
        audience=reading.audience,
        start=start,
        intro=tuple(_intro(reading)),
        sections=sections,
        lacks=reading.lacks,
    )


def _intro(reading: Readers) -> tuple[DraftLine, ...]:
    who = reading.name
    name = reading.register.organisation.name if reading.register.organisation else "we"
    told = (
        f"This notice is for {who}. It says what information {name} has about you, why, who else gets it, "
        "how long we keep it, and what you can do about it."
    )
    help_ = "Ask us if anything here is not clear."
    if reading.children:
        help_ = (
            "If anything here is not clear, ask us, or ask an adult you trust to read it with you."
        )
    return line(told), line(help_)


def _id(reading: Readers) -> str:
    """`children-in-need-draft`: the words of the first group, or its id where they are many."""
    first = reading.audience[0]
    label = reading.register.vocabulary[Facet.SUBJECT].label(first)
    words = "-".join(re.findall(r"[a-z0-9]+", label.lower()))
    several = "-and-others" if len(reading.audience) > 1 else ""
    return f"{words if words and len(words) <= _LONGEST else first}{several}-draft"


_LONGEST = 30
