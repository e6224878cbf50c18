"""How well the detectors find the items of Articles 13 and 14 in notices that people have labelled.

    python benchmarks/detection.py [FOLDER]

FOLDER holds `gold/*.yml`, each naming its notice; else the environment variable ROPA_CORPORA names it. An
item counts as said where it is anything but absent (or not applicable). Prints precision and recall for each
item and overall, how often the status is the very same, how many of the items that are labelled partial or
elsewhere are called so, and every difference.
"""

import os
import sys
from collections import Counter
from pathlib import Path

import yaml

from ropa.documents.document import SourceFile
from ropa.seen.formats import notice_of_text
from ropa.wording.detectors import Status, detect

NOT_SAID = frozenset({"absent", "not_applicable"})


def compare(folder: Path) -> list[tuple[str, str, str, str]]:
    """Each item of each labelled notice: the notice, the item, the label, and what was detected."""
    rows = []
    for path in sorted((folder / "gold").glob("*.yml")):
        gold = yaml.safe_load(path.read_text("utf-8"))
        notice = (path.parent / gold["file"]).resolve()
        found = detect(notice_of_text(SourceFile(notice.name, notice.read_text("utf-8"))))
        for item, label in gold["elements"].items():
            status = found[item].status if item in found else Status.ABSENT
            rows.append((path.stem, item, str(label["status"]), str(status)))
    return rows


def scores(rows: list[tuple[str, str, str, str]]) -> tuple[float, float, Counter[str]]:
    """Precision and recall of "this is said", and the counts behind them."""
    counts: Counter[str] = Counter()
    for _, _, label, status in rows:
        said, seen = label not in NOT_SAID, status not in NOT_SAID
        counts["hit" if said and seen else "missed" if said else "wrong" if seen else "silent"] += 1
        counts["same"] += label == status or not (said or seen)
    precision = counts["hit"] / ((counts["hit"] + counts["wrong"]) or 1)
    recall = counts["hit"] / ((counts["hit"] + counts["missed"]) or 1)
    return precision, recall, counts


def agreement(rows: list[tuple[str, str, str, str]], degree: str) -> tuple[int, int]:
    """How many of the items with a label are called by that very status, and how many there are."""
    labelled = [status for _, _, label, status in rows if label == degree]
    return labelled.count(degree), len(labelled)


def main() -> None:
    """Print the comparison."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROPA_CORPORA", "."))
    if not (folder / "gold").is_dir():
        raise SystemExit("name the folder that holds gold/ and notices/, or set ROPA_CORPORA to it")
    rows = compare(folder)
    print(
        f"{'item':40}{'precision':>10}{'recall':>8}{'hit':>5}{'wrong':>7}{'missed':>8}{'same':>6}"
    )
    for item in [*dict.fromkeys(item for _, item, _, _ in rows), "overall"]:
        chosen = [row for row in rows if item in (row[1], "overall")]
        precision, recall, n = scores(chosen)
        rates = f"{precision:10.2f}{recall:8.2f}" if n["hit"] else f"{'-':>10}{'-':>8}"
        counts = f"{n['hit']:5}{n['wrong']:7}{n['missed']:8}"
        print(f"{item:40}{rates}{counts}{n['same'] / len(chosen):6.2f}")
    for degree in ("present", "partial", "elsewhere"):
        agreed, labelled = agreement(rows, degree)
        print(f"labelled {degree}: {agreed} of {labelled} are called so")
    for name, item, label, status in rows:
        if label != status and not {label, status} <= NOT_SAID:
            print(f"{name}: {item} is {label}, and {status} was detected")


if __name__ == "__main__":
    main()
