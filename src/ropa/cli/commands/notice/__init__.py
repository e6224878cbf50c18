"""`ropa notice`: the commands about one notice."""

from ropa.cli.shelves import Commands

command = Commands(
    "notice", __name__, help="Look at a published notice by itself, or draft one from the register."
)
