"""Five records of processing more, in layouts the importer was not made on.

All are invented. What a person reads in each was written down before the importer saw it; put right since is only that
one of several groups an entry is about, named as its source,
stays named ("Client" about clients and their households).
"""

import csv
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from held_back_sheets import ods
from messy_sheets import MessySheet

Rows = Sequence[Sequence[str]]


def workbook(
    sheets: Mapping[str, Rows],
    merged: Sequence[tuple[int, int, int, int]] = (),
    hidden: Sequence[int] = (),
) -> bytes:
    """A workbook; the areas and the hidden rows are those of its first sheet."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.add_worksheet(name)
        for top, bottom, left, right in merged if number == 0 else ():
            sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                if text:
                    sheet.write(row, column, text)
        for row in hidden if number == 0 else ():
            sheet.set_row(row, None, None, {"hidden": True})
    book.close()
    return made.getvalue()


_HARBOUR: Rows = (
    ("Elusen Harbwr / Harbour Charity: data map", *[""] * 12),
    ("Last updated: Spring 2024 (Bethan)",),
    ("What we do", "", "Whose data and which", "", "", "The law", "", "Sharing", "", "Keeping it", "", "", "Admin"),
    ("Gweithgaredd / Activity", "Pwrpas / Purpose", "Unigolion / People", "Gwybodaeth bersonol / Personal information",
     "Ble gawsom / Where we got it", "Lawful basis (Art 6)", "Special category condition (Art 9)",
     "Rhannu gyda / Shared with", "Suppliers who handle it for us", "Am ba hyd / How long we keep it",
     "Where it lives",
     "How we look after it", "Wedi'i adolygu / Last reviewed"),
    ("Food parcels", "Helping people in hardship", "Beneficiaries",
     "Name, address, phone number, dietary requirements",
     "The person; social care", "Consent", "Explicit consent", "None", "-", "2 years after last contact",
     "CharityLog", "Passwords, locked cupboard", "March 2024"),
    ("Debt advice", "Debt advice", "Clients", "Name; address; income; debts; health", "Client", "Legitimate interests",
     "Substantial public interest", "Creditors, with consent\nFCA", "CharityLog Ltd", "6 years after case closed",
     "CharityLog", "Passwords, two-factor login", "03/2024"),
    ("", "", "Household members", "Name, income", "Client", "", "", "", "", "", "", "", ""),
    ("FUNDRAISING AND PEOPLE",),
    ("Donations", "Fundraising", "Donors", "Name, email address, bank details, Gift Aid declaration", "Donor",
     "Legitimate interests; legal obligation", "N/A", "HMRC", "GivePage", "7 years", "GivePage, accounts folder",
     "Access by role", "Q1 2024"),
    ("Volunteering", "Volunteer management", "Volunteers", "Name, emergency contacts, references, DBS check",
     "Volunteer, referees", "Legitimate interests", "N/A", "DBS", "-", "1 year after they leave", "HR folder",
     "Access by role", "14/02/2024"),
    ("Payroll", "Payroll", "Staff", "Name, NI number, bank details, salary", "Staff", "Contract, legal obligation",
     "N/A",
     "HMRC; pension provider", "PayRight Ltd", "6 years after employment ends", "PayRight portal", "Access by role",
     "Q1 2024"),
    ("Total", "5", "", "", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip

HARBOUR = MessySheet(
    "Harbour data map v7 FINAL.xlsx",
    lambda: workbook(
        {"Data map": _HARBOUR, "Notes": (("Ask Bethan before changing anything",),)},
        merged=((2, 2, 0, 1), (2, 2, 2, 4), (2, 2, 5, 6), (2, 2, 7, 8), (2, 2, 9, 11), (7, 7, 0, 12)), hidden=(9,),
    ),
    {
        "Food parcels": {
            "purposes": ["Helping people in hardship"], "subjects": ["Beneficiaries"],
            "data": ["Name", "address", "phone number", "dietary requirements"],
            "sources": ["data-subject", "social care"], "basis": [{"article_6": "a", "article_9": "a"}],
            "retention": [{"period": "P2Y", "trigger": "last-contact"}], "systems": ["CharityLog"],
            "security": "Passwords, locked cupboard", "reviewed": "2024-03-01",
        },
        "Debt advice": {
            "purposes": ["Debt advice"], "subjects": ["Clients", "Household members"],
            "data": ["Name", "address", "income", "debts", "health"], "sources": ["Client"],
            "basis": [{"article_6": "f", "article_9": "g"}], "disclosures": ["Creditors", "FCA", "CharityLog Ltd"],
            "retention": [{"period": "P6Y", "trigger": "end-of-case"}], "systems": ["CharityLog"],
            "security": "Passwords, two-factor login", "reviewed": "2024-03-01",
        },
        "Donations": {
            "purposes": ["Fundraising"], "subjects": ["Donors"],
            "data": ["Name", "email address", "bank details", "Gift Aid declaration"], "sources": ["data-subject"],
            "basis": [{"article_6": "f"}, {"article_6": "c"}], "disclosures": ["HMRC", "GivePage"],
            "retention": [{"period": "P7Y"}], "systems": ["GivePage", "accounts folder"],
            "security": "Access by role", "reviewed": "2024-01-01",
        },
        "Volunteering": {
            "purposes": ["Volunteer management"], "subjects": ["Volunteers"],
            "data": ["Name", "emergency contacts", "references", "DBS check"], "sources": ["data-subject", "referees"],
            "basis": [{"article_6": "f"}], "disclosures": ["DBS"],
            "retention": [{"period": "P1Y", "trigger": "end-of-volunteering"}], "systems": ["HR folder"],
            "security": "Access by role", "reviewed": "2024-02-14",
        },
        "Payroll": {
            "purposes": ["Payroll"], "subjects": ["Staff"], "data": ["Name", "NI number", "bank details", "salary"],
            "sources": ["data-subject"], "basis": [{"article_6": "b"}, {"article_6": "c"}],
            "disclosures": ["HMRC", "pension provider", "PayRight Ltd"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "systems": ["PayRight portal"],
            "security": "Access by role", "reviewed": "2024-01-01",
        },
    },
)  # fmt: skip

_TRUST: Rows = (
    ("Fernbrook Hospitals NHS Trust", "", "", "Information Asset and Data Flow Register"),
    ("Division: Corporate", "", "", "IG lead: Head of Information Governance"),
    (),
    ("Asset ID", "Asset name", "IAO", "IAA", "Description and purpose of the flow", "Who the data is about",
     "Data items", "Special category?", "Art 6 basis", "Art 9 basis", "Flows in from", "Flows out to",
     "Method of transfer", "Held on (system / location)", "Retention (Records Management Code)", "DPIA?",
     "Date of last review", "Risk score", "In contract?"),
    ("FB-001", "Outpatient bookings", "Chief Operating Officer", "Bookings manager", "Appointment booking", "Patients",
     "Name, NHS number, address, phone number, appointments", "Y", "6(1)(e)", "9(2)(h)", "GP practices",
     "GP practices",
     "e-Referral", "PatientFirst", "8 years after last contact", "Yes - DPIA-17", "Feb-24", "6", "Y"),
    ("FB-002", "Occupational health referrals", "Director of People", "OH manager", "Occupational health", "Staff",
     "Name, health, sickness absence", "Y", "6(1)(c)", "9(2)(b)", "Managers", "Occupational health provider",
     "Secure email", "OH portal", "6 years after leaving", "Yes - DPIA-03", "Mar-23", "9", "Y"),
    ("FB-003", "Complaints and PALS", "Chief Nurse", "PALS manager", "Complaints handling", "Patients; relatives",
     "Name, address, health, complaints", "Y", "6(1)(e)", "9(2)(h)", "Patients; relatives", "Ombudsman",
     "Post", "DatixWeb", "10 years from closure of case", "No", "Mar-23", "4", "N"),
    ("FB-004", "Car parking permits", "Director of Estates", "Parking office", "Car parking", "Staff, volunteers",
     "Name, vehicle registration", "N", "6(1)(f)", "N/A", "Staff", "Parking contractor", "Portal", "ParkIt",
     "1 year", "No", "TBC", "2", "Y"),
    ("FB-005", "Switchboard recordings", "Chief Operating Officer", "Telecoms", "see schedule", "Callers",
     "Call recordings", "N", "6(1)(e)", "N/A", "Callers", "None", "N/A", "VoiceStore", "90 days", "N", "Nov-22", "3",
     "N/A"),
    ("", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Average", "4.8", ""),
)  # fmt: skip

TRUST = MessySheet(
    "IAR Corporate 2024.xlsx",
    lambda: workbook({"IAR": _TRUST}, merged=((0, 0, 3, 8),), hidden=(7,)),
    {
        "Outpatient bookings": {
            "owner": "Chief Operating Officer", "purposes": ["Appointment booking"], "subjects": ["Patients"],
            "data": ["Name", "NHS number", "address", "phone number", "appointments"],
            "basis": [{"article_6": "e", "article_9": "h"}], "sources": ["GP practices"],
            "disclosures": ["GP practices"],
            "systems": ["PatientFirst"], "retention": [{"period": "P8Y", "trigger": "last-contact"}],
            "dpia": {"needed": True, "reference": "DPIA-17"}, "reviewed": "2024-02-01",
        },
        "Occupational health referrals": {
            "owner": "Director of People", "purposes": ["Occupational health"], "subjects": ["Staff"],
            "data": ["Name", "health", "sickness absence"], "basis": [{"article_6": "c", "article_9": "b"}],
            "sources": ["Managers"], "disclosures": ["Occupational health provider"], "systems": ["OH portal"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
            "dpia": {"needed": True, "reference": "DPIA-03"}, "reviewed": "2023-03-01",
        },
        "Complaints and PALS": {
            "owner": "Chief Nurse", "purposes": ["Complaints handling"], "subjects": ["Patients", "relatives"],
            "data": ["Name", "address", "health", "complaints"], "basis": [{"article_6": "e", "article_9": "h"}],
            "sources": ["data-subject", "relatives"], "disclosures": ["Ombudsman"], "systems": ["DatixWeb"],
            "retention": [{"period": "P10Y", "trigger": "end-of-case"}], "dpia": {"needed": False},
            "reviewed": "2023-03-01",
        },
        "Car parking permits": {
            "owner": "Director of Estates", "purposes": ["Car parking"], "subjects": ["Staff", "volunteers"],
            "data": ["Name", "vehicle registration"], "basis": [{"article_6": "f"}], "sources": ["Staff"],
            "disclosures": ["Parking contractor"], "systems": ["ParkIt"], "retention": [{"period": "P1Y"}],
            "dpia": {"needed": False},
        },
        "Switchboard recordings": {
            "owner": "Chief Operating Officer", "purposes": ["not recorded"], "subjects": ["Callers"],
            "data": ["Call recordings"], "basis": [{"article_6": "e"}], "sources": ["data-subject"],
            "systems": ["VoiceStore"], "retention": [{"period": "P90D"}], "dpia": {"needed": False},
            "reviewed": "2022-11-01",
        },
    },
)  # fmt: skip

_WORKS: Rows = (
    ("Sample Works GmbH & Co. KG / Sample Works (UK) Ltd",),
    ("Verzeichnis von Verarbeitungstätigkeiten / Record of processing",),
    (),
    ("Nr.", "Process (Geschäftsprozess)", "Zweck", "Betroffene", "Datenkategorien", "Legal basis / Rechtsgrundlage",
     "Empfänger", "Auftragsverarbeiter", "Third country?", "Löschfrist", "TOM", "Application",
     "Responsible department",
     "Ansprechpartner", "Stand", "Bemerkung"),
    ("1", "Lohnabrechnung", "Payroll", "Mitarbeiter", "Name, Anschrift, Bankverbindung, Gehalt",
     "Contract; legal obligation",
     "Hausbank; tax authority", "PayRight Ltd", "No", "10 years", "Encryption", "PayRight", "HR", "Leitung HR",
     "01.02.2024", ""),
    ("2", "Bewerbermanagement", "Recruitment", "Bewerber", "Name, CV, qualifications, references", "6(1)(b)", "none",
     "HireDesk Inc", "USA", "6 months after decision", "Access by role", "HireDesk", "HR", "Leitung HR", "Feb 2024",
     "Check contract"),
    ("3", "Newsletter", "Direct marketing", "Kunden, prospects", "Name, email address", "Consent", "keine", "MailWing",
     "No",
     "consent withdrawn + 3 years", "Access by role", "MailWing", "Marketing", "", "Q4 2023", ""),
    ("4", "CCTV gate", "Security of premises", "Visitors; staff", "CCTV images", "Legitimate interests",
     "Police on request",
     "-", "No", "72 hours", "Locked recorder", "Gate recorder", "Facilities", "", "12/2023", ""),
    ("5", "Supplier accounts", "Accounting", "Supplier contacts", "Name, email address, bank details", "Contract",
     "Auditors",
     "-", "No", "end of financial year + 6 years", "Access by role", "LedgerPlus", "Finance", "CFO", "01.02.2024", ""),
    ("Summe", "5", "", "", "", "", "", "", "", "", "", "", "", "", "", ""),
)  # fmt: skip

WORKS = MessySheet(
    "verzeichnis_rev3.ods",
    lambda: ods("VVT", tuple(tuple(row) for row in _WORKS)),
    {
        "Lohnabrechnung": {
            "purposes": ["Payroll"], "subjects": ["employee"], "data": ["Name", "address", "bank details", "salary"],
            "basis": [{"article_6": "b"}, {"article_6": "c"}], "disclosures": ["bank", "tax authority",
            "PayRight Ltd"],
            "retention": [{"period": "P10Y"}], "security": "Encryption", "systems": ["PayRight"],
            "owner": "Leitung HR",
            "reviewed": "2024-02-01",
        },
        "Bewerbermanagement": {
            "purposes": ["Recruitment"], "subjects": ["job applicants"],
            "data": ["Name", "CV", "qualifications", "references"], "basis": [{"article_6": "b"}],
            "disclosures": ["HireDesk Inc"], "retention": [{"period": "P6M", "trigger": "decision"}],
            "security": "Access by role", "systems": ["HireDesk"], "owner": "Leitung HR", "reviewed": "2024-02-01",
        },
        "Newsletter": {
            "purposes": ["Direct marketing"], "subjects": ["customers", "prospects"], "data": ["Name",
            "email address"],
            "basis": [{"article_6": "a"}], "disclosures": ["MailWing"],
            "retention": [{"period": "P3Y", "trigger": "consent-withdrawn"}], "security": "Access by role",
            "systems": ["MailWing"], "reviewed": "2023-10-01",
        },
        "CCTV gate": {
            "purposes": ["Security of premises"], "subjects": ["Visitors", "staff"], "data": ["CCTV images"],
            "basis": [{"article_6": "f"}], "disclosures": ["Police"], "retention": [{"period": "PT72H"}],
            "security": "Locked recorder", "systems": ["Gate recorder"], "reviewed": "2023-12-01",
        },
        "Supplier accounts": {
            "purposes": ["Accounting"], "subjects": ["Supplier contacts"], "data": ["Name", "email address",
            "bank details"],
            "basis": [{"article_6": "b"}], "disclosures": ["Auditors"],
            "retention": [{"period": "P6Y", "trigger": "end-of-financial-year"}], "security": "Access by role",
            "systems": ["LedgerPlus"], "owner": "CFO", "reviewed": "2024-02-01",
        },
    },
)  # fmt: skip

_PARISH: Rows = (
    ("Little Sampling Parish Council \u2013 GDPR audit",),
    ("Completed by: the Clerk", "", "", "Date: May 2023"),
    (),
    ("", "What info do we hold?", "Who is it about", "Why have we got it", "Where did it come from",
     "Who do we give it to", "Lawful reason", "How long will we keep it", "Is it safe?", "Where is it", "Sensitive?",
     "To do"),
    ("Allotments", "Name, address, plot number", "Allotment holders", "Allotment management", "Tenants", "Nobody",
     "Contract", "6 years after end of tenancy", "Locked filing cabinet", "Clerk's office", "No", ""),
    ("Burials", "Name, address, date of death", "Bereaved families", "Burials", "Funeral directors", "None",
     "Legal obligation", "Permanent", "Fireproof safe", "Clerk's office", "No", "Scan register"),
    ("Payroll", "Name, NI number, bank details, salary", "Staff", "Payroll", "Employee", "HMRC; PayRight Ltd",
     "Contract", "6 years + current", "Password", "Laptop", "No", ""),
    ("Planning comments", "Name, address, comments", "Residents", "Planning", "Residents", "District council",
     "Public task", "see retention policy", "Password", "Email", "Maybe", "Ask DPO"),
    ("Hall bookings", "Name, phone number, email address", "Hirers", "Room hire", "Hirers", "n/a", "Contract", "1 yr",
     "Password", "HallMaster", "No", ""),
    ("TOTAL", "5"),
)  # fmt: skip


def semicolons(rows: Rows) -> bytes:
    """A csv as a spreadsheet saves it where the comma is for decimals, in the letters of Windows."""
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows(rows)
    return made.getvalue().encode("cp1252")


PARISH = MessySheet(
    "GDPR audit Little Sampling PC.csv",
    lambda: semicolons(_PARISH),
    {
        "Allotments": {
            "purposes": ["Allotment management"], "subjects": ["Allotment holders"],
            "data": ["Name", "address", "plot number"], "basis": [{"article_6": "b"}], "sources": ["tenants-2"],
            "retention": [{"period": "P6Y", "trigger": "end-of-tenancy"}], "security": "Locked filing cabinet",
            "systems": ["Clerk's office"],
        },
        "Burials": {
            "purposes": ["Burials"], "subjects": ["Bereaved families"], "data": ["Name", "address", "date of death"],
            "basis": [{"article_6": "c"}], "sources": ["Funeral directors"], "retention": [{"period": "permanently"}],
            "security": "Fireproof safe", "systems": ["Clerk's office"],
        },
        "Payroll": {
            "purposes": ["Payroll"], "subjects": ["Staff"], "data": ["Name", "NI number", "bank details", "salary"],
            "basis": [{"article_6": "b"}], "sources": ["data-subject"], "disclosures": ["HMRC", "PayRight Ltd"],
            "retention": [{"period": "P6Y", "trigger": "end-of-year"}], "security": "Password", "systems": ["Laptop"],
        },
        "Planning comments": {
            "purposes": ["Planning"], "subjects": ["Residents"], "data": ["Name", "address", "comments"],
            "basis": [{"article_6": "e"}], "sources": ["data-subject"], "disclosures": ["District council"],
            "retention": [{"law": "see retention policy"}], "security": "Password", "systems": ["Email"],
        },
        "Hall bookings": {
            "purposes": ["Room hire"], "subjects": ["Hirers"], "data": ["Name", "phone number", "email address"],
            "basis": [{"article_6": "b"}], "sources": ["data-subject"], "retention": [{"period": "P1Y"}],
            "security": "Password", "systems": ["HallMaster"],
        },
    },
)  # fmt: skip

_SOFTWARE = """\
# Data processing record

Northlight Software Ltd, last reviewed Q2 2024.

## 1. Customer accounts

- **Why we process it:** Account management, billing
- **Whose data:** Customers
- **What we collect:** Name, email address, IP address
- **Legal basis:** Art. 6(1)(b)
- **Processors:** CloudHost Inc, PayGate Ltd
- **Transfers:** USA (SCCs)
- **How long:** 1 year after account closed
- **Security:** Encryption at rest

## 2. Support tickets

- **Why we process it:** Customer support
- **Whose data:** Customers, website visitors
- **What we collect:**
  - Name
  - Email address
  - Support tickets
- **Legal basis:** Legitimate interests
- **Processors:** HelpDeskly
- **Transfers:** None
- **How long:** 24 months
- **Security:** Access by role

## 3. Hiring

- **Why we process it:** Recruitment
- **Whose data:** Job applicants
- **What we collect:** CV, references
- **Legal basis:** Consent where needed, otherwise Art. 6(1)(b)
- **Processors:** -
- **Transfers:** No
- **How long:** 6 months after decision
- **Security:** Access by role
"""

SOFTWARE = MessySheet(
    "ROPA.md",
    _SOFTWARE.encode,
    {
        "Customer accounts": {
            "purposes": ["Account management", "billing"], "subjects": ["Customers"],
            "data": ["Name", "email address", "IP address"], "basis": [{"article_6": "b"}],
            "disclosures": ["CloudHost Inc", "PayGate Ltd"],
            "retention": [{"period": "P1Y", "trigger": "account-closed"}], "security": "Encryption at rest",
        },
        "Support tickets": {
            "purposes": ["Customer support"], "subjects": ["Customers", "website visitors"],
            "data": ["Name", "email address", "Support tickets"], "basis": [{"article_6": "f"}],
            "disclosures": ["HelpDeskly"], "retention": [{"period": "P24M"}], "security": "Access by role",
        },
        "Hiring": {
            "purposes": ["Recruitment"], "subjects": ["Job applicants"], "data": ["CV", "references"],
            "basis": [{"article_6": "b"}, {"article_6": "a"}], "retention": [{"period": "P6M", "trigger": "decision"}],
            "security": "Access by role",
        },
    },
)  # fmt: skip

FURTHER = (HARBOUR, TRUST, WORKS, PARISH, SOFTWARE)
