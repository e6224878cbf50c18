"""What may be written on the command line, and the options that several commands share."""

import os
import re
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from ropa.errors import did_you_mean

FACETS = ("subject", "data", "source", "recipient", "purpose", "country")
_MANY = 10


class Shelf(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A name on one of the shelves of plugins, looked up only when it is used."""

    name = "name"

    def __init__(self, shelf: str) -> None:
        self.shelf = shelf

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is on the shelf."""
        from ropa import plugins

        known = plugins.names(self.shelf)
        if value not in known:
            listed = (
                "`ropa explain` lists them"
                if len(known) > _MANY
                else f"there are {', '.join(known)}"
            )
            self.fail(
                f"“{value}” is none of the {self.shelf}{did_you_mean(value, known)}; {listed}",
                param,
                ctx,
            )
        return str(value)

    def shell_complete(self, *asked: Any) -> list[Any]:
        """The names that begin so; click hands over its context, the parameter and the beginning."""
        from click.shell_completion import CompletionItem

        from ropa import plugins

        return [CompletionItem(n) for n in plugins.names(self.shelf) if n.startswith(asked[-1])]


class Written(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A format and the file to write it to, as in sarif=ropa.sarif."""

    name = "format=file"

    def __init__(self, shelf: str = "reporters") -> None:
        self.shelf = shelf

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, Path]:
        """The two, if there is such a format."""
        if isinstance(value, tuple):
            return value
        format_, _, file = value.partition("=")
        if not file:
            self.fail(f"“{value}” names no file; write it like sarif=ropa.sarif", param, ctx)
        return Shelf(self.shelf).convert(format_, param, ctx), Path(file)


class NamedPath(click.Path):
    """A file or a folder by its name. An empty word names none, as `"$UNSET"` in a script, and not this folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(
        self,
        value: "str | os.PathLike[str]",
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The path, if there is a name."""
        if not str(value).strip():
            self.fail("it is empty, and names no file and no folder", param, ctx)
        return super().convert(value, param, ctx)


class Word(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """Something that has to say something."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word, if it is one."""
        if not str(value).strip():
            self.fail("it is empty, and says nothing", param, ctx)
        return str(value)


class Day(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """A day, as in 2027-01-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, if there is such a one."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is not a day; write it like 2027-01-31", param, ctx)


class Id(click.ParamType):  # type: ignore[type-arg] # generic only in newer releases
    """An id of the register, as in children-in-need."""

    name = "id"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id, if it can be one; none where nothing is written."""
        if value and not re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", value):
            self.fail(
                f"“{value}” is no id; write it like children-in-need, without spaces", param, ctx
            )
        return str(value)


def today() -> date:
    """The one place that looks at the clock."""
    return date.today()


class Asked(NamedTuple):
    """What the command line asks of a check: which register, by which settings, which rules, beside which baseline.

    None, or nothing, is what it does not say: the settings file may.
    """

    as_of: date
    registry: Path | None = None
    mode: str | None = None
    linked: tuple[str, ...] = ()
    max_hops: int | None = None
    config: Path | None = None
    no_config: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    trust: str | None = None
    no_waivers: bool = False
    fail_on: str | None = None


def failing(help_: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that say from which severity on a finding fails; `help_` says what fails by it."""
    asked = click.option("--fail-on", type=click.Choice(["error", "warning", "never"]), help=help_)
    never = click.option(
        "--exit-zero", "fail_on", flag_value="never", help="No finding fails: --fail-on never."
    )
    return lambda command: asked(never(command))


owned = click.option(
    "--owner", type=Word(), metavar="NAME",
    help="Only what NAME sees to: by a task, or by `owner` of an activity.",
)  # fmt: skip
"""The option that leaves only what somebody sees to."""


def judging(command: Callable[..., None]) -> Callable[..., None]:
    """The register, and the options that say how to judge it, the same for every command that does."""
    registry = click.argument("registry", type=NamedPath(), required=False)
    return registry(deciding(command))


def locating(command: Callable[..., None]) -> Callable[..., None]:
    """The register, and the options that say where it is and which day it is, for commands that judge nothing."""
    command = _gathering(command)
    for option in (
        click.option("--no-config", is_flag=True, help="Read no settings file."),
        click.option("--config", type=NamedPath(), help="Read the settings from this file."),
        click.option("--as-of", type=Day(), default=today, help="The day it is (today)."),
        click.argument("registry", type=NamedPath(), required=False),
    ):
        command = option(command)
    return command


def deciding(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how to judge; with those that say which rules look, the command gets them as `asked`."""
    command = _gathering(command)
    options = (
        click.option("--as-of", type=Day(), default=today, help="Judge as of this day (today)."),
        click.option(
            "--mode",
            type=click.Choice(["specific", "cautious", "strict"]),
            help="What becomes of a promise that meets a statement against it (specific).",
        ),
        click.option(
            "--linked",
            type=click.Choice(FACETS),
            multiple=True,
            help="Facets that must be told together.",
        ),
        click.option(
            "--max-hops",
            type=click.IntRange(min=0),
            help="How many steps up the vocabulary a notice's word may be before it is vague (1).",
        ),
        click.option(
            "--config",
            type=NamedPath(),
            help="Read the settings from this file (ropa.toml or pyproject.toml, from the register upwards).",
        ),
        click.option("--no-config", is_flag=True, help="Read no settings file."),
        click.option(
            "--trust",
            type=Word(),
            metavar="REV",
            help="Settings, waivers, baseline, sign-offs and excuses count as they are at this revision of git.",
        ),
        click.option("--no-waivers", is_flag=True, help="No waiver counts."),
    )
    for option in reversed(options):  # the last that is put on is the first that --help shows
        command = option(command)
    return command


def _gathering(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with what is asked of a check as one value."""

    @wraps(command)
    def gathered(*given: Any, **options: Any) -> None:
        said = {name: options.pop(name) for name in Asked._fields if name in options}
        command(*given, asked=Asked(**said), **options)

    return gathered


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which rules look."""
    for option in (
        click.option(
            "--select",
            multiple=True,
            type=Word(),
            metavar="RULES",
            help="Ask these rules alone: names, first words or patterns, with commas.",
        ),
        click.option(
            "--ignore", type=Word(), multiple=True, metavar="RULES", help="Switch these rules off."
        ),
    ):
        command = option(command)
    return command


def starting_from(command: Callable[..., None]) -> Callable[..., None]:
    """The option that names what was found before."""
    return click.option(
        "--baseline",
        type=NamedPath(),
        help="Only what this file does not list can make the command fail.",
    )(command)


def writing(command: Callable[..., None]) -> Callable[..., None]:
    """The option that names the file to write."""
    return click.option(
        "--output", "-o", type=NamedPath(), help="Write here, not to the terminal."
    )(command)


def fetching(command: Callable[..., None]) -> Callable[..., None]:
    """The options that bound what is fetched from the web."""
    for option in (
        click.option(
            "--allow-private", is_flag=True,
            help="Fetch from this machine and from private networks, too.",
        ),
        click.option(
            "--within", "seconds", type=click.IntRange(1, 300), default=30, show_default=True,
            metavar="SECONDS", help="How long a page may take in all.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def text_or_json(command: Callable[..., None]) -> Callable[..., None]:
    """The option that says whether people read it or programs."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
    )(command)
