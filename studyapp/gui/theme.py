"""Colours, type and lengths of the whole window: one table of tokens for light, one for dark.

`apply_theme` sets fonts, palette and the one style sheet; everything that paints itself reads `tokens()` and `px()`
and listens to `watcher().changed`.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication, QWidget

from studyapp.core.paths import resources_dir
from studyapp.services.settings import Theme

FAMILY = "Inter"
BODY_PX = 15


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours by purpose, as `#RRGGBB`.

    Attributes:
        background: the window. surface: cards, inputs. sunk: tracks, wells, hover.
        border: hairlines that separate. control: outlines that say "this is a control" (3:1).
        muted: secondary text (4.5:1). *_soft: fills behind text of their own kind.
        on_accent: text on `accent`. focus: the focus ring.
    """

    background: str
    surface: str
    sunk: str
    border: str
    control: str
    text: str
    muted: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    accent: str
    accent_soft: str
    on_accent: str
    focus: str


LIGHT = Tokens(
    background="#F6F5F1",
    surface="#FFFFFF",
    sunk="#EFEDE7",
    border="#E2DFD7",
    control="#7D848E",
    text="#1C232D",
    muted="#5A6371",
    good="#1E7A46",
    good_soft="#E4F3EA",
    warn="#8A5A00",
    warn_soft="#FBF0DA",
    bad="#AF332B",
    bad_soft="#FBE9E7",
    accent="#176B5B",
    accent_soft="#E1EFEB",
    on_accent="#FFFFFF",
    focus="#2563C9",
)

DARK = Tokens(
    background="#12161B",
    surface="#1A2027",
    sunk="#20272F",
    border="#2E3740",
    control="#74808C",
    text="#E8EBEF",
    muted="#9DA7B3",
    good="#6CCB93",
    good_soft="#1B3526",
    warn="#E0B25A",
    warn_soft="#3A2F18",
    bad="#F08A80",
    bad_soft="#3E2320",
    accent="#63C6AA",
    accent_soft="#1C3A34",
    on_accent="#0E1A17",
    focus="#7FB0FF",
)


class Watcher(QObject):
    """Tells that colours or sizes changed; `changed` comes after the application was restyled."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme.LIGHT
        self.text_percent = 100
        self.tokens = LIGHT
        self.reduced_motion = False
        self.fonts_loaded = False
        self.follows_system = False

    def system_changed(self, _scheme: object = None) -> None:
        """The desktop switched between light and dark."""
        app = QApplication.instance()
        if self.theme is Theme.SYSTEM and isinstance(app, QApplication):
            apply_theme(app, self.theme, self.text_percent)


_watcher: Watcher | None = None


def watcher() -> Watcher:
    """The one watcher of the process."""
    global _watcher  # noqa: PLW0603 - one application, one look; made late because it is a QObject
    if _watcher is None:
        _watcher = Watcher()
    return _watcher


def tokens() -> Tokens:
    """The colours in force."""
    return watcher().tokens


def is_dark() -> bool:
    """Whether the dark colours are in force."""
    return tokens() is DARK


def px(n: float) -> int:
    """A length given at 100 % text, scaled with the text size, in device-independent pixels."""
    return round(n * watcher().text_percent / 100)


def color(name: str) -> QColor:
    """The colour of a token by its name."""
    return QColor(getattr(tokens(), name))


def mix(front: str, back: str, share: float) -> QColor:
    """`share` of the token `front` over the token `back`."""
    a, b = color(front), color(back)
    return QColor(
        round(a.red() * share + b.red() * (1 - share)),
        round(a.green() * share + b.green() * (1 - share)),
        round(a.blue() * share + b.blue() * (1 - share)),
    )


def text_font(size: float = BODY_PX, weight: int = 400, tabular: bool = False) -> QFont:
    """The shipped family at `size` pixels (before scaling) for custom painting."""
    font = QFont(FAMILY)
    font.setPixelSize(max(1, px(size)))
    font.setWeight(QFont.Weight(weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_tabular(widget: QWidget) -> None:
    """Give a widget figures of equal width (clocks, tables)."""
    font = QFont(widget.font())
    font.setFeature(QFont.Tag("tnum"), 1)
    widget.setFont(font)


def reduced_motion() -> bool:
    """Whether the learner asked for less motion."""
    return watcher().reduced_motion


def set_reduced_motion(reduced: bool) -> None:
    """Remember the learner's wish for less motion."""
    watcher().reduced_motion = reduced


def load_fonts() -> None:
    """Register the shipped font files once."""
    if watcher().fonts_loaded:
        return
    for path in sorted((resources_dir() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    watcher().fonts_loaded = True


def apply_theme(app: QApplication, theme: Theme, text_percent: int) -> None:
    """Restyle the whole application at once.

    Args:
        theme: SYSTEM follows the desktop's light or dark, also when it changes later.
        text_percent: 80 to 200; values outside are brought inside.
    """
    from studyapp.gui.style_sheet import style_sheet  # it reads this module

    state = watcher()
    load_fonts()
    hints = app.styleHints()
    if not state.follows_system:
        hints.colorSchemeChanged.connect(state.system_changed)
        state.follows_system = True
    state.theme = theme
    state.text_percent = min(200, max(80, text_percent))
    state.tokens = _tokens_for(app, theme)
    if app.style().name().casefold() != "fusion":
        app.setStyle("Fusion")
    # Qt takes twice as long to replace a style sheet as to take it away and set the next (0.4 s and 0.2 s measured).
    app.setStyleSheet("")
    font = QFont(FAMILY)
    font.setPixelSize(px(BODY_PX))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet())
    state.changed.emit()


def system_scheme(hints: QStyleHints) -> Qt.ColorScheme:
    """Light or dark, as the desktop says now."""
    return hints.colorScheme()


def _tokens_for(app: QApplication, theme: Theme) -> Tokens:
    hints = app.styleHints()
    # Told to Qt as well, so that the title bar and native file dialogs follow.
    wanted = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark, Theme.SYSTEM: Qt.ColorScheme.Unknown}
    with QSignalBlocker(hints):
        hints.setColorScheme(wanted[theme])
    if theme is Theme.SYSTEM:
        return DARK if system_scheme(hints) == Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def _palette() -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    names = {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "background",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.ToolTipBase: "text",
        role.ToolTipText: "background",
        role.PlaceholderText: "muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "sunk",
        role.Mid: "border",
        role.Dark: "control",
        role.Shadow: "border",
        role.Accent: "accent",
    }
    for color_role, name in names.items():
        palette.setColor(color_role, color(name))
    disabled = mix("muted", "background", 0.6)
    for color_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, color_role, disabled)
    return palette
