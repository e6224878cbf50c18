"""`ropa notice add`: a published notice, put into the register."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from ropa.cli.asking import directed
from ropa.cli.options import Asked, Day, Id, Word, fetching, locating
from ropa.cli.output import put_all, tell


@click.command("add")
@click.argument("named", metavar="FILE|URL", type=Word())
@locating
@click.option(
    "--audience", "-a", multiple=True, type=Word(), metavar="GROUP",
    help="Whom the notice is for, by id or name; several with commas, or the option again. It is never guessed.",
)  # fmt: skip
@click.option("--name", default="", help="What it is called (its first heading).")
@click.option("--id", "id_", type=Id(), default="", help="The id of the notice (of its name).")
@click.option("--url", default="", help="Where it is published, if FILE was saved from there.")
@click.option("--issued", default="", help="How people get it, where it is not on the web.")
@click.option("--version", default="", help="Its version.")
@click.option("--in-force-from", "start", type=Day(), help="The day from which people get it.")
@click.option(
    "--language", default="", metavar="TAG", help="Its language, where it is not English."
)
@click.option(
    "--main", default="", metavar="SELECTOR", help="The part of a page that is the notice, in CSS."
)
@fetching
def command(  # noqa: PLR0913 - the options of the command line
    named: str,
    audience: tuple[str, ...],
    id_: str,
    seconds: int,
    *,
    allow_private: bool,
    asked: Asked,
    start: date | None,
    **said: Any,
) -> None:
    """Put a published notice into the register: its wording, and a document that says whose and where it is.

    FILE is Markdown, plain text, a saved page (HTML), Word (.docx) or PDF; it is copied beside the document. With a
    URL, that one page is fetched now, and never again at a check. Nothing that is there is ever written over.
    """
    from ropa.fetching.pages import FetchBounds
    from ropa.notices.adding import WantedNotice, add
    from ropa.notices.bringing import brought

    root = directed(asked).root
    groups = _groups(root, audience)  # before anything is fetched
    text = brought(named, FetchBounds(seconds=seconds, private=allow_private))
    added = add(root, text, WantedNotice(groups, id=id_, start=start, **said), asked.as_of)
    put_all(added.files, force=False)
    for path in added.files:
        tell(f"wrote {path}")
    for remark in added.remarks:
        tell(f"ropa: {remark}")


def _groups(root: Path, written: tuple[str, ...]) -> tuple[str, ...]:
    """Whom the notice is for, by the ids of the groups."""
    from ropa.notices.adding import audience_of, groups_of, register_documents, words_in

    register = words_in(register_documents(root))
    groups = [g.strip() for given in written for g in given.split(",") if g.strip()]
    if not groups:
        raise click.UsageError(
            f"Missing option '--audience': whom the notice is for; {groups_of(register)}."
        )
    return tuple(audience_of(register, groups))
