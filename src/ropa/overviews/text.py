"""For the terminal: how the registers stand, what most of them lack, and a line for each, the worst first."""

from collections.abc import Iterator

from ropa.findings import Severity
from ropa.fleet.fleet import Fleet
from ropa.fleet.row import Outcome, WaitingRow
from ropa.saying import phrases
from ropa.visible import inert, visible

MOST_ROWS = 50
"""How many registers are listed; the other formats list all."""
MOST_SHARED = 5
WIDEST = 44
_RED, _YELLOW, _GREEN, _BOLD, _DIM = "31;1", "33;1", "32;1", "1", "2"
_LOOK = {
    Outcome.CLEAN: (_GREEN, "✓"),
    Outcome.FAILING: (_RED, "✗"),
    Outcome.UNDECIDED: (_YELLOW, "?"),
    Outcome.UNCHECKED: (_RED, "!"),
}
_SAID = {
    Outcome.CLEAN: "clean",
    Outcome.FAILING: "with findings that fail",
    Outcome.UNDECIDED: "not decided",
    Outcome.UNCHECKED: "could not be checked",
}


def render(fleet: Fleet) -> str:
    """The whole overview; what is cut says so."""
    lines = [*_shares(fleet), *_table(fleet), *_extending(fleet), *_between(fleet), *_foot(fleet)]
    return inert("".join(f"{line}\n" for line in lines))


def _shares(fleet: Fleet) -> Iterator[str]:
    checked = phrases.count(fleet.checked, "register")
    for heading, shared in (
        ("What most have", fleet.by_cause),
        ("Sentences most lack", fleet.missing),
    ):
        if shared:
            yield _in(_BOLD, f"{heading}, of {checked} checked:")
            yield from (
                f"{len(one.registers):>7}  {visible(one.what)}" for one in shared[:MOST_SHARED]
            )
            if len(shared) > MOST_SHARED:
                yield _in(_DIM, f"         and {len(shared) - MOST_SHARED} more")
            yield ""


def _table(fleet: Fleet) -> Iterator[str]:
    shown = fleet.worst_first[:MOST_ROWS]
    width = min(WIDEST, max((len(visible(w.row.title)) for w in shown), default=0))
    since = any(waiting.new is not None for waiting in fleet.rows)
    new = "  new" if since else ""
    yield _in(_BOLD, f"  {'Register'.ljust(width)}   told  errors{new}")
    for waiting in shown:
        yield _line(waiting, width, since=since)
    if more := len(fleet.rows) - len(shown):
        yield _in(_DIM, f"  and {more} more, none of them worse; --format csv lists all")
    yield ""


def _line(waiting: WaitingRow, width: int, *, since: bool) -> str:
    row = waiting.row
    colour, glyph = _LOOK[row.standing]
    title = visible(row.title)
    title = title if len(title) <= width else f"{title[: width - 1]}…"
    begin = f"{_in(colour, glyph)} {title.ljust(width)}"
    beside = _in(_DIM, f"  {visible(row.register)}{' (kept)' if waiting.kept else ''}")
    if row.why:
        return f"{begin}  {visible(row.why)}{beside}"
    told = f"{row.percent or '–':>6}"
    new = f"  {len(waiting.new or ()):>3}" if since else ""
    return f"{begin} {told}  {row.findings.get('error', 0):>6}{new}{beside}"


def _extending(fleet: Fleet) -> Iterator[str]:
    for one in fleet.broken_by:
        number = phrases.count(len(one.registers), "register")
        extending = "that extends" if len(one.registers) == 1 else "that extend"
        yield _in(_BOLD, f"New since the last run in {number} {extending} {visible(one.what)}:")
        yield from (f"  {visible(register)}" for register in one.registers[:MOST_ROWS])
        yield ""


def _between(fleet: Fleet) -> Iterator[str]:
    if fleet.differences:
        yield _in(_BOLD, "Between registers:")
        for one in fleet.differences:
            colour = _RED if one.severity is Severity.ERROR else _YELLOW
            yield f"{_in(colour, f'{one.severity}[{one.id}]')}: {visible(one.message)}"
            yield from (f"    {visible(f'{at.path}:{at.line}')}" for _, at in one.sides)
        yield ""


def _foot(fleet: Fleet) -> Iterator[str]:
    number = phrases.count(len(fleet.rows), "register")
    yield _in(_BOLD, f"{number} on {phrases.day(fleet.day)}:")
    for standing, count in fleet.standings.items():
        if count:
            yield f"  {_in(_LOOK[standing][0], f'{count:>6} {_SAID[standing]}')}"
    if fleet.kept:
        yield f"{fleet.kept} kept from an earlier run, since nothing of what they rest on has changed"
    yield from (visible(remark) for remark in fleet.remarks)
    if fleet.interrupted:
        yield _in(_RED, "The run was ended before all registers were reached; --resume goes on.")


def _in(colour: str, text: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
