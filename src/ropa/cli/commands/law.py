"""`ropa law`: what the law changes on which day, and what that breaks in a register."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ropa.cli.asking import checked_register, directed
from ropa.cli.codes import BROKEN
from ropa.cli.options import Asked, Day, Shelf, choosing, judging, writing
from ropa.cli.output import put

if TYPE_CHECKING:
    from ropa.changes.forecast import Forecast


@click.command("law")
@judging
@choosing
@click.option("--from", "start", type=Day(), help="The first day to look at (that of --as-of).")
@click.option(
    "--to", "end", type=Day(), help="The last day to look at (two years after the first)."
)
@click.option(
    "--format", "format_", type=Shelf("forecasts"), default="text", help="text, markdown or json."
)
@writing
def command(
    start: date | None, end: date | None, format_: str, output: Path | None, asked: Asked
) -> None:
    """Say what the law changes on which day, with the source of each change, and what that breaks in REGISTRY.

    Without REGISTRY it is the folder of the settings, where there is one; else the law alone. The register and its
    notices are taken as they stand. Exits with 0, and with 2 when something in the register could not be read.
    """
    from ropa import plugins
    from ropa.register.periods import after

    first = start or asked.as_of
    last = end or after(first, "P2Y")
    if last < first:
        raise click.UsageError(f"--to {last} is before {first}; name a later day.")
    forecast = _forecast(asked, first, last)
    put(plugins.load("forecasts", format_).render(forecast), output)
    if forecast.undecided:
        raise SystemExit(BROKEN)


def _forecast(asked: Asked, start: date, end: date) -> "Forecast":
    """With a register where one is named or there is one, else of the law alone."""
    from ropa.changes.forecast import Forecast
    from ropa.law.calendar import changing
    from ropa.law.tables import REGIMES

    if asked.registry is None and not directed(asked).root.is_dir():
        return Forecast(start, end, REGIMES, tuple(changing(start, end)))
    from ropa import before_after

    report, _ = checked_register(asked)
    regimes = tuple(sorted(report.case.regimes))
    return Forecast(start, end, regimes, before_after.law_ahead(report, start, end), report)
