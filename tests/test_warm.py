"""What earlier runs have read is used again: it changes nothing that is said, and nothing that befalls it does."""

import io
import os
import resource
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Timer

import docx
import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from command import Project
from conftest import ROOT, TODAY
from library import GAP
from ropa.cli.asking import checked_register
from ropa.cli.options import Asked
from ropa.cli.warm import CheckedBefore
from ropa.documents import kept
from ropa.documents.kept import KeptBooks, digest, kept_books
from ropa.engine import words_of
from ropa.reading import memo
from ropa.reading.kept import KeptReadings
from ropa.reading.memo import Readings
from ropa.reading.names import Names
from ropa.reporters import text
from ropa.seen.formats import notice_of_bytes
from ropa.seen.kept import drawn_again
from ropa.seen.published import read_notice_file

MORE = "\n\nWe share your name with the Department for Education (DfE). We never sell it. You may complain to us."


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """A project whose notice says more than its statements, and of which nothing is kept yet."""
    project = Project.of_which_nothing_is_kept(tmp_path, monkeypatch, capsys)
    notice = next((project.folder / "registry").glob("*.md"))
    notice.write_text(notice.read_text("utf-8") + MORE, "utf-8")
    return project


def folder_of(project: Project) -> Path:
    return project.folder.parent / "caches" / "ropa" / "check"


def books_in(project: Project) -> list[Path]:
    return sorted(folder_of(project).iterdir())


def as_without(project: Project) -> str:
    """What is said without anything of earlier runs: it has to be what is said with it."""
    memo.forget()
    return project.ropa("check", "--all", "--no-cache").out


def said(project: Project) -> str:
    memo.forget()
    ended = project.ropa("check", "--all")
    assert not ended.err
    return ended.out


def test_the_second_check_reads_no_sentence_and_says_the_same(project: Project) -> None:
    first = said(project)
    assert memo._said.cache_info().misses
    assert said(project) == first == as_without(project)
    said(project)
    assert not memo._said.cache_info().misses


def test_without_a_cache_nothing_is_kept_and_nothing_is_used(project: Project) -> None:
    as_without(project)
    assert not folder_of(project).exists()
    said(project)
    as_without(project)
    assert memo._said.cache_info().misses


def test_what_is_kept_is_for_its_user_alone_and_in_no_repository(project: Project) -> None:
    said(project)
    assert folder_of(project).stat().st_mode & 0o777 == 0o700
    assert {book.stat().st_mode & 0o777 for book in books_in(project)} == {0o600}
    assert not [path for path in project.folder.rglob("*") if "check" in path.name]


def test_sentences_that_move_keep_their_readings_and_get_their_new_places(project: Project) -> None:
    said(project)
    notice = next((project.folder / "registry").glob("*.md"))
    notice.write_text(f"# Our notice\n\nHello.\n\n{notice.read_text('utf-8')}", "utf-8")
    assert said(project) == as_without(project)


def test_another_word_of_the_register_has_every_sentence_read_anew(project: Project) -> None:
    said(project)
    term = "kind: term\nfacet: data\nid: sale-price\nlabel: what we never sell it for\n"
    project.write("registry/term.yaml", term)
    assert said(project) == as_without(project)
    assert len(books_in(project)) == 2


@pytest.mark.parametrize("at", [0, 20, 33, 60, -1])
def test_a_book_that_is_damaged_is_read_anew_and_mended(project: Project, at: int) -> None:
    said(project)
    (book,) = books_in(project)
    whole = bytearray(book.read_bytes())
    whole[at] ^= 0x55
    book.write_bytes(whole)
    assert said(project) == as_without(project)
    said(project)
    assert not memo._said.cache_info().misses


def test_books_that_are_cut_short_empty_or_of_another_form_are_made_anew(project: Project) -> None:
    said(project)
    (book,) = books_in(project)
    for packed in (
        b"",
        book.read_bytes()[:100],
        b"\x80" * 40,
        whole_of(book, [1]),
        whole_of(book, {b"": b""}),
    ):
        book.write_bytes(packed)
        assert said(project) == as_without(project)
    keys = msgspec.msgpack.decode(book.read_bytes()[32:], type=dict[bytes, bytes])
    book.write_bytes(whole_of(book, dict.fromkeys(keys, b"no reading")))
    assert said(project) == as_without(project)


def whole_of(book: Path, content: object) -> bytes:
    """A book that holds something else, with its hash right."""
    packed = msgspec.msgpack.encode(content)
    return digest(book.name.encode(), packed) + packed


def test_a_folder_that_cannot_be_had_costs_nothing_but_time(project: Project) -> None:
    folder_of(project).parent.mkdir(parents=True)
    folder_of(project).write_text("no folder")
    assert said(project) == as_without(project)


def test_a_folder_of_somebody_else_is_not_used_and_one_line_says_so(project: Project) -> None:
    if os.getuid():
        pytest.skip("only root can give a folder away")
    before = said(project)
    os.chown(folder_of(project), 12_345, -1)
    ended = project.ropa("check", "--all")
    assert ended.out == before
    assert len(ended.err.splitlines()) == 1
    assert "belongs to somebody else" in ended.err


def test_a_link_in_the_place_of_the_folder_is_not_used(project: Project, tmp_path: Path) -> None:
    folder_of(project).parent.mkdir(parents=True)
    (tmp_path / "planted").mkdir()
    folder_of(project).symlink_to(tmp_path / "planted")
    assert "it is no folder, or a link to one" in project.ropa("check").err
    assert not list((tmp_path / "planted").iterdir())


def test_a_book_that_goes_while_it_is_used_is_made_again(project: Project) -> None:
    books, _ = kept_books()
    books.book(b"x").keep(b"key", b"made")
    shutil.rmtree(folder_of(project))
    books.write()
    assert kept_books()[0].book(b"x").of(b"key") == b"made"


def test_a_full_disk_is_not_noticed(project: Project) -> None:
    def hardly_any_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    command = [sys.executable, "-m", "ropa", "check", "--all", f"--as-of={TODAY}"]
    done = subprocess.run(
        command, capture_output=True, text=True, preexec_fn=hardly_any_room, check=False
    )
    assert done.stdout == as_without(project)
    assert not done.stderr
    assert not books_in(project)


def test_two_at_once_and_one_that_is_killed_leave_books_that_are_whole(project: Project) -> None:
    command = [sys.executable, "-m", "ropa", "check", "--all", f"--as-of={TODAY}"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outs = {one.communicate()[0] for one in both}
    (book,) = books_in(project)
    killed = book.with_name(
        f".{book.name}.{both[0].pid}"
    )  # the file of a run that ended while it wrote
    killed.write_bytes(book.read_bytes()[:50])
    assert outs == {said(project)}
    assert not memo._said.cache_info().misses
    project.register(GAP.replace("Northwold", "Southwold"))
    said(project)
    book.write_bytes(b"")
    project.register(GAP)
    said(project)
    assert not killed.exists()


def test_the_folder_stays_within_its_bound_and_the_oldest_go_first(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_BYTES", 5_000)
    names = [bytes([number]) for number in range(8)]
    for number, name in enumerate(names):
        books, _ = kept_books()
        books.book(name).keep(b"", b"x" * 1_000)
        books.write()
        newest = max(books_in(project), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    held = [name for name in names if kept_books()[0].book(name).of(b"")]
    assert held == names[-4:]


@pytest.mark.usefixtures("project")
def test_a_book_that_grows_large_keeps_what_was_used_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_OF_A_BOOK", 250)
    for number in range(4):
        books, _ = kept_books()
        books.book(b"").keep(bytes([number]), b"x" * 100)
        books.write()
    book = kept_books()[0].book(b"")
    assert [n for n in range(4) if book.of(bytes([n]))] == [2, 3]


def test_every_room_that_has_a_say_in_a_reading_counts_for_its_key() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    floors = [floor.split(" | ") for floor in contracts[0]["layers"]]
    (here,) = (n for n, rooms in enumerate(floors) if "reading" in rooms)
    below = {
        room for rooms in floors[here:] for room in rooms if (ROOT / "src" / "ropa" / room).is_dir()
    }
    assert below - {"fetching"} == set(kept._READERS)


def test_every_reading_of_a_notice_comes_back_as_it_was(corpora: Path) -> None:
    names = Names.of(words_of(ROOT / "registry"))
    files = sorted(corpora.rglob("*.md"), key=lambda path: path.stat().st_size)[::40][:6]
    for language in ("en", "und"):
        for file in files:
            text, books = read_notice_file(file), KeptBooks()
            made = list(Readings(text, names, language))
            assert list(Readings(text, names, language, KeptReadings(names, books))) == made
            memo.forget()
            assert list(Readings(text, names, language, KeptReadings(names, books))) == made
            assert not memo._said.cache_info().misses


@examples(max_examples=50)
@given(st.dictionaries(st.binary(max_size=8), st.binary(max_size=40), max_size=5))
def test_what_is_kept_comes_back(
    tmp_path_factory: pytest.TempPathFactory, content: dict[bytes, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("books")
    books = KeptBooks(folder)
    for key, made in content.items():
        books.book(b"one").keep(key, made)
    books.write()
    again, other = KeptBooks(folder).book(b"one"), KeptBooks(folder).book(b"other")
    assert {key: again.of(key) for key in content} == content
    assert not any(other.of(key) for key in content)


def test_a_word_file_is_drawn_out_once() -> None:
    made, held = docx.Document(), io.BytesIO()
    made.add_heading("Our notice")
    made.add_paragraph("We share your name with the police.")
    made.save(held)
    raw, books = held.getvalue(), KeptBooks()
    first, second = (notice_of_bytes("notice.docx", raw, books) for _ in range(2))
    assert first.folded == second.folded == notice_of_bytes("notice.docx", raw).folded
    assert first.sentences() == second.sentences()
    assert first.offsets == second.offsets

    def never(_: bytes) -> object:
        raise AssertionError("it was drawn out again")

    assert drawn_again(".docx", raw, never, books).seen.written == first.written  # type: ignore[arg-type] # it is not asked


# -- a check that stays ------------------------------------------------------------------------


@pytest.fixture
def watching(project: Project) -> Iterator["subprocess.Popen[str]"]:
    ended_as_by_a_person = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from ropa.cli import run; run()"
    )
    arguments = ["check", "--watch", f"--as-of={TODAY}"]
    command = [sys.executable, "-u", "-c", ended_as_by_a_person, *arguments]
    running = subprocess.Popen(
        command,
        cwd=project.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    too_long = Timer(60, running.kill)
    too_long.start()
    yield running
    too_long.cancel()
    running.kill()
    running.communicate()


def test_a_change_is_checked_and_printed_anew_until_it_is_ended(
    project: Project, watching: "subprocess.Popen[str]"
) -> None:
    assert watching.stdout is not None
    assert watching.stderr is not None
    assert "watching" in watching.stderr.readline()
    until(watching, " rules")
    (project.folder / "registry" / "broken.yaml").write_text("kind: [\n")
    assert "broken.yaml" in until(watching, " rules")
    (project.folder / "registry" / "broken.yaml").unlink()
    assert "broken.yaml" not in until(watching, " rules")
    watching.send_signal(signal.SIGINT)
    # that of the last check that was done, whichever the signal found at work
    assert watching.wait(30) in (1, 2)
    assert not watching.stderr.read()


def until(running: "subprocess.Popen[str]", words: str) -> str:
    assert running.stdout is not None
    found = ""
    for line in running.stdout:
        found += line
        if words in line:
            return found
    raise AssertionError(f"it ended: {found}")


EDITS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "more said": (
        "notice.md",
        lambda text: f"Dear reader,\n\n{text}\n\nWe never give it to the police.",
    ),
    "less said": ("notice.md", lambda text: text.partition("\n\n")[2]),
    "another purpose": (
        "register.yaml",
        lambda text: text.replace("purposes: [support]", "purposes: [statistics]"),
    ),
    "broken": ("register.yaml", lambda text: f"{text}\n---\nkind: ["),
    "another mode": ("../ropa.toml", lambda _: 'mode = "strict"\n'),
    "nothing left": ("register.yaml", lambda _: ""),
}


def test_after_each_change_what_is_printed_is_what_a_check_of_it_prints(project: Project) -> None:
    again = CheckedBefore(KeptBooks())
    for path, edit in EDITS.values():
        file = project.folder / "registry" / path
        before = file.read_text("utf-8") if file.exists() else ""
        file.write_text(edit(before), "utf-8")
        for _ in range(2):
            asked = Asked(TODAY)
            anew, kept_on = (checked_register(asked, again=made)[0] for made in (None, again))
            assert text.render(kept_on) == text.render(anew)
            file.write_text(before, "utf-8")
        if not before:
            file.unlink()


def test_watching_says_what_to_install_where_it_cannot(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ended = project.ropa("check", "--watch")
    assert ended.code == 2
    assert 'pip install "ropa-checker[review]"' in ended.err


@pytest.mark.parametrize("other", ["--with=x.yaml", "--summary=page.md"])
def test_watching_goes_with_nothing_that_happens_once(project: Project, other: str) -> None:
    project.write("x.yaml", GAP)
    assert project.ropa("check", "--watch", other).code == 2
