"""Five records of processing as people keep them, of five layouts, with the entries that a person reads in each.

All are invented. They were written down before anything could read them, and a reading is held to them field by
field: a value of a list of words is the word as the sheet has it, and stands for the word of the vocabulary that it
names, or else for a word of the register's own with that label. A field of an entry that is not listed must be empty.
"""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class MessySheet:
    """A file as it lies in somebody's folder, and what a person reads in it.

    `notes` are the headings whose cells are only kept; `asked` those that nobody can know without asking.
    """

    name: str
    content: Callable[[], bytes]
    entries: Mapping[str, Entry]
    organisation: Entry = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()


ICO_HEADINGS = (
    "Business function",
    "Purpose of processing",
    "Name and contact details of joint controller (if applicable)",
    "Categories of individuals",
    "Categories of personal data",
    "Categories of recipients",
    "Link to contract with processor",
    "Names of third countries or international organisations that personal data are transferred to (if applicable)",
    "Safeguards for exceptional transfers of personal data to third countries or international organisations"
    " (if applicable)",
    "Retention schedule (if possible)",
    "General description of technical and organisational security measures (if possible)",
    "Article 6 lawful basis for processing personal data",
    "Article 9 condition for processing special category data",
    "Legitimate interests for the processing (if applicable)",
    "Link to record of legitimate interests assessment (if applicable)",
    "Rights available to individuals",
    "Existence of automated decision-making, including profiling (if applicable)",
    "The source of the personal data (if applicable)",
    "Link to record of consent",
    "Location of personal data",
    "Data Protection Impact Assessment required?",
    "Data Protection Impact Assessment progress",
    "Link to Data Protection Impact Assessment",
    "Has a personal data breach occurred?",
    "Link to record of personal data breach",
    "Data Protection Act 2018 Schedule 1 Condition for processing",
    "GDPR Article 6 lawful basis for processing",
    "Link to retention and erasure policy document",
    "Is personal data retained and erased in accordance with the policy document?",
    "Reasons for not adhering to policy document (if applicable)",
)


def _ico() -> bytes:
    """A school's ICO workbook: contacts above, bands, headings in the ninth row, cells as an office fills them in."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("Controller")
    for row, cells in enumerate((
        ("Controller", "", "", "Data Protection Officer", "", "", "Representative"),
        ("Name", "Thornfield Primary School", "", "Name", "Sample DPO Services Ltd", "", "Name", "N/A"),
        ("Address", "Mill Road, Thornfield TF1 2AB", "", "Address", "1 Sample Street, Sampleton", "", "Address"),
        ("Email", "office@thornfield.example", "", "Email", "dpo@sampledpo.example", "", "Email"),
        ("Telephone", "01632 960123", "", "Telephone", "01632 960456", "", "Telephone"),
    )):  # fmt: skip
        for column, text in enumerate(cells):
            sheet.write(row, column, text)
    sheet.merge_range(7, 0, 7, 10, "Article 30 Record of Processing Activities")
    sheet.merge_range(7, 11, 7, 14, "Privacy notices")
    sheet.merge_range(7, 25, 7, 29, "Schedule 1 condition")
    for column, heading in enumerate(ICO_HEADINGS):
        sheet.write(8, column, heading)
    rows: tuple[dict[int, str], ...] = (
        {0: "School office", 1: "Admissions", 3: "Prospective pupils, parents and carers",
         4: "Name, DOB, address, SEN, previous school report", 5: "LA; other schools",
         7: "N/A", 9: "1 year (unsuccessful); DOB + 25 years (admitted)", 10: "Locked cabinet, access by role",
         11: "Art 6(1)(c) & (e)", 12: "Art 9(2)(g)", 16: "No", 17: "Parents\nLA", 19: "PupilBase, paper file",
         20: "No", 23: "No", 25: "Para 6", 28: "Yes"},
        {0: "School office", 1: "Attendance", 3: "Pupils", 4: "Name; attendance; reasons for absence; medical",
         5: "LA, DfE", 7: "None", 9: "Date of entry + 3 yrs", 10: "Password protected",
         11: "Legal obligation - Education (Pupil Registration) Regulations 2006", 12: "Substantial public interest",
         16: "No", 17: "Parents", 19: "PupilBase", 20: "No", 23: "no"},
        {0: "Business manager", 1: "Payroll", 3: "Staff",
        4: "Name, address, NI number, bank details, salary, tax code",
         5: "HMRC, Teachers' Pensions, PayRight Ltd (payroll provider)", 6: "Contract C-17",
         7: "-", 9: "6 yrs after leaving", 10: "Encrypted", 11: "Contract, legal obligation", 16: "none",
         17: "Staff member; HMRC", 19: "PayRight Ltd portal", 20: "N", 23: "N"},
        {0: "Headteacher", 1: "Safeguarding", 3: "Pupils, parents",
         4: "• Name\n• Concerns\n• Health\n• Criminal convictions", 5: "Social care, police, LADO", 7: "N/A",
         9: "DOB of the child + 25 years", 10: "Restricted to the safeguarding team", 11: "Public task",
         12: "9(2)(g)", 16: "No", 17: "Pupils, staff, social care", 19: "SafeLog", 20: "Yes",
         22: "DPIA-2024-03", 23: "No", 25: "18", 27: "APD v2", 28: "Yes"},
        {0: "Site manager", 1: "CCTV", 3: "Pupils, staff, visitors", 4: "CCTV images", 5: "Police (on request)",
        7: "no",
         9: "30 days", 10: "Locked recorder, PIN", 11: "Legitimate interests", 13: "Safety of people and buildings",
         14: "LIA-2", 15: "Access, erasure, objection", 16: "No", 19: "Recorder in the office", 20: "Y",
         22: "DPIA-2023-01", 23: "No"},
        {0: "School office", 1: "Newsletter", 3: "Parents & carers", 4: "Name and email address",
         5: "Sample Mailer Inc", 7: "USA", 8: "SCCs", 9: "Until consent is withdrawn", 11: "Consent",
         16: "No", 17: "Parents", 18: "Consent forms in the office", 20: "TBC", 23: "Yes", 24: "BR-2025-1"},
        {0: "School office", 1: "School trips", 3: "Pupils", 4: "Name, medical information, dietary requirements,"
         " emergency contacts", 5: "Tour operators", 7: "n/a", 9: "See retention schedule", 11: "6(1)(e)",
         12: "Explicit consent", 16: "No", 17: "Parents", 19: "Trip folder", 20: "No", 23: "No"},
    )  # fmt: skip
    for number, filled in enumerate(rows):
        for place, text in filled.items():
            sheet.write(9 + number, place, text)
    book.close()
    return made.getvalue()


ICO = MessySheet(
    "ROPA 2024 FINAL v3.xlsx",
    _ico,
    {
        "Admissions": {
            "owner": "School office", "purposes": ["Admissions"],
            "subjects": ["Prospective pupils", "parents and carers"],
            "data": ["Name", "DOB", "address", "SEN", "previous school report"],
            "disclosures": ["LA", "other schools"],
            "retention": [{"criteria": "1 year (unsuccessful); DOB + 25 years (admitted)"}],
            "security": "Locked cabinet, access by role",
            "basis": [{"article_6": "c", "article_9": "g", "schedule_1": "6"},
                      {"article_6": "e", "article_9": "g", "schedule_1": "6"}],
            "automated_decisions": False, "sources": ["Parents", "LA"],
            "systems": ["PupilBase", "paper file"], "dpia": {"needed": False},
            "policy_document": {"followed": True},
        },
        "Attendance": {
            "owner": "School office", "purposes": ["Attendance"], "subjects": ["Pupils"],
            "data": ["Name", "attendance", "reasons for absence", "medical"], "disclosures": ["LA", "DfE"],
            "retention": [{"period": "P3Y", "trigger": "collection"}], "security": "Password protected",
            "basis": [{"article_6": "c", "article_9": "g",
                       "law": "Education (Pupil Registration) Regulations 2006"}],
            "automated_decisions": False, "sources": ["Parents"], "systems": ["PupilBase"],
            "dpia": {"needed": False},
        },
        "Payroll": {
            "owner": "Business manager", "purposes": ["Payroll"], "subjects": ["Staff"],
            "data": ["Name", "address", "NI number", "bank details", "salary", "tax code"],
            "disclosures": ["HMRC", "Teachers' Pensions", "PayRight Ltd"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "security": "Encrypted",
            "basis": [{"article_6": "b"}, {"article_6": "c"}], "automated_decisions": False,
            "sources": ["data-subject", "HMRC"], "systems": ["PayRight Ltd portal"], "dpia": {"needed": False},
        },
        "Safeguarding": {
            "owner": "Headteacher", "purposes": ["Safeguarding"], "subjects": ["Pupils", "parents"],
            "data": ["Name", "Concerns", "Health", "Criminal convictions"],
            "disclosures": ["Social care", "police", "LADO"],
            "retention": [{"period": "P25Y", "trigger": "birth"}],
            "security": "Restricted to the safeguarding team",
            "basis": [{"article_6": "e", "article_9": "g", "schedule_1": "18"}], "automated_decisions": False,
            "sources": ["Pupils", "staff", "social care"], "systems": ["SafeLog"],
            "dpia": {"needed": True, "reference": "DPIA-2024-03"},
            "policy_document": {"name": "APD v2", "followed": True},
        },
        "CCTV": {
            "owner": "Site manager", "purposes": ["CCTV"], "subjects": ["Pupils", "staff", "visitors"],
            "data": ["CCTV images"], "disclosures": ["Police"], "retention": [{"period": "P30D"}],
            "security": "Locked recorder, PIN",
            "basis": [{"article_6": "f", "interests": "Safety of people and buildings"}],
            "legitimate_interests_assessment": "LIA-2", "rights": ["access", "erasure", "objection"],
            "automated_decisions": False, "systems": ["Recorder in the office"],
            "dpia": {"needed": True, "reference": "DPIA-2023-01"},
        },
        "Newsletter": {
            "owner": "School office", "purposes": ["Newsletter"], "subjects": ["Parents & carers"],
            "data": ["Name", "email address"], "disclosures": ["Sample Mailer Inc"],
            "retention": [{"criteria": "Until consent is withdrawn"}], "basis": [{"article_6": "a"}],
            "automated_decisions": False, "sources": ["data-subject"], "consent_record": "Consent forms in the office",
            "breach": [{"record": "BR-2025-1"}],
        },
        "School trips": {
            "owner": "School office", "purposes": ["School trips"], "subjects": ["Pupils"],
            "data": ["Name", "medical information", "dietary requirements", "emergency contacts"],
            "disclosures": ["Tour operators"], "retention": [{"law": "See retention schedule"}],
            "basis": [{"article_6": "e", "article_9": "a"}], "automated_decisions": False,
            "sources": ["Parents"], "systems": ["Trip folder"], "dpia": {"needed": False},
        },
    },
    {
        "name": "Thornfield Primary School",
        "contact": "Mill Road, Thornfield TF1 2AB, office@thornfield.example, 01632 960123",
        "dpo": "Sample DPO Services Ltd, 1 Sample Street, Sampleton, dpo@sampledpo.example, 01632 960456",
    },
    notes=frozenset({"Link to contract with processor", ICO_HEADINGS[7], ICO_HEADINGS[8]}),
)  # fmt: skip


LGA_HEADINGS = (
    "Data Controller Name", "Data Controller Email", "Data Controller Address", "Data Controller Telephone",
    "Data Protection Officer Name", "Data Protection Officer Email", "Data Protection Officer Address",
    "Data Protection Officer Telephone", "ID", "Retention ID", "Business Function", "Service ID (download only)",
    "Service Name (download only)", "Service Legislation Name (download only)",
    "Service Legislation Power Or Duty (download only)", "Records Description", "Contains Personal Information?",
    "Contains Special Information?", "Impact Level (download only)", "Purpose of processing",
    "Data subjects", "Types of personal information", "Shared with", "Retention period", "Retention trigger",
    "Asset storage",
)  # fmt: skip


def _lga() -> bytes:
    """A borough's download from the LGA's service: the council in the first row alone, most columns prefilled."""
    council = ("Sampleborough Council", "dp@sampleborough.example", "Town Hall, Sampleborough", "01632 960999",
               "J Example", "dpo@sampleborough.example", "Town Hall, Sampleborough", "01632 960998")  # fmt: skip
    nobody = ("",) * 8
    rows = (
        (*council, "10231", "FIN-12", "Revenues", "57", "Council tax", "Local Government Finance Act 1992", "Duty",
         "Council tax accounts", "Yes", "No", "2", "Council tax collection", "Council tax payers; landlords",
         "Name; address; bank details; council tax account number", "Enforcement agents; VOA", "6 years",
         "End of financial year",
         "RevSys"),
        (*nobody, "10232", "FIN-14", "Revenues", "58", "Council tax reduction", "Local Government Finance Act 1992",
         "Duty", "Council tax reduction claims", "Yes", "Yes", "3", "Benefits administration", "Benefit claimants",
         "Name; income; benefits; household", "DWP", "6 years", "Case closed", "RevSys"),
        (*nobody, "10240", "HOU-03", "Housing", "81", "Housing advice", "Housing Act 1996", "Duty",
         "Housing register", "Yes", "Yes", "3", "Housing allocation", "Housing applicants",
         "Name; medical information; income",
         "Housing associations", "7 years", "End of tenancy", "HomeSys; shared drive"),
        (*nobody, "10255", "DEM-01", "Democratic services", "12", "Elections",
         "Representation of the People Act 1983",
         "Duty", "Electoral register", "Yes", "No", "2", "Electoral registration", "Electors",
         "Name; address; nationality",
         "Credit reference agencies; Electoral Commission", "Permanent", "", "ElectSys"),
        (*nobody, "10260", "ENV-09", "Parks", "33", "Grounds maintenance", "", "Power", "Mowing schedule", "No",
         "No", "0",
         "", "", "", "", "2 years", "", "shared drive"),
    )  # fmt: skip
    text = io.StringIO()
    csv.writer(text).writerows((LGA_HEADINGS, *rows))
    return text.getvalue().encode("utf-8-sig")


LGA = MessySheet(
    "ropa-download.csv",
    _lga,
    {
        "Council tax accounts": {
            "owner": "Revenues", "purposes": ["Council tax collection"],
            "subjects": ["Council tax payers", "landlords"],
            "data": ["Name", "address", "bank details", "council tax account number"],
            "disclosures": ["Enforcement agents", "VOA"],
            "retention": [{"period": "P6Y", "trigger": "end-of-financial-year"}],
            "systems": ["RevSys"], "basis": [{"law": "Local Government Finance Act 1992"}],
        },
        "Council tax reduction claims": {
            "owner": "Revenues", "purposes": ["Benefits administration"], "subjects": ["Benefit claimants"],
            "data": ["Name", "income", "benefits", "household"], "disclosures": ["DWP"],
            "retention": [{"period": "P6Y", "trigger": "end-of-case"}], "systems": ["RevSys"],
            "basis": [{"law": "Local Government Finance Act 1992"}],
        },
        "Housing register": {
            "owner": "Housing", "purposes": ["Housing allocation"], "subjects": ["Housing applicants"],
            "data": ["Name", "medical information", "income"], "disclosures": ["Housing associations"],
            "retention": [{"period": "P7Y", "trigger": "end-of-tenancy"}], "systems": ["HomeSys", "shared drive"],
            "basis": [{"law": "Housing Act 1996"}],
        },
        "Electoral register": {
            "owner": "Democratic services", "purposes": ["Electoral registration"], "subjects": ["Electors"],
            "data": ["Name", "address", "nationality"],
            "disclosures": ["Credit reference agencies", "Electoral Commission"],
            "retention": [{"period": "permanently"}], "systems": ["ElectSys"],
            "basis": [{"law": "Representation of the People Act 1983"}],
        },
    },
    {
        "name": "Sampleborough Council",
        "contact": "Town Hall, Sampleborough, dp@sampleborough.example, 01632 960999",
        "dpo": "J Example, Town Hall, Sampleborough, dpo@sampleborough.example, 01632 960998",
    },
    notes=frozenset({
        "ID", "Retention ID", "Service ID (download only)", "Service Name (download only)",
        "Service Legislation Power Or Duty (download only)", "Contains Special Information?",
        "Impact Level (download only)",
    }),
)  # fmt: skip


def _council() -> bytes:
    """A council's own workbook: a title, two rows of headings, merged cells, a hidden row, a count at the end."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    guidance = book.add_worksheet("READ ME")
    guidance.write(
        0, 0, "Fill in one row for each processing activity. Ask the information team if unsure."
    )
    sheet = book.add_worksheet("Asset & processing register")
    sheet.merge_range(
        0,
        0,
        0,
        12,
        "Exampleton Town Council - information asset and processing register (v0.9 DRAFT)",
    )
    sheet.write(1, 0, "Last updated 03/04/2025 by J. Sample")
    for first, last, band in (
        (0, 2, "Who"),
        (3, 5, "What"),
        (6, 8, "Why"),
        (9, 12, "Where and how long"),
    ):
        sheet.merge_range(3, first, 3, last, band)
    headings = ("Service", "Process", "Info owner", "Whose data?", "What data do we hold?", "Special category?",
                "Why do we process it?", "Lawful basis", "Statute", "Who do we share it with?", "Held in",
                "Kept for", "Date last reviewed")  # fmt: skip
    for column, heading in enumerate(headings):
        sheet.write(4, column, heading)
    rows = (
        ("HR", "Recruitment", "HR Manager", "Job applicants", "CV, references, interview notes, right to work",
         "No", "Recruitment", "6(1)(b) contract", "", "DBS, referees", "Network drive; e-mail",
         "6 months after the appointment", "03/04/2025"),
        ("", "Staff files", "HR Manager", "Employees, former staff",
         "Name, address, next of kin, sickness absence, bank details",
         "Yes", "HR management", "Contract", "", "Pension provider, HMRC", "Personnel files (paper)",
         "Termination + 6 years",
         "03/04/2025"),
        ("", "Occupational health referrals", "HR Manager", "Employees", "Name, health", "Yes", "Staff absence",
         "Legal obligation; Art 9(2)(b)", "Equality Act 2010", "Occupational health provider", "E-mail",
         "Termination + 6 years", "14 May 2025"),
        ("Parks", "Allotments", "Parks Officer", "Tenants", "Name, address, telephone, email", "No",
         "Allotment tenancies",
         "Contract", "Allotments Act 1922", "None", "AllotSoft", "End of tenancy + 2 years", "1/6/2024"),
        ("", "Bookings of the pavilion", "Parks Officer", "Customers", "Name, phone number and payment card", "no",
         "Room hire",
         "Contract", "", "WorldPay (card payments)", "Booking diary", "2 years", ""),
        ("Democratic services", "Complaints", "Town Clerk", "Complainants / residents",
         "Name/address/correspondence", "Maybe",
         "Complaints handling", "Public task", "Local Government Act 1974", "Ombudsman", "Network drive",
         "6 years from closure", "sometime in 2023"),
        ("", "Old burial enquiries", "Town Clerk", "Next of kin", "Name, address", "No",
         "Answering enquiries about graves",
         "Public task", "Local Government Act 1972 s.214", "None", "Paper ledger", "Permanent", "1/6/2019"),
    )  # fmt: skip
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write(5 + number, column, text)
    sheet.merge_range(5, 0, 7, 0, "HR")
    sheet.merge_range(8, 0, 9, 0, "Parks")
    sheet.merge_range(10, 0, 11, 0, "Democratic services")
    sheet.set_row(11, None, None, {"hidden": True})
    sheet.write(13, 0, "Total processes")
    sheet.write_formula(13, 1, "=COUNTA(B6:B12)", None, 7)
    book.close()
    return made.getvalue()


COUNCIL = MessySheet(
    "IAR_ROPA_combined.xlsx",
    _council,
    {
        "Recruitment": {
            "owner": "HR Manager", "purposes": ["Recruitment"], "subjects": ["Job applicants"],
            "data": ["CV", "references", "interview notes", "right to work"], "disclosures": ["DBS", "referees"],
            "systems": ["Network drive", "e-mail"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P6M", "trigger": "decision"}], "reviewed": "2025-04-03",
        },
        "Staff files": {
            "owner": "HR Manager", "purposes": ["HR management"], "subjects": ["Employees", "former staff"],
            "data": ["Name", "address", "next of kin", "sickness absence", "bank details"],
            "disclosures": ["Pension provider", "HMRC"], "systems": ["Personnel files (paper)"],
            "basis": [{"article_6": "b"}], "retention": [{"period": "P6Y", "trigger": "end-of-employment"}],
            "reviewed": "2025-04-03",
        },
        "Occupational health referrals": {
            "owner": "HR Manager", "purposes": ["Staff absence"], "subjects": ["Employees"],
            "data": ["Name", "health"], "disclosures": ["Occupational health provider"], "systems": ["E-mail"],
            "basis": [{"article_6": "c", "article_9": "b", "law": "Equality Act 2010"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "reviewed": "2025-05-14",
        },
        "Allotments": {
            "owner": "Parks Officer", "purposes": ["Allotment tenancies"], "subjects": ["Tenants"],
            "data": ["Name", "address", "telephone", "email"], "systems": ["AllotSoft"],
            "basis": [{"article_6": "b", "law": "Allotments Act 1922"}],
            "retention": [{"period": "P2Y", "trigger": "end-of-tenancy"}], "reviewed": "2024-06-01",
        },
        "Bookings of the pavilion": {
            "owner": "Parks Officer", "purposes": ["Room hire"], "subjects": ["Customers"],
            "data": ["Name", "phone number", "payment card"], "disclosures": ["WorldPay (card payments)"],
            "systems": ["Booking diary"], "basis": [{"article_6": "b"}], "retention": [{"period": "P2Y"}],
        },
        "Complaints": {
            "owner": "Town Clerk", "purposes": ["Complaints handling"], "subjects": ["Complainants", "residents"],
            "data": ["Name", "address", "correspondence"], "disclosures": ["Ombudsman"],
            "systems": ["Network drive"], "basis": [{"article_6": "e", "law": "Local Government Act 1974"}],
            "retention": [{"period": "P6Y", "trigger": "end-of-case"}],
        },
        "Old burial enquiries": {
            "owner": "Town Clerk", "purposes": ["Answering enquiries about graves"], "subjects": ["Next of kin"],
            "data": ["Name", "address"], "systems": ["Paper ledger"],
            "basis": [{"article_6": "e", "law": "Local Government Act 1972 s.214"}],
            "retention": [{"period": "permanently"}], "reviewed": "2019-06-01",
        },
    },
    notes=frozenset({"Service", "Special category?"}),
    asked=frozenset({"sometime in 2023"}),
)  # fmt: skip


def _french() -> bytes:
    """A French association's csv as Excel saves it there: semicolons, and the letters of Windows."""
    headings = ("N° / Réf.", "Nom du traitement", "Service", "Finalité principale",
    "Catégories de personnes concernées",
                "Catégories de données personnelles", "Données sensibles", "Base légale", "Destinataires",
                "Sous-traitants",
                "Transferts hors UE", "Durée de conservation", "Mesures de sécurité",
                "Date de mise à jour")  # fmt: skip
    rows = (
        ("T-001", "Gestion de la paie", "Ressources humaines", "Gestion de la paie", "Salariés",
         "Nom, prénom, adresse, numéro de sécurité sociale, RIB", "Non", "Obligation légale", "URSSAF, banque",
         "Exemple Paie SAS", "Non", "5 ans", "Accès par mot de passe", "12/03/2024"),
        ("T-002", "Recrutement", "Ressources humaines", "Recrutement", "Candidats", "CV, lettre de motivation", "Non",
         "Mesures précontractuelles", "Néant", "", "Non", "2 ans après le dernier contact", "Armoire fermée",
         "12/03/2024"),
        ("T-003", "Gestion des adhérents", "Secrétariat", "Gestion des adhérents", "Adhérents",
         "Nom, prénom, adresse, téléphone, courriel", "Non", "Contrat", "Fédération nationale",
         "Exemple Cloud SARL", "Non",
         "3 ans à compter de la fin de l'adhésion", "Accès par mot de passe", "2 avril 2024"),
        ("T-004", "Lettre d'information", "Communication", "Envoi de la lettre d'information", "Adhérents, donateurs",
         "Nom, courriel", "Non", "Consentement", "Néant", "Envoi Exemple SAS", "Oui",
         "Jusqu'au retrait du consentement",
         "Chiffrement", ""),
        ("T-005", "Vidéosurveillance", "Direction", "Sécurité des biens et des personnes", "Salariés, visiteurs",
         "Images",
         "Non", "Intérêt légitime", "Police", "", "Non", "30 jours", "Local fermé à clé", "15/01/2023"),
    )  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows((headings, *rows))
    return text.getvalue().encode("cp1252")


FRENCH = MessySheet(
    "registre-traitements.csv",
    _french,
    {
        "Gestion de la paie": {
            "owner": "Ressources humaines", "purposes": ["Payroll"], "subjects": ["Employees"],
            "data": ["Name", "address", "numéro de sécurité sociale", "bank details"],
            "basis": [{"article_6": "c"}], "disclosures": ["URSSAF", "bank", "Exemple Paie SAS"],
            "retention": [{"period": "P5Y"}], "security": "Accès par mot de passe", "reviewed": "2024-03-12",
        },
        "Recrutement": {
            "owner": "Ressources humaines", "purposes": ["Recruitment"], "subjects": ["Job applicants"],
            "data": ["CV", "lettre de motivation"], "basis": [{"article_6": "b"}],
            "retention": [{"period": "P2Y", "trigger": "last-contact"}], "security": "Armoire fermée",
            "reviewed": "2024-03-12",
        },
        "Gestion des adhérents": {
            "owner": "Secrétariat", "purposes": ["Gestion des adhérents"], "subjects": ["Members"],
            "data": ["Name", "address", "telephone", "email"], "basis": [{"article_6": "b"}],
            "disclosures": ["Fédération nationale", "Exemple Cloud SARL"],
            "retention": [{"period": "P3Y", "trigger": "membership-ends"}],
            "security": "Accès par mot de passe", "reviewed": "2024-04-02",
        },
        "Lettre d'information": {
            "owner": "Communication", "purposes": ["Envoi de la lettre d'information"],
            "subjects": ["Members", "donors"], "data": ["Name", "email"], "basis": [{"article_6": "a"}],
            "disclosures": ["Envoi Exemple SAS"],
            "retention": [{"criteria": "Jusqu'au retrait du consentement"}], "security": "Chiffrement",
        },
        "Vidéosurveillance": {
            "owner": "Direction", "purposes": ["Sécurité des biens et des personnes"],
            "subjects": ["Employees", "visitors"], "data": ["Images"], "basis": [{"article_6": "f"}],
            "disclosures": ["Police"], "retention": [{"period": "P30D"}], "security": "Local fermé à clé",
            "reviewed": "2023-01-15",
        },
    },
    notes=frozenset({"Données sensibles", "Transferts hors UE"}),
)  # fmt: skip


_MARKDOWN = """\
# Record of processing - Little Sample Nursery

Kept by the manager. Updated each September.

| Ref | Activity | Purpose(s) | People | Information | Lawful basis | Shared with | Retention | Security | Comments |
|-----|----------|------------|--------|-------------|--------------|-------------|-----------|----------|----------|
| N1 | Registering a child | Admissions | Children, parents | Name, date of birth, allergies, GP, emergency contact details | Contract | GP, local authority | 3 years after the child leaves | Locked cabinet | Form redesigned in 2024 |
| N2 | Funded hours | Statutory returns | Children, parents | Name, NI number, benefits | Legal obligation (Childcare Act 2016) | Local authority, DfE | 7 years | Portal of the council | |
| N3 | Learning journeys | Education | Children | Photographs, observations and assessment results | Legitimate interests | Parents | Until the child leaves | App with password | Parents get the book<br>at the end |
| N4 | Accident book | Health and safety | Children; staff; visitors | Name, health | Legal obligation | HSE, insurers | DOB + 21 yrs 3 months | Locked cabinet | |
| N5 | Staff employment | HR management | Staff | Name, bank details, DBS check, qualifications | Contract and legal obligation | HMRC, Ofsted, pension provider | 6 years after employment ends | Locked cabinet | n/a |
| N6 | Waiting list | Waiting list | Prospective pupils, parents | Name, phone number | Legitimate interests | None | 1 year | Spreadsheet with password | |
"""  # noqa: E501 - a table in Markdown has a row on a line

MARKDOWN = MessySheet(
    "ropa.md",
    _MARKDOWN.encode,
    {
        "Registering a child": {
            "purposes": ["Admissions"], "subjects": ["Children", "parents"],
            "data": ["Name", "date of birth", "allergies", "GP", "emergency contact details"],
            "basis": [{"article_6": "b"}], "disclosures": ["GP", "local authority"],
            "retention": [{"period": "P3Y", "trigger": "leaving-school"}], "security": "Locked cabinet",
        },
        "Funded hours": {
            "purposes": ["Statutory returns"], "subjects": ["Children", "parents"],
            "data": ["Name", "NI number", "benefits"],
            "basis": [{"article_6": "c", "law": "Childcare Act 2016"}], "disclosures": ["Local authority", "DfE"],
            "retention": [{"period": "P7Y"}], "security": "Portal of the council",
        },
        "Learning journeys": {
            "purposes": ["Education"], "subjects": ["Children"],
            "data": ["Photographs", "observations", "assessment results"], "basis": [{"article_6": "f"}],
            "disclosures": ["Parents"], "retention": [{"criteria": "Until the child leaves"}],
            "security": "App with password",
        },
        "Accident book": {
            "purposes": ["Health and safety"], "subjects": ["Children", "staff", "visitors"],
            "data": ["Name", "health"], "basis": [{"article_6": "c"}], "disclosures": ["HSE", "insurers"],
            "retention": [{"period": "P21Y3M", "trigger": "birth"}], "security": "Locked cabinet",
        },
        "Staff employment": {
            "purposes": ["HR management"], "subjects": ["Staff"],
            "data": ["Name", "bank details", "DBS check", "qualifications"],
            "basis": [{"article_6": "b"}, {"article_6": "c"}],
            "disclosures": ["HMRC", "Ofsted", "pension provider"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "security": "Locked cabinet",
        },
        "Waiting list": {
            "purposes": ["Waiting list"], "subjects": ["Prospective pupils", "parents"],
            "data": ["Name", "phone number"], "basis": [{"article_6": "f"}],
            "retention": [{"period": "P1Y"}], "security": "Spreadsheet with password",
        },
    },
    notes=frozenset({"Comments"}),
)  # fmt: skip

FIVE = (ICO, LGA, COUNCIL, FRENCH, MARKDOWN)
