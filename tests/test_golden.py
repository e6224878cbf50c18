"""Whole outputs on the example register, against what is stored.

`make golden`, or `ROPA_GOLDEN=1 pytest tests/test_golden.py`, writes them anew; review the difference like code.
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import ROOT, TODAY
from ropa.cli import main

GOLDEN = ROOT / "tests" / "golden" / "example"
NEXT_YEAR = ("diff", "registry", "registry", f"--old-as-of={TODAY}", "--as-of=2027-01-01")
OUTPUTS = {
    "check.txt": ("check",),
    "check.json": ("check", "--format", "json"),
    "check.sarif": ("check", "--format", "sarif"),
    "check.junit.xml": ("check", "--format", "junit"),
    "check.github.txt": ("check", "--format", "github"),
    "check.gitlab.json": ("check", "--format", "gitlab"),
    "gap-report.md": ("check", "--format", "markdown"),
    "flows.json": ("flows", "--format", "json"),
    "diagram.svg": ("diagram",),
    "diagram.mmd": ("diagram", "--format", "mermaid"),
    "diagram.dot": ("diagram", "--format", "dot"),
    "diagram.d2": ("diagram", "--format", "d2"),
    "looked-after-case-work.svg": ("diagram", "--activity", "looked-after-case-work"),
    "looked-after-case-work.mmd": (
        *("diagram", "--activity", "looked-after-case-work", "--format", "mermaid"),
    ),
    **{
        f"record.{name}": ("record", "--format", name)
        for name in ("md", "html", "csv", "json", "jsonld")
    },
    "self-test.txt": ("self-test",),
    "diff.txt": NEXT_YEAR,
    "diff.md": (*NEXT_YEAR, "--format", "markdown"),
    "diff.json": (*NEXT_YEAR, "--format", "json"),
    "diff-back.md": (
        "diff",
        "registry",
        "registry",
        "--old-as-of",
        "2027-01-01",
        "--format",
        "markdown",
    ),
    "why.txt": ("why", "looked-after-return/disclose/dfe"),
}


DRAFTS = {
    "child-in-need": ("children-in-need-draft", "md"),
    "foster-carer": ("foster-carers-draft", "html"),
    "parent": ("parents", "md"),
    "looked-after-child, child-in-need, care-leaver": ("children", "html"),
}
"""An audience, with the names of the files of its draft and their format."""


def produced(*command: str) -> str:
    result = CliRunner().invoke(main, [command[0], f"--as-of={TODAY}", *command[1:]])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_example_register_gives_what_is_stored(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    output, stored = produced(*OUTPUTS[name]), GOLDEN / name
    if os.environ.get("ROPA_GOLDEN"):
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(output, "utf-8")
    assert output == stored.read_text("utf-8")


def test_the_written_gap_report_is_the_stored_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    CliRunner().invoke(main, ["report", "--as-of", TODAY.isoformat(), "-o", str(tmp_path)])
    for written, stored in (("gap-report.md", "gap-report.md"), ("gap-report.json", "check.json")):
        assert (tmp_path / written).read_text("utf-8") == (GOLDEN / stored).read_text("utf-8")


@pytest.mark.parametrize("audience", DRAFTS)
def test_a_notice_drafted_from_the_example_register_is_the_stored_one(
    audience: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    name, format_ = DRAFTS[audience]
    where = f"{tmp_path / name}.{format_}"
    command = ["notice", "draft", audience, f"--as-of={TODAY}", "-o", where]
    result = CliRunner().invoke(main, [*command, "--in-force-from=2027-01-01"])
    assert result.exit_code == 0, result.output
    for written in (tmp_path / f"{name}.{format_}", tmp_path / f"{name}.yaml"):
        stored, text = GOLDEN / "drafts" / written.name, written.read_text("utf-8")
        if os.environ.get("ROPA_GOLDEN"):
            stored.parent.mkdir(parents=True, exist_ok=True)
            stored.write_text(text, "utf-8")
        assert text == stored.read_text("utf-8")
