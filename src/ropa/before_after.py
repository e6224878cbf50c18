"""Two checks, one held against the other: of a register then and now, or without and with what is planned."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ropa.accepting.selection import Choice, choose
from ropa.changes.comparison import Comparison
from ropa.changes.history import Past
from ropa.changes.planned import read_planned
from ropa.documents.source import read_tree
from ropa.engine import ask, check, make_case
from ropa.errors import NoRegister
from ropa.judging.coverage import Settings
from ropa.plugins import all_rules


def compare(
    old: tuple[Past, Settings], new: tuple[Past, Settings], choices: Sequence[Choice] = ()
) -> Comparison:
    """Check two registers, and hold the second against the first."""
    before, after = (check(at.folder, how, choices=choices) for at, how in (old, new))
    return Comparison(before, after, (old[0].name, new[0].name))


def what_if(
    root: Path, settings: Settings, files: Sequence[Path], choices: Iterable[Choice] = ()
) -> Comparison:
    """Check a register as if the documents of some files were in it, and hold it against the register without."""
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    chosen, planned = choose((r.info for r in all_rules()), choices), read_planned(files, root)
    documents = planned.without(read_tree(root))
    before = ask(make_case(documents, settings, root), all_rules(), chosen)
    case = make_case(planned.among(documents), settings, root, planned.texts)
    after = ask(case, all_rules(), chosen)
    added = " and ".join(path.as_posix() for path in files)
    names = root.as_posix(), f"{root.as_posix()} with {added}"
    return Comparison(before, after, names, tuple(planned.not_yet(case.register, settings.day)))
