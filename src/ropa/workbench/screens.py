"""What each address of the workbench shows, and what a form that is sent to it does."""

from collections.abc import Callable
from gettext import NullTranslations

from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.report import owners
from ropa.workbench import home
from ropa.workbench.blind_screens import BlindScreens
from ropa.workbench.desk import ChangedUnderneath, Desk
from ropa.workbench.flow_screens import FlowScreens
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, safe_way
from ropa.workbench.notice_screens import NoticeScreens
from ropa.workbench.owner_screens import OwnerScreens
from ropa.workbench.register_screens import RegisterScreens
from ropa.workbench.signing_screens import SigningScreens
from ropa.workbench.word_screens import WordScreens

ASKED_AGAIN = 10
"""About how many accepted proposals somebody is asked again on one day, where nobody says."""


class Screens:
    """The pages of one desk."""

    def __init__(
        self, desk: Desk, words: NullTranslations | None = None, blind: int = ASKED_AGAIN
    ) -> None:
        self.desk, self.frame, self.blind = desk, PageFrame(desk, words), blind

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        rooms = (
            NoticeScreens(self.frame),
            FlowScreens(self.frame),
            SigningScreens(self.frame),
            RegisterScreens(self.frame),
            OwnerScreens(self.frame),
            WordScreens(self.frame),
            BlindScreens(self.frame, self.blind),
        )
        return (
            ("GET", "/", self.home),
            ("GET", "/done", self.done),
            ("GET", "/finding", self.finding),
            ("POST", "/undo", self.undo),
            *(route for room in rooms for route in room.routes),
        )

    def home(self, asking: AskedPage) -> Shown:
        """What to do, how far each notice is, and what changed since it was signed."""
        now = self.desk.now()
        owner = home.owner_asked(now, asking.query.get("owner", ""))
        things = home.things_to_do(now, owner)
        told, flows = home.told_flows(now)
        return self.frame.page(
            asking,
            now,
            "home.html",
            "Home",
            heading=_heading(len(things)),
            lede=_lede(told, flows),
            unproven=tuple(home.unread(now)),
            things=things,
            most=home.MOST_THINGS,
            standings=home.standings(now),
            since=home.since_signed(now),
            owner=owner,
            owners=owners(now.case),
            given=tuple(home.sentences_for(now, owner)) if owner else (),
        )

    def done(self, asking: AskedPage) -> Shown:
        """What was done, as a note that fits a commit message."""
        doings = [doing for doing in self.desk.diary.doings if not doing.undone]
        note = "\n".join(f"- {doing.said}" for doing in doings) or "Nothing was done yet."
        last = doings[-1].said if doings else ""
        return self.frame.page(
            asking, self.desk.now(), "done.html", "Home", note=note, last_done=last
        )

    def finding(self, asking: AskedPage) -> Shown:
        """One finding, with what mends it."""
        now, wanted = self.desk.now(), asking.query.get("id", "")
        found = next((f for f in now.report.findings if f.id == wanted), None)
        if found is None:
            return lost("There is no such finding any more.")
        return self.frame.page(
            asking, now, "finding.html", "Home", finding=found, owner=now.report.owner_of(found)
        )

    def undo(self, asking: AskedPage) -> Shown:
        """Take back what was written last, by whichever server."""
        try:
            self.desk.undo()
        except ChangedUnderneath as changed:
            now = self.desk.now()
            page = self.frame.page(asking, now, "cannot_undo.html", "Home", path=changed.path)
            return replace(page, status=409)
        except RopaError as error:
            return replace(lost(str(error)), status=409)
        return Shown(status=303, to=safe_way(asking.field("back")))


def _heading(number: int) -> str:
    shown = min(number, home.MOST_THINGS)
    counted = ("Nothing", "One thing", "Two things", "Three things", "Four things", "Five things")
    return f"{counted[shown]} to do"


def _lede(told: int, flows: int) -> str:
    if not flows:
        return "The register has no flows, so there is nothing that a notice could be held against."
    return f"{told} of {flows} flows are told."
