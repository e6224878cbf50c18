"""A server on this machine that answers as it is told, for what is fetched from the web."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Asked:
    """What came to the server: the paths in their order, and the hosts they were asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.paths: list[str] = []
        self.hosts: list[str] = []
        self.sent = 0


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(
    answers: dict[str, Answer] | Answer, certificate: Path | None = None
) -> Iterator[Asked]:
    """A server whose pages are these, by their paths, or that answers everything so; it ends with the test."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.paths.append(self.path)
            asked.hosts.append(self.headers.get("Host", ""))
            answer = answers if callable(answers) else _at(answers, self.path)
            try:
                answer(self)
            except OSError:  # whoever asked has left
                self.close_connection = True

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - so the library calls them

        def log_message(self, *_: Any) -> None:
            """Nothing is said of it."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Nor of those who leave in the middle of a handshake."""

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    asked = Asked(f"{scheme}://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(
    content: str | bytes,
    type_: str | None = "text/html; charset=utf-8",
    status: int = 200,
    **headers: str,
) -> Answer:
    """A page with this content and of this type; underscores in the names of headers are hyphens."""
    raw = content.encode() if isinstance(content, str) else content

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        if type_ is not None:
            handler.send_header("Content-Type", type_)
        handler.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(raw)

    return answer


def _at(answers: dict[str, Answer], path: str) -> Answer:
    return answers.get(path.partition("?")[0], page("nothing here", status=404))


def moved(to: str, status: int = 302) -> Answer:
    """A redirect."""
    return page("", None, status, Location=to)
