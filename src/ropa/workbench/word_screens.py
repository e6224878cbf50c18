"""Words that nobody has defined, or that belong to none: each is joined to one that is known, or becomes our own."""

import json
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.workbench.amending import CannotAmend
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words, short
from ropa.workbench.sides import FileLine, lines_added
from ropa.workbench.unplaced import (
    ALONE,
    BELOW,
    SAME,
    TERMS,
    PlacedFile,
    UnplacedWord,
    nearest,
    placed,
    unplaced,
)
from ropa.workbench.weighing import WeighedChange, in_a_sentence, shifted


class WordInHand(Struct, frozen=True):
    """A word in hand: what it is to be, of which other word, what that does, and why it cannot be.

    `path` and `lines` are what would be written, `left` is how many words nobody would have defined then.
    """

    one: UnplacedWord
    how: str
    target: str
    other: str = ""
    weighed: WeighedChange | None = None
    path: str = ""
    lines: tuple[FileLine, ...] = ()
    left: int = 0
    problem: str = ""


class WordScreens:
    """The page of the words that have no place yet."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (
            ("GET", "/unplaced", self.shown),
            ("POST", "/unplaced", self.place),
            ("POST", "/unplaced/weigh", self.weigh),
        )

    def shown(self, asking: AskedPage) -> Shown:
        """The words that have no place, and one of them in hand with the nearest that are known."""
        now = self.frame.desk.now()
        waiting = unplaced(now.case)
        wanted = asking.query.get("word", "")
        one = next((one for one in waiting if one.key == wanted), next(iter(waiting), None))
        if one is None:
            return self._page(asking, now, None)
        near = nearest(now.case, one)
        how = SAME if near else ALONE
        return self._page(
            asking, now, self._weighed(now, WordInHand(one, how, near[0].id if near else ""))
        )

    def weigh(self, asking: AskedPage) -> Shown:
        """What a choice would do: for the script of the page."""
        now = self.frame.desk.now()
        placing = self._chosen(asking, now)
        if placing is None:
            return lost("There is no such word to place any more.")
        placing = self._weighed(now, placing)
        change = self.frame.pages.macro("placing.html", "change", placing)
        return Shown(json.dumps({"change": change, "problems": {}}), kind="application/json")

    def place(self, asking: AskedPage) -> Shown:
        """Write what a word is, and go on to the next."""
        now = self.frame.desk.now()
        placing = self._chosen(asking, now)
        if placing is None:
            return lost("There is no such word to place any more.")
        if asking.field("does") == "weigh":
            return self._page(asking, now, self._weighed(now, placing))
        try:
            made = self._made(now, placing)
            self.frame.desk.write(self._change(asking, now, placing, made), now_in_words())
        except (CannotAmend, ChangedUnderneath) as error:
            again = replace(self._weighed(self.frame.desk.now(), placing), problem=str(error))
            status = 409 if isinstance(error, ChangedUnderneath) else 422
            return replace(self._page(asking, self.frame.desk.now(), again), status=status)
        except RopaError as error:
            return replace(lost(str(error)), status=409)
        return Shown(status=303, to="/unplaced")

    def _chosen(self, asking: AskedPage, now: AsItStands) -> WordInHand | None:
        """What was chosen for which word; what is written counts before one of the nearest."""
        one = next((one for one in unplaced(now.case) if one.key == _as_sent(asking, "word")), None)
        if one is None:
            return None
        how = asking.field("how") if asking.field("how") in (SAME, BELOW, ALONE) else SAME
        other = asking.field("other")
        words = now.case.register.vocabulary[one.facet]
        target = words.find(other) if other else asking.field("target")
        known = target if target in words.terms and target != one.term else ""
        return WordInHand(one, how, known or "", other)

    def _made(self, now: AsItStands, placing: WordInHand) -> PlacedFile:
        if placing.how != ALONE and not placing.target:
            raise CannotAmend(
                f"nobody has defined “{placing.other}”"
                if placing.other
                else "no word is chosen yet"
            )
        return placed(now.case, self.frame.desk.held, placing.one, placing.how, placing.target)

    def _weighed(self, now: AsItStands, placing: WordInHand) -> WordInHand:
        """A choice with what it would do."""
        try:
            made = self._made(now, placing)
        except CannotAmend as cannot:
            return replace(placing, problem=str(cannot))
        after = self.frame.desk.as_if({made.path: made.made})
        found = shifted(now.case, after)
        return replace(
            placing,
            weighed=WeighedChange(in_a_sentence(found), found),
            path=made.path,
            lines=lines_added(made.here, made.made),
            left=sum(not word.term for word in unplaced(after)),
        )

    def _change(
        self, asking: AskedPage, now: AsItStands, placing: WordInHand, made: PlacedFile
    ) -> Change:
        one, words = placing.one, now.case.register.vocabulary[placing.one.facet]
        label = words.label(placing.target) if placing.target else ""
        said = {
            SAME: f"Joined “{short(one.word)}” to {label}",
            BELOW: f"Made “{short(one.word)}” a word of our own, a kind of {label}",
            ALONE: f"Made “{short(one.word)}” a word of our own",
        }[placing.how]
        base = _marks(asking).get(made.path, "")
        return Change(said, {made.path: made.made}, {made.path: base}, f"term/{one.key}")

    def _page(self, asking: AskedPage, now: AsItStands, placing: WordInHand | None) -> Shown:
        waiting = unplaced(now.case)
        one = placing.one if placing else None
        keys = [other.key for other in waiting]
        at = keys.index(one.key) if one and one.key in keys else 0
        facet = now.case.register.vocabulary[one.facet] if one else None
        return self.frame.page(
            asking, now, "unplaced.html", "Register",
            placing=placing, one=one, unplaced=waiting, near=nearest(now.case, one) if one else (),
            before=waiting[at - 1] if at else None,
            after=waiting[at + 1] if at + 1 < len(waiting) else None,
            names=sorted({term.label for term in facet.terms.values()}) if facet else (),
            bases=json.dumps(self._bases(now)),
        )  # fmt: skip

    def _bases(self, now: AsItStands) -> Mapping[str, str]:
        """The marks of the files that a word may be written into."""
        kinds = ("term", "party")
        paths = {
            d.path
            for d in now.case.documents
            if isinstance(d.data, dict) and d.data.get("kind") in kinds
        }
        return {path: mark(self.frame.desk.held(path)) for path in sorted({*paths, TERMS})}


def _as_sent(asking: AskedPage, name: str) -> str:
    return "".join(asking.fields.get(name, ("",))[:1])


def _marks(asking: AskedPage) -> Mapping[str, str]:
    """The marks of the files as the page was made; none where they were not sent."""
    try:
        sent = json.loads(_as_sent(asking, "bases"))
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in sent.items()} if isinstance(sent, dict) else {}
