"""The look: contrast of every pair of colours that meet, live change of theme and text size."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.gui import theme
from studyapp.gui.style_sheet import ROLES
from studyapp.gui.theme import DARK, LIGHT, Tokens, apply_theme, px, text_font, tokens, watcher
from studyapp.gui.widgets.text import Label
from studyapp.services.settings import Theme

TEXT, PARTS = 4.5, 3.0

TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "muted") for ground in ("background", "surface", "sunk")),
    *((ink, ground) for ink in ("good", "warn", "bad", "accent") for ground in ("background", "surface")),
    *((kind, f"{kind}_soft") for kind in ("good", "warn", "bad", "accent")),
    *(("text", f"{kind}_soft") for kind in ("good", "warn", "bad", "accent")),
    ("on_accent", "accent"),
    ("background", "text"),
]
PART_PAIRS = [
    *((part, ground) for part in ("control", "focus", "accent") for ground in ("background", "surface", "sunk")),
    *((part, "surface") for part in ("good", "warn", "bad")),
    ("focus", "accent_soft"),
]


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2, relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2), 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula_knows_its_ends() -> None:
    """Black on white is 21:1 and a colour on itself 1:1, else the tests below prove nothing."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#176B5B", "#176B5B") == pytest.approx(1)


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(table: Tokens, ink: str, ground: str) -> None:
    """Every text colour stands 4.5:1 from every ground it is set on (WCAG AA)."""
    assert contrast(getattr(table, ink), getattr(table, ground)) >= TEXT


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("part", "ground"), PART_PAIRS)
def test_parts_can_be_seen(table: Tokens, part: str, ground: str) -> None:
    """Outlines of controls, focus rings and ticks stand 3:1 from their ground (WCAG AA, 1.4.11)."""
    assert contrast(getattr(table, part), getattr(table, ground)) >= PARTS


def test_shipped_typeface_has_its_weights(qapp: QApplication) -> None:
    """The family comes from the program's own files, and heavier weights are wider: they are not faked or missing."""
    assert QFontInfo(text_font(15)).family() == "Inter"
    widths = [QFontMetricsF(text_font(40, weight)).horizontalAdvance("Weights") for weight in (400, 500, 600, 700)]
    assert widths == sorted(set(widths))


def test_tabular_figures_are_equally_wide(qapp: QApplication) -> None:
    """A clock does not jump: with tabular figures 1 is as wide as 0."""
    metrics = QFontMetricsF(text_font(20, tabular=True))
    assert metrics.horizontalAdvance("11:11") == pytest.approx(metrics.horizontalAdvance("00:00"))


def test_theme_and_size_change_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    """A label on screen grows and changes colour when size and theme do, without being made anew."""
    label = Label("Stem", "stem")
    qtbot.addWidget(label)
    label.show()
    small, ink = label.sizeHint().height(), label.palette().windowText().color().name()
    with qtbot.waitSignal(watcher().changed):
        apply_theme(qapp, Theme.DARK, 200)
    assert tokens() is DARK
    assert px(8) == 16
    assert label.sizeHint().height() > 1.8 * small
    assert label.palette().windowText().color().name() != ink


@pytest.mark.parametrize(("asked", "given"), [(10, 80), (80, 80), (137, 137), (999, 200)])
def test_text_size_is_brought_inside(qapp: QApplication, asked: int, given: int) -> None:
    """Text is never smaller than 80 % nor larger than 200 %."""
    apply_theme(qapp, Theme.LIGHT, asked)
    assert watcher().text_percent == given


def test_every_role_is_styled(qapp: QApplication, qtbot: QtBot) -> None:
    """Each role of the hierarchy really gets its size and weight from the style sheet."""
    for role, (size, weight, _) in ROLES.items():
        label = Label("Words", role)
        qtbot.addWidget(label)
        label.ensurePolished()
        assert label.font().pixelSize() == size, role
        assert label.font().weight() == QFont.Weight(weight), role


def test_system_colours_follow_the_desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """With the theme of the system, a desktop that turns dark turns the program dark while it runs."""
    apply_theme(qapp, Theme.SYSTEM, 100)
    shown = tokens()
    other, scheme = (LIGHT, Qt.ColorScheme.Light) if shown is DARK else (DARK, Qt.ColorScheme.Dark)
    monkeypatch.setattr(theme, "system_scheme", lambda _hints: scheme)
    with qtbot.waitSignal(watcher().changed):
        qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert tokens() is other


def test_chosen_colours_stay_when_the_desktop_changes(qapp: QApplication) -> None:
    """Who chose light keeps light."""
    apply_theme(qapp, Theme.LIGHT, 100)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert tokens() is LIGHT
