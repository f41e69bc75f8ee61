"""The library's list stays quick however much was studied."""

import pytest

from studyapp.storage import catalogue
from studyapp.storage.database import Database


@pytest.mark.parametrize("statement", [catalogue._ITEMS, catalogue._NOTES])
def test_a_row_reads_only_what_belongs_to_its_entry(database: Database, statement: str) -> None:
    """No subquery of a row goes through everything the learner has studied (60,000 states took it 0.5 s)."""
    with database.raw() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement} WHERE e.seq IN (1, 2)", {"profile": 1}).fetchall()
    steps = [step for *_, step in plan]
    assert [step for step in steps if "(profile_id=?)" in step or step.startswith("SCAN")] == []
