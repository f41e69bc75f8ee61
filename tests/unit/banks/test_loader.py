"""A bank in the authors' format is read whole; a spoilt one is reported whole, and nothing is ever thrown."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.banks.loader import load_bank
from studyapp.banks.problems import Problem, Rule
from studyapp.banks.yaml_source import read_yaml
from studyapp.domain.item import Bloom, ItemType, NumericItem, SingleItem, item_type
from studyapp.domain.note import BasicNote, NoteType, TermNote, note_type
from tests.unit.banks.conftest import LEAF, WriteBank


def test_the_authors_format_is_read(write_bank: WriteBank) -> None:
    """Every item type and note type of the format loads, with its details."""
    root = write_bank()
    loaded = load_bank(root, root.parent / "resources" / "exams")
    assert loaded.problems == ()
    bank = loaded.bank
    assert bank is not None
    assert [item_type(item) for item in bank.items] == list(ItemType)
    assert {note_type(note) for note in bank.notes} == set(NoteType)
    single, numeric, cloze = bank.items[0], bank.items[3], bank.items[5]
    assert isinstance(single, SingleItem)
    assert single.key == {"b"}
    assert single.bloom is Bloom.APPLY
    assert single.case is not None
    assert single.case.title == "Stolen laptop"
    assert single.references[0].title == "A rule"
    assert single.references[0].url == "https://www.example.gov/a"
    assert (single.references[0].as_of, single.references[0].edition) == (date(2026, 11, 23), "eCFR text of 2024")
    assert isinstance(numeric, NumericItem)
    assert numeric.mistakes[0].value == 38.2
    assert cloze.stem.endswith("or 1,260 hours.")
    assert cloze.reserved
    term, basic = bank.notes[0], bank.notes[1]
    assert isinstance(term, TermNote)
    assert [part.meaning for part in term.parts] == ["around", "heart", "surgical puncture"]
    assert isinstance(basic, BasicNote)
    assert basic.typed
    assert bank.blueprints[0].topic_weights() == pytest.approx({"L07": 0.5, "T01": 0.5})


def test_a_leaf_or_a_subject_alone(write_bank: WriteBank) -> None:
    """A leaf file or a subject's folder is read with taxonomy, sources and facts of the folders above."""
    root = write_bank()
    leaf, subject = load_bank(root / "law" / "L07-breach.yaml"), load_bank(root / "terminology")
    assert leaf.problems == subject.problems == ()
    assert len(leaf.entries) == 9
    assert [entry.content.id for entry in subject.entries] == ["term.heart.n0001"]


def test_entries_know_their_lines(write_bank: WriteBank) -> None:
    """A problem points at the line where the field stands."""
    root = write_bank(law=LEAF.replace("difficulty: 0.55", "difficulty: 5.5", 1))
    problems = load_bank(root).problems
    assert len(problems) == 1
    text = (root / "law" / "L07-breach.yaml").read_text(encoding="utf-8").splitlines()
    assert text[problems[0].line - 1].strip() == "difficulty: 5.5"
    assert (problems[0].item, problems[0].field) == ("law.breach.0001", "difficulty")


def test_all_problems_are_reported_at_once(write_bank: WriteBank) -> None:
    """One load reports the faults of every file and item, and still reads what is sound."""
    root = write_bank(
        law=LEAF.replace("bloom: apply", "blom: apply", 1).replace("source: S-a", "source: S-z", 1),
        terms="topic: T01\nnotes: [",
        facts="",
    )
    loaded = load_bank(root)
    assert loaded.bank is None
    assert {problem.rule for problem in loaded.problems} >= {
        Rule.UNKNOWN_KEY,
        Rule.YAML,
        Rule.EMPTY_FILE,
        Rule.UNKNOWN_FACT,
    }
    assert len(loaded.entries) == 8


@pytest.mark.parametrize("name", ["manifest", "taxonomy", "sources", "facts"])
@pytest.mark.parametrize("text", ["", "[]", "1", "a: [", "{a: {b: 1}}", "null", "\t", "- !!python/object:os.system x"])
def test_spoilt_common_files_are_problems(write_bank: WriteBank, name: str, text: str) -> None:
    """Whatever stands in the common files is reported, not thrown."""
    loaded = load_bank(write_bank(**{name: text}))
    assert loaded.bank is None
    assert loaded.problems


def test_paths_that_are_no_bank(tmp_path: Path) -> None:
    """A path that does not exist and a folder without a bank are said to be so."""
    for path in (tmp_path / "missing", tmp_path):
        loaded = load_bank(path)
        assert loaded.root is None
        assert [problem.rule for problem in loaded.problems] == [Rule.UNREADABLE]


def test_a_folder_where_a_file_should_be(write_bank: WriteBank) -> None:
    """A folder named like a leaf file is a problem."""
    root = write_bank()
    (root / "law" / "L08-odd.yaml").mkdir()
    assert [problem.sentence for problem in load_bank(root).problems] == ["This is a folder where a file should be."]


def test_files_that_would_never_be_read(write_bank: WriteBank) -> None:
    """A leaf beside the subjects' folders, or in a folder that the manifest does not name, is told."""
    root = write_bank()
    (root / "odd").mkdir()
    for place in ("L08-x.yaml", "odd/L09-y.yml"):
        (root / place).write_text("topic: L07", encoding="utf-8")
    assert [(Path(problem.file).name, problem.rule) for problem in load_bank(root).problems] == [
        ("L08-x.yaml", Rule.WRONG_FOLDER),
        ("L09-y.yml", Rule.WRONG_FOLDER),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(content=st.one_of(st.binary(max_size=80), st.text(alphabet="ab:-[]{}&*!|>'\"#%@ \n\t?,0", max_size=60)))
def test_any_bytes_are_read_or_reported(tmp_path: Path, content: bytes | str) -> None:
    """No file whatever makes the reader throw."""
    file = tmp_path / "any.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems: list[Problem] = []
    document = read_yaml(file, problems)
    assert document is not None or problems


def test_deep_nesting_and_aliases_stay_small(tmp_path: Path) -> None:
    """Nesting bombs and alias bombs are refused."""
    problems: list[Problem] = []
    deep, bomb = tmp_path / "deep.yaml", tmp_path / "bomb.yaml"
    deep.write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    rows = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    bomb.write_text("a0: &a0 [lol]\n" + "\n".join(rows), encoding="utf-8")
    read_yaml(deep, problems)
    assert {problem.rule for problem in problems} == {Rule.YAML}
    problems.clear()
    read_yaml(bomb, problems)
    assert {problem.rule for problem in problems} == {Rule.ALIAS}


def test_own_words_for_yaml_surprises(write_bank: WriteBank) -> None:
    """A number, a date or a bare yes where text belongs is refused with the advice to quote it."""
    for value in ("30", "2026-05-02", "yes", "12:30"):
        loaded = load_bank(write_bank(law=LEAF.replace('text: "April 2"', f"text: {value}")))
        assert [problem.sentence for problem in loaded.problems] == [
            "'options[1].text' must be text; put quotes around it."
        ]
