"""The workbench as it runs: a server on this machine, asked by hand or by a browser."""

import http.client
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conftest import ROOT, TODAY
from ropa.judging.coverage import Settings
from ropa.judging.judgement import Untied
from ropa.workbench.desk import Checking, Desk
from ropa.workbench.server import Workbench

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

EXAMPLE = ROOT / "registry"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answered:
    """What came back: a status, headers and a text."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode()


class Running:
    """A workbench that answers, and how to ask it."""

    def __init__(self, root: Path, bench: Workbench) -> None:
        self.root, self.bench = root, bench
        self.host = str(bench.address)
        self.cookie = f"{bench.door.cookie}={bench.known.session}"

    @property
    def base(self) -> str:
        return f"http://{self.host}"

    def ask(
        self,
        path: str,
        fields: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        secret: str | None = None,
    ) -> Answered:
        """Ask as the page does, but for the headers that are given; an empty one is left out."""
        sent = {"Host": self.host, "Cookie": self.cookie}
        body = None
        if fields is not None:
            sent |= {**FORM, "Origin": self.base}
            known = self.bench.known.form if secret is None else secret
            body = urlencode({**fields, "secret": known}, doseq=True)
        sent = {name: value for name, value in {**sent, **(headers or {})}.items() if value}
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            connection.putrequest("POST" if body is not None else "GET", path, skip_host=True)
            raw = (body or "").encode()
            if body is not None and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(raw))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(raw or None)
            return Answered(connection.getresponse())
        finally:
            connection.close()

    def opened(self, browser: "Browser", **settings: Any) -> "BrowserContext":
        """A browser that was let in, and that notes what goes wrong in it."""
        context = browser.new_context(**{"reduced_motion": "reduce", **settings})
        page = context.new_page()
        page.goto(self.bench.first_address)
        page.close()
        return context


@contextmanager
def running(root: Path, day: date = TODAY) -> Iterator[Running]:
    """A workbench of a register, until the end of the block."""
    bench = Workbench(Desk(root, Checking(Settings(day, untied=Untied.OMITTED))))
    ready = Event()
    thread = Thread(target=bench.serve, args=[ready.set], daemon=True)
    thread.start()
    assert ready.wait(120)
    try:
        yield Running(root, bench)
    finally:
        bench.end()
        thread.join(20)


def copied(folder: Path) -> Path:
    """The example register, to be written into."""
    root = folder / "registry"
    shutil.copytree(EXAMPLE, root)
    return root


def listen(page: "Page", base: str, troubles: list[str]) -> None:
    """Note what a page logs as an error, throws, or asks of anybody else."""

    def said(message: "ConsoleMessage") -> None:
        refused = "status of 409" in message.text or "status of 422" in message.text
        if message.type in ("error", "warning") and not refused:
            troubles.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: troubles.append(f"threw {error}"))
    page.on(
        "request",
        lambda r: None if r.url.startswith((base, "data:")) else troubles.append(f"asked {r.url}"),
    )
    page.on("dialog", lambda dialog: troubles.append(f"asked the reader: {dialog.message}"))


def desk_files(root: Path) -> list[Path]:
    """The files of a register that are not the workbench's own."""
    return sorted(f for f in root.rglob("*") if f.is_file() and not f.name.startswith("."))
