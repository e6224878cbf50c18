"""A small register for the tests of reports and commands: a library that lends books."""

CLEAN = """kind: organisation
id: northwold
name: Northwold Library
contact: 1 Shelf Lane, Northwold NW1 1AA
dpo: dpo@northwold.example
---
kind: party
id: collector
name: Fairly Collected Ltd
type: controller
agreement: C-1
---
kind: system
id: shelf
name: Card index
---
kind: activity
id: loans
name: Lending books
subjects: resident
data: [name, address]
purposes: billing
sources: data-subject
basis: {article_6: b, reason: Nobody can lend a book without a contract}
retention: [{law: Northwold schedule 4, period: P1Y, trigger: end-of-contract}]
disclosures:
  - to: collector
systems: shelf
security: Locked
owner: Head Librarian
reviewed: 2026-09-01
---
kind: notice
id: library-users
name: Library users
audience: resident
url: https://northwold.example/privacy
version: "1"
text: notice.md
statements:
  - quote: We use your name and address to send bills, because of your contract (Article 6(1)(b))
    uses: {data: [name, address], purposes: billing, basis: {article_6: b}}
  - quote: We keep them for one year after your contract ends
    keeps: {period: P1Y, trigger: end-of-contract}
  - quote: We pass them to Fairly Collected Ltd
    discloses: {to: collector}
  - quote: Write to the data protection officer of Northwold Library, 1 Shelf Lane, about all your rights
    informs:
      - controller-identity
      - controller-contact
      - dpo-contact
      - right-of-access
      - right-to-rectification
      - right-to-erasure
      - right-to-restriction
      - right-to-portability
      - right-to-complain
      - statutory-requirement
      - complaint-to-controller
"""

GAP = CLEAN.replace(
    """  - quote: We pass them to Fairly Collected Ltd
    discloses: {to: collector}
""",
    "",
)
"""Nobody is told of the firm: one error, and everything decided."""

WARNING = CLEAN.replace(
    "    discloses: {to: collector}",
    "    discloses: {to: collector, data: [name, address, health]}",
)
"""The notice says more than is done: one warning."""

UNDECIDED = CLEAN.replace("text: notice.md\n", "")
"""Nothing is wrong that can be seen, because the notice cannot be read."""
