"""`ropa notice drift`: whether the published pages still say what is on file."""

from pathlib import Path

import click

from ropa.cli.asking import directed
from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import Asked, Word, fetching, locating
from ropa.cli.output import put, tell
from ropa.visible import inert, visible


@click.command("drift")
@click.argument("notice", type=Word(), required=False)
@locating
@fetching
def command(notice: str | None, seconds: int, *, allow_private: bool, asked: Asked) -> None:
    """Fetch the page of NOTICE again, and say whether it still says what is on file.

    Without NOTICE, the pages of all notices in force that have an address on the web are fetched. The words that
    people see are compared, not the bytes. Exits with 1 where a page no longer says what is on file, and with 2
    where nobody could look.
    """
    from ropa.fetching.pages import FetchBounds
    from ropa.notices.drift import as_text, drifts

    named, asked = _told_apart(notice or "", asked)
    root, bounds = directed(asked).root, FetchBounds(seconds=seconds, private=allow_private)
    code, looked = CLEAN, False
    for found in drifts(root, named, asked.as_of, bounds):
        lines = as_text(found, asked.as_of).splitlines()
        put(inert("".join(f"{visible(line)}\n" for line in lines)), None)
        looked = True
        code = max(code, BROKEN if found.unlooked else CLEAN if found.same else FOUND)
    if not looked:
        tell("ropa: no notice in force has an address on the web (`url`), so nobody could look")
        code = BROKEN
    raise SystemExit(code)


def _told_apart(notice: str, asked: Asked) -> tuple[str, Asked]:
    """Whether a single word is a notice or the folder of a register: a notice, where there is one of that name."""
    from ropa.notices.adding import register_documents, words_in

    if not notice or asked.registry or not Path(notice).is_dir():
        return notice, asked
    root = directed(asked).root
    if root.is_dir() and notice in words_in(register_documents(root)).notices:
        return notice, asked
    return "", asked._replace(registry=Path(notice))
