"""Icons: what ships is used and what is used ships, in the colours of the theme."""

import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

import studyapp
from studyapp.core.paths import resources_dir
from studyapp.gui.icons import pixmap, set_icon
from studyapp.gui.theme import DARK, LIGHT, Tokens, apply_theme
from studyapp.services.settings import Theme

SHIPPED = sorted(path.stem for path in (resources_dir() / "icons").glob("*.svg"))
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(studyapp.__file__).parent.rglob("*.py"))


def test_only_used_icons_ship() -> None:
    """An icon that no line of the program names is dead weight."""
    assert [name for name in SHIPPED if f'"{name}"' not in SOURCE] == []


@pytest.mark.parametrize(
    "call", [r"IconLabel\(\"([a-z0-9-]+)\"", r"IconButton\(\s*\"([a-z0-9-]+)\"", r"[^_]icon\(\"([a-z0-9-]+)\""]
)
def test_named_icons_ship(call: str) -> None:
    """Every icon that is named in a call is there."""
    named = set(re.findall(call, SOURCE))
    assert named
    assert named <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_icon_draws(qapp: QApplication, name: str) -> None:
    """Each file is an SVG that Qt draws: something, but not a full square."""
    image = pixmap(name, "text", 24).toImage()
    drawn = sum(image.pixelColor(x, y).alpha() > 0 for x in range(24) for y in range(24))
    assert 10 < drawn < 24 * 24


@pytest.mark.parametrize(("theme", "table"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK)])
def test_button_icon_follows_the_theme(qapp: QApplication, qtbot: QtBot, theme: Theme, table: Tokens) -> None:
    """A button's icon takes the token's colour of the theme chosen after it was set."""
    button = QPushButton()
    qtbot.addWidget(button)
    set_icon(button, "flag", "accent", 48)
    apply_theme(qapp, theme, 100)
    image = button.icon().pixmap(48, 48).toImage()
    inks = [image.pixelColor(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255]
    assert inks
    assert {ink.name().upper() for ink in inks} == {table.accent}
