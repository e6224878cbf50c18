"""Whether a file of the register has changed, told as soon as it has. The only module that knows watchfiles."""

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from threading import Event, Thread

from ropa.errors import MissingExtra

A_HUNDREDTH = 100
"""Milliseconds that changes are gathered for, since an editor that saves changes a file more than once."""


def changes(places: Sequence[Path], written: Collection[Path]) -> Iterator[object]:
    """Once for each change of some files, or of what is in some folders, until Ctrl+C; `written` is by ourselves.

    Raises `MissingExtra` where nothing is there to watch with.
    """
    try:
        import watchfiles
    except ImportError:
        raise MissingExtra("review") from None
    ours = {path.resolve() for path in written}
    seen = [_is_seen(place) for place in places]

    def is_news(change: object, path: str) -> bool:
        return Path(path).resolve() not in ours and any(by(change, path) for by in seen)

    found = watchfiles.watch(
        *places,
        watch_filter=is_news,
        debounce=A_HUNDREDTH,
        step=25,
        rust_timeout=A_HUNDREDTH,
        yield_on_timeout=True,
    )
    next(found)  # it begins to watch when it is first asked: from here on nothing is missed
    return (change for change in found if change)


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
