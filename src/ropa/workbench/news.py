"""Whether a file of the register has changed, told as soon as it has. The only module that knows watchfiles."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

A_HUNDREDTH = 100
"""Milliseconds that changes are gathered for, since an editor that saves changes a file more than once."""


class News:
    """Counts how often something in a folder has changed, until it is ended."""

    def __init__(self, root: Path) -> None:
        self.root, self.count = root, 0
        self._end = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        """Watch from now on."""
        self._thread.start()

    def end(self) -> None:
        """Watch no more."""
        self._end.set()

    def _watch(self) -> None:
        import watchfiles

        for _ in watchfiles.watch(
            self.root,
            watch_filter=_is_seen(self.root),
            debounce=A_HUNDREDTH,
            step=25,
            stop_event=self._end,
            rust_timeout=500,
            raise_interrupt=False,
        ):
            self.count += 1


def _is_seen(root: Path) -> Callable[[object, str], bool]:
    """Names that begin with a dot are no files of a register."""
    here = len(root.resolve().parts)

    def seen(_: object, path: str) -> bool:
        return not any(part.startswith(".") for part in Path(path).parts[here:])

    return seen
