"""What the notices do say of something that no statement tells some people: a sentence that names it, or none at all.

Nothing here tells anybody anything. It keeps a finding from saying of a notice what is not true of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from ropa.flows.flow import AXES, Flow
from ropa.judging.coverage import Coverage
from ropa.judging.gainsaid import lasting
from ropa.judging.judgement import Judgement
from ropa.reading.said import How, Reading
from ropa.register.model import Evidence, Notice, Statement, Words
from ropa.register.vocabulary import Facet
from ropa.seen.tree import Kind


class Mention(Struct, frozen=True):
    """What comes nearest to telling something that nobody is told.

    `statement` names it, and is passed over since it speaks `only` of other words along one facet. `reading` is a
    sentence that names it. Where there is neither, `sentences` is how many were read, and `all_read` says whether
    these are all that these people get.
    """

    statement: Statement | None = None
    only: tuple[Facet, Words] | None = None
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
        passed = next(self._passed_over(flow, facet, words, people), None)
        if passed:
            return Mention(statement=passed[0], only=passed[1])
        notices = [n for n in self.coverage.voices.notices if self._reaches(n, people)]
        naming = ((n, r) for n in notices for r in self._having(n, flow, facet, words))
        heading = None
        for notice, reading in naming:
            found = Mention(notice=notice, reading=reading)
            if reading.sentence.kind is not Kind.HEADING:
                return found
            heading = heading or found
        if heading is not None:
            return heading
        counts = [len(self._sentences(notice)) for notice in notices]
        return Mention(sentences=sum(counts), all_read=all(counts))

    def _reaches(self, notice: Notice, people: int) -> bool:
        return bool(self.coverage.voices.reach[notice.id] & people)

    # -- statements that are passed over -------------------------------------------------------------

    def _passed_over(
        self, flow: Flow, facet: Facet, words: Words, people: int
    ) -> Iterator[tuple[Statement, tuple[Facet, Words]]]:
        """The statements that state it for these people, and of something else along another facet."""
        for spoken in self.coverage.voices.spoken:
            statement = spoken.statement
            if statement.negative or spoken.void or statement.evidence is not Evidence.FOUND:
                continue
            heard = flow.action in statement.actions and spoken.masks[0] & people
            if heard and self._states(statement, flow, facet, words):
                only = self._only(statement, flow, facet)
                if only is not None:
                    yield statement, only

    def _states(self, statement: Statement, flow: Flow, facet: Facet, words: Words) -> bool:
        if facet is Facet.BASIS:
            mine = flow.basis.letter if flow.basis else ""
            return statement.basis is not None and mine in statement.basis.letters
        if facet is Facet.RETENTION:
            return False  # every sentence about keeping would be one
        stated = statement.states.get(Facet.COUNTRY if facet is Facet.TRANSFER else facet, ())
        return any(self._tells(facet, word, stated) for word in words)

    def _tells(self, facet: Facet, word: str, stated: Iterable[str]) -> bool:
        hierarchy = self.coverage.register.vocabulary[_scheme(facet)]
        real = [w for w in stated if not hierarchy.umbrella(w)]
        sentences = self.coverage.sentences
        return sentences is not None and sentences.akin(_scheme(facet), word, real)

    def _only(self, statement: Statement, flow: Flow, facet: Facet) -> tuple[Facet, Words] | None:
        """The first facet of which it states words, and none of this flow's."""
        for axis, other in enumerate(AXES):
            hierarchy, said = (
                self.coverage.register.vocabulary[other.scheme],
                statement.states.get(other),
            )
            mine = flow.box[axis]
            if (
                other is not facet
                and mine
                and said
                and not hierarchy.union(said) & hierarchy.union(mine)
            ):
                return other, said
        return None

    # -- sentences that name it ------------------------------------------------------------------------

    def _having(self, notice: Notice, flow: Flow, facet: Facet, words: Words) -> Iterator[Reading]:
        """The sentences of a notice that have one of the words, or a near one, or the number asked for."""
        for reading in self._sentences(notice):
            if facet is Facet.BASIS:
                letter = flow.basis.letter if flow.basis else ""
                has = any(x.article == _LAWFUL and x.letter == letter for x in reading.letters)
            elif facet is Facet.RETENTION:
                has = bool(reading.criteria) or any(lasting(reading))
            else:
                has = self._named(notice, facet, words, reading)
            if has:
                yield reading

    def _named(self, notice: Notice, facet: Facet, words: Words, reading: Reading) -> bool:
        named = self._names(notice)[reading.sentence.start].get(_scheme(facet), ())
        return any(self._tells(facet, word, named) for word in words)

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


def _scheme(facet: Facet) -> Facet:
    return Facet.COUNTRY if facet is Facet.TRANSFER else facet.scheme


def _by_facet(reading: Reading) -> Mapping[Facet, tuple[str, ...]]:
    """The words that a sentence names, with what leads in to it; one stem of several is none."""
    found: dict[Facet, dict[str, None]] = {}
    for word in reading.words:
        if word.how not in (How.HINT, How.UMBRELLA):
            found.setdefault(word.facet, {})[word.word] = None
    return {facet: tuple(words) for facet, words in found.items()}
