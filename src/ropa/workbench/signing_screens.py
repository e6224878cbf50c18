"""Sign-off at the workbench: what one signs, what of it is only by reading, and what changed since the last time."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec.structs import replace

from ropa.errors import CannotSign, RopaError
from ropa.findings import Severity
from ropa.judging.evidence import Rests
from ropa.judging.verdict import Verdict
from ropa.register.model import Notice
from ropa.saying import phrases
from ropa.sign_off import Signature, day_to_judge, proposal_lines, sign_off
from ropa.workbench import home
from ropa.workbench.desk import AsItStands, Change
from ropa.workbench.flow_pages import VERDICTS
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words, number_in, today


class SigningScreens:
    """The page of the sign-off."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (("GET", "/sign-off", self.shown), ("POST", "/sign", self.sign))

    def shown(self, asking: AskedPage) -> Shown:
        """What somebody would sign who signs a notice."""
        return self._page(asking, asking.query.get("notice", ""))

    def _page(self, asking: AskedPage, wanted: str, problem: str = "") -> Shown:
        now = self.frame.desk.now()
        day = now.case.settings.day
        notices = [n for n in now.case.register.notices.values() if not n.over(day)]
        notice = now.case.register.notices.get(wanted) or (notices[0] if notices else None)
        values = self._signed(now, notice) if notice else {}
        return self.frame.page(
            asking, now, "signoff.html", "Sign-off",
            notices=notices, notice=notice, problem=problem, **values,
        )  # fmt: skip

    def _on_its_day(self, now: AsItStands, notice: Notice) -> tuple[AsItStands, date]:
        """The register on the day that a notice is signed for."""
        day = day_to_judge(now.report, notice.id)
        return (now if day == now.case.settings.day else self.frame.desk.on(day)), day

    def _signed(self, now: AsItStands, notice: Notice) -> dict[str, Any]:
        """What is signed."""
        then, day = self._on_its_day(now, notice)
        case = then.case
        contents = case.signatures.contents(notice, day)
        told = [signed.told for signed in contents.flows.values()]
        counted = Counter(one.verdict for one in told)
        by_reading = [
            (one.flow.id, phrases.capital(phrases.step(case.register, one.flow)))
            for one in told
            if one.verdict is Verdict.CLEAR and one.evidence is Rests.READING
        ]
        own = f"notice/{notice.id}"
        standing = [
            f
            for f in then.report.standing
            if f.rule.severity > Severity.NOTE
            and (
                f.problem.where == own
                or f.problem.where.startswith(f"{own}#")
                or f.problem.where in contents.flows
            )
        ]
        return {
            "day": phrases.day(day),
            "later": day != now.case.settings.day,
            "verdicts": [(*VERDICTS[v], counted[v]) for v in sorted(counted)],
            "by_reading": by_reading,
            "open": standing,
            "errors": sum(f.rule.severity is Severity.ERROR for f in standing),
            "aside": [entry for entry in case.aside if entry.notice.id == notice.id],
            "since": [one for one in home.since_signed(then) if one.notice == notice.name],
            "accepted": tuple(proposal_lines(notice)),
            "cannot": _cannot(then, notice),
        }

    def sign(self, asking: AskedPage) -> Shown:
        """Write the record of a sign-off: of what the page showed, and of nothing that came since."""
        now = self.frame.desk.now()
        notice = now.case.register.notices.get(asking.field("notice"))
        if notice is None:
            return lost("There is no such notice any more.")
        if number_in(asking.field("moment")) != now.number:
            changed = (
                "the register changed since this page was made; look at it again before you sign"
            )
            return replace(self._page(asking, notice.id, changed), status=409)
        then, _ = self._on_its_day(now, notice)
        signature = Signature(
            asking.field("by"), asking.field("role"), today(), asking.field("reason")
        )
        try:
            made = sign_off(then.report, notice.id, signature)
            said = f"Signed “{notice.name}” off, by {signature.by}"
            files = {made.path.as_posix(): made.text.encode()}
            self.frame.desk.write(Change(said, files, {}, made.path.as_posix()), now_in_words())
        except RopaError as error:
            return replace(self._page(asking, notice.id, str(error)), status=422)
        return Shown(status=303, to=f"/sign-off?notice={notice.id}")


def _cannot(then: AsItStands, notice: Notice) -> str:
    """Why nobody can sign a notice as it is."""
    if then.report.undecided:
        return "not everything could be checked or decided, so nobody can know what they sign"
    signature = Signature("somebody", "", then.case.settings.day, "to see whether it can be signed")
    try:
        sign_off(then.report, notice.id, signature)
    except CannotSign as cannot:
        return str(cannot)
    return ""
