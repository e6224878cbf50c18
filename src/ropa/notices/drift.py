"""Whether the published page still says what is on file of a notice: its words are compared, not its bytes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct

from ropa.errors import CannotFetch, CannotRead, UnknownName, did_you_mean
from ropa.fetching.pages import FetchBounds, FetchedPage, fetch, is_address
from ropa.notices.adding import register_documents, words_in
from ropa.notices.bringing import BroughtText, of_page, read_or_refuse
from ropa.register.model import Notice, Register, Statement
from ropa.saying import phrases
from ropa.seen.published import published_texts
from ropa.seen.text import NoticeText

MOST_SHOWN = 20
"""How many sentences are shown that are gone or new."""


class SentenceChange(Struct, frozen=True):
    """A sentence that is on file and no longer on the page (`gone`), or on the page and not on file."""

    text: str
    gone: bool


class NoticeDrift(Struct, frozen=True):
    """What became of one notice: whether somebody could look, and what is otherwise on its page now.

    `unlooked` is why nobody could look, empty where somebody could. `unquoted` are the statements whose words are no
    longer there, and `moved` counts sentences that stand elsewhere.
    """

    notice: Notice
    unlooked: str = ""
    changes: tuple[SentenceChange, ...] = ()
    moved: int = 0
    sentences: int = 0
    unquoted: tuple[Statement, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the page says what is on file."""
        return not (self.unlooked or self.changes or self.moved)


def notices_to_look_at(register: Register, named: str, day: date) -> tuple[Notice, ...]:
    """The notice that is named; else those that are in force and have an address. Raises `UnknownName`."""
    if named:
        if named not in register.notices:
            near = did_you_mean(named, register.notices)
            listed = ", ".join(register.notices) or "none"
            raise UnknownName(f"there is no notice “{named}”{near}; there are: {listed}")
        return (register.notices[named],)
    return tuple(n for n in register.notices.values() if n.in_force(day) and n.url)


def drifts(root: Path, named: str, day: date, bounds: FetchBounds) -> Iterator[NoticeDrift]:
    """What became of the notices, each page being fetched once."""
    documents = register_documents(root)
    register = words_in(documents)
    texts = published_texts((d for d in documents if not d.problems and _names_text(d.data)), root)
    pages: dict[str, FetchedPage | str] = {}
    for notice in notices_to_look_at(register, named, day):
        on_file = texts.get((notice.origin.document.path, notice.text))
        if not isinstance(on_file, NoticeText):
            why = on_file.message if on_file else "no text of it is on file"
            yield NoticeDrift(notice, f"it cannot be compared: {why}")
        elif not is_address(notice.url):
            said = f"“{notice.url}” is no address of the web" if notice.url else "it has no `url`"
            yield NoticeDrift(notice, said)
        else:
            page = pages.setdefault(notice.url, _fetched(notice.url, bounds, pages))
            yield _held_against(notice, on_file, page)


def _names_text(data: object) -> bool:
    return isinstance(data, dict) and data.get("kind") == "notice" and "text" in data


def _fetched(
    url: str, bounds: FetchBounds, known: dict[str, FetchedPage | str]
) -> FetchedPage | str:
    if url in known:
        return known[url]
    try:
        return fetch(url, bounds)
    except CannotFetch as error:
        return str(error)


def _held_against(notice: Notice, on_file: NoticeText, page: FetchedPage | str) -> NoticeDrift:
    if isinstance(page, str):
        return NoticeDrift(notice, page)
    try:
        text = of_page(page, notice.url)
        readings = tuple(_readings(text, str(notice.origin.document.data.get("main", ""))))
    except CannotRead as error:
        return NoticeDrift(notice, str(error))
    found = (_compared(notice, on_file, reading) for reading in readings)
    return min(found, key=lambda drift: len(drift.changes) + drift.moved)


def _readings(text: BroughtText, main: str) -> Iterator[NoticeText]:
    """The page as it is read, and, as on file, the whole of it where nothing says which part is the notice."""
    is_page = text.suffix == ".html"
    yield read_or_refuse(text, main if is_page else "")
    if is_page and not main:
        yield read_or_refuse(text, "body")


def _compared(notice: Notice, on_file: NoticeText, now: NoticeText) -> NoticeDrift:
    number = len(now.sentences())
    if on_file.folded.split() == now.folded.split():
        return NoticeDrift(notice, sentences=number)
    changes, moved = _changes(
        [s.text for s in on_file.sentences()], [s.text for s in now.sentences()]
    )
    unquoted = tuple(
        s
        for s in notice.statements
        if on_file.span_of(s.quote) is not None and now.span_of(s.quote) is None
    )
    return NoticeDrift(notice, "", changes, moved, number, unquoted)


def _changes(before: list[str], after: list[str]) -> tuple[tuple[SentenceChange, ...], int]:
    """What is gone and what is new, in the order of the texts, and how many sentences only stand elsewhere."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    gone = Counter(s for tag, a, b, _, _ in steps if tag != "equal" for s in before[a:b])
    new = Counter(s for tag, _, _, c, d in steps if tag != "equal" for s in after[c:d])
    moved = gone & new
    changes: list[SentenceChange] = []
    for tag, a, b, c, d in steps:
        if tag != "equal":
            changes += _unless(before[a:b], Counter(moved), gone=True)
            changes += _unless(after[c:d], Counter(moved), gone=False)
    return tuple(changes), moved.total()


def _unless(
    sentences: Iterable[str], moved: Counter[str], *, gone: bool
) -> Iterator[SentenceChange]:
    for sentence in sentences:
        if not moved[sentence]:
            yield SentenceChange(sentence, gone)


def as_text(drift: NoticeDrift, day: date) -> str:
    """What became of a notice, for a terminal or a log."""
    return "".join(f"{line}\n" for line in _lines(drift, day))


def _lines(drift: NoticeDrift, day: date) -> Iterator[str]:
    notice = drift.notice
    if drift.unlooked:
        yield f"{notice.id}: could not look: {drift.unlooked}"
        return
    when = phrases.day(day)
    if drift.same:
        number = phrases.count(drift.sentences, "sentence")
        yield f"{notice.id}: {notice.url} says what is on file ({number}, looked at on {when})"
        return
    yield f"{notice.id}: {notice.url} no longer says what is on file (looked at on {when})"
    for change in drift.changes[:MOST_SHOWN]:
        yield f"  {'-' if change.gone else '+'} {change.text}"
    if len(drift.changes) > MOST_SHOWN:
        yield f"  and {len(drift.changes) - MOST_SHOWN} more that are gone or new"
    if drift.moved:
        yield f"  {phrases.count(drift.moved, 'sentence')} now elsewhere on the page"
    for statement in drift.unquoted:
        yield f"  {statement.id} quotes words that are no longer there: “{statement.quote}”"
    audience = ",".join(notice.audience)
    yield (
        f"  to take the new wording in: ropa notice add {notice.url} --audience {audience}"
        f" --id {notice.id}-2 --in-force-from DAY"
    )
