"""Settings: where they are found, what they may say, and that the command line wins over them."""

from pathlib import Path

import pytest

from command import Project
from library import CLEAN, GAP, UNDECIDED, WARNING
from ropa.accepting.selection import Choice, Pattern, choose
from ropa.cli import BROKEN, FOUND
from ropa.cli import CLEAN as NOTHING
from ropa.findings import Severity
from ropa.plugins import all_rules, names

SUMMARY = """4 flows of 1 activity, held against 1 notice in force on 23 November 2026:
  3 told, 1 not told
"""
CATALOGUE = tuple(rule.info for rule in all_rules())
UNDECIDED_RULES = sorted(info.id for info in CATALOGUE if info.undecided)


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    return Project(tmp_path, monkeypatch, capsys)


# what a file changes, and what a report says of it


def test_the_report_says_which_file_was_read_and_which_rules_were_off(project: Project) -> None:
    project.write(
        "ropa.toml", 'ignore = ["recipient-omitted", "system"]\nseverity = {over-claim = "note"}\n'
    )
    ended = project.ropa("check")
    assert ended.out == SUMMARY + (
        f"no findings from {len(CATALOGUE) - 2} rules\n"
        "settings from ropa.toml\n"
        "2 rules switched off: recipient-omitted, system-unused\n"
        "severity changed: over-claim (note)\n"
        "of 3 clear flows, 1 told by their words, 0 as a person read them, 2 by reading\n"
    )
    assert ended.code == NOTHING


def test_json_and_the_gap_report_say_it_too(project: Project) -> None:
    project.write("ropa.toml", 'ignore = ["recipient-omitted"]\nhome = "IE"\nregime = "eu-gdpr"\n')
    as_json = project.ropa("check", "--format", "json").out
    assert '"off": ["recipient-omitted"]' in as_json
    assert '"home": "IE"' in as_json
    assert '"regimes": ["eu-gdpr"]' in as_json
    assert '"file": "ropa.toml"' in as_json
    markdown = project.ropa("check", "--format", "markdown").out
    assert "- Settings from ropa.toml.\n- 1 rule switched off: recipient-omitted.\n" in markdown


def test_commands_that_print_no_summary_say_it_on_the_other_stream(project: Project) -> None:
    project.write("ropa.toml", "max_hops = 2\n")
    for command in (("flows",), ("why", "loans/disclose/collector"), ("report",)):
        assert project.ropa(*command).err.startswith("ropa: settings from ropa.toml\n")


def test_a_severity_decides_what_fails(project: Project) -> None:
    project.register(WARNING)
    assert project.ropa("check").code == NOTHING
    project.write("ropa.toml", '[severity]\n"over-claim" = "error"\n')
    ended = project.ropa("check")
    assert ended.out.startswith("error[over-claim]: ")
    assert ended.code == FOUND


@pytest.mark.parametrize(
    ("file", "code"), [('"warning"', FOUND), ('"error"', NOTHING), ('"never"', NOTHING)]
)
def test_fail_on_is_read_from_the_file(project: Project, file: str, code: int) -> None:
    project.register(WARNING)
    project.write("ropa.toml", f"fail_on = {file}\n")
    assert project.ropa("check").code == code


def test_what_the_register_says_of_its_home_and_regime_counts_more(project: Project) -> None:
    project.write("ropa.toml", 'home = "IE"\nregime = "eu-gdpr"\n')
    said = "id: northwold\nhome: GB\nregimes: uk-gdpr\n"
    project.register(GAP.replace("id: northwold\n", said))
    as_json = project.ropa("check", "--format", "json").out
    assert '"home": "GB"' in as_json
    assert '"regimes": ["uk-gdpr"]' in as_json


def test_the_home_of_the_settings_is_the_country_data_leaves(project: Project) -> None:
    project.register(GAP.replace("agreement: C-1", "agreement: C-1\ncountry: IE"))
    assert "transfer" in project.ropa("check").out
    project.write("ropa.toml", 'home = "IE"\n')
    assert "transfer" not in project.ropa("check").out


def test_a_register_without_an_organisation_has_the_home_of_the_settings(project: Project) -> None:
    project.register(GAP.partition("---\n")[2].replace("agreement: C-1", "country: IE"))
    project.write("ropa.toml", 'home = "IE"\n')
    assert '"home": "IE"' in project.ropa("check", "--format", "json").out


# precedence


@pytest.mark.parametrize(
    ("file", "arguments", "shown"),
    [
        ('mode = "strict"', (), '"mode": "strict"'),
        ('mode = "strict"', ("--mode", "cautious"), '"mode": "cautious"'),
        ("max_hops = 3", (), '"max_hops": 3'),
        ("max_hops = 3", ("--max-hops", "0"), '"max_hops": 0'),
        ('linked = ["data", "recipient"]', (), '"linked": ["data", "recipient"]'),
        ('linked = "data"', ("--linked", "purpose"), '"linked": ["purpose"]'),
        ('ignore = ["system"]', (), '"off": ["system-unused"]'),
        ('ignore = ["system"]', ("--ignore", "party"), '"off": ["party-unused", "system-unused"]'),
        ('ignore = ["system"]', ("--select", "ALL"), '"off": []'),
        ('select = ["over"]', ("--select=ALL", "--ignore=party"), '"off": ["party-unused"]'),
        ('ignore = ["system"]', ("--no-config",), '"off": []'),
    ],
)
def test_the_command_line_wins(
    project: Project, file: str, arguments: tuple[str, ...], shown: str
) -> None:
    project.write("ropa.toml", f"{file}\n")
    assert shown in project.ropa("check", "--format", "json", *arguments).out


def test_fail_on_of_the_command_line_wins(project: Project) -> None:
    project.write("ropa.toml", 'fail_on = "never"\n')
    assert project.ropa("check").code == NOTHING
    assert project.ropa("check", "--fail-on", "error").code == FOUND


def test_the_register_of_the_file_is_taken_from_its_folder(project: Project) -> None:
    project.register(CLEAN, "data/register")
    project.write("ropa.toml", 'registry = "data/register"\n')
    assert '"root": "data/register"' in project.ropa("check", "--format", "json").out
    assert '"root": "registry"' in project.ropa("check", "registry", "--format", "json").out


# where it is found


def found(project: Project, *arguments: str) -> str:
    """The file that a check says it read, or nothing."""
    lines = project.ropa("check", *arguments).out.splitlines()
    return next(
        (line.removeprefix("settings from ") for line in lines if "ettings from" in line), ""
    )


def test_the_nearest_file_counts_from_the_register_upwards(project: Project) -> None:
    project.write("ropa.toml", "max_hops = 1\n")
    assert found(project) == "ropa.toml"
    project.write("registry/ropa.toml", "max_hops = 2\n")
    assert found(project) == "registry/ropa.toml"


def test_ropa_toml_counts_before_pyproject_and_a_pyproject_without_settings_is_none(
    project: Project,
) -> None:
    project.write("registry/pyproject.toml", '[tool.other]\nselect = ["x"]\n')
    project.write("pyproject.toml", "[tool.ropa]\nmax_hops = 2\n")
    assert found(project) == "pyproject.toml"
    project.write("ropa.toml", "max_hops = 3\n")
    assert found(project) == "ropa.toml"


def test_the_search_ends_at_the_root_of_the_repository(project: Project) -> None:
    project.write("ropa.toml", "max_hops = 1\n")
    project.register(GAP, "team/registry")
    assert found(project, "team/registry") == "ropa.toml"
    (project.folder / "team/.git").mkdir()
    assert found(project, "team/registry") == ""
    project.write("team/ropa.toml", "max_hops = 1\n")
    assert found(project, "team/registry") == "team/ropa.toml"


def test_inside_a_repository_the_search_goes_above_the_working_directory(project: Project) -> None:
    project.write("ropa.toml", "max_hops = 1\n")
    project.monkeypatch.chdir(project.folder / "registry")
    assert found(project, ".") == ""
    (project.folder / ".git").mkdir()
    assert found(project, ".") == "../ropa.toml"


def test_nobody_elses_file_counts_for_a_register_elsewhere(project: Project) -> None:
    """A register outside the working directory and outside a repository has only its own folder."""
    project.write("ropa.toml", "max_hops = 1\n")
    (project.folder / "here").mkdir()
    project.monkeypatch.chdir(project.folder / "here")
    assert found(project, "../registry") == ""
    project.write("registry/ropa.toml", "max_hops = 1\n")
    assert found(project, "../registry") == "../registry/ropa.toml"


def test_a_register_behind_a_link_has_the_settings_of_where_the_link_is(project: Project) -> None:
    project.register(GAP, "elsewhere/register")
    (project.folder / "work").mkdir()
    (project.folder / "work/registry").symlink_to(project.folder / "elsewhere/register")
    project.write("work/ropa.toml", "max_hops = 1\n")
    project.monkeypatch.chdir(project.folder / "work")
    assert found(project) == "ropa.toml"


def test_a_file_can_be_named_and_none_can_be_asked_for(project: Project) -> None:
    project.write("ropa.toml", "max_hops = 1\n")
    project.write("other/strict.toml", 'mode = "strict"\n')
    assert found(project, "--config", "other/strict.toml") == "other/strict.toml"
    assert found(project, "--no-config") == ""
    both = project.ropa("check", "--no-config", "--config", "ropa.toml")
    assert "--config and --no-config go against each other" in both.err
    assert both.code == BROKEN


def test_windows_line_ends_and_a_byte_order_mark_are_nothing_to_settings(project: Project) -> None:
    project.write("ropa.toml", '\ufeffmax_hops = 2\r\nmode = "lax"\r\n')
    assert project.ropa("check").err.startswith("ropa: ropa.toml:2: mode is “lax”")


# mistakes


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ('\nselct = ["over"]', "ropa.toml:2: `selct` is not a setting (did you mean select?); there are "),
        ('fail-on = "error"', "ropa.toml:1: `fail-on` is not a setting (did you mean fail_on?); "),
        ('select = "recipient-omited"', "ropa.toml:1: there is no rule recipient-omited (did you mean rec"),
        ('# a\nignore = [\n  "over",\n  "sytem",\n]', "ropa.toml:4: there is no rule sytem"),
        ('ignore = ["recip"]', "ropa.toml:1: there is no rule recip"),
        ('ignore = ["*-wrong"]', "ropa.toml:1: there is no rule *-wrong; "),
        ('[severity]\nover-claim = "note"\noverclaim = "note"', "ropa.toml:3: there is no rule overclaim (did"),
        ('[severity]\n\nover-claim = "noet"', "ropa.toml:3: severity of over-claim is “noet” (did you mean note?)"),
        ("severity = {over-claim = [1]}", "ropa.toml:1: severity of over-claim is “[1]” and must be one of "),
        ('severity = "note"', 'ropa.toml:1: severity is a table, such as { over-claim = "note" }'),
        ("max_hops = -1", "ropa.toml:1: max_hops is a whole number, 0 or more"),
        ("max_hops = true", "ropa.toml:1: max_hops is a whole number, 0 or more"),
        ('mode = "lax"', "ropa.toml:1: mode is “lax” and must be one of specific, cautious, strict"),
        ('linked = ["data",\n"dta"]', "ropa.toml:2: linked is “dta” (did you mean data?) and must be one of subject, "),
        ("linked = [1]", 'ropa.toml:1: linked is a list of words, such as ["…", "…"]'),
        ('fail_on = "note"', "ropa.toml:1: fail_on is “note” and must be one of error, warning, never"),
        ('regime = "gdpr"', "ropa.toml:1: regime is “gdpr” (did you mean uk-gdpr?) and must be one of uk"),
        ('home = "England"', 'ropa.toml:1: home is the code of a country, such as "GB"'),
        ('home = "XX"', "ropa.toml: home is XX, which is no country"),
        ("registry = 1", "ropa.toml:1: registry is a path, taken from the folder of this file"),
        ('registry = "gone"', "there is no folder gone"),
        ('baseline = "gone.json"', "cannot read the baseline gone.json: no such file or directory"),
        ("mode = \n", "ropa.toml:1:8: this is not TOML: "),
        ("\nlinked = [", "ropa.toml:2: this is not TOML: "),
        ('mode = "strict"\nmode = "strict"\n', "ropa.toml:2:16: this is not TOML: cannot overwrite a value"),
        ("a = " + "[" * 5000, "ropa.toml: this is not TOML: nested too deep"),
        ("max_hops = " + "9" * 10_000, "ropa.toml: a number in it has too many digits to be read"),
        ('ignore = "ALL"', "the settings switch every rule off; leave those on that matter to you"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_its_line(project: Project, file: str, said: str) -> None:
    project.write("ropa.toml", file)
    ended = project.ropa("check")
    assert ended.err.startswith(f"ropa: {said}")
    assert ended.err.count("\n") == 1
    assert ended.out == ""
    assert ended.code == BROKEN


def test_a_mistake_in_pyproject_has_its_line_there(project: Project) -> None:
    project.write(
        "pyproject.toml", '[project]\nname = "x"\nmode = "x"\n\n[tool.ropa]\nmode = "lax"\n'
    )
    assert project.ropa("check").err.startswith("ropa: pyproject.toml:6: mode is “lax”")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--config", "gone.toml"), "cannot read gone.toml: no such file or directory"),
        (("--config", "registry"), "cannot read registry: is a directory"),
        (("--config", "pyproject.toml"), "pyproject.toml has no [tool.ropa]; "),
        (("--config", "latin.toml"), "latin.toml is not UTF-8; save it as UTF-8"),
        (("--select", "recipient-omited"), "--select: there is no rule recipient-omited (did you mean "),
        (("--ignore", "over,sytem"), "--ignore: there is no rule sytem"),
        (("--ignore", "not-yaml"), "--ignore: not-yaml cannot be switched off, because "),
    ],
)  # fmt: skip
def test_a_mistake_on_the_command_line_is_one_sentence(
    project: Project, arguments: tuple[str, ...], said: str
) -> None:
    project.write("pyproject.toml", "[project]\n")
    (project.folder / "latin.toml").write_bytes(b"# \xe9\n")
    ended = project.ropa("check", *arguments)
    assert ended.err.startswith(f"ropa: {said}")
    assert ended.code == BROKEN


# what could not be checked


@pytest.mark.parametrize("rule", UNDECIDED_RULES)
@pytest.mark.parametrize("setting", ['ignore = ["{}"]', 'severity = {{"{}" = "note"}}'])
def test_a_rule_that_says_what_could_not_be_checked_stays_as_it_is(
    project: Project, rule: str, setting: str
) -> None:
    project.write("ropa.toml", setting.format(rule))
    ended = project.ropa("check")
    assert ended.err.startswith(f"ropa: ropa.toml:1: {rule} cannot be ")
    assert ended.err.endswith("nothing passes by not being looked at\n")
    assert ended.code == BROKEN


@pytest.mark.parametrize(
    "setting",
    ['ignore = ["text"]', 'ignore = ["t*"]', 'select = ["recipient"]', 'severity = {"*" = "note"}'],
)
def test_no_pattern_softens_what_could_not_be_checked(project: Project, setting: str) -> None:
    project.register(UNDECIDED)
    project.write("ropa.toml", setting)
    ended = project.ropa("check", "--fail-on", "never")
    assert "error[text-missing]" in ended.out
    assert "this run proves nothing yet" in ended.out
    assert ended.code == BROKEN


def test_the_report_says_what_stayed_on(project: Project) -> None:
    project.write("ropa.toml", 'ignore = ["text"]')
    out = project.ropa("check").out
    assert "1 rule switched off: text-changed\n" in out
    assert "not switched off, because nothing passes unchecked: text-missing\n" in out


# which rules a pattern names


RECIPIENT = {"recipient-added", "recipient-omitted", "recipient-partial", "recipient-vague"}


def choice(select: str = "", ignore: str = "") -> Choice:
    selected, ignored = (
        tuple(Pattern(word, str) for word in words.split()) for words in (select, ignore)
    )
    return Choice(selected, ignored)


@pytest.mark.parametrize(
    ("select", "ignore", "on"),
    [
        ("recipient", "", RECIPIENT),
        ("recipient recipient-vague", "recipient", {"recipient-vague"}),
        ("recipient", "*-vague", RECIPIENT),
        ("*-vague", "recipient-vague basis data onward purpose retention source transfer", set()),
        ("recipient-vague", "recipient-vague over", set()),
        ("system-unused ????y-unused", "", {"system-unused", "party-unused"}),
    ],
)
def test_of_two_patterns_the_narrower_one_counts(select: str, ignore: str, on: set[str]) -> None:
    choices = [choice("over-claim"), choice(f"{select} baseline", ignore)]
    looking = {info.id for info in choose(CATALOGUE, choices).on if not info.undecided}
    assert looking == on | {"baseline-stale"}


def test_without_a_choice_every_rule_looks() -> None:
    chosen = choose(CATALOGUE, [Choice(), Choice()])
    assert [info.id for info in chosen.on] == list(names("rules"))
    assert (chosen.off, chosen.kept, chosen.regraded) == ((), (), ())


def test_the_narrowest_pattern_gives_the_severity() -> None:
    grades = (
        (Pattern("recipient-vague", str), Severity.ERROR),
        (Pattern("*-vague", str), Severity.NOTE),
        (Pattern("recipient", str), Severity.NOTE),
    )
    chosen = choose(CATALOGUE, [Choice(severity=grades)])
    graded = {info.id: info.severity for info in chosen.regraded}
    assert graded["recipient-vague"] is Severity.ERROR
    assert graded["recipient-omitted"] is Severity.NOTE
    assert graded["data-vague"] is Severity.NOTE
