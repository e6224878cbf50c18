"""The first page: what to do, worst first; one number for each notice; and what changed since it was signed."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from msgspec import Struct

from ropa.case import Case
from ropa.causes import MOST_THINGS, Cause, Causes, causes
from ropa.diagram.view import Mark
from ropa.flows.flow import SUBJECT
from ropa.judging.coverage import Told
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice, Words
from ropa.register.vocabulary import Facet
from ropa.report import owners
from ropa.saying import phrases
from ropa.workbench.desk import AsItStands
from ropa.workbench.sentences import OPEN, SETTLED, NoticeSentence, SentenceFate, sentences_of

__all__ = ["MOST_THINGS"]


class ThingToDo(Struct, frozen=True):
    """Something to do: how many flows it mends, what it is, why, for whom, and where it is done.

    `caution` says what a sentence in draft claims beyond what the register links.
    """

    flows: int
    title: str
    why: str
    groups: Words
    link: str
    action: str
    caution: str = ""


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


class GivenSentence(Struct, frozen=True):
    """A sentence that somebody was given to see to, with its notice."""

    notice: Notice
    one: NoticeSentence


ACTIONS = ("Read the notice", "See the draft", "See the flow", "See what it is")
"""What can be done about a thing."""


@lru_cache(maxsize=2)
def standings(now: AsItStands) -> tuple[NoticeStanding, ...]:
    """Each notice in force, those with the most to do first."""
    found = [standing(now, notice) for notice in now.case.coverage.voices.notices]
    return tuple(sorted(found, key=lambda one: -one.open))


def standing(now: AsItStands, notice: Notice) -> NoticeStanding:
    """How far one notice is."""
    case = now.case
    people = case.register.vocabulary[Facet.SUBJECT]
    audience = people.union(notice.audience)
    told = [
        t
        for words, flows in about_whom(now).items()
        if people.union(words) & audience
        for t in flows
    ]
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


@lru_cache(maxsize=2)
def about_whom(now: AsItStands) -> Mapping[Words, tuple[Told, ...]]:
    """The flows by the groups that they are about: many are about the same."""
    found: dict[Words, list[Told]] = {}
    for told in now.case.coverage.flows:
        found.setdefault(told.flow.box[SUBJECT], []).append(told)
    return {words: tuple(flows) for words, flows in found.items()}


def _why_not(case: Case, notice: Notice) -> str:
    """Why no sentence of a notice can be tied."""
    if case.text_of(notice) is None:
        return notice.text_problem.message if notice.text_problem else "its text is not on file"
    return "its language is not read here" if case.proved.unread(notice) else ""


@lru_cache(maxsize=4)
def caused(now: AsItStands, owner: str = "") -> Causes:
    """What the findings come of, the things to do first; of those that one post sees to, where it is named."""
    return causes(now.report.of_owner(owner) if owner else now.report)


def things_to_do(now: AsItStands, owner: str = "") -> tuple[ThingToDo, ...]:
    """What there is to do, in the order of every report."""
    return tuple(_thing(now, cause) for cause in caused(now, owner).rest)


def owner_asked(now: AsItStands, name: str) -> str:
    """The post whose work is asked for, if the register names it."""
    return name if name in owners(now.case) else ""


def unread(now: AsItStands) -> Iterator[str]:
    """What could not be checked or decided, each with what mends it."""
    for cause in caused(now).unchecked:
        yield f"{phrases.capital(cause.says)}: {cause.remedy.do}"


def _thing(now: AsItStands, cause: Cause) -> ThingToDo:
    link, action = _where(now, cause)
    why, caution = f"{phrases.capital(cause.remedy.do)}.", ""
    if cause.remedy.sentence is not None:
        why = f"In draft: “{cause.remedy.sentence.wording}”"
        caution = cause.remedy.sentence.caution
    says = phrases.capital(cause.says)
    return ThingToDo(len(cause.flows), says, why, cause.groups, link, action, caution)


def _where(now: AsItStands, cause: Cause) -> tuple[str, str]:
    """Where a cause is mended: in its notice, at its flow, or in the register."""
    case = now.case
    if cause.remedy.sentence is None:
        for finding in cause.findings:
            notice = finding.problem.where.removeprefix("notice/").partition("#")[0]
            if finding.problem.where.startswith("notice/") and notice in case.register.notices:
                return address(case.register.notices[notice]), "Read the notice"
    if cause.flows:
        return flow_address(
            cause.flows[0]
        ), "See the draft" if cause.remedy.sentence else "See the flow"
    return f"/finding?id={quote(cause.findings[0].id, safe='')}", "See what it is"


def address(notice: Notice) -> str:
    """Where a notice is read."""
    return f"/notice/{quote(notice.id, safe='')}"


def again_address(by: str) -> str:
    """Where somebody is asked again."""
    return f"/again?by={quote(by, safe='')}"


def flow_address(flow: str) -> str:
    """Where a flow is shown."""
    return f"/flow?id={quote(flow, safe='')}"


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
            for signed, was in lapse.otherwise:
                flow = signed.told.flow
                how = f"{step(case.register, flow)}: was {was}, is {signed.words}"
                said.append(("~", "told otherwise", how, flow.id))
            said += [("−", "gone", gone, "") for gone in lapse.gone]
            if lapse.text or lapse.statements:
                words = lapse.text or "what its statements say, or to whom, has changed"
                said.insert(0, ("~", "changed", words, ""))
        by = f"signed by {sign_off.by} on {phrases.day(sign_off.signed)}"
        found.append(SinceSigned(notice.name, by, tuple(said)))
    return tuple(found)


def sentences_for(now: AsItStands, owner: str) -> Iterator[GivenSentence]:
    """The sentences that somebody was given, as long as something has to be done about them."""
    given = {task.notice for task in now.case.register.tasks.values() if task.owner == owner}
    for notice in now.case.coverage.voices.notices:
        for one in sentences_of(now.case, notice) if notice.id in given else ():
            if one.task is not None and one.task.owner == owner and one.fate in OPEN:
                yield GivenSentence(notice, one)
