"""Three more records of processing, of layouts that no heading and no rule of the importer was made on.

They are opened to measure, and for nothing else: what goes wrong in them is reported, and not mended by name.
"""

import csv
import io
import zipfile
from xml.sax.saxutils import escape

import xlsxwriter

from messy_sheets import MessySheet


def ods(name: str, rows: tuple[tuple[str, ...], ...], more: str = "") -> bytes:
    """A small OpenDocument spreadsheet, as LibreOffice would save it; `more` is XML behind its rows."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'
            if text
            else "<table:table-cell/>"
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{urn}:office:1.0" '
        f'xmlns:table="{urn}:table:1.0" xmlns:text="{urn}:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}">{cells}{more}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


CHARITY = MessySheet(
    "data-audit.ods",
    lambda: ods("Audit", (
        ("Sample Lantern Trust data audit",),
        (),
        ("Area", "What we do", "Who the data is about", "Information collected", "Reason for collecting",
         "Legal basis", "Who has access / who it goes to", "Where stored", "How long kept", "Action needed"),
        ("Fundraising", "Regular giving", "Donors", "Name, address, bank details, Gift Aid declaration",
         "Fundraising", "Contract", "HMRC, Bank", "DonorSys", "7 years from last gift", "Check wording of form"),
        ("Fundraising", "Appeals by post", "Donors and volunteers", "Name, address", "Fundraising appeals",
         "Legitimate interest", "Mailing house", "DonorSys", "Until they ask us to stop", ""),
        ("Services", "Befriending", "Beneficiaries, volunteers", "Name, address, health, emergency contacts",
         "Matching volunteers with people", "Consent", "Social care", "Paper files, shared drive",
         "3 years after support ends", ""),
        ("People", "Volunteer recruitment", "Volunteers", "Name, references, DBS check", "Volunteering",
         "Legitimate interests", "DBS", "HR folder", "6 months (unsuccessful)", "None"),
        ("People", "Trustee register", "Trustees", "Name, address, date of birth, occupation", "Statutory returns",
         "Legal obligation: Charities Act 2011", "Charity Commission, Companies House", "Safe", "Permanently", ""),
    )),
    {
        "Regular giving": {
            "purposes": ["Fundraising"], "subjects": ["Donors"],
            "data": ["Name", "address", "bank details", "Gift Aid declaration"], "basis": [{"article_6": "b"}],
            "disclosures": ["HMRC", "Bank"], "systems": ["DonorSys"], "retention": [{"period": "P7Y"}],
            "owner": "Fundraising",
        },
        "Appeals by post": {
            "purposes": ["Fundraising appeals"], "subjects": ["Donors", "volunteers"], "data": ["Name", "address"],
            "basis": [{"article_6": "f"}], "disclosures": ["Mailing house"], "systems": ["DonorSys"],
            "retention": [{"criteria": "Until they ask us to stop"}], "owner": "Fundraising",
        },
        "Befriending": {
            "purposes": ["Matching volunteers with people"], "subjects": ["Beneficiaries", "volunteers"],
            "data": ["Name", "address", "health", "emergency contacts"], "basis": [{"article_6": "a"}],
            "disclosures": ["Social care"], "systems": ["Paper files", "shared drive"],
            "retention": [{"period": "P3Y"}], "owner": "Services",
        },
        "Volunteer recruitment": {
            "purposes": ["Volunteering"], "subjects": ["Volunteers"], "data": ["Name", "references", "DBS check"],
            "basis": [{"article_6": "f"}], "disclosures": ["DBS"], "systems": ["HR folder"],
            "retention": [{"period": "P6M"}], "owner": "People",
        },
        "Trustee register": {
            "purposes": ["Statutory returns"], "subjects": ["Trustees"],
            "data": ["Name", "address", "date of birth", "occupation"],
            "basis": [{"article_6": "c", "law": "Charities Act 2011"}],
            "disclosures": ["Charity Commission", "Companies House"], "systems": ["Safe"],
            "retention": [{"period": "permanently"}], "owner": "People",
        },
    },
    notes=frozenset({"Action needed"}),
)  # fmt: skip


def _irish() -> bytes:
    """An Irish company's workbook under the headings that the Data Protection Commission's note suggests."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("RoPA")
    rows = (
        ("Department / Function", "Name of processing activity", "Purpose of the processing",
         "Categories of data subjects", "Categories of personal data", "Categories of special category data",
         "Article 6 GDPR legal basis", "Article 9 GDPR condition", "Recipients of the personal data",
         "Third country transfers (and safeguards)", "Time limits for erasure",
         "Technical and organisational security measures", "DPIA carried out?", "Risk rating"),
        ("Sales", "Customer orders", "Fulfilling orders", "Customers", "Name, address, e-mail, order history",
         "None", "Performance of a contract - Art. 6(1)(b)", "N/A", "Couriers; payment provider", "None",
         "7 years after last order",
         "TLS, access control", "No", "Low"),
        ("Marketing", "Email marketing", "Marketing", "Customers", "Name, e-mail", "None", "Consent - Art. 6(1)(a)",
         "N/A",
         "Sample Mailer Inc", "USA - SCCs", "Until consent is withdrawn", "TLS", "No", "Medium"),
        ("HR", "Sick leave", "Absence management", "Employees", "Name, payroll number", "Health data",
         "Legal obligation - Art. 6(1)(c)", "Employment law - Art. 9(2)(b)",
         "Revenue Commissioners; Occupational health provider", "None",
         "6 years after employment ends", "Restricted access", "Yes", "High"),
        ("Facilities", "Visitor book", "Site security", "Visitors", "Name, company, car registration", "None",
         "Legitimate interests", "N/A", "None", "None", "12 months", "Locked desk", "No", "Low"),
    )  # fmt: skip
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write(number, column, text)
    book.close()
    return made.getvalue()


IRISH = MessySheet(
    "RoPA controller.xlsx",
    _irish,
    {
        "Customer orders": {
            "owner": "Sales", "purposes": ["Fulfilling orders"], "subjects": ["Customers"],
            "data": ["Name", "address", "e-mail", "order history"], "basis": [{"article_6": "b"}],
            "disclosures": ["Couriers", "payment provider"], "retention": [{"period": "P7Y"}],
            "security": "TLS, access control", "dpia": {"needed": False},
        },
        "Email marketing": {
            "owner": "Marketing", "purposes": ["Marketing"], "subjects": ["Customers"], "data": ["Name", "e-mail"],
            "basis": [{"article_6": "a"}], "disclosures": ["Sample Mailer Inc"],
            "retention": [{"criteria": "Until consent is withdrawn"}], "security": "TLS", "dpia": {"needed": False},
        },
        "Sick leave": {
            "owner": "HR", "purposes": ["Absence management"], "subjects": ["Employees"],
            "data": ["Name", "payroll number", "Health data"], "basis": [{"article_6": "c", "article_9": "b"}],
            "disclosures": ["Revenue Commissioners", "Occupational health provider"],
            "retention": [{"period": "P6Y", "trigger": "end-of-employment"}], "security": "Restricted access",
            "dpia": {"needed": True},
        },
        "Visitor book": {
            "owner": "Facilities", "purposes": ["Site security"], "subjects": ["Visitors"],
            "data": ["Name", "company", "car registration"], "basis": [{"article_6": "f"}],
            "retention": [{"period": "P1Y"}], "security": "Locked desk", "dpia": {"needed": False},
        },
    },
    notes=frozenset({"Third country transfers (and safeguards)", "Risk rating"}),
)  # fmt: skip


def _german() -> bytes:
    """A German club's list of processing, as a csv of semicolons."""
    rows = (
        ("Lfd. Nr.", "Bezeichnung der Verarbeitungstätigkeit", "Verantwortliche Abteilung", "Zweck der Verarbeitung",
         "Betroffene Personen", "Kategorien personenbezogener Daten", "Rechtsgrundlage", "Empfänger",
         "Drittlandübermittlung", "Löschfrist", "TOM"),
        ("1", "Mitgliederverwaltung", "Vorstand", "Verwaltung der Mitglieder", "Mitglieder",
         "Name, Anschrift, Geburtsdatum, Bankverbindung", "Vertrag", "Bank, Landesverband", "Nein", "10 Jahre",
         "Passwort"),
        ("2", "Lohnabrechnung", "Geschäftsstelle", "Lohnabrechnung", "Mitarbeiter", "Name, Anschrift, Steuernummer",
         "Rechtliche Verpflichtung", "Finanzamt, Krankenkassen", "Nein", "6 Jahre", "Verschlüsselung"),
        ("3", "Newsletter", "Geschäftsstelle", "Newsletter", "Mitglieder, Interessenten", "Name, E-Mail",
         "Einwilligung",
         "Beispiel Versand GmbH", "Nein", "Bis zum Widerruf", "Verschlüsselung"),
        ("4", "Videoüberwachung", "Vorstand", "Schutz des Eigentums", "Besucher", "Bilder", "Berechtigtes Interesse",
         "Polizei", "Nein", "72 Stunden", "Zutrittskontrolle"),
    )  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


GERMAN = MessySheet(
    "Verzeichnis.csv",
    _german,
    {
        "Mitgliederverwaltung": {
            "owner": "Vorstand", "purposes": ["Verwaltung der Mitglieder"], "subjects": ["Members"],
            "data": ["Name", "address", "date of birth", "bank details"], "basis": [{"article_6": "b"}],
            "disclosures": ["Bank", "Landesverband"], "retention": [{"period": "P10Y"}], "security": "Passwort",
        },
        "Lohnabrechnung": {
            "owner": "Geschäftsstelle", "purposes": ["Payroll"], "subjects": ["Employees"],
            "data": ["Name", "address", "Steuernummer"], "basis": [{"article_6": "c"}],
            "disclosures": ["Finanzamt", "Krankenkassen"], "retention": [{"period": "P6Y"}],
            "security": "Verschlüsselung",
        },
        "Newsletter": {
            "owner": "Geschäftsstelle", "purposes": ["Newsletter"], "subjects": ["Members", "Interessenten"],
            "data": ["Name", "email"], "basis": [{"article_6": "a"}], "disclosures": ["Beispiel Versand GmbH"],
            "retention": [{"criteria": "Bis zum Widerruf"}], "security": "Verschlüsselung",
        },
        "Videoüberwachung": {
            "owner": "Vorstand", "purposes": ["Schutz des Eigentums"], "subjects": ["Visitors"], "data": ["Bilder"],
            "basis": [{"article_6": "f"}], "disclosures": ["Police"], "retention": [{"period": "PT72H"}],
            "security": "Zutrittskontrolle",
        },
    },
)  # fmt: skip

HELD_BACK = (CHARITY, IRISH, GERMAN)
