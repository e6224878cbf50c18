"""How many words of public registers the shipped vocabulary knows: words it was extended by, and words held back."""

import csv
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from ropa.documents.document import SourceFile
from ropa.documents.shipped import shipped
from ropa.documents.source import parse
from ropa.reading.names import Names
from ropa.reading.tokens import tokens
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import TERMS, Facet, Hierarchy

WORDS = Path(__file__).parent / "words"
FACETS = (Facet.SUBJECT, Facet.DATA, Facet.PURPOSE, Facet.RECIPIENT)


class Collected(NamedTuple):
    """A word of a public register, the term it should lead to (or `own`, or `new`), and where it stands."""

    facet: Facet
    word: str
    term: str
    source: str

    @property
    def found(self) -> str | None:
        words = shipped_terms().hierarchies[self.facet]
        return words.find(self.word) or "+".join(words.several(self.word)) or None

    @property
    def is_wrong(self) -> bool:
        """Whether it leads to another thing than it means; `new` was judged to have no place when it was collected."""
        return self.found is not None and self.term not in ("new", self.found)


def collected(name: str) -> tuple[Collected, ...]:
    """The words of a list."""
    with (WORDS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(Collected(Facet(r["facet"]), r["word"], r["term"], r["source"]) for r in rows)


def known(name: str) -> dict[Facet, int]:
    """How many of a hundred words of each facet are known, rounded down."""
    rows = collected(name)
    total, found = Counter(r.facet for r in rows), Counter(r.facet for r in rows if r.found)
    return {facet: 100 * found[facet] // total[facet] for facet in FACETS if total[facet]}


FLOORS = {
    "open": {Facet.SUBJECT: 76, Facet.DATA: 84, Facet.PURPOSE: 75, Facet.RECIPIENT: 81},
    "held": {Facet.SUBJECT: 88, Facet.DATA: 84, Facet.PURPOSE: 88, Facet.RECIPIENT: 82},
    "later": {Facet.SUBJECT: 84, Facet.DATA: 83, Facet.PURPOSE: 81, Facet.RECIPIENT: 95},
    "fourth": {Facet.SUBJECT: 95, Facet.DATA: 94, Facet.PURPOSE: 85, Facet.RECIPIENT: 97},
    "fifth": {Facet.SUBJECT: 87, Facet.DATA: 70, Facet.PURPOSE: 46, Facet.RECIPIENT: 77},
    "sixth": {Facet.SUBJECT: 46, Facet.DATA: 81, Facet.PURPOSE: 92, Facet.RECIPIENT: 73},
    "seventh": {Facet.SUBJECT: 72, Facet.DATA: 70, Facet.PURPOSE: 83, Facet.RECIPIENT: 62},
    "ninth": {Facet.PURPOSE: 32},
}
"""Words of a hundred that have to be known, by list and facet."""


@pytest.mark.parametrize("name", FLOORS)
def test_no_fewer_words_of_public_registers_are_known(name: str) -> None:
    found = known(name)
    assert {f: n for f, n in found.items() if n < FLOORS[name][f]} == {}


@pytest.mark.parametrize("name", FLOORS)
def test_no_word_of_a_public_register_leads_to_another_thing(name: str) -> None:
    assert [(r.facet.value, r.word, r.found) for r in collected(name) if r.is_wrong] == []


def test_no_source_stands_in_both_lists_and_no_word_twice_in_one() -> None:
    first, second = collected("open"), collected("held")
    assert not {r.source for r in first} & {r.source for r in second}
    assert len(first) + len(second) >= 600
    for rows in (first, second):
        assert max(Counter((r.facet, r.word, r.source) for r in rows).values()) == 1


def test_every_term_a_word_should_lead_to_is_shipped() -> None:
    hierarchies = shipped_terms().hierarchies
    for row in (row for name in FLOORS for row in collected(name)):
        known = hierarchies[row.facet].terms
        assert row.term in ("own", "new") or set(row.term.split("+")) <= set(known), row


def shipped_and_older(facet: Facet) -> tuple[Hierarchy, Hierarchy]:
    """All that ships for a facet, and what ships without the words that yield."""
    terms = [term for term in shipped_terms().terms if term.facet is facet]
    return Hierarchy(facet, terms), Hierarchy(facet, [term for term in terms if not term.yields])


@pytest.mark.parametrize("facet", FACETS)
def test_everyday_words_make_no_two_older_words_overlap(facet: Facet) -> None:
    whole, older = shipped_and_older(facet)
    pairs = combinations(older.terms, 2)
    apart = [(a, b) for a, b in pairs if not older.mask(a) & older.mask(b)]
    assert [(a, b) for a, b in apart if whole.mask(a) & whole.mask(b)] == []


@pytest.mark.parametrize("facet", FACETS)
def test_no_name_of_the_package_stands_for_two_things(facet: Facet) -> None:
    named = Counter(
        name for term in shipped_terms().terms if term.facet is facet for name in set(term.names)
    )
    assert [name for name, times in named.items() if times > 1] == []


def test_nothing_is_wrong_with_what_ships() -> None:
    assert [d.problems for d in shipped(TERMS) if d.problems] == []


TWO_PARTIES = """\
kind: party
id: tax
name: HM Revenue and Customs
type: controller
---
{kind: term, facet: data, id: photo-ids, label: Photo ID, broader: photos}
---
{kind: term, facet: subject, id: donor, label: People who pay for all this, broader: visitor}
"""


def with_own() -> Lexicon:
    """The words of a register that had these before the package had them."""
    return Lexicon(parse(SourceFile("register.yaml", TWO_PARTIES)), shipped_terms())


def test_a_word_of_the_registers_own_comes_before_one_of_the_package_that_yields() -> None:
    lexicon = with_own()
    assert lexicon.duplicates == ()
    known = lexicon.vocabulary()
    assert known[Facet.SUBJECT].label("donor") == "People who pay for all this"
    assert known[Facet.SUBJECT].wider("donor") == ("visitor",)
    assert known[Facet.DATA].find("photo ID") == "photo-ids"
    assert [t.label for t in lexicon.terms if t.id == "donor"] == ["People who pay for all this"]


def test_what_else_a_word_is_called_that_gave_way_means_the_registers_own() -> None:
    recipients = with_own().vocabulary()[Facet.RECIPIENT]
    assert recipients.find("HMRC") == recipients.find("hmrc") == "tax"
    assert "hmrc" not in recipients.terms
    assert shipped_terms().hierarchies[Facet.RECIPIENT].find("HMRC") == "hmrc"


def test_an_older_word_of_the_package_does_not_give_way() -> None:
    own = parse(SourceFile("register.yaml", "{kind: term, facet: data, id: pay, label: Wages}"))
    assert [p.message for p in Lexicon(own, shipped_terms()).duplicates] == [
        "the term pay is written twice"
    ]


@pytest.mark.parametrize(
    ("facet", "written", "term"),
    [
        ("data", "Child's NHS number", "nhs-number"),
        ("data", "details of allergies", "allergies"),
        ("data", "Relevant medical information", "health"),
        ("data", "unique taxpayer reference (UTR)", "utr"),
        ("data", "number of staff", None),
        ("purpose", "to process donations", "donation-handling"),
        ("purpose", "administration of payroll", "payroll"),
        ("purpose", "accounts and records", None),
        ("recipient", "other emergency services", "emergency-service"),
        ("recipient", "employer's bank", None),
        ("subject", "Parent / carer", "parent"),
    ],
)
def test_a_word_is_found_inflected_or_introduced_and_never_as_another_thing(
    facet: str, written: str, term: str | None
) -> None:
    assert shipped_terms().hierarchies[Facet(facet)].find(written) == term


def test_names_that_only_registers_use_are_not_looked_for_in_sentences() -> None:
    names = Names(shipped_terms().terms)
    found = {m.name.word for m in names.find(tokens("It takes two hours to read the notes."))}
    assert found == set()
    assert shipped_terms().hierarchies[Facet.DATA].find("hours") == "working-hours"


def test_a_party_is_called_by_its_names_alone() -> None:
    own = parse(
        SourceFile(
            "r.yaml", "{kind: party, id: sampleton, name: Sampleton Mailer, type: processor}"
        )
    )
    recipients = Lexicon(own, shipped_terms()).vocabulary()[Facet.RECIPIENT]
    assert recipients.find("Sampleton Mailer") == "sampleton"
    assert recipients.find("the Sampleton Mailers") is None


JOINED = [
    (Facet.DATA, "Name, address and date of birth", ("name", "address", "date-of-birth")),
    (Facet.DATA, "exam/test results", ()),
    (Facet.DATA, "home and work address", ("address",)),
    (Facet.RECIPIENT, "HMRC & the police", ("hmrc", "police-force")),
    (Facet.PURPOSE, "surveys and consultations", ("surveys", "consultation")),
    (Facet.DATA, "name and shoe colour", ()),
    (Facet.DATA, "n/a", ()),
    (Facet.DATA, "and", ()),
    (Facet.DATA, "name,", ()),
]
"""Entries that list things, and what each is: nothing, unless all of it is known."""


@pytest.mark.parametrize(("facet", "written", "meant"), JOINED)
def test_an_entry_that_lists_what_is_known_is_all_of_that(
    facet: Facet, written: str, meant: tuple[str, ...]
) -> None:
    assert shipped_terms().hierarchies[facet].several(written) == meant


def test_a_register_may_write_its_list_as_one_entry_and_nothing_of_it_is_unknown() -> None:
    text = "{kind: activity, id: a, data: 'Name, address and date of birth'}"
    (document,) = parse(SourceFile("register.yaml", text))
    lexicon = Lexicon((), shipped_terms())
    read = lexicon.words(Facet.DATA, document.data, "data", document.origin, "activity/a")
    assert read == ("name", "address", "date-of-birth")
    assert not lexicon.unknown
    odd = {"data": ["name and shoe colour"]}
    assert lexicon.words(Facet.DATA, odd, "data", document.origin, "activity/a") == (
        "name and shoe colour",
    )
    assert [problem.message for problem in lexicon.unknown] == [
        "“name and shoe colour” is not a known word for a kind of data"
    ]


TOLD_AS_CLAUSES = [
    ("To provide education and support pupil learning", ("education-provision",)),
    ("Processing of job applications and recruitment of staff", ("recruitment",)),
    ("in order to pay staff and administer pensions", ("payroll", "pensions")),
    ("preventing and dealing with anti-social behaviour", ("anti-social-behaviour",)),
    (
        "to assess your claim for housing benefit and/or council tax support",
        ("housing-benefit", "council-tax-support"),
    ),
    ("prevention of crime (including fraud)", ("crime-prevention", "fraud-prevention")),
    (
        "promoting fire safety, surveys and consultations",
        ("fire-prevention", "surveys", "consultation"),
    ),
    ("to pay staff and polish shoes", ()),
    ("assessment of staff and audit", ()),
    ("surveys (of shoes) and audit", ()),
    ("payroll, logging of shoes & security", ()),
    ("audit and " * 30, ()),
]
"""Clauses of a column of purposes, and what each is: nothing, unless all that it tells is known."""


@pytest.mark.parametrize(("written", "meant"), TOLD_AS_CLAUSES)
def test_a_purpose_told_as_a_clause_is_what_it_joins_or_nothing(
    written: str, meant: tuple[str, ...]
) -> None:
    purposes = shipped_terms().hierarchies[Facet.PURPOSE]
    one = purposes.find(written)
    assert ((one,) if one else purposes.several(written)) == meant


def test_how_a_purpose_is_led_in_makes_no_other_of_it() -> None:
    purposes = shipped_terms().hierarchies[Facet.PURPOSE]
    for word in ("communications", "mailings", "learning", "accounting"):
        assert purposes.find(f"for the purpose of {word}") == purposes.find(word)


SAME_FORM = [
    (Facet.PURPOSE, "undertaking research", "research"),
    (Facet.PURPOSE, "maintaining our own accounts and records", "bookkeeping"),
    (Facet.PURPOSE, "providing library services", "library-services"),
    (Facet.DATA, "pupil photographs", "photos"),
    (Facet.DATA, "patient telephone number", None),
    (Facet.DATA, "child benefit", "child-benefit"),
    (Facet.SUBJECT, "current tenants", "tenant"),
    (Facet.RECIPIENT, "external auditors", "auditor"),
    (Facet.RECIPIENT, "payroll supplier", "payroll-provider"),
]
"""Entries that say a word of the vocabulary in other words, and one that says more than it."""


@pytest.mark.parametrize(("facet", "written", "term"), SAME_FORM)
def test_what_adds_nothing_to_a_word_is_left_out(
    facet: Facet, written: str, term: str | None
) -> None:
    found = shipped_terms().hierarchies[facet].find(written)
    assert found == term
