"""A group of commands that are found in a folder, and loaded when one of them is asked for."""

from importlib import import_module
from keyword import iskeyword
from pkgutil import iter_modules
from typing import Any

import click

from ropa.errors import did_you_mean


class Commands(click.Group):
    """The commands of the modules of a package: `sign_off.py` holds `sign-off`, as `command`."""

    def __init__(self, name: str | None, package: str, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, without loading what is behind them."""
        del ctx
        modules = iter_modules(import_module(self.package).__path__)
        return sorted(module.name.rstrip("_").replace("_", "-") for module in modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none, unless one is meant that can be guessed."""
        known = self.list_commands(ctx)
        if cmd_name not in known:
            near = did_you_mean(cmd_name, known)
            return ctx.fail(f"No such command '{cmd_name}'{near}.") if near else None
        module = cmd_name.replace("-", "_")
        module += "_" * iskeyword(module)
        command: click.Command = import_module(f"{self.package}.{module}").command
        return command
