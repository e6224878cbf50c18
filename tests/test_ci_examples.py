"""What docs/ci.md says to copy, run; and the action and the hook, as their runners would read and run them."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from pre_commit import clientlib

from conftest import ROOT, write_register
from library import CLEAN, GAP, UNDECIDED
from runner import ACTION, BIN, act, bash, commit, git

PAGE = (ROOT / "docs" / "ci.md").read_text("utf-8")
FILES = {
    found[1]: found[0]
    for found in re.finditer(r"(?<=```yaml\n)# (\S+)\n.*?(?=```)", PAGE, re.DOTALL)
}
WORKFLOWS = [name for name in FILES if name.startswith(".github/workflows/")]
SHELL = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a register, and the command where the action installs it."""
    repository = tmp_path / "repository"
    (repository / "registry").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", repository], check=True)
    (tmp_path / "ropa").mkdir()
    (tmp_path / "ropa" / "bin").symlink_to(BIN)
    return repository


def conforms(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def commands(steps: list[Any]) -> list[str]:
    """The lines of a job that run ropa."""
    lines = [line for step in steps for line in _script(step).splitlines()]
    return [line for line in lines if line.startswith("ropa ")]


def _script(step: object) -> str:
    return str(step.get("run", "")) if isinstance(step, dict) else str(step)


# the action


def test_the_action_keeps_to_the_schema_of_actions() -> None:
    conforms("vendor.github-actions", ROOT / "action.yml")


def test_the_action_pastes_nothing_a_caller_gives_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]


def test_the_action_uses_every_input_and_no_other() -> None:
    used = {
        found
        for step in ACTION["runs"]["steps"]
        for value in step["env"].values()
        for found in re.findall(r"inputs\.([a-z-]+)", value)
    }
    assert used == set(ACTION["inputs"])


@pytest.mark.parametrize(
    ("text", "code"), [(CLEAN, 0), (GAP, 1), (UNDECIDED, 2)], ids=["clean", "gap", "undecided"]
)
def test_the_action_ends_as_the_check_does(folder: Path, text: str, code: int) -> None:
    write_register(folder / "registry", text)
    done = act(folder)
    assert done.returncode == code, done.stderr
    assert (folder.parent / "output.txt").read_text() == f"exit-code={code}\n"
    assert (folder.parent / "summary.md").read_text("utf-8").startswith("# ")
    assert ("::error file=registry/register.yaml," in done.stdout) is (code > 0)


def test_the_action_passes_on_what_it_is_given(folder: Path) -> None:
    (folder / "my records").mkdir()
    write_register(folder / "my records", GAP)
    done = act(
        folder,
        **{"registry": "my records", "fail-on": "never", "sarif": "a b.sarif", "junit": "ropa.xml"},
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((folder / "a b.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert ElementTree.parse(folder / "ropa.xml").getroot()[0].get("failures") == "1"


def test_the_action_takes_a_baseline(folder: Path) -> None:
    write_register(folder / "registry", GAP)
    assert bash("ropa baseline", folder).returncode == 0
    assert act(folder, baseline="ropa-baseline.json").returncode == 0


def test_an_input_is_never_an_option_or_a_command(folder: Path) -> None:
    write_register(folder / "registry", GAP)
    for hostile in ("--exit-zero", "$(touch made)", "; touch made", "registry\n--exit-zero"):
        assert act(folder, registry=hostile).returncode == 2
    assert not (folder / "made").exists()


# the hook


def test_the_hook_is_one_pre_commit_takes() -> None:
    (hook,) = clientlib.load_manifest(ROOT / ".pre-commit-hooks.yaml")
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("ropa", "python", False)
    assert hook["always_run"]


def test_the_hook_runs_as_the_example_has_it_and_a_first_commit_is_possible(folder: Path) -> None:
    write_register(folder / "registry", GAP)
    (manifest,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load(FILES[".pre-commit-config.yaml"])["repos"]
    (hook,) = repository["hooks"]
    assert hook["id"] == manifest["id"]
    entry = shlex.join([*shlex.split(manifest["entry"]), *hook["args"]])
    (first,) = (script for script in SHELL if "git add" in script)
    assert bash(first.replace(" .pre-commit-config.yaml", ""), folder).returncode == 0
    assert bash(entry, folder).returncode == 0
    more = GAP.replace("  - to: collector\n", "  - to: collector\n  - to: police-force\n")
    write_register(folder / "registry", more)
    assert bash(entry, folder).returncode == 1


@pytest.mark.parametrize("deleted", ["residents.md", "register.yaml"])
def test_the_hook_runs_where_something_is_only_deleted(
    corpora: Path, folder: Path, deleted: str
) -> None:
    """The real pre-commit, in a repository with a register whose notice, or all of which, is taken away."""
    case = corpora.parent / "cases" / "hook-when-a-notice-text-is-deleted" / "register"
    if not case.is_dir():
        pytest.skip(f"there is no case at {case}")
    (manifest,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    hook = manifest | {"language": "system", "entry": f"{sys.executable} -m ropa check registry"}
    hook.pop("language_version")
    hook.pop("minimum_pre_commit_version")
    hook.pop("additional_dependencies")
    config = {"repos": [{"repo": "local", "hooks": [hook]}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    shutil.copytree(case, folder / "registry", dirs_exist_ok=True)
    git = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@northwold.example"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "a register"], check=True)
    subprocess.run([*git, "rm", "--quiet", f"registry/{deleted}"], check=True)
    ran = bash(
        f"{sys.executable} -m pre_commit run", folder, PRE_COMMIT_HOME=str(folder.parent / "h")
    )
    assert ran.returncode == 1
    assert "exit code: 2" in ran.stdout


def test_the_example_for_pre_commit_is_one_it_takes(tmp_path: Path) -> None:
    path = tmp_path / ".pre-commit-config.yaml"
    path.write_text(FILES[".pre-commit-config.yaml"], "utf-8")
    assert clientlib.load_config(path)["repos"]


# the examples of the page


def test_the_page_has_the_examples_these_tests_run() -> None:
    assert len(WORKFLOWS) == 4
    assert set(FILES) - set(WORKFLOWS) == {".gitlab-ci.yml", ".pre-commit-config.yaml"}
    assert PAGE.count("```yaml\n") == len(FILES)
    assert len(SHELL) == 4


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_keep_to_their_schema(tmp_path: Path, name: str) -> None:
    path = tmp_path / Path(name).name
    path.write_text(FILES[name], "utf-8")
    conforms("vendor.github-workflows", path)


def test_the_gitlab_example_keeps_to_its_schema(tmp_path: Path) -> None:
    path = tmp_path / ".gitlab-ci.yml"
    path.write_text(FILES[".gitlab-ci.yml"], "utf-8")
    conforms("vendor.gitlab-ci", path)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_give_the_action_what_it_takes(folder: Path, name: str) -> None:
    (job,) = yaml.safe_load(FILES[name])["jobs"].values()
    steps = job["steps"]
    given = [step.get("with", {}) for step in steps if "ropa@" in step.get("uses", "")]
    assert given or commands(steps)
    for inputs in given:
        assert set(inputs) <= set(ACTION["inputs"])
        for text, code in ((GAP, 1), (CLEAN, 0)):
            write_register(folder / "registry", text)
            assert act(folder, **inputs).returncode == code
        uploaded = [s["with"]["sarif_file"] for s in steps if "upload-sarif" in s.get("uses", "")]
        assert all((folder / file).is_file() for file in uploaded)


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (GAP, 1)], ids=["clean", "gap"])
def test_the_workflow_without_the_action_runs(folder: Path, text: str, code: int) -> None:
    write_register(folder / "registry", text)
    steps = yaml.safe_load(FILES[".github/workflows/ropa-by-hand.yml"])["jobs"]["check"]["steps"]
    (line,) = commands(steps)
    assert bash(line, folder).returncode == code
    assert (folder.parent / "summary.md").is_file()


@pytest.mark.parametrize(("text", "code"), [(CLEAN, 0), (GAP, 1)], ids=["clean", "gap"])
def test_the_gitlab_job_runs_and_writes_what_it_reports(folder: Path, text: str, code: int) -> None:
    write_register(folder / "registry", text)
    job = yaml.safe_load(FILES[".gitlab-ci.yml"])["ropa"]
    (line,) = commands(job["script"])
    commit(folder)
    git(folder, "fetch", "--quiet", ".", "HEAD")
    assert bash(line, folder).returncode == code
    reports = job["artifacts"]["reports"]
    issues = json.loads((folder / reports["codequality"]).read_text("utf-8"))
    said = [issue["description"] for issue in issues if issue["check_name"] == "ropa"]
    assert len(issues) - len(said) == code
    assert any("FETCH_HEAD" in description for description in said)
    assert ElementTree.parse(folder / reports["junit"]).getroot()[0].get("failures") == str(code)


@pytest.mark.parametrize(
    "script",
    [s for s in SHELL if s.startswith("ropa ") and "git" not in s],
    ids=["baseline", "junit"],
)
def test_the_commands_of_the_page_run(folder: Path, script: str) -> None:
    write_register(folder / "registry", GAP)
    done = bash(script, folder)
    assert done.returncode == (0 if "baseline" in script else 1), done.stderr


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=str
)
def test_no_example_names_a_release_that_there_is_not(page: Path) -> None:
    """There was none yet: an example is pinned to a commit, which is better anyway."""
    assert not re.findall(r"ropa(?:\.git)?@v?\d+\.\d|rev: v\d", page.read_text("utf-8"))


STARTER = (ROOT / "src" / "ropa" / "starters" / "files" / "github.yml").read_text("utf-8")


@pytest.mark.parametrize(
    "text", [*(FILES[name] for name in WORKFLOWS), STARTER], ids=[*WORKFLOWS, "starter"]
)
def test_a_workflow_names_each_action_by_its_commit_and_asks_for_no_more_than_it_needs(
    text: str,
) -> None:
    used = re.findall(r"uses: (\S+)@(\S+)(.*)", text)
    for action, commit_, release in used:
        assert re.fullmatch(r"[0-9a-f]{40}", commit_)
        assert action == "example/ropa" or re.fullmatch(r"  # v\d+\.\d+\.\d+", release)
    workflow = yaml.safe_load(text)
    (job,) = workflow["jobs"].values()
    inputs = [step.get("with", {}) for step in job["steps"] if "ropa@" in step.get("uses", "")]
    needed = {"contents": "read"}
    if inputs and inputs[0].get("comment") is not False:
        needed["pull-requests"] = "write"
    if "upload-sarif" in text:
        needed["security-events"] = "write"
    assert workflow["permissions"] == needed


def test_no_page_names_an_action_by_a_release_that_can_be_moved() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        assert not re.findall(r"uses: \S+@(?![0-9a-f]{40}\b)\S+", page.read_text("utf-8")), page


def test_the_licence_is_where_the_metadata_says() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (file,) = project["license-files"]
    assert (ROOT / file).read_text("utf-8").startswith(f"{project['license']} License")
