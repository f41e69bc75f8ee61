"""The quiz builder: topics, statuses, types, difficulty, length and feedback, with live counts."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.domain.attempt import Feedback
from studyapp.domain.item import DifficultyBand, ItemType
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.choice_chips import ChoiceChips, FacetChips
from studyapp.gui.widgets.number_field import NumberField
from studyapp.gui.widgets.open_attempt import OpenAttemptCard
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.panel import ToneLabel, side_margin
from studyapp.gui.widgets.presets_row import PresetsRow
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.side_panel import Bar
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.topic_tree import TopicTree
from studyapp.services.attempts import OpenAttempt
from studyapp.services.practice import FilterCounts, ItemStatus, PracticeFilter, PracticeSpec

SHORTEST, LONGEST = 5, 100
TWO_COLUMNS = 820
MINUTES_A_QUESTION = 1.5


class PracticeBuilder(QWidget):
    """Emits `start` with a PracticeSpec, `resume` and `discard` with an OpenAttempt, `changed` with Changes."""

    start = Signal(object)
    resume = Signal(object)
    discard = Signal(object)
    changed = Signal(object)

    def __init__(self, context: Context, open_attempts: tuple[OpenAttempt, ...], spec: PracticeSpec) -> None:
        super().__init__()
        self._context = context
        self._total = 0
        self._minutes_own = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.page = Page(self.tr("Practice"))
        for attempt in open_attempts:
            card = OpenAttemptCard(attempt)
            card.resume.connect(self.resume)
            card.discard.connect(self.discard)
            self.page.body.addWidget(card)
        self.presets = PresetsRow(context)
        self.presets.chosen.connect(self._preset_chosen)
        self.presets.saving.connect(self._save_preset)
        self.presets.changed.connect(self.changed)
        self.page.body.addWidget(self.presets)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(20))
        self._columns.addWidget(self._topics_card(), 10, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._choices_card(), 9, Qt.AlignmentFlag.AlignTop)
        self.page.body.addLayout(self._columns)
        self.page.body.addStretch(1)
        outer.addWidget(self.page, 1)
        outer.addWidget(self._bottom())
        self.set_spec(spec)

    # Parts

    def _topics_card(self) -> Card:
        card = Card(padding=20)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Topics"), "section"), 1)
        self.all_topics = Button(self.tr("All topics"), "link")
        self.all_topics.clicked.connect(self._choose_all)
        head.addWidget(self.all_topics)
        card.body.addLayout(head)
        taxonomy = self._context.study.library.taxonomy()
        self.tree = TopicTree(taxonomy, [self.tr("Questions")], self.tr("Topic"))
        self.tree.chosen_changed.connect(self.recount)
        card.body.addWidget(self.tree)
        return card

    def _choices_card(self) -> Card:
        card = Card(padding=20)
        statuses = [
            (ItemStatus.UNSEEN, self.tr("Unseen")),
            (ItemStatus.MISSED, self.tr("Missed")),
            (ItemStatus.DUE, self.tr("Missed and due")),
            (ItemStatus.MARKED, self.tr("Marked")),
            (ItemStatus.UNSURE, self.tr("Unsure")),
            (ItemStatus.SLOW, self.tr("Slow")),
        ]
        types = [
            (ItemType.SINGLE, self.tr("One answer")),
            (ItemType.MULTIPLE, self.tr("Several answers")),
            (ItemType.TRUE_FALSE, self.tr("True or false")),
            (ItemType.NUMERIC, self.tr("Number")),
            (ItemType.TEXT, self.tr("Typed word")),
            (ItemType.CLOZE, self.tr("Fill in")),
        ]
        bands = [
            (DifficultyBand.EASY, self.tr("Easy")),
            (DifficultyBand.MEDIUM, self.tr("Medium")),
            (DifficultyBand.HARD, self.tr("Hard")),
        ]
        self.statuses = FacetChips(statuses, self.tr("Status"))
        self.types = FacetChips(types, self.tr("Kind of question"))
        self.bands = FacetChips(bands, self.tr("Difficulty"))
        for title, chips in (
            (self.tr("Status"), self.statuses),
            (self.tr("Kind of question"), self.types),
            (self.tr("Difficulty"), self.bands),
        ):
            card.body.addWidget(Label(title, "strong"))
            card.body.addWidget(chips)
            chips.teller.changed.connect(self.recount)
            card.body.addSpacing(px(6))
        card.body.addWidget(Divider())
        card.body.addSpacing(px(4))
        self._length_part(card)
        self._feedback_part(card)
        self._time_part(card)
        return card

    def _length_part(self, card: Card) -> None:
        card.body.addWidget(Label(self.tr("Length"), "strong"))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.length = NumberField(SHORTEST, LONGEST, suffix=self.tr(" questions"))
        self.length.setAccessibleName(self.tr("Number of questions"))
        self.length.valueChanged.connect(self._length_changed)
        row.addWidget(self.length)
        self.quick = ChoiceChips([(n, str(n)) for n in (10, 20, 40)], 10, self.tr("Number of questions"))
        self.quick.teller.changed.connect(self._quick_length)
        row.addWidget(self.quick, 1, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        card.body.addSpacing(px(6))

    def _feedback_part(self, card: Card) -> None:
        card.body.addWidget(Label(self.tr("Feedback"), "strong"))
        choices = [(Feedback.TUTOR, self.tr("After each answer")), (Feedback.TEST, self.tr("At the end"))]
        self.feedback = ChoiceChips(choices, Feedback.TUTOR, self.tr("Feedback"))
        self.feedback.teller.changed.connect(self._write_start)
        card.body.addWidget(self.feedback)
        card.body.addSpacing(px(6))

    def _time_part(self, card: Card) -> None:
        card.body.addWidget(Label(self.tr("Time"), "strong"))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        choices = [(False, self.tr("Untimed")), (True, self.tr("Timed"))]
        self.timed = ChoiceChips(choices, chosen=False, name=self.tr("Time"))
        self.timed.teller.changed.connect(self._time_changed)
        row.addWidget(self.timed, 1, Qt.AlignmentFlag.AlignVCenter)
        self.minutes = NumberField(1, 480, suffix=self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.minutes.valueChanged.connect(self._minutes_changed)
        row.addWidget(self.minutes)
        card.body.addLayout(row)

    def _bottom(self) -> Bar:
        bar = Bar(Qt.Edge.TopEdge)
        self._foot = row = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        row.setSpacing(px(8))
        self.sentence = ToneLabel("", "muted", "body", wrap=True)
        row.addWidget(self.sentence, 1)
        self.start_button = Button("", "primary", "play", "Enter")
        self.start_button.clicked.connect(self._start)
        row.addWidget(self.start_button)
        return bar

    # What is chosen

    @property
    def filter(self) -> PracticeFilter:
        """Which items are wanted."""
        return PracticeFilter(
            topics=self.tree.chosen,
            statuses=self.statuses.values,
            types=self.types.values,
            bands=self.bands.values,
        )

    @property
    def spec(self) -> PracticeSpec:
        """The quiz as set up now."""
        return PracticeSpec(
            filter=self.filter,
            length=self.length.value(),
            feedback=self.feedback.value,
            minutes=self.minutes.value() if self.timed.value else None,
        )

    def set_spec(self, spec: PracticeSpec) -> None:
        """Show a setting."""
        self.tree.set_chosen(spec.filter.topics)
        self.statuses.set_values(spec.filter.statuses)
        self.types.set_values(spec.filter.types)
        self.bands.set_values(spec.filter.bands)
        self.feedback.set_value(spec.feedback)
        self.timed.set_value(spec.minutes is not None)
        self.length.setValue(min(LONGEST, max(SHORTEST, spec.length)))
        self._minutes_own = False
        self._length_changed(self.length.value())
        if spec.minutes is not None:
            self.minutes.setValue(spec.minutes)
        self._time_changed()
        self.recount()

    def recount(self) -> None:
        """Count again what the choice leaves."""
        counts: FilterCounts = self._context.study.practice.counts(self.filter)
        self._total = counts.total
        by_topic = counts.by_topic
        self.tree.set_figures(lambda leaf: (by_topic.get(leaf, 0),))
        self.statuses.set_counts(counts.by_status)
        self.types.set_counts(counts.by_type)
        self.bands.set_counts(counts.by_band)
        self.all_topics.setVisible(bool(self.tree.chosen))
        self._write_start()

    def _write_start(self) -> None:
        n = min(self._total, self.length.value())
        self.start_button.setEnabled(n > 0)
        if not self._total:
            self.start_button.setText(self.tr("Start"))
            self.sentence.set_tone("warn")
            self.sentence.setText(
                self.tr("No question matches. Choose more topics, or take back a status, kind or difficulty.")
            )
            return
        self.sentence.set_tone("muted")
        self.start_button.setText(self.tr("Start 1 question") if n == 1 else self.tr("Start {n} questions").format(n=n))
        if self._total < self.length.value():
            words = self.tr("Only {n} match, so the quiz has {n}.").format(n=self._total)
        else:
            words = self.tr("{n} questions match.").format(n=f"{self._total:,}")
        self.sentence.setText(words)

    def _choose_all(self) -> None:
        self.tree.set_chosen(frozenset())
        self.recount()

    def _quick_length(self) -> None:
        self.length.setValue(self.quick.value)

    def _length_changed(self, n: int) -> None:
        self.quick.set_value(n)
        if not self._minutes_own:
            self.minutes.setValue(max(1, round(n * MINUTES_A_QUESTION)))
            self._minutes_own = False
        self._write_start()

    def _minutes_changed(self, _minutes: int) -> None:
        self._minutes_own = True

    def _time_changed(self) -> None:
        self.minutes.setVisible(self.timed.value)

    def _start(self) -> None:
        if self._total:
            self.start.emit(self.spec)

    # Presets

    def _preset_chosen(self, spec: object) -> None:
        if isinstance(spec, PracticeSpec):
            self.set_spec(spec)

    def _save_preset(self) -> None:
        name = self._context.dialogs.ask_text(
            self.tr("Save this setting"), self.tr("Name, for example “Missed, ten questions”")
        )
        if name is not None and name.strip():
            title = name.strip()
            self.changed.emit(self._context.study.practice.save_preset(title, replace(self.spec, title=title)))
            self.presets.reload()

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(TWO_COLUMNS)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != wanted:
            self._columns.setDirection(wanted)
        side, tight = side_margin(self.width()), self.width() < px(520)
        self._foot.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)
        self._foot.setContentsMargins(side, px(6) if tight else px(12), side, px(6) if tight else px(12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self._start()
        else:
            super().keyPressEvent(event)
