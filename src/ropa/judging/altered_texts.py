"""Whether the check can fail on the other side: words of the texts are altered, and a statement has to notice.

A quote follows its words, since one that does not is missed at once. Only the altered sentence is read again, and
held against the statements that quote it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from ropa.judging.coverage import Coverage
from ropa.judging.evidence import Proof, Proofs
from ropa.judging.gainsaid import ALIKE
from ropa.reading.alterations import AlteredSentence, Altering, alterations
from ropa.reading.said import Reading
from ropa.reading.sentence import read
from ropa.register.model import Claim, Notice, Statement
from ropa.saying.edits import marked
from ropa.seen.text import Sentence


class AlteredText(Struct, frozen=True):
    """A quoted sentence that was altered: its words, what it became, and whether a statement that quotes it noticed.

    It is noticed where a statement becomes void, or a finding says that its words stand elsewhere.
    """

    how: Altering
    notice: str
    before: str
    after: str
    statements: tuple[Statement, ...]
    noticed: bool

    @property
    def marked(self) -> str:
        """What it became, the words in brackets that are new."""
        return marked(self.before, self.after)[1]


class AlteredTexts(Struct, frozen=True):
    """What came of altering each quoted sentence in each way that its grammar allows."""

    trials: tuple[AlteredText, ...] = ()

    @property
    def noticed(self) -> int:
        """How many alterations were noticed."""
        return sum(trial.noticed for trial in self.trials)

    @property
    def rate(self) -> float:
        """The share of the alterations that were noticed, from 0 to 1; 0 where there is none."""
        return self.noticed / len(self.trials) if self.trials else 0.0

    @property
    def kinds(self) -> Mapping[Altering, tuple[int, int]]:
        """How many alterations of each kind were noticed, and how many there were."""
        noticed = Counter(trial.how for trial in self.trials if trial.noticed)
        made = Counter(trial.how for trial in self.trials)
        return {how: (noticed[how], made[how]) for how in Altering}

    @property
    def unnoticed(self) -> tuple[AlteredText, ...]:
        """The alterations that nothing noticed."""
        return tuple(trial for trial in self.trials if not trial.noticed)


def altered_texts(coverage: Coverage) -> AlteredTexts:
    """Alter the quoted sentences of the notices in force, and see whether a statement notices."""
    if coverage.proofs is None:
        return AlteredTexts()
    bench = _TextBench(coverage, coverage.proofs)
    return AlteredTexts(tuple(t for n in coverage.voices.notices for t in bench.trials(n)))


_Quoted = tuple[Proof, Reading]


class _TextBench(Struct, frozen=True, eq=False, dict=True):
    """The statements with what their words prove of them as they are."""

    coverage: Coverage
    proofs: Proofs

    def trials(self, notice: Notice) -> Iterator[AlteredText]:
        """The alterations of one notice, sentence by sentence."""
        for quoting in self._quoting(notice).values():
            reading = quoting[0][1]
            made: dict[Sentence, AlteredSentence] = {}
            for proof, _ in quoting:
                wanted = ALIKE[proof.statement.claim]
                for altered in alterations(reading, wanted, self._names):
                    made.setdefault(altered.sentence, altered)
            for altered in made.values():
                yield self._trial(notice, [proof for proof, _ in quoting], reading, altered)

    def _quoting(self, notice: Notice) -> Mapping[int, list[_Quoted]]:
        """The statements that their words bear out, by where the sentences that they quote begin.

        What informs of an item is left out: it is looked for, and not read.
        """
        found: dict[int, list[_Quoted]] = {}
        for statement in notice.statements:
            proof = self.proofs.of(statement)
            if statement.claim is not Claim.INFORMS and not proof.faulty:
                for reading in proof.readings:
                    found.setdefault(reading.sentence.start, []).append((proof, reading))
        return found

    def _trial(
        self, notice: Notice, quoting: list[Proof], reading: Reading, altered: AlteredSentence
    ) -> AlteredText:
        readings = self.proofs.read(notice)
        again = read(altered.sentence, readings.known) if readings else reading
        return AlteredText(
            altered.how,
            notice.id,
            _shown(reading.sentence, altered.sentence),
            _shown(altered.sentence, reading.sentence),
            tuple(proof.statement for proof in quoting),
            any(self._notices(proof, reading, again) for proof in quoting),
        )

    def _notices(self, proof: Proof, before: Reading, after: Reading) -> bool:
        """Whether a statement is void with the altered sentence, or its words are said to stand elsewhere."""
        readings = tuple(after if reading == before else reading for reading in proof.readings)
        again = self.proofs.against(proof.statement, readings)
        if again.faulty:
            return True
        return self.proofs.elsewhere(again) is not None and self.proofs.elsewhere(proof) is None

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The parties that have a name of their own."""
        parties = self.coverage.register.parties.values()
        return {party.id: party.name for party in parties if party.type != "category"}


def _shown(sentence: Sentence, other: Sentence) -> str:
    """A sentence, with what leads in to it where that was altered."""
    return sentence.text if sentence.lead == other.lead else f"{sentence.lead} {sentence.text}"
