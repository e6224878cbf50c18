"""The commands as a user runs them: what they print where, and with which code they end."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from command import Project
from conftest import ROOT, TODAY, write_register
from library import CLEAN, GAP, UNDECIDED, WARNING
from ropa.cli import BROKEN, FOUND, INTERRUPTED, main, outcome
from ropa.cli import CLEAN as NOTHING
from ropa.cli.output import Progress
from ropa.plugins import names

DAY = f"--as-of={TODAY}"
COMMANDS = {
    "check": ("check", DAY),
    "check json": ("check", DAY, "--format", "json"),
    "check markdown": ("check", DAY, "--format", "markdown"),
    "report": ("report", DAY, "-o", "reports"),
    "flows": ("flows", DAY),
    "flows json": ("flows", DAY, "--format", "json"),
    "why": ("why", "loans/disclose/collector", DAY),
    "explain": ("explain",),
    "explain one": ("explain", "recipient-omitted"),
    "terms": ("terms", "--facet", "subject"),
    "help": ("--help",),
    "version": ("--version",),
}
Ropa = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ropa(folder: Path) -> Ropa:
    """The command on a register, by default the clean one, written to `registry` in the folder."""

    def call(*arguments: str, text: str = CLEAN) -> Result:
        (folder / "registry").mkdir(exist_ok=True)
        write_register(folder / "registry", text)
        return CliRunner().invoke(main, arguments)

    return call


def process(
    *arguments: str, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ropa", *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def written(folder: Path, text: str) -> Path:
    (folder / "registry").mkdir(parents=True)
    write_register(folder / "registry", text)
    return folder


def on_a_terminal(
    *arguments: str, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> tuple[str, int]:
    """What a terminal is sent, on both streams, and the exit code."""
    ours, theirs = pty.openpty()
    plain = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "ropa", *arguments],
        cwd=folder,
        env={**plain, "TERM": "xterm", **(environment or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as child:
        os.close(theirs)
        sent = b"".join(_sent(ours))
        os.close(ours)
    return sent.decode("utf-8", "replace"), child.returncode


def _sent(terminal: int) -> Iterator[bytes]:
    while select.select([terminal], [], [], 120)[0]:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when nobody holds the other end any more
            return
        if not piece:
            return
        yield piece


# every command


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_is_content_with_a_clean_register(
    ropa: Ropa, command: tuple[str, ...]
) -> None:
    result = ropa(*command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == NOTHING
    assert result.output


@pytest.mark.parametrize(
    "command",
    [
        ("check", DAY),
        ("report", DAY, "-o", "{}"),
        ("flows", DAY),
        ("flows", DAY, "--format", "json"),
        ("why", "looked-after-return/disclose/dfe", DAY),
    ],
    ids=lambda command: command[0],
)
def test_every_command_works_on_the_example_register(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    result = process(*(argument.format(tmp_path) for argument in command))
    assert "Traceback" not in result.stderr
    assert result.returncode == (FOUND if command[0] == "check" else NOTHING)
    assert "not everything could be checked" not in result.stdout.lower() + result.stderr


def test_the_example_register_is_told_from_2027_on() -> None:
    result = process("check", "--all", "--as-of", "2027-01-01")
    assert "78 flows of 13 activities" in result.stdout
    assert "78 clear" in result.stdout
    assert "warning[waiver-expired]" in result.stdout
    assert result.returncode == NOTHING
    assert process("check", "--as-of", "2027-01-01", "--fail-on", "warning").returncode == FOUND


@pytest.mark.parametrize("rule", names("rules"))
def test_every_rule_explains_itself(ropa: Ropa, rule: str) -> None:
    result = ropa("explain", rule)
    assert result.exit_code == NOTHING
    assert result.output.startswith(f"{rule} (")
    assert "To mend it: " in result.output
    assert "Fails:" in result.output


def test_explain_shows_each_example_below_its_own_heading(ropa: Ropa) -> None:
    output = ropa("explain", "begun-before-any-notice").output
    shown = "\nFails, where the data is from elsewhere and a month has passed:\n\n    kind:"
    assert shown in output


def test_explain_alone_lists_the_rules(ropa: Ropa) -> None:
    lines = ropa("explain").output.splitlines()
    assert [line.split(" (")[0] for line in lines] == list(names("rules"))


# exit codes


@pytest.mark.parametrize(
    ("text", "fail_on", "code"),
    [
        (CLEAN, "error", NOTHING),
        (CLEAN, "warning", NOTHING),
        (CLEAN, "never", NOTHING),
        (WARNING, "error", NOTHING),
        (WARNING, "warning", FOUND),
        (WARNING, "never", NOTHING),
        (GAP, "error", FOUND),
        (GAP, "warning", FOUND),
        (GAP, "never", NOTHING),
        (UNDECIDED, "error", BROKEN),
        (UNDECIDED, "never", BROKEN),
        ("kind: [", "never", BROKEN),
        ("", "never", BROKEN),
    ],
)
def test_the_exit_code_says_what_was_found(ropa: Ropa, text: str, fail_on: str, code: int) -> None:
    assert ropa("check", DAY, "--fail-on", fail_on, text=text).exit_code == code


def test_a_waived_error_fails_nothing(ropa: Ropa) -> None:
    waiver = "---\n{kind: waiver, id: firm, finding: 'recipient-omitted@*', reason: r, owner: o, until: 2026-12-31}\n"
    assert ropa("check", DAY, text=GAP + waiver).exit_code == NOTHING
    assert ropa("check", "--as-of=2027-01-01", text=GAP + waiver).exit_code == FOUND


@pytest.mark.parametrize("mode", ["specific", "cautious", "strict"])
def test_the_mode_is_passed_on(ropa: Ropa, mode: str) -> None:
    assert f'"mode": "{mode}"' in ropa("check", DAY, "--mode", mode, "--format", "json").output


# mistakes at the keyboard


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("check", "--format", "jsn"),
            "“jsn” is none of the reporters (did you mean json?); there are github, ",
        ),
        (
            ("explain", "recipient-omited"),
            "(did you mean recipient-omitted?); `ropa explain` lists them",
        ),
        (
            ("why", "loans/disclose/colector"),
            "(did you mean loans/disclose/collector?); `ropa flows` lists them",
        ),
        (("chekc",), "No such command 'chekc'"),
        (("check", "nowhere"), "there is no folder nowhere"),
        (("check", "registry/register.yaml"), "there is no folder registry/register.yaml"),
        (("check", "--as-of", "tomorrow"), "“tomorrow” is not a day; write it like 2027-01-31"),
        (("check", "--fail-on", "note"), "'note' is not one of 'error', 'warning', 'never'"),
        (("check", "--mode", "lax"), "'lax' is not one of"),
    ],
)
def test_a_mistake_is_said_in_one_sentence(
    folder: Path,
    arguments: tuple[str, ...],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written(folder, CLEAN)
    monkeypatch.setattr(sys, "argv", ["ropa", *arguments])
    assert outcome() == BROKEN
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_a_mistake_with_commands_for_the_terminal_in_it_is_said_without_them(
    tmp_path: Path,
) -> None:
    result = process("check", "\x1b[2Jnowhere", folder=tmp_path)
    assert result.stderr.startswith("ropa: there is no folder <U+001B>[2Jnowhere")


# files


def test_output_goes_to_the_file_and_nowhere_else(ropa: Ropa, folder: Path) -> None:
    shown = ropa("check", DAY, text=GAP).output
    result = ropa("check", DAY, "-o", "deep/down/check.txt", text=GAP)
    assert result.output == ""
    assert result.exit_code == FOUND
    assert (folder / "deep/down/check.txt").read_text("utf-8") == shown
    assert [path.name for path in (folder / "deep/down").iterdir()] == ["check.txt"]


def test_a_dash_is_the_terminal(ropa: Ropa, folder: Path) -> None:
    assert "1 error" in ropa("check", DAY, "-o", "-", text=GAP).output
    assert not (folder / "-").exists()


def test_no_colour_reaches_a_file_even_from_a_terminal(tmp_path: Path) -> None:
    shown, _ = on_a_terminal("check", DAY, "-o", "check.txt", folder=written(tmp_path, GAP))
    assert "recipient-omitted" not in shown
    assert "\x1b" not in (tmp_path / "check.txt").read_text("utf-8")


@pytest.mark.parametrize("output", ["file/check.txt", "there"])
def test_what_cannot_be_written_is_said_and_leaves_nothing(folder: Path, output: str) -> None:
    written(folder, CLEAN)
    (folder / "file").write_text("kept", "utf-8")
    (folder / "there").mkdir()
    before = sorted(folder.rglob("*"))
    result = process("check", DAY, "-o", output, folder=folder)
    assert result.stderr.startswith(f"ropa: cannot write {output}: ")
    assert result.returncode == BROKEN
    assert sorted(folder.rglob("*")) == before
    assert (folder / "file").read_text("utf-8") == "kept"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    """The limit on a file's size stands for the full disk: the first bytes fit, the rest do not."""
    folder = written(tmp_path, GAP)
    (folder / "check.txt").write_text("kept", "utf-8")
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        f"sys.argv = ['ropa', 'check', '{DAY}', '-o', 'check.txt'];"
        "from ropa.cli import run; run()"
    )
    command = [sys.executable, "-B", "-c", limited]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.stderr == "ropa: cannot write check.txt: File too large\n"
    assert result.returncode == BROKEN
    assert (folder / "check.txt").read_text("utf-8") == "kept"
    assert sorted(path.name for path in folder.iterdir()) == ["check.txt", "registry"]


def test_a_link_stays_a_link_and_a_device_a_device(ropa: Ropa, folder: Path) -> None:
    (folder / "latest.txt").symlink_to("real.txt")
    ropa("check", DAY, "-o", "latest.txt")
    assert (folder / "latest.txt").is_symlink()
    assert "no findings" in (folder / "real.txt").read_text("utf-8")
    assert ropa("check", DAY, "-o", os.devnull).exit_code == NOTHING
    assert Path(os.devnull).is_char_device()


def test_the_gap_report_is_two_files(ropa: Ropa, folder: Path) -> None:
    result = ropa("report", DAY, text=GAP)
    assert result.stdout == ""
    assert "wrote reports/gap-report.md" in result.stderr
    assert (
        (folder / "reports/gap-report.md")
        .read_text("utf-8")
        .startswith("# Gap report: Northwold Library\n")
    )
    assert (folder / "reports/gap-report.json").read_text("utf-8").startswith('{\n  "version": 2,')


# terminals and pipes


def test_colour_is_for_terminals(tmp_path: Path) -> None:
    folder = written(tmp_path, GAP)
    shown, code = on_a_terminal("check", DAY, folder=folder)
    assert "\x1b[31;1merror[recipient-omitted]\x1b[0m" in shown
    assert code == FOUND
    assert "\x1b" not in process("check", DAY, folder=folder).stdout


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_can_be_turned_off(tmp_path: Path, environment: dict[str, str]) -> None:
    shown, _ = on_a_terminal("check", DAY, folder=written(tmp_path, GAP), environment=environment)
    assert "error[recipient-omitted]" in shown
    assert not re.search(r"\x1b\[[0-9;]*m", shown)  # on a slow machine there may be a bar


def test_an_empty_no_color_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    shown, _ = on_a_terminal(
        "check", DAY, folder=written(tmp_path, GAP), environment={"NO_COLOR": ""}
    )
    assert "\x1b[31;1m" in shown


def progress(seconds_a_file: float, files: int = 20) -> None:
    """Read so many files by a clock that goes on by so much with each."""
    clock = count(0, seconds_a_file)
    with Progress(lambda: next(clock)) as shown:
        for number in range(1, files + 1):
            shown.watch(number, files)


def progress_seen(seconds_a_file: float, files: int = 20) -> str:
    """What a person at a terminal sees of it."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as stream, redirect_stderr(stream):
        progress(seconds_a_file, files)
    shown = b"".join(_sent(ours)).decode()
    os.close(ours)
    return shown


def test_a_bar_shows_the_progress_of_long_work_on_a_terminal() -> None:
    shown = progress_seen(seconds_a_file=0.2)
    percents = [int(percent) for percent in re.findall(r"(\d+)%", shown)]
    assert "Checking the register" in shown
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert len(percents) > 1


def test_there_is_no_bar_for_short_work() -> None:
    assert progress_seen(seconds_a_file=0.001) == ""


def test_a_bar_shows_when_the_files_were_read_and_the_rest_will_take_long() -> None:
    assert "100%" in progress_seen(seconds_a_file=0.4, files=1)


def test_there_is_no_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    progress(seconds_a_file=0.2)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("arguments", ["flows", "check", "flows --format json", "explain", "terms"])
def test_a_reader_who_has_seen_enough_meets_no_traceback(arguments: str) -> None:
    command = f"set -o pipefail; {sys.executable} -m ropa {arguments} | head -n 1"
    result = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr
    assert len(result.stdout.splitlines()) == 1
    assert result.returncode == (FOUND if arguments == "check" else NOTHING)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_full_disk_behind_a_pipe_is_not_called_clean(tmp_path: Path) -> None:
    command = f"{sys.executable} -m ropa check {DAY} > /dev/full"
    folder = written(tmp_path, CLEAN)
    result = subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.stderr == "ropa: cannot write the output: No space left on device\n"
    assert result.returncode == BROKEN


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_pipe_gets_the_same_bytes_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    folder = written(tmp_path, GAP)
    result = process("check", DAY, folder=folder, environment={"PYTHONIOENCODING": encoding})
    assert "“Library users”" in result.stdout
    assert result.returncode == FOUND


def test_a_terminal_that_cannot_show_a_character_is_shown_its_number(tmp_path: Path) -> None:
    folder = written(tmp_path, GAP)
    shown, code = on_a_terminal(
        "check", DAY, folder=folder, environment={"PYTHONIOENCODING": "latin-1"}
    )
    assert "\\u201cLibrary users\\u201d" in shown
    assert code == FOUND


# crashes, and what is loaded


def test_a_crash_is_told_as_one_and_ends_with_2(tmp_path: Path) -> None:
    """A broken installation: a package that ropa needs fails when it is imported."""
    broken = tmp_path / "packages"
    broken.mkdir()
    (broken / "jsonschema_rs.py").write_text("raise ImportError('broken\\x1b[2J')", "utf-8")
    folder = written(tmp_path, CLEAN)
    result = process("check", DAY, folder=folder, environment={"PYTHONPATH": str(broken)})
    assert result.returncode == BROKEN
    assert result.stdout == ""
    assert "Traceback (most recent call last):" in result.stderr
    assert "ImportError: broken<U+001B>[2J" in result.stderr
    assert result.stderr.endswith("ropa: this is a fault in ropa itself; nothing was checked\n")


@pytest.fixture
def interrupts_heeded() -> Iterator[None]:
    """What a script starts in its background ignores interrupts, and so does all that it starts in turn."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted(child: subprocess.Popen[str]) -> str:
    """What a command says when it is interrupted; again and again, since it may be about to block."""
    for _ in range(100):
        child.send_signal(signal.SIGINT)
        try:
            return child.communicate(timeout=0.3)[1]
        except subprocess.TimeoutExpired:
            continue
    child.kill()
    return child.communicate()[1]


@pytest.mark.usefixtures("interrupts_heeded")
def test_an_interrupted_command_is_neither_clean_nor_failed(tmp_path: Path) -> None:
    """It is interrupted while it writes to a pipe that nobody empties."""
    os.mkfifo(tmp_path / "pipe")
    command = [
        sys.executable,
        "-m",
        "ropa",
        "flows",
        "--format",
        "json",
        "-o",
        str(tmp_path / "pipe"),
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        reader = os.open(tmp_path / "pipe", os.O_RDONLY)  # waits until the command begins to write
        said = interrupted(child)
        os.close(reader)
    assert child.returncode == INTERRUPTED
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--help"),
        ("--version",),
        ("explain", "--help"),
        ("notice", "inspect", "--help"),
    ],
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "ropa", *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in result.stderr.splitlines()
    }
    assert "click" in loaded
    heavy = {"networkx", "jsonschema", "jsonschema_rs", "yaml", "referencing"}
    assert not loaded & {*heavy, "selectolax", "docx", "pypdf", "readability"}


def test_the_module_and_the_command_are_the_same(tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("ropa")
    if not command.exists():
        pytest.skip("ropa is not installed beside this Python")
    folder = written(tmp_path, GAP)
    one = subprocess.run(
        [command, "check", DAY], cwd=folder, capture_output=True, text=True, check=False
    )
    other = process("check", DAY, folder=folder)
    assert (one.stdout, one.stderr, one.returncode) == (
        other.stdout,
        other.stderr,
        other.returncode,
    )


def test_the_shell_completes_rules_and_formats() -> None:
    def completed(words: str) -> str:
        asked = {
            "_ROPA_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        code = "import sys; sys.argv = ['ropa']; from ropa.cli import run; run()"
        environment = {**os.environ, **asked}
        command = [sys.executable, "-c", code]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        ).stdout

    assert completed("ropa explain recipient-o") == "plain,recipient-omitted\n"
    assert completed("ropa check --format mark") == "plain,markdown\n"
    assert "_ROPA_COMPLETE=bash_source ropa" in process("--help").stdout


def test_a_command_that_is_not_there_is_met_with_the_one_that_was_meant() -> None:
    said = CliRunner().invoke(main, ["chek"])
    assert said.exit_code == BROKEN
    assert "No such command 'chek' (did you mean check?)" in said.output


@pytest.mark.parametrize(
    "asked",
    [
        *("check", "flows", "record", "report"),
        *("diff", "diff registry", "why", "sign-off", "notice draft", "notice inspect", "import"),
        *("check --select", "check --ignore", "check -o", "check --baseline", "check --config"),
        *("check --with", "check --summary", "check --write", "check --format"),
        *("report -o", "baseline -o", "diagram --activity", "diagram --recipient", "explain"),
        "sign-off library-users --by",
    ],
)
def test_an_empty_word_names_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked: str,
) -> None:
    """As of a variable that nobody set: it must not mean this folder, every rule, or nothing changed."""
    ended = Project(tmp_path, monkeypatch, capsys).ropa(*asked.split(), "")
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        (("HMRC",), "recipient hmrc: HM Revenue and Customs (below tax-authority)"),
        (
            ("terms of employ",),
            "data job-details: Job and contract details (below employment-record)",
        ),
        (("ropes",), "no word that ships is called “ropes”; near it:"),
        (("zzzqqq", "--facet", "recipient"), "no word that ships is called “zzzqqq”"),
        (("feedback", "--facet", "data"), "data feedback: Feedback (below personal-data)"),
    ],
)
def test_a_word_is_looked_for_by_id_label_and_synonym_and_the_nearest_is_said(
    ropa: Ropa, asked: tuple[str, ...], first: str
) -> None:
    ended = ropa("terms", *asked)
    assert (ended.output.splitlines()[0], ended.exit_code) == (first, 0)
