"""The sentences of a notice, each with what has become of it: tied, set aside, not tied yet, or nothing to tie."""

from collections.abc import Iterator, Sequence
from enum import Enum

from msgspec import Struct

from ropa.case import Case
from ropa.judging.evidence import Proof
from ropa.judging.untied import UntiedSentence
from ropa.reading.said import Reading
from ropa.register.model import Aside, Evidence, Notice, Statement, Task
from ropa.seen.sentences import Stretch
from ropa.seen.text import NoticeText, Sentence
from ropa.seen.tree import Kind


class SentenceFate(Enum):
    """What has become of a sentence: a word for the page's style, a sign, and what to say."""

    GAINSAID = ("gainsaid", "✗", "says otherwise than its statement")
    UNTIED = ("untied", "○", "not tied yet")
    PROPOSED = ("proposed", "?", "proposed, not decided")
    PROMISE = ("promise", "◆", "a promise")
    TIED = ("tied", "✓", "tied")
    ASIDE = ("aside", "–", "set aside")
    OTHER = ("other", "", "nothing that has to be tied")

    def __init__(self, word: str, sign: str, said: str) -> None:
        self.word, self.sign, self.said = word, sign, said


OPEN = (SentenceFate.GAINSAID, SentenceFate.PROPOSED, SentenceFate.UNTIED)
"""Those that somebody still has to do something about."""
SETTLED = (SentenceFate.TIED, SentenceFate.PROMISE, SentenceFate.ASIDE)


class NoticeSentence(Struct, frozen=True, eq=False):
    """One sentence of a notice. `number` counts those that are no headings, from 1.

    `proofs` are those of the statements whose quote touches it, `proposals` the statements that wait to be accepted.
    `task` says who was given it to see to.
    """

    number: int
    sentence: Sentence
    reading: Reading | None
    proofs: tuple[Proof, ...] = ()
    untied: UntiedSentence | None = None
    aside: Aside | None = None
    proposals: tuple[Statement, ...] = ()
    task: Task | None = None

    @property
    def fate(self) -> SentenceFate:
        """What is most to be looked at wins."""
        if any(proof.faulty for proof in self.proofs):
            return SentenceFate.GAINSAID
        if self.proposals:
            return SentenceFate.PROPOSED
        if self.untied is not None:
            return SentenceFate.UNTIED
        if any(proof.statement.negative for proof in self.proofs):
            return SentenceFate.PROMISE
        if self.proofs:
            return SentenceFate.TIED
        return SentenceFate.ASIDE if self.aside is not None else SentenceFate.OTHER


def sentences_of(case: Case, notice: Notice) -> tuple[NoticeSentence, ...]:
    """The sentences of a notice that are no headings, in the order of its text; none where it has no text."""
    text = case.text_of(notice)
    return tuple(_found(case, notice, text)) if text else ()


def _found(case: Case, notice: Notice, text: NoticeText) -> Iterator[NoticeSentence]:
    quoted, proposed = _placed(text, notice.statements), _placed(text, notice.proposals)
    untied = (
        {one.sentence.start: one for one in case.untied(notice)} if _heard(case, notice) else {}
    )
    known = case.coverage.sentences
    aside = known.aside(notice).by_start if known else {}
    readings, given = case.proved.read(notice), _given(case, notice, text)
    prose = (s for s in text.sentences() if s.kind is not Kind.HEADING)
    for number, sentence in enumerate(prose, 1):
        tied, waiting = (_touching(found, sentence) for found in (quoted, proposed))
        yield NoticeSentence(
            number,
            sentence,
            readings.of(sentence) if readings else None,
            tuple(case.proved.of(statement) for statement in tied),
            untied.get(sentence.start),
            aside.get(sentence.start),
            waiting,
            next((task for start, task in given if sentence.start <= start < sentence.end), None),
        )


def _given(case: Case, notice: Notice, text: NoticeText) -> list[tuple[int, Task]]:
    """The tasks about sentences of a notice, each with where its words begin."""
    tasks = (task for task in case.register.tasks.values() if task.notice == notice.id)
    placed = ((text.span_of(task.quote), task) for task in tasks)
    return [(span[0], task) for span, task in placed if span]


def _placed(text: NoticeText, statements: Sequence[Statement]) -> list[tuple[Stretch, Statement]]:
    """The statements whose words stand in a text, each with where they do."""
    found = ((s, s.quoted) for s in statements if s.evidence is Evidence.FOUND)
    return [(text.span(at), statement) for statement, at in found if at]


def _touching(
    placed: Sequence[tuple[Stretch, Statement]], sentence: Sentence
) -> tuple[Statement, ...]:
    """Those of them whose words touch a sentence."""
    return tuple(s for (start, end), s in placed if start < sentence.end and sentence.start < end)


def _heard(case: Case, notice: Notice) -> bool:
    """Whether anybody gets it on the day, so that what it leaves untied is known."""
    return notice.id in case.coverage.voices.reach


def at(sentences: Sequence[NoticeSentence], number: int) -> NoticeSentence | None:
    """The sentence of that number."""
    return sentences[number - 1] if 0 < number <= len(sentences) else None


def next_open(
    sentences: Sequence[NoticeSentence], here: int, *, back: bool = False
) -> NoticeSentence | None:
    """The next one that somebody has to do something about, or the one before; round again at the end."""
    waiting = [one for one in sentences if one.fate in OPEN]
    if back:
        waiting.reverse()
    found = (one for one in waiting if (one.number < here if back else one.number > here))
    return next(found, waiting[0] if waiting else None)
