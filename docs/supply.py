"""What the tool is made of: its bill of materials, the licences of what it needs, and what is known against it.

python docs/supply.py bom FOLDER   build the wheel there and, beside it, its bill of materials; write docs/licences.md
python docs/supply.py audit        ask what is known against the versions that are pinned
"""

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
HASHED = ROOT / "requirements-hashed.txt"
PAGE = ROOT / "docs" / "licences.md"
HERE = Path(sys.executable).parent
QUIET = ("--quiet", "--disable-pip-version-check")

HEAD = """# Licences

What is installed with `ropa-checker[all]`, by its own account of its licence. `python3 dev.py bom` builds the wheel
and, beside it, the same as a bill of materials (CycloneDX), and writes this page.

| package | version | licence |
|---|---|---|
"""


def main() -> None:
    """Run what is named on the command line."""
    match sys.argv[1:]:
        case ["bom", folder]:
            bom(Path(folder))
        case ["audit"]:
            audit()
        case _:
            raise SystemExit(__doc__)


def bom(folder: Path) -> None:
    """Build the wheel, install it beside what is pinned, and write down what is there then."""
    run(
        HERE / "pip",
        "wheel",
        *QUIET,
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
        ROOT,
    )
    wheel = max(folder.glob("ropa_checker-*.whl"), key=lambda path: path.stat().st_mtime)
    made = folder / f"{wheel.name.removesuffix('.whl')}.cdx.json"
    with tempfile.TemporaryDirectory() as empty:
        venv.create(empty, with_pip=True)
        pip = (Path(empty, "bin", "python"), "-m", "pip")
        run(*pip, "install", *QUIET, "--require-hashes", "--requirement", HASHED)
        run(*pip, "install", *QUIET, "--no-deps", wheel)
        run(*pip, "uninstall", *QUIET, "--yes", "pip", "setuptools")
        run(
            *(HERE / "cyclonedx-py", "environment", "--pyproject", ROOT / "pyproject.toml"),
            *("--output-reproducible", "--output-format", "JSON", "--output-file", made),
            Path(empty, "bin", "python"),
        )
        there = distributions(path=[str(path) for path in Path(empty).glob("lib/*/site-packages")])
        titles = {each.metadata["Name"]: _title(each) for each in there}
    parts = json.loads(made.read_text("utf-8"))["components"]
    rows = [_row(part, titles) for part in sorted(parts, key=lambda part: part["name"].lower())]
    PAGE.write_text(HEAD + "".join(rows), "utf-8")
    print(f"{wheel}\n{made}: {len(parts)} packages")


def _title(installed: Distribution) -> str:
    """How the text of its licence begins, for a package that says nothing else of it."""
    named = [file for file in installed.files or () if file.name.startswith(("LICENSE", "LICENCE"))]
    texts = [Path(str(file.locate())) for file in named]  # an old installer lists what it left out
    lines = (
        line for text in texts if text.is_file() for line in text.read_text("utf-8").splitlines()
    )
    return next((line for line in lines if line.strip()), "")


def _row(part: dict[str, Any], titles: Mapping[str, str]) -> str:
    licences = ", ".join(dict.fromkeys(_licences(part))) or titles[part["name"]]
    return f"| {part['name']} | {part['version']} | {licences} |\n"


def _licences(part: dict[str, Any]) -> Iterator[str]:
    """The licences as the package names them, by their SPDX ids where it does."""
    for said in part.get("licenses", ()):
        licence = said.get("license", {})
        named = said.get("expression") or licence.get("id") or licence.get("name") or ""
        yield (
            named.splitlines()[0]
            .removeprefix("License :: OSI Approved :: ")
            .removeprefix("declared license of ")
        )


def audit() -> None:
    """Say what is known against what is pinned, and fail where something is; say so where nobody could be asked."""
    asking: list[str | Path] = [
        HERE / "pip-audit",
        "--require-hashes",
        "--disable-pip",
        "--requirement",
        HASHED,
        "--format",
        "json",
    ]
    asked = subprocess.run(asking, capture_output=True, text=True, check=False)
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except (ValueError, LookupError):
        print(
            f"nobody could be asked what is known against the packages: {asked.stderr.strip()[-200:]}"
        )
        return
    known = [f"{p['name']} {p['version']}: {v['id']}" for p in found for v in p.get("vulns", ())]
    skipped = [p["name"] for p in found if "skip_reason" in p]
    print(
        f"{len(found) - len(skipped)} of {len(found)} packages were looked up, and {len(known)} faults are known"
    )
    if skipped:
        print(f"not looked up, since the registry here does not tell: {', '.join(skipped)}")
    if known:
        raise SystemExit("\n".join(known))


def run(*command: str | Path) -> None:
    """Run a command; stop where it fails."""
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
