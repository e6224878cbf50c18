"""A page by its address: where it leads, how large it may be, and what it is.

Size, time and redirects are bounded, and every redirect is judged anew. What cannot be had is one sentence.
"""

import re
import socket
import time
import zlib
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit

from msgspec import Struct

from ropa.errors import CannotFetch
from ropa.fetching.lines import line_to

_PORTS = {"http": 80, "https": 443}
_MOVED = frozenset({301, 302, 303, 307, 308})
_ASKED = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain, */*;q=0.1",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "ropa (reads one published privacy notice because somebody asked)",
}
_SAFE = "/%:@!$&'()*+,;=-._~"
_GZIP = 31
"""How zlib is told that it is gzip."""
_PIECE = 64 * 1024


class FetchBounds(Struct, frozen=True):
    """What a page may take: seconds in all, bytes, redirects.

    `private` says that the host that is named may be at a private address; where its server sends us may not.
    """

    seconds: float = 30
    size: int = 8 * 1024 * 1024
    redirects: int = 5
    private: bool = False


class FetchedPage(Struct, frozen=True):
    """A page as it came: from which address in the end, its bytes, its type (`text/html`), and its charset if said."""

    url: str
    content: bytes
    type: str
    charset: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hex digits."""
        return sha256(self.content).hexdigest()


_USUAL = FetchBounds()


def is_address(written: str) -> bool:
    """Whether it is meant as an address of the web, and not as the name of a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", written) is not None


def fetch(url: str, bounds: FetchBounds = _USUAL) -> FetchedPage:
    """The page at an address. Raises `CannotFetch` with the reason it cannot be had."""
    until = time.monotonic() + bounds.seconds
    try:
        return _followed(urldefrag(url).url, bounds, until)
    except TimeoutError:
        reason = f"it took longer than {bounds.seconds:g} seconds"
    except CannotFetch as error:
        reason = str(error)
    except (OSError, HTTPException, ValueError) as error:
        reason = f"the connection failed ({_in_words(error)})"
    raise CannotFetch(f"{url}: {reason}")


def _followed(url: str, bounds: FetchBounds, until: float) -> FetchedPage:
    met, named = [url], _host(_parts(url))
    while True:
        found = _asked(met[-1], bounds, until, named)
        if isinstance(found, FetchedPage):
            return found
        if found in met:
            raise CannotFetch(f"it leads in a circle, to {found} again")
        if len(met) > bounds.redirects:
            raise CannotFetch(f"it leads on more than {bounds.redirects} times")
        if met[-1].startswith("https:") and found.startswith("http:"):
            raise CannotFetch(f"it leads from https to {found}, which is not encrypted")
        met.append(found)


def _asked(url: str, bounds: FetchBounds, until: float, named: str) -> FetchedPage | str:
    """The page, or the address that its server sends us to. `named` is the host that somebody asked for."""
    parts = _parts(url)
    host, port = _host(parts), parts.port or _PORTS[parts.scheme]
    private = bounds.private and host == named
    with line_to(host, port, until, tls=parts.scheme == "https", private=private) as line:
        answer = _answer(line, parts, host)
        location = answer.getheader("Location")
        if answer.status in _MOVED and location:
            return urldefrag(urljoin(url, _as_utf_8(location))).url
        if answer.status != HTTPStatus.OK:
            raise CannotFetch(f"its server answers {_status(answer.status)}")
        content = _unpacked(_content(answer, bounds), answer, bounds)
        type_, charset = answer.headers.get_content_type(), answer.headers.get_content_charset()
        said = answer.getheader("Content-Type") is not None
        return FetchedPage(url, content, type_ if said else "", charset or "")


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise CannotFetch(f"{url} is no address of the web") from None
    if parts.scheme not in _PORTS:
        raise CannotFetch(f"{url} is neither http nor https")
    if not parts.hostname:
        raise CannotFetch(f"{url} names no host")
    if parts.username is not None or parts.password is not None:
        raise CannotFetch("an address with a name or a password in it is not asked for")
    return parts


def _host(parts: SplitResult) -> str:
    """The host, as the network knows it."""
    host = parts.hostname or ""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise CannotFetch(f"{host} is no name of a host") from None


def _answer(line: socket.socket, parts: SplitResult, host: str) -> HTTPResponse:
    shown = f"[{host}]" if ":" in host else host
    named = shown if parts.port in (None, _PORTS[parts.scheme]) else f"{shown}:{parts.port}"
    connection = HTTPConnection(host)
    connection.sock = line  # it is not looked up again
    query = f"?{quote(parts.query, safe=f'{_SAFE}?')}" if parts.query else ""
    target = f"{quote(parts.path, safe=_SAFE) or '/'}{query}"
    connection.request("GET", target, headers={"Host": named, **_ASKED})
    return connection.getresponse()


def _content(answer: HTTPResponse, bounds: FetchBounds) -> bytes:
    if (answer.length or 0) > bounds.size:
        raise _too_large(bounds)
    pieces, size = [], 0
    while piece := answer.read(_PIECE):
        size += len(piece)
        if size > bounds.size:
            raise _too_large(bounds)
        pieces.append(piece)
    if answer.length:
        raise CannotFetch("the connection ended before all of it had come")
    return b"".join(pieces)


def _unpacked(content: bytes, answer: HTTPResponse, bounds: FetchBounds) -> bytes:
    """What was packed although nobody asked for that: as gzip, within the same bounds."""
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        return content
    if packing not in ("gzip", "x-gzip"):
        raise CannotFetch(f"it is packed as “{packing[:20]}”, which was not asked for")
    unpacking = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacking.decompress(content, bounds.size + 1)
    except zlib.error:
        raise CannotFetch("it is packed, and what is packed is broken") from None
    if len(unpacked) > bounds.size:
        raise _too_large(bounds)
    if not unpacking.eof:
        raise CannotFetch("it is packed, and what is packed is broken")
    return unpacked


def _too_large(bounds: FetchBounds) -> CannotFetch:
    most = bounds.size >> 20
    return CannotFetch(f"it is larger than {f'{most} MiB' if most else f'{bounds.size} bytes'}")


def _as_utf_8(location: str) -> str:
    """A header as it was meant: the library reads each byte as a letter."""
    return location.encode("latin-1", "replace").decode("utf-8", "replace")


def _status(number: int) -> str:
    try:
        return f"{number}, “{HTTPStatus(number).phrase}”"
    except ValueError:
        return str(number)


def _in_words(error: Exception) -> str:
    said = getattr(error, "strerror", None) or getattr(error, "verify_message", None) or str(error)
    return " ".join(str(said).split())[:120].lower() or type(error).__name__
