"""Bad input: a finding at its place and an honest exit code; never a traceback, a hang or a false success.

The corpus is in hostile/: see expected.yaml there. What git cannot hold, and what is large, is made here.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from conftest import TODAY
from ropa.accepting.comments import inline_waivers
from ropa.cli import main
from ropa.documents.source import LONGEST, read_tree
from ropa.plugins import names

HOSTILE = Path(__file__).parent / "hostile"
EXPECTED: Mapping[str, Mapping[str, Any]] = yaml.safe_load(
    (HOSTILE / "expected.yaml").read_text("utf-8")
)
BAD_INPUT = {
    "not-yaml",
    "wrong-shape",
    "unknown-name",
    "duplicate-id",
    "nothing-to-check",
    "quote-not-found",
    "text-missing",
}
CASES = pytest.mark.parametrize("name", EXPECTED)
TERM = "kind: term\nfacet: data\nid: {0}\nlabel: Label of {0}\n"
LONG_ENOUGH = 10
# What a reader who never saw a program would stumble over.
OURS_ONLY = ("given schemas", "None", "True", "False", "['", "{'", "$", "dict", "str ")


@pytest.fixture(autouse=True)
def _no_hang() -> Iterator[None]:
    """Ten seconds are enough for anything here."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"it took more than {LONG_ENOUGH} seconds")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LONG_ENOUGH)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A register in which nothing is wrong."""
    shutil.copytree(HOSTILE / "sound", tmp_path / "register")
    return tmp_path / "register"


def place_case(name: str, folder: Path) -> None:
    """The files of a case, beside the sound register unless it asks to be alone."""
    if not EXPECTED[name].get("alone"):
        shutil.copytree(HOSTILE / "sound", folder, dirs_exist_ok=True)
    case = HOSTILE / "cases" / name
    if case.is_dir():
        shutil.copytree(case, folder, dirs_exist_ok=True)
    else:
        shutil.copy(case.with_name(f"{name}.yaml"), folder)


def run(folder: Path, format_: str = "json") -> tuple[int, str]:
    """The exit code and the output of `ropa check`. What it raises, it raises here."""
    command = ["check", str(folder), "--format", format_, "--as-of", TODAY.isoformat()]
    result = CliRunner().invoke(main, command)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def findings(output: str) -> list[dict[str, Any]]:
    """What the rules about bad input found."""
    return [f for f in json.loads(output)["findings"] if f["rule"] in BAD_INPUT]


def found(output: str) -> list[str]:
    """The same as rule and file:line:column."""
    places = [(f["rule"], f["place"]) for f in findings(output)]
    return [f"{rule} {at['path']}:{at['line']}:{at['column']}" for rule, at in places]


def said(folder: Path) -> tuple[int, list[str]]:
    code, output = run(folder)
    return code, found(output)


# The corpus


@CASES
def test_a_hostile_case_is_found_where_it_is_and_said_plainly(name: str, tmp_path: Path) -> None:
    place_case(name, tmp_path)
    expected = EXPECTED[name]
    code, output = run(tmp_path)
    listed = expected.get("finds", [])
    assert found(output)[: len(listed)] == listed
    assert len(findings(output)) == expected.get("count", len(listed))
    assert code == expected["exit"]
    for finding in findings(output):
        words = f"{finding['message']}; {finding['hint']}"
        ours = re.sub("“.*?”", "", words)
        assert words.isprintable()
        assert finding["hint"], words
        assert not [word for word in OURS_ONLY if word in ours], words


@pytest.mark.parametrize(
    "name",
    [
        "binary",
        "markup-in-names",
        "emoji-and-right-to-left",
        "key-with-line-break",
        "escape-character",
        "very-long-line",
        "very-long-key",
        "fault-far-to-the-right",
        "text-very-long",
        "tab-indent",
    ],
)
def test_the_report_on_it_can_be_printed(name: str, tmp_path: Path) -> None:
    place_case(name, tmp_path)
    code, output = run(tmp_path, "text")
    assert code == EXPECTED[name]["exit"]
    assert output.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", [name for name, case in EXPECTED.items() if "reads" in case])
def test_the_sound_documents_beside_a_fault_are_read(name: str) -> None:
    case = HOSTILE / "cases" / name
    tree = read_tree(case if case.is_dir() else case.parent)
    files = [d for d in tree if case.is_dir() or d.path == f"{name}.yaml"]
    ids = [d.data.get("id") for d in files if isinstance(d.data, dict) and not d.problems]
    assert [id_ for id_ in ids if id_ in EXPECTED[name]["reads"]] == EXPECTED[name]["reads"]


def test_every_case_has_its_expectation_and_the_other_way_round() -> None:
    cases = {path.name.removesuffix(".yaml") for path in (HOSTILE / "cases").iterdir()}
    assert cases == set(EXPECTED)
    assert len(cases) >= 70


def test_the_sound_register_is_clean(register: Path) -> None:
    code, output = run(register)
    assert code == 0
    assert json.loads(output)["findings"] == []


# Files that are no files


def test_a_link_out_of_the_register_is_not_followed(register: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(TERM.format("x"))
    (register / "a.yaml").symlink_to(tmp_path / "outside.yaml")
    assert said(register) == (2, ["not-yaml a.yaml:1:1"])


def test_a_link_inside_the_register_is_read(register: Path) -> None:
    (register / "more").mkdir()
    (register / "more" / "x.txt").write_text(TERM.format("x") + "wrong: 1\n")
    (register / "a.yaml").symlink_to("more/x.txt")
    assert said(register) == (2, ["wrong-shape a.yaml:5:1"])


def test_a_link_to_a_folder_is_not_passed_over_silently(register: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (register / "activities").symlink_to(tmp_path / "outside")
    assert said(register) == (2, ["not-yaml activities:1:1"])


def test_a_link_to_a_folder_that_is_named_like_a_file(register: Path) -> None:
    (register / "a.yaml").symlink_to(register)
    assert said(register) == (2, ["not-yaml a.yaml:1:1"])


@pytest.mark.parametrize("target", ["a.yaml", "nowhere.yaml", "/dev/zero", "/proc/self/environ"])
def test_a_link_that_leads_nowhere_good(register: Path, target: str) -> None:
    (register / "a.yaml").symlink_to(target)
    assert said(register) == (2, ["not-yaml a.yaml:1:1"])


def test_a_pipe_is_not_waited_for(register: Path) -> None:
    os.mkfifo(register / "a.yaml")
    assert said(register) == (2, ["not-yaml a.yaml:1:1"])


NOTICE = """kind: notice
id: leaflet
audience: borrower
text: {}
statements:
  - quote: We keep your name to lend you books
    uses: book-lending
"""


def test_the_text_of_a_notice_may_not_be_a_pipe(register: Path) -> None:
    (register / "leaflet.yaml").write_text(NOTICE.format("leaflet.md"))
    os.mkfifo(register / "leaflet.md")
    assert said(register) == (2, ["text-missing leaflet.yaml:4:1"])


def test_the_text_of_a_notice_may_not_be_a_link_out_of_the_register(
    register: Path, tmp_path: Path
) -> None:
    (register / "leaflet.yaml").write_text(NOTICE.format("leaflet.md"))
    (tmp_path / "outside.md").write_text("We keep your name to lend you books")
    (register / "leaflet.md").symlink_to(tmp_path / "outside.md")
    assert said(register) == (2, ["text-missing leaflet.yaml:4:1"])


def test_a_folder_that_is_named_like_a_file_is_a_folder(register: Path) -> None:
    (register / "a.yaml").mkdir()
    (register / "a.yaml" / "b.yaml").write_text("wrong: 1\n")
    assert said(register) == (2, ["wrong-shape a.yaml/b.yaml:1:1"])


def test_a_folder_without_files(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert said(tmp_path) == (2, ["nothing-to-check .:1:1"])


def test_folders_a_thousand_deep_are_read(register: Path) -> None:
    folders = [register]
    for _ in range(1100):
        folders.append(folders[-1] / "d")
        folders[-1].mkdir()
    try:
        (folders[-1] / "a.yaml").write_text("wrong: 1\n")
        code, found_there = said(register)
        assert code == 2
        assert found_there == [f"wrong-shape {'d/' * 1100}a.yaml:1:1"]
    finally:  # pytest would remove them by recursion
        (folders[-1] / "a.yaml").unlink()
        for folder in reversed(folders[1:]):
            folder.rmdir()


@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\nb.yaml", b"a\x1b[31m.yaml", b" .yaml"])
def test_a_name_that_is_hard_to_write_down(register: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(register) + b"/" + name)).write_text("wrong: 1\n")
    code, output = run(register)
    assert code == 2
    assert len(findings(output)) == 1
    output.encode()
    run(register, "text")[1].encode()


@contextmanager
def somebody_else() -> Iterator[Path]:
    """A folder, seen as a user with no special rights: root may read everything."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    folder.chmod(0o755)
    shutil.copytree(HOSTILE / "sound", folder, dirs_exist_ok=True)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize("locked", ["more/a.yaml", "more"])
def test_what_may_not_be_read_is_said(locked: str) -> None:
    with somebody_else() as folder:
        (folder / "more").mkdir()
        (folder / "more" / "a.yaml").write_text(TERM.format("x"))
        (folder / locked).chmod(0)
        if os.geteuid() == 0:
            os.seteuid(65534)
        assert said(folder) == (2, [f"not-yaml {locked}:1:1"])


# Large ones


def test_a_file_that_is_too_large_is_not_read(register: Path) -> None:
    with (register / "a.yaml").open("wb") as file:
        file.truncate(LONGEST + 1)
    assert said(register) == (2, ["not-yaml a.yaml:1:1"])


def test_two_thousand_documents_in_one_file(register: Path) -> None:
    documents = [TERM.format(f"t{i}") for i in range(2000)]
    (register / "a.yaml").write_text("---\n".join(documents))
    assert said(register) == (0, [])


def test_three_hundred_broken_documents_in_one_file(register: Path) -> None:
    documents = [TERM.format(f"t{i}") + "wrong: 1\n" for i in range(300)]
    (register / "a.yaml").write_text("---\n".join(documents))
    code, found_there = said(register)
    assert code == 2
    assert found_there[-1] == f"wrong-shape a.yaml:{299 * 6 + 5}:1"
    assert len(found_there) == 300


def test_a_broader_word_above_a_broader_word_two_thousand_times(register: Path) -> None:
    chain = [f"{TERM.format(f't{i}')}broader: t{i + 1}\n" for i in range(2000)]
    activity = (
        "kind: activity\nid: a\nname: A\nsubjects: borrower\ndata: t1000\npurposes: book-lending\n"
    )
    (register / "a.yaml").write_text("---\n".join([*chain, TERM.format("t2000"), activity]))
    code, output = run(register)
    assert (code, found(output)) == (2, [])
    assert "label of t1000" in output


def test_hundreds_of_unknown_names_are_not_guessed_at_for_ever(register: Path) -> None:
    activities = [
        f"kind: activity\nid: a{i}\nname: A\nsubjects: borower{i}\ndata: name\npurposes: loan\n"
        f"systems: sistem{i}\n---\nkind: system\nid: system{i}\nname: S\n"
        for i in range(100)
    ]
    (register / "a.yaml").write_text("---\n".join(activities))
    code, found_there = said(register)
    assert code == 2
    assert len(found_there) == 300


# As a command of its own


def command(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "ropa",
            "check",
            str(folder),
            "--as-of",
            TODAY.isoformat(),
            *options,
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONG_ENOUGH,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize(
    "name", ["words-that-yaml-1.1-changes", "quote-negated", "binary", "empty-alone"]
)
def test_the_command_exits_as_it_should(name: str, tmp_path: Path) -> None:
    place_case(name, tmp_path)
    done = command(tmp_path)
    assert done.returncode == EXPECTED[name]["exit"]
    assert "Traceback" not in done.stderr + done.stdout


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    done = command(tmp_path / "nowhere")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TERM.format("x"))
    done = command(tmp_path / "a.yaml")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "# ropa: accept x until y\n" * 5_000,
        f"{'#' * 200_000} ropa: accept\n",
        f"{'# ' * 100_000} ropa: accept\n",
        f"# ropa: accept {' ' * 200_000} until {' ' * 200_000}\n",
        f"# ropa: {'accept a until b ' * 20_000}\n",
        f"# ropa: accept {'(' * 100_000}{'a' * 100_000}{' because' * 10_000}\n",
        "words: [" + "'a # b', " * 100_000 + "a]  # ropa: accept\n",
        "words: |\n" + "  # ropa: accept\n" * 50_000,
    ],
    ids=["stacked", "hashes", "hashes apart", "spaces", "until", "brackets", "values", "block"],
)
def test_no_comment_takes_long_to_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "register.yaml").write_text(f"kind: party\nid: a\nname: A\ntype: processor\n{text}")
    documents = tuple(read_tree(tmp_path))
    found = inline_waivers(documents, names("rules"))
    assert found.waivers == []
    assert all(len(problem.message) < 1000 for problem in found.malformed)
