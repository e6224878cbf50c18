"""The flows at the workbench: looked for, read, tried with another sentence, and accepted for now."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from ropa.documents import source
from ropa.documents.document import SourceFile
from ropa.drafting.mending import DraftSentence
from ropa.errors import RopaError
from ropa.page.review import MARKS
from ropa.register.periods import after
from ropa.report import owners
from ropa.seen import formats
from ropa.visible import visible
from ropa.why import derive
from ropa.workbench.amending import Entry, added, with_document
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.flow_pages import (
    FlowSearch,
    findings_about,
    next_untold,
    rows_found,
    shown_facets,
)
from ropa.workbench.framing import AskedPage, PageFrame, Shown, lost, now_in_words, short, today
from ropa.workbench.home import flow_address
from ropa.workbench.weighing import WeighedChange, in_a_sentence, shifted

MOST_ROWS = 200
"""How many flows are listed at once."""
WAIVERS = "waivers.yaml"
"""The file that a waiver goes into."""


class FlowScreens:
    """The pages of the flows."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (
            ("GET", "/flows", self.flows),
            ("GET", "/flow", self.flow),
            ("POST", "/waive", self.waive),
        )

    def flows(self, asking: AskedPage) -> Shown:
        """The flows that somebody looks for, those that are told worst first."""
        now, query = self.frame.desk.now(), asking.query
        search = FlowSearch(
            query.get("q", "").strip()[:200],
            query.get("subject", ""),
            query.get("mark", ""),
            query.get("activity", ""),
            query.get("owner", ""),
        )
        return self.frame.page(
            asking,
            now,
            "flows.html",
            "Flows",
            search=search,
            rows=rows_found(now, search),
            most=MOST_ROWS,
            total=len(now.review.rows),
            groups=now.review.groups,
            marks=MARKS,
            owners=owners(now.case),
            activities=[(a.id, a.name) for a in now.case.register.activities.values()],
        )

    def flow(self, asking: AskedPage) -> Shown:
        """One flow in full, and what another sentence would change."""
        now = self.frame.desk.now()
        tried, drafted = asking.query.get("try", ""), asking.query.get("draft", "")
        known = [d for d in now.review.sentences if visible(d.wording) == drafted]
        weighed = self._tried(now, known[0], tried) if known and tried.strip() else None
        return self._shown(
            asking, now, asking.query.get("id", ""), tried=tried, drafted=drafted, weighed=weighed
        )

    def _shown(self, asking: AskedPage, now: AsItStands, flow: str, **values: Any) -> Shown:
        row = next((row for row in now.review.rows if row.flow.id == flow), None)
        if row is None or flow not in now.case.coverage.by_id:
            return lost("There is no such flow in the register, or it is for others to tell.")
        drafts = {draft for facet in shown_facets(now, flow) for draft in facet.drafts}
        day = today()
        said = {"tried": "", "drafted": "", "weighed": None, "problem": "", **values}
        return self.frame.page(
            asking,
            now,
            "flow.html",
            "Flows",
            row=row,
            activity=now.case.register.activities[row.flow.activity].name,
            facets=shown_facets(now, flow),
            drafts=[draft for draft in now.review.sentences if draft in drafts],
            derived=derive(now.case, flow),
            after=next_untold(now, flow),
            findings=[(f, now.report.owner_of(f)) for f in findings_about(now, flow)],
            base=mark(self.frame.desk.held(WAIVERS)),
            today=day,
            in_a_year=after(day, "P1Y"),
            **said,
        )

    def _tried(self, now: AsItStands, draft: DraftSentence, wording: str) -> WeighedChange:
        """What comes of it if a sentence stood in a notice, with the statement of a draft that quotes it."""
        try:
            files = self._with_sentence(draft, " ".join(wording.split()))
        except (RopaError, ValueError) as error:
            return WeighedChange("This cannot be tried", (), str(error))
        if not files:
            why = "only a text in Markdown or plain text can be tried"
            return WeighedChange("This cannot be tried", (), why)
        found = shifted(now.case, self.frame.desk.as_if(files))
        return WeighedChange(in_a_sentence(found), found)

    def _with_sentence(self, draft: DraftSentence, wording: str) -> Mapping[str, bytes]:
        notice = draft.notice
        path = notice.origin.document.path
        text = f"{path.rpartition('/')[0]}/{notice.text}".lstrip("/")
        held, raw = self.frame.desk.held(text), self.frame.desk.held(path)
        if held is None or raw is None or formats.is_binary(text) or formats.is_page(text):
            return {}
        written = f"quote: |-\n  {wording}\n{draft.statement}\n"
        (document,) = source.parse(SourceFile("tried.yaml", written))
        if document.problems or not isinstance(document.data, dict):
            return {}
        entry = {**document.data, "quote": wording}
        more = added(raw, Entry("notice", notice.id), "statements", entry)
        return {text: held.rstrip() + f"\n\n{wording}\n".encode(), path: more}

    def waive(self, asking: AskedPage) -> Shown:
        """Accept what is found about a flow, for a reason, until a day, with somebody who answers for it."""
        now, flow = self.frame.desk.now(), asking.field("flow")
        known = {finding.id for finding in findings_about(now, flow)}
        entry = {
            "finding": asking.field("finding"),
            "reason": asking.field("reason"),
            "owner": asking.field("owner"),
            "until": asking.field("until"),
        }
        problem = _why_not(entry, entry["finding"] in known)
        if problem:
            return replace(self._shown(asking, now, flow, problem=problem), status=422)
        held = self.frame.desk.held(WAIVERS)
        data = {"kind": "waiver", "id": _free_id(now), **entry}
        said = f"Accepted {entry['finding']} until {entry['until']}: {short(entry['reason'])}"
        change = Change(
            said,
            {WAIVERS: with_document(held or b"", data)},
            {WAIVERS: asking.field("base")},
            data["id"],
        )
        try:
            self.frame.desk.write(change, now_in_words())
        except (ChangedUnderneath, RopaError) as error:
            now = self.frame.desk.now()
            page = self._shown(asking, now, flow, problem=f"{error}; look at it and send it again")
            return replace(page, status=409)
        return Shown(status=303, to=flow_address(flow))


def _why_not(entry: Mapping[str, str], known: bool) -> str:
    """Why nothing can be accepted so."""
    if not known:
        return "This finding does not stand open any more."
    if not entry["reason"] or not entry["owner"]:
        return "Say why, and who answers for it."
    try:
        until = date.fromisoformat(entry["until"])
    except ValueError:
        return "Write the day like 2027-01-31."
    if not today() <= until <= after(today(), "P1Y"):
        return "A day from today to twelve months ahead."
    return ""


def _free_id(now: AsItStands) -> str:
    taken, number = now.case.register.waivers, 1
    while f"accepted-{today()}-{number}" in taken:
        number += 1
    return f"accepted-{today()}-{number}"
