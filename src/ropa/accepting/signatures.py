"""What somebody signs who signs a notice, and whether it is still what was signed.

What counts is what is meant: the text in its normal form, what each statement says, and each flow about the
people whom the notice reaches, with its verdicts. Files, lines, comments, the order of lists and words for the
same thing do not count. A signature is compared as of the day it was given for, so that time alone never voids it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.accepting.ssh import signer
from ropa.flows.flow import SUBJECT, Flow, Node, NodeKind
from ropa.flows.graph import FlowGraph
from ropa.judging.coverage import Coverage, Told, coverage
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.register.model import Notice, Register, Retention, SignOff, Statement
from ropa.register.periods import days
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.saying.edits import meaning
from ropa.seen.fold import reader_of
from ropa.seen.text import NoticeText, fold_text

MOST_NAMES = 2
"""How many activities are named for one change."""

MARK = 8
"""How many characters of its hash stand for a flow."""


class Signed(Struct, frozen=True):
    """A flow as it is signed: its hash, and how it is told."""

    told: Told
    hash: str
    words: str

    def __str__(self) -> str:
        return f"{self.words} {self.hash[:MARK]}"


class Contents(Struct, frozen=True):
    """What a signature under a notice is about. `flows` are by their ids, in the order of the register."""

    text: str
    statements: str
    flows: Mapping[str, Signed]

    @property
    def hashes(self) -> tuple[str, str, str, str]:
        """The hashes of the text, of what the statements say, of the flows, and of their verdicts."""
        marks = sorted((base(id_), signed.hash) for id_, signed in self.flows.items())
        told = sorted((base(id_), signed.words) for id_, signed in self.flows.items())
        return self.text, self.statements, digest(marks), digest(told)


class Lapse(Struct, frozen=True):
    """Why a sign-off no longer holds: what is otherwise than it was when it was signed.

    `day` says that the notice is not in force on the day it was signed for, `text` what is the matter with its
    text. `gone` are the ids of flows. Of a flow that is told otherwise stands what was written then; `settings`
    says that it is judged otherwise.
    """

    sign_off: SignOff
    notice: Notice
    day: bool = False
    text: str = ""
    statements: bool = False
    new: tuple[Flow, ...] = ()
    changed: tuple[Flow, ...] = ()
    gone: tuple[str, ...] = ()
    otherwise: tuple[tuple[Signed, str], ...] = ()
    settings: bool = False

    def in_words(self, register: Register) -> Iterator[str]:
        """What is otherwise, as parts of a sentence."""
        if self.day:
            yield f"it was signed for {phrases.day(self.sign_off.as_of)}, and is not in force on that day"
        if self.text:
            yield self.text
        if self.statements:
            yield "what its statements say, or to whom, has changed"
        flows = [flow.activity for flow in self.new]
        yield from _counted(register, flows, "new since", "new since")
        flows = [flow.activity for flow in self.changed]
        yield from _counted(register, flows, "not as it was", "not as they were")
        flows = [id_.partition("/")[0] for id_ in self.gone]
        yield from _counted(register, flows, "gone", "gone")
        flows = [signed.told.flow.activity for signed, _ in self.otherwise]
        yield from _counted(register, flows, "told otherwise", "told otherwise")
        if self.settings:
            yield "the settings judge otherwise"

    def places(self, register: Register) -> Iterator[tuple[Location, str]]:
        """Where the flows are written that are new or otherwise, each with what it is."""
        for flow in self.new:
            yield flow.origin.location, f"new since: {phrases.step(register, flow)}"
        for flow in self.changed:
            yield flow.origin.location, f"not as it was: {phrases.step(register, flow)}"
        for signed, was in self.otherwise:
            how = f"{phrases.step(register, signed.told.flow)}: was {was}, is {signed.words}"
            yield signed.told.flow.origin.location, f"told otherwise: {how}"


class Signatures(Struct, frozen=True, eq=False, dict=True):
    """The sign-offs of a register, held against what it says now. `text_of` finds the text of a notice."""

    graph: FlowGraph
    coverage: Coverage
    text_of: Callable[[Notice], NoticeText | None]

    @cached_property
    def newest(self) -> Mapping[str, SignOff]:
        """The sign-off that counts on the day, for each notice that has one: the last that was signed by then."""
        day = self.coverage.settings.day
        given = (s for s in self._register.sign_offs.values() if s.signed <= day)
        return {s.notice: s for s in sorted(given, key=lambda s: (s.signed, len(s.id), s.id))}

    @cached_property
    def altered(self) -> tuple[SignOff, ...]:
        """The sign-offs that somebody has changed since `ropa` wrote them."""
        found = self._register.sign_offs.values()
        forged = {id_ for id_, name in self.signers.items() if not name}
        forged = forged if self.coverage.settings.signers else set()
        return tuple(
            s for s in found if s.id in forged or s.seal.lower() != seal(s.origin.document.data)
        )

    @cached_property
    def signers(self) -> Mapping[str, str]:
        """Who signed each sign-off that has a signature, of the allowed signers; no name where it is none of them."""
        found = [s for s in self._register.sign_offs.values() if s.signature]
        allowed = self.coverage.settings.signers
        return {
            s.id: signer(content(s.origin.document.data), s.signature, allowed) if allowed else ""
            for s in found
        }

    def key_in_words(self, sign_off: SignOff) -> str:
        """Whether a sign-off is signed with a key, and whose that is."""
        if not sign_off.signature:
            return "unsigned"
        if not self.coverage.settings.signers:
            return "signed with a key that nothing says whose it is"
        name = self.signers[sign_off.id]
        return f"signed by {name}" if name else "signed with no key of the allowed signers"

    def missing(self) -> Iterator[Notice]:
        """The notices in force that nobody has signed, where they are signed at all."""
        if self.newest or self.coverage.settings.sign_off_required:
            yield from (n for n in self.coverage.voices.notices if n.id not in self.newest)

    @property
    def counting(self) -> Iterator[tuple[SignOff, Notice]]:
        """The sign-offs that count on the day, each with its notice, which is on file and not over."""
        day, notices = self.coverage.settings.day, self._register.notices
        found = ((sign_off, notices.get(id_)) for id_, sign_off in self.newest.items())
        yield from ((sign_off, n) for sign_off, n in found if n and not n.over(day))

    def lapsed(self) -> tuple[Lapse, ...]:
        """The sign-offs that count, were not altered, and do not hold."""
        return self._lapses

    @cached_property
    def _lapses(self) -> tuple[Lapse, ...]:
        counting = (found for found in self.counting if found[0] not in self.altered)
        return tuple(lapse for found in counting if (lapse := self._lapse(*found)))

    def contents(self, notice: Notice, day: date) -> Contents:
        """What is signed by whoever signs a notice for a day on which it is in force."""
        text = self.text_of(notice)
        flows = {told.flow.id: self._signed(told) for told in self.told_to(notice, day)}
        return Contents(text.digest if text else "", _said(notice), flows)

    def _lapse(self, sign_off: SignOff, notice: Notice) -> Lapse | None:
        if not notice.in_force(sign_off.as_of):
            return Lapse(sign_off, notice, day=True)
        now = self.contents(notice, sign_off.as_of)
        then_text, then_said, *then = sign_off.hashes
        fate = _fate(then_text, now.text)
        if (not fate, now.statements, *now.hashes[2:]) == (True, then_said, *then):
            return None
        settings = self.coverage.settings
        judged = (str(settings.mode), tuple(sorted(settings.linked)), settings.max_hops)
        flows = _Compared(now.flows, sign_off.flows)
        return Lapse(
            sign_off,
            notice,
            text=fate,
            statements=now.statements != then_said,
            new=flows.new,
            changed=flows.changed,
            gone=flows.gone,
            otherwise=flows.otherwise,
            settings=bool(flows.otherwise) and judged != sign_off.judged,
        )

    def told_to(self, notice: Notice, day: date) -> Iterable[Told]:
        """The flows about the people whom the notice reaches, judged as of the day."""
        mine, settings = self.coverage.voices, self.coverage.settings
        here = day == settings.day
        said = mine if here else self.coverage.voices_on(day)
        people, reached = self._register.vocabulary[Facet.SUBJECT], said.reach[notice.id]
        if said.notices == mine.notices:  # the same is told on both days
            return tuple(self.coverage.about(reached))
        flows = [f for f in self.graph.flows if reached & people.union(f.box[SUBJECT])]
        graph = replace(self.graph, flows=tuple(flows))
        return coverage(graph, replace(settings, day=day), self.coverage.proofs).flows

    def _signed(self, told: Told) -> Signed:
        return Signed(told, digest(_recorded(self._register, told.flow)), in_words(told))

    @property
    def _register(self) -> Register:
        return self.coverage.register


class _Compared:
    """The flows now against those that were signed. A number behind `~` only tells two apart."""

    def __init__(self, now: Mapping[str, Signed], then: Mapping[str, str]) -> None:
        self.left = Counter((base(id_), written) for id_, written in then.items())
        others = []
        for id_, signed in now.items():  # first those that are just as they were
            key = (base(id_), str(signed))
            if self.left[key]:
                self.left[key] -= 1
            else:
                others.append((base(id_), signed))
        told = [(signed, self._take(id_, mark=signed.hash[:MARK])) for id_, signed in others]
        self.otherwise = tuple((signed, was) for signed, was in told if was)
        known = {id(signed) for signed, _ in self.otherwise}
        others = [(id_, signed) for id_, signed in others if id(signed) not in known]
        kept = [(signed.told.flow, self._take(id_)) for id_, signed in others]
        self.changed = tuple(flow for flow, was in kept if was)
        self.new = tuple(flow for flow, was in kept if not was)
        self.gone = tuple(id_ for id_, _ in sorted((+self.left).elements()))

    def _take(self, wanted: str, mark: str = "") -> str:
        """How a flow of that name was told, of those that are left; nothing where there is none."""
        for key in self._by_name.get(wanted, ()):
            if self.left[key] and key[1].endswith(mark):
                self.left[key] -= 1
                return key[1][: -MARK - 1]
        return ""

    @cached_property
    def _by_name(self) -> Mapping[str, list[tuple[str, str]]]:
        by_name: dict[str, list[tuple[str, str]]] = {}
        for key in sorted(self.left):
            by_name.setdefault(key[0], []).append(key)
        return by_name


def _fate(then: str, now: str) -> str:
    """What became of the text of that hash; nothing where it is the same, or where nobody can say."""
    if then == now or (now and then and reader_of(then) != reader_of(now)):
        return ""
    return "its text has changed" if now else "its text cannot be read"


def _counted(register: Register, activities: list[str], one: str, many: str) -> Iterator[str]:
    """`2 flows of “Letters” are new since`; nothing where there are none."""
    if activities:
        known, number = register.activities, len(activities)
        names = [f"“{known[a].name if a in known else a}”" for a in dict.fromkeys(activities)]
        listed = names if len(names) <= MOST_NAMES else [*names[: MOST_NAMES - 1], "others"]
        flows, are = ("flow", f"is {one}") if number == 1 else ("flows", f"are {many}")
        yield f"{number} {flows} of {phrases.several(listed)} {are}"


def base(flow: str) -> str:
    """The id of a flow without the number that tells it from others: that depends on their order."""
    return flow.partition("~")[0]


def in_words(told: Told) -> str:
    """How a flow is told: `clear`, or the facets that are not, each with its verdict."""
    short = [j for j in told.judgements if j.verdict is not Verdict.CLEAR]
    said = sorted(f"{judgement.facet} {judgement.verdict}" for judgement in short)
    return ", ".join(said) or str(Verdict.CLEAR)


def digest(value: Any) -> str:
    """16 hex digits that change when the value does."""
    from hashlib import sha256  # a register that nobody signs does without

    text = json.dumps(value, ensure_ascii=True, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]


def seal(data: Mapping[str, Any]) -> str:
    """The hash of all that a sign-off says, however it is laid out."""
    return digest({key: value for key, value in data.items() if key not in _BESIDE})


def content(data: Mapping[str, Any]) -> bytes:
    """What a signature of a sign-off is of: all that it says, in one form."""
    said = {key: value for key, value in data.items() if key not in _BESIDE}
    return json.dumps(said, ensure_ascii=True, sort_keys=True, default=str).encode()


_BESIDE = ("seal", "signature")
"""What is said about a sign-off, and not in it."""


def _said(notice: Notice) -> str:
    """The hash of what a notice says to whom: its statements in any order, each once."""
    said = sorted({json.dumps(_claim(s), default=str) for s in notice.statements})
    aside = sorted([a.quote, a.heading, a.reason, a.by, str(a.on)] for a in notice.aside)
    return digest(
        [meaning(notice.audience), meaning(notice.layers), said, *([aside] if aside else [])]
    )


def _claim(statement: Statement) -> list[Any]:
    return [
        fold_text(statement.quote),
        str(statement.claim),
        statement.negative,
        sorted((str(facet), sorted(set(words))) for facet, words in statement.states.items()),
        meaning(statement.by),
        meaning(statement.basis),
        _length(statement.period),
        *map(meaning, (statement.trigger, statement.criteria, statement.safeguard)),
        meaning(statement.conditions),
        sorted(sorted(guards) for guards in statement.unless),
        meaning(statement.items),
        *([sorted(statement.longer)] if statement.longer else []),
        *_read_as(statement),
        *_accepted(statement),
    ]


def _read_as(statement: Statement) -> list[Any]:
    """How somebody read the words, which is signed with the statement; nothing where nobody did."""
    read = statement.read_as
    return [sorted(read.lifts.items()), read.because, read.by, str(read.on)] if read else []


def _accepted(statement: Statement) -> list[Any]:
    """Who made a proposal count, which is signed with it; nothing where it was none."""
    took = statement.accepted
    return [took.by, str(took.on), took.proposed_by, sorted(took.only)] if took else []


def _recorded(register: Register, flow: Flow) -> list[Any]:
    """What is recorded of a flow, in an order that does not depend on how it was written."""
    return [
        str(flow.action),
        *(_end(register, node) for node in (flow.start, flow.end)),
        [sorted(set(words)) for words in flow.box],
        sorted(set(flow.indirect)),
        meaning(flow.basis),
        sorted({json.dumps(_kept(entry)) for entry in flow.retention}),
        flow.safeguard,
        meaning(flow.transfer),
        sorted([c.kind, c.name, sorted(c.covers)] for c in flow.conditions),
    ]


def _end(register: Register, node: Node) -> list[str]:
    """Who stands at the end of a flow: a party is who it is called, and not its id alone."""
    party = register.parties.get(node.id) if node.kind is NodeKind.PARTY else None
    return [str(node.kind), node.id, *((party.name, party.type) if party else ())]


def _kept(entry: Retention) -> list[Any]:
    length = _length(entry.period)
    longer = [sorted(entry.longer)] if entry.longer else []
    return [
        sorted(set(entry.data)),
        length,
        entry.trigger,
        entry.criteria,
        sorted(entry.law),
        *longer,
    ]


def _length(period: str) -> float | str:
    """`P12M` is as long as `P1Y`."""
    return days(period) if period else ""
