"""The import contracts hold, and each of them is seen to fail on a planted breach."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sysconfig.get_path("scripts")) / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the copy in `folder`."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, str(LINT_IMPORTS), "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A temporary copy of the package and its contracts."""
    shutil.copytree(ROOT / "studyapp", tmp_path / "studyapp", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


BREACHES = [
    ("An import may skip a layer downward", "core/clock.py", "import studyapp.domain.item"),
    ("An import may skip a layer downward", "domain/item.py", "import studyapp.services.changes"),
    ("An import may skip a layer downward", "banks/loader.py", "import studyapp.storage.database"),
    ("An import may skip a layer downward", "services/today.py", "import studyapp.gui.theme"),
    ("Only gui and app import PySide6", "services/today.py", "import PySide6.QtCore"),
    ("Only gui and app import PySide6", "domain/item.py", "import pyqtgraph"),
    ("Only storage imports sqlmodel", "services/today.py", "import sqlmodel"),
    ("Only storage imports sqlmodel", "gui/theme.py", "import sqlalchemy"),
    ("Only storage imports sqlmodel", "banks/loader.py", "import alembic"),
    ("Screens do not import one another", "gui/screens/today.py", "import studyapp.gui.screens.progress"),
]


def test_contracts_hold(copy: Path) -> None:
    """The tree as it is keeps every contract."""
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(("contract", "file", "breach"), BREACHES)
def test_contract_notices_a_breach(copy: Path, contract: str, file: str, breach: str) -> None:
    """A forbidden import is refused, and the broken contract is named."""
    target = copy / "studyapp" / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n{breach}\n", encoding="utf-8")
    outcome = lint(copy)
    assert outcome.returncode != 0
    broken = [line for line in outcome.stdout.splitlines() if " BROKEN" in line]
    assert any(contract in line for line in broken), outcome.stdout


def loaded_after(statement: str, *names: str) -> set[str]:
    """Which of the top-level modules `names` a fresh interpreter has loaded after `statement`."""
    listing = f"' '.join({{m.partition('.')[0] for m in sys.modules}} & set({names!r}))"
    code = f"import sys\n{statement}\nprint({listing})"
    outcome = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(outcome.stdout.split())


def test_package_import_is_light() -> None:
    """Importing the package loads none of its heavy libraries."""
    assert loaded_after("import studyapp", "PySide6", "numpy", "sqlalchemy", "pydantic", "yaml", "msgspec") == set()


@pytest.mark.parametrize("module", ["studyapp.cli", "studyapp.services.study", "studyapp.services.today"])
def test_services_and_cli_load_no_qt(module: str) -> None:
    """The command line and the use cases run where no Qt is."""
    assert loaded_after(f"import {module}", "PySide6", "shiboken6", "pyqtgraph") == set()


def test_start_parses_no_yaml() -> None:
    """Opening the compiled bundled bank as the window does loads neither YAML nor pydantic nor rapidfuzz."""
    code = "from studyapp.banks.compiled import bundled_bank; bundled_bank()"
    loaded_after(code)  # compile it, should a source be newer
    assert loaded_after(code, "yaml", "pydantic", "rapidfuzz", "sklearn") == set()
