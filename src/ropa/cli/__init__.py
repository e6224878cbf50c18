"""The command line: parse, call, print, exit. No decision about a register is taken here."""

import os
import signal
import sys

import click

from ropa.cli.codes import BROKEN, CLEAN, FOUND, INTERRUPTED
from ropa.cli.output import speak_utf_8, tell
from ropa.cli.shelves import Commands
from ropa.documents.patterns import keep
from ropa.errors import RopaError

__all__ = ["BROKEN", "CLEAN", "FOUND", "INTERRUPTED", "main", "outcome", "run"]

main = click.version_option(package_name="ropa-checker", prog_name="ropa")(
    Commands(
        "ropa",
        "ropa.cli.commands",
        help="""Check that every flow of personal data in a register is told by a published privacy notice.

REGISTRY is the folder that holds the register: `registry` in this folder, unless you name another.

NO_COLOR=1 turns colours off. For completion in bash, put this line in ~/.bashrc (for zsh, zsh_source
in ~/.zshrc):

    eval "$(_ROPA_COMPLETE=bash_source ropa)"
""",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
)


def run() -> None:
    """The installed command. It ends at once: to take a large register apart would cost a tenth of its check."""
    for name in ("SIGTERM", "SIGHUP"):
        _end_in_order(getattr(signal, name, None))
    code = outcome()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        code = BROKEN
    keep()
    os._exit(code)


def _end_in_order(number: signal.Signals | None) -> None:
    """A signal that would end the process at once lets it put away first what it had begun to write."""
    if number is not None and signal.getsignal(number) is signal.SIG_DFL:
        signal.signal(number, _ended)


def _ended(number: int, _: object) -> None:
    raise SystemExit(_BY_SIGNAL + number)


_BY_SIGNAL = 128
"""What shells add to the number of the signal that ended a command."""


def outcome() -> int:
    """What the command line comes to: its exit code. A crash is 2: Python's own 1 would read as "findings"."""
    speak_utf_8()
    try:
        return main.main(standalone_mode=False) or CLEAN
    except BaseException as ended:  # noqa: BLE001 - the one place where a bug may be caught
        return _code(ended)


def _code(ended: BaseException) -> int:
    """The exit code of a command that ended so, which it says on the way unless it is the end of its work."""
    match ended:
        case SystemExit():
            return int(ended.code or CLEAN)
        case click.ClickException():
            ended.show()
        case click.Abort() | KeyboardInterrupt():
            return INTERRUPTED
        case RopaError():
            tell(f"ropa: {ended}")
        case _:
            import traceback

            for line in traceback.format_exception(ended):
                tell(line.rstrip("\n"))
            tell("ropa: this is a fault in ropa itself; nothing was checked")
    return BROKEN
