"""The register's words as they are looked up in a sentence: every name of every term and party.

The longest match wins, so that an email address is no address. Short forms count by their case: SEND is not
"send". A name of several words is also found where all of them stand close together in another order, but for
when a period begins; one of them alone is never enough.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from ropa.documents.patterns import regex
from ropa.documents.shipped import derived, is_own_word
from ropa.reading import said as said_module
from ropa.reading import tokens as tokens_module
from ropa.reading.clauses import Phrase, phrases
from ropa.reading.grammar import TABLE, GrammarNode, grammar, listed
from ropa.reading.said import How
from ropa.reading.tokens import MOST_KEPT, Tokens, singular, stem, tokens
from ropa.register import vocabulary
from ropa.register.lexicon import shipped_terms
from ropa.register.model import SELF, Register
from ropa.register.vocabulary import TERMS, Facet, Term, fold

Stems = tuple[str, ...]
WIDEST = 2
"""How many other words may stand among the words of a name that are found in another order."""

MOST_SKIPPED = 4
"""How many small words ("of the", "your own") may stand inside a name."""


class Name(Struct, frozen=True):
    """One name of a term: its stems, the word it stands for, and how it is called by it.

    `exact` is how it has to be written where letter case counts, `behind` the small word that has to stand before
    it: "our team" is ours, and a team is not. A name that `hides` stands for no word: it only
    keeps its term from being found in it; then the words count as they are, in `whole`. A purpose of one word is
    found as a `noun` only: accounting is no account. What is `owned` has to be somebody's, or all that is said.
    """

    stems: Stems
    facet: Facet
    word: str
    how: How
    exact: str = ""
    behind: str = ""
    hides: bool = False
    whole: Stems = ()
    noun: str = ""
    owned: bool = False


class Match(Struct, frozen=True):
    """A name that was found: its first token, and the one behind its last."""

    start: int
    end: int
    name: Name


class _WrittenName(NamedTuple):
    """A name as it is written in a register."""

    text: str
    facet: Facet
    word: str
    how: How
    hides: bool = False
    owned: bool = False


class _NameStep:
    """Where the first words of some names lead to: what may follow, and the names that end here."""

    def __init__(self) -> None:
        self.following: dict[str, _NameStep] = {}
        self.names: dict[tuple[str, Facet], Name] = {}


_Key = tuple[Facet, str]
"""A word of a facet, by its id."""


class _ByStem(NamedTuple):
    """Names by their first stem, and those of several words by the one that tells most."""

    first: "dict[str, list[_WrittenName]] | _KeptNames"
    loose: "dict[str, list[_WrittenName]] | _KeptNames"


def _by_stem(written: Iterable[_WrittenName], form: Callable[[str], str]) -> _ByStem:
    first: dict[str, list[_WrittenName]] = {}
    loose: dict[str, list[_WrittenName]] = {}
    skipped = grammar().small["skipped"]
    for name in written:
        words = [w for w in name.text.lower().replace("-", " ").split() if w not in skipped]
        if words:
            first.setdefault(form(_bare(words[0])), []).append(name)
            telling = max(words, key=_telling)
            if len(words) > 1 and _in_any_order(name):
                loose.setdefault(form(_bare(telling)), []).append(name)
    return _ByStem(first, loose)


class _KeptNames:
    """Names by a stem as they are kept: few of them are met, and each list is taken from what is kept when it is."""

    def __init__(self, kept: Mapping[str, msgspec.Raw]) -> None:
        self._kept = kept
        self._taken: dict[str, list[_WrittenName]] = {}

    def __contains__(self, stem: object) -> bool:
        return stem in self._kept

    def get(self, stem: str, default: Iterable[_WrittenName]) -> Iterable[_WrittenName]:
        """The names of a stem."""
        if stem in self._kept and stem not in self._taken:
            self._taken[stem] = _LISTED.decode(self._kept[stem])
        return self._taken.get(stem, default)


_LISTED = msgspec.msgpack.Decoder(list[_WrittenName])


class _Index:
    """Names by their first stem, and those of several words by the one that tells most.

    Few of a register's names stand in any one text, so a name is taken apart when a text has that stem. What an index
    `below` has is in it as well, but for the words that are `gone`.
    """

    def __init__(
        self,
        written: "Iterable[_WrittenName] | _ByStem",
        form: Callable[[str], str],
        below: "_Index | None" = None,
        gone: frozenset[_Key] = frozenset(),
    ) -> None:
        self._form, self._below, self._gone = form, below, gone
        self._first, self._loose = (
            written if isinstance(written, _ByStem) else _by_stem(written, form)
        )
        self._beginning: dict[str, _NameStep] = {}
        self._telling: dict[str, tuple[tuple[frozenset[str], Name], ...]] = {}

    def begins(self, stem: str) -> bool:
        """Whether some name may begin with a stem."""
        return stem in self._first or (self._below is not None and self._below.begins(stem))

    def tells(self, stem: str) -> bool:
        """Whether some name of several words may be told by a stem."""
        return stem in self._loose or (self._below is not None and self._below.tells(stem))

    def beginning(self, stem: str) -> "_NameStep":
        """The names that begin with a stem, step by step."""
        if stem not in self._beginning:
            self._beginning[stem] = self._begun(stem)
        return self._beginning[stem]

    def _begun(self, stem: str) -> "_NameStep":
        below = self._below
        if below is not None and stem not in self._first and self._has_all(below._starting(stem)):
            return below.beginning(stem)
        begun = _NameStep()
        for name in self._made(self._starting(stem)):
            step = begun
            for word in name.stems[1:]:
                step = step.following.setdefault(word, _NameStep())
            step.names.setdefault((name.word, name.facet), name)
        return begun

    def telling(self, stem: str) -> tuple[tuple[frozenset[str], Name], ...]:
        """The names of several words that a stem tells most of, with all the stems that have to stand there."""
        if stem not in self._telling:
            self._telling[stem] = self._told_by(stem)
        return self._telling[stem]

    def _told_by(self, stem: str) -> tuple[tuple[frozenset[str], Name], ...]:
        below = self._below
        if below is not None and stem not in self._loose and self._has_all(below._told(stem)):
            return below.telling(stem)
        joining = grammar().small["joining"]
        content = ((frozenset(n.stems) - joining, n) for n in self._made(self._told(stem)))
        return tuple((c, n) for c, n in content if len(c) > 1)

    def _starting(self, stem: str) -> Iterator[_WrittenName]:
        if self._below is not None:
            yield from self._left(self._below._starting(stem))
        yield from self._first.get(stem, ())

    def _told(self, stem: str) -> Iterator[_WrittenName]:
        if self._below is not None:
            yield from self._left(self._below._told(stem))
        yield from self._loose.get(stem, ())

    def _has_all(self, written: Iterator[_WrittenName]) -> bool:
        """Whether no word is gone that some names are of, so that what was made of them once serves here, too."""
        return not any((name.facet, name.word) in self._gone for name in written)

    def _left(self, written: Iterator[_WrittenName]) -> Iterator[_WrittenName]:
        return (name for name in written if (name.facet, name.word) not in self._gone)

    def _made(self, written: Iterable[_WrittenName]) -> Iterator[Name]:
        made = (_name(name, self._form) for name in written)
        return (name for name in made if _tells(name))


@cache
def _shipped_recipients() -> tuple[Term, ...]:
    return tuple(t for t in shipped_terms().terms if t.facet is Facet.RECIPIENT)


@cache
def _ids_in_memory() -> frozenset[int]:
    """What tells the terms of the package from those of a register; they stay as long as the process."""
    return frozenset(map(id, shipped_terms().terms))


@cache
def _shipped_names(*, purposes: bool) -> _Index:
    """The names of the words of the package, taken apart once for every register of a process."""
    form = stem if purposes else _nominal
    kept = derived(
        f"names-{'verbal' if purposes else 'nominal'}",
        (*sorted(TERMS.glob("*.yaml")), *_MADE_OF),
        TERMS,
        partial(_packed, form, purposes=purposes),
    )
    first, loose = _PACKED.decode(kept)
    return _Index(_ByStem(_KeptNames(first), _KeptNames(loose)), form)


def _packed(form: Callable[[str], str], *, purposes: bool) -> bytes:
    written = _written(shipped_terms().terms, frozenset(), purposes=purposes)
    return msgspec.msgpack.encode(tuple(_by_stem(written, form)))


_PACKED = msgspec.msgpack.Decoder(tuple[dict[str, msgspec.Raw], dict[str, msgspec.Raw]])
_MADE_OF = (
    TABLE,
    *(Path(str(module.__file__)) for module in (tokens_module, said_module, vocabulary)),
    Path(__file__),
)
"""What the names of the package are taken apart by, besides themselves."""


def _written(
    terms: Iterable[Term], parties: frozenset[str], *, purposes: bool
) -> Iterator[_WrittenName]:
    for term in terms:
        if (term.facet is Facet.PURPOSE) is purposes:
            yield from _names_of(term, party=term.id in parties and term.facet is Facet.RECIPIENT)


def _in_any_order(name: _WrittenName) -> bool:
    """Whether a name of several words is told by them in any order: "years after the end" is not the year end."""
    return not name.hides and name.how is not How.UMBRELLA and name.facet is not Facet.TRIGGER


def _bare(word: str) -> str:
    """A word without the stop or the sign of possession behind it."""
    return word.rstrip(",.;:()").removesuffix("'s")


def _telling(word: str) -> tuple[bool, int, str]:
    """How much a word tells of a name, for a start: a long word more than a short one."""
    return singular(word) not in _GENERIC, len(word), word


class _Form(NamedTuple):
    """A word as it is compared, whether some name begins with it, and whether it tells most of some name."""

    stem: str
    begins: bool
    tells: bool


class _TextWord(NamedTuple):
    """A word of a text: as a noun, as a verb, and whether it is one of the small words that are passed over."""

    forms: tuple[_Form, _Form]
    skipped: bool


class _WordForms(dict[str, _TextWord]):
    """The words of texts as they are compared, each looked at when it is first met."""

    def __init__(self, nominal: _Index, verbal: _Index) -> None:
        super().__init__()
        self._nominal, self._verbal = nominal, verbal
        self._skipped = grammar().small["skipped"]

    def __missing__(self, word: str) -> _TextWord:
        noun, verb = _nominal(word), stem(word)
        made = _TextWord(
            (
                _Form(noun, self._nominal.begins(noun), self._nominal.tells(noun)),
                _Form(verb, self._verbal.begins(verb), self._verbal.tells(verb)),
            ),
            word in self._skipped,
        )
        if len(self) < MOST_KEPT:
            self[word] = made
        return made


class Names(Struct, frozen=True, dict=True, eq=False):
    """The names of a register's words. `own` are the nouns that mean the organisation itself: "the council"."""

    terms: tuple[Term, ...]
    parties: frozenset[str] = frozenset()
    organisation: str = ""
    defined: tuple[tuple[str, Facet | None, str], ...] = ()

    @staticmethod
    def of(register: Register) -> "Names":
        """The names that a register's words and parties go by."""
        ours = register.organisation
        return Names(register.terms, frozenset(register.parties), ours.name if ours else "")

    def defining(self, short: Iterable[tuple[str, Facet | None, str]]) -> "Names":
        """The same names with short forms that a notice defines for itself; without a facet, of the organisation."""
        return Names(
            self.terms, self.parties, self.organisation, tuple(sorted(set(short), key=str))
        )

    @cached_property
    def content(self) -> tuple[object, ...]:
        """All that what is found depends on: two registers whose names have the same content find the same."""
        own, gone = self._beside_shipped
        terms = ((t.facet, t.id, t.firm, t.label, t.synonyms, t.never, t.umbrella) for t in own)
        return (*terms, gone, self.parties, self.organisation, self.defined)

    @cached_property
    def _beside_shipped(self) -> tuple[tuple[Term, ...], frozenset[_Key]]:
        """The terms that are the register's own, and the words of the package that it has not, or has as parties."""
        shipped, of_package = shipped_terms().terms, _ids_in_memory()
        parties = [t for t in _shipped_recipients() if t.id in self.parties]
        if self.terms[: len(shipped)] == shipped:  # the same objects, mostly: nothing gave way
            gone = frozenset([(term.facet, term.id) for term in parties])
            return (*parties, *self.terms[len(shipped) :]), gone
        here, ours = {id(t) for t in self.terms}, {id(t) for t in parties}
        own = [t for t in self.terms if id(t) not in of_package or id(t) in ours]
        left = [(t.facet, t.id) for t in shipped if id(t) not in here or id(t) in ours]
        return tuple(own), frozenset(left)

    @cached_property
    def _hash(self) -> int:
        return hash(self.content)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Names) and self.content == other.content)

    @cached_property
    def own(self) -> frozenset[str]:
        """What the organisation may call itself with "the" before it."""
        own = grammar().small["own"]
        if not self.organisation:
            return own
        return own & frozenset(fold(self.organisation).split())

    def ourselves(self, read: Tokens) -> Iterator[tuple[int, int]]:
        """Where a text names the organisation itself, in full or by a short form of its own."""
        for name in self._ours:
            at = -1
            while name[0] in read.low[at + 1 :]:
                at = read.low.index(name[0], at + 1)
                if read.low[at : at + len(name)] == name:
                    yield at, at + len(name)

    @cached_property
    def _ours(self) -> tuple[Stems, ...]:
        short = (written for written, facet, _ in self.defined if facet is None)
        written = (self.organisation, *short)
        return tuple(tokens(name.removeprefix("The ")).low for name in written if name)

    def find(self, read: Tokens) -> tuple[Match, ...]:
        """The words that a text names, in their order; none inside a longer name."""
        known = self._known
        forms = [known[word] for word in read.low]
        kept = [at for at, form in enumerate(forms) if not form.skipped]
        found: list[Match] = []
        for index, which in ((self._nominal, 0), (self._verbal, 1)):
            here = [forms[at].forms[which] for at in kept]
            begins = [k for k, form in enumerate(here) if form.begins]
            tells = [k for k, form in enumerate(here) if form.tells]
            if begins or tells:
                stems = [form.stem for form in here]
                exact = list(_exact(index, begins, stems, kept, read)) if begins else []
                found += exact
                found += _loose(index, tells, stems, kept, exact) if tells else ()
        return _longest(self._of_others(read, found))

    def _of_others(self, read: Tokens, found: list[Match]) -> list[Match]:
        """Without the words of our own name: “Sample Primary School” is us, and names no primary schools."""
        ours = [(start, end) for start, end in self.ourselves(read) if end - start > 1]
        return (
            [
                match
                for match in found
                if not any(
                    start <= match.start
                    and match.end <= end
                    and match.end - match.start < end - start
                    for start, end in ours
                )
            ]
            if found and ours
            else found
        )

    def beginnings(self, read: Tokens) -> tuple[Phrase, ...]:
        """Where a text names one of the register's own words for when a period begins."""
        return phrases(read, self._beginnings) if self._beginnings.following else ()

    @cached_property
    def _beginnings(self) -> GrammarNode:
        own = (
            t for t in self.terms if t.facet is Facet.TRIGGER and t.origin and is_own_word(t.origin)
        )
        return listed(("trigger", t.id, tokens(name).low) for t in own for name in t.firm)

    @cached_property
    def _known(self) -> "_WordForms":
        return _WordForms(self._nominal, self._verbal)

    @cached_property
    def _nominal(self) -> _Index:
        return self._index(purposes=False)

    @cached_property
    def _verbal(self) -> _Index:
        return self._index(purposes=True)

    def _index(self, *, purposes: bool) -> _Index:
        own, gone = self._beside_shipped
        form = stem if purposes else _nominal
        written = (*_written(own, self.parties, purposes=purposes), *self._short(purposes=purposes))
        if len(gone) == len(shipped_terms().terms):
            return _Index(written, form)
        return _Index(written, form, _shipped_names(purposes=purposes), gone)

    def _short(self, *, purposes: bool) -> Iterator[_WrittenName]:
        for short, facet, word in self.defined:
            if facet and (facet is Facet.PURPOSE) is purposes:
                yield _WrittenName(short, facet, word, How.SHORT)


def _nominal(word: str) -> str:
    """A noun as it is compared; data, details and records are one thing behind what they are of."""
    plain = singular(word)
    return "information" if plain in _GENERIC else plain


_GENERIC = frozenset({"data", "information", "detail", "record"})


def _names_of(term: Term, *, party: bool) -> Iterator[_WrittenName]:
    facet, word, vague = term.facet, term.id, term.umbrella
    first = How.UMBRELLA if vague else How.NAME if party else How.LABEL
    for written in (term.label, *_halves(term.label)):
        yield _WrittenName(written, facet, word, first)
    for written in (*term.synonyms, *([term.plain] if term.plain else ())):
        how = How.UMBRELLA if vague else How.SHORT if _is_short(written) else How.SYNONYM
        yield _WrittenName(written, facet, word, how)
    for written in _alone(term):
        yield _WrittenName(written, facet, word, How.STEMS, owned=True)
    for written in term.never:
        yield _WrittenName(written, facet, word, How.LABEL, hides=True)


def _alone(term: Term) -> Iterator[str]:
    """What data is about, without the word for data: your health is health information."""
    if term.facet is Facet.DATA and not term.umbrella:
        for written in (term.label, *term.synonyms):
            first, _, last = written.rpartition(" ")
            if last in _GENERIC_WRITTEN and first and " " not in first:
                yield first


_GENERIC_WRITTEN = frozenset({"data", "information", "details", "records", "record"})


def _name(written: _WrittenName, form: Callable[[str], str]) -> Name:
    skipped = grammar().small["skipped"]
    raw = written.text.replace("-", " ").split() if _SIMPLE(written.text) else _raw(written.text)
    left = [w for w in raw if w.lower() not in skipped]
    single = len(left) == 1
    return Name(
        stems=tuple([form(w.lower().removesuffix("'s")) for w in left]),
        facet=written.facet,
        word=written.word,
        how=written.how,
        exact=left[0] if _by_case(left, written.how) else "",
        behind=raw[0].lower() if single and raw[0].lower() in _POINTING else "",
        hides=written.hides,
        owned=written.owned,
        noun=singular(left[0].lower()) if single and written.facet is Facet.PURPOSE else "",
        whole=tuple(w.lower().removesuffix("'s") for w in raw if written.hides)
        if len(left) < len(raw)
        else (),
    )


_POINTING = frozenset({"our", "the", "my"})


def _raw(written: str) -> list[str]:
    read = tokens(written)
    return [read.written(at) for at in range(len(read))]


_SIMPLE = regex(r"[\w' -]*\Z").match


def _is_short(written: str) -> bool:
    """Whether it is an abbreviation in capitals."""
    return " " not in written and sum(map(str.isupper, written)) > 1


def _by_case(left: list[str], how: How) -> bool:
    """Whether letter case counts: of abbreviations, of names that might be a plain word, or begin with a small one."""
    if not left or (len(left) > 1 and left[0].lower() not in grammar().small["joining"]):
        return False
    own = how in (How.NAME, How.SHORT) and left[0][:1].isupper()
    return own or (len(left) == 1 and _is_short(left[0]))


_HALVES = regex(r"(\S+) or (\S+)((?: \S+){0,2})")


def _halves(label: str) -> tuple[str, ...]:
    """“Gender or sex” gives both; “Case or customer reference” gives the two references."""
    found = _HALVES.fullmatch(label)
    return (f"{found[1]}{found[3]}", f"{found[2]}{found[3]}") if found else ()


_HEADS = frozenset({"reason"})
"""Small words that a name may begin with all the same: “reasons for absence”."""


def _tells(name: Name) -> bool:
    """Whether a name says something: "your details" is any data, unless its term is too vague as well."""
    if name.word == SELF and name.stems == ("you",):
        return True
    vague = _GENERIC | grammar().small["joining"]
    if not name.stems or (name.stems[0] in vague - _GENERIC - _HEADS and not name.exact):
        return False
    return name.how is How.UMBRELLA or name.hides or not vague.issuperset(name.stems)


def _exact(
    index: _Index, begins: list[int], stems: list[str], kept: list[int], read: Tokens
) -> Iterator[Match]:
    for at in begins:
        step: _NameStep | None = index.beginning(stems[at])
        end = at
        while step is not None:
            start, stop = kept[at], kept[end] + 1
            for name in step.names.values() if step.names else ():
                if stop - start <= MOST_SKIPPED + len(name.stems) and _as_written(
                    name, read, start, stop
                ):
                    yield Match(start, max(stop, start + len(name.whole)), name)
            end += 1
            step = step.following.get(stems[end]) if end < len(stems) else None


def _as_written(name: Name, read: Tokens, start: int, stop: int) -> bool:
    """Whether a name that was found by its stems stands there as it has to be written."""
    if name.whole:
        return read.low[start : start + len(name.whole)] == name.whole
    if name.stems[-1] == "information" and stop - start > len(name.stems):
        return False  # "contact the data protection officer" is no contact data
    return _stands_well(name, read, start, stop) and _is_spelt(name, read, start)


def _stands_well(name: Name, read: Tokens, start: int, stop: int) -> bool:
    if name.behind and name.behind not in read.low[max(0, start - 2) : start]:
        return False
    if name.noun and singular(read.low[start]) != name.noun:
        return False
    return not name.owned or _is_somebodys(read, start, stop)


def _is_spelt(name: Name, read: Tokens, start: int) -> bool:
    """Whether a name whose letter case counts is written as it is in the register."""
    if not name.exact:
        return True
    written = read.written(start).removesuffix("'s")
    return name.exact in (written, written.removesuffix("s")) and not read.text.isupper()


def _is_somebodys(read: Tokens, start: int, stop: int) -> bool:
    """Whether something is "your", or an entry of a list of its own."""
    whole = start == 0 and stop >= len(read) - 1
    return whole or (start > 0 and read.low[start - 1] in ("your", "their", "his", "her", "child"))


def _loose(
    index: _Index, telling: list[int], stems: list[str], kept: list[int], exact: list[Match]
) -> Iterator[Match]:
    """Names whose words all stand close together, in whatever order, in one stretch without a stop."""
    known = {match.name.word for match in exact}
    there = set(stems)
    for at in telling:
        for content, name in index.telling(stems[at]):
            if content <= there and name.word not in known:
                window = _window(stems, at, content)
                if window:
                    start, end = window
                    yield Match(kept[start], kept[end - 1] + 1, _by_stems(name))


def _by_stems(name: Name) -> Name:
    return Name(name.stems, name.facet, name.word, How.STEMS)


def _window(stems: list[str], at: int, content: frozenset[str]) -> tuple[int, int] | None:
    """The stretch around a place that holds all of these stems, with few others and no stop among them."""
    reach = len(content) + WIDEST
    start, end = at, at + 1
    missing = set(content) - {stems[at]}
    for step in range(1, reach):
        for near in (at - step, at + step):
            if 0 <= near < len(stems) and stems[near] in missing:
                missing.discard(stems[near])
                start, end = min(start, near), max(end, near + 1)
    others = set(stems[start:end]) - content
    if missing or end - start > reach or not others.isdisjoint(grammar().small["parting"]):
        return None
    return (
        None
        if "information" in content and not others <= grammar().small["linking"]
        else (start, end)
    )


def _longest(found: list[Match]) -> tuple[Match, ...]:
    """Without those inside a longer match; a group of people is a group of people inside anything."""
    if len(found) <= 1:
        return tuple(match for match in found if not match.name.hides)
    left: list[Match] = []
    taken: dict[int, list[Match]] = {}  # by where they start
    widest = max((match.end - match.start for match in found), default=0)
    for match in sorted(found, key=_widest_first):
        around = range(match.end - widest, match.start + 1)
        if not any(
            match.end <= other.end and _swallows(other, match)
            for start in around
            for other in taken.get(start, ())
        ):
            taken.setdefault(match.start, []).append(match)
            left += () if match.name.hides else (match,)
    return tuple(sorted(left, key=lambda m: (m.start, m.end, m.name.facet, m.name.word)))


def _widest_first(match: Match) -> tuple[int, int, bool, str, str]:
    width = match.start - match.end
    return width, match.start, not match.name.hides, match.name.facet, match.name.word


def _swallows(wider: Match, match: Match) -> bool:
    same = (wider.start, wider.end) == (match.start, match.end)
    if wider.name.hides:
        return wider.name.word == match.name.word
    if wider.name.how is How.STEMS:
        return not same and wider.name.facet is match.name.facet and match.name.how is How.STEMS
    if same:
        return wider.name.facet is match.name.facet and match.name.how is How.STEMS
    return wider.name.facet is match.name.facet or match.name.facet is not Facet.SUBJECT
