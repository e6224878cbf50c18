"""What many registers cost in one run, held against a loop over `ropa check`: ratios of CPU time, turn about.

python benchmarks/fleet.py [--registers 60] [--activities 30] [--rounds 3]

Each round runs the loop, a run in one process, a run in two, and a run of which nothing changed, one after the other, so that
what else the machine does falls on all of them alike. CPU is what the kernel says of the processes and their children.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from generate import NOTICE, PARTIES, SAID, activity

ROPA = (sys.executable, "-m", "ropa")


def main() -> None:
    """Measure, and print the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--registers", type=int, default=60)
    arguments.add_argument("--activities", type=int, default=30)
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number in range(chosen.registers):
            write(root / "registers" / f"register-{number:04}", chosen.activities, number)
        measure(root, chosen.registers, chosen.rounds)


def write(folder: Path, activities: int, number: int) -> None:
    """A register that is like no other: its own activities, and its own name."""
    chance, name = random.Random(number), f"Sample Council {number}"
    folder.mkdir(parents=True)
    (folder / "parties.yaml").write_text(
        PARTIES.replace("Exampleshire County Council", name), "utf-8"
    )
    said = [(quote.replace("Exampleshire County Council", name), claim) for quote, claim in SAID]
    (folder / "everybody.md").write_text("\n\n".join(f"{quote}." for quote, _ in said), "utf-8")
    statements = "".join(f"  - quote: {quote}\n    {claim}\n" for quote, claim in said)
    (folder / "everybody.yaml").write_text(NOTICE + statements, "utf-8")
    text = "---\n".join(activity(n, chance) for n in range(activities))
    (folder / "activities.yaml").write_text(text, "utf-8")


def measure(root: Path, registers: int, rounds: int) -> None:
    """Each way in turn, and how they compare."""
    folders = sorted((root / "registers").iterdir())
    environment = os.environ | {"XDG_CACHE_HOME": str(root / "caches")}
    fleet = (*ROPA, "fleet", str(root / "registers"), "--format=csv")
    ways: dict[str, list[tuple[str, ...]]] = {
        "loop": [(*ROPA, "check", str(folder)) for folder in folders],
        "one process": [(*fleet, "--jobs=1", "--fresh")],
        "two processes": [(*fleet, "--jobs=2", "--fresh")],
        "unchanged": [(*fleet, "--jobs=1")],
    }
    found: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way, commands in ways.items():
            found[way].append(taken(commands, environment))
    print(
        f"{registers} registers, {rounds} rounds, medians of the ratios of each round (least to most)"
    )
    for name, way, to, which in (
        ("CPU, one process / loop", "one process", "loop", 0),
        ("CPU, two processes / one", "two processes", "one process", 0),
        ("wall, two processes / one", "two processes", "one process", 1),
        ("CPU, unchanged / one process", "unchanged", "one process", 0),
    ):
        ratios = sorted(a[which] / b[which] for a, b in zip(found[way], found[to], strict=True))
        print(f"{name}: {median(ratios):.3f} ({ratios[0]:.3f}-{ratios[-1]:.3f})")
    each = {way: 1000 * median(cpu for cpu, _ in runs) / registers for way, runs in found.items()}
    print("CPU a register, ms:", ", ".join(f"{way} {cpu:.0f}" for way, cpu in each.items()))


def taken(commands: Iterable[tuple[str, ...]], environment: dict[str, str]) -> tuple[float, float]:
    """The CPU seconds of some commands and all their processes, and the seconds by the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    for command in commands:
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began


if __name__ == "__main__":
    main()
