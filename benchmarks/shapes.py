"""Registers that are wide in one place: what grows faster than the work there shows in these first.

python benchmarks/shapes.py disclosures 2000 /tmp/register
"""

import argparse
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

PARTIES = 200
"""How many parties pass data on to each other in `onward`."""
ACTIVITY = "kind: activity\nid: enrolment\nname: Enrolment\nsubjects: [pupil]\ndata: [name]\npurposes: [support]\n"
NOTICE = "kind: notice\nid: pupils\nname: Pupils\naudience: [pupil]\nin_force: {from: 2025-01-01}\ntext: pupils.md\n"


def main() -> None:
    """Write a register of the wanted shape and size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("shape", choices=SHAPES)
    arguments.add_argument("size", type=int)
    arguments.add_argument("folder", type=Path)
    chosen = arguments.parse_args()
    write(chosen.shape, chosen.size, chosen.folder)


def write(shape: str, size: int, folder: Path) -> None:
    """Write the same register for the same shape and size, whatever the machine."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in SHAPES[shape](size):
        (folder / name).write_text(text, "utf-8")


def _disclosures(size: int) -> Iterator[tuple[str, str]]:
    """One activity that discloses to so many parties, and a notice that tells of none."""
    yield "parties.yaml", _parties(size)
    disclosed = "".join(f"  - to: p-{i}\n    data: [name]\n" for i in range(size))
    yield "activity.yaml", f"{ACTIVITY}disclosures:\n{disclosed}security: Role-based access\n"
    yield from _notice("uses: {purposes: support}", 1)


def _statements(size: int) -> Iterator[tuple[str, str]]:
    """One notice of so many statements, and one activity that does nothing of what they tell."""
    yield "parties.yaml", _parties(0)
    yield "activity.yaml", ACTIVITY
    yield from _notice("discloses: {to: [school, health-body]}", size)


def _onward(size: int) -> Iterator[tuple[str, str]]:
    """Parties that pass data on to each other in so many steps, every second of them with an approval."""
    chance = random.Random(size)
    steps: dict[int, dict[int, bool]] = {}
    for number in range(size):
        start = number % PARTIES
        ends = [end for end in range(PARTIES) if end != start and end not in steps.get(start, {})]
        steps.setdefault(start, {})[chance.choice(ends)] = chance.random() < 0.5
    approval = "        conditions: [approval]\n"
    disclosed = "".join(
        f"  - to: p-{start}\n    onward:\n"
        + "".join(f"      - to: p-{end}\n{approval * approved}" for end, approved in ends.items())
        for start, ends in steps.items()
    )
    yield "parties.yaml", _parties(PARTIES)
    yield "activity.yaml", f"{ACTIVITY}disclosures:\n{disclosed}"
    yield from _notice("uses: {purposes: support}", 1)


SHAPES: Mapping[str, Callable[[int], Iterator[tuple[str, str]]]] = {
    "disclosures": _disclosures,
    "statements": _statements,
    "onward": _onward,
}


def _parties(size: int) -> str:
    parties = "".join(
        f"---\nkind: party\nid: p-{i}\nname: Party {i}\ntype: controller\nagreement: A-{i}\n"
        for i in range(size)
    )
    return f"kind: organisation\nid: exampleshire\nname: Exampleshire County Council\n{parties}"


def _notice(claim: str, statements: int) -> Iterator[tuple[str, str]]:
    quotes = [f"We use your name for reason {i}" for i in range(statements)]
    said = "".join(f"  - quote: {quote}\n    {claim}\n" for quote in quotes)
    yield "pupils.yaml", f"{NOTICE}statements:\n{said}"
    yield "pupils.md", "".join(f"{quote}.\n\n" for quote in quotes)


if __name__ == "__main__":
    main()
