"""Writes docs/rules/ out of the pages of the rules: an index, and a page for each.

With --check, says what is not current. Files in docs/rules/ that were not made here are left alone.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from textwrap import dedent

from ropa.findings import RuleInfo
from ropa.plugins import all_rules
from ropa.rule import grounds

FOLDER = Path(__file__).parent / "rules"
MADE = "<!-- made by docs/make.py"
INDEX = "README.md"
_HEADING = re.compile(r"^((?:Fails|Passes)(?:, [^\n]+(?:\n[^\n]+)*)?):$", re.MULTILINE)
BY_HAND = {"not-covered.md": "what no rule covers, and why"}


def main() -> None:
    """Write the pages, or compare them."""
    pages = made([rule.info for rule in all_rules()])
    if "--check" in sys.argv:
        outdated = [*_differing(pages), *(path.name for path in _left_over(pages))]
        if outdated:
            listed = ", ".join(f"docs/rules/{name}" for name in sorted(outdated))
            raise SystemExit(f"not current: {listed}; run `python3 dev.py docs`")
        return
    FOLDER.mkdir(exist_ok=True)
    for path in _left_over(pages):
        path.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")


def made(rules: list[RuleInfo]) -> Mapping[str, str]:
    """Every file by its name."""
    pages = {f"{info.id}.md": page(info) for info in rules}
    return {INDEX: _text(_index(rules)), **pages}


def page(info: RuleInfo) -> str:
    """The page of one rule: what it is, then its docstring with the examples as code."""
    return _text(_page(info))


def _page(info: RuleInfo) -> Iterator[str]:
    yield f"{MADE} from src/ropa/rules/{info.id.replace('-', '_')}.py -->"
    yield f"# {info.id}"
    yield ""
    yield info.summary
    yield ""
    yield f"- Severity: {info.severity}"
    if info.undecided:
        yield "- It notices that something could not be checked: the command exits with 2, and no setting,"
        yield "  waiver or baseline changes that."
    if info.last:
        yield "- It is about waivers or the baseline, so neither of them accepts what it finds."
    yield from (f"- {line}" for line in grounds(info))
    if info.covers:
        yield f"- Requirements: {'; '.join(info.covers)}"
    yield ""
    yield from _explained(info.explanation)


def _explained(explanation: str) -> Iterator[str]:
    """The text as it is; each stretch that is indented is an example."""
    lines = explanation.rstrip().split("\n")
    for number, line in enumerate(lines):  # an empty line inside an example belongs to it
        inside = not line and lines[number - 1].startswith("    ")
        if inside and any(after.startswith("    ") for after in lines[number + 1 : number + 2]):
            lines[number] = "    "
    for is_example, stretch in groupby(lines, key=lambda line: line.startswith("    ")):
        text = "\n".join(stretch)
        if not is_example:
            yield _HEADING.sub(lambda found: f"## {' '.join(found[1].split())}", text)
            continue
        yield "```yaml"
        yield dedent(text)
        yield "```"


def _index(rules: list[RuleInfo]) -> Iterator[str]:
    yield f"{MADE} from the pages in src/ropa/rules/ -->"
    yield "# Rules"
    yield ""
    yield "What can be found, each with a page: why it matters, what the law says, how to mend it, and"
    yield "examples that fail and that pass. The examples are the rule's tests. `ropa explain RULE` prints the"
    yield "same page. [Settings](../settings.md) say how to switch rules off and how to accept a finding."
    yield ""
    yield "A rule marked † notices that something could not be checked at all: the command then exits with 2, and"
    yield "it cannot be switched off."
    yield ""
    for name, what in BY_HAND.items():
        if (FOLDER / name).exists():
            yield f"See also [{what}]({name})."
            yield ""
    yield "| Rule | Severity | Regime | Fault | Law, and the tables it is read from |"
    yield "|---|---|---|---|---|"
    for info in rules:
        mark = " †" if info.undecided else ""
        law = "; ".join((*info.law, *(f"`{table}`" for table in info.rests_on)))
        regime = ", ".join(info.regimes) or "both"
        name = f"[`{info.id}`]({info.id}.md){mark}"
        yield f"| {name} | {info.severity} | {regime} | {info.summary} | {law} |"


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _differing(pages: Mapping[str, str]) -> Iterator[str]:
    for name, text in pages.items():
        path = FOLDER / name
        if not path.exists() or path.read_text("utf-8") != text:
            yield name


def _left_over(pages: Mapping[str, str]) -> Iterator[Path]:
    """The pages of rules that are no more; what was written by hand is not among them."""
    for path in FOLDER.glob("*.md"):
        if path.name not in pages and path.read_text("utf-8").startswith(MADE):
            yield path


if __name__ == "__main__":
    main()
