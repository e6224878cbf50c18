"""Who sees to what: a finding, a sentence or a proposal is given to a post, as a task of the register."""

from collections.abc import Callable

from msgspec.structs import replace

from ropa.errors import RopaError
from ropa.register.model import Task
from ropa.workbench.amending import Entry, changed, said, with_document
from ropa.workbench.desk import AsItStands, Change, ChangedUnderneath
from ropa.workbench.diary import mark
from ropa.workbench.framing import (
    AskedPage,
    PageFrame,
    Shown,
    lost,
    now_in_words,
    number_in,
    safe_way,
    short,
    today,
)
from ropa.workbench.sentences import at, sentences_of

TASKS = "tasks.yaml"
"""The file that a task goes into."""


class OwnerScreens:
    """What gives something to somebody."""

    def __init__(self, frame: PageFrame) -> None:
        self.frame = frame

    @property
    def routes(self) -> tuple[tuple[str, str, Callable[[AskedPage], Shown]], ...]:
        """The method and address of each, and what answers it."""
        return (("POST", "/give", self.give),)

    def give(self, asking: AskedPage) -> Shown:
        """Write who sees to a finding, or to a sentence of a notice; whoever had it before has it no more."""
        now, owner = self.frame.desk.now(), asking.field("owner")
        finding, notice = (
            asking.field("finding"),
            now.case.register.notices.get(asking.field("notice")),
        )
        if not owner:
            return replace(lost("Say who sees to it: a post rather than a person."), status=422)
        if finding:
            known = next((f for f in now.report.findings if f.id == finding), None)
            if known is None:
                return lost("There is no such finding any more.")
            had = next((t for t in now.case.register.tasks.values() if t.finding == finding), None)
            return self._written(asking, now, had, {"owner": owner, "finding": finding}, finding)
        one = (
            at(sentences_of(now.case, notice), number_in(asking.field("sentence")))
            if notice
            else None
        )
        if notice is None or one is None:
            return lost("There is no such sentence any more.")
        about = {"owner": owner, "notice": notice.id, "quote": one.sentence.text}
        return self._written(asking, now, one.task, about, f"“{short(one.sentence.text)}”")

    def _written(
        self, asking: AskedPage, now: AsItStands, had: Task | None, about: dict[str, str], what: str
    ) -> Shown:
        desk = self.frame.desk
        path = had.origin.document.path if had else TASKS
        held, note = desk.held(path) or b"", asking.field("note")
        more = {**about, "note": note} if note else about
        id_ = had.id if had else _free_id(now)
        entry = Entry("task", id_)
        made = (
            changed(held, entry, {**said(held, entry), **more})
            if had
            else with_document(held, {"kind": "task", "id": id_, **more})
        )
        change = Change(
            f"Gave {what} to {about['owner']}",
            {path: made},
            {path: mark(desk.held(path))},
            f"task/{id_}",
        )
        try:
            desk.write(change, now_in_words())
        except (ChangedUnderneath, RopaError) as error:
            return replace(lost(str(error)), status=409)
        return Shown(status=303, to=safe_way(asking.field("back")))


def _free_id(now: AsItStands) -> str:
    taken, number = now.case.register.tasks, 1
    while f"task-{today()}-{number}" in taken:
        number += 1
    return f"task-{today()}-{number}"
