"""Five records of processing of kinds that the importer had not seen, with the entries that a person reads in each.

All are invented; the kinds of headings are those of public sheets of parish councils, schools, practices, charities and
firms. They were written down before the importer saw them: letters of columns above the headings and blocks between
the rows, a school's systems with boxes for kinds of data, sentences in columns of words, a register of vendors, and
one of flows. Where a sentence stands for words, the words that a person would take from it are expected. Put right
since are three beginnings of a period that there is a word for: an invoice, a trip, and people of several groups who
leave; and the legitimate interest that one cell names in brackets.
"""

from collections.abc import Sequence

from further_sheets import semicolons, workbook
from held_back_sheets import ods
from messy_sheets import MessySheet

Rows = Sequence[Sequence[str]]

_CLERK: Rows = (
    ("Council contact details", "", "", "DPO contact details"),
    ("Contact name:", "The Clerk", "", "Contact name:", "none appointed"),
    ("Contact email:", "clerk@nether-sampling.example", "", "Contact email:", ""),
    ("Last reviewed May 2024. To be reviewed in May 2025.",),
    ("COLUMN A", "COLUMN B", "COLUMN C", "COLUMN D", "COLUMN E", "COLUMN F", "COLUMN G", "COLUMN H", "COLUMN I"),
    ("Information type", "What personal information (data) is collected?", "Category of individual",
     "Where does the data go?", "Where and how is the data stored?", "What security measures do you use?",
     "Why do you need the data? Processing purpose", "Lawful basis for processing",
     "How long do you retain the data?"),
    ("Information in",),
    ("Letters and emails", "Name, address, email address", "Resident/councillor/contractor", "Councillors",
     "Email server/filing cabinet", "Password/locked cabinet", "Answering enquiries", "Public task/legal obligation",
     "Until actioned"),
    ("Phone messages", "Name and phone number", "Residents / councillors", "None", "Message book", "None",
     "Answering enquiries", "Public task", "2 weeks"),
    ("Information held",),
    ("Employment file", "Name, address, bank details, NI number, next of kin, sickness absence", "Employee",
     "HMRC / pension provider / PayRight Ltd", "Locked cabinet", "Locked cabinet", "Employment, payroll",
     "Contract/legal obligation", "6 years after date of leaving"),
    ("Register of interests", "Name, address, employment, land owned", "Councillors and their spouses",
     "District Council monitoring officer", "Council website", "None needed", "Register of interests",
     "Legal obligation", "As long as in office"),
    ("Allotment tenants", "Name, address, phone number", "Tenants", "nobody", "Spreadsheet on the clerk's laptop",
     "Password", "Allotment management", "Contract", "6 yrs after tenant leaves"),
    ("Information out",),
    ("Newsletter", "Name, email address", "Subscribers", "MailWing", "MailWing", "Password", "Newsletters", "Consent",
     "Until they unsubscribe"),
)  # fmt: skip

CLERK = MessySheet(
    "GDPR data map Nether Sampling 2024.xlsx",
    lambda: workbook({"Data map": _CLERK}, merged=((6, 6, 0, 8), (9, 9, 0, 8), (13, 13, 0, 8))),
    {
        "Letters and emails": {
            "data": ["Name", "address", "email address"], "subjects": ["Resident", "councillor", "contractor"],
            "disclosures": ["Councillors"], "systems": ["Email server", "filing cabinet"],
            "security": "Password/locked cabinet", "purposes": ["Answering enquiries"],
            "basis": [{"article_6": "e"}, {"article_6": "c"}], "retention": [{"criteria": "Until actioned"}],
        },
        "Phone messages": {
            "data": ["Name", "phone number"], "subjects": ["Residents", "councillors"], "systems": ["Message book"],
            "purposes": ["Answering enquiries"], "basis": [{"article_6": "e"}], "retention": [{"period": "P2W"}],
        },
        "Employment file": {
            "data": ["Name", "address", "bank details", "NI number", "next of kin", "sickness absence"],
            "subjects": ["Employee"], "disclosures": ["HMRC", "pension provider", "PayRight Ltd"],
            "systems": ["Locked cabinet"], "security": "Locked cabinet", "purposes": ["Employment", "payroll"],
            "basis": [{"article_6": "b"}, {"article_6": "c"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
        },
        "Register of interests": {
            "data": ["Name", "address", "employment", "land owned"], "subjects": ["Councillors", "spouses"],
            "disclosures": ["District Council monitoring officer"], "systems": ["Council website"],
            "security": "None needed", "purposes": ["Register of interests"], "basis": [{"article_6": "c"}],
            "retention": [{"criteria": "As long as in office"}],
        },
        "Allotment tenants": {
            "data": ["Name", "address", "phone number"], "subjects": ["Tenants"],
            "systems": ["Spreadsheet on the clerk's laptop"], "security": "Password",
            "purposes": ["Allotment management"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-tenancy"}],
        },
        "Newsletter": {
            "data": ["Name", "email address"], "subjects": ["Subscribers"], "disclosures": ["MailWing"],
            "systems": ["MailWing"], "security": "Password", "purposes": ["Newsletters"],
            "basis": [{"article_6": "a"}], "retention": [{"criteria": "Until they unsubscribe"}],
        },
    },
)  # fmt: skip

_ASSETS: Rows = (
    ("Data asset register", "Sampleford Academy", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("", "", "", "", "Data items held (tick)", "", "", "", "", "", "", "", "", ""),
    ("System / file", "Data manager", "What is it used for", "Who is in it", "Name", "Date of birth", "Medical", "SEN",
     "Photograph", "Condition for processing", "Condition for special category", "Passed on to", "Retention",
     "Date checked"),
    ("MIS", "Office manager", "Pupil administration", "Pupils, parents", "Y", "Y", "Y", "Y", "Y", "Public task",
     "Substantial public interest", "DfE, local authority", "DOB + 25", "Sept 2024"),
    ("Cashless catering", "Catering manager", "School meals", "Pupils; staff", "Y", "", "Y", "", "Y", "Public task",
     "Explicit consent", "CaterCo Ltd", "1 year after pupil leaves", "Sept 2024"),
    ("Visitor book", "Office manager", "Site security", "Visitors, contractors", "Y", "", "", "", "Y",
     "Legitimate interests", "", "", "CY + 1", "Jan 2024"),
    ("Trips folder", "EVC", "School trips", "Pupils", "Y", "Y", "Y", "Y", "", "Public task",
     "Vital interests", "Trip providers, insurers", "date of trip + 3 months", "Jan 2024"),
    ("Staff files", "Business manager", "Staff management", "Staff", "Y", "Y", "Y", "", "Y", "Contract; legal duty",
     "Employment law", "HR provider, local authority", "Left + 6 years", "03/2024"),
    ("Single central record", "Business manager", "Safer recruitment", "Staff, governors, volunteers", "Y", "Y", "",
     "", "", "Legal obligation", "", "Ofsted", "6 years after they have left", "03/2024"),
)  # fmt: skip

ASSETS = MessySheet(
    "asset-register-2024-25.ods",
    lambda: ods("Assets", tuple(tuple(row) for row in _ASSETS)),
    {
        "MIS": {
            "owner": "Office manager", "purposes": ["Pupil administration"], "subjects": ["Pupils", "parents"],
            "data": ["Name", "Date of birth", "Medical", "SEN", "Photograph"],
            "basis": [{"article_6": "e", "article_9": "g"}], "disclosures": ["DfE", "local authority"],
            "retention": [{"period": "P25Y", "trigger": "birth"}], "reviewed": "2024-09-01",
        },
        "Cashless catering": {
            "owner": "Catering manager", "purposes": ["School meals"], "subjects": ["Pupils", "staff"],
            "data": ["Name", "Medical", "Photograph"], "basis": [{"article_6": "e", "article_9": "a"}],
            "disclosures": ["CaterCo Ltd"], "retention": [{"period": "P1Y", "trigger": "leaving-school"}],
            "reviewed": "2024-09-01",
        },
        "Visitor book": {
            "owner": "Office manager", "purposes": ["Site security"], "subjects": ["Visitors", "contractors"],
            "data": ["Name", "Photograph"], "basis": [{"article_6": "f"}],
            "retention": [{"period": "P1Y", "trigger": "end-of-year"}], "reviewed": "2024-01-01",
        },
        "Trips folder": {
            "owner": "EVC", "purposes": ["School trips"], "subjects": ["Pupils"],
            "data": ["Name", "Date of birth", "Medical", "SEN"], "basis": [{"article_6": "e", "article_9": "c"}],
            "disclosures": ["Trip providers", "insurers"], "retention": [{"period": "P3M", "trigger": "end-of-event"}],
            "reviewed": "2024-01-01",
        },
        "Staff files": {
            "owner": "Business manager", "purposes": ["Staff management"], "subjects": ["Staff"],
            "data": ["Name", "Date of birth", "Medical", "Photograph"],
            "basis": [{"article_6": "b", "article_9": "b"}, {"article_6": "c", "article_9": "b"}],
            "disclosures": ["HR provider", "local authority"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "reviewed": "2024-03-01",
        },
        "Single central record": {
            "owner": "Business manager", "purposes": ["Safer recruitment"],
            "subjects": ["Staff", "governors", "volunteers"], "data": ["Name", "Date of birth"],
            "basis": [{"article_6": "c"}], "disclosures": ["Ofsted"],
            "retention": [{"period": "P6Y", "trigger": "end-of-relationship"}],
            "reviewed": "2024-03-01",
        },
    },
)  # fmt: skip

_LANTERN = """\
# Where our data lives

Sampling Hospice Friends. Written by the trustees' away day; please keep it short!

| Team | Activity | What we use it for | Whose data | What we hold | Why we are allowed | Who else sees it | When we get rid of it | Responsible trustee |
|---|---|---|---|---|---|---|---|---|
| Fundraising | Lottery | We run a weekly lottery and need the details to send out the prizes. | Lottery players | Name, address, bank details, date of birth | Contract | We pass the list to our lottery provider, who runs the draw for us. | Two years after the last ticket | J. Bloggs |
| Fundraising | Gift Aid | So that we can claim Gift Aid from HMRC on what people give us. | Donors | Name, address, donations | Legal obligation | HMRC | six years after the end of the financial year | J. Bloggs |
| Shops | Volunteers in shops | This is used to plan the rotas and to contact the volunteers when a shop has to close. | Volunteers | We keep their name, phone number and emergency contacts on a card in the shop. | Legitimate interests | Nobody else sees this information. | one year after leaving | Shops lead |
| Care | Bereavement group | Bereavement support | Bereaved people, facilitators | Name, phone number, notes of sessions | Consent / explicit consent | GP, with consent | 3 years after the last session | Care lead |
| Office | Website | Website analytics | Website visitors | IP address, pages viewed | Consent | Analytics provider | 26 months | |
"""  # noqa: E501 - rows of a table

LANTERN = MessySheet(
    "data-map.md",
    _LANTERN.encode,
    {
        "Lottery": {
            "purposes": ["Lottery"], "subjects": ["Lottery players"],
            "data": ["Name", "address", "bank details", "date of birth"], "basis": [{"article_6": "b"}],
            "disclosures": ["lottery provider"], "retention": [{"period": "P2Y"}], "owner": "J. Bloggs",
        },
        "Gift Aid": {
            "purposes": ["Gift Aid"], "subjects": ["Donors"], "data": ["Name", "address", "donations"],
            "basis": [{"article_6": "c"}], "disclosures": ["HMRC"],
            "retention": [{"period": "P6Y", "trigger": "end-of-financial-year"}], "owner": "J. Bloggs",
        },
        "Volunteers in shops": {
            "purposes": ["rotas"], "subjects": ["Volunteers"], "data": ["name", "phone number", "emergency contacts"],
            "basis": [{"article_6": "f"}], "retention": [{"period": "P1Y", "trigger": "end-of-volunteering"}],
            "owner": "Shops lead",
        },
        "Bereavement group": {
            "purposes": ["Bereavement support"], "subjects": ["Bereaved people", "facilitators"],
            "data": ["Name", "phone number", "notes of sessions"], "basis": [{"article_6": "a", "article_9": "a"}],
            "disclosures": ["GP"], "retention": [{"period": "P3Y"}], "owner": "Care lead",
        },
        "Website": {
            "purposes": ["Website analytics"], "subjects": ["Website visitors"], "data": ["IP address", "pages viewed"],
            "basis": [{"article_6": "a"}], "disclosures": ["Analytics provider"], "retention": [{"period": "P26M"}],
        },
    },
    notes=frozenset({"Team"}),
)  # fmt: skip

_PRACTICE: Rows = (
    ("Information flow mapping", "", "", "", "", "", "", "", "", "", "", "", ""),
    ("Flow no.", "Name of flow", "Inbound / outbound / internal", "From", "To", "What PCD is in the flow",
     "Subjects of the data", "Purpose (why)", "Legal basis Art.6 / Art.9", "Format", "Mode of transfer",
     "Retention period and trigger", "Flow owner"),
    ("1", "Referral letters", "Outbound", "Practice", "Hospital trusts", "Name, NHS number, date of birth, diagnosis",
     "Patients", "Referral for treatment", "6(1)(e) / 9(2)(h)", "Electronic", "e-RS",
     "10 years after death or leaving the practice", "Practice Manager"),
    ("2", "Discharge summaries", "Inbound", "Hospital trusts", "", "Name, NHS number, diagnosis, medication",
     "Patients", "Direct care", "6(1)(e) / 9(2)(h)", "Electronic", "MESH", "10 years after death", "Practice Manager"),
    ("3", "Prescriptions", "Outbound", "Practice", "Community pharmacies; NHSBSA", "Name, address, medication",
     "Patients", "Prescribing", "Art 6(1)(e); Art 9(2)(h)", "Electronic", "EPS", "see NHS Records Management Code",
     "Lead pharmacist"),
    ("4", "Insurance reports", "Outbound", "Practice", "Insurers (with consent)", "Name, health", "Patients",
     "Insurance reports", "6(1)(a) / 9(2)(a)", "Paper", "Post", "3 years from date of report", "Secretaries"),
    ("5", "Payroll run", "Outbound", "Practice", "PayRight Ltd, HMRC, NHS Pensions",
     "Name, salary, NI number, bank details", "Staff", "Payroll", "6(1)(b) / n/a", "Electronic", "Portal",
     "6 years after the member of staff has left", "Practice Manager"),
    ("6", "Friends and family test", "Inbound", "Patients", "", "Comments", "Patients", "Patient feedback",
     "6(1)(e)/9(2)(h)", "Electronic", "SMS", "12 months", "TBC"),
)  # fmt: skip

PRACTICE = MessySheet(
    "dataflows_export.csv",
    lambda: semicolons(_PRACTICE),
    {
        "Referral letters": {
            "disclosures": ["Hospital trusts"], "data": ["Name", "NHS number", "date of birth", "diagnosis"],
            "subjects": ["Patients"], "purposes": ["Referral for treatment"],
            "basis": [{"article_6": "e", "article_9": "h"}],
            "retention": [{"criteria": "10 years after death or leaving the practice"}], "owner": "Practice Manager",
        },
        "Discharge summaries": {
            "sources": ["Hospital trusts"], "data": ["Name", "NHS number", "diagnosis", "medication"],
            "subjects": ["Patients"], "purposes": ["Direct care"], "basis": [{"article_6": "e", "article_9": "h"}],
            "retention": [{"period": "P10Y", "trigger": "death"}], "owner": "Practice Manager",
        },
        "Prescriptions": {
            "disclosures": ["Community pharmacies", "NHSBSA"], "data": ["Name", "address", "medication"],
            "subjects": ["Patients"], "purposes": ["Prescribing"], "basis": [{"article_6": "e", "article_9": "h"}],
            "retention": [{"law": "see NHS Records Management Code"}], "owner": "Lead pharmacist",
        },
        "Insurance reports": {
            "disclosures": ["Insurers"], "data": ["Name", "health"], "subjects": ["Patients"],
            "purposes": ["Insurance reports"], "basis": [{"article_6": "a", "article_9": "a"}],
            "retention": [{"period": "P3Y"}], "owner": "Secretaries",
        },
        "Payroll run": {
            "disclosures": ["PayRight Ltd", "HMRC", "NHS Pensions"],
            "data": ["Name", "salary", "NI number", "bank details"], "subjects": ["Staff"], "purposes": ["Payroll"],
            "basis": [{"article_6": "b"}], "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
            "owner": "Practice Manager",
        },
        "Friends and family test": {
            "sources": ["data-subject"], "data": ["Comments"], "subjects": ["Patients"],
            "purposes": ["Patient feedback"], "basis": [{"article_6": "e", "article_9": "h"}],
            "retention": [{"period": "P12M"}],
        },
    },
    notes=frozenset({"Flow no.", "Inbound / outbound / internal", "Format", "Mode of transfer"}),
)  # fmt: skip

_VENDORS: Rows = (
    ("ROPA (Art. 30) \u2013 Sprocketly Ltd", "", "", "", "", "", "", "", "", "", "", ""),
    ("Processing activity", "Our role", "Business purpose", "Data subject types", "Data elements",
     "Sensitive data elements", "GDPR legal basis", "Third parties / sub-processors", "Hosting region",
     "Retention rule", "TOMs", "Last attested"),
    ("Billing", "Controller", "Invoicing & payments", "Customers", "Name, billing address, payment card details",
     "No", "Contract", "PayGate Inc. (payment processor)", "US", "7 years after invoice date", "SOC 2, encryption",
     "2024-05-01"),
    ("Product analytics", "Controller", "Product improvement", "End users", "Device ID, IP address, usage data", "No",
     "Legitimate interests (improve the product)", "Statly", "EU", "14 months", "Pseudonymisation", "2024-05-01"),
    ("Applicant tracking", "Controller", "Recruiting", "Candidates", "CV, contact details, interview notes",
     "Health (adjustments)", "Pre-contractual steps", "HireDesk", "US", "6 months after rejection", "Access control",
     "2024-02-11"),
    ("Employee HR", "Controller", "HR administration", "Employees, next of kin",
     "Contact details, salary, bank details", "Trade union membership; health", "Contract; legal obligation",
     "PayRight Ltd; HMRC", "UK", "6 years post-employment", "Access control", "2024-02-11"),
    ("Marketing emails", "Controller", "Email marketing", "Leads", "Email address, job title, company", "None",
     "Consent (or soft opt-in)", "MailWing", "US", "until opt-out", "Access control", "2023-11-30"),
)  # fmt: skip

VENDORS = MessySheet(
    "ROPA v3 (Sprocketly).xlsx",
    lambda: workbook({"ROPA": _VENDORS, "Change log": (("Version", "Who"), ("3", "Sam"))}),
    {
        "Billing": {
            "purposes": ["Invoicing", "payments"], "subjects": ["Customers"],
            "data": ["Name", "billing address", "payment card details"], "basis": [{"article_6": "b"}],
            "disclosures": ["PayGate Inc."],
            "retention": [{"period": "P7Y", "trigger": "invoice"}], "security": "SOC 2, encryption",
            "reviewed": "2024-05-01",
        },
        "Product analytics": {
            "purposes": ["Product improvement"], "subjects": ["End users"],
            "data": ["Device ID", "IP address", "usage data"],
            "basis": [{"article_6": "f", "interests": "improve the product"}],
            "disclosures": ["Statly"], "retention": [{"period": "P14M"}], "security": "Pseudonymisation",
            "reviewed": "2024-05-01",
        },
        "Applicant tracking": {
            "purposes": ["Recruiting"], "subjects": ["Candidates"],
            "data": ["CV", "contact details", "interview notes", "Health"], "basis": [{"article_6": "b"}],
            "disclosures": ["HireDesk"], "retention": [{"period": "P6M", "trigger": "decision"}],
            "security": "Access control", "reviewed": "2024-02-11",
        },
        "Employee HR": {
            "purposes": ["HR administration"], "subjects": ["Employees", "next of kin"],
            "data": ["Contact details", "salary", "bank details", "Trade union membership", "health"],
            "basis": [{"article_6": "b"}, {"article_6": "c"}], "disclosures": ["PayRight Ltd", "HMRC"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "security": "Access control",
            "reviewed": "2024-02-11",
        },
        "Marketing emails": {
            "purposes": ["Email marketing"], "subjects": ["Leads"], "data": ["Email address", "job title", "company"],
            "basis": [{"article_6": "a"}], "disclosures": ["MailWing"],
            "retention": [{"criteria": "until opt-out"}], "security": "Access control", "reviewed": "2023-11-30",
        },
    },
    notes=frozenset({"Our role", "Hosting region"}),
)  # fmt: skip

KINDS = (CLERK, ASSETS, LANTERN, PRACTICE, VENDORS)
