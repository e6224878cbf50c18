"""Several files are written all or none: under faults, full disks, signals and kills, at every step of the writing."""

import os
import signal
from pathlib import Path

import pytest

from command import Project
from kills import (
    COMMANDS,
    FULL,
    Files,
    come_next,
    ended,
    files_in,
    project,
    tried,
    tried_with_cache,
)
from ropa.documents import journal
from runner import git

ENDS = (signal.SIGKILL, signal.SIGTERM, FULL)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    before = Path.cwd()
    project(folder)
    os.chdir(before)
    return folder


def begin(folder: Path) -> dict[Path, bytes | None]:
    """A folder with three files, and what is to be there: two otherwise, one new, one gone."""
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_bytes(name.encode())
    return {folder / "a": b"A", folder / "b": b"B", folder / "new" / "d": b"D", folder / "c": None}


NEW: Files = {"a": b"A", "b": b"B", "new/d": b"D"}
OLD: Files = {"a": b"a", "b": b"b", "c": b"c"}


def test_all_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    journal.write_all(begin(tmp_path / "x"))
    assert files_in(tmp_path / "x") == NEW
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["a", "b", "new"]


@pytest.mark.parametrize("how", ENDS)
def test_whatever_ends_it_at_whatever_step_all_or_none_is_written(
    tmp_path: Path, how: int | str
) -> None:
    seen = []
    for at in range(1, 100):
        folder = tmp_path / str(at)
        files = begin(folder)
        outcome = ended(lambda files=files: journal.write_all(files), folder, at, how)  # type: ignore[misc]
        come_next(folder)
        left = files_in(folder)
        assert left in (OLD, NEW), f"step {at}: {sorted(left)}"
        seen.append(left)
        if outcome.steps < at:
            break
    assert OLD in seen
    assert seen[-1] == NEW
    assert len(seen) > 10


def test_a_fault_leaves_all_as_it_was_at_once(tmp_path: Path) -> None:
    files = begin(tmp_path / "x")
    (tmp_path / "x" / "e").mkdir()
    with pytest.raises(OSError, match="directory"):
        journal.write_all({**files, tmp_path / "x" / "e": b"E"})
    assert files_in(tmp_path / "x") == OLD


def test_the_next_run_says_what_it_finished_or_took_back(tmp_path: Path) -> None:
    said = set()
    for at in range(1, 30):
        folder = tmp_path / str(at)
        files = begin(folder)
        ended(lambda files=files: journal.write_all(files), folder, at, signal.SIGKILL)  # type: ignore[misc]
        said |= {line.rpartition(" was ")[2] for line in journal.recover(folder)}
    assert said == {"taken back", "finished"}


def test_a_run_that_is_still_writing_is_left_alone(tmp_path: Path) -> None:
    begin(tmp_path / "x")
    with journal._locked(tmp_path / "x" / f"{journal.PREFIX}1"):
        assert list(journal.recover(tmp_path / "x")) == []
        assert (tmp_path / "x" / f"{journal.PREFIX}1").is_dir()


@pytest.mark.parametrize("name", ["../out", "/tmp/out", "link/out"])
def test_a_journal_that_leads_out_of_its_folder_is_not_carried_out(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "x"
    begin(folder)
    (folder / "link").symlink_to(tmp_path)
    staged = folder / f"{journal.PREFIX}1"
    staged.mkdir()
    (staged / "0.new").write_bytes(b"evil")
    (staged / "journal.json").write_text(f'{{"files": ["{name}"], "gone": []}}')
    assert [line.rpartition(" ")[2] for line in journal.recover(folder)] == ["back"]
    assert not (tmp_path / "out").exists()


def test_a_journal_that_came_with_the_repository_is_none_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Project(tmp_path, monkeypatch, capsys)
    staged = f"registry/{journal.PREFIX}1"
    made.write(f"{staged}/0.new", "kind: party\nid: x\n")
    made.write(f"{staged}/journal.json", '{"files": ["register.yaml"], "gone": []}')
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    before = made.read("registry/register.yaml")
    ended_so = made.ropa("check")
    assert (ended_so.code, "came with the repository" in ended_so.err) == (2, True)
    assert made.read("registry/register.yaml") == before


def test_a_journal_in_a_repository_of_somebody_else_is_none_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There git says of no file whether it is tracked."""
    made = Project(tmp_path, monkeypatch, capsys)
    made.write(f"registry/{journal.PREFIX}1/0.new", "kind: party\nid: x\n")
    plan = '{"files": ["register.yaml"], "gone": []}'
    made.write(f"registry/{journal.PREFIX}1/journal.json", plan)
    git(tmp_path, "init", "-q")
    before = made.read("registry/register.yaml")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    made.ropa("check")
    assert made.read("registry/register.yaml") == before


def test_a_check_first_finishes_what_an_import_had_begun(
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    del template
    made = Project(tmp_path, monkeypatch, capsys)
    files = {tmp_path / "registry" / name: b"x" for name in ("a.md", "b.md")}
    for at in range(1, 30):
        outcome = ended(lambda: journal.write_all(files), tmp_path, at, signal.SIGKILL)
        if outcome.code == 0:
            break
        ended_so = made.ropa("check")
        assert (ended_so.code, "an earlier run was ended" in ended_so.err) in (
            (1, True),
            (1, False),
        )
        assert not list((tmp_path / "registry").glob(".ropa*"))


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[3]], ids=" ".join)
def test_a_command_that_is_ended_leaves_the_old_or_the_new(
    template: Path, command: tuple[str, ...]
) -> None:
    """In the middle of what it writes, and near its end; `python3 dev.py kills` ends every command, 500 times."""
    trial = tried(command, template)
    assert trial.new != trial.old
    for at, how in ((trial.steps // 2 + 1, signal.SIGTERM), (trial.steps - 3, signal.SIGKILL)):
        outcome, left = trial.left_by(template, at, how)
        assert left in (trial.old, trial.new), (at, how, outcome, sorted(left))


def test_a_check_that_is_ended_while_it_keeps_what_it_read_is_followed_by_one_that_says_the_same(
    template: Path,
) -> None:
    trial = tried_with_cache(template)
    outcome, says = trial.left_by(5, signal.SIGKILL)
    assert (outcome.code, says) == (-signal.SIGKILL, trial.says)


def test_a_single_file_leaves_nothing_beside_it_for_good(tmp_path: Path) -> None:
    from ropa.documents.whole import write_whole

    (tmp_path / ".a.999999999").write_bytes(b"left by a run that was killed")
    (tmp_path / f".a.{os.getppid()}").write_bytes(b"of one that is alive")
    write_whole(tmp_path / "a", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".a.{os.getppid()}", "a"]
