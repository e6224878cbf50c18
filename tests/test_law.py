"""The law as data: every row has its dates, its source and its shape, and is law on the right days."""

import re
from datetime import date, timedelta
from typing import Any, get_origin, get_type_hints

import pytest

from conftest import TODAY, Check
from ropa.engine import vocabulary_as_text
from ropa.law import tables as law
from ropa.plugins import all_rules, page
from ropa.register.periods import days
from ropa.rule import grounds

ROWS = [(table, row) for table in law.TABLES.values() for row in table.rows]
DATED = [(t, row) for t, row in ROWS if row.standing.start or row.standing.end]
STANDING = {"from", "until", "regimes", "source", "status", "read", "note"}
NEEDED = {"from", "until", "source", "status", "read"}


@pytest.mark.parametrize("name", law.TABLES)
def test_a_table_says_every_row_once_for_each_stretch_of_time(name: str) -> None:
    rows = law.TABLES[name].rows
    assert rows
    days_of = [(row.id, row.standing.start) for row in rows]
    assert len(days_of) == len(set(days_of))


@pytest.mark.parametrize("name", law.TABLES)
def test_every_entry_has_its_status_and_no_field_nobody_reads(name: str) -> None:
    own = set(law.TABLES[name].row.__struct_fields__)
    for entry in law.entries(name):
        assert entry["status"] in {"read", "secondary", "from-memory"}
        assert NEEDED <= set(entry) <= own | STANDING


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=lambda row: row.id)
def test_every_row_has_a_source_that_can_be_looked_up(row: Any) -> None:
    assert row.standing.sources
    assert all(re.search(r"[A-Z].*[\da-z]", source) for source in row.standing.sources)
    assert row.standing.regimes
    assert set(row.standing.regimes) <= set(law.REGIMES)
    assert (row.standing.start or date.min) <= (row.standing.end or date.max)


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=lambda row: row.id)
def test_a_row_that_has_ended_was_read_since(row: Any) -> None:
    """What comes after its last day has to be known: look its sources up again, and set `read`."""
    end, read = row.standing.end, row.standing.read
    assert read <= date.today()
    assert end is None or end >= date.today() or read > end


def test_what_is_not_read_in_the_law_itself_says_why() -> None:
    for _, row in ROWS:
        assert row.standing.status != "secondary" or row.standing.note, row.id


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=lambda row: row.id)
def test_every_field_of_a_row_has_its_type(row: Any) -> None:
    for name, kind in get_type_hints(type(row)).items():
        value = getattr(row, name)
        assert isinstance(value, get_origin(kind) or kind), f"{row.id}: {name}"
        if type(value) is tuple:
            assert all(isinstance(word, str) for word in value)


@pytest.mark.parametrize(
    ("table", "row"), DATED, ids=[f"{table.name}/{row.id}" for table, row in DATED]
)
def test_a_row_is_law_from_its_first_day_to_its_last(table: law.Table[Any], row: Any) -> None:
    day, regimes = timedelta(days=1), row.standing.regimes
    if start := row.standing.start:
        assert row in table.on(start, regimes)
        assert row not in table.on(start - day, regimes)
    if end := row.standing.end:
        assert row in table.on(end, regimes)
        assert row not in table.on(end + day, regimes)


def test_a_row_is_law_only_under_its_own_regime() -> None:
    assert law.ADEQUACY_EU.find("BR", TODAY, ("eu-gdpr",))
    assert not law.ADEQUACY_EU.find("BR", TODAY, ("uk-gdpr",))
    assert not law.ADEQUACY_UK.find("BR", TODAY)


def test_schedule_1_has_its_36_conditions() -> None:
    rows = law.SCHEDULE_1.rows
    assert [row.paragraph for row in rows] == [*range(1, 5), *range(6, 38)]
    assert {row.policy for row in rows} == {"required", "not-required", "as-underlying"}
    assert [row.paragraph for row in rows if row.supports == "g"] == list(range(6, 29))


def test_rights_are_told_for_every_basis() -> None:
    assert [row.id for row in law.RIGHTS.rows] == ["a", "b", "c", "d", "e", "ea", "f"]
    told = {tuple(row.rights) for row in law.RIGHTS.rows}
    assert len(told) == 1
    assert {word for row in law.RIGHTS.rows for word in row.rights.values()} == {
        "yes",
        "no",
        "qualified",
    }


def test_retention_is_in_the_words_of_the_register() -> None:
    known = set(re.findall(r"^ *(\S+):", vocabulary_as_text(), re.MULTILINE))
    for row in law.RETENTION.rows:
        assert days(row.period) > 0
        assert not row.after_death or days(row.after_death) > 0
        assert {*row.data, *row.subjects} <= known


def test_every_pattern_can_be_compiled_and_finds_the_name_of_what_ended() -> None:
    for row in law.SUPERSEDED.rows:
        patterns = [re.compile(pattern, re.IGNORECASE) for pattern in row.written]
        assert row.kind in {"instrument", "transfer", "article", "body", "term"}
        assert any(p.search(row.name) for p in patterns) or row.id.startswith(
            (
                "old-clauses",
                "orders-under",
                "discrimination",
                "money-laundering",
                "lawful-business",
                "department-of-health",
                "subject-access-fee",
                "forty-days",
                "not",
            )
        )


def test_a_rule_rests_on_tables_that_there_are() -> None:
    for rule in all_rules():
        for name in rule.info.rests_on:
            assert tuple(law.rows_behind((name,))), f"{rule.info.id} rests on {name}"


def test_a_rule_about_bodies_rests_on_no_law_about_words() -> None:
    bodies = {row.id for row in law.rows_behind(("superseded/body",))}
    assert bodies == {row.id for row in law.SUPERSEDED.rows if row.kind == "body"}
    assert "Sintons" in page("outdated-term")
    assert "Sintons" not in page("former-body-named")


@pytest.mark.parametrize("id_", ["old-clauses-uk", "old-clauses-eu"])
def test_old_clauses_are_superseded_from_the_day_after_they_last_served(id_: str) -> None:
    (served,) = (row for row in law.SAFEGUARDS.rows if row.id == id_)
    (gone,) = (row for row in law.SUPERSEDED.rows if row.id == id_)
    assert gone.standing.start
    assert served.standing.end == gone.standing.start - timedelta(days=1)


def test_explain_says_what_a_rule_rests_on() -> None:
    for rule in all_rules():
        rows = tuple(law.rows_behind(rule.info.rests_on))
        said = "This rule rests on a reading from memory" in page(rule.info.id)
        assert said == any(row.standing.from_memory for row in rows)
        said = "This rule rests on secondary sources alone" in page(rule.info.id)
        assert said == any(row.standing.status == "secondary" for row in rows)
        assert all(line in page(rule.info.id) for line in grounds(rule.info))


COMPLAINT = """kind: organisation
id: northwold
name: Northwold Library
regimes: {regime}
---
kind: activity
id: loans
name: Lending books
subjects: resident
data: name
purposes: billing
basis: {{article_6: b}}
---
kind: notice
id: users
audience: resident
text: users.md
statements:
  - quote: Northwold Library, 1 Shelf Lane, uses your name to send bills
    informs: [controller-identity, controller-contact]
"""


@pytest.mark.parametrize(
    ("regime", "day", "due"),
    [
        ("uk-gdpr", date(2026, 6, 18), False),
        ("uk-gdpr", date(2026, 6, 19), True),
        ("eu-gdpr", date(2026, 6, 19), False),
        ("[uk-gdpr, eu-gdpr]", date(2026, 6, 19), True),
    ],
)
def test_a_complaint_to_the_controller_is_due_since_its_day(
    check_text: Check, regime: str, day: date, due: bool
) -> None:
    found = {f.id for f in check_text(COMPLAINT.format(regime=regime), day=day).findings}
    assert ("item-omitted@notice/users@complaint-to-controller" in found) == due


FEBRUARY, JUNE, SEPTEMBER = date(2026, 2, 5), date(2026, 6, 19), date(2026, 9, 30)
"""When most of the Data (Use and Access) Act 2025 began, then complaints to controllers, then the Commission."""
BEGINS: dict[date, set[str]] = {
    FEBRUARY: {
        "rights-by-basis/ea",
        *(f"duties/{row}" for row in (
            "significant-automated-decisions", "recognised-legitimate-interests", "childrens-protection",
            "own-public-task", "compatible-purposes", "data-protection-test", "consent-carries-no-more",
            "time-to-answer",
        )),
        *(f"exceptions/{row}" for row in ("13-5-uk", "14-5-e-uk", "14-5-f-uk")),
        *(f"superseded/uk-article-{n}" for n in ("6-4", "14-5-b", "22", "44", "45", "89")),
        *(f"superseded/dpa-2018-s{n}" for n in ("14", "17a", "17b", "17c", "18", "19")),
    },
    JUNE: {"duties/complaint-to-controller", "superseded/uk-article-77"},
    SEPTEMBER: {
        "duties/sharing-to-safeguard-children", "regulators/information-commission",
        "superseded/information-commissioners-office",
    },
    date(2024, 1, 1): {"duties/reasonable-search"},
    date(2025, 6, 1): {"superseded/institute-for-apprenticeships"},
    date(2026, 4, 1): {"superseded/valuation-office-agency"},
    date(2026, 1, 26): {"adequacy-eu/BR"},
    date(2023, 10, 12): {"adequacy-uk/US"},
    date(2020, 12, 31): {"adequacy-uk/FO"},
}  # fmt: skip
"""Rows by the day they begin, as the instruments say and not as the tables do."""
ENDS: dict[date, set[str]] = {
    FEBRUARY: {
        "duties/automated-decisions-before", "duties/purpose-limitation-before", "exceptions/14-5-b-uk",
    },
    SEPTEMBER: {"regulators/information-commissioner"},
    date(2031, 12, 28): {"adequacy-eu/GB"},
}  # fmt: skip
"""Rows by the first day without them."""


@pytest.mark.parametrize(
    ("day", "row", "begins"),
    [(day, row, True) for day, rows in BEGINS.items() for row in sorted(rows)]
    + [(day, row, False) for day, rows in ENDS.items() for row in sorted(rows)],
)
def test_a_row_begins_and_ends_on_the_day_that_the_law_says(
    day: date, row: str, *, begins: bool
) -> None:
    table, _, id_ = row.partition("/")
    on_the_day = law.TABLES[table].find(id_, day) is not None
    the_day_before = law.TABLES[table].find(id_, day - timedelta(days=1)) is not None
    assert (the_day_before, on_the_day) == (not begins, begins)


def test_no_act_of_february_or_later_begins_on_another_day_than_is_written_here() -> None:
    listed = {row for rows in BEGINS.values() for row in rows}
    begun = {
        f"{name}/{row.id}"
        for name, table in law.TABLES.items()
        for row in table.rows
        if row.standing.start and row.standing.start >= date(2026, 1, 1)
    }
    assert begun - listed == set()


def test_nothing_of_the_uk_moved_for_the_union() -> None:
    moved = {row for day in (FEBRUARY, JUNE, SEPTEMBER) for row in BEGINS[day]}
    tables = {row: law.TABLES[row.partition("/")[0]] for row in moved}
    assert not [
        row
        for row, table in tables.items()
        if table.find(row.partition("/")[2], SEPTEMBER, ("eu-gdpr",))
    ]


def test_the_conditions_of_schedule_1_that_were_read_again_stand_as_they_were_read() -> None:
    rows = {row.paragraph: row for row in law.SCHEDULE_1.rows}
    assert {n: rows[n].policy for n in (29, 33, 37)} == {
        29: "not-required",
        33: "not-required",
        37: "as-underlying",
    }
    assert rows[10].title == "Preventing etc or detecting unlawful acts"
