"""What is taken over from the moment before is what a fresh check comes to, and nothing else is made anew."""

import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import editing
import generate
from random_registers import TODAY as DAY
from random_registers import Data, Sample, cases, in_languages, registers, ways_to_judge
from ropa.case import Case
from ropa.documents.document import Document, SourceFile
from ropa.documents.source import parse
from ropa.engine import check
from ropa.flows.flow import AXES, DATA, RECIPIENT
from ropa.flows.graph import FlowGraph
from ropa.flows.steps import flow_graph
from ropa.judging.coverage import Coverage, Settings, Told, coverage
from ropa.judging.evidence import Proofs
from ropa.judging.judgement import Judgement
from ropa.judging.verdict import Verdict
from ropa.register.build import BuiltBefore, build
from ropa.register.lexicon import MOST_LEXICONS
from ropa.register.model import Statement
from ropa.report import Report
from ropa.reporters.json import render
from ropa.seen.formats import notice_of_text
from ropa.seen.text import NoticeText, Texts
from ropa.workbench.desk import Change, Checking, Desk, MadeAnew
from ropa.workbench.diary import mark
from ropa.workbench.sentences import sentences_of
from told_registers import WORDS, ToldRegister, told_registers

SHARE = float(os.environ.get("ROPA_EDITS", "0.04"))
"""How many series of edits are tried, as a share of the profile's examples; more where the environment says so."""


def _placed(statements: tuple[Statement, ...]) -> list[tuple[str, str]]:
    return [(s.id, str(s.origin.location)) for s in statements]


def _regions(judged: Judgement, told: Told, of: Coverage) -> set[tuple[int, ...]]:
    """What is not told, as far as it is of the flow: along an axis that makes no difference, all of that."""
    axes = zip(AXES, told.flow.box, strict=True)
    whole = [of.register.vocabulary[axis.scheme].union(words) for axis, words in axes]
    return {
        tuple(atoms & mine for atoms, mine in zip(region, whole, strict=True))
        for region in judged.remainder
    }


def shown(of: Coverage) -> list[Any]:
    """All that a coverage says of each flow, with the place of every statement."""
    return [
        (
            told.flow.id,
            str(told.flow.origin.location),
            told.verdict,
            [
                (
                    j.facet, j.verdict, j.how, j.lacks, j.modes, j.evidence, j.language,
                    _placed(j.told_by), _placed(j.against), _placed(j.may_tell),
                    [(s.notice.id, s.sentence.start) for s in j.sentences],
                    _regions(j, told, of),
                )
                for j in told.judgements
            ],
        )
        for told in of.flows
    ]  # fmt: skip


# -- registers that nobody would write -------------------------------------------------------------


class Moments:
    """A register at one moment after another, each document and text one object for as long as it stays the same."""

    def __init__(self, how: Settings, *, read: bool) -> None:
        self.how, self.read = how, read
        self.documents: dict[str, Document] = {}
        self.texts: dict[str, NoticeText] = {}
        self.before: tuple[BuiltBefore, FlowGraph, Coverage] | None = None

    def after(self, documents: Mapping[str, Data]) -> tuple[Coverage, Coverage]:
        """The coverage as it follows from the moment before, and as it is by itself."""
        made = [self._document(path, data) for path, data in documents.items()]
        texts: Texts = {
            (document.path, document.data["text"]): self._text(document.data)
            for document in made
            if "text" in document.data
        }
        graph, found = self._covered(made, texts, self.before)
        self.before = BuiltBefore(graph.register, texts), graph, found
        fresh = [_parsed(path, data) for path, data in documents.items()]
        return found, self._covered(fresh, texts, None)[1]

    def _covered(
        self,
        documents: list[Document],
        texts: Texts,
        before: tuple[BuiltBefore, FlowGraph, Coverage] | None,
    ) -> tuple[FlowGraph, Coverage]:
        built, drawn, judged = before or (None, None, None)
        register = build(documents, texts, before=built)
        graph = flow_graph(register, drawn)
        proofs = Proofs(register, texts) if self.read else None
        return graph, coverage(graph, self.how, proofs, judged)

    def _document(self, path: str, data: Data) -> Document:
        key = f"{path} {json.dumps(data)}"
        if key not in self.documents:
            self.documents[key] = _parsed(path, data)
        return self.documents[key]

    def _text(self, notice: Data) -> NoticeText:
        quotes = [s["quote"] for s in notice["statements"]]
        quotes += [f"Go on in {layer}" for layer in notice.get("layers", ())]
        text = ".\n\n".join(dict.fromkeys(quotes))
        if text not in self.texts:
            self.texts[text] = notice_of_text(SourceFile(notice["text"], text))
        return self.texts[text]


def _parsed(path: str, data: Data) -> Document:
    (document,) = parse(SourceFile(path, json.dumps(data)))
    return document


def _filed(sample: Sample) -> dict[str, Data]:
    """A document in a file, as they are read: in the order of their paths."""
    return {f"{d['kind']}-{d.get('facet', '')}-{d['id']}.yaml": d for d in sample.documents}


@st.composite
def series(draw: st.DrawFn) -> list[dict[str, Data]]:
    """A register at one moment after another: a document taken out, put in, or exchanged for another of its kind."""
    kind = draw(
        st.sampled_from((registers(), registers(), registers(strange=False), in_languages()))
    )
    one, other = _filed(draw(kind)), _filed(draw(kind))
    moments = [one]
    for _ in range(draw(st.integers(1, 4))):
        now = dict(moments[-1])
        path = draw(
            st.sampled_from(
                [
                    p
                    for p in (*one, *other)
                    if "notice" in p or "activity" in p or draw(st.integers(0, 5)) == 0
                ]
                or list(one)
            )
        )
        told = now.get(path, {}).get("statements")
        match draw(st.integers(0, 5)):
            case 0 if len(now) > 1 and "term" not in path and "system" not in path:
                now.pop(path, None)
            case 1 | 2 if told:
                at = draw(st.integers(0, len(told) - 1))
                now[path] = {**now[path], "statements": told[:at] + told[at + 1 :]}
            case 3 | 4 if told and other.get(path, {}).get("statements"):
                at = draw(st.integers(0, len(told)))
                more = draw(st.sampled_from(other[path]["statements"]))
                now[path] = {**now[path], "statements": [*told[:at], more, *told[at:]]}
            case _:
                now[path] = draw(st.sampled_from([r[path] for r in (one, other) if path in r]))
        moments.append(now)
    return [dict(sorted(moment.items())) for moment in (*moments, one)]


@given(series(), ways_to_judge(), st.booleans())
@cases(SHARE)
def test_after_any_edits_every_verdict_is_what_a_fresh_look_gives(
    moments: list[dict[str, Data]], how: Settings, read: bool
) -> None:
    held = Moments(how, read=read)
    for documents in moments:
        found, fresh = held.after(documents)
        assert shown(found) == shown(fresh)
        assert found.register.unknown == fresh.register.unknown


# -- registers whose sentences say something, on disk ------------------------------------------------


def _written(root: Path, files: Mapping[str, str | None]) -> None:
    for name, text in files.items():
        if text is None:
            (root / name).unlink(missing_ok=True)
        else:
            (root / name).write_text(text, "utf-8")


def _as_files(
    told: ToldRegister,
    otherwise: Mapping[str, Data],
    opening: str,
    *,
    aside: bool,
    more: Sequence[Data] = (),
) -> dict[str, str | None]:
    """A register as its files: the words, what is done, and a notice with these sentences, the first set aside or not.

    Words, parties and systems may say something `otherwise`, by their ids, and there may be `more` words.
    """
    blocks = "\n\n".join(one.block for one in told.told)
    notice = {
        "kind": "notice",
        "id": "notice",
        "name": "Notice",
        "audience": "pupil",
        "in_force": {"from": "2025-01-01"},
        "text": "notice.md",
        "statements": [one.statement for one in told.told],
    }
    if aside:
        notice["aside"] = [{"quote": opening, "reason": "said elsewhere", "by": "J. Smith"}]
    activities = {f"activity-{a['id']}.yaml": json.dumps(a) for a in told.documents}
    words = [*({**w, **otherwise.get(w["id"], {})} for w in WORDS), *more]
    return {
        "words.yaml": "\n---\n".join(map(json.dumps, words)),
        "notice.yaml": json.dumps(notice, indent=1),
        "notice.md": f"# Notice\n\n{opening}\n\n{blocks}\n\nThe end.\n",
        **activities,
    }


OTHERWISE: tuple[Mapping[str, Data], ...] = (
    {},
    {"trust": {"name": "Trust of all"}},
    {"trust": {"country": "US"}},
    {"trust": {"country": "NO", "agreement": "S-1"}, "own": {"location": "US"}},
    {"own": {"operator": "trust"}},
    {"mailer": {"type": "controller"}},
    {"pupil": {"synonyms": "learner"}, "trust": {"broader": "charity"}},
    {"mailer": {"name": "Data Post Ltd"}},
    {"hat-colour": {"label": "Colour of your hat"}, "pupil": {"label": "Learner"}},
    {"shoe-size": {"label": "Bus stop", "synonyms": "hat colour"}},
    {"bus-route": {"broader": "shoe-size"}, "choir-practice": {"synonyms": "lost things"}},
    {"lost-property": {"label": "Choir practice of others"}},
    {"school": {"name": "Sample Trust School"}},
)
"""What else parties, systems and words may say: where somebody sits, what they are called, what they are one of."""
MORE: tuple[Data, ...] = (
    {"kind": "term", "facet": "data", "id": "bus-pass", "label": "Bus pass"},
    {"kind": "term", "facet": "data", "id": "hats", "label": "Hat", "broader": "hat-colour"},
    {"kind": "term", "facet": "data", "id": "sizes", "label": "All sizes", "holds": ["Shoe size"]},
    {"kind": "term", "facet": "data", "id": "page", "label": "Page", "broader": "contact-data"},
    {"kind": "term", "facet": "purpose", "id": "singing", "label": "Page", "synonyms": "practice"},
    {"kind": "term", "facet": "purpose", "id": "choirs", "label": "Choir", "broader": "singing"},
    {"kind": "term", "facet": "recipient", "id": "trusts", "label": "Trusts", "synonyms": "trust"},
    {"kind": "term", "facet": "subject", "id": "singer", "label": "Singer", "broader": "pupil"},
    {"kind": "term", "facet": "subject", "id": "drummer", "label": "Drummer"},
    {"kind": "term", "facet": "trigger", "id": "song", "label": "Last song", "synonyms": "end"},
    {"kind": "party", "id": "choir-shop", "name": "Choir Shop", "type": "controller"},
)
"""Words that nothing needs: some are in sentences, some below words that flows have, some names of two things."""
OPENINGS = (
    "This is how we look after what we know about you, and what you can do if you want to ask us about it.",
    "We give your bus route to Sample Trust for choir practice.",
    "We never give your shoe size to anybody.",
)


@st.composite
def edits(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """A register at one moment after another: a file otherwise, or as it was, or another activity beside it."""
    made = [
        _as_files(
            draw(told_registers()),
            draw(st.sampled_from(OTHERWISE)),
            draw(st.sampled_from(OPENINGS)),
            aside=draw(st.booleans()),
        )
        for _ in range(2)
    ]
    more = json.loads(made[1]["activity-choir.yaml"] or "{}")
    made[1]["second.yaml"] = json.dumps({**more, "id": "second", "name": "Second"})
    moments = [made[0]]
    for _ in range(draw(st.integers(1, 3))):
        name, of = draw(st.sampled_from(sorted(made[1]))), draw(st.sampled_from(made))
        both = (
            {"notice.yaml", "notice.md"}
            if name.startswith("notice") and draw(st.booleans())
            else {name}
        )
        moments.append({**moments[-1], **{one: of.get(one) for one in both}})
    return [*moments, made[0]]


@st.composite
def other_words(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """A register at one moment after another, between which only words change: their names, or which there are."""
    told, opening = draw(told_registers()), draw(st.sampled_from(OPENINGS))
    consent = {"consent": "Form for choir practice, Data Post Ltd"}
    for disclosure in told.documents[0].get("disclosures", ()) if draw(st.booleans()) else ():
        disclosure.setdefault("conditions", consent)
    moments = []
    for _ in range(draw(st.integers(2, 5))):
        otherwise, more = (
            draw(st.sampled_from(OTHERWISE)),
            draw(st.lists(st.sampled_from(MORE), unique_by=lambda w: w["id"], max_size=3)),
        )
        moments.append(_as_files(told, otherwise, opening, aside=False, more=more))
    return [*moments, moments[0]]


def _all_of(found: Report) -> tuple[Any, ...]:
    """The findings with all that the page shows of each, the items, and what has become of each sentence."""
    case = found.case
    items = [(t.subject, t.item, t.verdict, t.notice.id, t.evidence) for t in case.coverage.items]
    fates = [
        (s.number, s.sentence, s.fate)
        for notice in case.register.notices.values()
        for s in sentences_of(case, notice)
    ]
    return shown(case.coverage), items, fates, render(found)


@given(edits() | other_words())
@cases(4 * SHARE)
def test_after_any_edits_the_desk_finds_what_the_command_finds(
    moments: list[dict[str, str | None]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        _written(root, moments[0])
        desk = Desk(root, Checking(Settings(DAY)))
        desk.now()
        for files in moments[1:]:
            held = {name: text.encode() for name, text in files.items() if text is not None}
            tried = desk.as_if(held)
            _written(root, files)
            fresh, now = check(root, Settings(DAY)), desk.now()
            assert _all_of(now.report) == _all_of(fresh)
            if None not in files.values():  # what is tried takes no file away
                assert shown(tried.coverage) == shown(fresh.case.coverage)


CLUB = """{kind: organisation, id: club, name: Sample Kite Club}
---
{kind: party, id: trust, name: Sample Trust, type: controller}
---
{kind: party, id: mailer, name: Sample Mailer Ltd, type: controller}
---
{kind: term, facet: data, id: kite, label: Kite}
---
{kind: term, facet: purpose, id: flying, label: Flying}
"""
KITES = """kind: activity
id: kites
name: Kites
subjects: resident
data: [Kite, contact-data]
purposes: flying
sources: [{from: trust}]
basis: {article_6: e}
disclosures:
  - to: mailer
    conditions: {consent: Form for Data Post Ltd}
  - {to: trust, data: name, basis: {article_6: e}}
"""
STRINGS = """kind: activity
id: strings
name: Strings
subjects: resident
data: string and kite
purposes: flying
sources: data-subject
basis: {article_6: e}
"""
NOTICE_OF_CLUB = """kind: notice
id: users
name: Users
audience: resident
in_force: {from: 2025-01-01}
text: users.md
statements:
  - quote: We collect your email address for flying
    collects: {data: email, purposes: flying}
  - quote: We pass your name to Zeta Ltd for flying (UK GDPR Article 6(1)(e))
    discloses: {to: trust, data: name, purposes: flying, basis: {article_6: e}}
  - quote: We never pass anything to anybody unless you agree
    never: discloses
    to: anyone
    unless: consent
"""
USERS = """# Users

We collect your email address for flying. We pass your name to Zeta Ltd for flying (UK GDPR Article 6(1)(e)).
We keep your wind toy for six years.

We never pass anything to anybody unless you agree.
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Sample Trust", "Data Post Ltd", id="a-consent-names-another-party-now"),
        pytest.param("Sample Trust", "Zeta Ltd", id="a-sentence-names-the-party-now"),
        pytest.param("label: Kite", "label: Wind toy", id="what-an-entry-says-is-no-word-now"),
        pytest.param(
            "label: Kite", "label: Kite, synonyms: wind toy", id="a-sentence-names-the-data-now"
        ),
        pytest.param(
            "label: Flying",
            "label: Flying}\n---\n{kind: term, facet: data, id: pigeon, label: Pigeon, broader: contact-data",
            id="a-flow-is-of-more-now",
        ),
        pytest.param(
            "label: Flying",
            "label: Flying}\n---\n{kind: term, facet: data, id: string, label: String",
            id="what-an-entry-lists-is-known-now",
        ),
        pytest.param(
            "label: Flying",
            "label: Flying}\n---\n{kind: term, facet: data, id: toy, label: Wind toy for six years",
            id="a-longer-name-takes-the-words",
        ),
        pytest.param("id: flying,", "id: soaring, synonyms: flying,", id="a-word-has-another-id"),
        pytest.param(
            "label: Kite}",
            "label: Kite}\n---\n{kind: term, facet: data, id: mail, label: Email",
            id="a-name-is-of-two-things-now",
        ),
    ],
)
def test_after_words_were_called_otherwise_the_desk_finds_what_the_command_finds(
    tmp_path: Path, old: str, new: str
) -> None:
    there, back = CLUB, CLUB.replace(old, new)
    assert back != there
    others = {"kites.yaml": KITES, "strings.yaml": STRINGS, "users.yaml": NOTICE_OF_CLUB}
    _written(tmp_path, {"club.yaml": there, **others, "users.md": USERS})
    desk = Desk(tmp_path, Checking(Settings(DAY)))
    before = _all_of(desk.now().report)
    for text in (back, there):
        tried = desk.as_if({"club.yaml": text.encode()})
        _written(tmp_path, {"club.yaml": text})
        fresh = check(tmp_path, Settings(DAY))
        alike = shown(tried.coverage) == shown(fresh.case.coverage)
        assert alike  # in a word: what differs takes minutes to print
        alike = _all_of(desk.now().report) == _all_of(fresh)
        assert alike
        otherwise = _all_of(fresh) != before
        assert otherwise is (text is back)


# -- what an edit costs ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A register of forty activities on a desk, judged; each test leaves it as it was."""
    root = tmp_path_factory.mktemp("register")
    generate.generate(ACTIVITIES, root)
    made = Desk(root, Checking(Settings(DAY)))
    made.now()
    return made


ACTIVITIES = 40
EDITED = "activity-000003"
SAID = "We share information with schools and academies"


def tied(desk: Desk, entry: str) -> bytes:
    """The file of the notice with one more statement of a sentence."""
    return (desk.held("everybody.yaml") or b"") + f"  - quote: {SAID}\n    {entry}\n".encode()


def flows_of(case: Case, *, meets: str = "", activity: str = "") -> int:
    """How many flows go to a party, or are of an activity."""
    box = [told.flow for told in case.coverage.flows]
    return sum(meets in flow.box[RECIPIENT] or flow.activity == activity for flow in box)


def path_of(desk: Desk, id_: str) -> str:
    found = desk.now().case.register.activities[id_]
    return found.origin.document.path


def test_of_a_statement_that_is_tied_only_the_flows_that_it_meets_are_judged(desk: Desk) -> None:
    files = {"everybody.yaml": tied(desk, "discloses: {to: school}")}
    case, anew = desk.tried(files)
    met = flows_of(case, meets="academy-1")
    assert 0 < met < len(case.graph.flows) / 10
    assert anew == MadeAnew(files=1, flows=met)
    again, nothing = desk.tried(files)
    assert again is case
    assert nothing == MadeAnew()


def test_of_an_activity_that_changed_only_its_own_flows_are_judged(desk: Desk) -> None:
    path = path_of(desk, EDITED)
    raw = desk.held(path) or b""
    case, anew = desk.tried({path: raw.replace(b"purposes:\n", b"purposes:\n  - marketing\n", 1)})
    assert anew == MadeAnew(files=1, flows=flows_of(case, activity=EDITED))
    assert case.register.activities[EDITED].purposes[0] == "marketing"


def with_party(desk: Desk, old: bytes, new: bytes) -> dict[str, bytes]:
    """The file of the parties, in which something else is said of one."""
    found = next(iter(desk.now().case.register.parties.values())).origin.document.path
    raw = desk.held(found) or b""
    assert raw.count(old) == 1
    return {found: raw.replace(old, new)}


def test_of_a_party_that_moved_only_the_flows_in_which_it_has_a_part_are_judged(desk: Desk) -> None:
    old = b"name: Example Academy, type: controller,"
    case, anew = desk.tried(with_party(desk, old, old + b" country: US,"))
    assert case.register.parties["academy-1"].country == "US"
    met = flows_of(case, meets="academy-1")
    assert 0 < met < len(case.graph.flows) / 10
    assert anew == MadeAnew(files=1, flows=met)


def test_what_no_verdict_asks_of_parties_and_systems_has_nothing_judged_anew(desk: Desk) -> None:
    old = b"name: Example Academy, type: controller,"
    for more in (b" contact: a@academy.example,", b" agreement_reviewed: 2026-11-01,"):
        assert desk.tried(with_party(desk, old, old + more))[1] == MadeAnew(files=1)
    below = with_party(desk, b"{kind: party, id: dfe,", b"# looked at\n{kind: party, id: dfe,")
    assert desk.tried(below)[1] == MadeAnew(files=1)  # all other entries stand a line lower


def test_of_a_party_with_another_name_only_what_is_told_of_it_is_judged(desk: Desk) -> None:
    academy = with_party(desk, b"Example Academy", b"Academy of Sample Street")
    assert desk.tried(academy)[1] == MadeAnew(files=1)  # no sentence names it by either
    ministry = with_party(desk, b"name: Department for Education", b"name: Ministry of Schools")
    case, anew = desk.tried(ministry)
    assert anew.sentences == 1  # the one that names it
    met = flows_of(case, meets="dfe")
    assert met <= anew.flows < len(case.coverage.flows) / 2


def test_a_new_word_has_nothing_judged_but_flows_of_words_above_it(desk: Desk) -> None:
    path = next(iter(desk.now().case.register.parties.values())).origin.document.path
    raw = (desk.held(path) or b"").rstrip() + b"\n"
    term = "---\nkind: term\nfacet: data\nid: kite\nlabel: Kite\n"
    assert desk.tried({path: raw + term.encode()})[1] == MadeAnew(files=1)
    case, anew = desk.tried({path: f"{raw.decode()}{term}broader: name\n".encode()})
    named = [t for t in case.coverage.flows if "name" in (*t.flow.box[DATA], *t.flow.indirect)]
    assert len(named) <= anew.flows < len(case.coverage.flows)


def test_of_a_sentence_that_changed_only_that_sentence_is_read(desk: Desk) -> None:
    raw = desk.held("everybody.md") or b""
    # only so many sentences are remembered in a process, and others may have been read since
    desk.tried({"everybody.md": raw + b"\n\nThe town hall has a blue door."})
    more = b"\n\nWe hold your swimming badges in the blue cupboard of the town hall."
    case, anew = desk.tried({"everybody.md": raw + more})
    assert (anew.files, anew.texts, anew.sentences) == (0, 1, 1)
    told_otherwise = sum(t.verdict is not Verdict.CLEAR for t in case.coverage.flows)
    assert anew.flows <= told_otherwise  # it may tell what no statement tells


def test_other_registers_that_were_read_since_make_nothing_anew(desk: Desk, tmp_path: Path) -> None:
    desk.now()
    for other in range(MOST_LEXICONS + 1):
        (tmp_path / "register.yaml").write_text(
            f"{{kind: term, facet: data, id: word-{other}, label: Word {other}, broader: name}}\n",
            "utf-8",
        )
        check(tmp_path, Settings(DAY))
    os.utime(desk.root / "everybody.yaml", ns=(2, 2))
    assert desk.now().anew == MadeAnew()


def test_a_file_that_was_only_touched_makes_nothing_anew(desk: Desk) -> None:
    before = desk.now()
    os.utime(desk.root / "everybody.yaml", ns=(1, 1))
    assert desk.now().number == before.number + 1
    assert desk.now().anew == MadeAnew()


def test_what_was_tried_is_saved_and_undone_without_judging_it_again(desk: Desk) -> None:
    raw, made = desk.held("everybody.yaml"), tied(desk, "discloses: {to: school, data: name}")
    _, anew = desk.tried({"everybody.yaml": made})
    desk.write(Change("Tied it", {"everybody.yaml": made}, {"everybody.yaml": mark(raw)}, ""), "")
    assert desk.now().anew == MadeAnew()
    desk.undo()
    assert desk.now().anew == MadeAnew(files=1, flows=anew.flows)


def test_an_edit_costs_a_part_of_a_check(tmp_path: Path) -> None:
    """The aim is a quarter of the CPU of a cold check at 100 activities; benchmarks/editing.py has more sizes."""
    found = editing.measured(100, tmp_path, turns=len(editing.TRIED))
    assert found.statement <= 0.25
    assert found.purpose <= 0.25
    assert max(found.party, found.word) <= 0.35  # 0.19 to 0.29 as measured
