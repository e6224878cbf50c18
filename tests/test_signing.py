"""Sign-offs that are signed with a key, and those that are not: what each is called, and what does not count."""

import shutil
import subprocess
from pathlib import Path

import pytest

from command import Project
from library import CLEAN
from runner import commit

SETTINGS = 'allowed_signers = "signers"\n'
pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not there")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two keys: that of a data protection officer, and that of somebody else."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("officer", "somebody"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], keys: Path
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)
    made.register(CLEAN)
    public = (keys / "officer.pub").read_text("utf-8")
    made.write("signers", f"dpo@northwold.example {public}")
    made.write("ropa.toml", SETTINGS)
    return made


def signed(project: Project, *key: str) -> str:
    """Sign the notice; what a check says of it."""
    ended = project.ropa("sign-off", "library-users", "--by=A. Officer", "--on=2026-11-20", *key)
    assert ended.code == 0, ended.err
    return project.ropa("check").out


def record(project: Project) -> str:
    (path,) = (project.folder / "registry" / "sign-offs").iterdir()
    return path.relative_to(project.folder).as_posix()


def test_a_sign_off_is_signed_by_whoever_holds_an_allowed_key(project: Project, keys: Path) -> None:
    said = signed(project, f"--key={keys / 'officer'}")
    assert "(signed by dpo@northwold.example)" in said
    assert "sign-off-altered" not in said
    assert "BEGIN SSH SIGNATURE" in project.read(record(project))


def test_one_without_a_key_counts_and_is_called_unsigned(project: Project) -> None:
    said = signed(project)
    assert "(unsigned)" in said
    assert "sign-off-altered" not in said


def test_one_with_another_key_shows_nothing(project: Project, keys: Path) -> None:
    said = signed(project, f"--key={keys / 'somebody'}")
    assert "error[sign-off-altered]" in said
    assert "(signed with no key of the allowed signers)" in said


def test_without_allowed_signers_nobody_says_whose_key_it_is(project: Project, keys: Path) -> None:
    project.write("ropa.toml", "")
    assert "that nothing says whose it is" in signed(project, f"--key={keys / 'officer'}")


def test_a_signature_holds_for_the_words_that_were_signed(project: Project, keys: Path) -> None:
    signed(project, f"--key={keys / 'officer'}")
    path = record(project)
    project.write(path, project.read(path).replace("A. Officer", "B. Other"))
    said = project.ropa("check").out
    assert "(signed with no key of the allowed signers)" in said
    assert "error[sign-off-altered]" in said


def test_the_allowed_signers_are_those_of_the_trusted_revision(
    project: Project, keys: Path
) -> None:
    signed(project, f"--key={keys / 'somebody'}")
    commit(project.folder)
    public = (keys / "somebody.pub").read_text("utf-8")
    project.write("signers", f"dpo@northwold.example {public}")
    assert "(signed by dpo@northwold.example)" in project.ropa("check").out
    assert "error[sign-off-altered]" in project.ropa("check", "--trust=HEAD").out


def test_a_key_that_is_none_signs_nothing(project: Project) -> None:
    ended = project.ropa("sign-off", "library-users", "--by=A. Officer", "--key=signers")
    assert (ended.code, "ssh-keygen cannot sign" in ended.err) == (2, True)
    assert not (project.folder / "registry" / "sign-offs").exists()
