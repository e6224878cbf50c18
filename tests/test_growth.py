"""What is wide in one place costs as much as there is of it: twice the size at most 2.3 times the time.

No test here knows a second: each holds one time against another that was taken in turns with it, in CPU time, the
least of several.
"""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from generate import generate
from ropa import configuration
from ropa.documents.document import SourceFile
from ropa.documents.shipped import shipped
from ropa.documents.source import read_tree
from ropa.engine import check
from ropa.errors import BadBaseline, BadSettings
from ropa.judging.coverage import Settings
from ropa.judging.self_test import self_test
from ropa.reading.memo import Readings, forget
from ropa.reading.names import Names
from ropa.register.lexicon import Lexicon, shipped_terms
from ropa.register.vocabulary import TERMS
from ropa.seen.formats import is_binary, notice_of_bytes, notice_of_text
from ropa.wording.detectors import detect
from shapes import write
from test_seen_pdf import lines, made
from test_seen_word import packed, paragraph, run

MOST = 2.3
DAY = Settings(day=date(2026, 11, 23))


def ratio(one: Callable[[], object], other: Callable[[], object], turns: int = 2) -> float:
    """How much more the one takes than the other."""
    times: dict[Callable[[], object], list[float]] = {one: [], other: []}
    for _ in range(turns):
        for work, taken in times.items():
            begin = process_time()
            work()
            taken.append(process_time() - begin)
    return min(times[one]) / min(times[other])


def grows(twice: Callable[[], object], once: Callable[[], object]) -> bool:
    """Whether twice the work takes twice the time. A neighbour can spoil a try; what is squared fails each."""
    return any(ratio(twice, once) <= MOST for _ in range(4))


@pytest.mark.parametrize(
    ("shape", "size"), [("disclosures", 1_000), ("statements", 500), ("onward", 1_000)]
)
def test_a_check_grows_as_its_register_does(shape: str, size: int, tmp_path: Path) -> None:
    write(shape, size, tmp_path / "once")
    write(shape, 2 * size, tmp_path / "twice")
    assert grows(lambda: check(tmp_path / "twice", DAY), lambda: check(tmp_path / "once", DAY))


def test_taking_statements_out_grows_as_they_do(tmp_path: Path) -> None:
    for name, size in (("once", 300), ("twice", 600)):
        write("statements", size, tmp_path / name)
    once, twice = (check(tmp_path / name, DAY).case.coverage for name in ("once", "twice"))
    assert grows(lambda: self_test(twice), lambda: self_test(once))


def test_prose_is_read_nearly_as_fast_as_plain_lines(tmp_path: Path) -> None:
    """A byte of it, that is; read by libyaml, it takes three times as long and more."""
    generate(100, tmp_path / "plain")
    generate(100, tmp_path / "prose", prose=True)
    sizes = [
        sum(path.stat().st_size for path in (tmp_path / name).rglob("*.yaml"))
        for name in ("prose", "plain")
    ]
    taken = ratio(
        lambda: list(read_tree(tmp_path / "prose")), lambda: list(read_tree(tmp_path / "plain")), 7
    )
    assert taken <= 2 * sizes[0] / sizes[1]


def test_a_small_register_is_checked_faster_than_the_words_that_ship_are_made(
    tmp_path: Path,
) -> None:
    text = "kind: activity\nid: b\nname: B\nsubjects: pupil\ndata: name\npurposes: support\n"
    (tmp_path / "register.yaml").write_text(text, "utf-8")
    check(tmp_path, DAY)
    assert ratio(lambda: check(tmp_path, DAY), lambda: Lexicon(shipped(TERMS)), 7) < 1


ACTIVITY = "kind: activity\nid: x\nname: X\nsubjects: resident\ndata: name\npurposes: {0}\n"


def unknown_words(number: int) -> str:
    """Each on one line, of which the last was once looked for from its beginning."""
    return ACTIVITY.format(f"[{', '.join(f'word-{n}' for n in range(number))}]")


def unknown_keys(number: int) -> str:
    return ACTIVITY.format("billing") + "".join(f"key-{n}: 1\n" for n in range(number))


@pytest.mark.parametrize("hostile", [unknown_words, unknown_keys])
def test_what_nobody_knows_costs_as_much_as_there_is_of_it(
    hostile: Callable[[int], str], tmp_path: Path
) -> None:
    for name, number in (("once", 2_000), ("twice", 4_000)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "register.yaml").write_text(hostile(number), "utf-8")
    assert grows(lambda: check(tmp_path / "twice", DAY), lambda: check(tmp_path / "once", DAY))


def test_a_fault_in_settings_is_found_in_a_time_that_grows_as_they_do(tmp_path: Path) -> None:
    def fault(number: int) -> Callable[[], object]:
        path = tmp_path / f"{number}" / "ropa.toml"
        path.parent.mkdir()
        lines = '"recipient",\n' * number
        path.write_text(f'select = [\n{lines}]\nhome = "nowhere"\n', "utf-8")

        def read() -> None:
            with pytest.raises(BadSettings, match=f":{number + 3}: home is the code"):
                configuration.read(path)

        return read

    assert grows(fault(10_000), fault(5_000))


@pytest.mark.parametrize("named", ["/dev/zero", "/dev/stdin", "pipe", "large"])
def test_no_more_than_a_bound_is_read_of_a_file_that_settings_name(
    named: str, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").touch()
    os.truncate(tmp_path / "large", 1 << 40)
    write("statements", 1, tmp_path / "register")
    with pytest.raises(BadBaseline, match=r"ordinary file|larger than|no such"):
        check(tmp_path / "register", DAY, baseline=tmp_path / named)


def paragraphs(number: int) -> list[str]:
    """So many paragraphs, no two of which are the same or differ in their figures alone."""
    cases = ("".join(chr(ord("a") + int(digit)) for digit in f"{n:04}") for n in range(number))
    return [
        f"We keep the record of case {case} for six years, and send it to team {case}."
        for case in cases
    ]


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": lambda texts: "\n\n".join(texts).encode(),
    "html": lambda texts: "".join(f"<p>{text}</p>" for text in texts).encode(),
    "docx": lambda texts: packed("".join(paragraph(run(text)) for text in texts)),
    "pdf": lambda texts: made(*(lines(*texts[n : n + 40]) for n in range(0, len(texts), 40))),
}


@pytest.mark.parametrize("ending", FORMATS)
def test_a_notice_is_inspected_in_a_time_that_grows_as_it_does(ending: str) -> None:
    once, twice = (FORMATS[ending](paragraphs(number)) for number in (200, 400))

    def inspected(content: bytes) -> object:
        name = f"notice.{ending}"
        if is_binary(name):
            return detect(notice_of_bytes(name, content))
        return detect(notice_of_text(SourceFile(name, content.decode())))

    assert grows(lambda: inspected(twice), lambda: inspected(once))


def test_sentences_are_read_in_a_time_that_grows_as_they_do() -> None:
    names = Names(shipped_terms().terms)

    def said(number: int) -> object:
        forget()
        text = notice_of_text(SourceFile("notice.txt", "\n\n".join(paragraphs(number))))
        return list(Readings(text, names))

    assert grows(lambda: said(600), lambda: said(300))
