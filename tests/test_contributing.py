"""The page for those who work on the project: what it asks somebody to do works, step by step."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
NEEDED = ("src", "tests", "docs", "schemas", "registry", "dev.py", "pyproject.toml", "README.md")
WITHOUT_SET_UP = (
    "import sys, pathlib, dev\n"
    "dev.set_up = lambda: None\n"  # the environment of these tests is one already
    "dev.BIN = pathlib.Path(sys.executable).parent\n"
    "dev.main()\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, without what is made."""
    folder = tmp_path_factory.mktemp("project")
    for name in NEEDED:
        kept, copy = ROOT / name, folder / name
        if kept.is_dir():
            shutil.copytree(kept, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(kept, copy)
    return folder


@pytest.fixture(scope="module")
def written(project: Path) -> tuple[Path, tuple[str, ...]]:
    """The rule of the worked example, as its steps leave it in the copy, and what each of them printed."""
    text = PAGE.read_text("utf-8")
    path = re.search(r"Put this into `(src/ropa/rules/\w+\.py)`", text)
    code = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert path is not None
    assert code is not None
    (project / path[1]).write_text(code[1], "utf-8")
    return project / path[1], tuple(run(project, command) for command in steps(text))


def steps(text: str) -> Iterator[str]:
    """The commands of the worked example, but for the last, which is everything."""
    example = text.split("## A rule in ten minutes")[1].split("\n## ", maxsplit=1)[0]
    for block in re.findall(r"```console\n(.*?)```", example, re.DOTALL):
        yield from (line for line in block.splitlines() if not line.endswith("dev.py check"))


def run(project: Path, command: str) -> str:
    """A command of the page: `python3 dev.py ...`, in the environment that there is."""
    asked = [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command)]
    assert asked[:2] == ["python3", "dev.py"]
    sources = os.pathsep.join(map(str, (project / "src", project)))
    environment = {**os.environ, "PYTHONPATH": sources, "PYTEST_XDIST_AUTO_NUM_WORKERS": "0"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SET_UP, *asked[2:]],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_rule_that_is_written_there_has_its_page_its_tests_and_its_place_in_the_index(
    project: Path, written: tuple[Path, tuple[str, ...]]
) -> None:
    path, said = written
    name = path.stem.replace("_", "-")
    assert len(said) == 3
    assert "passed" in said[-1]
    assert (project / f"docs/rules/{name}.md").is_file()
    assert f"[`{name}`]" in (project / "docs/rules/README.md").read_text("utf-8")
    kept = (project / "tests/golden/said_on_pages.yaml").read_text("utf-8")
    assert "“Lettermill” is the name of a system" in kept


def test_a_rule_whose_page_is_not_true_fails_its_tests(
    project: Path, written: tuple[Path, tuple[str, ...]]
) -> None:
    path, _ = written
    code = path.read_text("utf-8")
    untrue = code.replace("    name: Letters to residents", "    name: Lettermill")
    assert untrue != code
    path.write_text(untrue, "utf-8")
    with pytest.raises(AssertionError, match="test_what_fails_is_found_on_the_marked_lines"):
        run(project, 'python3 dev.py test tests/test_rule_examples.py -k "named-after-a-system"')
    path.write_text(code, "utf-8")


def test_the_worked_example_is_no_rule_yet() -> None:
    assert not (ROOT / "src/ropa/rules/named_after_a_system.py").exists()


def test_what_the_page_names_is_there() -> None:
    for named in re.findall(
        r"`((?:src|tests|docs|changelog\.d)/[\w./-]*)`", PAGE.read_text("utf-8")
    ):
        assert (ROOT / named).exists() or "named" in named, named


# The changelog


KINDS = ("new", "changed", "mended")


def test_each_piece_of_the_changelog_has_a_name_that_says_its_kind() -> None:
    for path in (ROOT / "changelog.d").iterdir():
        named = re.fullmatch(r"\+[a-z0-9-]+\.(\w+)\.md", path.name)
        assert path.name == "README.md" or (named is not None and named[1] in KINDS), path.name


def test_the_pieces_become_the_top_of_the_changelog(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "changelog.d/+reach.new.md").write_text("Who can end up holding it.\n", "utf-8")
    build = ("build", "--yes", "--version", "9.9.9", "--date", "2099-01-01")
    command = [sys.executable, "-m", "towncrier", *build]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    log = (tmp_path / "CHANGELOG.md").read_text("utf-8")
    old = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = log.split("<!-- towncrier release notes start -->")[1].split("\n## 0.2.0")[0]
    assert newest.split() == [
        "##",
        "9.9.9",
        "(2099-01-01)",
        "###",
        "New",
        "-",
        "Who",
        "can",
        "end",
        "up",
        "holding",
        "it.",
    ]
    assert old.rpartition("## 0.2.0")[2] in log
    assert not list((tmp_path / "changelog.d").glob("*.new.md"))
