"""How much CPU `ropa check` takes, as a ratio to what PyYAML's C loader takes to compose the same bytes.

    python benchmarks/run.py [SIZE ...] [--turns 5] [--instructions]

Every figure is of a whole process, start-up included, except that of `yaml.compose`, which counts composing
alone with the collector off. The two take turns, several times, and the median ratio is printed: times of
one run compare, times of two machines do not. With `--instructions` (which needs valgrind) one more column
holds the instructions of the check against those of the whole process that composes: no neighbour disturbs
them. Below stand what a check of one activity takes against `python -c pass`, and the shapes that were
once slow, at a size and at twice the size.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from generate import generate
from shapes import write

COMPOSE = """
import gc, pathlib, sys, time, yaml
gc.disable()
texts = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml"))]
start = time.process_time()
for text in texts:
    for node in yaml.compose_all(text, Loader=yaml.CSafeLoader):
        pass
print(time.process_time() - start, sum(map(len, texts)))
"""


ORDINARY = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed command has its byte code; one that may not write it compiles itself at every start."""


class Run(NamedTuple):
    """One process: its CPU seconds, user and system, and its peak memory in bytes."""

    cpu: float
    peak: int


SHAPES = {"disclosures": 1_000, "statements": 2_500, "onward": 2_500}
"""The size at which each shape is measured first; the second time it is twice as large."""


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--instructions", action="store_true")
    chosen = parser.parse_args()
    print(
        "| activities | files | layout | MB read | CPU of check / compose | by instructions | peak / bytes |"
    )
    print("|---:|---:|---|---:|---:|---:|---:|")
    for size in chosen.sizes:
        for per_file, prose in ((1, False), (100, False), (1, True)):
            counted = chosen.instructions
            print(row(size, per_file, chosen.turns, prose=prose, counted=counted), flush=True)
    print(f"\n{start(chosen.turns, counted=chosen.instructions)}\n", flush=True)
    print("| shape | sizes | CPU of the second / of the first | command |")
    print("|---|---:|---:|---|")
    for shape, size in SHAPES.items():
        print(growth(shape, size, "check", chosen.turns), flush=True)
    print(growth("statements", 400, "self-test", chosen.turns), flush=True)


def row(size: int, per_file: int, turns: int, *, prose: bool, counted: bool) -> str:
    """One line of the first table."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register"
        generate(size, register, per_file, prose=prose)
        measure(ropa("check", register))  # once for the file cache and the byte code
        ratios, peaks, read = [], [], 1
        for _ in range(turns):
            seconds, read = compose(register)
            checked = measure(ropa("check", register))
            ratios.append(checked.cpu / seconds)
            peaks.append(checked.peak)
        peak = statistics.median(peaks) / read
        by_count = "-"
        if counted:
            composing = [sys.executable, "-c", COMPOSE, str(register)]
            by_count = f"{instructions(ropa('check', register)) / instructions(composing):.2f}"
    layout = "prose" if prose else "plain"
    files = -(-size // per_file)
    return f"| {size} | {files} | {layout} | {read / 1e6:.1f} | {spread(ratios)} | {by_count} | {peak:.1f} |"


def start(turns: int, *, counted: bool) -> str:
    """What a check of one activity takes against a Python that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        generate(1, Path(folder))
        check, nothing = ropa("check", Path(folder)), [sys.executable, "-c", "pass"]
        measure(check)
        ratios = [measure(check).cpu / measure(nothing).cpu for _ in range(3 * turns)]
        by_count = (
            f", {instructions(check) / instructions(nothing):.1f} by instructions"
            if counted
            else ""
        )
    return f"One activity / `python -c pass`: {spread(ratios)}{by_count}"


def growth(shape: str, size: int, command: str, turns: int) -> str:
    """How much more a shape costs at twice the size."""
    with tempfile.TemporaryDirectory() as folder:
        once, twice = Path(folder) / "once", Path(folder) / "twice"
        write(shape, size, once)
        write(shape, 2 * size, twice)
        ratios = [
            measure(ropa(command, twice)).cpu / measure(ropa(command, once)).cpu
            for _ in range(turns)
        ]
    return f"| {shape} | {size}, {2 * size} | {spread(ratios)} | `{command}` |"


def spread(ratios: Sequence[float]) -> str:
    """The median, and the least and the most."""
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def ropa(command: str, register: Path) -> list[str]:
    """The command as a process."""
    return [sys.executable, "-m", "ropa", command, str(register), "--as-of", "2026-11-23"]


def instructions(command: list[str]) -> int:
    """How many instructions a command takes, counted by valgrind."""
    counting = [
        "valgrind",
        "--tool=cachegrind",
        "--cache-sim=no",
        "--cachegrind-out-file=/dev/null",
    ]
    done = subprocess.run(
        [*counting, *command], env=ORDINARY, capture_output=True, text=True, check=False
    )
    found = re.search(r"I +refs: +([\d,]+)", done.stderr)
    if found is None:
        raise SystemExit(f"valgrind did not count: {done.stderr[-300:]}")
    return int(found[1].replace(",", ""))


def compose(register: Path) -> tuple[float, int]:
    """The CPU seconds of composing every document with the C loader, and the bytes read."""
    said = subprocess.run(
        [sys.executable, "-c", COMPOSE, str(register)],
        env=ORDINARY,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, read = said.stdout.split()
    return float(seconds), int(read)


def measure(command: list[str]) -> Run:
    """Run a command with its output thrown away, and ask the system what it took."""
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        process = subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=ORDINARY)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 2:
        raise SystemExit(f"{command} ended with {process.returncode}")
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


if __name__ == "__main__":
    main()
