"""PDF: words that are divided, numbers of footnotes, and what can be known of whether words are seen."""

import pytest

from conftest import effort
from ropa.seen.formats import notice_of_bytes
from ropa.seen.text import NoText, NoticeText


def made(*streams: str, shared: int = 1) -> bytes:
    """A PDF of content streams; each is drawn on so many pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for stream in streams:
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        contents = len(objects)
        for _ in range(shared):
            kids.append(f"{len(objects) + 1} 0 R")
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {contents} 0 R"
                " /Resources << /Font << /F1 3 0 R >> >> >>"
            )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF"
    return written + (head + tail).encode()


def lines(*words: str) -> str:
    shown = " 0 -14 Td ".join(f"({word}) Tj" for word in words)
    return f"BT /F1 11 Tf 50 780 Td {shown} ET"


def read(*streams: str) -> NoticeText:
    return notice_of_bytes("notice.pdf", made(*streams))


def test_a_word_that_is_divided_at_the_end_of_a_line_is_one_word() -> None:
    text = read(lines("We send your email ad-", "dress to Sample Mailer Ltd."))
    assert text.folded == "We send your email address to Sample Mailer Ltd."
    assert text.find("your email address to")


def test_a_hyphen_at_the_end_of_a_line_may_be_the_words_own() -> None:
    text = read(
        lines("We only keep non-", "personal data about visits, and never self-", "made notes.")
    )
    assert text.find("We only keep non-personal data about visits")
    assert text.find("never self-made notes")
    assert text.find("keep nonpersonal data")
    assert not text.find("We only keep non-person")


def test_a_dash_before_a_capital_divides_no_word() -> None:
    assert read(lines("We tell the Anglo-", "Welsh board.")).find("the Anglo- Welsh board")


def test_the_number_of_a_footnote_is_no_part_of_a_word() -> None:
    mark = "/F1 6 Tf 4 Ts (1) Tj 0 Ts /F1 11 Tf"
    text = read(f"BT /F1 11 Tf 50 780 Td (We tell the council) Tj {mark} ( your name.) Tj ET")
    assert text.folded == "We tell the council your name."


def test_a_number_in_letters_of_the_same_size_stays() -> None:
    assert read(lines("We keep it for", "6 years.")).folded == "We keep it for 6 years."


@pytest.mark.parametrize("place", ["50 900", "-400 700", "50 -40", "700 700"])
def test_what_stands_off_its_page_is_left_out_and_said(place: str) -> None:
    text = read(f"{lines('We keep your name.')} BT /F1 11 Tf {place} Td (We sell it.) Tj ET")
    assert text.folded == "We keep your name."
    assert [part.kind for part in text.left_out] == ["off the page"]


@pytest.mark.parametrize(
    ("drawn", "why"),
    [
        ("BT 3 Tr /F1 11 Tf 50 600 Td (We sell your name.) Tj ET", "not drawn"),
        ("BT 1 1 1 rg /F1 11 Tf 50 600 Td (We sell your name.) Tj ET", "in the colour of what is behind it"),
        ("BT 1 g /F1 11 Tf 50 600 Td (We sell your name.) Tj ET", "in the colour of what is behind it"),
        ("BT 0 0 0 0 k /F1 11 Tf 50 600 Td (We sell your name.) Tj ET", "in the colour of what is behind it"),
        ("BT /F1 0.01 Tf 50 600 Td (We sell your name.) Tj ET", "too small to read"),
        (".01 0 0 .01 50 600 cm BT /F1 11 Tf (We sell your name.) Tj ET", "too small to read"),
        ("BT /F1 11 Tf 50 600 Td (We sell your name.) Tj ET 1 g 40 590 300 30 re f", "covered by a box"),
    ],
)  # fmt: skip
def test_words_that_people_may_not_see_are_doubted(drawn: str, why: str) -> None:
    text = read(f"{lines('We keep your name.')} q {drawn} Q")
    (doubt,) = text.doubts
    assert (text.folded[doubt.start : doubt.end], doubt.why) == ("We sell your name.", why)


@pytest.mark.parametrize(
    "drawn",
    [
        "0 0 1 rg 40 590 300 30 re f BT 1 g /F1 11 Tf 50 600 Td (What we keep.) Tj ET",
        "BT /F1 8 Tf 50 600 Td (What we keep.) Tj ET",
        "BT /F1 11 Tf 50 600 Td (What we keep.) Tj ET 1 g 400 590 30 30 re f",
        "q BT 1 g ET Q BT /F1 11 Tf 50 600 Td (What we keep.) Tj ET",
    ],
)
def test_words_that_people_see_are_not_doubted(drawn: str) -> None:
    text = read(f"{lines('We keep your name.')} {drawn}")
    assert "What we keep." in text.folded
    assert text.doubts == ()


def test_pages_that_share_a_stream_are_read_once() -> None:
    letters = "abcdefghi"
    named = (f"We keep {a}{b}{c} for six years." for a in letters for b in letters for c in "ab")
    words = lines(*named)
    words = words.replace("0 -14 Td", "0 -4 Td").replace("F1 11", "F1 3")
    found: list[NoticeText] = []
    page = made(words, shared=400)
    assert effort(lambda: found.append(notice_of_bytes("notice.pdf", page))) < 400
    assert "We keep eeb for" in found[0].folded


def test_pages_that_hold_too_much_in_all_are_refused() -> None:
    streams = [f"{'% nothing at all ' * 60_000}{n}\n{lines('We keep it.')}" for n in range(10)]
    with pytest.raises(NoText, match="what is drawn on its pages is longer than 8 MiB"):
        read(*streams)
