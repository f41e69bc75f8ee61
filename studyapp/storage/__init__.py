"""The learner's SQLite database; the only package that imports sqlmodel, sqlalchemy or alembic."""
