"""Schema migrations (Alembic). Plain operations: no step imports a table class of today."""
