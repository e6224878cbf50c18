"""Who is let in, and what may be asked: one person's browser, on this machine, from the pages of the workbench alone.

Everything is held before a page is made: the host and origin that are named, the cookie, the token of a write, and
how much and how often is asked.
"""

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

LONGEST_BODY = 256 * 1024
"""Bytes that a form may have."""
MOST_FIELDS = 10_000
"""Fields that a form may have."""
A_SECOND = 100.0
"""Requests a second that are answered in the long run."""
AT_ONCE = 400.0
"""Requests that are answered at once, after a pause."""
MOST_STREAMS = 24
"""Pages that may wait for news at a time."""

Fields = Mapping[str, Sequence[str]]
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load and run: its own script and style, and nothing that stands in the page itself."""
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Secrets(Struct, frozen=True):
    """What only this server and the browser that was let in know: the first address, the cookie, and each form."""

    token: str
    session: str
    form: str


def new_secrets() -> Secrets:
    """Three secrets of 256 bits."""
    return Secrets(*(secrets.token_urlsafe(32) for _ in range(3)))


class Refused(Exception):
    """A request that is not answered: its status, and one sentence for whoever sent it."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status, self.said = status, said


class Bucket:
    """How often something may be asked: so many at once, and so many a second after that."""

    def __init__(self, at_once: float, a_second: float) -> None:
        self.at_once, self.a_second = at_once, a_second
        self._left, self._since = at_once, time.monotonic()

    def take(self) -> bool:
        """Whether one more may be asked now."""
        now = time.monotonic()
        self._left = min(self.at_once, self._left + (now - self._since) * self.a_second)
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Door:
    """The workbench behind its checks. `hosts` are the names, each with its port, by which it may be asked.

    `first` is the page that is shown first.
    """

    def __init__(self, inside: App, hosts: Iterable[str], known: Secrets, first: str = "/") -> None:
        self.inside, self.hosts, self.known, self.first = inside, frozenset(hosts), known, first
        self.asked = Bucket(AT_ONCE, A_SECOND)
        self.guesses = Bucket(20, 0.2)

    @property
    def cookie(self) -> str:
        """The name of the cookie: ports share their cookies, so that it names its port."""
        return f"ropa-{min(self.hosts).rpartition(':')[2]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            await self._let_in(scope, receive, send)
        except Refused as refused:
            await _say(send, refused.status, refused.said)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        if not self.asked.take():
            raise Refused(429, "Too much was asked at once; wait a second.")
        self._came_here(headers)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise Refused(405, "This is not something that can be asked here.")
        if self._entering(scope):
            await self._welcome(send)
            return
        self._came_from_here(scope["method"], headers)
        self._has_the_cookie(headers)
        if scope["method"] == "POST":
            scope["ropa.form"] = self._form(headers, await _body(headers, receive))
            receive = _nothing_more
        scope["ropa.secret"] = self.known.form
        await self.inside(scope, receive, _with_headers(send))

    def _came_here(self, headers: Mapping[str, str]) -> None:
        """A name that leads here is not ours: whoever owns it could read what is answered (DNS rebinding)."""
        if headers.get("host", "") not in self.hosts:
            raise Refused(403, "This is not the address that ropa review printed.")

    def _entering(self, scope: Scope) -> bool:
        """Whether this is the first address, with its token. Guessing is slow."""
        if scope["method"] != "GET" or scope["path"] != "/" or not scope["query_string"]:
            return False
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if not given:
            return False
        if not self.guesses.take():
            raise Refused(429, "Too many tokens were tried; wait a minute.")
        if not hmac.compare_digest(given.encode(), self.known.token.encode()):
            raise Refused(403, "This token is not the one that ropa review printed.")
        return True

    async def _welcome(self, send: Send) -> None:
        crumb = f"{self.cookie}={self.known.session}; Path=/; HttpOnly; SameSite=Strict"
        more = {"location": self.first, "set-cookie": crumb}
        await _say(send, 303, "Welcome.", more)

    def _came_from_here(self, method: str, headers: Mapping[str, str]) -> None:
        site = headers.get("sec-fetch-site", "none")
        if site not in ("same-origin", "none"):
            raise Refused(403, "Another page asked for this; nothing was read or written.")
        if method == "POST":
            origin = urlsplit(headers.get("origin", ""))
            if origin.scheme != "http" or origin.netloc != headers["host"]:
                raise Refused(403, "Another page asked to write; nothing was written.")

    def _has_the_cookie(self, headers: Mapping[str, str]) -> None:
        crumbs = (crumb.strip().partition("=") for crumb in headers.get("cookie", "").split(";"))
        held = next((value for name, _, value in crumbs if name == self.cookie), "")
        if not hmac.compare_digest(held.encode(), self.known.session.encode()):
            raise Refused(403, "Open the address that ropa review printed, with its token.")

    def _form(self, headers: Mapping[str, str], body: bytes) -> Fields:
        kind = headers.get("content-type", "").partition(";")[0].strip()
        if kind != "application/x-www-form-urlencoded":
            raise Refused(415, "Only a form can be sent here.")
        try:
            text = body.decode()
            found = parse_qs(
                text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
            )
        except ValueError as error:
            raise Refused(400, "This form cannot be read.") from error
        given = found.pop("secret", [""])[0]
        if not hmac.compare_digest(given.encode(), self.known.form.encode()):
            raise Refused(403, "This form is of an earlier run; load the page again.")
        return found


def _headers(scope: Scope) -> Mapping[str, str]:
    """The headers by their names in small letters; of two hosts neither counts."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1")
        if key == "host" and key in found:
            return {}
        found[key] = value.decode("latin-1")
    return found


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes:
    """What is sent, if it is not too long. What was announced is not believed."""
    too_long = Refused(413, f"A form may have {LONGEST_BODY >> 10} KiB.")
    announced = headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > LONGEST_BODY:
        raise too_long
    held = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The form was not sent to its end.")
        held += bytes(message.get("body", b""))
        if len(held) > LONGEST_BODY:
            raise too_long
        if not message.get("more_body"):
            return bytes(held)


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message.get("headers", ())}
            more = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in own]
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return sent


async def _say(send: Send, status: int, said: str, more: Mapping[str, str] | None = None) -> None:
    headers = {"content-type": "text/plain; charset=utf-8", **HEADERS, **(more or {})}
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": f"{said}\n".encode()})
