"""What the rules find in the words of a notice, and what they leave alone: a fault beside its nearest traps."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from conftest import TODAY, Check, write_register
from ropa.documents.document import SourceFile
from ropa.engine import check
from ropa.judging.judgement import Settings
from ropa.law import tables as law
from ropa.register.model import Notice
from ropa.report import Report
from ropa.rules.controller_misnamed import _NOBODY
from ropa.rules.template_left_over import SIGNS
from ropa.seen.formats import notice_of_text
from ropa.wording.sentences import Wording

NOTICE = """kind: organisation
id: sampleton
name: {organisation}
dpo: dpo@sampleton.example
regimes: {regimes}
---
kind: activity
id: repairs
name: Repairs
subjects: tenant
data: name
purposes: housing-services
basis: {{article_6: e}}
---
kind: notice
id: tenants
audience: tenant
text: tenants.md
in_force: {{from: {start}}}
"""

Found = Callable[..., list[str]]


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """The ids of the findings about a text."""

    def run(
        words: str,
        *rules: str,
        day: date = TODAY,
        organisation: str = "Sampleton Borough Council",
        regimes: str = "uk-gdpr",
        start: str = "2010-01-01",
    ) -> list[str]:
        register = NOTICE.format(organisation=organisation, regimes=regimes, start=start)
        write_register(tmp_path, f"{register}=== tenants.md\n{words}\n")
        report = check(tmp_path, Settings(day))
        return [f.id for f in report.findings if f.rule.id in rules]

    return run


def wording(words: str) -> Wording:
    notice = Notice("n", "n", (), "", "", None, None, (), (), "", "", "", None, None)  # type: ignore[arg-type] # no place is asked for
    return Wording(notice, notice_of_text(SourceFile("n.md", words)))


def test_headings_entries_and_sentences_are_passages_of_their_own() -> None:
    text = "# Who we are\nThe council, i.e. Sampleton. We\nshare with:\n\n- the police\n- Quill Ltd. of Sampleton\n"
    passages = wording(text).passages
    assert [p.words for p in passages] == [
        "Who we are",
        "The council, i.e. Sampleton.",
        "We share with:",
        "the police",
        "Quill Ltd. of Sampleton",
    ]
    assert [p.heading for p in passages] == [True, False, False, False, False]
    assert [p.entry for p in passages] == [False, False, False, True, True]


def test_a_hit_is_placed_where_it_was_written() -> None:
    text = wording("# One\n\nWe keep to the Data  Protection\nAct 1998.\n")
    (hit,) = text.find("data protection act 1998")
    assert str(text.place(hit)) == "n.md:3:16"


def test_an_empty_text_has_no_passages() -> None:
    assert wording("\n\n  \n").passages == ()


WRITTEN = [
    "We comply with the Data Protection Act 1998.",
    "We comply with the Data Protection Act (1998).",
    "We comply with the Data Protection Act, 1998.",
    "We comply with the Data Protection Act (DPA) 1998.",
    "We comply with the DPA 1998.",
    "We comply with the DPA98.",
    "We comply with the 1998 Data Protection Act.",
    "We comply with the 1998 and 2018 Data Protection Acts.",
    "We comply with the 1998 Act.",
    "We comply with the Data Protection Acts 1984 and 1998.",
    "We comply with the **Data Protection**\nAct 1998 and the Human Rights Act 1998.",
    "We hold it under the Data Protection Act 1998 and do not share it.",
    "We never share it, as the Data Protection Act 1998 demands.",
    "We follow the Data Protection Act 1998, which replaced the Act of 1984.",
    "Data Protection Act 1998: how we use your information",
    "See <https://www.legislation.gov.uk/ukpga/1998/29>.",
]
HISTORY = [
    "The UK GDPR replaced the Data Protection Act 1998.",
    "The law came into effect on 25 May 2018, replacing the Data Protection Act 1998.",
    "The Data Protection Act 1998 was replaced by the Data Protection Act 2018.",
    "The Data Protection Act 2018 repeals and replaces the Data Protection Act 1998.",
    "We follow the Data Protection Act 2018 (formerly the Data Protection Act 1998).",
    "From 25 May 2018 the existing 1998 Data Protection Act will be replaced by the GDPR.",
    "The Data Protection Act 1998, now repealed, gave people other rights.",
    "The Data Protection Act 1998 (repealed) gave people other rights.",
    "Until 25 May 2018 we kept to the Data Protection Act 1998.",
    "Requests made before May 2018 were answered under the Data Protection Act 1998.",
    "These rights go further than under the previous Data Protection Act 1998.",
    "The Data Protection Act 1998 no longer applies.",
    "We do not rely on the Data Protection Act 1998.",
    "## Version history\n\n- 2017: first version, under the Data Protection Act 1998",
    "- v1.0: written for the Data Protection Act 1998",
    "Data protection law has changed: the Data Protection Act 1998 has been superseded.",
    "The Data Protection Act 2018 took the place of the Data Protection Act 1998.",
    "We comply with the Human Rights Act 1998. Under the 1998 Act everybody has a right to privacy.",
    "We comply with the Data Protection Act 2018.",
    "<!-- Data Protection Act 1998 --> We comply with the UK GDPR.",
]


@pytest.mark.parametrize("words", WRITTEN)
def test_a_repealed_act_is_found_however_it_is_written(found: Found, words: str) -> None:
    assert "superseded-instrument@notice/tenants@dpa-1998" in found(words, "superseded-instrument")


@pytest.mark.parametrize("words", HISTORY)
def test_the_history_of_an_act_is_no_fault(found: Found, words: str) -> None:
    assert found(words, "superseded-instrument") == []


def test_a_transfer_scheme_that_is_denied_is_no_fault(found: Found) -> None:
    rule = "superseded-instrument"
    assert found("We no longer rely on the Privacy Shield.", rule) == []
    assert found("Since the Privacy Shield was struck down we use clauses.", rule) == []
    assert found("There is no safe harbour for mistakes, and we accept that.", rule) == []
    assert found("Our supplier is certified under the Privacy Shield.", rule)
    assert found("Our supplier belongs to the EU-US Safe Harbor framework.", rule)


NAMED = {
    "dpa-1998": "We comply with the Data Protection Act 1998.",
    "dpa-1984": "We comply with the Data Protection Act 1984.",
    "directive-95-46": "We comply with Directive 95/46/EC.",
    "safe-harbour": "Our supplier is in the EU-US Safe Harbour.",
    "privacy-shield": "Our supplier is in the Privacy Shield.",
    "old-clauses-uk": "We use the clauses of Decision 2010/87/EU.",
    "old-clauses-eu": "We use the clauses of Decision 2010/87/EU.",
    "dpa-2018-s17a": "The country is covered under section 17A.",
    "uk-article-6-4": "The new purpose is compatible under Article 6(4) of the UK GDPR.",
    "uk-article-14-5-b": "Our exemption is Article 14(5)(b) UK GDPR.",
    "uk-article-44": "We transfer under Article 44 of the UK GDPR.",
    "uk-article-45": "We send data abroad on the strength of Article 45 of the UK GDPR.",
    "uk-article-77": "You may complain under Article 77 of the UK GDPR.",
    "dpa-2018-s14": "We tell you of it under section 14 of the Data Protection Act 2018.",
    "dpa-2018-s17b": "The list stands in s.17B of the DPA 2018.",
    "dpa-2018-s17c": "The clauses are made under section 17C of the Data Protection Act 2018.",
    "dpa-2018-s18": "Section 18 of the Data Protection Act 2018 lets us.",
    "dpa-2018-s19": "Research is under sections 15 and 19 of the Data Protection Act 2018.",
    "uk-article-89": "We follow Article 89(1) of the UK GDPR.",
    "uk-article-22": "You have rights under Article 22 of the UK GDPR.",
    "social-work-order-2000": "The Data Protection (Subject Access Modification) (Social Work) Order 2000 applies.",
    "placement-regulations-1991": "The Arrangements for Placement of Children (General) Regulations 1991 apply.",
    "childrens-homes-regulations-2001": "The Children's Homes Regulations 2001 apply.",
    "local-safeguarding-children-board": "We tell the Local Safeguarding Children Board.",
    "article-29-working-party": "We follow the Article 29 Working Party.",
    "criminal-records-bureau": "We ask the Criminal Records Bureau.",
    "independent-safeguarding-authority": "We tell the Independent Safeguarding Authority.",
    "department-for-children-schools-and-families": "We tell the Department for Children, Schools and Families.",
    "primary-care-trust": "We tell your Primary Care Trust.",
    "clinical-commissioning-group": "We tell your Clinical Commissioning Group.",
    "public-health-england": "We tell Public Health England.",
    "nhs-digital": "We tell NHS Digital.",
    "national-college-for-teaching": "We tell the National College for Teaching and Leadership.",
    "education-and-skills-funding-agency": "We tell the ESFA.",
    "department-for-levelling-up": "We tell the Department for Levelling Up, Housing and Communities.",
    "uk-border-agency": "We tell the UK Border Agency.",
    "institute-for-apprenticeships": "We tell the Institute for Apprenticeships.",
    "valuation-office-agency": "We tell the Valuation Office Agency.",
    "information-commissioners-office": "Complain to the Information Commissioner's Office.",
    "fair-processing-notice": "This is a fair processing notice.",
    "sensitive-personal-data": "We hold sensitive personal data.",
    "eight-principles": "We follow the eight data protection principles.",
    "notification": "We are on the register of data controllers.",
    "audit-commission-act-1998": "We match data under the Audit Commission Act 1998.",
    "orders-under-dpa-1998": "We follow the Data Protection (Processing of Sensitive Personal Data) Order 2000.",
    "discrimination-acts": "We keep it under the Disability Discrimination Act 1995.",
    "section-60": "We have approval under section 60 of the Health and Social Care Act 2001.",
    "money-laundering-regulations": "The Money Laundering Regulations 2007 make us check your passport.",
    "lawful-business-practice-regulations": "We record calls under the Lawful Business Practice Regulations 2000.",
    "audit-commission": "We send it to the Audit Commission.",
    "qualifications-and-curriculum-authority": "We tell the Qualifications and Curriculum Authority.",
    "department-of-health": "We tell the Department of Health.",
    "department-for-communities": "We tell DCLG.",
    "department-for-digital-culture": "We tell the Department of Digital, Culture, Media & Sport.",
    "department-for-business": "We tell BEIS.",
    "homes-and-communities-agency": "We tell the Homes & Communities Agency.",
    "funding-agencies": "We tell the Skills Funding Agency.",
    "higher-education-funding-council": "We tell HEFCE.",
    "strategic-health-authority": "We tell the Strategic Health Authority.",
    "health-protection-agency": "We tell the Health Protection Agency.",
    "nhs-improvement": "We tell NHS England and Improvement.",
    "health-education-england": "We tell Health Education England.",
    "commission-for-social-care-inspection": "We tell the Healthcare Commission.",
    "general-social-care-council": "We tell the General Social Care Council.",
    "serious-organised-crime-agency": "We tell the Serious Organised Crime Agency.",
    "national-offender-management-service": "We tell the National Offender Management Service.",
    "community-rehabilitation-company": "We tell the Community Rehabilitation Company.",
    "financial-services-authority": "We tell the Financial Services Authority.",
    "office-of-fair-trading": "We tell the Office of Fair Trading.",
    "inland-revenue": "We tell the Inland Revenue.",
    "information-tribunal": "You can appeal to the Information Tribunal.",
    "subject-access-fee": "There is a £10 fee for a copy of your record.",
    "forty-days": "We answer a subject access request within 40 days.",
}
ENDED = (
    "superseded-instrument",
    "superseded-article",
    "former-body-named",
    "outdated-term",
)


@pytest.mark.parametrize("row", law.SUPERSEDED.rows, ids=lambda row: row.id)
def test_what_has_ended_is_found_since_its_day(found: Found, row: law.Superseded) -> None:
    assert row.standing.start
    regimes = row.standing.regimes[0]

    def on(day: date) -> bool:
        ids = found(NAMED[row.id], *ENDED, day=day, regimes=regimes, start="1990-01-01")
        return any(id_.endswith(f"@{row.id}") for id_ in ids)

    assert on(row.standing.start)
    assert not on(row.standing.start - timedelta(days=1))


LINKED = {
    "npd-requests": "https://www.gov.uk/government/publications/national-pupil-database-requests-received",
    "npd-apply": "https://www.gov.uk/guidance/national-pupil-database-apply-for-a-data-extract",
    "new-lancashire": "http://new.lancashire.gov.uk/council/",
    "gsi-mail": "mailto:data@sampleton.gsi.gov.uk",
    "directgov": "http://www.direct.gov.uk/",
    "ico-gov-uk": "http://www.ico.gov.uk/",
    "former-departments": "http://www.dcsf.gov.uk/",
    "privacy-shield-list": "https://www.privacyshield.gov/list",
    "online-dispute-platform": "https://ec.europa.eu/consumers/odr",
}


@pytest.mark.parametrize("row", law.WITHDRAWN_LINKS.rows, ids=lambda row: row.id)
def test_a_withdrawn_address_is_found_since_its_day(found: Found, row: law.WithdrawnLink) -> None:
    assert row.standing.start
    words = f"See [this page]({LINKED[row.id]}) for more."
    rule, id_ = "link-withdrawn", f"link-withdrawn@notice/tenants@{row.id}"
    assert found(words, rule, day=row.standing.start, start="1990-01-01") == [id_]
    before = row.standing.start - timedelta(days=1)
    assert found(words, rule, day=before, start="1990-01-01") == []


def test_a_link_in_a_comment_is_not_seen(found: Found) -> None:
    assert found(f"<!-- {LINKED['directgov']} --> Hello", "link-withdrawn") == []


def test_a_notice_that_is_over_is_not_judged_by_later_law(check_text: Check) -> None:
    register = NOTICE.format(organisation="Sampleton", regimes="uk-gdpr", start="2010-01-01")
    words = "=== tenants.md\nWe comply with the Data Protection Act 1998.\n"
    ended = register.replace("{from: 2010-01-01}", "{from: 2010-01-01, to: 2018-05-24}")

    def rules(text: str, day: date) -> set[str]:
        return {f.rule.id for f in check_text(text + words, day=day).findings}

    assert "superseded-instrument" in rules(register, TODAY)
    assert "superseded-instrument" not in rules(ended, TODAY)
    assert "superseded-instrument" not in rules(register, date(2018, 5, 24))


def test_article_22_is_left_alone_where_it_is_still_law(found: Found) -> None:
    rule = "superseded-article"
    assert found("You have rights under Article 22 of the UK GDPR.", rule)
    assert found("You have rights under Article 22 of the GDPR.", rule, regimes="eu-gdpr") == []
    both = "[uk-gdpr, eu-gdpr]"
    assert found("You have rights under Article 22 of the GDPR.", rule, regimes=both) == []
    assert found("You have rights under Article 22 of the UK GDPR.", rule, regimes=both)
    assert found("You have rights under Articles 22A to 22D.", rule) == []
    assert found("See Article 22 of the UN Convention.", rule) == []


SEVEN = """You may complain under Article 77 of the UK GDPR.

We send data abroad on the strength of Article 45 of the UK GDPR.

We transfer under Article 44 of the UK GDPR.

Our exemption is Article 14(5)(b) UK GDPR.

We make no decisions under Article 22 of the UK GDPR.

Section 18 of the Data Protection Act 2018 lets us.

Research is under Article 89 of the UK GDPR.
"""


def test_every_provision_that_has_moved_is_found_in_one_notice(found: Found) -> None:
    moved = {"uk-article-45", "uk-article-44", "uk-article-14-5-b", "uk-article-22"}
    moved |= {"dpa-2018-s18", "uk-article-89"}

    def on(day: date, regimes: str = "uk-gdpr") -> set[str]:
        ids = found(SEVEN, "superseded-article", day=day, regimes=regimes)
        return {id_.rpartition("@")[2] for id_ in ids}

    assert on(date(2026, 6, 19)) == moved | {"uk-article-77"}
    assert on(date(2026, 6, 18)) == moved
    assert on(date(2026, 2, 4)) == set()
    assert on(TODAY, "[uk-gdpr, eu-gdpr]") == moved | {"uk-article-77"}
    assert on(TODAY, "eu-gdpr") == set()


@pytest.mark.parametrize(
    "words",
    [
        "Under Article 45 of the EU GDPR the Commission decides.",
        "Articles 44 to 49 of the EU GDPR are about transfers.",
        "You have the rights of Articles 15 to 21 of the UK GDPR.",
        "Transfers stand in Articles 44A to 49A of the UK GDPR.",
        "Direct payments are made under section 17A of the Children Act 1989.",
        "Section 18 of the Children Act 1989 is about day care.",
        "See section 14 of the Data Protection Act 1998, which was repealed.",
        "Article 77 of the UK GDPR has been replaced by section 165 of the Data Protection Act 2018.",
        "You may complain under sections 164A and 165 of the Data Protection Act 2018.",
        "Ask for section 180 of the Data Protection Act 2018.",
        "Article 14(5)(e) of the UK GDPR lets us.",
        "Article 6(1)(e) of the UK GDPR, task 4.",
    ],
)
def test_what_has_not_moved_is_left_alone(found: Found, words: str) -> None:
    assert found(words, "superseded-article") == []


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("Transfers are under Articles 44 and 45 of the UK GDPR.", "uk-article-45"),
        ("See Art. 77 UK GDPR.", "uk-article-77"),
        ("See the Data Protection Act 2018, section 19.", "dpa-2018-s19"),
        ("See ss.17A and 18 of the DPA 2018.", "dpa-2018-s18"),
        ("Your rights are in Articles 13, 14 and 22 of the UK GDPR.", "uk-article-22"),
    ],
)
def test_a_moved_provision_is_found_in_a_list_and_in_short(
    found: Found, words: str, row: str
) -> None:
    assert f"superseded-article@notice/tenants@{row}" in found(words, "superseded-article")


def test_the_gdpr_is_called_by_its_name_since_the_end_of_2020(found: Found) -> None:
    rule, words = "gdpr-without-uk", "Our legal reason is Article 6 of the GDPR."
    assert found(words, rule, day=date(2020, 12, 31))
    assert found(words, rule, day=date(2020, 12, 30)) == []
    assert found(words, rule, regimes="eu-gdpr") == []
    assert found(words, rule, regimes="[uk-gdpr, eu-gdpr]") == []
    assert found(f"{words} By that we mean the UK GDPR.", rule) == []


REGISTERED = """kind: activity
id: requests
name: Requests
subjects: information-requester
data: name
purposes: subject-access
basis: {article_6: e, law: Local Government Act 1972}
retention: [{period: P3Y, trigger: decision, law: LAW}]
"""


@pytest.mark.parametrize(("law_named", "day", "wrong"), [
    ("DPA 1998 s.7", date(2018, 5, 25), True),
    ("DPA 1998 s.7", date(2018, 5, 24), False),
    ("Children's Homes Regulations 2001", date(2015, 4, 1), True),
    ("Children's Homes Regulations 2001", date(2015, 3, 31), False),
    ("Data Protection Act 2018", TODAY, False),
])  # fmt: skip
def test_a_period_rests_on_a_law_that_is_in_force(
    check_text: Check, law_named: str, day: date, wrong: bool
) -> None:
    report = check_text(REGISTERED.replace("LAW", law_named), day=day)
    assert any(f.rule.id == "superseded-law-recorded" for f in report.findings) == wrong


FAULTS = {
    "notice-review-overdue": [
        "Next review date: 1 March 2024",
        "This notice is due for review in May 2023.",
        "It will be reviewed again by 03/04/2025.",
        "Next review due: August 28, 2024",
    ],
    "outdated-term": [
        "We obey the eight enforceable principles.",
        "For copies of your file we charge £10.00.",
        "We will respond within 40 days from the day we get your request.",
        "We have forty calendar days to answer a subject access request.",
    ],
    "template-left-over": [
        "We have [not] appointed an officer.",
        "Ask our [Data Protection Manager].",
        "You must provide data subjects with this notice.",
        "[COMPANY NAME] is the data controller.",
        "Our office is at [Company Street], [Company City].",
        "It was last changed on [Last Review Date].",
        "Our number in the register is [ZAxxxxxxx].",
        "[For schools with a sixth form] We pass on your results.",
        "You may give us [Identity, Health and Family Data].",
        "Replace the placeholders before you publish this.",
        "Fill in the parts in square brackets.",
        "Suggested wording",
        "[Insert school name] collects data.",
        "[Name of school] collects data.",
        "We keep it for [X] years.",
        "We keep it for [number] years.",
        "Contact [your DPO].",
        "Contact <school name>.",
        "Contact XXXX.",
        "Contact {{ dpo_name }}.",
        "Parents/carers (delete as appropriate).",
        "Lorem ipsum dolor sit amet.",
        "Our officer is TBC.",
        "Schools should amend this template.",
        "Please insert your school's name [insert].",
        "This explains how [● name of charity] uses data.",
        "It covers [list schools].",
    ],
    "promise-unchecked": [
        "## Selling\n\nWe do not sell your data.",
        "## We do not sell your data\n\nOur shop is open on Mondays.",
        "## We do not sell your data\n\nWe never sell your data.",
        "We will never share your data.",
        "We do not share your personal information with anyone.",
        "We will not sell, rent or share your data.",
        "Your information will never be sold.",
        "We don't pass your details to anybody.",
    ],
    "notice-contradicts-itself": [
        "We do not use data processors.\n\nA printing firm processes your address on our behalf.",
        "We do not share your data with third parties.\n\nYour data is shared with Quill Print Ltd.",
        "We do not transfer your data outside the UK.\n\nYour answers are stored in the United States.",
        "We do not make automated decisions.\n\nYour application is decided automatically.\n\n"
        "Decisions are made by a computer.",
    ],
    "controller-misnamed": [
        "Southmere County Council is the data controller.",
        "The data controller is Southmere County Council.",
    ],
    "contact-differs": [
        "Write to our data protection officer: officer@sampleton.example",
        "## Data Protection Officer\n\nofficer@sampleton.example",
    ],
    "mailbox-for-another-purpose": [
        "To ask for a copy of your information, write to foi@sampleton.example.",
        "For a subject access request write to press.office@sampleton.example.",
    ],
    "objection-buried": ["You can ask us to correct or delete your data, or object to its use."],
    "hedged-wording": ["We may share your data with the police.", "Your data might be shared."],
    "date-stale": [
        "Last updated: 1 May 2009",
        "Last reviewed on 03/04/2008",
        "Last updated: March 4, 2009",
        "This page was last updated in March 2009.",
        "## Last updated:\n\n17th October 2009",
    ],
    "vague-words-for-recipients": [
        "We give your information to anyone who asks for it.",
        "We provide records and advice to other organisations.",
        "We share your data with third parties.",
        "We may pass your details to selected partners.",
        "Your information may be disclosed to other organisations.",
        "We share it with others where the law allows.",
        "We share it with third parties in compliance with the law.",
        "We share it with organisations we work with.",
    ],
    "vague-words-for-purposes": [
        "We may use your information in other ways.",
        "We use your data to develop new services.",
        "We use your data for research purposes.",
        "We use it to improve our services.",
        "We may use it for other purposes.",
    ],
    "vague-words-for-retention": [
        "We keep your data for as long as necessary.",
        "Your data will be held no longer than is necessary.",
        "We do not keep it for longer than necessary.",
        "We keep it in line with our retention schedule.",
        "We make sure we don't keep it any longer than is needed.",
        "We destroy it once it is no longer required.",
        "We destroy it when we no longer need it.",
    ],
    "vague-words-for-data": [
        "We pass on some of this information to the fire service.",
        "We share relevant information with your doctor.",
    ],
}
TRAPS = {
    "notice-review-overdue": [
        "Next review: May 2090",
        "Next review: May 2024, moved. Next review: May 2090",
        "Last reviewed: 1 March 2024",
        "Your care plan was reviewed in May 2023.",
    ],
    "outdated-term": [
        "We follow the eight principles of the Caldicott report.",
        "We no longer charge a £10 fee for a copy of your record.",
        "We hold special categories of sensitive personal data.",
        "We take care of your more sensitive personal information.",
        "Sensitive personal information stays on your phone.",
        "Please do not send us sensitive personal data.",
        "The app never asks for sensitive personal data.",
        "Encryption keeps sensitive personal data such as your passwords from others.",
        "We give you a privacy notice (sometimes called a 'fair processing notice').",
        "We answer a request for environmental information within 40 working days.",
        "Parking costs £10 for 40 days, and a copy of your permit is free.",
    ],
    "former-body-named": [
        "The Criminal Records Bureau (CRB) was set up by an Act of 1997.",
        "In Northern Ireland we send it to the Department of Health.",
        "We send it to the Department of Health and Social Care.",
        "We send it to Audit Wales, once the Wales Audit Commission.",
        "We send it to the Cabinet Office, which took over from the Audit Commission.",
    ],
    "superseded-instrument": [
        "In Northern Ireland we follow the Disability Discrimination Act 1995.",
        "We pay the fee under the Data Protection (Charges and Information) Regulations 2018.",
    ],
    "template-left-over": [
        "Read [our postal address](https://sampleton.example/address) first.",
        "We may keep your name, address and date of birth [see the table].",
        "We ask you to fill in a form and complete it in ink.",
        "See [our website](https://sampleton.example) and [name@sampleton.example](mailto:name@sampleton.example).",
        "Sampleton Borough Council [the Council] is the controller.",
        "R (C) v Northumberland CC [2015] EWHC 2134 (Admin) was about this.",
        "We will review the file and delete as appropriate.",
        "Write to [email protected] with questions.",
        "Part XXX of the Act applies.",
        "We insert your name in the letter and add your address.",
        "- [ ] I agree",
        "The list is published [PDF, 200 KB].",
        "Write to <data@sampleton.example> or see <https://sampleton.example/name>.",
    ],
    "promise-unchecked": [
        "We will not share your data unless the law allows it.",
        "We will not share your data without your consent.",
        "We only share your data with your doctor.",
        "We will not use your data for marketing.",
        "We do not share your data for marketing.",
        "If there is no investigation, we do not share your personal data.",
        "We do not show the message again.",
        "You do not have to give us your data.",
        "We share data with the police, but not with the press.",
        "Generally, we do not share your data with others.",
        "We ask who is calling to make sure that data is not disclosed to a person who has no right to it.",
        "The lock is there to ensure that your details are not given to a stranger.",
        "Your data is not passed to staff who do not need it.",
        "## We do not sell your data\n\nWe sell books, and we share your address only with the post.",
    ],
    "notice-contradicts-itself": [
        "A data processor is an organisation that processes data on our behalf. We do not use any data processors.",
        "We do not transfer your data outside the UK. If we transferred it outside the UK, we would tell you.",
        "We do not transfer your data outside the UK.\n\nYou have rights if data is not stored in the UK.",
        "We do not make automated decisions.\n\nYou have the right not to be subject to automated decisions.",
        "We do not share your data with anyone unless you agree.\n\nYour data is shared with Quill Ltd.",
        "We ask you to fill in a survey. It is anonymous.\n\nYour personal data is shared with the police.",
        "We share your data with HMRC.\n\nWe do not share your data with any other organisation.",
        "We do not sell your data.\n\nYour data is shared with Quill Ltd.",
        "Generally, we do not process your data outside the UK. Some of it is stored in the United States.",
    ],
    "controller-misnamed": [
        "The Association is a data controller.",
        "Sampleton Council is the data controller. Southmere Council is a controller of what it gets.",
        "We are the data controller. DfE is the data controller for what we send.",
        "The council is the data controller.",
        "This means that we are a controller.",
        "The data controller is Sampleton Borough Council.",
        "A controller is whoever decides.",
        "Whoever made this form with Quill Forms is the data controller.",
        "Southmere is the data controller for information kept by its museum.",
        "The Services are the controller of nothing.",
        "The controller is the Service Provider.",
        "The Data Controller is the Company.",
    ],
    "contact-differs": [
        "Write to our data protection officer: dpo@sampleton.example",
        "Write to housing@sampleton.example about repairs. Our data protection officer can help.",
        "Our data protection officer works at the town hall.",
    ],
    "mailbox-for-another-purpose": [
        "For a copy of your information write to dataprotection@sampleton.example.",
        "For freedom of information requests write to foi@sampleton.example.",
        "Ask for a copy of your information at data@sampleton.example.\n\n"
        "For freedom of information requests, use foi@sampleton.example.",
        "For a copy of your data, write to foi.dpa@sampleton.example.",
        "Ask for a copy of your data at jobs@sampleton.example if you applied for a job.",
    ],
    "objection-buried": [
        "You can:\n\n- ask for a copy\n- have mistakes corrected\n- object to what we do",
        "You can ask for a copy of your data.\n\nYou have the right to object.",
    ],
    "hedged-wording": [
        "# The data we may collect\n\nWe collect your name.",
        "If there is a fire, we may share your address.",
        "You may ask us for a copy.",
        "This page explains how your data may be used.",
        "It tells you with whom we may share it.",
        "A good notice should:\n\n- say that data may be shared",
        "We may not share it.",
        "Last updated in May.",
    ],
    "date-stale": [
        "Last updated: 1 May 2012",
        "Next review: 1 May 2009",
        "The Act of 1 May 2009 applies.",
        "Last updated: 20 December 2009",
        "Last updated: 31/02/2009",
    ],
    "vague-words-for-recipients": [
        "The regulator gives advice to anyone who wants to know more about their rights.",
        "We provide training and help to other organisations.",
        "The office sends leaflets to any person.",
        "We share it with trusted third parties checking addresses.",
        "We do not use it for:\n\n- sale or disclosure to third parties",
        "This leaflet explains how we keep your data and share it with others.",
        "It is provided to us by third party clinics.",
        "Some facts are shared with us by third parties.",
        "We share your data with third parties who print our letters.",
        "We share your data with third parties, such as the police.",
        "We share your data with the police and other third parties.",
        "We will not share your data with third parties.",
        "We get your data from third parties.",
        "We share your data with the following third parties:\n\n- Quill Ltd",
        "Where we share your data with others, we follow the law.",
        "We work with partner organisations.",
        "We don't sell your data to third parties.",
        "We share it with other organisations who are involved in your care.",
        "We share your data with other organisations. These include Quill Ltd.",
    ],
    "vague-words-for-purposes": [
        "We will not use your data for other purposes.",
        "We use your data for research purposes, such as a study of damp homes.",
        "We use it to improve our services by counting missed visits.",
        "We use it for two purposes: to answer you and to send bills.",
        "Before we use it for any purpose we ask whether the law lets us.",
        "We hold the names of those who borrow objects for various purposes.",
    ],
    "vague-words-for-retention": [
        "We keep your data for as long as necessary, which is six years.",
        "We keep your data no longer than necessary. We delete it after 7 years.",
        "We keep it no longer than is needed. See www.sampleton.example/retention for our retention schedule.",
        "The principles say that data must be kept no longer than necessary.",
        "We keep it in line with our retention schedule, which is published on our website.",
        "We keep your file until you turn 25. We hold it only as long as necessary.",
        "Stay as long as you like.",
        "They must make sure that data is:\n\n- kept for no longer than is necessary",
        "# Data protection principles\n\nWe keep your data for as long as we need it.",
        "We keep it no longer than necessary.\n\n# How long we keep your data\n\nWe keep it for six years.",
        "The principles require that data is relevant and not kept longer than necessary.",
        "We destroy it once it is no longer required, after seven years.",
        "We only keep it for as long as necessary. Full details are in our retention schedules (PDF).",
    ],
    "vague-words-for-data": [
        "You have the right to request that we transfer some of your personal data to another bank.",
        "We collect some of your personal data.\n\n# What data we collect\n\n- your name",
        "We pass on some of this information (your name and age) to the fire service.",
        "We share relevant information about your home with your landlord.",
        "Please have the relevant information ready.",
        "We use it to answer your claim and may check some of the information with your landlord.",
        "We only collect relevant information needed to answer you.",
        "Collect only necessary data to the extent that you need it.",
    ],
}


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, listed in FAULTS.items() for words in listed]
)
def test_a_fault_is_found(found: Found, rule: str, words: str) -> None:
    assert found(words, rule)


@pytest.mark.parametrize(
    ("rule", "words"), [(rule, words) for rule, listed in TRAPS.items() for words in listed]
)
def test_its_nearest_trap_is_left_alone(found: Found, rule: str, words: str) -> None:
    assert found(words, rule) == []


def test_a_stated_date_is_older_than_a_law_that_is_cited(found: Found) -> None:
    words = "Last updated: 1 May 2015. We follow the Data Protection Act 2018."
    assert found(words, "date-stale")
    assert found(words.replace("2015", "2019"), "date-stale") == []
    assert found("Last updated: 1 May 2019. We follow the UK GDPR.", "date-stale")
    assert found("Last updated: 1 May 2021. We follow the UK GDPR.", "date-stale") == []


@pytest.mark.parametrize(("words", "undated"), [
    ("We use your data.", True),
    ("The Act came into force on 1 May 2009." + " We use your data." * 9, False),
    ("We use your data." + " We tell you." * 9 + " Updated 3 June 2025", False),
    ("We use your data. Version 2 of this notice.", False),
    ("We use it." * 2 + " We tell you." * 9 + " On 1 May 2020 it began." + " We tell you." * 9, True),
])  # fmt: skip
def test_a_notice_says_when_it_is_from(check_text: Check, words: str, undated: bool) -> None:
    register = NOTICE.format(organisation="Sampleton", regimes="uk-gdpr", start="2010-01-01")
    register = register.replace("in_force: {from: 2010-01-01}\n", "")
    report = check_text(f"{register}=== tenants.md\n{words}\n")
    assert any(f.rule.id == "notice-undated" for f in report.findings) == undated


@pytest.mark.parametrize(
    "name", ["Choir of Saint Sample, Quillham", "One Q and a Y Ltd", "Quill 17 Ltd"]
)
def test_the_end_of_our_own_name_is_nobody_else(check_text: Check, name: str) -> None:
    register = NOTICE.format(organisation=name, regimes="uk-gdpr", start="2010-01-01")
    said = name.replace("Saint", "St")
    for controller, stranger in (
        (said, []),
        ("Ink 17 Ltd", ["names Ink 17 Ltd as the controller"]),
    ):
        report = check_text(f"{register}=== tenants.md\n{controller} is the data controller.\n")
        found = [f.problem.message for f in report.findings if f.rule.id == "controller-misnamed"]
        assert [m for m, s in zip(found, stranger, strict=True) if s not in m] == []


def test_a_month_between_writing_and_coming_into_force_is_allowed(found: Found) -> None:
    words = "Last updated: 1 March 2024"
    assert found(words, "date-stale", start="2024-04-01") == []
    assert found(words, "date-stale", start="2024-04-02")


# The real notices, read where they are and never copied.

ORGANISATIONS = {
    "dfe-claims-2022": "Department for Education",
    "dfe-claims-2023": "Department for Education",
    "dfe-tra-misconduct": "Department for Education",
    "mhclg-core-2023": "Department for Levelling Up, Housing and Communities",
    "mhclg-core-current": "Ministry of Housing, Communities and Local Government",
    "nhs-mavis-2024": "NHS England",
    "seed-lancashire-cin-cla": "Lancashire County Council",
}
IN_FORCE = {"dfe-claims-2022": "2022-08-30", "dfe-claims-2023": "2023-01-18"}
WORDED = frozenset(FAULTS) | {*ENDED, "link-withdrawn", "gdpr-without-uk", "controller-not-named"}


def real(corpora: Path, name: str, folder: Path) -> Report:
    text = (corpora / "notices" / f"{name}.md").read_text("utf-8")
    register = NOTICE.format(
        organisation=ORGANISATIONS[name],
        regimes="uk-gdpr",
        start=IN_FORCE.get(name, "2010-01-01"),
    ).replace("dpo: dpo@sampleton.example\n", "")
    write_register(folder, register)
    (folder / "tenants.md").write_text(text, "utf-8")
    return check(folder, Settings(TODAY))


def worded(report: Report) -> dict[str, list[str]]:
    """What the text rules find, with the words they point at."""
    said: dict[str, list[str]] = {}
    for finding in report.findings:
        at = finding.problem.at
        if finding.rule.id in WORDED and at.path.endswith(".md"):
            said.setdefault(finding.rule.id, []).append(report.case.line(at)[at.column - 1 :])
    return said


def gold(corpora: Path, name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((corpora / "gold" / f"{name}.yml").read_text("utf-8"))
    return loaded


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_repealed_law_is_found_where_a_reader_found_it_and_nowhere_else(
    corpora: Path, tmp_path: Path, name: str
) -> None:
    cited = gold(corpora, name)["elements"]["cites_repealed_law"]
    report = real(corpora, name, tmp_path)
    found = [f for f in report.findings if f.rule.id == "superseded-instrument"]
    places = [str(at) for f in found for at in (f.problem.at, *(r[0] for r in f.problem.related))]
    assert len(places) == len(cited.get("evidence", ()))


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_contradictions_are_found_where_a_reader_found_them_and_nowhere_else(
    corpora: Path, tmp_path: Path, name: str
) -> None:
    report = real(corpora, name, tmp_path)
    found = [f.problem for f in report.findings if f.rule.id == "notice-contradicts-itself"]
    pairs = gold(corpora, name).get("contradictions", ())
    assert len(found) == len(pairs)
    for problem, pair in zip(found, pairs, strict=True):
        lines = [report.case.line(at) for at in (problem.at, *(at for at, _ in problem.related))]
        assert all(any(words.strip() in line for line in lines) for words in pair)


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_no_text_rule_finds_a_trap(corpora: Path, tmp_path: Path, name: str) -> None:
    found = worded(real(corpora, name, tmp_path))
    assert "controller-misnamed" not in found
    assert "contact-differs" not in found
    for words in found.get("vague-words-for-retention", ()):
        assert gold(corpora, name)["elements"]["retention"]["status"] == "partial", words
    told = {
        words for words in _evidence(gold(corpora, name), "recipients") if "third part" not in words
    }
    for words in found.get("vague-words-for-recipients", ()):
        assert not any(sentence in words for sentence in told), words


def _evidence(labels: dict[str, Any], element: str) -> Iterator[str]:
    yield from labels["elements"][element].get("evidence", ())


def test_the_seed_has_the_faults_that_a_reader_found(corpora: Path, tmp_path: Path) -> None:
    found = worded(real(corpora, "seed-lancashire-cin-cla", tmp_path))
    assert set(found) == {
        "superseded-instrument",
        "vague-words-for-data",
        "vague-words-for-recipients",
        "hedged-wording",
        "link-withdrawn",
        "mailbox-for-another-purpose",
    }
    assert len(found["link-withdrawn"]) == 3


PAIR = """kind: organisation
id: us
name: {name}
---
kind: notice
id: old
audience: resident
url: https://sampleton.example/privacy
in_force: {{from: 2010-01-01, to: 2023-01-17}}
text: old.md
---
kind: notice
id: new
audience: resident
url: https://sampleton.example/privacy
in_force: {{from: 2023-01-18}}
text: new.md
"""


def pair(corpora: Path, old: str, new: str, folder: Path, name: str) -> dict[str, list[str]]:
    for version, text in (("old", old), ("new", new)):
        words = (corpora / "notices" / f"{text}.md").read_text("utf-8")
        (folder / f"{version}.md").write_text(words, "utf-8")
    (folder / "register.yaml").write_text(PAIR.format(name=name), "utf-8")
    found: dict[str, list[str]] = {}
    for finding in check(folder, Settings(TODAY)).findings:
        if finding.rule.id in {"recipient-added", "date-stale"}:
            found.setdefault(finding.rule.id, []).append(finding.problem.facet)
    return found


def test_an_added_recipient_and_a_date_that_did_not_move_are_found(
    corpora: Path, tmp_path: Path
) -> None:
    found = pair(
        corpora, "dfe-claims-2022", "dfe-claims-2023", tmp_path, "Department for Education"
    )
    assert found == {"recipient-added": ["student-loans-company"], "date-stale": ["date"]}


def test_a_version_that_is_only_reworded_has_nothing_added(corpora: Path, tmp_path: Path) -> None:
    name = "Ministry of Housing, Communities and Local Government"
    assert pair(corpora, "mhclg-core-2023", "mhclg-core-current", tmp_path, name) == {}
    assert pair(corpora, "mhclg-core-2023", "mhclg-core-current", tmp_path, "Sampleton") == {}


def test_the_same_text_again_has_nothing_added(corpora: Path, tmp_path: Path) -> None:
    found = pair(
        corpora, "dfe-claims-2023", "dfe-claims-2023", tmp_path, "Department for Education"
    )
    assert "recipient-added" not in found


HOSTILE = {
    "one character": "a" * 40,
    "spaces in brackets": "[ " * 20,
    "open brackets": "[" * 20 + "(" * 20,
    "curly": "{{" * 20,
    "promises": "We will not share it. ",
    "endless promise": "we will not share, ",
    "slots": "[insert name of school] ",
    "half a slot": "[name of ",
    "capital letters": "Data Protection Act ",
    "names": "Sampleton and Southmere, ",
    "addresses": "a.b-c@",
    "officers": "our DPO is a@b.example, ",
    "retention": "we keep it as long as necessary, ",
    "dates": "Last updated: 1 May ",
    "controllers": "Southmere Council is the data controller, ",
    "automated": "we do not make automated decisions. Decisions are made automatically. ",
    "shares": "share with third parties in ",
    "quotes": "don't keep it longer ",
    "numbers": "19 1998 2018 ",
    "the same word": "the ",
    "stops": ".",
    "a sign after each letter": "a-",
}


SLOTS = (
    "We write to <name of school> with it.",
    "We write to {{contact}} with it.",
    "We write to [contact name] with it.",
    "We write to <school> with it.",
    "Replace all highlighted text.",
    "We write to «Contact» with it.",
    "We write to <<contact>> with it.",
    "Our number is XXXX.",
    "We review it in spring TBC.",
    "We review it in spring TBD.",
    "TODO is who keeps it.",
    "FIXME is who keeps it.",
    "Lorem ipsum stands here.",
    "Fill in the square brackets of this form.",
    "Replace each placeholder with the right word.",
    "Complete all highlighted text.",
    "Delete as appropriate.",
    "Suggested wording:",
    "You must provide the data subject with it.",
    "Please insert here our address.",
    "Please add here our address.",
    "Please enter here our address.",
    "Settings should amend this notice.",
    "Settings should adapt this notice.",
    "Settings should edit this notice.",
    "Settings should tailor this notice.",
    "Settings should customise this notice.",
    "Settings should complete this notice.",
    "Settings should localise this notice.",
    "This section must be removed by the school.",
)


@pytest.mark.parametrize("sentence", SLOTS)
def test_each_kind_of_slot_and_instruction_is_found_by_itself(found: Found, sentence: str) -> None:
    assert found(sentence, "template-left-over")


def test_each_sign_of_a_slot_is_the_only_one_of_some_sentence() -> None:
    alone = {
        signs[0]
        for sentence in SLOTS
        if len(signs := [sign for sign in SIGNS if sign in sentence.casefold()]) == 1
    }
    assert alone == set(SIGNS)


@pytest.mark.parametrize("word", sorted(_NOBODY))
def test_a_word_for_us_or_for_them_is_no_other_controller(found: Found, word: str) -> None:
    assert found(f"{word.capitalize()} are the data controller.", "controller-misnamed") == []


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(found: Found, piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(2):
            start = process_time()
            found(text, "template-left-over")
            best = min(best, process_time() - start)
        return best

    once, twice = seconds(20_000), seconds(40_000)
    assert twice <= 3.5 * once + 0.2
