"""What a check costs that finds something kept, and one that stays: ratios of CPU time to a check from nothing, turn about.

python benchmarks/warm.py [--activities 1000] [--turns 3]

The register is written plainly, in prose, and in prose with a notice of so many more sentences, no two alike. A check that
stays is asked what it took until one changed file is checked and printed.
"""

import argparse
import os
import random
import subprocess
import tempfile
import time
from pathlib import Path

from generate import generate, words
from run import measure, ropa, spread

SENTENCES = 300


def main() -> None:
    """Measure, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--activities", type=int, default=1_000)
    arguments.add_argument("--turns", type=int, default=3)
    chosen = arguments.parse_args()
    print(
        "| register | with what is kept / from nothing | one changed file, --watch / from nothing |"
    )
    print("|---|---:|---:|")
    for name in ("plain", "prose", "long notice"):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "caches")
            root = Path(folder) / "registry"
            generate(chosen.activities, root, prose=name != "plain")
            if name == "long notice":
                lengthen(root / "everybody.md")
            print(row(name, root, chosen.turns), flush=True)


def lengthen(notice: Path) -> None:
    """Add sentences that no statement quotes."""
    chance = random.Random(1)
    more = (f"We use your name {words(chance, 18)}." for _ in range(SENTENCES))
    notice.write_text(f"{notice.read_text('utf-8')}\n\n{' '.join(more)}", "utf-8")


def row(name: str, root: Path, turns: int) -> str:
    """One line of the table."""
    command = ropa("check", root)
    measure(command)
    nothing, kept, watched = [], [], []
    for _ in range(turns):
        nothing.append(measure([*command, "--no-cache"]).cpu)
        kept.append(measure(command).cpu)
        watched.append(after_a_change(command, root))
    ratios = [[b / a for a, b in zip(nothing, others, strict=True)] for others in (kept, watched)]
    return f"| {name} | {spread(ratios[0])} | {spread(ratios[1])} |"


def after_a_change(command: list[str], root: Path) -> float:
    """The CPU seconds that a check which stays takes for one changed file."""
    staying = subprocess.Popen(
        [*command, "--watch"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert staying.stdout is not None
    until_printed(staying)
    file = root / "activities-000" / "activity-000000.yaml"
    before = cpu_of(staying.pid)
    text = file.read_text("utf-8")
    one, other = ("P6Y", "P7Y") if "P6Y" in text else ("P7Y", "P6Y")
    file.write_text(text.replace(one, other, 1), "utf-8")
    until_printed(staying)
    taken = cpu_of(staying.pid) - before
    staying.kill()
    staying.communicate()
    return taken


def until_printed(staying: "subprocess.Popen[str]") -> None:
    """Read until the line that ends a report in the terminal's format."""
    assert staying.stdout is not None
    for line in staying.stdout:
        if " clear flows" in line:
            time.sleep(0.2)
            return
    raise SystemExit("the check that was to stay has ended")


def cpu_of(process: int) -> float:
    """The CPU seconds that a process has taken, as Linux counts them."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
