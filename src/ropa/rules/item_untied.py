"""A sentence looks as if it told people something that they must always be told, and nobody has tied it yet.

A right, a contact, where to complain: the sentence may tell it, and a person has to read whether it does. Until then it
does not count as told, and nobody can say that it is left out (Articles 13 and 14). A notice of which nobody has
written a statement is one finding in all, `notice-not-tied`.

To mend it: tie the sentence to a statement with `informs`, if it says so. If it does not, set it aside with `aside`:
then the item is found to be omitted. With `untied = "omitted"` in the settings it is so from the start.

Fails:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: b}
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:                           # <- found here
      - quote: The library of Sampleton, Example Street 1, is responsible for your data
        informs: [controller-identity, controller-contact]
    === library.md
    The library of Sampleton, Example Street 1, is responsible for your data.

    You can ask us for a copy of your data.

Passes, where the sentence is tied:

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: b}
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:
      - quote: The library of Sampleton, Example Street 1, is responsible for your data
        informs: [controller-identity, controller-contact]
      - quote: You can ask us for a copy of your data
        informs: right-of-access

Passes, where no sentence looks like it (`item-omitted` looks at that):

    kind: activity
    id: newsletter
    name: Library newsletter
    subjects: library-user
    data: email-address
    purposes: newsletter
    basis: {article_6: b}
    ---
    kind: notice
    id: library
    audience: library-user
    text: library.md
    statements:
      - quote: The library of Sampleton, Example Street 1, is responsible for your data
        informs: [controller-identity, controller-contact]
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.items import ITEMS, ItemTold
from ropa.judging.judgement import Untied
from ropa.judging.verdict import Verdict
from ropa.rule import rule
from ropa.saying import phrases

MOST_SHOWN = 5


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 5(2)", "UK GDPR Article 13", "UK GDPR Article 14"),
    undecided=True,
)
def check(case: Case) -> Iterator[Problem]:
    if case.settings.untied is Untied.OMITTED:
        return
    for item, lacking in case.coverage.items_lacking():
        untied = tuple(told for told in lacking if told.verdict is Verdict.UNTIED)
        if untied:
            yield _problem(case, item, untied)


def _problem(case: Case, item: str, untied: tuple[ItemTold, ...]) -> Problem:
    notice = untied[0].notice
    readers = case.readers(notice, (told.subject for told in untied))
    said = [said for told in untied for said in told.readings]
    places = dict.fromkeys(map(case.place_of, said))
    return Problem(
        (notice.origin / "statements").location,
        f"“{notice.name}” may tell {readers} {ITEMS[item]}; nobody has tied it",
        f"if {phrases.clipped(said[0].reading.sentence.text)} says so, quote it with `informs: {item}`; "
        "if not, set it aside with `aside`",
        tuple((at, "looks like it") for at in list(places)[:MOST_SHOWN]),
        f"notice/{notice.id}",
        item,
    )
