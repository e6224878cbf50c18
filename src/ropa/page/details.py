"""What the script of the review page is given: each flow in full, in tables that refer to one another by number.

Most of what is said of one flow is said of many, so that everything is written once.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from ropa.diagram.view import Mark
from ropa.findings import Finding
from ropa.flows.flow import RECIPIENT, SUBJECT, Flow
from ropa.judging.gaps import place
from ropa.judging.judgement import Judgement
from ropa.judging.reasons import how_it_rests, marked, marks_proving
from ropa.judging.untied import UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.page.review import MARKS, FlowRow, Review
from ropa.register.model import Action, Evidence, Statement
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.why import derive, missing, spared

MOST_DERIVED = 100
"""Of so many flows the page has the whole derivation."""


def details(review: Review) -> Mapping[str, Any]:
    """The tables.

    A flow is its id, activity, groups, recipient (-1 for none), basis, place, notices, facets, the mark it has for each
    group, where that is not the same for all, and how its verdict came about; a facet is its name, verdict, how, the
    statements that tell it and that go against it, what is missing, what it lacks, the sentences that would close it,
    the findings about it, the promises that an exception keeps from going against it, each with that exception, the
    sentences that nobody has tied, what its verdict rests on, and for each statement that tells it the number of its
    proof: what that rests on, and its sentence in stretches, each with whether it proves what is told.
    """
    return _Details(review).made()


def _proved(facet: Facet) -> bool:
    """Whether words of a sentence prove it: who is told, and that no promise is broken, they do not."""
    return facet not in (Facet.SUBJECT, Facet.PROMISE)


def _untied(sentence: UntiedSentence) -> str:
    return f"“{sentence.sentence.text}” ({sentence.notice.name})"


class _DetailsTable:
    """Things that are written once, and their numbers."""

    def __init__(self, write: Callable[[Any], Any] = lambda key: key) -> None:
        self.write = write
        self.numbers: dict[Any, int] = {}
        self.rows: list[Any] = []

    def number(self, key: Any) -> int:
        """The number of a thing."""
        known = self.numbers.get(key)
        if known is None:
            known = self.numbers[key] = len(self.rows)
            self.rows.append(self.write(key))
        return known


class _Details:
    def __init__(self, review: Review) -> None:
        self.review = review
        self.case = case = review.case
        words = case.register.vocabulary
        subjects, recipients = words[Facet.SUBJECT], words[Facet.RECIPIENT]
        self.activities = _DetailsTable(lambda id_: [id_, case.register.activities[id_].name])
        self.subjects = _DetailsTable(lambda id_: [id_, subjects.label(id_)])
        self.recipients = _DetailsTable(lambda id_: [id_, recipients.label(id_)])
        self.texts = _DetailsTable()
        self.facets = _DetailsTable(list)
        self.derived = 0
        self.at_home = replace(
            self.case, root="."
        )  # wherever the folder stands, the page is the same
        self.findings = _DetailsTable(self._finding)
        self.proofs = _DetailsTable(self._proof)
        self.found: dict[tuple[str, str], list[Finding]] = {}
        for finding in review.report.findings:
            self.found.setdefault((finding.problem.where, finding.problem.facet), []).append(
                finding
            )
        self.leads = dict(self._echoes())
        self.sentences: dict[tuple[str, Facet], list[int]] = {}
        for number, sentence in enumerate(review.sentences):
            for gap in (*sentence.closes, *sentence.helps):
                self.sentences.setdefault(gap, []).append(number)

    def _echoes(self) -> Iterator[tuple[tuple[str, str], str]]:
        """The flow whose finding stands for the same gap of another flow."""
        for facet in {j.facet for told in self.case.coverage.flows for j in told.judgements}:
            for verdict in Verdict:
                if verdict is not Verdict.CLEAR:
                    for gap in self.case.gaps(facet, verdict):
                        for echo in gap.echoes:
                            yield (echo, str(facet)), gap.flow.id

    def made(self) -> Mapping[str, Any]:
        flows = [self._flow(row) for row in self.review.rows]
        notices = [[p.notice.id, p.notice.name] for p in self.review.pages]
        numbers = {id_: n for n, (id_, _) in enumerate(notices)}
        return {
            "flows": flows,
            "facets": self.facets.rows,
            "texts": self.texts.rows,
            "activities": self.activities.rows,
            "subjects": self.subjects.rows,
            "recipients": self.recipients.rows,
            "findings": self.findings.rows,
            "proofs": self.proofs.rows,
            "plainly": {str(verdict): verdict.plainly for verdict in Verdict},
            "asked": {str(facet): phrases.capital(said) for facet, said in phrases.FACETS.items()},
            "marks": [[mark.word, mark.glyph, mark.meaning] for mark in MARKS],
            "notices": notices,
            "statements": [
                [s.id, numbers[s.notice], s.quote, self._place(s), self.review.kind([s])]
                for s in self.review.statements
            ],
            "sentences": [[s.wording, s.notice.name, s.caution] for s in self.review.sentences],
        }

    def _flow(self, row: FlowRow) -> list[Any]:
        flow, case = row.flow, self.case
        told = case.coverage.by_id.get(flow.id)
        recipients = flow.box[RECIPIENT]
        return [
            flow.id,
            self.activities.number(flow.activity),
            [self.subjects.number(word) for word in flow.box[SUBJECT]],
            self.recipients.number(recipients[0]) if recipients else -1,
            self.texts.number(self._basis(flow)),
            str(flow.origin.location),
            self.texts.number(self._reaching(flow)),
            [self._facet(flow, j) for j in told.judgements] if told else [],
            self._marks(row),
            self._derivation(row),
        ]

    def _derivation(self, row: FlowRow) -> str:
        """How its verdict came about, of the first flows that are not told; the command has that of the others."""
        if row.mark in (Mark.TOLD, Mark.NOT_OURS) or self.derived >= MOST_DERIVED:
            return ""
        self.derived += 1
        return derive(self.at_home, row.flow.id)

    def _marks(self, row: FlowRow) -> list[int]:
        marks = tuple(self.review.marks(row).values())
        return [] if set(marks) == {row.mark} else [MARKS.index(mark) for mark in marks]

    @staticmethod
    def _basis(flow: Flow) -> str:
        if flow.action is Action.ONWARD and not flow.basis:
            return "not ours to record: those who pass it on need one of their own"
        return phrases.basis(flow.basis)

    def _reaching(self, flow: Flow) -> tuple[str, ...]:
        """The notices that the people of a flow get."""
        voices = self.case.coverage.voices
        people = self.case.register.vocabulary[Facet.SUBJECT].union(flow.box[SUBJECT])
        return tuple(n.id for n in voices.notices if voices.reach[n.id] & people)

    def _facet(self, flow: Flow, judgement: Judgement) -> int:
        number, texts = self.review.statements, self.texts
        clear = judgement.verdict is Verdict.CLEAR
        facet = str(judgement.facet)
        lead = self.leads.get((flow.id, facet), flow.id)
        return self.facets.number(
            (
                facet,
                str(judgement.verdict),
                judgement.how,
                tuple(number[s] for s in judgement.told_by),
                tuple(number[s] for s in judgement.against),
                -1 if clear else texts.number(missing(self.case, flow, judgement)),
                judgement.lacks,
                () if clear else tuple(self.sentences.get((flow.id, judgement.facet), ())),
                ()
                if clear
                else tuple(self.findings.number(f) for f in self.found.get((lead, facet), ())),
                tuple((number[s], met) for s, met in spared(self.case, flow))
                if judgement.facet is Facet.PROMISE
                else (),
                tuple(texts.number(_untied(s)) for s in judgement.sentences)
                if judgement.untied
                else (),
                str(judgement.evidence) if _proved(judgement.facet) and judgement.told_by else "",
                tuple(self._proof_of(s, judgement.facet) for s in judgement.told_by),
            )
        )

    def _proof_of(self, statement: Statement, facet: Facet) -> int:
        """The number of what the words of a statement prove of a facet; -1 where no words could."""
        if not _proved(facet) or statement.evidence is not Evidence.FOUND:
            return -1
        return self.proofs.number((statement, facet))

    def _proof(self, key: tuple[Statement, Facet]) -> list[Any]:
        statement, facet = key
        proof = self.case.proved.of(statement)
        shown = marked(proof, facet) if marks_proving(proof, facet) else ()
        return [how_it_rests(proof, facet), [[s.text, int(s.proves)] for s in shown]]

    @staticmethod
    def _finding(finding: Finding) -> list[Any]:
        exempted = f"the exception of {finding.exempted_by}" if finding.exempted_by else ""
        accepted = f"waiver {finding.waived_by}" if finding.waived_by else exempted
        return [
            finding.id,
            str(finding.rule.severity),
            finding.problem.message,
            finding.problem.hint,
            accepted or ("the baseline" if finding.known else ""),
        ]

    def _place(self, statement: Statement) -> str:
        at = place(statement)
        part = self.case.part(at)
        return f"{at.path}, {part}" if part else str(at)
