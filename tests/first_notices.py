"""A notice for each of the five messy sheets, in four formats, with what a person reads in it and what it leaves out.

All are invented. `told` holds words of the register that the notice names outright, by facet; `left_out` words of the
register that it does not say at all.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

import docx

from test_formats import pdf

Facets = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class FirstNotice:
    """A notice as it lies in somebody's folder, whom it is for, and what it says."""

    name: str
    content: bytes
    audience: tuple[str, ...]
    told: Facets
    left_out: Facets
    options: tuple[str, ...] = field(default=())


def _as_markdown(text: str) -> bytes:
    return text.encode()


def _as_page(text: str) -> bytes:
    """A saved page: a menu, a banner for cookies, the notice in a box of its own, and a footer."""
    made: list[str] = []
    for line in _lines(text):
        tag = {"# ": "h1", "##": "h2", "- ": "li"}.get(line[:2], "p")
        made.append(f"<{tag}>{escape(line.lstrip('#- '))}</{tag}>")
    body = "\n".join(made).replace("</li>\n<li>", "</li><li>")
    return (
        "<!doctype html>\n<!-- saved from url=(0042)https://www.sampleborough.example/privacy/tax -->\n"
        '<html lang="en"><head><meta charset="utf-8"><title>Privacy | Sampleborough</title></head><body>\n'
        '<div class="cookie-banner"><p>We use cookies and we share what you do with Sample Tracker Ltd.</p></div>\n'
        '<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/pay">Pay</a></li></ul></nav>'
        f'</header>\n<main id="content">\n{body}\n</main>\n'
        '<footer class="site-footer"><p>© Sampleborough Council. All rights reserved.</p></footer>\n</body></html>\n'
    ).encode()


def _as_word(text: str) -> bytes:
    made, kept = docx.Document(), io.BytesIO()
    for line in _lines(text):
        words = line.lstrip("#- ")
        if line.startswith("#"):
            made.add_heading(words, line.count("#", 0, 3))
        else:
            made.add_paragraph(words, "List Bullet" if line.startswith("- ") else "Normal")
    made.save(kept)
    return kept.getvalue()


def _as_pdf(text: str) -> bytes:
    wrapped: list[str] = []
    for line in _lines(text):
        wrapped += [*_wrapped(line.lstrip("# ")), ""]
    return pdf([line.replace("(", r"\(").replace(")", r"\)") for line in wrapped])


def _wrapped(words: str, width: int = 80) -> list[str]:
    lines = [""]
    for word in words.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _notice(  # noqa: PLR0913, PLR0917 - all that is known of a notice
    name: str,
    made: Callable[[str], bytes],
    text: str,
    audience: tuple[str, ...],
    told: Mapping[str, tuple[str, ...]],
    left_out: Mapping[str, tuple[str, ...]],
    options: tuple[str, ...] = (),
) -> FirstNotice:
    says = {facet: frozenset(words) for facet, words in told.items()}
    lacks = {facet: frozenset(words) for facet, words in left_out.items()}
    return FirstNotice(name, made(text), audience, says, lacks, options)


SCHOOL = _notice(
    "privacy-notice.docx",
    _as_word,
    """# Privacy notice for pupils and parents
Thornfield Primary School is the controller of your information.
Our data protection officer is at dpo@sampledpo.example.
## What we collect
We collect your name, your date of birth, your address, your attendance and information about your health.
Parents give us most of it; some comes from the local authority.
## Why we use it
We use it to teach you and to keep you safe. We do this as our public task under Article 6(1)(e).
## Who gets it
- We send information about pupils to the Department for Education because the law requires it.
- We share information about admissions with the local authority.
- We tell the police where the law lets us.
We never sell your information.
## How long we keep it
We keep your pupil file until you are 25 years old.
## Your rights
You may ask for a copy of your information. You may complain to the Information Commissioner's Office.
""",
    ("pupil", "parent", "school-applicant"),
    {
        "recipient": ("Department for Education", "Local authorities", "Police forces"),
        "data": ("Name", "Date of birth", "Attendance"),
        "source": ("Parents",),
    },
    {"recipient": ("Sample Mailer Inc", "Schools"), "data": ("Special educational needs",)},
)  # fmt: skip

COUNCIL_TAX = _notice(
    "council-tax.html",
    _as_page,
    """# Council tax: how we use your information
Sampleborough Council is responsible for your information. You can reach us at dp@sampleborough.example.
## What we hold
We hold your name, your address and your bank details.
## Why
We use your information to bill and collect council tax, and to work out whether you can pay less.
## Who we share it with
- We pass your details to enforcement agents where a bill is not paid.
- We share information with the Department for Work and Pensions about benefits.
## How long
We keep your account for six years.
## Your rights
You can ask to see what we hold. You can complain to the Information Commissioner's Office.
""",
    ("council-tax-payer", "benefit-claimant"),
    {
        "recipient": ("Enforcement agents", "Department for Work and Pensions"),
        "data": ("Name", "Postal address", "Bank details"),
    },
    {"data": ("Income",)},
)

RECRUITMENT = _notice(
    "staff-notice.pdf",
    _as_pdf,
    """# Privacy notice for staff and applicants
Sample Town Council is the controller of your data. Write to clerk@sampletown.example.
We hold your name, your address, your bank details and references.
We use them to recruit and to employ you.
We check criminal records with the Disclosure and Barring Service.
We pass your pay to your pension provider.
We keep files of staff for six years after you leave.
You may complain to the Information Commissioner's Office (ICO).
""",
    ("job-applicant", "employee"),
    {
        "recipient": ("Disclosure and Barring Service", "Pension providers"),
        "data": ("Name", "Postal address", "Bank details"),
    },
    {"recipient": ("Occupational health providers",)},
)

MEMBERS = _notice(
    "information-adherents.md",
    _as_markdown,
    """# Information des adhérents
L'association traite votre nom et votre adresse pour gérer votre adhésion.
Nous transmettons votre nom à la Fédération nationale.
Nous conservons vos données pendant trois ans.
Vous pouvez demander une copie de vos données. Vous pouvez saisir la CNIL.
Écrivez à contact@association.example.
""",
    ("member",),
    {"recipient": ("Fédération nationale",)},
    {},
    ("--language", "fr"),
)

NURSERY = _notice(
    "nursery.md",
    _as_markdown,
    """# How we use your child's information

Little Sample Nursery is the controller. You can write to manager@littlesample.example.

We collect your child's name, date of birth, allergies and photographs from you.

We use it to look after your child and to teach them.

- We give your child's details to the GP in an emergency.
- We send a return to the local authority about funded hours.

We keep the form for three years after your child leaves.

You can complain to the Information Commissioner's Office.
""",
    ("child", "parent"),
    {
        "recipient": ("GP practices", "Local authorities"),
        "data": ("Name", "Date of birth", "Photographs"),
    },
    {"recipient": ("Department for Education",)},
)

NOTICES: Mapping[str, FirstNotice] = {
    "ROPA 2024 FINAL v3.xlsx": SCHOOL,
    "ropa-download.csv": COUNCIL_TAX,
    "IAR_ROPA_combined.xlsx": RECRUITMENT,
    "registre-traitements.csv": MEMBERS,
    "ropa.md": NURSERY,
}
"""By the name of the sheet that they lie beside."""
