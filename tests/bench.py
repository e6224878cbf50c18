"""The workbench as it runs: a server on this machine, asked by hand or by a browser."""

import http.client
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from html.parser import HTMLParser
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
        self.came = {file: file.read_bytes() for file in desk_files(root)}
        self.host = str(bench.address)
        self.cookie = f"{bench.door.cookie}={bench.known.session}"

    def as_it_came(self) -> None:
        """Have every file hold what it held at first, and no other be there."""
        for file in [f for f in self.root.rglob("*") if f.is_file() and f not in self.came]:
            file.unlink()
        for file, raw in self.came.items():
            if not file.exists() or file.read_bytes() != raw:
                file.write_bytes(raw)

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
        context.set_default_timeout(120_000)  # a machine may be busy with something else
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


class _Form(HTMLParser):
    """What a browser would send of the forms of a page, as they are when the page is loaded."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.area = self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        unticked = said.get("type") == "checkbox" and "checked" not in said
        if tag == "input" and said.get("name") and not unticked:
            self.fields.setdefault(said["name"], []).append(said.get("value", ""))
        elif tag == "textarea":
            self.area = said["name"]
            self.fields[self.area] = [""]
        elif tag == "select":
            self.choice = said["name"]
            self.fields[self.choice] = [""]
        elif tag == "option" and "selected" in said:
            self.fields[self.choice] = [said["value"]]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[self.area][0] += data


def filled_in(html: str) -> dict[str, list[str]]:
    """What the fields of a page hold, by their names."""
    form = _Form()
    form.feed(html)
    return form.fields


def ready(page: "Page") -> None:
    """Wait until the page listens to the keyboard; one that is about to be left does not."""
    from playwright.sync_api import expect

    expect(page.locator("html[data-ready]")).to_have_count(1)


def press(page: "Page", key: str) -> None:
    """Press a key once the page listens: a key that is pressed while it is still being made does nothing."""
    ready(page)
    page.keyboard.press(key)


def listen(page: "Page", base: str, troubles: list[str]) -> None:
    """Note what a page logs as an error, throws, or asks of anybody else."""

    def said(message: "ConsoleMessage") -> None:
        refused = "status of 409" in message.text or "status of 422" in message.text
        icon = message.location["url"].endswith("/favicon.ico")  # a style sheet names none
        if message.type in ("error", "warning") and not refused and not icon:
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
