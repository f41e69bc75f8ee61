"""For developers.

`python -m studyapp.storage.migrations.new "why"` starts a migration from what changed in `tables.py`;
without an argument it renews `schema.sql` from the migrations.
"""

import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from studyapp.storage.migrations.upgrade import configuration, migrate
from studyapp.storage.schema import HEAD, REVISIONS

_OURS = (
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL "
    "AND name NOT LIKE 'entry_text\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)


def schema_script() -> str:
    """What the migrations make of nothing, as one SQL script."""
    with _newest() as path, closing(sqlite3.connect(path)) as connection:
        statements = [sql for (sql,) in connection.execute(_OURS)]
    script = ";\n\n".join("\n".join(line.rstrip() for line in sql.strip().splitlines()) for sql in statements)
    return f"{script};\n\nINSERT INTO alembic_version (version_num) VALUES ('{HEAD}');\n"


def start_revision(why: str) -> None:
    """Write the next step into `versions/`, to be made plain by hand."""
    with _newest() as path, create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool).connect() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.revision(config, why, autogenerate=True, rev_id=f"{len(REVISIONS) + 1:04}")


@contextmanager
def _newest() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "newest.db"
        migrate(path)
        yield path


if __name__ == "__main__":
    if len(sys.argv) > 1:
        start_revision(sys.argv[1])
    else:
        Path(__file__).parent.with_name("schema.sql").write_text(schema_script(), encoding="utf-8")
