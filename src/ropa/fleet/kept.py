"""Rows that are kept for the next run, in a database of the user's own, each under the hash of all it rests on.

It is SQLite, so that two runs at once, a kill and a full disk leave it whole. What is in it is JSON, never code. Where
it cannot be used nothing is lost but time, and the run says so.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ropa.documents.own_folder import own_folder
from ropa.errors import CannotWrite

_NAME = "rows-1.sqlite"
MOST_BYTES = 512 << 20
"""How large the kept rows may grow; then those that were used longest ago go."""
_PATIENCE = 10.0
"""How many seconds one run waits for another that is writing."""

_TABLES = """
create table if not exists rows (print text primary key, row blob not null, used text not null, size integer not null);
create table if not exists runs (run text not null, register text not null, print text not null,
                                 primary key (run, register));
create table if not exists last (run text not null, register text not null, told integer not null, ids blob not null,
                                 primary key (run, register));
"""


class LastTime(Struct, frozen=True):
    """What the last whole run over the same places found in a register: the ids, and how many flows were told."""

    told: int
    ids: frozenset[str]


class KeptRows:
    """The rows that were kept. Without a place to keep them in there are none, and `trouble` says why."""

    def __init__(self, folder: Path | None, trouble: str = "") -> None:
        self._base: sqlite3.Connection | None = None
        self.trouble = trouble
        self._waiting = 0
        if folder is not None:
            self._open(folder / _NAME)

    def _open(self, path: Path) -> None:
        for again in (False, True):
            try:
                base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
                base.executescript(f"pragma synchronous=off; pragma busy_timeout=10000; {_TABLES}")
            except sqlite3.DatabaseError as error:
                if again or not _is_broken(error):
                    self.trouble = f"rows are not kept: {error}"
                    return
                with suppress(OSError):
                    path.unlink()
            else:
                path.chmod(0o600)
                self._base = base
                return

    def of(self, print_: str) -> bytes | None:
        """The row that is kept under a hash."""
        found = self._asked("select row from rows where print = ?", (print_,))
        with suppress(zlib.error):
            return zlib.decompress(found[0][0]) if found else None
        return None

    def of_run(self, run: str) -> Mapping[str, str]:
        """The hash of each register that a run which was ended has done, by its path."""
        return dict(self._asked("select register, print from runs where run = ?", (run,)))

    def begin(self, run: str) -> None:
        """Forget what a run has done: it begins anew."""
        self._do("delete from runs where run = ?", (run,))

    def keep(self, run: str, register: str, print_: str, row: bytes, day: date) -> None:
        """Keep a row, and that a run has done it."""
        packed = zlib.compress(row)
        self._do(
            "insert or replace into rows values (?, ?, ?, ?)",
            (print_, packed, day.isoformat(), len(packed)),
        )
        self._do("insert or replace into runs values (?, ?, ?)", (run, register, print_))

    def used(self, run: str, register: str, print_: str, day: date) -> None:
        """Note that a kept row was used again."""
        self._do("update rows set used = ? where print = ?", (day.isoformat(), print_))
        self._do("insert or replace into runs values (?, ?, ?)", (run, register, print_))

    def last_time(self, run: str) -> Mapping[str, LastTime]:
        """What the last whole run found, by register."""
        rows = self._asked("select register, told, ids from last where run = ?", (run,))
        try:
            return {
                register: LastTime(told, frozenset(msgspec.json.decode(zlib.decompress(ids))))
                for register, told, ids in rows
            }
        except (zlib.error, ValueError):
            return {}

    def ended(self, run: str, found: Iterable[tuple[str, int, Iterable[str]]]) -> None:
        """Note what a whole run has found in each register, for the next one; and keep the rows within their bound."""
        self._do("begin immediate", ())
        self._do("delete from last where run = ?", (run,))
        self._do("delete from runs where run = ?", (run,))
        for register, told, ids in found:
            packed = zlib.compress(msgspec.json.encode(sorted(ids)))
            self._do("insert into last values (?, ?, ?, ?)", (run, register, told, packed))
        self._do("commit", ())
        self._fit()

    def _fit(self) -> None:
        over = sum(size for (size,) in self._asked("select sum(size) from rows", ()) if size)
        over -= MOST_BYTES
        if over > 0:
            oldest = self._asked("select print, size from rows order by used, print", ())
            for print_, size in oldest:
                if over <= 0:
                    return
                self._do("delete from rows where print = ?", (print_,))
                over -= size

    def _asked(self, query: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        if self._base is None:
            return []
        try:
            return self._base.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _do(self, statement: str, values: tuple[object, ...]) -> None:
        if self._base is not None:
            try:
                self._base.execute(statement, values)
            except sqlite3.Error as error:
                self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """A full disk, or a broken file: this run goes on without."""
        self.trouble = f"rows are no longer kept: {error}"
        with suppress(sqlite3.Error):
            if self._base is not None:
                self._base.close()
        self._base = None


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    return not isinstance(error, sqlite3.OperationalError)


def kept_rows() -> KeptRows:
    """The rows of this user."""
    try:
        return KeptRows(own_folder("fleet"))
    except CannotWrite as error:
        return KeptRows(None, str(error))


def run_of(where: Iterable[str], said: str) -> str:
    """The name of a run: over these places, asked so."""
    return sha256("\0".join((*sorted(where), said)).encode("utf-8", "surrogatepass")).hexdigest()
