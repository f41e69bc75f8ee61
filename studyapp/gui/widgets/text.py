"""Labels: plain ones by role, and rich ones that render the banks' markup."""

from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from studyapp.gui.style_sheet import ROLES
from studyapp.gui.theme import px, set_tabular, tokens, watcher
from studyapp.gui.widgets.markup import plain, to_html

TABULAR = frozenset({"number", "display"})
NARROW = 96
INTER_LINE = 1.21  # height of the shipped family's line over its size


class MeasuredLabel(QLabel):
    """A label that lays its text out once for each width: one pass over a room asks for the same height many times."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        """Show this text."""
        self._heights.clear()
        super().setText(text)

    def heightForWidth(self, width: int) -> int:
        """The height of the text at this width."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style makes other heights."""
        self._heights.clear()
        super().changeEvent(event)

    def centre_lines(self, size: int, leading: int) -> None:
        """Qt puts all of a line's leading below its letters: put half of it above, so that a line stands in the middle.

        What is added at the top is taken at the bottom: the label keeps its height.

        Args:
            size: of the letters in pixels at 100 % text.
            leading: in percent of the font's own line spacing.
        """
        above = round(px(size) * INTER_LINE * (leading - 100) / 200)
        if above != self.contentsMargins().top():
            self._heights.clear()
            self.setContentsMargins(0, above, 0, -above)


class Label(MeasuredLabel):
    """Text in one of the roles of the hierarchy.

    Args:
        role: a key of `style_sheet.ROLES`.
        wrap: break lines; the height then follows the width.
    """

    def __init__(self, text: str = "", role: str = "body", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.RichText if wrap else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role in TABULAR:
            set_tabular(self)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
            watcher().changed.connect(self._restyled)
        self.setText(text)

    def text(self) -> str:
        """The words, without any markup that lays them out."""
        return self._text

    def setText(self, text: str) -> None:
        """Show these words; they are never read as markup."""
        self._text = text
        if self.wordWrap():
            # Qt sets plain text tight; only rich text knows a line height.
            html = escape(text, quote=False).replace("\n", "<br>")
            super().setText(f'<div style="line-height:{_leading(self.role)}%;">{html}</div>')
            self.centre_lines(ROLES[self.role][0], _leading(self.role))
            self.setAccessibleName(text)
        else:
            super().setText(text)

    @property
    def role(self) -> str:
        """The role in the hierarchy."""
        return str(self.property("role"))

    def set_role(self, role: str) -> None:
        """Change the role."""
        self.setProperty("role", role)
        restyle(self)
        self.setText(self._text)

    def set_tone(self, tone: str) -> None:
        """Colour the words: text, muted, good, warn, bad or accent; empty for the role's own."""
        self.setProperty("tone", tone)
        restyle(self)

    def minimumSizeHint(self) -> QSize:
        """Wrapped text may become as narrow as its longest word."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return _narrow_hint(self, self._text)

    def _restyled(self) -> None:
        self.setText(self._text)
        self.updateGeometry()


class RichLabel(MeasuredLabel):
    """The banks' markup (bold, italic, line breaks, pipe tables), selectable by mouse and keyboard."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._markup = ""
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setOpenExternalLinks(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        watcher().changed.connect(self._restyled)
        self.set_markup(text)

    @property
    def markup(self) -> str:
        """The text as the bank has it."""
        return self._markup

    def set_markup(self, text: str) -> None:
        """Show this markup."""
        self._markup = text
        role = str(self.property("role"))
        self.setText(to_html(text, tokens().border, tokens().muted, _leading(role), px(ROLES[role][0])))
        self.centre_lines(ROLES[role][0], _leading(role))
        self.setAccessibleName(plain(text))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest word; a table keeps its width."""
        if "|" in self._markup:
            return super().minimumSizeHint()
        return _narrow_hint(self, plain(self._markup))

    def _restyled(self) -> None:
        self.set_markup(self._markup)
        self.updateGeometry()


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget's properties."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def _leading(role: str) -> int:
    # Headings are set tighter than running text.
    return {"title": 112, "heading": 115, "section": 118, "stem": 128, "number": 105, "display": 105}.get(role, 128)


def _narrow_hint(label: QLabel, text: str) -> QSize:
    """As narrow as the longest word and one line high: layouts ask `heightForWidth` for the height needed."""
    metrics = QFontMetrics(label.font())
    words = sorted(text.split(), key=len)[-3:]
    longest = max((metrics.horizontalAdvance(word[:30]) for word in words), default=0)
    margins = label.contentsMargins()
    width = min(longest + 2 + margins.left() + margins.right(), px(NARROW))
    return QSize(width, metrics.height() + margins.top() + margins.bottom())
