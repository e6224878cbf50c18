"""What every page of HTML has around it: it stands alone, and its policy lets nothing but its own run or load."""

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape

from ropa.visible import inert_in_markup, visible


def webpage(title: str, style: str, body: Iterable[str]) -> str:
    """A whole page without a script, of the lines of its body; none of them is a command for a log."""
    said = escape(visible(title))
    policy = f"default-src 'none'; style-src '{hashed(style)}'; base-uri 'none'; form-action 'none'"
    lines = (
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{said}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    )
    return inert_in_markup("\n".join(lines)) + "\n"


def hashed(text: str) -> str:
    """A style or a script as a policy names it, so that it alone counts (Content Security Policy, level 2)."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
