"""Sign-off: the record says who signed what and what they knew, and the check says when that no longer holds."""

import copy
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from command import Project
from conftest import ROOT, TODAY
from library import CLEAN, GAP, UNDECIDED
from random_registers import ROOT as WORD_FOR_ALL
from random_registers import Data, Sample, cases, registers
from ropa.accepting.signatures import Contents, Signatures
from ropa.cli import BROKEN, FOUND, main
from ropa.cli import CLEAN as NOTHING
from ropa.cli.output import put_all
from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.engine import check
from ropa.errors import CannotWrite
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Settings, coverage
from ropa.register.model import Action, Notice
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText

FILE = "registry/sign-offs/library-users-2026-11-23.yaml"
SIGN = ("sign-off", "library-users", "--by", "A. Example", "--on", "2026-11-23")
OUR_RULES = {"notice-not-signed-off", "sign-off-out-of-date", "sign-off-altered"}
OTHER = """---
kind: activity
id: fines
name: Fines
subjects: resident
data: name
purposes: billing
sources: data-subject
basis: {article_6: b, reason: As with loans}
retention: [{law: Northwold schedule 4, period: P1Y, trigger: end-of-contract}]
security: Locked
owner: Head Librarian
reviewed: 2026-09-01
"""


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    project = Project(tmp_path, monkeypatch, capsys)
    project.register(CLEAN)
    return project


# -- what is new since then ---------------------------------------------------------------------------

POLICE = "  - to: collector\n  - to: police-force\n"


def since(project: Project, **how: str) -> Any:
    (record,) = json.loads(project.ropa("check", "--format=json", **how).out)["sign_offs"]
    return record["since"]


def test_what_is_new_since_the_sign_off_is_named_and_what_was_open_then_is_not(
    project: Project,
) -> None:
    project.register(GAP)
    assert project.ropa(*SIGN, "--with-open-gaps", "It goes out on Friday").code == NOTHING
    assert since(project) == {"flows": [], "findings": []}
    assert "since “Library users”" not in project.ropa("check").out
    project.register(GAP.replace("  - to: collector\n", POLICE))
    assert since(project) == {
        "flows": [{"flow": "loans/disclose/police-force", "how": "new"}],
        "findings": ["recipient-omitted@loans/disclose/police-force@recipient"],
    }
    text = project.ropa("check").out
    assert (
        "since “Library users” was signed off by A. Example on 23 November 2026, 1 flow is new or otherwise and "
        "1 finding is new\n"
    ) in text
    page = project.ropa("check", "--format=html").out
    assert page.count('data-since="new"') == 2
    assert "Since the last sign-off" in page


def test_a_flow_that_is_told_otherwise_or_is_not_as_it_was_is_new_since_too(
    project: Project,
) -> None:
    project.ropa(*SIGN)
    project.register(GAP)
    assert since(project)["flows"] == [
        {"flow": "loans/disclose/collector", "how": "told otherwise"}
    ]
    project.register(CLEAN.replace("period: P1Y, trigger", "period: P2Y, trigger"))
    assert {"flow": "loans/keep/shelf", "how": "not as it was"} in since(project)["flows"]


def test_what_is_found_today_says_nothing_of_a_notice_that_was_signed_for_a_day_to_come(
    project: Project,
) -> None:
    started = 'version: "1"\nin_force: {from: 2027-01-01}\n'
    project.register(CLEAN.replace('version: "1"\n', started))
    assert project.ropa(*SIGN, day="2027-01-01").code == NOTHING
    project.register(GAP.replace('version: "1"\n', started))
    assert since(project)["findings"] == []
    assert since(project)["flows"] == [
        {"flow": "loans/disclose/collector", "how": "told otherwise"}
    ]
    found = since(project, day="2027-01-01")["findings"]
    assert found == ["recipient-omitted@loans/disclose/collector@recipient"]


def test_where_not_all_can_be_read_nothing_is_called_new(project: Project) -> None:
    project.ropa(*SIGN)
    project.register(f"{GAP}---\nkind: nothing\n")
    assert since(project) == {"flows": [], "findings": []}


def said(project: Project, *arguments: str, day: str = str(TODAY)) -> list[dict[str, Any]]:
    """What our rules find."""
    shown = json.loads(project.ropa("check", "--format=json", *arguments, day=day).out)
    return [f for f in shown["findings"] if f["rule"] in OUR_RULES]


def messages(project: Project, **how: str) -> list[str]:
    return [finding["message"] for finding in said(project, **how)]


def record(project: Project, file: str = FILE) -> Data:
    (document,) = parse(SourceFile(file, project.read(file)))
    data: Data = document.data
    return data


# -- the record -----------------------------------------------------------------------------------


def test_a_record_says_who_signed_what_and_when(project: Project) -> None:
    ended = project.ropa(*SIGN, "--role", "Head of Libraries")
    assert (ended.code, ended.err) == (NOTHING, f"wrote {FILE}\n")
    assert ended.out == (
        "A. Example, Head of Libraries, signs “Library users” on 23 November 2026\n"
        "4 flows as of 23 November 2026: 4 clear\n"
        "clear: 1 by words, 3 by reading\n"
        "0 errors and 0 warnings open, 0 findings accepted\n"
    )
    data = record(project)
    assert (data["by"], data["role"], data["signed"]) == (
        "A. Example",
        "Head of Libraries",
        "2026-11-23",
    )
    assert data["verdicts"] == {"clear": 4}
    assert data["evidence"] == {"words": 1, "reading": 3}
    assert list(data["flows"]) == [
        "loans/collect/data-subject",
        "loans/use/billing",
        "loans/keep/shelf",
        "loans/disclose/collector",
    ]
    assert project.read(FILE).startswith("# yaml-language-server: $schema=../../schemas/sign-off")


def test_what_was_just_signed_holds_and_goes_on_to_hold(project: Project) -> None:
    project.ropa(*SIGN)
    assert project.ropa("check", "--fail-on", "warning").code == NOTHING
    assert messages(project) == []
    assert messages(project, day="2027-11-23") == []


def test_errors_that_stand_open_need_a_reason_and_are_in_the_record(project: Project) -> None:
    project.register(GAP)
    refused = project.ropa(*SIGN)
    assert (refused.code, refused.out) == (BROKEN, "")
    assert "1 error about “Library users” stands open" in refused.err
    assert not (project.folder / "registry/sign-offs").exists()
    signed = project.ropa(*SIGN, "--with-open-gaps", "The printer needs it: today")
    assert signed.code == NOTHING
    assert "1 error and 0 warnings open" in signed.out
    data = record(project)
    assert data["with_open_gaps"] == "The printer needs it: today"
    (gap,) = data["open"]
    assert gap["finding"] == "recipient-omitted@loans/disclose/collector@recipient"
    assert gap["severity"] == "error"
    assert gap["says"].startswith("no notice tells ")
    assert re.fullmatch("recipient omitted [0-9a-f]{8}", data["flows"]["loans/disclose/collector"])
    assert messages(project) == []


def test_what_a_waiver_or_the_baseline_accepts_is_in_the_record(project: Project) -> None:
    project.register(
        GAP.replace(
            "- to: collector",
            "- to: collector  # ropa: accept recipient-omitted until 2027-03-31 (owner: J. Smith) because of May",
        )
    )
    assert "1 finding accepted" in project.ropa(*SIGN).out
    (accepted,) = record(project)["accepted"]
    assert (accepted["owner"], accepted["until"]) == ("J. Smith", "2027-03-31")
    (project.folder / FILE).unlink()
    project.register(GAP)
    project.ropa("baseline")
    assert project.ropa(*SIGN, "--baseline", "ropa-baseline.json").code == NOTHING
    assert record(project)["accepted"][0]["by"] == "baseline"


def test_nothing_is_signed_that_could_not_be_checked(project: Project) -> None:
    project.register(UNDECIDED)
    ended = project.ropa(*SIGN, "--with-open-gaps", "because")
    assert ended.code == BROKEN
    assert "nobody can know what they sign" in ended.err
    project.register(CLEAN + "---\nkind: activity\n")
    assert project.ropa(*SIGN).code == BROKEN
    assert not (project.folder / "registry/sign-offs").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("library-user", "--by", "A"), "“library-user” is no notice (did you mean library-users?)"),
        (("library-users", "--by", " "), "Invalid value for '--by': it is empty, and says nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_signed_is_said(
    project: Project, arguments: tuple[str, ...], message: str
) -> None:
    ended = project.ropa("sign-off", *arguments)
    assert (ended.code, ended.out) == (BROKEN, "")
    assert message in ended.err


def test_a_record_is_never_overwritten(project: Project) -> None:
    project.ropa(*SIGN)
    first = project.read(FILE)
    again = project.ropa(*SIGN)
    assert again.code == BROKEN
    assert "nothing has changed since: sign-offs/library-users-2026-11-23.yaml" in again.err
    other = project.ropa(*SIGN[:2], "--by", "B. Sample", "--on", "2026-11-23")
    assert other.err == f"wrote {FILE.replace('.yaml', '-2.yaml')}\n"
    assert project.read(FILE) == first
    with pytest.raises(CannotWrite, match="is there already"):
        put_all({project.folder / FILE: "something else"}, force=False)
    assert project.read(FILE) == first


def test_a_second_signature_on_one_day_is_the_one_that_counts(project: Project) -> None:
    project.ropa(*SIGN)
    project.register(CLEAN + OTHER)
    assert len(messages(project)) == 1
    assert project.ropa(*SIGN).code == NOTHING
    assert messages(project) == []


def test_a_notice_is_signed_before_it_is_published(project: Project) -> None:
    project.register(CLEAN.replace('version: "1"', "in_force: {from: 2999-01-01}"))
    early = project.ropa(*SIGN)
    assert early.code == BROKEN
    assert "not in force on 23 November 2026" in early.err
    made = CliRunner().invoke(main, SIGN)
    assert "4 flows as of 1 January 2999: 4 clear" in made.output
    assert record(project)["judged"]["as_of"] == "2999-01-01"
    assert messages(project) == []
    assert messages(project, day="2999-01-01") == []
    project.register(CLEAN.replace('version: "1"', "in_force: {from: 2999-02-01}"))
    (message,) = messages(project)
    assert "signed for 1 January 2999, and is not in force on that day" in message


def test_what_is_odd_in_a_name_stays_text(project: Project) -> None:
    names = (
        "A: B # c",
        "true",
        "- a",
        "'q\"",
        "a\x1b[31mb\u2028c\u202e",
        "{x: [y",
        "É 漢😀",
        "2026",
    )
    for number, name in enumerate(names):
        args = ("--by", name, "--role", name, "--on", f"2026-11-{10 + number}")
        assert project.ropa(*SIGN[:2], *args).code == NOTHING, name
        data = record(project, f"registry/sign-offs/library-users-2026-11-{10 + number}.yaml")
        assert data["by"] == data["role"]
        assert data["by"].isprintable()
    assert messages(project) == []


# -- what the check says ----------------------------------------------------------------------------


CHANGES: dict[str, tuple[Callable[[str], str], str]] = {
    "a statement": (
        lambda text: text.replace("[name, address], purposes", "[name], purposes"),
        "what its statements say, or to whom, has changed",
    ),
    "its readers": (
        lambda text: text.replace("audience: resident", "audience: [resident, visitor]"),
        "what its statements say, or to whom, has changed",
    ),
    "another activity": (lambda text: text + OTHER, "flows of “Fines” are new since"),
    "the data": (
        lambda text: text.replace("data: [name, address]\npurposes", "data: name\npurposes"),
        "4 flows of “Lending books” are not as they were",
    ),
    "who the recipient is": (
        lambda text: text.replace("name: Fairly Collected Ltd", "name: Rashly Collected Ltd"),
        "1 flow of “Lending books” is not as it was",
    ),
    "no recipient": (
        lambda text: text.replace("disclosures:\n  - to: collector\n", ""),
        "1 flow of “Lending books” is gone",
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_named_in_words_at_the_record(project: Project, change: str) -> None:
    project.ropa(*SIGN)
    edit, words = CHANGES[change]
    assert edit(CLEAN) != CLEAN
    project.register(edit(CLEAN))
    (finding,) = said(project)
    assert finding["rule"] == "sign-off-out-of-date"
    assert finding["message"].startswith("“Library users” is not what A. Example signed on 23")
    assert words in finding["message"]
    assert finding["place"]["path"] == FILE.removeprefix("registry/")
    assert not re.search("[0-9a-f]{8}", finding["message"])


def test_a_flow_that_is_told_otherwise_says_how_it_was_told(project: Project) -> None:
    project.ropa(*SIGN)
    (project.folder / "registry/notice.md").write_text(
        project.read("registry/notice.md").replace("We pass them to Fairly Collected Ltd.", "")
    )
    (finding,) = said(project)
    assert "its text has changed" in finding["message"]
    assert "1 flow of “Lending books” is told otherwise" in finding["message"]
    (related,) = finding["related"]
    assert "was clear, is recipient omitted" in json.dumps(related, ensure_ascii=False)


def test_what_cannot_be_read_has_not_changed(project: Project) -> None:
    project.ropa(*SIGN)
    project.write("registry/broken.yaml", "kind: [")
    assert messages(project) == []
    (project.folder / "registry/broken.yaml").unlink()
    (project.folder / "registry/notice.md").unlink()
    (message,) = messages(project)
    assert "its text cannot be read" in message
    assert "its text has changed" not in message


def test_a_stricter_setting_that_judges_otherwise_is_named(project: Project) -> None:
    text = CLEAN.replace("discloses: {to: collector}", "discloses: {to: researcher}")
    project.register(text.replace("type: controller", "type: controller\nbroader: researcher"))
    assert project.ropa(*SIGN).code == NOTHING
    report = check(Path("registry"), Settings(TODAY, max_hops=0))
    (lapse,) = report.case.signatures.lapsed()
    assert lapse.settings
    assert lapse.otherwise
    assert not any((lapse.text, lapse.statements, lapse.new, lapse.changed, lapse.gone))


def test_form_changes_nothing(project: Project) -> None:
    project.ropa(*SIGN)
    text = CLEAN.replace("data: [name, address]", "data: [address, name]  # as on the form")
    text = text.replace("period: P1Y", "period: P12M").replace("name: Lending books", "name: Loans")
    documents = text.split("---\n")
    project.register("# moved\n\n" + "---\n".join(f"{d.rstrip()}\n" for d in reversed(documents)))
    notice = project.read("registry/notice.md")
    project.write("registry/notice.md", notice.replace("\n", "\r\n").replace("'", "’"))
    signed = project.read(FILE)
    project.write(FILE, f"# seen\r\n{signed}".replace("\n", "\r\n").replace("\r\r", "\r"))
    assert messages(project) == []


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("by: A. Example", "by: B. Sample"),
        ("signed: 2026-11-23", "signed: 2026-11-22"),
        ("verdicts: {clear", "verdicts: {vague"),
        ("loans/use/billing: clear", "loans/use/billing: purpose vague"),
    ],
)
def test_a_record_that_was_changed_by_hand_is_an_error(
    project: Project, then: str, now: str
) -> None:
    project.ropa(*SIGN)
    project.write(FILE, project.read(FILE).replace(then, now))
    (finding,) = said(project)
    assert (finding["rule"], finding["severity"]) == ("sign-off-altered", "error")
    assert finding["place"]["path"] == FILE.removeprefix("registry/")
    assert project.ropa("check").code == FOUND


@pytest.mark.parametrize(
    ("then", "now", "rule"),
    [
        ("notice: library-users", "notice: nobody", "unknown-name"),
        ("seal:", "sael:", "wrong-shape"),
        ("mode: specific", "mode: gentle", "wrong-shape"),
        ("hashes:", "hashes: {}\nx:", "wrong-shape"),
        ("signed: 2026-11-23", "signed: 2026-02-30", "wrong-shape"),
    ],
)
def test_a_record_that_makes_no_sense_is_a_finding_at_its_place(
    project: Project, then: str, now: str, rule: str
) -> None:
    project.ropa(*SIGN)
    project.write(FILE, project.read(FILE).replace(then, now))
    ended = project.ropa("check", "--format", "json")
    found = [f for f in json.loads(ended.out)["findings"] if f["rule"] == rule]
    assert ended.code == BROKEN
    assert {f["place"]["path"] for f in found} == {FILE.removeprefix("registry/")}


def test_a_register_that_signs_nothing_is_left_in_peace_unless_the_settings_say(
    project: Project,
) -> None:
    assert messages(project) == []
    project.write("ropa.toml", 'sign_off = "required"\n')
    (finding,) = said(project)
    assert finding["message"] == "“Library users” is in force, and nobody has signed it off"
    project.ropa(*SIGN)
    assert messages(project) == []
    project.write("ropa.toml", 'sign_off = "yes"\n')
    assert "sign_off is “yes” and must be one of" in project.ropa("check").err


def test_a_signature_counts_from_the_day_it_was_given(project: Project) -> None:
    project.write("ropa.toml", 'sign_off = "required"\n')
    project.ropa(*SIGN)
    assert messages(project) == []
    (message,) = messages(project, day="2026-11-22")
    assert "nobody has signed it off" in message


def test_an_unsigned_notice_beside_a_signed_one_is_found(project: Project) -> None:
    project.ropa(*SIGN)
    project.write(
        "registry/staff.yaml", "kind: notice\nid: staff\nname: Staff\naudience: employee\n"
    )
    assert "“Staff” is in force, and nobody has signed it off" in messages(project)


def in_json(project: Project, day: str = str(TODAY)) -> list[dict[str, Any]]:
    """The sign-offs as programs are given them, each to its schema."""
    shown = json.loads(project.ropa("check", "--format=json", day=day).out)
    schema = json.loads((ROOT / "schemas/report.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(shown)
    return list(shown["sign_offs"])


def test_programs_are_told_who_signed_what_and_with_which_gaps(project: Project) -> None:
    project.register(GAP)
    assert in_json(project) == []
    project.ropa(*SIGN, "--role", "Head of Libraries", "--with-open-gaps", "The printer needs it")
    (signed,) = in_json(project)
    assert signed.pop("open") == record(project)["open"]
    assert signed.pop("place")["path"] == FILE.removeprefix("registry/")
    assert signed == {
        "id": "library-users-2026-11-23",
        "notice": "library-users",
        "by": "A. Example",
        "role": "Head of Libraries",
        "signed": "2026-11-23",
        "as_of": "2026-11-23",
        "with_open_gaps": "The printer needs it",
        "counts": True,
        "altered": False,
        "key": "unsigned",
        "holds": True,
        "changed": [],
        "since": {"flows": [], "findings": []},
    }
    assert [s["counts"] for s in in_json(project, day="2026-11-22")] == [False]


def test_programs_are_told_what_no_longer_holds_and_why(project: Project) -> None:
    project.ropa(*SIGN)
    project.register(CLEAN + OTHER)
    (message,) = messages(project)
    (signed,) = in_json(project)
    assert signed["holds"] is False
    assert len(signed["changed"]) == 1
    assert message.endswith(signed["changed"][0])
    assert (signed["role"], signed["with_open_gaps"], signed["open"]) == (None, None, [])
    project.write("registry/broken.yaml", "kind: [")
    (unknown,) = in_json(project)
    assert (unknown["counts"], unknown["holds"], unknown["changed"]) == (True, None, [])
    (project.folder / "registry/broken.yaml").unlink()
    project.ropa(*SIGN)
    first, second = sorted(in_json(project), key=lambda s: str(s["id"]))
    assert (first["counts"], first["holds"], first["changed"]) == (False, None, [])
    assert (second["counts"], second["holds"]) == (True, True)
    file = FILE.replace(".yaml", "-2.yaml")
    project.write(file, project.read(file).replace("A. Example", "B. Sample"))
    (altered,) = (s for s in in_json(project) if s["counts"])
    assert (altered["altered"], altered["holds"], altered["changed"]) == (True, False, [])


def test_a_plan_says_that_it_voids_a_signature(project: Project) -> None:
    project.ropa(*SIGN)
    project.write("plan.yaml", OTHER.removeprefix("---\n"))
    shown = json.loads(project.ropa("check", "--with", "plan.yaml", "--format", "json").out)
    assert "sign-off-out-of-date" in {f["rule"] for f in shown["findings"]["new"]}


def test_hashes_are_made_only_where_there_is_a_sign_off(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    made = Signatures.contents

    def watched(self: Signatures, notice: Notice, day: date) -> Contents:
        asked.append(notice.id)
        return made(self, notice, day)

    monkeypatch.setattr(Signatures, "contents", watched)
    project.ropa("check")
    assert asked == []
    project.ropa(*SIGN)
    assert asked == ["library-users"]


def test_the_sign_off_of_the_example_register_holds() -> None:
    report = check(ROOT / "registry", Settings(TODAY))
    lapsed = [lapse.sign_off for lapse in report.case.signatures.lapsed()]
    again = "; ".join(
        f"delete registry/{s.origin.document.path} and run `ropa sign-off {s.notice} --by '{s.by}' "
        f"--role 'Data Protection Officer' --on {s.signed}`"
        for s in lapsed
    )
    assert not lapsed, f"the example register has changed since its notice was signed: {again}"
    assert report.case.register.sign_offs
    assert report.case.signatures.altered == ()


def test_the_example_can_be_signed_again_to_the_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "registry", tmp_path / "registry")
    monkeypatch.chdir(tmp_path)
    (file,) = (tmp_path / "registry/sign-offs").glob("children-social-care-2027-*.yaml")
    before = file.read_text("utf-8")
    file.unlink()
    command = ("sign-off", "children-social-care-2027", "--by", "M. Sample", "--on", "2026-11-20")
    made = CliRunner().invoke(main, [*command, "--role", "Data Protection Officer"])
    assert made.exit_code == NOTHING, made.output
    assert file.read_text("utf-8") == before


# -- for all registers -----------------------------------------------------------------------------


def signed(sample: Sample, more: str = "") -> dict[str, Contents]:
    """What is signed by whoever signs each notice of a register; `more` stands in every text."""
    register = sample.register()

    def text_of(notice: Notice) -> NoticeText:
        quotes = [s.quote for s in notice.statements]
        return notice_of_text(SourceFile(notice.text, ".\n\n".join([*sorted(set(quotes)), more])))

    graph = flow_graph(register)
    signatures = Signatures(graph, coverage(graph, Settings(TODAY)), text_of)
    notices = signatures.coverage.voices.notices
    return {notice.id: signatures.contents(notice, TODAY) for notice in notices}


def hashes(sample: Sample, more: str = "") -> dict[str, tuple[str, ...]]:
    return {id_: contents.hashes for id_, contents in signed(sample, more).items()}


def otherwise_written(data: st.DataObject, value: Any, key: str = "") -> Any:
    """The same in other words: lists in another order, a word by its synonym, a period in months."""
    if isinstance(value, dict):
        items = data.draw(st.permutations(list(value.items())))
        return {k: otherwise_written(data, v, k) for k, v in items}
    if isinstance(value, list):
        shuffled = data.draw(st.permutations(value))
        return [otherwise_written(data, v, key) for v in shuffled]
    if key == "period" and value == "P5Y":
        return "P60M"
    if key in SYNONYMS and re.fullmatch("[sdur][0-9]", str(value)):
        return data.draw(st.sampled_from((value, f"also {value}", f"{value.upper()}/X")))
    return value


SYNONYMS = {"subjects", "data", "purposes", "about", "to", "from", "audience"}


@cases(0.5)
@given(registers(strange=False), st.data())
def test_no_change_of_form_voids_a_signature(sample: Sample, data: st.DataObject) -> None:
    documents = [
        document if document["kind"] in {"term", "party"} else otherwise_written(data, document)
        for document in data.draw(st.permutations(sample.documents))
    ]
    assert hashes(Sample(tuple(documents))) == hashes(sample)


def changes(sample: Sample) -> Iterator[tuple[str, Sample]]:
    """Each activity with one thing that is otherwise, by its id."""
    for number, document in enumerate(sample.documents):
        if document["kind"] != "activity":
            continue
        for change in (another_basis, another_recipient, another_source, another_period):
            changed = copy.deepcopy(document)
            change(changed)
            rest = [*sample.documents]
            rest[number] = changed
            yield document["id"], Sample(tuple(rest), sample.lost)


def another_basis(activity: Data) -> None:
    activity["basis"] = {"article_6": "d"}


def another_recipient(activity: Data) -> None:
    disclosures = activity["disclosures"]
    to = {"to": nobody_yet(disclosures, "to"), "conditions": "policy"}
    activity["disclosures"] = [*disclosures, to]


def another_source(activity: Data) -> None:
    sources = activity.get("sources", [])
    activity["sources"] = [*sources, nobody_yet(sources, "from")]


def nobody_yet(entries: list[Any], key: str) -> str:
    """A party that no entry names, so that it is no second entry for what one says already."""
    named = {entry if isinstance(entry, str) else entry[key] for entry in entries}
    return next(party for party in ("r1", "r0", "p0") if party not in named)


def another_period(activity: Data) -> None:
    entry = {"period": "P99Y", "trigger": "death"}
    activity["retention"] = [*activity.get("retention", ()), entry]


@cases(0.5)
@given(registers(strange=False))
def test_any_change_of_what_is_done_voids_the_signatures_it_matters_for(sample: Sample) -> None:
    before = signed(sample)
    concerned: dict[tuple[str, str], set[Action]] = {}
    for notice, contents in before.items():
        for told in contents.flows.values():
            flow = told.told.flow
            concerned.setdefault((notice, flow.activity), set()).add(flow.action)
    assume(concerned)
    for activity, changed in changes(sample):
        after = hashes(changed)
        for notice, contents in before.items():
            steps = concerned.get((notice, activity), set())
            # A disclosure may be about others than the people of its activity, whom its other steps are about.
            if steps & {Action.COLLECT, Action.USE, Action.KEEP}:
                assert after[notice][2] != contents.hashes[2]
            elif not steps and contents.hashes[3] == after[notice][3]:
                assert after[notice] == contents.hashes


@cases(0.5)
@given(registers(strange=False), st.data())
def test_any_change_of_what_is_said_voids_the_signature_of_its_notice_alone(
    sample: Sample, data: st.DataObject
) -> None:
    before = hashes(sample)
    assume(before)
    wanted = data.draw(st.sampled_from(sorted(before)))
    (notice,) = (d for d in sample.of("notice") if d["id"] == wanted)
    claim = {"quote": "Nobody said this before", "discloses": {"to": WORD_FOR_ALL[Facet.RECIPIENT]}}
    more = sample.with_statements({wanted: [*notice["statements"], claim]})
    after = hashes(more)
    assert after[wanted][1] != before[wanted][1]
    assert {id_: h[1] for id_, h in after.items() if id_ != wanted} == {
        id_: h[1] for id_, h in before.items() if id_ != wanted
    }
    if notice["statements"]:
        fewer = sample.with_statements({wanted: notice["statements"][1:]})
        assert hashes(fewer)[wanted][1] != before[wanted][1]
    changed = hashes(sample, more="And a sentence that no statement quotes.")
    assert all(changed[id_][0] != before[id_][0] for id_ in before)
    assert all(changed[id_][1:] == before[id_][1:] for id_ in before)
