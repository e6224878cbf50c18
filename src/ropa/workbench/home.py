"""The first page: what to do, worst first; one number for each notice; and what changed since it was signed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from msgspec import Struct

from ropa.case import Case
from ropa.diagram.view import Mark
from ropa.drafting.mending import DraftSentence
from ropa.flows.flow import SUBJECT
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice, Words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.workbench.desk import AsItStands
from ropa.workbench.sentences import OPEN, SETTLED, NoticeSentence, SentenceFate, sentences_of
from ropa.workbench.weighing import SAID

MOST_THINGS = 5
"""How many things to do are shown at once."""


class ThingToDo(Struct, frozen=True):
    """Something to do: how many flows it mends, what it is, why, for whom, and where it is done."""

    flows: int
    title: str
    why: str
    groups: Words
    link: str
    action: str


class NoticeStanding(Struct, frozen=True):
    """How far a notice is: its sentences by what has become of them, and its flows by how they are told."""

    notice: Notice
    audience: str
    fates: Mapping[SentenceFate, int]
    told: int
    by_reading: int
    flows: int
    why_not: str = ""

    @property
    def settled(self) -> int:
        """The sentences that are tied or set aside: the number that goes up."""
        return sum(self.fates.get(fate, 0) for fate in SETTLED)

    @property
    def open(self) -> int:
        """The sentences that somebody still has to do something about."""
        return sum(self.fates.get(fate, 0) for fate in OPEN)

    @property
    def all(self) -> int:
        """The sentences that somebody had, or has, to do something about."""
        return self.settled + self.open

    @property
    def tied(self) -> int:
        """Those that some statement quotes, promises among them."""
        return self.fates.get(SentenceFate.TIED, 0) + self.fates.get(SentenceFate.PROMISE, 0)

    @property
    def aside(self) -> int:
        """Those that are set aside."""
        return self.fates.get(SentenceFate.ASIDE, 0)


class SinceSigned(Struct, frozen=True):
    """What is otherwise since a notice was signed: by whom and when, and each thing with how it is told now."""

    notice: str
    signed: str
    changes: tuple[tuple[str, str, str, str], ...]


def standings(now: AsItStands) -> tuple[NoticeStanding, ...]:
    """Each notice in force, those with the most to do first."""
    found = [standing(now, notice) for notice in now.case.coverage.voices.notices]
    return tuple(sorted(found, key=lambda one: -one.open))


def standing(now: AsItStands, notice: Notice) -> NoticeStanding:
    """How far one notice is."""
    case = now.case
    people = case.register.vocabulary[Facet.SUBJECT]
    audience = people.union(notice.audience)
    told = [t for t in case.coverage.flows if people.union(t.flow.box[SUBJECT]) & audience]
    clear = [t for t in told if t.verdict is Verdict.CLEAR]
    return NoticeStanding(
        notice,
        phrases.names(case.register, Facet.SUBJECT, notice.audience),
        Counter(one.fate for one in sentences_of(case, notice)),
        len(clear),
        sum(t.evidence is Rests.READING for t in clear),
        len(told),
        _why_not(case, notice),
    )


def _why_not(case: Case, notice: Notice) -> str:
    """Why no sentence of a notice can be tied."""
    if case.text_of(notice) is None:
        return notice.text_problem.message if notice.text_problem else "its text is not on file"
    return "its language is not read here" if case.proved.unread(notice) else ""


def things_to_do(now: AsItStands) -> tuple[ThingToDo, ...]:
    """What there is to do, what mends the most flows first."""
    found = (*_to_tie(now), *_to_say(now), *_to_record(now))
    return tuple(sorted(found, key=lambda thing: -thing.flows))


def _to_tie(now: AsItStands) -> Iterator[ThingToDo]:
    """The notices whose sentences nobody has tied yet, or that say otherwise than their statements."""
    for notice in now.case.coverage.voices.notices:
        waiting = [one for one in sentences_of(now.case, notice) if one.fate in OPEN]
        if waiting:
            yield _reading(now, notice, waiting)


def _reading(now: AsItStands, notice: Notice, waiting: list[NoticeSentence]) -> ThingToDo:
    case, starts = now.case, {one.sentence.start for one in waiting}
    hanging = [
        told.flow
        for told in case.coverage.flows
        if any(
            s.notice.id == notice.id and s.sentence.start in starts
            for judgement in told.judgements
            for s in judgement.sentences
        )
    ]
    refused = sum(one.fate is SentenceFate.GAINSAID for one in waiting)
    number = phrases.count(len(waiting), "sentence")
    still = "is" if len(waiting) == 1 else "are"
    why = f"The first: “{waiting[0].sentence.text}”"
    if refused:
        said = "says" if refused == 1 else "say"
        why = f"{refused} of them {said} otherwise than the statement that quotes it. {why}"
    return ThingToDo(
        len(hanging),
        f"{number} of “{notice.name}” {still} not tied yet",
        why,
        _groups(case, {word for flow in hanging for word in flow.box[SUBJECT]}),
        f"{address(notice)}?sentence={waiting[0].number}",
        "Read it" if len(waiting) == 1 else "Read them",
    )


def _to_say(now: AsItStands) -> Iterator[ThingToDo]:
    """The sentences that would close gaps."""
    for sentence in now.review.sentences:
        yield _draft(now, sentence)


def _draft(now: AsItStands, sentence: DraftSentence) -> ThingToDo:
    facets = dict.fromkeys(SAID[facet] for _, facet in (*sentence.closes, *sentence.helps))
    return ThingToDo(
        len(sentence.flows),
        f"“{sentence.notice.name}” lacks a sentence that says {phrases.several(facets)}",
        f"In draft: “{sentence.wording}”",
        _groups(now.case, set(sentence.groups)),
        address(sentence.notice),
        "See the draft",
    )


def _to_record(now: AsItStands) -> Iterator[ThingToDo]:
    """What no sentence can mend: the register, or what is done, has to change first."""
    for needs, flows in now.review.needs:
        groups = {word for flow in flows for word in flow.box[SUBJECT]}
        yield ThingToDo(
            len(flows),
            phrases.capital(needs),
            "No sentence of a notice mends this.",
            _groups(now.case, groups),
            "/notices",
            "See the notices",
        )


def _groups(case: Case, words: set[str]) -> Words:
    label = case.register.vocabulary[Facet.SUBJECT].label
    return tuple(sorted(label(word) for word in words))


def address(notice: Notice) -> str:
    """Where a notice is read."""
    return f"/notice/{quote(notice.id, safe='')}"


def told_flows(now: AsItStands) -> tuple[int, int]:
    """How many flows are told, of how many that are ours to tell."""
    marks = [row.mark for row in now.review.rows if row.mark is not Mark.NOT_OURS]
    return sum(mark is Mark.TOLD for mark in marks), len(marks)


def since_signed(now: AsItStands) -> tuple[SinceSigned, ...]:
    """What is otherwise since each notice was signed that has been."""
    case = now.case
    lapsed = {lapse.sign_off.id: lapse for lapse in case.signatures.lapsed()}
    found = []
    for sign_off, notice in case.signatures.counting:
        lapse = lapsed.get(sign_off.id)
        said: list[tuple[str, str, str, str]] = []
        if lapse is not None:
            step = phrases.step
            said = [("+", "new", step(case.register, flow), flow.id) for flow in lapse.new]
            said += [("~", "changed", step(case.register, flow), flow.id) for flow in lapse.changed]
            said += [
                ("~", "told otherwise", f"{step(case.register, s.told.flow)}: was {was}, is {s.words}",
                 s.told.flow.id)
                for s, was in lapse.otherwise
            ]  # fmt: skip
            said += [("−", "gone", gone, "") for gone in lapse.gone]
            if lapse.text or lapse.statements:
                words = lapse.text or "what its statements say, or to whom, has changed"
                said.insert(0, ("~", "changed", words, ""))
        signed = f"signed by {sign_off.by} on {phrases.day(sign_off.signed)}"
        found.append(SinceSigned(notice.name, signed, tuple(said)))
    return tuple(found)
