"""A condition of Schedule 1 is relied on for something, or by somebody, it is not for.

Each condition of Schedule 1 to the Data Protection Act 2018 is for a purpose of its own: paragraph 18
protects children and adults at risk from neglect and harm, 20 is for insurance, 22 lets registered
political parties use political opinions for their political activities. Whether the purposes of an
entry go with it is read from their words; a word of the register's own that stands below no other is
taken as going with any.

To mend it: name the paragraph that is for this purpose, or split what is done for another purpose off
into an entry of its own.

Fails:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: [name, health]
    purposes: education-provision
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"                    # <- found here
      law: Education Act 1996 s.13

Fails, for political parties:

    kind: organisation
    id: sample
    name: Sample School
    contact: School Lane, SA1 1AA
    public_authority: true
    ---
    kind: activity
    id: elections
    name: School elections
    subjects: pupil
    data: [name, political-opinion]
    purposes: elections
    basis:
      article_6: e
      article_9: g
      schedule_1: "22"                    # <- found here
      law: Education Act 1996 s.13

Passes:

    kind: activity
    id: safeguarding
    name: Safeguarding
    subjects: pupil
    data: [name, health]
    purposes: safeguarding
    basis:
      article_6: e
      article_9: g
      schedule_1: "18"
      law: Education Act 2002 s.175
    policy_document: {name: APD-2026, followed: true}
"""

import re
from collections.abc import Iterator
from functools import cache

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.documents.shipped import is_own_word
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.law import tables as law
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("DPA 2018 s.10(3)", "DPA 2018 Schedule 1"),
    regimes=("uk-gdpr",),
    rests_on=("schedule-1",),
    covers=("A9-SCH1",),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        row = law.schedule_1(ground.basis.schedule_1, case.settings.day)
        why = _why_not(case, ground, row) if row is not None else ""
        if row is not None and why:
            yield Problem(
                (ground.origin / "schedule_1").location,
                f"{case.ledger.said(ground)} rests on paragraph {row.paragraph} of Schedule 1, {why}",
                f"paragraph {row.paragraph} is for this: {row.title}; name the paragraph that is for what you do, or "
                "split off what is for something else",
                where=ground.where,
                facet="basis/schedule_1/for",
            )


def _why_not(case: Case, ground: LedgerGround, row: law.Schedule1) -> str:
    """Why a condition is not for what is done: by whom, with which data, and what for."""
    organisation = case.register.organisation
    if row.not_for_authorities and organisation is not None and organisation.public_authority:
        return f"which is for {row.bodies}, and {organisation.name} is a public authority"
    special = case.ledger.special(ground.data)
    other = tuple(w for w in special if w not in case.ledger.about(Facet.DATA, special, row.data))
    if row.data and other:
        allowed = phrases.names(case.register, Facet.DATA, row.data)
        return (
            f"which is for {allowed}, and not for {phrases.names(case.register, Facet.DATA, other)}"
        )
    if (row.purposes or row.words) and not _is_for(case, ground, row):
        purposes = phrases.names(case.register, Facet.PURPOSE, ground.purposes, 3)
        return f"which does not go with its purposes: {purposes}"
    return ""


def _is_for(case: Case, ground: LedgerGround, row: law.Schedule1) -> bool:
    """Whether a purpose goes with a condition, by the vocabulary or by the names."""
    purposes = ground.purposes
    vocabulary = case.register.vocabulary[Facet.PURPOSE]
    if case.ledger.about(Facet.PURPOSE, purposes, row.purposes):
        return True
    if any(_says_nothing(case, word) for word in purposes):
        return True
    names = (ground.activity.name, *(vocabulary.terms[word].label for word in purposes))
    return bool(row.words) and any(_pattern(row.words).search(name) for name in names)


def _says_nothing(case: Case, word: str) -> bool:
    """Whether a purpose is so wide, or so much the register's own, that nothing can be told of it."""
    term = case.register.vocabulary[Facet.PURPOSE].terms[word]
    own = term.origin is not None and is_own_word(term.origin)
    return term.umbrella or (own and not term.broader)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return regex(words, re.IGNORECASE)
