"""When a period begins, as people record it: in words of the vocabulary and of the register's own."""

import json

import pytest

from conftest import Check
from ropa.drafting.mending import repair
from ropa.front import draft, export
from ropa.importers import record_xlsx
from ropa.judging.verdict import Verdict
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet
from ropa.report import Report

REGISTER = """kind: organisation
id: northwold
name: Northwold Library
---
kind: activity
id: loans
name: Loans
subjects: resident
data: name
purposes: support
sources: data-subject
basis: {{article_6: e, law: Public Libraries and Museums Act 1964 s.7}}
retention: {recorded}
---
kind: notice
id: readers
audience: resident
text: readers.md
statements:
  - quote: {quote}
    keeps: {told}
"""
OWN = """---
kind: term
facet: trigger
id: card-returned
label: Return of the reader's card
plain: the day you give your card back
synonyms: [card handed in]
broader: end-of-relationship
"""

EXACTLY, BY_CATEGORY = (Verdict.CLEAR, "exact"), (Verdict.CLEAR, "by category")
OTHERWISE = (Verdict.CONTRADICTED, "")


def held(check_text: Check, recorded: str, quote: str, told: str, more: str = "") -> Report:
    return check_text(REGISTER.format(recorded=recorded, quote=quote, told=told) + more)


def verdict(report: Report) -> tuple[Verdict, str]:
    (found,) = (j for t in report.case.coverage.flows if (j := t.on(Facet.RETENTION)))
    return found.verdict, found.how


@pytest.mark.parametrize(
    ("recorded", "quote", "told", "expected"),
    [
        # the word, a synonym, and any spelling of it
        ("account-closed", "one year after you close your account", "account-closed", EXACTLY),
        ("account deleted", "one year after your account is deleted", "Closure of the account", EXACTLY),
        ("pupil leaves the school", "one year after the pupil leaves", "leaving-school", EXACTLY),
        # a wider word tells it by category, a narrower one only vaguely, another one not at all
        ("account-closed", "one year from the end of our relationship", "end-of-relationship", BY_CATEGORY),
        ("end-of-financial-year", "one year from the end of the year", "end-of-year", BY_CATEGORY),
        ("end-of-year", "one year from the end of the financial year", "end-of-financial-year", (Verdict.VAGUE, "")),
        ("end-of-school-year", "one year from the end of the financial year", "end-of-financial-year", OTHERWISE),
        ("membership ends", "one year after you close your account", "account-closed", OTHERWISE),
        # a word that says nothing
        ("account-closed", "one year from when it is no longer needed", "no longer needed", (Verdict.VAGUE, "")),
    ],
)  # fmt: skip
def test_a_beginning_is_told_by_its_word_or_a_wider_one(
    check_text: Check, recorded: str, quote: str, told: str, expected: tuple[Verdict, str]
) -> None:
    report = held(
        check_text,
        f"{{period: P1Y, trigger: {recorded}}}",
        f"We keep your name for {quote}",
        f"{{period: P1Y, trigger: {told}}}",
    )
    assert not report.case.malformed
    assert not report.case.register.unknown
    if "no longer" in quote:  # the words do not prove it, and it would tell too little anyway
        assert verdict(report)[0] in (Verdict.VAGUE, Verdict.PARTIAL)
    else:
        assert verdict(report) == expected


def test_a_word_of_the_registers_own_is_read_in_sentences_and_told_by_its_wider_one(
    check_text: Check,
) -> None:
    for recorded in ("card-returned", "card handed in"):
        told = held(
            check_text,
            f"{{period: P1Y, trigger: {recorded}}}",
            "We keep your name for one year from the day you give your card back",
            "{period: P1Y, trigger: card-returned}",
            OWN,
        )
        assert verdict(told) == (Verdict.CLEAR, "exact")
    wider = held(
        check_text,
        "{period: P1Y, trigger: card-returned}",
        "We keep your name for one year from the end of our relationship",
        "{period: P1Y, trigger: end-of-relationship}",
        OWN,
    )
    assert verdict(wider) == (Verdict.CLEAR, "by category")


def test_a_beginning_that_nobody_defined_is_undecidable_on_either_side(check_text: Check) -> None:
    known, strange = "{period: P1Y, trigger: decision}", "{period: P1Y, trigger: full moon}"
    quote = "We keep your name for one year from the decision"
    for recorded, told in ((strange, known), (known, strange)):
        report = held(check_text, recorded, quote, told)
        assert verdict(report)[0] in (Verdict.UNDECIDABLE, Verdict.PARTIAL)
        assert report.undecided
        (problem,) = report.case.register.unknown
        assert problem.message.startswith("“full moon” is not a known word for when a period")
        assert "--facet trigger" in problem.hint


def test_an_entry_that_says_only_from_when_leaves_nothing_open(check_text: Check) -> None:
    report = held(
        check_text,
        "[{data: name, trigger: full moon}, {period: P1Y, trigger: decision}]",
        "We keep your name for one year from the decision",
        "{period: P1Y, trigger: decision}",
    )
    assert verdict(report) == EXACTLY
    assert report.case.register.unknown  # which is said of the entry itself


VAGUE_OWN = """---
kind: term
facet: trigger
id: last-event
label: Last event
umbrella: true
"""


def test_a_vague_beginning_is_not_gainsaid_where_its_very_word_is_told(check_text: Check) -> None:
    both = "[{period: P1Y, trigger: decision}, {period: P1Y, trigger: last-event}]"
    other = "  - quote: We keep your name for one year from the decision\n"
    other += "    keeps: {period: P1Y, trigger: decision}\n"
    quote, told = "one year from the last event", "{period: P1Y, trigger: last-event}"
    named = held(check_text, both, f"We keep your name for {quote}", told, other + VAGUE_OWN)
    assert verdict(named)[0] is Verdict.VAGUE
    left_out = held(
        check_text,
        both,
        "We keep your name for one year from the decision",
        "{period: P1Y, trigger: decision}",
        VAGUE_OWN,
    )
    assert verdict(left_out)[0] is Verdict.CONTRADICTED


def test_a_vague_or_undefined_beginning_is_asked_for_and_the_rest_is_drafted(
    check_text: Check,
) -> None:
    for recorded, needs, said in (
        ("last-event", "a more exact word than “Last event”", "trigger: last-event"),
        ("full moon", "a definition of “full moon”", "period: P1Y"),
    ):
        report = held(
            check_text,
            f"{{period: P1Y, trigger: {recorded}}}",
            "We use your name for support",
            "{data: name}",
            VAGUE_OWN,
        )
        mended = repair(report.case.coverage)
        (gap,) = (b for b in mended.beyond if b.judgement.facet is Facet.RETENTION)
        assert needs in gap.needs
        (sentence,) = (s for s in mended.sentences if "keeps" in s.statement)
        assert said in sentence.statement
        assert not sentence.closes
        assert sentence.helps


def test_criteria_that_name_the_same_end_agree_in_other_words(check_text: Check) -> None:
    for recorded, told, expected in (
        ("until account deletion", "until your account is closed", Verdict.CLEAR),
        ("until the member leaves", "until membership ends", Verdict.CLEAR),
        ("until membership ends", "until your account is closed", Verdict.VAGUE),
    ):
        report = held(
            check_text,
            f"{{criteria: {recorded}}}",
            f"We keep your name {told}",
            f"{{criteria: {told}}}",
        )
        assert verdict(report)[0] is expected, (recorded, told)


def test_criteria_with_a_trigger_are_borne_out_by_a_sentence_that_names_it(
    check_text: Check,
) -> None:
    report = held(
        check_text,
        "{criteria: the lifetime of the account, trigger: account-closed}",
        "We keep your name until you delete your account",
        "{criteria: until you delete your account, trigger: account-closed}",
    )
    assert verdict(report) == (Verdict.CLEAR, "exact")


def test_a_statement_of_a_beginning_that_no_entry_has_is_an_over_claim(check_text: Check) -> None:
    def claimed(told: str) -> bool:
        report = held(
            check_text,
            "[{period: P1Y, trigger: account-closed}, {period: P1Y, trigger: decision}]",
            "We keep your name for one year",
            f"{{period: P1Y, trigger: {told}}}",
        )
        return any(one.words == (told,) for one in report.case.coverage.unmatched)

    assert claimed("birth")
    assert not claimed("end-of-relationship")


def test_every_artefact_says_a_beginning_in_plain_words_and_the_workbook_takes_it_back(
    check_text: Check,
) -> None:
    report = held(
        check_text,
        "{period: P1Y, trigger: card-returned}",
        "We keep your name for one year from the day you give your card back",
        "{period: P1Y, trigger: card-returned}",
        OWN,
    )
    record = str(export(report, "record-md"))
    assert "1 year from the day you give your card back" in record
    linked = json.loads(str(export(report, "record-jsonld")))
    assert any(
        "card back" in json.dumps(node) or "reader's card" in json.dumps(node)
        for node in linked["@graph"]
    )
    assert "1 year after the day you give your card back" in draft(report, "readers").text
    workbook = export(report, "record-xlsx")
    assert isinstance(workbook, bytes)
    read = record_xlsx.read(workbook, report.case.documents)
    assert not read.faults
    (activity,) = (c.data for c in read.documents if c.data["kind"] == "activity")
    assert activity["retention"] == [{"period": "P1Y", "trigger": "card-returned"}]
    (word,) = (c.data for c in read.documents if c.data["kind"] == "term")
    assert word["facet"] == "trigger"


def test_the_old_words_keep_their_ids_and_every_shipped_one_can_be_said_in_a_sentence() -> None:
    words = shipped_terms().hierarchies[Facet.TRIGGER]
    old = {
        "birth", "death", "age-18", "end-of-case", "last-contact", "collection", "end-of-employment",
        "end-of-year", "end-of-contract", "adoption-order", "end-of-approval", "decision", "consent-withdrawn",
    }  # fmt: skip
    assert old <= words.terms.keys()
    assert not [id_ for id_ in old if words.terms[id_].yields]
    assert not [id_ for id_ in words.terms if not words.plain(id_) and id_ != "any-event"]
