"""What changed from one register to another, and who has to be told: folders, revisions of git, and plans."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from command import Ended, Project
from conftest import ROOT
from library import CLEAN, GAP, UNDECIDED
from ropa.changes.history import _Held, _write

POLICE = CLEAN.replace("  - to: collector\n", "  - to: collector\n  - to: police-force\n")
SECOND = """---
kind: activity
id: fines
name: Fines
subjects: resident
data: [name, address]
purposes: billing
sources: data-subject
basis: {article_6: b, reason: Nobody can lend a book without a contract}
retention: [{law: Northwold schedule 4, period: P1Y, trigger: end-of-contract}]
disclosures:
  - to: police-force
systems: shelf
security: Locked
owner: Head Librarian
reviewed: 2026-09-01
"""
LATER = CLEAN + (
    "---\nkind: notice\nid: library-users-2027\nname: Library users, 2027\naudience: resident\n"
    "in_force: {from: 2027-01-01}\ntext: later.md\nstatements:\n"
    "  - quote: The police get your name and address\n    discloses: {to: police-force}\n"
)
WAIVED = (
    GAP
    + "---\nkind: waiver\nid: collector-2026\nfinding: recipient-omitted@loans/disclose/collector@recipient\n"
    "reason: The notice is being reprinted\nowner: Head Librarian\nuntil: 2026-12-31\n"
)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


def git(project: Project, *arguments: str) -> str:
    who = {
        f"GIT_{role}_{what}": "x@northwold.example"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    env = os.environ | who | {"HOME": str(project.folder), "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments], cwd=project.folder, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(project: Project, text: str, where: str = "registry") -> None:
    project.register(text, where)
    if not (project.folder / ".git").exists():
        git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "--allow-empty", "-m", "A change")


def compare(project: Project, old: str, new: str, *more: str) -> dict[str, Any]:
    """The difference between two registers as json, held against its schema."""
    project.register(old, "old")
    project.register(new, "new")
    return read(project.ropa("diff", "old", "new", "--format", "json", *more))


def read(ended: Ended) -> dict[str, Any]:
    assert ended.out, ended.err
    shown: dict[str, Any] = json.loads(ended.out)
    schema = json.loads((ROOT / "schemas/diff.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(shown)
    return shown


def ids(changes: dict[str, Any]) -> dict[str, list[str]]:
    return {how: [entry["id"] for entry in entries] for how, entries in changes.items()}


# -- what is no change -------------------------------------------------------------------------------


def test_moved_lines_layout_and_labels_are_no_change(project: Project) -> None:
    documents = CLEAN.split("---\n")
    other = "---\n".join(["# Moved\n" + documents[-1], *documents[:-1]])
    other = other.replace(
        "purposes: billing\nsources: data-subject",
        "purposes:\n  - Billing\nsources: [data-subject]",
    )
    other = other.replace("data: [name, address]\npurposes", "data: [address, name]\npurposes")
    other = other.replace("name: Lending books", "name: Lending of books")
    other = other.replace("Locked", "  Locked")
    assert other != CLEAN
    shown = project.ropa("diff", "old", "new") if compare(project, CLEAN, other) else None
    assert shown is not None
    assert shown.out.endswith("\nNothing changed.\n")
    assert shown.code == 0


# -- what is ------------------------------------------------------------------------------------------


def test_an_activity_and_its_flows_are_added_and_removed(project: Project) -> None:
    there = compare(project, CLEAN, CLEAN + SECOND)
    flows = ["collect/data-subject", "use/billing", "keep/shelf", "disclose/police-force"]
    assert ids(there["activities"]) == {"added": ["fines"], "removed": [], "changed": []}
    assert ids(there["flows"])["added"] == [f"fines/{flow}" for flow in flows]
    back = compare(project, CLEAN + SECOND, CLEAN)
    assert ids(back["activities"])["removed"] == ["fines"]
    assert ids(back["flows"])["removed"] == [f"fines/{flow}" for flow in flows]
    assert back["newly_untold"] == []


def test_a_change_is_told_in_the_words_of_the_record(project: Project) -> None:
    other = CLEAN.replace("data: [name, address]\npurposes", "data: [name, photo]\npurposes")
    other = other.replace(
        "law: Northwold schedule 4, period: P1Y", "law: Northwold schedule 5, period: P2Y"
    )
    other = other.replace(
        "basis: {article_6: b, reason: Nobody can lend a book without a contract}",
        "basis: {article_6: a}",
    )
    other = other.replace("owner: Head Librarian\nreviewed", "owner: Archivist\nreviewed")
    (entry,) = compare(project, CLEAN, other)["activities"]["changed"]
    edits = {edit["what"]: (edit["gone"], edit["new"]) for edit in entry["edits"]}
    assert edits["which data"] == ("postal address", "photographs")
    assert edits["who answers for it"] == ("Head Librarian", "Archivist")
    assert edits["the lawful basis"] == (
        "article 6 b, reason Nobody can lend a book without a contract",
        "article 6 a",
    )
    assert edits["how long it is kept"] == (
        "postal address and name for 1 year from the end of the contract under Northwold schedule 4",
        "name and photographs for 2 years from the end of the contract under Northwold schedule 5",
    )


def test_what_is_otherwise_in_the_whole_activity_is_not_said_of_each_flow_again(
    project: Project,
) -> None:
    other = CLEAN.replace("data: [name, address]\npurposes", "data: name\npurposes")
    assert len(compare(project, CLEAN, other)["flows"]["changed"]) == 4
    assert "\nFlows\n" not in project.ropa("diff", "old", "new").out


def test_a_statement_that_says_something_else_with_the_same_words_is_changed(
    project: Project,
) -> None:
    other = CLEAN.replace("keeps: {period: P1Y", "keeps: {period: P2Y")
    shown = compare(project, CLEAN, other)["statements"]
    assert ids(shown) == {"added": [], "removed": [], "changed": ["library-users#2"]}
    assert shown["changed"][0]["edits"] == [{"what": "period", "gone": "P1Y", "new": "P2Y"}]


def test_a_statement_whose_words_left_the_text_is_removed(project: Project) -> None:
    project.register(CLEAN, "old")
    project.register(CLEAN, "new")
    text = project.read("new/notice.md").replace("We pass them to Fairly Collected Ltd.", "")
    project.write("new/notice.md", text)
    shown = read(project.ropa("diff", "old", "new", "--format", "json"))
    assert ids(shown["statements"])["removed"] == ["library-users#3"]
    assert [untold["cause"] for untold in shown["newly_untold"]] == ["no longer told"]


def test_a_verdict_that_changes_is_shown_facet_by_facet(project: Project) -> None:
    (shift,) = compare(project, GAP, CLEAN)["verdicts"]
    assert (shift["flow"], shift["before"], shift["after"]) == (
        "loans/disclose/collector",
        "omitted",
        "clear",
    )
    assert shift["facets"] == {"recipient": {"before": "omitted", "after": "clear"}}


def test_the_worst_verdict_is_a_verdict_and_not_nothing(project: Project) -> None:
    other = CLEAN.replace(
        "period: P1Y, trigger: end-of-contract}]", "period: P3Y, trigger: end-of-contract}]"
    )
    (shift,) = compare(project, CLEAN, other)["verdicts"]
    assert shift["facets"] == {"retention": {"before": "clear", "after": "contradicted"}}
    assert "retention clear → contradicted" in project.ropa("diff", "old", "new").out


# -- who has to be told -------------------------------------------------------------------------------


def test_a_new_recipient_nobody_is_told_of_is_newly_untold(project: Project) -> None:
    shown = compare(project, CLEAN, POLICE)
    (untold,) = shown["newly_untold"]
    assert untold["facet"] == "recipient"
    assert untold["cause"] == "starts"
    assert untold["subjects"] == ["resident"]
    assert untold["notices"] == ["library-users"]
    assert untold["flows"] == ["loans/disclose/police-force"]
    assert shown["notices_to_change"] == [{"notice": "library-users", "times": 1}]
    assert shown["to_be_told"] == [{"subject": "resident", "times": 1}]


def test_fail_on_newly_untold_fails_for_what_is_new_and_for_nothing_else(project: Project) -> None:
    compare(project, CLEAN, POLICE)
    assert project.ropa("diff", "old", "new").code == 0
    assert project.ropa("diff", "old", "new", "--fail-on", "newly-untold").code == 1
    assert project.ropa("diff", "new", "old", "--fail-on", "newly-untold").code == 0


def test_a_gap_that_was_there_before_is_not_new(project: Project) -> None:
    other = GAP.replace("owner: Head Librarian", "owner: Archivist")
    assert compare(project, GAP, other)["newly_untold"] == []


def test_more_of_what_was_untold_is_new_only_as_far_as_it_is_more(project: Project) -> None:
    old = POLICE.replace("subjects: resident", "subjects: [resident]")
    new = POLICE.replace("subjects: resident", "subjects: [resident, employee]")
    untold = compare(project, old, new)["newly_untold"]
    assert {(u["facet"], tuple(u["subjects"])) for u in untold} == {("subject", ("employee",))}
    assert untold[0]["notices"] == [], "nobody gives them a notice"
    assert "a notice for those whom none reaches" in project.ropa("diff", "old", "new").out


def test_a_new_purpose_is_told_once_for_all_flows(project: Project) -> None:
    new = CLEAN.replace("purposes: billing\nsources", "purposes: [billing, research]\nsources")
    untold = compare(project, CLEAN, new)["newly_untold"]
    said = {u["in_words"] for u in untold}
    contract = "on the basis of a contract (Article 6(1)(b)) for research"
    assert said == {
        f"Northwold Library uses their data {contract}",
        f"Northwold Library gives their data to Fairly Collected Ltd {contract}",
        "Northwold Library uses their data for research",
        "Northwold Library gives their data to Fairly Collected Ltd for research",
    }
    (own,) = (u for u in untold if u["in_words"].endswith("uses their data for research"))
    assert own["flows"] == ["loans/collect/data-subject", "loans/use/research"]


def test_what_a_notice_stops_telling_goes_on_untold(project: Project) -> None:
    (untold,) = compare(project, CLEAN, GAP)["newly_untold"]
    assert untold["cause"] == "no longer told"
    assert "the notices no longer tell it" in project.ropa("diff", "old", "new").out


def test_what_begins_when_a_notice_tells_it_is_told_in_time(project: Project) -> None:
    begins = "  - {to: police-force, started: 2027-01-15}\n"
    new = LATER.replace("  - to: collector\n", f"  - to: collector\n{begins}")
    assert compare(project, LATER, new)["newly_untold"] == []


def test_what_begins_before_the_notice_tells_it_is_not(project: Project) -> None:
    begins = "  - {to: police-force, started: 2026-12-15}\n"
    new = LATER.replace("  - to: collector\n", f"  - to: collector\n{begins}")
    (untold,) = compare(project, LATER, new)["newly_untold"]
    assert untold["starts"] == "2026-12-15"
    assert "it starts on 15 December 2026" in project.ropa("diff", "old", "new").out


def test_a_promise_that_is_new_and_broken_names_its_notice(project: Project) -> None:
    new = CLEAN + "  - quote: We never give them to anyone\n    never: discloses\n    to: anyone\n"
    shown = compare(project, CLEAN, new, "--mode", "cautious")
    (untold,) = shown["newly_untold"]
    assert untold["facet"] == "promise"
    assert "against “We never give them to anyone”" in untold["in_words"]
    assert untold["notices"] == ["library-users"]


# -- waivers ------------------------------------------------------------------------------------------


def test_a_waiver_that_ran_out_is_named_with_what_stands_again(project: Project) -> None:
    shown = compare(project, WAIVED, WAIVED, "--old-as-of", "2026-06-01")
    assert shown["waivers_ended"] == []
    ended = project.ropa(
        "diff", "old", "new", "--old-as-of", "2026-11-23", "--format", "json", day="2027-01-01"
    )
    (waiver,) = read(ended)["waivers_ended"]
    assert waiver["ran_out"] is True
    assert waiver["stands_again"] == ["recipient-omitted@loans/disclose/collector@recipient"]


def test_a_waiver_that_was_taken_out_ended_and_one_that_was_extended_did_not(
    project: Project,
) -> None:
    (waiver,) = compare(project, WAIVED, GAP)["waivers_ended"]
    assert waiver["ran_out"] is False
    longer = WAIVED.replace("until: 2026-12-31", "until: 2027-06-30")
    assert compare(project, WAIVED, longer)["waivers_ended"] == []


# -- what could not be checked -----------------------------------------------------------------------


@pytest.mark.parametrize("sides", [(CLEAN, UNDECIDED), (UNDECIDED, CLEAN)])
def test_a_side_that_could_not_be_checked_is_said_and_ends_with_2(
    project: Project, sides: tuple[str, str]
) -> None:
    compare(project, *sides)
    ended = project.ropa("diff", "old", "new")
    assert ended.code == 2
    assert "something may be missing here" in ended.out


# -- git ----------------------------------------------------------------------------------------------


def test_a_revision_is_compared_with_the_working_tree(project: Project) -> None:
    commit(project, CLEAN)
    project.register(POLICE)
    ended = project.ropa("diff", "HEAD", "--fail-on", "newly-untold")
    assert ended.code == 1
    assert ended.out.startswith("before: HEAD:registry, as of 23 November 2026\nnow:    registry,")


def test_two_revisions_and_a_path_that_moved(project: Project) -> None:
    shutil.rmtree(project.folder / "registry")
    commit(project, CLEAN, "data/register")
    git(project, "rm", "-rq", "data")
    commit(project, POLICE)
    ended = project.ropa("diff", "HEAD~1:data/register", "HEAD", "--format", "json")
    assert len(read(ended)["newly_untold"]) == 1
    ended = project.ropa("diff", "HEAD~1")
    assert ended.code == 2
    assert "there is no folder registry in HEAD~1; write REV:PATH" in ended.err


def test_the_texts_of_the_notices_are_those_of_the_revision(project: Project) -> None:
    commit(project, CLEAN)
    project.write("registry/notice.md", "Nothing to see here.")
    shown = read(project.ropa("diff", "HEAD", "--format", "json"))
    assert len(shown["statements"]["removed"]) == 4


def test_it_works_from_a_folder_below_and_inside_a_hook(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(project, CLEAN)
    monkeypatch.chdir(project.folder / "registry")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert project.ropa("diff", "HEAD:./", ".").code == 0


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (":registry", "“:registry” is neither a folder nor a revision of git"),
        ("nowhere", "“nowhere” is no folder, and there is no revision nowhere here"),
        ("HEAD:nowhere", "there is no folder nowhere in HEAD:nowhere"),
        ("HEAD:registry/notice.md", "registry/notice.md is no folder in HEAD"),
        ("HEAD:../outside", "../outside is outside the repository"),
    ],
)
def test_what_is_no_revision_is_refused(project: Project, wanted: str, said: str) -> None:
    commit(project, CLEAN)
    ended = project.ropa("diff", wanted)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_an_option_is_never_handed_on_to_git(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(project, CLEAN)
    monkeypatch.setattr("sys.argv", ["ropa", "diff", "--", "--output=stolen"])
    from ropa.cli import outcome

    assert outcome() == 2
    assert "neither a folder nor a revision" in project.capsys.readouterr().err
    assert not (project.folder / "stolen").exists()


def test_a_shallow_clone_is_explained(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, CLEAN)
    commit(project, POLICE)
    git(project, "clone", "-q", "--depth", "1", f"file://{project.folder}", "shallow")
    monkeypatch.chdir(project.folder / "shallow")
    ended = project.ropa("diff", "HEAD~1")
    assert ended.code == 2
    assert "shallow clone" in ended.err
    assert "fetch-depth: 0" in ended.err


def test_outside_a_repository_it_says_so(project: Project) -> None:
    ended = project.ropa("diff", "HEAD")
    assert ended.code == 2
    assert "in no repository of git" in ended.err


def test_without_git_only_folders_can_be_compared(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(project.folder))
    ended = project.ropa("diff", "HEAD")
    assert (ended.code, "git is not installed" in ended.err) == (2, True)


def test_nothing_is_left_out_because_of_an_attribute(project: Project) -> None:
    project.write("registry/.gitattributes", "notice.md export-ignore\n")
    commit(project, CLEAN)
    ended = project.ropa("diff", "HEAD")
    assert (ended.code, ended.out.splitlines()[-1]) == (0, "Nothing changed.")


@pytest.mark.parametrize("how", ["smudge", "process"])
def test_no_program_of_the_repository_runs_and_the_bytes_that_were_committed_are_judged(
    project: Project, how: str
) -> None:
    commit(project, CLEAN)
    project.write("registry/.gitattributes", "* filter=evil\n")
    ran = project.folder / "ran"
    git(project, "config", f"filter.evil.{how}", f"sh -c 'touch {ran}; sed s/P1Y/P9Y/'")
    ended = project.ropa("diff", "HEAD")
    assert not ran.exists()
    assert "P9Y" not in ended.out


@pytest.mark.parametrize("name", ["../outside.yaml", "a/../../outside.yaml"])
def test_a_forged_name_leads_nowhere(name: str, tmp_path: Path) -> None:
    entry = _Held(name, b"", link=False)
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(ValueError, match="leads out of the folder"):
        _write(folder, entry, b"kind: party")
    assert not (tmp_path / "outside.yaml").exists()


def test_a_file_is_not_written_through_a_link_of_the_same_commit(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "inside", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "door").symlink_to(elsewhere)
    with pytest.raises(ValueError, match="leads out of the folder"):
        _write(folder, _Held("door/x.yaml", b"", link=False), b"kind: party")
    assert list(elsewhere.iterdir()) == []


def test_a_link_out_of_the_register_is_not_followed(project: Project) -> None:
    project.write("secret.yaml", SECOND.removeprefix("---\n"))
    commit(project, CLEAN)
    (project.folder / "registry/link.yaml").symlink_to("../secret.yaml")
    commit(project, CLEAN)
    assert project.ropa("diff", "HEAD").code == 2


def test_nothing_stays_behind(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit(project, CLEAN)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    assert project.ropa("diff", "HEAD").code == 0
    assert list((tmp_path / "scratch").iterdir()) == []
    assert git(project, "status", "--porcelain") == "?? scratch/" or not git(
        project, "status", "--porcelain"
    )


# -- what if ------------------------------------------------------------------------------------------


def test_a_planned_activity_is_judged_as_if_it_were_in_the_register(project: Project) -> None:
    project.register(CLEAN)
    project.write("plan/fines.yaml", SECOND.removeprefix("---\n"))
    ended = project.ropa("check", "--with", "plan/fines.yaml")
    assert ended.code == 1
    assert "resident" in ended.out
    assert "their data goes to police force" in ended.out
    assert not (project.folder / "registry/fines.yaml").exists()


def test_a_plan_the_notice_covers_is_clean(project: Project) -> None:
    project.register(CLEAN)
    project.write(
        "plan/fines.yaml", SECOND.removeprefix("---\n").replace("police-force", "collector")
    )
    ended = project.ropa("check", "--with", "plan/fines.yaml")
    assert ended.code == 0
    assert "Nobody has to be told of anything new." in ended.out


def test_what_the_register_lacks_without_it_does_not_count(project: Project) -> None:
    project.register(GAP)
    covered = SECOND.removeprefix("---\n").replace("disclosures:\n  - to: police-force\n", "")
    project.write("plan/fines.yaml", covered)
    assert project.ropa("check").code == 1
    assert project.ropa("check", "--with", "plan/fines.yaml").code == 0


def test_a_draft_notice_takes_the_place_of_the_one_with_its_id(project: Project) -> None:
    project.register(GAP)
    notice = "kind: notice\n" + CLEAN.rpartition("kind: notice\n")[2]
    project.register(notice, "draft")
    shown = read(project.ropa("check", "--with", "draft/register.yaml", "--format", "json"))
    (shift,) = shown["verdicts"]
    assert (shift["before"], shift["after"]) == ("omitted", "clear")
    assert shown["notices"]["added"] == []
    assert ids(shown["statements"])["added"] == ["library-users#3"]


def test_a_draft_that_is_not_in_force_yet_says_so(project: Project) -> None:
    project.register(GAP)
    notice = LATER.rpartition("---\n")[2]
    project.register(notice, "draft")
    shown = read(project.ropa("check", "--with", "draft/register.yaml", "--format", "json"))
    assert shown["notes"] == [
        "“Library users, 2027” is in force from 1 January 2027, and tells nothing on 23 November 2026"
    ]


def test_a_fault_in_a_planned_file_is_found_at_its_line(project: Project) -> None:
    project.register(CLEAN)
    project.write(
        "plan/fines.yaml",
        SECOND.removeprefix("---\n").replace("purposes: billing", "purpose: billing"),
    )
    ended = project.ropa("check", "--with", "plan/fines.yaml")
    assert ended.code == 2
    assert "../plan/fines.yaml:6:1" in ended.out


def test_a_planned_file_of_the_register_itself_is_held_against_the_register_without_it(
    project: Project,
) -> None:
    project.register(CLEAN)
    project.write("registry/fines.yaml", SECOND.removeprefix("---\n"))
    shown = read(project.ropa("check", "--with", "registry/fines.yaml", "--format", "json"))
    assert ids(shown["activities"])["added"] == ["fines"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nothing.yaml", "there is no such file"),
        ("plan.txt", "not YAML"),
        ("empty.yaml", "no document"),
    ],
)
def test_a_plan_that_cannot_be_read_is_no_plan(project: Project, path: str, said: str) -> None:
    project.register(CLEAN)
    project.write("plan.txt", "kind: activity\n")
    project.write("empty.yaml", "# nothing\n")
    ended = project.ropa("check", "--with", path)
    assert (ended.code, said in ended.err) == (2, True)


def test_a_format_that_says_no_differences_is_refused(project: Project) -> None:
    project.write("plan/fines.yaml", SECOND)
    ended = project.ropa(
        "check", "--with", "plan/fines.yaml", "--format", "json", "--baseline", "x.json"
    )
    assert ended.code == 2


# -- markdown -----------------------------------------------------------------------------------------


def test_markdown_holds_nothing_active_but_what_is_ours(project: Project) -> None:
    evil = "<script>alert(1)</script> | [a](https://evil.example) `x` @team #1 \u202eb ::error::c"
    new = POLICE.replace("name: Northwold Library", f"name: {json.dumps(evil)}") + SECOND.replace(
        "name: Fines", f"name: {json.dumps(evil)}"
    )
    compare(project, CLEAN, new)
    shown = project.ropa("diff", "old", "new", "--format", "markdown").out
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(shown)
    html = {t.content.strip() for t in tokens if t.type == "html_block"}
    assert all(part.startswith(("<details><summary>", "</details>")) for part in html)
    inline = [c.type for t in tokens for c in t.children or ()]
    assert not {"link_open", "image", "html_inline"} & set(inline)
    assert "\u202e" not in shown
    kinds = [token.type for token in tokens]
    assert kinds.count("td_open") == 4 * (kinds.count("tr_open") - 1) > 0


def test_markdown_of_a_large_change_fits_a_comment(project: Project) -> None:
    many = "".join(SECOND.replace("id: fines", f"id: fines-{n}") for n in range(300))
    compare(project, CLEAN, CLEAN + many)
    shown = project.ropa("diff", "old", "new", "--format", "markdown").out
    assert len(shown.encode()) < 65_536
    assert "more" in shown


def test_markdown_of_one_name_without_end_fits_a_comment(project: Project) -> None:
    named = SECOND.replace("name: Fines", f"name: '{'[a](https://evil.example) | ' * 4000}'")
    compare(project, CLEAN, CLEAN + named)
    shown = project.ropa("diff", "old", "new", "--format", "markdown").out
    assert len(shown.encode()) < 65_536
    assert shown.endswith("**What is longer than a comment may be is left out.**\n")
    assert shown.count("<details>") == shown.count("</details>") > 0
    assert "evil" in shown
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(shown)
    assert "link_open" not in {child.type for token in tokens for child in token.children or ()}


def test_a_new_activity_without_retention_says_that_the_period_is_to_be_told(
    project: Project,
) -> None:
    kept = "retention: [{law: Northwold schedule 4, period: P1Y, trigger: end-of-contract}]\n"
    compare(project, CLEAN, CLEAN + SECOND.replace(kept, ""))
    assert "keeps their data, and how long\n" in project.ropa("diff", "old", "new").out
