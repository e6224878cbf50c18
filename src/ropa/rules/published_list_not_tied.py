"""A notice sends people to a list of those who were given their data, and no statement says what for.

“To see which organisations have been given this data, visit ...” tells people that it goes to
somebody, and where they can read to whom. That is information on recipients (Article 13(1)(e)), and
the page it leads to is part of what people are told. A sentence that no statement quotes is held
against nothing: nobody asks whether the list is kept up, or whether the recipients on it are in the
register.

To mend it: write a statement that quotes the sentence, as `discloses: {to: ...}`, with `by:` where
somebody else gives the data; or say under `aside` of the notice why it needs none.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    We teach you.

    To see which organisations have been given pupil data, visit https://sample.example/requests    # <- found here

Passes:

    kind: party
    id: department
    name: Department for Samples
    type: public-authority
    ---
    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    statements:
      - quote: To see which organisations have been given pupil data, visit https://sample.example/requests
        discloses: {by: department, to: third-party}
    === pupils.md
    We teach you.

    To see which organisations have been given pupil data, visit https://sample.example/requests

    To see which organisations we work with, visit https://sample.example/partners
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.seen.text import fold_text
from ropa.wording.sentences import Passage, Wording


@rule(
    Severity.WARNING,
    since="0.2.0",
    law=("UK GDPR Article 13(1)(e)", "UK GDPR Article 14(1)(e)"),
    covers=("N-1E",),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        lists = dict.fromkeys(hit.passage for hit in wording.find(_LIST, _SIGNS))
        open_ = [passage for passage in lists if not _is_tied(wording, passage)]
        if open_:
            yield case.wording_problem(
                wording,
                open_,
                "sends people to a list of those who were given their data, and no statement quotes the sentence",
                "write the statement that it makes, as `discloses: {to: ...}`, with `by:` where others give the data",
                "published-list",
            )


def _is_tied(wording: Wording, passage: Passage) -> bool:
    """Whether a statement quotes the sentence, or some of it, or somebody has set it aside."""
    notice, words = wording.notice, fold_text(passage.words)
    said = (*(statement.quote for statement in notice.statements), *(a.quote for a in notice.aside))
    quotes = (fold_text(quote) for quote in said if quote)
    return any(quote in words or words in quote for quote in quotes)


_WHO = r"(?:organisations?|third part(?:y|ies)|bod(?:y|ies)|recipients?|companies|researchers?|requests?)"
_GIVEN = r"(?:provided|given|supplied|shared|disclosed|passed|released|received|sent)"
_LIST = (
    rf"\b(?:which|list of|details of|names of|who the)\b[^.\n]{{0,60}}?\b{_WHO}\b[^\n]{{0,120}}?\b{_GIVEN}\b"
    r"[^\n]{0,80}?(?:https?://|www\.|\bvisit\b|\bwebsite\b|\bpublished\b)"
)
_SIGNS = ("http", "www.", "visit", "website", "published")
