"""Below a card: "Show answer", then the grade buttons with the next interval on each."""

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studyapp.domain.memory import Rating
from studyapp.gui.theme import color, px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.services.review import GradeChoice


class GradeButton(Button):
    """A grade; the one that Space and Enter give has an accent border."""

    def __init__(self, word: str, key: str, caption: str) -> None:
        super().__init__(word, key=key)
        self._default = False
        self.set_caption(caption)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def is_default(self) -> bool:
        """Whether Space and Enter give this grade."""
        return self._default

    def set_default(self, default: bool) -> None:
        """Mark the grade that Space and Enter give."""
        if default == self._default:
            return
        self._default = default
        told = self.tr("also Space and Enter") if default else ""
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._default:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("accent"), 1.5))
            box = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
            painter.drawRoundedRect(box, px(9), px(9))
            painter.end()


class GradeBar(QWidget):
    """Emits `show_answer`, and `graded` with a Rating. Its buttons stay from card to card; their words change."""

    show_answer = Signal()
    graded = Signal(object)

    def __init__(self, *, two_buttons: bool) -> None:
        super().__init__()
        self._two = two_buttons
        self._default = Rating.GOOD
        self._tight = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.reveal = Button(self.tr("Show answer"), "primary", key="Space")
        self.reveal.set_big()
        self.reveal.clicked.connect(self.show_answer)
        row.addStretch(1)
        row.addWidget(self.reveal)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=12)
        row.addWidget(self._holder, 1000)
        row.addStretch(1)
        self.buttons: dict[Rating, GradeButton] = {}
        for rating in (Rating.AGAIN, Rating.GOOD) if two_buttons else tuple(Rating):
            button = GradeButton(self._word(rating), str(int(rating)), " ")
            button.clicked.connect(partial(self._grade, rating))
            self._flow.addWidget(button)
            self.buttons[rating] = button
        self._holder.hide()

    @property
    def default(self) -> Rating:
        """The grade that Space and Enter give."""
        return self._default

    def wait(self, key: str, words: str) -> None:
        """Show the one button that turns the card."""
        self.reveal.setText(words)
        self.reveal.set_key(key)
        if self.reveal.isHidden():
            self._holder.hide()
            self.reveal.show()

    def offer(self, choices: tuple[GradeChoice, ...], default: Rating) -> None:
        """Show the grades."""
        self._default = default
        for choice in choices:
            button = self.buttons.get(choice.rating)
            if button is not None:
                button.set_caption(self._interval(choice))
                button.set_default(choice.rating is default)
        self._arrange()
        if self._holder.isHidden():
            self.reveal.hide()
            self._holder.show()

    def set_tight(self, tight: bool) -> None:
        """Leave the key caps out where the four grades would not stand in one line."""
        if tight != self._tight:
            self._tight = tight
            self._arrange()

    def _arrange(self) -> None:
        for rating, button in self.buttons.items():
            button.set_key("" if self._tight else str(int(rating)))
        least = 0 if self._tight else px(132)
        width = max(least, *(button.sizeHint().width() for button in self.buttons.values()))
        for button in self.buttons.values():
            button.setFixedWidth(width)
        n = len(self.buttons)
        self._holder.setMaximumWidth(n * width + (n - 1) * px(12) + 2)

    def _grade(self, rating: Rating, _checked: bool = False) -> None:
        self.graded.emit(rating)

    def _word(self, rating: Rating) -> str:
        if self._two:
            return self.tr("Not recalled") if rating is Rating.AGAIN else self.tr("Recalled")
        return {
            Rating.AGAIN: self.tr("Again"),
            Rating.HARD: self.tr("Hard"),
            Rating.GOOD: self.tr("Good"),
            Rating.EASY: self.tr("Easy"),
        }[rating]

    def _interval(self, choice: GradeChoice) -> str:
        if choice.minutes is not None:
            return self.tr("< {n} min").format(n=max(1, choice.minutes))
        days = choice.days or 0
        if days < 1:
            return self.tr("today")
        if days == 1:
            return self.tr("1 day")
        if days < 61:
            return self.tr("{n} days").format(n=days)
        if days < 730:
            return self.tr("{n} months").format(n=round(days / 30.44))
        return self.tr("{n} years").format(n=f"{days / 365.25:.1f}".removesuffix(".0"))
