"""Personal data goes to somebody, and no notice says so.

People must be told who receives their data, by name or by category (Articles 13(1)(e) and
14(1)(e)). A notice that names a category covers those who belong to it, one step up: “health
bodies” tells people about a GP practice. A processor, such as the firm that runs the case system or
prints the letters, is a recipient too (Article 4(9)).

To mend it: name the recipient, or the category it belongs to, in a notice that these people are
given, and tie the sentence to a statement. Or stop the sharing.

Fails:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: allergies-and-diet
    purposes: health-care
    disclosures:
      - to: caterer                       # <- found here
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use what you tell us about allergies to keep you healthy
        uses: {purposes: health-care, data: allergies-and-diet}

Fails, whatever is passed on:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: allergies-and-diet
    purposes: health-care
    disclosures:
      - to: gp-practice
        onward:
          - to: hospital
      - to: caterer                       # <- found here
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We use what you tell us about allergies to keep you healthy
        uses: {purposes: health-care, data: allergies-and-diet}
      - quote: We pass on your allergies to your doctor
        discloses: gp-practice

Passes:

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: allergies-and-diet
    purposes: health-care
    disclosures:
      - to: caterer
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We pass on your allergies to Sample Catering
        discloses: caterer

Passes, where a recipient passes it on (`onward-omitted` looks at that):

    kind: activity
    id: meals
    name: School meals
    subjects: pupil
    data: allergies-and-diet
    purposes: health-care
    disclosures:
      - to: caterer
        onward:
          - to: kitchen
    ---
    kind: party
    id: caterer
    name: Sample Catering Ltd
    type: processor
    ---
    kind: party
    id: kitchen
    name: Sample Kitchens LLP
    type: processor
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We pass on your allergies to Sample Catering
        discloses: caterer
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.verdict import Verdict
from ropa.register.model import Action
from ropa.register.vocabulary import Facet
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    covers=("N-1E", "C-RECIPIENT"),
)
def check(case: Case) -> Iterator[Problem]:
    for gap in case.gaps(Facet.RECIPIENT, Verdict.OMITTED):
        if gap.flow.action is Action.ONWARD:
            continue
        yield case.problem(
            gap,
            gap.flow.origin / "to",
            f"{gap.nobody} tells {gap.people} that their data goes to {gap.first}",
            f"mention {gap.missing}, by name or by category, in {case.notices_of(gap)}",
        )
