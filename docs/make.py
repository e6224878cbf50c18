"""Writes docs/rules.md out of the pages of the rules; with --check, says whether it is current."""

import sys
from collections.abc import Iterator
from pathlib import Path

from ropa.findings import RuleInfo
from ropa.plugins import all_rules

TARGET = Path(__file__).parent / "rules.md"


def main() -> None:
    """Write the catalogue, or compare it."""
    text = "\n".join(catalogue([rule.info for rule in all_rules()])) + "\n"
    if "--check" not in sys.argv:
        TARGET.write_text(text, "utf-8")
    elif TARGET.read_text("utf-8") != text:
        raise SystemExit("docs/rules.md is not current; run `python3 dev.py docs`")


def catalogue(rules: list[RuleInfo]) -> Iterator[str]:
    """An index, then a page for each rule."""
    yield "# Rules"
    yield ""
    yield "Made of the pages in `src/ropa/rules/`, each of which is also its rule's test."
    yield "`ropa explain RULE` prints one."
    yield "A rule marked † notices that something could not be checked at all: the command then exits with 2."
    yield ""
    yield "| Rule | Severity | Fault | Law |"
    yield "|---|---|---|---|"
    for info in rules:
        mark = " †" if info.undecided else ""
        law = "; ".join(info.law).replace("UK GDPR ", "")
        yield f"| [`{info.id}`](#{info.id}){mark} | {info.severity} | {info.summary} | {law} |"
    for info in rules:
        yield from ("", f"## {info.id}", "", info.summary, "", info.explanation.rstrip())


if __name__ == "__main__":
    main()
