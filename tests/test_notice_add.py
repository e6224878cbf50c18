"""A published notice, put into the register; and whether its page still says what is on file."""

import io
from hashlib import sha256
from pathlib import Path

import docx
import pytest

from command import Ended, Project
from loopback import moved, page, serving
from ropa.seen.published import read_notice_file
from test_formats import pdf

REGISTER = """
kind: organisation
id: northwold
name: Northwold School
---
kind: activity
id: teaching
name: Teaching
subjects: [pupil, parent]
data: name
purposes: education-provision
---
kind: term
facet: subject
id: sixth-former
label: Sixth-formers
broader: pupil
"""
WORDS = (
    "We are Northwold School.",
    "We use your name to teach you.",
    "We keep your name for six years.",
    "We pass your name to the Department for Education.",
    "You may complain to the Information Commissioner.",
    "We tell you when any of this changes.",
)
PAGE = f"""<!doctype html>
<html><head><title>Privacy | Northwold</title></head><body>
<nav><a href="/">Home</a> <a href="/jobs">Jobs</a></nav>
<div class="cookie-banner">We use cookies to follow you.</div>
<main><h1>Pupils’ privacy notice</h1><p>{" ".join(WORDS)}</p></main>
<footer>© Northwold</footer>
</body></html>
"""


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    made = Project(tmp_path, monkeypatch, capsys)
    made.register(REGISTER)
    made.write("page.html", PAGE)
    return made


def added(project: Project, *arguments: str) -> Ended:
    ended = project.ropa("notice", "add", *arguments)
    assert ended.code == 0, ended.err
    return ended


def seen_of(project: Project, name: str) -> str:
    return read_notice_file(project.folder / "registry" / "notices" / name).written


# -- from a file -----------------------------------------------------------------------------------


def test_a_saved_page_stands_beside_its_document_and_its_furniture_does_not_count(
    project: Project,
) -> None:
    said = added(project, "page.html", "--audience", "pupil")
    assert project.read("registry/notices/pupils-privacy-notice.html") == PAGE
    assert project.read("registry/notices/pupils-privacy-notice.yaml").startswith(
        "kind: notice\nid: pupils-privacy-notice\nname: Pupils’ privacy notice\naudience: pupil\n"
        "text: pupils-privacy-notice.html\ntext_hash:"
    )
    assert "is for pupils: 7 sentences, not tied to the register yet" in said.err
    assert "left out" in said.err
    assert "furniture" in said.err
    seen = seen_of(project, "pupils-privacy-notice.html")
    assert "six years" in seen
    assert "cookies" not in seen


def word_file() -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    made.add_heading("Privacy notice for pupils", 1)
    for words in WORDS:
        made.add_paragraph(words)
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notice.md", "# Privacy notice for pupils\n\n" + "\n\n".join(WORDS)),
        ("notice.txt", "Privacy notice for pupils\n=====\n\n" + "\n".join(WORDS)),
        ("notice.htm", PAGE),
        ("notice.docx", word_file()),
        ("notice.pdf", pdf(["Privacy notice for pupils", *WORDS])),
    ],
)
def test_every_format_can_be_added_and_the_register_then_waits_for_its_sentences(
    project: Project, name: str, content: str | bytes
) -> None:
    raw = content if isinstance(content, bytes) else content.encode()
    (project.folder / name).write_bytes(raw)
    added(project, name, "--audience", "pupil", "--id", "pupils")
    kept = f"registry/notices/pupils{Path(name).suffix.replace('.htm', '.html')}"
    assert (project.folder / kept).read_bytes() == raw
    checked = project.ropa("check")
    assert checked.code == 2
    assert "has no statements yet" in checked.out
    assert "text-missing" not in checked.out
    assert "text-changed" not in checked.out


def test_everything_that_is_known_of_a_notice_can_be_said(project: Project) -> None:
    added(
        project, "page.html", "--audience", "Pupils, sixth-former", "-a", "Parents", "--id", "all",
        "--name", "What we do: with your data", "--url", "https://northwold.example/privacy",
        "--version", "2", "--in-force-from", "2027-01-01", "--main", "main", "--language", "en-GB",
    )  # fmt: skip
    text = project.read("registry/notices/all.yaml")
    assert "audience: [pupil, sixth-former, parent]" in text
    assert 'name: "What we do: with your data"' in text or "name: What we do" in text
    assert "url: https://northwold.example/privacy" in text
    assert "in_force: {from: 2027-01-01}" in text
    assert "main: main" in text
    assert "fetched" not in text


def test_where_a_browser_saved_a_page_from_is_known(project: Project) -> None:
    saved = "<!-- saved from url=(0033)https://northwold.example/privacy -->"
    project.write("page.html", PAGE.replace("<html>", f"{saved}\n<html>"))
    added(project, "page.html", "--audience", "pupil", "--id", "pupils")
    assert "url: https://northwold.example/privacy" in project.read("registry/notices/pupils.yaml")


def test_a_page_in_an_older_encoding_is_kept_as_everything_reads_it(project: Project) -> None:
    text = PAGE.replace("<head>", '<head><meta charset="windows-1252">').replace(
        "Department", "Département"
    )
    (project.folder / "old.html").write_bytes(text.encode("cp1252"))
    added(project, "old.html", "--audience", "pupil", "--id", "old")
    assert "Département" in seen_of(project, "old.html")
    assert (project.folder / "registry/notices/old.html").read_text("utf-8-sig") == text


def test_notices_lie_where_the_others_lie(project: Project) -> None:
    project.write("registry/told/old.yaml", "kind: notice\nid: old\naudience: parent\n")
    added(project, "page.html", "--audience", "pupil", "--id", "pupils")
    assert (project.folder / "registry/told/pupils.html").is_file()


def test_a_text_that_lies_there_already_gets_its_document(project: Project) -> None:
    project.write("registry/notices/pupils.html", PAGE)
    said = added(project, "registry/notices/pupils.html", "-a", "pupil", "--id", "pupils")
    assert "wrote registry/notices/pupils.html" not in said.err
    assert "text: pupils.html" in project.read("registry/notices/pupils.yaml")


# -- what is never guessed, and never replaced -----------------------------------------------------


def test_an_audience_is_never_guessed_and_the_register_s_groups_are_named(project: Project) -> None:
    said = project.ropa("notice", "add", "page.html")
    assert said.code == 2
    assert "--audience" in said.err
    for group in ("pupil (Pupils)", "parent (", "sixth-former (Sixth-formers)"):
        assert group in " ".join(said.err.split())
    assert not (project.folder / "registry/notices").exists()


def test_a_group_that_nobody_knows_is_named_with_those_that_are_known(project: Project) -> None:
    said = project.ropa("notice", "add", "page.html", "--audience", "pupul")
    assert said.code == 2
    assert "“pupul” is no group of people (did you mean pupil" in said.err


def test_nothing_that_is_there_is_written_over(project: Project) -> None:
    added(project, "page.html", "--audience", "pupil", "--id", "pupils")
    before = {p: p.read_bytes() for p in (project.folder / "registry").rglob("*.*")}
    twice = project.ropa("notice", "add", "page.html", "--audience", "parent", "--id", "pupils")
    assert twice.code == 2
    assert "there is a notice pupils in notices/pupils.yaml already" in twice.err
    (project.folder / "registry/notices/other.html").write_text("mine")
    lying = project.ropa("notice", "add", "page.html", "--audience", "parent", "--id", "other")
    assert lying.code == 2
    assert "other.html is there already" in lying.err
    assert not (project.folder / "registry/notices/other.yaml").exists()
    assert {p: p.read_bytes() for p in before} == before


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notice.doc", b"words", "save it as one of these"),
        ("notice.docx", b"words", "it is broken, or no .docx file"),
        ("notice.html", b"%PDF-1.4 words", "is a .pdf file; give it that ending"),
        ("notice.md", b"PK\x03\x04words", "is a .docx file; give it that ending"),
        ("notice.html", b"<html><body hidden><p>All of it.</p></body></html>", "no text can be seen"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_added(
    project: Project, name: str, content: bytes, said: str
) -> None:
    (project.folder / name).write_bytes(content)
    ended = project.ropa("notice", "add", name, "--audience", "pupil", "--id", "pupils")
    assert ended.code == 2
    assert said in ended.err
    assert not (project.folder / "registry/notices").exists()


def test_a_file_or_a_register_that_is_not_there_is_said(project: Project) -> None:
    assert "no such file" in project.ropa("notice", "add", "x.md", "--audience", "pupil").err
    (project.folder / "folder.md").mkdir()
    assert project.ropa("notice", "add", "folder.md", "--audience", "pupil").code == 2
    said = project.ropa("notice", "add", "page.html", "nowhere", "--audience", "pupil")
    assert "`ropa init` makes a register" in said.err


def test_a_page_of_which_a_script_makes_the_words_is_doubted(project: Project) -> None:
    project.write("app.html", "<html><body><p>Please turn on JavaScript.</p></body></html>")
    assert "save it as PDF" in added(project, "app.html", "--audience", "pupil").err


# -- from the web ----------------------------------------------------------------------------------

HERE = ("--allow-private", "--within", "20")


def test_a_page_of_the_web_comes_with_its_address_its_day_and_its_hash(project: Project) -> None:
    with serving({"/privacy": page(PAGE), "/old": moved("/privacy", 301)}) as server:
        said = added(project, f"{server.address}/old", "-a", "pupil", "--id", "pupils", *HERE)
        text = project.read("registry/notices/pupils.yaml")
        assert f"url: {server.address}/old" in text
        assert f"  url: {server.address}/privacy\n" in text
        assert f"its address leads to {server.address}/privacy" in said.err
        asked = len(server.paths)
        project.ropa("check")
        assert len(server.paths) == asked  # a check opens no connection
    assert "2026-11-23" in text
    assert f"sha256: {sha256(PAGE.encode()).hexdigest()}" in text
    assert project.read("registry/notices/pupils.html") == PAGE


@pytest.mark.parametrize(
    ("path", "type_", "suffix"),
    [
        ("/n", "application/pdf", ".pdf"),
        ("/n.pdf", "application/octet-stream", ".pdf"),
        ("/n", "application/octet-stream", ".pdf"),
        ("/n", None, ".pdf"),
    ],
)
def test_what_a_server_calls_a_file_says_what_it_is_else_its_name_or_its_beginning(
    project: Project, path: str, type_: str | None, suffix: str
) -> None:
    with serving({path: page(pdf(list(WORDS)), type_)}) as server:
        added(project, f"{server.address}{path}", "-a", "pupil", "--id", "n", *HERE)
    assert (project.folder / f"registry/notices/n{suffix}").is_file()


def test_markdown_that_is_sent_as_text_is_markdown(project: Project) -> None:
    with serving({"/n.md": page("# Notice\n\n" + " ".join(WORDS), "text/plain")}) as server:
        added(project, f"{server.address}/n.md", "-a", "pupil", *HERE)
    assert (project.folder / "registry/notices/notice.md").is_file()


def test_the_encoding_that_a_server_names_counts(project: Project) -> None:
    old = page(PAGE.encode("cp1252"), "text/html; charset=iso-8859-1")
    with serving({"/": old}) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "n", *HERE)
    assert "name: Pupils’ privacy notice" in project.read("registry/notices/n.yaml")


@pytest.mark.parametrize("type_", ["image/png", "application/json", "application/javascript", "text/css"])  # fmt: skip
def test_what_is_no_text_is_not_added(project: Project, type_: str) -> None:
    with serving({"/": page("words", type_)}) as server:
        said = project.ropa("notice", "add", f"{server.address}/", "-a", "pupil", *HERE)
    assert said.code == 2
    assert f"is {type_}; a page, a PDF, a Word file or text is read" in said.err
    assert not (project.folder / "registry/notices").exists()


def test_this_machine_is_asked_only_where_that_is_allowed(project: Project) -> None:
    with serving({"/": page(PAGE)}) as server:
        said = project.ropa("notice", "add", f"{server.address}/", "-a", "pupil")
    assert said.code == 2
    assert "127.0.0.1 is no public address; say --allow-private" in said.err
    assert server.paths == []


def test_nothing_is_fetched_for_a_notice_that_could_not_be_added(project: Project) -> None:
    with serving({"/": page(PAGE)}) as server:
        project.ropa("notice", "add", f"{server.address}/", *HERE)
        project.ropa("notice", "add", f"{server.address}/", "-a", "pupul", *HERE)
        project.ropa("notice", "add", f"{server.address}/", "nowhere", "-a", "pupil", *HERE)
    assert server.paths == []


# -- drift -----------------------------------------------------------------------------------------

STATEMENTS = """statements:
  - quote: We keep your name for six years
    keeps: {data: name, period: P6Y}
  - quote: We use your name to teach you
    uses: {data: name, purposes: education-provision}
"""


def test_a_page_that_says_the_same_in_other_bytes_has_not_drifted(project: Project) -> None:
    answers = {"/": page(PAGE)}
    with serving(answers) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
        answers["/"] = page(PAGE.replace("<p>", "<p class='new'>\n").replace("Jobs", "Careers"))
        said = project.ropa("notice", "drift", "pupils", *HERE)
    assert said.code == 0
    assert f"pupils: {server.address}/ says what is on file (7 sentences" in said.out


def test_a_page_that_says_something_else_has_drifted_and_what_changed_is_shown(
    project: Project,
) -> None:
    answers = {"/": page(PAGE)}
    with serving(answers) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
        document = project.folder / "registry/notices/pupils.yaml"
        document.write_text(document.read_text("utf-8").rstrip() + f"\n{STATEMENTS}", "utf-8")
        answers["/"] = page(PAGE.replace("six years", "ten years").replace(WORDS[4], ""))
        said = project.ropa("notice", "drift", *HERE)
    assert said.code == 1
    assert (
        "  - We keep your name for six years.\n  + We keep your name for ten years.\n" in said.out
    )
    assert "  - You may complain to the Information Commissioner.\n" in said.out
    assert "pupils#1 quotes words that are no longer there" in said.out
    assert "pupils#2" not in said.out
    assert f"ropa notice add {server.address}/ --audience pupil --id pupils-2" in said.out


def test_sentences_in_another_order_are_not_what_is_on_file(project: Project) -> None:
    answers = {"/": page(PAGE)}
    with serving(answers) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
        turned = PAGE.replace(f"{WORDS[1]} {WORDS[2]}", f"{WORDS[2]} {WORDS[1]}")
        answers["/"] = page(turned)
        said = project.ropa("notice", "drift", *HERE)
    assert said.code == 1
    assert "1 sentence now elsewhere on the page" in said.out


def test_a_page_that_is_gone_could_not_be_looked_at(project: Project) -> None:
    answers = {"/": page(PAGE), "/b": page(PAGE)}
    with serving(answers) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
        added(project, f"{server.address}/b", "-a", "parent", "--id", "parents", *HERE)
        del answers["/"]
        answers["/b"] = page(PAGE.replace("six", "ten"))
        said = project.ropa("notice", "drift", *HERE)
        one = project.ropa("notice", "drift", "parents", *HERE)
    assert said.code == 2
    assert "pupils: could not look: " in said.out
    assert "its server answers 404" in said.out
    assert "parents: " in said.out
    assert one.code == 1


def test_a_private_address_in_a_register_is_not_asked(project: Project) -> None:
    with serving({"/": page(PAGE)}) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
        said = project.ropa("notice", "drift")
    assert said.code == 2
    assert "is no public address" in said.out
    assert server.paths == ["/"]


def test_where_nothing_could_be_looked_at_nobody_is_told_that_all_is_well(project: Project) -> None:
    none = project.ropa("notice", "drift")
    assert none.code == 2
    assert "nobody could look" in none.err
    added(project, "page.html", "-a", "pupil", "--id", "pupils")
    named = project.ropa("notice", "drift", "pupils")
    assert named.code == 2
    assert "it has no `url`" in named.out
    assert project.ropa("notice", "drift", "pupul").code == 2
    (project.folder / "registry/notices/pupils.html").unlink()
    gone = project.ropa("notice", "drift", "pupils")
    assert gone.code == 2
    assert "it cannot be compared" in gone.out


def test_a_single_word_may_be_the_folder_of_a_register_or_a_notice(project: Project) -> None:
    added(project, "page.html", "-a", "pupil", "--id", "pupils")
    (project.folder / "registry").rename(project.folder / "elsewhere")
    assert "no notice in force has an address" in project.ropa("notice", "drift", "elsewhere").err
    (project.folder / "elsewhere").rename(project.folder / "registry")
    (project.folder / "pupils").mkdir()
    assert "pupils: could not look" in project.ropa("notice", "drift", "pupils").out


def test_what_was_fetched_stays_where_the_workbook_takes_the_notice_back(project: Project) -> None:
    with serving({"/": page(PAGE)}) as server:
        added(project, f"{server.address}/", "-a", "pupil", "--id", "pupils", *HERE)
    project.ropa("record", "--format", "xlsx", "-o", "record.xlsx")
    before = project.read("registry/notices/pupils.yaml")
    ended = project.ropa("import", "record.xlsx")
    assert "the register says all of it already" in ended.out, ended.err
    assert project.read("registry/notices/pupils.yaml") == before
