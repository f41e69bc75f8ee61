"""A small bank for tests, with every type of item and note."""

from dataclasses import replace
from datetime import date

from studyapp.domain.bank import Bank
from studyapp.domain.blueprint import Blueprint, Domain, Provenance, Trust
from studyapp.domain.item import (
    AnyItem,
    Bloom,
    Case,
    ClozeItem,
    Mistake,
    MultipleItem,
    NumericItem,
    Option,
    Reference,
    SingleItem,
    TextItem,
    TrueFalseItem,
)
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, PartKind, ReversedNote, TermNote, WordPart
from studyapp.domain.taxonomy import Objective, Subject, Taxonomy, Topic

REFERENCE = Reference("45 CFR 164.404", "https://www.ecfr.gov/", "(b)", date(2026, 11, 1), "eCFR of 2026")

TAXONOMY = Taxonomy(
    (
        Subject(
            "L",
            "Medical law and compliance",
            (
                Topic("L06", "L", "Security rule", (Objective("L06.safeguards", "Name the safeguards"),)),
                Topic("L07", "L", "Breach notification", (Objective("L07.timeline", "Work out a notice's date"),)),
            ),
        ),
        Subject("T", "Medical terminology", (Topic("T01", "T", "Word roots of the heart"),)),
    )
)

BLUEPRINT = Blueprint(
    id="cmom",
    title="CMOM",
    issuer="Issuer of tests",
    items=10,
    minutes=24,
    cut_score=0.7,
    cut_published=True,
    domains=(
        Domain("law", "Law", 0.75, {"L06": 1.0, "L07": 2.0}),
        Domain("terms", "Terms", 0.25, {"T01": 1.0}),
    ),
    provenance=Provenance("Handbook", date(2026, 1, 1), Trust.ISSUER, weights_published=True),
)


def single(item_id: str = "law.breach.0001", topic: str = "L07", stem: str = "", **changes: object) -> SingleItem:
    """A single-answer item whose key is option b."""
    item = SingleItem(
        id=item_id,
        topic=topic,
        stem=stem or f"By which date must the patients of case {item_id} be told at the latest?",
        takeaway="Notices are due within 60 days.",
        bloom=Bloom.APPLY,
        difficulty=0.55,
        references=(REFERENCE,),
        options=(
            Option("a", "April 2", "30 days is the limit for access requests."),
            Option("b", "May 2", "60 calendar days after discovery.", correct=True),
            Option("c", "May 26", "Counts 60 business days."),
        ),
    )
    return replace(item, **changes)  # type: ignore[arg-type]


def one_item_of_each_type() -> tuple[AnyItem, ...]:
    """One item of every type, in topic L06; the first belongs to a case."""
    common = {
        "topic": "L06",
        "takeaway": "Safeguards are of three kinds.",
        "bloom": Bloom.REMEMBER,
        "difficulty": 0.7,
        "references": (REFERENCE,),
    }
    case = Case("law.case.0001", "A clinic moves", "Its **server** is carried by a courier.")
    return (
        replace(single("law.security.0001", "L06", "Which safeguard covers the courier?"), case=case),
        MultipleItem(
            id="law.security.0002",
            stem="Which are safeguards?",
            options=(
                Option("a", "Physical", "Yes.", correct=True),
                Option("b", "Technical", "Yes.", correct=True),
                Option("c", "Decorative", "No."),
            ),
            **common,  # type: ignore[arg-type]
        ),
        TrueFalseItem(
            id="law.security.0003",
            stem="Encryption is addressable.",
            options=(Option("t", "True", "It is.", correct=True), Option("f", "False", "It is.")),
            **common,  # type: ignore[arg-type]
        ),
        NumericItem(
            id="law.security.0004",
            stem="How many kinds of safeguard are there?",
            value=3.0,
            tolerance=0.0,
            unit="kinds",
            why="Administrative, physical, technical.",
            mistakes=(Mistake(2.0, "Leaves out the administrative ones."),),
            **common,  # type: ignore[arg-type]
        ),
        TextItem(
            id="law.security.0005",
            stem="Making text unreadable without a key is called what?",
            accept=("encryption",),
            why="That is its name.",
            **common,  # type: ignore[arg-type]
        ),
        ClozeItem(
            id="law.security.0006",
            stem="A risk {{c1::analysis|assessment}} comes first.",
            why="All else follows from it.",
            **common,  # type: ignore[arg-type]
        ),
    )


def one_note_of_each_type() -> tuple[AnyNote, ...]:
    """One note of every type; together they yield 1 + 2 + 2 + 3 cards."""
    return (
        BasicNote(id="law.breach.n001", topic="L07", front="Notice limit", back="60 days", references=(REFERENCE,)),
        ReversedNote(id="law.breach.n002", topic="L07", front="PHI", back="Protected health information"),
        ClozeNote(id="law.breach.n003", topic="L07", text="{{c1::60}} days after {{c2::discovery::event}}"),
        TermNote(
            id="term.heart.n001",
            topic="T01",
            word="cardiopathy",
            parts=(
                WordPart("cardi/o", PartKind.COMBINING_FORM, "heart"),
                WordPart("-pathy", PartKind.SUFFIX, "disease"),
            ),
            definition="disease of the heart",
            respelling="kar-dee-OP-uh-thee",
            system="cardiovascular",
        ),
    )


def bank(
    items: tuple[AnyItem, ...] | None = None,
    notes: tuple[AnyNote, ...] | None = None,
    *,
    content_hash: str = "hash-1",
    taxonomy: Taxonomy = TAXONOMY,
) -> Bank:
    """A bank with these items and notes; by default eight items in two topics and a note of each type."""
    return Bank(
        id="test",
        version="1",
        licence="CC0-1.0",
        content_hash=content_hash,
        taxonomy=taxonomy,
        items=(*one_item_of_each_type(), single(), single("law.breach.0002")) if items is None else items,
        notes=one_note_of_each_type() if notes is None else notes,
        blueprints=(BLUEPRINT,),
    )
