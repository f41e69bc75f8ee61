"""`python -m tests.support.stored_database`: store what the present version leaves behind, once, when it is released.

The file is then never made again: it stands for what people have on their disks.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import studyapp
from studyapp.domain.memory import Rating
from studyapp.storage.content import synchronise
from studyapp.storage.database import Database
from tests.support.bank import bank
from tests.support.rows import add_finished_quiz, add_reviews

FOLDER = Path(__file__).parents[1] / "data" / "databases"


def main() -> None:
    """Write a small database with a few rows in every table that grows."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder))
        synchronise(database, bank(), 1000)
        with database.raw() as connection:
            connection.execute("INSERT INTO profile (id, uuid, name, created_ms) VALUES (1, 'learner', 'Ada', 0)")
            connection.execute("INSERT INTO setting (profile_id, key, value) VALUES (1, 'name', '\"Ada\"')")
            answers = [(Rating.GOOD, 0), (Rating.GOOD, 2), (Rating.AGAIN, 9), (Rating.GOOD, 9)]
            add_reviews(connection, "law.breach.n001#front", answers)
            add_reviews(connection, "term.heart.n001#word", [(Rating.EASY, 1)])
            add_finished_quiz(connection, "quiz-1", {"law.breach.0001": 1.0, "law.security.0002": 0.5})
            connection.execute(
                "INSERT INTO mark (profile_id, entry_id, marked, remark, updated_ms) "
                "VALUES (1, 'law.breach.0001', 1, 'again', 5)"
            )
        database.close()
        with closing(sqlite3.connect(database.path)) as connection:
            connection.execute("VACUUM INTO ?", (str(FOLDER / f"{studyapp.__version__}.db"),))


if __name__ == "__main__":
    main()
