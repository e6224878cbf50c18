"""How hard a text is to read, by the length of its sentences and words. It uses the library `readability`."""

from ropa.documents.patterns import regex
from ropa.seen.text import NoticeText
from ropa.seen.tree import Kind

FEWEST_WORDS = 60
"""Below so many words a measure means nothing."""
FIRST_AGE = 5
"""How old a child is, about, in grade 0 of the schools that the measure is made for."""

_TOKEN = regex(r"[^\W_]+(?:['-][^\W_]+)*|[.?!,;:]")


def reading_age(text: NoticeText) -> int | None:
    """The age at which most people can read it, by the Flesch-Kincaid grade; None for a short text."""
    from readability import getmeasures

    read = [
        " ".join(_TOKEN.findall(s.text)) for s in text.sentences() if s.kind is not Kind.HEADING
    ]
    lines = [line for line in read if line]
    if sum(len(line.split()) for line in lines) < FEWEST_WORDS:
        return None
    grade = float(getmeasures("\n".join(lines), lang="en")["readability grades"]["Kincaid"])
    return max(FIRST_AGE, FIRST_AGE + round(grade))
