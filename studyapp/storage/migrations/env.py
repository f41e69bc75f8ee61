"""Alembic's environment: runs on the connection that `upgrade` hands over.

To start a new step: `python -m studyapp.storage.migrations.new "why"`, which compares the tables with the newest
schema; then make it plain, add its id to `schema.REVISIONS` and renew `schema.sql` (the tests say how they differ).
"""

from alembic import context

from studyapp.storage.tables import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    # The search index's shadow tables are no tables of ours.
    include_name=lambda name, kind, _parents: kind != "table" or not (name or "").startswith("entry_text"),
)
with context.begin_transaction():
    context.run_migrations()
