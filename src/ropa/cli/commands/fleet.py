"""`ropa fleet`: check many registers at once, and see the whole."""

import os
from pathlib import Path

import click

from ropa.cli.codes import INTERRUPTED
from ropa.cli.many import checked_fleet, linked
from ropa.cli.options import (
    Asked,
    NamedPath,
    Shelf,
    Word,
    Written,
    choosing,
    deciding,
    failing,
    writing,
)
from ropa.cli.output import put, put_many


@click.command("fleet")
@click.argument("where", type=Word(), nargs=-1, required=True)
@deciding
@choosing
@click.option(
    "--format", "format_", type=Shelf("overviews"), default="text",
    help="text, jsonl, csv, xlsx; html for the page; for CI sarif, junit.",
)  # fmt: skip
@writing
@click.option(
    "--write", "also", type=Written("overviews"), multiple=True, metavar="FORMAT=FILE",
    help="Write this format to this file, too, such as csv=registers.csv.",
)  # fmt: skip
@click.option(
    "--pages", type=NamedPath(), metavar="FOLDER",
    help="Write the page of each register into this folder, too; the page of all links to it.",
)  # fmt: skip
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="In so many processes (the cores).")
@click.option(
    "--dask", "cluster", type=Word(), metavar="ADDRESS",
    help="On a Dask cluster, by its scheduler's address; local makes one on this machine.",
)  # fmt: skip
@click.option(
    "--time-limit", "seconds", type=click.FloatRange(min=0.1), default=120.0, show_default=True,
    help="How many seconds one register may take.",
)  # fmt: skip
@click.option(
    "--memory", type=click.IntRange(min=128), default=2048, show_default=True,
    help="How many megabytes one process may take.",
)  # fmt: skip
@click.option("--fresh", is_flag=True, help="Use no row that was kept from an earlier run.")
@click.option("--resume", is_flag=True, help="Go on with the run that was ended.")
@click.option(
    "--reconcile", is_flag=True,
    help="Hold what each says it gives against what the others say they get.",
)  # fmt: skip
@failing("The least severe finding that makes a register fail (error, or as its settings say).")
def command(  # noqa: PLR0913 - the options of the command line
    *,
    where: tuple[str, ...],
    format_: str,
    output: Path | None,
    also: tuple[tuple[str, Path], ...],
    pages: Path | None,
    jobs: int | None,
    cluster: str | None,
    seconds: float,
    memory: int,
    fresh: bool,
    resume: bool,
    reconcile: bool,
    asked: Asked,
) -> None:
    """Check many registers, each by its own settings, and say how they stand, the worst first.

    WHERE are folders, in which every register is looked for; patterns such as "schools/*/registry"; or files that list
    either, one a line. A register that is broken, takes too long or needs too much memory is a row that says so.

    A register of which nothing has changed since it was last checked is not checked again: its row is marked “kept”.

    Exits as a check of all of them would: with 0 when nothing fails, with 1 when something does, with 2 when something
    could not be checked or decided.
    """
    from ropa import plugins
    from ropa.cli.many import AskedMany

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    many = AskedMany(
        where, jobs or cores or 1, seconds, memory, fresh, resume, pages, reconcile, cluster or ""
    )
    fleet = checked_fleet(asked, many)
    wanted = (*also, (format_, output))
    made = [
        (file, plugins.load("overviews", name).render(linked(fleet, pages, file)))
        for name, file in wanted
    ]
    files = {file: text for file, text in made if file is not None and str(file) != "-"}
    if files:
        put_many(files)
    for file, text in made:
        if file not in files:
            put(text, None)
    raise SystemExit(INTERRUPTED if fleet.interrupted else fleet.code)
