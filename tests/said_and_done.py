"""A school's register and notice that tell everything, and what becomes of it when one thing is changed."""

from pathlib import Path

from conftest import TODAY
from ropa.engine import check
from ropa.findings import Severity
from ropa.judging.coverage import Mode, Settings, Told
from ropa.judging.judgement import Judgement
from ropa.register.vocabulary import Facet
from ropa.report import Report

REGISTER = """
{kind: organisation, id: sample, name: Sample School, contact: "School Lane, SA1 1AA", dpo: dpo@sample.example,
 public_authority: true, nation: England}
---
{kind: party, id: trust, name: Sample Trust, type: controller, agreement: ISA-1, agreement_reviewed: 2026-06-01}
---
{kind: system, id: own, name: Own server}
---
kind: activity
id: teach
name: Teaching
subjects: pupil
data: [name, attendance]
purposes: education-provision
sources: data-subject
basis: {article_6: e, law: Education Act 1996 s.13}
systems: own
retention: {period: P6Y, trigger: end-of-year, law: School schedule line 1}
disclosures:
  - {to: trust}
owner: Head
reviewed: 2026-09-01
security: Locked
dpia: {needed: false, reason: few pupils and nothing that is new}
required_by: Education Act 1996 s.13
"""
NOTICE = """
kind: notice
id: pupils
name: Pupil notice
audience: pupil
url: https://sample.example/privacy
version: "1"
in_force: {from: 2026-09-01}
text: pupils.md
statements:
"""
TRUST = "We pass your name and attendance to Sample Trust so that it can teach you."
TASK = "Our legal reason is our public task (UK GDPR Article 6(1)(e))."
USED = f"We use your name and your attendance to teach you. {TASK}"
STATEMENTS = f"""
  - quote: {USED}
    uses: {{data: [name, attendance], purposes: education-provision, basis: {{article_6: e}}}}
  - quote: We keep your records for six years after the end of the school year.
    keeps: {{period: P6Y, trigger: end-of-year}}
  - quote: {TRUST}
    discloses: {{to: trust, purposes: education-provision, data: [name, attendance]}}
  - {{quote: Sample School is responsible for your data., informs: controller-identity}}
  - {{quote: "Write to Sample School, School Lane, SA1 1AA.", informs: controller-contact}}
  - {{quote: Our data protection officer is at dpo@sample.example., informs: dpo-contact}}
  - {{quote: You can ask for a copy of your data., informs: right-of-access}}
  - {{quote: You can ask us to put wrong data right., informs: right-to-rectification}}
  - {{quote: You can ask us to erase data., informs: right-to-erasure}}
  - {{quote: You can ask us to restrict what we do., informs: right-to-restriction}}
  - {{quote: You can object to what we do., informs: right-to-object}}
  - {{quote: You can complain to us at dpo@sample.example., informs: complaint-to-controller}}
  - {{quote: "You can complain to the Information Commission at https://ico.org.uk.", informs: right-to-complain}}
  - quote: You have to give us your name, because the Education Act 1996 says so. If you do not, we cannot teach you.
    informs: statutory-requirement
"""
QUOTES = """# How we use your information

Sample School, 1 September 2026. This page is for pupils.

We use your name and your attendance to teach you. Our legal reason is our public task (UK GDPR Article 6(1)(e)).

We keep your records for six years after the end of the school year.

We pass your name and attendance to Sample Trust so that it can teach you.

Sample School is responsible for your data.

Write to Sample School, School Lane, SA1 1AA.

Our data protection officer is at dpo@sample.example.

## Your rights

You can ask for a copy of your data.

You can ask us to put wrong data right.

You can ask us to erase data.

You can ask us to restrict what we do.

You can object to what we do.

You can complain to us at dpo@sample.example.

You can complain to the Information Commission at https://ico.org.uk.

You have to give us your name, because the Education Act 1996 says so. If you do not, we cannot teach you.
"""

DAY = TODAY.replace(month=11, day=30)


class School:
    """The register in a folder of its own. Nothing is found in it as it stands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.register = REGISTER
        self.notice = NOTICE + STATEMENTS
        self.text = QUOTES
        self.files: dict[str, str] = {}

    def instead(self, old: str, new: str) -> "School":
        """With other words in the register, the notice and its text, wherever they stand."""
        assert any(old in part for part in (self.register, self.notice, self.text)), old
        self.register = self.register.replace(old, new)
        self.notice = self.notice.replace(old, new)
        self.text = self.text.replace(old, new)
        return self

    def record(self, *documents: str) -> "School":
        """With further documents in the register."""
        self.register += "".join(f"\n---\n{document}" for document in documents)
        return self

    def disclose(self, *disclosures: str) -> "School":
        """With further disclosures of the one activity."""
        more = "".join(f"\n  - {disclosure}" for disclosure in disclosures)
        return self.instead("  - {to: trust}", "  - {to: trust}" + more)

    def say(self, quote: str, claim: str, before: str = "") -> "School":
        """With one more sentence and its statement, at the end of the text or before some of its words."""
        self.notice += f'  - quote: "{quote}"\n    {claim}\n'
        said = f"{quote}\n\n"
        self.text = self.text.replace(before, said + before) if before else f"{self.text}\n{said}"
        return self

    def checked(self, mode: Mode = Mode.SPECIFIC) -> Report:
        """What comes of a check."""
        (self.folder / "register.yaml").write_text(self.register, "utf-8")
        (self.folder / "pupils.yaml").write_text(self.notice, "utf-8")
        (self.folder / "pupils.md").write_text(self.text, "utf-8")
        for name, words in self.files.items():
            (self.folder / name).write_text(words, "utf-8")
        report = check(self.folder, Settings(DAY, mode=mode))
        assert not report.case.malformed, report.case.malformed
        return report

    def found(self, mode: Mode = Mode.SPECIFIC) -> dict[str, Severity]:
        """The rules that find something worth a warning, with how severe it is."""
        report = self.checked(mode)
        return {
            f.rule.id: f.rule.severity for f in report.findings if f.rule.severity > Severity.NOTE
        }

    def told(self, flow: str, mode: Mode = Mode.SPECIFIC) -> Told:
        """A flow with its verdicts."""
        return self.checked(mode).case.coverage.by_id[flow]

    def on(self, flow: str, facet: Facet, mode: Mode = Mode.SPECIFIC) -> Judgement:
        """The verdict on one facet of a flow."""
        judgement = self.told(flow, mode).on(facet)
        assert judgement is not None
        return judgement
