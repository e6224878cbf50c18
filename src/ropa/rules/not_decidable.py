"""Something cannot be decided, because the register or a notice does not say enough.

Whether people are told where their data comes from cannot be checked if the record does not say;
whether a notice tells them about a recipient cannot be checked if nobody has its text. What cannot be
decided never counts as told. The record must be complete (Article 30(1)), and the organisation
must be able to show that it complies (Article 5(2)).

To mend it: the message says what is missing, and the hint where to write it.

Fails:

    kind: activity                        # <- found here
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: treatment-record
    purposes: health-care
    retention: {period: P8Y, trigger: last-contact}
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We use your information to treat you
        uses: health-care

Passes:

    kind: activity
    id: clinic
    name: Diabetes clinic
    subjects: patient
    data: treatment-record
    purposes: health-care
    retention: {period: P8Y, trigger: last-contact}
    sources: data-subject
    basis: {article_6: e, law: National Health Service Act 2006 s.1}
    ---
    kind: notice
    id: patients
    audience: patient
    text: patients.md
    statements:
      - quote: We use your information to treat you
        uses: health-care
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.gaps import Gap
from ropa.judging.judgement import Judgement
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Evidence, Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases

_RECORD = {Facet.SOURCE: "sources", Facet.BASIS: "basis", Facet.RETENTION: "retention"}
"""What the register may leave open, and the key it is written under."""

_OWN_RULE = frozenset({Facet.BASIS, Facet.RETENTION})
"""What the register may leave open, too, and other rules tell whether or not there is a notice."""

_OF = {
    Facet.PURPOSE: "the purpose",
    Facet.BASIS: "the lawful basis",
    Facet.RETENTION: "how long their data is kept",
    Facet.TRANSFER: "the country and the safeguard",
}


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 30(1)"),
    undecided=True,
    covers=("N-13v14",),
)
def check(case: Case) -> Iterator[Problem]:
    for facet in Facet:
        for gap in case.left_open(facet):
            if gap.judgement.lacks.startswith("it is not known what"):
                continue  # that is told of each such word
            if _of_a_loss((*_may_tell(gap.judgement), *gap.judgement.against)):
                continue  # that they cannot be read is told of them
            if facet in _OWN_RULE and not (_may_tell(gap.judgement) or gap.judgement.against):
                continue  # that the record is silent is told by a rule of its own
            at = case.written(gap.flow, _RECORD.get(facet, "to"))
            yield case.problem(gap, at, *_lacking(case, facet, gap))


def _of_a_loss(spoken: tuple[Statement, ...]) -> bool:
    """Whether all that may tell it or forbid it is there and cannot be read."""
    return bool(spoken) and all(s.lost or s.origin.lost("text") for s in spoken)


def _may_tell(judgement: Judgement) -> tuple[Statement, ...]:
    """The statements that may tell it, if only they could be looked up."""
    return judgement.told_by if judgement.verdict is Verdict.UNDECIDABLE else judgement.may_tell


def _lacking(case: Case, facet: Facet, gap: Gap) -> tuple[str, str]:
    """What is missing, and how to put it there."""
    judgement = gap.judgement
    may_tell = _may_tell(judgement)
    spoken = may_tell or judgement.against
    if not spoken:
        goes = phrases.goes(case.register, gap.flow, f"data about {gap.people}")
        return f"{goes}, and {judgement.lacks}", f"write `{_RECORD[facet]}`"
    notices = case.notices_saying(spoken)
    no_text = all(statement.evidence is Evidence.NO_TEXT for statement in spoken)
    about = phrases.goes(case.register, gap.flow, f"data about {gap.people}")
    may = f"tell {gap.people} {_what(case, facet, gap)}" if may_tell else f"forbid that {about}"
    why = "its text is not on file" if no_text else "a word it uses is not defined"
    hint = f"put the text of {notices} on file" if no_text else "define the word, or use another"
    return f"{notices} may {may}; {why}", hint


def _what(case: Case, facet: Facet, gap: Gap) -> str:
    """What a notice may tell people: the step itself, or something of it."""
    goes = phrases.goes(case.register, gap.flow)
    if facet is Facet.DATA:
        return f"that their data includes {gap.first}"
    of = _OF.get(facet, "")
    if not of:
        return f"that {goes}"
    return f"{of} where {goes}" if gap.flow.action in (Action.DISCLOSE, Action.ONWARD) else of
