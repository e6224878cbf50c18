"""What a pull request can do to the check of itself: nothing where a revision is trusted, elsewhere nothing unseen."""

import html
import json
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Ended, Project
from conftest import ROOT
from ropa.accepting.trust import GUARDED, Trust, _HeldAgainst
from ropa.documents.document import Document, SourceFile
from ropa.documents.source import parse
from runner import BIN, act, commit, git

SOUND = ROOT / "tests" / "hostile" / "sound"
BROKER = """kind: party
id: broker
name: Data Broker Ltd
type: controller
agreement: C-9
"""
FORMATS = ("text", "markdown", "github", "sarif", "junit", "gitlab", "json", "html")
ACTIVITY, NOTICE = "registry/loans.yaml", "registry/notice.yaml"
QUOTE = "We keep your name to lend you books"
FAR = " " * 400


def settings(text: str, where: str = "ropa.toml") -> Callable[[Project], None]:
    return lambda project: project.write(where, f"{text}\n")


def document(text: str, path: str = "registry/w.yaml") -> Callable[[Project], None]:
    return lambda project: project.write(path, text)


def altered(path: str, old: str, new: str) -> Callable[[Project], None]:
    def alter(project: Project) -> None:
        assert old in project.read(path)
        project.write(path, project.read(path).replace(old, new))

    return alter


def both(*ways: Callable[[Project], object]) -> Callable[[Project], None]:
    def all_of_them(project: Project) -> None:
        for way in ways:
            way(project)

    return all_of_them


def renamed(name: str) -> Callable[[Project], None]:
    def rename(project: Project) -> None:
        (project.folder / ACTIVITY).rename(project.folder / "registry" / name)

    return rename


def easy(project: Project) -> None:
    """Another register, in which everything is told."""
    shutil.copytree(SOUND, project.folder / "easy")
    project.write("ropa.toml", 'registry = "easy"\n')


def baseline(project: Project) -> None:
    project.ropa("baseline", "-o", "known.json")
    project.write("ropa.toml", 'baseline = "known.json"\n')


WAIVER = """kind: waiver
id: later
finding: "{}"
reason: we tell them later
owner: A. Nobody
until: 2027-06-01
"""
INLINE = "{}# ropa: accept recipient-omitted until 2027-06-01 (owner: A. Nobody) because we tell them later"
STATEMENT = f"""
  - quote: {QUOTE}
    discloses: {{to: broker}}"""
READ_AS = f"""{STATEMENT}
    read_as: {{to: your name, because: they are told so, by: A. Nobody, on: 2026-11-20}}"""
EXEMPTION = """
exemption: {provision: DPA 2018 Schedule 2 paragraph 2, reason: it would prejudice what we do, safeguards: none}"""

WAYS: dict[str, tuple[Callable[[Project], None], str]] = {
    "a rule ignored": (settings('ignore = ["recipient"]'), "switched off: recipient-added"),
    "rules ignored by a pattern": (settings('ignore = ["*-omitted"]'), "recipient-omitted"),
    "one rule selected": (settings('select = ["dpo-not-named"]'), "rules switched off"),
    "all selected, one ignored": (
        settings('select = ["*"]\nignore = ["recipient-omitted"]'),
        "1 rule switched off: recipient-omitted",
    ),
    "another severity": (
        settings('[severity]\nrecipient-omitted = "note"'),
        "recipient-omitted (note)",
    ),
    "one severity for all": (settings('[severity]\n"*" = "note"'), "severity changed: "),
    "no finding fails": (settings('fail_on = "never"'), "no finding fails this check"),
    "a file that hides another": (
        settings('fail_on = "never"', "registry/ropa.toml"),
        "registry/ropa.toml hides ropa.toml",
    ),
    "a pyproject that hides another": (
        settings('[tool.ropa]\nfail_on = "never"', "registry/pyproject.toml"),
        "registry/pyproject.toml hides ropa.toml",
    ),
    "another register": (easy, "register is easy"),
    "a waiver": (document(WAIVER.format("recipient-omitted@*@*")), "waive"),
    "a waiver by a pattern": (document(WAIVER.format("rec*@*")), "waive"),
    "a comment": (altered(ACTIVITY, "broker", f"broker {INLINE.format('')}"), "waive"),
    "a comment far to the right": (
        altered(ACTIVITY, "broker", f"broker {INLINE.format(FAR)}"),
        "waive",
    ),
    "a baseline": (baseline, "baseline"),
    "a false statement": (altered(NOTICE, "\nstatements:", f"\nstatements:{STATEMENT}"), "words"),
    "a false statement read so": (
        altered(NOTICE, "\nstatements:", f"\nstatements:{READ_AS}"),
        "person",
    ),
    "an exemption": (altered(ACTIVITY, "\nname:", f"{EXEMPTION}\nname:"), "exempt"),
    "a language": (altered(NOTICE, "\ntext:", "\nlanguage: cy\ntext:"), "not read"),
    "a hidden sentence": (
        both(
            lambda p: p.write(
                "registry/sound.md",
                p.read("registry/sound.md")
                + "\n<p hidden>We sell your name to Data Broker Ltd</p>\n",
            ),
            altered(
                NOTICE,
                "\nstatements:",
                "\nstatements:\n  - quote: We sell your name to Data Broker Ltd\n    discloses: {to: broker}",
            ),
        ),
        "Data Broker",
    ),
    "a second document of the id": (
        both(
            lambda p: shutil.copy(SOUND / "0-sound.yaml", p.folder / "first.yaml"),
            lambda p: p.write("registry/-a.yaml", _activity(p.read("first.yaml"))),
            settings('ignore = ["d*", "recipient"]'),
        ),
        "written twice",
    ),
    **{
        f"the activity as {name}": (renamed(name), "is not looked at")
        for name in (
            ".act.yaml",
            "act.yaml~",
            "act.json",
            "act.yaml.txt",
            "act.yaml ",
            ".a/act.yaml"[3:],
        )
        if name != "act.yaml"
    },
}


def _activity(sound: str) -> str:
    return next(d for d in sound.split("---\n") if d.startswith("kind: activity"))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pull request that gives data to a broker whom nobody is told of, onto a base in which everything is told."""
    folder = tmp_path_factory.mktemp("asked")
    registry = folder / "registry"
    shutil.copytree(SOUND, registry)
    sound = (registry / "0-sound.yaml").read_text("utf-8")
    activity, notice = _activity(sound), sound[sound.index("kind: notice") :]
    rest = sound.replace(f"{activity}---\n", "").replace(f"---\n{notice}", "")
    texts = {"loans": activity, "notice": notice, "0-sound": rest, "broker": BROKER}
    for name, text in texts.items():
        (registry / f"{name}.yaml").write_text(text, "utf-8")
    (folder / "ropa.toml").write_text('fail_on = "error"\n', "utf-8")
    commit(folder)
    given = "disclosures:\n  - purposes: book-lending\n    to: broker\n"
    (registry / "loans.yaml").write_text(f"{activity}{given}", "utf-8")
    return folder


@pytest.fixture
def project(
    asked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """The pull request in a working tree of its own."""
    made = Project(tmp_path, monkeypatch, capsys)
    shutil.rmtree(tmp_path / "registry")
    shutil.copytree(asked, tmp_path, dirs_exist_ok=True)
    return made


def test_the_base_is_sound_and_the_change_is_not(project: Project) -> None:
    ended = project.ropa("check")
    assert (ended.code, "recipient-omitted" in ended.out) == (1, True)
    git(project.folder, "checkout", "--quiet", ".")
    assert project.ropa("check").code == 0


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_past_a_trusted_revision(project: Project, way: str) -> None:
    WAYS[way][0](project)
    ended = project.ropa("check", "--trust=HEAD")
    assert ended.code in (1, 2)
    assert "recipient-omitted" in ended.out or ended.code == 2
    assert "counts as it stands at HEAD" in ended.out or "fault" in ended.err


@pytest.mark.parametrize("way", WAYS)
def test_every_format_has_the_trace_of_each_way(project: Project, way: str) -> None:
    WAYS[way][0](project)
    written = [f"--write={name}={name}.out" for name in FORMATS]
    ended = project.ropa("check", *written)
    said = {name: plain(name, project.read(f"{name}.out")) for name in FORMATS}
    untold = {name for name, text in said.items() if "recipient-omitted" in text}
    silent = {name for name, text in said.items() if WAYS[way][1] not in text} - untold
    assert (ended.code != 0 and len(untold) == len(FORMATS)) or silent == set()


def plain(name: str, text: str) -> str:
    """What a format says, as people read it."""
    if name in ("sarif", "gitlab", "json"):
        return json.dumps(json.loads(text), ensure_ascii=False)
    return html.unescape(text).replace("\\", "").replace("\u2060", "")


def test_the_action_trusts_what_the_pull_request_goes_onto(project: Project) -> None:
    installed = project.folder.parent / "ropa"
    shutil.rmtree(installed, ignore_errors=True)  # another test may have linked the real one here
    (installed / "bin").mkdir(parents=True)
    command = installed / "bin" / "ropa"
    command.write_text('#!/bin/bash\nprintf "%s\\n" "$@" > "$RUNNER_TEMP/asked"\n', "utf-8")
    command.chmod(command.stat().st_mode | stat.S_IEXEC)
    base = git(project.folder, "rev-parse", "HEAD")
    assert f"--trust\n{base}\n" in _asked(project, base)
    assert "--trust" not in _asked(project, base, trust="none")
    assert "--trust" not in _asked(project, "")
    assert "--trust\nrelease\n" in _asked(project, base, trust="release")
    assert "--config\nx.toml\n" in _asked(project, base, config="x.toml")
    assert "--no-config\n" in _asked(project, base, **{"no-config": "true"})


def _asked(project: Project, base: str, **given: str) -> str:
    act(project.folder, base, **given)
    return (project.folder.parent / "asked").read_text("utf-8")


def test_the_step_of_the_action_fails_what_the_pull_request_lets_pass(project: Project) -> None:
    installed = project.folder.parent / "ropa"
    shutil.rmtree(installed, ignore_errors=True)
    installed.mkdir()
    (installed / "bin").symlink_to(BIN)
    base = git(project.folder, "rev-parse", "HEAD")
    WAYS["no finding fails"][0](project)
    commit(project.folder)
    assert act(project.folder, base).returncode == 1
    assert act(project.folder, base, trust="none").returncode == 0


@pytest.mark.parametrize("revision", ["nowhere", "-x", "HEAD~9", "HEAD:registry"])
def test_a_revision_that_is_none_is_refused(project: Project, revision: str) -> None:
    assert project.ropa("check", "--trust", revision).code == 2


def test_an_empty_revision_trusts_nobody(project: Project) -> None:
    assert "it is empty" in project.ropa("check", "--trust=").err


def test_a_revision_without_a_register_is_refused(project: Project) -> None:
    git(project.folder, "rm", "-rq", "--cached", "registry")
    git(project.folder, "commit", "-qm", "none")
    ended = project.ropa("check", "--trust=HEAD")
    assert (ended.code, "there is no register in registry at HEAD" in ended.err) == (2, True)


def test_a_shallow_clone_that_lacks_the_revision_is_refused(
    project: Project, tmp_path: Path
) -> None:
    base = git(project.folder, "rev-parse", "HEAD")
    commit(project.folder)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{project.folder}", str(clone))
    project.monkeypatch.chdir(clone)
    ended = project.ropa("check", f"--trust={base}")
    assert (ended.code, "shallow clone" in ended.err) == (2, True)


def test_what_is_not_trusted_is_named_with_its_place(project: Project) -> None:
    WAYS["a waiver"][0](project)
    WAYS["a comment"][0](project)
    said = project.ropa("check", "--trust=HEAD").out
    assert "waiver later (w.yaml:1)" in said
    assert "the waiver of recipient-omitted (loans.yaml:" in said


def test_what_the_trusted_revision_has_counts(project: Project) -> None:
    """Of a waiver that was there, its words then: a later day in the pull request is none."""
    WAYS["a waiver"][0](project)
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    altered("registry/w.yaml", "2027-06-01", "2027-09-01")(project)
    ended = project.ropa("check", "--trust=HEAD")
    assert (ended.code, "waiver later (w.yaml:1)" in ended.out) == (0, True)
    assert project.ropa("check", "--trust=HEAD", day="2027-07-01").code == 1
    (project.folder / "registry/w.yaml").unlink()
    assert project.ropa("check", "--trust=HEAD").code == 1


def test_a_comment_counts_where_it_stood(project: Project) -> None:
    WAYS["a comment"][0](project)
    commit(project.folder)
    altered(ACTIVITY, "kind: activity", "# moved down\nkind: activity")(project)
    assert project.ropa("check", "--trust=HEAD").code == 0
    altered(ACTIVITY, "to: broker", "to: [broker]")(project)
    assert project.ropa("check", "--trust=HEAD").code != 0


def test_a_baseline_is_that_of_the_revision(project: Project) -> None:
    WAYS["a baseline"][0](project)
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    project.write("known.json", "[]")
    assert project.ropa("check", "--trust=HEAD").code == 0
    ended = project.ropa("check", "--trust=HEAD", "--baseline=other.json")
    assert (ended.code, "no baseline other.json at HEAD" in ended.err) == (2, True)


def test_settings_of_the_revision_say_where_a_fault_is(project: Project) -> None:
    project.write("ropa.toml", '# first\nignore = ["recipent"]\n')
    commit(project.folder)
    ended = project.ropa("check", "--trust=HEAD")
    assert (ended.code, "HEAD:ropa.toml:2: there is no rule recipent" in ended.err) == (2, True)


def test_a_sign_off_of_the_pull_request_is_none_and_one_that_it_takes_away_stays(
    project: Project,
) -> None:
    git(project.folder, "checkout", "-q", ACTIVITY)
    project.write("ropa.toml", 'sign_off = "required"\nfail_on = "warning"\n')
    commit(project.folder)
    assert project.ropa("sign-off", "library", "--by=A. Nobody", "--on=2026-11-20").code == 0
    assert _signed(project.ropa("check", "--trust=HEAD")) is False
    commit(project.folder)
    assert _signed(project.ropa("check", "--trust=HEAD")) is True
    shutil.rmtree(project.folder / "registry" / "sign-offs")
    ended = project.ropa("check", "--trust=HEAD")
    assert _signed(ended) is True
    assert "taking away sign-off" in ended.out


def _signed(ended: Ended) -> bool:
    return "notice-not-signed-off" not in ended.out


def test_no_waiver_counts_where_none_is_wanted(project: Project) -> None:
    WAYS["a waiver"][0](project)
    assert project.ropa("check").code == 0
    ended = project.ropa("check", "--no-waivers")
    assert (ended.code, "no waiver counts" in ended.out) == (1, True)
    WAYS["a comment"][0](project)
    assert project.ropa("check", "--no-waivers").code == 1


def test_settings_outside_the_repository_are_those_that_were_named(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("ours") / "ropa.toml"
    elsewhere.write_text('fail_on = "never"\n', "utf-8")
    assert project.ropa("check", "--trust=HEAD", f"--config={elsewhere}").code == 0
    project.write("mine.toml", 'fail_on = "never"\n')
    assert project.ropa("check", "--trust=HEAD", "--config=mine.toml").code == 2
    assert project.ropa("check", "--trust=HEAD", "--no-config").code == 1


def test_a_register_that_has_become_a_link_to_another_is_refused(project: Project) -> None:
    """Which register is looked at is for the revision to say, wherever on the way to it the link is."""
    shutil.copytree(SOUND, project.folder / "easy" / "registry")
    commit(project.folder)
    (project.folder / "registry").rename(project.folder / "real")
    (project.folder / "registry").symlink_to("easy/registry")
    (project.folder / "kept").symlink_to("easy")
    for asked in ((), ("registry",), ("kept/registry",)):
        ended = project.ropa("check", *asked, "--trust=HEAD")
        assert (ended.code, "is a link to easy" in ended.err) == (2, True)
    git(project.folder, "add", "kept")
    git(project.folder, "commit", "-qm", "a link of their own")
    assert project.ropa("check", "kept/registry", "--trust=HEAD").code == 0


def test_settings_that_are_a_link_count_as_what_they_lead_to(project: Project) -> None:
    (project.folder / "ropa.toml").unlink()
    project.write("ours/ropa.toml", 'ignore = ["recipient-omitted"]\n')
    (project.folder / "ropa.toml").symlink_to("ours/ropa.toml")
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    assert project.ropa("check", "--trust=HEAD~1").code == 1


def test_a_name_of_a_branch_and_of_a_tag_is_refused(project: Project) -> None:
    git(project.folder, "branch", "release")
    WAYS["a waiver"][0](project)
    commit(project.folder)
    git(project.folder, "tag", "release")
    ended = project.ropa("check", "--trust=release")
    assert (ended.code, "names more than one thing" in ended.err) == (2, True)
    assert project.ropa("check", "--trust=refs/heads/release").code == 1


def test_files_of_a_repository_in_the_register_are_no_repository(project: Project) -> None:
    """They would say where the working tree is, what each revision holds, and what to run."""
    git(project.folder, "branch", "trusted")
    WAYS["a waiver"][0](project)
    commit(project.folder)
    git(project.folder, "clone", "-q", "--bare", ".", "bare")
    registry = project.folder / "registry"
    for name in ("HEAD", "objects", "refs"):
        (project.folder / "bare" / name).rename(registry / name)
    git(project.folder, "branch", "-q", "later")
    (registry / "refs" / "heads").mkdir(parents=True, exist_ok=True)
    (registry / "refs" / "heads" / "trusted").write_text(git(project.folder, "rev-parse", "later"))
    project.write("registry/config", "[core]\n\tbare = false\n\tworktree = .\n")
    assert project.ropa("check", "--trust=trusted").code != 0


def test_what_the_trusted_register_takes_over_counts(project: Project) -> None:
    document(WAIVER.format("recipient-omitted@*@*"), "common/w.yaml")(project)
    altered("registry/0-sound.yaml", "role:", "extends: ../common\nrole:")(project)
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    ended = project.ropa("check", "--trust=HEAD~1")
    assert (ended.code, "waiver later (../common/w.yaml:1)" in ended.out) == (1, True)


PROMISE = "We never give your name to companies"
TOLD = "We give your name to Data Broker Ltd so that it can lend you books"
READ = "We may give your name to them so that they can lend you books"


def says(sentence: str, claim: str) -> Callable[[Project], None]:
    """The notice has one more sentence, and a statement of it."""
    return both(
        altered("registry/sound.md", "You need not join", f"{sentence}. You need not join"),
        altered(NOTICE, "\nstatements:", f"\nstatements:\n  - quote: {sentence}\n    {claim}"),
    )


@pytest.mark.parametrize(
    "turned",
    [
        "quote: {}\n    never: discloses\n    to: broker\n    unless: [consent]",
        "quote: {}\n    never: discloses\n    to: borrower-s-school",
        "quote: We never give your name to\n    informs: source",
    ],
)
def test_a_promise_counts_as_it_was_whatever_is_said_of_its_words(
    project: Project, turned: str
) -> None:
    before = f"quote: {PROMISE}\n    never: discloses\n    to: broker"
    says(PROMISE, "never: discloses\n    to: broker")(project)
    given = project.read(ACTIVITY)
    git(project.folder, "checkout", "-q", ACTIVITY)
    commit(project.folder)
    project.write(ACTIVITY, given)
    says(TOLD, "discloses: {to: broker, purposes: book-lending, data: name}")(project)
    assert project.ropa("check", "--trust=HEAD").code == 1
    altered(NOTICE, before, turned.format(PROMISE))(project)
    ended = project.ropa("check", "--trust=HEAD")
    assert ended.code != 0
    assert "what is said of a promise (notice.yaml:" in ended.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We may give", "We will not give"),
        ("We may give", "Only if you were a pirate would we give"),
        ("We may give", "Our sister library used to give"),
        ("We may give", "Other libraries help us. We may give"),
    ],
)
def test_what_a_person_read_of_a_sentence_is_not_read_of_another(
    project: Project, old: str, new: str
) -> None:
    quote = READ.partition("We may ")[2]
    read_as = "read_as: {to: them is the broker, because: it is named before, by: A. Nobody, on: 2026-11-20}"
    claim = "discloses: {to: broker, purposes: book-lending, data: name}"
    says(READ, f"{claim}\n    {read_as}")(project)
    altered(NOTICE, READ, quote)(project)
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    altered("registry/sound.md", old, new)(project)
    assert project.ropa("check", "--trust=HEAD").code == 1


@pytest.mark.parametrize("way", ["a waiver of the id", "a comment", "a baseline", "read so"])
def test_what_was_accepted_of_an_id_is_not_accepted_of_somebody_else(
    project: Project, way: str
) -> None:
    ways = {
        "a waiver of the id": document(
            WAIVER.format("recipient-omitted@book-loans/disclose/broker@recipient")
        ),
        "a comment": WAYS["a comment"][0],
        "a baseline": baseline,
        "read so": says(
            READ,
            "discloses: {to: broker, purposes: book-lending, data: name}\n"
            "    read_as: {to: them is the broker, because: it is named before, by: A. Nobody, on: 2026-11-20}",
        ),
    }
    ways[way](project)
    commit(project.folder)
    assert project.ropa("check", "--trust=HEAD").code == 0
    altered("registry/broker.yaml", "Data Broker Ltd", "Tobacco Adverts plc")(project)
    assert project.ropa("check", "--trust=HEAD").code == 1


def test_a_word_that_becomes_part_of_another_is_named_in_every_format(project: Project) -> None:
    git(project.folder, "checkout", "-q", ACTIVITY)
    broader = "kind: term\nfacet: data\nid: medical-file\nlabel: Medical file\nbroader: name\n"
    project.write("registry/t.yaml", broader)
    altered(ACTIVITY, "data: name", "data: [name, medical-file]")(project)
    written = [f"--write={name}={name}.out" for name in FORMATS]
    project.ropa("check", "--trust=HEAD", *written)
    for name in FORMATS:
        assert "of term medical-file (t.yaml:5)" in plain(name, project.read(f"{name}.out"))


TERM = "kind: term\nfacet: data\nid: x\nlabel: X\n"


def guarded(key: str) -> str:
    """A notice with a key that explains away, in it and in one of its statements."""
    return f"""kind: notice
id: n
name: N
audience: borrower
{key}: yes
statements:
  - quote: We keep your name
    uses: {{data: name}}
  - quote: We keep your name to lend
    {key}: {{because: they say so}}
    uses: {{data: name, {key}: a}}
"""


@pytest.mark.parametrize("key", sorted(GUARDED))
def test_a_key_that_explains_away_is_as_it_was_wherever_it_stands(key: str) -> None:
    now, bare = guarded(key), re.sub(f",? ?{key}: (yes|\\{{.*\\}}|a)", "", guarded(key))
    bare = re.sub(r"\n *\n", "\n", bare)
    for was, is_now in ((bare, now), (now, bare)):
        (then,), (document,) = read(was), read(is_now)
        judged = _HeldAgainst({("notice", "", "n"): then})
        assert judged._unguarded(document, then).data == then.data
        assert len(judged.refused) == 3


def read(text: str) -> tuple[Document, ...]:
    return tuple(parse(SourceFile("n.yaml", text)))


def test_a_document_without_such_keys_stays_the_one_it_is() -> None:
    (document,) = read(TERM)
    kept, refused = Trust("main", read(TERM)).applied((document,))
    assert (kept, refused) == ((document,), ())


@pytest.mark.parametrize(
    "way", [way for way in WAYS if not way.startswith(("the activity", "a second"))]
)
def test_a_comparison_begins_with_what_the_change_does_to_the_check(
    project: Project, way: str
) -> None:
    WAYS[way][0](project)
    ended = project.ropa("diff", "HEAD", "registry")
    if way == "another register":
        assert (ended.code, "no folder easy in HEAD" in ended.err) == (2, True)
        return
    assert ended.out.startswith("What this does to the check itself:\n  ")
    said = json.loads(project.ropa("diff", "HEAD", "--format=json").out)["check_itself"]
    assert any(line in ended.out for line in said)
    assert "does to the check itself" in project.ropa("diff", "HEAD", "--format=markdown").out[:300]


def test_a_comparison_of_what_leaves_the_check_alone_says_nothing_of_it(project: Project) -> None:
    assert "the check itself" not in project.ropa("diff", "HEAD").out


@pytest.mark.parametrize(
    "setting", ["core.fsmonitor", "core.hooksPath", "core.pager", "alias.ls-tree"]
)
def test_nothing_that_the_repository_names_is_run(project: Project, setting: str) -> None:
    ran = project.folder / "ran"
    project.write("evil/post-index-change", f"#!/bin/sh\ntouch {ran}\n")
    script = project.folder / "evil" / "post-index-change"
    script.chmod(0o755)
    git(project.folder, "config", setting, str(script.parent if "hooks" in setting else script))
    WAYS["the activity as .act.yaml"][0](project)
    for command in (("check",), ("check", "--trust=HEAD"), ("diff", "HEAD")):
        assert project.ropa(*command).code == 2
    assert not ran.exists()
