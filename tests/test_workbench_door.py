"""Nobody but the browser that was let in reads or writes anything through the workbench."""

import socket

import pytest

from bench import Running
from ropa.errors import BadSettings
from ropa.workbench.door import HEADERS, LONGEST_BODY, Bucket
from ropa.workbench.server import is_loopback, listening


def test_it_listens_on_this_machine_only_unless_it_is_told_otherwise(bench: Running) -> None:
    assert bench.bench.socket.getsockname()[0] == "127.0.0.1"
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("192.0.2.1")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_at_once_is_refused(host: str) -> None:
    with pytest.raises(BadSettings, match="name the one that people open"):
        listening(host, 0)


def test_an_address_that_is_taken_is_said_in_a_sentence(bench: Running) -> None:
    port = bench.bench.address.port
    with pytest.raises(BadSettings, match="cannot listen at"):
        listening("127.0.0.1", port)


def test_the_first_address_gives_a_cookie_that_no_script_and_no_other_site_sees(
    bench: Running,
) -> None:
    token = bench.bench.known.token
    answered = bench.ask(f"/?token={token}", headers={"Cookie": ""})
    assert answered.status == 303
    assert answered.headers["location"] == "/"
    assert answered.headers["set-cookie"] == f"{bench.cookie}; Path=/; HttpOnly; SameSite=Strict"
    assert token not in bench.ask("/").text


def test_without_the_cookie_nothing_is_shown(bench: Running) -> None:
    for cookie in ("", f"{bench.bench.door.cookie}=guessed", "other=1"):
        answered = bench.ask("/", headers={"Cookie": cookie})
        assert answered.status == 403
        assert "flows" not in answered.text


def test_another_token_is_refused_and_guessing_is_slow(bench: Running) -> None:
    found = [bench.ask("/?token=guess", headers={"Cookie": ""}).status for _ in range(24)]
    assert set(found) == {403, 429}
    bench.bench.door.guesses = Bucket(20, 0.2)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "evil.example:{port}", "", "localhost:1"]
)
def test_a_name_that_leads_here_is_not_answered(bench: Running, host: str) -> None:
    named = host.format(port=bench.bench.address.port)
    answered = bench.ask("/", headers={"Host": named})
    assert answered.status in (400, 403)
    assert "flows" not in answered.text


def test_the_name_localhost_is_answered(bench: Running) -> None:
    answered = bench.ask("/", headers={"Host": f"localhost:{bench.bench.address.port}"})
    assert answered.status == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_page_asks_for_is_not_shown(bench: Running, site: str) -> None:
    answered = bench.ask("/", headers={"Sec-Fetch-Site": site})
    assert answered.status == 403
    assert "flows" not in answered.text


@pytest.mark.parametrize("origin", ["", "null", "https://evil.example", "http://127.0.0.1:1"])
def test_what_another_page_writes_is_not_written(bench: Running, origin: str) -> None:
    assert bench.ask("/undo", {}, {"Origin": origin}).status == 403


def test_a_form_without_its_secret_is_not_written(bench: Running) -> None:
    for secret in ("", "guessed"):
        assert bench.ask("/undo", {}, secret=secret).status == 403


def test_only_a_form_is_read(bench: Running) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        assert bench.ask("/undo", {}, {"Content-Type": kind}).status == 415


def test_a_form_may_not_be_too_long_whatever_it_announces(bench: Running) -> None:
    assert bench.ask("/undo", {"quote": "x" * LONGEST_BODY}).status == 413
    announced = {"Content-Length": str(LONGEST_BODY + 1)}
    assert bench.ask("/undo", {}, announced).status == 413


def test_what_is_asked_too_often_has_to_wait() -> None:
    bucket = Bucket(3, 0.001)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"])
def test_other_methods_do_nothing(bench: Running, method: str) -> None:
    with socket.create_connection((bench.bench.address.host, bench.bench.address.port)) as line:
        asked = f"{method} / HTTP/1.1\r\nHost: {bench.host}\r\nCookie: {bench.cookie}\r\n\r\n"
        line.sendall(asked.encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 405")


def test_every_answer_says_that_nothing_else_may_run_or_frame_it(bench: Running) -> None:
    for path in ("/", "/assets/workbench.css", "/nothing"):
        answered = bench.ask(path)
        assert {name: answered.headers.get(name) for name in HEADERS} == dict(HEADERS)
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../screens.py", "/assets/%2e%2e/screens.py", "/assets/..%2fscreens.py", "/assets//etc/passwd",
        "/notice/..%2f..%2fetc%2fpasswd", "/notice/%00", "/assets/workbench.css%00.js",
    ],
)  # fmt: skip
def test_no_address_leads_to_another_file(bench: Running, path: str) -> None:
    answered = bench.ask(path)
    assert answered.status == 404
    assert "root:" not in answered.text
    assert "import" not in answered.text
