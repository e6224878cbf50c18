"""Files are written whole or not at all: whoever reads one sees what it held, or what it is to hold."""

import os
from glob import escape
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of what is there, if anything is. Raises `OSError`, and then nothing has changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _left_behind(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _left_behind(path: Path) -> None:
    """Delete what runs that were killed have left beside the file."""
    for left in path.parent.glob(f".{escape(path.name)}.*"):
        number = left.name.rpartition(".")[2]
        if number.isascii() and number.isdigit() and not _alive(int(number)):
            left.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
