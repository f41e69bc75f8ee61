"""The first schema.

Revision: 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The logs are the truth that everything else is rebuilt from.
_APPEND_ONLY = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only');
END
"""

# Rows are keyed by item.seq or note.seq and kept in step by the code that writes items and notes. No stemming: it
# would make a half-typed word miss the word it is becoming. The prefix lists keep each keystroke within milliseconds
# at 100,000 notes: without them SQLite merges every word with that beginning first.
_SEARCH = """
CREATE VIRTUAL TABLE entry_text USING fts5(
    title, body, tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3 4'
)
"""


def upgrade() -> None:
    _learners()
    _material()
    _attempts()
    _logs()
    for table in ("review", "response"):
        for verb in ("update", "delete"):
            op.execute(_APPEND_ONLY.format(table=table, verb=verb, VERB=verb.upper()))
    op.execute(_SEARCH)


def downgrade() -> None:
    """There is no way back: a backup is made before each upgrade."""
    raise NotImplementedError("restore the backup made before the upgrade")


def _learners() -> None:
    """Profiles and what a learner set."""
    op.create_table(
        "profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile")),
        sa.UniqueConstraint("uuid", name=op.f("uq_profile_uuid")),
    )
    op.create_table(
        "setting",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_setting_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "key", name=op.f("pk_setting")),
    )
    op.create_table(
        "window",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_window_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("pk_window")),
    )
    op.create_table(
        "preset",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_preset_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preset")),
    )
    op.create_table(
        "mark",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("marked", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("updated_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint("marked IN (0, 1)", name=op.f("ck_mark_marked")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_mark_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "entry_id", name=op.f("pk_mark")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_report_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )


def _material() -> None:
    """Banks, taxonomy, items, notes and cards."""
    op.create_table(
        "bank",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("synced_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank")),
    )
    op.create_table(
        "subject",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subject")),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_topic_retired")),
        sa.ForeignKeyConstraint(["subject_id"], ["subject.id"], name=op.f("fk_topic_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
    )
    op.create_table(
        "objective",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_objective_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    op.create_table(
        "blueprint",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_blueprint_retired")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=True),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("bloom", sa.Text(), nullable=False),
        sa.Column("reserved", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.Column("updated_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint("bloom IN ('remember', 'understand', 'apply', 'analyze')", name=op.f("ck_item_bloom")),
        sa.CheckConstraint("origin IN ('bundled', 'own', 'imported')", name=op.f("ck_item_origin")),
        sa.CheckConstraint(
            "type IN ('single', 'multiple', 'true_false', 'numeric', 'text', 'cloze')", name=op.f("ck_item_type")
        ),
        sa.CheckConstraint("difficulty > 0 AND difficulty < 1", name=op.f("ck_item_difficulty")),
        sa.CheckConstraint("edited IN (0, 1)", name=op.f("ck_item_edited")),
        sa.CheckConstraint("reserved IN (0, 1)", name=op.f("ck_item_reserved")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_item_retired")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_item_bank_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_item_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("seq", name=op.f("uq_item_seq")),
    )
    op.create_index("ix_item_topic", "item", ["topic_id", "retired", "reserved"], unique=False)
    op.create_table(
        "item_version",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_version_item_id")),
        sa.PrimaryKeyConstraint("item_id", "content_hash", name=op.f("pk_item_version")),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=True),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("created_ms", sa.Integer(), nullable=False),
        sa.Column("updated_ms", sa.Integer(), nullable=False),
        sa.CheckConstraint("origin IN ('bundled', 'own', 'imported')", name=op.f("ck_note_origin")),
        sa.CheckConstraint("type IN ('basic', 'reversed', 'cloze', 'term')", name=op.f("ck_note_type")),
        sa.CheckConstraint("edited IN (0, 1)", name=op.f("ck_note_edited")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_note_retired")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_note_bank_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_note_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("seq", name=op.f("uq_note_seq")),
    )
    op.create_index("ix_note_topic", "note", ["topic_id", "retired"], unique=False)
    op.create_table(
        "card",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("note_id", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.CheckConstraint("kind IN ('front', 'reverse', 'typed', 'cloze', 'build')", name=op.f("ck_card_kind")),
        sa.CheckConstraint("retired IN (0, 1)", name=op.f("ck_card_retired")),
        sa.ForeignKeyConstraint(["note_id"], ["note.id"], name=op.f("fk_card_note_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_card_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
    )
    op.create_index("ix_card_note", "card", ["note_id"], unique=False)
    op.create_index("ix_card_position", "card", ["retired", "position"], unique=False)
    op.create_index("ix_card_topic", "card", ["topic_id", "retired", "position"], unique=False)


def _attempts() -> None:
    """Quizzes and exams."""
    op.create_table(
        "attempt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("blueprint_id", sa.Text(), server_default="", nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("time_limit_s", sa.Integer(), nullable=True),
        sa.Column("time_used_s", sa.Float(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("started_ms", sa.Integer(), nullable=False),
        sa.Column("finished_ms", sa.Integer(), nullable=True),
        sa.Column("spec", sa.Text(), server_default="{}", nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("right_sum", sa.Float(), nullable=True),
        sa.CheckConstraint("(state = 'open') = (finished_ms IS NULL)", name=op.f("ck_attempt_finished")),
        sa.CheckConstraint("feedback IN ('tutor', 'test')", name=op.f("ck_attempt_feedback")),
        sa.CheckConstraint("kind IN ('practice', 'exam', 'placement')", name=op.f("ck_attempt_kind")),
        sa.CheckConstraint(
            "state <> 'finished' OR (n IS NOT NULL AND right_sum IS NOT NULL AND right_sum BETWEEN 0 AND n)",
            name=op.f("ck_attempt_result"),
        ),
        sa.CheckConstraint("state IN ('open', 'finished', 'abandoned')", name=op.f("ck_attempt_state")),
        sa.CheckConstraint(
            "time_used_s >= 0 AND (time_limit_s IS NULL OR time_limit_s > 0)", name=op.f("ck_attempt_time")
        ),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_attempt_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index("ix_attempt_state", "attempt", ["profile_id", "state", "kind", "started_ms"], unique=False)
    op.create_index(
        "uq_attempt_open_exam",
        "attempt",
        ["profile_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open' AND kind = 'exam'"),
    )
    op.create_table(
        "attempt_slot",
        sa.Column("attempt_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), server_default="", nullable=False),
        sa.Column("option_order", sa.Text(), server_default="[]", nullable=False),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("struck", sa.Text(), server_default="[]", nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "confidence IS NULL OR confidence IN ('guess', 'unsure', 'sure')", name=op.f("ck_attempt_slot_confidence")
        ),
        sa.CheckConstraint("duration_ms >= 0 AND position >= 0", name=op.f("ck_attempt_slot_amounts")),
        sa.CheckConstraint("flagged IN (0, 1)", name=op.f("ck_attempt_slot_flagged")),
        sa.CheckConstraint("locked IN (0, 1)", name=op.f("ck_attempt_slot_locked")),
        sa.CheckConstraint("score IS NULL OR score BETWEEN 0 AND 1", name=op.f("ck_attempt_slot_score")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_attempt_slot_attempt_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attempt_slot_item_id")),
        sa.PrimaryKeyConstraint("attempt_id", "position", name=op.f("pk_attempt_slot")),
    )
    op.create_index("ix_attempt_slot_item", "attempt_slot", ["item_id"], unique=False)


def _logs() -> None:
    """Memory states and the two append-only logs."""
    op.create_table(
        "card_state",
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), server_default="new", nullable=False),
        sa.Column("stability", sa.Float(), nullable=True),
        sa.Column("difficulty", sa.Float(), nullable=True),
        sa.Column("last_study_day", sa.Integer(), nullable=True),
        sa.Column("due_study_day", sa.Integer(), nullable=True),
        sa.Column("due_at_ms", sa.Integer(), nullable=True),
        sa.Column("reps", sa.Integer(), nullable=False),
        sa.Column("lapses", sa.Integer(), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.Column("buried_day", sa.Integer(), nullable=True),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("desired_retention", sa.Float(), nullable=True),
        sa.Column("algorithm", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("(phase = 'new') = (stability IS NULL)", name=op.f("ck_card_state_new")),
        sa.CheckConstraint("phase IN ('new', 'learning', 'review', 'relearning')", name=op.f("ck_card_state_phase")),
        sa.CheckConstraint("(stability IS NULL) = (difficulty IS NULL)", name=op.f("ck_card_state_memory")),
        sa.CheckConstraint("flagged IN (0, 1)", name=op.f("ck_card_state_flagged")),
        sa.CheckConstraint("reps >= 0 AND lapses >= 0 AND lapses <= reps", name=op.f("ck_card_state_counts")),
        sa.CheckConstraint("suspended IN (0, 1)", name=op.f("ck_card_state_suspended")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_card_state_card_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_card_state_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "card_id", name=op.f("pk_card_state")),
    )
    op.create_index(
        "ix_card_state_due",
        "card_state",
        [
            "profile_id",
            "suspended",
            "phase",
            "due_study_day",
            "last_study_day",
            "stability",
            "buried_day",
            "card_id",
        ],
        unique=False,
    )
    op.create_index("ix_card_state_last", "card_state", ["profile_id", "last_study_day"], unique=False)
    op.create_table(
        "review",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("response", sa.Text(), server_default="", nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'undo') = (rating IS NULL)", name=op.f("ck_review_undo_rating")),
        sa.CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name=op.f("ck_review_undoes")),
        sa.CheckConstraint("kind IN ('review', 'practice', 'undo')", name=op.f("ck_review_kind")),
        sa.CheckConstraint("duration_ms >= 0", name=op.f("ck_review_duration")),
        sa.CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 4", name=op.f("ck_review_rating")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_review_card_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_review_profile_id")),
        sa.ForeignKeyConstraint(["undoes"], ["review.uuid"], name=op.f("fk_review_undoes")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_review")),
        sa.UniqueConstraint("undoes", name=op.f("uq_review_undoes")),
        sa.UniqueConstraint("uuid", name=op.f("uq_review_uuid")),
    )
    op.create_index("ix_review_card", "review", ["profile_id", "card_id", "seq"], unique=False)
    op.create_index("ix_review_day", "review", ["profile_id", "study_day", "kind", "duration_ms"], unique=False)
    op.create_index("ix_review_session", "review", ["session_id"], unique=False)
    op.create_table(
        "response",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("profile_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("attempt_id", sa.Text(), nullable=False),
        sa.Column("topic_id", sa.Text(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("offset_min", sa.Integer(), nullable=False),
        sa.Column("study_day", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "confidence IS NULL OR confidence IN ('guess', 'unsure', 'sure')", name=op.f("ck_response_confidence")
        ),
        sa.CheckConstraint("kind IN ('practice', 'exam', 'placement')", name=op.f("ck_response_kind")),
        sa.CheckConstraint("duration_ms >= 0", name=op.f("ck_response_duration")),
        sa.CheckConstraint("first IN (0, 1)", name=op.f("ck_response_first")),
        sa.CheckConstraint("score BETWEEN 0 AND 1", name=op.f("ck_response_score")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_response_attempt_id")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_response_item_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profile.id"], name=op.f("fk_response_profile_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_response_topic_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_response")),
        sa.UniqueConstraint("uuid", name=op.f("uq_response_uuid")),
    )
    op.create_index("uq_response_attempt", "response", ["attempt_id", "item_id"], unique=True)
    op.create_index("ix_response_day", "response", ["profile_id", "study_day"], unique=False)
    op.create_index("ix_response_first", "response", ["profile_id", "first", "topic_id", "score"], unique=False)
    op.create_index("ix_response_item", "response", ["profile_id", "item_id", "seq"], unique=False)
