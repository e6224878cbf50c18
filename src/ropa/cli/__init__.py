"""The command line: parse, call, print, exit. No decision about a register is taken here."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click

from ropa.cli.asking import (
    checked_register,
    compared_registers,
    complete,
    drafted_notice,
    exit_code,
    planned_register,
    say_how_it_was_checked,
    signed_off,
    taken_in,
    whole,
)
from ropa.cli.codes import BROKEN, CLEAN, FOUND, INTERRUPTED
from ropa.cli.options import (
    VERDICTS,
    Day,
    Id,
    Shelf,
    Written,
    choosing,
    deciding,
    judging,
    starting_from,
    today,
)
from ropa.cli.output import append, put, put_all, speak_utf_8, tell
from ropa.errors import RopaError

_REPORTS = {
    "html": "review.html",
    "markdown": "gap-report.md",
    "json": "gap-report.json",
    "pdf": "gap-report.pdf",
}
"""What is written into the folder of the reports, by its format."""

__all__ = ["BROKEN", "CLEAN", "FOUND", "INTERRUPTED", "main", "outcome", "run"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="ropa-checker", prog_name="ropa")
def main() -> None:
    """Check that every flow of personal data in a register is told by a published privacy notice.

    REGISTRY is the folder that holds the register: `registry` in this folder, unless you name another.

    NO_COLOR=1 turns colours off. For completion in bash, put this line in ~/.bashrc (for zsh, zsh_source
    in ~/.zshrc):

        eval "$(_ROPA_COMPLETE=bash_source ropa)"
    """


@main.command()
@judging
@choosing
@starting_from
@click.option(
    "--format", "format_", type=Shelf("reporters"), default="text",
    help="text, json, markdown, html, pdf; for CI github, gitlab, sarif, junit.",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--write", "also", type=Written(), multiple=True, metavar="FORMAT=FILE",
    help="Write this format to this file, too, such as sarif=ropa.sarif.",
)  # fmt: skip
@click.option(
    "--summary", type=click.Path(path_type=Path),
    help="Append the gap report to this file, as to $GITHUB_STEP_SUMMARY.",
)  # fmt: skip
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    help="The least severe finding that makes the command fail (error).",
)
@click.option(
    "--exit-zero", "fail_on", flag_value="never", help="No finding fails: --fail-on never."
)
@click.option(
    "--with", "planned", type=click.Path(path_type=Path), multiple=True, metavar="FILE",
    help="What if the documents of FILE were in the register? Say what that changes.",
)  # fmt: skip
def check(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    output: Path | None,
    also: "tuple[tuple[str, Path], ...]",
    summary: Path | None,
    fail_on: str | None,
    planned: tuple[Path, ...],
    **how: Any,
) -> None:
    """Hold every flow against the notices and say which are not told, where, and why.

    With --with FILE, the documents of FILE (a planned activity, a draft notice; one with an id that is there
    takes its place) count as if they were in the register, and what is told otherwise then is all that is said.

    Exits with 0 when nothing as severe as --fail-on was found, with 1 when something was, and with 2 when
    something could not be checked or decided, whatever --fail-on says.
    """
    from ropa import plugins

    if planned and (also or summary):
        raise click.UsageError("--with says one thing: it goes with neither --write nor --summary.")
    if planned:
        raise SystemExit(planned_register(planned, format_, output, fail_on, **how))
    report, configured = checked_register(**how)
    for name, file in (*also, (format_, output)):
        put(plugins.load("reporters", name).render(report), file)
    if summary:
        append(plugins.load("reporters", "markdown").render(report), summary)
    raise SystemExit(exit_code(report, fail_on or configured.fail_on or "error"))


@main.command()
@click.argument("old")
@click.argument("new", required=False)
@deciding
@choosing
@click.option("--old-as-of", type=Day(), help="Judge OLD as of this day (that of --as-of).")
@click.option(
    "--format",
    "format_",
    type=Shelf("differences"),
    default="text",
    help="text, markdown or json.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--fail-on", type=click.Choice(["newly-untold", "never"]), default="never", show_default=True,
    help="What makes the command fail.",
)  # fmt: skip
def diff(format_: str, output: Path | None, fail_on: str, **how: Any) -> None:
    """Say what changed from OLD to NEW: what is done, what people are told, and who must be told before.

    OLD and NEW are folders, or revisions of git, written REV or REV:path. Without NEW it is the register as it
    is in the working tree. Exits with 0, with 1 for what --fail-on names, and with 2 when one of the two could
    not be checked.
    """
    from ropa import plugins

    comparison = compared_registers(**how)
    put(plugins.load("differences", format_).render(comparison), output)
    if comparison.undecided:
        raise SystemExit(BROKEN)
    raise SystemExit(FOUND if fail_on == "newly-untold" and comparison.untold else CLEAN)


@main.command()
@judging
@choosing
@starting_from
@click.option(
    "--format", "formats", type=click.Choice(tuple(_REPORTS)), multiple=True,
    default=("html", "markdown", "json"), show_default=True, help="What to write it as. May be given several times.",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path), default=Path("reports"), show_default=True,
    help="The folder to write to.",
)  # fmt: skip
def report(folder: Path, formats: tuple[str, ...], **how: Any) -> None:
    """Write the page to review (html), and the gap report for a meeting (markdown, pdf) and for programs (json)."""
    from ropa import plugins

    checked, _ = checked_register(**how)
    say_how_it_was_checked(checked)
    for format_ in formats:
        file = folder / _REPORTS[format_]
        put(plugins.load("reporters", format_).render(checked), file)
        tell(f"wrote {file}")


@main.command()
@judging
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def flows(format_: str, output: Path | None, **how: Any) -> None:
    """List the flows, with the verdict on each of their facets."""
    from ropa import plugins

    checked, _ = checked_register(**how)
    say_how_it_was_checked(checked)
    put(plugins.load("exporters", f"flows-{format_}").render(checked), output)


@main.command()
@judging
@click.option(
    "--format",
    "format_",
    type=click.Choice(["svg", "mermaid", "dot", "d2"]),
    default="svg",
    show_default=True,
)
@click.option("--activity", multiple=True, metavar="ID", help="Draw the flows of this activity.")
@click.option("--subject", multiple=True, metavar="WORD", help="Draw the flows about these people.")
@click.option(
    "--recipient", multiple=True, metavar="WORD", help="Draw the flows to this recipient."
)
@click.option(
    "--verdict",
    multiple=True,
    type=click.Choice(VERDICTS),
    help="Draw the flows with this verdict.",
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def diagram(  # noqa: PLR0913 - the options of the command line
    *,
    format_: str,
    activity: tuple[str, ...],
    subject: tuple[str, ...],
    recipient: tuple[str, ...],
    verdict: tuple[str, ...],
    output: Path | None,
    **how: Any,
) -> None:
    """Draw the flows: where data comes from, what we do, where we keep it, and who gets it.

    Options of one kind add up; of different kinds, a flow has to be like each. Above 60 flows it is an
    overview with numbers.
    """
    from ropa import plugins
    from ropa.diagram import Wanted, diagram
    from ropa.verdict import Verdict

    checked, _ = checked_register(**how)
    say_how_it_was_checked(checked)
    verdicts = tuple(Verdict[word.upper()] for word in verdict)
    drawn = diagram(checked, Wanted(activity, subject, recipient, verdicts))
    put(plugins.load("exporters", f"diagram-{format_}").render(drawn), output)


@main.command()
@judging
@click.option(
    "--format", "format_", default="md", show_default=True,
    type=click.Choice(["md", "markdown", "html", "pdf", "xlsx", "docx", "csv", "json", "jsonld"]),
)  # fmt: skip
@click.option(
    "--layout", type=click.Choice(["ropa", "ico"]), default="ropa", show_default=True,
    help="Of a workbook (xlsx): our own sheets, or the columns of the ICO's template for controllers.",
)  # fmt: skip
@click.option("--publication", is_flag=True, help="Leave out what the register marks as internal.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def record(
    format_: str, layout: str, *, publication: bool, output: Path | None, **how: Any
) -> None:
    """Write the record of processing (Article 30) from the register.

    Exits with 2 when the register could not be read as a whole, because then the record is not complete.
    """
    from ropa import plugins
    from ropa.record import gather

    format_ = "md" if format_ == "markdown" else format_
    if layout == "ico" and format_ != "xlsx":
        raise click.UsageError("--layout ico is for --format xlsx.")
    checked, _ = checked_register(**how)
    made = gather(checked.case.register, checked.case.settings.day, publication=publication)
    name = f"record-{format_}-ico" if layout == "ico" else f"record-{format_}"
    put(plugins.load("exporters", name).render(made), output)
    raise SystemExit(complete(checked))


@main.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@judging
@click.option(
    "--format", "format_", type=Shelf("importers"),
    help="What FILE is (by the ending of its name: .xlsx is the workbook of `ropa record`).",
)  # fmt: skip
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path),
    help="Write the files here, and leave REGISTRY as it is.",
)  # fmt: skip
def import_(file: Path, format_: str | None, folder: Path | None, **how: Any) -> None:
    """Take FILE, a workbook of `ropa record` that somebody edited, back into the register.

    Only what was changed in it is changed in the files of REGISTRY, which is made where it is not there yet.
    Exits with 0 when everything was carried over, with 1 when something could not be, which it names, and with
    2 when nothing was written, because something in FILE cannot be understood.
    """
    raise SystemExit(taken_in(file, format_, folder, **how))


@main.command()
@click.argument("flow")
@judging
def why(flow: str, **how: Any) -> None:
    """Print how the verdict on FLOW came about, sentence by sentence."""
    from ropa.derivation import derive

    checked, _ = checked_register(**how)
    say_how_it_was_checked(checked)
    put(derive(checked.case, flow), None)


@main.command()
@judging
@choosing
@click.option(
    "--output", "-o", type=click.Path(path_type=Path),
    help="Write here (the baseline of the settings, or ropa-baseline.json).",
)  # fmt: skip
def baseline(output: Path | None, **how: Any) -> None:
    """Write down what is found now, so that `ropa check --baseline` fails only for what is new.

    What could not be checked is never written down, and then the command exits with 2. Nor is what a
    waiver accepts, or what is wrong with a waiver.
    """
    from ropa import baseline as baselines

    checked, configured = checked_register(**how, afresh=True)
    say_how_it_was_checked(checked)
    output = output or configured.baseline or Path(baselines.NAME)
    put(checked.as_baseline(), output)
    if str(output) != "-":
        tell(f"wrote {output}")
    raise SystemExit(BROKEN if checked.undecided else CLEAN)


@main.command("sign-off")
@click.argument("notice")
@judging
@starting_from
@click.option("--by", required=True, metavar="NAME", help="Who signs.")
@click.option("--role", default="", metavar="POST", help="The post they hold.")
@click.option("--on", type=Day(), default=today, help="The day it is signed (today).")
@click.option(
    "--with-open-gaps", "reason", default="", metavar="REASON",
    help="Sign although errors about the notice stand open, and say why.",
)  # fmt: skip
@click.pass_context
def sign_off(  # noqa: PLR0913 - the options of the command line
    context: click.Context, /, *, notice: str, by: str, role: str, on: date, reason: str, **how: Any
) -> None:
    """Write a record that NOTICE was signed off, of what, and of what was known then.

    A notice that is not in force yet is judged as of its first day in force, or as of --as-of. The record goes
    into the folder sign-offs of the register, to be checked in; `ropa check` then says when it no longer holds.
    Exits with 2, and writes nothing, when something could not be checked, or when errors about the notice stand
    open and --with-open-gaps does not say why.
    """
    from ropa.sign_off import Signature

    named = context.get_parameter_source("as_of") is not click.core.ParameterSource.DEFAULT
    made, path = signed_off(notice, Signature(by, role, on, reason), day_was_named=named, **how)
    put_all({path: made.text}, force=False)
    put(made.summary, None)
    tell(f"wrote {path}")


@main.command("self-test")
@judging
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
@click.option(
    "--at-least", type=click.IntRange(0, 100), default=0, metavar="PERCENT",
    help="Fail where fewer of the statements are missed when they are taken out alone.",
)  # fmt: skip
def self_test(format_: str, output: Path | None, at_least: int, **how: Any) -> None:
    """Take statements out of the notices, and see whether the verdicts that rest on them fall.

    Exits with 0 when every verdict fell that lost all it rests on, with 1 when one did not or --at-least is
    missed, and with 2 when there was nothing to take out or something could not be checked.
    """
    from ropa import mutation

    checked, _ = checked_register(**how)
    say_how_it_was_checked(checked)
    tested = mutation.self_test(checked.case.coverage)
    shown = mutation.as_json if format_ == "json" else mutation.as_text
    put(shown(checked.case.coverage, tested), output)
    if checked.undecided or tested.proves_nothing:
        raise SystemExit(BROKEN)
    raise SystemExit(FOUND if tested.blind or 100 * tested.rate < at_least else CLEAN)


@main.command()
@click.argument("rule", type=Shelf("rules"), required=False)
def explain(rule: str | None) -> None:
    """Print the page of RULE: the fault, the law, how to mend it, an example. Without RULE, list the rules."""
    from ropa import plugins

    rules = (plugins.rule(name).info for name in plugins.names("rules"))
    put(
        plugins.page(rule)
        if rule
        else "".join(f"{r.id} ({r.severity}): {r.summary}\n" for r in rules),
        None,
    )


@main.group()
def notice() -> None:
    """Look at a published notice by itself, or draft one from the register."""


@notice.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write here, not to the terminal."
)
def inspect(file: Path, format_: str, output: Path | None) -> None:
    """Print which items of Articles 13 and 14 FILE seems to say, and in which sentences.

    FILE is Markdown, plain text, HTML, Word (.docx) or PDF. No register is needed. This is a first look: the
    sentences look like it, and nobody has read whether they say enough.
    """
    from ropa import inspection
    from ropa.published import read_notice_file

    shown = inspection.as_json if format_ == "json" else inspection.as_text
    put(shown(read_notice_file(file)), output)


@notice.command()
@click.argument("audience")
@judging
@click.option(
    "--format", "format_", default=None, type=click.Choice(["markdown", "html"]),
    help="What the text is written as (markdown, or what the name of the file says).",
)  # fmt: skip
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FOLDER|FILE",
    help="Write the text here, and its statements beside it. A folder gets the two under the notice's id.",
)  # fmt: skip
@click.option(
    "--id",
    "id_",
    type=Id(),
    default="",
    help="The id of the notice (such as children-in-need-draft).",
)
@click.option("--in-force-from", "start", type=Day(), help="The day from which people get it.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def draft(audience: str, output: Path | None, *, force: bool, **how: Any) -> None:
    """Draft a privacy notice for AUDIENCE from the register, with the statements that tie it to the register.

    AUDIENCE is a group of people by its id or name, several with commas between them, or a notice's id for the
    people of that notice. The draft tells them every flow and every item of Articles 13 and 14 that is due. What the
    register does not say is left as a slot in the text, and listed.

    Exits with 2 when the register could not be read as a whole, because then the draft may leave something out.
    """
    drafted, checked = drafted_notice(audience, output=output, **how)
    written = drafted.files(output)
    put_all(written, force=force) if written else put(drafted.text, None)
    for said in drafted.remarks(written):
        tell(said)
    raise SystemExit(whole(checked))


@main.command()
@click.option("--facet", type=click.Choice(["subject", "data", "purpose", "recipient", "country"]))
def terms(facet: str | None) -> None:
    """List the words that ship with ropa, each below its broader word."""
    from ropa.engine import vocabulary_as_text

    put(vocabulary_as_text(facet), None)


def run() -> None:
    """The installed command."""
    outcome(_leave)


def outcome(leave: Callable[[int], int] = int) -> int:
    """What the command line comes to: its exit code. A crash is 2: Python's own 1 would read as "findings".

    `leave` is told the code while what was checked is still held by the call that ended.
    """
    speak_utf_8()
    try:
        return leave(main.main(standalone_mode=False) or CLEAN)
    except BaseException as ended:  # noqa: BLE001 - the one place where a bug may be caught
        return leave(_code(ended))


def _code(ended: BaseException) -> int:
    """The exit code of a command that ended so, which it says on the way unless it is the end of its work."""
    match ended:
        case SystemExit():
            return int(ended.code or CLEAN)
        case click.ClickException():
            ended.show()
        case click.Abort():
            return INTERRUPTED
        case RopaError():
            tell(f"ropa: {ended}")
        case _:
            import traceback

            for line in traceback.format_exception(ended):
                tell(line.rstrip("\n"))
            tell("ropa: this is a fault in ropa itself; nothing was checked")
    return BROKEN


def _leave(code: int) -> NoReturn:
    """End at once: to take a large register apart, object by object, would cost a tenth of its check."""
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except OSError:
        code = BROKEN
    os._exit(code)
