"""ICD-10-CM codes are checked against the table of the fiscal year."""

from pathlib import Path

import pytest

from studyapp.banks import icd, icd_table
from studyapp.banks.problems import Rule
from studyapp.core import paths
from studyapp.core.errors import StudyAppError
from studyapp.domain.item import Bloom, Option, SingleItem
from studyapp.domain.note import BasicNote

TABLE = {"E11": False, "E119": True, "I10": True, "S525": False, "S52501A": True}


def rules_of(front: str) -> set[Rule]:
    """Rules that a note with this front breaks."""
    return {f.rule for f in icd.code_faults(BasicNote(id="a.b.n1", topic="C02", front=front, back="x"), TABLE)}


@pytest.mark.parametrize("text", ["E11.9", "S52.501A", "E11.-", "B12 deficiency", "at level T12", "topic L07.timeline"])
def test_known_codes_and_other_words_pass(text: str) -> None:
    """Codes of the table pass, and so does what only looks a little like a code."""
    assert rules_of(text) == set()


@pytest.mark.parametrize("text", ["E11.99", "use S52.501B.", "(Z99.9)"])
def test_unknown_codes_are_refused(text: str) -> None:
    """A code that the table does not have is an error."""
    assert rules_of(text) == {Rule.ICD_UNKNOWN}


def test_a_wrong_code_may_be_a_distractor_that_says_so() -> None:
    """A code that does not exist may be offered as a distractor when its rationale says that it does not."""

    def item(why: str) -> SingleItem:
        return SingleItem(
            id="a.b.1",
            topic="C02",
            stem="Which code is billable?",
            takeaway="",
            bloom=Bloom.APPLY,
            difficulty=0.5,
            options=(Option("a", "E11.99", why), Option("b", "E11.9", "It is whole.", correct=True)),
        )

    assert not list(icd.code_faults(item("There is no such code."), TABLE))
    assert {f.rule for f in icd.code_faults(item("It tempts."), TABLE)} == {Rule.ICD_UNKNOWN}


def test_a_key_is_never_excused() -> None:
    """However much an item speaks of missing characters, the code that it calls right must exist."""
    item = SingleItem(
        id="a.b.1",
        topic="C02",
        stem="Which entry is a complete code, no character missing?",
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.5,
        options=(
            Option("a", "E11.X", "It is incomplete."),
            Option("b", "E11.99", "No character missing.", correct=True),
        ),
    )
    assert [finding.sentence for finding in icd.code_faults(item, TABLE)] == [
        "E11.99 is not in the ICD-10-CM table of the fiscal year."
    ]


def test_the_table_is_built_from_names() -> None:
    """Chapters and blocks are left out; a category without subdivisions is billable, also when a block has its name."""
    names = ["1", "A00-A09", "A00", "A000", "A00.1", "B20", "B20", "S52501A"]
    assert icd_table.billable_codes(names) == {
        "A00": False,
        "A000": True,
        "A001": True,
        "B20": True,
        "S52501A": True,
    }


def test_a_written_table_is_read_back(tmp_path: Path) -> None:
    """What is written is read back; a damaged table is a sentence; none is no fault."""
    file = icd_table.write_table(TABLE, 2026, tmp_path)
    assert icd.read_table(file) == TABLE
    file.write_bytes(b"not xz")
    with pytest.raises(StudyAppError, match="damaged"):
        icd.read_table(file)
    assert icd.read_table(tmp_path / "none.xz") is None


def test_the_packaged_table() -> None:
    """FY2026 has 74,719 billable codes, confirmed from two sources; B20 is one and E11 is not."""
    banks = paths.question_banks_dir()
    assert banks is not None
    table = icd.read_table(icd.find_table(banks))
    assert table is not None
    assert sum(table.values()) == 74_719
    assert table["B20"]
    assert table["E119"]
    assert not table["E11"]
    assert "S525" in table
