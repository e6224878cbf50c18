"""Who sees to what: a finding or a sentence is given to a post, and every list shows what one post has to do."""

from pathlib import Path

import pytest

from bench import Running
from command import Project
from conftest import Check
from ropa.errors import UnknownName

REGISTER = """\
kind: organisation
id: o
name: Exampleshire County Council
---
kind: activity
id: reports
name: Reports
subjects: pupil
data: name
purposes: support
owner: Head of Schools
disclosures: [{to: police}]
---
kind: activity
id: meals
name: Meals
subjects: pupil
data: diet
purposes: catering
owner: Head of Catering
---
kind: notice
id: n
name: Notice
audience: pupil
text: n.md
statements:
  - quote: We use your name to support you
    uses: {data: name, purposes: support}
"""
TASK = """\
---
kind: task
id: police
owner: Legal Services
finding: recipient-omitted@reports/disclose/police-force@recipient
note: Ask whether it may be said
"""


def test_a_finding_is_seen_to_by_whom_it_was_given_and_else_by_who_answers_for_its_entry(
    check_text: Check,
) -> None:
    plain, given = check_text(REGISTER), check_text(REGISTER + TASK)
    (finding,) = [f for f in plain.findings if f.id.startswith("recipient-omitted@")]
    assert plain.owner_of(finding) == "Head of Schools"
    assert given.owner_of(finding) == "Legal Services"
    assert [f.id for f in given.of_owner("Legal Services").findings if not f.rule.undecided] == [
        finding.id
    ]
    assert finding.id not in [f.id for f in given.of_owner("Head of Schools").findings]
    with pytest.raises(UnknownName, match="did you mean Legal Services"):
        given.of_owner("Legal Service")


def test_stars_in_a_task_stand_for_any_characters(check_text: Check) -> None:
    report = check_text(
        REGISTER
        + TASK.replace("recipient-omitted@reports/disclose/police-force@recipient", "'*@meals/*'")
    )
    assert {report.owner_of(f) for f in report.findings if "@meals/" in f.id} == {"Legal Services"}


@pytest.mark.parametrize(
    ("instead", "says"),
    [
        ("note: nothing", "a task is about one finding, or about one sentence of a notice"),
        (
            "finding: a-rule@b\nnotice: n\nquote: We use",
            "a task is about one finding, or about one sentence",
        ),
        ("finding: a-rule@b\nowners: us", "`owners` is not known here"),
        ("notice: elsewhere\nquote: We use", "there is no notice elsewhere"),
    ],
)
def test_a_task_that_is_about_nothing_is_a_finding(
    check_text: Check, instead: str, says: str
) -> None:
    report = check_text(f"{REGISTER}---\nkind: task\nid: t\nowner: Legal Services\n{instead}\n")
    assert any(says in f.problem.message.replace("“", "").replace("”", "") for f in report.findings)


def test_check_prints_what_one_post_sees_to_and_exits_as_the_whole_register_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(REGISTER + TASK)
    ran = project.ropa("check", "--owner", "Legal Services", "--all")
    assert "recipient-omitted" in ran.out
    assert "purpose-omitted@meals" not in ran.out
    assert "catering" not in ran.out
    assert "only what Legal Services answers for" in ran.out
    assert ran.code == project.ropa("check").code
    assert "nobody is called" in project.ropa("check", "--owner", "Nobody").err


def test_a_finding_is_given_at_the_workbench_and_given_on(bench: Running) -> None:
    finding = "recipient-partial@protection-and-court/disclose/family-court@recipient"
    flow = "protection-and-court/disclose/family-court"
    fields = {"finding": finding, "owner": "Legal Services", "note": "Ask the court", "back": "/"}
    assert bench.ask("/give", fields).status == 303
    written = (bench.root / "tasks.yaml").read_text("utf-8")
    assert f"owner: Legal Services\nfinding: {finding}\nnote: Ask the court\n" in written
    assert bench.ask("/give", {**fields, "owner": "Head of Courts"}).status == 303
    assert (bench.root / "tasks.yaml").read_text("utf-8") == written.replace(
        "Legal Services", "Head of Courts"
    )
    assert "<b>Head of Courts</b>" in bench.ask(f"/flow?id={flow}").text
    listed = bench.ask("/flows?owner=Head+of+Courts").text
    assert "1 flow of 78" in listed
    assert "One thing to do" in bench.ask("/?owner=Head+of+Courts").text
    assert bench.ask("/give", {**fields, "owner": " "}).status == 422
    assert bench.ask("/give", {**fields, "finding": "gone@x"}).status == 404


def test_a_sentence_that_is_not_tied_is_given_at_the_workbench(bench: Running) -> None:
    notice = "children-social-care-2025"
    number = next(
        n
        for n in range(1, 90)
        if "not tied yet</span>" in bench.ask(f"/notice/{notice}?sentence={n}").text
    )
    fields = {
        "notice": notice,
        "sentence": str(number),
        "owner": "Head of Letters",
        "back": f"/notice/{notice}",
    }
    assert bench.ask("/give", fields).status == 303
    assert f"notice: {notice}\nquote: " in (bench.root / "tasks.yaml").read_text("utf-8")
    assert (
        "<b>Head of Letters</b> sees to it" in bench.ask(f"/notice/{notice}?sentence={number}").text
    )
    for page in ("/?owner=Head+of+Letters", "/notices?owner=Head+of+Letters"):
        assert (
            f"/notice/{notice}?sentence={number}"
            in bench.ask(page).text.split("Sentences for Head of Letters")[1]
        )
    aside = {
        "notice": notice,
        "sentence": str(number),
        "reason": "leads on",
        "by": "J. Smith",
        "base": "",
    }
    from ropa.workbench.diary import mark

    aside["base"] = mark((bench.root / "notices" / f"{notice}.yaml").read_bytes())
    assert bench.ask("/aside", aside).status == 303  # it is settled, and waits for nobody
    assert "None waits for them" in bench.ask("/notices?owner=Head+of+Letters").text
