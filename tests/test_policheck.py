"""With data and recipient linked, no steps up, mode cautious and no guards: PoliCheck's decision table.

Andow et al., "Actions Speak Louder than Words", USENIX Security 2020: a statement that something is shared
and a statement that something is not, of data that is the same, narrower, broader or overlapping, and of a
recipient that is. The flow is what the two have in common.
"""

from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.judging.coverage import Mode, Settings, Told
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet

POLICHECK = Settings(
    TODAY, mode=Mode.CAUTIOUS, linked=frozenset({Facet.DATA, Facet.RECIPIENT}), max_hops=0
)
AMBIGUOUS, INCORRECT = Verdict.AMBIGUOUS, Verdict.CONTRADICTED

REGISTER = """
kind: activity
id: trial
name: Trial
subjects: pupil
data: {flow_data}
purposes: research
sources: parent
basis: {{article_6: e}}
disclosures: [{{to: {flow_to}}}]
---
{{kind: term, facet: data, id: d-wide, label: Wide data}}
---
{{kind: term, facet: data, id: d-one, label: One kind of data, broader: d-wide}}
---
{{kind: term, facet: data, id: d-other, label: Another kind of data, broader: d-wide}}
---
{{kind: term, facet: data, id: d-shared, label: Data of both kinds, broader: [d-one, d-other]}}
---
{{kind: term, facet: recipient, id: e-wide, label: Wide body, broader: third-party}}
---
{{kind: term, facet: recipient, id: e-one, label: One kind of body, broader: e-wide}}
---
{{kind: term, facet: recipient, id: e-other, label: Another kind of body, broader: e-wide}}
---
{{kind: term, facet: recipient, id: e-shared, label: Bodies of both kinds, broader: [e-one, e-other]}}
---
kind: notice
id: trial
audience: pupil
text: trial.md
statements:
  - quote: We use this for research because it is our public task
    uses: {{purposes: research, basis: {{article_6: e}}}}
"""
SHARED = """
  - quote: We share some of this with some of them
    discloses: {{data: {data}, to: {to}}}
"""
NOT_SHARED = """
  - quote: We do not share some of this with some of them, except as we say here
    never: discloses
    data: {data}
    to: {to}
"""

# How the positive statement's word relates to the negative's: the two words, and what they have in common.
RELATIONS = {
    "=": ("one", "one", "one"),
    "<": ("one", "wide", "one"),
    ">": ("wide", "one", "one"),
    "overlap": ("one", "other", "shared"),
}
TABLE = {  # data, recipient: PoliCheck's case and what it decides
    ("=", "="): ("C1", AMBIGUOUS),
    ("=", "<"): ("C3", AMBIGUOUS),
    ("=", ">"): ("N3", INCORRECT),
    ("=", "overlap"): ("C9", AMBIGUOUS),
    ("<", "="): ("C2", AMBIGUOUS),
    ("<", "<"): ("C4", AMBIGUOUS),
    ("<", ">"): ("C5", AMBIGUOUS),
    ("<", "overlap"): ("C10", AMBIGUOUS),
    (">", "="): ("N1", INCORRECT),
    (">", ">"): ("N4", INCORRECT),
    (">", "overlap"): ("C11", AMBIGUOUS),
    ("overlap", "="): ("C6", AMBIGUOUS),
    ("overlap", "<"): ("C7", AMBIGUOUS),
    ("overlap", ">"): ("C8", AMBIGUOUS),
    ("overlap", "overlap"): ("C12", AMBIGUOUS),
}


def disclosed(folder: Path, text: str, data: str, to: str, settings: Settings = POLICHECK) -> Told:
    write_register(folder, REGISTER.format(flow_data=f"d-{data}", flow_to=f"e-{to}") + text)
    found = make_case(read_tree(folder), settings, folder).coverage
    return next(told for told in found.flows if told.flow.id.startswith("trial/disclose/"))


def pair(folder: Path, data: str, recipient: str, settings: Settings = POLICHECK) -> Told:
    its_data, not_data, flow_data = RELATIONS[data]
    its_to, not_to, flow_to = RELATIONS[recipient]
    text = SHARED.format(data=f"d-{its_data}", to=f"e-{its_to}")
    text += NOT_SHARED.format(data=f"d-{not_data}", to=f"e-{not_to}")
    return disclosed(folder, text, flow_data, flow_to, settings)


@pytest.mark.parametrize(
    ("data", "recipient", "verdict"),
    [pytest.param(*relation, verdict, id=case) for relation, (case, verdict) in TABLE.items()],
)
def test_a_statement_for_and_one_against_it(
    data: str, recipient: str, verdict: Verdict, tmp_path: Path
) -> None:
    told = pair(tmp_path, data, recipient)
    assert told.on(Facet.PROMISE).verdict is verdict  # type: ignore[union-attr]
    assert told.verdict is verdict


def test_the_inconsistent_case_n2_is_ambiguous_since_neither_is_more_specific(
    tmp_path: Path,
) -> None:
    assert pair(tmp_path, ">", "<").verdict is AMBIGUOUS


def test_mode_specific_differs_where_what_is_shared_is_more_specific(tmp_path: Path) -> None:
    specific = Settings(TODAY, linked=POLICHECK.linked, max_hops=0)
    told = {
        case: pair(tmp_path, *relation, specific).on(Facet.PROMISE).verdict  # type: ignore[union-attr]
        for relation, (case, _) in TABLE.items()
    }
    cautious = dict(TABLE.values())
    differ = {case for case in told if told[case] is not cautious[case]}
    assert {case: told[case] for case in differ} == dict.fromkeys(("C2", "C3", "C4"), Verdict.CLEAR)


def test_mode_strict_calls_every_clash_ambiguous(tmp_path: Path) -> None:
    strict = Settings(TODAY, mode=Mode.STRICT, linked=POLICHECK.linked, max_hops=0)
    assert {pair(tmp_path, *relation, strict).verdict for relation in TABLE} == {AMBIGUOUS}


def test_only_a_statement_in_the_same_words_is_clear(tmp_path: Path) -> None:
    told = disclosed(tmp_path, SHARED.format(data="d-one", to="e-one"), "one", "one")
    assert told.verdict is Verdict.CLEAR


@pytest.mark.parametrize(("data", "to"), [("wide", "one"), ("one", "wide"), ("wide", "wide")])
def test_only_a_statement_in_broader_words_is_vague(data: str, to: str, tmp_path: Path) -> None:
    told = disclosed(tmp_path, SHARED.format(data=f"d-{data}", to=f"e-{to}"), "one", "one")
    assert told.verdict is Verdict.VAGUE


def test_no_statement_is_omitted(tmp_path: Path) -> None:
    assert disclosed(tmp_path, "", "one", "one").verdict is Verdict.OMITTED


@pytest.mark.parametrize(("data", "to"), [("one", "one"), ("wide", "one"), ("one", "wide")])
def test_only_a_statement_against_it_is_incorrect(data: str, to: str, tmp_path: Path) -> None:
    told = disclosed(tmp_path, NOT_SHARED.format(data=f"d-{data}", to=f"e-{to}"), "one", "one")
    assert told.verdict is INCORRECT


def test_data_and_recipient_in_two_statements_are_not_told_together(tmp_path: Path) -> None:
    apart = """
  - quote: We share this one kind of data
    discloses: {data: d-one}
  - quote: We share with this one kind of body
    discloses: {to: e-one}
"""
    assert disclosed(tmp_path, apart, "one", "one").verdict is Verdict.OMITTED
    assert disclosed(tmp_path, apart, "one", "one", Settings(TODAY)).verdict is Verdict.CLEAR
