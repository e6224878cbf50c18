"""A sentence of a notice may tell what no statement does, and nobody has tied it to the register yet.

People may be told, and may not: a person has to read the sentence and say what it means. Until then nobody can say that
it is left out, and it does not count as told. The organisation must be able to show what it tells people
(Article 5(2)). A notice without any statements is one such finding, whatever its sentences say.

To mend it: `ropa notice suggest` proposes statements for a person to accept. Tie the sentence to a statement, as far as
it says so; or set it aside with `aside`, with the reason. What no sentence tells is then found to be omitted. With
`untied = "omitted"` in the settings it is so from the start.

Fails:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    basis: {article_6: e, law: Education Act 1996 s.13}
    retention: {period: P6Y, trigger: end-of-year, law: schedule}
    disclosures: [{to: trust}]
    ---
    kind: notice                          # <- found here
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
    === pupils.md
    We use your name to teach you. We pass your name to Sample Trust.

Fails, once for a notice of which nobody has written a statement:

    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    basis: {article_6: e, law: Education Act 1996 s.13}
    retention: {period: P6Y, trigger: end-of-year, law: schedule}
    disclosures: [{to: government-department}]
    ---
    kind: notice                          # <- found here
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    We send results to the Department for Education.

Passes, where the sentence is tied:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    basis: {article_6: e, law: Education Act 1996 s.13}
    retention: {period: P6Y, trigger: end-of-year, law: schedule}
    disclosures: [{to: trust}]
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
      - quote: We pass your name to Sample Trust
        discloses: {to: trust, data: name}

Fails, once for a notice in a language that is not read:

    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    basis: {article_6: e, law: Education Act 1996 s.13}
    retention: {period: P6Y, trigger: end-of-year, law: schedule}
    ---
    kind: notice                          # <- found here
    id: disgyblion
    audience: pupil
    language: cy
    text: disgyblion.md
    === disgyblion.md
    Rydym yn rhannu eich enw gyda'r bwrdd iechyd lleol er mwyn cynllunio gwasanaethau. Mae gennych hawl i ofyn am gopi
    o'ch data, ac i gwyno wrth y comisiynydd os nad ydych yn fodlon ar ein hateb.

Passes, where no sentence says anything of it:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: activity
    id: teaching
    name: Teaching
    subjects: pupil
    data: name
    purposes: education-provision
    sources: data-subject
    basis: {article_6: e, law: Education Act 1996 s.13}
    retention: {period: P6Y, trigger: end-of-year, law: schedule}
    disclosures: [{to: trust}]
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use your name to teach you
        uses: {data: name, purposes: education-provision}
"""

from collections import Counter
from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.judgement import Untied
from ropa.judging.untied import MOST_SHOWN, UntiedSentence
from ropa.register.model import Notice
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 5(2)",),
    undecided=True,
    covers=("N-13v14",),
)
def check(case: Case) -> Iterator[Problem]:
    if case.settings.untied is Untied.OMITTED:
        return
    waiting = case.coverage.waiting
    for notice in case.coverage.voices.notices:
        if notice.id in waiting or notice.id in case.coverage.unwritten:
            yield _problem(case, notice, waiting.get(notice.id, Counter()))


def _problem(case: Case, notice: Notice, waiting: Counter[UntiedSentence]) -> Problem:
    first = [sentence for sentence, _ in waiting.most_common(MOST_SHOWN)]
    first = first or list(case.untied(notice))[:MOST_SHOWN]
    return Problem(
        notice.origin.location,
        f"“{notice.name}” {_what(case, notice, waiting)}",
        _hint(case, notice),
        tuple((case.place_of(sentence), "not tied yet") for sentence in first),
        f"notice/{notice.id}",
        "tied",
    )


def _hint(case: Case, notice: Notice) -> str:
    if notice in case.coverage.unread:
        return "tie each sentence to a statement; somebody has to read them who knows the language"
    return (
        "tie each sentence to a statement, or set it aside with `aside`;"
        f" `ropa notice suggest {notice.id}` proposes statements"
    )


def _what(case: Case, notice: Notice, waiting: Counter[UntiedSentence]) -> str:
    if notice in case.coverage.unread:
        return "has no statements yet, and is in a language that is not read, so nobody can say what it tells"
    if not notice.statements:
        number = phrases.count(case.sentences_of(notice), "sentence")
        return f"has no statements yet: it has {number}, and nobody has tied any to the register"
    flows = phrases.count(_flows(case, notice), "flow")
    if len(waiting) == 1:
        return f"has a sentence that may tell what no statement does, of {flows}, and nobody has tied it"
    number = phrases.count(len(waiting), "sentence")
    return (
        f"has {number} that may tell what no statement does, of {flows}, and nobody has tied them"
    )


def _flows(case: Case, notice: Notice) -> int:
    """How many flows wait for a sentence of a notice."""
    return sum(
        any(j.untied and any(s.notice is notice for s in j.sentences) for j in told.judgements)
        for told in case.coverage.flows
    )
