"""A document that is not judged: every command says that not everything was looked at, and nothing makes it pass."""

import subprocess
from pathlib import Path

import pytest

from command import Project
from library import CLEAN
from ropa.documents.passed_over import passed_over
from ropa.plugins import names
from ropa.record.workbook import spreadsheet
from ropa.seen.formats import notice_of_bytes

UNTOLD = """kind: activity
id: sales
name: Selling names
subjects: resident
data: name
purposes: billing
disclosures: [{to: data-broker}]
"""
SECOND = UNTOLD.replace("id: sales", "id: loans")
"""A second document of an id that is there already."""
PLACES = (
    ".sales.yaml",
    "sales.json",
    "sales.yaml.txt",
    "sales.yaml ",
    "sales.yaml~",
    "sales.YAML.bak",
    "sales",
    ".drafts/sales.yaml",
    "activities/.old/sales.yml",
)
SETTINGS = (
    'ignore = ["duplicate", "not-looked", "unknown-name", "*"]',
    'fail_on = "never"',
    '[severity]\n"*" = "note"',
)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A library in whose register everything is told."""
    made = Project(tmp_path, monkeypatch, capsys)
    made.register(CLEAN)
    assert made.ropa("check").code == 0
    return made


@pytest.mark.parametrize("place", PLACES)
def test_a_document_in_a_file_that_is_not_read_is_not_looked_at(
    project: Project, place: str
) -> None:
    project.write(f"registry/{place}", UNTOLD)
    ended = project.ropa("check", "--fail-on=never")
    assert ended.code == 2
    assert "error[not-looked-at]: the activity sales is not looked at" in ended.out
    assert f"registry/{place}:1:1" in ended.out.replace("·", " ")


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "activity", "id": "sales"}',
        '[{"kind": "activity", "id": "sales"}]',
        "{kind: activity, id: sales",
        "# a comment\n---\n# and another\n  id: sales\n  kind: activity # ours\n",
        "id: [\nkind: activity\n",
        '"kind": "activity"\nid: sales',
        '"\\x6bind": activity\nid: sales\n',
        "? kind\n: activity\n",
        "!!str kind: !!str activity\nid: sales\n",
        "&a kind: &b activity\nid: sales\n",
        "kind: >-\n  activity\nid: sales\n",
        UNTOLD.replace("\n", "\r\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_however_it_is_written(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "sales.txt").write_bytes(text.encode(encoding))
    assert [p.at.path for p in passed_over(tmp_path, ()).left_out] == ["sales.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "# How to write one\n\nBegin with\n\nkind: activity\n",
        "Each file begins so:\n\n```yaml\nkind: activity\nid: sales\n```\n",
        '{"findings": [{"kind": "activity"}]}',
        "version: 1\nparts:\n  - kind: activity\n",
        "kind: Service\nmetadata: {name: x}\n",
        "",
    ],
)
def test_a_text_that_only_speaks_of_documents_is_none(tmp_path: Path, text: str) -> None:
    for name in ("README.md", ".github.txt", "report.json"):
        (tmp_path / name).write_text(text, "utf-8")
    found = passed_over(tmp_path, ())
    assert (found.left_out, found.copies) == ((), ())


@pytest.mark.parametrize(
    "name",
    [
        "register.yaml~",
        "#register.yaml#",
        "register.yaml.bak",
        ".register.yaml.swp",
        "register.yaml.orig",
    ],
)
def test_a_copy_that_an_editor_leaves_beside_a_file_is_a_note(project: Project, name: str) -> None:
    project.write(f"registry/{name}", UNTOLD)
    ended = project.ropa("check")
    assert (ended.code, ended.out.count("note[copy-left-behind]")) == (0, 1)


def test_a_python_environment_and_the_folder_of_git_hold_no_documents(project: Project) -> None:
    project.write("registry/.venv/pyvenv.cfg", "home = /usr/bin\n")
    project.write("registry/.venv/lib/sales.yaml.txt", UNTOLD)
    project.write("registry/.git/sales.yaml", UNTOLD)
    assert project.ropa("check").code == 0


def test_what_is_committed_as_a_python_environment_is_looked_at(project: Project) -> None:
    project.write("registry/lib/pyvenv.cfg", "home = /usr/bin\n")
    project.write("registry/lib/.sales.yaml", UNTOLD)
    _git(project, "init", "-q")
    assert project.ropa("check").code == 0
    _git(project, "add", ".")
    assert project.ropa("check").code == 2


def test_a_part_of_the_register_that_is_not_checked_out_is_not_looked_at(project: Project) -> None:
    _git(project, "init", "-q")
    (project.folder / "registry" / "more").mkdir()
    assert project.ropa("check").code == 0
    commit = "160000,0123456789abcdef0123456789abcdef01234567,registry/more"
    _git(project, "update-index", "--add", "--cacheinfo", commit)
    ended = project.ropa("check")
    assert (ended.code, "another repository, which is not checked out" in ended.out) == (2, True)


def test_what_git_ignores_is_nobodys_document_unless_it_is_tracked(project: Project) -> None:
    project.write("registry/.sales.yaml", UNTOLD)
    project.write(".gitignore", ".*.yaml\n")
    _git(project, "init", "-q")
    assert project.ropa("check").code == 0
    _git(project, "add", "-f", "registry/.sales.yaml")
    assert project.ropa("check").code == 2


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize(("place", "text"), [("b.yaml", SECOND), (".b.yaml", UNTOLD)])
def test_no_setting_lets_it_pass(project: Project, settings: str, place: str, text: str) -> None:
    project.write(f"registry/{place}", text)
    project.write("ropa.toml", f"{settings}\n")
    assert project.ropa("check", "--exit-zero").code == 2


@pytest.mark.parametrize("rule", ["duplicate-id", "not-looked-at", "unknown-name"])
def test_its_rule_cannot_be_switched_off(project: Project, rule: str) -> None:
    ended = project.ropa("check", f"--ignore={rule}")
    assert (ended.code, "nothing passes by not being looked at" in ended.err) == (2, True)


def test_no_waiver_and_no_baseline_accepts_it(project: Project) -> None:
    waiver = (
        "# ropa: accept duplicate-id until 2027-06-01 (owner: J. Smith) because it is only a copy"
    )
    project.write("registry/b.yaml", SECOND.replace("id: loans", f"id: loans   {waiver}"))
    assert project.ropa("check").code == 2
    assert project.ropa("baseline").code == 2
    assert "duplicate-id" not in project.read("ropa-baseline.json")
    assert project.ropa("check", "--baseline=ropa-baseline.json").code == 2
    listed = '"findings": {"duplicate-id@activity/loans@id": "the activity loans is written twice"}'
    project.write("forged.json", f'{{"version": 1, "register": "northwold", {listed}}}')
    ended = project.ropa("check", "--baseline=forged.json")
    assert (ended.code, "nothing accepts that" in ended.err) == (2, True)


@pytest.mark.parametrize(("place", "text"), [("b.yaml", SECOND), (".b.yaml", UNTOLD)])
def test_every_command_and_format_ends_with_2(project: Project, place: str, text: str) -> None:
    project.write(f"registry/{place}", text)
    _git(project, "init", "-q")
    _git(project, "add", "-A")
    _git(project, "-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-qm", "all")
    commands = [
        *(("check", f"--format={name}", "-o", f"out.{name}") for name in names("reporters")),
        *(("diagram", f"--format={name}") for name in ("svg", "dot", "mermaid", "d2")),
        *(("flows", f"--format={name}") for name in ("text", "json")),
        *(("diff", "HEAD", f"--format={name}") for name in ("text", "json", "markdown")),
        ("report", "--format=markdown"),
        ("report", "--evidence", "--format=json"),
        ("why", "loans/use"),
        ("self-test",),
        ("law",),
        ("baseline",),
        ("notice", "draft", "resident"),
        ("check", "--with", "registry/register.yaml"),
    ]
    ended = {command: project.ropa(*command).code for command in commands}
    assert {command: code for command, code in ended.items() if code != 2} == {}


@pytest.mark.parametrize(("place", "text"), [("b.yaml", SECOND), (".b.yaml", UNTOLD)])
def test_nobody_signs_a_register_that_was_not_read_as_a_whole(
    project: Project, place: str, text: str
) -> None:
    project.write(f"registry/{place}", text)
    ended = project.ropa("sign-off", "library-users", "--by=J. Smith")
    assert ended.code == 2
    assert not (project.folder / "registry" / "sign-offs").exists()


@pytest.mark.parametrize("name", ["md", "html", "csv", "json", "jsonld"])
def test_a_record_says_itself_that_it_is_not_complete(project: Project, name: str) -> None:
    assert "not complete" not in project.ropa("record", f"--format={name}").out.lower()
    project.write("registry/b.yaml", SECOND)
    ended = project.ropa("record", f"--format={name}")
    assert ended.code == 2
    assert "not complete" in ended.out.lower().replace("_", " ")
    assert "the activity loans is written twice" in ended.out


def test_a_workbook_that_is_not_complete_says_so_and_is_not_taken_back(project: Project) -> None:
    project.write("registry/b.yaml", SECOND)
    assert project.ropa("record", "--format=xlsx", "-o", "record.xlsx").code == 2
    assert project.ropa("record", "--format=xlsx", "--layout=ico", "-o", "ico.xlsx").code == 2
    for file in ("record.xlsx", "ico.xlsx"):
        pages = spreadsheet.read((project.folder / file).read_bytes())
        cells = [str(cell) for row in pages[0].rows for cell in row]
        assert any("the activity loans is written twice" in cell for cell in cells)
    (project.folder / "registry/b.yaml").unlink()
    ended = project.ropa("import", "record.xlsx")
    assert (ended.code, "cannot be taken back" in ended.err) == (2, True)


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_so_does_a_record_on_paper(project: Project, name: str) -> None:
    project.write("registry/b.yaml", SECOND)
    assert project.ropa("record", f"--format={name}", "-o", f"record.{name}").code == 2
    paper = (project.folder / f"record.{name}").read_bytes()
    words = " ".join(notice_of_bytes(f"record.{name}", paper).file.text.split())
    assert "This record is not complete" in words
    assert "the activity loans is written twice" in words


def test_import_does_not_write_beside_what_it_did_not_read(project: Project) -> None:
    assert project.ropa("record", "--format=xlsx", "-o", "record.xlsx").code == 0
    project.write("registry/.b.yaml", UNTOLD)
    ended = project.ropa("import", "record.xlsx")
    assert (ended.code, "is not looked at" in ended.err) == (2, True)


def _git(project: Project, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=project.folder, check=True, capture_output=True)
