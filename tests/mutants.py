"""Runs the tests against faults put into the source: `python3 dev.py mutants`.

cosmic-ray makes the faults and runs the tests; here are the folders that are tried, which tests have to see a
fault there, and a few faults that this project is prone to and cosmic-ray does not make. A sample with a seed is
tried, in copies of the project. docs/mutants.md has the figures of the last run, docs/decisions/ why it is done so.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cosmic_ray.plugins
import yaml
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import apply_mutation, mutate_and_test
from cosmic_ray.operators.operator import Operator
from cosmic_ray.util import restore_contents
from cosmic_ray.work_item import MutationSpec, TestOutcome
from msgspec import Struct
from parso.python.tree import Keyword
from parso.python.tree import Operator as Sign

ROOT = Path(__file__).parents[1]
EXCUSED = Path(__file__).parent / "mutants.yaml"
FIGURES = ROOT / "docs" / "mutants.md"
SEED, SAMPLE = 2026, 100
SECONDS = 300
"""How much work the tests of one step may do before a fault counts as one that never ends: on the processor, so
that a busy machine makes no difference."""
HOURS = 3600 * 4
KILOBYTES = 4_000_000
"""How much memory they may take: some faults gather without end."""

TESTS = {
    "rules": (
        "rule_examples docs",
        "wording register_rules acceptance sign_off laws golden founding_notice",
    ),
    "judging": (
        "values coverage items overclaims policheck",
        "rule_examples",
        "reference mutation repair flows golden register_rules founding_notice",
    ),
    "flows": (
        "values flows coverage",
        "rule_examples",
        "reference laws golden diagram register_rules founding_notice",
    ),
}
"""By folder, the files of tests that have to see a fault in it: the next ones only where the ones before did not."""


class Mutant(Struct, frozen=True):
    """One fault: an operator, where it is applied, and what the line was and becomes."""

    folder: str
    module: str
    operator: str
    occurrence: int
    start: tuple[int, int]
    end: tuple[int, int]


class Outcome(Struct, frozen=True):
    """What became of a mutant: `killed`, `survived` or `excused`, with the lines that differ."""

    mutant: Mutant
    outcome: str
    was: str
    becomes: str


# Faults of our own


class DropOperand(Operator):  # type: ignore[misc] # the package has no types
    """A condition among several is forgotten."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type in ("and_test", "or_test"):
            yield from ((part.start_pos, part.end_pos) for part in node.children[::2])

    def mutate(self, node: Any, index: int) -> Any:
        return _without(node, index)

    @classmethod
    def examples(cls) -> Iterable[Any]:
        return ()


class DropElement(DropOperand):
    """A word of a list of words is forgotten; what is left of a pair is still a list."""

    def mutate(self, node: Any, index: int) -> Any:
        left = _without(node, index)
        if len(left.children) == 1:
            left.children.append(Sign(",", left.end_pos))
        return left

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type in ("testlist_comp", "dictorsetmaker") and _is_list(node):
            yield from ((part.start_pos, part.end_pos) for part in node.children[::2])


class DropFilter(DropOperand):
    """A comprehension takes what it should leave out."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "comp_if":
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ARG002 # as the base class has it
        last = node.get_last_leaf()
        node.children[1:] = [Keyword("True", last.start_pos, " ")]
        return node


class TakeBranch(DropOperand):
    """An `if` is always taken."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        if node.type == "if_stmt":
            yield node.children[1].start_pos, node.children[1].end_pos

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ARG002 # as the base class has it
        node.children[1] = Keyword("True", node.children[1].start_pos, " ")
        return node


class LeaveBranch(TakeBranch):
    """An `if` is never taken."""

    def mutate(self, node: Any, index: int) -> Any:  # noqa: ARG002 # as the base class has it
        node.children[1] = Keyword("False", node.children[1].start_pos, " ")
        return node


def _is_list(node: Any) -> bool:
    commas = node.children[1::2]
    return len(node.children) > 2 and all(getattr(c, "value", "") == "," for c in commas)


def _without(node: Any, index: int) -> Any:
    """A node without one of its parts and the operator beside it."""
    at = 2 * index
    gone = slice(at, at + 2) if at == 0 else slice(at - 1, at + 1)
    prefix = node.get_first_leaf().prefix
    del node.children[gone]
    if at == 0:
        node.get_first_leaf().prefix = prefix
    return node


OURS = {
    cls.__name__: cls for cls in (DropOperand, DropElement, DropFilter, TakeBranch, LeaveBranch)
}


class Ours:
    """Our operators, as cosmic-ray asks for them."""

    def __iter__(self) -> Iterator[str]:
        return iter(OURS)

    def __getitem__(self, name: str) -> type[Operator]:
        return OURS[name]


NO_FAULT = (
    *("_Is_Eq", "_IsNot_NotEq", "_Eq_Is", "_NotEq_IsNot"),
    *("RemoveDecorator", "VariableInserter", "VariableReplacer"),
)
"""Operators that change nothing here (what is compared are members of enums, None and short words), take a
cache away, or have to be told what to do."""


def operators() -> Iterator[str]:
    """The names of the operators that are used."""
    cosmic_ray.plugins.OPERATOR_PROVIDERS["ours"] = Ours()
    return (name for name in cosmic_ray.plugins.operator_names() if not name.endswith(NO_FAULT))


# Which mutants there are


def mutants(folder: str) -> Iterator[Mutant]:
    """Every fault that can be put into a folder, but for its annotations."""
    for path in sorted((ROOT / "src" / "ropa" / folder).rglob("*.py")):
        tree = get_ast_from_path(path)
        nodes = list(ast_nodes(tree))
        annotations = list(_annotations(nodes))
        for name in operators():
            operator = cosmic_ray.plugins.get_operator(name)()
            found = (at for node in nodes for at in operator.mutation_positions(node))
            for number, (start, end) in enumerate(found):
                if not any(a <= start and end <= b for a, b in annotations):
                    module = path.relative_to(ROOT).as_posix()
                    yield Mutant(folder, module, name, number, start, end)


def _annotations(nodes: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    for node in nodes:
        annotation = getattr(node, "annotation", None)
        if annotation is not None:
            yield annotation.start_pos, annotation.end_pos
        elif node.type == "annassign":
            yield node.children[1].start_pos, node.children[1].end_pos


def sample(folder: str, size: int, seed: int) -> list[Mutant]:
    """So many places of a folder, and at each one of the faults that can be put there."""
    places = defaultdict(list)
    for mutant in mutants(folder):
        places[mutant.module, mutant.start, mutant.end].append(mutant)
    chance = random.Random(f"{seed} {folder}")
    chosen = chance.sample(sorted(places), min(size, len(places)))
    return [chance.choice(places[place]) for place in chosen]


# Whether the tests see them


def tried(mutant: Mutant) -> Outcome:
    """Put one fault into this process's copy of the project, and run the tests that have to see it."""
    was, becomes = _lines(mutant)
    spec = MutationSpec(mutant.module, mutant.operator, mutant.occurrence, mutant.start, mutant.end)
    result = mutate_and_test([spec], _command(mutant), HOURS)
    killed = result.test_outcome is not TestOutcome.SURVIVED
    outcome = "killed" if killed else "excused" if _reason(mutant, was, becomes) else "survived"
    return Outcome(mutant, outcome, was, becomes)


def _command(mutant: Mutant) -> str:
    """The nearest tests first, so that most faults are seen in a second or two."""
    pytest = f"{sys.executable} -m pytest -q -x -p no:cacheprovider -p no:randomly"
    pytest += ' -k "not twice_the_text and not takes_long"'
    stages = [
        f"{pytest} {' '.join(f'tests/test_{name}.py' for name in names.split())}"
        for names in TESTS[mutant.folder]
    ]
    if mutant.folder == "rules":
        rule = Path(mutant.module).stem.replace("_", "-")
        stages.insert(0, f"{pytest} tests/test_rule_examples.py -k {rule}")  # the last -k counts
    return f"sh -c 'ulimit -t {SECONDS}; ulimit -v {KILOBYTES}; {' && '.join(stages)}'"


def _lines(mutant: Mutant) -> tuple[str, str]:
    """The line that is mutated, as it was and as it becomes."""
    path = Path(mutant.module)
    with restore_contents(path):
        operator = cosmic_ray.plugins.get_operator(mutant.operator)()
        before, after = apply_mutation(path, operator, mutant.occurrence)
    old, new = before.splitlines(), (after or before).splitlines()
    first = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    last = next((n for n in range(1, len(new)) if old[-n] != new[-n]), 1)
    # A short line, such as `continue`, is told with the one above it.
    above = first - 1 if len(old[first].strip()) < SHORT else first
    return _joined(old[above : len(old) - last + 1]), _joined(new[above : len(new) - last + 1])


SHORT = 20


def _joined(lines: list[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _reason(mutant: Mutant, was: str, becomes: str) -> str:
    """Why a fault is none, as it was written down; nothing where nobody did."""
    excused = yaml.safe_load(EXCUSED.read_text("utf-8")) or {}
    for entry in excused.get(mutant.module.removeprefix("src/ropa/"), ()):
        if (entry["was"], entry["becomes"]) == (was, becomes):
            return str(entry["why"])
    return ""


def _in_a_copy(folder: str) -> None:
    """Give this process a copy of the project to break."""
    list(operators())
    copy = Path(tempfile.mkdtemp(dir=folder))
    for name in ("src", "tests", "docs", "registry", "schemas", "benchmarks", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    for name in ("README.md", "CHANGELOG.md", "action.yml", "dev.py"):
        shutil.copy(ROOT / name, copy / name)
    os.chdir(copy)
    os.environ |= {"PYTHONPATH": str(copy / "src"), "ROPA_FEW": "1"}


# What is said of it


def main() -> None:
    """Try a sample in each folder, and write down what came of it."""
    asked = _asked()
    list(operators())
    found: list[Outcome] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(asked.jobs, initializer=_in_a_copy, initargs=(folder,)) as pool,
    ):
        for name in asked.folder:
            for outcome in pool.map(tried, sample(name, asked.sample, asked.seed)):
                found.append(outcome)
                print(_said(outcome), flush=True)
    if asked.folder == list(TESTS) and (asked.sample, asked.seed) == (SAMPLE, SEED):
        FIGURES.write_text(figures(found), "utf-8")
    print(_table(found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="*", choices=[*TESTS, []], default=list(TESTS))
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many in each folder")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    return parser.parse_args()


def _said(outcome: Outcome) -> str:
    mutant = outcome.mutant
    at = f"{mutant.module}:{mutant.start[0]}"
    return f"{outcome.outcome} {at} {mutant.operator}\n  - {outcome.was}\n  + {outcome.becomes}"


def figures(found: list[Outcome]) -> str:
    """The page of the last run: the figures, what was excused and what nothing saw."""
    left = [o for o in found if o.outcome == "survived"]
    excused = [o for o in found if o.outcome == "excused"]
    lines = [
        "# Faults that the tests see",
        "",
        "`python3 dev.py mutants` puts faults into the source, one at a time, and runs the tests that have",
        "to see them: a condition forgotten, a comparison turned, a word of a list dropped, a number one",
        f"higher. These are the figures of its last run, a sample of {len(found)} with the seed {SEED};",
        "`tests/mutants.py` says which tests are run, `tests/mutants.yaml` why something is no fault.",
        "",
        _table(found),
        "",
        "## What nothing saw",
        "",
        *(f"- `{o.mutant.module}`: `{o.was}` became `{o.becomes}`" for o in left),
        "",
        "## What is no fault",
        "",
        *(
            f"- `{o.mutant.module}`: `{o.was}` became `{o.becomes}`: {_reason(o.mutant, o.was, o.becomes)}"
            for o in excused
        ),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _table(found: list[Outcome]) -> str:
    rows = [
        "| folder | faults | seen | excused | not seen | seen of 100 |",
        "|---|---|---|---|---|---|",
    ]
    for folder in dict.fromkeys(o.mutant.folder for o in found):
        n = Counter(o.outcome for o in found if o.mutant.folder == folder)
        share = 100 * n["killed"] / (n.total() - n["excused"] or 1)
        rows.append(
            f"| `{folder}/` | {n.total()} | {n['killed']} | {n['excused']} | {n['survived']} | {share:.0f} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    main()
