"""The whole tool in one screen: read, shape, build, draw, compare, ask every rule."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from ropa.accepting import baseline as baselines
from ropa.accepting.acceptance import accept
from ropa.accepting.baseline import Baseline
from ropa.accepting.selection import Choice, Chosen, choose
from ropa.accepting.trust import Trust
from ropa.case import Case
from ropa.changes.repository import folder_in_repository
from ropa.documents.document import Document
from ropa.documents.extended import Extended, extended
from ropa.documents.kept import KeptBooks
from ropa.documents.passed_over import passed_over
from ropa.documents.remains import remains
from ropa.documents.schema import violations, well_formed
from ropa.documents.source import Watch, nobody_watches, read_tree
from ropa.errors import BadSettings, NoRegister, nearest
from ropa.findings import Problem
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Settings, coverage
from ropa.judging.evidence import Proofs
from ropa.plugins import all_rules
from ropa.register.build import BuiltBefore, build
from ropa.register.lexicon import shipped_terms
from ropa.register.model import Register
from ropa.register.vocabulary import Facet, Hierarchy, fold
from ropa.report import Report
from ropa.rule import Rule
from ropa.seen.published import published_texts, read_text_of
from ropa.seen.text import NoticeText, Texts

_NONE = Baseline()
_AS_IT_IS = Trust()
Published = Callable[[Iterable[Document], Path], Texts]
"""Finds the texts of the notices among some documents of a folder."""
MOST_CALLED = 12
"""How many other names of a word are shown."""


def check(  # noqa: PLR0913 - all that a check depends on
    root: Path,
    settings: Settings,
    watch: Watch = nobody_watches,
    choices: Iterable[Choice] = (),
    baseline: Path | Baseline | None = None,
    *,
    trust: Trust = _AS_IT_IS,
    books: KeptBooks | None = None,
    made: Callable[[], Case] | None = None,
) -> Report:
    """Check the register under `root` as it stands on the day of the settings, as far as it is trusted.

    `books` hold what was read in earlier runs, and get what is read now. Who keeps more of the register than that says
    how its case is `made`.
    """
    if not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    chosen = choose((rule.info for rule in all_rules()), choices)
    known = baselines.read(baseline, root) if isinstance(baseline, Path) else baseline or _NONE
    case = made() if made else _read_whole(root, settings, watch, trust, books)
    return ask(case, all_rules(), chosen, known)


def _read_whole(
    root: Path, settings: Settings, watch: Watch, trust: Trust, books: KeptBooks | None
) -> Case:
    published = partial(published_texts, read=partial(read_text_of, books=books))
    documents = tuple(read_tree(root, watch))
    return make_case(documents, settings, root, trust=trust, published=published, books=books)


def make_case(  # noqa: PLR0913 - all that a case is made of
    documents: Iterable[Document],
    settings: Settings,
    root: Path,
    elsewhere: Texts | None = None,
    trust: Trust = _AS_IT_IS,
    *,
    published: Published = published_texts,
    before: Case | None = None,
    books: KeptBooks | None = None,
) -> Case:
    """Everything the rules may look at, from the documents of a register.

    `elsewhere` are texts of notices that were read already, since they are not in its folder; `published` reads those
    that are. What comes out as it did `before`, at another moment of the same register, is taken from there.
    """
    taken = extended(documents, root)
    documents, malformed, dropped = _as_far_as_it_counts(taken.documents)
    documents, refused = trust.applied(documents)
    good = [d for d in documents if not d.problems and d not in dropped]
    texts = {**published(good, root), **_texts_of(taken), **(elsewhere or {})}
    if before is not None and (dropped or before.dropped):
        before = None  # what is noted of the names in them does not stand in the register
    built = BuiltBefore(before.register, before.texts) if before else None
    register = build(good, texts, settings.defaults, shipped_terms(), built)
    register = replace(register, unknown=_of_others(register.unknown, dropped))
    if settings.defaults.home not in register.vocabulary[Facet.COUNTRY].terms:
        where = settings.read_from or "the settings"
        raise BadSettings(f"{where}: home is {settings.defaults.home}, which is no country")
    graph = flow_graph(register, before.graph if before else None)
    files = {d.path: d.file for d in documents}
    files |= {t.file.path: t.file for t in texts.values() if isinstance(t, NoticeText)}
    altered = trust.altered(register, texts)
    untrusted = trust.untrusted(register, documents) | altered
    proofs = Proofs(register, texts, untrusted, books, settings.day, altered)
    told = coverage(graph, settings, proofs, before.coverage if before else None)
    return Case(
        documents,
        malformed,
        files,
        texts,
        register,
        graph,
        told,
        settings,
        root.as_posix(),
        in_repository=folder_in_repository(root),
        passed_over=passed_over(root, frozenset(d.path for d in documents)),
        trust=trust,
        refused=refused,
        dropped=tuple(d for d in documents if d in dropped and isinstance(d.data, dict)),
        not_extended=taken.problems,
    )


def _texts_of(taken: Extended) -> Texts:
    """The published texts of the notices that come from other registers, which lie there."""
    return {
        (f"{part.prefix}{path}", written): _seen_from_here(text, part.prefix)
        for part in taken.taken
        for (path, written), text in published_texts(
            [d for d in part.documents if not d.problems and well_formed(d)], part.folder
        ).items()
    }


def _seen_from_here(text: NoticeText | Problem, prefix: str) -> NoticeText | Problem:
    if isinstance(text, Problem):
        return replace(text, at=replace(text.at, path=f"{prefix}{text.at.path}"))
    return replace(text, file=replace(text.file, path=f"{prefix}{text.file.path}"))


def _as_far_as_it_counts(
    documents: Iterable[Document],
) -> tuple[tuple[Document, ...], tuple[Problem, ...], frozenset[Document]]:
    """The documents without what is wrong in them, what that is, and those of which nothing is left that counts."""
    read: list[Document] = []
    malformed: list[Problem] = []
    dropped: list[Document] = []
    for document in documents:
        left: Document | None = document
        if not document.problems and not well_formed(document):
            malformed += violations(document)
            left = remains(document)
            if left is None:
                dropped.append(document)
        read.append(left or document)
    return tuple(read), tuple(malformed), frozenset(dropped)


def _of_others(unknown: Iterable[Problem], dropped: Iterable[Document]) -> tuple[Problem, ...]:
    """The names that nobody defined, without those of documents that are there and cannot be read."""
    whole = [d.data for d in dropped if isinstance(d.data, dict)]
    there = {fold(str(d[key])) for d in whole for key in ("id", "name", "label") if key in d}
    nameless = any(not isinstance(d.get("id"), str) for d in whole)
    return tuple(
        p for p in unknown if not nameless and fold(p.facet.partition("/")[2]) not in there
    )


def ask(
    case: Case, rules: Iterable[Rule], chosen: Chosen | None = None, baseline: Baseline = _NONE
) -> Report:
    """What the rules find in a case, in the order of its places, and what of it is accepted."""
    rules = tuple(rules)
    chosen = chosen or Chosen(tuple(rule.info for rule in rules))
    infos = {info.id: info for info in chosen.on}
    on = [replace(rule, info=infos[rule.info.id]) for rule in rules if rule.info.id in infos]
    found = {finding for rule in on if not rule.info.last for finding in rule.findings(case)}
    known = {*chosen.off, *infos}
    waivers = case.trust.waivers(case.documents, case.register.waivers.values(), known)
    baseline = case.trust.baseline(baseline, case.documents)
    accepted = accept(found, case.coverage, waivers, chosen, baseline)
    case = replace(case, acceptance=accepted)
    last = {finding for rule in on if rule.info.last for finding in rule.findings(case)}
    ordered = sorted((*accepted.sign(found), *last), key=lambda f: (f.problem, f.rule.id))
    return Report(case, chosen, tuple(ordered))


def words_of(root: Path | None) -> Register:
    """A register for its words alone, without the texts of its notices; only the shipped ones where there is none.

    Raises `NoRegister`.
    """
    return build(documents_of(root), {}, terms=shipped_terms())


def documents_of(root: Path | None) -> tuple[Document, ...]:
    """The documents of a register that can be read and are well formed; none where there is none.

    Raises `NoRegister`.
    """
    if root is not None and not root.is_dir():
        raise NoRegister(f"there is no folder {root}; name the folder that holds the register")
    documents = read_tree(root) if root else ()
    return tuple(d for d in documents if not d.problems and well_formed(d))


def vocabulary_as_text(facet: str | None = None) -> str:
    """The words that ship with the package, one a line, each below a broader one."""
    return "".join(f"{line}\n" for hierarchy in _words_for(facet) for line in hierarchy.tree())


def words_like(word: str, facet: str | None = None) -> str:
    """The shipped words that somebody may mean by a word, by id, label and synonym, a line each.

    Where there is none, the nearest by its spelling is named.
    """
    hierarchies = _words_for(facet)
    found = [(h, id_) for h in hierarchies for id_ in h.like(word)]
    if found:
        found.sort(key=lambda one: one[1] != one[0].find(word))
        return "".join([_entry(hierarchy, id_) for hierarchy, id_ in found])
    names = {n: (h, t.id) for h in hierarchies for t in h.terms.values() for n in t.names}
    near = dict.fromkeys(_entry(*names[name]) for name in nearest(word, names))
    said = f"no word that ships is called “{word}”"
    return f"{said}; near it:\n{''.join(near)}" if near else f"{said}\n"


def _words_for(facet: str | None) -> list[Hierarchy]:
    return [h for f, h in shipped_terms().hierarchies.items() if facet in (None, str(f))]


def _entry(hierarchy: Hierarchy, id_: str) -> str:
    """A word with its facet, what it is called, and the words above it."""
    term = hierarchy.terms[id_]
    called = list(dict.fromkeys((*term.synonyms, *term.also)))
    more = f"; and {len(called) - MOST_CALLED} more" if len(called) > MOST_CALLED else ""
    above = ", ".join(hierarchy.wider(id_))
    return (
        f"{hierarchy.facet} {id_}: {term.label}"
        + (f" (below {above})\n" if above else "\n")
        + (f"    also: {'; '.join(called[:MOST_CALLED])}{more}\n" if called else "")
    )
