"""Where a firm sits, where it keeps data, and from where its people look at it: three things apart."""

import json

import pytest

from conftest import Check
from ropa.flows.flow import COUNTRY
from ropa.front import export
from ropa.importers import record_xlsx
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report

REGISTER = """kind: organisation
id: northwold
name: Northwold Library
---
kind: party
id: mailer
name: Sample Mailer Ltd
type: processor
agreement: DPA-2
{where}
---
kind: activity
id: letters
name: Letters
subjects: resident
data: name
purposes: communication
sources: data-subject
basis: {{article_6: e, law: Public Libraries and Museums Act 1964 s.7}}
disclosures: [{{to: mailer}}]
---
kind: notice
id: readers
audience: resident
text: readers.md
statements:
  - quote: Sample Mailer Ltd in the United States sends our letters
    discloses: {{to: mailer, countries: US}}
"""


def held(check_text: Check, where: str) -> Report:
    return check_text(REGISTER.format(where=where))


@pytest.mark.parametrize(
    ("where", "countries"),
    [
        ("country: US", ("US",)),
        ("country: GB", ()),
        # a British firm that keeps data in the United States
        ("country: GB\nkept_in: US", ("US",)),
        ("kept_in: [GB, US]", ("US",)),
        # an American firm in London: its people in the United States can look at it, unless somebody says otherwise
        ("country: US\nkept_in: GB", ("US",)),
        ("country: US\nkept_in: GB\nremote_access: none", ()),
        # data stays here, and is looked at from elsewhere
        ("country: US\nkept_in: GB\nremote_access: [IN]", ("IN",)),
        ("country: GB\nremote_access: [US, IN]", ("US", "IN")),
        ("country: US\nremote_access: none", ("US",)),
    ],
)
def test_data_goes_where_it_is_kept_and_from_where_it_is_looked_at(
    check_text: Check, where: str, countries: tuple[str, ...]
) -> None:
    report = held(check_text, where)
    assert not report.case.malformed
    (flow,) = (f for f in report.case.graph.flows if "/disclose/" in f.id)
    assert flow.box[COUNTRY] == countries
    missing = [f for f in report.findings if f.rule.id == "transfer-without-safeguard"]
    assert bool(missing) is bool(countries)


def test_people_are_told_of_each_of_the_countries(check_text: Check) -> None:
    for where, expected in (
        ("country: GB\nkept_in: US\nsafeguard: idta", Verdict.PARTIAL),  # the safeguard is not told
        ("country: GB\nkept_in: US\nremote_access: IN\nsafeguard: idta", Verdict.PARTIAL),
    ):
        report = held(check_text, where)
        (told,) = (t for t in report.case.coverage.flows if "/disclose/" in t.flow.id)
        judgement = told.on(Facet.TRANSFER)
        assert judgement is not None
        assert judgement.verdict is expected
        assert ("IN" in where) is any("India" in f.problem.message for f in report.findings)


def test_the_record_says_each_and_the_workbook_takes_them_back(check_text: Check) -> None:
    report = held(
        check_text, "country: GB\nkept_in: [GB, US]\nremote_access: none\nsafeguard: idta"
    )
    record = str(export(report, "record-md"))
    assert "United States: Sample Mailer Ltd" in record
    linked = json.loads(str(export(report, "record-jsonld")))
    (party,) = (n for n in linked["@graph"] if n["@id"] == "#party-mailer" and "dct:title" in n)
    assert {"@id": "loc:US"} in party["dpv:hasLocation"]
    workbook = export(report, "record-xlsx")
    assert isinstance(workbook, bytes)
    read = record_xlsx.read(workbook, report.case.documents)
    assert not read.faults
    (back,) = (c.data for c in read.documents if c.data["kind"] == "party")
    assert (back["country"], back["kept_in"], back["remote_access"]) == (
        "GB",
        ["GB", "US"],
        ["none"],
    )


def test_a_country_that_is_none_is_named(check_text: Check) -> None:
    report = held(check_text, "kept_in: [GB, XX]")
    assert [p.facet for p in report.case.register.unknown] == ["country/XX"]


def rules_of(report: Report, *rules: str) -> list[tuple[str, str]]:
    return sorted((f.id, f.problem.message) for f in report.findings if f.rule.id in rules)


def test_each_country_is_held_against_the_law_and_not_only_the_first(check_text: Check) -> None:
    seen_from_india = "country: FR\nkept_in: FR\nremote_access: IN\nsafeguard: adequacy"
    ((id_, message),) = rules_of(held(check_text, seen_from_india), "adequacy-unfounded")
    assert id_ == "adequacy-unfounded@letters/disclose/mailer@safeguard/uk-gdpr/IN"
    assert "to Sample Mailer Ltd in India, from where it is looked at, under an adequacy" in message
    kept_there = "country: FR\nkept_in: [IN, FR]\nremote_access: none\nsafeguard: adequacy"
    ((id_, message),) = rules_of(held(check_text, kept_there), "adequacy-unfounded")
    assert id_ == "adequacy-unfounded@letters/disclose/mailer@safeguard/uk-gdpr"
    assert "in India, under an adequacy decision" in message


def test_a_country_that_is_covered_in_part_is_asked_about_wherever_it_stands(
    check_text: Check,
) -> None:
    where = "country: FR\nkept_in: FR\nremote_access: US\nsafeguard: adequacy"
    found = rules_of(held(check_text, where), "adequacy-condition-not-met", "adequacy-unfounded")
    assert [id_ for id_, _ in found] == [
        "adequacy-condition-not-met@letters/disclose/mailer@adequacy_scheme/uk-gdpr/US"
    ]


def test_countries_that_are_covered_raise_no_question(check_text: Check) -> None:
    where = "country: FR\nkept_in: FR\nremote_access: [CH, GB]\nsafeguard: adequacy"
    found = rules_of(held(check_text, where), "adequacy-condition-not-met", "adequacy-unfounded")
    assert found == []
