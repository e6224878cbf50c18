"""What is only proposed counts for nothing: no verdict, no other finding and no exit code changes by it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from command import Ended, Project
from library import CLEAN, GAP
from random_registers import TODAY, Drawing, Sample, cases
from ropa.accepting.trust import Trust
from ropa.cli import outcome as ended_with
from ropa.documents.document import Document, SourceFile
from ropa.documents.source import parse
from ropa.judging.coverage import Coverage, Settings
from ropa.register.build import build

Data = dict[str, Any]
PROPOSAL = """  - quote: We pass them to Fairly Collected Ltd
    proposed: true
    by: a helpful program
    discloses: {to: collector}
"""


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


_FEW = st.integers(0, 3)


def with_proposals(sample: Sample, draw: st.DrawFn) -> Sample:
    """The same with proposals among its statements, in any place: true ones, strange ones, and promises."""
    drawing = Drawing(draw, strange=True, scalars=True)
    documents: list[Data] = []
    for data in sample.documents:
        document = dict(data)
        if document["kind"] == "notice":
            statements = list(document["statements"])
            for _ in range(draw(_FEW)):
                proposal: Data = drawing.statement() | {"proposed": True}
                if statements and draw(_FEW) > 1:
                    proposal["quote"] = statements[0]["quote"]
                statements.insert(draw(_FEW), proposal)
            document["statements"] = statements
        documents.append(document)
    return Sample(tuple(documents), sample.lost)


@st.composite
def proposed(draw: st.DrawFn) -> tuple[Sample, Sample]:
    sample = Drawing(draw, strange=True, scalars=True).sample()
    return sample, with_proposals(sample, draw)


def judged(sample: Sample, alone: Sample) -> tuple[object, ...]:
    """All that is judged, by the texts of the sample without proposals."""
    texts = {s["quote"] for s in alone.statements}
    lost = frozenset(s["quote"] for s in sample.statements if s["quote"] not in texts)
    found: Coverage = Sample(sample.documents, alone.lost | lost).judged(Settings(TODAY))
    return (
        [
            (t.flow.id, j.facet, j.verdict, [s.id for s in j.told_by], [s.id for s in j.against])
            for t in found.flows
            for j in t.judgements
        ],
        [[s.id for s in n.statements] for n in found.register.notices.values()],
        found.register.unknown,
    )


@cases(0.6)
@given(proposed())
def test_a_proposal_changes_no_verdict_and_no_number_of_a_statement(
    samples: tuple[Sample, Sample],
) -> None:
    alone, proposing = samples
    verdicts, ids, unknown = judged(proposing, alone)
    was, ids_before, unknown_before = judged(alone, alone)
    assert (verdicts, ids) == (was, ids_before)
    assert len(unknown) == len(unknown_before)  # type: ignore[arg-type] # both are tuples


def outcome(project: Project, *arguments: str) -> tuple[int, list[str]]:
    """The exit code and the findings but for the one about proposals and their places."""
    ended = project.ropa("check", "--format=gitlab", *arguments)
    found = [(f["check_name"], f["description"]) for f in json.loads(ended.out)]
    return ended.code, sorted(map(str, (f for f in found if f[0] != "proposals-open")))


STRANGE = (
    PROPOSAL,
    PROPOSAL.replace("collector", "nobody-knows-it"),
    PROPOSAL.replace("We pass them", "These words are not there"),
    "  - {quote: We keep them for one year, proposed: true, keeps: {period: P9Y}}\n",
    "  - {quote: We use your name and address, proposed: {by: x}, never: uses}\n",
    "  - {quote: We keep them for one year, proposed: true, never: keeps, by: collector}\n",
    "  - {quote: Library users, proposed: true, informs: [representative]}\n",
    "  - {quote: We keep, proposed: true, transfers: {to: anyone, countries: [US], safeguard: idta}}\n",
)


@pytest.mark.parametrize("proposal", STRANGE)
@pytest.mark.parametrize("register", [CLEAN, GAP], ids=["clean", "gap"])
def test_a_check_ends_as_it_does_without_the_proposal(
    project: Project, register: str, proposal: str
) -> None:
    project.register(register)
    notice = project.read("registry/notice.md")
    before = outcome(project, "--fail-on=warning")
    last = "  - quote: We keep them for one year"
    for begun in (f"statements:\n{proposal}", "statements:\n"):
        with_it = register.replace("statements:\n", begun)
        with_it = with_it if proposal in with_it else with_it.replace(last, f"{proposal}{last}")
        project.register(with_it)
        project.write("registry/notice.md", notice)
        assert outcome(project, "--fail-on=warning") == before
    assert "proposals-open" in project.ropa("check").out


def test_the_note_counts_the_proposals_names_who_made_them_and_the_command(
    project: Project,
) -> None:
    project.register(GAP.replace("statements:\n", f"statements:\n{PROPOSAL}"))
    said = " ".join(project.ropa("check").out.split())
    assert "1 proposed statement of “Library users” waits for a person" in said
    assert "(1 by a helpful program)" in said
    assert "`ropa notice accept library-users`" in said


def test_a_notice_of_proposals_alone_has_no_statements_yet(project: Project) -> None:
    head, _, _ = CLEAN.partition("statements:\n")
    project.register(f"{head}statements:\n{PROPOSAL}")
    project.write("registry/notice.md", "We pass them to Fairly Collected Ltd.\n")
    ended = project.ropa("check")
    assert "has no statements yet" in " ".join(ended.out.split())
    assert ended.code == 2


def test_to_delete_one_line_is_to_accept(project: Project) -> None:
    project.register(GAP.replace("statements:\n", f"statements:\n{PROPOSAL}"))
    assert project.ropa("check").code == 2
    text = project.read("registry/register.yaml")
    project.write("registry/register.yaml", text.replace("    proposed: true\n", ""))
    assert project.ropa("check").code == 0


def test_whoever_proposed_a_statement_that_counts_now_is_still_known() -> None:
    text = """kind: notice
id: n
audience: x
statements:
  - {quote: We give it, by: an agent, discloses: {to: y}}
  - {quote: We give it, proposed: {by: an agent}, never: discloses, by: z}
  - quote: We give it to you
    discloses: {to: y}
    accepted: {by: J. Smith, on: 2026-11-30, proposed_by: an agent, only: to}
"""
    notice = build(parse(SourceFile("n.yaml", text)), {}).notices["n"]
    first, taken = notice.statements
    (promise,) = notice.proposals
    assert (first.proposed_by, promise.proposed_by, promise.by) == ("an agent", "an agent", ("z",))
    assert taken.accepted is not None
    assert (taken.accepted.by, taken.accepted.proposed_by, taken.accepted.only) == (
        "J. Smith",
        "an agent",
        ("to",),
    )


# -- accepting -----------------------------------------------------------------------------------

WAITING = """kind: notice   # of one page
id: n
audience: resident   # all of them

statements:
  # the first page
  - quote: We keep your name
    keeps: {data: name}

  - proposed: true      # read this again
    by: a program
    quote: >-
      We give your name
      to the council
    discloses:
      to: council       # the county
      data: name
  - {quote: We never sell it, proposed: {by: a program}, never: discloses, to: anyone, data: name}
  - quote: You may complain
    proposed: true
    informs: [right-to-complain]
# the end
---
kind: party
id: council
name: The Council
type: controller
"""


def accepting(project: Project, *arguments: str) -> Ended:
    project.monkeypatch.setattr(sys, "argv", ["ropa", "notice", "accept", *arguments])
    project.capsys.readouterr()
    code = ended_with()
    said = project.capsys.readouterr()
    return Ended(code, said.out, said.err)


@pytest.fixture
def waiting(project: Project) -> Project:
    project.write("registry/register.yaml", WAITING)
    return project


def test_without_a_number_the_proposals_are_shown_by_their_numbers(waiting: Project) -> None:
    shown = accepting(waiting, "n")
    assert shown.out.splitlines() == [
        "2. discloses to: council; data: name — “We give your name to the council” (proposed by a program)",
        "3. never discloses, to: anyone; data: name — “We never sell it” (proposed by a program)",
        "4. informs right-to-complain — “You may complain”",
    ]


def test_who_accepts_is_written_beside_the_statement_and_nothing_else_changes(
    waiting: Project,
) -> None:
    ended = accepting(waiting, "n", "2", "4", "--by=J. Smith", "--on=2026-11-30")
    assert (ended.code, ended.out) == (0, "")
    assert "accepted 2 proposals in register.yaml" in ended.err
    now = waiting.read("registry/register.yaml")
    took = 'accepted: {by: J. Smith, "on": 2026-11-30'
    assert now == WAITING.replace(
        "  - proposed: true      # read this again\n    by: a program\n    quote: >-",
        "  - quote: >-",
    ).replace(
        "      data: name\n  - {", f"      data: name\n    {took}, proposed_by: a program}}\n  - {{"
    ).replace(
        "    proposed: true\n    informs: [right-to-complain]\n",
        f"    informs: [right-to-complain]\n    {took}}}\n",
    )


def test_only_a_facet_is_accepted_and_what_limits_the_statement_stays(waiting: Project) -> None:
    accepting(waiting, "n", "2-3", "--by=J. Smith", "--facet=recipient")
    notice, _ = documents(waiting.read("registry/register.yaml"))
    _, gives, sells, _ = notice.data["statements"]
    assert gives["discloses"] == {"to": "council"}
    assert (sells["to"], "data" in sells) == ("anyone", False)
    assert gives["accepted"]["only"] == "to" == sells["accepted"]["only"]
    assert accepting(waiting, "n", "4", "--by=J. Smith", "--facet=to").code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("n", "1", "--by=x"), "1 is no proposal of n; there are 2, 3 and 4"),
        (("n", "2"), "say who accepts with --by NAME"),
        (("n", "two", "--by=x"), "“two” is no number of a proposal"),
        (("n", "1,x", "--by=x"), "“x” is no number of a proposal"),
        (("n", "1-999999999", "--by=x"), "more proposals than a notice has"),
        (("m", "2", "--by=x"), "“m” is no notice; there are n"),
        (("n", "2", "--by=x", "--facet=purposes"), "states no `purposes`; it states to, data"),
    ],
)
def test_what_cannot_be_accepted_is_named_and_nothing_is_written(
    waiting: Project, arguments: tuple[str, ...], said: str
) -> None:
    ended = accepting(waiting, *arguments)
    assert ended.code == 2
    assert said in " ".join(ended.err.split())
    assert waiting.read("registry/register.yaml") == WAITING


def test_a_wrong_proposal_is_deleted_and_the_others_keep_their_words(waiting: Project) -> None:
    assert accepting(waiting, "n", "2", "3", "--drop").code == 0
    now = waiting.read("registry/register.yaml")
    assert "council" not in now.partition("---")[0]
    assert "# the end\n---\nkind: party" in now
    assert "You may complain" in now


# -- under a trusted revision --------------------------------------------------------------------


def documents(text: str) -> tuple[Document, ...]:
    return tuple(parse(SourceFile("r.yaml", text)))


def counted(then: str, now: str) -> tuple[list[str], tuple[str, ...]]:
    """The quotes of the statements that count, and what does not count of the change."""
    kept, refused = Trust("main", documents(then)).applied(documents(now))
    notice = build(kept, {}).notices["n"]
    return [statement.quote for statement in notice.statements], refused


def test_nobody_accepts_in_the_change_that_is_checked() -> None:
    took = "    accepted: {by: x, on: 2026-11-30}\n"
    begun = "  - proposed: true      # read this again\n    by: a program\n    quote"
    taken = WAITING.replace(begun, "  - quote").replace("\n  - {", f"\n{took}  - {{")
    quotes, refused = counted(WAITING, taken)
    assert quotes == ["We keep your name"]
    assert [line.partition(" ")[0] for line in refused] == ["`accepted`", "`proposed`"]
    narrowed = taken.replace(f"      data: name\n{took}", took)
    assert counted(WAITING, narrowed)[0] == ["We keep your name"]


def test_what_counted_does_not_become_a_proposal_in_the_change_that_is_checked() -> None:
    hidden = WAITING.replace(
        "    keeps: {data: name}", "    keeps: {data: name}\n    proposed: true"
    )
    quotes, refused = counted(WAITING, hidden)
    assert quotes == ["We keep your name"]
    assert refused == ("`proposed` (r.yaml:9)",)


def test_anybody_may_propose_in_the_change_that_is_checked() -> None:
    more = WAITING.replace(
        "# the end", "  - {quote: We ask, proposed: true, collects: name}\n# the end"
    )
    assert counted(WAITING, more) == (["We keep your name"], ())


def test_a_sign_off_names_who_accepted_how_many_of_whose_proposals(project: Project) -> None:
    accepted = "    accepted: {by: J. Smith, on: 2026-11-30, proposed_by: a program}\n"
    said = "    discloses: {to: collector}\n"
    project.register(CLEAN.replace(said, said + accepted))
    project.ropa("sign-off", "library-users", "--by=J. Smith", f"--on={TODAY}")
    (path,) = project.folder.glob("registry/sign-offs/*.yaml")
    (record,) = parse(SourceFile("s.yaml", path.read_text("utf-8")))
    assert record.data["proposals"] == [
        {"by": "J. Smith", "proposed_by": "a program", "statements": 1, "took": {"to": 1}}
    ]
    assert "sign-off-out-of-date" not in project.ropa("check").out
    project.register(project.read("registry/register.yaml").replace("a program", "an agent"))
    assert "sign-off-out-of-date" in project.ropa("check").out


def test_the_evidence_for_an_auditor_has_a_record_of_each_proposer(project: Project) -> None:
    accepted = "    accepted: {by: J. Smith, on: 2026-11-30, proposed_by: a program, only: to}\n"
    said = "    discloses: {to: collector}\n"
    project.register(
        CLEAN.replace(said, said + accepted).replace("statements:\n", f"statements:\n{PROPOSAL}")
    )
    project.ropa("report", "--evidence", "-o", "out")
    found = json.loads(project.read("out/evidence.json"))["proposers"]
    assert found == [
        {"by": "a helpful program", "waiting": 1, "accepted": 0, "in_part": 0, "brought": None},
        {"by": "a program", "waiting": 0, "accepted": 1, "in_part": 1, "brought": None},
    ]
    page = project.read("out/evidence.html")
    assert (
        "Proposed by a program and kept: 1 statement, of which 0 wait and 1 were accepted" in page
    )
