"""The bars of the exam room: title, place, clock and tools on top; flag, note, back, next and finish below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px, set_tabular
from studyapp.gui.widgets.button import Button, IconButton
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.panel import ToneLabel
from studyapp.gui.widgets.side_panel import Bar
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text

NOTICES = (30, 15, 5, 1)  # minutes before the end
LAST_MINUTES_S = 300.0  # a hidden clock comes back
NOTICE_SECONDS = 12


class TopBar(Bar):
    """Title, n of N, the clock that can be hidden, and the tools."""

    def __init__(self, title: str, *, calculator: bool) -> None:
        super().__init__(Qt.Edge.BottomEdge)
        self._hidden = False
        self._left: float | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(10), px(24), px(10))
        row.setSpacing(px(14))
        self.title = Label(title, "strong", wrap=True)
        row.addWidget(self.title, 1)
        self._spare = QWidget()
        self._spare.hide()
        row.addWidget(self._spare, 1)
        told = QWidget()
        tools = QHBoxLayout(told)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(px(12))
        self.place = Label("", "lead")
        tools.addWidget(self.place)
        self._icon = IconLabel("timer", "text", 18)
        tools.addWidget(self._icon)
        self.clock = Label("", "section")
        set_tabular(self.clock)
        tools.addWidget(self.clock)
        self.hide_clock = IconButton("eye-off", self.tr("Hide the clock"), self.tr("Hide the clock (T)"))
        self.hide_clock.clicked.connect(self.toggle_clock)
        tools.addWidget(self.hide_clock)
        self.calculator = Button(self.tr("Calculator"), icon="calculator")
        self.calculator.setVisible(calculator)
        self._calculator = calculator
        self.questions = Button(self.tr("Questions"), icon="layout-grid")
        self.pause = Button(self.tr("Pause"), icon="coffee")
        self.pause.setToolTip(self.tr("Leave for now: the clock stops and your answers are kept (Ctrl+P)"))
        for button in (self.calculator, self.questions, self.pause):
            tools.addWidget(button)
        row.addWidget(told)

    def set_tight(self, tight: bool) -> None:
        """In a narrow room the tools show their icons only, and the title makes room."""
        self.title.setVisible(not tight or self.width() >= px(660))
        self._spare.setVisible(self.title.isHidden())
        for button, words, told, key in (
            (self.calculator, self.tr("Calculator"), self.tr("Calculator (Alt+C)"), "Alt+C"),
            (self.questions, self.tr("Questions"), self.tr("Show or hide the questions"), ""),
            (self.pause, self.tr("Pause"), "", "Ctrl+P"),
        ):
            button.setText("" if tight else words)
            button.set_key("" if tight else key)
            button.setAccessibleName(self.tr("{words}, key {key}").format(words=words, key=key) if key else words)
            if told:
                button.setToolTip(told)

    def set_place(self, k: int, n: int) -> None:
        """Show which item it is."""
        self.place.setText(self.tr("{k} of {n}").format(k=k, n=n))
        self.place.setAccessibleName(self.tr("Question {k} of {n}").format(k=k, n=n))

    def set_time(self, left: float | None) -> None:
        """Show the seconds left; None for an exam without a clock."""
        self._left = left
        self._write_clock()

    @property
    def clock_hidden(self) -> bool:
        """Whether the learner hid the clock; in the last five minutes it shows all the same."""
        return self._hidden

    def set_clock_hidden(self, hidden: bool) -> None:
        """Hide or show the clock; in the last five minutes it stays."""
        self._hidden = hidden
        self._write_clock()

    def toggle_clock(self) -> None:
        """Hide the clock shown, or show it again."""
        self.set_clock_hidden(not self._hidden)

    def _write_clock(self) -> None:
        left = self._left
        for widget in (self._icon, self.clock, self.hide_clock):
            widget.setVisible(left is not None)
        if left is None:
            return
        late = left <= LAST_MINUTES_S
        self.hide_clock.setVisible(not late)
        hidden = self._hidden and not late
        self.clock.setText(self.tr("hidden") if hidden else clock_text(left))
        said = self.tr("Clock hidden") if hidden else self.tr("Time left {time}").format(time=clock_text(left))
        self.clock.setAccessibleName(said)
        self.clock.set_role("muted" if hidden else "section")
        self.clock.set_tone("bad" if late else "")
        self._icon.set_icon("timer", "bad" if late else "text")
        self.hide_clock.set_icon_name("eye" if hidden else "eye-off")
        name = self.tr("Show the clock") if hidden else self.tr("Hide the clock")
        self.hide_clock.set_name(name, f"{name} (T)")


class NoticeStrip(QWidget):
    """Says how many minutes are left, for a few seconds."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(10), px(24), 0)
        card = Card(padding=10, look="warn")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel("timer", "warn", 18))
        self.text = ToneLabel("", "warn", "strong", wrap=True)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(row)
        column.addWidget(card)
        self.hide()

    def tell(self, minutes: int) -> None:
        """Say that this many minutes are left."""
        words = self.tr("1 minute left.") if minutes == 1 else self.tr("{n} minutes left.").format(n=minutes)
        if minutes == 1:
            words += " " + self.tr("At zero your answers are handed in.")
        self.text.setText(words)
        self._seconds = NOTICE_SECONDS
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def tick(self) -> None:
        """A second went by."""
        if self._seconds:
            self._seconds -= 1
            if not self._seconds:
                self.hide()


class BottomBar(Bar):
    """Flag, note, back, next, review and finish."""

    def __init__(self) -> None:
        super().__init__(Qt.Edge.TopEdge)
        self._bare = False
        row = QHBoxLayout(self)
        row.setContentsMargins(px(24), px(12), px(24), px(12))
        row.setSpacing(px(10))
        self.flag = Button(self.tr("Flag"), icon="flag", key="F")
        self.flag.setCheckable(True)
        self.note = Button(self.tr("Note"), icon="sticky-note", key="M")
        self.back = Button(self.tr("Back"), icon="arrow-left", key="P")
        self.onward = Button(self.tr("Next"), "primary", "arrow-right", "N")
        self.review = Button(self.tr("Review and finish"), key="R")
        row.addWidget(self.flag)
        row.addWidget(self.note)
        row.addStretch(1)
        for button in (self.back, self.onward, self.review):
            row.addWidget(button)

    def set_tight(self, tight: bool) -> None:
        """In a narrow room the words become shorter."""
        self._bare = tight and self.width() < px(560)
        self.flag.setText("" if self._bare else self.tr("Flag"))
        self.flag.set_key("" if self._bare else "F")
        self.flag.setAccessibleName(self.tr("Flag, key F"))
        self.review.setText(self.tr("Finish") if tight else self.tr("Review and finish"))
        self.note.setText("" if tight else self.tr("Note"))
        self.note.set_key("" if self._bare else "M")
        self.note.setAccessibleName(self.tr("Note, key M"))
        for button, told in (
            (self.flag, self.tr("Flag the question (F)")),
            (self.note, self.tr("Note on this question (M)")),
            (self.back, self.tr("Previous question (P)")),
        ):
            button.setToolTip(told)
        self.back.setText("" if tight else self.tr("Back"))
        self.back.setAccessibleName(self.tr("Back, key P"))

    def show_state(self, *, flagged: bool, first: bool, last: bool, noted: bool) -> None:
        """Show what holds for the item."""
        self.flag.setChecked(flagged)
        if not self._bare:
            self.flag.setText(self.tr("Flagged") if flagged else self.tr("Flag"))
        self.note.set_icon_name("file-text" if noted else "sticky-note")
        self.back.setEnabled(not first)
        self.onward.setEnabled(True)
        self.onward.setToolTip(self.tr("To the last page before you finish") if last else "")
