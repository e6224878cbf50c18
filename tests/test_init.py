"""A register to begin with: what is written, what is asked, what is never written over, and that it checks."""

import os
import pty
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from command import Ended, Project
from conftest import ROOT
from messy_sheets import COUNCIL, MARKDOWN
from ropa.documents.shipped import shipped
from ropa.register.lexicon import shipped_terms, strings
from ropa.register.vocabulary import Facet
from test_ci_examples import conforms

WHO = (
    *("--name", "Northwold School"),
    *("--contact", "office@northwold.example"),
    *("--dpo", "dpo@northwold.example"),
)
SCHOOL = (*WHO, "--kind", "school")
KINDS = ("school", "council", "health", "charity", "company")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")
    made.folder = tmp_path / "new"
    return made


def begun(project: Project, *arguments: str) -> Ended:
    ended = project.ropa("init", *arguments)
    assert ended.code == 0, ended.err
    return ended


def documents(project: Project, folder: str = "registry") -> list[Mapping[str, object]]:
    files = sorted((project.folder / folder).rglob("*.yaml"))
    return [d for file in files for d in yaml.safe_load_all(file.read_text("utf-8"))]


def rules_of(checked: Ended) -> set[str]:
    return set(re.findall(r"^(?:error|warning|note)\[([a-z-]+)\]:", checked.out, re.MULTILINE))


# -- what is written -------------------------------------------------------------------------------


@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_register_checks_and_lacks_only_what_nobody_has_said(
    project: Project, kind: str, nation: str
) -> None:
    begun(project, *WHO, "--kind", kind, "--nation", nation)
    checked = project.ropa("check", "--all")
    assert rules_of(checked) == {"nothing-to-check", "starter-not-confirmed"}
    assert checked.out.count("[starter-not-confirmed]") == 1
    assert checked.code == 2


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_a_pack_is_marked_until_somebody_confirms_it(
    project: Project, kind: str
) -> None:
    begun(project, *WHO, "--kind", kind)
    organisation, *entries = documents(project)
    assert len(entries) >= 5
    assert all(entry["starter"] is True for entry in entries)
    assert organisation.get("starter", False) is (kind in ("school", "council", "health"))
    said = project.ropa("check", "--all").out
    number = len(entries) + bool(organisation.get("starter"))
    assert f"{number} entries of a starter pack are not confirmed yet" in said
    assert "party-unused" not in said


def test_what_is_confirmed_is_a_party_like_any_other(project: Project) -> None:
    begun(project, *SCHOOL)
    for name in ("parties", "terms", "organisation"):
        file = project.folder / f"registry/{name}.yaml"
        file.write_text(file.read_text("utf-8").replace("starter: true\n", ""), "utf-8")
    said = project.ropa("check", "--all").out
    assert "starter-not-confirmed" not in said
    assert "no data comes from Ofsted or goes to it" in said


def test_the_nation_says_which_bodies_there_are(project: Project) -> None:
    begun(project, "wales", *SCHOOL, "--nation", "wales")
    begun(project, "plain", *SCHOOL)
    names = {d.get("name") for d in documents(project, "wales")}
    assert "Estyn" in names
    assert "Ofsted" not in names
    assert {"Ofsted"} <= {d.get("name") for d in documents(project, "plain")}
    assert documents(project, "wales")[0]["nation"] == "Wales"
    assert "nation" not in documents(project, "plain")[0]


def test_a_body_of_another_country_is_under_its_law_and_has_no_bodies_of_ours(
    project: Project,
) -> None:
    begun(project, *SCHOOL, "--country", "fr")
    organisation, *others = documents(project)
    assert (organisation["home"], organisation["regimes"]) == ("FR", "eu-gdpr")
    assert {"term"} == {d["kind"] for d in others}
    assert rules_of(project.ropa("check", "--all")) == {"nothing-to-check", "starter-not-confirmed"}


def test_what_somebody_said_stands_in_the_register(project: Project) -> None:
    begun(project, *SCHOOL)
    assert documents(project)[0] == {
        "kind": "organisation",
        "id": "northwold-school",
        "name": "Northwold School",
        "contact": "office@northwold.example",
        "dpo": "dpo@northwold.example",
        "public_authority": True,
        "starter": True,
    }


def test_odd_names_are_written_so_that_they_are_read_back(project: Project) -> None:
    odd = "Ysgol: #1 “Å” & Søn's, no"
    begun(project, "--name", odd, "--contact", "- a: b", "--kind", "company")
    organisation = documents(project)[0]
    assert (organisation["name"], organisation["contact"]) == (odd, "- a: b")
    assert organisation["id"] == "ysgol-1-a-sns-no"
    begun(project, "cyrillic", "--name", "Школа", "--contact", "x", "--kind", "company")
    assert documents(project, "cyrillic")[0]["id"] == "organisation"


def test_the_settings_name_the_register_and_can_be_read(project: Project) -> None:
    begun(project, *SCHOOL)
    assert tomllib.loads(project.read("ropa.toml")) == {"registry": "registry"}
    assert "settings from ropa.toml" in project.ropa("check").out
    assert "/reports/" in project.read(".gitignore")


@pytest.mark.parametrize(
    ("server", "path", "schema"),
    [
        ("github", ".github/workflows/ropa.yml", "vendor.github-workflows"),
        ("gitlab", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_a_job_for_a_ci_server_keeps_to_its_schema(
    project: Project, server: str, path: str, schema: str
) -> None:
    said = begun(project, *SCHOOL, "--ci", server)
    conforms(schema, project.folder / path)
    assert "registry" in project.read(path)
    assert "REGISTER" not in project.read(path)
    assert "write where you keep this tool" in said.err
    assert project.ropa("check", ".").code == 2  # a job is no document
    assert "not-looked-at" not in project.ropa("check", ".").out


def test_no_job_is_written_unless_it_is_wanted(project: Project) -> None:
    begun(project, *SCHOOL)
    begun(project, "other", *SCHOOL, "--ci", "none")
    assert not list(project.folder.rglob("*.yml"))


def test_in_a_repository_the_job_lies_where_its_server_looks(project: Project) -> None:
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    begun(project, "privacy", *SCHOOL, "--ci", "github")
    assert "registry: privacy/registry" in project.read(".github/workflows/ropa.yml")
    assert (project.folder / "privacy/ropa.toml").is_file()


# -- what is never written over --------------------------------------------------------------------


def test_a_register_that_is_there_is_named_and_left_alone(project: Project) -> None:
    begun(project, *SCHOOL)
    before = {p: p.read_bytes() for p in project.folder.rglob("*") if p.is_file()}
    said = project.ropa("init", *SCHOOL, "--ci", "github")
    assert said.code == 2
    assert (
        "registry holds a register already (organisation.yaml, parties.yaml, terms.yaml)"
        in said.err
    )
    assert {p: p.read_bytes() for p in project.folder.rglob("*") if p.is_file()} == before


def test_files_beside_it_that_are_there_stay_as_they_are_and_are_named(project: Project) -> None:
    project.write(".gitignore", "mine")
    project.write("ropa.toml", 'fail_on = "warning"\n')
    said = begun(project, *SCHOOL)
    assert project.read(".gitignore") == "mine"
    assert project.read("ropa.toml") == 'fail_on = "warning"\n'
    assert ".gitignore is there already, and stays as it is" in said.err
    assert "let .gitignore name /reports/ and .ropa-writing-*/, too" in said.err
    assert "ropa.toml is there already, and stays as it is" in said.err


def test_settings_that_hold_for_the_folder_already_are_not_hidden(project: Project) -> None:
    project.write("pyproject.toml", "[tool.ropa]\nmode = 'strict'\n")
    said = begun(project, *SCHOOL)
    assert not (project.folder / "ropa.toml").exists()
    assert "pyproject.toml is there already" in said.err


def test_a_file_is_no_folder_for_a_register(project: Project) -> None:
    project.write("file", "x")
    assert "file is a file" in project.ropa("init", "file", *SCHOOL).err
    project.write("registry", "x")
    assert "registry is a file" in project.ropa("init", *SCHOOL).err


# -- what is asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--name", "--kind", "--contact", "--dpo"])
def test_where_nobody_can_be_asked_a_missing_answer_names_its_option(
    project: Project, option: str
) -> None:
    at = SCHOOL.index(option)
    said = project.ropa("init", *SCHOOL[:at], *SCHOOL[at + 2 :])
    assert said.code == 2
    assert f"Missing option '{option}'" in said.err
    assert list(project.folder.iterdir()) == []


def test_who_need_have_no_data_protection_officer_may_have_none(project: Project) -> None:
    begun(project, "--name", "Northwold Ltd", "--kind", "company", "--contact", "x@n.example")
    assert "dpo" not in documents(project)[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--sheet", "nowhere.xlsx"), "there is no file nowhere.xlsx"),
        (("--notice", "nowhere.md", "--audience", "pupil"), "there is no file nowhere.md"),
        (("--notice", "../notice.md"), "Missing option '--audience'"),
        (("--kind", "castle"), "castle"),
        (("--ci", "jenkins"), "jenkins"),
        (("--country", "US"), "“US” is no country of the European Economic Area, nor GB"),
        (("--country", "Wales"), "“WALES” is no country"),
        (("--country", "FR", "--nation", "Wales"), "Wales is not in FR"),
    ],
)
def test_what_cannot_go_on_is_said_before_anything_is_written(
    project: Project, wrong: tuple[str, ...], said: str
) -> None:
    (project.folder.parent / "notice.md").write_text("# Notice\n", "utf-8")
    ended = project.ropa("init", *SCHOOL, *wrong)
    assert ended.code == 2
    assert said in ended.err
    assert list(project.folder.iterdir()) == []


def on_a_terminal(folder: Path, answers: str, *arguments: str) -> tuple[int, str]:
    """The command on a terminal of its own, at which somebody types these answers."""
    master, slave = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "dumb"}
    command = [sys.executable, "-m", "ropa", "init", *arguments]
    running = subprocess.Popen(
        command, cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    os.write(master, answers.encode())
    said = b""
    try:
        while piece := os.read(master, 4096):
            said += piece
    except OSError:  # the terminal is gone with its command
        pass
    os.close(master)
    return running.wait(30), said.decode()


def test_on_a_terminal_everything_is_asked_for(project: Project) -> None:
    (project.folder / "notice.md").write_text(NOTICE, "utf-8")
    answers = (
        "Northwold School\ncastle\nschool\n\noffice@northwold.example\ndpo@northwold.example\n\nWales\ngitlab\n"
        "nowhere.xlsx\n\nnotice.md\npupil\n"
    )
    code, said = on_a_terminal(project.folder, answers, "it")
    assert code == 0, said
    assert "there is no file nowhere.xlsx" in said
    made = {str(d["kind"]): d for d in documents(project, "it/registry")}
    assert made["notice"]["audience"] == "pupil"
    organisation = made["organisation"]
    assert organisation["nation"] == "Wales"
    assert organisation["contact"] == "office@northwold.example"
    assert (project.folder / "it/.gitlab-ci.yml").is_file()


# -- going on --------------------------------------------------------------------------------------

NOTICE = """# Privacy notice for pupils

We are Northwold School. We use your name to teach you. We keep your name for six years. We pass your name to Ofsted.
You may complain to the Information Commissioner. We tell you when this changes.
"""


def test_a_notice_is_added_as_its_own_command_adds_it(project: Project) -> None:
    project.write("notice.md", NOTICE)
    said = begun(project, *SCHOOL, "--notice", "notice.md", "--audience", "pupil")
    assert "“Privacy notice for pupils” is for pupils: 7 sentences" in said.err
    assert project.read("registry/notices/privacy-notice-for-pupils.md") == NOTICE


def test_a_sheet_is_taken_in_as_its_own_command_takes_it_in(project: Project) -> None:
    project.write("record.md", MARKDOWN.content().decode())
    project.write("notice.md", NOTICE)
    said = begun(
        project, *SCHOOL, "--sheet", "record.md", "--notice", "notice.md", "-a", "child"
    )  # fmt: skip
    assert "69 cells" in said.out
    names = {d["name"] for d in documents(project) if d.get("kind") == "activity"}
    assert names == set(MARKDOWN.entries)
    assert "is for children" in said.err


@pytest.mark.parametrize(("more", "code"), [((), 2), (("--so-far",), 1)])
def test_what_a_sheet_asks_is_asked_and_the_register_stands(
    project: Project, more: tuple[str, ...], code: int
) -> None:
    (project.folder / COUNCIL.name).write_bytes(COUNCIL.content())
    said = project.ropa("init", *SCHOOL, "--sheet", COUNCIL.name, *more)
    assert said.code == code
    assert "sometime in 2023" in said.out
    assert (project.folder / "registry/organisation.yaml").is_file()
    assert bool(list(project.folder.rglob("activities/*.yaml"))) is bool(more)


def test_what_stops_a_notice_is_said_and_the_register_stands(project: Project) -> None:
    project.write("notice.md", NOTICE)
    said = project.ropa("init", *SCHOOL, "--notice", "notice.md", "--audience", "pupul")
    assert said.code == 2
    assert "wrote registry/organisation.yaml" in said.err
    assert "“pupul” is no group of people" in said.err
    assert (project.folder / "registry/organisation.yaml").is_file()


# -- beside the rest -------------------------------------------------------------------------------

ACTIVITY = """kind: activity
id: inspections
name: Inspections
subjects: pupil
data: name
purposes: inspection
sources: data-subject
basis: {article_6: c, law: Education Act 2005}
retention: {period: P1Y, trigger: end-of-year}
disclosures: [{to: Ofsted}]
"""


def test_a_starter_that_data_goes_to_is_named_and_in_the_record_and_the_others_are_not(
    project: Project,
) -> None:
    begun(project, *SCHOOL)
    project.write("registry/activities/inspections.yaml", ACTIVITY)
    checked = project.ropa("check", "--all").out
    assert "data already goes to or comes from Ofsted" in checked
    record = project.ropa("record", "--format", "md").out
    assert "Ofsted" in record
    assert "Joint Council" not in record


def test_the_workbook_leaves_what_nobody_has_confirmed_as_it_is(project: Project) -> None:
    begun(project, *SCHOOL)
    project.write("registry/activities/inspections.yaml", ACTIVITY)
    project.ropa("record", "--format", "xlsx", "-o", "record.xlsx")
    before = {p: p.read_bytes() for p in (project.folder / "registry").rglob("*.yaml")}
    ended = project.ropa("import", "record.xlsx")
    assert "the register says all of it already" in ended.out, ended.err
    assert {p: p.read_bytes() for p in before} == before


def test_a_starter_party_goes_by_the_short_names_that_the_shipped_word_goes_by() -> None:
    known = shipped_terms().by_id
    lacking = {
        document.data["id"]: short
        for pack in sorted((ROOT / "src/ropa/starters/packs").glob("*.yaml"))
        for document in shipped(pack)
        if document.data["kind"] == "party"
        and (term := known.get((Facet.RECIPIENT, document.data["id"])))
        for short in term[0].synonyms
        if short.isupper() and short not in strings(document.data.get("synonyms", ()))
    }
    assert lacking == {}
