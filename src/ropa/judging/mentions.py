"""What the notices do say of something that no statement tells some people: a sentence that names it, or none at all.

Nothing here tells anybody anything. It keeps a finding from saying of a notice what is not true of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import AXES, Flow
from ropa.judging.coverage import Coverage
from ropa.judging.gainsaid import lasting
from ropa.judging.judgement import Judgement
from ropa.reading.said import How, Reading, Role
from ropa.register.model import SELF, Evidence, Notice, Statement, Words
from ropa.register.vocabulary import Facet
from ropa.seen.tree import Kind


class Mention(Struct, frozen=True):
    """What comes nearest to telling something that nobody is told.

    `statement` names it, and is passed over since it speaks `only` of other words along one facet. `reading` is a
    sentence that names it. `of` are those of several words that it names where it does not name all, and `near` the
    wider or narrower words that it names where it names none. Where there is neither, `sentences` is how many were
    read, and `all_read` says whether these are all that these people get.
    """

    statement: Statement | None = None
    only: tuple[Facet, Words] | None = None
    of: Words = ()
    near: Words = ()
    notice: Notice | None = None
    reading: Reading | None = None
    sentences: int = 0
    all_read: bool = False

    @property
    def nowhere(self) -> bool:
        """Whether every sentence these people get was read, and none of them names it."""
        return self.all_read and self.sentences > 0


class Mentions(Struct, frozen=True, eq=False, dict=True):
    """Looks through statements and readings for what is not told; each notice is read once, when it is asked for."""

    coverage: Coverage

    def of(self, flow: Flow, judgement: Judgement, words: Words, people: int) -> Mention:
        """What the notices that these people get say of these words of a facet, or of its number or fixed word."""
        facet = judgement.facet
        notices = [n for n in self.coverage.voices.notices if self._reaches(n, people)]
        found = [
            *self._passed_over(flow, judgement, words, people),
            *(m for n in notices for m in self._having(n, flow, facet, words)),
        ]
        if found:
            return min(found, key=_distance)  # of those that are as near, the first
        counts = [len(self._sentences(notice)) for notice in notices]
        return Mention(sentences=sum(counts), all_read=all(counts))

    def _reaches(self, notice: Notice, people: int) -> bool:
        return bool(self.coverage.voices.reach[notice.id] & people)

    # -- statements that are passed over -------------------------------------------------------------

    def _passed_over(
        self, flow: Flow, judgement: Judgement, words: Words, people: int
    ) -> Iterator[Mention]:
        """The statements that state it for these people, and of something else along another facet."""
        facet = judgement.facet
        for spoken in self.coverage.voices.spoken:
            statement = spoken.statement
            if statement.negative or spoken.void or statement.evidence is not Evidence.FOUND:
                continue
            heard = flow.action in statement.actions and spoken.masks[0] & people
            found = self._stating(statement, flow, facet, words) if heard else None
            only = self._only(statement, flow, judgement) if found else None
            if found and only is not None:
                yield replace(found, statement=statement, only=only)

    def _stating(
        self, statement: Statement, flow: Flow, facet: Facet, words: Words
    ) -> Mention | None:
        if facet is Facet.BASIS:
            mine = flow.basis.letter if flow.basis else ""
            states = statement.basis is not None and mine in statement.basis.letters
            return Mention() if states else None
        if facet is Facet.RETENTION:
            return None  # every sentence about keeping would be one
        stated = statement.states.get(Facet.COUNTRY if facet is Facet.TRANSFER else facet, ())
        return self._near(facet, words, stated)

    def _near(self, facet: Facet, words: Words, named: Iterable[str]) -> Mention | None:
        """Which of some words are named, or else which wider and narrower ones; None where it is none of them."""
        hierarchy = self.coverage.register.vocabulary[_scheme(facet)]
        real = tuple(w for w in named if not hierarchy.umbrella(w))
        exact = tuple(w for w in words if w in real)
        if exact:
            return Mention(of=exact if len(exact) < len(words) else ())
        sentences = self.coverage.sentences
        near = tuple(
            w
            for w in real
            if sentences and any(sentences.akin(_scheme(facet), mine, [w]) for mine in words)
        )
        return Mention(near=near) if near else None

    def _only(
        self, statement: Statement, flow: Flow, judgement: Judgement
    ) -> tuple[Facet, Words] | None:
        """The first facet of which it states words, and none of those that this flow lacks."""
        for axis, other in enumerate(AXES):
            said = statement.states.get(other)
            if other is judgement.facet or not said or not flow.box[axis]:
                continue
            lacking = self.coverage.lacking(other, judgement, flow)[axis]
            if not self.coverage.register.vocabulary[other.scheme].union(said) & lacking:
                return other, said
        return None

    # -- sentences that name it ------------------------------------------------------------------------

    def _having(self, notice: Notice, flow: Flow, facet: Facet, words: Words) -> Iterator[Mention]:
        """The sentences of a notice that have one of the words, or a near one, or the number asked for."""
        for reading in self._sentences(notice):
            found = self._had(notice, flow, facet, words, reading)
            if found is not None:
                yield replace(found, notice=notice, reading=reading)

    def _had(
        self, notice: Notice, flow: Flow, facet: Facet, words: Words, reading: Reading
    ) -> Mention | None:
        if facet is Facet.BASIS:
            letter = flow.basis.letter if flow.basis else ""
            has = any(x.article == _LAWFUL and x.letter == letter for x in reading.letters)
            return Mention() if has else None
        if facet is Facet.RETENTION:
            return Mention() if reading.criteria or any(lasting(reading)) else None
        named = self._names(notice)[reading.sentence.start].get(_scheme(facet), ())
        return self._near(facet, words, named) or self._given(notice, facet, words, reading)

    def _given(
        self, notice: Notice, facet: Facet, words: Words, reading: Reading
    ) -> Mention | None:
        """The reader as one who gives data, where the source that is looked for is among the readers."""
        sentences = self.coverage.sentences
        if facet is not Facet.SOURCE or sentences is None:
            return None
        gives = any(w.word == SELF and w.role is Role.FROM for w in reading.words)
        reads = any(sentences.is_reader(notice, word) for word in words)
        return Mention(near=(SELF,)) if gives and reads else None

    def _sentences(self, notice: Notice) -> tuple[Reading, ...]:
        if notice.id not in self._read:
            proofs = self.coverage.proofs
            readings = proofs.read(notice) if proofs else None
            self._read[notice.id] = tuple(readings) if readings else ()
        return self._read[notice.id]

    def _names(self, notice: Notice) -> Mapping[int, Mapping[Facet, tuple[str, ...]]]:
        if notice.id not in self._named_in:
            self._named_in[notice.id] = {
                r.sentence.start: _by_facet(r) for r in self._sentences(notice)
            }
        return self._named_in[notice.id]

    @cached_property
    def _read(self) -> dict[str, tuple[Reading, ...]]:
        return {}

    @cached_property
    def _named_in(self) -> dict[str, Mapping[int, Mapping[Facet, tuple[str, ...]]]]:
        return {}


_LAWFUL = 6


def _distance(found: Mention) -> tuple[bool, bool, bool]:
    """How far something is from telling it: a statement before a sentence, and a heading last."""
    heading = found.reading is not None and found.reading.sentence.kind is Kind.HEADING
    return bool(found.near), heading, found.statement is None


def _scheme(facet: Facet) -> Facet:
    return Facet.COUNTRY if facet is Facet.TRANSFER else facet.scheme


def _by_facet(reading: Reading) -> Mapping[Facet, tuple[str, ...]]:
    """The words that a sentence names, with what leads in to it; one stem of several is none."""
    found: dict[Facet, dict[str, None]] = {}
    for word in reading.words:
        if word.how not in (How.HINT, How.UMBRELLA):
            found.setdefault(word.facet, {})[word.word] = None
    return {facet: tuple(words) for facet, words in found.items()}
