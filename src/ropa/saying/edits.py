"""What is otherwise in one thing of the register than in another, in the words of a data protection officer."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, astuple

from ropa.documents.document import Origin
from ropa.flows.flow import AXES, Flow
from ropa.location import Location
from ropa.register.model import Activity, Notice, Register, Words, divided
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class Edit(Struct, frozen=True):
    """One thing that is otherwise now: what it is, what is gone of it, and what is new, in words."""

    what: str
    gone: str
    new: str

    def __str__(self) -> str:
        if self.gone and self.new:
            return f"{self.what}: was {self.gone}, is {self.new}"
        return f"{self.what}: now {self.new}" if self.new else f"{self.what}: no longer {self.gone}"


def meaning(value: Any) -> Any:
    """A value of the register without its place, in an order that does not depend on how it was written."""
    match value:
        case Origin() | Location():
            return None
        case StrEnum():
            return str(value)
        case str():
            return " ".join(value.split())
        case Struct():
            return (type(value).__name__, *map(meaning, astuple(value)))
        case tuple() | frozenset():
            return tuple(sorted(map(meaning, value), key=repr))
        case _:
            return value


Registers = tuple[Register, Register]
_ELSEWHERE = frozenset(
    {"id", "name", "origin", "sources", "bases", "record", "disclosures", "retention"}
)
"""Fields of an activity that are no change by themselves, or that are compared in another way."""
_WORDS: Mapping[str, tuple[str, Facet]] = {
    "subjects": ("whose data", Facet.SUBJECT),
    "data": ("which data", Facet.DATA),
    "purposes": ("what for", Facet.PURPOSE),
}
_CALLED = {
    "basis": "the lawful basis",
    "systems": "where it is kept",
    "security": "how it is protected",
    "notices": "the notices it names",
    "reviewed": "when it was reviewed",
    "owner": "who answers for it",
    "started": "when it began",
    "dpia": "the impact assessment",
    "required_by": "what requires people to give the data",
    "on_behalf_of": "for whom it is done",
    "exemption": "the exemption from telling people",
}


def activity_edits(registers: Registers, old: Activity, new: Activity) -> Iterator[Edit]:
    """What is otherwise in an activity, but for its disclosures, which are flows of their own."""
    for key in (key for key in Activity.__struct_fields__ if key not in _ELSEWHERE):
        if key in _WORDS:
            yield from worded(registers, *_WORDS[key], getattr(old, key), getattr(new, key))
        else:
            yield from edited(called(key), getattr(old, key), getattr(new, key))
    yield from edited(called("basis"), *map(_bases, (old, new)))
    sources = [_sources(register, a) for register, a in zip(registers, (old, new), strict=True)]
    yield from _listed("where it comes from", *sources)
    kept = [_kept(register, a) for register, a in zip(registers, (old, new), strict=True)]
    yield from _listed("how long it is kept", *kept)
    for key in old.record.__struct_fields__:
        yield from edited(called(key), getattr(old.record, key), getattr(new.record, key))


def flow_edits(registers: Registers, old: Flow, new: Flow) -> Iterator[Edit]:
    """What is otherwise in a flow."""
    if old.box != new.box:
        for axis in range(len(AXES)):
            yield from worded(
                registers, ALONG[AXES[axis]], AXES[axis], old.box[axis], new.box[axis]
            )
    yield from edited(called("basis"), old.basis, new.basis)
    kept = [_kept(register, f) for register, f in zip(registers, (old, new), strict=True)]
    yield from _listed("how long it is kept", *kept)
    yield from edited("the safeguard", _safeguard(old), _safeguard(new))
    yield from edited("what is on file of the transfer", old.transfer, new.transfer)
    yield from edited("the conditions", old.conditions, new.conditions)
    if bool(old.indirect) is not bool(new.indirect):
        yield Edit("the duty to tell people", *map(_duty, (old, new)))


ALONG = {facet: what for what, facet in _WORDS.values()} | {
    Facet.SOURCE: "from whom",
    Facet.RECIPIENT: "to whom",
    Facet.COUNTRY: "to which country",
}


def _duty(flow: Flow) -> str:
    return (
        "Article 14, since some of the data comes from elsewhere" if flow.indirect else "Article 13"
    )


def _safeguard(flow: Flow) -> str:
    return phrases.SAFEGUARDS.get(flow.safeguard, flow.safeguard)


def _bases(activity: Activity) -> Any:
    """What it rests on, and for what where it says so, wherever that is written."""
    if activity.bases and not divided(activity.bases):
        return activity.bases[0].basis
    return tuple((part.basis, part.purposes, part.data, part.subjects) for part in activity.bases)


def _sources(register: Register, activity: Activity) -> list[str]:
    return [
        f"{phrases.names(register, Facet.DATA, tuple(sorted(source.data)), most=50)} from "
        + phrases.name(register, Facet.SOURCE, source.party)
        for source in activity.sources
    ]


def _kept(register: Register, holder: Activity | Flow) -> list[str]:
    """How long each category of data is kept, and by which law."""
    return [
        f"{phrases.names(register, Facet.DATA, tuple(sorted(entry.data)), most=50)} for {phrases.kept(register, entry)}"
        + (f" under {phrases.several(entry.law)}" if entry.law else "")
        for entry in holder.retention
    ]


def notice_edits(registers: Registers, old: Notice, new: Notice) -> Iterator[Edit]:
    """What is otherwise in a notice, besides what it says."""
    yield from worded(registers, "for whom it is meant", Facet.SUBJECT, old.audience, new.audience)
    yield from edited("the notices it sends its reader to", old.layers, new.layers)
    yield from edited("its address", old.url, new.url)
    yield from edited("in force from", old.start, new.start)
    yield from edited("in force to", old.end, new.end)
    gone, come = _set_aside(old) - _set_aside(new), _set_aside(new) - _set_aside(old)
    for said in sorted(gone):
        yield Edit("set aside", said, "")
    for said in sorted(come):
        yield Edit("set aside", "", said)


def _set_aside(notice: Notice) -> frozenset[str]:
    """What is set aside of a notice, each with who did so and why."""
    return frozenset(
        f"{f'all below “{one.heading}”' if one.heading else f'“{one.quote}”'} ({one.by}: {one.reason})"
        for one in notice.aside
    )


def worded(registers: Registers, what: str, facet: Facet, old: Words, new: Words) -> Iterator[Edit]:
    """Words of the vocabulary that came or went, each by the name its own register has for it."""
    if old != new and set(old) != set(new):
        gone = tuple(word for word in old if word not in new)
        come = tuple(word for word in new if word not in old)
        yield Edit(
            what,
            phrases.names(registers[0], facet, gone, most=50),
            phrases.names(registers[1], facet, come, most=50),
        )


def edited(what: str, old: Any, new: Any) -> Iterator[Edit]:
    """What was recorded and what is, unless they mean the same."""
    if old != new and meaning(old) != meaning(new):
        yield Edit(what, _plain(old), _plain(new))


def _listed(what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    """Of two lists of things in words, what came and what went."""
    if sorted(old) != sorted(new):
        gone, come = (
            list((Counter(old) - Counter(new)).elements()),
            list((Counter(new) - Counter(old)).elements()),
        )
        yield Edit(what, "; ".join(gone), "; ".join(come))


def called(key: str) -> str:
    """What to call a field of the register."""
    return _CALLED.get(key, key.replace("_", " "))


def _plain(value: Any) -> str:
    """Anything the register holds, in words; nothing for what is not written."""
    match value:
        case None | "" | ():
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return phrases.day(value)
        case Struct():
            said = ((key, _plain(worth)) for key, worth in asdict(value).items() if key != "origin")
            return ", ".join(f"{key.replace('_', ' ')} {words}" for key, words in said if words)
        case tuple() | frozenset():
            return "; ".join(sorted(map(_plain, value)))
        case _:
            return " ".join(str(value).split())


MOST_WORDS = 400
"""Texts of more words are shown as they are: nobody looks for a word in brackets there."""


def marked(old: str, new: str) -> tuple[str, str]:
    """Two versions of a text, the words in brackets that the other does not have."""
    from difflib import SequenceMatcher

    words = old.split(), new.split()
    if max(map(len, words)) > MOST_WORDS:
        return old, new
    matched = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    sides: tuple[list[str], list[str]] = ([], [])
    for how, a, b, c, d in matched:
        for side, stretch in zip(sides, (words[0][a:b], words[1][c:d]), strict=True):
            kept = how == "equal" or not stretch
            side.extend(stretch if kept else [f"[{' '.join(stretch)}]"])
    return " ".join(sides[0]), " ".join(sides[1])
