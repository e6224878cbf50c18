"""The workbench as a server on this machine. The only module that knows Starlette and uvicorn."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from gettext import NullTranslations
from importlib.resources import files
from ipaddress import ip_address
from typing import Any

from msgspec import Struct

from ropa.errors import BadSettings, MissingExtra
from ropa.workbench.desk import Desk
from ropa.workbench.door import MOST_STREAMS, Door, Secrets, new_secrets
from ropa.workbench.framing import AskedPage, Shown
from ropa.workbench.news import News
from ropa.workbench.screens import ASKED_AGAIN, Screens

A_MOMENT, SIGN_OF_LIFE = 0.15, 15.0
"""Seconds between two looks for news, and between two signs that the server is still there."""
QUIET_AFTER = 2.0
"""Seconds without a question after which the server clears up behind itself."""
_KINDS: Mapping[str, str] = {"css": "text/css", "js": "text/javascript"}


class Address(Struct, frozen=True):
    """Where the workbench is found: a name or number of this machine, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def names(self) -> frozenset[str]:
        """What a browser may call it."""
        own = {str(self)}
        if is_loopback(self.host):
            own |= {f"localhost:{self.port}", f"127.0.0.1:{self.port}"}
        return frozenset(own)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it there."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listening(host: str, port: int) -> socket.socket:
    """A socket at one address of this machine: every address at once has no name to hold browsers to."""
    try:
        if ip_address(host).is_unspecified:
            raise BadSettings(
                f"{host} is every address of this machine; name the one that people open"
            )
    except ValueError:
        pass  # a name
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(kind, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        raise BadSettings(
            f"cannot listen at {host}, port {port}: {error.strerror or error}"
        ) from error
    return made


class Quiet:
    """Clears up once nobody has asked for a moment: the command never collects what points in circles by itself."""

    def __init__(self, after: float = QUIET_AFTER) -> None:
        self.after, self.asked, self.cleared = after, 0, 0

    async def clear_up(self) -> None:
        """Collect whenever somebody has asked, and nobody does any more, as long as the server runs."""
        seen = 0
        while True:
            await asyncio.sleep(self.after)
            if self.asked == seen != self.cleared and not gc.isenabled():
                self.cleared = seen
                gc.collect()
            seen = self.asked


class Workbench:
    """A desk, its screens, and the door before them."""

    def __init__(
        self,
        desk: Desk,
        host: str = "127.0.0.1",
        port: int = 0,
        words: NullTranslations | None = None,
        blind: int = 0,
    ) -> None:
        self.socket = listening(host, port)
        self.address = Address(host, self.socket.getsockname()[1])
        self.known: Secrets = new_secrets()
        self.screens = Screens(desk, words, blind or ASKED_AGAIN)
        self.end: Callable[[], None] = self.socket.close
        self.news, self.quiet = News(desk.root), Quiet()
        self.door = Door(
            _application(self.screens, self.news, self.quiet),
            self.address.names,
            self.known,
            "/again" if blind else "/",
        )

    @property
    def first_address(self) -> str:
        """What to open in a browser, with its token."""
        return f"http://{self.address}/?token={self.known.token}"

    def serve(self, ready: Callable[[], None] = lambda: None) -> None:
        """Answer until the process is told to end."""
        try:
            import uvicorn
        except ModuleNotFoundError as missing:
            raise MissingExtra("review") from missing

        quiet = self.quiet

        class Announced(uvicorn.Server):
            """Says when it answers."""

            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                self.clearing = asyncio.create_task(quiet.clear_up())
                ready()

            def ended(self) -> None:
                self.should_exit = True

        config = uvicorn.Config(
            self.door,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="off",
            http="h11",
            h11_max_incomplete_event_size=32 * 1024,
            limit_concurrency=200,
            timeout_graceful_shutdown=1,
        )
        server = Announced(config)
        self.end = server.ended
        self.news.begin()
        try:
            server.run([self.socket])
        finally:
            self.news.end()


def _application(screens: Screens, news: News, quiet: Quiet) -> Any:
    try:
        from starlette.applications import Starlette
        from starlette.requests import Request
        from starlette.responses import Response, StreamingResponse
        from starlette.routing import Route
    except ModuleNotFoundError as missing:
        raise MissingExtra("review") from missing

    def answering(screen: Callable[[AskedPage], Shown]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            asking = AskedPage(
                request.path_params,
                dict(request.query_params),
                request.scope.get("ropa.form", {}),
                request.scope["ropa.secret"],
                request.url.path,
            )
            quiet.asked += 1
            shown = screen(asking)
            headers = {"location": shown.to} if shown.to else {}
            return Response(shown.page, shown.status, headers, f"{shown.kind}; charset=utf-8")

        return answer

    listening = [0]

    async def events(_: Request) -> Response:
        if listening[0] >= MOST_STREAMS:
            return Response("Too many pages wait for news.\n", 503)
        return StreamingResponse(_stream(screens, news, listening), media_type="text/event-stream")

    def asset(request: Request) -> Response:
        name = request.path_params["name"]
        held = _assets().get(name)
        if held is None:
            return Response("There is no such file.\n", 404)
        return Response(held, media_type=_KINDS[name.rpartition(".")[2]])

    routes = [Route("/assets/{name}", asset), Route("/events", events)]
    routes += [
        Route(path, answering(screen), methods=[method]) for method, path, screen in screens.routes
    ]
    return Starlette(routes=routes, exception_handlers={404: _lost, 405: _lost})


async def _stream(screens: Screens, news: News, listening: list[int]) -> AsyncIterator[str]:
    """The number of each new moment of the register, and a sign of life between."""
    from starlette.concurrency import run_in_threadpool

    listening[0] += 1
    try:
        seen, quiet = -1, 0.0
        yield ": here\n\n"
        while True:
            if news.count != seen:
                seen, quiet = news.count, 0.0
                now = await run_in_threadpool(screens.desk.now)
                yield f"data: {now.number}\n\n"
            await asyncio.sleep(A_MOMENT)
            quiet += A_MOMENT
            if quiet >= SIGN_OF_LIFE:
                quiet = 0.0
                yield ": still here\n\n"
    finally:
        listening[0] -= 1


def _lost(*_: Any) -> Any:
    from starlette.responses import Response

    return Response("There is no such page.\n", 404, media_type="text/plain")


def _assets() -> Mapping[str, bytes]:
    """The style and the scripts of the pages, by their names: nothing else is ever read from a name in an address."""
    return dict(_read_assets())


def _read_assets() -> Iterator[tuple[str, bytes]]:
    for file in (files("ropa") / "workbench" / "assets").iterdir():
        if file.name.rpartition(".")[2] in _KINDS:
            yield file.name, file.read_bytes()
