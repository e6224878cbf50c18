"""One field that cannot be read: what is left is checked, and nothing is said that only its loss would make true."""

from pathlib import Path

import pytest

from conftest import Check
from ropa.front import export
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet

WHOLE = """kind: organisation
id: northwold
name: Northwold Library
contact: 1 High Street, Northwold
dpo: dpo@northwold.example
public_authority: true
nation: England
security: Encryption at rest
review_interval: P1Y
---
kind: party
id: mailer
name: Sample Mailer Ltd
type: processor
country: US
agreement: DPA-2
agreement_reviewed: 2026-06-01
safeguard: idta
transfer_risk_assessment: TRA-1
contact: privacy@mailer.example
---
kind: system
id: loans-system
name: Loans system
location: GB
---
kind: activity
id: loans
name: Lending books
owner: Head of Lending
subjects: [resident, carer]
data: [name, email-address, date-of-birth]
purposes: [support, communication]
sources: [data-subject, {from: school, data: name}]
basis: {article_6: e, law: Public Libraries and Museums Act 1964 s.7}
systems: [loans-system]
retention:
  - {data: [name, email-address], period: P1Y, trigger: last-contact, law: schedule line 4}
  - {data: date-of-birth, period: P6M, trigger: last-contact, law: schedule line 4}
disclosures:
  - {to: mailer, data: email-address, purposes: communication}
  - {to: police, data: name, purposes: communication, basis: {article_6: c, law: Data Protection Act 2018 s.31}}
security: Locked
dpia: {needed: false, reason: few people}
required_by: nothing
reviewed: 2026-10-01
started: 2020-01-01
---
kind: notice
id: readers
name: Readers' notice
audience: [resident, carer]
url: https://northwold.example/privacy
version: "1"
in_force: {from: 2026-01-01}
text: readers.md
statements:
  - quote: We use your name, your email address and your date of birth to support you and to write to you
    uses: {data: [name, email-address, date-of-birth], purposes: [support, communication]}
  - quote: Schools give us your name
    collects: {from: school, data: name}
  - quote: We rely on our public task (UK GDPR Article 6(1)(e))
    uses: {basis: {article_6: e}}
  - quote: We keep your name and your email address for one year from our last contact
    keeps: {data: [name, email-address], period: P1Y, trigger: last-contact}
  - quote: We keep your date of birth for six months from our last contact
    keeps: {data: date-of-birth, period: P6M, trigger: last-contact}
  - quote: Sample Mailer Ltd in the United States sends our letters under the International Data Transfer Agreement
    discloses: {to: mailer, countries: US, safeguard: idta}
  - quote: We give your name to the police, because we have a legal obligation (UK GDPR Article 6(1)(c))
    discloses: {to: police, basis: {article_6: c}}
"""
LOSS = "wrong-shape"


def said(check_text: Check, register: str) -> set[tuple[str, str, str]]:
    found = check_text(register).findings
    return {(f.rule.id, f.problem.where, f.problem.facet) for f in found}


def replaced(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # a field
        ("reviewed: 2026-10-01", "reviewed: 01/10/2026"),
        ("owner: Head of Lending", "owner: {name: Head of Lending}"),
        ("owner: Head of Lending", "ownr: Head of Lending"),
        ("retention:\n", "retenton:\n"),
        ("systems: [loans-system]", "systems: {zzz: 1}"),
        ("basis: {article_6: e, law: Public", "basis: {article_6: z, law: Public"),
        ("required_by: nothing", "requird_by: nothing"),
        ("public_authority: true", "public_authority: yes please"),
        ("safeguard: idta", "safeguard: idat"),
        ("country: US\n", "country: [US]\n"),
        ("location: GB", "locaton: GB"),
        ("url: https://northwold.example/privacy", "url: [https://northwold.example/privacy]"),
        ("text: readers.md", "txt: readers.md"),
        ("statements:", "statments:"),
        # an entry of a list
        ("period: P1Y, trigger: last-contact, law: schedule line 4", "period: 1 year, law: schedule line 4"),
        ("{to: mailer, data: email-address, purposes: communication}", "{to: mailer, purpose: communication}"),
        ("{from: school, data: name}]", "{from: school, date: name}]"),
        ("data: [name, email-address, date-of-birth]\npurposes", "data: [name, email-address, 7]\npurposes"),
        ("keeps: {data: date-of-birth, period: P6M", "keeps: {data: date-of-birth, period: 6 months"),
        ("  - quote: Schools give us your name\n", "  - qoute: Schools give us your name\n"),
        # what is left is nothing of its kind
        ("name: Lending books", "name: [Lending books]"),
        ("name: Sample Mailer Ltd", "nme: Sample Mailer Ltd"),
        ("name: Loans system", "name: {zzz: 1}"),
        ("audience: [resident, carer]", "audience: {zzz: 1}"),
    ],
)  # fmt: skip
def test_a_loss_is_said_once_and_is_no_fact_about_the_register(
    check_text: Check, old: str, new: str
) -> None:
    before = said(check_text, WHOLE)
    report = check_text(replaced(old, new))
    after = {(f.rule.id, f.problem.where, f.problem.facet) for f in report.findings}
    assert any(rule == LOSS for rule, _, _ in after)
    assert {one for one in after - before if one[0] != LOSS} == set()
    assert report.undecided


def test_what_rests_on_the_loss_is_undecidable_and_the_rest_is_judged(check_text: Check) -> None:
    def verdicts(register: str) -> dict[str, dict[Facet, Verdict]]:
        flows = check_text(register).case.coverage.flows
        return {told.flow.id: {j.facet: j.verdict for j in told.judgements} for told in flows}

    whole = verdicts(WHOLE)
    kept = verdicts(replaced("retention:\n", "retenton:\n"))
    keep = "loans/keep/loans-system"
    assert whole[keep][Facet.RETENTION] is Verdict.CLEAR
    assert kept[keep][Facet.RETENTION] is Verdict.UNDECIDABLE
    assert {f: v for f, v in kept.items() if f != keep} == {
        f: v for f, v in whole.items() if f != keep
    }
    source = "loans/collect/school"
    told = verdicts(replaced("collects: {from: school, data: name}", "collects: {form: school}"))
    assert told[source][Facet.SOURCE] is Verdict.UNDECIDABLE
    abroad = verdicts(replaced("country: US\n", "country: [US]\n"))["loans/disclose/mailer"]
    assert abroad[Facet.TRANSFER] is Verdict.UNDECIDABLE


def test_the_record_has_what_is_left_and_says_that_it_is_not_complete(check_text: Check) -> None:
    record = str(
        export(check_text(replaced("reviewed: 2026-10-01", "reviewed: soon")), "record-md")
    )
    assert "Lending books" in record
    assert "This record is not complete" in record
    assert "is “soon”" in record


def test_entries_behind_one_that_is_lost_keep_their_places_and_numbers(check_text: Check) -> None:
    report = check_text(
        replaced("{to: mailer, data: email-address", "{too: mailer, data: email-address")
    )
    (given,) = report.case.register.activities["loans"].disclosures
    assert str(given.origin.location).startswith("register.yaml:42:")
    report = check_text(replaced("uses: {basis: {article_6: e}}", "uses: {basis: {article: e}}"))
    ids = [s.id for s in report.case.register.notices["readers"].statements]
    assert ids == [f"readers#{number}" for number in range(1, 8)]


def test_a_waiver_that_is_not_whole_accepts_nothing(check_text: Check) -> None:
    waiver = """---
kind: waiver
id: all
finding: "*"
reason: later
owner: A. Example
until: 2027-01-31
ticket: [1, 2]
"""
    report = check_text(WHOLE + waiver)
    assert not report.case.register.waivers
    assert report.undecided


def test_a_merge_conflict_is_named_for_what_it_is(check_text: Check) -> None:
    conflict = "<<<<<<< HEAD\nowner: Head of Lending\n=======\nowner: Librarian\n>>>>>>> theirs\n"
    report = check_text(replaced("owner: Head of Lending\n", conflict))
    (problem,) = (p for d in report.case.documents for p in d.problems)
    assert problem.message.startswith("a merge stopped here")
    assert problem.at.line == WHOLE.splitlines().index("owner: Head of Lending") + 1
    assert report.undecided


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("loans.yaml.txt", "its name ends in .txt, which not every computer shows"),
        ("loans.yml.bak", "its name ends in .bak, which not every computer shows"),
        (".hidden/loans.yaml", "it is in a folder whose name begins with a dot"),
        ("loans.md", "its name does not end in .yaml or .yml"),
    ],
)
def test_a_document_in_a_file_that_is_not_read_says_why(
    check_text: Check, tmp_path: Path, name: str, reason: str
) -> None:
    activity = WHOLE.split("---\n")[3].replace("id: loans", "id: more")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(activity, "utf-8")
    report = check_text(WHOLE)
    (problem,) = report.case.passed_over.left_out
    assert problem.message == f"the activity more is not looked at: {reason}"
