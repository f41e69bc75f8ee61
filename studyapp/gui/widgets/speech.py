"""Saying a word aloud, where the machine has a voice."""

from PySide6.QtCore import QObject


class Speaker(QObject):
    """Loads Qt's speech only when first asked, as many machines never use it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: QObject | None = None
        self._available: bool | None = None

    def available(self) -> bool:
        """Whether a voice is installed."""
        if self._available is None:
            try:
                from PySide6.QtTextToSpeech import QTextToSpeech
            except ImportError:
                self._available = False
            else:
                self._available = any(name != "mock" for name in QTextToSpeech.availableEngines())
        return self._available

    def say(self, word: str) -> None:
        """Say a word, breaking off the one before."""
        if not word or not self.available():
            return
        from PySide6.QtTextToSpeech import QTextToSpeech

        if not isinstance(self._engine, QTextToSpeech):
            self._engine = QTextToSpeech(self)
        self._engine.stop()
        self._engine.say(word)
