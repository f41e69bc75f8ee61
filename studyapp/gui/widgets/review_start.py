"""Before a flashcard session: what is due and new, by subject and topic, and the button that starts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.topic_tree import TopicTree
from studyapp.services.review import QueueCounts, ReviewScope

NARROW = 640


class ReviewStart(Page):
    """Emits `start` with a ReviewScope."""

    start = Signal(object)

    def __init__(self, context: Context, topics: frozenset[str]) -> None:
        super().__init__("", max_width=900)
        self.set_title(self.tr("Flashcards"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._context = context
        self._counts = QueueCounts(0, 0, 0)
        self._by_topic = context.study.review.counts_by_topic()
        self._notes = context.study.library.topic_counts()
        self.body.addWidget(self._hero())
        self.empty = EmptyState("circle-check", "", "", self.tr("Study ahead"))
        self.empty.acted.connect(self.study_ahead)
        self._empty_card = Card(padding=28)
        self._empty_card.body.addWidget(self.empty)
        self.body.addWidget(self._empty_card)
        self.body.addWidget(self._topics())
        self.body.addStretch(1)
        self.tree.set_chosen(topics)
        self.recount()

    def _hero(self) -> Card:
        self._hero_card = Card(padding=28)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(px(20))
        words = QVBoxLayout()
        words.setSpacing(px(4))
        self.headline = Label("", "heading", wrap=True)
        self.told = Label("", "lead", wrap=True)
        words.addWidget(self.headline)
        words.addWidget(self.told)
        self._row.addLayout(words, 1)
        self.start_button = Button("", "primary", "play", "Enter")
        self.start_button.set_big()
        self.start_button.clicked.connect(self._start)
        self._row.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._hero_card.body.addLayout(self._row)
        return self._hero_card

    def _topics(self) -> Card:
        card = Card(padding=20)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Topics"), "section"), 1)
        self.all_topics = Button(self.tr("All topics"), "link")
        self.all_topics.clicked.connect(self._choose_all)
        head.addWidget(self.all_topics)
        card.body.addLayout(head)
        columns = [self.tr("Due"), self.tr("New")]
        self.tree = TopicTree(self._context.study.library.taxonomy(), columns, self.tr("Topic"))
        self.tree.set_figures(self._figures)
        self.tree.chosen_changed.connect(self.recount)
        card.body.addWidget(self.tree)
        return card

    def _figures(self, leaf: str) -> tuple[int, int]:
        counts = self._by_topic.get(leaf)
        return (counts.due + counts.learning, counts.new) if counts else (0, 0)

    @property
    def scope(self) -> ReviewScope:
        """What is chosen."""
        return ReviewScope(topics=self.tree.chosen)

    def recount(self) -> None:
        """Count again what the choice leaves."""
        counts = self._context.study.review.counts(self.scope)
        self._counts = counts
        n = counts.total
        self.all_topics.setVisible(bool(self.tree.chosen))
        self._hero_card.setVisible(n > 0)
        self._empty_card.setVisible(n == 0)
        if n:
            self.headline.setText(self.tr("1 card is ready") if n == 1 else self.tr("{n} cards are ready").format(n=n))
            self.told.setText(self._detail(counts))
            self.start_button.setText(self.tr("Review 1 card") if n == 1 else self.tr("Review {n} cards").format(n=n))
        else:
            self._write_empty()

    def _detail(self, counts: QueueCounts) -> str:
        parts = []
        if counts.due:
            parts.append(self.tr("{n} due").format(n=counts.due))
        if counts.learning:
            parts.append(self.tr("{n} in learning").format(n=counts.learning))
        if counts.new:
            parts.append(self.tr("{n} new").format(n=counts.new))
        where = self.tr("in the chosen topics") if self.tree.chosen else self.tr("in all topics")
        return f"{', '.join(parts)} {where}"

    def _write_empty(self) -> None:
        topics = self.tree.chosen
        notes = sum(n for leaf, (_items, n) in self._notes.items() if not topics or leaf in topics)
        if not notes:
            self.empty.title.setText(self.tr("No cards here"))
            self.empty.text.setText(
                self.tr("The chosen topics have no flashcards yet. Choose others, or make your own in the Library.")
            )
        else:
            self.empty.title.setText(self.tr("Nothing is due"))
            self.empty.text.setText(
                self.tr(
                    "Every card waits for its day, which is when a review does the most good. To go on anyway, "
                    "study ahead: new cards and the ones that are due soonest."
                )
            )
        self.empty.button.setVisible(notes > 0)

    def _choose_all(self) -> None:
        self.tree.set_chosen(frozenset())
        self.recount()

    def _start(self) -> None:
        if self._counts.total:
            self.start.emit(self.scope)

    def study_ahead(self) -> None:
        """Start with cards that are not due yet."""
        self.start.emit(ReviewScope(topics=self.tree.chosen, ahead=True))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(NARROW)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self._start()
        else:
            super().keyPressEvent(event)
