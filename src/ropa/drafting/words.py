"""The words of a notice in draft: lists, lawful bases and periods, as they are said to the person."""

from collections.abc import Mapping
from datetime import date

from ropa.documents.patterns import regex
from ropa.drafting.values import flat
from ropa.law import tables as law
from ropa.register.model import Basis, Register, Words
from ropa.register.periods import period_in_words
from ropa.register.vocabulary import Facet
from ropa.saying import phrases

MEANINGS: Mapping[str, str] = {
    "a": "you have agreed to it, and you can change your mind",
    "b": "we have a contract with you, or you have asked us for something before we make one",
    "c": "a law says that we have to",
    "d": "somebody's life depends on it",
    "e": "the law gives us this work to do for everybody's good",
    "ea": "the law names this reason as one that counts by itself",
    "f": "we, or others, have a good reason to, and your own interests do not weigh more",
}
"""What a lawful basis is, in words that need no law book."""

SPECIAL: Mapping[str, str] = {
    "a": "you have clearly agreed to it",
    "b": "it is needed under the law on employment, social security or social protection",
    "c": "somebody's life depends on it and nobody can give consent",
    "d": "we are a not-for-profit body and you belong to it or are in touch with it",
    "e": "you have made it public yourself",
    "f": "it is needed for legal claims, or for the work of the courts",
    "g": "it is needed for an important public interest that the law names",
    "h": "it is needed for health care or social care",
    "i": "it is needed to protect public health",
    "j": "it is needed for archives, research or statistics",
}
"""The conditions of Article 9(2), as the end of a sentence."""

COPIED = frozenset({"idta", "addendum", "sccs", "old-sccs", "bcr", "public-body-instrument"})
"""The safeguards that are papers, of which people can get a copy (Article 13(1)(f))."""


def data(register: Register, words: Words) -> str:
    """`your name and address`."""
    return (
        f"your {phrases.to_the_person(register, Facet.DATA, words)}"
        if words
        else "your information"
    )


def act(regimes: Words) -> str:
    """The regulation that applies, before an article of it."""
    names = {"uk-gdpr": "UK GDPR", "eu-gdpr": "EU GDPR"}
    return phrases.several(names[r] for r in ("uk-gdpr", "eu-gdpr") if r in regimes) or "UK GDPR"


def basis(register: Register, recorded: Basis) -> str:
    """`a public task (UK GDPR Article 6(1)(e)), under section 22 of the Children Act 1989`."""
    article = f"{act(register.regimes)} Article 6(1)({recorded.letter})"
    under = f", under {phrases.several(map(cited, recorded.law))}" if recorded.law else ""
    return f"{phrases.BASES[recorded.letter]} ({article}){under}"


def condition(register: Register, recorded: Basis, special: Words) -> str:
    """Why sensitive data may be used, as a sentence of its own."""
    such = f", such as {data(register, special[:2])}," if special else ""
    article = f"{act(register.regimes)} Article 9(2)({recorded.article_9})"
    return f" For sensitive information{such} the law allows it because {SPECIAL[recorded.article_9]} ({article})."


def conditions(met: tuple[tuple[str, Words], ...], before: str = "that") -> str:
    """What has to be met first, as a sentence of its own: an approval, say, and what it looks at."""
    said = []
    for kind, covers in met:
        looks = "which cover" if kind == "terms" else "which looks at"
        named = phrases.CONDITIONS.get(kind, kind)
        said.append(f"{named}, {looks} {_looked_at(covers)}" if covers else named)
    joint = "; " if any(covers for _, covers in met) else ", "
    listed_ = joint.join([*said[:-1], f"and {said[-1]}"] if said[1:] else said)
    return f" Before {before}, there has to be {listed_}." if said else ""


def _looked_at(covers: Words) -> str:
    return phrases.several(_LOOKED_AT.get(word, word.replace("-", " ")) for word in covers)


_LOOKED_AT = {
    "requester": "who asks for it",
    "purpose": "what it is for",
    "sensitivity": "how sensitive it is",
    "storage": "how it is stored",
    "retention": "how long it is kept",
    "use": "how it is used",
}


def cited(written: str) -> str:
    """A law as it is said in a sentence: `Children Act 1989 s.22` is section 22 of the Children Act 1989."""
    for pattern, said in _CITED:
        found = pattern.fullmatch(written.strip())
        if found:
            return said.format(*found.groups())
    return written


_CITED = (
    (regex(r"(?:the )?([A-Z][^,;:]* Act \d{4}) s\.? ?(\d\w*(?:\(\w+\))*)"), "section {1} of the {0}"),
    (regex(r"(?:the )?([A-Z][^,;:]* Act \d{4})"), "the {0}"),
    (regex(r"(SI \d{4}/\d+) regs? (\d\w*(?:\(\w+\))*)"), "regulation {1} of {0}"),
    (regex(r"(UK GDPR|EU GDPR) (Article \d+(?:\(\w+\))*)"), "{1} of the {0}"),
)  # fmt: skip


def goes_on(criteria: str) -> bool:
    """Whether criteria go on from “We keep it ...” as a sentence does: “until you leave”, “as long as we need it”."""
    return _GOES_ON.match(flat(criteria)) is not None


_GOES_ON = regex(
    r"(?i)(?:until|till|unless|for|as (?:long|far)|so long|while|whilst|during|throughout|permanently|indefinitely|"
    r"for ?ever|only|not? longer|up to|where|when|whenever|at (?:least|most)|between)\b"
)


def kept(period: str, begins: str, criteria: str, whose: str, longer: Words = ()) -> str:
    """How long, after what, and when longer; `whose` is the person whose birthday counts: `your`, `the child's`."""
    if not period:
        return phrases.capital(flat(criteria).removesuffix("."))
    begins = begins.replace("the person's", whose)
    said = phrases.capital(period_in_words(period)) + (f" after {begins}" if begins else "")
    return "; ".join((said, *(phrases.longer(flat(when)) for when in longer)))


def guarded(register: Register, safeguard: str) -> str:
    """What protects data in another country, as a sentence of its own."""
    if safeguard == "adequacy":
        who = "The UK government" if "uk-gdpr" in register.regimes else "The European Commission"
        return (
            f"{who} has decided that the law there protects it well enough (an adequacy decision)."
        )
    if safeguard == "exception":
        article = f"{act(register.regimes)} Article 49"
        return f"We rely on an exception that the law makes for this ({article})."
    copy = " You can ask us for a copy." if safeguard in COPIED else ""
    return f"It is protected there by {phrases.SAFEGUARDS[safeguard]}.{copy}"


def regulators(register: Register, day: date) -> tuple[law.Regulator, ...]:
    """Those that people can complain to, in the country of the organisation."""
    rows = law.REGULATORS.on(day, register.regimes)
    return tuple(row for row in rows if row.country == register.home)
