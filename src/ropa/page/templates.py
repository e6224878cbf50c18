"""Pages of HTML, filled from the templates of the package. The only module that knows Jinja.

Every value is escaped, and what cannot be seen in it is made visible; only a template can mark anything up.
A page stands alone: its style and script are inside it, and its policy lets nothing else run or load.
"""

import json
from collections.abc import Callable, Mapping
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from ropa.page.webpage import hashed
from ropa.saying.catalogue import language_of
from ropa.visible import BRACKET, inert_in_markup, is_web_address, visible

_FOLDER = "page"
_SAFE = "/~@*!'()"
"""What a link may hold as it is, besides letters and digits: what `encodeURIComponent` leaves, `/` and `@`."""


def fill(
    template: str, *, styles: tuple[str, ...], scripts: tuple[str, ...] = (), **values: Any
) -> str:
    """A whole page of a template of the package, with these style sheets and scripts inside it."""
    style = "".join(map(_read, styles))
    script = "".join(map(_read, scripts))
    inside = {"style": _safe(style), "script": _safe(script), "policy": _policy(style, script)}
    filled: str = _environment().get_template(template).render(inside, **values)
    return inert_in_markup(filled)


class Pages:
    """The templates in a folder of the package, whose style and script are files of their own, in one language."""

    def __init__(self, folder: str, words: NullTranslations) -> None:
        self.environment = _environment(folder, words)

    def fill(self, template: str, **values: Any) -> str:
        """A page of a template."""
        filled: str = self.environment.get_template(template).render(**values)
        return inert_in_markup(filled)

    def macro(self, template: str, name: str, *values: Any) -> str:
        """What one macro of a template makes of some values."""
        made = getattr(self.environment.get_template(template).module, name)(*values)
        return inert_in_markup(str(made))


def anchor(kind: str, name: str) -> str:
    """The name of a place in the page, and after `#` the link to it: `flow:pupils/disclose/dfe`."""
    return f"{kind}:{quote(name, safe=_SAFE)}"


def embedded(data: Any) -> str:
    """Data for the page's script, as JSON that cannot end the element it stands in, with every text visible."""
    text = json.dumps(_visible(data), ensure_ascii=True, separators=(",", ":"))
    text = BRACKET.sub(r"#\\u0023", text)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _visible(data: Any) -> Any:
    match data:
        case str():
            return visible(data)
        case Mapping():
            return {key: _visible(value) for key, value in data.items()}
        case list() | tuple():
            return [_visible(value) for value in data]
    return data


def _policy(style: str, script: str) -> str:
    runs = f"script-src '{hashed(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{hashed(style)}'; {runs}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _read(name: str) -> str:
    return (files("ropa") / _FOLDER / name).read_text("utf-8")


def _safe(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


def prose(text: str) -> Any:
    """Text in which words between backquotes are code."""
    from markupsafe import Markup, escape

    pieces = visible(text).split("`")
    if len(pieces) % 2 == 0:
        return escape(visible(text))
    said = (
        Markup("<code>%s</code>") % piece if n % 2 else escape(piece)
        for n, piece in enumerate(pieces)
    )
    return Markup("").join(said)


def lines_kept(text: str) -> Any:
    """Text whose line ends are kept, for where it is shown as it was written."""
    from markupsafe import Markup, escape

    return Markup("\n").join(escape(visible(line)) for line in text.split("\n"))


def _said(words: NullTranslations) -> Mapping[str, Callable[..., Any] | str]:
    """What a template says of its own: `_` a text, and `counted` a number of things, in the words of a catalogue.

    What is put into a text was written by others, as everything else is that a template shows.
    """
    from markupsafe import escape

    def filled(text: str, values: Mapping[str, Any]) -> Any:
        said = escape(text)
        return (
            said % {name: _finalised(value) for name, value in values.items()} if values else said
        )

    def text(said: str, **values: Any) -> Any:
        return filled(words.gettext(said) if said else "", values)

    def counted(number: int, one: str, many: str = "") -> Any:
        singular, plural = f"%(number)s {one}", f"%(number)s {many or one + 's'}"
        return filled(words.ngettext(singular, plural, number), {"number": number})

    return {"_": text, "counted": counted, "language": language_of(words)}


@cache
def _environment(folder: str = _FOLDER, words: NullTranslations | None = None) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from ropa.record.tables import lines
    from ropa.saying.phrases import capital

    environment = Environment(
        loader=PackageLoader("ropa", folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_finalised,
    )
    environment.filters |= {
        "capitalised": capital,
        "cell": lines,
        "embedded": lambda data: _safe(embedded(data)),
        "lines_kept": lines_kept,
        "prose": prose,
    }
    environment.tests["web"] = is_web_address
    environment.globals["anchor"] = anchor
    environment.globals.update(_said(words or NullTranslations()))
    return environment


def _finalised(value: Any) -> Any:
    """What somebody wrote is made visible, the name of a file too; what a template made is left alone."""
    from markupsafe import Markup

    return value if isinstance(value, Markup) else visible(str(value))
