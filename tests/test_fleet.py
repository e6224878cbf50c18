"""Many registers in one run: each as a check of it alone, whatever becomes of the others, and nothing done twice."""

import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from browser import Visit, violations
from command import Project
from conftest import ROOT, TODAY
from generate import generate
from html_checks import faults
from library import CLEAN, GAP, UNDECIDED, WARNING
from test_reconciling import COUNCIL, SCHOOL

SCHOOLS = {"ash": CLEAN, "beech": GAP, "cedar": WARNING, "elm": UNDECIDED}


@pytest.fixture
def fleet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A folder with four registers in `schools`, of which nothing is kept yet."""
    return with_schools(Project.of_which_nothing_is_kept(tmp_path, monkeypatch, capsys))


def with_schools(project: Project) -> Project:
    for name, text in SCHOOLS.items():
        project.register(text.replace("Northwold", name.title()), f"schools/{name}/registry")
    return project


def lines(project: Project, *arguments: str, where: str = "schools") -> list[dict[str, Any]]:
    ended = project.ropa("fleet", where, "--format=jsonl", "--jobs=2", *arguments)
    return [json.loads(line) for line in ended.out.splitlines()]


def rows(project: Project, *arguments: str, where: str = "schools") -> dict[str, dict[str, Any]]:
    found = lines(project, *arguments, where=where)
    return {line["register"]: line for line in found if line["kind"] == "register"}


def caches(project: Project) -> Path:
    return project.folder.parent / "caches"


def kept(project: Project) -> Path:
    return caches(project) / "ropa" / "fleet" / "rows-1.sqlite"


def slow_register(folder: Path, activities: int = 300) -> None:
    """One that takes long enough for something to happen meanwhile."""
    generate(activities, folder, activities)


def test_a_list_of_what_no_folder_can_be_called_says_so(fleet: Project) -> None:
    fleet.write("all.txt", f"schools/ash/registry\n{'x' * 5_000}\n{'[' * 5_000}\n")
    ended = fleet.ropa("fleet", "all.txt", "--jobs=1")
    assert (ended.code, "fault in ropa" in ended.err) == (2, False)
    assert "there is no such folder" in ended.out


def test_each_register_comes_out_as_a_check_of_it_alone_does(fleet: Project) -> None:
    found = rows(fleet)
    assert list(found) == [f"schools/{name}/registry" for name in SCHOOLS]
    for path, row in found.items():
        alone = fleet.ropa("check", path, "--format=json")
        findings = [f for f in json.loads(alone.out)["findings"] if not f["waived_by"]]
        assert {f["id"] for f in row["found"]} == {f["id"] for f in findings}
        assert {"clean": 0, "failing": 1, "undecided": 2}[row["standing"]] == alone.code


def test_the_exit_code_is_the_worst_of_them(fleet: Project) -> None:
    assert fleet.ropa("fleet", "schools/ash", "schools/cedar").code == 0
    assert fleet.ropa("fleet", "schools/ash", "schools/beech").code == 1
    assert fleet.ropa("fleet", "schools").code == 2
    assert fleet.ropa("fleet", "schools/cedar", "--fail-on=warning").code == 1
    assert fleet.ropa("fleet", "schools/beech", "--exit-zero").code == 0


def test_the_bytes_are_the_same_in_one_process_and_in_three(fleet: Project) -> None:
    fleet.ropa("fleet", "schools", "--fresh")
    first = fleet.ropa("fleet", "schools", "--fresh", "--format=jsonl", "--jobs=1").out
    assert fleet.ropa("fleet", "schools", "--fresh", "--format=jsonl", "--jobs=3").out == first


def test_the_lines_keep_to_their_schema(fleet: Project) -> None:
    schema = json.loads((ROOT / "schemas" / "fleet.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    fleet.write("schools/fir/registry/register.yaml", "kind: activity\nid: [\n")
    for _ in ("first", "and compared with the first"):
        for line in lines(fleet):
            validator.validate(line)


def test_a_folder_a_pattern_and_a_list_lead_to_the_same_registers(fleet: Project) -> None:
    fleet.write(
        "list.txt",
        "# ours\nschools/ash\nschools/b*  # a pattern\nschools/cedar/registry\nschools/elm\n",
    )
    wanted = list(rows(fleet))
    assert list(rows(fleet, where="list.txt")) == wanted
    assert list(rows(fleet, where="schools/*/registry")) == wanted
    assert list(rows(fleet, "schools", "schools/ash")) == wanted


def test_what_is_listed_and_is_not_there_is_a_row_that_says_so(fleet: Project) -> None:
    fleet.write("list.txt", "schools/ash\nschools/oak\n")
    found = rows(fleet, where="list.txt")
    assert found["schools/oak"]["why"] == "there is no such folder"
    assert fleet.ropa("fleet", "list.txt").code == 2


def test_a_folder_that_only_looks_like_a_register_is_named(fleet: Project) -> None:
    fleet.write("schools/yew/data.yaml", "pupils: 12\n")
    (fleet.folder / "schools" / "linked").symlink_to(fleet.folder / "schools" / "ash")
    (fleet.folder / "schools" / "loop").symlink_to("loop")
    (fleet.folder / "schools" / "yew" / "loop.yaml").symlink_to("loop.yaml")
    found = rows(fleet)
    assert found["schools/yew"]["why"] == "it holds data.yaml, and no document of a register"
    assert found["schools/linked"]["why"] == "a link to a folder is not followed"


def test_a_place_without_registers_is_refused(fleet: Project) -> None:
    ended = fleet.ropa("fleet", "nowhere")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no folder, file or pattern nowhere" in ended.err


def test_a_broken_register_or_its_settings_stop_nobody(fleet: Project) -> None:
    fleet.write("schools/fir/registry/register.yaml", "kind: organisation\nid: [\n")
    fleet.write("schools/oak/registry/register.yaml", CLEAN)
    fleet.write("schools/oak/registry/ropa.toml", "mode = 3\n")
    found = rows(fleet)
    assert found["schools/fir/registry"]["standing"] == "undecided"
    assert found["schools/oak/registry"]["standing"] == "not checked"
    assert "schools/oak/registry/ropa.toml:1: mode is “3”" in found["schools/oak/registry"]["why"]
    assert found["schools/ash/registry"]["standing"] == "clean"


def test_a_register_that_takes_too_long_is_a_row_that_says_so(fleet: Project) -> None:
    rows(fleet)  # what is kept has nothing to do but to be read, however busy the machine is
    slow_register(fleet.folder / "schools" / "fir" / "registry", activities=5000)
    found = rows(fleet, "--time-limit=1.5")
    assert found["schools/fir/registry"]["why"] == "it took longer than 1.5 seconds"
    assert found["schools/ash/registry"]["standing"] == "clean"


def test_a_register_that_needs_too_much_memory_is_a_row_that_says_so(fleet: Project) -> None:
    long = f"kind: activity\nid: a\nname: {'word ' * 5_000_000}\n"
    fleet.write("schools/fir/registry/register.yaml", long)
    found = rows(fleet, "--memory=128")
    assert "memory" in found["schools/fir/registry"]["why"]
    assert found["schools/ash/registry"]["standing"] == "clean"


def test_only_what_changed_is_checked_again(fleet: Project) -> None:
    assert not any(row["kept"] for row in rows(fleet).values())
    assert all(row["kept"] for row in rows(fleet).values())
    notice = fleet.folder / "schools/ash/registry/notice.md"
    notice.write_text(notice.read_text("utf-8") + "\nMore.\n", "utf-8")
    assert [path for path, row in rows(fleet).items() if not row["kept"]] == [
        "schools/ash/registry"
    ]
    assert not any(row["kept"] for row in rows(fleet, "--fresh").values())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("schools/ropa.toml", 'mode = "strict"\n'),
        (".gitignore", "*.bak\n"),
        ("schools/beech/registry/.hidden.yaml", "kind: activity\n"),
    ],
)
def test_whatever_a_check_may_look_at_counts_as_changed(
    fleet: Project, path: str, text: str
) -> None:
    (fleet.folder / ".git").mkdir()
    rows(fleet, where="schools/beech")
    assert all(row["kept"] for row in rows(fleet, where="schools/beech").values())
    fleet.write(path, text)
    assert not any(row["kept"] for row in rows(fleet, where="schools/beech").values())


def test_another_day_and_other_options_are_other_rows(fleet: Project) -> None:
    rows(fleet)
    ended = fleet.ropa("fleet", "schools", "--format=jsonl", day="2027-01-01")
    assert '"kept": true' not in ended.out
    assert not any(row["kept"] for row in rows(fleet, "--mode=strict").values())


def test_a_kept_row_is_the_row_that_was_made(fleet: Project) -> None:
    first, again = rows(fleet), rows(fleet)
    for path, row in again.items():
        assert row | {"kept": False, "since": None} == first[path]


def test_what_is_new_since_the_last_run_is_named(fleet: Project) -> None:
    rows(fleet)
    fleet.register(GAP.replace("Northwold", "Ash"), "schools/ash/registry")
    since = {path: row["since"] for path, row in rows(fleet).items()}
    assert since["schools/ash/registry"]["new"] == [
        "recipient-omitted@loans/disclose/collector@recipient"
    ]
    assert since["schools/ash/registry"]["told"] == 4
    assert since["schools/beech/registry"] == {"new": [], "gone": 0, "told": 3}


def test_rows_are_kept_for_the_user_alone_and_never_in_a_repository(fleet: Project) -> None:
    rows(fleet)
    assert stat.S_IMODE(kept(fleet).parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(kept(fleet).stat().st_mode) == 0o600
    (caches(fleet) / ".git").mkdir()
    last = lines(fleet)[-1]
    assert last["kept"] == 0
    assert "is inside the repository" in last["remarks"][0]


def test_a_folder_for_rows_that_is_a_link_is_not_used(fleet: Project) -> None:
    (fleet.folder / "elsewhere").mkdir()
    (caches(fleet)).mkdir()
    (caches(fleet) / "ropa").symlink_to(fleet.folder / "elsewhere")
    last = lines(fleet)[-1]
    assert "a link to one" in last["remarks"][0]
    assert last["standing"]["clean"] == 2


def test_a_check_never_reads_a_kept_row(fleet: Project) -> None:
    rows(fleet)
    with sqlite3.connect(kept(fleet)) as base:
        base.execute("update rows set row = x'00'")
    assert fleet.ropa("check", "schools/beech/registry").code == 1


@pytest.mark.parametrize("harm", ["nonsense", "a row that is none"])
def test_a_broken_store_of_rows_costs_nothing_but_time(fleet: Project, harm: str) -> None:
    first = rows(fleet)
    if harm == "nonsense":
        kept(fleet).write_bytes(b"nonsense" * 1000)
    else:
        with sqlite3.connect(kept(fleet)) as base:
            base.execute("update rows set row = x'00'")
    again = rows(fleet)
    assert {p: row["found"] for p, row in again.items()} == {
        p: row["found"] for p, row in first.items()
    }
    assert not any(row["kept"] for row in again.values())


def test_a_full_disk_for_the_rows_is_said_and_changes_no_row(fleet: Project) -> None:
    first = rows(fleet)
    shutil.rmtree(caches(fleet))
    (caches(fleet) / "ropa" / "fleet").mkdir(parents=True, mode=0o700)
    kept(fleet).symlink_to("/dev/full")
    again = lines(fleet)
    assert "rows are" in again[-1]["remarks"][0]
    assert {r["register"]: r["found"] for r in again[:-1]} == {
        p: r["found"] for p, r in first.items()
    }


def test_a_process_that_is_killed_is_replaced_and_its_register_tried_once_more(
    fleet: Project,
) -> None:
    slow_register(fleet.folder / "schools" / "fir" / "registry")
    with started(fleet, "--jobs=1") as run:
        victim = next(child for child in children_of(run.pid))
        time.sleep(0.2)
        os.kill(victim, signal.SIGKILL)
        out, _ = run.communicate(timeout=300)
    found = {
        line["register"]: line for line in map(json.loads, out.splitlines()) if "register" in line
    }
    assert found["schools/fir/registry"]["activities"] == 300
    assert {row["why"] for row in found.values()} == {None}


def test_ctrl_c_keeps_what_is_done_and_resume_goes_on(fleet: Project) -> None:
    slow_register(fleet.folder / "schools" / "zelkova" / "registry", activities=1500)
    with started(fleet, "--jobs=1", "--fresh") as run:
        until(lambda: len(kept_paths(fleet)) == len(SCHOOLS))
        os.kill(run.pid, signal.SIGINT)
        out, _ = run.communicate(timeout=300)
    assert run.returncode == 130
    found = {line.get("register"): line for line in map(json.loads, out.splitlines())}
    assert found["schools/ash/registry"]["standing"] == "clean"
    assert "--resume goes on" in found["schools/zelkova/registry"]["why"]
    resumed = rows(fleet, "--fresh", "--resume")
    assert [path for path, row in resumed.items() if not row["kept"]] == [
        "schools/zelkova/registry"
    ]
    assert {row["why"] for row in resumed.values()} == {None}


def kept_paths(project: Project) -> list[str]:
    try:
        with sqlite3.connect(kept(project)) as base:
            return [path for (path,) in base.execute("select register from runs")]
    except sqlite3.Error:
        return []


def until(true: Any) -> None:
    for _ in range(2400):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came about")


AS_IN_A_TERMINAL = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("ropa", run_name="__main__", alter_sys=True)
"""
"""What runs in the background of a shell does not hear Ctrl-C, and these tests may."""


def started(project: Project, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", AS_IN_A_TERMINAL, "fleet", "schools", "--format=jsonl"]
    command += [f"--as-of={TODAY}", *arguments]
    return subprocess.Popen(
        command,
        cwd=project.folder,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )


def children_of(parent: int) -> Iterator[int]:
    """The process that works for another, once there is one."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    if not listed.exists():
        pytest.skip("this system does not say which processes belong to another")
    until(lambda: listed.read_text("utf-8").split())
    yield from map(int, listed.read_text("utf-8").split())


def test_the_table_names_the_worst_first_and_what_most_lack(fleet: Project) -> None:
    said = fleet.ropa("fleet", "schools").out
    assert said.index("Elm Library") < said.index("Beech Library") < said.index("Ash Library")
    assert "Sentences most lack, of 4 registers checked:" in said
    assert "2  A notice" not in said
    assert "4 registers on 23 November 2026:" in said


def test_a_cell_is_no_formula_and_a_line_no_command(fleet: Project) -> None:
    fleet.register(CLEAN.replace("name: Northwold Library", 'name: "=1+1"'), "schools/ash/registry")
    fleet.register(GAP.replace("Northwold Library", "##[error]"), "schools/beech/registry")
    for format_ in ("csv", "text", "jsonl"):
        out = fleet.ropa("fleet", "schools", f"--format={format_}").out
        assert "##[" not in out
    assert ",'=1+1," in fleet.ropa("fleet", "schools", "--format=csv").out


def test_a_workbook_has_a_row_for_each_register(fleet: Project) -> None:
    from openpyxl import load_workbook

    fleet.ropa("fleet", "schools", "--write=xlsx=registers.xlsx")
    book = load_workbook(fleet.folder / "registers.xlsx")
    assert [cell.value for cell in book["Registers"]["A"]][1:] == [
        "schools/elm/registry", "schools/beech/registry", "schools/ash/registry", "schools/cedar/registry",
    ]  # fmt: skip


def test_the_page_has_every_register_and_stands_alone(fleet: Project) -> None:
    fleet.write("schools/oak/registry/register.yaml", CLEAN)
    fleet.write("schools/oak/registry/ropa.toml", "mode = 3\n")
    fleet.ropa("fleet", "schools", "--write=html=all.html")
    fleet.register(GAP.replace("Northwold", "Ash</script>"), "schools/ash/registry")
    fleet.ropa("fleet", "schools", "--write=html=all.html", "--pages=pages")
    page = fleet.read("all.html")
    assert [fault for fault in faults(page) if "leads to pages/" not in fault] == []
    for said in ("schools/beech/registry", "mode is “3”", "Ash&lt;/script&gt; Library"):
        assert said in page
    (link,) = re.findall(r'href="(pages/schools-beech[^"]+)"', page)
    assert "Beech Library" in fleet.read(link)
    assert "New since the last run" in page


def test_the_page_of_a_register_is_made_again_only_where_the_register_changed(
    fleet: Project,
) -> None:
    fleet.ropa("fleet", "schools/ash", "schools/beech", "--pages=pages")
    before = {path.name: path.stat().st_mtime_ns for path in (fleet.folder / "pages").iterdir()}
    fleet.register(GAP.replace("Northwold", "Ash"), "schools/ash/registry")
    fleet.ropa("fleet", "schools/ash", "schools/beech", "--pages=pages")
    after = {path.name: path.stat().st_mtime_ns for path in (fleet.folder / "pages").iterdir()}
    assert [name for name in after if after[name] != before[name]] == [
        name for name in after if name.startswith("schools-ash")
    ]


def test_the_page_is_filtered_searched_and_turned(fleet: Project, visit: Visit) -> None:
    for n in range(60):
        fleet.write(f"schools/more-{n}/data.yaml", "pupils: 12\n")
    fleet.ropa("fleet", "schools", "--write=html=all.html")
    page = visit(fleet.folder / "all.html", viewport={"width": 390, "height": 800})
    assert page.locator("#rows tr").count() == 50
    page.click("#next")
    assert page.inner_text("#shown") == "51 to 64 of 64"
    page.fill("#find", "beech")
    assert page.inner_text("#rows th").startswith("Beech Library")
    page.click("#rows button")
    assert "recipient-omitted" in page.inner_text(".open-row")
    page.fill("#find", "")
    page.select_option("#standing", "clean")
    assert page.locator("#rows tr").count() == 2
    page.click("a[data-choose=rule] >> nth=0")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert violations(page, dark=True, few=True) == []


def test_ci_formats_tell_the_registers_apart(fleet: Project) -> None:
    fleet.write("schools/yew/data.yaml", "pupils: 12\n")
    fleet.ropa("fleet", "schools", "--write=sarif=all.sarif", "--write=junit=all.xml")
    (run,) = json.loads(fleet.read("all.sarif"))["runs"]
    places = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]
    ]
    assert "schools/beech/registry/register.yaml" in places
    prints = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(prints)) == len(prints)
    assert not run["invocations"][0]["executionSuccessful"]
    assert "schools/yew" in json.dumps(run["invocations"])
    suites = JUnitXml.fromfile(str(fleet.folder / "all.xml"))
    assert next(iter(suites)).name == "ropa check schools/ash/registry as of 2026-11-23"
    (yew,) = [suite for suite in suites if "yew" in suite.name]
    assert yew.errors == 1


def test_registers_are_held_against_each_other_where_that_is_wanted(fleet: Project) -> None:
    fleet.write("pair/school/register.yaml", SCHOOL)
    fleet.write("pair/council/register.yaml", COUNCIL.replace("data: attendance", "data: photos"))
    fleet.write("pair/council/everybody.md", "We use your attendance for our statutory return.")
    found = lines(fleet, "--reconcile", where="pair")
    schema = json.loads((ROOT / "schemas" / "fleet.schema.json").read_text("utf-8"))
    for line in found:
        Draft202012Validator(schema).validate(line)
    differing = [line for line in found if line["kind"] == "difference"]
    assert {line["facet"] for line in differing} == {"not-recorded", "onward"}
    assert {side["place"]["path"] for side in differing[0]["sides"]} == {
        "pair/school/register.yaml",
        "pair/council/register.yaml",
    }
    wanted = ("--reconcile", "--write=html=pair.html", "--write=sarif=pair.sarif")
    said = fleet.ropa("fleet", "pair", *wanted).out
    assert "error[ends-differ/not-recorded]: Sample School gives attendance about pupils" in said
    assert faults(fleet.read("pair.html")) == []
    (run,) = json.loads(fleet.read("pair.sarif"))["runs"]
    ends = [r for r in run["results"] if r["ruleId"] == "ends-differ"]
    assert len(ends) == 2 * len(differing)
