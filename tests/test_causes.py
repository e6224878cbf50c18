"""What the findings come of: one line for each cause, in the order in which to mend them, nothing lost on the way."""

import json
import re

import pytest

from command import Project
from conftest import ROOT, TODAY, Check
from library import CLEAN, GAP, UNDECIDED
from ropa import front
from ropa.causes import MOST_THINGS, causes
from ropa.findings import Severity
from ropa.judging.judgement import Settings
from ropa.report import Report

SCHOOL = """kind: organisation
id: elm
name: Elm School
contact: 1 Elm Lane
dpo: dpo@elm.example
security: Locks and passwords
---
kind: notice
id: pupils
name: Pupils
audience: pupil
text: pupils.md
statements:
  - quote: We never share your data with anyone
    never: discloses
  - quote: We use your name to teach you
    uses: {data: name, purposes: education-provision}
"""


def an_activity(number: int, **said: str) -> str:
    """An entry of the record, of pupils unless it says of whom."""
    written = {"subjects": "pupil", "disclosures": "[]", **said}
    lines = "\n".join(f"{key}: {value}" for key, value in written.items())
    return f"""---
kind: activity
id: entry-{number}
name: Entry {number}
data: name
purposes: education-provision
sources: data-subject
basis: {{article_6: e, law: Education Act 1996}}
retention: [{{period: P6Y, trigger: end-of-year}}]
owner: Head
reviewed: 2026-09-01
{lines}
"""


SUPPLIERS = "".join(
    f"---\nkind: party\nid: firm-{n}\nname: Firm {n} Ltd\ntype: processor\nagreement: C-{n}\n"
    for n in range(4)
)


@pytest.fixture(scope="module")
def example() -> Report:
    return front.check(ROOT / "registry", Settings(TODAY))


def test_every_finding_that_stands_has_one_cause_and_what_is_accepted_has_none(
    example: Report,
) -> None:
    of_causes = [finding for cause in causes(example).all for finding in cause.findings]
    assert sorted(of_causes, key=str) == sorted(example.standing, key=str)
    assert len(of_causes) < len(example.findings)


def test_what_could_not_be_checked_comes_first_then_the_worst_and_of_those_the_widest(
    example: Report,
) -> None:
    found = causes(example)
    assert all(cause.undecided for cause in found.unchecked)
    assert not any(cause.undecided for cause in found.rest)
    ranks = [(-cause.severity, -len(cause.flows)) for cause in found.rest]
    assert ranks == sorted(ranks)


def test_the_first_things_are_behind_most_of_the_flows_that_are_not_told(example: Report) -> None:
    found = causes(example)
    assert len(found.first) == MOST_THINGS
    assert found.short == sum(str(t.verdict) != "clear" for t in example.case.coverage.flows)
    assert found.behind * 2 > found.short


def test_what_mends_a_cause_is_drafted_only_when_it_is_asked_for(example: Report) -> None:
    found = causes(example)
    assert [cause for cause in found.all if "remedy" in vars(cause)] == []
    drafted = next(cause for cause in found.rest if cause.remedy.sentence is not None)
    assert drafted.remedy is drafted.remedy
    assert "remedy" in vars(drafted)


def test_a_cause_keeps_its_id_when_lines_move(check_text: Check) -> None:
    before = [cause.id for cause in causes(check_text(GAP)).all]
    assert [cause.id for cause in causes(check_text(f"# moved\n\n{GAP}")).all] == before


def test_a_group_without_a_notice_is_one_cause_however_many_activities_use_its_data(
    check_text: Check,
) -> None:
    entries = "".join(an_activity(n, subjects="member-of-staff") for n in range(3))
    first = causes(check_text(SCHOOL + entries)).first[0]
    assert first.says == "Members of staff get no notice that is in force"
    assert first.id == "no-notice:staff-member"
    assert first.remedy.command == "ropa notice draft staff-member"
    assert len(first.findings) == 3
    assert len(first.flows) > 3


def test_groups_that_share_an_entry_need_one_notice_and_others_need_their_own(
    check_text: Check,
) -> None:
    whose = ("[member-of-staff, parent]", "[parent, visitor]", "volunteer")
    entries = "".join(an_activity(n, subjects=who) for n, who in enumerate(whose))
    found = [c for c in causes(check_text(SCHOOL + entries)).rest if c.id.startswith("no-notice")]
    assert [c.id for c in found] == [
        "no-notice:staff-member:parent:visitor",
        "no-notice:volunteer",
    ]


def test_one_sentence_that_goes_against_many_disclosures_is_one_cause(check_text: Check) -> None:
    to_whom = ("ofsted", "police", "government-department")
    entries = "".join(
        an_activity(n, disclosures=f"[{{to: {to}, purposes: education-provision}}]")
        for n, to in enumerate(to_whom)
    )
    found = [c for c in causes(check_text(SCHOOL + entries)).rest if c.id.startswith("sentence")]
    said = "One sentence, “We never share your data with anyone”, goes against 3 disclosures"
    assert [c.says for c in found] == [said]
    assert found[0].extent == "3 flows"


def test_suppliers_that_no_notice_names_are_one_cause_with_one_sentence(check_text: Check) -> None:
    school = SCHOOL.replace(
        "  - quote: We never share your data with anyone\n    never: discloses\n",
        "",
    )
    entries = "".join(an_activity(n, disclosures=f"[{{to: firm-{n}}}]") for n in range(4))
    found = {c.id: c for c in causes(check_text(school + SUPPLIERS + entries)).rest}
    suppliers = found["suppliers"]
    assert suppliers.says.startswith("Suppliers are named nowhere: Firm 0 Ltd, Firm 1 Ltd")
    assert suppliers.extent == "4 flows"
    draft = suppliers.remedy.sentence
    assert draft is not None
    assert all(f"Firm {n} Ltd" in draft.wording for n in range(4))


def test_the_same_lack_of_many_entries_is_one_cause_that_says_of_how_many(
    check_text: Check,
) -> None:
    entries = "".join(an_activity(n) for n in range(3))
    reasoned = an_activity(3).replace("end-of-year}", "end-of-year, law: Schedule 4}")
    found = {c.id: c for c in causes(check_text(SCHOOL + entries + reasoned)).rest}
    lack = found["retention-without-law"]
    assert lack.says == "A period is recorded without what sets it"
    assert lack.extent == "3 of 4 activities"
    assert len(lack.findings) == 3


def test_two_bases_of_one_activity_that_lack_the_same_are_one_activity(check_text: Check) -> None:
    two = "basis: [{article_6: b, article_9: b}, {article_6: e, article_9: b, law: Schedule 4}]"
    entry = "\n".join(
        two if line.startswith("basis:") else line for line in an_activity(0).splitlines()
    )
    others = "".join(an_activity(n) for n in range(1, 3))
    report = check_text(f"{SCHOOL}{entry}\n{others}")
    found = {c.id: c for c in causes(report).rest}
    lack = found["schedule-1-condition-missing"]
    assert (len(lack.findings), lack.extent) == (2, "1 activity")
    assert {report.case.owner_of(f.problem.where) for f in lack.findings} == {"Head"}


def test_a_finding_keeps_its_id_so_what_is_waived_stays_waived(check_text: Check) -> None:
    entries = "".join(an_activity(n) for n in range(3))
    reasoned = an_activity(3).replace("end-of-year}", "end-of-year, law: Schedule 4}")
    waiver = """---
kind: waiver
id: later
finding: retention-without-law@activity/entry-1@retention/law
reason: The schedule is being rewritten
owner: Head
until: 2027-03-01
"""
    report = check_text(SCHOOL + entries + reasoned + waiver)
    found = {c.id: c for c in causes(report).rest}
    assert [f.id for f in report.waived] == ["retention-without-law@activity/entry-1@retention/law"]
    assert found["retention-without-law"].extent == "2 of 4 activities"


def test_nothing_that_is_found_means_no_cause(check_text: Check) -> None:
    found = causes(check_text(CLEAN))
    assert found.all == ()
    assert found.short == 0


# -- in a terminal -----------------------------------------------------------------------------------


@pytest.fixture
def project(
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Project:
    return Project(tmp_path_factory.mktemp("project"), monkeypatch, capsys)


def a_school(entries: int) -> str:
    others = "".join(an_activity(n, subjects="visitor") for n in range(entries))
    return f"{SCHOOL}{others}"


def test_a_check_begins_with_what_to_do_and_all_prints_every_finding(project: Project) -> None:
    project.register(a_school(4))
    first = project.ropa("check", "registry")
    assert re.match(r"Do these \w+ things \(behind \d+ of the \d+ flows ", first.out)
    assert "\n  1  Visitors get no notice that is in force " in first.out
    assert "error[subject-without-notice]:" not in first.out
    whole = project.ropa("check", "registry", "--all")
    assert whole.out.count("error[subject-without-notice]:") == 4
    assert "Do these" not in whole.out
    assert (first.code, whole.code) == (1, 1)


def test_one_finding_is_its_own_cause_and_is_printed_in_full(project: Project) -> None:
    assert project.ropa("check", "registry").out.startswith("error[recipient-omitted]")


def test_a_few_findings_are_no_wall_and_are_printed_below_their_causes(project: Project) -> None:
    project.register(GAP.replace("owner: Head Librarian\n", ""))
    said = project.ropa("check", "registry").out
    assert said.startswith("Do these two things")
    assert "error[recipient-omitted]: no notice tells local residents" in said
    assert "note[entry-without-owner]: " in said


def test_a_wall_of_errors_does_not_hide_what_could_not_be_checked(project: Project) -> None:
    broken = "---\nkind: actvity\nid: lost\n"
    project.register(a_school(40) + broken)
    ended = project.ropa("check", "registry")
    head = ended.out.split("Do these")[0]
    assert ended.code == 2
    assert head.startswith("This proves nothing yet: 1 thing could not be checked\n")
    assert "actvity" in head
    assert "wrong-shape" in head
    assert "registry/register.yaml:" in head
    assert len(ended.out.splitlines()) < 60


def test_no_line_of_the_first_page_is_wider_than_a_terminal(example: Report) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", str(front.render(example, "text")))
    first = shown.split("waived:")[0]
    places = [line for line in first.splitlines() if "registry/" in line]
    assert all(len(line) <= 110 for line in first.splitlines() if line not in places)


def test_what_waits_for_one_text_is_one_thing_to_do(project: Project) -> None:
    project.register(UNDECIDED)
    ended = project.ropa("check", "registry")
    assert ended.code == 2
    assert ended.out.startswith("This proves nothing yet")
    assert ended.out.count("Put the text of “Library users” on file") == 1


def test_the_causes_are_in_json_as_they_are_in_the_terminal(example: Report) -> None:
    said = json.loads(front.render(example, "json"))
    found = causes(example).all
    assert [cause["id"] for cause in said["causes"]] == [cause.id for cause in found]
    assert [cause["says"] for cause in said["causes"]] == [cause.says for cause in found]
    standing = {f["id"] for f in said["findings"] if not (f["waived_by"] or f["known"])}
    assert {id_ for cause in said["causes"] for id_ in cause["findings"]} == standing
    assert {cause["severity"] for cause in said["causes"]} <= {str(s) for s in Severity}


def test_purposes_of_our_own_and_of_a_recipient_are_told_apart(check_text: Check) -> None:
    """A list of purposes that nobody is told, beside a recipient that uses data for more than people are told."""
    text = GAP.replace("purposes: billing\nsources", "purposes: [billing, research]\nsources")
    found = [cause.id for cause in causes(check_text(text)).all]
    assert "purpose" in found


def test_who_gets_data_is_said_as_it_is_told_and_with_the_verb_that_its_name_takes(
    check_text: Check,
) -> None:
    told = (
        "  - quote: We give your name to the bank\n"
        "    discloses: {data: name, to: bank-ltd, purposes: education-provision}\n"
        "  - quote: We work as the Education Act asks\n    uses: {data: health, purposes: education-provision}\n"
    )
    bank = "---\nkind: party\nid: bank-ltd\nname: Bank Ltd\ntype: controller\nagreement: B-1\n"
    entry = an_activity(1, disclosures="[{to: bank-ltd}, {to: insurer}]")
    entry = entry.replace("data: name", "data: [name, health]", 1)
    said = [cause.says for cause in causes(check_text(SCHOOL + told + bank + entry)).all]
    assert "Bank Ltd gets data, and pupils are told only in part" in said
    assert "Insurers get data, and pupils are not told" in said
