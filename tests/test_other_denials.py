"""Sentences that take back what they seem to say, in other ways than by a “not”, and some that only look like it."""

from datetime import date

from ropa.documents.document import SourceFile
from ropa.documents.source import parse
from ropa.judging.evidence import Proof, Proofs
from ropa.judging.gainsaid import GainsaidBy
from ropa.judging.reasons import marked
from ropa.register.build import build
from ropa.register.lexicon import shipped_terms
from ropa.register.vocabulary import Facet
from ropa.seen.formats import notice_of_text

WORDS = """
kind: organisation
id: sample
name: Sample School
---
{kind: party, id: trust, name: Sample Trust, type: controller}
---
{kind: party, id: host, name: Sample Host, type: processor}
---
{kind: party, id: council, name: Sample Council, type: controller}
---
kind: notice
id: pupils
audience: pupil
text: pupils.md
statements:
"""
TO_TRUST = "discloses: {to: trust, data: name}"
SIX_YEARS = "keeps: {period: P6Y, trigger: end-of-year}"
ALL_SIX_YEARS = "keeps: {data: personal-data, period: P6Y, trigger: end-of-year}"
PUBLIC_TASK = "uses: {purposes: education-provision, basis: {article_6: e}}"
ACCESS = "informs: right-of-access"
NO_MARKETING = "never: uses\n    purposes: marketing"
ABROAD = "transfers: {to: host, countries: US}"


def proofs(*said: tuple[str, str], quote: str = "") -> tuple[Proofs, tuple[Proof, ...]]:
    """What the words prove of statements, each alone in its paragraph and quoted whole, or as `quote`."""
    statements = "".join(f'  - quote: "{quote or s}"\n    {claim}\n' for s, claim in said)
    text = notice_of_text(SourceFile("pupils.md", "\n\n".join(s for s, _ in said)))
    texts = {("r.yaml", "pupils.md"): text}
    register = build(
        tuple(parse(SourceFile("r.yaml", WORDS + statements))), texts, terms=shipped_terms()
    )
    of = Proofs(register, texts, day=date(2026, 11, 30))
    return of, tuple(of.of(statement) for statement in register.notices["pupils"].statements)


VOID = [
    ("We refuse to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We avoid passing your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("Rather than pass your name to Sample Trust, we delete it.", TO_TRUST, GainsaidBy.DENIED),
    ("Instead of passing your name to Sample Trust, we keep it.", TO_TRUST, GainsaidBy.DENIED),
    ("We teach you without passing your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("Passing your name to Sample Trust is forbidden.", TO_TRUST, GainsaidBy.DENIED),
    ("Sharing your name with Sample Trust is not allowed.", TO_TRUST, GainsaidBy.DENIED),
    ("We pass your name to everybody except Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We share your name with all schools other than Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We receive your name from Sample Trust.", TO_TRUST, GainsaidBy.TURNED),
    ("Sample Trust passes your name and address to us.", TO_TRUST, GainsaidBy.TURNED),
    (
        "We pass your name to Sample Trust each year.",
        "collects: {from: trust, data: name}",
        GainsaidBy.TURNED,
    ),
    ("You may pass your name to Sample Trust yourself.", TO_TRUST, GainsaidBy.READER),
    ("We ask for your permission before we pass your name to Sample Trust.", TO_TRUST, GainsaidBy.CONSENT),
    ("Sample Trust keeps your records for six years after the end of the year.", SIX_YEARS, GainsaidBy.DOER),
    ("We keep your records for six years after your birth.", SIX_YEARS, GainsaidBy.BEGINNING),
    ("We keep your records until you are six years old.", SIX_YEARS, GainsaidBy.BEGINNING),
    ("We keep your records for six years before the end of the year.", SIX_YEARS, GainsaidBy.BEGINNING),
    ("Our lawful basis to teach you is Article 6(1) paragraph f.", PUBLIC_TASK, GainsaidBy.LETTER),
    ("Our lawful basis to teach you is Article 6, paragraph 1, point (f).", PUBLIC_TASK, GainsaidBy.LETTER),
    ("There is no way to ask for a copy of your data.", ACCESS, GainsaidBy.DENIED),
    ("You can no longer ask for a copy of your data.", ACCESS, GainsaidBy.DENIED),
    ("We do not have a data protection officer.", "informs: dpo-contact", GainsaidBy.DENIED),
    ("We plan to pass your name to Sample Trust from 2031.", TO_TRUST, GainsaidBy.PLANNED),
    ("We intend to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("There are plans to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We are considering passing your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We will pass your name to Sample Trust from 1 September 2031.", TO_TRUST, GainsaidBy.PLANNED),
    ("From next September, we will pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("From 2031 you can ask for a copy of your data.", ACCESS, GainsaidBy.PLANNED),
    ("We plan never to use your data for marketing.", NO_MARKETING, GainsaidBy.PLANNED),
    ("We passed your name to Sample Trust.", TO_TRUST, GainsaidBy.PAST),
    ("Your name was passed to Sample Trust in 2019.", TO_TRUST, GainsaidBy.PAST),
    ("Until last year we were passing your name to Sample Trust.", TO_TRUST, GainsaidBy.PAST),
    ("We kept your records for six years after the end of the year.", SIX_YEARS, GainsaidBy.PAST),
    ("You used to be able to ask for a copy of your data.", ACCESS, GainsaidBy.PAST),
    ("We hardly ever pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SELDOM),
    ("Your name is seldom passed to Sample Trust.", TO_TRUST, GainsaidBy.SELDOM),
    ("Some parents believe that we pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("It has been claimed that we pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("They told you that we pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("Suppose we pass your name to Sample Trust: you could object.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("Had you told us, we would have passed your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("Other schools pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("For example, a hospital might pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("Sample Council passes your name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("Sample Trust tells us your name.", TO_TRUST, GainsaidBy.TURNED),
    ("We hear your name from Sample Trust.", TO_TRUST, GainsaidBy.TURNED),
    ("Your name is kept back from Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We refuse all requests for a copy of your data.", ACCESS, GainsaidBy.DENIED),
    ("We keep admission records for six years after the end of the year.", ALL_SIX_YEARS, GainsaidBy.PART),
    ("We keep records of complaints for six years after the end of the year.", ALL_SIX_YEARS, GainsaidBy.PART),
    ("Your photographs are kept for six years after the end of the year.", ALL_SIX_YEARS, GainsaidBy.PART),
    ("Training data is kept for six years.", "keeps: {data: personal-data, period: P6Y}", GainsaidBy.PART),
    ("We share everything but your name with Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
]  # fmt: skip


def test_what_takes_it_back_in_other_words_is_gainsaid_and_says_why() -> None:
    _, found = proofs(*((sentence, claim) for sentence, claim, _ in VOID))
    reasons = [proof.gainsaid.reason if proof.gainsaid else None for proof in found]
    assert {s: r for (s, _, _), r in zip(VOID, reasons, strict=True)} == {s: r for s, _, r in VOID}
    assert all(proof.gainsaid and proof.gainsaid.marks for proof in found)


TRUE = [
    ("You may refuse to give us your name; we pass it to Sample Trust if you do.", TO_TRUST),
    ("To avoid mistakes we pass your name to Sample Trust.", TO_TRUST),
    ("Rather than ask you twice, we pass your name to Sample Trust.", TO_TRUST),
    ("We pass your name to Sample Trust without delay.", TO_TRUST),
    ("A mailing firm sends you our newsletter.", "discloses: {to: host, purposes: newsletter}"),
    ("We pass your name to nobody except Sample Trust.", TO_TRUST),
    ("Apart from Sample Host, we pass your name to Sample Trust.", TO_TRUST),
    ("We pass your name to Sample Trust and receive your results from Sample Trust.", TO_TRUST),
    ("Your name is passed by us to Sample Trust.", TO_TRUST),
    ("If you apply, your name is passed to Sample Trust.", TO_TRUST),
    ("We do not need your consent to pass your name to Sample Trust.", TO_TRUST),
    ("Sample Host keeps your records for us for six years after the end of the year.", SIX_YEARS),
    ("We keep your records for 72 months after the end of the school year.", SIX_YEARS),
    ("We keep our pupils' records for six years after the end of the year.", ALL_SIX_YEARS),
    ("We keep information about you for six years after the end of the year.", ALL_SIX_YEARS),
    ("We keep your file for six years after the end of the year.", ALL_SIX_YEARS),
    ("We keep all of it, such as your results, for six years after the end of the year.", ALL_SIX_YEARS),
    ("We keep your personal data, your results among it, for six years.", "keeps: {period: P6Y}"),
    ("We keep records of training for six years.", "keeps: {purposes: teaching, period: P6Y}"),
    (
        "We get your name from Sample Trust, to which we pass your results.",
        "collects: {from: trust, data: name}",
    ),
    ("Our lawful basis to teach you is Article 6, paragraph 1, point (e).", PUBLIC_TASK),
    ("You have to write to us to get a copy of your data.", ACCESS),
    ("Write to our data protection officer, who has no other task.", "informs: dpo-contact"),
    ("We intend to transfer your name to Sample Host in the United States.", ABROAD),
    ("From September 2026 we pass your name to Sample Trust.", TO_TRUST),
    ("When you plan to leave, we pass your name to Sample Trust.", TO_TRUST),
    ("To help Sample Trust plan for 2031, we pass your name to it.", TO_TRUST),
    ("We have passed your name to Sample Trust.", TO_TRUST),
    ("The name that we collected when you enrolled is passed to Sample Trust.", TO_TRUST),
    ("We collected your name from Sample Trust when you enrolled.", "collects: {from: trust, data: name}"),
    ("In rare cases we pass your name to Sample Trust.", TO_TRUST),
    ("We rarely pass your name to Sample Trust, but we do when you move to it.", TO_TRUST),
    ("We pass your name to Sample Trust, which rarely needs your address.", TO_TRUST),
    ("You should know that we pass your name to Sample Trust.", TO_TRUST),
    ("The law says that we pass your name to Sample Trust.", TO_TRUST),
    ("If you make a claim we pass your name to Sample Trust.", TO_TRUST),
    ("Sample Trust gets your name from us.", TO_TRUST),
    ("Our teachers pass your name to Sample Trust.", TO_TRUST),
    ("Like other schools, we pass your name to Sample Trust.", TO_TRUST),
    ("We pass your name to nobody but Sample Trust.", TO_TRUST),
    ("We would like you to know that we pass your name to Sample Trust.", TO_TRUST),
]  # fmt: skip


def test_what_only_looks_like_it_is_not_void() -> None:
    _, found = proofs(*TRUE)
    void = {s: p.gainsaid for (s, _), p in zip(TRUE, found, strict=True) if p.faulty}
    assert not void


PASSES = "We pass your name to Sample Trust."
TAKEN_BACK = (
    "This no longer applies.",
    "We have stopped doing this.",
    "That ended in 2020.",
    "Not any more.",
    "However, this practice was withdrawn last year.",
    "We do not do that any more.",
)
GOES_ON = (
    "This does not affect your rights.",
    "We do not do this with your address.",
    "It is no longer needed after that.",
    "We stopped sending letters in 2020.",
)


def test_what_the_next_sentence_takes_back_is_told_no_more_and_what_it_goes_on_with_is() -> None:
    for behind, reason in [(b, GainsaidBy.TAKEN_BACK) for b in TAKEN_BACK] + [
        (b, None) for b in GOES_ON
    ]:
        _, found = proofs((PASSES, TO_TRUST), (behind, NO_MARKETING))
        gainsaid = found[0].gainsaid
        assert (gainsaid.reason if gainsaid else None) is reason, behind


def test_what_a_list_of_untruths_holds_is_denied_and_what_both_lists_hold_is_not() -> None:
    for lead, denied in (("The following are myths:", True), ("What we do and do not do:", False)):
        _, (proof,) = proofs((f"{lead}\n\n- {PASSES}", TO_TRUST), quote=PASSES)
        assert (proof.gainsaid is not None) is denied, lead


def test_a_copy_that_is_none_of_your_data_is_asked_about() -> None:
    sentence = "You can ask for a copy of our yearly report."
    of, (proof,) = proofs((sentence, ACCESS))
    assert not proof.faulty
    assert of.unsaid_rights(proof)
    of, (proof,) = proofs(("You can ask for a copy of your data.", ACCESS))
    assert not of.unsaid_rights(proof)


TWO = "| | Sample School | Sample Council |\n|---|---|---|\n"
WHOSE = "| Controller | How long |\n|---|---|\n"
ROWS = [
    (f"{TWO}| Kept | one year | six years |", "six years", GainsaidBy.DOER),
    (f"{WHOSE}| Sample Council | kept for six years |", "kept for six years", GainsaidBy.DOER),
    (f"{TWO}| Kept | six years | one year |", "six years", None),
    (f"{TWO}| Kept | six years | |", "six years", None),
    (f"{WHOSE}| Sample School | kept for six years |", "kept for six years", None),
]  # fmt: skip


def test_what_stands_in_the_column_or_row_of_another_body_is_that_bodys() -> None:
    for table, quote, reason in ROWS:
        _, (proof,) = proofs((table, "keeps: {period: P6Y}"), quote=quote)
        assert (proof.gainsaid.reason if proof.gainsaid else None) is reason, table


def test_a_cell_that_says_no_denies_its_row_and_one_that_says_yes_does_not() -> None:
    for answer, reason in (("no", GainsaidBy.DENIED), ("yes", None)):
        table = f"| What | Shared with Sample Trust |\n|---|---|\n| your name | {answer} |"
        _, (proof,) = proofs((table, TO_TRUST), quote=f"your name {answer}")
        assert (proof.gainsaid.reason if proof.gainsaid else None) is reason, answer


def test_words_are_marked_in_the_sentence_that_they_stand_in_and_in_no_other() -> None:
    _, (proof,) = proofs(("We look after your name. We pass it to Sample Trust", TO_TRUST))
    assert [(part.text, part.proves) for part in marked(proof, Facet.RECIPIENT)] == [
        ("We look after your name.", False),
        (" ", False),
        ("We pass it to ", False),
        ("Sample Trust", True),
    ]
