"""What is known of one register among many: how its check came out, in plain values that any process can hand over."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import PurePosixPath
from posixpath import normpath

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ropa.causes import Cause, causes
from ropa.ci import AnnotationPlace, annotations, place
from ropa.documents.extended import extends
from ropa.findings import Severity
from ropa.fleet.ends import FlowEnd, ToldByNotices, ends_of, told_of, top_of
from ropa.judging.verdict import Verdict
from ropa.report import Report, remarks

_PACKED = 6
"""How hard findings are packed while they wait for the outputs (zlib, 1 to 9)."""


class Outcome(StrEnum):
    """How a register came out, the best first."""

    CLEAN = "clean"
    FAILING = "failing"
    UNDECIDED = "undecided"
    UNCHECKED = "not checked"

    @property
    def code(self) -> int:
        """The exit code that `ropa check` of that register alone ends with."""
        return {Outcome.CLEAN: 0, Outcome.FAILING: 1}.get(self, 2)


class RowFinding(Struct, frozen=True, omit_defaults=True):
    """A finding that nothing accepts. `owner` is who answers for the activity it is about, `number` tells those of one
    id apart, and `fails` says whether it makes the check fail."""

    id: str
    rule: str
    severity: str
    message: str
    place: AnnotationPlace
    hint: str = ""
    owner: str = ""
    number: int = 1
    undecided: bool = False
    fails: bool = False
    related: tuple[tuple[AnnotationPlace, str], ...] = ()


class MissingSentence(Struct, frozen=True):
    """A sentence that a notice lacks, in draft, and how many gaps it would close."""

    wording: str
    closes: int


class RowCause(Struct, frozen=True):
    """What some of the findings come of, in a line, and how many flows are not told as they should be because of it."""

    says: str
    flows: int


class RegisterRow(Struct, frozen=True):
    """One register on one day. `register` is its folder as it was named, and `why` says why it was not checked.

    `verdicts` counts its flows, `findings` those that stand by severity and `rules` the same by rule, `owners` those
    that fail or undecide by who answers for them. `causes` are what they come of, the worst first, and `missing` the
    sentences its notices lack. `signed` is the last day on which a notice that is in force was signed off. `place` is
    where it says whose it is, `extends` are the folders of the registers that it extends. Where it is held against
    others, `ends` are what it gives to others and gets from them, and `told_by_notices` what its own notices say it
    does. `found` may be left out while a row waits.
    """

    register: str
    standing: Outcome
    why: str = ""
    name: str = ""
    organisation: str = ""
    dpo: str = ""
    identifiers: Mapping[str, str] = {}
    activities: int = 0
    notices: int = 0
    flows: int = 0
    verdicts: Mapping[str, int] = {}
    findings: Mapping[str, int] = {}
    rules: Mapping[str, int] = {}
    owners: Mapping[str, int] = {}
    waived: int = 0
    known: int = 0
    exempted: int = 0
    causes: tuple[RowCause, ...] = ()
    missing: tuple[MissingSentence, ...] = ()
    signed: date | None = None
    remarks: tuple[str, ...] = ()
    place: AnnotationPlace | None = None
    extends: tuple[str, ...] = ()
    ends: tuple[FlowEnd, ...] = ()
    told_by_notices: ToldByNotices | None = None
    found: tuple[RowFinding, ...] = ()

    @property
    def title(self) -> str:
        """The name of the organisation, or else of the folder that the register is in."""
        return self.name or short_name(self.register)

    @property
    def told(self) -> int:
        """How many flows are told to everybody they are about."""
        return self.verdicts.get(str(Verdict.CLEAR), 0)

    @property
    def page(self) -> str:
        """The file name of its own page, which no other register has."""
        slug = re.sub(r"[^A-Za-z0-9]+", "-", self.register).strip("-")[-60:].lower()
        return f"{slug}-{sha256(self.register.encode(errors='replace')).hexdigest()[:8]}.html"

    @property
    def share(self) -> float:
        """Which part of the flows is told, from 0 to 1; 0 where there is none."""
        return self.told / self.flows if self.flows else 0.0

    @property
    def percent(self) -> str:
        """The same in words, rounded down: only what is told whole is 100%."""
        return f"{100 * self.told // self.flows}%" if self.flows else ""

    @property
    def order(self) -> tuple[int, float, int, str]:
        """The worst first: what could not be checked, then who tells least, and then who has most that fails."""
        if self.standing is Outcome.UNCHECKED:
            return 0, 0.0, 0, self.register
        failing = self.findings.get(str(Severity.ERROR), 0)
        return 1 + (self.standing is Outcome.CLEAN), self.share, -failing, self.register


def short_name(register: str) -> str:
    """The folder of a register by its last name, or by the one before where that is `registry`."""
    path = PurePosixPath(register)
    return path.parent.name if path.name == "registry" and path.parent.name else path.name


def unchecked(register: str, why: str) -> RegisterRow:
    """The row of a register that could not be checked."""
    return RegisterRow(register, Outcome.UNCHECKED, why)


def row_of(
    report: Report, register: str, failing: Severity | None, *, with_ends: bool = False
) -> RegisterRow:
    """The row of a register that was checked; findings from `failing` on make it fail, or none does.

    `with_ends` says whether it is to be held against others, which alone asks for the ends of its flows.
    """
    case, found = report.case, tuple(_found(report, failing))
    because = causes(report).all
    organisation = case.register.organisation
    verdicts = Counter(told.verdict for told in case.coverage.flows)
    owners = Counter(f.owner for f in found if f.fails or f.undecided)
    return RegisterRow(
        register,
        _standing(found),
        name=organisation.name if organisation else "",
        organisation=organisation.id if organisation else "",
        dpo=organisation.dpo if organisation else "",
        identifiers=dict(organisation.identifiers) if organisation else {},
        activities=len(case.register.activities),
        notices=len(case.coverage.voices.notices),
        flows=len(case.coverage.flows),
        verdicts={str(v): verdicts[v] for v in Verdict if verdicts[v]},
        findings=_counts(f.severity for f in found),
        rules=_counts(f.rule for f in found),
        owners={owner: owners[owner] for owner in sorted(owners)},
        waived=len(report.waived),
        known=len(report.known),
        exempted=len(report.exempted),
        causes=tuple(RowCause(cause.says, len(cause.flows)) for cause in because),
        missing=tuple(_missing(because)),
        signed=max((sign_off.signed for sign_off, _ in case.signatures.counting), default=None),
        remarks=tuple(remarks(report)),
        place=_place(place(case, organisation.origin.location), top_of(case))
        if organisation
        else None,
        extends=tuple(normpath(f"{register}/{other}") for other in extends(case.documents)),
        ends=ends_of(case) if with_ends else (),
        told_by_notices=told_of(case) if with_ends else None,
        found=found,
    )


def _standing(found: tuple[RowFinding, ...]) -> Outcome:
    if any(finding.undecided for finding in found):
        return Outcome.UNDECIDED
    return Outcome.FAILING if any(f.fails for f in found) else Outcome.CLEAN


def _counts(words: Iterator[str]) -> dict[str, int]:
    counted = Counter(words)
    return {word: counted[word] for word in sorted(counted)}


def _found(report: Report, failing: Severity | None) -> Iterator[RowFinding]:
    top = top_of(report.case)
    for annotation in annotations(report):
        problem, rule = annotation.finding.problem, annotation.rule
        yield RowFinding(
            annotation.finding.id,
            rule.id,
            str(rule.severity),
            problem.message,
            _place(annotation.at, top),
            problem.hint,
            report.owner_of(annotation.finding),
            annotation.number,
            rule.undecided,
            failing is not None and rule.severity >= failing,
            tuple((_place(at, top), caption) for at, caption in annotation.related),
        )


def _place(at: AnnotationPlace, top: str) -> AnnotationPlace:
    return replace(at, path=f"{top}{at.path}")


def _missing(because: Iterable[Cause]) -> Iterator[MissingSentence]:
    """The sentences that would mend causes, each once."""
    drafts = (cause.remedy.sentence for cause in because)
    closes = {draft.wording: len(draft.closes) for draft in drafts if draft}
    yield from (MissingSentence(wording, number) for wording, number in closes.items())


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(RegisterRow)


def to_bytes(row: RegisterRow) -> bytes:
    """A row as JSON, the same bytes for the same row."""
    return _encoder.encode(row)


def from_bytes(written: bytes) -> RegisterRow:
    """The row that `to_bytes` was given. Raises `ValueError` where it is none."""
    return _decoder.decode(written)


class WaitingRow(Struct, frozen=True):
    """A row whose findings are packed away until an output asks for them: ten thousand rows wait in little memory.

    `kept` says that it was kept from an earlier run, since nothing of what it rests on has changed. `new` are the ids
    of findings that the last run did not find, and `gone` how many it found and this one does not: None where no
    earlier run is known. `told_before` is how many flows were told then.
    """

    row: RegisterRow
    packed: bytes
    kept: bool = False
    new: tuple[str, ...] | None = None
    gone: int | None = None
    told_before: int | None = None

    @property
    def whole(self) -> RegisterRow:
        """The row with its findings."""
        return from_bytes(zlib.decompress(self.packed))


def waiting(written: bytes, *, kept: bool = False) -> WaitingRow:
    """A row that was handed over as bytes, with its findings packed away."""
    return WaitingRow(
        replace(from_bytes(written), found=()), zlib.compress(written, _PACKED), kept=kept
    )
