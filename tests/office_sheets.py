"""Six records of processing more, of six kinds of body, written with what a person reads in them before any reading.

All are invented. They keep to the habits of offices: bands above the headings, words of the trade and abbreviations,
answers in half sentences, who to ask beside what is kept, and remarks in the cells. Put right since are four cells in
which the reading was the better one: an age is a period from birth, “Yes - health” is which data, what stands in
brackets behind a name is no part of it, and rent and arrears are two purposes.
"""

from collections.abc import Sequence

from further_sheets import workbook
from held_back_sheets import ods
from messy_sheets import MessySheet
from unseen_sheets import commas

Rows = Sequence[Sequence[str]]

_PRACTICE: Rows = (
    ("Sampleton Surgery - information asset and data flow register",),
    ("The asset", "", "", "What is in it", "", "In and out", "", "The law", "", "Keeping it", "", ""),
    ("Line", "Asset / flow", "IAO", "Who it's about", "Data set", "Received from", "Sent to", "UK GDPR Art 6",
     "UK GDPR Art 9", "Keep for", "Where kept", "DPIA done?"),
    ("1", "Electronic patient record", "Senior partner", "Patients", "Demographics, NHS number, medical history, meds",
     "Patients; hospitals; previous GP", "Hospitals, community pharmacies, ICB", "6(1)(e)", "9(2)(h)",
     "10 yrs after death", "MediNote", "Yes"),
    ("2", "Repeat prescriptions", "Lead pharmacist", "Patients", "Name, DOB, NHS no., medication", "Patients",
     "Community pharmacy", "6(1)(e)", "9(2)(h)", "2 yrs", "MediNote", "Yes"),
    ("3", "Complaints file", "Practice manager", "Patients and carers", "Name, address, details of complaint",
     "Complainant", "ICB; Ombudsman", "6(1)(c)", "9(2)(h)", "10 years from closure of the complaint", "S drive", "No"),
    ("4", "Call recordings", "Practice manager", "Patients, staff", "Voice recordings, phone number", "Callers",
     "N/A", "6(1)(e)", "n/a", "12 months", "CallKeep", "In progress"),
    ("5", "HR files", "Practice manager", "All staff incl. locums",
     "Name, address, bank details, sickness, DBS, appraisals", "Employee; referees",
     "NHS Pensions, HMRC, accountant", "6(1)(b); 6(1)(c)", "9(2)(b)", "6 yrs after leaving", "Locked cabinet", "No"),
)  # fmt: skip

PRACTICE = MessySheet(
    "IAR and flows 24-25 v7.xlsx",
    lambda: workbook(
        {"Register": _PRACTICE},
        merged=((0, 0, 0, 11), (1, 1, 0, 2), (1, 1, 3, 4), (1, 1, 5, 6), (1, 1, 7, 8), (1, 1, 9, 11)),
    ),
    {
        "Electronic patient record": {
            "owner": "Senior partner", "subjects": ["Patients"],
            "data": ["Demographics", "NHS number", "medical history", "meds"],
            "sources": ["data-subject", "hospitals", "previous GP"],
            "disclosures": ["Hospitals", "community pharmacies", "ICB"],
            "basis": [{"article_6": "e", "article_9": "h"}],
            "retention": [{"period": "P10Y", "trigger": "death"}], "systems": ["MediNote"], "dpia": {"needed": True},
        },
        "Repeat prescriptions": {
            "owner": "Lead pharmacist", "subjects": ["Patients"], "data": ["Name", "DOB", "NHS no", "medication"],
            "sources": ["data-subject"], "disclosures": ["Community pharmacy"],
            "basis": [{"article_6": "e", "article_9": "h"}], "retention": [{"period": "P2Y"}],
            "systems": ["MediNote"], "dpia": {"needed": True},
        },
        "Complaints file": {
            "owner": "Practice manager", "subjects": ["Patients", "carers"],
            "data": ["Name", "address", "details of complaint"], "sources": ["Complainant"],
            "disclosures": ["ICB", "Ombudsman"], "basis": [{"article_6": "c", "article_9": "h"}],
            "retention": [{"period": "P10Y", "trigger": "complaint-closed"}], "systems": ["S drive"],
            "dpia": {"needed": False},
        },
        "Call recordings": {
            "owner": "Practice manager", "subjects": ["Patients", "staff"],
            "data": ["Voice recordings", "phone number"], "sources": ["Callers"], "basis": [{"article_6": "e"}],
            "retention": [{"period": "P12M"}], "systems": ["CallKeep"],
        },
        "HR files": {
            "owner": "Practice manager", "subjects": ["All staff", "locums"],
            "data": ["Name", "address", "bank details", "sickness", "DBS", "appraisals"],
            "sources": ["data-subject", "referees"], "disclosures": ["NHS Pensions", "HMRC", "accountant"],
            "basis": [{"article_6": "b", "article_9": "b"}, {"article_6": "c", "article_9": "b"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "systems": ["Locked cabinet"],
            "dpia": {"needed": False},
        },
    },
)  # fmt: skip

_COUNCIL: Rows = (
    ("What do we do?", "Whose details?", "What details do we have?", "How did we get them?", "Why do we have them?",
     "Which legal ground", "Do we give them to anyone?", "Paper / computer", "How long do we hang on to them?",
     "Safe because"),
    ("Allotments", "Plot holders and people waiting for a plot", "Names, addresses, phone numbers", "From the person",
     "To let the plots and send the rent bills", "Contract", "No", "Computer (clerk's laptop)",
     "2 years after giving up the plot", "Password"),
    ("Cemetery", "Deceased, their next of kin, grave owners", "Name, address, date of death",
     "Funeral directors, families", "Burial records", "Legal obligation", "Public can inspect the register",
     "Paper (burial register)", "Forever", "Fireproof safe"),
    ("Village hall bookings", "Hirers", "Name, phone number, email", "From the person", "Room hire", "Contract",
     "Caretaker", "Computer (online diary)", "1 year", "Password"),
    ("Planning comments", "Residents who write to us", "Name, address, opinions", "From the person",
     "Responding to planning applications", "Public task", "District council", "Computer (email)",
     "6 months after the decision", "Password"),
    ("Paying the clerk", "Clerk", "Name, NI number, bank details, pay", "Clerk", "Payroll", "Contract",
     "HMRC, payroll bureau", "Computer (clerk's laptop)", "6 years + current", "Password"),
)  # fmt: skip

PARISH_COUNCIL = MessySheet(
    "data audit.csv",
    lambda: commas(_COUNCIL),
    {
        "Allotments": {
            "subjects": ["Plot holders", "people waiting for a plot"], "data": ["Names", "addresses", "phone numbers"],
            "sources": ["data-subject"], "purposes": ["allotment management", "billing"],
            "basis": [{"article_6": "b"}], "systems": ["Computer (clerk's laptop)"],
            "retention": [{"criteria": "2 years after giving up the plot"}], "security": "Password",
        },
        "Cemetery": {
            "subjects": ["Deceased", "next of kin", "grave owners"], "data": ["Name", "address", "date of death"],
            "sources": ["Funeral directors", "families"], "purposes": ["Burial records"],
            "basis": [{"article_6": "c"}], "disclosures": ["the public"], "systems": ["Paper (burial register)"],
            "retention": [{"period": "permanently"}], "security": "Fireproof safe",
        },
        "Village hall bookings": {
            "subjects": ["Hirers"], "data": ["Name", "phone number", "email"], "sources": ["data-subject"],
            "purposes": ["Room hire"], "basis": [{"article_6": "b"}], "disclosures": ["Caretaker"],
            "systems": ["Computer (online diary)"], "retention": [{"period": "P1Y"}], "security": "Password",
        },
        "Planning comments": {
            "subjects": ["Residents"], "data": ["Name", "address", "opinions"], "sources": ["data-subject"],
            "purposes": ["planning applications"], "basis": [{"article_6": "e"}],
            "disclosures": ["District council"], "systems": ["Computer (email)"],
            "retention": [{"period": "P6M", "trigger": "decision"}], "security": "Password",
        },
        "Paying the clerk": {
            "subjects": ["Clerk"], "data": ["Name", "NI number", "bank details", "pay"], "sources": ["data-subject"],
            "purposes": ["Payroll"], "basis": [{"article_6": "b"}], "disclosures": ["HMRC", "payroll bureau"],
            "systems": ["Computer (clerk's laptop)"], "retention": [{"period": "P6Y", "trigger": "end-of-year"}],
            "security": "Password",
        },
    },
)  # fmt: skip

_CHARITY = """\
# Our data - Sample Foodshare (reg. charity)

Filled in by the trustees, spring 2024. *Ask Jo if in doubt.*

| Project | Job title of lead | Supporters / clients / staff | What we record | Reason we need it | Grounds (Art. 6) | Grounds (Art. 9) | Partners who see it | Cloud services | Deleted | Changed |
|---|---|---|---|---|---|---|---|---|---|---|
| **Food parcels** | Project manager | Clients and their families | Name, postcode, dietary needs, number of children | Delivering food parcels | Legitimate interests | Explicit consent | Social workers, other food banks | ParcelApp | 1 year after last parcel | 2 May 2024 |
| **Gift Aid** | Treasurer | Donors | Name, home address, donations | Claiming Gift Aid | Legal obligation | - | HMRC | GivePage | 6 years after the end of the tax year | 2 May 2024 |
| **E-news** | Comms officer | Supporters | First name; email | Newsletter | Consent | - | - | MailWing (USA) | When they unsubscribe | 2 May 2024 |
| **Volunteering** | Volunteer coordinator | Volunteers, drivers | Name, phone, driving licence, DBS result | Managing volunteers, rotas | Legitimate interests | - | DBS, insurer | Google Drive | 3 years after they stop volunteering | 11 June 2024 |
| **Case studies** | Comms officer | Clients | Photo, story | Publicity | Consent | Explicit consent | Local press | Google Drive | 2 years or when consent is withdrawn | 11 June 2024 |
"""  # noqa: E501 - a table in Markdown has a row on a line

FOODSHARE = MessySheet(
    "our-data.md",
    _CHARITY.encode,
    {
        "Food parcels": {
            "owner": "Project manager", "subjects": ["Clients", "families"],
            "data": ["Name", "postcode", "dietary needs", "number of children"],
            "purposes": ["Delivering food parcels"], "basis": [{"article_6": "f", "article_9": "a"}],
            "disclosures": ["Social workers", "other food banks"], "systems": ["ParcelApp"],
            "retention": [{"criteria": "1 year after last parcel"}], "reviewed": "2024-05-02",
        },
        "Gift Aid": {
            "owner": "Treasurer", "subjects": ["Donors"], "data": ["Name", "home address", "donations"],
            "purposes": ["Claiming Gift Aid"], "basis": [{"article_6": "c"}], "disclosures": ["HMRC"],
            "systems": ["GivePage"], "retention": [{"period": "P6Y", "trigger": "end-of-financial-year"}],
            "reviewed": "2024-05-02",
        },
        "E-news": {
            "owner": "Comms officer", "subjects": ["Supporters"], "data": ["First name", "email"],
            "purposes": ["Newsletter"], "basis": [{"article_6": "a"}], "systems": ["MailWing (USA)"],
            "retention": [{"criteria": "When they unsubscribe"}], "reviewed": "2024-05-02",
        },
        "Volunteering": {
            "owner": "Volunteer coordinator", "subjects": ["Volunteers", "drivers"],
            "data": ["Name", "phone", "driving licence", "DBS result"], "purposes": ["Managing volunteers", "rotas"],
            "basis": [{"article_6": "f"}], "disclosures": ["DBS", "insurer"], "systems": ["Google Drive"],
            "retention": [{"period": "P3Y", "trigger": "end-of-volunteering"}], "reviewed": "2024-06-11",
        },
        "Case studies": {
            "owner": "Comms officer", "subjects": ["Clients"], "data": ["Photo", "story"],
            "purposes": ["Publicity"], "basis": [{"article_6": "a", "article_9": "a"}],
            "disclosures": ["Local press"], "systems": ["Google Drive"],
            "retention": [{"criteria": "2 years or when consent is withdrawn"}], "reviewed": "2024-06-11",
        },
    },
)  # fmt: skip

_FIRM: Rows = (
    ("Sample & Partner LLP", "", "", "", "", "", "", "", "", ""),
    ("Article 30 record", "", "", "", "", "", "", "", "", ""),
    ("", "", "", "", "", "", "", "", "", ""),
    ("Engagement / process", "Controller or processor?", "Individuals affected", "PII processed", "Objective",
     "Justification", "Disclosed outside the firm to", "Overseas?", "Retained", "Software"),
    ("Personal tax returns", "Controller", "Individual clients; spouses", "Name, UTR, NINO, income, bank interest",
     "Preparing tax returns", "Contract", "HMRC", "No", "7 years from the end of the tax year", "TaxCalcPro"),
    ("AML checks", "Controller", "Clients; beneficial owners; directors", "Passport, proof of address, DOB",
     "Anti-money laundering checks", "Legal obligation - Money Laundering Regulations 2017", "IDCheck Ltd; NCA",
     "No", "5 years after end of business relationship", "IDCheck"),
    ("Audit files", "Controller", "Clients' employees", "Names, salaries", "Statutory audit", "Legal obligation",
     "FRC, ICAEW", "No", "8 years", "AuditBox"),
    ("Time recording", "Controller", "Partners and staff", "Name, hours worked", "Billing",
     "Legitimate interests (knowing what work costs)", "None", "No", "7 years", "ClockIt"),
    ("Marketing list", "Controller", "Prospects, former clients", "Name, company, work e-mail", "Marketing",
     "Legitimate interests", "MailWing", "USA", "Until they opt out", "MailWing"),
    ("Recruitment of trainees", "Controller", "Applicants", "CV, exam results, interview notes", "Recruitment",
     "Legitimate interests", "Recruitment agencies", "No", "12 months after interview", "Outlook"),
)  # fmt: skip

FIRM = MessySheet(
    "Art30 record.ods",
    lambda: ods("Record", tuple(tuple(row) for row in _FIRM)),
    {
        "Personal tax returns": {
            "subjects": ["Individual clients", "spouses"], "data": ["Name", "UTR", "NINO", "income", "bank interest"],
            "purposes": ["Preparing tax returns"], "basis": [{"article_6": "b"}], "disclosures": ["HMRC"],
            "retention": [{"period": "P7Y", "trigger": "end-of-financial-year"}], "systems": ["TaxCalcPro"],
        },
        "AML checks": {
            "subjects": ["Clients", "beneficial owners", "directors"], "data": ["Passport", "proof of address", "DOB"],
            "purposes": ["Anti-money laundering checks"],
            "basis": [{"article_6": "c", "law": "Money Laundering Regulations 2017"}],
            "disclosures": ["IDCheck Ltd", "NCA"],
            "retention": [{"period": "P5Y", "trigger": "end-of-relationship"}], "systems": ["IDCheck"],
        },
        "Audit files": {
            "subjects": ["Clients' employees"], "data": ["Names", "salaries"], "purposes": ["Statutory audit"],
            "basis": [{"article_6": "c"}], "disclosures": ["FRC", "ICAEW"], "retention": [{"period": "P8Y"}],
            "systems": ["AuditBox"],
        },
        "Time recording": {
            "subjects": ["Partners", "staff"], "data": ["Name", "hours worked"], "purposes": ["Billing"],
            "basis": [{"article_6": "f", "interests": "knowing what work costs"}],
            "retention": [{"period": "P7Y"}], "systems": ["ClockIt"],
        },
        "Marketing list": {
            "subjects": ["Prospects", "former clients"], "data": ["Name", "company", "work e-mail"],
            "purposes": ["Marketing"], "basis": [{"article_6": "f"}], "disclosures": ["MailWing"],
            "retention": [{"criteria": "Until they opt out"}], "systems": ["MailWing"],
        },
        "Recruitment of trainees": {
            "subjects": ["Applicants"], "data": ["CV", "exam results", "interview notes"],
            "purposes": ["Recruitment"], "basis": [{"article_6": "f"}], "disclosures": ["Recruitment agencies"],
            "retention": [{"criteria": "12 months after interview"}], "systems": ["Outlook"],
        },
    },
)  # fmt: skip

_TRUST: Rows = (
    ("Sample Learning Trust: data ecosystem", "", "", "", "", "", "", "", "", "", ""),
    ("", "Supplier", "", "Pupil or staff", "Data", "", "Legal", "", "Lifecycle", "", ""),
    ("Product", "Company", "Data processing agreement on file (Y/N)", "Data subject type", "Data fields shared",
     "Special category fields", "Lawful basis", "What we use it for", "Retention", "Server location", "Approved by"),
    ("Arbor-like MIS", "LeafMIS Ltd", "Y", "Pupils, parents, staff", "Names, DOB, address, attendance, UPN",
     "SEN, ethnicity", "Public task", "Pupil administration", "Until the pupil is 25", "UK", "Head of IT"),
    ("Parents' evening booking", "BookEve Ltd", "Y", "Parents, teachers", "Name, email, child's class", "None",
     "Public task", "Parents' evenings", "End of the school year", "UK", "Head of IT"),
    ("Maths homework", "SumsUp Inc", "N", "Pupils", "First name, class, results", "None", "Public task", "Homework",
     "1 year after leaving", "USA", "Deputy head"),
    ("Biometric tills", "CaterPay Ltd", "Y", "Pupils; staff", "Name, meal choices", "Fingerprint template, allergies",
     "Consent", "School meals", "Deleted when the pupil leaves", "UK", "Trust DPO"),
    ("Safeguarding log", "WatchOver Ltd", "Y", "Pupils, families", "Names, concerns, outcomes",
     "Health, abuse disclosures", "Legal obligation", "Safeguarding", "25 years from DOB", "Ireland", "DSL"),
)  # fmt: skip

TRUST = MessySheet(
    "Data ecosystem map.xlsx",
    lambda: workbook(
        {"Ecosystem": _TRUST},
        merged=((0, 0, 0, 10), (1, 1, 1, 2), (1, 1, 4, 5), (1, 1, 6, 7), (1, 1, 8, 9)),
    ),
    {
        "Arbor-like MIS": {
            "disclosures": ["LeafMIS Ltd"], "subjects": ["Pupils", "parents", "staff"],
            "data": ["Names", "DOB", "address", "attendance", "UPN", "SEN", "ethnicity"],
            "basis": [{"article_6": "e"}], "purposes": ["Pupil administration"],
            "retention": [{"period": "P25Y", "trigger": "birth"}], "owner": "Head of IT",
        },
        "Parents' evening booking": {
            "disclosures": ["BookEve Ltd"], "subjects": ["Parents", "teachers"],
            "data": ["Name", "email", "child's class"], "basis": [{"article_6": "e"}],
            "purposes": ["Parents' evenings"], "retention": [{"criteria": "End of the school year"}],
            "owner": "Head of IT",
        },
        "Maths homework": {
            "disclosures": ["SumsUp Inc"], "subjects": ["Pupils"], "data": ["First name", "class", "results"],
            "basis": [{"article_6": "e"}], "purposes": ["Homework"],
            "retention": [{"period": "P1Y", "trigger": "leaving-school"}], "owner": "Deputy head",
        },
        "Biometric tills": {
            "disclosures": ["CaterPay Ltd"], "subjects": ["Pupils", "staff"],
            "data": ["Name", "meal choices", "Fingerprint template", "allergies"], "basis": [{"article_6": "a"}],
            "purposes": ["School meals"], "retention": [{"criteria": "Deleted when the pupil leaves"}],
            "owner": "Trust DPO",
        },
        "Safeguarding log": {
            "disclosures": ["WatchOver Ltd"], "subjects": ["Pupils", "families"],
            "data": ["Names", "concerns", "outcomes", "Health", "abuse disclosures"], "basis": [{"article_6": "c"}],
            "purposes": ["Safeguarding"], "retention": [{"period": "P25Y", "trigger": "birth"}], "owner": "DSL",
        },
    },
)  # fmt: skip

_LANDLORD: Rows = (
    ("Service", "Record series", "Description of the processing", "Customer group", "Personal data held",
     "Any sensitive data?", "Origin of data", "Who has access outside the association", "Article 6 ground",
     "Disposal rule", "Trigger for disposal", "System of record", "Controls in place", "Data steward",
     "Next review due"),
    ("Lettings", "Waiting list applications", "Assessing applications for a home",
     "Housing applicants and household members", "Name, DOB, income, NI number, housing history",
     "Yes - health", "Applicant; council", "Local authority", "Contract", "6 years", "Application closed",
     "HomeHub", "Role-based access", "Lettings team leader", "01/04/2025"),
    ("Housing management", "Tenancy files", "Managing tenancies", "Tenants & occupants",
     "Name, contact details, rent account, photo ID", "No", "Tenant", "DWP, utility suppliers", "Contract",
     "6 years", "Tenancy ends", "HomeHub", "Role-based access", "Housing manager", "01/04/2025"),
    ("Housing management", "ASB case files", "Dealing with anti-social behaviour",
     "Complainants, alleged perpetrators, witnesses", "Name, address, diary sheets, photos",
     "Yes - criminal offences", "Complainant, police, neighbours", "Police; council; courts",
     "Legitimate interests", "5 years", "Case closed", "HomeHub", "Restricted folder", "ASB officer", "01/10/2025"),
    ("Repairs", "Repair requests", "Carrying out repairs", "Tenants", "Name, address, phone, vulnerabilities",
     "Possibly", "Tenant", "FixFast Ltd (contractor)", "Contract", "6 years", "Job completed", "RepairsNow",
     "Password", "Repairs manager", "01/10/2025"),
    ("Income", "Rent arrears", "Collecting rent and arrears", "Current and former tenants",
     "Name, balance, payment history, benefits", "No", "Tenant; DWP", "Debt collection agency, courts",
     "Contract", "6 years", "Debt cleared", "HomeHub", "Role-based access", "Income manager", "01/04/2025"),
)  # fmt: skip

LANDLORD = MessySheet(
    "ROPA master (DO NOT EDIT).xlsx",
    lambda: workbook({"ROPA": _LANDLORD, "Lists": (("Contract",), ("Consent",), ("Public task",))}),
    {
        "Waiting list applications": {
            "purposes": ["Assessing applications for a home"],
            "subjects": ["Housing applicants", "household members"],
            "data": ["Name", "DOB", "income", "NI number", "housing history", "health"],
            "sources": ["data-subject", "council"],
            "disclosures": ["Local authority"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-case"}], "systems": ["HomeHub"],
            "security": "Role-based access", "owner": "Lettings team leader",
        },
        "Tenancy files": {
            "purposes": ["Managing tenancies"], "subjects": ["Tenants", "occupants"],
            "data": ["Name", "contact details", "rent account", "photo ID"], "sources": ["data-subject"],
            "disclosures": ["DWP", "utility suppliers"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-tenancy"}], "systems": ["HomeHub"],
            "security": "Role-based access", "owner": "Housing manager",
        },
        "ASB case files": {
            "purposes": ["Dealing with anti-social behaviour"],
            "subjects": ["Complainants", "alleged perpetrators", "witnesses"],
            "data": ["Name", "address", "diary sheets", "photos"],
            "sources": ["Complainant", "police", "neighbours"], "disclosures": ["Police", "council", "courts"],
            "basis": [{"article_6": "f"}], "retention": [{"period": "P5Y", "trigger": "end-of-case"}],
            "systems": ["HomeHub"], "security": "Restricted folder", "owner": "ASB officer",
        },
        "Repair requests": {
            "purposes": ["Carrying out repairs"], "subjects": ["Tenants"],
            "data": ["Name", "address", "phone", "vulnerabilities"], "sources": ["data-subject"],
            "disclosures": ["FixFast Ltd"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6Y", "trigger": "Job completed"}], "systems": ["RepairsNow"],
            "security": "Password", "owner": "Repairs manager",
        },
        "Rent arrears": {
            "purposes": ["rent collection", "arrears"], "subjects": ["Current tenants", "former tenants"],
            "data": ["Name", "balance", "payment history", "benefits"], "sources": ["data-subject", "DWP"],
            "disclosures": ["Debt collection agency", "courts"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6Y", "trigger": "Debt cleared"}], "systems": ["HomeHub"],
            "security": "Role-based access", "owner": "Income manager",
        },
    },
)  # fmt: skip

OFFICES = (PRACTICE, PARISH_COUNCIL, FOODSHARE, FIRM, TRUST, LANDLORD)
