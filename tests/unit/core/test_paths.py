"""The program finds its own files in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from studyapp.core import paths
from studyapp.core.errors import StudyAppError


def test_in_a_checkout() -> None:
    """A checkout has its sources, its resources and a place for the compiled bank."""
    root = Path(__file__).parents[3]
    assert paths.checkout_dir() == root
    assert paths.question_banks_dir() == root / "question_banks"
    assert (paths.resources_dir() / "exams" / "cmom.yaml").is_file()


@pytest.mark.parametrize("through_environment", [True, False])
def test_a_home_that_nobody_has(monkeypatch: pytest.MonkeyPatch, through_environment: bool) -> None:
    """A folder in the home of a user who does not exist is refused in a sentence."""
    name = "~no-such-user-at-all/x"
    monkeypatch.setenv("STUDYAPP_DATA_DIR", name)
    with pytest.raises(StudyAppError, match="no-such-user-at-all"):
        paths.data_folder(None if through_environment else Path(name))


def test_when_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed program has no sources; bank and resources are inside the package."""
    package = tmp_path / "site-packages" / "studyapp"
    monkeypatch.setattr(paths, "_PACKAGE", package)
    monkeypatch.setattr(paths, "_DATA", package / "_data")
    assert paths.checkout_dir() is None
    assert paths.question_banks_dir() is None
    assert paths.resources_dir() == package / "_data" / "resources"
    assert paths.compiled_bank() == package / "_data" / "bank.json"
