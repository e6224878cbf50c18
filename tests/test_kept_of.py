"""How long is told of what a sentence says is kept, where the statement on it names no data."""

from pathlib import Path

import pytest

from conftest import TODAY, write_register
from ropa.documents.source import read_tree
from ropa.engine import make_case
from ropa.judging.coverage import Settings
from ropa.judging.verdict import Verdict
from ropa.register.vocabulary import Facet
from test_other_denials import proofs

KEPT_OF = [
    ("We keep attendance records for six years after the end of the year.", ("attendance",)),
    ("Your photographs are kept for six years after the end of the year.", ("photos",)),
    ("For six years we keep your photographs and attendance.", ("photos", "attendance")),
    ("We keep your records for six years after the end of the year.", ()),
    ("We keep your personal data, your photographs among it, for six years.", ()),
    ("We keep it for six years from your date of birth.", ()),
    ("It is kept for six years in your health record.", ()),
]


def test_a_keeping_that_names_no_data_is_held_to_what_its_sentence_says_is_kept() -> None:
    _, found = proofs(*((sentence, "keeps: {period: P6Y}") for sentence, _ in KEPT_OF))
    assert [(s, p.kept_of) for (s, _), p in zip(KEPT_OF, found, strict=True)] == KEPT_OF
    assert not any(proof.void for proof in found)


REGISTER = """
kind: organisation
id: sample
name: Sample School
---
kind: activity
id: teaching
name: Teaching
purposes: education-provision
subjects: pupil
data: [attendance, photos]
basis: {article_6: e, law: Education Act 1996}
sources: [{from: data-subject}]
retention: [{period: P6Y, trigger: end-of-year}]
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
  - quote: SENTENCE
    keeps: {period: P6Y, trigger: end-of-year}
"""


@pytest.mark.parametrize(
    ("sentence", "verdict", "untold"),
    [
        ("We keep attendance records for six years after the end of the year", Verdict.PARTIAL, "Photographs"),
        ("We keep your records for six years after the end of the year", Verdict.CLEAR, ""),
    ],
)  # fmt: skip
def test_of_what_the_sentence_does_not_say_it_nobody_is_told_how_long_it_is_kept(
    tmp_path: Path, sentence: str, verdict: Verdict, untold: str
) -> None:
    write_register(tmp_path, REGISTER.replace("SENTENCE", f'"{sentence}"'))
    (tmp_path / "pupils.md").write_text(f"# Privacy\n\n{sentence}.\n")
    coverage = make_case(read_tree(tmp_path), Settings(day=TODAY), tmp_path).coverage
    flow = coverage.by_id["teaching/keep"]
    judgement = flow.on(Facet.RETENTION)
    assert judgement is not None
    assert judgement.verdict is verdict
    assert " ".join(coverage.names(Facet.DATA, judgement, flow.flow)) == untold
