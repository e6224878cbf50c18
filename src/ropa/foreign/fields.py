"""Cells by the field of their column: what each says, put into the entry in the making."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ropa.foreign.account import OF_ORGANISATION, Fate
from ropa.foreign.days import day_of, first_day_of
from ropa.foreign.drafts import EntryDraft
from ropa.foreign.grounds import cites_an_article, grounds
from ropa.foreign.headings import ASK, FIELDS, NOTE, recognised
from ropa.foreign.keeping import People, begins, kept_for
from ropa.foreign.layout import SheetColumn
from ropa.foreign.listing import ListedWord, WordFinder, is_left_open_to, is_proviso, listed, pieces
from ropa.foreign.lookup import meanings, plain, yes_or_no
from ropa.foreign.sentences import is_sentence, says_nobody, words_told
from ropa.foreign.words import WordBook
from ropa.register.model import SELF
from ropa.register.non_answers import is_answer, refers_elsewhere
from ropa.register.vocabulary import Facet, fold
from ropa.saying import phrases

LEAVING = (
    ("staff-member", "end-of-employment"),
    ("pupil", "leaving-school"),
    ("student", "end-of-course"),
    ("volunteer", "end-of-volunteering"),
    ("member", "membership-ends"),
    ("player", "membership-ends"),
    ("tenant", "end-of-tenancy"),
    ("governor", "end-of-office"),
    ("trustee", "end-of-office"),
    ("elected-member", "end-of-office"),
)
"""When people leave, by what they are."""


class CellOutcome(Struct, frozen=True):
    """What became of a cell, where its value stands, and why."""

    fate: Fate
    field: str = ""
    why: str = ""


class ForeignCell(Struct, frozen=True):
    """A cell on its way into an entry: `text` is what it is taken to say, `written` what stands there.

    `answered` is true where a person has said what it means.
    """

    row: int
    column: SheetColumn
    written: str
    text: str
    answered: bool = False


class SheetContext(Struct, frozen=True):
    """What cells are read with: the words, the fields of the sheet's columns, and what is said of the organisation."""

    words: WordBook
    fields: frozenset[str]
    organisation: dict[str, str]


FieldReader = Callable[[SheetContext, EntryDraft, ForeignCell], CellOutcome]


def noted(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    """Keep a cell as a note on its entry, under the heading of its column."""
    draft.note(cell.column.heading, cell.written)
    return CellOutcome(Fate.NOTE, "notes")


def _asked(_: SheetContext, __: EntryDraft, ___: ForeignCell) -> CellOutcome:
    return CellOutcome(Fate.ASKED)


def _word_list(key: str, facet: Facet) -> FieldReader:
    def read(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        said = ticked(cell)
        found, whys = _words_of(here, draft, replace(cell, text=said), facet)
        boxed = said != cell.text and not cell.column.ticks
        whys += [f"“{cell.text}” is read as “{said}”"] if boxed else []
        for word in found:
            draft.add(key, here.words.id_of(facet, word))
        return _outcome_of(here, draft, cell, key, whys if found else None)

    return read


def _words_of(
    here: SheetContext, draft: EntryDraft, cell: ForeignCell, facet: Facet
) -> tuple[tuple[ListedWord, ...], list[str]]:
    """The words of a cell, and what was guessed of them; what is no word stands in a note."""
    found = tuple(_listed_or_told(cell.text, here.words.finders[facet]))
    kept = tuple(word for word in found if word.id or says_something(word.label))
    told = phrases.several(f"“{word.label}”" for word in kept if word.beside and not word.why)
    whys = [f"{told}: read in a sentence, which is kept as a note"] if told else []
    whys += [word.why for word in kept if word.why]
    whys += [f"“{word.label}” is kept as a note" for word in found if word not in kept]
    if kept and (len(kept) < len(found) or any(word.beside for word in kept)):
        draft.note(cell.column.heading, cell.written)
    return kept, whys


def _listed_or_told(text: str, words: WordFinder) -> Iterator[ListedWord]:
    """The values of a cell; of a sentence, the words that stand in it."""
    found = tuple(listed(text, words))
    if is_sentence(text) and not all(word.id for word in found):
        yield from words_told(text, words)
        return
    for word in found:
        told = not word.id and is_sentence(word.label)
        yield from words_told(word.label, words) if told else (word,)


def says_something(text: str) -> bool:
    """Whether a text where a word is asked may be one: no “TBC”, “see schedule” or “on request”."""
    return (
        is_answer(text)
        and not refers_elsewhere(text)
        and not is_proviso(text)
        and not is_left_open_to(text)
    )


def _outcome_of(
    here: SheetContext, draft: EntryDraft, cell: ForeignCell, key: str, whys: Sequence[str] | None
) -> CellOutcome:
    """What became of a cell of words; `whys` is None where none of them says which."""
    if whys is None:
        told = "it is told in a sentence, in which no known word stands"
        why = told if is_sentence(cell.text) else "it does not say which"
        return replace(noted(here, draft, cell), why=why)
    return CellOutcome(Fate.GUESSED if whys else Fate.TAKEN, key, "; ".join(whys))


def ticked(cell: ForeignCell) -> str:
    """What a cell says; what its heading ends with, where the cell only says yes to that (“People - Residents”)."""
    return _of_box(cell.column) if is_tick(cell.column, cell.text) else cell.text


def is_tick(column: SheetColumn, text: str) -> bool:
    """Whether a cell only says yes to what its heading is or ends with."""
    return bool(_of_box(column)) and bool(yes_or_no(text))


def is_left_open(column: SheetColumn, text: str) -> bool:
    """Whether a cell says no to what its heading is or ends with."""
    return bool(_of_box(column)) and yes_or_no(text) is False


def _of_box(column: SheetColumn) -> str:
    """What a tick in a column says; nothing where its cells say more than yes and no."""
    *before, last = re.split(r"\s[-\u2013:]\s", column.heading)
    return column.ticks or (last if before else "")


def _recipients(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if says_nobody(cell.text):
        return CellOutcome(Fate.GUESSED, "", "it is read as saying that nobody receives it")
    found, whys = _words_of(here, draft, cell, Facet.RECIPIENT)
    for word in found:
        draft.add("disclosures", {"to": here.words.id_of(Facet.RECIPIENT, word)})
    return _outcome_of(here, draft, cell, "disclosures", whys if found else None)


def _processors(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if is_sentence(cell.text):
        return _recipients(here, draft, cell)
    names = tuple(pieces(cell.text, here.words.finders[Facet.RECIPIENT]))
    if not all(map(says_something, names)):
        return replace(noted(here, draft, cell), why="it does not say which")
    for name in names:
        known = here.words.finders[Facet.RECIPIENT].any(name)
        draft.add("disclosures", {"to": known or here.words.party(name, "processor")})
    return CellOutcome(Fate.TAKEN, "disclosures")


def _sources(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    found, whys = _words_of(here, draft, cell, Facet.RECIPIENT)
    for word in found:
        themselves = _is_subject(here, draft, word)
        id_ = SELF if themselves else here.words.id_of(Facet.RECIPIENT, _somebody(here, word))
        if themselves and word.id != SELF:
            whys.append(f"“{word.label}” are the people themselves")
        draft.add("sources", {"from": id_})
    return _outcome_of(here, draft, cell, "sources", whys if found else None)


_THEMSELVES = re.compile(
    r"(?:directly |obtained |collected )*(?:from )?(?:the )?"
    r"(?:data subjects?|individuals?|persons?|people|person concerned|subjects?)"
    r"(?: themselves| concerned| directly)?"
    r"|la personne concernée|les personnes concernées|die betroffenen selbst|betroffene person"
)


def _is_subject(here: SheetContext, draft: EntryDraft, word: ListedWord) -> bool:
    """Whether a source is the people of the entry themselves: a member of staff as the source of staff's data.

    Somebody who is a party besides is so only where the entry is about nobody else: parents tell about their children.
    """
    if not word.id and _THEMSELVES.fullmatch(plain(word.label)):
        return True
    subjects = draft.data.get("subjects", ())
    akin = [_are_akin(here, word.label, subject) for subject in subjects]
    return any(akin) if word.id in ("", SELF) else bool(akin) and all(akin)


_TELL_OF_OTHERS = re.compile(r"(?i)\b(?:managers?|supervisors?|leaders?|heads?|teachers?)\b")
"""People who are of a group, and tell of the others in it: managers are staff, and refer their staff."""


def _are_akin(here: SheetContext, label: str, subject: str) -> bool:
    """Whether a name is that of some people, or of a wider or narrower group."""
    finder = here.words.finders[Facet.SUBJECT]
    ours = here.words.new.get((Facet.SUBJECT, fold(label)))
    named = ours.id if ours else finder.any(label)
    if named != subject and _TELL_OF_OTHERS.search(label):
        return False
    if _is_called_so(here, label, subject):
        return True
    return bool(named) and (
        named == subject or finder.is_one(named, subject) or finder.is_one(subject, named)
    )


def _is_called_so(here: SheetContext, label: str, subject: str) -> bool:
    """Whether one word is the last of what some people are called: the applicant, of housing applicants."""
    finder = here.words.finders[Facet.SUBJECT]
    ours = next((w.label for w in here.words.new.values() if w.id == subject), "")
    *_, last = fold(
        ours or (finder.label(subject) if finder.find(subject) else subject)
    ).split() or [""]
    return fold(label).rstrip("s") == last.rstrip("s")


def _somebody(here: SheetContext, word: ListedWord) -> ListedWord:
    """The word of a source that is not the people themselves: pupils who are asked about their teacher are others."""
    others = word.id == SELF and here.words.finders[Facet.SUBJECT].any(word.label)
    return ListedWord("", word.label) if others else word


def _systems(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if is_sentence(cell.text):
        return replace(noted(here, draft, cell), why="it is told in a sentence")
    names = tuple(pieces(cell.text, here.words.finders[Facet.DATA]))
    if not all(map(says_something, names)):
        return replace(noted(here, draft, cell), why="it does not say which")
    for name in names:
        draft.add("systems", here.words.system(name))
    return CellOutcome(Fate.TAKEN, "systems")


def _named(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    name = " ".join(cell.text.split())
    draft.text("name", name, " / ")
    said = recognised(cell.column.heading)
    if said and said.field == "systems":
        draft.add("systems", here.words.system(name))
    return CellOutcome(Fate.TAKEN, "name")


def _text(key: str) -> FieldReader:
    def read(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        draft.text(key, ticked(cell))
        return CellOutcome(Fate.TAKEN, key)

    return read


def _department(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if "owner" in here.fields:
        return noted(here, draft, cell)
    draft.text("owner", cell.text)
    return CellOutcome(
        Fate.GUESSED,
        "owner",
        "no column says who answers for it, so the part that does it is taken",
    )


REF = re.compile(r"[A-Za-z]{1,8}[-_.]?(?:\d[\w.-]*)?\d|[A-Za-z]{1,8}\d")


def _ref(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    return CellOutcome(Fate.TAKEN, "id") if REF.fullmatch(cell.text) else noted(here, draft, cell)


def _add_new(held: list[str], found: Iterable[str]) -> None:
    held += [one for one in found if one not in held]


ARTICLE_6 = 6
"""The article of the bases."""


def _basis(article: int) -> FieldReader:
    def read(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        if re.search(r"(?i)\b(?:not|never|no longer|rather than)\b", cell.text):
            return CellOutcome(Fate.ASKED, "", f"which letters of Article {article}, if any?")
        said = grounds(cell.text.replace("_", " "), article=article)
        if not (said.article_6 or said.article_9 or said.laws):
            return CellOutcome(
                Fate.ASKED, "", f"which letters of Article {article} does this mean, as in 6(1)(e)?"
            )
        both = article == ARTICLE_6 and said.article_9 == ("a",) and not said.article_6
        letters = ("a",) if both else said.article_6
        _add_new(draft.article_6, letters)
        _add_new(draft.article_9, said.article_9)
        _add_new(draft.laws, said.laws)
        if "f" in said.article_6 and (interest := _INTEREST.fullmatch(cell.text.strip())):
            draft.interests = draft.interests or interest["which"].strip()
            return CellOutcome(Fate.GUESSED, "basis", "what follows is the interest")
        if said.rest:
            draft.note(cell.column.heading, cell.written)
            return CellOutcome(Fate.GUESSED, "basis", f"“{said.rest}” is kept as a note")
        if both:
            return CellOutcome(Fate.GUESSED, "basis", "explicit consent is consent, too")
        return CellOutcome(Fate.TAKEN, "basis")

    return read


_INTEREST = re.compile(
    r"(?:article |art\.? )?(?:6 ?\(1\) ?\(f\),? ?[-\u2013:]? ?)?legitimate (?:business )?interests?"
    r"(?: ?\((?P<which>[^()]*[a-z][^()]* [^()]+)\))",
    re.IGNORECASE,
)
"""A legitimate interest with, in brackets, which: “legitimate interests (knowing what work costs)”."""


def _law(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    laws = (" ".join(part.split()) for part in re.split(r"[\n;]", cell.text))
    _add_new(draft.laws, filter(None, laws))
    return CellOutcome(Fate.TAKEN, "basis")


_PARAGRAPH = re.compile(
    r"(?i)\s*(?:(?:dpa 2018|schedule 1|sch\.? ?1|part \d|pt\.? ?\d|,|paras?(?:graphs?)?\.?|condition)\s*)*"
    r"\d{1,2}\s*"
)


def _schedule_1(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    found = re.search(
        r"(?i)(?:paras?(?:graphs?)?\.?\s*|condition\s*|^\s*)(\d{1,2})\b(?!\s*\d)", cell.text
    )
    if found is None:
        return noted(here, draft, cell)
    draft.schedule_1 = draft.schedule_1 or found[1]
    whole = _PARAGRAPH.fullmatch(cell.text)
    if whole is None:
        draft.note(cell.column.heading, cell.written)
    return CellOutcome(
        Fate.TAKEN if whole else Fate.GUESSED,
        "basis",
        "" if whole else f"paragraph {found[1]} of Schedule 1",
    )


def _interests(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    draft.interests = f"{draft.interests}\n{cell.text}".strip()
    return CellOutcome(Fate.TAKEN, "basis")


def _people(here: SheetContext, draft: EntryDraft) -> People:
    subjects = draft.data.get("subjects", ())
    leaving = (trigger for group, trigger in LEAVING if here.words.is_about(subjects, group))
    return People(next(leaving, ""), here.words.finders[Facet.TRIGGER].find)


def _retention(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    heading = cell.column.heading.casefold()
    unit = next(
        (u for word, u in (("year", "Y"), ("month", "M"), ("day", "D")) if word in heading),
        draft.unit,
    )
    if re.fullmatch(r"\d+(?:\.\d+)?", cell.text) and not unit:
        return CellOutcome(Fate.ASKED, "", "is this years, months or days? write it like 6 years")
    found = kept_for(cell.text, _people(here, draft), unit)
    draft.retention.append(dict(found.entry))
    if found.partly:
        draft.note(cell.column.heading, cell.written)
    return CellOutcome(Fate.GUESSED if found.why else Fate.TAKEN, "retention", found.why)


def _retention_unit(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    first = plain(cell.text).partition(" ")[0]
    draft.unit = meanings("units").get(first, "")
    return CellOutcome(Fate.TAKEN, "retention") if draft.unit else noted(here, draft, cell)


def _retention_trigger(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    trigger = begins(cell.text, _people(here, draft))
    kept = next(
        (entry for entry in draft.retention if "period" in entry and "trigger" not in entry), None
    )
    if not trigger or kept is None:
        return noted(here, draft, cell)
    kept["trigger"] = trigger
    return CellOutcome(Fate.TAKEN, "retention")


def _retention_law(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if not draft.retention:
        draft.retention.append({})
    draft.retention[0].setdefault("law", cell.text)
    return CellOutcome(Fate.TAKEN, "retention")


def _special(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if yes_or_no(cell.text) is False:
        return CellOutcome(Fate.TAKEN, "", "it says that there is none")
    if yes_or_no(cell.text) is None and cites_an_article(cell.text):
        _add_new(draft.article_9, grounds(cell.text, article=9).article_9)
        draft.note(cell.column.heading, cell.written)
        return CellOutcome(Fate.GUESSED, "basis", "it cites the condition, and the rest is a note")
    begun, _, rest = cell.text.partition(" ")
    said = rest.strip(" -\u2013\u2014:,(.)") if yes_or_no(begun.strip(",:;-")) else cell.text
    found = listed(said, here.words.finders[Facet.DATA])
    if found and all(word.id and word.id not in _ONLY_THAT_THERE_IS for word in found):
        draft.add("data", *(word.id for word in found))
        return CellOutcome(Fate.TAKEN, "data")
    if any(word.id and word.id not in _ONLY_THAT_THERE_IS for word in found) and not is_sentence(
        said
    ):
        draft.add("data", *(here.words.id_of(Facet.DATA, word) for word in found))
        return CellOutcome(
            Fate.GUESSED, "data", "a known word stands beside, so the others are data too"
        )
    return noted(here, draft, cell)


_ONLY_THAT_THERE_IS = frozenset({"special-category-data", "criminal-offence-data"})
"""Words that say that there is such data, and not which."""


def _dpia_needed(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    first, _, rest = re.sub(r"[-\u2013\u2014:,;(.]", " ", cell.text).strip().partition(" ")
    said = yes_or_no(cell.text)
    if said is None and (begun := yes_or_no(first)) is not None:
        draft.inside("dpia", "needed", begun)
        draft.inside(
            "dpia",
            "reference" if begun else "reason",
            cell.text[len(first) :].strip(" -\u2013\u2014:,;().") or rest,
        )
        return CellOutcome(
            Fate.GUESSED, "dpia", "yes or no, and what follows it is its name or reason"
        )
    if said is None:
        return noted(here, draft, cell)
    draft.inside("dpia", "needed", said)
    return CellOutcome(Fate.TAKEN, "dpia")


def _inside(key: str, name: str) -> FieldReader:
    def read(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        draft.inside(key, name, cell.text)
        return CellOutcome(Fate.TAKEN, key)

    return read


def _yes_no_inside(key: str, name: str) -> FieldReader:
    def read(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        said = yes_or_no(cell.text)
        if said is None:
            return noted(here, draft, cell)
        draft.inside(key, name, said)
        return CellOutcome(Fate.TAKEN, key)

    return read


def _automated(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    said = yes_or_no(cell.text)
    if said is None:
        return noted(here, draft, cell)
    draft.data["automated_decisions"] = said
    return CellOutcome(Fate.TAKEN, "automated_decisions")


def _breach(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    said = yes_or_no(cell.text)
    if said is False:
        return CellOutcome(Fate.TAKEN, "", "it says that there was none")
    if said and "breach" in draft.data:
        return CellOutcome(Fate.TAKEN, "breach")
    return noted(here, draft, cell)


def _breach_record(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    records = [part.strip() for part in re.split(r"[\n;]", cell.text) if part.strip()]
    draft.add("breach", *({"record": record} for record in records))
    return CellOutcome(Fate.TAKEN, "breach")


def _rights(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    known = meanings("rights")
    parts = [plain(part) for part in re.split(r"[,;\n/]|\band\b", cell.text) if plain(part)]
    found = [
        known.get(part.removeprefix("right to ").removeprefix("right of "), known.get(part, ""))
        for part in parts
    ]
    if not all(found):
        return noted(here, draft, cell)
    draft.add("rights", *found)
    return CellOutcome(Fate.TAKEN, "rights")


def _day(key: str) -> FieldReader:
    def read(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
        exact = day_of(cell.text)
        day = exact or first_day_of(cell.text)
        if not day:
            return CellOutcome(Fate.ASKED, "", "which day is this? write it like 2025-04-03")
        draft.data[key] = max(day, draft.data.get(key, day))
        why = "" if exact else f"“{cell.text}” is read as its first day, {day}"
        return CellOutcome(Fate.GUESSED if why else Fate.TAKEN, key, why)

    return read


def _contract(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    there = [entry["to"] for entry in draft.data.get("disclosures", ())]
    made = [id_ for id_ in there if ("party", id_) in here.words.made]
    if len(made) != 1:
        return noted(here, draft, cell)
    here.words.made["party", made[0]].setdefault("agreement", cell.text)
    return CellOutcome(Fate.GUESSED, "disclosures", f"it is taken for the contract with {made[0]}")


def _joint(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    name, _, rest = re.sub(r"\n", ", ", cell.text).partition(",")
    more = {"contact": rest.strip()} if rest.strip() else {}
    id_ = here.words.party(name, "joint-controller", **more)
    if ("party", id_) not in here.words.made:
        return noted(here, draft, cell)
    draft.add("joint_controllers", id_)
    return CellOutcome(
        Fate.GUESSED if more else Fate.TAKEN,
        "joint_controllers",
        "the first line is taken for the name" if more else "",
    )


def _on_behalf_of(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    name, _, rest = re.sub(r"\n", ", ", cell.text).partition(",")
    more = {"contact": rest.strip()} if rest.strip() else {}
    draft.add("on_behalf_of", {"controller": here.words.party(name, "controller", **more)})
    return CellOutcome(
        Fate.GUESSED if more else Fate.TAKEN,
        "on_behalf_of",
        "the first line is taken for the name" if more else "",
    )


def _processing(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if "on_behalf_of" not in draft.data:
        return noted(here, draft, cell)
    draft.processing += list(pieces(cell.text, here.words.finders[Facet.PURPOSE]))
    return CellOutcome(Fate.TAKEN, "on_behalf_of")


def _personal(_: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    if yes_or_no(cell.text) is None:
        draft.note(cell.column.heading, cell.written)
        return CellOutcome(Fate.NOTE, "notes")
    return CellOutcome(Fate.TAKEN, "", "it is an entry because it says so")


def _of_organisation(here: SheetContext, draft: EntryDraft, cell: ForeignCell) -> CellOutcome:
    key = cell.column.field
    text = " ".join(cell.text.split())
    if here.organisation.setdefault(key, text) != text:
        return noted(here, draft, cell)
    return CellOutcome(Fate.TAKEN, f"{OF_ORGANISATION}{key}")


KEEPS = frozenset({NOTE, ASK, "name", "ref", "number"})
YES_NO = frozenset(
    {"dpia_needed", "automated_decisions", "breach", "policy_followed", "special", "personal"}
)
RANK = {
    "subjects": 0,
    "on_behalf_of": 0,
    "breach_record": 0,
    "retention": 2,
    "retention_trigger": 3,
    "retention_law": 3,
    "contract": 3,
    "processing": 3,
}
"""In which order the cells of an entry are read: what says something of another cell comes behind it."""
READERS: Mapping[str, FieldReader] = {
    ASK: _asked,
    "ref": _ref,
    "number": noted,
    "name": _named,
    "owner": _text("owner"),
    "department": _department,
    "purposes": _word_list("purposes", Facet.PURPOSE),
    "subjects": _word_list("subjects", Facet.SUBJECT),
    "data": _word_list("data", Facet.DATA),
    "special": _special,
    "recipients": _recipients,
    "processors": _processors,
    "joint": _joint,
    "on_behalf_of": _on_behalf_of,
    "processing": _processing,
    "sources": _sources,
    "basis": _basis(6),
    "article_9": _basis(9),
    "law": _law,
    "schedule_1": _schedule_1,
    "interests": _interests,
    "legitimate_interests_assessment": _text("legitimate_interests_assessment"),
    "consent_record": _text("consent_record"),
    "rights": _rights,
    "automated_decisions": _automated,
    "systems": _systems,
    "retention": _retention,
    "retention_unit": _retention_unit,
    "retention_trigger": _retention_trigger,
    "retention_law": _retention_law,
    "security": _text("security"),
    "transfers": noted,
    "safeguards": noted,
    "dpia_needed": _dpia_needed,
    "dpia": _inside("dpia", "reference"),
    "dpia_progress": noted,
    "breach": _breach,
    "breach_record": _breach_record,
    "policy_document": _inside("policy_document", "name"),
    "policy_followed": _yes_no_inside("policy_document", "followed"),
    "policy_reason": _inside("policy_document", "reason"),
    "contract": _contract,
    "personal": _personal,
    "reviewed": _day("reviewed"),
    "started": _day("started"),
    NOTE: noted,
} | dict.fromkeys(
    (field for field in FIELDS if field.startswith(("organisation_", "dpo_"))), _of_organisation
)
