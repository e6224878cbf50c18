"""The words of the workbench stand in one catalogue: in another language, a page says nothing of its own in English."""

import re
from collections.abc import Iterator
from gettext import GNUTranslations
from html import unescape
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bench import EXAMPLE
from conftest import ROOT, TODAY
from ropa.judging.coverage import Settings
from ropa.saying.catalogue import catalogue, language_of
from ropa.workbench.desk import Checking, Desk
from ropa.workbench.framing import AskedPage
from ropa.workbench.screens import Screens

CATALOGUE = ROOT / "src" / "ropa" / "locale" / "workbench.pot"
OURS = ("button", "label", "legend", "summary", "h1", "dt", "th", "option")
"""The elements whose words are mostly the page's own."""


@pytest.fixture(scope="module")
def marked() -> GNUTranslations:
    """A language in which each text stands between two signs."""
    found = read_po(BytesIO(CATALOGUE.read_bytes()), locale="de")
    for message in found:
        forms = message.id if isinstance(message.id, tuple) else (message.id,)
        if message.id and isinstance(message.id, tuple):
            message.string = tuple(f"«{forms[min(n, 1)]}»" for n in range(found.num_plurals))
        elif message.id:
            message.string = f"«{message.id}»"
    written = BytesIO()
    write_mo(written, found)
    return GNUTranslations(BytesIO(written.getvalue()))


@pytest.fixture(scope="module")
def screens(marked: GNUTranslations) -> Screens:
    return Screens(Desk(EXAMPLE, Checking(Settings(TODAY))), marked)


def shown(screens: Screens, address: str) -> str:
    path, _, query = address.partition("?")
    asked = dict(pair.split("=") for pair in query.split("&") if pair)
    for method, known, screen in screens.routes:
        fits = re.fullmatch(known.replace("{id}", "(?P<id>[^/]+)"), path)
        if method == "GET" and fits:
            return screen(AskedPage(fits.groupdict(), asked, {}, "secret", path)).page
    raise AssertionError(path)


def unmarked(page: str) -> Iterator[str]:
    """The words of an element of the page's own that come from no catalogue."""
    for name in OURS:
        for inside in re.findall(rf"<{name}\b[^>]*>(.*?)</{name}>", page, re.DOTALL):
            words = unescape(re.sub(r"<kbd>.*?</kbd>|<[^>]+>", " ", inside)).strip()
            if re.search("[a-z]{2}", words) and "«" not in words:
                yield f"{name}: {words[:60]}"


@pytest.mark.parametrize(
    ("address", "of_others"),
    [
        ("/", r"h1: Five things to do|option: "), ("/notices", "option: "), ("/register", "$^"), ("/done", "$^"),
        ("/notice/children-social-care-2025?sentence=4", r"h1: Children's social care|option: "),
        ("/flows", "option: "), ("/flow?id=letters/disclose/print-firm", "h1: |option: |label: What"),
        ("/entry?kind=activity&id=looked-after-return", r"h1: Yearly return about|option: |label: [a-z -]+$"),
        ("/sign-off?notice=children-social-care-2025", "$^"), ("/again", "$^"), ("/unplaced", "$^"),
    ],
)  # fmt: skip
def test_in_another_language_a_page_says_nothing_of_its_own_in_english(
    screens: Screens, address: str, of_others: str
) -> None:
    page = shown(screens, address)
    assert '<html lang="de">' in page
    assert page.count("«") > 20
    assert [words for words in unmarked(page) if not re.match(of_others, words)] == []


def test_numbers_are_counted_as_the_language_counts(marked: GNUTranslations) -> None:
    assert marked.ngettext("%(number)s flow", "%(number)s flows", 1) == "«%(number)s flow»"
    assert marked.ngettext("%(number)s flow", "%(number)s flows", 5) == "«%(number)s flows»"


def test_without_a_catalogue_a_page_is_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "xx")
    catalogue.cache_clear()
    assert language_of(catalogue()) == "en-GB"
    catalogue.cache_clear()


def test_what_others_wrote_is_escaped_and_seen_inside_a_text() -> None:
    from gettext import NullTranslations

    from ropa.page.templates import Pages

    pages = Pages("workbench/pages", NullTranslations())
    said = pages.environment.globals["_"]("also: %(also)s", also="<b>\u202e100%")
    assert str(said) == "also: &lt;b&gt;&lt;U+202E&gt;100%"
