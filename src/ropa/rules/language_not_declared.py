"""A notice's text is in another language than its notice says, so that nobody can tell what was read.

Sentences are read in English only. A text in another language is never held against its statements, and everything
it tells rests on what the register states; the report says so once. That has to be known and not guessed: a notice
in another language names it, with a tag of BCP 47 such as `cy`. An English text is read whatever its notice says.

To mend it: write `language:` in the notice, or take it out where the text is English.

Fails:

    kind: notice
    id: disgyblion
    audience: pupil
    text: disgyblion.md    # <- found here
    statements:
      - quote: Rydym yn rhannu eich enw
        discloses: health-body
    === disgyblion.md
    Rydym yn rhannu eich enw gyda'r bwrdd iechyd lleol er mwyn cynllunio gwasanaethau. Mae gennych hawl i ofyn am gopi
    o'ch data, ac i gwyno wrth y comisiynydd os nad ydych yn fodlon ar ein hateb.

Fails, where an English text is said to be another:

    kind: notice
    id: pupils
    audience: pupil
    language: cy    # <- found here
    text: pupils.md
    statements:
      - quote: We share your name with the local health board
        discloses: health-body
    === pupils.md
    We share your name with the local health board, so that it can plan what it does for you. You can ask for a copy of
    your data, and complain to the regulator.

Passes:

    kind: notice
    id: disgyblion
    audience: pupil
    language: cy
    text: disgyblion.md
    statements:
      - quote: Rydym yn rhannu eich enw
        discloses: health-body
    === disgyblion.md
    Rydym yn rhannu eich enw gyda'r bwrdd iechyd lleol er mwyn cynllunio gwasanaethau. Mae gennych hawl i ofyn am gopi
    o'ch data, ac i gwyno wrth y comisiynydd os nad ydych yn fodlon ar ein hateb.

Passes, where it is English, said or not:

    kind: notice
    id: pupils
    audience: pupil
    language: en-GB
    text: pupils.md
    statements:
      - quote: We share your name with the local health board
        discloses: health-body
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.judging.editions import language
from ropa.reading.language import name_of
from ropa.register.model import Notice
from ropa.rule import rule


@rule(Severity.WARNING, since="0.2.0", law=("UK GDPR Article 12(1)",))
def check(case: Case) -> Iterator[Problem]:
    for notice in case.register.notices.values():
        if not notice.over(case.settings.day) and case.proved.in_doubt(notice):
            yield _problem(case, notice)
        first = case.register.notices.get(notice.same_as)
        if first and not notice.over(case.settings.day) and language(notice) == language(first):
            yield Problem(
                (notice.origin / "same_as").location,
                f"“{notice.name}” is to be a version of “{first.name}” in another language, and both are in "
                f"{name_of(language(notice))}, so that they count as two notices",
                "write `language` in the one that is not in English, or take `same_as` out",
                where=f"notice/{notice.id}",
                facet="same_as",
            )


def _problem(case: Case, notice: Notice) -> Problem:
    if case.proved.unread(notice):
        said = f"says that it is {name_of(notice.language)}" if notice.language else "names none"
        message = (
            f"the text of “{notice.name}” is in a language that is not read, and the notice {said}"
        )
        hint = "say in which language it is, as in `language: cy`, and with `same_as` of which notice it is a version"
    else:
        message = f"“{notice.name}” is said to be {name_of(notice.language)}, and its text is English, and read as that"
        hint = "take `language` out, or name the text that is meant"
    key = "language" if notice.language else "text"
    return Problem(
        (notice.origin / key).location, message, hint, (), f"notice/{notice.id}", "language"
    )
