"""The diagrams: what is drawn, where it stands, and that nothing in a register can take them over."""

import json
import random
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from msgspec.structs import replace

from conftest import ROOT, TODAY, Check
from generate import generate
from library import GAP
from random_registers import Sample, cases, registers
from ropa.accepting.selection import Chosen
from ropa.case import Case
from ropa.cli import main
from ropa.diagram.drawing import LOOKS
from ropa.diagram.layout import Curve, Layout, Point, Rect, Stroke, Text, layout
from ropa.diagram.lettering import width, wrapped
from ropa.diagram.view import Diagram, Lane, Mark, Shape, Wanted, diagram
from ropa.engine import check
from ropa.errors import NothingToDraw, UnknownName
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Settings, coverage
from ropa.judging.verdict import Verdict
from ropa.plugins import load
from ropa.report import Report
from test_reporters import HOSTILE, everywhere

FORMATS = ("svg", "mermaid", "dot", "d2")
SVG = "{http://www.w3.org/2000/svg}"


def rendered(drawn: Diagram, format_: str) -> str:
    text = load("exporters", f"diagram-{format_}").render(drawn)
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="module")
def example() -> Report:
    return check(ROOT / "registry", Settings(TODAY))


# what stands where


def report_of(sample: Sample) -> Report:
    graph = flow_graph(sample.register())
    how = Settings(TODAY)
    case = Case((), (), {}, {}, graph.register, graph, coverage(graph, how), how)
    return Report(case, Chosen(()), ())


def stretches(line: Stroke) -> Iterator[tuple[Rect, list[Point]]]:
    """Points all along each stretch of a line, but not at its two ends, and the rectangle they are in."""
    start = line.start
    for curve in line.curves:
        one, other = curve.bends or (start, curve.end)
        points = []
        for step in range(1, 40):
            t = step / 40
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            by = list(zip(weights, (start, one, other, curve.end), strict=True))
            points.append((sum(w * p[0] for w, p in by), sum(w * p[1] for w, p in by)))
        xs, ys = [x for x, _ in points], [y for _, y in points]
        around = Rect(min(xs), min(ys), max(xs) - min(xs) + 1, max(ys) - min(ys) + 1)
        yield around, points
        start = curve.end


def inside(point: Point, rect: Rect) -> bool:
    return rect.x + 1 < point[0] < rect.right - 1 and rect.y + 1 < point[1] < rect.bottom - 1


def meet(one: Rect, other: Rect) -> bool:
    """Whether they have some area in common."""
    apart = one.right <= other.x or other.right <= one.x
    return not (apart or one.bottom <= other.y or other.bottom <= one.y)


def overlaps(things: Iterable[tuple[object, Rect]]) -> Iterator[str]:
    """What lies on what."""
    from_above = sorted(things, key=lambda thing: thing[1].y)
    for n, (one, here) in enumerate(from_above):
        for other, there in from_above[n + 1 :]:
            if there.y >= here.bottom:
                break
            if meet(here, there):
                yield f"{one} lies on {other}"


def faults(placed: Layout) -> Iterator[str]:
    """All that may not be in a picture."""
    chips: dict[object, Rect] = {n: chip.at for n, chip in enumerate(placed.chips)}
    inner: dict[object, Rect] = {
        (b.box.id, n): r.chip.at for b in placed.boxes for n, r in enumerate(b.rows)
    }
    boxes = {box.box.id: box.at for box in placed.boxes}
    frames = {f"{n} {frame.title}": frame.at for n, frame in enumerate(placed.frames)}
    yield from overlaps(boxes.items())
    yield from overlaps(frames.items())
    yield from overlaps((chips | inner).items())
    yield from overlaps(lettered(placed))
    for (chip, here), (box, there) in product(chips.items(), boxes.items()):
        if meet(here, there):
            yield f"the chip {chip} lies on {box}"
    for at in (*boxes.values(), *chips.values(), *frames.values()):
        if at.x < 0 or at.y < 0 or at.right > placed.width or at.bottom > placed.height:
            yield f"{at} leaves the picture"
    for text, bold, at in texts(placed):
        left = text.x - width(text.said, text.size) / 2 if bold is None else text.x
        right = left + width(text.said, text.size, bold=bool(bold))
        if (
            left < at.x
            or right > at.right
            or not at.y < text.y - text.size * 0.7 < text.y < at.bottom
        ):
            yield f"“{text.said}” leaves its box"
    yield from behind(placed, boxes, chips | inner)


def texts(placed: Layout) -> Iterator[tuple[Text, bool | None, Rect]]:
    """Every text with whether it is bold, None where it stands in the middle, and what it is in."""
    for box in placed.boxes:
        yield from ((text, None, box.at) for text in (*box.name, *box.note))
        yield from ((text, False, box.at) for row in box.rows for text in row.lines)
    for frame in placed.frames:
        yield from ((text, True, frame.at) for text in frame.title)


def lettered(placed: Layout) -> Iterator[tuple[str, Rect]]:
    """What is written, and where: the room that its letters take."""
    everywhere = Rect(0, 0, placed.width, placed.height)
    titles = ((text, True, everywhere) for text in placed.lanes)
    for text, bold, _ in (*texts(placed), *titles):
        wide = width(text.said, text.size, bold=bool(bold))
        left = text.x - wide / 2 if bold is None else text.x
        yield text.said, Rect(left, text.y - text.size * 0.72, wide, text.size * 0.9)
    rows = (row.chip for box in placed.boxes for row in box.rows)
    yield from ((chip.said, chip.at) for chip in (*placed.chips, *rows))


def behind(
    placed: Layout, boxes: Mapping[str, Rect], chips: Mapping[object, Rect]
) -> Iterator[str]:
    """Lines that run behind a box, the chip of another, or the name of a boundary."""
    names = {
        said: at
        for said, at in lettered(placed)
        if any(text.said == said for frame in placed.frames for text in frame.title)
    }
    for line in placed.lines:
        for around, points in stretches(line):
            for id_, at in (*boxes.items(), *names.items(), *chips.items()):
                if id_ in line.arrows and id_ in chips:
                    continue
                if meet(around, at) and any(inside(point, at) for point in points):
                    yield f"a line of {line.arrows} runs behind {id_}"


@given(registers())
@cases()
def test_nothing_lies_on_anything_else_in_a_random_register(sample: Sample) -> None:
    drawn = diagram(report_of(sample))
    placed = layout(drawn)
    assert list(faults(placed)) == []
    assert placed.crossings <= layout(drawn, as_listed=True).crossings


LONG = "The Honourable Company of Record Keepers and Registrars of Exampleshire and Its Neighbours "


def large(seed: int) -> str:
    """A register with all that makes a picture hard: long names, parties both ways, circles, chains."""
    dice = random.Random(seed)
    parties = [f"p{n}" for n in range(dice.randint(2, 12))]
    systems = [f"s{n}" for n in range(dice.randint(1, 5))]
    types = ("processor", "controller", "joint-controller", "public-authority", "category")
    documents: list[dict[str, object]] = [
        {"kind": "party", "id": id_, "name": (LONG * dice.randint(0, 2) + f"Party {id_}" + "x" * dice.choice((0, 60))),
         "type": dice.choice(types), "country": dice.choice(("GB", "US")), "agreement": "A"}
        for id_ in parties
    ]  # fmt: skip
    documents += [{"kind": "system", "id": id_, "name": f"System {id_}"} for id_ in systems]
    purposes = ("billing", "research", "education-provision", "statistics")
    for n in range(dice.randint(1, 14)):
        sources = [{"from": id_} for id_ in dice.sample(parties, dice.randint(0, 2))]
        disclosures = [
            {
                "to": id_,
                "onward": [{"to": dice.choice(parties), "onward": [{"to": dice.choice(parties)}]}],
            }
            if dice.random() < 0.3
            else {"to": id_}
            for id_ in dice.sample(parties, dice.randint(0, min(4, len(parties))))
        ]
        documents.append(
            {"kind": "activity", "id": f"a{n}", "name": f"Activity {n} " + LONG * dice.randint(0, 1),
             "subjects": dice.sample(("pupil", "employee", "parent"), dice.randint(1, 3)),
             "data": ["name"], "purposes": dice.sample(purposes, dice.randint(1, 3)),
             "sources": [*sources, *(["data-subject"] if dice.random() < 0.7 else [])],
             "systems": dice.sample(systems, dice.randint(0, len(systems))),
             "basis": {"article_6": "e"}, "disclosures": disclosures}
        )  # fmt: skip
    return "\n---\n".join(
        json.dumps({key: value for key, value in d.items() if value != []}) for d in documents
    )


@pytest.mark.parametrize("seed", range(100))
def test_nothing_lies_on_anything_else_in_a_large_register(check_text: Check, seed: int) -> None:
    report = check_text(large(seed))
    for wanted in (Wanted(), Wanted(activities=("a0",))):
        drawn = diagram(report, wanted)
        placed = layout(drawn)
        assert list(faults(placed)) == []
        assert placed.crossings <= layout(drawn, as_listed=True).crossings


def test_nothing_lies_on_anything_else_in_the_example(example: Report) -> None:
    for wanted in (Wanted(), *(Wanted(activities=(a,)) for a in example.case.register.activities)):
        placed = layout(diagram(example, wanted))
        assert list(faults(placed)) == [], wanted


def test_what_lies_on_something_else_would_be_seen(example: Report) -> None:
    placed = layout(diagram(example))
    first, second, *others = placed.boxes
    moved = replace(second, at=first.at)
    assert f"{first.box.id} lies on {second.box.id}" in faults(
        replace(placed, boxes=(first, moved, *others))
    )
    chip, *chips = placed.chips
    aside = replace(chip, at=replace(chip.at, x=placed.chips[1].at.x, y=placed.chips[1].at.y))
    assert "0 lies on 1" in faults(replace(placed, chips=(aside, *chips)))
    line, *lines = placed.lines
    box = others[0].at
    middle = box.y + box.height / 2
    through = replace(line, start=(box.x - 9, middle), curves=(Curve((box.x + box.width, middle)),))
    assert f"a line of {line.arrows} runs behind {others[0].box.id}" in faults(
        replace(placed, lines=(through, *lines))
    )
    frame, *frames = placed.frames
    over = replace(frame, title=(replace(frame.title[0], x=first.at.x, y=first.name[0].y),))
    assert any("lies on" in fault for fault in faults(replace(placed, frames=(over, *frames))))


@pytest.fixture(scope="module")
def two_hundred(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """A register of some 200 flows."""
    folder = tmp_path_factory.mktemp("two-hundred")
    generate(25, folder)
    report = check(folder, Settings(TODAY))
    assert 180 <= len(report.case.graph.flows) <= 220
    return report


def test_nothing_lies_on_anything_else_among_two_hundred_flows(two_hundred: Report) -> None:
    drawn = diagram(two_hundred)
    placed = layout(drawn)
    assert list(faults(placed)) == []
    assert placed.crossings < layout(drawn, as_listed=True).crossings
    heads = sum(line.head for line in placed.lines)
    assert heads < len(drawn.arrows) / 2, "arrows of one mark to one end run together"


def test_sweeping_takes_out_crossings_that_the_order_of_the_register_has(example: Report) -> None:
    drawn = diagram(example)
    assert layout(drawn).crossings < layout(drawn, as_listed=True).crossings


# what is drawn


def carried(drawn: Diagram) -> set[str]:
    rows = {flow for box in drawn.boxes for row in box.rows for flow in row.flows}
    return rows | {flow for arrow in drawn.arrows for flow in arrow.flows}


@pytest.mark.parametrize("seed", range(12))
def test_every_flow_is_drawn_in_the_overview_too(check_text: Check, seed: int) -> None:
    report = check_text(large(seed))
    flows = {flow.id for flow in report.case.graph.flows}
    drawn = diagram(report)
    assert carried(drawn) == flows
    assert sum(drawn.counts.values()) == len(flows)
    assert drawn.overview is (len(flows) > 60)
    for activity in report.case.register.activities:
        own = {flow.id for flow in report.case.graph.flows if flow.activity == activity}
        assert carried(diagram(report, Wanted(activities=(activity,)))) == own


def test_a_party_that_gives_and_gets_is_drawn_once(example: Report) -> None:
    drawn = diagram(example, Wanted(activities=("looked-after-case-work",)))
    schools = [box for box in drawn.boxes if box.label == "Schools and colleges of our children"]
    assert [box.lane for box in schools] == [Lane.FROM]
    joined = {(a.start, a.end) for a in drawn.arrows if schools[0].id in (a.start, a.end)}
    process = "activity looked-after-case-work"
    assert joined == {(schools[0].id, process), (process, schools[0].id)}


PASSES_ON = """kind: activity
id: meals
name: Meals
subjects: pupil
data: name
purposes: billing
sources: {source}
disclosures:
  - to: caterer
    onward: [{{to: lab}}]
---
{{kind: party, id: caterer, name: Sample Catering Ltd, type: processor}}
---
{{kind: party, id: lab, name: Sample Laboratory, type: controller, country: US}}
"""


def test_a_party_that_gives_and_passes_on_is_drawn_on_both_sides_and_says_so(
    check_text: Check,
) -> None:
    drawn = diagram(check_text(PASSES_ON.format(source="caterer")))
    twice = {b.lane: b.note for b in drawn.boxes if b.label == "Sample Catering Ltd"}
    assert twice == {Lane.FROM: "stands on the right, too", Lane.SHARE: "stands on the left, too"}


def test_who_is_abroad_says_where_and_what_is_not_recorded_is_drawn(check_text: Check) -> None:
    drawn = diagram(check_text(PASSES_ON.format(source="data-subject")))
    assert {b.note for b in drawn.boxes if b.lane is Lane.ONWARD} == {"in the United States"}
    (process,) = (box for box in drawn.boxes if box.shape is Shape.PROCESS)
    assert [row.text for row in process.rows] == [
        "Billing and taking payments",
        "Kept; where is not recorded",
    ]


def test_the_marks_are_the_verdicts(example: Report) -> None:
    marks = {e.flow: e.mark for n in example.case.register.activities
             for e in diagram(example, Wanted(activities=(n,))).key}  # fmt: skip
    for told in example.case.coverage.flows:
        expected = {
            Verdict.CLEAR: Mark.TOLD,
            Verdict.VAGUE: Mark.PARTLY,
            Verdict.PARTIAL: Mark.PARTLY,
            Verdict.UNDECIDABLE: Mark.UNDECIDED,
            Verdict.UNTIED: Mark.UNDECIDED,
        }.get(told.verdict, Mark.UNTOLD)
        assert marks[told.flow.id] is expected, told.flow.id


def test_a_flow_whose_every_gap_is_accepted_is_marked_as_that(check_text: Check) -> None:
    plain = diagram(check_text(GAP))
    gaps = [entry for entry in plain.key if entry.mark is Mark.UNTOLD]
    assert gaps
    waiver = (
        f"---\nkind: waiver\nid: w\nfinding: '*@{gaps[0].flow}@*'\nreason: Printing takes until May\n"
        "owner: Head Librarian\nuntil: 2027-05-01\n"
    )
    (entry,) = (e for e in diagram(check_text(GAP + waiver)).key if e.flow == gaps[0].flow)
    assert entry.mark is Mark.WAIVED
    assert "accepted by a waiver" in entry.words


def test_filters_add_up_within_a_kind_and_cut_down_between_kinds(example: Report) -> None:
    untold = (Verdict.OMITTED, Verdict.CONTRADICTED)
    drawn = carried(diagram(example, Wanted(verdicts=untold)))
    by_id = example.case.coverage.by_id
    assert drawn == {id_ for id_, told in by_id.items() if told.verdict in untold}
    both = diagram(example, Wanted(recipients=("processor",), verdicts=untold))
    assert {a.end for a in both.arrows} >= {"party caseworks 3"}
    assert carried(both) < drawn
    assert all("/disclose/" in flow for flow in carried(both))
    leavers = diagram(example, Wanted(subjects=("Care leavers",)))
    people = {box.label for box in leavers.boxes if box.id.startswith("subject ")}
    assert people == {"Care leavers"}
    about = carried(leavers)
    assert any(flow.startswith("leaving-care/use/") for flow in about)
    assert not any(flow.startswith("foster-carer-approval/") for flow in about)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(activities=("letter",)),
        Wanted(subjects=("nobody",)),
        Wanted(recipients=("nobody at all",)),
    ],
)
def test_what_nobody_defined_is_not_drawn_as_nothing(example: Report, wanted: Wanted) -> None:
    with pytest.raises(UnknownName):
        diagram(example, wanted)


def test_a_filter_that_leaves_nothing_says_so(example: Report) -> None:
    with pytest.raises(NothingToDraw):
        diagram(example, Wanted(activities=("letters",), recipients=("dfe",)))


# the files


def test_the_same_register_gives_the_same_bytes(example: Report) -> None:
    again = check(ROOT / "registry", Settings(TODAY))
    for format_ in FORMATS:
        assert rendered(diagram(example), format_) == rendered(diagram(again), format_)


ATTRIBUTES = re.compile(
    "x|y|width|height|viewBox|rx|fill|stroke(-(width|dasharray|linecap|linejoin))?|d|points|transform"
    "|font-(family|size|weight)|text-anchor|role|aria-label|data-(flows|box)"
)


@pytest.mark.parametrize(
    "hostile", [*HOSTILE.values(), "'; n1 -> n2: '", '"]; x["', "end", "${x}", "\\N\\"]
)
def test_hostile_names_are_words_in_every_format(tmp_path: Path, hostile: str) -> None:
    drawn = diagram(everywhere(tmp_path / "hostile", hostile))
    calm = diagram(everywhere(tmp_path / "calm", "calm"))
    svg = ET.fromstring(rendered(drawn, "svg"))
    assert {e.tag.removeprefix(SVG) for e in svg.iter()} <= {
        "svg", "title", "desc", "rect", "g", "path", "polygon", "text"
    }  # fmt: skip
    assert all(ATTRIBUTES.fullmatch(name) for e in svg.iter() for name in e.attrib)
    quoted = {
        "mermaid": (r'"[^"]*"|(?<=accTitle: )[^\n]*|(?<=accDescr: )[^\n]*', r"[\w ,#;<>/✓✗~?–é]*"),
        "dot": (r'"(?:[^"\\\n]|\\[^\n])*"|(?<==)<<TABLE.*?</TABLE>>', None),
        "d2": (r"'(?:[^'\n]|'')*'", None),
    }
    for format_, (strings, allowed) in quoted.items():
        text = rendered(drawn, format_)
        bare = [re.sub(strings, "S", t) for t in (text, rendered(calm, format_))]
        assert bare[0] == bare[1], format_
        assert all(c.isprintable() or c == "\n" for c in text)
        for string in re.findall(strings, text) if allowed else ():
            ascii_ = "".join(c for c in string.strip('"').replace("<br/>", "") if c.isascii())
            assert re.fullmatch(r"(?:[A-Za-z0-9 ,]|#\d+;)*", ascii_), string


def test_svg_names_everything_that_is_drawn(example: Report) -> None:
    drawn = diagram(example, Wanted(activities=("looked-after-case-work",)))
    svg = ET.fromstring(rendered(drawn, "svg"))
    assert [child.tag for child in svg][:2] == [f"{SVG}title", f"{SVG}desc"]
    named = list(svg.iter(f"{SVG}g"))
    assert all(g.get("aria-label") == g.findtext(f"{SVG}title") for g in named)
    flows = {flow for g in named for flow in (g.get("data-flows") or "").split()}
    assert flows == carried(drawn)


@pytest.mark.parametrize(
    "wanted", [Wanted(), Wanted(recipients=("dfe",)), Wanted(activities=("letters",))]
)
def test_no_text_leaves_the_picture(example: Report, wanted: Wanted) -> None:
    svg = ET.fromstring(rendered(diagram(example, wanted), "svg"))
    for text in svg.iter(f"{SVG}text"):
        if text.get("text-anchor") is None:
            size, bold = float(text.attrib["font-size"]), text.get("font-weight") == "bold"
            right = float(text.attrib["x"]) + width(text.text or "", size, bold=bold)
            assert right <= float(svg.attrib["width"]), text.text
        assert float(text.attrib["y"]) < float(svg.attrib["height"])


def luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_mark_differs_by_more_than_colour_and_can_be_read() -> None:
    assert set(LOOKS) == set(Mark)
    assert len({look.glyph for look in LOOKS.values()}) == len(Mark)
    assert len({(look.stroke, look.dashes) for look in LOOKS.values()}) == len(Mark)
    for ground in ("#FFFFFF", "#EAF2F8", "#FAFBFC"):
        for colour in ("#1B1B1F", "#55585E", *(look.colour for look in LOOKS.values())):
            contrast = (luminance(ground) + 0.05) / (luminance(colour) + 0.05)
            assert contrast >= 4.5, (colour, ground)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "\\N\\", '"]; x["'])
def test_graphviz_reads_it(tmp_path: Path, hostile: str) -> None:
    text = rendered(diagram(everywhere(tmp_path / "x", hostile)), "dot")
    done = subprocess.run(
        ["dot", "-Tplain"], input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


# lettering


def test_words_wrap_where_they_fit_and_long_ones_break() -> None:
    assert wrapped("one two three", 13, 60, 4) == ("one two", "three")
    assert wrapped("", 13, 60, 4) == ()
    broken = wrapped("x" * 40, 13, 60, 9)
    assert "".join(broken) == "x" * 40
    assert all(width(line, 13) <= 60 for line in broken)
    assert wrapped("one two three four five", 13, 40, 2) == ("one", "two…")


# the command


def test_the_command_writes_a_picture(tmp_path: Path) -> None:
    out = tmp_path / "flows.svg"
    register = ("diagram", str(ROOT / "registry"), "--as-of", str(TODAY))
    done = CliRunner().invoke(main, [*register, "--activity", "letters", "-o", str(out)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert ET.fromstring(out.read_text("utf-8")).tag == f"{SVG}svg"
    odd = CliRunner().invoke(main, [*register, "--activity", "leters"])
    assert isinstance(odd.exception, UnknownName)
    assert "“leters” is no activity of the register (did you mean letters?)" in str(odd.exception)


PAGE = (ROOT / "docs" / "diagram.md").read_text("utf-8")


@pytest.mark.parametrize("line", re.findall(r"^ropa (diagram [^|#\n]*)", PAGE, re.MULTILINE))
def test_what_the_page_says_to_type_works(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "registry", "registry")
    done = CliRunner().invoke(main, [*line.split(), "--as-of", str(TODAY)])
    assert done.exit_code == 0, done.output
    assert done.stdout or [path for path in tmp_path.iterdir() if path.is_file()]
