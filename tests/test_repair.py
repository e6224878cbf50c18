"""The drafted sentences close what they say they close, and say no more than the register bears out."""

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT, TODAY, Check, effort
from random_registers import Data, Sample, cases, registers, ways_to_judge
from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.drafting.mending import DraftSentence, Repair, repair
from ropa.engine import check
from ropa.judging.coverage import Coverage, Settings
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from ropa.report import Report

Gap = tuple[str, Facet]
FACETS = {
    "about": Facet.SUBJECT,
    "data": Facet.DATA,
    "from": Facet.SOURCE,
    "to": Facet.RECIPIENT,
    "purposes": Facet.PURPOSE,
    "countries": Facet.COUNTRY,
}


def verdicts(found: Coverage) -> dict[Gap, Verdict]:
    """The verdicts on what the law asks for."""
    return {(t.flow.id, j.facet): j.verdict for t in found.flows for j in t.judgements}


def gaps(found: Coverage) -> set[Gap]:
    return {gap for gap, verdict in verdicts(found).items() if verdict is not Verdict.CLEAR}


def closed(mended: Repair) -> set[Gap]:
    return {gap for sentence in mended.sentences for gap in sentence.closes}


def beyond(mended: Repair) -> set[Gap]:
    return {(b.flow.id, b.judgement.facet) for b in mended.beyond}


def statement(sentence: DraftSentence) -> Data:
    """The drafted statement as it would be read, with the sentence as its quote."""
    (document,) = parse(SourceFile("draft.yaml", sentence.statement))
    assert not document.problems, sentence.statement
    return {"quote": sentence.wording, **document.data}


def with_drafts(sample: Sample, sentences: Iterable[DraftSentence]) -> Sample:
    """The register once the sentences stand in their notices; what it writes has to be well formed."""
    added: dict[str, list[Data]] = {n["id"]: list(n["statements"]) for n in sample.of("notice")}
    for sentence in sentences:
        added[sentence.notice.id].append(statement(sentence))
    return sample.with_statements(added)


def over_claims(found: Coverage) -> set[tuple[str, Facet | None, tuple[str, ...]]]:
    return {(u.statement.quote, u.facet, u.words) for u in found.unmatched}


def assert_mended(before: Coverage, mended: Repair, after: Coverage) -> None:
    then, now = verdicts(before), verdicts(after)
    for gap in closed(mended):
        assert now[gap] is Verdict.CLEAR, (gap, then[gap], now[gap])
    undefined = undefined_beside_everything(mended)
    for gap, verdict in now.items():
        assert verdict >= then[gap] or gap in undefined, (gap, then[gap], verdict)
    assert over_claims(after) == over_claims(before)
    assert not any(s.quote == d.wording for s in after.voices.void for d in mended.sentences)


def undefined_beside_everything(mended: Repair) -> set[Gap]:
    """Gaps that wait for a definition, where the register says of something else that it is for any purpose.

    A sentence that says so speaks of what nobody defined as well, and may disagree with it.
    """
    everything = any(re.search("any-purpose|personal-data", s.statement) for s in mended.sentences)
    waiting = [b for b in mended.beyond if "a definition of" in b.needs]
    return {(b.flow.id, b.judgement.facet) for b in waiting} if everything else set()


# -- whatever the register -------------------------------------------------------------------------


@cases(0.75)
@given(registers(), ways_to_judge())
def test_the_sentences_close_their_gaps_open_none_and_need_not_be_drafted_again(
    sample: Sample, settings: Settings
) -> None:
    before = sample.judged(settings)
    mended = repair(before)
    after = with_drafts(sample, mended.sentences).judged(settings)
    assert_mended(before, mended, after)
    assert [sentence.wording for sentence in repair(after).sentences] == []


@cases(0.75)
@given(registers(), ways_to_judge())
def test_every_gap_is_closed_or_needs_something_else_and_every_sentence_is_plain(
    sample: Sample, settings: Settings
) -> None:
    found = sample.judged(settings)
    mended = repair(found)
    assert closed(mended) | beyond(mended) == gaps(found)
    assert not closed(mended) & beyond(mended)
    assert {gap for sentence in mended.sentences for gap in sentence.helps} <= beyond(mended)
    assert all(b.needs for b in mended.beyond)
    for sentence in mended.sentences:
        assert_plain(found, sentence)
        assert_for_its_readers(found, sentence)


def words_of(sentence: DraftSentence) -> Iterator[tuple[Facet, str]]:
    (body,) = (said for key, said in statement(sentence).items() if key != "quote")
    for key, facet in FACETS.items():
        for word in body.get(key, ()):
            yield facet, word


def assert_plain(found: Coverage, sentence: DraftSentence) -> None:
    """It speaks to the person, and names every word of its statement."""
    wording = sentence.wording
    assert wording[0].isupper()
    assert wording.endswith(".")
    assert wording == " ".join(wording.split())
    assert "the person's" not in wording
    for facet, word in words_of(sentence):
        label = (
            "you" if word == "data-subject" else found.register.vocabulary[facet.scheme].label(word)
        )
        assert label[1:] in wording, (word, wording)


def assert_for_its_readers(found: Coverage, sentence: DraftSentence) -> None:
    """Every word is one of a flow whose people the notice reaches."""
    words, reach = found.register.vocabulary, found.voices.reach[sentence.notice.id]
    flows = [found.by_id[flow].flow for flow in sentence.flows]
    assert flows
    assert all(words[Facet.SUBJECT].union(flow.words(Facet.SUBJECT)) & reach for flow in flows)
    for facet, word in words_of(sentence):
        hierarchy = words[facet.scheme]
        assert any(hierarchy.mask(word) & hierarchy.union(flow.words(facet)) for flow in flows)


# -- a basis beside another --------------------------------------------------------------------------

TWO_BASES = """kind: organisation
id: northwold
name: Northwold Library
---
kind: activity
id: news
name: Newsletters
subjects: resident
data: name
purposes: support
sources: data-subject
basis: {article_6: FIRST}
---
kind: activity
id: loans
name: Loans
subjects: resident
data: name
purposes: OTHERS
sources: data-subject
basis: {article_6: BASIS}
---
kind: notice
id: readers
audience: resident
text: readers.md
statements:
  - quote: We ask for your consent under the Sample Act 1989 to give you support
    uses: {purposes: support, basis: {in_words: a, law: Sample Act 1989}}
"""


@pytest.mark.parametrize(
    ("first", "others", "basis"),
    [("a", "support", "c"), ("a", "[support, research]", "c"), ("c", "[support, research]", "a")],
)
def test_a_basis_told_in_words_is_told_by_its_letter_beside_another_in_draft(
    check_text: Check, first: str, others: str, basis: str
) -> None:
    register = TWO_BASES.replace("FIRST", first).replace("OTHERS", others).replace("BASIS", basis)
    before = check_text(register).case.coverage
    mended = repair(before)
    added = "".join(
        f"  - quote: {json.dumps(s.wording)}\n" + indent(s.statement, "    ") + "\n"
        for s in mended.sentences
    )
    assert "article_6: a" in added
    assert "article_6: c" in added
    assert_mended(before, mended, check_text(register + added).case.coverage)


# -- the fewest ------------------------------------------------------------------------------------

PEOPLE = ("s0", "s1", "s2", "s3")
_GROUPS = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)


@st.composite
def audiences(draw: st.DrawFn) -> Sample:
    """One recipient, and notices of which some tell some people about it already, or send them on."""
    documents: list[Data] = [
        {"kind": "term", "facet": "subject", "id": id_, "label": f"People {id_}"} for id_ in PEOPLE
    ]
    documents += [
        {"kind": "term", "facet": "recipient", "id": id_, "label": id_}
        for id_ in ("third-party", "processor", "data-subject")
    ]
    documents += [
        {"kind": "term", "facet": facet, "id": id_, "label": id_}
        for facet, id_ in (("data", "d0"), ("purpose", "u0"), ("country", "GB"))
    ]
    documents.append({"kind": "party", "id": "p0", "name": "Party", "type": "controller"})
    activity: Data = {"kind": "activity", "id": "a", "name": "A", "data": "d0", "purposes": "u0"}
    documents.append({**activity, "subjects": list(PEOPLE), "disclosures": [{"to": "p0"}]})
    names = [f"n{i}" for i in range(draw(st.integers(1, 5)))]
    for name in names:
        said = draw(st.none() | _GROUPS)
        told: list[Data] = []
        if said:
            told.append(
                {"quote": f"{name} says so in its text", "discloses": {"to": "p0", "about": said}}
            )
        notice: Data = {
            "kind": "notice",
            "id": name,
            "audience": draw(_GROUPS),
            "text": f"{name}.md",
        }
        notice["layers"] = draw(st.lists(st.sampled_from(names), max_size=1))
        if not notice["layers"]:
            del notice["layers"]
        documents.append({**notice, "statements": told})
    return Sample(tuple(documents))


@cases(3)
@given(audiences())
def test_no_smaller_choice_of_notices_reaches_everyone_who_is_not_told(sample: Sample) -> None:
    found = sample.judged(Settings(TODAY))
    mended = repair(found)
    sentences = [s for s in mended.sentences if statement(s).get("discloses")]
    readers = readers_of(sample)
    told: set[str] = set()
    for notice in sample.of("notice"):
        for said in notice["statements"]:
            told |= readers[notice["id"]] & set(said["discloses"]["about"])
    untold = set[str]().union(*readers.values()) - told
    chosen = {s.notice.id for s in sentences}
    assert untold <= set[str]().union(*(readers[id_] for id_ in chosen))
    assert len(sentences) == len(chosen) == fewest(readers, untold)


def readers_of(sample: Sample) -> Mapping[str, set[str]]:
    notices = {notice["id"]: notice for notice in sample.of("notice")}
    readers: dict[str, set[str]] = {id_: set() for id_ in notices}
    for notice in notices.values():
        here, seen = notice, set[str]()
        while here["id"] not in seen:
            seen.add(here["id"])
            readers[here["id"]] |= set(notice["audience"])
            here = notices[here.get("layers", [here["id"]])[0]]
    return readers


def fewest(readers: Mapping[str, set[str]], people: set[str]) -> int:
    for count in range(len(readers) + 1):
        for choice in combinations(readers.values(), count):
            if people <= set[str]().union(*choice):
                return count
    raise AssertionError(people)


TWO_ACTIVITIES = """
kind: activity
id: lunches
name: School lunches
subjects: pupil
data: [name, health]
purposes: catering
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.512}
retention: {period: P1Y, trigger: end-of-year}
disclosures: [{to: caterer}]
---
kind: activity
id: trips
name: School trips
subjects: pupil
data: [name, address]
purposes: excursions
sources: data-subject
basis: {article_6: e, law: Education Act 2002 s.175}
retention: {period: %s, trigger: end-of-year}
disclosures: [{to: coach-firm}]
---
kind: term
facet: purpose
id: catering
label: Catering
---
kind: term
facet: purpose
id: excursions
label: Excursions
---
kind: party
id: caterer
name: Sample Lunches Ltd
type: processor
---
kind: party
id: coach-firm
name: Example Coaches Ltd
type: processor
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: We run a school for you
    informs: controller-identity
"""


def drafts(report: Report) -> dict[str, str]:
    """Wording by the first line of the statement."""
    return {s.wording: s.statement for s in repair(report.case.coverage).sentences}


def test_gaps_that_one_list_closes_share_a_sentence(check_text: Check) -> None:
    assert drafts(check_text(TWO_ACTIVITIES % "P1Y")) == {
        # each law beside what it is for: one sentence for both would say more than is so
        "We use your information for catering. Our lawful basis is a public task "
        "(Article 6(1)(e)) under Education Act 1996 s.512.": "uses:\n"
        "  purposes: [catering]\n"
        '  basis: {article_6: e, law: ["Education Act 1996 s.512"]}',
        "We use your information for excursions. Our lawful basis is a public task "
        "(Article 6(1)(e)) under Education Act 2002 s.175.": "uses:\n"
        "  purposes: [excursions]\n"
        '  basis: {article_6: e, law: ["Education Act 2002 s.175"]}',
        # each firm beside what it gets data for
        "We share your information with Sample Lunches Ltd for catering.": "discloses:\n"
        "  to: [caterer]\n"
        "  purposes: [catering]",
        "We share your information with Example Coaches Ltd for excursions.": "discloses:\n"
        "  to: [coach-firm]\n"
        "  purposes: [excursions]",
        "We keep your name, health information and postal address for 1 year from the end of the year.": "keeps:\n"
        "  data: [name, health, address]\n"
        "  period: P1Y\n"
        "  trigger: end-of-year",
    }


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(check_text: Check) -> None:
    named = (TWO_ACTIVITIES % "P1Y").replace("Example Coaches Ltd", "Example Coaches Inc.")
    named = named.replace("purposes: excursions", "purposes: catering")
    said = "We keep your name, health information and postal address for 1 year from the end of the year."
    assert said in drafts(check_text(named))
    (shared,) = (w for w in drafts(check_text(named)) if "Coaches" in w)
    assert shared.endswith("Example Coaches Inc. for catering.")


def test_data_that_is_kept_for_different_times_takes_two_sentences(check_text: Check) -> None:
    kept = [w for w in drafts(check_text(TWO_ACTIVITIES % "P2Y")) if w.startswith("We keep")]
    assert kept == [
        "We keep your name and health information for 1 year from the end of the year.",
        "We keep your name and postal address for 2 years from the end of the year.",
    ]


# -- who is told what ------------------------------------------------------------------------------

TWO_NOTICES = """
kind: activity
id: visits
name: Home visits
subjects: [pupil, parent]
data: [name, address]
purposes: support
sources: data-subject
disclosures:
  - {to: escort, subjects: pupil}
  - {to: printer, subjects: parent}
  - {to: taxi, subjects: care-leaver}
---
kind: party
id: escort
name: Escort Example Ltd
type: processor
---
kind: party
id: printer
name: Printer Example Ltd
type: processor
---
kind: party
id: taxi
name: Taxi Example Ltd
type: processor
---
kind: notice
id: for-pupils
audience: pupil
text: pupils.md
statements: [{quote: We visit you at your home, uses: support}]
---
kind: notice
id: for-parents
audience: parent
text: parents.md
statements: [{quote: We visit you at your home, uses: support}]
"""


def written(text: str) -> str:
    """Quotes on lines of their own, as the fixture reads them."""
    return re.sub(r"\[\{quote: (.+?), (.+)\}\]", r"\n  - quote: \1\n    \2", text)


def test_a_notice_is_given_only_the_words_of_flows_of_its_own_people(check_text: Check) -> None:
    mended = repair(check_text(written(TWO_NOTICES)).case.coverage)
    told = {(s.notice.id, s.wording) for s in mended.sentences if "share" in s.wording}
    assert told == {
        ("for-pupils", "We share your information with Escort Example Ltd for supporting people."),
        (
            "for-parents",
            "We share your information with Printer Example Ltd for supporting people.",
        ),
    }


def test_people_without_a_notice_need_one_and_are_in_nobody_elses_sentence(
    check_text: Check,
) -> None:
    mended = repair(check_text(written(TWO_NOTICES)).case.coverage)
    assert not any("Taxi" in sentence.wording for sentence in mended.sentences)
    taxi = {b.judgement.facet: b.needs for b in mended.beyond if b.flow.end.id == "taxi"}
    assert taxi[Facet.RECIPIENT] == "a notice for care leavers"
    assert set(taxi.values()) == {"a notice for care leavers"}


def test_only_what_is_missing_is_said_and_only_to_those_who_miss_it(check_text: Check) -> None:
    text = written(TWO_NOTICES).replace(
        "    uses: support\n---",
        "    uses: support\n  - quote: We share it with Escort Example Ltd\n    discloses: escort\n---",
        1,
    )
    mended = repair(check_text(text).case.coverage)
    told = {s.wording for s in mended.sentences if "share" in s.wording}
    assert told == {"We share your information with Printer Example Ltd for supporting people."}


# -- what no sentence can close --------------------------------------------------------------------

OPEN = """
kind: activity
id: a
name: A
subjects: pupil
data: [name, foobar]
purposes: other-purpose
sources: data-subject
disclosures: [{to: school}]
---
kind: term
facet: purpose
id: other-purpose
label: Other purposes
umbrella: true
---
kind: notice
id: n
audience: pupil
text: n.md
statements:
  - quote: We never share anything
    never: discloses
---
kind: notice
id: m
audience: parent
"""


def needs(report: Report) -> dict[Gap, str]:
    found = repair(report.case.coverage).beyond
    return {(b.flow.id, b.judgement.facet): b.needs for b in found}


def test_what_no_sentence_can_close_says_what_it_needs(check_text: Check) -> None:
    found = needs(check_text(OPEN))
    assert found["a/disclose/school", Facet.PROMISE] == (
        "the promise “We never share anything” kept, or worded so that it makes an exception of this"
    )
    assert found["a/use/other-purpose", Facet.PURPOSE] == (
        "a more exact word than “Other purposes” in the register"
    )
    assert found["a/use/other-purpose", Facet.BASIS] == "a record of the lawful basis"
    assert found["a/keep", Facet.RETENTION] == "a record of how long name and foobar is kept"


def test_a_source_that_nobody_recorded_needs_a_record(check_text: Check) -> None:
    found = needs(check_text(OPEN.replace("sources: data-subject\n", "")))
    assert found["a/collect", Facet.SOURCE] == "a record of where the data comes from"
    assert found["a/collect", Facet.DATA] == "a definition of “foobar”"


def test_a_notice_without_a_text_cannot_be_mended_by_a_sentence(check_text: Check) -> None:
    text = OPEN.replace("audience: pupil\ntext: n.md", "audience: pupil")
    mended = repair(check_text(text).case.coverage)
    assert mended.sentences == ()
    found = {(b.flow.id, b.judgement.facet): b.needs for b in mended.beyond}
    assert (
        found["a/disclose/school", Facet.RECIPIENT]
        == "the text of “n” on file, and the sentence in it"
    )


def test_what_can_be_told_is_drafted_where_the_rest_needs_something_else(check_text: Check) -> None:
    mended = repair(check_text(OPEN.replace("sources: data-subject\n", "")).case.coverage)
    (data,) = (s for s in mended.sentences if s.statement.startswith("uses:\n  data"))
    assert data.wording == "The information we use about you includes name."
    assert ("a/collect", Facet.DATA) in data.helps
    assert data in mended.of("a/collect", Facet.DATA)


def test_words_that_could_be_mistaken_for_yaml_are_quoted(check_text: Check) -> None:
    text = TWO_ACTIVITIES.replace("s.512", 's.512: "meals" \\\\ #1') % "P1Y"
    text = text.replace('{article_6: e, law: Education Act 1996 s.512: "meals" \\\\ #1}', _LAW)
    text = text.replace("id: caterer", 'id: "007"').replace("to: caterer", 'to: "007"')
    sentences = repair(check_text(text).case.coverage).sentences
    said = [statement(sentence) for sentence in sentences]
    assert [s["discloses"]["to"] for s in said if "discloses" in s] == [["007"], ["coach-firm"]]
    laws = [s["uses"]["basis"]["law"] for s in said if "basis" in s.get("uses", {})]
    assert ['Act: "meals" \\ #1'] in laws


_LAW = """
  article_6: e
  law: "Act: \\"meals\\" \\\\ #1\""""


# -- the example register --------------------------------------------------------------------------


def test_the_example_register_is_mended_by_its_drafts(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(ROOT / "registry", folder)
    settings = Settings(
        TODAY, untied=Untied.OMITTED
    )  # as the example has it: else somebody has to tie them first
    before = check(folder, settings).case.coverage
    mended = repair(before)
    assert mended.sentences
    for sentence in mended.sentences:
        notice = folder / sentence.notice.origin.document.path
        draft = sentence.statement.replace("\n", "\n    ")
        quote = sentence.wording.replace("'", "''")
        append(notice, f"\n  - quote: '{quote}'\n    {draft}\n")
        append(notice.parent / sentence.notice.text, f"\n\n{sentence.wording}\n")
    report = check(folder, settings)
    assert not report.case.malformed
    assert_mended(before, mended, report.case.coverage)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8").rstrip() + text, "utf-8")


# -- many ------------------------------------------------------------------------------------------


def test_a_thousand_activities_are_drafted_for_in_seconds(check_text: Check) -> None:
    """Most of them alike, as in a large register: the words differ, the lists do not."""
    first, _, rest = TWO_ACTIVITIES.partition("---\n")
    many = "---\n".join(first.replace("lunches", f"lunches-{i}") for i in range(1000))
    coverage = check_text(f"{many}---\n{rest % 'P1Y'}").case.coverage
    assert len(coverage.flows) > 4000
    assert effort(lambda: repair(coverage)) < 100
    assert len(repair(coverage).sentences) == 5
