"""The one Qt style sheet, generated from the tokens and the text size."""

from dataclasses import asdict
from string import Template

from studyapp.core.paths import resources_dir
from studyapp.gui.theme import is_dark, mix, px, tokens

# A role is a label's place in the hierarchy: size in pixels at 100 %, weight, colour token.
ROLES: dict[str, tuple[int, int, str]] = {
    "display": (36, 600, "text"),
    "number": (34, 600, "text"),
    "title": (26, 600, "text"),
    "heading": (20, 600, "text"),
    "section": (16, 600, "text"),
    "stem": (20, 500, "text"),
    "strong": (15, 600, "text"),
    "body": (15, 400, "text"),
    "lead": (15, 400, "muted"),
    "muted": (14, 400, "muted"),
    "small": (13, 400, "muted"),
}

TONES = ("text", "muted", "good", "warn", "bad", "accent")

_SHEET = Template("""
QMainWindow, QDialog { background: $background; }
QToolTip { background: $text; color: $background; border: none; padding: ${p4}px ${p8}px; font-size: ${p13}px; }
QLabel { background: transparent; }

QFrame[card="true"] { background: $surface; border: 1px solid $border; border-radius: ${p12}px; }
QFrame[card="square"] { background: $surface; border: 1px solid $control; }
QFrame[card="sunk"] { background: $sunk; border: 1px solid $border; border-radius: ${p12}px; }
QFrame[card="accent"] { background: $accent_soft; border: 1px solid $accent; border-radius: ${p12}px; }
QFrame[card="good"] { background: $good_soft; border: 1px solid $good; border-radius: ${p10}px; }
QFrame[card="bad"] { background: $bad_soft; border: 1px solid $bad; border-radius: ${p10}px; }
QFrame[card="warn"] { background: $warn_soft; border: 1px solid $warn; border-radius: ${p10}px; }
QFrame[divider="true"] { background: $border; border: none; }
QFrame#sidebar { background: $background; border: none; border-right: 1px solid $border; }

QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QScrollArea[plain="true"] { background: transparent; border: none; }

QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: ${p9}px;
  padding: ${p8}px ${p14}px; font-weight: 600; }
QPushButton:hover { background: $sunk; }
QPushButton:focus { border: 2px solid $focus; padding: ${p7}px ${p13}px; }
QPushButton:disabled { color: $muted; background: $background; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QComboBox {
  background: $surface; color: $text; border: 1px solid $control; border-radius: ${p8}px;
  padding: ${p7}px ${p10}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QComboBox:focus { border: 2px solid $focus; padding: ${p6}px ${p9}px; }
QLineEdit:disabled, QSpinBox:disabled, QDateEdit:disabled, QComboBox:disabled {
  color: $muted; border-color: $border; background: $background; }
QLineEdit[bad="true"] { border-color: $bad; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; font-size: ${p18}px; }
QTextEdit[bare="true"], QPlainTextEdit[bare="true"] { border: none; background: transparent; padding: 0; }

QComboBox::drop-down { border: none; width: ${p28}px; }
QComboBox::down-arrow { image: url("$folder/chevron-down-$mode.svg"); width: ${p16}px; height: ${p16}px; }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus { background: $surface; border: 1px solid $control;
  border-radius: 0; padding: ${p4}px; outline: none; }
QComboBox QAbstractItemView::item { padding: ${p6}px ${p8}px; min-height: ${p22}px; }
QAbstractSpinBox > QLineEdit, QComboBox > QLineEdit { border: none; padding: 0; background: transparent; }
QSpinBox, QDoubleSpinBox, QDateEdit { padding-right: ${p30}px; }
QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { padding-right: ${p29}px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QDateEdit::up-button { subcontrol-origin: border;
  subcontrol-position: top right; border: none; background: transparent; width: ${p26}px; margin-top: ${p4}px; }
QSpinBox::down-button, QDoubleSpinBox::down-button, QDateEdit::down-button { subcontrol-origin: border;
  subcontrol-position: bottom right; border: none; background: transparent; width: ${p26}px;
  margin-bottom: ${p4}px; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url("$folder/chevron-up-$mode.svg");
  width: ${p14}px; height: ${p14}px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url("$folder/chevron-down-$mode.svg");
  width: ${p14}px; height: ${p14}px; }
QDateEdit::drop-down { border: none; width: ${p30}px; }
QDateEdit::down-arrow { image: url("$folder/calendar-$mode.svg"); width: ${p16}px; height: ${p16}px; }

QCheckBox, QRadioButton { spacing: ${p10}px; padding: ${p3}px; border: 2px solid transparent; border-radius: ${p6}px;
  background: transparent; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox:disabled, QRadioButton:disabled { color: $muted; }
QCheckBox::indicator, QRadioButton::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator {
  width: ${p16}px; height: ${p16}px; border: 1px solid $control; background: $surface; }
QCheckBox::indicator, QTreeView::indicator, QListView::indicator, QTableView::indicator { border-radius: ${p4}px; }
QRadioButton::indicator { border-radius: ${p8}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QListView::indicator:checked,
QTableView::indicator:checked { background: $accent; border-color: $accent; image: url("$folder/check-$mode.svg"); }
QCheckBox::indicator:indeterminate, QTreeView::indicator:indeterminate { background: $accent; border-color: $accent;
  image: url("$folder/minus-$mode.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$folder/dot-$mode.svg"); }

QSlider { min-height: ${p28}px; background: transparent; }
QSlider::groove:horizontal { height: ${p6}px; border-radius: ${p3}px; background: $sunk; border: 1px solid $control; }
QSlider::sub-page:horizontal { height: ${p6}px; border-radius: ${p3}px; background: $accent; }
QSlider::handle:horizontal { width: ${p16}px; height: ${p16}px; margin: -${p7}px 0; border-radius: ${p10}px;
  background: $surface; border: 2px solid $accent; }
QSlider::handle:horizontal:focus { border: 3px solid $focus; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${p12}px; }
QScrollBar:horizontal { height: ${p12}px; }
QScrollBar::handle { background: $scroll; border-radius: ${p4}px; margin: ${p2}px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::handle:vertical { min-height: ${p32}px; margin: ${p2}px ${p2}px ${p2}px ${p2}px; }
QScrollBar::handle:horizontal { min-width: ${p32}px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  width: 0; height: 0; background: transparent; }

QAbstractItemView { background: $surface; alternate-background-color: $background; border: 1px solid $border;
  border-radius: ${p10}px; outline: none; }
QAbstractItemView:focus { border: 2px solid $focus; }
QAbstractItemView::item { padding: ${p6}px ${p8}px; border: none; color: $text; }
QAbstractItemView::item:hover { background: $sunk; }
QAbstractItemView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; font-size: ${p13}px; font-weight: 400; border: none;
  border-bottom: 1px solid $border; padding: ${p8}px; }
QTableView { gridline-color: $border; }
QTreeView::branch { background: transparent; border-image: none; }
QTreeView::branch:selected { background: $accent_soft; }
QTreeView::branch:has-children:closed { image: url("$folder/chevron-right-$mode.svg"); }
QTreeView::branch:has-children:open { image: url("$folder/chevron-down-$mode.svg"); }

QMenu { background: $surface; border: 1px solid $border; border-radius: ${p9}px; padding: ${p6}px; }
QMenu::item { padding: ${p7}px ${p20}px ${p7}px ${p12}px; border-radius: ${p6}px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: ${p6}px ${p8}px; }

QTabWidget::pane { border: none; }
QTabBar::tab { background: transparent; color: $muted; padding: ${p8}px ${p14}px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $focus; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { background: $sunk; border: none; border-radius: ${p3}px; max-height: ${p6}px; text-align: center;
  color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
QCalendarWidget QWidget { background: $surface; alternate-background-color: $sunk; }
QCalendarWidget QToolButton { background: transparent; color: $text; border: none; padding: ${p6}px; }
QCalendarWidget QAbstractItemView { border: none; border-radius: 0; selection-background-color: $accent;
  selection-color: $on_accent; }
QCalendarWidget QAbstractItemView::item { padding: 0; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
QCalendarWidget QAbstractItemView:disabled { color: $muted; }
""")


def style_sheet() -> str:
    """The style sheet for the tokens and the text size in force."""
    values: dict[str, object] = dict(asdict(tokens()))
    values["scroll"] = mix("control", "background", 0.5).name()
    values["folder"] = (resources_dir() / "theme").as_posix()
    values["mode"] = "dark" if is_dark() else "light"
    # Radii and indicators keep at least a pixel at 80 %.
    values |= {f"p{n}": max(1, px(n)) for n in range(1, 49)}
    parts = [_SHEET.substitute(values)]
    for role, (size, weight, name) in ROLES.items():
        parts.append(
            f'QLabel[role="{role}"] {{ font-size: {px(size)}px; font-weight: {weight}; color: {values[name]}; }}'
        )
    parts += [f'QLabel[tone="{tone}"] {{ color: {values[tone]}; }}' for tone in TONES]
    return "\n".join(parts)
