"""Makes registers of any size that look like real ones: 40 to 60 lines an activity, a notice that tells most.

python benchmarks/generate.py 1000 /tmp/register [--per-file 100] [--prose]

With `--prose` the same register is written as people write: comments, text folded over several lines, wrapped
words, and quotes of forty words.
"""

import argparse
import random
import textwrap
from collections.abc import Iterator
from pathlib import Path

ODD = 0.02
"""The share of activities that do something the notice does not tell."""

SUBJECTS = (
    "pupil",
    "parent",
    "looked-after-child",
    "child-in-need",
    "employee",
    "patient",
    "tenant",
    "resident",
)
DATA = (
    "name", "date-of-birth", "address", "email-address", "phone-number", "health", "ethnicity", "placement",
    "attendance", "attainment", "sen", "case-notes", "bank-details", "pay", "photos", "correspondence",
)  # fmt: skip
PURPOSES = (
    "support",
    "pastoral-care",
    "safeguarding",
    "statutory-return",
    "quality-assurance",
    "research",
    "billing",
)
RECIPIENTS = ("dfe", "example-nhs", "police", "printer", "payroll", "survey-firm", "academy-1")

PARTIES = """kind: organisation
id: exampleshire
name: Exampleshire County Council
contact: County Hall, Exampleton EX1 1AA
dpo: dpo@exampleshire.example
public_authority: true
policy_document: {name: Appropriate policy document 4, reviewed: 2026-02-01, followed: true}
---
{kind: party, id: dfe, name: Department for Education, type: public-authority, broader: government-department}
---
{kind: party, id: example-nhs, name: Example NHS Trust, type: public-authority, broader: health-body, agreement: S-1}
---
{kind: party, id: police, name: Example Constabulary, type: public-authority, broader: police-force, agreement: S-2}
---
{kind: party, id: host, name: Caseworks Ltd, type: processor, broader: case-system-host, agreement: C-1}
---
{kind: party, id: printer, name: Quill Print Ltd, type: processor, broader: print-and-mail-firm, agreement: C-2}
---
{kind: party, id: payroll, name: Paywell Ltd, type: processor, broader: payroll-provider, agreement: C-3}
---
kind: party
id: survey-firm
name: Askwell Inc
type: processor
country: US
safeguard: addendum
broader: survey-host
agreement: C-4
transfer_risk_assessment: TRA-7
---
{kind: party, id: research-team, name: Example University, type: controller, broader: researcher, agreement: S-3}
---
{kind: party, id: academy-1, name: Example Academy, type: controller, broader: school, agreement: S-4}
---
{kind: party, id: tenancy-firm, name: Tenancy Records Ltd, type: processor, agreement: C-5}
---
{kind: system, id: case-system, name: Case system, operator: host}
"""

NOTICE = """kind: notice
id: everybody
name: How we use your information
url: https://exampleshire.example/privacy
version: 3
in_force: {from: 2025-01-01}
audience: [pupil, parent, looked-after-child, child-in-need, employee, patient, tenant, resident]
text: everybody.md
statements:
"""

SAID = (
    ("We hold your name and how to reach you", "collects: {data: [name, date-of-birth, contact-details]}"),
    ("We hold what we know of your health", "collects: {data: [health, sen, ethnicity]}"),
    ("We hold your school record", "collects: {data: [attendance, attainment]}"),
    ("We hold your case file and your letters", "collects: {data: [case-notes, correspondence, placement, photos]}"),
    ("We hold what you are paid and where", "collects: {data: [bank-details, pay]}"),
    ("We use it to support and to protect you", "uses: {purposes: [support, pastoral-care, safeguarding]}"),
    ("We use it for returns and for checking our work", "uses: {purposes: [statutory-return, quality-assurance]}"),
    ("We use it for research and for sending bills", "uses: {purposes: [research, billing]}"),
    (
        "Most of what we do is a public task, and for health and other sensitive facts it is in the substantial public interest",
        "uses: {basis: {article_6: e, article_9: g}}",
    ),
    ("We share your information with the NHS and the police", "discloses: {to: [health-body, police-force]}"),
    (
        "Section 83 of the Children Act 1989 has us send a return to the Department for Education",
        "discloses: {to: dfe, basis: {article_6: c, article_9: g, law: Children Act 1989 s.83}}",
    ),
    ("The Department passes it on to researchers whom it has approved", "discloses: {by: dfe, to: researcher, conditions: [approval, terms]}"),
    ("Firms run our case system, our payroll and our post", "discloses: {to: [case-system-host, print-and-mail-firm, payroll-provider]}"),
    ("We share information with schools and academies", "discloses: {to: school}"),
    ("Surveys are run by a firm in the United States", "discloses: {to: survey-host, countries: US, safeguard: addendum}"),
    ("We keep your file for six years after it is closed", "keeps: {period: P6Y, trigger: end-of-case}"),
    ("We keep where you were placed for 75 years from birth", "keeps: {data: placement, period: P75Y, trigger: birth}"),
    ("We will not give health information to the police", "never: discloses\n    to: police-force\n    data: health\n    unless: [consent, law-permits]"),
    ("We get information from schools and from the NHS", "collects: {from: [school, health-body, police-force, parent]}"),
    ("Write to Exampleshire County Council or to its data protection officer", "informs: [controller-identity, controller-contact, dpo-contact]"),
    ("You may ask for a copy, for corrections, for erasure and for restriction", "informs: [right-of-access, right-to-rectification, right-to-erasure, right-to-restriction]"),
    ("The law has you give us what we ask for; if you do not, we cannot help you", "informs: [statutory-requirement]"),
    ("You may object, and complain to us or to the regulator", "informs: [right-to-object, right-to-complain, complaint-to-controller]"),
)  # fmt: skip


def main() -> None:
    """Write a register of the wanted size."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("activities", type=int)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--per-file", type=int, default=1)
    arguments.add_argument("--prose", action="store_true")
    chosen = arguments.parse_args()
    generate(chosen.activities, chosen.folder, chosen.per_file, prose=chosen.prose)


def generate(activities: int, folder: Path, per_file: int = 1, *, prose: bool = False) -> None:
    """Write the same register for the same size, whatever the machine."""
    chance = random.Random(activities)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "parties.yaml").write_text(PARTIES, "utf-8")
    said = [(_long(quote) if prose else quote, claim) for quote, claim in SAID]
    (folder / "everybody.md").write_text("\n\n".join(f"{quote}." for quote, _ in said), "utf-8")
    statements = "".join(
        f"  - quote: {_folded(quote, 6) if prose else quote}\n    {claim}\n"
        for quote, claim in said
    )
    (folder / "everybody.yaml").write_text(NOTICE + statements, "utf-8")
    documents = [activity(number, chance) for number in range(activities)]
    if prose:
        documents = [in_prose(text, number) for number, text in enumerate(documents)]
    for first in range(0, activities, per_file):
        inside = folder / f"activities-{first // 1000:03}"
        inside.mkdir(exist_ok=True)
        text = "---\n".join(documents[first : first + per_file])
        (inside / f"activity-{first:06}.yaml").write_text(text, "utf-8")


def activity(number: int, chance: random.Random) -> str:
    """One activity of 40 to 60 lines."""
    return "\n".join(_lines(number, chance)) + "\n"


def in_prose(text: str, number: int) -> str:
    """The same activity with comments, and with texts of its own over several lines."""
    chance = random.Random(f"prose {number}")
    name = f"Activity {number} of the children's services department"
    security = "security: Role-based access, encryption at rest and in transit, annual test"
    how = "Role-based access, encryption at rest and in transit, and a test of both each year by"
    wrapped = f'name: "{name},\n  as agreed with {words(chance, 8)}"'
    folded = f"security: {_folded(f'{how} {words(chance, 25)}', 2)}"
    law = f"    law: Exampleshire retention schedule, line 12, as\n      {words(chance, 10)}"
    return (
        text.replace("sources:", f"# {words(chance, 12)}\nsources:  # checked {number}", 1)
        .replace("disclosures:", f"# {words(chance, 12)}\n\ndisclosures:", 1)
        .replace(f"name: {name}", wrapped, 1)
        .replace(security, folded, 1)
        .replace("    law: Exampleshire retention schedule, line 12", law, 1)
    )


_WORDS = [
    "the",
    "head",
    "of",
    "service",
    "and",
    "her",
    "deputies",
    "who",
    "look",
    "at",
    "each",
    "file",
    "once",
    "a",
    "year",
    "with",
    "the",
    "team",
    "that",
    "holds",
    "it",
    "so",
    "that",
    "nothing",
    "is",
    "kept",
    "for",
    "longer",
    "than",
    "it",
    "has",
    "to",
    "be",
    "and",
    "everybody",
    "knows",
    "whom",
    "to",
    "ask",
    "about",
    "what",
    "was",
    "written",
    "there",
]


def words(chance: random.Random, number: int) -> str:
    """So many words that say nothing in particular."""
    return " ".join(chance.choices(_WORDS, k=number))


def _long(quote: str) -> str:
    """A quote of forty words."""
    more = words(random.Random(quote), 40 - len(quote.split()))
    return f"{quote}, {more}"


def _folded(text: str, indent: int) -> str:
    """A text as a folded scalar."""
    lines = textwrap.wrap(text, 70)
    return "\n".join([">-", *(f"{' ' * indent}{line}" for line in lines)])


def _lines(number: int, chance: random.Random) -> Iterator[str]:
    data = chance.sample(DATA, 6)
    purposes = chance.sample(PURPOSES, 2)
    yield "kind: activity"
    yield f"id: activity-{number:06}"
    yield f"name: Activity {number} of the children's services department"
    yield from _listed("subjects", chance.sample(SUBJECTS, 2))
    yield from _listed("data", data)
    yield from _listed("purposes", purposes)
    yield "sources:"
    yield "  - data-subject"
    yield "  - from: " + chance.choice(("maintained-school", "example-nhs", "police", "parent"))
    yield f"    data: [{data[0]}, {data[1]}]"
    yield "basis:"
    yield "  article_6: e"
    yield "  article_9: g"
    yield '  schedule_1: "18"'
    yield "  law: Children Act 1989 s.22"
    yield from _listed("systems", ["case-system"])
    yield "retention:"
    yield "  - period: " + ("P7Y" if chance.random() < ODD else "P6Y")
    yield "    trigger: end-of-case"
    yield "    law: Exampleshire retention schedule, line 12"
    yield "disclosures:"
    for recipient in chance.sample(RECIPIENTS, 2):
        yield f"  - to: {recipient}"
        yield from (f"    {line}" for line in _listed("purposes", [chance.choice(purposes)]))
        yield from (f"    {line}" for line in _listed("data", chance.sample(data, 3)))
        if recipient == "dfe":
            yield "    basis: {article_6: c, article_9: g, schedule_1: '6', law: Children Act 1989 s.83}"
            yield "    onward:"
            yield "      - to: research-team"
            yield "        conditions: [approval, terms]"
    if chance.random() < ODD:
        yield "  - to: tenancy-firm"
    yield "owner: Head of service"
    yield f"dpia: DPIA-{number}"
    yield "security: Role-based access, encryption at rest and in transit, annual test"
    yield f"reviewed: 2026-0{chance.randint(1, 9)}-01"


def _listed(name: str, words: list[str]) -> Iterator[str]:
    yield f"{name}:"
    yield from (f"  - {word}" for word in words)


if __name__ == "__main__":
    main()
