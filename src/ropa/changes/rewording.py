"""The texts in force and the quotes whose words are not what they were, and the sentences that say otherwise now."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from ropa.case import Case
from ropa.changes.alignment import NEAREST, Alignment, Pair, align, alike
from ropa.changes.said_then import (
    Pairs,
    paired,
    same_at_the_same_id,
    same_claim,
    same_id,
    same_in_the_same_words,
    same_meaning,
    speaking,
)
from ropa.changes.turns import turned
from ropa.location import Location
from ropa.reading.memo import Readings
from ropa.reading.said import Reading
from ropa.register.model import Notice, Statement
from ropa.saying import phrases
from ropa.saying.edits import Edit
from ropa.seen.text import NoticeText, Sentence, fold_text


class Turned(Struct, frozen=True):
    """A sentence that says otherwise than it did: its words then and now, what turned, and what rests on it.

    `at` is where it stands now. What leads in to it is among its words where that is what changed. `flows` are
    those whose verdicts cite a statement that quotes it, before or now.
    """

    notice: str
    name: str
    at: Location
    before: str
    after: str
    edits: tuple[Edit, ...]
    statements: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()


class Requoted(Struct, frozen=True):
    """A statement that quotes other words than it did."""

    id: str
    name: str
    at: Location
    before: str
    after: str


class Reworded(Struct, frozen=True):
    """A notice whose text has other words, besides the sentences that turned and the quotes that changed.

    `moved` counts the sentences that stand as they were, under another heading or lead-in. Where nothing is counted,
    they stand in another order.
    """

    notice: str
    name: str
    at: Location
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    moved: int = 0

    @property
    def counted(self) -> bool:
        """Whether anything but the order is otherwise."""
        return bool(self.added or self.gone or self.changed or self.moved)

    @property
    def in_words(self) -> str:
        """How many sentences came, went, changed and moved."""
        if not self.counted:
            return "the same sentences in another order"
        counts = {
            "changed": len(self.changed),
            "gone": len(self.gone),
            "added": len(self.added),
            "moved": self.moved,
        }
        said = [f"{number} {how}" for how, number in counts.items() if number]
        total = sum(counts.values())
        return f"{phrases.several(said)} ({phrases.count(total, 'sentence')})"


class Rewording(Struct, frozen=True):
    """What is worded otherwise in what is in force: what turned first."""

    turned: tuple[Turned, ...] = ()
    quotes: tuple[Requoted, ...] = ()
    texts: tuple[Reworded, ...] = ()

    def __bool__(self) -> bool:
        return any((self.turned, self.quotes, self.texts))


def rewording(old: Case, new: Case) -> Rewording:
    """How the notices in force on one side, and their statements, are worded on the other."""
    pairs = _statements(old, new)
    quotes = tuple(_requoted(pairs))
    turns, texts = list[Turned](), list[Reworded]()
    for before, after in _notices(old, new):
        same = ((a, b) for a, b in pairs if (a.notice.id, b.notice.id) == (before.id, after.id))
        known = tuple((a.statement, b.statement) for a, b in same)
        compared = _Versions(_Side(old, before), _Side(new, after), known)
        if compared.differs:
            turns += compared.turned
            texts += compared.reworded
    turns.sort(key=lambda turn: not turn.flows)
    return Rewording(tuple(turns), quotes, tuple(texts))


def _statements(old: Case, new: Case) -> Pairs:
    """The statements of both sides that are the same: by what they say, and else by an id whose words are alike."""
    ways = (same_in_the_same_words, same_at_the_same_id, same_meaning, same_claim)
    pairs, gone, come = paired(speaking(old), speaking(new), ways)
    by_id, _, _ = paired(gone, come, (same_id,))
    near = (alike(a.statement.quote, b.statement.quote) >= NEAREST for a, b in by_id)
    return pairs + [pair for pair, is_near in zip(by_id, near, strict=True) if is_near]


def _requoted(pairs: Pairs) -> Iterator[Requoted]:
    for before, after in pairs:
        old, new = before.statement, after.statement
        if _otherwise(old, new):
            yield Requoted(new.id, after.notice.name, new.origin.location, old.quote, new.quote)


def _notices(old: Case, new: Case) -> Iterator[tuple[Notice, Notice]]:
    """The notices in force on both sides; one that took the place of another at the same address, with that."""
    before, after = ({n.id: n for n in case.coverage.voices.notices} for case in (old, new))
    replaced = {n.url: n for n in before.values() if n.url and n.id not in after}
    for notice in after.values():
        was = before.get(notice.id) or replaced.get(notice.url)
        if was:
            yield was, notice


class _Side(Struct, frozen=True, eq=False, dict=True):
    """A notice on one side. One that has no text has no sentences."""

    case: Case
    notice: Notice

    @cached_property
    def text(self) -> NoticeText | None:
        """Its text, where there is one."""
        return self.case.text_of(self.notice)

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """Its sentences in their order."""
        return self.text.sentences() if self.text else ()

    def reading(self, sentence: Sentence) -> Reading:
        """What one of its sentences says."""
        return self._readings.of(sentence) if self._readings else Reading(sentence, grammar=False)

    def seen(self, sentence: Sentence) -> str:
        """A sentence as a reader sees it."""
        return self.text.seen(sentence.start, sentence.end) if self.text else sentence.text

    def at(self, sentence: Sentence) -> Location:
        """Where a sentence stands."""
        return self.text.location(sentence) if self.text else self.notice.origin.location

    def quoted(self, statement: Statement) -> Sequence[Sentence]:
        """The sentences that a quote stands in."""
        if self.text is None or statement.quoted is None:
            return ()
        start, end = self.text.span(statement.quoted)
        first = max(0, bisect_right(self._starts, start) - 1)
        near = self.sentences[first : bisect_left(self._starts, end)]
        return [sentence for sentence in near if start < sentence.end]

    def quoting(self, sentence: Sentence) -> Sequence[Statement]:
        """The statements that quote a sentence."""
        return self._quoting.get(sentence.start, ())

    def resting(self, sentence: Sentence) -> Iterator[str]:
        """The flows whose verdicts cite a statement that quotes a sentence."""
        for statement in self.quoting(sentence):
            yield from self._citing.get(statement.id, ())

    @cached_property
    def _readings(self) -> Readings | None:
        return self.case.proved.read(self.notice)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _quoting(self) -> Mapping[int, list[Statement]]:
        found: dict[int, list[Statement]] = {}
        for statement in self.notice.statements:
            for sentence in self.quoted(statement):
                found.setdefault(sentence.start, []).append(statement)
        return found

    @cached_property
    def _citing(self) -> Mapping[str, list[str]]:
        citing: dict[str, list[str]] = {}
        for told in self.case.coverage.flows:
            for id_ in {s.id for j in told.judgements for s in (*j.told_by, *j.against)}:
                citing.setdefault(id_, []).append(told.flow.id)
        return citing


class _Versions(Struct, frozen=True, eq=False, dict=True):
    """The texts of a notice on both sides, and its statements that are the same."""

    old: _Side
    new: _Side
    pairs: tuple[tuple[Statement, Statement], ...]

    @property
    def differs(self) -> bool:
        """Whether any word of the text is another."""
        before, after = (side.text.folded if side.text else "" for side in (self.old, self.new))
        return before != after

    @property
    def turned(self) -> Iterator[Turned]:
        """The sentences whose reading turned."""
        return (turn for turn in self._turns if turn)

    @property
    def reworded(self) -> Iterator[Reworded]:
        """What else is worded otherwise, if anything is."""
        notice, aligned = self.new.notice, self._aligned
        both = zip(aligned.pairs, self._turns, strict=True)
        rest = [pair for pair, turn in both if not turn and not self._requoted(pair)]
        found = Reworded(
            notice.id,
            notice.name,
            notice.origin.location,
            tuple(map(self.new.seen, aligned.added)),
            tuple(map(self.old.seen, aligned.gone)),
            tuple((self.old.seen(a), self.new.seen(b)) for a, b in rest if a.text != b.text),
            sum(map(self._moved, rest)),
        )
        if found.counted or len(rest) == len(aligned.pairs):
            yield found

    @cached_property
    def _turns(self) -> tuple[Turned | None, ...]:
        return tuple(map(self._turn, self._aligned.pairs))

    def _turn(self, pair: Pair) -> Turned | None:
        edits = turned(
            (self.old.case.register, self.new.case.register),
            self.old.reading(pair.old),
            self.new.reading(pair.new),
        )
        if not edits:
            return None
        both = (self.old, pair.old), (self.new, pair.new)
        return Turned(
            self.new.notice.id,
            self.new.notice.name,
            self.new.at(pair.new),
            *self._shown(pair),
            edits,
            tuple(dict.fromkeys(s.id for side, sentence in both for s in side.quoting(sentence))),
            tuple(dict.fromkeys(f for side, sentence in both for f in side.resting(sentence))),
        )

    def _shown(self, pair: Pair) -> tuple[str, str]:
        """The words of a sentence then and now, with what leads in to it where that is otherwise."""
        before, after = self.old.seen(pair.old), self.new.seen(pair.new)
        if pair.old.lead != pair.new.lead:
            return f"{pair.old.lead} {before}".strip(), f"{pair.new.lead} {after}".strip()
        if pair.old.text == pair.new.text:
            return f"{pair.old.heading}: {before}", f"{pair.new.heading}: {after}"
        return before, after

    def _moved(self, pair: Pair) -> bool:
        """Whether a sentence stands elsewhere, under a heading or lead-in that was there before."""
        place = pair.new.heading, pair.new.lead
        return place != (pair.old.heading, pair.old.lead) and place in self._places

    @cached_property
    def _places(self) -> frozenset[tuple[str, str]]:
        return frozenset((s.heading, s.lead) for s in self.old.sentences)

    @cached_property
    def _aligned(self) -> Alignment:
        return align(self.old.sentences, self.new.sentences, self._known())

    def _known(self) -> Iterator[tuple[Sentence, Sentence]]:
        """The first sentences that the same statement quotes on both sides."""
        for before, after in self.pairs:
            was, now = self.old.quoted(before), self.new.quoted(after)
            if was and now:
                yield was[0], now[0]

    def _requoted(self, pair: Pair) -> bool:
        """Whether its words are said already to be those of a quote that changed."""
        return any(statement.id in self._changed for statement in self.new.quoting(pair.new))

    @cached_property
    def _changed(self) -> frozenset[str]:
        return frozenset(new.id for old, new in self.pairs if _otherwise(old, new))


def _otherwise(old: Statement, new: Statement) -> bool:
    return fold_text(old.quote) != fold_text(new.quote)
