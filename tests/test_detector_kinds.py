"""How a detector reads the frame of an item: who does what to whom, what stands round it, and what it points to."""

from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest
from click.testing import CliRunner

from ropa.cli import main
from ropa.documents.document import SourceFile
from ropa.seen.formats import notice_of_text
from ropa.wording.detectors import Detected, Status, detect

PRESENT, PARTIAL, ELSEWHERE, ABSENT = Status
RIGHTS = (
    "right_of_access",
    "right_to_rectification",
    "right_to_erasure",
    "right_to_restriction",
    "right_to_object",
    "right_to_portability",
)


def read(text: str) -> Mapping[str, Detected]:
    return detect(notice_of_text(SourceFile("notice.md", text)))


def status(text: str, item: str) -> Status:
    return read(text)[item].status


@pytest.mark.parametrize(
    "text",
    [
        "You may complain to:\n\n**Information Commissioner's Office (ICO)**",
        "You may complain to:\n\nInformation Commissioner's Office\n\nWater Lane",
        "The ICO watches over us. You can lodge a complaint with it.",
        "Our regulator is the supervisory authority of Wales. You may raise a concern with them.",
    ],
)
def test_the_regulator_may_stand_in_the_next_block_or_in_the_sentence_before(text: str) -> None:
    assert status(text, "right_to_complain_ico") is PRESENT


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("recipients", "Data processors: Inkstone."),
        ("recipients", "Shared with: the county archive"),
        ("controller_identity", "## Who we are\n\nName: Quill Boats Ltd"),
        ("controller_identity", "The data controller is:\n\n**Quill Boats Ltd**"),
        ("purposes", "- Why we need it: paying the crew"),
        ("retention", "Retention period: six years"),
        ("source_of_data", "## Where we get it\n\nDirectly from you\n\n## How long we keep it"),
        ("lawful_basis", "**What is our legal basis?** Necessary for the contract with you."),
        ("retention", "How long is it kept? Four years after the last voyage."),
        (
            "special_category_condition",
            "| Data | Article 9 condition |\n|---|---|\n| Allergies | explicit consent |",
        ),
    ],
)
def test_a_label_a_question_and_the_head_of_a_table_say_what_a_value_is(
    item: str, text: str
) -> None:
    assert status(text, item) is not ABSENT


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("right_to_portability", "The US has a Health Insurance Portability and Accountability Act."),
        ("right_to_portability", "Do not put data on portable drives."),
        ("right_to_portability", "We may ask you to verify any new data that you provide."),
        ("automated_decision_making", "Trade figures go through human review each spring."),
        ("automated_decision_making", "Cards are handled solely by our payment processor."),
        ("right_to_withdraw_consent", "Each alert has a link to unsubscribe from that alert."),
        ("right_to_withdraw_consent", "We keep you on the list until you unsubscribe."),
        ("right_to_complain_ico", "See the ICO registration page for our entry."),
        ("right_to_complain_ico", "Our fee is paid: look at the ICO's register."),
        ("complaint_to_controller", "- Complaints Policy\n- Site map"),
        ("right_of_access", "Only these people will have routine access to your data:\n\n- the clerk"),
        ("right_of_access", "We use it to answer access requests from other people."),
        ("right_to_erasure", "You gave consent and have the right to remove it."),
        ("controller_identity", "When we do this, we must comply with data protection law."),
        ("recipients", "Being open and giving clear information to members matters to us."),
        ("lawful_basis", "The handling of data is governed by legislation such as the Ink Act 2018."),
        ("purposes", "Our notices tell you how we use it."),
        ("purposes", "Quill decides how to run the boats, which means it determines how data is used."),
        ("automated_decision_making", "You will have been told of any automated decision that affects you."),
        ("statutory_or_contractual_requirement", "We can refuse to provide data about somebody else."),
        ("statutory_or_contractual_requirement", "Taking part in our survey is voluntary and collects data."),
        ("categories_of_data", "We record data relating to you."),
        ("source_of_data", "Data on whether a child is receiving support from another agency."),
        ("controller_contact", "Please contact us through our website."),
    ],
)  # fmt: skip
def test_a_word_without_its_frame_says_nothing(item: str, text: str) -> None:
    assert status(text, item) is ABSENT


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("right_to_erasure", "You can ask us to destroy your records."),
        ("right_of_access", "You may request information that we hold on you."),
        (
            "right_to_portability",
            "You may ask that we provide your data to an alternative controller.",
        ),
        (
            "right_to_restriction",
            "## Your rights\n\n- Request that limits be put on what is done with it",
        ),
        ("right_to_object", "You may raise an objection."),
        (
            "right_to_rectification",
            "Members may write if they wish to see it or to update the data.",
        ),
        ("source_of_data", "The list is what members supplied when they joined."),
    ],
)
def test_a_right_and_a_source_may_be_told_in_other_words(item: str, text: str) -> None:
    assert status(text, item) is not ABSENT


@pytest.mark.parametrize(
    "bullet",
    [
        "stop using any of it (the right to object)",
        "Right to object: you may tell us to stop using it, or limit it",
        "have us stop using it, which is known as the right to object",
    ],
)
def test_a_sentence_that_names_a_right_says_no_other(bullet: str) -> None:
    found = read(f"You can ask us to:\n\n- {bullet};\n")
    assert found["right_to_object"].status is PRESENT
    assert found["right_to_restriction"].status is ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "For your rights, see https://quill.example/rights.",
        "More about your rights is set out in our charter.",
        "You can read more about your rights in our main privacy notice.",
        "Information on your rights to object, to have data erased and to correct it is in our charter.",
        "You have a number of rights and can find out more about these on our website.",
        "## Your rights\n\nPlease see our full privacy notice.",
    ],
)
def test_a_pointer_tells_every_right_elsewhere(text: str) -> None:
    found = read(text)
    assert {found[right].status for right in RIGHTS} == {ELSEWHERE}


@pytest.mark.parametrize(
    "text",
    [
        "The ICO's website has more about your rights.",
        "Your rights are set out below.",
        "See section 4 for your rights.",
        "All rights reserved. See our website.",
        "This notice explains how we use your data and what your rights are in relation to it.",
        "You must read this notice with the others to know your rights.",
        "## Rights\n\nFor more on how we use data, please see our leaflet.",
        "To exercise your rights, use the form on our website.",
    ],
)
def test_what_points_to_the_regulator_or_within_the_notice_is_no_pointer(text: str) -> None:
    found = read(text)
    assert {found[right].status for right in RIGHTS} == {ABSENT}


def test_a_pointer_to_more_says_nothing_of_rights_left_out_of_a_list() -> None:
    found = read(
        "You have the right to:\n\n- access your data\n- have it erased\n- have it corrected\n\n"
        "You can read more about your rights in our charter."
    )
    assert found["right_of_access"].status is PRESENT
    assert found["right_to_portability"].status is ABSENT


@pytest.mark.parametrize(
    ("item", "bare", "full"),
    [
        (
            "controller_identity",
            "We are the data controller.",
            "Quill Boats is the data controller.",
        ),
        (
            "third_country_transfer",
            "Data may be sent abroad.",
            "Data may be sent abroad, to Japan.",
        ),
        (
            "third_country_transfer",
            "Wherever it goes, we ensure a similar degree of protection.",
            "Wherever it goes, we ensure a similar degree of protection by standard contractual clauses.",
        ),
        (
            "recipients",
            "We may share your data with third parties.",
            "We may share your data with the harbour police.",
        ),
        (
            "recipients",
            "We share your data with other organisations.",
            "We share your data with other organisations such as insurers.",
        ),
        (
            "retention",
            "Data is deleted after an appropriate period.",
            "Data is deleted after two years.",
        ),
        (
            "purposes",
            "We use your data to provide our services.",
            "We use your data to plan the ferries.",
        ),
        (
            "statutory_or_contractual_requirement",
            "You are required by law to provide this data.",
            "You are required by law to provide this data, and may be fined otherwise.",
        ),
        (
            "legitimate_interests",
            "We rely on legitimate interests.",
            "We rely on our legitimate interest in keeping the quay safe.",
        ),
        (
            "source_of_data",
            "The data that you provide is kept safe.",
            "The data comes from your employer.",
        ),
        (
            "lawful_basis",
            "We pass it on in line with our legal obligations.",
            "Our legal basis is a legal obligation under the Ports Act.",
        ),
        (
            "dpo_contact",
            "Our data protection manager is glad to help.",
            "Our data protection officer is at dpo@quill.example.",
        ),
        (
            "categories_of_data",
            "The data we collect includes, but is not limited to:",
            "The data we collect includes your name and cabin.",
        ),
    ],
)
def test_present_asks_for_what_the_item_stands_for(item: str, bare: str, full: str) -> None:
    assert status(bare, item) is PARTIAL
    assert status(full, item) is PRESENT


def test_the_controller_may_be_named_in_one_sentence_and_called_so_in_another() -> None:
    text = "Quill Boats Ltd takes your privacy seriously.\n\nWe are the data controller."
    assert status(text, "controller_identity") is PRESENT


@pytest.mark.parametrize(
    "text",
    [
        "You may not want us to collect these details. In that case we may be unable to take you on board.",
        "You will not be able to use the pier without the processing of your data.",
        "You can choose not to tell us your age. We then cannot offer the reduced fare.",
    ],
)
def test_what_happens_without_the_data_may_be_told_loosely(text: str) -> None:
    assert status(text, "statutory_or_contractual_requirement") is PRESENT


@pytest.mark.parametrize(
    "country", ["the People's Republic of China", "India", "the United States", "Norway"]
)
def test_a_country_that_is_named_tells_of_a_transfer(country: str) -> None:
    assert status(f"We store your data in {country}.", "third_country_transfer") is PRESENT


@pytest.mark.parametrize(
    "title",
    [
        "Data Protection Lead",
        "data protection manager",
        "compliance officer",
        "person responsible for data protection",
    ],
)
def test_whoever_looks_after_data_protection_under_another_title_is_partial(
    title: str, tmp_path: Path
) -> None:
    text = f"Write to our {title} at ahoy@quill.example."
    assert status(text, "dpo_contact") is PARTIAL
    (tmp_path / "notice.md").write_text(text, "utf-8")
    shown = CliRunner().invoke(main, ["notice", "inspect", str(tmp_path / "notice.md")])
    assert "line 1 [not called officer]: Write to" in shown.output


RIGHTS_SECTION = """## Your rights

- Right of access: you may see the data that we hold to check it is used lawfully.
- Right to erasure: you may ask us to delete it where it is no longer needed for the purposes it was collected for.
- Right to be told with whom we share it.
"""


@pytest.mark.parametrize(
    "item",
    ["purposes", "recipients", "lawful_basis", "retention", "source_of_data", "categories_of_data"],
)
def test_what_is_said_of_data_under_rights_is_said_by_the_way(item: str) -> None:
    assert status(RIGHTS_SECTION, item) is ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "This page has information about the data we use, what we use it for and who we share it with.",
        "Our policy explains the purposes for which we collect your name and who we pass it to.",
        "We will always tell you why we collect your name and who we share it with.",
        "The law says that organisations must make sure data is:\n\n- used for a purpose\n- kept no longer than needed",
    ],
)
def test_what_announces_or_tells_the_law_says_no_item(text: str) -> None:
    found = read(text)
    for item in ("purposes", "recipients", "retention", "categories_of_data"):
        assert found[item].status is ABSENT, item


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Inkboat Go privacy policy", PARTIAL),
        ("Privacy notice", ABSENT),
        ("Website privacy policy", ABSENT),
        ("Pupil and parent privacy notice", ABSENT),
        ("Mooring tenant data privacy notice", ABSENT),
        ("General data protection policy", ABSENT),
    ],
)
def test_the_title_may_name_whose_notice_it_is(title: str, expected: Status) -> None:
    text = f"# {title}\n\nInkboat Go finds ferries. Pupil and parent alike may use a website."
    assert status(text, "controller_identity") is expected


def test_a_title_names_the_controller_that_the_text_calls_we() -> None:
    text = "# Inkboat Go privacy policy\n\nInkboat Go finds ferries. We are the data controller."
    assert status(text, "controller_identity") is PRESENT


TABLE = """| Data | Source | Purpose | Basis | Kept | Recipients |
|---|---|---|---|---|---|
| Bed | Directly from you | Cleaning | Performance of our contract | Until you ask us to end it, or 3 years | Laundry |
"""


@pytest.mark.parametrize(
    "item", ["source_of_data", "purposes", "lawful_basis", "retention", "recipients"]
)
def test_a_cell_says_what_the_head_of_its_column_says_it_is(item: str) -> None:
    assert status(TABLE, item) is PRESENT


def test_a_row_is_one_sign_whatever_its_cells_say() -> None:
    assert len(read(TABLE)["lawful_basis"].signs) == 1


TRANSFERS = """## Transfers outside the UK

We may send data that we hold to another country if one of these applies:

- you have given your explicit consent
- it is needed for the performance of a contract with you
"""


@pytest.mark.parametrize(
    "item", ["lawful_basis", "special_category_condition", "categories_of_data"]
)
def test_what_allows_a_transfer_is_no_basis_for_the_use_of_the_data(item: str) -> None:
    assert status(TRANSFERS, item) is ABSENT


@pytest.mark.parametrize(
    ("item", "text", "expected"),
    [
        ("dpo_contact", "We do not have a dedicated data protection officer.", ABSENT),
        (
            "dpo_contact",
            "We have no data protection officer, but the bosun has responsibility for data protection.",
            PARTIAL,
        ),
        ("purposes", "Quill Boats is the controller for the purposes of the relevant law.", ABSENT),
        ("purposes", "We use your data to:\n\n## Our basis\n\nYour consent.", PARTIAL),
        ("legitimate_interests", "Our legitimate reason is to keep the quay safe.", PRESENT),
        ("special_category_condition", "- your health (only with explicit consent)", PARTIAL),
        ("lawful_basis", "We have legal duties to keep data secure.", ABSENT),
        (
            "right_to_portability",
            "## Your rights\n\n- provide your data to an alternative controller",
            PRESENT,
        ),
        ("recipients", "None of the data will be sold.", PARTIAL),
        ("recipients", "## Third-party services\n\n- Inkmail, for letters", PRESENT),
        ("recipients", "## The data we collect, hold and share\n\n- your shoe size", ABSENT),
        ("recipients", "We rely on an external service for payments.", PRESENT),
        ("recipients", "This notice is provided to you by Quill Boats.", ABSENT),
        ("recipients", "You can read the data protection register at the town hall.", ABSENT),
        ("right_to_erasure", "There is an option to purge it from your account.", PARTIAL),
        ("right_to_object", "You may object to decisions made by machines.", PARTIAL),
        ("right_to_withdraw_consent", "You may withdraw at any time.", PARTIAL),
        ("right_to_withdraw_consent", "Data is deleted where you have withdrawn consent.", ABSENT),
        (
            "right_of_access",
            "Your rights to access your data are limited in research.",
            PARTIAL,
        ),
        (
            "statutory_or_contractual_requirement",
            "Your place will not be affected should you decide not to share this.",
            PRESENT,
        ),
        (
            "statutory_or_contractual_requirement",
            "If we are not able to obtain proof, we will not be able to sail.",
            PRESENT,
        ),
        (
            "categories_of_data",
            "The type of data depends on the trip, and is described in the leaflet you get on board.",
            ELSEWHERE,
        ),
        ("controller_identity", "This is the privacy notice of the Quill Rowing Club.", PARTIAL),
        (
            "controller_identity",
            "We are the controller.\n\nReferences to we or us are to Quill Boats.",
            PRESENT,
        ),
        ("right_to_complain_ico", "We follow the checklist published by the ICO.", ABSENT),
        ("complaint_to_controller", "Raise concerns with the trustees first.", PRESENT),
        ("third_country_transfer", "UK law applies to data held in the UK.", ABSENT),
        ("cites_repealed_law", "We followed the Data Protection Act 1998 up to 24 May 2018.", ABSENT),
        ("legitimate_interests", "Legitimate interests (fewer delays on the quay)", PRESENT),
        ("lawful_basis", "We handle it in compliance with its legal obligations.", PARTIAL),
    ],
)  # fmt: skip
def test_what_a_phrase_is_worth(item: str, text: str, expected: Status) -> None:
    assert status(text, item) is expected


PIECES = (
    "Right to object: see our charter. ",
    "You may complain to:\n\nInk\n\n",
    "What is it? It is: kept (the right to ",
    "We are the controller of a a a ",
    "- you may ask us to: (",
)


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_costs_little_more_than_twice(piece: str) -> None:
    def seconds(times: int) -> float:
        text, taken = piece * times, []
        for _ in range(3):  # the best of three, since other work on the machine slows all but it
            start = process_time()
            read(text)
            taken.append(process_time() - start)
        return min(taken)

    assert seconds(800) <= 2.2 * seconds(400) + 0.1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("You cannot ask us to erase your data.", ABSENT),
        ("You do not have the right to erasure.", ABSENT),
        ("The right to erasure does not apply.", ABSENT),
        ("You can ask us to erase your data, and we cannot charge you for it.", PRESENT),
        ("You cannot ask us to erase data if we keep it for a legal claim.", PRESENT),
    ],
)
def test_a_right_that_people_are_told_they_do_not_have_is_not_there(
    text: str, told: Status
) -> None:
    assert status(f"# Privacy notice\n\n## Your rights\n\n{text}", "right_to_erasure") is told


def test_to_receive_a_date_or_a_newsletter_is_no_copy_of_the_data() -> None:
    item = "right_of_access"
    assert (
        status("If you wish to receive the exact date for your records, please ask.", item)
        is ABSENT
    )
    assert status("You can ask to receive our newsletter about your data.", item) is ABSENT
    assert status("You can ask to receive the data we hold about you.", item) is PRESENT


def test_what_cannot_be_done_without_certain_information_tells_what_follows() -> None:
    text = "Without certain information, the club may not be able to let you swim."
    assert status(text, "statutory_or_contractual_requirement") is not ABSENT


def test_what_people_have_to_give_is_told_below_their_rights_as_well() -> None:
    text = (
        "## Your rights\n\nYou have to give us your name, because the Education Act 1996 says so."
    )
    assert status(text, "statutory_or_contractual_requirement") is not ABSENT
