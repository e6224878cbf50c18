"""What a notice in draft says of how long data is kept."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ropa.drafting import words
from ropa.drafting.merging import Boxed, merged
from ropa.drafting.readers import Readers, masks
from ropa.drafting.sayings import only, saying, what_for
from ropa.drafting.using import activities
from ropa.drafting.values import DraftRow, DraftTable, Section, flat
from ropa.flows.regions import Region
from ropa.register.model import EVERYTHING, Activity, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases


class _ToldKept(Struct, frozen=True):
    """How long, as it is said: a period from a trigger, or else criteria; `named` is the activity, where it matters."""

    period: str
    trigger: str
    criteria: str
    whose: str
    named: str = ""
    longer: Words = ()


class _KeptLine(Struct, frozen=True):
    """An entry of a retention schedule as it is told to the readers; `whole` says that it is the only one."""

    told: _ToldKept
    about: Words
    data: Words
    purposes: Words
    whole: bool
    name: str


def keeping(readers: Readers) -> Section:
    """How long data is kept."""
    kept = [one for activity in activities(readers) for one in _schedule(readers, activity)]
    spread: dict[_ToldKept, dict[Region, None]] = {}
    for one in kept:
        spread.setdefault(one.told, {})[_region(readers, one)] = None
    boxes = []
    for one in kept:
        others = [regions for told, regions in spread.items() if told != one.told]
        people, purposes, held = _region(readers, one)
        clash = [
            other[2] & held
            for regions in others
            for other in regions
            if other[0] & people and other[1] & purposes
        ]
        data = () if one.whole and not clash else one.data
        named = one.name if any(clash) else ""
        boxes.append(Boxed(replace(one.told, named=named), (one.about, data, one.purposes)))
    rows = [
        *(_row(readers, told, *box) for told, box in merged(boxes, (1, 2, 0))),
        *_unsaid(readers),
    ]
    table = DraftTable(("Information", "How long we keep it"), tuple(rows))
    return Section("keeping", "How long we keep it", (table,))


def _row(readers: Readers, told: _ToldKept, about: Words, data: Words, purposes: Words) -> DraftRow:
    begins = phrases.begins(readers.register, told.trigger)
    said = words.kept(told.period, begins, told.criteria, told.whose, told.longer)
    subject = _kept_what(readers, data, purposes) + only(readers, about)
    subject += f" ({told.named})" if told.named else ""
    says = saying(
        Claim.KEEPS,
        about=about,
        data=data,
        purposes=purposes,
        period=told.period,
        trigger=told.trigger,
        criteria=told.criteria,
        longer=told.longer,
    )
    return DraftRow(flat(subject), flat(said), (says,))


def _schedule(readers: Readers, activity: Activity) -> Iterator[_KeptLine]:
    hierarchy = readers.register.vocabulary[Facet.DATA]
    whole = hierarchy.union(activity.data)
    about = readers.about(activity.subjects)
    known = readers.known(Facet.PURPOSE, activity.purposes)
    purposes = known if known == activity.purposes else ()
    for entry in activity.retention:
        atoms = hierarchy.union(entry.data) & whole
        if not atoms or not (entry.period or entry.criteria):
            continue
        data = hierarchy.narrowed(entry.data, activity.data)
        strange = readers.strange(Facet.DATA, data, activity.id)
        only_one = not whole & ~atoms and len(activity.retention) == 1
        data = () if strange else data
        timed = bool(entry.period)
        told = _ToldKept(
            entry.period,
            entry.trigger if timed else "",
            "" if timed else entry.criteria,
            _whose(readers, activity),
            longer=entry.longer,
        )
        name = "" if EVERYTHING in activity.internal else activity.name
        yield _KeptLine(told, about, data, purposes, only_one, name)


def _whose(readers: Readers, activity: Activity) -> str:
    """Whose birth or death counts: the reader's, unless the record is about others as well."""
    people = readers.register.vocabulary[Facet.SUBJECT]
    if readers.children or not people.union(activity.subjects) & ~readers.atoms:
        return "your"
    others = tuple(w for w in activity.subjects if people.mask(w) & ~readers.atoms)
    return "the child's" if readers.ledger.children(others) == others else "the person's"


def _region(readers: Readers, one: _KeptLine) -> Region:
    people = masks(readers, one.about or readers.audience, Facet.SUBJECT) & readers.atoms
    purposes = masks(readers, one.purposes, Facet.PURPOSE)
    return people, purposes, masks(readers, one.data, Facet.DATA)


def _kept_what(readers: Readers, data: Words, purposes: Words) -> str:
    if data:
        used = f", used{what_for(readers, purposes)}" if purposes else ""
        return phrases.capital(words.data(readers.register, data)) + used
    used = phrases.to_the_person(readers.register, Facet.PURPOSE, purposes)
    return f"What we use for {used}" if used else "Your information"


def _unsaid(readers: Readers) -> Iterator[DraftRow]:
    """Rows for data of which the register does not say how long it is kept."""
    hierarchy = readers.register.vocabulary[Facet.DATA]
    for activity in activities(readers):
        recorded = hierarchy.union(
            w for e in activity.retention if e.period or e.criteria for w in e.data
        )
        left = hierarchy.union(activity.data) & ~recorded
        if left:
            names = map(phrases.inside, hierarchy.names(left, activity.data))
            said = phrases.several(names)
            readers.lack(f"how long {said} is kept", activity.id)
            about = what_for(readers, readers.known(Facet.PURPOSE, activity.purposes))
            about = f", used{about}" if about else ""
            yield DraftRow(
                flat(f"Your {said}{about}"), "", (), ("Add: how long, or how you decide that",)
            )
