"""A statement says one thing, and the sentence that it quotes says another.

The quote is the evidence. It is looked at with the whole sentence that it stands in and what leads in to that:
where these deny what is stated, only ask it, or tell of the past, of a plan, of what others think or of what is hardly
ever done; where the next sentence takes it back; where they name another period, letter of an
Article, safeguard or registered party; where they say how long some data is kept, and the statement says so of all;
where they say “only if you agree” and the statement does not; and where a
promise has no “not” in it. Such a statement is void: it tells nobody anything. A promise counts as it is
written, until somebody mends or deletes it. The finding may be accepted; the statement stays void. The
organisation must be able to show what it tells people (Article 5(2)).

To mend it: state what the sentence says, quote the sentence that says it, or change the published text.

Fails:

    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: pass your email address to Sample Mailer Ltd    # <- found here
        discloses: {to: mailer, data: email-address}
    === residents.md
    We never pass your email address to Sample Mailer Ltd.

Fails, where the list that it stands in is of those who get nothing:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: the police force    # <- found here
        discloses: {to: police-force}
    === residents.md
    We do not share your data with:

    - the police force
    - the newspapers

Fails, where the sentence tells of the past:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Before 2020 we passed your name to Sample Trust    # <- found here
        discloses: {to: trust, data: name}
    === pupils.md
    Before 2020 we passed your name to Sample Trust. We no longer do.

Fails, where the sentence says how long some of the data is kept, and the statement says so of all of it:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We keep admission records for six years    # <- found here
        keeps: {data: personal-data, period: P6Y}
    === pupils.md
    We keep admission records for six years.

Fails, where the sentence only asks:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: Do we share your name with Sample Trust?    # <- found here
        discloses: {to: trust, data: name}
    === pupils.md
    People often write to us. Do we share your name with Sample Trust? Ask us and we will tell you.

Fails, where a number or a letter is another:

    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: We keep it for one year    # <- found here
        keeps: {period: P10Y}
      - quote: We use your name because of our public task (Article 6(1)(e))    # <- found here
        uses: {data: name, basis: {article_6: c}}
    === residents.md
    We keep it for one year.

    We use your name because of our public task (Article 6(1)(e)).

Fails, where it is somebody else, and where it waits for consent:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We give your name to Sample Mailer Ltd    # <- found here
        discloses: {to: trust, data: name}
      - quote: We may pass your name to Sample Trust if you agree    # <- found here
        discloses: {to: trust, data: name}
    === pupils.md
    We give your name to Sample Mailer Ltd.

    We may pass your name to Sample Trust if you agree.

Fails, where it is the address of somebody else:

    kind: organisation
    id: northwold
    name: Northwold Borough Council
    contact: 1 Shelf Lane, Northwold NW1 1AA
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: "Write to: Information Team, Southwold District Council, Market Place"    # <- found here
        informs: [controller-identity, controller-contact]
    === residents.md
    Write to: Information Team, Southwold District Council, Market Place.

Fails, where a promise is none:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: We pass your name to Sample Trust    # <- found here
        never: discloses
        to: trust
    === pupils.md
    We pass your name to Sample Trust.

Passes, where it is our own, and where the officer is of somebody else:

    kind: organisation
    id: northwold
    name: Northwold Borough Council
    contact: 1 Shelf Lane, Northwold NW1 1AA
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: Northwold Council, with Southwold District Council, looks after your data
        informs: controller-identity
      - quote: The council is responsible for your data
        informs: controller-identity
      - quote: Our officer is at Southwold District Council, Market Place
        informs: [controller-contact, dpo-contact]
    === residents.md
    Northwold Council, with Southwold District Council, looks after your data. The council is responsible for your data.

    Our officer is at Southwold District Council, Market Place.

Passes:

    kind: party
    id: mailer
    name: Sample Mailer Ltd
    type: processor
    ---
    kind: notice
    id: residents
    audience: resident
    text: residents.md
    statements:
      - quote: We pass your email address to Sample Mailer Ltd
        discloses: {to: mailer, data: email-address}
      - quote: We never sell your data to anybody
        never: discloses
        to: anyone
      - quote: We keep it for no longer than one year
        keeps: {period: P12M}
    === residents.md
    We pass your email address to Sample Mailer Ltd. We never sell your data to anybody.
    We keep it for no longer than one year.

Passes, where what sounds like a denial is none, and the condition is stated:

    kind: party
    id: trust
    name: Sample Trust
    type: controller
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: You do not have to tell us, and we share your name not only with Sample Trust
        discloses: {to: trust, data: name}
      - quote: We pass your photograph to Sample Trust only if you agree
        discloses: {to: trust, data: photograph, conditions: consent}
    === pupils.md
    You do not have to tell us, and we share your name not only with Sample Trust. We pass your photograph to
    Sample Trust only if you agree.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.evidence import Proof
from ropa.judging.gainsaid import Gainsaid
from ropa.judging.reasons import sentence_of, why_gainsaid
from ropa.rule import rule


@rule(Severity.ERROR, since="0.2.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for proof in case.proofs:
        if proof.gainsaid and not proof.heading:
            yield _problem(case, proof, proof.gainsaid)


def _problem(case: Case, proof: Proof, found: Gainsaid) -> Problem:
    statement = proof.statement
    why = why_gainsaid(case.register, statement, found)
    after = (
        "it counts as it is written until it is mended"
        if statement.negative
        else "this statement tells nobody anything"
    )
    place = statement.quoted or statement.origin.location
    return Problem(
        (statement.origin / "quote").location,
        f"“{sentence_of(proof)}”: {why}, so {after}",
        "state what the sentence says, or quote the one that says it",
        ((place, "the sentence"),),
        f"notice/{statement.id}",
        "quote",
    )
