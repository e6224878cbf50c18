"""Reading a notice at the workbench: its sentences, the form of the one in hand, and what is done with it."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from ropa.case import Case
from ropa.documents.document import Document
from ropa.errors import RopaError
from ropa.page import review
from ropa.proposing import open as proposals
from ropa.proposing.notice_file import NoticeFile
from ropa.proposing.taking import Taken
from ropa.register.model import Notice
from ropa.report import owners
from ropa.saying import phrases
from ropa.workbench import home
from ropa.workbench.amending import CannotAmend, Entry, added, removed
from ropa.workbench.amending import said as said_in_file
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.forms import (
    DEEDS,
    LETTERS,
    OF_KIND,
    WORDED,
    FormStatement,
    facet_of_field,
    guards,
    in_form,
    items,
    of_entry,
    prefilled,
    quote_of,
    rows,
    safeguards,
    sent,
    spoken,
    suggested,
    suggested_entries,
)
from ropa.workbench.framing import (
    AskedPage,
    PageFrame,
    Shown,
    lost,
    now_in_words,
    number_in,
    short,
    today,
)
from ropa.workbench.notice_page import (
    blocks,
    in_hand,
    place_of,
    proposal_of,
    statement_at,
    telling,
    tied_to,
)
from ropa.workbench.sentences import NoticeSentence, SentenceFate, at, next_open, sentences_of
from ropa.workbench.sides import lines_added, lines_of
from ropa.workbench.weighing import FieldEvidence, WeighedChange, evidence, weigh_statement

RARE = frozenset({"by", "countries", "about", "safeguard", "letter", "criteria"})
"""The fields that are shown where they say something, or where somebody asks for them."""
REASONS = (
    "how to get in touch",
    "a right that people have",
    "about another organisation",
    "said by another sentence that is tied",
    "leads in to what follows",
    "not about personal data",
)
"""Why sentences are set aside most often."""
_LEGEND = (
    SentenceFate.TIED,
    SentenceFate.PROMISE,
    SentenceFate.UNTIED,
    SentenceFate.GAINSAID,
    SentenceFate.ASIDE,
)


class NoticeScreens:
    """The pages of a notice."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (
            ("GET", "/notices", self.notices),
            ("GET", "/notice/{id}", self.notice),
            ("GET", "/words", self.words),
            ("POST", "/weigh", self.weigh),
            ("POST", "/save", self.save),
            ("POST", "/aside", self.aside),
            ("POST", "/remove", self.remove),
            ("POST", "/accept", self.accept),
            ("POST", "/refuse", self.refuse),
        )

    def notices(self, asking: AskedPage) -> Shown:
        """Every notice in force, those with the most to do first."""
        now = self.frame.desk.now()
        owner = home.owner_asked(now, asking.query.get("owner", ""))
        return self.frame.page(
            asking, now, "notices.html", "Notices",
            standings=home.standings(now), owner=owner, owners=owners(now.case),
            given=tuple(home.sentences_for(now, owner)) if owner else (),
        )  # fmt: skip

    def notice(self, asking: AskedPage) -> Shown:
        """A notice with the sentence in hand."""
        now = self.frame.desk.now()
        notice = now.case.register.notices.get(asking.parts["id"])
        if notice is None:
            return lost("There is no such notice in the register.")
        place = asking.query.get("change", "")
        entry = _proposed_at(notice, place)
        filled = replace(of_entry(entry), instead=place) if entry else None
        return self._reading(
            asking, now, notice, number_in(asking.query.get("sentence", "")), filled
        )

    def _reading(
        self,
        asking: AskedPage,
        now: AsItStands,
        notice: Notice,
        number: int,
        filled: FormStatement | None = None,
    ) -> Shown:
        """The page of a notice, with a form as the reading of the sentence fills it in, or as it was filled in."""
        case = now.case
        sentences, text = sentences_of(case, notice), case.text_of(notice)
        one = at(sentences, number) or next_open(sentences, 0)
        tells = telling(case)
        values: dict[str, Any] = {}
        if one is not None and text is not None:
            filled = filled or prefilled(one, text)
            values = self._in_hand(now, notice, one, filled, sentences)
            values["statements"] = tied_to(case, one, tells)
            values["proposed"] = tuple(map(proposal_of, one.proposals))
        return self.frame.page(
            asking, now, "notice.html", "Notices",
            notice=notice, sentences=sentences, one=one, fates=_LEGEND,
            standing=home.standing(now, notice), when=review.when(notice),
            blocks=tuple(blocks(case, notice, sentences, tells)),
            base=mark(self.frame.desk.held(notice.origin.document.path)),
            worded=WORDED,
            **values,
        )  # fmt: skip

    def _in_hand(
        self,
        now: AsItStands,
        notice: Notice,
        one: NoticeSentence,
        filled: FormStatement,
        sentences: Sequence[NoticeSentence],
    ) -> dict[str, Any]:
        """What the right side of a notice shows of one sentence."""
        weighed, proofs, why_not = self._weighed(now, notice, filled)
        return {
            "marked": in_hand(one.reading, one),
            "filled": filled,
            "weighed": weighed,
            "proofs": proofs,
            "can_save": not why_not,
            "why_not_saved": why_not,
            "shown": _shown(filled),
            "rare": RARE,
            "spoken": {k: spoken(now.case.register, k, filled.words.get(k, ())) for k in WORDED},
            "period": in_form(filled.period),
            "deeds": DEEDS, "letters": LETTERS,
            "safeguards": [(word, word.replace("-", " ")) for word in safeguards()],
            "guards": guards(), "items": items(),
            "before": next_open(sentences, one.number, back=True),
            "after": next_open(sentences, one.number),
            "reasons": REASONS,
            "aside_reason": "",
        }  # fmt: skip

    def _weighed(
        self, now: AsItStands, notice: Notice, filled: FormStatement
    ) -> tuple[WeighedChange | None, Mapping[str, FieldEvidence], str]:
        """What a statement would do, what the sentence says of each field, and why it cannot be saved."""
        if not filled.says_something:
            return None, {}, "Choose what happens, and what is said of it, before you save"
        try:
            files, place = self._with_statement(now, notice, filled)
        except CannotAmend as cannot:
            return None, {}, str(cannot)
        after = self.frame.desk.as_if(files)
        changed = after.register.notices.get(notice.id)
        statement = statement_at(changed, place) if changed else None
        if changed is None or statement is None:
            return None, {}, _malformed(after, notice)
        weighed = weigh_statement(now.case, after, changed, statement)
        why_not = "It cannot be saved: the sentence does not say it" if weighed.refused else ""
        return weighed, evidence(after.proved.of(statement)), why_not

    def _with_statement(
        self, now: AsItStands, notice: Notice, filled: FormStatement
    ) -> tuple[dict[str, bytes], int]:
        """The file of a notice with one more statement, behind the last that quotes something before it."""
        path = notice.origin.document.path
        raw = self.frame.desk.held(path) or b""
        place = _place(now.case, notice, filled)
        made = added(raw, Entry("notice", notice.id), "statements", filled.entry(), place)
        return {path: made}, place

    def weigh(self, asking: AskedPage) -> Shown:
        """What the form would do as it is now: for the script of the page, which puts it in its place."""
        now, notice, one = self._asked_about(asking)
        if notice is None or one is None:
            return lost("There is no such sentence any more.")
        filled = sent(asking.fields, now.case.register)
        weighed, proofs, why_not = self._weighed(now, notice, filled)
        change = self.frame.pages.macro("hand.html", "change", weighed)
        shown = {
            "change": change,
            "evidence": {
                key: self.frame.pages.macro("hand.html", "said", found)
                for key, found in proofs.items()
            },
            "rows": sorted({"quote", *_rows(filled.deed)}),
            "why_not": why_not,
        }
        return Shown(json.dumps(shown), kind="application/json")

    def words(self, asking: AskedPage) -> Shown:
        """The words of the vocabulary, or the entries, that somebody may mean; of words the best first."""
        now = self.frame.desk.now()
        key, typed = asking.query.get("key", ""), asking.query.get("q", "")[:200]
        of, notice = asking.query.get("notice"), None
        if of is None and key in OF_KIND:
            entries = tuple(suggested_entries(now.case.register, OF_KIND[key], typed))
            return Shown(self.frame.pages.fill("words.html", found=entries, key=key, typed=typed))
        if of is None:
            facet = facet_of_field(key, asking.query.get("facet", ""))
        else:
            facet = WORDED[key][0] if key in WORDED else None
            notice = now.case.register.notices.get(of)
        if facet is None or (of is not None and notice is None):
            return lost("There are no such words.")
        found = tuple(suggested(now.case, notice, facet, typed))
        return Shown(self.frame.pages.fill("words.html", found=found, key=key, typed=typed))

    def _asked_about(
        self, asking: AskedPage
    ) -> tuple[AsItStands, Notice | None, NoticeSentence | None]:
        """The notice and the sentence that a form is about."""
        now = self.frame.desk.now()
        notice = now.case.register.notices.get(asking.field("notice"))
        sentences = sentences_of(now.case, notice) if notice else ()
        return now, notice, at(sentences, number_in(asking.field("sentence")))

    def save(self, asking: AskedPage) -> Shown:
        """Write one more statement into the file of its notice, and go on to the next sentence."""
        now, notice, one = self._asked_about(asking)
        if notice is None or one is None:
            return lost("There is no such sentence any more.")
        filled = sent(asking.fields, now.case.register)
        _, _, why_not = self._weighed(now, notice, filled)
        if why_not:
            return replace(self._reading(asking, now, notice, one.number, filled), status=422)
        instead = _proposed_at(notice, filled.instead)
        files, _ = self._with_statement(now, notice, filled)
        path = notice.origin.document.path
        if instead:
            files[path] = self._without(files[path], notice, instead)
        said = f"Tied “{short(filled.quote)}” of “{notice.name}”"
        said += ", changed from what was proposed" if instead else ""
        return self._written(asking, notice, one, Change(said, files, {}, filled.quote))

    def _without(self, raw: bytes, notice: Notice, entry: Mapping[str, Any]) -> bytes:
        """A file of a notice without one proposal."""
        inside = Entry("notice", notice.id)
        return removed(
            raw, inside, "statements", said_in_file(raw, inside)["statements"].index(entry)
        )

    def aside(self, asking: AskedPage) -> Shown:
        """Set a sentence aside, with a reason and a name."""
        now, notice, one = self._asked_about(asking)
        text = now.case.text_of(notice) if notice else None
        if notice is None or one is None or text is None:
            return lost("There is no such sentence any more.")
        reason, by = asking.field("reason"), asking.field("by")
        if not reason or not by:
            return replace(self._reading(asking, now, notice, one.number), status=422)
        quote, prefix = quote_of(text, one.sentence.start, one.sentence.end)
        beside = {"prefix": prefix} if prefix else {}
        day = str(today())
        entry = {"quote": quote, **beside, "reason": reason, "by": by, "on": day}
        path = notice.origin.document.path
        made = added(self.frame.desk.held(path) or b"", Entry("notice", notice.id), "aside", entry)
        said = f"Set “{short(quote)}” of “{notice.name}” aside: {reason}"
        return self._written(asking, notice, one, Change(said, {path: made}, {}, quote))

    def remove(self, asking: AskedPage) -> Shown:
        """Take a statement out of the file of its notice."""
        _, notice, one = self._asked_about(asking)
        place = number_in(asking.field("at"))
        known = statement_at(notice, place) if notice else None
        if not notice or not one or not known or known.quote != asking.field("quote"):
            return lost("There is no such statement any more.")
        path = notice.origin.document.path
        made = removed(
            self.frame.desk.held(path) or b"", Entry("notice", notice.id), "statements", place
        )
        said = f"Took the statement on “{short(known.quote)}” out of “{notice.name}”"
        change = Change(said, {path: made}, {}, known.quote)
        return self._written(asking, notice, one, change, stay=True)

    def _written(
        self,
        asking: AskedPage,
        notice: Notice,
        one: NoticeSentence,
        change: Change,
        *,
        stay: bool = False,
    ) -> Shown:
        """Write a change of a notice, and go on; or show both where its file is another by now."""
        path = notice.origin.document.path
        made_of = {path: asking.field("base")}
        try:
            self.frame.desk.write(replace(change, made_of=made_of), now_in_words())
        except ChangedUnderneath:
            return self._conflict(asking, notice, one, change)
        now = self.frame.desk.now()
        changed = now.case.register.notices.get(notice.id, notice)
        if stay:
            return Shown(status=303, to=f"{home.address(notice)}?sentence={one.number}")
        after = next_open(sentences_of(now.case, changed), one.number)
        more = f"?sentence={after.number}" if after else "?sentence=0"
        return Shown(status=303, to=f"{home.address(notice)}{more}")

    def _conflict(
        self, asking: AskedPage, notice: Notice, one: NoticeSentence, change: Change
    ) -> Shown:
        """Both sides: what the file says of the sentence now, and what was about to be written."""
        now = self.frame.desk.now()
        path = notice.origin.document.path
        here = self.frame.desk.held(path) or b""
        tied = tied_to(now.case, one, telling(now.case))
        page = self.frame.page(
            asking, now, "conflict.html", "Notices",
            of="sentence", keep=f"{home.address(notice)}?sentence={one.number}", path=path, base=mark(here),
            mine=lines_added(here, change.files.get(path) or b""),
            theirs=lines_of(here, [statement.statement for statement in tied]),
            fields=[(k, v) for k, values in asking.fields.items() if k != "base" for v in values],
            action=asking.path,
        )  # fmt: skip
        return replace(page, status=409)

    def accept(self, asking: AskedPage) -> Shown:
        """Let a proposal count: all of it, or the keys that are ticked."""
        keys = tuple(word for word in asking.fields.get("keys", ()) if word)
        known = asking.fields.get("all_keys", ())
        only = () if set(keys) == set(known) else keys
        by = asking.field("by")
        return self._decided(
            asking,
            lambda document, number: proposals.accept(document, [number], Taken(by, today(), only)),
            "Accepted",
            ready=bool(by and keys),
        )

    def refuse(self, asking: AskedPage) -> Shown:
        """Take a proposal out."""
        return self._decided(
            asking,
            lambda document, number: proposals.drop(document, [number]),
            "Refused",
            ready=True,
        )

    def _decided(
        self,
        asking: AskedPage,
        decide: Callable[[Document, int], NoticeFile],
        said: str,
        *,
        ready: bool,
    ) -> Shown:
        """Carry out what somebody decided on a proposal, which has to be the one that the page showed."""
        _, notice, one = self._asked_about(asking)
        place = number_in(asking.field("at"))
        known = [p for p in notice.proposals if place_of(p) == place] if notice else []
        if notice is None or one is None or not known or known[0].quote != asking.field("quote"):
            return lost("There is no such proposal any more.")
        if not ready:
            return replace(
                self._reading(asking, self.frame.desk.now(), notice, one.number), status=422
            )
        document = notice.origin.document
        try:
            file = decide(document, place + 1)
        except RopaError as error:
            return lost(str(error))
        words = f"{said} the proposal on “{short(known[0].quote)}” of “{notice.name}”"
        change = Change(
            words, {document.path: file.on_disk(self.frame.desk.root)}, {}, known[0].quote
        )
        return self._written(asking, notice, one, change)


def _proposed_at(notice: Notice, place: str) -> Mapping[str, Any] | None:
    """The entry of the file that proposes something, by its place; None where there is no such proposal."""
    for proposal in notice.proposals:
        if place.isdecimal() and place_of(proposal) == number_in(place):
            entry: Mapping[str, Any] = proposal.origin.document.data["statements"][number_in(place)]
            return entry
    return None


def _rows(deed: str) -> Sequence[str]:
    """The fields that the form shows for a deed; the basis is one of them, by its letter."""
    return ["deed", *("letter" if key == "basis" else key for key in (rows(deed) if deed else ()))]


def _shown(filled: FormStatement) -> set[str]:
    """The fields that are shown at once: those that say something, and those that a deed mostly has."""
    said = {"letter" if key == "basis" else key for key, _ in filled.said()}
    return {"quote", *(key for key in _rows(filled.deed) if key not in RARE or key in said)}


def _malformed(case: Case, notice: Notice) -> str:
    """Why a statement has not the shape that it must have."""
    path = notice.origin.document.path
    found = [problem.message for problem in case.malformed if problem.at.path == path]
    return phrases.capital(found[0]) if found else "This cannot be written as a statement"


def _place(case: Case, notice: Notice, filled: FormStatement) -> int:
    """Where a new statement goes: behind the last one whose words stand before its own."""
    text = case.text_of(notice)
    span = text.span_of(filled.quote, filled.prefix) if text else None
    if text is None or span is None:
        return max((place_of(statement) + 1 for statement in notice.statements), default=0)
    before = [
        place_of(statement) + 1
        for statement in notice.statements
        if statement.quoted and text.span(statement.quoted)[0] <= span[0]
    ]
    return max(before, default=0)
