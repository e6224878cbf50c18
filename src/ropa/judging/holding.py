"""Which verdicts still hold at a later moment: those on flows in which nothing that changed has a part.

A statement that changed has a part in the flows that it meets, and in no other. What nobody has tied has one in the
flows that are not told in full to those who get it. Where words are called otherwise, or are there that were not, every
sentence was read anew, and what it says is held against what it said; nothing holds of a flow whose own words stand
for something else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ropa.flows.flow import AXES, DATA, SUBJECT, Flow
from ropa.judging.evidence import Proofs, known_alike, named_alike
from ropa.judging.judge import Judge
from ropa.judging.judgement import Judgement, Settings
from ropa.judging.memory import Whole
from ropa.judging.statements import Spoken, Voices
from ropa.judging.untied import Sentences, UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.register.model import Action, Register, Statement, Words
from ropa.register.vocabulary import NONE_MOVED, Facet, moved

T = TypeVar("T")


class Hearing(Struct, frozen=True, eq=False, dict=True):
    """All that the flows of one moment are held against."""

    register: Register
    settings: Settings
    voices: Voices
    proofs: Proofs | None
    sentences: Sentences | None

    @cached_property
    def judge(self) -> Judge:
        """Judges by it."""
        return Judge(self.register, self.voices, self.settings, self.sentences)

    def bears_on(self, spoken: Spoken) -> tuple[object, ...]:
        """All of a statement that verdicts depend on, wherever it stands."""
        statement = spoken.statement
        proof = self.proofs.of(statement) if self.proofs else None
        proved = proof and (
            bool(proof.readings),
            proof.deed,
            proof.rests,
            proof.kept_of,
            [(one.key, one.words, one.said, one.lifted) for one in proof.stated],
        )
        least = self.proofs and self.proofs.least(statement, self.settings.least)
        said = [getattr(statement, name) for name in _JUDGED]
        return (said, [getattr(spoken, name) for name in _HEARD], proved, least)


_PLACE = frozenset({"id", "quote", "quoted", "origin", "read_as", "accepted", "proposed_by"})
"""What says of a statement where it stands, and who brought it; what a person reads in it is in its proof."""
_JUDGED = tuple(name for name in Statement.__struct_fields__ if name not in _PLACE)
_HEARD = tuple(n for n in Spoken.__struct_fields__ if n not in {"statement", "telling"})
_TIED = tuple(n for n in UntiedSentence.__struct_fields__ if n not in {"notice", "reading"})


class Holding:
    """The verdicts of one moment that hold at another."""

    def __init__(self, was: Hearing, now: Hearing) -> None:
        self.was, self.now = was, now
        self.named_alike = named_alike(was.register, now.register)
        self.moved = moved(now.register.vocabulary, was.register.vocabulary)
        before, after = was.voices.spoken, now.voices.spoken
        first, last = _unchanged(before, after, self._alike)
        self.gone = before[first : len(before) - last]
        self.new = after[first : len(after) - last]
        pairs = (*_ends(before, first, last), *_ends(after, first, last))
        half = len(pairs) // 2
        self._moved = {
            id(old.statement): new.statement
            for old, new in zip(pairs[:half], pairs[half:], strict=True)
            if old.statement is not new.statement
        }
        self._renewed: dict[int, tuple[Judgement, Judgement]] = {}
        self.comparable = self._comparable()

    def _comparable(self) -> bool:
        """Whether flows of the two moments may have the same verdicts at all."""
        was, now = self.was, self.now
        spoken = (was.voices, now.voices)
        same = (
            was.settings == now.settings
            and was.voices.noticed == now.voices.noticed
            and (was.sentences is None) is (now.sentences is None)
            and (self.named_alike or known_alike(was.register, now.register))
            and self.moved is not None
        )
        one_language = not any(voices.views for voices in spoken)
        return same and (one_language or _very_same(was.voices.notices, now.voices.notices))

    def _alike(self, old: Spoken, new: Spoken) -> bool:
        return self.was.bears_on(old) == self.now.bears_on(new)

    def told(self, flow: Flow, whole: Whole) -> Whole | None:
        """The judgements on a flow of then, where they hold: with the statements as they stand now."""
        judgements, verdict = whole
        if not self.named_alike and self._is_named_anew(flow):
            return None
        clear = verdict is Verdict.CLEAR
        changed = self._changed.get(flow.action, ())
        if changed and not self._stays(flow, changed, clear=clear):
            return None
        if not clear and self._stirred and self._people(flow) & self._stirred:
            return None
        if not self._moved and (clear or not self._sentences):
            return whole  # where all is told, nothing waits for a sentence
        return tuple([self._as_it_stands(judgement) for judgement in judgements]), verdict

    def _is_named_anew(self, flow: Flow) -> bool:
        """Whether words of a flow stand for something else, or are looked up by their names when it is judged."""
        if any(condition.kind == "consent" and condition.name for condition in flow.conditions):
            return True
        if not self.moved:
            return False
        about = (*enumerate(flow.box), *((DATA, entry.data) for entry in flow.retention))
        return any(self._otherwise[axis][words] for axis, words in (*about, (DATA, flow.indirect)))

    @cached_property
    def _otherwise(self) -> Sequence["_OtherWords"]:
        return [_OtherWords(self._other(axis.scheme)) for axis in AXES]

    def _other(self, facet: Facet) -> frozenset[str]:
        """The words of a facet that stand for something else than they did."""
        return (self.moved or NONE_MOVED).get(facet, frozenset())

    def _as_untied(self, old: UntiedSentence, new: UntiedSentence) -> bool:
        """Whether the same is untied of two sentences of the same words, and of words that mean the same."""
        return _as_untied(old, new) and not (
            self.moved
            and any(
                not self._other(facet).isdisjoint(words)
                for named in (new.words, new.beside, {Facet.RECIPIENT: new.sources})
                for facet, words in named.items()
            )
        )

    def _stays(self, flow: Flow, changed: Sequence[Spoken], *, clear: bool) -> bool:
        """Whether no statement that changed meets a flow, nor tells apart what is left of it."""
        judge = self.now.judge
        if any(judge.may_count(flow, spoken) for spoken in changed):
            return False
        return clear or self.was.judge.shape(flow) == judge.shape(flow)

    def _people(self, flow: Flow) -> int:
        return self.now.judge.masks[SUBJECT][flow.box[SUBJECT]]

    @cached_property
    def _changed(self) -> Mapping[Action, list[Spoken]]:
        """The statements that changed, as they were and as they are, by the steps that they speak of."""
        found: dict[Action, list[Spoken]] = {}
        for spoken in (*self.gone, *self.new):
            for action in spoken.statement.actions:
                found.setdefault(action, []).append(spoken)
        return found

    # -- what nobody has tied ------------------------------------------------------------------

    @cached_property
    def _stirred(self) -> int:
        """The people who get a sentence of which something else is tied now than was."""
        people = 0
        for old, new in self._tying:
            first, last = _unchanged(old, new, self._as_untied)
            for sentence in (*old[first : len(old) - last], *new[first : len(new) - last]):
                people |= sentence.reach
        return people

    @cached_property
    def _sentences(self) -> Mapping[int, UntiedSentence]:
        """The sentences that stayed as they were, by what they were in memory."""
        found: dict[int, UntiedSentence] = {}
        for old, new in self._tying:
            ends = _unchanged(old, new, self._as_untied)
            for one, other in zip(_ends(old, *ends), _ends(new, *ends), strict=True):
                found[id(one)] = other
        return found

    @cached_property
    def _tying(
        self,
    ) -> Sequence[tuple[tuple[UntiedSentence, ...], tuple[UntiedSentence, ...]]]:
        """The untied sentences of each notice that is another object now, as they were and as they are."""
        was, now = self.was.sentences, self.now.sentences
        if was is None or now is None:
            return ()
        before = {notice.id: notice for notice in self.was.voices.notices}
        after = {notice.id: notice for notice in self.now.voices.notices}
        return [
            (
                was.of(before[id_]) if id_ in before else (),
                now.of(after[id_]) if id_ in after else (),
            )
            for id_ in dict.fromkeys((*before, *after))
            if not self.named_alike
            or before.get(id_) is not after.get(id_)
            or was.voices.reach[id_] != now.voices.reach[id_]
        ]

    # -- statements and sentences as they stand now ----------------------------------------------

    def _as_it_stands(self, judgement: Judgement) -> Judgement:
        """A judgement of then with what it names as that stands now: one value for all flows that share it."""
        known = self._renewed.get(id(judgement))
        if known is None:
            known = self._renewed[id(judgement)] = judgement, self._renew(judgement)
        return known[1]

    def _renew(self, judgement: Judgement) -> Judgement:
        moved, sentences = self._moved, self._sentences
        if not (
            judgement.told_by or judgement.against or judgement.may_tell or judgement.sentences
        ):
            return judgement
        return replace(
            judgement,
            told_by=tuple([moved.get(id(s), s) for s in judgement.told_by]),
            against=tuple([moved.get(id(s), s) for s in judgement.against]),
            may_tell=tuple([moved.get(id(s), s) for s in judgement.may_tell]),
            sentences=tuple([sentences.get(id(s), s) for s in judgement.sentences]),
        )


class _OtherWords(dict[Words, bool]):
    """Whether some of these words stand for something else, each row of them looked at once."""

    def __init__(self, moved: frozenset[str]) -> None:
        super().__init__()
        self._moved = moved

    def __missing__(self, words: Words) -> bool:
        found = self[words] = not self._moved.isdisjoint(words)
        return found


def _very_same(one: Sequence[object], other: Sequence[object]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def _as_untied(old: UntiedSentence, new: UntiedSentence) -> bool:
    """Whether the same is untied of two sentences of the same words."""
    if old is new:
        return True
    same = old.sentence.text == new.sentence.text and old.sentence.lead == new.sentence.lead
    return same and all(getattr(old, name) == getattr(new, name) for name in _TIED)


def _unchanged(
    before: Sequence[T], after: Sequence[T], alike: Callable[[T, T], bool]
) -> tuple[int, int]:
    """How many of two rows are alike at their beginning, and how many of the rest at their end."""
    most = min(len(before), len(after))
    first = next((i for i in range(most) if not alike(before[i], after[i])), most)
    left = most - first
    last = next((i for i in range(left) if not alike(before[-1 - i], after[-1 - i])), left)
    return first, last


def _ends(row: Sequence[T], first: int, last: int) -> Iterator[T]:
    """The beginning and the end of a row that are as they were."""
    yield from row[:first]
    yield from row[len(row) - last :]
