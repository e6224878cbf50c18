"""A register that writes down every field there is, for the tests of the record.

Each free text is a word of its own that begins with `Q`, so that a test can look for it.
"""

import re

REGISTER = """kind: organisation
id: northwold
name: Qnorthwold Library
role: controller
contact: Qcontact
dpo: Qdpo
regimes: [uk-gdpr, eu-gdpr]
home: GB
public_authority: true
representative: Qrepresentative
nation: Wales
employees: 4217
record_exemption: true
review_interval: P18M
security: Qsecurity-of-all
policy_document: {name: Qpolicy-of-all, reviewed: 2025-01-02, followed: true, reason: Qpolicy-of-all-reason}
---
kind: party
id: collector
name: Qcollector Ltd
type: controller
country: US
broader: researcher
agreement: Qagreement
agreement_reviewed: 2025-02-03
safeguard: idta
synonyms: Qcollectors
contact: Qcollector-contact
transfer_risk_assessment: Qrisk
adequacy_scheme: [dpf, uk-extension]
exception: {letter: d, reason: Qexception-reason, safeguards: Qexception-safeguards, repeated: true}
---
kind: party
id: host
name: Qhost Inc
type: processor
country: IN
agreement: Qhost-agreement
---
kind: party
id: onward
name: Qonward Ltd
type: controller
kept_in: GB
remote_access: none
---
kind: party
id: partner
name: Qpartner Trust
type: joint-controller
contact: Qpartner-contact
---
kind: system
id: shelf
name: Qshelf
operator: host
location: IN
security: Qshelf-security
---
kind: activity
id: loans
name: Qloans
draft: Qdraft
subjects: resident
data: [name, address, health]
purposes: [billing, research]
sources:
  - data-subject
  - from: health-body
    data: health
    conditions: {agreement: Qsource-agreement, covers: [requester], allows: Qallows}
basis:
  article_6: f
  article_9: g
  schedule_1: "18"
  law: Qbasis-law
  interests: Qinterests
  annex_1: Qannex
  reason: Qbasis-reason
systems: shelf
retention:
  - {data: name, period: P7Y, trigger: end-of-contract, law: Qretention-law, longer: Qlonger}
  - {data: [address, health], criteria: Qcriteria}
disclosures:
  - to: collector
    subjects: resident
    data: [name]
    purposes: research
    basis:
      - {article_6: c, law: Qdisclosure-law, data: name}
      - {article_6: f, reason: Qdisclosure-reason, purposes: research, subjects: resident}
    conditions:
      - {approval: Qapproval, from: 2024-09-01, until: 2099-08-31}
      - {required-by-law: Qrequiring-law}
    retention: {period: P11M, trigger: collection, law: Qrecipient-retention-law}
    started: 2024-03-04
    onward:
      - to: onward
        data: name
        purposes: research
        conditions:
          - {terms: Qterms}
          - {consent: Qonward-consent}
          - {policy: Qonward-policy}
          - {court-order: Qorder}
          - {request: Qrequest, covers: storage}
        safeguard: exception
        transfer_risk_assessment: Qonward-risk
        adequacy_scheme: pipeda
        exception: {letter: a, reason: Qonward-exception, safeguards: Qonward-protects, repeated: false}
security: Qsecurity
notices: readers
reviewed: 2026-09-01
owner: Qowner
started: 2024-05-06
official_authority: Qauthority
policy_document: {name: Qpolicy, reviewed: 2025-06-07, followed: false, reason: Qpolicy-reason}
secrecy: Qsecrecy
consent_record: Qconsent
legitimate_interests_assessment: Qlia
dpia: {needed: true, reference: Qdpia, date: 2025-08-09, reason: Qdpia-reason}
automated_decisions: {logic: Qlogic, consequences: Qconsequences, solely: true, human: Qhuman}
required_by: Qrequired
rights: [access, erasure]
exemption: {provision: Q14-5-c, reason: Qexemption-reason, safeguards: Qexemption-safeguards}
compatibility: {ground: annex-2, reference: Qcompatibility, reason: Qcompatibility-reason}
breach: {date: 2026-02-11, record: Qbreach}
joint_controllers: partner
arrangement: Qarrangement
online_service: {minimum_age: 12, age_of_consent: 14, parental_consent: Qparents, childrens_code: Qcode}
---
kind: activity
id: hosting
name: Qhosting
subjects: pupil
data: name
purposes: support
on_behalf_of: {controller: partner, processing: [Qprocessing]}
automated_decisions: false
---
kind: notice
id: readers
name: Qnotice
audience: resident
url: https://northwold.example/Qurl
version: Qversion
in_force: {from: 2025-10-11, to: 2027-12-13}
issued: Qissued
layers: readers
statements: []
"""

WORDS = frozenset(re.findall(r"\bQ[\w-]+", REGISTER))
"""Every free text in it."""

SAID = (
    "controller", "UK GDPR", "EU GDPR", "Wales", "4217", "18 months", "the International Data Transfer",
    "Data Privacy Framework", "49(1)(d)", "49(1)(a)", "United States", "India", "6(1)(f)", "6(1)(c)", "9(2)(g)",
    "Safeguarding",
    "7 years from the end of the contract", "11 months from the day it was collected", "access", "erasure",
    "a condition of Annex 2", "12", "14", "joint controller", "esearchers",
)  # fmt: skip
"""What its other fields are in words."""
