"""Data can reach somebody around the approval that should come first.

Where a notice says that somebody passes data on only after an approval, people rely on every way
to those recipients leading through that gate. The same goes for an approval that the register
records. Here a way is left on which the same data about the same people takes no approval at all:
directly, or by way of somebody else. What people are told must be true (Article 5(1)(a)), and data
must not be passed on for purposes nobody has looked at (Article 5(1)(b)).

To mend it: record the approval on a step of that way under `conditions`, once it is in place; or
close the way.

Fails:

    kind: activity
    id: school-census
    name: School census
    subjects: pupil
    data: [attainment, attendance]
    purposes: statistics
    disclosures:
      - to: ministry
        onward:
          - to: inspectors
            onward:
              - to: research-team         # <- found here
          - to: research-team
            conditions:
              - approval: data-panel
    ---
    kind: party
    id: ministry
    name: Ministry of Examples
    type: public-authority
    broader: government-department
    ---
    kind: party
    id: inspectors
    name: Sample Inspectorate
    type: public-authority
    broader: inspectorate
    ---
    kind: party
    id: research-team
    name: University of Exampleton research team
    type: controller
    broader: researcher

Fails, where the approval is one of our own:

    kind: activity
    id: school-census
    name: School census
    subjects: pupil
    data: [attainment, attendance]
    purposes: statistics
    disclosures:
      - to: inspectors
        onward:
          - to: research-team             # <- found here
      - to: research-team
        conditions:
          - approval: data-panel
    ---
    kind: party
    id: inspectors
    name: Sample Inspectorate
    type: public-authority
    broader: inspectorate
    ---
    kind: party
    id: research-team
    name: University of Exampleton research team
    type: controller
    broader: researcher

Passes:

    kind: activity
    id: school-census
    name: School census
    subjects: pupil
    data: [attainment, attendance]
    purposes: statistics
    disclosures:
      - to: ministry
        onward:
          - to: inspectors
            onward:
              - to: research-team
                conditions:
                  - approval: data-panel
          - to: research-team
            conditions:
              - approval: data-panel
    ---
    kind: party
    id: ministry
    name: Ministry of Examples
    type: public-authority
    broader: government-department
    ---
    kind: party
    id: inspectors
    name: Sample Inspectorate
    type: public-authority
    broader: inspectorate
    ---
    kind: party
    id: research-team
    name: University of Exampleton research team
    type: controller
    broader: researcher
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.flows.flow import Gate, Path
from ropa.flows.graph import Walks
from ropa.judging.gaps import place
from ropa.judging.promises import promised_gates
from ropa.register.model import Statement
from ropa.register.vocabulary import Facet
from ropa.rule import rule
from ropa.saying import phrases


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)", "UK GDPR Article 5(1)(b)"),
    covers=("C-COND",),
)
def check(case: Case) -> Iterator[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    walks: Walks = {}
    recorded: list[tuple[Gate, Statement | None]] = [(gate, None) for gate in case.graph.gates()]
    for gate, promise in (*promised_gates(case.graph, case.coverage.voices), *recorded):
        for path in case.graph.around_the_gate(gate, walks):
            problem = _problem(case, gate, path, promise)
            found.setdefault((problem.where, problem.facet), problem)
    yield from found.values()


def _problem(case: Case, gate: Gate, path: Path, promise: Statement | None) -> Problem:
    last, register = path.flows[-1], case.register
    holder = gate.holder.id
    ours = holder in register.activities
    start = register.name if ours else phrases.name(register, Facet.RECIPIENT, holder)
    end = phrases.name(register, Facet.RECIPIENT, last.end.id)
    whose = f"data about {phrases.people(register, last)}"
    if promise:
        said = f"{case.notices_saying((promise,))} says {phrases.quoted((promise,), most=90)}"
    else:
        said = "elsewhere the register asks for one"
    return Problem(
        (last.origin / "to").location,
        f"{whose} can get from {start} to {end} without any approval ({path}), and {said}",
        "record the approval on a step of this way under `conditions`, or close the way",
        ((place(promise), "the approval is promised here"),) if promise else (),
        last.id,
        f"approval/{holder}",
    )
