"""A run over many registers: what is kept is taken, the rest is checked, and nothing that was done is lost."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ropa.errors import MissingExtra, RopaError
from ropa.findings import RuleInfo
from ropa.fleet.fleet import Fleet
from ropa.fleet.kept import KeptRows, LastTime, kept_rows, run_of
from ropa.fleet.reconciling import differences
from ropa.fleet.roots import FoundRegister, registers
from ropa.fleet.row import RegisterRow, WaitingRow, to_bytes, unchecked, waiting
from ropa.fleet.workers import Bounds, Lost, carried_out

Watch = Callable[[int, int, int], None]
"""Told how many registers are done, of how many, and how many of them could not be checked."""

NOT_REACHED = "the run was ended before it was reached; --resume goes on"


class RunWanted(Struct, frozen=True):
    """What is asked of a run: over which places, in how many processes, within which bounds.

    `fresh` uses no kept row, `resume` takes what the last run did that was ended, whatever came of it. `reconcile`
    holds the registers against each other as well. `said` is what else the rows depend on, in words, and `cluster` the
    address of a cluster that does the work.
    """

    where: tuple[str, ...]
    day: date
    jobs: int = 1
    bounds: Bounds = Bounds()
    fresh: bool = False
    resume: bool = False
    reconcile: bool = False
    said: str = ""
    cluster: str = ""


class AskingOne(Struct, frozen=True):
    """How one register is asked about, in another process: each by its path.

    `print_of` says the hash of what its row rests on, `check` makes its row for that hash, and `ready` says whether all
    that is to lie beside a kept row is there.
    """

    check: Callable[[str, str], RegisterRow]
    print_of: Callable[[str], str]
    ready: Callable[[str, str], bool]


class _HandedOver(Struct, frozen=True):
    """What a process hands over of a register: the hash it may be kept under, and its row as bytes."""

    print: str
    kept: bool
    row: bytes


class _RegisterWork(Struct, frozen=True):
    """The work on one register: its kept row where there is one that counts, else its check."""

    asking: AskingOne
    fresh: bool
    done: frozenset[str]

    def __call__(self, register: str) -> bytes:
        try:
            print_ = self.asking.print_of(register)
        except (OSError, RopaError):  # its check says what is the matter
            print_ = ""
        if (
            print_
            and (not self.fresh or print_ in self.done)
            and self.asking.ready(register, print_)
        ):
            kept = _rows().of(print_)
            if kept is not None:
                return msgspec.msgpack.encode(_HandedOver(print_, kept=True, row=kept))
        row = to_bytes(self.asking.check(register, print_))
        return msgspec.msgpack.encode(_HandedOver(print_, kept=False, row=row))


@cache
def _rows() -> KeptRows:
    """The kept rows, opened once in each process."""
    return kept_rows()


def run(
    wanted: RunWanted, asking: AskingOne, watch: Watch, catalogue: Mapping[str, RuleInfo]
) -> Fleet:
    """Check the registers at some places, in the order of their paths. Raises `NoRegister` where there are none.

    Ctrl-C ends it in order: what was done is in the fleet.
    """
    found = registers(wanted.where)
    kept, name = kept_rows(), run_of(wanted.where, wanted.said)
    done = frozenset(kept.of_run(name).values()) if wanted.resume else frozenset()
    if not wanted.resume:
        kept.begin(name)
    keeping = _Keeping(kept, name, wanted.day)
    work = _RegisterWork(asking, wanted.fresh, done)
    rows = {one.path: _as_row(unchecked(one.path, one.why_not)) for one in found if one.why_not}
    paths = [one.path for one in found if not one.why_not]
    interrupted, lost = False, len(rows)
    try:
        for path, row in _checked(work, paths, wanted, keeping):
            rows[path] = row
            lost += bool(row.row.why)
            watch(len(rows), len(found), lost)
    except KeyboardInterrupt:
        interrupted = True
    before = kept.last_time(name)
    whole = tuple(_compared(_row(rows, one), before.get(one.path)) for one in found)
    if not interrupted:
        kept.ended(name, ((r.row.register, r.row.told, _ids(r)) for r in whole if not r.row.why))
    trouble = (kept.trouble,) if kept.trouble else ()
    between = differences(waiting.row for waiting in whole) if wanted.reconcile else ()
    return Fleet(
        whole,
        wanted.day,
        wanted.where,
        catalogue,
        trouble,
        interrupted=interrupted,
        differences=between,
    )


def _row(rows: Mapping[str, WaitingRow], one: FoundRegister) -> WaitingRow:
    return rows.get(one.path) or _as_row(unchecked(one.path, NOT_REACHED))


def _as_row(row: RegisterRow) -> WaitingRow:
    return waiting(to_bytes(row))


def _checked(
    work: _RegisterWork, paths: Sequence[str], wanted: RunWanted, keeping: "_Keeping"
) -> Iterator[tuple[str, WaitingRow]]:
    for path, made in _made(work, paths, wanted):
        if isinstance(made, Lost):
            yield path, _as_row(unchecked(path, made.why))
        else:
            answer = msgspec.msgpack.decode(made, type=_HandedOver)
            keeping.note(path, answer)
            yield path, waiting(answer.row, kept=answer.kept)


def _made(
    work: _RegisterWork, paths: Sequence[str], wanted: RunWanted
) -> Iterator[tuple[str, bytes | Lost]]:
    if not wanted.cluster:
        return carried_out(work, paths, wanted.jobs, wanted.bounds)
    try:
        from ropa.fleet.cluster import carried_out_there
    except ImportError as error:
        raise MissingExtra("fleet") from error
    return carried_out_there(wanted.cluster, work, paths, wanted.jobs, wanted.bounds)


class _Keeping(Struct, frozen=True):
    """Where rows are kept as they come."""

    kept: KeptRows
    run: str
    day: date

    def note(self, register: str, answer: _HandedOver) -> None:
        """Keep a row, unless nothing says what it rests on."""
        if answer.print and answer.kept:
            self.kept.used(self.run, register, answer.print, self.day)
        elif answer.print:
            self.kept.keep(self.run, register, answer.print, answer.row, self.day)


def _ids(row: WaitingRow) -> Iterator[str]:
    return (finding.id for finding in row.whole.found)


def _compared(row: WaitingRow, before: LastTime | None) -> WaitingRow:
    """A row with what is new in it since the last time, where there was one."""
    if before is None or row.row.why:
        return row
    now = frozenset(_ids(row))
    return replace(
        row,
        new=tuple(sorted(now - before.ids)),
        gone=len(before.ids - now),
        told_before=before.told,
    )
