"""The items of Articles 13 and 14 that are not about a flow: which are due to whom, and who is told them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.patterns import regex
from ropa.judging.evidence import Rests
from ropa.judging.statements import Spoken, Voices
from ropa.judging.untied import ReadingIn, Sentences
from ropa.judging.verdict import Verdict
from ropa.law import tables as law
from ropa.register.model import NOTHING, SELF, Activity, Notice, Register, Statement
from ropa.register.vocabulary import Facet, Hierarchy, fold

ITEMS: Mapping[str, str] = {
    "controller-identity": "who is responsible for their data (Article 13(1)(a))",
    "controller-contact": "how to reach those responsible (Article 13(1)(a))",
    "representative": "who represents those responsible here, and how to reach them (Article 13(1)(a))",
    "joint-arrangement": "who else is responsible for their data, and what is agreed (Articles 13(1)(a) and 26(2))",
    "dpo-contact": "how to reach the data protection officer (Article 13(1)(b))",
    "legitimate-interests": "which legitimate interests are pursued (Article 13(1)(d), 14(2)(b))",
    "recognised-legitimate-interest": "which recognised legitimate interest it rests on (Article 6(1)(ea))",
    "right-of-access": "that they may ask for a copy of their data (Article 13(2)(b))",
    "right-to-rectification": "that they may have wrong data put right (Article 13(2)(b))",
    "right-to-erasure": "that they may ask for data to be erased (Article 13(2)(b))",
    "right-to-restriction": "that they may ask for use of their data to be restricted (Article 13(2)(b))",
    "right-to-object": "that they may object (Articles 13(2)(b) and 21(4))",
    "right-to-portability": "that they may take their data elsewhere (Article 13(2)(b))",
    "right-to-withdraw-consent": "that they may withdraw their consent (Article 13(2)(c))",
    "right-to-complain": "that they may complain to the regulator (Article 13(2)(d))",
    "complaint-to-controller": "that they may complain to the organisation itself (DPA 2018 s.164A)",
    "statutory-requirement": "whether they have to give their data, and what follows if not (Article 13(2)(e))",
    "automated-decisions": "how machines decide about them, and what follows (Articles 13(2)(f), 14(2)(g))",
}
"""The items that are checked, each as what people are told, with its source."""


class ItemTold(Struct, frozen=True):
    """Whether a group of people is told an item, and what that rests on.

    `notice` is the one in which they would look for it. `readings` are sentences that look as if they told it, where
    nothing else does.
    """

    subject: str
    item: str
    verdict: Verdict
    told_by: tuple[Statement, ...]
    notice: Notice
    evidence: Rests = Rests.WORDS
    readings: tuple[ReadingIn, ...] = ()


def items(
    register: Register, voices: Voices, day: date, sentences: Sentences | None = None
) -> Iterator[ItemTold]:
    """Every item that is due to every group that gets a notice; a group without one is its own finding.

    With `sentences`, an item is untied that no statement tells, and some sentence looks as if it did.
    """
    if voices.views:
        yield from _in_every_language(register, voices, day, sentences)
        return
    informing = [s for s in voices.spoken if s.telling.items or s.statement.lost]
    people = register.vocabulary[Facet.SUBJECT]
    for subject, activities in _groups(register).items():
        atoms = people.mask(subject) & voices.noticed
        if subject in people.unknown or not atoms:
            continue
        for item in _due(register, subject, activities, day):
            verdict, told_by, left = told(item, atoms, informing)
            if item == _JOINTLY and verdict in _TOLD:
                unnamed = _unnamed(register, activities, atoms, voices)
                if unnamed:
                    verdict, told_by, left = Verdict.OMITTED, (), unnamed
            notice = _notice_for(left or atoms, people, voices)
            readings: tuple[ReadingIn, ...] = ()
            if verdict is Verdict.OMITTED and sentences is not None and item != _JOINTLY:
                readings, surely = sentences.looking_like(item, left)
                verdict = verdict if surely else Verdict.UNTIED
            yield ItemTold(subject, item, verdict, told_by, notice, readings=readings)


_JOINTLY = "joint-arrangement"
_TOLD = (Verdict.CLEAR, Verdict.PARTIAL)


def _unnamed(
    register: Register, activities: Iterable[Activity], people: int, voices: Voices
) -> int:
    """Those of some people to whom nothing names a controller that decides about their data together with us.

    Each controller's identity is due (Article 13(1)(a)). A statement names somebody by stating them, or in its quote.
    """
    unnamed = 0
    for party in dict.fromkeys(p for a in activities for p in a.record.joint_controllers):
        naming = (s for s in voices.spoken if s.tells and _names(register, s.telling, party))
        unnamed |= _without(people, list(naming))[1]
    return unnamed


def _names(register: Register, statement: Statement, party: str) -> bool:
    """Whether a statement that says something names a party."""
    if not (statement.items or statement.states or statement.by):
        return False
    stated = (*statement.states.get(Facet.RECIPIENT, ()), *statement.states.get(Facet.SOURCE, ()))
    if party in (*stated, *statement.by):
        return True
    term = register.vocabulary[Facet.RECIPIENT].terms.get(party)
    quote = _spaced(statement.quote)
    return term is not None and any(_spaced(name) in quote for name in (term.label, *term.synonyms))


def _spaced(text: str) -> str:
    """The words of a text, each between spaces."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


_WORD = regex(r"[^\W_]+")


def _in_every_language(
    register: Register, voices: Voices, day: date, sentences: Sentences | None
) -> Iterator[ItemTold]:
    """Every item as it is told to the readers of each language: the worst of them."""
    found: dict[tuple[str, str], list[ItemTold]] = {}
    for view in voices.views:
        heard = replace(sentences, voices=view) if sentences else None
        for one in items(register, view, day, heard):
            found.setdefault((one.subject, one.item), []).append(one)
    for told_items in found.values():
        worst = min(told_items, key=lambda one: one.verdict)
        alike = (one.told_by for one in told_items if one.verdict is worst.verdict)
        cited = tuple(dict.fromkeys(statement for told_by in alike for statement in told_by))
        yield replace(worst, told_by=cited)


def due(register: Register, people: int, day: date) -> tuple[str, ...]:
    """The items that are due to some people, by the groups the register knows them in."""
    subjects = register.vocabulary[Facet.SUBJECT]
    found = {
        item
        for subject, activities in _groups(register).items()
        if subject not in subjects.unknown and subjects.mask(subject) & people
        for item in _due(register, subject, activities, day)
    }
    return tuple(item for item in ITEMS if item in found)


def _notice_for(atoms: int, people: Hierarchy, voices: Voices) -> Notice:
    """The notice meant for these people, or else the first they are sent to."""
    reaching = [n for n in voices.notices if voices.reach[n.id] & atoms]
    return next((n for n in reaching if people.union(n.audience) & atoms), reaching[0])


def _groups(register: Register) -> dict[str, list[Activity]]:
    groups: dict[str, list[Activity]] = {}
    for activity in register.activities.values():
        if register.mandated(activity):
            continue  # telling people is for those it is done for
        for subject in activity.subjects:
            groups.setdefault(subject, []).append(activity)
    return groups


def _due(register: Register, subject: str, activities: list[Activity], day: date) -> Iterator[str]:
    """The items that what is done with a group's data makes due."""
    people = register.vocabulary[Facet.SUBJECT]
    grounds = {(p.subjects, p.basis) for a in activities for p in a.bases}
    grounds |= {
        (p.subjects or d.subjects, p.basis)
        for a in activities
        for d in a.disclosures
        if not d.inherits
        for p in d.bases
    }
    own = people.mask(subject)
    bases = {basis for about, basis in grounds if not about or people.union(about) & own}
    letters = {basis.letter for basis in bases}
    consent = "a" in letters or any(basis.article_9 == "a" for basis in bases)
    organisation = register.organisation
    regimes = register.regimes
    not_due = {
        "dpo-contact": organisation is None
        or not (organisation.dpo or organisation.public_authority),
        "representative": organisation is None or not organisation.representative,
        "joint-arrangement": not any(a.record.joint_controllers for a in activities),
        "legitimate-interests": "f" not in letters,
        "recognised-legitimate-interest": "ea" not in letters,
        "right-to-object": letters.isdisjoint({"e", "ea", "f"}),
        "right-to-portability": not consent and "b" not in letters,
        "right-to-withdraw-consent": not consent,
        "complaint-to-controller": not law.DUTIES.find("complaint-to-controller", day, regimes),
        "statutory-requirement": not any(map(_asks_for_data, activities)),
        "automated-decisions": not any(map(_decided_alone, activities)),
    }
    return (item for item in ITEMS if not not_due.get(item))


def _decided_alone(activity: Activity) -> bool:
    """Whether machines decide about people without anybody taking a meaningful part."""
    decisions = activity.record.automated_decisions
    return decisions is not None and decisions.alone


def _asks_for_data(activity: Activity) -> bool:
    """Whether people have to be told if they must give their data.

    They need not where the register says that nothing requires it, and where they consent they know.
    """
    if activity.origin.lost("required_by"):
        return False
    if activity.record.required_by:
        return activity.record.required_by != NOTHING
    return not activity.rests_on("a") and any(source.party == SELF for source in activity.sources)


def told(
    item: str, atoms: int, informing: Iterable[Spoken]
) -> tuple[Verdict, tuple[Statement, ...], int]:
    """The verdict, the statements it rests on, and the people who are not told."""
    heard = [
        s for s in informing if (item in s.telling.items or s.statement.lost) and s.masks[0] & atoms
    ]
    told, left = _without(atoms, [s for s in heard if s.tells])
    if told:
        return (Verdict.PARTIAL if left else Verdict.CLEAR), told, left
    may_tell, surely_left = _without(atoms, heard)
    if surely_left:
        return Verdict.OMITTED, (), atoms
    return Verdict.UNDECIDABLE, may_tell, atoms


def _without(atoms: int, spoken: list[Spoken]) -> tuple[tuple[Statement, ...], int]:
    """Some statements, and the people whom none of them reaches."""
    for one in spoken:
        atoms &= ~one.masks[0]
    return tuple(one.statement for one in spoken), atoms
