"""The window: with `studyapp.app`, the only code that imports PySide6."""
