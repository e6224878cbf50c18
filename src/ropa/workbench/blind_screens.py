"""Accepted proposals, shown again without their answers: whether a person says of them what they said before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ropa.case import Case
from ropa.errors import RopaError
from ropa.proposing.agreeing import (
    DEED,
    Agreement,
    accepted_by,
    agreements,
    asked_again,
    how_long,
    is_asked,
    round_of,
    stated,
)
from ropa.proposing.notice_file import NoticeFile
from ropa.record.workbook.amending import short as short_lists
from ropa.register.model import Notice, Statement
from ropa.seen.text import NoticeText
from ropa.workbench import home
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.forms import (
    DEEDS,
    LETTERS,
    WORDED,
    FormStatement,
    guards,
    items,
    safeguards,
    sent,
)
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words, short, today
from ropa.workbench.notice_page import in_words, place_of
from ropa.workbench.sentences import NoticeSentence, sentences_of

ROWS: Mapping[str, str] = {"basis": "letter", "informs": "items"}
"""What the rows of the form are called, where not as the keys of the file."""
LABELS: Mapping[str, str] = {
    DEED: "What happens",
    **{key: label for key, (_, label) in WORDED.items()},
    "basis": "Lawful basis",
    "period": "How long",
    "criteria": "Or until when",
    "safeguard": "Safeguard",
    "unless": "Unless",
    "informs": "It tells of",
}
"""What each key is called on the page."""


class BlindQuestion(Struct, frozen=True):
    """One accepted proposal without its answers: what stands before and behind its words, and its keys."""

    notice: Notice
    statement: Statement
    sentence: NoticeSentence | None
    before: str
    behind: str
    keys: Sequence[str]


class BlindAnswer(Struct, frozen=True):
    """What somebody said again of a statement: the keys of which it was the same, and those of which it was not."""

    statement: Statement
    notice: Notice
    sentence: int
    same: tuple[str, ...]
    other: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


class BlindScreens:
    """The pages that ask again. `most` is how many accepted proposals are asked about on one day."""

    def __init__(self, frame: PageFrame, most: int) -> None:
        self.frame, self.most = frame, most

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (("GET", "/again", self.ask), ("POST", "/again", self.answer))

    def ask(self, asking: AskedPage) -> Shown:
        """The next accepted proposal of somebody; how often they said the same, once all were asked."""
        now = self.frame.desk.now()
        notices = tuple(now.case.register.notices.values())
        people = dict.fromkeys(s.accepted.by for s in accepted_by(notices) if s.accepted)
        by = asking.query.get("by", "") or (next(iter(people)) if len(people) == 1 else "")
        chosen = round_of(accepted_by(notices, by), self.most, today()) if by in people else ()
        left = [one for one in chosen if not is_asked(one, today())]
        values: dict[str, Any] = {"people": tuple(people), "by": by if by in people else ""}
        values |= {"of": len(chosen), "number": len(chosen) - len(left) + 1}
        values |= {"question": None, "agreement": None}
        if left:
            values |= self._question(now, left[0])
        elif chosen:
            values |= _result(now.case, by, chosen)
        return self.frame.page(asking, now, "again.html", "Sign-off", **values)

    def _question(self, now: AsItStands, statement: Statement) -> dict[str, Any]:
        notice = now.case.register.notices[statement.notice]
        question = _question(now.case, notice, statement)
        rows = {ROWS.get(key, key) for key in question.keys}
        return {
            "question": question,
            "at": place_of(statement),
            "base": mark(self.frame.desk.held(notice.origin.document.path)),
            "shown": rows, "rare": frozenset(), "spoken": dict.fromkeys(WORDED, ()), "proofs": {},
            "worded": WORDED, "deeds": DEEDS, "letters": LETTERS, "guards": guards(), "items": items(),
            "safeguards": [(word, word.replace("-", " ")) for word in safeguards()],
        }  # fmt: skip

    def answer(self, asking: AskedPage) -> Shown:
        """Write beside the acceptance of what somebody said the same again, and go on to the next."""
        now = self.frame.desk.now()
        notice = now.case.register.notices.get(asking.field("notice"))
        statement = _asked_about(notice, asking) if notice else None
        if notice is None or statement is None or statement.accepted is None:
            return lost("There is no such statement any more.")
        by = statement.accepted.by
        document = notice.origin.document
        said = _said(sent(asking.fields, now.case.register), asking.field("criteria"))
        again = asked_again(statement, said, today())
        file = NoticeFile(document)
        entry = file.entries[place_of(statement)]
        try:
            accepted = short_lists({**entry["accepted"], "again": again})
            file.change(place_of(statement) + 1, {**entry, "accepted": accepted})
            made = {document.path: file.on_disk(self.frame.desk.root)}
            words = f"Asked {by} again about “{short(statement.quote)}” of “{notice.name}”"
            made_of = {document.path: asking.field("base")}
            self.frame.desk.write(Change(words, made, made_of, statement.quote), now_in_words())
        except ChangedUnderneath:
            return replace(self.ask(asking), status=409)
        except RopaError as error:
            return replace(lost(str(error)), status=422)
        return Shown(status=303, to=home.again_address(by))


def _asked_about(notice: Notice, asking: AskedPage) -> Statement | None:
    """The statement at the place that was asked about, as long as it quotes the same words."""
    return next(
        (
            statement
            for statement in notice.statements
            if str(place_of(statement)) == asking.field("at")
            and statement.quote == asking.field("quote")
        ),
        None,
    )


def _said(filled: FormStatement, criteria: str) -> dict[str, Any]:
    """What was answered, as it is compared."""
    found: dict[str, Any] = {DEED: filled.deed}
    found |= {key: frozenset(words) for key, words in filled.words.items()}
    found |= {"basis": filled.letter, "period": how_long(filled.period), "criteria": bool(criteria)}
    found |= {"safeguard": filled.safeguard, "unless": frozenset(filled.unless)}
    return {**found, "informs": frozenset(filled.items)}


def _question(case: Case, notice: Notice, statement: Statement) -> BlindQuestion:
    text = case.text_of(notice)
    one = _sentence(case, notice, statement, text)
    keys = tuple(stated(statement))
    if one is None or text is None or statement.quoted is None:
        return BlindQuestion(notice, statement, None, "", "", keys)
    start, end = text.span(statement.quoted)
    first, last = min(start, one.sentence.start), max(end, one.sentence.end)
    return BlindQuestion(
        notice, statement, one, text.seen(first, start), text.seen(end, last), keys
    )


def _sentence(
    case: Case, notice: Notice, statement: Statement, text: NoticeText | None
) -> NoticeSentence | None:
    """The first sentence that the words of a statement touch."""
    if text is None or statement.quoted is None:
        return None
    start, end = text.span(statement.quoted)
    found = sentences_of(case, notice)
    return next((s for s in found if s.sentence.start < end and start < s.sentence.end), None)


def _result(case: Case, by: str, chosen: Sequence[Statement]) -> dict[str, Any]:
    """How often somebody said the same of what was asked today, and of all that ever was."""
    ever = accepted_by(case.register.notices.values(), by)
    today_s: Sequence[Agreement] = tuple(agreements(chosen))
    answers = tuple(_answers(case, chosen))
    return {
        "agreement": today_s[0],
        "ever": next(agreements(ever)),
        "answers": answers,
        "otherwise": tuple(one for one in answers if one.other),
        "labels": LABELS,
    }


def _answers(case: Case, chosen: Sequence[Statement]) -> Iterator[BlindAnswer]:
    for statement in chosen:
        notice = case.register.notices[statement.notice]
        one = _sentence(case, notice, statement, case.text_of(notice))
        again = statement.accepted.again if statement.accepted else None
        if again is not None:
            yield BlindAnswer(
                statement,
                notice,
                one.number if one else 0,
                tuple(again.same),
                tuple(again.other),
                tuple(in_words(case, case.proved.of(statement))),
            )
