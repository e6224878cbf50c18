"""Two things with one name are told apart, or said to be one name; advice is for slips of the keyboard alone."""

import pytest

from conftest import Check
from ropa.errors import slip_of
from ropa.judging.verdict import Verdict
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import Facet
from ropa.report import Report

ACTIVITY = """kind: activity
id: enquiries
name: Answering enquiries
subjects: resident
data: name
purposes: customer-contact
sources: data-subject
disclosures:
  - to: host-b
---
"""
NOTICE = """kind: notice
id: residents
audience: resident
text: residents.md
statements:
  - quote: Sample Host stores your messages for us
    discloses: {to: Sample Host}
"""


def party(id_: str, name: str, more: str = "") -> str:
    return f"kind: party\nid: {id_}\nname: {name}\ntype: processor\nagreement: C-1\n{more}---\n"


def duplicates(report: Report) -> list[str]:
    return [f.problem.message for f in report.standing if f.rule.id == "duplicate-id"]


@pytest.mark.parametrize("first", ["host-a", "host-b"])
def test_two_parties_of_one_name_are_said_whichever_comes_first(
    check_text: Check, first: str
) -> None:
    second = {"host-a": "host-b", "host-b": "host-a"}[first]
    parties = party(first, "Sample Host") + party(second, "Sample Host")
    report = check_text(ACTIVITY + parties + NOTICE)
    assert duplicates(report) == [f"“sample host” means {first} already, and {second} uses it, too"]
    assert report.undecided
    judgement = report.case.coverage.by_id["enquiries/disclose/host-b"].on(Facet.RECIPIENT)
    assert judgement is not None
    assert judgement.verdict is Verdict.UNDECIDABLE
    assert "no notice tells" not in str([f.problem.message for f in report.findings])


def test_two_parties_of_two_names_are_told_apart(check_text: Check) -> None:
    report = check_text(
        ACTIVITY + party("host-a", "Sample Host") + party("host-b", "Other Host") + NOTICE
    )
    assert duplicates(report) == []


def test_a_statement_may_use_the_id_where_the_name_is_of_two(check_text: Check) -> None:
    parties = party("host-a", "Sample Host") + party("host-b", "Sample Host")
    report = check_text(ACTIVITY + parties + NOTICE.replace("to: Sample Host", "to: host-b"))
    judgement = report.case.coverage.by_id["enquiries/disclose/host-b"].on(Facet.RECIPIENT)
    assert judgement is not None
    assert judgement.verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (party("host-a", "Host-B"), "“host b” means host-a already, and host-b uses it, too"),
        (
            party("host-a", "Host A Ltd", "synonyms: Sample Host\n"),
            "“sample host” means host-a already, and host-b uses it, too",
        ),
        (
            party("host-a", "Cloud hosts"),
            "“cloud hosts” means cloud-host already, and host-a uses it, too",
        ),
    ],
    ids=["the id of another", "the synonym of another", "a word of the vocabulary"],
)
def test_a_name_is_of_two_whatever_else_has_it(check_text: Check, other: str, says: str) -> None:
    assert says in duplicates(
        check_text(ACTIVITY + other + party("host-b", "Sample Host") + NOTICE)
    )


def test_an_id_of_a_party_may_be_a_word_that_others_use(check_text: Check) -> None:
    parties = party("host-b", "Sample Host") + party("ministry", "Ministry of Samples")
    assert duplicates(check_text(ACTIVITY + parties + NOTICE)) == []


# -- advice ----------------------------------------------------------------------------------------


def advice(word: str, facet: Facet) -> str:
    lexicon = Lexicon((), shipped_terms())
    return slip_of(word.casefold(), lexicon.names(facet))


@pytest.mark.parametrize(
    ("word", "facet"),
    [
        ("accountant", Facet.RECIPIENT),
        ("email provider", Facet.RECIPIENT),
        ("Internal", Facet.RECIPIENT),
        ("authentication", Facet.PURPOSE),
        ("account management", Facet.PURPOSE),
        ("DBS", Facet.DATA),
        ("CV", Facet.DATA),
        ("maternity", Facet.DATA),
        ("medical", Facet.DATA),
        ("teachers", Facet.RECIPIENT),
        ("online search", Facet.RECIPIENT),
        ("OH provider", Facet.RECIPIENT),
        ("host accommodation", Facet.DATA),
    ],
)
def test_no_word_of_another_meaning_is_advised(word: str, facet: Facet) -> None:
    known = shipped_terms().hierarchies[facet].find(word)
    assert known or advice(word, facet) == ""
    assert known not in {
        "contractor",
        "education-provider",
        "tribunal",
        "communications",
        "records-management",
    }


@pytest.mark.parametrize(
    ("word", "facet", "meant"),
    [
        ("pupls", Facet.SUBJECT, "pupil"),
        ("parnet", Facet.SUBJECT, "parent"),
        ("helth", Facet.DATA, "health"),
        ("adress", Facet.DATA, "address"),
        ("polce", Facet.RECIPIENT, "police-force"),
        ("educaton provision", Facet.PURPOSE, "education-provision"),
    ],
)
def test_a_slip_of_the_keyboard_is_mended_by_name_or_synonym(
    word: str, facet: Facet, meant: str
) -> None:
    assert advice(word, facet) == f" (did you mean {meant}?)"
