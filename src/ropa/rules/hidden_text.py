"""A notice's file holds text that its readers do not see.

Parts that are hidden or struck out, data about the page at the top of a file and footnotes that nothing refers
to are left out of what is checked: no statement can quote them. Usually they are drafts or remains; they may also be
sentences that somebody believes are published. Menus, scripts and comments are left out, too, and not counted.
The organisation must be able to show what people are told (Article 5(2)).

A Word file may hold tracked changes that nobody has accepted or refused, and so two texts. It is read as if all were
accepted, which is how Word shows it; whoever publishes it may refuse some of them, so they are said here, too.

To mend it: delete what nobody is meant to read, or show it.

Fails:

    kind: notice
    id: residents
    audience: resident
    text: residents.html                  # <- found here
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    === residents.html
    <p>We use your address to collect your council tax.</p>
    <p hidden>We use your age for statistics.</p>

Passes:

    kind: notice
    id: residents
    audience: resident
    text: residents.html
    statements:
      - quote: We use your address to collect your council tax
        uses: council-tax
    === residents.html
    <p>We use your address to collect your council tax.</p>
    <p>We use your age for statistics.</p>
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule
from ropa.seen.text import NoticeText
from ropa.seen.tree import FURNITURE


@rule(Severity.NOTE, since="0.2.0", law=("UK GDPR Article 5(2)", "UK GDPR Article 12(1)"))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        text = case.text_of(notice) if not notice.over(case.settings.day) else None
        for message, hint in _said(notice.text, text) if text else ():
            at = (notice.origin / "text").location
            yield Problem(at, message, hint, where=f"notice/{notice.id}", facet="text")


def _said(path: str, text: NoticeText) -> Iterator[tuple[str, str]]:
    parts = [part for part in text.left_out if part.kind != FURNITURE]
    if parts:
        number = "1 part" if len(parts) == 1 else f"{len(parts)} parts"
        was = "was" if len(parts) == 1 else "were"
        message = f"{number} of {path} {was} left out, since nobody sees it: {text.named(parts)}"
        yield message, "delete what nobody is meant to read, or show it"
    if text.unsettled:
        changes = "1 tracked change" if text.unsettled == 1 else f"{text.unsettled} tracked changes"
        message = f"{path} holds {changes} that nobody has accepted or refused; it was read as if all were accepted"
        yield message, "accept or refuse them, and save the file as it is published"
