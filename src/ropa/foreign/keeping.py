"""How long things are kept, as people write it into a cell: “6 yrs after leaving”, “DOB + 25 years”, “see schedule”."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from ropa.foreign.lookup import meanings, names, phrases, values
from ropa.register.periods import NEVER, PERMANENTLY


class KeptFor(Struct, frozen=True):
    """An entry of retention as our documents write it, and why it is a guess, where it is one.

    `partly` is true where words of the cell stand nowhere in the entry.
    """

    entry: dict[str, str]
    why: str = ""
    partly: bool = False


class People(Struct, frozen=True):
    """Whom a period is about: the trigger that their leaving is, and how triggers of the register are found."""

    leaving: str = ""
    find: Callable[[str], str] = lambda _: ""


NOBODY = People()


def kept_for(text: str, people: People = NOBODY, unit: str = "") -> KeptFor:
    """What a cell says of retention. `unit` is what a bare number counts."""
    words = _plain(text)
    if words in names("schedules") or (
        words.startswith(("see ", "as per ")) and not _COUNT().search(words)
    ):
        return KeptFor({"law": text}, "it refers to a schedule and says no period")
    if words in names("for_ever"):
        return KeptFor({"period": PERMANENTLY})
    if words in names("never"):
        return KeptFor({"period": NEVER})
    if unit and re.fullmatch(r"\d{1,3}", words):
        return KeptFor({"period": _period([(words, unit)])}, "its heading says what is counted")
    return _with_a_period(words, people) or KeptFor({"criteria": text})


def begins(text: str, people: People = NOBODY) -> str:
    """The word of ours for when a period begins; nothing where there is none."""
    words = _start(_plain(text))
    bare = _IS.sub(" ", words)
    return _leaving(words, people) or next(
        (
            found
            for said in (words, bare)
            if (found := people.find(said) or meanings("triggers").get(said))
        ),
        "",
    )


_IS = re.compile(r" (?:is|are|was|were|has been|have been|gets|got) ")
"""What may stand within a beginning without changing it: “the vacancy is filled”."""


def _leaving(words: str, people: People) -> str:
    """The trigger that somebody's leaving is: by whom or what the words name, or else by the people of the entry.

    Of people who are several things, or none that we know, it is the end of the relationship with them.
    """
    said = frozenset(_MEMBER_OF_STAFF.sub("staff", words.replace("'s", "")).split())
    by_name = meanings("leaving")
    named = {by_name[word] for word in said & by_name.keys()}
    if (
        not said & names("leaves")
        or said - names("leaves") - names("around_leaving") - by_name.keys()
    ):
        return people.leaving if words == "end date" else ""
    if len(named) > 1:
        return ""
    return next(iter(named), people.leaving or "end-of-relationship")


_MEMBER_OF_STAFF = re.compile(r"\b(?:members? of (?:the )?staff|staff members?)\b")


def _plain(text: str) -> str:
    text = text.casefold().replace("’", "'").replace("+", " plus ")
    return " ".join(re.findall(r"[\w']+|[();,]", text))


@cache
def _COUNT() -> re.Pattern[str]:  # noqa: N802 - a pattern, made when it is first asked for
    units = "|".join(sorted(meanings("units"), key=len, reverse=True))
    numbers = "|".join(values()["numbers"])
    return re.compile(rf"(?<![\w'])(\d{{1,4}}|{numbers})\s*(?:\(\s*\d+\s*\)\s*)?({units})(?![\w'])")


def _with_a_period(words: str, people: People) -> KeptFor | None:
    """A period and when it begins; nothing where there are several, or what stands beside it is no beginning."""
    found = list(_COUNT().finditer(words))
    if not found:
        return _with_a_bare_number(words, people)
    period = _one_period(words, found)
    around = (words[: found[0].start()], words[found[-1].end() :])
    rest = [part for part in (_without_filler(part.strip(" ,;()")) for part in around) if part]
    trigger = begins(rest[0], people) if len(rest) == 1 else ""
    if not period or (not trigger and any(map(_NO_START.match, rest))):
        return None
    if trigger or not rest:
        return KeptFor({"period": period, **({"trigger": trigger} if trigger else {})})
    return KeptFor({"period": period}, "from when it counts is not one of our words", partly=True)


_NO_START = re.compile(
    r"(?:until|unless|jusqu|bis|except|while|if|or|à|nach|ab|na|desde|dopo|après)(?!\w)"
)
"""How words beside a period begin that are no beginning of it, or one in a language of which we know too little."""


def _one_period(words: str, found: Sequence[re.Match[str]]) -> str:
    """The period that counts come to which stand side by side, as in “21 years 3 months”; nothing where they do not."""
    between = [words[a.end() : b.start()].strip() for a, b in pairwise(found)]
    counts = [(str(values()["numbers"].get(m[1], m[1])), meanings("units")[m[2]]) for m in found]
    units = [unit for _, unit in counts]
    in_order = units == sorted(set(units), key="YMWDH".index)
    return _period(counts) if in_order and set(between) <= {"", "and", ","} else ""


_PLUS = re.compile(r"(?P<start>.+?) plus (?P<years>\d{1,3})")
_WHO = r"(?:the )?(?:child|pupil|person|individual|student|they|he or she)"
_AGE = re.compile(
    rf"(?:(?:kept |retained )?(?:until|up to|till|to) )?(?:{_WHO}(?: is| are| reaches| turns| reach)? )?"
    r"(?:age|aged|age of|is|are|reaches|turns)? ?(\d{1,3})(?:st|nd|rd|th)?(?: birthday| years old| years of age)"
    rf"|(?:until|up to|till) (?:{_WHO})?(?: is| are| reaches| turns)? ?(?:age|aged|age of)? ?(\d{{1,3}})"
)


def _with_a_bare_number(words: str, people: People) -> KeptFor | None:
    """“CY + 6”, “current year plus 6”, “until age 25”: years, though nothing says so."""
    plus = _PLUS.fullmatch(words)
    if plus and (trigger := begins(plus["start"], people)):
        return KeptFor(
            {"period": f"P{int(plus['years'])}Y", "trigger": trigger},
            "the number is taken for years",
        )
    age = _AGE.fullmatch(words)
    if age:
        return KeptFor({"period": f"P{int(age[1] or age[2])}Y", "trigger": "birth"})
    return None


_STARTS = re.compile(
    r"^(?:destroy|delete|dispose of|erase|review"
    r"|plus|after|from|following|since|of|on|starting|beginning|post|the|à compter de|après|nach|ab|depuis|once"
    r"|date of the|when) "
)
_ENDS = re.compile(
    r"[ ,;]+(?:plus|and|the|of|(?:and )?then (?:securely )?(?:destroy|delete|dispose|shred|review)\w*(?: of)?)$"
)


def _start(words: str) -> str:
    """What a period begins with, without the words that only introduce it."""
    words = words.strip(" ,;()")
    if words in meanings("triggers"):
        return words
    while (shorter := _ENDS.sub("", _STARTS.sub("", f"{words} ").strip())) != words:
        words = shorter
        if words in meanings("triggers"):
            return words
    return words


def _without_filler(words: str) -> str:
    whole = phrases(tuple(sorted(names("filler"))))
    return "" if not whole.sub("", words).strip(" ,;()") else words


def _period(counts: Sequence[tuple[str, str]]) -> str:
    days = "".join(f"{int(number)}{unit}" for number, unit in counts if unit != "H")
    hours = "".join(f"{int(number)}H" for number, unit in counts if unit == "H")
    return f"P{days}T{hours}" if hours else f"P{days}"
