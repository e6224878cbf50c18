"""Somebody says how a sentence is to be read, and it makes no difference.

`read_as` speaks for what a statement states and its sentence does not say by its words. It lifts nothing where the
words say it already, where the statement does not state it, and where the statement is void: no reading turns a
denial into a disclosure, nor finds words in a sentence that says nothing of the kind. One that is dated after
today cannot have been read yet. The organisation must be able to show what it tells people (Article 5(2)).

To mend it: take it out, or speak for what the words do not say.

Fails:

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
      - quote: We pass your name to Sample Trust
        read_as:
          to: it is named    # <- found here
          purposes: it is meant for teaching    # <- found here
          because: we know
          by: J. Smith
          on: 2026-11-01
        discloses: {to: trust, data: name}

Fails, where the words deny it:

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
      - quote: We never pass your name to the neighbours
        read_as:
          to: the neighbours are Sample Trust    # <- found here
          because: its school is next door
          by: J. Smith
          on: 2026-11-01
        discloses: {to: trust, data: name}

Fails, where it is dated after today:

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
      - quote: We pass your name to the neighbours
        read_as:
          to: the neighbours are Sample Trust
          because: its school is next door
          by: J. Smith
          on: 2099-01-01    # <- found here
        discloses: {to: trust, data: name}

Passes:

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
      - quote: We pass your name to the neighbours
        read_as:
          to: the neighbours are Sample Trust
          because: its school is next door
          by: J. Smith
          on: 2026-11-01
        discloses: {to: trust, data: name}
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.evidence import Proof, Rests
from ropa.judging.reasons import why_void
from ropa.register.model import ReadAs
from ropa.rule import rule
from ropa.saying import phrases


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 5(2)",))
def check(case: Case) -> Iterator[Problem]:
    for proof in case.proofs:
        read = proof.statement.read_as
        if read is not None:
            yield from _problems(case, proof, read)


def _problems(case: Case, proof: Proof, read: ReadAs) -> Iterator[Problem]:
    for key in read.lifts:
        why = _idle(case, proof, key)
        if why:
            yield _problem(proof, read, key, f"`{key}` is read in a sentence, but {why}")
    if read.on and read.on > case.settings.day:
        day = phrases.day(read.on)
        yield _problem(
            proof, read, "on", f"a sentence is said to have been read on {day}, which is to come"
        )


def _idle(case: Case, proof: Proof, key: str) -> str:
    """Why a reading lifts nothing; nothing where it does."""
    if proof.faulty:
        return f"{why_void(case.register, proof)}, and nobody can read that away"
    stated = proof.on(key)
    if stated is None:
        return "the statement does not state it"
    return "the words say it already" if stated.rests is Rests.WORDS else ""


def _problem(proof: Proof, read: ReadAs, key: str, message: str) -> Problem:
    hint = "take it out, or speak for what the words do not say"
    where = f"notice/{proof.statement.id}"
    return Problem((read.origin / key).location, message, hint, (), where, "read_as")
