"""Sentences in which the deed stands and which do not say that it is done, each kind with lawful ones beside it."""

from ropa.judging.evidence import Rests
from ropa.judging.gainsaid import GainsaidBy
from test_other_denials import ABROAD, SIX_YEARS, TO_TRUST, proofs

ATTENDANCE = "discloses: {to: council, data: attendance}"
RESULTS = "collects: {from: trust, data: exam-results}"
PICTURES = "uses: {data: photos, purposes: newsletter}"

UNSAID = [
    ("We are thinking about whether to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We are thinking about whether we should pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("It is under consideration to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We are weighing up whether to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We may one day pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We have yet to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We pass your name to all bodies, Sample Trust excepted.", TO_TRUST, GainsaidBy.DENIED),
    ("Sample Trust excepted, we pass your name to all bodies.", TO_TRUST, GainsaidBy.DENIED),
    ("We pass your name to everybody, excepting Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We pass your name to everybody but Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("The pupils themselves give their name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("Pupils themselves pass their name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("Parents themselves pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("If the law changed, we would pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("Were you to move, we would pass your name to Sample Trust.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("We would only pass your name to Sample Trust if you moved.", TO_TRUST, GainsaidBy.SUPPOSED),
    ("We see no need to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We resist passing your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We object to passing your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("It would be unlawful to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We are being asked to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("We were asked to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("It remains to be decided whether we pass your name to Sample Trust.", TO_TRUST, GainsaidBy.ASKED),
    ("We are still to decide whether to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.ASKED),
    ("A decision on whether to pass your name to Sample Trust is awaited.", TO_TRUST, GainsaidBy.ASKED),
    ("We have been urged to pass your name to Sample Trust.", TO_TRUST, GainsaidBy.PLANNED),
    ("The governors are debating whether Sample Council should receive your attendance.", ATTENDANCE, GainsaidBy.ASKED),
    (
        "It is still an open question whether we keep your records for six years after the end of the year.",
        SIX_YEARS,
        GainsaidBy.ASKED,
    ),
    ("In the distant future we might get your exam results from Sample Trust.", RESULTS, GainsaidBy.PLANNED),
    ("We are yet to share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.PLANNED),
    ("Families themselves send your details to Sample Host in the United States.", ABROAD, GainsaidBy.DOER),
    ("It is for parents to send your attendance to Sample Council.", ATTENDANCE, GainsaidBy.DOER),
    ("We see no reason to get your exam results from Sample Trust.", RESULTS, GainsaidBy.DENIED),
    (
        "It would be a breach of the law to send your details to Sample Host in the United States.",
        ABROAD,
        GainsaidBy.DENIED,
    ),
    ("Sample Council keeps asking us to share your attendance with it.", ATTENDANCE, GainsaidBy.PLANNED),
    ("We have been invited to share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.PLANNED),
    ("We can think of no case in which your name would go to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("The idea of sending your details to Sample Host in the United States was dropped.", ABROAD, GainsaidBy.DENIED),
    ("We turned down a request to share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("The law stops us from sharing your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("We are barred from using your photographs in the newsletter.", PICTURES, GainsaidBy.DENIED),
    (
        "Once the new system is in place, we will send your details to Sample Host in the United States.",
        ABROAD,
        GainsaidBy.PLANNED,
    ),
    ("We could share your attendance with Sample Council, but choose otherwise.", ATTENDANCE, GainsaidBy.DENIED),
    ("We leave Sample Council out when we share your attendance.", ATTENDANCE, GainsaidBy.DENIED),
    ("Sharing your attendance with Sample Council is out of the question.", ATTENDANCE, GainsaidBy.DENIED),
    ("We have no wish to share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("We stop short of giving your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("Your name goes to every school bar Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("Giving your name to Sample Trust would break the law.", TO_TRUST, GainsaidBy.DENIED),
    ("There is talk of sending your details to Sample Host in the United States.", ABROAD, GainsaidBy.PLANNED),
    ("We were minded to keep your records for six years after the end of the year.", SIX_YEARS, GainsaidBy.PLANNED),
    (
        "Ministers may at a later date make us share your attendance with Sample Council.",
        ATTENDANCE,
        GainsaidBy.PLANNED,
    ),
    ("We have never had cause to share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("Had the law been passed, we would share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.SUPPOSED),
    ("Nobody here gives your name to Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
    ("We fall short of sharing your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("We only pretend to get your exam results from Sample Trust.", RESULTS, GainsaidBy.DENIED),
    ("Your mother herself gives your name to Sample Trust.", TO_TRUST, GainsaidBy.DOER),
    ("You alone decide to give your name to Sample Trust.", TO_TRUST, GainsaidBy.READER),
    ("Our governors voted against sharing your attendance with Sample Council.", ATTENDANCE, GainsaidBy.DENIED),
    ("We used photographs in the newsletter until parents objected.", PICTURES, GainsaidBy.PAST),
    ("It is far from certain that we will share your attendance with Sample Council.", ATTENDANCE, GainsaidBy.SUPPOSED),
    ("We keep your records for six years after the end of the year in theory only.", SIX_YEARS, GainsaidBy.SUPPOSED),
    ("We await permission to send your details to Sample Host in the United States.", ABROAD, GainsaidBy.PLANNED),
    (
        "We share attendance with all the bodies listed, Sample Council being the one exception.",
        ATTENDANCE,
        GainsaidBy.DENIED,
    ),
    ("Sample Host would be given your details in the United States if we chose it.", ABROAD, GainsaidBy.SUPPOSED),
    ("Under no circumstances does your name reach Sample Trust.", TO_TRUST, GainsaidBy.DENIED),
]  # fmt: skip


def test_a_sentence_that_does_not_say_the_deed_is_gainsaid_and_says_by_which_words() -> None:
    _, found = proofs(*((sentence, claim) for sentence, claim, _ in UNSAID))
    reasons = [proof.gainsaid.reason if proof.gainsaid else None for proof in found]
    assert {s: r for (s, _, _), r in zip(UNSAID, reasons, strict=True)} == {
        s: r for s, _, r in UNSAID
    }
    assert all(proof.gainsaid and proof.gainsaid.marks for proof in found)


def test_the_words_that_deny_are_shown_whole() -> None:
    for sentence, shown in (
        ("We see no need to pass your name to Sample Trust.", "see no need to"),
        ("Sample Trust excepted, we pass your name to all bodies.", "Sample Trust excepted"),
        ("Passing your name to Sample Trust is out of the question.", "is out of the question"),
    ):
        _, (proof,) = proofs((sentence, TO_TRUST))
        assert proof.gainsaid
        assert [mark.words for mark in proof.gainsaid.marks] == [shown]


SAID = [
    ("We think about your privacy whenever we pass your name to Sample Trust.", TO_TRUST),
    ("Whether or not you object, we pass your name to Sample Trust.", TO_TRUST),
    ("We pass your name to everybody who needs it, Sample Trust not excepted.", TO_TRUST),
    ("We pass your name to all bodies, Sample Trust included.", TO_TRUST),
    ("We pass nothing to Sample Trust but your name.", TO_TRUST),
    ("We ourselves pass your name to Sample Trust.", TO_TRUST),
    ("You would expect us to pass your name to Sample Trust, and we do.", TO_TRUST),
    ("If you move, we pass your name to Sample Trust.", TO_TRUST),
    ("We would pass your name to Sample Trust in an emergency.", TO_TRUST),
    ("We need to pass your name to Sample Trust.", TO_TRUST),
    ("We are required to pass your name to Sample Trust.", TO_TRUST),
    ("We are asked by law to pass your name to Sample Trust.", TO_TRUST),
    ("We were asked by the government to pass your name to Sample Trust, and now do so.", TO_TRUST),
    ("It would be unlawful not to pass your name to Sample Trust.", TO_TRUST),
    ("Unless you object to it, we pass your name to Sample Trust.", TO_TRUST),
    ("We pass your name to Sample Trust, which decides whether to use it.", TO_TRUST),
    ("We may pass your name to Sample Trust.", TO_TRUST),
    ("Sample Trust decides whether to pass it on when we pass your name to Sample Trust.", TO_TRUST),
    ("We are obliged to pass your name to Sample Trust one day a week.", TO_TRUST),
    ("If we have yet to hear from you, we pass your name to Sample Trust.", TO_TRUST),
    ("When weighing up your needs we pass your name to Sample Trust.", TO_TRUST),
    ("Your teachers themselves pass your name to Sample Trust.", TO_TRUST),
    ("Where a placement is under consideration, we pass your name to Sample Trust.", TO_TRUST),
    ("The governors debate every policy under which Sample Council receives your attendance from us.", ATTENDANCE),
    ("There is no question that we keep your records for six years after the end of the year.", SIX_YEARS),
    ("In future, as now, we get your exam results from Sample Trust.", RESULTS),
    ("We share your attendance with Sample Council, and are yet to hear a complaint.", ATTENDANCE),
    ("We use your photographs in the newsletter, save in August.", PICTURES),
    ("Our staff themselves send your details to Sample Host in the United States.", ABROAD),
    ("It is for us to send your attendance to Sample Council.", ATTENDANCE),
    ("We see no reason not to get your exam results from Sample Trust, and do so.", RESULTS),
    ("It would be a breach of the law if we failed to send your details to Sample Host in the United States.", ABROAD),
    ("As the law asks us to, we share your attendance with Sample Council.", ATTENDANCE),
    ("We have been told by law to share your attendance with Sample Council.", ATTENDANCE),
    ("In every case in which you move, your name goes to Sample Trust.", TO_TRUST),
    ("The idea of this system is to send your details to Sample Host in the United States.", ABROAD),
    ("We share your attendance with Sample Council on request.", ATTENDANCE),
    ("Nothing stops us from sharing your attendance with Sample Council each week.", ATTENDANCE),
    ("We use your photographs in the newsletter, unless a court has barred us from doing so.", PICTURES),
    ("Once you have enrolled, we will send your details to Sample Host in the United States.", ABROAD),
    ("We could ask you each time, but share your attendance with Sample Council by law.", ATTENDANCE),
    ("We leave nothing out when we share your attendance with Sample Council.", ATTENDANCE),
    ("Sharing your attendance with Sample Council is a matter of law.", ATTENDANCE),
    ("We have no wish to hide that we share your attendance with Sample Council.", ATTENDANCE),
    ("We give your name to Sample Trust and stop there.", TO_TRUST),
    ("Your name goes to Sample Trust and every school.", TO_TRUST),
    ("Giving your name to Sample Trust keeps us within the law.", TO_TRUST),
    ("We send your details to Sample Host in the United States, as we told you.", ABROAD),
    ("We keep your records for six years after the end of the year, as we were advised.", SIX_YEARS),
    ("Ministers make us share your attendance with Sample Council.", ATTENDANCE),
    ("We have good cause to share your attendance with Sample Council.", ATTENDANCE),
    ("Since the law was passed, we share your attendance with Sample Council.", ATTENDANCE),
    ("Somebody here gives your name to Sample Trust each term.", TO_TRUST),
    ("We share your attendance with Sample Council when it falls short.", ATTENDANCE),
    ("We only get your exam results from Sample Trust.", RESULTS),
    ("Your teacher herself gives your name to Sample Trust for us.", TO_TRUST),
    ("You may not know that we give your name to Sample Trust.", TO_TRUST),
    ("Our governors voted for sharing your attendance with Sample Council, which we do.", ATTENDANCE),
    ("We use photographs in the newsletter, and some parents have objected.", PICTURES),
    ("It is certain that we will share your attendance with Sample Council.", ATTENDANCE),
    ("We do not doubt that your name goes to Sample Trust.", TO_TRUST),
    ("We keep your records for six years after the end of the year, in paper form only.", SIX_YEARS),
    ("We have permission to send your details to Sample Host in the United States, and do so.", ABROAD),
    ("Sample Trust asks for your name and gets it from us.", TO_TRUST),
    ("We share your attendance with all the bodies listed, Sample Council being the first.", ATTENDANCE),
    ("We asked Sample Trust to give us your exam results, and it gives us your exam results.", RESULTS),
    ("Sample Host is given your details in the United States since we chose it.", ABROAD),
    ("Under the law your name reaches Sample Trust.", TO_TRUST),
]  # fmt: skip


def test_what_has_the_same_words_and_says_the_deed_is_not_void() -> None:
    _, found = proofs(*SAID)
    void = {s: p.gainsaid for (s, _), p in zip(SAID, found, strict=True) if p.faulty}
    assert not void


def test_a_verb_that_hangs_on_words_nobody_listed_is_no_proof_by_words_and_voids_nothing() -> None:
    for sentence, rests in (
        ("We were advised to pass your name to Sample Trust.", Rests.READING),
        ("We toy with the thought of passing your name to Sample Trust.", Rests.READING),
        ("It is feasible that we pass your name to Sample Trust.", Rests.READING),
        ("We are obliged to pass your name to Sample Trust.", Rests.WORDS),
        ("It is clear that we pass your name to Sample Trust.", Rests.WORDS),
        ("We have a policy of passing your name to Sample Trust.", Rests.WORDS),
    ):
        _, (proof,) = proofs((sentence, TO_TRUST))
        assert (proof.void, proof.rests) == (False, rests), sentence
