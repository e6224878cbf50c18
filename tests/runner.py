"""A job of a CI server: its folders, and the steps of the action as the runner would run them."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from conftest import ROOT

BIN = Path(sys.executable).parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
NAMED = {"GITHUB_STEP_SUMMARY": "summary.md", "GITHUB_OUTPUT": "output.txt"}


def bash(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as runners do, stopping at the first command that fails."""
    named = {name: str(folder.parent / file) for name, file in NAMED.items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "RUNNER_TEMP": str(folder.parent),
            **named,
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def act(folder: Path, base: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    """Run the step of the action that checks, with these inputs, for a pull request onto `base` if there is one."""
    return step("Check the register", folder, {_BASE: base}, **given)


def step(
    name: str, folder: Path, event: Mapping[str, str], **given: str
) -> subprocess.CompletedProcess[str]:
    """Run a step of the action with these inputs, in a run of which this is known; the rest is empty."""
    found = next(step for step in ACTION["runs"]["steps"] if step["name"] == name)
    known = {"github.action_path": str(ROOT), **event}
    inputs = {n: _filled(it["default"], known) for n, it in ACTION["inputs"].items()} | given
    known |= {f"inputs.{input_}": value for input_, value in inputs.items()}
    server = {n: v for n, v in known.items() if n.startswith("GITHUB_")}
    environment = {name: _filled(value, known) for name, value in found["env"].items()}
    return bash(found["run"], folder, **server, **environment)


_BASE = "github.event.pull_request.base.sha"


def _filled(text: str, known: Mapping[str, str]) -> str:
    """Text as a runner fills it in: what is not known of a run is empty."""
    return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda m: known.get(m[1], ""), text)


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as somebody."""
    who = ("-c", "user.name=A. Nobody", "-c", "user.email=nobody@northwold.example")
    command = ["git", *who, "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path) -> str:
    """Commit all that is in a folder; the name of the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "as it is")
    return git(folder, "rev-parse", "HEAD")
