"""Work handed to processes, one piece at a time each: what hangs, grows or dies costs nothing but its own piece.

The pools of the standard library give up as a whole when one of their processes dies, and have no bound for a
piece of work, so the few lines that keep processes at work are here.
"""

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

Work = Callable[[str], bytes]
"""From the name of a piece of work to what came of it. It has to be one that another process can be told of."""

MOST_PIECES = 500
MOST_HELD = 100 << 20
"""After so many pieces, or when it has grown by so many bytes, a process is replaced: what it keeps for later goes."""
COLLECTED = 25
"""After so many pieces of work the memory that they left behind is looked through."""
TRIES = 2
"""How often a piece of work is tried whose process dies."""
_ASKED_AGAIN = 2.0
"""How many seconds a process waits for work before it looks whether anybody is still there to give it."""


class Bounds(Struct, frozen=True):
    """What one piece of work may take: seconds by the clock, and bytes of memory."""

    seconds: float = 120.0
    memory: int = 2 << 30


class Lost(Struct, frozen=True):
    """Why a piece of work came to nothing."""

    why: str


class Done(Struct, frozen=True):
    """What a process hands back: bytes, or why there are none; and whether it is to be replaced."""

    made: bytes | Lost
    spent: bool = False


def carried_out(
    work: Work, names: Sequence[str], jobs: int, bounds: Bounds
) -> Iterator[tuple[str, bytes | Lost]]:
    """What comes of each piece of work, as it comes. Whoever stops asking ends the processes.

    A process that dies is replaced, and its piece of work tried once more.
    """
    crew = _Crew(work, bounds)
    left = deque((name, 1) for name in names)
    try:
        for _ in range(min(jobs, len(left))):
            crew.hire().begin(*left.popleft())
        while crew.working:
            for worker in crew.ready():
                name, tries = worker.name, worker.tries
                made = crew.outcome(worker)
                if made is None and tries < TRIES:
                    left.appendleft((name, tries + 1))
                else:
                    yield name, made or died(worker.process.exitcode)
                if left:
                    crew.free(worker).begin(*left.popleft())
                else:
                    crew.dismiss(worker)
    finally:
        crew.disband()


def died(code: int | None) -> Lost:
    """That each process which was given a piece of work died of it, the last one with this exit code."""
    number = -code if code is not None and code < 0 else 0
    how = f"by signal {number} ({signal.strsignal(number)})" if number else f"with code {code}"
    return Lost(f"the process that checked it ended {how}, twice")


def late(bounds: Bounds) -> Lost:
    """That a piece of work took longer than it may."""
    return Lost(f"it took longer than {bounds.seconds:g} seconds")


class _Worker:
    """A process, the pipe to it, and what it is working on."""

    def __init__(self, process: BaseProcess, pipe: "Connection") -> None:
        self.process = process
        self.pipe = pipe
        self.name = ""
        self.tries = 0
        self.done = 0
        self.since = 0.0

    def begin(self, name: str, tries: int) -> None:
        """Give it a piece of work."""
        self.name, self.tries, self.since = name, tries, time.monotonic()
        with suppress(OSError):  # it is dead, and its end is noticed like any other
            self.pipe.send(name)


class _Crew:
    """The processes at work."""

    def __init__(self, work: Work, bounds: Bounds) -> None:
        self.work = work
        self.bounds = bounds
        self.context = multiprocessing.get_context(_method())
        self.working: list[_Worker] = []
        if _method() == "fork":
            gc.freeze()  # what is loaded is shared with every process, and no collection has to look at it

    def hire(self) -> _Worker:
        """One more process."""
        ours, theirs = self.context.Pipe()
        process = self.context.Process(  # type: ignore[attr-defined] # every context has one
            target=_serve, args=(theirs, ours, self.work, self.bounds, os.getpid()), daemon=True
        )
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self.working.append(worker)
        return worker

    def ready(self) -> list[_Worker]:
        """The processes that are done, dead, or out of time."""
        now = time.monotonic()
        soonest = min(worker.since for worker in self.working) + self.bounds.seconds
        watched = [w for worker in self.working for w in (worker.pipe, worker.process.sentinel)]
        spoke = set(wait(watched, max(0.0, soonest - now)))
        now = time.monotonic()
        return [
            worker
            for worker in self.working
            if worker.pipe in spoke
            or worker.process.sentinel in spoke
            or now - worker.since >= self.bounds.seconds
        ]

    def outcome(self, worker: _Worker) -> bytes | Lost | None:
        """What a process that is ready has made of its work; None where it died of it."""
        try:
            if worker.pipe.poll():
                said: Done = worker.pipe.recv()
                worker.done = MOST_PIECES if said.spent else worker.done + 1
                return said.made
        except (EOFError, OSError):
            pass
        alive = worker.process.is_alive()
        worker.done = MOST_PIECES
        _end(worker)
        over = time.monotonic() - worker.since >= self.bounds.seconds
        return late(self.bounds) if over and alive else None

    def free(self, worker: _Worker) -> _Worker:
        """The same process, or another in its place where that has done enough."""
        if worker.done < MOST_PIECES:
            return worker
        self.dismiss(worker)
        return self.hire()

    def dismiss(self, worker: _Worker) -> None:
        """Let a process go."""
        _end(worker)
        worker.pipe.close()
        self.working.remove(worker)

    def disband(self) -> None:
        """Let all of them go."""
        for worker in tuple(self.working):
            self.dismiss(worker)
        gc.unfreeze()


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()


def _method() -> str:
    """How a process begins: as a copy of this one where that is safe, since then everything is loaded already."""
    return "fork" if sys.platform == "linux" else "spawn"


def _serve(
    pipe: "Connection", other: "Connection", work: Work, bounds: Bounds, parent: int
) -> None:
    """What a process does all its life. A terminal sends Ctrl-C to all of them, and it is for the first to act on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_DFL)
    other.close()
    able = AtWork(work, bounds)
    while True:
        while not pipe.poll(_ASKED_AGAIN):
            if os.getppid() != parent:
                return
        try:
            name = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send(able.make(name))
        except OSError:  # nobody is there to hear it
            return
        able.tidy()


class AtWork:
    """Work done in this process, which holds no more memory for it than it may."""

    def __init__(self, work: Work, bounds: Bounds) -> None:
        _bound(bounds.memory)
        self._work = work
        self._bounds = bounds
        self._done = 0
        self._begun = _most_held()

    def make(self, name: str) -> Done:
        """What comes of a piece of work, whatever happens in it."""
        said = _tried(self._work, name, self._bounds)
        self._done += 1
        return replace(said, spent=said.spent or _most_held() - self._begun > MOST_HELD)

    def tidy(self) -> None:
        """Look through the memory that was left behind, once in a while."""
        if self._done % COLLECTED == 0:
            gc.collect()


def _tried(work: Work, name: str, bounds: Bounds) -> Done:
    try:
        return Done(work(name))
    except MemoryError:
        return Done(Lost(f"it needs more than {bounds.memory >> 20} MB of memory"), spent=True)
    except RecursionError:
        return Done(Lost("it is nested too deep"), spent=True)
    except Exception as fault:  # noqa: BLE001 - a fault of ours in one register stops no other
        what = f"{type(fault).__name__}: {fault}"
        return Done(Lost(f"this is a fault in ropa itself ({what})"), spent=True)


def _most_held() -> int:
    """How many bytes of memory this process has held at most; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found << 10


def _held() -> int:
    """How much memory this process has begun with, in bytes; nothing where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def _bound(memory: int) -> None:
    """No more memory than that for registers, beside what this process has begun with.

    Where the system knows no such bound, there is none.
    """
    memory += _held()
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
