"""Two registers side by side: what is done otherwise, what is told otherwise, and who must be told before.

What counts is what is meant. Files, lines, the order of lists and labels are not compared; activities and flows are
told apart by their ids, and statements by what they say to whom. The words of texts and quotes are compared apart.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.changes.exposure import Untold, exposure
from ropa.changes.renaming import Renamed, renamed
from ropa.changes.rewording import Rewording, rewording
from ropa.changes.said_then import (
    SAID,
    SaidThen,
    paired,
    same_claim,
    same_meaning,
    same_words,
    speaking,
)
from ropa.findings import Finding
from ropa.judging.coverage import Told
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.register.model import Activity, Register, Waiver
from ropa.register.vocabulary import Facet
from ropa.report import Report
from ropa.saying import phrases
from ropa.saying.edits import (
    ALONG,
    Edit,
    Registers,
    activity_edits,
    called,
    edited,
    flow_edits,
    notice_edits,
    worded,
)

T = TypeVar("T")


class ChangedEntry(Struct, frozen=True):
    """Something that one side has: its id, what it is in words, where it is written, and what is otherwise."""

    id: str
    words: str
    at: Location
    edits: tuple[Edit, ...] = ()


class Changes(Struct, frozen=True):
    """What was added, removed and changed."""

    added: tuple[ChangedEntry, ...] = ()
    removed: tuple[ChangedEntry, ...] = ()
    changed: tuple[ChangedEntry, ...] = ()

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.changed))


class Shift(Struct, frozen=True):
    """A flow on both sides whose verdict is not what it was. None stands for a facet that a side does not have."""

    flow: str
    words: str
    before: Verdict
    after: Verdict
    facets: tuple[tuple[Facet, Verdict | None, Verdict | None], ...]

    @property
    def how(self) -> str:
        """`better` or `worse`; nothing where the flow as a whole has the verdict it had."""
        if self.after is self.before or {self.before, self.after} <= _UNTOLD_ALIKE:
            return ""
        return "worse" if self.after < self.before else "better"


_UNTOLD_ALIKE = frozenset({Verdict.OMITTED, Verdict.UNTIED})
"""Nothing is told under either: a sentence that nobody has tied is no better than none."""


class Ended(NamedTuple):
    """A waiver that counted and counts no more, and the findings that stand since."""

    waiver: Waiver
    ran_out: bool
    standing: tuple[Finding, ...]


class Comparison(Struct, frozen=True, eq=False, dict=True):
    """Two reports side by side, what to call them, and what to know of them first; the rest is worked out.

    `check_itself` says what the change does to the check itself.
    """

    old: Report
    new: Report
    names: tuple[str, str]
    notes: tuple[str, ...] = ()
    planned: bool = False
    check_itself: tuple[str, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether one of the two could not be checked as a whole, so that something may be missing here.

        Of what is planned, the register with it counts: without it, nobody may yet be told anything.
        """
        return self.new.undecided or (self.old.undecided and not self.planned)

    @property
    def registers(self) -> tuple[Register, Register]:
        """Both registers."""
        return self.old.case.register, self.new.case.register

    @cached_property
    def renamed(self) -> Renamed:
        """The activities that only have another id now: they are nothing new."""
        return renamed(*self.registers)

    @cached_property
    def activities(self) -> Changes:
        """The activities, by their ids."""
        old, new = self.registers
        return _changes(
            {self.renamed.flow(id_): activity for id_, activity in old.activities.items()},
            new.activities,
            lambda _, activity: ChangedEntry(activity.id, activity.name, activity.origin.location),
            _activity_edits,
            self.registers,
        )

    @cached_property
    def flows(self) -> Changes:
        """The flows, by their ids."""
        return _changes(
            {self.renamed.flow(id_): f for id_, f in self.old.case.graph.by_id.items()},
            self.new.case.graph.by_id,
            lambda register, flow: ChangedEntry(
                flow.id, phrases.step(register, flow), flow.origin.location
            ),
            flow_edits,
            self.registers,
        )

    @cached_property
    def notices(self) -> Changes:
        """The notices in force, by their ids."""
        old, new = (report.case.coverage.voices.notices for report in (self.old, self.new))
        return _changes(
            {notice.id: notice for notice in old},
            {notice.id: notice for notice in new},
            lambda _, notice: ChangedEntry(notice.id, notice.name, notice.origin.location),
            notice_edits,
            self.registers,
        )

    @cached_property
    def statements(self) -> Changes:
        """The statements in force that have their words in the text, by what they say to whom."""
        old, new = (speaking(report.case) for report in (self.old, self.new))
        _, gone, come = paired(old, new, (same_meaning,))
        pairs, gone, come = paired(gone, come, (same_words, same_claim))
        changed = (
            replace(_stated(after), edits=tuple(_statement_edits(self.registers, before, after)))
            for before, after in pairs
        )
        return Changes(tuple(map(_stated, come)), tuple(map(_stated, gone)), tuple(changed))

    @cached_property
    def rewording(self) -> Rewording:
        """The texts in force and the quotes whose words are not what they were, and what the sentences say now."""
        return rewording(self.old.case, self.new.case)

    @cached_property
    def shifts(self) -> tuple[Shift, ...]:
        """The flows on both sides that are told otherwise, those that are told worse first."""
        known = self.old.case.coverage.by_id
        before = {self.renamed.flow(id_): told for id_, told in known.items()}
        pairs = (
            (before[t.flow.id], t) for t in self.new.case.coverage.flows if t.flow.id in before
        )
        shifts = (_shift(self.new.case, old, new) for old, new in pairs)
        return tuple(sorted((s for s in shifts if s), key=lambda s: s.after >= s.before))

    @cached_property
    def untold(self) -> tuple[Untold, ...]:
        """What people have to be told of, and were not untold before."""
        return tuple(exposure(self.old.case, self.new.case, self.renamed))

    @cached_property
    def flows_apart(self) -> tuple[ChangedEntry, ...]:
        """The changed flows, without what is otherwise in their whole activity."""
        whole = {entry.id: set(entry.edits) for entry in self.activities.changed}
        graph = self.new.case.graph.by_id
        found = (
            replace(flow, edits=tuple(e for e in flow.edits if e not in of_all))
            for flow in self.flows.changed
            for of_all in [whole.get(graph[flow.id].activity, set())]
        )
        return tuple(flow for flow in found if flow.edits)

    @property
    def groups(self) -> Mapping[str, int]:
        """The groups of people who must be told, and of how much, most first."""
        return dict(Counter(word for untold in self.untold for word in untold.people).most_common())

    @property
    def first(self) -> Mapping[str, int]:
        """The notices to change, and how much each has to say, most first: that is the order to change them in."""
        return dict(Counter(id_ for untold in self.untold for id_ in untold.notices).most_common())

    @cached_property
    def ended(self) -> tuple[Ended, ...]:
        """The waivers that counted before and count no more."""
        days = [report.case.settings.day for report in (self.old, self.new)]
        old, new = (report.case.acceptance.waivers for report in (self.old, self.new))
        left = Counter(_waiver_key(w) for w in new if not w.over(days[1]))
        found = []
        for waiver in (w for w in old if not w.over(days[0])):
            if left[_waiver_key(waiver)]:
                left[_waiver_key(waiver)] -= 1
                continue
            standing = tuple(f for f in self.new.standing if waiver.accepts(f.id))
            found.append(Ended(waiver, waiver.over(days[1]), standing if not waiver.line else ()))
        return tuple(found)

    @cached_property
    def appeared(self) -> tuple[Finding, ...]:
        """The findings that stand now and did not before."""
        before = Counter(self.renamed.finding(finding.id) for finding in self.old.standing)
        return tuple(_more(self.new.standing, before, lambda finding: finding.id))

    @cached_property
    def gone(self) -> tuple[Finding, ...]:
        """The findings that stood before and do not now."""
        now = Counter(finding.id for finding in self.new.standing)
        return tuple(
            _more(self.old.standing, now, lambda finding: self.renamed.finding(finding.id))
        )

    @property
    def same(self) -> bool:
        """Whether nothing is otherwise: what is done, what is told, and the words it is told in."""
        changes = (self.activities, self.flows, self.notices, self.statements)
        others = (self.shifts, self.untold, self.ended, self.appeared, self.gone, self.rewording)
        return not (any(changes) or any(others) or self.check_itself)


def _changes(
    old: Mapping[str, T],
    new: Mapping[str, T],
    entry: Callable[[Register, T], ChangedEntry],
    edits: Callable[[tuple[Register, Register], T, T], Iterable[Edit]],
    registers: tuple[Register, Register],
) -> Changes:
    before, after = registers
    both = ((id_, tuple(edits(registers, old[id_], new[id_]))) for id_ in new if id_ in old)
    return Changes(
        tuple(entry(after, value) for id_, value in new.items() if id_ not in old),
        tuple(entry(before, value) for id_, value in old.items() if id_ not in new),
        tuple(replace(entry(after, new[id_]), edits=found) for id_, found in both if found),
    )


def _stated(said: SaidThen) -> ChangedEntry:
    statement = said.statement
    words = f"“{statement.quote}” in “{said.notice.name}”"
    return ChangedEntry(statement.id, words, statement.origin.location)


def _statement_edits(registers: Registers, old: SaidThen, new: SaidThen) -> Iterator[Edit]:
    before, after = old.statement, new.statement
    yield from worded(
        registers, "its readers", Facet.SUBJECT, old.notice.audience, new.notice.audience
    )
    for facet in dict.fromkeys((*before.states, *after.states)):
        words = before.states.get(facet, ()), after.states.get(facet, ())
        yield from worded(registers, ALONG[facet], facet, *words)
    yield from worded(registers, "by whom", Facet.RECIPIENT, before.by, after.by)
    for field in (f for f in SAID if f != "by"):
        yield from edited(called(field), getattr(before, field), getattr(after, field))
    yield from edited("its words", str(before.evidence), str(after.evidence))


def _shift(case: Case, old: Told, new: Told) -> Shift | None:
    before, after = ({j.facet: j.verdict for j in told.judgements} for told in (old, new))
    facets = tuple(
        (facet, before.get(facet), after.get(facet))
        for facet in Facet
        if before.get(facet) is not after.get(facet)
    )
    if not facets:
        return None
    words = phrases.step(case.register, new.flow)
    return Shift(new.flow.id, words, old.verdict, new.verdict, facets)


def _waiver_key(waiver: Waiver) -> tuple[str, ...]:
    """Which waiver it is, whatever is written in it; one in a comment by what it accepts in which file."""
    return (waiver.about, waiver.finding) if waiver.line else (waiver.id,)


def _more(
    mine: Iterable[Finding], theirs: Counter[str], called: Callable[[Finding], str]
) -> Iterator[Finding]:
    left = Counter(theirs)
    for finding in mine:
        if left[called(finding)]:
            left[called(finding)] -= 1
        else:
            yield finding


def _activity_edits(registers: Registers, old: Activity, new: Activity) -> Iterator[Edit]:
    if old.id != new.id:
        yield Edit("its id", old.id, new.id)
    yield from activity_edits(registers, old, new)
