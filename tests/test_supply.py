"""What is installed where the action runs: pinned as it was tested, and each file by its hash."""

import re
import tomllib

from conftest import ROOT
from runner import ACTION

HASHED = (ROOT / "requirements-hashed.txt").read_text("utf-8")
PINS = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", HASHED, re.MULTILINE))


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_package_that_is_needed_is_pinned_with_a_hash() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["docx"], *extras["xlsx"], *extras["pdf"]]
    needed = {plain(found[0]) for name in asked if (found := re.match(r"[\w.-]+", name))}
    assert needed | {"hatchling"} <= {plain(name) for name in PINS}
    entries = re.split(r"^(?=[\w.-]+==)", HASHED, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_is_pinned_by_hash_is_what_was_tested() -> None:
    tested = dict(
        re.findall(
            r"^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
        )
    )
    tested = {plain(name): version for name, version in tested.items()}
    here = {plain(name): version for name, version in PINS.items()}
    assert {name: here[name] for name in here.keys() & tested.keys()} == {
        name: tested[name] for name in here.keys() & tested.keys()
    }


def test_what_the_tests_need_is_pinned_with_a_hash_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [one for one in project["optional-dependencies"]["dev"] if not one.startswith("ropa")]
    text = (ROOT / "requirements-dev-hashed.txt").read_text("utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))
    there = {plain(name): version for name, version in pinned.items()}
    needed = {plain(found[0]) for name in asked if (found := re.match(r"[\w.-]+", name))}
    assert needed <= there.keys()
    assert {plain(name): version for name, version in PINS.items()}.items() <= there.items()
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_page_of_licences_has_each_package_that_is_installed_with_its_licence() -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (\d[\w.]*) \| (\S.*) \|$", page, re.MULTILINE)
    listed = {plain(name): version for name, version, _ in rows}
    assert listed == {plain(name): version for name, version in PINS.items()}


def test_the_action_installs_nothing_without_a_hash() -> None:
    script = ACTION["runs"]["steps"][0]["run"]
    _, *installs = script.split("-m pip install")
    assert ["--require-hashes" in one or "--no-deps" in one for one in installs] == [True, True]
