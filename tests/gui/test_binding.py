"""The Qt binding itself does what the program needs of it."""

import sys

from PySide6.QtCore import QObject


def test_void_calls_keep_their_reference_to_none() -> None:
    """A call that returns nothing does not use up a reference to None (PySide6 6.12.0 on Python 3.11 did)."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(200):
        thing.setObjectName("x")
    assert sys.getrefcount(None) - before > -100
