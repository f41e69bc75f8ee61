"""The compiled bank is the authored bank, and is made anew when and only when a source changed."""

from pathlib import Path

import pytest

from studyapp.banks import compiled
from studyapp.banks.loader import load_bank
from studyapp.core.errors import StudyAppError
from tests.unit.banks.conftest import LEAF, WriteBank


def _exams(root: Path) -> Path:
    return root.parent / "resources" / "exams"


def test_what_is_compiled_is_read_back(write_bank: WriteBank, tmp_path: Path) -> None:
    """A bank with every type of item and note survives the round trip unchanged, in its order."""
    root = write_bank()
    bank = load_bank(root, _exams(root)).bank
    assert bank is not None
    compiled.write_compiled(bank, tmp_path / "bank.json")
    assert compiled.read_compiled(tmp_path / "bank.json") == bank


def test_unchanged_sources_are_not_read_again(
    write_bank: WriteBank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second call decodes the file; touching a source without changing it does not matter."""
    root, cache = write_bank(), tmp_path / "cache" / "bank.json"
    first = compiled.ensure_compiled(root, _exams(root), cache)
    leaf = root / "law" / "L07-breach.yaml"
    leaf.write_bytes(leaf.read_bytes().replace(b"\n", b"\r\n"))

    def refuse(*_: object) -> None:
        raise AssertionError("the sources were parsed again")

    monkeypatch.setattr(compiled, "compile_sources", refuse)
    assert compiled.ensure_compiled(root, _exams(root), cache) == first


def test_a_changed_source_is_compiled_anew(write_bank: WriteBank, tmp_path: Path) -> None:
    """A changed leaf, a new leaf and a changed exam each give a new bank with a new hash."""
    root, cache = write_bank(), tmp_path / "bank.json"
    hashes = [compiled.ensure_compiled(root, _exams(root), cache).content_hash]
    write_bank(law=LEAF.replace("April 2", "April 3"))
    hashes.append(compiled.ensure_compiled(root, _exams(root), cache).content_hash)
    (root / "law" / "L07-more.yaml").write_text("topic: L07\n", encoding="utf-8")
    hashes.append(compiled.ensure_compiled(root, _exams(root), cache).content_hash)
    exam = _exams(root) / "small.yaml"
    exam.write_text(exam.read_text(encoding="utf-8").replace("minutes: 10", "minutes: 20"), encoding="utf-8")
    bank = compiled.ensure_compiled(root, _exams(root), cache)
    hashes.append(bank.content_hash)
    assert len(set(hashes)) == 4
    assert bank.blueprints[0].minutes == 20


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", None])
def test_a_damaged_cache_is_replaced(write_bank: WriteBank, tmp_path: Path, damage: bytes | None) -> None:
    """Whatever happened to the cache, the bank is there, and so is a sound cache afterwards."""
    root, cache = write_bank(), tmp_path / "bank.json"
    bank = compiled.ensure_compiled(root, _exams(root), cache)
    # None: cut short behind its hashes, as after a full disk.
    cache.write_bytes(cache.read_bytes()[:400] if damage is None else damage)
    assert compiled.ensure_compiled(root, _exams(root), cache) == bank
    assert compiled.read_compiled(cache) == bank


def test_a_cache_that_cannot_be_written_is_no_obstacle(write_bank: WriteBank, tmp_path: Path) -> None:
    """Where no file can be made the bank is compiled all the same."""
    root = write_bank()
    obstacle = tmp_path / "file"
    obstacle.write_text("in the way", encoding="utf-8")
    assert compiled.ensure_compiled(root, _exams(root), obstacle / "bank.json").items
    assert obstacle.read_text(encoding="utf-8") == "in the way"


def test_errors_in_the_sources_are_a_sentence(write_bank: WriteBank, tmp_path: Path) -> None:
    """A bank with errors does not load: the first one is named and nothing is written."""
    root, cache = write_bank(law=LEAF.replace("bloom: apply", "bloom: guess", 1)), tmp_path / "bank.json"
    with pytest.raises(StudyAppError, match="'bloom' must be") as caught:
        compiled.ensure_compiled(root, _exams(root), cache)
    assert "studyapp check" in caught.value.remedy
    assert not cache.exists()


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"content_hash": 1}'])
def test_an_installed_program_says_when_its_bank_is_gone(tmp_path: Path, content: bytes | None) -> None:
    """A missing or damaged compiled bank is a sentence that names the file."""
    file = tmp_path / "bank.json"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StudyAppError, match=r"bank\.json"):
        compiled.read_compiled(file)
