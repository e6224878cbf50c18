"""What becomes of what a true statement tells, once the statement is taken out, and then its sentence as well; counted.

For each recipient, category of data and period that a true statement states, a register is made that has just that, so
that the verdict on it is asked for. The statement is taken out; the words of its notice stay.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.flows.flow import Flow
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Coverage, coverage
from ropa.judging.evidence import Proofs
from ropa.judging.judgement import Judgement, Settings
from ropa.judging.verdict import Verdict
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Notice, Register, Statement
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText, Sentence
from statement_sets import REGISTER, TEXT, StatementSet

DAY = date(2026, 11, 30)
ASKED = {"to": Facet.RECIPIENT, "data": Facet.DATA, "period": Facet.RETENTION}


class Taken(Struct, frozen=True):
    """One value that a statement tells, and what became of it: a verdict, and whether a sentence that told it is named.

    `without_sentence` is the verdict without these sentences, and `elsewhere` says that another has the very word.
    """

    facet: Facet
    verdict: Verdict
    right: bool
    shown: int
    without_sentence: Verdict | None
    elsewhere: bool


class Bench(Struct, frozen=True, dict=True):
    """One set of true statements, with an activity for each value that one of them tells."""

    of: StatementSet

    @cached_property
    def text(self) -> NoticeText:
        return notice_of_text(SourceFile(TEXT, self.of.text))

    @cached_property
    def asked(self) -> tuple[tuple[int, str, str], ...]:
        """The number of a statement, the key, and the word or period it states there."""
        return tuple(_asked(self.of))

    @cached_property
    def register(self) -> Register:
        documents = "\n---\n".join(
            [self.of.register, *map(yaml.safe_dump, map(self._activity, range(len(self.asked))))]
        )
        texts = {(REGISTER, TEXT): self.text}
        return build(tuple(parse(SourceFile(REGISTER, documents))), texts, terms=shipped_terms())

    def _activity(self, number: int) -> dict[str, Any]:
        _, key, value = self.asked[number]
        statement = self.of.statements[self.asked[number][0]]
        claim = next(claim for claim in CLAIMS if claim in statement)
        body = statement[claim] if isinstance(statement[claim], dict) else {}
        activity: dict[str, Any] = {
            "kind": "activity",
            "id": f"a{number}",
            "name": "Asked",
            "subjects": self.of.heading["audience"],
            "data": value if key == "data" else body.get("data", "name"),
            "purposes": body.get("purposes", "any-purpose"),
            "basis": {"article_6": "e"},
        }
        if key == "to":
            activity["disclosures"] = [{"to": value}]
        elif key == "data":
            activity["sources"] = ["anyone"]
        else:
            activity["retention"] = {"period": value}
        return activity

    def taken(self) -> Iterator[Taken]:
        """What becomes of each value without the statement that tells it, and without all others that tell it."""
        for number, (which, key, _) in enumerate(self.asked):
            statement = self._notice.statements[which]
            gone, found = self._untold(number, ASKED[key], statement)
            quoted = self._sentences(gone)
            if found is None or not quoted:
                continue
            named = [sentence.sentence.start for sentence in found.sentences]
            yield Taken(
                ASKED[key],
                found.verdict,
                any(sentence.start in named for sentence in quoted),
                len(named),
                *self._without(number, ASKED[key], quoted),
            )

    def _untold(
        self, number: int, facet: Facet, statement: Statement
    ) -> tuple[list[Statement], Judgement | None]:
        """The statements to take out, so that none tells it any more, and the verdict then."""
        gone = [statement]
        for _ in range(MOST_TELLING):
            found = self._judged(number, facet, gone, self.text)
            if found is None or found.verdict in (Verdict.OMITTED, Verdict.UNTIED):
                return gone, found
            gone += [s for s in self._notice.statements if s.id in _ids(found)]
        return gone, None

    def _sentences(self, statements: list[Statement]) -> list[Sentence]:
        """The sentences that some statements quote."""
        proofs = Proofs(self.register, {(REGISTER, TEXT): self.text})
        found = {r.sentence.start: r.sentence for s in statements for r in proofs.of(s).readings}
        return list(found.values())

    def _without(
        self, number: int, facet: Facet, quoted: list[Sentence]
    ) -> tuple[Verdict | None, bool]:
        """The verdict where the sentences are taken out of the text too, with all that is quoted from them."""
        text = self.of.text
        for sentence in sorted(quoted, key=lambda s: -s.start):
            at = self.text.at(sentence.start, sentence.end)
            start, end = (
                self.text.lines[line - 1] + column - 1
                for line, column in ((at.line, at.column), (at.end_line, at.end_column))
            )
            text = text[:start] + text[end:]
        gone = [
            s
            for s in self._notice.statements
            if s.quoted
            and any(
                q.start < self.text.span(s.quoted)[1] and self.text.span(s.quoted)[0] < q.end
                for q in quoted
            )
        ]
        seen = notice_of_text(SourceFile(TEXT, text))
        found = self._judged(number, facet, gone, seen)
        if found is None:
            return None, False
        value = self.asked[number][2]
        has = any(
            value in (*words, *s.sources) for s in found.sentences for words in s.words.values()
        )
        return found.verdict, has and found.verdict is Verdict.UNTIED

    def _judged(
        self, number: int, facet: Facet, gone: list[Statement], text: NoticeText
    ) -> Judgement | None:
        names = {statement.id for statement in gone}
        notice = self._notice
        kept = tuple(
            s if text is self.text else replace(s, quoted=text.quoted(s.quote))
            for s in notice.statements
            if s.id not in names
        )
        register = replace(
            self.register,
            notices={notice.id: replace(notice, statements=kept)},
            activities={f"a{number}": self.register.activities[f"a{number}"]},
        )
        return _verdict(
            coverage(
                flow_graph(register), Settings(DAY), Proofs(register, {(REGISTER, TEXT): text})
            ),
            facet,
        )

    @property
    def _notice(self) -> Notice:
        return next(iter(self.register.notices.values()))

    def still_speaking(self) -> int:
        """How many sentences speak in words that no statement has, where all true statements are written."""
        found = coverage(
            flow_graph(self.register),
            Settings(DAY),
            Proofs(self.register, {(REGISTER, TEXT): self.text}),
        )
        assert found.sentences is not None
        return sum(sentence.news for sentence in found.sentences.of(self._notice))


CLAIMS = ("collects", "uses", "keeps", "discloses", "transfers")


def _asked(of: StatementSet) -> Iterator[tuple[int, str, str]]:
    short = {"discloses": "to", "collects": "data"}
    for number, statement in enumerate(of.statements):
        claim = next((claim for claim in CLAIMS if claim in statement), "")
        if not claim or "never" in statement:
            continue
        body = statement[claim]
        if not isinstance(body, dict):
            body = {short[claim]: body} if claim in short else {}
        for key in ("to", "data", "period"):
            if key == "to" and "by" in body:
                continue
            values = body.get(key, ())
            yield from (
                (number, key, value)
                for value in ([values] if isinstance(values, str) else values)
                if value not in ("anyone", "third-party", "personal-data")
            )


MOST_TELLING = 4
"""How often statements are taken out that tell it as well, before it is given up."""


def _ids(found: Judgement) -> set[str]:
    return {statement.id for statement in (*found.told_by, *found.against)}


def _verdict(found: Coverage, facet: Facet) -> Judgement | None:
    of_facet = (j for told in found.flows if _asks(told.flow, facet) for j in told.judgements)
    return next((j for j in of_facet if j.facet is facet), None)


def _asks(flow: Flow, facet: Facet) -> bool:
    return (
        str(flow.action) == {"recipient": "disclose", "data": "collect", "retention": "keep"}[facet]
    )


def counted(found: Iterator[Taken]) -> dict[Facet, Counter[str]]:
    """Per facet: how many, untied with the right sentence, untied at all, omitted once the sentence is gone."""
    counts: dict[Facet, Counter[str]] = {}
    for one in found:
        count = counts.setdefault(one.facet, Counter())
        count["all"] += 1
        count["right"] += one.right and one.verdict is Verdict.UNTIED
        count["untied"] += one.verdict is Verdict.UNTIED
        count["most shown"] = max(count["most shown"], one.shown)
        if one.without_sentence is not None:
            count["gone"] += 1
            count["omitted"] += one.without_sentence is Verdict.OMITTED
            count["named elsewhere"] += one.elsewhere
    return counts


def add(counts: Iterable[dict[Facet, Counter[str]]]) -> dict[Facet, Counter[str]]:
    """The counts of several sets together; of the sentences that are shown, the most."""
    found: dict[Facet, Counter[str]] = {}
    for of_set in counts:
        for facet, count in of_set.items():
            whole = found.setdefault(facet, Counter())
            most = max(whole["most shown"], count["most shown"])
            whole.update(count)
            whole["most shown"] = most
    return found
