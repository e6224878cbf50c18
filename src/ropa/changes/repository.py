"""Where the register stands in its repository: CI names files from the top of that on."""

import os
from pathlib import Path


def folder_in_repository(root: Path) -> str:
    """The register's folder from the top of its git repository on, or as it was named where there is none."""
    folder = Path(os.path.abspath(root))  # noqa: PTH100 - Path.resolve would follow links, which git does not
    for top in (folder, *folder.parents):
        if (top / ".git").exists():  # a folder, or a file in a worktree
            return folder.relative_to(top).as_posix()
    outside = root.is_absolute() or ".." in root.parts
    return "." if outside else root.as_posix()
