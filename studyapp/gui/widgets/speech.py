"""Saying a word aloud, where the machine has a voice."""

from PySide6.QtCore import QObject


class Speaker(QObject):
    """Loads Qt's speech only when first asked, as many machines never use it.

    A machine without what Qt's speech stands on (on Linux it is built against libpulse), or without a voice, is one
    that cannot speak: nothing is raised and nothing printed.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: QObject | None = None
        self._available: bool | None = None

    def available(self) -> bool:
        """Whether a voice is installed."""
        if self._available is None:
            self._available = any(name != "mock" for name in _engines())
        return self._available

    def say(self, word: str) -> None:
        """Say a word, breaking off the one before."""
        if not word or not self.available():
            return
        from PySide6.QtTextToSpeech import QTextToSpeech

        if not isinstance(self._engine, QTextToSpeech):
            try:
                engine = QTextToSpeech(self)
            except RuntimeError:
                self._available = False
                return
            # An engine that is there may still have no voice or no sound server to speak through.
            if engine.state() == QTextToSpeech.State.Error:
                engine.deleteLater()
                self._available = False
                return
            self._engine = engine
        self._engine.stop()
        self._engine.say(word)


def _engines() -> list[str]:
    """Names of the engines Qt can speak through; none where its speech cannot be loaded."""
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech
    except (ImportError, OSError):  # a missing libpulse is an ImportError that names the library
        return []
    try:
        return list(QTextToSpeech.availableEngines())
    except RuntimeError:
        return []
