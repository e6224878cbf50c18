"""What a notice in draft says of the purposes: what data is used for, and on which lawful basis."""

from collections.abc import Sequence

from msgspec import Struct

from ropa.drafting import words
from ropa.drafting.merging import Boxed, merged
from ropa.drafting.readers import Readers
from ropa.drafting.sayings import basis_key, of_note, only, saying
from ropa.drafting.values import Block, DraftBullets, DraftLine, Saying, Section, line
from ropa.flows.flow import DATA as DATA_OF_FLOW
from ropa.flows.flow import PURPOSE, SUBJECT, Box
from ropa.flows.grounds import Grounds
from ropa.register.model import Action, Activity, Basis, Claim, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

ABOUT, DATA, PURPOSES = range(3)
"""The axes of what is merged here."""


class Use(Struct, frozen=True):
    """What some data about some people is used for, and on which basis. No words leave an axis open."""

    about: Words
    data: Words
    purposes: Words
    basis: Basis | None


class Reason(Struct, frozen=True):
    """The sentences about a lawful basis, the items that these tell, and what has to be written."""

    said: str
    says: tuple[Saying, ...]
    slots: tuple[str, ...]


def uses(readers: Readers) -> tuple[Use, ...]:
    """What we use data for ourselves, activity by activity, merged where that says no more."""
    boxes, people = [], readers.register.vocabulary[Facet.SUBJECT]
    for activity in activities(readers):
        held, grounds = _held(readers, activity), Grounds(readers.register.vocabulary)
        whole: Box = (activity.subjects, held, (), (), activity.purposes, ())
        for ground, box in grounds.of(activity.bases, whole):
            if not people.union(box[SUBJECT]) & readers.atoms:
                continue
            basis, about, purposes = of_note(ground), readers.about(box[SUBJECT]), box[PURPOSE]
            if basis is None:
                readers.lack("on which lawful basis data is used", activity.id)
            some = box[DATA_OF_FLOW]
            data = () if readers.strange(Facet.DATA, some, activity.id) else some
            known = readers.known(Facet.PURPOSE, purposes)
            if known:
                boxes.append(Boxed(basis, (about, data, known)))
            if readers.strange(Facet.PURPOSE, purposes, activity.id):
                boxes.append(Boxed(basis, (about, data, ())))
    found = merged(boxes, (DATA, PURPOSES, ABOUT))
    return tuple(Use(about, data, purposes, basis) for basis, (about, data, purposes) in found)


def activities(readers: Readers) -> tuple[Activity, ...]:
    """The activities that concern the readers."""
    concerned = dict.fromkeys(flow.activity for flow in readers.flows)
    people = readers.register.vocabulary[Facet.SUBJECT]
    found = (readers.register.activities[id_] for id_ in concerned)
    return tuple(a for a in found if people.union(a.subjects) & readers.atoms)


def _held(readers: Readers, activity: Activity) -> Words:
    """The data of an activity, and what comes in besides."""
    data = readers.register.vocabulary[Facet.DATA]
    whole = data.union(activity.data)
    more = (word for source in activity.sources for word in source.data)
    return tuple(dict.fromkeys((*activity.data, *(w for w in more if data.mask(w) & ~whole))))


def why(readers: Readers, used: Sequence[Use]) -> Section:
    """What data is used for, and on which lawful basis."""
    letters = dict.fromkeys(use.basis.letter for use in used if use.basis)
    shared = (of_note(f.basis) for f in readers.flows if f.action is Action.DISCLOSE)
    letters |= dict.fromkeys(basis.letter for basis in shared if basis)
    lead = "The law lets us use your information only for a reason that it names. We call it our lawful basis."
    blocks: list[Block] = [line(lead)]
    if letters:
        meanings = (
            line(f": {words.MEANINGS[letter]}.", strong=phrases.capital(phrases.BASES[letter]))
            for letter in letters
        )
        blocks += [line("Here is what these reasons mean:"), DraftBullets(tuple(meanings))]
    entries = tuple(_used(readers, use) for use in used)
    blocks += [line("This is what we use your information for:"), DraftBullets(entries)]
    return Section("why", "Why we use it, and our lawful basis", tuple(blocks))


def _used(readers: Readers, use: Use) -> DraftLine:
    data, whom = words.data(readers.register, use.data), only(readers, use.about)
    strong, said = "", phrases.capital(f"we use {data}{whom} for more than this.")
    slots = ["Add: what for"]
    if use.purposes:
        strong = f"For {phrases.to_the_person(readers.register, Facet.PURPOSE, use.purposes)}"
        said = f"{whom}, we use {data}."
        vague = readers.vague(Facet.PURPOSE, use.purposes)
        slots = ["Add: what exactly this is for"] if vague else []
    given = reason(readers, use)
    says = saying(
        Claim.USES,
        about=use.about,
        data=use.data,
        purposes=use.purposes,
        basis=basis_key(use.basis),
    )
    slots += given.slots
    return line(f"{said}{given.said}", says, *given.says, strong=strong, slots=slots)


def reason(readers: Readers, use: Use) -> Reason:
    """What people are told of a lawful basis."""
    basis = use.basis
    if basis is None:
        return Reason("", (), ("Add: your lawful basis for this",))
    said = f" Our lawful basis is {words.basis(readers.register, basis)}."
    says: tuple[Saying, ...] = ()
    slots: Words = ()
    if basis.letter in _WHICH:
        further, item, slot = _WHICH[basis.letter]
        named = basis.interests if basis.letter == "f" else basis.annex_1
        if named:
            said += further.format(named.strip().removesuffix("."))
            says = (saying(Claim.INFORMS, items=(item,)),)
        else:
            what = phrases.to_the_person(readers.register, Facet.PURPOSE, use.purposes) or "this"
            readers.lack(f"{slot} it is that data is used on for {what}")
            slots = (f"Add: {slot} it is",)
    if basis.article_9:
        said += words.condition(readers.register, basis, readers.ledger.special(use.data))
    return Reason(said, says, slots)


_WHICH = {
    "f": (" The interest is this: {}.", "legitimate-interests", "which legitimate interest"),
    "ea": (
        " The law names it in paragraph {} of Annex 1 to the UK GDPR.",
        "recognised-legitimate-interest",
        "which recognised legitimate interest",
    ),
}
"""What has to be told besides of two of the bases: how, as which item, and what is lacking without."""
