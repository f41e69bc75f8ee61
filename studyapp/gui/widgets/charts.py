"""Charts in the program's own colours, drawn by pyqtgraph, which is imported when the first one is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from studyapp.gui.theme import px, tokens, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.text import Label

HEIGHT = 190


@dataclass(frozen=True, slots=True)
class Series:
    """What a chart shows.

    Attributes:
        labels: one short text for each point, along the horizontal axis.
        values: heights; shares where `percent`, else counts.
        low, high: ends of each point's range; empty without ranges.
        line: a level to draw across (a cut score), with its name.
    """

    labels: tuple[str, ...]
    values: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    percent: bool = False
    bars: bool = False
    line: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The table behind a chart."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def whole_step(top: float) -> int:
    """Distance of the marks of a count axis up to `top`: 1, 2 or 5 times a power of ten, so that at most six fit."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if top / step < 6:
                return step
        power *= 10


class Chart(QWidget):
    """One series as bars or as points with their ranges."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph  # half a second: only when a chart is first shown

        self._pg = pyqtgraph
        self._series: Series | None = None
        self._plot = pyqtgraph.PlotWidget(self)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        watcher().changed.connect(self._draw)

    def sizeHint(self) -> QSize:
        """A plot would ask for the size it has, and never become smaller again."""
        return QSize(px(240), px(HEIGHT))

    def set_series(self, series: Series) -> None:
        """Show another series."""
        self._series = series
        self._draw()

    def _draw(self) -> None:
        if self._series is None:
            return
        pg, series, colours = self._pg, self._series, tokens()
        self.setMinimumHeight(px(HEIGHT))
        plot = self._plot
        plot.clear()
        plot.setBackground(colours.surface)
        x = list(range(len(series.values)))
        factor = 100 if series.percent else 1
        values = [value * factor for value in series.values]
        if series.bars:
            plot.addItem(pg.BarGraphItem(x=x, height=values, width=0.62, brush=colours.accent, pen=None))
        else:
            self._draw_points(x, values, factor)
        if series.line:
            level, name = series.line
            pen = pg.mkPen(colours.muted, width=1, style=Qt.PenStyle.DashLine)
            options = {"position": 0.12, "color": QColor(colours.muted), "anchors": [(0, 1), (0, 1)]}
            plot.addItem(pg.InfiniteLine(level * factor, angle=0, pen=pen, label=name, labelOpts=options))
        self._axes(x, values)

    def _draw_points(self, x: list[int], values: list[float], factor: int) -> None:
        pg, series, colours = self._pg, self._series, tokens()
        assert series is not None
        soft = QColor(colours.accent)
        soft.setAlpha(70)
        if series.low:
            low = [value * factor for value in series.low]
            high = [value * factor for value in series.high]
            heights = [top - bottom for top, bottom in zip(high, low, strict=True)]
            self._plot.addItem(pg.BarGraphItem(x=x, y0=low, height=heights, width=0.28, brush=soft, pen=None))
        pen = pg.mkPen(colours.accent, width=2)
        self._plot.plot(x, values, pen=pen, symbol="o", symbolSize=px(7), symbolBrush=colours.accent, symbolPen=None)

    def _axes(self, x: list[int], values: list[float]) -> None:
        series, colours = self._series, tokens()
        assert series is not None
        font = self.font()
        font.setPixelSize(px(12))
        step = max(1, -(-len(x) // max(1, self.width() // px(64)))) if x else 1
        for name in ("bottom", "left"):
            axis = self._plot.getAxis(name)
            axis.setStyle(tickFont=font, tickLength=0)
            axis.setPen(colours.border)
            axis.setTextPen(colours.muted)
        self._plot.getAxis("bottom").setTicks([[(i, series.labels[i]) for i in x if i % step == 0]])
        top = 100 if series.percent else max([*values, 4]) * 1.12
        level = 25 if series.percent else whole_step(top)
        self._plot.getAxis("left").setTicks([[(at, f"{at}") for at in range(0, int(top) + 1, level)]])
        # Room above 100 % for its label, and at the sides so that few points do not grow into blocks.
        self._plot.setYRange(0, top * 1.06, padding=0)
        side = max(0.6, (8 - len(x)) / 2)
        self._plot.setXRange(-side, len(x) - 1 + side, padding=0)
        self._plot.showGrid(x=False, y=False)


class ChartCard(Card):
    """A chart with its title, a sentence, and the table behind it one press away."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.addWidget(Label(title, "section", wrap=True), 1)
        self._switch = Button(self.tr("Show table"), kind="link")
        self._switch.setAccessibleName(self.tr("Show the table behind {chart}").format(chart=title))
        self._switch.clicked.connect(self._toggle)
        head.addWidget(self._switch)
        self.body.addLayout(head)
        self._text = Label(text, "small", wrap=True)
        self.body.addWidget(self._text)
        self._empty = Label("", "muted", wrap=True)
        self._empty.hide()
        self.body.addWidget(self._empty)
        self._chart = Chart()
        self._chart.setAccessibleName(title)
        self._table = QTableWidget()
        self._table.setAccessibleName(title)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setStretchLastSection(True)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._chart)
        self._stack.addWidget(self._table)
        self._holder = QWidget()
        self._holder.setLayout(self._stack)
        self.body.addWidget(self._holder, 1)

    def show_data(self, series: Series, table: Table, empty: str) -> None:
        """Show a series and its table, or the sentence `empty` where there are no points."""
        has = bool(series.values)
        self._empty.setText(empty)
        self._empty.setVisible(not has)
        self._holder.setVisible(has)
        self._switch.setVisible(has)
        if not has:
            return
        self._chart.set_series(series)
        self._chart.setAccessibleDescription("; ".join(" ".join(row) for row in table.rows))
        self._fill(table.columns, table.rows)

    def _fill(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._table.setColumnCount(len(columns))
        self._table.setHorizontalHeaderLabels(list(columns))
        self._table.setRowCount(len(rows))
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                self._table.setItem(i, j, QTableWidgetItem(text))
        self._table.resizeColumnsToContents()

    def _toggle(self) -> None:
        table = self._stack.currentIndex() == 0
        self._stack.setCurrentIndex(1 if table else 0)
        self._switch.setText(self.tr("Show chart") if table else self.tr("Show table"))
