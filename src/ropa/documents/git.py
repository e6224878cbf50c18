"""The command `git`, asked so that it runs nothing of a repository's own. The only module that runs it.

It may not reach for the network, nor ask anybody for a password, and no hook, file system monitor or filter that
a repository names is started.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from ropa.errors import BadRevision

_STRICT = {
    "GIT_ALLOW_PROTOCOL": "",  # a partial clone would fetch what it lacks
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LFS_SKIP_SMUDGE": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",  # what a commit holds is what was committed
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}

_OF_A_HOOK = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
"""What git sets for its hooks: they would lead away from the folder that is asked about."""

_NOTHING_OF_ITS_OWN = (
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    # a folder may hold the files of a repository without `.git` round them: it names what it likes
    *("-c", "safe.bareRepository=explicit"),
)


def git(folder: Path, *arguments: str, said: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    """What git answers in a folder; `said` is what it is told. Raises `BadRevision` where it is not installed."""
    try:
        return subprocess.run(
            ["git", *_NOTHING_OF_ITS_OWN, "-C", folder, *arguments],
            capture_output=True,
            check=False,
            input=said,
            env={k: v for k, v in os.environ.items() if k not in _OF_A_HOOK} | _STRICT,
        )
    except FileNotFoundError:
        raise BadRevision(
            "the command git is not installed, so only folders can be compared"
        ) from None


def tracked(folder: Path, name: str) -> bool:
    """Whether git tracks something in a folder under a name: it may where nobody can say, as in somebody else's."""
    try:
        done = git(folder, "ls-files", "-z", "--", name)
    except BadRevision:
        return False
    nobody_knows = done.returncode != 0 and b"not a git repository" not in done.stderr
    return bool(done.stdout) or nobody_knows


def submodules(folder: Path) -> frozenset[str]:
    """The paths below a folder at which git keeps no files, but a commit of another repository."""
    try:
        listed = git(folder, "ls-files", "-z", "--stage").stdout.split(b"\0")
    except BadRevision:
        return frozenset()
    entries = (entry.partition(b"\t") for entry in listed)
    return frozenset(os.fsdecode(path) for about, _, path in entries if about.startswith(b"160000"))


def ignored(folder: Path, paths: Iterable[str]) -> frozenset[str]:
    """Those of some paths in a folder that git neither tracks nor would: none where it does not keep the folder."""
    asked = b"\0".join(os.fsencode(f"./{path}") for path in paths)
    try:
        done = git(folder, "check-ignore", "-z", "--stdin", said=asked)
    except BadRevision:
        return frozenset()
    named = (os.fsdecode(name) for name in done.stdout.split(b"\0") if name)
    return frozenset(name.removeprefix("./") for name in named)
