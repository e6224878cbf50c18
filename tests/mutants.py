"""Runs the tests against faults put into the source: `python3 dev.py mutants`.

cosmic-ray makes the faults; here are the folders that are tried, the tests that have to see a fault there, and a few
faults that this project is prone to and cosmic-ray does not make. One run of all the tests tells which of them reach
which line, and what each costs: a fault is tried by those that reach it alone, in a fork of a process that has
already imported what the tests import. docs/mutants.md has the figures of the last run, docs/decisions/ why it is
done so.
"""

import argparse
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Any

import cosmic_ray.plugins
import pytest
import yaml
from cosmic_ray.ast import ast_nodes, get_ast_from_path
from cosmic_ray.mutating import apply_mutation
from cosmic_ray.operators.operator import Operator
from cosmic_ray.util import restore_contents
from coverage import Coverage, CoverageData
from msgspec import Struct, field
from parso.python.tree import Keyword
from parso.python.tree import Operator as Sign

ROOT = Path(__file__).parents[1]
EXCUSED = Path(__file__).parent / "mutants.yaml"
FIGURES = ROOT / "docs" / "mutants.md"
FOLDERS = ("rules", "judging", "flows")
SEED, SAMPLE = 2026, 100
BUDGET = 10
"""How many seconds the tests of one fault may take, when there is none: the likeliest to see it are taken."""
SECONDS, MEMORY = 90, 6_000_000_000
"""What a run against a fault may take before it counts as seen: on the processor, so that a busy machine makes no
difference; and in bytes, since some faults gather without end."""
FEW = 5
"""Where fewer tests reach a line, all that reach its module are asked: what is remembered is reached only once."""
SHORT = 20

TESTS = (
    "rule_examples values flows coverage items overclaims guards judged_cases said_against_said other_denials"
    " unsaid_deeds main_part evidence untied altered_texts editions golden register_rules founding_notice wording"
    " laws sign_off acceptance judging repair triggers bounds_of_evidence dated_law how_long kept_in messages"
)
"""The files of tests that have to see a fault."""


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


# Which tests reach it


class Reached(Struct):
    """A plugin of pytest that notes which tests reach which lines, what each takes, and which do not pass."""

    coverage: Coverage
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    tests: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    failed: set[str] = field(default_factory=set)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        unit, start = _unit(item.nodeid), sum(os.times()[:4])
        self.coverage.switch_context(unit)
        result = yield
        self.seconds[unit] += sum(os.times()[:4]) - start
        self.tests[unit].append(item.nodeid)
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(_unit(report.nodeid))


def _unit(test: str) -> str:
    """The tests of one file that share a parameter share what is set up for it, so they are chosen together."""
    return re.sub(r"::[^\[]*\[", "[", test, count=1)


class Reach(Struct, frozen=True):
    """What one run of all the tests told: what each unit takes, its tests, what was imported, and the lines."""

    seconds: Mapping[str, float]
    tests: Mapping[str, list[str]]
    imported: list[str]

    def chosen(self, mutant: Mutant) -> list[str]:
        """The tests of a fault: those of its name first, then those that reach what few others do close to it."""
        lines = _reached(mutant.module)
        at = max((line for line in lines if line <= mutant.start[0]), default=0)
        units = {unit for unit in lines.get(at, ()) if unit in self.seconds}
        if len(units) < FEW:
            units = {unit for units in lines.values() for unit in units if unit in self.seconds}
        worth: dict[str, float] = defaultdict(float)
        for line, reaching in lines.items():
            for unit in units.intersection(reaching):
                worth[unit] += 1 / len(reaching) / (1 + abs(line - at)) / self.seconds[unit]
        name = Path(mutant.module).stem
        order = sorted(worth, key=lambda u: (name not in u.replace("-", "_"), -worth[u]))
        spent = accumulate(self.seconds[unit] for unit in order)
        within = [u for u, s in zip(order, spent, strict=True) if s <= BUDGET] or order[:1]
        return [test for unit in within for test in self.tests[unit]]


@cache
def _reached(module: str) -> Mapping[int, list[str]]:
    """The units that reach each line of a module."""
    data = CoverageData("reached")
    data.read()
    reached: Mapping[int, list[str]] = data.contexts_by_lineno(str(Path(module).resolve()))
    return reached


def measured() -> Reach:
    """Run all the tests, without a fault, and tell what they reach; those that do not pass here are left out."""
    code = _forked(_measure, 3600)
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise SystemExit(f"the tests cannot be run without a fault: {code}")
    reach = Reach(**json.loads(Path("reach.json").read_text("utf-8")))
    for name in reach.imported:
        with suppress(Exception):  # Some modules are made by others, and cannot be asked for.
            import_module(name)
    return reach


def _measure() -> int:
    coverage = Coverage("reached", include=[f"src/ropa/{name}/*" for name in FOLDERS])
    reached = Reached(coverage)
    coverage.start()
    code = _tested([f"tests/test_{name}.py" for name in TESTS.split()], reached)
    coverage.stop()
    coverage.save()
    seconds = {unit: s for unit, s in reached.seconds.items() if unit not in reached.failed}
    print(
        f"{len(seconds)} units take {sum(seconds.values()):.0f} s; left out: {sorted(reached.failed)}"
    )
    told = {"seconds": seconds, "tests": reached.tests, "imported": list(_foreign())}
    Path("reach.json").write_text(json.dumps(told), "utf-8")
    return code


def _foreign() -> Iterator[str]:
    """The modules that were imported and are not of this project, nor of a test."""
    for name, module in list(sys.modules.items()):
        path = getattr(module, "__file__", None) or ""
        if path and not Path(path).is_relative_to(Path.cwd()):
            yield name


# Whether the tests see it


class Chosen(Struct, frozen=True):
    """A plugin of pytest that runs the chosen tests, in their order."""

    tests: list[str]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self.tests if test in found]


def tried(mutant: Mutant, reach: Reach) -> Outcome:
    """Put one fault into the copy of the project, and run the tests that reach it."""
    path = Path(mutant.module)
    with restore_contents(path):
        operator = cosmic_ray.plugins.get_operator(mutant.operator)()
        before, after = apply_mutation(path, operator, mutant.occurrence)
        was, becomes = _lines(before, after or before)
        killed = _seen(reach.chosen(mutant))
    outcome = "killed" if killed else "excused" if _reason(mutant, was, becomes) else "survived"
    return Outcome(mutant, outcome, was, becomes)


def _seen(tests: list[str]) -> bool:
    code = _forked(lambda: _first_failure(tests), SECONDS)
    if code == pytest.ExitCode.USAGE_ERROR:
        raise SystemExit(f"the tests cannot be run: {Path('last-run.txt').read_text('utf-8')}")
    return code != pytest.ExitCode.OK


def _first_failure(tests: list[str]) -> int:
    """File by file, the likeliest first, since it takes longer to read most of them than to run the tests."""
    for file in dict.fromkeys(test.split("::")[0] for test in tests):
        code = _tested(["-x", file], Chosen(tests))
        # A fault may do away with what a test is made from, which is not to see it.
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            return code
    return 0


def _tested(arguments: list[str], plugin: object) -> int:
    """Run pytest in this process; tests that time something are no witnesses on a busy machine."""
    given = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
    given += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # its plugins are imported already
    left_out = ["-k", "not twice_the_text and not takes_long"]
    return pytest.main([*given, *left_out, *arguments], [plugin])


def _forked(work: Callable[[], int], seconds: int) -> int:
    """What a fork of this process comes to, within its bounds; less than nothing where it was ended."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = int(pytest.ExitCode.USAGE_ERROR)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with Path("last-run.txt").open("w") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            code = work()
            sys.stdout.flush()
    except BaseException:  # noqa: BLE001 # told in the log
        traceback.print_exc()
    finally:  # Whatever happens, a fork does not tidy up after the process it comes from.
        os._exit(code)


def _lines(before: str, after: str) -> tuple[str, str]:
    """The line that is mutated, as it was and as it becomes."""
    old, new = before.splitlines(), after.splitlines()
    first = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    last = next((n for n in range(1, len(new)) if old[-n] != new[-n]), 1)
    # A short line, such as `continue`, is told with the one above it.
    above = first - 1 if len(old[first].strip()) < SHORT else first
    return _joined(old[above : len(old) - last + 1]), _joined(new[above : len(new) - last + 1])


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
    copy = Path(folder).resolve() / "copy"
    for name in filter(None, _git("ls-files", "-z").split("\0")):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, copy / name)
    os.chdir(copy)
    sys.path[:] = [str(copy / "src"), str(copy / "tests"), *_others(sys.path)]
    os.environ |= {"PYTHONPATH": str(copy / "src"), "ROPA_FEW": "1"}


def _others(paths: Iterable[str]) -> Iterator[str]:
    """Where modules are looked for, but for this project's own folders."""
    return (path for path in paths if path and not Path(path).is_relative_to(ROOT))


# What is said of it


def main() -> None:
    """Try a sample in each folder, and write down what came of it."""
    asked = _asked()
    list(operators())
    found: list[Outcome] = []
    with tempfile.TemporaryDirectory() as folder:
        _in_a_copy(folder)
        reach = measured()
        print(Path("last-run.txt").read_text("utf-8").splitlines()[-1], flush=True)
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        for name in asked.folder:
            for mutant in sample(name, asked.sample, asked.seed):
                found.append(tried(mutant, reach))
                print(_said(found[-1]), flush=True)
        os.chdir(ROOT)
    if asked.folder == list(FOLDERS) and (asked.sample, asked.seed) == (SAMPLE, SEED):
        FIGURES.write_text(figures(found), "utf-8")
    print(_table(found))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="*", choices=[*FOLDERS, []])  # none, as argparse checks it
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many in each folder")
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    asked.folder = asked.folder or list(FOLDERS)
    return asked


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
        "`python3 dev.py mutants` puts faults into the source, one at a time, and runs the tests that reach them:",
        "a condition forgotten, a comparison turned, a word of a list dropped, a number one higher. These are the",
        f"figures of its last run, of {date.today()} at {commit()}, a sample of {len(found)} with the seed {SEED}.",
        f"The tests of one fault take at most {BUDGET} seconds when there is none; `tests/mutants.py` says how they",
        "are chosen, `tests/mutants.yaml` why something is no fault. A fault counts as seen, too, when its tests",
        f"have not ended after {SECONDS} seconds on the processor.",
        "[Why, and how](decisions/2026-11-30-faults-put-in.md).",
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


def commit() -> str:
    """The commit whose tests were run."""
    return _git("rev-parse", "--short", "HEAD").strip()


def _git(*asked: str) -> str:
    done = subprocess.run(["git", *asked], cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode()


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
