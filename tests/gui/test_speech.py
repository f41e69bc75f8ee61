"""Hearing a word: a machine that cannot speak is told apart, quietly."""

import sys
from types import ModuleType

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from studyapp.gui.widgets.speech import Speaker

NAME = "PySide6.QtTextToSpeech"


class Engine(QObject):
    """Qt's engine as far as the program uses it."""

    said: list[str]
    broken = False

    class State:
        """Of Qt's states, the two that matter."""

        Ready, Error = range(2)

    @staticmethod
    def availableEngines() -> list[str]:
        """One, besides the one for tests."""
        return ["speechd", "mock"]

    def state(self) -> int:
        """Whether it came up."""
        return self.State.Error if self.broken else self.State.Ready

    def stop(self) -> None:
        """Nothing to break off."""

    def say(self, word: str) -> None:
        """Keep what is to be heard."""
        self.said.append(word)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> type[Engine]:
    """The module with this engine in place of Qt's."""
    module = ModuleType(NAME)
    module.QTextToSpeech = Engine  # type: ignore[attr-defined]  # what the real one has
    Engine.said, Engine.broken = [], False
    monkeypatch.setitem(sys.modules, NAME, module)
    return Engine


def test_word_is_said(engine: type[Engine]) -> None:
    """With an engine, the word reaches it."""
    speaker = Speaker()
    assert speaker.available()
    speaker.say("tachycardia")
    assert engine.said == ["tachycardia"]


def test_engine_without_a_voice_is_no_voice(engine: type[Engine]) -> None:
    """An engine that does not come up says nothing, and from then on there is no voice."""
    engine.broken = True
    speaker = Speaker()
    speaker.say("tachycardia")
    assert engine.said == []
    assert not speaker.available()


def test_missing_library_is_no_voice(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], qapp: QApplication
) -> None:
    """Where Qt's speech cannot be loaded nothing is raised and nothing printed."""
    monkeypatch.setitem(sys.modules, NAME, None)  # Python's way to make an import fail
    speaker = Speaker()
    assert not speaker.available()
    speaker.say("tachycardia")
    assert capfd.readouterr() == ("", "")
