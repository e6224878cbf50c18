"""Work handed to a cluster of Dask, one piece at a time: the only module that knows `distributed`.

The workers of the cluster do nothing themselves: each keeps processes at work (`hands`), so that the bounds of a piece
of work and what becomes of it are the same as on one machine, and a worker that others use, too, is left as it was.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from queue import Empty, SimpleQueue
from uuid import uuid4

import dask
from distributed import Client, Future, Scheduler, SpecCluster, Worker
from distributed.scheduler import KilledWorker

from ropa.errors import BadSettings
from ropa.fleet.hands import Hands, HandsTold, told
from ropa.fleet.prints import tool
from ropa.fleet.workers import Bounds, Lost, Work

LOCAL = "local"
"""The address of a cluster that is made for this run on this machine, and of which nobody else can have any."""
MOST_WAITING = 3
"""So many pieces of work are with the cluster for each of its threads, so that none waits for the next one."""
_PATIENCE = 60.0
"""How many seconds a scheduler may take to answer, and a worker to be there."""
_NEWS = 1.0
"""After how many seconds a cluster is asked again how many threads it has."""
_LOOPBACK = "127.0.0.1:0"
_QUIET: Mapping[str, object] = {
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.logging": {"distributed": "critical"},
}
"""What a cluster of our own is not to do: show itself on a page, or speak on the terminal."""

Made = bytes | Lost
_GONE = "the scheduler of the cluster at {} went away before it was checked"
_NOBODY = "no worker of the cluster at {} was left to check it"
_KILLED = "each worker of the cluster that it was given to died"


def carried_out_there(
    address: str, work: Work, names: Sequence[str], jobs: int, bounds: Bounds
) -> Iterator[tuple[str, bytes | Lost]]:
    """What comes of each piece of work on a cluster, as it comes. Whoever stops asking ends what is left there.

    `jobs` is for a cluster that is made for this run. Raises `BadSettings` where there is no cluster at the address, or
    one of its workers would not do the same work.
    """
    with _client(address, jobs) as client:
        run = told(uuid4().hex, work, bounds, str(Path.cwd()))
        _held_against(client, address, run)
        try:
            yield from _OnCluster(client, address, run).all(names)
        finally:
            _let_go(client, run)


class _OnCluster:
    """The pieces of work that are with the cluster, and what came back."""

    def __init__(self, client: Client, address: str, run: HandsTold) -> None:
        self._client = client
        self._address = address
        self._run = run
        self._given: dict[str, Future[Made]] = {}
        self._back = SimpleQueue[tuple[str, Future[Made]]]()
        self._asked, self._threads = -1e9, 1

    def all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | Lost]]:
        """Give all of them out, never many more than there are threads, and take back what came of them."""
        left = deque(names)
        while left or self._given:
            while left and len(self._given) < self._most():
                self._give(left.popleft())
            name, made = self._next()
            if name is None:
                yield from ((one, made) for one in (*self._given, *left))
                return
            del self._given[name]
            yield name, made

    def _most(self) -> int:
        now = time.monotonic()
        if now - self._asked > _NEWS:
            self._asked, self._threads = now, max(1, _threads(self._client))
        return MOST_WAITING * self._threads

    def _give(self, name: str) -> None:
        key = f"ropa-{uuid4().hex}"
        future = self._client.submit(_made_there, self._run, name, key=key, pure=False)
        self._given[name] = future
        future.add_done_callback(lambda done: self._back.put((name, done)))

    def _next(self) -> tuple[str | None, bytes | Lost]:
        """What came back next; no name where nothing will come back any more."""
        while True:
            try:
                name, future = self._back.get(timeout=_PATIENCE)
            except Empty:
                if not _threads(self._client):
                    return None, Lost(_NOBODY.format(self._address))
                continue
            if future.status == "cancelled" or self._client.status != "running":
                return None, Lost(_GONE.format(self._address))
            return name, self._outcome(future)

    def _outcome(self, future: "Future[Made]") -> bytes | Lost:
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except KilledWorker:
                return Lost(_KILLED)
            except TimeoutError:  # the worker that had it is gone, and another one makes it again
                if not _threads(self._client):
                    return Lost(_NOBODY.format(self._address))
            except asyncio.CancelledError:
                return Lost(_GONE.format(self._address))
            except Exception as fault:  # noqa: BLE001 - whatever a worker makes of it stops no other
                what = f"{type(fault).__name__}: {fault}"
                return Lost(f"a worker of the cluster could not check it ({what})")


def _threads(client: Client) -> int:
    with suppress(OSError, TimeoutError, asyncio.CancelledError):
        return sum(client.nthreads().values())
    return 0


@contextmanager
def _client(address: str, jobs: int) -> Iterator[Client]:
    """A connection to a cluster, to one of our own where that is wanted."""
    if address == LOCAL:
        with dask.config.set(_QUIET), _local(jobs) as cluster, _connected(cluster) as client:
            yield client
        return
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with _connected(address) as client:
        yield client


@contextmanager
def _connected(where: str | SpecCluster) -> Iterator[Client]:
    try:
        client = Client(where, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise BadSettings(f"there is no cluster at {where}: {error}") from error
    try:
        yield client
    finally:
        with suppress(OSError, TimeoutError, asyncio.CancelledError):
            client.close(timeout=_PATIENCE)


def _local(jobs: int) -> SpecCluster:
    """A cluster within this process, which nobody can reach from outside: its workers only keep processes at work."""
    quiet = {"dashboard": False, "dashboard_address": _LOOPBACK}
    worker = {
        "cls": Worker,
        "options": {"nthreads": 1, "protocol": "inproc://", "memory_limit": 0, **quiet},
    }
    return SpecCluster(
        scheduler={"cls": Scheduler, "options": {"protocol": "inproc://", **quiet}},
        workers=dict.fromkeys(range(jobs), worker),
        silence_logs=logging.CRITICAL,
    )


def _held_against(client: Client, address: str, run: HandsTold) -> None:
    """That there are workers, and that each would do the same work here as there."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        there = client.run(_described, run.folder)
    except TimeoutError as error:
        raise BadSettings(f"the cluster at {address} has no worker") from error
    except ImportError as error:
        raise BadSettings(f"a worker of the cluster at {address} has no ropa: {error}") from error
    here = _described(run.folder)
    for worker, described in there.items():
        if described != here:
            raise BadSettings(_unlike(worker, described, run.folder))


def _described(folder: str) -> tuple[str, bool]:
    return tool(), Path(folder).is_dir()


def _unlike(worker: str, described: tuple[str, bool], folder: str) -> str:
    if not described[1]:
        return f"the worker {worker} has no folder {folder}, in which this run is"
    return f"the worker {worker} has another version of ropa, Python or a package than this run"


def _let_go(client: Client, run: HandsTold) -> None:
    """End the processes that the workers keep for a run; those of a worker that cannot be told end by themselves."""
    with suppress(OSError, TimeoutError, asyncio.CancelledError):
        if client.status == "running":
            client.run(_close, run, on_error="ignore")


@lru_cache(maxsize=8)
def _hands(run: HandsTold) -> Hands:
    """The processes of one run, in whichever worker this is."""
    return Hands(run)


def _made_there(run: HandsTold, name: str) -> bytes | Lost:
    return _hands(run).make(name)


def _close(run: HandsTold) -> None:
    _hands(run).close()
