"""Five records of processing more, written before any reading of the sheets beside them was looked at.

All are invented, and opened to measure: what goes wrong in them is mended by kind or reported, never by name. They keep
to other habits than the rest: capitals, abbreviations, a label for every cell, activities side by side, and a form a
sheet. Put right since are three beginnings of a period for which the vocabulary has a word: the end of a project, the
end of a business relationship, and a visit.
"""

import csv
import io
from collections.abc import Sequence

from further_sheets import workbook
from held_back_sheets import ods
from messy_sheets import MessySheet

Rows = Sequence[Sequence[str]]

_HOMES: Rows = (
    ("REF", "TEAM", "RECORD TYPE", "WHOSE INFO", "INFO TYPE", "WHY HELD", "LEGAL GROUND", "SPECIAL CAT GROUND",
     "OBTAINED FROM", "DISCLOSED TO", "CONTRACTORS USED", "PAPER OR ELECTRONIC", "SYSTEM", "DISPOSE AFTER",
     "LEAD OFFICER", "REVIEWED ON"),
    ("HA1", "LETTINGS", "HOUSING APPLICATIONS", "APPLICANTS, HOUSEHOLD MEMBERS",
     "NAME, DOB, ADDRESS, INCOME, HEALTH", "ALLOCATING HOMES", "CONTRACT", "SUBSTANTIAL PUBLIC INTEREST",
     "APPLICANT, LOCAL AUTHORITY", "LOCAL AUTHORITY", "N/A", "E", "HOMELINK", "6 YRS FROM DECISION",
     "LETTINGS MANAGER", "11/03/2024"),
    ("HA2", "HOUSING", "TENANCY FILES", "TENANTS", "NAME, ADDRESS, RENT ACCOUNT, NI NO.", "TENANCY MANAGEMENT",
     "CONTRACT", "N/A", "TENANT", "DWP, LOCAL AUTHORITY, UTILITY COMPANIES", "REPAIRCO LTD", "BOTH", "HOMELINK",
     "6 YRS AFTER TENANCY ENDS", "HOUSING MANAGER", "11/03/2024"),
    ("HA3", "HOUSING", "ASB CASES", "TENANTS, WITNESSES", "NAME, COMPLAINTS, CRIMINAL ALLEGATIONS",
     "ANTI-SOCIAL BEHAVIOUR", "LEGIT INTERESTS", "LEGAL CLAIMS", "TENANTS, POLICE", "POLICE, COURTS, SOLICITORS",
     "NONE", "E", "HOMELINK", "5 YRS FROM CASE CLOSURE", "ASB OFFICER", "FEB 2024"),
    ("HA4", "ASSETS", "GAS SAFETY", "TENANTS", "NAME, ADDRESS, PHONE NO.", "GAS SAFETY CHECKS", "LEGAL OBLIGATION",
     "N/A", "TENANT", "NONE", "GASFIX LTD", "E", "REPAIRSHUB", "2 YRS", "ASSETS MGR", "FEB 2024"),
    ("HA5", "HR", "PERSONNEL FILES", "STAFF", "NAME, ADDRESS, BANK DETAILS, SICKNESS ABSENCE", "HR ADMIN",
     "CONTRACT + LEGAL OBLIGATION", "EMPLOYMENT", "STAFF MEMBER, REFEREES", "HMRC, PENSION PROVIDER", "PAYRIGHT LTD",
     "BOTH", "PEOPLEBASE", "6 YRS AFTER STAFF MEMBER LEAVES", "HR MGR", "JAN 2024"),
)  # fmt: skip


def commas(rows: Rows) -> bytes:
    """A csv with the mark that Excel sets before it."""
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue().encode("utf-8-sig")


HOMES = MessySheet(
    "INFO ASSETS.csv",
    lambda: commas(_HOMES),
    {
        "HOUSING APPLICATIONS": {
            "subjects": ["applicants", "household members"], "data": ["name", "dob", "address", "income", "health"],
            "purposes": ["allocating homes"], "basis": [{"article_6": "b", "article_9": "g"}],
            "sources": ["data-subject", "local authority"], "disclosures": ["local authority"],
            "systems": ["HOMELINK"], "retention": [{"period": "P6Y", "trigger": "decision"}],
            "owner": "LETTINGS MANAGER", "reviewed": "2024-03-11",
        },
        "TENANCY FILES": {
            "subjects": ["tenants"], "data": ["name", "address", "rent account", "ni no"],
            "purposes": ["tenancy management"], "basis": [{"article_6": "b"}], "sources": ["data-subject"],
            "disclosures": ["DWP", "local authority", "utility companies", "REPAIRCO LTD"], "systems": ["HOMELINK"],
            "retention": [{"period": "P6Y", "trigger": "end-of-tenancy"}], "owner": "HOUSING MANAGER",
            "reviewed": "2024-03-11",
        },
        "ASB CASES": {
            "subjects": ["tenants", "witnesses"], "data": ["name", "complaints", "criminal allegations"],
            "purposes": ["anti-social behaviour"], "basis": [{"article_6": "f", "article_9": "f"}],
            "sources": ["tenants", "police"], "disclosures": ["police", "courts", "solicitors"],
            "systems": ["HOMELINK"], "retention": [{"period": "P5Y", "trigger": "end-of-case"}],
            "owner": "ASB OFFICER", "reviewed": "2024-02-01",
        },
        "GAS SAFETY": {
            "subjects": ["tenants"], "data": ["name", "address", "phone no"], "purposes": ["gas safety checks"],
            "basis": [{"article_6": "c"}], "sources": ["data-subject"], "disclosures": ["GASFIX LTD"],
            "systems": ["REPAIRSHUB"], "retention": [{"period": "P2Y"}], "owner": "ASSETS MGR",
            "reviewed": "2024-02-01",
        },
        "PERSONNEL FILES": {
            "subjects": ["staff"], "data": ["name", "address", "bank details", "sickness absence"],
            "purposes": ["HR admin"],
            "basis": [{"article_6": "b", "article_9": "b"}, {"article_6": "c", "article_9": "b"}],
            "sources": ["data-subject", "referees"], "disclosures": ["HMRC", "pension provider", "PAYRIGHT LTD"],
            "systems": ["PEOPLEBASE"], "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
            "owner": "HR MGR", "reviewed": "2024-01-01",
        },
    },
    notes=frozenset({"PAPER OR ELECTRONIC", "TEAM"}),
)  # fmt: skip

_LABELS = (
    "Name of processing", "Academic department / service", "Who can we ask about it?",
    "What is the personal data needed for?", "Groups of individuals", "Types of personal information",
    "Special category data?", "How do we get the information?", "Legal basis", "Who else receives the information?",
    "Is it sent abroad?", "Where is the information held?", "When is it destroyed?", "What keeps it safe?",
)  # fmt: skip


def form(*answers: str) -> Rows:
    """A sheet of the questionnaire: a question a row, its answer beside it."""
    return (("Data protection questionnaire", ""), ("", ""), *zip(_LABELS, answers, strict=True))


UNIVERSITY = MessySheet(
    "Questionnaires returned.xlsx",
    lambda: workbook({
        "Alumni": form(
            "Alumni relations", "Development office", "Head of Alumni", "Keeping in touch with alumni; fundraising",
            "Alumni, donors", "Name, address, email address, degree", "No", "Student record system; alumni",
            "Legitimate interests", "Mailing house", "No", "AlumniBase", "Never - kept for life",
            "Access by role"),
        "Wellbeing": form(
            "Counselling", "Student services", "Head of Wellbeing", "Counselling", "Students",
            "Name, student number, notes of sessions, health", "Yes - health", "The student", "Explicit consent",
            "No one", "No", "CounselNet", "6 years after the last appointment", "Locked down to counsellors"),
        "Ethics": form(
            "Research participants", "Graduate school", "Research manager", "Research", "Research participants",
            "Name; contact details; consent forms; survey responses", "Sometimes", "Participants",
            "Public task", "Research partners", "Sometimes, under SCCs", "Research drive",
            "10 years after the end of the project", "Pseudonymised, encrypted"),
        "Estates": form(
            "Parking permits", "Estates", "Estates helpdesk", "Car parking", "Staff and students",
            "Name, vehicle registration", "No", "Staff, students", "Contract", "ParkIt Ltd", "No", "ParkIt portal",
            "End of academic year", "Passwords"),
    }),
    {
        "Alumni relations": {
            "owner": "Head of Alumni", "purposes": ["Keeping in touch with alumni", "fundraising"],
            "subjects": ["Alumni", "donors"], "data": ["Name", "address", "email address", "degree"],
            "sources": ["Student record system", "data-subject"], "basis": [{"article_6": "f"}],
            "disclosures": ["Mailing house"], "systems": ["AlumniBase"],
            "retention": [{"criteria": "Never - kept for life"}], "security": "Access by role",
        },
        "Counselling": {
            "owner": "Head of Wellbeing", "purposes": ["Counselling"], "subjects": ["Students"],
            "data": ["Name", "student number", "notes of sessions", "health"], "sources": ["data-subject"],
            "basis": [{"article_6": "a", "article_9": "a"}], "systems": ["CounselNet"],
            "retention": [{"period": "P6Y", "trigger": "last-contact"}], "security": "Locked down to counsellors",
        },
        "Research participants": {
            "owner": "Research manager", "purposes": ["Research"], "subjects": ["Research participants"],
            "data": ["Name", "contact details", "consent forms", "survey responses"], "sources": ["data-subject"],
            "basis": [{"article_6": "e"}], "disclosures": ["Research partners"], "systems": ["Research drive"],
            "retention": [{"period": "P10Y", "trigger": "end-of-project"}], "security": "Pseudonymised, encrypted",
        },
        "Parking permits": {
            "owner": "Estates helpdesk", "purposes": ["Car parking"], "subjects": ["Staff", "students"],
            "data": ["Name", "vehicle registration"], "sources": ["data-subject"], "basis": [{"article_6": "b"}],
            "disclosures": ["ParkIt Ltd"], "systems": ["ParkIt portal"],
            "retention": [{"criteria": "End of academic year"}], "security": "Passwords",
        },
    },
    notes=frozenset({"Academic department / service", "Is it sent abroad?"}),
)  # fmt: skip

_CLUB = """\
SAMPLING ROVERS JFC - what info we keep on people (v2, welfare officer)

| | Players | Parents + carers | Coaches | Supporters |
|---|---|---|---|---|
| **What we keep** | name, d.o.b., medical conditions, photos | name, mobile, email | name, email, DBS certificate no. | name, email |
| **What for** | registering players, matches | contacting parents, collecting subs | safeguarding, training | newsletter |
| **Who are they** | players | parents, carers | coaches | supporters |
| **Our lawful basis** | legit interests (explicit consent for medical) | contract | legal obligation | consent |
| **Who sees it** | County FA, league | club secretary | County FA, DBS | nobody |
| **Kept in** | ClubApp | ClubApp | ClubApp, Welfare officer's laptop | MailWing |
| **Kept till** | 2 yrs after player leaves | 2 yrs after player leaves | 3 yrs after they stop coaching | they unsubscribe |
"""  # noqa: E501 - rows of a table

CLUB = MessySheet(
    "club info.md",
    _CLUB.encode,
    {
        "Players": {
            "data": ["name", "d.o.b.", "medical conditions", "photos"], "purposes": ["registering players", "matches"],
            "subjects": ["players"], "basis": [{"article_6": "f", "article_9": "a"}],
            "disclosures": ["County FA", "league"], "systems": ["ClubApp"],
            "retention": [{"period": "P2Y", "trigger": "membership-ends"}],
        },
        "Parents + carers": {
            "data": ["name", "mobile", "email"], "purposes": ["contacting parents", "collecting subs"],
            "subjects": ["parents", "carers"], "basis": [{"article_6": "b"}], "disclosures": ["club secretary"],
            "systems": ["ClubApp"], "retention": [{"period": "P2Y", "trigger": "membership-ends"}],
        },
        "Coaches": {
            "data": ["name", "email", "DBS certificate no"], "purposes": ["safeguarding", "training"],
            "subjects": ["coaches"], "basis": [{"article_6": "c"}], "disclosures": ["County FA", "DBS"],
            "systems": ["ClubApp", "Welfare officer's laptop"], "retention": [{"period": "P3Y"}],
        },
        "Supporters": {
            "data": ["name", "email"], "purposes": ["newsletter"], "subjects": ["supporters"],
            "basis": [{"article_6": "a"}], "systems": ["MailWing"],
            "retention": [{"criteria": "they unsubscribe"}],
        },
    },
)  # fmt: skip

_FIRE: Rows = (
    ("SAMPLESHIRE FIRE & RESCUE", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("OFFICIAL", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("Asset", "", "", "Content", "", "", "Justification", "", "Sharing", "", "Lifecycle", "", "Governance"),
    ("IA No", "Title of information asset", "IA Owner (post)", "Description of personal information",
     "Relates to", "Sensitivity", "Use made of it", "Statutory basis / UK GDPR condition", "Internal sharing",
     "External sharing", "Repository", "Disposal action", "Review due"),
    ("001", "Home fire safety visits", "Group Manager Prevention", "Name, address, disability, smoking status",
     "Householders", "Special category", "Home safety visits", "6.1.e and 9.2.g; Fire and Rescue Services Act 2004 s.6",
     "Crews", "Adult social care (where consent given)", "SafeHome database", "Destroy 7 years after visit",
     "April 2025"),
    ("002", "Incident records", "Area Manager Response", "Name; address; injuries; statements",
     "Casualties; witnesses; occupiers", "Special category", "Incident recording", "6.1.c, 9.2.g", "Fire control",
     "Police; ambulance service; Home Office", "IRS", "Permanent preservation", "April 2025"),
    ("003", "Fire safety enforcement", "Group Manager Protection", "Name, address, business details, convictions",
     "Responsible persons", "Criminal offence", "Enforcement of fire safety", "6.1.e", "Legal team",
     "Courts; local authority", "ProtectNet", "6 years after closure, then destroy", "Oct 2025"),
    ("004", "Fitness testing", "Head of HR", "Name, fitness test results, health", "Firefighters", "Special category",
     "Fitness for duty", "6.1.c; 9.2.b", "Line managers", "Occupational health provider", "FitTrack",
     "Destroy when employee leaves + 6 years", "Oct 2025"),
)  # fmt: skip

FIRE = MessySheet(
    "IAR_SFRS_OFFICIAL.ods",
    lambda: ods("IAR", tuple(tuple(row) for row in _FIRE)),
    {
        "Home fire safety visits": {
            "owner": "Group Manager Prevention", "data": ["Name", "address", "disability", "smoking status"],
            "subjects": ["Householders"], "purposes": ["Home safety visits"],
            "basis": [{"article_6": "e", "article_9": "g", "law": "Fire and Rescue Services Act 2004 s.6"}],
            "disclosures": ["Adult social care"], "systems": ["SafeHome database"],
            "retention": [{"period": "P7Y", "trigger": "visit"}],
        },
        "Incident records": {
            "owner": "Area Manager Response", "data": ["Name", "address", "injuries", "statements"],
            "subjects": ["Casualties", "witnesses", "occupiers"], "purposes": ["Incident recording"],
            "basis": [{"article_6": "c", "article_9": "g"}],
            "disclosures": ["Police", "ambulance service", "Home Office"], "systems": ["IRS"],
            "retention": [{"period": "permanently"}],
        },
        "Fire safety enforcement": {
            "owner": "Group Manager Protection", "data": ["Name", "address", "business details", "convictions"],
            "subjects": ["Responsible persons"], "purposes": ["Enforcement of fire safety"],
            "basis": [{"article_6": "e"}], "disclosures": ["Courts", "local authority"], "systems": ["ProtectNet"],
            "retention": [{"period": "P6Y", "trigger": "end-of-case"}],
        },
        "Fitness testing": {
            "owner": "Head of HR", "data": ["Name", "fitness test results", "health"], "subjects": ["Firefighters"],
            "purposes": ["Fitness for duty"], "basis": [{"article_6": "c", "article_9": "b"}],
            "disclosures": ["Occupational health provider"], "systems": ["FitTrack"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
        },
    },
    notes=frozenset({"Sensitivity", "Internal sharing", "Review due"}),
)  # fmt: skip

_SOLICITORS = """\
# Record of processing: Sample & Daughter Solicitors LLP

### Client matters

**Purpose of the processing:** Providing legal advice to clients and keeping the file of each matter in good order.

**Data subjects:** clients; opposing parties; witnesses

**Personal data:** identity documents, contact details, correspondence, whatever the matter requires

**Lawful basis:** Art. 6(1)(b), for others Art. 6(1)(f)

**Special categories:** only where the matter requires it; Art. 9(2)(f)

**Recipients:** barristers, courts, experts, the other side's solicitors

**Retention:** 7 years from closing the file

**Security:** case management system with access by matter

### Anti-money laundering checks

**Purpose of the processing:** Anti-money laundering

**Data subjects:** clients, beneficial owners

**Personal data:** name, date of birth, passport, source of funds

**Lawful basis:** legal obligation (Money Laundering Regulations 2017)

**Recipients:** CheckID Ltd; National Crime Agency where required

**Retention:** 5 years after the end of the business relationship

**Security:** access by role

### Vacancies

**Purpose of the processing:** Recruitment

**Data subjects:** applicants

**Personal data:** CV, covering letter, references

**Lawful basis:** legitimate interests

**Recipients:** none

**Retention:** unsuccessful applicants: 6 months after the vacancy is filled

**Security:** access by role
"""

SOLICITORS = MessySheet(
    "record-of-processing.md",
    _SOLICITORS.encode,
    {
        "Client matters": {
            "purposes": ["legal advice"], "subjects": ["clients", "opposing parties", "witnesses"],
            "data": ["identity documents", "contact details", "correspondence"],
            "basis": [{"article_6": "b", "article_9": "f"}, {"article_6": "f", "article_9": "f"}],
            "disclosures": ["barristers", "courts", "experts", "the other side's solicitors"],
            "retention": [{"period": "P7Y", "trigger": "end-of-case"}],
            "security": "case management system with access by matter",
        },
        "Anti-money laundering checks": {
            "purposes": ["Anti-money laundering"], "subjects": ["clients", "beneficial owners"],
            "data": ["name", "date of birth", "passport", "source of funds"],
            "basis": [{"article_6": "c", "law": "Money Laundering Regulations 2017"}],
            "disclosures": ["CheckID Ltd", "National Crime Agency"],
            "retention": [{"period": "P5Y", "trigger": "end-of-relationship"}], "security": "access by role",
        },
        "Vacancies": {
            "purposes": ["Recruitment"], "subjects": ["applicants"], "data": ["CV", "covering letter", "references"],
            "basis": [{"article_6": "f"}], "retention": [{"period": "P6M", "trigger": "decision"}],
            "security": "access by role",
        },
    },
)  # fmt: skip

UNSEEN = (HOMES, UNIVERSITY, CLUB, FIRE, SOLICITORS)
