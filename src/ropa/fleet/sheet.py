"""A register as the cells of a row, for every format that is a table."""

from collections.abc import Sequence

from ropa.fleet.row import WaitingRow

HEADINGS = (
    "Register", "Organisation", "Standing", "Why not checked", "Told", "Flows", "Share told", "Errors", "Warnings",
    "Notes", "Activities", "Notices in force", "Signed off", "Accepted", "New since the last run",
    "Gone since the last run", "Kept",
)  # fmt: skip


def cells(waiting: WaitingRow) -> Sequence[str | int]:
    """What the columns hold of a register; nothing where it is not known."""
    row = waiting.row
    signed = row.signed.isoformat() if row.signed else ""
    about = (row.register, row.name, str(row.standing), row.why)
    if row.why:
        return (*about, *[""] * (len(HEADINGS) - len(about)))
    return (
        *about,
        row.told,
        row.flows,
        row.percent,
        *(row.findings.get(severity, 0) for severity in ("error", "warning", "note")),
        row.activities,
        row.notices,
        signed,
        row.waived + row.known + row.exempted,
        len(waiting.new) if waiting.new is not None else "",
        waiting.gone if waiting.gone is not None else "",
        "kept" if waiting.kept else "",
    )
