"""`studyapp check` reports in one shape and says with its exit code whether a bank is fit."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from studyapp.banks import compiled
from studyapp.banks.check import check, run_check
from studyapp.banks.problems import Rule
from studyapp.core import paths
from tests.unit.banks.conftest import FACTS, LEAF, WriteBank

TODAY = date(2026, 11, 23)


def as_json(*given: Path, today: date = TODAY) -> tuple[int, dict[str, Any]]:
    """Exit code and JSON of a check."""
    out = io.StringIO()
    code = run_check(given, as_json=True, today=today, out=out)
    return code, json.loads(out.getvalue())


def as_text(*given: Path) -> tuple[int, str]:
    """Exit code and text of a check."""
    out = io.StringIO()
    code = run_check(given, as_json=False, today=TODAY, out=out)
    return code, out.getvalue()


def test_a_clean_bank(write_bank: WriteBank) -> None:
    """A clean bank gives 0 and the counts that it has."""
    code, data = as_json(write_bank())
    assert code == 0
    assert data["errors"] == []
    assert data["items"] == {
        "total": 6,
        "by_subject": {"L": 6},
        "by_leaf": {"L07": 6},
        "by_type": {"cloze": 1, "multiple": 1, "numeric": 1, "single": 1, "text": 1, "true_false": 1},
        "reserved": 1,
    }
    assert (data["notes"]["total"], data["notes"]["cards"]) == (4, 7)
    assert data["notes"]["by_subject"] == {"L": 3, "T": 1}
    assert data["generators"] == []
    assert data["gate"]["passed"] is True
    assert {"name", "scope", "n", "score", "limit"} <= set(data["gate"]["strategies"][0])
    assert data["caps"]["long-key"] == {"count": 0, "n": 2, "cap": 0.08, "allowed": 1, "passed": True}


def test_errors_give_1(write_bank: WriteBank) -> None:
    """Errors are listed with file, line, item, field, rule and sentence, and the exit code is 1."""
    code, data = as_json(write_bank(law=LEAF.replace("source: S-a", "source: S-z", 1)))
    assert code == 1
    (problem,) = data["errors"]
    assert problem["file"].endswith("law/L07-breach.yaml")
    assert problem["line"] > 1
    assert {key: problem[key] for key in ("item", "field", "rule", "sentence")} == {
        "item": "law.breach.0001",
        "field": "references[1].source",
        "rule": "unknown-source",
        "sentence": "There is no source 'S-z' in sources.yaml.",
    }


def test_a_failed_cap_gives_1(write_bank: WriteBank) -> None:
    """Warnings alone are no failure until there are more than their cap."""
    begin, end = LEAF.index("  - id: law.breach.0001"), LEAF.index("  - id: law.breach.0002")
    long = LEAF[begin:end].replace('"May 2"', '"May 2 of the year 2026"')
    other = long.replace("0001", "0010").replace("A laptop with unencrypted charts", "On the bus a bag full of photos")
    for items, code in ((long, 0), (long + other, 1)):
        report = check([write_bank(law=LEAF[:begin] + items + LEAF[end:])], TODAY)
        failed = [cap.rule for cap in report.caps if not cap.passed]
        assert (report.exit_code, failed) == (code, [Rule.LONG_KEY] if code else [])


def test_time_makes_a_fact_stale(write_bank: WriteBank) -> None:
    """The same bank is clean on the last day of its facts and not the day after."""
    root = write_bank()
    assert as_json(root, today=date(2027, 1, 31))[0] == 0
    code, data = as_json(root, today=date(2027, 2, 1))
    assert (code, [problem["rule"] for problem in data["errors"]]) == (1, ["fact-expired"])
    write_bank(facts=FACTS.replace("review_by: 2027-01-31", "valid_to: 2027-01-31"))
    assert as_json(root, today=date(2027, 2, 1))[0] == 1


@pytest.mark.parametrize("form", [as_json, as_text])
def test_a_path_that_is_no_bank_gives_2(form: Any, tmp_path: Path) -> None:
    """A missing path, a folder without a bank and a file that is no compiled bank are unusable."""
    broken = tmp_path / "bank.json"
    broken.write_bytes(b"{")
    for path in (tmp_path / "missing", tmp_path, broken):
        assert form(path)[0] == 2


def test_the_text_report(write_bank: WriteBank) -> None:
    """The text names each problem under its file, then the counts, the caps and the gate, then the verdict."""
    code, text = as_text(write_bank(law=LEAF.replace("bloom: apply", "bloom: apply\n    bloom: apply", 1)))
    assert code == 1
    lines = text.splitlines()
    assert lines[0].endswith("law/L07-breach.yaml")
    assert "duplicate-key" in lines[1]
    assert "items: 6 over 1 topics (L 6;" in text
    assert "always longest" in text
    assert lines[-1] == "not clean: 1 errors, 0 caps exceeded, 0 gate checks failed"


def test_several_paths_are_one_report(write_bank: WriteBank) -> None:
    """Leaf files named one by one are counted together."""
    root = write_bank()
    code, data = as_json(root / "law" / "L07-breach.yaml", root / "terminology")
    assert (code, data["items"]["total"], data["notes"]["total"]) == (0, 6, 4)


def test_a_compiled_bank_can_be_checked(write_bank: WriteBank, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An installed program checks the compiled bank it carries, and says that the regression did not run."""
    root = write_bank()
    file = tmp_path / "bank.json"
    compiled.write_compiled(compiled.compile_sources(root, root.parent / "resources" / "exams"), file)
    monkeypatch.setattr(paths, "checkout_dir", lambda: None)
    monkeypatch.setattr(paths, "compiled_bank", lambda: file)
    code, data = as_json()
    assert (code, data["items"]["total"], data["items"]["by_subject"]) == (0, 6, {"L": 6})
    assert data["gate"]["strategies"][-1]["note"].startswith("Not run on a compiled bank")


def test_exams_beside_a_bank_are_checked(write_bank: WriteBank) -> None:
    """A blueprint whose weights do not add up, or that names an unknown topic, is an error of the bank."""
    root = write_bank()
    exam = root.parent / "resources" / "exams" / "small.yaml"
    text = exam.read_text(encoding="utf-8")
    exam.write_text(text.replace("weight: 75", "weight: 70").replace("L07: 2.0", "L99: 2.0"), encoding="utf-8")
    code, data = as_json(root)
    assert code == 1
    assert [problem["sentence"] for problem in data["errors"]] == [
        "Published weights are per cent and must sum to 100, not 95.",
        "There is no topic 'L99' in taxonomy.yaml.",
    ]
