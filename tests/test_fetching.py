"""One page of the web: what is fetched, from whom it is not, and that nothing takes longer or more than agreed."""

import gzip
import os
import socket
import subprocess
import time
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from loopback import moved, page, serving
from ropa.errors import CannotFetch
from ropa.fetching.addresses import is_private
from ropa.fetching.pages import FetchBounds, fetch

HERE = FetchBounds(private=True, seconds=5)
"""As `--allow-private`: these servers are on this machine."""
SHORT = FetchBounds(private=True, seconds=0.4)
SMALL = FetchBounds(private=True, seconds=5, size=100_000)


def refused(url: str, bounds: FetchBounds = HERE) -> str:
    with pytest.raises(CannotFetch) as said:
        fetch(url, bounds)
    assert str(said.value).startswith(f"{url}: ")
    return str(said.value).removeprefix(f"{url}: ")


# -- what comes ------------------------------------------------------------------------------------


def test_a_page_comes_with_its_bytes_its_type_and_their_hash() -> None:
    with serving({"/privacy": page("<p>Grüße</p>", "text/html; charset=UTF-8")}) as server:
        found = fetch(f"{server.address}/privacy#pupils", HERE)
    assert (found.content, found.type, found.charset) == (
        "<p>Grüße</p>".encode(),
        "text/html",
        "utf-8",
    )
    assert found.url == f"{server.address}/privacy"
    assert found.sha256 == sha256(found.content).hexdigest()


def test_words_in_an_address_arrive_as_they_are_written() -> None:
    with serving({"/a%20b/%C3%BC": page("x")}) as server:
        assert fetch(f"{server.address}/a b/ü?q=ä b", HERE).content == b"x"
    assert server.paths == ["/a%20b/%C3%BC?q=%C3%A4%20b"]


def test_a_redirect_is_followed_wherever_it_is_relative_to() -> None:
    answers = {"/old": moved("new/"), "/new/": moved("../last?x=1", 308), "/last": page("here")}
    with serving(answers) as server:
        assert fetch(f"{server.address}/old", HERE).url == f"{server.address}/last?x=1"


def test_a_page_that_comes_packed_is_unpacked() -> None:
    packed = page(gzip.compress(b"words"), Content_Encoding="gzip")
    with serving({"/": packed}) as server:
        assert fetch(f"{server.address}/", HERE).content == b"words"


def test_a_page_without_a_type_has_none() -> None:
    with serving({"/": page("words", None)}) as server:
        assert fetch(f"{server.address}/", HERE).type == ""


# -- whom nobody may be sent to --------------------------------------------------------------------

PRIVATE = (
    "127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "172.31.255.254", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.127.255.254", "0.0.0.0", "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1",
    "240.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::10.0.0.1",
    "64:ff9b:1::1", "2002:7f00:1::1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1", "nonsense", "",
)  # fmt: skip
PUBLIC = (
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_this_machine_of_a_house_or_of_nobody_are_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_all_the_world_knows_are_not_private(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_this_machine_is_not_asked_under_any_of_its_names_unless_that_is_allowed(host: str) -> None:
    assert "is no public address; say --allow-private" in refused(
        f"http://{host}:9/", FetchBounds()
    )


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.2:{port}/",
        "http://localhost:{port}/",
        "http://10.255.255.1/",
        "//[::1]:{port}/",
    ],
)
def test_who_may_be_asked_may_not_send_us_on_into_the_house(inside: str) -> None:
    answers = {"/": page("secret")}
    with serving(answers) as server:
        port = server.address.rpartition(":")[2]
        answers["/away"] = moved(inside.format(port=port))
        assert "is no public address" in refused(f"{server.address}/away")
    assert server.paths == ["/away"]


class Names:
    """A directory of names that says something else each time it is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        address = self.answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]


def test_a_name_is_looked_up_once_and_the_address_that_was_judged_is_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names("127.0.0.1", "127.0.0.99")
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with serving({"/": page("words")}) as server:
        port = server.address.rpartition(":")[2]
        assert fetch(f"http://notices.example:{port}/", HERE).content == b"words"
    assert names.asked == ["notices.example"]
    assert server.hosts == [f"notices.example:{port}"]


def test_a_name_that_stands_for_a_private_address_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("10.0.0.7"))
    said = refused("https://notices.example/", FetchBounds())
    assert (
        said
        == "notices.example (10.0.0.7) is no public address; say --allow-private if that is meant"
    )


def test_a_redirect_to_the_same_name_is_looked_up_and_judged_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names("127.0.0.1", "10.0.0.7")
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with serving({"/": moved("http://inside.example/")}) as server:
        port = server.address.rpartition(":")[2]
        assert "inside.example (10.0.0.7) is no public" in refused(f"http://a.example:{port}/")
    assert names.asked == ["a.example", "inside.example"]


# -- addresses that are none -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://a.example/x", "is neither http nor https"),
        ("file:///etc/passwd", "is neither http nor https"),
        ("http:///x", "names no host"),
        ("http://a.example:99999/", "is no address of the web"),
        ("http://[::1/", "is no address of the web"),
        ("http://somebody:secret@a.example/", "a name or a password"),
        ("http://\u2028.example/", "no name of a host"),
        (f"http://{'a' * 300}/", "that could be found"),
    ],
)
def test_what_is_no_address_of_the_web_is_said(url: str, said: str) -> None:
    assert said in refused(url)


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://a.example/", "gopher://127.0.0.1/", "javascript:x"]
)
def test_a_redirect_out_of_the_web_is_not_followed(to: str) -> None:
    with serving({"/": moved(to)}) as server:
        assert "is neither http nor https" in refused(f"{server.address}/")


# -- bounds ----------------------------------------------------------------------------------------


def test_redirects_in_a_circle_end() -> None:
    with serving({"/a": moved("/b"), "/b": moved("/a")}) as server:
        assert "it leads in a circle" in refused(f"{server.address}/a")
    assert len(server.paths) == 2


def test_redirects_without_end_end() -> None:
    def on(handler: BaseHTTPRequestHandler) -> None:
        moved(f"/?{len(server.paths)}")(handler)

    with serving({"/": on}) as server:
        assert "it leads on more than 5 times" in refused(f"{server.address}/")
    assert len(server.paths) == 6


def test_a_page_that_says_it_is_too_large_is_not_read() -> None:
    def huge(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(100 << 20))
        handler.end_headers()

    with serving({"/": huge}) as server:
        assert refused(f"{server.address}/") == "it is larger than 8 MiB"


def test_a_page_that_does_not_end_is_left_at_the_bound() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while server.sent < 100 << 20:
            handler.wfile.write(b"x" * 65536)
            server.sent += 65536

    with serving({"/": endless}) as server:
        assert refused(f"{server.address}/") == "it is larger than 8 MiB"
        assert server.sent < 30 << 20


def test_a_small_page_that_unpacks_to_a_huge_one_is_left_at_the_bound() -> None:
    bomb = gzip.compress(b"x" * (40 << 20), 1)
    assert len(bomb) < 1 << 20
    with serving({"/": page(bomb, Content_Encoding="gzip")}) as server:
        assert refused(f"{server.address}/") == "it is larger than 8 MiB"


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    drip(handler, b"x")


def dripping_heads(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(handler, b"x")


def silent(handler: BaseHTTPRequestHandler) -> None:
    drip(handler, b"")


def going_on(handler: BaseHTTPRequestHandler) -> None:
    drip(handler, b"HTTP/1.1 100 Continue\r\n\r\n")


def drip(handler: BaseHTTPRequestHandler, words: bytes) -> None:
    for _ in range(100):
        handler.wfile.write(words)
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [dripping, dripping_heads, silent, going_on])
def test_a_server_that_takes_its_time_is_not_waited_for(slow: Any) -> None:
    ended = []

    def slowly(handler: BaseHTTPRequestHandler) -> None:
        slow(handler)
        ended.append(handler)

    with serving({"/": slowly}) as server:
        assert refused(f"{server.address}/", SHORT) == "it took longer than 0.4 seconds"
        assert not ended


def test_a_directory_of_names_that_does_not_answer_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = Event()

    def slowly(*_: Any, **__: Any) -> list[Any]:
        asked.wait(60)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    assert refused("http://a.example/", SHORT) == "it took longer than 0.4 seconds"
    asked.set()


def raw(content: bytes) -> Any:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(content)
        handler.close_connection = True

    return answer


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raw(b""), "the connection failed"),
        (raw(b"nonsense\r\n\r\n"), "the connection failed"),
        (raw(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n"), "the connection failed"),
        (raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"), "the connection failed"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nwords"), "the connection"),
        (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), "the connection failed"),
        (page("", status=404), "its server answers 404, “Not Found”"),
        (page("", status=500), "its server answers 500, “Internal Server Error”"),
        (page("", status=302), "its server answers 302, “Found”"),
        (page("", status=206), "its server answers 206, “Partial Content”"),
        (page("", status=299), "its server answers 299"),
        (page("x", Content_Encoding="br"), "it is packed as “br”, which was not asked for"),
        (page("x", Content_Encoding="gzip"), "it is packed, and what is packed is broken"),
        (page(gzip.compress(b"x" * 1000)[:20], Content_Encoding="gzip"), "what is packed is broken"),
    ],
)  # fmt: skip
def test_what_is_no_page_ends_in_one_sentence(answer: Any, said: str) -> None:
    with serving({"/": answer}) as server:
        words = refused(f"{server.address}/")
    assert said in words
    assert "\n" not in words


def test_a_closed_door_is_said() -> None:
    with serving({}) as server:
        closed = server.address
    assert "connection refused" in refused(f"{closed}/")


# -- encrypted -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for notices.example that signs itself."""
    made = tmp_path_factory.mktemp("tls") / "both.pem"
    command = [
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-keyout", str(made.with_name("key.pem")), "-out", str(made.with_name("cert.pem")), "-days", "30000"),
        *("-subj", "/CN=notices.example", "-addext", "subjectAltName=DNS:notices.example"),
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no openssl to make a certificate with")
    made.write_bytes(
        made.with_name("key.pem").read_bytes() + made.with_name("cert.pem").read_bytes()
    )
    return made


def test_an_encrypted_page_is_asked_for_under_its_name_though_it_was_looked_up_before(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(certificate.with_name("cert.pem")))
    with serving({"/": page("words")}, certificate) as server:
        port = server.address.rpartition(":")[2]
        assert fetch(f"https://notices.example:{port}/", HERE).content == b"words"


def test_a_certificate_that_nobody_signed_is_not_believed(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    with serving({"/": page("words")}, certificate) as server:
        port = server.address.rpartition(":")[2]
        assert "certificate" in refused(f"https://notices.example:{port}/")


def test_a_certificate_of_another_name_is_not_believed(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(certificate.with_name("cert.pem")))
    with serving({"/": page("words")}, certificate) as server:
        port = server.address.rpartition(":")[2]
        assert "mismatch" in refused(f"https://other.example:{port}/")


def test_a_page_that_leads_out_of_encryption_is_not_followed(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    monkeypatch.setitem(os.environ, "SSL_CERT_FILE", str(certificate.with_name("cert.pem")))
    with serving({"/": moved("http://notices.example/")}, certificate) as server:
        port = server.address.rpartition(":")[2]
        assert "which is not encrypted" in refused(f"https://notices.example:{port}/")
