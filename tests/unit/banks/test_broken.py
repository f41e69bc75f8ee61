"""Every rule refuses a bank that breaks it, with the sentence that stands beside the bank in tests/data/broken."""

from datetime import date
from pathlib import Path

import pytest

from studyapp.banks.check import CLEAN, PROBLEMS, check
from studyapp.banks.problems import Rule, Severity

BROKEN = Path(__file__).parents[2] / "data" / "broken"
TODAY = date(2026, 11, 23)
CASES = sorted(path.stem for path in BROKEN.glob("*.txt"))


def _path(case: str) -> Path:
    file = BROKEN / f"{case}.yaml"
    return file if file.exists() else BROKEN / case


def test_every_rule_has_a_broken_bank() -> None:
    """No rule exists without a bank that breaks it, and none of the banks is about a rule that is gone."""
    assert {case.split("--")[0] for case in CASES} == {rule.value for rule in Rule}


@pytest.mark.parametrize("case", CASES)
def test_broken_bank(case: str) -> None:
    """The bank breaks its rule and no other error, in the very words that an author is to read."""
    report = check([_path(case)], TODAY)
    expected = (case.split("--", maxsplit=1)[0], (BROKEN / f"{case}.txt").read_text(encoding="utf-8").strip())
    found = [(problem.rule.value, problem.sentence) for problem in report.problems]
    errors = [
        (problem.rule.value, problem.sentence) for problem in report.problems if problem.severity is Severity.ERROR
    ]
    assert expected in found
    assert errors in ([], [expected])
    assert report.exit_code == (PROBLEMS if errors else CLEAN)


@pytest.mark.parametrize("case", CASES)
def test_problems_say_where(case: str) -> None:
    """Each problem names a file that exists."""
    for problem in check([_path(case)], TODAY).problems:
        assert Path(problem.file).exists()
        assert problem.sentence.endswith((".", "?", ")"))
