"""`ropa self-test`: whether the verdicts fall that lose what they rest on, and whether altered texts are noticed."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked
from ropa.cli.codes import BROKEN, CLEAN, FOUND
from ropa.cli.options import Asked, judging, text_or_json, writing
from ropa.cli.output import put


@click.command("self-test")
@judging
@text_or_json
@writing
@click.option(
    "--at-least", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
    help="Fail where fewer of the statements are missed when they are taken out alone.",
)  # fmt: skip
@click.option(
    "--at-least-texts", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
    help="Fail where fewer of the alterations of quoted sentences are noticed.",
)  # fmt: skip
def command(
    format_: str, output: Path | None, at_least: int, at_least_texts: int, asked: Asked
) -> None:
    """Take statements out of the notices and alter their texts, and see whether the verdicts notice.

    Exits with 0 when every verdict fell that lost all it rests on, with 1 when one did not or --at-least or
    --at-least-texts is missed, and with 2 when there was nothing to take out or something could not be checked.
    """
    from ropa.judging import self_test as trials

    checked, _ = checked_register(asked)
    say_how_it_was_checked(checked)
    tested = trials.self_test(checked.case.coverage)
    shown = trials.as_json if format_ == "json" else trials.as_text
    put(shown(checked.case.coverage, tested), output)
    if checked.undecided or tested.proves_nothing:
        raise SystemExit(BROKEN)
    missed = 100 * tested.rate < at_least or 100 * tested.texts.rate < at_least_texts
    raise SystemExit(FOUND if tested.blind or missed else CLEAN)
