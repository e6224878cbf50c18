"""Registers checked on a cluster of Dask: the same rows as without one, whatever dies meanwhile."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command import Project
from ropa.errors import BadSettings
from ropa.fleet.hands import Hands, told
from ropa.fleet.workers import Bounds, Lost
from test_fleet import SCHOOLS, kept_paths, slow_register, started, with_schools

distributed = pytest.importorskip("distributed")

PLENTY = Bounds(600.0, 256 << 20)
Begin = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begins a command of the cluster, which ends with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def started(module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", f"distributed.cli.{module}", *arguments)
        log = (tmp_path / f"{module}.log").open("ab")
        with log:
            running.append(subprocess.Popen(command, stdout=log, stderr=log))
        return running[-1]

    yield started
    for process in running:
        process.kill()
        process.wait()


def worker(begin: Begin, address: str) -> subprocess.Popen[bytes]:
    options = ("--no-nanny", "--no-dashboard", "--nthreads=1", "--memory-limit=0")
    return begin("dask_worker", address, "--host=127.0.0.1", *options)


def waiting(begun: Path, until_there: Path, made: str) -> str:
    """A piece of work that says that it has begun, and ends when a file is there."""
    there = f"__import__('time').sleep(0.05) or __import__('os').path.exists({str(until_there)!r})"
    return f"open({str(begun)!r}, 'w').close() or any({there} for _ in range(1200)) and {made}"


def eventually(true: Callable[[], bool]) -> None:
    """Waits for a state, however long a busy machine takes."""
    for _ in range(5000):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came about")


def test_what_a_piece_of_work_may_take_holds_on_a_cluster_too() -> None:
    from ropa.fleet.cluster import LOCAL, carried_out_there

    done, grows, dies, wrong = "b'done'", "bytes(1 << 30)", "__import__('os')._exit(3)", "1 / 0"
    pieces = (done, grows, dies, wrong)
    assert dict(carried_out_there(LOCAL, eval, pieces, 2, PLENTY)) == {
        done: b"done",
        grows: Lost("it needs more than 256 MB of memory"),
        dies: Lost("the process that checked it ended with code 3, twice"),
        wrong: Lost("this is a fault in ropa itself (ZeroDivisionError: division by zero)"),
    }


def test_what_takes_too_long_is_ended_and_the_next_piece_is_made(tmp_path: Path) -> None:
    hands = Hands(told("one", eval, Bounds(5.0), str(tmp_path)))
    try:
        assert hands.make("b'first'") == b"first"
        assert hands.make("__import__('time').sleep(600)") == Lost("it took longer than 5 seconds")
    finally:
        hands.close()


def test_a_process_that_dies_is_replaced_and_its_piece_of_work_made_once_more(
    tmp_path: Path,
) -> None:
    once = str(tmp_path / "once")
    dies = f"(open({once!r}, 'w').close(), __import__('os').abort())"
    dies_once = f"b'made' if __import__('os').path.exists({once!r}) else {dies}"
    hands = Hands(told("two", eval, PLENTY, str(tmp_path)))
    try:
        assert hands.make(dies_once) == b"made"
    finally:
        hands.close()


def test_a_worker_that_dies_costs_nothing_and_a_scheduler_that_goes_away_what_was_not_done(
    tmp_path: Path, begin: Begin
) -> None:
    from ropa.fleet.cluster import carried_out_there

    where, log = tmp_path / "scheduler.json", tmp_path / "dask_worker.log"
    options = ("--host=127.0.0.1", "--port=0", "--no-dashboard", f"--scheduler-file={where}")
    scheduler = begin("dask_scheduler", *options)
    eventually(lambda: where.exists() and where.read_text("utf-8").rstrip().endswith("}"))
    address = json.loads(where.read_text("utf-8"))["address"]
    first, go, end = worker(begin, address), tmp_path / "go", tmp_path / "end"

    slow = waiting(tmp_path / "begun", go, "b'slow'")
    made = carried_out_there(address, eval, ("b'quick'", slow), 1, PLENTY)
    assert next(made) == ("b'quick'", b"quick")
    eventually((tmp_path / "begun").exists)
    worker(begin, address)
    eventually(lambda: log.read_text("utf-8").count("Registered to") == 2)
    first.kill()
    go.touch()
    assert list(made) == [(slow, b"slow")]

    lost = waiting(tmp_path / "later", end, "b'lost'")
    made = carried_out_there(address, eval, ("b'quick'", lost, "b'never'"), 1, PLENTY)
    assert next(made) == ("b'quick'", b"quick")
    eventually((tmp_path / "later").exists)
    scheduler.kill()
    gone = Lost(f"the scheduler of the cluster at {address} went away before it was checked")
    assert dict(made) == {lost: gone, "b'never'": gone}
    end.touch()


def test_where_there_is_no_cluster_the_run_says_so() -> None:
    from ropa.fleet.cluster import carried_out_there

    with pytest.raises(BadSettings, match=r"^there is no cluster at nowhere://"):
        next(carried_out_there("nowhere://127.0.0.1:9", eval, ("b''",), 1, PLENTY))


def test_the_rows_are_the_same_bytes_on_a_cluster_and_ctrl_c_keeps_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fleet = with_schools(Project.of_which_nothing_is_kept(tmp_path, monkeypatch, capsys))
    slow_register(fleet.folder / "schools" / "zelkova" / "registry", activities=600)
    with started(fleet, "--dask=local", "--jobs=1") as run:
        eventually(lambda: len(kept_paths(fleet)) == len(SCHOOLS))
        os.kill(run.pid, signal.SIGINT)
        out, _ = run.communicate(timeout=240)
    assert run.returncode == 130
    *done, not_done, _ = out.splitlines()
    assert "--resume goes on" in json.loads(not_done)["why"]
    arguments = ("--fresh", "--format=jsonl", "--jobs=1")
    alone = fleet.ropa("fleet", *(f"schools/{name}" for name in SCHOOLS), *arguments)
    assert done == alone.out.splitlines()[:-1]
