"""There is nothing to check: no register, no activities, or no notices in force.

Finding nothing wrong in an empty folder proves nothing. Perhaps the wrong folder was named, a file
has the wrong ending, or all notices have run out. Whoever handles personal data keeps a record of
it (Article 30(1)) and tells people about it (Articles 13 and 14).

To mend it: name the folder that holds the register, or add what is missing to it.

Fails:

    kind: notice                          # <- found here
    id: patients
    audience: patient
    in_force: {to: 2025-12-31}
    text: patients.md
    statements:
      - quote: We use your information to treat you
        uses: health-care

Fails, where a controller records only what it does on behalf of others:

    kind: organisation                    # <- found here
    id: hosting
    name: Sample Hosting Ltd
    role: controller
    ---
    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: activity
    id: hosting-for-the-trust
    name: Hosting for the Trust
    subjects: patient
    data: treatment-record
    purposes: health-care
    on_behalf_of: {controller: trust, processing: hosting}

Passes:

    kind: notice
    id: patients
    audience: patient
    in_force: {to: 2027-12-31}
    text: patients.md
    statements:
      - quote: We use your information to treat you
        uses: health-care
    ---
    kind: activity
    id: treatment
    name: Treating patients
    subjects: patient
    data: treatment-record
    purposes: health-care
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.location import Location
from ropa.rule import rule
from ropa.saying import phrases

LAW = tuple(f"UK GDPR Article {article}" for article in ("13", "14", "30(1)"))


@rule(Severity.ERROR, since="0.1.0", law=LAW, undecided=True)
def check(case: Case) -> Iterator[Problem]:
    for what, message, hint in _missing(case):
        nearest = case.documents[0].path if case.documents else "."
        yield Problem(Location(nearest), message, hint, where=".", facet=what)


def _missing(case: Case) -> Iterator[tuple[str, str, str]]:
    """What there is none of, in words, and what to do about it."""
    register, day = case.register, phrases.day(case.settings.day)
    if not case.documents:
        hint = "name the folder that holds the register; its files end in .yaml or .yml"
        yield "documents", "there is not a single YAML document here, so nothing was checked", hint
        return
    unread = case.malformed or any(document.problems for document in case.documents)
    if not register.activities and not unread:
        hint = (
            "add a `kind: activity` for each thing you do with personal data, or take in the sheet that has them"
            " with `ropa import`"
        )
        yield (
            "activities",
            "there are no activities that can be read, so there is nothing to tell",
            hint,
        )
    elif register.activities and not case.graph.flows:
        hint = "write the data and the purposes of the activities"
        yield "flows", "the activities yield no flows of data, so there is nothing to tell", hint
    activities = register.activities.values()
    if activities and all(map(register.mandated, activities)):
        if not register.processor_alone:
            yield (
                "activities",
                f"{register.name} is a controller, and every activity here is done on behalf of somebody else, "
                "so there is nothing to tell",
                "add the activities that it decides about itself (its own staff, say), or write "
                "`role: processor` in the organisation where it decides about none",
            )
        return  # a processor has nobody to tell
    if not register.notices and not unread:
        hint = "add a `kind: notice` for each notice you publish, as `ropa notice add` does"
        yield "notices", "there are no notices that can be read, so nobody is told anything", hint
    elif register.notices and not case.coverage.voices.notices:
        hint = "check `in_force` of the notices, or ask about another day"
        yield "notices", f"no notice is in force on {day}, so nobody is told anything", hint
