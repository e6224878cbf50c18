"""What rules look at: everything about a register and its notices on one day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from ropa.accepting.acceptance import Acceptance
from ropa.accepting.signatures import Signatures
from ropa.accepting.trust import Trust
from ropa.documents.document import Document, Origin, SourceFile
from ropa.documents.passed_over import PassedOver
from ropa.documents.remains import NOWHERE_KNOWN, lost_places
from ropa.findings import Problem
from ropa.flows.flow import AXES, COUNTRY, SUBJECT, Flow
from ropa.flows.graph import FlowGraph
from ropa.judging.coverage import Coverage, Settings
from ropa.judging.denials import Denial
from ropa.judging.evidence import Proof, Proofs
from ropa.judging.gaps import Gap, Gaps, place
from ropa.judging.judgement import Judgement, Untied
from ropa.judging.ledger import Ledger, entry_of
from ropa.judging.mentions import Mention
from ropa.judging.statements import Voices
from ropa.judging.untied import ReadingIn, UntiedSentence
from ropa.judging.verdict import Verdict
from ropa.location import Location
from ropa.reading.said import Reading
from ropa.register.model import (
    Action,
    Aside,
    Claim,
    Notice,
    Register,
    Statement,
    Words,
)
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.seen.text import NoticeText, Texts
from ropa.wording.sentences import Hit, Passage, Wording

MOST_WORDS = 40
"""What is longer is no message that anybody reads to its end."""
MOST_PLACES = 5
"""How many further places of the same words are shown with the first."""


class AsideEntry(Struct, frozen=True):
    """Something that is set aside of a notice.

    `names` are the sentences in it that say that something is done, and name somebody whom the register knows.
    """

    notice: Notice
    aside: Aside
    names: tuple[Reading, ...]


_CALLED = {"statements": ("tied", "sentences")}
"""What else a finding calls a field whose absence it tells."""


class Case(Struct, frozen=True, eq=False, dict=True):
    """Everything a rule may look at. Nothing else exists to it, not even the clock.

    `documents` are all that were read, `malformed` what the schemas refused in them, `files` the texts of
    every file by its path, the notices' among them, `texts` the published wording of the notices, and `root`
    the register's folder as it was named; `in_repository` is that folder from the top of its repository on, and
    `passed_over` are documents in it that were not read. `trust` says who has a say over the check, and `refused` what
    of the documents does not count because of that.
    `dropped` are documents of which nothing is left that counts; others count without a field that is wrong.
    `not_extended` says what it was to take over from another register, and cannot be had.
    `acceptance` is empty until every rule but the last has been asked.
    """

    documents: tuple[Document, ...]
    malformed: tuple[Problem, ...]
    files: Mapping[str, SourceFile]
    texts: Texts
    register: Register
    graph: FlowGraph
    coverage: Coverage
    settings: Settings
    root: str = "."
    acceptance: Acceptance = field(default_factory=Acceptance)
    in_repository: str = "."
    passed_over: PassedOver = field(default_factory=PassedOver)
    trust: Trust = field(default_factory=Trust)
    refused: tuple[str, ...] = ()
    dropped: tuple[Document, ...] = ()
    not_extended: tuple[Problem, ...] = ()

    def echoes_a_loss(self, problem: Problem) -> bool:
        """Whether it says of a field that something is not there, where that is there and cannot be read."""
        if problem in self._malformed:
            return False
        places, fields, nowhere = self._lost
        named = problem.where, problem.facet.partition("/")[0]
        return problem.at in places or named in fields or problem.where in nowhere

    @cached_property
    def _malformed(self) -> frozenset[Problem]:
        return frozenset(self.malformed)

    @property
    def short(self) -> bool:
        """Whether something of the register cannot be read, so that nobody can say what is not in it."""
        return bool(self.malformed) or any(document.problems for document in self.documents)

    @property
    def may_lack_a_notice(self) -> bool:
        """Whether a document cannot be read that is a notice, or may be one."""
        unread = any(document.problems for document in self.documents)
        return unread or any(d.data.get("kind") == "notice" for d in self.dropped)

    @cached_property
    def _lost(self) -> tuple[frozenset[Location], frozenset[tuple[str, str]], frozenset[str]]:
        """Where fields stand that cannot be read, what they are called, and the flows that go nobody knows where."""
        short = [document for document in self.documents if document.lost]
        places = frozenset(at for document in short for at in lost_places(document))
        called = (
            (f"{d.data['kind']}/{d.data['id']}", name)
            for d in short
            for key in d.lost or ()
            for name in (key, *_CALLED.get(key, ()))
        )
        nowhere = (f.id for f in self.graph.flows if NOWHERE_KNOWN in f.box[COUNTRY])
        return places, frozenset(called), frozenset(nowhere)

    @property
    def whole(self) -> bool:
        """Whether every document of the register was read, and counts."""
        return not any(self.unjudged)

    @property
    def unjudged(self) -> Iterator[Problem]:
        """Why documents of the register do not count: broken, the second of an id, or in no file that is read."""
        yield from (problem for document in self.documents for problem in document.problems)
        yield from self.malformed
        yield from self.register.left_out
        yield from self.passed_over.left_out
        yield from self.not_extended

    @property
    def regimes(self) -> frozenset[str]:
        """The laws that apply."""
        return frozenset(self.register.regimes)

    @cached_property
    def ledger(self) -> Ledger:
        """The register row by row."""
        return Ledger(self.register, self.settings.day)

    @cached_property
    def signatures(self) -> Signatures:
        """The sign-offs of the notices, held against what the register says now."""
        return Signatures(self.graph, self.coverage, self.text_of)

    @property
    def proved(self) -> Proofs:
        """What the words of the notices prove of their statements."""
        return self.coverage.proofs or Proofs(self.register, self.texts)

    @cached_property
    def proofs(self) -> tuple[Proof, ...]:
        """What the words prove of each statement whose sentence is read or goes against it, of the notices not over."""
        day, proved = self.settings.day, self.proved
        notices = (n for n in self.register.notices.values() if not n.over(day))
        found = (proved.of(statement) for n in notices for statement in n.statements)
        return tuple(proof for proof in found if proof.readings or proof.faulty)

    def voices_on(self, day: date) -> Voices:
        """What people were told on another day by the notices on file."""
        if day not in self._voices:
            self._voices[day] = self.coverage.voices_on(day)
        return self._voices[day]

    @cached_property
    def _voices(self) -> dict[date, Voices]:
        return {}

    def told_in(self, said: Voices, people: Words, facet: Facet, word: str) -> bool:
        """Whether some of these people are told a word along a facet, whatever else they are told."""
        axis, atoms = AXES.index(facet), self.register.vocabulary[facet.scheme].mask(word)
        about = self.register.vocabulary[Facet.SUBJECT].union(people)
        return any(
            spoken.tells and not spoken.by and facet in spoken.stated
            for spoken in said.spoken
            if spoken.masks[SUBJECT] & about and not atoms & ~spoken.masks[axis]
        )

    def owner_of(self, where: str) -> str:
        """Who answers for what a finding is about, a flow or an activity; nobody where the register names none."""
        told = self.coverage.by_id.get(where)
        id_ = (
            told.flow.activity
            if told
            else entry_of(where).removeprefix("activity/").partition("/")[0]
        )
        activity = self.register.activities.get(id_)
        return activity.record.owner if activity else ""

    def line(self, at: Location) -> str:
        """The line a place is on, as it was written."""
        file = self.files.get(at.path, self.acceptance.baseline.file)
        return file.line(at.line) if file and file.path == at.path else ""

    @cached_property
    def untold(self) -> Gaps:
        """What flows are not told of as they should be."""
        return Gaps(self.coverage)

    def gaps(self, facet: Facet, verdict: Verdict) -> Iterator[Gap]:
        """The flows with this verdict on a facet the law asks for, in words, without their echoes."""
        return self.untold.of(facet, verdict)

    def left_open(self, facet: Facet) -> Iterator[Gap]:
        """What may be told, if only it could be looked up, in words, without its echoes."""
        return self.untold.left_open(facet)

    def notices_of(self, of: Flow | Gap) -> str:
        """The notices to write it in, by name: those meant for its people, or else those that reach them."""
        return self.untold.notices_of(of)

    def readers(self, notice: Notice, subjects: Iterable[str]) -> str:
        """Some of those who get a notice, for a message about it: `its readers` where it is all of them."""
        groups = dict.fromkeys(subjects)
        everybody = {told.subject for told in self.coverage.items if told.notice is notice}
        if len(groups) > 1 and everybody <= groups.keys():
            return "its readers"
        return phrases.few((phrases.name(self.register, Facet.SUBJECT, g) for g in groups), 2)

    def written(self, flow: Flow, key: str) -> Origin:
        """Where the register says something of a flow: with a disclosure, else with its activity."""
        own = flow.action in {Action.DISCLOSE, Action.ONWARD}
        return (flow.origin if own else self.register.activities[flow.activity].origin) / key

    def problem(self, gap: Gap, at: Origin, message: str, hint: str = "") -> Problem:
        """A gap as something to mend: at the register's line, with what the notices do say beside it."""
        more = len(gap.echoes)
        also = f" (and {more} more {'flow' if more == 1 else 'flows'})" if more else ""
        said, passed = message + gap.only + gap.besides + also, self._passed_over(gap)
        fits = len(f"{said}{passed}".split()) <= MOST_WORDS
        beside = ("" if fits else passed) + self._untied(gap) + self._mentioned(gap)
        return Problem(
            at.location,
            said + (passed if fits else ""),
            hint + beside if hint else "",
            tuple(self._beside(gap)),
            gap.flow.id,
            str(gap.judgement.facet),
        )

    def _untied(self, gap: Gap) -> str:
        """The sentence that nobody has tied, where it counts as if it told nothing."""
        sentences = gap.judgement.sentences
        if not sentences or self.settings.untied is not Untied.OMITTED:
            return ""
        return f"; {shown(sentences[0].sentence.text)} may say so, and no statement ties it"

    def _passed_over(self, gap: Gap) -> str:
        """The sentence that says it of something else, and was passed over for that."""
        mention = gap.mention
        if mention.statement is None or mention.only is None:
            return ""
        other, words = mention.only
        only = f"{_ONLY[other]} {phrases.names(self.register, other, words, 3)}"
        said, facet = phrases.quoted([mention.statement], 40), gap.judgement.facet
        does = "tells" if facet in (Facet.PURPOSE, Facet.BASIS) else "names"
        if mention.near:
            return f"; {said} {does} {self._words(facet, mention.near)}, and only {only}"
        if mention.of:
            return f"; of these, {said} {does} {self._words(facet, mention.of)}, and only {only}"
        return f"; {said} {does} it only {only}"

    def _words(self, facet: Facet, words: Words) -> str:
        """Some words of a facet inside a sentence; a transfer's are those of countries."""
        return phrases.names(
            self.register, Facet.COUNTRY if facet is Facet.TRANSFER else facet, words, 3
        )

    def _mentioned(self, gap: Gap) -> str:
        """What the notices say of it all the same: a sentence that names it, or that none does.

        A word that stands for a purpose may stand in a sentence that is about something else: only the word is said.
        """
        facet, mention = gap.judgement.facet, gap.mention
        if facet in (Facet.RETENTION, Facet.BASIS):
            return ""  # some sentence always has a period or a basis
        if mention.reading is not None:
            return f"; {self._named(facet, mention, shown(mention.reading.sentence.text))}"
        purpose = facet is Facet.PURPOSE
        perhaps = self._in_other_words(gap) if purpose else None
        if perhaps is not None:
            said = shown(perhaps.sentence.text)
            return f"; if {said} says so in other words, tie it with `purposes`"
        which = "that they get" if mention.all_read else "on file for them"
        match mention.sentences:
            case 0:
                return ""
            case 1:
                return f"; the only sentence {which} {_HAS_NOT[purpose]} we know"
        return f"; none of the {mention.sentences} sentences {which} {_HAS[purpose]} we know"

    def _named(self, facet: Facet, mention: Mention, said: str) -> str:
        """What a sentence names of something that no statement tells: all of it, some of it, or what is near it."""
        has, unsaid = _NAMES.get(facet, "names"), "but no statement says this of it"
        if mention.near:
            near = self._words(facet, mention.near)
            return f"the nearest that a sentence {has} is {near}: {said}"
        if mention.of:
            return f"of these, {said} {has} {self._words(facet, mention.of)}, {unsaid}"
        return f"{said} {has} it, {unsaid}"

    def _in_other_words(self, gap: Gap) -> UntiedSentence | None:
        """A sentence that says that data is used, names no purpose by a word we know, and that nobody has tied."""
        sentences, people = self.coverage.sentences, self.coverage.people(gap.judgement, gap.flow)
        for one in sentences.heard_by(people) if sentences else ():
            uses = any(deed.claims[:1] == (Claim.USES,) for deed in one.reading.deeds)
            if uses and not one.beside.get(Facet.PURPOSE):
                return one
        return None

    def in_other_modes(self, judgement: Judgement) -> str:
        """What a judgement on promises would be in the other modes, where they differ; nothing where they do not."""
        others: dict[Verdict, list[str]] = {}
        for mode, verdict in judgement.modes:
            if verdict is not judgement.verdict:
                others.setdefault(verdict, []).append(str(mode))
        said = [
            f"{verdict} in the mode {phrases.several(m, 'or')}" for verdict, m in others.items()
        ]
        return f"; it would be {phrases.several(said)}" if said else ""

    def notices_saying(self, statements: Iterable[Statement]) -> str:
        """The notices that some statements stand in, by name."""
        saying = dict.fromkeys(self.register.notices[s.notice].name for s in statements)
        return phrases.several(f"“{name}”" for name in saying)

    def text_of(self, notice: Notice) -> NoticeText | None:
        """The published text of a notice, or None where there is none to be read."""
        text = self.texts.get((notice.origin.document.path, notice.text))
        return text if isinstance(text, NoticeText) else None

    def untied(self, notice: Notice) -> tuple[UntiedSentence, ...]:
        """The sentences of a notice that speak and that nobody has tied, in the order of its text."""
        sentences = self.coverage.sentences
        return sentences.of(notice) if sentences else ()

    def untied_in(self, notice: str) -> tuple[UntiedSentence, ...]:
        """The same, of the notice of that id."""
        return self.untied(self.register.notices[notice])

    @cached_property
    def aside(self) -> tuple[AsideEntry, ...]:
        """What is set aside of the notices in force, in their order."""
        sentences = self.coverage.sentences
        found: list[AsideEntry] = []
        for notice in self.coverage.voices.notices if sentences else ():
            names: dict[Aside, list[Reading]] = {}
            for aside, reading in sentences.disclosing_aside(notice) if sentences else ():
                names.setdefault(aside, []).append(reading)
            found += [AsideEntry(notice, a, tuple(names.get(a, ()))) for a in notice.aside]
        return tuple(found)

    def sentences_of(self, notice: Notice) -> int:
        """How many sentences of a notice are read; 0 where none is."""
        sentences = self.coverage.sentences
        return sentences.number(notice) if sentences else 0

    def place_of(self, said: UntiedSentence | ReadingIn | Denial) -> Location:
        """Where a sentence that was read stands in the text of its notice."""
        text = self.text_of(said.notice)
        assert text is not None  # it was read
        return text.location(said.reading.sentence)

    def whereabouts(self, at: Location) -> str:
        """A place in a notice inside a sentence: its page or paragraph, or else its line."""
        return self.part(at) or f"line {at.line}"

    def signs(self, notice: Notice, item: str) -> tuple[Location, ...] | None:
        """The sentences of a notice that look as if they said an item (its id in `ropa notice inspect`).

        None where the notice has no text to look at, or nobody knows what the item looks like. It is for
        asking: nothing is told by looking like it.
        """
        from ropa.wording.detectors import Status, detect_item, detectors

        text = self.text_of(notice)
        if text is None or item not in detectors():
            return None
        signs = detect_item(text, item).signs
        return tuple(text.location(s.sentence) for s in signs if s.status is Status.PRESENT)

    def reading_age(self, notice: Notice) -> int | None:
        """The age at which most people can read a notice; None where it has no text, or too short a one."""
        from ropa.wording.reading_age import reading_age

        text = self.text_of(notice)
        return reading_age(text) if text else None

    def part(self, at: Location) -> str:
        """The page or paragraph a place is in, such as "page 3", where its file has no lines of its own."""
        file = self.files.get(at.path)
        return file.part(at.line) if file else ""

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The texts of the notices that are in force on the day, to be looked at sentence by sentence."""
        day = self.settings.day
        found = ((n, self.text_of(n)) for n in self.register.notices.values() if n.in_force(day))
        return tuple(Wording(notice, text) for notice, text in found if text and text.folded)

    def version_before(self, wording: Wording) -> Wording | None:
        """The last notice at the same address that was over before this one began, where its text is on file."""
        new = wording.notice
        old = [
            notice
            for notice in self.register.notices.values()
            if new.url and notice.url == new.url and new.start and notice.over(new.start)
        ]
        last = max(old, key=lambda notice: notice.end or date.min, default=None)
        text = self.text_of(last) if last else None
        return Wording(last, text) if last and text and text.folded else None

    def wording_problem(
        self, wording: Wording, hits: Sequence[Hit | Passage], message: str, hint: str, facet: str
    ) -> Problem:
        """Something about the wording of a notice, at the first place it stands, with the others beside it."""
        first, *others = map(wording.place, hits)
        also = tuple((place, "here, too") for place in others[:MOST_PLACES])
        return Problem(
            first,
            f"“{wording.notice.name}” {message}",
            hint,
            also,
            f"notice/{wording.notice.id}",
            facet,
        )

    @staticmethod
    def _beside(gap: Gap) -> Iterator[tuple[Location, str]]:
        """Where the notices speak of it: what goes against it first, then what tells some of it."""
        verdict, against = gap.judgement.verdict, gap.against
        telling = gap.told_by if verdict in _NARROWED else gap.judgement.told_by
        for statement in against:
            yield place(statement), "goes against it"
        if gap.judgement.facet is Facet.PROMISE and verdict is Verdict.CONTRADICTED:
            telling = ()  # nothing that is said mends a broken promise
        for statement in [s for s in telling if s not in against][:3]:
            yield place(statement), _HOW.get(verdict, "tells it")


def shown(text: str) -> str:
    """A sentence in quotes, cut where it is long."""
    from textwrap import shorten

    return f"“{shorten(text, 120, placeholder=' …').removesuffix('.')}”"


_NAMES = {Facet.PURPOSE: "has a word for"}
"""What is said of a sentence that has somebody's word for something, where that is less than to name it."""

_HAS = {True: "has a word for it that", False: "names it by a word"}
_HAS_NOT = {True: "has no word for it that", False: "does not name it by a word"}
"""The same of all sentences that somebody gets, by whether it is a purpose that they are asked for."""

_ONLY = {
    Facet.SUBJECT: "about",
    Facet.DATA: "of",
    Facet.SOURCE: "from",
    Facet.RECIPIENT: "to",
    Facet.PURPOSE: "for",
    Facet.COUNTRY: "in",
}

_NARROWED = frozenset({Verdict.CONTRADICTED, Verdict.AMBIGUOUS, Verdict.VAGUE})


_HOW = {
    Verdict.PARTIAL: "tells it in part",
    Verdict.VAGUE: "tells it only vaguely",
    Verdict.UNDECIDABLE: "may tell it",
    Verdict.AMBIGUOUS: "says that it is done",
}
