"""Makes the register of the founding notice in a folder: `python tests/founding/make.py FOLDER`.

The notice is not ours to publish, so it is copied from the corpora when it is needed (`ROPA_CORPORA`, or
`shared/corpora` beside the project), and the quotes of the statements are made from it by their places.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
NOTICE = Path("notices", "seed-lancashire-cin-cla.md")

_PLACE = re.compile(r"(?<=quote: )line (\d+)(?:, (sentence|clause) (\d+))?$", re.MULTILINE)
_ENDS = {"": r"\Z", "sentence": r"(?<=[.!?])\s+", "clause": r";\s+|\s+(?=which )"}


def words(notice: str, line: int, part: str = "", number: int = 1) -> str:
    """A line of the notice, or one sentence of it, or one clause: to a semicolon, or to a "which"."""
    whole = notice.splitlines()[line - 1].removeprefix("- ").strip()
    return re.split(_ENDS[part], whole)[number - 1]


def places() -> list[int]:
    """The lines that the quotes of notice.yaml are taken from, in their order."""
    return [int(found[1]) for found in _PLACE.finditer((HERE / "notice.yaml").read_text("utf-8"))]


def make(
    folder: Path, corpora: Path, changes: Mapping[str, str] | None = None, more: str = ""
) -> None:
    """Write the register to a folder, with some of its words changed and more documents after them."""
    notice = (corpora / NOTICE).read_text("utf-8")
    register = (HERE / "register.yaml").read_text("utf-8")
    for old, new in (changes or {}).items():
        assert register.count(old) == 1, (
            f"{old} stands {register.count(old)} times in register.yaml"
        )
        register = register.replace(old, new)

    def quoted(found: re.Match[str]) -> str:
        return json.dumps(words(notice, int(found[1]), found[2] or "", int(found[3] or 1)))

    statements = _PLACE.sub(quoted, (HERE / "notice.yaml").read_text("utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "register.yaml").write_text(f"{register}---\n{more}" if more else register, "utf-8")
    (folder / "notice.yaml").write_text(statements, "utf-8")
    (folder / "founding-notice.md").write_text(notice, "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tests/founding/make.py FOLDER")
    here = HERE.parents[2] / "shared" / "corpora"
    make(Path(sys.argv[1]), Path(os.environ.get("ROPA_CORPORA", here)))
