"""The front door: what other programs may call is all there, once, documented and typed, and does what it says."""

import gc
import inspect
import pickle
import re
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import ropa
from conftest import ROOT, TODAY, write_register
from library import CLEAN, GAP

PUBLIC = pytest.mark.parametrize("name", ropa.__all__)
SETTINGS = ropa.Settings(TODAY)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A small register with one gap."""
    folder = tmp_path / "registry"
    folder.mkdir()
    write_register(folder, GAP)
    return folder


def test_a_notebook_completes_every_public_name_before_any_was_used() -> None:
    """In a process of its own: nothing of the package is loaded but its face."""
    asked = "import ropa, sys; print(dir(ropa) == ropa.__all__, len([m for m in sys.modules if m.startswith('ropa.')]))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == "True 0\n"


def test_every_public_name_is_listed_once_and_in_order() -> None:
    assert sorted(set(ropa.__all__)) == ropa.__all__
    homes = [name for names in ropa._HOMES.values() for name in names]
    assert sorted(homes) == ropa.__all__


@PUBLIC
def test_what_is_public_is_documented(name: str) -> None:
    value = getattr(ropa, name)
    assert value.__name__ == name
    assert value.__doc__
    assert value.__module__.startswith("ropa.")


@PUBLIC
def test_what_is_public_is_typed(name: str) -> None:
    value = getattr(ropa, name)
    if inspect.isfunction(value):
        hints = get_type_hints(value)
        assert set(hints) == {*inspect.signature(value).parameters, "return"}
        assert Any not in hints.values()


@pytest.mark.parametrize("name", [n for n in ropa.__all__ if isinstance(getattr(ropa, n), type)])
def test_the_page_names_every_function_and_an_error_is_one_of_ours(name: str) -> None:
    value = getattr(ropa, name)
    if issubclass(value, Exception):
        assert issubclass(value, ropa.RopaError)


def test_the_page_has_a_row_for_every_function() -> None:
    rows = re.findall(r"^\| `(\w+)\(", (ROOT / "docs" / "api.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == [name for name in ropa.__all__ if name.islower()]


def test_a_path_may_be_text(register: Path) -> None:
    as_text, as_path = (ropa.check(path, SETTINGS) for path in (str(register), register))
    assert ropa.render(as_text, "json") == ropa.render(as_path, "json")


def test_rules_are_chosen_as_on_the_command_line(register: Path) -> None:
    (found,) = ropa.check(register, SETTINGS, select="recipient-omitted").findings
    assert found.rule.id == "recipient-omitted"
    assert ropa.check(register, SETTINGS, ignore=["recipient"]).findings == ()


def test_what_a_baseline_lists_is_known(register: Path) -> None:
    file = register.parent / "known.json"
    file.write_text(ropa.check(register, SETTINGS).as_baseline(), "utf-8")
    assert ropa.check(register, SETTINGS, baseline=file).standing == ()


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda _: ropa.check("nowhere"), ropa.NoRegister),
        (lambda at: ropa.check(at, SETTINGS, select=["nonsense"]), ropa.BadSettings),
        (lambda at: ropa.check(at, SETTINGS, baseline="nowhere"), ropa.BadBaseline),
        (lambda at: ropa.compare("no-such-revision", at, SETTINGS), ropa.BadRevision),
        (lambda at: ropa.what_if(at, ["nowhere.yaml"], SETTINGS), ropa.CannotRead),
        (lambda at: ropa.render(ropa.check(at, SETTINGS), "word"), ropa.UnknownName),
        (lambda at: ropa.export(ropa.check(at, SETTINGS), "notice-md"), ropa.UnknownName),
        (lambda at: ropa.draft(ropa.check(at, SETTINGS), "child"), ropa.NothingToTell),
    ],
)
def test_a_question_that_cannot_be_answered_is_an_error_in_one_sentence(
    register: Path, ask: Any, error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        ask(register)
    assert "\n" not in str(raised.value)


def test_two_registers_are_compared(register: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    write_register(clean, CLEAN)
    found = ropa.compare(clean, register, SETTINGS)
    (lost,) = found.appeared
    assert lost.rule.id == "recipient-omitted"
    assert "recipient" in str(ropa.render(found, "markdown"))


def test_what_is_planned_is_tried(register: Path, tmp_path: Path) -> None:
    planned = tmp_path / "planned.yaml"
    planned.write_text(
        "{kind: party, id: archive, name: Sample Archive, type: controller}", "utf-8"
    )
    assert ropa.what_if(register, [planned], SETTINGS).new.case.register.parties["archive"]


def test_the_record_the_flows_and_the_diagram_are_written(register: Path) -> None:
    report = ropa.check(register, SETTINGS)
    assert "Northwold Library" in str(ropa.export(report, "record-md"))
    assert '"loans/disclose/collector"' in str(ropa.export(report, "flows-json"))
    assert str(ropa.export(report, "diagram-svg")).startswith("<svg")


def test_a_notice_is_drafted_with_its_statements(register: Path) -> None:
    drafted = ropa.draft(ropa.check(register, SETTINGS), "resident", start=TODAY)
    assert "Fairly Collected Ltd" in drafted.text
    assert "discloses:" in drafted.statements
    assert f"{drafted.id}.md" in drafted.statements


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_is(register: Path, *, enabled: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        ropa.check(register, SETTINGS)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was_on else gc.disable)()


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "markdown", "html"])
def test_a_report_that_was_pickled_says_the_same(format_: str) -> None:
    report = ropa.check(ROOT / "registry", SETTINGS)
    again = pickle.loads(pickle.dumps(report))
    assert ropa.render(again, format_) == ropa.render(report, format_)


def test_workers_hand_back_their_reports(register: Path, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    clean.mkdir()
    write_register(clean, CLEAN)
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as workers:
        found = list(workers.map(ropa.check, [register, clean], [SETTINGS] * 2))
    assert [len(report.standing) for report in found] == [1, 0]
    assert found[0].standing[0].problem.at.path == "register.yaml"


def test_the_examples_of_the_page_run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    here: dict[str, Any] = {"__name__": "page"}
    for example in re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE):
        exec(compile(example, "docs/api.md", "exec"), here)
    said = capsys.readouterr().out
    assert "flows are not told as they should be" in said
    assert "there is no folder no-such-folder" in said
    (found,) = [here["summary"](ROOT / "registry")]
    assert found == ("registry", found[1], True)
    assert found[1] > 0
