"""Sets up and runs everything, with nothing but Python 3.11 or newer.

    python3 dev.py report    check the example register, and write its gap report into reports/
    python3 dev.py test      run the tests; with --quick those that tell most in little time, with --thorough each law
                             on many more registers and each page by dark, too (hours); else what pytest takes
    python3 dev.py check     lint, types, layers, docs and tests: what has to pass before a change goes in
    python3 dev.py docs      write anew what is made of the code: docs/rules/, the architecture, and the reference
    python3 dev.py site      build the pages below docs/ into a site, in build/site
    python3 dev.py golden    write the outputs that the tests compare with, and the pictures in the docs, anew;
                             with the names of rules only what is kept of their pages
    python3 dev.py mutants   put faults into the source, see which the tests notice, write docs/mutants.md (an hour)
    python3 dev.py kills     end every command that writes 500 times: it leaves the old or the new (minutes)
    python3 dev.py bom       build the wheel into dist/ with its bill of materials, and write docs/licences.md
    python3 dev.py audit     ask what is known against the packages that are pinned
    python3 dev.py fuzz      let commands at altered input, with --minutes N: no crash, no hang

It keeps its own virtual environment in .venv, or in the folder that ROPA_VENV names.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
VENV = Path(os.environ.get("ROPA_VENV", HERE / ".venv"))
QUICK = (
    *("acceptance", "coverage", "docs", "flows", "founding_notice", "golden", "items", "judging"),
    *("laws", "overclaims", "policheck", "reference", "register_rules", "rule_examples", "schema"),
    *("sign_off", "source", "text", "values", "vocabulary", "wording"),
)
"""The tests that see nine of ten faults in a minute or so; no browser, no other program, few random registers."""
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PINS = HERE / "requirements.txt"
HASHED = HERE / "requirements-dev-hashed.txt"
QUIET = ("--quiet", "--disable-pip-version-check")


def main() -> None:
    """Run the command named on the command line."""
    commands = {
        "report": report,
        "test": test,
        "check": check,
        "docs": docs,
        "site": site,
        "golden": golden,
        "mutants": mutants,
        "kills": kills,
        "bom": bom,
        "audit": audit,
        "fuzz": fuzz,
    }
    if sys.version_info < (3, 11):
        raise SystemExit("ropa needs Python 3.11 or newer")
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        raise SystemExit(__doc__)
    set_up()
    commands[sys.argv[1]](*sys.argv[2:])


def report() -> None:
    """The main job on the example register. It has gaps on purpose, so finding them is not a failure."""
    found = run("ropa", "check", "registry", check=False)
    if found > 2:
        raise SystemExit(found)
    run("ropa", "report", "registry")


def test(*arguments: str) -> None:
    """The tests, on every processor there is."""
    if "--quick" in arguments:
        os.environ.setdefault("ROPA_FEW", "1")
        rest = (argument for argument in arguments if argument != "--quick")
        files = (f"tests/test_{name}.py" for name in QUICK)
        arguments = (*files, "-k", "not twice_the_text and not takes_long", *rest)
    if "--thorough" in arguments:
        os.environ["ROPA_THOROUGH"] = "1"
        arguments = tuple(argument for argument in arguments if argument != "--thorough")
    run("python", "-m", "pytest", "-n", "auto", "-q", *arguments)


def check() -> None:
    """Everything that has to pass."""
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    run("mypy")
    run("lint-imports")
    docs("--check")
    test()


def docs(*arguments: str) -> None:
    """What is made of the code: the catalogue of rules, the picture of the house, and the pages of the reference."""
    run("python", "docs/make.py", *arguments)
    run("python", "docs/house.py", *arguments)
    run("python", "docs/reference.py", *arguments)
    run("python", "docs/catalogue.py", *arguments)


def site() -> None:
    """The documentation as a site; a warning, such as a dead link, is an error."""
    run("python", "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "docs", "build/site")


def golden(*rules: str) -> None:
    """The outputs the tests compare with, or those of some rules alone. Read the difference as you would read code."""
    os.environ["ROPA_GOLDEN"] = "1"
    made = ("rule_examples",) if rules else ("golden", "import", "pictures", "rule_examples")
    chosen = ("-k", " or ".join(rules)) if rules else ()
    run("python", "-m", "pytest", "-q", *(f"tests/test_{name}.py" for name in made), *chosen)


def mutants(*arguments: str) -> None:
    """Faults put into the source, and whether the tests see them. Not part of what has to pass."""
    run("python", "-m", "pip", "install", *QUIET, "-c", str(PINS), "-e", f"{HERE}[dev,mutants]")
    run("python", "tests/mutants.py", *arguments)


def kills(*arguments: str) -> None:
    """Commands that are ended while they write, and what they leave. Not part of what has to pass."""
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (HERE / "src", HERE / "tests")))
    run("python", "tests/kills.py", *(arguments or ("500",)))


def fuzz(*arguments: str) -> None:
    """Registers, notices and workbooks altered at random, and whether a command crashes."""
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, (HERE / "src", HERE / "tests")))
    run("python", "tests/fuzz.py", *arguments)


def bom() -> None:
    """The wheel, what it is made of, and the licences of that."""
    supply()
    run("python", "docs/supply.py", "bom", "dist")


def audit() -> None:
    """What is known against the packages that are pinned. Says so where nobody can be asked."""
    supply()
    run("python", "docs/supply.py", "audit")


def supply() -> None:
    """The tools for that, each file by its hash."""
    run(
        "python",
        "-m",
        "pip",
        "install",
        *QUIET,
        "--require-hashes",
        "-r",
        str(HERE / "requirements-supply-hashed.txt"),
    )


def set_up() -> None:
    """Make the environment, unless it is there and still what the project asks for."""
    stamp = VENV / "ropa-stamp"
    asked = b"".join(path.read_bytes() for path in (HERE / "pyproject.toml", HASHED))
    wanted = hashlib.sha256(asked + str(HERE).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"setting up {VENV} …", file=sys.stderr)
    venv.create(VENV, with_pip=True, clear=True)
    pip = ("python", "-m", "pip", "install", *QUIET)
    run(*pip, "--require-hashes", "-r", str(HASHED))
    run(*pip, "--no-deps", "--no-build-isolation", "-e", str(HERE))
    stamp.write_text(wanted)


def run(command: str, *arguments: str, check: bool = True) -> int:
    """Run a command of the environment in the project's folder; stop when it fails, unless told not to."""
    done = subprocess.run([BIN / command, *arguments], cwd=HERE, check=False)
    if check and done.returncode:
        raise SystemExit(done.returncode)
    return done.returncode


if __name__ == "__main__":
    main()
