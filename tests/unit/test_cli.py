"""The command line: what it says of folders and data it cannot use."""

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from studyapp import cli
from studyapp.services.study import open_study
from studyapp.storage.lock import FolderLock
from tests.support.bank import bank
from tests.support.clock import FakeClock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a learner's data and no backup."""
    open_study(tmp_path / "data", FakeClock(), random.Random(1), bank()).database.close()
    return tmp_path / "data"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _empty_middle(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for page in range(3, len(whole) // 4096, 2):
        whole[page * 4096 : page * 4096 + 200] = b"\xff" * 200
    path.write_bytes(whole)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "words"), [(_cut, "cut short"), (_newer, "newer StudyApp"), (_empty_middle, "damaged")]
)
@pytest.mark.parametrize("as_json", [True, False])
def test_the_doctor_reports_what_cannot_be_opened(
    folder: Path, capsys: pytest.CaptureFixture[str], spoil: Callable[[Path], None], words: str, as_json: bool
) -> None:
    """Damaged or newer data is a finding in the report, not the end of it."""
    spoil(folder / "progress.db")
    assert cli.run(["doctor", *(["--json"] if as_json else []), "--data-dir", str(folder)]) == 1
    told = capsys.readouterr()
    assert told.err == ""
    if as_json:
        report = json.loads(told.out)
        assert not report["sound"]
        assert any(words in finding["sentence"] for finding in report["findings"] if not finding["ok"])
    else:
        assert words in told.out


def test_the_doctor_reports_that_the_program_is_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One failed finding says who holds the data."""
    with FolderLock(folder):
        assert cli.run(["doctor", "--json", "--data-dir", str(folder)]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["check"], finding["ok"]) == ("database", False)
    assert "already open" in finding["sentence"]


def test_the_doctor_is_a_bystander(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It makes no backup, and leaves the database byte for byte as it was."""
    before = (folder / "progress.db").read_bytes()
    assert cli.run(["doctor", "--data-dir", str(folder)]) == 0
    assert "BAD" not in capsys.readouterr().out
    assert not (folder / "backups").exists()
    assert (folder / "progress.db").read_bytes() == before


def test_a_backup_folder_that_is_a_file_is_a_finding(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the place of the backups does not stop the report."""
    shutil.rmtree(folder / "backups", ignore_errors=True)
    (folder / "backups").write_text("x", encoding="utf-8")
    assert cli.run(["doctor", "--json", "--data-dir", str(folder)]) in {0, 1}
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 7


@pytest.mark.parametrize(
    "arguments",
    [
        ["doctor", "--data-dir", "~no-such-user-at-all/x"],
        ["doctor", "--data-dir", "/tmp/" + "a" * 300],  # noqa: S108  nothing is made there
        ["doctor", "--data-dir", "/no/such/folder"],
    ],
)
def test_a_folder_that_cannot_be_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that cannot be used ends in a sentence and exit code 2."""
    assert cli.run(arguments) == 2
    told = capsys.readouterr().err
    assert told.startswith("studyapp: ")
    assert "Traceback" not in told


def test_pictures_cannot_go_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`studyapp screens` says that its folder is a file."""
    file = tmp_path / "file"
    file.touch()
    assert cli.run(["screens", str(file)]) == 2
    assert "cannot be made" in capsys.readouterr().err
