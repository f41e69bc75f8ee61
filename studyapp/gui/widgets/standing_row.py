"""One row of mastery: a name, a range bar with its figures, and the way to practise it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.plural import counted, exam_share
from studyapp.gui.widgets.range_bar import RangeBar
from studyapp.gui.widgets.text import Label
from studyapp.services.progress import Standing

NARROW = 640


class StandingRow(QWidget):
    """A `Standing` laid out in one line, or in two where the room is narrow.

    Signals:
        practise: the Standing whose topics are to be practised.
    """

    practise = Signal(object)

    def __init__(self, standing: Standing, parent: QWidget | None = None, *, name_parent: bool = False) -> None:
        super().__init__(parent)
        self.standing = standing
        self._name_parent = name_parent
        self._narrow: bool | None = None
        self._name = Label(standing.title, "body", wrap=True)
        self._detail = Label(self._detail_text(), "small", wrap=True)
        self._detail.setVisible(bool(self._detail_text()))
        self._bar = RangeBar()
        self._bar.setAccessibleName(standing.title)
        if standing.n:
            self._bar.set_range(standing.low, standing.mean, standing.high)
        self._range = Label(self._range_text(), "muted")
        self._answers = Label(self._answers_text(), "muted")
        self._action = Button(self._action_text(), kind="link")
        self._action.setAccessibleName(self.tr("Practice {topic}").format(topic=standing.title))
        self._action.clicked.connect(self._ask)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(8), 0, px(8))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(2))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._arrange(narrow=False)

    def _ask(self) -> None:
        self.practise.emit(self.standing)

    def _detail_text(self) -> str:
        parts = [self.standing.parent_title] if self._name_parent and self.standing.parent_title else []
        if self.standing.weight:
            parts.append(exam_share(self.standing.weight))
        if self._exhausted():
            parts.append(self.tr("All answered; the range stays wide"))
        return " · ".join(parts)

    def _range_text(self) -> str:
        if not self.standing.n:
            return self.tr("no answers yet")
        return f"{self.standing.low * 100:.0f}–{self.standing.high * 100:.0f} %"

    def _answers_text(self) -> str:
        return counted(self.standing.n, self.tr("1 answer"), self.tr("{n} answers")) if self.standing.n else ""

    def _action_text(self) -> str:
        if self.standing.wide and self._wanted():
            return counted(self._wanted(), self.tr("Answer 1 more"), self.tr("Answer {n} more"))
        return self.tr("Practice")

    def _wanted(self) -> int:
        """Answers that would narrow the range, as far as there are fresh questions left for them."""
        return min(self.standing.more, self.standing.unseen)

    def _exhausted(self) -> bool:
        return self.standing.wide and bool(self.standing.topics) and self.standing.n > 0 and not self.standing.unseen

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < px(NARROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(180), super().minimumSizeHint().height())

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        grid, right = self._grid, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for widget in (self._name, self._detail, self._bar, self._range, self._answers, self._action):
            grid.removeWidget(widget)
        for column in range(5):
            grid.setColumnStretch(column, 0)
            grid.setColumnMinimumWidth(column, 0)
        if narrow:
            grid.addWidget(self._name, 0, 0, 1, 2)
            grid.addWidget(self._detail, 1, 0, 1, 2)
            grid.addWidget(self._bar, 2, 0, 1, 2)
            grid.addWidget(self._range, 3, 0)
            grid.addWidget(self._answers, 3, 1, right)
            grid.addWidget(self._action, 4, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(0, 1)
            return
        rows = 2 if self._detail.text() else 1
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._detail, 1, 0)
        grid.addWidget(self._bar, 0, 1, rows, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._range, 0, 2, rows, 1, right)
        grid.addWidget(self._answers, 0, 3, rows, 1, right)
        grid.addWidget(self._action, 0, 4, rows, 1, right)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 5)
        for column, width in ((2, 96), (3, 84), (4, 120)):
            grid.setColumnMinimumWidth(column, px(width))
