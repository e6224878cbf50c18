"""A notice says to send its readers to another one, and nothing in its text leads there.

A notice in layers tells people what the further layers say only if they find them. Where the text of the first has
neither a link to the second nor its name, nobody who reads the one gets to the other, and what the other says is not
told to them (Articles 12(1), 13 and 14). So such a layer does not count.

To mend it: link to the layer in the text, or name it as it is called; or take it out of `layers`.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    layers: school                        # <- found here
    text: pupils.md
    ---
    kind: notice
    id: school
    name: How Sample School uses data
    audience: parent
    url: https://sample.example/privacy
    text: school.md
    === pupils.md
    Hello pupils. We use your name to teach you.
    === school.md
    You can ask for a copy of your data.

Passes, by a link or by name:

    kind: notice
    id: pupils
    audience: pupil
    layers: school
    text: pupils.md
    ---
    kind: notice
    id: visitors
    audience: visitor
    layers: school
    text: visitors.md
    ---
    kind: notice
    id: school
    name: How Sample School uses data
    audience: parent
    url: https://sample.example/privacy
    text: school.md
    === pupils.md
    We use your name to teach you. [Read more](https://sample.example/privacy/).
    === visitors.md
    We use your name for your badge. “How Sample School uses data” says more.
    === school.md
    You can ask for a copy of your data.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule


@rule(
    Severity.ERROR,
    since="0.2.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13(1)", "UK GDPR Article 14(1)"),
)
def check(case: Case) -> Iterator[Problem]:
    notices = case.register.notices
    for notice in notices.values():
        if notice.over(case.settings.day):
            continue
        for i, layer in enumerate(notice.layers):
            if layer in notice.unlinked:
                to = notices[layer]
                yield Problem(
                    (notice.origin / "layers" / i).location,
                    f"“{notice.name}” is to send its readers to “{to.name}”, and its text neither links to it nor "
                    "names it",
                    f"link to {to.url or 'it'} in {notice.text}, or name it there as “{to.name}”; what is "
                    "said there does not count for them until then",
                    where=f"notice/{notice.id}",
                    facet=f"layers/{layer}",
                )
