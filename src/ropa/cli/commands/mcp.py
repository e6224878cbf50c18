"""`ropa mcp`: a server for programs that read a register and propose."""

from pathlib import Path

import click

from ropa.cli.asking import directed
from ropa.cli.options import Asked, NamedPath, today


@click.command("mcp")
@click.argument("registry", type=NamedPath(), required=False)
def command(registry: Path | None) -> None:
    """Let a program read the register and propose, by the Model Context Protocol over standard input and output.

    It may list notices, sentences, words and flows, ask why, verify and propose. What it proposes counts for nothing
    until a person accepts it. How many were refused for which reason is counted in ropa-proposals.jsonl, beside the
    settings. Nothing else is written, and nothing outside the register is read. docs/agents.md says what to tell the
    program.
    """
    from ropa.agents import serve

    root = directed(Asked(today(), registry)).root
    serve(root, lambda: directed(Asked(today(), registry)).settings)
