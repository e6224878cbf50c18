"""Everyday work rests on vital interests, which are for emergencies.

Vital interests are somebody's life and limb: the basis is for a person who lies unconscious, for an
epidemic or a disaster, and only where nothing else carries it (Article 6(1)(d), recital 46). For
special category data the person must be unable to consent besides (Article 9(2)(c)). Where neither the
purpose nor the name nor the reason of an entry speaks of an emergency, it is everyday work.

To mend it: name the basis that the work rests on; or say in `reason` what the emergency is.

Fails:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: name
    purposes: education-provision
    basis: {article_6: d, reason: children are precious}      # <- found here

Fails, for special category data:

    kind: activity
    id: lessons
    name: Lessons
    subjects: pupil
    data: [name, health]
    purposes: education-provision
    basis: {article_6: e, article_9: c, law: Education Act 1996 s.13}        # <- found here

Passes:

    kind: activity
    id: first-aid
    name: First aid
    subjects: pupil
    data: [name, health]
    purposes: education-provision
    basis:
      article_6: d
      article_9: c
      reason: a child who is unconscious cannot agree that we tell the ambulance of an allergy
"""

import re
from collections.abc import Iterator

from ropa.case import Case
from ropa.documents.patterns import regex
from ropa.findings import Problem, Severity
from ropa.judging.ledger import LedgerGround
from ropa.register.vocabulary import Facet
from ropa.rule import rule

_URGENT = ("emergency-planning", "health-care", "public-health", "safeguarding")
_EMERGENCY = regex(
    r"emergenc|urgent|unconscious|incapab|unable to (?:consent|agree|speak)|cannot (?:consent|agree|speak)|life|lives|"
    r"limb|death|dying|serious (?:harm|injury|illness)|accident|ambulance|first aid|casualt|rescue|disaster|epidemic|"
    r"pandemic|outbreak|evacuat|overdose|suicid|self-harm|missing (?:child|person|people)|danger",
    re.IGNORECASE,
)


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 6(1)(d)", "UK GDPR Article 9(2)(c)", "UK GDPR recital 46"),
    covers=("A6-REASON", "A9-COND"),
)
def check(case: Case) -> Iterator[Problem]:
    for ground in case.ledger.grounds:
        basis = ground.basis
        keys = [
            k
            for k, letter in (("article_6", "d"), ("article_9", "c"))
            if getattr(basis, k) == letter
        ]
        if keys and not _is_emergency(case, ground):
            articles = " and ".join(_ARTICLES[key] for key in keys)
            yield Problem(
                (ground.origin / keys[0]).location,
                f"{case.ledger.said(ground)} rests on vital interests ({articles}), and nothing in "
                "it speaks of an emergency",
                "name the basis that it rests on, or say in `reason` what the emergency is",
                where=ground.where,
                facet="basis/vital-interests",
            )


_ARTICLES = {"article_6": "Article 6(1)(d)", "article_9": "Article 9(2)(c)"}


def _is_emergency(case: Case, ground: LedgerGround) -> bool:
    """Whether a purpose, the name or the reason speaks of life and limb."""
    purposes = ground.purposes
    terms = case.register.vocabulary[Facet.PURPOSE].terms
    said = (ground.activity.name, ground.basis.reason, *(terms[p].label for p in purposes))
    return bool(case.ledger.about(Facet.PURPOSE, purposes, _URGENT)) or any(
        _EMERGENCY.search(words) for words in said
    )
