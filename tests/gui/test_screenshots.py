"""Pictures: every registered state can be drawn, at the size asked for, and shows something."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from studyapp.gui import screenshots
from studyapp.gui.screen import Place
from studyapp.services.sample import open_sample


@pytest.mark.parametrize("look", [("light", 1.0, (1024, 640)), ("dark", 2.0, (1280, 800))], ids=["light", "dark"])
def test_every_picture_is_drawn(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: tuple[str, float, tuple[int, int]]
) -> None:
    """Each screen and state renders without an error, in both themes and at 200 %; none is blank, no two are alike."""
    theme, scale, size = look
    monkeypatch.setattr(screenshots, "open_sample", partial(open_sample, weeks=1))
    paths = screenshots.render_all(tmp_path / "new", theme, scale, size)
    assert [path.stem for path in paths] == [name for name, _ in screenshots.PICTURES]
    seen = set()
    for path in paths:
        image = QImage(str(path))
        assert (image.width(), image.height()) == size, path.stem
        colours = {image.pixel(x, y) for x in range(0, size[0], 7) for y in range(0, size[1], 7)}
        assert len(colours) > 5, path.stem
        seen.add(path.read_bytes())
    assert len(seen) == len(paths)


def test_every_screen_has_a_picture() -> None:
    """A screen added later is missed here, not by the reader of the README."""
    names = " ".join(name for name, _ in screenshots.PICTURES)
    for place in Place:
        assert place.value.rstrip("s") in names
