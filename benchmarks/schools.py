"""Makes a county's schools: as many registers as wanted, each its own, most of which lack the same sentence.

python benchmarks/schools.py 1000 /tmp/schools [--activities 12]
"""

import argparse
import random
from pathlib import Path

from generate import NOTICE, PARTIES, SAID, activity

FIRST = (
    "Thornbrook",
    "Mill Lane",
    "Sample Hill",
    "Examplewick",
    "Quarry Road",
    "Long Example",
    "Fernside",
    "Old Orchard",
)
KINDS = (
    "Primary School",
    "Infant School",
    "Junior School",
    "Academy",
    "High School",
    "Nursery",
    "Special School",
)
LEFT_OUT = {12: 0.93, 15: 0.55, 16: 0.3, 9: 0.2, 20: 0.15}
"""Which sentences schools leave out, by their number, and how many of the schools do."""
UNTIED, BROKEN = 0.1, 0.02
"""The share of schools that have not tied all of their notice, and of those whose files cannot be read."""


def main() -> None:
    """Write the schools."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("schools", type=int)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--activities", type=int, default=12)
    chosen = arguments.parse_args()
    schools(chosen.schools, chosen.folder, chosen.activities)


def schools(number: int, folder: Path, activities: int) -> None:
    """Write the same schools for the same number, whatever the machine."""
    for n in range(number):
        school(n, folder / f"school-{n:05}", activities)


def school(number: int, folder: Path, activities: int) -> None:
    """Write one school: its parties, its notice with what it leaves out, and about so many activities."""
    chance = random.Random(number)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{FIRST[number % len(FIRST)]} {KINDS[number % len(KINDS)]} {number}"
    owner = f"Head of {name}"
    parties = PARTIES.replace("Exampleshire County Council", name).replace(
        "County Hall", f"{number} School Lane"
    )
    (folder / "parties.yaml").write_text(parties, "utf-8")
    left = {n for n, share in LEFT_OUT.items() if chance.random() < share}
    said = [
        (q.replace("Exampleshire County Council", name), claim)
        for n, (q, claim) in enumerate(SAID)
        if n not in left
    ]
    text = "\n\n".join(f"{quote}." for quote, _ in said)
    if chance.random() < UNTIED:
        said = said[: len(said) // 2]
    (folder / "everybody.md").write_text(text, "utf-8")
    statements = "".join(f"  - quote: {quote}\n    {claim}\n" for quote, claim in said)
    (folder / "everybody.yaml").write_text(NOTICE + statements, "utf-8")
    wanted = max(1, activities + chance.randint(-activities // 2, activities // 2))
    documents = [activity(n, chance).replace("Head of service", owner) for n in range(wanted)]
    if chance.random() < BROKEN:
        documents.append("kind: activity\nid: [\n")
    (folder / "activities.yaml").write_text("---\n".join(documents), "utf-8")


if __name__ == "__main__":
    main()
