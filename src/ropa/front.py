"""What other programs call: a check, a comparison, and what comes of them in any format.

Nothing here prints, reads a settings file, asks the network, or touches the garbage collector of the process.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from ropa import before_after, engine, plugins
from ropa.accepting.selection import choice
from ropa.changes.comparison import Comparison
from ropa.changes.history import as_it_was
from ropa.errors import UnknownName
from ropa.judging.judgement import Settings
from ropa.report import Report


class DraftedNotice(Struct, frozen=True):
    """A privacy notice in draft: its text, and the YAML document that ties it to the register.

    `lacks` are the things that the register does not say, each a slot in the text.
    """

    id: str
    text: str
    statements: str
    lacks: tuple[str, ...]


def check(
    path: str | Path,
    settings: Settings | None = None,
    *,
    baseline: str | Path | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Check the register in a folder: hold every flow against the notices in force on a day.

    Without settings it is judged as of today. `select` and `ignore` name rules, as on the command line; findings
    that the file `baseline` lists are known. What is wrong with the register is a finding of the report. Raises
    `RopaError` where there is no such folder, rule or baseline.
    """
    listed = Path(baseline) if baseline is not None else None
    how = settings or _today()
    return engine.check(
        Path(path), how, choices=(choice(_words(select), _words(ignore)),), baseline=listed
    )


def compare(old: str | Path, new: str | Path, settings: Settings | None = None) -> Comparison:
    """Check two registers, and hold the new one against the old: what changed, and who has to be told of it.

    Each is a folder; `old` may also be a revision of git, such as `main`, of the repository that `new` stands in.
    """
    how, here = settings or _today(), Path(new)
    with as_it_was(str(old), here) as before, as_it_was(str(new), here) as after:
        return before_after.compare((before, how), (after, how))


def what_if(
    path: str | Path, files: Iterable[str | Path], settings: Settings | None = None
) -> Comparison:
    """Check a register as if the documents of some files were in it, and hold it against the register without."""
    return before_after.what_if(Path(path), settings or _today(), [Path(file) for file in files])


def render(outcome: Report | Comparison, format: str) -> str | bytes:  # noqa: A002 - as everybody calls it
    """A report or a comparison in one of the formats of the command line; bytes where the format has no text.

    Of a report: text, json, markdown, html, pdf, sarif, junit, github, gitlab; of a comparison: text, json,
    markdown. Raises `UnknownName` for another, and `MissingExtra` where a package is not installed.
    """
    shelf = "differences" if isinstance(outcome, Comparison) else "reporters"
    made: str | bytes = plugins.load(shelf, format).render(outcome)
    return made


def export(report: Report, what: str, *, publication: bool = False) -> str | bytes:
    """The record of processing, the flows or the diagram of a checked register, such as `record-xlsx`.

    `publication` leaves out of a record what the register marks as internal.
    """
    kind = what.partition("-")[0]
    if kind == "notice":
        raise UnknownName("a notice is drafted for somebody: ask `draft`")
    module = plugins.load("exporters", what)
    made: str | bytes = module.render(_exported(report, kind, publication=publication))
    return made


def draft(
    report: Report,
    audience: str,
    format: Literal["md", "html"] = "md",  # noqa: A002 - as everybody calls it
    *,
    id: str = "",  # noqa: A002 - the id of a document
    start: date | None = None,
) -> DraftedNotice:
    """Draft a notice for some people from a checked register: a group by its id or name, or a notice's id.

    Raises `NothingToTell` where the register holds nothing about them.
    """
    from ropa.drafting import draft as drafted

    made = drafted(report.case.graph, report.case.settings, audience, id, start)
    writer, statements = (plugins.load("exporters", f"notice-{n}") for n in (format, "yaml"))
    tied: str = statements.render(made, f"{made.id}.{format}", writer.quote)
    return DraftedNotice(made.id, writer.render(made), tied, made.lacks)


def _exported(report: Report, kind: str, *, publication: bool) -> object:
    """What an exporter is given."""
    match kind:
        case "record":
            from ropa.record.gather import gather

            case = report.case
            return gather(
                case.register,
                case.settings.day,
                publication=publication,
                unjudged=case.unjudged,
            )
        case "diagram":
            from ropa.diagram.view import Wanted, diagram

            return diagram(report, Wanted())
    return report


def _words(names: Iterable[str]) -> Sequence[str]:
    return (names,) if isinstance(names, str) else tuple(names)


def _today() -> Settings:
    return Settings(date.today())
