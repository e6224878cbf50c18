"""Processes that a worker of a cluster keeps at work: what hangs, grows or dies in one leaves the worker as it is.

A worker of a cluster may not have children by `multiprocessing`, so these are started as commands, and told of their
work through a pipe. On the other side of it, `main` is all that such a process does.
"""

import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO

import msgspec
from msgspec import Struct

from ropa.fleet.workers import MOST_PIECES, TRIES, AtWork, Bounds, Done, Lost, Work, died, late

IDLE = 60.0
"""After how many seconds without work a process ends by itself: whoever gave it work may be gone for good."""
_LENGTH = struct.Struct(">Q")


class HandsTold(Struct, frozen=True):
    """What processes are told once: for which run, what to do, within which bounds, and from which folder.

    `work` is the work as bytes, since whoever passes it on need not load what it takes to do it.
    """

    run: str
    work: bytes
    bounds: Bounds
    folder: str


def told(run: str, work: Work, bounds: Bounds, folder: str) -> HandsTold:
    """The work of a run as it is passed on."""
    return HandsTold(run, pickle.dumps(work), bounds, folder)


class Hands:
    """The processes of one worker for one run: as many as it has threads that ask for one at once."""

    def __init__(self, work: HandsTold) -> None:
        self._told = work
        self._free: list[_OneHand] = []
        self._all: set[_OneHand] = set()
        self._closed = False

    def make(self, name: str) -> bytes | Lost:
        """What comes of a piece of work; one whose process dies is tried once more."""
        code = None
        for _ in range(TRIES):
            hand = self._taken()
            done = hand.make(name)
            if done is not None:
                self._back(hand, done)
                return done.made
            code = hand.end()
            self._all.discard(hand)
            if self._closed:
                break
        return died(code)

    def close(self) -> None:
        """End all of them, whatever they are doing."""
        self._closed = True
        for hand in tuple(self._all):
            hand.end()

    def _taken(self) -> "_OneHand":
        while self._free:
            with suppress(IndexError):  # another thread has taken it meanwhile
                hand = self._free.pop()
                if hand.is_alive():
                    return hand
                self._all.discard(hand)
        hand = _OneHand(self._told)
        self._all.add(hand)
        return hand

    def _back(self, hand: "_OneHand", done: Done) -> None:
        if done.spent or hand.done >= MOST_PIECES:
            hand.end()
            self._all.discard(hand)
        else:
            self._free.append(hand)


class _OneHand:
    """One process, and the pipes to and from it."""

    def __init__(self, work: HandsTold) -> None:
        self._bounds = work.bounds
        self._process = subprocess.Popen(
            (sys.executable, "-P", "-m", __name__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=work.folder,
        )
        self.done = 0
        with suppress(OSError, EOFError):  # it is dead, and its end is noticed like any other
            _put(self._into, msgspec.msgpack.encode(work))
            _got(self._out)  # its beginning does not count as time that its work takes

    @property
    def _into(self) -> IO[bytes]:
        assert self._process.stdin
        return self._process.stdin

    @property
    def _out(self) -> IO[bytes]:
        assert self._process.stdout
        return self._process.stdout

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def make(self, name: str) -> Done | None:
        """What it makes of a piece of work; None where it died of it."""
        over = threading.Event()

        def end() -> None:
            over.set()
            self._process.kill()

        with _after(self._bounds.seconds, end):
            try:
                _put(self._into, os.fsencode(name))
                said = msgspec.msgpack.decode(_got(self._out), type=Done)
            except (OSError, EOFError, ValueError):
                return Done(late(self._bounds), spent=True) if over.is_set() else None
        self.done += 1
        return said

    def end(self) -> int:
        """End it, if it has not ended; its exit code."""
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._into, self._out):
            with suppress(OSError):
                pipe.close()
        return code


@contextmanager
def _after(seconds: float, act: Callable[[], object]) -> Iterator[None]:
    """Do something once the time is over, unless what is done meanwhile is done before."""
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _put(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(_LENGTH.pack(len(content)) + content)
    pipe.flush()


def _got(pipe: IO[bytes]) -> bytes:
    """The next message. Raises `EOFError` where there is none."""
    (length,) = _LENGTH.unpack(_whole(pipe, _LENGTH.size))
    return _whole(pipe, length)


def _whole(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


def main() -> None:
    """What such a process does all its life: it ends when nobody is there any more to give it work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    into, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is no message
    gc.disable()
    with suppress(EOFError, OSError):
        work = msgspec.msgpack.decode(_got(into), type=HandsTold)
        able = AtWork(pickle.loads(work.work), work.bounds)
        _put(out, b"")
        while True:
            with _after(IDLE, lambda: os._exit(0)):
                name = _got(into)
            _put(out, msgspec.msgpack.encode(able.make(os.fsdecode(name))))
            able.tidy()


if __name__ == "__main__":
    main()
