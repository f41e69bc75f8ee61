"""Where the program's own files are, in a checkout and in an installed wheel, and where the learner's data lives."""

import os
from pathlib import Path

from studyapp.core.errors import StudyAppError

_PACKAGE = Path(__file__).resolve().parent.parent
_DATA = _PACKAGE / "_data"


def checkout_dir() -> Path | None:
    """The root of the checkout that the program runs from, or None when it is installed."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "question_banks").is_dir() else None


def resources_dir() -> Path:
    """The folder with fonts, icons, theme, help, exams and licences."""
    root = checkout_dir()
    return _DATA / "resources" if root is None else root / "resources"


def question_banks_dir() -> Path | None:
    """The folder of the YAML sources in a checkout; an installed program has only the compiled bank."""
    root = checkout_dir()
    return None if root is None else root / "question_banks"


def compiled_bank() -> Path:
    """The compiled bank: part of a wheel, written on demand in a checkout."""
    return _DATA / "bank.json"


def data_folder(chosen: Path | None = None) -> Path:
    """The folder of the learner's data: `chosen`, else STUDYAPP_DATA_DIR, else the platform's own place for it.

    Raises:
        StudyAppError: the name begins with the home of a user (~name) who does not exist.
    """
    from_environment = os.environ.get("STUDYAPP_DATA_DIR", "")
    if chosen is None and from_environment:
        chosen = Path(from_environment)
    if chosen is not None:
        try:
            return chosen.expanduser().absolute()
        except RuntimeError as error:
            raise StudyAppError(f"The home folder in {chosen} does not exist.", "Name another folder.") from error
    from platformdirs import user_data_path

    return user_data_path("StudyApp", appauthor=False)
