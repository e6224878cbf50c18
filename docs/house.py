"""Writes docs/architecture.md and its picture out of the layer contract: which room is on which floor.

With --check, says what is not current.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
PACKAGE = ROOT / "src" / "ropa"
PAGE, PICTURE = HERE / "architecture.md", HERE / "pictures" / "architecture.svg"
Floors = Sequence[Sequence[str]]


def main() -> None:
    """Write the two files, or compare them."""
    wanted = made()
    if "--check" not in sys.argv:
        for path, text in wanted.items():
            path.write_text(text, "utf-8")
        return
    outdated = [p for p, text in wanted.items() if not p.exists() or p.read_text("utf-8") != text]
    if outdated:
        listed = ", ".join(path.relative_to(ROOT).as_posix() for path in outdated)
        raise SystemExit(f"not current: {listed}; run `python3 dev.py docs`")


def made() -> Mapping[Path, str]:
    """Both files by their paths."""
    top = floors("ropa")
    return {PAGE: "\n".join(_page(top)) + "\n", PICTURE: "\n".join(_picture(top)) + "\n"}


def floors(room: str) -> Floors:
    """The floors of a room, the highest first: what stands on one may import what stands below."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = (c for c in contracts if room in c.get("containers", ()))
    return [[name.strip() for name in floor.split("|")] for floor in contract["layers"]]


def _rooms() -> Iterator[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        for room in contract.get("containers", ()):
            if room != "ropa":
                yield room


def _page(top: Floors) -> Iterator[str]:
    yield "<!-- made by docs/house.py from the layer contracts in pyproject.toml and the docstrings -->"
    yield "# How `ropa` is built"
    yield ""
    yield "Files come in below and findings go out above. What stands on a floor may import what stands on the floors"
    yield "below it, and nothing beside or above it: `lint-imports` holds the code to that, and to having no circle"
    yield "in any folder, however deep. [`src/ropa/engine.py`](../src/ropa/engine.py) is the whole story on one screen."
    yield ""
    yield "![The floors of the package](pictures/architecture.svg)"
    yield ""
    yield "| floor | in `src/ropa/` | what it is |"
    yield "|---:|---|---|"
    for number, floor in zip(range(len(top), 0, -1), top, strict=True):
        for name in floor:
            yield f"| {number} | {_link(name)} | {_summary(PACKAGE, name)} |"
    yield ""
    yield "## Inside the rooms"
    for room in sorted(_rooms()):
        folder = ROOT / "src" / Path(*room.split("."))
        yield ""
        yield f"### `{folder.relative_to(PACKAGE).as_posix()}/`"
        yield ""
        for floor in floors(room):
            for name in floor:
                yield f"- `{name}`: {_summary(folder, name)}"


def _link(name: str) -> str:
    path = f"{name}/" if (PACKAGE / name).is_dir() else f"{name}.py"
    return f"[`{path}`](../src/ropa/{path})"


def _summary(folder: Path, name: str) -> str:
    """The first paragraph of a module's docstring, in one line."""
    path = folder / name / "__init__.py"
    if not path.exists():
        path = folder / f"{name}.py"
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return " ".join(said.split("\n\n")[0].split())


_WIDE, _TALL, _GAP, _MARGIN = 880, 34, 8, 12


def _picture(top: Floors) -> Iterator[str]:
    """The floors as a house, as SVG without styles or scripts."""
    height = len(top) * (_TALL + _GAP) + _GAP + 2 * _MARGIN
    width = _WIDE + 2 * _MARGIN
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t">'
    yield '<title id="t">The floors of ropa, the highest first; each may import those below</title>'
    yield f'<rect width="{width}" height="{height}" fill="#ffffff"/>'
    for number, floor in enumerate(top):
        y = _MARGIN + _GAP + number * (_TALL + _GAP)
        room = (_WIDE - _GAP * (len(floor) - 1)) / len(floor)
        for place, name in enumerate(floor):
            yield from _room(_MARGIN + place * (room + _GAP), y, room, name)
    yield "</svg>"


def _room(x: float, y: int, width: float, name: str) -> Iterator[str]:
    is_folder = (PACKAGE / name).is_dir()
    fill = "#e8f1f8" if is_folder else "#f6f6f6"
    yield (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_TALL}" rx="4" '
        f'fill="{fill}" stroke="#5f6368"/>'
    )
    yield (
        f'<text x="{x + width / 2:.1f}" y="{y + _TALL / 2 + 5:.0f}" text-anchor="middle" '
        f'font-family="sans-serif" font-size="15" fill="#1a1a1a">{escape(name)}{"/" if is_folder else ""}</text>'
    )


if __name__ == "__main__":
    main()
