"""A group of people gets no privacy notice at all.

Whoever uses people's data must tell them so, in a notice that they are given. Here data about a
group is used, and no notice that is in force on the day asked is meant for that group, nor for a
group that it belongs to. Nothing else that a notice says can reach these people, so their flows are
not looked at any further. A notice that has ended, or has not begun, counts for nothing.

To mend it: publish a notice for these people and record it, or add them to the `audience` of a
notice that they are in fact given.

Fails:

    kind: activity
    id: volunteering
    name: Finding volunteers for the library
    subjects: [volunteer, job-applicant]    # <- found here
    data: [name, references]
    purposes: recruitment
    ---
    kind: notice
    id: applicants
    audience: job-applicant
    in_force: {from: 2026-01-01}
    text: applicants.md
    statements:
      - quote: We use your references to decide who can join us
        uses: recruitment

Fails, where their notice begins only later, or is over:

    kind: activity
    id: volunteering
    name: Finding volunteers for the library
    subjects: [volunteer, visitor]        # <- found here
    data: [name, references]
    purposes: recruitment
    ---
    kind: notice
    id: volunteers
    audience: volunteer
    in_force: {from: 2027-01-01}
    text: volunteers.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    in_force: {from: 2024-01-01, to: 2025-12-31}
    text: visitors.md
    ---
    kind: notice
    id: staff
    audience: employee
    in_force: {to: 2025-12-31}
    text: staff.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md

Passes:

    kind: activity
    id: volunteering
    name: Finding volunteers for the library
    subjects: [volunteer, job-applicant]
    data: [name, references]
    purposes: recruitment
    ---
    kind: notice
    id: applicants
    audience: [volunteer, job-applicant]
    in_force: {from: 2026-01-01}
    text: applicants.md
    statements:
      - quote: We use your references to decide who can join us
        uses: recruitment
"""

from collections.abc import Iterator
from datetime import date

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import SUBJECT
from ropa.judging.gaps import Gap
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.register.model import Notice
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13", "UK GDPR Article 14"),
    covers=("C-SUBJECT",),
)
def check(case: Case) -> Iterator[Problem]:
    if case.may_lack_a_notice:
        return  # it may be theirs
    for verdict in (Verdict.OMITTED, Verdict.PARTIAL):
        for gap in case.gaps(Facet.SUBJECT, verdict):
            activity = case.register.activities[gap.flow.activity]
            yield Problem(
                (activity.origin / "subjects").location,
                f"{gap.people} get no notice in force, and “{activity.name}” uses their data",
                f"publish a notice for {gap.people}, or add them to the `audience` of one they get",
                tuple(_out_of_force(case, gap)),
                gap.flow.id,
                str(Facet.SUBJECT),
            )


def _out_of_force(case: Case, gap: Gap) -> Iterator[tuple[Location, str]]:
    """The notices meant for these people that have not begun, or are over."""
    people, day = case.register.vocabulary[Facet.SUBJECT], case.settings.day
    group = people.union(gap.flow.box[SUBJECT]) & ~case.coverage.voices.noticed
    for notice in case.register.notices.values():
        if not notice.in_force(day) and people.union(notice.audience) & group:
            said = f"“{notice.name}” is for them and {_when(notice, day)}"
            yield (notice.origin / "in_force").location, said


def _when(notice: Notice, day: date) -> str:
    if notice.end and notice.over(day):
        return f"ended on {phrases.day(notice.end)}"
    return f"begins only on {phrases.day(notice.start)}" if notice.start else ""
