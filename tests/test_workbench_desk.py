"""What the workbench writes, and what it never writes over: without a browser."""

import asyncio
import gc
import os
import signal
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

import pytest

from bench import copied
from conftest import TODAY, write_register
from ropa.documents.document import SourceFile
from ropa.documents.journal import recover
from ropa.documents.source import parse
from ropa.engine import check
from ropa.errors import CannotWrite
from ropa.judging.coverage import Settings
from ropa.report import Report
from ropa.workbench.amending import CannotAmend, Entry, added, changed, removed, said
from ropa.workbench.desk import Change, ChangedUnderneath, Checking, Desk
from ropa.workbench.diary import NAME, mark
from ropa.workbench.server import Quiet

PATH = "notices/children-social-care-2025.yaml"
NOTICE = Entry("notice", "children-social-care-2025")
KILLS = int(os.environ.get("ROPA_KILLS", "24"))
"""How often the server is ended while it writes; more where the environment says so."""
STATED = {"quote": "keep you safe", "uses": "child-protection"}


def desk_of(root: Path) -> Desk:
    return Desk(root, Checking(Settings(TODAY)))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copied(tmp_path)


def change(root: Path, said: str = "Tied it", about: str = "a") -> Change:
    raw = (root / PATH).read_bytes()
    made = added(raw, NOTICE, "statements", {**STATED, "id": f"new-{about}"})
    return Change(said, {PATH: made}, {PATH: mark(raw)}, about)


def test_what_is_written_is_undone_by_the_next_server(root: Path) -> None:
    before = (root / PATH).read_bytes()
    desk_of(root).write(change(root), "2026-11-23 10:00")
    assert (root / PATH).read_bytes() != before
    again = desk_of(root)
    assert again.diary.last is not None
    assert again.diary.last.said == "Tied it"
    assert again.undo() is not None
    assert (root / PATH).read_bytes() == before
    assert desk_of(root).undo() is None  # nothing is left to undo


def test_undo_goes_back_step_by_step(root: Path) -> None:
    held = [(root / PATH).read_bytes()]
    desk = desk_of(root)
    for about in "abc":
        desk.write(change(root, about=about), "")
        held.append((root / PATH).read_bytes())
    for wanted in reversed(held[:-1]):
        assert desk_of(root).undo() is not None
        assert (root / PATH).read_bytes() == wanted


def test_a_file_that_changed_underneath_is_left_alone(root: Path) -> None:
    desk, made = desk_of(root), change(root)
    (root / PATH).write_bytes((root / PATH).read_bytes() + b"# somebody else\n")
    with pytest.raises(ChangedUnderneath):
        desk.write(made, "")
    assert (root / PATH).read_bytes().endswith(b"# somebody else\n")
    assert desk.diary.last is None


def test_two_people_who_change_different_things_are_not_in_each_others_way(root: Path) -> None:
    desk, of_one, of_other = desk_of(root), change(root, about="a"), change(root, about="b")
    desk.write(of_one, "")
    on_top = added((root / PATH).read_bytes(), NOTICE, "statements", {**STATED, "id": "new-b"})
    desk.write(Change("", {PATH: on_top}, of_other.made_of, "b"), "")
    assert b"new-a" in (root / PATH).read_bytes()
    with pytest.raises(ChangedUnderneath):
        desk.write(of_one, "")


def test_what_was_taken_out_again_is_no_circle_that_nobody_leaves(root: Path) -> None:
    desk, before = desk_of(root), (root / PATH).read_bytes()
    tied = change(root, about="a")
    desk.write(tied, "")
    back = Change("", {PATH: before}, {PATH: mark(tied.files[PATH])}, "b")
    desk.write(back, "")
    (root / PATH).write_bytes(before + b"# somebody else\n")
    with pytest.raises(ChangedUnderneath):
        desk.write(Change("", {PATH: before}, {PATH: mark(before)}, "c"), "")


def test_what_was_changed_again_since_is_not_undone(root: Path) -> None:
    desk = desk_of(root)
    desk.write(change(root), "")
    (root / PATH).write_bytes((root / PATH).read_bytes() + b"# somebody else\n")
    with pytest.raises(ChangedUnderneath):
        desk.undo()
    assert (root / PATH).read_bytes().endswith(b"# somebody else\n")


@pytest.mark.parametrize(
    "path", ["../outside.yaml", ".hidden.yaml", "notices/../../outside.yaml", "link/x.yaml", "notices", "a\0b.yaml"]
)  # fmt: skip
def test_nothing_is_written_outside_the_register(root: Path, path: str) -> None:
    (root / "link").symlink_to(root.parent)
    with pytest.raises(CannotWrite):
        desk_of(root).write(Change("", {path: b"kind: term\n"}, {}, ""), "")
    assert not (root.parent / "outside.yaml").exists()
    assert not (root.parent / "x.yaml").exists()


def test_only_its_owner_may_read_what_stood_there_before(root: Path) -> None:
    desk_of(root).write(change(root), "")
    assert (root / NAME).stat().st_mode & 0o077 == 0


def test_a_line_of_the_diary_that_was_not_written_to_its_end_is_passed_over(root: Path) -> None:
    desk_of(root).write(change(root), "")
    with (root / NAME).open("ab") as file:
        file.write(b'{"type":"did","number":2,"wh')
    before = (root / PATH).read_bytes()
    desk_of(root).write(change(root, about="b"), "")
    assert desk_of(root).undo() is not None
    assert (root / PATH).read_bytes() == before
    assert desk_of(root).undo() is not None


def test_the_register_is_read_anew_only_where_a_file_changed(root: Path) -> None:
    desk = desk_of(root)
    first = desk.now()
    parsed, seen = desk.kept.parsed, desk.kept.seen
    assert desk.now() is first
    desk.write(change(root), "")
    assert desk.now() is not first
    assert (desk.kept.parsed - parsed, desk.kept.seen - seen) == (1, 0)


def test_what_would_be_is_judged_without_anything_being_written(root: Path) -> None:
    desk = desk_of(root)
    before = (root / PATH).read_bytes()
    desk.now()
    parsed = desk.kept.parsed
    case = desk.as_if({PATH: change(root).files[PATH] or b""})
    assert len(case.register.notices["children-social-care-2025"].statements) == 1 + len(
        desk.now().case.register.notices["children-social-care-2025"].statements
    )
    assert desk.kept.parsed - parsed == 1
    assert (root / PATH).read_bytes() == before


def killed_while_it_writes(root: Path, made: Change, step: int, after: float | None) -> None:
    """Write and undo in a process of its own, until SIGKILL comes a little after it has begun so many steps.

    Where it is to come after no time at all, that step is not taken.
    """
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        desk = desk_of(root)
        for begun in count(1):
            os.write(said, b".")
            if begun == step and after is None:
                signal.pause()
            desk.write(made, "") if begun % 2 else desk.undo()
    os.close(said)
    for _ in range(step):
        os.read(heard, 1)
    time.sleep(after or 0)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(heard)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_server_that_is_killed_while_it_writes_leaves_the_old_or_the_new(root: Path) -> None:
    old = (root / PATH).read_bytes()
    made, found = change(root), set()
    for number in range(KILLS):
        after = None if number < 2 else 0.0004 * (number % 25)
        killed_while_it_writes(root, made, 1 + number % 5, after)
        list(recover(root))
        held = (root / PATH).read_bytes()
        found.add(held == old)
        assert held == old or (held.startswith(old.rstrip()) and b"id: new-a" in held)
        while desk_of(root).undo() is not None:
            pass
        assert (root / PATH).read_bytes() == old
    assert found == {True, False}  # the first two times it was killed on either side for sure


def judged(report: Report) -> dict[str, object]:
    """What a report comes to, flow by flow and finding by finding."""
    told = {
        t.flow.id: [(j.facet, j.verdict) for j in t.judgements] for t in report.case.coverage.flows
    }
    return {**told, "findings": sorted(finding.id for finding in report.findings)}


def test_after_any_edits_the_desk_judges_as_a_fresh_check_does(tmp_path: Path) -> None:
    write_register(tmp_path, SMALL)
    desk, random, notice = desk_of(tmp_path), Random(2026), Entry("notice", "n")
    register = tmp_path / "register.yaml"

    def tied() -> None:
        raw = register.read_bytes()
        made = added(
            raw,
            notice,
            "statements",
            {"quote": "We tell the police your name", "discloses": {"to": "police"}},
        )
        desk.write(Change("", {"register.yaml": made}, {"register.yaml": mark(raw)}, "q"), "")

    def replaced(old: bytes, new: bytes) -> None:
        register.write_bytes(register.read_bytes().replace(old, new, 1))

    def undone() -> None:
        with suppress(ChangedUnderneath):  # what was changed in an editor since stays
            desk.undo()

    def edits() -> Iterator[Callable[[], object]]:
        yield lambda: replaced(b"data: name", b"data: health")
        yield lambda: replaced(b"type: controller", b"type: processor")
        yield lambda: replaced(b"P6Y", b"P7Y")
        yield tied
        yield undone
        yield lambda: (tmp_path / "n.md").write_text(
            "# Nothing\n\nWe keep your name for six years.\n", "utf-8"
        )

    for edit in random.sample(list(edits()), 6):
        edit()
        assert judged(desk.now().report) == judged(check(tmp_path, Settings(TODAY)))


SMALL = """\
kind: organisation
id: o
name: Exampleshire County Council
---
kind: party
id: school
name: Sample School
type: controller
---
kind: activity
id: act
name: Reports
subjects: pupil
data: name
purposes: support
sources: data-subject
basis: {article_6: e}
retention: {period: P6Y, trigger: end-of-year}
disclosures: [{to: school}]
---
kind: notice
id: n
name: Notice
audience: pupil
text: n.md
statements:
  - quote: We keep your name for six years
    keeps: {data: name, period: P6Y}
=== n.md
# About you

We keep your name for six years. We tell the police your name. We collect your name from you.
"""


# -- YAML changed where it stands ----------------------------------------------------------------

SHEET = b"""\
# the file of a notice
kind: notice   # of a kind
id: n
audience: [child, 'parent']  # who gets it
statements:
  # first
  - quote: one two three
    uses: support   # why

  # second
  - {quote: four five six, uses: health-care}
  - quote: >
      seven eight
      nine
    collects:
      data: [name,
             address]
# the end
---
kind: notice
id: m
audience: child
aside: [{quote: a b c, reason: r, by: me}]
"""


def data(raw: bytes) -> list[object]:
    return [document.data for document in parse(SourceFile("x.yaml", raw.decode()))]


@pytest.mark.parametrize("at", [0, 1, 2, 3, None])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_an_item_is_added_and_every_other_line_stays(at: int | None, ends: bytes) -> None:
    sheet = SHEET.replace(b"\n", ends)
    made = added(sheet, Entry("notice", "n"), "statements", STATED, at)
    assert len(data(made)[0]["statements"]) == 4  # type: ignore[index]
    kept = iter(made.split(ends))
    assert all(line in kept for line in sheet.split(ends))  # each, and in their order


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_item_is_taken_out_and_comments_stay(at: int) -> None:
    made = removed(SHEET, Entry("notice", "n"), "statements", at)
    assert len(data(made)[0]["statements"]) == 2  # type: ignore[index]
    for comment in (b"# first", b"# second", b"# the end", b"# who gets it"):
        assert comment in made


def test_a_value_is_changed_with_the_comment_behind_it() -> None:
    entry = Entry("notice", "n")
    made = changed(SHEET, entry, {**said(SHEET, entry), "audience": ["child"]})
    assert b"audience: [child]  # who gets it\n" in made
    assert b"kind: notice   # of a kind\n" in made


def test_a_list_in_brackets_is_written_anew_in_the_second_document() -> None:
    made = added(
        SHEET, Entry("notice", "m"), "aside", {"quote": "d e f", "reason": "r", "by": "me"}
    )
    assert made.startswith(SHEET[: SHEET.index(b"aside:")])
    assert len(data(made)[1]["aside"]) == 2  # type: ignore[index]


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(CannotAmend, match="there is no notice gone"):
        added(SHEET, Entry("notice", "gone"), "statements", STATED)


# -- what is left behind --------------------------------------------------------------------------


class Circle:
    """Points to itself, so that nothing but a collection takes it away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_points_in_circles_is_cleared_up_once_nobody_asks() -> None:
    quiet = Quiet(after=0.01)
    left = weakref.ref(Circle())
    quiet.asked += 1

    async def until_it_is_gone() -> None:
        clearing = asyncio.create_task(quiet.clear_up())
        while left() is not None:
            await asyncio.sleep(0.01)
        clearing.cancel()

    collects = gc.isenabled()
    gc.disable()  # as the command does
    try:
        with ThreadPoolExecutor(1) as apart:  # in this thread a browser's loop may be running
            apart.submit(asyncio.run, asyncio.wait_for(until_it_is_gone(), 60)).result()
    finally:
        if collects:
            gc.enable()
    assert quiet.cleared == quiet.asked == 1
