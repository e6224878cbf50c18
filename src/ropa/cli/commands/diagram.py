"""`ropa diagram`: the flows as a picture."""

from pathlib import Path

import click

from ropa.cli.asking import checked_register, say_how_it_was_checked, wholeness
from ropa.cli.options import Asked, Word, judging, writing
from ropa.cli.output import put

_VERDICTS = (
    "contradicted",
    "ambiguous",
    "omitted",
    "untied",
    "undecidable",
    "partial",
    "vague",
    "clear",
)


@click.command("diagram")
@judging
@click.option(
    "--format",
    "format_",
    type=click.Choice(["svg", "mermaid", "dot", "d2"]),
    default="svg",
    show_default=True,
)
@click.option(
    "--activity", type=Word(), multiple=True, metavar="ID", help="Draw the flows of this activity."
)
@click.option(
    "--subject",
    type=Word(),
    multiple=True,
    metavar="WORD",
    help="Draw the flows about these people.",
)
@click.option(
    "--recipient",
    type=Word(),
    multiple=True,
    metavar="WORD",
    help="Draw the flows to this recipient.",
)
@click.option(
    "--verdict",
    multiple=True,
    type=click.Choice(_VERDICTS),
    help="Draw the flows with this verdict.",
)
@writing
def command(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    activity: tuple[str, ...],
    subject: tuple[str, ...],
    recipient: tuple[str, ...],
    verdict: tuple[str, ...],
    output: Path | None,
    asked: Asked,
) -> None:
    """Draw the flows: where data comes from, what we do, where we keep it, and who gets it.

    Options of one kind add up; of different kinds, a flow has to be like each. Above 60 flows it is an
    overview with numbers.
    """
    from ropa import plugins
    from ropa.diagram.view import Wanted, diagram
    from ropa.judging.verdict import Verdict

    checked, _ = checked_register(asked)
    say_how_it_was_checked(checked)
    verdicts = tuple(Verdict[word.upper()] for word in verdict)
    drawn = diagram(checked, Wanted(activity, subject, recipient, verdicts))
    put(plugins.load("exporters", f"diagram-{format_}").render(drawn), output)
    raise SystemExit(wholeness(checked))
