"""`ropa init`: a register to begin with."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.codes import CLEAN
from ropa.cli.options import Day, NamedPath, today
from ropa.cli.output import put_all, tell

if TYPE_CHECKING:
    from ropa.starters.beginning import NewOrganisation

KINDS = ("school", "council", "health", "charity", "company")
_SERVERS = ("github", "gitlab", "none")
_NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")


@click.command("init")
@click.argument("folder", type=NamedPath(), default=".")
@click.option("--name", default="", help="The organisation's full name.")
@click.option(
    "--kind",
    type=click.Choice(KINDS, case_sensitive=False),
    metavar="KIND",
    help=f"What it is: {', '.join(KINDS)}.",
)
@click.option("--contact", default="", help="How to reach it: an address, or an e-mail address.")
@click.option("--dpo", default="", help="How to reach its data protection officer.")
@click.option(
    "--country", default="", metavar="CODE", help="Where it is, as two letters (GB), if in the EEA."
)
@click.option(
    "--nation",
    type=click.Choice(_NATIONS, case_sensitive=False),
    metavar="NATION",
    help=f"Where in the United Kingdom: {', '.join(_NATIONS)}.",
)
@click.option(
    "--ci",
    type=click.Choice(_SERVERS),
    metavar="SERVER",
    help="Write a job for a CI server, too: github, gitlab or none.",
)
@click.option("--sheet", type=NamedPath(), help="Import this sheet, as `ropa import` does.")
@click.option(
    "--so-far", is_flag=True, help="Import what is known, though something in the sheet waits."
)
@click.option(
    "--notice", metavar="FILE|URL", default="", help="Add this notice, as `ropa notice add` does."
)
@click.option("--audience", "-a", multiple=True, metavar="GROUP", help="Whom that notice is for.")
@click.option("--as-of", type=Day(), default=today, help="The day it is (today).")
@click.pass_context
def command(  # noqa: PLR0913 - the options of the command line
    context: click.Context,
    /,
    *,
    folder: Path,
    sheet: Path | None,
    so_far: bool,
    notice: str,
    audience: tuple[str, ...],
    as_of: date,
    ci: str | None,
    **said: str | None,
) -> None:
    """Begin a register in FOLDER (this one): whose it is, and what every body of its kind has.

    On a terminal, what no option says is asked for. The register goes into the folder `registry` of FOLDER, with
    settings, a .gitignore and a job for CI beside it. Parties and words of the starter pack are marked `starter: true`
    until you confirm them. Nothing that is there is ever written over. With --sheet and --notice it goes on to take
    those in.
    """
    from ropa.starters.beginning import begin, refuse_register

    refuse_register(folder)  # before anything is asked
    on_terminal = sys.stdin.isatty() and sys.stderr.isatty()
    whose = _whose(said, on_terminal=on_terminal)
    if on_terminal:
        ci = ci or _asked("A job for a CI server", "none", _SERVERS)
        sheet = sheet or _file("Your record of processing, a sheet (leave empty for none)")
        notice = notice or _ask("Your privacy notice, a file or an address (leave empty for none)")
    _refuse_missing(sheet, notice, audience, on_terminal=on_terminal)
    made = begin(folder, whose, ci or "none")
    put_all(made.files, force=False)
    for line in (*(f"wrote {path}" for path in made.files), *_said(made.there, made.remarks)):
        tell(line)
    code = CLEAN
    for arguments in _further(made.folder, sheet, notice, audience, so_far=so_far):
        code = max(code, _carried_on(context, *arguments, f"--as-of={as_of}"))
    raise SystemExit(code)


def _whose(said: dict[str, str | None], *, on_terminal: bool) -> "NewOrganisation":
    """Whose register it is; what no option says is asked for where somebody can answer."""
    from ropa.starters.beginning import NewOrganisation
    from ropa.starters.packs import KINDS as KNOWN

    name = (said["name"] or "").strip() or _needed("--name", "Its full name", on_terminal)
    kind = said["kind"] or _needed("--kind", "What it is", on_terminal, KINDS)
    contact = (said["contact"] or "").strip() or _needed(
        "--contact", "How to reach it", on_terminal
    )
    dpo = (said["dpo"] or "").strip()
    if not dpo and KNOWN[kind].public:
        dpo = _needed("--dpo", "How to reach its data protection officer", on_terminal)
    elif not dpo and on_terminal:
        dpo = _ask("How to reach its data protection officer (leave empty for none)")
    country, nation = (said["country"] or "").strip().upper(), said["nation"] or ""
    if not country and not nation and on_terminal:
        country = _asked("The country it is in, as two letters", "GB", ()).upper()
    if country in ("", "GB") and not nation and on_terminal:
        nation = _asked("Where in the United Kingdom", "England", _NATIONS)
    return NewOrganisation(name, kind, contact, dpo, nation, country or "GB")


def _needed(option: str, question: str, on_terminal: bool, among: tuple[str, ...] = ()) -> str:
    if not on_terminal:
        which = f": {', '.join(among)}" if among else f": {question.lower()}"
        raise click.UsageError(f"Missing option '{option}'{which}.")
    return _asked(question, None, among)


def _asked(question: str, default: str | None, among: tuple[str, ...]) -> str:
    """An answer that says something, or is one of these."""
    while True:
        kind = click.Choice(among) if among else None
        answer = str(click.prompt(question, default=default, type=kind, err=True)).strip()
        if answer:
            return answer


def _ask(question: str) -> str:
    """An answer that may be empty."""
    return str(click.prompt(question, default="", show_default=False, err=True)).strip()


def _file(question: str) -> Path | None:
    """A file that is there, or none."""
    while answer := _ask(question):
        if Path(answer).is_file():
            return Path(answer)
        tell(f"ropa: there is no file {answer}")
    return None


def _refuse_missing(
    sheet: Path | None, notice: str, audience: tuple[str, ...], *, on_terminal: bool
) -> None:
    """Before anything is written: what is named is there, and it is said whom the notice is for."""
    from ropa.fetching.pages import is_address

    if sheet and not sheet.is_file():
        raise click.UsageError(f"there is no file {sheet}.")
    if notice and not is_address(notice) and not Path(notice).is_file():
        raise click.UsageError(f"there is no file {notice}.")
    if notice and not audience and not on_terminal:
        raise click.UsageError("Missing option '--audience': whom the notice is for.")


def _said(there: tuple[Path, ...], remarks: tuple[str, ...]) -> Iterator[str]:
    yield from (f"ropa: {path} is there already, and stays as it is" for path in there)
    yield from (f"ropa: {remark}" for remark in remarks)


def _further(
    register: Path, sheet: Path | None, notice: str, audience: tuple[str, ...], *, so_far: bool
) -> Iterator[tuple[str, ...]]:
    """The commands that go on from here."""
    if sheet:
        yield "import", str(sheet), str(register), *(["--so-far"] if so_far else [])
    if notice:
        groups = audience or (_asked("Whom the notice is for (such as pupil, parent)", None, ()),)
        yield "notice", "add", notice, str(register), *(f"--audience={g}" for g in groups)


def _carried_on(context: click.Context, *arguments: str) -> int:
    """Run another command, as if somebody had typed it; its exit code."""
    group = context.find_root().command
    assert isinstance(group, click.Group)
    try:
        return int(group.main(list(arguments), prog_name="ropa", standalone_mode=False) or CLEAN)
    except SystemExit as ended:
        return int(ended.code or CLEAN)
