"""How much CPU `ropa check` takes, as a ratio to what PyYAML's C loader takes to compose the same bytes.

    python benchmarks/run.py [SIZE ...]

Every figure is of a whole process, start-up included, except that of `yaml.compose`, which counts composing
alone with the collector off. The two take turns, several times, and the median ratio is printed: times of
one run compare, times of two machines do not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from generate import generate

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


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", default=[1_000, 10_000])
    parser.add_argument("--turns", type=int, default=5)
    chosen = parser.parse_args()
    print("| activities | files | MB read | CPU of check / compose | peak memory / bytes read |")
    print("|---:|---:|---:|---:|---:|")
    for size in chosen.sizes:
        for per_file in (1, 100):
            print(row(size, per_file, chosen.turns), flush=True)


def row(size: int, per_file: int, turns: int) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register"
        generate(size, register, per_file)
        ropa = [sys.executable, "-m", "ropa", "check", str(register), "--as-of", "2026-11-23"]
        measure(ropa)  # once for the file cache and the byte code
        ratios, peaks, read = [], [], 1
        for _ in range(turns):
            seconds, read = compose(register)
            checked = measure(ropa)
            ratios.append(checked.cpu / seconds)
            peaks.append(checked.peak)
        ratio, peak = statistics.median(ratios), statistics.median(peaks) / read
    spread = f"{ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    return f"| {size} | {-(-size // per_file)} | {read / 1e6:.1f} | {spread} | {peak:.1f} |"


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
