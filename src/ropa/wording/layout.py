"""What stands round a sentence of a notice: the line that leads in to it, its label, the question it answers."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ropa.notice.blocks import Kind
from ropa.notice.text import Sentence

MOST_WORDS_OF_A_LABEL = 8
MOST_WORDS_OF_A_LINE = 9
"""A block below a lead-in that is no longer may be a line of an address: the next one still belongs to it."""
LONGEST_ANSWER = 6
"""How many sentences below a question are read as its answer."""

_LABEL = re.compile(r"(?:\(?\w{1,3}[.)] )?([A-Z][^:.?!]{1,70}?) ?(?::| -) (?=\S)")


class Placed(Struct, frozen=True):
    """A sentence with what tells what it is about, besides its own words; each empty where there is none.

    `lead` is the line that leads in to it: of its list or table, or the block above that ends with a colon.
    `asked` is the question that it answers, `label` what it puts before a colon or a dash. `answers` is true
    of a short line right under a heading: it looks like a heading, and may be all that is said there.
    """

    sentence: Sentence
    lead: str
    asked: str
    label: str
    answers: bool


def placed(sentences: Sequence[Sentence]) -> Iterator[Placed]:
    """Each sentence with what stands round it."""
    above, asked, since, under = "", "", 0, False
    for at, sentence in enumerate(sentences):
        lead = sentence.lead or (above if _may_follow(sentence) else "")
        since += 1
        asked = asked if since <= LONGEST_ANSWER and sentence.kind is not Kind.HEADING else ""
        yield Placed(sentence, lead, asked, _label(sentence.text), under and _ends(sentences, at))
        under = sentence.kind is Kind.HEADING
        if sentence.text.endswith("?") and sentence.kind is not Kind.HEADING:
            asked, since = sentence.text, 0
        above = _leading(sentence, lead)


def _ends(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether nothing stands below a heading but the next heading."""
    return at + 1 == len(sentences) or sentences[at + 1].kind is Kind.HEADING


def _may_follow(sentence: Sentence) -> bool:
    return sentence.kind in {Kind.PROSE, Kind.HEADING}


def _leading(sentence: Sentence, lead: str) -> str:
    """What leads in to the block after a sentence: itself, or what led in to it where it is a short line."""
    if sentence.kind is Kind.PROSE and sentence.text.endswith(":"):
        return sentence.text
    goes_on = len(sentence.text.split()) <= MOST_WORDS_OF_A_LINE and sentence.text[-1] not in ".?!:"
    return lead if goes_on and sentence.kind is not Kind.BULLET else ""


def _label(text: str) -> str:
    found = _LABEL.match(text)
    label = found[1] if found else ""
    return label if len(label.split()) <= MOST_WORDS_OF_A_LABEL else ""
