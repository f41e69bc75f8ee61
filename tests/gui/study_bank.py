"""A small bank with every kind of item and note, and the hands of a learner, for the screens of study."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QWidget

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
from studyapp.domain.taxonomy import Subject, Taxonomy, Topic
from studyapp.gui.dialogs import MessageDialog
from studyapp.services.study import open_study
from tests.gui.fakes import settle
from tests.support.clock import FakeClock

P = TypeVar("P", bound=QWidget)
CHECKED = date(2026, 11, 23)
RULE = Reference(
    title="45 CFR 164.404", url="https://www.ecfr.gov/current/title-45/section-164.404", locator="(b)",
    as_of=CHECKED, edition="eCFR",
)  # fmt: skip
SEER = Reference(title="NCI SEER Training", url="", locator="word parts", as_of=CHECKED)

TAXONOMY = Taxonomy(
    (
        Subject("T", "Medical terminology", (Topic("T05", "T", "Cardiovascular"), Topic("T06", "T", "Respiratory"))),
        Subject("C", "Coding and billing", (Topic("C17", "C", "Fee arithmetic"), Topic("C22", "C", "Denials"))),
        Subject("L", "Law and compliance", (Topic("L07", "L", "Breach notification"),)),
        Subject("H", "HR and practice management", (Topic("H09", "H", "FMLA and leave"),)),
    )
)

BREACH = SingleItem(
    id="law.breach.0001",
    topic="L07",
    stem=(
        "A laptop with unencrypted charts is stolen on March 3, 2026 and reported to the privacy officer the same day. "
        "By which date must the patients be told at the latest?"
    ),
    takeaway=("Breach notices are due without unreasonable delay, **60 calendar days after discovery** at most."),
    bloom=Bloom.APPLY,
    difficulty=0.55,
    references=(RULE,),
    options=(
        Option("a", "April 2", "30 days is the limit for answering an access request, not for a breach notice."),
        Option("b", "May 2", "60 calendar days after discovery, which was March 3.", correct=True),
        Option("c", "May 26", "Counts 60 business days; the rule counts calendar days."),
        Option("d", "December 31", "Confuses it with the yearly log of breaches under 500 people."),
    ),
)

REMITTANCE = Case(
    id="case.remit.0001",
    title="Remittance for questions on one claim",
    stimulus=(
        "| Line | Charge | Allowed | Paid |\n| --- | ---: | ---: | ---: |\n| 1 | $240.00 | $180.00 | $144.00 |\n\n"
        "Contractual adjustment **$60.00**, patient share **$36.00**. The practice is in the payer's network."
    ),
)

PARTS = MultipleItem(
    id="cod.denial.0002",
    topic="C22",
    stem="Which parts of this line may the practice not collect from the patient?",
    takeaway="In network, the difference between charge and allowed amount is written off.",
    bloom=Bloom.ANALYZE,
    difficulty=0.62,
    references=(RULE,),
    case=REMITTANCE,
    options=(
        Option("a", "The contractual adjustment of $60.00", "The contract forbids billing it.", correct=True),
        Option("b", "The amount of $144.00 that the payer paid", "It has been paid already.", correct=True),
        Option("c", "The patient share of $36.00", "This is what the patient owes."),
        Option("d", "The deductible of another claim", "It is no part of this line, and is owed there."),
    ),
)

BALANCE = SingleItem(
    id="cod.denial.0003",
    topic="C22",
    stem="What should the biller do with the unpaid part of this line?",
    takeaway="Write off the contractual part, bill the patient share.",
    bloom=Bloom.APPLY,
    difficulty=0.66,
    references=(RULE,),
    case=REMITTANCE,
    options=(
        Option("a", "Bill the secondary payer for the full charge.", "There is no other payer on the claim."),
        Option("b", "Write off the difference and bill the patient the $36.00 coinsurance.", "Right.", correct=True),
        Option("c", "Appeal the adjustment as a denial.", "A contractual adjustment is no denial."),
        Option("d", "Bill the patient the difference between charge and allowed amount.", "That is balance billing."),
    ),
)

FMLA = TrueFalseItem(
    id="hr.fmla.0001",
    topic="H09",
    stem="An employee with 1,300 hours in the last 12 months can be eligible for FMLA leave.",
    takeaway="1,250 hours in the 12 months before the leave are needed.",
    bloom=Bloom.UNDERSTAND,
    difficulty=0.72,
    references=(RULE,),
    options=(
        Option("t", "True", "1,300 is above 1,250.", correct=True),
        Option("f", "False", "The test is 1,250 hours."),
    ),
)

SHARE = NumericItem(
    id="cod.fee.0001",
    topic="C17",
    stem="The allowed amount is $180.00 and the coinsurance 20 %. How much does the patient owe?",
    takeaway="Coinsurance is a share of the allowed amount, not of the charge.",
    bloom=Bloom.APPLY,
    difficulty=0.7,
    references=(RULE,),
    value=36.0,
    tolerance=0.01,
    unit="dollars",
    why="20 % of $180.00 is $36.00.",
    mistakes=(Mistake(48.0, "That is 20 % of the charge."),),
)

WORD = TextItem(
    id="term.cardio.0001",
    topic="T05",
    stem="Which term means surgical puncture of the sac around the heart?",
    takeaway="*-centesis* is a surgical puncture to draw off fluid.",
    bloom=Bloom.REMEMBER,
    difficulty=0.5,
    references=(SEER,),
    accept=("pericardiocentesis",),
    why="peri- (around) + cardi/o (heart) + -centesis (puncture).",
)

CLOZE = ClozeItem(
    id="term.resp.0001",
    topic="T06",
    stem="{{c1::dyspnea::difficult breathing}} is the opposite of {{c2::eupnea|normal breathing}}.",
    takeaway="*-pnea* is breathing.",
    bloom=Bloom.REMEMBER,
    difficulty=0.45,
    references=(SEER,),
    why="dys- is bad or difficult, eu- is good or normal.",
)


def _filler(n: int, topic: str) -> SingleItem:
    return SingleItem(
        id=f"fill.{topic.lower()}.{n:04d}",
        topic=topic,
        stem=f"Which of these is the right step number {n} in topic {topic}?",
        takeaway=f"Step {n} comes before step {n + 1}.",
        bloom=Bloom.APPLY,
        difficulty=(0.4, 0.6, 0.8)[n % 3],
        references=(RULE,),
        options=tuple(
            Option(name, f"Step {n + at}", "Right." if at == 0 else f"Off by {at}.", correct=at == 0)
            for at, name in enumerate("abcd")
        ),
    )


ITEMS: tuple[AnyItem, ...] = (
    BREACH, PARTS, BALANCE, FMLA, SHARE, WORD, CLOZE,
    *(_filler(n, topic) for topic in ("L07", "C22", "C17", "H09", "T05", "T06") for n in range(1, 8)),
)  # fmt: skip

NOTES: tuple[AnyNote, ...] = (
    TermNote(
        id="note.term.0001", topic="T05", references=(SEER,), word="pericardiocentesis",
        parts=(
            WordPart("peri-", PartKind.PREFIX, "around"),
            WordPart("cardi/o", PartKind.COMBINING_FORM, "heart"),
            WordPart("-centesis", PartKind.SUFFIX, "surgical puncture"),
        ),
        definition="Puncture of the sac around the heart to draw off fluid.",
        respelling="per-ih-kar-dee-oh-sen-TEE-sis", system="Cardiovascular",
    ),
    BasicNote(
        id="note.basic.0001", topic="L07", references=(RULE,), front="How long may a breach notice take at most?",
        back="60 calendar days after discovery", extra="And never longer than is reasonable.",
    ),
    BasicNote(
        id="note.typed.0001", topic="C22", references=(RULE,), front="What is the write-off under a contract called?",
        back="contractual adjustment", typed=True, accept=("contractual write-off",),
    ),
    ReversedNote(id="note.rev.0001", topic="T06", references=(SEER,), front="-pnea", back="breathing"),
    ClozeNote(
        id="note.cloze.0001", topic="H09", references=(RULE,),
        text="FMLA leave needs {{c1::12 months}} of employment and {{c2::1,250 hours::how many hours}} of work.",
    ),
)  # fmt: skip

BLUEPRINTS = (
    Blueprint(
        id="cmom", title="CMOM practice form", issuer="PMI", items=20, minutes=48, cut_score=0.7, cut_published=True,
        domains=(
            Domain("compliance", "Compliance Requirements", 0.4, {"L07": 1.0}),
            Domain("personnel", "Personnel Management", 0.2, {"H09": 1.0}),
            Domain("financial", "Financial Management", 0.4, {"C17": 1.0, "C22": 1.0}),
        ),
        provenance=Provenance("PMI candidate handbook of 2015", CHECKED, Trust.ISSUER, weights_published=True),
    ),
    Blueprint(
        id="cmm", title="CMM practice form", issuer="PAHCOM", items=8, minutes=10, cut_score=0.75, cut_published=False,
        domains=(
            Domain("revenue", "Revenue Management", 0.5, {"C17": 1.0, "C22": 1.0}),
            Domain("hr", "Human Resources", 0.5, {"H09": 1.0}),
        ),
        provenance=Provenance("A review site, about 2014", CHECKED, Trust.SECONDARY, weights_published=False),
    ),
)  # fmt: skip

BANK = Bank(
    id="study-test", version="1", licence="CC0", content_hash="0" * 64, taxonomy=TAXONOMY, items=ITEMS, notes=NOTES,
    blueprints=BLUEPRINTS,
)  # fmt: skip


def fill(folder: Path) -> Path:
    """Make a data folder that holds this bank."""
    open_study(folder, FakeClock(), random.Random(7), BANK).close()
    return folder


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, as the keyboard would."""
    QTest.keyClick(_focused(widget), key, modifier)
    settle()


def type_text(widget: QWidget, text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(_focused(widget), text)
    settle()


def safely(title: str, words_in_text: str, *, answer: bool) -> Callable[[QDialog], bool]:
    """An answer to a question with this title, whose Enter key must belong to the button that loses nothing."""

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, MessageDialog)
        assert dialog.heading.text() == title
        assert words_in_text in dialog.text.text()
        assert dialog.no_button.isDefault()
        assert dialog.focusWidget() is dialog.no_button
        return answer

    return look


def _focused(widget: QWidget) -> QWidget:
    focused = cast("QWidget | None", widget.focusWidget())
    return widget if focused is None else focused


def part(screen: QWidget, kind: type[P]) -> P:
    """The part that a screen shows now, which must be of this kind."""
    view = getattr(screen, "view", None)
    assert isinstance(view, kind), f"{type(view).__name__} is shown"
    return view


def words(widget: QWidget) -> str:
    """Every word that is to be seen."""
    shown = [label for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    return " | ".join(label.accessibleName() or label.text() for label in shown)
