"""Law that moved in 2026, on both sides of its days, in the United Kingdom and in the European Union."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import ask, make_case
from ropa.judging.coverage import Settings
from ropa.law import tables as law
from ropa.plugins import rule

A_DAY = timedelta(days=1)
MOVED = date(2026, 2, 5)
"""The day on which most of Part 5 of the Data (Use and Access) Act 2025 came into force."""

Find = Callable[..., list[str]]


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """The messages of some rules on a register given as text."""

    def run(names: str, text: str, day: date = TODAY) -> list[str]:
        write_register(tmp_path, text)
        case = make_case(read_tree(tmp_path), Settings(day), tmp_path)
        assert not case.malformed, case.malformed
        assert not case.register.unknown, case.register.unknown
        report = ask(case, [rule(name) for name in names.split()])
        return [finding.problem.message for finding in report.findings]

    return run


COUNCIL = """{kind: organisation, id: c, name: Exampleshire Council, contact: County Hall, dpo: dpo@example.org,
 public_authority: true, nation: England}
---
"""
ABROAD = """{kind: organisation, id: c, name: Exampleshire Council, contact: County Hall, dpo: dpo@example.org,
 public_authority: true, regimes: REGIMES, home: IE}
---
"""


def organisation(regimes: str = "uk-gdpr") -> str:
    return COUNCIL if regimes == "uk-gdpr" else ABROAD.replace("REGIMES", regimes)


# -- exceptions from telling people ----------------------------------------------------------------


def visits(
    provision: str, more: str = "", *, sources: str = "local-authority", use: str = ""
) -> str:
    return (
        "{kind: activity, id: visits, name: Home visits, subjects: tenant, data: name, "
        f"purposes: {use or 'housing-services'}, sources: {sources}, "
        "basis: {article_6: e, law: Housing Act 1996 s.1}, "
        f"exemption: {{provision: {provision}, reason: no address of 40 000 former tenants{more}}}}}\n"
    )


PROTECTED = ", safeguards: the notice is on our website"


@pytest.mark.parametrize(
    ("row", "regime"),
    [(row, regime) for row in law.EXCEPTIONS.rows for regime in row.standing.regimes],
    ids=lambda value: getattr(value, "id", value),
)
def test_an_exception_excuses_from_its_first_day_to_its_last(
    find: Find, row: law.TellingException, regime: str
) -> None:
    safe = PROTECTED if row.safeguards else ""
    text = organisation(regime) + visits(
        row.provision,
        safe,
        sources="data-subject" if row.provision == "13(4)" else "own-organisation",
        use="research" if row.only_for else "",
    )
    stands, ends = row.standing.start or date(2020, 12, 31), row.standing.end
    assert find("exemption-unfounded", text, stands) == []
    if row.standing.start:
        (message,) = find("exemption-unfounded", text, stands - A_DAY)
        assert "no exception before 5 February 2026" in message
    if ends:
        assert find("exemption-unfounded", text, ends) == []
        (message,) = find("exemption-unfounded", text, ends + A_DAY)
        assert "went out on 5 February 2026: it is 14(5)(e) or 14(5)(f) now" in message
    else:
        assert find("exemption-unfounded", text, TODAY) == []
    if row.safeguards:
        (message,) = find("exemption-unfounded", text.replace(safe, ""), stands)
        assert row.safeguards_law in message


def test_13_5_is_for_research_with_data_taken_for_something_else(find: Find) -> None:
    rule_, text = "exemption-unfounded", COUNCIL + visits("13(5)", sources="data-subject")
    found = find(rule_, text)
    assert len(found) == 3
    assert any("research, statistics or archiving alone" in m for m in found)
    assert any("only the news of a new purpose" in m for m in found)
    assert any("Article 13(7)" in m for m in found)
    again = visits("13(5)", PROTECTED, sources="own-organisation", use="research")
    assert find(rule_, COUNCIL + again) == []
    mixed = visits("13(5)", PROTECTED, sources="own-organisation", use="[research, marketing]")
    assert len(find(rule_, COUNCIL + mixed)) == 1


@pytest.mark.parametrize("provision", ["13(5)", "14(5)(e)", "14(5)(f)", "13(2)", "14(5)(z)"])
def test_what_is_no_exception_in_the_union_is_found_there(find: Find, provision: str) -> None:
    text = organisation("eu-gdpr") + visits(provision, PROTECTED)
    (message,) = find("exemption-unfounded", text)
    assert "there is no such exception" in message


def test_the_schedules_are_law_of_the_united_kingdom_alone(find: Find) -> None:
    claim = visits("DPA 2018 Schedule 2 paragraph 2")
    assert find("exemption-unfounded", COUNCIL + claim) == []
    assert find("exemption-unfounded", organisation("eu-gdpr") + claim)


def test_under_both_laws_an_exception_is_named_for_each(find: Find) -> None:
    both = ABROAD.replace("REGIMES", "[uk-gdpr, eu-gdpr]")
    (message,) = find("exemption-unfounded", both + visits("14(5)(b)", PROTECTED))
    assert "went out on 5 February 2026" in message
    named = "'EU GDPR 14(5)(b), UK GDPR 14(5)(e)'"
    assert find("exemption-unfounded", both + visits(named, PROTECTED)) == []


@pytest.mark.parametrize("nothing", ["TBC", "none", "see above", "n/a", "'?'", "x"])
def test_a_claim_without_an_answer_is_no_claim(find: Find, nothing: str) -> None:
    text = COUNCIL + visits("14(5)(e)", f", safeguards: {nothing}")
    assert len(find("exemption-unfounded", text)) == 1
    text = text.replace("no address of 40 000 former tenants", nothing)
    assert len(find("exemption-unfounded", text)) == 2
