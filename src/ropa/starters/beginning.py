"""The files of a new register: whose it is, a starter pack, the settings, and what git and CI need beside them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from ropa.configuration import NAME, found
from ropa.documents import handwriting
from ropa.documents.document import SourceFile
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import SUFFIXES, parse
from ropa.errors import BadSettings, CannotWrite
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Defaults
from ropa.register.vocabulary import Facet
from ropa.saying import phrases
from ropa.starters.packs import KINDS, pack

REGISTER = "registry"
"""The folder of a project that holds its register."""
CI = ("github", "gitlab", "none")
_CI_FILES = {"github": Path(".github/workflows/ropa.yml"), "gitlab": Path(".gitlab-ci.yml")}
_HERE = Path(__file__).parent
_IGNORED = ".gitignore"
MOST_NAMED = 3
HOME = Defaults().home
EEA = "eea"
"""The word for the countries in which the EU GDPR applies."""


class NewOrganisation(Struct, frozen=True):
    """Whose register it is to be: what somebody says of it. `dpo` and `nation` may be empty.

    `country` is where it is, as two letters: the United Kingdom, or a country of the European Economic Area.
    """

    name: str
    kind: str
    contact: str
    dpo: str = ""
    nation: str = ""
    country: str = HOME

    @property
    def abroad(self) -> bool:
        """Whether it is outside the United Kingdom."""
        return self.country != HOME


class NewRegister(Struct, frozen=True):
    """The files of a new register, those that are there already and stay as they are, and what there is to say."""

    folder: Path
    files: Mapping[Path, str]
    there: tuple[Path, ...]
    remarks: tuple[str, ...]


def begin(folder: Path, whose: NewOrganisation, ci: str) -> NewRegister:
    """What a new register is made of. Raises `CannotWrite` where there is one, or where no folder can be."""
    register = folder / REGISTER
    refuse_register(folder)
    _refuse_country(whose)
    top = _repository(folder)
    wanted = {**_documents(register, whose), **_beside(folder, top, ci)}
    there = tuple(path for path in wanted if path.exists() or path.is_symlink())
    settings = next(iter(found(folder)), None) if folder.is_dir() else None
    if settings is not None and folder / NAME not in there:
        there = (*there, settings)
        wanted.pop(folder / NAME, None)
    files = {path: text for path, text in wanted.items() if path not in there}
    remarks = [*_remarks(whose, ci, files)]
    if folder / _IGNORED in there:
        remarks.append(f"let {folder / _IGNORED} name {_lines_of('gitignore')}, too")
    return NewRegister(register, files, there, tuple(remarks))


def refuse_register(folder: Path) -> None:
    """Say that there is a register in a folder already, or that it is none. Raises `CannotWrite`."""
    register = folder / REGISTER
    for path in (folder, register):
        if path.exists() and not path.is_dir():
            raise CannotWrite(f"{path} is a file; name a folder for the register")
    lying = (
        sorted(p for p in register.rglob("*") if p.suffix in SUFFIXES) if register.is_dir() else []
    )
    if lying:
        names = [path.relative_to(register).as_posix() for path in lying[:MOST_NAMED]]
        more = f" and {len(lying) - MOST_NAMED} more" if len(lying) > MOST_NAMED else ""
        raise CannotWrite(
            f"{register} holds a register already ({', '.join(names)}{more}), and nothing is written over;"
            " name another folder"
        )


def _refuse_country(whose: NewOrganisation) -> None:
    """Say that no law is known that applies in a country. Raises `BadSettings`."""
    countries = shipped_terms().hierarchies[Facet.COUNTRY]
    if whose.abroad and (
        whose.country not in countries.terms or countries.hops(whose.country, EEA) is None
    ):
        raise BadSettings(
            f"“{whose.country}” is no country of the European Economic Area, nor GB;"
            " the UK GDPR and the EU GDPR are known"
        )
    if whose.abroad and whose.nation:
        raise BadSettings(f"{whose.nation} is not in {whose.country}; leave --nation out")


def _documents(register: Path, whose: NewOrganisation) -> dict[Path, str]:
    """The documents of the register, by their files."""
    kind = KINDS[whose.kind]
    said: dict[str, Any] = {
        "kind": "organisation",
        "id": handwriting.short_name(whose.name) or "organisation",
        "name": whose.name,
        "contact": whose.contact,
        "dpo": whose.dpo,
        "regimes": "eu-gdpr" if whose.abroad else "",
        "home": whose.country if whose.abroad else "",
        "public_authority": kind.public,
        "nation": whose.nation,
        "starter": kind.public,
    }
    organisation = {key: value for key, value in said.items() if value}
    entries = pack(whose.kind, whose.nation, abroad=whose.abroad)
    head = (
        f"# From the starter pack for {kind.called}. Look at each entry: where it is so with you, delete its line\n"
        "# `starter: true`; where it is not, delete the entry.\n"
    )
    files = {register / "organisation.yaml": _stream([organisation])}
    for name, what in (("parties.yaml", "party"), ("terms.yaml", "term")):
        chosen = [entry for entry in entries if entry["kind"] == what]
        if chosen:
            files[register / name] = head + _stream(chosen)
    return files


def _stream(documents: Iterable[Mapping[str, Any]]) -> str:
    """Documents as a file, once each has its shape. Raises `BadSettings` for what somebody said that has none."""
    text = "---\n".join(handwriting.document(data) for data in documents)
    for document in parse(SourceFile("organisation.yaml", text)):
        sound = not document.problems and well_formed(document)
        for problem in () if sound else document.problems or violations(document):
            raise BadSettings(f"{problem.message}; {problem.hint}")
    return text


def _beside(folder: Path, top: Path, ci: str) -> dict[Path, str]:
    """What lies beside the register: the settings, what git passes over, and the job of a CI server."""
    files = {folder / NAME: _shipped("ropa.toml"), folder / _IGNORED: _shipped("gitignore")}
    if ci in _CI_FILES:
        where = Path(REGISTER) if top == folder else folder.resolve().relative_to(top) / REGISTER
        text = _shipped(f"{ci}.yml").replace("REGISTER", where.as_posix())
        files[top / _CI_FILES[ci]] = text
    return files


def _shipped(name: str) -> str:
    return (_HERE / "files" / name).read_text("utf-8")


def _lines_of(name: str) -> str:
    """What a file of the package says, without its remarks, in a sentence."""
    lines = _shipped(name).splitlines()
    return phrases.several(line for line in lines if not line.startswith("#"))


def _repository(folder: Path) -> Path:
    """The root of the repository that a folder is in, where CI servers look; else the folder itself."""
    here = folder.resolve()
    root = next((f for f in (here, *here.parents) if (f / ".git").exists()), here)
    return folder if root == here else root


def _remarks(whose: NewOrganisation, ci: str, files: Iterable[Path]) -> Iterator[str]:
    kind = KINDS[whose.kind]
    if kind.public:
        yield f"it is taken to be a public authority, as {kind.called} mostly are; nobody has confirmed that yet"
    if not whose.nation and not whose.abroad:
        yield "its entries are those of England, since --nation was not said"
    if ci in _CI_FILES and any(path.name == _CI_FILES[ci].name for path in files):
        yield f"in {_CI_FILES[ci]}, write where you keep this tool, and the commit that you want"
