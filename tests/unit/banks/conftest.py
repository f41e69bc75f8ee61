"""Small banks written for a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

MANIFEST = """id: small
version: "1"
licence: "CC-BY-4.0"
code_sets: {icd10cm: "FY2026"}
subjects:
  - {id: T, dir: terminology, title: "Terminology"}
  - {id: L, dir: law, title: "Law"}
"""
TAXONOMY = """subjects:
  - id: T
    title: "Terminology"
    topics:
      - {id: T01, title: "Word parts", objectives: [{id: T01.decode, title: "Decode a word"}]}
  - id: L
    title: "Law"
    topics:
      - {id: L07, title: "Breaches", objectives: [{id: L07.timeline, title: "Work out the last day"}]}
"""
SOURCES = """S-a: {title: "A rule", publisher: "P", url: "https://www.example.gov/a", kind: regulation, licence: "US"}
S-b: {title: "A guide", publisher: "P", url: "https://www.example.gov/b", kind: agency, licence: "US"}
"""
FACTS = """F-days:
  value: "1,260"
  unit: "days"
  valid_from: 2026-01-01
  review_by: 2027-01-31
  sources: [S-a, S-b]
  as_of: 2026-11-23
"""
PROOF = """    objectives: [L07.timeline]
    references: [{source: S-a, locator: "(b)", as_of: 2026-11-23, edition: "eCFR text of 2024"}]
    volatility: stable
    evidence: "The rule says so."
"""
JUDGED = """    takeaway: "Patients are told within 60 days."
    bloom: apply
    difficulty: 0.55
"""
# Every way of answering and every kind of note, as the brief for authors writes them.
LEAF = f"""topic: L07
cases:
  - id: law.breach.c01
    title: "Stolen laptop"
    stimulus: |
      A **laptop** with charts is stolen.

      | Day | What |
      |---|---|
      | 1 | Theft |
items:
  - id: law.breach.0001
    type: single
    case: law.breach.c01
    stem: >-
      A laptop with unencrypted charts is stolen on March 3, 2026 and reported to the privacy officer the same day.
      By which date must the patients be told at the latest?
    options:
      - {{id: a, text: "April 2", why: "30 days is the limit for answering an access request."}}
      - {{id: b, text: "May 2", correct: true, why: "60 calendar days after discovery, which was March 3."}}
      - {{id: c, text: "May 26", why: "Counts 60 business days; the rule counts calendar days."}}
      - {{id: d, text: "December 31", why: "Confuses it with the yearly log of small breaches."}}
    compute: "date(2026, 3, 3) + days(60)"
{JUDGED}{PROOF}  - id: law.breach.0002
    type: multiple
    case: law.breach.c01
    stem: "Which two of these people does the practice write to after the theft?"
    options:
      - {{id: a, text: "The patient", correct: true, why: "Always."}}
      - {{id: b, text: "The Secretary", correct: true, why: "Always, sooner or later."}}
      - {{id: c, text: "The landlord", why: "It is no affair of the landlord."}}
{JUDGED}{PROOF}  - id: law.breach.0003
    type: true_false
    case: law.breach.c01
    stem: "The notice to patients may be sent 90 days after discovery."
    options:
      - {{id: t, text: "True", why: "60 days is the limit."}}
      - {{id: f, text: "False", correct: true, why: "60 days is the limit."}}
{JUDGED}{PROOF}  - id: law.breach.0004
    type: numeric
    stem: "Charges are $6,000,000 for 3,000 visits. How many visits do $83,000 stand for, to one decimal?"
    answer: {{value: 41.5, tolerance: 0.05, unit: "visits"}}
    compute: "83000 / (6000000/3000)"
    why: "Divide by the charge of one visit."
    mistakes: [{{value: 38.2, why: "Used net instead of gross charges."}}]
{JUDGED}{PROOF}  - id: law.breach.0005
    type: text
    stem: "What is the word for an enlarged heart?"
    accept: ["cardiomegaly"]
    why: "cardi/o and -megaly."
{JUDGED}{PROOF}  - id: law.breach.0006
    type: cloze
    stem: "Sign by the {{{{c1::first}}}} day; finish within {{{{c2::three|3}}}} business days or {{fact:F-days}} hours."
    why: "The form says so."
    reserved: true
{JUDGED}{PROOF}notes:
  - id: law.breach.n0001
    type: basic
    front: "How long may a notice take?"
    back: "60 days"
    typed: true
    accept: ["sixty days"]
    extra: "Calendar days."
{PROOF}  - id: law.breach.n0002
    type: reversed
    front: "ePHI"
    back: "Electronic protected health information"
{PROOF}  - id: law.breach.n0003
    type: cloze
    text: "Patients are told within {{{{c1::60 calendar days::how long}}}}."
{PROOF}"""
TERMS = """topic: T01
notes:
  - id: term.heart.n0001
    type: term
    word: pericardiocentesis
    parts: [{form: "peri-", kind: prefix, meaning: "around"}, {form: "cardi/o", kind: combining_form, meaning: "heart"},
      {form: "-centesis", kind: suffix, meaning: "surgical puncture"}]
    definition: "Puncture of the sac around the heart to draw off fluid."
    plural: pericardiocenteses
    respelling: "per-ih-kar-dee-oh-sen-TEE-sis"
    system: cardiovascular
    objectives: [T01.decode]
    references: [{source: S-a, as_of: 2026-11-23}]
    volatility: stable
    evidence: "Glossary."
"""
EXAM = """id: small
title: "Small exam"
issuer: "Nobody"
items: 4
minutes: 10
cut_score: 0.7
cut_published: true
provenance: {source: "A page", as_of: 2026-06-30, trust: issuer, weights_published: true, note: "Made up for a test."}
domains:
  - {id: law, title: "Law", weight: 75, topics: {L07: 2.0, T01: 1.0}}
  - {id: words, title: "Words", weight: 25, topics: {T01: 1.0}}
"""

WriteBank = Callable[..., Path]


@pytest.fixture
def write_bank(tmp_path: Path) -> WriteBank:
    """Write a bank folder; keyword arguments replace files (`law="..."` the law leaf, `facts=...`), None leaves out."""

    def write(**changes: str | None) -> Path:
        files: dict[str, str | None] = {
            "manifest": MANIFEST,
            "taxonomy": TAXONOMY,
            "sources": SOURCES,
            "facts": FACTS,
            "law": LEAF,
            "terms": TERMS,
            **changes,
        }
        places = {"law": "law/L07-breach.yaml", "terms": "terminology/T01-parts.yaml"}
        root = tmp_path / "question_banks"
        for folder in ("law", "terminology"):
            (root / folder).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            if text is not None:
                (root / places.get(name, f"{name}.yaml")).write_text(text, encoding="utf-8")
        exams = tmp_path / "resources" / "exams"
        exams.mkdir(parents=True, exist_ok=True)
        (exams / "small.yaml").write_text(EXAM, encoding="utf-8")
        return root

    return write
