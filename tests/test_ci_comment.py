"""The comment of the action on a pull request: one, brought up to date, its own, and inert. The step itself is run."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from conftest import ROOT, write_register
from hub import MAY_WRITE, OF_A_FORK, OF_A_PERSON, PERSON, RUN, Hub, hub
from library import CLEAN, GAP
from loopback import moved, page, serving
from runner import BIN, commit, step
from test_reporters import HOSTILE

SAYING = "Say on the pull request what it changes"
POLICE = CLEAN.replace("  - to: collector\n", "  - to: collector\n  - to: police-force\n")


@pytest.fixture
def there() -> Iterator[Hub]:
    with hub() as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a sound register, and the command where the action installs it."""
    repository = tmp_path / "repository"
    (repository / "registry").mkdir(parents=True)
    write_register(repository / "registry", CLEAN)
    commit(repository)
    (tmp_path / "ropa").mkdir()
    (tmp_path / "ropa" / "bin").symlink_to(BIN)
    return repository


def push(
    folder: Path, there: Hub, base: str, token: str = MAY_WRITE, **given: str
) -> subprocess.CompletedProcess[str]:
    """What the runner does with a push to pull request 7."""
    commit(folder)
    event = {
        "github.event.pull_request.base.sha": base,
        "github.event.pull_request.number": "7",
        "github.token": token,
        "GITHUB_API_URL": there.address,
        "GITHUB_REPOSITORY": "northwold/records",
    }
    done = step(SAYING, folder, event, **given)
    assert done.returncode == 0, done.stderr
    assert token not in done.stdout + done.stderr
    return done


def say(tmp_path: Path, there: Hub, text: str, **given: str) -> str:
    """The last command of the step alone; what it prints."""
    (tmp_path / "said.md").write_text(text, "utf-8")
    known = {
        "GITHUB_API_URL": there.address,
        "GITHUB_REPOSITORY": "northwold/records",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "NUMBER": "7",
        "TOKEN": MAY_WRITE,
        "REGISTRY": "registry",
    }
    command = [sys.executable, str(ROOT / "action" / "comment.py"), str(tmp_path / "said.md")]
    done = subprocess.run(command, env=known | given, capture_output=True, text=True, check=True)
    return done.stdout


# the step, push by push


def test_one_comment_is_left_and_brought_up_to_date(folder: Path, there: Hub) -> None:
    base = commit(folder)
    assert "nothing changed" in push(folder, there, base).stdout
    assert there.comments == []

    write_register(folder / "registry", POLICE)
    assert "left a comment" in push(folder, there, base).stdout
    there.say("Thank you, I shall ask the police.")
    (left,) = there.bodies()
    assert left.startswith("<!-- ropa ")
    assert "**1 thing people have to be told, and no notice tells them.**" in left

    write_register(folder / "registry", CLEAN)
    assert "up to date" in push(folder, there, base).stdout
    assert there.bodies()[0].endswith("Nothing changed.\n")
    assert len(there.comments) == 2
    assert not (folder.parent / "summary.md").exists()


def test_where_the_token_may_not_write_the_page_of_the_run_says_it(
    folder: Path, there: Hub
) -> None:
    base = commit(folder)
    write_register(folder / "registry", GAP)
    (folder / "ropa.toml").write_text('ignore = ["recipient-omitted"]\n', "utf-8")
    done = push(folder, there, base, OF_A_FORK)
    assert there.comments == []
    assert done.stdout.startswith("::notice title=ropa::What this changes is on the page of")
    summary = (folder.parent / "summary.md").read_text("utf-8")
    assert "does to the check itself" in summary
    assert "no notice tells them" in summary
    assert "`pull-requests: write`, or it is for a fork (HTTP 403)." in summary


def test_a_register_that_the_base_lacks_is_said_and_replaces_what_was_said(
    folder: Path, there: Hub
) -> None:
    base = commit(folder)
    shutil.move(folder / "registry", folder / "records")
    done = push(folder, there, base, registry="records")
    assert "records" in done.stderr
    (left,) = there.bodies()
    assert "could not be held against" in left


@pytest.mark.parametrize("given", [{"comment": "false"}, {}], ids=["unwanted", "no pull request"])
def test_nothing_is_asked_of_github_where_nothing_is_to_be_said(
    folder: Path, there: Hub, given: dict[str, str]
) -> None:
    number = "7" if given else ""
    event = {"github.event.pull_request.number": number, "GITHUB_API_URL": there.address}
    assert step(SAYING, folder, event, **given).returncode == 0
    assert there.asked == []


def test_hostile_words_are_inert_in_the_comment(folder: Path, there: Hub) -> None:
    base = commit(folder)
    words = " ".join("@northwold/all #1 GH-1 " + evil for evil in HOSTILE.values())
    quoted = "".join(c for c in words if c.isprintable()).replace("'", "''")
    text = POLICE.replace("name: Lending books", f"name: '{quoted}'")
    write_register(folder / "registry", text.replace("name: Library users", f"name: '{quoted}'"))
    push(folder, there, base)
    (left,) = there.bodies()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(left)
    html = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert re.fullmatch(r"<!-- ropa [0-9a-f]{12} -->", html[0])
    assert all(part.startswith(("<details><summary>", "</details>")) for part in html[1:])
    inline = {child.type for token in tokens for child in token.children or ()}
    assert not {"link_open", "image", "html_inline"} & inline
    assert not re.search(r"(?<!\\)@[a-z]|(?<!\\)#\d|GH-\d|https?://|www\.", left)
    assert "northwold/all" in left


# what is the action's own


def test_a_marker_that_somebody_else_wrote_is_not_taken_over(tmp_path: Path, there: Hub) -> None:
    say(tmp_path, there, "first\n")
    marker = there.comments.pop()["body"].splitlines()[0]
    there.say(f"{marker}\nNothing changed, trust me.")
    assert "left a comment" in say(tmp_path, there, "second\n")
    assert there.bodies(PERSON) == [f"{marker}\nNothing changed, trust me."]
    assert there.bodies() == [f"{marker}\nsecond\n"]


def test_the_comment_is_found_behind_a_hundred_others(tmp_path: Path, there: Hub) -> None:
    for number in range(150):
        there.say(f"I have read page {number}.")
    say(tmp_path, there, "first\n")
    assert "up to date" in say(tmp_path, there, "second\n")
    assert "as it was" in say(tmp_path, there, "second\n")
    assert [body.splitlines()[1] for body in there.bodies()] == ["second"]


def test_of_two_comments_of_two_runs_at_once_one_is_left(tmp_path: Path, there: Hub) -> None:
    say(tmp_path, there, "first\n")
    there.say(there.bodies()[0], RUN)
    say(tmp_path, there, "second\n")
    assert [body.splitlines()[1] for body in there.bodies()] == ["second"]


def test_two_registers_of_a_repository_have_a_comment_each(tmp_path: Path, there: Hub) -> None:
    for text in ("first\n", "second\n"):
        say(tmp_path, there, text, REGISTRY="schools")
        say(tmp_path, there, text, REGISTRY="libraries -->@all")
    assert [body.splitlines()[1] for body in there.bodies()] == ["second", "second"]
    assert not any("libraries" in body for body in there.bodies())


def test_with_the_token_of_a_person_only_the_comment_of_that_person_is_altered(
    tmp_path: Path, there: Hub
) -> None:
    say(tmp_path, there, "by the run\n")
    say(tmp_path, there, "first\n", TOKEN=OF_A_PERSON)
    say(tmp_path, there, "second\n", TOKEN=OF_A_PERSON)
    assert [body.splitlines()[1] for body in there.bodies(PERSON)] == ["second"]
    assert [body.splitlines()[1] for body in there.bodies()] == ["by the run"]


@pytest.mark.parametrize(
    ("text", "given", "why"),
    [
        ("x\n", {"TOKEN": "of-nobody"}, "(HTTP 401)"),
        ("x\n", {"GITHUB_REPOSITORY": "northwold/other"}, "(HTTP 404)"),
        ("x" * 70_000, {}, "GitHub did not take it (HTTP 422)"),
        ("x\n", {"NUMBER": "7/comments"}, "has no number"),
        ("x\n", {"GITHUB_API_URL": "http://127.0.0.1:1"}, "did not answer"),
    ],
)
def test_what_cannot_be_left_stands_on_the_page_of_the_run(
    tmp_path: Path, there: Hub, text: str, given: dict[str, str], why: str
) -> None:
    assert why in say(tmp_path, there, text, **given)
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert summary.startswith(text)
    assert why in summary
    assert there.comments == []


def test_the_token_goes_nowhere_else(tmp_path: Path, there: Hub) -> None:
    with serving(page("[]")) as elsewhere, serving(moved(elsewhere.address)) as asked:
        there.address = asked.address
        assert "(HTTP 302)" in say(tmp_path, there, "x\n")
        assert elsewhere.paths == []
