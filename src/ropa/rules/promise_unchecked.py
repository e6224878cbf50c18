"""A notice promises that something is never done, without exception, and the register does not know of it.

A promise in so many words binds: the organisation must do as it says (Article 5(1)(a)). As long as no
statement quotes it, nothing here checks whether it is kept. And few promises hold without exception: firms
that work for you get data, and so do courts.

A sentence that denies a step which some flow takes is the same, whether anybody set it aside or not. The message
names the flows. It is an error where the sentence names who gets the data, or makes no exception.

To mend it: tie the sentence to a statement with `never`, so that every flow is held against it; or write
the exceptions that there are.

Fails:

    kind: notice
    id: members
    audience: resident
    text: members.md
    === members.md
    We will never share your personal data with anyone.     # <- found here

Fails, for the promise that no statement checks, once:

    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We will never share your personal data with anyone
        never: discloses
        to: anyone
      - quote: We look after your home
        uses: housing-services
    === tenants.md
    We look after your home.

    We will never share your personal data with anyone.

    We will never sell your data, and will not rent your details. # <- found here

    We will not give your details to firms. # <- found here

Fails, where a flow takes the step that is denied:

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
    aside:
      - quote: We do not pass your name to Sample Trust
        reason: nobody reads it
        by: J. Smith
    === pupils.md
    We use your name to teach you.

    We do not pass your name to Sample Trust. # <- found here

Passes:

    kind: notice
    id: members
    audience: resident
    text: members.md
    statements:
      - quote: We will never share your personal data with anyone
        never: discloses
        to: anyone
    === members.md
    We will never share your personal data with anyone. We do not sell it unless you agree.

Passes, where it says what is excepted, or a statement checks it:

    kind: notice
    id: members
    audience: resident
    text: members.md
    ---
    kind: notice
    id: tenants
    audience: tenant
    text: tenants.md
    statements:
      - quote: We will never share your personal data with anyone
        never: discloses
        to: anyone
    === members.md
    We will never share your personal data with anyone unless the law makes us.
    === tenants.md
    We will never share your personal data with anyone.
"""

from collections.abc import Iterator

from ropa.case import Case, shown
from ropa.findings import Problem, Severity
from ropa.judging.denials import Denial, denials
from ropa.location import Location
from ropa.rule import rule
from ropa.saying import phrases
from ropa.wording.sentences import Hit, Passage, Wording, compiled

DEED = r"(?:share|disclose|sell|pass|give|transfer|release|provide|send|rent|trade|distribute|publish|hand)"
THING = (
    r"(?:personal |any |all |of |this |that |these |your |their |the |'s |\w+'s |contact |sensitive )*(?:data|"
    r"information|details|it|them)"
)
PROMISE = (
    rf"\b(?:(?:will|do|does|would|shall|can)(?: not|n't)|won't|never|not)\b(?: (?:ever|never|knowingly|also|be|or))?"
    rf"(?: \w+(?:,? or| and))? {DEED}(?:(?:, | or | and |, or ){DEED})* (?:on |out )?{THING}\b"
    rf"|\b(?:data|information|details|it) (?:will|is|are|shall) (?:never|not)(?: ever| be| ever be)? "
    r"(?:shared|disclosed|sold|passed|given|transferred|released|sent|rented|published)\b"
)
GUARDED = (
    r"\b(?:generally|normally|usually|routinely|unless|except|excepting|without|only|other than|apart from|"
    r"save|if|where|when|until|before|beyond|outside|"
    r"but|however|so that|more than|longer than|further than|for (?:any )?(?:other|marketing|commercial|"
    r"direct|advertising|"
    r"promotional|their own|these|those|profit)|with(?:in)? the exception|not required|does not mean|necessarily)\b"
    r"|\bto (?:help )?(?:ensure|make sure|check|see|prevent)\b"
    r"|\b(?:who|that|which) (?:has|have|is|are|do|does|should|must|need)(?:n't| no| not| never)\b"
    r"|\b(?:unauthori[sz]ed|not authori[sz]ed|no (?:right|need|business)|not entitled)\b"
)
"""What makes a promise no promise without exception; or an aim, as in "to ensure that it is not passed on"."""


MOST_FLOWS = 3
"""How many flows are named that do what is denied."""


@rule(
    Severity.WARNING,
    since="0.1.0",
    law=("UK GDPR Article 5(1)(a)",),
    covers=("C-DENY",),
)
def check(case: Case) -> Iterator[Problem]:
    denied = {_at(d.notice.id, case.place_of(d)): d for d in denials(case.coverage)}
    for wording in case.wordings:
        quoted = [s.quoted for s in wording.notice.statements if s.negative and s.quoted]
        for number, hit in enumerate(_promises(wording), 1):
            place = wording.place(hit.passage)
            denial = _taken(denied, wording.notice.id, place)
            if any(q.line <= place.end_line and place.line <= q.end_line for q in quoted):
                continue
            if denial is not None:
                yield _denial(case, denial, f"promise-{number}")
                continue
            yield case.wording_problem(
                wording,
                [hit.passage],
                f"promises without exception: “{_shown(hit)}”, and no statement checks it",
                "tie it to a statement with `never: discloses`, or write its exceptions",
                f"promise-{number}",
            )
    for number, denial in enumerate(denied.values(), 1):
        yield _denial(case, denial, f"denial-{number}")


At = tuple[str, int, int]
"""A notice, and a line and a column of its text."""


def _at(notice: str, place: Location) -> At:
    return notice, place.line, place.column


def _taken(denied: dict[At, Denial], notice: str, place: Location) -> Denial | None:
    """The denial that begins on these lines, which is then told of and no more."""
    lines = range(place.line, place.end_line + 1)
    here = next((at for at in denied if at[0] == notice and at[1] in lines), None)
    return None if here is None else denied.pop(here)


def _denial(case: Case, denial: Denial, facet: str) -> Problem:
    """A sentence that denies what flows do, with these flows."""
    flows = [flow.id for flow in denial.flows]
    more = len(flows) - MOST_FLOWS
    named = [*flows[:MOST_FLOWS], f"{more} more"] if more > 0 else flows
    what = shown(denial.reading.sentence.text)
    lead = denial.reading.sentence.lead
    told = f"{shown(lead)} {what}" if lead else what
    grave = denial.names or not (denial.guarded or compiled(GUARDED).search(f"{lead} {what}"))
    return Problem(
        case.place_of(denial),
        f"“{denial.notice.name}” denies it: {told}; no statement checks it, and {_done(len(flows))}:"
        f" {phrases.several(named)}",
        "tie it to a statement with `never`, so that it is checked; stop the step, or take the promise back",
        tuple((flow.origin.location, "does it") for flow in denial.flows[:MOST_FLOWS]),
        f"notice/{denial.notice.id}",
        facet,
        grave=grave,
    )


def _done(flows: int) -> str:
    return "this flow takes the step" if flows == 1 else "these flows take the step"


def _promises(wording: Wording) -> Iterator[Hit]:
    """The promises that no word guards, one for each sentence; what a heading announces is told below it."""
    last = None
    for hit in wording.find(PROMISE):
        around = f"{wording.stem(hit.passage)} {hit.around}"
        announced = hit.passage.heading and _told_below(wording, hit.passage)
        if hit.passage != last and not announced and not compiled(GUARDED).search(around):
            yield hit
        last = hit.passage


def _told_below(wording: Wording, heading: Passage) -> bool:
    """Whether the section under a heading says itself what is promised, or what is not."""
    below = wording.under(wording.section(heading))
    return any(
        not p.heading
        and compiled(rf"\b{DEED}\b|\b(?:shar|sold|disclos|given|pass)").search(p.words)
        for p in below
    )


def _shown(hit: Hit) -> str:
    from textwrap import shorten

    return shorten(hit.passage.words, 200, placeholder=" …").removesuffix(".")
