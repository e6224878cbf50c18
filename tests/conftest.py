"""What the tests share: a register written as text, on disk, checked as a user's would be."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from time import process_time

import pytest
from hypothesis import settings

import ropa
from ropa.engine import check
from ropa.judging.coverage import Settings
from ropa.report import Report

pytest_plugins = ("browser",)
# A machine may be busy with something else. What was drawn yesterday is drawn today, so that a change fails for
# what it does; new examples are for the thorough run and for `dev.py fuzz`.
settings.register_profile(
    "unhurried", deadline=None, derandomize=os.environ.get("ROPA_THOROUGH") != "1"
)
settings.load_profile("unhurried")
if "PYTEST_XDIST_WORKER" in os.environ:
    # Hypothesis also draws the constants of the modules that are loaded, which must not depend on the order of tests
    for module in walk_packages(ropa.__path__, "ropa."):
        import_module(module.name)

TODAY = date(2026, 11, 23)
MARK = "# <- found here"
ROOT = Path(__file__).parents[1]
CORPORA = Path(os.environ.get("ROPA_CORPORA", ROOT.parent / "shared" / "corpora"))
"""Where the real notices and vocabularies are, if they are anywhere; the cases are beside them."""
WRITING = bool(os.environ.get("ROPA_GOLDEN"))
"""Whether what is kept for comparison is written anew."""

Check = Callable[..., Report]


def write_register(folder: Path, text: str) -> None:
    """Write `text` as register.yaml, and each notice's text out of the quotes of its statements.

    A quote or a `text:` on a line that is marked as a finding is left out, since that is what it shows. What
    follows a line `=== NAME` is the text of the file of that name, written without its marks.
    """
    register, *files = re.split(r"^=== (\S+)\n", text, flags=re.MULTILINE)
    for name, words in zip(files[::2], files[1::2], strict=True):
        (folder / name).write_text(re.sub(rf" *{MARK}$", "", words, flags=re.MULTILINE), "utf-8")
    text = register
    (folder / "register.yaml").write_text(text, "utf-8")
    for document in re.split(r"^---$", text, flags=re.MULTILINE):
        wording = re.search(r"^text: *(\S+)$", document, re.MULTILINE)
        if wording and MARK not in wording[0] and wording[1] not in files[::2]:
            quotes = re.findall(r"^ *-? *quote: *(.+?) *$", document, re.MULTILINE)
            said = [quote.strip("'\"") for quote in quotes if MARK not in quote]
            said += [f"Read more in {name}" for name in _sent_to(document, text)]
            (folder / wording[1]).write_text("\n\n".join(f"{quote}." for quote in said), "utf-8")


def _sent_to(notice: str, register: str) -> list[str]:
    """The names of the notices that a notice sends its readers to, and its text therefore says."""
    layers = re.search(r"^layers: *(.+?) *$", notice, re.MULTILINE)
    ids = re.findall(r"[\w-]+", layers[1]) if layers and MARK not in layers[0] else []
    named = {i: re.search(rf"^id: {i}\nname: (.+)$", register, re.MULTILINE) for i in ids}
    return [found[1] if found else id_ for id_, found in named.items()]


@pytest.fixture(autouse=True, scope="session")
def caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what is kept in the home of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture
def check_text(tmp_path: Path) -> Check:
    """Check a register given as text."""

    def run(text: str, **settings: object) -> Report:
        write_register(tmp_path, text)
        return check(tmp_path, Settings(**{"day": TODAY, **settings}))  # type: ignore[arg-type]

    return run


def effort(work: Callable[[], object]) -> float:
    """How much longer some work takes than a fixed piece of Python beside it: tens of milliseconds, everywhere."""
    return _taken(work) / _taken(lambda: sum(n * n for n in range(500_000)))


def _taken(work: Callable[[], object]) -> float:
    began = process_time()
    work()
    return process_time() - began


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The real notices and vocabularies; tests that need them are skipped, loudly, where they are absent."""
    if not CORPORA.is_dir():
        pytest.skip(
            f"the corpora are not at {CORPORA}; set ROPA_CORPORA to the folder that holds them"
        )
    return CORPORA


def case_of(name: str) -> Path:
    """The register of a case; a test that needs one is skipped, loudly, where it is absent."""
    register = CORPORA.parent / "cases" / name / "register"
    if not register.is_dir():
        pytest.skip(f"there is no {register}: set ROPA_CORPORA to the folder beside `cases`")
    return register
