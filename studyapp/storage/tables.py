"""The tables of `progress.db`, as of the newest migration.

Conventions: times are integer milliseconds since 1970 in UTC (`*_ms`); `offset_min` is the local offset from UTC at
that moment; a study day is `date.toordinal()` of the local date after the day's start; flags are 0 or 1; `payload`,
`spec` and other structured columns are JSON text. Table classes validate nothing: services do, and CHECKs stand here.

`review` and `response` are append-only: triggers refuse UPDATE and DELETE (`erase.py` is the one exception).
A row never leaves this package: queries turn rows into frozen dataclasses.
"""

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, MetaData, Text, text
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Row(SQLModel):
    """Base of every table class."""

    metadata = MetaData(naming_convention=_NAMES)
    # SQLModel's own base types this as a string or a callable; a plain string is all that is wanted here.
    __tablename__: ClassVar[Any]


def _one_of(column: str, *values: str, null: bool = False) -> CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    condition = f"{column} IN ({allowed})"
    return CheckConstraint(f"{column} IS NULL OR {condition}" if null else condition, name=column)


def _flag(*columns: str) -> tuple[CheckConstraint, ...]:
    return tuple(CheckConstraint(f"{column} IN (0, 1)", name=column) for column in columns)


def _text(*, primary_key: bool = False, unique: bool = False, refers: str = "", default: str | None = None) -> Any:
    references = [ForeignKey(refers)] if refers else []
    column: Column[str] = Column(
        Text, *references, primary_key=primary_key, unique=unique or None, nullable=False, server_default=default
    )
    return Field(sa_column=column) if default is None else Field(default=default, sa_column=column)


def _text_or_null(*, unique: bool = False, refers: str = "") -> Any:
    references = [ForeignKey(refers)] if refers else []
    return Field(default=None, sa_column=Column(Text, *references, unique=unique or None, nullable=True))


class ProfileRow(Row, table=True):
    """A learner. There is one until profiles get a screen."""

    __tablename__ = "profile"
    id: int = Field(primary_key=True)
    uuid: str = _text(unique=True)
    name: str = _text()
    created_ms: int


class SettingRow(Row, table=True):
    """One setting of a profile; `value` is JSON."""

    __tablename__ = "setting"
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    key: str = _text(primary_key=True)
    value: str = _text()


class BankRow(Row, table=True):
    """A synchronised bank and the hash of its sources."""

    __tablename__ = "bank"
    id: str = _text(primary_key=True)
    version: str = _text()
    licence: str = _text()
    content_hash: str = _text()
    synced_ms: int


class SubjectRow(Row, table=True):
    """A subject of the curriculum."""

    __tablename__ = "subject"
    id: str = _text(primary_key=True)
    title: str = _text()
    position: int


class TopicRow(Row, table=True):
    """A leaf topic; `retired` when the bank has dropped it."""

    __tablename__ = "topic"
    __table_args__ = (*_flag("retired"),)
    id: str = _text(primary_key=True)
    subject_id: str = _text(refers="subject.id")
    title: str = _text()
    position: int
    retired: bool = False


class ObjectiveRow(Row, table=True):
    """Something the learner can do after a leaf topic."""

    __tablename__ = "objective"
    id: str = _text(primary_key=True)
    topic_id: str = _text(refers="topic.id")
    title: str = _text()
    position: int


class BlueprintRow(Row, table=True):
    """An exam's blueprint; `payload` is the JSON of `domain.blueprint.Blueprint`."""

    __tablename__ = "blueprint"
    __table_args__ = (*_flag("retired"),)
    id: str = _text(primary_key=True)
    payload: str = _text()
    position: int
    retired: bool = False


class ItemRow(Row, table=True):
    """An item; `payload` is the JSON of its domain class, `content_hash` the hash of that payload.

    `seq` is even and the row id of its text in the search index (a note's is odd). `title` is the stem in one plain
    line. `reserved` items are met in reserved forms only; `retired` ones nowhere, but their history stays.
    """

    __tablename__ = "item"
    __table_args__ = (
        _one_of("origin", "bundled", "own", "imported"),
        _one_of("type", "single", "multiple", "true_false", "numeric", "text", "cloze"),
        _one_of("bloom", "remember", "understand", "apply", "analyze"),
        CheckConstraint("difficulty > 0 AND difficulty < 1", name="difficulty"),
        *_flag("reserved", "retired", "edited"),
        Index("ix_item_topic", "topic_id", "retired", "reserved"),
    )
    id: str = _text(primary_key=True)
    seq: int = Field(sa_column_kwargs={"unique": True})
    origin: str = _text()
    bank_id: str | None = _text_or_null(refers="bank.id")
    topic_id: str = _text(refers="topic.id")
    type: str = _text()
    title: str = _text()
    payload: str = _text()
    content_hash: str = _text()
    difficulty: float
    bloom: str = _text()
    reserved: bool = False
    retired: bool = False
    edited: bool = False
    created_ms: int
    updated_ms: int


class ItemVersionRow(Row, table=True):
    """A former version of an item, kept so that a result shows what was asked."""

    __tablename__ = "item_version"
    item_id: str = _text(primary_key=True, refers="item.id")
    content_hash: str = _text(primary_key=True)
    type: str = _text()
    payload: str = _text()


class NoteRow(Row, table=True):
    """A note; columns as in `item`. `edited` marks a learner's own edit, which an update of the bank leaves alone."""

    __tablename__ = "note"
    __table_args__ = (
        _one_of("origin", "bundled", "own", "imported"),
        _one_of("type", "basic", "reversed", "cloze", "term"),
        *_flag("retired", "edited"),
        Index("ix_note_topic", "topic_id", "retired"),
    )
    id: str = _text(primary_key=True)
    seq: int = Field(sa_column_kwargs={"unique": True})
    origin: str = _text()
    bank_id: str | None = _text_or_null(refers="bank.id")
    topic_id: str = _text(refers="topic.id")
    type: str = _text()
    title: str = _text()
    payload: str = _text()
    content_hash: str = _text()
    retired: bool = False
    edited: bool = False
    created_ms: int
    updated_ms: int


class CardRow(Row, table=True):
    """A card of a note; `position` orders new cards (curriculum order); `retired` when its note no longer yields it."""

    __tablename__ = "card"
    __table_args__ = (
        _one_of("kind", "front", "reverse", "typed", "cloze", "build"),
        *_flag("retired"),
        Index("ix_card_note", "note_id"),
        Index("ix_card_topic", "topic_id", "retired", "position"),
        Index("ix_card_position", "retired", "position"),
    )
    id: str = _text(primary_key=True)
    note_id: str = _text(refers="note.id")
    topic_id: str = _text(refers="topic.id")
    template: str = _text()
    kind: str = _text()
    position: int
    retired: bool = False


class CardStateRow(Row, table=True):
    """A card's memory and the learner's choices about it.

    The memory columns are a cache: replaying the card's reviews rebuilds them exactly. `suspended`, `buried_day` (the
    study day on which the card stays away) and `flagged` are choices and are not rebuilt. A card that was never
    touched has no row. `stability` (days) and `difficulty` (1-10) are NULL before the first review. `due_at_ms` is
    set only during same-day learning steps. `desired_retention` is the wish that set the due day, which a replay
    needs to rebuild it. `algorithm` keys the cache, e.g. `fsrs6:default`.
    """

    __tablename__ = "card_state"
    __table_args__ = (
        _one_of("phase", "new", "learning", "review", "relearning"),
        CheckConstraint("(stability IS NULL) = (difficulty IS NULL)", name="memory"),
        CheckConstraint("(phase = 'new') = (stability IS NULL)", name="new"),
        CheckConstraint("reps >= 0 AND lapses >= 0 AND lapses <= reps", name="counts"),
        *_flag("suspended", "flagged"),
        # The last four only spare the queue the way to the table, at every card that waits.
        Index(
            "ix_card_state_due",
            "profile_id",
            "suspended",
            "phase",
            "due_study_day",
            "last_study_day",
            "stability",
            "buried_day",
            "card_id",
        ),
        Index("ix_card_state_last", "profile_id", "last_study_day"),
    )
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    card_id: str = _text(primary_key=True, refers="card.id")
    phase: str = _text(default="new")
    stability: float | None = None
    difficulty: float | None = None
    last_study_day: int | None = None
    due_study_day: int | None = None
    due_at_ms: int | None = None
    reps: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_day: int | None = None
    flagged: bool = False
    desired_retention: float | None = None
    algorithm: str = _text(default="")


class ReviewRow(Row, table=True):
    """One grading of a card, or the taking back of one. Append-only.

    `kind`: `review` moves the memory state, `practice` is a further pass on the same study day that does not, `undo`
    takes back the row `undoes`. `response` is what was typed, if anything. Order of replay: `seq`.
    """

    __tablename__ = "review"
    __table_args__ = (
        _one_of("kind", "review", "practice", "undo"),
        CheckConstraint("(kind = 'undo') = (undoes IS NOT NULL)", name="undoes"),
        CheckConstraint("(kind = 'undo') = (rating IS NULL)", name="undo_rating"),
        CheckConstraint("rating IS NULL OR rating BETWEEN 1 AND 4", name="rating"),
        CheckConstraint("duration_ms >= 0", name="duration"),
        Index("ix_review_card", "profile_id", "card_id", "seq"),
        Index("ix_review_day", "profile_id", "study_day", "kind", "duration_ms"),
        Index("ix_review_session", "session_id"),
    )
    seq: int | None = Field(default=None, primary_key=True)
    uuid: str = _text(unique=True)
    profile_id: int = Field(foreign_key="profile.id")
    card_id: str = _text(refers="card.id")
    session_id: str = _text()
    at_ms: int
    offset_min: int
    study_day: int
    kind: str = _text()
    rating: int | None = None
    response: str = _text(default="")
    duration_ms: int
    undoes: str | None = _text_or_null(unique=True, refers="review.uuid")


class AttemptRow(Row, table=True):
    """A quiz, placement or exam; `n` and `right` are set when it is finished (for history without its slots).

    `seed` (up to 63 bits) orders items and options; `spec` is what it was built from, as JSON.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        _one_of("kind", "practice", "exam", "placement"),
        _one_of("feedback", "tutor", "test"),
        _one_of("state", "open", "finished", "abandoned"),
        CheckConstraint("time_used_s >= 0 AND (time_limit_s IS NULL OR time_limit_s > 0)", name="time"),
        CheckConstraint("(state = 'open') = (finished_ms IS NULL)", name="finished"),
        CheckConstraint(
            "state <> 'finished' OR (n IS NOT NULL AND right_sum IS NOT NULL AND right_sum BETWEEN 0 AND n)",
            name="result",
        ),
        Index("ix_attempt_state", "profile_id", "state", "kind", "started_ms"),
        # One open exam at a time, whatever the services believe.
        Index("uq_attempt_open_exam", "profile_id", unique=True, sqlite_where=text("state = 'open' AND kind = 'exam'")),
    )
    id: str = _text(primary_key=True)
    profile_id: int = Field(foreign_key="profile.id")
    kind: str = _text()
    title: str = _text()
    blueprint_id: str = _text(default="")
    feedback: str = _text()
    state: str = _text()
    seed: int
    time_limit_s: int | None = None
    time_used_s: float = 0.0
    position: int = 0
    started_ms: int
    finished_ms: int | None = None
    spec: str = _text(default="{}")
    n: int | None = None
    right_sum: float | None = None


class AttemptSlotRow(Row, table=True):
    """One item's place in an attempt.

    `content_hash` is the version asked (`content.item_as_asked` finds it even after the item changed). `option_order`
    and `struck` are JSON lists of option ids, `response` the JSON of `domain.item.Response` or NULL.
    """

    __tablename__ = "attempt_slot"
    __table_args__ = (
        _one_of("confidence", "guess", "unsure", "sure", null=True),
        CheckConstraint("score IS NULL OR score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("duration_ms >= 0 AND position >= 0", name="amounts"),
        *_flag("flagged", "locked"),
        Index("ix_attempt_slot_item", "item_id"),
    )
    attempt_id: str = _text(primary_key=True, refers="attempt.id")
    position: int = Field(primary_key=True)
    item_id: str = _text(refers="item.id")
    content_hash: str = _text()
    domain: str = _text(default="")
    option_order: str = _text(default="[]")
    response: str | None = _text_or_null()
    confidence: str | None = _text_or_null()
    flagged: bool = False
    struck: str = _text(default="[]")
    duration_ms: int = 0
    locked: bool = False
    score: float | None = None


class ResponseRow(Row, table=True):
    """One marked answer to an item. Append-only.

    `first` marks the learner's first attempt at the item, the only evidence that mastery uses. `response` is the JSON
    of `domain.item.Response`; `content_hash` the version asked.
    """

    __tablename__ = "response"
    __table_args__ = (
        _one_of("kind", "practice", "exam", "placement"),
        _one_of("confidence", "guess", "unsure", "sure", null=True),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        CheckConstraint("duration_ms >= 0", name="duration"),
        *_flag("first"),
        Index("ix_response_item", "profile_id", "item_id", "seq"),
        Index("ix_response_first", "profile_id", "first", "topic_id", "score"),
        Index("ix_response_day", "profile_id", "study_day"),
        Index("uq_response_attempt", "attempt_id", "item_id", unique=True),
    )
    seq: int | None = Field(default=None, primary_key=True)
    uuid: str = _text(unique=True)
    profile_id: int = Field(foreign_key="profile.id")
    item_id: str = _text(refers="item.id")
    attempt_id: str = _text(refers="attempt.id")
    topic_id: str = _text(refers="topic.id")
    at_ms: int
    offset_min: int
    study_day: int
    kind: str = _text()
    response: str = _text()
    score: float
    first: bool
    confidence: str | None = _text_or_null()
    duration_ms: int
    content_hash: str = _text()


class MarkRow(Row, table=True):
    """A learner's bookmark and remark on an item or note (`entry_id` is the id of either)."""

    __tablename__ = "mark"
    __table_args__ = (*_flag("marked"),)
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    entry_id: str = _text(primary_key=True)
    marked: bool = False
    remark: str = _text(default="")
    updated_ms: int


class ReportRow(Row, table=True):
    """A learner's report of something wrong with an item or note."""

    __tablename__ = "report"
    id: str = _text(primary_key=True)
    profile_id: int = Field(foreign_key="profile.id")
    entry_id: str = _text()
    text: str = _text()
    at_ms: int


class PresetRow(Row, table=True):
    """A saved quiz builder setting; `spec` is JSON."""

    __tablename__ = "preset"
    id: str = _text(primary_key=True)
    profile_id: int = Field(foreign_key="profile.id")
    name: str = _text()
    spec: str = _text()
    created_ms: int


class WindowRow(Row, table=True):
    """The window's remembered state, opaque to everything but the window."""

    __tablename__ = "window"
    profile_id: int = Field(primary_key=True, foreign_key="profile.id")
    state: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
