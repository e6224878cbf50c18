"""`ropa sign-off`: the record that a notice was signed off."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import checked_register
from ropa.cli.options import Asked, Day, NamedPath, Word, judging, starting_from, today
from ropa.cli.output import put, put_all, tell

if TYPE_CHECKING:
    from ropa.sign_off import Signature, SignedOff


@click.command("sign-off")
@click.argument("notice", type=Word())
@judging
@starting_from
@click.option("--by", type=Word(), required=True, metavar="NAME", help="Who signs.")
@click.option("--role", default="", metavar="POST", help="The post they hold.")
@click.option("--on", type=Day(), default=today, help="The day it is signed (today).")
@click.option(
    "--with-open-gaps", "reason", default="", metavar="REASON",
    help="Sign although errors about the notice stand open, and say why.",
)  # fmt: skip
@click.option(
    "--key", type=NamedPath(), metavar="FILE",
    help="Sign with this SSH key, as git does: a private key, or the public one of a key that an agent holds.",
)  # fmt: skip
@click.pass_context
def command(  # noqa: PLR0913 - the options of the command line
    context: click.Context,
    /,
    *,
    notice: str,
    by: str,
    role: str,
    on: date,
    reason: str,
    key: Path | None,
    asked: Asked,
) -> None:
    """Write a record that NOTICE was signed off, of what, and of what was known then.

    A notice that is not in force yet is judged as of its first day in force, or as of --as-of. The record goes
    into the folder sign-offs of the register, to be checked in; `ropa check` then says when it no longer holds.
    Exits with 2, and writes nothing, when something could not be checked, or when errors about the notice stand
    open and --with-open-gaps does not say why.
    """
    from ropa.sign_off import Signature

    named = context.get_parameter_source("as_of") is not click.core.ParameterSource.DEFAULT
    made, path = _signed_off(
        notice, Signature(by, role, on, reason, key), day_was_named=named, asked=asked
    )
    put_all({path: made.text}, force=False)
    put(made.summary, None)
    tell(f"wrote {path}")


def _signed_off(
    notice: str, signature: "Signature", *, day_was_named: bool, asked: Asked
) -> "tuple[SignedOff, Path]":
    """The record of a sign-off, and where it belongs.

    A notice is signed before it is published: it is judged as of its first day in force, unless a day was named.
    """
    from ropa.sign_off import day_to_judge, sign_off

    checked, _ = checked_register(asked)
    day = day_to_judge(checked, notice)
    if not day_was_named and day != asked.as_of:
        checked, _ = checked_register(asked._replace(as_of=day))
    made = sign_off(checked, notice, signature)
    return made, Path(checked.case.root) / made.path
