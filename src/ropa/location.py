"""Where something was written, in words a terminal, an editor and SARIF agree on."""

from msgspec import Struct

Pointer = tuple[str | int, ...]


class Location(Struct, frozen=True, order=True):
    """A stretch of text in one file. Lines and columns count from 1; the end is exclusive.

    `path` is relative to the register, with forward slashes.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
