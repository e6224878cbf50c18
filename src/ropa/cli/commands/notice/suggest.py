"""`ropa notice suggest`: what the sentences of a notice may be made to state."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import checked_register
from ropa.cli.options import Asked, Word, judging, text_or_json
from ropa.cli.output import put, put_many, tell

if TYPE_CHECKING:
    from ropa.proposing.notices import NoticeProposals


@click.command("suggest")
@click.argument("notice", type=Word(), metavar="NOTICE|FILE")
@judging
@text_or_json
@click.option("--write", is_flag=True, help="Put them into the notice's file, as proposals.")
def command(notice: str, *, format_: str, write: bool, asked: Asked) -> None:
    """Propose statements for NOTICE, from what its sentences say.

    NOTICE is a notice of the register by its id, or a FILE with a text that is none yet. Only what the words say is
    filled in; else the nearest words are named to choose from, or a name that only the notice has. Each proposal says
    which flows it would tell. It counts for nothing until a person accepts it: `ropa notice accept`.
    """
    from ropa.proposing import notices

    if not write and Path(notice).is_file():
        found = _of_file(Path(notice), asked.registry)
    else:
        found, root = _of_notice(notice, asked)
        if write:
            _write(found, root)
            return
    put(notices.as_json(found) if format_ == "json" else notices.as_text(found), None)


def _of_file(file: Path, registry: Path | None) -> "NoticeProposals":
    from ropa.engine import documents_of
    from ropa.errors import CannotRead
    from ropa.proposing.notices import of_text
    from ropa.seen.published import read_notice_file

    proposing = of_text(read_notice_file(file), documents_of(registry))
    found = proposing.of(proposing.register.notices["notice"])
    if found is None:
        raise CannotRead(
            f"{file} is in a language that is not read, so nothing can be proposed of it"
        )
    return found


def _of_notice(notice: str, asked: Asked) -> "tuple[NoticeProposals, Path]":
    from ropa.errors import CannotRead
    from ropa.proposals import proposing
    from ropa.sign_off import notice_named

    report, _ = checked_register(asked)
    case = report.case
    found = proposing(case).of(notice_named(report, notice))
    if found is None:
        raise CannotRead(f"{notice} has no text that can be read, so nothing can be proposed of it")
    return found, Path(case.root)


def _write(found: "NoticeProposals", root: Path) -> None:
    from ropa.proposing.notice_file import NoticeFile
    from ropa.saying import phrases

    file = NoticeFile(found.notice.origin.document)
    file.add(found.entries)
    if found.entries:
        put_many({root / file.path: file.on_disk(root)})
    number = phrases.count(len(found.entries), "proposal")
    tell(f"wrote {number} into {file.path}; `ropa notice accept {found.notice.id}` shows them")
