"""Connections that end on time: however slowly the other side speaks, nobody waits for it after an agreed moment."""

import socket
import ssl
import time
from queue import Empty, Queue
from threading import Thread
from typing import Any

from ropa.errors import CannotFetch
from ropa.fetching.addresses import is_private

Address = tuple[int, Any]
"""The family of an address, and the address as `socket` takes it."""


class TimedSocket(socket.socket):
    """A connection that reads until a moment, and then no more."""

    until = 0.0

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """What came, as long as there is time. Raises `TimeoutError`."""
        self.settimeout(left(self.until))
        return super().recv_into(buffer, nbytes or 0, flags)


class TimedTls(ssl.SSLSocket):
    """The same, encrypted."""

    until = 0.0

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """What came, as long as there is time. Raises `TimeoutError`."""
        self.settimeout(left(self.until))
        return super().recv_into(buffer, nbytes, flags)


def left(until: float) -> float:
    """The seconds until a moment of the machine's own clock. Raises `TimeoutError` when there are none."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


def line_to(host: str, port: int, until: float, *, tls: bool, private: bool) -> socket.socket:
    """A connection to a host, whose addresses are asked for once and judged before anybody is called.

    Raises `CannotFetch` where one of them is private, unless that is allowed; and `OSError` where none answers.
    """
    addresses = _addresses(host, port, until)
    refused = sorted({str(a[0]) for _, a in addresses if not private and is_private(str(a[0]))})
    if refused:
        where = host if host == refused[0] else f"{host} ({refused[0]})"
        raise CannotFetch(f"{where} is no public address; say --allow-private if that is meant")
    plain = _first_that_answers(addresses, until)
    return _encrypted(plain, host, until) if tls else plain


def _addresses(host: str, port: int, until: float) -> list[Address]:
    """What a name stands for. The system waits as long as it likes, so it is asked beside the work."""
    answers: Queue[list[Address] | OSError] = Queue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put([(family, address) for family, _, _, _, address in found])
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=left(until))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise CannotFetch(f"there is no {host} that could be found")
    return answer


def _first_that_answers(addresses: list[Address], until: float) -> TimedSocket:
    failed: OSError = OSError("there is no address")
    for family, address in addresses:
        line = TimedSocket(family, socket.SOCK_STREAM)
        line.until = until
        try:
            line.settimeout(left(until))
            line.connect(address)
        except OSError as error:
            line.close()
            failed = error
        else:
            return line
    raise failed


def _encrypted(plain: TimedSocket, host: str, until: float) -> TimedTls:
    context = ssl.create_default_context()
    context.sslsocket_class = TimedTls
    plain.settimeout(left(until))
    line = context.wrap_socket(plain, server_hostname=host)
    assert isinstance(line, TimedTls)  # as its context makes them
    line.until = until
    return line
