"""An entry under a new id, and otherwise as it was, is a new id and nothing that people have to be told of."""

from pathlib import Path

import pytest

from conftest import TODAY, write_register
from library import GAP
from ropa.changes.comparison import Comparison
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.report import Report

RENAMED = GAP.replace("id: loans\n", "id: lending\n")


def checked(folder: Path, text: str, baseline: Path | None = None) -> Report:
    folder.mkdir(exist_ok=True)
    write_register(folder, text)
    return check(folder, Settings(TODAY), baseline=baseline)


def compared(tmp_path: Path, old: str, new: str) -> Comparison:
    before, after = checked(tmp_path / "old", old), checked(tmp_path / "new", new)
    return Comparison(before, after, ("old", "new"))


def test_a_new_id_is_no_new_activity_and_nothing_newly_untold(tmp_path: Path) -> None:
    found = compared(tmp_path, GAP, RENAMED)
    assert found.untold == ()
    assert (found.activities.added, found.activities.removed) == ((), ())
    assert (found.flows.added, found.flows.removed, found.flows.changed) == ((), (), ())
    (changed,) = found.activities.changed
    assert [str(edit) for edit in changed.edits] == ["its id: was loans, is lending"]
    assert (found.appeared, found.gone) == ((), ())
    assert not found.same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("data: [name, address]", "data: [name, address, health]"),
        ("to: collector", "to: police-force"),
    ],
    ids=["more data", "another recipient"],
)
def test_a_new_id_of_something_else_is_newly_untold(tmp_path: Path, old: str, new: str) -> None:
    found = compared(tmp_path, GAP, RENAMED.replace(old, new, 1))
    assert found.untold
    assert [entry.id for entry in found.activities.added] == ["lending"]
    assert [entry.id for entry in found.activities.removed] == ["loans"]


def test_one_more_of_the_same_is_new(tmp_path: Path) -> None:
    activity = GAP[GAP.index("kind: activity") : GAP.index("---\nkind: notice")]
    again = activity.replace("id: loans\n", "id: lending\n").replace("Lending books", "Lending")
    found = compared(tmp_path, GAP, f"{GAP}---\n{again}")
    assert [entry.id for entry in found.activities.added] == ["lending"]
    assert found.untold


def baseline_of(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "baseline.json"
    file.write_text(checked(tmp_path / "old", text).as_baseline(), "utf-8")
    return file


def test_a_baseline_knows_an_entry_under_its_new_id(tmp_path: Path) -> None:
    file = baseline_of(tmp_path, GAP)
    report = checked(tmp_path / "new", RENAMED, file)
    assert "recipient-omitted@lending/disclose/collector@recipient" in {f.id for f in report.known}
    stale = [f.problem.message for f in report.standing if f.rule.id == "baseline-stale"]
    assert {f.rule.id for f in report.standing} == {"baseline-stale"}
    assert any("is recipient-omitted@lending/disclose/collector@recipient now" in s for s in stale)


def test_a_baseline_does_not_know_another_gap_of_it(tmp_path: Path) -> None:
    file = baseline_of(tmp_path, GAP)
    report = checked(
        tmp_path / "new", RENAMED.replace("to: collector", "to: police-force", 1), file
    )
    assert "recipient-omitted@lending/disclose/police-force@recipient" in {
        f.id for f in report.standing
    }


def test_one_entry_of_a_baseline_accepts_one_finding(tmp_path: Path) -> None:
    activity = GAP[GAP.index("kind: activity") : GAP.index("---\nkind: notice")]
    more = activity.replace("id: loans\n", "id: second\n")
    file = baseline_of(tmp_path, GAP)
    report = checked(tmp_path / "new", f"{RENAMED}---\n{more}", file)
    omitted = [f for f in report.findings if f.rule.id == "recipient-omitted"]
    assert sorted(f.known for f in omitted) == [False, True]
