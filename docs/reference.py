"""Makes the pages that list what the code knows: commands, fields, the law that was read, and the decisions.

python docs/reference.py            writes them
python docs/reference.py --check    says which are not current, and fails
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from ropa.cli import main as ropa
from ropa.findings import RuleInfo, Severity
from ropa.law import tables
from ropa.law.calendar import in_words
from ropa.plugins import all_rules
from ropa.saying import phrases

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "schemas"
KINDS = (
    "organisation",
    "activity",
    "party",
    "system",
    "term",
    "notice",
    "waiver",
    "task",
    "sign-off",
)
MADE = "<!-- made by docs/reference.py from {} -->"
_STATUS = re.compile(r"^\*About (?P<about>[^.]+)\. (?P<status>.+)\*$", re.MULTILINE)

_TYPES = {
    "string": "words",
    "array": "a list",
    "object": "a mapping",
    "integer": "a number",
    "boolean": "true or false",
}

Shape = Mapping[str, Any]


def main() -> None:
    """Write the pages, or compare them."""
    pages = {name: "\n".join(lines) + "\n" for name, lines in made().items()}
    differing = [
        name
        for name, text in pages.items()
        if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != text
    ]
    if "--check" in sys.argv and differing:
        listed = ", ".join(f"docs/{name}" for name in sorted(differing))
        raise SystemExit(f"not current: {listed}; run `python3 dev.py docs`")
    if "--check" not in sys.argv:
        for name in differing:
            (HERE / name).write_text(pages[name], "utf-8")


def made() -> dict[str, Iterator[str]]:
    """The lines of each page, by its name below docs/."""
    return {
        "commands.md": commands(),
        "fields.md": fields(),
        "law-read.md": law_read(),
        "decisions/README.md": decisions(),
        "upgrading.md": upgrading(),
    }


# Commands


def commands() -> Iterator[str]:
    """Every command with what it takes, as `--help` says it."""
    yield MADE.format("src/ropa/cli/commands/")
    yield "# Commands"
    yield ""
    yield "Every command, its arguments and its options, as `ropa COMMAND --help` prints them."
    for name, command in _leaves(ropa, "ropa"):
        yield from _command(name, command)


def _leaves(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The commands that do something, with their whole names."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command)
    for below in command.list_commands(context):
        found = command.get_command(context, below)
        assert found is not None
        yield from _leaves(found, f"{name} {below}")


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    yield ""
    yield f"## {name}"
    yield ""
    yield f"`{name} {usage}`"
    yield ""
    for paragraph in re.split(r"\n\s*\n", (command.help or "").replace("\b\n", "").strip()):
        yield " ".join(paragraph.split())
        yield ""
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    shown = [record for option in options if (record := option.get_help_record(context))]
    if shown:
        yield "| option | what |"
        yield "|---|---|"
        for written, what in shown:
            yield f"| `{_cell(written)}` | {_cell(what)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


# Fields


def fields() -> Iterator[str]:
    """Every field of every kind of document, as the schemas describe it."""
    yield MADE.format("schemas/")
    yield "# Fields"
    yield ""
    yield "Every field of a register, kind by kind, as the schemas in `schemas/` describe it. A field that is"
    yield "needed is marked *needed*; everything else may be left out, and the [rules](rules/README.md) say what is"
    yield "then missing. [Writing a register](register.md) tells the same in the order in which one writes it."
    for kind in KINDS:
        schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text("utf-8"))
        yield ""
        yield f"## {kind}"
        yield ""
        yield f"{_sentence(schema['description'])}"
        yield ""
        yield from _table(schema, schema.get("required", ()))
        for name, shape in schema.get("$defs", {}).items():
            if "properties" in shape:
                yield ""
                yield f"### {kind}: {name}"
                yield ""
                yield from _table(shape, shape.get("required", ()))


def _table(schema: Shape, required: list[str]) -> Iterator[str]:
    yield "| field | what | written as | for example |"
    yield "|---|---|---|---|"
    for name, shape in _properties(schema, ""):
        example = next(iter(shape.get("examples", ())), None)
        needed = " *needed*" if name in required else ""
        said = _cell(_sentence(shape.get("description", "")))
        shown = f"`{_cell(str(example))}`" if example is not None else ""
        yield f"| `{name}`{needed} | {said} | {_written(shape)} | {shown} |"


def _properties(schema: Shape, above: str) -> Iterator[tuple[str, Shape]]:
    """Fields with those of mappings below them, as `dpia.reference`."""
    for name, shape in schema.get("properties", {}).items():
        yield f"{above}{name}", shape
        yield from _properties(shape, f"{above}{name}.")


def _written(shape: Shape) -> str:
    if "$ref" in shape:
        return f"a mapping: *{shape['$ref'].rpartition('/')[2]}*"
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return ", ".join(f"`{one}`" for one in shape["enum"])
    if shape.get("format") == "date":
        return "a day"
    types = shape.get("type", ())
    named = [types] if isinstance(types, str) else types
    return " or ".join(_TYPES[one] for one in named)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}" + "." * (text[-1:] not in {"", ".", "?", "!"})


# Law


def law_read() -> Iterator[str]:
    """Each table of law: when it was last read, what was not, and which rows end."""
    yield MADE.format("the tables in src/ropa/law/")
    yield "# The law that was read"
    yield ""
    yield "Each table of law, with the days on which its sources were last looked up, and how many of its rows"
    yield "rest on others who write about the law, or on memory. A row that ends has to be read again before it"
    yield "does: a test fails when its last day has passed and nobody did. [What the law changes](law.md) says how"
    yield "the tables are used."
    yield ""
    yield "| table | rows | read from | to | secondary | from memory |"
    yield "|---|---:|---|---|---:|---:|"
    every = {name: table.rows for name, table in tables.TABLES.items()}
    for name, rows in every.items():
        days = sorted(row.standing.read for row in rows)
        reported = sum(row.standing.status == "secondary" for row in rows)
        remembered = sum(row.standing.from_memory for row in rows)
        yield (
            f"| `{name}` | {len(rows)} | {phrases.day(days[0])} | {phrases.day(days[-1])} "
            f"| {reported or ''} | {remembered or ''} |"
        )
    yield from _ending(every)
    yield from _unread(every)


def _ending(every: Mapping[str, tuple[Any, ...]]) -> Iterator[str]:
    yield ""
    yield "## Rows that end"
    yield ""
    yield "| last day | table | row | read |"
    yield "|---|---|---|---|"
    ends = [
        (row.standing.end, name, in_words(row), row.standing.read)
        for name, rows in every.items()
        for row in rows
        if row.standing.end is not None
    ]
    for end, name, words, read in sorted(ends):
        yield f"| {phrases.day(end)} | `{name}` | {_cell(words)} | {phrases.day(read)} |"


def _unread(every: Mapping[str, tuple[Any, ...]]) -> Iterator[str]:
    yield ""
    yield "## Rows of which something was not read at its source"
    yield ""
    for name, rows in every.items():
        unread = [row.id for row in rows if row.standing.status != "read"]
        if unread:
            yield f"- `{name}`: {', '.join(f'`{id_}`' for id_ in unread)}"


# Upgrading


def upgrading() -> Iterator[str]:
    """The page as it is written, with the rules that came after 0.1 and how to mend what each finds."""
    text = (HERE / "upgrading.md").read_text("utf-8").rstrip("\n")
    new = [rule.info for rule in all_rules() if rule.info.since != "0.1.0"]
    grave = [info for info in new if info.severity is Severity.ERROR or info.undecided]
    for what, infos in (("errors", grave), ("warnings", [i for i in new if i not in grave])):
        begin = f"<!-- new {what}: made by docs/reference.py -->"
        before, _, rest = text.partition(f"{begin}\n")
        after = rest.partition("<!-- end -->")[2]
        table = "\n".join(_mended(infos))
        text = f"{before}{begin}\n\n{table}\n\n<!-- end -->{after}"
    yield text


def _mended(infos: list[RuleInfo]) -> Iterator[str]:
    yield "| rule | fault | to mend it |"
    yield "|---|---|---|"
    for info in infos:
        remedy = f"\n{info.explanation}".partition("\nTo mend it: ")[2].partition("\n\n")[0]
        yield f"| [`{info.id}`](rules/{info.id}.md) | {_cell(info.summary)} | {_cell(_sentence(remedy))} |"


# Decisions


def decisions() -> Iterator[str]:
    """The decisions by what they are about, the newest first, with those that no longer stand."""
    yield MADE.format("the pages beside it")
    yield "# Decisions"
    yield ""
    yield "Readings of the law, and choices of meaning and of means, each with its day and why. One that was"
    yield "replaced stays, and names what replaced it."
    by: dict[str, list[tuple[str, str, str, str]]] = {}
    for path in sorted((HERE / "decisions").glob("2*.md"), reverse=True):
        text = path.read_text("utf-8")
        found = _STATUS.search(text)
        if found is None:
            raise SystemExit(
                f"docs/decisions/{path.name}: write `*About ...: Stands.*` below its heading"
            )
        title = text.partition("\n")[0].removeprefix("# ")
        by.setdefault(found["about"], []).append(
            (path.name[:10], title, path.name, found["status"])
        )
    for about, pages in sorted(by.items()):
        yield ""
        yield f"## About {about}"
        yield ""
        yield "| day | decision | status |"
        yield "|---|---|---|"
        for day, title, name, status in pages:
            yield f"| {phrases.day(date.fromisoformat(day))} | [{title}]({name}) | {status} |"


if __name__ == "__main__":
    main()
